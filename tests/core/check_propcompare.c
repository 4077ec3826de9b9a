/*
 * Units: propcompare.c
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

#define TAG(type) PROP_TAG(type, 1)

static LONG one_two[] = { 1, 2 }, one_three[] = { 1, 3 };
static GUID guid_a = { 1 }, guid_b = { 2 };

/* a is less than b */
static const struct
{
    SPropValue a;
    SPropValue b;
} ordered[] =
{
    { { .ulPropTag = TAG(PT_I2), .Value.i = -1 }, { .ulPropTag = TAG(PT_I2), .Value.i = 1 } },
    { { .ulPropTag = TAG(PT_LONG), .Value.l = MINLONG }, { .ulPropTag = TAG(PT_LONG), .Value.l = MAXLONG } },
    { { .ulPropTag = TAG(PT_R4), .Value.flt = -1.5f }, { .ulPropTag = TAG(PT_R4), .Value.flt = -1.25f } },
    { { .ulPropTag = TAG(PT_DOUBLE), .Value.dbl = 1 }, { .ulPropTag = TAG(PT_DOUBLE), .Value.dbl = 1.0001 } },
    { { .ulPropTag = TAG(PT_APPTIME), .Value.at = 1 }, { .ulPropTag = TAG(PT_APPTIME), .Value.at = 2 } },
    { { .ulPropTag = TAG(PT_CURRENCY), .Value.cur.int64 = -1 }, { .ulPropTag = TAG(PT_CURRENCY), .Value.cur.int64 = 1 } },
    { { .ulPropTag = TAG(PT_I8), .Value.li.QuadPart = -1ll << 40 }, { .ulPropTag = TAG(PT_I8), .Value.li.QuadPart = 0 } },
    { { .ulPropTag = TAG(PT_SYSTIME), .Value.ft = { 9, 1 }}, { .ulPropTag = TAG(PT_SYSTIME), .Value.ft = { 1, 0x80000000 }} },
    { { .ulPropTag = TAG(PT_ERROR), .Value.err = MAPI_E_NOT_FOUND }, { .ulPropTag = TAG(PT_ERROR), .Value.err = S_OK } },
    { { .ulPropTag = TAG(PT_BOOLEAN), .Value.b = 0 }, { .ulPropTag = TAG(PT_BOOLEAN), .Value.b = 7 } },
    { { .ulPropTag = TAG(PT_CLSID), .Value.lpguid = &guid_a }, { .ulPropTag = TAG(PT_CLSID), .Value.lpguid = &guid_b } },
    { { .ulPropTag = TAG(PT_CLSID) }, { .ulPropTag = TAG(PT_CLSID), .Value.lpguid = &guid_b } },
    { { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"ab" }, { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"AC" } },
    { { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"ab" }, { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"Ab" } },
    { { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"" }, { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"a" } },
    { { .ulPropTag = TAG(PT_STRING8) }, { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"" } },
    { { .ulPropTag = TAG(PT_UNICODE), .Value.lpszW = (WCHAR *)u"b" }, { .ulPropTag = TAG(PT_UNICODE), .Value.lpszW = (WCHAR *)u"C" } },
    { { .ulPropTag = TAG(PT_UNICODE) }, { .ulPropTag = TAG(PT_UNICODE), .Value.lpszW = (WCHAR *)u"" } },
    { { .ulPropTag = TAG(PT_BINARY), .Value.bin = { 2, (BYTE *)"ab" }}, { .ulPropTag = TAG(PT_BINARY), .Value.bin = { 3, (BYTE *)"abc" }} },
    { { .ulPropTag = TAG(PT_BINARY), .Value.bin = { 2, (BYTE *)"\x7f" }}, { .ulPropTag = TAG(PT_BINARY), .Value.bin = { 1, (BYTE *)"\x80" }} },
    { { .ulPropTag = TAG(PT_BINARY), .Value.bin = { 9, NULL }}, { .ulPropTag = TAG(PT_BINARY), .Value.bin = { 1, (BYTE *)"" }} },
    { { .ulPropTag = TAG(PT_MV_LONG), .Value.MVl = { 2, one_two }}, { .ulPropTag = TAG(PT_MV_LONG), .Value.MVl = { 2, one_three }} },
    { { .ulPropTag = TAG(PT_MV_LONG), .Value.MVl = { 1, one_three }}, { .ulPropTag = TAG(PT_MV_LONG), .Value.MVl = { 2, one_two }} },
    { { .ulPropTag = TAG(PT_LONG), .Value.l = 9 }, { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"" } }
};

