/*
 * What the session says of failures, in words
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
 * The sentences that GetLastError and the status table give for a provider that is not there: which
 * kind it is, its name and DLL, and the reason, in the provider's own words if it left any. A
 * result code goes in with its name, since that is what people search for.
 */

#include <stdarg.h>
#include <string.h>

#include "session/words.h"

const WCHAR words_service_disabled[] =
    L"Another provider of its message service failed, so the service is disabled for this session.";

static const struct
{
    HRESULT hr;
    const WCHAR *name;
}
results[] =
{
    { MAPI_E_CALL_FAILED, L"MAPI_E_CALL_FAILED" },
    { MAPI_E_NOT_ENOUGH_MEMORY, L"MAPI_E_NOT_ENOUGH_MEMORY" },
    { MAPI_E_INVALID_PARAMETER, L"MAPI_E_INVALID_PARAMETER" },
    { MAPI_E_INTERFACE_NOT_SUPPORTED, L"MAPI_E_INTERFACE_NOT_SUPPORTED" },
    { MAPI_E_NO_ACCESS, L"MAPI_E_NO_ACCESS" },
    { MAPI_E_NO_SUPPORT, L"MAPI_E_NO_SUPPORT" },
    { MAPI_E_BAD_CHARWIDTH, L"MAPI_E_BAD_CHARWIDTH" },
    { MAPI_E_UNKNOWN_FLAGS, L"MAPI_E_UNKNOWN_FLAGS" },
    { MAPI_E_INVALID_ENTRYID, L"MAPI_E_INVALID_ENTRYID" },
    { MAPI_E_INVALID_OBJECT, L"MAPI_E_INVALID_OBJECT" },
    { MAPI_E_BUSY, L"MAPI_E_BUSY" },
    { MAPI_E_NOT_FOUND, L"MAPI_E_NOT_FOUND" },
    { MAPI_E_VERSION, L"MAPI_E_VERSION" },
    { MAPI_E_LOGON_FAILED, L"MAPI_E_LOGON_FAILED" },
    { MAPI_E_SESSION_LIMIT, L"MAPI_E_SESSION_LIMIT" },
    { MAPI_E_USER_CANCEL, L"MAPI_E_USER_CANCEL" },
    { MAPI_E_UNABLE_TO_ABORT, L"MAPI_E_UNABLE_TO_ABORT" },
    { MAPI_E_NETWORK_ERROR, L"MAPI_E_NETWORK_ERROR" },
    { MAPI_E_DISK_ERROR, L"MAPI_E_DISK_ERROR" },
    { MAPI_E_TOO_COMPLEX, L"MAPI_E_TOO_COMPLEX" },
    { MAPI_E_EXTENDED_ERROR, L"MAPI_E_EXTENDED_ERROR" },
    { MAPI_E_UNCONFIGURED, L"MAPI_E_UNCONFIGURED" },
    { MAPI_E_FAILONEPROVIDER, L"MAPI_E_FAILONEPROVIDER" },
    { MAPI_E_UNKNOWN_CPID, L"MAPI_E_UNKNOWN_CPID" },
    { MAPI_E_UNKNOWN_LCID, L"MAPI_E_UNKNOWN_LCID" },
    { MAPI_E_UNKNOWN_ENTRYID, L"MAPI_E_UNKNOWN_ENTRYID" },
    { MAPI_E_END_OF_SESSION, L"MAPI_E_END_OF_SESSION" },
    { MAPI_E_TIMEOUT, L"MAPI_E_TIMEOUT" },
    { MAPI_E_NOT_INITIALIZED, L"MAPI_E_NOT_INITIALIZED" },
};

WCHAR *words_join(const WCHAR *first, ...)
{
    const WCHAR *text;
    size_t length = 0;
    WCHAR *ret, *end;
    va_list args;

    va_start(args, first);
    for (text = first; text; text = va_arg(args, const WCHAR *)) length += lstrlenW(text);
    va_end(args);
    if (!(ret = end = platform_alloc((length + 1) * sizeof(WCHAR)))) return NULL;

    va_start(args, first);
    for (text = first; text; text = va_arg(args, const WCHAR *))
    {
        length = lstrlenW(text);
        memcpy(end, text, length * sizeof(WCHAR));
        end += length;
    }
    va_end(args);
    *end = 0;
    return ret;
}

WCHAR *words_result(HRESULT hr)
{
    static const WCHAR digits[] = L"0123456789abcdef";
    const WCHAR *name = L"error";
    WCHAR hex[9];
    unsigned int i;

    for (i = 0; i < sizeof(results) / sizeof(results[0]); i++)
        if (results[i].hr == hr) name = results[i].name;
    for (i = 0; i < 8; i++) hex[i] = digits[((ULONG)hr >> (28 - 4 * i)) & 0xf];
    hex[8] = 0;
    return words_join(name, L" (0x", hex, L")", NULL);
}

WCHAR *words_of_error(struct last_error *error, HRESULT hr)
{
    MAPIERROR *said = NULL;
    WCHAR *ret = NULL;

    if (FAILED(last_error_get(error, hr, MAPI_UNICODE, &said)) || !said) return NULL;
    if (said->lpszError && *(const WCHAR *)said->lpszError)
        ret = text_dup((const WCHAR *)said->lpszError);
    memory_free_buffer(said);
    return ret;
}

WCHAR *words_failure(struct logon *logon, HRESULT hr, const WCHAR *why)
{
    static const WCHAR *const kinds[] =
    {
        L"Transport provider", L"Address book provider", L"Message store provider", L"Hook provider"
    };
    const SPropValue *display;
    SPropValue *props = NULL;
    WCHAR *result, *ret;
    ULONG count = 0;

    if (FAILED(section_read(logon->session->profile, &logon->section, NULL, MAPI_UNICODE, &count,
                            &props)))
    {
        count = 0;
        props = NULL;
    }
    if (!(display = props_find(props, count, PR_DISPLAY_NAME_W)))
        display = props_find(props, count, PR_PROVIDER_DISPLAY_W);
    result = words_result(hr);
    ret = words_join(kinds[logon->kind], display ? L" \"" : L"",
                     display ? display->Value.lpszW : L"", display ? L"\"" : L"", L" (",
                     logon->dll_name ? logon->dll_name : L"no DLL", L") could not log on: ",
                     why ? why : L"", why ? L" " : L"", result ? result : L"", NULL);
    platform_free(result);
    memory_free_buffer(props);
    return ret;
}

void words_tell(struct last_error *error, HRESULT hr, const WCHAR *text)
{
    MAPIERROR said;

    if (!error || !text) return;
    memset(&said, 0, sizeof(said));
    said.lpszError = (LPTSTR)text;
    said.lpszComponent = (LPTSTR)L"MAPI";
    last_error_take(error, hr, &said, MAPI_UNICODE);
}
