/*
 * Tests of what views of a table do: restricting, finding, categories
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

#define COBJMACROS
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winnls.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"

#include "tables.h"

static void test_Restrict(void)
{
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    SRestriction res, inner[2];
    SPropValue number, name;
    HRESULT hr;

    set_row(data, 1, "alpha", 10);
    set_row(data, 2, "Beta", 20);
    set_row(data, 3, "gamma", 30);
    set_row(data, 4, "alphabet", 40);
    memset(&number, 0, sizeof(number));
    number.ulPropTag = TAG_NUMBER;
    number.Value.l = 20;
    memset(&name, 0, sizeof(name));
    name.ulPropTag = PR_DISPLAY_NAME_A;
    name.Value.lpszA = (char *)"ALPHA";

    res = property(RELOP_GE, &number);
    hr = IMAPITable_Restrict(view, &res, 4);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "2 3 4");
    /* the view follows its rows in and out */
    set_row(data, 1, "alpha", 21);
    set_row(data, 3, "gamma", 3);
    set_row(data, 5, "delta", 50);
    set_row(data, 6, "delta", 5);
    check_all_rows(view, "1 2 4 5");
    delete_row(data, 2);
    check_all_rows(view, "1 4 5");

    res.rt = RES_CONTENT;
    res.res.resContent.ulFuzzyLevel = FL_PREFIX | FL_IGNORECASE;
    res.res.resContent.ulPropTag = PR_DISPLAY_NAME_A;
    res.res.resContent.lpProp = &name;
    hr = IMAPITable_Restrict(view, &res, TBL_BATCH);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "1 4");
    inner[0] = res;
    inner[1] = property(RELOP_LT, &number);
    number.Value.l = 30;
    res.rt = RES_AND;
    res.res.resAnd.cRes = 2;
    res.res.resAnd.lpRes = inner;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "1");
    /* a restriction that is refused leaves the last one */
    inner[1].rt = 77;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == MAPI_E_TOO_COMPLEX, "unknown kind: %#lx\n", hr);
    check_all_rows(view, "1");
    inner[1].rt = RES_SUBRESTRICTION;
    inner[1].res.resSub.ulSubObject = PR_MESSAGE_RECIPIENTS;
    inner[1].res.resSub.lpRes = inner;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == MAPI_E_TOO_COMPLEX, "sub-objects: %#lx\n", hr);
    inner[1].rt = RES_COUNT;
    inner[1].res.resCount.ulCount = 1;
    inner[1].res.resCount.lpRes = inner;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == MAPI_E_TOO_COMPLEX, "a count inside: %#lx\n", hr);

    /* at most so many */
    inner[0] = property(RELOP_NE, &number);
    number.Value.l = 40;
    res.rt = RES_COUNT;
    res.res.resCount.ulCount = 2;
    res.res.resCount.lpRes = inner;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "1 3");
    set_row(data, 1, "alpha", 22);
    set_row(data, 9, "late", 1);
    check_all_rows(view, "1 3");
    hr = IMAPITable_Restrict(view, NULL, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "1 3 4 5 6 9");
    end_table(data, view);
}

static void test_FindRow(void)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { PR_DISPLAY_NAME_A, TABLE_SORT_ASCEND } } };
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    SPropValue number, name, id;
    BOOKMARK bookmark;
    SRestriction res;
    HRESULT hr;

    set_row(data, 1, "smith", 1);
    set_row(data, 2, "Jones", 2);
    set_row(data, 3, "sm\xeft", 1);
    set_row(data, 4, "Adams", 2);
    set_row(data, 5, "Zimmer", 1);
    memset(&number, 0, sizeof(number));
    number.ulPropTag = TAG_NUMBER;
    number.Value.l = 2;
    name = id = number;
    name.ulPropTag = PR_DISPLAY_NAME_W;
    name.Value.lpszW = (WCHAR *)L"sm";
    id.ulPropTag = PR_ROWID;
    id.Value.l = 3;

    res = property(RELOP_EQ, &number);
    hr = IMAPITable_FindRow(view, NULL, BOOKMARK_BEGINNING, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no restriction: %#lx\n", hr);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 2);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IMAPITable_FindRow(view, &res, (BOOKMARK)99, 0);
    ok(hr == MAPI_E_INVALID_BOOKMARK, "bookmark: %#lx\n", hr);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    check_position(view, 1);
    /* forward from a row means from that row on, backward from the one before */
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_CURRENT, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    check_position(view, 1);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_CURRENT, DIR_BACKWARD);
    ok(hr == MAPI_E_NOT_FOUND, "FindRow: %#lx\n", hr);
    check_position(view, 1);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_END, DIR_BACKWARD);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    check_position(view, 3);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_END, 0);
    ok(hr == MAPI_E_NOT_FOUND, "FindRow: %#lx\n", hr);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, DIR_BACKWARD);
    ok(hr == MAPI_E_NOT_FOUND, "FindRow: %#lx\n", hr);

    /* by the index column, which is not searched but obeys the same rules */
    res = property(RELOP_EQ, &id);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    check_position(view, 2);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_CURRENT, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_CURRENT, DIR_BACKWARD);
    ok(hr == MAPI_E_NOT_FOUND, "FindRow: %#lx\n", hr);
    IMAPITable_SeekRow(view, BOOKMARK_CURRENT, 1, NULL);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_CURRENT, 0);
    ok(hr == MAPI_E_NOT_FOUND, "FindRow: %#lx\n", hr);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_CURRENT, DIR_BACKWARD);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    id.Value.l = 77;
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
    ok(hr == MAPI_E_NOT_FOUND, "FindRow: %#lx\n", hr);

    /* typed prefixes find their place in a sorted table */
    hr = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    res = property(RELOP_GE, &name);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    check_rows(view, "3 1 5");

    /* from a bookmark whose row went */
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 1, NULL);
    IMAPITable_CreateBookmark(view, &bookmark);
    delete_row(data, 2);
    hr = IMAPITable_FindRow(view, &res, bookmark, 0);
    ok(hr == MAPI_W_POSITION_CHANGED, "FindRow: %#lx\n", hr);
    hr = IMAPITable_FindRow(view, &res, bookmark, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    end_table(data, view);
}

