/*
 * Profiles as wholes
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
 * A struct profile is one open registry key, shared by everybody in the process who has that
 * profile open, so that its sections are read once. A profile that sessions use has a named event
 * as long as they do, which vanishes with its process whatever happens: that is how other processes
 * know. Deleting or renaming a profile in use leaves a mark in its key; the last user, or whoever
 * looks at the profile next, carries it out. All changes go on under profiles_lock.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

const MAPIUID uid_global_section =
    {{ 0x92, 0x07, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19,
       0x90, 0x8b, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2 }};
const MAPIUID uid_profile_instance =
    {{ 0x85, 0x03, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00,
       0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46 }};

static SRWLOCK list_lock = SRWLOCK_INIT;
static struct profile *open_profiles;

BOOL profile_same_name(const WCHAR *a, const WCHAR *b)
{
    return CompareStringOrdinal(a, -1, b, -1, TRUE) == CSTR_EQUAL;
}

/* What the reference allows, and the punctuation of mail addresses that programs use as names. */
BOOL profile_name_valid(const WCHAR *name)
{
    size_t length = lstrlenW(name), i;

    if (!length || length > PROFILE_NAME_MAX || name[0] == ' ' || name[length - 1] == ' ')
        return FALSE;
    for (i = 0; i < length; i++)
        if (!IsCharAlphaNumericW(name[i]) && !wcschr(L"_ -.@{}()'&,+#", name[i])) return FALSE;
    return TRUE;
}

/* ---- keys ---- */

HRESULT profiles_open_key(const struct profile_root *root, REGSAM access, HKEY *parent)
{
    return hresult_from_registry(
        RegOpenKeyExW(HKEY_CURRENT_USER, root->profiles, 0, access, parent));
}

static LSTATUS open_writable(HKEY parent, const WCHAR *name, HKEY *key)
{
    LSTATUS status = RegOpenKeyExW(parent, name, 0, KEY_READ | KEY_WRITE | DELETE, key);

    return status == ERROR_ACCESS_DENIED ? RegOpenKeyExW(parent, name, 0, KEY_READ, key) : status;
}

static BOOL key_in_use(const struct profile_root *root, const WCHAR *name)
{
    WCHAR object[OBJECT_NAME_SIZE];
    HANDLE event;

    object_name(object, L"use", root, name, NULL);
    if (!(event = OpenEventW(SYNCHRONIZE, FALSE, object))) return FALSE;
    CloseHandle(event);
    return TRUE;
}

static HRESULT delete_key(const struct profile_root *root, const WCHAR *name)
{
    HKEY parent;
    HRESULT hr;

    if (FAILED(hr = profiles_open_key(root, KEY_READ | KEY_WRITE | DELETE, &parent))) return hr;
    hr = hresult_from_registry(RegDeleteTreeW(parent, name));
    RegCloseKey(parent);
    return hr;
}

struct marked_sections
{
    HKEY key;
    ULONG count;
    WCHAR names[64][33];        /* the rest is left to the next time */
};

static HRESULT collect_marked(void *context, const WCHAR *name)
{
    struct marked_sections *marked = context;
    DWORD value;
    HKEY key;

    if (lstrlenW(name) != 32 || marked->count == ARRAY_SIZE(marked->names)) return S_OK;
    if (RegOpenKeyExW(marked->key, name, 0, KEY_READ, &key)) return S_OK;
    if (registry_get_dword(key, VALUE_DELETE, &value))
        lstrcpyW(marked->names[marked->count++], name);
    RegCloseKey(key);
    return S_OK;
}

static void sweep_sections(HKEY key)
{
    struct marked_sections *marked;
    DWORD value;
    ULONG i;

    if (!registry_get_dword(key, VALUE_SWEEP, &value)) return;
    if (!(marked = platform_alloc(sizeof(*marked)))) return;
    marked->key = key;
    do
    {
        marked->count = 0;
        registry_each_subkey(key, collect_marked, marked);
        for (i = 0; i < marked->count; i++)
            if (RegDeleteTreeW(key, marked->names[i])) break;
    }
    while (i && i == ARRAY_SIZE(marked->names));
    platform_free(marked);
    RegDeleteValueW(key, VALUE_SWEEP);
}

