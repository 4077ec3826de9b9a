/*
 * Driving property sheets from a test
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
 * A sheet runs on the thread that asks for it. A second thread of the test finds it by its title,
 * works its controls through messages, and closes it. It waits for what it wants to see, up to a
 * limit that only a hang reaches; what it waits for in vain is a failure, and the sheet is closed
 * all the same.
 */

#ifndef MAPI32_TEST_SHEETDRIVE_H
#define MAPI32_TEST_SHEETDRIVE_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <commctrl.h>
#include <prsht.h>

#include "wine/test.h"

#define SHEET_PATIENCE 120000           /* ms */

#define SHEET_WAIT(condition) \
    do \
    { \
        DWORD start_ = GetTickCount(); \
        BOOL done_; \
        while (!(done_ = !!(condition)) && GetTickCount() - start_ < SHEET_PATIENCE) Sleep(10); \
        ok(done_, "waited in vain for %s\n", #condition); \
    } while (0)

struct sheet_search
{
    const WCHAR *title;
    BOOL box;                   /* a message box, not a sheet */
    HWND found;
};

static BOOL CALLBACK sheet_look(HWND window, LPARAM data)
{
    struct sheet_search *search = (struct sheet_search *)data;
    WCHAR title[200];
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    if (process != GetCurrentProcessId() || !IsWindowVisible(window)) return TRUE;
    if (!GetWindowTextW(window, title, ARRAY_SIZE(title)) || lstrcmpW(title, search->title))
        return TRUE;
    if (search->box != !SendMessageW(window, PSM_GETTABCONTROL, 0, 0)) return TRUE;
    search->found = window;
    return FALSE;
}

/* NULL: none. */
static inline HWND sheet_find(const WCHAR *title, BOOL box)
{
    struct sheet_search search = { title, box, NULL };

    EnumWindows(sheet_look, (LPARAM)&search);
    return search.found;
}

/* The sheet with that title, once it has its first page. */
static inline HWND sheet_wait(const WCHAR *title)
{
    HWND sheet = NULL;

    SHEET_WAIT((sheet = sheet_find(title, FALSE))
               && SendMessageW(sheet, PSM_GETCURRENTPAGEHWND, 0, 0));
    return sheet;
}

static inline HWND sheet_page(HWND sheet)
{
    return (HWND)SendMessageW(sheet, PSM_GETCURRENTPAGEHWND, 0, 0);
}

static inline int sheet_page_count(HWND sheet)
{
    return SendMessageW((HWND)SendMessageW(sheet, PSM_GETTABCONTROL, 0, 0), TCM_GETITEMCOUNT, 0, 0);
}

static inline HWND sheet_go_to(HWND sheet, int page)
{
    SendMessageW(sheet, PSM_SETCURSEL, page, 0);
    return sheet_page(sheet);
}

/* The n-th control of the page that shows. */
static inline HWND sheet_control(HWND sheet, int n)
{
    HWND window = GetDlgItem(sheet_page(sheet), 1000 + n);

    ok(window != NULL, "there is no control %d\n", n);
    return window;
}

/* Wine 8 without 32-bit Unix libraries (its new WoW64 mode) loses the device contexts of 32-bit
 * programs, and so can make no combo box and soon draw nothing at all. */
static inline BOOL sheet_windows_work(void)
{
    HWND combo = CreateWindowW(L"ComboBox", NULL, WS_POPUP | CBS_DROPDOWNLIST, 0, 0, 100, 100, NULL,
                               NULL, NULL, NULL);

    if (!combo) return FALSE;
    DestroyWindow(combo);
    return TRUE;
}

static inline const WCHAR *sheet_text(HWND sheet, int n)
{
    static WCHAR text[4][300];
    static int next;

    next = (next + 1) % 4;
    text[next][0] = 0;
    SendMessageW(sheet_control(sheet, n), WM_GETTEXT, ARRAY_SIZE(text[next]), (LPARAM)text[next]);
    return text[next];
}

static inline void sheet_type(HWND sheet, int n, const WCHAR *text)
{
    HWND control = sheet_control(sheet, n);

    SendMessageW(control, EM_SETSEL, 0, -1);
    SendMessageW(control, EM_REPLACESEL, FALSE, (LPARAM)text);
}

static inline BOOL sheet_checked(HWND sheet, int n)
{
    return SendMessageW(sheet_control(sheet, n), BM_GETCHECK, 0, 0) == BST_CHECKED;
}

static inline void sheet_click(HWND sheet, int n)
{
    SendMessageW(sheet_control(sheet, n), BM_CLICK, 0, 0);
}

/* Chooses an item as the user would: the window tells its parent only then. */
static inline void sheet_choose(HWND sheet, int n, int item, BOOL list)
{
    HWND control = sheet_control(sheet, n);

    SendMessageW(control, list ? LB_SETCURSEL : CB_SETCURSEL, item, 0);
    SendMessageW(GetParent(control), WM_COMMAND,
                 MAKEWPARAM(GetDlgCtrlID(control), list ? LBN_SELCHANGE : CBN_SELCHANGE),
                 (LPARAM)control);
}

static inline int sheet_chosen(HWND sheet, int n, BOOL list)
{
    return SendMessageW(sheet_control(sheet, n), list ? LB_GETCURSEL : CB_GETCURSEL, 0, 0);
}

static inline int sheet_items(HWND sheet, int n, BOOL list)
{
    return SendMessageW(sheet_control(sheet, n), list ? LB_GETCOUNT : CB_GETCOUNT, 0, 0);
}

/* Presses a button of the sheet; posted, since a message box may come of it. */
static inline void sheet_press(HWND sheet, int button)
{
    PostMessageW(sheet, PSM_PRESSBUTTON, button, 0);
}

/* Waits for a message box, gives its words, and closes it. */
static inline const WCHAR *sheet_message(const WCHAR *title)
{
    static WCHAR words[500];
    HWND box = NULL, text;

    words[0] = 0;
    SHEET_WAIT((box = sheet_find(title, TRUE)));
    if (!box) return words;
    for (text = GetWindow(box, GW_CHILD); text; text = GetWindow(text, GW_HWNDNEXT))
    {
        WCHAR class[20];

        GetClassNameW(text, class, ARRAY_SIZE(class));
        if (!lstrcmpiW(class, L"Static") && SendMessageW(text, WM_GETTEXTLENGTH, 0, 0))
            SendMessageW(text, WM_GETTEXT, ARRAY_SIZE(words), (LPARAM)words);
    }
    PostMessageW(box, WM_COMMAND, IDOK, 0);
    SHEET_WAIT(!sheet_find(title, TRUE));
    return words;
}

static inline HWND sheet_focus(HWND sheet)
{
    GUITHREADINFO info = { sizeof(info) };

    GetGUIThreadInfo(GetWindowThreadProcessId(sheet, NULL), &info);
    return info.hwndFocus;
}

static inline void sheet_key(HWND sheet, int key)
{
    PostMessageW(sheet_focus(sheet), WM_KEYDOWN, key, 0);
    PostMessageW(sheet_focus(sheet), WM_KEYUP, key, 0xc0000000);
}

/* Whether the user is just changing its size. */
static inline BOOL sheet_sizing(HWND sheet)
{
    GUITHREADINFO info = { sizeof(info) };

    return GetGUIThreadInfo(GetWindowThreadProcessId(sheet, NULL), &info)
           && (info.flags & GUI_INMOVESIZE);
}

static inline void sheet_join(HANDLE thread)
{
    ok(WaitForSingleObject(thread, 5 * SHEET_PATIENCE) == WAIT_OBJECT_0, "the driver hangs\n");
    CloseHandle(thread);
}

#endif /* MAPI32_TEST_SHEETDRIVE_H */
