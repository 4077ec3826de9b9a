/*
 * Sample providers: fast shutdown of a provider object
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
 * IMAPIProviderShutdown lives on the provider object. MAPI asks for it there, calls
 * QueryFastShutdown (may we be left without a logoff?), NotifyProcessShutdown (get ready: put off
 * background work, begin saving), DoFastShutdown (last chance: save now, hold on to nothing). After
 * that neither Logoff nor Shutdown comes.
 */

#include <stdarg.h>

#include "sample.h"

static struct shutdown *impl_from_IMAPIProviderShutdown(IMAPIProviderShutdown *iface)
{
    return CONTAINING_RECORD(iface, struct shutdown, IMAPIProviderShutdown_iface);
}

static HRESULT WINAPI shutdown_QueryInterface(IMAPIProviderShutdown *iface, REFIID iid, void **ret)
{
    return IUnknown_QueryInterface(impl_from_IMAPIProviderShutdown(iface)->owner, iid, ret);
}

static ULONG WINAPI shutdown_AddRef(IMAPIProviderShutdown *iface)
{
    return IUnknown_AddRef(impl_from_IMAPIProviderShutdown(iface)->owner);
}

static ULONG WINAPI shutdown_Release(IMAPIProviderShutdown *iface)
{
    return IUnknown_Release(impl_from_IMAPIProviderShutdown(iface)->owner);
}

static IMAPISupport *get_support(struct shutdown *shutdown)
{
    IMAPISupport *support;

    EnterCriticalSection(&shutdown->cs);
    support = shutdown->support;
    if (support) IMAPISupport_AddRef(support);
    LeaveCriticalSection(&shutdown->cs);
    return support;
}

static HRESULT behave_with_support(struct shutdown *shutdown, const char *method)
{
    IMAPISupport *support = get_support(shutdown);
    HRESULT hr;

    hr = behave(shutdown->kind, method, support);
    if (support) IMAPISupport_Release(support);
    return hr;
}

static HRESULT WINAPI shutdown_QueryFastShutdown(IMAPIProviderShutdown *iface)
{
    return behave_with_support(impl_from_IMAPIProviderShutdown(iface), "Query");
}

static HRESULT WINAPI shutdown_NotifyProcessShutdown(IMAPIProviderShutdown *iface)
{
    return behave_with_support(impl_from_IMAPIProviderShutdown(iface), "Notify");
}

static HRESULT WINAPI shutdown_DoFastShutdown(IMAPIProviderShutdown *iface)
{
    struct shutdown *shutdown = impl_from_IMAPIProviderShutdown(iface);
    IMAPISupport *support = get_support(shutdown);
    HRESULT hr;

    if (SUCCEEDED(hr = behave(shutdown->kind, "Do", support))) hr = sample_save(support);
    if (support) IMAPISupport_Release(support);
    return hr;
}

static const IMAPIProviderShutdownVtbl shutdown_vtbl =
{
    shutdown_QueryInterface,
    shutdown_AddRef,
    shutdown_Release,
    shutdown_QueryFastShutdown,
    shutdown_NotifyProcessShutdown,
    shutdown_DoFastShutdown
};

void shutdown_init(struct shutdown *shutdown, enum kind kind, IUnknown *owner)
{
    shutdown->IMAPIProviderShutdown_iface.lpVtbl = (IMAPIProviderShutdownVtbl *)&shutdown_vtbl;
    shutdown->owner = owner;
    shutdown->kind = kind;
    shutdown->support = NULL;
    InitializeCriticalSection(&shutdown->cs);
}

void shutdown_destroy(struct shutdown *shutdown)
{
    if (shutdown->support) IMAPISupport_Release(shutdown->support);
    DeleteCriticalSection(&shutdown->cs);
}

void shutdown_set_support(struct shutdown *shutdown, IMAPISupport *support)
{
    IMAPISupport *old;

    if (support) IMAPISupport_AddRef(support);
    EnterCriticalSection(&shutdown->cs);
    old = shutdown->support;
    shutdown->support = support;
    LeaveCriticalSection(&shutdown->cs);
    if (old) IMAPISupport_Release(old);
}

HRESULT shutdown_query_interface(struct shutdown *shutdown, REFIID iid, void **ret)
{
    /* Providers of 2007 gave the client's interface, which has the same methods. */
    BOOL old = behavior_is(shutdown->kind, "2007");

    *ret = NULL;
    if (behavior_is(shutdown->kind, "silent")) return E_NOINTERFACE;
    if (behavior_is(shutdown->kind, "null")) return S_OK;
    if (!IsEqualGUID(iid, old ? &IID_IMAPIClientShutdown : &IID_IMAPIProviderShutdown))
        return E_NOINTERFACE;
    IUnknown_AddRef(shutdown->owner);
    *ret = &shutdown->IMAPIProviderShutdown_iface;
    return S_OK;
}
