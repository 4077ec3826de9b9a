/*
 * Messages on storages: properties in a storage
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
 * A stream of entries of 16 bytes, one for each property: tag, attributes, and a value of fixed
 * size or the size of a stream that has the value. Nothing in a file is trusted: sizes are those of
 * the streams, and a value that is damaged is left out.
 */

#define COBJMACROS
#include <stdlib.h>

#include "message/imsg.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LARGE       0x10000             /* bytes that a value may have in memory */
#define VALUE_LIMIT 0x20000000
#define PROP_LIMIT  0x8000
#define ENTRY_SIZE  16
/* What stands with PR_ATTACH_DATA_OBJ */
#define OBJECT_MESSAGE 1
#define OBJECT_STORAGE 4
#define READABLE    (PROPATTR_READABLE | PROPATTR_WRITEABLE)

static const WCHAR properties_name[] = L"__properties_version1.0";
static const WCHAR value_prefix[] = L"__substg1.0_";

/* ---- names of streams and storages ---- */

void imsg_numbered_name(const WCHAR *prefix, ULONG number, imsg_name name)
{
    static const char digits[] = "0123456789ABCDEF";
    int shift;

    while (*prefix) *name++ = *prefix++;
    for (shift = 28; shift >= 0; shift -= 4) *name++ = digits[number >> shift & 0xf];
    *name = 0;
}

void imsg_value_name(ULONG tag, imsg_name name)
{
    /* Tag and type the way the tag is printed. */
    imsg_numbered_name(value_prefix, tag, name);
}

static void element_name(ULONG tag, ULONG index, imsg_name name)
{
    imsg_name value;
    size_t length;

    imsg_value_name(tag, value);
    length = text_length(value);
    value[length] = '-';
    value[length + 1] = 0;
    imsg_numbered_name(value, index, name);
}

BOOL imsg_numbered(const WCHAR *name, const WCHAR *prefix, ULONG *number)
{
    ULONG i, digit;
    WCHAR c;

    while (*prefix && *name == *prefix) name++, prefix++;
    if (*prefix) return FALSE;
    *number = 0;
    for (i = 0; i < 8; i++)
    {
        c = *name++;
        if (c >= '0' && c <= '9') digit = c - '0';
        else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
        else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
        else return FALSE;
        *number = *number << 4 | digit;
    }
    return !*name;
}

static int compare_numbers(const void *a, const void *b)
{
    const ULONG first = *(const ULONG *)a, second = *(const ULONG *)b;

    return (first > second) - (first < second);
}

HRESULT imsg_list_numbered(IStorage *storage, const WCHAR *prefix, ULONG **numbers, ULONG *count)
{
    ULONG number, room = 0, got, *grown;
    IEnumSTATSTG *elements;
    STATSTG stat;
    HRESULT hr;

    *numbers = NULL;
    *count = 0;
    if (FAILED(hr = IStorage_EnumElements(storage, 0, NULL, 0, &elements)))
        return MapStorageSCode(hr);
    while (SUCCEEDED(hr) && IEnumSTATSTG_Next(elements, 1, &stat, &got) == S_OK)
    {
        if (stat.type == STGTY_STORAGE && stat.pwcsName
            && imsg_numbered(stat.pwcsName, prefix, &number))
        {
            if (*count == room)
            {
                room = room ? room * 2 : 16;
                if ((grown = platform_realloc(*numbers, room * sizeof(*grown))))
                    *numbers = grown;
                else
                    hr = MAPI_E_NOT_ENOUGH_MEMORY;
            }
            if (SUCCEEDED(hr)) (*numbers)[(*count)++] = number;
        }
        CoTaskMemFree(stat.pwcsName);
    }
    IEnumSTATSTG_Release(elements);
    if (SUCCEEDED(hr)) qsort(*numbers, *count, sizeof(**numbers), compare_numbers);
    if (FAILED(hr))
    {
        platform_free(*numbers);
        *numbers = NULL;
        *count = 0;
    }
    return hr;
}

