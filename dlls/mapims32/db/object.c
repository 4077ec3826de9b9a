/*
 * Objects: rows of properties below each other
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
 * Every change here notes the object's rows in all views before and after (placing), lets search
 * folders look at it, keeps the tallies of its list, and adds to the changes: all in the caller's
 * transaction.
 */

#include "db/dbpriv.h"

static ULONGLONG time_of(const FILETIME *time)
{
    return (ULONGLONG)time->dwHighDateTime << 32 | time->dwLowDateTime;
}

static void set_time(FILETIME *time, ULONGLONG value)
{
    time->dwLowDateTime = (DWORD)value;
    time->dwHighDateTime = (DWORD)(value >> 32);
}

/* --- reading one where it stands --- */

#define HEAD_COLUMN 9                   /* of SQL_OBJECT_GET */

/* The columns before the head, from one on. */
static void object_columns(sqlite3_stmt *statement, int column, LONGLONG id,
                           struct db_object *object)
{
    object->id = id;
    object->parent = sqlite3_column_int64(statement, column);
    object->list = sqlite3_column_int(statement, column + 1);
    object->kind = sqlite3_column_int(statement, column + 2);
    object->marked = sqlite3_column_int(statement, column + 3) != 0;
    object->change = sqlite3_column_int64(statement, column + 4);
    set_time(&object->created, sqlite3_column_int64(statement, column + 5));
    set_time(&object->modified, sqlite3_column_int64(statement, column + 6));
    set_time(&object->deleted, sqlite3_column_int64(statement, column + 7));
    object->size = sqlite3_column_int64(statement, column + 8);
}

HRESULT object_row(struct db_txn *txn, LONGLONG id, struct db_object *info)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    if (FAILED(hr = sql_open(txn, SQL_OBJECT_GET, &statement, "i", id))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK) object_columns(statement, 0, id, info);
    else if (hr == S_FALSE) hr = MAPI_E_OBJECT_DELETED;
    sql_close(statement);
    return hr;
}

void source_begin(struct source *source, struct db_txn *txn)
{
    memset(source, 0, offsetof(struct source, room));
    source->txn = txn;
    arena_init(&source->arena);
}

