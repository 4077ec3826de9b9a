/*
 * The address book provider: initialisation, logon, fast shutdown
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
 * A logon opens the file that the profile section names and makes it when there is none. What
 * SaveChanges promised is on the disk already, so fast shutdown only moves the log into the file,
 * which spares the next who opens it the work.
 */

#include <initguid.h>
#include "ab.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct ab_provider
{
    IABProvider IABProvider_iface;
    IMAPIProviderShutdown IMAPIProviderShutdown_iface;
    LONG ref;
    HINSTANCE instance;
    CRITICAL_SECTION cs;
    struct db *db;                      /* cs; of the logon there is, to be flushed */
};

static struct ab_provider *impl_from_IABProvider(IABProvider *iface)
{
    return CONTAINING_RECORD(iface, struct ab_provider, IABProvider_iface);
}

static struct ab_provider *impl_from_IMAPIProviderShutdown(IMAPIProviderShutdown *iface)
{
    return CONTAINING_RECORD(iface, struct ab_provider, IMAPIProviderShutdown_iface);
}

static struct book *impl_from_IABLogon(IABLogon *iface)
{
    return CONTAINING_RECORD(iface, struct book, IABLogon_iface);
}

static void set_file(struct ab_provider *provider, struct db *db)
{
    struct db *old;

    EnterCriticalSection(&provider->cs);
    old = provider->db;
    provider->db = db ? db_addref(db) : NULL;
    LeaveCriticalSection(&provider->cs);
    db_release(old);
}

/* ---- IABLogon ---- */

static HRESULT WINAPI logon_QueryInterface(IABLogon *iface, REFIID iid, void **ret)
{
    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IABLogon))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
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
    struct book *book = impl_from_IABLogon(iface);
    ULONG ref = book->ref - 1;

    store_release(&book->store);
    return ref;
}

static HRESULT WINAPI logon_GetLastError(IABLogon *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    return flags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

static HRESULT WINAPI logon_Logoff(IABLogon *iface, ULONG flags)
{
    struct book *book = impl_from_IABLogon(iface);

    TRACE("%p\n", iface);

    book_silence(book);
    set_file(impl_from_IABProvider(book->provider), NULL);
    return S_OK;
}

static HRESULT WINAPI logon_OpenEntry(IABLogon *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                      ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return book_open_entry(impl_from_IABLogon(iface), size, id, iid, flags, type, ret);
}

static HRESULT WINAPI logon_CompareEntryIDs(IABLogon *iface, ULONG size1, LPENTRYID id1,
                                            ULONG size2, LPENTRYID id2, ULONG flags, ULONG *result)
{
    struct book *book = impl_from_IABLogon(iface);
    struct ab_entryid first, second;
    LONGLONG number;

    if (!result) return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (!ab_entryid_parse(book, size1, id1, &first, &number)
        || !ab_entryid_parse(book, size2, id2, &second, &number))
        return MAPI_E_UNKNOWN_ENTRYID;
    *result = !memcmp(&first, &second, sizeof(first));
    return S_OK;
}

static HRESULT WINAPI logon_Advise(IABLogon *iface, ULONG size, LPENTRYID id, ULONG mask,
                                   LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    struct book *book = impl_from_IABLogon(iface);
    struct ab_entryid entryid;
    LONGLONG number;

    if (!sink || !connection) return MAPI_E_INVALID_PARAMETER;
    *connection = 0;
    if (!ab_entryid_parse(book, size, id, &entryid, &number) || entryid.is_template)
        return MAPI_E_INVALID_ENTRYID;
    return book_subscribe(book, &entryid, mask, sink, connection);
}

static HRESULT WINAPI logon_Unadvise(IABLogon *iface, ULONG_PTR connection)
{
    IMAPISupport *support = store_support(&impl_from_IABLogon(iface)->store);
    HRESULT hr;

    if (!support) return S_OK;
    hr = IMAPISupport_Unsubscribe(support, connection);
    IMAPISupport_Release(support);
    return hr;
}

/* There is nothing to be set or asked that the status row does not say. */
static HRESULT WINAPI logon_OpenStatusEntry(IABLogon *iface, LPCIID iid, ULONG flags, ULONG *type,
                                            LPMAPISTATUS *ret)
{
    if (type) *type = 0;
    if (ret) *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

/* An entry of another address book that was made from a template of ours: that keeps the data, we
 * need no code of ours before it, and only fill it in. */
static HRESULT WINAPI logon_OpenTemplateID(IABLogon *iface, ULONG size, LPENTRYID id, ULONG flags,
                                           LPMAPIPROP data, LPCIID iid, LPMAPIPROP *ret,
                                           LPMAPIPROP sibling)
{
    struct book *book = impl_from_IABLogon(iface);
    struct ab_entryid entryid;
    IMAPIProp *filled;
    SPropValue *props;
    LONGLONG number;
    ULONG count;
    HRESULT hr;

    if (!ret || !data) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~FILL_ENTRY) return MAPI_E_UNKNOWN_FLAGS;
    if (!ab_entryid_parse(book, size, id, &entryid, &number) || !entryid.is_template)
        return MAPI_E_UNKNOWN_ENTRYID;
    if (flags & FILL_ENTRY)
    {
        if (FAILED(hr = entry_create(book, 0, &entryid, 0, &filled))) return hr;
        if (SUCCEEDED(hr = IMAPIProp_GetProps(filled, NULL, MAPI_UNICODE, &count, &props)))
        {
            hr = IMAPIProp_SetProps(data, count, props, NULL);
            MAPIFreeBuffer(props);
        }
        IMAPIProp_Release(filled);
        if (FAILED(hr)) return hr;
    }
    return IMAPIProp_QueryInterface(data, iid ? iid : &IID_IMAPIProp, (void **)ret);
}

static HRESULT WINAPI logon_GetOneOffTable(IABLogon *iface, ULONG flags, LPMAPITABLE *ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return anr_table_of_rows(impl_from_IABLogon(iface)->templates, flags, ret);
}

static HRESULT WINAPI logon_PrepareRecips(IABLogon *iface, ULONG flags, LPSPropTagArray tags,
                                          LPADRLIST list)
{
    if (!list) return MAPI_E_INVALID_PARAMETER;
    return book_prepare_recips(impl_from_IABLogon(iface), tags, list);
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

/* ---- IABProvider ---- */

static HRESULT WINAPI provider_QueryInterface(IABProvider *iface, REFIID iid, void **ret)
{
    struct ab_provider *provider = impl_from_IABProvider(iface);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IABProvider)) *ret = iface;
    else if (IsEqualGUID(iid, &IID_IMAPIProviderShutdown))
        *ret = &provider->IMAPIProviderShutdown_iface;
    else return MAPI_E_INTERFACE_NOT_SUPPORTED;
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

    if (ref) return ref;
    db_release(provider->db);
    DeleteCriticalSection(&provider->cs);
    platform_free(provider);
    return 0;
}

