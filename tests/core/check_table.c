/*
 * Units of the tables of object/, under the sanitizers and without memory
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
 * The table engine is compiled here as part of the test: all it asks of the system besides memory
 * are a lock, a worker and the sinks of its views, which are stood in for. So each of its
 * allocations can be made to fail, which the DLL's own tests cannot do, and every access is
 * watched.
 */

#include "tableengine.h"

/* --- the tests ------------------------------------------------------------------------------------------- */

#define T_NAME   PROP_TAG(PT_UNICODE, 0x6600)
#define T_NUMBER PROP_TAG(PT_LONG, 0x6601)
#define T_MANY   PROP_TAG(PT_MV_LONG, 0x6602)

static SCODE WINAPI unit_allocate(ULONG size, void **ret)
{
    ck_assert_uint_eq(unit_lock_depth, 0);
    return memory_allocate_buffer(size, ret);
}

static ULONG WINAPI unit_free(void *block)
{
    ck_assert_uint_eq(unit_lock_depth, 0);
    return memory_free_buffer(block);
}

static const struct mapi_allocators unit_allocators = { unit_allocate, memory_allocate_more, unit_free };

static HRESULT put(ITableData *data, LONG id, LONG number, ULONG many)
{
    static LONG values[] = { 3, 1, 2 };
    SPropValue props[4] =
    {
        { .ulPropTag = PR_ROWID, .Value.l = id },
        { .ulPropTag = PROP_TAG(PT_STRING8, PROP_ID(T_NAME)), .Value.lpszA = (char *)(number & 1 ? "odd" : "even") },
        { .ulPropTag = T_NUMBER, .Value.l = number },
        { .ulPropTag = T_MANY, .Value.MVl = { many, values }}
    };
    SRow row = { 0, 4, props };

    return ITableData_HrModifyRow(data, &row);
}

static HRESULT create(ITableData **data)
{
    SizedSPropTagArray(3, columns) = { 3, { PR_ROWID, T_NAME, T_NUMBER }};

    return data_create(&unit_allocators, TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&columns, TRUE,
                       data);
}

/* The view shows its rows in order, and as many as it says. */
static HRESULT check_view(IMAPITable *view, BOOL sorted)
{
    ULONG count, i, n;
    LONG last = 0;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL))) return hr;
    if (FAILED(hr = IMAPITable_GetRowCount(view, 0, &count))) return hr;
    if (FAILED(hr = IMAPITable_QueryRows(view, 1000, 0, &rows)))
    {
        ck_assert_ptr_null(rows);
        return hr;
    }
    ck_assert_uint_eq(rows->cRows, count);
    for (i = 0; i < count && sorted; i++)
    {
        for (n = 0; rows->aRow[i].lpProps[n].ulPropTag != T_NUMBER; n++) { }
        ck_assert(!i || rows->aRow[i].lpProps[n].Value.l >= last);
        last = rows->aRow[i].lpProps[n].Value.l;
    }
    rows_free(&unit_allocators, rows);
    return S_OK;
}

