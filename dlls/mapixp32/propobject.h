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

/* See propobject.c. Cast to void * these functions fit the vtable of any interface that IMAPIProp
 * is the beginning of. */

#ifndef MAPIXP32_PROPOBJECT_H
#define MAPIXP32_PROPOBJECT_H

struct prop_object
{
    const void *vtbl;
    LONG ref;
    IPropData *props;
    void (*destroy)(struct prop_object *object);
};

/* On failure object->props is NULL, and the object is the caller's to destroy. */
HRESULT prop_object_init(struct prop_object *object, const void *vtbl,
                         void (*destroy)(struct prop_object *object));
ULONG WINAPI prop_object_AddRef(IMAPIProp *iface);
ULONG WINAPI prop_object_Release(IMAPIProp *iface);
HRESULT WINAPI prop_object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags,
                                        LPMAPIERROR *ret);
HRESULT WINAPI prop_object_SaveChanges(IMAPIProp *iface, ULONG flags);
HRESULT WINAPI prop_object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags,
                                    ULONG *count, LPSPropValue *props);
HRESULT WINAPI prop_object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags);
HRESULT WINAPI prop_object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                        ULONG flags, LPUNKNOWN *ret);
HRESULT WINAPI prop_object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                    LPSPropProblemArray *problems);
HRESULT WINAPI prop_object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                       LPSPropProblemArray *problems);
HRESULT WINAPI prop_object_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                                  LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                  LPCIID iid, void *dst, ULONG flags,
                                  LPSPropProblemArray *problems);
HRESULT WINAPI prop_object_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                     LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                     LPSPropProblemArray *problems);
HRESULT WINAPI prop_object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                           ULONG flags, ULONG *count, LPMAPINAMEID **names);
HRESULT WINAPI prop_object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                           ULONG flags, LPSPropTagArray *tags);

#endif /* MAPIXP32_PROPOBJECT_H */
