/*
 * Transactions and the change numbers they give
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
 * One write transaction at a time in a process: the event db->writer lets the next one through, so
 * that threads wait in order and not in SQLite's busy handler, which other processes are waited for
 * in. A statement that fails for another reason than its own arguments leaves the transaction fit
 * only for rolling back (txn_fail).
 */

#include "db/dbpriv.h"

static void txn_end(struct db_txn *txn)
{
    struct db *db = txn->db;
    const BOOL write = txn->write;

    connection_give(db, txn->connection);
    if (write)
    {
        db->writer_thread = 0;
        os_event_set(db->writer);
    }
    platform_free(txn);
    db_release(db);
}

HRESULT db_begin(struct db *db, ULONG mode, struct db_txn **ret)
{
    struct db_txn *txn;
    HRESULT hr;

    *ret = NULL;
    if ((mode & DB_WRITE) && db->read_only) return MAPI_E_NO_ACCESS;
    if (!(txn = platform_alloc_zero(sizeof(*txn)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    /* A thread that writes already would wait for itself. */
    if ((mode & DB_WRITE) && (db->writer_thread == os_thread_id()
                              || !os_event_wait(db->writer, mode & DB_TRY ? 0 : DB_BUSY_MS)))
    {
        platform_free(txn);
        return MAPI_E_BUSY;
    }
    if (mode & DB_WRITE) db->writer_thread = os_thread_id();
    txn->write = (mode & DB_WRITE) != 0;
    txn->db = db_addref(db);
    if (FAILED(hr = connection_take(db, &txn->connection)))
    {
        txn->connection = NULL;
        txn_end(txn);
        return hr;
    }
    if (txn->write && txn->connection->lazy != ((mode & DB_LAZY) != 0))
    {
        sqlite3_exec(txn->connection->handle,
                     mode & DB_LAZY ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL", NULL,
                     NULL, NULL);
        txn->connection->lazy = (mode & DB_LAZY) != 0;
    }
    if (mode & DB_TRY) sqlite3_busy_timeout(txn->connection->handle, 0);
    hr = sql_run(txn, txn->write ? SQL_BEGIN_WRITE : SQL_BEGIN_READ, "");
    if (mode & DB_TRY) sqlite3_busy_timeout(txn->connection->handle, DB_BUSY_MS);
    if (FAILED(hr))
    {
        txn_end(txn);
        return hr;
    }
    *ret = txn;
    return S_OK;
}

void db_rollback(struct db_txn *txn)
{
    if (!txn) return;
    /* What only read may end either way, and this statement is prepared. */
    if (txn->write || FAILED(sql_run(txn, SQL_COMMIT, "")))
        sqlite3_exec(txn->connection->handle, "ROLLBACK", NULL, NULL, NULL);
    if (txn->names_added) names_forget(txn->db);
    txn_end(txn);
}

HRESULT db_commit(struct db_txn *txn)
{
    struct db *db = txn->db;
    BOOL changed;
    HRESULT hr;

    if (!txn->failed) txn_fail(txn, fulltext_keep_up(txn));
    if (txn->failed)
    {
        hr = txn->error;
        db_rollback(txn);
        return hr;
    }
    if (FAILED(hr = sql_run(txn, SQL_COMMIT, "")))
    {
        db_rollback(txn);
        return hr;
    }
    changed = txn->changed;
    db_addref(db);
    txn_end(txn);
    if (changed) changes_committed(db);
    db_release(db);
    return S_OK;
}

struct db *db_txn_db(const struct db_txn *txn)
{
    return txn->db;
}

HRESULT txn_fail(struct db_txn *txn, HRESULT hr)
{
    if (FAILED(hr) && !txn->failed)
    {
        txn->failed = TRUE;
        txn->error = hr;
    }
    return hr;
}

HRESULT txn_check_write(struct db_txn *txn)
{
    if (!txn->write) return MAPI_E_NO_ACCESS;
    return txn->failed ? txn->error : S_OK;
}

static HRESULT savepoint(struct db_txn *txn, const char *format, ULONG number)
{
    char text[64];

    sqlite3_snprintf(sizeof(text), text, format, (int)number, (int)number);
    return sql_exec(txn, text);
}

HRESULT db_savepoint(struct db_txn *txn)
{
    HRESULT hr = txn_check_write(txn);

    /* What has been numbered by then is numbered again after an undo. */
    if (SUCCEEDED(hr)) hr = savepoint(txn, "SAVEPOINT s%d", txn->savepoints + 1);
    if (SUCCEEDED(hr)) txn->savepoints++;
    return hr;
}

HRESULT db_savepoint_keep(struct db_txn *txn)
{
    if (!txn->savepoints) return MAPI_E_CALL_FAILED;
    return savepoint(txn, "RELEASE s%d", txn->savepoints--);
}

HRESULT db_savepoint_undo(struct db_txn *txn)
{
    HRESULT hr;

    if (!txn->savepoints) return MAPI_E_CALL_FAILED;
    hr = savepoint(txn, "ROLLBACK TO s%d; RELEASE s%d", txn->savepoints--);
    if (FAILED(hr)) return txn_fail(txn, hr);
    /* What failed since then is undone; numbers that were given are not given again. */
    txn->failed = FALSE;
    if (txn->names_added) names_forget(txn->db);
    return S_OK;
}
