/*
 * What a folder does with messages
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
 * Lists of messages are worked through in transactions of a few dozen: a message that cannot be
 * done is undone alone and the others go on, and progress is told between the transactions. What
 * goes to another store is the support object's work. Deleted messages stay for some days where
 * SHOW_SOFT_DELETES finds them, unless DELETE_HARD_DELETE says otherwise.
 */

#include "store.h"
#include "folders.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define IN_ONE_TRANSACTION 64

static struct folder *impl_from_IMAPIFolder(IMAPIFolder *iface)
{
    return (struct folder *)iface;
}

/* ---- lists ---- */

/* One message of the folder; S_OK or why it could not be. */
typedef HRESULT (*message_proc)(struct folder *folder, struct db_txn *txn,
                                const struct db_object *message, void *context);

HRESULT progress_begin(struct store *store, ULONG_PTR ui, IMAPIProgress *given, BOOL shown,
                       struct progress *progress)
{
    IMAPISupport *support;

    memset(progress, 0, sizeof(*progress));
    if (!shown) return S_OK;
    if (given) IMAPIProgress_AddRef(progress->progress = given);
    else if ((support = store_support(store)))
    {
        if (FAILED(IMAPISupport_DoProgressDialog(support, ui, 0, &progress->progress)))
            progress->progress = NULL;
        IMAPISupport_Release(support);
    }
    progress->max = 1000;
    if (progress->progress
        && (FAILED(IMAPIProgress_GetMin(progress->progress, &progress->min))
            || FAILED(IMAPIProgress_GetMax(progress->progress, &progress->max))))
        progress_end(progress);
    return S_OK;
}

HRESULT progress_tell(struct progress *progress, ULONG done, ULONG total)
{
    ULONG value;

    if (!progress->progress || !total) return S_OK;
    value = progress->min + (LONGLONG)(LONG)(progress->max - progress->min) * done / total;
    return IMAPIProgress_Progress(progress->progress, value, done, total) == MAPI_E_USER_CANCEL
               ? MAPI_E_USER_CANCEL : S_OK;
}

void progress_end(struct progress *progress)
{
    if (progress->progress) IMAPIProgress_Release(progress->progress);
    progress->progress = NULL;
}

/* In the folder, or shown by it as a search result. */
static HRESULT find_message(struct folder *folder, struct db_txn *txn, const SBinary *id,
                            struct db_object *message)
{
    enum entry_kind kind;
    LONGLONG number;
    BOOL linked = FALSE;
    HRESULT hr;

    if (!entryid_parse(&folder->object.store->uid, id->cb, id->lpb, &kind, &number)
        || kind != ENTRY_MESSAGE)
        return MAPI_E_INVALID_ENTRYID;
    if (FAILED(hr = db_object_load(txn, number, message, NULL))) return hr;
    if (!kind_is_message(message->kind)) return MAPI_E_NOT_FOUND;
    if (message->parent == folder->object.id) return S_OK;
    if (folder->kind != DB_KIND_SEARCH_FOLDER) return MAPI_E_NOT_FOUND;
    hr = db_is_linked(txn, number, folder->object.id, DB_LIST_CONTENTS, &linked);
    return SUCCEEDED(hr) && !linked ? MAPI_E_NOT_FOUND : hr;
}

static HRESULT for_one(struct folder *folder, struct db_txn *txn, const SBinary *id,
                       message_proc proc, void *context)
{
    struct db_object message;
    HRESULT hr;

    if (FAILED(hr = find_message(folder, txn, id, &message))) return hr;
    if (FAILED(hr = db_savepoint(txn))) return hr;
    if (FAILED(hr = proc(folder, txn, &message, context))) db_savepoint_undo(txn);
    else hr = db_savepoint_keep(txn);
    return hr;
}

/* Those errors are not of one message. */
static BOOL ends_all(HRESULT hr)
{
    return hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_NOT_ENOUGH_DISK
           || hr == MAPI_E_CORRUPT_STORE || hr == MAPI_E_DISK_ERROR || hr == MAPI_E_NO_ACCESS;
}

static HRESULT for_some(struct folder *folder, ULONG count, const SBinary *ids, message_proc proc,
                        void *context, ULONG *failed)
{
    struct db_txn *txn;
    ULONG i, bad = 0;
    HRESULT hr;

    if (FAILED(hr = db_begin(folder->object.store->db, DB_WRITE, &txn))) return hr;
    for (i = 0; i < count; i++)
    {
        if (SUCCEEDED(hr = for_one(folder, txn, &ids[i], proc, context))) continue;
        if (ends_all(hr)) break;
        TRACE("message %lu of %lu: %#lx\n", i, count, hr);
        bad++;
    }
    if (i < count)
    {
        db_rollback(txn);
        return hr;
    }
    if (FAILED(hr = db_commit(txn))) return hr;
    *failed += bad;
    changes_pump(folder->object.store);
    return S_OK;
}

