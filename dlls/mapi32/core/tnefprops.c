/*
 * Properties as TNEF has them
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
 * Everything is padded to four bytes. Counts are checked against the bytes that are left before
 * anything is made for them.
 */

#include "core/tnefprops.h"

#define FIRST_NAMED 0x8000
#define KIND_ID     0
#define KIND_STRING 1
#define TEXT_LIMIT  0x10000000

struct reader
{
    const BYTE *data;
    size_t left;
    ULONG codepage;
    void *base;
};

ULONG tnef_read_long(const BYTE *data)
{
    return data[0] | data[1] << 8 | data[2] << 16 | (ULONG)data[3] << 24;
}

ULONG tnef_read_short(const BYTE *data)
{
    return data[0] | data[1] << 8;
}

/* size bytes and what pads them; the last may have lost its padding. NULL: there are not as
 * many. */
static const BYTE *take(struct reader *reader, size_t size)
{
    const BYTE *data = reader->data;
    size_t padded = (size + 3) & ~(size_t)3;

    if (size > reader->left) return NULL;
    if (padded > reader->left) padded = reader->left;
    reader->data += padded;
    reader->left -= padded;
    return data;
}

static BOOL take_long(struct reader *reader, ULONG *value)
{
    const BYTE *data = take(reader, 4);

    if (!data) return FALSE;
    *value = tnef_read_long(data);
    return TRUE;
}

static HRESULT more(struct reader *reader, size_t size, void **ret)
{
    if (size > TEXT_LIMIT || FAILED(memory_allocate_more(size, reader->base, ret)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    return S_OK;
}

/* UTF-16 with or without a terminator. */
static HRESULT wide_text(struct reader *reader, const BYTE *data, ULONG size, WCHAR **ret)
{
    HRESULT hr;

    if (FAILED(hr = more(reader, size + 2, (void **)ret))) return hr;
    memcpy(*ret, data, size & ~1u);
    (*ret)[size / 2] = 0;
    return S_OK;
}

static HRESULT ansi_text(struct reader *reader, const BYTE *data, ULONG size, WCHAR **ret)
{
    ULONG length = 0, i;
    int count = 0;
    HRESULT hr;

    while (length < size && data[length]) length++;
    if (length)
        count = platform_codepage_to_wide(reader->codepage, (const char *)data, length, NULL, 0);
    if (FAILED(hr = more(reader, ((count > 0 ? (ULONG)count : length) + 1) * sizeof(WCHAR),
                         (void **)ret)))
        return hr;
    if (count > 0)
        platform_codepage_to_wide(reader->codepage, (const char *)data, length, *ret, count);
    else
        for (i = 0; i < length; i++) (*ret)[i] = data[i];
    (*ret)[count > 0 ? (ULONG)count : length] = 0;
    return S_OK;
}

static BOOL is_sized(ULONG type)
{
    return type == PT_STRING8 || type == PT_UNICODE || type == PT_BINARY || type == PT_OBJECT;
}

/* A size and as many bytes. */
static HRESULT read_sized(struct reader *reader, ULONG type, void *value)
{
    const BYTE *data;
    SBinary *binary;
    HRESULT hr;
    ULONG size;

    if (!take_long(reader, &size) || !(data = take(reader, size))) return MAPI_E_CORRUPT_DATA;
    if (type == PT_UNICODE) return wide_text(reader, data, size, value);
    if (type == PT_STRING8) return ansi_text(reader, data, size, value);
    binary = value;
    binary->cb = size;
    if (FAILED(hr = more(reader, size + 1, (void **)&binary->lpb))) return hr;
    memcpy(binary->lpb, data, size);
    return S_OK;
}

static HRESULT read_multiple(struct reader *reader, SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag) & ~MV_FLAG;
    const ULONG unit = prop_type_size(PROP_TYPE(prop->ulPropTag));
    size_t step = unit;
    const BYTE *data;
    HRESULT hr;
    ULONG i, count;
    BYTE *array;

    if (is_sized(type)) step = type == PT_BINARY ? sizeof(SBinary) : sizeof(void *);
    if (!step || type == PT_OBJECT) return MAPI_E_CORRUPT_DATA;
    if (!take_long(reader, &count) || !count || count > reader->left / 4)
        return MAPI_E_CORRUPT_DATA;
    if (FAILED(hr = more(reader, count * step, (void **)&array))) return hr;
    memset(array, 0, count * step);
    prop->Value.MVbin.cValues = count;
    prop->Value.MVbin.lpbin = (SBinary *)array;
    for (i = 0; i < count; i++)
    {
        if (is_sized(type))
        {
            if (FAILED(hr = read_sized(reader, type, array + i * step))) return hr;
            continue;
        }
        if (!(data = take(reader, unit))) return MAPI_E_CORRUPT_DATA;
        memcpy(array + i * step, data, unit);
    }
    return S_OK;
}

static HRESULT read_value(struct reader *reader, SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag);
    const BYTE *data;
    ULONG count, size;
    HRESULT hr;

    if (!prop_type_known(type) && type != PT_OBJECT) return MAPI_E_CORRUPT_DATA;
    if (type == PT_NULL || type == PT_UNSPECIFIED) return MAPI_E_CORRUPT_DATA;
    if (type & MV_FLAG) hr = read_multiple(reader, prop);
    else if (is_sized(type))
    {
        if (!take_long(reader, &count) || count != 1) return MAPI_E_CORRUPT_DATA;
        hr = read_sized(reader, type, &prop->Value);
    }
    else
    {
        size = type == PT_CLSID ? sizeof(GUID) : prop_type_size(type);
        if (!size || !(data = take(reader, size))) return MAPI_E_CORRUPT_DATA;
        if (type != PT_CLSID)
        {
            memcpy(&prop->Value, data, min(size, 8));
            return S_OK;
        }
        if (FAILED(hr = more(reader, size, (void **)&prop->Value.lpguid))) return hr;
        memcpy(prop->Value.lpguid, data, size);
    }
    if ((type & ~MV_FLAG) == PT_STRING8)
        prop->ulPropTag = CHANGE_PROP_TYPE(prop->ulPropTag, (type & MV_FLAG) | PT_UNICODE);
    return hr;
}

