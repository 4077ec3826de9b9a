/*
 * The spooler of a session: what others ask of it
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
 * Requests, which the spooler's thread carries out, and what support and status objects want of it.
 * Whoever waits for a request answers the messages that other threads send to him meanwhile, and
 * waits for a limited time only, since a provider may keep the spooler's thread.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winuser.h>

#include "session/spooler.h"

void request_release(struct request *request)
{
    if (InterlockedDecrement(&request->ref)) return;
    if (request->done) CloseHandle(request->done);
    rows_free(&memory_allocators, request->recipients);
    if (request->party)
    {
        host_object_release(request->party, (IUnknown *)request->message);
        provider_release(request->party);
    }
    platform_free(request->id);
    platform_free(request);
}

static HRESULT request_create(enum request_kind kind, const MAPIUID *section, ULONG size,
                              const void *id, struct request **ret)
{
    struct request *request;

    *ret = NULL;
    if (!(request = platform_alloc_zero(sizeof(*request)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    request->ref = 1;
    request->kind = kind;
    if (section) request->section = *section;
    request->done = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (size && (request->id = platform_alloc(size)))
    {
        memcpy(request->id, id, size);
        request->size = size;
    }
    if (!request->done || (size && !request->id))
    {
        request_release(request);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *ret = request;
    return S_OK;
}

/* Leaves the request, which is taken over, and waits for it. MAPI_E_BUSY: it is not done yet. */
static HRESULT spooler_ask(struct spooler *spooler, struct request *request, DWORD timeout)
{
    struct request **link;
    HRESULT hr = S_OK;
    BOOL late;

    EnterCriticalSection(&spooler->cs);
    if (!(late = spooler->finished))
    {
        for (link = &spooler->requests; *link; link = &(*link)->next)
            ;
        InterlockedIncrement(&request->ref);
        *link = request;
    }
    LeaveCriticalSection(&spooler->cs);
    if (late)
    {
        request_release(request);
        return MAPI_E_INVALID_OBJECT;
    }
    spooler_wake(spooler);
    if (timeout && GetCurrentThreadId() != spooler->thread_id)
        hr = wait_quietly(request->done, timeout) ? request->result : MAPI_E_BUSY;
    request_release(request);
    return hr;
}

/* ---- what is asked ---- */

HRESULT spooler_flush(struct session *session, struct logon *transport, ULONG flags, DWORD timeout)
{
    struct spooler *spooler = session->spooler;
    struct request *request;
    HRESULT hr;

    if (!spooler) return S_OK;
    hr = request_create(REQUEST_FLUSH, transport ? &transport->section : NULL, 0, NULL, &request);
    if (FAILED(hr)) return hr;
    request->flags = flags;
    return spooler_ask(spooler, request, timeout);
}

void spooler_flush_wanted(struct logon *transport, ULONG status)
{
    struct spooler *spooler = transport->session->spooler;
    ULONG flags = 0;

    if (!spooler || host_frozen()) return;
    if (status & STATUS_OUTBOUND_FLUSH) flags |= FLUSH_UPLOAD;
    if (status & STATUS_INBOUND_FLUSH) flags |= FLUSH_DOWNLOAD;
    EnterCriticalSection(&spooler->cs);
    if (spooler->flushed == transport)
    {
        /* Its answer to the flush under way; from another thread it may be a client's wish for
         * more. */
        if (GetCurrentThreadId() == spooler->thread_id) flags = 0;
        else flags &= ~spooler->flushing;
    }
    LeaveCriticalSection(&spooler->cs);
    if (!flags) return;
    spooler_flush(transport->session, transport, flags | FLUSH_NO_UI, 0);
}

HRESULT spooler_complete(struct logon *store, ULONG size, const ENTRYID *id)
{
    struct spooler *spooler = store->session->spooler;
    struct request *request;
    HRESULT hr;

    if (!spooler) return MAPI_E_CALL_FAILED;
    hr = request_create(REQUEST_COMPLETE, &store->section, size, id, &request);
    return SUCCEEDED(hr) ? spooler_ask(spooler, request, 0) : hr;
}

HRESULT spooler_report(struct logon *transport, IMessage *message, SRowSet *recipients)
{
    struct spooler *spooler = transport->session->spooler;
    struct provider *party = logon_get_provider(transport);
    struct request *request;
    HRESULT hr;

    if (!spooler || !party || host_frozen())
    {
        provider_release(party);
        rows_free(&memory_allocators, recipients);
        return MAPI_E_CALL_FAILED;
    }
    if (GetCurrentThreadId() == spooler->thread_id)
    {
        hr = report_recipients(spooler, party, message, (ADRLIST *)recipients);
        provider_release(party);
        rows_free(&memory_allocators, recipients);
        return hr;
    }
    if (FAILED(hr = request_create(REQUEST_REPORT, NULL, 0, NULL, &request)))
    {
        provider_release(party);
        rows_free(&memory_allocators, recipients);
        return hr;
    }
    host_object_addref(party, (IUnknown *)message);
    request->party = party;
    request->message = message;
    request->recipients = recipients;
    return spooler_ask(spooler, request, LOGOFF_MS);
}

