/*
 * Changes: what was committed, in order
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
 * Every transaction adds rows to the table change, which is pruned to the last KEPT. A row's
 * sequence is also the change number of its object; the newest row carries the highest id of an
 * object that was ever given, so that ids come once without a counter of their own. One thread a
 * file, while anybody listens, looks for new rows: at once when this process committed, else when
 * SQLite says that the file has changed, asked every POLL_MS. It calls the listeners one after
 * another, without the lock.
 */

#include "db/dbpriv.h"

#define KEPT       16384
#define PRUNE_EACH 1024
#define POLL_MS    250
#define BATCH      256

/* --- writing --- */

HRESULT change_numbers(struct db_txn *txn)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    if (txn->numbered) return S_OK;
    if (FAILED(hr = sql_open(txn, SQL_CHANGE_LAST, &statement, ""))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        txn->sequence = sqlite3_column_int64(statement, 0);
        txn->top = sqlite3_column_int64(statement, 1);
    }
    else if (hr == S_FALSE) txn->top = DB_ROOT;
    sql_close(statement);
    if (FAILED(hr)) return hr;
    if (txn->top < DB_ROOT || txn->sequence > (ULONGLONG)1 << 62) return MAPI_E_CORRUPT_STORE;
    txn->first_sequence = txn->sequence;
    txn->numbered = TRUE;
    return S_OK;
}

HRESULT object_new_id(struct db_txn *txn, LONGLONG *id)
{
    HRESULT hr = change_numbers(txn);

    if (SUCCEEDED(hr)) *id = ++txn->top;
    return hr;
}

HRESULT change_add(struct db_txn *txn, ULONG what, const struct db_object *now, LONGLONG old_parent,
                   ULONG old_list, LONGLONG source)
{
    HRESULT hr;

    if (FAILED(hr = change_numbers(txn))) return hr;
    txn->sequence++;
    txn->changed = TRUE;
    hr = sql_run(txn, SQL_CHANGE_ADD, "iuuiiuiuii", (LONGLONG)txn->sequence, what, now->kind,
                 now->id, now->parent, now->list, old_parent, old_list, source, txn->top);
    if (SUCCEEDED(hr) && !(txn->sequence % PRUNE_EACH) && txn->sequence > KEPT)
        hr = sql_run(txn, SQL_CHANGE_PRUNE, "i", (LONGLONG)txn->sequence - KEPT);
    return hr;
}

/* --- reading --- */