static HRESULT set_name(ITableData *data, const WCHAR *name)
{
    SPropValue prop;
    SRow row = { 0, 1, &prop };

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_DISPLAY_NAME_W;
    prop.Value.lpszW = (WCHAR *)name;
    return ITableData_HrModifyRow(data, &row);
}

/* An index column of strings: rows are told apart by their bytes, but found as strings compare. */
static void test_string_index(void)
{
    static const WCHAR *const names[] = { L"strasse", L"co\x00adop", L"coop", L"Coop", L"\x00e9t\x00e9",
                                          L"e\x0301te\x0301", L"x", L"" };
    static const WCHAR *const prefixes[] = { L"", L"c", L"co", L"Co", L"coop", L"cop", L"e", L"\x00e9", L"et", L"f",
                                             L"S", L"s", L"str", L"x", L"xx", L"z" };
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND } } };
    SizedSPropTagArray(1, columns) = { 1, { PR_DISPLAY_NAME_W } };
    ITableData *data;
    IMAPITable *view;
    SPropValue name, narrow;
    SRestriction res;
    ULONG i, n, last;
    SRowSet *rows;
    HRESULT hr;
    SCODE sc;

    sc = CreateTable(NULL, test_allocate, test_more, test_free, NULL, TBLTYPE_DYNAMIC,
                     PR_DISPLAY_NAME_W, (SPropTagArray *)&columns, &data);
    ok(sc == S_OK, "CreateTable: %#lx\n", sc);
    for (i = 0; i < ARRAY_SIZE(names); i++)
        ok(set_name(data, names[i]) == S_OK, "row %lu is not set\n", i);
    view = get_view(data);
    IMAPITable_GetRowCount(view, 0, &n);
    ok(n == ARRAY_SIZE(names), "got %lu rows\n", n);

    memset(&name, 0, sizeof(name));
    name.ulPropTag = PR_DISPLAY_NAME_W;
    res = property(RELOP_EQ, &name);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        name.Value.lpszW = (WCHAR *)names[i];
        for (n = 0; lstrcmpW(names[n], names[i]); n++) {}
        hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
        ok(hr == S_OK, "name %lu: FindRow: %#lx\n", i, hr);
        check_position(view, n);
        for (last = n; n < ARRAY_SIZE(names); n++) if (!lstrcmpW(names[n], names[i])) last = n;
        hr = IMAPITable_FindRow(view, &res, BOOKMARK_END, DIR_BACKWARD);
        ok(hr == S_OK, "name %lu: FindRow: %#lx\n", i, hr);
        check_position(view, last);
    }
    name.Value.lpszW = (WCHAR *)L"nobody";
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
    ok(hr == MAPI_E_NOT_FOUND, "FindRow: %#lx\n", hr);
    narrow = name;
    narrow.ulPropTag = PR_DISPLAY_NAME_A;
    narrow.Value.lpszA = (char *)"x";
    res = property(RELOP_EQ, &narrow);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    check_position(view, 6);

    /* in order, what is not less is found as comparing one by one finds it */
    hr = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    hr = IMAPITable_QueryRows(view, 100, 0, &rows);
    ok(hr == S_OK && rows->cRows == ARRAY_SIZE(names), "QueryRows: %#lx\n", hr);
    res = property(RELOP_GE, &name);
    for (i = 0; i < ARRAY_SIZE(prefixes); i++)
    {
        name.Value.lpszW = (WCHAR *)prefixes[i];
        for (n = 0; n < rows->cRows && lstrcmpW(rows->aRow[n].lpProps[0].Value.lpszW, prefixes[i]) < 0; n++) {}
        hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
        ok(hr == (n < rows->cRows ? S_OK : MAPI_E_NOT_FOUND), "prefix %lu: FindRow: %#lx\n", i, hr);
        if (hr == S_OK) check_position(view, n);
    }
    free_rows(rows);
    end_table(data, view);
}