START_TEST(order)
{
    SPropValue a, b;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(ordered); i++)
    {
        a = ordered[i].a;
        b = ordered[i].b;
        unit_assert_row(i, LPropCompareProp(&a, &b) == -1);
        unit_assert_row(i, LPropCompareProp(&b, &a) == 1);
        unit_assert_row(i, LPropCompareProp(&a, &a) == 0);
        unit_assert_row(i, LPropCompareProp(&b, &b) == 0);
    }
    for (i = 0; i < sample_count; i++)
        unit_assert_row(i, LPropCompareProp((SPropValue *)&sample_props[i],
                                            (SPropValue *)&sample_props[i])
                               == 0);
    ck_assert_int_eq(LPropCompareProp(NULL, NULL), 0);
    ck_assert_int_eq(LPropCompareProp(NULL, &a), -1);
    ck_assert_int_eq(LPropCompareProp(&a, NULL), 1);
}
END_TEST

START_TEST(operators)
{
    static const struct { ULONG relop; BOOL less, equal, greater; } rows[] =
    {
        { RELOP_LT, TRUE, FALSE, FALSE }, { RELOP_LE, TRUE, TRUE, FALSE }, { RELOP_GT, FALSE, FALSE, TRUE },
        { RELOP_GE, FALSE, TRUE, TRUE }, { RELOP_EQ, FALSE, TRUE, FALSE }, { RELOP_NE, TRUE, FALSE, TRUE },
        { RELOP_RE + 1, FALSE, FALSE, FALSE }, { 0xffffffff, FALSE, FALSE, FALSE }
    };
    SPropValue a, b;
    unsigned int i, j;

    for (i = 0; i < ARRAY_SIZE(ordered); i++)
    {
        a = ordered[i].a;
        b = ordered[i].b;
        for (j = 0; j < ARRAY_SIZE(rows); j++)
        {
            const BOOL same = PROP_TYPE(a.ulPropTag) == PROP_TYPE(b.ulPropTag);

            unit_assert_row(i, FPropCompareProp(&a, rows[j].relop, &b) == (same && rows[j].less));
            unit_assert_row(i, FPropCompareProp(&a, rows[j].relop, &a) == rows[j].equal);
            unit_assert_row(i,
                            FPropCompareProp(&b, rows[j].relop, &a) == (same && rows[j].greater));
        }
    }
    ck_assert(!FPropCompareProp(NULL, RELOP_EQ, &a));
    ck_assert(!FPropCompareProp(&a, RELOP_EQ, NULL));
}
END_TEST

START_TEST(patterns)
{
    SPropValue a = { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"subject: x" };
    SPropValue b = { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = (char *)"^sub.*x$" };

    ck_assert(FPropCompareProp(&a, RELOP_RE, &b));
    ck_assert(!FPropCompareProp(&b, RELOP_RE, &a));
    a.ulPropTag = b.ulPropTag = TAG(PT_UNICODE);
    a.Value.lpszW = (WCHAR *)u"aab";
    b.Value.lpszW = (WCHAR *)u"a+b";
    ck_assert(FPropCompareProp(&a, RELOP_RE, &b));
    b.Value.lpszW = NULL;
    ck_assert(!FPropCompareProp(&a, RELOP_RE, &b));
    a.ulPropTag = b.ulPropTag = TAG(PT_LONG);
    ck_assert(!FPropCompareProp(&a, RELOP_RE, &a));
}
END_TEST

