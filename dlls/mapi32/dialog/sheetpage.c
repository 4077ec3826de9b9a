/*
 * Pages of a property sheet
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
 * The dialog procedure of a page: it hands the controls' notifications on, answers the property
 * sheet and, when the page is larger than the screen has room for, scrolls.
 */

#include "dialog/sheet.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LINE 20         /* pixels that an arrow of the scroll bar moves */

static void set_bar(struct sheet_page *page, int bar, int full, int client, int at)
{
    SCROLLINFO info = { sizeof(info), SIF_RANGE | SIF_PAGE | SIF_POS };

    info.nMax = max(full - 1, 0);
    info.nPage = client;
    info.nPos = at;
    SetScrollInfo(page->window, bar, &info, TRUE);
}

static void scroll_to(struct sheet_page *page, int x, int y)
{
    RECT client;

    if (!page->full.cx) return;
    GetClientRect(page->window, &client);
    x = max(0, min(x, page->full.cx - client.right));
    y = max(0, min(y, page->full.cy - client.bottom));
    if (x == page->scrolled.x && y == page->scrolled.y) return;
    ScrollWindowEx(page->window, page->scrolled.x - x, page->scrolled.y - y, NULL, NULL, NULL, NULL,
                   SW_SCROLLCHILDREN | SW_INVALIDATE | SW_ERASE);
    page->scrolled.x = x;
    page->scrolled.y = y;
    if (page->full.cx > client.right) set_bar(page, SB_HORZ, page->full.cx, client.right, x);
    if (page->full.cy > client.bottom) set_bar(page, SB_VERT, page->full.cy, client.bottom, y);
    UpdateWindow(page->window);
}

static void scroll_message(struct sheet_page *page, int bar, UINT code)
{
    SCROLLINFO info = { sizeof(info), SIF_ALL };
    int to;

    if (!GetScrollInfo(page->window, bar, &info)) return;
    to = info.nPos;
    switch (code)
    {
    case SB_LINEUP: to -= LINE; break;
    case SB_LINEDOWN: to += LINE; break;
    case SB_PAGEUP: to -= info.nPage; break;
    case SB_PAGEDOWN: to += info.nPage; break;
    case SB_THUMBTRACK:
    case SB_THUMBPOSITION: to = info.nTrackPos; break;
    case SB_TOP: to = 0; break;
    case SB_BOTTOM: to = info.nMax; break;
    }
    if (bar == SB_HORZ) scroll_to(page, to, page->scrolled.y);
    else scroll_to(page, page->scrolled.x, to);
}

void sheet_page_show(struct sheet_page *page, HWND control)
{
    RECT client, rect;
    int x, y;

    if (!page->full.cx || !control) return;
    x = page->scrolled.x;
    y = page->scrolled.y;
    GetClientRect(page->window, &client);
    GetWindowRect(control, &rect);
    MapWindowPoints(NULL, page->window, (POINT *)&rect, 2);
    if (rect.right > client.right) x += rect.right - client.right + 4;
    if (rect.left < 0
        || rect.right - rect.left > client.right) x = page->scrolled.x + rect.left - 4;
    if (rect.bottom > client.bottom) y += rect.bottom - client.bottom + 4;
    if (rect.top < 0 || rect.bottom - rect.top > client.bottom) y = page->scrolled.y + rect.top - 4;
    scroll_to(page, x, y);
}

static void start_scrolling(struct sheet_page *page)
{
    RECT units = { 0, 0, page->units.cx, page->units.cy };

    page->bars = GetWindowLongW(page->window, GWL_STYLE) & (WS_HSCROLL | WS_VSCROLL);
    if (!page->bars) return;
    MapDialogRect(page->window, &units);
    page->full.cx = max(units.right, 1);
    page->full.cy = max(units.bottom, 1);
}

/* The bars go while there is room enough. What each leaves of the page decides about the other, so
 * that is found out before either changes. */
static void size_bars(struct sheet_page *page)
{
    int across = GetSystemMetrics(SM_CXVSCROLL), down = GetSystemMetrics(SM_CYHSCROLL);
    BOOL wide, high;
    RECT rect;
    SIZE room;

    if (!page->full.cx || !GetWindowRect(page->window, &rect)) return;
    room.cx = rect.right - rect.left;
    room.cy = rect.bottom - rect.top;
    high = page->bars & WS_VSCROLL && page->full.cy > room.cy;
    wide = page->bars & WS_HSCROLL && page->full.cx > room.cx - (high ? across : 0);
    high = page->bars & WS_VSCROLL && page->full.cy > room.cy - (wide ? down : 0);
    if (high) room.cx -= across;
    if (wide) room.cy -= down;
    scroll_to(page, page->scrolled.x, page->scrolled.y);
    if (page->bars & WS_HSCROLL)
        set_bar(page, SB_HORZ, page->full.cx, room.cx, page->scrolled.x);
    if (page->bars & WS_VSCROLL)
        set_bar(page, SB_VERT, page->full.cy, room.cy, page->scrolled.y);
}

