/*
 * Units: validate.c
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
#include <mapival.h>

BOOL WINAPI FBadRglpszA(LPSTR *texts, ULONG count);
BOOL WINAPI IsBadBoundedStringPtr(const void *text, UINT count);

START_TEST(strings)
{
    BYTE *end = unit_end_of_memory();
    char *texts[] = { (char *)"a", (char *)"", NULL, (char *)end - 1, (char *)end };
    WCHAR *wide[] = { (WCHAR *)u"a", (WCHAR *)u"", NULL, (WCHAR *)end - 1, (WCHAR *)end };

    end[-1] = end[-2] = 'x';
    ck_assert(!FBadRglpszA(texts, 2));
    ck_assert(FBadRglpszA(texts, 3));
    ck_assert(FBadRglpszA(texts + 2, 1));
    ck_assert(FBadRglpszA(texts + 3, 1));
    ck_assert(FBadRglpszA(texts + 4, 1));
    ck_assert(FBadRglpszA(NULL, 1));
    ck_assert(FBadRglpszA((char **)(end - sizeof(char *)), 2));
    ck_assert(!FBadRglpszA(texts, 0));
    ck_assert(!FBadRglpszW(wide, 2));
    ck_assert(FBadRglpszW(wide, 3));
    ck_assert(FBadRglpszW(wide + 2, 1));
    ck_assert(FBadRglpszW(wide + 3, 1));
    ck_assert(FBadRglpszW(wide + 4, 1));
    ck_assert(FBadRglpszW(NULL, 1));

    ck_assert(IsBadBoundedStringPtr(NULL, 0));
    ck_assert(IsBadBoundedStringPtr("TEST", 0));
    ck_assert(IsBadBoundedStringPtr("TEST", 4));
    ck_assert(!IsBadBoundedStringPtr("TEST", 5));
    ck_assert(IsBadBoundedStringPtr(end - 1, 1));
    ck_assert(IsBadBoundedStringPtr(end - 1, 100));
    end[-1] = 0;
    ck_assert(!IsBadBoundedStringPtr(end - 1, 100));
}
END_TEST

START_TEST(tags)
{
    SizedSPropTagArray(3, set) = { 3, { PR_ENTRYID, PR_NULL, PR_DISPLAY_NAME_W } };
    BYTE *end = unit_end_of_memory();
    ULONG type;

    for (type = 0; type < 0x2000; type++)
    {
        const BOOL good = prop_type_known(type & ~MV_FLAG);

        unit_assert_row(type, FBadPropTag(PROP_TAG(type, 0x3001)) == !good);
        set.aulPropTag[1] = PROP_TAG(type, 0x3001);
        unit_assert_row(type, FBadColumnSet((SPropTagArray *)&set) == (!good || type == PT_ERROR));
    }
    ck_assert(FBadPropTag(PROP_TAG(MVI_FLAG | PT_LONG, 1)));
    ck_assert(FBadColumnSet(NULL));
    memset(end - 8, 0, 8);
    *(ULONG *)(end - 8) = 2;
    ck_assert(FBadColumnSet((SPropTagArray *)(end - 8)));
}
END_TEST

START_TEST(props)
{
    BYTE *end = unit_end_of_memory();
    SPropValue prop;
    SBinary bin = { 4, end - 3 };
    char *texts[] = { (char *)"x", NULL };
    unsigned int i;

    for (i = 0; i < sample_count; i++)
    {
        prop = sample_props[i];
        unit_assert_row(i, !FBadProp(&prop));
        switch (PROP_TYPE(prop.ulPropTag))
        {
        case PT_STRING8:
        case PT_UNICODE:
        case PT_CLSID:
            prop.Value.lpszA = NULL;
            unit_assert_row(i, FBadProp(&prop));
            prop.Value.lpszA = (char *)end;
            unit_assert_row(i, FBadProp(&prop));
            break;
        case PT_BINARY:
            prop.Value.bin.cb = 3;
            prop.Value.bin.lpb = NULL;
            unit_assert_row(i, FBadProp(&prop));
            prop.Value.bin.lpb = end - 2;
            unit_assert_row(i, FBadProp(&prop));
            prop.Value.bin.lpb = end - 3;
            unit_assert_row(i, !FBadProp(&prop));
            break;
        default:
            if (!(PROP_TYPE(prop.ulPropTag) & MV_FLAG)) break;
            prop.Value.MVi.lpi = NULL;
            unit_assert_row(i, FBadProp(&prop));
            prop.Value.MVi.lpi = (SHORT *)end;
            unit_assert_row(i, FBadProp(&prop));
            prop.Value.MVi.cValues = 0xffffffff;
            unit_assert_row(i, FBadProp(&prop));
            prop.Value.MVi.cValues = 0;
            unit_assert_row(i, !FBadProp(&prop));
            break;
        }
    }
    prop.ulPropTag = PROP_TAG(PT_BOOLEAN, 1);
    for (i = 0; i < 4; i++)
    {
        prop.Value.b = i;
        unit_assert_row(i, FBadProp(&prop) == (i > 1));
    }
    prop.ulPropTag = PROP_TAG(PT_MV_STRING8, 1);
    prop.Value.MVszA.cValues = 2;
    prop.Value.MVszA.lppszA = texts;
    ck_assert(FBadProp(&prop));
    prop.ulPropTag = PROP_TAG(PT_MV_BINARY, 1);
    prop.Value.MVbin.cValues = 1;
    prop.Value.MVbin.lpbin = &bin;
    ck_assert(FBadProp(&prop));
    ck_assert(FBadProp(NULL));
    ck_assert(FBadProp((SPropValue *)(end - 8)));
}
END_TEST

START_TEST(rows)
{
    BYTE *end = unit_end_of_memory();
    SPropValue bad = { .ulPropTag = PROP_TAG(9, 1) };
    struct { ULONG count; SRow rows[2]; } set = { 2, {{ 0, sample_count, (SPropValue *)sample_props }, { 0, 0, NULL }}};

    ck_assert(!FBadRow(&set.rows[0]));
    ck_assert(!FBadRow(&set.rows[1]));
    ck_assert(!FBadRowSet((SRowSet *)&set));
    set.rows[1].cValues = 1;
    ck_assert(FBadRow(&set.rows[1]));
    ck_assert(FBadRowSet((SRowSet *)&set));
    set.rows[1].lpProps = &bad;
    ck_assert(FBadRow(&set.rows[1]));
    set.rows[1].lpProps = (SPropValue *)(end - 8);
    ck_assert(FBadRow(&set.rows[1]));
    set.count = 1;
    ck_assert(!FBadRowSet((SRowSet *)&set));
    ck_assert(FBadRow(NULL));
    ck_assert(FBadRowSet(NULL));
}
END_TEST

START_TEST(names)
{
    BYTE *end = unit_end_of_memory();
    GUID guid = { 0 };
    MAPINAMEID id = { &guid, MNID_ID, { 1 } }, text = { &guid, MNID_STRING, { .lpwstrName = (WCHAR *)u"n" } };
    MAPINAMEID bad, *names[] = { &id, &text, &bad };

    ck_assert(!FBadRglpNameID(names, 2));
    bad = id;
    ck_assert(!FBadRglpNameID(names, 3));
    bad.ulKind = 2;
    ck_assert(FBadRglpNameID(names, 3));
    bad = id;
    bad.lpguid = NULL;
    ck_assert(FBadRglpNameID(names, 3));
    bad.lpguid = (GUID *)(end - 8);
    ck_assert(FBadRglpNameID(names, 3));
    bad = text;
    bad.Kind.lpwstrName = NULL;
    ck_assert(FBadRglpNameID(names, 3));
    bad.Kind.lpwstrName = (WCHAR *)end;
    ck_assert(FBadRglpNameID(names, 3));
    names[2] = NULL;
    ck_assert(FBadRglpNameID(names, 3));
    ck_assert(FBadRglpNameID(NULL, 1));
}
END_TEST

START_TEST(sort_orders)
{
    SizedSSortOrderSet(2, set) = { 2, 1, 1, {{ PR_SUBJECT_W, TABLE_SORT_ASCEND }, { PR_MESSAGE_SIZE, TABLE_SORT_DESCEND }}};
    static const ULONG bad_types[] = { PT_UNSPECIFIED, PT_NULL, PT_ERROR, PT_OBJECT, 9 };
    unsigned int i;

    ck_assert(!FBadSortOrderSet((SSortOrderSet *)&set));
    set.aSort[1].ulPropTag = PROP_TAG(MVI_FLAG | PT_LONG, 1);
    ck_assert(!FBadSortOrderSet((SSortOrderSet *)&set));
    for (i = 0; i < ARRAY_SIZE(bad_types); i++)
    {
        set.aSort[1].ulPropTag = PROP_TAG(bad_types[i], 1);
        unit_assert_row(i, FBadSortOrderSet((SSortOrderSet *)&set));
    }
    set.aSort[1].ulPropTag = PR_MESSAGE_SIZE;
    for (i = 0; i < 12; i++)
    {
        set.aSort[1].ulOrder = i;
        unit_assert_row(i, FBadSortOrderSet((SSortOrderSet *)&set) == (i > 2 && i != 4 && i != 8));
    }
    set.aSort[1].ulOrder = 0;
    set.cExpanded = 2;
    ck_assert(FBadSortOrderSet((SSortOrderSet *)&set));
    set.cCategories = 3;
    ck_assert(FBadSortOrderSet((SSortOrderSet *)&set));
    ck_assert(FBadSortOrderSet(NULL));
}
END_TEST

START_TEST(entry_lists)
{
    BYTE *end = unit_end_of_memory();
    SBinary ids[] = {{ 24, (BYTE *)"a complete entry id......" }, { 5, (BYTE *)"short" }};
    ENTRYLIST list = { 2, ids };

    ck_assert(!FBadEntryList(&list));
    ids[1].cb = 4;
    ck_assert(FBadEntryList(&list));
    ids[1].cb = 5;
    ids[1].lpb = NULL;
    ck_assert(FBadEntryList(&list));
    ids[1].lpb = end - 4;
    ck_assert(FBadEntryList(&list));
    list.cValues = 1;
    ck_assert(!FBadEntryList(&list));
    list.lpbin = NULL;
    ck_assert(FBadEntryList(&list));
    list.lpbin = (SBinary *)end;
    ck_assert(FBadEntryList(&list));
    ck_assert(FBadEntryList(NULL));
}
END_TEST

START_TEST(restrictions)
{
    BYTE *end = unit_end_of_memory();
    SRestriction exist = { .rt = RES_EXIST, .res.resExist.ulPropTag = PR_SUBJECT_W };
    SRestriction not = { .rt = RES_NOT, .res.resNot.lpRes = &exist };

    ck_assert(!FBadRestriction(&exist));
    ck_assert(!FBadRestriction(&not));
    not.res.resNot.lpRes = NULL;
    ck_assert(FBadRestriction(&not));
    not.res.resNot.lpRes = (SRestriction *)end;
    ck_assert(FBadRestriction(&not));
    not.res.resNot.lpRes = &not;
    ck_assert(FBadRestriction(&not));
    not.rt = 77;
    ck_assert(FBadRestriction(&not));
    ck_assert(FBadRestriction(NULL));
}
END_TEST

Suite *validate_suite(void)
{
    Suite *suite = suite_create("validate");
    TCase *tcase = tcase_create("validate");

    tcase_add_test(tcase, strings);
    tcase_add_test(tcase, tags);
    tcase_add_test(tcase, props);
    tcase_add_test(tcase, rows);
    tcase_add_test(tcase, names);
    tcase_add_test(tcase, sort_orders);
    tcase_add_test(tcase, entry_lists);
    tcase_add_test(tcase, restrictions);
    suite_add_tcase(suite, tcase);
    return suite;
}
