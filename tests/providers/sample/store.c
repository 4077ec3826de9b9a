/*
 * Sample providers: the message store
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
 * The provider object and its logons. The provider object keeps the list of its open stores, so
 * that a second logon of one finds it (and then gives no logon object, as the documentation asks).
 * Store and logon are one object with two interfaces; Logoff releases the support object, the last
 * Release takes the store out of the list. What is in the store is content.c's, which other stores
 * of the process may share.
 */

#include "store.h"

const MAPIUID store_provider_uid = {{0x2d, 0x8a, 0x13, 0xf6, 0x51, 0x77, 0x4c, 0x0b,
                                     0xb8, 0x2f, 0x5e, 0x09, 0xc4, 0x61, 0x7d, 0x92}};

struct store_provider
{
    IMSProvider IMSProvider_iface;
    struct shutdown shutdown;
    LONG ref;
    struct environment environment;
    CRITICAL_SECTION cs;
    struct store *stores;               /* under cs; not counted */
};

static struct store_provider *impl_from_IMSProvider(IMSProvider *iface)
{
    return CONTAINING_RECORD(iface, struct store_provider, IMSProvider_iface);
}

static struct store *impl_from_IMSLogon(IMSLogon *iface)
{
    return CONTAINING_RECORD(iface, struct store, IMSLogon_iface);
}

void store_entryid_init(const MAPIUID *store, enum sample_object object, ULONG number,
                        struct store_entryid *id)
{
    memset(id, 0, sizeof(*id));
    id->provider = store_provider_uid;
    id->object = object;
    id->number = number;
    id->store = *store;
}

const struct store_entryid *store_entryid_check(const MAPIUID *store, ULONG size, const ENTRYID *id)
{
    const struct store_entryid *ret = (const struct store_entryid *)id;

    if (!id || size != sizeof(*ret) || memcmp(&ret->provider, &store_provider_uid, sizeof(MAPIUID)))
        return NULL;
    return memcmp(&ret->store, store, sizeof(MAPIUID)) ? NULL : ret;
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

void store_release(struct store *store)
{
    BOOL last;

    /* Under the list's lock, so that a logon cannot find a store that is about to go. */
    EnterCriticalSection(&store->provider->cs);
    if ((last = !InterlockedDecrement(&store->object.ref))) remove_from_list(store);
    LeaveCriticalSection(&store->provider->cs);
    if (!last) return;

    if (store->support) IMAPISupport_Release(store->support);
    if (store->content) content_release(store->content);
    if (store->object.props) IPropData_Release(store->object.props);
    IMSProvider_Release(&store->provider->IMSProvider_iface);
    free(store);
}

IMAPISupport *store_support(struct store *store)
{
    IMAPISupport *support;

    EnterCriticalSection(&store->provider->cs);
    if ((support = store->support)) IMAPISupport_AddRef(support);
    LeaveCriticalSection(&store->provider->cs);
    return support;
}

HRESULT store_behave(struct store *store, const char *method)
{
    IMAPISupport *support = store_support(store);
    HRESULT hr = behave(KIND_STORE, method, support);

    if (support) IMAPISupport_Release(support);
    return hr;
}

static HRESULT WINAPI logon_QueryInterface(IMSLogon *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMSLogon)) return E_NOINTERFACE;
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
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI logon_Logoff(IMSLogon *iface, ULONG *flags)
{
    struct store *store = impl_from_IMSLogon(iface);
    IMAPISupport *support;
    HRESULT hr;

    hr = behave(KIND_STORE, "Logoff", store->support);
    sample_save(store->support);
    shutdown_set_support(&store->provider->shutdown, NULL);
    coupled_remove_store(store);
    remove_from_list(store);
    EnterCriticalSection(&store->provider->cs);
    support = store->support;
    store->support = NULL;
    LeaveCriticalSection(&store->provider->cs);
    if (support) IMAPISupport_Release(support);
    return hr;
}

static HRESULT WINAPI logon_OpenEntry(IMSLogon *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                      ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return store_open_entry(impl_from_IMSLogon(iface), size, id, iid, flags, type, ret);
}

