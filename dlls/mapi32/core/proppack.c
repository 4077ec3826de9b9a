/*
 * Property values packed behind one another in one block
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
 * A value whose data lies outside the SPropValue (strings, binaries, arrays) takes some bytes of a
 * block that the caller allocated: prop_pack_size says how many, prop_pack puts them there. Both
 * take the wanted type, so that strings change width on the way and nothing is copied twice. Sizes
 * are multiples of PACK_ALIGN, so values packed one after another are all aligned. A size that does
 * not fit, or text that cannot be converted, is PACK_FAILED; sums of sizes saturate there. The
 * value must be whole: pointers that its counts ask for are not NULL (prop_value_check).
 */

#include <string.h>

#include "core/core.h"

#define PACK_ALIGN 8

size_t pack_add(size_t a, size_t b)
{
    return a > PACK_FAILED - b ? PACK_FAILED : a + b;
}

static size_t pack_mul(size_t count, size_t size)
{
    return size && count > (PACK_FAILED - 1) / size ? PACK_FAILED : count * size;
}

static size_t pack_align(size_t size)
{
    return size > PACK_FAILED - PACK_ALIGN ? PACK_FAILED
                                           : (size + PACK_ALIGN - 1) & ~(size_t)(PACK_ALIGN - 1);
}

/* Bytes of one element of a multi-valued property whose elements are not pointers; else 0. */
static size_t mv_element_size(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_I2:
        return sizeof(short int);
    case PT_LONG:
    case PT_R4:
        return sizeof(LONG);
    case PT_DOUBLE:
    case PT_APPTIME:
    case PT_CURRENCY:
    case PT_I8:
    case PT_SYSTIME:
        return sizeof(LONGLONG);
    case PT_CLSID:
        return sizeof(GUID);
    default:
        return 0;
    }
}

static size_t wide_length(const WCHAR *text)
{
    const WCHAR *end = text;

    while (*end) end++;
    return end - text;
}

static BOOL is_string_type(ULONG type)
{
    return type == PT_STRING8 || type == PT_UNICODE;
}

/* The bytes that text of type from takes as type to, its terminator included. */
static size_t text_pack_size(const void *text, ULONG from, ULONG to)
{
    int length;

    if (!text) return 0;
    if (from == PT_STRING8 && to == PT_STRING8) return strlen(text) + 1;
    if (from == PT_UNICODE && to == PT_UNICODE) return (wide_length(text) + 1) * sizeof(WCHAR);
    if (to == PT_UNICODE)
    {
        if ((length = platform_ansi_to_wide(text, -1, NULL, 0)) <= 0) return PACK_FAILED;
        return (size_t)length * sizeof(WCHAR);
    }
    if ((length = platform_wide_to_ansi(text, -1, NULL, 0)) <= 0) return PACK_FAILED;
    return length;
}

static void *text_pack(const void *text, ULONG from, ULONG to, size_t size, BYTE *dst)
{
    if (!text) return NULL;
    if (from == to)
        memcpy(dst, text, size);
    else if (to == PT_UNICODE)
        platform_ansi_to_wide(text, -1, (WCHAR *)dst, size / sizeof(WCHAR));
    else
        platform_wide_to_ansi(text, -1, (char *)dst, size);
    return dst;
}

BOOL prop_types_bridge(ULONG from, ULONG to)
{
    if (from == to) return TRUE;
    if ((from & MV_FLAG) != (to & MV_FLAG)) return FALSE;
    return is_string_type(from & ~MV_FLAG) && is_string_type(to & ~MV_FLAG);
}

size_t prop_pack_size(const SPropValue *src, ULONG type)
{
    ULONG from = PROP_TYPE(src->ulPropTag), i;
    size_t size, part;

    if (!prop_types_bridge(from, type)) return PACK_FAILED;
    switch (from)
    {
    case PT_STRING8:
    case PT_UNICODE:
        return pack_align(text_pack_size(src->Value.lpszA, from, type));
    case PT_BINARY:
        return pack_align(src->Value.bin.cb);
    case PT_CLSID:
        return src->Value.lpguid ? sizeof(GUID) : 0;
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
        size = pack_mul(src->Value.MVszA.cValues, sizeof(char *));
        for (i = 0; i < src->Value.MVszA.cValues; i++)
        {
            part = text_pack_size(src->Value.MVszA.lppszA[i], from & ~MV_FLAG, type & ~MV_FLAG);
            size = pack_add(size, part);
        }
        return pack_align(size);
    case PT_MV_BINARY:
        size = pack_align(pack_mul(src->Value.MVbin.cValues, sizeof(SBinary)));
        for (i = 0; i < src->Value.MVbin.cValues; i++)
            size = pack_add(size, pack_align(src->Value.MVbin.lpbin[i].cb));
        return size;
    default:
        /* The arrays of all fixed-size types lie alike in the union. */
        if (!(from & MV_FLAG)) return 0;
        return pack_align(pack_mul(src->Value.MVl.cValues, mv_element_size(from)));
    }
}