HRESULT source_open(struct source *source, struct db_txn *txn, LONGLONG id)
{
    sqlite3_stmt *statement;
    struct reader reader;
    HRESULT hr;
    BYTE *head;

    source_begin(source, txn);
    if (FAILED(hr = sql_open(txn, SQL_OBJECT_GET, &statement, "i", id))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        object_columns(statement, 0, id, &source->object);
        source->head_size = sqlite3_column_bytes(statement, HEAD_COLUMN);
        head = source->head_size <= sizeof(source->room)
                   ? (BYTE *)source->room : arena_alloc(&source->arena, source->head_size);
        if (head)
        {
            if (source->head_size)
                memcpy(head, sqlite3_column_blob(statement, HEAD_COLUMN), source->head_size);
            source->head = head;
            hr = blob_open(&reader, head, source->head_size, &source->flags);
        }
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else if (hr == S_FALSE) hr = MAPI_E_OBJECT_DELETED;
    sql_close(statement);
    if (FAILED(hr)) source_close(source);
    return hr;
}

void source_close(struct source *source)
{
    arena_free(&source->arena);
}

HRESULT source_take(struct source *source, sqlite3_stmt *statement, int column, LONGLONG id)
{
    struct reader reader;

    arena_clear(&source->arena);
    object_columns(statement, column, id, &source->object);
    source->head = sqlite3_column_blob(statement, column + HEAD_COLUMN);
    source->head_size = sqlite3_column_bytes(statement, column + HEAD_COLUMN);
    source->content = NULL;
    source->content_size = 0;
    source->content_read = FALSE;
    return blob_open(&reader, source->head, source->head_size, &source->flags);
}

static HRESULT source_content(struct source *source)
{
    sqlite3_stmt *statement;
    HRESULT hr;
    BYTE *data;

    if (source->content_read) return S_OK;
    if (FAILED(hr = sql_open(source->txn, SQL_CONTENT_GET, &statement, "i", source->object.id)))
        return hr;
    if ((hr = sql_step(source->txn, statement)) == S_OK)
    {
        source->content_size = sqlite3_column_bytes(statement, 0);
        if ((data = arena_alloc(&source->arena, source->content_size)))
        {
            if (source->content_size)
                memcpy(data, sqlite3_column_blob(statement, 0), source->content_size);
            source->content = data;
        }
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else if (hr == S_FALSE) hr = MAPI_E_CORRUPT_STORE;
    sql_close(statement);
    if (SUCCEEDED(hr)) source->content_read = TRUE;
    return hr;
}

/* Blobs are in the order of IDs. */
static HRESULT find_in_blob(const BYTE *data, ULONG size, ULONG tag, struct stored *stored)
{
    struct reader reader;
    ULONG flags;
    HRESULT hr;

    if (FAILED(hr = blob_open(&reader, data, size, &flags))) return hr;
    while ((hr = blob_next(&reader, stored)) == S_OK)
    {
        if (PROP_ID(stored->tag) == PROP_ID(tag)) return S_OK;
        if (PROP_ID(stored->tag) > PROP_ID(tag)) return S_FALSE;
    }
    return hr;
}

HRESULT source_find(struct source *source, ULONG tag, struct stored *stored, LONGLONG *value,
                    ULONGLONG *size)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    *value = 0;
    hr = find_in_blob(source->head, source->head_size, tag, stored);
    if (hr == S_FALSE && (source->flags & BLOB_CONTENT))
    {
        if (FAILED(hr = source_content(source))) return hr;
        hr = find_in_blob(source->content, source->content_size, tag, stored);
    }
    if (hr != S_FALSE || !(source->flags & BLOB_VALUES)) return hr;

    hr = sql_open(source->txn, SQL_VALUE_FIND, &statement, "iuu", source->object.id,
                  PROP_ID(tag) << 16, PROP_ID(tag) << 16 | 0xffff);
    if (FAILED(hr)) return hr;
    if ((hr = sql_step(source->txn, statement)) == S_OK)
    {
        *value = sqlite3_column_int64(statement, 0);
        stored->tag = (ULONG)sqlite3_column_int64(statement, 1);
        *size = sqlite3_column_int64(statement, 2);
    }
    sql_close(statement);
    return hr;
}

/* Times that an object has by itself, unless it has them stored. */
static BOOL time_of_object(const struct db_object *object, ULONG tag, SPropValue *value)
{
    if (PROP_ID(tag) != PROP_ID(PR_CREATION_TIME)
        && PROP_ID(tag) != PROP_ID(PR_LAST_MODIFICATION_TIME))
        return FALSE;
    memset(value, 0, sizeof(*value));
    value->ulPropTag = CHANGE_PROP_TYPE(tag, PT_SYSTIME);
    value->Value.ft =
        PROP_ID(tag) == PROP_ID(PR_CREATION_TIME) ? object->created : object->modified;
    return TRUE;
}

HRESULT source_value(struct source *source, ULONG tag, size_t max, BOOL cut, SPropValue *value)
{
    struct stored stored;
    LONGLONG long_value;
    ULONGLONG long_size;
    size_t size;
    HRESULT hr;
    BYTE *data;

    if ((hr = source_find(source, tag, &stored, &long_value, &long_size)) != S_OK)
        return hr == S_FALSE && time_of_object(&source->object, tag, value) ? S_OK : hr;
    memset(value, 0, sizeof(*value));
    value->ulPropTag = stored.tag;
    if (long_value)
    {
        if (PROP_TYPE(stored.tag) != PT_UNICODE && PROP_TYPE(stored.tag) != PT_BINARY)
            return S_FALSE;
        if (cut) long_size = min(long_size, max & ~(size_t)1);
        hr = value_read(source->txn, long_value, long_size, max, &source->arena, &data);
        if (FAILED(hr)) return hr;
        if (PROP_TYPE(stored.tag) == PT_UNICODE) value->Value.lpszW = (WCHAR *)data;
        else
        {
            value->Value.bin.cb = (ULONG)long_size;
            value->Value.bin.lpb = data;
        }
        return S_OK;
    }
    if (FAILED(hr = stored_measure(&stored, &size))) return hr;
    if (!(data = arena_alloc(&source->arena, size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    stored_decode(&stored, data, value);
    return S_OK;
}

static HRESULT add_values(struct source *source, struct db_props *props)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    if (FAILED(hr = sql_open(source->txn, SQL_VALUE_LIST, &statement, "i", source->object.id)))
        return hr;
    while ((hr = sql_step(source->txn, statement)) == S_OK)
    {
        hr = props_add_long(props, source->txn->db, (ULONG)sqlite3_column_int64(statement, 1),
                            sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 2));
        if (FAILED(hr)) break;
    }
    sql_close(statement);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT source_props(struct source *source, struct db_props **ret)
{
    struct db_props *props;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = db_props_create(&props))) return hr;
    hr = props_add_blob(props, source->head, source->head_size);
    if (SUCCEEDED(hr) && (source->flags & BLOB_CONTENT)
        && SUCCEEDED(hr = source_content(source)))
        hr = props_add_blob(props, source->content, source->content_size);
    if (SUCCEEDED(hr) && (source->flags & BLOB_VALUES)) hr = add_values(source, props);
    if (FAILED(hr))
    {
        db_props_destroy(props);
        return hr;
    }
    props->changed = FALSE;
    *ret = props;
    return S_OK;
}

HRESULT db_object_load(struct db_txn *txn, LONGLONG id, struct db_object *info,
                       struct db_props **props)
{
    struct source source;
    HRESULT hr;

    if (props) *props = NULL;
    if (!props) return object_row(txn, id, info);
    if (FAILED(hr = source_open(&source, txn, id))) return hr;
    if (info) *info = source.object;
    hr = source_props(&source, props);
    source_close(&source);
    return hr;
}

/* A column that stands as it is asked for, until there is memory for all of them. */
struct plain_column
{
    struct stored stored;
    size_t size;                        /* of memory */
    BOOL found;
};

/* One column: what is not plain is done at once, with memory of the caller's. */
static HRESULT column(struct source *source, ULONG tag, LPALLOCATEMORE more, void *base,
                      SPropValue *value, struct plain_column *plain)
{
    const ULONG type = PROP_TYPE(tag) & ~MV_INSTANCE;
    SPropValue as_stored;
    LONGLONG long_value;
    ULONGLONG long_size;
    size_t packed;
    void *memory = NULL;
    HRESULT hr;

    plain->found = FALSE;
    memset(value, 0, sizeof(*value));
    value->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    value->Value.err = MAPI_E_NOT_FOUND;
    if (tag == PR_NULL) return S_OK;
    if ((hr = source_find(source, tag, &plain->stored, &long_value, &long_size)) != S_OK)
    {
        if (hr == S_FALSE && (type == PT_SYSTIME || type == PT_UNSPECIFIED))
            time_of_object(&source->object, tag, value);
        return FAILED(hr) ? hr : S_OK;
    }
    if (type != PT_UNSPECIFIED && !prop_types_bridge(PROP_TYPE(plain->stored.tag), type))
        return S_OK;
    if (long_value)
    {
        value->Value.err = MAPI_E_NOT_ENOUGH_MEMORY;
        return S_OK;
    }
    if (FAILED(hr = stored_measure(&plain->stored, &plain->size))) return hr;
    if (type == PT_UNSPECIFIED || type == PROP_TYPE(plain->stored.tag))
    {
        plain->found = TRUE;
        return S_OK;
    }
    if (!(memory = arena_alloc(&source->arena, plain->size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    stored_decode(&plain->stored, memory, &as_stored);
    if ((packed = prop_pack_size(&as_stored, type)) == PACK_FAILED || packed > 0x7fffffff)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (packed && FAILED(more((ULONG)packed, base, &memory))) return MAPI_E_NOT_ENOUGH_MEMORY;
    prop_pack(value, CHANGE_PROP_TYPE(plain->stored.tag, type), &as_stored, memory);
    return S_OK;
}

HRESULT db_object_columns(struct db_txn *txn, LONGLONG id, ULONG count, const ULONG *tags,
                          LPALLOCATEMORE more, void *base, struct db_object *info,
                          SPropValue *values)
{
    struct plain_column stack[16], *plain = stack;
    struct source source;
    BYTE *memory = NULL;
    ULONGLONG size = 0;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = source_open(&source, txn, id))) return hr;
    if (info) *info = source.object;
    if (count > ARRAY_SIZE(stack)
        && (count > 0x10000 || !(plain = arena_alloc(&source.arena, count * sizeof(*plain)))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        hr = column(&source, tags[i], more, base, &values[i], &plain[i]);
        if (plain[i].found) size += plain[i].size;
    }
    if (SUCCEEDED(hr) && (size > 0x7fffffff
                          || (size && FAILED(more((ULONG)size, base, (void **)&memory)))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!plain[i].found) continue;
        stored_decode(&plain[i].stored, memory, &values[i]);
        memory += plain[i].size;
    }
    source_close(&source);
    return hr;
}

/* --- packing a set into its blobs --- */

struct packed
{
    struct bytes head;
    struct bytes content;
    ULONG flags;
    ULONGLONG long_size;
    struct bytes kept;                  /* LONGLONG: the values that stay */
};

static void packed_init(struct packed *packed)
{
    memset(packed, 0, sizeof(*packed));
}

static void packed_free(struct packed *packed)
{
    bytes_free(&packed->head);
    bytes_free(&packed->content);
    bytes_free(&packed->kept);
}

static HRESULT value_is_there(struct db_txn *txn, LONGLONG id, const struct entry *entry, BOOL *ret)
{
    LONGLONG tag;
    HRESULT hr;

    *ret = FALSE;
    if (!entry->stored) return S_OK;
    hr = sql_number(txn, SQL_VALUE_TAG, &tag, "ii", entry->stored, id);
    if (hr == S_OK) *ret = (ULONG)tag == entry->tag;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT pack_long(struct db_txn *txn, LONGLONG id, struct entry *entry,
                         struct packed *packed)
{
    const void *data;
    HRESULT hr;
    size_t size;
    BOOL there;

    if (FAILED(hr = value_is_there(txn, id, entry, &there))) return hr;
    if (entry->stream)
    {
        size = 0;
        packed->long_size += db_stream_size(entry->stream);
        if (!there) hr = stream_save(txn, id, entry->tag, entry->stream, &entry->stored);
    }
    else
    {
        if (PROP_TYPE(entry->tag) == PT_UNICODE)
        {
            data = entry->value.Value.lpszW;
            size = text_length(entry->value.Value.lpszW) * sizeof(WCHAR);
        }
        else
        {
            data = entry->value.Value.bin.lpb;
            size = entry->value.Value.bin.cb;
        }
        packed->long_size += size;
        if (!there) hr = bytes_save(txn, id, entry->tag, data, size, &entry->stored);
    }
    packed->flags |= BLOB_VALUES;
    bytes_put(&packed->kept, &entry->stored, sizeof(entry->stored));
    return packed->kept.failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

static HRESULT pack_entry(struct db_txn *txn, LONGLONG id, struct entry *entry,
                          struct packed *packed)
{
    const ULONG type = PROP_TYPE(entry->tag);
    struct bytes *target = &packed->content;
    struct bytes value;
    HRESULT hr;

    if (entry->stream) return pack_long(txn, id, entry, packed);
    bytes_init(&value);
    if (SUCCEEDED(hr = blob_value(&value, &entry->value)))
    {
        if (value.size <= HEAD_VALUE && packed->head.size + value.size <= HEAD_ALL)
            target = &packed->head;
        else if ((type == PT_UNICODE || type == PT_BINARY)
                 && (value.size > VALUE_INLINE || packed->content.size + value.size > CONTENT_ALL))
            target = NULL;
        if (target)
        {
            if (target == &packed->content && !target->size) blob_begin(target, 0);
            bytes_put_fixed(target, entry->tag, 4);
            bytes_put_number(target, value.size);
            bytes_put(target, value.data, value.size);
            if (target->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    bytes_free(&value);
    return SUCCEEDED(hr) && !target ? pack_long(txn, id, entry, packed) : hr;
}

static HRESULT pack(struct db_txn *txn, LONGLONG id, struct db_props *props, struct packed *packed)
{
    HRESULT hr = S_OK;
    ULONG i;

    blob_begin(&packed->head, 0);
    for (i = 0; props && i < props->count && SUCCEEDED(hr); i++)
        hr = pack_entry(txn, id, &props->entries[i], packed);
    if (FAILED(hr)) return hr;
    if (packed->content.size) packed->flags |= BLOB_CONTENT;
    packed->head.data[1] = (BYTE)packed->flags;
    return S_OK;
}

/* Values that the object had and has no more. */
static HRESULT drop_values(struct db_txn *txn, LONGLONG id, const struct packed *packed)
{
    const LONGLONG *kept = packed ? (const LONGLONG *)packed->kept.data : NULL;
    const size_t count = packed ? packed->kept.size / sizeof(*kept) : 0;
    sqlite3_stmt *statement;
    struct bytes gone;
    LONGLONG value;
    HRESULT hr;
    size_t i;

    bytes_init(&gone);
    if (FAILED(hr = sql_open(txn, SQL_VALUE_LIST, &statement, "i", id))) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        value = sqlite3_column_int64(statement, 0);
        for (i = 0; i < count && kept[i] != value; i++) { }
        if (i == count) bytes_put(&gone, &value, sizeof(value));
    }
    sql_close(statement);
    if (gone.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < gone.size / sizeof(value) && SUCCEEDED(hr); i++)
        hr = value_delete(txn, ((const LONGLONG *)gone.data)[i]);
    bytes_free(&gone);
    return FAILED(hr) ? hr : S_OK;
}

/* --- recipients --- */

static HRESULT pack_rows(struct db_props *const *rows, ULONG count, struct bytes *bytes)
{
    struct bytes row;
    HRESULT hr = S_OK;
    ULONG i, j;

    bytes_put_number(bytes, count);
    bytes_init(&row);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        row.size = 0;
        blob_begin(&row, 0);
        for (j = 0; j < rows[i]->count && SUCCEEDED(hr); j++)
            if (!rows[i]->entries[j].stream) hr = blob_put(&row, &rows[i]->entries[j].value);
        bytes_put_number(bytes, row.size);
        bytes_put(bytes, row.data, row.size);
        if (row.failed || bytes->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    bytes_free(&row);
    return hr;
}

void db_recipients_free(struct db_props **rows, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++) db_props_destroy(rows[i]);
    platform_free(rows);
}

HRESULT db_recipients_unpack(const void *data, ULONG size, struct db_props ***ret, ULONG *ret_count)
{
    ULONGLONG count, part, i;
    struct db_props **rows;
    struct reader reader;
    const BYTE *at;
    HRESULT hr = S_OK;

    *ret = NULL;
    *ret_count = 0;
    if (!size) return S_OK;
    reader_init(&reader, data, size);
    count = reader_number(&reader);
    /* A row takes three bytes at the least. */
    if (reader.bad || count > size / 3) return MAPI_E_CORRUPT_STORE;
    if (!count) return S_OK;
    if (!(rows = platform_alloc_zero((size_t)count * sizeof(*rows))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        part = reader_number(&reader);
        if (part > size || !(at = reader_take(&reader, (size_t)part))) hr = MAPI_E_CORRUPT_STORE;
        else if (SUCCEEDED(hr = db_props_create(&rows[i]))
                 && SUCCEEDED(hr = props_add_blob(rows[i], at, (ULONG)part)))
            rows[i]->changed = FALSE;
    }
    if (FAILED(hr))
    {
        db_recipients_free(rows, (ULONG)count);
        return hr;
    }
    *ret = rows;
    *ret_count = (ULONG)count;
    return S_OK;
}

HRESULT db_recipients_fetch(struct db_txn *txn, LONGLONG id, ULONG max, void **data, ULONG *size)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    *data = NULL;
    *size = 0;
    if (FAILED(hr = sql_open(txn, SQL_RECIPIENTS_GET, &statement, "i", id))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        const ULONG bytes = sqlite3_column_bytes(statement, 0);

        if (bytes > max) hr = S_FALSE;
        else if (bytes && !(*data = platform_alloc(bytes))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (bytes) memcpy(*data, sqlite3_column_blob(statement, 0), *size = bytes);
    }
    else if (hr == S_FALSE) hr = S_OK;
    sql_close(statement);
    return hr;
}

HRESULT db_recipients_load(struct db_txn *txn, LONGLONG id, struct db_props ***rows, ULONG *count)
{
    HRESULT hr;
    ULONG size;
    void *data;

    *rows = NULL;
    *count = 0;
    if (FAILED(hr = db_recipients_fetch(txn, id, ~0u, &data, &size))) return hr;
    hr = db_recipients_unpack(data, size, rows, count);
    platform_free(data);
    return hr;
}

/* --- tallies and links --- */

HRESULT tally_add(struct db_txn *txn, LONGLONG parent, ULONG list, int total, int marked)
{
    LONGLONG now;
    HRESULT hr;

    if (!list || !parent || (!total && !marked)) return S_OK;
    hr = sql_number(txn, SQL_TALLY_ADD, &now, "iuii", parent, list, (LONGLONG)total,
                    (LONGLONG)marked);
    if (SUCCEEDED(hr) && total > 0 && now == total) hr = views_begin_list(txn, parent, list);
    return txn_fail(txn, FAILED(hr) ? hr : S_OK);
}

HRESULT db_tally(struct db_txn *txn, LONGLONG parent, ULONG list, ULONG *total, ULONG *marked)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    *total = *marked = 0;
    if (FAILED(hr = sql_open(txn, SQL_TALLY_GET, &statement, "iu", parent, list))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        *total = (ULONG)max(sqlite3_column_int64(statement, 0), 0);
        *marked = (ULONG)max(sqlite3_column_int64(statement, 1), 0);
    }
    sql_close(statement);
    return FAILED(hr) ? hr : S_OK;
}

/* Calls each with the lists that the object is linked to; at most one page at a time is in memory.
 */
static HRESULT links_of(struct db_txn *txn, LONGLONG id, struct bytes *links)
{
    sqlite3_stmt *statement;
    LONGLONG link[2];
    HRESULT hr;

    if (FAILED(hr = sql_open(txn, SQL_LINK_LIST, &statement, "i", id))) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        link[0] = sqlite3_column_int64(statement, 0);
        link[1] = sqlite3_column_int64(statement, 1);
        bytes_put(links, link, sizeof(link));
    }
    sql_close(statement);
    return links->failed ? MAPI_E_NOT_ENOUGH_MEMORY : FAILED(hr) ? hr : S_OK;
}

static HRESULT links_mark(struct db_txn *txn, LONGLONG id, int marked)
{
    const LONGLONG *link;
    struct bytes links;
    HRESULT hr;
    size_t i;

    bytes_init(&links);
    hr = links_of(txn, id, &links);
    link = (const LONGLONG *)links.data;
    for (i = 0; i < links.size / sizeof(*link) && SUCCEEDED(hr); i += 2)
        hr = tally_add(txn, link[i], (ULONG)link[i + 1], 0, marked);
    bytes_free(&links);
    return hr;
}

static HRESULT link_change(struct db_txn *txn, LONGLONG id, LONGLONG parent, ULONG list, BOOL link)
{
    struct placing *placing;
    struct db_object now;
    struct source source;
    HRESULT hr;

    if (FAILED(hr = placing_create(txn, &placing))) return hr;
    if (SUCCEEDED(hr = source_open(&source, txn, id)))
    {
        hr = placing_note(placing, &source, TRUE);
        if (SUCCEEDED(hr))
            hr = sql_run(txn, link ? SQL_LINK_ADD : SQL_LINK_REMOVE, "iiu", id, parent, list);
        if (SUCCEEDED(hr))
            hr = tally_add(txn, parent, list, link ? 1 : -1,
                           source.object.marked ? link ? 1 : -1 : 0);
        if (SUCCEEDED(hr)) hr = placing_note(placing, &source, FALSE);
        if (SUCCEEDED(hr)) hr = placing_apply(placing);
        now = source.object;
        if (link)
        {
            now.parent = parent;
            now.list = list;
        }
        if (SUCCEEDED(hr))
            hr = change_add(txn, link ? DB_CHANGE_LINKED : DB_CHANGE_UNLINKED, &now,
                            link ? 0 : parent, link ? 0 : list, 0);
        source_close(&source);
    }
    placing_free(placing);
    return txn_fail(txn, hr);
}

HRESULT db_is_linked(struct db_txn *txn, LONGLONG object, LONGLONG parent, ULONG list, BOOL *ret)
{
    LONGLONG there;
    HRESULT hr = sql_number(txn, SQL_LINK_HAS, &there, "iiu", object, parent, list);

    *ret = hr == S_OK;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_link(struct db_txn *txn, LONGLONG object, LONGLONG parent, ULONG list)
{
    struct db_object info;
    BOOL there;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = object_row(txn, parent, &info))) return hr;
    if (FAILED(hr = db_is_linked(txn, object, parent, list, &there)) || there) return hr;
    return link_change(txn, object, parent, list, TRUE);
}

HRESULT db_unlink(struct db_txn *txn, LONGLONG object, LONGLONG parent, ULONG list)
{
    BOOL there;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = db_is_linked(txn, object, parent, list, &there))) return hr;
    return there ? link_change(txn, object, parent, list, FALSE) : MAPI_E_NOT_FOUND;
}

HRESULT links_remove_all(struct db_txn *txn, const struct db_object *object)
{
    const LONGLONG *link;
    struct bytes links;
    HRESULT hr;
    size_t i;

    bytes_init(&links);
    hr = links_of(txn, object->id, &links);
    link = (const LONGLONG *)links.data;
    for (i = 0; i < links.size / sizeof(*link) && SUCCEEDED(hr); i += 2)
        hr = link_change(txn, object->id, link[i], (ULONG)link[i + 1], FALSE);
    bytes_free(&links);
    return hr;
}

/* --- making and changing --- */

static HRESULT write_content(struct db_txn *txn, LONGLONG id, const struct packed *packed)
{
    if (!(packed->flags & BLOB_CONTENT)) return sql_run(txn, SQL_CONTENT_CLEAR, "i", id);
    return sql_run(txn, SQL_CONTENT_SET, "ib", id, packed->content.data, packed->content.size);
}

HRESULT db_object_create(struct db_txn *txn, const struct db_object *init, struct db_props *props,
                         struct db_props *const *recipients, ULONG recipient_count, LONGLONG *id)
{
    const ULONGLONG time = platform_time();
    struct db_object object = *init, parent;
    struct placing *placing = NULL;
    struct packed packed;
    struct source source;
    struct bytes rows;
    HRESULT hr;

    *id = 0;
    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = object_row(txn, init->parent, &parent))) return hr;
    if (FAILED(hr = object_new_id(txn, &object.id))) return hr;

    if (!time_of(&object.created)) set_time(&object.created, time);
    if (!time_of(&object.modified)) set_time(&object.modified, time);
    if ((object.list & DB_LIST_DELETED) && !time_of(&object.deleted))
        set_time(&object.deleted, time);
    packed_init(&packed);
    bytes_init(&rows);
    hr = pack(txn, object.id, props, &packed);
    if (SUCCEEDED(hr) && recipient_count) hr = pack_rows(recipients, recipient_count, &rows);
    object.size = packed.head.size + packed.content.size + packed.long_size + rows.size;
    object.change = txn->sequence + 1;
    if (SUCCEEDED(hr))
        hr = sql_run(txn, SQL_OBJECT_ADD, "iiuuuiiiiib", object.id, object.parent, object.list,
                     object.kind, object.marked ? 1u : 0u, (LONGLONG)object.change,
                     (LONGLONG)time_of(&object.created), (LONGLONG)time_of(&object.modified),
                     (LONGLONG)time_of(&object.deleted), (LONGLONG)object.size, packed.head.data,
                     packed.head.size);
    if (SUCCEEDED(hr) && ((packed.flags & BLOB_CONTENT) || rows.size))
        hr = sql_run(txn, SQL_CONTENT_ADD, "iBB", object.id, packed.content.data,
                     packed.content.size, rows.data, rows.size);
    if (SUCCEEDED(hr))
        hr = tally_add(txn, object.parent, object.list, 1, object.marked ? 1 : 0);
    if (SUCCEEDED(hr)) hr = change_add(txn, DB_CHANGE_CREATED, &object, 0, 0, 0);
    if (SUCCEEDED(hr)) hr = fulltext_note(txn, &object);
    if (SUCCEEDED(hr) && object.list && SUCCEEDED(hr = placing_create(txn, &placing))
        && SUCCEEDED(hr = source_open(&source, txn, object.id)))
    {
        hr = placing_note(placing, &source, FALSE);
        if (SUCCEEDED(hr)) hr = placing_apply(placing);
        if (SUCCEEDED(hr)) hr = search_object(txn, &source);
        source_close(&source);
    }
    placing_free(placing);
    packed_free(&packed);
    bytes_free(&rows);
    if (FAILED(hr)) return txn_fail(txn, hr);
    if (props) props->changed = FALSE;
    *id = object.id;
    return S_OK;
}

HRESULT object_restore(struct db_txn *txn, const struct db_object *object, struct db_props *props,
                       struct db_props *const *recipients, ULONG recipient_count)
{
    struct packed packed;
    struct bytes rows;
    HRESULT hr;

    packed_init(&packed);
    bytes_init(&rows);
    hr = sql_run(txn, SQL_OBJECT_DELETE, "i", object->id);
    if (SUCCEEDED(hr)) hr = pack(txn, object->id, props, &packed);
    if (SUCCEEDED(hr) && recipient_count) hr = pack_rows(recipients, recipient_count, &rows);
    if (SUCCEEDED(hr))
        hr = sql_run(
            txn, SQL_OBJECT_ADD, "iiuuuiiiiib", object->id, object->parent, object->list,
            object->kind, object->marked ? 1u : 0u, (LONGLONG)object->change,
            (LONGLONG)time_of(&object->created), (LONGLONG)time_of(&object->modified),
            (LONGLONG)time_of(&object->deleted),
            (LONGLONG)(packed.head.size + packed.content.size + packed.long_size + rows.size),
            packed.head.data, packed.head.size);
    if (SUCCEEDED(hr) && ((packed.flags & BLOB_CONTENT) || rows.size))
        hr = sql_run(txn, SQL_CONTENT_ADD, "iBB", object->id, packed.content.data,
                     packed.content.size, rows.data, rows.size);
    packed_free(&packed);
    bytes_free(&rows);
    return txn_fail(txn, hr);
}

/* Writes what the object has now; old is as it was. */
static HRESULT rewrite(struct db_txn *txn, struct source *old, struct db_props *props, BOOL touch)
{
    struct placing *placing = NULL;
    LONGLONG recipients_size = 0;
    struct db_object object = old->object;
    struct bytes text, old_text;
    struct packed packed;
    struct source source;
    HRESULT hr;

    if (FAILED(hr = change_numbers(txn))) return hr;
    packed_init(&packed);
    bytes_init(&text);
    bytes_init(&old_text);
    hr = fulltext_stored(old, &old_text);
    if (SUCCEEDED(hr)) hr = pack(txn, object.id, props, &packed);
    if (SUCCEEDED(hr) && object.list && SUCCEEDED(hr = placing_create(txn, &placing)))
        hr = placing_note(placing, old, TRUE);
    if (SUCCEEDED(hr)) hr = sql_number(txn, SQL_RECIPIENTS_SIZE, &recipients_size, "i", object.id);
    object.size = packed.head.size + packed.content.size + packed.long_size + recipients_size;
    object.change = txn->sequence + 1;
    if (touch) set_time(&object.modified, platform_time());
    if (SUCCEEDED(hr))
        hr = sql_run(txn, SQL_OBJECT_SET, "iiiib", object.id, (LONGLONG)object.change,
                     (LONGLONG)time_of(&object.modified), (LONGLONG)object.size, packed.head.data,
                     packed.head.size);
    if (SUCCEEDED(hr) && ((packed.flags | old->flags) & BLOB_CONTENT)
        && !(old->content_read && old->content_size == packed.content.size
             && !memcmp(old->content, packed.content.data, packed.content.size)))
        hr = write_content(txn, object.id, &packed);
    if (SUCCEEDED(hr) && (old->flags & BLOB_VALUES)) hr = drop_values(txn, object.id, &packed);
    if (SUCCEEDED(hr)) hr = change_add(txn, DB_CHANGE_MODIFIED, &object, 0, 0, 0);
    if (SUCCEEDED(hr) && placing && SUCCEEDED(hr = source_open(&source, txn, object.id)))
    {
        hr = placing_note(placing, &source, FALSE);
        if (SUCCEEDED(hr)) hr = placing_apply(placing);
        if (SUCCEEDED(hr)) hr = search_object(txn, &source);
        if (SUCCEEDED(hr)) hr = fulltext_stored(&source, &text);
        if (SUCCEEDED(hr)
            && (text.size != old_text.size
                || (text.size && memcmp(text.data, old_text.data, text.size))))
            hr = fulltext_note(txn, &object);
        source_close(&source);
    }
    placing_free(placing);
    packed_free(&packed);
    bytes_free(&text);
    bytes_free(&old_text);
    return txn_fail(txn, FAILED(hr) ? hr : S_OK);
}

HRESULT db_object_save(struct db_txn *txn, LONGLONG id, ULONGLONG expected, struct db_props *props)
{
    struct source source;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = source_open(&source, txn, id))) return hr;
    if (expected && expected != source.object.change) hr = MAPI_E_OBJECT_CHANGED;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = rewrite(txn, &source, props, TRUE))) props->changed = FALSE;
    source_close(&source);
    return hr;
}

