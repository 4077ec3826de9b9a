/*
 * Tests of ITableData, IMAPITable and their helpers
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

static void test_CreateTable(void)
{
    SizedSPropTagArray(1, none) = { 0, { 0 } };
    SPropTagArray *columns = (SPropTagArray *)&default_columns;
    ITableData *data;
    IUnknown *unknown;
    ULONG refs;
    HRESULT hr;
    SCODE sc;

    data = (ITableData *)0xdeadbeef;
    sc = CreateTable(&IID_IMAPITable, test_allocate, test_more, test_free, NULL, TBLTYPE_DYNAMIC,
                     PR_ROWID, columns, &data);
    ok(sc == MAPI_E_INTERFACE_NOT_SUPPORTED && !data, "other interface: %#lx %p\n", sc, data);
    sc = CreateTable(NULL, NULL, test_more, test_free, NULL, TBLTYPE_DYNAMIC, PR_ROWID, columns,
                     &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no allocator: %#lx\n", sc);
    sc = CreateTable(NULL, test_allocate, NULL, test_free, NULL, TBLTYPE_DYNAMIC, PR_ROWID, columns,
                     &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no second allocator: %#lx\n", sc);
    sc = CreateTable(NULL, test_allocate, test_more, NULL, NULL, TBLTYPE_DYNAMIC, PR_ROWID, columns,
                     &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no free routine: %#lx\n", sc);
    sc = CreateTable(NULL, test_allocate, test_more, test_free, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                     columns, NULL);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", sc);
    sc = CreateTable(NULL, test_allocate, test_more, test_free, NULL, 3, PR_ROWID, columns, &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "unknown type: %#lx\n", sc);
    sc = CreateTable(NULL, test_allocate, test_more, test_free, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                     NULL, &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "no columns: %#lx\n", sc);
    sc = CreateTable(NULL, test_allocate, test_more, test_free, NULL, TBLTYPE_DYNAMIC, PR_ROWID,
                     (SPropTagArray *)&none, &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "zero columns: %#lx\n", sc);
    sc = CreateTable(NULL, test_allocate, test_more, test_free, NULL, TBLTYPE_DYNAMIC, TAG_MV,
                     columns, &data);
    ok(sc == MAPI_E_INVALID_PARAMETER, "multi-valued index: %#lx\n", sc);

    sc = CreateTable(NULL, test_allocate, test_more, test_free, NULL, TBLTYPE_KEYSET, PR_ROWID,
                     columns, &data);
    ok(sc == S_OK && data, "default interface: %#lx %p\n", sc, data);
    hr = ITableData_QueryInterface(data, &IID_IUnknown, (void **)&unknown);
    ok(hr == S_OK && unknown == (IUnknown *)data, "IUnknown: %#lx %p\n", hr, unknown);
    IUnknown_Release(unknown);
    hr = ITableData_QueryInterface(data, &IID_IMAPITable, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "IMAPITable: %#lx %p\n", hr, unknown);
    refs = ITableData_Release(data);
    ok(!refs, "%lu references left\n", refs);
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void test_rows(void)
{
    SPropValue props[3], key;
    SRow row = { 0, 0, props }, *got;
    SRowSet *set;
    ITableData *data = create_table();
    ULONG number, deleted;
    BYTE room[sizeof(SRowSet) + 20 * sizeof(SRow)];
    SPropValue ids[20];
    HRESULT hr;
    ULONG i;

    memset(props, 0, sizeof(props));
    memset(&key, 0, sizeof(key));

    /* bad rows */
    hr = ITableData_HrModifyRow(data, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no row: %#lx\n", hr);
    hr = ITableData_HrModifyRow(data, &row);
    ok(hr == MAPI_E_INVALID_PARAMETER, "empty row: %#lx\n", hr);
    row.cValues = 1;
    props[0].ulPropTag = TAG_NUMBER;
    hr = ITableData_HrModifyRow(data, &row);
    ok(hr == MAPI_E_INVALID_PARAMETER, "row without its index: %#lx\n", hr);
    props[0].ulPropTag = CHANGE_PROP_TYPE(PR_ROWID, PT_ERROR);
    hr = ITableData_HrModifyRow(data, &row);
    ok(hr == MAPI_E_INVALID_PARAMETER, "error for an index: %#lx\n", hr);
    row.cValues = 2;
    props[0].ulPropTag = PR_ROWID;
    props[1].ulPropTag = PR_DISPLAY_NAME_A;
    props[1].Value.lpszA = NULL;
    hr = ITableData_HrModifyRow(data, &row);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no string: %#lx\n", hr);
    hr = ITableData_HrModifyRows(data, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no rows: %#lx\n", hr);
    hr = ITableData_HrInsertRow(data, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no row: %#lx\n", hr);

    hr = set_row(data, 10, "ten", 1);
    ok(hr == S_OK, "HrModifyRow: %#lx\n", hr);
    hr = set_row(data, 20, "twenty", 2);
    ok(hr == S_OK, "HrModifyRow: %#lx\n", hr);
    hr = set_row(data, 10, "ten again", 3);
    ok(hr == S_OK, "HrModifyRow: %#lx\n", hr);

    /* one row by its key */
    key.ulPropTag = PR_ROWID;
    key.Value.l = 10;
    got = (SRow *)0xdeadbeef;
    number = 5;
    hr = ITableData_HrQueryRow(data, &key, &got, &number);
    ok(hr == S_OK && got, "HrQueryRow: %#lx\n", hr);
    ok(!number, "got row number %lu\n", number);
    ok(got->cValues == 3 && got->lpProps[1].ulPropTag == PR_DISPLAY_NAME_A &&
       !strcmp(got->lpProps[1].Value.lpszA, "ten again"), "wrong row\n");
    test_free(got);
    key.Value.l = 20;
    hr = ITableData_HrQueryRow(data, &key, &got, NULL);
    ok(hr == S_OK, "HrQueryRow without number: %#lx\n", hr);
    test_free(got);
    key.Value.l = 30;
    hr = ITableData_HrQueryRow(data, &key, &got, &number);
    ok(hr == MAPI_E_NOT_FOUND && !got, "row that is not there: %#lx %p\n", hr, got);
    key.ulPropTag = TAG_NUMBER;
    hr = ITableData_HrQueryRow(data, &key, &got, &number);
    ok(hr == MAPI_E_INVALID_PARAMETER && !got, "other property: %#lx %p\n", hr, got);
    hr = ITableData_HrQueryRow(data, NULL, &got, &number);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no property: %#lx\n", hr);
    hr = ITableData_HrQueryRow(data, &key, NULL, &number);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);

    /* insertion */
    row.cValues = 1;
    props[0].ulPropTag = PR_ROWID;
    props[0].Value.l = 15;
    hr = ITableData_HrInsertRow(data, 3, &row);
    ok(hr == MAPI_E_INVALID_PARAMETER, "behind the end: %#lx\n", hr);
    hr = ITableData_HrInsertRow(data, 1, &row);
    ok(hr == S_OK, "HrInsertRow: %#lx\n", hr);
    hr = ITableData_HrInsertRow(data, 1, &row);
    ok(hr == MAPI_E_INVALID_PARAMETER, "once more: %#lx\n", hr);
    props[0].Value.l = 25;
    hr = ITableData_HrInsertRow(data, 3, &row);
    ok(hr == S_OK, "at the end: %#lx\n", hr);
    props[0].Value.l = 5;
    hr = ITableData_HrInsertRow(data, 0, &row);
    ok(hr == S_OK, "at the beginning: %#lx\n", hr);

    for (i = 0; i < 6; i++)
    {
        static const LONG order[] = { 5, 10, 15, 20, 25 };

        hr = ITableData_HrEnumRow(data, i, &got);
        ok(hr == S_OK, "HrEnumRow: %#lx\n", hr);
        ok(!got == (i == 5), "row %lu: %p\n", i, got);
        if (!got) continue;
        ok(got->lpProps[0].Value.l == order[i], "row %lu: got %ld\n", i, got->lpProps[0].Value.l);
        test_free(got);
    }
    hr = ITableData_HrEnumRow(data, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);

    /* deletion */
    hr = ITableData_HrDeleteRow(data, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no property: %#lx\n", hr);
    hr = delete_row(data, 15);
    ok(hr == S_OK, "HrDeleteRow: %#lx\n", hr);
    hr = delete_row(data, 15);
    ok(hr == MAPI_E_NOT_FOUND, "once more: %#lx\n", hr);
    key.ulPropTag = TAG_NUMBER;
    hr = ITableData_HrDeleteRow(data, &key);
    ok(hr == MAPI_E_NOT_FOUND, "other property: %#lx\n", hr);

    /* many */
    set = (SRowSet *)room;
    memset(room, 0, sizeof(room));
    memset(ids, 0, sizeof(ids));
    set->cRows = 20;
    for (i = 0; i < 20; i++)
    {
        ids[i].ulPropTag = i == 19 ? TAG_NUMBER : PR_ROWID;
        ids[i].Value.l = 100 + i;
        set->aRow[i].cValues = 1;
        set->aRow[i].lpProps = &ids[i];
    }
    hr = ITableData_HrModifyRows(data, 0, set);
    ok(hr == MAPI_E_INVALID_PARAMETER, "one without index: %#lx\n", hr);
    hr = ITableData_HrEnumRow(data, 4, &got);
    ok(hr == S_OK && !got, "rows were changed all the same: %#lx %p\n", hr, got);
    ids[19].ulPropTag = PR_ROWID;
    hr = ITableData_HrModifyRows(data, 1, set);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = ITableData_HrModifyRows(data, 0, set);
    ok(hr == S_OK, "HrModifyRows: %#lx\n", hr);
    hr = ITableData_HrEnumRow(data, 23, &got);
    ok(hr == S_OK && got && got->lpProps[0].Value.l == 119, "last row: %#lx %p\n", hr, got);
    test_free(got);

    set->cRows = 5;
    ids[2].Value.l = 999;
    deleted = 77;
    hr = ITableData_HrDeleteRows(data, 2, set, &deleted);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !deleted, "flags: %#lx %lu\n", hr, deleted);
    hr = ITableData_HrDeleteRows(data, 0, NULL, &deleted);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no rows: %#lx\n", hr);
    hr = ITableData_HrDeleteRows(data, 0, set, &deleted);
    ok(hr == S_OK && deleted == 4, "HrDeleteRows: %#lx %lu\n", hr, deleted);
    hr = ITableData_HrDeleteRows(data, TAD_ALL_ROWS, NULL, &deleted);
    ok(hr == S_OK && deleted == 20, "all rows: %#lx %lu\n", hr, deleted);
    hr = ITableData_HrEnumRow(data, 0, &got);
    ok(hr == S_OK && !got, "a row is left: %#lx %p\n", hr, got);
    hr = set_row(data, 1, "new", 1);
    ok(hr == S_OK, "HrModifyRow: %#lx\n", hr);
    ok(!ITableData_Release(data), "table is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void test_columns(void)
{
    SizedSPropTagArray(5, tags) = { 5, { TAG_OTHER, PR_NULL, PR_DISPLAY_NAME_W, PR_ROWID, PR_SUBJECT_A } };
    SizedSPropTagArray(1, none) = { 0, { 0 } };
    SPropTagArray *columns;
    ITableData *data = create_table();
    IMAPITable *view, *later;
    SPropValue props[3], *prop;
    SRow row = { 0, 3, props };
    SRowSet *rows;
    HRESULT hr;

    set_row(data, 1, "one", 11);
    view = get_view(data);

    /* a row that brings a column with it */
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = TAG_OTHER;
    props[0].Value.l = 22;
    props[1].ulPropTag = PR_ROWID;
    props[1].Value.l = 2;
    props[2].ulPropTag = PR_DISPLAY_NAME_A;
    props[2].Value.lpszA = (char *)"two";
    hr = ITableData_HrModifyRow(data, &row);
    ok(hr == S_OK, "HrModifyRow: %#lx\n", hr);
    later = get_view(data);

    hr = IMAPITable_QueryColumns(view, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = IMAPITable_QueryColumns(view, 2, &columns);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !columns, "flags: %#lx\n", hr);
    hr = IMAPITable_QueryColumns(view, 0, &columns);
    ok(hr == S_OK && columns->cValues == 3 && columns->aulPropTag[0] == PR_ROWID &&
       columns->aulPropTag[2] == TAG_NUMBER, "QueryColumns: %#lx\n", hr);
    test_free(columns);
    hr = IMAPITable_QueryColumns(view, TBL_ALL_COLUMNS, &columns);
    ok(hr == S_OK && columns->cValues == 4 && columns->aulPropTag[3] == TAG_OTHER,
       "all columns: %#lx %lu\n", hr, columns->cValues);
    test_free(columns);
    hr = IMAPITable_QueryColumns(later, 0, &columns);
    ok(hr == S_OK && columns->cValues == 4 && columns->aulPropTag[3] == TAG_OTHER,
       "later view: %#lx %lu\n", hr, columns->cValues);
    test_free(columns);
    ok(!IMAPITable_Release(later), "view is left\n");

    hr = IMAPITable_QueryRows(view, 5, 0, &rows);
    ok(hr == S_OK && rows->cRows == 2, "QueryRows: %#lx\n", hr);
    ok(rows->aRow[0].cValues == 3, "got %lu columns\n", rows->aRow[0].cValues);
    ok(rows->aRow[1].cValues == 3, "got %lu columns\n", rows->aRow[1].cValues);
    prop = &rows->aRow[1].lpProps[2];
    ok(prop->ulPropTag == CHANGE_PROP_TYPE(TAG_NUMBER, PT_ERROR)
           && prop->Value.err == MAPI_E_NOT_FOUND,
       "missing column: %#lx %#lx\n", prop->ulPropTag, prop->Value.err);
    free_rows(rows);

    hr = IMAPITable_SetColumns(view, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no columns: %#lx\n", hr);
    hr = IMAPITable_SetColumns(view, (SPropTagArray *)&none, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "zero columns: %#lx\n", hr);
    hr = IMAPITable_SetColumns(view, (SPropTagArray *)&tags, 4);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IMAPITable_SetColumns(view, (SPropTagArray *)&tags, TBL_BATCH);
    ok(hr == S_OK, "SetColumns: %#lx\n", hr);
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
    hr = IMAPITable_QueryRows(view, 5, 0, &rows);
    ok(hr == S_OK && rows->cRows == 2, "QueryRows: %#lx\n", hr);
    ok(rows->aRow[0].cValues == 5, "got %lu columns\n", rows->aRow[0].cValues);
    prop = rows->aRow[0].lpProps;
    ok(prop[0].ulPropTag == CHANGE_PROP_TYPE(TAG_OTHER, PT_ERROR), "got %#lx\n", prop[0].ulPropTag);
    ok(prop[1].ulPropTag == PR_NULL, "got %#lx\n", prop[1].ulPropTag);
    ok(prop[2].ulPropTag == PR_DISPLAY_NAME_W && !lstrcmpW(prop[2].Value.lpszW, L"one"),
       "other width: %#lx\n", prop[2].ulPropTag);
    ok(prop[3].ulPropTag == PR_ROWID && prop[3].Value.l == 1, "got %#lx\n", prop[3].ulPropTag);
    ok(prop[4].ulPropTag == CHANGE_PROP_TYPE(PR_SUBJECT_A, PT_ERROR), "got %#lx\n",
       prop[4].ulPropTag);
    ok(rows->aRow[1].lpProps[0].ulPropTag == TAG_OTHER && rows->aRow[1].lpProps[0].Value.l == 22,
       "got %#lx\n", rows->aRow[1].lpProps[0].ulPropTag);
    free_rows(rows);
    ok(!IMAPITable_Release(view), "view is left\n");
    ok(!ITableData_Release(data), "table is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void test_positions(void)
{
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    ULONG status, type, count, i, row, numerator, denominator;
    BOOKMARK bookmark, second;
    IMAPITable *table;
    SRowSet *rows;
    LONG sought;
    HRESULT hr;

    /* a view without rows */
    check_position(view, 0);
    hr = IMAPITable_QueryRows(view, 5, 0, &rows);
    ok(hr == S_OK && !rows->cRows, "QueryRows: %#lx\n", hr);
    free_rows(rows);
    for (i = 1; i <= 10; i++) set_row(data, i, "row", i);
    /* its cursor stood at the beginning, not behind rows that came later */
    check_position(view, 0);

    hr = IMAPITable_QueryInterface(view, &IID_IMAPITable, (void **)&table);
    ok(hr == S_OK && table == view, "IMAPITable: %#lx\n", hr);
    IMAPITable_Release(table);
    hr = IMAPITable_GetStatus(view, NULL, &type);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no status: %#lx\n", hr);
    hr = IMAPITable_GetStatus(view, &status, &type);
    ok(hr == S_OK && status == TBLSTAT_COMPLETE && type == TBLTYPE_DYNAMIC,
       "GetStatus: %#lx %lu %lu\n", hr, status, type);
    hr = IMAPITable_Abort(view);
    ok(hr == S_OK, "Abort: %#lx\n", hr);
    hr = IMAPITable_WaitForCompletion(view, 1, 0, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IMAPITable_WaitForCompletion(view, 0, 0, &status);
    ok(hr == S_OK && status == TBLSTAT_COMPLETE, "WaitForCompletion: %#lx\n", hr);
    hr = IMAPITable_GetRowCount(view, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no count: %#lx\n", hr);
    hr = IMAPITable_GetRowCount(view, 1, &count);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !count, "flags: %#lx\n", hr);
    hr = IMAPITable_GetRowCount(view, 0, &count);
    ok(hr == S_OK && count == 10, "GetRowCount: %#lx %lu\n", hr, count);

    /* reading */
    hr = IMAPITable_QueryRows(view, 0, 0, &rows);
    ok(hr == MAPI_E_INVALID_PARAMETER && !rows, "zero rows: %#lx\n", hr);
    hr = IMAPITable_QueryRows(view, 1, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = IMAPITable_QueryRows(view, 1, 2, &rows);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !rows, "flags: %#lx\n", hr);
    hr = IMAPITable_QueryRows(view, -3, 0, &rows);
    ok(hr == S_OK && !rows->cRows, "backward from the beginning: %#lx\n", hr);
    free_rows(rows);
    hr = IMAPITable_QueryRows(view, 3, TBL_NOADVANCE, &rows);
    ok(hr == S_OK && rows->cRows == 3 && rows->aRow[0].lpProps[0].Value.l == 1, "QueryRows: %#lx\n",
       hr);
    free_rows(rows);
    check_position(view, 0);
    hr = IMAPITable_QueryRows(view, 4, 0, &rows);
    ok(hr == S_OK && rows->cRows == 4, "QueryRows: %#lx\n", hr);
    free_rows(rows);
    check_position(view, 4);
    hr = IMAPITable_QueryRows(view, -3, TBL_NOADVANCE, &rows);
    ok(hr == S_OK && rows->cRows == 3 && rows->aRow[0].lpProps[0].Value.l == 2 &&
       rows->aRow[2].lpProps[0].Value.l == 4, "backward: %#lx\n", hr);
    free_rows(rows);
    check_position(view, 1);
    hr = IMAPITable_QueryRows(view, (LONG)0x80000000, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "backward as far as can be: %#lx\n", hr);
    free_rows(rows);
    hr = IMAPITable_QueryRows(view, 0x7fffffff, 0, &rows);
    ok(hr == S_OK && rows->cRows == 9, "forward as far as can be: %#lx\n", hr);
    free_rows(rows);
    check_position(view, 10);

    /* moving */
    hr = IMAPITable_SeekRow(view, BOOKMARK_END, -2, &sought);
    ok(hr == S_OK && sought == -2, "SeekRow: %#lx %ld\n", hr, sought);
    check_position(view, 8);
    hr = IMAPITable_SeekRow(view, BOOKMARK_CURRENT, -20, &sought);
    ok(hr == S_OK && sought == -8, "SeekRow: %#lx %ld\n", hr, sought);
    check_position(view, 0);
    hr = IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0x7fffffff, &sought);
    ok(hr == S_OK && sought == 10, "SeekRow: %#lx %ld\n", hr, sought);
    hr = IMAPITable_SeekRow(view, BOOKMARK_CURRENT, (LONG)0x80000000, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_position(view, 0);
    hr = IMAPITable_SeekRow(view, (BOOKMARK)77, 0, &sought);
    ok(hr == MAPI_E_INVALID_BOOKMARK && !sought, "SeekRow: %#lx\n", hr);
    hr = IMAPITable_SeekRowApprox(view, 1, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "zero denominator: %#lx\n", hr);
    hr = IMAPITable_SeekRowApprox(view, 0xfffffffe, 0xffffffff);
    ok(hr == S_OK, "SeekRowApprox: %#lx\n", hr);
    check_position(view, 9);
    hr = IMAPITable_SeekRowApprox(view, 3, 3);
    ok(hr == S_OK, "SeekRowApprox: %#lx\n", hr);
    check_position(view, 10);
    hr = IMAPITable_SeekRowApprox(view, 1, 2);
    ok(hr == S_OK, "SeekRowApprox: %#lx\n", hr);
    hr = IMAPITable_QueryPosition(view, &row, &numerator, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no denominator: %#lx\n", hr);
    hr = IMAPITable_QueryPosition(view, &row, &numerator, &denominator);
    ok(hr == S_OK && row == 5 && denominator && numerator * 10 == row * denominator,
       "QueryPosition: %#lx %lu %lu %lu\n", hr, row, numerator, denominator);

    /* bookmarks */
    hr = IMAPITable_CreateBookmark(view, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = IMAPITable_CreateBookmark(view, &bookmark);
    ok(hr == S_OK && bookmark > BOOKMARK_END, "CreateBookmark: %#lx %Iu\n", hr,
       (ULONG_PTR)bookmark);
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
    hr = IMAPITable_SeekRow(view, bookmark, 1, &sought);
    ok(hr == S_OK && sought == 1, "SeekRow: %#lx %ld\n", hr, sought);
    check_position(view, 6);
    delete_row(data, 1);
    check_position(view, 5);
    hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_rows(view, "6 7 8 9 10");
    /* its row goes: it stands at the next one, and says so once */
    IMAPITable_SeekRow(view, BOOKMARK_END, 0, NULL);
    delete_row(data, 6);
    delete_row(data, 7);
    hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
    ok(hr == MAPI_W_POSITION_CHANGED, "SeekRow: %#lx\n", hr);
    check_rows(view, "8 9 10");
    hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    IMAPITable_SeekRow(view, BOOKMARK_END, 0, NULL);
    hr = IMAPITable_CreateBookmark(view, &second);
    ok(hr == S_OK && second != bookmark, "CreateBookmark: %#lx\n", hr);
    hr = IMAPITable_SeekRow(view, second, -1, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_rows(view, "10");
    hr = IMAPITable_FreeBookmark(view, bookmark);
    ok(hr == S_OK, "FreeBookmark: %#lx\n", hr);
    hr = IMAPITable_FreeBookmark(view, bookmark);
    ok(hr == MAPI_E_INVALID_BOOKMARK, "once more: %#lx\n", hr);
    hr = IMAPITable_SeekRow(view, bookmark, 0, NULL);
    ok(hr == MAPI_E_INVALID_BOOKMARK, "SeekRow: %#lx\n", hr);
    hr = IMAPITable_FreeBookmark(view, BOOKMARK_CURRENT);
    ok(hr == S_OK, "predefined: %#lx\n", hr);
    hr = IMAPITable_Restrict(view, NULL, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    hr = IMAPITable_SeekRow(view, second, 0, NULL);
    ok(hr == MAPI_E_INVALID_BOOKMARK, "Restrict left a bookmark: %#lx\n", hr);
    for (i = 0; i < 100000 && SUCCEEDED(hr = IMAPITable_CreateBookmark(view, &bookmark)); i++) {}
    ok(hr == MAPI_E_UNABLE_TO_COMPLETE && i >= 1000, "%lu bookmarks: %#lx\n", i, hr);

    ok(!IMAPITable_Release(view), "view is left\n");
    ok(!ITableData_Release(data), "table is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

static void test_sort(void)
{
    SizedSSortOrderSet(3, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    SSortOrderSet *order = (SSortOrderSet *)&sort, *got;
    ITableData *data = create_table();
    IMAPITable *view, *sorted;
    BOOKMARK bookmark;
    SPropValue props[2];
    SRow row = { 0, 2, props };
    HRESULT hr;

    set_row(data, 1, "pear", 5);
    set_row(data, 2, "Apple", -3);
    set_row(data, 3, "apple pie", 5);
    set_row(data, 4, "\xe9t\xe9", 0);
    set_row(data, 5, "zoo", 2);
    set_row(data, 6, "", 5);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ROWID;
    props[0].Value.l = 7;
    props[1].ulPropTag = TAG_OTHER;
    hr = ITableData_HrModifyRow(data, &row);
    ok(hr == S_OK, "HrModifyRow: %#lx\n", hr);

    view = get_view(data);
    check_all_rows(view, "1 2 3 4 5 6 7");
    hr = IMAPITable_QuerySortOrder(view, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no result: %#lx\n", hr);
    hr = IMAPITable_QuerySortOrder(view, &got);
    ok(hr == S_OK && !got->cSorts, "QuerySortOrder: %#lx\n", hr);
    test_free(got);

    hr = IMAPITable_SortTable(view, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no order: %#lx\n", hr);
    hr = IMAPITable_SortTable(view, order, 8);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    sort.cCategories = 2;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "more categories than columns: %#lx\n", hr);
    sort.cCategories = 0;
    sort.aSort[0].ulOrder = 16;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == MAPI_E_TOO_COMPLEX, "unknown order: %#lx\n", hr);
    sort.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    sort.aSort[0].ulPropTag = PROP_TAG(PT_OBJECT, 0x6600);
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == MAPI_E_TOO_COMPLEX, "objects: %#lx\n", hr);

    /* equal rows stay in their order, rows without a value come last either way */
    sort.aSort[0].ulPropTag = TAG_NUMBER;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_rows(view, "2 4 5 1 3 6 7");
    sort.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    hr = IMAPITable_SortTable(view, order, TBL_ASYNC);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    hr = IMAPITable_WaitForCompletion(view, 0, INFINITE, NULL);
    ok(hr == S_OK, "WaitForCompletion: %#lx\n", hr);
    check_rows(view, "1 3 6 5 4 2 7");
    hr = IMAPITable_QuerySortOrder(view, &got);
    ok(hr == S_OK && got->cSorts == 1 && got->aSort[0].ulOrder == TABLE_SORT_DESCEND,
       "QuerySortOrder: %#lx\n", hr);
    test_free(got);

    /* text as people sort it, in either width of the tag */
    sort.aSort[0].ulPropTag = PR_DISPLAY_NAME_A;
    sort.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    hr = IMAPITable_SortTable(view, order, TBL_BATCH);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_rows(view, "6 2 3 4 1 5 7");
    sort.aSort[0].ulPropTag = PR_DISPLAY_NAME_W;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_rows(view, "6 2 3 4 1 5 7");

    /* two keys, and a view that is born sorted */
    sort.cSorts = 2;
    sort.aSort[0].ulPropTag = TAG_NUMBER;
    sort.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    sort.aSort[1].ulPropTag = PR_DISPLAY_NAME_A;
    sort.aSort[1].ulOrder = TABLE_SORT_ASCEND;
    hr = ITableData_HrGetView(data, order, NULL, 0, &sorted);
    ok(hr == S_OK, "HrGetView: %#lx\n", hr);
    check_rows(sorted, "6 3 1 5 4 2 7");

    /* bookmarks stay on their row when it moves */
    IMAPITable_SeekRow(sorted, BOOKMARK_BEGINNING, 2, NULL);
    IMAPITable_CreateBookmark(sorted, &bookmark);
    set_row(data, 1, "pear", -10);
    check_all_rows(sorted, "6 3 5 4 2 1 7");
    hr = IMAPITable_SeekRow(sorted, bookmark, 0, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_rows(sorted, "1 7");
    set_row(data, 8, "between", 1);
    check_all_rows(sorted, "6 3 5 8 4 2 1 7");
    delete_row(data, 5);
    check_all_rows(sorted, "6 3 8 4 2 1 7");
    hr = IMAPITable_SeekRow(sorted, bookmark, 0, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    check_position(sorted, 5);
    sort.cSorts = 0;
    hr = IMAPITable_SortTable(sorted, order, 0);
    ok(hr == S_OK, "no columns: %#lx\n", hr);
    hr = IMAPITable_SeekRow(sorted, bookmark, 0, NULL);
    ok(hr == MAPI_E_INVALID_BOOKMARK, "SortTable left a bookmark: %#lx\n", hr);
    check_rows(sorted, "1 2 3 4 6 7 8");

    ok(!IMAPITable_Release(sorted), "view is left\n");
    ok(!IMAPITable_Release(view), "view is left\n");
    ok(!ITableData_Release(data), "table is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

START_TEST(table)
{
    test_CreateTable();
    test_rows();
    test_columns();
    test_positions();
    test_sort();
}
