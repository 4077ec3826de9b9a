/*
 * Units: propset.c
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

#include "samples.h"

static ULONG sum_of_parts(void)
{
    SPropValue prop;
    ULONG i, sum = 0, type;

    for (i = 0; i < sample_count; i++)
    {
        prop = sample_props[i];
        type = PROP_TYPE(prop.ulPropTag);
        sum += sizeof(prop);
        if (type & MV_FLAG || type == PT_STRING8 || type == PT_UNICODE || type == PT_BINARY
            || type == PT_CLSID)
            sum += UlPropSize(&prop);
        if (type == PT_MV_STRING8 || type == PT_MV_UNICODE)
            sum += prop.Value.MVszA.cValues * sizeof(void *);
        if (type == PT_MV_BINARY) sum += prop.Value.MVbin.cValues * sizeof(SBinary);
    }
    return sum;
}

START_TEST(counted)
{
    ULONG size = 0;

    unit_assert_hr(ScCountProps(sample_count, (SPropValue *)sample_props, &size), S_OK);
    ck_assert_uint_eq(size, sum_of_parts());
    unit_assert_hr(ScCountProps(sample_count, (SPropValue *)sample_props, NULL), S_OK);
    size = 5;
    unit_assert_hr(ScCountProps(0, (SPropValue *)sample_props, &size), MAPI_E_INVALID_PARAMETER);
    ck_assert_uint_eq(size, 5);
    unit_assert_hr(ScCopyProps(0, NULL, &size, &size), S_OK);
    ck_assert_uint_eq(size, 0);
}
END_TEST

static const struct
{
    SPropValue prop;
    BOOL countable;             /* by ScCountProps, else only refused there */
    BOOL copyable;
} odd[] =
{
    { { .ulPropTag = PROP_TAG(PT_LONG, PROP_ID_NULL) }, FALSE, TRUE },
    { { .ulPropTag = PROP_TAG(PT_LONG, PROP_ID_INVALID) }, FALSE, TRUE },
    { { .ulPropTag = PR_NULL }, FALSE, TRUE },
    { { .ulPropTag = PROP_TAG(PT_NULL, 1) }, FALSE, TRUE },
    { { .ulPropTag = PROP_TAG(PT_UNSPECIFIED, 1) }, FALSE, TRUE },
    { { .ulPropTag = PROP_TAG(PT_MV_LONG, 1) }, FALSE, TRUE },
    { { .ulPropTag = PROP_TAG(PT_MV_STRING8, 1) }, FALSE, TRUE },
    { { .ulPropTag = PROP_TAG(PT_MV_LONG, 1), .Value.MVl.cValues = 1 }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(PT_STRING8, 1) }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(PT_UNICODE, 1) }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(PT_CLSID, 1) }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin.cb = 1 }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(PT_BINARY, 1) }, TRUE, TRUE },
    { { .ulPropTag = PROP_TAG(9, 1) }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(MVI_FLAG | PT_LONG, 1) }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(MV_FLAG | PT_BOOLEAN, 1), .Value.MVi.cValues = 1 }, FALSE, FALSE },
    { { .ulPropTag = PROP_TAG(PT_ERROR, 1) }, TRUE, TRUE },
    { { .ulPropTag = PROP_TAG(PT_OBJECT, 1) }, TRUE, TRUE }
};

