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
    static const ULONG sizes[] = { 0, 1, 7, 8, 9, 15, 16, 17, 63, 255, 256, 257, 4096, 0xffef, 0xfff0, 0xffff,
                                   0x10000, 0x10001, 0x20000, 0x123456 };
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
            for (k = 0; k < sizes[j]; k++) if (((BYTE *)pieces[j])[k] != j) ck_abort_msg("row %u", j);
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
        if (memory_allocate_more(i % 100, thread->buffer, (void **)&thread->pieces[i]) != S_OK) return NULL;
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
            for (k = 0; k < j % 100; k++) if (threads[i].pieces[j][k] != i + 1) ck_abort_msg("%u %u %u", i, j, k);
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
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
