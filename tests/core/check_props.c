/*
 * Units: props.c
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

static const struct
{
    ULONG type;
    BOOL known;
    ULONG size;
} types[] = { { PT_UNSPECIFIED, TRUE, 0 },
              { PT_NULL, TRUE, 0 },
              { PT_I2, TRUE, 2 },
              { PT_LONG, TRUE, 4 },
              { PT_R4, TRUE, 4 },
              { PT_DOUBLE, TRUE, 8 },
              { PT_CURRENCY, TRUE, 8 },
              { PT_APPTIME, TRUE, 8 },
              { PT_ERROR, TRUE, 4 },
              { PT_BOOLEAN, TRUE, 2 },
              { PT_OBJECT, TRUE, 0 },
              { PT_I8, TRUE, 8 },
              { PT_STRING8, TRUE, 0 },
              { PT_UNICODE, TRUE, 0 },
              { PT_SYSTIME, TRUE, 8 },
              { PT_CLSID, TRUE, 16 },
              { PT_BINARY, TRUE, 0 },
              { PT_MV_I2, TRUE, 2 },
              { PT_MV_STRING8, TRUE, 0 },
              { PT_MV_BINARY, TRUE, 0 },
              { PT_MV_CLSID, TRUE, 16 },
              { PT_MV_I8, TRUE, 8 },
              { MV_FLAG | PT_ERROR, FALSE, 0 },
              { MV_FLAG | PT_BOOLEAN, FALSE, 0 },
              { MV_FLAG | PT_OBJECT, FALSE, 0 },
              { MV_FLAG | PT_NULL, FALSE, 0 },
              { MV_FLAG, FALSE, 0 },
              { MVI_FLAG | PT_LONG, FALSE, 0 },
              { MV_INSTANCE | PT_LONG, FALSE, 0 },
              { 8, FALSE, 0 },
              { 9, FALSE, 0 },
              { 12, FALSE, 0 },
              { 14, FALSE, 0 },
              { 0xfff, FALSE, 0 },
              { 0x10000 | PT_LONG, FALSE, 0 } };

START_TEST(known_types)
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        unit_assert_row(i, prop_type_known(types[i].type) == types[i].known);
        if (types[i].known) unit_assert_row(i, prop_type_size(types[i].type) == types[i].size);
    }
}
END_TEST

START_TEST(found)
{
    const SPropValue *props = sample_props, *last = props + sample_count - 1;

    ck_assert_ptr_eq(props_find(props, sample_count, last->ulPropTag), last);
    ck_assert_ptr_null(props_find(props, sample_count - 1, last->ulPropTag));
    ck_assert_ptr_null(props_find(props, sample_count, CHANGE_PROP_TYPE(last->ulPropTag, PT_LONG)));
    ck_assert_ptr_eq(props_find_id(props, sample_count, CHANGE_PROP_TYPE(last->ulPropTag, PT_LONG)),
                     last);
    ck_assert_ptr_null(props_find_id(props, sample_count, PROP_TAG(PT_LONG, 1)));
    ck_assert_ptr_null(props_find(NULL, 3, 1));
    ck_assert_ptr_null(props_find_id(NULL, 3, 1));

    ck_assert_ptr_eq(PpropFindProp((SPropValue *)props, sample_count,
                                   PROP_TAG(PT_UNSPECIFIED, 0x6602)),
                     props + 2);
    ck_assert_ptr_eq(PpropFindProp((SPropValue *)props, sample_count, PROP_TAG(PT_LONG, 0x6602)),
                     props + 2);
    ck_assert_ptr_null(PpropFindProp((SPropValue *)props, sample_count, PROP_TAG(PT_I2, 0x6602)));
    ck_assert_ptr_eq(LpValFindProp(PROP_TAG(PT_I2, 0x6602), sample_count, (SPropValue *)props),
                     props + 2);
    ck_assert_ptr_null(LpValFindProp(PROP_TAG(PT_I2, 0x6602), 0, (SPropValue *)props));
    ck_assert_ptr_null(LpValFindProp(PROP_TAG(PT_I2, 0x6602), 1, NULL));
}
END_TEST

START_TEST(sizes)
{
    static const ULONG sizes[] = { 2, 72, 4,  4, 1 + 4 + 72, 8, 8,  5,  8,  6,  4,  2,  0, 14, 8,
                                   8, 16, 12, 4, 16,         8, 16, 16, 12, 14, 32, 16, 1, 0 };
    SPropValue prop;
    unsigned int i;

    ck_assert_uint_eq(ARRAY_SIZE(sizes), sample_count);
    for (i = 0; i < sample_count; i++)
    {
        prop = sample_props[i];
        ck_assert_msg(UlPropSize(&prop) == sizes[i], "row %u: %u", i, (unsigned)UlPropSize(&prop));
    }
    ck_assert_uint_eq(UlPropSize(NULL), 0);
    prop.ulPropTag = PROP_TAG(PT_STRING8, 1);
    prop.Value.lpszA = NULL;
    ck_assert_uint_eq(UlPropSize(&prop), 0);
}
END_TEST

START_TEST(copied)
{
    SPropValue copy, source;
    void *buffer;
    unsigned int i;

    unit_assert_hr(memory_allocate_buffer(1, &buffer), S_OK);
    for (i = 0; i < sample_count; i++)
    {
        source = sample_props[i];
        memset(&copy, 0xff, sizeof(copy));
        unit_assert_row(i, PropCopyMore(&copy, &source, memory_allocate_more, buffer) == S_OK);
        unit_assert_row(i, same_prop(&copy, &sample_props[i]));
    }
    memory_free_buffer(buffer);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(not_copied)
{
    SPropValue copy, source = { .ulPropTag = PROP_TAG(PT_STRING8, 1) };
    BYTE *end = unit_end_of_memory();
    void *buffer;

    unit_assert_hr(memory_allocate_buffer(1, &buffer), S_OK);
    unit_assert_hr(PropCopyMore(NULL, &source, memory_allocate_more, buffer),
                   MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(PropCopyMore(&copy, NULL, memory_allocate_more, buffer),
                   MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(PropCopyMore(&copy, &source, NULL, buffer), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(PropCopyMore(&copy, &source, memory_allocate_more, buffer),
                   MAPI_E_INVALID_PARAMETER);
    end[-1] = 'x';
    source.Value.lpszA = (char *)end - 1;
    unit_assert_hr(PropCopyMore(&copy, &source, memory_allocate_more, buffer),
                   MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(PropCopyMore(&copy, (SPropValue *)(end - 8), memory_allocate_more, buffer),
                   MAPI_E_INVALID_PARAMETER);
    source.ulPropTag = PROP_TAG(9, 1);
    unit_assert_hr(PropCopyMore(&copy, &source, memory_allocate_more, buffer), MAPI_E_NO_SUPPORT);
    source.ulPropTag = PROP_TAG(PT_MV_BINARY, 1);
    source.Value.MVbin.cValues = 0xffffffff;
    source.Value.MVbin.lpbin = (SBinary *)(end - 64);
    memset(end - 64, 0, 64);
    ck_assert_int_ne(PropCopyMore(&copy, &source, memory_allocate_more, buffer), S_OK);
    source.ulPropTag = PROP_TAG(PT_MV_I8, 1);
    ck_assert_int_ne(PropCopyMore(&copy, &source, memory_allocate_more, buffer), S_OK);
    memory_free_buffer(buffer);
}
END_TEST

START_TEST(array_copied)
{
    SPropValue *copy;
    unsigned int i;

    unit_assert_hr(props_copy(&memory_allocators, sample_count, sample_props, &copy), S_OK);
    ck_assert_uint_eq(unit_live_blocks(), 1);
    for (i = 0; i < sample_count; i++) unit_assert_row(i, same_prop(&copy[i], &sample_props[i]));
    memory_free_buffer(copy);
    unit_assert_hr(props_copy(&memory_allocators, 0, NULL, &copy), S_OK);
    ck_assert_ptr_nonnull(copy);
    memory_free_buffer(copy);
    unit_assert_hr(props_copy(&memory_allocators, 1, NULL, &copy), MAPI_E_INVALID_PARAMETER);
    ck_assert_ptr_null(copy);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(tags)
{
    SizedSPropTagArray(3, tags) = { 3, { PR_ENTRYID, PR_NULL, PR_DISPLAY_NAME_W } };
    SPropTagArray *copy;

    unit_assert_hr(tags_copy(&memory_allocators, NULL, &copy), S_OK);
    ck_assert_ptr_null(copy);
    unit_assert_hr(tags_copy(&memory_allocators, (SPropTagArray *)&tags, &copy), S_OK);
    ck_assert(!memcmp(copy, &tags, sizeof(tags)));
    memory_free_buffer(copy);
    tags.cValues = 0xffffffff;
    unit_assert_hr(tags_copy(&memory_allocators, (SPropTagArray *)&tags, &copy),
                   MAPI_E_NOT_ENOUGH_MEMORY);
}
END_TEST

START_TEST(instances)
{
    SPropValue from, to;
    unsigned int i;

    for (i = 0; i < sample_count; i++)
    {
        if (!(PROP_TYPE(sample_props[i].ulPropTag) & MV_FLAG)) continue;
        from = sample_props[i];
        memset(&to, 0, sizeof(to));
        to.ulPropTag = PROP_TAG(PROP_TYPE(from.ulPropTag) & ~MV_FLAG, 7);
        GetInstance(&from, &to, 0);
        unit_assert_row(i, to.ulPropTag == PROP_TAG(PROP_TYPE(from.ulPropTag) & ~MV_FLAG, 7));
        unit_assert_row(i, prop_type_size(PROP_TYPE(to.ulPropTag)) == 0
                               || PROP_TYPE(to.ulPropTag) == PT_CLSID
                               || !memcmp(&to.Value, from.Value.MVi.lpi,
                                          prop_type_size(PROP_TYPE(to.ulPropTag))));
        to.Value.l = 1234;
        GetInstance(&from, &to, from.Value.MVi.cValues);
        unit_assert_row(i, to.Value.l == 1234);
    }
    GetInstance(NULL, &to, 0);
    GetInstance(&from, NULL, 0);
}
END_TEST

static HRESULT copy_all(void *context)
{
    SPropValue *props, one;
    SPropTagArray *tags;
    SizedSPropTagArray(1, source) = { 1, { 5 } };
    void *buffer;
    HRESULT hr;
    ULONG i;

    if ((hr = props_copy(&memory_allocators, sample_count, sample_props, &props)) != S_OK)
        return hr;
    memory_free_buffer(props);
    if ((hr = tags_copy(&memory_allocators, (SPropTagArray *)&source, &tags)) != S_OK) return hr;
    memory_free_buffer(tags);
    /* A piece of its own each, larger than what a chunk has left over. */
    for (i = 0; i < sample_count; i++)
    {
        if ((hr = memory_allocate_buffer(1, &buffer)) != S_OK) return hr;
        hr = prop_copy(&one, &sample_props[i], memory_allocate_more, buffer);
        memory_free_buffer(buffer);
        if (hr != S_OK) return hr;
    }
    return S_OK;
}

START_TEST(failures)
{
    unit_fail_each(copy_all, NULL);
}
END_TEST

Suite *props_suite(void)
{
    Suite *suite = suite_create("props");
    TCase *tcase = tcase_create("props");

    tcase_add_test(tcase, known_types);
    tcase_add_test(tcase, found);
    tcase_add_test(tcase, sizes);
    tcase_add_test(tcase, copied);
    tcase_add_test(tcase, not_copied);
    tcase_add_test(tcase, array_copied);
    tcase_add_test(tcase, tags);
    tcase_add_test(tcase, instances);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
