/*
 * Property sheets that can be made larger
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
 * A sheet's window can be made larger than its pages need, never smaller. The tab control takes all
 * the room, the buttons keep to the lower edge. On a page the height goes to the lists and the edit
 * controls of several lines, the width to everything that is as wide as its text is long.
 *
 * Both ways a page is stretched where those controls are, and only there: a coordinate moves by
 * what is added before it. So nothing that was beside or below another control comes to overlap it.
 */

#include "dialog/sheet.h"

#define IDC_SHEET_TABS  0x3020          /* numbers that every property sheet has */
#define IDC_SHEET_APPLY 0x3021

static const struct anchor anchors[] =
{
    { IDC_SHEET_TABS, GROW_X | GROW_Y }, { SHEET_BUTTON_ID, MOVE_Y }, { IDOK, MOVE_X | MOVE_Y },
    { IDCANCEL, MOVE_X | MOVE_Y }, { IDC_SHEET_APPLY, MOVE_X | MOVE_Y }, { IDHELP, MOVE_X | MOVE_Y }
};

/* Where the pages are, as the property sheet places them. */
static BOOL page_area(HWND window, RECT *area)
{
    HWND tabs = (HWND)SendMessageW(window, PSM_GETTABCONTROL, 0, 0);

    if (!tabs || !GetClientRect(tabs, area)) return FALSE;
    SendMessageW(tabs, TCM_ADJUSTRECT, FALSE, (LPARAM)area);
    MapWindowPoints(tabs, window, (POINT *)area, 2);
    return TRUE;
}

void sheet_size_start(struct sheet *sheet)
{
    DWORD style = GetWindowLongW(sheet->window, GWL_STYLE) | WS_THICKFRAME;
    DWORD ex_style = GetWindowLongW(sheet->window, GWL_EXSTYLE) & ~WS_EX_DLGMODALFRAME;
    RECT rect, area;

    GetClientRect(sheet->window, &rect);
    SetWindowLongW(sheet->window, GWL_STYLE, style);
    SetWindowLongW(sheet->window, GWL_EXSTYLE, ex_style);
    AdjustWindowRectEx(&rect, style, FALSE, ex_style);
    SetWindowPos(sheet->window, NULL, 0, 0, rect.right - rect.left, rect.bottom - rect.top,
                 SWP_NOMOVE | SWP_NOZORDER | SWP_NOACTIVATE | SWP_FRAMECHANGED);
    layout_init(&sheet->layout, sheet->window, anchors, ARRAY_SIZE(anchors));
    if (!page_area(sheet->window, &area)) return;
    sheet->smallest_page.cx = area.right - area.left;
    sheet->smallest_page.cy = area.bottom - area.top;
}

void sheet_size_changed(struct sheet *sheet, int width, int height)
{
    HWND page = (HWND)SendMessageW(sheet->window, PSM_GETCURRENTPAGEHWND, 0, 0);
    RECT area;

    if (!sheet->layout.count) return;
    layout_size(&sheet->layout, sheet->window, width, height);
    /* the others are placed when they are selected */
    if (page && page_area(sheet->window, &area))
        SetWindowPos(page, NULL, area.left, area.top, area.right - area.left,
                     area.bottom - area.top, SWP_NOZORDER | SWP_NOACTIVATE);
}

/* ---- the controls of a page ---- */

static BOOL is_combo(const struct display_control *what)
{
    return what->type == DTCT_COMBOBOX || what->type == DTCT_DDLBX || what->type == DTCT_MVDDLBX;
}

static BOOL takes_height(const struct display_control *what)
{
    return what->type == DTCT_LBX || what->type == DTCT_MVLISTBOX
           || (what->type == DTCT_EDIT && (what->flags & DT_MULTILINE));
}

static BOOL takes_width(const struct display_control *what)
{
    return what->type == DTCT_EDIT || is_combo(what) || takes_height(what);
}

void sheet_size_control(struct sheet_control *control)
{
    RECT drop;

    if (!GetWindowRect(control->window, &control->rect)) return;
    control->height = control->rect.bottom - control->rect.top;
    /* a combo box has its list's height, too */
    if (is_combo(control->what)
        && SendMessageW(control->window, CB_GETDROPPEDCONTROLRECT, 0, (LPARAM)&drop))
        control->height = max(control->height, drop.bottom - drop.top);
    MapWindowPoints(NULL, control->sheet->pages[control->page].window, (POINT *)&control->rect, 2);
}

