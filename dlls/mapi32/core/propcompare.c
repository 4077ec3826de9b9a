/*
 * Comparing and searching properties
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
 * The order of property values, the relational operators on top of it, and containment.
 *
 * Properties of different types are ordered by type, which makes prop_compare a total order that
 * tables can sort by; the relational operators are never true of them. Strings are compared as the
 * system sorts them, so equal strings are those the system calls equal. Multi-valued properties
 * compare value by value, and the shorter one is less when it is the beginning of the other.
 * A string that is NULL is less than any string. Types without a value are
 * equal, and no relation holds between properties of an unknown type.
 */

#include "core/core.h"

#define THREE_WAY(a, b) (((a) > (b)) - ((a) < (b)))

static LONG compare_bytes(const void *a, size_t a_size, const void *b, size_t b_size)
{
    const size_t size = min(a_size, b_size);
    int order = size && a != b ? memcmp(a, b, size) : 0;

    return order ? THREE_WAY(order, 0) : THREE_WAY(a_size, b_size);
}

static LONG compare_binary(const SBinary *a, const SBinary *b)
{
    return compare_bytes(a->lpb, a->lpb ? a->cb : 0, b->lpb, b->lpb ? b->cb : 0);
}

static LONG compare_guids(const GUID *a, const GUID *b)
{
    if (!a || !b) return THREE_WAY(!!a, !!b);
    return compare_bytes(a, sizeof(*a), b, sizeof(*b));
}

static LONG compare_string8(const char *a, const char *b, BOOL *no_memory)
{
    if (!a || !b) return THREE_WAY(!!a, !!b);
    return text_collate_ansi(a, b, no_memory);
}

static LONG compare_unicode(const WCHAR *a, const WCHAR *b)
{
    if (!a || !b) return THREE_WAY(!!a, !!b);
    return text_collate(a, b);
}

static ULONGLONG filetime_value(const FILETIME *time)
{
    return (ULONGLONG)time->dwHighDateTime << 32 | time->dwLowDateTime;
}

/* The values at a and b, each laid out as an element of a multi-valued property of that type. */
static LONG compare_elements(ULONG type, const void *a, const void *b, BOOL *no_memory)
{
    switch (type)
    {
    case PT_I2:
        return THREE_WAY(*(const SHORT *)a, *(const SHORT *)b);
    case PT_BOOLEAN:
        return THREE_WAY(!!*(const USHORT *)a, !!*(const USHORT *)b);
    case PT_LONG:
    case PT_ERROR:
        return THREE_WAY(*(const LONG *)a, *(const LONG *)b);
    case PT_R4:
        return THREE_WAY(*(const float *)a, *(const float *)b);
    case PT_DOUBLE:
    case PT_APPTIME:
        return THREE_WAY(*(const double *)a, *(const double *)b);
    case PT_CURRENCY:
    case PT_I8:
        return THREE_WAY(((const LARGE_INTEGER *)a)->QuadPart,
                         ((const LARGE_INTEGER *)b)->QuadPart);
    case PT_SYSTIME:
        return THREE_WAY(filetime_value(a), filetime_value(b));
    case PT_CLSID:
        return compare_guids(a, b);
    case PT_STRING8:
        return compare_string8(*(char *const *)a, *(char *const *)b, no_memory);
    case PT_UNICODE:
        return compare_unicode(*(WCHAR *const *)a, *(WCHAR *const *)b);
    case PT_BINARY:
        return compare_binary(a, b);
    default:
        return 0;
    }
}

static size_t element_size(ULONG type)
{
    switch (type)
    {
    case PT_STRING8:
    case PT_UNICODE:
        return sizeof(void *);
    case PT_BINARY:
        return sizeof(SBinary);
    default:
        return prop_type_size(type);
    }
}

static LONG compare_props(const SPropValue *a, const SPropValue *b, BOOL *no_memory)
{
    const ULONG type = PROP_TYPE(a->ulPropTag);
    const BYTE *a_values, *b_values;
    size_t size;
    ULONG i, count;
    LONG order;

    if (type != PROP_TYPE(b->ulPropTag)) return THREE_WAY(type, PROP_TYPE(b->ulPropTag));
    if (!(type & MV_FLAG))
    {
        if (type == PT_CLSID) return compare_guids(a->Value.lpguid, b->Value.lpguid);
        return compare_elements(type, &a->Value, &b->Value, no_memory);
    }
    if (!prop_type_known(type)) return 0;

    size = element_size(type & ~MV_FLAG);
    a_values = (const BYTE *)a->Value.MVi.lpi;
    b_values = (const BYTE *)b->Value.MVi.lpi;
    count = min(a->Value.MVi.cValues, b->Value.MVi.cValues);
    for (i = 0; a_values && b_values && i < count; i++)
    {
        order = compare_elements(type & ~MV_FLAG, a_values + i * size, b_values + i * size,
                                 no_memory);
        if (order) return order;
    }
    return THREE_WAY(a->Value.MVi.cValues, b->Value.MVi.cValues);
}

