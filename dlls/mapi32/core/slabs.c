/*
 * Memory for blocks, a size a slab
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
 * What threads do not keep of blocks (blocks.c) is here: slabs of 64 KB, each cut into blocks of
 * one size. So a block has no header of a heap's, and the sizes need not be few. A block's slab is
 * found by its address. A slab none of whose blocks is out goes back to the system, but for a few.
 *
 * Everything here is done under one lock, many blocks at a time.
 */

#include "core/core.h"
#include "core/blocks.h"
#include "core/slabs.h"

#define SLAB_SIZE  0x10000
#define SPARE_MAX  16           /* empty slabs that are kept, of no size yet */

struct slab
{
    struct slab *next, *prev;   /* among those of its class that have blocks left; spare ones: next only */
    void *free;                 /* blocks that came back; the first word of each leads to the next */
    USHORT class;
    USHORT room;                /* blocks in all */
    USHORT cut;                 /* those that were ever out; what is behind them is untouched */
    USHORT out;
};

#define HEADER ((sizeof(struct slab) + 15) & ~(size_t)15)

static struct slab *ready[BLOCK_CLASSES + 1], *spare;
static unsigned int spares;

static struct slab *slab_of(void *block)
{
    return (struct slab *)((ULONG_PTR)block & ~(ULONG_PTR)(SLAB_SIZE - 1));
}

static void make_ready(struct slab *slab)
{
    struct slab **first = &ready[slab->class];

    slab->prev = NULL;
    slab->next = *first;
    if (*first) (*first)->prev = slab;
    *first = slab;
}

static void make_unready(struct slab *slab)
{
    if (slab->prev) slab->prev->next = slab->next;
    else ready[slab->class] = slab->next;
    if (slab->next) slab->next->prev = slab->prev;
}

static struct slab *new_slab(unsigned int class)
{
    struct slab *slab = spare;

    if (slab)
    {
        spare = slab->next;
        spares--;
    }
    else if (!(slab = platform_pages_alloc(SLAB_SIZE))) return NULL;
    memset(slab, 0, sizeof(*slab));
    slab->class = class;
    slab->room = (SLAB_SIZE - HEADER) / block_size(class);
    make_ready(slab);
    return slab;
}

unsigned int slabs_take(unsigned int class, unsigned int count, void **first)
{
    const size_t size = block_size(class);
    unsigned int taken;
    struct slab *slab;
    void *block;

    *first = NULL;
    platform_lock();
    for (taken = 0; taken < count; taken++)
    {
        if (!(slab = ready[class]) && !(slab = new_slab(class))) break;
        if ((block = slab->free)) slab->free = *(void **)block;
        else block = (BYTE *)slab + HEADER + slab->cut++ * size;
        if (++slab->out == slab->room) make_unready(slab);
        *(void **)block = *first;
        *first = block;
    }
    platform_unlock();
    return taken;
}

void slabs_give(void *first)
{
    struct slab *slab, *empty = NULL;
    void *block, *next;

    platform_lock();
    for (block = first; block; block = next)
    {
        next = *(void **)block;
        slab = slab_of(block);
        *(void **)block = slab->free;
        slab->free = block;
        if (slab->out-- == slab->room) make_ready(slab);
        if (slab->out) continue;
        make_unready(slab);
        slab->next = spares < SPARE_MAX ? spare : empty;
        if (spares < SPARE_MAX)
        {
            spare = slab;
            spares++;
        }
        else empty = slab;
    }
    platform_unlock();
    for (; empty; empty = slab)
    {
        slab = empty->next;
        platform_pages_free(empty);
    }
}

void slabs_detach(void)
{
    struct slab *slab;

    while ((slab = spare))
    {
        spare = slab->next;
        platform_pages_free(slab);
    }
    spares = 0;
    memset(ready, 0, sizeof(ready));
}
