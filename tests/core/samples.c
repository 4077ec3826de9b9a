/*
 * One property of every type, for the units
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
 * See samples.h.
 */

#include "samples.h"

static GUID guids[] = {{ 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 }}, { 0xffffffff, 2, 3, { 0 }}};
static SHORT shorts[] = { -1, 0, 32767 };
static LONG longs[] = { 1, -2, 3 };
static float floats[] = { 1.5f };
static double doubles[] = { 2.5, -1e300 };
static LARGE_INTEGER larges[] = {{ .QuadPart = -5 }, { .QuadPart = 1ll << 60 }};
static CY currencies[] = {{ .int64 = 10000 }};
static FILETIME times[] = {{ 1, 2 }, { 0xffffffff, 0xffffffff }};
static char long_text[] = "a string that is longer than the others and has an odd number of bytes.";
static char *texts[] = { (char *)"", (char *)"one", long_text };
static WCHAR *wide_texts[] = { (WCHAR *)u"", (WCHAR *)u"zw\xf6lf" };
static SBinary bins[] = {{ 3, (BYTE *)"abc" }, { 0, NULL }, { 9, (BYTE *)"123456789" }};

const SPropValue sample_props[] =
{
    { .ulPropTag = PROP_TAG(PT_I2, 0x6600), .Value.i = -3 },
    { .ulPropTag = PROP_TAG(PT_STRING8, 0x6601), .Value.lpszA = long_text },
    { .ulPropTag = PROP_TAG(PT_LONG, 0x6602), .Value.l = 77 },
    { .ulPropTag = PROP_TAG(PT_R4, 0x6603), .Value.flt = 0.25f },
    { .ulPropTag = PROP_TAG(PT_MV_STRING8, 0x6604), .Value.MVszA = { 3, texts }},
    { .ulPropTag = PROP_TAG(PT_DOUBLE, 0x6605), .Value.dbl = 1e10 },
    { .ulPropTag = PROP_TAG(PT_CURRENCY, 0x6606), .Value.cur.int64 = -1 },
    { .ulPropTag = PROP_TAG(PT_BINARY, 0x6607), .Value.bin = { 5, (BYTE *)"12345" }},
    { .ulPropTag = PROP_TAG(PT_APPTIME, 0x6608), .Value.at = 3.5 },
    { .ulPropTag = PROP_TAG(PT_MV_I2, 0x6609), .Value.MVi = { 3, shorts }},
    { .ulPropTag = PROP_TAG(PT_ERROR, 0x660a), .Value.err = MAPI_E_NOT_FOUND },
    { .ulPropTag = PROP_TAG(PT_BOOLEAN, 0x660b), .Value.b = TRUE },
    { .ulPropTag = PROP_TAG(PT_OBJECT, 0x660c), .Value.x = 0 },
    { .ulPropTag = PROP_TAG(PT_UNICODE, 0x660d), .Value.lpszW = (WCHAR *)u"wide \x416" },
    { .ulPropTag = PROP_TAG(PT_I8, 0x660e), .Value.li.QuadPart = 1ll << 40 },
    { .ulPropTag = PROP_TAG(PT_SYSTIME, 0x660f), .Value.ft = { 5, 6 }},
    { .ulPropTag = PROP_TAG(PT_CLSID, 0x6610), .Value.lpguid = guids },
    { .ulPropTag = PROP_TAG(PT_MV_LONG, 0x6611), .Value.MVl = { 3, longs }},
    { .ulPropTag = PROP_TAG(PT_MV_R4, 0x6612), .Value.MVflt = { 1, floats }},
    { .ulPropTag = PROP_TAG(PT_MV_DOUBLE, 0x6613), .Value.MVdbl = { 2, doubles }},
    { .ulPropTag = PROP_TAG(PT_MV_CURRENCY, 0x6614), .Value.MVcur = { 1, currencies }},
    { .ulPropTag = PROP_TAG(PT_MV_APPTIME, 0x6615), .Value.MVat = { 2, doubles }},
    { .ulPropTag = PROP_TAG(PT_MV_SYSTIME, 0x6616), .Value.MVft = { 2, times }},
    { .ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6617), .Value.MVbin = { 3, bins }},
    { .ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x6618), .Value.MVszW = { 2, wide_texts }},
    { .ulPropTag = PROP_TAG(PT_MV_CLSID, 0x6619), .Value.MVguid = { 2, guids }},
    { .ulPropTag = PROP_TAG(PT_MV_I8, 0x661a), .Value.MVli = { 2, larges }},
    { .ulPropTag = PROP_TAG(PT_STRING8, 0x661b), .Value.lpszA = (char *)"" },
    { .ulPropTag = PROP_TAG(PT_BINARY, 0x661c), .Value.bin = { 0, NULL }}
};
const ULONG sample_count = ARRAY_SIZE(sample_props);

