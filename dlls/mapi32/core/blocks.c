/*
 * Blocks of memory kept for reuse
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
 * MAPI clients allocate and free small blocks by the million, and the heap takes a lock each time that
 * it shares with all else. So freed blocks of the usual sizes are kept here, some of each size, in
 * several stores; a thread uses the store that its number leads to. A store that is busy is not waited
 * for: the heap does as well. What a store keeps is bounded, per size, in bytes.
 *
 * A kept block's first word links it to the next.
 */

#include "core/core.h"
#include "core/blocks.h"

#define STORES 8
#define STEP 32 /* the classes up to STEPPED are multiples of it, then they double */
#define STEPPED 16
#define KEPT_BYTES 0x2000       /* of each class in each store, and at least KEPT_MIN blocks */
#define KEPT_MIN 8

struct store
{
    LONG busy;
    LONG kept[BLOCK_CLASSES];
    void *first[BLOCK_CLASSES];
    BYTE apart[64];             /* no store shares a cache line with another */
};

static struct store stores[STORES];
static BOOL keep = TRUE;

unsigned int block_class(size_t size)
{
    if (size <= STEPPED * STEP) return size ? (size + STEP - 1) / STEP : 1;
    if (size <= 2 * STEPPED * STEP) return STEPPED + 1;
    return size <= 4 * STEPPED * STEP ? STEPPED + 2 : 0;
}

size_t block_class_size(unsigned int class)
{
    if (class <= STEPPED) return class * STEP;
    return (size_t)STEPPED * STEP << (class - STEPPED);
}

static struct store *enter(void)
{
    struct store *store = &stores[platform_thread_number() % STORES];

    return InterlockedExchange(&store->busy, TRUE) ? NULL : store;
}

static void leave(struct store *store)
{
    InterlockedExchange(&store->busy, FALSE);
}

void *block_alloc(unsigned int class, size_t size)
{
    struct store *store;
    void *block = NULL;

    if (!class) return platform_alloc(size);
    if ((store = enter()))
    {
        if ((block = store->first[class - 1]))
        {
            store->first[class - 1] = *(void **)block;
            store->kept[class - 1]--;
        }
        leave(store);
    }
    return block ? block : platform_alloc(block_class_size(class));
}

void block_free(void *block, unsigned int class)
{
    struct store *store;

    if (class && keep && (store = enter()))
    {
        if (store->kept[class - 1] < max(KEPT_MIN, KEPT_BYTES / (LONG)block_class_size(class)))
        {
            *(void **)block = store->first[class - 1];
            store->first[class - 1] = block;
            store->kept[class - 1]++;
            block = NULL;
        }
        leave(store);
    }
    platform_free(block);
}

void blocks_keep(BOOL on)
{
    unsigned int i, class;
    struct store *store;
    void *block;

    keep = on;
    for (i = 0; !on && i < STORES; i++)
    {
        store = &stores[i];
        while (InterlockedExchange(&store->busy, TRUE)) { }
        for (class = 0; class < BLOCK_CLASSES; class++)
        {
            while ((block = store->first[class]))
            {
                store->first[class] = *(void **)block;
                platform_free(block);
            }
            store->kept[class] = 0;
        }
        leave(store);
    }
}
