/*
 * Property blobs: what a row of the file holds, packed and taken apart again
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
 * A blob is the same on every architecture:
 *
 *   version (1)  flags (1)  { tag (4, little-endian)  size (number)  value }...
 *
 * in the order of IDs. Numbers of any size are 7 bits a byte, the lowest first. Values of fixed
 * size are little-endian; text is UTF-8 without terminator, lone surrogates as three bytes;
 * multi-valued ones are a count and their elements, each with its size when that varies. What is
 * read is hostile: nothing beyond a blob's end is touched, no size is believed before it is
 * compared with what is left, and what a value needs in memory is bounded by what stands in the
 * file.
 */

#include "db/dbpriv.h"

#define BLOB_VERSION 1
#define ARENA_KEPT   0x10000           /* bytes that are kept for the next */

/* --- bytes to write --- */

void bytes_init(struct bytes *bytes)
{
    memset(bytes, 0, sizeof(*bytes));
}

void bytes_free(struct bytes *bytes)
{
    platform_free(bytes->data);
    bytes_init(bytes);
}

static BYTE *bytes_reserve(struct bytes *bytes, size_t size)
{
    size_t room = bytes->room;
    BYTE *data;

    if (bytes->failed) return NULL;
    if (size > room - bytes->size)
    {
        if (size > ~(size_t)0 / 4 - bytes->size) room = 0;
        else room = max(bytes->size + size, max(room * 2, 256));
        if (!room || !(data = platform_realloc(bytes->data, room)))
        {
            bytes->failed = TRUE;
            return NULL;
        }
        bytes->data = data;
        bytes->room = room;
    }
    bytes->size += size;
    return bytes->data + bytes->size - size;
}

void bytes_put(struct bytes *bytes, const void *data, size_t size)
{
    BYTE *at = size ? bytes_reserve(bytes, size) : NULL;

    if (at) memcpy(at, data, size);
}

void bytes_put_number(struct bytes *bytes, ULONGLONG number)
{
    BYTE digits[10];
    ULONG count = 0;

    do
    {
        digits[count++] = (number & 0x7f) | (number > 0x7f ? 0x80 : 0);
        number >>= 7;
    }
    while (number);
    bytes_put(bytes, digits, count);
}

void bytes_put_fixed(struct bytes *bytes, ULONGLONG number, ULONG size)
{
    BYTE digits[8];
    ULONG i;

    for (i = 0; i < size; i++) digits[i] = (BYTE)(number >> (8 * i));
    bytes_put(bytes, digits, size);
}

void bytes_put_text(struct bytes *bytes, const WCHAR *text, size_t length)
{
    BYTE *start = length ? bytes_reserve(bytes, length * 3) : NULL, *out = start;
    ULONG c;
    size_t i;

    if (!start) return;
    for (i = 0; i < length; i++)
    {
        c = text[i];
        if (c < 0x80)
        {
            *out++ = c;
            continue;
        }
        if (c < 0x800) *out++ = 0xc0 | c >> 6;
        else if (c >= 0xd800 && c < 0xdc00 && i + 1 < length && text[i + 1] >= 0xdc00
                 && text[i + 1] < 0xe000)
        {
            c = 0x10000 + ((c & 0x3ff) << 10) + (text[++i] & 0x3ff);
            *out++ = 0xf0 | c >> 18;
            *out++ = 0x80 | (c >> 12 & 0x3f);
            *out++ = 0x80 | (c >> 6 & 0x3f);
        }
        else
        {
            *out++ = 0xe0 | c >> 12;
            *out++ = 0x80 | (c >> 6 & 0x3f);
        }
        *out++ = 0x80 | (c & 0x3f);
    }
    bytes->size = out - bytes->data;
}

/* --- bytes to read --- */

void reader_init(struct reader *reader, const void *data, size_t size)
{
    reader->at = data;
    reader->end = reader->at + size;
    reader->bad = FALSE;
}

const BYTE *reader_take(struct reader *reader, size_t size)
{
    const BYTE *ret = reader->at;

    if (reader->bad || size > (size_t)(reader->end - reader->at))
    {
        reader->bad = TRUE;
        return NULL;
    }
    reader->at += size;
    return ret;
}

