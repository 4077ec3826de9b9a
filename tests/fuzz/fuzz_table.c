/*
 * Fuzzer of tables
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
 * Any bytes as a life of a table: rows set and deleted, columns, orders and restrictions, hostile
 * ones included, of a view that is read, searched, marked, collapsed, worked on asynchronously and
 * watched, with allocations failing here and there. A view that followed all changes must show what
 * one shows that is made at the end with the same settings, and a row found must match.
 */

#include "tableengine.h"
#include "core/blocks.h"
#include "values.h"

#define MAX_STEPS 60

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

static SCODE WINAPI fuzz_allocate(ULONG size, void **ret)
{
    if (unit_lock_depth) abort();
    return memory_allocate_buffer(size, ret);
}

static const struct mapi_allocators fuzz_allocators =
{
    fuzz_allocate, memory_allocate_more, memory_free_buffer
};

static ULONG small_tag(void)
{
    static const ULONG tags[] =
    {
        PR_ROWID, PROP_TAG(PT_UNICODE, 0x6600), PROP_TAG(PT_STRING8, 0x6600), PROP_TAG(PT_LONG, 0x6601),
        PROP_TAG(PT_MV_LONG, 0x6602), PROP_TAG(PT_BINARY, 0x6603), PROP_TAG(PT_MV_UNICODE, 0x6604),
        PROP_TAG(PT_MV_LONG, 0x6602) | MV_INSTANCE, PROP_TAG(PT_MV_UNICODE, 0x6604) | MV_INSTANCE,
        PR_ROW_TYPE, PR_INSTANCE_KEY
    };

    return take(12) ? tags[take(ARRAY_SIZE(tags))] : make_tag();
}

static void set_row(ITableData *data, ULONG insert)
{
    ULONG count = 1 + take(5), i;
    SPropValue props[6];
    SRow row = { 0, count, props };

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ROWID;
    props[0].Value.l = take(24);
    for (i = 1; i < count; i++) make_value(&props[i], small_tag() & ~MV_INSTANCE);
    if (insert) ITableData_HrInsertRow(data, take(24), &row);
    else ITableData_HrModifyRow(data, &row);
}

static void set_rows(ITableData *data)
{
    BYTE room[CbNewSRowSet(12)];
    SRowSet *rows = (SRowSet *)room;
    SPropValue props[12];
    ULONG i, deleted;

    rows->cRows = take(13);
    memset(props, 0, sizeof(props));
    for (i = 0; i < rows->cRows; i++)
    {
        props[i].ulPropTag = PR_ROWID;
        props[i].Value.l = take(24);
        rows->aRow[i].cValues = 1;
        rows->aRow[i].lpProps = &props[i];
    }
    if (take(2)) ITableData_HrModifyRows(data, 0, rows);
    else ITableData_HrDeleteRows(data, 0, rows, &deleted);
}

static BOOL sort_view(IMAPITable *view, ULONG flags)
{
    SizedSSortOrderSet(4, sort);
    ULONG i;

    sort.cSorts = take(5);
    sort.cCategories = take(sort.cSorts + 2);
    sort.cExpanded = take(sort.cCategories + 2);
    for (i = 0; i < sort.cSorts; i++)
    {
        static const ULONG orders[] = { TABLE_SORT_ASCEND, TABLE_SORT_DESCEND, TABLE_SORT_COMBINE,
                                        TABLE_SORT_CATEG_MAX, TABLE_SORT_CATEG_MIN, 3 };

        sort.aSort[i].ulPropTag = small_tag();
        sort.aSort[i].ulOrder = take(3) ? orders[take(2)] : orders[take(ARRAY_SIZE(orders))];
    }
    return SUCCEEDED(IMAPITable_SortTable(view, (SSortOrderSet *)&sort, flags));
}

static void set_columns(IMAPITable *view, ULONG flags)
{
    SizedSPropTagArray(6, tags);
    ULONG i;

    tags.cValues = take(7);
    for (i = 0; i < tags.cValues; i++) tags.aulPropTag[i] = small_tag();
    IMAPITable_SetColumns(view, (SPropTagArray *)&tags, flags);
}

