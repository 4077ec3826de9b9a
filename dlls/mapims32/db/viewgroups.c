/*
 * Ordered views: groups of rows whose first columns agree
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
 * Rows of a group stand together, and their keys begin with the same bytes. The keys are read one
 * after another; of a group that is long, its end is found by its key and what lies between is
 * counted by the view's blocks. Either way the cost is that of the view's own index.
 */

#include "db/dbpriv.h"

#define LONG_GROUP 768                  /* rows; about what counting by blocks costs */

struct group
{
    struct bytes key;                   /* what its rows begin with */
    ULONGLONG start;
    ULONGLONG rows;
};

static BOOL belongs(const struct group *group, const BYTE *key, ULONG size)
{
    return group->key.size && size >= group->key.size
           && !memcmp(group->key.data, key, group->key.size);
}

static HRESULT begin_group(struct group *group, ULONG count, const struct db_sort *columns,
                           ULONG first, const BYTE *key, ULONG size)
{
    const ULONG prefix = size > KEY_TAIL
                             ? db_key_prefix(count, columns, first, key, size - KEY_TAIL) : 0;

    if (!prefix) return MAPI_E_CORRUPT_STORE;
    group->start += group->rows;
    group->rows = 1;
    group->key.size = 0;
    bytes_put(&group->key, key, prefix);
    return group->key.failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

static HRESULT end_group(const struct group *group, db_group each, void *context)
{
    if (!group->key.size) return S_OK;
    return each(context, group->key.data, (ULONG)group->key.size, group->rows);
}

/* From a key on. S_FALSE: there is no more; S_OK: the last group is long, and was left. */
static HRESULT read_groups(struct db_txn *txn, LONGLONG view, const struct bytes *from,
                           ULONG count, const struct db_sort *columns, ULONG first,
                           struct group *group, db_group each, void *context)
{
    sqlite3_stmt *statement;
    const BYTE *key;
    HRESULT hr;
    ULONG size;

    hr = sql_open(txn, SQL_ROW_NTH, &statement, "iBii", view, from->data, from->size, (LONGLONG)0,
                  (LONGLONG)-1);
    if (FAILED(hr)) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        key = sqlite3_column_blob(statement, 0);
        size = sqlite3_column_bytes(statement, 0);
        if (belongs(group, key, size))
        {
            if (++group->rows == LONG_GROUP) break;
            continue;
        }
        if ((hr = end_group(group, each, context)) != S_OK) break;
        if (FAILED(hr = begin_group(group, count, columns, first, key, size))) break;
    }
    sql_close(statement);
    return hr;
}

HRESULT db_view_groups(struct db_txn *txn, LONGLONG view, ULONG count,
                       const struct db_sort *columns, ULONG first, db_group each, void *context)
{
    struct group group = { { 0 } };
    struct bytes from;
    ULONGLONG end = 0;
    HRESULT hr;

    bytes_init(&from);
    bytes_init(&group.key);
    for (;;)
    {
        hr = read_groups(txn, view, &from, count, columns, first, &group, each, context);
        if (hr != S_OK || group.rows != LONG_GROUP) break;
        hr = db_view_key_position(txn, view, group.key.data, (ULONG)group.key.size, TRUE, &end);
        if (FAILED(hr)) break;
        if (end < group.start + group.rows)
        {
            hr = MAPI_E_CORRUPT_STORE;
            break;
        }
        group.rows = end - group.start;
        /* The least key above all of the group. */
        from.size = 0;
        bytes_put(&from, group.key.data, group.key.size);
        if (from.failed)
        {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        while (from.size && from.data[from.size - 1] == 0xff) from.size--;
        if (!from.size) break;
        from.data[from.size - 1]++;
    }
    if (SUCCEEDED(hr)) hr = end_group(&group, each, context);
    bytes_free(&from);
    bytes_free(&group.key);
    return hr;
}
