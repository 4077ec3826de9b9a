/*
 * Units: hex.c and sz.c
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

START_TEST(decoded)
{
    static const struct { const char *text; BOOL good; ULONG size; BYTE bytes[4];
    } rows[] = { { "", TRUE, 0 },
                 { "00", TRUE, 1, { 0 } },
                 { "0aFf", TRUE, 2, { 0x0a, 0xff } },
                 { "A", FALSE, 0 },
                 { "12 ", FALSE, 1, { 0x12 } },
                 { "1g", FALSE, 0 },
                 { "g1", FALSE, 0 },
                 { "/0", FALSE, 0 },
                 { ":0", FALSE, 0 },
                 { "@0", FALSE, 0 },
                 { "G0", FALSE, 0 },
                 { "`0", FALSE, 0 },
                 { "\xb0"
                   "0",
                   FALSE, 0 },
                 { "deadBEEF", TRUE, 4, { 0xde, 0xad, 0xbe, 0xef } },
                 { "0x12", FALSE, 0 } };
    BYTE bytes[4];
    unsigned int i;
    size_t count;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        memset(bytes, 0, sizeof(bytes));
        unit_assert_row(i, FBinFromHex((char *)rows[i].text, bytes) == rows[i].good);
        unit_assert_row(i, !memcmp(bytes, rows[i].bytes, sizeof(bytes)));
        unit_assert_row(i, hex_decode(rows[i].text, bytes, 4, &count) == rows[i].good);
        unit_assert_row(i, count == rows[i].size);
        unit_assert_row(i, ScBinFromHexBounded((char *)rows[i].text, bytes, 4) ==
                        (rows[i].good ? S_OK : MAPI_E_CALL_FAILED));
    }
    ck_assert(!FBinFromHex(NULL, bytes));
    ck_assert(!FBinFromHex((char *)"00", NULL));
}
END_TEST

START_TEST(bounded)
{
    BYTE *end = unit_end_of_memory();

    memset(end - 4, 0, 4);
    unit_assert_hr(ScBinFromHexBounded((char *)"0102030405", end - 4, 4), S_OK);
    ck_assert(!memcmp(end - 4, "\1\2\3\4", 4));
    unit_assert_hr(ScBinFromHexBounded((char *)"01020304zz", end - 4, 4), S_OK);
    unit_assert_hr(ScBinFromHexBounded((char *)"010203z", end - 4, 4), MAPI_E_CALL_FAILED);
    unit_assert_hr(ScBinFromHexBounded((char *)"zz", end, 0), S_OK);
    unit_assert_hr(ScBinFromHexBounded(NULL, end, 1), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(ScBinFromHexBounded((char *)"00", NULL, 1), MAPI_E_INVALID_PARAMETER);
}
END_TEST

START_TEST(encoded)
{
    BYTE bytes[256], back[256];
    char text[513];
    unsigned int i;

    for (i = 0; i < sizeof(bytes); i++) bytes[i] = i;
    memset(text, 'x', sizeof(text));
    HexFromBin(bytes, 256, text);
    ck_assert_uint_eq(strlen(text), 512);
    ck_assert(!memcmp(text, "000102", 6) && !memcmp(text + 508, "FEFF", 5));
    ck_assert(FBinFromHex(text, back));
    ck_assert(!memcmp(bytes, back, sizeof(bytes)));
    HexFromBin(bytes, -1, text);
    ck_assert_str_eq(text, "");
    HexFromBin(NULL, 3, text);
    ck_assert_str_eq(text, "");
    HexFromBin(bytes, 3, NULL);
}
END_TEST

START_TEST(numbers)
{
    static const struct { const char *text; ULONG decimal, hex;
    } rows[] = { { "", 0, 0 },
                 { "0", 0, 0 },
                 { "55", 55, 0x55 },
                 { "5a5b", 5, 0x5a5b },
                 { "a5b5", 0, 0xa5b5 },
                 { "5g5h", 5, 5 },
                 { "g5h5", 0, 0 },
                 { " 4", 0, 0 },
                 { "-1", 0, 0 },
                 { "4294967295", 4294967295u, 0x94967295 },
                 { "4294967296", 0, 0x94967296 },
                 { "ffffffff", 0, 0xffffffff },
                 { "FfFf", 0, 0xffff },
                 { "1\xb2", 1, 1 } };
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        unit_assert_row(i, UFromSz((char *)rows[i].text) == rows[i].decimal);
        unit_assert_row(i, UlFromSzHex((char *)rows[i].text) == rows[i].hex);
    }
    ck_assert_uint_eq(UFromSz(NULL), 0);
    ck_assert_uint_eq(UlFromSzHex(NULL), 0);
}
END_TEST

START_TEST(searched)
{
    static const char text[] = "abcabc\x81" "c\x82";

    ck_assert_ptr_eq(SzFindCh((char *)text, 'b'), text + 1);
    ck_assert_ptr_eq(SzFindLastCh((char *)text, 'b'), text + 4);
    /* the second byte of two is no c */
    ck_assert_ptr_eq(SzFindLastCh((char *)text, 'c'), text + 5);
    ck_assert_ptr_eq(SzFindCh((char *)text, 'c' << 8 | 0x81), text + 6);
    ck_assert_ptr_eq(SzFindCh((char *)text, 0x82), text + 8);
    ck_assert_ptr_eq(SzFindCh((char *)"a\xe9", (USHORT)(signed char)'\xe9') - 1,
                     SzFindCh((char *)"a\xe9", 'a'));
    ck_assert_ptr_null(SzFindCh((char *)text, 0x81));
    ck_assert_ptr_null(SzFindCh((char *)text, 'd'));
    ck_assert_ptr_null(SzFindCh((char *)text, 0));
    ck_assert_ptr_null(SzFindLastCh((char *)text, 'd'));
    ck_assert_ptr_null(SzFindCh(NULL, 'd'));
    ck_assert_ptr_null(SzFindLastCh(NULL, 'd'));

    ck_assert_ptr_eq(SzFindSz((char *)text, (char *)"ca"), text + 2);
    ck_assert_ptr_eq(SzFindSz((char *)text, (char *)"abc\x81"), text + 3);
    ck_assert_ptr_null(SzFindSz((char *)text, (char *)"C"));
    ck_assert_ptr_null(SzFindSz((char *)text, (char *)"c\x82"));
    ck_assert_ptr_null(SzFindSz((char *)text, (char *)""));
    ck_assert_ptr_null(SzFindSz((char *)text, NULL));
    ck_assert_ptr_null(SzFindSz(NULL, (char *)"a"));
    ck_assert_ptr_null(SzFindSz((char *)"a", (char *)"aa"));
}
END_TEST

