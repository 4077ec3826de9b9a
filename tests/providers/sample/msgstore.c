/*
 * Sample providers: IMsgStore
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
 * The store object as clients and the spooler see it: opening what is inside, notifications,
 * receive folders, the outgoing queue. Notifications go through the support object: whoever advised
 * on a key, the entry ID of an object or of the store, is told of what happens under it.
 */

#include "store.h"

static struct store *impl_from_IMsgStore(IMsgStore *iface)
{
    return (struct store *)iface;
}

/* ---- opening ---- */

static BOOL interface_fits(const IID *iid, enum sample_object kind)
{
    if (!iid || IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMAPIProp)) return TRUE;
    if (kind == OBJECT_MESSAGE) return IsEqualGUID(iid, &IID_IMessage);
    return IsEqualGUID(iid, &IID_IMAPIFolder) || IsEqualGUID(iid, &IID_IMAPIContainer);
}

HRESULT store_open_entry(struct store *store, ULONG size, const ENTRYID *id, const IID *iid,
                         ULONG flags, ULONG *type, IUnknown **ret)
{
    BOOL modify = (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)) != 0;
    const struct store_entryid *entryid = NULL;
    enum sample_object kind = OBJECT_FOLDER;
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    if ((hr = store_behave(store, "OpenEntry")) != S_OK) return hr;
    if (size && !(entryid = store_entryid_check(&store->uid, size, id)))
        return MAPI_E_UNKNOWN_ENTRYID;
    if (entryid) kind = entryid->object;
    if (kind != OBJECT_FOLDER && kind != OBJECT_MESSAGE) return MAPI_E_NOT_FOUND;
    if (!interface_fits(iid, kind)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    content_refresh(store->content);
    if (kind == OBJECT_MESSAGE) hr = message_open(store, entryid->number, modify, (IMessage **)ret);
    else
        hr = folder_open(store, entryid ? entryid->number : FOLDER_TOP, modify,
                         (IMAPIFolder **)ret);
    if (SUCCEEDED(hr)) *type = kind == OBJECT_MESSAGE ? MAPI_MESSAGE : MAPI_FOLDER;
    return hr;
}

/* ---- notifications ---- */

static void notify_key(IMAPISupport *support, const struct store_entryid *id,
                       NOTIFICATION *notification)
{
    SizedNOTIFKEY(sizeof(struct store_entryid), key);
    ULONG flags = 0;

    key.cb = sizeof(*id);
    memcpy(key.ab, id, sizeof(*id));
    IMAPISupport_Notify(support, (NOTIFKEY *)&key, 1, notification, &flags);
}

void store_notify_moved(struct store *store, ULONG event, enum sample_object kind, ULONG number,
                        ULONG parent, ULONG old_parent)
{
    struct store_entryid child, folder, old_folder, all;
    IMAPISupport *support = store_support(store);
    NOTIFICATION notification;
    LONG unsaved = 0;

    if (!support) return;
    store_entryid_init(&store->uid, kind, number, &child);
    store_entryid_init(&store->uid, OBJECT_FOLDER, parent, &folder);
    store_entryid_init(&store->uid, OBJECT_FOLDER, old_parent, &old_folder);
    store_entryid_init(&store->uid, OBJECT_STORE, 0, &all);
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = event;
    notification.info.obj.ulObjType = kind == OBJECT_FOLDER ? MAPI_FOLDER : MAPI_MESSAGE;
    notification.info.obj.cbEntryID = sizeof(child);
    notification.info.obj.lpEntryID = (ENTRYID *)&child;
    notification.info.obj.cbParentID = sizeof(folder);
    notification.info.obj.lpParentID = (ENTRYID *)&folder;
    if (old_parent)
    {
        notification.info.obj.cbOldID = sizeof(child);
        notification.info.obj.lpOldID = (ENTRYID *)&child;
        notification.info.obj.cbOldParentID = sizeof(old_folder);
        notification.info.obj.lpOldParentID = (ENTRYID *)&old_folder;
        notify_key(support, &old_folder, &notification);
    }
    if (event != fnevObjectCreated) notify_key(support, &child, &notification);
    notify_key(support, &folder, &notification);
    notify_key(support, &all, &notification);
    if (event == fnevObjectCreated)
    {
        sample_section_get(support, PR_SAMPLE_UNSAVED, &unsaved);
        sample_section_set(support, PR_SAMPLE_UNSAVED, unsaved + 1);
    }
    IMAPISupport_Release(support);
}

void store_notify(struct store *store, ULONG event, enum sample_object kind, ULONG number,
                  ULONG parent)
{
    store_notify_moved(store, event, kind, number, parent, FOLDER_NONE);
}

