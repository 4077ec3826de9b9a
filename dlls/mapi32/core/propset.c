/*
 * Arrays of properties in one stretch of memory
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
 * An array of properties is laid flat in two steps: props_measure adds up what the values point to,
 * by alignment, and props_flatten copies it behind four cursors, one for each alignment. So the
 * size is the plain sum of the parts, as ScCountProps always reported it, and yet everything is
 * aligned. String lengths found by the first step are kept for the second, up to PROP_LAYOUT_CACHE
 * of them.
 *
 * ScRelocProps moves the pointers of such a stretch, or of any other that was built in one piece.
 *
 * The exports take nothing that has no value: they refuse PT_NULL, PT_UNSPECIFIED, identifiers that
 * stand for no property, multi-valued properties without values, and no properties at all. Their
 * sources are read inside a probe, so that bad pointers are reported and not followed.
 */

#include "core/core.h"

#define LAYOUT_MAX ((size_t)MAXLONG)

enum { ALIGN_8, ALIGN_4, ALIGN_2, ALIGN_1 };

#ifdef _WIN64
#define ALIGN_POINTER ALIGN_8
#else
#define ALIGN_POINTER ALIGN_4
#endif

/* Which of the four stretches the elements of a multi-valued type of fixed size belong to. */
static unsigned int type_alignment(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_I2:
        return ALIGN_2;
    case PT_LONG:
    case PT_R4:
    case PT_CLSID:
        return ALIGN_4;
    default:
        return ALIGN_8;
    }
}

void prop_layout_init(struct prop_layout *layout)
{
    memset(layout->bytes, 0, sizeof(layout->bytes));
    layout->cached = 0;         /* which leaves the cache itself alone: it is the larger part */
}

static BOOL add(struct prop_layout *layout, unsigned int alignment, size_t count, size_t size)
{
    if (count > (LAYOUT_MAX - layout->bytes[alignment]) / size) return FALSE;
    layout->bytes[alignment] += count * size;
    return TRUE;
}

static void remember(struct prop_layout *layout, size_t length)
{
    if (layout->cached == PROP_LAYOUT_CACHE) return;
    layout->lengths[layout->cached++] = length;
}

/* Reads of each page what is going to be copied: a caller that probes wants to know now. */
static void touch(const void *data, size_t size)
{
    const volatile BYTE *bytes = data;
    size_t i;

    for (i = 0; i < size; i += 0x1000) (void)bytes[i];
    if (size) (void)bytes[size - 1];
}

/* Adds count elements of size bytes that lie at data. */
static BOOL add_data(struct prop_layout *layout, unsigned int alignment, const void *data,
                     size_t count, size_t size)
{
    if (!add(layout, alignment, count, size)) return FALSE;
    touch(data, count * size);
    return TRUE;
}

static BOOL add_string8(struct prop_layout *layout, const char *text)
{
    size_t length = text_length_ansi(text);

    remember(layout, length);
    return add(layout, ALIGN_1, length + 1, 1);
}

static BOOL add_unicode(struct prop_layout *layout, const WCHAR *text)
{
    size_t length = text_length(text) * sizeof(WCHAR);

    remember(layout, length);
    return add(layout, ALIGN_2, length + sizeof(WCHAR), 1);
}

