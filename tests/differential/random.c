/*
 * Random inputs
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

#include "differential.h"

#define ARENA_SIZE 0x100000

static ULONGLONG state;
static BYTE *arena;
static size_t arena_used;

void random_seed(ULONGLONG seed)
{
    state = seed * 0x9e3779b97f4a7c15ull + 0x1234567887654321ull;
    if (!state) state = 1;
}

ULONG random_bits(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (state * 0x2545f4914f6cdd1dull) >> 32;
}

ULONG random_below(ULONG n)
{
    return n ? (ULONGLONG)random_bits() * n >> 32 : 0;
}

BOOL random_chance(ULONG percent)
{
    return random_below(100) < percent;
}

void *arena_alloc(size_t size)
{
    BYTE *ret;

    if (!arena) arena = VirtualAlloc(NULL, ARENA_SIZE, MEM_COMMIT, PAGE_READWRITE);
    ret = arena + arena_used;
    arena_used += (size + 7) & ~(size_t)7;
    if (!arena || arena_used > ARENA_SIZE)
    {
        fprintf(stderr, "the arena is too small\n");
        exit(2);
    }
    return ret;
}

void arena_reset(void)
{
    arena_used = 0;
}

void *random_bytes(size_t size)
{
    BYTE *ret = arena_alloc(size);
    size_t i;

    for (i = 0; i < size; i++) ret[i] = random_bits();
    return ret;
}

static ULONG random_char(ULONG kind)
{
    static const char hex[] = "0123456789abcdefABCDEF";

    switch (kind)
    {
    case 0:
        return "abAB"[random_below(4)];
    case 1:
        return '0' + random_below(10);
    case 2:
        return hex[random_below(sizeof(hex) - 1)];
    case 3:
        return " -_.a1Z"[random_below(7)];
    case 4:
        return 1 + random_below(127);
    default:
        return 1 + random_below(255);
    }
}

char *random_text(ULONG max_length)
{
    const ULONG length = random_below(max_length + 1), kind = random_below(6);
    char *ret = arena_alloc(length + 1);
    ULONG i;

    for (i = 0; i < length; i++) ret[i] = random_char(kind);
    ret[length] = 0;
    return ret;
}

WCHAR *random_wide(ULONG max_length)
{
    const ULONG length = random_below(max_length + 1), kind = random_below(7);
    WCHAR *ret = arena_alloc((length + 1) * sizeof(*ret));
    ULONG i;

    for (i = 0; i < length; i++) ret[i] = kind < 6 ? random_char(kind) : 1 + random_below(0xd7ff);
    ret[length] = 0;
    return ret;
}

void *bad_pointer(void)
{
    static BYTE *end;

    if (!end)
    {
        BYTE *pages = VirtualAlloc(NULL, 0x20000, MEM_RESERVE, PAGE_NOACCESS);

        VirtualAlloc(pages, 0x10000, MEM_COMMIT, PAGE_READWRITE);
        memset(pages, 'x', 0x10000);
        end = pages + 0x10000;
    }
    switch (random_below(4))
    {
    case 0:
        return NULL;
    case 1:
        return end;
    case 2:
        return end - 2;         /* text that runs out of its page */
    default:
        return (void *)(ULONG_PTR)(8 + random_below(0x1000));
    }
}

GUID *random_guid(void)
{
    GUID *ret = arena_alloc(sizeof(*ret));

    memset(ret, 0, sizeof(*ret));
    ret->Data1 = random_below(2);
    ret->Data4[7] = random_below(2);
    return ret;
}

ULONG random_type(void)
{
    static const ULONG types[] = { PT_NULL,       PT_I2,         PT_LONG,       PT_R4,
                                   PT_DOUBLE,     PT_CURRENCY,   PT_APPTIME,    PT_ERROR,
                                   PT_BOOLEAN,    PT_OBJECT,     PT_I8,         PT_STRING8,
                                   PT_STRING8,    PT_UNICODE,    PT_UNICODE,    PT_SYSTIME,
                                   PT_CLSID,      PT_BINARY,     PT_BINARY,     PT_MV_I2,
                                   PT_MV_LONG,    PT_MV_R4,      PT_MV_DOUBLE,  PT_MV_CURRENCY,
                                   PT_MV_APPTIME, PT_MV_SYSTIME, PT_MV_STRING8, PT_MV_BINARY,
                                   PT_MV_UNICODE, PT_MV_CLSID,   PT_MV_I8,      PT_UNSPECIFIED };
    const ULONG n = random_below(sizeof(types) / sizeof(types[0]) + 1);

    return n < sizeof(types) / sizeof(types[0]) ? types[n] : random_bits() & 0x3fff;
}

