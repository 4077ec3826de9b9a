/*
 * Guarded calls on containers and tables of providers
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
 * See host/tables.h. Every function here is an argument structure, a function that calls with it, and
 * host_call around that; what a provider returns is copied before the guard ends, for its memory may
 * be no memory at all.
 */

#include "host/tables.h"
#include "host/calls.h"

struct table_args
{
    IMAPITable *table;
    const void *data;                   /* tags, restriction, sink */
    ULONG number;
    ULONG position;
    ULONG_PTR connection;
    SRowSet *rows;
};

struct object_args
{
    IMAPIProp *object;
    const SPropTagArray *tags;
    ULONG count;
    SPropValue *props;
};

struct container_args
{
    IABContainer *container;
    ULONG tag;
    ULONG size;
    const ENTRYID *id;
    ULONG flags;
    IUnknown *ret;
};

static HRESULT call_contents(void *data)
{
    struct container_args *args = data;
    HRESULT hr;

    hr = IABContainer_GetContentsTable(args->container, MAPI_UNICODE, (IMAPITable **)&args->ret);
    if (hr == MAPI_E_BAD_CHARWIDTH || hr == MAPI_E_UNKNOWN_FLAGS)
        hr = IABContainer_GetContentsTable(args->container, 0, (IMAPITable **)&args->ret);
    return hr;
}

HRESULT host_contents_table(struct host_party *party, IABContainer *container, IMAPITable **ret)
{
    struct container_args args = { container };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(party, "IABContainer::GetContentsTable", call_contents, &args);
    if (FAILED(hr)) return hr;
    *ret = (IMAPITable *)args.ret;
    return *ret ? S_OK : host_bad_result(party, "IABContainer::GetContentsTable");
}

static HRESULT call_open_table(void *data)
{
    struct container_args *args = data;
    HRESULT hr;

    hr = IABContainer_OpenProperty(args->container, args->tag, &IID_IMAPITable, MAPI_UNICODE, 0,
                                   &args->ret);
    if (hr == MAPI_E_BAD_CHARWIDTH || hr == MAPI_E_UNKNOWN_FLAGS)
        hr = IABContainer_OpenProperty(args->container, args->tag, &IID_IMAPITable, 0, 0,
                                       &args->ret);
    return hr;
}

HRESULT host_container_table(struct host_party *party, IABContainer *container, ULONG tag,
                             IMAPITable **ret)
{
    struct container_args args = { container, tag };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(party, "IABContainer::OpenProperty", call_open_table, &args);
    if (FAILED(hr)) return hr;
    *ret = (IMAPITable *)args.ret;
    return *ret ? S_OK : host_bad_result(party, "IABContainer::OpenProperty");
}

/* The columns as asked for, or, where the provider has no UTF-16, with strings of the other width. */
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

HRESULT host_table_columns(struct host_party *party, IMAPITable *table, const SPropTagArray *tags)
{
    struct table_args args = { table, tags };

    return host_call(party, "IMAPITable::SetColumns", call_columns, &args);
}

static HRESULT call_restrict(void *data)
{
    struct table_args *args = data;

    return IMAPITable_Restrict(args->table, (SRestriction *)args->data, 0);
}

