/*
 * Mail transport: one logon
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
 * IXPLogon: what the spooler calls. Nothing here waits for a server but SubmitMessage, for a moment
 * (outgoing.c). The threads begin when the spooler enables sending and receiving, and end at
 * TransportLogoff; one that a server holds up is left to end by itself, with the logon it works on.
 *
 * Logging on asks no server: mail that cannot go now waits, and the status row says in words why.
 */

#include "transport.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define LOGOFF_WAIT 5000                /* ms that a logoff waits for the threads */

static struct xp_logon *impl_from_IXPLogon(IXPLogon *iface)
{
    return CONTAINING_RECORD(iface, struct xp_logon, IXPLogon_iface);
}

BOOL logon_stopping(struct xp_logon *logon)
{
    return WaitForSingleObject(logon->stop, 0) == WAIT_OBJECT_0;
}

/* A new password counts at once, whoever wrote it: waiting for the next logon would leave the old
 * one to be tried again and again, until the server locks the account. */
struct settings logon_settings(struct xp_logon *logon)
{
    struct settings ret = logon->settings;
    SPropValue *prop = NULL;
    IProfSect *section;

    ret.password = NULL;
    if (SUCCEEDED(IMAPISupport_OpenProfileSection(logon->support, NULL, 0, &section)))
    {
        if (SUCCEEDED(HrGetOneProp((IMAPIProp *)section, PR_MAPIXP_PASSWORD, &prop)))
        {
            ret.password = utf8_from_wide(prop->Value.lpszW);
            SecureZeroMemory(prop->Value.lpszW, lstrlenW(prop->Value.lpszW) * sizeof(WCHAR));
            MAPIFreeBuffer(prop);
        }
        IProfSect_Release(section);
    }
    if (!ret.password && logon->settings.password) ret.password = _strdup(logon->settings.password);
    return ret;
}

void logon_settings_free(struct settings *settings)
{
    if (settings->password) SecureZeroMemory(settings->password, strlen(settings->password));
    free(settings->password);
    settings->password = NULL;
}

/* ---- the status row ---- */

static void add_words(WCHAR words[STATUS_WORDS_MAX], const WCHAR *what, const WCHAR *why)
{
    if (!*why) return;
    if (words[0]) wcscat(words, L". ");
    wcscat(words, what);
    wcscat(words, why);
}

LONG logon_status(struct xp_logon *logon, WCHAR words[STATUS_WORDS_MAX])
{
    LONG code;

    words[0] = 0;
    EnterCriticalSection(&logon->cs);
    code = STATUS_AVAILABLE | logon->enabled;
    if (logon->sending) code |= STATUS_OUTBOUND_ACTIVE;
    /* A round that is asked for counts as begun, so that who asked can wait for its end; what the
     * spooler has not taken yet is part of it. */
    if (logon->receiver && logon->enabled & STATUS_INBOUND_ENABLED && !logon->paused
        && (logon->receive_now || logon->receiving || logon->incoming || follow_is_busy(logon)))
        code |= STATUS_INBOUND_ACTIVE;
    add_words(words, L"Mail waits to be sent: ", logon->send_words);
    add_words(words, L"No mail comes in: ", logon->receive_words);
    add_words(words, L"Not all is on the server: ", logon->upload_words);
    LeaveCriticalSection(&logon->cs);
    if (words[0]) return code | STATUS_FAILURE;
    lstrcpyW(words, code & STATUS_OUTBOUND_ACTIVE ? L"Sending" : L"Ready");
    return code;
}

/* Until the row says what is so by then: two threads may show theirs in the wrong order. */
void logon_show_status(struct xp_logon *logon)
{
    WCHAR words[STATUS_WORDS_MAX], shown[STATUS_WORDS_MAX];
    LONG code = logon_status(logon, words);
    SPropValue props[2];

    do
    {
        if (logon_stopping(logon)) return;
        memset(props, 0, sizeof(props));
        props[0].ulPropTag = PR_STATUS_CODE;
        props[0].Value.l = code;
        props[1].ulPropTag = PR_STATUS_STRING_W;
        props[1].Value.lpszW = lstrcpyW(shown, words);
        IMAPISupport_ModifyStatusRow(logon->support, 2, props, STATUSROW_UPDATE);
        code = logon_status(logon, words);
    }
    while (code != props[0].Value.l || lstrcmpW(words, shown));
}

