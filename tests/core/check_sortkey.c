/*
 * Units of sortkey.c
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

static SPropValue value_long(LONG l)
{
    return (SPropValue){ .ulPropTag = PROP_TAG(PT_LONG, 1), .Value.l = l };
}

static SPropValue value_double(double d)
{
    return (SPropValue){ .ulPropTag = PROP_TAG(PT_DOUBLE, 1), .Value.dbl = d };
}

static SPropValue value_i8(LONGLONG i)
{
    return (SPropValue){ .ulPropTag = PROP_TAG(PT_I8, 1), .Value.li.QuadPart = i };
}

static SPropValue value_text(const char *text)
{
    return (SPropValue){ .ulPropTag = PROP_TAG(PT_STRING8, 1), .Value.lpszA = (char *)text };
}

static SPropValue value_wide(const void *text)
{
    return (SPropValue){ .ulPropTag = PROP_TAG(PT_UNICODE, 1), .Value.lpszW = (WCHAR *)text };
}

static SPropValue value_binary(const char *bytes, ULONG size)
{
    return (SPropValue){ .ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = { size, (BYTE *)bytes }};
}

static int order_of(const SPropValue *a, const SPropValue *b, BOOL descending)
{
    struct sortkey x, y;
    size_t size;
    int order;

    sortkey_init(&x);
    sortkey_init(&y);
    ck_assert(sortkey_add(&x, a, descending) && sortkey_add(&y, b, descending));
    size = x.size < y.size ? x.size : y.size;
    order = memcmp(x.data, y.data, size);
    /* a key is never the beginning of another, so that columns can follow each other */
    if (!order) ck_assert_uint_eq(x.size, y.size);
    sortkey_destroy(&x);
    sortkey_destroy(&y);
    return (order > 0) - (order < 0);
}

/* Values in ascending order, each lower than the next. */
static void check_ascending(const SPropValue *values, ULONG count)
{
    ULONG i, j;

    for (i = 0; i < count; i++)
    {
        ck_assert_int_eq(order_of(&values[i], NULL, FALSE), -1);
        ck_assert_int_eq(order_of(&values[i], NULL, TRUE), -1);
        for (j = 0; j < count; j++)
        {
            ck_assert_msg(order_of(&values[i], &values[j], FALSE) == (i > j) - (i < j), "%u and %u",
                          (unsigned)i, (unsigned)j);
            ck_assert_msg(order_of(&values[i], &values[j], TRUE) == (i < j) - (i > j), "%u and %u",
                          (unsigned)i, (unsigned)j);
        }
    }
}

START_TEST(orders)
{
    static LONG one_two[] = { 1, 2 }, one_three[] = { 1, 3 };
    const SPropValue longs[] = { value_long(-0x7fffffff - 1), value_long(-1), value_long(0), value_long(1),
                                 value_long(256), value_long(0x7fffffff) };
    const SPropValue eights[] = { value_i8(-5), value_i8(-1), value_i8(0), value_i8(0x100000000) };
    const SPropValue doubles[] = { value_double(__builtin_nan("")), value_double(-__builtin_inf()),
                                   value_double(-2.5), value_double(-1e-300), value_double(0.0),
                                   value_double(1e-300), value_double(7), value_double(__builtin_inf()) };
    const SPropValue texts[] = { value_text(""), value_text("a"), value_text("A"), value_text("ab"),
                                 value_text("b"), value_text("ba") };
    const SPropValue wides[] = { value_wide(u""), value_wide(u"a"), value_wide(u"A"), value_wide(u"ab"),
                                 value_wide(u"\x4e00") };
    const SPropValue binaries[] = { value_binary("", 0), value_binary("\0", 1), value_binary("\0\0", 2),
                                    value_binary("\0\1", 2), value_binary("\1", 1), value_binary("\1\0", 2),
                                    value_binary("\xff", 1), value_binary("\xff\xff", 2) };
    const SPropValue lists[] =
    {
        { .ulPropTag = PROP_TAG(PT_MV_LONG, 1), .Value.MVl = { 0, NULL }},
        { .ulPropTag = PROP_TAG(PT_MV_LONG, 1), .Value.MVl = { 1, one_two }},
        { .ulPropTag = PROP_TAG(PT_MV_LONG, 1), .Value.MVl = { 2, one_two }},
        { .ulPropTag = PROP_TAG(PT_MV_LONG, 1), .Value.MVl = { 2, one_three }}
    };
    const SPropValue zero = value_double(0.0), minus_zero = value_double(-0.0);

    check_ascending(longs, ARRAY_SIZE(longs));
    check_ascending(eights, ARRAY_SIZE(eights));
    check_ascending(doubles, ARRAY_SIZE(doubles));
    check_ascending(texts, ARRAY_SIZE(texts));
    check_ascending(wides, ARRAY_SIZE(wides));
    check_ascending(binaries, ARRAY_SIZE(binaries));
    check_ascending(lists, ARRAY_SIZE(lists));
    ck_assert_int_eq(order_of(&zero, &minus_zero, FALSE), 0);
    /* both widths make the same key */
    ck_assert_int_eq(order_of(&texts[3], &wides[3], FALSE), 0);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(samples)
{
    struct sortkey key;
    ULONG i;

    sortkey_init(&key);
    for (i = 0; i < sample_count; i++)
    {
        ck_assert_int_eq(order_of(&sample_props[i], &sample_props[i], FALSE), 0);
        ck_assert(sortkey_add(&key, &sample_props[i], i & 1));
    }
    sortkey_destroy(&key);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(long_text)
{
    static char text[5000];
    static WCHAR wide[5000];
    SPropValue a = value_text(text), b = value_wide(wide);
    ULONG i;

    for (i = 0; i < 4999; i++) wide[i] = text[i] = 'a' + i % 26;
    ck_assert_int_eq(order_of(&a, &b, FALSE), 0);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT build(void *context)
{
    static char text[600];
    SPropValue value = value_text(text);
    struct sortkey key;
    BOOL ret;

    memset(text, 'x', sizeof(text) - 1);
    sortkey_init(&key);
    ret = sortkey_add(&key, &value, FALSE) && sortkey_add(&key, &value, TRUE);
    sortkey_destroy(&key);
    return ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

START_TEST(no_memory)
{
    unit_fail_each(build, NULL);
}
END_TEST

Suite *sortkey_suite(void)
{
    Suite *suite = suite_create("sortkey");
    TCase *test = tcase_create("sortkey");

    tcase_add_test(test, orders);
    tcase_add_test(test, samples);
    tcase_add_test(test, long_text);
    tcase_add_test(test, no_memory);
    suite_add_tcase(suite, test);
    return suite;
}
