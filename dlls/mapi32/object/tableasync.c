/*
 * Asynchronous operations on a view: TBL_ASYNC, and what looks at them
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
 * An operation waits in view->pending until somebody has the data's lock: its worker, or a method
 * that may not say MAPI_E_BUSY and so does it itself. It runs under the lock like the synchronous
 * one, with the old rows kept until the new ones stand. view->status says that it is in progress,
 * from its start until its end, and is read without the lock, so that the methods that say
 * MAPI_E_BUSY, Abort, GetStatus and WaitForCompletion do not wait for it.
 *
 * The worker holds the memory of the data and the view, not these themselves: their references
 * count as if there were no worker, and the last Release of the view stops the operation.
 */

#define COBJMACROS

#include <string.h>

#include "object/table.h"
#include "object/wait.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static BOOL view_busy(const struct table_view *view)
{
    LONG status = view->status;

    return status == TBLSTAT_SETTING_COLS || status == TBLSTAT_RESTRICTING
           || status == TBLSTAT_SORTING;
}

BOOL view_stopped(const struct table_view *view)
{
    return view->running && view->to_stop == view->operation;
}

HRESULT view_enter(struct table_view *view)
{
    if (view_busy(view)) return MAPI_E_BUSY;
    table_data_lock(view->data);
    if (!view_busy(view)) return S_OK;
    table_data_unlock(view->data);
    return MAPI_E_BUSY;
}

static LONG status_of(const struct view_settings *settings, HRESULT hr)
{
    if (SUCCEEDED(hr) || hr == MAPI_E_USER_CANCEL) return TBLSTAT_COMPLETE;
    switch (settings->kind)
    {
    case TBLSTAT_SETTING_COLS:
        return TBLSTAT_SETCOL_ERROR;
    case TBLSTAT_RESTRICTING:
        return TBLSTAT_RESTRICT_ERROR;
    default:
        return TBLSTAT_SORT_ERROR;
    }
}

/* The lock is held; MAPI_E_USER_CANCEL: it was stopped. */
static void end_operation(struct table_view *view, struct view_settings *settings, HRESULT hr)
{
    TRACE("%p operation %ld: %#lx\n", view, view->operation, hr);

    if (hr == MAPI_E_USER_CANCEL)
        view->was_stopped = view->operation;
    else if (FAILED(hr))
        view_queue_event(view, TABLE_ERROR, hr);
    InterlockedExchange(&view->status, status_of(settings, hr));
    view_settings_clear(settings);
    platform_free(settings);
    SetEvent(view->done);
}

static struct view_settings *take_pending(struct table_view *view)
{
    struct view_settings *settings = view->pending;

    view->pending = NULL;
    return settings;
}

static void finish(struct table_view *view)
{
    struct view_settings *settings = take_pending(view);
    HRESULT hr;

    if (!settings) return;
    view->running = TRUE;
    hr = view_apply_settings(view, settings, 0);
    view->running = FALSE;
    end_operation(view, settings, hr);
}

void view_enter_finished(struct table_view *view)
{
    table_data_lock(view->data);
    finish(view);
}

static void run_operation(void *context)
{
    struct table_view *view = context;
    struct table_data *data = view->data;

    table_data_lock(data);
    finish(view);
    table_data_unlock(data);
    table_view_drop(view);
    table_data_drop(data);
}

HRESULT view_start_operation(struct table_view *view, struct view_settings *settings)
{
    struct view_settings *copy;

    if (!view->done && !(view->done = CreateEventW(NULL, TRUE, FALSE, NULL)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(copy = platform_alloc(sizeof(*copy)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    *copy = *settings;
    memset(settings, 0, sizeof(*settings));

    ResetEvent(view->done);
    view->pending = copy;
    view->operation++;
    InterlockedExchange(&view->status, copy->kind);
    return S_OK;
}

void view_submit_operation(struct table_view *view)
{
    struct table_data *data = view->data;

    InterlockedIncrement(&view->holds);
    InterlockedIncrement(&data->holds);
    if (worker_submit(run_operation, view)) return;
    /* Nobody else does it. */
    InterlockedDecrement(&view->holds);
    InterlockedDecrement(&data->holds);
    view_enter_finished(view);
    table_data_unlock(data);
}

void view_stop_operation(struct table_view *view)
{
    struct view_settings *settings;

    InterlockedExchange(&view->to_stop, view->operation);
    table_data_lock(view->data);
    if ((settings = take_pending(view))) end_operation(view, settings, MAPI_E_USER_CANCEL);
}

HRESULT WINAPI table_view_GetStatus(IMAPITable *iface, ULONG *status, ULONG *type)
{
    struct table_view *view = impl_from_IMAPITable(iface);

    TRACE("%p %p %p\n", iface, status, type);

    if (!status || !type) return MAPI_E_INVALID_PARAMETER;
    *status = view->status;
    *type = view->data->type;
    return S_OK;
}

HRESULT WINAPI table_view_Abort(IMAPITable *iface)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    LONG operation = view->operation;
    HRESULT hr;

    TRACE("%p\n", iface);

    /* Nothing is in progress: it has completed, or there never was anything. */
    if (!view_busy(view)) return operation ? MAPI_E_UNABLE_TO_ABORT : S_OK;
    view_stop_operation(view);
    hr = view->was_stopped == operation ? S_OK : MAPI_E_UNABLE_TO_ABORT;
    table_data_unlock(view->data);
    return hr;
}

HRESULT WINAPI table_view_WaitForCompletion(IMAPITable *iface, ULONG flags, ULONG timeout,
                                            ULONG *status)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    HRESULT hr = S_OK;

    TRACE("%p %#lx %lu %p\n", iface, flags, timeout, status);

    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (view_busy(view) && !wait_quietly(view->done, timeout)) hr = MAPI_E_TIMEOUT;
    if (status) *status = view->status;
    return hr;
}