static HRESULT set_values(ITableData *data, LONG id, ULONG count, const LONG *values)
{
    SPropValue props[3];
    SRow row = { 0, count ? 3 : 2, props };

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ROWID;
    props[0].Value.l = id;
    props[1].ulPropTag = PR_DISPLAY_NAME_A;
    props[1].Value.lpszA = (char *)"many";
    props[2].ulPropTag = TAG_MV;
    props[2].Value.MVl.cValues = count;
    props[2].Value.MVl.lpl = (LONG *)values;
    return ITableData_HrModifyRow(data, &row);
}

static void test_instances(void)
{
    static const LONG first[] = { 5, 1, 3 }, second[] = { 2, 4 };
    SizedSPropTagArray(3, columns) = { 3, { PR_ROWID, TAG_MV | MVI_FLAG, PR_INSTANCE_KEY } };
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_MV | MVI_FLAG, TABLE_SORT_ASCEND } } };
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    SPropValue key, value;
    SRestriction res;
    SRowSet *rows;
    ULONG count, i, k;
    HRESULT hr;

    set_values(data, 1, 3, first);
    set_values(data, 2, 0, NULL);
    set_values(data, 3, 2, second);

    /* one row for all values, and one for each */
    check_rows(view, "1 2 3");
    hr = IMAPITable_SetColumns(view, (SPropTagArray *)&columns, 0);
    ok(hr == S_OK, "SetColumns: %#lx\n", hr);
    check_all_rows(view, "1 1 1 2 3 3");
    hr = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_rows(view, "1 3 1 3 1 2");
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
    hr = IMAPITable_QueryRows(view, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 6, "QueryRows: %#lx\n", hr);
    for (i = 0; i < 5; i++)
    {
        ok(rows->aRow[i].lpProps[1].ulPropTag == PROP_TAG(PT_LONG, PROP_ID(TAG_MV)) &&
           rows->aRow[i].lpProps[1].Value.l == (LONG)i + 1, "row %lu: %#lx %ld\n", i,
           rows->aRow[i].lpProps[1].ulPropTag, rows->aRow[i].lpProps[1].Value.l);
        for (k = 0; k < i; k++)
            ok(rows->aRow[k].lpProps[2].Value.bin.cb != rows->aRow[i].lpProps[2].Value.bin.cb
                   || memcmp(rows->aRow[k].lpProps[2].Value.bin.lpb,
                             rows->aRow[i].lpProps[2].Value.bin.lpb,
                             rows->aRow[i].lpProps[2].Value.bin.cb),
               "rows %lu and %lu: one key\n", k, i);
    }
    ok(rows->aRow[5].lpProps[1].ulPropTag == PROP_TAG(PT_ERROR, PROP_ID(TAG_MV)), "got %#lx\n",
       rows->aRow[5].lpProps[1].ulPropTag);
    key = rows->aRow[3].lpProps[2];
    res = property(RELOP_EQ, &key);
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    check_position(view, 3);
    free_rows(rows);

    /* rows follow the values */
    set_values(data, 1, 2, first);
    check_all_rows(view, "1 3 3 1 2");
    set_values(data, 2, 3, first);
    check_all_rows(view, "1 2 3 2 3 1 2");
    delete_row(data, 3);
    check_all_rows(view, "1 2 2 1 2");

    /* a restriction sees the single values */
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PROP_TAG(PT_LONG, PROP_ID(TAG_MV));
    value.Value.l = 3;
    res = property(RELOP_GE, &value);
    res.res.resProperty.ulPropTag = TAG_MV | MVI_FLAG;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "2 1 2");
    IMAPITable_Restrict(view, NULL, 0);
    columns.aulPropTag[1] = TAG_MV;
    IMAPITable_SetColumns(view, (SPropTagArray *)&columns, 0);
    sort.cSorts = 0;
    IMAPITable_SortTable(view, (SSortOrderSet *)&sort, 0);
    hr = IMAPITable_GetRowCount(view, 0, &count);
    ok(hr == S_OK && count == 2, "GetRowCount: %#lx %lu\n", hr, count);

    /* without columns of single values a restriction means any of them */
    res.res.resProperty.ulPropTag = TAG_MV;
    value.Value.l = 1;
    res.res.resProperty.relop = RELOP_EQ;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "1 2");
    value.Value.l = 3;
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    check_rows(view, "2");
    end_table(data, view);
}

