/*
 * What a message service keeps in its profile section, and where its file is
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
 * Services whose provider has one file: the store's and the address book's. Text comes in either
 * width, a file's place is a full path, and no file is made here.
 */

#define COBJMACROS
#include <stdarg.h>
#include <string.h>
#include <wchar.h>

#include <windef.h>
#include <winbase.h>
#include <winnls.h>
#include <shlobj.h>
#include <mapiutil.h>

#include "filesection.h"

/* ---- text properties in either width ---- */

/* Text of either width, platform_free; NULL: no text, or no memory. */
static WCHAR *prop_text(const SPropValue *prop)
{
    if (PROP_TYPE(prop->ulPropTag) == PT_UNICODE) return text_dup(prop->Value.lpszW);
    return PROP_TYPE(prop->ulPropTag) == PT_STRING8 ? text_from_ansi(prop->Value.lpszA) : NULL;
}

/* The same, NULL for one that is empty as well. */
static WCHAR *filled_text(const SPropValue *prop)
{
    WCHAR *text = prop_text(prop);

    if (!text || *text) return text;
    platform_free(text);
    return NULL;
}

WCHAR *find_text(ULONG count, const SPropValue *props, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag)) return filled_text(&props[i]);
    return NULL;
}

WCHAR *section_text(IProfSect *section, ULONG tag)
{
    SizedSPropTagArray(1, tags) = { 1, { CHANGE_PROP_TYPE(tag, PT_UNICODE) } };
    SPropValue *prop;
    WCHAR *ret;
    ULONG count;

    if (FAILED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &prop))) return NULL;
    ret = filled_text(prop);
    MAPIFreeBuffer(prop);
    return ret;
}

BOOL section_uid(IProfSect *section, MAPIUID *uid)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_RECORD_KEY } };
    SPropValue *prop;
    ULONG count;
    BOOL ret;

    memset(uid, 0, sizeof(*uid));
    if (FAILED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &prop))) return FALSE;
    if ((ret = prop->ulPropTag == PR_RECORD_KEY) && prop->Value.bin.cb == sizeof(*uid))
        memcpy(uid, prop->Value.bin.lpb, sizeof(*uid));
    MAPIFreeBuffer(prop);
    return ret;
}

HRESULT set_section_text(IProfSect *section, ULONG tag, const WCHAR *text)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.lpszW = (WCHAR *)text;
    return IProfSect_SetProps(section, 1, &prop, NULL);
}

/* ---- where the file is ---- */

/* No profile and no file has such a name. */
static BOOL is_plain(const WCHAR *name)
{
    return *name && !wcspbrk(name, L"\\/:*?\"<>|") && lstrlenW(name) < 100;
}