HRESULT store_advise(struct store *store, ULONG size, const ENTRYID *id, ULONG mask,
                     IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    IMAPISupport *support = store_support(store);
    SizedNOTIFKEY(sizeof(struct store_entryid), key);
    struct store_entryid whole;
    HRESULT hr;

    *connection = 0;
    if (!support) return MAPI_E_CALL_FAILED;
    store_entryid_init(&store->uid, OBJECT_STORE, 0, &whole);
    key.cb = sizeof(whole);
    memcpy(key.ab, size ? (const void *)id : &whole, sizeof(whole));
    if (size && !store_entryid_check(&store->uid, size, id)) hr = MAPI_E_UNKNOWN_ENTRYID;
    else hr = IMAPISupport_Subscribe(support, (NOTIFKEY *)&key, mask, 0, sink, connection);
    IMAPISupport_Release(support);
    return hr;
}

HRESULT store_unadvise(struct store *store, ULONG_PTR connection)
{
    IMAPISupport *support = store_support(store);
    HRESULT hr;

    if (!support) return MAPI_E_NOT_FOUND;
    hr = IMAPISupport_Unsubscribe(support, connection);
    IMAPISupport_Release(support);
    return hr;
}

/* ---- receive folders ---- */

#define CLASS_LENGTH 256                /* with its end */
#define CLASS_COUNT 64

struct receive
{
    WCHAR class[CLASS_LENGTH];          /* empty: for all that have no folder of their own */
    ULONG folder;
};

struct receive_list
{
    ULONG count;
    struct receive items[CLASS_COUNT];
};

static void set_receive(struct receive_list *list, const WCHAR *class, ULONG folder)
{
    ULONG i;

    for (i = 0; i < list->count && lstrcmpiW(list->items[i].class, class); i++) ;
    if (!folder)
    {
        if (i < list->count) list->items[i] = list->items[--list->count];
        return;
    }
    if (i == CLASS_COUNT) return;
    if (i == list->count) list->count++;
    lstrcpynW(list->items[i].class, class, CLASS_LENGTH);
    list->items[i].folder = folder;
}

static struct receive_list *load_receive(struct store *store)
{
    struct receive_list *list;
    struct reader reader;
    struct blob blob;
    SPropValue *props;
    ULONG count;

    if (!(list = calloc(1, sizeof(*list)))) return NULL;
    if (FAILED(content_get_extra(store->content, "receive", &blob)))
    {
        set_receive(list, L"", FOLDER_INBOX);
        set_receive(list, L"IPM", FOLDER_INBOX);
        set_receive(list, L"REPORT.IPM", FOLDER_INBOX);
        return list;
    }
    reader.data = blob.data;
    reader.left = blob.size;
    reader.bad = FALSE;
    while (reader.left && SUCCEEDED(read_props(&reader, 0, &count, &props)))
    {
        if (count == 2 && props[0].ulPropTag == PR_MESSAGE_CLASS_W
            && props[1].ulPropTag == PR_ROWID)
            set_receive(list, props[0].Value.lpszW, props[1].Value.l);
        MAPIFreeBuffer(props);
    }
    blob_free(&blob);
    return list;
}

static HRESULT save_receive(struct store *store, const struct receive_list *list)
{
    struct blob blob = {0};
    SPropValue props[2];
    HRESULT hr;
    ULONG i;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MESSAGE_CLASS_W;
    props[1].ulPropTag = PR_ROWID;
    for (i = 0; i < list->count; i++)
    {
        props[0].Value.lpszW = (WCHAR *)list->items[i].class;
        props[1].Value.l = list->items[i].folder;
        blob_put_props(&blob, 2, props);
    }
    hr = content_put_extra(store->content, "receive", &blob);
    blob_free(&blob);
    return hr;
}

/* FALSE: too long for a message class. */
static BOOL class_text(LPTSTR class, ULONG flags, WCHAR text[CLASS_LENGTH])
{
    *text = 0;
    if (!class) return TRUE;
    if (!(flags & MAPI_UNICODE))
        return MultiByteToWideChar(CP_ACP, 0, (char *)class, -1, text, CLASS_LENGTH) > 0;
    if (lstrlenW((WCHAR *)class) >= CLASS_LENGTH) return FALSE;
    lstrcpyW(text, (WCHAR *)class);
    return TRUE;
}

/* The entry for the class, or for as much of its beginning as one has. */
static const struct receive *find_receive(const struct receive_list *list, WCHAR text[CLASS_LENGTH])
{
    WCHAR *dot;
    ULONG i;

    for (;;)
    {
        for (i = 0; i < list->count; i++)
            if (!lstrcmpiW(list->items[i].class, text)) return &list->items[i];
        if (!*text) return NULL;
        if (!(dot = wcsrchr(text, '.'))) dot = text;
        *dot = 0;
    }
}

