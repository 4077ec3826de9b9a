/*
 * The store provider: initialisation, logons, fast shutdown
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
 * The provider object keeps the list of its open stores, so that a second logon of one finds it and
 * then gives no logon object, as the reference asks. Which file: the path in the profile section,
 * else that in the entry ID; a new section's is made. One that was opened before and is gone is
 * made anew, as another store, if its folder is there: without that a disk may only be missing.
 *
 * Fast shutdown has little to do: what SaveChanges promised is on the disk already. Notified, it
 * moves the log into the file, which spares the next who opens it the work.
 */

#include <initguid.h>
#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static struct provider *impl_from_IMSProvider(IMSProvider *iface)
{
    return CONTAINING_RECORD(iface, struct provider, IMSProvider_iface);
}

static struct provider *impl_from_IMAPIProviderShutdown(IMAPIProviderShutdown *iface)
{
    return CONTAINING_RECORD(iface, struct provider, IMAPIProviderShutdown_iface);
}

/* ---- the list ---- */

/* Counted; NULL if it is not open. */
static struct store *find_open(struct provider *provider, const struct db *db)
{
    struct store *store;

    EnterCriticalSection(&provider->cs);
    for (store = provider->stores; store && store->db != db; store = store->next) ;
    if (store) store_addref(store);
    LeaveCriticalSection(&provider->cs);
    return store;
}

static void put_into_list(struct provider *provider, struct store *store)
{
    EnterCriticalSection(&provider->cs);
    store->next = provider->stores;
    provider->stores = store;
    LeaveCriticalSection(&provider->cs);
}

/* ---- logon ---- */

static HRESULT try_path(const WCHAR *path, BOOL create, const MAPIUID *uid, struct db **ret)
{
    HRESULT hr;

    if (create && FAILED(hr = make_folder_of(path))) return hr;
    if (FAILED(hr = layout_open(path, create, ret))) return hr;
    if (!uid || !memcmp(db_uid(*ret), uid, sizeof(*uid))) return S_OK;
    db_release(*ret);
    *ret = NULL;
    return MAPI_E_NOT_FOUND;            /* another store stands in its place */
}

/* Only the file: where its folder is missing, too, a disk or a share may be away. */
static BOOL is_gone(const WCHAR *path)
{
    return GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES
           && GetLastError() == ERROR_FILE_NOT_FOUND;
}

static HRESULT open_file(IProfSect *section, ULONG size, const ENTRYID *id, struct db **ret)
{
    WCHAR *path = section_text(section, PR_MAPIMS_PATH_W), *id_path = NULL;
    HRESULT hr = MAPI_E_UNCONFIGURED;
    MAPIUID uid, last;
    BOOL known;

    *ret = NULL;
    if (size && FAILED(entryid_parse_store(size, id, &uid, &id_path)))
    {
        platform_free(path);
        return MAPI_E_LOGON_FAILED;
    }
    known = section_uid(section, &last);
    if (path) hr = try_path(path, !size && !known, size ? &uid : NULL, ret);
    if (FAILED(hr) && id_path && *id_path) hr = try_path(id_path, FALSE, &uid, ret);
    if (hr == MAPI_E_NOT_FOUND && path && known && is_gone(path)
        && (!size || !memcmp(&uid, &last, sizeof(uid))))
    {
        WARN("%s is gone: a new, empty store is made in its place\n", debugstr_w(path));
        hr = try_path(path, TRUE, NULL, ret);
    }
    platform_free(path);
    platform_free(id_path);
    return hr;
}

/* The store's name: what the file says, else what the section says, which the file then has,
 * too. */
