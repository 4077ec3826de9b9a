/*
 * The containers to choose from
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
 * The hierarchy of the address book as a drop-down list. It comes from the integrated root
 * container, which is the subsystem's own, so nothing of it needs a guard.
 */

#include "dialog/address.h"

#define CONTAINERS_MAX 10000
#define INDENT         3                /* blanks a level */
#define DEPTH_MAX      20

static HRESULT add_container(struct container_list *list, const SRow *row)
{
    const SPropValue *id = props_find(row->lpProps, row->cValues, PR_ENTRYID);
    const SPropValue *depth = props_find(row->lpProps, row->cValues, PR_DEPTH);
    const SPropValue *flags = props_find(row->lpProps, row->cValues, PR_CONTAINER_FLAGS);
    struct container *item = &list->items[list->count];

    if (!id || !id->Value.bin.cb) return S_OK;
    item->name = dialog_row_text(row->cValues, row->lpProps, PR_DISPLAY_NAME_W);
    if (!item->name && !(item->name = text_dup(L""))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(item->id = platform_alloc(id->Value.bin.cb)))
    {
        platform_free(item->name);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    item->size = id->Value.bin.cb;
    memcpy(item->id, id->Value.bin.lpb, item->size);
    item->depth = depth && depth->Value.l > 0 ? min(depth->Value.l, DEPTH_MAX) : 0;
    item->flags = flags ? flags->Value.l : AB_RECIPIENTS;
    list->count++;
    return S_OK;
}

static HRESULT read_hierarchy(IAddrBook *book, const SRestriction *restriction, SRowSet **ret)
{
    static const SizedSPropTagArray(4, columns) =
    {
        4, { PR_ENTRYID, PR_DISPLAY_NAME_W, PR_DEPTH, PR_CONTAINER_FLAGS }
    };
    IMAPITable *table;
    IUnknown *root;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, 0, NULL, &IID_IABContainer, 0, &type, &root);
    if (FAILED(hr)) return hr;
    hr = IABContainer_GetHierarchyTable((IABContainer *)root, CONVENIENT_DEPTH | MAPI_UNICODE,
                                        &table);
    IABContainer_Release((IABContainer *)root);
    if (FAILED(hr)) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, (SRestriction *)restriction, NULL,
                        CONTAINERS_MAX, ret);
    IMAPITable_Release(table);
    return hr;
}

HRESULT containers_read(IAddrBook *book, const SRestriction *restriction,
                        struct container_list *ret)
{
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    ret->count = 0;
    ret->items = NULL;
    if (FAILED(hr = read_hierarchy(book, restriction, &rows))) return hr;
    if (rows->cRows && !(ret->items = platform_alloc_zero(rows->cRows * sizeof(*ret->items))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++) hr = add_container(ret, &rows->aRow[i]);
    FreeProws(rows);
    if (FAILED(hr)) containers_free(ret);
    return hr;
}

void containers_free(struct container_list *list)
{
    ULONG i;

    for (i = 0; i < list->count; i++)
    {
        platform_free(list->items[i].name);
        platform_free(list->items[i].id);
    }
    platform_free(list->items);
    list->items = NULL;
    list->count = 0;
}

void containers_fill(const struct container_list *list, HWND combo, ULONG flags)
{
    WCHAR text[300];
    LRESULT item;
    ULONG i, j;

    for (i = 0; i < list->count; i++)
    {
        if ((list->items[i].flags & flags) != flags) continue;
        for (j = 0; j < list->items[i].depth * INDENT; j++) text[j] = ' ';
        lstrcpynW(text + j, list->items[i].name, ARRAY_SIZE(text) - j);
        item = SendMessageW(combo, CB_ADDSTRING, 0, (LPARAM)text);
        if (item >= 0) SendMessageW(combo, CB_SETITEMDATA, item, i);
    }
}

BOOL containers_find(IAddrBook *book, const struct container_list *list, ULONG size,
                     const ENTRYID *id, ULONG *index)
{
    ULONG i, same;

    if (!size || !id) return FALSE;
    for (i = 0; i < list->count; i++)
    {
        same = list->items[i].size == size && !memcmp(list->items[i].id, id, size);
        if (!same && FAILED(IAddrBook_CompareEntryIDs(book, size, (ENTRYID *)id,
                                                      list->items[i].size, list->items[i].id, 0,
                                                      &same)))
            same = FALSE;
        if (!same) continue;
        *index = i;
        return TRUE;
    }
    return FALSE;
}

void containers_select(HWND combo, ULONG index)
{
    LRESULT i, count = SendMessageW(combo, CB_GETCOUNT, 0, 0);

    for (i = 0; i < count; i++)
    {
        if (SendMessageW(combo, CB_GETITEMDATA, i, 0) != (LRESULT)index) continue;
        SendMessageW(combo, CB_SETCURSEL, i, 0);
        return;
    }
}
