/*
 * Ordered views: the rows of a list, sorted and counted
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
 * The table row holds a view's keys (key.c) in their order, the table block counts them: blocks of
 * level 1 say how many rows there are from their key up to the next block's, those of level 2 the
 * same of level 1. The first block of either level has the empty key. A row's place is found by
 * adding up blocks of level 2, then of level 1 inside one of them, then rows inside one of those:
 * never more than MANY of each, but for the blocks of level 2 of views of hundreds of millions of
 * rows. A block of level 1 belongs to the block of level 2 that its own key is in.
 *
 * A key of text depends on how the system orders text. Who comes with another order (db_collation)
 * cannot add to a view with a column of text and drops it; it is made again when it is asked for.
 */

#include "db/dbpriv.h"

#define MANY 1024                       /* a block of more is split */
#define FEW  64                         /* one of less joins its neighbour */
#define KEEP_VIEWS 16                   /* of a list: those that were used last */

/* --- columns as they stand in the table view --- */

static BOOL is_text(ULONG tag)
{
    const ULONG type = PROP_TYPE(tag) & ~(MV_FLAG | MV_INSTANCE);

    return type == PT_STRING8 || type == PT_UNICODE || type == PT_UNSPECIFIED;
}

static HRESULT columns_pack(ULONG count, const struct db_sort *columns, struct bytes *bytes)
{
    ULONG i, tag, multi = 0;

    if (count > DB_VIEW_MAX_COLUMNS) return MAPI_E_TOO_COMPLEX;
    for (i = 0; i < count; i++)
    {
        tag = columns[i].tag;
        if ((PROP_TYPE(tag) & ~(MV_FLAG | MV_INSTANCE)) == PT_STRING8)
            tag = CHANGE_PROP_TYPE(tag, (PROP_TYPE(tag) & (MV_FLAG | MV_INSTANCE)) | PT_UNICODE);
        if ((PROP_TYPE(tag) & MV_INSTANCE) && multi++) return MAPI_E_TOO_COMPLEX;
        bytes_put_fixed(bytes, tag, 4);
        bytes_put_fixed(bytes, columns[i].descending ? 1 : 0, 1);
    }
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

static HRESULT columns_unpack(const void *data, size_t size, struct db_sort *columns, ULONG *count)
{
    struct reader reader;

    if (size % 5 || size / 5 > DB_VIEW_MAX_COLUMNS) return MAPI_E_CORRUPT_STORE;
    reader_init(&reader, data, size);
    for (*count = 0; reader.at < reader.end; (*count)++)
    {
        columns[*count].tag = (ULONG)reader_fixed(&reader, 4);
        columns[*count].descending = reader_fixed(&reader, 1) != 0;
    }
    return S_OK;
}

HRESULT view_of(struct db_txn *txn, LONGLONG view, LONGLONG *parent, ULONG *list,
                struct db_sort *columns, ULONG *count)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    if (FAILED(hr = sql_open(txn, SQL_VIEW_OF, &statement, "i", view))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        *parent = sqlite3_column_int64(statement, 0);
        *list = sqlite3_column_int(statement, 1);
        hr = columns_unpack(sqlite3_column_blob(statement, 2), sqlite3_column_bytes(statement, 2),
                            columns, count);
    }
    else if (hr == S_FALSE) hr = MAPI_E_NOT_FOUND;
    sql_close(statement);
    return hr;
}

/* --- blocks --- */

struct block
{
    struct bytes key;
    LONGLONG total;
    LONGLONG children;
};