HRESULT db_object_patch(struct db_txn *txn, LONGLONG id, ULONG count, const SPropValue *values,
                        const SPropTagArray *removed)
{
    struct db_props *props = NULL;
    struct source source;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = source_open(&source, txn, id))) return hr;
    hr = source_props(&source, &props);
    for (i = 0; SUCCEEDED(hr) && removed && i < removed->cValues; i++)
        db_props_remove(props, removed->aulPropTag[i]);
    for (i = 0; SUCCEEDED(hr) && i < count; i++) hr = db_props_set(props, &values[i]);
    if (SUCCEEDED(hr)) hr = rewrite(txn, &source, props, FALSE);
    db_props_destroy(props);
    source_close(&source);
    return hr;
}

HRESULT db_object_mark(struct db_txn *txn, LONGLONG id, BOOL marked)
{
    struct db_object object;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = object_row(txn, id, &object))) return hr;
    if (!object.marked == !marked) return S_OK;
    if (FAILED(hr = change_numbers(txn))) return hr;
    object.marked = marked ? TRUE : FALSE;
    hr = sql_run(txn, SQL_OBJECT_MARK, "iui", id, marked ? 1u : 0u, (LONGLONG)txn->sequence + 1);
    if (SUCCEEDED(hr)) hr = tally_add(txn, object.parent, object.list, 0, marked ? 1 : -1);
    if (SUCCEEDED(hr)) hr = links_mark(txn, id, marked ? 1 : -1);
    if (SUCCEEDED(hr)) hr = change_add(txn, DB_CHANGE_MODIFIED, &object, 0, 0, 0);
    return txn_fail(txn, hr);
}

