/*
 * The outgoing queue
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
 * A submitted message stays where it is, flagged, and is linked into the outgoing list of the
 * store. The spooler locks it while it is being sent; of several processes only one can, and one
 * that ends in the middle leaves the message submitted and unlocked, for the next to send. Only
 * FinishedMsg takes it out.
 */

#include "store.h"

/* Who locks: no two stores that are open in a process are the same owner. */
static ULONGLONG owner_of(struct store *store)
{
    return changes_key(store);
}

/* A second lock by the same owner is one too many as well. */
static HRESULT lock(struct store *store, struct db_txn *txn, LONGLONG id)
{
    BOOL locked, ours;
    HRESULT hr;

    if (FAILED(hr = db_is_locked(txn, id, &locked, &ours))) return hr;
    return locked ? MAPI_E_NO_ACCESS : db_lock(txn, id, owner_of(store));
}

BOOL submit_is_submitted(struct db_txn *txn, LONGLONG id)
{
    BOOL linked;

    return SUCCEEDED(db_is_linked(txn, id, DB_ROOT, DB_LIST_OUTGOING, &linked)) && linked;
}

static HRESULT get_longs(struct db_txn *txn, LONGLONG id, LONG *flags, LONG *submit_flags)
{
    static const ULONG tags[] = { PR_MESSAGE_FLAGS, PR_SUBMIT_FLAGS };
    SPropValue values[2];
    HRESULT hr;

    hr = db_object_columns(txn, id, 2, tags, MAPIAllocateMore, NULL, NULL, values);
    if (FAILED(hr)) return hr;
    *flags = values[0].ulPropTag == tags[0] ? values[0].Value.l : 0;
    *submit_flags = values[1].ulPropTag == tags[1] ? values[1].Value.l : 0;
    return S_OK;
}

/* submit_flags -1: not submitted any more. */
static HRESULT put_longs(struct db_txn *txn, LONGLONG id, LONG flags, LONG submit_flags,
                         BOOL set_time)
{
    static const SizedSPropTagArray(1, removed) = { 1, { PR_SUBMIT_FLAGS } };
    SPropValue values[3];
    ULONG count = 1;

    memset(values, 0, sizeof(values));
    values[0].ulPropTag = PR_MESSAGE_FLAGS;
    values[0].Value.l = flags;
    if (submit_flags >= 0)
    {
        values[count].ulPropTag = PR_SUBMIT_FLAGS;
        values[count++].Value.l = submit_flags;
    }
    if (set_time)
    {
        values[count].ulPropTag = PR_CLIENT_SUBMIT_TIME;
        GetSystemTimeAsFileTime(&values[count++].Value.ft);
    }
    return db_object_patch(txn, id, count, values,
                           submit_flags < 0 ? (const SPropTagArray *)&removed : NULL);
}

/* Ends the transaction as the call went. */
static HRESULT finish(struct store *store, struct db_txn *txn, HRESULT hr)
{
    if (FAILED(hr))
    {
        db_rollback(txn);
        return hr;
    }
    if (SUCCEEDED(hr = db_commit(txn))) changes_pump(store);
    return hr;
}

static HRESULT put_into_queue(struct store *store, LONGLONG id, BOOL preprocess)
{
    LONG flags, submit_flags;
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(store->db, DB_WRITE, &txn))) return hr;
    if (SUCCEEDED(hr = get_longs(txn, id, &flags, &submit_flags)))
        hr = put_longs(txn, id, flags | MSGFLAG_SUBMIT | MSGFLAG_UNSENT,
                       preprocess ? SUBMITFLAG_PREPROCESS : 0, TRUE);
    if (SUCCEEDED(hr)) hr = db_link(txn, id, DB_ROOT, DB_LIST_OUTGOING);
    return finish(store, txn, hr);
}

/* One that waits for preprocessing comes back from the spooler, prepared. */
static BOOL is_prepared(struct store *store, LONGLONG id)
{
    LONG flags, submit_flags = 0;
    struct db_txn *txn;

    if (FAILED(db_begin(store->db, DB_READ, &txn))) return FALSE;
    get_longs(txn, id, &flags, &submit_flags);
    db_rollback(txn);
    return (submit_flags & SUBMITFLAG_PREPROCESS) != 0;
}