START_TEST(refused)
{
    SPropValue props[2], copy[8], *dup;
    ULONG size;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(odd); i++)
    {
        props[0] = sample_props[0];
        props[1] = odd[i].prop;
        size = 12345;
        unit_assert_row(i, ScCountProps(2, props, &size)
                               == (odd[i].countable ? S_OK : MAPI_E_INVALID_PARAMETER));
        unit_assert_row(i, odd[i].countable == (size != 12345));
        unit_assert_row(i, ScCopyProps(2, props, copy, &size)
                               == (odd[i].copyable ? S_OK : MAPI_E_INVALID_PARAMETER));
        unit_assert_row(i, ScDupPropset(2, props, memory_allocate_buffer, &dup) ==
                        (odd[i].countable ? S_OK : MAPI_E_INVALID_PARAMETER));
        unit_assert_row(i, odd[i].countable == !!dup);
        memory_free_buffer(dup);
    }
    unit_assert_hr(ScCountProps(-1, props, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScCountProps(1, NULL, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScCopyProps(1, NULL, copy, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScCopyProps(1, props, NULL, &size), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScDupPropset(1, props, NULL, &dup), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScDupPropset(1, props, memory_allocate_buffer, NULL), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScRelocProps(1, NULL, props, copy, NULL), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScRelocProps(-1, props, props, copy, NULL), MAPI_E_INVALID_PARAMETER);
}
END_TEST

START_TEST(unreadable)
{
    BYTE *end = unit_end_of_memory();
    SPropValue prop;
    ULONG size = 5;

    unit_assert_hr(ScCountProps(1, (SPropValue *)(end - 8), &size), MAPI_E_INVALID_PARAMETER);
    prop.ulPropTag = PROP_TAG(PT_UNICODE, 1);
    end[-1] = end[-2] = 'x';
    prop.Value.lpszW = (WCHAR *)(end - 2);
    unit_assert_hr(ScCountProps(1, &prop, &size), MAPI_E_INVALID_PARAMETER);
    prop.ulPropTag = PROP_TAG(PT_MV_STRING8, 1);
    prop.Value.MVszA.cValues = 2;
    prop.Value.MVszA.lppszA = (char **)(end - sizeof(char *));
    *prop.Value.MVszA.lppszA = (char *)"x";
    unit_assert_hr(ScCountProps(1, &prop, &size), MAPI_E_INVALID_PARAMETER);
    ck_assert_uint_eq(size, 5);
}
END_TEST

START_TEST(copied)
{
    ULONG needed, size;
    SPropValue *copy;
    unsigned int i;

    unit_assert_hr(ScCountProps(sample_count, (SPropValue *)sample_props, &needed), S_OK);
    copy = platform_alloc(needed);      /* exactly, so that a byte too many is noticed */
    unit_assert_hr(ScCopyProps(sample_count, (SPropValue *)sample_props, copy, &size), S_OK);
    ck_assert_uint_eq(size, needed);
    for (i = 0; i < sample_count; i++) unit_assert_row(i, same_prop(&copy[i], &sample_props[i]));
    ck_assert(props_inside(sample_count, copy, copy, size));
    platform_free(copy);

    unit_assert_hr(ScDupPropset(sample_count, (SPropValue *)sample_props, memory_allocate_buffer,
                                &copy),
                   S_OK);
    for (i = 0; i < sample_count; i++) unit_assert_row(i, same_prop(&copy[i], &sample_props[i]));
    ck_assert(props_inside(sample_count, copy, copy, size));
    memory_free_buffer(copy);
}
END_TEST

/* Each part of the samples, so that no alignment is right by chance. */
START_TEST(aligned)
{
    ULONG from, count, size;
    SPropValue *copy;

    for (from = 0; from < sample_count; from++)
    {
        for (count = 1; count <= sample_count - from; count++)
        {
            unit_assert_hr(ScDupPropset(count, (SPropValue *)sample_props + from,
                                        memory_allocate_buffer, &copy),
                           S_OK);
            unit_assert_hr(ScCountProps(count, copy, &size), S_OK);
            unit_assert_row(from, props_inside(count, copy, copy, size));
            memory_free_buffer(copy);
        }
    }
}
END_TEST

/* More strings than lengths are remembered. */
START_TEST(many_strings)
{
    SPropValue props[2 * PROP_LAYOUT_CACHE], *copy;
    char texts[ARRAY_SIZE(props)][8];
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(props); i++)
    {
        props[i].ulPropTag = PROP_TAG(PT_STRING8, i + 1);
        props[i].Value.lpszA = texts[i];
        memset(texts[i], 0, sizeof(texts[i]));
        memset(texts[i], 'a' + i % 26, i % 8);
    }
    unit_assert_hr(ScDupPropset(ARRAY_SIZE(props), props, memory_allocate_buffer, &copy), S_OK);
    for (i = 0; i < ARRAY_SIZE(props); i++) unit_assert_row(i, same_prop(&copy[i], &props[i]));
    memory_free_buffer(copy);
}
END_TEST

static SPropValue *flat_copy(ULONG *size)
{
    SPropValue *copy;

    unit_assert_hr(ScCountProps(sample_count, (SPropValue *)sample_props, size), S_OK);
    copy = platform_alloc(*size);
    unit_assert_hr(ScCopyProps(sample_count, (SPropValue *)sample_props, copy, NULL), S_OK);
    return copy;
}

static void check_flat(const SPropValue *copy, ULONG size)
{
    unsigned int i;

    ck_assert(props_inside(sample_count, copy, copy, size));
    for (i = 0; i < sample_count; i++) unit_assert_row(i, same_prop(&copy[i], &sample_props[i]));
}

/* Moved first and its pointers afterwards, to a higher and to a lower address. */
START_TEST(moved)
{
    ULONG size, moved_size;
    SPropValue *copy = flat_copy(&size);
    BYTE *room = platform_alloc(2 * size + 16), *low = room, *high = room + ((size + 7) & ~7);

    memcpy(low, copy, size);
    unit_assert_hr(ScRelocProps(sample_count, (SPropValue *)low, copy, low, &moved_size), S_OK);
    ck_assert_uint_eq(moved_size, size);
    platform_free(copy);
    check_flat((SPropValue *)low, size);
    memcpy(high, low, size);
    unit_assert_hr(ScRelocProps(sample_count, (SPropValue *)high, low, high, &moved_size), S_OK);
    memset(low, 0xff, size);
    check_flat((SPropValue *)high, size);
    memcpy(low, high, size);
    unit_assert_hr(ScRelocProps(sample_count, (SPropValue *)low, high, low, &moved_size), S_OK);
    memset(high, 0xff, size);
    check_flat((SPropValue *)low, size);
    platform_free(room);
}
END_TEST

/* Written with pointers relative to zero, and read at another address, as the page describes it. */
START_TEST(stored)
{
    static const ULONG_PTR agreed[] = { 0, 0x1000, ~(ULONG_PTR)0xffff };
    SPropValue *copy, *read;
    ULONG size, moved_size;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(agreed); i++)
    {
        copy = flat_copy(&size);
        unit_assert_hr(ScRelocProps(sample_count, copy, copy, (void *)agreed[i], &moved_size),
                       S_OK);
        unit_assert_row(i, moved_size == size);
        unit_assert_row(i, (ULONG_PTR)copy[1].Value.lpszA - agreed[i] < size);
        read = platform_alloc(size);
        memcpy(read, copy, size);
        platform_free(copy);
        unit_assert_hr(ScRelocProps(sample_count, read, (void *)agreed[i], read, &moved_size),
                       S_OK);
        unit_assert_row(i, moved_size == size);
        check_flat(read, size);
        platform_free(read);
    }
}
END_TEST

