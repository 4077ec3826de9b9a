/*
 * All that stands in a list of an object
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

/* Results of a search folder and the outgoing queue are links: only the list's view has them. Other lists are read
 * without one. */

#include "store.h"

static BOOL has_links(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG *view)
{
    return (list == DB_LIST_CONTENTS || list == DB_LIST_OUTGOING)
           && SUCCEEDED(db_view_find(txn, parent, list, 0, NULL, view));
}

HRESULT list_ensure(struct db *db, LONGLONG parent, ULONG list)
{
    struct db_object info = { 0 };
    struct db_txn *txn;
    HRESULT hr;
    BOOL made;

    if (list != DB_LIST_CONTENTS && list != DB_LIST_OUTGOING) return S_OK;
    if (FAILED(hr = db_begin(db, DB_READ, &txn))) return hr;
    hr = db_object_load(txn, parent, &info, NULL);
    db_rollback(txn);
    if (FAILED(hr)) return hr;
    if (list == DB_LIST_CONTENTS && info.kind != DB_KIND_SEARCH_FOLDER) return S_OK;
    return db_view_ensure(db, parent, list, 0, NULL, &made);
}

HRESULT list_next(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after, ULONG max,
                  LONGLONG **ids, ULONG *count)
{
    struct db_row row = { 0 }, *rows;
    LONGLONG view;
    HRESULT hr;
    ULONG i;

    *ids = NULL;
    *count = 0;
    if (!has_links(txn, parent, list, &view))
        return db_object_children(txn, parent, list, after, max, ids, count);
    row.object = after;
    row.instance = ~0u;
    if (FAILED(hr = db_view_rows_after(txn, view, after ? &row : NULL, FALSE, max, &rows, count)))
        return hr;
    if (!(*ids = platform_alloc((*count + 1) * sizeof(**ids)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < *count && SUCCEEDED(hr); i++) (*ids)[i] = rows[i].object;
    platform_free(rows);
    return hr;
}