HRESULT submit_message(struct store *store, IMessage *message, LONGLONG id)
{
    IMAPISupport *support = store_support(store);
    ULONG flags = 0;
    HRESULT hr = S_OK;

    if (!support) return MAPI_E_CALL_FAILED;
    /* The spooler is told before the message is prepared, and once more when it is in the queue. */
    IMAPISupport_SpoolerNotify(support, NOTIFY_READYTOSEND, NULL);
    if (!is_prepared(store, id))
    {
        hr = IMAPISupport_PrepareSubmit(support, message, &flags);
        if (SUCCEEDED(hr)) hr = IMAPISupport_ExpandRecips(support, message, &flags);
    }
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    if (hr == MAPI_E_NO_SUPPORT) hr = S_OK;
    if (SUCCEEDED(hr)) hr = put_into_queue(store, id, (flags & NEEDS_PREPROCESSING) != 0);
    if (SUCCEEDED(hr)) IMAPISupport_SpoolerNotify(support, NOTIFY_READYTOSEND, NULL);
    IMAPISupport_Release(support);
    return hr;
}

HRESULT submit_abort(struct store *store, LONGLONG id)
{
    LONG flags, submit_flags;
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(store->db, DB_WRITE, &txn))) return hr;
    if (!submit_is_submitted(txn, id)) hr = MAPI_E_NOT_IN_QUEUE;
    /* Whoever aborts takes the lock first: a spooler cannot begin meanwhile. */
    else if (FAILED(lock(store, txn, id))) hr = MAPI_E_UNABLE_TO_ABORT;
    else
    {
        hr = get_longs(txn, id, &flags, &submit_flags);
        if (SUCCEEDED(hr)) hr = put_longs(txn, id, flags & ~MSGFLAG_SUBMIT, -1, FALSE);
        if (SUCCEEDED(hr)) hr = db_unlink(txn, id, DB_ROOT, DB_LIST_OUTGOING);
        db_unlock(txn, id, owner_of(store));
    }
    return finish(store, txn, hr);
}

HRESULT submit_set_lock(struct store *store, LONGLONG id, ULONG state)
{
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(store->db, DB_WRITE, &txn))) return hr;
    if (state != MSG_LOCKED)
    {
        hr = db_unlock(txn, id, owner_of(store));
        if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    }
    /* That nobody has sent it meanwhile is known only now. */
    else if (!submit_is_submitted(txn, id)) hr = MAPI_E_NOT_IN_QUEUE;
    else hr = lock(store, txn, id);
    if (SUCCEEDED(hr = finish(store, txn, hr)))
        table_touch(store, DB_ROOT, DB_LIST_OUTGOING, id);
    return hr;
}

/* What is to become of a sent message is DoSentMail's work; the store takes it out of the queue. */
HRESULT submit_finished(struct store *store, LONGLONG id)
{
    LONG flags, submit_flags;
    IMAPISupport *support;
    struct db_txn *txn;
    IMessage *message;
    HRESULT hr;

    if (FAILED(hr = db_begin(store->db, DB_WRITE, &txn))) return hr;
    if (SUCCEEDED(hr = get_longs(txn, id, &flags, &submit_flags)))
    {
        flags = (flags & ~(MSGFLAG_SUBMIT | MSGFLAG_UNSENT)) | MSGFLAG_READ | MSGFLAG_FROMME;
        hr = put_longs(txn, id, flags, -1, FALSE);
        if (SUCCEEDED(hr)) hr = db_object_mark(txn, id, FALSE);
        if (SUCCEEDED(hr) && submit_is_submitted(txn, id))
            hr = db_unlink(txn, id, DB_ROOT, DB_LIST_OUTGOING);
        db_unlock(txn, id, owner_of(store));
    }
    if (hr == MAPI_E_OBJECT_DELETED) hr = MAPI_E_NOT_FOUND;
    if (FAILED(hr = finish(store, txn, hr))) return hr;
    if (!(support = store_support(store))) return S_OK;
    /* It takes the message over: a move needs that nobody has it open. */
    if (SUCCEEDED(message_open(store, id, TRUE, FALSE, &message)))
        hr = IMAPISupport_DoSentMail(support, 0, message);
    IMAPISupport_Release(support);
    return hr;
}
