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
 * The top of an address book provider's hierarchy, read whole: its root container is opened, the
 * table asked for, and each row copied, all inside the guard, for every pointer on the way is the
 * provider's. What comes out is the subsystem's own memory and has no tie to the provider.
 */

#include "host/calls.h"

#define ROWS_AT_ONCE 50
#define ROWS_MAX 10000          /* more is no list of containers but damage */

struct hierarchy_args
{
    IABLogon *object;
    ULONG flags;
    SRowSet *rows;
};

/* rows and what rows_more has, in one set; both are taken over. */
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

static HRESULT read_table(IMAPITable *table, SRowSet **ret)
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
        if (*ret && (*ret)->cRows + count > ROWS_MAX) hr = MAPI_E_TABLE_TOO_BIG;
        else if (SUCCEEDED(hr = rows_copy(&memory_allocators, rows, &copy)))
            hr = append_rows(ret, copy);
        rows_free(&memory_allocators, rows);
        if (FAILED(hr)) return hr;
    }
}

static HRESULT call_hierarchy(void *data)
{
    struct hierarchy_args *args = data;
    IUnknown *unknown = NULL;
    IMAPITable *table = NULL;
    IABContainer *root;
    ULONG type = 0;
    HRESULT hr;

    if (FAILED(hr = IABLogon_OpenEntry(args->object, 0, NULL, NULL, 0, &type, &unknown))) return hr;
    if (!unknown) return MAPI_E_CALL_FAILED;
    root = (IABContainer *)unknown;
    hr = IABContainer_GetHierarchyTable(root, args->flags | MAPI_UNICODE, &table);
    if (hr == MAPI_E_BAD_CHARWIDTH) hr = IABContainer_GetHierarchyTable(root, args->flags, &table);
    if (SUCCEEDED(hr) && table)
    {
        hr = read_table(table, &args->rows);
        IMAPITable_Release(table);
    }
    IABContainer_Release(root);
    return hr;
}

HRESULT addrbook_ReadHierarchy(struct provider *provider, IABLogon *object, ULONG flags,
                               SRowSet **ret)
{
    struct hierarchy_args args = { object, flags };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IABContainer::GetHierarchyTable", call_hierarchy, &args);
    if (SUCCEEDED(hr)) *ret = args.rows;
    else if (!provider->party.broken) rows_free(&memory_allocators, args.rows);
    return hr;
}
