/*
 * Sample providers: the IMAPIProp methods of a store's objects
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
 * An object of the store is an IPropData with rules around it: what the store itself makes of an
 * object cannot be set, values of some size are handed out as streams only, names of properties are
 * the whole store's, and copying is the work of the support object.
 */

#include "store.h"

#define LARGE_VALUE 16384               /* bytes; GetProps leaves them to OpenProperty */

HRESULT store_object_init(struct store_object *object, struct store *store, const void *vtbl,
                          const ULONG *computed, ULONG count, SPropValue *props)
{
    HRESULT hr;

    if (FAILED(hr = prop_object_init(&object->object, vtbl, 0, NULL))) return hr;
    if (count && FAILED(hr = IPropData_SetProps(object->object.props, count, props, NULL)))
    {
        IPropData_Release(object->object.props);
        return hr;
    }
    object->computed = computed;
    object->store = store;
    store_addref(store);
    return S_OK;
}

void store_object_destroy(struct store_object *object)
{
    IPropData_Release(object->object.props);
    store_release(object->store);
}

static BOOL has_tag(const ULONG *tags, ULONG tag)
{
    for (; *tags; tags++) if (PROP_ID(*tags) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

static BOOL is_computed(const struct store_object *object, ULONG tag)
{
    return has_tag(object->computed, tag);
}

HRESULT store_object_all(struct store_object *object, const ULONG *without, ULONG *count,
                         SPropValue **ret)
{
    ULONG i, kept = 0;
    HRESULT hr;

    hr = IPropData_GetProps(object->object.props, NULL, MAPI_UNICODE, count, ret);
    if (FAILED(hr)) return hr;
    for (i = 0; i < *count; i++)
        if (!has_tag(without, (*ret)[i].ulPropTag)) (*ret)[kept++] = (*ret)[i];
    *count = kept;
    return S_OK;
}

static ULONG value_size(const SPropValue *prop)
{
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_BINARY: return prop->Value.bin.cb;
    case PT_STRING8: return lstrlenA(prop->Value.lpszA);
    case PT_UNICODE: return lstrlenW(prop->Value.lpszW) * sizeof(WCHAR);
    default: return 0;
    }
}

BOOL store_is_ansi(BOOL writing)
{
    return behavior_is(KIND_STORE, "ansi") || (writing && behavior_is(KIND_STORE, "ansiwrite"));
}

static BOOL is_unicode(ULONG tag)
{
    return (PROP_TYPE(tag) & ~MV_FLAG) == PT_UNICODE;
}

BOOL has_unicode(ULONG count, const SPropValue *props)
{
    ULONG i;

    for (i = 0; i < count; i++) if (is_unicode(props[i].ulPropTag)) return TRUE;
    return FALSE;
}

HRESULT WINAPI store_object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags)
{
    *tags = NULL;
    if ((flags & MAPI_UNICODE) && store_is_ansi(FALSE)) return MAPI_E_BAD_CHARWIDTH;
    return object_GetPropList(iface, flags, tags);
}

HRESULT WINAPI store_object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags,
                                     ULONG *count, LPSPropValue *props)
{
    BOOL ansi = store_is_ansi(FALSE);
    HRESULT hr;
    ULONG i;

    *count = 0;
    *props = NULL;
    if ((flags & MAPI_UNICODE) && ansi) return MAPI_E_BAD_CHARWIDTH;
    if (FAILED(hr = object_GetProps(iface, tags, flags, count, props))) return hr;
    for (i = 0; ansi && i < *count; i++)
    {
        if (!is_unicode((*props)[i].ulPropTag)) continue;
        (*props)[i].ulPropTag = CHANGE_PROP_TYPE((*props)[i].ulPropTag, PT_ERROR);
        (*props)[i].Value.err = MAPI_E_BAD_CHARWIDTH;
        hr = MAPI_W_ERRORS_RETURNED;
    }
    for (i = 0; i < *count; i++)
    {
        SPropValue *prop = &(*props)[i];

        if (value_size(prop) <= LARGE_VALUE) continue;
        prop->ulPropTag = CHANGE_PROP_TYPE(prop->ulPropTag, PT_ERROR);
        prop->Value.err = MAPI_E_NOT_ENOUGH_MEMORY;
        hr = MAPI_W_ERRORS_RETURNED;
    }
    return hr;
}

HRESULT WINAPI store_object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                         ULONG flags, LPUNKNOWN *ret)
{
    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (!IsEqualGUID(iid, &IID_IStream)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & (MAPI_CREATE | MAPI_MODIFY)) && is_computed((struct store_object *)iface, tag))
        return MAPI_E_NO_ACCESS;
    return prop_stream_create((struct store_object *)iface, tag, options, flags, (IStream **)ret);
}

/* Adds to what IPropData found wrong what it never saw. */
static HRESULT add_problems(SPropProblemArray **problems, ULONG count, const SPropProblem *refused,
                            const ULONG *places)
{
    ULONG i, known = *problems ? (*problems)->cProblem : 0;
    SPropProblemArray *ret;
    SCODE sc;

    if (FAILED(sc = MAPIAllocateBuffer(CbNewSPropProblemArray(known + count), (void **)&ret)))
        return sc;
    ret->cProblem = known + count;
    for (i = 0; i < known; i++)
    {
        ret->aProblem[i] = (*problems)->aProblem[i];
        ret->aProblem[i].ulIndex = places[ret->aProblem[i].ulIndex];
    }
    memcpy(ret->aProblem + known, refused, count * sizeof(*refused));
    MAPIFreeBuffer(*problems);
    *problems = ret;
    return S_OK;
}

