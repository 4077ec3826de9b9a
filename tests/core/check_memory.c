/*
 * Units: memory.c
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

#include <pthread.h>

#include "unit.h"
#include "core/blocks.h"

SCODE WINAPI MAPIReallocateBuffer(LPVOID buffer, ULONG size, LPVOID *ret);

START_TEST(bad_arguments)
{
    void *buffer = (void *)1, *more = (void *)1;
    ULONG on_stack[8] = { 0 };

    unit_assert_hr(memory_allocate_buffer(1, NULL), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(memory_allocate_buffer(1, &buffer), S_OK);
    unit_assert_hr(memory_allocate_more(1, buffer, NULL), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(memory_allocate_more(1, NULL, &more), MAPI_E_INVALID_PARAMETER);
    ck_assert_ptr_null(more);
    unit_assert_hr(memory_allocate_more(1, (BYTE *)buffer + 1, &more), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(memory_allocate_more(1, on_stack + 4, &more), MAPI_E_INVALID_PARAMETER);
    ck_assert_uint_eq(memory_free_buffer(NULL), S_OK);
    ck_assert_uint_eq(memory_free_buffer((BYTE *)buffer + 1), S_OK);
    ck_assert_uint_eq(memory_free_buffer(on_stack + 4), S_OK);
    ck_assert_uint_eq(unit_live_blocks(), 1);
    ck_assert_uint_eq(memory_free_buffer(buffer), S_OK);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(sizes)
{
    static const ULONG sizes[] = { 0,      1,      7,       8,       9,       15,      16,
                                   17,     63,     255,     256,     257,     4096,    0xffef,
                                   0xfff0, 0xffff, 0x10000, 0x10001, 0x20000, 0x123456 };
    void *buffer, *pieces[ARRAY_SIZE(sizes)];
    unsigned int i, j;
    ULONG k;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        unit_assert_hr(memory_allocate_buffer(sizes[i], &buffer), S_OK);
        unit_assert_row(i, buffer && !((ULONG_PTR)buffer & 7));
        memset(buffer, 0xff, sizes[i]);
        for (j = 0; j < ARRAY_SIZE(sizes); j++)
        {
            unit_assert_hr(memory_allocate_more(sizes[j], buffer, &pieces[j]), S_OK);
            unit_assert_row(j, pieces[j] && !((ULONG_PTR)pieces[j] & 7));
            memset(pieces[j], j, sizes[j]);
        }
        for (j = 0; j < ARRAY_SIZE(sizes); j++)
            for (k = 0; k < sizes[j]; k++)
                if (((BYTE *)pieces[j])[k] != j) ck_abort_msg("row %u", j);
        memory_free_buffer(buffer);
        ck_assert_uint_eq(unit_live_blocks(), 0);
    }
}
END_TEST

START_TEST(pieces)
{
    void *buffer, *piece, *other;

    unit_assert_hr(memory_allocate_buffer(16, &buffer), S_OK);
    unit_assert_hr(memory_allocate_more(16, buffer, &piece), S_OK);
    /* A piece of a piece belongs to the buffer, and a piece cannot go alone. */
    unit_assert_hr(memory_allocate_more(16, piece, &other), S_OK);
    ck_assert_uint_eq(memory_free_buffer(piece), S_OK);
    memset(piece, 1, 16);
    memset(other, 2, 16);
    memory_free_buffer(buffer);
    ck_assert_uint_eq(unit_live_blocks(), 0);

    /* A header that was copied along with its contents is nobody's. */
    unit_assert_hr(memory_allocate_buffer(64, &buffer), S_OK);
    memcpy((BYTE *)buffer + 16, (BYTE *)buffer - 16, 16);
    ck_assert_uint_eq(memory_free_buffer((BYTE *)buffer + 32), S_OK);
    ck_assert_uint_eq(unit_live_blocks(), 1);
    memory_free_buffer(buffer);
}
END_TEST

