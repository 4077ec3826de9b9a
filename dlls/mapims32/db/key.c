/*
 * Keys of rows in views
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
 * A row's key in the file is a sort key of core/sortkey.c, then the object (8 bytes, big-endian)
 * and the instance (2): memcmp orders rows as their sort columns do, and equal ones by object. A
 * column with MV_INSTANCE has a row for each value of the property; there is one such column at
 * most, the first.
 */

#include "db/dbpriv.h"

#define MAX_INSTANCES 65536
/* Of a long value only what a sort key takes is read. */
#define KEY_VALUE_MAX 4096

void key_tail(BYTE *tail, LONGLONG object, ULONG instance)
{
    ULONG i;

    for (i = 0; i < 8; i++) tail[i] = (BYTE)(object >> (8 * (7 - i)));
    tail[8] = (BYTE)(instance >> 8);
    tail[9] = (BYTE)instance;
}

BOOL key_split(const BYTE *key, size_t size, struct db_row *row)
{
    const BYTE *tail;
    ULONG i;

    if (size < KEY_TAIL) return FALSE;
    tail = key + size - KEY_TAIL;
    row->object = 0;
    for (i = 0; i < 8; i++) row->object = (LONGLONG)((ULONGLONG)row->object << 8 | tail[i]);
    row->instance = tail[8] << 8 | tail[9];
    row->key = key;
    row->key_size = (ULONG)(size - KEY_TAIL);
    return TRUE;
}

/* The values of the sort columns; NULL: missing. */
static HRESULT column_values(ULONG count, const struct db_sort *columns, struct source *source,
                             SPropValue *values, const SPropValue **used)
{
    ULONG i, type;
    HRESULT hr;

    for (i = 0; i < count; i++)
    {
        used[i] = NULL;
        if (FAILED(hr = source_value(source, columns[i].tag, KEY_VALUE_MAX, TRUE, &values[i])))
            return hr;
        if (hr == S_FALSE) continue;
        type = PROP_TYPE(columns[i].tag) & ~MV_INSTANCE;
        if (type == PT_UNSPECIFIED || prop_types_bridge(PROP_TYPE(values[i].ulPropTag), type))
            used[i] = &values[i];
    }
    return S_OK;
}