/* Much of what a table can do, in one go; the first error ends it. */
static HRESULT whole_life(void *context)
{
    SizedSSortOrderSet(2, sort) = { 1, 0, 0, {{ T_NUMBER, TABLE_SORT_ASCEND }, { T_NAME, TABLE_SORT_DESCEND }}};
    SizedSSortOrderSet(2, groups) = { 2, 1, 1, {{ T_NUMBER, TABLE_SORT_ASCEND }, { T_NAME, TABLE_SORT_DESCEND }}};
    SizedSPropTagArray(4, columns) = { 4, { T_NUMBER, T_MANY | MVI_FLAG, PR_INSTANCE_KEY, T_NAME }};
    SPropValue value = { .ulPropTag = T_NUMBER, .Value.l = 2 }, id = { .ulPropTag = PR_ROWID, .Value.l = 3 };
    SRestriction res = { RES_PROPERTY, .res.resProperty = { RELOP_GE, T_NUMBER, &value }};
    SizedSSortOrderSet(4, ranks) = { 4, 2, 1, {{ T_NAME, TABLE_SORT_ASCEND }, { T_NUMBER, TABLE_SORT_CATEG_MAX },
                                               { T_NUMBER, TABLE_SORT_DESCEND }, { PR_ROWID, TABLE_SORT_ASCEND }}};
    IMAPITable *plain = NULL, *sorted = NULL, *grouped = NULL, *ranked = NULL;
    ITableData *data = NULL;
    SPropTagArray *tags;
    SSortOrderSet *order;
    ULONG_PTR connection;
    BYTE *state, *key;
    BOOKMARK bookmark;
    ULONG i, size, status;
    SRowSet *rows;
    SRow *row;
    HRESULT hr;

    if (FAILED(hr = create(&data))) goto done;
    if (FAILED(hr = ITableData_HrGetView(data, NULL, NULL, 0, &plain))) goto done;
    if (FAILED(hr = table_view(data, 0, (SSortOrderSet *)&sort, &sorted))) goto done;
    if (FAILED(hr = table_view(data, MAPI_UNICODE, (SSortOrderSet *)&groups, &grouped))) goto done;
    if (FAILED(hr = ITableData_HrGetView(data, (SSortOrderSet *)&ranks, NULL, 0, &ranked)))
        goto done;
    IMAPITable_Advise(ranked, fnevTableModified, (IMAPIAdviseSink *)data, &connection);
    IMAPITable_Advise(sorted, fnevTableModified, (IMAPIAdviseSink *)data, &connection);
    IMAPITable_Advise(grouped, fnevTableModified, (IMAPIAdviseSink *)data, &connection);
    for (i = 0; i < 6; i++) if (FAILED(hr = put(data, i, 5 - i % 4, i % 3))) goto done;
    if (FAILED(hr = check_view(plain, FALSE))) goto done;
    if (FAILED(hr = check_view(sorted, TRUE))) goto done;
    if (FAILED(hr = check_view(grouped, TRUE))) goto done;
    if (FAILED(hr = IMAPITable_SeekRow(sorted, BOOKMARK_BEGINNING, 2, NULL))) goto done;
    if (FAILED(hr = IMAPITable_CreateBookmark(sorted, &bookmark))) goto done;
    if (FAILED(hr = put(data, 1, 9, 2))) goto done;
    if (FAILED(hr = put(data, 2, 1, 0))) goto done;
    if (FAILED(hr = ITableData_HrDeleteRow(data, &id))) goto done;
    if (FAILED(hr = check_view(sorted, TRUE))) goto done;
    if (FAILED(hr = check_view(grouped, TRUE))) goto done;

    if (FAILED(hr = IMAPITable_Restrict(sorted, &res, 0))) goto done;
    if (FAILED(hr = check_view(sorted, TRUE))) goto done;
    if (FAILED(hr = IMAPITable_FindRow(sorted, &res, BOOKMARK_BEGINNING, 0))) goto done;
    if (FAILED(hr = IMAPITable_SetColumns(sorted, (SPropTagArray *)&columns, 0))) goto done;
    if (FAILED(hr = put(data, 1, 3, 3))) goto done;
    if (FAILED(hr = check_view(sorted, TRUE))) goto done;
    if (FAILED(hr = IMAPITable_SortTable(plain, (SSortOrderSet *)&sort, TBL_BATCH))) goto done;
    if (FAILED(hr = check_view(plain, TRUE))) goto done;

    if (FAILED(hr = IMAPITable_SortTable(plain, (SSortOrderSet *)&groups, TBL_ASYNC))) goto done;
    unit_assert_hr(IMAPITable_GetRowCount(plain, 0, &i), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_WaitForCompletion(plain, 0, ~0u, &status), S_OK);
    ck_assert_uint_eq(work_count, 0);
    ck_assert(status == TBLSTAT_COMPLETE || status == TBLSTAT_SORT_ERROR);
    if (status == TBLSTAT_SORT_ERROR) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr) || FAILED(hr = check_view(plain, TRUE))) goto done;
    if (FAILED(hr = IMAPITable_SortTable(plain, (SSortOrderSet *)&sort, TBL_ASYNC))) goto done;
    unit_assert_hr(IMAPITable_Abort(plain), S_OK);
    work();
    if (FAILED(hr = IMAPITable_SetColumns(plain, (SPropTagArray *)&columns, TBL_ASYNC))) goto done;
    hr = IMAPITable_CreateBookmark(plain, &bookmark);
    work();
    if (FAILED(hr)) goto done;
    /* It goes with an operation that has not begun, and one more order that needs no new rows. */
    if (FAILED(hr = IMAPITable_SortTable(sorted, (SSortOrderSet *)&sort, 0))) goto done;
    if (FAILED(hr = IMAPITable_Restrict(plain, &res, TBL_ASYNC))) goto done;
    ck_assert_uint_eq(IMAPITable_Release(plain), 0);
    plain = NULL;
    work();

    if (FAILED(hr = IMAPITable_QueryColumns(sorted, TBL_ALL_COLUMNS, &tags))) goto done;
    memory_free_buffer(tags);
    if (FAILED(hr = IMAPITable_QuerySortOrder(sorted, &order))) goto done;
    memory_free_buffer(order);
    id.Value.l = 1;
    if (FAILED(hr = ITableData_HrQueryRow(data, &id, &row, NULL))) goto done;
    memory_free_buffer(row);
    if (FAILED(hr = ITableData_HrNotify(data, 0, 1, &id))) goto done;

    /* the first heading of the grouped view collapses, and comes back */
    columns.aulPropTag[1] = PR_ROW_TYPE;
    if (FAILED(hr = IMAPITable_SetColumns(grouped, (SPropTagArray *)&columns, 0))) goto done;
    if (FAILED(hr = IMAPITable_SeekRow(grouped, BOOKMARK_BEGINNING, 0, NULL))) goto done;
    if (FAILED(hr = IMAPITable_QueryRows(grouped, 1, 0, &rows))) goto done;
    ck_assert_int_eq(rows->aRow[0].lpProps[1].Value.l, TBL_EXPANDED_CATEGORY);
    size = rows->aRow[0].lpProps[2].Value.bin.cb;
    key = rows->aRow[0].lpProps[2].Value.bin.lpb;
    hr = IMAPITable_CollapseRow(grouped, size, key, 0, &i);
    ck_assert(FAILED(hr) || i == 1);
    if (SUCCEEDED(hr)
        && SUCCEEDED(hr = IMAPITable_GetCollapseState(grouped, 0, size, key, &i, &state)))
    {
        hr = IMAPITable_ExpandRow(grouped, size, key, 0, 0, NULL, NULL);
        if (SUCCEEDED(hr)) hr = IMAPITable_SetCollapseState(grouped, 0, i, state, &bookmark);
        memory_free_buffer(state);
    }
    rows_free(&unit_allocators, rows);
    if (SUCCEEDED(hr)) hr = ITableData_HrDeleteRows(data, TAD_ALL_ROWS, NULL, NULL);
    if (SUCCEEDED(hr)) hr = put(data, 7, 7, 1);

done:
    work();
    if (plain) ck_assert_uint_eq(IMAPITable_Release(plain), 0);
    if (sorted) ck_assert_uint_eq(IMAPITable_Release(sorted), 0);
    if (grouped) ck_assert_uint_eq(IMAPITable_Release(grouped), 0);
    if (ranked) ck_assert_uint_eq(IMAPITable_Release(ranked), 0);
    if (data) ck_assert_uint_eq(ITableData_Release(data), 0);
    ck_assert_uint_eq(unit_lock_depth, 0);
    return FAILED(hr) ? hr : S_OK;
}