HRESULT host_table_restrict(struct host_party *party, IMAPITable *table,
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

HRESULT host_table_sort(struct host_party *party, IMAPITable *table, ULONG tag)
{
    struct table_args args = { table, NULL, tag };

    return host_call(party, "IMAPITable::SortTable", call_sort, &args);
}

static HRESULT call_count(void *data)
{
    struct table_args *args = data;

    return IMAPITable_GetRowCount(args->table, 0, &args->number);
}

HRESULT host_table_count(struct host_party *party, IMAPITable *table, ULONG *count)
{
    struct table_args args = { table };
    HRESULT hr;

    *count = 0;
    if (SUCCEEDED(hr = host_call(party, "IMAPITable::GetRowCount", call_count, &args)))
        *count = args.number;
    return hr;
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

static HRESULT call_read(void *data)
{
    struct table_args *args = data;
    SRowSet *rows = NULL;
    HRESULT hr;
    ULONG i;

    if (args->position != TABLE_NEXT)
    {
        hr = IMAPITable_SeekRow(args->table, BOOKMARK_BEGINNING, args->position, NULL);
        if (FAILED(hr)) return hr;
    }
    if (FAILED(hr = IMAPITable_QueryRows(args->table, args->number, 0, &rows))) return hr;
    if (!rows) return MAPI_E_CALL_FAILED;
    hr = rows_alloc(&memory_allocators, min(rows->cRows, args->number), &args->rows);
    for (i = 0; SUCCEEDED(hr) && i < args->rows->cRows; i++)
    {
        if (SUCCEEDED(copy_wide(rows->aRow[i].cValues, rows->aRow[i].lpProps,
                                &args->rows->aRow[i].lpProps)))
            args->rows->aRow[i].cValues = rows->aRow[i].cValues;
    }
    rows_free(&memory_allocators, rows);
    return hr;
}

HRESULT host_table_read(struct host_party *party, IMAPITable *table, ULONG position, ULONG count,
                        SRowSet **ret)
{
    struct table_args args = { table, NULL, count, position };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(party, "IMAPITable::QueryRows", call_read, &args);
    if (SUCCEEDED(hr)) *ret = args.rows;
    else if (!party->broken) rows_free(&memory_allocators, args.rows);
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

HRESULT host_table_find(struct host_party *party, IMAPITable *table,
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

    return IMAPITable_Advise(args->table, args->number, (IMAPIAdviseSink *)args->data,
                             &args->connection);
}

HRESULT host_table_advise(struct host_party *party, IMAPITable *table, ULONG mask,
                          IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    struct table_args args = { table, sink, mask };
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

void host_table_unadvise(struct host_party *party, IMAPITable *table, ULONG_PTR connection)
{
    struct table_args args = { table };

    args.connection = connection;
    host_call(party, "IMAPITable::Unadvise", call_unadvise, &args);
}

static HRESULT call_props(void *data)
{
    struct object_args *args = data;
    SPropValue *props = NULL;
    ULONG count = 0;
    HRESULT hr;

    hr = IMAPIProp_GetProps(args->object, (SPropTagArray *)args->tags, MAPI_UNICODE, &count,
                            &props);
    if (FAILED(hr)) return hr;
    if (!props) return MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr = copy_wide(count, props, &args->props))) args->count = count;
    memory_free_buffer(props);
    return hr;
}

HRESULT host_object_props(struct host_party *party, IMAPIProp *object, const SPropTagArray *tags,
                          ULONG *count, SPropValue **ret)
{
    struct object_args args = { object, tags };
    HRESULT hr;

    *count = 0;
    *ret = NULL;
    if (FAILED(hr = host_call(party, "IMAPIProp::GetProps", call_props, &args))) return hr;
    *count = args.count;
    *ret = args.props;
    return S_OK;
}

static HRESULT call_set_props(void *data)
{
    struct object_args *args = data;

    return IMAPIProp_SetProps(args->object, args->count, args->props, NULL);
}

HRESULT host_set_props(struct host_party *party, IMAPIProp *object, ULONG count,
                       const SPropValue *props)
{
    struct object_args args = { object, NULL, count, (SPropValue *)props };

    return host_call(party, "IMAPIProp::SetProps", call_set_props, &args);
}

static HRESULT call_save(void *data)
{
    struct object_args *args = data;

    return IMAPIProp_SaveChanges(args->object, KEEP_OPEN_READWRITE);
}

HRESULT host_save_changes(struct host_party *party, IMAPIProp *object)
{
    struct object_args args = { object };

    return host_call(party, "IMAPIProp::SaveChanges", call_save, &args);
}

static HRESULT call_create(void *data)
{
    struct container_args *args = data;

    return IABContainer_CreateEntry(args->container, args->size, (ENTRYID *)args->id, args->flags,
                                    (IMAPIProp **)&args->ret);
}

HRESULT host_create_entry(struct host_party *party, IABContainer *container, ULONG size,
                          const ENTRYID *id, ULONG flags, IMAPIProp **ret)
{
    struct container_args args = { container, 0, size, id, flags };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(party, "IABContainer::CreateEntry", call_create, &args);
    if (FAILED(hr)) return hr;
    *ret = (IMAPIProp *)args.ret;
    return *ret ? S_OK : host_bad_result(party, "IABContainer::CreateEntry");
}

static HRESULT call_release(void *data)
{
    IMAPIProp_Release((IMAPIProp *)data);
    return S_OK;
}

void host_party_release(struct host_party *party, void *object)
{
    if (object) host_call(party, "Release", call_release, object);
}
