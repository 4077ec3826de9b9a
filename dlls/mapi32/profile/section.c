/*
 * Sections of a profile
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
 * A section is read from the registry once and kept, decoded, until the registry says that
 * something below the profile's key changed: one event tells for all, so a look at a section that
 * is known costs one wait of zero. A section that does not exist is remembered too. Secure
 * properties are not kept: they are read when asked for.
 *
 * What this process writes it puts into the cache as well, and arms the event anew, or each change
 * would have it read everything again. No other writer of ours can come between, since all take
 * profiles_lock; one of another MAPI in just that moment would be seen at the next change only.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define CACHE_MAX 512           /* sections; a profile has some twenty */
#define LOAD_TRIES 100          /* of a section that others keep changing while it is read */

struct cached_section
{
    struct cached_section *next;
    MAPIUID uid;
    BOOL exists;
    ULONG count;
    SPropValue *props;          /* memory_allocators, NULL when there are none */
    ULONG tag_count;
    ULONG *tags;                /* platform_alloc: of all values, those that props leaves out too */
};

static void free_section(struct cached_section *section)
{
    memory_allocators.free(section->props);
    platform_free(section->tags);
    platform_free(section);
}

void sections_forget(struct profile *profile)
{
    struct cached_section *section, *next;

    for (section = profile->sections; section; section = next)
    {
        next = section->next;
        free_section(section);
    }
    profile->sections = NULL;
    profile->section_count = 0;
}

static void arm(struct profile *profile)
{
    if (!profile->changed) return;
    ResetEvent(profile->changed);
    profile->armed = !RegNotifyChangeKeyValue(profile->key, TRUE,
                                              REG_NOTIFY_CHANGE_NAME | REG_NOTIFY_CHANGE_LAST_SET,
                                              profile->changed, TRUE);
}

static BOOL has_changed(struct profile *profile)
{
    return !profile->armed || WaitForSingleObject(profile->changed, 0) != WAIT_TIMEOUT;
}

/* Under the lock: nothing older than the last change is left. */
static void check_cache(struct profile *profile)
{
    if (!has_changed(profile)) return;
    sections_forget(profile);
    arm(profile);
}

static HRESULT open_section(struct profile *profile, const MAPIUID *uid, BOOL create, HKEY *key)
{
    REGSAM access = create ? KEY_READ | KEY_WRITE : KEY_READ;
    WCHAR name[33];

    profprop_uid_name(uid, name);
    if (!create) return hresult_from_registry(RegOpenKeyExW(profile->key, name, 0, access, key));
    return hresult_from_registry(
        RegCreateKeyExW(profile->key, name, 0, NULL, 0, access, NULL, key, NULL));
}

/* The value is taken in the place of another width of the same text if that is there already. */
static SPropValue *place_for(SPropValue *props, ULONG *count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < *count; i++)
    {
        if (PROP_ID(props[i].ulPropTag) != PROP_ID(tag)) continue;
        return PROP_TYPE(tag) == PT_UNICODE ? props + i : NULL;
    }
    return props + (*count)++;
}

