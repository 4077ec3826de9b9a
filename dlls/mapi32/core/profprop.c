/*
 * Properties as the values of a registry key
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
 * In a profile's registry key the name of a value is the tag with its words exchanged, 8 lower-case
 * hex digits: type, then id. PT_STRING8 is a REG_SZ, all else REG_BINARY: numbers as they lie in
 * memory, PT_UNICODE with its terminator, PT_BINARY raw, lists of text and binaries behind a count
 * and offsets from the start of the value, lists of fixed size raw. Reading accepts what other
 * writers are known or likely to leave (a string of either width, a REG_DWORD), and checks every
 * count and offset.
 */

#include <string.h>

#include "core/inf.h"

static const char digits[] = "0123456789abcdef";

void profprop_name(ULONG tag, WCHAR name[PROFPROP_NAME_LENGTH + 1])
{
    ULONG turned = tag << 16 | tag >> 16;
    int i;

    for (i = 0; i < PROFPROP_NAME_LENGTH; i++) name[i] = digits[turned >> (28 - 4 * i) & 15];
    name[i] = 0;
}

ULONG profprop_tag(const WCHAR *name)
{
    ULONG turned = 0;
    int i, digit;

    for (i = 0; i < PROFPROP_NAME_LENGTH; i++)
    {
        if ((digit = inf_hex_digit(name[i])) < 0) return 0;
        turned = turned << 4 | digit;
    }
    return name[i] ? 0 : turned << 16 | turned >> 16;
}

void profprop_uid_name(const MAPIUID *uid, WCHAR name[33])
{
    int i;

    for (i = 0; i < 16; i++)
    {
        name[2 * i] = digits[uid->ab[i] >> 4];
        name[2 * i + 1] = digits[uid->ab[i] & 15];
    }
    name[32] = 0;
}

BOOL profprop_uid(const WCHAR *name, MAPIUID *uid)
{
    int i, high, low;

    for (i = 0; i < 16; i++)
    {
        if ((high = inf_hex_digit(name[2 * i])) < 0 || (low = inf_hex_digit(name[2 * i + 1])) < 0)
            return FALSE;
        uid->ab[i] = high << 4 | low;
    }
    return !name[32];
}

/* Bytes of one value of a type that has no data outside the union; else 0. A PT_BOOLEAN is two. */
static ULONG plain_size(ULONG type)
{
    switch (type)
    {
    case PT_I2:
    case PT_BOOLEAN:
        return 2;
    case PT_LONG:
    case PT_R4:
    case PT_ERROR:
        return 4;
    case PT_I8:
    case PT_CURRENCY:
    case PT_SYSTIME:
    case PT_DOUBLE:
    case PT_APPTIME:
        return 8;
    default:
        return 0;
    }
}

static ULONG wide_bytes(const WCHAR *text)
{
    return (ULONG)((text_length(text) + 1) * sizeof(WCHAR));
}

static HRESULT encode_ansi(const char *text, BYTE **data, ULONG *size)
{
    WCHAR *wide = text_from_ansi(text);

    if (!wide) return MAPI_E_NOT_ENOUGH_MEMORY;
    *data = (BYTE *)wide;
    *size = wide_bytes(wide);
    return S_OK;
}