START_TEST(many_pieces)
{
    void *buffer, *piece;
    unsigned int i;

    unit_assert_hr(memory_allocate_buffer(1, &buffer), S_OK);
    for (i = 0; i < 20000; i++)
    {
        unit_assert_hr(memory_allocate_more(i % 50, buffer, &piece), S_OK);
        memset(piece, i, i % 50);
    }
    /* Chunks double up to 64 KiB: about 1 MB here. */
    ck_assert_uint_lt(unit_live_blocks(), 40);
    memory_free_buffer(buffer);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(reallocated)
{
    void *buffer, *piece, *larger, *third;

    unit_assert_hr(MAPIReallocateBuffer(NULL, 4, &buffer), S_OK);
    memcpy(buffer, "abc", 4);
    unit_assert_hr(memory_allocate_more(8, buffer, &piece), S_OK);
    memcpy(piece, "piece", 6);
    larger = (void *)1;
    unit_assert_hr(MAPIReallocateBuffer(piece, 4, &larger), MAPI_E_INVALID_PARAMETER);
    ck_assert_ptr_null(larger);
    unit_assert_hr(MAPIReallocateBuffer(buffer, 4, NULL), MAPI_E_INVALID_PARAMETER);

    unit_assert_hr(MAPIReallocateBuffer(buffer, 1000, &larger), S_OK);
    ck_assert_str_eq(larger, "abc");
    memset((BYTE *)larger + 4, 1, 996);
    memory_free_buffer(buffer);
    ck_assert_str_eq(buffer, "abc");
    ck_assert_str_eq(piece, "piece");
    unit_assert_hr(memory_allocate_more(8, piece, &third), S_OK);
    unit_assert_hr(memory_allocate_more(8, larger, &third), S_OK);
    unit_assert_hr(MAPIReallocateBuffer(larger, 2, &third), S_OK);
    ck_assert(!memcmp(third, "ab", 2));
    memory_free_buffer(third);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(size_classes)
{
    size_t size, larger = 0;
    unsigned int class;

    for (size = 0; size < 3000; size++)
    {
        class = block_class(size);
        unit_assert_row(size, class <= BLOCK_CLASSES && !class == (size > 1024));
        if (!class) continue;
        unit_assert_row(size, block_size(class) >= size && block_size(class) >= larger);
        unit_assert_row(size, block_class(block_size(class)) == class);
        larger = block_size(class);
    }
    ck_assert_uint_eq(block_size(0), 0);
}
END_TEST

/* All of the above once more with blocks that are used again, and the bound on what is kept. What
 * is counted are slabs of 64 KB, of which 16 are kept when empty. */
START_TEST(kept)
{
    enum { MORE = 0x800000 / 100 };
    static void *buffers[MORE];
    const unsigned int most = (sizeof(void *) == 8 ? 0x800000 : 0x400000) / 0x10000 + 16 + 2;
    unsigned int i, all, most_kept;
    void *again;

    blocks_keep(TRUE);
    for (i = 0; i < ARRAY_SIZE(buffers); i++)
    {
        unit_assert_hr(memory_allocate_buffer(100, &buffers[i]), S_OK);
        memset(buffers[i], i, 100);
    }
    all = unit_live_blocks();
    ck_assert_uint_ge(all * 0x10000u, MORE * (100u + 8));
    ck_assert_uint_le((all - 2) * 0x10000u, MORE * (112u + 16));
    for (i = 0; i < ARRAY_SIZE(buffers); i++)
    {
        ck_assert_uint_eq(((BYTE *)buffers[i])[99], (BYTE)i);
        memory_free_buffer(buffers[i]);
    }
    ck_assert_uint_ge(unit_live_blocks(), most - 16 - 4);
    ck_assert_uint_le(unit_live_blocks(), most);
    most_kept = unit_live_blocks();
    unit_assert_hr(memory_allocate_buffer(100, &again), S_OK);
    ck_assert_uint_eq(unit_live_blocks(), most_kept);
    /* What is kept is freed: freeing it again changes nothing. */
    memory_free_buffer(again);
    memory_free_buffer(again);
    unit_assert_hr(memory_allocate_buffer(100, &again), S_OK);
    unit_assert_hr(memory_allocate_buffer(100, &buffers[0]), S_OK);
    ck_assert_ptr_ne(again, buffers[0]);
    memory_free_buffer(again);
    memory_free_buffer(buffers[0]);
    blocks_keep(FALSE);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static void *fill_store(void *arg)
{
    void *buffer;

    if (memory_allocate_buffer(100, &buffer) != S_OK) return NULL;
    memory_free_buffer(buffer);
    return arg;
}

/* A thread that ends leaves its store to another one, with what is in it. */
START_TEST(inherited)
{
    unsigned int i;
    pthread_t id;
    void *ret;

    blocks_keep(TRUE);
    for (i = 0; i < 2000; i++)
    {
        ck_assert(!pthread_create(&id, NULL, fill_store, (void *)1));
        ck_assert(!pthread_join(id, &ret));
        ck_assert_ptr_nonnull(ret);
    }
    ck_assert_uint_le(unit_live_blocks(), 16);
    blocks_keep(FALSE);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static void *use_blocks(void *arg)
{
    struct { BYTE *buffer; ULONG size; BYTE fill; } held[16] = {{ NULL }};
    unsigned int i, j, at;
    BYTE *piece;

    for (i = 0; i < 40000; i++)
    {
        at = i * 7 % ARRAY_SIZE(held);
        for (j = 0; held[at].buffer && j < held[at].size; j++)
            if (held[at].buffer[j] != held[at].fill) return NULL;
        memory_free_buffer(held[at].buffer);
        held[at].size = i * 31 % 700;
        held[at].fill = i ^ (ULONG_PTR)arg;
        if (memory_allocate_buffer(held[at].size, (void **)&held[at].buffer) != S_OK) return NULL;
        memset(held[at].buffer, held[at].fill, held[at].size);
        if (memory_allocate_more(i % 200, held[at].buffer, (void **)&piece) != S_OK) return NULL;
        memset(piece, i, i % 200);
    }
    for (i = 0; i < ARRAY_SIZE(held); i++) memory_free_buffer(held[i].buffer);
    return arg;
}

START_TEST(kept_by_threads)
{
    pthread_t ids[12];
    unsigned int i;
    void *ret;

    blocks_keep(TRUE);
    for (i = 0; i < ARRAY_SIZE(ids); i++)
        ck_assert(!pthread_create(&ids[i], NULL, use_blocks, (void *)(ULONG_PTR)(i + 1)));
    for (i = 0; i < ARRAY_SIZE(ids); i++)
    {
        ck_assert(!pthread_join(ids[i], &ret));
        ck_assert_ptr_nonnull(ret);
    }
    blocks_keep(FALSE);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT reallocate(void *context)
{
    void *buffer, *larger;
    HRESULT hr;

    if ((hr = memory_allocate_buffer(4, &buffer)) != S_OK) return hr;
    hr = MAPIReallocateBuffer(buffer, 8, &larger);
    memory_free_buffer(hr == S_OK ? larger : buffer);
    return hr;
}

#define THREADS 4
#define PIECES 3000

struct thread
{
    pthread_t id;
    void *buffer;
    BYTE fill;
    BYTE *pieces[PIECES];
};

static void *cut_pieces(void *arg)
{
    struct thread *thread = arg;
    unsigned int i;

    for (i = 0; i < PIECES; i++)
    {
        if (memory_allocate_more(i % 100, thread->buffer, (void **)&thread->pieces[i]) != S_OK)
            return NULL;
        memset(thread->pieces[i], thread->fill, i % 100);
    }
    return thread;
}

/* Threads link to one buffer at once; no two pieces may overlap. */
START_TEST(threads)
{
    static struct thread threads[THREADS];
    unsigned int i, j, k;
    void *buffer, *ret;

    unit_assert_hr(memory_allocate_buffer(1, &buffer), S_OK);
    for (i = 0; i < THREADS; i++)
    {
        threads[i].buffer = buffer;
        threads[i].fill = i + 1;
        ck_assert(!pthread_create(&threads[i].id, NULL, cut_pieces, &threads[i]));
    }
    for (i = 0; i < THREADS; i++)
    {
        ck_assert(!pthread_join(threads[i].id, &ret));
        ck_assert_ptr_nonnull(ret);
    }
    for (i = 0; i < THREADS; i++)
        for (j = 0; j < PIECES; j++)
            for (k = 0; k < j % 100; k++)
                if (threads[i].pieces[j][k] != i + 1) ck_abort_msg("%u %u %u", i, j, k);
    memory_free_buffer(buffer);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT chain(void *context)
{
    void *buffer, *piece;
    HRESULT hr;
    ULONG i;

    if ((hr = memory_allocate_buffer(10, &buffer)) != S_OK)
    {
        ck_assert_ptr_null(buffer);
        return hr;
    }
    for (i = 0; i < 12 && hr == S_OK; i++)
    {
        hr = memory_allocate_more(1 << (i * 3 / 2), buffer, &piece);
        ck_assert(hr == S_OK || !piece);
    }
    memory_free_buffer(buffer);
    return hr;
}

START_TEST(failures)
{
    unit_fail_each(chain, NULL);
    unit_fail_each(reallocate, NULL);
}
END_TEST

Suite *memory_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("memory");

    tcase_add_test(tcase, bad_arguments);
    tcase_add_test(tcase, sizes);
    tcase_add_test(tcase, pieces);
    tcase_add_test(tcase, many_pieces);
    tcase_add_test(tcase, reallocated);
    tcase_add_test(tcase, threads);
    tcase_add_test(tcase, size_classes);
    tcase_add_test(tcase, kept);
    tcase_add_test(tcase, kept_by_threads);
    tcase_add_test(tcase, inherited);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
