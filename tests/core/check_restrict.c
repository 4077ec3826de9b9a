/*
 * Units of restrict.c
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

#define T_LONG  PROP_TAG(PT_LONG, 0x10)
#define T_TEXT  PROP_TAG(PT_STRING8, 0x11)
#define T_WIDE  PROP_TAG(PT_UNICODE, 0x12)
#define T_BIN   PROP_TAG(PT_BINARY, 0x13)
#define T_MVL   PROP_TAG(PT_MV_LONG, 0x14)
#define T_MVT   PROP_TAG(PT_MV_STRING8, 0x15)
#define T_BAD   PROP_TAG(PT_LONG, 0x16)
#define T_NONE  PROP_TAG(PT_LONG, 0x17)
#define T_TEXT2 PROP_TAG(PT_STRING8, 0x18)
#define T_BOOL  PROP_TAG(PT_BOOLEAN, 0x19)

static LONG longs[] = { 3, 5, 8 };
static char *texts[] = { (char *)"Red", (char *)"green" };

static const SPropValue row[] =
{
    { .ulPropTag = T_LONG, .Value.l = 6 },
    { .ulPropTag = T_TEXT, .Value.lpszA = (char *)"Hello W\xf6rld" },
    { .ulPropTag = T_WIDE, .Value.lpszW = (WCHAR *)u"Hello W\xf6rld" },
    { .ulPropTag = T_BIN, .Value.bin = { 4, (BYTE *)"\1\2\0\3" }},
    { .ulPropTag = T_MVL, .Value.MVl = { 3, longs }},
    { .ulPropTag = T_MVT, .Value.MVszA = { 2, texts }},
    { .ulPropTag = CHANGE_PROP_TYPE(T_BAD, PT_ERROR), .Value.err = MAPI_E_NO_ACCESS },
    { .ulPropTag = T_TEXT2, .Value.lpszA = (char *)"Hello" },
    { .ulPropTag = T_BOOL, .Value.b = TRUE }
};

static BOOL matches(const SRestriction *res)
{
    SRestriction *copy;
    BOOL ret;

    /* A copy matches alike, and is one block that holds all of it. */
    unit_assert_hr(restriction_check(res), S_OK);
    unit_assert_hr(restriction_copy(&memory_allocators, res, &copy), S_OK);
    ret = restriction_match(copy, ARRAY_SIZE(row), row);
    ck_assert(ret == restriction_match(res, ARRAY_SIZE(row), row));
    memory_free_buffer(copy);
    ck_assert_uint_eq(unit_live_blocks(), 0);
    return ret;
}

static SRestriction compare(ULONG tag, ULONG relop, SPropValue *value)
{
    return (SRestriction){ RES_PROPERTY, .res.resProperty = { relop, tag, value }};
}

static SRestriction content(ULONG tag, ULONG fuzzy, SPropValue *value)
{
    return (SRestriction){ RES_CONTENT, .res.resContent = { fuzzy, tag, value }};
}

START_TEST(relations)
{
    static const struct
    {
        ULONG relop;
        BOOL less, equal, greater;      /* with a constant that is less than the value, and so on */
    } rows[] = { { RELOP_LT, FALSE, FALSE, TRUE }, { RELOP_LE, FALSE, TRUE, TRUE },
                 { RELOP_GT, TRUE, FALSE, FALSE }, { RELOP_GE, TRUE, TRUE, FALSE },
                 { RELOP_EQ, FALSE, TRUE, FALSE }, { RELOP_NE, TRUE, FALSE, TRUE } };
    SPropValue value = { .ulPropTag = T_LONG };
    SRestriction res;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        res = compare(T_LONG, rows[i].relop, &value);
        value.Value.l = 5;
        unit_assert_row(i, matches(&res) == rows[i].less);
        value.Value.l = 6;
        unit_assert_row(i, matches(&res) == rows[i].equal);
        value.Value.l = 7;
        unit_assert_row(i, matches(&res) == rows[i].greater);
        /* what is missing or in error fails every test */
        res = compare(T_NONE, rows[i].relop, &value);
        unit_assert_row(i, !matches(&res));
        res = compare(T_BAD, rows[i].relop, &value);
        unit_assert_row(i, !matches(&res));
    }
    /* a property of another type is not this one */
    value.ulPropTag = PROP_TAG(PT_I8, PROP_ID(T_LONG));
    res = compare(value.ulPropTag, RELOP_NE, &value);
    ck_assert(!matches(&res));
}
END_TEST

