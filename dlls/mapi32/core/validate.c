/*
 * Validation of structures that callers pass in
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
 * The FBad functions answer TRUE for what must not be used: a NULL or unreadable pointer, an
 * unknown type, a count that does not fit. Each looks at everything a structure points to, inside
 * one probe, so that memory that is not there is an answer and not a crash.
 */

#include "core/core.h"

#define PAGE_STEP 0x1000

/* What a check looks at. The last thing it does is to say that it is not bad. */
struct check
{
    const void *data;
    ULONG count;
    BOOL bad;
    volatile size_t seen;       /* keeps reads that are only made to see if they can be */
};

static BOOL is_bad(void (*function)(void *), const void *data, ULONG count)
{
    struct check check;

    if (!data) return TRUE;
    check.data = data;
    check.count = count;
    check.bad = TRUE;
    return !platform_probe(function, &check) || check.bad;
}

/* FALSE for NULL and for a size that no address space holds; reads a byte of each page
 * otherwise. */
static BOOL readable(struct check *check, const void *data, ULONG count, size_t size)
{
    const volatile BYTE *bytes = data;
    size_t total, i;

    if (!count || !size) return TRUE;
    if (!data || count > (~(size_t)0 - (ULONG_PTR)data) / size) return FALSE;
    total = count * size;
    for (i = 0; i < total; i += PAGE_STEP) check->seen += bytes[i];
    check->seen += bytes[total - 1];
    return TRUE;
}

static BOOL good_string8(struct check *check, const char *text)
{
    if (!text) return FALSE;
    check->seen += strlen(text);
    return TRUE;
}

static BOOL good_unicode(struct check *check, const WCHAR *text)
{
    if (!text) return FALSE;
    check->seen += text_length(text);
    return TRUE;
}

static void check_strings8(void *context)
{
    struct check *check = context;
    char *const *texts = check->data;
    ULONG i;

    for (i = 0; i < check->count; i++) if (!good_string8(check, texts[i])) return;
    check->bad = FALSE;
}

static void check_unicodes(void *context)
{
    struct check *check = context;
    WCHAR *const *texts = check->data;
    ULONG i;

    for (i = 0; i < check->count; i++) if (!good_unicode(check, texts[i])) return;
    check->bad = FALSE;
}

static BOOL good_tag(ULONG tag)
{
    switch (PROP_TYPE(tag) & ~MV_FLAG)
    {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_I2:
    case PT_LONG:
    case PT_R4:
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_ERROR:
    case PT_BOOLEAN:
    case PT_OBJECT:
    case PT_I8:
    case PT_STRING8:
    case PT_UNICODE:
    case PT_SYSTIME:
    case PT_CLSID:
    case PT_BINARY:
        return TRUE;
    default:
        return FALSE;
    }
}

static BOOL good_prop(struct check *check, const SPropValue *prop)
{
    const ULONG type = PROP_TYPE(prop->ulPropTag), count = prop->Value.MVi.cValues;
    ULONG i;

    if (!good_tag(prop->ulPropTag)) return FALSE;

    switch (type)
    {
    case PT_BOOLEAN:
        return prop->Value.b == TRUE || prop->Value.b == FALSE;
    case PT_STRING8:
        return good_string8(check, prop->Value.lpszA);
    case PT_UNICODE:
        return good_unicode(check, prop->Value.lpszW);
    case PT_BINARY:
        return readable(check, prop->Value.bin.lpb, prop->Value.bin.cb, 1);
    case PT_CLSID:
        return readable(check, prop->Value.lpguid, 1, sizeof(GUID));
    case PT_MV_STRING8:
        if (!readable(check, prop->Value.MVszA.lppszA, count, sizeof(LPSTR))) return FALSE;
        for (i = 0; i < count; i++)
            if (!good_string8(check, prop->Value.MVszA.lppszA[i])) return FALSE;
        return TRUE;
    case PT_MV_UNICODE:
        if (!readable(check, prop->Value.MVszW.lppszW, count, sizeof(LPWSTR))) return FALSE;
        for (i = 0; i < count; i++)
            if (!good_unicode(check, prop->Value.MVszW.lppszW[i])) return FALSE;
        return TRUE;
    case PT_MV_BINARY:
        if (!readable(check, prop->Value.MVbin.lpbin, count, sizeof(SBinary))) return FALSE;
        for (i = 0; i < count; i++)
        {
            const SBinary *bin = &prop->Value.MVbin.lpbin[i];

            if (!readable(check, bin->lpb, bin->cb, 1)) return FALSE;
        }
        return TRUE;
    default:
        if (!(type & MV_FLAG)) return TRUE;
        return readable(check, prop->Value.MVi.lpi, count, prop_type_size(type));
    }
}

static BOOL good_row(struct check *check, const SRow *row)
{
    ULONG i;

    if (row->cValues && !row->lpProps) return FALSE;
    for (i = 0; i < row->cValues; i++) if (!good_prop(check, &row->lpProps[i])) return FALSE;
    return TRUE;
}

