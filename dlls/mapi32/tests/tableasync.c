/*
 * Asynchronous calls of IMAPITable, and tables changed from several threads
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

/*
 * What an operation in progress does to the other methods is checked one by one in
 * tests/core/check_table.c, where it can be held. Here real workers do real work: whether they are
 * done at a given moment is chance, so each answer that is right then is taken, but what comes out
 * in the end is one thing only.
 */

#define COBJMACROS
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"

#include "tables.h"

#define ROWS 20000
#define PATIENCE 120000

static ITableData *create_many(void)
{
    ITableData *data = create_table();
    char name[32];
    LONG i;

    for (i = 0; i < ROWS; i++)
    {
        sprintf(name, "row %ld", i * 7919 % ROWS);
        if (set_row(data, i, name, ROWS - i) != S_OK) break;
    }
    ok(i == ROWS, "only %ld rows\n", i);
    return data;
}

static LONG first_row(IMAPITable *view)
{
    LONG id = -1;
    SRowSet *rows;
    HRESULT hr;

    hr = IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
    ok(hr == S_OK, "SeekRow: %#lx\n", hr);
    hr = IMAPITable_QueryRows(view, 1, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "QueryRows: %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        if (rows->cRows) id = rows->aRow[0].lpProps[0].Value.l;
        free_rows(rows);
    }
    return id;
}

static void wait_for(IMAPITable *view)
{
    ULONG status = 0xdead;
    HRESULT hr;

    hr = IMAPITable_WaitForCompletion(view, 0, PATIENCE, &status);
    ok(hr == S_OK && status == TBLSTAT_COMPLETE, "WaitForCompletion: %#lx, status %lu\n", hr,
       status);
}

static void test_operations(void)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    SizedSPropTagArray(2, columns) = { 2, { TAG_NUMBER, PR_ROWID } };
    SSortOrderSet *order = (SSortOrderSet *)&sort;
    ITableData *data = create_many();
    IMAPITable *view = get_view(data);
    ULONG status, type, count, stopped = 0, i;
    SPropValue number;
    SRestriction res;
    SRowSet *rows;
    HRESULT hr;

    hr = IMAPITable_SortTable(view, order, TBL_ASYNC | 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = IMAPITable_SortTable(view, order, TBL_ASYNC);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    hr = IMAPITable_GetStatus(view, &status, &type);
    ok(hr == S_OK && (status == TBLSTAT_SORTING || status == TBLSTAT_COMPLETE),
       "GetStatus: %#lx %lu\n", hr, status);
    hr = IMAPITable_GetRowCount(view, 0, &count);
    ok(hr == MAPI_E_BUSY || (hr == S_OK && count == ROWS), "GetRowCount: %#lx %lu\n", hr, count);
    rows = (SRowSet *)0xdead;
    hr = IMAPITable_QueryRows(view, 1, TBL_NOADVANCE, &rows);
    ok(hr == S_OK || (hr == MAPI_E_BUSY && !rows), "QueryRows: %#lx %p\n", hr, rows);
    if (hr == S_OK) free_rows(rows);
    hr = IMAPITable_WaitForCompletion(view, 0, 0, NULL);
    ok(hr == S_OK || hr == MAPI_E_TIMEOUT, "WaitForCompletion: %#lx\n", hr);
    wait_for(view);
    ok(first_row(view) == ROWS - 1, "not sorted\n");

    number.ulPropTag = TAG_NUMBER;
    number.Value.l = 100;
    res = property(RELOP_LE, &number);
    hr = IMAPITable_Restrict(view, &res, TBL_ASYNC);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    /* The call after it does not say that the table is busy. */
    hr = IMAPITable_FindRow(view, &res, BOOKMARK_END, DIR_BACKWARD);
    ok(hr == S_OK, "FindRow: %#lx\n", hr);
    wait_for(view);
    hr = IMAPITable_GetRowCount(view, 0, &count);
    ok(hr == S_OK && count == 100, "GetRowCount: %#lx %lu\n", hr, count);
    check_position(view, 99);

    hr = IMAPITable_SetColumns(view, (SPropTagArray *)&columns, TBL_ASYNC);
    ok(hr == S_OK, "SetColumns: %#lx\n", hr);
    wait_for(view);
    ok(first_row(view) == 1, "columns are not set\n");
    hr = IMAPITable_Restrict(view, NULL, TBL_ASYNC);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    wait_for(view);
    hr = IMAPITable_GetRowCount(view, 0, &count);
    ok(hr == S_OK && count == ROWS, "GetRowCount: %#lx %lu\n", hr, count);

    /* Stopped or not, the order is one or the other, and whole. */
    for (i = 0; i < 20; i++)
    {
        sort.aSort[0].ulOrder = i & 1 ? TABLE_SORT_ASCEND : TABLE_SORT_DESCEND;
        hr = IMAPITable_SortTable(view, order, TBL_ASYNC);
        ok(hr == S_OK, "SortTable: %#lx\n", hr);
        if (i % 3 == 2) Sleep(i);
        hr = IMAPITable_Abort(view);
        ok(hr == S_OK || hr == MAPI_E_UNABLE_TO_ABORT, "Abort: %#lx\n", hr);
        if (hr == S_OK) stopped++;
        hr = IMAPITable_GetStatus(view, &status, &type);
        ok(hr == S_OK && status == TBLSTAT_COMPLETE, "GetStatus: %#lx %lu\n", hr, status);
        if (hr == S_OK)
        {
            LONG first = first_row(view);
            ok(first == 1 || first == ROWS, "first row %ld\n", first);
        }
    }
    trace("%lu of 20 operations stopped\n", stopped);
    sort.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    hr = IMAPITable_SortTable(view, order, 0);
    ok(hr == S_OK && first_row(view) == ROWS, "SortTable: %#lx\n", hr);
    end_table(data, view);
}