static HRESULT default_path(const WCHAR *profile, const WCHAR *suffix, WCHAR **ret)
{
    static const WCHAR below[] = L"\\wine-mapi\\stores";
    WCHAR folder[MAX_PATH];
    WCHAR *path;
    size_t room;
    ULONG n;

    *ret = NULL;
    if (FAILED(SHGetFolderPathW(NULL, CSIDL_LOCAL_APPDATA | CSIDL_FLAG_CREATE, NULL, 0, folder)))
        return MAPI_E_UNCONFIGURED;
    if (!profile || !is_plain(profile)) profile = L"Mail";
    room = lstrlenW(folder) + ARRAY_SIZE(below) + lstrlenW(profile) + lstrlenW(suffix) + 32;
    if (!(path = platform_alloc(room * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (n = 1; n < 10000; n++)
    {
        if (n == 1) swprintf(path, room, L"%s%s\\%s%s.db", folder, below, profile, suffix);
        else
            swprintf(path, room, L"%s%s\\%s%s (%lu).db", folder, below, profile, suffix, n);
        if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) continue;
        *ret = path;
        return S_OK;
    }
    platform_free(path);
    return MAPI_E_UNCONFIGURED;
}

HRESULT full_path(const WCHAR *path, WCHAR **ret)
{
    DWORD size;

    *ret = NULL;
    if (!(size = GetFullPathNameW(path, 0, NULL, NULL))) return MAPI_E_INVALID_PARAMETER;
    if (!(*ret = platform_alloc(size * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (GetFullPathNameW(path, size, *ret, NULL) < size) return S_OK;
    platform_free(*ret);
    *ret = NULL;
    return MAPI_E_INVALID_PARAMETER;
}

HRESULT make_folder_of(const WCHAR *path)
{
    WCHAR *folder = text_dup(path), *end;
    HRESULT hr = S_OK;
    int error;

    if (!folder) return MAPI_E_NOT_ENOUGH_MEMORY;
    if ((end = wcsrchr(folder, '\\')) && end > folder + 2)
    {
        *end = 0;
        error = SHCreateDirectoryExW(NULL, folder, NULL);
        if (error && error != ERROR_ALREADY_EXISTS && error != ERROR_FILE_EXISTS)
            hr = error == ERROR_DISK_FULL ? MAPI_E_NOT_ENOUGH_DISK : MAPI_E_NO_ACCESS;
    }
    platform_free(folder);
    return hr;
}

/* ---- what the entry functions of both do ---- */

HRESULT set_default_path(IProfSect *section, ULONG tag, const WCHAR *suffix)
{
    WCHAR *path = section_text(section, tag), *profile;
    HRESULT hr = S_OK;

    if (!path)
    {
        profile = section_text(section, PR_PROFILE_NAME_W);
        if (SUCCEEDED(hr = default_path(profile, suffix, &path)))
            hr = set_section_text(section, tag, path);
        platform_free(profile);
    }
    platform_free(path);
    return hr;
}

HRESULT open_provider_section(IProviderAdmin *admin, LONG type, IProfSect **ret)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_PROVIDER_UID, PR_RESOURCE_TYPE } };
    HRESULT hr = MAPI_E_UNCONFIGURED;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    *ret = NULL;
    if (FAILED(IProviderAdmin_GetProviderTable(admin, 0, &table))) return MAPI_E_UNCONFIGURED;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows && !*ret; i++)
        {
            const SPropValue *props = rows->aRow[i].lpProps;

            if (props[0].ulPropTag != PR_PROVIDER_UID || props[0].Value.bin.cb != sizeof(MAPIUID)
                || props[1].ulPropTag != PR_RESOURCE_TYPE || props[1].Value.l != type)
                continue;
            hr = IProviderAdmin_OpenProfileSection(admin, (MAPIUID *)props[0].Value.bin.lpb, NULL,
                                                   MAPI_MODIFY, ret);
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr;
}

void error_words(ULONG flags, const WCHAR *text, MAPIERROR **ret)
{
    MAPIERROR *error;
    int size;

    if (!ret || FAILED(MAPIAllocateBuffer(sizeof(*error), (void **)&error))) return;
    memset(error, 0, sizeof(*error));
    error->ulVersion = MAPI_ERROR_VERSION;
    if (flags & MAPI_UNICODE) size = (lstrlenW(text) + 1) * sizeof(WCHAR);
    else size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    if (SUCCEEDED(MAPIAllocateMore(size, error, (void **)&error->lpszError)))
    {
        if (flags & MAPI_UNICODE) memcpy(error->lpszError, text, size);
        else WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)error->lpszError, size, NULL, NULL);
    }
    *ret = error;
}

void file_error(ULONG flags, HRESULT hr, const WCHAR *path, MAPIERROR **ret)
{
    static const struct { HRESULT hr; const WCHAR *before, *behind; } texts[] =
    {
        { MAPI_E_NO_ACCESS, L"The file or folder of the ", L" cannot be written" },
        { MAPI_E_NOT_ENOUGH_DISK, L"There is no room on the disk for the ", L"" },
        { MAPI_E_VERSION, L"The ", L" was made by a newer version" },
        { MAPI_E_BUSY, L"Another program uses the file of the ", L"" },
        { MAPI_E_NOT_FOUND, L"There is no file of the ", L"" },
        { MAPI_E_DISK_ERROR, L"The disk does not read or write the file of the ", L"" },
        { MAPI_E_CORRUPT_STORE, L"The file of the ", L" is something else, or is damaged" }
    };
    WCHAR *text;
    size_t size;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(texts) && texts[i].hr != hr; i++) ;
    if (i == ARRAY_SIZE(texts)) return;
    if (!path) path = L"";
    size = wcslen(path) + 256;
    if (!(text = platform_alloc(size * sizeof(*text)))) return;
    swprintf(text, size, L"%s%s%s%s%s.", texts[i].before, file_kind, texts[i].behind,
             *path ? L": " : L"", path);
    error_words(flags, text, ret);
    platform_free(text);
}
