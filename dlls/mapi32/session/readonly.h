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
 * A read-only IMAPIProp over an array of properties that never changes: one-off recipients, the
 * subsystem's own status objects. An interface with more methods puts them behind these.
 */

#ifndef MAPI32_SESSION_READONLY_H
#define MAPI32_SESSION_READONLY_H

#include "session/session.h"

struct readonly_object
{
    IMAPIProp IMAPIProp_iface;  /* with the vtable of whatever it is */
    LONG ref;
    const IID *iids[2];         /* of the interfaces it has, besides IUnknown and IMAPIProp */
    struct session *session;    /* counted; NULL for an object that needs none */
    ULONG count;
    SPropValue *props;          /* memory_allocators */
    struct last_error error;
};

/* props are copied. vtbl begins with the methods below. */
HRESULT readonly_create(const void *vtbl, const IID *iid, const IID *base, struct session *session,
                        ULONG count, const SPropValue *props, IMAPIProp **ret);
struct readonly_object *impl_from_readonly(IMAPIProp *iface);

HRESULT WINAPI readonly_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret);
ULONG WINAPI readonly_AddRef(IMAPIProp *iface);
ULONG WINAPI readonly_Release(IMAPIProp *iface);
HRESULT WINAPI readonly_GetLastError(IMAPIProp *iface, HRESULT result, ULONG flags,
                                     LPMAPIERROR *error);
HRESULT WINAPI readonly_SaveChanges(IMAPIProp *iface, ULONG flags);
HRESULT WINAPI readonly_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                 LPSPropValue *props);
HRESULT WINAPI readonly_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags);
HRESULT WINAPI readonly_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                     ULONG flags, LPUNKNOWN *object);
HRESULT WINAPI readonly_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                 LPSPropProblemArray *problems);
HRESULT WINAPI readonly_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                    LPSPropProblemArray *problems);
HRESULT WINAPI readonly_CopyTo(IMAPIProp *iface, ULONG iid_count, LPCIID iids,
                               LPSPropTagArray exclude, ULONG_PTR ui, LPMAPIPROGRESS progress,
                               LPCIID iid, LPVOID dest, ULONG flags, LPSPropProblemArray *problems);
HRESULT WINAPI readonly_CopyProps(IMAPIProp *iface, LPSPropTagArray include, ULONG_PTR ui,
                                  LPMAPIPROGRESS progress, LPCIID iid, LPVOID dest, ULONG flags,
                                  LPSPropProblemArray *problems);
HRESULT WINAPI readonly_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                        ULONG flags, ULONG *count, LPMAPINAMEID **names);
HRESULT WINAPI readonly_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                        ULONG flags, LPSPropTagArray *tags);

#endif /* MAPI32_SESSION_READONLY_H */
