/*
 * The MapiSvc.inf of this process
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
 * Where the file is: the value MapiSvcInf of HKCU\Software\wine-mapi, then of HKLM\Software\wine-
 * mapi; then the folder of this DLL, then the system directory. It is read at each administration
 * call that needs it: installers change it while programs run, and it is small. A missing file is
 * one without services. Damage goes to the trace with file and line.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const WCHAR file_name[] = L"\\MAPISVC.INF";

static void report(void *context, ULONG line, const char *what)
{
    const struct mapisvc *mapisvc = context;

    WARN("%s:%lu: %s; skipped\n", debugstr_w(mapisvc->path), line, what);
}

static WCHAR *override_path(HKEY root)
{
    WCHAR *path = NULL;
    HKEY key;

    if (RegOpenKeyExW(root, L"Software\\wine-mapi", 0, KEY_READ, &key)) return NULL;
    path = registry_get_string(key, L"MapiSvcInf");
    RegCloseKey(key);
    if (path && *path) return path;
    platform_free(path);
    return NULL;
}

static WCHAR *path_beside(const WCHAR *folder, size_t length)
{
    WCHAR *path = platform_alloc(length * sizeof(WCHAR) + sizeof(file_name));

    if (!path) return NULL;
    memcpy(path, folder, length * sizeof(WCHAR));
    memcpy(path + length, file_name, sizeof(file_name));
    return path;
}

static HRESULT find_path(WCHAR **ret)
{
    WCHAR folder[MAX_PATH], *last;
    HMODULE module;
    UINT length;

    if ((*ret = override_path(HKEY_CURRENT_USER)) || (*ret = override_path(HKEY_LOCAL_MACHINE)))
        return S_OK;
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                               | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                           (const WCHAR *)find_path, &module))
    {
        length = GetModuleFileNameW(module, folder, ARRAY_SIZE(folder));
        if (length && length < ARRAY_SIZE(folder) && (last = wcsrchr(folder, '\\')))
        {
            if (!(*ret = path_beside(folder, last - folder))) return MAPI_E_NOT_ENOUGH_MEMORY;
            if (GetFileAttributesW(*ret) != INVALID_FILE_ATTRIBUTES) return S_OK;
            platform_free(*ret);
        }
    }
    length = GetSystemDirectoryW(folder, ARRAY_SIZE(folder));
    if (!length || length >= ARRAY_SIZE(folder)) length = 0;
    return (*ret = path_beside(folder, length)) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static HRESULT read_file(const WCHAR *path, BYTE **data, DWORD *size)
{
    HRESULT hr = MAPI_E_CALL_FAILED;
    LARGE_INTEGER length;
    HANDLE file;

    *data = NULL;
    *size = 0;
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return MAPI_E_NOT_FOUND;
    if (!GetFileSizeEx(file, &length) || length.QuadPart > INF_MAX_SIZE) hr = MAPI_E_TOO_BIG;
    else if (!(*data = platform_alloc(length.LowPart ? length.LowPart : 1)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (ReadFile(file, *data, length.LowPart, size, NULL)) hr = S_OK;
    CloseHandle(file);
    return hr;
}

HRESULT mapisvc_open(struct mapisvc **ret)
{
    struct mapisvc *mapisvc;
    BYTE *data = NULL;
    DWORD size;
    HRESULT hr;

    *ret = NULL;
    if (!(mapisvc = platform_alloc_zero(sizeof(*mapisvc)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr = find_path(&mapisvc->path)))
    {
        hr = read_file(mapisvc->path, &data, &size);
        if (SUCCEEDED(hr)) hr = inf_parse(data, size, report, mapisvc, &mapisvc->inf);
        if (FAILED(hr) && hr != MAPI_E_NOT_ENOUGH_MEMORY)
        {
            WARN("%s cannot be read: %#lx; no message service is installed\n",
                 debugstr_w(mapisvc->path), hr);
            hr = S_OK;
        }
        platform_free(data);
    }
    if (FAILED(hr)) mapisvc_close(mapisvc);
    else *ret = mapisvc;
    return hr;
}

void mapisvc_close(struct mapisvc *mapisvc)
{
    if (!mapisvc) return;
    inf_free(mapisvc->inf);
    platform_free(mapisvc->path);
    platform_free(mapisvc);
}

const struct inf_section *mapisvc_section(struct mapisvc *mapisvc, const WCHAR *name)
{
    return mapisvc->inf ? inf_find(mapisvc->inf, name) : NULL;
}

HRESULT mapisvc_props(struct mapisvc *mapisvc, const struct inf_section *section, ULONG *count,
                      SPropValue **props)
{
    return inf_props(section, report, mapisvc, count, props);
}

const WCHAR *mapisvc_service_text(struct mapisvc *mapisvc, const WCHAR *name, const WCHAR **key)
{
    const struct inf_section *services = mapisvc_section(mapisvc, L"Services");
    ULONG i;

    for (i = 0; services && i < services->count; i++)
    {
        if (text_compare_nocase(services->entries[i].key, name)) continue;
        if (key) *key = services->entries[i].key;
        return services->entries[i].value;
    }
    return NULL;
}

BOOL mapisvc_has_defaults(void)
{
    const struct inf_section *defaults;
    struct mapisvc *mapisvc;
    BOOL ret = FALSE;
    ULONG i;

    if (FAILED(mapisvc_open(&mapisvc))) return FALSE;
    defaults = mapisvc_section(mapisvc, L"Default Services");
    for (i = 0; defaults && i < defaults->count && !ret; i++)
        ret = mapisvc_service_text(mapisvc, defaults->entries[i].key, NULL) != NULL;
    mapisvc_close(mapisvc);
    return ret;
}
