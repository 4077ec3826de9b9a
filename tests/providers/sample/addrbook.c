/*
 * Sample providers: the address book
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
 * The provider and its logon. What there is to open is in abbook.c, and the objects that a caller
 * gets in abcontainer.c and abentry.c. The support object is the logon's until Logoff; objects hold
 * the logon.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "addrbook.h"

static struct ab_provider *impl_from_IABProvider(IABProvider *iface)
{
    return CONTAINING_RECORD(iface, struct ab_provider, IABProvider_iface);
}

static struct ab_logon *impl_from_IABLogon(IABLogon *iface)
{
    return CONTAINING_RECORD(iface, struct ab_logon, IABLogon_iface);
}

static HRESULT WINAPI logon_QueryInterface(IABLogon *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IABLogon)) return E_NOINTERFACE;
    *ret = iface;
    IABLogon_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI logon_AddRef(IABLogon *iface)
{
    return InterlockedIncrement(&impl_from_IABLogon(iface)->ref);
}

static ULONG WINAPI logon_Release(IABLogon *iface)
{
    struct ab_logon *logon = impl_from_IABLogon(iface);
    LONG ref = InterlockedDecrement(&logon->ref);

    if (!ref)
    {
        if (logon->support) IMAPISupport_Release(logon->support);
        if (logon->book) book_destroy(logon->book);
        IABProvider_Release(&logon->provider->IABProvider_iface);
        free(logon);
    }
    return ref;
}

static HRESULT WINAPI logon_GetLastError(IABLogon *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI logon_Logoff(IABLogon *iface, ULONG flags)
{
    struct ab_logon *logon = impl_from_IABLogon(iface);
    IMAPISupport *support;
    HRESULT hr;

    hr = behave(KIND_ADDRESS_BOOK, "Logoff", logon->support);
    sample_save(logon->support);
    shutdown_set_support(&logon->provider->shutdown, NULL);
    if ((support = InterlockedExchangePointer((void **)&logon->support, NULL)))
        IMAPISupport_Release(support);
    return hr;
}

static HRESULT WINAPI logon_OpenEntry(IABLogon *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                      ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "OpenEntry", impl_from_IABLogon(iface)->support)))
        return hr;
    return ab_open_entry(impl_from_IABLogon(iface), size, id, flags, type, ret);
}

static HRESULT WINAPI logon_CompareEntryIDs(IABLogon *iface, ULONG size1, LPENTRYID id1,
                                            ULONG size2, LPENTRYID id2, ULONG flags, ULONG *result)
{
    const struct ab_entryid *one = ab_entryid_from(size1, id1), *two = ab_entryid_from(size2, id2);

    *result = one && two && one->type == two->type && one->number == two->number;
    return one && two ? S_OK : MAPI_E_INVALID_ENTRYID;
}

/* MAPI keeps the sinks; ab_notify tells it of changes by the same keys, which are entry IDs. */
static HRESULT WINAPI logon_Advise(IABLogon *iface, ULONG size, LPENTRYID id, ULONG mask,
                                   LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    const struct ab_entryid *entryid = ab_entryid_from(size, id);
    struct ab_logon *logon = impl_from_IABLogon(iface);
    struct {ULONG cb; struct ab_entryid id;} key;
    HRESULT hr;

    *connection = 0;
    if (!entryid || entryid->type & AB_TEMPLATE) return MAPI_E_INVALID_ENTRYID;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "Advise", logon->support))) return hr;
    key.cb = sizeof(key.id);
    ab_entryid_init(&key.id, entryid->type, entryid->number);
    return IMAPISupport_Subscribe(logon->support, (NOTIFKEY *)&key, mask, 0, sink, connection);
}

static HRESULT WINAPI logon_Unadvise(IABLogon *iface, ULONG_PTR connection)
{
    return IMAPISupport_Unsubscribe(impl_from_IABLogon(iface)->support, connection);
}

static HRESULT WINAPI logon_OpenStatusEntry(IABLogon *iface, LPCIID iid, ULONG flags, ULONG *type,
                                            LPMAPISTATUS *ret)
{
    struct ab_logon *logon = impl_from_IABLogon(iface);

    return sample_status_open(logon->provider->environment.instance, logon->support,
                              L"Sample Address Book", type, ret);
}

/* An entry that was made from a template of ours, in another address book: that keeps the data, we
 * would put our code before it. All we have to do is to fill it in, so the data as it is goes
 * back. */
static HRESULT WINAPI logon_OpenTemplateID(IABLogon *iface, ULONG size, LPENTRYID id, ULONG flags,
                                           LPMAPIPROP data, LPCIID iid, LPMAPIPROP *ret,
                                           LPMAPIPROP sibling)
{
    const struct ab_entryid *template = ab_entryid_from(size, id);
    struct ab_logon *logon = impl_from_IABLogon(iface);
    IMAPIProp *filled;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    *ret = NULL;
    if (!template || !(template->type & AB_TEMPLATE)) return MAPI_E_UNKNOWN_ENTRYID;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "OpenTemplateID", logon->support))) return hr;
    if (flags & FILL_ENTRY)
    {
        if (FAILED(hr = ab_entry_create(logon, NULL, template, 0, &filled))) return hr;
        if (SUCCEEDED(hr = IMAPIProp_GetProps(filled, NULL, MAPI_UNICODE, &count, &props)))
        {
            IMAPIProp_SetProps(data, count, props, NULL);
            MAPIFreeBuffer(props);
        }
        IMAPIProp_Release(filled);
        if (FAILED(hr)) return hr;
    }
    return IMAPIProp_QueryInterface(data, iid ? iid : &IID_IMAPIProp, (void **)ret);
}