static HRESULT read_values(HKEY key, ULONG room, DWORD data_size, struct cached_section *section)
{
    const MAPIUID *uid = &section->uid;
    DWORD i, type, size, length;
    WCHAR name[16];
    SPropValue value, *place;
    HRESULT hr = S_OK;
    LSTATUS status;
    BYTE *data;
    ULONG tag;

    if (!(data = platform_alloc(data_size ? data_size : 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; section->tag_count < room; i++)
    {
        length = ARRAY_SIZE(name);
        size = data_size;
        status = RegEnumValueW(key, i, name, &length, NULL, &type, data, &size);
        if (status == ERROR_NO_MORE_ITEMS) break;
        /* a longer name is none of ours; of a value that grew just now the event tells */
        if (status == ERROR_MORE_DATA) continue;
        if (status)
        {
            hr = hresult_from_registry(status);
            break;
        }
        if (!(tag = profprop_tag(name))) continue;
        section->tags[section->tag_count++] = tag;
        if (prop_is_secure(tag)) continue;
        hr = profprop_decode(tag, type, data, size, memory_allocators.more, section->props, &value);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY) break;
        if (FAILED(hr))
            WARN("%s: %s is damaged (type %lu, %lu bytes)\n", debugstr_guid((const GUID *)uid),
                 debugstr_w(name), type, size);
        else if ((place = place_for(section->props, &section->count, tag))) *place = value;
        hr = S_OK;
    }
    platform_free(data);
    return hr;
}

static HRESULT load(struct profile *profile, struct cached_section *section)
{
    DWORD values, data_size;
    HKEY key;
    HRESULT hr;

    hr = open_section(profile, &section->uid, FALSE, &key);
    if (hr == MAPI_E_NOT_FOUND) return S_OK;
    if (FAILED(hr)) return hr;
    section->exists = TRUE;
    hr = hresult_from_registry(RegQueryInfoKeyW(key, NULL, NULL, NULL, NULL, NULL, NULL, &values,
                                                NULL, &data_size, NULL, NULL));
    if (SUCCEEDED(hr) && values > 65536) hr = MAPI_E_TOO_BIG;
    if (SUCCEEDED(hr) && values)
    {
        if (!(section->tags = platform_alloc(values * sizeof(*section->tags)))
            || memory_allocators.allocate(values * sizeof(*section->props),
                                          (void **)&section->props))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else hr = read_values(key, values, data_size, section);
    }
    RegCloseKey(key);
    return hr;
}

/* The values are read one by one and without profiles_lock: what another process changed in
 * between may be there by half, a value that moved or grew may be missed, so it is read again. */
static HRESULT load_undisturbed(struct profile *profile, const MAPIUID *uid,
                                struct cached_section **ret)
{
    struct cached_section *section;
    unsigned int tries;
    HRESULT hr;

    *ret = NULL;
    for (tries = 1;; tries++)
    {
        if (!(section = platform_alloc_zero(sizeof(*section)))) return MAPI_E_NOT_ENOUGH_MEMORY;
        section->uid = *uid;
        hr = load(profile, section);
        if (FAILED(hr) || !profile->armed || !has_changed(profile) || tries == LOAD_TRIES) break;
        free_section(section);
        check_cache(profile);
    }
    if (tries == LOAD_TRIES) WARN("%s never came to rest\n", debugstr_guid((const GUID *)uid));
    if (SUCCEEDED(hr)) *ret = section;
    else free_section(section);
    return hr;
}

/* Under the lock. The section stays valid until it is left. */
static HRESULT get_section(struct profile *profile, const MAPIUID *uid, struct cached_section **ret)
{
    struct cached_section *section;
    HRESULT hr;

    check_cache(profile);
    for (section = profile->sections; section; section = section->next)
    {
        if (memcmp(&section->uid, uid, sizeof(*uid))) continue;
        *ret = section;
        return S_OK;
    }
    if (profile->section_count >= CACHE_MAX) sections_forget(profile);
    if (FAILED(hr = load_undisturbed(profile, uid, &section))) return hr;
    section->next = profile->sections;
    profile->sections = section;
    profile->section_count++;
    *ret = section;
    return S_OK;
}

static BOOL wants_secure(const SPropTagArray *tags)
{
    ULONG i;

    for (i = 0; tags && i < tags->cValues; i++)
        if (prop_is_secure(tags->aulPropTag[i])) return TRUE;
    return FALSE;
}

/* The registry's own secure value for a tag that is asked for; any type when the tag has none. */
static HRESULT read_secure(HKEY key, ULONG tag, void *base, SPropValue *prop)
{
    static const ULONG types[] = { PT_UNICODE, PT_STRING8,    PT_BINARY,     PT_LONG,
                                   PT_BOOLEAN, PT_I8,         PT_SYSTIME,    PT_I2,
                                   PT_CLSID,   PT_DOUBLE,     PT_R4,         PT_CURRENCY,
                                   PT_APPTIME, PT_MV_UNICODE, PT_MV_STRING8, PT_MV_BINARY,
                                   PT_MV_LONG };
    ULONG type = PROP_TYPE(tag), i;
    HRESULT hr = MAPI_E_NOT_FOUND;

    for (i = 0; i < ARRAY_SIZE(types) && hr == MAPI_E_NOT_FOUND; i++)
        if (type == PT_UNSPECIFIED || prop_types_bridge(types[i], type))
            hr = registry_read_prop(key, PROP_TAG(types[i], PROP_ID(tag)), base, prop);
    return hr;
}

/* A copy of the array with the secure properties that tags ask for behind it. */
static HRESULT add_secure(struct profile *profile, const struct cached_section *section,
                          const SPropTagArray *tags, ULONG *count, SPropValue **ret)
{
    SPropValue *props;
    HRESULT hr;
    HKEY key;
    ULONG i;

    *ret = NULL;
    *count = section->count;
    if (tags->cValues > 0x10000) return MAPI_E_INVALID_PARAMETER;
    if (memory_allocators.allocate((section->count + tags->cValues) * sizeof(*props),
                                   (void **)&props))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (section->count) memcpy(props, section->props, section->count * sizeof(*props));
    if (FAILED(hr = open_section(profile, &section->uid, FALSE, &key)))
    {
        memory_allocators.free(props);
        return hr;
    }
    for (i = 0; i < tags->cValues && hr != MAPI_E_NOT_ENOUGH_MEMORY; i++)
    {
        if (!prop_is_secure(tags->aulPropTag[i])) continue;
        if (props_find_id(props, *count, tags->aulPropTag[i])) continue;
        hr = read_secure(key, tags->aulPropTag[i], props, props + *count);
        if (SUCCEEDED(hr)) ++*count;
        else if (hr != MAPI_E_NOT_FOUND)
            WARN("secure property %#lx cannot be read: %#lx\n", tags->aulPropTag[i], hr);
    }
    RegCloseKey(key);
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
    {
        memory_allocators.free(props);
        return hr;
    }
    *ret = props;
    return S_OK;
}

HRESULT section_visit(struct profile *profile, const MAPIUID *uid, const SPropTagArray *tags,
                      section_visitor visit, void *context)
{
    struct cached_section *section;
    SPropValue *extended;
    ULONG count;
    HRESULT hr;

    AcquireSRWLockExclusive(&profile->lock);
    hr = get_section(profile, uid, &section);
    if (SUCCEEDED(hr) && !section->exists) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && wants_secure(tags))
    {
        if (SUCCEEDED(hr = add_secure(profile, section, tags, &count, &extended)))
            hr = visit(context, count, extended);
        memory_allocators.free(extended);
    }
    else if (SUCCEEDED(hr)) hr = visit(context, section->count, section->props);
    ReleaseSRWLockExclusive(&profile->lock);
    return hr;
}

