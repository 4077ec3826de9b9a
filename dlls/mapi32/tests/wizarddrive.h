/*
 * Tests: driving the profile wizard
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

/* The wizard runs on a thread of its own, the test works its window from outside. */

#ifndef MAPI32_TEST_WIZARDDRIVE_H
#define MAPI32_TEST_WIZARDDRIVE_H

#include <mapix.h>
#include <mapiwz.h>

#include "drive.h"

#define WIZARD_TITLE    2401
#define WIZARD_BACK     2403
#define WIZARD_TEXT     2411
#define WIZARD_SERVICES 2413
#define WIZARD_NAME     2415
#define WIZARD_DEFAULT  2416

struct wizard_search
{
    int id;
    HWND found;
};

static BOOL CALLBACK wizard_look(HWND window, LPARAM data)
{
    struct wizard_search *search = (struct wizard_search *)data;

    if (GetDlgCtrlID(window) != search->id || !IsWindowVisible(window)) return TRUE;
    search->found = window;
    return FALSE;
}

/* A control that can be seen, on whichever page; NULL: none. */
static inline HWND wizard_control(HWND frame, int id)
{
    struct wizard_search search = { id, NULL };

    EnumChildWindows(frame, wizard_look, (LPARAM)&search);
    return search.found;
}

static inline const WCHAR *wizard_text(HWND frame, int id)
{
    HWND control = wizard_control(frame, id);

    return control ? drive_get_text(GetParent(control), id) : L"";
}

static inline void wizard_type(HWND frame, int id, const WCHAR *text)
{
    HWND control = wizard_control(frame, id);

    ok(control != NULL, "no control %d on the page\n", id);
    if (control) SendMessageW(control, WM_SETTEXT, 0, (LPARAM)text);
}

static inline BOOL wizard_is_at(HWND frame, const WCHAR *title)
{
    return !lstrcmpW(drive_get_text(frame, WIZARD_TITLE), title);
}

static inline void wizard_press(HWND frame, int id)
{
    PostMessageW(frame, WM_COMMAND, MAKEWPARAM(id, BN_CLICKED), (LPARAM)GetDlgItem(frame, id));
}

static BOOL CALLBACK wizard_look_owned(HWND window, LPARAM data)
{
    HWND *search = (HWND *)data;

    if (GetWindow(window, GW_OWNER) != search[0] || !IsWindowVisible(window)) return TRUE;
    if (!GetDlgItem(window, IDOK) && !GetDlgItem(window, IDCANCEL)) return TRUE;
    search[1] = window;
    return FALSE;
}

static inline HWND wizard_box(HWND owner)
{
    HWND search[2] = { owner, NULL };

    EnumWindows(wizard_look_owned, (LPARAM)search);
    return search[1];
}

/* The words of a message box over the wizard, which is closed. */
static inline const WCHAR *wizard_told(HWND frame)
{
    const WCHAR *words = L"";
    HWND box = NULL;

    WAIT_FOR((box = wizard_box(frame)));
    if (!box) return words;
    words = drive_get_text(box, 0xffff);
    PostMessageW(box, WM_COMMAND, IDOK, 0);
    WAIT_FOR(!IsWindow(box));
    WAIT_FOR(IsWindowEnabled(frame));
    return words;
}

/* Next, and what comes then. */
static inline void wizard_next(HWND frame, const WCHAR *title)
{
    wizard_press(frame, IDOK);
    WAIT_FOR(wizard_is_at(frame, title));
}

struct wizard_call
{
    ULONG flags;
    LPCTSTR *services;
    ULONG size;
    char name[200];                     /* or UTF-16 */
    HRESULT hr;
};

static inline DWORD WINAPI wizard_thread(void *data)
{
    struct wizard_call *call = data;

    call->hr = LaunchWizard(NULL, call->flags, call->services, call->size, call->name);
    return 0;
}

static inline HWND wizard_start(struct wizard_call *call, HANDLE *thread)
{
    HWND frame = NULL;

    call->hr = 0xdeadbeef;
    *thread = CreateThread(NULL, 0, wizard_thread, call, 0, NULL);
    WAIT_FOR((frame = drive_window(L"Mail Setup")) || !WaitForSingleObject(*thread, 0));
    ok(frame != NULL, "no window: %#lx\n", call->hr);
    return frame;
}

static inline void wizard_end(HWND frame, int id, HANDLE thread)
{
    wizard_press(frame, id);
    drive_join(thread);
}

#endif /* MAPI32_TEST_WIZARDDRIVE_H */
