/*
 * Tests: the progress dialog
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

#define COBJMACROS
/* The tests of IMAPISupport::DoProgressDialog, with the support objects of inside.h. */

#ifndef MAPI32_TEST_PROGRESS_H
#define MAPI32_TEST_PROGRESS_H

#include "inside.h"
#include "drive.h"

#define IDC_PROGRESS_TEXT 1721
#define IDC_PROGRESS_BAR  1722

static IMAPIProgress *open_progress(ULONG flags)
{
    IMAPIProgress *progress = NULL;
    HRESULT hr;

    hr = IMAPISupport_DoProgressDialog(supports[MS], 0, flags, &progress);
    ok(hr == S_OK && progress, "DoProgressDialog returned %#lx\n", hr);
    return progress;
}

static void test_progress_arguments(void)
{
    IMAPIProgress *progress = (IMAPIProgress *)0xdeadbeef;
    HRESULT hr;

    hr = IMAPISupport_DoProgressDialog(supports[MS], 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISupport_DoProgressDialog(supports[MS], 0, 2, &progress);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !progress, "got %#lx, %p\n", hr, progress);
    hr = IMAPISupport_DoProgressDialog(supports[XP], 0, 0, &progress);
    ok(hr == MAPI_E_NO_SUPPORT && !progress, "got %#lx, %p\n", hr, progress);
    hr = IMAPISupport_DoProgressDialog(supports[AB], 0x1234, MAPI_TOP_LEVEL, &progress);
    ok(hr == S_OK && progress, "a parent that is no window: %#lx\n", hr);
    if (hr == S_OK) IMAPIProgress_Release(progress);
}