LONG prop_compare(const SPropValue *a, const SPropValue *b)
{
    return compare_props(a, b, NULL);
}

BOOL prop_relop(const SPropValue *a, ULONG relop, const SPropValue *b, BOOL *no_memory)
{
    const ULONG type = PROP_TYPE(a->ulPropTag);

    if (type != PROP_TYPE(b->ulPropTag) || !prop_type_known(type)) return FALSE;

    switch (relop)
    {
    case RELOP_LT:
        return compare_props(a, b, no_memory) < 0;
    case RELOP_LE:
        return compare_props(a, b, no_memory) <= 0;
    case RELOP_GT:
        return compare_props(a, b, no_memory) > 0;
    case RELOP_GE:
        return compare_props(a, b, no_memory) >= 0;
    case RELOP_EQ:
        return !compare_props(a, b, no_memory);
    case RELOP_NE:
        return compare_props(a, b, no_memory) != 0;
    case RELOP_RE:
        if (type == PT_STRING8 && a->Value.lpszA && b->Value.lpszA)
            return text_match_pattern_ansi(a->Value.lpszA, b->Value.lpszA, no_memory);
        if (type == PT_UNICODE && a->Value.lpszW && b->Value.lpszW)
            return text_match_pattern(a->Value.lpszW, b->Value.lpszW, no_memory);
        return FALSE;
    default:
        return FALSE;
    }
}

static BOOL binary_contains(ULONG fuzzy, const SBinary *value, const SBinary *part)
{
    ULONG i, last;

    if ((!value->lpb && value->cb) || (!part->lpb && part->cb) || part->cb > value->cb)
        return FALSE;
    switch (fuzzy & 0xffff)
    {
    case FL_SUBSTRING:
        last = value->cb - part->cb;
        break;
    case FL_PREFIX:
        last = 0;
        break;
    default:
        if (part->cb != value->cb) return FALSE;
        last = 0;
        break;
    }
    if (!part->cb) return TRUE;
    for (i = 0; i <= last; i++) if (!memcmp(value->lpb + i, part->lpb, part->cb)) return TRUE;
    return FALSE;
}

BOOL prop_contains(const SPropValue *value, const SPropValue *part, ULONG fuzzy, BOOL *no_memory)
{
    const ULONG type = PROP_TYPE(value->ulPropTag);

    if (type != PROP_TYPE(part->ulPropTag)) return FALSE;

    switch (type)
    {
    case PT_STRING8:
        if (!value->Value.lpszA || !part->Value.lpszA) return FALSE;
        return text_contains_ansi(fuzzy, value->Value.lpszA, part->Value.lpszA, no_memory);
    case PT_UNICODE:
        if (!value->Value.lpszW || !part->Value.lpszW) return FALSE;
        return text_contains(fuzzy, value->Value.lpszW, text_length(value->Value.lpszW),
                             part->Value.lpszW, text_length(part->Value.lpszW), no_memory);
    case PT_BINARY:
        return binary_contains(fuzzy, &value->Value.bin, &part->Value.bin);
    default:
        return FALSE;
    }
}

LONG WINAPI LPropCompareProp(LPSPropValue a, LPSPropValue b)
{
    if (!a || !b) return THREE_WAY(!!a, !!b);
    /* what rows are sorted by most often */
    if (PROP_TYPE(a->ulPropTag) == PT_LONG && PROP_TYPE(b->ulPropTag) == PT_LONG)
        return THREE_WAY(a->Value.l, b->Value.l);
    return prop_compare(a, b);
}

BOOL WINAPI FPropCompareProp(LPSPropValue a, ULONG relop, LPSPropValue b)
{
    if (!a || !b) return FALSE;
    return prop_relop(a, relop, b, NULL);
}

/* The page wants FALSE for all but PT_STRING8 and PT_BINARY; tables look into PT_UNICODE as
 * well. */
BOOL WINAPI FPropContainsProp(LPSPropValue value, LPSPropValue part, ULONG fuzzy)
{
    if (!value || !part || PROP_TYPE(value->ulPropTag) == PT_UNICODE) return FALSE;
    return prop_contains(value, part, fuzzy, NULL);
}

BOOL WINAPI FEqualNames(LPMAPINAMEID a, LPMAPINAMEID b)
{
    const WCHAR *x, *y;

    if (!a || !b || a->ulKind != b->ulKind || !a->lpguid || !b->lpguid) return FALSE;
    if (memcmp(a->lpguid, b->lpguid, sizeof(*a->lpguid))) return FALSE;
    if (a->ulKind == MNID_ID) return a->Kind.lID == b->Kind.lID;
    if (a->ulKind != MNID_STRING || !a->Kind.lpwstrName || !b->Kind.lpwstrName) return FALSE;

    for (x = a->Kind.lpwstrName, y = b->Kind.lpwstrName; *x && *x == *y; x++) y++;
    return *x == *y;
}
