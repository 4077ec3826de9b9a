/*
 * Guarded calls: tables
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
 * Tables of providers, where the subsystem reads them itself: an address book's, a queue, the rows
 * behind a property sheet. Every function here is an argument structure, a function that calls with
 * it, and host_call around that; rows are copied before the guard ends, for a provider's memory may
 * be no memory at all.
 */

#include "host/calls.h"

#define ROWS_AT_ONCE 50

struct table_args
{
    IMAPITable *table;
    const void *data;                   /* tags, restriction, sink */
    ULONG number;
    ULONG position;
    ULONG_PTR connection;
    SRowSet *rows;
};

/* The columns as asked for, or, where the provider has no UTF-16, with strings of the other
 * width. */
static HRESULT call_columns(void *data)
{
    struct table_args *args = data;
    const SPropTagArray *tags = args->data;
    SPropTagArray *narrow;
    HRESULT hr;
    ULONG i;

    hr = IMAPITable_SetColumns(args->table, (SPropTagArray *)tags, 0);
    if (SUCCEEDED(hr)) return hr;
    if (!(narrow = platform_alloc(CbNewSPropTagArray(tags->cValues)))) return hr;
    narrow->cValues = tags->cValues;
    for (i = 0; i < tags->cValues; i++)
    {
        narrow->aulPropTag[i] = tags->aulPropTag[i];
        if (PROP_TYPE(tags->aulPropTag[i]) == PT_UNICODE)
            narrow->aulPropTag[i] = CHANGE_PROP_TYPE(tags->aulPropTag[i], PT_STRING8);
    }
    hr = IMAPITable_SetColumns(args->table, narrow, 0);
    platform_free(narrow);
    return hr;
}

HRESULT table_SetColumns(struct host_party *party, IMAPITable *table, const SPropTagArray *tags)
{
    struct table_args args = { table, tags };

    return host_call(party, "IMAPITable::SetColumns", call_columns, &args);
}

static HRESULT call_restrict(void *data)
{
    struct table_args *args = data;

    return IMAPITable_Restrict(args->table, (SRestriction *)args->data, 0);
}

HRESULT table_Restrict(struct host_party *party, IMAPITable *table,
                            const SRestriction *restriction)
{
    struct table_args args = { table, restriction };

    return host_call(party, "IMAPITable::Restrict", call_restrict, &args);
}

/* A table that cannot be sorted may still say that it is in this order. */
static HRESULT call_sort(void *data)
{
    struct table_args *args = data;
    SizedSSortOrderSet(1, order) = { 1, 0, 0 };
    SSortOrderSet *is = NULL;
    HRESULT hr;

    order.aSort[0].ulPropTag = args->number;
    order.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    if (SUCCEEDED(IMAPITable_QuerySortOrder(args->table, &is)) && is)
    {
        hr = is->cSorts && PROP_ID(is->aSort[0].ulPropTag) == PROP_ID(args->number)
             && is->aSort[0].ulOrder == TABLE_SORT_ASCEND ? S_OK : MAPI_E_NOT_FOUND;
        memory_free_buffer(is);
        if (hr == S_OK) return hr;
    }
    hr = IMAPITable_SortTable(args->table, (SSortOrderSet *)&order, 0);
    return hr == S_OK || FAILED(hr) ? hr : MAPI_E_NO_SUPPORT;
}

HRESULT table_SortTable(struct host_party *party, IMAPITable *table, ULONG tag)
{
    struct table_args args = { table, NULL, tag };

    return host_call(party, "IMAPITable::SortTable", call_sort, &args);
}

static HRESULT call_count(void *data)
{
    struct table_args *args = data;

    return IMAPITable_GetRowCount(args->table, 0, &args->number);
}

HRESULT table_GetRowCount(struct host_party *party, IMAPITable *table, ULONG *count)
{
    struct table_args args = { table };
    HRESULT hr;

    *count = 0;
    if (SUCCEEDED(hr = host_call(party, "IMAPITable::GetRowCount", call_count, &args)))
        *count = args.number;
    return hr;
}

static HRESULT call_find(void *data)
{
    struct table_args *args = data;
    ULONG numerator, denominator;
    HRESULT hr;

    hr = IMAPITable_FindRow(args->table, (SRestriction *)args->data, BOOKMARK_BEGINNING, 0);
    if (hr != S_OK) return FAILED(hr) ? hr : MAPI_E_NOT_FOUND;
    return IMAPITable_QueryPosition(args->table, &args->position, &numerator, &denominator);
}

HRESULT table_FindRow(struct host_party *party, IMAPITable *table,
                        const SRestriction *restriction, ULONG *position)
{
    struct table_args args = { table, restriction };
    HRESULT hr;

    *position = 0;
    if (SUCCEEDED(hr = host_call(party, "IMAPITable::FindRow", call_find, &args)))
        *position = args.position;
    return hr;
}

static HRESULT call_advise(void *data)
{
    struct table_args *args = data;

    return IMAPITable_Advise(args->table, fnevTableModified, (IMAPIAdviseSink *)args->data,
                             &args->connection);
}

HRESULT table_Advise(struct host_party *party, IMAPITable *table, IMAPIAdviseSink *sink,
                     ULONG_PTR *connection)
{
    struct table_args args = { table, sink };
    HRESULT hr;

    *connection = 0;
    if (SUCCEEDED(hr = host_call(party, "IMAPITable::Advise", call_advise, &args)))
        *connection = args.connection;
    return hr;
}