static HRESULT WINAPI logon_CompareEntryIDs(IMSLogon *iface, ULONG size1, LPENTRYID id1,
                                            ULONG size2, LPENTRYID id2, ULONG flags, ULONG *result)
{
    *result = size1 == size2 && !memcmp(id1, id2, size1);
    return S_OK;
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
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
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

static HRESULT WINAPI provider_QueryInterface(IMSProvider *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMSProvider))
        return shutdown_query_interface(&impl_from_IMSProvider(iface)->shutdown, iid, ret);
    *ret = iface;
    IMSProvider_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI provider_AddRef(IMSProvider *iface)
{
    return InterlockedIncrement(&impl_from_IMSProvider(iface)->ref);
}

static ULONG WINAPI provider_Release(IMSProvider *iface)
{
    struct store_provider *provider = impl_from_IMSProvider(iface);
    LONG ref = InterlockedDecrement(&provider->ref);

    if (!ref)
    {
        sample_log(KIND_STORE, "Release");
        shutdown_destroy(&provider->shutdown);
        DeleteCriticalSection(&provider->cs);
        free(provider);
    }
    return ref;
}

static HRESULT WINAPI provider_Shutdown(IMSProvider *iface, ULONG *flags)
{
    return behave(KIND_STORE, "Shutdown", NULL);
}

/* Which store: by the entry ID, or the one the profile section belongs to, made on first use. */
static HRESULT find_uid(IMAPISupport *support, ULONG size, const ENTRYID *id, MAPIUID *uid)
{
    const struct store_entryid *entryid = (const struct store_entryid *)id;

    if (!size) return IMAPISupport_NewUID(support, uid);
    if (size != sizeof(*entryid)
        || memcmp(&entryid->provider, &store_provider_uid, sizeof(MAPIUID)))
        return MAPI_E_LOGON_FAILED;
    *uid = entryid->store;
    return S_OK;
}

static struct store *find_open_store(struct store_provider *provider, const MAPIUID *uid)
{
    struct store *store;

    EnterCriticalSection(&provider->cs);
    for (store = provider->stores; store && memcmp(&store->uid, uid, sizeof(*uid));
         store = store->next)
        ;
    if (store) store_addref(store);
    LeaveCriticalSection(&provider->cs);
    return store;
}

/* What MAPI needs in the section to list the store and to find it again. */
static HRESULT write_section(struct store *store)
{
    struct store_entryid id;
    SPropValue props[4];
    ULONG wrapped_size;
    ENTRYID *wrapped;
    IProfSect *section;
    HRESULT hr;

    store_entryid_init(&store->uid, OBJECT_STORE, 0, &id);
    hr = IMAPISupport_WrapStoreEntryID(store->support, sizeof(id), (ENTRYID *)&id, &wrapped_size,
                                       &wrapped);
    if (FAILED(hr)) return hr;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ENTRYID;
    props[0].Value.bin.cb = wrapped_size;
    props[0].Value.bin.lpb = (BYTE *)wrapped;
    props[1].ulPropTag = PR_RECORD_KEY;
    props[1].Value.bin.cb = sizeof(store->uid);
    props[1].Value.bin.lpb = store->uid.ab;
    props[2].ulPropTag = PR_DISPLAY_NAME_A;
    props[2].Value.lpszA = (char *)"Sample Store";
    props[3].ulPropTag = PR_MDB_PROVIDER;
    props[3].Value.bin.cb = sizeof(store_provider_uid);
    props[3].Value.bin.lpb = (BYTE *)store_provider_uid.ab;
    if (SUCCEEDED(
            hr = IMAPISupport_OpenProfileSection(store->support, NULL, MAPI_MODIFY, &section)))
    {
        hr = IProfSect_SetProps(section, 4, props, NULL);
        IProfSect_Release(section);
    }
    if (SUCCEEDED(hr)) prop_object_set(&store->object, 4, props);
    MAPIFreeBuffer(wrapped);
    return hr;
}

