/*
 * The message services and providers of a profile
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
 * A service is a section listed in PR_SERVICES of the global section; each of its providers is a
 * section with PR_SERVICE_UID, listed by kind in the global section and in the service's own.
 * Sections are written before they are listed and taken off the lists before they go, so a reader
 * never meets half a service. Nobody is called here. All changes go on under profiles_lock.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define MODIFIABLE_PROVIDER                                                                        \
    (STATUS_DEFAULT_STORE | STATUS_PRIMARY_IDENTITY | STATUS_PRIMARY_STORE                         \
     | STATUS_SECONDARY_STORE | STATUS_SIMPLE_STORE | STATUS_DEFAULT_OUTBOUND)

ULONG provider_list_tag(enum provider_kind kind)
{
    static const ULONG tags[PROVIDER_KIND_COUNT] =
    {
        [PROVIDER_TRANSPORT] = PR_TRANSPORT_PROVIDERS,
        [PROVIDER_ADDRESS_BOOK] = PR_AB_PROVIDERS,
        [PROVIDER_STORE] = PR_STORE_PROVIDERS,
        [PROVIDER_HOOK] = PR_FILTERING_HOOKS,
    };

    return tags[kind];
}

BOOL provider_kind_from_type(LONG resource_type, enum provider_kind *kind)
{
    switch (resource_type)
    {
    case MAPI_STORE_PROVIDER:
        *kind = PROVIDER_STORE;
        return TRUE;
    case MAPI_AB_PROVIDER:
        *kind = PROVIDER_ADDRESS_BOOK;
        return TRUE;
    case MAPI_TRANSPORT_PROVIDER:
        *kind = PROVIDER_TRANSPORT;
        return TRUE;
    case MAPI_HOOK_PROVIDER:
        *kind = PROVIDER_HOOK;
        return TRUE;
    default:
        return FALSE;
    }
}

/* ---- properties on their way into a section ---- */

struct prop_list
{
    ULONG count;
    ULONG allocated;
    SPropValue *props;          /* values stay with whoever owns them */
};

static HRESULT list_set(struct prop_list *list, const SPropValue *prop)
{
    SPropValue *bigger;
    ULONG wanted, i;

    for (i = 0; i < list->count && PROP_ID(list->props[i].ulPropTag) != PROP_ID(prop->ulPropTag);
         i++)
    {
    }
    if (i == list->allocated)
    {
        wanted = list->allocated + 32;
        if (!(bigger = platform_realloc(list->props, wanted * sizeof(*bigger))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->props = bigger;
        list->allocated = wanted;
    }
    list->props[i] = *prop;
    if (i == list->count) list->count++;
    return S_OK;
}

static HRESULT list_set_all(struct prop_list *list, ULONG count, const SPropValue *props)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count && SUCCEEDED(hr); i++) hr = list_set(list, props + i);
    return hr;
}

static HRESULT list_set_long(struct prop_list *list, ULONG tag, LONG value)
{
    SPropValue prop = { tag };

    prop.Value.l = value;
    return list_set(list, &prop);
}

static HRESULT list_set_text(struct prop_list *list, ULONG tag, const WCHAR *text)
{
    SPropValue prop = { tag };

    prop.Value.lpszW = (WCHAR *)text;
    return list_set(list, &prop);
}

static HRESULT list_set_uid(struct prop_list *list, ULONG tag, const MAPIUID *uid)
{
    SPropValue prop = { tag };

    prop.Value.bin.cb = sizeof(*uid);
    prop.Value.bin.lpb = (BYTE *)uid;
    return list_set(list, &prop);
}

static LONG list_get_long(const struct prop_list *list, ULONG tag)
{
    const SPropValue *prop = props_find(list->props, list->count, tag);

    return prop ? prop->Value.l : 0;
}

static void list_remove(struct prop_list *list, ULONG tag)
{
    ULONG i;

    for (i = 0; i < list->count && PROP_ID(list->props[i].ulPropTag) != PROP_ID(tag); i++) {}
    if (i == list->count) return;
    list->count--;
    memmove(list->props + i, list->props + i + 1, (list->count - i) * sizeof(*list->props));
}

