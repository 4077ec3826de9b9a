/*
 * Sample providers: values as bytes
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
 * What the store keeps of an object: its properties one after another, each the tag and then the
 * value, numbers as little-endian 32-bit words, so that 32-bit and 64-bit processes read each
 * other's. Reading trusts nothing: a count is checked against the bytes that are left, a string has
 * to end.
 */

#include "store.h"

void blob_put_bytes(struct blob *blob, const void *data, ULONG size)
{
    BYTE *grown;
    ULONG room;

    if (blob->failed || !size) return;
    if (size > 0x7fffffff - blob->size)
    {
        blob->failed = TRUE;
        return;
    }
    if (blob->size + size > blob->room)
    {
        room = max(blob->room * 2, blob->size + size);
        if (!(grown = realloc(blob->data, room)))
        {
            blob->failed = TRUE;
            return;
        }
        blob->data = grown;
        blob->room = room;
    }
    memcpy(blob->data + blob->size, data, size);
    blob->size += size;
}

void blob_put_long(struct blob *blob, ULONG value)
{
    blob_put_bytes(blob, &value, sizeof(value));
}

void blob_put_blob(struct blob *blob, const struct blob *inner)
{
    blob_put_long(blob, inner->size);
    blob_put_bytes(blob, inner->data, inner->size);
}

void blob_free(struct blob *blob)
{
    free(blob->data);
    memset(blob, 0, sizeof(*blob));
}

/* The size of one value of a type of fixed size, 0 for the others. */
static ULONG fixed_size(ULONG type)
{
    switch (type)
    {
    case PT_I2: case PT_BOOLEAN: return sizeof(short);
    case PT_LONG: case PT_R4: return 4;
    case PT_DOUBLE: case PT_CURRENCY: case PT_APPTIME: case PT_I8: case PT_SYSTIME: return 8;
    case PT_CLSID: return sizeof(GUID);
    default: return 0;
    }
}

static void put_counted(struct blob *blob, const void *data, ULONG size)
{
    blob_put_long(blob, size);
    blob_put_bytes(blob, data, size);
}

static ULONG string_size(ULONG type, const void *string)
{
    return type == PT_UNICODE ? (lstrlenW(string) + 1) * sizeof(WCHAR) : lstrlenA(string) + 1;
}

static BOOL can_be_kept(const SPropValue *prop)
{
    ULONG type = PROP_TYPE(prop->ulPropTag) & ~MV_FLAG;

    return fixed_size(type) || type == PT_STRING8 || type == PT_UNICODE || type == PT_BINARY;
}

static void put_value(struct blob *blob, const SPropValue *prop)
{
    ULONG type = PROP_TYPE(prop->ulPropTag), i;

    blob_put_long(blob, prop->ulPropTag);
    if (type == PT_CLSID) blob_put_bytes(blob, prop->Value.lpguid, sizeof(GUID));
    else if (fixed_size(type)) blob_put_bytes(blob, &prop->Value, fixed_size(type));
    else if (type == PT_BINARY) put_counted(blob, prop->Value.bin.lpb, prop->Value.bin.cb);
    else if (!(type & MV_FLAG))
        put_counted(blob, prop->Value.lpszA, string_size(type, prop->Value.lpszA));
    else
    {
        type &= ~MV_FLAG;
        blob_put_long(blob, prop->Value.MVl.cValues);
        if (fixed_size(type))
            blob_put_bytes(blob, prop->Value.MVl.lpl, prop->Value.MVl.cValues * fixed_size(type));
        else for (i = 0; i < prop->Value.MVl.cValues; i++)
        {
            if (type == PT_BINARY)
                put_counted(blob, prop->Value.MVbin.lpbin[i].lpb, prop->Value.MVbin.lpbin[i].cb);
            else
                put_counted(blob, prop->Value.MVszA.lppszA[i],
                            string_size(type, prop->Value.MVszA.lppszA[i]));
        }
    }
}

void blob_put_props(struct blob *blob, ULONG count, const SPropValue *props)
{
    ULONG i, kept = 0;

    for (i = 0; i < count; i++) if (can_be_kept(&props[i])) kept++;
    blob_put_long(blob, kept);
    for (i = 0; i < count; i++) if (can_be_kept(&props[i])) put_value(blob, &props[i]);
}

const BYTE *read_bytes(struct reader *reader, ULONG size)
{
    const BYTE *ret = reader->data;

    if (reader->bad || size > reader->left)
    {
        reader->bad = TRUE;
        return NULL;
    }
    reader->data += size;
    reader->left -= size;
    return ret;
}

