/*
 * Values and columns of table rows
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
 * A row's values are checked and copied into one block when the row is set, and never change after,
 * so that any thread may read what it holds a reference to. The index column always has the type of
 * the table's index tag, so that it is compared byte by byte. Column sets are immutable and counted
 * as well.
 */

#include <string.h>

#include "object/table.h"

#define ROW_MAX_PROPS 0x8000

static BOOL is_string_type(ULONG type)
{
    return (type & ~MV_FLAG) == PT_STRING8 || (type & ~MV_FLAG) == PT_UNICODE;
}

/* The type under which a table keeps a property. */
static ULONG kept_type(const struct table_data *data, ULONG tag)
{
    ULONG type = PROP_TYPE(tag);

    if (PROP_ID(tag) == PROP_ID(data->index_tag)
        && prop_types_bridge(type, PROP_TYPE(data->index_tag)))
        return PROP_TYPE(data->index_tag);
    if (data->unicode && is_string_type(type)) return (type & MV_FLAG) | PT_UNICODE;
    return type;
}

static HRESULT alloc_values(ULONG count, size_t size, struct row_values **ret)
{
    struct row_values *values;

    size = pack_add(size, (size_t)count * sizeof(SPropValue));
    size = pack_add(size, offsetof(struct row_values, props) + 8);
    if (size > 0x7fffffff || !(values = platform_alloc(size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    values->refs = 1;
    values->count = count;
    *ret = values;
    return S_OK;
}

/* Where packed data may start: the props end at a multiple of the pointer size only. */
static BYTE *values_data(struct row_values *values)
{
    return (BYTE *)(((ULONG_PTR)(values->props + values->count) + 7) & ~(ULONG_PTR)7);
}

HRESULT row_values_create(const struct table_data *data, ULONG count, const SPropValue *props,
                          struct row_values **ret)
{
    struct row_values *values;
    size_t size = 0;
    HRESULT hr;
    BYTE *mem;
    ULONG i;

    *ret = NULL;
    if (!props || !count || count > ROW_MAX_PROPS) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
    {
        if (FAILED(prop_value_check(&props[i]))) return MAPI_E_INVALID_PARAMETER;
        size = pack_add(size, prop_pack_size(&props[i], kept_type(data, props[i].ulPropTag)));
    }
    if (FAILED(hr = alloc_values(count, size, &values))) return hr;
    mem = values_data(values);
    for (i = 0; i < count; i++)
        mem = prop_pack(&values->props[i],
                        CHANGE_PROP_TYPE(props[i].ulPropTag, kept_type(data, props[i].ulPropTag)),
                        &props[i], mem);
    if (!row_values_index(data, values))
    {
        row_values_release(values);
        return MAPI_E_INVALID_PARAMETER;
    }
    *ret = values;
    return S_OK;
}

HRESULT row_values_pack(ULONG count, const SPropValue *props, struct row_values **ret)
{
    struct row_values *values;
    size_t size = 0;
    HRESULT hr;
    BYTE *mem;
    ULONG i;

    *ret = NULL;
    for (i = 0; i < count; i++)
        size = pack_add(size, prop_pack_size(&props[i], PROP_TYPE(props[i].ulPropTag)));
    if (FAILED(hr = alloc_values(count, size, &values))) return hr;
    mem = values_data(values);
    for (i = 0; i < count; i++)
        mem = prop_pack(&values->props[i], props[i].ulPropTag, &props[i], mem);
    *ret = values;
    return S_OK;
}

struct row_values *row_values_addref(struct row_values *values)
{
    InterlockedIncrement(&values->refs);
    return values;
}

void row_values_release(struct row_values *values)
{
    if (values && !InterlockedDecrement(&values->refs)) platform_free(values);
}

/* The type in which a column shows a property of type found; PT_UNSPECIFIED: not at all. */
static ULONG shown_type(ULONG found, ULONG column)
{
    if (column == PT_UNSPECIFIED) return found;
    /* A column of single values: the row's node has picked one of them. */
    if ((column & MVI_FLAG) == MVI_FLAG) column &= ~MVI_FLAG;
    return prop_types_bridge(found, column) ? column : PT_UNSPECIFIED;
}

const SPropValue *row_values_find(const struct row_values *values, ULONG tag, ULONG *hint)
{
    ULONG i, place = *hint, found;

    for (i = 0; i < values->count; i++, place++)
    {
        if (place >= values->count) place = 0;
        if (PROP_ID(values->props[place].ulPropTag) != PROP_ID(tag)) continue;
        *hint = place + 1;
        found = PROP_TYPE(values->props[place].ulPropTag);
        if (found == PT_ERROR || shown_type(found, PROP_TYPE(tag)) == PT_UNSPECIFIED) return NULL;
        return &values->props[place];
    }
    return NULL;
}

const SPropValue *row_values_index(const struct table_data *data, const struct row_values *values)
{
    return props_find(values->props, values->count, data->index_tag);
}

HRESULT column_set_create(ULONG count, const ULONG *tags, ULONG string_type,
                          struct column_set **ret)
{
    struct column_set *set;
    ULONG i;

    *ret = NULL;
    if (count > ROW_MAX_PROPS) return MAPI_E_TOO_COMPLEX;
    if (!(set = platform_alloc(offsetof(struct column_set, tags[count]))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    set->refs = 1;
    set->count = count;
    for (i = 0; i < count; i++)
    {
        set->tags[i] = tags[i];
        if (string_type && is_string_type(PROP_TYPE(tags[i]) & ~MV_INSTANCE))
            set->tags[i] = CHANGE_PROP_TYPE(tags[i], (PROP_TYPE(tags[i]) & MVI_FLAG) | string_type);
    }
    *ret = set;
    return S_OK;
}

struct column_set *column_set_addref(struct column_set *set)
{
    InterlockedIncrement(&set->refs);
    return set;
}

void column_set_release(struct column_set *set)
{
    if (set && !InterlockedDecrement(&set->refs)) platform_free(set);
}

size_t row_project_size(const struct row_values *values, const struct column_set *columns)
{
    ULONG i, hint = 0, type;
    const SPropValue *prop;
    size_t size = 0, part;

    for (i = 0; i < columns->count; i++)
    {
        if (!(prop = row_values_find(values, columns->tags[i], &hint))) continue;
        type = shown_type(PROP_TYPE(prop->ulPropTag), PROP_TYPE(columns->tags[i]));
        if ((part = prop_pack_size(prop, type)) != PACK_FAILED) size = pack_add(size, part);
    }
    return size;
}

BYTE *row_project(const struct row_values *values, const struct column_set *columns,
                  SPropValue *dst, BYTE *mem)
{
    ULONG i, hint = 0, tag, type;
    const SPropValue *prop;

    for (i = 0; i < columns->count; i++, dst++)
    {
        tag = columns->tags[i];
        prop = tag == PR_NULL ? NULL : row_values_find(values, tag, &hint);
        type = prop ? shown_type(PROP_TYPE(prop->ulPropTag), PROP_TYPE(tag)) : PT_ERROR;
        if (prop
            && (type == PROP_TYPE(prop->ulPropTag) || prop_pack_size(prop, type) != PACK_FAILED))
        {
            mem = prop_pack(dst, CHANGE_PROP_TYPE(tag, type), prop, mem);
            continue;
        }
        memset(dst, 0, sizeof(*dst));
        dst->ulPropTag = tag;
        if (tag == PR_NULL) continue;
        dst->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
        dst->Value.err = prop ? MAPI_E_BAD_CHARWIDTH : MAPI_E_NOT_FOUND;
    }
    return mem;
}

HRESULT row_project_alloc(const struct mapi_allocators *allocators, const struct row_values *values,
                          const struct column_set *columns, SRow *ret)
{
    size_t size, props = (columns->count * sizeof(SPropValue) + 7) & ~(size_t)7;

    memset(ret, 0, sizeof(*ret));
    size = pack_add(row_project_size(values, columns), props);
    if (size > 0x7fffffff || FAILED(allocators->allocate(size, (void **)&ret->lpProps)))
    {
        ret->lpProps = NULL;
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    ret->cValues = columns->count;
    row_project(values, columns, ret->lpProps, (BYTE *)ret->lpProps + props);
    return S_OK;
}

const BYTE *index_bytes(const SPropValue *index, size_t *size)
{
    const WCHAR *end;

    switch (PROP_TYPE(index->ulPropTag))
    {
    case PT_I2:
    case PT_BOOLEAN:
        *size = sizeof(short int);
        return (const BYTE *)&index->Value.i;
    case PT_LONG:
    case PT_R4:
        *size = sizeof(LONG);
        return (const BYTE *)&index->Value.l;
    case PT_STRING8:
        *size = strlen(index->Value.lpszA);
        return (const BYTE *)index->Value.lpszA;
    case PT_UNICODE:
        for (end = index->Value.lpszW; *end; end++) {}
        *size = (end - index->Value.lpszW) * sizeof(WCHAR);
        return (const BYTE *)index->Value.lpszW;
    case PT_BINARY:
        *size = index->Value.bin.cb;
        return index->Value.bin.lpb;
    case PT_CLSID:
        *size = sizeof(GUID);
        return (const BYTE *)index->Value.lpguid;
    default:
        *size = sizeof(LONGLONG);
        return (const BYTE *)&index->Value.li;
    }
}

ULONG index_hash_bytes(const BYTE *bytes, size_t size)
{
    const ULONGLONG prime = 0x9e3779b97f4a7c15;
    ULONGLONG hash = size * prime, word;

    for (; size >= sizeof(word); size -= sizeof(word), bytes += sizeof(word))
    {
        memcpy(&word, bytes, sizeof(word));
        hash = (hash ^ word) * prime;
        hash ^= hash >> 29;
    }
    word = 0;
    if (size) memcpy(&word, bytes, size);
    hash = (hash ^ word) * prime;
    return (ULONG)(hash >> 32);
}

ULONG index_hash(const SPropValue *index)
{
    size_t size;
    const BYTE *bytes = index_bytes(index, &size);

    return index_hash_bytes(bytes, size);
}

BOOL index_equal(const SPropValue *a, const SPropValue *b)
{
    size_t size_a, size_b;
    const BYTE *bytes_a = index_bytes(a, &size_a), *bytes_b = index_bytes(b, &size_b);

    return size_a == size_b && (!size_a || !memcmp(bytes_a, bytes_b, size_a));
}
