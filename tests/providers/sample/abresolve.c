/*
 * Sample providers: resolving names and preparing recipients
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
 * Names by the contents table, and recipients by their entries. What every address book does alike,
 * the tables that understand PR_ANR and the rules of an ADRLIST, is in anrtable.c and recips.c,
 * which are shared with the personal address book (dlls/mapiab32).
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "addrbook.h"

BOOL ab_wrong_width(ULONG flags)
{
    return flags & MAPI_UNICODE && behavior_is(KIND_ADDRESS_BOOK, "ansi");
}

/* The entry IDs it gives are short-term, as a provider may: good for this session, to be exchanged
 * by PrepareRecips. */
HRESULT list_resolve_names(struct ab_list *list, const SPropTagArray *tags, ULONG flags,
                           ADRLIST *names, FlagList *marks)
{
    IMAPITable *table;
    HRESULT hr;

    if (FAILED(hr = anr_table_of_rows(list->rows, flags, &table))) return hr;
    hr = recips_resolve(table, tags, flags, TRUE, names, marks);
    IMAPITable_Release(table);
    return hr;
}

HRESULT book_prepare_recips(struct ab_book *book, const SPropTagArray *tags, ADRLIST *recipients)
{
    const struct ab_entryid *id;
    const SPropValue *found;
    HRESULT hr, ret = S_OK;
    struct ab_list *list;
    ADRENTRY *entry;
    SRow *row;
    ULONG i;

    if (!tags || !tags->cValues) return S_OK;
    for (i = 0; i < recipients->cEntries; i++)
    {
        entry = &recipients->aEntries[i];
        found = recips_find(entry->rgPropVals, entry->cValues, PR_ENTRYID);
        if (!found || !(id = ab_entryid_from(found->Value.bin.cb, (ENTRYID *)found->Value.bin.lpb)))
            continue;
        if (book_find_entry(book, id, &row, &list) != S_OK)
        {
            ret = MAPI_E_NOT_FOUND;
            continue;
        }
        /* Its entry ID is the long-term one. */
        hr = recips_replace(entry, tags, row, FALSE);
        MAPIFreeBuffer(row);
        if (FAILED(hr)) return hr;
    }
    return ret;
}
