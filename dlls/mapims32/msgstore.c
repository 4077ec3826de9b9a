/*
 * IMsgStore
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
 * The store object as clients and the spooler see it. Its properties are those of the root of the
 * file; what it does is in the files that its methods call.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SOFT_DAYS 14                    /* that what is softly deleted is kept */
#define PURGE_AT_ONCE 100

static const ULONG store_computed[] =
{
    PR_ENTRYID, PR_RECORD_KEY, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE,
    PR_MDB_PROVIDER, PR_OBJECT_TYPE, PR_STORE_SUPPORT_MASK, PR_ACCESS, PR_ACCESS_LEVEL, 0
};

static struct store *impl_from_IMsgStore(IMsgStore *iface)
{
    return (struct store *)iface;
}

BOOL store_is_writable(struct store *store)
{
    return store->object.modify && !db_is_read_only(store->db);
}

void store_purge(struct store *store)
{
    ULARGE_INTEGER time;
    FILETIME before;
    ULONG purged;
    HRESULT hr;

    if (!store_is_writable(store)) return;
    GetSystemTimeAsFileTime(&before);
    time.u.LowPart = before.dwLowDateTime;
    time.u.HighPart = before.dwHighDateTime;
    time.QuadPart -= SOFT_DAYS * 864000000000ull;
    before.dwLowDateTime = time.u.LowPart;
    before.dwHighDateTime = time.u.HighPart;
    if (FAILED(hr = db_purge(store->db, &before, PURGE_AT_ONCE, &purged)))
        WARN("nothing is purged: %#lx\n", hr);
    else if (purged) changes_pump(store);
}

/* Its end is logon.c's, which shares the count. */
static void msgstore_destroy(struct object *object)
{
}

static HRESULT msgstore_compute(struct object *object, struct db_txn *txn,
                                const struct db_object *info, struct values *values)
{
    struct store *store = (struct store *)object;
    BOOL writable = store_is_writable(store);

    place_store_values(store, values);
    values_add_binary(values, PR_ENTRYID, store->entryid, store->entryid_size);
    values_add_binary(values, PR_RECORD_KEY, &store->uid, sizeof(store->uid));
    values_add_long(values, PR_OBJECT_TYPE, MAPI_STORE);
    values_add_long(values, PR_ACCESS, MAPI_ACCESS_READ | (writable ? MAPI_ACCESS_MODIFY : 0));
    values_add_long(values, PR_ACCESS_LEVEL, writable ? MAPI_MODIFY : 0);
    return values->hr;
}

const struct object_class msgstore_class =
{
    &IID_IMsgStore, NULL, TRUE, store_computed, msgstore_destroy, msgstore_compute, NULL, NULL
};

static ULONG WINAPI msgstore_Release(IMAPIProp *iface)
{
    struct store *store = (struct store *)iface;
    ULONG ref = store->object.ref - 1;

    store_release(store);
    return ref;
}

/* ---- opening ---- */

static BOOL interface_fits(const IID *iid, enum entry_kind kind)
{
    if (!iid || IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMAPIProp)) return TRUE;
    if (kind == ENTRY_MESSAGE) return IsEqualGUID(iid, &IID_IMessage);
    return IsEqualGUID(iid, &IID_IMAPIFolder) || IsEqualGUID(iid, &IID_IMAPIContainer);
}

HRESULT store_open_entry(struct store *store, ULONG size, const ENTRYID *id, const IID *iid,
                         ULONG flags, ULONG *type, IUnknown **ret)
{
    BOOL modify = (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)) && store_is_writable(store);
    BOOL soft = (flags & SHOW_SOFT_DELETES) != 0;
    enum entry_kind kind = ENTRY_FOLDER;
    LONGLONG number = store->root_folder;
    HRESULT hr;

    TRACE("%p, %lu, %p, %s, %#lx\n", store, size, id, debugstr_guid(iid), flags);

    if (!ret || !type) return MAPI_E_INVALID_PARAMETER;
    *type = 0;
    *ret = NULL;
    if (flags & ~(MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | SHOW_SOFT_DELETES
                  | MAPI_NO_CACHE | MAPI_CACHE_ONLY))
        return MAPI_E_UNKNOWN_FLAGS;
    if (size && !entryid_parse(&store->uid, size, id, &kind, &number))
        return size < sizeof(struct entryid) ? MAPI_E_INVALID_ENTRYID : MAPI_E_UNKNOWN_ENTRYID;
    if (kind == ENTRY_STORE) return MAPI_E_NOT_FOUND;
    if (!interface_fits(iid, kind)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & MAPI_MODIFY) && !(flags & MAPI_BEST_ACCESS) && !modify) return MAPI_E_NO_ACCESS;
    if (kind == ENTRY_MESSAGE) hr = message_open(store, number, modify, soft, (IMessage **)ret);
    else hr = folder_open(store, number, modify, soft, (IMAPIFolder **)ret);
    if (SUCCEEDED(hr)) *type = kind == ENTRY_MESSAGE ? MAPI_MESSAGE : MAPI_FOLDER;
    return hr;
}