START_TEST(widths)
{
    SPropValue narrow = { .ulPropTag = T_TEXT, .Value.lpszA = (char *)"Hello W\xf6rld" };
    SPropValue wide = { .ulPropTag = T_WIDE, .Value.lpszW = (WCHAR *)u"Hello W\xf6rld" };
    static char text[2000];
    SRestriction res;

    res = compare(T_TEXT, RELOP_EQ, &narrow);
    ck_assert(matches(&res));
    res = compare(T_TEXT, RELOP_EQ, &wide);
    ck_assert(matches(&res));
    res = compare(T_WIDE, RELOP_EQ, &narrow);
    ck_assert(matches(&res));
    res = compare(CHANGE_PROP_TYPE(T_TEXT, PT_UNICODE), RELOP_EQ, &wide);
    ck_assert(matches(&res));
    res = content(CHANGE_PROP_TYPE(T_WIDE, PT_STRING8), FL_PREFIX, &narrow);
    ck_assert(matches(&res));
    /* too long for the stack */
    memset(text, 'H', sizeof(text) - 1);
    narrow.Value.lpszA = text;
    res = compare(T_WIDE, RELOP_EQ, &narrow);
    ck_assert(!matches(&res));
}
END_TEST

START_TEST(contents)
{
    static const struct
    {
        const char *part;
        ULONG fuzzy;
        BOOL matches;
    } rows[] = { { "Hello W\xf6rld", FL_FULLSTRING, TRUE },
                 { "Hello", FL_FULLSTRING, FALSE },
                 { "hello w\xf6rld", FL_FULLSTRING, FALSE },
                 { "hello w\xd6RLD", FL_FULLSTRING | FL_IGNORECASE, TRUE },
                 { "Hello", FL_PREFIX, TRUE },
                 { "ello", FL_PREFIX, FALSE },
                 { "HELLO", FL_PREFIX | FL_IGNORECASE, TRUE },
                 { "ello", FL_SUBSTRING, TRUE },
                 { "w\xf6r", FL_SUBSTRING, FALSE },
                 { "w\xf6r", FL_SUBSTRING | FL_IGNORECASE, TRUE },
                 { "World", FL_SUBSTRING, FALSE },
                 { "World", FL_SUBSTRING | FL_IGNORENONSPACE, TRUE },
                 { "world", FL_SUBSTRING | FL_IGNORENONSPACE, FALSE },
                 { "world", FL_SUBSTRING | FL_LOOSE, TRUE },
                 { "", FL_PREFIX, TRUE },
                 { "", FL_SUBSTRING, TRUE },
                 { "", FL_FULLSTRING, FALSE } };
    SPropValue value = { .ulPropTag = T_TEXT }, binary = { .ulPropTag = T_BIN };
    SRestriction res;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
    {
        value.Value.lpszA = (char *)rows[i].part;
        res = content(T_TEXT, rows[i].fuzzy, &value);
        unit_assert_row(i, matches(&res) == rows[i].matches);
        res = content(T_WIDE, rows[i].fuzzy, &value);
        unit_assert_row(i, matches(&res) == rows[i].matches);
    }
    binary.Value.bin.cb = 2;
    binary.Value.bin.lpb = (BYTE *)"\1\2";
    res = content(T_BIN, FL_PREFIX, &binary);
    ck_assert(matches(&res));
    binary.Value.bin.lpb = (BYTE *)"\0\3";
    ck_assert(!matches(&res));
    res = content(T_BIN, FL_SUBSTRING, &binary);
    ck_assert(matches(&res));
    res = content(T_BIN, FL_FULLSTRING, &binary);
    ck_assert(!matches(&res));
}
END_TEST

START_TEST(multiple_values)
{
    static LONG same[] = { 3, 5, 8 }, shorter[] = { 3, 5 }, other[] = { 3, 6, 1 };
    SPropValue value = { .ulPropTag = PROP_TAG(PT_LONG, PROP_ID(T_MVL)), .Value.l = 5 };
    SPropValue list = { .ulPropTag = T_MVL, .Value.MVl = { 3, same }};
    SPropValue text = { .ulPropTag = PROP_TAG(PT_STRING8, PROP_ID(T_MVT)),
                        .Value.lpszA = (char *)"ree" };
    SRestriction res;

    /* any of the values, with and without the flag of instances */
    res = compare(T_MVL, RELOP_EQ, &value);
    ck_assert(matches(&res));
    res = compare(T_MVL | MVI_FLAG, RELOP_EQ, &value);
    ck_assert(matches(&res));
    value.Value.l = 4;
    ck_assert(!matches(&res));
    res = compare(T_MVL, RELOP_GT, &value);
    ck_assert(matches(&res));
    res = content(T_MVT, FL_SUBSTRING, &text);
    ck_assert(matches(&res));
    res = content(T_MVT, FL_PREFIX, &text);
    ck_assert(!matches(&res));

    /* value by value, in order */
    res = compare(T_MVL, RELOP_EQ, &list);
    ck_assert(matches(&res));
    list.Value.MVl.lpl = other;
    ck_assert(!matches(&res));
    res = compare(T_MVL, RELOP_LT, &list);
    ck_assert(matches(&res));
    list.Value.MVl.cValues = 2;
    list.Value.MVl.lpl = shorter;
    ck_assert(!matches(&res));
    res = compare(T_MVL, RELOP_GT, &list);
    ck_assert(matches(&res));
}
END_TEST

