/*
 * Units: entryid.c
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

#include "unit.h"

static const BYTE provider_id[] = { 0, 0, 0, 0, 9, 8, 7, 6,   5,   4,   3,   2,  1,
                                    0, 9, 8, 7, 6, 5, 4, 'd', 'a', 't', 'a', 'x' };

START_TEST(checked)
{
    unit_assert_hr(entryid_check(0, NULL), MAPI_E_INVALID_ENTRYID);
    unit_assert_hr(entryid_check(30, NULL), MAPI_E_INVALID_ENTRYID);
    unit_assert_hr(entryid_check(19, (ENTRYID *)provider_id), MAPI_E_INVALID_ENTRYID);
    unit_assert_hr(entryid_check(20, (ENTRYID *)provider_id), S_OK);
    ck_assert_ptr_null(entryid_uid(19, (ENTRYID *)provider_id));
    ck_assert_ptr_eq(entryid_uid(20, (ENTRYID *)provider_id), provider_id + 4);
}
END_TEST

/* The bytes that Exchange writes for a store of its own. */
static const BYTE wrapped_start[] = { 0,    0,    0,    0,    0x38, 0xa1, 0xbb, 0x10, 0x05,
                                      0xe5, 0x10, 0x1a, 0xa1, 0xbb, 0x08, 0x00, 0x2b, 0x2a,
                                      0x56, 0xc2, 0,    0,    'e',  'm',  's',  'm',  'd',
                                      'b',  '.',  'd',  'l',  'l',  0,    0,    0,    0 };

START_TEST(wrapped)
{
    static const char *const names[] = { "emsmdb.dll", "a",    "ab",
                                         "abc",        "abcd", "a name.that is long.dll" };
    const ENTRYID *inner;
    const char *dll;
    ENTRYID *id;
    ULONG size, inner_size, cut;
    BYTE *exact;
    unsigned int i;

    unit_assert_hr(entryid_wrap_store(&memory_allocators, "emsmdb.dll", sizeof(provider_id),
                                      (ENTRYID *)provider_id, &size, &id),
                   S_OK);
    ck_assert_uint_eq(size, sizeof(wrapped_start) + sizeof(provider_id));
    ck_assert(!memcmp(id, wrapped_start, sizeof(wrapped_start)));
    ck_assert(!memcmp((BYTE *)id + sizeof(wrapped_start), provider_id, sizeof(provider_id)));
    memory_free_buffer(id);

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        unit_assert_hr(entryid_wrap_store(&memory_allocators, names[i], sizeof(provider_id),
                                          (ENTRYID *)provider_id, &size, &id),
                       S_OK);
        unit_assert_row(i, (size - sizeof(provider_id)) % 4 == 0);
        unit_assert_hr(entryid_unwrap_store(size, id, &dll, &inner_size, &inner), S_OK);
        unit_assert_row(i, !strcmp(dll, names[i]));
        unit_assert_row(i, inner_size == sizeof(provider_id)
                               && !memcmp(inner, provider_id, inner_size));
        /* Cut short anywhere, in a block of just that size. */
        for (cut = 0; cut < size; cut++)
        {
            const BOOL whole = cut > size - sizeof(provider_id);

            exact = platform_alloc(cut);
            memcpy(exact, id, cut);
            unit_assert_row(cut,
                            entryid_unwrap_store(cut, (ENTRYID *)exact, &dll, &inner_size, &inner)
                                == (whole ? S_OK : MAPI_E_INVALID_ENTRYID));
            unit_assert_row(cut, whole || (!dll && !inner && !inner_size));
            platform_free(exact);
        }
        memory_free_buffer(id);
    }
    unit_assert_hr(entryid_unwrap_store(sizeof(provider_id), (ENTRYID *)provider_id, &dll,
                                        &inner_size, &inner),
                   MAPI_E_INVALID_ENTRYID);
    unit_assert_hr(entryid_wrap_store(&memory_allocators, "", sizeof(provider_id),
                                      (ENTRYID *)provider_id, &size, &id),
                   S_OK);
    unit_assert_hr(entryid_unwrap_store(size, id, &dll, &inner_size, &inner),
                   MAPI_E_INVALID_ENTRYID);
    memory_free_buffer(id);
}
END_TEST

