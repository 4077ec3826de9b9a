/*
 * mapictl: a mail account in a new profile
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
 * "profile create" with servers makes a whole profile: the transport for them, and the message
 * store and the address book of our own where nobody named services. The password is read from a
 * file, or from standard input with "-", so that it stands on no command line.
 */

#include <stdlib.h>
#include <string.h>

#include "mapictl.h"
#include <mapixp.h>

#define SETTINGS_MAX 12

struct account
{
    int count;
    SPropValue props[SETTINGS_MAX];
    WCHAR *password;
};

static void set_text(struct account *account, ULONG tag, const WCHAR *text)
{
    account->props[account->count].ulPropTag = tag;
    account->props[account->count++].Value.lpszW = (WCHAR *)text;
}

static void set_number(struct account *account, ULONG tag, LONG value)
{
    account->props[account->count].ulPropTag = tag;
    account->props[account->count++].Value.l = value;
}

/* HOST, HOST:PORT or [ADDRESS]:PORT */
static BOOL set_server(struct account *account, const WCHAR *server, ULONG host_tag, ULONG port_tag)
{
    const WCHAR *begin = server, *end = server + wcslen(server), *colon;
    WCHAR *host, *stop;
    long port = 0;

    if (*server == '[')
    {
        begin = server + 1;
        if (!(end = wcschr(begin, ']'))) return FALSE;
        colon = end[1] == ':' ? end + 1 : NULL;
        if (end[1] && !colon) return FALSE;
    }
    /* More than one colon: an address without a port. */
    else if ((colon = wcschr(server, ':')) && wcschr(colon + 1, ':')) colon = NULL;
    else if (colon) end = colon;
    if (colon)
    {
        port = wcstol(colon + 1, &stop, 10);
        if (*stop || port < 1 || port > 65535) return FALSE;
        set_number(account, port_tag, port);
    }
    if (end == begin) return FALSE;
    host = dup_text(begin);
    host[end - begin] = 0;
    set_text(account, host_tag, host);
    return TRUE;
}

static LONG find_word(const WCHAR *word, const WCHAR *const *words, LONG first)
{
    LONG i;

    for (i = 0; words[i]; i++)
        if (!lstrcmpiW(word, words[i])) return first + i;
    return -1;
}

/* The first line of the file, which is UTF-8. */
static WCHAR *read_password(const WCHAR *path)
{
    char text[1024];
    WCHAR wide[1024];
    HANDLE file;
    DWORD got = 0;

    if (!lstrcmpW(path, L"-")) file = GetStdHandle(STD_INPUT_HANDLE);
    else file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return NULL;
    if (!ReadFile(file, text, sizeof(text) - 1, &got, NULL)) got = 0;
    if (lstrcmpW(path, L"-")) CloseHandle(file);
    text[got] = 0;
    text[strcspn(text, "\r\n")] = 0;
    got = MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, ARRAYSIZE(wide));
    SecureZeroMemory(text, sizeof(text));
    return got ? dup_text(wide) : NULL;
}

int account_options(struct arguments *args, struct account **ret)
{
    static const WCHAR *const securities[] = { L"none", L"starttls", L"tls", NULL };
    static const WCHAR *const ways[] = {L"best", L"plain", L"login", L"cram-md5", L"xoauth2", NULL};
    static const WCHAR *const kinds[] = { L"inbox", L"subscribed", L"all", NULL };
    const WCHAR *smtp = take_value(args, L"--smtp"), *imap = take_value(args, L"--imap");
    const WCHAR *pop3 = take_value(args, L"--pop3"), *address = take_value(args, L"--address");
    const WCHAR *user = take_value(args, L"--user"), *file = take_value(args, L"--password-file");
    const WCHAR *security = take_value(args, L"--security"), *way = take_value(args, L"--auth");
    const WCHAR *receive = imap ? imap : pop3, *folders = take_value(args, L"--folders");
    struct account *account;
    LONG value;

    *ret = NULL;
    if (!smtp && !receive)
    {
        if (!address && !user && !file && !security && !way && !folders) return EXIT_OK;
        return fail(L"an account needs a server: --smtp, --imap or --pop3");
    }
    if (imap && pop3) return fail(L"mail comes from one server: --imap or --pop3");
    if (receive && !user) return fail(L"the server that mail comes from needs --user");
    if (!address && user && wcschr(user, '@')) address = user;
    if (smtp && !address) return fail(L"sending needs an --address, or a --user that is one");
    if (!(account = calloc(1, sizeof(*account)))) return fail(L"out of memory");
    if ((smtp && !set_server(account, smtp, PR_MAPIXP_SMTP_HOST, PR_MAPIXP_SMTP_PORT))
        || (receive
            && !set_server(account, receive, PR_MAPIXP_RECEIVE_HOST, PR_MAPIXP_RECEIVE_PORT)))
        return fail(L"a server is HOST or HOST:PORT");
    if (receive)
        set_number(account, PR_MAPIXP_RECEIVE, imap ? MAPIXP_RECEIVE_IMAP : MAPIXP_RECEIVE_POP3);
    if (address) set_text(account, PR_MAPIXP_ADDRESS, address);
    if (user) set_text(account, PR_MAPIXP_USER, user);
    if (security)
    {
        if ((value = find_word(security, securities, MAPIXP_SECURITY_NONE)) < 0)
            return fail(L"--security is none, starttls or tls");
        set_number(account, PR_MAPIXP_SMTP_SECURITY, value);
        set_number(account, PR_MAPIXP_RECEIVE_SECURITY, value);
    }
    if (way)
    {
        if ((value = find_word(way, ways, MAPIXP_AUTH_BEST)) < 0)
            return fail(L"--auth is best, plain, login, cram-md5 or xoauth2");
        set_number(account, PR_MAPIXP_AUTHENTICATION, value);
    }
    if (folders)
    {
        if ((value = find_word(folders, kinds, MAPIXP_FOLDERS_NONE)) < 0)
            return fail(L"--folders is inbox, subscribed or all");
        set_number(account, PR_MAPIXP_FOLDERS, value);
    }
    if (file)
    {
        if (!(account->password = read_password(file))) return fail(L"'%s' cannot be read", file);
        set_text(account, PR_MAPIXP_PASSWORD, account->password);
    }
    *ret = account;
    return EXIT_OK;
}

/* One that MapiSvc.inf need not have. */
static BOOL has_service(IMsgServiceAdmin *services, const WCHAR *service, int *status)
{
    HRESULT hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)service, NULL, 0,
                                                   MAPI_UNICODE);

    if (FAILED(hr) && hr != MAPI_E_NOT_FOUND) *status = fail_hr(hr, L"cannot add '%s'", service);
    return SUCCEEDED(hr);
}

int account_create(IMsgServiceAdmin *services, struct account *account, BOOL alone)
{
    int ret = EXIT_OK;

    if (alone)
    {
        has_service(services, L"MAPIMS", &ret);
        if (!ret) has_service(services, L"MAPIAB", &ret);
    }
    if (!ret) ret = create_service(services, L"MAPIXP", NULL);
    if (!ret) ret = configure_newest(services, L"MAPIXP", account->count, account->props);
    if (account->password)
        SecureZeroMemory(account->password, lstrlenW(account->password) * sizeof(WCHAR));
    return ret;
}