START_TEST(patterns)
{
    SPropValue value = { .ulPropTag = T_TEXT, .Value.lpszA = (char *)"^H.*o" };
    SRestriction res = compare(T_TEXT, RELOP_RE, &value);

    ck_assert(matches(&res));
    res = compare(T_WIDE, RELOP_RE, &value);
    ck_assert(matches(&res));
    value.Value.lpszA = (char *)"^W";
    ck_assert(!matches(&res));
}
END_TEST

START_TEST(others)
{
    SRestriction res;

    /* two properties of the row */
    res = (SRestriction){ RES_COMPAREPROPS, .res.resCompareProps = { RELOP_GT, T_TEXT, T_TEXT2 }};
    ck_assert(matches(&res));
    res.res.resCompareProps.ulPropTag1 = T_WIDE;
    ck_assert(matches(&res));
    res.res.resCompareProps.relop = RELOP_LT;
    ck_assert(!matches(&res));
    res.res.resCompareProps.ulPropTag2 = CHANGE_PROP_TYPE(T_NONE, PT_STRING8);
    ck_assert(!matches(&res));

    /* bits of 6 */
    res = (SRestriction){ RES_BITMASK, .res.resBitMask = { BMR_NEZ, T_LONG, 4 }};
    ck_assert(matches(&res));
    res.res.resBitMask.ulMask = 9;
    ck_assert(!matches(&res));
    res.res.resBitMask.relBMR = BMR_EQZ;
    ck_assert(matches(&res));
    res.res.resBitMask.ulPropTag = T_NONE;
    ck_assert(!matches(&res));

    /* sizes */
    res = (SRestriction){ RES_SIZE, .res.resSize = { RELOP_EQ, T_BIN, 4 }};
    ck_assert(matches(&res));
    res.res.resSize.relop = RELOP_GT;
    ck_assert(!matches(&res));
    res.res.resSize.cb = 3;
    ck_assert(matches(&res));
    res.res.resSize.relop = RELOP_LE;
    ck_assert(!matches(&res));
    res.res.resSize.relop = RELOP_GE;
    ck_assert(matches(&res));
    res.res.resSize.relop = RELOP_NE;
    ck_assert(matches(&res));
    res.res.resSize.relop = RELOP_LT;
    ck_assert(!matches(&res));
    res.res.resSize.ulPropTag = T_NONE;
    ck_assert(!matches(&res));

    /* existence, of any type where none is named */
    res = (SRestriction){ RES_EXIST, .res.resExist = { 0, T_LONG, 0 }};
    ck_assert(matches(&res));
    res.res.resExist.ulPropTag = PROP_TAG(PT_UNSPECIFIED, PROP_ID(T_LONG));
    ck_assert(matches(&res));
    res.res.resExist.ulPropTag = CHANGE_PROP_TYPE(T_TEXT, PT_UNICODE);
    ck_assert(matches(&res));
    res.res.resExist.ulPropTag = CHANGE_PROP_TYPE(T_LONG, PT_I8);
    ck_assert(!matches(&res));
    res.res.resExist.ulPropTag = T_BAD;
    ck_assert(!matches(&res));
    res.res.resExist.ulPropTag = T_NONE;
    ck_assert(!matches(&res));
}
END_TEST

