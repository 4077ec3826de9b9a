/*
 * Mail transport: connections to servers
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
 * libcurl connects, secures and logs on (CURLOPT_CONNECT_ONLY); after that the connection is ours,
 * so that each answer is seen where it counts. Nothing here blocks longer than the time-out of a
 * step, and setting connection->stop ends any step at once.
 *
 * Certificates: Schannel in Wine leaves checking them to its caller. libcurl does that itself when
 * it is given authorities to trust, so it gets those of the system's Root store, into which Wine
 * puts the host's. Revocation is not asked about: that would need connections to third parties.
 *
 * Nothing that libcurl sends or receives while logging on is traced: it has the password.
 */

#include "transport.h"
#include <wincrypt.h>
#include <curl/curl.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

static BOOL CALLBACK start_curl(INIT_ONCE *once, void *param, void **context)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static BOOL add_certificate(struct bytes *pem, const CERT_CONTEXT *certificate)
{
    DWORD size = 0;
    char *text;
    BOOL ret;

    if (!CryptBinaryToStringA(certificate->pbCertEncoded, certificate->cbCertEncoded,
                              CRYPT_STRING_BASE64HEADER, NULL, &size))
        return TRUE;
    if (!(text = malloc(size))) return FALSE;
    ret = CryptBinaryToStringA(certificate->pbCertEncoded, certificate->cbCertEncoded,
                               CRYPT_STRING_BASE64HEADER, text, &size);
    ret = !ret || bytes_add(pem, text, strlen(text));
    free(text);
    return ret;
}

/* The authorities that the system trusts, as libcurl wants them. */
static BOOL trusted_roots(struct bytes *pem)
{
    const CERT_CONTEXT *certificate = NULL;
    HCERTSTORE store;
    BOOL ret = TRUE;

    memset(pem, 0, sizeof(*pem));
    if (!(store = CertOpenSystemStoreW(0, L"ROOT"))) return FALSE;
    while (ret && (certificate = CertEnumCertificatesInStore(store, certificate)))
        ret = add_certificate(pem, certificate);
    if (certificate) CertFreeCertificateContext(certificate);
    CertCloseStore(store, 0);
    return ret && pem->size;
}

static int on_progress(void *data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct connection *connection = data;

    return WaitForSingleObject(connection->stop, 0) == WAIT_OBJECT_0;
}

static const char *login_options(LONG authentication)
{
    switch (authentication)
    {
    case MAPIXP_AUTH_PLAIN: return "AUTH=PLAIN";
    case MAPIXP_AUTH_LOGIN: return "AUTH=LOGIN";
    case MAPIXP_AUTH_CRAM_MD5: return "AUTH=CRAM-MD5";
    case MAPIXP_AUTH_XOAUTH2: return "AUTH=XOAUTH2";
    default: return NULL;
    }
}

/* Why the certificate does not do, out of libcurl's words. */
static const char *trust_words(const char *error)
{
    if (strstr(error, "UNTRUSTED_ROOT") || strstr(error, "PARTIAL_CHAIN"))
        return "is from an authority that this system does not know";
    if (strstr(error, "NOT_TIME_VALID")) return "has expired or is not valid yet";
    if (strstr(error, "REVOKED")) return "was revoked";
    if (strstr(error, "hostname") || strstr(error, "name information")
        || strstr(error, "name verification") || strstr(error, "no extension"))
        return "is for a server of another name";
    return "cannot be trusted";
}