/* What a section of the file says, but for the links between sections: those are ours to make, and
 * what is listed in them goes when the service goes. */
static HRESULT list_set_inf(struct prop_list *list, struct mapisvc *mapisvc,
                            const struct inf_section *section, SPropValue **props)
{
    enum provider_kind kind;
    ULONG count;
    HRESULT hr;

    hr = mapisvc_props(mapisvc, section, &count, props);
    if (SUCCEEDED(hr)) hr = list_set_all(list, count, *props);
    for (kind = 0; kind < PROVIDER_KIND_COUNT; kind++) list_remove(list, provider_list_tag(kind));
    list_remove(list, PR_SERVICE_EXTRA_UIDS);
    return hr;
}

/* ---- what is there ---- */

static BOOL belongs_to(struct profile *profile, const MAPIUID *provider, const MAPIUID *service)
{
    MAPIUID found;

    return SUCCEEDED(service_of_provider(profile, provider, &found))
           && !memcmp(&found, service, sizeof(found));
}

HRESULT service_of_provider(struct profile *profile, const MAPIUID *provider, MAPIUID *service)
{
    MAPIUID *uids;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = section_get_uids(profile, provider, PR_SERVICE_UID, &count, &uids))) return hr;
    if (count) *service = *uids;
    platform_free(uids);
    return count ? S_OK : MAPI_E_NOT_FOUND;
}

BOOL service_find(struct profile *profile, const MAPIUID *uid)
{
    return section_has_uid(profile, &uid_global_section, PR_SERVICES, uid)
           && section_exists(profile, uid);
}

BOOL provider_find(struct profile *profile, const MAPIUID *service, const MAPIUID *uid)
{
    enum provider_kind kind;

    for (kind = 0; kind < PROVIDER_KIND_COUNT; kind++)
        if (section_has_uid(profile, &uid_global_section, provider_list_tag(kind), uid))
            return belongs_to(profile, uid, service);
    return FALSE;
}

/* A service of that name, as long as the text of the name goes; case does not matter. */
static BOOL has_service_named(struct profile *profile, const WCHAR *name)
{
    BOOL found = FALSE;
    MAPIUID *uids;
    ULONG count, i;

    if (FAILED(profile_services(profile, &count, &uids))) return FALSE;
    for (i = 0; i < count && !found; i++)
    {
        WCHAR *text = section_get_text(profile, uids + i, PR_SERVICE_NAME_W);

        found = text && !text_compare_nocase(text, name);
        platform_free(text);
    }
    platform_free(uids);
    return found;
}

static BOOL has_default_store(struct profile *profile)
{
    BOOL found = FALSE;
    MAPIUID *uids;
    ULONG count, i;
    LONG flags;

    if (FAILED(profile_providers(profile, PROVIDER_STORE, &count, &uids))) return FALSE;
    for (i = 0; i < count && !found; i++)
        found = SUCCEEDED(section_get_long(profile, uids + i, PR_RESOURCE_FLAGS, &flags))
                && (flags & STATUS_DEFAULT_STORE);
    platform_free(uids);
    return found;
}

/* Where a transport goes: behind all, or before those at the end that want to be last. */
static ULONG transport_position(struct profile *profile, LONG flags)
{
    MAPIUID *uids;
    ULONG count;
    LONG other;

    if (flags & STATUS_XP_PREFER_LAST) return ~0u;
    if (FAILED(section_get_uids(profile, &uid_global_section, PR_TRANSPORT_PROVIDERS, &count,
                                &uids)))
        return ~0u;
    while (count
           && SUCCEEDED(section_get_long(profile, uids + count - 1, PR_RESOURCE_FLAGS, &other))
           && (other & STATUS_XP_PREFER_LAST))
        count--;
    platform_free(uids);
    return count;
}

/* ---- coming ---- */

