/*
 * Mail transport: settings of the profile section
 *
 * Copyright 2026 the wine-mapi authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

/*
 * Read once at logon. What is not there has a default that is safe: TLS wherever the port does not
 * say otherwise, mail stays on the server. What cannot be used is said in words and clears that
 * server, so that a transport with one good server goes on with it.
 */

#include "transport.h"

enum
{
    ADDRESS, DISPLAY_NAME, SMTP_HOST, SMTP_PORT, SMTP_SECURITY, SMTP_LOGIN, RECEIVE, RECEIVE_HOST,
    RECEIVE_PORT, RECEIVE_SECURITY, USER, AUTHENTICATION, FOLDER, KEEP_DAYS, POLL_SECONDS, FOLLOW, FOLDERS,
    GIVE_UP_HOURS, TIMEOUT_SECONDS, PASSWORD, SETTING_COUNT
};

static const SizedSPropTagArray(SETTING_COUNT, tags) =
{
    SETTING_COUNT,
    {
        PR_MAPIXP_ADDRESS, PR_MAPIXP_DISPLAY_NAME, PR_MAPIXP_SMTP_HOST, PR_MAPIXP_SMTP_PORT,
        PR_MAPIXP_SMTP_SECURITY, PR_MAPIXP_SMTP_LOGIN, PR_MAPIXP_RECEIVE, PR_MAPIXP_RECEIVE_HOST,
        PR_MAPIXP_RECEIVE_PORT, PR_MAPIXP_RECEIVE_SECURITY, PR_MAPIXP_USER,
        PR_MAPIXP_AUTHENTICATION, PR_MAPIXP_FOLDER, PR_MAPIXP_KEEP_DAYS, PR_MAPIXP_POLL_SECONDS,
        PR_MAPIXP_FOLLOW, PR_MAPIXP_FOLDERS, PR_MAPIXP_GIVE_UP_HOURS, PR_MAPIXP_TIMEOUT_SECONDS, PR_MAPIXP_PASSWORD
    }
};

static const WCHAR *text_of(const SPropValue *props, ULONG index)
{
    const SPropValue *prop = &props[index];

    if (prop->ulPropTag != tags.aulPropTag[index] || !prop->Value.lpszW[0]) return NULL;
    return prop->Value.lpszW;
}

static LONG number_of(const SPropValue *props, ULONG index, LONG least, LONG most, LONG normal)
{
    const SPropValue *prop = &props[index];

    if (prop->ulPropTag != tags.aulPropTag[index] || prop->Value.l < least || prop->Value.l > most)
        return normal;
    return prop->Value.l;
}

/* A name or address, fit to stand in a URL. */
BOOL settings_is_host(const WCHAR *host)
{
    size_t i;

    for (i = 0; host[i]; i++)
        if (host[i] >= 0x80
            || !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:",
                       (char)host[i]))
            return FALSE;
    return i && i < 256;
}

/* Something with one @ inside, that cannot break out of a command. */
BOOL settings_is_address(const WCHAR *address)
{
    const WCHAR *at = wcsrchr(address, '@'), *p;

    if (!at || at == address || !at[1]) return FALSE;
    for (p = address; *p; p++)
        if (*p <= ' ' || *p == '<' || *p == '>' || *p == 0x7f) return FALSE;
    return p - address < 256;
}

static BOOL read_server(struct server *server, const SPropValue *props, ULONG host, ULONG port,
                        ULONG security, LONG starttls_port, LONG tls_port, LONG normal,
                        WCHAR words[WORDS_MAX])
{
    const WCHAR *name = text_of(props, host);

    if (!name) return TRUE;
    if (!settings_is_host(name))
    {
        words_set(words, "the name of the server is no name or address of a host");
        return FALSE;
    }
    if (!(server->host = utf8_from_wide(name))) return FALSE;
    server->security = number_of(props, security, MAPIXP_SECURITY_NONE, MAPIXP_SECURITY_TLS, 0);
    server->port = number_of(props, port, 1, 65535, 0);
    if (!server->port && !server->security) server->security = normal;
    if (!server->port)
        server->port = server->security == MAPIXP_SECURITY_TLS ? tls_port : starttls_port;
    if (!server->security)
        server->security = server->port == tls_port ? MAPIXP_SECURITY_TLS
                                                    : MAPIXP_SECURITY_STARTTLS;
    server->login = TRUE;
    return TRUE;
}

