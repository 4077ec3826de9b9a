/*
 * Profile sections as property objects
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
 * IProfSect over one section. Nothing is kept here: each call reads and writes the section itself,
 * so there is no transaction. PR_OBJECT_TYPE and PR_PROFILE_NAME are computed. Clients share a
 * section as the reference says, many readers or one writer in all processes, by two named events
 * that vanish with their holders; providers and service entries are not kept from a section by
 * anybody.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SAVE_FLAGS (KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS \
                    | NON_EMS_XP_SAVE | SPAMFILTER_ONSAVE)
#define NAMED_ID_FIRST 0x8000

struct profsect
{
    IProfSect IProfSect_iface;
    LONG ref;
    struct profile *profile;    /* counted */
    MAPIUID uid;
    BOOL writable;
    enum section_access access;
    /* says to others that a client reads or writes; NULL for the exempt */
    HANDLE share;
    struct last_error error;
};

static struct profsect *impl_from_IProfSect(IProfSect *iface)
{
    return CONTAINING_RECORD(iface, struct profsect, IProfSect_iface);
}

static HRESULT WINAPI profsect_QueryInterface(IProfSect *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IProfSect))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IProfSect_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI profsect_AddRef(IProfSect *iface)
{
    return InterlockedIncrement(&impl_from_IProfSect(iface)->ref);
}

static ULONG WINAPI profsect_Release(IProfSect *iface)
{
    struct profsect *section = impl_from_IProfSect(iface);
    ULONG ref = InterlockedDecrement(&section->ref);

    if (ref) return ref;
    TRACE("%p\n", section);
    if (section->share) CloseHandle(section->share);
    profile_release(section->profile);
    last_error_destroy(&section->error);
    platform_free(section);
    return 0;
}

static HRESULT WINAPI profsect_GetLastError(IProfSect *iface, HRESULT hr, ULONG flags,
                                            MAPIERROR **ret)
{
    return last_error_get(&impl_from_IProfSect(iface)->error, hr, flags, ret);
}