/* ---- what is kept beside the values ---- */

struct imsg_streamed *imsg_find_streamed(struct imsg_object *object, ULONG tag)
{
    ULONG i;

    for (i = 0; i < object->streamed_count; i++)
        if (PROP_ID(object->streamed[i].tag) == PROP_ID(tag)) return &object->streamed[i];
    return NULL;
}

void imsg_forget_streamed(struct imsg_object *object, ULONG tag)
{
    struct imsg_streamed *streamed = imsg_find_streamed(object, tag);

    if (!streamed) return;
    IStream_Release(streamed->stream);
    *streamed = object->streamed[--object->streamed_count];
}

/* Takes the stream over if it succeeds. */
HRESULT imsg_add_streamed(struct imsg_object *object, ULONG tag, IStream *stream)
{
    struct imsg_streamed *grown;

    if (!(grown = platform_realloc(object->streamed,
                                   (object->streamed_count + 1) * sizeof(*grown))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    object->streamed = grown;
    grown[object->streamed_count].tag = tag;
    grown[object->streamed_count++].stream = stream;
    return S_OK;
}

static struct imsg_attribute *find_attribute(struct imsg_object *object, ULONG tag)
{
    ULONG i;

    for (i = 0; i < object->attribute_count; i++)
        if (object->attributes[i].id == PROP_ID(tag)) return &object->attributes[i];
    return NULL;
}

ULONG imsg_get_attribute(struct imsg_object *object, ULONG tag)
{
    const struct imsg_attribute *attribute = find_attribute(object, tag);

    return attribute ? attribute->flags : READABLE;
}

/* Kept only where it is not what every property has. */
HRESULT imsg_set_attribute(struct imsg_object *object, ULONG tag, ULONG flags)
{
    struct imsg_attribute *attribute = find_attribute(object, tag), *grown;

    if (!attribute)
    {
        if (flags == READABLE) return S_OK;
        if (!(grown = platform_realloc(object->attributes,
                                       (object->attribute_count + 1) * sizeof(*grown))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        object->attributes = grown;
        attribute = &grown[object->attribute_count++];
        attribute->id = PROP_ID(tag);
    }
    attribute->flags = flags;
    return S_OK;
}

/* ---- reading ---- */

static BOOL is_bytes(ULONG type)
{
    return type == PT_STRING8 || type == PT_UNICODE || type == PT_BINARY;
}

static HRESULT open_named(IStorage *storage, const WCHAR *name, IStream **ret)
{
    HRESULT hr = IStorage_OpenStream(storage, name, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0, ret);

    return FAILED(hr) ? MapStorageSCode(hr) : S_OK;
}

static HRESULT stream_size(IStream *stream, ULONG *size)
{
    STATSTG stat;
    HRESULT hr;

    *size = 0;
    if (FAILED(hr = IStream_Stat(stream, &stat, STATFLAG_NONAME))) return MapStorageSCode(hr);
    if (stat.cbSize.QuadPart > VALUE_LIMIT) return MAPI_E_TOO_BIG;
    *size = stat.cbSize.LowPart;
    return S_OK;
}

/* All of a stream with two bytes of zero behind it, in the chain of base. */
static HRESULT read_bytes(IStream *stream, void *base, BYTE **data, ULONG *size)
{
    HRESULT hr;

    if (FAILED(hr = stream_size(stream, size))) return hr;
    if (FAILED(memory_allocate_more(*size + 2, base, (void **)data)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = stream_read_all(stream, *data, *size))) return hr;
    (*data)[*size] = (*data)[*size + 1] = 0;
    return S_OK;
}

static HRESULT read_named(IStorage *storage, const WCHAR *name, void *base, BYTE **data,
                          ULONG *size)
{
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = open_named(storage, name, &stream))) return hr;
    hr = read_bytes(stream, base, data, size);
    IStream_Release(stream);
    return hr;
}

static void set_bytes(SPropValue *prop, ULONG type, BYTE *data, ULONG size)
{
    switch (type)
    {
    case PT_BINARY:
        prop->Value.bin.cb = size;
        prop->Value.bin.lpb = data;
        break;
    case PT_STRING8:
        prop->Value.lpszA = (char *)data;
        break;
    case PT_UNICODE:
        prop->Value.lpszW = (WCHAR *)data;
        break;
    }
}

static HRESULT read_multiple(IStorage *storage, ULONG tag, void *base, SPropValue *prop)
{
    const ULONG type = PROP_TYPE(tag) & ~MV_FLAG;
    ULONG size, count, i, element_size = prop_type_size(PROP_TYPE(tag));
    imsg_name name;
    BYTE *data, *element;
    void *array;
    HRESULT hr;

    imsg_value_name(tag, name);
    if (FAILED(hr = read_named(storage, name, base, &data, &size))) return hr;
    if (!is_bytes(type))
    {
        if (!element_size || !(count = size / element_size)) return MAPI_E_CORRUPT_DATA;
        prop->Value.MVl.cValues = count;
        prop->Value.MVl.lpl = (LONG *)data;
        return S_OK;
    }
    /* The lengths say no more than how many there are. */
    count = size / (type == PT_BINARY ? 8 : 4);
    if (!count || count > PROP_LIMIT) return MAPI_E_CORRUPT_DATA;
    element_size = type == PT_BINARY ? sizeof(SBinary) : sizeof(void *);
    if (FAILED(memory_allocate_more(count * element_size, base, &array)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++)
    {
        element_name(tag, i, name);
        if (FAILED(hr = read_named(storage, name, base, &element, &size))) return hr;
        if (type == PT_BINARY)
        {
            ((SBinary *)array)[i].cb = size;
            ((SBinary *)array)[i].lpb = element;
        }
        else
            ((void **)array)[i] = element;
    }
    prop->Value.MVbin.cValues = count;
    prop->Value.MVbin.lpbin = array;
    return S_OK;
}

/* S_FALSE: it is large, and stays in *stream. */
static HRESULT read_value(IStorage *storage, const BYTE *entry, void *base, SPropValue *prop,
                          IStream **stream)
{
    const ULONG tag = *(const ULONG *)entry, type = PROP_TYPE(tag);
    imsg_name name;
    BYTE *data;
    ULONG size;
    HRESULT hr;

    *stream = NULL;
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    if (!PROP_ID(tag) || PROP_ID(tag) == PROP_ID_INVALID || !prop_type_known(type)
        || type == PT_NULL || type == PT_UNSPECIFIED || type == PT_OBJECT)
        return MAPI_E_NOT_FOUND;
    if (type & MV_FLAG) return read_multiple(storage, tag, base, prop);
    if (!is_bytes(type) && type != PT_CLSID)
    {
        memcpy(&prop->Value, entry + 8, min(prop_type_size(type), 8));
        return S_OK;
    }
    imsg_value_name(tag, name);
    if (FAILED(hr = open_named(storage, name, stream))) return hr;
    hr = stream_size(*stream, &size);
    if (hr == S_OK && is_bytes(type) && size > LARGE) return S_FALSE;
    if (SUCCEEDED(hr)) hr = read_bytes(*stream, base, &data, &size);
    IStream_Release(*stream);
    *stream = NULL;
    if (FAILED(hr)) return hr;
    set_bytes(prop, type, data, size);
    if (type != PT_CLSID) return S_OK;
    prop->Value.lpguid = (GUID *)data;
    return size < sizeof(GUID) ? MAPI_E_CORRUPT_DATA : S_OK;
}

/* The entries, behind a header of header_size bytes. No stream: there is nothing yet. */
static HRESULT read_entries(IStorage *storage, BYTE *header, ULONG header_size, BYTE **entries,
                            ULONG *count)
{
    IStream *stream;
    size_t size;
    BYTE *data;
    HRESULT hr;

    *entries = NULL;
    *count = 0;
    if ((hr = open_named(storage, properties_name, &stream)) == MAPI_E_NOT_FOUND) return S_OK;
    if (FAILED(hr)) return hr;
    hr = stream_read_rest(stream, PROP_LIMIT * ENTRY_SIZE + header_size, &data, &size);
    IStream_Release(stream);
    if (FAILED(hr)) return hr == MAPI_E_TOO_BIG ? MAPI_E_CORRUPT_DATA : hr;
    if (size < header_size)
    {
        platform_free(data);
        return MAPI_E_CORRUPT_DATA;
    }
    memcpy(header, data, header_size);
    *count = (size - header_size) / ENTRY_SIZE;
    memmove(data, data + header_size, size - header_size);
    *entries = data;
    return S_OK;
}

static BOOL ends_reading(HRESULT hr)
{
    return hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_NOT_ENOUGH_RESOURCES;
}

static HRESULT load_entry(struct imsg_object *object, const BYTE *entry)
{
    IStream *stream;
    SPropValue *prop;
    HRESULT hr;

    if (FAILED(memory_allocate_buffer(sizeof(*prop), (void **)&prop)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = read_value(object->storage, entry, prop, prop, &stream);
    if (hr == S_FALSE)
    {
        imsg_forget_streamed(object, prop->ulPropTag);
        IStream_Release(stream);
        stream = NULL;
        /* As it is to be used later. */
        if (object->writable)
        {
            imsg_name name;

            imsg_value_name(prop->ulPropTag, name);
            hr = IStorage_OpenStream(object->storage, name, NULL,
                                     STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, &stream);
        }
        else
        {
            imsg_name name;

            imsg_value_name(prop->ulPropTag, name);
            hr = open_named(object->storage, name, &stream);
        }
        if (SUCCEEDED(hr) && FAILED(hr = imsg_add_streamed(object, prop->ulPropTag, stream)))
            IStream_Release(stream);
    }
    else if (SUCCEEDED(hr))
        hr = IPropData_SetProps(object->values, 1, prop, NULL);
    if (SUCCEEDED(hr))
        hr = imsg_set_attribute(object, prop->ulPropTag, ((const ULONG *)entry)[1] & 7);
    memory_free_buffer(prop);
    if (FAILED(hr)) WARN("property %#lx: %#lx\n", *(const ULONG *)entry, hr);
    return hr;
}

/* Properties that are for reading only, once all are there. */
static void protect(struct imsg_object *object)
{
    ULONG i, access = IPROP_READONLY | IPROP_CLEAN;
    SizedSPropTagArray(1, tags) = {1};

    for (i = 0; i < object->attribute_count; i++)
    {
        if (object->attributes[i].flags & PROPATTR_WRITEABLE) continue;
        tags.aulPropTag[0] = PROP_TAG(PT_UNSPECIFIED, object->attributes[i].id);
        IPropData_HrSetPropAccess(object->values, (SPropTagArray *)&tags, &access);
    }
}

HRESULT imsg_load(struct imsg_object *object)
{
    ULONG count, i;
    BYTE *entries;
    HRESULT hr;

    if (FAILED(hr = read_entries(object->storage, object->header, object->header_size, &entries,
                                 &count)))
        return hr;
    for (i = 0; i < count; i++)
        if (ends_reading(hr = load_entry(object, entries + i * ENTRY_SIZE))) break;
    platform_free(entries);
    if (ends_reading(hr)) return hr;
    protect(object);
    return S_OK;
}

HRESULT imsg_load_row(struct imsg_file *file, IStorage *storage, ULONG *count, SPropValue **ret)
{
    BYTE header[IMSG_HEADER_OTHER], *entries;
    ULONG entry_count, i, kept = 0;
    SPropValue *props;
    IStream *large;
    HRESULT hr;

    *count = 0;
    *ret = NULL;
    if (FAILED(hr = read_entries(storage, header, sizeof(header), &entries, &entry_count)))
        return hr;
    if (FAILED(memory_allocate_buffer((entry_count + 1) * sizeof(*props), (void **)&props)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < entry_count; i++)
    {
        HRESULT one = read_value(storage, entries + i * ENTRY_SIZE, props, &props[kept], &large);

        if (one == S_OK && SUCCEEDED(prop_value_check(&props[kept]))) kept++;
        if (one == S_FALSE) IStream_Release(large);
        if (ends_reading(one)) hr = one;
    }
    if (SUCCEEDED(hr) && kept) hr = props_copy(&file->allocators, kept, props, ret);
    if (SUCCEEDED(hr)) *count = kept;
    memory_free_buffer(props);
    platform_free(entries);
    return hr;
}

/* ---- writing ---- */

static HRESULT create_named(IStorage *storage, const WCHAR *name, IStream **ret)
{
    HRESULT hr = IStorage_CreateStream(storage, name,
                                       STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0,
                                       ret);

    return FAILED(hr) ? MapStorageSCode(hr) : S_OK;
}

static HRESULT write_named(IStorage *storage, const WCHAR *name, const void *data, ULONG size)
{
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = create_named(storage, name, &stream))) return hr;
    hr = stream_write_all(stream, data, size);
    IStream_Release(stream);
    return hr;
}

/* The size of a string in an entry counts the terminator, that of its stream does not. */
static ULONG terminator(ULONG type)
{
    return type == PT_UNICODE ? 2 : type == PT_STRING8 ? 1 : 0;
}

static void bytes_of(ULONG type, const void *value, const void **data, ULONG *size)
{
    switch (type)
    {
    case PT_BINARY:
        *data = ((const SBinary *)value)->lpb;
        *size = ((const SBinary *)value)->cb;
        break;
    case PT_STRING8:
        *data = *(char *const *)value;
        *size = text_length_ansi(*data);
        break;
    default:
        *data = *(WCHAR *const *)value;
        *size = text_length(*data) * sizeof(WCHAR);
        break;
    }
}

static HRESULT write_multiple(IStorage *storage, const SPropValue *prop, ULONG *entry_size)
{
    const ULONG tag = prop->ulPropTag, type = PROP_TYPE(tag) & ~MV_FLAG;
    const ULONG count = prop->Value.MVbin.cValues, unit = type == PT_BINARY ? 8 : 4;
    const size_t step = type == PT_BINARY ? sizeof(SBinary) : sizeof(void *);
    ULONG i, size, *lengths;
    imsg_name name;
    const void *data;
    HRESULT hr;

    imsg_value_name(tag, name);
    if (!is_bytes(type))
    {
        *entry_size = count * prop_type_size(PROP_TYPE(tag));
        return write_named(storage, name, prop->Value.MVl.lpl, *entry_size);
    }
    *entry_size = count * unit;
    if (!(lengths = platform_alloc_zero(*entry_size + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0, hr = S_OK; i < count && SUCCEEDED(hr); i++)
    {
        bytes_of(type, (BYTE *)prop->Value.MVbin.lpbin + i * step, &data, &size);
        lengths[i * (unit / 4)] = size + terminator(type);
        element_name(tag, i, name);
        /* These have their terminator. */
        hr = write_named(storage, name, data, size + terminator(type));
    }
    imsg_value_name(tag, name);
    if (SUCCEEDED(hr)) hr = write_named(storage, name, lengths, *entry_size);
    platform_free(lengths);
    return hr;
}

static HRESULT write_value(IStorage *storage, const SPropValue *prop, ULONG flags, BYTE *entry)
{
    const ULONG tag = prop->ulPropTag, type = PROP_TYPE(tag);
    ULONG *words = (ULONG *)entry, size = 0;
    const void *data;
    imsg_name name;
    HRESULT hr;

    memset(entry, 0, ENTRY_SIZE);
    words[0] = tag;
    words[1] = flags;
    if (type == PT_OBJECT)
    {
        words[2] = ~0u;
        words[3] = OBJECT_STORAGE;
        return S_OK;
    }
    if (type & MV_FLAG) return write_multiple(storage, prop, &words[2]);
    if (type == PT_CLSID)
    {
        data = prop->Value.lpguid;
        size = sizeof(GUID);
    }
    else if (is_bytes(type))
        bytes_of(type, &prop->Value, &data, &size);
    else
    {
        memcpy(entry + 8, &prop->Value, min(prop_type_size(type), 8));
        return S_OK;
    }
    imsg_value_name(tag, name);
    hr = write_named(storage, name, data, size);
    words[2] = size + terminator(type);
    return hr;
}

/* Value streams that are not of a streamed property go. */
static HRESULT remove_values(IStorage *storage, struct imsg_object *object)
{
    size_t i, count = 0, room = 0;
    IEnumSTATSTG *elements;
    WCHAR **names = NULL, **grown;
    const size_t prefix = ARRAYSIZE(value_prefix) - 1;
    struct imsg_streamed *streamed;
    ULONG tag, got;
    STATSTG stat;
    HRESULT hr;

    if (FAILED(hr = IStorage_EnumElements(storage, 0, NULL, 0, &elements)))
        return MapStorageSCode(hr);
    while (SUCCEEDED(hr) && IEnumSTATSTG_Next(elements, 1, &stat, &got) == S_OK)
    {
        streamed = NULL;
        if (object && imsg_numbered(stat.pwcsName, value_prefix, &tag))
            streamed = imsg_find_streamed(object, tag);
        if (stat.type != STGTY_STREAM || memcmp(stat.pwcsName, value_prefix, prefix * sizeof(WCHAR))
            || (streamed && streamed->tag == tag))
        {
            CoTaskMemFree(stat.pwcsName);
            continue;
        }
        if (count == room)
        {
            room = room ? room * 2 : 32;
            if ((grown = platform_realloc(names, room * sizeof(*grown))))
                names = grown;
            else
            {
                CoTaskMemFree(stat.pwcsName);
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                break;
            }
        }
        names[count++] = stat.pwcsName;
    }
    IEnumSTATSTG_Release(elements);
    for (i = 0; i < count; i++)
    {
        if (SUCCEEDED(hr)) IStorage_DestroyElement(storage, names[i]);
        CoTaskMemFree(names[i]);
    }
    platform_free(names);
    return hr;
}

static HRESULT write_entries(IStorage *storage, const BYTE *header, ULONG header_size,
                             const BYTE *entries, ULONG count)
{
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = create_named(storage, properties_name, &stream))) return hr;
    hr = stream_write_all(stream, header, header_size);
    if (SUCCEEDED(hr)) hr = stream_write_all(stream, entries, count * ENTRY_SIZE);
    IStream_Release(stream);
    return hr;
}

/* What the file has no place for is left out. */
static BOOL is_kept(const SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag);

    return type != PT_ERROR && type != PT_NULL && PROP_ID(prop->ulPropTag) != 0;
}

/* An attachment whose method says so is a message. */
static void note_message(BYTE *entries, ULONG count)
{
    ULONG *object = NULL, *words, i;
    BOOL message = FALSE;

    for (i = 0; i < count; i++)
    {
        words = (ULONG *)(entries + i * ENTRY_SIZE);
        if (words[0] == PR_ATTACH_DATA_OBJ) object = words;
        if (words[0] == PR_ATTACH_METHOD) message = words[2] == ATTACH_EMBEDDED_MSG;
    }
    if (object && message) object[3] = OBJECT_MESSAGE;
}

HRESULT imsg_save(struct imsg_object *object)
{
    struct imsg_file *file = object->file;
    ULONG i, count = 0, kept = 0, size;
    SPropValue *props = NULL;
    BYTE *entries;
    HRESULT hr;

    hr = IPropData_GetProps(object->values, NULL, file->unicode ? MAPI_UNICODE : 0, &count, &props);
    if (FAILED(hr)) return hr;
    if (!(entries = platform_alloc((count + object->streamed_count + 1) * ENTRY_SIZE)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
        hr = remove_values(object->storage, object);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!is_kept(&props[i])) continue;
        hr = write_value(object->storage, &props[i], imsg_get_attribute(object, props[i].ulPropTag),
                         entries + kept++ * ENTRY_SIZE);
    }
    if (SUCCEEDED(hr)) note_message(entries, kept);
    for (i = 0; i < object->streamed_count && SUCCEEDED(hr); i++)
    {
        const ULONG tag = object->streamed[i].tag;
        ULONG *words = (ULONG *)(entries + kept++ * ENTRY_SIZE);

        hr = stream_size(object->streamed[i].stream, &size);
        words[0] = tag;
        words[1] = imsg_get_attribute(object, tag);
        words[2] = size + terminator(PROP_TYPE(tag));
        words[3] = 0;
    }
    if (SUCCEEDED(hr))
        hr = write_entries(object->storage, object->header, object->header_size, entries, kept);
    platform_free(entries);
    file->allocators.free(props);
    return hr;
}

HRESULT imsg_save_row(struct imsg_file *file, IStorage *storage, ULONG count,
                      const SPropValue *props)
{
    const BYTE header[IMSG_HEADER_OTHER] = {0};
    ULONG i, kept = 0, type;
    SPropValue *converted;
    BYTE *entries;
    HRESULT hr = S_OK;

    if (!(entries = platform_alloc((count + 1) * ENTRY_SIZE))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!is_kept(&props[i]) || PROP_TYPE(props[i].ulPropTag) == PT_OBJECT) continue;
        type = PROP_TYPE(props[i].ulPropTag);
        if ((type & ~MV_FLAG) != (file->unicode ? PT_STRING8 : PT_UNICODE))
        {
            hr = write_value(storage, &props[i], READABLE, entries + kept++ * ENTRY_SIZE);
            continue;
        }
        if (FAILED(memory_allocate_buffer(sizeof(*converted), (void **)&converted)))
        {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        type = (type & MV_FLAG) | (file->unicode ? PT_UNICODE : PT_STRING8);
        hr = prop_convert_width(converted, &props[i], type, memory_allocate_more, converted);
        if (SUCCEEDED(hr))
            hr = write_value(storage, converted, READABLE, entries + kept++ * ENTRY_SIZE);
        memory_free_buffer(converted);
    }
    if (SUCCEEDED(hr)) hr = write_entries(storage, header, sizeof(header), entries, kept);
    platform_free(entries);
    return hr;
}

/* A large value among the others, for the moment that it is asked for. */
HRESULT imsg_read_streamed(struct imsg_object *object, const struct imsg_streamed *streamed)
{
    LARGE_INTEGER zero;
    IStream *stream;
    SPropValue *prop;
    BYTE *data;
    ULONG size;
    HRESULT hr;

    zero.QuadPart = 0;
    if (FAILED(hr = IStream_Clone(streamed->stream, &stream))) return MapStorageSCode(hr);
    if (FAILED(memory_allocate_buffer(sizeof(*prop), (void **)&prop)))
    {
        IStream_Release(stream);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = streamed->tag;
    hr = IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    if (SUCCEEDED(hr)) hr = read_bytes(stream, prop, &data, &size);
    if (SUCCEEDED(hr))
    {
        set_bytes(prop, PROP_TYPE(streamed->tag), data, size);
        hr = IPropData_SetProps(object->values, 1, prop, NULL);
    }
    memory_free_buffer(prop);
    IStream_Release(stream);
    return hr;
}
