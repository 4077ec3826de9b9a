/*
 * Guarded calls of fast shutdown into providers
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
 * A provider takes part in fast shutdown through an interface of its provider object: since 2010
 * IMAPIProviderShutdown, before that IMAPIClientShutdown with the same methods in the same slots. A
 * QueryInterface that fails, whatever with, or that succeeds with nothing, means that the provider
 * does not take part.
 */

#include "host/calls.h"

HRESULT host_shutdown_interface(struct provider *provider, IMAPIProviderShutdown **ret, BOOL *old)
{
    HRESULT hr;

    *old = FALSE;
    hr = host_query_interface(provider, provider->object, &IID_IMAPIProviderShutdown, (void **)ret);
    if (hr != S_OK && !provider->party.broken)
    {
        hr = host_query_interface(provider, provider->object, &IID_IMAPIClientShutdown,
                                  (void **)ret);
        *old = hr == S_OK;
    }
    if (hr == S_OK)
        return S_OK;
    *ret = NULL;
    return provider->party.broken ? MAPI_E_CALL_FAILED : E_NOINTERFACE;
}

HRESULT host_object_identity(struct provider *provider, IUnknown **ret)
{
    HRESULT hr;

    hr = host_query_interface(provider, provider->object, &IID_IUnknown, (void **)ret);
    if (hr == S_OK)
        host_object_release(provider, *ret);
    return hr;
}

static HRESULT call_query(void *object)
{
    return IMAPIProviderShutdown_QueryFastShutdown((IMAPIProviderShutdown *)object);
}

HRESULT host_QueryFastShutdown(struct provider *provider, IMAPIProviderShutdown *object)
{
    return host_call(&provider->party, "QueryFastShutdown", call_query, object);
}

static HRESULT call_notify(void *object)
{
    return IMAPIProviderShutdown_NotifyProcessShutdown((IMAPIProviderShutdown *)object);
}

HRESULT host_NotifyProcessShutdown(struct provider *provider, IMAPIProviderShutdown *object)
{
    return host_call(&provider->party, "NotifyProcessShutdown", call_notify, object);
}

static HRESULT call_do(void *object)
{
    return IMAPIProviderShutdown_DoFastShutdown((IMAPIProviderShutdown *)object);
}

HRESULT host_DoFastShutdown(struct provider *provider, IMAPIProviderShutdown *object)
{
    return host_call(&provider->party, "DoFastShutdown", call_do, object);
}
