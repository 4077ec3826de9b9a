/*
 * Units: filetime.c
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

static FILETIME ft(ULONGLONG n)
{
    FILETIME ret = { n, n >> 32 };

    return ret;
}

static ULONGLONG number(FILETIME ft)
{
    return (ULONGLONG)ft.dwHighDateTime << 32 | ft.dwLowDateTime;
}

FILETIME WINAPI FtAdcFt(FILETIME a, FILETIME b, WORD *carry);
FILETIME WINAPI FtDivFtBogus(FILETIME dividend, FILETIME reciprocal, CHAR shift);

START_TEST(arithmetic)
{
    static const ULONGLONG values[] = { 0,
                                        1,
                                        0x7fffffff,
                                        0xffffffff,
                                        0x100000000,
                                        0x123456789abcdef0,
                                        0x7fffffffffffffff,
                                        0x8000000000000000,
                                        0xffffffffffffffff };
    unsigned int i, j;
    WORD carry, in;

    for (i = 0; i < ARRAY_SIZE(values); i++)
    {
        const ULONGLONG a = values[i];

        unit_assert_row(i, number(FtNegFt(ft(a))) == -a);
        for (j = 0; j < ARRAY_SIZE(values); j++)
        {
            const ULONGLONG b = values[j];

            unit_assert_row(i, number(FtAddFt(ft(a), ft(b))) == a + b);
            unit_assert_row(i, number(FtSubFt(ft(a), ft(b))) == a - b);
            unit_assert_row(i, number(FtMulDw((DWORD)a, ft(b))) == (DWORD)a * b);
            unit_assert_row(i, number(FtMulDwDw((DWORD)a, (DWORD)b))
                                   == (ULONGLONG)(DWORD)a * (DWORD)b);
            unit_assert_row(i, number(FtAdcFt(ft(a), ft(b), NULL)) == a + b);
            for (in = 0; in < 64; in++)
            {
                const unsigned __int128 product = (unsigned __int128)a * b >> 64;

                unit_assert_row(i, number(FtDivFtBogus(ft(a), ft(b), in))
                                       == (ULONGLONG)(product >> in));
            }
            unit_assert_row(i, !number(FtDivFtBogus(ft(a), ft(b), 64)));
            unit_assert_row(i, !number(FtDivFtBogus(ft(a), ft(b), -1)));
            for (in = 0; in < 2; in++)
            {
                const unsigned __int128 sum = (unsigned __int128)a + b + in;

                carry = in;
                unit_assert_row(i, number(FtAdcFt(ft(a), ft(b), &carry)) == (ULONGLONG)sum);
                unit_assert_row(i, carry == (WORD)(sum >> 64));
            }
        }
    }
}
END_TEST

/* As it is used: milliseconds and days of a count, by reciprocals rounded up. */
START_TEST(divided)
{
    static const ULONGLONG counts[] = { 0, 9999, 10000, 10001, 0xffffffff, 0x01d5c0ffee000000,
                                        0x7fffffffffffffff };
    static const struct { ULONGLONG divisor; CHAR shift;
    } rows[] = { { 10000, 13 }, { 10000000, 23 }, { 86400000, 26 } };
    unsigned __int128 reciprocal;
    unsigned int i, j;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        reciprocal = (((unsigned __int128)1 << (64 + rows[i].shift)) + rows[i].divisor - 1)
                     / rows[i].divisor;
        ck_assert(!(reciprocal >> 64));
        for (j = 0; j < ARRAY_SIZE(counts); j++)
            unit_assert_row(j, number(FtDivFtBogus(ft(counts[j]), ft(reciprocal), rows[i].shift))
                                   == counts[j] / rows[i].divisor);
    }
}
END_TEST

Suite *filetime_suite(void)
{
    Suite *suite = suite_create("filetime");
    TCase *tcase = tcase_create("filetime");

    tcase_add_test(tcase, arithmetic);
    tcase_add_test(tcase, divided);
    suite_add_tcase(suite, tcase);
    return suite;
}
