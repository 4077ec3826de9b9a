/*
 * The spooler: stores and their outgoing queues
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
 * A store comes in when a client has opened it and the provider gave the spooler a logon of its
 * own; it goes when that logon ends. Its queue is read by the spooler that has the claim. A spooler
 * that has none, but whose client has just submitted a message, lets the owner of the claim know;
 * the owner then opens the queue anew, since tables tell of changes in their own process only. It
 * also does so from time to time, for those who submit without a spooler.
 */

#define COBJMACROS

#include "session/spooler.h"
#include "session/storeid.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define UNTOLD_MS 5000          /* between looks at a queue that says nothing */
#define QUEUE_ROWS_MAX 100000   /* more is no outgoing queue but damage */

HRESULT outbox_enter(struct outbox *outbox, struct provider **provider, IMsgStore **store)
{
    return logon_enter_store(outbox->logon, provider, store);
}

struct outbox *outbox_find(struct spooler *spooler, const MAPIUID *section)
{
    struct outbox *outbox;

    for (outbox = spooler->outboxes; outbox; outbox = outbox->next)
        if (same_section(&outbox->logon->section, section)) break;
    return outbox;
}

/* ---- the queue of one ---- */

/* Told of changes by the store, on whatever thread; it may outlive the outbox. */
struct queue_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG ref;
    LONG changed;
    struct spooler *spooler;            /* counted */
};

static struct queue_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct queue_sink, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *ret = iface;
    InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->ref);
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->ref);
}

static ULONG WINAPI sink_Release(IMAPIAdviseSink *iface)
{
    struct queue_sink *sink = impl_from_IMAPIAdviseSink(iface);
    LONG ref = InterlockedDecrement(&sink->ref);

    if (ref) return ref;
    spooler_release(sink->spooler);
    platform_free(sink);
    return 0;
}

static ULONG WINAPI sink_OnNotify(IMAPIAdviseSink *iface, ULONG count, LPNOTIFICATION notifications)
{
    struct queue_sink *sink = impl_from_IMAPIAdviseSink(iface);

    InterlockedExchange(&sink->changed, TRUE);
    spooler_wake(sink->spooler);
    return S_OK;
}

static const IMAPIAdviseSinkVtbl sink_vtbl =
{
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_OnNotify
};

static IMAPIAdviseSink *queue_sink(struct spooler *spooler)
{
    struct queue_sink *sink = platform_alloc_zero(sizeof(*sink));

    if (!sink) return NULL;
    sink->IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)&sink_vtbl;
    sink->ref = 1;
    sink->spooler = spooler;
    InterlockedIncrement(&spooler->ref);
    return &sink->IMAPIAdviseSink_iface;
}

BOOL outbox_changed(struct outbox *outbox)
{
    if (outbox->sink
        && InterlockedExchange(&impl_from_IMAPIAdviseSink(outbox->sink)->changed, FALSE))
        InterlockedExchange(&outbox->changed, TRUE);
    return outbox->changed;
}

static void queue_close(struct outbox *outbox)
{
    struct provider *provider;
    IMsgStore *store;

    if (!outbox->queue) return;
    if (SUCCEEDED(outbox_enter(outbox, &provider, &store)))
    {
        if (outbox->connection) table_Unadvise(&provider->party, outbox->queue, outbox->connection);
        host_object_release(provider, (IUnknown *)outbox->queue);
        logon_leave(outbox->logon, provider);
    }
    if (outbox->sink) IMAPIAdviseSink_Release(outbox->sink);
    outbox->queue = NULL;
    outbox->sink = NULL;
    outbox->connection = 0;
}

static HRESULT queue_open(struct spooler *spooler, struct outbox *outbox, struct provider *provider,
                          IMsgStore *store)
{
    HRESULT hr;

    if (outbox->queue) return S_OK;
    if (FAILED(hr = store_GetOutgoingQueue(provider, store, &outbox->queue)))
    {
        outbox->queue = NULL;
        if (hr == MAPI_E_NO_SUPPORT) outbox->no_queue = TRUE;
        return hr;
    }
    if ((outbox->sink = queue_sink(spooler))
        && FAILED(table_Advise(&provider->party, outbox->queue, outbox->sink, &outbox->connection)))
        outbox->connection = 0;
    return S_OK;
}