static HRESULT measure_value(const SPropValue *prop, struct prop_layout *layout)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag), count = prop->Value.MVi.cValues;
    BOOL fits = TRUE;
    ULONG i;

    switch (type)
    {
    case PT_CLSID:
        if (!prop->Value.lpguid) return MAPI_E_INVALID_PARAMETER;
        fits = add_data(layout, ALIGN_4, prop->Value.lpguid, 1, sizeof(GUID));
        break;
    case PT_STRING8:
        if (!prop->Value.lpszA) return MAPI_E_INVALID_PARAMETER;
        fits = add_string8(layout, prop->Value.lpszA);
        break;
    case PT_UNICODE:
        if (!prop->Value.lpszW) return MAPI_E_INVALID_PARAMETER;
        fits = add_unicode(layout, prop->Value.lpszW);
        break;
    case PT_BINARY:
        if (!prop->Value.bin.lpb && prop->Value.bin.cb) return MAPI_E_INVALID_PARAMETER;
        fits = add_data(layout, ALIGN_1, prop->Value.bin.lpb, prop->Value.bin.cb, 1);
        break;
    case PT_MV_STRING8:
        if (!prop->Value.MVszA.lppszA && count) return MAPI_E_INVALID_PARAMETER;
        fits = add(layout, ALIGN_POINTER, count, sizeof(LPSTR));
        for (i = 0; fits && i < count; i++)
        {
            if (!prop->Value.MVszA.lppszA[i]) return MAPI_E_INVALID_PARAMETER;
            fits = add_string8(layout, prop->Value.MVszA.lppszA[i]);
        }
        break;
    case PT_MV_UNICODE:
        if (!prop->Value.MVszW.lppszW && count) return MAPI_E_INVALID_PARAMETER;
        fits = add(layout, ALIGN_POINTER, count, sizeof(LPWSTR));
        for (i = 0; fits && i < count; i++)
        {
            if (!prop->Value.MVszW.lppszW[i]) return MAPI_E_INVALID_PARAMETER;
            fits = add_unicode(layout, prop->Value.MVszW.lppszW[i]);
        }
        break;
    case PT_MV_BINARY:
        if (!prop->Value.MVbin.lpbin && count) return MAPI_E_INVALID_PARAMETER;
        fits = add(layout, ALIGN_POINTER, count, sizeof(SBinary));
        for (i = 0; fits && i < count; i++)
        {
            const SBinary *bin = &prop->Value.MVbin.lpbin[i];

            if (!bin->lpb && bin->cb) return MAPI_E_INVALID_PARAMETER;
            fits = add_data(layout, ALIGN_1, bin->lpb, bin->cb, 1);
        }
        break;
    case PT_I2:
    case PT_LONG:
    case PT_BOOLEAN:
    case PT_SYSTIME:
    case PT_I8:
    case PT_ERROR:
        break;                  /* the usual ones need not be looked up */
    default:
        if (!prop_type_known(type)) return MAPI_E_NO_SUPPORT;
        if (!(type & MV_FLAG)) break;
        if (!prop->Value.MVi.lpi && count) return MAPI_E_INVALID_PARAMETER;
        fits = add_data(layout, type_alignment(type), prop->Value.MVi.lpi, count,
                        prop_type_size(type));
        break;
    }
    return fits ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT props_measure(ULONG count, const SPropValue *props, struct prop_layout *layout)
{
    HRESULT hr;
    ULONG i;

    if (count && !props) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; i++) if ((hr = measure_value(&props[i], layout)) != S_OK) return hr;
    if (props_layout_size(layout) > LAYOUT_MAX) return MAPI_E_NOT_ENOUGH_MEMORY;
    return S_OK;
}

size_t props_layout_size(const struct prop_layout *layout)
{
    return layout->bytes[ALIGN_8] + layout->bytes[ALIGN_4] + layout->bytes[ALIGN_2] +
           layout->bytes[ALIGN_1];
}

struct cursor
{
    BYTE *at[4];
    const struct prop_layout *layout;
    ULONG string;
};

/* A call of memcpy costs more than most values have bytes. */
static void copy_bytes(BYTE *dst, const BYTE *src, size_t size)
{
    size_t i;

    if (size > 128)
    {
        memcpy(dst, src, size);
        return;
    }
    for (i = 0; i + sizeof(size_t) <= size; i += sizeof(size_t))
        memcpy(dst + i, src + i, sizeof(size_t));
    for (; i < size; i++) dst[i] = src[i];
}

static void *put(struct cursor *cursor, unsigned int alignment, const void *data, size_t size)
{
    BYTE *at = cursor->at[alignment];

    copy_bytes(at, data, size);
    cursor->at[alignment] = at + size;
    return at;
}

static char *put_string8(struct cursor *cursor, const char *text)
{
    const ULONG i = cursor->string++;
    size_t length = i < cursor->layout->cached ? cursor->layout->lengths[i]
                                               : text_length_ansi(text);

    return put(cursor, ALIGN_1, text, length + 1);
}

static WCHAR *put_unicode(struct cursor *cursor, const WCHAR *text)
{
    const ULONG i = cursor->string++;
    size_t length = i < cursor->layout->cached ? cursor->layout->lengths[i]
                                               : text_length(text) * sizeof(WCHAR);

    return put(cursor, ALIGN_2, text, length + sizeof(WCHAR));
}

