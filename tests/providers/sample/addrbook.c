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
 * A directory of three people: a root container (opened with an entry ID of no length, as MAPI merges
 * the roots of all address books), one container below it, and read-only mail users in that. The
 * support object is the logon's until Logoff; containers hold the logon.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

static const MAPIUID ab_uid = {{0x6b, 0x1f, 0x50, 0x0e, 0x8d, 0x21, 0x4a, 0x33,
                                0x9e, 0x52, 0x2c, 0xa7, 0x10, 0x44, 0xd3, 0x01}};

static const struct
{
    const WCHAR *name;
    const WCHAR *address;
} people[] =
{
    {L"Ada Lovelace", L"ada@sample.example"},
    {L"Alan Turing", L"alan@sample.example"},
    {L"Grace Hopper", L"grace@sample.example"}
};

struct ab_entryid
{
    BYTE flags[4];
    MAPIUID uid;
    ULONG type;                         /* MAPI_ABCONT or MAPI_MAILUSER */
    ULONG number;
};

struct ab_provider
{
    IABProvider IABProvider_iface;
    struct shutdown shutdown;
    LONG ref;
    struct environment environment;
};

struct ab_logon
{
    IABLogon IABLogon_iface;
    LONG ref;
    struct ab_provider *provider;
    IMAPISupport *support;
};

struct container
{
    struct prop_object object;          /* IABContainer */
    struct ab_logon *logon;             /* counted */
    BOOL root;
};

static struct ab_provider *impl_from_IABProvider(IABProvider *iface)
{
    return CONTAINING_RECORD(iface, struct ab_provider, IABProvider_iface);
}

static struct ab_logon *impl_from_IABLogon(IABLogon *iface)
{
    return CONTAINING_RECORD(iface, struct ab_logon, IABLogon_iface);
}

static void entryid_init(struct ab_entryid *id, ULONG type, ULONG number)
{
    memset(id, 0, sizeof(*id));
    id->uid = ab_uid;
    id->type = type;
    id->number = number;
}

static const struct ab_entryid *entryid_from(ULONG size, const ENTRYID *entryid)
{
    const struct ab_entryid *id = (const struct ab_entryid *)entryid;

    if (size != sizeof(*id) || memcmp(&id->uid, &ab_uid, sizeof(ab_uid))) return NULL;
    if (id->type == MAPI_ABCONT) return id->number == 0 ? id : NULL;
    return id->type == MAPI_MAILUSER && id->number < ARRAYSIZE(people) ? id : NULL;
}

/* The properties of one person, as columns of the contents table and as properties of the object. */
static ULONG user_props(ULONG number, struct ab_entryid *id, SPropValue props[7])
{
    entryid_init(id, MAPI_MAILUSER, number);
    memset(props, 0, 7 * sizeof(*props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)people[number].name;
    props[1].ulPropTag = PR_EMAIL_ADDRESS_W;
    props[1].Value.lpszW = (WCHAR *)people[number].address;
    props[2].ulPropTag = PR_ADDRTYPE_W;
    props[2].Value.lpszW = (WCHAR *)L"SAMPLE";
    props[3].ulPropTag = PR_ENTRYID;
    props[3].Value.bin.cb = sizeof(*id);
    props[3].Value.bin.lpb = (BYTE *)id;
    props[4].ulPropTag = PR_OBJECT_TYPE;
    props[4].Value.l = MAPI_MAILUSER;
    props[5].ulPropTag = PR_DISPLAY_TYPE;
    props[5].Value.l = DT_MAILUSER;
    props[6].ulPropTag = PR_INSTANCE_KEY;
    props[6].Value.bin = props[3].Value.bin;
    return 7;
}

static ULONG container_props(BOOL root, struct ab_entryid *id, SPropValue props[7])
{
    entryid_init(id, MAPI_ABCONT, 0);
    memset(props, 0, 7 * sizeof(*props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)(root ? L"Sample Address Book" : L"Sample Directory");
    props[1].ulPropTag = PR_ENTRYID;
    props[1].Value.bin.cb = sizeof(*id);
    props[1].Value.bin.lpb = (BYTE *)id;
    props[2].ulPropTag = PR_OBJECT_TYPE;
    props[2].Value.l = MAPI_ABCONT;
    props[3].ulPropTag = PR_DISPLAY_TYPE;
    props[3].Value.l = DT_LOCAL;
    props[4].ulPropTag = PR_CONTAINER_FLAGS;
    props[4].Value.l = root ? AB_SUBCONTAINERS | AB_UNMODIFIABLE : AB_RECIPIENTS | AB_UNMODIFIABLE;
    props[5].ulPropTag = PR_INSTANCE_KEY;
    props[5].Value.bin = props[1].Value.bin;
    props[6].ulPropTag = PR_DEPTH;
    return 7;
}

/* A table of what is in a container: one container, or everybody. */
static HRESULT children_table(BOOL root, IMAPITable **ret)
{
    static const SizedSPropTagArray(7, user_columns) =
    {
        7, {PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_ENTRYID, PR_OBJECT_TYPE,
            PR_DISPLAY_TYPE, PR_INSTANCE_KEY}
    };
    static const SizedSPropTagArray(7, container_columns) =
    {
        7, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS,
            PR_INSTANCE_KEY, PR_DEPTH}
    };
    ULONG i, count = root ? 1 : ARRAYSIZE(people);
    struct ab_entryid id;
    SPropValue props[7];
    ITableData *data;
    HRESULT hr;
    SRow row;

    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     TBLTYPE_DYNAMIC, PR_INSTANCE_KEY,
                     root ? (SPropTagArray *)&container_columns : (SPropTagArray *)&user_columns, &data);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        row.ulAdrEntryPad = 0;
        row.cValues = root ? container_props(FALSE, &id, props) : user_props(i, &id, props);
        row.lpProps = props;
        hr = ITableData_HrModifyRow(data, &row);
    }
    if (SUCCEEDED(hr)) hr = ITableData_HrGetView(data, NULL, NULL, 0, ret);
    ITableData_Release(data);           /* the view holds it */
    return hr;
}

