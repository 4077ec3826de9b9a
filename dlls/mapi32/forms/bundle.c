/*
 * The files of a form
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
 * A form's files in memory, by name, and what is read from and written to the disk for them. Names
 * are relative paths that form_relative_path has let pass, so that they can be put behind any
 * folder.
 */

#include <stdio.h>

#include "forms/forms.h"
#include "dialog/dialog.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define ICON_MAX (256 * 1024)

HRESULT bundle_add(struct form_bundle *bundle, const WCHAR *name, BYTE *data, ULONG size)
{
    struct form_file *bigger;
    HRESULT hr = S_OK;
    WCHAR *copy;

    if (bundle->count >= FORM_FILES_MAX) hr = MAPI_E_TOO_BIG;
    else if (bundle->count == bundle->room)
    {
        bigger = platform_realloc(bundle->files, (bundle->room + 16) * sizeof(*bigger));
        if (bigger)
        {
            bundle->files = bigger;
            bundle->room += 16;
        }
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr) || !(copy = text_dup(name)))
    {
        platform_free(data);
        return FAILED(hr) ? hr : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    bundle->files[bundle->count].name = copy;
    bundle->files[bundle->count].data = data;
    bundle->files[bundle->count++].size = size;
    return S_OK;
}

const struct form_file *bundle_find(const struct form_bundle *bundle, const WCHAR *name)
{
    ULONG i;

    for (i = 0; i < bundle->count; i++)
        if (!lstrcmpiW(bundle->files[i].name, name)) return bundle->files + i;
    return NULL;
}

void bundle_free(struct form_bundle *bundle)
{
    ULONG i;

    for (i = 0; i < bundle->count; i++)
    {
        platform_free(bundle->files[i].name);
        platform_free(bundle->files[i].data);
    }
    platform_free(bundle->files);
    memset(bundle, 0, sizeof(*bundle));
}

/* ---- the disk ---- */

HRESULT file_read(const WCHAR *path, BYTE **data, ULONG *size)
{
    LARGE_INTEGER length;
    HRESULT hr = S_OK;
    HANDLE file;
    DWORD got;

    *data = NULL;
    *size = 0;
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) return MAPI_E_NOT_FOUND;
    if (!GetFileSizeEx(file, &length)) hr = MAPI_E_DISK_ERROR;
    else if (length.QuadPart > FORM_FILE_MAX) hr = MAPI_E_TOO_BIG;
    else if (!(*data = platform_alloc((size_t)length.QuadPart + 1))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (!ReadFile(file, *data, (DWORD)length.QuadPart, &got, NULL)) hr = MAPI_E_DISK_ERROR;
    else *size = got;
    if (FAILED(hr))
    {
        platform_free(*data);
        *data = NULL;
    }
    CloseHandle(file);
    return hr;
}

WCHAR *path_join(const WCHAR *folder, const WCHAR *name)
{
    size_t length = lstrlenW(folder), more = lstrlenW(name);
    WCHAR *path = platform_alloc((length + more + 2) * sizeof(WCHAR));

    if (!path) return NULL;
    memcpy(path, folder, length * sizeof(WCHAR));
    if (length && path[length - 1] != '\\' && path[length - 1] != '/') path[length++] = '\\';
    memcpy(path + length, name, (more + 1) * sizeof(WCHAR));
    return path;
}

/* All folders above the last part. */
static void make_folders(WCHAR *path)
{
    WCHAR *at, keep;

    for (at = path; *at; at++)
    {
        if ((*at != '\\' && *at != '/') || at == path || at[-1] == ':') continue;
        keep = *at;
        *at = 0;
        CreateDirectoryW(path, NULL);
        *at = keep;
    }
}

HRESULT file_write(const WCHAR *path, const void *data, ULONG size)
{
    WCHAR *temporary;
    HANDLE file;
    DWORD put;
    BOOL done;

    if (!(temporary = path_join(path, L"new"))) return MAPI_E_NOT_ENOUGH_MEMORY;
    temporary[lstrlenW(path)] = '.';
    make_folders(temporary);
    file = CreateFileW(temporary, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL,
                       NULL);
    done = file != INVALID_HANDLE_VALUE && WriteFile(file, data, size, &put, NULL) && put == size;
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
    if (done) done = MoveFileExW(temporary, path, MOVEFILE_REPLACE_EXISTING);
    if (!done)
    {
        WARN("%s was not written: %lu\n", debugstr_w(path), GetLastError());
        DeleteFileW(temporary);
    }
    platform_free(temporary);
    return done ? S_OK : MAPI_E_DISK_ERROR;
}

WCHAR *forms_folder(const WCHAR *name)
{
    static const WCHAR below[] = L"\\Microsoft\\FORMS";
    WCHAR base[MAX_PATH + ARRAY_SIZE(below)];
    DWORD length;

    length = GetEnvironmentVariableW(L"LOCALAPPDATA", base, MAX_PATH);
    if (!length || length >= MAX_PATH) GetWindowsDirectoryW(base, MAX_PATH);
    lstrcatW(base, below);
    return path_join(base, name);
}

