/*
 * Mail control panel: words
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


#include "mlcfg32.h"

static const struct
{
    HRESULT hr;
    UINT id;
} errors[] =
{
    { MAPI_E_LOGON_FAILED, IDS_ERROR_LOGON },
    { MAPI_E_FAILONEPROVIDER, IDS_ERROR_LOGON },
    { MAPI_E_NOT_FOUND, IDS_ERROR_NOT_FOUND },
    { MAPI_E_NO_ACCESS, IDS_ERROR_NO_ACCESS },
    { MAPI_E_NETWORK_ERROR, IDS_ERROR_NETWORK },
    { MAPI_E_UNCONFIGURED, IDS_ERROR_UNCONFIGURED },
    { MAPI_E_NOT_ENOUGH_MEMORY, IDS_ERROR_MEMORY },
    { MAPI_E_TIMEOUT, IDS_ERROR_TIMEOUT },
    { MAPI_E_BUSY, IDS_ERROR_BUSY },
    { MAPI_E_NO_SUPPORT, IDS_ERROR_NO_SUPPORT },
    { MAPI_E_NOT_INITIALIZED, IDS_ERROR_NO_SETTINGS },
    { MAPI_E_CALL_FAILED, IDS_ERROR_BROKEN },
    { MAPI_E_INVALID_PARAMETER, IDS_ERROR_NAME }
};

void words_format(WCHAR words[WORDS_MAX], UINT id, const WCHAR *first, const WCHAR *second)
{
    DWORD_PTR args[2] = { (DWORD_PTR)(first ? first : L""), (DWORD_PTR)(second ? second : L"") };
    WCHAR format[256], *text;

    words[0] = 0;
    if (!LoadStringW(mlcfg32_instance, id, format, ARRAYSIZE(format))) return;
    if (!FormatMessageW(FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_ARGUMENT_ARRAY
                        | FORMAT_MESSAGE_ALLOCATE_BUFFER, format, 0, 0, (WCHAR *)&text, 0,
                        (va_list *)args))
        return;
    lstrcpynW(words, text, WORDS_MAX);
    LocalFree(text);
}

void words_error(WCHAR words[WORDS_MAX], HRESULT hr)
{
    WCHAR number[16];
    size_t i;

    for (i = 0; i < ARRAYSIZE(errors) && errors[i].hr != hr; i++) {}
    if (i < ARRAYSIZE(errors)) words_format(words, errors[i].id, NULL, NULL);
    else
    {
        wsprintfW(number, L"0x%08X", hr);
        words_format(words, IDS_ERROR_OTHER, number, NULL);
    }
}

void error_show(HWND window, UINT id, HRESULT hr, const WCHAR *why)
{
    WCHAR words[WORDS_MAX], text[WORDS_MAX], title[64];

    if (hr == MAPI_E_USER_CANCEL) return;
    if (!why)
    {
        words_error(words, hr);
        why = words;
    }
    words_format(text, id, why, NULL);
    LoadStringW(mlcfg32_instance, IDS_TITLE, title, ARRAYSIZE(title));
    MessageBoxW(window, text, title, MB_OK | MB_ICONWARNING);
}