/* What a categorised view shows: headings as "+2(number)" or "-2(number)", rows by their id. */
#define check_outline(view, expected) check_outline_(__LINE__, view, expected)
static void check_outline_(int line, IMAPITable *view, const char *expected)
{
    SizedSPropTagArray(6, columns) = { 6, { PR_ROWID, TAG_NUMBER, PR_ROW_TYPE, PR_DEPTH, PR_CONTENT_COUNT,
                                            PR_INSTANCE_KEY } };
    char text[1024] = "";
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    IMAPITable_SetColumns(view, (SPropTagArray *)&columns, TBL_BATCH);
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
    hr = IMAPITable_QueryRows(view, 1000, 0, &rows);
    ok_(__FILE__, line)(hr == S_OK, "QueryRows: %#lx\n", hr);
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;
        char *end = text + strlen(text);

        if (i) *end++ = ' ';
        if (props[2].Value.l == TBL_LEAF_ROW)
            sprintf(end, "%ld", props[0].Value.l);
        else
            sprintf(end, "%c%ld/%ld(%ld)", props[2].Value.l == TBL_EXPANDED_CATEGORY ? '-' : '+',
                    props[3].Value.l, props[4].Value.l, props[1].Value.l);
    }
    free_rows(rows);
    ok_(__FILE__, line)(!strcmp(text, expected), "got \"%s\", not \"%s\"\n", text, expected);
}

/* The key of a row a view shows. */
static ULONG get_key(IMAPITable *view, ULONG row, BYTE *key)
{
    SRowSet *rows;
    ULONG size;

    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, row, NULL);
    IMAPITable_QueryRows(view, 1, TBL_NOADVANCE, &rows);
    size = rows->aRow[0].lpProps[5].Value.bin.cb;
    memcpy(key, rows->aRow[0].lpProps[5].Value.bin.lpb, size);
    free_rows(rows);
    return size;
}