static HRESULT WINAPI profsect_SaveChanges(IProfSect *iface, ULONG flags)
{
    TRACE("%p, %#lx\n", iface, flags);
    return flags & ~SAVE_FLAGS ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

/* ---- reading ---- */

struct visit
{
    const struct profsect *section;
    const SPropTagArray *tags;
    ULONG flags;
    ULONG *count;
    SPropValue **props;
    SPropTagArray **list;
    BOOL *present;              /* for each of the tags */
};

/* The section's own values with the computed ones in front: a shallow copy, platform_alloc. */
static HRESULT with_computed(const struct profsect *section, ULONG count, const SPropValue *props,
                             ULONG *total, SPropValue **ret)
{
    ULONG i, kept = 2;

    if (!(*ret = platform_alloc_zero((count + 2) * sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    (*ret)[0].ulPropTag = PR_OBJECT_TYPE;
    (*ret)[0].Value.l = MAPI_PROFSECT;
    (*ret)[1].ulPropTag = PR_PROFILE_NAME_W;
    (*ret)[1].Value.lpszW = (WCHAR *)profile_name(section->profile);
    for (i = 0; i < count; i++)
        if (!props_find_id(*ret, 2, props[i].ulPropTag)) (*ret)[kept++] = props[i];
    *total = kept;
    return S_OK;
}

static HRESULT visit_get(void *context, ULONG count, const SPropValue *props)
{
    struct visit *visit = context;
    SPropValue *all;
    ULONG total, i;
    HRESULT hr;

    if (FAILED(hr = with_computed(visit->section, count, props, &total, &all))) return hr;
    if (visit->present)
    {
        for (i = 0; i < visit->tags->cValues; i++)
            visit->present[i] = !!props_find_id(all, total, visit->tags->aulPropTag[i]);
    }
    else if (visit->list)
        hr = propset_get_list(&memory_allocators, total, all, visit->flags, visit->list);
    else
        hr = propset_get_props(&memory_allocators, total, all, visit->tags, visit->flags,
                               visit->count, visit->props);
    platform_free(all);
    return hr;
}

/* A section that went under an open object was deleted. */
static HRESULT gone(struct profsect *section, HRESULT hr)
{
    if (hr != MAPI_E_NOT_FOUND) return hr;
    return admin_error(&section->error, MAPI_E_OBJECT_DELETED, L"The profile section was deleted.",
                       NULL);
}

/* What a provider's pointer leads to is looked at before the profile's lock is taken, for the same
 * reason as in SetProps: a crash must find none held. */
static BOOL tags_readable(const SPropTagArray *tags)
{
    return !IsBadReadPtr(tags, FIELD_OFFSET(SPropTagArray, aulPropTag))
           && !IsBadReadPtr(tags->aulPropTag, (UINT_PTR)tags->cValues * sizeof(*tags->aulPropTag));
}

static HRESULT WINAPI profsect_GetProps(IProfSect *iface, SPropTagArray *tags, ULONG flags,
                                        ULONG *count, SPropValue **props)
{
    struct profsect *section = impl_from_IProfSect(iface);
    struct visit visit = { section, tags, flags, count, props };

    TRACE("%p, %p, %#lx, %p, %p\n", iface, tags, flags, count, props);
    if (count) *count = 0;
    if (props) *props = NULL;
    if (!count || !props || (tags && !tags_readable(tags))) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return gone(section, section_visit(section->profile, &section->uid, tags, visit_get, &visit));
}

static HRESULT WINAPI profsect_GetPropList(IProfSect *iface, ULONG flags, SPropTagArray **tags)
{
    struct profsect *section = impl_from_IProfSect(iface);
    struct visit visit = { section, NULL, flags, NULL, NULL, tags };

    TRACE("%p, %#lx, %p\n", iface, flags, tags);
    if (!tags) return MAPI_E_INVALID_PARAMETER;
    *tags = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return gone(section, section_visit(section->profile, &section->uid, NULL, visit_get, &visit));
}

static HRESULT WINAPI profsect_OpenProperty(IProfSect *iface, ULONG tag, const IID *iid,
                                            ULONG options, ULONG flags, IUnknown **ret)
{
    TRACE("%p, %#lx, %s, %#lx, %#lx, %p\n", iface, tag, debugstr_guid(iid), options, flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid || !tag) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    return MAPI_E_NO_SUPPORT;
}

/* ---- writing ---- */

/* Why a property cannot be set or deleted here, S_OK when it can. */
static SCODE refusal(const struct profsect *section, ULONG tag)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_OBJECT_TYPE):
    case PROP_ID(PR_PROFILE_NAME_W):
        return MAPI_E_COMPUTED;
    case PROP_ID(PR_SEARCH_KEY):
        if (!memcmp(&section->uid, &uid_profile_instance, sizeof(MAPIUID))) return MAPI_E_COMPUTED;
        break;
    case PROP_ID(PR_RESOURCE_FLAGS):
    case PROP_ID(PR_PROVIDER_DLL_NAME_W):
        if (section->access == SECTION_PROVIDER) return MAPI_E_NO_ACCESS;
        break;
    }
    if (PROP_ID(tag) >= NAMED_ID_FIRST) return MAPI_E_NO_SUPPORT;
    return S_OK;
}

static HRESULT read_only(struct profsect *section)
{
    return admin_error(&section->error, MAPI_E_NO_ACCESS,
                       L"The profile section was opened for reading only.", NULL);
}

static HRESULT WINAPI profsect_SetProps(IProfSect *iface, ULONG count, SPropValue *props,
                                        SPropProblemArray **problems)
{
    struct profsect *section = impl_from_IProfSect(iface);
    SPropValue *allowed, *copy = NULL;
    ULONG i, kept = 0;
    HRESULT hr;

    TRACE("%p, %lu, %p, %p\n", iface, count, props, problems);
    if (problems) *problems = NULL;
    if (!count || !props) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = propset_check_values(count, props))) return hr;
    if (!section->writable) return read_only(section);
    if (!section_exists(section->profile, &section->uid)) return gone(section, MAPI_E_NOT_FOUND);
    if (count > 0x10000 || !(allowed = platform_alloc(count * sizeof(*allowed))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        SCODE code = refusal(section, props[i].ulPropTag);

        if (propset_skip_value(props + i)) continue;
        if (code == S_OK) allowed[kept++] = props[i];
        else if (problems)
            hr = problems_add(&memory_allocators, problems, i, props[i].ulPropTag, code);
    }
    /* What a provider's values point to is read here: if that crashes, no lock may be held. */
    if (SUCCEEDED(hr) && kept) hr = props_copy(&memory_allocators, kept, allowed, &copy);
    if (SUCCEEDED(hr) && kept) hr = section_write(section->profile, &section->uid, kept, copy);
    memory_free_buffer(copy);
    platform_free(allowed);
    if (hr == MAPI_E_NO_SUPPORT)
        admin_error(&section->error, hr,
                    L"Secure properties need crypt32.dll, which cannot be loaded.", NULL);
    if (FAILED(hr) && problems)
    {
        memory_allocators.free(*problems);
        *problems = NULL;
    }
    return gone(section, hr);
}