static void refuse(SPropProblem *problem, ULONG index, ULONG tag)
{
    problem->ulIndex = index;
    problem->ulPropTag = tag;
    problem->scode = MAPI_E_COMPUTED;
}

static HRESULT after_change(struct store_object *object)
{
    return object->changed ? object->changed(object) : S_OK;
}

HRESULT WINAPI store_object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                     LPSPropProblemArray *problems)
{
    struct store_object *object = (struct store_object *)iface;
    ULONG i, kept = 0, refused = 0, *places;
    SPropProblemArray *found = NULL;
    SPropProblem *list;
    SPropValue *values;
    HRESULT hr = S_OK;

    if (problems) *problems = NULL;
    if (!count || !props) return MAPI_E_INVALID_PARAMETER;
    if (!object->modify) return MAPI_E_NO_ACCESS;
    if (has_unicode(count, props) && store_is_ansi(TRUE)) return MAPI_E_BAD_CHARWIDTH;
    values = malloc(count * sizeof(*values));
    places = malloc(count * sizeof(*places));
    list = malloc(count * sizeof(*list));
    if (!values || !places || !list) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (is_computed(object, props[i].ulPropTag))
            refuse(&list[refused++], i, props[i].ulPropTag);
        else
        {
            places[kept] = i;
            values[kept++] = props[i];
        }
    }
    if (SUCCEEDED(hr) && kept) hr = IPropData_SetProps(object->object.props, kept, values, &found);
    if (SUCCEEDED(hr) && kept) hr = after_change(object);
    if (SUCCEEDED(hr) && problems && (found || refused))
        hr = add_problems(&found, refused, list, places);
    if (SUCCEEDED(hr) && problems) *problems = found;
    else MAPIFreeBuffer(found);
    free(values);
    free(places);
    free(list);
    return hr;
}

HRESULT WINAPI store_object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                        LPSPropProblemArray *problems)
{
    struct store_object *object = (struct store_object *)iface;
    ULONG i, kept = 0, refused = 0, *places;
    SPropProblemArray *found = NULL;
    SPropTagArray *allowed;
    SPropProblem *list;
    HRESULT hr = S_OK;

    if (problems) *problems = NULL;
    if (!tags || !tags->cValues) return MAPI_E_INVALID_PARAMETER;
    if (!object->modify) return MAPI_E_NO_ACCESS;
    allowed = malloc(CbNewSPropTagArray(tags->cValues));
    places = malloc(tags->cValues * sizeof(*places));
    list = malloc(tags->cValues * sizeof(*list));
    if (!allowed || !places || !list) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < tags->cValues && SUCCEEDED(hr); i++)
    {
        if (is_computed(object, tags->aulPropTag[i]))
            refuse(&list[refused++], i, tags->aulPropTag[i]);
        else
        {
            places[kept] = i;
            allowed->aulPropTag[kept++] = tags->aulPropTag[i];
        }
    }
    if (SUCCEEDED(hr) && (allowed->cValues = kept))
        hr = IPropData_DeleteProps(object->object.props, allowed, &found);
    if (SUCCEEDED(hr) && kept) hr = after_change(object);
    if (SUCCEEDED(hr) && problems && (found || refused))
        hr = add_problems(&found, refused, list, places);
    if (SUCCEEDED(hr) && problems) *problems = found;
    else MAPIFreeBuffer(found);
    free(allowed);
    free(places);
    free(list);
    return hr;
}

HRESULT WINAPI store_object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                            ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    return names_of_ids(((struct store_object *)iface)->store->content, tags, set, flags, count,
                        names);
}

HRESULT WINAPI store_object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                            ULONG flags, LPSPropTagArray *tags)
{
    return ids_of_names(((struct store_object *)iface)->store->content, count, names, flags, tags);
}

/* MAPI_DECLINE_OK: the caller rather does itself what the support object would do. */
HRESULT store_object_copy_to(struct store_object *object, const IID *own_iid, ULONG exclude_count,
                             const IID *exclude, SPropTagArray *tags, ULONG_PTR ui,
                             IMAPIProgress *progress, const IID *iid, void *dst, ULONG flags,
                             SPropProblemArray **problems)
{
    IMAPISupport *support = store_support(object->store);
    HRESULT hr;

    if (problems) *problems = NULL;
    if (!support) return MAPI_E_CALL_FAILED;
    hr = MAPI_E_DECLINE_COPY;
    if (!(flags & MAPI_DECLINE_OK))
        hr = IMAPISupport_DoCopyTo(support, own_iid, object, exclude_count, exclude, tags, ui,
                                   progress, iid, dst, flags, problems);
    IMAPISupport_Release(support);
    return hr;
}

HRESULT store_object_copy_props(struct store_object *object, const IID *own_iid,
                                SPropTagArray *tags, ULONG_PTR ui, IMAPIProgress *progress,
                                const IID *iid, void *dst, ULONG flags,
                                SPropProblemArray **problems)
{
    IMAPISupport *support = store_support(object->store);
    HRESULT hr;

    if (problems) *problems = NULL;
    if (!support) return MAPI_E_CALL_FAILED;
    hr = MAPI_E_DECLINE_COPY;
    if (!(flags & MAPI_DECLINE_OK))
        hr = IMAPISupport_DoCopyProps(support, own_iid, object, tags, ui, progress, iid, dst, flags,
                                      problems);
    IMAPISupport_Release(support);
    return hr;
}