struct reading
{
    const SPropTagArray *tags;
    ULONG flags;
    ULONG *count;
    SPropValue **props;
};

static HRESULT read_props(void *context, ULONG count, const SPropValue *props)
{
    struct reading *reading = context;

    return propset_get_props(&memory_allocators, count, props, reading->tags, reading->flags,
                             reading->count, reading->props);
}

HRESULT section_read(struct profile *profile, const MAPIUID *uid, const SPropTagArray *tags,
                     ULONG flags, ULONG *count, SPropValue **props)
{
    struct reading reading = { tags, flags, count, props };

    *count = 0;
    *props = NULL;
    return section_visit(profile, uid, tags, read_props, &reading);
}

static HRESULT copy_props(void *context, ULONG count, const SPropValue *props)
{
    struct reading *reading = context;
    HRESULT hr;

    if (!count) return S_OK;
    hr = props_copy(&memory_allocators, count, props, reading->props);
    if (SUCCEEDED(hr)) *reading->count = count;
    return hr;
}

HRESULT section_copy_props(struct profile *profile, const MAPIUID *uid, const SPropTagArray *secure,
                           ULONG *count, SPropValue **props)
{
    struct reading reading = { NULL, 0, count, props };

    *count = 0;
    *props = NULL;
    return section_visit(profile, uid, secure, copy_props, &reading);
}

