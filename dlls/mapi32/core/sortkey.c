/*
 * Sort keys: rows ordered by comparing bytes
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
 * A sort key holds one component a sort column, each ending where its own bytes say, so that memcmp
 * over two keys gives the order the columns ask for, and a key of the first columns is a prefix of
 * each key that has their values. Values that are missing come last whichever way a column is
 * sorted. Text is keyed as the system compares it, of at most SORTKEY_MAX_TEXT characters; binary
 * data byte by byte, the shorter first. Multi-valued properties are ordered value by value, the
 * shorter first.
 */

#include <string.h>

#include "core/core.h"

#define SORTKEY_MAX_BINARY 2048
#define KEY_PRESENT 1
#define KEY_MISSING 2
/* Inside a component of varying length: another value follows, or none. */
#define KEY_MORE 1
#define KEY_END  0

void sortkey_init(struct sortkey *key)
{
    key->data = NULL;
    key->size = key->room = 0;
}

void sortkey_destroy(struct sortkey *key)
{
    platform_free(key->data);
    sortkey_init(key);
}

static BOOL reserve(struct sortkey *key, size_t more)
{
    size_t room;
    BYTE *data;

    if (key->room - key->size >= more) return TRUE;
    room = key->room ? key->room * 2 : 256;
    while (room - key->size < more) room *= 2;
    if (!(data = platform_realloc(key->data, room))) return FALSE;
    key->data = data;
    key->room = room;
    return TRUE;
}

/* Big-endian, so that memcmp sees the most significant byte first. */
static BOOL add_number(struct sortkey *key, ULONGLONG number, ULONG bytes)
{
    if (!reserve(key, bytes)) return FALSE;
    while (bytes--) key->data[key->size++] = (BYTE)(number >> (bytes * 8));
    return TRUE;
}

/* Negative numbers order below positive ones, NaN below all, and both zeroes alike. */
static BOOL add_double(struct sortkey *key, double value)
{
    ULONGLONG bits;

    if (value != value) return add_number(key, 0, 8);
    if (value == 0) value = 0;
    memcpy(&bits, &value, sizeof(bits));
    if (bits >> 63)
        bits = ~bits;
    else
        bits |= (ULONGLONG)1 << 63;
    return add_number(key, bits, 8);
}

/* A zero byte is followed by 0xff, so that two zero bytes can only be the end. */
static BOOL add_bytes(struct sortkey *key, const BYTE *data, size_t size)
{
    size_t i;

    if (!reserve(key, size * 2 + 2)) return FALSE;
    for (i = 0; i < size; i++)
    {
        key->data[key->size++] = data[i];
        if (!data[i]) key->data[key->size++] = 0xff;
    }
    key->data[key->size++] = 0;
    key->data[key->size++] = 0;
    return TRUE;
}

static BOOL add_wide(struct sortkey *key, const WCHAR *text, size_t length)
{
    int size;

    if (!length) return add_number(key, 0, 2);
    /* The system's key has no zero byte but its last, which the second one here turns into the
     * end. */
    if (!reserve(key, length * 6 + 32)) return FALSE;
    size = platform_sort_key(text, length, key->data + key->size, key->room - key->size - 2);
    if (!size)
    {
        if (!(size = platform_sort_key(text, length, NULL, 0)) || !reserve(key, (size_t)size + 2))
            return FALSE;
        if (!(size = platform_sort_key(text, length, key->data + key->size, size))) return FALSE;
    }
    key->size += size;
    if (key->data[key->size - 1]) key->data[key->size++] = 0;
    key->data[key->size++] = 0;
    return TRUE;
}

static BOOL add_ansi(struct sortkey *key, const char *text)
{
    WCHAR stack[256], *wide = stack;
    size_t length = strlen(text);
    int size;
    BOOL ret;

    if (length > SORTKEY_MAX_TEXT) length = SORTKEY_MAX_TEXT;
    if (!length) return add_wide(key, NULL, 0);
    if (!(size = platform_ansi_to_wide(text, length, NULL, 0))) return FALSE;
    if ((size_t)size > sizeof(stack) / sizeof(*stack)
        && !(wide = platform_alloc(size * sizeof(*wide))))
        return FALSE;
    platform_ansi_to_wide(text, length, wide, size);
    ret = add_wide(key, wide, size);
    if (wide != stack) platform_free(wide);
    return ret;
}

static BOOL add_value(struct sortkey *key, const SPropValue *value)
{
    const WCHAR *end;
    SPropValue element;
    ULONG i;

    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_I2:
        return add_number(key, (USHORT)value->Value.i ^ 0x8000, 2);
    case PT_LONG:
    case PT_ERROR:
        return add_number(key, value->Value.ul ^ 0x80000000, 4);
    case PT_R4:
        return add_double(key, value->Value.flt);
    case PT_DOUBLE:
    case PT_APPTIME:
        return add_double(key, value->Value.dbl);
    case PT_CURRENCY:
    case PT_I8:
        return add_number(key, (ULONGLONG)value->Value.li.QuadPart ^ ((ULONGLONG)1 << 63), 8);
    case PT_SYSTIME:
        return add_number(key, (ULONGLONG)value->Value.li.QuadPart, 8);
    case PT_BOOLEAN:
        return add_number(key, value->Value.b ? 1 : 0, 1);
    case PT_CLSID:
        if (!reserve(key, sizeof(GUID))) return FALSE;
        memcpy(key->data + key->size, value->Value.lpguid, sizeof(GUID));
        key->size += sizeof(GUID);
        return TRUE;
    case PT_BINARY:
        return add_bytes(key, value->Value.bin.lpb,
                         value->Value.bin.cb < SORTKEY_MAX_BINARY ? value->Value.bin.cb
                                                                  : SORTKEY_MAX_BINARY);
    case PT_UNICODE:
        for (end = value->Value.lpszW; *end && end - value->Value.lpszW < SORTKEY_MAX_TEXT; end++)
        {
        }
        return add_wide(key, value->Value.lpszW, end - value->Value.lpszW);
    case PT_STRING8:
        return add_ansi(key, value->Value.lpszA);
    default:
        for (i = 0; prop_element(value, i, &element); i++)
            if (!add_number(key, KEY_MORE, 1) || !add_value(key, &element)) return FALSE;
        return add_number(key, KEY_END, 1);
    }
}

BOOL sortkey_add(struct sortkey *key, const SPropValue *value, BOOL descending)
{
    size_t start;

    if (!value) return add_number(key, KEY_MISSING, 1);
    if (!add_number(key, KEY_PRESENT, 1)) return FALSE;
    start = key->size;
    if (!add_value(key, value))
    {
        key->size = start - 1;
        return FALSE;
    }
    if (descending)
        for (; start < key->size; start++) key->data[start] = ~key->data[start];
    return TRUE;
}