START_TEST(life)
{
    events = 0;
    unit_assert_hr(whole_life(NULL), S_OK);
    ck_assert(events > 20);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static void check_status(IMAPITable *view, ULONG expected)
{
    ULONG status, type;

    unit_assert_hr(IMAPITable_GetStatus(view, &status, &type), S_OK);
    ck_assert_uint_eq(status, expected);
    unit_assert_hr(IMAPITable_WaitForCompletion(view, 0, 0, &status),
                   expected == TBLSTAT_SORTING || expected == TBLSTAT_RESTRICTING
                           || expected == TBLSTAT_SETTING_COLS
                       ? MAPI_E_TIMEOUT
                       : S_OK);
    ck_assert_uint_eq(status, expected);
}

/* What the index column of the row at a place is. */
static LONG row_at(IMAPITable *view, LONG place)
{
    SRowSet *rows;
    ULONG i;
    LONG ret;

    unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, place, NULL), S_OK);
    unit_assert_hr(IMAPITable_QueryRows(view, 1, 0, &rows), S_OK);
    ck_assert_uint_eq(rows->cRows, 1);
    for (i = 0; rows->aRow[0].lpProps[i].ulPropTag != PR_ROWID; i++) { }
    ret = rows->aRow[0].lpProps[i].Value.l;
    rows_free(&unit_allocators, rows);
    return ret;
}

/* An operation that has not begun: who says that the table is busy, and who sees it through. */
START_TEST(async)
{
    SizedSSortOrderSet(1, order) = { 1, 0, 0, {{ T_NUMBER, TABLE_SORT_DESCEND }}};
    SizedSPropTagArray(2, columns) = { 2, { PR_ROWID, T_MANY | MVI_FLAG }};
    SPropValue value = { .ulPropTag = T_NUMBER, .Value.l = 7 };
    SRestriction res = { RES_PROPERTY, .res.resProperty = { RELOP_LE, T_NUMBER, &value }};
    SSortOrderSet *sort = (SSortOrderSet *)&order, *got;
    struct table_view *inside;
    ULONG number, numerator, denominator, calls, n;
    ULONG_PTR connection;
    SPropTagArray *tags;
    BOOKMARK bookmark;
    ITableData *data;
    IMAPITable *view;
    SRowSet *rows;
    BYTE *state;
    LONG i;

    unit_assert_hr(create(&data), S_OK);
    for (i = 0; i < 10; i++) unit_assert_hr(put(data, i, i, 2), S_OK);
    unit_assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &view), S_OK);
    inside = impl_from_IMAPITable(view);
    unit_assert_hr(IMAPITable_Advise(view, fnevTableModified, (IMAPIAdviseSink *)data, &connection),
                   S_OK);
    check_status(view, TBLSTAT_COMPLETE);
    unit_assert_hr(IMAPITable_Abort(view), S_OK);

    events = 0;
    unit_assert_hr(IMAPITable_SortTable(view, sort, TBL_ASYNC), S_OK);
    check_status(view, TBLSTAT_SORTING);
    unit_assert_hr(IMAPITable_SortTable(view, sort, 0), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_SortTable(view, sort, TBL_ASYNC), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_Restrict(view, NULL, TBL_BATCH), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_Restrict(view, &res, 0), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_SetColumns(view, (SPropTagArray *)&columns, 0), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_QueryColumns(view, 0, &tags), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_QuerySortOrder(view, &got), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_GetRowCount(view, 0, &number), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, &i), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_SeekRowApprox(view, 1, 2), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_QueryRows(view, 1, 0, &rows), MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_GetCollapseState(view, 0, 1, (BYTE *)"", &number, &state),
                   MAPI_E_BUSY);
    unit_assert_hr(IMAPITable_SetCollapseState(view, 0, 1, (BYTE *)"", &bookmark), MAPI_E_BUSY);
    /* the data goes on */
    unit_assert_hr(put(data, 10, 10, 2), S_OK);
    ck_assert_uint_eq(last_event, TABLE_ROW_ADDED);
    work();
    check_status(view, TBLSTAT_COMPLETE);
    ck_assert_uint_eq(last_event, TABLE_SORT_DONE);
    ck_assert_int_eq(row_at(view, 0), 10);
    unit_assert_hr(IMAPITable_Abort(view), MAPI_E_UNABLE_TO_ABORT);

    /* stopped before it begins */
    order.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    unit_assert_hr(IMAPITable_SortTable(view, sort, TBL_ASYNC), S_OK);
    unit_assert_hr(IMAPITable_Abort(view), S_OK);
    check_status(view, TBLSTAT_COMPLETE);
    work();
    ck_assert_int_eq(row_at(view, 0), 10);
    unit_assert_hr(IMAPITable_QuerySortOrder(view, &got), S_OK);
    ck_assert_uint_eq(got->aSort[0].ulOrder, TABLE_SORT_DESCEND);
    memory_free_buffer(got);

    /* stopped in the midst of it, whatever it is; what stood there stands */
    events = 0;
    for (n = 0; n < 4; n++)
    {
        unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 3, NULL), S_OK);
        unit_assert_hr(IMAPITable_CreateBookmark(view, &bookmark), S_OK);
        order.cCategories = n == 1;
        if (n < 2) unit_assert_hr(IMAPITable_SortTable(view, sort, TBL_ASYNC), S_OK);
        else if (n == 2) unit_assert_hr(IMAPITable_Restrict(view, &res, TBL_ASYNC), S_OK);
        else
            unit_assert_hr(IMAPITable_SetColumns(view, (SPropTagArray *)&columns, TBL_ASYNC), S_OK);
        InterlockedExchange(&inside->to_stop, inside->operation);
        work();
        check_status(view, TBLSTAT_COMPLETE);
        unit_assert_hr(IMAPITable_QueryPosition(view, &number, &numerator, &denominator), S_OK);
        ck_assert_uint_eq(number, 3);
        unit_assert_hr(IMAPITable_SeekRow(view, bookmark, 0, NULL), S_OK);
        for (i = 0; i < 11; i++) ck_assert_int_eq(row_at(view, i), 10 - i);
        unit_assert_hr(IMAPITable_GetRowCount(view, 0, &number), S_OK);
        ck_assert_uint_eq(number, 11);
    }
    order.cCategories = 0;
    ck_assert_uint_eq(events, 0);

    /* those that may not say that it is busy see it through */
    unit_assert_hr(IMAPITable_Restrict(view, &res, TBL_ASYNC), S_OK);
    check_status(view, TBLSTAT_RESTRICTING);
    unit_assert_hr(IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0), S_OK);
    check_status(view, TBLSTAT_COMPLETE);
    ck_assert_uint_eq(last_event, TABLE_RESTRICT_DONE);
    work();
    unit_assert_hr(IMAPITable_QueryPosition(view, &number, &numerator, &denominator), S_OK);
    ck_assert_uint_eq(number, 0);
    ck_assert_uint_eq(denominator, 8);
    unit_assert_hr(IMAPITable_SetColumns(view, (SPropTagArray *)&columns, TBL_ASYNC), S_OK);
    check_status(view, TBLSTAT_SETTING_COLS);
    unit_assert_hr(IMAPITable_QueryPosition(view, &number, &numerator, &denominator), S_OK);
    ck_assert_uint_eq(denominator, 16);
    ck_assert_uint_eq(last_event, TABLE_SETCOL_DONE);
    work();

    /* one that fails says so, and leaves what was there; the next one makes it good */
    unit_assert_hr(IMAPITable_SortTable(view, sort, TBL_ASYNC), S_OK);
    unit_fail_allocation(2, FALSE);
    work();
    ck_assert(unit_failed());
    unit_fail_allocation(0, FALSE);
    check_status(view, TBLSTAT_SORT_ERROR);
    ck_assert_int_eq(row_at(view, 0), 7);
    unit_assert_hr(IMAPITable_Restrict(view, NULL, TBL_ASYNC), S_OK);
    unit_fail_allocation(2, FALSE);
    work();
    unit_fail_allocation(0, FALSE);
    check_status(view, TBLSTAT_RESTRICT_ERROR);
    ck_assert_uint_eq(last_event, TABLE_ERROR);
    unit_assert_hr(last_result, MAPI_E_NOT_ENOUGH_MEMORY);
    unit_assert_hr(IMAPITable_SortTable(view, sort, 0), S_OK);
    check_status(view, TBLSTAT_COMPLETE);
    ck_assert_int_eq(row_at(view, 0), 0);

    /* without a thread for it, it is done when the call returns */
    no_workers = TRUE;
    unit_assert_hr(IMAPITable_Restrict(view, NULL, TBL_ASYNC), S_OK);
    no_workers = FALSE;
    check_status(view, TBLSTAT_COMPLETE);
    unit_assert_hr(IMAPITable_GetRowCount(view, 0, &calls), S_OK);
    ck_assert_uint_eq(calls, 22);

    /* the worker outlives view and data */
    unit_assert_hr(IMAPITable_SortTable(view, sort, TBL_ASYNC), S_OK);
    ck_assert_uint_eq(IMAPITable_Release(view), 0);
    ck_assert_uint_eq(ITableData_Release(data), 0);
    work();
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