/* The block of a level that a key is in, or the one before it; S_FALSE: there is none. */
static HRESULT block_find(struct db_txn *txn, enum sql id, LONGLONG view, ULONG level,
                          const BYTE *key, size_t size, struct block *block)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    if (FAILED(hr = sql_open(txn, id, &statement, "iuB", view, level, key, size))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        block->key.size = 0;
        bytes_put(&block->key, sqlite3_column_blob(statement, 0),
                  sqlite3_column_bytes(statement, 0));
        block->total = sqlite3_column_int64(statement, 1);
        block->children = sqlite3_column_int64(statement, 2);
        if (block->key.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    sql_close(statement);
    return hr;
}

static HRESULT block_add(struct db_txn *txn, LONGLONG view, ULONG level, const struct bytes *key,
                         LONGLONG total, LONGLONG children)
{
    return sql_run(txn, SQL_BLOCK_ADD, "iuBii", view, level, key->data, key->size, total, children);
}

static HRESULT block_change(struct db_txn *txn, LONGLONG view, ULONG level, const struct bytes *key,
                            LONGLONG total, LONGLONG children)
{
    return sql_run(txn, SQL_BLOCK_CHANGE, "iuBii", view, level, key->data, key->size, total,
                   children);
}

static HRESULT block_remove(struct db_txn *txn, LONGLONG view, ULONG level, const struct bytes *key)
{
    return sql_run(txn, SQL_BLOCK_REMOVE, "iuB", view, level, key->data, key->size);
}

/* The key that one statement gives. */
static HRESULT read_key(struct db_txn *txn, sqlite3_stmt *statement, struct bytes *key)
{
    HRESULT hr;

    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        key->size = 0;
        bytes_put(key, sqlite3_column_blob(statement, 0), sqlite3_column_bytes(statement, 0));
        if (key->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    sql_close(statement);
    return hr;
}

/* Cuts a block of level 1 that has grown in two. */
static HRESULT split_rows(struct db_txn *txn, LONGLONG view, struct block *block)
{
    const LONGLONG half = block->total / 2;
    sqlite3_stmt *statement;
    struct bytes middle;
    HRESULT hr;

    bytes_init(&middle);
    hr = sql_open(txn, SQL_ROW_NTH, &statement, "iBii", view, block->key.data, block->key.size,
                  half, (LONGLONG)1);
    if (SUCCEEDED(hr)) hr = read_key(txn, statement, &middle);
    if (hr == S_FALSE) hr = MAPI_E_CORRUPT_STORE;
    if (SUCCEEDED(hr)) hr = block_add(txn, view, 1, &middle, block->total - half, 0);
    if (SUCCEEDED(hr)) hr = block_change(txn, view, 1, &block->key, half - block->total, 0);
    bytes_free(&middle);
    return hr;
}

static HRESULT split_blocks(struct db_txn *txn, LONGLONG view, struct block *block)
{
    const LONGLONG half = block->children / 2;
    sqlite3_stmt *statement;
    struct bytes middle, next;
    LONGLONG total = 0;
    HRESULT hr;

    bytes_init(&middle);
    bytes_init(&next);
    hr = sql_open(txn, SQL_BLOCK_NTH, &statement, "iBi", view, block->key.data, block->key.size,
                  half);
    if (SUCCEEDED(hr)) hr = read_key(txn, statement, &middle);
    if (hr == S_FALSE) hr = MAPI_E_CORRUPT_STORE;
    if (SUCCEEDED(hr))
        hr = sql_open(txn, SQL_BLOCK_NEXT, &statement, "iuB", view, 2u, block->key.data,
                      block->key.size);
    if (SUCCEEDED(hr)) hr = read_key(txn, statement, &next);
    if (hr == S_FALSE)
        hr = sql_number(txn, SQL_BLOCK_SUM_FROM, &total, "iuB", view, 1u, middle.data, middle.size);
    else if (SUCCEEDED(hr))
        hr = sql_number(txn, SQL_BLOCK_SUM, &total, "iuBB", view, 1u, middle.data, middle.size,
                        next.data, next.size);
    if (SUCCEEDED(hr)) hr = block_add(txn, view, 2, &middle, total, block->children - half);
    if (SUCCEEDED(hr))
        hr = block_change(txn, view, 2, &block->key, -total, half - block->children);
    bytes_free(&middle);
    bytes_free(&next);
    return hr;
}

/* The blocks of both levels that a key is in. */
static HRESULT blocks_of(struct db_txn *txn, LONGLONG view, const BYTE *key, size_t size,
                         struct block *low, struct block *high)
{
    HRESULT hr = block_find(txn, SQL_BLOCK_AT, view, 1, key, size, low);

    if (hr == S_OK)
    {
        hr = block_find(txn, SQL_BLOCK_AT, view, 2, low->key.data, low->key.size, high);
        if (hr == S_FALSE) hr = MAPI_E_CORRUPT_STORE;
    }
    return hr;
}

static void blocks_init(struct block *low, struct block *high)
{
    memset(low, 0, sizeof(*low));
    memset(high, 0, sizeof(*high));
}

static void blocks_free(struct block *low, struct block *high)
{
    bytes_free(&low->key);
    bytes_free(&high->key);
}

static HRESULT view_insert(struct db_txn *txn, LONGLONG view, const BYTE *key, size_t size)
{
    struct block low, high;
    BOOL split;
    HRESULT hr;

    if (FAILED(hr = sql_run(txn, SQL_ROW_ADD, "ib", view, key, size))) return hr;
    if (!sqlite3_changes(txn->connection->handle)) return S_OK;

    blocks_init(&low, &high);
    if ((hr = blocks_of(txn, view, key, size, &low, &high)) == S_FALSE)
    {
        if (SUCCEEDED(hr = block_add(txn, view, 1, &low.key, 1, 0)))
            hr = block_add(txn, view, 2, &low.key, 1, 1);
    }
    else if (SUCCEEDED(hr))
    {
        split = ++low.total > MANY;
        high.children += split;
        high.total++;
        hr = block_change(txn, view, 1, &low.key, 1, 0);
        if (SUCCEEDED(hr)) hr = block_change(txn, view, 2, &high.key, 1, split);
        if (SUCCEEDED(hr) && split) hr = split_rows(txn, view, &low);
        if (SUCCEEDED(hr) && high.children > MANY) hr = split_blocks(txn, view, &high);
    }
    blocks_free(&low, &high);
    return hr;
}

static int compare_keys(const struct bytes *a, const struct bytes *b)
{
    const size_t size = min(a->size, b->size);
    const int order = size ? memcmp(a->data, b->data, size) : 0;

    return order ? order : (a->size > b->size) - (a->size < b->size);
}

/* A block with few rows joins the one before it, if both belong together and are not too many. */
static HRESULT join(struct db_txn *txn, LONGLONG view, struct block *low, struct block *high)
{
    struct block before;
    HRESULT hr;

    memset(&before, 0, sizeof(before));
    hr = block_find(txn, SQL_BLOCK_BEFORE, view, 1, low->key.data, low->key.size, &before);
    if (hr == S_OK && before.total + low->total <= MANY / 2
        && compare_keys(&before.key, &high->key) >= 0)
    {
        hr = block_change(txn, view, 1, &before.key, low->total, 0);
        if (SUCCEEDED(hr)) hr = block_remove(txn, view, 1, &low->key);
        if (SUCCEEDED(hr)) hr = block_change(txn, view, 2, &high->key, 0, -1);
    }
    bytes_free(&before.key);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT view_remove(struct db_txn *txn, LONGLONG view, const BYTE *key, size_t size)
{
    struct block low, high;
    HRESULT hr;

    if (FAILED(hr = sql_run(txn, SQL_ROW_REMOVE, "ib", view, key, size))) return hr;
    if (!sqlite3_changes(txn->connection->handle)) return S_OK;

    blocks_init(&low, &high);
    if ((hr = blocks_of(txn, view, key, size, &low, &high)) == S_FALSE) hr = MAPI_E_CORRUPT_STORE;
    if (SUCCEEDED(hr))
    {
        low.total--;
        hr = block_change(txn, view, 1, &low.key, -1, 0);
        if (SUCCEEDED(hr)) hr = block_change(txn, view, 2, &high.key, -1, 0);
        if (SUCCEEDED(hr) && low.total < FEW && low.key.size)
            hr = join(txn, view, &low, &high);
    }
    blocks_free(&low, &high);
    return hr;
}

/* --- making and finding views --- */

static HRESULT view_lookup(struct db_txn *txn, LONGLONG parent, ULONG list,
                           const struct bytes *columns, LONGLONG *view)
{
    *view = 0;
    return sql_number(txn, SQL_VIEW_FIND, view, "iuB", parent, list, columns->data, columns->size);
}

static HRESULT view_drop(struct db_txn *txn, LONGLONG view)
{
    HRESULT hr = sql_run(txn, SQL_ROW_CLEAR, "i", view);

    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_BLOCK_CLEAR, "i", view);
    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_VIEW_REMOVE, "i", view);
    return hr;
}

static HRESULT view_add(struct db_txn *txn, LONGLONG parent, ULONG list,
                        const struct bytes *columns, LONGLONG *view)
{
    HRESULT hr;

    hr = sql_run(txn, SQL_VIEW_ADD, "iuBui", parent, list, columns->data, columns->size,
                 db_collation(), (LONGLONG)platform_time());
    if (FAILED(hr)) return hr;
    *view = sqlite3_last_insert_rowid(txn->connection->handle);
    return sql_run(txn, SQL_VIEW_TOUCH, "ii", *view, (LONGLONG)platform_time());
}

HRESULT views_begin_list(struct db_txn *txn, LONGLONG parent, ULONG list)
{
    struct default_view defaults[MAX_DEFAULT_VIEWS];
    struct bytes columns;
    ULONG count, i;
    LONGLONG view;
    HRESULT hr = S_OK;

    os_lock_enter(txn->db->lock);
    count = txn->db->default_count;
    memcpy(defaults, txn->db->defaults, count * sizeof(*defaults));
    os_lock_leave(txn->db->lock);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (defaults[i].list != list) continue;
        bytes_init(&columns);
        hr = columns_pack(defaults[i].count, defaults[i].columns, &columns);
        if (SUCCEEDED(hr) && (hr = view_lookup(txn, parent, list, &columns, &view)) == S_FALSE)
            hr = view_add(txn, parent, list, &columns, &view);
        bytes_free(&columns);
    }
    return hr;
}

