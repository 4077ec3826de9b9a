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
 * A store in memory: one folder, and the messages put into it. The provider object keeps the list of
 * its open stores, so that a second logon of one finds it (and then gives no logon object, as the
 * documentation asks). Store and logon are one object with two interfaces; Logoff releases the
 * support object, the last Release takes the store out of the list.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

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

static struct store *impl_from_IMsgStore(IMsgStore *iface)
{
    return (struct store *)iface;
}

static struct store *impl_from_IMSLogon(IMSLogon *iface)
{
    return CONTAINING_RECORD(iface, struct store, IMSLogon_iface);
}

void store_entryid_init(const struct store *store, enum sample_object object, ULONG number,
                        struct store_entryid *id)
{
    memset(id, 0, sizeof(*id));
    id->provider = store_provider_uid;
    id->object = object;
    id->number = number;
    id->store = store->uid;
}

static const struct store_entryid *entryid_from(const struct store *store, ULONG size, const ENTRYID *id)
{
    const struct store_entryid *ret = (const struct store_entryid *)id;

    if (size != sizeof(*ret) || memcmp(&ret->provider, &store_provider_uid, sizeof(MAPIUID))) return NULL;
    return memcmp(&ret->store, &store->uid, sizeof(MAPIUID)) ? NULL : ret;
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
    if (store->contents) ITableData_Release(store->contents);
    if (store->object.props) IPropData_Release(store->object.props);
    IMSProvider_Release(&store->provider->IMSProvider_iface);
    free(store);
}

void store_notify_created(struct store *store, ULONG number)
{
    SizedNOTIFKEY(sizeof(struct store_entryid), key);
    struct store_entryid child, parent;
    NOTIFICATION notification;
    LONG unsaved = 0;
    ULONG flags = 0;

    store_entryid_init(store, OBJECT_MESSAGE, number, &child);
    store_entryid_init(store, OBJECT_FOLDER, 0, &parent);
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = fnevObjectCreated;
    notification.info.obj.ulObjType = MAPI_MESSAGE;
    notification.info.obj.cbEntryID = sizeof(child);
    notification.info.obj.lpEntryID = (ENTRYID *)&child;
    notification.info.obj.cbParentID = sizeof(parent);
    notification.info.obj.lpParentID = (ENTRYID *)&parent;
    if (!store->support) return;

    /* Whoever advised on the folder, and whoever advised on the store. */
    key.cb = sizeof(parent);
    memcpy(key.ab, &parent, sizeof(parent));
    IMAPISupport_Notify(store->support, (NOTIFKEY *)&key, 1, &notification, &flags);
    store_entryid_init(store, OBJECT_STORE, 0, &parent);
    memcpy(key.ab, &parent, sizeof(parent));
    flags = 0;
    IMAPISupport_Notify(store->support, (NOTIFKEY *)&key, 1, &notification, &flags);

    sample_section_get(store->support, PR_SAMPLE_UNSAVED, &unsaved);
    sample_section_set(store->support, PR_SAMPLE_UNSAVED, unsaved + 1);
}

static HRESULT advise(struct store *store, ULONG size, const ENTRYID *id, ULONG mask, IMAPIAdviseSink *sink,
                      ULONG_PTR *connection)
{
    SizedNOTIFKEY(sizeof(struct store_entryid), key);
    struct store_entryid whole;

    *connection = 0;
    if (size && !entryid_from(store, size, id)) return MAPI_E_UNKNOWN_ENTRYID;
    store_entryid_init(store, OBJECT_STORE, 0, &whole);
    key.cb = sizeof(whole);
    memcpy(key.ab, size ? (const void *)id : &whole, sizeof(whole));
    return IMAPISupport_Subscribe(store->support, (NOTIFKEY *)&key, mask, 0, sink, connection);
}

static HRESULT open_entry(struct store *store, ULONG size, const ENTRYID *entryid, ULONG *type, IUnknown **ret)
{
    const struct store_entryid *id;

    *type = 0;
    *ret = NULL;
    if (size && !(id = entryid_from(store, size, entryid))) return MAPI_E_UNKNOWN_ENTRYID;
    if (!size || id->object == OBJECT_FOLDER)
    {
        *type = MAPI_FOLDER;
        return folder_create(store, (IMAPIFolder **)ret);
    }
    if (id->object != OBJECT_MESSAGE) return MAPI_E_NOT_FOUND;
    *type = MAPI_MESSAGE;
    return store_open_message(store, id->number, (IMessage **)ret);
}