/* Writes a section of a provider and lists it. The list has all its properties but the links. */
static HRESULT provider_put(struct profile *profile, const MAPIUID *service, struct prop_list *list,
                            const MAPIUID *uid)
{
    LONG flags = list_get_long(list, PR_RESOURCE_FLAGS), service_flags;
    enum provider_kind kind;
    WCHAR *service_name;
    HRESULT hr;

    if (!provider_kind_from_type(list_get_long(list, PR_RESOURCE_TYPE), &kind))
        return MAPI_E_NOT_FOUND;
    if (kind == PROVIDER_STORE && (flags & STATUS_DEFAULT_STORE))
    {
        if (has_default_store(profile) || (flags & STATUS_NO_DEFAULT_STORE))
            flags &= ~STATUS_DEFAULT_STORE;
        else if (SUCCEEDED(section_get_long(profile, service, PR_RESOURCE_FLAGS, &service_flags)))
            section_set_long(profile, service, PR_RESOURCE_FLAGS,
                             service_flags | SERVICE_DEFAULT_STORE);
    }
    service_name = section_get_text(profile, service, PR_SERVICE_NAME_W);
    hr = list_set_long(list, PR_RESOURCE_FLAGS, flags);
    if (SUCCEEDED(hr)) hr = list_set_uid(list, PR_SERVICE_UID, service);
    if (SUCCEEDED(hr) && service_name) hr = list_set_text(list, PR_SERVICE_NAME_W, service_name);
    if (SUCCEEDED(hr)) hr = section_write(profile, uid, list->count, list->props);
    if (SUCCEEDED(hr)) hr = section_insert_uid(profile, service, provider_list_tag(kind), uid, ~0u);
    if (SUCCEEDED(hr))
        hr = section_insert_uid(profile, &uid_global_section, provider_list_tag(kind), uid,
                                kind == PROVIDER_TRANSPORT ? transport_position(profile, flags)
                                                           : ~0u);
    platform_free(service_name);
    return hr;
}

HRESULT provider_add(struct profile *profile, struct mapisvc *mapisvc, const MAPIUID *service,
                     const WCHAR *name, ULONG count, const SPropValue *props, MAPIUID *uid)
{
    const struct inf_section *section = mapisvc_section(mapisvc, name);
    struct prop_list list = { 0 };
    SPropValue *inf_values = NULL;
    HRESULT hr;

    if (!platform_new_uid(uid)) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = profiles_lock())) return hr;
    if (!section) WARN("%s: no section %s\n", debugstr_w(mapisvc->path), debugstr_w(name));
    else hr = list_set_inf(&list, mapisvc, section, &inf_values);
    if (SUCCEEDED(hr)) hr = list_set_all(&list, count, props);
    if (SUCCEEDED(hr)) hr = provider_put(profile, service, &list, uid);
    if (FAILED(hr)) provider_remove(profile, service, uid);
    profiles_unlock();
    memory_allocators.free(inf_values);
    platform_free(list.props);
    return hr;
}

/* An extra section of a service: under the UID that the file gives, or a new one. */
static HRESULT add_extra(struct profile *profile, struct mapisvc *mapisvc, const MAPIUID *service,
                         const WCHAR *name)
{
    const struct inf_section *section = mapisvc_section(mapisvc, name);
    const WCHAR *text;
    SPropValue *props;
    MAPIUID uid;
    ULONG count;
    HRESULT hr;

    if (!section)
    {
        WARN("%s: no section %s\n", debugstr_w(mapisvc->path), debugstr_w(name));
        return S_OK;
    }
    text = inf_value(section, L"UID");
    /* the profile's own sections are not a service's to write, or to take along when it goes */
    if (text && (!inf_parse_uid(text, &uid) || !memcmp(&uid, &uid_global_section, sizeof(uid))
                 || !memcmp(&uid, &uid_profile_instance, sizeof(uid))))
    {
        WARN("%s:%lu: the UID of %s is damaged or the profile's own\n", debugstr_w(mapisvc->path),
             section->line, debugstr_w(name));
        text = NULL;
    }
    if (!text && !platform_new_uid(&uid)) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = mapisvc_props(mapisvc, section, &count, &props))) return hr;
    hr = section_write(profile, &uid, count, props);
    memory_allocators.free(props);
    if (SUCCEEDED(hr)) hr = section_insert_uid(profile, service, PR_SERVICE_EXTRA_UIDS, &uid, ~0u);
    return hr;
}