/* The place of the first row that matches, one by one; -1: none does. */
static LONG first_match(struct table_view *view, const SRestriction *res, ULONG origin,
                        BOOL backward)
{
    const struct view_node *node;
    struct row_values *values;
    LONG i, count = ostree_visible(&view->nodes), step = backward ? -1 : 1;
    BOOL matches;

    for (i = backward ? (LONG)origin - 1 : (LONG)origin; i >= 0 && i < count; i += step)
    {
        node = view_node_from_place(ostree_visible_at(&view->nodes, i));
        if (FAILED(view_node_values(node, &values))) abort();
        matches = restriction_match(res, values->count, values->props);
        row_values_release(values);
        if (matches) return i;
    }
    return -1;
}

static void find(IMAPITable *view)
{
    struct table_view *inside = impl_from_IMAPITable(view);
    BOOL backward = take(2), at_end = take(2);
    SRestriction *res = make_nodes(1, 0);
    ULONG origin;
    LONG place;
    HRESULT hr;

    if (!res) return;
    if (take(2) && res->rt == RES_PROPERTY && take(2))
        res->res.resProperty.relop = take(2) ? RELOP_GE : RELOP_EQ;
    hr = IMAPITable_FindRow(view, res, at_end ? BOOKMARK_END : BOOKMARK_BEGINNING,
                            backward * DIR_BACKWARD);
    unit_fail_allocation(0, FALSE);
    if (hr != S_OK && hr != MAPI_E_NOT_FOUND) return;
    origin = at_end ? ostree_visible(&inside->nodes) : 0;
    place = first_match(inside, res, origin, backward);
    if (hr == MAPI_E_NOT_FOUND && place != -1) abort();
    if (hr == S_OK
        && (place == -1 || !inside->cursor
            || ostree_visible_rank(&inside->nodes, &inside->cursor->place) != (ULONG)place))
        abort();
}

/* What is done with one row that is read. */
static BOOL use_row(IMAPITable *view, BYTE **state, ULONG *state_size)
{
    BOOL changed = FALSE;
    BOOKMARK bookmark;
    SRowSet *rows, *more;
    SPropValue *key;
    ULONG count;

    if (FAILED(IMAPITable_QueryRows(view, take(2) ? 3 : -3, take(2) * TBL_NOADVANCE, &rows)))
        return FALSE;
    key = rows->cRows ? PpropFindProp(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_INSTANCE_KEY)
                      : NULL;
    if (key)
    {
        switch (take(4))
        {
        case 0:
            changed = SUCCEEDED(IMAPITable_CollapseRow(view, key->Value.bin.cb, key->Value.bin.lpb,
                                                       0, &count));
            break;
        case 1:
            if (SUCCEEDED(IMAPITable_ExpandRow(view, key->Value.bin.cb, key->Value.bin.lpb, 2, 0,
                                               &more, &count)))
            {
                rows_free(&fuzz_allocators, more);
                changed = TRUE;
            }
            break;
        case 2:
            memory_free_buffer(*state);
            *state = NULL;
            IMAPITable_GetCollapseState(view, 0, key->Value.bin.cb, key->Value.bin.lpb, state_size,
                                        state);
            break;
        default:
            if (!*state) break;
            if (!take(4)) (*state)[take(256) % *state_size] = take(256);
            changed = SUCCEEDED(IMAPITable_SetCollapseState(view, 0,
                                                            take(8) ? *state_size
                                                                    : take(256) % *state_size + 1,
                                                            *state, &bookmark));
            break;
        }
    }
    rows_free(&fuzz_allocators, rows);
    return changed;
}

static void same_view(IMAPITable *a, IMAPITable *b)
{
    struct table_view *x = impl_from_IMAPITable(a), *y = impl_from_IMAPITable(b);
    const struct view_node *p, *q;
    ULONG i;

    if (FAILED(view_build(x)) || FAILED(view_build(y))) abort();
    if (ostree_visible(&x->nodes) != ostree_visible(&y->nodes)) abort();
    for (i = 0; i < ostree_visible(&x->nodes); i++)
    {
        p = view_node_from_place(ostree_visible_at(&x->nodes, i));
        q = view_node_from_place(ostree_visible_at(&y->nodes, i));
        if (p->row != q->row || p->depth != q->depth) abort();
        if (p->row && p->instance != q->instance) abort();
    }
}

