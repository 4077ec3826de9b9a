/*
 * Objects whose properties only the subsystem sets
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
 * IMAPIProp over an array that is set once and never changes, so that no lock is needed. What would
 * change it is refused with MAPI_E_NO_ACCESS; there are no named properties and nothing to open.
 */

#include <string.h>

#include "session/readonly.h"

struct readonly_object *impl_from_readonly(IMAPIProp *iface)
{
    return CONTAINING_RECORD(iface, struct readonly_object, IMAPIProp_iface);
}

HRESULT readonly_create(const void *vtbl, const IID *iid, const IID *base, struct session *session,
                        ULONG count, const SPropValue *props, IMAPIProp **ret)
{
    struct readonly_object *object;
    HRESULT hr;

    *ret = NULL;
    if (!(object = platform_alloc_zero(sizeof(*object)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = props_copy(&memory_allocators, count, props, &object->props)))
    {
        platform_free(object);
        return hr;
    }
    object->IMAPIProp_iface.lpVtbl = (IMAPIPropVtbl *)vtbl;
    object->ref = 1;
    object->iids[0] = iid;
    object->iids[1] = base;
    if (session) object->session = session_addref(session);
    object->count = count;
    last_error_init(&object->error);
    *ret = &object->IMAPIProp_iface;
    return S_OK;
}

HRESULT WINAPI readonly_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    struct readonly_object *object = impl_from_readonly(iface);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, object->iids[0]) && !IsEqualIID(iid, object->iids[1]))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIProp_AddRef(iface);
    *ret = iface;
    return S_OK;
}

ULONG WINAPI readonly_AddRef(IMAPIProp *iface)
{
    return InterlockedIncrement(&impl_from_readonly(iface)->ref);
}

ULONG WINAPI readonly_Release(IMAPIProp *iface)
{
    struct readonly_object *object = impl_from_readonly(iface);
    ULONG ref = InterlockedDecrement(&object->ref);

    if (ref) return ref;
    memory_free_buffer(object->props);
    last_error_destroy(&object->error);
    session_release(object->session);
    platform_free(object);
    return 0;
}

HRESULT WINAPI readonly_GetLastError(IMAPIProp *iface, HRESULT result, ULONG flags,
                                     LPMAPIERROR *error)
{
    if (!error) return MAPI_E_INVALID_PARAMETER;
    *error = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return last_error_get(&impl_from_readonly(iface)->error, result, flags, error);
}

HRESULT WINAPI readonly_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    return S_OK;
}

HRESULT WINAPI readonly_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                 LPSPropValue *props)
{
    struct readonly_object *object = impl_from_readonly(iface);

    if (count) *count = 0;
    if (props) *props = NULL;
    if (!count || !props) return MAPI_E_INVALID_PARAMETER;
    return propset_get_props(&memory_allocators, object->count, object->props, tags, flags, count,
                             props);
}

HRESULT WINAPI readonly_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags)
{
    struct readonly_object *object = impl_from_readonly(iface);

    if (!tags) return MAPI_E_INVALID_PARAMETER;
    *tags = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return propset_get_list(&memory_allocators, object->count, object->props, flags, tags);
}

HRESULT WINAPI readonly_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                     ULONG flags, LPUNKNOWN *object)
{
    if (!object) return MAPI_E_INVALID_PARAMETER;
    *object = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI readonly_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                 LPSPropProblemArray *problems)
{
    if (problems) *problems = NULL;
    if (!count || !props) return MAPI_E_INVALID_PARAMETER;
    return MAPI_E_NO_ACCESS;
}

HRESULT WINAPI readonly_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                    LPSPropProblemArray *problems)
{
    if (problems) *problems = NULL;
    if (!tags) return MAPI_E_INVALID_PARAMETER;
    return MAPI_E_NO_ACCESS;
}

HRESULT WINAPI readonly_CopyTo(IMAPIProp *iface, ULONG iid_count, LPCIID iids,
                               LPSPropTagArray exclude, ULONG_PTR ui, LPMAPIPROGRESS progress,
                               LPCIID iid, LPVOID dest, ULONG flags, LPSPropProblemArray *problems)
{
    if (problems) *problems = NULL;
    if (flags & MAPI_MOVE) return MAPI_E_NO_ACCESS;
    return propset_copy_to(&memory_allocators, iface, iid_count, iids, exclude, iid, dest, flags,
                           problems);
}

HRESULT WINAPI readonly_CopyProps(IMAPIProp *iface, LPSPropTagArray include, ULONG_PTR ui,
                                  LPMAPIPROGRESS progress, LPCIID iid, LPVOID dest, ULONG flags,
                                  LPSPropProblemArray *problems)
{
    if (problems) *problems = NULL;
    if (flags & MAPI_MOVE) return MAPI_E_NO_ACCESS;
    return propset_copy_props(&memory_allocators, iface, include, iid, dest, flags, problems);
}

HRESULT WINAPI readonly_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                        ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    if (count) *count = 0;
    if (names) *names = NULL;
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI readonly_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                        ULONG flags, LPSPropTagArray *tags)
{
    if (tags) *tags = NULL;
    return MAPI_E_NO_SUPPORT;
}