START_TEST(joined)
{
    SPropValue value = { .ulPropTag = T_LONG, .Value.l = 6 }, note = { .ulPropTag = T_NONE };
    SRestriction parts[3], res, inner;

    parts[0] = compare(T_LONG, RELOP_EQ, &value);
    parts[1] = compare(T_NONE, RELOP_EQ, &value);
    parts[2] = parts[0];
    res = (SRestriction){ RES_AND, .res.resAnd = { 3, parts }};
    ck_assert(!matches(&res));
    res.rt = RES_OR;
    ck_assert(matches(&res));
    parts[0] = parts[2] = parts[1];
    ck_assert(!matches(&res));
    parts[1] = (SRestriction){ RES_NOT, .res.resNot = { 0, &parts[0] }};
    ck_assert(matches(&res));
    res.res.resOr.cRes = 0;
    res.res.resOr.lpRes = NULL;
    ck_assert(!matches(&res));
    res.rt = RES_AND;
    ck_assert(matches(&res));

    inner = compare(T_LONG, RELOP_EQ, &value);
    res = (SRestriction){ RES_COMMENT, .res.resComment = { 1, &inner, &note }};
    ck_assert(matches(&res));
    res.rt = RES_ANNOTATION;
    ck_assert(matches(&res));
    value.Value.l = 7;
    ck_assert(!matches(&res));
    res.res.resComment.lpRes = NULL;
    ck_assert(matches(&res));
    res = (SRestriction){ RES_COUNT, .res.resCount = { 1, &inner }};
    ck_assert(!matches(&res));
    value.Value.l = 6;
    ck_assert(matches(&res));
    ck_assert(restriction_uses(&res, RES_PROPERTY) && restriction_uses(&res, RES_COUNT));
    ck_assert(!restriction_uses(&res, RES_NOT));
    res.res.resCount.ulCount = 0;
    ck_assert(!matches(&res));
}
END_TEST

static BOOL any_recipient(void *context, ULONG sub_object, const SRestriction *restriction)
{
    *(ULONG *)context = sub_object;
    return restriction_match(restriction, ARRAY_SIZE(row), row);
}

START_TEST(sub_objects)
{
    SPropValue value = { .ulPropTag = T_LONG, .Value.l = 6 };
    SRestriction inner = compare(T_LONG, RELOP_EQ, &value);
    SRestriction res = { RES_SUBRESTRICTION, .res.resSub = { PR_MESSAGE_RECIPIENTS, &inner }};
    ULONG asked = 0;

    ck_assert(!matches(&res));
    ck_assert(restriction_match_object(&res, 0, NULL, any_recipient, &asked));
    ck_assert_uint_eq(asked, PR_MESSAGE_RECIPIENTS);
    value.Value.l = 7;
    ck_assert(!restriction_match_object(&res, 0, NULL, any_recipient, &asked));
    res.res.resSub.ulSubObject = PR_MESSAGE_ATTACHMENTS;
    unit_assert_hr(restriction_check(&res), S_OK);
    res.res.resSub.ulSubObject = T_LONG;
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res.res.resSub.ulSubObject = PR_MESSAGE_ATTACHMENTS;
    res.res.resSub.lpRes = NULL;
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
}
END_TEST

START_TEST(refused)
{
    SPropValue value = { .ulPropTag = T_LONG, .Value.l = 6 }, text = { .ulPropTag = T_TEXT };
    SRestriction inner = compare(T_LONG, RELOP_EQ, &value), res, *copy = &inner;

    unit_assert_hr(restriction_check(NULL), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(restriction_copy(&memory_allocators, NULL, &copy), MAPI_E_INVALID_PARAMETER);
    ck_assert_ptr_null(copy);
    res = (SRestriction){ 13 };
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res.rt = 0xffffffff;
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);

    /* values that are not there or do not fit */
    res = compare(T_LONG, RELOP_EQ, NULL);
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
    res = compare(T_TEXT, RELOP_EQ, &text);
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
    res = compare(T_TEXT, RELOP_EQ, &value);
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = compare(T_LONG, RELOP_RE + 1, &value);
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = compare(T_LONG, RELOP_RE, &value);
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    value.ulPropTag = PROP_TAG(0x999, 0x10);
    res = compare(PROP_TAG(0x999, 0x10), RELOP_EQ, &value);
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    value.ulPropTag = T_LONG;
    res = content(T_LONG, FL_FULLSTRING, &value);
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    text.Value.lpszA = (char *)"x";
    res = content(T_TEXT, FL_SUBSTRING | FL_PREFIX, &text);
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = content(T_TEXT, FL_FULLSTRING | 0x80000000, &text);
    unit_assert_hr(restriction_check(&res), S_OK);
    res = content(T_LONG, FL_FULLSTRING, &text);
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = (SRestriction){ RES_COMPAREPROPS, .res.resCompareProps = { RELOP_EQ, T_TEXT, T_LONG }};
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = (SRestriction){ RES_COMPAREPROPS, .res.resCompareProps = { RELOP_RE, T_LONG, T_NONE }};
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = (SRestriction){ RES_BITMASK, .res.resBitMask = { 2, T_LONG, 4 }};
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = (SRestriction){ RES_BITMASK, .res.resBitMask = { BMR_EQZ, T_TEXT, 4 }};
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = (SRestriction){ RES_SIZE, .res.resSize = { RELOP_RE, T_TEXT, 4 }};
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);

    /* counts without what they count, and counts beyond all bounds */
    res = (SRestriction){ RES_AND, .res.resAnd = { 1, NULL }};
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
    res = (SRestriction){ RES_OR, .res.resOr = { 0xffffffff, &inner }};
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    res = (SRestriction){ RES_NOT };
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
    res = (SRestriction){ RES_COUNT, .res.resCount = { 1, NULL }};
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
    res = (SRestriction){ RES_COMMENT, .res.resComment = { 1, &inner, NULL }};
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
    res = (SRestriction){ RES_COMMENT, .res.resComment = { 0xffffffff, &inner, &value }};
    unit_assert_hr(restriction_check(&res), MAPI_E_TOO_COMPLEX);
    text.Value.lpszA = NULL;
    res = (SRestriction){ RES_COMMENT, .res.resComment = { 1, &inner, &text }};
    unit_assert_hr(restriction_check(&res), MAPI_E_INVALID_PARAMETER);
}
END_TEST

