/*
 * The progress dialog
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
 * IMAPIProgress with a window. The one who works is seldom one who dispatches messages, so the
 * window lives on a thread of its own, which looks at the figures several times a second; Progress
 * only writes them down. The window has no owner: an owner on a thread that dispatches nothing
 * would hold it up.
 *
 * Short work shows no window: the thread waits a moment first. The last Release ends the thread and
 * waits for it. What the two share is counted, and the thread holds the DLL, so that nothing breaks
 * should it be late.
 */

#include "dialog/dialog.h"

#include <commctrl.h>
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SHOW_AFTER      1000            /* ms */
#define LOOK_EVERY      100
#define WAIT_FOR_THREAD 10000
#define BAR_STEPS       1000

/* What the object and its thread share. */
struct progress_shared
{
    LONG ref;
    HANDLE end;                         /* set: the object is gone */
    HWND parent;                        /* only to know where to stand */
    LONG cancelled;
    CRITICAL_SECTION cs;
    /* ---- cs ---- */
    ULONG value;
    ULONG min;                          /* of the whole: what value is measured by */
    ULONG max;
    ULONG count;
    ULONG total;
};

struct progress
{
    IMAPIProgress IMAPIProgress_iface;
    LONG ref;
    struct progress_shared *shared;
    HANDLE thread;
    /* ---- shared->cs: as GetMin, GetMax and GetFlags tell them */
    ULONG flags;
    ULONG min;
    ULONG max;
};

static void shared_release(struct progress_shared *shared)
{
    if (InterlockedDecrement(&shared->ref)) return;
    CloseHandle(shared->end);
    DeleteCriticalSection(&shared->cs);
    platform_free(shared);
}

/* ---- the window, on its own thread ---- */

/* In the middle of the parent, without asking it anything. */
static void place_window(HWND dialog, HWND parent)
{
    RECT area, own;

    GetWindowRect(dialog, &own);
    if (!parent || !GetWindowRect(parent, &area) || IsRectEmpty(&area))
        SystemParametersInfoW(SPI_GETWORKAREA, 0, &area, 0);
    SetWindowPos(dialog, NULL, (area.left + area.right - (own.right - own.left)) / 2,
                 (area.top + area.bottom - (own.bottom - own.top)) / 2, 0, 0,
                 SWP_NOZORDER | SWP_NOSIZE | SWP_NOACTIVATE);
}

static void show_figures(HWND dialog, struct progress_shared *shared)
{
    WCHAR format[100], text[160], old[160];
    ULONG value, min, max, count, total;
    int step = 0;

    EnterCriticalSection(&shared->cs);
    value = shared->value;
    min = shared->min;
    max = shared->max;
    count = shared->count;
    total = shared->total;
    LeaveCriticalSection(&shared->cs);

    if (value > min && max > min)
        step = MulDiv(min(value, max) - min, BAR_STEPS, max - min);
    SendDlgItemMessageW(dialog, IDC_PROGRESS_BAR, PBM_SETPOS, step, 0);

    if (ReadNoFence(&shared->cancelled))
        dialog_string(IDS_PROGRESS_CANCELLING, text, ARRAY_SIZE(text));
    else if (total)
    {
        dialog_string(IDS_PROGRESS_COUNT, format, ARRAY_SIZE(format));
        wsprintfW(text, format, (unsigned int)count, (unsigned int)total);
    }
    else dialog_string(IDS_PROGRESS_WORKING, text, ARRAY_SIZE(text));
    GetDlgItemTextW(dialog, IDC_PROGRESS_TEXT, old, ARRAY_SIZE(old));
    if (lstrcmpW(old, text)) SetDlgItemTextW(dialog, IDC_PROGRESS_TEXT, text);
}