HRESULT views_delete(struct db_txn *txn, LONGLONG parent)
{
    LONGLONG view;
    HRESULT hr;

    while ((hr = sql_number(txn, SQL_VIEW_ANY, &view, "i", parent)) == S_OK)
        if (FAILED(hr = view_drop(txn, view))) return hr;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT collect_keys(struct db_txn *txn, LONGLONG parent, ULONG list, ULONG count,
                            const struct db_sort *columns)
{
    sqlite3_stmt *statement;
    struct source source;
    struct bytes keys;
    HRESULT hr;
    ULONG size;
    size_t at;

    bytes_init(&keys);
    if (FAILED(hr = sql_open(txn, SQL_MEMBERS, &statement, "iu", parent, list))) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        if (FAILED(hr = source_open(&source, txn, sqlite3_column_int64(statement, 0)))) break;
        keys.size = 0;
        hr = keys_of_source(count, columns, &source, &keys);
        source_close(&source);
        for (at = 0; at < keys.size && SUCCEEDED(hr); at += sizeof(size) + size)
        {
            memcpy(&size, keys.data + at, sizeof(size));
            hr = sql_run(txn, SQL_BUILD_ADD, "b", keys.data + at + sizeof(size), (size_t)size);
        }
        if (FAILED(hr)) break;
    }
    sql_close(statement);
    bytes_free(&keys);
    return FAILED(hr) ? hr : S_OK;
}

