/*
 * Rows and row sets
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
 * A row set is one block for the set and one for each row's properties, so that a caller may keep a
 * row and free the others. rows_alloc gives a set whose rows are all empty, which rows_free takes
 * at any state of filling it. An address list has the same layout.
 */

#include "core/core.h"

C_ASSERT(sizeof(ADRLIST) == sizeof(SRowSet));
C_ASSERT(FIELD_OFFSET(ADRENTRY, rgPropVals) == FIELD_OFFSET(SRow, lpProps));

HRESULT row_copy(const struct mapi_allocators *allocators, const SRow *src, SRow *dst)
{
    HRESULT hr;

    dst->ulAdrEntryPad = 0;
    dst->cValues = 0;
    hr = props_copy(allocators, src->cValues, src->lpProps, &dst->lpProps);
    if (hr == S_OK) dst->cValues = src->cValues;
    return hr;
}

HRESULT rows_alloc(const struct mapi_allocators *allocators, ULONG count, SRowSet **ret)
{
    SRowSet *rows;
    HRESULT hr;

    *ret = NULL;
    if (count > (MAXLONG - CbNewSRowSet(0)) / sizeof(rows->aRow[0]))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if ((hr = allocators->allocate(CbNewSRowSet(count), (void **)&rows)) != S_OK) return hr;
    memset(rows, 0, CbNewSRowSet(count));
    rows->cRows = count;
    *ret = rows;
    return S_OK;
}

HRESULT rows_copy(const struct mapi_allocators *allocators, const SRowSet *src, SRowSet **ret)
{
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    if ((hr = rows_alloc(allocators, src->cRows, &rows)) != S_OK) return hr;
    for (i = 0; i < src->cRows; i++)
    {
        if ((hr = row_copy(allocators, &src->aRow[i], &rows->aRow[i])) == S_OK) continue;
        rows_free(allocators, rows);
        return hr;
    }
    *ret = rows;
    return S_OK;
}

void rows_free(const struct mapi_allocators *allocators, SRowSet *rows)
{
    ULONG i;

    if (!rows) return;
    for (i = 0; i < rows->cRows; i++)
        if (rows->aRow[i].lpProps) allocators->free(rows->aRow[i].lpProps);
    allocators->free(rows);
}

void WINAPI FreeProws(LPSRowSet rows)
{
    rows_free(memory_exported, rows);
}

void WINAPI FreePadrlist(LPADRLIST list)
{
    rows_free(memory_exported, (SRowSet *)list);
}
