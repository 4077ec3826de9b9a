/*
 * Small tables of the property database: values by name, locks
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

#include "db/dbpriv.h"

HRESULT db_map_get(struct db_txn *txn, ULONG space, const WCHAR *name, BYTE **value, ULONG *size)
{
    char *key = text_to_utf8(name);
    sqlite3_stmt *statement;
    HRESULT hr;

    *value = NULL;
    *size = 0;
    if (!key) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr = sql_open(txn, SQL_MAP_GET, &statement, "ut", space, key)))
    {
        if ((hr = sql_step(txn, statement)) == S_OK)
        {
            *size = sqlite3_column_bytes(statement, 0);
            if (!(*value = platform_alloc(*size + 1))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
            else if (*size) memcpy(*value, sqlite3_column_blob(statement, 0), *size);
        }
        else if (hr == S_FALSE) hr = MAPI_E_NOT_FOUND;
        sql_close(statement);
    }
    platform_free(key);
    return hr;
}

HRESULT db_map_set(struct db_txn *txn, ULONG space, const WCHAR *name, const void *value,
                   ULONG size)
{
    char *key;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (!(key = text_to_utf8(name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = sql_run(txn, SQL_MAP_SET, "utB", space, key, value, (size_t)size);
    platform_free(key);
    return hr;
}

HRESULT db_map_remove(struct db_txn *txn, ULONG space, const WCHAR *name)
{
    char *key;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (!(key = text_to_utf8(name))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = sql_run(txn, SQL_MAP_REMOVE, "ut", space, key);
    if (SUCCEEDED(hr) && !sqlite3_changes(txn->connection->handle)) hr = MAPI_E_NOT_FOUND;
    platform_free(key);
    return hr;
}

/* All of it is read before anybody is called. */
HRESULT db_map_each(struct db_txn *txn, ULONG space,
                    HRESULT (*each)(void *context, const WCHAR *name, const BYTE *value,
                                    ULONG size),
                    void *context)
{
    sqlite3_stmt *statement;
    struct reader reader;
    struct bytes all;
    const BYTE *data;
    WCHAR *name;
    HRESULT hr;
    ULONG size;
    int column;

    bytes_init(&all);
    if (FAILED(hr = sql_open(txn, SQL_MAP_LIST, &statement, "u", space))) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        for (column = 0; column < 2; column++)
        {
            data = sqlite3_column_blob(statement, column);
            bytes_put_fixed(&all, sqlite3_column_bytes(statement, column), 4);
            bytes_put(&all, data, sqlite3_column_bytes(statement, column));
        }
    }
    sql_close(statement);
    if (all.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    reader_init(&reader, all.data, all.size);
    while (SUCCEEDED(hr) && reader.at < reader.end)
    {
        size = (ULONG)reader_fixed(&reader, 4);
        data = reader_take(&reader, size);
        if (!(name = text_from_utf8((const char *)data, size)))
        {
            hr = MAPI_E_CORRUPT_STORE;
            break;
        }
        size = (ULONG)reader_fixed(&reader, 4);
        data = reader_take(&reader, size);
        hr = each(context, name, data, size);
        platform_free(name);
        if (hr != S_OK) break;
    }
    bytes_free(&all);
    return hr == S_FALSE ? S_OK : hr;
}

/* --- locks --- */

struct lock_holder
{
    ULONG process;
    ULONGLONG started;
    ULONGLONG owner;
};

/* S_FALSE: nobody has it, or who had it is gone. */
static HRESULT lock_holder(struct db_txn *txn, LONGLONG object, struct lock_holder *holder)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    if (FAILED(hr = sql_open(txn, SQL_LOCK_GET, &statement, "i", object))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        holder->process = (ULONG)sqlite3_column_int64(statement, 0);
        holder->started = sqlite3_column_int64(statement, 1);
        holder->owner = sqlite3_column_int64(statement, 2);
    }
    sql_close(statement);
    if (hr == S_OK && os_process_started(holder->process) != holder->started) hr = S_FALSE;
    return hr;
}

HRESULT db_lock(struct db_txn *txn, LONGLONG object, ULONGLONG owner)
{
    const ULONG process = os_process();
    struct lock_holder holder;
    struct db_object info;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = object_row(txn, object, &info))) return hr;
    if (FAILED(hr = lock_holder(txn, object, &holder))) return hr;
    if (hr == S_OK)
        return holder.process == process && holder.owner == owner ? S_OK : MAPI_E_NO_ACCESS;
    return sql_run(txn, SQL_LOCK_SET, "iuii", object, process,
                   (LONGLONG)os_process_started(process), (LONGLONG)owner);
}

HRESULT db_unlock(struct db_txn *txn, LONGLONG object, ULONGLONG owner)
{
    struct lock_holder holder;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = lock_holder(txn, object, &holder))) return hr;
    if (hr == S_FALSE || holder.process != os_process() || holder.owner != owner)
        return MAPI_E_NOT_FOUND;
    return sql_run(txn, SQL_LOCK_DELETE, "i", object);
}

HRESULT db_is_locked(struct db_txn *txn, LONGLONG object, BOOL *locked, BOOL *by_this_process)
{
    struct lock_holder holder;
    HRESULT hr = lock_holder(txn, object, &holder);

    *locked = hr == S_OK;
    *by_this_process = hr == S_OK && holder.process == os_process();
    return FAILED(hr) ? hr : S_OK;
}
