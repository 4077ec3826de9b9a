/*
 * The spooler of a session: its thread
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
 * One thread a session with mail. It does what was asked for, sends what waits in the outgoing
 * queues, receives, lets transports idle, and sleeps until one of its claims falls to it, somebody
 * wakes it, a queue changes, or something is due. Its message queue is emptied on the way, for
 * providers that make windows.
 *
 * A provider that hangs holds up the thread. A logoff waits for it as long as LogoffMs says, asks
 * the transport to give the message up, and then goes on without: the thread keeps references to
 * all it uses and ends when the provider returns.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <winuser.h>
#include <objbase.h>

#include "session/spooler.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define CLAIMS_MAX   32         /* that are waited for at a time */
#define GIVE_UP_MS   3000       /* for a transport that was told to give its message up */
#define HELD_MS      500        /* between looks whether fast shutdown was called off */
#define MAX_SLEEP_MS (10 * 60 * 1000)

BOOL same_section(const MAPIUID *a, const MAPIUID *b)
{
    return !memcmp(a, b, sizeof(*a));
}

ULONG spooler_setting(const WCHAR *name, ULONG normal)
{
    DWORD type, value, size = sizeof(value);
    LSTATUS status;
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, L"Software\\wine-mapi\\Spooler", 0, KEY_QUERY_VALUE, &key))
        return normal;
    status = RegQueryValueExW(key, name, NULL, &type, (BYTE *)&value, &size);
    RegCloseKey(key);
    if (status || type != REG_DWORD || size != sizeof(value)) return normal;
    return min(max(value, 1), 24 * 60 * 60 * 1000);
}

/* ---- claims ---- */

HANDLE claim_open(const MAPIUID *section)
{
    char hex[2 * sizeof(*section) + 1];
    WCHAR name[64];

    hex_encode((const BYTE *)section, sizeof(*section), hex);
    wsprintfW(name, L"Local\\wine-mapi spooler %hs", hex);
    return CreateMutexW(NULL, FALSE, name);
}

HANDLE claim_news(const MAPIUID *section)
{
    char hex[2 * sizeof(*section) + 1];
    WCHAR name[64];

    hex_encode((const BYTE *)section, sizeof(*section), hex);
    wsprintfW(name, L"Local\\wine-mapi queue %hs", hex);
    return CreateEventW(NULL, FALSE, FALSE, name);
}

BOOL claim_try(HANDLE claim)
{
    DWORD waited;

    /* Without a mutex nobody can be told apart; better two than none. */
    if (!claim) return TRUE;
    waited = WaitForSingleObject(claim, 0);
    return waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED;
}

/* ---- units of work ---- */

