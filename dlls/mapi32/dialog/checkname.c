/*
 * The check-names dialog
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
 * A name that was typed and that several entries fit, or none: those that fit are listed, and one
 * is chosen, or an entry is made for it, or any other is taken from the address book.
 */

#include "dialog/address.h"

#include <commctrl.h>
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define WM_ROWS_CHANGED (WM_APP + 1)

static const struct anchor anchors[] =
{
    { IDC_CHECK_TEXT, GROW_X }, { IDC_CHECK_LIST, GROW_X | GROW_Y }, { IDC_CHECK_NEW, MOVE_Y },
    { IDC_CHECK_MORE, MOVE_Y }, { IDC_CHECK_DETAILS, MOVE_Y }, { IDOK, MOVE_X | MOVE_Y },
    { IDCANCEL, MOVE_X | MOVE_Y }
};

struct check
{
    IAddrBook *book;
    const struct name_check *what;
    struct row_list rows;
    struct layout layout;
    HWND list;
    SBinary picked;                     /* memory_allocators */
};

static int selected(const struct check *check)
{
    return SendMessageW(check->list, LVM_GETNEXTITEM, -1, LVNI_SELECTED);
}

static void update_buttons(HWND dialog, const struct check *check)
{
    BOOL one = selected(check) >= 0;

    EnableWindow(GetDlgItem(dialog, IDOK), one);
    EnableWindow(GetDlgItem(dialog, IDC_CHECK_DETAILS), one);
}

static void show_rows(HWND dialog, struct check *check)
{
    SendMessageW(check->list, LVM_SETITEMCOUNT, check->rows.count, 0);
    update_buttons(dialog, check);
}

static void check_text(HWND dialog, const struct check *check)
{
    WCHAR format[160], text[400], name[200];

    lstrcpynW(name, check->what->name, ARRAY_SIZE(name));
    dialog_string(check->what->ambiguous ? IDS_CHECK_AMBIGUOUS : IDS_CHECK_NONE, format,
                  ARRAY_SIZE(format));
    wsprintfW(text, format, name);
    SetDlgItemTextW(dialog, IDC_CHECK_TEXT, text);
}

static void check_columns(HWND dialog, const struct check *check)
{
    static const struct { UINT title; int width; } columns[] =
        { { IDS_ADDRESS_COLUMN_NAME, 90 }, { IDS_ADDRESS_COLUMN_ADDRESS, 120 },
          { IDS_ADDRESS_COLUMN_TYPE, 40 } };
    LVCOLUMNW column = { LVCF_TEXT | LVCF_WIDTH | LVCF_SUBITEM };
    WCHAR text[40];
    RECT rect;
    ULONG i;

    SendMessageW(check->list, LVM_SETEXTENDEDLISTVIEWSTYLE, 0, LVS_EX_FULLROWSELECT);
    for (i = 0; i < ARRAY_SIZE(columns); i++)
    {
        SetRect(&rect, 0, 0, columns[i].width, 0);
        MapDialogRect(dialog, &rect);
        dialog_string(columns[i].title, text, ARRAY_SIZE(text));
        column.pszText = text;
        column.cx = rect.right;
        column.iSubItem = i;
        SendMessageW(check->list, LVM_INSERTCOLUMNW, i, (LPARAM)&column);
    }
}

/* What fits stands in one container, found there as name resolution found it. */
static void open_rows(HWND dialog, struct check *check)
{
    const struct name_check *what = check->what;
    struct container container = { (WCHAR *)L"", 0, AB_FIND_ON_OPEN, what->container_size,
                                   (ENTRYID *)what->container };
    HRESULT hr;

    if (!what->container_size) return;
    hr = row_list_open(&check->rows, check->book, &container, NULL, dialog, WM_ROWS_CHANGED);
    if (SUCCEEDED(hr)) hr = row_list_search(&check->rows, what->name);
    if (FAILED(hr))
    {
        WARN("cannot list who fits: %#lx\n", (unsigned long)hr);
        row_list_close(&check->rows);
    }
}

static BOOL check_init(HWND dialog, struct check *check)
{
    LVITEMW item = { 0 };

    SetWindowLongPtrW(dialog, DWLP_USER, (LONG_PTR)check);
    check->list = GetDlgItem(dialog, IDC_CHECK_LIST);
    check_text(dialog, check);
    dialog_set_text(GetDlgItem(dialog, IDC_CHECK_NEW), check->what->new_title);
    check_columns(dialog, check);
    layout_init(&check->layout, dialog, anchors, ARRAY_SIZE(anchors));
    open_rows(dialog, check);
    show_rows(dialog, check);
    item.state = item.stateMask = LVIS_SELECTED | LVIS_FOCUSED;
    if (check->rows.count) SendMessageW(check->list, LVM_SETITEMSTATE, 0, (LPARAM)&item);
    update_buttons(dialog, check);
    return TRUE;
}

static void fill_cell(struct check *check, NMLVDISPINFOW *info)
{
    static const ULONG columns[] = { PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W };
    const SPropValue *value = NULL;
    const SRow *row;

    if (!(info->item.mask & LVIF_TEXT) || !info->item.cchTextMax) return;
    info->item.pszText[0] = 0;
    if ((ULONG)info->item.iSubItem >= ARRAY_SIZE(columns)) return;
    if ((row = row_list_row(&check->rows, info->item.iItem)))
        value = props_find(row->lpProps, row->cValues, columns[info->item.iSubItem]);
    if (value) lstrcpynW(info->item.pszText, value->Value.lpszW, info->item.cchTextMax);
}