HRESULT db_recipients_save(struct db_txn *txn, LONGLONG id, struct db_props *const *rows,
                           ULONG count)
{
    LONGLONG old_size = 0;
    struct source source;
    struct bytes bytes;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (FAILED(hr = source_open(&source, txn, id))) return hr;
    bytes_init(&bytes);
    hr = change_numbers(txn);
    if (SUCCEEDED(hr) && count) hr = pack_rows(rows, count, &bytes);
    if (SUCCEEDED(hr)) hr = sql_number(txn, SQL_RECIPIENTS_SIZE, &old_size, "i", id);
    if (SUCCEEDED(hr) && (bytes.size || old_size))
    {
        hr = sql_run(txn, SQL_RECIPIENTS_SET, "iB", id, bytes.data, bytes.size);
        if (SUCCEEDED(hr))
            hr = sql_run(txn, SQL_OBJECT_RESIZE, "iii", id, (LONGLONG)bytes.size - old_size,
                         (LONGLONG)txn->sequence + 1);
        if (SUCCEEDED(hr)) hr = change_add(txn, DB_CHANGE_MODIFIED, &source.object, 0, 0, 0);
        if (SUCCEEDED(hr)) hr = search_object(txn, &source);
        if (SUCCEEDED(hr)) hr = fulltext_note(txn, &source.object);
        txn_fail(txn, hr);
    }
    bytes_free(&bytes);
    source_close(&source);
    return FAILED(hr) ? hr : S_OK;
}