static HRESULT notify_arrived(struct logon *store, const NEWMAIL_NOTIFICATION *mail)
{
    struct spooler *spooler = store->session->spooler;
    struct request *request;
    HRESULT hr;

    if (!mail->cbEntryID || !mail->lpEntryID) return MAPI_E_INVALID_PARAMETER;
    hr = request_create(REQUEST_ARRIVED, &store->section, mail->cbEntryID, mail->lpEntryID,
                        &request);
    return SUCCEEDED(hr) ? spooler_ask(spooler, request, 0) : hr;
}

/* A message that a transport deferred is to be given to it once more. */
static void notify_sent_deferred(struct spooler *spooler, struct logon *transport, ULONG size,
                                 const BYTE *id)
{
    struct waiting *waiting;

    EnterCriticalSection(&spooler->cs);
    for (waiting = spooler->waiting; waiting; waiting = waiting->next)
        if (waiting->deferred && same_section(&waiting->transport, &transport->section)
            && waiting->size == size && !memcmp(waiting->id, id, size))
            waiting->ready = TRUE;
    LeaveCriticalSection(&spooler->cs);
}

HRESULT spooler_notify(struct logon *logon, ULONG flags, void *data)
{
    struct spooler *spooler = logon->session->spooler;
    struct carrier *carrier;
    struct outbox *outbox;
    SBinary deferred = { 0 };
    BYTE *copy = NULL;

    if (flags & NOTIFY_CONFIG_CHANGE) transport_refresh_types(logon);
    if (!spooler) return S_OK;
    if (logon->kind == PROVIDER_STORE)
    {
        EnterCriticalSection(&spooler->cs);
        if ((outbox = outbox_find(spooler, &logon->section)))
            InterlockedExchange(&outbox->changed, TRUE);
        LeaveCriticalSection(&spooler->cs);
        spooler_wake(spooler);
        return flags & NOTIFY_NEWMAIL_RECEIVED ? notify_arrived(logon, data) : S_OK;
    }
    if (flags & NOTIFY_SENTDEFERRED)
    {
        deferred = *(SBinary *)data;
        if (!deferred.cb || !(copy = platform_alloc(deferred.cb))) return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(copy, deferred.lpb, deferred.cb); /* before the lock: the data is a stranger's */
    }
    EnterCriticalSection(&spooler->cs);
    if ((carrier = spooler_carrier(spooler, &logon->section)))
    {
        if (flags & NOTIFY_NEWMAIL) carrier->new_mail = TRUE;
        if (flags & NOTIFY_CRITSEC) carrier->critical = TRUE;
        if (flags & NOTIFY_NONCRIT) carrier->critical = FALSE;
        if (flags & NOTIFY_CRITICAL_ERROR) carrier->dead = TRUE;
    }
    LeaveCriticalSection(&spooler->cs);
    if (copy) notify_sent_deferred(spooler, logon, deferred.cb, copy);
    platform_free(copy);
    if (flags & (NOTIFY_READYTOSEND | NOTIFY_CONFIG_CHANGE))
        waiting_expire(spooler, &logon->section);
    spooler_wake(spooler);
    return S_OK;
}

HRESULT spooler_yield(struct logon *logon)
{
    struct spooler *spooler = logon->session->spooler;

    SwitchToThread();
    return spooler && spooler_cancelled(spooler) ? MAPI_W_CANCEL_MESSAGE : S_OK;
}

/* What is under way with a store, as LOGOFF_ flags. */
static ULONG store_activity(struct spooler *spooler, const MAPIUID *section)
{
    ULONG ret = 0;

    EnterCriticalSection(&spooler->cs);
    if (same_section(&spooler->doing_store, section))
    {
        if (spooler->doing & DOING_INBOUND) ret |= LOGOFF_INBOUND;
        if (spooler->doing & DOING_OUTBOUND) ret |= LOGOFF_OUTBOUND;
    }
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

HRESULT spooler_store_logoff(struct logon *store, ULONG *flags)
{
    struct spooler *spooler = store->session->spooler;
    ULONG activity, asked = *flags;
    struct request *request;
    HRESULT hr;

    *flags = LOGOFF_COMPLETE;
    if (spooler && GetCurrentThreadId() == spooler->thread_id) return S_OK;
    if (!spooler || spooler->finished)
    {
        store_end_spooler(store);
        return S_OK;
    }
    activity = store_activity(spooler, &store->section);
    if (activity && (asked == LOGOFF_QUIET || asked == LOGOFF_ABORT))
    {
        *flags = activity;
        return S_OK;
    }
    if (FAILED(hr = request_create(REQUEST_LOGOFF, &store->section, 0, NULL, &request))) return hr;
    request->flags = asked;
    InterlockedIncrement(&request->ref);
    hr = spooler_ask(spooler, request, LOGOFF_MS);
    if (SUCCEEDED(hr)) *flags = request->flags;
    else if (hr == MAPI_E_BUSY) *flags = LOGOFF_OUTBOUND;
    else store_end_spooler(store);      /* it has just ended */
    request_release(request);
    return S_OK;
}