static HRESULT open_entry(struct ab_logon *logon, ULONG size, const ENTRYID *entryid, ULONG *type,
                          IUnknown **ret);

static HRESULT WINAPI container_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp) &&
        !IsEqualGUID(iid, &IID_IMAPIContainer) && !IsEqualGUID(iid, &IID_IABContainer))
        return E_NOINTERFACE;
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI container_Release(IMAPIProp *iface)
{
    struct container *container = (struct container *)iface;
    LONG ref = InterlockedDecrement(&container->object.ref);

    if (!ref)
    {
        IPropData_Release(container->object.props);
        IABLogon_Release(&container->logon->IABLogon_iface);
        free(container);
    }
    return ref;
}

static HRESULT WINAPI container_GetContentsTable(IABContainer *iface, ULONG flags, IMAPITable **ret)
{
    *ret = NULL;
    if (((struct container *)iface)->root) return MAPI_E_NO_SUPPORT;
    return children_table(FALSE, ret);
}

static HRESULT WINAPI container_GetHierarchyTable(IABContainer *iface, ULONG flags, IMAPITable **ret)
{
    *ret = NULL;
    if (!((struct container *)iface)->root) return MAPI_E_NO_SUPPORT;
    return children_table(TRUE, ret);
}

static HRESULT WINAPI container_OpenEntry(IABContainer *iface, ULONG size, LPENTRYID id, LPCIID iid, ULONG flags,
                                          ULONG *type, LPUNKNOWN *ret)
{
    return open_entry(((struct container *)iface)->logon, size, id, type, ret);
}