static HRESULT WINAPI logon_GetOneOffTable(IABLogon *iface, ULONG flags, LPMAPITABLE *ret)
{
    struct ab_logon *logon = impl_from_IABLogon(iface);
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "GetOneOffTable", logon->support))) return hr;
    if (ab_wrong_width(flags)) return MAPI_E_BAD_CHARWIDTH;
    return anr_table_of_rows(logon->book->templates, flags, ret);
}

static HRESULT WINAPI logon_PrepareRecips(IABLogon *iface, ULONG flags, LPSPropTagArray tags,
                                          LPADRLIST list)
{
    struct ab_logon *logon = impl_from_IABLogon(iface);
    HRESULT hr;

    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "PrepareRecips", logon->support))) return hr;
    return book_prepare_recips(logon->book, tags, list);
}

static const IABLogonVtbl logon_vtbl =
{
    logon_QueryInterface,
    logon_AddRef,
    logon_Release,
    logon_GetLastError,
    logon_Logoff,
    logon_OpenEntry,
    logon_CompareEntryIDs,
    logon_Advise,
    logon_Unadvise,
    logon_OpenStatusEntry,
    logon_OpenTemplateID,
    logon_GetOneOffTable,
    logon_PrepareRecips
};

static HRESULT WINAPI provider_QueryInterface(IABProvider *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IABProvider))
        return shutdown_query_interface(&impl_from_IABProvider(iface)->shutdown, iid, ret);
    *ret = iface;
    IABProvider_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI provider_AddRef(IABProvider *iface)
{
    return InterlockedIncrement(&impl_from_IABProvider(iface)->ref);
}

static ULONG WINAPI provider_Release(IABProvider *iface)
{
    struct ab_provider *provider = impl_from_IABProvider(iface);
    LONG ref = InterlockedDecrement(&provider->ref);

    if (!ref)
    {
        sample_log(KIND_ADDRESS_BOOK, "Release");
        shutdown_destroy(&provider->shutdown);
        free(provider);
    }
    return ref;
}

static HRESULT WINAPI provider_Shutdown(IABProvider *iface, ULONG *flags)
{
    return behave(KIND_ADDRESS_BOOK, "Shutdown", NULL);
}

static HRESULT WINAPI provider_Logon(IABProvider *iface, LPMAPISUP support, ULONG_PTR ui,
                                     LPTSTR profile, ULONG flags, ULONG *security_size,
                                     LPBYTE *security, LPMAPIERROR *error, LPABLOGON *ret)
{
    struct ab_provider *provider = impl_from_IABProvider(iface);
    struct ab_logon *logon;
    HRESULT hr;

    *ret = NULL;
    *error = NULL;
    *security_size = 0;
    *security = NULL;
    behavior_from_section(KIND_ADDRESS_BOOK, support);
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "Logon", support))) return hr;
    if (!(logon = calloc(1, sizeof(*logon)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    logon->IABLogon_iface.lpVtbl = (IABLogonVtbl *)&logon_vtbl;
    logon->ref = 1;
    logon->provider = provider;
    IABProvider_AddRef(iface);
    logon->support = support;
    IMAPISupport_AddRef(support);
    shutdown_set_support(&provider->shutdown, support);
    if (FAILED(hr = book_create(&logon->book))
        || FAILED(hr = IMAPISupport_SetProviderUID(support, (MAPIUID *)&ab_uid, 0)))
    {
        IABLogon_Release(&logon->IABLogon_iface);
        return hr;
    }
    sample_status_row(support, L"Sample Address Book", STATUS_AVAILABLE, STATUS_SETTINGS_DIALOG);
    *ret = &logon->IABLogon_iface;
    return S_OK;
}

static const IABProviderVtbl provider_vtbl =
{
    provider_QueryInterface,
    provider_AddRef,
    provider_Release,
    provider_Shutdown,
    provider_Logon
};

HRESULT STDMAPIINITCALLTYPE ABProviderInit(HINSTANCE instance, LPMALLOC malloc,
                                           LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                           LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version,
                                           LPABPROVIDER *ret)
{
    struct ab_provider *provider;
    HRESULT hr;

    *ret = NULL;
    *provider_version = CURRENT_SPI_VERSION;
    if (mapi_version < CURRENT_SPI_VERSION) return MAPI_E_VERSION;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "Init", NULL))) return hr;
    if (!(provider = calloc(1, sizeof(*provider)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->IABProvider_iface.lpVtbl = (IABProviderVtbl *)&provider_vtbl;
    provider->ref = 1;
    provider->environment.instance = instance;
    provider->environment.allocate = allocate;
    provider->environment.more = more;
    provider->environment.free = free_buffer;
    shutdown_init(&provider->shutdown, KIND_ADDRESS_BOOK, (IUnknown *)&provider->IABProvider_iface);
    *ret = &provider->IABProvider_iface;
    return S_OK;
}