static void check_prop(void *context)
{
    struct check *check = context;

    check->bad = !good_prop(check, check->data);
}

static void check_row(void *context)
{
    struct check *check = context;

    check->bad = !good_row(check, check->data);
}

static void check_row_set(void *context)
{
    struct check *check = context;
    const SRowSet *rows = check->data;
    ULONG i;

    for (i = 0; i < rows->cRows; i++) if (!good_row(check, &rows->aRow[i])) return;
    check->bad = FALSE;
}

static void check_column_set(void *context)
{
    struct check *check = context;
    const SPropTagArray *tags = check->data;
    ULONG i;

    for (i = 0; i < tags->cValues; i++)
        if (PROP_TYPE(tags->aulPropTag[i]) == PT_ERROR || !good_tag(tags->aulPropTag[i])) return;
    check->bad = FALSE;
}

static void check_names(void *context)
{
    struct check *check = context;
    MAPINAMEID *const *names = check->data;
    ULONG i;

    for (i = 0; i < check->count; i++)
    {
        if (!names[i] || !readable(check, names[i]->lpguid, 1, sizeof(GUID))) return;
        if (names[i]->ulKind == MNID_ID) continue;
        if (names[i]->ulKind != MNID_STRING || !good_unicode(check, names[i]->Kind.lpwstrName))
            return;
    }
    check->bad = FALSE;
}

/* Sorting by a value is sorting by a column, so its type has to be one that a column can have. */
static BOOL good_sort_order(const SSortOrder *order)
{
    if (!good_tag(order->ulPropTag & ~MV_INSTANCE)) return FALSE;

    switch (PROP_TYPE(order->ulPropTag))
    {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_ERROR:
    case PT_OBJECT:
        return FALSE;
    }
    switch (order->ulOrder)
    {
    case TABLE_SORT_ASCEND:
    case TABLE_SORT_DESCEND:
    case TABLE_SORT_COMBINE:
    case TABLE_SORT_CATEG_MAX:
    case TABLE_SORT_CATEG_MIN:
        return TRUE;
    default:
        return FALSE;
    }
}

static void check_sort_orders(void *context)
{
    struct check *check = context;
    const SSortOrderSet *set = check->data;
    ULONG i;

    if (set->cCategories > set->cSorts || set->cExpanded > set->cCategories) return;
    for (i = 0; i < set->cSorts; i++) if (!good_sort_order(&set->aSort[i])) return;
    check->bad = FALSE;
}

static void check_entry_list(void *context)
{
    struct check *check = context;
    const ENTRYLIST *list = check->data;
    ULONG i;

    if (!readable(check, list->lpbin, list->cValues, sizeof(*list->lpbin))) return;
    for (i = 0; i < list->cValues; i++)
    {
        const SBinary *id = &list->lpbin[i];

        if (id->cb < CbNewENTRYID(1) || !readable(check, id->lpb, id->cb, 1)) return;
    }
    check->bad = FALSE;
}

static void check_restriction(void *context)
{
    struct check *check = context;

    check->bad = restriction_check(check->data) != S_OK;
}

static void check_bounded_string(void *context)
{
    struct check *check = context;
    const char *text = check->data;
    ULONG i;

    for (i = 0; i < check->count && text[i]; i++) { }
    check->bad = i == check->count;
}

BOOL WINAPI FBadRglpszA(LPSTR *texts, ULONG count)
{
    return count && is_bad(check_strings8, texts, count);
}

BOOL WINAPI FBadRglpszW(LPWSTR *texts, ULONG count)
{
    return count && is_bad(check_unicodes, texts, count);
}

BOOL WINAPI FBadRglpNameID(LPMAPINAMEID *names, ULONG count)
{
    return count && is_bad(check_names, names, count);
}

BOOL WINAPI FBadRowSet(LPSRowSet rows)
{
    return is_bad(check_row_set, rows, 0);
}

ULONG WINAPI FBadRow(LPSRow row)
{
    return is_bad(check_row, row, 0);
}

ULONG WINAPI FBadPropTag(ULONG tag)
{
    return !good_tag(tag);
}

ULONG WINAPI FBadProp(LPSPropValue prop)
{
    return is_bad(check_prop, prop, 0);
}

ULONG WINAPI FBadColumnSet(LPSPropTagArray tags)
{
    return is_bad(check_column_set, tags, 0);
}

ULONG WINAPI FBadSortOrderSet(LPSSortOrderSet orders)
{
    return is_bad(check_sort_orders, orders, 0);
}

BOOL WINAPI FBadEntryList(LPENTRYLIST list)
{
    return is_bad(check_entry_list, list, 0);
}

ULONG WINAPI FBadRestriction(LPSRestriction restriction)
{
    return is_bad(check_restriction, restriction, 0);
}

BOOL WINAPI IsBadBoundedStringPtr(const void *text, UINT count)
{
    return is_bad(check_bounded_string, text, count);
}
