/*
 * Sample providers: IMAPIProp of objects over an IPropData
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

/* Every call goes to the IPropData unchanged but for the details of mail users; only the reference
 * count is the object's own. */

#include <stdarg.h>
#include <stdlib.h>

#include "sample.h"

static IPropData *props_of(IMAPIProp *iface)
{
    return ((struct prop_object *)iface)->props;
}

HRESULT prop_object_init(struct prop_object *object, const void *vtbl, ULONG count,
                         SPropValue *props)
{
    SCODE sc;

    object->vtbl = vtbl;
    object->ref = 1;
    sc = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &object->props);
    if (FAILED(sc)) return sc;
    prop_object_set(object, count, props);
    return S_OK;
}

void prop_object_set(struct prop_object *object, ULONG count, SPropValue *props)
{
    IPropData_SetProps(object->props, count, props, NULL);
}

ULONG WINAPI object_AddRef(IMAPIProp *iface)
{
    return InterlockedIncrement(&((struct prop_object *)iface)->ref);
}

HRESULT prop_object_create(size_t size, const void *vtbl, const IID *const *iids, void *owner,
                           ULONG count, SPropValue *props, void **ret)
{
    struct prop_object *object;
    HRESULT hr;

    *ret = NULL;
    if (!(object = calloc(1, size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = prop_object_init(object, vtbl, count, props)))
    {
        free(object);
        return hr;
    }
    object->iids = iids;
    object->owner = owner;
    IUnknown_AddRef(object->owner);
    *ret = object;
    return S_OK;
}

HRESULT WINAPI object_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    const IID *const *iids = ((struct prop_object *)iface)->iids;

    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp))
    {
        while (*iids && !IsEqualGUID(iid, *iids)) iids++;
        if (!*iids) return E_NOINTERFACE;
    }
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

ULONG WINAPI object_Release(IMAPIProp *iface)
{
    struct prop_object *object = (struct prop_object *)iface;
    LONG ref = InterlockedDecrement(&object->ref);

    if (!ref)
    {
        IPropData_Release(object->props);
        IUnknown_Release(object->owner);
        free(object);
    }
    return ref;
}

HRESULT WINAPI object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret)
{
    *ret = NULL;
    return S_OK;
}

HRESULT WINAPI object_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    return S_OK;
}

HRESULT WINAPI object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags, ULONG *count,
                               LPSPropValue *props)
{
    return IPropData_GetProps(props_of(iface), tags, flags, count, props);
}

HRESULT WINAPI object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags)
{
    return IPropData_GetPropList(props_of(iface), flags, tags);
}

HRESULT WINAPI object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                   ULONG flags, LPUNKNOWN *ret)
{
    HRESULT hr;

    *ret = NULL;
    if (details_open_property(props_of(iface), tag, iid, ret, &hr)) return hr;
    return IPropData_OpenProperty(props_of(iface), tag, iid, options, flags, ret);
}

HRESULT WINAPI object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                               LPSPropProblemArray *problems)
{
    return IPropData_SetProps(props_of(iface), count, props, problems);
}

HRESULT WINAPI object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                  LPSPropProblemArray *problems)
{
    return IPropData_DeleteProps(props_of(iface), tags, problems);
}

HRESULT WINAPI object_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                             LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                             LPCIID iid, void *dst, ULONG flags, LPSPropProblemArray *problems)
{
    return IPropData_CopyTo(props_of(iface), exclude_count, exclude, tags, ui, progress, iid, dst,
                            flags, problems);
}

HRESULT WINAPI object_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                LPSPropProblemArray *problems)
{
    return IPropData_CopyProps(props_of(iface), tags, ui, progress, iid, dst, flags, problems);
}

HRESULT WINAPI object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                      ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    return IPropData_GetNamesFromIDs(props_of(iface), tags, set, flags, count, names);
}

HRESULT WINAPI object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                      ULONG flags, LPSPropTagArray *tags)
{
    return IPropData_GetIDsFromNames(props_of(iface), count, names, flags, tags);
}