void logon_say(struct xp_logon *logon, BOOL sending, const WCHAR *words)
{
    EnterCriticalSection(&logon->cs);
    lstrcpynW(sending ? logon->send_words : logon->receive_words, words ? words : L"",
              WORDS_MAX - 64);
    LeaveCriticalSection(&logon->cs);
    if (words) WARN("%s: %s\n", sending ? "sending" : "receiving", debugstr_w(words));
    logon_show_status(logon);
}

/* ---- threads ---- */

struct start
{
    struct xp_logon *logon;             /* counted */
    void (*run)(struct xp_logon *logon);
    HMODULE module;
};

static DWORD WINAPI run_thread(void *param)
{
    struct start start = *(struct start *)param;

    free(param);
    MAPIInitialize(NULL);
    start.run(start.logon);
    MAPIUninitialize();
    IXPLogon_Release(&start.logon->IXPLogon_iface);
    FreeLibraryAndExitThread(start.module, 0);
}

HANDLE logon_thread(struct xp_logon *logon, void (*run)(struct xp_logon *logon))
{
    struct start *start = malloc(sizeof(*start));
    HANDLE thread;

    if (!start) return NULL;
    start->logon = logon;
    start->run = run;
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)run_thread,
                            &start->module))
    {
        free(start);
        return NULL;
    }
    IXPLogon_AddRef(&logon->IXPLogon_iface);
    if (!(thread = CreateThread(NULL, 0, run_thread, start, 0, NULL)))
    {
        IXPLogon_Release(&logon->IXPLogon_iface);
        FreeLibrary(start->module);
        free(start);
    }
    return thread;
}

/* Those that are needed and not there yet. */
static void begin_threads(struct xp_logon *logon)
{
    EnterCriticalSection(&logon->cs);
    if (!logon->sender && logon->settings.smtp.host && logon->enabled & STATUS_OUTBOUND_ENABLED)
        logon->sender = logon_thread(logon, outgoing_run);
    if (!logon->receiver && logon->settings.receive_kind && logon->received_open
        && logon->enabled & STATUS_INBOUND_ENABLED)
        logon->receiver = logon_thread(logon, incoming_run);
    LeaveCriticalSection(&logon->cs);
}

void logon_end_threads(struct xp_logon *logon, DWORD ms)
{
    HANDLE threads[2];
    DWORD count = 0;

    SetEvent(logon->stop);
    EnterCriticalSection(&logon->cs);
    if (logon->sender) threads[count++] = logon->sender;
    if (logon->receiver) threads[count++] = logon->receiver;
    LeaveCriticalSection(&logon->cs);
    if (count && WaitForMultipleObjects(count, threads, TRUE, ms) == WAIT_TIMEOUT)
        WARN("a server holds up the end\n");
}

void logon_receive(struct xp_logon *logon)
{
    EnterCriticalSection(&logon->cs);
    logon->receive_now = TRUE;
    LeaveCriticalSection(&logon->cs);
    SetEvent(logon->receive_wake);
}

/* The session goes on after all. */
static void resume(struct xp_logon *logon)
{
    BOOL paused;

    EnterCriticalSection(&logon->cs);
    paused = logon->paused;
    logon->paused = FALSE;
    LeaveCriticalSection(&logon->cs);
    if (!paused) return;
    SetEvent(logon->send_wake);
    SetEvent(logon->receive_wake);
}

/* ---- IXPLogon ---- */

static HRESULT WINAPI logon_QueryInterface(IXPLogon *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
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

static void logon_free(struct xp_logon *logon)
{
    outgoing_free(logon);
    incoming_free(logon);
    follow_free(logon);
    if (logon->received_open) received_close(&logon->received);
    settings_free(&logon->settings);
    free(logon->store_id.lpb);
    free(logon->store_key.lpb);
    if (logon->support) IMAPISupport_Release(logon->support);
    if (logon->sender) CloseHandle(logon->sender);
    if (logon->receiver) CloseHandle(logon->receiver);
    if (logon->stop) CloseHandle(logon->stop);
    if (logon->send_wake) CloseHandle(logon->send_wake);
    if (logon->receive_wake) CloseHandle(logon->receive_wake);
    if (logon->provider) IXPProvider_Release(&logon->provider->IXPProvider_iface);
    DeleteCriticalSection(&logon->cs);
    free(logon);
}

static ULONG WINAPI logon_Release(IXPLogon *iface)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface), **pos;
    struct xp_provider *provider = logon->provider;
    LONG ref;

    /* The provider's list counts nothing: whoever finds a logon there counts it under the lock. */
    EnterCriticalSection(&provider->cs);
    if (!(ref = InterlockedDecrement(&logon->ref)))
        for (pos = &provider->logons; *pos; pos = &(*pos)->next)
            if (*pos == logon)
            {
                *pos = logon->next;
                break;
            }
    LeaveCriticalSection(&provider->cs);
    if (!ref) logon_free(logon);
    return ref;
}