static HRESULT add_listed(struct profile *profile, struct mapisvc *mapisvc, const MAPIUID *service,
                          const struct inf_section *section)
{
    const WCHAR *value;
    WCHAR **names;
    ULONG count, i;
    HRESULT hr = S_OK;
    MAPIUID uid;

    if ((value = inf_value(section, L"Sections")))
    {
        if (FAILED(hr = inf_split(value, &count, &names))) return hr;
        for (i = 0; i < count && SUCCEEDED(hr); i++)
            hr = add_extra(profile, mapisvc, service, names[i]);
        platform_free(names);
    }
    if (FAILED(hr) || !(value = inf_value(section, L"Providers"))) return hr;
    if (FAILED(hr = inf_split(value, &count, &names))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        hr = provider_add(profile, mapisvc, service, names[i], 0, NULL, &uid);
        if (hr != MAPI_E_NOT_FOUND) continue;
        WARN("%s: provider %s has no known PR_RESOURCE_TYPE; left out\n", debugstr_w(mapisvc->path),
             debugstr_w(names[i]));
        hr = S_OK;
    }
    platform_free(names);
    return hr;
}

static HRESULT add_service(struct profile *profile, struct mapisvc *mapisvc,
                           const struct inf_section *section, const WCHAR *name,
                           const WCHAR *display_name, const MAPIUID *uid)
{
    struct prop_list list = { 0 };
    SPropValue *props = NULL;
    LONG flags;
    HRESULT hr;

    hr = list_set_inf(&list, mapisvc, section, &props);
    flags = list_get_long(&list, PR_RESOURCE_FLAGS) & ~SERVICE_DEFAULT_STORE;
    if (SUCCEEDED(hr) && (flags & SERVICE_SINGLE_COPY) && has_service_named(profile, name))
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr)) hr = list_set_long(&list, PR_RESOURCE_FLAGS, flags);
    if (SUCCEEDED(hr)) hr = list_set_text(&list, PR_SERVICE_NAME_W, name);
    if (SUCCEEDED(hr) && !props_find_id(list.props, list.count, PR_DISPLAY_NAME_W))
        hr = list_set_text(&list, PR_DISPLAY_NAME_W, display_name);
    if (SUCCEEDED(hr)) hr = section_write(profile, uid, list.count, list.props);
    if (SUCCEEDED(hr)) hr = add_listed(profile, mapisvc, uid, section);
    if (SUCCEEDED(hr)) hr = section_insert_uid(profile, &uid_global_section, PR_SERVICES, uid, ~0u);
    memory_allocators.free(props);
    platform_free(list.props);
    return hr;
}

HRESULT service_add(struct profile *profile, struct mapisvc *mapisvc, const WCHAR *name,
                    const WCHAR *display_name, MAPIUID *uid)
{
    const struct inf_section *section;
    const WCHAR *text, *key;
    HRESULT hr;

    if (!(text = mapisvc_service_text(mapisvc, name, &key))) return MAPI_E_NOT_FOUND;
    if (!(section = mapisvc_section(mapisvc, name)))
    {
        WARN("%s: %s is in [Services] but has no section\n", debugstr_w(mapisvc->path),
             debugstr_w(name));
        return MAPI_E_NOT_FOUND;
    }
    if (!platform_new_uid(uid)) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = profiles_lock())) return hr;
    hr = add_service(profile, mapisvc, section, key,
                     display_name && *display_name ? display_name : text, uid);
    if (FAILED(hr)) service_remove(profile, uid);
    profiles_unlock();
    return hr;
}

/* ---- going ---- */

static HRESULT remove_provider(struct profile *profile, const MAPIUID *service, const MAPIUID *uid)
{
    enum provider_kind kind;
    HRESULT hr = S_OK;
    LONG flags, service_flags;

    for (kind = 0; kind < PROVIDER_KIND_COUNT && SUCCEEDED(hr); kind++)
    {
        hr = section_remove_uid(profile, &uid_global_section, provider_list_tag(kind), uid);
        if (SUCCEEDED(hr)) hr = section_remove_uid(profile, service, provider_list_tag(kind), uid);
    }
    if (SUCCEEDED(section_get_long(profile, uid, PR_RESOURCE_FLAGS, &flags))
        && (flags & STATUS_DEFAULT_STORE)
        && SUCCEEDED(section_get_long(profile, service, PR_RESOURCE_FLAGS, &service_flags)))
        section_set_long(profile, service, PR_RESOURCE_FLAGS,
                         service_flags & ~SERVICE_DEFAULT_STORE);
    return SUCCEEDED(hr) ? section_delete_or_mark(profile, uid) : hr;
}

