/*
 * Properties gathered for the moment
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

/* An array that grows, with the memory its values need besides, all of it gone at once. */

#include "store.h"

void values_init(struct values *values)
{
    memset(values, 0, sizeof(*values));
}

void values_free(struct values *values)
{
    ULONG i;

    for (i = 0; i < values->block_count; i++) platform_free(values->blocks[i]);
    platform_free(values->blocks);
    platform_free(values->props);
    values_init(values);
}

SPropValue *values_add(struct values *values, ULONG tag)
{
    SPropValue *grown;
    ULONG room;

    if (FAILED(values->hr)) return NULL;
    if (values->count == values->room)
    {
        room = values->room ? values->room * 2 : 32;
        if (room > 0x1000000 || !(grown = platform_realloc(values->props, room * sizeof(*grown))))
        {
            values->hr = MAPI_E_NOT_ENOUGH_MEMORY;
            return NULL;
        }
        values->props = grown;
        values->room = room;
    }
    grown = &values->props[values->count++];
    memset(grown, 0, sizeof(*grown));
    grown->ulPropTag = tag;
    return grown;
}

void *values_alloc(struct values *values, size_t size)
{
    void **grown, *ret = NULL;

    if (FAILED(values->hr)) return NULL;
    grown = platform_realloc(values->blocks, (values->block_count + 1) * sizeof(*grown));
    if (grown) values->blocks = grown;
    if (grown && (ret = platform_alloc(size ? size : 1))) grown[values->block_count++] = ret;
    else values->hr = MAPI_E_NOT_ENOUGH_MEMORY;
    return ret;
}

void values_add_long(struct values *values, ULONG tag, LONG value)
{
    SPropValue *prop = values_add(values, tag);

    if (!prop) return;
    if (PROP_TYPE(tag) == PT_BOOLEAN) prop->Value.b = value != 0;
    else prop->Value.l = value;
}

void values_set_long(struct values *values, ULONG tag, LONG value)
{
    ULONG i;

    for (i = 0; i < values->count; i++)
    {
        if (values->props[i].ulPropTag != tag) continue;
        values->props[i].Value.l = value;
        return;
    }
    values_add_long(values, tag, value);
}

void values_add_binary(struct values *values, ULONG tag, const void *data, ULONG size)
{
    void *copy = values_alloc(values, size);
    SPropValue *prop = values_add(values, tag);

    if (!copy || !prop) return;
    memcpy(copy, data, size);
    prop->Value.bin.cb = size;
    prop->Value.bin.lpb = copy;
}

void values_add_time(struct values *values, ULONG tag, const FILETIME *time)
{
    SPropValue *prop = values_add(values, tag);

    if (prop) prop->Value.ft = *time;
}

void values_add_value(struct values *values, const SPropValue *value)
{
    SPropValue *prop = values_add(values, value->ulPropTag);

    if (prop) *prop = *value;
}