static HRESULT WINAPI provider_Shutdown(IABProvider *iface, ULONG *flags)
{
    TRACE("%p\n", iface);
    return S_OK;
}

static HRESULT set_status_row(IMAPISupport *support)
{
    SPropValue props[4];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_PROVIDER_DISPLAY_W;
    props[0].Value.lpszW = (WCHAR *)L"Personal Address Book";
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = (WCHAR *)L"Contacts";
    props[2].ulPropTag = PR_STATUS_CODE;
    props[2].Value.l = STATUS_AVAILABLE;
    props[3].ulPropTag = PR_RESOURCE_METHODS;
    return IMAPISupport_ModifyStatusRow(support, ARRAY_SIZE(props), props, 0);
}

/* From then on its folder is expected to be there. */
static HRESULT set_section_uid(IProfSect *section, const MAPIUID *uid)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_RECORD_KEY;
    prop.Value.bin.cb = sizeof(*uid);
    prop.Value.bin.lpb = (BYTE *)uid->ab;
    return IProfSect_SetProps(section, 1, &prop, NULL);
}

/* One that is gone is made anew. Its folder is made for a new section only: where it is missing
 * later, a disk or a share may be away. */
static HRESULT open_file(IMAPISupport *support, ULONG flags, struct db **ret, MAPIERROR **error)
{
    IProfSect *section;
    WCHAR *path;
    MAPIUID uid;
    BOOL known;
    HRESULT hr;

    hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section);
    if (FAILED(hr)) return hr;
    known = section_uid(section, &uid);
    if (!(path = section_text(section, PR_MAPIAB_PATH_W))) hr = MAPI_E_UNCONFIGURED;
    else if (known || SUCCEEDED(hr = make_folder_of(path))) hr = book_open_file(path, TRUE, ret);
    if (SUCCEEDED(hr) && (!known || memcmp(&uid, db_uid(*ret), sizeof(uid))))
    {
        if (known) WARN("%s is another file than last time, or was made anew\n", debugstr_w(path));
        if (FAILED(hr = set_section_uid(section, db_uid(*ret))))
        {
            db_release(*ret);
            *ret = NULL;
        }
    }
    if (FAILED(hr)) file_error(flags, hr, path, error);
    platform_free(path);
    IProfSect_Release(section);
    return hr;
}

