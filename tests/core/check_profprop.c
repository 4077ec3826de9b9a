/*
 * Unit tests of core/profprop.c
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

#include <stdlib.h>
#include <string.h>

#include "samples.h"
#include "core/inf.h"

START_TEST(names)
{
    static const struct
    {
        ULONG tag;
        const WCHAR *name;
    } rows[] =
    {
        { 0x3001001e, L"001e3001" },
        { 0x30090003, L"00033009" },
        { 0x3d000102, L"01023d00" },
        { 0x3d0f101e, L"101e3d0f" },
    };
    static const WCHAR *const bad[] = { L"",         L"001e300",      L"001e30011",
                                        L"001e300g", L"Account Name", L"00000000" };
    static const MAPIUID uid = { { 0x92, 7, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19, 0x90, 0x8b, 8, 0,
                                   0x2b, 0x2a, 0x56, 0xc2 } };
    WCHAR name[33];
    unsigned int i;
    MAPIUID back;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        profprop_name(rows[i].tag, name);
        unit_assert_row(i, !memcmp(name, rows[i].name, 9 * sizeof(WCHAR)));
        unit_assert_row(i, profprop_tag(name) == rows[i].tag);
    }
    ck_assert_uint_eq(profprop_tag(L"001E3D0A"), 0x3d0a001e);
    for (i = 0; i < ARRAY_SIZE(bad); i++) unit_assert_row(i, !profprop_tag(bad[i]));
    profprop_uid_name(&uid, name);
    ck_assert(!memcmp(name, L"9207f3e0a3b11019908b08002b2a56c2", sizeof(name)));
    ck_assert(profprop_uid(name, &back) && !memcmp(&uid, &back, sizeof(uid)));
    ck_assert(!profprop_uid(L"9207f3e0a3b11019908b08002b2a56c", &back));
    ck_assert(!profprop_uid(L"9207f3e0a3b11019908b08002b2a56c2a", &back));
    ck_assert(!profprop_uid(L"", &back));
}
END_TEST

/* Every kind of value comes back as it went. */
START_TEST(round_trip)
{
    ULONG type, size, i, tried = 0;
    SPropValue prop;
    void *base;
    BYTE *data;
    HRESULT hr;

    for (i = 0; i < sample_count; i++)
    {
        hr = profprop_encode(sample_props + i, &type, &data, &size);
        if (FAILED(hr))
        {
            unit_assert_row(i, hr == MAPI_E_INVALID_TYPE && !data);
            continue;
        }
        tried++;
        unit_assert_row(i, type
                               == (PROP_TYPE(sample_props[i].ulPropTag) == PT_STRING8
                                       ? PROFPROP_REG_SZ
                                       : PROFPROP_REG_BINARY));
        unit_assert_hr(memory_allocate_buffer(1, &base), S_OK);
        unit_assert_hr(profprop_decode(sample_props[i].ulPropTag, type, data, size,
                                       memory_allocators.more, base, &prop),
                       S_OK);
        ck_assert_msg(same_prop(&prop, sample_props + i), "row %u: %08x differs", (unsigned)i,
                      (unsigned)sample_props[i].ulPropTag);
        memory_free_buffer(base);
        platform_free(data);
    }
    ck_assert_uint_gt(tried, 20);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT decode(ULONG tag, ULONG type, const void *data, size_t size, SPropValue *prop,
                      void **base)
{
    BYTE *end = unit_end_of_memory(), *copy = end - size;
    HRESULT hr;

    unit_assert_hr(memory_allocate_buffer(1, base), S_OK);
    memcpy(copy, data, size);
    hr = profprop_decode(tag, type, copy, (ULONG)size, memory_allocators.more, *base, prop);
    return hr;
}

START_TEST(layout)
{
    /* as it was seen in stored profiles */
    static const BYTE files[] = "\2\0\0\0\x0c\0\0\0\x17\0\0\0EMABLT.DLL\0BJABLR.DLL";
    static const BYTE wide[] = { 0x36, 4, 0, 0 };
    SPropValue prop;
    ULONG type, size;
    BYTE *data;
    void *base;

    unit_assert_hr(decode(0x3d0f101e, PROFPROP_REG_BINARY, files, sizeof(files), &prop, &base),
                   S_OK);
    ck_assert_uint_eq(prop.Value.MVszA.cValues, 2);
    ck_assert_str_eq(prop.Value.MVszA.lppszA[0], "EMABLT.DLL");
    ck_assert_str_eq(prop.Value.MVszA.lppszA[1], "BJABLR.DLL");
    unit_assert_hr(profprop_encode(&prop, &type, &data, &size), S_OK);
    ck_assert(type == PROFPROP_REG_BINARY && size == sizeof(files) && !memcmp(data, files, size));
    platform_free(data);
    memory_free_buffer(base);

    /* other writers' strings */
    unit_assert_hr(decode(0x3001001f, PROFPROP_REG_SZ, wide, 4, &prop, &base), S_OK);
    ck_assert(prop.Value.lpszW[0] == 0x436 && !prop.Value.lpszW[1]);
    memory_free_buffer(base);
    unit_assert_hr(decode(0x3001001f, PROFPROP_REG_BINARY, wide, 2, &prop, &base), S_OK);
    ck_assert(prop.Value.lpszW[0] == 0x436 && !prop.Value.lpszW[1]);
    memory_free_buffer(base);
    unit_assert_hr(decode(0x3001001f, PROFPROP_REG_BINARY, wide, 1, &prop, &base), S_OK);
    ck_assert(!prop.Value.lpszW[0]);
    memory_free_buffer(base);
    unit_assert_hr(decode(0x3001001e, PROFPROP_REG_SZ, L"ab", 6, &prop, &base), S_OK);
    ck_assert_str_eq(prop.Value.lpszA, "ab");
    memory_free_buffer(base);
    unit_assert_hr(decode(0x3001001e, PROFPROP_REG_BINARY, "abc", 2, &prop, &base), S_OK);
    ck_assert_str_eq(prop.Value.lpszA, "ab");
    memory_free_buffer(base);
    unit_assert_hr(decode(0x30090003, PROFPROP_REG_DWORD, "\7\0\0\0", 4, &prop, &base), S_OK);
    ck_assert_int_eq(prop.Value.l, 7);
    memory_free_buffer(base);
    unit_assert_hr(decode(0x3009000b, PROFPROP_REG_DWORD, "\1\0\0\0", 4, &prop, &base), S_OK);
    ck_assert_uint_eq(prop.Value.b, 1);
    memory_free_buffer(base);
}
END_TEST

START_TEST(malformed)
{
    static const struct
    {
        ULONG tag;
        ULONG type;
        const char *data;
        size_t size;
        HRESULT hr;
    } rows[] =
    {
        { 0x30090003, PROFPROP_REG_BINARY, "", 0, MAPI_E_CORRUPT_DATA },
        { 0x30090003, PROFPROP_REG_BINARY, "\1\2\3", 3, MAPI_E_CORRUPT_DATA },
        { 0x30090003, PROFPROP_REG_BINARY, "\1\2\3\4\5", 5, MAPI_E_CORRUPT_DATA },
        { 0x30090003, PROFPROP_REG_SZ, "\1\2\3\4", 4, MAPI_E_CORRUPT_DATA },
        { 0x30090014, PROFPROP_REG_BINARY, "\1\2\3\4", 4, MAPI_E_CORRUPT_DATA },
        { 0x30090048, PROFPROP_REG_BINARY, "\1", 1, MAPI_E_CORRUPT_DATA },
        { 0x30091003, PROFPROP_REG_BINARY, "\1\2\3\4\5", 5, MAPI_E_CORRUPT_DATA },
        { 0x3009101e, PROFPROP_REG_BINARY, "\1\0\0", 3, MAPI_E_CORRUPT_DATA },
        { 0x3009101e, PROFPROP_REG_BINARY, "\1\0\0\0", 4, MAPI_E_CORRUPT_DATA },
        { 0x3009101e, PROFPROP_REG_BINARY, "\1\0\0\0\x09\0\0\0", 8, MAPI_E_CORRUPT_DATA },
        { 0x3009101e, PROFPROP_REG_BINARY, "\xff\xff\xff\xff\0\0\0\0", 8, MAPI_E_CORRUPT_DATA },
        { 0x3009101e, PROFPROP_REG_BINARY, "\1\0\0\x40\0\0\0\0", 8, MAPI_E_CORRUPT_DATA },
        /* the same text over and over */
        { 0x3009101e, PROFPROP_REG_BINARY, "\3\0\0\0\x10\0\0\0\x10\0\0\0\x10\0\0\0abcdefgh", 25, MAPI_E_CORRUPT_DATA },
        { 0x30091102, PROFPROP_REG_BINARY, "\1\0\0\0\5\0\0\0\x0c\0\0\0abcd", 16, MAPI_E_CORRUPT_DATA },
        { 0x30091102, PROFPROP_REG_BINARY, "\1\0\0\0\xff\xff\xff\xff\x0c\0\0\0abcd", 16, MAPI_E_CORRUPT_DATA },
        { 0x30091102, PROFPROP_REG_BINARY, "\1\0\0\0\1\0\0\0", 8, MAPI_E_CORRUPT_DATA },
        { 0x30091102, PROFPROP_REG_BINARY, "\2\0\0\0\x10\0\0\0\4\0\0\0\x10\0\0\0\4\0\0\0", 20, MAPI_E_CORRUPT_DATA },
        { 0x3009101f, PROFPROP_REG_BINARY, "\1\0\0\0\x07\0\0\0a", 9, S_OK },
        { 0x3009000d, PROFPROP_REG_BINARY, "", 0, MAPI_E_INVALID_TYPE },
        { 0x30090001, PROFPROP_REG_BINARY, "", 0, MAPI_E_INVALID_TYPE },
        { 0x3009100b, PROFPROP_REG_BINARY, "", 0, MAPI_E_INVALID_TYPE },
        { 0x30090099, PROFPROP_REG_BINARY, "", 0, MAPI_E_INVALID_TYPE },
        { 0x30090102, PROFPROP_REG_BINARY, "", 0, S_OK },
        { 0x30091003, PROFPROP_REG_BINARY, "", 0, S_OK },
        { 0x3009101e, PROFPROP_REG_BINARY, "\0\0\0\0", 4, S_OK },
    };
    SPropValue prop;
    unsigned int i;
    void *base;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        hr = decode(rows[i].tag, rows[i].type, rows[i].data, rows[i].size, &prop, &base);
        ck_assert_msg(hr == rows[i].hr, "row %u: %08x", i, (unsigned)hr);
        memory_free_buffer(base);
    }
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(not_to_encode)
{
    static const ULONG types[] = { PT_UNSPECIFIED, PT_NULL, PT_OBJECT, 0x99,
                                   PT_MV_STRING8 & ~0xff };
    SPropValue prop;
    unsigned int i;
    ULONG type, size;
    BYTE *data;

    memset(&prop, 0, sizeof(prop));
    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        prop.ulPropTag = PROP_TAG(types[i], 0x6600);
        data = (BYTE *)1;
        unit_assert_hr(profprop_encode(&prop, &type, &data, &size), MAPI_E_INVALID_TYPE);
        ck_assert(!data && !size);
    }
    prop.ulPropTag = PROP_TAG(PT_UNICODE, 0x6600);
    unit_assert_hr(profprop_encode(&prop, &type, &data, &size), MAPI_E_INVALID_PARAMETER);
    prop.ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6600);
    prop.Value.MVbin.cValues = 1;
    unit_assert_hr(profprop_encode(&prop, &type, &data, &size), MAPI_E_INVALID_PARAMETER);
}
END_TEST

