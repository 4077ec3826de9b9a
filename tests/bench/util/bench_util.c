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
 * bench_util BUILTIN: BUILTIN is the file of Wine's own mapi32.dll, which is loaded beside ours and
 * does the same work. Each figure is the best of many short rounds, so that what else the machine
 * does is not measured; the rounds of the two take turns. The last figures are no times but what
 * memory costs.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winternl.h>
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
    LONG (WINAPI *order)(SPropValue *, SPropValue *);
    BOOL (WINAPI *compare)(SPropValue *, ULONG, SPropValue *);
    ULONG (WINAPI *size)(SPropValue *);
    void (WINAPI *to_hex)(BYTE *, int, char *);
    BOOL (WINAPI *from_hex)(char *, BYTE *);
    void (WINAPI *free_rows)(SRowSet *);
};

static struct side sides[2];
static SPropValue props[PROPS];
static BYTE room[0x10000];
static SPropValue wide[2];
static char hex[97];
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

/* What GetProps returns: an array, and a piece for each of ten texts and entry IDs. */
static void get_props(const struct side *side)
{
    SPropValue *values;
    unsigned int i;
    void *block;

    side->allocate(20 * sizeof(*values), (void **)&values);
    for (i = 0; i < 10; i++) side->more(30 + i * 6, values, &block);
    side->free(values);
}

/* What QueryRows returns: a set of rows, each an array of five with two pieces. */
static SRowSet *make_rows(const struct side *side, ULONG count)
{
    SRowSet *rows;
    void *block;
    ULONG i;

    side->allocate(CbNewSRowSet(count), (void **)&rows);
    rows->cRows = count;
    for (i = 0; i < count; i++)
    {
        rows->aRow[i].cValues = 0;
        side->allocate(5 * sizeof(SPropValue), (void **)&rows->aRow[i].lpProps);
        side->more(40, rows->aRow[i].lpProps, &block);
        side->more(24, rows->aRow[i].lpProps, &block);
    }
    return rows;
}

static void query_rows(const struct side *side)
{
    side->free_rows(make_rows(side, 50));
}

static void order_long(const struct side *side)
{
    side->order(&props[1], &props[4]);
}

static void order_text(const struct side *side)
{
    side->order(&props[0], &props[3]);
}

static void order_unicode(const struct side *side)
{
    side->order(&wide[0], &wide[1]);
}

static void order_binary(const struct side *side)
{
    side->order(&props[2], &props[5]);
}

static void compare_long(const struct side *side)
{
    side->compare(&props[1], RELOP_LE, &props[4]);
}

static void compare_text(const struct side *side)
{
    side->compare(&props[0], RELOP_EQ, &props[3]);
}

static void size_text(const struct side *side)
{
    side->size(&props[0]);
}

static void to_hex(const struct side *side)
{
    side->to_hex(room, 48, hex);
}

static void from_hex(const struct side *side)
{
    side->from_hex(hex, room);
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
    { "ScCountProps, 30 properties", count, 300 },
    { "ScCopyProps, 30 properties", copy, 300 },
    { "ScDupPropset, 30 properties, and freed", duplicate, 300 },
    { "PropCopyMore of a string of 60, with its buffer", copy_one, 1000 },
    { "GetProps' memory, 20 properties in 11 blocks", get_props, 300 },
    { "QueryRows' memory, 50 rows, and FreeProws", query_rows, 20 },
    { "LPropCompareProp of numbers", order_long, 1000 },
    { "LPropCompareProp of strings of 60", order_text, 300 },
    { "LPropCompareProp of Unicode strings of 60", order_unicode, 300 },
    { "LPropCompareProp of 20 bytes", order_binary, 1000 },
    { "FPropCompareProp of numbers", compare_long, 1000 },
    { "FPropCompareProp of strings of 60", compare_text, 300 },
    { "UlPropSize of a string of 60", size_text, 1000 },
    { "HexFromBin of 48 bytes", to_hex, 1000 },
    { "FBinFromHex of 48 bytes", from_hex, 1000 },
};

#define ROWS 10000

/* Freeing what QueryRows returned once, all of it; a row. */
static double best_free(const struct side *side)
{
    double ret = 1e18, start, took;
    unsigned int round;
    SRowSet *rows;

    for (round = 0; round < 12; round++)
    {
        rows = make_rows(side, ROWS);
        start = now_ns();
        side->free_rows(rows);
        took = (now_ns() - start) / ROWS;
        if (took < ret) ret = took;
    }
    return ret;
}

static double best_make(const struct side *side)
{
    double ret = 1e18, start, took;
    unsigned int round;
    SRowSet *rows;

    for (round = 0; round < 12; round++)
    {
        start = now_ns();
        rows = make_rows(side, ROWS);
        took = (now_ns() - start) / ROWS;
        if (took < ret) ret = took;
        side->free_rows(rows);
    }
    return ret;
}