ULONG read_long(struct reader *reader)
{
    const BYTE *data = read_bytes(reader, sizeof(ULONG));
    ULONG ret = 0;

    if (data) memcpy(&ret, data, sizeof(ret));
    return ret;
}

HRESULT read_blob(struct reader *reader, struct blob *ret)
{
    ULONG size = read_long(reader);
    const BYTE *data = read_bytes(reader, size);

    memset(ret, 0, sizeof(*ret));
    if (!data) return MAPI_E_CORRUPT_DATA;
    blob_put_bytes(ret, data, size);
    return ret->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

static void *read_copy(struct reader *reader, ULONG size, void *parent)
{
    const BYTE *data = read_bytes(reader, size);
    void *ret;

    if (!data) return NULL;
    if (FAILED(MAPIAllocateMore(size + !size, parent, &ret)))
    {
        reader->bad = TRUE;
        return NULL;
    }
    memcpy(ret, data, size);
    return ret;
}

static void *read_string(struct reader *reader, ULONG type, void *parent)
{
    ULONG size = read_long(reader), unit = type == PT_UNICODE ? sizeof(WCHAR) : 1;
    BYTE *ret;

    if (size < unit || size % unit)
    {
        reader->bad = TRUE;
        return NULL;
    }
    if ((ret = read_copy(reader, size, parent))) memset(ret + size - unit, 0, unit);
    return ret;
}

static void read_many(struct reader *reader, ULONG type, SPropValue *prop, void *parent)
{
    ULONG count = read_long(reader), i, size;
    void *array;

    /* Each value has at least a length of its own before it. */
    if (reader->bad || count > reader->left / (fixed_size(type) ? fixed_size(type) : sizeof(ULONG)))
    {
        reader->bad = TRUE;
        return;
    }
    prop->Value.MVl.cValues = count;
    if (fixed_size(type))
    {
        prop->Value.MVl.lpl = read_copy(reader, count * fixed_size(type), parent);
        return;
    }
    size = count * (type == PT_BINARY ? sizeof(SBinary) : sizeof(char *));
    if (FAILED(MAPIAllocateMore(size + !size, parent, &array)))
    {
        reader->bad = TRUE;
        return;
    }
    prop->Value.MVbin.lpbin = array;
    for (i = 0; i < count && !reader->bad; i++)
    {
        if (type == PT_BINARY)
        {
            prop->Value.MVbin.lpbin[i].cb = read_long(reader);
            prop->Value.MVbin.lpbin[i].lpb = read_copy(reader, prop->Value.MVbin.lpbin[i].cb,
                                                       parent);
        }
        else prop->Value.MVszA.lppszA[i] = read_string(reader, type, parent);
    }
}

static void read_value(struct reader *reader, SPropValue *prop, void *parent)
{
    ULONG type;
    const BYTE *data;

    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = read_long(reader);
    type = PROP_TYPE(prop->ulPropTag);
    if (type == PT_CLSID) prop->Value.lpguid = read_copy(reader, sizeof(GUID), parent);
    else if (fixed_size(type))
    {
        if ((data = read_bytes(reader, fixed_size(type))))
            memcpy(&prop->Value, data, fixed_size(type));
    }
    else if (type == PT_BINARY)
    {
        prop->Value.bin.cb = read_long(reader);
        prop->Value.bin.lpb = read_copy(reader, prop->Value.bin.cb, parent);
    }
    else if (type == PT_STRING8 || type == PT_UNICODE)
        prop->Value.lpszA = read_string(reader, type, parent);
    else if (type & MV_FLAG) read_many(reader, type & ~MV_FLAG, prop, parent);
    else reader->bad = TRUE;
}

HRESULT read_props(struct reader *reader, ULONG room, ULONG *count, SPropValue **ret)
{
    ULONG number = read_long(reader), i;
    SPropValue *props;

    *count = 0;
    *ret = NULL;
    /* The shortest one is a tag and two bytes. */
    if (reader->bad || number > reader->left / 6) return MAPI_E_CORRUPT_DATA;
    if (!(number + room)) return S_OK;
    if (FAILED(MAPIAllocateBuffer((number + room) * sizeof(*props), (void **)&props)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < number && !reader->bad; i++) read_value(reader, &props[i], props);
    if (reader->bad)
    {
        MAPIFreeBuffer(props);
        return MAPI_E_CORRUPT_DATA;
    }
    *count = number;
    *ret = props;
    return S_OK;
}