HRESULT provider_remove(struct profile *profile, const MAPIUID *service, const MAPIUID *uid)
{
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    hr = remove_provider(profile, service, uid);
    profiles_unlock();
    return hr;
}

static HRESULT remove_providers(struct profile *profile, const MAPIUID *service, ULONG tag)
{
    HRESULT hr = S_OK;
    MAPIUID *uids;
    ULONG count, i;

    if (FAILED(hr = section_get_uids(profile, service, tag, &count, &uids))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++) hr = remove_provider(profile, service, uids + i);
    platform_free(uids);
    if (FAILED(hr)) return hr;
    /* other writers may have listed a provider with the profile only */
    if (FAILED(hr = section_get_uids(profile, &uid_global_section, tag, &count, &uids))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (belongs_to(profile, uids + i, service))
            hr = remove_provider(profile, service, uids + i);
    platform_free(uids);
    return hr;
}

static BOOL extra_is_shared(struct profile *profile, const MAPIUID *service, const MAPIUID *extra)
{
    BOOL shared = FALSE;
    MAPIUID *uids;
    ULONG count, i;

    if (FAILED(profile_services(profile, &count, &uids))) return TRUE;
    for (i = 0; i < count && !shared; i++)
        shared = memcmp(uids + i, service, sizeof(*service))
                 && section_has_uid(profile, uids + i, PR_SERVICE_EXTRA_UIDS, extra);
    platform_free(uids);
    return shared;
}

static HRESULT remove_extras(struct profile *profile, const MAPIUID *service)
{
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = section_get_uids(profile, service, PR_SERVICE_EXTRA_UIDS, &count, &uids)))
        return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (!extra_is_shared(profile, service, uids + i))
            hr = section_delete_or_mark(profile, uids + i);
    platform_free(uids);
    return hr;
}

HRESULT service_remove(struct profile *profile, const MAPIUID *service)
{
    enum provider_kind kind;
    HRESULT hr;

    if (FAILED(hr = profiles_lock())) return hr;
    hr = section_remove_uid(profile, &uid_global_section, PR_SERVICES, service);
    for (kind = 0; kind < PROVIDER_KIND_COUNT && SUCCEEDED(hr); kind++)
        hr = remove_providers(profile, service, provider_list_tag(kind));
    if (SUCCEEDED(hr)) hr = remove_extras(profile, service);
    if (SUCCEEDED(hr)) hr = section_delete_or_mark(profile, service);
    profiles_unlock();
    return hr;
}

/* ---- copies ---- */

static const SizedSPropTagArray(16, secure_tags) = { 16,
                                                     {
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f0),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f1),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f2),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f3),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f4),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f5),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f6),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f7),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f8),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67f9),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67fa),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67fb),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67fc),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67fd),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67fe),
                                                         PROP_TAG(PT_UNSPECIFIED, 0x67ff),
                                                     } };

/* Everything a section holds; the values stay in *props. */
static HRESULT list_read(struct prop_list *list, struct profile *profile, const MAPIUID *uid,
                         SPropValue **props)
{
    ULONG count;
    HRESULT hr;

    hr = section_copy_props(profile, uid, (const SPropTagArray *)&secure_tags, &count, props);
    return FAILED(hr) ? hr : list_set_all(list, count, *props);
}