static HRESULT WINAPI profsect_DeleteProps(IProfSect *iface, SPropTagArray *tags,
                                           SPropProblemArray **problems)
{
    struct profsect *section = impl_from_IProfSect(iface);
    struct visit visit = { section, tags };
    SPropTagArray *allowed;
    HRESULT hr;
    ULONG i;

    TRACE("%p, %p, %p\n", iface, tags, problems);
    if (problems) *problems = NULL;
    if (!tags || !tags_readable(tags) || !tags->cValues || tags->cValues > 0x10000)
        return MAPI_E_INVALID_PARAMETER;
    if (!section->writable) return read_only(section);
    allowed = platform_alloc(CbNewSPropTagArray(tags->cValues));
    visit.present = platform_alloc_zero(tags->cValues * sizeof(*visit.present));
    if (!allowed || !visit.present) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else hr = section_visit(section->profile, &section->uid, tags, visit_get, &visit);
    if (SUCCEEDED(hr)) allowed->cValues = 0;
    for (i = 0; SUCCEEDED(hr) && i < tags->cValues; i++)
    {
        SCODE code = refusal(section, tags->aulPropTag[i]);

        if (code == S_OK && !visit.present[i]) code = MAPI_E_NOT_FOUND;
        if (code == S_OK) allowed->aulPropTag[allowed->cValues++] = tags->aulPropTag[i];
        else if (problems)
            hr = problems_add(&memory_allocators, problems, i, tags->aulPropTag[i], code);
    }
    if (SUCCEEDED(hr) && allowed->cValues)
        hr = section_delete_props(section->profile, &section->uid, allowed);
    platform_free(allowed);
    platform_free(visit.present);
    if (FAILED(hr) && problems)
    {
        memory_allocators.free(*problems);
        *problems = NULL;
    }
    return gone(section, hr);
}

static HRESULT WINAPI profsect_CopyTo(IProfSect *iface, ULONG iid_count, const IID *iids,
                                      SPropTagArray *exclude, ULONG_PTR ui, IMAPIProgress *progress,
                                      const IID *dest_iid, void *dest, ULONG flags,
                                      SPropProblemArray **problems)
{
    TRACE("%p, %lu, %p, %s, %p, %#lx\n", iface, iid_count, exclude, debugstr_guid(dest_iid), dest,
          flags);
    return propset_copy_to(&memory_allocators, (IMAPIProp *)iface, iid_count, iids, exclude,
                           dest_iid, dest, flags, problems);
}

static HRESULT WINAPI profsect_CopyProps(IProfSect *iface, SPropTagArray *include, ULONG_PTR ui,
                                         IMAPIProgress *progress, const IID *dest_iid, void *dest,
                                         ULONG flags, SPropProblemArray **problems)
{
    TRACE("%p, %p, %s, %p, %#lx\n", iface, include, debugstr_guid(dest_iid), dest, flags);
    return propset_copy_props(&memory_allocators, (IMAPIProp *)iface, include, dest_iid, dest,
                              flags, problems);
}