static INT_PTR CALLBACK progress_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct progress_shared *shared = (void *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message)
    {
    case WM_INITDIALOG:
        shared = (struct progress_shared *)lparam;
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        SendDlgItemMessageW(dialog, IDC_PROGRESS_BAR, PBM_SETRANGE32, 0, BAR_STEPS);
        place_window(dialog, shared->parent);
        show_figures(dialog, shared);
        SetTimer(dialog, 1, LOOK_EVERY, NULL);
        return TRUE;
    case WM_TIMER:
        show_figures(dialog, shared);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) != IDCANCEL) break;
        InterlockedExchange(&shared->cancelled, 1);
        EnableWindow(GetDlgItem(dialog, IDCANCEL), FALSE);
        show_figures(dialog, shared);
        return TRUE;
    }
    return FALSE;
}

static void run_window(struct progress_shared *shared)
{
    static const INITCOMMONCONTROLSEX classes = { sizeof(classes), ICC_PROGRESS_CLASS };
    HWND dialog;
    MSG message;

    InitCommonControlsEx(&classes);
    dialog = CreateDialogParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_PROGRESS), NULL,
                                progress_proc, (LPARAM)shared);
    if (!dialog)
    {
        WARN("no window for the progress dialog\n");
        return;
    }
    ShowWindow(dialog, SW_SHOWNOACTIVATE);
    while (MsgWaitForMultipleObjects(1, &shared->end, FALSE, INFINITE, QS_ALLINPUT)
           == WAIT_OBJECT_0 + 1)
    {
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        {
            if (IsDialogMessageW(dialog, &message)) continue;
            TranslateMessage(&message);
            DispatchMessageW(&message);
        }
    }
    DestroyWindow(dialog);
}

static DWORD WINAPI progress_thread(void *data)
{
    struct progress_shared *shared = data;
    HMODULE module = dialog_instance();

    if (WaitForSingleObject(shared->end, SHOW_AFTER) == WAIT_TIMEOUT) run_window(shared);
    shared_release(shared);
    FreeLibraryAndExitThread(module, 0);
}

/* ---- the object ---- */

static struct progress *impl_from_IMAPIProgress(IMAPIProgress *iface)
{
    return CONTAINING_RECORD(iface, struct progress, IMAPIProgress_iface);
}

static HRESULT WINAPI progress_QueryInterface(IMAPIProgress *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProgress))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIProgress_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI progress_AddRef(IMAPIProgress *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIProgress(iface)->ref);
}

static ULONG WINAPI progress_Release(IMAPIProgress *iface)
{
    struct progress *progress = impl_from_IMAPIProgress(iface);
    LONG ref = InterlockedDecrement(&progress->ref);

    if (ref) return ref;
    SetEvent(progress->shared->end);
    if (progress->thread)
    {
        if (WaitForSingleObject(progress->thread, WAIT_FOR_THREAD) == WAIT_TIMEOUT)
            WARN("the progress dialog is late\n");
        CloseHandle(progress->thread);
    }
    shared_release(progress->shared);
    platform_free(progress);
    return 0;
}

static HRESULT WINAPI progress_Progress(IMAPIProgress *iface, ULONG value, ULONG count, ULONG total)
{
    struct progress_shared *shared = impl_from_IMAPIProgress(iface)->shared;

    TRACE("(%p, %lu, %lu, %lu)\n", iface, (unsigned long)value, (unsigned long)count,
          (unsigned long)total);

    EnterCriticalSection(&shared->cs);
    shared->value = value;
    if (total)                          /* without one it comes from a part of the whole */
    {
        shared->count = count;
        shared->total = total;
    }
    LeaveCriticalSection(&shared->cs);
    return ReadNoFence(&shared->cancelled) ? MAPI_E_USER_CANCEL : S_OK;
}

static HRESULT read_value(IMAPIProgress *iface, const ULONG *value, ULONG *ret)
{
    struct progress_shared *shared = impl_from_IMAPIProgress(iface)->shared;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    EnterCriticalSection(&shared->cs);
    *ret = *value;
    LeaveCriticalSection(&shared->cs);
    return S_OK;
}