static enum net connect_failed(struct connection *connection, const struct server *server,
                               CURLcode code, const char *error, WCHAR words[WORDS_MAX])
{
    const char *host = server->host;
    curl_off_t connected = 0;

    switch (code)
    {
    case CURLE_ABORTED_BY_CALLBACK:
        words_set(words, "the connection to %s was given up", host);
        return NET_CANCELLED;
    case CURLE_PEER_FAILED_VERIFICATION:
        words_set(words, "the certificate of %s %s (%s)", host, trust_words(error), error);
        return NET_REFUSED;
    case CURLE_LOGIN_DENIED:
        words_set(words, "%s does not accept the user name and password, or none of its ways of "
                  "logging on is allowed here (%s)", host, error);
        return NET_REFUSED;
    case CURLE_USE_SSL_FAILED:
        words_set(words, "%s does not offer STARTTLS, without which the password would be readable",
                  host);
        return NET_REFUSED;
    case CURLE_SSL_CONNECT_ERROR:
        words_set(words, server->security == MAPIXP_SECURITY_TLS
                             ? "no secure connection to %s, port %ld (it may want STARTTLS and not TLS "
                               "from the start): %s"
                             : "no secure connection to %s, port %ld: %s",
                  host, (long)server->port, error);
        return NET_FAILED;
    case CURLE_COULDNT_RESOLVE_HOST:
        words_set(words, "there is no server %s, or the network is down", host);
        return NET_FAILED;
    case CURLE_OPERATION_TIMEDOUT:
        /* Who waits for TLS to begin says nothing, not even a greeting, and of what is no TLS
         * Schannel waits for more. libcurl counts as connected only what is secure as well. */
        curl_easy_getinfo(connection->curl, CURLINFO_CONNECT_TIME_T, &connected);
        words_set(words, "%s, port %ld, does not answer in time%s", host, (long)server->port,
                  server->security == MAPIXP_SECURITY_TLS
                      ? ": if it is there, it may want STARTTLS and not TLS from the start"
                  : connected ? " though it is there: it may want TLS from the start" : "");
        return NET_FAILED;
    case CURLE_COULDNT_CONNECT:
        words_set(words, "no connection to %s, port %ld: %s", host, (long)server->port, error);
        return NET_FAILED;
    default:
        words_set(words, "%s, port %ld: %s", host, (long)server->port, error);
        return NET_FAILED;
    }
}

static BOOL set_options(struct connection *connection, const char *kind,
                        const struct server *server, const struct settings *settings,
                        const struct bytes *roots, char error[CURL_ERROR_SIZE])
{
    struct curl_blob blob = { roots->data, roots->size, CURL_BLOB_NOCOPY };
    CURL *curl = connection->curl;
    BOOL tls = server->security == MAPIXP_SECURITY_TLS;
    const char *options;
    char url[512];
    BOOL colon = strchr(server->host, ':') != NULL;

    snprintf(url, sizeof(url), "%s%s://%s%s%s:%ld", kind, tls ? "s" : "", colon ? "[" : "",
             server->host, colon ? "]" : "", (long)server->port);
    if (curl_easy_setopt(curl, CURLOPT_URL, url)
        || curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L)
        || curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L)
        || curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error)
        || curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L)
        || curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress)
        || curl_easy_setopt(curl, CURLOPT_XFERINFODATA, connection)
        || curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)connection->timeout)
        || curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 2 * (long)connection->timeout)
        || curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                            ((long)connection->timeout + 999) / 1000)
        || curl_easy_setopt(curl, CURLOPT_USE_SSL, server->security == MAPIXP_SECURITY_NONE
                                                       ? (long)CURLUSESSL_NONE
                                                       : (long)CURLUSESSL_ALL)
        || curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2)
        || curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L)
        || curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L)
        || curl_easy_setopt(curl, CURLOPT_SSL_OPTIONS, (long)CURLSSLOPT_NO_REVOKE)
        || curl_easy_setopt(curl, CURLOPT_SSL_SESSIONID_CACHE, 0L))
        return FALSE;
    if (server->security != MAPIXP_SECURITY_NONE
        && curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &blob))
        return FALSE;
    if (!server->login || !settings->user) return TRUE;
    if (curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user)) return FALSE;
    if ((options = login_options(settings->authentication))
        && curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, options))
        return FALSE;
    return !curl_easy_setopt(curl, settings->authentication == MAPIXP_AUTH_XOAUTH2
                                       ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD,
                             settings->password ? settings->password : "");
}