/* --- moving, copying, deleting --- */

/* Is below the same as id or somewhere below it? */
static HRESULT is_below(struct db_txn *txn, LONGLONG id, LONGLONG below, BOOL *ret)
{
    ULONG depth = 0;
    HRESULT hr = S_OK;

    *ret = FALSE;
    while (below && below != id)
    {
        if (++depth > 2 * MAX_DEPTH) return MAPI_E_TOO_COMPLEX;
        hr = sql_number(txn, SQL_OBJECT_PARENT, &below, "i", below);
        if (FAILED(hr)) return hr;
        if (hr == S_FALSE) return MAPI_E_OBJECT_DELETED;
    }
    *ret = below == id;
    return S_OK;
}

HRESULT db_object_move(struct db_txn *txn, LONGLONG id, LONGLONG parent, ULONG list)
{
    struct placing *placing = NULL;
    struct db_object now;
    struct source source;
    BOOL below, was_deleted, is_deleted;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (id == DB_ROOT) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = is_below(txn, id, parent, &below))) return hr;
    if (below) return MAPI_E_FOLDER_CYCLE;
    if (FAILED(hr = source_open(&source, txn, id))) return hr;
    now = source.object;
    now.parent = parent;
    now.list = list;
    was_deleted = (source.object.list & DB_LIST_DELETED) != 0;
    is_deleted = (list & DB_LIST_DELETED) != 0;
    if (now.parent == source.object.parent && now.list == source.object.list)
    {
        source_close(&source);
        return S_OK;
    }

    hr = change_numbers(txn);
    if (SUCCEEDED(hr) && is_deleted && !was_deleted) hr = links_remove_all(txn, &source.object);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = placing_create(txn, &placing)))
        hr = placing_note(placing, &source, TRUE);
    set_time(&now.deleted, is_deleted ? was_deleted ? time_of(&now.deleted) : platform_time() : 0);
    now.change = txn->sequence + 1;
    if (SUCCEEDED(hr))
        hr = sql_run(txn, SQL_OBJECT_MOVE, "iiuii", id, parent, list,
                     (LONGLONG)time_of(&now.deleted), (LONGLONG)now.change);
    if (SUCCEEDED(hr))
        hr = tally_add(txn, source.object.parent, source.object.list, -1, now.marked ? -1 : 0);
    if (SUCCEEDED(hr)) hr = tally_add(txn, parent, list, 1, now.marked ? 1 : 0);
    if (SUCCEEDED(hr))
        hr = change_add(txn, DB_CHANGE_MOVED, &now, source.object.parent, source.object.list, 0);
    source.object = now;
    if (SUCCEEDED(hr)) hr = placing_note(placing, &source, FALSE);
    if (SUCCEEDED(hr)) hr = placing_apply(placing);
    if (SUCCEEDED(hr)) hr = search_object(txn, &source);
    /* What it is may depend on where it is. */
    if (SUCCEEDED(hr) && now.kind != DB_KIND_MESSAGE) hr = fulltext_note(txn, &now);
    if (SUCCEEDED(hr) && (list & ~DB_LIST_DELETED) == DB_LIST_HIERARCHY) hr = search_hierarchy(txn);
    placing_free(placing);
    source_close(&source);
    return txn_fail(txn, hr);
}

