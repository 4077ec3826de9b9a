/*
 * Guarded calls into address book containers
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
 * What the subsystem itself asks of the containers and distribution lists of an address book. Each
 * call runs whole inside the guard, for every pointer on the way is the provider's; what comes out
 * is the subsystem's own memory. A provider is handed copies of the recipients it is to change, so
 * that what it does to them is looked at before it reaches the client's.
 */

#include "host/calls.h"

struct hierarchy_args
{
    IABLogon *object;
    ULONG flags;
    IMAPITable *table;
};

static HRESULT call_hierarchy(void *data)
{
    struct hierarchy_args *args = data;
    IUnknown *unknown = NULL;
    IABContainer *root;
    ULONG type = 0;
    HRESULT hr;

    if (FAILED(hr = IABLogon_OpenEntry(args->object, 0, NULL, NULL, 0, &type, &unknown))) return hr;
    if (!unknown) return MAPI_E_CALL_FAILED;
    root = (IABContainer *)unknown;
    hr = IABContainer_GetHierarchyTable(root, args->flags | MAPI_UNICODE, &args->table);
    if (hr == MAPI_E_BAD_CHARWIDTH)
        hr = IABContainer_GetHierarchyTable(root, args->flags, &args->table);
    IABContainer_Release(root);
    return hr;
}

HRESULT addrbook_GetHierarchyTable(struct provider *provider, IABLogon *object, ULONG flags,
                                   IMAPITable **ret)
{
    struct hierarchy_args args = { object, flags };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IABContainer::GetHierarchyTable", call_hierarchy, &args);
    if (FAILED(hr)) return hr;
    if (!args.table) return host_bad_result(&provider->party, "IABContainer::GetHierarchyTable");
    *ret = args.table;
    return S_OK;
}

struct resolve_args
{
    IABContainer *container;
    SPropTagArray *tags;
    ULONG flags;
    ADRLIST *names;             /* the provider's to change */
    FlagList *marks;
    ADRLIST *resolved;          /* copies of what it changed */
};

/* Only what it marked as resolved is read. */
static HRESULT call_resolve_names(void *data)
{
    struct resolve_args *args = data;
    ULONG i, count = args->marks->cFlags;
    ADRENTRY *from, *to;
    HRESULT hr;

    hr = IABContainer_ResolveNames(args->container, args->tags, args->flags, args->names,
                                   args->marks);
    if (FAILED(hr)) return hr;
    args->names->cEntries = args->marks->cFlags = count;
    for (i = 0; i < count; i++)
    {
        if (args->marks->ulFlag[i] != MAPI_RESOLVED) continue;
        from = &args->names->aEntries[i];
        to = &args->resolved->aEntries[i];
        hr = props_copy(&memory_allocators, from->cValues, from->rgPropVals, &to->rgPropVals);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY) return hr;
        if (FAILED(hr)) args->marks->ulFlag[i] = MAPI_UNRESOLVED;
        else to->cValues = from->cValues;
    }
    rows_free(&memory_allocators, (SRowSet *)args->names);
    args->names = NULL;
    return S_OK;
}

HRESULT container_ResolveNames(struct provider *provider, IABContainer *container,
                               const SPropTagArray *tags, ULONG flags, ADRLIST *names,
                               FlagList *marks, ADRLIST **ret)
{
    struct resolve_args args = { container, (SPropTagArray *)tags, flags, names, marks };
    const ULONG count = marks->cFlags;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = rows_alloc(&memory_allocators, count, (SRowSet **)&args.resolved)))
    {
        rows_free(&memory_allocators, (SRowSet *)names);
        return hr;
    }
    hr = host_call(&provider->party, "IABContainer::ResolveNames", call_resolve_names, &args);
    marks->cFlags = count;
    if (SUCCEEDED(hr))
    {
        *ret = args.resolved;
        return hr;
    }
    rows_free(&memory_allocators, (SRowSet *)args.resolved);
    /* What a crash left of the list may lead anywhere. */
    if (args.names && !provider->party.broken)
    {
        args.names->cEntries = count;
        rows_free(&memory_allocators, (SRowSet *)args.names);
    }
    return hr;
}

struct find_name_args
{
    IABContainer *container;
    SPropTagArray *columns;
    const SPropValue *name;
    ULONG limit;
    SRowSet *rows;
};

