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
 * A transport for addresses of type SAMPLE, or of those that PR_SAMPLE_TYPES of its profile section
 * names. One xp_provider an initialisation, one xp_logon a TransportLogon. The arrays AddressTypes
 * hands out must stay valid until TransportLogoff, so they are the logon's. It holds its provider
 * object, which holds the struct environment.
 *
 * Mail goes to files and comes from files (outgoing.c, incoming.c) of the directory that
 * PR_SAMPLE_DIRECTORY of its profile section names; without one the transport takes none.
 */

#include "transport.h"

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
        DeleteCriticalSection(&logon->cs);
        free(logon->deferred.lpb);
        free(logon);
    }
    return ref;
}

static HRESULT WINAPI logon_AddressTypes(IXPLogon *iface, ULONG *flags, ULONG *type_count,
                                         LPTSTR **types, ULONG *uid_count, LPMAPIUID **uids)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    *type_count = *uid_count = 0;
    *types = NULL;
    *uids = NULL;
    if (FAILED(behave(KIND_TRANSPORT, "AddressTypes", logon->support))) return E_FAIL;
    *flags = 0;                         /* the strings are ANSI */
    *type_count = logon->type_count;
    *types = logon->types;
    return S_OK;
}

static HRESULT WINAPI logon_RegisterOptions(IXPLogon *iface, ULONG *flags, ULONG *count,
                                            LPOPTIONDATA *options)
{
    return sample_register_options(&impl_from_IXPLogon(iface)->provider->environment, flags, count,
                                   options);
}

HRESULT transport_show_status(struct xp_logon *logon, ULONG more)
{
    SPropValue prop;

    if (!logon->support) return MAPI_E_CALL_FAILED;
    prop.ulPropTag = PR_STATUS_CODE;
    prop.dwAlignPad = 0;
    prop.Value.l = STATUS_AVAILABLE | logon->enabled | more;
    return IMAPISupport_ModifyStatusRow(logon->support, 1, &prop, STATUSROW_UPDATE);
}

static void forget_deferred(struct xp_logon *logon)
{
    EnterCriticalSection(&logon->cs);
    free(logon->deferred.lpb);
    logon->deferred.lpb = NULL;
    LeaveCriticalSection(&logon->cs);
}

static HRESULT WINAPI logon_TransportNotify(IXPLogon *iface, ULONG *flags, void **data)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    if (*flags & NOTIFY_ABORT_DEFERRED)
    {
        sample_log(KIND_TRANSPORT, "Abort");
        forget_deferred(logon);
    }
    else if (*flags & NOTIFY_CANCEL_MESSAGE) sample_log(KIND_TRANSPORT, "Cancel");
    if (*flags & NOTIFY_BEGIN_INBOUND) logon->enabled |= STATUS_INBOUND_ENABLED;
    if (*flags & NOTIFY_BEGIN_OUTBOUND) logon->enabled |= STATUS_OUTBOUND_ENABLED;
    if (*flags & NOTIFY_END_INBOUND) logon->enabled &= ~STATUS_INBOUND_ENABLED;
    if (*flags & NOTIFY_END_OUTBOUND) logon->enabled &= ~STATUS_OUTBOUND_ENABLED;
    transport_show_status(logon, 0);
    return behave(KIND_TRANSPORT, "TransportNotify", logon->support);
}

void transport_resume(struct xp_logon *logon)
{
    SBinary id = {0};

    EnterCriticalSection(&logon->cs);
    if (logon->deferred.lpb && (id.lpb = malloc(logon->deferred.cb)))
    {
        id.cb = logon->deferred.cb;
        memcpy(id.lpb, logon->deferred.lpb, id.cb);
    }
    LeaveCriticalSection(&logon->cs);
    if (id.lpb && logon->support)
        IMAPISupport_SpoolerNotify(logon->support, NOTIFY_SENTDEFERRED, &id);
    free(id.lpb);
}

static HRESULT WINAPI logon_Idle(IXPLogon *iface, ULONG flags)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    transport_resume(logon);
    coupled_receive(logon);
    return behave(KIND_TRANSPORT, "Idle", logon->support);
}

static HRESULT WINAPI logon_TransportLogoff(IXPLogon *iface, ULONG flags)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    IMAPISupport *support;
    HRESULT hr;

    hr = behave(KIND_TRANSPORT, "Logoff", logon->support);
    sample_save(logon->support);
    shutdown_set_support(&logon->provider->shutdown, NULL);
    coupled_remove_transport(logon);
    if ((support = InterlockedExchangePointer((void **)&logon->support, NULL)))
        IMAPISupport_Release(support);
    return hr;
}

static BOOL is_type(const struct xp_logon *logon, const SPropValue *prop)
{
    char text[64] = "";
    ULONG i;

    if (PROP_TYPE(prop->ulPropTag) == PT_UNICODE)
        WideCharToMultiByte(CP_ACP, 0, prop->Value.lpszW, -1, text, sizeof(text), NULL, NULL);
    else if (PROP_TYPE(prop->ulPropTag) == PT_STRING8)
        lstrcpynA(text, prop->Value.lpszA, sizeof(text));
    for (i = 0; i < logon->type_count; i++)
        if (!_stricmp((char *)logon->types[i], text)) return TRUE;
    return FALSE;
}