void folder_remove(const WCHAR *path)
{
    WIN32_FIND_DATAW found;
    WCHAR *pattern, *inside;
    HANDLE find;

    if (!(pattern = path_join(path, L"*"))) return;
    if ((find = FindFirstFileW(pattern, &found)) != INVALID_HANDLE_VALUE)
    {
        do
        {
            if (!lstrcmpW(found.cFileName, L".") || !lstrcmpW(found.cFileName, L"..")) continue;
            if (!(inside = path_join(path, found.cFileName))) continue;
            /* What is a link to somewhere else goes, what it leads to stays. */
            if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
            {
                if (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) RemoveDirectoryW(inside);
                else folder_remove(inside);
            }
            else DeleteFileW(inside);
            platform_free(inside);
        }
        while (FindNextFileW(find, &found));
        FindClose(find);
    }
    platform_free(pattern);
    RemoveDirectoryW(path);
}

/* ---- a .cfg file with what it names ---- */

struct complaint
{
    ULONG line;
    const char *what;
};

/* The last one is what made the file invalid, if anything did. */
static void hear(void *context, ULONG line, const char *what)
{
    struct complaint *complaint = context;

    WARN("line %lu: %s\n", line, what);
    complaint->line = line;
    complaint->what = what;
}

/* Words of the resource file with up to three things put in (platform_alloc). */
static WCHAR *words_of(UINT id, const WCHAR *first, ULONG second, const char *third)
{
    WCHAR number[16], *last = text_from_ansi(third), *ret;

    swprintf(number, ARRAY_SIZE(number), L"%lu", (unsigned long)second);
    ret = dialog_format(id, first, number, last);
    platform_free(last);
    return ret;
}

/* An icon may be anywhere, as its path is the installer's own; it has to be one, though. */
static HRESULT add_icon(struct form_bundle *bundle, const WCHAR *folder, const WCHAR *path,
                        const WCHAR *name, WCHAR **words)
{
    WCHAR *full;
    HRESULT hr;
    BYTE *data;
    ULONG size;

    if (!path || !*path) return S_OK;
    while (*path == '\\' && path[1] != '\\') path++;
    full = path[0] && path[1] == ':' ? text_dup(path) : path_join(folder, path);
    if (!full) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = file_read(full, &data, &size);
    if (FAILED(hr)) *words = words_of(IDS_FORM_FILE_MISSING, full, GetLastError(), NULL);
    else if (size < 6 || size > ICON_MAX || memcmp(data, "\0\0\1\0", 4))
    {
        *words = words_of(IDS_FORM_ICON_INVALID, full, 0, NULL);
        platform_free(data);
        hr = MAPI_E_CORRUPT_DATA;
    }
    else hr = bundle_add(bundle, name, data, size);
    platform_free(full);
    return hr;
}

static HRESULT add_platform(struct form_bundle *bundle, const WCHAR *folder,
                            const struct form_platform *platform, WCHAR **words)
{
    WCHAR name[FORM_PATH_MAX], *full;
    const WCHAR *path;
    HRESULT hr = S_OK;
    ULONG at = 0, size;
    BYTE *data;

    while (SUCCEEDED(hr) && (path = form_platform_next(platform, L"File", &at)))
    {
        if (!form_relative_path(path, name, ARRAY_SIZE(name)))
        {
            *words = words_of(IDS_FORM_FILE_OUTSIDE, path, 0, NULL);
            return MAPI_E_NO_ACCESS;
        }
        if (bundle_find(bundle, name)) continue;
        if (!(full = path_join(folder, name))) return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = file_read(full, &data, &size);
        if (FAILED(hr)) *words = words_of(IDS_FORM_FILE_MISSING, full, GetLastError(), NULL);
        else hr = bundle_add(bundle, name, data, size);
        platform_free(full);
    }
    return hr;
}

HRESULT bundle_from_disk(const WCHAR *path, BOOL platforms, const struct form_config *merge_into,
                         struct form_bundle *bundle, struct form_config **config, WCHAR **words)
{
    struct complaint complaint = { 0 };
    WCHAR *folder, *slash, *at;
    ULONG size, i;
    size_t written;
    BYTE *data;
    HRESULT hr;

    *config = NULL;
    *words = NULL;
    hr = file_read(path, &data, &size);
    if (FAILED(hr))
    {
        *words = words_of(IDS_FORM_NOT_FOUND, path, GetLastError(), NULL);
        return hr;
    }
    hr = form_config_parse(data, size, hear, &complaint, config);
    platform_free(data);
    if (FAILED(hr))
    {
        *words = words_of(IDS_FORM_INVALID, path, complaint.line, complaint.what);
        return hr;
    }
    if (!(folder = text_dup(path))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (slash = NULL, at = folder; *at; at++) if (*at == '\\' || *at == '/') slash = at;
    if (slash) slash[1] = 0;
    else lstrcpyW(folder, L".");
    if (!merge_into)
    {
        hr = add_icon(bundle, folder, (*config)->small_icon, FORM_SMALL_ICON, words);
        if (SUCCEEDED(hr))
            hr = add_icon(bundle, folder, (*config)->large_icon, FORM_LARGE_ICON, words);
    }
    for (i = 0; platforms && SUCCEEDED(hr) && i < (*config)->platform_count; i++)
        hr = add_platform(bundle, folder, (*config)->platforms + i, words);
    if (SUCCEEDED(hr))
        hr = form_config_write(merge_into ? merge_into : *config, merge_into ? *config : NULL,
                               bundle_find(bundle, FORM_SMALL_ICON) ? FORM_SMALL_ICON : NULL,
                               bundle_find(bundle, FORM_LARGE_ICON) ? FORM_LARGE_ICON : NULL,
                               &data, &written);
    if (SUCCEEDED(hr)) hr = bundle_add(bundle, FORM_CFG, data, (ULONG)written);
    platform_free(folder);
    return hr;
}