BOOL section_exists(struct profile *profile, const MAPIUID *uid)
{
    struct cached_section *section;
    BOOL exists;

    AcquireSRWLockExclusive(&profile->lock);
    exists = SUCCEEDED(get_section(profile, uid, &section)) && section->exists;
    ReleaseSRWLockExclusive(&profile->lock);
    return exists;
}

/* ---- writing: under profiles_lock, which is recursive ---- */

static void forget_section(struct profile *profile, const MAPIUID *uid)
{
    struct cached_section **p, *section;

    for (p = &profile->sections; *p; p = &(*p)->next)
    {
        if (memcmp(&(*p)->uid, uid, sizeof(*uid))) continue;
        section = *p;
        *p = section->next;
        profile->section_count--;
        free_section(section);
        return;
    }
}

/* Deletes the values of an id, in every type but that of keep. */
static HRESULT delete_id(HKEY key, const struct cached_section *section, ULONG id, ULONG keep)
{
    HRESULT hr = S_OK;
    LSTATUS status;
    ULONG i;

    for (i = 0; i < section->tag_count && SUCCEEDED(hr); i++)
    {
        if (PROP_ID(section->tags[i]) != id || section->tags[i] == keep) continue;
        if ((status = registry_delete_prop(key, section->tags[i])) != ERROR_FILE_NOT_FOUND)
            hr = hresult_from_registry(status);
    }
    return hr;
}

/* The stored form says whether two values are one, byte for byte. */
static BOOL same_value(const SPropValue *a, const SPropValue *b)
{
    ULONG type, a_size, b_size;
    BYTE *a_data, *b_data = NULL;
    BOOL same;

    same = SUCCEEDED(profprop_encode(a, &type, &a_data, &a_size))
           && SUCCEEDED(profprop_encode(b, &type, &b_data, &b_size))
           && a_size == b_size && !memcmp(a_data, b_data, a_size);
    platform_free(a_data);
    platform_free(b_data);
    return same;
}

/* TRUE when the section holds that very value and no other of its id. */
static BOOL is_there(const struct cached_section *section, const SPropValue *prop)
{
    const SPropValue *current = props_find(section->props, section->count, prop->ulPropTag);
    ULONG i;

    if (!current || !same_value(current, prop)) return FALSE;
    for (i = 0; i < section->tag_count; i++)
        if (PROP_ID(section->tags[i]) == PROP_ID(prop->ulPropTag)
            && section->tags[i] != prop->ulPropTag)
            return FALSE;
    return TRUE;
}

/* What the cache holds after a change: the values of these ids out, the given ones in. */
static HRESULT update_cache(struct cached_section *section, ULONG gone_count, const ULONG *gone,
                            ULONG count, const SPropValue *props)
{
    ULONG i, j, kept = 0, tags_kept = 0, *tags;
    SPropValue *merged, *copy = NULL;
    HRESULT hr = S_OK;

    merged = platform_alloc((section->count + count + 1) * sizeof(*merged));
    tags = platform_alloc((section->tag_count + count + 1) * sizeof(*tags));
    if (!merged || !tags) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < section->count; i++)
    {
        for (j = 0; j < gone_count && PROP_ID(gone[j]) != PROP_ID(section->props[i].ulPropTag); j++)
        {
        }
        if (j == gone_count) merged[kept++] = section->props[i];
    }
    for (i = 0; SUCCEEDED(hr) && i < section->tag_count; i++)
    {
        for (j = 0; j < gone_count && PROP_ID(gone[j]) != PROP_ID(section->tags[i]); j++) {}
        if (j == gone_count) tags[tags_kept++] = section->tags[i];
    }
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        if (propset_skip_value(props + i)) continue;
        for (j = i + 1; j < count; j++)         /* of two for one id the last was written last */
            if (PROP_ID(props[j].ulPropTag) == PROP_ID(props[i].ulPropTag)
                && !propset_skip_value(props + j))
                break;
        if (j < count) continue;
        tags[tags_kept++] = props[i].ulPropTag;
        if (!prop_is_secure(props[i].ulPropTag)) merged[kept++] = props[i];
    }
    if (SUCCEEDED(hr) && kept) hr = props_copy(&memory_allocators, kept, merged, &copy);
    platform_free(merged);
    if (FAILED(hr))
    {
        platform_free(tags);
        return hr;
    }
    memory_allocators.free(section->props);
    platform_free(section->tags);
    section->props = copy;
    section->count = kept;
    section->tags = tags;
    section->tag_count = tags_kept;
    section->exists = TRUE;
    return S_OK;
}

