/*
 * The new-entry dialog
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
 * What kind of entry to make, and where to put it: into a container that can be changed, or only
 * into the message at hand. The kinds are the rows of a one-off table: that of the chosen container
 * (PR_CREATE_TEMPLATES), or for a message that of the whole address book. Some rows are only
 * headings.
 */

#include "dialog/address.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define TEMPLATES_MAX 1000
#define INDENT        3                 /* blanks a level */
#define DEPTH_MAX     20
#define MESSAGE_ONLY  (~0u)             /* item data of the drop-down's first item */

static const struct anchor anchors[] =
{
    { IDC_NEW_LABEL, 0 }, { IDC_NEW_LIST, GROW_X | GROW_Y }, { IDC_NEW_WHERE_LABEL, MOVE_Y },
    { IDC_NEW_WHERE, MOVE_Y | GROW_X }, { IDOK, MOVE_X | MOVE_Y }, { IDCANCEL, MOVE_X | MOVE_Y }
};

struct new_dialog
{
    IAddrBook *book;
    IMAPITable *one_offs;               /* the subsystem's own */
    const SBinary *given;               /* the container; cb 0: to be chosen */
    struct container_list containers;
    ULONG where;                        /* index there, or MESSAGE_ONLY */
    SRowSet *templates;                 /* an item's data is the index */
    struct layout layout;
};

static const SizedSPropTagArray(4, columns) =
{
    4, { PR_ENTRYID, PR_DISPLAY_NAME_W, PR_DEPTH, PR_SELECTABLE }
};

static HRESULT read_templates(struct host_party *party, IMAPITable *table, SRowSet **ret)
{
    HRESULT hr = table_SetColumns(party, table, (const SPropTagArray *)&columns);

    return SUCCEEDED(hr) ? table_Read(party, table, 0, TEMPLATES_MAX, ret) : hr;
}

static HRESULT container_templates(IAddrBook *book, ULONG size, const ENTRYID *id, SRowSet **ret)
{
    struct host_party party = { (WCHAR *)L"container", 0 };
    IMAPITable *table;
    IUnknown *container;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, size, (ENTRYID *)id, &IID_IABContainer, MAPI_BEST_ACCESS, &type,
                             &container);
    if (FAILED(hr)) return hr;
    hr = object_OpenProperty(&party, container, PR_CREATE_TEMPLATES, &IID_IMAPITable,
                             (void **)&table);
    if (SUCCEEDED(hr))
    {
        hr = read_templates(&party, table, ret);
        object_Release(&party, table);
    }
    object_Release(&party, container);
    return hr;
}

static void load_templates(struct new_dialog *new)
{
    struct host_party own = { (WCHAR *)L"one-off table", 0 };
    const struct container *container;
    HRESULT hr = S_OK;

    rows_free(&memory_allocators, new->templates);
    new->templates = NULL;
    if (new->given->cb)
        hr = container_templates(new->book, new->given->cb, (ENTRYID *)new->given->lpb,
                                 &new->templates);
    else if (new->where != MESSAGE_ONLY)
    {
        container = &new->containers.items[new->where];
        hr = container_templates(new->book, container->size, container->id, &new->templates);
    }
    else if (new->one_offs) hr = read_templates(&own, new->one_offs, &new->templates);
    if (FAILED(hr)) WARN("no templates: %#lx\n", (unsigned long)hr);
}

static BOOL selectable(const SRow *row)
{
    const SPropValue *value = props_find(row->lpProps, row->cValues, PR_SELECTABLE);
    const SPropValue *id = props_find(row->lpProps, row->cValues, PR_ENTRYID);

    return id && id->Value.bin.cb && (!value || value->Value.b);
}

/* NULL: nothing that can be made. */
static const SRow *selected_row(HWND dialog, const struct new_dialog *new)
{
    LRESULT item = SendDlgItemMessageW(dialog, IDC_NEW_LIST, LB_GETCURSEL, 0, 0);
    const SRow *row;

    if (item < 0 || !new->templates) return NULL;
    row = &new->templates->aRow[SendDlgItemMessageW(dialog, IDC_NEW_LIST, LB_GETITEMDATA, item, 0)];
    return selectable(row) ? row : NULL;
}

static void update_ok(HWND dialog, const struct new_dialog *new)
{
    EnableWindow(GetDlgItem(dialog, IDOK), selected_row(dialog, new) != NULL);
}

static void show_templates(HWND dialog, struct new_dialog *new)
{
    HWND list = GetDlgItem(dialog, IDC_NEW_LIST);
    const SPropValue *name, *depth;
    LRESULT item, first = -1;
    WCHAR text[300];
    const SRow *row;
    ULONG i, j, blanks;

    load_templates(new);
    SendMessageW(list, LB_RESETCONTENT, 0, 0);
    for (i = 0; new->templates && i < new->templates->cRows; i++)
    {
        row = &new->templates->aRow[i];
        if (!(name = props_find(row->lpProps, row->cValues, PR_DISPLAY_NAME_W))) continue;
        depth = props_find(row->lpProps, row->cValues, PR_DEPTH);
        blanks = depth && depth->Value.l > 0 ? min(depth->Value.l, DEPTH_MAX) * INDENT : 0;
        for (j = 0; j < blanks; j++) text[j] = ' ';
        lstrcpynW(text + blanks, name->Value.lpszW, ARRAY_SIZE(text) - blanks);
        item = SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)text);
        if (item < 0) continue;
        SendMessageW(list, LB_SETITEMDATA, item, i);
        if (first < 0 && selectable(row)) first = item;
    }
    SendMessageW(list, LB_SETCURSEL, first, 0);
    update_ok(dialog, new);
}