static HRESULT copy_provider(struct profile *src, const MAPIUID *provider, struct profile *dst,
                             const MAPIUID *service)
{
    struct prop_list list = { 0 };
    SPropValue *props = NULL;
    MAPIUID uid;
    HRESULT hr;

    if (!platform_new_uid(&uid)) return MAPI_E_CALL_FAILED;
    hr = list_read(&list, src, provider, &props);
    if (SUCCEEDED(hr))
        hr = list_set_long(&list, PR_RESOURCE_FLAGS,
                           list_get_long(&list, PR_RESOURCE_FLAGS)
                               & ~(MODIFIABLE_PROVIDER & ~STATUS_DEFAULT_STORE));
    if (SUCCEEDED(hr)) hr = provider_put(dst, service, &list, &uid);
    memory_allocators.free(props);
    platform_free(list.props);
    return hr;
}

/* An extra section keeps its UID, which the service may know it by, unless the profile has one
 * already. */
static HRESULT copy_extra(struct profile *src, const MAPIUID *extra, struct profile *dst,
                          const MAPIUID *service)
{
    struct prop_list list = { 0 };
    SPropValue *props = NULL;
    MAPIUID uid = *extra;
    HRESULT hr;

    if (section_exists(dst, &uid) && !platform_new_uid(&uid)) return MAPI_E_CALL_FAILED;
    hr = list_read(&list, src, extra, &props);
    if (SUCCEEDED(hr)) hr = section_write(dst, &uid, list.count, list.props);
    if (SUCCEEDED(hr)) hr = section_insert_uid(dst, service, PR_SERVICE_EXTRA_UIDS, &uid, ~0u);
    memory_allocators.free(props);
    platform_free(list.props);
    return hr;
}

/* Copies what a list of the source's service names; list_tag is a kind's, or that of the extra
 * sections. */
static HRESULT copy_listed(struct profile *src, const MAPIUID *from, struct profile *dst,
                           const MAPIUID *to, ULONG list_tag)
{
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = section_get_uids(src, from, list_tag, &count, &uids))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!section_exists(src, uids + i)) continue;
        if (list_tag == PR_SERVICE_EXTRA_UIDS) hr = copy_extra(src, uids + i, dst, to);
        else hr = copy_provider(src, uids + i, dst, to);
    }
    platform_free(uids);
    return hr;
}

static HRESULT copy_service(struct profile *src, const MAPIUID *service, struct profile *dst,
                            const MAPIUID *uid)
{
    struct prop_list list = { 0 };
    SPropValue *props = NULL;
    enum provider_kind kind;
    WCHAR *name;
    LONG flags;
    HRESULT hr;

    if (FAILED(hr = list_read(&list, src, service, &props))) return hr;
    name = section_get_text(src, service, PR_SERVICE_NAME_W);
    flags = list_get_long(&list, PR_RESOURCE_FLAGS);
    if ((flags & SERVICE_SINGLE_COPY) && name && has_service_named(dst, name))
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = list_set_long(&list, PR_RESOURCE_FLAGS,
                           flags & ~(SERVICE_DEFAULT_STORE | SERVICE_PRIMARY_IDENTITY));
    for (kind = 0; kind < PROVIDER_KIND_COUNT; kind++) list_remove(&list, provider_list_tag(kind));
    list_remove(&list, PR_SERVICE_EXTRA_UIDS);
    if (SUCCEEDED(hr)) hr = section_write(dst, uid, list.count, list.props);
    if (SUCCEEDED(hr)) hr = copy_listed(src, service, dst, uid, PR_SERVICE_EXTRA_UIDS);
    for (kind = 0; kind < PROVIDER_KIND_COUNT && SUCCEEDED(hr); kind++)
        hr = copy_listed(src, service, dst, uid, provider_list_tag(kind));
    if (SUCCEEDED(hr)) hr = section_insert_uid(dst, &uid_global_section, PR_SERVICES, uid, ~0u);
    platform_free(name);
    memory_allocators.free(props);
    platform_free(list.props);
    return hr;
}

HRESULT service_copy(struct profile *src, const MAPIUID *service, struct profile *dst, MAPIUID *uid)
{
    HRESULT hr;

    if (!platform_new_uid(uid)) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = profiles_lock())) return hr;
    if (!service_find(src, service)) hr = MAPI_E_NOT_FOUND;
    else if (FAILED(hr = copy_service(src, service, dst, uid))) service_remove(dst, uid);
    profiles_unlock();
    return hr;
}