static HRESULT write_own_section(HKEY key, const MAPIUID *uid, const SPropValue *prop)
{
    WCHAR name[33];
    HKEY section;
    HRESULT hr;

    profprop_uid_name(uid, name);
    if (FAILED(hr = hresult_from_registry(RegCreateKeyExW(
                   key, name, 0, NULL, 0, KEY_READ | KEY_WRITE, NULL, &section, NULL))))
        return hr;
    hr = registry_write_prop(section, prop);
    RegCloseKey(section);
    return hr;
}

static HRESULT write_profile_name(HKEY key, const WCHAR *name)
{
    SPropValue prop = { PR_PROFILE_NAME_W };

    prop.Value.lpszW = (WCHAR *)name;
    return write_own_section(key, &uid_global_section, &prop);
}

static HRESULT write_search_key(HKEY key)
{
    SPropValue prop = { PR_SEARCH_KEY };
    MAPIUID uid;

    if (!platform_new_uid(&uid)) return MAPI_E_CALL_FAILED;
    prop.Value.bin.cb = sizeof(uid);
    prop.Value.bin.lpb = uid.ab;
    return write_own_section(key, &uid_profile_instance, &prop);
}

void profile_need_search_key(struct profile *profile)
{
    if (FAILED(profiles_lock())) return;
    if (!section_exists(profile, &uid_profile_instance)) write_search_key(profile->key);
    profiles_unlock();
}

/* Copies a whole profile under another name. new_search_key: it becomes one of its own. */
static HRESULT copy_key(HKEY source, const struct profile_root *root, const WCHAR *name,
                        BOOL new_search_key)
{
    DWORD disposition;
    HKEY parent, key;
    HRESULT hr;

    hr = hresult_from_registry(RegCreateKeyExW(HKEY_CURRENT_USER, root->profiles, 0, NULL, 0,
                                               KEY_READ | KEY_WRITE, NULL, &parent, NULL));
    if (FAILED(hr)) return hr;
    hr = hresult_from_registry(RegCreateKeyExW(
        parent, name, 0, NULL, 0, KEY_READ | KEY_WRITE | DELETE, NULL, &key, &disposition));
    RegCloseKey(parent);
    if (FAILED(hr)) return hr;
    if (disposition == REG_OPENED_EXISTING_KEY)
    {
        RegCloseKey(key);
        return MAPI_E_NO_ACCESS;
    }
    hr = hresult_from_registry(RegCopyTreeW(source, NULL, key));
    if (SUCCEEDED(hr))
    {
        RegDeleteValueW(key, VALUE_DELETE);
        RegDeleteValueW(key, VALUE_RENAME);
        sweep_sections(key);
        hr = write_profile_name(key, name);
    }
    if (SUCCEEDED(hr) && new_search_key) hr = write_search_key(key);
    RegCloseKey(key);
    if (FAILED(hr)) delete_key(root, name);
    return hr;
}

static HRESULT rename_key(HKEY key, const struct profile_root *root, const WCHAR *name,
                          const WCHAR *new_name)
{
    HRESULT hr;

    if (FAILED(hr = copy_key(key, root, new_name, FALSE))) return hr;
    if (FAILED(hr = delete_key(root, name)))
    {
        delete_key(root, new_name);
        return hr;
    }
    default_profile_moved(name, new_name);
    return S_OK;
}

