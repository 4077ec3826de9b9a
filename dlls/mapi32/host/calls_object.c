/*
 * Guarded calls on the objects that a provider gives out
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
 * IMAPIProp and IMAPITable of a provider, where the subsystem itself uses them: entries of an
 * address book, its hierarchy, its templates. What is read is checked and copied inside the guard,
 * so that what comes out is the subsystem's own memory, and the provider's is given back there,
 * too.
 */

#include "host/calls.h"

#define ROWS_AT_ONCE 50

struct get_props_args
{
    IMAPIProp *object;
    SPropTagArray *tags;
    ULONG flags;
    ULONG count;
    SPropValue *props;
};

static HRESULT call_get_props(void *data)
{
    struct get_props_args *args = data;
    SPropValue *props = NULL;
    ULONG count = 0;
    HRESULT hr, copied;

    hr = IMAPIProp_GetProps(args->object, args->tags, args->flags, &count, &props);
    if (FAILED(hr)) return hr;
    copied = S_OK;
    if (count && !props) copied = MAPI_E_CALL_FAILED;
    else if (args->tags && count != args->tags->cValues) copied = MAPI_E_CALL_FAILED;
    else copied = props_copy(&memory_allocators, count, props, &args->props);
    if (props) memory_free_buffer(props);
    if (FAILED(copied)) return copied == MAPI_E_NOT_ENOUGH_MEMORY ? copied : MAPI_E_CALL_FAILED;
    args->count = count;
    return hr;
}

HRESULT host_GetProps(struct provider *provider, IMAPIProp *object, const SPropTagArray *tags,
                      ULONG flags, ULONG *count, SPropValue **props)
{
    struct get_props_args args = { object, (SPropTagArray *)tags, flags };
    HRESULT hr;

    *count = 0;
    *props = NULL;
    hr = host_call(&provider->party, "IMAPIProp::GetProps", call_get_props, &args);
    if (SUCCEEDED(hr))
    {
        *count = args.count;
        *props = args.props;
    }
    return hr;
}

struct save_changes_args
{
    IMAPIProp *object;
    ULONG flags;
};

static HRESULT call_save_changes(void *data)
{
    struct save_changes_args *args = data;

    return IMAPIProp_SaveChanges(args->object, args->flags);
}

HRESULT host_SaveChanges(struct provider *provider, IMAPIProp *object, ULONG flags)
{
    struct save_changes_args args = { object, flags };

    return host_call(&provider->party, "IMAPIProp::SaveChanges", call_save_changes, &args);
}

struct table_advise_args
{
    IMAPITable *table;
    IMAPIAdviseSink *sink;
    ULONG_PTR *connection;
};

static HRESULT call_table_advise(void *data)
{
    struct table_advise_args *args = data;

    return IMAPITable_Advise(args->table, fnevTableModified, args->sink, args->connection);
}

HRESULT host_table_Advise(struct provider *provider, IMAPITable *table, IMAPIAdviseSink *sink,
                          ULONG_PTR *connection)
{
    struct table_advise_args args = { table, sink, connection };
    HRESULT hr;

    *connection = 0;
    hr = host_call(&provider->party, "IMAPITable::Advise", call_table_advise, &args);
    if (FAILED(hr)) *connection = 0;
    return hr;
}

struct table_unadvise_args
{
    IMAPITable *table;
    ULONG_PTR connection;
};

static HRESULT call_table_unadvise(void *data)
{
    struct table_unadvise_args *args = data;

    return IMAPITable_Unadvise(args->table, args->connection);
}

void host_table_Unadvise(struct provider *provider, IMAPITable *table, ULONG_PTR connection)
{
    struct table_unadvise_args args = { table, connection };

    if (!host_frozen())
        host_call(&provider->party, "IMAPITable::Unadvise", call_table_unadvise, &args);
}

struct table_read_args
{
    IMAPITable *table;
    ULONG limit;
    SRowSet *rows;
};

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

HRESULT table_read_all(IMAPITable *table, ULONG limit, SRowSet **ret)
{
    SRowSet *rows, *copy;
    ULONG count;
    HRESULT hr;

    for (;;)
    {
        rows = NULL;
        if (FAILED(hr = IMAPITable_QueryRows(table, ROWS_AT_ONCE, 0, &rows)) || !rows) return hr;
        if (!(count = rows->cRows))
        {
            rows_free(&memory_allocators, rows);
            return S_OK;
        }
        if (*ret && (*ret)->cRows + count > limit) hr = MAPI_E_TABLE_TOO_BIG;
        else if (SUCCEEDED(hr = rows_copy(&memory_allocators, rows, &copy)))
            hr = append_rows(ret, copy);
        rows_free(&memory_allocators, rows);
        if (FAILED(hr)) return hr;
    }
}

static HRESULT call_table_read(void *data)
{
    struct table_read_args *args = data;
    HRESULT hr;

    if (FAILED(hr = IMAPITable_SeekRow(args->table, BOOKMARK_BEGINNING, 0, NULL))) return hr;
    return table_read_all(args->table, args->limit, &args->rows);
}

HRESULT host_table_Read(struct provider *provider, IMAPITable *table, ULONG limit, SRowSet **ret)
{
    struct table_read_args args = { table, limit };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IMAPITable::QueryRows", call_table_read, &args);
    if (SUCCEEDED(hr)) *ret = args.rows;
    else if (!provider->party.broken) rows_free(&memory_allocators, args.rows);
    return hr;
}