BYTE *prop_pack(SPropValue *dst, ULONG tag, const SPropValue *src, BYTE *mem)
{
    ULONG from = PROP_TYPE(src->ulPropTag), type = PROP_TYPE(tag), i;
    size_t size;
    BYTE *next;

    dst->ulPropTag = tag;
    dst->dwAlignPad = 0;
    dst->Value = src->Value;
    switch (from)
    {
    case PT_STRING8:
    case PT_UNICODE:
        size = text_pack_size(src->Value.lpszA, from, type);
        dst->Value.lpszA = text_pack(src->Value.lpszA, from, type, size, mem);
        return mem + pack_align(size);
    case PT_BINARY:
        size = src->Value.bin.cb;
        dst->Value.bin.lpb = size ? mem : NULL;
        if (size) memcpy(mem, src->Value.bin.lpb, size);
        return mem + pack_align(size);
    case PT_CLSID:
        if (!src->Value.lpguid) return mem;
        memcpy(mem, src->Value.lpguid, sizeof(GUID));
        dst->Value.lpguid = (GUID *)mem;
        return mem + sizeof(GUID);
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
        dst->Value.MVszA.lppszA = (char **)mem;
        next = mem + src->Value.MVszA.cValues * sizeof(char *);
        for (i = 0; i < src->Value.MVszA.cValues; i++)
        {
            size = text_pack_size(src->Value.MVszA.lppszA[i], from & ~MV_FLAG, type & ~MV_FLAG);
            dst->Value.MVszA.lppszA[i] = text_pack(src->Value.MVszA.lppszA[i], from & ~MV_FLAG,
                                                   type & ~MV_FLAG, size, next);
            next += size;
        }
        return mem + pack_align(next - mem);
    case PT_MV_BINARY:
        dst->Value.MVbin.lpbin = (SBinary *)mem;
        next = mem + pack_align(src->Value.MVbin.cValues * sizeof(SBinary));
        for (i = 0; i < src->Value.MVbin.cValues; i++)
        {
            size = src->Value.MVbin.lpbin[i].cb;
            dst->Value.MVbin.lpbin[i].cb = size;
            dst->Value.MVbin.lpbin[i].lpb = size ? next : NULL;
            if (size) memcpy(next, src->Value.MVbin.lpbin[i].lpb, size);
            next += pack_align(size);
        }
        return next;
    default:
        if (!(from & MV_FLAG)) return mem;
        size = src->Value.MVl.cValues * mv_element_size(from);
        dst->Value.MVl.lpl = size ? (LONG *)mem : NULL;
        if (size) memcpy(mem, src->Value.MVl.lpl, size);
        return mem + pack_align(size);
    }
}

HRESULT prop_value_check(const SPropValue *prop)
{
    ULONG type = PROP_TYPE(prop->ulPropTag), i;

    switch (type)
    {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_ERROR:
    case PT_OBJECT:
    case PT_I2:
    case PT_LONG:
    case PT_R4:
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_BOOLEAN:
    case PT_I8:
    case PT_SYSTIME:
        return S_OK;
    case PT_STRING8:
    case PT_UNICODE:
        return prop->Value.lpszA ? S_OK : MAPI_E_INVALID_PARAMETER;
    case PT_CLSID:
        return prop->Value.lpguid ? S_OK : MAPI_E_INVALID_PARAMETER;
    case PT_BINARY:
        return prop->Value.bin.lpb || !prop->Value.bin.cb ? S_OK : MAPI_E_INVALID_PARAMETER;
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
        if (prop->Value.MVszA.cValues && !prop->Value.MVszA.lppszA) return MAPI_E_INVALID_PARAMETER;
        for (i = 0; i < prop->Value.MVszA.cValues; i++)
            if (!prop->Value.MVszA.lppszA[i]) return MAPI_E_INVALID_PARAMETER;
        return S_OK;
    case PT_MV_BINARY:
        if (prop->Value.MVbin.cValues && !prop->Value.MVbin.lpbin) return MAPI_E_INVALID_PARAMETER;
        for (i = 0; i < prop->Value.MVbin.cValues; i++)
            if (prop->Value.MVbin.lpbin[i].cb && !prop->Value.MVbin.lpbin[i].lpb)
                return MAPI_E_INVALID_PARAMETER;
        return S_OK;
    default:
        if (!(type & MV_FLAG) || !mv_element_size(type)) return MAPI_E_INVALID_TYPE;
        return prop->Value.MVl.lpl || !prop->Value.MVl.cValues ? S_OK : MAPI_E_INVALID_PARAMETER;
    }
}
