/*
 * Lists of a property sheet
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
 * The items of list boxes, drop-down lists and combo boxes are the rows of a table that the object
 * has as a property, in the table's order: the n-th item is the n-th row. Multi-valued lists show
 * the values of one property.
 */

#include "dialog/sheet.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static BOOL is_list_box(const struct sheet_control *control)
{
    return control->what->type == DTCT_LBX || control->what->type == DTCT_MVLISTBOX;
}

/* A list box where more than one item can be chosen, of recipients. */
static BOOL is_recipients(const struct sheet_control *control)
{
    return control->what->type == DTCT_LBX && control->what->tag == PR_NULL;
}

static BOOL has_text(const SPropValue *prop)
{
    return prop && (PROP_TYPE(prop->ulPropTag) == PT_UNICODE
                    || PROP_TYPE(prop->ulPropTag) == PT_STRING8);
}

/* What to show of a row: the column that is meant for it, else the name, else the first text. */
static const SPropValue *shown_column(const SRow *row, ULONG tag)
{
    const SPropValue *prop = tag == PR_NULL ? NULL : props_find_id(row->lpProps, row->cValues, tag);
    ULONG i;

    if (has_text(prop)) return prop;
    prop = props_find_id(row->lpProps, row->cValues, PR_DISPLAY_NAME_W);
    if (has_text(prop)) return prop;
    for (i = 0; i < row->cValues; i++) if (has_text(&row->lpProps[i])) return &row->lpProps[i];
    return NULL;
}

static void add_item(struct sheet_control *control, const SPropValue *prop)
{
    UINT message = is_list_box(control) ? LB_ADDSTRING : CB_ADDSTRING;
    WCHAR *made = NULL;
    const WCHAR *text = L"";

    if (prop && PROP_TYPE(prop->ulPropTag) == PT_UNICODE) text = prop->Value.lpszW;
    else if (prop && (made = text_from_ansi(prop->Value.lpszA))) text = made;
    SendMessageW(control->window, message, 0, (LPARAM)text);
    platform_free(made);
}

static void read_rows(struct sheet_control *control)
{
    struct sheet *sheet = control->sheet;
    IMAPITable *table = control->table;
    HRESULT hr = S_OK;

    rows_free(&memory_allocators, control->rows);
    control->rows = NULL;
    if (control->what->table_tag == PR_NULL) return;
    if (!table)
        hr = object_OpenProperty(&sheet->party, sheet->data, control->what->table_tag,
                                &IID_IMAPITable,
                                (void **)&table);
    if (SUCCEEDED(hr))
        hr = table_Read(&sheet->party, table, 0, SHEET_MAX_ROWS, &control->rows);
    if (FAILED(hr)) WARN("the list of %#lx is empty: %#lx\n", control->what->table_tag, hr);
    /* one of recipients is read again, the others are opened again */
    if (is_recipients(control)) control->table = table;
    else object_Release(&sheet->party, table);
}

/* So that the horizontal scroll bar knows how far to go. */
static void set_extent(HWND list)
{
    HFONT font = (HFONT)SendMessageW(list, WM_GETFONT, 0, 0), old;
    LRESULT count = SendMessageW(list, LB_GETCOUNT, 0, 0), i, length;
    WCHAR text[512];
    int widest = 0;
    SIZE size;
    HDC dc;

    if (!(GetWindowLongW(list, GWL_STYLE) & WS_HSCROLL) || !(dc = GetDC(list))) return;
    old = SelectObject(dc, font);
    for (i = 0; i < count; i++)
    {
        length = SendMessageW(list, LB_GETTEXTLEN, i, 0);
        if (length <= 0 || length >= (LRESULT)ARRAY_SIZE(text)) continue;
        if (SendMessageW(list, LB_GETTEXT, i, (LPARAM)text) == LB_ERR) continue;
        if (GetTextExtentPoint32W(dc, text, length, &size)) widest = max(widest, size.cx);
    }
    SelectObject(dc, old);
    ReleaseDC(list, dc);
    SendMessageW(list, LB_SETHORIZONTALEXTENT, widest + 8, 0);
}