START_TEST(damaged)
{
    SPropValue *prop = (SPropValue *)unit_end_of_memory() - 1;

    *prop = sample_props[4];
    prop->Value.MVszA.lppszA = (char **)sizeof(*prop);
    unit_assert_hr(ScRelocProps(1, prop, NULL, prop, NULL), MAPI_E_INVALID_PARAMETER);
    prop->ulPropTag = PROP_TAG(9, 1);
    unit_assert_hr(ScRelocProps(1, prop, prop, prop, NULL), MAPI_E_INVALID_PARAMETER);
}
END_TEST

static HRESULT duplicate(void *context)
{
    SPropValue *copy;
    HRESULT hr = ScDupPropset(sample_count, (SPropValue *)sample_props, memory_allocate_buffer,
                              &copy);

    ck_assert(hr == S_OK || !copy);
    memory_free_buffer(copy);
    return hr;
}

START_TEST(failures)
{
    unit_fail_each(duplicate, NULL);
}
END_TEST

Suite *propset_suite(void)
{
    Suite *suite = suite_create("propset");
    TCase *tcase = tcase_create("propset");

    tcase_add_test(tcase, counted);
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, unreadable);
    tcase_add_test(tcase, copied);
    tcase_add_test(tcase, aligned);
    tcase_add_test(tcase, many_strings);
    tcase_add_test(tcase, moved);
    tcase_add_test(tcase, stored);
    tcase_add_test(tcase, damaged);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