static HRESULT WINAPI logon_AddressTypes(IXPLogon *iface, ULONG *flags, ULONG *type_count,
                                         LPTSTR **types, ULONG *uid_count, LPMAPIUID **uids)
{
    static const WCHAR *const sends[] = { L"SMTP" }, *const sends_nothing[] = { L"" };
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    TRACE("(%p)\n", iface);

    if (!flags || !type_count || !types || !uid_count || !uids) return MAPI_E_INVALID_PARAMETER;
    *flags = MAPI_UNICODE;
    *type_count = 1;
    *types = (LPTSTR *)(logon->settings.smtp.host ? sends : sends_nothing);
    *uid_count = 0;
    *uids = NULL;
    return S_OK;
}

/* There are none. */
static HRESULT WINAPI logon_RegisterOptions(IXPLogon *iface, ULONG *flags, ULONG *count,
                                            LPOPTIONDATA *options)
{
    TRACE("(%p)\n", iface);

    if (!flags || !count || !options) return MAPI_E_INVALID_PARAMETER;
    *flags = *count = 0;
    *options = NULL;
    return S_OK;
}

static HRESULT WINAPI logon_TransportNotify(IXPLogon *iface, ULONG *flags, void **data)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    ULONG what;

    if (!flags) return MAPI_E_INVALID_PARAMETER;
    what = *flags;
    TRACE("(%p, %#lx, %p)\n", iface, what, data);

    resume(logon);
    if (what & NOTIFY_ABORT_DEFERRED) outgoing_abort(logon, data ? *data : NULL);
    EnterCriticalSection(&logon->cs);
    if (what & NOTIFY_BEGIN_INBOUND) logon->enabled |= STATUS_INBOUND_ENABLED;
    if (what & NOTIFY_END_INBOUND) logon->enabled &= ~STATUS_INBOUND_ENABLED;
    if (what & NOTIFY_BEGIN_OUTBOUND) logon->enabled |= STATUS_OUTBOUND_ENABLED;
    if (what & NOTIFY_END_OUTBOUND) logon->enabled &= ~STATUS_OUTBOUND_ENABLED;
    LeaveCriticalSection(&logon->cs);
    begin_threads(logon);
    if (what & (NOTIFY_BEGIN_INBOUND | NOTIFY_BEGIN_INBOUND_FLUSH)) SetEvent(logon->receive_wake);
    logon_show_status(logon);
    return S_OK;
}

static HRESULT WINAPI logon_Idle(IXPLogon *iface, ULONG flags)
{
    resume(impl_from_IXPLogon(iface));
    return S_OK;
}

static HRESULT WINAPI logon_TransportLogoff(IXPLogon *iface, ULONG flags)
{
    TRACE("(%p, %#lx)\n", iface, flags);
    logon_end_threads(impl_from_IXPLogon(iface), LOGOFF_WAIT);
    return S_OK;
}

static HRESULT WINAPI logon_SubmitMessage(IXPLogon *iface, ULONG flags, IMessage *message,
                                          ULONG_PTR *ref, ULONG_PTR *seconds)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, flags, message);

    if (!message || !ref || !seconds) return MAPI_E_INVALID_PARAMETER;
    *ref = InterlockedIncrement(&logon->reference);
    *seconds = 0;
    resume(logon);
    logon->end_flags = 0;
    if (!logon->settings.smtp.host) return MAPI_E_NOT_ME;
    if (!logon->sender || logon_stopping(logon)) return MAPI_E_BUSY;
    hr = outgoing_submit(logon, message, seconds);
    TRACE("%#lx, end flags %#lx\n", hr, (unsigned long)logon->end_flags);
    return hr;
}

static HRESULT WINAPI logon_EndMessage(IXPLogon *iface, ULONG_PTR ref, ULONG *flags)
{
    if (!flags) return MAPI_E_INVALID_PARAMETER;
    *flags = impl_from_IXPLogon(iface)->end_flags;
    return S_OK;
}

/* The spooler's thread does what needs no message of its. TRUE: there is something that does. */
static BOOL attend(struct xp_logon *logon)
{
    if (logon->received_open) folders_deliver(logon);
    if (incoming_waits(logon)) return TRUE;
    if (logon->received_open) follow_here(logon);
    return FALSE;
}

