/*
 * Tests: driving dialogs
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
 * A dialog runs on the thread that asks for it; a second thread of the test finds it by its title,
 * works its controls, and closes it. It waits for what it wants to see, up to a limit that only a
 * hang reaches, and when that is missed it closes the dialog, so that the test goes on.
 *
 * Wine 8 has no GDI for 32-bit programs where it has no 32-bit libraries ("experimental wow64
 * mode"): it makes no drop-down lists there, and its edits crash when they get text. Tests do
 * without them, then.
 */

#ifndef MAPI32_TEST_DRIVE_H
#define MAPI32_TEST_DRIVE_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <wingdi.h>
#include <winuser.h>
#include <commctrl.h>

#include "wine/test.h"

#define PATIENCE 60000                  /* ms */

struct drive_search
{
    const WCHAR *title;
    HWND found;
};

static BOOL CALLBACK drive_look(HWND window, LPARAM data)
{
    struct drive_search *search = (struct drive_search *)data;
    WCHAR title[200];
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    if (process != GetCurrentProcessId()) return TRUE;
    if (!GetWindowTextW(window, title, ARRAY_SIZE(title)) || lstrcmpW(title, search->title))
        return TRUE;
    if (!IsWindowVisible(window)) return TRUE;
    search->found = window;
    return FALSE;
}

/* The visible window of this process with that title; NULL: none. */
static inline HWND drive_window(const WCHAR *title)
{
    struct drive_search search = { title, NULL };

    EnumWindows(drive_look, (LPARAM)&search);
    return search.found;
}

#define WAIT_FOR(condition) \
    do \
    { \
        DWORD start_ = GetTickCount(); \
        BOOL done_; \
        while (!(done_ = !!(condition)) && GetTickCount() - start_ < PATIENCE) Sleep(10); \
        ok(done_, "waited in vain for %s\n", #condition); \
    } while (0)

static inline HWND drive_wait(const WCHAR *title)
{
    DWORD start = GetTickCount();
    HWND window;

    while (!(window = drive_window(title)) && GetTickCount() - start < PATIENCE) Sleep(10);
    ok(window != NULL, "no window %s\n", wine_dbgstr_w(title));
    return window;
}

static inline BOOL drive_has_gdi(void)
{
    HDC dc = CreateCompatibleDC(0);

    if (dc) DeleteDC(dc);
    return dc != NULL;
}

static inline void drive_click(HWND dialog, int id)
{
    HWND button = GetDlgItem(dialog, id);

    ok(button != NULL, "no button %d\n", id);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(id, BN_CLICKED), (LPARAM)button);
}

static inline void drive_text(HWND dialog, int id, const WCHAR *text)
{
    SendMessageW(GetDlgItem(dialog, id), WM_SETTEXT, 0, (LPARAM)text);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(id, EN_CHANGE), (LPARAM)GetDlgItem(dialog, id));
}

static inline const WCHAR *drive_get_text(HWND dialog, int id)
{
    static WCHAR text[4][300];
    static int next;

    next = (next + 1) % 4;
    text[next][0] = 0;
    SendMessageW(GetDlgItem(dialog, id), WM_GETTEXT, ARRAY_SIZE(text[next]), (LPARAM)text[next]);
    return text[next];
}

static inline BOOL drive_enabled(HWND dialog, int id)
{
    return IsWindowEnabled(GetDlgItem(dialog, id));
}

static inline BOOL drive_there(HWND dialog, int id)
{
    HWND control = GetDlgItem(dialog, id);

    return control && (GetWindowLongW(control, GWL_STYLE) & WS_VISIBLE);
}

/* List views. */
static inline int drive_count(HWND dialog, int id)
{
    return SendMessageW(GetDlgItem(dialog, id), LVM_GETITEMCOUNT, 0, 0);
}

static inline int drive_selected(HWND dialog, int id)
{
    return SendMessageW(GetDlgItem(dialog, id), LVM_GETNEXTITEM, -1, LVNI_SELECTED);
}

static inline void drive_select(HWND dialog, int id, int index, BOOL selected)
{
    LVITEMW item = { 0 };

    item.stateMask = LVIS_SELECTED | LVIS_FOCUSED;
    item.state = selected ? LVIS_SELECTED | LVIS_FOCUSED : 0;
    SendMessageW(GetDlgItem(dialog, id), LVM_SETITEMSTATE, index, (LPARAM)&item);
}

static inline const WCHAR *drive_cell(HWND dialog, int id, int index, int column)
{
    static WCHAR text[4][300];
    static int next;
    LVITEMW item = { 0 };

    next = (next + 1) % 4;
    text[next][0] = 0;
    item.iSubItem = column;
    item.pszText = text[next];
    item.cchTextMax = ARRAY_SIZE(text[next]);
    SendMessageW(GetDlgItem(dialog, id), LVM_GETITEMTEXTW, index, (LPARAM)&item);
    if (item.pszText && item.pszText != text[next])
        lstrcpynW(text[next], item.pszText, ARRAY_SIZE(text[next]));
    return text[next];
}

/* List boxes. */
static inline int drive_items(HWND dialog, int id)
{
    return SendMessageW(GetDlgItem(dialog, id), LB_GETCOUNT, 0, 0);
}

static inline const WCHAR *drive_item(HWND dialog, int id, int index)
{
    static WCHAR text[300];

    text[0] = 0;
    SendMessageW(GetDlgItem(dialog, id), LB_GETTEXT, index, (LPARAM)text);
    return text;
}

/* The driver's thread. */
static inline HANDLE drive_start(DWORD (WINAPI *proc)(void *), void *data)
{
    return CreateThread(NULL, 0, proc, data, 0, NULL);
}

static inline void drive_join(HANDLE thread)
{
    DWORD ret = WaitForSingleObject(thread, PATIENCE * 5);

    ok(ret == WAIT_OBJECT_0, "the driver hangs\n");
    CloseHandle(thread);
}

/* A driver that cancels the dialog of the title that data is. */
static inline DWORD WINAPI drive_cancel(void *data)
{
    HWND dialog = drive_wait(data);

    if (dialog) drive_click(dialog, IDCANCEL);
    return 0;
}

#endif /* MAPI32_TEST_DRIVE_H */
