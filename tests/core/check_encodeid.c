/*
 * Units: encodeid.c
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

SCODE WINAPI EncodeID(const BYTE *id, ULONG size, char *text);
BOOL WINAPI FDecodeID(const char *text, BYTE *id, ULONG *size);
ULONG WINAPI CchOfEncoding(ULONG size);
ULONG WINAPI CbOfEncoded(LPCSTR text);

START_TEST(known)
{
    static const struct { const char *text; ULONG size; BYTE id[6];
    } rows[] = { { "", 0 },
                 { "Zg", 1, "f" },
                 { "Zm8", 2, "fo" },
                 { "Zm9v", 3, "foo" },
                 { "Zm9vYg", 4, "foob" },
                 { "Zm9vYmE", 5, "fooba" },
                 { "Zm9vYmFy", 6, { 'f', 'o', 'o', 'b', 'a', 'r' } },
                 { "-_-_", 3, { 0xfb, 0xff, 0xbf } } };
    unsigned int i;
    char text[16];
    BYTE id[16];
    ULONG size;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        unit_assert_row(i, CchOfEncoding(rows[i].size) == strlen(rows[i].text) + 1);
        unit_assert_row(i, CbOfEncoded(rows[i].text) >= rows[i].size);
        unit_assert_row(i, EncodeID(rows[i].id, rows[i].size, text) == S_OK);
        unit_assert_row(i, !strcmp(text, rows[i].text));
        unit_assert_row(i, FDecodeID(rows[i].text, id, &size));
        unit_assert_row(i, size == rows[i].size && !memcmp(id, rows[i].id, size));
    }
}
END_TEST

/* Every size up to some, in as much room as is promised. */
START_TEST(back)
{
    ULONG size, length, got, i;
    BYTE *id, *back;
    char *text;

    for (size = 0; size < 300; size++)
    {
        length = CchOfEncoding(size);
        ck_assert(text = malloc(length));
        ck_assert(id = malloc(size + 1));
        for (i = 0; i < size; i++) id[i] = i * 77 + size;
        ck_assert(EncodeID(id, size, text) == S_OK);
        ck_assert(strlen(text) == length - 1);
        ck_assert(back = malloc(CbOfEncoded(text)));
        ck_assert(FDecodeID(text, back, &got));
        ck_assert(got == size && !memcmp(back, id, size));
        free(text);
        free(id);
        free(back);
    }
}
END_TEST

START_TEST(refused)
{
    static const char *const texts[] = { "A", "Zm9vY", "Zh", "Zm9", "Zm9v Zm9v", "Zg==", "+/+/", "Zm\x80v" };
    unsigned int i;
    BYTE id[16];
    ULONG size;
    char text[4];

    for (i = 0; i < ARRAY_SIZE(texts); i++)
    {
        size = 1;
        unit_assert_row(i, !FDecodeID(texts[i], id, &size));
        unit_assert_row(i, !size);
    }
    ck_assert(!FDecodeID(NULL, id, &size));
    ck_assert(!FDecodeID("Zg", NULL, &size));
    ck_assert(!FDecodeID("Zg", id, NULL));
    unit_assert_hr(EncodeID(NULL, 1, text), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(EncodeID(id, 1, NULL), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(EncodeID(id, ~0u, text), MAPI_E_INVALID_PARAMETER);
    ck_assert(!CchOfEncoding(~0u));
    ck_assert(CchOfEncoding(0xbffffffc) == 0xfffffffc);
    ck_assert(!CbOfEncoded(NULL));
}
END_TEST

Suite *encodeid_suite(void)
{
    Suite *suite = suite_create("encodeid");
    TCase *tcase = tcase_create("encodeid");

    tcase_add_test(tcase, known);
    tcase_add_test(tcase, back);
    tcase_add_test(tcase, refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
