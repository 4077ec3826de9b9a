/*
 * Mail transport: a walk over the messages of the store
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
 * Who looks for messages gives a function, which is called for each with the properties of VISIT_.
 * A walk ends at the first error, the function's included. Folders nest no deeper than DEPTH_MAX;
 * search folders, which have what others have, are left out.
 */

#include "transport.h"

#define DEPTH_MAX 64

static const SizedSPropTagArray(VISIT_COUNT, columns) =
{
    VISIT_COUNT, { PR_ENTRYID, PR_MAPIXP_SOURCE, PR_MESSAGE_FLAGS, PR_INTERNET_MESSAGE_ID_W,
      PR_REPORT_TAG, PR_PARENT_ENTRYID, PR_MESSAGE_CLASS_W }
};

/* The folder's own entry ID, whatever the table says. */
static const SPropValue *with_folder(SPropValue *props, const SPropValue *own)
{
    if (!own) return props;
    props[VISIT_FOLDER] = *own;
    props[VISIT_FOLDER].ulPropTag = PR_PARENT_ENTRYID;
    return props;
}

HRESULT folder_visit(IMAPIFolder *folder, visit_fn visit, void *context)
{
    SPropValue *own = NULL;
    IMAPITable *table;
    SRowSet *rows;
    BOOL more = TRUE;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IMAPIFolder_GetContentsTable(folder, MAPI_UNICODE, &table))) return hr;
    HrGetOneProp((IMAPIProp *)folder, PR_ENTRYID, &own);
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    while (SUCCEEDED(hr) && more && SUCCEEDED(hr = IMAPITable_QueryRows(table, 500, 0, &rows)))
    {
        more = rows->cRows != 0;
        for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
            if (rows->aRow[i].cValues == VISIT_COUNT)
                hr = visit(context, folder, with_folder(rows->aRow[i].lpProps, own));
        FreeProws(rows);
    }
    MAPIFreeBuffer(own);
    IMAPITable_Release(table);
    return hr;
}

static BOOL has_message_id(const SRow *row, const WCHAR *message_id)
{
    return row->cValues == VISIT_COUNT
           && row->lpProps[VISIT_MESSAGE_ID].ulPropTag == PR_INTERNET_MESSAGE_ID_W
           && !lstrcmpiW(row->lpProps[VISIT_MESSAGE_ID].Value.lpszW, message_id);
}

HRESULT folder_visit_id(IMAPIFolder *folder, const WCHAR *message_id, visit_fn visit, void *context)
{
    SizedSSortOrderSet(1, order) = { 1, 0, 0, { { PR_INTERNET_MESSAGE_ID_W, TABLE_SORT_ASCEND } } };
    SPropValue wanted = { PR_INTERNET_MESSAGE_ID_W };
    SRestriction restriction = { RES_PROPERTY };
    IMAPITable *table;
    SRowSet *rows;
    BOOL more;
    HRESULT hr;

    wanted.Value.lpszW = (WCHAR *)message_id;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_INTERNET_MESSAGE_ID_W;
    restriction.res.resProperty.lpProp = &wanted;
    if (FAILED(hr = IMAPIFolder_GetContentsTable(folder, MAPI_UNICODE, &table))) return hr;
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, TBL_BATCH);
    if (SUCCEEDED(hr)) hr = IMAPITable_SortTable(table, (SSortOrderSet *)&order, TBL_BATCH);
    if (SUCCEEDED(hr)) hr = IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0);
    for (more = TRUE;
         SUCCEEDED(hr) && more && SUCCEEDED(hr = IMAPITable_QueryRows(table, 1, 0, &rows));)
    {
        if ((more = rows->cRows && has_message_id(rows->aRow, message_id)))
            hr = visit(context, folder, rows->aRow[0].lpProps);
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

static HRESULT visit_folder(IMsgStore *store, IMAPIFolder *folder, ULONG depth, visit_fn visit,
                            void *context)
{
    static const SizedSPropTagArray(2, tags) = { 2, { PR_ENTRYID, PR_FOLDER_TYPE } };
    IMAPIFolder *child;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i, type;

    if (depth > DEPTH_MAX) return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = folder_visit(folder, visit, context))) return hr;
    if (FAILED(hr = IMAPIFolder_GetHierarchyTable(folder, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&tags, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[0].ulPropTag != PR_ENTRYID) continue;
        if (props[1].ulPropTag == PR_FOLDER_TYPE && props[1].Value.l == FOLDER_SEARCH) continue;
        hr = IMsgStore_OpenEntry(store, props[0].Value.bin.cb, (ENTRYID *)props[0].Value.bin.lpb,
                                 NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)&child);
        if (FAILED(hr)) break;
        hr = visit_folder(store, child, depth + 1, visit, context);
        IMAPIFolder_Release(child);
    }
    FreeProws(rows);
    return hr;
}

HRESULT store_open(struct xp_logon *logon, IMsgStore **store)
{
    ULONG type;

    *store = NULL;
    if (!logon->store_id.lpb) return MAPI_E_NOT_FOUND;
    return IMAPISupport_OpenEntry(logon->support, logon->store_id.cb,
                                  (ENTRYID *)logon->store_id.lpb, NULL, MAPI_BEST_ACCESS, &type,
                                  (IUnknown **)store);
}

HRESULT store_open_object(IMsgStore *store, const SBinary *id, void *ret)
{
    ULONG type;

    return IMsgStore_OpenEntry(store, id->cb, (ENTRYID *)id->lpb, NULL, MAPI_MODIFY, &type, ret);
}

HRESULT store_visit(IMsgStore *store, visit_fn visit, void *context)
{
    IMAPIFolder *root;
    HRESULT hr;
    ULONG type;

    hr = IMsgStore_OpenEntry(store, 0, NULL, NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)&root);
    if (FAILED(hr)) return hr;
    hr = visit_folder(store, root, 0, visit, context);
    IMAPIFolder_Release(root);
    return hr;
}

BOOL visit_source(const SPropValue *props, char id[96])
{
    if (props[VISIT_SOURCE].ulPropTag != PR_MAPIXP_SOURCE) return FALSE;
    return WideCharToMultiByte(CP_UTF8, 0, props[VISIT_SOURCE].Value.lpszW, -1, id, 96, NULL, NULL)
           > 1;
}

BOOL visit_is_read(const SPropValue *props)
{
    return props[VISIT_FLAGS].ulPropTag == PR_MESSAGE_FLAGS
           && props[VISIT_FLAGS].Value.l & MSGFLAG_READ;
}
