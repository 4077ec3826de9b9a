/*
 * What allocating and copying properties costs, beside Wine's own mapi32
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
 * bench_memory BUILTIN: BUILTIN is the file of Wine's own mapi32.dll. Each figure is the best of many
 * short rounds, so that what else the machine does is not measured.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>

#include "builtin.h"

#define ROUNDS 300
#define PROPS 30
#define HELD 256

struct side
{
    LPALLOCATEBUFFER allocate;
    LPALLOCATEMORE more;
    LPFREEBUFFER free;
    SCODE (WINAPI *count)(int, SPropValue *, ULONG *);
    SCODE (WINAPI *copy)(int, SPropValue *, void *, ULONG *);
    SCODE (WINAPI *duplicate)(int, SPropValue *, LPALLOCATEBUFFER, SPropValue **);
    SCODE (WINAPI *copy_one)(SPropValue *, SPropValue *, LPALLOCATEMORE, void *);
};

static struct side sides[2];
static SPropValue props[PROPS];
static BYTE room[0x10000];
static void *base, *held[HELD];
static ULONG seed = 1;

static double now_ns(void)
{
    LARGE_INTEGER frequency, counter;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e9 / frequency.QuadPart;
}

static void buffer(const struct side *side)
{
    void *block;

    side->allocate(64, &block);
    side->free(block);
}

/* As a client does: some live on, and most have a piece. */
static void mix(const struct side *side)
{
    const ULONG at = (seed = seed * 1103515245 + 12345) >> 16 & (HELD - 1);
    void *piece;

    if (held[at]) side->free(held[at]);
    side->allocate(16 + (seed >> 8 & 255), &held[at]);
    side->more(10 + (seed >> 4 & 127), held[at], &piece);
}

static void piece(const struct side *side)
{
    void *block;

    side->more(40, base, &block);
}

static void count(const struct side *side)
{
    ULONG size;

    side->count(PROPS, props, &size);
}

static void copy(const struct side *side)
{
    ULONG size;

    side->copy(PROPS, props, room, &size);
}

static void duplicate(const struct side *side)
{
    SPropValue *block;

    side->duplicate(PROPS, props, side->allocate, &block);
    side->free(block);
}

static void copy_one(const struct side *side)
{
    SPropValue prop;
    void *block;

    side->allocate(16, &block);
    side->copy_one(&prop, props, side->more, block);
    side->free(block);
}

static const struct
{
    const char *name;
    void (*run)(const struct side *side);
    ULONG calls;                /* a round */
} figures[] =
{
    { "a buffer of 64 bytes, allocated and freed", buffer, 1000 },
    { "a buffer with a piece, allocated and freed, 256 alive", mix, 1000 },
    { "a piece of 40 bytes, the first to the 6,000th", piece, 20 },
    { "ScCountProps, 30 properties", count, 300 },
    { "ScCopyProps, 30 properties", copy, 300 },
    { "ScDupPropset, 30 properties, and freed", duplicate, 300 },
    { "PropCopyMore of a string of 60, with its buffer", copy_one, 1000 }
};

static double best(const struct side *side, unsigned int figure)
{
    double ret = 1e18, start, took;
    unsigned int round;
    ULONG i;

    side->allocate(16, &base);
    for (round = 0; round < ROUNDS; round++)
    {
        start = now_ns();
        for (i = 0; i < figures[figure].calls; i++) figures[figure].run(side);
        took = (now_ns() - start) / figures[figure].calls;
        if (took < ret) ret = took;
    }
    side->free(base);
    for (i = 0; i < HELD; i++)
    {
        if (held[i]) side->free(held[i]);
        held[i] = NULL;
    }
    return ret;
}

static void *function(HMODULE module, const char *name)
{
    return (void *)GetProcAddress(module, name);
}

static BOOL load(struct side *side, HMODULE module)
{
    if (!module) return FALSE;
    side->allocate = function(module, "MAPIAllocateBuffer");
    side->more = function(module, "MAPIAllocateMore");
    side->free = function(module, "MAPIFreeBuffer");
    side->count = function(module, "ScCountProps@12");
    side->copy = function(module, "ScCopyProps@16");
    side->duplicate = function(module, "ScDupPropset@16");
    side->copy_one = function(module, "PropCopyMore@16");
    return side->allocate && side->more && side->free && side->count && side->copy
           && side->duplicate && side->copy_one;
}

int main(int argc, char **argv)
{
    static char text[] = "a string of sixty characters, as subjects and names often are";
    unsigned int i;

    if (argc != 2 || !load(&sides[0], LoadLibraryA("mapi32.dll"))
        || !load(&sides[1], load_builtin(argv[1])))
    {
        fprintf(stderr,
                argc == 2 ? "a mapi32.dll cannot be loaded\n" : "usage: bench_memory BUILTIN\n");
        return 2;
    }
    for (i = 0; i < PROPS; i++)
    {
        switch (i % 3)
        {
        case 0:
            props[i].ulPropTag = PROP_TAG(PT_STRING8, 0x3000 + i);
            props[i].Value.lpszA = text;
            break;
        case 1:
            props[i].ulPropTag = PROP_TAG(PT_LONG, 0x3000 + i);
            props[i].Value.l = i;
            break;
        case 2:
            props[i].ulPropTag = PROP_TAG(PT_BINARY, 0x3000 + i);
            props[i].Value.bin.cb = 20;
            props[i].Value.bin.lpb = (BYTE *)text;
            break;
        }
    }
    printf("%-56s %8s %8s\n", "nanoseconds", "ours", "Wine's");
    for (i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
    {
        const double mine = best(&sides[0], i), other = best(&sides[1], i);

        printf("%-56s %8.1f %8.1f\n", figures[i].name, mine, other);
    }
    return 0;
}