static HRESULT encode_raw(const void *source, size_t length, BYTE **data, ULONG *size)
{
    if (length > MAXLONG) return MAPI_E_TOO_BIG;
    if (!(*data = platform_alloc(length ? length : 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (length) memcpy(*data, source, length);
    *size = (ULONG)length;
    return S_OK;
}

static const void *element(const SPropValue *prop, ULONG i, ULONG *size)
{
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_MV_STRING8:
        *size = (ULONG)strlen(prop->Value.MVszA.lppszA[i]) + 1;
        return prop->Value.MVszA.lppszA[i];
    case PT_MV_UNICODE:
        *size = wide_bytes(prop->Value.MVszW.lppszW[i]);
        return prop->Value.MVszW.lppszW[i];
    default:
        *size = prop->Value.MVbin.lpbin[i].cb;
        return prop->Value.MVbin.lpbin[i].lpb;
    }
}

/* Count, offsets (for binaries size and offset), then what they point at. */
static HRESULT encode_list(const SPropValue *prop, BYTE **data, ULONG *size)
{
    ULONG count = prop->Value.MVszA.cValues,
          words = PROP_TYPE(prop->ulPropTag) == PT_MV_BINARY ? 2 : 1;
    ULONGLONG total = 4 + (ULONGLONG)count * words * 4;
    ULONG i, length, offset = (ULONG)total;
    const void *source;
    BYTE *index;

    for (i = 0; i < count && total <= MAXLONG; i++)
    {
        element(prop, i, &length);
        total += length;
    }
    if (total > MAXLONG) return MAPI_E_TOO_BIG;
    if (!(*data = platform_alloc((size_t)total))) return MAPI_E_NOT_ENOUGH_MEMORY;
    *size = (ULONG)total;
    memcpy(*data, &count, 4);
    index = *data + 4;
    for (i = 0; i < count; i++)
    {
        source = element(prop, i, &length);
        if (words == 2)
        {
            memcpy(index, &length, 4);
            index += 4;
        }
        memcpy(index, &offset, 4);
        index += 4;
        if (length) memcpy(*data + offset, source, length);
        offset += length;
    }
    return S_OK;
}

HRESULT profprop_encode(const SPropValue *prop, ULONG *reg_type, BYTE **data, ULONG *size)
{
    ULONG type = PROP_TYPE(prop->ulPropTag), length;
    HRESULT hr;

    *data = NULL;
    *size = 0;
    *reg_type = PROFPROP_REG_BINARY;
    if (FAILED(hr = prop_value_check(prop))) return hr;
    switch (type)
    {
    case PT_STRING8:
        *reg_type = PROFPROP_REG_SZ;
        return encode_ansi(prop->Value.lpszA, data, size);
    case PT_UNICODE:
        return encode_raw(prop->Value.lpszW, wide_bytes(prop->Value.lpszW), data, size);
    case PT_BINARY:
        return encode_raw(prop->Value.bin.lpb, prop->Value.bin.cb, data, size);
    case PT_CLSID:
        return encode_raw(prop->Value.lpguid, sizeof(GUID), data, size);
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
    case PT_MV_BINARY:
        return encode_list(prop, data, size);
    }
    if ((length = plain_size(type))) return encode_raw(&prop->Value, length, data, size);
    if (!(type & MV_FLAG)) return MAPI_E_INVALID_TYPE;
    length = (type & ~MV_FLAG) == PT_CLSID ? sizeof(GUID) : plain_size(type & ~MV_FLAG);
    if (!length || (type & ~MV_FLAG) == PT_BOOLEAN || (type & ~MV_FLAG) == PT_ERROR)
        return MAPI_E_INVALID_TYPE;
    return encode_raw(prop->Value.MVl.lpl, (size_t)prop->Value.MVl.cValues * length, data, size);
}

static HRESULT decode_raw(const BYTE *data, size_t length, LPALLOCATEMORE more, void *object,
                          void **ret)
{
    if (more((ULONG)(length ? length : 1), object, ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (length) memcpy(*ret, data, length);
    return S_OK;
}

/* In characters; the text ends with a zero or with the data. */
static size_t stored_length(BOOL wide, const BYTE *data, size_t size)
{
    size_t length = 0;

    if (!wide) while (length < size && data[length]) length++;
    else while (2 * length + 1 < size && (data[2 * length] || data[2 * length + 1])) length++;
    return length;
}

/* Text of either width, from either width; data need not end with a zero and need not be
 * aligned. */
static HRESULT decode_text(ULONG type, BOOL wide, const BYTE *data, size_t size,
                           LPALLOCATEMORE more, void *object, void **ret)
{
    size_t length = stored_length(wide, data, size), unit = wide ? sizeof(WCHAR) : 1;
    WCHAR *copy;
    HRESULT hr = S_OK;
    int out = 0;

    if (wide == (type == PT_UNICODE))
    {
        if (more((ULONG)((length + 1) * unit), object, ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(*ret, data, length * unit);
        memset((BYTE *)*ret + length * unit, 0, unit);
        return S_OK;
    }
    if (!wide)
    {
        if (length) out = platform_ansi_to_wide((const char *)data, (int)length, NULL, 0);
        if (length && out <= 0) return MAPI_E_CORRUPT_DATA;
        if (more((out + 1) * sizeof(WCHAR), object, ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
        if (out) platform_ansi_to_wide((const char *)data, (int)length, *ret, out);
        ((WCHAR *)*ret)[out] = 0;
        return S_OK;
    }
    if (!(copy = platform_alloc((length + 1) * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(copy, data, length * sizeof(WCHAR));
    if (length) out = platform_wide_to_ansi(copy, (int)length, NULL, 0);
    if (length && out <= 0) hr = MAPI_E_CORRUPT_DATA;
    else if (more(out + 1, object, ret)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        if (out) platform_wide_to_ansi(copy, (int)length, *ret, out);
        ((char *)*ret)[out] = 0;
    }
    platform_free(copy);
    return hr;
}

static ULONG word(const BYTE *data)
{
    ULONG value;

    memcpy(&value, data, sizeof(value));
    return value;
}

/* Elements that overlap are refused: a few bytes could otherwise ask for any amount of memory. */
static HRESULT decode_list(const BYTE *data, ULONG size, LPALLOCATEMORE more, void *object,
                           SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag), words = type == PT_MV_BINARY ? 2 : 1;
    ULONG count, i, length, offset;
    size_t total = 0;
    HRESULT hr = S_OK;
    void *array;

    if (size < 4) return MAPI_E_CORRUPT_DATA;
    count = word(data);
    if (count > (size - 4) / (4 * words)) return MAPI_E_CORRUPT_DATA;
    length = type == PT_MV_BINARY ? sizeof(SBinary) : sizeof(void *);
    if (more(count ? count * length : 1, object, &array)) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < count; i++)
    {
        const BYTE *index = data + 4 + (size_t)i * words * 4;

        length = words == 2 ? word(index) : 0;
        offset = word(index + 4 * (words - 1));
        if (offset > size || length > size - offset) return MAPI_E_CORRUPT_DATA;
        if (type == PT_MV_BINARY) total += length;
        else if (type == PT_MV_STRING8)
            total += stored_length(FALSE, data + offset, size - offset) + 1;
        else total += (stored_length(TRUE, data + offset, size - offset) + 1) * sizeof(WCHAR);
        if (total > size) return MAPI_E_CORRUPT_DATA;
        if (type == PT_MV_BINARY)
        {
            SBinary *bin = (SBinary *)array + i;

            bin->cb = length;
            hr = decode_raw(data + offset, length, more, object, (void **)&bin->lpb);
        }
        else
            hr = decode_text(type & ~MV_FLAG, type == PT_MV_UNICODE, data + offset, size - offset,
                             more, object, (void **)array + i);
    }
    prop->Value.MVszA.cValues = count;  /* all lists lie alike in the union */
    prop->Value.MVszA.lppszA = array;
    return hr;
}

HRESULT profprop_decode(ULONG tag, ULONG reg_type, const BYTE *data, ULONG size,
                        LPALLOCATEMORE more, void *object, SPropValue *prop)
{
    const ULONG type = PROP_TYPE(tag);
    ULONG length;
    HRESULT hr;

    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    if (reg_type == PROFPROP_REG_SZ && type != PT_STRING8 && type != PT_UNICODE)
        return MAPI_E_CORRUPT_DATA;
    switch (type)
    {
    case PT_STRING8:
    case PT_UNICODE:
        return decode_text(type, reg_type == PROFPROP_REG_SZ || type == PT_UNICODE, data, size,
                           more, object, (void **)&prop->Value.lpszA);
    case PT_BINARY:
        prop->Value.bin.cb = size;
        return decode_raw(data, size, more, object, (void **)&prop->Value.bin.lpb);
    case PT_CLSID:
        if (size != sizeof(GUID)) return MAPI_E_CORRUPT_DATA;
        return decode_raw(data, size, more, object, (void **)&prop->Value.lpguid);
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
    case PT_MV_BINARY:
        return decode_list(data, size, more, object, prop);
    }
    if ((length = plain_size(type)))
    {
        if (reg_type == PROFPROP_REG_DWORD && size == 4 && length <= 4) size = length;
        if (size != length) return MAPI_E_CORRUPT_DATA;
        memcpy(&prop->Value, data, length);
        return S_OK;
    }
    if (!(type & MV_FLAG)) return MAPI_E_INVALID_TYPE;
    length = (type & ~MV_FLAG) == PT_CLSID ? sizeof(GUID) : plain_size(type & ~MV_FLAG);
    if (!length || (type & ~MV_FLAG) == PT_BOOLEAN || (type & ~MV_FLAG) == PT_ERROR)
        return MAPI_E_INVALID_TYPE;
    if (size % length) return MAPI_E_CORRUPT_DATA;
    if (FAILED(hr = decode_raw(data, size, more, object, (void **)&prop->Value.MVl.lpl))) return hr;
    prop->Value.MVl.cValues = size / length;
    return S_OK;
}