static HRESULT WINAPI logon_Poll(IXPLogon *iface, ULONG *incoming)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    if (!incoming) return MAPI_E_INVALID_PARAMETER;
    resume(logon);
    *incoming = attend(logon);
    return S_OK;
}

static HRESULT WINAPI logon_StartMessage(IXPLogon *iface, ULONG flags, IMessage *message,
                                         ULONG_PTR *ref)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    TRACE("(%p, %#lx, %p)\n", iface, flags, message);

    if (!message || !ref) return MAPI_E_INVALID_PARAMETER;
    *ref = InterlockedIncrement(&logon->reference);
    return attend(logon) ? incoming_receive(logon, message) : S_OK;
}

static HRESULT WINAPI logon_OpenStatusEntry(IXPLogon *iface, LPCIID iid, ULONG flags, ULONG *type,
                                            IMAPIStatus **ret)
{
    HRESULT hr;

    TRACE("(%p, %#lx)\n", iface, flags);

    if (type) *type = 0;
    if (ret) *ret = NULL;
    if (!type || !ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_MODIFY | MAPI_BEST_ACCESS)) return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualGUID(iid, &IID_IMAPIStatus) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (SUCCEEDED(hr = status_create(impl_from_IXPLogon(iface), ret))) *type = MAPI_STATUS;
    return hr;
}

HRESULT logon_try(const struct settings *settings, HANDLE stop, WCHAR words[WORDS_MAX])
{
    struct mailbox mailbox;
    enum net net = NET_OK;

    words[0] = 0;
    if (settings->smtp.host) net = smtp_try(settings, stop, words);
    if (!net && settings->receive_kind)
    {
        if (!(net = mailbox_open(settings, stop, &mailbox, words))) mailbox_close(&mailbox);
    }
    if (!net) return S_OK;
    return net == NET_CANCELLED ? MAPI_E_USER_CANCEL : MAPI_E_NETWORK_ERROR;
}

/* Has both threads try now. What comes of it stands in the status row. */
static HRESULT WINAPI logon_ValidateState(IXPLogon *iface, ULONG_PTR ui, ULONG flags)
{
    static const ULONG known = SUPPRESS_UI | REFRESH_XP_HEADER_CACHE | PROCESS_XP_HEADER_CACHE
                               | FORCE_XP_CONNECT | FORCE_XP_DISCONNECT | CONFIG_CHANGED
                               | ABORT_XP_HEADER_OPERATION;
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    TRACE("(%p, %#lx)\n", iface, flags);

    if (flags & ~known) return MAPI_E_UNKNOWN_FLAGS;
    /* Headers are not fetched apart. */
    if (flags & (REFRESH_XP_HEADER_CACHE | PROCESS_XP_HEADER_CACHE)) return MAPI_E_NO_SUPPORT;
    if (flags & ABORT_XP_HEADER_OPERATION) return MAPI_E_USER_CANCEL;
    if (logon_stopping(logon)) return MAPI_E_CALL_FAILED;
    resume(logon);
    logon_receive(logon);
    logon_show_status(logon);
    return IMAPISupport_SpoolerNotify(logon->support, NOTIFY_READYTOSEND, NULL);
}

static HRESULT WINAPI logon_FlushQueues(IXPLogon *iface, ULONG_PTR ui, ULONG size, LPENTRYID target,
                                        ULONG flags)
{
    struct xp_logon *logon = impl_from_IXPLogon(iface);

    TRACE("(%p, %#lx)\n", iface, flags);

    resume(logon);
    if (flags & FLUSH_DOWNLOAD)
    {
        logon_receive(logon);
        logon_show_status(logon);
    }
    if (flags & FLUSH_UPLOAD) SetEvent(logon->send_wake);
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

/* ---- logging on ---- */

static void read_binary(IProfSect *section, ULONG tag, SBinary *value)
{
    SPropValue *prop;

    if (FAILED(HrGetOneProp((IMAPIProp *)section, tag, &prop))) return;
    if (prop->Value.bin.cb && (value->lpb = malloc(prop->Value.bin.cb)))
    {
        value->cb = prop->Value.bin.cb;
        memcpy(value->lpb, prop->Value.bin.lpb, value->cb);
    }
    MAPIFreeBuffer(prop);
}

/* What the journal's folder is named by: a UID of our own, made when the section is first used. A
 * copy of a profile has the same, and the same store. */
static HRESULT section_uid(IMAPISupport *support, MAPIUID *uid, SBinary *store_id,
                           SBinary *store_key)
{
    SPropValue *prop, own;
    IProfSect *section;
    HRESULT hr;

    if (FAILED(hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section)))
        return hr;
    memset(uid, 0, sizeof(*uid));
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)section, PR_MAPIXP_JOURNAL, &prop)))
    {
        if (prop->Value.bin.cb == sizeof(*uid)) memcpy(uid, prop->Value.bin.lpb, sizeof(*uid));
        else hr = MAPI_E_CORRUPT_DATA;
        MAPIFreeBuffer(prop);
    }
    else if (SUCCEEDED(hr = IMAPISupport_NewUID(support, uid)))
    {
        own.ulPropTag = PR_MAPIXP_JOURNAL;
        own.dwAlignPad = 0;
        own.Value.bin.cb = sizeof(*uid);
        own.Value.bin.lpb = (BYTE *)uid;
        hr = IProfSect_SetProps(section, 1, &own, NULL);
    }
    read_binary(section, PR_MAPIXP_STORE, store_id);
    read_binary(section, PR_MAPIXP_STORE_KEY, store_key);
    IProfSect_Release(section);
    return hr;
}

