/*
 * Sets of properties in memory
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
 * Entries are ordered by ID, one an ID; a value that is set has a block of its own, those that come
 * from the file or another set lie together. A long value is a stream: its entry's value says
 * PT_ERROR. entry.stored remembers which value of the file holds it, so that saving again copies
 * nothing.
 */

#include "db/dbpriv.h"

HRESULT db_props_create(struct db_props **ret)
{
    *ret = platform_alloc_zero(sizeof(**ret));
    return *ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static void entry_clear(struct entry *entry)
{
    platform_free(entry->block);
    db_stream_release(entry->stream);
    memset(entry, 0, sizeof(*entry));
}

void db_props_destroy(struct db_props *props)
{
    ULONG i;

    if (!props) return;
    for (i = 0; i < props->count; i++) entry_clear(&props->entries[i]);
    platform_free(props->entries);
    arena_free(&props->arena);
    platform_free(props);
}

/* Where an ID stands or would stand. */
static BOOL props_index(const struct db_props *props, ULONG tag, ULONG *index)
{
    ULONG low = 0, high = props->count, middle;

    while (low < high)
    {
        middle = (low + high) / 2;
        if (PROP_ID(props->entries[middle].tag) < PROP_ID(tag)) low = middle + 1;
        else high = middle;
    }
    *index = low;
    return low < props->count && PROP_ID(props->entries[low].tag) == PROP_ID(tag);
}

/* The entry of an ID, empty; NULL when memory is short. */
static struct entry *props_entry(struct db_props *props, ULONG tag)
{
    struct entry *entries;
    ULONG index, room;

    if (props_index(props, tag, &index))
    {
        entry_clear(&props->entries[index]);
        return &props->entries[index];
    }
    if (props->count == props->room)
    {
        room = props->room ? props->room * 2 : 16;
        if (!(entries = platform_realloc(props->entries, room * sizeof(*entries)))) return NULL;
        props->entries = entries;
        props->room = room;
    }
    memmove(props->entries + index + 1, props->entries + index,
            (props->count - index) * sizeof(*props->entries));
    props->count++;
    memset(&props->entries[index], 0, sizeof(*props->entries));
    return &props->entries[index];
}

static HRESULT check_type(const SPropValue *value)
{
    const ULONG type = PROP_TYPE(value->ulPropTag);

    if (type == PT_ERROR || type == PT_NULL || type == PT_OBJECT || type == PT_UNSPECIFIED
        || !prop_type_known(type))
        return MAPI_E_INVALID_TYPE;
    return prop_value_check(value);
}

HRESULT db_props_set(struct db_props *props, const SPropValue *value)
{
    ULONG type = PROP_TYPE(value->ulPropTag);
    struct entry *entry;
    SPropValue packed;
    size_t size;
    void *block;
    HRESULT hr;

    if (FAILED(hr = check_type(value))) return hr;
    if ((type & ~MV_FLAG) == PT_STRING8) type = PT_UNICODE | (type & MV_FLAG);
    if ((size = prop_pack_size(value, type)) == PACK_FAILED || size > 0x7fffffff)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    /* The old value may be what the new one points to: it is let go after that is packed. */
    if (!(block = platform_alloc(size + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    prop_pack(&packed, CHANGE_PROP_TYPE(value->ulPropTag, type), value, block);
    if (!(entry = props_entry(props, value->ulPropTag)))
    {
        platform_free(block);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    entry->value = packed;
    entry->tag = entry->value.ulPropTag;
    entry->block = block;
    props->changed = TRUE;
    return S_OK;
}

HRESULT db_props_set_long(struct db_props *props, ULONG tag, LONG value)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    if (PROP_TYPE(tag) == PT_BOOLEAN) prop.Value.b = value != 0;
    else prop.Value.l = value;
    return db_props_set(props, &prop);
}

HRESULT db_props_set_text(struct db_props *props, ULONG tag, const WCHAR *text)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
    prop.Value.lpszW = (WCHAR *)text;
    return db_props_set(props, &prop);
}

BOOL db_props_remove(struct db_props *props, ULONG tag)
{
    ULONG index;

    if (!props_index(props, tag, &index)) return FALSE;
    entry_clear(&props->entries[index]);
    props->count--;
    memmove(props->entries + index, props->entries + index + 1,
            (props->count - index) * sizeof(*props->entries));
    props->changed = TRUE;
    return TRUE;
}

static void entry_set_stream(struct entry *entry, ULONG tag, struct db_stream *stream)
{
    entry->tag = tag;
    entry->stream = stream;
    entry->value.ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    entry->value.Value.err = MAPI_E_NOT_ENOUGH_MEMORY;
}

/* A short stream becomes the value it stands for; S_FALSE: it cannot. */
static HRESULT set_short(struct db_props *props, ULONG tag, struct db_stream *stream)
{
    BYTE data[VALUE_INLINE + sizeof(WCHAR)];
    const ULONG size = (ULONG)db_stream_size(stream);
    SPropValue value;
    ULONG done, i;
    HRESULT hr;

    if (FAILED(hr = db_stream_read(stream, 0, data, size, &done))) return hr;
    memset(&value, 0, sizeof(value));
    value.ulPropTag = tag;
    if (PROP_TYPE(tag) == PT_UNICODE)
    {
        if (size % sizeof(WCHAR)) return S_FALSE;
        memset(data + size, 0, sizeof(WCHAR));
        value.Value.lpszW = (WCHAR *)data;
        for (i = 0; i < size / sizeof(WCHAR); i++) if (!value.Value.lpszW[i]) return S_FALSE;
    }
    else
    {
        value.Value.bin.cb = size;
        value.Value.bin.lpb = data;
    }
    return db_props_set(props, &value);
}

HRESULT db_props_set_stream(struct db_props *props, ULONG tag, struct db_stream *stream)
{
    const ULONG type = PROP_TYPE(tag);
    struct db_stream *kept;
    struct entry *entry;
    HRESULT hr;

    if (type != PT_BINARY && type != PT_UNICODE && type != PT_OBJECT) return MAPI_E_INVALID_TYPE;
    if (type != PT_OBJECT && db_stream_size(stream) <= VALUE_INLINE
        && (hr = set_short(props, tag, stream)) != S_FALSE)
        return hr;
    if (FAILED(hr = db_stream_clone(stream, &kept))) return hr;
    if (!(entry = props_entry(props, tag)))
    {
        db_stream_release(kept);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    entry_set_stream(entry, tag, kept);
    props->changed = TRUE;
    return S_OK;
}

HRESULT db_props_stream(const struct db_props *props, ULONG tag, struct db_stream **ret)
{
    const struct entry *entry;
    struct db_stream *stream;
    const void *data = NULL;
    ULONG index, size = 0;
    HRESULT hr;

    *ret = NULL;
    if (!props_index(props, tag, &index)) return MAPI_E_NOT_FOUND;
    entry = &props->entries[index];
    if (entry->stream) return db_stream_clone(entry->stream, ret);
    switch (PROP_TYPE(entry->tag))
    {
    case PT_UNICODE:
        data = entry->value.Value.lpszW;
        size = text_length(entry->value.Value.lpszW) * sizeof(WCHAR);
        break;
    case PT_BINARY:
        data = entry->value.Value.bin.lpb;
        size = entry->value.Value.bin.cb;
        break;
    default:
        return MAPI_E_INVALID_TYPE;
    }
    if (FAILED(hr = db_stream_create(NULL, &stream))) return hr;
    if (size && FAILED(hr = db_stream_write(stream, 0, data, size)))
    {
        db_stream_release(stream);
        return hr;
    }
    *ret = stream;
    return S_OK;
}

ULONG db_props_count(const struct db_props *props)
{
    return props->count;
}

ULONG db_props_tag(const struct db_props *props, ULONG index)
{
    return index < props->count ? props->entries[index].tag : 0;
}

const SPropValue *db_props_value(const struct db_props *props, ULONG index)
{
    return index < props->count ? &props->entries[index].value : NULL;
}

const SPropValue *db_props_find(const struct db_props *props, ULONG tag)
{
    ULONG index;

    return props_index(props, tag, &index) ? &props->entries[index].value : NULL;
}

ULONG db_props_type(const struct db_props *props, ULONG tag)
{
    ULONG index;

    return props_index(props, tag, &index) ? PROP_TYPE(props->entries[index].tag) : 0;
}

ULONGLONG db_props_size(const struct db_props *props)
{
    const struct entry *entry;
    ULONGLONG size = 0;
    ULONG i;

    for (i = 0; i < props->count; i++)
    {
        entry = &props->entries[i];
        size += 8 + (entry->stream ? db_stream_size(entry->stream)
                                   : prop_pack_size(&entry->value, PROP_TYPE(entry->tag)));
    }
    return size;
}

BOOL db_props_changed(const struct db_props *props)
{
    return props->changed;
}

/* What the values take that are no streams. */
static size_t values_size(const struct db_props *props)
{
    size_t size = 0;
    ULONG i;

    for (i = 0; i < props->count; i++)
        if (!props->entries[i].stream)
            size = pack_add(size, prop_pack_size(&props->entries[i].value,
                                                 PROP_TYPE(props->entries[i].tag)));
    return size;
}

HRESULT db_props_copy(const struct db_props *src, struct db_props **ret)
{
    const size_t size = values_size(src);
    struct db_stream *stream;
    struct db_props *copy;
    struct entry *entry;
    HRESULT hr;
    BYTE *data = NULL;
    ULONG i;

    *ret = NULL;
    if (FAILED(hr = db_props_create(&copy))) return hr;
    copy->room = max(src->count, 1);
    copy->changed = src->count != 0;
    if (!(copy->entries = platform_alloc_zero(copy->room * sizeof(*copy->entries)))
        || !arena_reserve(&copy->arena, size) || !(data = arena_alloc(&copy->arena, size)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < src->count && SUCCEEDED(hr); i++)
    {
        entry = &copy->entries[copy->count];
        if (!src->entries[i].stream)
        {
            entry->tag = src->entries[i].tag;
            data = prop_pack(&entry->value, entry->tag, &src->entries[i].value, data);
        }
        else if (SUCCEEDED(hr = db_stream_clone(src->entries[i].stream, &stream)))
        {
            entry_set_stream(entry, src->entries[i].tag, stream);
            /* A save of the copy leaves the value where it is. */
            entry->stored = src->entries[i].stored;
        }
        copy->count += SUCCEEDED(hr);
    }
    if (SUCCEEDED(hr)) *ret = copy;
    else db_props_destroy(copy);
    return hr;
}

/* --- as they come from the file --- */

static HRESULT add_stored(struct db_props *props, const struct stored *stored)
{
    struct entry *entry;
    size_t size;
    void *data;
    HRESULT hr;

    if (FAILED(hr = stored_measure(stored, &size))) return hr;
    if (!(data = arena_alloc(&props->arena, size)) || !(entry = props_entry(props, stored->tag)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    stored_decode(stored, data, &entry->value);
    entry->tag = stored->tag;
    return S_OK;
}

HRESULT props_add_blob(struct db_props *props, const void *data, ULONG size)
{
    struct reader reader;
    struct stored stored;
    ULONG flags;
    HRESULT hr;

    if (FAILED(hr = blob_open(&reader, data, size, &flags))) return hr;
    /* Text takes twice as much as in the file. */
    if (!arena_reserve(&props->arena, 2 * (size_t)size)) return MAPI_E_NOT_ENOUGH_MEMORY;
    while ((hr = blob_next(&reader, &stored)) == S_OK)
        if (FAILED(hr = add_stored(props, &stored))) return hr;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT props_add_long(struct db_props *props, struct db *db, ULONG tag, LONGLONG value,
                       ULONGLONG size)
{
    struct db_stream *stream;
    struct entry *entry;
    HRESULT hr;

    if (FAILED(hr = stream_open_value(db, value, size, &stream))) return hr;
    if (!(entry = props_entry(props, tag)))
    {
        db_stream_release(stream);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    entry_set_stream(entry, tag, stream);
    entry->stored = value;
    return S_OK;
}
