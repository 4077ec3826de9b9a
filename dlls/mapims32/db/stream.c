/*
 * Streams, and the long values of the file
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
 * What a stream holds is a struct content, shared by its clones until one of them is written to: in
 * memory, in a temporary file, or a value of the file that is read a chunk at a time, each in a
 * read transaction of its own. A value never changes: whoever writes another makes a new one, and
 * the old one goes. The id of a value is never given twice, so a stream finds its own bytes or
 * none.
 */

#include "db/dbpriv.h"

#define MEMORY_MAX 65536

struct content
{
    LONG refs;
    struct db *db;                      /* of a value */
    LONGLONG value;
    ULONGLONG size;
    BYTE *memory;
    size_t room;
    struct os_file *file;
    BYTE *chunk;                        /* the chunk that was read last */
    ULONGLONG chunk_number;
};

struct db_stream
{
    LONG refs;
    struct content *content;
};

static void content_release(struct content *content)
{
    if (!content || os_add(&content->refs, -1)) return;
    os_file_close(content->file);
    platform_free(content->memory);
    platform_free(content->chunk);
    db_release(content->db);
    platform_free(content);
}

static struct content *content_create(void)
{
    struct content *content = platform_alloc_zero(sizeof(*content));

    if (content) content->refs = 1;
    return content;
}

static HRESULT stream_create(struct content *content, struct db_stream **ret)
{
    if (!content || !(*ret = platform_alloc(sizeof(**ret))))
    {
        content_release(content);
        *ret = NULL;
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    (*ret)->refs = 1;
    (*ret)->content = content;
    return S_OK;
}

HRESULT db_stream_create(struct db *db, struct db_stream **ret)
{
    return stream_create(content_create(), ret);
}

HRESULT stream_open_value(struct db *db, LONGLONG value, ULONGLONG size, struct db_stream **ret)
{
    struct content *content = content_create();

    if (content)
    {
        content->db = db_addref(db);
        content->value = value;
        content->size = size;
    }
    return stream_create(content, ret);
}

struct db_stream *db_stream_addref(struct db_stream *stream)
{
    os_add(&stream->refs, 1);
    return stream;
}

void db_stream_release(struct db_stream *stream)
{
    if (!stream || os_add(&stream->refs, -1)) return;
    content_release(stream->content);
    platform_free(stream);
}

HRESULT db_stream_clone(struct db_stream *stream, struct db_stream **ret)
{
    const struct content *content = stream->content;

    /* The last chunk that was read belongs to one stream. */
    if (content->value) return stream_open_value(content->db, content->value, content->size, ret);
    os_add(&stream->content->refs, 1);
    return stream_create(stream->content, ret);
}

ULONGLONG db_stream_size(const struct db_stream *stream)
{
    return stream->content->size;
}

/* --- the values of the file --- */

static LONGLONG chunk_id(LONGLONG value, ULONGLONG number)
{
    return value * MAX_CHUNKS + (LONGLONG)number;
}

/* One chunk, which must be as long as it should be. */
static HRESULT chunk_read(struct db_txn *txn, LONGLONG value, ULONGLONG number, ULONG from,
                          void *data, ULONG size)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    hr = sql_open(txn, SQL_CHUNK_GET, &statement, "i", chunk_id(value, number));
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = sql_step(txn, statement)) && hr == S_OK)
    {
        if ((ULONG)sqlite3_column_bytes(statement, 0) < from + size) hr = MAPI_E_CORRUPT_STORE;
        else memcpy(data, (const BYTE *)sqlite3_column_blob(statement, 0) + from, size);
    }
    else if (hr == S_FALSE) hr = MAPI_E_OBJECT_CHANGED;
    sql_close(statement);
    return hr;
}

HRESULT value_read_at(struct db_txn *txn, LONGLONG value, ULONGLONG offset, void *data, ULONG size)
{
    HRESULT hr = S_OK;
    ULONG from, part;

    for (; size && SUCCEEDED(hr); size -= part)
    {
        from = (ULONG)(offset % CHUNK_SIZE);
        part = min(size, CHUNK_SIZE - from);
        hr = chunk_read(txn, value, offset / CHUNK_SIZE, from, data, part);
        data = (BYTE *)data + part;
        offset += part;
    }
    return hr;
}