/* Where the files of stores are; empty: there are none. */
static void find_directory(IMAPISupport *support, char path[MAX_PATH])
{
    SizedSPropTagArray(1, tags) = {1, {PR_SAMPLE_STORE_DIRECTORY}};
    IProfSect *section;
    SPropValue *prop;
    ULONG count;

    *path = 0;
    if (FAILED(IMAPISupport_OpenProfileSection(support, NULL, 0, &section))) return;
    if (SUCCEEDED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &prop)))
    {
        if (prop->ulPropTag == PR_SAMPLE_STORE_DIRECTORY)
            lstrcpynA(path, prop->Value.lpszA, MAX_PATH);
        MAPIFreeBuffer(prop);
    }
    IProfSect_Release(section);
}

static HRESULT set_store_props(struct store *store)
{
    static const struct {ULONG tag, folder;} folders[] =
    {
        {PR_IPM_SUBTREE_ENTRYID, FOLDER_SUBTREE},
        {PR_IPM_OUTBOX_ENTRYID, FOLDER_OUTBOX},
        {PR_IPM_SENTMAIL_ENTRYID, FOLDER_SENT},
        {PR_IPM_WASTEBASKET_ENTRYID, FOLDER_DELETED},
        {PR_FINDER_ENTRYID, FOLDER_FINDER}
    };
    struct store_entryid ids[ARRAYSIZE(folders)];
    SPropValue props[ARRAYSIZE(folders) + 4], *prop = props;
    ULONG i;

    memset(props, 0, sizeof(props));
    for (i = 0; i < ARRAYSIZE(folders); i++, prop++)
    {
        store_entryid_init(&store->uid, OBJECT_FOLDER, folders[i].folder, &ids[i]);
        prop->ulPropTag = folders[i].tag;
        prop->Value.bin.cb = sizeof(ids[i]);
        prop->Value.bin.lpb = (BYTE *)&ids[i];
    }
    prop->ulPropTag = PR_OBJECT_TYPE;
    prop++->Value.l = MAPI_STORE;
    prop->ulPropTag = PR_STORE_SUPPORT_MASK;
    prop++->Value.l = STORE_ENTRYID_UNIQUE | STORE_MODIFY_OK | STORE_CREATE_OK | STORE_ATTACH_OK |
                      STORE_OLE_OK | STORE_SUBMIT_OK | STORE_NOTIFY_OK | STORE_SORT_OK |
                      STORE_RESTRICTION_OK | STORE_CATEGORIZE_OK
                      | (store_is_ansi(FALSE) ? 0 : STORE_UNICODE_OK);
    prop->ulPropTag = PR_VALID_FOLDER_MASK;
    prop++->Value.l = FOLDER_IPM_SUBTREE_VALID | FOLDER_IPM_INBOX_VALID | FOLDER_IPM_OUTBOX_VALID
                      | FOLDER_IPM_WASTEBASKET_VALID | FOLDER_IPM_SENTMAIL_VALID
                      | FOLDER_FINDER_VALID;
    prop->ulPropTag = PR_MAPPING_SIGNATURE;
    prop->Value.bin.cb = sizeof(store->uid);
    prop++->Value.bin.lpb = store->uid.ab;
    return prop_object_init(&store->object, &msgstore_vtbl, prop - props, props);
}

