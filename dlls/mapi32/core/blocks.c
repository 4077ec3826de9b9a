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
 * MAPI clients allocate and free small blocks by the million, and the heap takes a lock each time
 * that it shares with all else. So freed blocks of the usual sizes are kept here, in several
 * stores. A store belongs to the one thread that first came for it, so that no access needs a lock
 * or an interlocked operation; it is looked for where the thread's number leads to and at one place
 * beside that. A thread that finds both taken does without, and asks now and then whether an owner
 * is gone. Blocks go to the store of whoever frees them. What a store keeps is bounded, in bytes;
 * it takes from slabs (slabs.c) and gives to them many blocks at a time.
 *
 * A kept block's first word links it to the next.
 */

#include "core/core.h"
#include "core/blocks.h"
#include "core/slabs.h"

#define STORES 16               /* a power of two */
#ifdef _WIN64
#define KEPT_BYTES 0x800000     /* in each store: a table of 10,000 rows */
#else
#define KEPT_BYTES 0x400000
#endif
#define ASK_EVERY  4096         /* calls of threads without a store */
#define TAKE_BYTES 4096         /* from slabs at once, but no more than */
#define TAKE_MAX   32           /* blocks */
#define GIVE_MAX   512          /* blocks, when a store is full */

struct store
{
    LONG64 owner;               /* platform_thread; 0: nobody's yet */
    ULONG kept;                 /* bytes */
    void *first[BLOCK_CLASSES + 1];
    BYTE apart[64];             /* no store shares a cache line with another */
};

static struct store stores[STORES];
static LONG strangers;          /* calls of threads without a store, roughly */
static BOOL keep = TRUE;

/* Makes a store that is nobody's, or whose owner is gone, the thread's own. */
static BOOL claim(struct store *store, LONG64 thread)
{
    const LONG64 owner = InterlockedCompareExchange64(&store->owner, 0, 0);

    if (owner && !platform_thread_gone(owner)) return FALSE;
    return InterlockedCompareExchange64(&store->owner, thread, owner) == owner;
}

/* Half of an owner tells whose a store is: nobody else's has the same number. */
static inline BOOL owns(const struct store *store, ULONG number)
{
    return (ULONG)*(const volatile LONG *)&store->owner == number;
}

static struct store *find_store(ULONG number, struct store *store)
{
    struct store *other = &stores[(store - stores) ^ 1];
    LONG64 thread;

    if (!number) return NULL;
    if (owns(other, number)) return other;
    if (!owns(store, 0) && !owns(other, 0) && ++strangers % ASK_EVERY) return NULL;
    thread = platform_thread();
    if (claim(store, thread)) return store;
    return claim(other, thread) ? other : NULL;
}

/* The calling thread's own; NULL: it has none. */
static inline struct store *own_store(void)
{
    const ULONG number = platform_thread_number();
    struct store *store = &stores[number % STORES];

    return number && owns(store, number) ? store : find_store(number, store);
}

/* The first of several, the others kept. */
static void *take(struct store *store, unsigned int class)
{
    const unsigned int size = block_size(class), count = max(1, min(TAKE_BYTES / size, TAKE_MAX));
    unsigned int taken;
    void *block;

    if (!(taken = slabs_take(class, store ? count : 1, &block))) return NULL;
    if (taken > 1)
    {
        store->first[class] = *(void **)block;
        store->kept += (taken - 1) * size;
    }
    return block;
}

void *block_alloc(unsigned int class, size_t size)
{
    struct store *store;
    void *block;

    if (!class) return platform_alloc(size);
    if (!keep) return platform_alloc(block_size(class));
    if (!(store = own_store()) || !(block = store->first[class])) return take(store, class);
    store->first[class] = *(void **)block;
    store->kept -= block_size(class);
    return block;
}

/* Many of a class's, the last that came. */
static void give(struct store *store, unsigned int class)
{
    void *first = store->first[class], **last = first;
    unsigned int count;

    for (count = 1; count < GIVE_MAX && *last; count++) last = *last;
    store->first[class] = *last;
    *last = NULL;
    store->kept -= count * block_size(class);
    slabs_give(first);
}

void block_free(void *block, unsigned int class)
{
    struct store *store;

    if (!class || !keep)
    {
        platform_free(block);
        return;
    }
    if (!(store = own_store()))
    {
        *(void **)block = NULL;
        slabs_give(block);
        return;
    }
    *(void **)block = store->first[class];
    store->first[class] = block;
    if ((store->kept += block_size(class)) >= KEPT_BYTES) give(store, class);
}

void blocks_keep(BOOL on)
{
    unsigned int i, class;

    keep = on;
    for (i = 0; !on && i < STORES; i++)
    {
        for (class = 1; class <= BLOCK_CLASSES; class++)
        {
            slabs_give(stores[i].first[class]);
            stores[i].first[class] = NULL;
        }
        stores[i].kept = 0;
        stores[i].owner = 0;
    }
    if (!on) slabs_detach();
}