#define T_FIRST PROP_TAG(PT_LONG, 0x6610)
#define T_SECOND PROP_TAG(PT_LONG, 0x6611)

/* A row of two categories and a value, which it has not when it is 0. */
static HRESULT put_ranked(ITableData *data, LONG id, LONG first, LONG second, LONG value)
{
    SPropValue props[4] =
    {
        { .ulPropTag = PR_ROWID, .Value.l = id }, { .ulPropTag = T_FIRST, .Value.l = first },
        { .ulPropTag = T_SECOND, .Value.l = second }, { .ulPropTag = T_NUMBER, .Value.l = value }
    };
    SRow row = { 0, value ? 4 : 3, props };

    return ITableData_HrModifyRow(data, &row);
}

struct ranked_row
{
    LONG first, second, value, id;
};

/* The greatest value of a category that is ranked by it, 0 for none; second -1: of the outer
 * one. */
static LONG rank_of(const struct ranked_row *rows, ULONG count, LONG first, LONG second, BOOL least)
{
    LONG best = 0;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (!rows[i].id || rows[i].first != first || (second != -1 && rows[i].second != second))
            continue;
        if (!rows[i].value) continue;
        if (!best || (least ? rows[i].value < best : rows[i].value > best)) best = rows[i].value;
    }
    return best;
}

static const struct ranked_row *ranked_rows;
static ULONG ranked_count;

/* Outer categories by their greatest value downwards, inner ones by their least upwards, rows by
 * their id. */
static int compare_ranked(const void *x, const void *y)
{
    const struct ranked_row *a = x, *b = y;
    LONG p, q;

    if (a->first != b->first)
    {
        p = rank_of(ranked_rows, ranked_count, a->first, -1, FALSE);
        q = rank_of(ranked_rows, ranked_count, b->first, -1, FALSE);
        if (p != q) return !p ? 1 : !q ? -1 : p > q ? -1 : 1;
        return a->first > b->first ? -1 : 1;
    }
    if (a->second != b->second)
    {
        p = rank_of(ranked_rows, ranked_count, a->first, a->second, TRUE);
        q = rank_of(ranked_rows, ranked_count, b->first, b->second, TRUE);
        if (p != q) return !p ? 1 : !q ? -1 : p < q ? -1 : 1;
        return a->second < b->second ? -1 : 1;
    }
    return a->id < b->id ? -1 : a->id > b->id;
}

