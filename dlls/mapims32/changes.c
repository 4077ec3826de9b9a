/*
 * Changes of the file: who is told
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
 * filechanges.c reads what was changed: the live tables follow, and then those are told who advised
 * on the object, on the folders it is or was in, or on the store.
 */

#include "store.h"

struct changes
{
    struct file_changes file;
    ULONGLONG key;                      /* no other store of this process has it */
};

/* What advises go by: the same entry ID means another thing to every open store. */
struct notify_key
{
    ULONGLONG store;
    struct entryid id;
};

static void make_key(struct store *store, const struct entryid *id, struct notify_key *key)
{
    key->store = store->changes->key;
    key->id = *id;
    memset(key->id.flags, 0, sizeof(key->id.flags));
}

static void tell(struct store *store, IMAPISupport *support, const struct entryid *id,
                 NOTIFICATION *notification)
{
    SizedNOTIFKEY(sizeof(struct notify_key), key);
    struct notify_key ours;
    ULONG flags = 0;

    make_key(store, id, &ours);
    key.cb = sizeof(ours);
    memcpy(key.ab, &ours, sizeof(ours));
    IMAPISupport_Notify(support, (NOTIFKEY *)&key, 1, notification, &flags);
}

/* ---- one change ---- */

/* What is softly deleted is gone for those who are told, whatever becomes of it there. */
static ULONG event_of(const struct db_change *change)
{
    const BOOL deleted = (change->list & DB_LIST_DELETED) != 0;

    if (change->what & DB_CHANGE_MOVED)
    {
        if (change->old_list & DB_LIST_DELETED) return deleted ? 0 : fnevObjectCreated;
        return deleted ? fnevObjectDeleted : fnevObjectMoved;
    }
    if (deleted) return 0;
    if (change->what & DB_CHANGE_DELETED) return fnevObjectDeleted;
    if (change->what & DB_CHANGE_COPIED) return fnevObjectCopied;
    if (change->what & DB_CHANGE_CREATED) return fnevObjectCreated;
    if (change->what & DB_CHANGE_SEARCH) return fnevSearchComplete;
    return change->what & DB_CHANGE_MODIFIED ? fnevObjectModified : 0;
}

static LONGLONG parent_of(struct store *store, LONGLONG object)
{
    struct db_object info = { 0 };
    struct db_txn *txn;

    if (FAILED(db_begin(store->db, DB_READ, &txn))) return 0;
    db_object_load(txn, object, &info, NULL);
    db_rollback(txn);
    return info.parent;
}

/* The store itself, as what an object is in when its parent is no folder. */
static void folder_id(struct store *store, LONGLONG folder, struct entryid *id)
{
    entryid_init(&store->uid, ENTRY_FOLDER, folder, id);
}

static void tell_change(struct store *store, IMAPISupport *support, const struct db_change *change)
{
    struct entryid object, parent, old_object, old_parent, whole;
    LONGLONG was_in = change->old_parent;
    NOTIFICATION notification;
    ULONG event = event_of(change);

    if (!event || !(kind_is_folder(change->kind) || kind_is_message(change->kind))) return;
    entryid_init(&store->uid, ENTRY_STORE, 0, &whole);
    place_entryid(store, change->kind, change->object, &object);
    folder_id(store, change->parent, &parent);
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = event;
    notification.info.obj.ulObjType = kind_is_folder(change->kind) ? MAPI_FOLDER : MAPI_MESSAGE;
    notification.info.obj.cbEntryID = sizeof(object);
    notification.info.obj.lpEntryID = (ENTRYID *)&object;
    notification.info.obj.cbParentID = sizeof(parent);
    notification.info.obj.lpParentID = (ENTRYID *)&parent;
    if (event == fnevObjectMoved || event == fnevObjectCopied)
    {
        old_object = object;
        if (event == fnevObjectCopied)
        {
            place_entryid(store, change->kind, change->source, &old_object);
            was_in = parent_of(store, change->source);
        }
        folder_id(store, was_in, &old_parent);
        notification.info.obj.cbOldID = sizeof(old_object);
        notification.info.obj.lpOldID = (ENTRYID *)&old_object;
        notification.info.obj.cbOldParentID = sizeof(old_parent);
        notification.info.obj.lpOldParentID = (ENTRYID *)&old_parent;
        if (was_in && was_in != change->parent) tell(store, support, &old_parent, &notification);
    }
    if (event != fnevObjectCreated) tell(store, support, &object, &notification);
    tell(store, support, &parent, &notification);
    tell(store, support, &whole, &notification);
}