/* The last references go while work is under way, and MAPI with them. */
static void test_going_away(void)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { PR_DISPLAY_NAME_A, TABLE_SORT_ASCEND } } };
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };
    ITableData *data = create_many();
    IMAPITable *view;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < 30; i++)
    {
        view = get_view(data);
        sort.aSort[0].ulOrder = i & 1 ? TABLE_SORT_ASCEND : TABLE_SORT_DESCEND;
        hr = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, TBL_ASYNC);
        ok(hr == S_OK, "SortTable: %#lx\n", hr);
        if (i % 3) Sleep(i % 3);
        ok(!IMAPITable_Release(view), "view is left\n");
    }
    view = get_view(data);
    hr = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, TBL_ASYNC);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    MAPIUninitialize();
    end_table(data, view);
    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "MAPIInitialize: %#lx\n", hr);
}

/* --- several threads ---------------------------------------------------------------------------------- */

struct party
{
    ITableData *data;
    IMAPITable *shared;
    LONG number;
    LONG failures;
};

static BOOL ordered(IMAPITable *view, BOOL *busy)
{
    LONG last = MINLONG, number;
    SRowSet *rows;
    BOOL ret = TRUE;
    HRESULT hr;
    ULONG i;

    *busy = FALSE;
    hr = IMAPITable_QueryRows(view, 200, 0, &rows);
    if ((*busy = hr == MAPI_E_BUSY)) return TRUE;
    if (hr != S_OK) return FALSE;
    for (i = 0; i < rows->cRows; i++, last = number)
        if ((number = rows->aRow[i].lpProps[2].Value.l) < last) ret = FALSE;
    free_rows(rows);
    return ret;
}

/* Even ones change rows of their own, odd ones look at views, one of which they share. */
static DWORD WINAPI party_thread(void *arg)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    struct party *party = arg;
    SPropValue number;
    SRestriction res;
    IMAPITable *view;
    BOOL busy;
    HRESULT hr;
    LONG i;

    if (!(party->number & 1))
    {
        for (i = 0; i < 1500; i++)
        {
            LONG id = ROWS + party->number * 1000 + i % 50;

            if (i % 7 == 6) delete_row(party->data, id);
            else if (set_row(party->data, id, "of a thread", (i * 31) % 1000) != S_OK)
                party->failures++;
        }
        return 0;
    }
    number.ulPropTag = TAG_NUMBER;
    res = property(RELOP_LT, &number);
    if (ITableData_HrGetView(party->data, (SSortOrderSet *)&sort, NULL, 0, &view) != S_OK)
        return party->failures++;
    for (i = 0; i < 40; i++)
    {
        number.Value.l = 100 + i * 20;
        hr = IMAPITable_Restrict(view, &res, i & 1 ? TBL_ASYNC : 0);
        if (hr != S_OK) party->failures++;
        if (i % 5 == 1) IMAPITable_Abort(view);
        if (i % 5 == 3 && IMAPITable_WaitForCompletion(view, 0, PATIENCE, NULL) != S_OK)
            party->failures++;
        if (!ordered(view, &busy)) party->failures++;
        IMAPITable_WaitForCompletion(view, 0, PATIENCE, NULL);

        hr = IMAPITable_SortTable(party->shared, (SSortOrderSet *)&sort, TBL_ASYNC);
        if (hr != S_OK && hr != MAPI_E_BUSY) party->failures++;
        hr = IMAPITable_SeekRowApprox(party->shared, i, 40);
        if (hr != S_OK && hr != MAPI_E_BUSY) party->failures++;
        if (!ordered(party->shared, &busy)) party->failures++;
        if (i % 9 == 8)
        {
            hr = IMAPITable_Abort(party->shared);
            if (hr != S_OK && hr != MAPI_E_UNABLE_TO_ABORT) party->failures++;
        }
    }
    if (IMAPITable_Release(view)) party->failures++;
    return 0;
}

static void test_threads(void)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    ITableData *data = create_many();
    struct party parties[6];
    IMAPITable *shared;
    HANDLE threads[6];
    HRESULT hr;
    ULONG i;

    hr = ITableData_HrGetView(data, (SSortOrderSet *)&sort, NULL, 0, &shared);
    ok(hr == S_OK, "HrGetView: %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        parties[i].data = data;
        parties[i].shared = shared;
        parties[i].number = i;
        parties[i].failures = 0;
        threads[i] = CreateThread(NULL, 0, party_thread, &parties[i], 0, NULL);
    }
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        ok(WaitForSingleObject(threads[i], PATIENCE) == WAIT_OBJECT_0, "thread %lu does not end\n",
           i);
        CloseHandle(threads[i]);
        ok(!parties[i].failures, "thread %lu: %ld failures\n", i, parties[i].failures);
    }
    wait_for(shared);
    end_table(data, shared);
}

START_TEST(tableasync)
{
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };
    HRESULT hr;

    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "MAPIInitialize: %#lx\n", hr);
    test_operations();
    test_going_away();
    test_threads();
    MAPIUninitialize();
}