static double random_number(void)
{
    return (int)random_below(7) - 3 + random_below(4) * 0.25;
}

static size_t element_size(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_I2:
        return 2;
    case PT_LONG:
    case PT_R4:
        return 4;
    case PT_CLSID:
        return sizeof(GUID);
    default:
        return 8;
    }
}

static void random_single(SPropValue *prop, ULONG type)
{
    switch (type)
    {
    case PT_I2:
    case PT_BOOLEAN:
        prop->Value.i = random_below(5) - 2;
        break;
    case PT_LONG:
    case PT_ERROR:
        prop->Value.l = random_chance(50) ? (LONG)random_below(5) - 2 : (LONG)random_bits();
        break;
    case PT_R4:
        prop->Value.flt = random_number();
        break;
    case PT_DOUBLE:
    case PT_APPTIME:
        prop->Value.dbl = random_number();
        break;
    case PT_STRING8:
        prop->Value.lpszA = random_text(20);
        break;
    case PT_UNICODE:
        prop->Value.lpszW = random_wide(20);
        break;
    case PT_CLSID:
        prop->Value.lpguid = random_guid();
        break;
    case PT_BINARY:
        prop->Value.bin.cb = random_below(12);
        prop->Value.bin.lpb = (BYTE *)random_text(12);
        prop->Value.bin.cb = min(prop->Value.bin.cb, strlen((char *)prop->Value.bin.lpb));
        break;
    default:
        prop->Value.li.u.LowPart = random_below(3);
        prop->Value.li.u.HighPart = random_chance(50) ? 0 : (LONG)random_bits();
        break;
    }
}

static void random_multiple(SPropValue *prop, ULONG type)
{
    const ULONG count = random_chance(10) ? 0 : 1 + random_below(4);
    ULONG i;

    prop->Value.MVi.cValues = count;
    switch (type)
    {
    case PT_MV_STRING8:
        prop->Value.MVszA.lppszA = arena_alloc(count * sizeof(char *));
        for (i = 0; i < count; i++) prop->Value.MVszA.lppszA[i] = random_text(10);
        break;
    case PT_MV_UNICODE:
        prop->Value.MVszW.lppszW = arena_alloc(count * sizeof(WCHAR *));
        for (i = 0; i < count; i++) prop->Value.MVszW.lppszW[i] = random_wide(10);
        break;
    case PT_MV_BINARY:
        prop->Value.MVbin.lpbin = arena_alloc(count * sizeof(SBinary));
        for (i = 0; i < count; i++)
        {
            prop->Value.MVbin.lpbin[i].cb = random_below(12);
            prop->Value.MVbin.lpbin[i].lpb = random_bytes(12);
        }
        break;
    default:
        prop->Value.MVi.lpi = random_bytes(count * element_size(type));
        break;
    }
}

static BOOL has_pointer(ULONG type)
{
    return (type & MV_FLAG) || type == PT_STRING8 || type == PT_UNICODE || type == PT_CLSID;
}

void random_prop(SPropValue *prop, ULONG type, ULONG hostile)
{
    ULONG id = 1 + random_below(8);

    if (random_chance(hostile)) id = random_chance(50) ? PROP_ID_NULL : PROP_ID_INVALID;
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = PROP_TAG(type, id);
    prop->dwAlignPad = random_bits();
    if (type & MV_FLAG) random_multiple(prop, type);
    else random_single(prop, type);

    if (!random_chance(hostile)) return;
    if (type & MV_FLAG)
    {
        prop->Value.MVi.lpi = bad_pointer();
        if (random_chance(20)) prop->Value.MVi.cValues = random_bits();
    }
    else if (type == PT_BINARY) prop->Value.bin.lpb = bad_pointer();
    else if (has_pointer(type)) prop->Value.lpszA = bad_pointer();
}

SPropValue *random_props(ULONG count, ULONG hostile)
{
    SPropValue *ret = arena_alloc(count * sizeof(*ret));
    ULONG i;

    for (i = 0; i < count; i++) random_prop(&ret[i], random_type(), hostile);
    return ret;
}