static void check_ranked(IMAPITable *view, const struct ranked_row *rows, ULONG count)
{
    struct ranked_row sorted[64];
    ULONG i, n, used = 0;
    SRowSet *got;

    for (i = 0; i < count; i++) if (rows[i].id) sorted[used++] = rows[i];
    ranked_rows = rows;
    ranked_count = count;
    qsort(sorted, used, sizeof(*sorted), compare_ranked);
    unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    unit_assert_hr(IMAPITable_QueryRows(view, 1000, 0, &got), S_OK);
    for (i = n = 0; i < got->cRows; i++)
    {
        const SPropValue *props = got->aRow[i].lpProps;

        /* headings show their category, what ranks it, and come right before its first row */
        if (props[4].Value.l != TBL_LEAF_ROW)
        {
            LONG second = props[5].Value.l ? sorted[n].second : -1;
            LONG rank = rank_of(rows, count, sorted[n].first, second, second != -1);

            ck_assert_int_eq(props[1].Value.l, sorted[n].first);
            if (rank) ck_assert_int_eq(props[3].Value.l, rank);
            else ck_assert_uint_eq(PROP_TYPE(props[3].ulPropTag), PT_ERROR);
            continue;
        }
        ck_assert_uint_lt(n, used);
        ck_assert_int_eq(props[0].Value.l, sorted[n].id);
        n++;
    }
    ck_assert_uint_eq(n, used);
    rows_free(&unit_allocators, got);
}

/* Categories ranked by a value in them, through changes that move them, against the same done by
 * qsort. */
START_TEST(ranks)
{
    SizedSSortOrderSet(5, sort) = { 5, 4, 4, {{ T_FIRST, TABLE_SORT_DESCEND }, { T_NUMBER, TABLE_SORT_CATEG_MAX },
                                              { T_SECOND, TABLE_SORT_ASCEND }, { T_NUMBER, TABLE_SORT_CATEG_MIN },
                                              { PR_ROWID, TABLE_SORT_ASCEND }}};
    SizedSPropTagArray(6, columns) = { 6, { PR_ROWID, T_FIRST, T_SECOND, T_NUMBER, PR_ROW_TYPE, PR_DEPTH }};
    SSortOrderSet *order = (SSortOrderSet *)&sort;
    struct ranked_row rows[40], *row;
    SPropValue index = { .ulPropTag = PR_ROWID };
    ULONG_PTR connection;
    IMAPITable *view;
    ITableData *data;
    ULONG round, i;

    unit_assert_hr(create(&data), S_OK);
    memset(rows, 0, sizeof(rows));
    srand(7);
    for (i = 0; i < 20; i++)
    {
        rows[i] = (struct ranked_row){ rand() % 4, rand() % 3, rand() % 50, i + 1 };
        unit_assert_hr(put_ranked(data, i + 1, rows[i].first, rows[i].second, rows[i].value), S_OK);
    }
    unit_assert_hr(ITableData_HrGetView(data, order, NULL, 0, &view), S_OK);
    unit_assert_hr(IMAPITable_SetColumns(view, (SPropTagArray *)&columns, 0), S_OK);
    unit_assert_hr(IMAPITable_Advise(view, fnevTableModified, (IMAPIAdviseSink *)data, &connection),
                   S_OK);
    check_ranked(view, rows, ARRAY_SIZE(rows));
    for (round = 0; round < 600; round++)
    {
        i = rand() % ARRAY_SIZE(rows);
        row = &rows[i];
        if (row->id && rand() % 3 == 0)
        {
            index.Value.l = row->id;
            unit_assert_hr(ITableData_HrDeleteRow(data, &index), S_OK);
            row->id = 0;
        }
        else
        {
            /* often only the value changes */
            if (!row->id || rand() % 2) row->first = rand() % 4;
            if (!row->id || rand() % 2) row->second = rand() % 3;
            row->value = rand() % 50;
            row->id = i + 1;
            unit_assert_hr(put_ranked(data, i + 1, row->first, row->second, row->value), S_OK);
        }
        check_ranked(view, rows, ARRAY_SIZE(rows));
        if (round % 100 == 50)
        {
            unit_assert_hr(IMAPITable_SortTable(view, order, round % 200 == 50 ? 0 : TBL_BATCH),
                           S_OK);
            check_ranked(view, rows, ARRAY_SIZE(rows));
        }
    }
    ck_assert_uint_gt(events, 0);

    /* what is no such order */
    sort.aSort[0].ulOrder = TABLE_SORT_CATEG_MAX;
    unit_assert_hr(IMAPITable_SortTable(view, order, 0), MAPI_E_INVALID_PARAMETER);
    sort.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    sort.aSort[2].ulOrder = TABLE_SORT_CATEG_MIN;
    unit_assert_hr(IMAPITable_SortTable(view, order, 0), MAPI_E_TOO_COMPLEX);
    sort.aSort[2].ulOrder = TABLE_SORT_COMBINE;
    unit_assert_hr(IMAPITable_SortTable(view, order, 0), MAPI_E_INVALID_PARAMETER);
    sort.aSort[2].ulOrder = TABLE_SORT_ASCEND;
    sort.cCategories = sort.cExpanded = 2;
    unit_assert_hr(IMAPITable_SortTable(view, order, 0), MAPI_E_INVALID_PARAMETER);
    sort.aSort[3].ulOrder = TABLE_SORT_ASCEND;
    sort.aSort[1].ulPropTag = T_MANY | MV_INSTANCE;
    unit_assert_hr(IMAPITable_SortTable(view, order, 0), MAPI_E_TOO_COMPLEX);
    /* counted among the categories or not, it ranks them */
    sort.aSort[1].ulPropTag = T_NUMBER;
    sort.cCategories = sort.cExpanded = 1;
    unit_assert_hr(IMAPITable_SortTable(view, order, 0), S_OK);
    IMAPITable_Release(view);
    ITableData_Release(data);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

/* An allocation that fails may cost an event or have a view built once more, but never an error
 * that is not told, a wrong row or a block. So success is allowed here where unit_fail_each would
 * not have it. */
START_TEST(no_memory)
{
    BOOL and_after;
    HRESULT hr;
    ULONG n;

    for (and_after = FALSE; and_after <= TRUE; and_after++)
    {
        for (n = 1;; n++)
        {
            unit_fail_allocation(n, and_after);
            hr = whole_life(NULL);
            if (!unit_failed()) break;
            unit_fail_allocation(0, FALSE);
            ck_assert_msg(hr == S_OK || hr == MAPI_E_NOT_ENOUGH_MEMORY,
                          "%08x with allocation %u failing", (unsigned)hr, (unsigned)n);
            ck_assert_msg(!unit_live_blocks(), "%u blocks left with allocation %u failing",
                          (unsigned)unit_live_blocks(), (unsigned)n);
        }
        unit_fail_allocation(0, FALSE);
        unit_assert_hr(hr, S_OK);
        ck_assert(n > 200);
    }
}
END_TEST

/* What clients do with any table in one call. */
static HRESULT all_rows(void *context)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, {{ T_NUMBER, TABLE_SORT_DESCEND }}};
    SizedSPropTagArray(2, columns) = { 2, { T_NUMBER, PR_ROWID }};
    SizedSPropTagArray(1, more) = { 1, { T_NAME }};
    SPropValue value = { .ulPropTag = T_NUMBER, .Value.l = 2 };
    SRestriction res = { RES_PROPERTY, .res.resProperty = { RELOP_GE, T_NUMBER, &value }};
    IMAPITable *view = NULL;
    ITableData *data = NULL;
    SRowSet *rows;
    HRESULT hr;
    LONG i;

    if (FAILED(hr = create(&data))) goto done;
    for (i = 0; i < 5; i++) if (FAILED(hr = put(data, i, i, 1))) goto done;
    if (FAILED(hr = ITableData_HrGetView(data, NULL, NULL, 0, &view))) goto done;
    rows = (SRowSet *)1;
    if (FAILED(hr = HrQueryAllRows(view, (SPropTagArray *)&columns, &res, (SSortOrderSet *)&sort, 0,
                                   &rows)))
    {
        ck_assert_ptr_null(rows);
        goto done;
    }
    ck_assert_uint_eq(rows->cRows, 3);
    ck_assert_int_eq(rows->aRow[0].lpProps[0].Value.l, 4);
    FreeProws(rows);
    rows = (SRowSet *)1;
    hr = HrQueryAllRows(view, NULL, NULL, NULL, 2, &rows);
    ck_assert_ptr_null(rows);
    if (hr != MAPI_E_TABLE_TOO_BIG) goto done;
    if (FAILED(hr = HrAddColumnsEx(view, (SPropTagArray *)&more, unit_allocators.allocate,
                                   unit_allocators.free, NULL)))
        goto done;
    hr = HrQueryAllRows(view, NULL, NULL, NULL, 0, &rows);
    if (FAILED(hr)) goto done;
    ck_assert_uint_eq(rows->aRow[0].cValues, 3);
    ck_assert_uint_eq(rows->aRow[0].lpProps[0].ulPropTag, T_NAME);
    FreeProws(rows);

