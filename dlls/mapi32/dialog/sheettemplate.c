/*
 * Dialog templates of property sheet pages
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
 * A page's controls as an extended dialog template in memory, from which the dialog manager makes
 * the windows: it knows how large a dialog unit is and what the keyboard does. Tab order is the
 * order of the rows. Coordinates were checked when the table was read. A control whose window
 * cannot be made does not take the page with it.
 */

#include "dialog/sheet.h"

#define CLASS_BUTTON   0x80
#define CLASS_EDIT     0x81
#define CLASS_STATIC   0x82
#define CLASS_LISTBOX  0x83
#define CLASS_COMBOBOX 0x85

#define COMBO_HEIGHT   14               /* of a combo box that is closed, dialog units */
#define BAR_WIDTH      12               /* of a scroll bar, about */
#define DROP_HEIGHT    80               /* at least, when it is open */

struct writer
{
    WORD *words;
    size_t count;
    size_t room;
    BOOL failed;
};

static void put_word(struct writer *writer, WORD word)
{
    size_t room = writer->room ? writer->room * 2 : 512;
    WORD *grown;

    if (writer->failed) return;
    if (writer->count == writer->room)
    {
        if (!(grown = platform_realloc(writer->words, room * sizeof(*grown))))
        {
            writer->failed = TRUE;
            return;
        }
        writer->words = grown;
        writer->room = room;
    }
    writer->words[writer->count++] = word;
}

static void put_long(struct writer *writer, ULONG value)
{
    put_word(writer, LOWORD(value));
    put_word(writer, HIWORD(value));
}

static void put_text(struct writer *writer, const WCHAR *text)
{
    do put_word(writer, *text);
    while (*text++);
}

static BOOL is_combo(const struct display_control *what)
{
    return what->type == DTCT_COMBOBOX || what->type == DTCT_DDLBX || what->type == DTCT_MVDDLBX;
}

SIZE sheet_template_units(const struct display_table *table, ULONG page)
{
    const struct display_page *pages = &table->pages[page];
    SIZE units = { pages->page.width, pages->page.height };
    const struct display_control *what;
    ULONG i;

    for (i = 0; i < pages->count; i++)
    {
        what = &table->controls[pages->first + i];
        units.cx = max(units.cx, what->x + what->width);
        units.cy = max(units.cy, what->y + (is_combo(what) ? COMBO_HEIGHT : what->height));
    }
    return units;
}

static DWORD edit_style(const struct display_control *what, BOOL editable)
{
    DWORD style = WS_TABSTOP | ES_AUTOHSCROLL;

    if (what->flags & DT_PASSWORD_EDIT) style |= ES_PASSWORD;
    else if (what->flags & DT_MULTILINE)
        style = WS_TABSTOP | ES_MULTILINE | ES_WANTRETURN | ES_AUTOVSCROLL | WS_VSCROLL;
    return editable ? style : style | ES_READONLY;
}

static DWORD list_style(const struct display_control *what)
{
    DWORD style = WS_TABSTOP | LBS_NOTIFY | LBS_NOINTEGRALHEIGHT;

    if (what->type == DTCT_MVLISTBOX) return style | LBS_NOSEL | WS_VSCROLL;
    if (what->tag == PR_NULL) style |= LBS_EXTENDEDSEL;
    if (!(what->style & MAPI_NO_VBAR)) style |= WS_VSCROLL;
    if (!(what->style & MAPI_NO_HBAR)) style |= WS_HSCROLL;
    return style;
}