static HRESULT ids_of(struct db_txn *txn, ULONG sql, LONGLONG parent, ULONG list, LONGLONG after,
                      ULONG max, LONGLONG **ids, ULONG *count)
{
    sqlite3_stmt *statement;
    struct bytes bytes;
    LONGLONG id;
    HRESULT hr;

    *ids = NULL;
    *count = 0;
    bytes_init(&bytes);
    if (FAILED(hr = sql_open(txn, sql, &statement, "iuiu", parent, list, after, max))) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        id = sqlite3_column_int64(statement, 0);
        bytes_put(&bytes, &id, sizeof(id));
    }
    sql_close(statement);
    if (bytes.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
    {
        bytes_free(&bytes);
        return hr;
    }
    *ids = (LONGLONG *)bytes.data;
    *count = (ULONG)(bytes.size / sizeof(id));
    return S_OK;
}

HRESULT db_object_children(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after,
                           ULONG max, LONGLONG **ids, ULONG *count)
{
    return ids_of(txn, SQL_OBJECT_CHILDREN, parent, list, after, max, ids, count);
}

HRESULT db_links(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after, ULONG max,
                 LONGLONG **ids, ULONG *count)
{
    return ids_of(txn, SQL_LINKED, parent, list, after, max, ids, count);
}

static HRESULT copy_values(struct db_txn *txn, LONGLONG from, LONGLONG to)
{
    sqlite3_stmt *statement;
    LONGLONG value[3];
    struct bytes list;
    HRESULT hr;
    size_t i;

    bytes_init(&list);
    if (FAILED(hr = sql_open(txn, SQL_VALUE_LIST, &statement, "i", from))) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        for (i = 0; i < 3; i++) value[i] = sqlite3_column_int64(statement, (int)i);
        bytes_put(&list, value, sizeof(value));
    }
    sql_close(statement);
    if (list.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < list.size / sizeof(value) && SUCCEEDED(hr); i++)
    {
        memcpy(value, list.data + i * sizeof(value), sizeof(value));
        hr = value_copy(txn, value[0], to, (ULONG)value[1], value[2]);
    }
    bytes_free(&list);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT copy_object(struct db_txn *txn, LONGLONG id, LONGLONG parent, ULONG list,
                           ULONG depth, LONGLONG *copy);