static HRESULT put_key(ULONG count, const struct db_sort *columns, const SPropValue *const *values,
                       LONGLONG object, ULONG instance, struct sortkey *key, struct bytes *keys)
{
    BYTE tail[KEY_TAIL];
    ULONG size, i;

    key->size = 0;
    for (i = 0; i < count; i++)
        if (!sortkey_add(key, values[i], columns[i].descending)) return MAPI_E_NOT_ENOUGH_MEMORY;
    key_tail(tail, object, instance);
    size = (ULONG)key->size + KEY_TAIL;
    bytes_put(keys, &size, sizeof(size));
    bytes_put(keys, key->data, key->size);
    bytes_put(keys, tail, sizeof(tail));
    return keys->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

HRESULT keys_with(struct sortkey *key, ULONG count, const struct db_sort *columns,
                  struct source *source, struct bytes *keys)
{
    SPropValue values[DB_VIEW_MAX_COLUMNS], element;
    const SPropValue *used[DB_VIEW_MAX_COLUMNS], *multi = NULL;
    ULONG i, spread = 0;
    HRESULT hr;

    if (FAILED(hr = column_values(count, columns, source, values, used))) return hr;
    for (i = 0; i < count && !multi; i++)
    {
        if (!(PROP_TYPE(columns[i].tag) & MV_INSTANCE)) continue;
        multi = used[i];
        spread = i;
        break;
    }
    if (!multi || !multi->Value.MVl.cValues || !(PROP_TYPE(multi->ulPropTag) & MV_FLAG))
    {
        if (multi) used[spread] = NULL;
        return put_key(count, columns, used, source->object.id, 0, key, keys);
    }
    used[spread] = &element;
    for (i = 0; i < MAX_INSTANCES && prop_element(multi, i, &element) && SUCCEEDED(hr); i++)
        hr = put_key(count, columns, used, source->object.id, i, key, keys);
    return hr;
}

HRESULT keys_of_source(ULONG count, const struct db_sort *columns, struct source *source,
                       struct bytes *keys)
{
    struct sortkey key;
    HRESULT hr;

    sortkey_init(&key);
    hr = keys_with(&key, count, columns, source, keys);
    sortkey_destroy(&key);
    return hr;
}

HRESULT db_key_make(ULONG count, const struct db_sort *columns, const SPropValue *const *values,
                    BYTE **key, ULONG *size)
{
    struct sortkey made;
    ULONG i;

    *key = NULL;
    *size = 0;
    sortkey_init(&made);
    for (i = 0; i < count; i++)
    {
        if (sortkey_add(&made, values[i], columns[i].descending)) continue;
        sortkey_destroy(&made);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *key = made.data;
    *size = (ULONG)made.size;
    return S_OK;
}

/* --- taking one apart --- */

static ULONG fixed_size(ULONG type)
{
    switch (type)
    {
    case PT_BOOLEAN:
        return 1;
    case PT_I2:
        return 2;
    case PT_LONG:
        return 4;
    case PT_R4:
    case PT_DOUBLE:
    case PT_APPTIME:
    case PT_CURRENCY:
    case PT_I8:
    case PT_SYSTIME:
        return 8;
    case PT_CLSID:
        return 16;
    default:
        return 0;
    }
}

/* Behind one value, NULL: it has no end. invert: the bytes are those of a descending column. */
static const BYTE *skip_value(ULONG type, const BYTE *at, const BYTE *end, BYTE invert)
{
    ULONG size = fixed_size(type);

    if (size) return (size_t)(end - at) >= size ? at + size : NULL;
    if (type & MV_FLAG)
    {
        while (at && at < end && (*at ^ invert))
            at = skip_value(type & ~MV_FLAG, at + 1, end, invert);
        return at && at < end ? at + 1 : NULL;
    }
    if (type != PT_UNICODE && type != PT_STRING8 && type != PT_BINARY) return NULL;
    for (; end - at >= 2; at++) if (at[0] == invert && at[1] == invert) return at + 2;
    return NULL;
}

ULONG db_key_prefix(ULONG count, const struct db_sort *columns, ULONG prefix_columns,
                    const BYTE *key, ULONG size)
{
    const BYTE *at = key, *end = key + size;
    ULONG i, type;

    for (i = 0; i < count && i < prefix_columns; i++)
    {
        if (at == end) return 0;
        type = PROP_TYPE(columns[i].tag);
        if (type & MV_INSTANCE) type &= ~(MV_INSTANCE | MV_FLAG);
        /* Whether there is a value is said the same way in either direction. */
        if (*at++ != 1) continue;
        if (!(at = skip_value(type, at, end, columns[i].descending ? 0xff : 0))) return 0;
    }
    return (ULONG)(at - key);
}

BOOL db_key_long(const BYTE *key, ULONG size, LONG *value)
{
    if (size < 5 || key[0] != 1) return FALSE;
    *value = (LONG)(((ULONG)key[1] << 24 | key[2] << 16 | key[3] << 8 | key[4]) ^ 0x80000000);
    return TRUE;
}

ULONG db_collation(void)
{
    static const WCHAR probe[] = { 'a',   'A',   'b',   0xe4,   0xc4,   'z', 0xf6, '-', 'c', 'h',
                                   0x142, 0x3b1, 0x416, 0x4e2d, 0x3042, '1', ' ',  '_', 0 };
    static LONG volatile known;
    BYTE key[512];
    ULONG hash = 2166136261u;
    int size, i;

    if (known) return known;
    size = platform_sort_key(probe, ARRAY_SIZE(probe) - 1, key, sizeof(key));
    for (i = 0; i < size; i++) hash = (hash ^ key[i]) * 16777619u;
    return known = (hash & 0x7fffffff) | 1;
}