static HRESULT create_store(struct store_provider *provider, IMAPISupport *support,
                            const MAPIUID *uid, struct store **ret)
{
    char directory[MAX_PATH];
    struct store *store;
    HRESULT hr;

    if (!(store = calloc(1, sizeof(*store)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    store->uid = *uid;
    store->provider = provider;
    IMSProvider_AddRef(&provider->IMSProvider_iface);
    store->environment = &provider->environment;
    store->support = support;
    IMAPISupport_AddRef(support);
    store->IMSLogon_iface.lpVtbl = (IMSLogonVtbl *)&logon_vtbl;

    find_directory(support, directory);
    hr = set_store_props(store);
    if (SUCCEEDED(hr)) hr = content_open(uid, directory, &store->content);
    if (SUCCEEDED(hr)) hr = write_section(store);
    if (SUCCEEDED(hr)) hr = IMAPISupport_SetProviderUID(support, (MAPIUID *)&store_provider_uid, 0);
    if (FAILED(hr))
    {
        store->object.ref = 1;
        store_release(store);
        return hr;
    }
    EnterCriticalSection(&provider->cs);
    store->next = provider->stores;
    provider->stores = store;
    LeaveCriticalSection(&provider->cs);
    *ret = store;
    return S_OK;
}

static HRESULT WINAPI provider_Logon(IMSProvider *iface, LPMAPISUP support, ULONG_PTR ui,
                                     LPTSTR profile, ULONG size, LPENTRYID id, ULONG flags,
                                     LPCIID iid, ULONG *security_size, LPBYTE *security,
                                     LPMAPIERROR *error, LPMSLOGON *ret_logon, LPMDB *ret_store)
{
    struct store_provider *provider = impl_from_IMSProvider(iface);
    struct store *store;
    MAPIUID uid;
    HRESULT hr;

    *ret_logon = NULL;
    *ret_store = NULL;
    *error = NULL;
    if (security_size) *security_size = 0;
    if (security) *security = NULL;
    behavior_from_section(KIND_STORE, support);
    if (FAILED(hr = behave(KIND_STORE, "Logon", support))) return hr;
    if (FAILED(hr = find_uid(support, size, id, &uid))) return hr;
    if ((store = find_open_store(provider, &uid)))
    {
        *ret_store = (IMsgStore *)store;
        return S_OK;
    }
    if (FAILED(hr = create_store(provider, support, &uid, &store))) return hr;
    shutdown_set_support(&provider->shutdown, support);
    sample_status_row(support, L"Sample Store", STATUS_AVAILABLE, 0);
    coupled_add_store(store);
    store_addref(store);                /* one reference for each of the two interfaces */
    *ret_logon = &store->IMSLogon_iface;
    *ret_store = (IMsgStore *)store;
    return S_OK;
}

/* The spooler's logon sees the same store; being in one process, it gets the same object. */
static HRESULT WINAPI provider_SpoolerLogon(IMSProvider *iface, LPMAPISUP support, ULONG_PTR ui,
                                            LPTSTR profile, ULONG size, LPENTRYID id, ULONG flags,
                                            LPCIID iid, ULONG security_size, LPBYTE security,
                                            LPMAPIERROR *error, LPMSLOGON *ret_logon,
                                            LPMDB *ret_store)
{
    struct store *store;
    MAPIUID uid;
    HRESULT hr;

    *ret_logon = NULL;
    *ret_store = NULL;
    *error = NULL;
    if (FAILED(hr = behave(KIND_STORE, "SpoolerLogon", support))) return hr;
    if (FAILED(hr = find_uid(support, size, id, &uid))) return hr;
    if (!(store = find_open_store(impl_from_IMSProvider(iface), &uid))) return MAPI_E_LOGON_FAILED;
    store_addref(store);
    *ret_logon = &store->IMSLogon_iface;
    *ret_store = (IMsgStore *)store;
    return S_OK;
}

static HRESULT WINAPI provider_CompareStoreIDs(IMSProvider *iface, ULONG size1, LPENTRYID id1,
                                               ULONG size2, LPENTRYID id2, ULONG flags,
                                               ULONG *result)
{
    *result = size1 == size2 && !memcmp(id1, id2, size1);
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

HRESULT STDMAPIINITCALLTYPE MSProviderInit(HINSTANCE instance, LPMALLOC malloc,
                                           LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                           LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version,
                                           LPMSPROVIDER *ret)
{
    struct store_provider *provider;
    HRESULT hr;

    *ret = NULL;
    *provider_version = CURRENT_SPI_VERSION;
    if (mapi_version < CURRENT_SPI_VERSION) return MAPI_E_VERSION;
    if (FAILED(hr = behave(KIND_STORE, "Init", NULL))) return hr;
    if (!(provider = calloc(1, sizeof(*provider)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->IMSProvider_iface.lpVtbl = (IMSProviderVtbl *)&provider_vtbl;
    provider->ref = 1;
    provider->environment.instance = instance;
    provider->environment.allocate = allocate;
    provider->environment.more = more;
    provider->environment.free = free_buffer;
    InitializeCriticalSection(&provider->cs);
    shutdown_init(&provider->shutdown, KIND_STORE, (IUnknown *)&provider->IMSProvider_iface);
    *ret = &provider->IMSProvider_iface;
    return S_OK;
}