START_TEST(exported_wrap)
{
    ENTRYID *id = (ENTRYID *)1, *ansi;
    ULONG size = 1, ansi_size;

    unit_assert_hr(WrapStoreEntryID(0, NULL, 4, (ENTRYID *)provider_id, &size, &id),
                   MAPI_E_INVALID_PARAMETER);
    ck_assert(!size && !id);
    unit_assert_hr(WrapStoreEntryID(0, (char *)"x", 0, (ENTRYID *)provider_id, &size, &id),
                   MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(WrapStoreEntryID(0, (char *)"x", 4, NULL, &size, &id), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(WrapStoreEntryID(0, (char *)"x", 4, (ENTRYID *)provider_id, NULL, &id),
                   MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(WrapStoreEntryID(0, (char *)"x", 4, (ENTRYID *)provider_id, &size, NULL),
                   MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(WrapStoreEntryID(1, (char *)"x", 4, (ENTRYID *)provider_id, &size, &id),
                   MAPI_E_UNKNOWN_FLAGS);
    unit_assert_hr(WrapStoreEntryID(0, (char *)"x.dll", 25, (ENTRYID *)provider_id, &ansi_size,
                                    &ansi),
                   S_OK);
    unit_assert_hr(WrapStoreEntryID(MAPI_UNICODE, (char *)u"x.dll", 25, (ENTRYID *)provider_id,
                                    &size, &id),
                   S_OK);
    ck_assert(size == ansi_size && !memcmp(id, ansi, size));
    memory_free_buffer(id);
    memory_free_buffer(ansi);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static const BYTE one_off_ansi[] =
    "\0\0\0\0\x81\x2b\x1f\xa4\xbe\xa3\x10\x19\x9d\x6e\x00\xdd\x01\x0f\x54\x02\0\0\1\0Jo\0SMTP\0jo@x.org";
static const BYTE one_off_wide[] =
    "\0\0\0\0\x81\x2b\x1f\xa4\xbe\xa3\x10\x19\x9d\x6e\x00\xdd\x01\x0f\x54\x02\0\0\0\x80J\0\0\0S\0\0\0x\0\0";

START_TEST(one_off_made)
{
    ENTRYID *id;
    ULONG size;

    unit_assert_hr(entryid_create_one_off(&memory_allocators, "Jo", "SMTP", "jo@x.org",
                                          MAPI_SEND_NO_RICH_INFO, &size, &id),
                   S_OK);
    ck_assert(size == sizeof(one_off_ansi) && !memcmp(id, one_off_ansi, size));
    memory_free_buffer(id);
    unit_assert_hr(entryid_create_one_off(&memory_allocators, u"J", u"S", u"x", MAPI_UNICODE, &size,
                                          &id),
                   S_OK);
    ck_assert(size == sizeof(one_off_wide) && !memcmp(id, one_off_wide, size));
    memory_free_buffer(id);
    unit_assert_hr(entryid_create_one_off(&memory_allocators, NULL, "S", "x", 0, &size, &id), S_OK);
    ck_assert_uint_eq(size, 24 + 1 + 2 + 2);
    memory_free_buffer(id);
    unit_assert_hr(entryid_create_one_off(&memory_allocators, "J", NULL, "x", 0, &size, &id),
                   MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(entryid_create_one_off(&memory_allocators, "J", "S", NULL, 0, &size, &id),
                   MAPI_E_INVALID_PARAMETER);
    ck_assert(!size && !id);
}
END_TEST

START_TEST(one_off_read)
{
    struct one_off one_off;
    BYTE *exact;
    ULONG cut;

    unit_assert_hr(entryid_parse_one_off(sizeof(one_off_ansi), (ENTRYID *)one_off_ansi, &one_off),
                   S_OK);
    ck_assert(!one_off.unicode && one_off.flags == 1);
    ck_assert_str_eq(one_off.name, "Jo");
    ck_assert_str_eq(one_off.address_type, "SMTP");
    ck_assert_str_eq(one_off.address, "jo@x.org");
    unit_assert_hr(entryid_parse_one_off(sizeof(one_off_wide), (ENTRYID *)one_off_wide, &one_off),
                   S_OK);
    ck_assert(one_off.unicode && !memcmp(one_off.name, u"J", 4)
              && !memcmp(one_off.address, u"x", 4));

    for (cut = 0; cut < sizeof(one_off_wide); cut++)
    {
        exact = platform_alloc(cut);
        memcpy(exact, one_off_wide, cut);
        unit_assert_row(cut, entryid_parse_one_off(cut, (ENTRYID *)exact, &one_off)
                                 == MAPI_E_INVALID_ENTRYID);
        platform_free(exact);
    }
    for (cut = 0; cut < sizeof(one_off_ansi); cut++)
    {
        exact = platform_alloc(cut);
        memcpy(exact, one_off_ansi, cut);
        unit_assert_row(cut, entryid_parse_one_off(cut, (ENTRYID *)exact, &one_off)
                                 == MAPI_E_INVALID_ENTRYID);
        platform_free(exact);
    }
    exact = platform_alloc(sizeof(one_off_ansi));
    memcpy(exact, one_off_ansi, sizeof(one_off_ansi));
    exact[20] = 1;
    unit_assert_hr(entryid_parse_one_off(sizeof(one_off_ansi), (ENTRYID *)exact, &one_off),
                   MAPI_E_INVALID_ENTRYID);
    platform_free(exact);
}
END_TEST

START_TEST(as_text)
{
    static const char *const bad[] = { "", "1", "123", "xx", "12 3", "00 0" };
    ENTRYID *id;
    ULONG size;
    char *text;
    unsigned int i;

    unit_assert_hr(HrSzFromEntryID(sizeof(provider_id), (ENTRYID *)provider_id, &text), S_OK);
    unit_assert_hr(HrEntryIDFromSz(text, &size, &id), S_OK);
    ck_assert(size == sizeof(provider_id) && !memcmp(id, provider_id, size));
    memory_free_buffer(text);
    memory_free_buffer(id);
    for (i = 0; i < ARRAY_SIZE(bad); i++)
    {
        unit_assert_row(i, HrEntryIDFromSz((char *)bad[i], &size, &id) == MAPI_E_INVALID_ENTRYID);
        unit_assert_row(i, !size && !id);
    }
    unit_assert_hr(HrEntryIDFromSz(NULL, &size, &id), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(HrEntryIDFromSz((char *)"00", NULL, &id), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(HrEntryIDFromSz((char *)"00", &size, NULL), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(HrSzFromEntryID(0, (ENTRYID *)provider_id, &text), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(HrSzFromEntryID(4, NULL, &text), MAPI_E_INVALID_PARAMETER);
    ck_assert_ptr_null(text);
    unit_assert_hr(HrSzFromEntryID(4, (ENTRYID *)provider_id, NULL), MAPI_E_INVALID_PARAMETER);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT make_all(void *context)
{
    ENTRYID *id = NULL;
    char *text = NULL;
    ULONG size;
    HRESULT hr;

    hr = WrapStoreEntryID(MAPI_UNICODE, (char *)u"x.dll", 25, (ENTRYID *)provider_id, &size, &id);
    if (hr == S_OK) hr = HrSzFromEntryID(size, id, &text);
    memory_free_buffer(id);
    if (hr == S_OK)
    {
        hr = HrEntryIDFromSz(text, &size, &id);
        memory_free_buffer(text);
        memory_free_buffer(id);
    }
    if (hr == S_OK)
    {
        hr = entryid_create_one_off(&memory_allocators, "a", "b", "c", 0, &size, &id);
        memory_free_buffer(id);
    }
    return hr;
}

START_TEST(failures)
{
    unit_fail_each(make_all, NULL);
}
END_TEST

Suite *entryid_suite(void)
{
    Suite *suite = suite_create("entryid");
    TCase *tcase = tcase_create("entryid");

    tcase_add_test(tcase, checked);
    tcase_add_test(tcase, wrapped);
    tcase_add_test(tcase, exported_wrap);
    tcase_add_test(tcase, one_off_made);
    tcase_add_test(tcase, one_off_read);
    tcase_add_test(tcase, as_text);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