HRESULT db_change_last(struct db_txn *txn, ULONGLONG *sequence)
{
    LONGLONG last = 0;
    HRESULT hr = sql_number(txn, SQL_CHANGE_LAST, &last, "");

    *sequence = last;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_changes(struct db_txn *txn, ULONGLONG after, ULONG max, struct db_change **changes,
                   ULONG *count, BOOL *lost)
{
    sqlite3_stmt *statement;
    struct db_change change;
    struct bytes bytes;
    LONGLONG first = 0;
    HRESULT hr;

    *changes = NULL;
    *count = 0;
    *lost = FALSE;
    if (FAILED(hr = sql_number(txn, SQL_CHANGE_FIRST, &first, ""))) return hr;
    *lost = hr == S_OK && first > (LONGLONG)PRUNE_EACH && (ULONGLONG)first > after + 1;
    if (FAILED(hr = sql_open(txn, SQL_CHANGE_LIST, &statement, "iu", (LONGLONG)after, max)))
        return hr;
    bytes_init(&bytes);
    memset(&change, 0, sizeof(change));
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        change.sequence = sqlite3_column_int64(statement, 0);
        change.what = sqlite3_column_int(statement, 1);
        change.kind = sqlite3_column_int(statement, 2);
        change.object = sqlite3_column_int64(statement, 3);
        change.parent = sqlite3_column_int64(statement, 4);
        change.list = sqlite3_column_int(statement, 5);
        change.old_parent = sqlite3_column_int64(statement, 6);
        change.old_list = sqlite3_column_int(statement, 7);
        change.source = sqlite3_column_int64(statement, 8);
        bytes_put(&bytes, &change, sizeof(change));
    }
    sql_close(statement);
    if (bytes.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
    {
        bytes_free(&bytes);
        return hr;
    }
    *changes = (struct db_change *)bytes.data;
    *count = (ULONG)(bytes.size / sizeof(change));
    return S_OK;
}

/* --- listening --- */

/* How a listener ended while it was called. */
enum gone
{
    GONE_NOT,
    GONE_WAITED,                        /* somebody waits for returned, and frees it */
    GONE_WITHIN                         /* within the call: the watcher frees it */
};

struct db_listener
{
    struct watcher *watcher;
    struct db_listener *next;           /* db->lock */
    void (*changed)(void *context, ULONG count, const struct db_change *changes, BOOL lost);
    void *context;
    ULONGLONG seen;
    ULONG round;                        /* db->lock: the last that it was told in */
    LONG volatile gone;                 /* enum gone, written under db->lock */
    struct os_event *returned;
};

/* The thread that looks for changes of a file, there as long as anybody listens. */
struct watcher
{
    struct db *db;                      /* counted */
    struct os_event *wake;
    struct os_thread *thread;
    ULONG thread_id;
    struct db_listener *first;          /* db->lock */
    struct db_listener *called;         /* db->lock: the call to it is in progress */
    BOOL fresh;                         /* db->lock: one has come that was never told */
    LONG volatile ends;
    BOOL abandoned;                     /* db->lock: nobody joins the thread, which frees all */
};

static void listener_free(struct db_listener *listener)
{
    os_event_free(listener->returned);
    platform_free(listener);
}

static void watcher_free(struct watcher *watcher)
{
    os_event_free(watcher->wake);
    db_release(watcher->db);
    platform_free(watcher);
}

void changes_committed(struct db *db)
{
    os_lock_enter(db->lock);
    if (db->watcher) os_event_set(db->watcher->wake);
    os_lock_leave(db->lock);
}

/* What is new, told in batches. */
static void tell(struct db *db, struct db_listener *listener)
{
    struct db_change *changes;
    struct db_txn *txn;
    ULONG count;
    BOOL lost;
    HRESULT hr;

    do
    {
        if (FAILED(db_begin(db, DB_READ, &txn))) return;
        hr = db_changes(txn, listener->seen, BATCH, &changes, &count, &lost);
        db_rollback(txn);
        if (FAILED(hr)) return;
        if (count) listener->seen = changes[count - 1].sequence;
        if ((count || lost) && !listener->gone)
            listener->changed(listener->context, count, changes, lost);
        platform_free(changes);
    }
    while (count == BATCH && !listener->gone);
}

/* The next one that was not told in this round yet, now being called. */
static struct db_listener *next_listener(struct watcher *watcher, ULONG round)
{
    struct db_listener *listener;

    os_lock_enter(watcher->db->lock);
    for (listener = watcher->first; listener && listener->round == round; listener = listener->next)
        ;
    if (listener) listener->round = round;
    watcher->called = listener;
    os_lock_leave(watcher->db->lock);
    return listener;
}

static BOOL take_fresh(struct watcher *watcher)
{
    BOOL fresh;

    os_lock_enter(watcher->db->lock);
    fresh = watcher->fresh;
    watcher->fresh = FALSE;
    os_lock_leave(watcher->db->lock);
    return fresh;
}

static void call_returned(struct watcher *watcher, struct db_listener *listener)
{
    os_lock_enter(watcher->db->lock);
    watcher->called = NULL;
    if (listener->gone == GONE_WAITED) os_event_set(listener->returned);
    else if (listener->gone == GONE_WITHIN) listener_free(listener);
    os_lock_leave(watcher->db->lock);
}

static void watch(void *context)
{
    struct watcher *watcher = context;
    struct db *db = watcher->db;
    LONGLONG version = 0, now;
    struct connection *connection;
    struct db_listener *listener;
    sqlite3_stmt *statement = NULL;
    ULONG round = 0;
    BOOL abandoned;

    os_lock_enter(db->lock);
    watcher->thread_id = os_thread_id();
    os_lock_leave(db->lock);
    /* data_version speaks of changes by others than the connection that asks, so it is kept. */
    if (SUCCEEDED(connection_open(db->name, db->read_only, &connection)))
        sqlite3_prepare_v2(connection->handle, "PRAGMA data_version", -1, &statement, NULL);
    while (!watcher->ends)
    {
        now = version;
        if (statement && sqlite3_step(statement) == SQLITE_ROW)
            now = sqlite3_column_int64(statement, 0);
        if (statement) sqlite3_reset(statement);
        if (take_fresh(watcher) || now != version || !statement)
        {
            if (!++round) round = 1;    /* 0: never told */
            while (!watcher->ends && (listener = next_listener(watcher, round)))
            {
                tell(db, listener);
                call_returned(watcher, listener);
            }
        }
        version = now;
        if (!watcher->ends) os_event_wait(watcher->wake, POLL_MS);
    }
    sqlite3_finalize(statement);
    connection_close(connection);
    os_lock_enter(db->lock);
    abandoned = watcher->abandoned;
    os_lock_leave(db->lock);
    if (abandoned) watcher_free(watcher);
}

/* db->lock is held. */
static struct watcher *watcher_start(struct db *db)
{
    struct watcher *watcher;

    if (!(watcher = platform_alloc_zero(sizeof(*watcher)))) return NULL;
    watcher->db = db;
    if ((watcher->wake = os_event_create(FALSE))
        && (watcher->thread = os_thread_start(watch, watcher)))
    {
        db_addref(db);
        return db->watcher = watcher;
    }
    os_event_free(watcher->wake);
    platform_free(watcher);
    return NULL;
}

HRESULT db_listen(struct db *db,
                  void (*changed)(void *context, ULONG count, const struct db_change *changes,
                                  BOOL lost),
                  void *context, struct db_listener **ret)
{
    struct db_listener *listener;
    struct db_txn *txn;
    HRESULT hr;

    *ret = NULL;
    if (!(listener = platform_alloc_zero(sizeof(*listener)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    listener->changed = changed;
    listener->context = context;
    if (!(listener->returned = os_event_create(FALSE))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (SUCCEEDED(hr = db_begin(db, DB_READ, &txn)))
    {
        hr = db_change_last(txn, &listener->seen);
        db_rollback(txn);
    }
    if (SUCCEEDED(hr))
    {
        os_lock_enter(db->lock);
        if (!(listener->watcher = db->watcher)) listener->watcher = watcher_start(db);
        if (listener->watcher)
        {
            listener->next = listener->watcher->first;
            listener->watcher->first = listener;
            /* What was committed since it looked may have been told already. */
            listener->watcher->fresh = TRUE;
            os_event_set(listener->watcher->wake);
        }
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
        os_lock_leave(db->lock);
    }
    if (FAILED(hr))
    {
        listener_free(listener);
        return hr;
    }
    *ret = listener;
    return S_OK;
}

void db_unlisten(struct db_listener *listener)
{
    struct db_listener **link;
    struct watcher *watcher;
    BOOL last, within, called;
    struct db *db;

    if (!listener) return;
    watcher = listener->watcher;
    db = db_addref(watcher->db);
    os_lock_enter(db->lock);
    for (link = &watcher->first; *link && *link != listener; link = &(*link)->next) { }
    if (*link) *link = listener->next;
    within = watcher->thread_id == os_thread_id();
    called = watcher->called == listener;
    if (called) listener->gone = within ? GONE_WITHIN : GONE_WAITED;
    if ((last = !watcher->first))
    {
        db->watcher = NULL;
        if (within)
        {
            watcher->abandoned = TRUE;
            os_thread_leave(watcher->thread);
        }
        watcher->ends = TRUE;
        os_event_set(watcher->wake);
    }
    os_lock_leave(db->lock);

    if (last && !within)
    {
        os_thread_join(watcher->thread);
        watcher_free(watcher);
    }
    else if (called && !within)
    {
        while (!os_event_wait(listener->returned, 1000)) { }
        /* The watcher is done with it when it has left the lock. */
        os_lock_enter(db->lock);
        os_lock_leave(db->lock);
    }
    if (!called || !within) listener_free(listener);
    db_release(db);
}