void list_fill(struct sheet_control *control)
{
    const struct display_control *what = control->what;
    ULONG column = what->type == DTCT_DDLBX ? what->show_tag
                   : what->type == DTCT_COMBOBOX ? what->tag : PR_NULL;
    SPropValue value;
    BOOL filling;
    ULONG i;

    if (what->type != DTCT_MVLISTBOX && what->type != DTCT_MVDDLBX) read_rows(control);
    if (!control->window) return;
    filling = control->sheet->filling;
    control->sheet->filling = TRUE;
    SendMessageW(control->window, WM_SETREDRAW, FALSE, 0);
    SendMessageW(control->window, is_list_box(control) ? LB_RESETCONTENT : CB_RESETCONTENT, 0, 0);
    if (what->type == DTCT_MVLISTBOX || what->type == DTCT_MVDDLBX)
    {
        for (i = 0; control->value && i < SHEET_MAX_ROWS && prop_element(control->value, i,
                                                                         &value); i++)
            add_item(control, &value);
    }
    else
    {
        for (i = 0; control->rows && i < control->rows->cRows; i++)
            add_item(control, shown_column(&control->rows->aRow[i], column));
    }
    if (is_list_box(control)) set_extent(control->window);
    SendMessageW(control->window, WM_SETREDRAW, TRUE, 0);
    InvalidateRect(control->window, NULL, TRUE);
    control->sheet->filling = filling;
}

/* The item whose column for the property has the control's value; -1: none. */
static LRESULT find_value(const struct sheet_control *control)
{
    const SPropValue *prop;
    SPropValue *value;
    LRESULT i;
    BOOL same;

    for (i = 0; control->value && control->rows && i < (LRESULT)control->rows->cRows; i++)
    {
        prop = props_find_id(control->rows->aRow[i].lpProps, control->rows->aRow[i].cValues,
                             control->what->tag);
        if (!prop || !(value = control_value(control, prop))) continue;
        value->ulPropTag = CHANGE_PROP_TYPE(control->value->ulPropTag, PROP_TYPE(value->ulPropTag));
        same = value->ulPropTag == control->value->ulPropTag && !prop_compare(value,
                                                                              control->value);
        memory_free_buffer(value);
        if (same) return i;
    }
    return -1;
}

void list_select(struct sheet_control *control)
{
    switch (control->what->type)
    {
    case DTCT_LBX:
        if (!is_recipients(control))
            SendMessageW(control->window, LB_SETCURSEL, find_value(control), 0);
        break;
    case DTCT_DDLBX:
        SendMessageW(control->window, CB_SETCURSEL, find_value(control), 0);
        break;
    case DTCT_MVDDLBX:
        SendMessageW(control->window, CB_SETCURSEL, 0, 0);
        break;
    }
}

/* The row's own property goes into the control, or, from a list of recipients with
 * DT_SET_SELECTION, the one that tells the row from the others. */
void list_changed(struct sheet_control *control)
{
    const struct display_control *what = control->what;
    const SPropValue *prop;
    SPropValue *value;
    LRESULT index;
    const SRow *row;

    if (is_recipients(control) && !(what->flags & DT_SET_SELECTION)) return;
    index = SendMessageW(control->window, !is_list_box(control) ? CB_GETCURSEL
                         : is_recipients(control) ? LB_GETCARETINDEX : LB_GETCURSEL, 0, 0);
    if (index < 0 || !control->rows || index >= (LRESULT)control->rows->cRows) return;
    row = &control->rows->aRow[index];
    if (is_recipients(control))
    {
        prop = props_find(row->lpProps, row->cValues, PR_INSTANCE_KEY);
        if (!prop) prop = props_find(row->lpProps, row->cValues, PR_ENTRYID);
    }
    else prop = props_find_id(row->lpProps, row->cValues, what->tag);
    if (!prop || !(value = control_value(control, prop))) return;
    memory_free_buffer(control->value);
    control->value = value;
    sheet_changed(control);
}