static void settle_name(struct db *db, IProfSect *section)
{
    static const ULONG tag = PR_DISPLAY_NAME_W;
    SPropValue value;
    struct db_txn *txn;
    WCHAR *name;
    void *block;

    if (db_is_read_only(db) || FAILED(MAPIAllocateBuffer(1, &block))) return;
    if (SUCCEEDED(db_begin(db, DB_READ, &txn)))
    {
        if (FAILED(db_object_columns(txn, DB_ROOT, 1, &tag, MAPIAllocateMore, block, NULL, &value)))
            value.ulPropTag = 0;
        db_rollback(txn);
        if (value.ulPropTag == tag) IProfSect_SetProps(section, 1, &value, NULL);
        else if ((name = section_text(section, PR_DISPLAY_NAME_W)))
        {
            memset(&value, 0, sizeof(value));
            value.ulPropTag = tag;
            value.Value.lpszW = name;
            if (SUCCEEDED(db_begin(db, DB_WRITE, &txn)))
            {
                if (SUCCEEDED(db_object_patch(txn, DB_ROOT, 1, &value, NULL))) db_commit(txn);
                else db_rollback(txn);
            }
            platform_free(name);
        }
    }
    MAPIFreeBuffer(block);
}

static HRESULT set_status_row(IMAPISupport *support, IProfSect *section)
{
    WCHAR *name = section_text(section, PR_DISPLAY_NAME_W);
    SPropValue props[4];
    HRESULT hr;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_PROVIDER_DISPLAY_W;
    props[0].Value.lpszW = (WCHAR *)L"Message Store";
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = name ? name : (WCHAR *)L"Message Store";
    props[2].ulPropTag = PR_STATUS_CODE;
    props[2].Value.l = STATUS_AVAILABLE;
    props[3].ulPropTag = PR_RESOURCE_METHODS;
    props[3].Value.l = STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG;
    hr = IMAPISupport_ModifyStatusRow(support, ARRAY_SIZE(props), props, 0);
    platform_free(name);
    return hr;
}

/* A store that was not open yet, with all that MAPI is told of it. */
static HRESULT open_new(struct provider *provider, IMAPISupport *support, IProfSect *section,
                        struct db *db, ULONG flags, struct store **ret)
{
    ULONG size, wrapped_size;
    struct entryid *id;
    ENTRYID *wrapped;
    HRESULT hr;

    if (FAILED(hr = entryid_of_store(db_uid(db), db_path(db), &size, &id))) return hr;
    hr = IMAPISupport_WrapStoreEntryID(support, size, (ENTRYID *)id, &wrapped_size, &wrapped);
    platform_free(id);
    if (FAILED(hr)) return hr;
    hr = logon_create(provider, support, db, wrapped_size, wrapped, (flags & MDB_WRITE) != 0, ret);
    MAPIFreeBuffer(wrapped);
    if (FAILED(hr)) return hr;
    settle_name(db, section);
    hr = section_set_store(section, db_uid(db), db_path(db));
    if (SUCCEEDED(hr)) hr = IMAPISupport_SetProviderUID(support, (MAPIUID *)db_uid(db), 0);
    if (SUCCEEDED(hr)) hr = set_status_row(support, section);
    if (SUCCEEDED(hr))
    {
        put_into_list(provider, *ret);
        store_purge(*ret);
        return S_OK;
    }
    store_release(*ret);
    store_release(*ret);
    return hr;
}

/* As the reference has them. */
static HRESULT logon_error(ULONG flags, HRESULT hr)
{
    switch (hr)
    {
    case MAPI_E_UNCONFIGURED:
    case MAPI_E_NOT_FOUND:
        return flags & MDB_NO_DIALOG ? MAPI_E_LOGON_FAILED : MAPI_E_UNCONFIGURED;
    case MAPI_E_LOGON_FAILED:
    case MAPI_E_INTERFACE_NOT_SUPPORTED:
    case MAPI_E_NOT_ENOUGH_MEMORY:
        return hr;
    default:
        return MAPI_E_FAILONEPROVIDER;
    }
}

/* error: what goes wrong with the file, in words. */
static HRESULT open_store(struct provider *provider, IMAPISupport *support, ULONG size,
                          const ENTRYID *id, ULONG flags, struct store **ret, BOOL *is_new,
                          MAPIERROR **error)
{
    IProfSect *section;
    WCHAR *path;
    struct db *db;
    HRESULT hr;

    *is_new = FALSE;
    hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = open_file(section, size, id, &db)))
    {
        if (!(*ret = find_open(provider, db)))
        {
            *is_new = TRUE;
            hr = open_new(provider, support, section, db, flags, ret);
        }
        /* Whoever opens it for writing later gets what he asks for. */
        else if (flags & MDB_WRITE) (*ret)->object.modify = TRUE;
        db_release(db);
    }
    if (FAILED(hr))
    {
        path = section_text(section, PR_MAPIMS_PATH_W);
        file_error(flags, hr, path, error);
        platform_free(path);
    }
    IProfSect_Release(section);
    return hr;
}