static HRESULT read_all(const SPropValue *props, struct settings *settings, WCHAR words[WORDS_MAX])
{
    BOOL imap = number_of(props, RECEIVE, 0, 2, 0) == MAPIXP_RECEIVE_IMAP, ok;
    const WCHAR *text;

    if ((text = text_of(props, ADDRESS)) && settings_is_address(text))
    {
        settings->address = _wcsdup(text);
        settings->sender = utf8_from_wide(text);
        if (!settings->address || !settings->sender) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    text = text_of(props, DISPLAY_NAME);
    if (text && !(settings->display_name = _wcsdup(text))) return MAPI_E_NOT_ENOUGH_MEMORY;
    settings->user = utf8_from_wide(text_of(props, USER));
    settings->password = utf8_from_wide(text_of(props, PASSWORD));
    settings->folder = utf8_from_wide((text = text_of(props, FOLDER)) ? text : L"INBOX");
    if (!settings->folder) return MAPI_E_NOT_ENOUGH_MEMORY;
    settings->authentication = number_of(props, AUTHENTICATION, 0, MAPIXP_AUTH_XOAUTH2, 0);
    settings->keep_days = number_of(props, KEEP_DAYS, 0, 36500, -1);
    settings->poll_seconds = number_of(props, POLL_SECONDS, 1, 86400, 300);
    settings->follow = number_of(props, FOLLOW, 0, 31, 31);
    settings->folders = imap ? number_of(props, FOLDERS, 0, MAPIXP_FOLDERS_ALL, 0) : 0;
    settings->give_up_hours = number_of(props, GIVE_UP_HOURS, 0, 24 * 30, 120);
    settings->timeout = number_of(props, TIMEOUT_SECONDS, 1, 600, 60) * 1000;

    ok = read_server(&settings->smtp, props, SMTP_HOST, SMTP_PORT, SMTP_SECURITY, 587, 465,
                     MAPIXP_SECURITY_STARTTLS, words);
    settings->receive_kind = number_of(props, RECEIVE, 0, 2, 0);
    if (settings->receive_kind)
        ok = read_server(&settings->receive, props, RECEIVE_HOST, RECEIVE_PORT, RECEIVE_SECURITY,
                         imap ? 143 : 110, imap ? 993 : 995, MAPIXP_SECURITY_TLS, words)
             && ok;
    if (!settings->receive.host) settings->receive_kind = MAPIXP_RECEIVE_NOTHING;
    settings->smtp.login = settings->user && props[SMTP_LOGIN].ulPropTag == PR_MAPIXP_SMTP_LOGIN
                               ? props[SMTP_LOGIN].Value.b : settings->user != NULL;
    if (!ok) return MAPI_E_UNCONFIGURED;
    if (settings->smtp.host && !settings->sender)
    {
        words_set(words, "the account has no e-mail address to send from");
        free(settings->smtp.host);
        settings->smtp.host = NULL;
        return MAPI_E_UNCONFIGURED;
    }
    if (settings->receive_kind && !settings->user)
    {
        words_set(words, "there is no user name for the server that mail comes from");
        settings->receive_kind = MAPIXP_RECEIVE_NOTHING;
        return MAPI_E_UNCONFIGURED;
    }
    if (!settings->smtp.host && !settings->receive_kind)
    {
        words_set(words, "no server is configured, neither for sending nor for receiving");
        return MAPI_E_UNCONFIGURED;
    }
    return S_OK;
}

HRESULT settings_read(IMAPIProp *section, struct settings *settings, WCHAR words[WORDS_MAX])
{
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    words[0] = 0;
    memset(settings, 0, sizeof(*settings));
    hr = IMAPIProp_GetProps(section, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &props);
    if (FAILED(hr)) return hr;
    hr = count == SETTING_COUNT ? read_all(props, settings, words) : MAPI_E_CALL_FAILED;
    if (count == SETTING_COUNT && props[PASSWORD].ulPropTag == PR_MAPIXP_PASSWORD)
        SecureZeroMemory(props[PASSWORD].Value.lpszW,
                         lstrlenW(props[PASSWORD].Value.lpszW) * sizeof(WCHAR));
    MAPIFreeBuffer(props);
    return hr;
}

void settings_free(struct settings *settings)
{
    free(settings->address);
    free(settings->display_name);
    free(settings->sender);
    free(settings->smtp.host);
    free(settings->receive.host);
    free(settings->user);
    if (settings->password) SecureZeroMemory(settings->password, strlen(settings->password));
    free(settings->password);
    free(settings->folder);
    memset(settings, 0, sizeof(*settings));
}
