/*
 * Memory
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
 * The memory functions are compared by what a caller can see of a whole pattern of calls: the
 * results, that the memory is there, aligned, and keeps what was written to it.
 */

#include "differential.h"

#define BLOCKS 12

struct block
{
    BYTE *a;
    BYTE *b;
    ULONG size;
    BYTE fill;
    BOOL piece;
};

static ULONG random_size(void)
{
    switch (random_below(5))
    {
    case 0:
        return random_below(4);
    case 1:
        return random_below(3000);
    case 2:
        return random_chance(2) ? random_below(200000) : random_below(500);
    default:
        return random_below(100);
    }
}

static BOOL intact(const struct test *test, const struct block *block)
{
    ULONG i;

    for (i = 0; i < block->size; i++)
    {
        if (block->a[i] == block->fill && block->b[i] == block->fill) continue;
        differ(test, block->a[i] == block->fill ? "memory of Wine's" : "memory of ours",
               "at %lu of %lu", i, block->size);
        return FALSE;
    }
    return TRUE;
}

/* A buffer with pieces, pieces of pieces, and other buffers in between; then all is freed. */
static void pattern(const struct test *test)
{
    struct block blocks[BLOCKS];
    ULONG count = 1 + random_below(BLOCKS), i;
    SCODE a_code, b_code;

    for (i = 0; i < count; i++)
    {
        struct block *block = &blocks[i], *base = i ? &blocks[random_below(i)] : NULL;

        block->size = random_size();
        block->fill = random_bits();
        block->piece = base && random_chance(80);
        note_input(" %lu%s", block->size, block->piece ? "+" : "");
        a_code = block->piece ? ours.more(block->size, base->a, (void **)&block->a)
                              : ours.allocate(block->size, (void **)&block->a);
        b_code = block->piece ? theirs.more(block->size, base->b, (void **)&block->b)
                              : theirs.allocate(block->size, (void **)&block->b);
        if (a_code != b_code)
        {
            differ(test, "result", "ours %lx, Wine's %lx", a_code, b_code);
            return;
        }
        if (!block->a || ((ULONG_PTR)block->a & 7))
            differ(test, "alignment of ours", "%p", block->a);
        memset(block->a, block->fill, block->size);
        memset(block->b, block->fill, block->size);
    }
    for (i = 0; i < count; i++) intact(test, &blocks[i]);
    for (i = 0; i < count; i++)
    {
        if (blocks[i].piece) continue;
        a_code = ours.free(blocks[i].a);
        b_code = theirs.free(blocks[i].b);
        if (a_code != b_code)
            differ(test, "result of freeing", "ours %lx, Wine's %lx", a_code, b_code);
    }
}

static void bad_allocate(const struct test *test)
{
    const ULONG_PTR args[] = { random_size(), 0 };

    call_and_compare(test, args, 32);
    pattern(test);
}

static void bad_more(const struct test *test)
{
    void *base, *ret;
    ULONG_PTR args[] = { random_size(), 0, 0 };

    ours.allocate(8, &base);
    if (random_chance(50)) args[1] = (ULONG_PTR)base;
    else args[2] = (ULONG_PTR)&ret;
    note_input(" base %p result to %p", (void *)args[1], (void *)args[2]);
    call_and_compare(test, args, 32);
    ours.free(base);
    pattern(test);
}

static void bad_free(const struct test *test)
{
    const ULONG_PTR args[] = { 0 };

    call_and_compare(test, args, 32);
    pattern(test);
}

static SRowSet *random_rows(const struct side *side, ULONG rows, ULONG values)
{
    SRowSet *set;
    ULONG i;

    side->allocate(CbNewSRowSet(rows), (void **)&set);
    set->cRows = rows;
    for (i = 0; i < rows; i++)
    {
        set->aRow[i].cValues = values;
        set->aRow[i].lpProps = NULL;
        if (values) side->allocate(values * sizeof(SPropValue), (void **)&set->aRow[i].lpProps);
        if (values)
            side->more(20, set->aRow[i].lpProps, (void **)&set->aRow[i].lpProps[0].Value.lpszA);
    }
    return set;
}

/* Both free their own set without a crash. That all of it is freed is what the units see to. */
static void free_rows(const struct test *test)
{
    const ULONG rows = random_below(5), values = random_below(3);
    ULONG_PTR a_args[1] = { 0 }, b_args[1] = { 0 };
    struct outcome x, y;

    note_input(" %lu rows of %lu", rows, values);
    if (random_chance(97))
    {
        a_args[0] = (ULONG_PTR)random_rows(&ours, rows, values);
        b_args[0] = (ULONG_PTR)random_rows(&theirs, rows, values);
    }
    call_both(test, a_args, b_args, &x, &y);
}

const struct test memory_tests[] =
{
    { "MAPIAllocateBuffer", 2, bad_allocate },
    { "MAPIAllocateMore", 3, bad_more },
    { "MAPIFreeBuffer", 1, bad_free },
    { "FreeProws", 1, free_rows },
    { "FreePadrlist", 1, free_rows },
    { NULL }
};
