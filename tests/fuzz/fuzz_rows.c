/*
 * Fuzzer of row sets and property arrays
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
 * Any bytes as a row set and as the arrays in it, hostile ones included. What is refused is refused
 * everywhere; what is not must come out as it went in: of one flat block, of a block that was moved
 * to another base and back, of a copy of the rows, and of a packed row of a table.
 */

#include "unit.h"
#include "core/blocks.h"
#include "values.h"

#define MAX_ROWS 4
#define MAX_PROPS 8

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

static void same_props(ULONG count, const SPropValue *a, const SPropValue *b)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (a[i].ulPropTag != b[i].ulPropTag) abort();
        if (PROP_TYPE(a[i].ulPropTag) == PT_OBJECT || PROP_TYPE(a[i].ulPropTag) == PT_NULL)
            continue;
        if (prop_type_known(PROP_TYPE(a[i].ulPropTag)) && prop_compare(&a[i], &b[i])) abort();
    }
}

/* Every pointer of a flat array leads into the block that begins with it. */
static void check_array(ULONG count, SPropValue *props)
{
    ULONG needed = 0xdead, again = 0, moved = 0;
    SPropValue *flat, *copy = NULL;
    BYTE *elsewhere;
    SCODE sc;

    if ((sc = ScCountProps(count, props, &needed)) == S_OK)
    {
        if (needed < count * sizeof(*props)) abort();
        if (!(flat = malloc(needed))) abort();
        if (ScCopyProps(count, props, flat, &again) != S_OK || again != needed) abort();
        same_props(count, props, flat);

        /* The data stays, its pointers are made those of an address where it is not; and back. */
        elsewhere = (BYTE *)flat + 0x100000;
        if (ScRelocProps(count, flat, flat, elsewhere, &moved) != S_OK || moved != needed) abort();
        if (ScRelocProps(count, flat, elsewhere, flat, &moved) != S_OK || moved != needed) abort();
        same_props(count, props, flat);
        free(flat);

        if (ScDupPropset(count, props, (LPALLOCATEBUFFER)memory_allocate_buffer, &copy) != S_OK)
            abort();
        same_props(count, props, copy);
        memory_free_buffer(copy);
    }
    else
    {
        if (ScDupPropset(count, props, (LPALLOCATEBUFFER)memory_allocate_buffer, &copy) == S_OK
            || copy)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    SPropTagArray *tags;
    SSortOrderSet *sort;
    ENTRYLIST list;
    SRowSet *rows, *copy;
    ULONG count, i, n;
    BOOL bad;

    blocks_keep(FALSE);
    values_start(data, size);
    count = take(MAX_ROWS + 1);
    if (!(rows = calloc(1, CbNewSRowSet(count ? count : 1)))) abort();
    rows->cRows = count;
    for (i = 0; i < count; i++)
    {
        rows->aRow[i].cValues = take(MAX_PROPS);
        rows->aRow[i].lpProps = take(16) ? make_values(rows->aRow[i].cValues) : NULL;
    }
    bad = FBadRowSet(rows);
    for (i = 0; i < count; i++)
    {
        SRow *row = &rows->aRow[i];

        if (FBadRow(row) && !bad) abort();
        for (n = 0; row->lpProps && n < row->cValues; n++)
        {
            if (FBadProp(&row->lpProps[n]) && !bad) abort();
            /* what a table takes is no worse than what these take */
            if (prop_value_check(&row->lpProps[n]) == S_OK
                && PROP_TYPE(row->lpProps[n].ulPropTag) != PT_BOOLEAN && FBadProp(&row->lpProps[n]))
                abort();
        }
        check_array(row->cValues, row->lpProps);
    }
    if (!bad && rows_copy(&memory_allocators, rows, &copy) == S_OK)
    {
        if (copy->cRows != count) abort();
        for (i = 0; i < count; i++)
            same_props(rows->aRow[i].cValues, rows->aRow[i].lpProps, copy->aRow[i].lpProps);
        FreeProws(copy);
    }
    free(rows);

    count = take(8);
    if (!(tags = malloc(CbNewSPropTagArray(count + 1)))) abort();
    tags->cValues = count;
    for (i = 0; i < count; i++) tags->aulPropTag[i] = make_tag();
    FBadColumnSet(tags);
    free(tags);
    if (!(sort = malloc(CbNewSSortOrderSet(count + 1)))) abort();
    sort->cSorts = count;
    sort->cCategories = take(8);
    sort->cExpanded = take(8);
    for (i = 0; i < count; i++)
    {
        sort->aSort[i].ulPropTag = make_tag();
        sort->aSort[i].ulOrder = take(10);
    }
    FBadSortOrderSet(sort);
    free(sort);
    list.cValues = take(4);
    if ((list.lpbin = block(list.cValues * sizeof(*list.lpbin))))
    {
        for (i = 0; i < list.cValues; i++)
        {
            list.lpbin[i].cb = take(40);
            list.lpbin[i].lpb = take(8) ? bytes(list.lpbin[i].cb, 0) : NULL;
        }
    }
    FBadEntryList(&list);

    values_free();
    if (unit_live_blocks()) abort();
    return 0;
}