static void test_categories(void)
{
    SizedSSortOrderSet(3, sort) = { 2, 1, 0, { { TAG_NUMBER, TABLE_SORT_DESCEND }, { PR_ROWID, TABLE_SORT_DESCEND } } };
    SSortOrderSet *order = (SSortOrderSet *)&sort;
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    BYTE key[512], *state;
    ULONG size, count, state_size, more;
    BOOKMARK bookmark;
    SRowSet *rows;
    HRESULT hr;

    set_row(data, 1, "a", 10);
    set_row(data, 2, "b", 20);
    set_row(data, 3, "a", 10);
    set_row(data, 4, "c", 30);
    set_row(data, 5, "b", 20);
    set_row(data, 6, "a", 20);

    /* without categories */
    hr = IMAPITable_CollapseRow(view, 4, key, 0, &count);
    ok(hr == MAPI_E_NOT_FOUND, "CollapseRow: %#lx\n", hr);
    hr = IMAPITable_GetCollapseState(view, 0, 4, key, &state_size, &state);
    ok(hr == MAPI_E_NO_SUPPORT && !state, "GetCollapseState: %#lx\n", hr);
    hr = IMAPITable_SetCollapseState(view, 0, 4, key, &bookmark);
    ok(hr == MAPI_E_NO_SUPPORT, "SetCollapseState: %#lx\n", hr);

    sort.cExpanded = 2;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "more expanded than categories: %#lx\n", hr);
    sort.cExpanded = 0;
    sort.aSort[0].ulOrder = TABLE_SORT_COMBINE;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "first one combined: %#lx\n", hr);
    sort.aSort[0].ulOrder = TABLE_SORT_DESCEND;

    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_outline(view, "+0/1(30) +0/3(20) +0/2(10)");
    hr = IMAPITable_GetRowCount(view, 0, &count);
    ok(hr == S_OK && count == 3, "GetRowCount: %#lx %lu\n", hr, count);
    sort.cExpanded = 1;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_outline(view, "-0/1(30) 4 -0/3(20) 6 5 2 -0/2(10) 3 1");

    /* collapsing and expanding one */
    size = get_key(view, 2, key);
    hr = IMAPITable_CollapseRow(view, 0, key, 0, &count);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no key: %#lx\n", hr);
    hr = IMAPITable_CollapseRow(view, size, key, 1, &count);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IMAPITable_CollapseRow(view, size - 1, key, 0, &count);
    ok(hr == MAPI_E_NOT_FOUND, "other key: %#lx\n", hr);
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 4, NULL);
    IMAPITable_CreateBookmark(view, &bookmark);
    hr = IMAPITable_CollapseRow(view, size, key, 0, &count);
    ok(hr == S_OK && count == 3, "CollapseRow: %#lx %lu\n", hr, count);
    /* the cursor was on a row that went out of sight, the bookmark too */
    check_position(view, 3);
    hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
    ok(hr == MAPI_W_POSITION_CHANGED, "SeekRow: %#lx\n", hr);
    check_position(view, 3);
    check_outline(view, "-0/1(30) 4 +0/3(20) -0/2(10) 3 1");
    hr = IMAPITable_CollapseRow(view, size, key, 0, &count);
    ok(hr == S_OK && !count, "once more: %#lx %lu\n", hr, count);
    /* rows come and go in a category that is collapsed */
    set_row(data, 7, "d", 20);
    delete_row(data, 2);
    set_row(data, 1, "a", 40);
    check_outline(view, "-0/1(40) 1 -0/1(30) 4 +0/3(20) -0/1(10) 3");
    set_row(data, 1, "a", 30);
    delete_row(data, 3);
    check_outline(view, "-0/2(30) 4 1 +0/3(20)");

    /* a state is kept and brought back */
    hr = IMAPITable_GetCollapseState(view, 0, size, key, &state_size, &state);
    ok(hr == S_OK && state && state_size, "GetCollapseState: %#lx\n", hr);
    hr = IMAPITable_ExpandRow(view, size, key, 2, 0, &rows, &more);
    ok(hr == S_OK && rows && rows->cRows == 2 && more == 3, "ExpandRow: %#lx %lu\n", hr, more);
    ok(rows->aRow[0].lpProps[0].Value.l == 7, "got %ld\n", rows->aRow[0].lpProps[0].Value.l);
    free_rows(rows);
    check_position(view, 6);
    check_outline(view, "-0/2(30) 4 1 -0/3(20) 7 6 5");
    count = get_key(view, 0, key);
    hr = IMAPITable_CollapseRow(view, count, key, 0, NULL);
    ok(hr == S_OK, "CollapseRow: %#lx\n", hr);
    check_outline(view, "+0/2(30) -0/3(20) 7 6 5");
    hr = IMAPITable_SetCollapseState(view, 0, state_size, state, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no location: %#lx\n", hr);
    hr = IMAPITable_SetCollapseState(view, 0, state_size - 1, state, &bookmark);
    ok(hr == MAPI_E_UNABLE_TO_COMPLETE, "cut off: %#lx\n", hr);
    check_outline(view, "+0/2(30) -0/3(20) 7 6 5");
    hr = IMAPITable_SetCollapseState(view, 0, state_size, state, &bookmark);
    ok(hr == S_OK, "SetCollapseState: %#lx\n", hr);
    check_outline(view, "-0/2(30) 4 1 +0/3(20)");
    hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_position(view, 3);
    sort.cExpanded = 0;
    IMAPITable_SortTable(view, order, 0);
    hr = IMAPITable_SetCollapseState(view, 0, state_size, state, &bookmark);
    ok(hr == MAPI_E_UNABLE_TO_COMPLETE, "other order: %#lx\n", hr);
    test_free(state);

    /* two levels, and two columns in one */
    sort.cSorts = 3;
    sort.cCategories = 2;
    sort.cExpanded = 1;
    sort.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    sort.aSort[1].ulPropTag = PR_DISPLAY_NAME_A;
    sort.aSort[1].ulOrder = TABLE_SORT_ASCEND;
    sort.aSort[2].ulPropTag = PR_ROWID;
    sort.aSort[2].ulOrder = TABLE_SORT_ASCEND;
    set_row(data, 8, "b", 20);
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_outline(view, "-0/4(20) +1/1(20) +1/2(20) +1/1(20) -0/2(30) +1/1(30) +1/1(30)");
    size = get_key(view, 2, key);
    hr = IMAPITable_ExpandRow(view, size, key, 0, 0, NULL, &more);
    ok(hr == S_OK && more == 2, "ExpandRow: %#lx %lu\n", hr, more);
    check_outline(view, "-0/4(20) +1/1(20) -1/2(20) 5 8 +1/1(20) -0/2(30) +1/1(30) +1/1(30)");
    size = get_key(view, 0, key);
    hr = IMAPITable_CollapseRow(view, size, key, 0, &count);
    ok(hr == S_OK && count == 5, "CollapseRow: %#lx %lu\n", hr, count);
    check_outline(view, "+0/4(20) -0/2(30) +1/1(30) +1/1(30)");
    hr = IMAPITable_ExpandRow(view, size, key, 0, 0, NULL, &more);
    ok(hr == S_OK && more == 5, "ExpandRow: %#lx %lu\n", hr, more);
    check_outline(view, "-0/4(20) +1/1(20) -1/2(20) 5 8 +1/1(20) -0/2(30) +1/1(30) +1/1(30)");
    sort.aSort[1].ulOrder = TABLE_SORT_COMBINE;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_outline(view, "-0/1(20) 6 -0/2(20) 5 8 -0/1(20) 7 -0/1(30) 1 -0/1(30) 4");
    end_table(data, view);
}

struct released
{
    ULONG count;
    ITableData *data;
    IMAPITable *view;
};

static void STDAPICALLTYPE on_release(ULONG_PTR caller_data, ITableData *data, IMAPITable *view)
{
    struct released *released = (struct released *)caller_data;
    ULONG count = 77;

    released->count++;
    released->data = data;
    released->view = view;
    /* the view still works, and counting it up and down does not end it again */
    IMAPITable_AddRef(view);
    ok(IMAPITable_GetRowCount(view, 0, &count) == S_OK && count == 1, "got %lu rows\n", count);
    IMAPITable_Release(view);
}

/* The conversation with the newest message first; in tests/core/check_table.c it is checked at
 * length. */