static void put_control(struct writer *writer, const struct display_control *what, ULONG index,
                        BOOL read_only, BOOL starts_group)
{
    BOOL editable = (what->flags & DT_EDITABLE) && !read_only;
    DWORD style = 0, ex_style = 0;
    const WCHAR *text = L"";
    LONG height = what->height;
    WORD class = CLASS_BUTTON;

    switch (what->type)
    {
    case DTCT_LABEL:
        class = CLASS_STATIC;
        style = SS_LEFT;
        text = what->text;
        break;
    case DTCT_EDIT:
        class = CLASS_EDIT;
        style = edit_style(what, editable);
        ex_style = WS_EX_CLIENTEDGE;
        break;
    case DTCT_LBX:
    case DTCT_MVLISTBOX:
        class = CLASS_LISTBOX;
        style = list_style(what);
        ex_style = WS_EX_CLIENTEDGE;
        break;
    case DTCT_COMBOBOX:
        class = CLASS_COMBOBOX;
        style = WS_TABSTOP | CBS_DROPDOWN | CBS_AUTOHSCROLL | WS_VSCROLL;
        if (!editable) style |= WS_DISABLED;
        break;
    case DTCT_DDLBX:
    case DTCT_MVDDLBX:
        class = CLASS_COMBOBOX;
        style = WS_TABSTOP | CBS_DROPDOWNLIST | WS_VSCROLL;
        if (what->type == DTCT_DDLBX && !editable) style |= WS_DISABLED;
        break;
    case DTCT_CHECKBOX:
        style = WS_TABSTOP | BS_AUTOCHECKBOX | BS_NOTIFY;
        if (!editable) style |= WS_DISABLED;
        text = what->text;
        break;
    case DTCT_GROUPBOX:
        style = BS_GROUPBOX;
        text = what->text;
        break;
    case DTCT_BUTTON:
        style = WS_TABSTOP | BS_PUSHBUTTON | BS_NOTIFY;
        text = what->text;
        break;
    case DTCT_RADIOBUTTON:
        style = BS_AUTORADIOBUTTON | BS_NOTIFY;
        if (what->starts_group) style |= WS_TABSTOP;
        if (read_only) style |= WS_DISABLED;
        text = what->text;
        break;
    }
    if (starts_group) style |= WS_GROUP;
    if (is_combo(what)) height = max(height, DROP_HEIGHT);

    if (writer->count & 1) put_word(writer, 0);
    put_long(writer, 0);
    put_long(writer, ex_style);
    put_long(writer, style | WS_CHILD | WS_VISIBLE);
    put_word(writer, what->x);
    put_word(writer, what->y);
    put_word(writer, what->width);
    put_word(writer, height);
    put_long(writer, SHEET_FIRST_ID + index);
    put_word(writer, 0xffff);
    put_word(writer, class);
    put_text(writer, text);
    put_word(writer, 0);
}

DLGTEMPLATE *sheet_template_create(const struct display_table *table, ULONG page, BOOL read_only,
                                   SIZE units, SIZE max)
{
    const struct display_page *pages = &table->pages[page];
    DWORD style = DS_SHELLFONT | DS_CONTROL | DS_NOFAILCREATE | WS_CHILD;
    const struct display_control *what, *last = NULL;
    struct writer writer = { NULL };
    ULONG i;

    if (units.cy > max.cy) style |= WS_VSCROLL;
    if (style & WS_VSCROLL) units.cx += BAR_WIDTH;
    if (units.cx > max.cx) style |= WS_HSCROLL;
    put_word(&writer, 1);
    put_word(&writer, 0xffff);
    put_long(&writer, 0);
    put_long(&writer, WS_EX_CONTROLPARENT);
    put_long(&writer, style);
    put_word(&writer, pages->count);
    put_word(&writer, 0);
    put_word(&writer, 0);
    put_word(&writer, min(units.cx, max.cx));
    put_word(&writer, min(units.cy, max.cy));
    put_word(&writer, 0);
    put_word(&writer, 0);
    put_word(&writer, 0);
    put_word(&writer, 8);
    put_word(&writer, FW_NORMAL);
    put_word(&writer, 0 | DEFAULT_CHARSET << 8);
    put_text(&writer, L"MS Shell Dlg");
    for (i = 0; i < pages->count; i++, last = what)
    {
        what = &table->controls[pages->first + i];
        put_control(&writer, what, i, read_only,
                    what->starts_group || (last && last->type == DTCT_RADIOBUTTON
                                           && what->type != DTCT_RADIOBUTTON));
    }
    if (!writer.failed) return (DLGTEMPLATE *)writer.words;
    platform_free(writer.words);
    return NULL;
}