enum { STAYS, STRETCHES, KEPT };        /* of one line of pixels */

/* Where each pixel of the page's width or height, length of them, goes when extra are added: length
 * + 1 coordinates. NULL when memory is short. */
static LONG *stretch(const struct sheet_page *page, BOOL vertical, LONG length, LONG extra)
{
    const struct display_page *what = &page->sheet->table->pages[page->index];
    const struct sheet_control *control;
    LONG *map, from, to, total = 0, only = 0, before = 0, i;
    ULONG pass, n;
    BYTE *lines;

    map = platform_alloc((length + 1) * sizeof(*map));
    lines = platform_alloc_zero(length + 1);
    for (pass = 0; map && lines && pass < 2; pass++)
    {
        for (n = 0; n < what->count; n++)
        {
            control = &page->sheet->controls[what->first + n];
            if (!control->window || control->what->type == DTCT_GROUPBOX) continue;
            if (vertical ? takes_height(control->what) != !pass
                : pass || !takes_width(control->what)) continue;
            from = max(0, vertical ? control->rect.top : control->rect.left);
            to = min(length, vertical ? control->rect.bottom : control->rect.right);
            for (i = from; i < to; i++)
            {
                if (!pass) lines[i] = STRETCHES;
                else if (lines[i] == STRETCHES) lines[i] = KEPT;
            }
        }
    }
    if (map && lines)
    {
        for (i = 0; i < length; i++)
        {
            total += lines[i] != STAYS;
            only += lines[i] == STRETCHES;
        }
        /* better where a list has nothing beside it, if it has such a place */
        for (i = 0; i <= length; i++)
        {
            map[i] = i + (total ? MulDiv(extra, before, only ? only : total) : 0);
            before += only ? lines[i] == STRETCHES : lines[i] != STAYS;
        }
    }
    else
    {
        platform_free(map);
        map = NULL;
    }
    platform_free(lines);
    return map;
}

static LONG moved(const LONG *map, LONG length, LONG at)
{
    if (at < 0) return at;
    return at <= length ? map[at] : at + map[length] - length;
}

static void place_controls(struct sheet_page *page, SIZE needed, SIZE extra)
{
    const struct display_page *what = &page->sheet->table->pages[page->index];
    LONG *across = stretch(page, FALSE, needed.cx, extra.cx);
    LONG *down = stretch(page, TRUE, needed.cy, extra.cy);
    HDWP positions = across && down ? BeginDeferWindowPos(what->count) : NULL;
    struct sheet_control *control;
    LONG left, right, top, bottom;
    ULONG i;

    for (i = 0; i < what->count && positions; i++)
    {
        control = &page->sheet->controls[what->first + i];
        if (!control->window) continue;
        left = moved(across, needed.cx, control->rect.left);
        right = moved(across, needed.cx, control->rect.right);
        top = moved(down, needed.cy, control->rect.top);
        bottom = top + control->height;
        if (takes_height(control->what) || control->what->type == DTCT_GROUPBOX)
            bottom = moved(down, needed.cy, control->rect.bottom);
        if (control->what->type == DTCT_BUTTON)
        {
            /* keeps its width, and to the edge that it is nearer to */
            if (control->rect.left + control->rect.right > needed.cx)
                left = right - (control->rect.right - control->rect.left);
            else right = left + control->rect.right - control->rect.left;
        }
        positions = DeferWindowPos(positions, control->window, NULL, left - page->scrolled.x,
                                   top - page->scrolled.y, right - left, bottom - top,
                                   SWP_NOZORDER | SWP_NOACTIVATE | SWP_NOCOPYBITS);
    }
    if (positions) EndDeferWindowPos(positions);
    platform_free(across);
    platform_free(down);
    RedrawWindow(page->window, NULL, NULL, RDW_INVALIDATE | RDW_ERASE | RDW_ALLCHILDREN);
}

void sheet_size_page(struct sheet_page *page)
{
    SIZE needed = page->sheet->smallest_page, extra;
    RECT client;

    if (!needed.cx || !GetClientRect(page->window, &client)) return;
    needed.cx = max(needed.cx, page->full.cx);
    needed.cy = max(needed.cy, page->full.cy);
    extra.cx = max(0, client.right - needed.cx);
    extra.cy = max(0, client.bottom - needed.cy);
    if (extra.cx == page->extra.cx && extra.cy == page->extra.cy) return;
    page->extra = extra;
    place_controls(page, needed, extra);
}