done:
    if (view) ck_assert_uint_eq(IMAPITable_Release(view), 0);
    if (data) ck_assert_uint_eq(ITableData_Release(data), 0);
    return hr;
}

START_TEST(all_rows_no_memory)
{
    unit_fail_each(all_rows, NULL);
}
END_TEST

/* Rows put before all others until their labels have no room left. */
START_TEST(labels)
{
    SPropValue prop = { .ulPropTag = PR_ROWID };
    SRow row = { 0, 1, &prop }, *got;
    ITableData *data;
    IMAPITable *view;
    SRowSet *rows;
    ULONG i;

    unit_assert_hr(create(&data), S_OK);
    unit_assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &view), S_OK);
    unit_assert_hr(IMAPITable_GetRowCount(view, 0, &i), S_OK);
    for (i = 0; i < 200; i++)
    {
        prop.Value.l = i;
        unit_assert_hr(ITableData_HrInsertRow(data, i ? 1 : 0, &row), S_OK);
    }
    for (i = 0; i < 200; i++)
    {
        unit_assert_hr(ITableData_HrEnumRow(data, i, &got), S_OK);
        ck_assert_int_eq(got->lpProps[0].Value.l, i ? 200 - i : 0);
        memory_free_buffer(got);
    }
    unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    unit_assert_hr(IMAPITable_QueryRows(view, 1000, 0, &rows), S_OK);
    ck_assert_uint_eq(rows->cRows, 200);
    for (i = 0; i < 200; i++) ck_assert_int_eq(rows->aRow[i].lpProps[0].Value.l, i ? 200 - i : 0);
    rows_free(&unit_allocators, rows);
    IMAPITable_Release(view);
    ITableData_Release(data);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

static HRESULT put_name(ITableData *data, const char *name, LONG number)
{
    SPropValue props[2] = {{ .ulPropTag = CHANGE_PROP_TYPE(T_NAME, PT_STRING8), .Value.lpszA = (char *)name },
                           { .ulPropTag = T_NUMBER, .Value.l = number }};
    SRow row = { 0, 2, props };

    return ITableData_HrModifyRow(data, &row);
}

/* The number of the row found, -1 for none. */
static LONG find_name(IMAPITable *view, const WCHAR *name, BOOKMARK origin, ULONG flags)
{
    SPropValue value = { .ulPropTag = T_NAME, .Value.lpszW = (WCHAR *)name };
    SRestriction res = { RES_PROPERTY, .res.resProperty = { RELOP_EQ, T_NAME, &value }};
    SRowSet *rows;
    HRESULT hr;
    LONG ret;

    hr = IMAPITable_FindRow(view, &res, origin, flags);
    if (hr == MAPI_E_NOT_FOUND) return -1;
    unit_assert_hr(hr, S_OK);
    unit_assert_hr(IMAPITable_QueryRows(view, 1, TBL_NOADVANCE, &rows), S_OK);
    ret = rows->aRow[0].lpProps[1].Value.l;
    rows_free(&unit_allocators, rows);
    return ret;
}