static HRESULT copy_text(const WCHAR *text, ULONG flags, LPTSTR *ret)
{
    int size = flags & MAPI_UNICODE ? (lstrlenW(text) + 1) * sizeof(WCHAR)
                                    : WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    SCODE sc;

    if (FAILED(sc = MAPIAllocateBuffer(size, (void **)ret))) return sc;
    if (flags & MAPI_UNICODE) memcpy(*ret, text, size);
    else WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)*ret, size, NULL, NULL);
    return S_OK;
}

static HRESULT WINAPI store_SetReceiveFolder(IMsgStore *iface, LPTSTR class, ULONG flags,
                                             ULONG size, LPENTRYID id)
{
    struct store *store = impl_from_IMsgStore(iface);
    const struct store_entryid *entryid = NULL;
    WCHAR text[CLASS_LENGTH];
    struct receive_list *list;
    HRESULT hr;

    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (!class_text(class, flags, text)) return MAPI_E_INVALID_PARAMETER;
    if (size
        && (!(entryid = store_entryid_check(&store->uid, size, id))
            || entryid->object != OBJECT_FOLDER))
        return MAPI_E_INVALID_ENTRYID;
    if (!size && !*text) return MAPI_E_INVALID_PARAMETER;       /* the last resort stays */
    content_enter(store->content);
    if (!(list = load_receive(store))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        set_receive(list, text, entryid ? entryid->number : FOLDER_NONE);
        hr = save_receive(store, list);
        free(list);
    }
    content_leave(store->content);
    return hr;
}

static HRESULT WINAPI store_GetReceiveFolder(IMsgStore *iface, LPTSTR class, ULONG flags,
                                             ULONG *size, LPENTRYID *id, LPTSTR *explicit_class)
{
    struct store *store = impl_from_IMsgStore(iface);
    const struct receive *found;
    struct store_entryid folder;
    WCHAR text[CLASS_LENGTH];
    struct receive_list *list;
    HRESULT hr;

    *size = 0;
    *id = NULL;
    if (explicit_class) *explicit_class = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (!class_text(class, flags, text)) return MAPI_E_INVALID_PARAMETER;
    if (!(list = load_receive(store))) return MAPI_E_NOT_ENOUGH_MEMORY;
    found = find_receive(list, text);
    store_entryid_init(&store->uid, OBJECT_FOLDER, found ? found->folder : FOLDER_INBOX, &folder);
    hr = sample_copy(store->environment, &folder, sizeof(folder), (void **)id);
    if (SUCCEEDED(hr)) *size = sizeof(folder);
    if (SUCCEEDED(hr) && explicit_class)
        hr = copy_text(found ? found->class : L"", flags, explicit_class);
    free(list);
    return hr;
}

static HRESULT WINAPI store_GetReceiveFolderTable(IMsgStore *iface, ULONG flags, LPMAPITABLE *ret)
{
    static const SizedSPropTagArray(4, columns) = {4, {PR_ENTRYID, PR_MESSAGE_CLASS_W, PR_ROWID, PR_RECORD_KEY}};
    struct store *store = impl_from_IMsgStore(iface);
    struct receive_list *list;
    struct store_entryid folder;
    SPropValue props[4];
    ITableData *table;
    HRESULT hr;
    SRow row;
    ULONG i;

    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (!(list = load_receive(store))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_SNAPSHOT, PR_ROWID, (SPropTagArray *)&columns, &table);
    memset(props, 0, sizeof(props));
    memset(&row, 0, sizeof(row));
    row.cValues = 4;
    row.lpProps = props;
    for (i = 0; i < list->count && SUCCEEDED(hr); i++)
    {
        store_entryid_init(&store->uid, OBJECT_FOLDER, list->items[i].folder, &folder);
        props[0].ulPropTag = PR_ENTRYID;
        props[0].Value.bin.cb = sizeof(folder);
        props[0].Value.bin.lpb = (BYTE *)&folder;
        props[1].ulPropTag = PR_MESSAGE_CLASS_W;
        props[1].Value.lpszW = list->items[i].class;
        props[2].ulPropTag = PR_ROWID;
        props[2].Value.l = i;
        props[3] = props[0];
        props[3].ulPropTag = PR_RECORD_KEY;
        hr = ITableData_HrModifyRow(table, &row);
    }
    free(list);
    if (SUCCEEDED(hr)) hr = view_of(table, flags, NULL, ret);
    if (table) ITableData_Release(table);
    return hr;
}

/* ---- the rest of IMsgStore ---- */

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