static const struct
{
    const char *text;
    const char *part;
    ULONG fuzzy;
    BOOL string;
    BOOL binary;
} contained[] =
{
    { "abc", "abc", FL_FULLSTRING, TRUE, TRUE },
    { "abc", "ab", FL_FULLSTRING, FALSE, FALSE },
    { "abc", "ab", FL_PREFIX, TRUE, TRUE },
    { "abc", "bc", FL_PREFIX, FALSE, FALSE },
    { "abc", "bc", FL_SUBSTRING, TRUE, TRUE },
    { "abc", "abcd", FL_SUBSTRING, FALSE, FALSE },
    { "abc", "", FL_SUBSTRING, TRUE, TRUE },
    { "abc", "", FL_PREFIX, TRUE, TRUE },
    { "abc", "", FL_FULLSTRING, FALSE, FALSE },
    { "", "", FL_FULLSTRING, TRUE, TRUE },
    { "aab", "ab", FL_SUBSTRING, TRUE, TRUE },
    { "ABC", "bc", FL_SUBSTRING, FALSE, FALSE },
    { "ABC", "bc", FL_SUBSTRING | FL_IGNORECASE, TRUE, FALSE },
    { "ABC", "bc", FL_SUBSTRING | FL_LOOSE, TRUE, FALSE },
    { "ABC", "bc", FL_SUBSTRING | FL_IGNORENONSPACE, FALSE, FALSE },
    { "ABC", "abc", FL_FULLSTRING | FL_IGNORECASE, TRUE, FALSE },
    { "ABC", "ab", FL_PREFIX | FL_IGNORECASE, TRUE, FALSE },
    { "d\xe9j\xe0", "deja", FL_FULLSTRING | FL_IGNORENONSPACE, TRUE, FALSE },
    { "d\xe9j\xe0", "DEJA", FL_FULLSTRING | FL_IGNORENONSPACE, FALSE, FALSE },
    { "d\xe9j\xe0", "DEJ", FL_PREFIX | FL_LOOSE, TRUE, FALSE },
    { "d\xe9j\xe0", "D\xc9J", FL_PREFIX | FL_IGNORECASE, TRUE, FALSE },
    { "d\xe9j\xe0", "DEJ", FL_PREFIX | FL_IGNORECASE, FALSE, FALSE },
    /* invalid: exact match of the whole */
    { "ABC", "abc", 3 | FL_IGNORECASE, FALSE, FALSE },
    { "abc", "abc", 3 | FL_IGNORECASE, TRUE, TRUE },
    { "abc", "ab", 0xffff, FALSE, FALSE },
    { "abc", "ab", FL_PREFIX | 0x80000000, FALSE, TRUE },
    { "abc", "abc", FL_PREFIX | 0x80000000, TRUE, TRUE }
};

