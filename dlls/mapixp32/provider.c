/*
 * Mail transport: the provider object
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
 * XPProviderInit, IXPProvider, and IMAPIProviderShutdown of the same object. Being left without a
 * logoff costs nothing: what was sent and received is in the journal before and after it happens.
 * So a query is always agreed to; a notification puts off what has not begun, until a call of the
 * spooler shows that the session goes on; the shutdown itself ends the conversations under way.
 */

#include <initguid.h>   /* the interface IDs live in this file */
#include "transport.h"
#include <mapimime.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define SHUTDOWN_WAIT 2000              /* ms for a conversation that is about to end anyway */

static struct xp_provider *impl_from_IXPProvider(IXPProvider *iface)
{
    return CONTAINING_RECORD(iface, struct xp_provider, IXPProvider_iface);
}

static struct xp_provider *impl_from_IMAPIProviderShutdown(IMAPIProviderShutdown *iface)
{
    return CONTAINING_RECORD(iface, struct xp_provider, IMAPIProviderShutdown_iface);
}

static HRESULT WINAPI provider_QueryInterface(IXPProvider *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IXPProvider)) *ret = iface;
    else if (IsEqualGUID(iid, &IID_IMAPIProviderShutdown))
        *ret = &impl_from_IXPProvider(iface)->IMAPIProviderShutdown_iface;
    else return E_NOINTERFACE;
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
        DeleteCriticalSection(&provider->cs);
        free(provider);
    }
    return ref;
}

static HRESULT WINAPI provider_Shutdown(IXPProvider *iface, ULONG *flags)
{
    TRACE("(%p, %p)\n", iface, flags);
    return S_OK;
}

/* The words as the caller of TransportLogon gets them. */
static void set_error(const WCHAR *words, ULONG *flags, LPMAPIERROR *error)
{
    size_t size = (lstrlenW(words) + 1) * sizeof(WCHAR);

    if (!words[0] || FAILED(MAPIAllocateBuffer(sizeof(**error), (void **)error))) return;
    memset(*error, 0, sizeof(**error));
    if (FAILED(MAPIAllocateMore(size, *error, (void **)&(*error)->lpszError)))
    {
        MAPIFreeBuffer(*error);
        *error = NULL;
        return;
    }
    memcpy((*error)->lpszError, words, size);
    *flags |= MAPI_UNICODE;
}

static HRESULT WINAPI provider_TransportLogon(IXPProvider *iface, IMAPISupport *support,
                                              ULONG_PTR ui, LPTSTR profile, ULONG *flags,
                                              LPMAPIERROR *error, IXPLogon **ret)
{
    struct xp_provider *provider = impl_from_IXPProvider(iface);
    WCHAR words[WORDS_MAX];
    struct xp_logon *logon;
    HRESULT hr;

    TRACE("(%p, %p, %p, %#lx)\n", iface, support, profile, flags ? *flags : 0);

    if (ret) *ret = NULL;
    if (error) *error = NULL;
    if (!support || !flags || !error || !ret) return MAPI_E_INVALID_PARAMETER;
    hr = logon_create(provider, support, &logon, words);
    *flags = 0;
    if (FAILED(hr))
    {
        set_error(words, flags, error);
        return hr;
    }
    *flags = LOGON_SP_IDLE | LOGON_SP_RESOLVE;
    if (logon->settings.receive_kind) *flags |= LOGON_SP_POLL;
    EnterCriticalSection(&provider->cs);
    logon->next = provider->logons;
    provider->logons = logon;
    LeaveCriticalSection(&provider->cs);
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

/* ---- IMAPIProviderShutdown ---- */

static HRESULT WINAPI shutdown_QueryInterface(IMAPIProviderShutdown *iface, REFIID iid, void **ret)
{
    return provider_QueryInterface(&impl_from_IMAPIProviderShutdown(iface)->IXPProvider_iface, iid,
                                   ret);
}

static ULONG WINAPI shutdown_AddRef(IMAPIProviderShutdown *iface)
{
    return provider_AddRef(&impl_from_IMAPIProviderShutdown(iface)->IXPProvider_iface);
}

static ULONG WINAPI shutdown_Release(IMAPIProviderShutdown *iface)
{
    return provider_Release(&impl_from_IMAPIProviderShutdown(iface)->IXPProvider_iface);
}

static HRESULT WINAPI shutdown_QueryFastShutdown(IMAPIProviderShutdown *iface)
{
    return S_OK;
}

/* Each logon, counted. */
static struct xp_logon **provider_logons(struct xp_provider *provider, ULONG *count)
{
    struct xp_logon *logon, **ret;

    *count = 0;
    EnterCriticalSection(&provider->cs);
    for (logon = provider->logons; logon; logon = logon->next) (*count)++;
    ret = malloc(max(*count, 1) * sizeof(*ret));
    *count = 0;
    for (logon = provider->logons; logon && ret; logon = logon->next)
    {
        ret[(*count)++] = logon;
        IXPLogon_AddRef(&logon->IXPLogon_iface);
    }
    LeaveCriticalSection(&provider->cs);
    return ret;
}

static HRESULT WINAPI shutdown_NotifyProcessShutdown(IMAPIProviderShutdown *iface)
{
    ULONG i, count;
    struct xp_logon **logons = provider_logons(impl_from_IMAPIProviderShutdown(iface), &count);

    for (i = 0; i < count; i++)
    {
        EnterCriticalSection(&logons[i]->cs);
        logons[i]->paused = TRUE;
        LeaveCriticalSection(&logons[i]->cs);
        IXPLogon_Release(&logons[i]->IXPLogon_iface);
    }
    free(logons);
    return S_OK;
}

static HRESULT WINAPI shutdown_DoFastShutdown(IMAPIProviderShutdown *iface)
{
    ULONG i, count;
    struct xp_logon **logons = provider_logons(impl_from_IMAPIProviderShutdown(iface), &count);

    for (i = 0; i < count; i++) SetEvent(logons[i]->stop);
    for (i = 0; i < count; i++)
    {
        logon_end_threads(logons[i], SHUTDOWN_WAIT);
        IXPLogon_Release(&logons[i]->IXPLogon_iface);
    }
    free(logons);
    return S_OK;
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

HRESULT STDMAPIINITCALLTYPE XPProviderInit(HINSTANCE instance, LPMALLOC malloc,
                                           LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                           LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version,
                                           LPXPPROVIDER *ret)
{
    struct xp_provider *provider;

    TRACE("(%p, %#lx, %#lx, %p, %p)\n", instance, flags, mapi_version, provider_version, ret);

    if (ret) *ret = NULL;
    if (!provider_version || !ret) return MAPI_E_INVALID_PARAMETER;
    *provider_version = CURRENT_SPI_VERSION;
    if (mapi_version < CURRENT_SPI_VERSION) return MAPI_E_VERSION;
    if (!(provider = calloc(1, sizeof(*provider)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->IXPProvider_iface.lpVtbl = (IXPProviderVtbl *)&provider_vtbl;
    provider->IMAPIProviderShutdown_iface.lpVtbl = (IMAPIProviderShutdownVtbl *)&shutdown_vtbl;
    provider->ref = 1;
    provider->instance = instance;
    InitializeCriticalSection(&provider->cs);
    *ret = &provider->IXPProvider_iface;
    return S_OK;
}