BOOL transport_takes(const struct xp_logon *logon, const SRow *row)
{
    BOOL taken = FALSE, ours = FALSE;
    ULONG i;

    for (i = 0; i < row->cValues; i++)
    {
        if (row->lpProps[i].ulPropTag == PR_RESPONSIBILITY) taken = row->lpProps[i].Value.b != 0;
        if (PROP_ID(row->lpProps[i].ulPropTag) == PROP_ID(PR_ADDRTYPE_A))
            ours = is_type(logon, &row->lpProps[i]);
    }
    return ours && !taken;
}

/* Waits until the spooler takes the message back. */
static HRESULT wait_for_cancel(struct xp_logon *logon)
{
    ULONG i;

    for (i = 0; i < 600; i++)
    {
        if (IMAPISupport_SpoolerYield(logon->support, 0) == MAPI_W_CANCEL_MESSAGE)
        {
            sample_log(KIND_TRANSPORT, "GivenUp");
            return MAPI_E_USER_CANCEL;
        }
        Sleep(100);
    }
    return MAPI_E_CALL_FAILED;
}

/* The entry ID of a message that is to be sent later. */
static HRESULT defer(struct xp_logon *logon, IMessage *message)
{
    SPropValue *id;
    HRESULT hr;

    if (FAILED(hr = HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &id))) return hr;
    forget_deferred(logon);
    EnterCriticalSection(&logon->cs);
    if ((logon->deferred.lpb = malloc(id->Value.bin.cb)))
    {
        logon->deferred.cb = id->Value.bin.cb;
        memcpy(logon->deferred.lpb, id->Value.bin.lpb, id->Value.bin.cb);
    }
    LeaveCriticalSection(&logon->cs);
    MAPIFreeBuffer(id);
    return logon->deferred.lpb ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* What EndMessage is going to say: "now" once, "later" and "defer" instead of sending. */
static ULONG planned_end(struct xp_logon *logon, ULONG flags)
{
    char value[16];

    if (!behavior_get(KIND_TRANSPORT, "End", value, sizeof(value))) return 0;
    if (!_stricmp(value, "now") && !InterlockedExchange(&logon->restarted, 1))
        return END_RESEND_NOW;
    if (!_stricmp(value, "later")) return END_RESEND_LATER;
    if (!_stricmp(value, "defer") && !(flags & BEGIN_DEFERRED)) return END_DONT_RESEND;
    return 0;
}

static HRESULT WINAPI logon_SubmitMessage(IXPLogon *iface, ULONG flags, IMessage *message,
                                          ULONG_PTR *ref, ULONG_PTR *param)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    char value[16];
    HRESULT hr;

    *ref = InterlockedIncrement(&logon->reference);
    *param = 0;
    if (FAILED(hr = behave(KIND_TRANSPORT, "SubmitMessage", logon->support))) return hr;
    if (!logon->directory[0]) return MAPI_E_NOT_ME;
    if (behavior_get(KIND_TRANSPORT, "SubmitMessage", value, sizeof(value)))
    {
        if (!_stricmp(value, "yield")) return wait_for_cancel(logon);
        if (!_stricmp(value, "critical"))
        {
            IMAPISupport_SpoolerNotify(logon->support, NOTIFY_CRITICAL_ERROR, NULL);
            return MAPI_E_CALL_FAILED;
        }
    }
    if ((logon->end_flags = planned_end(logon, flags)))
        return logon->end_flags == END_DONT_RESEND ? defer(logon, message) : S_OK;
    if (flags & BEGIN_DEFERRED) forget_deferred(logon);
    return outgoing_send(logon, message);
}

static HRESULT WINAPI logon_EndMessage(IXPLogon *iface, ULONG_PTR ref, ULONG *flags)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    *flags = logon->end_flags;
    if (!*flags) logon->restarted = 0;
    return behave(KIND_TRANSPORT, "EndMessage", logon->support);
}

/* Not written to the log when there is nothing: it is called as often as the spooler likes. */
static HRESULT WINAPI logon_Poll(IXPLogon *iface, ULONG *incoming)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    if (!(*incoming = incoming_waits(logon))) return S_OK;
    return behave(KIND_TRANSPORT, "Poll", logon->support);
}

static HRESULT WINAPI logon_StartMessage(IXPLogon *iface, ULONG flags, IMessage *message,
                                         ULONG_PTR *ref)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    HRESULT hr;

    *ref = InterlockedIncrement(&logon->reference);
    if (FAILED(hr = behave(KIND_TRANSPORT, "StartMessage", logon->support))) return hr;
    return incoming_receive(logon, message);
}