/* Blocks over rows that are there. */
static HRESULT count_rows(struct db_txn *txn, LONGLONG view)
{
    struct bytes low, high, next;
    LONGLONG rows = 0, all = 0, children = 0;
    sqlite3_stmt *statement;
    HRESULT hr, row;

    bytes_init(&low);
    bytes_init(&high);
    bytes_init(&next);
    if (FAILED(hr = sql_open(txn, SQL_ROW_ALL, &statement, "i", view))) return hr;
    do
    {
        row = sql_step(txn, statement);
        if (row == S_OK && rows < MANY / 2)
        {
            rows++;
            continue;
        }
        if (FAILED(hr = row)) break;
        /* The block that ends here, and perhaps the one above it. */
        if (rows && SUCCEEDED(hr = block_add(txn, view, 1, &low, rows, 0)))
        {
            children++;
            all += rows;
            if (row == S_FALSE || children == MANY / 2)
            {
                hr = block_add(txn, view, 2, &high, all, children);
                all = children = 0;
            }
        }
        if (row != S_OK || FAILED(hr)) break;
        low.size = 0;
        bytes_put(&low, sqlite3_column_blob(statement, 0), sqlite3_column_bytes(statement, 0));
        if (!children)
        {
            high.size = 0;
            bytes_put(&high, low.data, low.size);
        }
        if (low.failed || high.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        rows = 1;
    }
    while (SUCCEEDED(hr));
    sql_close(statement);
    bytes_free(&low);
    bytes_free(&high);
    return hr;
}

/* The rows are sorted by SQLite, in a file of its own when they are many. */
static HRESULT view_fill(struct db_txn *txn, LONGLONG view, LONGLONG parent, ULONG list,
                         ULONG count, const struct db_sort *columns)
{
    HRESULT hr;

    hr = sql_exec(txn, "CREATE TEMP TABLE IF NOT EXISTS build(key BLOB NOT NULL)");
    if (SUCCEEDED(hr)) hr = sql_exec(txn, "DELETE FROM temp.build");
    if (SUCCEEDED(hr)) hr = collect_keys(txn, parent, list, count, columns);
    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_BUILD_TAKE, "i", view);
    if (SUCCEEDED(hr)) hr = sql_exec(txn, "DELETE FROM temp.build");
    if (SUCCEEDED(hr)) hr = count_rows(txn, view);
    return hr;
}

