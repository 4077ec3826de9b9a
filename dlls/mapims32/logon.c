/*
 * The logon object of a store
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
 * Store and logon are one object with two interfaces and one count. Logoff gives back the support
 * object and stops listening to the file; what clients still hold goes on reading and saving, since
 * nothing of it needs MAPI. The last Release takes the store out of the provider's list, under that
 * list's lock, so that a logon cannot find a store that is about to go.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static struct store *impl_from_IMSLogon(IMSLogon *iface)
{
    return CONTAINING_RECORD(iface, struct store, IMSLogon_iface);
}

void store_addref(struct store *store)
{
    InterlockedIncrement(&store->object.ref);
}

static void remove_from_list(struct store *store)
{
    struct store **entry;

    EnterCriticalSection(&store->provider->cs);
    for (entry = &store->provider->stores; *entry && *entry != store; entry = &(*entry)->next) ;
    if (*entry) *entry = store->next;
    LeaveCriticalSection(&store->provider->cs);
}

static void destroy(struct store *store)
{
    struct provider *provider = store->provider;

    changes_stop(store);
    tables_free(store);
    views_free(store);
    if (store->support) IMAPISupport_Release(store->support);
    if (store->object.props) object_destroy(&store->object);
    db_release(store->db);
    platform_free(store->entryid);
    platform_free(store);
    IMSProvider_Release(&provider->IMSProvider_iface);
}

void store_release(struct store *store)
{
    struct provider *provider = store->provider;
    BOOL last;

    EnterCriticalSection(&provider->cs);
    if ((last = !InterlockedDecrement(&store->object.ref))) remove_from_list(store);
    LeaveCriticalSection(&provider->cs);
    if (last) destroy(store);
}

IMAPISupport *store_support(struct store *store)
{
    IMAPISupport *support;

    EnterCriticalSection(&store->provider->cs);
    if ((support = store->support)) IMAPISupport_AddRef(support);
    LeaveCriticalSection(&store->provider->cs);
    return support;
}

/* ---- IMSLogon ---- */

static HRESULT WINAPI logon_QueryInterface(IMSLogon *iface, REFIID iid, void **ret)
{
    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMSLogon))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *ret = iface;
    IMSLogon_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI logon_AddRef(IMSLogon *iface)
{
    return InterlockedIncrement(&impl_from_IMSLogon(iface)->object.ref);
}

static ULONG WINAPI logon_Release(IMSLogon *iface)
{
    return IMsgStore_Release((IMsgStore *)impl_from_IMSLogon(iface));
}

static HRESULT WINAPI logon_GetLastError(IMSLogon *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret)
{
    return object_GetLastError((IMAPIProp *)impl_from_IMSLogon(iface), hr, flags, ret);
}

static HRESULT WINAPI logon_Logoff(IMSLogon *iface, ULONG *flags)
{
    struct store *store = impl_from_IMSLogon(iface);
    IMAPISupport *support;

    TRACE("%p\n", iface);

    remove_from_list(store);
    changes_silence(store);
    EnterCriticalSection(&store->provider->cs);
    support = store->support;
    store->support = NULL;
    LeaveCriticalSection(&store->provider->cs);
    if (support) IMAPISupport_Release(support);
    return S_OK;
}

static HRESULT WINAPI logon_OpenEntry(IMSLogon *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                      ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return store_open_entry(impl_from_IMSLogon(iface), size, id, iid, flags, type, ret);
}

static HRESULT WINAPI logon_CompareEntryIDs(IMSLogon *iface, ULONG size1, LPENTRYID id1,
                                            ULONG size2, LPENTRYID id2, ULONG flags, ULONG *result)
{
    return IMsgStore_CompareEntryIDs((IMsgStore *)impl_from_IMSLogon(iface), size1, id1, size2, id2,
                                     flags, result);
}

static HRESULT WINAPI logon_Advise(IMSLogon *iface, ULONG size, LPENTRYID id, ULONG mask,
                                   LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    return store_advise(impl_from_IMSLogon(iface), size, id, mask, sink, connection);
}

static HRESULT WINAPI logon_Unadvise(IMSLogon *iface, ULONG_PTR connection)
{
    return store_unadvise(impl_from_IMSLogon(iface), connection);
}

static HRESULT WINAPI logon_OpenStatusEntry(IMSLogon *iface, LPCIID iid, ULONG flags, ULONG *type,
                                            void **ret)
{
    return status_open(impl_from_IMSLogon(iface), iid, flags, type, ret);
}

static const IMSLogonVtbl logon_vtbl =
{
    logon_QueryInterface,
    logon_AddRef,
    logon_Release,
    logon_GetLastError,
    logon_Logoff,
    logon_OpenEntry,
    logon_CompareEntryIDs,
    logon_Advise,
    logon_Unadvise,
    logon_OpenStatusEntry
};

HRESULT logon_create(struct provider *provider, IMAPISupport *support, struct db *db,
                     ULONG entryid_size, const ENTRYID *entryid, BOOL modify, struct store **ret)
{
    struct store *store;
    HRESULT hr;

    *ret = NULL;
    if (!(store = platform_alloc_zero(sizeof(*store)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    store->provider = provider;
    IMSProvider_AddRef(&provider->IMSProvider_iface);
    store->support = support;
    IMAPISupport_AddRef(support);
    store->db = db_addref(db);
    store->uid = *db_uid(db);
    store->IMSLogon_iface.lpVtbl = (IMSLogonVtbl *)&logon_vtbl;
    hr = object_init(&store->object, &msgstore_vtbl, &msgstore_class, store, modify, NULL);
    store->object.id = DB_ROOT;
    store->object.ref = 2;
    if (SUCCEEDED(hr)) hr = layout_root_folder(db, &store->root_folder);
    if (SUCCEEDED(hr)) hr = changes_start(store);
    if (SUCCEEDED(hr)) hr = tables_start(store);
    if (SUCCEEDED(hr)) hr = views_start(store);
    if (SUCCEEDED(hr) && !(store->entryid = platform_alloc(entryid_size)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
    {
        destroy(store);
        return hr;
    }
    memcpy(store->entryid, entryid, entryid_size);
    store->entryid_size = entryid_size;
    *ret = store;
    return S_OK;
}