ULONGLONG reader_number(struct reader *reader)
{
    ULONGLONG ret = 0;
    const BYTE *digit;
    ULONG shift;

    for (shift = 0; shift < 63; shift += 7)
    {
        if (!(digit = reader_take(reader, 1))) return 0;
        ret |= (ULONGLONG)(*digit & 0x7f) << shift;
        if (!(*digit & 0x80)) return ret;
    }
    reader->bad = TRUE;
    return 0;
}

static ULONGLONG fixed(const BYTE *at, ULONG size)
{
    ULONGLONG ret = 0;

    while (size--) ret = ret << 8 | at[size];
    return ret;
}

ULONGLONG reader_fixed(struct reader *reader, ULONG size)
{
    const BYTE *at = reader_take(reader, size);

    return at ? fixed(at, size) : 0;
}

/* The character at *at, at most three bytes behind it; FALSE: there is none. Zero is none: text
 * ends there. */
static BOOL next_character(const BYTE **at, const BYTE *end, ULONG *character)
{
    static const ULONG least[] = { 0x80, 0x800, 0x10000 };
    const BYTE *p = *at;
    ULONG c = *p++, more, i;

    if (!c || (c >= 0x80 && c < 0xc2) || c > 0xf4) return FALSE;
    if (c >= 0x80)
    {
        more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
        if ((size_t)(end - p) < more) return FALSE;
        c &= 0x3f >> more;
        for (i = 0; i < more; i++)
        {
            if ((*p & 0xc0) != 0x80) return FALSE;
            c = c << 6 | (*p++ & 0x3f);
        }
        if (c < least[more - 1] || c > 0x10ffff) return FALSE;
    }
    *character = c;
    *at = p;
    return TRUE;
}

/* Whether the next eight bytes are there, and each is a character: most text is such. */
static BOOL eight_characters(const BYTE *at, const BYTE *end)
{
    ULONGLONG eight;

    if (end - at < 8) return FALSE;
    memcpy(&eight, at, sizeof(eight));
    return !((eight | (eight - 0x0101010101010101)) & 0x8080808080808080);
}

/* UTF-16 units without terminator; FALSE: not text. */
static BOOL text_units(const BYTE *at, ULONG size, size_t *units)
{
    const BYTE *end = at + size;
    ULONG c;

    *units = 0;
    while (at < end)
    {
        if (eight_characters(at, end))
        {
            at += 8;
            *units += 8;
            continue;
        }
        if (!next_character(&at, end, &c)) return FALSE;
        *units += c >= 0x10000 ? 2 : 1;
    }
    return TRUE;
}

/* Text that text_units has seen. */
static WCHAR *put_units(const BYTE *at, ULONG size, WCHAR *out)
{
    const BYTE *end = at + size;
    ULONG c = 0, i;

    while (at < end)
    {
        if (eight_characters(at, end))
        {
            for (i = 0; i < 8; i++) *out++ = *at++;
            continue;
        }
        if (!next_character(&at, end, &c)) break;
        if (c >= 0x10000)
        {
            *out++ = 0xd800 | (c - 0x10000) >> 10;
            c = 0xdc00 | (c & 0x3ff);
        }
        *out++ = c;
    }
    *out++ = 0;
    return out;
}

char *text_to_utf8(const WCHAR *text)
{
    struct bytes bytes;

    bytes_init(&bytes);
    bytes_put_text(&bytes, text, text_length(text));
    bytes_put(&bytes, "", 1);
    if (bytes.failed) bytes_free(&bytes);
    return (char *)bytes.data;
}

WCHAR *text_from_utf8(const char *text, size_t size)
{
    size_t units;
    WCHAR *ret;

    if (size > 0x7fffffff || !text_units((const BYTE *)text, size, &units)) return NULL;
    if (!(ret = platform_alloc((units + 1) * sizeof(*ret)))) return NULL;
    put_units((const BYTE *)text, size, ret);
    return ret;
}

/* --- arenas --- */

struct arena_block
{
    struct arena_block *next;
    size_t room;
    ULONGLONG data[1];
};

