/*
 * The advise sinks that MAPI makes for its callers
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
 * HrAllocAdviseSink makes a sink of a callback. HrThisThreadAdviseSink wraps a sink so that it is
 * called only on the thread that asked: from elsewhere its notifications are copied and queued for
 * that thread, and OnNotify returns at once. Sources of our own look through the wrapper and queue
 * for the thread themselves, so that their Unadvise reaches what is still queued; a source that is
 * a stranger's calls the wrapper, and when the last reference to it goes, what is queued goes too.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "objbase.h"
#include "object/notify.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct callback_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG ref;
    LPNOTIFCALLBACK callback;
    void *context;
};

struct thread_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG ref;
    IMAPIAdviseSink *inner;
    struct target *target;
    struct subscription *queue;         /* what foreign threads call goes through this */
};

static inline struct callback_sink *callback_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct callback_sink, IMAPIAdviseSink_iface);
}

static inline struct thread_sink *thread_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct thread_sink, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIAdviseSink_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI callback_sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&callback_from_IMAPIAdviseSink(iface)->ref);
}

static ULONG WINAPI callback_sink_Release(IMAPIAdviseSink *iface)
{
    struct callback_sink *sink = callback_from_IMAPIAdviseSink(iface);
    ULONG ref = InterlockedDecrement(&sink->ref);

    if (!ref) platform_free(sink);
    return ref;
}

static ULONG WINAPI callback_sink_OnNotify(IMAPIAdviseSink *iface, ULONG count,
                                           LPNOTIFICATION notifications)
{
    struct callback_sink *sink = callback_from_IMAPIAdviseSink(iface);

    return sink->callback(sink->context, count, notifications);
}

static const IMAPIAdviseSinkVtbl callback_sink_vtbl =
{
    sink_QueryInterface,
    callback_sink_AddRef,
    callback_sink_Release,
    callback_sink_OnNotify
};

HRESULT WINAPI HrAllocAdviseSink(LPNOTIFCALLBACK callback, LPVOID context, LPMAPIADVISESINK *ret)
{
    struct callback_sink *sink;

    TRACE("(%p, %p, %p)\n", callback, context, ret);

    if (ret) *ret = NULL;
    if (!ret || !callback) return MAPI_E_INVALID_PARAMETER;
    if (!(sink = platform_alloc(sizeof(*sink)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    sink->IMAPIAdviseSink_iface.lpVtbl = &callback_sink_vtbl;
    sink->ref = 1;
    sink->callback = callback;
    sink->context = context;
    *ret = &sink->IMAPIAdviseSink_iface;
    return S_OK;
}

static ULONG WINAPI thread_sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&thread_from_IMAPIAdviseSink(iface)->ref);
}

static ULONG WINAPI thread_sink_Release(IMAPIAdviseSink *iface)
{
    struct thread_sink *sink = thread_from_IMAPIAdviseSink(iface);
    ULONG ref = InterlockedDecrement(&sink->ref);

    if (!ref)
    {
        /* Not waited for: whoever releases may be the one the sink waits for. */
        subscription_end(sink->queue, FALSE);
        subscription_release(sink->queue);
        target_release(sink->target);
        IMAPIAdviseSink_Release(sink->inner);
        platform_free(sink);
    }
    return ref;
}

static ULONG WINAPI thread_sink_OnNotify(IMAPIAdviseSink *iface, ULONG count,
                                         LPNOTIFICATION notifications)
{
    struct thread_sink *sink = thread_from_IMAPIAdviseSink(iface);
    struct payload *payload = NULL;

    TRACE("(%p, %lu, %p)\n", iface, count, notifications);

    if (target_is_current(sink->target))
        return IMAPIAdviseSink_OnNotify(sink->inner, count, notifications);
    if (FAILED(subscription_post(sink->queue, count, notifications, &payload)))
        ERR("%lu notifications lost\n", count);
    payload_release(payload);
    return S_OK;
}

static const IMAPIAdviseSinkVtbl thread_sink_vtbl =
{
    sink_QueryInterface,
    thread_sink_AddRef,
    thread_sink_Release,
    thread_sink_OnNotify
};

BOOL thread_sink_unwrap(IMAPIAdviseSink *iface, IMAPIAdviseSink **inner, struct target **target)
{
    struct thread_sink *sink;

    if (iface->lpVtbl != &thread_sink_vtbl) return FALSE;
    sink = thread_from_IMAPIAdviseSink(iface);
    IMAPIAdviseSink_AddRef(sink->inner);
    *inner = sink->inner;
    *target = target_addref(sink->target);
    return TRUE;
}

HRESULT WINAPI HrThisThreadAdviseSink(LPMAPIADVISESINK inner, LPMAPIADVISESINK *ret)
{
    struct thread_sink *sink;
    HRESULT hr;

    TRACE("(%p, %p)\n", inner, ret);

    if (ret) *ret = NULL;
    if (!ret || !inner) return MAPI_E_INVALID_PARAMETER;
    if (!(sink = platform_alloc_zero(sizeof(*sink)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    sink->IMAPIAdviseSink_iface.lpVtbl = &thread_sink_vtbl;
    sink->ref = 1;
    hr = S_OK;
    if (!(sink->target = target_of_this_thread())) hr = target_create_window(FALSE, &sink->target);
    if (SUCCEEDED(hr)) hr = subscription_create_bound(sink->target, inner, &sink->queue);
    if (FAILED(hr))
    {
        target_release(sink->target);
        platform_free(sink);
        return hr;
    }
    IMAPIAdviseSink_AddRef(inner);
    sink->inner = inner;
    *ret = &sink->IMAPIAdviseSink_iface;
    return S_OK;
}

HRESULT WINAPI HrDispatchNotifications(ULONG flags)
{
    struct target *target;
    MSG msg;

    TRACE("(%#lx)\n", flags);

    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (!(target = engine_target())) return MAPI_E_NOT_INITIALIZED;
    target_dispatch(target);
    target_release(target);
    if ((target = target_of_this_thread()))
    {
        target_dispatch(target);
        target_release(target);
    }

    /* The message stays: whoever runs the message loop has to see it as well. */
    if (notify_end_of_session() || PeekMessageW(&msg, NULL, WM_QUIT, WM_QUIT, PM_NOREMOVE))
        return MAPI_E_USER_CANCEL;
    return S_OK;
}
