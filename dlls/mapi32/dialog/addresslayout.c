/*
 * Where things stand in the address dialog
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
 * The controls of the address dialog: those that the caller's ADRPARM asks for, and their places
 * for any size of the window. Lengths are in dialog units, so that they follow the font.
 *
 * From top to bottom: a row of labels; the edit and the drop-down of containers; the list and,
 * beside it, a column of buttons and one of wells; how many entries there are; the push buttons.
 */

#include "dialog/addresswin.h"

#include <commctrl.h>

#define MARGIN        7
#define GAP           4
#define LABEL_HEIGHT  9
#define EDIT_HEIGHT   14
#define BUTTON_WIDTH  58
#define BUTTON_HEIGHT 14
#define DROP_HEIGHT   160
#define LIST_COLUMNS  3

/* Horizontal and vertical lengths in pixels. */
struct units
{
    int margin_x, margin_y, gap_x, gap_y, label, edit, button_x, button_y, drop;
};

static void units_init(HWND dialog, struct units *units)
{
    RECT a = { MARGIN, MARGIN, GAP, GAP }, b = { BUTTON_WIDTH, LABEL_HEIGHT, 0, EDIT_HEIGHT };
    RECT c = { 0, BUTTON_HEIGHT, 0, DROP_HEIGHT };

    MapDialogRect(dialog, &a);
    MapDialogRect(dialog, &b);
    MapDialogRect(dialog, &c);
    units->margin_x = a.left;
    units->margin_y = a.top;
    units->gap_x = a.right;
    units->gap_y = a.bottom;
    units->button_x = b.left;
    units->label = b.top;
    units->edit = b.bottom;
    units->button_y = c.top;
    units->drop = c.bottom;
}

/* "To:" becomes "&To ->"; a mnemonic that the caller chose stays. */
static void well_label(const WCHAR *title, WCHAR *text, int size)
{
    int length;

    text[0] = 0;
    if (!wcschr(title, '&')) lstrcpynW(text, L"&", size);
    length = lstrlenW(text);
    lstrcpynW(text + length, title, size - length - 4);
    length = lstrlenW(text);
    while (length && (text[length - 1] == ':' || text[length - 1] == ' ')) text[--length] = 0;
    if (!wcsstr(text, L"->")) lstrcatW(text, L" ->");
}

static HWND child(struct address *address, const WCHAR *class, const WCHAR *text, DWORD style,
                  DWORD ex_style, int id, HWND *after)
{
    HWND window;

    window = CreateWindowExW(ex_style, class, text, WS_CHILD | WS_VISIBLE | WS_TABSTOP | style,
                             0, 0, 0, 0, address->dialog, (HMENU)(INT_PTR)id, dialog_instance(),
                             NULL);
    SendMessageW(window, WM_SETFONT, SendMessageW(address->dialog, WM_GETFONT, 0, 0), FALSE);
    SetWindowPos(window, *after, 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE);
    *after = window;
    return window;
}

static void make_wells(struct address *address)
{
    HWND after = GetDlgItem(address->dialog, IDC_ADDRESS_WELLS_TITLE);
    WCHAR text[80];
    ULONG i;

    for (i = 0; i < address->parm.well_count; i++)
    {
        well_label(address->parm.well_titles[i], text, ARRAY_SIZE(text));
        address->wells[i].button = child(address, L"Button", text, BS_PUSHBUTTON, 0,
                                         IDC_ADDRESS_WELL_BUTTON + i, &after);
        address->wells[i].list = child(address, L"ListBox", L"",
                                       LBS_NOTIFY | LBS_EXTENDEDSEL | LBS_NOINTEGRALHEIGHT
                                       | LBS_WANTKEYBOARDINPUT | LBS_HASSTRINGS | WS_VSCROLL,
                                       WS_EX_CLIENTEDGE, IDC_ADDRESS_WELL + i, &after);
    }
}

