/*
 * Units of proppack.c
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

START_TEST(round_trip)
{
    SPropValue copies[64];
    BYTE *mem, *next;
    size_t size = 0;
    ULONG i;

    ck_assert(sample_count <= ARRAY_SIZE(copies));
    for (i = 0; i < sample_count; i++)
    {
        unit_assert_hr(prop_value_check(&sample_props[i]), S_OK);
        size = pack_add(size,
                        prop_pack_size(&sample_props[i], PROP_TYPE(sample_props[i].ulPropTag)));
    }
    ck_assert(size && size != PACK_FAILED && !(size % 8));
    /* an exact block: the sanitizer sees a byte too many */
    next = mem = platform_alloc(size);
    for (i = 0; i < sample_count; i++)
        next = prop_pack(&copies[i], sample_props[i].ulPropTag, &sample_props[i], next);
    ck_assert_ptr_eq(next, mem + size);
    for (i = 0; i < sample_count; i++) unit_assert_row(i, same_prop(&copies[i], &sample_props[i]));
    platform_free(mem);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(widths)
{
    static char *narrow_list[] = { (char *)"", (char *)"\xe4\xf6", (char *)"plain" };
    const SPropValue narrow = { .ulPropTag = PROP_TAG(PT_STRING8, 5),
                                .Value.lpszA = (char *)"d\xe9j\xe0" };
    const SPropValue list = { .ulPropTag = PROP_TAG(PT_MV_STRING8, 6),
                              .Value.MVszA = { 3, narrow_list } };
    SPropValue wide, back;
    BYTE *mem, *mem_back;
    size_t size;

    size = prop_pack_size(&narrow, PT_UNICODE);
    ck_assert_uint_eq(size, 16);
    mem = platform_alloc(size);
    ck_assert_ptr_eq(prop_pack(&wide, PROP_TAG(PT_UNICODE, 5), &narrow, mem), mem + size);
    ck_assert(wide.ulPropTag == PROP_TAG(PT_UNICODE, 5) && wide.Value.lpszW[1] == 0xe9
              && !wide.Value.lpszW[4]);
    size = prop_pack_size(&wide, PT_STRING8);
    mem_back = platform_alloc(size);
    prop_pack(&back, narrow.ulPropTag, &wide, mem_back);
    ck_assert(same_prop(&back, &narrow));
    platform_free(mem);
    platform_free(mem_back);

    size = prop_pack_size(&list, PT_MV_UNICODE);
    mem = platform_alloc(size);
    ck_assert_ptr_eq(prop_pack(&wide, PROP_TAG(PT_MV_UNICODE, 6), &list, mem), mem + size);
    ck_assert(!wide.Value.MVszW.lppszW[0][0] && wide.Value.MVszW.lppszW[1][1] == 0xf6 &&
              wide.Value.MVszW.lppszW[2][4] == 'n');
    platform_free(mem);

    /* what cannot be had */
    ck_assert_uint_eq(prop_pack_size(&narrow, PT_MV_UNICODE), PACK_FAILED);
    ck_assert_uint_eq(prop_pack_size(&narrow, PT_LONG), PACK_FAILED);
    ck_assert(prop_types_bridge(PT_STRING8, PT_UNICODE)
              && prop_types_bridge(PT_MV_UNICODE, PT_MV_STRING8));
    ck_assert(!prop_types_bridge(PT_STRING8, PT_MV_UNICODE) && !prop_types_bridge(PT_LONG, PT_I8));
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(sums)
{
    SPropValue prop = { .ulPropTag = PROP_TAG(PT_MV_I8, 5) };

    ck_assert_uint_eq(pack_add(1, 2), 3);
    ck_assert_uint_eq(pack_add(PACK_FAILED, 0), PACK_FAILED);
    ck_assert_uint_eq(pack_add(PACK_FAILED - 1, 2), PACK_FAILED);
    ck_assert_uint_eq(pack_add(PACK_FAILED, PACK_FAILED), PACK_FAILED);
    prop.Value.MVli.cValues = 0xffffffff;
    ck_assert(prop_pack_size(&prop, PT_MV_I8) >= (size_t)0x7fffffff);
}
END_TEST

START_TEST(values)
{
    static char *holes[] = { (char *)"a", NULL };
    static SBinary binaries[] = {{ 0, NULL }, { 1, NULL }};
    SPropValue prop;
    ULONG type;

    /* every type there is without its value, and every type there is not */
    for (type = 0; type < 0x10000; type++)
    {
        HRESULT hr;

        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PROP_TAG(type, 5);
        hr = prop_value_check(&prop);
        if (type == PT_STRING8 || type == PT_UNICODE || type == PT_CLSID)
            ck_assert_msg(hr == MAPI_E_INVALID_PARAMETER, "type %x: %08x", (unsigned)type,
                          (unsigned)hr);
        else if (prop_type_known(type))
            ck_assert_msg(hr == S_OK, "type %x: %08x", (unsigned)type, (unsigned)hr);
        else
            ck_assert_msg(hr == MAPI_E_INVALID_TYPE, "type %x: %08x", (unsigned)type, (unsigned)hr);
        if (!(type & MV_FLAG) || hr != S_OK) continue;
        prop.Value.MVl.cValues = 1;
        unit_assert_hr(prop_value_check(&prop), MAPI_E_INVALID_PARAMETER);
    }
    prop.ulPropTag = PROP_TAG(PT_BINARY, 5);
    prop.Value.bin.cb = 1;
    prop.Value.bin.lpb = NULL;
    unit_assert_hr(prop_value_check(&prop), MAPI_E_INVALID_PARAMETER);
    prop.ulPropTag = PROP_TAG(PT_MV_STRING8, 5);
    prop.Value.MVszA.cValues = 2;
    prop.Value.MVszA.lppszA = holes;
    unit_assert_hr(prop_value_check(&prop), MAPI_E_INVALID_PARAMETER);
    prop.ulPropTag = PROP_TAG(PT_MV_BINARY, 5);
    prop.Value.MVbin.lpbin = binaries;
    unit_assert_hr(prop_value_check(&prop), MAPI_E_INVALID_PARAMETER);
    prop.Value.MVbin.cValues = 1;
    unit_assert_hr(prop_value_check(&prop), S_OK);
}
END_TEST

Suite *proppack_suite(void)
{
    Suite *suite = suite_create("proppack");
    TCase *test = tcase_create("proppack");

    tcase_add_test(test, round_trip);
    tcase_add_test(test, widths);
    tcase_add_test(test, sums);
    tcase_add_test(test, values);
    suite_add_tcase(suite, test);
    return suite;
}