static void test_ranked_categories(void)
{
    SizedSSortOrderSet(3, sort) = { 3, 1, 1, { { PR_DISPLAY_NAME_A, TABLE_SORT_DESCEND },
                                               { TAG_NUMBER, TABLE_SORT_CATEG_MAX },
                                               { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    SSortOrderSet *order = (SSortOrderSet *)&sort, *got;
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    BOOKMARK bookmark;
    SRowSet *rows;
    HRESULT hr;

    set_row(data, 1, "budget", 10);
    set_row(data, 2, "plan", 20);
    set_row(data, 3, "budget", 30);
    set_row(data, 4, "draft", 25);
    set_row(data, 5, "plan", 5);
    sort.aSort[0].ulOrder = TABLE_SORT_CATEG_MIN;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no category before it: %#lx\n", hr);
    sort.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_rows(view, "- 1 3 - 4 - 5 2");
    hr = IMAPITable_QuerySortOrder(view, &got);
    ok(hr == S_OK && got->cSorts == 3 && got->aSort[1].ulOrder == TABLE_SORT_CATEG_MAX,
       "QuerySortOrder: %#lx\n", hr);
    test_free(got);

    /* its heading has the value */
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 3, NULL);
    hr = IMAPITable_QueryRows(view, 1, TBL_NOADVANCE, &rows);
    ok(hr == S_OK && rows->cRows == 1, "QueryRows: %#lx\n", hr);
    ok(!strcmp(rows->aRow[0].lpProps[1].Value.lpszA, "draft")
           && rows->aRow[0].lpProps[2].Value.l == 25,
       "got %s, %ld\n", rows->aRow[0].lpProps[1].Value.lpszA, rows->aRow[0].lpProps[2].Value.l);
    free_rows(rows);

    /* a message comes to an old conversation: it goes to the top, and bookmarks with it */
    IMAPITable_SeekRow(view, BOOKMARK_END, -1, NULL);
    hr = IMAPITable_CreateBookmark(view, &bookmark);
    ok(hr == S_OK, "CreateBookmark: %#lx\n", hr);
    set_row(data, 6, "plan", 40);
    check_all_rows(view, "- 5 2 6 - 1 3 - 4");
    hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_rows(view, "2 6 - 1 3 - 4");
    delete_row(data, 6);
    set_row(data, 3, "budget", 1);
    check_all_rows(view, "- 4 - 5 2 - 3 1");

    /* by the least */
    sort.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    sort.aSort[1].ulOrder = TABLE_SORT_CATEG_MIN;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_rows(view, "- 3 1 - 5 2 - 4");
    end_table(data, view);
}

static void test_release(void)
{
    struct released released = { 0, NULL, NULL };
    ITableData *data = create_table();
    IMAPITable *view;
    HRESULT hr;

    hr = ITableData_HrGetView(data, NULL, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = ITableData_HrGetView(data, NULL, on_release, (ULONG_PTR)&released, &view);
    ok(hr == S_OK, "HrGetView: %#lx\n", hr);
    set_row(data, 1, "one", 1);
    check_rows(view, "1");
    IMAPITable_AddRef(view);
    IMAPITable_Release(view);
    ok(!released.count, "released too early\n");
    ok(!IMAPITable_Release(view), "view is left\n");
    ok(released.count == 1 && released.data == data && released.view == view, "called %lu times\n",
       released.count);
    /* a view keeps its data */
    view = get_view(data);
    ok(ITableData_Release(data) == 1, "the view does not hold the table\n");
    check_rows(view, "1");
    ok(!IMAPITable_Release(view), "view is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void filter_columns(SPropTagArray *tags)
{
    ULONG i;

    for (i = 0; i < tags->cValues; i++)
        if (PROP_TYPE(tags->aulPropTag[i]) == PT_STRING8)
            tags->aulPropTag[i] = CHANGE_PROP_TYPE(tags->aulPropTag[i], PT_UNICODE);
}

static void test_helpers(void)
{
    SizedSPropTagArray(2, columns) = { 2, { TAG_OTHER, TAG_NUMBER } };
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_DESCEND } } };
    ITableData *data = NULL;
    IMAPITable *view;
    SPropTagArray *got;
    SPropValue number;
    SRestriction res;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    /* these free with the subsystem's own routine */
    hr = CreateTable(NULL, (ALLOCATEBUFFER *)MAPIAllocateBuffer, (ALLOCATEMORE *)MAPIAllocateMore,
                     (FREEBUFFER *)MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                     (SPropTagArray *)&default_columns, &data);
    ok(hr == S_OK, "CreateTable: %#lx\n", hr);
    for (i = 0; i < 1500; i++) set_row(data, i, "row", i % 100);
    view = get_view(data);

    hr = HrQueryAllRows(NULL, NULL, NULL, NULL, 0, &rows);
    ok(hr == MAPI_E_INVALID_PARAMETER && !rows, "no table: %#lx\n", hr);
    hr = HrQueryAllRows(view, NULL, NULL, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = HrQueryAllRows(view, NULL, NULL, NULL, 1499, &rows);
    ok(hr == MAPI_E_TABLE_TOO_BIG && !rows, "too many: %#lx\n", hr);
    hr = HrQueryAllRows(view, NULL, NULL, NULL, 1500, &rows);
    ok(hr == S_OK && rows->cRows == 1500, "HrQueryAllRows: %#lx\n", hr);
    for (i = 0; i < 1500; i++)
        if (rows->aRow[i].lpProps[0].Value.ul != i) break;
    ok(i == 1500, "wrong row %lu\n", i);
    FreeProws(rows);
    memset(&number, 0, sizeof(number));
    number.ulPropTag = TAG_NUMBER;
    number.Value.l = 98;
    res = property(RELOP_GE, &number);
    hr = HrQueryAllRows(view, (SPropTagArray *)&columns, &res, (SSortOrderSet *)&sort, 0, &rows);
    ok(hr == S_OK && rows->cRows == 30, "HrQueryAllRows: %#lx\n", hr);
    ok(rows->aRow[0].cValues == 2 && rows->aRow[0].lpProps[1].Value.l == 99 &&
       rows->aRow[29].lpProps[1].Value.l == 98, "wrong rows\n");
    FreeProws(rows);

    hr = HrAddColumns(NULL, (SPropTagArray *)&columns, MAPIAllocateBuffer, MAPIFreeBuffer);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no table: %#lx\n", hr);
    hr = HrAddColumns(view, NULL, MAPIAllocateBuffer, MAPIFreeBuffer);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no columns: %#lx\n", hr);
    IMAPITable_SetColumns(view, (SPropTagArray *)&default_columns, 0);
    hr = HrAddColumns(view, (SPropTagArray *)&columns, MAPIAllocateBuffer, MAPIFreeBuffer);
    ok(hr == S_OK, "HrAddColumns: %#lx\n", hr);
    hr = IMAPITable_QueryColumns(view, 0, &got);
    ok(hr == S_OK && got->cValues == 4 && got->aulPropTag[0] == TAG_OTHER
           && got->aulPropTag[1] == TAG_NUMBER && got->aulPropTag[2] == PR_ROWID
           && got->aulPropTag[3] == PR_DISPLAY_NAME_A,
       "QueryColumns: %#lx\n", hr);
    MAPIFreeBuffer(got);
    hr = HrAddColumnsEx(view, (SPropTagArray *)&columns, MAPIAllocateBuffer, MAPIFreeBuffer,
                        filter_columns);
    ok(hr == S_OK, "HrAddColumnsEx: %#lx\n", hr);
    hr = IMAPITable_QueryColumns(view, 0, &got);
    ok(hr == S_OK && got->cValues == 4 && got->aulPropTag[3] == PR_DISPLAY_NAME_W,
       "QueryColumns: %#lx\n", hr);
    MAPIFreeBuffer(got);
    ok(!IMAPITable_Release(view), "view is left\n");
    ok(!ITableData_Release(data), "table is left\n");
}

/* --- many random changes, beside an array that is sorted by hand ---------------------------------------- */

#define MODEL_ROWS 200

static LONG model[MODEL_ROWS];          /* the number of each row; 0: it is not there */
static ULONG model_place[MODEL_ROWS];   /* grows with each row that comes */

static int compare_model(const void *a, const void *b)
{
    LONG x = *(const LONG *)a, y = *(const LONG *)b;

    if (model[x] != model[y]) return model[x] < model[y] ? -1 : 1;
    return model_place[x] < model_place[y] ? -1 : 1;
}

static void test_random(void)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    SizedSSortOrderSet(1, grouped) = { 1, 1, 1, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    ITableData *data = create_table();
    IMAPITable *view, *groups;
    ULONG round, i, count, rows_count, places = 0, marked = ~0u, expected, seed = 4711, bad = 0,
                                       headings;
    LONG order[MODEL_ROWS], id, last;
    BOOL moved = FALSE;
    SPropValue number;
    SRestriction res;
    BOOKMARK bookmark = 0;
    SRowSet *rows;
    HRESULT hr;

    memset(&number, 0, sizeof(number));
    number.ulPropTag = TAG_NUMBER;
    number.Value.l = 10;
    res = property(RELOP_GE, &number);
    hr = ITableData_HrGetView(data, (SSortOrderSet *)&sort, NULL, 0, &view);
    ok(hr == S_OK, "HrGetView: %#lx\n", hr);
    hr = ITableData_HrGetView(data, (SSortOrderSet *)&grouped, NULL, 0, &groups);
    ok(hr == S_OK, "HrGetView: %#lx\n", hr);
    hr = IMAPITable_Restrict(view, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    IMAPITable_GetRowCount(groups, 0, &count);

    for (round = 0; round < 20000 && bad < 5; round++)
    {
        seed = seed * 1664525 + 1013904223;
        id = (seed >> 8) % MODEL_ROWS;
        if ((seed >> 24) % 3)
        {
            if (!model[id]) model_place[id] = ++places;
            model[id] = 1 + (seed >> 20) % 60;
            hr = set_row(data, id, "row", model[id]);
            if (hr != S_OK) bad++;
        }
        else
        {
            hr = delete_row(data, id);
            if (hr != (model[id] ? S_OK : MAPI_E_NOT_FOUND)) bad++;
            model[id] = 0;
        }
        /* A bookmark is lost when its row goes out of the view: there a new one is made. */
        if (marked != ~0u && (ULONG)id == marked && model[id] < 10)
            moved = TRUE;
        if (round % 100) continue;

        for (i = count = 0; i < MODEL_ROWS; i++)
            if (model[i] >= 10) order[count++] = i;
        qsort(order, count, sizeof(*order), compare_model);
        IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
        hr = IMAPITable_QueryRows(view, 1000, 0, &rows);
        if (hr != S_OK || rows->cRows != count) bad++;
        for (i = 0; i < count && i < rows->cRows; i++)
            if (rows->aRow[i].lpProps[0].Value.l != order[i]) bad++;
        free_rows(rows);
        if (marked != ~0u)
        {
            hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
            if (hr != (moved ? MAPI_W_POSITION_CHANGED : S_OK)) bad++;
            if (!moved)
            {
                IMAPITable_QueryPosition(view, &rows_count, &expected, &expected);
                if (rows_count >= count || order[rows_count] != (LONG)marked) bad++;
            }
            IMAPITable_FreeBookmark(view, bookmark);
            marked = ~0u;
        }
        if (count)
        {
            IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, seed % count, NULL);
            IMAPITable_CreateBookmark(view, &bookmark);
            marked = order[seed % count];
            moved = FALSE;
        }

        /* the grouped view has a heading before each run of equal numbers */
        for (i = count = headings = 0; i < MODEL_ROWS; i++)
            if (model[i]) order[count++] = i;
        qsort(order, count, sizeof(*order), compare_model);
        for (i = 0; i < count; i++)
            if (!i || model[order[i]] != model[order[i - 1]]) headings++;
        IMAPITable_SeekRow(groups, BOOKMARK_BEGINNING, 0, NULL);
        hr = IMAPITable_QueryRows(groups, 1000, 0, &rows);
        if (hr != S_OK || rows->cRows != count + headings) bad++;
        for (i = expected = 0, last = 0; i < rows->cRows && expected < count; i++)
        {
            if (model[order[expected]] != last)
            {
                /* a heading: it has the number, but no row's id */
                last = model[order[expected]];
                if (PROP_TYPE(rows->aRow[i].lpProps[0].ulPropTag) != PT_ERROR) bad++;
                if (rows->aRow[i].lpProps[2].Value.l != last) bad++;
                continue;
            }
            if (rows->aRow[i].lpProps[0].Value.l != order[expected++]) bad++;
        }
        free_rows(rows);
    }
    ok(!bad, "%lu differences, the last before round %lu\n", bad, round);
    ok(!IMAPITable_Release(groups), "view is left\n");
    end_table(data, view);
}

/* The caller's allocator fails at every place in turn: an error comes back, nothing stays
 * allocated. */
static void test_no_memory(void)
{
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    SPropTagArray *columns;
    SSortOrderSet *order;
    SRowSet *rows;
    SPropValue id;
    SRow *row;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < 5; i++) set_row(data, i, "row", i);
    memset(&id, 0, sizeof(id));
    id.ulPropTag = PR_ROWID;
    for (i = 1;; i++)
    {
        fail_at = i;
        hr = IMAPITable_QueryRows(view, 5, 0, &rows);
        if (hr != MAPI_E_NOT_ENOUGH_MEMORY) break;
        ok(!rows, "got rows\n");
        check_position(view, 0);
    }
    fail_at = 0;
    ok(hr == S_OK && i == 7, "QueryRows: %#lx after %lu\n", hr, i);
    free_rows(rows);
    fail_at = 1;
    hr = IMAPITable_QueryColumns(view, 0, &columns);
    ok(hr == MAPI_E_NOT_ENOUGH_MEMORY && !columns, "QueryColumns: %#lx\n", hr);
    fail_at = 1;
    hr = IMAPITable_QuerySortOrder(view, &order);
    ok(hr == MAPI_E_NOT_ENOUGH_MEMORY && !order, "QuerySortOrder: %#lx\n", hr);
    fail_at = 1;
    hr = ITableData_HrQueryRow(data, &id, &row, NULL);
    ok(hr == MAPI_E_NOT_ENOUGH_MEMORY && !row, "HrQueryRow: %#lx\n", hr);
    fail_at = 0;
    end_table(data, view);
}

START_TEST(tableview)
{
    test_Restrict();
    test_FindRow();
    test_string_index();
    test_instances();
    test_categories();
    test_ranked_categories();
    test_release();
    test_helpers();
    test_random();
    test_no_memory();
}