static HRESULT WINAPI msgstore_OpenEntry(IMsgStore *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                         ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return store_open_entry(impl_from_IMsgStore(iface), size, id, iid, flags, type, ret);
}

static HRESULT WINAPI msgstore_CompareEntryIDs(IMsgStore *iface, ULONG size1, LPENTRYID id1,
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

/* ---- notifications and receive folders ---- */

static HRESULT WINAPI msgstore_Advise(IMsgStore *iface, ULONG size, LPENTRYID id, ULONG mask,
                                      LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    return store_advise(impl_from_IMsgStore(iface), size, id, mask, sink, connection);
}

static HRESULT WINAPI msgstore_Unadvise(IMsgStore *iface, ULONG_PTR connection)
{
    return store_unadvise(impl_from_IMsgStore(iface), connection);
}

static HRESULT WINAPI msgstore_SetReceiveFolder(IMsgStore *iface, LPTSTR class, ULONG flags,
                                                ULONG size, LPENTRYID id)
{
    struct store *store = impl_from_IMsgStore(iface);

    if (!store_is_writable(store)) return MAPI_E_NO_ACCESS;
    return receive_set(store, class, flags, size, id);
}

static HRESULT WINAPI msgstore_GetReceiveFolder(IMsgStore *iface, LPTSTR class, ULONG flags,
                                                ULONG *size, LPENTRYID *id, LPTSTR *explicit_class)
{
    return receive_get(impl_from_IMsgStore(iface), class, flags, size, id, explicit_class);
}

static HRESULT WINAPI msgstore_GetReceiveFolderTable(IMsgStore *iface, ULONG flags,
                                                     LPMAPITABLE *ret)
{
    return receive_table(impl_from_IMsgStore(iface), flags, ret);
}

/* ---- the outgoing queue ---- */

/* What becomes of mail on its way is the spooler's business. */
static HRESULT WINAPI msgstore_StoreLogoff(IMsgStore *iface, ULONG *flags)
{
    IMAPISupport *support;
    HRESULT hr;

    TRACE("%p, %p\n", iface, flags);

    if (!flags) return MAPI_E_INVALID_PARAMETER;
    if (!(support = store_support(impl_from_IMsgStore(iface)))) return S_OK;
    hr = IMAPISupport_StoreLogoffTransports(support, flags);
    IMAPISupport_Release(support);
    return hr;
}

static HRESULT message_number(struct store *store, ULONG size, const ENTRYID *id, LONGLONG *number)
{
    enum entry_kind kind;

    return entryid_parse(&store->uid, size, id, &kind, number) && kind == ENTRY_MESSAGE
               ? S_OK : MAPI_E_INVALID_ENTRYID;
}

static HRESULT WINAPI msgstore_AbortSubmit(IMsgStore *iface, ULONG size, LPENTRYID id, ULONG flags)
{
    struct store *store = impl_from_IMsgStore(iface);
    LONGLONG number;
    HRESULT hr;

    TRACE("%p, %lu, %p, %#lx\n", iface, size, id, flags);

    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = message_number(store, size, id, &number))) return hr;
    return submit_abort(store, number);
}

static HRESULT WINAPI msgstore_GetOutgoingQueue(IMsgStore *iface, ULONG flags, LPMAPITABLE *ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    return store_table(impl_from_IMsgStore(iface), DB_ROOT, DB_LIST_OUTGOING, MAPI_UNICODE, ret);
}

static HRESULT WINAPI msgstore_SetLockState(IMsgStore *iface, LPMESSAGE object, ULONG state)
{
    struct message *message = message_from(object);

    TRACE("%p, %p, %lu\n", iface, object, state);

    if (!message || !message->object.id || message->owner || (state & ~MSG_LOCKED))
        return MAPI_E_INVALID_PARAMETER;
    return submit_set_lock(impl_from_IMsgStore(iface), message->object.id, state);
}

static HRESULT WINAPI msgstore_FinishedMsg(IMsgStore *iface, ULONG flags, ULONG size, LPENTRYID id)
{
    struct store *store = impl_from_IMsgStore(iface);
    LONGLONG number;
    HRESULT hr;

    TRACE("%p, %#lx, %lu, %p\n", iface, flags, size, id);

    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = message_number(store, size, id, &number))) return hr;
    return submit_finished(store, number);
}

static HRESULT WINAPI msgstore_NotifyNewMail(IMsgStore *iface, LPNOTIFICATION notification)
{
    TRACE("%p, %p\n", iface, notification);

    return changes_new_mail(impl_from_IMsgStore(iface), notification);
}

const IMsgStoreVtbl msgstore_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)msgstore_Release,
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
    msgstore_Advise,
    msgstore_Unadvise,
    msgstore_CompareEntryIDs,
    msgstore_OpenEntry,
    msgstore_SetReceiveFolder,
    msgstore_GetReceiveFolder,
    msgstore_GetReceiveFolderTable,
    msgstore_StoreLogoff,
    msgstore_AbortSubmit,
    msgstore_GetOutgoingQueue,
    msgstore_SetLockState,
    msgstore_FinishedMsg,
    msgstore_NotifyNewMail
};