static HRESULT compare(ULONG size1, const ENTRYID *id1, ULONG size2, const ENTRYID *id2, ULONG *result)
{
    *result = size1 == size2 && !memcmp(id1, id2, size1);
    return S_OK;
}

static HRESULT WINAPI store_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp) &&
        !IsEqualGUID(iid, &IID_IMsgStore)) return E_NOINTERFACE;
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI store_Release(IMAPIProp *iface)
{
    struct store *store = (struct store *)iface;
    ULONG ref = store->object.ref - 1;

    store_release(store);
    return ref;
}

static HRESULT WINAPI store_Advise(IMsgStore *iface, ULONG size, LPENTRYID id, ULONG mask,
                                   LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    return advise(impl_from_IMsgStore(iface), size, id, mask, sink, connection);
}

static HRESULT WINAPI store_Unadvise(IMsgStore *iface, ULONG_PTR connection)
{
    return IMAPISupport_Unsubscribe(impl_from_IMsgStore(iface)->support, connection);
}

static HRESULT WINAPI store_CompareEntryIDs(IMsgStore *iface, ULONG size1, LPENTRYID id1, ULONG size2,
                                            LPENTRYID id2, ULONG flags, ULONG *result)
{
    return compare(size1, id1, size2, id2, result);
}

static HRESULT WINAPI store_OpenEntry(IMsgStore *iface, ULONG size, LPENTRYID id, LPCIID iid, ULONG flags,
                                      ULONG *type, LPUNKNOWN *ret)
{
    return open_entry(impl_from_IMsgStore(iface), size, id, type, ret);
}

static HRESULT WINAPI store_SetReceiveFolder(IMsgStore *iface, LPTSTR class, ULONG flags, ULONG size, LPENTRYID id)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI store_GetReceiveFolder(IMsgStore *iface, LPTSTR class, ULONG flags, ULONG *size,
                                             LPENTRYID *id, LPTSTR *explicit_class)
{
    struct store *store = impl_from_IMsgStore(iface);
    struct store_entryid folder;

    if (explicit_class) *explicit_class = NULL;
    store_entryid_init(store, OBJECT_FOLDER, 0, &folder);
    *size = sizeof(folder);
    return sample_copy(store->environment, &folder, sizeof(folder), (void **)id);
}

static HRESULT WINAPI store_GetReceiveFolderTable(IMsgStore *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI store_StoreLogoff(IMsgStore *iface, ULONG *flags)
{
    return behave(KIND_STORE, "StoreLogoff", impl_from_IMsgStore(iface)->support);
}

static HRESULT WINAPI store_AbortSubmit(IMsgStore *iface, ULONG size, LPENTRYID id, ULONG flags)
{
    return MAPI_E_NOT_IN_QUEUE;
}

static HRESULT WINAPI store_GetOutgoingQueue(IMsgStore *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI store_SetLockState(IMsgStore *iface, LPMESSAGE message, ULONG state)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI store_FinishedMsg(IMsgStore *iface, ULONG flags, ULONG size, LPENTRYID id)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI store_NotifyNewMail(IMsgStore *iface, LPNOTIFICATION notification)
{
    return S_OK;
}

static const IMsgStoreVtbl store_vtbl =
{
    (void *)store_QueryInterface,
    (void *)object_AddRef,
    (void *)store_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)object_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    store_Advise,
    store_Unadvise,
    store_CompareEntryIDs,
    store_OpenEntry,
    store_SetReceiveFolder,
    store_GetReceiveFolder,
    store_GetReceiveFolderTable,
    store_StoreLogoff,
    store_AbortSubmit,
    store_GetOutgoingQueue,
    store_SetLockState,
    store_FinishedMsg,
    store_NotifyNewMail
};

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
    return store_Release((IMAPIProp *)impl_from_IMSLogon(iface));
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
    remove_from_list(store);
    if ((support = InterlockedExchangePointer((void **)&store->support, NULL)))
        IMAPISupport_Release(support);
    return hr;
}

static HRESULT WINAPI logon_OpenEntry(IMSLogon *iface, ULONG size, LPENTRYID id, LPCIID iid, ULONG flags,
                                      ULONG *type, LPUNKNOWN *ret)
{
    return open_entry(impl_from_IMSLogon(iface), size, id, type, ret);
}

static HRESULT WINAPI logon_CompareEntryIDs(IMSLogon *iface, ULONG size1, LPENTRYID id1, ULONG size2,
                                            LPENTRYID id2, ULONG flags, ULONG *result)
{
    return compare(size1, id1, size2, id2, result);
}