/* A copy of the entry ID; FALSE when there is none. */
static BOOL pick(struct check *check, ULONG count, const SPropValue *props)
{
    const SPropValue *id = props_find(props, count, PR_ENTRYID);

    if (!id || !id->Value.bin.cb) return FALSE;
    memory_free_buffer(check->picked.lpb);
    check->picked.cb = 0;
    check->picked.lpb = NULL;
    if (FAILED(memory_allocate_buffer(id->Value.bin.cb, (void **)&check->picked.lpb))) return FALSE;
    check->picked.cb = id->Value.bin.cb;
    memcpy(check->picked.lpb, id->Value.bin.lpb, id->Value.bin.cb);
    return TRUE;
}

static BOOL pick_selected(struct check *check)
{
    const SRow *row = row_list_row(&check->rows, selected(check));

    return row && pick(check, row->cValues, row->lpProps);
}

static void show_details(HWND dialog, struct check *check)
{
    ULONG_PTR ui = (ULONG_PTR)dialog;
    HRESULT hr;

    if (!pick_selected(check)) return;
    hr = IAddrBook_Details(check->book, &ui, NULL, NULL, check->picked.cb,
                           (ENTRYID *)check->picked.lpb, NULL, NULL, NULL, DIALOG_MODAL);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL) dialog_tell(dialog, IDS_ADDRESS_NO_DETAILS, hr);
}

/* Any entry of the address book. */
static BOOL pick_other(HWND dialog, struct check *check)
{
    ULONG_PTR ui = (ULONG_PTR)dialog;
    ADRPARM parm = { 0 };
    ADRLIST *list = NULL;
    BOOL ret = FALSE;

    parm.ulFlags = DIALOG_MODAL | ADDRESS_ONE | AB_UNICODEUI;
    if (IAddrBook_Address(check->book, &ui, &parm, &list) == S_OK && list && list->cEntries)
        ret = pick(check, list->aEntries[0].cValues, list->aEntries[0].rgPropVals);
    rows_free(&memory_allocators, (SRowSet *)list);
    return ret;
}

static BOOL pick_new(HWND dialog, struct check *check)
{
    ENTRYID *id = NULL;
    ULONG size = 0;
    HRESULT hr;

    hr = IAddrBook_NewEntry(check->book, (ULONG_PTR)dialog, 0, 0, NULL, 0, NULL, &size, &id);
    if (hr == S_OK)
    {
        memory_free_buffer(check->picked.lpb);
        check->picked.cb = size;
        check->picked.lpb = (BYTE *)id;
        return TRUE;
    }
    if (hr != MAPI_E_USER_CANCEL) dialog_tell(dialog, IDS_ADDRESS_NOT_ADDED, hr);
    return FALSE;
}

static BOOL check_command(HWND dialog, struct check *check, int id)
{
    switch (id)
    {
    case IDOK:
        if (pick_selected(check)) EndDialog(dialog, IDOK);
        return TRUE;
    case IDCANCEL:
        EndDialog(dialog, IDCANCEL);
        return TRUE;
    case IDC_CHECK_DETAILS:
        show_details(dialog, check);
        return TRUE;
    case IDC_CHECK_MORE:
        if (pick_other(dialog, check)) EndDialog(dialog, IDOK);
        return TRUE;
    case IDC_CHECK_NEW:
        if (pick_new(dialog, check)) EndDialog(dialog, IDOK);
        return TRUE;
    }
    return FALSE;
}

static INT_PTR CALLBACK check_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct check *check = (struct check *)GetWindowLongPtrW(dialog, DWLP_USER);
    const NMHDR *header;

    if (message == WM_INITDIALOG) return check_init(dialog, (struct check *)lparam);
    if (!check) return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        return check_command(dialog, check, LOWORD(wparam));
    case WM_NOTIFY:
        header = (const NMHDR *)lparam;
        if (header->idFrom != IDC_CHECK_LIST) break;
        if (header->code == LVN_GETDISPINFOW) fill_cell(check, (NMLVDISPINFOW *)lparam);
        if (header->code == LVN_ITEMCHANGED) update_buttons(dialog, check);
        if (header->code == NM_DBLCLK) check_command(dialog, check, IDOK);
        return TRUE;
    case WM_SIZE:
        layout_size(&check->layout, dialog, LOWORD(lparam), HIWORD(lparam));
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limit(&check->layout, (MINMAXINFO *)lparam);
        return TRUE;
    case WM_ROWS_CHANGED:
        row_list_changed(&check->rows);
        show_rows(dialog, check);
        return TRUE;
    }
    return FALSE;
}

HRESULT check_name_dialog(IAddrBook *book, ULONG_PTR ui, const struct name_check *what, ULONG *size,
                          ENTRYID **id)
{
    static const INITCOMMONCONTROLSEX classes = { sizeof(classes), ICC_LISTVIEW_CLASSES };
    struct check check = { book, what };
    INT_PTR answer;

    *size = 0;
    *id = NULL;
    InitCommonControlsEx(&classes);
    answer = DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_CHECK_NAME), dialog_parent(ui),
                             check_proc, (LPARAM)&check);
    row_list_close(&check.rows);
    if (answer == IDOK)
    {
        *size = check.picked.cb;
        *id = (ENTRYID *)check.picked.lpb;
        return S_OK;
    }
    memory_free_buffer(check.picked.lpb);
    if (answer == IDCANCEL) return MAPI_E_USER_CANCEL;
    WARN("no window to check a name\n");
    return what->ambiguous ? MAPI_E_AMBIGUOUS_RECIP : MAPI_E_NOT_FOUND;
}