static HRESULT WINAPI profsect_GetNamesFromIDs(IProfSect *iface, SPropTagArray **tags, GUID *set,
                                               ULONG flags, ULONG *count, MAPINAMEID ***names)
{
    if (count) *count = 0;
    if (names) *names = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI profsect_GetIDsFromNames(IProfSect *iface, ULONG count, MAPINAMEID **names,
                                               ULONG flags, SPropTagArray **tags)
{
    if (tags) *tags = NULL;
    return MAPI_E_NO_SUPPORT;
}

static const IProfSectVtbl profsect_vtbl =
{
    profsect_QueryInterface,
    profsect_AddRef,
    profsect_Release,
    profsect_GetLastError,
    profsect_SaveChanges,
    profsect_GetProps,
    profsect_GetPropList,
    profsect_OpenProperty,
    profsect_SetProps,
    profsect_DeleteProps,
    profsect_CopyTo,
    profsect_CopyProps,
    profsect_GetNamesFromIDs,
    profsect_GetIDsFromNames
};

/* ---- opening ---- */

static BOOL object_exists(const WCHAR *name)
{
    HANDLE event = OpenEventW(SYNCHRONIZE, FALSE, name);

    if (event) CloseHandle(event);
    return !!event;
}

/* Each side puts up its own sign before it looks for the other's: of two that meet, not both get
 * in. */
static HRESULT share(struct profsect *section)
{
    WCHAR reading[OBJECT_NAME_SIZE], writing[OBJECT_NAME_SIZE];
    struct profile *profile = section->profile;
    BOOL busy;

    object_name(reading, L"read", profile->root, profile->name, &section->uid);
    object_name(writing, L"write", profile->root, profile->name, &section->uid);
    section->share = CreateEventW(NULL, TRUE, FALSE, section->writable ? writing : reading);
    if (!section->share) return MAPI_E_CALL_FAILED;
    busy = section->writable && GetLastError() == ERROR_ALREADY_EXISTS;
    if (!busy) busy = object_exists(section->writable ? reading : writing);
    return busy ? MAPI_E_NO_ACCESS : S_OK;
}

/* One that its provider alone may open: it names a provider, or a service it belongs to. */
static BOOL is_owned(struct profile *profile, const MAPIUID *uid)
{
    SizedSPropTagArray(2, tags) = { 2, { PR_PROVIDER_DLL_NAME_W, PR_SERVICE_UID } };
    SPropValue *props;
    ULONG count;
    BOOL owned;

    if (FAILED(section_read(profile, uid, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &props)))
        return FALSE;
    owned = PROP_TYPE(props[0].ulPropTag) != PT_ERROR || PROP_TYPE(props[1].ulPropTag) != PT_ERROR;
    memory_allocators.free(props);
    return owned;
}

static HRESULT create(struct profile *profile, const MAPIUID *uid, BOOL writable,
                      enum section_access access, IProfSect **ret)
{
    struct profsect *section;
    HRESULT hr = S_OK;

    if (!(section = platform_alloc_zero(sizeof(*section)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    section->IProfSect_iface.lpVtbl = &profsect_vtbl;
    section->ref = 1;
    section->profile = profile_addref(profile);
    section->uid = *uid;
    section->writable = writable;
    section->access = access;
    last_error_init(&section->error);
    if (access == SECTION_CLIENT) hr = share(section);
    if (SUCCEEDED(hr) && !section_exists(profile, uid))
        hr = writable ? section_write(profile, uid, 0, NULL) : MAPI_E_NOT_FOUND;
    if (FAILED(hr)) IProfSect_Release(&section->IProfSect_iface);
    else *ret = &section->IProfSect_iface;
    return hr;
}

HRESULT profsect_open(struct profile *profile, const MAPIUID *uid, const IID *iid, ULONG flags,
                      enum section_access access, IProfSect **ret)
{
    *ret = NULL;
    TRACE("%s, %s, %#lx, access %u\n", debugstr_w(profile_name(profile)),
          debugstr_guid((const GUID *)uid), flags, access);
    if (flags & ~(MAPI_MODIFY | MAPI_DEFERRED_ERRORS | MAPI_FORCE_ACCESS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualGUID(iid, &IID_IProfSect) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!memcmp(uid, &uid_profile_instance, sizeof(*uid)) && !section_exists(profile, uid))
        profile_need_search_key(profile);
    if (access == SECTION_CLIENT && !(flags & MAPI_FORCE_ACCESS) && is_owned(profile, uid))
        return MAPI_E_NO_ACCESS;
    return create(profile, uid, !!(flags & MAPI_MODIFY), access, ret);
}