static HRESULT WINAPI provider_Logon(IMSProvider *iface, LPMAPISUP support, ULONG_PTR ui,
                                     LPTSTR profile, ULONG size, LPENTRYID id, ULONG flags,
                                     LPCIID iid, ULONG *security_size, LPBYTE *security,
                                     LPMAPIERROR *error, LPMSLOGON *ret_logon, LPMDB *ret_store)
{
    struct provider *provider = impl_from_IMSProvider(iface);
    struct store *store;
    BOOL is_new;
    HRESULT hr;

    TRACE("%p, %p, %lu, %p, %#lx\n", iface, support, size, id, flags);

    if (!support || !ret_logon || !ret_store || (size && !id)) return MAPI_E_INVALID_PARAMETER;
    *ret_logon = NULL;
    *ret_store = NULL;
    if (error) *error = NULL;
    if (security_size) *security_size = 0;
    if (security) *security = NULL;
    if (iid && !object_has_interface(&msgstore_class, iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = open_store(provider, support, size, id, flags, &store, &is_new,
                                error)))
    {
        WARN("no logon: %#lx\n", hr);
        return logon_error(flags, hr);
    }
    *ret_store = (IMsgStore *)store;
    if (is_new) *ret_logon = &store->IMSLogon_iface;
    return S_OK;
}

/* The spooler's logon is of the same process: it shares the client's object, and sees what it
 * sees. */
static HRESULT WINAPI provider_SpoolerLogon(IMSProvider *iface, LPMAPISUP support, ULONG_PTR ui,
                                            LPTSTR profile, ULONG size, LPENTRYID id, ULONG flags,
                                            LPCIID iid, ULONG security_size, LPBYTE security,
                                            LPMAPIERROR *error, LPMSLOGON *ret_logon,
                                            LPMDB *ret_store)
{
    struct provider *provider = impl_from_IMSProvider(iface);
    struct store *store;
    BOOL is_new;
    HRESULT hr;

    TRACE("%p, %p, %lu, %p, %#lx\n", iface, support, size, id, flags);

    if (!support || !ret_logon || !ret_store || (size && !id)) return MAPI_E_INVALID_PARAMETER;
    *ret_logon = NULL;
    *ret_store = NULL;
    if (error) *error = NULL;
    hr = open_store(provider, support, size, id, flags | MDB_WRITE, &store, &is_new, error);
    if (FAILED(hr)) return logon_error(flags | MDB_NO_DIALOG, hr);
    /* A reference for either interface. */
    if (!is_new) store_addref(store);
    *ret_logon = &store->IMSLogon_iface;
    *ret_store = (IMsgStore *)store;
    return S_OK;
}

static HRESULT WINAPI provider_CompareStoreIDs(IMSProvider *iface, ULONG size1, LPENTRYID id1,
                                               ULONG size2, LPENTRYID id2, ULONG flags,
                                               ULONG *result)
{
    if (!result) return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if ((size1 && !id1) || (size2 && !id2)) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    *result = entryid_equal(size1, id1, size2, id2);
    return S_OK;
}

/* ---- IMSProvider ---- */

static HRESULT WINAPI provider_QueryInterface(IMSProvider *iface, REFIID iid, void **ret)
{
    struct provider *provider = impl_from_IMSProvider(iface);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMSProvider)) *ret = iface;
    else if (IsEqualGUID(iid, &IID_IMAPIProviderShutdown))
        *ret = &provider->IMAPIProviderShutdown_iface;
    else return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMSProvider_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI provider_AddRef(IMSProvider *iface)
{
    return InterlockedIncrement(&impl_from_IMSProvider(iface)->ref);
}