static HRESULT copy_children(struct db_txn *txn, LONGLONG id, LONGLONG copy, ULONG depth)
{
    LONGLONG after, list = -1, new_id, *ids;
    HRESULT hr;
    ULONG count, i;

    while ((hr = sql_number(txn, SQL_OBJECT_NEXT_LIST, &list, "ii", id, list)) == S_OK)
    {
        if (list & DB_LIST_DELETED) continue;
        after = 0;
        do
        {
            hr = db_object_children(txn, id, (ULONG)list, after, 256, &ids, &count);
            for (i = 0; i < count && SUCCEEDED(hr); i++)
                hr = copy_object(txn, after = ids[i], copy, (ULONG)list, depth + 1, &new_id);
            platform_free(ids);
        }
        while (SUCCEEDED(hr) && count);
        if (FAILED(hr)) break;
    }
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT copy_object(struct db_txn *txn, LONGLONG id, LONGLONG parent, ULONG list,
                           ULONG depth, LONGLONG *copy)
{
    struct placing *placing = NULL;
    struct db_object now;
    struct source source;
    HRESULT hr;

    if (depth > MAX_DEPTH) return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = object_new_id(txn, copy))) return hr;
    hr = sql_run(txn, SQL_OBJECT_COPY, "iiiui", id, *copy, parent, list,
                 (LONGLONG)txn->sequence + 1);
    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_CONTENT_COPY, "ii", id, *copy);
    if (SUCCEEDED(hr)) hr = source_open(&source, txn, *copy);
    if (FAILED(hr)) return hr == MAPI_E_OBJECT_DELETED ? hr : txn_fail(txn, hr);
    now = source.object;
    if (source.flags & BLOB_VALUES) hr = copy_values(txn, id, *copy);
    if (SUCCEEDED(hr)) hr = tally_add(txn, parent, list, 1, now.marked ? 1 : 0);
    if (SUCCEEDED(hr))
        hr = change_add(txn, DB_CHANGE_CREATED | DB_CHANGE_COPIED, &now, 0, 0, id);
    if (SUCCEEDED(hr) && list && SUCCEEDED(hr = placing_create(txn, &placing)))
    {
        hr = placing_note(placing, &source, FALSE);
        if (SUCCEEDED(hr)) hr = placing_apply(placing);
    }
    placing_free(placing);
    if (SUCCEEDED(hr)) hr = copy_children(txn, id, *copy, depth);
    if (SUCCEEDED(hr)) hr = fulltext_note(txn, &now);
    if (SUCCEEDED(hr) && list) hr = search_object(txn, &source);
    source_close(&source);
    return txn_fail(txn, hr);
}