static HRESULT queue_read(struct spooler *spooler, struct outbox *outbox, struct provider *provider,
                          IMsgStore *store, SRowSet **rows)
{
    HRESULT hr;

    *rows = NULL;
    if (outbox->stale) queue_close(outbox);
    outbox->stale = FALSE;
    outbox_changed(outbox);
    InterlockedExchange(&outbox->changed, FALSE);
    if (FAILED(hr = queue_open(spooler, outbox, provider, store))) return hr;
    return table_ReadAll(&provider->party, outbox->queue, QUEUE_ROWS_MAX, rows);
}

/* A client that dispatches no messages keeps notifications from coming, so the queue is looked at
 * without one as well; and opened anew from time to time. */
static void queue_look_later(struct outbox *outbox)
{
    ULONGLONG now = GetTickCount64();
    ULONG ms = QUEUE_MS;

    if (!outbox->reopen) outbox->reopen = now + ms;
    outbox->look = now + min(ms, UNTOLD_MS);
}

static BOOL has_claim(struct outbox *outbox)
{
    if (outbox->no_queue) return FALSE;
    if (outbox->claimed) return TRUE;
    if ((outbox->claimed = claim_try(outbox->claim)))
    {
        outbox->stale = TRUE;
        return TRUE;
    }
    outbox_changed(outbox);
    if (InterlockedExchange(&outbox->changed, FALSE) && outbox->news) SetEvent(outbox->news);
    return FALSE;
}

ULONG outbox_count(struct spooler *spooler, struct outbox *outbox)
{
    struct provider *provider;
    ULONG count = 0;
    IMsgStore *store;
    SRowSet *rows;

    if (!has_claim(outbox) || FAILED(outbox_enter(outbox, &provider, &store))) return 0;
    if (SUCCEEDED(queue_read(spooler, outbox, provider, store, &rows))) count = rows->cRows;
    rows_free(&memory_allocators, rows);
    logon_leave(outbox->logon, provider);
    return count;
}

/* ---- which there are ---- */

static struct outbox *outbox_create(struct logon *logon)
{
    struct outbox *outbox = platform_alloc_zero(sizeof(*outbox));

    if (!outbox) return NULL;
    outbox->logon = logon_addref(logon);
    outbox->claim = claim_open(&logon->section);
    outbox->news = claim_news(&logon->section);
    outbox->changed = TRUE;
    return outbox;
}

void outbox_close(struct spooler *spooler, struct outbox *outbox)
{
    struct outbox **link;

    TRACE("%s\n", debugstr_w(outbox->logon->dll_name));
    waiting_abort(spooler, &outbox->logon->section);
    queue_close(outbox);
    EnterCriticalSection(&spooler->cs);
    for (link = &spooler->outboxes; *link && *link != outbox; link = &(*link)->next)
        ;
    if (*link) *link = outbox->next;
    LeaveCriticalSection(&spooler->cs);
    if (!spooler->stopping) logon_end(outbox->logon);
    if (outbox->claimed && outbox->claim) ReleaseMutex(outbox->claim);
    if (outbox->claim) CloseHandle(outbox->claim);
    if (outbox->news) CloseHandle(outbox->news);
    logon_release(outbox->logon);
    platform_free(outbox);
}

void outboxes_update(struct spooler *spooler)
{
    struct outbox *outbox, *next, **link;
    struct logon **logons;
    ULONG i, count;

    for (outbox = spooler->outboxes; outbox; outbox = next)
    {
        next = outbox->next;
        if (outbox->logon->ended) outbox_close(spooler, outbox);
    }
    if (FAILED(logons_snapshot(spooler->session, PROVIDER_STORE, &count, &logons))) return;
    for (i = 0; i < count; i++)
    {
        for (link = &spooler->outboxes; *link && (*link)->logon != logons[i]; link = &(*link)->next)
            ;
        if (!*link && logons[i]->spooler && !logons[i]->ended && logons[i]->store
            && (outbox = outbox_create(logons[i])))
        {
            EnterCriticalSection(&spooler->cs);
            *link = outbox;
            LeaveCriticalSection(&spooler->cs);
        }
        logon_release(logons[i]);
    }
    platform_free(logons);
}

