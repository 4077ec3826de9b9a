/*
 * Sample providers: the recipients of a message
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

/* A message's recipients are the rows of a table with PR_ROWID as their index, which the message
 * and its GetRecipientTable share. */

#include "store.h"

HRESULT recipients_create(ITableData **ret)
{
    static const SizedSPropTagArray(10, columns) =
        {10, {PR_ROWID, PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID,
              PR_SEARCH_KEY, PR_RESPONSIBILITY, PR_OBJECT_TYPE, PR_DISPLAY_TYPE}};

    return CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                       NULL, TBLTYPE_DYNAMIC, PR_ROWID, (SPropTagArray *)&columns, ret);
}

ULONG recipients_count(ITableData *recipients)
{
    ULONG count = 0;
    SRow *row;

    while (ITableData_HrEnumRow(recipients, count, &row) == S_OK && row)
    {
        MAPIFreeBuffer(row);
        count++;
    }
    return count;
}

BOOL recipients_all_taken(ITableData *recipients)
{
    BOOL ret = TRUE;
    ULONG i, j;
    SRow *row;

    for (i = 0; ret && ITableData_HrEnumRow(recipients, i, &row) == S_OK && row; i++)
    {
        for (ret = FALSE, j = 0; j < row->cValues; j++)
            if (row->lpProps[j].ulPropTag == PR_RESPONSIBILITY) ret = row->lpProps[j].Value.b != 0;
        MAPIFreeBuffer(row);
    }
    return ret;
}

void recipients_pack(ITableData *recipients, struct blob *blob)
{
    ULONG i, count = recipients_count(recipients);
    SRow *row;

    blob_put_long(blob, count);
    for (i = 0; i < count; i++)
    {
        if (ITableData_HrEnumRow(recipients, i, &row) != S_OK || !row)
        {
            blob->failed = TRUE;
            return;
        }
        blob_put_props(blob, row->cValues, row->lpProps);
        MAPIFreeBuffer(row);
    }
}

static LONG row_id(ULONG count, SPropValue *props)
{
    ULONG i;

    for (i = 0; i < count; i++) if (props[i].ulPropTag == PR_ROWID) return props[i].Value.l;
    return -1;
}

HRESULT recipients_load(ITableData *recipients, struct reader *reader, ULONG *next)
{
    ULONG i, count = read_long(reader);
    HRESULT hr = S_OK;
    SRow row;

    memset(&row, 0, sizeof(row));
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = read_props(reader, 0, &row.cValues, &row.lpProps))) break;
        hr = ITableData_HrModifyRow(recipients, &row);
        *next = max(*next, (ULONG)(row_id(row.cValues, row.lpProps) + 1));
        MAPIFreeBuffer(row.lpProps);
    }
    return hr;
}

/* A row of the caller's with the row ID that is to be its. */
static HRESULT put_row(ITableData *recipients, const ADRENTRY *entry, LONG id)
{
    SPropValue *props;
    HRESULT hr;
    ULONG i;
    SRow row;

    if (!(props = malloc((entry->cValues + 1) * sizeof(*props)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(&row, 0, sizeof(row));
    row.lpProps = props;
    for (i = 0; i < entry->cValues; i++)
        if (entry->rgPropVals[i].ulPropTag != PR_ROWID
            && PROP_TYPE(entry->rgPropVals[i].ulPropTag) != PT_ERROR)
            props[row.cValues++] = entry->rgPropVals[i];
    memset(&props[row.cValues], 0, sizeof(*props));
    props[row.cValues].ulPropTag = PR_ROWID;
    props[row.cValues++].Value.l = id;
    hr = ITableData_HrModifyRow(recipients, &row);
    free(props);
    return hr;
}

static void remove_row(ITableData *recipients, LONG id)
{
    SPropValue key;

    memset(&key, 0, sizeof(key));
    key.ulPropTag = PR_ROWID;
    key.Value.l = id;
    ITableData_HrDeleteRow(recipients, &key);
}

HRESULT recipients_modify(ITableData *recipients, ULONG *next, ULONG flags, const ADRLIST *list)
{
    HRESULT hr = S_OK;
    ULONG i, deleted;
    LONG id;

    if (flags & ~(MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE)) return MAPI_E_UNKNOWN_FLAGS;
    if (!list && flags) return MAPI_E_INVALID_PARAMETER;
    if ((flags & (flags - 1))) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; flags & (MODRECIP_MODIFY | MODRECIP_REMOVE) && i < list->cEntries; i++)
        if (row_id(list->aEntries[i].cValues, list->aEntries[i].rgPropVals) < 0)
            return MAPI_E_INVALID_PARAMETER;
    if (!flags) ITableData_HrDeleteRows(recipients, TAD_ALL_ROWS, NULL, &deleted);
    for (i = 0; list && i < list->cEntries && SUCCEEDED(hr); i++)
    {
        id = row_id(list->aEntries[i].cValues, list->aEntries[i].rgPropVals);
        if (flags & MODRECIP_REMOVE) remove_row(recipients, id);
        else
        {
            /* A new one gets an ID of its own, whatever it came with. */
            if (!(flags & MODRECIP_MODIFY)) id = (*next)++;
            hr = put_row(recipients, &list->aEntries[i], id);
        }
    }
    return hr;
}

static const SPropValue *find(const SRow *row, ULONG tag)
{
    ULONG i;

    for (i = 0; i < row->cValues; i++)
        if (PROP_ID(row->lpProps[i].ulPropTag) == PROP_ID(tag)) return &row->lpProps[i];
    return NULL;
}

static HRESULT append_name(WCHAR **list, const SPropValue *name)
{
    int old = *list ? lstrlenW(*list) : 0, more;
    WCHAR *grown;
    BOOL ansi = PROP_TYPE(name->ulPropTag) == PT_STRING8;

    if (!ansi && PROP_TYPE(name->ulPropTag) != PT_UNICODE) return S_OK;
    more = ansi ? MultiByteToWideChar(CP_ACP, 0, name->Value.lpszA, -1, NULL, 0)
                : lstrlenW(name->Value.lpszW) + 1;
    if (!(grown = realloc(*list, (old + more + 2) * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *list = grown;
    if (old) lstrcpyW(grown + old, L"; ");
    if (old) old += 2;
    if (ansi) MultiByteToWideChar(CP_ACP, 0, name->Value.lpszA, -1, grown + old, more);
    else lstrcpyW(grown + old, name->Value.lpszW);
    return S_OK;
}

HRESULT recipients_display(ITableData *recipients, WCHAR *ret[3])
{
    const SPropValue *type, *name;
    HRESULT hr = S_OK;
    ULONG i, which;
    SRow *row;

    memset(ret, 0, 3 * sizeof(*ret));
    for (i = 0; SUCCEEDED(hr) && ITableData_HrEnumRow(recipients, i, &row) == S_OK && row; i++)
    {
        type = find(row, PR_RECIPIENT_TYPE);
        name = find(row, PR_DISPLAY_NAME_W);
        which = type ? (type->Value.l & 0xff) - MAPI_TO : 0;
        if (name && which < 3) hr = append_name(&ret[which], name);
        MAPIFreeBuffer(row);
    }
    for (i = 0; i < 3 && FAILED(hr); i++) free(ret[i]);
    return hr;
}