static HRESULT call_unadvise(void *data)
{
    struct table_args *args = data;

    return IMAPITable_Unadvise(args->table, args->connection);
}

void table_Unadvise(struct host_party *party, IMAPITable *table, ULONG_PTR connection)
{
    struct table_args args = { table };

    args.connection = connection;
    if (!host_frozen()) host_call(party, "IMAPITable::Unadvise", call_unadvise, &args);
}

/* ---- rows ---- */

/* rows and more in one set; both are taken over. */
static HRESULT append_rows(SRowSet **rows, SRowSet *more)
{
    SRowSet *joined;
    ULONG i, count = *rows ? (*rows)->cRows : 0;
    HRESULT hr;

    if (FAILED(hr = rows_alloc(&memory_allocators, count + more->cRows, &joined)))
    {
        rows_free(&memory_allocators, more);
        return hr;
    }
    for (i = 0; i < count; i++)
    {
        joined->aRow[i] = (*rows)->aRow[i];
        (*rows)->aRow[i].lpProps = NULL;
    }
    for (i = 0; i < more->cRows; i++)
    {
        joined->aRow[count + i] = more->aRow[i];
        more->aRow[i].lpProps = NULL;
    }
    joined->cRows = count + more->cRows;
    rows_free(&memory_allocators, *rows);
    rows_free(&memory_allocators, more);
    *rows = joined;
    return S_OK;
}

/* A copy whose strings are PT_UNICODE, one chain. */
static HRESULT copy_wide(ULONG count, const SPropValue *props, SPropValue **ret)
{
    SPropValue *copy;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = props_copy(&memory_allocators, count, props, &copy))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (PROP_TYPE(copy[i].ulPropTag) == PT_STRING8)
            hr = prop_convert_width(&copy[i], &copy[i], PT_UNICODE, memory_allocators.more, copy);
    }
    if (FAILED(hr)) memory_free_buffer(copy);
    else *ret = copy;
    return hr;
}

/* Whatever a row holds, it is there, with wide strings; without properties if need be. */
static HRESULT copy_loosely(const SRowSet *rows, SRowSet **ret)
{
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = rows_alloc(&memory_allocators, rows->cRows, ret))) return hr;
    for (i = 0; i < rows->cRows; i++)
        if (SUCCEEDED(copy_wide(rows->aRow[i].cValues, rows->aRow[i].lpProps,
                                &(*ret)->aRow[i].lpProps)))
            (*ret)->aRow[i].cValues = rows->aRow[i].cValues;
    return S_OK;
}

/* From the current row on, behind what is in *ret. part: only the first limit rows. */
static HRESULT read_rows(IMAPITable *table, ULONG limit, BOOL part, SRowSet **ret)
{
    SRowSet *rows, *copy;
    ULONG count, had;
    HRESULT hr = S_OK;

    if (!*ret) hr = rows_alloc(&memory_allocators, 0, ret);
    while (SUCCEEDED(hr) && (!part || (*ret)->cRows < limit))
    {
        rows = NULL;
        had = (*ret)->cRows;
        count = part ? min(ROWS_AT_ONCE, limit - had) : ROWS_AT_ONCE;
        if (FAILED(hr = IMAPITable_QueryRows(table, count, 0, &rows)) || !rows) return hr;
        count = rows->cRows;
        if (count > limit - had) hr = MAPI_E_TABLE_TOO_BIG;
        else hr = part ? copy_loosely(rows, &copy) : rows_copy(&memory_allocators, rows, &copy);
        if (SUCCEEDED(hr)) hr = append_rows(ret, copy);
        rows_free(&memory_allocators, rows);
        if (!count) break;
    }
    return hr;
}

HRESULT table_read_all(IMAPITable *table, ULONG limit, SRowSet **ret)
{
    return read_rows(table, limit, FALSE, ret);
}

static HRESULT call_read_all(void *data)
{
    struct table_args *args = data;
    HRESULT hr;

    if (FAILED(hr = IMAPITable_SeekRow(args->table, BOOKMARK_BEGINNING, 0, NULL))) return hr;
    return table_read_all(args->table, args->number, &args->rows);
}

static HRESULT call_read(void *data)
{
    struct table_args *args = data;
    HRESULT hr;

    if (args->position != TABLE_NEXT)
    {
        hr = IMAPITable_SeekRow(args->table, BOOKMARK_BEGINNING, args->position, NULL);
        if (FAILED(hr)) return hr;
    }
    return read_rows(args->table, args->number, TRUE, &args->rows);
}

static HRESULT rows_of(struct host_party *party, host_call_proc proc, struct table_args *args,
                       SRowSet **ret)
{
    HRESULT hr = host_call(party, "IMAPITable::QueryRows", proc, args);

    *ret = NULL;
    if (SUCCEEDED(hr)) *ret = args->rows;
    else if (!party->broken) rows_free(&memory_allocators, args->rows);
    return hr;
}

HRESULT table_ReadAll(struct host_party *party, IMAPITable *table, ULONG limit, SRowSet **ret)
{
    struct table_args args = { table, NULL, limit };

    return rows_of(party, call_read_all, &args, ret);
}

HRESULT table_Read(struct host_party *party, IMAPITable *table, ULONG position, ULONG count,
                   SRowSet **ret)
{
    struct table_args args = { table, NULL, count, position };

    return rows_of(party, call_read, &args, ret);
}
