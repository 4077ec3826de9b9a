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

/* Results of a search folder and the outgoing queue are links, and nothing else is in those
 * lists. */

#include "store.h"

HRESULT list_next(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after, ULONG max,
                  LONGLONG **ids, ULONG *count)
{
    HRESULT hr;

    if (list == DB_LIST_CONTENTS || list == DB_LIST_OUTGOING)
    {
        hr = db_links(txn, parent, list, after, max, ids, count);
        if (FAILED(hr) || *count) return hr;
        platform_free(*ids);
    }
    return db_object_children(txn, parent, list, after, max, ids, count);
}
