/*
 * Sample providers: the transport
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
 * A transport for addresses of type SAMPLE. One xp_provider an initialisation, one xp_logon a
 * TransportLogon. The arrays AddressTypes hands out must stay valid until TransportLogoff, so they
 * are static here. The logon holds its provider object, which holds the struct environment.
 */

#include <stdarg.h>
#include <stdlib.h>

#include "sample.h"

struct xp_provider
{
    IXPProvider IXPProvider_iface;
    struct shutdown shutdown;
    LONG ref;
    struct environment environment;
};

struct xp_logon
{
    IXPLogon IXPLogon_iface;
    LONG ref;
    struct xp_provider *provider;
    IMAPISupport *support;              /* until TransportLogoff */
};

static struct xp_provider *impl_from_IXPProvider(IXPProvider *iface)
{
    return CONTAINING_RECORD(iface, struct xp_provider, IXPProvider_iface);
}

static struct xp_logon *impl_from_IXPLogon(IXPLogon *iface)
{
    return CONTAINING_RECORD(iface, struct xp_logon, IXPLogon_iface);
}

static HRESULT WINAPI logon_QueryInterface(IXPLogon *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IXPLogon)) return E_NOINTERFACE;
    *ret = iface;
    IXPLogon_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI logon_AddRef(IXPLogon *iface)
{
    return InterlockedIncrement(&impl_from_IXPLogon(iface)->ref);
}

static ULONG WINAPI logon_Release(IXPLogon *iface)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    LONG ref = InterlockedDecrement(&logon->ref);

    if (!ref)
    {
        if (logon->support) IMAPISupport_Release(logon->support);
        IXPProvider_Release(&logon->provider->IXPProvider_iface);
        free(logon);
    }
    return ref;
}

static HRESULT WINAPI logon_AddressTypes(IXPLogon *iface, ULONG *flags, ULONG *type_count, LPTSTR **types,
                                         ULONG *uid_count, LPMAPIUID **uids)
{
    static char type[] = "SAMPLE";
    static LPTSTR type_list[] = {(LPTSTR)type};

    *type_count = *uid_count = 0;
    *types = NULL;
    *uids = NULL;
    if (FAILED(behave(KIND_TRANSPORT, "AddressTypes", impl_from_IXPLogon(iface)->support))) return E_FAIL;
    *flags = 0;                         /* the strings are ANSI */
    *type_count = 1;
    *types = type_list;
    return S_OK;
}

static HRESULT WINAPI logon_RegisterOptions(IXPLogon *iface, ULONG *flags, ULONG *count, LPOPTIONDATA *options)
{
    return sample_register_options(&impl_from_IXPLogon(iface)->provider->environment, flags, count, options);
}

static HRESULT WINAPI logon_TransportNotify(IXPLogon *iface, ULONG *flags, void **data)
{
    return behave(KIND_TRANSPORT, "TransportNotify", impl_from_IXPLogon(iface)->support);
}

static HRESULT WINAPI logon_Idle(IXPLogon *iface, ULONG flags)
{
    return behave(KIND_TRANSPORT, "Idle", impl_from_IXPLogon(iface)->support);
}

static HRESULT WINAPI logon_TransportLogoff(IXPLogon *iface, ULONG flags)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    IMAPISupport *support;
    HRESULT hr;

    hr = behave(KIND_TRANSPORT, "Logoff", logon->support);
    sample_save(logon->support);
    shutdown_set_support(&logon->provider->shutdown, NULL);
    if ((support = InterlockedExchangePointer((void **)&logon->support, NULL)))
        IMAPISupport_Release(support);
    return hr;
}

/* This transport sends to nobody; the message is not its own. */
static HRESULT WINAPI logon_SubmitMessage(IXPLogon *iface, ULONG flags, IMessage *message, ULONG_PTR *ref,
                                          ULONG_PTR *param)
{
    *ref = *param = 0;
    behave(KIND_TRANSPORT, "SubmitMessage", impl_from_IXPLogon(iface)->support);
    return MAPI_E_NOT_ME;
}

static HRESULT WINAPI logon_EndMessage(IXPLogon *iface, ULONG_PTR ref, ULONG *flags)
{
    *flags = 0;
    return S_OK;
}

static HRESULT WINAPI logon_Poll(IXPLogon *iface, ULONG *incoming)
{
    *incoming = 0;
    return S_OK;
}

static HRESULT WINAPI logon_StartMessage(IXPLogon *iface, ULONG flags, IMessage *message, ULONG_PTR *ref)
{
    *ref = 0;
    return S_OK;
}