static HRESULT WINAPI provider_Logon(IABProvider *iface, LPMAPISUP support, ULONG_PTR ui,
                                     LPTSTR profile, ULONG flags, ULONG *security_size,
                                     LPBYTE *security, LPMAPIERROR *error, LPABLOGON *ret)
{
    struct ab_provider *provider = impl_from_IABProvider(iface);
    struct book *book;
    struct db *db;
    HRESULT hr;

    TRACE("%p, %p, %#lx\n", iface, support, flags);

    if (!support || !ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (error) *error = NULL;
    if (security_size) *security_size = 0;
    if (security) *security = NULL;
    if (FAILED(hr = open_file(support, flags, &db, error)))
    {
        WARN("no logon: %#lx\n", hr);
        return hr == MAPI_E_UNCONFIGURED || hr == MAPI_E_NOT_ENOUGH_MEMORY
                   ? hr : MAPI_E_FAILONEPROVIDER;
    }
    hr = book_create(iface, provider->instance, support, db, &book);
    db_release(db);
    if (FAILED(hr)) return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : MAPI_E_FAILONEPROVIDER;
    book->IABLogon_iface.lpVtbl = (IABLogonVtbl *)&logon_vtbl;
    hr = IMAPISupport_SetProviderUID(support, &book->store.uid, 0);
    if (SUCCEEDED(hr)) hr = set_status_row(support);
    if (FAILED(hr))
    {
        store_release(&book->store);
        return hr;
    }
    set_file(provider, book->store.db);
    *ret = &book->IABLogon_iface;
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

/* ---- IMAPIProviderShutdown ---- */

static HRESULT WINAPI shutdown_QueryInterface(IMAPIProviderShutdown *iface, REFIID iid, void **ret)
{
    return IABProvider_QueryInterface(&impl_from_IMAPIProviderShutdown(iface)->IABProvider_iface,
                                      iid, ret);
}

static ULONG WINAPI shutdown_AddRef(IMAPIProviderShutdown *iface)
{
    return IABProvider_AddRef(&impl_from_IMAPIProviderShutdown(iface)->IABProvider_iface);
}

static ULONG WINAPI shutdown_Release(IMAPIProviderShutdown *iface)
{
    return IABProvider_Release(&impl_from_IMAPIProviderShutdown(iface)->IABProvider_iface);
}

/* It needs no logoff. */
static HRESULT WINAPI shutdown_QueryFastShutdown(IMAPIProviderShutdown *iface)
{
    TRACE("%p\n", iface);
    return S_OK;
}

static HRESULT flush(IMAPIProviderShutdown *iface)
{
    struct ab_provider *provider = impl_from_IMAPIProviderShutdown(iface);
    struct db *db;

    EnterCriticalSection(&provider->cs);
    db = provider->db ? db_addref(provider->db) : NULL;
    LeaveCriticalSection(&provider->cs);
    if (db) db_flush(db);
    db_release(db);
    return S_OK;
}

static HRESULT WINAPI shutdown_NotifyProcessShutdown(IMAPIProviderShutdown *iface)
{
    TRACE("%p\n", iface);
    return flush(iface);
}

static HRESULT WINAPI shutdown_DoFastShutdown(IMAPIProviderShutdown *iface)
{
    TRACE("%p\n", iface);
    return flush(iface);
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

/***********************************************************************
 *      ABProviderInit
 *
 * MAPI_E_VERSION: the subsystem is older than this provider interface.
 */
HRESULT STDMAPIINITCALLTYPE ABProviderInit(HINSTANCE instance, LPMALLOC malloc,
                                           LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                           LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version,
                                           LPABPROVIDER *ret)
{
    struct ab_provider *provider;

    TRACE("%p, %#lx, %#lx\n", instance, flags, mapi_version);

    if (!provider_version || !ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    *provider_version = CURRENT_SPI_VERSION;
    if (mapi_version < CURRENT_SPI_VERSION) return MAPI_E_VERSION;
    if (!(provider = platform_alloc_zero(sizeof(*provider)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->IABProvider_iface.lpVtbl = (IABProviderVtbl *)&provider_vtbl;
    provider->IMAPIProviderShutdown_iface.lpVtbl = (IMAPIProviderShutdownVtbl *)&shutdown_vtbl;
    provider->ref = 1;
    provider->instance = instance;
    InitializeCriticalSection(&provider->cs);
    *ret = &provider->IABProvider_iface;
    return S_OK;
}