static HRESULT WINAPI logon_Advise(IMSLogon *iface, ULONG size, LPENTRYID id, ULONG mask,
                                   LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    return advise(impl_from_IMSLogon(iface), size, id, mask, sink, connection);
}

static HRESULT WINAPI logon_Unadvise(IMSLogon *iface, ULONG_PTR connection)
{
    return IMAPISupport_Unsubscribe(impl_from_IMSLogon(iface)->support, connection);
}

static HRESULT WINAPI logon_OpenStatusEntry(IMSLogon *iface, LPCIID iid, ULONG flags, ULONG *type, void **ret)
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
    if (size != sizeof(*entryid) || memcmp(&entryid->provider, &store_provider_uid, sizeof(MAPIUID)))
        return MAPI_E_LOGON_FAILED;
    *uid = entryid->store;
    return S_OK;
}

static struct store *find_open_store(struct store_provider *provider, const MAPIUID *uid)
{
    struct store *store;

    EnterCriticalSection(&provider->cs);
    for (store = provider->stores; store && memcmp(&store->uid, uid, sizeof(*uid)); store = store->next) ;
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

    store_entryid_init(store, OBJECT_STORE, 0, &id);
    hr = IMAPISupport_WrapStoreEntryID(store->support, sizeof(id), (ENTRYID *)&id, &wrapped_size, &wrapped);
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
    if (SUCCEEDED(hr = IMAPISupport_OpenProfileSection(store->support, NULL, MAPI_MODIFY, &section)))
    {
        hr = IProfSect_SetProps(section, 4, props, NULL);
        IProfSect_Release(section);
    }
    if (SUCCEEDED(hr)) prop_object_set(&store->object, 4, props);
    MAPIFreeBuffer(wrapped);
    return hr;
}

static HRESULT create_store(struct store_provider *provider, IMAPISupport *support, const MAPIUID *uid,
                            struct store **ret)
{
    static const SizedSPropTagArray(4, columns) =
        {4, {PR_ENTRYID, PR_INSTANCE_KEY, PR_SUBJECT_W, PR_MESSAGE_CLASS_W}};
    struct store_entryid root;
    SPropValue props[4];
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

    store_entryid_init(store, OBJECT_FOLDER, 0, &root);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_STORE;
    props[1].ulPropTag = PR_STORE_SUPPORT_MASK;
    props[1].Value.l = STORE_ENTRYID_UNIQUE | STORE_MODIFY_OK | STORE_CREATE_OK | STORE_NOTIFY_OK;
    props[2].ulPropTag = PR_IPM_SUBTREE_ENTRYID;
    props[2].Value.bin.cb = sizeof(root);
    props[2].Value.bin.lpb = (BYTE *)&root;
    props[3].ulPropTag = PR_VALID_FOLDER_MASK;
    props[3].Value.l = FOLDER_IPM_SUBTREE_VALID;
    hr = prop_object_init(&store->object, &store_vtbl, 4, props);
    if (SUCCEEDED(hr))
        hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                         TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &store->contents);
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

static HRESULT WINAPI provider_Logon(IMSProvider *iface, LPMAPISUP support, ULONG_PTR ui, LPTSTR profile,
                                     ULONG size, LPENTRYID id, ULONG flags, LPCIID iid, ULONG *security_size,
                                     LPBYTE *security, LPMAPIERROR *error, LPMSLOGON *ret_logon, LPMDB *ret_store)
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
    store_addref(store);                /* one reference for each of the two interfaces */
    *ret_logon = &store->IMSLogon_iface;
    *ret_store = (IMsgStore *)store;
    return S_OK;
}

/* The spooler's logon sees the same store; being in one process, it gets the same object. */
static HRESULT WINAPI provider_SpoolerLogon(IMSProvider *iface, LPMAPISUP support, ULONG_PTR ui, LPTSTR profile,
                                            ULONG size, LPENTRYID id, ULONG flags, LPCIID iid,
                                            ULONG security_size, LPBYTE security, LPMAPIERROR *error,
                                            LPMSLOGON *ret_logon, LPMDB *ret_store)
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

static HRESULT WINAPI provider_CompareStoreIDs(IMSProvider *iface, ULONG size1, LPENTRYID id1, ULONG size2,
                                               LPENTRYID id2, ULONG flags, ULONG *result)
{
    return compare(size1, id1, size2, id2, result);
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

HRESULT STDMAPIINITCALLTYPE MSProviderInit(HINSTANCE instance, LPMALLOC malloc, LPALLOCATEBUFFER allocate,
                                           LPALLOCATEMORE more, LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version, LPMSPROVIDER *ret)
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