START_TEST(depth)
{
    SPropValue value = { .ulPropTag = T_LONG, .Value.l = 6 };
    SRestriction chain[RESTRICTION_MAX_DEPTH + 1], loop;
    ULONG i;

    for (i = 0; i < RESTRICTION_MAX_DEPTH; i++)
        chain[i] = (SRestriction){ RES_NOT, .res.resNot = { 0, &chain[i + 1] }};
    chain[RESTRICTION_MAX_DEPTH] = compare(T_LONG, RELOP_EQ, &value);
    unit_assert_hr(restriction_check(chain), MAPI_E_TOO_COMPLEX);
    unit_assert_hr(restriction_check(chain + 1), S_OK);
    ck_assert(!matches(chain + 1));
    ck_assert(matches(chain + 2));
    /* one that holds itself */
    loop = (SRestriction){ RES_AND, .res.resAnd = { 1, &loop }};
    unit_assert_hr(restriction_check(&loop), MAPI_E_TOO_COMPLEX);
}
END_TEST

/* Two children, each of which is the next level: far more nodes than structures. */
START_TEST(breadth)
{
    SPropValue value = { .ulPropTag = T_LONG, .Value.l = 6 };
    SRestriction levels[40][2];
    ULONG i;

    for (i = 0; i < 39; i++)
        levels[i][0] = levels[i][1] = (SRestriction){ RES_AND, .res.resAnd = { 2, levels[i + 1] }};
    levels[39][0] = levels[39][1] = compare(T_LONG, RELOP_EQ, &value);
    unit_assert_hr(restriction_check(&levels[0][0]), MAPI_E_TOO_COMPLEX);
    unit_assert_hr(restriction_check(&levels[30][0]), S_OK);
    ck_assert(matches(&levels[30][0]));
}
END_TEST

static HRESULT copy_one(void *context)
{
    SRestriction *copy;
    HRESULT hr = restriction_copy(&memory_allocators, context, &copy);

    if (SUCCEEDED(hr)) memory_free_buffer(copy);
    else ck_assert_ptr_null(copy);
    return hr;
}

static void match_quietly(void *context)
{
    restriction_match(context, ARRAY_SIZE(row), row);
}

START_TEST(no_memory)
{
    static char text[2000];
    SPropValue value = { .ulPropTag = T_TEXT, .Value.lpszA = text };
    SRestriction res = compare(T_WIDE, RELOP_EQ, &value);

    memset(text, 'x', sizeof(text) - 1);
    unit_fail_each(copy_one, &res);
    unit_fail_each_quietly(match_quietly, &res);
}
END_TEST

Suite *restrict_suite(void)
{
    Suite *suite = suite_create("restrict");
    TCase *test = tcase_create("restrict");

    tcase_add_test(test, relations);
    tcase_add_test(test, widths);
    tcase_add_test(test, contents);
    tcase_add_test(test, multiple_values);
    tcase_add_test(test, patterns);
    tcase_add_test(test, others);
    tcase_add_test(test, joined);
    tcase_add_test(test, sub_objects);
    tcase_add_test(test, refused);
    tcase_add_test(test, depth);
    tcase_add_test(test, breadth);
    tcase_add_test(test, no_memory);
    suite_add_tcase(suite, test);
    return suite;
}