static HRESULT prune_views(struct db_txn *txn, LONGLONG parent, ULONG list)
{
    LONGLONG view;
    HRESULT hr;

    while ((hr = sql_number(txn, SQL_VIEW_OLDEST, &view, "iui", parent, list, (LONGLONG)KEEP_VIEWS))
           == S_OK)
        if (FAILED(hr = view_drop(txn, view))) return hr;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_view_find(struct db_txn *txn, LONGLONG parent, ULONG list, ULONG count,
                     const struct db_sort *columns, LONGLONG *view)
{
    struct bytes packed;
    LONGLONG collation;
    HRESULT hr;
    ULONG i;

    *view = 0;
    bytes_init(&packed);
    hr = columns_pack(count, columns, &packed);
    if (SUCCEEDED(hr) && (hr = view_lookup(txn, parent, list, &packed, view)) == S_FALSE)
        hr = MAPI_E_NOT_FOUND;
    bytes_free(&packed);
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        if (!is_text(columns[i].tag)) continue;
        hr = sql_number(txn, SQL_VIEW_COLLATION, &collation, "i", *view);
        if (SUCCEEDED(hr) && (hr == S_FALSE || (ULONG)collation != db_collation()))
            hr = MAPI_E_NOT_FOUND;
        break;
    }
    return hr;
}

/* Writes only when half of those that are kept were used since: reading stays reading. */
static HRESULT touch_view(struct db *db, LONGLONG view)
{
    struct db_txn *txn;
    HRESULT hr;

    if (db->read_only || FAILED(hr = db_begin(db, DB_WRITE | DB_LAZY, &txn))) return S_OK;
    hr = sql_run(txn, SQL_VIEW_TOUCH, "ii", view, (LONGLONG)platform_time());
    if (FAILED(hr)) db_rollback(txn);
    else hr = db_commit(txn);
    /* The view is there all the same. */
    return hr == MAPI_E_CORRUPT_STORE ? hr : S_OK;
}

HRESULT db_view_ensure(struct db *db, LONGLONG parent, ULONG list, ULONG count,
                       const struct db_sort *columns, BOOL *made)
{
    struct db_object info;
    struct bytes packed;
    struct db_txn *txn;
    LONGLONG view, rank = 0;
    HRESULT hr;

    *made = FALSE;
    if (FAILED(hr = db_begin(db, DB_READ, &txn))) return hr;
    hr = db_view_find(txn, parent, list, count, columns, &view);
    if (SUCCEEDED(hr)) hr = sql_number(txn, SQL_VIEW_RANK, &rank, "i", view);
    db_rollback(txn);
    if (SUCCEEDED(hr)) return rank >= KEEP_VIEWS / 2 ? touch_view(db, view) : S_OK;
    if (hr != MAPI_E_NOT_FOUND) return hr;

    if (FAILED(hr = db_begin(db, DB_WRITE | DB_LAZY, &txn))) return hr;
    bytes_init(&packed);
    hr = columns_pack(count, columns, &packed);
    if (SUCCEEDED(hr)) hr = object_row(txn, parent, &info);
    if (SUCCEEDED(hr) && (hr = db_view_find(txn, parent, list, count, columns, &view))
        == MAPI_E_NOT_FOUND)
    {
        /* One that others order otherwise is there, perhaps. */
        hr = view ? view_drop(txn, view) : S_OK;
        if (SUCCEEDED(hr)) hr = view_add(txn, parent, list, &packed, &view);
        if (SUCCEEDED(hr)) hr = view_fill(txn, view, parent, list, count, columns);
        if (SUCCEEDED(hr)) hr = prune_views(txn, parent, list);
        *made = SUCCEEDED(hr);
    }
    bytes_free(&packed);
    if (FAILED(hr)) db_rollback(txn);
    else hr = db_commit(txn);
    return hr;
}

/* --- keeping them right --- */

struct placed
{
    LONGLONG view;
    struct bytes before;
    struct bytes after;
};

struct placing
{
    struct db_txn *txn;
    ULONG count;
    ULONG room;
    struct placed *views;
};