static HRESULT write_values(struct profile *profile, const MAPIUID *uid,
                            struct cached_section *section, ULONG count, const SPropValue *props)
{
    HRESULT hr;
    ULONG i;
    HKEY key;

    if (FAILED(hr = open_section(profile, uid, TRUE, &key))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (propset_skip_value(props + i)) continue;
        hr = registry_write_prop(key, props + i);
        if (SUCCEEDED(hr))
            hr = delete_id(key, section, PROP_ID(props[i].ulPropTag), props[i].ulPropTag);
    }
    RegCloseKey(key);
    return hr;
}

static BOOL nothing_to_write(const struct cached_section *section, ULONG count,
                             const SPropValue *props)
{
    ULONG i;

    if (!section->exists) return FALSE;
    for (i = 0; i < count; i++)
        if (!propset_skip_value(props + i) && !is_there(section, props + i)) return FALSE;
    return TRUE;
}

/* Under both locks, after a change: the cache says what the registry says, or forgets. */
static void changed(struct profile *profile, struct cached_section *section, HRESULT hr,
                    ULONG gone_count, const ULONG *gone, ULONG count, const SPropValue *props)
{
    if (SUCCEEDED(hr)) hr = update_cache(section, gone_count, gone, count, props);
    if (FAILED(hr)) forget_section(profile, &section->uid);
    arm(profile);
}