static HRESULT WINAPI store_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                            ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    return names_of_ids(((struct store *)iface)->content, tags, set, flags, count, names);
}

static HRESULT WINAPI store_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                            ULONG flags, LPSPropTagArray *tags)
{
    return ids_of_names(((struct store *)iface)->content, count, names, flags, tags);
}

static HRESULT WINAPI store_Advise(IMsgStore *iface, ULONG size, LPENTRYID id, ULONG mask,
                                   LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    return store_advise(impl_from_IMsgStore(iface), size, id, mask, sink, connection);
}

static HRESULT WINAPI store_Unadvise(IMsgStore *iface, ULONG_PTR connection)
{
    return store_unadvise(impl_from_IMsgStore(iface), connection);
}

static HRESULT WINAPI store_CompareEntryIDs(IMsgStore *iface, ULONG size1, LPENTRYID id1,
                                            ULONG size2, LPENTRYID id2, ULONG flags, ULONG *result)
{
    *result = size1 == size2 && !memcmp(id1, id2, size1);
    return S_OK;
}

static HRESULT WINAPI store_OpenEntry(IMsgStore *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                      ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return store_open_entry(impl_from_IMsgStore(iface), size, id, iid, flags, type, ret);
}

/* What becomes of mail on its way is the spooler's business. */
static HRESULT WINAPI store_StoreLogoff(IMsgStore *iface, ULONG *flags)
{
    struct store *store = impl_from_IMsgStore(iface);
    IMAPISupport *support;
    HRESULT hr;

    if (!flags) return MAPI_E_INVALID_PARAMETER;
    if ((hr = store_behave(store, "StoreLogoff")) != S_OK) return hr;
    if (!(support = store_support(store))) return S_OK;
    hr = IMAPISupport_StoreLogoffTransports(support, flags);
    IMAPISupport_Release(support);
    return hr;
}

static HRESULT number_of(struct store *store, ULONG size, const ENTRYID *id, ULONG *number)
{
    const struct store_entryid *entryid = store_entryid_check(&store->uid, size, id);

    if (!entryid || entryid->object != OBJECT_MESSAGE) return MAPI_E_INVALID_ENTRYID;
    *number = entryid->number;
    return S_OK;
}

static HRESULT WINAPI store_AbortSubmit(IMsgStore *iface, ULONG size, LPENTRYID id, ULONG flags)
{
    struct store *store = impl_from_IMsgStore(iface);
    ULONG number;
    HRESULT hr;

    if ((hr = store_behave(store, "AbortSubmit")) != S_OK) return hr;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = number_of(store, size, id, &number))) return hr;
    return queue_abort(store, number);
}

static HRESULT WINAPI store_GetOutgoingQueue(IMsgStore *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    return content_queue(impl_from_IMsgStore(iface)->content, ret);
}

static HRESULT WINAPI store_SetLockState(IMsgStore *iface, LPMESSAGE object, ULONG state)
{
    struct store *store = impl_from_IMsgStore(iface);
    struct message *message = message_from(object);
    HRESULT hr;

    if ((hr = store_behave(store, "SetLockState")) != S_OK) return hr;
    if (!message || !message_number(message) || state & ~MSG_LOCKED)
        return MAPI_E_INVALID_PARAMETER;
    return queue_set_lock(store, message_number(message), state);
}

static HRESULT WINAPI store_FinishedMsg(IMsgStore *iface, ULONG flags, ULONG size, LPENTRYID id)
{
    struct store *store = impl_from_IMsgStore(iface);
    ULONG number;
    HRESULT hr;

    if ((hr = store_behave(store, "FinishedMsg")) != S_OK) return hr;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = number_of(store, size, id, &number))) return hr;
    return queue_finished(store, number);
}

/* To those who advised on the store, or on the folder that the message is in. */
static HRESULT WINAPI store_NotifyNewMail(IMsgStore *iface, LPNOTIFICATION notification)
{
    struct store *store = impl_from_IMsgStore(iface);
    IMAPISupport *support = store_support(store);
    const struct store_entryid *folder;
    struct store_entryid all;

    if (!notification) return MAPI_E_INVALID_PARAMETER;
    if (!support) return MAPI_E_CALL_FAILED;
    store_entryid_init(&store->uid, OBJECT_STORE, 0, &all);
    notify_key(support, &all, notification);
    if ((folder = store_entryid_check(&store->uid, notification->info.newmail.cbParentID,
                                      notification->info.newmail.lpParentID)))
        notify_key(support, folder, notification);
    IMAPISupport_Release(support);
    return S_OK;
}

const IMsgStoreVtbl msgstore_vtbl =
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
    (void *)store_GetNamesFromIDs,
    (void *)store_GetIDsFromNames,
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