static HRESULT WINAPI logon_OpenStatusEntry(IXPLogon *iface, LPCIID iid, ULONG flags, ULONG *type,
                                            IMAPIStatus **ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI logon_ValidateState(IXPLogon *iface, ULONG_PTR ui, ULONG flags)
{
    return S_OK;
}

static HRESULT WINAPI logon_FlushQueues(IXPLogon *iface, ULONG_PTR ui, ULONG size, LPENTRYID target, ULONG flags)
{
    return S_OK;
}

static const IXPLogonVtbl logon_vtbl =
{
    logon_QueryInterface,
    logon_AddRef,
    logon_Release,
    logon_AddressTypes,
    logon_RegisterOptions,
    logon_TransportNotify,
    logon_Idle,
    logon_TransportLogoff,
    logon_SubmitMessage,
    logon_EndMessage,
    logon_Poll,
    logon_StartMessage,
    logon_OpenStatusEntry,
    logon_ValidateState,
    logon_FlushQueues
};

static HRESULT WINAPI provider_QueryInterface(IXPProvider *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IXPProvider))
        return shutdown_query_interface(&impl_from_IXPProvider(iface)->shutdown, iid, ret);
    *ret = iface;
    IXPProvider_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI provider_AddRef(IXPProvider *iface)
{
    return InterlockedIncrement(&impl_from_IXPProvider(iface)->ref);
}

static ULONG WINAPI provider_Release(IXPProvider *iface)
{
    struct xp_provider *provider = impl_from_IXPProvider(iface);
    LONG ref = InterlockedDecrement(&provider->ref);

    if (!ref)
    {
        sample_log(KIND_TRANSPORT, "Release");
        shutdown_destroy(&provider->shutdown);
        free(provider);
    }
    return ref;
}

static HRESULT WINAPI provider_Shutdown(IXPProvider *iface, ULONG *flags)
{
    return behave(KIND_TRANSPORT, "Shutdown", NULL);
}

static HRESULT WINAPI provider_TransportLogon(IXPProvider *iface, IMAPISupport *support, ULONG_PTR ui,
                                              LPTSTR profile, ULONG *flags, LPMAPIERROR *error, IXPLogon **ret)
{
    struct xp_provider *provider = impl_from_IXPProvider(iface);
    struct xp_logon *logon;
    HRESULT hr;

    *ret = NULL;
    *error = NULL;
    behavior_from_section(KIND_TRANSPORT, support);
    if (FAILED(hr = behave(KIND_TRANSPORT, "Logon", support))) return hr;
    if (!(logon = calloc(1, sizeof(*logon)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    logon->IXPLogon_iface.lpVtbl = (IXPLogonVtbl *)&logon_vtbl;
    logon->ref = 1;
    logon->provider = provider;
    IXPProvider_AddRef(iface);
    logon->support = support;
    IMAPISupport_AddRef(support);
    shutdown_set_support(&provider->shutdown, support);
    sample_status_row(support, L"Sample Transport", STATUS_AVAILABLE | STATUS_OUTBOUND_ENABLED, 0);
    *flags = LOGON_SP_IDLE | LOGON_SP_RESOLVE;
    *ret = &logon->IXPLogon_iface;
    return S_OK;
}

static const IXPProviderVtbl provider_vtbl =
{
    provider_QueryInterface,
    provider_AddRef,
    provider_Release,
    provider_Shutdown,
    provider_TransportLogon
};

HRESULT STDMAPIINITCALLTYPE XPProviderInit(HINSTANCE instance, LPMALLOC malloc, LPALLOCATEBUFFER allocate,
                                           LPALLOCATEMORE more, LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version, LPXPPROVIDER *ret)
{
    struct xp_provider *provider;
    HRESULT hr;

    *ret = NULL;
    *provider_version = CURRENT_SPI_VERSION;
    if (mapi_version < CURRENT_SPI_VERSION) return MAPI_E_VERSION;
    if (FAILED(hr = behave(KIND_TRANSPORT, "Init", NULL))) return hr;
    if (!(provider = calloc(1, sizeof(*provider)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->IXPProvider_iface.lpVtbl = (IXPProviderVtbl *)&provider_vtbl;
    provider->ref = 1;
    provider->environment.instance = instance;
    provider->environment.allocate = allocate;
    provider->environment.more = more;
    provider->environment.free = free_buffer;
    shutdown_init(&provider->shutdown, KIND_TRANSPORT, (IUnknown *)&provider->IXPProvider_iface);
    *ret = &provider->IXPProvider_iface;
    return S_OK;
}