static BOOL open_received(struct xp_logon *logon)
{
    const struct settings *settings = &logon->settings;
    const void *parts[4] = { &settings->receive_kind, settings->receive.host, settings->user,
                             settings->folder };
    size_t sizes[4];
    WCHAR path[MAX_PATH];

    if (!settings->receive_kind) return TRUE;
    sizes[0] = sizeof(settings->receive_kind);
    sizes[1] = strlen(settings->receive.host);
    sizes[2] = strlen(settings->user);
    sizes[3] = strlen(settings->folder);
    if (!hash_text(parts, sizes, 4, logon->account)
        || !journal_path(&logon->section, L"received", path)
        || !received_open(&logon->received, path, logon->account))
        return FALSE;
    return logon->received_open = TRUE;
}

static void show_row(struct xp_logon *logon)
{
    const WCHAR *name = logon->settings.address ? logon->settings.address : L"Internet Mail";
    SPropValue props[5];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_PROVIDER_DISPLAY_W;
    props[0].Value.lpszW = (WCHAR *)L"Internet Mail";
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = (WCHAR *)name;
    props[2].ulPropTag = PR_STATUS_CODE;
    props[2].Value.l = STATUS_AVAILABLE;
    props[3].ulPropTag = PR_RESOURCE_METHODS;
    props[3].Value.l = STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG | STATUS_CHANGE_PASSWORD
                       | STATUS_FLUSH_QUEUES;
    props[4].ulPropTag = PR_STATUS_STRING_W;
    props[4].Value.lpszW = (WCHAR *)L"Ready";
    IMAPISupport_ModifyStatusRow(logon->support, ARRAYSIZE(props), props, 0);
}

HRESULT logon_create(struct xp_provider *provider, IMAPISupport *support, struct xp_logon **ret,
                     WCHAR words[WORDS_MAX])
{
    struct xp_logon *logon;
    IProfSect *section;
    HRESULT hr;

    *ret = NULL;
    words[0] = 0;
    if (!(logon = calloc(1, sizeof(*logon)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    logon->IXPLogon_iface.lpVtbl = (IXPLogonVtbl *)&logon_vtbl;
    logon->ref = 1;
    logon->provider = provider;
    IXPProvider_AddRef(&provider->IXPProvider_iface);
    logon->support = support;
    IMAPISupport_AddRef(support);
    InitializeCriticalSection(&logon->cs);
    logon->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    logon->send_wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    logon->receive_wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    hr = logon->stop && logon->send_wake && logon->receive_wake ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) hr = IMAPISupport_OpenProfileSection(support, NULL, 0, &section);
    if (SUCCEEDED(hr))
    {
        hr = settings_read((IMAPIProp *)section, &logon->settings, words);
        IProfSect_Release(section);
    }
    if (SUCCEEDED(hr))
        hr = section_uid(support, &logon->section, &logon->store_id, &logon->store_key);
    if (SUCCEEDED(hr) && (!journal_path(&logon->section, L"sent", logon->sent_path)
                          || !open_received(logon)))
    {
        words_set(words, "there is no place to note down what was sent and received");
        hr = MAPI_E_FAILONEPROVIDER;
    }
    if (FAILED(hr))
    {
        logon_free(logon);
        return hr;
    }
    sent_compact(logon->sent_path);
    show_row(logon);
    *ret = logon;
    return S_OK;
}