void arena_init(struct arena *arena)
{
    arena->blocks = NULL;
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    struct arena_block *block;

    while ((block = arena->blocks))
    {
        arena->blocks = block->next;
        platform_free(block);
    }
    arena->used = 0;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *block = arena->blocks;

    if (!block || block->room > ARENA_KEPT)
    {
        arena_free(arena);
        return;
    }
    /* The newest stays. */
    arena->blocks = block->next;
    arena_free(arena);
    block->next = NULL;
    arena->blocks = block;
}

BOOL arena_reserve(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->blocks;

    if (size > 0x7ffffff8) return FALSE;
    if (block && block->room - arena->used >= size) return TRUE;
    if (!(block = platform_alloc(offsetof(struct arena_block, data) + size))) return FALSE;
    block->room = size;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = 0;
    return TRUE;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const struct arena_block *block = arena->blocks;
    void *ret;

    if (size > 0x7ffffff0) return NULL;
    size = (size + 7) & ~(size_t)7;
    if ((!block || block->room - arena->used < size) && !arena_reserve(arena, max(size, 2048)))
        return NULL;
    ret = (BYTE *)arena->blocks->data + arena->used;
    arena->used += size;
    return ret;
}

/* --- values --- */

/* Bytes of one element of fixed size; 0: it varies. */
static ULONG element_bytes(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_BOOLEAN:
        return 1;
    case PT_I2:
        return 2;
    case PT_LONG:
    case PT_R4:
        return 4;
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

static BOOL type_stored(ULONG type)
{
    if (type == (PT_BOOLEAN | MV_FLAG)) return FALSE;
    return element_bytes(type) || (type & ~MV_FLAG) == PT_UNICODE || (type & ~MV_FLAG) == PT_BINARY;
}

static void put_guid(struct bytes *bytes, const GUID *guid)
{
    bytes_put_fixed(bytes, guid->Data1, 4);
    bytes_put_fixed(bytes, guid->Data2, 2);
    bytes_put_fixed(bytes, guid->Data3, 2);
    bytes_put(bytes, guid->Data4, sizeof(guid->Data4));
}

static void get_guid(const BYTE *at, GUID *guid)
{
    guid->Data1 = (ULONG)fixed(at, 4);
    guid->Data2 = (USHORT)fixed(at + 4, 2);
    guid->Data3 = (USHORT)fixed(at + 6, 2);
    memcpy(guid->Data4, at + 8, sizeof(guid->Data4));
}

static void put_sized_text(struct bytes *bytes, const WCHAR *text)
{
    struct bytes part;

    bytes_init(&part);
    bytes_put_text(&part, text, text_length(text));
    bytes_put_number(bytes, part.size);
    bytes_put(bytes, part.data, part.size);
    if (part.failed) bytes->failed = TRUE;
    bytes_free(&part);
}

static void put_single(struct bytes *bytes, const SPropValue *value, BOOL sized)
{
    const ULONG type = PROP_TYPE(value->ulPropTag);
    ULONG bits;

    switch (type)
    {
    case PT_BOOLEAN:
        bytes_put_fixed(bytes, value->Value.b ? 1 : 0, 1);
        break;
    case PT_I2:
        bytes_put_fixed(bytes, (USHORT)value->Value.i, 2);
        break;
    case PT_LONG:
        bytes_put_fixed(bytes, value->Value.ul, 4);
        break;
    case PT_R4:
        memcpy(&bits, &value->Value.flt, sizeof(bits));
        bytes_put_fixed(bytes, bits, 4);
        break;
    case PT_CLSID:
        put_guid(bytes, value->Value.lpguid);
        break;
    case PT_UNICODE:
        if (sized) put_sized_text(bytes, value->Value.lpszW);
        else bytes_put_text(bytes, value->Value.lpszW, text_length(value->Value.lpszW));
        break;
    case PT_BINARY:
        if (sized) bytes_put_number(bytes, value->Value.bin.cb);
        bytes_put(bytes, value->Value.bin.lpb, value->Value.bin.cb);
        break;
    default:                            /* the types of 8 bytes lie alike */
        bytes_put_fixed(bytes, value->Value.li.QuadPart, 8);
        break;
    }
}

HRESULT blob_value(struct bytes *bytes, const SPropValue *value)
{
    SPropValue element;
    ULONG i;

    if (!type_stored(PROP_TYPE(value->ulPropTag))) return MAPI_E_INVALID_TYPE;
    if (PROP_TYPE(value->ulPropTag) & MV_FLAG)
    {
        bytes_put_number(bytes, value->Value.MVl.cValues);
        for (i = 0; prop_element(value, i, &element); i++) put_single(bytes, &element, TRUE);
    }
    else put_single(bytes, value, FALSE);
    return bytes->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

void blob_begin(struct bytes *bytes, ULONG flags)
{
    bytes_put_fixed(bytes, BLOB_VERSION, 1);
    bytes_put_fixed(bytes, flags, 1);
}

HRESULT blob_put(struct bytes *bytes, const SPropValue *value)
{
    struct bytes part;
    HRESULT hr;

    bytes_init(&part);
    if (SUCCEEDED(hr = blob_value(&part, value)))
    {
        bytes_put_fixed(bytes, value->ulPropTag, 4);
        bytes_put_number(bytes, part.size);
        bytes_put(bytes, part.data, part.size);
        if (bytes->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    bytes_free(&part);
    return hr;
}

HRESULT blob_open(struct reader *reader, const void *data, size_t size, ULONG *flags)
{
    ULONG version;

    reader_init(reader, data, size);
    version = (ULONG)reader_fixed(reader, 1);
    *flags = (ULONG)reader_fixed(reader, 1);
    return reader->bad || version != BLOB_VERSION ? MAPI_E_CORRUPT_STORE : S_OK;
}

HRESULT blob_next(struct reader *reader, struct stored *stored)
{
    const BYTE *at = reader->at;
    ULONGLONG size;

    if (at == reader->end && !reader->bad) return S_FALSE;
    /* Most are short, and many are passed over for each that is wanted. */
    if (!reader->bad && reader->end - at > 5 && at[4] < 0x80 && at[4] <= reader->end - at - 5)
    {
        stored->tag = (ULONG)fixed(at, 4);
        stored->size = at[4];
        stored->data = at + 5;
        reader->at = at + 5 + stored->size;
        return type_stored(PROP_TYPE(stored->tag)) ? S_OK : MAPI_E_CORRUPT_STORE;
    }
    stored->tag = (ULONG)reader_fixed(reader, 4);
    size = reader_number(reader);
    if (size > 0x7fffffff) reader->bad = TRUE;
    stored->size = (ULONG)size;
    stored->data = reader_take(reader, stored->size);
    return reader->bad || !type_stored(PROP_TYPE(stored->tag)) ? MAPI_E_CORRUPT_STORE : S_OK;
}

/* --- values from the file --- */

static size_t align8(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

static size_t memory_element(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_UNICODE:
        return sizeof(WCHAR *);
    case PT_BINARY:
        return sizeof(SBinary);
    default:
        return element_bytes(type);
    }
}

static HRESULT measure_multi(const struct stored *stored, size_t *size)
{
    const ULONG type = PROP_TYPE(stored->tag), bytes = element_bytes(type);
    ULONGLONG count, part, i, total;
    struct reader reader;
    const BYTE *at;
    size_t units;

    reader_init(&reader, stored->data, stored->size);
    count = reader_number(&reader);
    /* Every element takes at least one byte in the file. */
    if (reader.bad || count > (ULONGLONG)(reader.end - reader.at)) return MAPI_E_CORRUPT_STORE;
    total = count * memory_element(type) + 7;
    if (bytes && count * bytes != (ULONGLONG)(reader.end - reader.at)) return MAPI_E_CORRUPT_STORE;
    for (i = 0; !bytes && i < count; i++)
    {
        part = reader_number(&reader);
        if (part > stored->size || !(at = reader_take(&reader, (size_t)part)))
            return MAPI_E_CORRUPT_STORE;
        if (type == PT_MV_UNICODE)
        {
            if (!text_units(at, (ULONG)part, &units)) return MAPI_E_CORRUPT_STORE;
            total += align8((units + 1) * sizeof(WCHAR));
        }
        else total += align8((size_t)part);
    }
    if ((!bytes && reader.at != reader.end) || total > 0x3fffffff) return MAPI_E_CORRUPT_STORE;
    *size = align8((size_t)total);
    return S_OK;
}

HRESULT stored_measure(const struct stored *stored, size_t *size)
{
    const ULONG type = PROP_TYPE(stored->tag);
    size_t units;

    *size = 0;
    if (!type_stored(type)) return MAPI_E_CORRUPT_STORE;
    if (type & MV_FLAG) return measure_multi(stored, size);
    switch (type)
    {
    case PT_UNICODE:
        if (!text_units(stored->data, stored->size, &units)) return MAPI_E_CORRUPT_STORE;
        *size = align8((units + 1) * sizeof(WCHAR));
        return S_OK;
    case PT_BINARY:
        *size = align8(stored->size);
        return S_OK;
    case PT_CLSID:
        *size = sizeof(GUID);
        /* fall through */
    default:
        return stored->size == element_bytes(type) ? S_OK : MAPI_E_CORRUPT_STORE;
    }
}

static void decode_multi(const struct stored *stored, BYTE *memory, SPropValue *value)
{
    const ULONG type = PROP_TYPE(stored->tag), bytes = element_bytes(type);
    struct reader reader;
    ULONG count, i, part;
    const BYTE *at;
    BYTE *next;

    reader_init(&reader, stored->data, stored->size);
    count = (ULONG)reader_number(&reader);
    value->Value.MVl.cValues = count;
    value->Value.MVl.lpl = count ? (LONG *)memory : NULL;       /* every array lies alike */
    next = memory + align8(count * memory_element(type));
    for (i = 0; i < count; i++)
    {
        part = bytes ? bytes : (ULONG)reader_number(&reader);
        at = reader_take(&reader, part);
        switch (type)
        {
        case PT_MV_I2:
            value->Value.MVi.lpi[i] = (SHORT)fixed(at, 2);
            break;
        case PT_MV_LONG:
        case PT_MV_R4:
            value->Value.MVl.lpl[i] = (LONG)fixed(at, 4);
            break;
        case PT_MV_CLSID:
            get_guid(at, &value->Value.MVguid.lpguid[i]);
            break;
        case PT_MV_UNICODE:
            value->Value.MVszW.lppszW[i] = (WCHAR *)next;
            next = memory + align8((BYTE *)put_units(at, part, (WCHAR *)next) - memory);
            break;
        case PT_MV_BINARY:
            value->Value.MVbin.lpbin[i].cb = part;
            value->Value.MVbin.lpbin[i].lpb = next;
            if (part) memcpy(next, at, part);
            next += align8(part);
            break;
        default:
            value->Value.MVli.lpli[i].QuadPart = fixed(at, 8);
            break;
        }
    }
}

void stored_decode(const struct stored *stored, void *memory, SPropValue *value)
{
    const ULONG type = PROP_TYPE(stored->tag);
    ULONG bits;

    memset(value, 0, sizeof(*value));
    value->ulPropTag = stored->tag;
    if (type & MV_FLAG)
    {
        decode_multi(stored, memory, value);
        return;
    }
    switch (type)
    {
    case PT_BOOLEAN:
        value->Value.b = stored->data[0] != 0;
        break;
    case PT_I2:
        value->Value.i = (SHORT)fixed(stored->data, 2);
        break;
    case PT_LONG:
        value->Value.ul = (ULONG)fixed(stored->data, 4);
        break;
    case PT_R4:
        bits = (ULONG)fixed(stored->data, 4);
        memcpy(&value->Value.flt, &bits, sizeof(bits));
        break;
    case PT_CLSID:
        get_guid(stored->data, memory);
        value->Value.lpguid = memory;
        break;
    case PT_UNICODE:
        put_units(stored->data, stored->size, memory);
        value->Value.lpszW = memory;
        break;
    case PT_BINARY:
        value->Value.bin.cb = stored->size;
        value->Value.bin.lpb = stored->size ? memory : NULL;
        if (stored->size) memcpy(memory, stored->data, stored->size);
        break;
    default:
        value->Value.li.QuadPart = fixed(stored->data, 8);
        break;
    }
}