static HRESULT WINAPI progress_GetFlags(IMAPIProgress *iface, ULONG *flags)
{
    TRACE("(%p, %p)\n", iface, flags);
    return read_value(iface, &impl_from_IMAPIProgress(iface)->flags, flags);
}

static HRESULT WINAPI progress_GetMax(IMAPIProgress *iface, ULONG *max)
{
    TRACE("(%p, %p)\n", iface, max);
    return read_value(iface, &impl_from_IMAPIProgress(iface)->max, max);
}

static HRESULT WINAPI progress_GetMin(IMAPIProgress *iface, ULONG *min)
{
    TRACE("(%p, %p)\n", iface, min);
    return read_value(iface, &impl_from_IMAPIProgress(iface)->min, min);
}

/* The limits of a part are only kept for the provider; those of the whole are what the bar
 * shows. */
static HRESULT WINAPI progress_SetLimits(IMAPIProgress *iface, ULONG *min, ULONG *max, ULONG *flags)
{
    struct progress *progress = impl_from_IMAPIProgress(iface);
    struct progress_shared *shared = progress->shared;
    HRESULT hr = S_OK;

    TRACE("(%p, %p, %p, %p)\n", iface, min, max, flags);

    if (flags && *flags & ~MAPI_TOP_LEVEL) return MAPI_E_UNKNOWN_FLAGS;
    EnterCriticalSection(&shared->cs);
    if ((min ? *min : progress->min) > (max ? *max : progress->max)) hr = MAPI_E_INVALID_PARAMETER;
    else
    {
        if (min) progress->min = *min;
        if (max) progress->max = *max;
        if (flags) progress->flags = *flags;
        if (progress->flags & MAPI_TOP_LEVEL)
        {
            shared->min = progress->min;
            shared->max = progress->max;
        }
    }
    LeaveCriticalSection(&shared->cs);
    return hr;
}

static const IMAPIProgressVtbl progress_vtbl =
{
    progress_QueryInterface,
    progress_AddRef,
    progress_Release,
    progress_Progress,
    progress_GetFlags,
    progress_GetMax,
    progress_GetMin,
    progress_SetLimits
};

static HRESULT start_thread(struct progress *progress)
{
    HMODULE module;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)progress_thread,
                            &module))
        return MAPI_E_CALL_FAILED;
    InterlockedIncrement(&progress->shared->ref);
    progress->thread = CreateThread(NULL, 0, progress_thread, progress->shared, 0, NULL);
    if (progress->thread) return S_OK;
    shared_release(progress->shared);
    FreeLibrary(module);
    return MAPI_E_NOT_ENOUGH_RESOURCES;
}

HRESULT progress_dialog(ULONG_PTR ui, ULONG flags, IMAPIProgress **ret)
{
    struct progress_shared *shared;
    struct progress *progress;
    HRESULT hr;

    *ret = NULL;
    if (!(shared = platform_alloc_zero(sizeof(*shared)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(progress = platform_alloc_zero(sizeof(*progress)))
        || !(shared->end = CreateEventW(NULL, TRUE, FALSE, NULL)))
    {
        platform_free(progress);
        platform_free(shared);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    shared->ref = 1;
    shared->parent = dialog_parent(ui);
    shared->min = progress->min = 1;    /* as the reference has every progress object begin */
    shared->max = progress->max = 1000;
    InitializeCriticalSection(&shared->cs);
    progress->IMAPIProgress_iface.lpVtbl = (IMAPIProgressVtbl *)&progress_vtbl;
    progress->ref = 1;
    progress->shared = shared;
    progress->flags = flags & MAPI_TOP_LEVEL;
    if (FAILED(hr = start_thread(progress)))
    {
        IMAPIProgress_Release(&progress->IMAPIProgress_iface);
        return hr;
    }
    *ret = &progress->IMAPIProgress_iface;
    return S_OK;
}
