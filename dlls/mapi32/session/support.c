/*
 * Support objects: what the subsystem does for a provider
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
 * One support object belongs to one logon of a provider and is of the logon's kind; what a method
 * is not meant for returns MAPI_E_NO_SUPPORT. The object counts its logon, and through it the
 * memory of the session, so that a straggler may use it when the session has ended or the process
 * went through fast shutdown: what only needs the profile or memory goes on working, the rest
 * fails cleanly.
 *
 * Its last Release is part of a provider's way out: the subscriptions made through it end, and the
 * logon ends with them. After fast shutdown that is left undone.
 *
 * The methods that are about messages are in supportspool.c, those that copy in copy.c, windows in
 * supportdialog.c and property sheets in supportsheet.c.
 */

#define COBJMACROS

#include "session/oneoff.h"
#include "session/supportobject.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static inline struct support *impl_from_IMAPISupport(IMAPISupport *iface)
{
    return CONTAINING_RECORD(iface, struct support, IMAPISupport_iface);
}

HRESULT support_check(IMAPISupport *iface, ULONG kinds, struct support **ret)
{
    *ret = impl_from_IMAPISupport(iface);
    return kinds & (1u << (*ret)->logon->kind) ? S_OK : MAPI_E_NO_SUPPORT;
}

/* ---- IUnknown ---- */

static HRESULT WINAPI support_QueryInterface(IMAPISupport *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret)
        return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid)
        return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPISup))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *ret = iface;
    IMAPISupport_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI support_AddRef(IMAPISupport *iface)
{
    return InterlockedIncrement(&impl_from_IMAPISupport(iface)->ref);
}

static void end_subscriptions(struct support *support)
{
    ULONG i;

    for (i = 0; i < support->connection_count; i++)
        notify_unsubscribe(support->connections[i]);
    platform_free(support->connections);
}

static ULONG WINAPI support_Release(IMAPISupport *iface)
{
    struct support *support = impl_from_IMAPISupport(iface);
    LONG ref = InterlockedDecrement(&support->ref);

    TRACE("(%p): %ld\n", iface, ref);
    if (!ref)
    {
        end_subscriptions(support);
        if (!host_frozen())
            logon_end(support->logon);
        logon_release(support->logon);
        last_error_destroy(&support->error);
        DeleteCriticalSection(&support->cs);
        platform_free(support);
    }
    return ref;
}

static HRESULT WINAPI support_GetLastError(IMAPISupport *iface, HRESULT hr, ULONG flags,
                                           MAPIERROR **ret)
{
    TRACE("(%p, %#lx, %#lx, %p)\n", iface, hr, flags, ret);

    if (!ret)
        return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    return last_error_get(&impl_from_IMAPISupport(iface)->error, hr, flags, ret);
}

static HRESULT WINAPI support_GetMemAllocRoutines(IMAPISupport *iface, LPALLOCATEBUFFER *allocate,
                                                  LPALLOCATEMORE *more, LPFREEBUFFER *free)
{
    TRACE("(%p, %p, %p, %p)\n", iface, allocate, more, free);

    if (!allocate || !more || !free)
        return MAPI_E_INVALID_PARAMETER;
    *allocate = memory_allocators.allocate;
    *more = memory_allocators.more;
    *free = memory_allocators.free;
    return S_OK;
}

/* ---- notifications ---- */

static HRESULT remember_connection(struct support *support, ULONG_PTR connection)
{
    ULONG_PTR *grown;
    HRESULT hr = S_OK;
    ULONG size;

    EnterCriticalSection(&support->cs);
    if (support->connection_count == support->connection_size)
    {
        size = support->connection_size ? support->connection_size * 2 : 8;
        grown = platform_realloc(support->connections, size * sizeof(*grown));
        if (grown)
        {
            support->connections = grown;
            support->connection_size = size;
        }
        else
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
        support->connections[support->connection_count++] = connection;
    LeaveCriticalSection(&support->cs);
    return hr;
}

static BOOL forget_connection(struct support *support, ULONG_PTR connection)
{
    BOOL found;
    ULONG i;

    EnterCriticalSection(&support->cs);
    for (i = 0; i < support->connection_count; i++)
    {
        if (support->connections[i] == connection)
            break;
    }
    if ((found = i < support->connection_count))
        support->connections[i] = support->connections[--support->connection_count];
    LeaveCriticalSection(&support->cs);
    return found;
}

static HRESULT WINAPI support_Subscribe(IMAPISupport *iface, NOTIFKEY *key, ULONG mask, ULONG flags,
                                        IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    struct support *support = impl_from_IMAPISupport(iface);
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %#lx, %p, %p)\n", iface, key, mask, flags, sink, connection);

    if (!connection)
        return MAPI_E_INVALID_PARAMETER;
    *connection = 0;
    if (!key || !sink)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~NOTIFY_SYNC)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = notify_subscribe(key, mask, flags, sink, connection)))
        return hr;
    if (FAILED(hr = remember_connection(support, *connection)))
    {
        notify_unsubscribe(*connection);
        *connection = 0;
    }
    return hr;
}

