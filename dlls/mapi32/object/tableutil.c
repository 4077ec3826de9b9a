/*
 * Exports that read and arrange any table
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
 * Exports that do in one call what clients would write out with the methods of IMAPITable. They
 * work on anybody's tables: what those allocate is freed as their caller would free it, or with the
 * routines that the export is passed.
 */

#define COBJMACROS

#include <string.h>

#include "object/object.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* Rows asked for in one QueryRows. */
#define ROWS_AT_A_TIME 512

/* Moves the rows of part behind those of all, and frees what is left of part. */
static HRESULT append_rows(SRowSet **all, SRowSet *part, ULONG *room)
{
    SRowSet *grown;
    ULONG wanted;
    HRESULT hr;

    if ((*all)->cRows + part->cRows > *room)
    {
        wanted = max(*room * 2, (*all)->cRows + part->cRows);
        if (FAILED(hr = rows_alloc(memory_exported, wanted, &grown))) return hr;
        grown->cRows = (*all)->cRows;
        memcpy(grown->aRow, (*all)->aRow, (*all)->cRows * sizeof(SRow));
        memory_exported->free(*all);
        *all = grown;
        *room = wanted;
    }
    memcpy((*all)->aRow + (*all)->cRows, part->aRow, part->cRows * sizeof(SRow));
    (*all)->cRows += part->cRows;
    memory_exported->free(part);
    return S_OK;
}

HRESULT WINAPI HrQueryAllRows(IMAPITable *table, SPropTagArray *tags, SRestriction *restriction,
                              SSortOrderSet *sort, LONG max_rows, SRowSet **ret)
{
    SRowSet *all = NULL, *part;
    ULONG room = 0;
    HRESULT hr;

    TRACE("%p %p %p %p %ld %p\n", table, tags, restriction, sort, max_rows, ret);

    if (ret) *ret = NULL;
    if (!table || !ret) return MAPI_E_INVALID_PARAMETER;
    if (tags && FAILED(hr = IMAPITable_SetColumns(table, tags, TBL_BATCH))) return hr;
    if (restriction && FAILED(hr = IMAPITable_Restrict(table, restriction, TBL_BATCH))) return hr;
    if (sort && FAILED(hr = IMAPITable_SortTable(table, sort, TBL_BATCH))) return hr;
    if (FAILED(hr = IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL))) return hr;

    /* A table may give fewer rows than it was asked for: only none at all is the end. */
    for (;;)
    {
        part = NULL;
        hr = IMAPITable_QueryRows(table, ROWS_AT_A_TIME, 0, &part);
        if (SUCCEEDED(hr) && !part) hr = MAPI_E_CALL_FAILED;
        if (FAILED(hr)) break;
        if (!part->cRows)
        {
            if (all)
                memory_exported->free(part);
            else
                all = part;
            break;
        }
        if (!all)
        {
            all = part;
            room = part->cRows;
        }
        else if (FAILED(hr = append_rows(&all, part, &room)))
        {
            rows_free(memory_exported, part);
            break;
        }
        if (max_rows > 0 && all->cRows > (ULONG)max_rows)
        {
            hr = MAPI_E_TABLE_TOO_BIG;
            break;
        }
    }
    if (FAILED(hr))
    {
        rows_free(memory_exported, all);
        return hr;
    }
    *ret = all;
    return S_OK;
}

static BOOL has_tag(const ULONG *tags, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (PROP_ID(tags[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

HRESULT WINAPI HrAddColumnsEx(IMAPITable *table, SPropTagArray *tags, LPALLOCATEBUFFER allocate,
                              LPFREEBUFFER free, void (*filter)(SPropTagArray *))
{
    SPropTagArray *old = NULL, *columns = NULL;
    HRESULT hr;
    ULONG i;

    TRACE("%p %p %p %p %p\n", table, tags, allocate, free, filter);

    if (!table || !tags || !allocate || !free) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = IMAPITable_QueryColumns(table, 0, &old))) return hr;
    if (filter) filter(old);
    if (tags->cValues > 0x10000 || old->cValues > 0x10000 ||
        FAILED(allocate(CbNewSPropTagArray(tags->cValues + old->cValues), (void **)&columns)))
    {
        free(old);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    columns->cValues = tags->cValues;
    memcpy(columns->aulPropTag, tags->aulPropTag, tags->cValues * sizeof(ULONG));
    for (i = 0; i < old->cValues; i++)
        if (old->aulPropTag[i] == PR_NULL
            || !has_tag(tags->aulPropTag, tags->cValues, old->aulPropTag[i]))
            columns->aulPropTag[columns->cValues++] = old->aulPropTag[i];
    hr = IMAPITable_SetColumns(table, columns, TBL_BATCH);
    free(columns);
    free(old);
    return hr;
}

HRESULT WINAPI HrAddColumns(IMAPITable *table, SPropTagArray *tags, LPALLOCATEBUFFER allocate,
                            LPFREEBUFFER free)
{
    return HrAddColumnsEx(table, tags, allocate, free, NULL);
}
