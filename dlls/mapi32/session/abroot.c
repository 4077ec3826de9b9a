/*
 * The root of the integrated address book
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
 * The container that IAddrBook::OpenEntry gives for a zero-length entry ID. Its hierarchy is that
 * of all address book providers, one after the other in the order of the profile, and follows
 * theirs; a provider that has none, or fails, is left out. There are no entries in it, nor can any
 * be put there.
 */

#include <string.h>

#include "session/abpath.h"
#include "session/merged.h"
#include "session/readonly.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

HRESULT abroot_table(struct session *session, ULONG flags, IMAPITable **ret)
{
    return merged_table(session, flags & CONVENIENT_DEPTH ? MERGED_ALL : MERGED_TOP, flags, ret);
}

static struct session *root_session(IABContainer *iface)
{
    return impl_from_readonly((IMAPIProp *)iface)->session;
}

static HRESULT root_check(IABContainer *iface)
{
    if (!session_alive(root_session(iface))) return MAPI_E_INVALID_OBJECT;
    return shutdown_done() ? MAPI_E_END_OF_SESSION : S_OK;
}

static HRESULT WINAPI root_GetContentsTable(IABContainer *iface, ULONG flags, LPMAPITABLE *table)
{
    if (!table) return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI root_GetHierarchyTable(IABContainer *iface, ULONG flags, LPMAPITABLE *table)
{
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, table);

    if (!table) return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (FAILED(hr = root_check(iface))) return hr;
    if (flags & ~(CONVENIENT_DEPTH | MAPI_DEFERRED_ERRORS | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    return abroot_table(root_session(iface), flags, table);
}

static HRESULT WINAPI root_OpenEntry(IABContainer *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                     ULONG flags, ULONG *type, LPUNKNOWN *object)
{
    struct readonly_object *root = impl_from_readonly((IMAPIProp *)iface);
    HRESULT hr;

    if (type) *type = 0;
    if (object) *object = NULL;
    if (!type || !object) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = root_check(iface))) return hr;
    if (!size) return abroot_open(root->session, iid, flags, type, object);
    return session_open_entry(root->session, &root->error, size, id, iid, flags, type, object);
}

static HRESULT WINAPI root_SetSearchCriteria(IABContainer *iface, LPSRestriction restriction,
                                             LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI root_GetSearchCriteria(IABContainer *iface, ULONG flags,
                                             LPSRestriction *restriction, LPENTRYLIST *list,
                                             ULONG *state)
{
    if (restriction) *restriction = NULL;
    if (list) *list = NULL;
    if (state) *state = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI root_CreateEntry(IABContainer *iface, ULONG size, LPENTRYID id, ULONG flags,
                                       LPMAPIPROP *entry)
{
    if (entry) *entry = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI root_CopyEntries(IABContainer *iface, LPENTRYLIST list, ULONG_PTR ui,
                                       LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI root_DeleteEntries(IABContainer *iface, LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI root_ResolveNames(IABContainer *iface, LPSPropTagArray tags, ULONG flags,
                                        LPADRLIST list, LPFlagList flag_list)
{
    return MAPI_E_NO_SUPPORT;
}

static const IABContainerVtbl root_vtbl =
{
    (void *)readonly_QueryInterface,
    (void *)readonly_AddRef,
    (void *)readonly_Release,
    (void *)readonly_GetLastError,
    (void *)readonly_SaveChanges,
    (void *)readonly_GetProps,
    (void *)readonly_GetPropList,
    (void *)readonly_OpenProperty,
    (void *)readonly_SetProps,
    (void *)readonly_DeleteProps,
    (void *)readonly_CopyTo,
    (void *)readonly_CopyProps,
    (void *)readonly_GetNamesFromIDs,
    (void *)readonly_GetIDsFromNames,
    root_GetContentsTable,
    root_GetHierarchyTable,
    root_OpenEntry,
    root_SetSearchCriteria,
    root_GetSearchCriteria,
    root_CreateEntry,
    root_CopyEntries,
    root_DeleteEntries,
    root_ResolveNames
};

HRESULT abroot_open(struct session *session, const IID *iid, ULONG flags, ULONG *type,
                    IUnknown **ret)
{
    static const WCHAR name[] = L"Address Book";
    SPropValue props[4];
    IMAPIProp *object;
    HRESULT hr;

    if (iid && !IsEqualIID(iid, &IID_IABContainer) && !IsEqualIID(iid, &IID_IMAPIContainer)
        && !IsEqualIID(iid, &IID_IMAPIProp) && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & MAPI_MODIFY && !(flags & MAPI_BEST_ACCESS)) return MAPI_E_NO_ACCESS;

    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_ABCONT;
    props[1].ulPropTag = PR_DISPLAY_TYPE;
    props[1].Value.l = DT_NOT_SPECIFIC;
    props[2].ulPropTag = PR_CONTAINER_FLAGS;
    props[2].Value.l = AB_SUBCONTAINERS | AB_UNMODIFIABLE;
    props[3].ulPropTag = PR_DISPLAY_NAME_W;
    props[3].Value.lpszW = (WCHAR *)name;
    hr = readonly_create(&root_vtbl, &IID_IABContainer, &IID_IMAPIContainer, session, 4, props,
                         &object);
    if (FAILED(hr)) return hr;
    *type = MAPI_ABCONT;
    *ret = (IUnknown *)object;
    return S_OK;
}