/* Under profiles_lock: carries out what was only marked, if nobody uses the profile any more. */
static void settle(const struct profile_root *root, const WCHAR *name, HKEY key)
{
    WCHAR *new_name;
    DWORD value;
    HRESULT hr;

    if (key_in_use(root, name)) return;
    if (registry_get_dword(key, VALUE_DELETE, &value))
    {
        TRACE("deleting %s now\n", debugstr_w(name));
        delete_key(root, name);
        return;
    }
    sweep_sections(key);
    if (!(new_name = registry_get_string(key, VALUE_RENAME))) return;
    TRACE("renaming %s to %s now\n", debugstr_w(name), debugstr_w(new_name));
    if (FAILED(hr = rename_key(key, root, name, new_name)))
    {
        WARN("could not rename %s to %s: %#lx\n", debugstr_w(name), debugstr_w(new_name), hr);
        RegDeleteValueW(key, VALUE_RENAME);
    }
    platform_free(new_name);
}

static BOOL is_marked(HKEY key)
{
    DWORD value;

    return registry_get_dword(key, VALUE_DELETE, &value)
           || registry_get_dword(key, VALUE_SWEEP, &value)
           || !RegQueryValueExW(key, VALUE_RENAME, NULL, NULL, NULL, NULL);
}

HRESULT profile_open_key(const struct profile_root *root, const WCHAR *name, HKEY *key)
{
    HKEY parent;
    HRESULT hr;
    DWORD value;

    *key = NULL;
    if (FAILED(hr = profiles_open_key(root, KEY_READ, &parent))) return hr;
    hr = hresult_from_registry(open_writable(parent, name, key));
    if (SUCCEEDED(hr) && is_marked(*key))
    {
        if (SUCCEEDED(profiles_lock()))
        {
            settle(root, name, *key);
            profiles_unlock();
        }
        RegCloseKey(*key);
        hr = hresult_from_registry(open_writable(parent, name, key));
        if (SUCCEEDED(hr) && registry_get_dword(*key, VALUE_DELETE, &value))
        {
            RegCloseKey(*key);
            hr = MAPI_E_NOT_FOUND;
        }
    }
    RegCloseKey(parent);
    return hr;
}

/* ---- open profiles ---- */

struct spelling
{
    const WCHAR *name;
    WCHAR *found;
};

static HRESULT find_spelling(void *context, const WCHAR *name)
{
    struct spelling *spelling = context;

    if (!spelling->found && profile_same_name(name, spelling->name))
        spelling->found = text_dup(name);
    return S_OK;
}

/* The name as the registry has it. */
static WCHAR *stored_name(const struct profile_root *root, const WCHAR *name)
{
    struct spelling spelling = { name, NULL };
    HKEY parent;

    if (SUCCEEDED(profiles_open_key(root, KEY_READ, &parent)))
    {
        registry_each_subkey(parent, find_spelling, &spelling);
        RegCloseKey(parent);
    }
    return spelling.found ? spelling.found : text_dup(name);
}

static void unlist(struct profile *profile)
{
    struct profile **p;

    for (p = &open_profiles; *p && *p != profile; p = &(*p)->next) {}
    if (*p) *p = profile->next;
    profile->listed = FALSE;
}

/* Under list_lock; counted. One whose key is gone is no longer the profile of that name. */
static struct profile *find_open(const struct profile_root *root, const WCHAR *name)
{
    struct profile *profile;

    for (profile = open_profiles; profile; profile = profile->next)
    {
        if (profile->root != root || !profile_same_name(profile->name, name)) continue;
        if (!RegQueryInfoKeyW(profile->key, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                              NULL, NULL))
        {
            profile->ref++;
            return profile;
        }
        unlist(profile);
        return NULL;
    }
    return NULL;
}

static void destroy(struct profile *profile)
{
    sections_forget(profile);
    if (profile->changed) CloseHandle(profile->changed);
    if (profile->use) CloseHandle(profile->use);
    RegCloseKey(profile->key);
    platform_free(profile->name);
    platform_free(profile);
}

static HRESULT open_in_root(const struct profile_root *root, const WCHAR *name,
                            struct profile **ret)
{
    struct profile *profile, *other;
    HRESULT hr;
    HKEY key;