/* ---- sending ---- */

static void outbox_send(struct spooler *spooler, struct outbox *outbox)
{
    const MAPIUID *section = &outbox->logon->section;
    struct provider *provider;
    const SPropValue *id;
    IMsgStore *store;
    SRowSet *rows;
    BOOL first;
    HRESULT hr;
    ULONG i;

    if (!spooler_begin(spooler)) return;
    if (outbox->reopen && GetTickCount64() >= outbox->reopen)
    {
        outbox->stale = TRUE;
        outbox->reopen = 0;
    }
    if (FAILED(outbox_enter(outbox, &provider, &store)))
    {
        InterlockedExchange(&outbox->changed, FALSE);
        queue_look_later(outbox);
        spooler_end(spooler);
        return;
    }
    hr = queue_read(spooler, outbox, provider, store, &rows);
    queue_look_later(outbox);
    if (SUCCEEDED(hr)) waiting_keep(spooler, section, rows);
    spooler_end(spooler);

    for (i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
    {
        id = props_find(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_ENTRYID);
        if (!id || !id->Value.bin.cb) continue;
        if (!waiting_is_due(spooler, section, id->Value.bin.cb, id->Value.bin.lpb, &first))
            continue;
        if (!spooler_begin(spooler)) break;
        spooler_doing(spooler, DOING_OUTBOUND, section);
        message_send(spooler, outbox, provider, store, &rows->aRow[i]);
        spooler_end(spooler);
        if (provider->party.broken) break;
    }
    rows_free(&memory_allocators, rows);
    spooler_doing(spooler, 0, NULL);
    logon_leave(outbox->logon, provider);
}

void outboxes_send(struct spooler *spooler)
{
    struct outbox *outbox, *next;

    for (outbox = spooler->outboxes; outbox; outbox = next)
    {
        if (has_claim(outbox)
            && (outbox_changed(outbox) || outbox->stale || GetTickCount64() >= outbox->look
                || waiting_due(spooler, &outbox->logon->section)))
            outbox_send(spooler, outbox);
        next = outbox->next;
        if (outbox->draining && !outbox_changed(outbox)) outbox_close(spooler, outbox);
    }
}

/* ---- the default store ---- */

/* Opens it as a client would; the spooler's own logon comes with that. */
static void open_default(struct spooler *spooler, const MAPIUID *section)
{
    struct session *session = spooler->session;
    const SPropValue *dll;
    ENTRYID *id = NULL;
    SPropValue *props;
    IMsgStore *store;
    ULONG count, size;

    if (spooler->delivery_store || !session_alive(session)) return;
    if (FAILED(section_read(session->profile, section, NULL, MAPI_UNICODE, &count, &props))) return;
    dll = props_find(props, count, PR_PROVIDER_DLL_NAME_W);
    if (dll
        && SUCCEEDED(storeid_of_section(section, dll->Value.lpszW,
                                        props_find(props, count, PR_ENTRYID), &size, &id))
        && SUCCEEDED(
            store_open(session, NULL, 0, size, id, NULL, MDB_WRITE | MDB_NO_DIALOG, &store)))
        spooler->delivery_store = store;
    memory_free_buffer(id);
    memory_free_buffer(props);
}

struct outbox *outbox_default(struct spooler *spooler)
{
    struct outbox *outbox;
    MAPIUID section;

    if (!store_default_section(spooler->session, &section)) return NULL;
    if ((outbox = outbox_find(spooler, &section)) && !outbox->logon->ended) return outbox;
    open_default(spooler, &section);
    outboxes_update(spooler);
    outbox = outbox_find(spooler, &section);
    return outbox && !outbox->logon->ended ? outbox : NULL;
}