static HRESULT there_and_back(void *context)
{
    ULONG type, size, i;
    SPropValue prop;
    void *base;
    BYTE *data;
    HRESULT hr = S_OK;

    for (i = 0; i < sample_count && SUCCEEDED(hr); i++)
    {
        hr = profprop_encode(sample_props + i, &type, &data, &size);
        if (hr == MAPI_E_INVALID_TYPE)
        {
            hr = S_OK;
            continue;
        }
        if (FAILED(hr)) return hr;
        if (memory_allocate_buffer(1, &base)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
        {
            hr = profprop_decode(sample_props[i].ulPropTag, type, data, size,
                                 memory_allocators.more, base, &prop);
            memory_free_buffer(base);
        }
        platform_free(data);
    }
    return hr;
}

START_TEST(out_of_memory)
{
    unit_fail_each(there_and_back, NULL);
}
END_TEST

Suite *profprop_suite(void)
{
    Suite *suite = suite_create("profprop");
    TCase *tcase = tcase_create("profprop");

    tcase_add_test(tcase, names);
    tcase_add_test(tcase, round_trip);
    tcase_add_test(tcase, layout);
    tcase_add_test(tcase, malformed);
    tcase_add_test(tcase, not_to_encode);
    tcase_add_test(tcase, out_of_memory);
    suite_add_tcase(suite, tcase);
    return suite;
}