static ULONG WINAPI provider_Release(IMSProvider *iface)
{
    struct provider *provider = impl_from_IMSProvider(iface);
    LONG ref = InterlockedDecrement(&provider->ref);

    if (ref) return ref;
    DeleteCriticalSection(&provider->cs);
    platform_free(provider);
    return 0;
}

static HRESULT WINAPI provider_Shutdown(IMSProvider *iface, ULONG *flags)
{
    TRACE("%p\n", iface);
    return S_OK;
}

static const IMSProviderVtbl provider_vtbl =
{
    provider_QueryInterface,
    provider_AddRef,
    provider_Release,
    provider_Shutdown,
    provider_Logon,
    provider_SpoolerLogon,
    provider_CompareStoreIDs
};

/* ---- IMAPIProviderShutdown ---- */

static HRESULT WINAPI shutdown_QueryInterface(IMAPIProviderShutdown *iface, REFIID iid, void **ret)
{
    return IMSProvider_QueryInterface(&impl_from_IMAPIProviderShutdown(iface)->IMSProvider_iface,
                                      iid, ret);
}

static ULONG WINAPI shutdown_AddRef(IMAPIProviderShutdown *iface)
{
    return IMSProvider_AddRef(&impl_from_IMAPIProviderShutdown(iface)->IMSProvider_iface);
}

static ULONG WINAPI shutdown_Release(IMAPIProviderShutdown *iface)
{
    return IMSProvider_Release(&impl_from_IMAPIProviderShutdown(iface)->IMSProvider_iface);
}

/* It needs no logoff. */
static HRESULT WINAPI shutdown_QueryFastShutdown(IMAPIProviderShutdown *iface)
{
    TRACE("%p\n", iface);
    return S_OK;
}

static void flush_all(struct provider *provider)
{
    struct db *files[16];
    struct store *store;
    ULONG i, count = 0;

    EnterCriticalSection(&provider->cs);
    for (store = provider->stores; store && count < ARRAY_SIZE(files); store = store->next)
        files[count++] = db_addref(store->db);
    LeaveCriticalSection(&provider->cs);
    for (i = 0; i < count; i++)
    {
        db_flush(files[i]);
        db_release(files[i]);
    }
}

static HRESULT WINAPI shutdown_NotifyProcessShutdown(IMAPIProviderShutdown *iface)
{
    TRACE("%p\n", iface);
    flush_all(impl_from_IMAPIProviderShutdown(iface));
    return S_OK;
}

static HRESULT WINAPI shutdown_DoFastShutdown(IMAPIProviderShutdown *iface)
{
    TRACE("%p\n", iface);
    flush_all(impl_from_IMAPIProviderShutdown(iface));
    return S_OK;
}

static const IMAPIProviderShutdownVtbl shutdown_vtbl =
{
    shutdown_QueryInterface,
    shutdown_AddRef,
    shutdown_Release,
    shutdown_QueryFastShutdown,
    shutdown_NotifyProcessShutdown,
    shutdown_DoFastShutdown
};

/***********************************************************************
 *      MSProviderInit
 *
 * MAPI_E_VERSION: the subsystem is older than this provider interface.
 */
HRESULT STDMAPIINITCALLTYPE MSProviderInit(HINSTANCE instance, LPMALLOC malloc,
                                           LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                           LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version,
                                           LPMSPROVIDER *ret)
{
    struct provider *provider;

    TRACE("%p, %#lx, %#lx\n", instance, flags, mapi_version);

    if (!provider_version || !ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    *provider_version = CURRENT_SPI_VERSION;
    if (mapi_version < CURRENT_SPI_VERSION) return MAPI_E_VERSION;
    if (!(provider = platform_alloc_zero(sizeof(*provider)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->IMSProvider_iface.lpVtbl = (IMSProviderVtbl *)&provider_vtbl;
    provider->IMAPIProviderShutdown_iface.lpVtbl = (IMAPIProviderShutdownVtbl *)&shutdown_vtbl;
    provider->ref = 1;
    provider->instance = instance;
    InitializeCriticalSection(&provider->cs);
    *ret = &provider->IMSProvider_iface;
    return S_OK;
}