static HRESULT read_name(struct reader *reader, MAPINAMEID **ret)
{
    const BYTE *set, *text;
    MAPINAMEID *name;
    ULONG kind, value;
    HRESULT hr;

    if (!(set = take(reader, sizeof(GUID))) || !take_long(reader, &kind)
        || !take_long(reader, &value) || kind > KIND_STRING)
        return MAPI_E_CORRUPT_DATA;
    if (FAILED(hr = more(reader, sizeof(*name) + sizeof(GUID), (void **)&name))) return hr;
    name->lpguid = (GUID *)(name + 1);
    memcpy(name->lpguid, set, sizeof(GUID));
    *ret = name;
    if (kind == KIND_ID)
    {
        name->ulKind = MNID_ID;
        name->Kind.lID = value;
        return S_OK;
    }
    if (!(text = take(reader, value))) return MAPI_E_CORRUPT_DATA;
    name->ulKind = MNID_STRING;
    return wide_text(reader, text, value, &name->Kind.lpwstrName);
}

HRESULT tnef_read_list(const BYTE *data, size_t size, size_t *at, ULONG codepage,
                       struct tnef_list **ret)
{
    struct reader reader = {data + *at, size - *at, codepage, NULL};
    struct tnef_list *list;
    ULONG count, tag, i;
    HRESULT hr;