HRESULT placing_create(struct db_txn *txn, struct placing **ret)
{
    if (!(*ret = platform_alloc_zero(sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    (*ret)->txn = txn;
    return S_OK;
}

void placing_free(struct placing *placing)
{
    ULONG i;

    if (!placing) return;
    for (i = 0; i < placing->count; i++)
    {
        bytes_free(&placing->views[i].before);
        bytes_free(&placing->views[i].after);
    }
    platform_free(placing->views);
    platform_free(placing);
}

static struct placed *placed_view(struct placing *placing, LONGLONG view)
{
    struct placed *views;
    ULONG i, room;

    for (i = 0; i < placing->count; i++)
        if (placing->views[i].view == view) return &placing->views[i];
    if (placing->count == placing->room)
    {
        room = placing->room ? placing->room * 2 : 4;
        if (!(views = platform_realloc(placing->views, room * sizeof(*views)))) return NULL;
        placing->views = views;
        placing->room = room;
    }
    memset(&placing->views[placing->count], 0, sizeof(*placing->views));
    placing->views[placing->count].view = view;
    return &placing->views[placing->count++];
}

/* Keys in all views of one list. */
static HRESULT note_list(struct placing *placing, struct source *source, LONGLONG parent,
                         ULONG list, BOOL before)
{
    struct db_sort columns[DB_VIEW_MAX_COLUMNS];
    struct bytes foreign;
    sqlite3_stmt *statement;
    struct placed *placed;
    ULONG count, i;
    LONGLONG view;
    HRESULT hr;
    BOOL text;

    bytes_init(&foreign);
    if (FAILED(hr = sql_open(placing->txn, SQL_VIEW_LIST, &statement, "iu", parent, list)))
        return hr;
    while ((hr = sql_step(placing->txn, statement)) == S_OK)
    {
        view = sqlite3_column_int64(statement, 0);
        hr = columns_unpack(sqlite3_column_blob(statement, 1), sqlite3_column_bytes(statement, 1),
                            columns, &count);
        if (FAILED(hr)) break;
        for (i = 0, text = FALSE; i < count; i++) text |= is_text(columns[i].tag);
        if (text && (ULONG)sqlite3_column_int64(statement, 2) != db_collation())
        {
            bytes_put(&foreign, &view, sizeof(view));
            continue;
        }
        if (!(placed = placed_view(placing, view))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else hr = keys_of_source(count, columns, source, before ? &placed->before : &placed->after);
        if (FAILED(hr)) break;
    }
    sql_close(statement);
    if (foreign.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < foreign.size / sizeof(view); i++)
        hr = view_drop(placing->txn, ((const LONGLONG *)foreign.data)[i]);
    bytes_free(&foreign);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT placing_note(struct placing *placing, struct source *source, BOOL before)
{
    LONGLONG links[32];
    sqlite3_stmt *statement;
    ULONG count, i;
    HRESULT hr = S_OK;
    LONGLONG after_parent = 0, after_list = -1;

    if (source->object.list)
        hr = note_list(placing, source, source->object.parent, source->object.list, before);
    while (SUCCEEDED(hr))
    {
        hr = sql_open(placing->txn, SQL_LINK_LIST_AFTER, &statement, "iiiu", source->object.id,
                      after_parent, after_list, (ULONG)ARRAY_SIZE(links) / 2);
        if (FAILED(hr)) break;
        for (count = 0; (hr = sql_step(placing->txn, statement)) == S_OK; count += 2)
        {
            links[count] = after_parent = sqlite3_column_int64(statement, 0);
            links[count + 1] = after_list = sqlite3_column_int64(statement, 1);
        }
        sql_close(statement);
        for (i = 0; i < count && SUCCEEDED(hr); i += 2)
            hr = note_list(placing, source, links[i], (ULONG)links[i + 1], before);
        if (count < ARRAY_SIZE(links)) break;
    }
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT each_key(struct db_txn *txn, LONGLONG view, const struct bytes *keys,
                        HRESULT (*change)(struct db_txn *, LONGLONG, const BYTE *, size_t))
{
    HRESULT hr = S_OK;
    ULONG size;
    size_t at;

    for (at = 0; at < keys->size && SUCCEEDED(hr); at += sizeof(size) + size)
    {
        memcpy(&size, keys->data + at, sizeof(size));
        hr = change(txn, view, keys->data + at + sizeof(size), size);
    }
    return hr;
}

HRESULT placing_apply(struct placing *placing)
{
    struct placed *placed;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < placing->count && SUCCEEDED(hr); i++)
    {
        placed = &placing->views[i];
        if (placed->before.size == placed->after.size
            && (!placed->before.size
                || !memcmp(placed->before.data, placed->after.data, placed->before.size)))
            continue;
        hr = each_key(placing->txn, placed->view, &placed->before, view_remove);
        if (SUCCEEDED(hr)) hr = each_key(placing->txn, placed->view, &placed->after, view_insert);
    }
    return hr;
}

/* --- reading --- */

HRESULT db_view_count(struct db_txn *txn, LONGLONG view, ULONGLONG *count)
{
    LONGLONG sum = 0;
    HRESULT hr;

    hr = sql_number(txn, SQL_BLOCK_SUM_FROM, &sum, "iuB", view, 2u, NULL, (size_t)0);
    *count = SUCCEEDED(hr) ? (ULONGLONG)max(sum, 0) : 0;
    return FAILED(hr) ? hr : S_OK;
}

/* The rest of a statement's keys as rows in one block. */
static HRESULT read_rows(struct db_txn *txn, sqlite3_stmt *statement, struct db_row **rows,
                         ULONG *count)
{
    struct bytes keys;
    struct db_row *block;
    HRESULT hr;
    ULONG size, i, number = 0;
    BYTE *data;
    size_t at;

    bytes_init(&keys);
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        size = sqlite3_column_bytes(statement, 0);
        bytes_put(&keys, &size, sizeof(size));
        bytes_put(&keys, sqlite3_column_blob(statement, 0), size);
        number++;
    }
    sql_close(statement);
    if (keys.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr) && number)
    {
        hr = S_OK;
        if (!(block = platform_alloc(number * sizeof(*block) + keys.size)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
        {
            data = (BYTE *)(block + number);
            memcpy(data, keys.data, keys.size);
            for (i = 0, at = 0; i < number && SUCCEEDED(hr); i++, at += sizeof(size) + size)
            {
                memcpy(&size, data + at, sizeof(size));
                if (!key_split(data + at + sizeof(size), size, &block[i]))
                    hr = MAPI_E_CORRUPT_STORE;
            }
            if (SUCCEEDED(hr))
            {
                *rows = block;
                *count = number;
            }
            else platform_free(block);
        }
    }
    bytes_free(&keys);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT row_key(const struct db_row *row, struct bytes *key)
{
    BYTE tail[KEY_TAIL];

    key_tail(tail, row->object, row->instance);
    bytes_put(key, row->key, row->key_size);
    bytes_put(key, tail, sizeof(tail));
    return key->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* The block of level 1 that the row at a position is in, and how many rows of it come before.
 * S_FALSE: none. */
static HRESULT block_at(struct db_txn *txn, LONGLONG view, ULONGLONG position, struct bytes *key,
                        ULONGLONG *offset)
{
    sqlite3_stmt *statement;
    ULONG level;
    LONGLONG total;
    HRESULT hr;

    key->size = 0;
    for (level = 2; level; level--)
    {
        hr = sql_open(txn, SQL_BLOCK_LIST, &statement, "iuB", view, level, key->data, key->size);
        if (FAILED(hr)) return hr;
        while ((hr = sql_step(txn, statement)) == S_OK)
        {
            total = sqlite3_column_int64(statement, 1);
            if (total > 0 && position < (ULONGLONG)total) break;
            position -= max(total, 0);
        }
        if (hr == S_OK)
        {
            key->size = 0;
            bytes_put(key, sqlite3_column_blob(statement, 0), sqlite3_column_bytes(statement, 0));
            if (key->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        sql_close(statement);
        if (hr != S_OK) return hr;
    }
    *offset = position;
    return S_OK;
}

HRESULT db_view_rows_at(struct db_txn *txn, LONGLONG view, ULONGLONG position, BOOL backwards,
                        ULONG max, struct db_row **rows, ULONG *count)
{
    ULONGLONG offset, all;
    sqlite3_stmt *statement;
    struct bytes key;
    HRESULT hr;

    *rows = NULL;
    *count = 0;
    if (backwards)
    {
        if (FAILED(hr = db_view_count(txn, view, &all))) return hr;
        if (position >= all) return db_view_rows_after(txn, view, NULL, TRUE, max, rows, count);
        if (!position) return S_OK;
        position--;
    }
    bytes_init(&key);
    if ((hr = block_at(txn, view, position, &key, &offset)) == S_OK && backwards)
    {
        hr = sql_open(txn, SQL_ROW_NTH, &statement, "iBii", view, key.data, key.size,
                      (LONGLONG)offset, (LONGLONG)1);
        if (SUCCEEDED(hr) && (hr = read_key(txn, statement, &key)) == S_OK
            && SUCCEEDED(hr = sql_open(txn, SQL_ROW_DOWN_FROM, &statement, "iBu", view, key.data,
                                       key.size, max)))
            hr = read_rows(txn, statement, rows, count);
    }
    else if (hr == S_OK)
    {
        hr = sql_open(txn, SQL_ROW_NTH, &statement, "iBii", view, key.data, key.size,
                      (LONGLONG)offset, (LONGLONG)max);
        if (SUCCEEDED(hr)) hr = read_rows(txn, statement, rows, count);
    }
    bytes_free(&key);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_view_rows_after(struct db_txn *txn, LONGLONG view, const struct db_row *after,
                           BOOL backwards, ULONG max, struct db_row **rows, ULONG *count)
{
    sqlite3_stmt *statement;
    struct bytes key;
    HRESULT hr = S_OK;

    *rows = NULL;
    *count = 0;
    bytes_init(&key);
    if (after) hr = row_key(after, &key);
    if (SUCCEEDED(hr) && !after && backwards)
        hr = sql_open(txn, SQL_ROW_DOWN, &statement, "iu", view, max);
    else if (SUCCEEDED(hr))
        hr = sql_open(txn, backwards ? SQL_ROW_DOWN_BEFORE : SQL_ROW_UP_AFTER, &statement, "iBu",
                      view, key.data, key.size, max);
    if (SUCCEEDED(hr)) hr = read_rows(txn, statement, rows, count);
    bytes_free(&key);
    return hr;
}

/* How many rows have a lower key. */
static HRESULT rows_below(struct db_txn *txn, LONGLONG view, const BYTE *key, size_t size,
                          ULONGLONG *position)
{
    LONGLONG above = 0, blocks = 0, rows = 0;
    struct block low, high;
    HRESULT hr;

    *position = 0;
    blocks_init(&low, &high);
    if ((hr = blocks_of(txn, view, key, size, &low, &high)) == S_OK)
    {
        hr = sql_number(txn, SQL_BLOCK_SUM, &above, "iuBB", view, 2u, NULL, (size_t)0,
                        high.key.data, high.key.size);
        if (SUCCEEDED(hr))
            hr = sql_number(txn, SQL_BLOCK_SUM, &blocks, "iuBB", view, 1u, high.key.data,
                            high.key.size, low.key.data, low.key.size);
        if (SUCCEEDED(hr))
            hr = sql_number(txn, SQL_ROW_COUNT, &rows, "iBB", view, low.key.data, low.key.size, key,
                            size);
        *position = above + blocks + rows;
    }
    blocks_free(&low, &high);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_view_position(struct db_txn *txn, LONGLONG view, const struct db_row *row,
                         ULONGLONG *position, BOOL *exists)
{
    LONGLONG there;
    struct bytes key;
    HRESULT hr;

    *position = 0;
    *exists = FALSE;
    bytes_init(&key);
    if (SUCCEEDED(hr = row_key(row, &key)))
        hr = rows_below(txn, view, key.data, key.size, position);
    if (SUCCEEDED(hr)) hr = sql_number(txn, SQL_ROW_HAS, &there, "ib", view, key.data, key.size);
    *exists = hr == S_OK;
    bytes_free(&key);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_view_key_position(struct db_txn *txn, LONGLONG view, const BYTE *key, ULONG size,
                             BOOL behind, ULONGLONG *position)
{
    struct bytes next;
    HRESULT hr;

    if (!behind) return rows_below(txn, view, key, size, position);
    /* The least key above all that begin with this one. */
    bytes_init(&next);
    bytes_put(&next, key, size);
    if (next.failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    while (next.size && next.data[next.size - 1] == 0xff) next.size--;
    if (next.size)
    {
        next.data[next.size - 1]++;
        hr = rows_below(txn, view, next.data, next.size, position);
    }
    else hr = db_view_count(txn, view, position);
    bytes_free(&next);
    return hr;
}

HRESULT db_view_object_rows(struct db_txn *txn, LONGLONG view, LONGLONG object,
                            struct db_row **rows, ULONG *count)
{
    struct db_sort columns[DB_VIEW_MAX_COLUMNS];
    struct source source;
    struct bytes keys;
    struct db_row *block, row;
    ULONG column_count = 0, list, size, number = 0;
    LONGLONG there, parent;
    BYTE *data;
    HRESULT hr;
    size_t at;

    *rows = NULL;
    *count = 0;
    if (FAILED(hr = view_of(txn, view, &parent, &list, columns, &column_count))) return hr;
    if ((hr = source_open(&source, txn, object)) == MAPI_E_OBJECT_DELETED) return S_OK;
    if (FAILED(hr)) return hr;

    bytes_init(&keys);
    hr = keys_of_source(column_count, columns, &source, &keys);
    source_close(&source);
    for (at = 0; at < keys.size; at += sizeof(size) + size, number++)
        memcpy(&size, keys.data + at, sizeof(size));
    if (SUCCEEDED(hr) && number)
    {
        if (!(block = platform_alloc(number * sizeof(*block) + keys.size)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
        {
            data = (BYTE *)(block + number);
            memcpy(data, keys.data, keys.size);
            for (at = 0; at < keys.size && SUCCEEDED(hr); at += sizeof(size) + size)
            {
                memcpy(&size, data + at, sizeof(size));
                key_split(data + at + sizeof(size), size, &row);
                hr = sql_number(txn, SQL_ROW_HAS, &there, "ib", view, data + at + sizeof(size),
                                (size_t)size);
                if (hr == S_OK) block[(*count)++] = row;
            }
            if (SUCCEEDED(hr) && *count) *rows = block;
            else
            {
                platform_free(block);
                *count = 0;
            }
        }
    }
    bytes_free(&keys);
    return FAILED(hr) ? hr : S_OK;
}