enum net connection_open(const char *kind, const struct server *server,
                         const struct settings *settings, HANDLE stop, struct connection **ret,
                         WCHAR words[WORDS_MAX])
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    char error[CURL_ERROR_SIZE] = "";
    struct connection *connection;
    struct bytes roots = { 0 };
    curl_socket_t socket;
    enum net net;
    CURLcode code;

    *ret = NULL;
    words_set(words, "there is no memory for a connection");
    if (!InitOnceExecuteOnce(&once, start_curl, NULL, NULL)) return NET_FAILED;
    if (!(connection = calloc(1, sizeof(*connection)))) return NET_FAILED;
    connection->stop = stop;
    connection->timeout = settings->timeout;
    if (server->security != MAPIXP_SECURITY_NONE && !trusted_roots(&roots))
    {
        words_set(words, "this system knows no authority that certificates could be trusted by");
        free(connection);
        return NET_REFUSED;
    }
    connection->curl = curl_easy_init();
    if (!connection->curl
        || !set_options(connection, kind, server, settings, &roots, error))
    {
        if (connection->curl) curl_easy_cleanup(connection->curl);
        bytes_free(&roots);
        free(connection);
        return NET_FAILED;
    }
    TRACE("%s to %s, port %ld, security %ld\n", kind, debugstr_a(server->host), (long)server->port,
          (long)server->security);
    code = curl_easy_perform(connection->curl);
    if (!code) code = curl_easy_getinfo(connection->curl, CURLINFO_ACTIVESOCKET, &socket);
    bytes_free(&roots);
    if (code)
    {
        if (!error[0]) lstrcpynA(error, curl_easy_strerror(code), sizeof(error));
        net = connect_failed(connection, server, code, error, words);
        TRACE("failed: %d, %s\n", code, debugstr_w(words));
        curl_easy_cleanup(connection->curl);
        free(connection);
        return net;
    }
    /* The buffer for errors is this function's. */
    curl_easy_setopt(connection->curl, CURLOPT_ERRORBUFFER, NULL);
    connection->socket = socket;
    words[0] = 0;
    *ret = connection;
    return NET_OK;
}

void connection_close(struct connection *connection)
{
    if (!connection) return;
    /* What there was to say was said: libcurl need not wait for an answer of its own. */
    shutdown(connection->socket, SD_BOTH);
    curl_easy_cleanup(connection->curl);
    free(connection);
}

/* ---- sending and receiving ---- */

static BOOL stopping(struct connection *connection)
{
    return connection->stop && WaitForSingleObject(connection->stop, 0) == WAIT_OBJECT_0;
}

/* Until the socket has something or takes something; a moment at most. */
static void wait_socket(struct connection *connection, BOOL write)
{
    struct timeval moment = { 0, 100000 };
    fd_set set;

    FD_ZERO(&set);
    FD_SET(connection->socket, &set);
    if (select(0, write ? NULL : &set, write ? &set : NULL, NULL, &moment) < 0) Sleep(10);
}

static enum net waited(struct connection *connection, ULONGLONG deadline, BOOL write)
{
    if (stopping(connection))
    {
        words_set(connection->words, "the conversation with the server was given up");
        return NET_CANCELLED;
    }
    if (GetTickCount64() >= deadline)
    {
        words_set(connection->words, "the server does not %s in time",
                  write ? "take data" : "answer");
        return NET_FAILED;
    }
    wait_socket(connection, write);
    return NET_OK;
}

static enum net fill(struct connection *connection)
{
    ULONGLONG deadline = GetTickCount64() + connection->timeout;
    CURLcode code;
    enum net net;
    size_t got;

    connection->begin = connection->end = 0;
    for (;;)
    {
        code = curl_easy_recv(connection->curl, connection->buffer, sizeof(connection->buffer),
                              &got);
        if (!code && got)
        {
            connection->end = got;
            return NET_OK;
        }
        if (code != CURLE_AGAIN)
        {
            words_set(connection->words, "the connection to the server broke%s%s", code ? ": " : "",
                      code ? curl_easy_strerror(code) : "");
            return NET_FAILED;
        }
        if ((net = waited(connection, deadline, FALSE))) return net;
    }
}

enum net connection_check(struct connection *connection)
{
    CURLcode code;
    size_t got;

    if (connection->begin != connection->end) return NET_OK;
    connection->begin = connection->end = 0;
    code = curl_easy_recv(connection->curl, connection->buffer, sizeof(connection->buffer), &got);
    if (code == CURLE_AGAIN) return NET_OK;
    if (!code && got)
    {
        connection->end = got;
        return NET_OK;
    }
    words_set(connection->words, "the server dropped the connection");
    return NET_FAILED;
}

enum net connection_idle(struct connection *connection, HANDLE wake, DWORD ms, BOOL *data)
{
    HANDLE handles[3] = { connection->stop, wake, NULL };
    ULONGLONG now = GetTickCount64(), deadline = now + ms;
    enum net net;
    DWORD ret;

