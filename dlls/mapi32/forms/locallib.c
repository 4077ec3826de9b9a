/*
 * The library of forms of this computer
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
 * %LOCALAPPDATA%\Microsoft\FORMS\Local has a folder for each form, named after its message class,
 * with form.cfg and the icons in it. Programs are not kept here: whoever installs a form here has
 * put and registered them. Reference page: local-form-libraries
 */

#include "forms/forms.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define FORMS_MAX 4096

/* A message class as the name of a folder: what no file name may have becomes %XX. NULL without
 * memory. */
static WCHAR *folder_of(const char *message_class)
{
    static const char digits[] = "0123456789ABCDEF";
    WCHAR name[FORM_CLASS_MAX * 3 + 1], *base, *ret;
    ULONG length = 0;

    for (; *message_class; message_class++)
    {
        if (strchr("\\/:*?\"<>|%", *message_class))
        {
            name[length++] = '%';
            name[length++] = digits[*message_class >> 4];
            name[length++] = digits[*message_class & 15];
        }
        else name[length++] = *message_class;
    }
    name[length] = 0;
    /* A device's name is made another by what every folder has behind it. */
    if (!(base = forms_folder(L"Local"))) return NULL;
    ret = path_join(base, name);
    platform_free(base);
    if (!(base = ret)) return NULL;
    ret = platform_alloc((lstrlenW(base) + 6) * sizeof(WCHAR));
    if (ret)
    {
        lstrcpyW(ret, base);
        lstrcatW(ret, L".form");
    }
    platform_free(base);
    return ret;
}

static HRESULT read_file_of(const WCHAR *folder, const WCHAR *name, BYTE **data, ULONG *size)
{
    WCHAR *path;
    HRESULT hr;

    if (!(path = path_join(folder, name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = file_read(path, data, size);
    platform_free(path);
    return hr;
}

/* The class is what form.cfg says, not what the folder is called. */
static HRESULT read_entry(const WCHAR *folder, struct form_entry *entry)
{
    struct form_config *config;
    HRESULT hr;
    BYTE *data;
    ULONG size;

    if (FAILED(hr = read_file_of(folder, FORM_CFG, &data, &size))) return hr;
    hr = form_config_parse(data, size, NULL, NULL, &config);
    platform_free(data);
    if (FAILED(hr)) return hr;
    lstrcpyA(entry->message_class, config->message_class);
    form_config_free(config);
    entry->id.cb = (lstrlenW(folder) + 1) * sizeof(WCHAR);
    entry->id.lpb = (BYTE *)text_dup(folder);
    return entry->id.lpb ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static HRESULT local_list(struct form_library *library, ULONG *count, struct form_entry **entries)
{
    ULONG room = 0;
    WCHAR *base, *pattern, *folder;
    struct form_entry *bigger;
    WIN32_FIND_DATAW found;
    HRESULT hr = S_OK;
    HANDLE find;

    *count = 0;
    *entries = NULL;
    if (!(base = forms_folder(L"Local"))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(pattern = path_join(base, L"*.form"))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if ((find = FindFirstFileW(pattern, &found)) != INVALID_HANDLE_VALUE)
    {
        do
        {
            if (*count == room)
            {
                if (room >= FORMS_MAX) break;
                room += 16;
                if (!(bigger = platform_realloc(*entries, room * sizeof(*bigger))))
                {
                    hr = MAPI_E_NOT_ENOUGH_MEMORY;
                    break;
                }
                *entries = bigger;
            }
            if (!(folder = path_join(base, found.cFileName)))
            {
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                break;
            }
            hr = read_entry(folder, *entries + *count);
            if (SUCCEEDED(hr)) ++*count;
            else WARN("%s has no form: %#lx\n", debugstr_w(folder), hr);
            platform_free(folder);
            if (hr != MAPI_E_NOT_ENOUGH_MEMORY) hr = S_OK;
        }
        while (SUCCEEDED(hr) && FindNextFileW(find, &found));
        FindClose(find);
    }
    platform_free(pattern);
    platform_free(base);
    if (FAILED(hr))
    {
        form_entries_free(*count, *entries);
        *count = 0;
        *entries = NULL;
    }
    return hr;
}

static HRESULT local_read(struct form_library *library, const struct form_entry *entry, BOOL all,
                          struct form_bundle *bundle)
{
    static const WCHAR *const names[] = { FORM_CFG, FORM_SMALL_ICON, FORM_LARGE_ICON };
    HRESULT hr = S_OK;
    BYTE *data;
    ULONG i, size;

    for (i = 0; i < ARRAY_SIZE(names) && SUCCEEDED(hr); i++)
    {
        hr = read_file_of((WCHAR *)entry->id.lpb, names[i], &data, &size);
        if (SUCCEEDED(hr)) hr = bundle_add(bundle, names[i], data, size);
        else if (i && hr == MAPI_E_NOT_FOUND) hr = S_OK;
    }
    return hr;
}

static HRESULT local_write(struct form_library *library, const struct form_entry *old,
                           const struct form_config *config, const struct form_bundle *bundle)
{
    static const WCHAR *const names[] = { FORM_SMALL_ICON, FORM_LARGE_ICON, FORM_CFG };
    const struct form_file *file;
    HRESULT hr = S_OK;
    WCHAR *folder, *path;
    ULONG i;

    folder = old ? text_dup((WCHAR *)old->id.lpb) : folder_of(config->message_class);
    if (!folder) return MAPI_E_NOT_ENOUGH_MEMORY;
    /* The icons first, since form.cfg names them. */
    for (i = 0; i < ARRAY_SIZE(names) && SUCCEEDED(hr); i++)
    {
        if (!(path = path_join(folder, names[i]))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if ((file = bundle_find(bundle, names[i])))
            hr = file_write(path, file->data, file->size);
        else DeleteFileW(path);
        platform_free(path);
    }
    platform_free(folder);
    return hr;
}

static HRESULT local_remove(struct form_library *library, const struct form_entry *entry)
{
    WCHAR *path;

    if (!(path = path_join((WCHAR *)entry->id.lpb, FORM_CFG))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!DeleteFileW(path))
    {
        platform_free(path);
        return MAPI_E_NO_ACCESS;
    }
    platform_free(path);
    folder_remove((WCHAR *)entry->id.lpb);
    return S_OK;
}

const struct form_library_ops local_library_ops =
{
    FALSE,
    IDS_FORM_LOCAL,
    local_list,
    local_read,
    local_write,
    local_remove
};