HRESULT section_write(struct profile *profile, const MAPIUID *uid, ULONG count,
                      const SPropValue *props)
{
    struct cached_section *section;
    ULONG i, *gone;
    HRESULT hr;

    if (!(gone = platform_alloc((count + 1) * sizeof(*gone)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++) gone[i] = propset_skip_value(props + i) ? 0 : props[i].ulPropTag;
    if (SUCCEEDED(hr = profiles_lock()))
    {
        AcquireSRWLockExclusive(&profile->lock);
        hr = get_section(profile, uid, &section);
        if (SUCCEEDED(hr) && !nothing_to_write(section, count, props))
        {
            hr = write_values(profile, uid, section, count, props);
            changed(profile, section, hr, count, gone, count, props);
        }
        ReleaseSRWLockExclusive(&profile->lock);
        profiles_unlock();
    }
    platform_free(gone);
    return hr;
}

static HRESULT delete_values(struct profile *profile, const MAPIUID *uid,
                             const struct cached_section *section, const SPropTagArray *tags)
{
    HRESULT hr;
    HKEY key;
    ULONG i;

    if (FAILED(hr = open_section(profile, uid, TRUE, &key))) return hr;
    for (i = 0; i < tags->cValues && SUCCEEDED(hr); i++)
        hr = delete_id(key, section, PROP_ID(tags->aulPropTag[i]), 0);
    RegCloseKey(key);
    return hr;
}

HRESULT section_delete_props(struct profile *profile, const MAPIUID *uid, const SPropTagArray *tags)
{
    struct cached_section *section;
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    AcquireSRWLockExclusive(&profile->lock);
    hr = get_section(profile, uid, &section);
    if (SUCCEEDED(hr) && !section->exists) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
    {
        hr = delete_values(profile, uid, section, tags);
        changed(profile, section, hr, tags->cValues, tags->aulPropTag, 0, NULL);
    }
    ReleaseSRWLockExclusive(&profile->lock);
    profiles_unlock();
    return hr;
}

HRESULT section_delete(struct profile *profile, const MAPIUID *uid)
{
    WCHAR name[33];
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    profprop_uid_name(uid, name);
    AcquireSRWLockExclusive(&profile->lock);
    check_cache(profile);
    hr = hresult_from_registry(RegDeleteTreeW(profile->key, name));
    forget_section(profile, uid);
    arm(profile);
    ReleaseSRWLockExclusive(&profile->lock);
    profiles_unlock();
    return hr;
}

HRESULT section_delete_or_mark(struct profile *profile, const MAPIUID *uid)
{
    DWORD one = 1;
    HRESULT hr;
    HKEY key;

    if (FAILED(hr = profiles_lock())) return hr;
    if (!section_exists(profile, uid)) hr = S_OK;
    else if (!profile_in_use(profile)) hr = section_delete(profile, uid);
    else if (SUCCEEDED(hr = open_section(profile, uid, TRUE, &key)))
    {
        hr = hresult_from_registry(
            RegSetValueExW(key, VALUE_DELETE, 0, REG_DWORD, (BYTE *)&one, sizeof(one)));
        RegCloseKey(key);
        if (SUCCEEDED(hr))
            hr = hresult_from_registry(
                RegSetValueExW(profile->key, VALUE_SWEEP, 0, REG_DWORD, (BYTE *)&one, sizeof(one)));
    }
    profiles_unlock();
    return hr;
}

/* ---- single values and lists of UIDs ---- */

static HRESULT read_one(struct profile *profile, const MAPIUID *uid, ULONG tag, SPropValue **prop)
{
    SPropTagArray tags = { 1, { tag } };
    ULONG count;
    HRESULT hr;

    hr = section_read(profile, uid, &tags, 0, &count, prop);
    if (hr != MAPI_W_ERRORS_RETURNED) return hr;
    hr = (*prop)->Value.err;
    memory_allocators.free(*prop);
    *prop = NULL;
    return hr;
}

HRESULT section_get_long(struct profile *profile, const MAPIUID *uid, ULONG tag, LONG *value)
{
    SPropValue *prop;
    HRESULT hr;

    *value = 0;
    if (FAILED(hr = read_one(profile, uid, tag, &prop))) return hr;
    *value = prop->Value.l;
    memory_allocators.free(prop);
    return S_OK;
}

HRESULT section_set_long(struct profile *profile, const MAPIUID *uid, ULONG tag, LONG value)
{
    SPropValue prop = { tag };

    prop.Value.l = value;
    return section_write(profile, uid, 1, &prop);
}

WCHAR *section_get_text(struct profile *profile, const MAPIUID *uid, ULONG tag)
{
    SPropValue *prop;
    WCHAR *text;

    if (FAILED(read_one(profile, uid, PROP_TAG(PT_UNICODE, PROP_ID(tag)), &prop))) return NULL;
    text = text_dup(prop->Value.lpszW);
    memory_allocators.free(prop);
    return text;
}

HRESULT section_get_uids(struct profile *profile, const MAPIUID *uid, ULONG tag, ULONG *count,
                         MAPIUID **uids)
{
    SPropValue *prop;
    HRESULT hr;

    *count = 0;
    *uids = NULL;
    hr = read_one(profile, uid, tag, &prop);
    if (hr == MAPI_E_NOT_FOUND) return S_OK;
    if (FAILED(hr)) return hr;
    if ((*count = prop->Value.bin.cb / sizeof(MAPIUID)))
    {
        if ((*uids = platform_alloc(*count * sizeof(MAPIUID))))
            memcpy(*uids, prop->Value.bin.lpb, *count * sizeof(MAPIUID));
        else
        {
            *count = 0;
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    memory_allocators.free(prop);
    return hr;
}

HRESULT section_set_uids(struct profile *profile, const MAPIUID *uid, ULONG tag, ULONG count,
                         const MAPIUID *uids)
{
    SPropValue prop = { tag };

    prop.Value.bin.cb = count * sizeof(*uids);
    prop.Value.bin.lpb = (BYTE *)uids;
    return section_write(profile, uid, 1, &prop);
}

static ULONG find_uid(const MAPIUID *uids, ULONG count, const MAPIUID *uid)
{
    ULONG i;

    for (i = 0; i < count && memcmp(uids + i, uid, sizeof(*uid)); i++) {}
    return i;
}

BOOL section_has_uid(struct profile *profile, const MAPIUID *uid, ULONG tag, const MAPIUID *entry)
{
    MAPIUID *uids;
    ULONG count;
    BOOL found;

    if (FAILED(section_get_uids(profile, uid, tag, &count, &uids))) return FALSE;
    found = find_uid(uids, count, entry) < count;
    platform_free(uids);
    return found;
}

HRESULT section_insert_uid(struct profile *profile, const MAPIUID *uid, ULONG tag,
                           const MAPIUID *entry, ULONG at)
{
    MAPIUID *uids, *bigger;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = section_get_uids(profile, uid, tag, &count, &uids))) return hr;
    if (!(bigger = platform_realloc(uids, (count + 1) * sizeof(*uids))))
    {
        platform_free(uids);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    uids = bigger;
    if (at > count) at = count;
    memmove(uids + at + 1, uids + at, (count - at) * sizeof(*uids));
    uids[at] = *entry;
    hr = section_set_uids(profile, uid, tag, count + 1, uids);
    platform_free(uids);
    return hr;
}

HRESULT section_remove_uid(struct profile *profile, const MAPIUID *uid, ULONG tag,
                           const MAPIUID *entry)
{
    ULONG count, at;
    MAPIUID *uids;
    HRESULT hr;

    if (FAILED(hr = section_get_uids(profile, uid, tag, &count, &uids))) return hr;
    if ((at = find_uid(uids, count, entry)) < count)
    {
        memmove(uids + at, uids + at + 1, (count - at - 1) * sizeof(*uids));
        hr = section_set_uids(profile, uid, tag, count - 1, uids);
    }
    platform_free(uids);
    return hr;
}

/* ---- what the layers above ask of the global section ---- */

static HRESULT existing_sections(struct profile *profile, ULONG tag, ULONG *count, MAPIUID **uids)
{
    ULONG i, kept = 0;
    HRESULT hr;

    if (FAILED(hr = section_get_uids(profile, &uid_global_section, tag, count, uids))) return hr;
    for (i = 0; i < *count; i++)
    {
        if (!section_exists(profile, *uids + i))
            WARN("%s lists a section that is not there\n", debugstr_w(profile->name));
        else if (find_uid(*uids, kept, *uids + i) == kept) (*uids)[kept++] = (*uids)[i];
    }
    if (!(*count = kept))
    {
        platform_free(*uids);
        *uids = NULL;
    }
    return S_OK;
}

HRESULT profile_providers(struct profile *profile, enum provider_kind kind, ULONG *count,
                          MAPIUID **uids)
{
    return existing_sections(profile, provider_list_tag(kind), count, uids);
}

HRESULT profile_list_provider(struct profile *profile, enum provider_kind kind,
                              const MAPIUID *section)
{
    ULONG tag = provider_list_tag(kind);
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    if (!section_has_uid(profile, &uid_global_section, tag, section))
        hr = section_insert_uid(profile, &uid_global_section, tag, section, ~0u);
    profiles_unlock();
    return hr;
}

HRESULT profile_services(struct profile *profile, ULONG *count, MAPIUID **uids)
{
    return existing_sections(profile, PR_SERVICES, count, uids);
}