    *data = FALSE;
    if ((handles[2] = WSACreateEvent()) == WSA_INVALID_EVENT) return NET_FAILED;
    WSAEventSelect(connection->socket, handles[2], FD_READ | FD_CLOSE);
    for (;;)
    {
        /* What was read and not used yet makes no event, so this is asked first. */
        WSAResetEvent(handles[2]);
        if ((net = connection_check(connection)) || (*data = connection->begin != connection->end))
            break;
        if ((now = GetTickCount64()) >= deadline) break;
        ret = WaitForMultipleObjects(3, handles, FALSE, deadline - now);
        if (ret == WAIT_OBJECT_0) net = NET_CANCELLED;
        if (ret != WAIT_OBJECT_0 + 2) break;
    }
    WSAEventSelect(connection->socket, NULL, 0);
    WSACloseEvent(handles[2]);
    return net;
}

enum net connection_write(struct connection *connection, const void *data, size_t size)
{
    ULONGLONG deadline = GetTickCount64() + connection->timeout;
    const char *pos = data;
    CURLcode code;
    enum net net;
    size_t sent;

    while (size)
    {
        /* A step is one piece, so that a large message has time and a stuck one has not. */
        code = curl_easy_send(connection->curl, pos, min(size, 65536), &sent);
        if (!code && sent)
        {
            pos += sent;
            size -= sent;
            deadline = GetTickCount64() + connection->timeout;
            if (size && stopping(connection)) return waited(connection, deadline, TRUE);
            continue;
        }
        if (code && code != CURLE_AGAIN)
        {
            words_set(connection->words, "the connection to the server broke: %s",
                      curl_easy_strerror(code));
            return NET_FAILED;
        }
        if ((net = waited(connection, deadline, TRUE))) return net;
    }
    return NET_OK;
}

enum net connection_printf(struct connection *connection, const char *format, ...)
{
    char line[2048];
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(line, sizeof(line) - 2, format, args);
    va_end(args);
    if (length < 0 || length >= (int)sizeof(line) - 2)
    {
        words_set(connection->words, "a command to the server is too long");
        return NET_FAILED;
    }
    TRACE("> %s\n", debugstr_an(line, length));
    memcpy(line + length, "\r\n", 2);
    return connection_write(connection, line, length + 2);
}

#define LINE_FLOOD (1 << 20)            /* a line that goes on for this long is no line */

enum net connection_line(struct connection *connection, char *line, size_t size)
{
    size_t length = 0, total = 0;
    enum net net;
    char c;

    for (;;)
    {
        if (connection->begin == connection->end && (net = fill(connection))) return net;
        c = connection->buffer[connection->begin++];
        if (c == '\n') break;
        if (++total > LINE_FLOOD) return connection_nonsense(connection, "a line without end");
        if (length < size - 1 && c) line[length++] = c;
    }
    if (length && line[length - 1] == '\r') length--;
    line[length] = 0;
    TRACE("< %s\n", debugstr_an(line, min(length, 200)));
    return NET_OK;
}

enum net connection_read(struct connection *connection, struct bytes *to, size_t size)
{
    enum net net;
    size_t part;

    while (size)
    {
        if (connection->begin == connection->end && (net = fill(connection))) return net;
        part = min(size, connection->end - connection->begin);
        if (to && !bytes_add(to, connection->buffer + connection->begin, part))
        {
            words_set(connection->words, "there is no memory for a message of that size");
            return NET_FAILED;
        }
        connection->begin += part;
        size -= part;
    }
    return NET_OK;
}

enum net connection_data(struct connection *connection, struct bytes *to)
{
    /* What of the end, CR LF dot CR LF, was seen; a line begins at 2. */
    static const char end[] = "\r\n.\r\n";
    size_t seen = 2;
    BOOL ok = TRUE;
    enum net net;
    char c;

    while (seen < 5)
    {
        if (connection->begin == connection->end && (net = fill(connection))) return net;
        c = connection->buffer[connection->begin++];
        if (c == end[seen])
        {
            /* The dot is not added, and its line is not either if it ends there. */
            if (seen != 2 && seen != 3) ok = ok && (seen == 4 || bytes_add(to, &c, 1));
            seen++;
            continue;
        }
        if (seen == 4) ok = ok && bytes_add(to, "\r", 1);
        ok = ok && to->size <= MESSAGE_MAX && bytes_add(to, &c, 1);
        seen = c == '\r';
        if (ok) continue;
        words_set(connection->words, "there is no memory for a message of that size");
        return NET_FAILED;
    }
    return NET_OK;
}

enum net connection_nonsense(struct connection *connection, const char *line)
{
    words_set(connection->words, "the server's answer makes no sense: %.200s", line);
    return NET_FAILED;
}
