/*
 * The address book: resolving names and preparing recipients
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

/* Names by the contents table, and recipients of this book by their entries. */

#include "ab.h"

HRESULT book_resolve_names(struct book *book, LONGLONG parent, const SPropTagArray *tags,
                           ULONG flags, ADRLIST *names, FlagList *marks)
{
    IMAPITable *table;
    HRESULT hr;

    if (FAILED(hr = book_contents(book, parent, flags & MAPI_UNICODE, &table))) return hr;
    hr = recips_resolve(table, tags, flags, FALSE, names, marks);
    IMAPITable_Release(table);
    return hr;
}

HRESULT book_prepare_recips(struct book *book, const SPropTagArray *tags, ADRLIST *recipients)
{
    const SPropValue *found;
    struct ab_entryid id;
    struct db_props *props;
    struct values values;
    HRESULT hr, ret = S_OK;
    struct db_txn *txn;
    LONGLONG number;
    SRow row;
    ULONG i;

    if (!tags || !tags->cValues) return S_OK;
    if (FAILED(hr = db_begin(book->store.db, DB_READ, &txn))) return hr;
    for (i = 0; i < recipients->cEntries; i++)
    {
        ADRENTRY *entry = &recipients->aEntries[i];

        found = recips_find(entry->rgPropVals, entry->cValues, PR_ENTRYID);
        if (!found
            || !ab_entryid_parse(book, found->Value.bin.cb, found->Value.bin.lpb, &id, &number)
            || id.is_template)
            continue;
        if (FAILED(ab_entry_row(book, txn, number, &values, &props)))
        {
            ret = MAPI_E_NOT_FOUND;
            continue;
        }
        memset(&row, 0, sizeof(row));
        row.cValues = values.count;
        row.lpProps = values.props;
        hr = recips_replace(entry, tags, &row, FALSE);
        values_free(&values);
        db_props_destroy(props);
        if (FAILED(hr))
        {
            ret = hr;
            break;
        }
    }
    db_rollback(txn);
    return ret;
}