static SIZE_T memory_in_use(void)
{
    VM_COUNTERS counters = { 0 };

    NtQueryInformationProcess(GetCurrentProcess(), ProcessVmCounters, &counters, sizeof(counters),
                              NULL);
    return counters.WorkingSetSize;
}

/* Bytes that a block of that size and its pieces take; all of it is written to. */
static double cost(const struct side *side, ULONG size, ULONG pieces)
{
    const ULONG count = 100000;
    BYTE **blocks = VirtualAlloc(NULL, count * sizeof(*blocks), MEM_COMMIT, PAGE_READWRITE), *piece;
    SIZE_T before;
    double ret;
    ULONG i, j;

    memset(blocks, 0, count * sizeof(*blocks));
    before = memory_in_use();
    for (i = 0; i < count; i++)
    {
        side->allocate(size, (void **)&blocks[i]);
        memset(blocks[i], 1, size);
        for (j = 0; j < pieces; j++)
        {
            side->more(40, blocks[i], (void **)&piece);
            memset(piece, 1, 40);
        }
    }
    ret = ((double)memory_in_use() - before) / count;
    for (i = 0; i < count; i++) side->free(blocks[i]);
    VirtualFree(blocks, 0, MEM_RELEASE);
    return ret;
}

static void print(const char *name, double mine, double other)
{
    printf("%-56s %8.1f %8.1f %7.2f\n", name, mine, other, mine > 0 ? other / mine : 0);
}

static void round_of(const struct side *side, unsigned int figure, double *ret)
{
    double start, took;
    ULONG i;

    side->allocate(16, &base);
    start = now_ns();
    for (i = 0; i < figures[figure].calls; i++) figures[figure].run(side);
    took = (now_ns() - start) / figures[figure].calls;
    if (took < *ret) *ret = took;
    side->free(base);
    for (i = 0; i < HELD; i++)
    {
        if (held[i]) side->free(held[i]);
        held[i] = NULL;
    }
}

/* The piece's buffer grows through all rounds. */
static double best_piece(const struct side *side)
{
    double ret = 1e18, start, took;
    unsigned int round, i;

    side->allocate(16, &base);
    for (round = 0; round < ROUNDS; round++)
    {
        start = now_ns();
        for (i = 0; i < 20; i++) piece(side);
        took = (now_ns() - start) / 20;
        if (took < ret) ret = took;
    }
    side->free(base);
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
    side->order = function(module, "LPropCompareProp@8");
    side->compare = function(module, "FPropCompareProp@12");
    side->size = function(module, "UlPropSize@4");
    side->to_hex = function(module, "HexFromBin@12");
    side->from_hex = function(module, "FBinFromHex@8");
    side->free_rows = function(module, "FreeProws@4");
    return side->allocate && side->more && side->free && side->count && side->copy
           && side->duplicate && side->copy_one && side->order && side->compare && side->size
           && side->to_hex && side->from_hex && side->free_rows;
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
    for (i = 0; i < 2; i++)
    {
        wide[i].ulPropTag = PROP_TAG(PT_UNICODE, 0x3000);
        wide[i]
            .Value
            .lpszW = (WCHAR *)L"a string of sixty characters, as subjects and names often are";
    }
    memset(hex, 'a', sizeof(hex) - 1);
    printf("%-56s %8s %8s %7s\n", "nanoseconds, and how many times as fast", "ours", "Wine's",
           "times");
    for (i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
    {
        double mine = 1e18, other = 1e18;
        unsigned int round;

        for (round = 0; round < ROUNDS; round++)
        {
            round_of(&sides[0], i, &mine);
            round_of(&sides[1], i, &other);
        }
        print(figures[i].name, mine, other);
    }
    print("a piece of 40 bytes, the first to the 6,000th", best_piece(&sides[0]),
          best_piece(&sides[1]));
    print("a row of QueryRows, made, of 10,000", best_make(&sides[0]), best_make(&sides[1]));
    print("the same, freed by FreeProws", best_free(&sides[0]), best_free(&sides[1]));
    /* Wine's first: what the heap has from the one serves the other. */
    printf("%-56s %8s %8s %7s\n", "bytes of memory", "ours", "Wine's", "times");
    for (i = 0; i < 6; i++)
    {
        static const struct { ULONG size, pieces; } shapes[] = { { 16, 0 }, { 48, 0 }, { 100, 0 },
                                                                 { 300, 0 }, { 120, 1 }, { 120, 3 } };
        double other = cost(&sides[1], shapes[i].size, shapes[i].pieces);
        double mine = cost(&sides[0], shapes[i].size, shapes[i].pieces);
        char name[80];

        snprintf(name, sizeof(name), "a buffer of %lu bytes with %lu pieces of 40", shapes[i].size,
                 shapes[i].pieces);
        print(name, mine, other);
    }
    return 0;
}