    if (FAILED(hr = profile_open_key(root, name, &key))) return hr;
    if (!(profile = platform_alloc_zero(sizeof(*profile)))
        || !(profile->name = stored_name(root, name)))
    {
        platform_free(profile);
        RegCloseKey(key);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    profile->ref = 1;
    profile->root = root;
    profile->key = key;
    profile->changed = CreateEventW(NULL, TRUE, FALSE, NULL);
    InitializeSRWLock(&profile->lock);

    AcquireSRWLockExclusive(&list_lock);
    if (!(other = find_open(root, name)))
    {
        profile->listed = TRUE;
        profile->next = open_profiles;
        open_profiles = profile;
    }
    ReleaseSRWLockExclusive(&list_lock);
    if (other)
    {
        destroy(profile);
        profile = other;
    }
    *ret = profile;
    return S_OK;
}

HRESULT profile_open(const WCHAR *name, struct profile **ret)
{
    HRESULT hr = MAPI_E_NOT_FOUND;
    ULONG i;

    *ret = NULL;
    if (!*name || wcschr(name, '\\') || lstrlenW(name) > 255) return MAPI_E_NOT_FOUND;
    for (i = 0; i < ROOT_COUNT && hr == MAPI_E_NOT_FOUND; i++)
        hr = open_in_root(&profile_roots[i], name, ret);
    return hr;
}

struct profile *profile_addref(struct profile *profile)
{
    AcquireSRWLockExclusive(&list_lock);
    profile->ref++;
    ReleaseSRWLockExclusive(&list_lock);
    return profile;
}

void profile_release(struct profile *profile)
{
    LONG ref;

    if (!profile) return;
    AcquireSRWLockExclusive(&list_lock);
    if (!(ref = --profile->ref) && profile->listed) unlist(profile);
    ReleaseSRWLockExclusive(&list_lock);
    if (!ref) destroy(profile);
}

const WCHAR *profile_name(const struct profile *profile)
{
    return profile->name;
}

BOOL profile_is_app(struct profile *profile)
{
    DWORD value;

    return registry_get_dword(profile->key, VALUE_APP, &value) && value;
}

BOOL profile_in_use(struct profile *profile)
{
    return key_in_use(profile->root, profile->name);
}

HRESULT profile_begin_use(struct profile *profile)
{
    WCHAR object[OBJECT_NAME_SIZE];
    DWORD value;
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    if (RegQueryInfoKeyW(profile->key, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                         NULL)
        || registry_get_dword(profile->key, VALUE_DELETE, &value))
    {
        profiles_unlock();
        return MAPI_E_NOT_FOUND;
    }
    AcquireSRWLockExclusive(&list_lock);
    if (!profile->uses)
    {
        object_name(object, L"use", profile->root, profile->name, NULL);
        if (!(profile->use = CreateEventW(NULL, TRUE, FALSE, object))) hr = MAPI_E_CALL_FAILED;
    }
    if (SUCCEEDED(hr)) profile->uses++;
    ReleaseSRWLockExclusive(&list_lock);
    profiles_unlock();
    return hr;
}

void profile_end_use(struct profile *profile)
{
    HRESULT locked = profiles_lock();
    BOOL last;

    AcquireSRWLockExclusive(&list_lock);
    if ((last = !--profile->uses))
    {
        CloseHandle(profile->use);
        profile->use = NULL;
    }
    ReleaseSRWLockExclusive(&list_lock);
    if (FAILED(locked)) return;         /* marks stay until somebody looks at the profile */
    if (last && is_marked(profile->key)) settle(profile->root, profile->name, profile->key);
    profiles_unlock();
}

/* ---- coming and going ---- */

/* In any root, to be seen or not. */
static BOOL name_taken(const WCHAR *name)
{
    HKEY key, parent;
    ULONG i;

    for (i = 0; i < ROOT_COUNT; i++)
    {
        /* a marked one that nobody uses goes now */
        if (SUCCEEDED(profile_open_key(&profile_roots[i], name, &key)))
        {
            RegCloseKey(key);
            return TRUE;
        }
        if (FAILED(profiles_open_key(&profile_roots[i], KEY_READ, &parent))) continue;
        if (!RegOpenKeyExW(parent, name, 0, KEY_READ, &key))
        {
            RegCloseKey(key);
            RegCloseKey(parent);
            return TRUE;
        }
        RegCloseKey(parent);
    }
    return FALSE;
}

static HRESULT create_key(const WCHAR *name, BOOL app)
{
    DWORD disposition, one = 1;
    HKEY parent, key;
    HRESULT hr;

    hr = hresult_from_registry(RegCreateKeyExW(HKEY_CURRENT_USER, profile_roots[0].profiles, 0,
                                               NULL, 0, KEY_READ | KEY_WRITE, NULL, &parent, NULL));
    if (FAILED(hr)) return hr;
    hr = hresult_from_registry(
        RegCreateKeyExW(parent, name, 0, NULL, 0, KEY_READ | KEY_WRITE, NULL, &key, &disposition));
    RegCloseKey(parent);
    if (FAILED(hr)) return hr;
    if (disposition == REG_OPENED_EXISTING_KEY)
    {
        RegCloseKey(key);
        return MAPI_E_NO_ACCESS;
    }
    if (app)
        hr = hresult_from_registry(
            RegSetValueExW(key, VALUE_APP, 0, REG_DWORD, (BYTE *)&one, sizeof(one)));
    if (SUCCEEDED(hr)) hr = write_profile_name(key, name);
    if (SUCCEEDED(hr)) hr = write_search_key(key);
    RegCloseKey(key);
    if (FAILED(hr)) delete_key(&profile_roots[0], name);
    return hr;
}

HRESULT profile_create(const WCHAR *name, BOOL app, struct profile **ret)
{
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = profiles_lock())) return hr;
    hr = name_taken(name) ? MAPI_E_NO_ACCESS : create_key(name, app);
    if (SUCCEEDED(hr)) hr = open_in_root(&profile_roots[0], name, ret);
    profiles_unlock();
    return hr;
}