/* One provider cannot end what another one began. */
static HRESULT WINAPI support_Unsubscribe(IMAPISupport *iface, ULONG_PTR connection)
{
    TRACE("(%p, %Iu)\n", iface, connection);

    if (!forget_connection(impl_from_IMAPISupport(iface), connection))
        return MAPI_E_NOT_FOUND;
    return notify_unsubscribe(connection);
}

static HRESULT WINAPI support_Notify(IMAPISupport *iface, NOTIFKEY *key, ULONG count,
                                     NOTIFICATION *notifications, ULONG *flags)
{
    TRACE("(%p, %p, %lu, %p, %p)\n", iface, key, count, notifications, flags);

    if (!key || (count && !notifications) || !flags)
        return MAPI_E_INVALID_PARAMETER;
    return notify_notify(key, count, notifications, flags);
}

/* ---- the provider in its session and profile ---- */

static HRESULT WINAPI support_ModifyStatusRow(IMAPISupport *iface, ULONG count, SPropValue *props,
                                              ULONG flags)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("(%p, %lu, %p, %#lx)\n", iface, count, props, flags);

    if (count && !props)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~STATUSROW_UPDATE)
        return MAPI_E_UNKNOWN_FLAGS;
    return status_set_row(support->logon->session, support->logon, count, props, flags);
}

static HRESULT WINAPI support_OpenProfileSection(IMAPISupport *iface, MAPIUID *uid, ULONG flags,
                                                 IProfSect **ret)
{
    struct logon *logon = impl_from_IMAPISupport(iface)->logon;

    TRACE("(%p, %s, %#lx, %p)\n", iface, debugstr_guid((GUID *)uid), flags, ret);

    if (!ret)
        return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_MODIFY | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    return profsect_open(logon->session->profile, uid ? uid : &logon->section, NULL, flags,
                         SECTION_PROVIDER, ret);
}

static HRESULT WINAPI support_NewUID(IMAPISupport *iface, MAPIUID *uid)
{
    TRACE("(%p, %p)\n", iface, uid);

    if (!uid)
        return MAPI_E_INVALID_PARAMETER;
    memset(uid, 0, sizeof(*uid));
    return platform_new_uid(uid) ? S_OK : MAPI_E_CALL_FAILED;
}

static HRESULT WINAPI support_MakeInvalid(IMAPISupport *iface, ULONG flags, void *object, ULONG ref,
                                          ULONG methods)
{
    TRACE("(%p, %#lx, %p, %lu, %lu)\n", iface, flags, object, ref, methods);

    if (!object)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    return object_make_invalid(object, ref, methods);
}

static HRESULT WINAPI support_IStorageFromStream(IMAPISupport *iface, IUnknown *stream,
                                                 const IID *iid, ULONG flags, IStorage **ret)
{
    TRACE("(%p)\n", iface);
    return HrIStorageFromStream(stream, iid, flags, ret);
}