/* Flags and the unread mark are two changes of one act: the next one tells of both. */
static BOOL is_followed(const struct db_change *change, ULONG left)
{
    return left && change->what == DB_CHANGE_MODIFIED && change[1].what == DB_CHANGE_MODIFIED
           && change[1].object == change->object;
}

/* ---- the pump ---- */

static void follow_changes(void *context, struct db_txn *txn, ULONG count,
                           const struct db_change *changes, BOOL lost)
{
    tables_follow(context, txn, count, changes, lost);
}

static void tell_changes(void *context, ULONG count, const struct db_change *changes, BOOL lost)
{
    struct store *store = context;
    IMAPISupport *support;
    ULONG i;

    views_follow(store);
    if (!(support = store_support(store))) return;
    for (i = 0; i < count; i++)
        if (!is_followed(&changes[i], count - i - 1)) tell_change(store, support, &changes[i]);
    IMAPISupport_Release(support);
}

static const struct file_changes_owner changes_owner = { follow_changes, tell_changes };

void changes_pump(struct store *store)
{
    if (store->changes) file_changes_pump(&store->changes->file);
}

HRESULT changes_wanted(struct store *store)
{
    return store->changes ? file_changes_listen(&store->changes->file) : MAPI_E_CALL_FAILED;
}

HRESULT changes_start(struct store *store)
{
    static LONG last;

    if (!(store->changes = platform_alloc_zero(sizeof(*store->changes))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    file_changes_init(&store->changes->file, &changes_owner, store, store->db);
    store->changes->key = InterlockedIncrement(&last);
    return S_OK;
}

ULONGLONG changes_key(struct store *store)
{
    return store->changes->key;
}

void changes_silence(struct store *store)
{
    if (store->changes) file_changes_silence(&store->changes->file);
}

void changes_stop(struct store *store)
{
    if (!store->changes) return;
    file_changes_free(&store->changes->file);
    platform_free(store->changes);
    store->changes = NULL;
}

/* ---- who wants to know ---- */

HRESULT store_advise(struct store *store, ULONG size, const ENTRYID *id, ULONG mask,
                     IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    SizedNOTIFKEY(sizeof(struct notify_key), key);
    IMAPISupport *support;
    struct notify_key ours;
    struct entryid entryid;
    enum entry_kind kind = ENTRY_STORE;
    LONGLONG number = 0;
    HRESULT hr;

    if (!connection) return MAPI_E_INVALID_PARAMETER;
    *connection = 0;
    if (!sink || (size && !id)) return MAPI_E_INVALID_PARAMETER;
    if (size && !entryid_parse(&store->uid, size, id, &kind, &number))
        return size < sizeof(struct entryid) ? MAPI_E_INVALID_ENTRYID : MAPI_E_UNKNOWN_ENTRYID;
    if (!(support = store_support(store))) return MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr = changes_wanted(store)))
    {
        entryid_init(&store->uid, kind, number, &entryid);
        make_key(store, &entryid, &ours);
        key.cb = sizeof(ours);
        memcpy(key.ab, &ours, sizeof(ours));
        hr = IMAPISupport_Subscribe(support, (NOTIFKEY *)&key, mask, 0, sink, connection);
    }
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

/* To those who advised on the store, or on the folder that the message is in. */
HRESULT changes_new_mail(struct store *store, NOTIFICATION *notification)
{
    struct entryid whole, folder;
    IMAPISupport *support;
    enum entry_kind kind;
    LONGLONG number;

    if (!notification || notification->ulEventType != fnevNewMail) return MAPI_E_INVALID_PARAMETER;
    if (!(support = store_support(store))) return MAPI_E_CALL_FAILED;
    entryid_init(&store->uid, ENTRY_STORE, 0, &whole);
    tell(store, support, &whole, notification);
    if (entryid_parse(&store->uid, notification->info.newmail.cbParentID,
                      notification->info.newmail.lpParentID, &kind, &number)
        && kind == ENTRY_FOLDER)
    {
        entryid_init(&store->uid, ENTRY_FOLDER, number, &folder);
        tell(store, support, &folder, notification);
    }
    IMAPISupport_Release(support);
    return S_OK;
}
