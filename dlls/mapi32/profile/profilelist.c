/*
 * All profiles, and which is the default
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
 * What there is in all the places where profiles are kept: the list without doubles and without
 * what is marked for deletion, and the default profile, which stands in a value beside them. Ours
 * comes first; an Outlook's counts as long as nobody said otherwise.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"

#define VALUE_DEFAULT L"DefaultProfile"

struct listing
{
    const struct profile_root *root;
    BOOL app;
    ULONG count;
    ULONG allocated;
    WCHAR **names;              /* each a block of its own, until all are known */
};

static HRESULT append_name(struct listing *listing, const WCHAR *name)
{
    WCHAR **bigger;
    ULONG wanted;

    if (listing->count == listing->allocated)
    {
        wanted = listing->allocated ? listing->allocated * 2 : 16;
        if (!(bigger = platform_realloc(listing->names, wanted * sizeof(*bigger))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        listing->names = bigger;
        listing->allocated = wanted;
    }
    if (!(listing->names[listing->count] = text_dup(name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    listing->count++;
    return S_OK;
}

static HRESULT collect_name(void *context, const WCHAR *name)
{
    return append_name(context, name);
}

/* Leaves the names from first on that are to be seen; looking may delete or rename, so not while
 * enumerating. */
static HRESULT filter_names(struct listing *listing, ULONG first)
{
    ULONG kept = first, i, j;

    for (i = first; i < listing->count; i++)
    {
        BOOL keep = TRUE;
        DWORD app;
        HKEY key;

        for (j = 0; j < first && keep; j++)
            keep = !profile_same_name(listing->names[i], listing->names[j]);
        if (keep && (keep = SUCCEEDED(profile_open_key(listing->root, listing->names[i], &key))))
        {
            if (!listing->app && registry_get_dword(key, VALUE_APP, &app) && app) keep = FALSE;
            RegCloseKey(key);
        }
        if (keep) listing->names[kept++] = listing->names[i];
        else platform_free(listing->names[i]);
    }
    listing->count = kept;
    return S_OK;
}

static int __cdecl compare_names(const void *a, const void *b)
{
    return CompareStringOrdinal(*(const WCHAR *const *)a, -1, *(const WCHAR *const *)b, -1, TRUE)
           - CSTR_EQUAL;
}

HRESULT profile_list(BOOL app, ULONG *count, WCHAR ***names)
{
    struct listing listing = { NULL, app };
    size_t size = 0, length;
    HRESULT hr = S_OK;
    WCHAR *text;
    HKEY parent;
    ULONG i, first;

    *count = 0;
    *names = NULL;
    for (i = 0; i < ROOT_COUNT && SUCCEEDED(hr); i++)
    {
        listing.root = &profile_roots[i];
        if (FAILED(profiles_open_key(listing.root, KEY_READ, &parent))) continue;
        first = listing.count;
        hr = registry_each_subkey(parent, collect_name, &listing);
        RegCloseKey(parent);
        if (SUCCEEDED(hr)) hr = filter_names(&listing, first);
    }
    for (i = 0; i < listing.count; i++) size += (lstrlenW(listing.names[i]) + 1) * sizeof(WCHAR);
    if (SUCCEEDED(hr) && listing.count)
    {
        qsort(listing.names, listing.count, sizeof(*listing.names), compare_names);
        if (!(*names = platform_alloc(listing.count * sizeof(**names) + size)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
        {
            text = (WCHAR *)(*names + listing.count);
            for (i = 0; i < listing.count; i++)
            {
                length = lstrlenW(listing.names[i]) + 1;
                memcpy(text, listing.names[i], length * sizeof(WCHAR));
                (*names)[i] = text;
                text += length;
            }
            *count = listing.count;
        }
    }
    for (i = 0; i < listing.count; i++) platform_free(listing.names[i]);
    platform_free(listing.names);
    return hr;
}

HRESULT profile_names(ULONG *count, WCHAR ***names)
{
    return profile_list(FALSE, count, names);
}

/* ---- the default profile ---- */

/* The default of one root, if it is name, becomes new_name (NULL: none). */
static void move_default(const struct profile_root *root, const WCHAR *name, const WCHAR *new_name)
{
    WCHAR *current;
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, root->default_key, 0, KEY_READ | KEY_WRITE, &key)) return;
    if ((current = registry_get_string(key, VALUE_DEFAULT)) && profile_same_name(current, name))
    {
        if (new_name)
            RegSetValueExW(key, VALUE_DEFAULT, 0, REG_SZ, (const BYTE *)new_name,
                           (lstrlenW(new_name) + 1) * sizeof(WCHAR));
        else RegDeleteValueW(key, VALUE_DEFAULT);
    }
    platform_free(current);
    RegCloseKey(key);
}

void default_profile_moved(const WCHAR *name, const WCHAR *new_name)
{
    ULONG i;

    for (i = 0; i < ROOT_COUNT; i++) move_default(&profile_roots[i], name, new_name);
}

static WCHAR *root_default(const struct profile_root *root)
{
    WCHAR *name;
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, root->default_key, 0, KEY_READ, &key)) return NULL;
    name = registry_get_string(key, VALUE_DEFAULT);
    RegCloseKey(key);
    return name;
}

static BOOL is_visible(const WCHAR *name)
{
    HKEY key;
    ULONG i;

    if (!*name || wcschr(name, '\\')) return FALSE;
    for (i = 0; i < ROOT_COUNT; i++)
    {
        if (FAILED(profile_open_key(&profile_roots[i], name, &key))) continue;
        RegCloseKey(key);
        return TRUE;
    }
    return FALSE;
}

/* An empty name in our own root says that there is to be none, whatever an Outlook has set
 * elsewhere. */
static HRESULT find_default(ULONG first, WCHAR name[PROFILE_NAME_MAX + 1])
{
    HRESULT hr = MAPI_E_NOT_FOUND;
    BOOL none = FALSE;
    ULONG i;

    name[0] = 0;
    for (i = first; i < ROOT_COUNT && FAILED(hr) && !none; i++)
    {
        WCHAR *value = root_default(&profile_roots[i]);

        if (!value) continue;
        if (!*value) none = !i;
        else if (lstrlenW(value) <= PROFILE_NAME_MAX && is_visible(value))
        {
            lstrcpyW(name, value);
            hr = S_OK;
        }
        platform_free(value);
    }
    return hr;
}

HRESULT profile_default_name(WCHAR name[PROFILE_NAME_MAX + 1])
{
    return find_default(0, name);
}

HRESULT profile_set_default(const WCHAR *name)
{
    WCHAR other[PROFILE_NAME_MAX + 1];
    HRESULT hr;
    HKEY key;

    if (FAILED(hr = profiles_lock())) return hr;
    hr = hresult_from_registry(RegCreateKeyExW(HKEY_CURRENT_USER, profile_roots[0].default_key, 0,
                                               NULL, 0, KEY_READ | KEY_WRITE, NULL, &key, NULL));
    if (SUCCEEDED(hr))
    {
        if (!name && FAILED(find_default(1, other)))
        {
            LSTATUS status = RegDeleteValueW(key, VALUE_DEFAULT);

            hr = status == ERROR_FILE_NOT_FOUND ? S_OK : hresult_from_registry(status);
        }
        else
        {
            if (!name) name = L"";
            hr = hresult_from_registry(RegSetValueExW(key, VALUE_DEFAULT, 0, REG_SZ,
                                                      (const BYTE *)name,
                                                      (lstrlenW(name) + 1) * sizeof(WCHAR)));
        }
        RegCloseKey(key);
    }
    profiles_unlock();
    return hr;
}