static BOOL new_init(HWND dialog, struct new_dialog *new)
{
    HWND where = GetDlgItem(dialog, IDC_NEW_WHERE);
    WCHAR text[80];
    LRESULT item;

    SetWindowLongPtrW(dialog, DWLP_USER, (LONG_PTR)new);
    layout_init(&new->layout, dialog, anchors, ARRAY_SIZE(anchors));
    if (new->given->cb)
    {
        ShowWindow(where, SW_HIDE);
        ShowWindow(GetDlgItem(dialog, IDC_NEW_WHERE_LABEL), SW_HIDE);
    }
    else
    {
        dialog_string(IDS_NEW_MESSAGE_ONLY, text, ARRAY_SIZE(text));
        item = SendMessageW(where, CB_ADDSTRING, 0, (LPARAM)text);
        SendMessageW(where, CB_SETITEMDATA, item, MESSAGE_ONLY);
        containers_fill(&new->containers, where, AB_MODIFIABLE);
        SendMessageW(where, CB_SETCURSEL, 0, 0);
    }
    show_templates(dialog, new);
    return TRUE;
}

static void choose_where(HWND dialog, struct new_dialog *new)
{
    LRESULT item = SendDlgItemMessageW(dialog, IDC_NEW_WHERE, CB_GETCURSEL, 0, 0);

    if (item < 0) return;
    new->where = SendDlgItemMessageW(dialog, IDC_NEW_WHERE, CB_GETITEMDATA, item, 0);
    show_templates(dialog, new);
}

static INT_PTR CALLBACK new_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct new_dialog *new = (struct new_dialog *)GetWindowLongPtrW(dialog, DWLP_USER);
    const SRow *row;

    if (message == WM_INITDIALOG) return new_init(dialog, (struct new_dialog *)lparam);
    if (!new) return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        switch (LOWORD(wparam))
        {
        case IDC_NEW_LIST:
            if (HIWORD(wparam) == LBN_SELCHANGE) update_ok(dialog, new);
            if (HIWORD(wparam) != LBN_DBLCLK) return TRUE;
            /* fall through */
        case IDOK:
            if (!(row = selected_row(dialog, new))) return TRUE;
            EndDialog(dialog, row - new->templates->aRow + IDOK + IDCANCEL);
            return TRUE;
        case IDCANCEL:
            EndDialog(dialog, IDCANCEL);
            return TRUE;
        case IDC_NEW_WHERE:
            if (HIWORD(wparam) == CBN_SELCHANGE) choose_where(dialog, new);
            return TRUE;
        }
        break;
    case WM_SIZE:
        layout_size(&new->layout, dialog, LOWORD(lparam), HIWORD(lparam));
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limit(&new->layout, (MINMAXINFO *)lparam);
        return TRUE;
    }
    return FALSE;
}

static HRESULT copy_id(ULONG size, const void *id, SBinary *ret)
{
    HRESULT hr = memory_allocate_buffer(size, (void **)&ret->lpb);

    if (FAILED(hr)) return hr;
    memcpy(ret->lpb, id, size);
    ret->cb = size;
    return S_OK;
}

static HRESULT take(const struct new_dialog *new, const SRow *row, SBinary *template_id,
                    SBinary *put)
{
    const SPropValue *id = props_find(row->lpProps, row->cValues, PR_ENTRYID);
    const struct container *container;
    HRESULT hr;

    if (FAILED(hr = copy_id(id->Value.bin.cb, id->Value.bin.lpb, template_id))) return hr;
    if (new->given->cb || new->where == MESSAGE_ONLY) return S_OK;
    container = &new->containers.items[new->where];
    if (SUCCEEDED(hr = copy_id(container->size, container->id, put))) return S_OK;
    memory_free_buffer(template_id->lpb);
    template_id->cb = 0;
    template_id->lpb = NULL;
    return hr;
}

HRESULT new_entry_dialog(IAddrBook *book, IMAPITable *one_offs, ULONG_PTR ui,
                         const SBinary *container, SBinary *template_id, SBinary *put)
{
    struct new_dialog new = { book, one_offs, container };
    INT_PTR answer;
    HRESULT hr;

    template_id->cb = put->cb = 0;
    template_id->lpb = put->lpb = NULL;
    new.where = MESSAGE_ONLY;
    if (!container->cb && FAILED(hr = containers_read(book, NULL, &new.containers))) return hr;
    answer = DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_NEW_ENTRY), dialog_parent(ui),
                             new_proc, (LPARAM)&new);
    if (answer >= IDOK + IDCANCEL)
        hr = take(&new, &new.templates->aRow[answer - IDOK - IDCANCEL], template_id, put);
    else hr = answer == IDCANCEL ? MAPI_E_USER_CANCEL : MAPI_E_CALL_FAILED;
    rows_free(&memory_allocators, new.templates);
    containers_free(&new.containers);
    return hr;
}
