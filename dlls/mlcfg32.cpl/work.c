/*
 * Mail control panel: slow calls
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
 * The window is disabled while its call runs, so that nobody begins a second one; its messages are
 * seen to, and a WM_QUIT among them is posted again afterwards.
 */

#include "mlcfg32.h"

struct work
{
    HRESULT (*proc)(void *data);
    void *data;
    HRESULT hr;
};

static DWORD WINAPI work_thread(void *param)
{
    struct work *work = param;

    if (FAILED(work->hr = MAPIInitialize(NULL))) return 0;
    work->hr = work->proc(work->data);
    MAPIUninitialize();
    return 0;
}

/* FALSE: WM_QUIT was among them. */
static BOOL see_to_messages(HWND window, MSG *quit)
{
    MSG message;
    BOOL ret = TRUE;

    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
    {
        if (message.message == WM_QUIT)
        {
            *quit = message;
            ret = FALSE;
        }
        else if (!IsDialogMessageW(window, &message))
        {
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
    }
    return ret;
}

HRESULT work_run(HWND window, HRESULT (*proc)(void *data), void *data)
{
    struct work work = { proc, data, MAPI_E_CALL_FAILED };
    HWND focus = GetFocus();
    BOOL quitting = FALSE;
    HCURSOR cursor;
    HANDLE thread;
    MSG quit = { 0 };

    if (!(thread = CreateThread(NULL, 0, work_thread, &work, 0, NULL)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    EnableWindow(window, FALSE);
    cursor = SetCursor(LoadCursorW(NULL, (const WCHAR *)IDC_WAIT));
    while (MsgWaitForMultipleObjects(1, &thread, FALSE, INFINITE, QS_ALLINPUT) == WAIT_OBJECT_0 + 1)
        if (!see_to_messages(window, &quit)) quitting = TRUE;
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    SetCursor(cursor);
    EnableWindow(window, TRUE);
    if (focus) SetFocus(focus);
    if (quitting) PostQuitMessage(quit.wParam);
    return work.hr;
}