/* Under profiles_lock. Its handles are dead from now on; the next to open the name gets another
 * object. */
static void detach(struct profile *profile)
{
    AcquireSRWLockExclusive(&list_lock);
    if (profile->listed) unlist(profile);
    ReleaseSRWLockExclusive(&list_lock);
    AcquireSRWLockExclusive(&profile->lock);
    sections_forget(profile);
    ReleaseSRWLockExclusive(&profile->lock);
}

HRESULT profile_delete(struct profile *profile)
{
    DWORD one = 1;
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    if (profile_in_use(profile))
    {
        TRACE("%s is in use: marked\n", debugstr_w(profile->name));
        hr = hresult_from_registry(
            RegSetValueExW(profile->key, VALUE_DELETE, 0, REG_DWORD, (BYTE *)&one, sizeof(one)));
    }
    else if (SUCCEEDED(hr = delete_key(profile->root, profile->name))) detach(profile);
    if (SUCCEEDED(hr)) default_profile_moved(profile->name, NULL);
    profiles_unlock();
    return hr;
}

HRESULT profile_copy(struct profile *profile, const WCHAR *new_name)
{
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    hr = name_taken(new_name) ? MAPI_E_NO_ACCESS
                              : copy_key(profile->key, &profile_roots[0], new_name, TRUE);
    profiles_unlock();
    return hr;
}

HRESULT profile_rename(struct profile *profile, const WCHAR *new_name)
{
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    if (name_taken(new_name)) hr = MAPI_E_NO_ACCESS;
    else if (profile_in_use(profile))
        hr = hresult_from_registry(RegSetValueExW(profile->key, VALUE_RENAME, 0, REG_SZ,
                                                  (const BYTE *)new_name,
                                                  (lstrlenW(new_name) + 1) * sizeof(WCHAR)));
    else if (SUCCEEDED(hr = rename_key(profile->key, profile->root, profile->name, new_name)))
        detach(profile);
    profiles_unlock();
    return hr;
}