static HRESULT call_find_name(void *data)
{
    struct find_name_args *args = data;
    BOOL wide = PROP_TYPE(args->name->ulPropTag) == PT_UNICODE;
    SRestriction restriction;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = IABContainer_GetContentsTable(args->container, wide ? MAPI_UNICODE : 0, &table);
    if (FAILED(hr)) return hr;
    if (!table) return MAPI_E_CALL_FAILED;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = args->name->ulPropTag;
    restriction.res.resProperty.lpProp = (SPropValue *)args->name;
    if (SUCCEEDED(hr = IMAPITable_SetColumns(table, args->columns, 0))
        && SUCCEEDED(hr = IMAPITable_Restrict(table, &restriction, 0))
        && SUCCEEDED(hr = IMAPITable_QueryRows(table, args->limit, 0, &rows)) && rows)
    {
        hr = rows_copy(&memory_allocators, rows, &args->rows);
        rows_free(&memory_allocators, rows);
    }
    IMAPITable_Release(table);
    return hr;
}

HRESULT container_FindName(struct provider *provider, IABContainer *container,
                           const SPropTagArray *columns, const SPropValue *name, ULONG limit,
                           SRowSet **ret)
{
    struct find_name_args args = { container, (SPropTagArray *)columns, name, limit };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IABContainer::GetContentsTable", call_find_name, &args);
    if (FAILED(hr)) return hr;
    if (!args.rows) return host_bad_result(&provider->party, "IMAPITable::QueryRows");
    *ret = args.rows;
    return S_OK;
}

static HRESULT open_contents(IABContainer *container, IMAPITable **ret)
{
    HRESULT hr = IABContainer_GetContentsTable(container, MAPI_UNICODE, ret);

    if (hr == MAPI_E_BAD_CHARWIDTH || hr == MAPI_E_UNKNOWN_FLAGS)
        hr = IABContainer_GetContentsTable(container, 0, ret);
    return FAILED(hr) || *ret ? hr : MAPI_E_CALL_FAILED;
}

struct contents_args
{
    IABContainer *container;
    SPropTagArray *columns;
    ULONG limit;
    SRowSet *rows;
    IMAPITable *table;
};

static HRESULT call_contents_table(void *data)
{
    struct contents_args *args = data;

    return open_contents(args->container, &args->table);
}

HRESULT container_GetContentsTable(struct host_party *party, IABContainer *container,
                                   IMAPITable **ret)
{
    struct contents_args args = { container };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(party, "IABContainer::GetContentsTable", call_contents_table, &args);
    if (SUCCEEDED(hr)) *ret = args.table;
    return hr;
}

static HRESULT call_contents(void *data)
{
    struct contents_args *args = data;
    IMAPITable *table = NULL;
    HRESULT hr;

    if (FAILED(hr = open_contents(args->container, &table))) return hr;
    if (SUCCEEDED(hr = IMAPITable_SetColumns(table, args->columns, 0)))
        hr = table_read_all(table, args->limit, &args->rows);
    IMAPITable_Release(table);
    return hr;
}

HRESULT container_ReadContents(struct provider *provider, IABContainer *container,
                               const SPropTagArray *columns, ULONG limit, SRowSet **ret)
{
    struct contents_args args = { container, (SPropTagArray *)columns, limit };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IABContainer::GetContentsTable", call_contents, &args);
    if (SUCCEEDED(hr)) *ret = args.rows;
    else if (!provider->party.broken) rows_free(&memory_allocators, args.rows);
    return hr;
}

struct create_entry_args
{
    IABContainer *container;
    ULONG size;
    ENTRYID *id;
    ULONG flags;
    IMAPIProp **ret;
};

static HRESULT call_create_entry(void *data)
{
    struct create_entry_args *args = data;

    return IABContainer_CreateEntry(args->container, args->size, args->id, args->flags, args->ret);
}

HRESULT container_CreateEntry(struct host_party *party, IABContainer *container, ULONG size,
                              const ENTRYID *id, ULONG flags, IMAPIProp **ret)
{
    struct create_entry_args args = { container, size, (ENTRYID *)id, flags, ret };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(party, "IABContainer::CreateEntry", call_create_entry, &args);
    if (SUCCEEDED(hr) && !*ret) hr = host_bad_result(party, "IABContainer::CreateEntry");
    if (FAILED(hr)) *ret = NULL;
    return hr;
}