/* A view made anew with the settings of another. */
static void check_view(ITableData *data, IMAPITable *view)
{
    struct table_view *inside = impl_from_IMAPITable(view);
    BYTE room[CbNewSPropTagArray(16)];
    SPropTagArray *tags = (SPropTagArray *)room;
    IMAPITable *other;

    if (FAILED(ITableData_HrGetView(data, inside->sort, NULL, 0, &other))) abort();
    tags->cValues = min(inside->columns->count, 16);
    memcpy(tags->aulPropTag, inside->columns->tags, tags->cValues * sizeof(ULONG));
    if (FAILED(IMAPITable_SetColumns(other, tags, 0))) abort();
    if (FAILED(IMAPITable_Restrict(other, inside->restriction, 0))) abort();
    if (inside->columns->count <= 16) same_view(view, other);
    IMAPITable_Release(other);
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    SizedSPropTagArray(3, columns) = { 3, { PR_ROWID, PROP_TAG(PT_UNICODE, 0x6600), PROP_TAG(PT_LONG, 0x6601) } };
    ULONG steps, flags, state_size = 0, numerator, denominator, row;
    BOOL comparable = TRUE;
    SPropValue index = { .ulPropTag = PR_ROWID };
    BOOKMARK bookmark = 0;
    ULONG_PTR connection;
    BYTE *state = NULL;
    ITableData *table;
    IMAPITable *view;
    LONG sought;

    blocks_keep(FALSE);
    values_start(data, size);
    if (FAILED(data_create(&fuzz_allocators, TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&columns,
                           take(2), &table))
        || FAILED(ITableData_HrGetView(table, NULL, NULL, 0, &view)))
        abort();
    if (take(2)) IMAPITable_Advise(view, fnevTableModified, (IMAPIAdviseSink *)table, &connection);

    for (steps = 0; steps < MAX_STEPS && input_size; steps++)
    {
        static const ULONG all_flags[] = { 0, TBL_BATCH, TBL_ASYNC };

        flags = all_flags[take(3)];
        if (!take(16)) unit_fail_allocation(1 + take(30), take(2));
        switch (take(16))
        {
        case 0: case 1: case 2: case 3: case 4:
            set_row(table, FALSE);
            break;
        case 5:
            set_row(table, TRUE);
            break;
        case 6:
            index.Value.l = take(24);
            ITableData_HrDeleteRow(table, &index);
            break;
        case 7:
            if (take(8)) set_rows(table);
            else ITableData_HrDeleteRows(table, TAD_ALL_ROWS, NULL, NULL);
            break;
        case 8: case 9:
            if (sort_view(view, flags) && flags != TBL_ASYNC) comparable = TRUE;
            break;
        case 10:
            node_count = 0;
            IMAPITable_Restrict(view, take(4) ? make_nodes(1, 0) : NULL, flags);
            break;
        case 11:
            set_columns(view, flags);
            break;
        case 12:
            node_count = 0;
            find(view);
            break;
        case 13:
            IMAPITable_SeekRow(view, take(2) ? bookmark : (BOOKMARK)take(3), (LONG)take(40) - 20,
                               &sought);
            IMAPITable_QueryPosition(view, &row, &numerator, &denominator);
            if (!take(2)) IMAPITable_FreeBookmark(view, bookmark);
            IMAPITable_CreateBookmark(view, &bookmark);
            break;
        case 14:
            if (use_row(view, &state, &state_size)) comparable = FALSE;
            break;
        default:
            if (take(2)) IMAPITable_Abort(view);
            work();
            break;
        }
        unit_fail_allocation(0, FALSE);
        if (unit_lock_depth) abort();
    }
    IMAPITable_WaitForCompletion(view, 0, 1000, NULL);
    work();
    /* How many are left to be counted depends on what came before, and what is collapsed is,
     * too. */
    if (comparable
        && !(impl_from_IMAPITable(view)->restriction
             && impl_from_IMAPITable(view)->restriction->rt == RES_COUNT))
        check_view(table, view);
    memory_free_buffer(state);
    if (IMAPITable_Release(view)) abort();
    work();
    if (ITableData_Release(table)) abort();
    values_free();
    if (unit_live_blocks()) abort();
    return 0;
}