static void test_progress_limits(void)
{
    ULONG value, min = 50, max = 10, flags = 2;
    IMAPIProgress *progress;
    IUnknown *unknown;
    HRESULT hr;

    if (!(progress = open_progress(0))) return;
    hr = IMAPIProgress_GetFlags(progress, &value);
    ok(hr == S_OK && !value, "got %#lx, %#lx\n", hr, value);
    IMAPIProgress_Release(progress);

    progress = open_progress(MAPI_TOP_LEVEL);
    hr = IMAPIProgress_QueryInterface(progress, &IID_IMAPIProgress, (void **)&unknown);
    ok(hr == S_OK && unknown == (IUnknown *)progress, "got %#lx\n", hr);
    IUnknown_Release(unknown);
    hr = IMAPIProgress_QueryInterface(progress, &IID_IMAPIProp, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "got %#lx\n", hr);
    hr = IMAPIProgress_GetFlags(progress, &value);
    ok(hr == S_OK && value == MAPI_TOP_LEVEL, "got %#lx, %#lx\n", hr, value);
    hr = IMAPIProgress_GetMin(progress, &value);
    ok(hr == S_OK && value == 1, "got %#lx, %lu\n", hr, value);
    hr = IMAPIProgress_GetMax(progress, &value);
    ok(hr == S_OK && value == 1000, "got %#lx, %lu\n", hr, value);
    hr = IMAPIProgress_GetMax(progress, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPIProgress_GetMin(progress, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPIProgress_GetFlags(progress, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    hr = IMAPIProgress_SetLimits(progress, NULL, NULL, &flags);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPIProgress_SetLimits(progress, &min, &max, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPIProgress_GetMin(progress, &value);
    ok(hr == S_OK && value == 1, "got %#lx, %lu\n", hr, value);
    max = 70;
    flags = 0;
    hr = IMAPIProgress_SetLimits(progress, &min, &max, &flags);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProgress_GetMin(progress, &value);
    ok(hr == S_OK && value == 50, "got %#lx, %lu\n", hr, value);
    hr = IMAPIProgress_GetMax(progress, &value);
    ok(hr == S_OK && value == 70, "got %#lx, %lu\n", hr, value);
    hr = IMAPIProgress_GetFlags(progress, &value);
    ok(hr == S_OK && !value, "got %#lx, %#lx\n", hr, value);
    hr = IMAPIProgress_SetLimits(progress, NULL, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!IMAPIProgress_Release(progress), "references are left\n");
}

/* The thread that works dispatches nothing, and its window lives all the same. */
static void test_progress_window(void)
{
    ULONG min = 100, max = 300, part_min = 0, part_max = 10, top = MAPI_TOP_LEVEL, part = 0;
    IMAPIProgress *progress;
    HWND window;
    HRESULT hr;

    if (!(progress = open_progress(MAPI_TOP_LEVEL))) return;
    hr = IMAPIProgress_SetLimits(progress, &min, &max, &top);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProgress_Progress(progress, 200, 5, 10);
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((window = drive_wait(L"Progress")))
    {
        ok(GetWindowThreadProcessId(window, NULL) != GetCurrentThreadId(), "on our thread\n");
        WAIT_FOR(SendDlgItemMessageW(window, IDC_PROGRESS_BAR, PBM_GETPOS, 0, 0) == 500);
        WAIT_FOR(!lstrcmpW(drive_get_text(window, IDC_PROGRESS_TEXT), L"5 of 10"));
        /* a part of the whole: its limits are its own, the value is not */
        hr = IMAPIProgress_SetLimits(progress, &part_min, &part_max, &part);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPIProgress_Progress(progress, 250, 0, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        WAIT_FOR(SendDlgItemMessageW(window, IDC_PROGRESS_BAR, PBM_GETPOS, 0, 0) == 750);
        ok(!lstrcmpW(drive_get_text(window, IDC_PROGRESS_TEXT), L"5 of 10"), "the count is gone\n");
        /* beyond the end, and not a crash when there is no way to go */
        hr = IMAPIProgress_Progress(progress, ~0u, 10, 10);
        ok(hr == S_OK, "got %#lx\n", hr);
        WAIT_FOR(SendDlgItemMessageW(window, IDC_PROGRESS_BAR, PBM_GETPOS, 0, 0) == 1000);
    }
    ok(!IMAPIProgress_Release(progress), "references are left\n");
    ok(!IsWindow(window), "the window is left\n");
}

static void test_progress_cancel(void)
{
    IMAPIProgress *progress;
    HWND window;
    HRESULT hr;

    if (!(progress = open_progress(MAPI_TOP_LEVEL))) return;
    if ((window = drive_wait(L"Progress")))
    {
        hr = IMAPIProgress_Progress(progress, 10, 1, 10);
        ok(hr == S_OK, "got %#lx\n", hr);
        drive_click(window, IDCANCEL);
        hr = IMAPIProgress_Progress(progress, 20, 2, 10);
        ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
        hr = IMAPIProgress_Progress(progress, 30, 3, 10);
        ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
        ok(!drive_enabled(window, IDCANCEL), "cancelled once more?\n");
    }
    ok(!IMAPIProgress_Release(progress), "references are left\n");
    ok(!IsWindow(window), "the window is left\n");
}

static DWORD WINAPI progress_work(void *data)
{
    ULONG i, value, flags = MAPI_TOP_LEVEL;
    IMAPIProgress *progress = data;

    for (i = 1; i <= 2000; i++)
    {
        IMAPIProgress_Progress(progress, i % 1000, i, 2000);
        IMAPIProgress_SetLimits(progress, NULL, NULL, &flags);
        IMAPIProgress_GetMax(progress, &value);
    }
    IMAPIProgress_Release(progress);
    return 0;
}

/* Many short ones, each used by two threads, the last Release on either. */
static void test_progress_threads(void)
{
    IMAPIProgress *progress;
    HANDLE thread;
    int i;

    for (i = 0; i < 20; i++)
    {
        if (!(progress = open_progress(MAPI_TOP_LEVEL))) return;
        IMAPIProgress_AddRef(progress);
        thread = drive_start(progress_work, progress);
        progress_work(progress);
        drive_join(thread);
    }
}

static void test_progress_dialog(void)
{
    test_progress_arguments();
    test_progress_limits();
    test_progress_window();
    test_progress_cancel();
    test_progress_threads();
}

#endif /* MAPI32_TEST_PROGRESS_H */
