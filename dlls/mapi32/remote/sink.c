/*
 * Sinks of another process
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
 * A proxy belongs to the apartment that it came to, but a sink is called on whatever thread
 * delivers: a thread of MAPI's own (MAPI_MULTITHREAD_NOTIFICATIONS) or of a provider. So what a
 * stub hands to its object is a sink of this process, which takes its own way to the other one from
 * each thread, through COM's global interface table.
 *
 * A thread that is in no apartment is in the multithreaded one for the call. A sink whose process
 * is gone is no error: what it returns says nothing.
 */

#define COBJMACROS

#include "remote/remote.h"
#include <mapiguid.h>
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct far_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG refs;
    IGlobalInterfaceTable *table;
    DWORD cookie;
};

static struct far_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct far_sink, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIAdviseSink_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refs);
}

/* TRUE: the thread has to be let go of again. */
static BOOL enter(void)
{
    APTTYPEQUALIFIER qualifier;
    APTTYPE type;

    if (CoGetApartmentType(&type, &qualifier) == S_OK && qualifier != APTTYPEQUALIFIER_IMPLICIT_MTA)
        return FALSE;
    return SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED));
}

static ULONG WINAPI sink_Release(IMAPIAdviseSink *iface)
{
    struct far_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG refs = InterlockedDecrement(&sink->refs);
    BOOL entered;

    if (refs) return refs;
    entered = enter();
    IGlobalInterfaceTable_RevokeInterfaceFromGlobal(sink->table, sink->cookie);
    IGlobalInterfaceTable_Release(sink->table);
    if (entered) CoUninitialize();
    platform_free(sink);
    remote_object_count(-1);
    return 0;
}

static ULONG WINAPI sink_OnNotify(IMAPIAdviseSink *iface, ULONG count, NOTIFICATION *notifications)
{
    struct far_sink *sink = impl_from_IMAPIAdviseSink(iface);
    IMAPIAdviseSink *far_end;
    BOOL entered = enter();
    HRESULT hr;

    TRACE("(%p, %lu, %p)\n", iface, count, notifications);
    hr = IGlobalInterfaceTable_GetInterfaceFromGlobal(sink->table, sink->cookie,
                                                      &IID_IMAPIAdviseSink, (void **)&far_end);
    if (SUCCEEDED(hr))
    {
        IMAPIAdviseSink_OnNotify(far_end, count, notifications);
        IMAPIAdviseSink_Release(far_end);
    }
    else WARN("the sink cannot be had: %#lx\n", hr);
    if (entered) CoUninitialize();
    return S_OK;
}

static const IMAPIAdviseSinkVtbl sink_vtbl =
{
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_OnNotify
};

HRESULT remote_sink_create(IMAPIAdviseSink *proxy, IMAPIAdviseSink **ret)
{
    struct far_sink *sink;
    HRESULT hr;

    *ret = NULL;
    if (!(sink = platform_alloc_zero(sizeof(*sink)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    sink->IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)&sink_vtbl;
    sink->refs = 1;
    hr = CoCreateInstance(&CLSID_StdGlobalInterfaceTable, NULL, CLSCTX_INPROC_SERVER,
                          &IID_IGlobalInterfaceTable, (void **)&sink->table);
    if (SUCCEEDED(hr))
        hr = IGlobalInterfaceTable_RegisterInterfaceInGlobal(sink->table, (IUnknown *)proxy,
                                                             &IID_IMAPIAdviseSink, &sink->cookie);
    if (FAILED(hr))
    {
        WARN("the sink cannot be kept: %#lx\n", hr);
        if (sink->table) IGlobalInterfaceTable_Release(sink->table);
        platform_free(sink);
        return MAPI_E_CALL_FAILED;
    }
    remote_object_count(1);
    *ret = &sink->IMAPIAdviseSink_iface;
    return S_OK;
}