static HRESULT for_messages(struct folder *folder, const ENTRYLIST *list, ULONG_PTR ui,
                            IMAPIProgress *given, BOOL shown, message_proc proc, void *context)
{
    ULONG i, some, failed = 0;
    struct progress progress;
    HRESULT hr = S_OK;

    if (!list || (list->cValues && !list->lpbin)) return MAPI_E_INVALID_PARAMETER;
    progress_begin(folder->object.store, ui, given, shown, &progress);
    for (i = 0; i < list->cValues && SUCCEEDED(hr); i += some)
    {
        some = min(list->cValues - i, progress.progress ? 8 : IN_ONE_TRANSACTION);
        hr = for_some(folder, some, list->lpbin + i, proc, context, &failed);
        if (SUCCEEDED(hr)) hr = progress_tell(&progress, i + some, list->cValues);
    }
    progress_end(&progress);
    if (FAILED(hr)) return hr;
    return failed ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

/* ---- creating, copying, moving ---- */

HRESULT WINAPI folder_CreateMessage(IMAPIFolder *iface, LPCIID iid, ULONG flags, LPMESSAGE *ret)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);

    TRACE("%p, %#lx\n", iface, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (iid && !IsEqualGUID(iid, &IID_IMessage) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~(MAPI_ASSOCIATED | ITEMPROC_FORCE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (folder->kind == DB_KIND_SEARCH_FOLDER || !store_is_writable(folder->object.store))
        return MAPI_E_NO_ACCESS;
    return message_create(folder->object.store, folder->object.id, (flags & MAPI_ASSOCIATED) != 0,
                          ret);
}

static HRESULT move_message(struct folder *folder, struct db_txn *txn,
                            const struct db_object *message, void *context)
{
    struct folder *dst = context;

    if (submit_is_submitted(txn, message->id)) return MAPI_E_SUBMITTED;
    return db_object_move(txn, message->id, dst->object.id, message->list & ~DB_LIST_DELETED);
}

/* A copy is not on its way to anybody. */
static HRESULT copy_message(struct folder *folder, struct db_txn *txn,
                            const struct db_object *message, void *context)
{
    static const ULONG tag = PR_MESSAGE_FLAGS;
    struct folder *dst = context;
    SPropValue flags;
    LONGLONG copy;
    HRESULT hr;

    hr = db_object_copy(txn, message->id, dst->object.id, message->list & ~DB_LIST_DELETED, &copy);
    if (FAILED(hr)) return hr;
    hr = db_object_columns(txn, copy, 1, &tag, MAPIAllocateMore, NULL, NULL, &flags);
    if (FAILED(hr) || flags.ulPropTag != tag || !(flags.Value.l & MSGFLAG_SUBMIT)) return hr;
    flags.Value.l &= ~MSGFLAG_SUBMIT;
    return db_object_patch(txn, copy, 1, &flags, NULL);
}

HRESULT WINAPI folder_CopyMessages(IMAPIFolder *iface, LPENTRYLIST list, LPCIID iid, void *dst,
                                   ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface), *own;
    IMAPISupport *support;
    HRESULT hr;

    TRACE("%p, %p, %p, %#lx\n", iface, list, dst, flags);

    if (!list || !dst) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK)) return MAPI_E_UNKNOWN_FLAGS;
    if ((own = own_folder(folder->object.store, dst)))
    {
        if (own->kind == DB_KIND_SEARCH_FOLDER) return MAPI_E_NO_ACCESS;
        return for_messages(folder, list, ui, progress, (flags & MESSAGE_DIALOG) != 0,
                            flags & MESSAGE_MOVE ? move_message : copy_message, own);
    }
    if (flags & MAPI_DECLINE_OK) return MAPI_E_DECLINE_COPY;
    if (!(support = store_support(folder->object.store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_CopyMessages(support, &IID_IMAPIFolder, iface, list, iid, dst, ui, progress,
                                   flags);
    IMAPISupport_Release(support);
    return hr;
}

/* ---- deleting ---- */

HRESULT delete_message(struct db_txn *txn, const struct db_object *message, BOOL hard)
{
    if (submit_is_submitted(txn, message->id)) return MAPI_E_SUBMITTED;
    if (hard || (message->list & DB_LIST_DELETED)) return db_object_delete(txn, message->id);
    return db_object_move(txn, message->id, message->parent, message->list | DB_LIST_DELETED);
}

static HRESULT delete_proc(struct folder *folder, struct db_txn *txn,
                           const struct db_object *message, void *context)
{
    return delete_message(txn, message, *(BOOL *)context);
}

HRESULT WINAPI folder_DeleteMessages(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                     LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    BOOL hard = (flags & DELETE_HARD_DELETE) != 0;
    HRESULT hr;

    TRACE("%p, %p, %#lx\n", iface, list, flags);

    if (flags & ~(MESSAGE_DIALOG | DELETE_HARD_DELETE)) return MAPI_E_UNKNOWN_FLAGS;
    hr = for_messages(folder, list, ui, progress, (flags & MESSAGE_DIALOG) != 0, delete_proc,
                      &hard);
    if (SUCCEEDED(hr) && !hard) store_purge(folder->object.store);
    return hr;
}

/* ---- state ---- */

/* The numbers of those that are in the folder; the others have failed. */
static HRESULT find_messages(struct folder *folder, ULONG count, const SBinary *list, LONGLONG *ids,
                             ULONG *found)
{
    struct db_object message;
    struct db_txn *txn;
    HRESULT hr;
    ULONG i;

    *found = 0;
    if (FAILED(hr = db_begin(folder->object.store->db, DB_READ, &txn))) return hr;
    for (i = 0; i < count; i++)
        if (SUCCEEDED(find_message(folder, txn, &list[i], &message))) ids[(*found)++] = message.id;
    db_rollback(txn);
    return S_OK;
}

static HRESULT read_list(struct folder *folder, const ENTRYLIST *list, struct progress *progress,
                         ULONG flags, ULONG *failed)
{
    LONGLONG ids[IN_ONE_TRANSACTION];
    ULONG i, some, found;
    HRESULT hr = S_OK;

    if (list->cValues && !list->lpbin) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < list->cValues && SUCCEEDED(hr); i += some)
    {
        some = min(list->cValues - i, IN_ONE_TRANSACTION);
        if (FAILED(hr = find_messages(folder, some, list->lpbin + i, ids, &found))) break;
        *failed += some - found;
        hr = read_flags_set(folder->object.store, found, ids, flags, failed);
        if (SUCCEEDED(hr)) hr = progress_tell(progress, i + some, list->cValues);
    }
    return hr;
}

/* All that is in the folder. */
static HRESULT read_all(struct folder *folder, struct progress *progress, ULONG flags,
                        ULONG *failed)
{
    LONGLONG *ids, last = 0;
    struct db_txn *txn;
    ULONG count, done = 0;
    HRESULT hr;

    do
    {
        if (FAILED(hr = db_begin(folder->object.store->db, DB_READ, &txn))) return hr;
        hr = list_next(txn, folder->object.id, DB_LIST_CONTENTS, last, IN_ONE_TRANSACTION, &ids,
                       &count);
        db_rollback(txn);
        if (FAILED(hr)) return hr;
        if (count) last = ids[count - 1];
        hr = read_flags_set(folder->object.store, count, ids, flags, failed);
        platform_free(ids);
        done += count;
        if (SUCCEEDED(hr)) hr = progress_tell(progress, done, done + IN_ONE_TRANSACTION);
    }
    while (SUCCEEDED(hr) && count == IN_ONE_TRANSACTION);
    return hr;
}

HRESULT WINAPI folder_SetReadFlags(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                   LPMAPIPROGRESS given, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    struct progress progress;
    ULONG failed = 0;
    HRESULT hr;

    TRACE("%p, %p, %#lx\n", iface, list, flags);

    if (FAILED(hr = read_flags_check(flags & ~MESSAGE_DIALOG))) return hr;
    progress_begin(folder->object.store, ui, given, (flags & MESSAGE_DIALOG) != 0, &progress);
    flags &= ~MESSAGE_DIALOG;
    if (list) hr = read_list(folder, list, &progress, flags, &failed);
    else hr = read_all(folder, &progress, flags, &failed);
    progress_end(&progress);
    if (FAILED(hr)) return hr;
    return failed ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

static HRESULT get_status(struct folder *folder, struct db_txn *txn, ULONG size, ENTRYID *id,
                          struct db_object *message, ULONG *status)
{
    static const ULONG tag = PR_MSG_STATUS;
    SBinary binary = { size, (BYTE *)id };
    SPropValue value;
    HRESULT hr;

    *status = 0;
    if (FAILED(hr = find_message(folder, txn, &binary, message)))
        return hr == MAPI_E_OBJECT_DELETED ? MAPI_E_NOT_FOUND : hr;
    hr = db_object_columns(txn, message->id, 1, &tag, MAPIAllocateMore, NULL, NULL, &value);
    if (SUCCEEDED(hr) && value.ulPropTag == tag) *status = value.Value.l;
    return hr;
}

HRESULT WINAPI folder_GetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG flags,
                                       ULONG *status)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    struct db_object message;
    struct db_txn *txn;
    HRESULT hr;

    if (!status) return MAPI_E_INVALID_PARAMETER;
    *status = 0;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = db_begin(folder->object.store->db, DB_READ, &txn))) return hr;
    hr = get_status(folder, txn, size, id, &message, status);
    db_rollback(txn);
    return hr;
}

HRESULT WINAPI folder_SetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG status,
                                       ULONG mask, ULONG *old)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    struct db_object message;
    struct db_txn *txn;
    SPropValue value;
    ULONG now;
    HRESULT hr;

    if (old) *old = 0;
    if (FAILED(hr = db_begin(folder->object.store->db, DB_WRITE, &txn))) return hr;
    if (SUCCEEDED(hr = get_status(folder, txn, size, id, &message, &now)))
    {
        memset(&value, 0, sizeof(value));
        value.ulPropTag = PR_MSG_STATUS;
        value.Value.l = (now & ~mask) | (status & mask);
        hr = db_object_patch(txn, message.id, 1, &value, NULL);
    }
    if (FAILED(hr))
    {
        db_rollback(txn);
        return hr;
    }
    if (FAILED(hr = db_commit(txn))) return hr;
    if (old) *old = now;
    changes_pump(folder->object.store);
    return S_OK;
}