static void hide(struct address *address, int id)
{
    ShowWindow(GetDlgItem(address->dialog, id), SW_HIDE);
    EnableWindow(GetDlgItem(address->dialog, id), FALSE);
}

static void make_columns(struct address *address)
{
    static const UINT titles[LIST_COLUMNS] =
        { IDS_ADDRESS_COLUMN_NAME, IDS_ADDRESS_COLUMN_ADDRESS, IDS_ADDRESS_COLUMN_TYPE };
    static const int widths[LIST_COLUMNS] = { 90, 120, 40 };
    LVCOLUMNW column = { LVCF_TEXT | LVCF_WIDTH | LVCF_SUBITEM };
    WCHAR text[40];
    RECT rect;
    int i;

    SendMessageW(address->list, LVM_SETEXTENDEDLISTVIEWSTYLE, 0, LVS_EX_FULLROWSELECT);
    for (i = 0; i < LIST_COLUMNS; i++)
    {
        SetRect(&rect, 0, 0, widths[i], 0);
        MapDialogRect(address->dialog, &rect);
        dialog_string(titles[i], text, ARRAY_SIZE(text));
        column.pszText = text;
        column.cx = rect.right;
        column.iSubItem = i;
        SendMessageW(address->list, LVM_INSERTCOLUMNW, i, (LPARAM)&column);
    }
}

void address_layout_init(struct address *address)
{
    const struct address_parm *parm = &address->parm;
    HWND dialog = address->dialog;
    WCHAR text[80];
    RECT rect;

    dialog_set_text(dialog, parm->caption);
    dialog_set_text(GetDlgItem(dialog, IDC_ADDRESS_NEW), parm->new_entry);
    dialog_set_text(GetDlgItem(dialog, IDC_ADDRESS_WELLS_TITLE), parm->wells_title);
    if (!parm->well_count) hide(address, IDC_ADDRESS_WELLS_TITLE);
    if (!parm->help_file) hide(address, IDC_ADDRESS_HELP);
    if (!(parm->flags & DIALOG_OPTIONS) || !parm->well_count) hide(address, IDC_ADDRESS_OPTIONS);
    if (parm->flags & AB_SELECTONLY) hide(address, IDC_ADDRESS_NEW);
    if (!parm->well_count && !(parm->flags & ADDRESS_ONE))
    {
        hide(address, IDC_ADDRESS_NEW);
        hide(address, IDOK);
        dialog_string(IDS_ADDRESS_CLOSE, text, ARRAY_SIZE(text));
        SetDlgItemTextW(dialog, IDCANCEL, text);
    }
    if (!parm->well_count)
        SetWindowLongW(address->list, GWL_STYLE,
                       GetWindowLongW(address->list, GWL_STYLE) | LVS_SINGLESEL);
    make_columns(address);
    make_wells(address);

    GetWindowRect(dialog, &rect);
    address->smallest.cx = rect.right - rect.left;
    address->smallest.cy = rect.bottom - rect.top;
    GetClientRect(dialog, &rect);
    address_layout_size(address, rect.right, rect.bottom);
}

static void place(HDWP *positions, HWND window, int x, int y, int width, int height)
{
    if (*positions && window)
        *positions = DeferWindowPos(*positions, window, NULL, x, y, max(width, 0), max(height, 0),
                                    SWP_NOZORDER | SWP_NOACTIVATE | SWP_NOCOPYBITS);
}

static void place_wells(struct address *address, const struct units *u, HDWP *positions, int x,
                        int width, int top, int bottom)
{
    int count = address->parm.well_count, height, y, i;

    place(positions, GetDlgItem(address->dialog, IDC_ADDRESS_WELLS_TITLE), x, top, width, u->label);
    top += u->label + u->gap_y / 2;
    height = (bottom - top - (count - 1) * u->gap_y) / count;
    for (i = 0; i < count; i++)
    {
        y = top + i * (height + u->gap_y);
        place(positions, address->wells[i].button, x - u->gap_x - u->button_x, y, u->button_x,
              u->button_y);
        place(positions, address->wells[i].list, x, y, width, height);
    }
}

