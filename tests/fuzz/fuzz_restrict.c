/*
 * Fuzzer of restrictions, packed values and sort keys
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
 * Any bytes as a row and a restriction on it, hostile ones with pointers and counts missing
 * included. One that is not refused must match alike before and after it is copied. Values of the
 * row must come out of packing as they went in, and their sort keys be in the order the values
 * have.
 */

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/blocks.h"
#include "values.h"

#define MAX_PROPS 12

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

static BOOL sub_match(void *context, ULONG sub_object, const SRestriction *restriction)
{
    const SPropValue *props = context;

    return restriction_match(restriction, 1, props);
}

static void check_packing(const SPropValue *prop)
{
    size_t size = prop_pack_size(prop, PROP_TYPE(prop->ulPropTag));
    SPropValue copy;
    BYTE *mem;

    if (size == PACK_FAILED || size % 8) abort();
    if (!(mem = malloc(size ? size : 1))) abort();
    if (prop_pack(&copy, prop->ulPropTag, prop, mem) != mem + size) abort();
    if (prop_value_check(&copy) != S_OK) abort();
    if (PROP_TYPE(prop->ulPropTag) != PT_OBJECT && prop_type_known(PROP_TYPE(prop->ulPropTag)) &&
        prop_compare(prop, &copy)) abort();
    free(mem);
}

/* The order of the keys is that of the values, for types where prop_compare has the same idea of
 * it. */
static void check_keys(const SPropValue *a, const SPropValue *b)
{
    struct sortkey x, y;
    size_t size;
    LONG order;

    if (PROP_TYPE(a->ulPropTag) != PROP_TYPE(b->ulPropTag)) return;
    sortkey_init(&x);
    sortkey_init(&y);
    if (!sortkey_add(&x, a, FALSE) || !sortkey_add(&y, b, FALSE)) abort();
    size = x.size < y.size ? x.size : y.size;
    order = memcmp(x.data, y.data, size);
    if (!order && x.size != y.size) abort();
    order = (order > 0) - (order < 0);
    switch (PROP_TYPE(a->ulPropTag))
    {
    case PT_I2:
    case PT_LONG:
    case PT_CURRENCY:
    case PT_I8:
    case PT_SYSTIME:
    case PT_UNICODE:
    case PT_STRING8:
        if (order != prop_compare(a, b)) abort();
        break;
    }
    sortkey_destroy(&x);
    sortkey_destroy(&y);
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    ULONG count, whole = 0, i, j;
    SRestriction *res, *copy;
    SPropValue *props;
    BOOL match;

    blocks_keep(FALSE);
    values_start(data, size);
    count = take(MAX_PROPS + 1);
    props = make_values(count);
    for (i = 0; i < count; i++)
        if (prop_value_check(&props[i]) == S_OK) props[whole++] = props[i];
    for (i = 0; i < whole; i++) check_packing(&props[i]);
    for (i = 0; i < whole; i++)
        for (j = 0; j < whole; j++) check_keys(&props[i], &props[j]);

    if ((res = make_nodes(1, 0)))
    {
        if (restriction_check(res) == S_OK)
        {
            if (restriction_copy(&memory_allocators, res, &copy) != S_OK) abort();
            if (restriction_check(copy) != S_OK) abort();
            match = restriction_match(res, whole, props);
            if (restriction_match(copy, whole, props) != match) abort();
            if (whole) restriction_match_object(copy, whole, props, sub_match, props);
            restriction_uses(copy, RES_COUNT);
            memory_free_buffer(copy);
        }
        else if (restriction_copy(&memory_allocators, res, &copy) == S_OK || copy)
        {
            abort();
        }
    }
    values_free();
    if (unit_live_blocks()) abort();
    return 0;
}