BOOL spooler_begin(struct spooler *spooler)
{
    BOOL ret = FALSE;

    EnterCriticalSection(&spooler->cs);
    if (!spooler->held && !shutdown_notified() && !shutdown_done()
        && !(spooler->stopping && GetTickCount64() >= spooler->deadline))
    {
        spooler->busy++;
        ret = TRUE;
    }
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

void spooler_end(struct spooler *spooler)
{
    EnterCriticalSection(&spooler->cs);
    if (!--spooler->busy)
    {
        spooler->cancel = FALSE;
        wake_waiters(spooler->waiters);
    }
    LeaveCriticalSection(&spooler->cs);
}

void spooler_wake(struct spooler *spooler)
{
    SetEvent(spooler->wake);
}

BOOL spooler_cancelled(struct spooler *spooler)
{
    BOOL ret;

    EnterCriticalSection(&spooler->cs);
    ret = spooler->cancel;
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

void spooler_doing(struct spooler *spooler, ULONG doing, const MAPIUID *store)
{
    BOOL changed;

    EnterCriticalSection(&spooler->cs);
    changed = spooler->doing != doing;
    spooler->doing = doing;
    if (store) spooler->doing_store = *store;
    else memset(&spooler->doing_store, 0, sizeof(spooler->doing_store));
    LeaveCriticalSection(&spooler->cs);
    if (changed) status_update_spooler(spooler->session);
}

void spooler_doing_message(struct spooler *spooler, struct logon *transport, ULONG_PTR reference)
{
    struct logon *old;

    if (transport) logon_addref(transport);
    EnterCriticalSection(&spooler->cs);
    old = spooler->doing_transport;
    spooler->doing_transport = transport;
    spooler->doing_message = reference;
    LeaveCriticalSection(&spooler->cs);
    logon_release(old);
}

ULONG spooler_status(struct session *session)
{
    struct spooler *spooler = session->spooler;
    ULONG ret = STATUS_AVAILABLE | STATUS_INBOUND_ENABLED | STATUS_OUTBOUND_ENABLED;

    if (!spooler) return STATUS_AVAILABLE;
    EnterCriticalSection(&spooler->cs);
    if (spooler->doing & DOING_INBOUND) ret |= STATUS_INBOUND_ACTIVE;
    if (spooler->doing & DOING_OUTBOUND) ret |= STATUS_OUTBOUND_ACTIVE;
    if (spooler->flushing & FLUSH_DOWNLOAD) ret |= STATUS_INBOUND_FLUSH;
    if (spooler->flushing & FLUSH_UPLOAD) ret |= STATUS_OUTBOUND_FLUSH;
    if (spooler->stopping) ret &= ~STATUS_INBOUND_ENABLED;
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

/* ---- requests ---- */

static BOOL take_request(struct spooler *spooler, struct request **ret)
{
    EnterCriticalSection(&spooler->cs);
    if ((*ret = spooler->requests)) spooler->requests = (*ret)->next;
    LeaveCriticalSection(&spooler->cs);
    return *ret != NULL;
}

struct carrier *spooler_carrier(struct spooler *spooler, const MAPIUID *section)
{
    struct carrier *carrier;

    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
        if (same_section(&carrier->logon->section, section)) break;
    return carrier;
}

static void set_flushed(struct spooler *spooler, struct logon *transport)
{
    EnterCriticalSection(&spooler->cs);
    spooler->flushed = transport;
    LeaveCriticalSection(&spooler->cs);
}

static void set_flushing(struct spooler *spooler, ULONG flags)
{
    EnterCriticalSection(&spooler->cs);
    spooler->flushing = flags & (FLUSH_UPLOAD | FLUSH_DOWNLOAD);
    LeaveCriticalSection(&spooler->cs);
    status_update_spooler(spooler->session);
}

static void tell_transport(struct carrier *carrier, ULONG flags)
{
    struct provider *provider;
    void *data = NULL;
    IUnknown *object;

    if (FAILED(logon_enter(carrier->logon, &provider, &object))) return;
    transport_TransportNotify(provider, (IXPLogon *)object, &flags, &data);
    logon_leave(carrier->logon, provider);
}

/* One transport after the other (section zero), or the one: announced, sent through, received from,
 * and told that it is over. */
static HRESULT flush_run(struct spooler *spooler, const MAPIUID *section, ULONG flags)
{
    static const MAPIUID any;
    struct provider *provider;
    struct carrier *carrier;
    HRESULT hr, ret = S_OK;
    IUnknown *object;

    set_flushing(spooler, flags);
    /* Between two transports that of the first stays set: it may be late to clear its bits. */
    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
    {
        if (!same_section(section, &any) && !same_section(section, &carrier->logon->section))
            continue;
        if (carrier->dead || carrier->gone) continue;
        if (FAILED(logon_enter(carrier->logon, &provider, &object))) continue;
        set_flushed(spooler, carrier->logon);
        hr = transport_FlushQueues(provider, (IXPLogon *)object, 0, 0, NULL,
                                   flags & ~FLUSH_ASYNC_OK);
        logon_leave(carrier->logon, provider);
        if (FAILED(hr) && hr != MAPI_E_NO_SUPPORT)
        {
            ret = hr;
            continue;
        }
        waiting_expire(spooler, &carrier->logon->section);
        if (flags & FLUSH_UPLOAD)
        {
            outboxes_send(spooler);
            tell_transport(carrier, NOTIFY_END_OUTBOUND_FLUSH);
        }
        if (flags & FLUSH_DOWNLOAD)
        {
            if (carrier->claimed || (carrier->claimed = claim_try(carrier->claim)))
                while (carrier_receive(spooler, carrier))
                    ;
            tell_transport(carrier, NOTIFY_END_INBOUND_FLUSH);
        }
    }
    if (flags & FLUSH_UPLOAD && same_section(section, &any))
    {
        /* what no transport takes */
        waiting_expire(spooler, NULL);
        outboxes_send(spooler);
    }
    set_flushed(spooler, NULL);
    set_flushing(spooler, 0);
    return ret;
}

static HRESULT message_request(struct spooler *spooler, const struct request *request)
{
    struct outbox *outbox = outbox_find(spooler, &request->section);
    struct provider *provider;
    IMessage *message;
    IMsgStore *store;
    HRESULT hr;

    if (!outbox) return MAPI_E_NOT_FOUND;
    if (FAILED(hr = outbox_enter(outbox, &provider, &store))) return hr;
    if (request->kind == REQUEST_ARRIVED)
        message_arrived(spooler, provider, store, request->size, request->id, TRUE);
    else if (SUCCEEDED(hr = store_OpenMessage(provider, store, request->size, request->id,
                                              MAPI_MODIFY, &message)))
    {
        store_SetLockState(provider, store, message, MSG_LOCKED);
        hr = message_finish(spooler, provider, store, message, request->size, request->id);
    }
    logon_leave(outbox->logon, provider);
    return hr;
}

/* IMAPISupport::StoreLogoffTransports; request->flags becomes the answer. A store with messages in
 * its queue is let go of when those that can be sent now have been, unless the client wants none
 * sent. */
static HRESULT logoff_run(struct spooler *spooler, struct request *request)
{
    static const MAPIUID any_transport;
    ULONG asked = request->flags, queued;
    struct outbox *outbox;

    request->flags = LOGOFF_COMPLETE;
    outboxes_update(spooler);
    if (asked == LOGOFF_PURGE) flush_run(spooler, &any_transport, FLUSH_UPLOAD);
    if (!(outbox = outbox_find(spooler, &request->section))) return S_OK;
    queued = outbox_count(spooler, outbox);
    if (queued) request->flags |= LOGOFF_OUTBOUND_QUEUE;
    if (queued && asked == LOGOFF_QUIET)
    {
        request->flags = LOGOFF_OUTBOUND_QUEUE;
        return S_OK;
    }
    if (queued && (asked == LOGOFF_NO_WAIT || asked == LOGOFF_ABORT))
    {
        outbox->draining = TRUE;
        InterlockedExchange(&outbox->changed, TRUE);
        return S_OK;
    }
    outbox_close(spooler, outbox);
    return S_OK;
}

static void requests_run(struct spooler *spooler)
{
    struct request *request;
    HRESULT hr;

    while (take_request(spooler, &request))
    {
        if (!spooler_begin(spooler)) hr = MAPI_E_BUSY;
        else
        {
            if (request->kind == REQUEST_FLUSH)
                hr = flush_run(spooler, &request->section, request->flags);
            else if (request->kind == REQUEST_LOGOFF) hr = logoff_run(spooler, request);
            else if (request->kind == REQUEST_REPORT)
                hr = report_recipients(spooler, request->party, request->message,
                                       (ADRLIST *)request->recipients);
            else hr = message_request(spooler, request);
            spooler_end(spooler);
        }
        request->result = hr;
        SetEvent(request->done);
        request_release(request);
    }
}

/* ---- transports ---- */

static void carriers_update(struct spooler *spooler)
{
    struct carrier *carrier, **link;
    struct logon **logons;
    ULONG i, count;

    if (FAILED(logons_snapshot(spooler->session, PROVIDER_TRANSPORT, &count, &logons))) return;
    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
        if (carrier->logon->ended) carrier->gone = TRUE;
    for (i = 0; i < count; i++)
    {
        for (link = &spooler->carriers; *link && (*link)->logon != logons[i]; link = &(*link)->next)
            ;
        if (!*link && !logons[i]->ended && logons[i]->object
            && (carrier = platform_alloc_zero(sizeof(*carrier))))
        {
            carrier->logon = logon_addref(logons[i]);
            carrier->claim = claim_open(&logons[i]->section);
            EnterCriticalSection(&spooler->cs);
            *link = carrier;            /* the snapshot is in order, and so is the list */
            LeaveCriticalSection(&spooler->cs);
        }
        logon_release(logons[i]);
    }
    platform_free(logons);
}

/* A transport that met a critical error is only released from then on. */
static void carriers_end_dead(struct spooler *spooler)
{
    struct carrier *carrier;

    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
    {
        if (!carrier->dead || carrier->gone) continue;
        carrier->gone = TRUE;
        logon_end(carrier->logon);
        logon_set_failure(carrier->logon, MAPI_E_CALL_FAILED,
                          words_failure(carrier->logon, MAPI_E_CALL_FAILED,
                                        L"It met a critical error and is not used any more."));
    }
}

static void carriers_release(struct spooler *spooler)
{
    struct carrier *carrier;

    for (;;)
    {
        EnterCriticalSection(&spooler->cs);
        if ((carrier = spooler->carriers)) spooler->carriers = carrier->next;
        LeaveCriticalSection(&spooler->cs);
        if (!carrier) return;
        if (carrier->claimed) ReleaseMutex(carrier->claim);
        if (carrier->claim) CloseHandle(carrier->claim);
        logon_release(carrier->logon);
        platform_free(carrier);
    }
}

ULONG carrier_hold(struct spooler *spooler, struct carrier *carrier, ULONG ms)
{
    ULONG retry = RETRY_MS, retry_max = RETRY_MAX_MS;

    EnterCriticalSection(&spooler->cs);
    carrier->pause = carrier->pause ? min((ULONGLONG)carrier->pause * 2, retry_max) : retry;
    if (!ms) ms = carrier->pause;
    carrier->hold = GetTickCount64() + ms;
    LeaveCriticalSection(&spooler->cs);
    return ms;
}

/* Idle, for those that asked for it, while nothing else is to be done. */
static void carriers_idle(struct spooler *spooler)
{
    ULONGLONG now = GetTickCount64();
    struct provider *provider;
    struct carrier *carrier;
    IUnknown *object;

    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
    {
        if (!(carrier->logon->logon_flags & LOGON_SP_IDLE) || carrier->gone || carrier->critical)
            continue;
        if (!carrier->idle) carrier->idle = now + IDLE_MS;
        if (now < carrier->idle) continue;
        carrier->idle = now + IDLE_MS;
        if (!spooler_begin(spooler)) return;
        if (SUCCEEDED(logon_enter(carrier->logon, &provider, &object)))
        {
            transport_Idle(provider, (IXPLogon *)object, 0);
            logon_leave(carrier->logon, provider);
        }
        spooler_end(spooler);
    }
}

void spooler_enable(struct logon *transport, BOOL enable)
{
    struct spooler *spooler = transport->session->spooler;
    ULONG flags = enable ? NOTIFY_BEGIN_INBOUND | NOTIFY_BEGIN_OUTBOUND
                         : NOTIFY_END_INBOUND | NOTIFY_END_OUTBOUND;
    struct provider *provider;
    BOOL hangs = FALSE;
    void *data = NULL;
    IUnknown *object;

    if (transport->enabled == enable) return;
    if (spooler)
    {
        EnterCriticalSection(&spooler->cs);
        hangs = spooler->doing_transport == transport;
        LeaveCriticalSection(&spooler->cs);
    }
    if (hangs || FAILED(logon_enter(transport, &provider, &object))) return;
    transport->enabled = enable;
    transport_TransportNotify(provider, (IXPLogon *)object, &flags, &data);
    logon_leave(transport, provider);
}

/* ---- the thread ---- */

/* When the next thing is due, besides what wakes the thread. */
static DWORD sleep_time(struct spooler *spooler)
{
    ULONGLONG now = GetTickCount64(), next = waiting_next(spooler);
    struct carrier *carrier;
    struct outbox *outbox;

    if (spooler->held || shutdown_notified()) return HELD_MS;

    for (outbox = spooler->outboxes; outbox; outbox = outbox->next)
    {
        if (outbox->no_queue) continue;
        if (outbox_changed(outbox) || outbox->stale) return 0;
        if (outbox->claimed) next = min(next, outbox->look);
    }
    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
    {
        if (carrier->gone) continue;
        if (carrier->logon->logon_flags & LOGON_SP_POLL && carrier->claimed)
            next = min(next, carrier->poll);
        if (carrier->idle) next = min(next, carrier->idle);
    }
    if (next <= now) return 0;
    return (DWORD)min(next - now, MAX_SLEEP_MS);
}

static void sleep_until_needed(struct spooler *spooler)
{
    HANDLE handles[CLAIMS_MAX + 1];
    BOOL *claimed[CLAIMS_MAX + 1];
    struct carrier *carrier;
    struct outbox *outbox;
    DWORD waited, count = 1;
    MSG msg;

    handles[0] = spooler->wake;
    for (outbox = spooler->outboxes; outbox && count <= CLAIMS_MAX; outbox = outbox->next)
    {
        if (!outbox->claim || !outbox->news || outbox->no_queue) continue;
        /* Who has the claim hears of messages that the others submit. */
        claimed[count] = outbox->claimed ? &outbox->stale : &outbox->claimed;
        handles[count++] = outbox->claimed ? outbox->news : outbox->claim;
    }
    for (carrier = spooler->carriers; carrier && count <= CLAIMS_MAX; carrier = carrier->next)
    {
        if (carrier->claimed || !carrier->claim || carrier->gone) continue;
        claimed[count] = &carrier->claimed;
        handles[count++] = carrier->claim;
    }
    waited = MsgWaitForMultipleObjects(count, handles, FALSE, sleep_time(spooler), QS_ALLINPUT);
    if (waited > WAIT_OBJECT_0 && waited < WAIT_OBJECT_0 + count)
        *claimed[waited - WAIT_OBJECT_0] = TRUE;
    else if (waited > WAIT_ABANDONED_0 && waited < WAIT_ABANDONED_0 + count)
        *claimed[waited - WAIT_ABANDONED_0] = TRUE;
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
    {
        TranslateMessage(&msg);
        DispatchMessageW(&msg);
    }
}

static BOOL is_stopping(struct spooler *spooler)
{
    BOOL ret;

    EnterCriticalSection(&spooler->cs);
    ret = spooler->stopping;
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

/* Nobody is served any more: who still waits hears it. */
static void requests_refuse(struct spooler *spooler)
{
    struct request *request;

    EnterCriticalSection(&spooler->cs);
    spooler->finished = TRUE;
    LeaveCriticalSection(&spooler->cs);
    while (take_request(spooler, &request))
    {
        request->result = MAPI_E_INVALID_OBJECT;
        SetEvent(request->done);
        request_release(request);
    }
}

/* All that was held is let go of, unless fast shutdown has ended the process's MAPI. */
static void spooler_finish(struct spooler *spooler)
{
    struct outbox *outbox;
    IMsgStore *store;

    requests_refuse(spooler);
    if (shutdown_done()) return;
    waiting_abort(spooler, NULL);
    hooks_release(spooler);
    preprocessors_release(spooler);
    while ((outbox = spooler->outboxes)) outbox_close(spooler, outbox);
    if ((store = spooler->delivery_store)) IMsgStore_Release(store);
    spooler->delivery_store = NULL;
    carriers_release(spooler);
    if (spooler->client)
    {
        spooler->client->logged_off = TRUE;
        client_session_release(spooler->client);
        spooler->client = NULL;
    }
}

static DWORD WINAPI spooler_proc(void *context)
{
    struct spooler *spooler = context;
    struct session *session = spooler->session;
    HRESULT com = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    HMODULE self;
    BOOL stopping;

    TRACE("spooler of session %p\n", session);
    for (;;)
    {
        stopping = is_stopping(spooler);
        if (shutdown_done()) break;
        carriers_update(spooler);
        carriers_end_dead(spooler);
        outboxes_update(spooler);
        requests_run(spooler);
        outboxes_send(spooler);
        if (!stopping)
        {
            carriers_receive(spooler);
            carriers_idle(spooler);
        }
        if (stopping) break;
        sleep_until_needed(spooler);
    }
    spooler_finish(spooler);
    TRACE("spooler of session %p ends\n", session);
    spooler_release(spooler);
    session_release(session);
    if (SUCCEEDED(com)) CoUninitialize();
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                           | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (WCHAR *)spooler_proc, &self);
    FreeLibraryAndExitThread(self, 0);
    return 0;
}

void spooler_release(struct spooler *spooler)
{
    struct request *request;

    if (!spooler || InterlockedDecrement(&spooler->ref)) return;
    while ((request = spooler->requests))
    {
        spooler->requests = request->next;
        request_release(request);
    }
    if (spooler->thread) CloseHandle(spooler->thread);
    if (spooler->wake) CloseHandle(spooler->wake);
    logon_release(spooler->doing_transport);
    DeleteCriticalSection(&spooler->cs);
    platform_free(spooler);
}

void spooler_start(struct session *session)
{
    struct spooler *spooler;
    HMODULE self;
    BOOL mine;

    if (session->spooler) return;
    if (!(spooler = platform_alloc_zero(sizeof(*spooler)))) return;
    spooler->ref = 2;                   /* the session's and the thread's */
    spooler->session = session;
    InitializeCriticalSection(&spooler->cs);
    spooler->wake = CreateEventW(NULL, FALSE, FALSE, NULL);

    EnterCriticalSection(&session->cs);
    if ((mine = spooler->wake && !session->spooler && session->state <= SESSION_LIVE))
        session->spooler = spooler;
    LeaveCriticalSection(&session->cs);
    if (mine)
    {
        session_addref(session);
        if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (WCHAR *)spooler_proc, &self)
            && (spooler->thread = CreateThread(NULL, 0, spooler_proc, spooler, CREATE_SUSPENDED,
                                               &spooler->thread_id)))
        {
            ResumeThread(spooler->thread);
            status_update_spooler(session);
            return;
        }
        ERR("no thread for the spooler: mail stays where it is\n");
        spooler->finished = TRUE;
        session_release(session);
        spooler_release(spooler);
        return;
    }
    spooler->ref = 1;
    spooler_release(spooler);
}

/* The transport that has a message is told to give it up. */
static void cancel_message(struct spooler *spooler)
{
    struct logon *transport;
    struct provider *provider;
    ULONG flags = NOTIFY_CANCEL_MESSAGE;
    ULONG_PTR reference;
    IUnknown *object;
    void *data;

    EnterCriticalSection(&spooler->cs);
    spooler->cancel = TRUE;
    if ((transport = spooler->doing_transport)) logon_addref(transport);
    reference = spooler->doing_message;
    LeaveCriticalSection(&spooler->cs);
    if (!transport) return;
    WARN("%s has not finished with a message: it is told to give it up\n",
         debugstr_w(transport->dll_name));
    if (reference && SUCCEEDED(logon_enter(transport, &provider, &object)))
    {
        data = (void *)reference;
        transport_TransportNotify(provider, (IXPLogon *)object, &flags, &data);
        logon_leave(transport, provider);
    }
    logon_release(transport);
}

void spooler_stop(struct session *session)
{
    struct spooler *spooler = session->spooler;
    DWORD limit = LOGOFF_MS;

    if (!spooler || !spooler->thread) return;
    EnterCriticalSection(&spooler->cs);
    if (!spooler->stopping)
    {
        spooler->stopping = TRUE;
        spooler->deadline = GetTickCount64() + limit;
    }
    LeaveCriticalSection(&spooler->cs);
    spooler_wake(spooler);
    if (GetCurrentThreadId() == spooler->thread_id) return;
    if (wait_quietly(spooler->thread, limit)) return;
    cancel_message(spooler);
    if (!wait_quietly(spooler->thread, GIVE_UP_MS))
        ERR("a provider keeps the spooler of session %p: the session ends without it\n", session);
}

void spooler_look(struct session *session)
{
    if (session->spooler) spooler_wake(session->spooler);
}

/* ---- fast shutdown ---- */

void spoolers_hold(DWORD timeout)
{
    ULONGLONG end = GetTickCount64() + timeout, now;
    struct session **sessions;
    struct spooler *spooler;
    ULONG i, count;

    if (FAILED(sessions_snapshot(&count, &sessions))) return;
    for (i = 0; i < count; i++)
    {
        if (!(spooler = sessions[i]->spooler)) continue;
        EnterCriticalSection(&spooler->cs);
        spooler->held = TRUE;
        LeaveCriticalSection(&spooler->cs);
    }
    for (i = 0; i < count; i++)
    {
        if ((spooler = sessions[i]->spooler) && spooler->thread_id != GetCurrentThreadId())
        {
            EnterCriticalSection(&spooler->cs);
            while (spooler->busy && (now = GetTickCount64()) < end)
                wait_for_change(&spooler->waiters, &spooler->cs, (DWORD)(end - now));
            if (spooler->busy) WARN("a message of session %p is still under way\n", sessions[i]);
            LeaveCriticalSection(&spooler->cs);
        }
        session_release(sessions[i]);
    }
    platform_free(sessions);
}

void spoolers_resume(void)
{
    struct session **sessions;
    struct spooler *spooler;
    ULONG i, count;

    if (FAILED(sessions_snapshot(&count, &sessions))) return;
    for (i = 0; i < count; i++)
    {
        if ((spooler = sessions[i]->spooler))
        {
            EnterCriticalSection(&spooler->cs);
            spooler->held = FALSE;
            LeaveCriticalSection(&spooler->cs);
            spooler_wake(spooler);
        }
        session_release(sessions[i]);
    }
    platform_free(sessions);
}