static HRESULT WINAPI support_SetProviderUID(IMAPISupport *iface, MAPIUID *uid, ULONG flags)
{
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %s, %#lx)\n", iface, debugstr_guid((GUID *)uid), flags);

    if (FAILED(hr = support_check(iface, FOR_ADDRESS_BOOKS | FOR_STORES, &support)))
        return hr;
    if (!uid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    return logon_add_uid(support->logon, uid);
}

/* A store that was opened for the moment becomes one of the profile's: its section is no longer
 * marked as temporary, is listed, and has a row in the message store table. */
static HRESULT make_permanent(struct logon *logon)
{
    static const SizedSPropTagArray(1, wanted) = { 1, { PR_RESOURCE_FLAGS } };
    struct profile *profile = logon->session->profile;
    const SPropValue *found;
    SPropValue *props, flags;
    ULONG count;
    HRESULT hr;

    hr = section_read(profile, &logon->section, (const SPropTagArray *)&wanted, 0, &count, &props);
    if (FAILED(hr))
        return hr;
    flags.ulPropTag = PR_RESOURCE_FLAGS;
    flags.dwAlignPad = 0;
    found = props_find(props, count, PR_RESOURCE_FLAGS);
    flags.Value.l = found ? found->Value.l : 0;
    memory_free_buffer(props);
    if (flags.Value.l & STATUS_TEMP_SECTION)
    {
        flags.Value.l &= ~STATUS_TEMP_SECTION;
        if (FAILED(hr = section_write(profile, &logon->section, 1, &flags)))
            return hr;
    }
    if (FAILED(hr = profile_list_provider(profile, PROVIDER_STORE, &logon->section)))
        return hr;
    return store_table_update(logon->session, &logon->section);
}

static HRESULT WINAPI support_ModifyProfile(IMAPISupport *iface, ULONG flags)
{
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %#lx)\n", iface, flags);

    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (flags & ~MDB_TEMPORARY)
        return MAPI_E_UNKNOWN_FLAGS;
    return flags & MDB_TEMPORARY ? S_OK : make_permanent(support->logon);
}

static HRESULT WINAPI support_GetSvcConfigSupportObj(IMAPISupport *iface, ULONG flags,
                                                     IMAPISupport **ret)
{
    static const MAPIUID none;
    struct logon *logon = impl_from_IMAPISupport(iface)->logon;

    TRACE("(%p, %#lx, %p)\n", iface, flags, ret);

    if (!ret)
        return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    /* it is made for the entry of the service, to which the provider belongs */
    return svcsupport_create(logon->session->profile,
                             IsEqualMAPIUID(&logon->service, &none) ? &logon->section
                                                                    : &logon->service, ret);
}

/* ---- entry IDs ---- */

static HRESULT WINAPI support_CreateOneOff(IMAPISupport *iface, LPTSTR name, LPTSTR type,
                                           LPTSTR address, ULONG flags, ULONG *size, ENTRYID **ret)
{
    TRACE("(%p, %p, %p, %p, %#lx, %p, %p)\n", iface, name, type, address, flags, size, ret);

    if (size)
        *size = 0;
    if (ret)
        *ret = NULL;
    return oneoff_create(name, type, address, flags, size, ret);
}

static HRESULT WINAPI support_CompareEntryIDs(IMAPISupport *iface, ULONG size1, ENTRYID *id1,
                                              ULONG size2, ENTRYID *id2, ULONG flags, ULONG *result)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("(%p, %lu, %p, %lu, %p, %#lx, %p)\n", iface, size1, id1, size2, id2, flags, result);

    if (!result)
        return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    return session_compare_entryids(support->logon->session, size1, id1, size2, id2, flags, result);
}

static HRESULT WINAPI support_OpenEntry(IMAPISupport *iface, ULONG size, ENTRYID *id,
                                        const IID *iid, ULONG flags, ULONG *type, IUnknown **ret)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("(%p, %lu, %p, %s, %#lx, %p, %p)\n", iface, size, id, debugstr_guid(iid), flags, type,
          ret);

    if (type)
        *type = 0;
    if (ret)
        *ret = NULL;
    if (!type || !ret)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    return session_open_entry(support->logon->session, &support->error, size, id, iid, flags, type,
                              ret);
}