static void flatten_value(struct cursor *cursor, const SPropValue *src, SPropValue *dst)
{
    const ULONG type = PROP_TYPE(src->ulPropTag), count = src->Value.MVi.cValues;
    ULONG i;

    switch (type)
    {
    case PT_CLSID:
        dst->Value.lpguid = put(cursor, ALIGN_4, src->Value.lpguid, sizeof(GUID));
        break;
    case PT_STRING8:
        dst->Value.lpszA = put_string8(cursor, src->Value.lpszA);
        break;
    case PT_UNICODE:
        dst->Value.lpszW = put_unicode(cursor, src->Value.lpszW);
        break;
    case PT_BINARY:
        dst->Value.bin.lpb = put(cursor, ALIGN_1, src->Value.bin.lpb, src->Value.bin.cb);
        break;
    case PT_MV_STRING8:
        dst->Value.MVszA.lppszA = put(cursor, ALIGN_POINTER, src->Value.MVszA.lppszA,
                                      count * sizeof(LPSTR));
        for (i = 0; i < count; i++)
            dst->Value.MVszA.lppszA[i] = put_string8(cursor, src->Value.MVszA.lppszA[i]);
        break;
    case PT_MV_UNICODE:
        dst->Value.MVszW.lppszW = put(cursor, ALIGN_POINTER, src->Value.MVszW.lppszW,
                                      count * sizeof(LPWSTR));
        for (i = 0; i < count; i++)
            dst->Value.MVszW.lppszW[i] = put_unicode(cursor, src->Value.MVszW.lppszW[i]);
        break;
    case PT_MV_BINARY:
        dst->Value.MVbin.lpbin = put(cursor, ALIGN_POINTER, src->Value.MVbin.lpbin,
                                     count * sizeof(SBinary));
        for (i = 0; i < count; i++)
        {
            const SBinary *bin = &src->Value.MVbin.lpbin[i];

            dst->Value.MVbin.lpbin[i].lpb = put(cursor, ALIGN_1, bin->lpb, bin->cb);
        }
        break;
    default:
        if (!(type & MV_FLAG)) break;
        dst->Value.MVi.lpi = put(cursor, type_alignment(type), src->Value.MVi.lpi,
                                 (size_t)count * prop_type_size(type));
        break;
    }
}

void props_flatten(ULONG count, const SPropValue *src, SPropValue *dst, void *data,
                   const struct prop_layout *layout)
{
    struct cursor cursor;
    ULONG i;

    cursor.at[ALIGN_8] = data;
    cursor.at[ALIGN_4] = cursor.at[ALIGN_8] + layout->bytes[ALIGN_8];
    cursor.at[ALIGN_2] = cursor.at[ALIGN_4] + layout->bytes[ALIGN_4];
    cursor.at[ALIGN_1] = cursor.at[ALIGN_2] + layout->bytes[ALIGN_2];
    cursor.layout = layout;
    cursor.string = 0;

    for (i = 0; i < count; i++)
    {
        dst[i] = src[i];
        flatten_value(&cursor, &src[i], &dst[i]);
    }
}

/* What ScCountProps and ScDupPropset promise to refuse. */
static BOOL counts_as_property(const SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag), id = PROP_ID(prop->ulPropTag);

    if (id == PROP_ID_NULL || id == PROP_ID_INVALID) return FALSE;
    if (type == PT_UNSPECIFIED || type == PT_NULL) return FALSE;
    return !(type & MV_FLAG) || prop->Value.MVi.cValues;
}

struct set_check
{
    ULONG count;
    const SPropValue *props;
    BOOL strict;
    struct prop_layout layout;
    HRESULT hr;
};

static void measure_set(void *context)
{
    struct set_check *check = context;
    ULONG i;

    check->hr = MAPI_E_INVALID_PARAMETER;
    for (i = 0; check->strict && i < check->count; i++)
        if (!counts_as_property(&check->props[i])) return;
    check->hr = props_measure(check->count, check->props, &check->layout);
}

/* Measures what a caller handed in: count is an int there. size is of the array and all it points
 * to. */
static SCODE check_set(struct set_check *check, int count, const SPropValue *props, BOOL strict,
                       ULONG *size)
{
    size_t full;

    if (count < (strict ? 1 : 0) || (count && !props)) return MAPI_E_INVALID_PARAMETER;
    check->count = count;
    check->props = props;
    check->strict = strict;
    prop_layout_init(&check->layout);
    if (!platform_probe(measure_set, check) || check->hr != S_OK) return MAPI_E_INVALID_PARAMETER;

    full = props_layout_size(&check->layout);
    if (count > (LAYOUT_MAX - full) / sizeof(*props)) return MAPI_E_INVALID_PARAMETER;
    *size = full + count * sizeof(*props);
    return S_OK;
}

SCODE WINAPI ScCountProps(int count, LPSPropValue props, ULONG *size)
{
    struct set_check check;
    ULONG needed;
    SCODE scode;

    if ((scode = check_set(&check, count, props, TRUE, &needed)) != S_OK) return scode;
    if (size) *size = needed;
    return S_OK;
}