HRESULT db_object_copy(struct db_txn *txn, LONGLONG id, LONGLONG parent, ULONG list, LONGLONG *copy)
{
    struct db_object info;
    BOOL below;
    HRESULT hr;

    *copy = 0;
    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (id == DB_ROOT) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = object_row(txn, id, &info))) return hr;
    if (FAILED(hr = is_below(txn, id, parent, &below))) return hr;
    if (below) return MAPI_E_FOLDER_CYCLE;
    if (FAILED(hr = change_numbers(txn))) return hr;
    return copy_object(txn, id, parent, list, 0, copy);
}

/* One object that has no children any more. */
static HRESULT delete_one(struct db_txn *txn, LONGLONG id)
{
    struct placing *placing = NULL;
    struct source source;
    HRESULT hr;

    if (FAILED(hr = source_open(&source, txn, id))) return hr;
    hr = search_delete(txn, id);
    if (SUCCEEDED(hr)) hr = links_remove_all(txn, &source.object);
    if (SUCCEEDED(hr) && source.object.list && SUCCEEDED(hr = placing_create(txn, &placing)))
        hr = placing_note(placing, &source, TRUE);
    if (SUCCEEDED(hr) && (source.flags & BLOB_VALUES)) hr = drop_values(txn, id, NULL);
    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_CONTENT_DELETE, "i", id);
    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_LOCK_DELETE, "i", id);
    if (SUCCEEDED(hr)) hr = fulltext_forget(txn, id);
    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_OBJECT_DELETE, "i", id);
    if (SUCCEEDED(hr))
        hr = tally_add(txn, source.object.parent, source.object.list, -1,
                       source.object.marked ? -1 : 0);
    if (SUCCEEDED(hr) && placing) hr = placing_apply(placing);
    if (SUCCEEDED(hr)) hr = change_add(txn, DB_CHANGE_DELETED, &source.object, 0, 0, 0);
    placing_free(placing);
    source_close(&source);
    return hr;
}

HRESULT db_object_delete(struct db_txn *txn, LONGLONG id)
{
    LONGLONG at = id, next;
    struct db_object info;
    BOOL cleared = FALSE;
    HRESULT hr;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (id == DB_ROOT) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = object_row(txn, id, &info))) return hr;
    if (FAILED(hr = change_numbers(txn))) return hr;
    /* Down to an object without children, which goes; then on with its parent. No depth is too
     * deep. */
    for (;;)
    {
        hr = sql_number(txn, SQL_OBJECT_FIRST_CHILD, &next, "i", at);
        if (hr == S_OK)
        {
            /* What its tables would have shown need not be kept right while all of it goes. */
            if (!cleared) hr = views_delete(txn, at);
            cleared = FALSE;
            at = next;
        }
        else if (hr == S_FALSE)
        {
            hr = sql_number(txn, SQL_OBJECT_PARENT, &next, "i", at);
            if (hr == S_FALSE) hr = MAPI_E_CORRUPT_STORE;
            if (SUCCEEDED(hr)) hr = views_delete(txn, at);
            if (SUCCEEDED(hr)) hr = delete_one(txn, at);
            if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_TALLY_DELETE, "i", at);
            if (FAILED(hr) || at == id) return txn_fail(txn, hr);
            at = next;
            cleared = TRUE;
        }
        if (FAILED(hr)) return txn_fail(txn, hr);
    }
}

static HRESULT expired(struct db_txn *txn, LONGLONG before, ULONG max, struct bytes *ids)
{
    sqlite3_stmt *statement;
    LONGLONG id;
    HRESULT hr;

    if (FAILED(hr = sql_open(txn, SQL_EXPIRED, &statement, "iu", before, max))) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        id = sqlite3_column_int64(statement, 0);
        bytes_put(ids, &id, sizeof(id));
    }
    sql_close(statement);
    return ids->failed ? MAPI_E_NOT_ENOUGH_MEMORY : FAILED(hr) ? hr : S_OK;
}

HRESULT db_purge(struct db *db, const FILETIME *before, ULONG max, ULONG *purged)
{
    const LONGLONG *id;
    struct db_txn *txn;
    struct bytes ids;
    HRESULT hr;
    size_t i;

    *purged = 0;
    bytes_init(&ids);
    if (SUCCEEDED(hr = db_begin(db, DB_READ, &txn)))
    {
        hr = expired(txn, (LONGLONG)time_of(before), max, &ids);
        db_rollback(txn);
    }
    if (SUCCEEDED(hr) && ids.size && SUCCEEDED(hr = db_begin(db, DB_WRITE | DB_LAZY, &txn)))
    {
        /* Somebody may have taken one back meanwhile. */
        ids.size = 0;
        hr = expired(txn, (LONGLONG)time_of(before), max, &ids);
        id = (const LONGLONG *)ids.data;
        for (i = 0; i < ids.size / sizeof(*id) && SUCCEEDED(hr); i++)
        {
            hr = db_object_delete(txn, id[i]);
            if (SUCCEEDED(hr)) ++*purged;
            else if (hr == MAPI_E_OBJECT_DELETED) hr = S_OK;   /* with one above it */
        }
        if (SUCCEEDED(hr)) hr = db_commit(txn);
        else db_rollback(txn);
    }
    bytes_free(&ids);
    if (FAILED(hr)) *purged = 0;
    return hr;
}
