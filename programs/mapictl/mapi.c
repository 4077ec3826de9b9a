/*
 * mapictl: small things around MAPI
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

/* Properties as text, text as properties, and the doors to the administration objects. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

WCHAR *dup_text(const WCHAR *text)
{
    size_t size = (lstrlenW(text) + 1) * sizeof(*text);
    WCHAR *ret = malloc(size);

    if (!ret) exit(fail(L"out of memory"));
    memcpy(ret, text, size);
    return ret;
}

static WCHAR *dup_ansi(const char *text)
{
    int length = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    WCHAR *ret = malloc(length * sizeof(*ret));

    if (!ret) exit(fail(L"out of memory"));
    MultiByteToWideChar(CP_ACP, 0, text, -1, ret, length);
    return ret;
}

WCHAR *hex_text(const BYTE *data, ULONG size)
{
    WCHAR *ret = malloc((size * 2 + 1) * sizeof(*ret));
    ULONG i;

    if (!ret) exit(fail(L"out of memory"));
    ret[0] = 0;
    for (i = 0; i < size; i++) _snwprintf(ret + 2 * i, 3, L"%02x", data[i]);
    return ret;
}

WCHAR *uid_text(const BYTE uid[16])
{
    return hex_text(uid, 16);
}

WCHAR *text_of_prop(const SPropValue *prop)
{
    WCHAR buffer[64];

    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_UNICODE:
        return dup_text(prop->Value.lpszW);
    case PT_STRING8:
        return dup_ansi(prop->Value.lpszA);
    case PT_LONG:
        _snwprintf(buffer, ARRAYSIZE(buffer), L"%ld", (long)prop->Value.l);
        return dup_text(buffer);
    case PT_BOOLEAN:
        return dup_text(prop->Value.b ? L"true" : L"false");
    case PT_BINARY:
        return hex_text(prop->Value.bin.lpb, prop->Value.bin.cb);
    case PT_ERROR:
        return dup_text(L"");
    default:
        _snwprintf(buffer, ARRAYSIZE(buffer), L"(type %04x)", (int)PROP_TYPE(prop->ulPropTag));
        return dup_text(buffer);
    }
}

const WCHAR *resource_type_name(LONG type)
{
    switch (type)
    {
    case MAPI_STORE_PROVIDER:       return L"store";
    case MAPI_AB:                   return L"address book";
    case MAPI_AB_PROVIDER:          return L"address book provider";
    case MAPI_TRANSPORT_PROVIDER:   return L"transport";
    case MAPI_SPOOLER:              return L"spooler";
    case MAPI_PROFILE_PROVIDER:     return L"profile provider";
    case MAPI_SUBSYSTEM:            return L"subsystem";
    case MAPI_HOOK_PROVIDER:        return L"hook";
    default:                        return L"unknown";
    }
}

const SPropValue *find_prop(const SRow *row, ULONG tag)
{
    ULONG i;

    for (i = 0; i < row->cValues; i++)
        if (PROP_ID(row->lpProps[i].ulPropTag) == PROP_ID(tag) &&
            PROP_TYPE(row->lpProps[i].ulPropTag) != PT_ERROR) return &row->lpProps[i];
    return NULL;
}

WCHAR *row_text(const SRow *row, ULONG tag)
{
    const SPropValue *prop = find_prop(row, tag);

    return prop ? text_of_prop(prop) : dup_text(L"");
}

HRESULT admin_open(IProfAdmin **ret)
{
    return MAPIAdminProfiles(0, ret);
}

HRESULT services_open(const WCHAR *profile, IMsgServiceAdmin **ret)
{
    IProfAdmin *admin;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = admin_open(&admin))) return hr;
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, MAPI_UNICODE, ret);
    IProfAdmin_Release(admin);
    return hr;
}

HRESULT profile_rows(SRowSet **ret)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE}};
    IMAPITable *table;
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = admin_open(&admin))) return hr;
    hr = IProfAdmin_GetProfileTable(admin, MAPI_UNICODE, &table);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, ret);
    IMAPITable_Release(table);
    return hr;
}

WCHAR *default_profile(void)
{
    const SPropValue *is_default;
    WCHAR *ret = NULL;
    SRowSet *rows;
    ULONG i;

    if (FAILED(profile_rows(&rows))) return NULL;
    for (i = 0; i < rows->cRows && !ret; i++)
        if ((is_default = find_prop(&rows->aRow[i], PR_DEFAULT_PROFILE)) && is_default->Value.b)
            ret = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
    FreeProws(rows);
    return ret;
}

WCHAR *last_error_text(void *object, HRESULT hr)
{
    MAPIERROR *error;
    WCHAR *ret = NULL;

    /* Slot 3 with the same arguments in every interface that has it. */
    if (FAILED(IMAPISession_GetLastError((IMAPISession *)object, hr, MAPI_UNICODE, &error))
        || !error)
        return NULL;
    if (error->lpszError) ret = dup_text((const WCHAR *)error->lpszError);
    MAPIFreeBuffer(error);
    return ret;
}

BOOL parse_hex_bytes(const WCHAR *text, SBinary *ret)
{
    ULONG i, size = lstrlenW(text) / 2;
    unsigned int byte;

    if (lstrlenW(text) % 2) return FALSE;
    if (!(ret->lpb = malloc(size + 1))) exit(fail(L"out of memory"));
    for (i = 0; i < size; i++)
    {
        if (!iswxdigit(text[2 * i]) || !iswxdigit(text[2 * i + 1]) ||
            swscanf(text + 2 * i, L"%2x", &byte) != 1) return FALSE;
        ret->lpb[i] = byte;
    }
    ret->cb = size;
    return TRUE;
}

HRESULT parse_setting(const WCHAR *text, SPropValue *ret)
{
    const WCHAR *value;
    WCHAR *end;
    ULONG tag;

    memset(ret, 0, sizeof(*ret));
    tag = wcstoul(text, &end, 16);
    if (end != text + 8 || *end != '=') return MAPI_E_INVALID_PARAMETER;
    value = end + 1;
    ret->ulPropTag = tag;
    switch (PROP_TYPE(tag))
    {
    case PT_STRING8:
    {
        int size = WideCharToMultiByte(CP_ACP, 0, value, -1, NULL, 0, NULL, NULL);

        if (!(ret->Value.lpszA = malloc(size))) exit(fail(L"out of memory"));
        WideCharToMultiByte(CP_ACP, 0, value, -1, ret->Value.lpszA, size, NULL, NULL);
        return S_OK;
    }
    case PT_UNICODE:
        ret->Value.lpszW = dup_text(value);
        return S_OK;
    case PT_LONG:
        ret->Value.l = wcstol(value, &end, 0);
        return *value && !*end ? S_OK : MAPI_E_INVALID_PARAMETER;
    case PT_BOOLEAN:
        ret->Value.b = !lstrcmpiW(value, L"true") || !lstrcmpW(value, L"1");
        return S_OK;
    case PT_BINARY:
        return parse_hex_bytes(value, &ret->Value.bin) ? S_OK : MAPI_E_INVALID_PARAMETER;
    default:
        return MAPI_E_INVALID_PARAMETER;
    }
}