ULONG WINAPI CbOfEncoded(LPCSTR text);
void WINAPI SwapPlong(ULONG *values, ULONG count);
void WINAPI SwapPword(USHORT *values, ULONG count);

START_TEST(swapped)
{
    ULONG longs[] = { 0x01020304, 0xff000000, 0x12345678 };
    USHORT words[] = { 0x0102, 0xff00, 0x1234 };

    SwapPlong(longs, 2);
    ck_assert(longs[0] == 0x04030201 && longs[1] == 0xff && longs[2] == 0x12345678);
    SwapPword(words, 2);
    ck_assert(words[0] == 0x0201 && words[1] == 0xff && words[2] == 0x1234);
    SwapPlong(NULL, 2);
    SwapPword(NULL, 2);
    ck_assert_uint_eq(CbOfEncoded(""), 3);
    ck_assert_uint_eq(CbOfEncoded("123"), 3);
    ck_assert_uint_eq(CbOfEncoded("1234"), 6);
    ck_assert_uint_eq(CbOfEncoded(NULL), 0);
}
END_TEST

Suite *hex_suite(void)
{
    Suite *suite = suite_create("hex");
    TCase *tcase = tcase_create("hex");

    tcase_add_test(tcase, decoded);
    tcase_add_test(tcase, bounded);
    tcase_add_test(tcase, encoded);
    tcase_add_test(tcase, numbers);
    tcase_add_test(tcase, searched);
    tcase_add_test(tcase, swapped);
    suite_add_tcase(suite, tcase);
    return suite;
}