/* From the left: New, Details, Send Options; from the right: Help, Cancel, OK; without those that
 * are hidden. */
static void place_buttons(struct address *address, const struct units *u, HDWP *positions,
                          int width, int y)
{
    static const int left[] = { IDC_ADDRESS_NEW, IDC_ADDRESS_DETAILS, IDC_ADDRESS_OPTIONS };
    static const int right[] = { IDC_ADDRESS_HELP, IDCANCEL, IDOK };
    int x = u->margin_x;
    HWND button;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(left); i++)
    {
        button = GetDlgItem(address->dialog, left[i]);
        if (!(GetWindowLongW(button, GWL_STYLE) & WS_VISIBLE)) continue;
        place(positions, button, x, y, u->button_x, u->button_y);
        x += u->button_x + u->gap_x;
    }
    x = width - u->margin_x;
    for (i = 0; i < ARRAY_SIZE(right); i++)
    {
        button = GetDlgItem(address->dialog, right[i]);
        if (!(GetWindowLongW(button, GWL_STYLE) & WS_VISIBLE)) continue;
        x -= u->button_x;
        place(positions, button, x, y, u->button_x, u->button_y);
        x -= u->gap_x;
    }
}

void address_layout_size(struct address *address, int width, int height)
{
    HWND dialog = address->dialog;
    int inner, left, right_x, right, top, bottom, status;
    struct units u;
    HDWP positions;

    if (!address->list) return;
    units_init(dialog, &u);
    inner = width - 2 * u.margin_x;
    if (address->parm.well_count)
    {
        left = (inner - u.button_x - 2 * u.gap_x) * 55 / 100;
        right_x = u.margin_x + left + u.gap_x + u.button_x + u.gap_x;
    }
    else
    {
        left = (inner - 2 * u.gap_x) / 2;
        right_x = u.margin_x + left + 2 * u.gap_x;
    }
    right = width - u.margin_x - right_x;
    top = u.margin_y + u.label + u.gap_y / 2 + u.edit + u.gap_y * 2;
    status = height - u.margin_y - u.button_y - u.gap_y - u.label;
    bottom = status - u.gap_y / 2;

    positions = BeginDeferWindowPos(16 + 2 * WELLS_MAX);
    place(&positions, GetDlgItem(dialog, IDC_ADDRESS_FIND_LABEL), u.margin_x, u.margin_y, left,
          u.label);
    place(&positions, address->find, u.margin_x, u.margin_y + u.label + u.gap_y / 2, left, u.edit);
    place(&positions, GetDlgItem(dialog, IDC_ADDRESS_CONTAINER_LABEL), right_x, u.margin_y, right,
          u.label);
    place(&positions, address->combo, right_x, u.margin_y + u.label + u.gap_y / 2, right, u.drop);
    place(&positions, address->list, u.margin_x, top, address->parm.well_count ? left : inner,
          bottom - top);
    if (address->parm.well_count) place_wells(address, &u, &positions, right_x, right, top, bottom);
    place(&positions, GetDlgItem(dialog, IDC_ADDRESS_STATUS), u.margin_x, status, left, u.label);
    place_buttons(address, &u, &positions, width, height - u.margin_y - u.button_y);
    if (positions) EndDeferWindowPos(positions);
    RedrawWindow(dialog, NULL, NULL, RDW_INVALIDATE | RDW_ERASE | RDW_ALLCHILDREN);
}

void address_layout_limit(const struct address *address, MINMAXINFO *info)
{
    if (!address->smallest.cx) return;
    info->ptMinTrackSize.x = address->smallest.cx;
    info->ptMinTrackSize.y = address->smallest.cy;
}