HRESULT value_read(struct db_txn *txn, LONGLONG value, ULONGLONG size, size_t max,
                   struct arena *arena, BYTE **ret)
{
    if (size > max || !(*ret = arena_alloc(arena, (size_t)size + sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(*ret + size, 0, sizeof(WCHAR));
    return value_read_at(txn, value, 0, *ret, (ULONG)size);
}

static HRESULT value_create(struct db_txn *txn, LONGLONG object, ULONG tag, ULONGLONG size,
                            LONGLONG *value)
{
    HRESULT hr;

    if (size > (ULONGLONG)MAX_CHUNKS * CHUNK_SIZE) return MAPI_E_TOO_BIG;
    hr = sql_run(txn, SQL_VALUE_ADD, "iui", object, tag, (LONGLONG)size);
    if (SUCCEEDED(hr)) *value = sqlite3_last_insert_rowid(txn->connection->handle);
    return hr;
}

HRESULT bytes_save(struct db_txn *txn, LONGLONG object, ULONG tag, const void *data, size_t size,
                   LONGLONG *value)
{
    ULONGLONG number;
    size_t part;
    HRESULT hr;

    hr = value_create(txn, object, tag, size, value);
    for (number = 0; size && SUCCEEDED(hr); number++, size -= part)
    {
        part = min(size, CHUNK_SIZE);
        hr = sql_run(txn, SQL_CHUNK_ADD, "ib", chunk_id(*value, number), data, part);
        data = (const BYTE *)data + part;
    }
    return txn_fail(txn, hr);
}

HRESULT value_copy(struct db_txn *txn, LONGLONG value, LONGLONG object, ULONG tag, ULONGLONG size)
{
    LONGLONG copy;
    HRESULT hr;

    if (SUCCEEDED(hr = value_create(txn, object, tag, size, &copy)))
        hr = sql_run(txn, SQL_CHUNK_COPY, "iii", chunk_id(copy, 0) - chunk_id(value, 0),
                     chunk_id(value, 0), chunk_id(value + 1, 0));
    return txn_fail(txn, hr);
}

HRESULT value_delete(struct db_txn *txn, LONGLONG value)
{
    HRESULT hr;

    hr = sql_run(txn, SQL_CHUNK_DELETE, "ii", chunk_id(value, 0), chunk_id(value + 1, 0));
    if (SUCCEEDED(hr)) hr = sql_run(txn, SQL_VALUE_DELETE, "i", value);
    return txn_fail(txn, hr);
}

/* --- reading and writing --- */

static HRESULT disk_error(void)
{
    return os_disk_full() ? MAPI_E_NOT_ENOUGH_DISK : MAPI_E_DISK_ERROR;
}

/* Reads size bytes that are there; txn may be NULL. */
static HRESULT content_read(struct content *content, struct db_txn *txn, ULONGLONG offset,
                            BYTE *data, ULONG size)
{
    struct db_txn *own = NULL;
    ULONGLONG number;
    ULONG from, part;
    HRESULT hr;

    if (content->file) return os_file_read(content->file, offset, data, size) ? S_OK : disk_error();
    if (!content->value)
    {
        memcpy(data, content->memory + offset, size);
        return S_OK;
    }
    if (txn) return value_read_at(txn, content->value, offset, data, size);

    hr = S_OK;
    for (; size && SUCCEEDED(hr); size -= part)
    {
        number = offset / CHUNK_SIZE;
        from = (ULONG)(offset % CHUNK_SIZE);
        part = min(size, CHUNK_SIZE - from);
        if (!content->chunk || content->chunk_number != number)
        {
            if (!content->chunk && !(content->chunk = platform_alloc(CHUNK_SIZE)))
            {
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                break;
            }
            content->chunk_number = ~(ULONGLONG)0;
            if (!own && FAILED(hr = db_begin(content->db, DB_READ, &own))) break;
            hr = chunk_read(own, content->value, number, 0, content->chunk,
                            (ULONG)min(content->size - number * CHUNK_SIZE, CHUNK_SIZE));
            if (FAILED(hr)) break;
            content->chunk_number = number;
        }
        memcpy(data, content->chunk + from, part);
        data += part;
        offset += part;
    }
    db_rollback(own);
    return hr;
}

HRESULT db_stream_read(struct db_stream *stream, ULONGLONG offset, void *data, ULONG size,
                       ULONG *done)
{
    struct content *content = stream->content;
    HRESULT hr;

    *done = 0;
    if (offset >= content->size || !size) return S_OK;
    size = (ULONG)min(size, content->size - offset);
    if (SUCCEEDED(hr = content_read(content, NULL, offset, data, size))) *done = size;
    return hr;
}

/* Writes over what is there and behind it; the room for it was made. */
static HRESULT content_write(struct content *content, ULONGLONG offset, const void *data,
                             ULONG size)
{
    if (content->file)
    {
        if (!os_file_write(content->file, offset, data, size)) return disk_error();
    }
    else memcpy(content->memory + offset, data, size);
    content->size = max(content->size, offset + size);
    return S_OK;
}

/* Makes room for size bytes, which turns memory into a file when it is much. */
static HRESULT content_room(struct content *content, ULONGLONG size)
{
    BYTE *memory;
    size_t room;

    if (content->file) return S_OK;
    if (size <= MEMORY_MAX)
    {
        if (size <= content->room) return S_OK;
        room = max((size_t)size, min(content->room * 2, MEMORY_MAX));
        if (!(memory = platform_realloc(content->memory, room))) return MAPI_E_NOT_ENOUGH_MEMORY;
        content->memory = memory;
        content->room = room;
        return S_OK;
    }
    if (!(content->file = os_temp_create())) return disk_error();
    if (content->size
        && !os_file_write(content->file, 0, content->memory, (ULONG)content->size))
    {
        os_file_close(content->file);
        content->file = NULL;
        return disk_error();
    }
    platform_free(content->memory);
    content->memory = NULL;
    content->room = 0;
    return S_OK;
}

/* Before it is written to, a stream has its content to itself, in memory or a file. keep: bytes to
 * take over. */
static HRESULT make_own(struct db_stream *stream, ULONGLONG keep)
{
    struct content *old = stream->content, *own;
    ULONGLONG at;
    BYTE *buffer;
    HRESULT hr;
    ULONG part;

    if (old->refs == 1 && !old->value) return S_OK;
    if (!(own = content_create())) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(buffer = platform_alloc(CHUNK_SIZE)))
    {
        content_release(own);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    keep = min(keep, old->size);
    hr = content_room(own, keep);
    for (at = 0; at < keep && SUCCEEDED(hr); at += part)
    {
        part = (ULONG)min(keep - at, CHUNK_SIZE);
        if (SUCCEEDED(hr = content_read(old, NULL, at, buffer, part)))
            hr = content_write(own, at, buffer, part);
    }
    platform_free(buffer);
    if (FAILED(hr))
    {
        content_release(own);
        return hr;
    }
    stream->content = own;
    content_release(old);
    return S_OK;
}

static HRESULT fill_zero(struct content *content, ULONGLONG size)
{
    ULONGLONG from = content->size;
    HRESULT hr;

    if (FAILED(hr = content_room(content, size))) return hr;
    if (content->file)
    {
        if (!os_file_set_size(content->file, size)) return disk_error();
    }
    else memset(content->memory + from, 0, (size_t)(size - from));
    content->size = size;
    return S_OK;
}

HRESULT db_stream_write(struct db_stream *stream, ULONGLONG offset, const void *data, ULONG size)
{
    HRESULT hr;

    if (!size) return S_OK;
    if (offset > (ULONGLONG)MAX_CHUNKS * CHUNK_SIZE - size) return MAPI_E_TOO_BIG;
    if (FAILED(hr = make_own(stream, stream->content->size))) return hr;
    if (offset > stream->content->size && FAILED(hr = fill_zero(stream->content, offset)))
        return hr;
    if (FAILED(hr = content_room(stream->content, offset + size))) return hr;
    return content_write(stream->content, offset, data, size);
}

HRESULT db_stream_set_size(struct db_stream *stream, ULONGLONG size)
{
    HRESULT hr;

    if (size > (ULONGLONG)MAX_CHUNKS * CHUNK_SIZE) return MAPI_E_TOO_BIG;
    if (size == stream->content->size) return S_OK;
    if (FAILED(hr = make_own(stream, size))) return hr;
    if (size > stream->content->size) return fill_zero(stream->content, size);
    if (stream->content->file && !os_file_set_size(stream->content->file, size))
        return disk_error();
    stream->content->size = size;
    return S_OK;
}

HRESULT stream_save(struct db_txn *txn, LONGLONG object, ULONG tag, struct db_stream *stream,
                    LONGLONG *value)
{
    struct content *content = stream->content;
    /* What this transaction has deleted or made itself is read in it, other files in one of theirs.
     */
    struct db_txn *reader = content->db == txn->db ? txn : NULL;
    ULONGLONG number, at;
    BYTE *buffer;
    HRESULT hr;
    ULONG part;

    if (!(buffer = platform_alloc(CHUNK_SIZE))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = value_create(txn, object, tag, content->size, value);
    for (number = at = 0; at < content->size && SUCCEEDED(hr); number++, at += part)
    {
        part = (ULONG)min(content->size - at, CHUNK_SIZE);
        if (SUCCEEDED(hr = content_read(content, reader, at, buffer, part)))
            hr = sql_run(txn, SQL_CHUNK_ADD, "ib", chunk_id(*value, number), buffer, (size_t)part);
    }
    platform_free(buffer);
    return txn_fail(txn, hr);
}