static HRESULT WINAPI container_SetSearchCriteria(IABContainer *iface, LPSRestriction restriction,
                                                  LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI container_GetSearchCriteria(IABContainer *iface, ULONG flags,
                                                  LPSRestriction *restriction, LPENTRYLIST *list, ULONG *state)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI container_CreateEntry(IABContainer *iface, ULONG size, LPENTRYID id, ULONG flags,
                                            LPMAPIPROP *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI container_CopyEntries(IABContainer *iface, LPENTRYLIST list, ULONG_PTR ui,
                                            LPMAPIPROGRESS progress, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI container_DeleteEntries(IABContainer *iface, LPENTRYLIST list, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

/* MAPI searches the contents table itself when a container does not resolve. */
static HRESULT WINAPI container_ResolveNames(IABContainer *iface, LPSPropTagArray tags, ULONG flags,
                                             LPADRLIST list, LPFlagList marks)
{
    return MAPI_E_NO_SUPPORT;
}

static const IABContainerVtbl container_vtbl =
{
    (void *)container_QueryInterface,
    (void *)object_AddRef,
    (void *)container_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)object_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    container_GetContentsTable,
    container_GetHierarchyTable,
    container_OpenEntry,
    container_SetSearchCriteria,
    container_GetSearchCriteria,
    container_CreateEntry,
    container_CopyEntries,
    container_DeleteEntries,
    container_ResolveNames
};

static HRESULT open_container(struct ab_logon *logon, BOOL root, IUnknown **ret)
{
    struct container *container;
    struct ab_entryid id;
    SPropValue props[7];
    ULONG count;
    HRESULT hr;

    if (!(container = calloc(1, sizeof(*container)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    count = container_props(root, &id, props);
    if (FAILED(hr = prop_object_init(&container->object, &container_vtbl, count, props)))
    {
        free(container);
        return hr;
    }
    IPropData_HrSetObjAccess(container->object.props, IPROP_READONLY);
    container->root = root;
    container->logon = logon;
    IABLogon_AddRef(&logon->IABLogon_iface);
    *ret = (IUnknown *)container;
    return S_OK;
}

static HRESULT WINAPI user_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp) &&
        !IsEqualGUID(iid, &IID_IMailUser))
        return E_NOINTERFACE;
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI user_Release(IMAPIProp *iface)
{
    struct prop_object *object = (struct prop_object *)iface;
    LONG ref = InterlockedDecrement(&object->ref);

    if (!ref)
    {
        IPropData_Release(object->props);
        free(object);
    }
    return ref;
}

static const IMailUserVtbl user_vtbl =
{
    (void *)user_QueryInterface,
    (void *)object_AddRef,
    (void *)user_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)object_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames
};

/* IMailUser has no methods beyond IMAPIProp's. */
static HRESULT open_user(ULONG number, IUnknown **ret)
{
    struct prop_object *user;
    struct ab_entryid id;
    SPropValue props[7];
    ULONG count;
    HRESULT hr;

    if (!(user = calloc(1, sizeof(*user)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    count = user_props(number, &id, props);
    if (FAILED(hr = prop_object_init(user, &user_vtbl, count, props)))
    {
        free(user);
        return hr;
    }
    IPropData_HrSetObjAccess(user->props, IPROP_READONLY);
    *ret = (IUnknown *)user;
    return S_OK;
}

static HRESULT open_entry(struct ab_logon *logon, ULONG size, const ENTRYID *entryid, ULONG *type,
                          IUnknown **ret)
{
    const struct ab_entryid *id;

    *type = 0;
    *ret = NULL;
    if (size && !(id = entryid_from(size, entryid))) return MAPI_E_NOT_FOUND;
    *type = size ? id->type : MAPI_ABCONT;
    if (*type == MAPI_MAILUSER) return open_user(id->number, ret);
    return open_container(logon, !size, ret);
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

static HRESULT WINAPI logon_OpenEntry(IABLogon *iface, ULONG size, LPENTRYID id, LPCIID iid, ULONG flags,
                                      ULONG *type, LPUNKNOWN *ret)
{
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    if (FAILED(hr = behave(KIND_ADDRESS_BOOK, "OpenEntry", impl_from_IABLogon(iface)->support))) return hr;
    return open_entry(impl_from_IABLogon(iface), size, id, type, ret);
}

static HRESULT WINAPI logon_CompareEntryIDs(IABLogon *iface, ULONG size1, LPENTRYID id1, ULONG size2,
                                            LPENTRYID id2, ULONG flags, ULONG *result)
{
    *result = size1 == size2 && !memcmp(id1, id2, size1);
    return S_OK;
}

static HRESULT WINAPI logon_Advise(IABLogon *iface, ULONG size, LPENTRYID id, ULONG mask,
                                   LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    *connection = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI logon_Unadvise(IABLogon *iface, ULONG_PTR connection)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI logon_OpenStatusEntry(IABLogon *iface, LPCIID iid, ULONG flags, ULONG *type,
                                            LPMAPISTATUS *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI logon_OpenTemplateID(IABLogon *iface, ULONG size, LPENTRYID id, ULONG flags,
                                           LPMAPIPROP data, LPCIID iid, LPMAPIPROP *ret, LPMAPIPROP sibling)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI logon_GetOneOffTable(IABLogon *iface, ULONG flags, LPMAPITABLE *ret)
{
    *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI logon_PrepareRecips(IABLogon *iface, ULONG flags, LPSPropTagArray tags, LPADRLIST list)
{
    return S_OK;                        /* our entry IDs are long-term already */
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

static HRESULT WINAPI provider_Logon(IABProvider *iface, LPMAPISUP support, ULONG_PTR ui, LPTSTR profile,
                                     ULONG flags, ULONG *security_size, LPBYTE *security, LPMAPIERROR *error,
                                     LPABLOGON *ret)
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
    if (FAILED(hr = IMAPISupport_SetProviderUID(support, (MAPIUID *)&ab_uid, 0)))
    {
        IABLogon_Release(&logon->IABLogon_iface);
        return hr;
    }
    sample_status_row(support, L"Sample Address Book", STATUS_AVAILABLE, 0);
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

HRESULT STDMAPIINITCALLTYPE ABProviderInit(HINSTANCE instance, LPMALLOC malloc, LPALLOCATEBUFFER allocate,
                                           LPALLOCATEMORE more, LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version, LPABPROVIDER *ret)
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