/* The template's owner binds its code to the caller's data. */
static HRESULT WINAPI support_OpenTemplateID(IMAPISupport *iface, ULONG size, ENTRYID *id,
                                             ULONG flags, IMAPIProp *data, const IID *iid,
                                             IMAPIProp **ret, IMAPIProp *sibling)
{
    struct provider *provider;
    struct support *support;
    struct logon *owner;
    const MAPIUID *uid;
    IUnknown *object;
    HRESULT hr;

    TRACE("(%p, %lu, %p, %#lx, %p, %s, %p, %p)\n", iface, size, id, flags, data, debugstr_guid(iid),
          ret, sibling);

    if (ret)
        *ret = NULL;
    if (FAILED(hr = support_check(iface, FOR_ADDRESS_BOOKS, &support)))
        return hr;
    if (!size || !id || !data || !ret)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~FILL_ENTRY)
        return MAPI_E_UNKNOWN_FLAGS;
    if ((uid = entryid_uid(size, id)) && !memcmp(uid, &uid_template, sizeof(*uid)))
        return oneoff_template_bind(flags, data, iid, ret);
    hr = session_enter_owner(support->logon->session, size, id, &owner, &provider, &object);
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
        return hr;
    if (FAILED(hr))
        return MAPI_E_UNKNOWN_ENTRYID;
    if (owner->kind != PROVIDER_ADDRESS_BOOK)
        hr = MAPI_E_UNKNOWN_ENTRYID;
    else
        hr = addrbook_OpenTemplateID(provider, (IABLogon *)object, size, id, flags, data, iid, ret,
                                     sibling);
    logon_leave(owner, provider);
    logon_release(owner);
    return hr;
}

static HRESULT WINAPI support_WrapStoreEntryID(IMAPISupport *iface, ULONG size, ENTRYID *id,
                                               ULONG *ret_size, ENTRYID **ret)
{
    struct logon *logon = impl_from_IMAPISupport(iface)->logon;
    HRESULT hr;
    char *dll;

    TRACE("(%p, %lu, %p, %p, %p)\n", iface, size, id, ret_size, ret);

    if (ret_size)
        *ret_size = 0;
    if (ret)
        *ret = NULL;
    if (!size || !id || !ret_size || !ret)
        return MAPI_E_INVALID_PARAMETER;
    if (!logon->dll_name)
        return MAPI_E_CALL_FAILED;
    if (!(dll = text_to_ansi(logon->dll_name)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = entryid_wrap_store(&memory_allocators, dll, size, id, ret_size, ret);
    platform_free(dll);
    return hr;
}

static HRESULT WINAPI support_OpenAddressBook(IMAPISupport *iface, const IID *iid, ULONG flags,
                                              IAddrBook **ret)
{
    struct support *support = impl_from_IMAPISupport(iface);

    TRACE("(%p, %s, %#lx, %p)\n", iface, debugstr_guid(iid), flags, ret);

    if (!ret)
        return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualGUID(iid, &IID_IAddrBook))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return addrbook_open(support->logon->session, &support->error, 0, iid, AB_NO_DIALOG, ret);
}

/* ---- the object ---- */

static const IMAPISupportVtbl support_vtbl =
{
    support_QueryInterface,
    support_AddRef,
    support_Release,
    support_GetLastError,
    support_GetMemAllocRoutines,
    support_Subscribe,
    support_Unsubscribe,
    support_Notify,
    support_ModifyStatusRow,
    support_OpenProfileSection,
    support_RegisterPreprocessor,
    support_NewUID,
    support_MakeInvalid,
    support_SpoolerYield,
    support_SpoolerNotify,
    support_CreateOneOff,
    support_SetProviderUID,
    support_CompareEntryIDs,
    support_OpenTemplateID,
    support_OpenEntry,
    support_GetOneOffTable,
    support_Address,
    support_Details,
    support_NewEntry,
    support_DoConfigPropsheet,
    support_CopyMessages,
    support_CopyFolder,
    support_DoCopyTo,
    support_DoCopyProps,
    support_DoProgressDialog,
    support_ReadReceipt,
    support_PrepareSubmit,
    support_ExpandRecips,
    support_UpdatePAB,
    support_DoSentMail,
    support_OpenAddressBook,
    support_Preprocess,
    support_CompleteMsg,
    support_StoreLogoffTransports,
    support_StatusRecips,
    support_WrapStoreEntryID,
    support_ModifyProfile,
    support_IStorageFromStream,
    support_GetSvcConfigSupportObj
};

HRESULT support_create(struct logon *logon, IMAPISupport **ret)
{
    struct support *support;

    *ret = NULL;
    if (!(support = platform_alloc_zero(sizeof(*support))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    support->IMAPISupport_iface.lpVtbl = &support_vtbl;
    support->ref = 1;
    support->logon = logon_addref(logon);
    InitializeCriticalSection(&support->cs);
    last_error_init(&support->error);
    *ret = &support->IMAPISupport_iface;
    return S_OK;
}