/* An index column of strings, by which FindRow finds rows without looking at them one by one. */
static void find_strings(ULONG failing)
{
    SizedSPropTagArray(2, columns) = { 2, { T_NAME, T_NUMBER }};
    static const WCHAR a[] = {'a','a',0}, b[] = {'b','b',0}, k[] = {'k','k','7',0}, none[] = {'n',0};
    SPropValue index = { .ulPropTag = T_NAME, .Value.lpszW = (WCHAR *)b };
    SPropValue number = { .ulPropTag = T_NUMBER, .Value.l = 1 };
    SRestriction res = { RES_PROPERTY, .res.resProperty = { RELOP_NE, T_NUMBER, &number }};
    ITableData *data;
    IMAPITable *view;
    char name[8];
    HRESULT hr;
    LONG i;

    unit_assert_hr(data_create(&unit_allocators, TBLTYPE_DYNAMIC, T_NAME, (SPropTagArray *)&columns,
                               TRUE, &data),
                   S_OK);
    unit_assert_hr(put_name(data, "aa", 1), S_OK);
    unit_assert_hr(put_name(data, "bb", 2), S_OK);
    unit_assert_hr(ITableData_HrGetView(data, NULL, NULL, 0, &view), S_OK);
    unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    unit_fail_allocation(failing, FALSE);
    ck_assert_int_eq(find_name(view, a, BOOKMARK_BEGINNING, 0), 1);
    ck_assert_int_eq(unit_failed(), failing != 0);
    unit_fail_allocation(0, FALSE);
    ck_assert_int_eq(find_name(view, a, BOOKMARK_BEGINNING, 0), 1);
    for (i = 0; i < 300; i++)
    {
        sprintf(name, "kk%d", (int)i);
        unit_assert_hr(put_name(data, name, 100 + i), S_OK);
    }
    ck_assert(table_data_from_iface(data)->alike != NULL);
    ck_assert_int_eq(find_name(view, k, BOOKMARK_BEGINNING, 0), 107);
    ck_assert_int_eq(find_name(view, k, BOOKMARK_CURRENT, DIR_BACKWARD), -1);
    ck_assert_int_eq(find_name(view, k, BOOKMARK_END, DIR_BACKWARD), 107);
    ck_assert_int_eq(find_name(view, none, BOOKMARK_BEGINNING, 0), -1);
    ck_assert_int_eq(find_name(view, b, BOOKMARK_BEGINNING, 0), 2);
    unit_assert_hr(put_name(data, "bb", 3), S_OK);
    ck_assert_int_eq(find_name(view, b, BOOKMARK_BEGINNING, 0), 3);
    unit_assert_hr(IMAPITable_Restrict(view, &res, 0), S_OK);
    ck_assert_int_eq(find_name(view, a, BOOKMARK_BEGINNING, 0), -1);
    ck_assert_int_eq(find_name(view, b, BOOKMARK_END, DIR_BACKWARD), 3);
    unit_assert_hr(ITableData_HrDeleteRow(data, &index), S_OK);
    ck_assert_int_eq(find_name(view, b, BOOKMARK_BEGINNING, 0), -1);
    /* no memory for a change that it should follow: it goes, and comes again */
    for (i = 1; i <= 12; i++)
    {
        ck_assert(table_data_from_iface(data)->alike != NULL);
        unit_fail_allocation(i, FALSE);
        hr = put_name(data, "bb", 1000 + i);
        unit_fail_allocation(0, FALSE);
        ck_assert(hr == S_OK || hr == MAPI_E_NOT_ENOUGH_MEMORY);
        ck_assert_int_eq(find_name(view, b, BOOKMARK_BEGINNING, 0), hr == S_OK ? 1000 + i : -1);
        if (hr == S_OK) unit_assert_hr(ITableData_HrDeleteRow(data, &index), S_OK);
    }
    unit_assert_hr(ITableData_HrDeleteRows(data, TAD_ALL_ROWS, NULL, NULL), S_OK);
    ck_assert_int_eq(find_name(view, b, BOOKMARK_BEGINNING, 0), -1);
    unit_assert_hr(put_name(data, "bb", 5), S_OK);
    ck_assert_int_eq(find_name(view, b, BOOKMARK_BEGINNING, 0), 5);
    IMAPITable_Release(view);
    ITableData_Release(data);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}

START_TEST(strings)
{
    ULONG i;

    for (i = 0; i <= 5; i++) find_strings(i);
}
END_TEST

/* The place of the row found, -1 for none. */
static LONG find_number(IMAPITable *view, ULONG relop, LONG number, BOOKMARK origin, ULONG flags)
{
    SPropValue value = { .ulPropTag = T_NUMBER, .Value.l = number };
    SRestriction res = { RES_PROPERTY, .res.resProperty = { relop, T_NUMBER, &value }};
    HRESULT hr = IMAPITable_FindRow(view, &res, origin, flags);
    ULONG row, numerator, denominator;

    if (hr == MAPI_E_NOT_FOUND) return -1;
    unit_assert_hr(hr, S_OK);
    unit_assert_hr(IMAPITable_QueryPosition(view, &row, &numerator, &denominator), S_OK);
    return row;
}