static HRESULT WINAPI logon_OpenStatusEntry(IXPLogon *iface, LPCIID iid, ULONG flags, ULONG *type,
                                            IMAPIStatus **ret)
{
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    if (iid && !IsEqualGUID(iid, &IID_IMAPIStatus)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (SUCCEEDED(hr = transport_status_create(impl_from_IXPLogon(iface), ret)))
        *type = MAPI_STATUS;
    return hr;
}

static HRESULT WINAPI logon_ValidateState(IXPLogon *iface, ULONG_PTR ui, ULONG flags)
{
    return behave(KIND_TRANSPORT, "ValidateState", impl_from_IXPLogon(iface)->support);
}

static HRESULT WINAPI logon_FlushQueues(IXPLogon *iface, ULONG_PTR ui, ULONG size, LPENTRYID target,
                                        ULONG flags)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    ULONG status = 0;

    if (flags & FLUSH_UPLOAD)
    {
        status |= STATUS_OUTBOUND_FLUSH;
        transport_resume(logon);
    }
    if (flags & FLUSH_DOWNLOAD) status |= STATUS_INBOUND_FLUSH;
    transport_show_status(logon, status);
    return behave(KIND_TRANSPORT, "FlushQueues", logon->support);
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

/* Directory and address types as the profile section has them. */
static void configure(struct xp_logon *logon)
{
    static SizedSPropTagArray(2, tags) = {2, {PR_SAMPLE_DIRECTORY, PR_SAMPLE_TYPES}};
    SPropValue *props;
    IProfSect *section;
    char *word;
    ULONG count;

    strcpy(logon->type_text, "SAMPLE");
    if (SUCCEEDED(IMAPISupport_OpenProfileSection(logon->support, NULL, 0, &section)))
    {
        if (SUCCEEDED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &props)))
        {
            if (props[0].ulPropTag == PR_SAMPLE_DIRECTORY)
                lstrcpynA(logon->directory, props[0].Value.lpszA, sizeof(logon->directory));
            if (props[1].ulPropTag == PR_SAMPLE_TYPES)
                lstrcpynA(logon->type_text, props[1].Value.lpszA, sizeof(logon->type_text));
            MAPIFreeBuffer(props);
        }
        IProfSect_Release(section);
    }
    for (word = strtok(logon->type_text, " "); word && logon->type_count < TYPES_MAX;
         word = strtok(NULL, " "))
        logon->types[logon->type_count++] = (LPTSTR)word;
}

/* The preprocessor is in this DLL; MAPI wants the name without the "32". */
static void register_preprocessor(struct xp_logon *logon)
{
    char path[MAX_PATH], value[16], *end;
    HMODULE module;

    if (!behavior_get(KIND_TRANSPORT, "Preprocessor", value, sizeof(value))) return;
    GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                           | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (const char *)register_preprocessor, &module);
    if (!GetModuleFileNameA(module, path, sizeof(path)) || !(end = strstr(path, "32.dll"))) return;
    strcpy(end, ".dll");
    IMAPISupport_RegisterPreprocessor(logon->support, NULL, logon->types[0], (LPTSTR)path,
                                      (char *)"SamplePreprocess", (char *)"SampleRemovePreprocess",
                                      0);
}

HRESULT WINAPI SamplePreprocess(void *session, IMessage *message, IAddrBook *book,
                                IMAPIFolder *folder, LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                LPFREEBUFFER free_buffer, ULONG *count, IMessage ***messages,
                                ADRLIST **undelivered)
{
    SPropValue prop;
    HRESULT hr;

    *count = 0;
    *messages = NULL;
    *undelivered = NULL;
    if (FAILED(hr = behave(KIND_TRANSPORT, "Preprocess", NULL))) return hr;
    prop.ulPropTag = PR_SAMPLE_PREPROCESSED;
    prop.dwAlignPad = 0;
    prop.Value.l = 1;
    return IMessage_SetProps(message, 1, &prop, NULL);
}

HRESULT WINAPI SampleRemovePreprocess(IMessage *message)
{
    static SizedSPropTagArray(1, tags) = {1, {PR_SAMPLE_PREPROCESSED}};

    behave(KIND_TRANSPORT, "RemovePreprocess", NULL);
    return IMessage_DeleteProps(message, (SPropTagArray *)&tags, NULL);
}

static HRESULT WINAPI provider_TransportLogon(IXPProvider *iface, IMAPISupport *support,
                                              ULONG_PTR ui, LPTSTR profile, ULONG *flags,
                                              LPMAPIERROR *error, IXPLogon **ret)
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
    InitializeCriticalSection(&logon->cs);
    configure(logon);
    coupled_add_transport(logon);
    register_preprocessor(logon);
    shutdown_set_support(&provider->shutdown, support);
    sample_status_row(support, L"Sample Transport", STATUS_AVAILABLE,
                      STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG | STATUS_CHANGE_PASSWORD
                      | STATUS_FLUSH_QUEUES);
    *flags = LOGON_SP_IDLE | LOGON_SP_RESOLVE;
    if (logon->directory[0] && !logon->coupled) *flags |= LOGON_SP_POLL;
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

HRESULT STDMAPIINITCALLTYPE XPProviderInit(HINSTANCE instance, LPMALLOC malloc,
                                           LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                           LPFREEBUFFER free_buffer, ULONG flags,
                                           ULONG mapi_version, ULONG *provider_version,
                                           LPXPPROVIDER *ret)
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