/* The bytes of value i of a multi-valued property, or of the value of a single one. */
static size_t value_bytes(const SPropValue *prop, ULONG i, const BYTE **bytes)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag);

    switch (type)
    {
    case PT_STRING8:
        *bytes = (BYTE *)prop->Value.lpszA;
        return strlen(prop->Value.lpszA) + 1;
    case PT_UNICODE:
        *bytes = (BYTE *)prop->Value.lpszW;
        return (text_length(prop->Value.lpszW) + 1) * sizeof(WCHAR);
    case PT_BINARY:
        *bytes = prop->Value.bin.lpb;
        return prop->Value.bin.cb;
    case PT_CLSID:
        *bytes = (BYTE *)prop->Value.lpguid;
        return sizeof(GUID);
    case PT_MV_STRING8:
        *bytes = (BYTE *)prop->Value.MVszA.lppszA[i];
        return strlen(prop->Value.MVszA.lppszA[i]) + 1;
    case PT_MV_UNICODE:
        *bytes = (BYTE *)prop->Value.MVszW.lppszW[i];
        return (text_length(prop->Value.MVszW.lppszW[i]) + 1) * sizeof(WCHAR);
    case PT_MV_BINARY:
        *bytes = prop->Value.MVbin.lpbin[i].lpb;
        return prop->Value.MVbin.lpbin[i].cb;
    default:
        *bytes = type & MV_FLAG ? (BYTE *)prop->Value.MVi.lpi + i * prop_type_size(type)
                                : (BYTE *)&prop->Value;
        return prop_type_size(type);
    }
}

static ULONG value_count(const SPropValue *prop)
{
    return PROP_TYPE(prop->ulPropTag) & MV_FLAG ? prop->Value.MVi.cValues : 1;
}

BOOL same_prop(const SPropValue *a, const SPropValue *b)
{
    const BYTE *a_bytes, *b_bytes;
    size_t size;
    ULONG i;

    if (a->ulPropTag != b->ulPropTag || value_count(a) != value_count(b)) return FALSE;
    for (i = 0; i < value_count(a); i++)
    {
        size = value_bytes(a, i, &a_bytes);
        if (size != value_bytes(b, i, &b_bytes)) return FALSE;
        if (size && memcmp(a_bytes, b_bytes, size)) return FALSE;
    }
    return TRUE;
}

static BOOL inside(const void *at, size_t length, size_t alignment, const void *block, size_t size)
{
    const BYTE *start = block, *bytes = at;

    return !length
           || (bytes >= start && bytes + length <= start + size
               && !((ULONG_PTR)at & (alignment - 1)));
}

static size_t alignment_of(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_STRING8:
    case PT_BINARY:
        return 1;
    case PT_UNICODE:
        return sizeof(WCHAR);
    case PT_CLSID:
        return sizeof(LONG);
    default:
        return prop_type_size(type);
    }
}

BOOL props_inside(ULONG count, const SPropValue *props, const void *block, size_t size)
{
    const BYTE *bytes;
    size_t length;
    ULONG i, j, type;

    for (i = 0; i < count; i++)
    {
        type = PROP_TYPE(props[i].ulPropTag);
        if (type & MV_FLAG)
        {
            length = type == PT_MV_BINARY ? sizeof(SBinary) : sizeof(void *);
            if (type == PT_MV_BINARY || type == PT_MV_STRING8 || type == PT_MV_UNICODE)
                if (!inside(props[i].Value.MVi.lpi, value_count(&props[i]) * length, sizeof(void *),
                            block, size))
                    return FALSE;
        }
        for (j = 0; j < value_count(&props[i]); j++)
        {
            length = value_bytes(&props[i], j, &bytes);
            if (bytes == (BYTE *)&props[i].Value) continue;
            if (!inside(bytes, length, alignment_of(type), block, size)) return FALSE;
        }
    }
    return TRUE;
}