/* What is not less than a value is found by the order of the rows, or against it backward. */
START_TEST(prefixes)
{
    SizedSSortOrderSet(1, order) = { 1, 0, 0, {{ T_NUMBER, TABLE_SORT_ASCEND }}};
    SPropValue none = { .ulPropTag = PR_ROWID, .Value.l = 100 };
    SRow row = { 0, 1, &none };
    ITableData *data;
    IMAPITable *view;
    ULONG n;
    LONG i;

    unit_assert_hr(create(&data), S_OK);
    unit_assert_hr(ITableData_HrModifyRow(data, &row), S_OK);
    /* -3 -3 0 0 3 3 6 6 9 9, and one without a number */
    for (i = 0; i < 10; i++) unit_assert_hr(put(data, i, i / 2 * 3 - 3, 0), S_OK);
    for (n = 0; n < 2; n++)
    {
        order.aSort[0].ulOrder = n ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
        unit_assert_hr(ITableData_HrGetView(data, (SSortOrderSet *)&order, NULL, 0, &view), S_OK);
        /* the other direction, and other relations, look at each row */
        ck_assert_int_eq(find_number(view, RELOP_GE, -9, BOOKMARK_BEGINNING, 0), 0);
        ck_assert_int_eq(find_number(view, RELOP_GE, -9, BOOKMARK_END, DIR_BACKWARD), 9);
        ck_assert_int_eq(find_number(view, RELOP_GE, 2, BOOKMARK_BEGINNING, 0), n ? 0 : 4);
        ck_assert_int_eq(find_number(view, RELOP_GE, 3, BOOKMARK_BEGINNING, 0), n ? 0 : 4);
        ck_assert_int_eq(find_number(view, RELOP_GT, 3, BOOKMARK_BEGINNING, 0), n ? 0 : 6);
        ck_assert_int_eq(find_number(view, RELOP_GE, 3, BOOKMARK_END, DIR_BACKWARD), n ? 5 : 9);
        ck_assert_int_eq(find_number(view, RELOP_GE, 4, BOOKMARK_END, DIR_BACKWARD), n ? 3 : 9);
        ck_assert_int_eq(find_number(view, RELOP_GE, 10, BOOKMARK_BEGINNING, 0), -1);
        ck_assert_int_eq(find_number(view, RELOP_GE, 10, BOOKMARK_END, DIR_BACKWARD), -1);
        ck_assert_int_eq(find_number(view, RELOP_GE, 3, BOOKMARK_BEGINNING, DIR_BACKWARD), -1);
        unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 5, NULL), S_OK);
        ck_assert_int_eq(find_number(view, RELOP_GE, 3, BOOKMARK_CURRENT, 0), 5);
        unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 5, NULL), S_OK);
        ck_assert_int_eq(find_number(view, RELOP_GE, 3, BOOKMARK_CURRENT, DIR_BACKWARD), 4);
        unit_assert_hr(IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 10, NULL), S_OK);
        ck_assert_int_eq(find_number(view, RELOP_GE, -9, BOOKMARK_CURRENT, 0), -1);
        IMAPITable_Release(view);
    }
    ITableData_Release(data);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

/* Views of a table of the subsystem's own have the width they were asked for. */
START_TEST(widths)
{
    SizedSPropTagArray(1, other) = { 1, { CHANGE_PROP_TYPE(T_NAME, PT_STRING8) }};
    ITableData *data;
    IMAPITable *narrow, *wide;
    SPropTagArray *tags;
    SRowSet *rows;

    unit_assert_hr(create(&data), S_OK);
    unit_assert_hr(put(data, 1, 1, 0), S_OK);
    unit_assert_hr(table_view(data, 1, NULL, &wide), MAPI_E_UNKNOWN_FLAGS);
    unit_assert_hr(table_view(NULL, 0, NULL, &wide), MAPI_E_INVALID_PARAMETER);
    unit_assert_hr(table_view(data, MAPI_UNICODE, NULL, &wide), S_OK);
    unit_assert_hr(table_view(data, 0, NULL, &narrow), S_OK);
    unit_assert_hr(IMAPITable_QueryColumns(narrow, TBL_ALL_COLUMNS, &tags), S_OK);
    ck_assert_uint_eq(tags->aulPropTag[1], CHANGE_PROP_TYPE(T_NAME, PT_STRING8));
    memory_free_buffer(tags);
    unit_assert_hr(IMAPITable_QueryRows(narrow, 1, TBL_NOADVANCE, &rows), S_OK);
    ck_assert_uint_eq(rows->aRow[0].lpProps[1].ulPropTag, CHANGE_PROP_TYPE(T_NAME, PT_STRING8));
    ck_assert_str_eq(rows->aRow[0].lpProps[1].Value.lpszA, "odd");
    rows_free(&unit_allocators, rows);
    unit_assert_hr(IMAPITable_QueryRows(wide, 1, TBL_NOADVANCE, &rows), S_OK);
    ck_assert_uint_eq(rows->aRow[0].lpProps[1].ulPropTag, T_NAME);
    ck_assert(rows->aRow[0].lpProps[1].Value.lpszW[2] == 'd'
              && !rows->aRow[0].lpProps[1].Value.lpszW[3]);
    rows_free(&unit_allocators, rows);
    /* columns may be set in either */
    unit_assert_hr(IMAPITable_SetColumns(wide, (SPropTagArray *)&other, 0), S_OK);
    unit_assert_hr(IMAPITable_QueryRows(wide, 1, 0, &rows), S_OK);
    ck_assert_str_eq(rows->aRow[0].lpProps[0].Value.lpszA, "odd");
    rows_free(&unit_allocators, rows);
    IMAPITable_Release(narrow);
    IMAPITable_Release(wide);
    ITableData_Release(data);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

Suite *table_suite(void)
{
    Suite *suite = suite_create("table");
    TCase *test = tcase_create("table");

    tcase_set_timeout(test, 60);
    tcase_add_test(test, life);
    tcase_add_test(test, async);
    tcase_add_test(test, ranks);
    tcase_add_test(test, no_memory);
    tcase_add_test(test, labels);
    tcase_add_test(test, widths);
    tcase_add_test(test, strings);
    tcase_add_test(test, prefixes);
    tcase_add_test(test, all_rows_no_memory);
    suite_add_tcase(suite, test);
    return suite;
}
