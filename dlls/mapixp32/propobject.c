/*
 * Mail transport: objects that have properties
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
 * The status object and what a configuration sheet works on keep their properties in an IPropData.
 * They begin with a struct prop_object, and these functions are slots 1 and 3 to 13 of their
 * vtables; the last Release of an object calls its destroy.
 */

#include "transport.h"
#include "propobject.h"

static IPropData *props_of(IMAPIProp *iface)
{
    return ((struct prop_object *)iface)->props;
}

HRESULT prop_object_init(struct prop_object *object, const void *vtbl,
                         void (*destroy)(struct prop_object *object))
{
    object->vtbl = vtbl;
    object->ref = 1;
    object->destroy = destroy;
    return CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                       NULL, &object->props);
}

ULONG WINAPI prop_object_AddRef(IMAPIProp *iface)
{
    return InterlockedIncrement(&((struct prop_object *)iface)->ref);
}

ULONG WINAPI prop_object_Release(IMAPIProp *iface)
{
    struct prop_object *object = (struct prop_object *)iface;
    LONG ref = InterlockedDecrement(&object->ref);

    if (!ref)
    {
        if (object->props) IPropData_Release(object->props);
        object->destroy(object);
    }
    return ref;
}

HRESULT WINAPI prop_object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    return flags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

HRESULT WINAPI prop_object_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    return S_OK;
}

HRESULT WINAPI prop_object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags,
                                    ULONG *count, LPSPropValue *props)
{
    return IPropData_GetProps(props_of(iface), tags, flags, count, props);
}

HRESULT WINAPI prop_object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags)
{
    return IPropData_GetPropList(props_of(iface), flags, tags);
}

HRESULT WINAPI prop_object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                        ULONG flags, LPUNKNOWN *ret)
{
    return IPropData_OpenProperty(props_of(iface), tag, iid, options, flags, ret);
}

HRESULT WINAPI prop_object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                    LPSPropProblemArray *problems)
{
    return IPropData_SetProps(props_of(iface), count, props, problems);
}

HRESULT WINAPI prop_object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                       LPSPropProblemArray *problems)
{
    return IPropData_DeleteProps(props_of(iface), tags, problems);
}

HRESULT WINAPI prop_object_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                                  LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                  LPCIID iid, void *dst, ULONG flags, LPSPropProblemArray *problems)
{
    return IPropData_CopyTo(props_of(iface), exclude_count, exclude, tags, ui, progress, iid, dst,
                            flags, problems);
}

HRESULT WINAPI prop_object_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                     LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                     LPSPropProblemArray *problems)
{
    return IPropData_CopyProps(props_of(iface), tags, ui, progress, iid, dst, flags, problems);
}

HRESULT WINAPI prop_object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                           ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    return IPropData_GetNamesFromIDs(props_of(iface), tags, set, flags, count, names);
}

HRESULT WINAPI prop_object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                           ULONG flags, LPSPropTagArray *tags)
{
    return IPropData_GetIDsFromNames(props_of(iface), count, names, flags, tags);
}