static void open_page(struct sheet_page *page)
{
    const struct display_page *what = &page->sheet->table->pages[page->index];
    ULONG i;

    start_scrolling(page);
    for (i = 0; i < what->count && !page->sheet->failed; i++)
        control_open(&page->sheet->controls[what->first + i],
                     GetDlgItem(page->window, SHEET_FIRST_ID + i));
    for (i = 0; i < what->count; i++) sheet_size_control(&page->sheet->controls[what->first + i]);
    sheet_check(page->sheet);
}

static void command(struct sheet_page *page, UINT id, UINT code, HWND window)
{
    const struct display_page *what = &page->sheet->table->pages[page->index];
    struct sheet_control *control;

    if (id < SHEET_FIRST_ID || id - SHEET_FIRST_ID >= what->count) return;
    control = &page->sheet->controls[what->first + id - SHEET_FIRST_ID];
    if (!control->window || control->window != window) return;
    if ((code == EN_SETFOCUS && control->what->type == DTCT_EDIT)
        || (code == BN_SETFOCUS && (control->what->type == DTCT_CHECKBOX
                                    || control->what->type == DTCT_RADIOBUTTON
                                    || control->what->type == DTCT_BUTTON))
        || (code == LBN_SETFOCUS && control->what->type == DTCT_LBX)
        || (code == CBN_SETFOCUS && (control->what->type == DTCT_COMBOBOX
                                     || control->what->type == DTCT_DDLBX
                                     || control->what->type == DTCT_MVDDLBX)))
        sheet_page_show(page, window);
    control_command(control, code);
    sheet_check(page->sheet);
}

/* The page's help: a file that MapiSvc.inf names for the component. */
static void show_help(struct sheet_page *page)
{
    const struct display_control *what = &page->sheet->table->pages[page->index].page;
    WCHAR inf[MAX_PATH + 16], file[MAX_PATH];
    UINT length = GetSystemDirectoryW(inf, MAX_PATH);

    if (!what->component || !what->context || !length || length >= MAX_PATH) return;
    lstrcatW(inf, L"\\mapisvc.inf");
    if (!GetPrivateProfileStringW(L"Help File Mappings", what->component, L"", file,
                                  ARRAY_SIZE(file),
                                  inf))
    {
        WARN("no help file for %s\n", debugstr_w(what->component));
        return;
    }
    WinHelpW(page->sheet->window, file, HELP_CONTEXT, what->context);
}

static LRESULT apply(struct sheet_page *page, BOOL ok)
{
    struct sheet *sheet = page->sheet;

    if (sheet->failed) return PSNRET_INVALID_NOCHANGEPAGE;
    if (!sheet_complete(sheet) || FAILED(sheet_write(sheet,
                                                     FALSE))) return PSNRET_INVALID_NOCHANGEPAGE;
    if (ok) sheet->accepted = TRUE;
    else sheet->applied = TRUE;
    if (!ok) sheet_read(sheet, control_has_property);
    sheet_check(sheet);
    return sheet->failed ? PSNRET_INVALID_NOCHANGEPAGE : PSNRET_NOERROR;
}

static BOOL notify(struct sheet_page *page, const NMHDR *header)
{
    LRESULT result = 0;

    switch (header->code)
    {
    case PSN_APPLY:
        result = apply(page, ((const PSHNOTIFY *)header)->lParam != 0);
        break;
    case PSN_KILLACTIVE:
    case PSN_SETACTIVE:
    case PSN_QUERYCANCEL:
        break;
    case PSN_HELP:
        show_help(page);
        break;
    default:
        return FALSE;
    }
    SetWindowLongPtrW(page->window, DWLP_MSGRESULT, result);
    return TRUE;
}

INT_PTR CALLBACK sheet_page_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct sheet_page *page = (struct sheet_page *)GetWindowLongPtrW(window, DWLP_USER);
    struct sheet *sheet;
    BOOL ret = FALSE;

    if (message == WM_INITDIALOG)
    {
        page = (struct sheet_page *)((const PROPSHEETPAGEW *)lparam)->lParam;
        SetWindowLongPtrW(window, DWLP_USER, (LONG_PTR)page);
        page->window = window;
    }
    if (!page) return FALSE;
    sheet = page->sheet;
    sheet_addref(sheet);
    switch (message)
    {
    case WM_INITDIALOG:
        sheet_page_opened(page);
        open_page(page);
        ret = TRUE;
        break;
    case WM_COMMAND:
        if (lparam) command(page, LOWORD(wparam), HIWORD(wparam), (HWND)lparam);
        ret = TRUE;
        break;
    case WM_NOTIFY:
        ret = notify(page, (const NMHDR *)lparam);
        break;
    case WM_SIZE:
        size_bars(page);
        sheet_size_page(page);
        break;
    case WM_HSCROLL:
    case WM_VSCROLL:
        if (lparam || !page->full.cx) break;
        scroll_message(page, message == WM_HSCROLL ? SB_HORZ : SB_VERT, LOWORD(wparam));
        ret = TRUE;
        break;
    case WM_MOUSEWHEEL:
        if (!page->full.cx) break;
        scroll_to(page, page->scrolled.x,
                  page->scrolled.y - (SHORT)HIWORD(wparam) * 3 * LINE / WHEEL_DELTA);
        ret = TRUE;
        break;
    case WM_DESTROY:
        SetWindowLongPtrW(window, DWLP_USER, 0);
        page->window = NULL;
        break;
    }
    sheet_release(sheet);
    return ret;
}