SCODE WINAPI ScCopyProps(int count, LPSPropValue props, LPVOID dst, ULONG *size)
{
    struct set_check check;
    ULONG needed;
    SCODE scode;

    if (!dst) return MAPI_E_INVALID_PARAMETER;
    if ((scode = check_set(&check, count, props, FALSE, &needed)) != S_OK) return scode;
    props_flatten(count, props, dst, (SPropValue *)dst + count, &check.layout);
    if (size) *size = needed;
    return S_OK;
}

SCODE WINAPI ScDupPropset(int count, LPSPropValue props, LPALLOCATEBUFFER allocate,
                          LPSPropValue *ret)
{
    struct set_check check;
    SPropValue *copy;
    ULONG needed;
    SCODE scode;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!allocate) return MAPI_E_INVALID_PARAMETER;
    if ((scode = check_set(&check, count, props, TRUE, &needed)) != S_OK) return scode;
    if ((scode = allocate(needed, (void **)&copy)) != S_OK) return scode;
    props_flatten(count, props, copy, copy + count, &check.layout);
    *ret = copy;
    return S_OK;
}

void prop_move_init(struct prop_move *move, const void *array, const void *old_base,
                    const void *new_base)
{
    const ULONG_PTR here = (ULONG_PTR)array;

    move->old_base = (ULONG_PTR)old_base;
    move->new_base = (ULONG_PTR)new_base;
    /* Before writing to a disk the new base is some agreed value, after reading the old one is: the
     * data is where the array is, which is behind the nearer base. */
    if (here < move->old_base) move->at_new = TRUE;
    else if (here < move->new_base) move->at_new = FALSE;
    else move->at_new = move->old_base <= move->new_base;
}

void *prop_move_pointer(const struct prop_move *move, void *field)
{
    void *old, *moved;

    memcpy(&old, field, sizeof(old));
    if (!old) return NULL;
    moved = (void *)((ULONG_PTR)old - move->old_base + move->new_base);
    memcpy(field, &moved, sizeof(moved));
    return move->at_new ? moved : old;
}

static void move_value(const struct prop_move *move, SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag), count = prop->Value.MVi.cValues;
    SBinary *bins;
    void **texts;
    ULONG i;

    switch (type)
    {
    case PT_CLSID:
    case PT_STRING8:
    case PT_UNICODE:
        prop_move_pointer(move, &prop->Value.lpszA);
        break;
    case PT_BINARY:
        prop_move_pointer(move, &prop->Value.bin.lpb);
        break;
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
        texts = prop_move_pointer(move, &prop->Value.MVszA.lppszA);
        for (i = 0; texts && i < count; i++) prop_move_pointer(move, &texts[i]);
        break;
    case PT_MV_BINARY:
        bins = prop_move_pointer(move, &prop->Value.MVbin.lpbin);
        for (i = 0; bins && i < count; i++) prop_move_pointer(move, &bins[i].lpb);
        break;
    default:
        if (type & MV_FLAG) prop_move_pointer(move, &prop->Value.MVi.lpi);
        break;
    }
}

void props_move(const struct prop_move *move, ULONG count, SPropValue *props)
{
    ULONG i;

    for (i = 0; i < count; i++) move_value(move, &props[i]);
}

struct set_move
{
    ULONG count;
    SPropValue *props;
    struct prop_move move;
    struct prop_layout layout;
    HRESULT hr;
};

/* Sizes can only be taken while the pointers lead to the data: before the move or after it. */
static void move_set(void *context)
{
    struct set_move *set = context;
    ULONG i;

    for (i = 0; i < set->count; i++)
    {
        set->hr = MAPI_E_INVALID_PARAMETER;
        if (!prop_type_known(PROP_TYPE(set->props[i].ulPropTag))) return;
    }
    set->hr = S_OK;
    if (!set->move.at_new) set->hr = props_measure(set->count, set->props, &set->layout);
    if (set->hr != S_OK) return;
    props_move(&set->move, set->count, set->props);
    if (set->move.at_new) set->hr = props_measure(set->count, set->props, &set->layout);
}

SCODE WINAPI ScRelocProps(int count, LPSPropValue props, LPVOID old_base, LPVOID new_base,
                          ULONG *size)
{
    struct set_move set;

    if (count < 0 || !props) return MAPI_E_INVALID_PARAMETER;
    set.count = count;
    set.props = props;
    prop_move_init(&set.move, props, old_base, new_base);
    prop_layout_init(&set.layout);
    if (!platform_probe(move_set, &set) || set.hr != S_OK) return MAPI_E_INVALID_PARAMETER;
    if (size) *size = props_layout_size(&set.layout) + count * sizeof(*props);
    return S_OK;
}