    *ret = NULL;
    /* The least that a property takes is its tag and four bytes. */
    if (!take_long(&reader, &count) || count > reader.left / 8) return MAPI_E_CORRUPT_DATA;
    if (FAILED(memory_allocate_buffer(sizeof(*list), (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    reader.base = list;
    list->count = 0;
    hr = more(&reader, (count + 1) * sizeof(*list->props), (void **)&list->props);
    if (SUCCEEDED(hr))
        hr = more(&reader, (count + 1) * sizeof(*list->names), (void **)&list->names);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        memset(&list->props[i], 0, sizeof(list->props[i]));
        list->names[i] = NULL;
        if (!take_long(&reader, &tag))
        {
            hr = MAPI_E_CORRUPT_DATA;
            break;
        }
        list->props[i].ulPropTag = tag;
        if (PROP_ID(tag) >= FIRST_NAMED) hr = read_name(&reader, &list->names[i]);
        if (SUCCEEDED(hr)) hr = read_value(&reader, &list->props[i]);
        if (SUCCEEDED(hr)) list->count++;
    }
    /* What was read before the damage is of use. */
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
    {
        memory_free_buffer(list);
        return hr;
    }
    *at = reader.data - data;
    *ret = list;
    return hr;
}

/* ---- writing ---- */

HRESULT tnef_append(struct tnef_buffer *buffer, const void *data, size_t size)
{
    size_t room;
    BYTE *grown;

    if (size > TEXT_LIMIT - buffer->size) return MAPI_E_TOO_BIG;
    if (buffer->room - buffer->size < size)
    {
        room = max(buffer->room * 2, buffer->size + size + 256);
        if (!(grown = platform_realloc(buffer->data, room))) return MAPI_E_NOT_ENOUGH_MEMORY;
        buffer->data = grown;
        buffer->room = room;
    }
    if (size) memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return S_OK;
}

HRESULT tnef_append_long(struct tnef_buffer *buffer, ULONG value)
{
    return tnef_append(buffer, &value, sizeof(value));
}

static HRESULT append_padded(struct tnef_buffer *buffer, const void *data, size_t size)
{
    static const BYTE padding[4] = {0};
    HRESULT hr = tnef_append(buffer, data, size);

    return SUCCEEDED(hr) ? tnef_append(buffer, padding, -size & 3) : hr;
}

static HRESULT append_sized(struct tnef_buffer *buffer, ULONG type, const void *value)
{
    const SBinary *binary = value;
    const void *data = *(const void *const *)value;
    size_t size;
    HRESULT hr;

    if (type == PT_STRING8) size = text_length_ansi(data) + 1;
    else if (type == PT_UNICODE) size = (text_length(data) + 1) * sizeof(WCHAR);
    else
    {
        data = binary->lpb;
        size = binary->cb;
    }
    hr = tnef_append_long(buffer, size);
    return SUCCEEDED(hr) ? append_padded(buffer, data, size) : hr;
}

static HRESULT append_name(struct tnef_buffer *buffer, const MAPINAMEID *name)
{
    size_t size;
    HRESULT hr;

    hr = tnef_append(buffer, name->lpguid, sizeof(GUID));
    if (SUCCEEDED(hr))
        hr = tnef_append_long(buffer, name->ulKind == MNID_ID ? KIND_ID : KIND_STRING);
    if (FAILED(hr)) return hr;
    if (name->ulKind == MNID_ID) return tnef_append_long(buffer, name->Kind.lID);
    size = (text_length(name->Kind.lpwstrName) + 1) * sizeof(WCHAR);
    hr = tnef_append_long(buffer, size);
    return SUCCEEDED(hr) ? append_padded(buffer, name->Kind.lpwstrName, size) : hr;
}

HRESULT tnef_append_prop(struct tnef_buffer *buffer, const SPropValue *prop, const MAPINAMEID *name)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag), element = type & ~MV_FLAG;
    const ULONG unit = prop_type_size(type);
    size_t step = unit;
    HRESULT hr;
    ULONG i;

    if (type == PT_NULL || type == PT_ERROR || type == PT_UNSPECIFIED
        || (!prop_type_known(type) && type != PT_OBJECT))
        return MAPI_E_NO_SUPPORT;
    if (PROP_ID(prop->ulPropTag) >= FIRST_NAMED && !name) return MAPI_E_NO_SUPPORT;
    hr = tnef_append_long(buffer, prop->ulPropTag);
    if (SUCCEEDED(hr) && PROP_ID(prop->ulPropTag) >= FIRST_NAMED) hr = append_name(buffer, name);
    if (FAILED(hr)) return hr;
    if (type == PT_CLSID) return tnef_append(buffer, prop->Value.lpguid, sizeof(GUID));
    if (!(type & MV_FLAG) && !is_sized(type))
        return append_padded(buffer, &prop->Value, min(unit, 8));
    if (!(type & MV_FLAG))
    {
        hr = tnef_append_long(buffer, 1);
        return SUCCEEDED(hr) ? append_sized(buffer, type, &prop->Value) : hr;
    }
    if (is_sized(element)) step = element == PT_BINARY ? sizeof(SBinary) : sizeof(void *);
    hr = tnef_append_long(buffer, prop->Value.MVbin.cValues);
    for (i = 0; i < prop->Value.MVbin.cValues && SUCCEEDED(hr); i++)
    {
        const BYTE *value = (const BYTE *)prop->Value.MVbin.lpbin + i * step;

        hr = is_sized(element) ? append_sized(buffer, element, value)
                               : append_padded(buffer, value, unit);
    }
    return hr;
}
