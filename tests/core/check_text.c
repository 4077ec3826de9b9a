/*
 * Units: text.c
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

#define WIDE(text) ((const WCHAR *)u##text)

static BOOL same(const WCHAR *a, const WCHAR *b)
{
    return !memcmp(a, b, (text_length(b) + 1) * sizeof(*b));
}

/* ANSI, and the same as UTF-16 */
static const struct
{
    const char *ansi;
    const WCHAR *wide;
} texts[] = { { "", WIDE("") },
              { "a", WIDE("a") },
              { "ascii only", WIDE("ascii only") },
              { "\xe4\xf6", WIDE("\xe4\xf6") },
              { "mixed \xfc", WIDE("mixed \xfc") },
              { "two bytes \x81\x40 here", WIDE("two bytes \x8140 here") } };

START_TEST(widths)
{
    static const WCHAR lost[] = { 'a', 0x4e00, 0 };
    void *text;
    WCHAR *wide;
    char *ansi;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(texts); i++)
    {
        wide = text_from_ansi(texts[i].ansi);
        unit_assert_row(i, same(wide, texts[i].wide));
        ansi = text_to_ansi(wide);
        unit_assert_row(i, !strcmp(ansi, texts[i].ansi));
        platform_free(ansi);
        ansi = text_dup_ansi(texts[i].ansi);
        unit_assert_row(i, !strcmp(ansi, texts[i].ansi));
        platform_free(ansi);
        platform_free(wide);
        wide = text_dup(texts[i].wide);
        unit_assert_row(i, same(wide, texts[i].wide));
        platform_free(wide);

        unit_assert_hr(text_from_tstr(texts[i].ansi, 0, &wide), S_OK);
        unit_assert_row(i, same(wide, texts[i].wide));
        platform_free(wide);
        unit_assert_hr(text_from_tstr(texts[i].wide, MAPI_UNICODE, &wide), S_OK);
        unit_assert_row(i, same(wide, texts[i].wide));
        platform_free(wide);
        unit_assert_hr(text_to_tstr(&memory_allocators, NULL, texts[i].wide, 0, &text), S_OK);
        unit_assert_row(i, !strcmp(text, texts[i].ansi));
        memory_free_buffer(text);
        unit_assert_hr(text_to_tstr(&memory_allocators, NULL, texts[i].wide, MAPI_UNICODE, &text),
                       S_OK);
        unit_assert_row(i, same(text, texts[i].wide));
        unit_assert_hr(text_to_tstr(&memory_allocators, text, texts[i].wide, MAPI_UNICODE,
                                    (void **)&wide),
                       S_OK);
        unit_assert_row(i, same(wide, texts[i].wide));
        memory_free_buffer(text);
        ck_assert_uint_eq(unit_live_blocks(), 0);
    }
    ansi = text_to_ansi(lost);
    ck_assert_str_eq(ansi, "a?");
    platform_free(ansi);
}
END_TEST

/* Every length from every address, in the last bytes of a page. */
START_TEST(lengths)
{
    BYTE *end = unit_end_of_memory();
    size_t length;

    for (length = 0; length < 40; length++)
    {
        memset(end - 64, 0, 64);
        memset(end - length - 1, 0x80, length);
        ck_assert_uint_eq(text_length_ansi((char *)end - length - 1), length);
        memset(end - 1 - length - 9, 1, length + 9);
        ck_assert_uint_eq(text_length_ansi((char *)end - 1 - length), length);
    }
    for (length = 0; length < 20; length++)
    {
        WCHAR *text = (WCHAR *)end - length - 1;

        memset(text, 0x80, length * sizeof(WCHAR));
        text[length] = 0;
        ck_assert_uint_eq(text_length(text), length);
        memset(text, 0, sizeof(*text));
        if (length) text[0] = 0x100;
        ck_assert_uint_eq(text_length(text), length);
    }
}
END_TEST

START_TEST(nothing)
{
    void *text = (void *)1;
    WCHAR *wide = (WCHAR *)1;

    ck_assert_ptr_null(text_dup(NULL));
    ck_assert_ptr_null(text_dup_ansi(NULL));
    ck_assert_ptr_null(text_from_ansi(NULL));
    ck_assert_ptr_null(text_to_ansi(NULL));
    unit_assert_hr(text_from_tstr(NULL, 0, &wide), S_OK);
    ck_assert_ptr_null(wide);
    unit_assert_hr(text_to_tstr(&memory_allocators, NULL, NULL, 0, &text), S_OK);
    ck_assert_ptr_null(text);
}
END_TEST

START_TEST(compared)
{
    static const struct { const char *a, *b; int order;
    } rows[] = { { "", "", 0 },         { "a", "A", 0 }, { "abc", "ABD", -1 },
                 { "ab", "a", 1 },      { "Z", "[", 1 }, { "z", "{", -1 },
                 { "\xe4", "\xc4", 1 }, { "a", "", 1 },  { "@", "`", -1 } };
    unsigned int i;
    WCHAR *a, *b;
    int order;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        a = text_from_ansi(rows[i].a);
        b = text_from_ansi(rows[i].b);
        order = text_compare_nocase(a, b);
        unit_assert_row(i, (order > 0) - (order < 0) == rows[i].order);
        order = text_compare_nocase_ansi(rows[i].a, rows[i].b);
        unit_assert_row(i, (order > 0) - (order < 0) == rows[i].order);
        platform_free(a);
        platform_free(b);
    }
    ck_assert_int_eq(text_collate(WIDE("a"), WIDE("A")), -1);
    ck_assert_int_eq(text_collate(WIDE("B"), WIDE("a")), 1);
    ck_assert_int_eq(text_collate(WIDE("b"), WIDE("b")), 0);
    ck_assert_int_eq(text_collate_ansi("b", "a", NULL), 1);
    ck_assert_int_eq(text_collate_ansi("b", "b", NULL), 0);
}
END_TEST

/* Texts longer than the buffer on the stack, searched at the far end. */
START_TEST(long_texts)
{
    static char text[1000], part[700];

    memset(text, 0xc4, sizeof(text) - 1);
    memset(part, 0xe4, sizeof(part) - 1);
    text[998] = 'X';
    part[698] = 'x';
    ck_assert(text_contains_ansi(FL_SUBSTRING | FL_IGNORECASE, text, part, NULL));
    ck_assert(!text_contains_ansi(FL_SUBSTRING, text, part, NULL));
    ck_assert(!text_contains_ansi(FL_PREFIX | FL_LOOSE, text, part, NULL));
    memset(part, 'a', sizeof(part) - 2);
    ck_assert(text_contains_ansi(FL_SUBSTRING | FL_LOOSE, text, part, NULL));
    ck_assert_int_eq(text_collate_ansi(text, part, NULL), 1);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT convert(void *context)
{
    WCHAR *wide;
    char *ansi;
    void *text;
    HRESULT hr;

    if ((hr = text_from_tstr("\xe4 text", 0, &wide)) != S_OK) return hr;
    if ((ansi = text_to_ansi(wide)))
    {
        hr = text_to_tstr(&memory_allocators, NULL, wide, 0, &text);
        if (hr == S_OK) memory_free_buffer(text);
    }
    else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    platform_free(ansi);
    platform_free(wide);
    return hr;
}

START_TEST(failures)
{
    unit_fail_each(convert, NULL);
}
END_TEST

Suite *text_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tcase = tcase_create("text");

    tcase_add_test(tcase, widths);
    tcase_add_test(tcase, lengths);
    tcase_add_test(tcase, nothing);
    tcase_add_test(tcase, compared);
    tcase_add_test(tcase, long_texts);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