START_TEST(containment)
{
    SPropValue a, b;
    WCHAR *wide_a, *wide_b;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(contained); i++)
    {
        a.ulPropTag = b.ulPropTag = TAG(PT_STRING8);
        a.Value.lpszA = (char *)contained[i].text;
        b.Value.lpszA = (char *)contained[i].part;
        unit_assert_row(i, FPropContainsProp(&a, &b, contained[i].fuzzy) == contained[i].string);

        a.ulPropTag = b.ulPropTag = TAG(PT_UNICODE);
        a.Value.lpszW = wide_a = text_from_ansi(contained[i].text);
        b.Value.lpszW = wide_b = text_from_ansi(contained[i].part);
        unit_assert_row(i, prop_contains(&a, &b, contained[i].fuzzy, NULL) == contained[i].string);
        unit_assert_row(i, !FPropContainsProp(&a, &b, contained[i].fuzzy));
        platform_free(wide_a);
        platform_free(wide_b);

        a.ulPropTag = b.ulPropTag = TAG(PT_BINARY);
        a.Value.bin.lpb = (BYTE *)contained[i].text;
        a.Value.bin.cb = strlen(contained[i].text);
        b.Value.bin.lpb = (BYTE *)contained[i].part;
        b.Value.bin.cb = strlen(contained[i].part);
        unit_assert_row(i, FPropContainsProp(&a, &b, contained[i].fuzzy) == contained[i].binary);
    }
    a.Value.bin.lpb = NULL;
    ck_assert(!FPropContainsProp(&a, &b, FL_SUBSTRING));
    a.ulPropTag = TAG(PT_STRING8);
    a.Value.lpszA = (char *)"";
    ck_assert(!FPropContainsProp(&a, &b, FL_SUBSTRING));
    b = a;
    b.Value.lpszA = NULL;
    ck_assert(!FPropContainsProp(&a, &b, FL_SUBSTRING));
    ck_assert(!FPropContainsProp(NULL, &b, FL_SUBSTRING));
    ck_assert(!FPropContainsProp(&a, NULL, FL_SUBSTRING));
    for (i = 0; i < sample_count; i++)
    {
        ULONG type = PROP_TYPE(sample_props[i].ulPropTag);

        unit_assert_row(i, FPropContainsProp((SPropValue *)&sample_props[i],
                                             (SPropValue *)&sample_props[i], 0)
                               == (type == PT_STRING8 || type == PT_BINARY));
    }
}
END_TEST

START_TEST(names)
{
    MAPINAMEID a = { &guid_a, MNID_ID, { 5 } }, b = a;
    GUID same_guid = guid_a;

    b.lpguid = &same_guid;
    ck_assert(FEqualNames(&a, &b));
    b.Kind.lID = 6;
    ck_assert(!FEqualNames(&a, &b));
    b.Kind.lID = 5;
    b.lpguid = &guid_b;
    ck_assert(!FEqualNames(&a, &b));
    b.lpguid = NULL;
    ck_assert(!FEqualNames(&a, &b));
    b.lpguid = &guid_a;
    b.ulKind = MNID_STRING;
    b.Kind.lpwstrName = (WCHAR *)u"5";
    ck_assert(!FEqualNames(&a, &b));
    a = b;
    ck_assert(FEqualNames(&a, &b));
    a.Kind.lpwstrName = (WCHAR *)u"Name";
    b.Kind.lpwstrName = (WCHAR *)u"name";
    ck_assert(!FEqualNames(&a, &b));
    b.Kind.lpwstrName = (WCHAR *)u"Names";
    ck_assert(!FEqualNames(&a, &b));
    b.Kind.lpwstrName = NULL;
    ck_assert(!FEqualNames(&a, &b));
    a.ulKind = b.ulKind = 2;
    ck_assert(!FEqualNames(&a, &a));
    ck_assert(!FEqualNames(NULL, &a));
    ck_assert(!FEqualNames(&a, NULL));
}
END_TEST

static char long_a[600], long_b[600];

static void compare_long(void *context)
{
    SPropValue a = { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = long_a };
    SPropValue b = { .ulPropTag = TAG(PT_STRING8), .Value.lpszA = long_b };

    ck_assert_int_ne(LPropCompareProp(&a, &b), 0);
    FPropContainsProp(&a, &b, FL_SUBSTRING | FL_LOOSE);
    FPropCompareProp(&a, RELOP_RE, &b);
}

START_TEST(failures)
{
    memset(long_a, 0xe4, sizeof(long_a) - 1);
    memset(long_b, 0xe4, sizeof(long_b) - 2);
    unit_fail_each_quietly(compare_long, NULL);
}
END_TEST

Suite *propcompare_suite(void)
{
    Suite *suite = suite_create("propcompare");
    TCase *tcase = tcase_create("propcompare");

    tcase_add_test(tcase, order);
    tcase_add_test(tcase, operators);
    tcase_add_test(tcase, patterns);
    tcase_add_test(tcase, containment);
    tcase_add_test(tcase, names);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
