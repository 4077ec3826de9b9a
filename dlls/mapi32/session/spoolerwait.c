/*
 * The spooler: what waits in the outgoing queues, and for what
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
 * A message that was not sent whole waits, for each transport that put it off, until a time, or,
 * when the transport deferred it, until that says so. Pauses grow with each attempt. The list is
 * the spooler's memory only: after a restart each message is due at once.
 */

#include "session/spooler.h"

static const MAPIUID itself;    /* in place of a transport: the message as a whole */

static BOOL is_of(const struct waiting *waiting, const MAPIUID *store, ULONG size, const void *id)
{
    return same_section(&waiting->store, store) && waiting->size == size
           && !memcmp(waiting->id, id, size);
}

static BOOL is_due(const struct waiting *waiting, ULONGLONG now)
{
    return waiting->deferred ? waiting->ready : waiting->until <= now;
}

struct waiting *waiting_find(struct spooler *spooler, const MAPIUID *store,
                             const MAPIUID *transport, ULONG size, const void *id)
{
    struct waiting *waiting;

    if (!transport) transport = &itself;
    for (waiting = spooler->waiting; waiting; waiting = waiting->next)
        if (is_of(waiting, store, size, id) && same_section(&waiting->transport, transport)) break;
    return waiting;
}

void waiting_add(struct spooler *spooler, const MAPIUID *store, const MAPIUID *transport,
                 ULONG size, const void *id, BOOL deferred, ULONG ms)
{
    ULONG retry = RETRY_MS, retry_max = RETRY_MAX_MS;
    struct waiting *waiting;

    EnterCriticalSection(&spooler->cs);
    if (!(waiting = waiting_find(spooler, store, transport, size, id))
        && (waiting = platform_alloc_zero(sizeof(*waiting) + size)))
    {
        waiting->store = *store;
        waiting->transport = transport ? *transport : itself;
        waiting->size = size;
        memcpy(waiting->id, id, size);
        waiting->next = spooler->waiting;
        spooler->waiting = waiting;
    }
    if (waiting)
    {
        waiting->deferred = deferred;
        waiting->ready = FALSE;
        if (!ms)
        {
            waiting->pause = waiting->pause ? min((ULONGLONG)waiting->pause * 2, retry_max) : retry;
            ms = waiting->pause;
        }
        waiting->until = GetTickCount64() + ms;
    }
    LeaveCriticalSection(&spooler->cs);
}

void waiting_limit(struct spooler *spooler, const MAPIUID *store, ULONG size, const void *id,
                   ULONG ms)
{
    struct waiting *waiting;
    BOOL found;

    EnterCriticalSection(&spooler->cs);
    if ((found = (waiting = waiting_find(spooler, store, NULL, size, id)) != NULL))
        waiting->until = min(waiting->until, GetTickCount64() + ms);
    LeaveCriticalSection(&spooler->cs);
    if (!found) waiting_add(spooler, store, NULL, size, id, FALSE, ms);
}

void waiting_drop(struct spooler *spooler, const MAPIUID *store, const MAPIUID *transport,
                  ULONG size, const void *id)
{
    struct waiting **link, *waiting;

    EnterCriticalSection(&spooler->cs);
    for (link = &spooler->waiting; (waiting = *link); )
    {
        if (!is_of(waiting, store, size, id)
            || (transport && !same_section(&waiting->transport, transport)))
        {
            link = &waiting->next;
            continue;
        }
        *link = waiting->next;
        platform_free(waiting);
    }
    LeaveCriticalSection(&spooler->cs);
}

BOOL waiting_is_due(struct spooler *spooler, const MAPIUID *store, ULONG size, const void *id,
                    BOOL *first)
{
    ULONGLONG now = GetTickCount64();
    struct waiting *waiting;
    BOOL due = FALSE;

    *first = TRUE;
    EnterCriticalSection(&spooler->cs);
    for (waiting = spooler->waiting; waiting; waiting = waiting->next)
    {
        if (!is_of(waiting, store, size, id)) continue;
        *first = FALSE;
        due = due || is_due(waiting, now);
    }
    LeaveCriticalSection(&spooler->cs);
    return due || *first;
}

BOOL waiting_allows(struct spooler *spooler, const MAPIUID *store, const MAPIUID *transport,
                    ULONG size, const void *id, BOOL *deferred)
{
    struct waiting *waiting;
    BOOL ret = TRUE;

    *deferred = FALSE;
    EnterCriticalSection(&spooler->cs);
    if ((waiting = waiting_find(spooler, store, transport, size, id)))
    {
        *deferred = waiting->deferred;
        ret = is_due(waiting, GetTickCount64());
    }
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

void waiting_expire(struct spooler *spooler, const MAPIUID *transport)
{
    struct waiting *waiting;
    struct carrier *carrier;

    EnterCriticalSection(&spooler->cs);
    for (waiting = spooler->waiting; waiting; waiting = waiting->next)
    {
        /* A transport that deferred a message says itself when it wants it. */
        if (waiting->deferred || (transport && !same_section(&waiting->transport, transport)))
            continue;
        waiting->until = 0;
    }
    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
    {
        if (transport && !same_section(&carrier->logon->section, transport)) continue;
        carrier->hold = 0;
        carrier->pause = 0;
    }
    LeaveCriticalSection(&spooler->cs);
}

ULONGLONG waiting_next(struct spooler *spooler)
{
    ULONGLONG now = GetTickCount64(), ret = ~(ULONGLONG)0;
    struct waiting *waiting;

    EnterCriticalSection(&spooler->cs);
    for (waiting = spooler->waiting; waiting; waiting = waiting->next)
    {
        if (is_due(waiting, now)) ret = now;
        else if (!waiting->deferred) ret = min(ret, waiting->until);
    }
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

BOOL waiting_due(struct spooler *spooler, const MAPIUID *store)
{
    ULONGLONG now = GetTickCount64();
    struct waiting *waiting;

    EnterCriticalSection(&spooler->cs);
    for (waiting = spooler->waiting; waiting; waiting = waiting->next)
        if (same_section(&waiting->store, store) && is_due(waiting, now)) break;
    LeaveCriticalSection(&spooler->cs);
    return waiting != NULL;
}

/* The transport hears that a message it has deferred will not be sent. */
static void tell_aborted(struct spooler *spooler, const struct waiting *waiting, ULONG flags)
{
    struct provider *provider;
    struct carrier *carrier;
    IUnknown *object;
    SBinary id;
    void *data = &id;

    if (!(carrier = spooler_carrier(spooler, &waiting->transport))) return;
    if (FAILED(logon_enter(carrier->logon, &provider, &object))) return;
    id.cb = waiting->size;
    id.lpb = (BYTE *)waiting->id;
    transport_TransportNotify(provider, (IXPLogon *)object, &flags, &data);
    logon_leave(carrier->logon, provider);
}

static BOOL has_row(const SRowSet *rows, const struct waiting *waiting)
{
    const SPropValue *id;
    ULONG i;

    for (i = 0; i < rows->cRows; i++)
    {
        id = props_find(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_ENTRYID);
        if (id && id->Value.bin.cb == waiting->size
            && !memcmp(id->Value.bin.lpb, waiting->id, waiting->size))
            return TRUE;
    }
    return FALSE;
}

void waiting_keep(struct spooler *spooler, const MAPIUID *store, const SRowSet *rows)
{
    struct waiting **link, *waiting, *gone = NULL;

    EnterCriticalSection(&spooler->cs);
    for (link = &spooler->waiting; (waiting = *link); )
    {
        if (!same_section(&waiting->store, store) || has_row(rows, waiting))
        {
            link = &waiting->next;
            continue;
        }
        *link = waiting->next;
        waiting->next = gone;
        gone = waiting;
    }
    LeaveCriticalSection(&spooler->cs);
    while ((waiting = gone))
    {
        gone = waiting->next;
        if (waiting->deferred)
            tell_aborted(spooler, waiting, NOTIFY_ABORT_DEFERRED | NOTIFY_CANCEL_MESSAGE);
        platform_free(waiting);
    }
}

void waiting_abort(struct spooler *spooler, const MAPIUID *store)
{
    struct waiting **link, *waiting;

    for (;;)
    {
        EnterCriticalSection(&spooler->cs);
        for (link = &spooler->waiting; (waiting = *link); link = &waiting->next)
            if (!store || same_section(&waiting->store, store)) break;
        if (waiting) *link = waiting->next;
        LeaveCriticalSection(&spooler->cs);
        if (!waiting) return;
        if (waiting->deferred) tell_aborted(spooler, waiting, NOTIFY_ABORT_DEFERRED);
        platform_free(waiting);
    }
}

void waiting_settle(struct spooler *spooler, const MAPIUID *store, ULONG size, const void *id,
                    BOOL whole)
{
    ULONG retry = RETRY_MS, retry_max = RETRY_MAX_MS;
    ULONGLONG now = GetTickCount64();
    struct waiting *waiting;

    if (!whole) waiting_drop(spooler, store, &itself, size, id);
    EnterCriticalSection(&spooler->cs);
    for (waiting = spooler->waiting; waiting; waiting = waiting->next)
    {
        if (!is_of(waiting, store, size, id) || !is_due(waiting, now)) continue;
        waiting->ready = FALSE;
        waiting->pause = waiting->pause ? min((ULONGLONG)waiting->pause * 2, retry_max) : retry;
        waiting->until = now + waiting->pause;
    }
    LeaveCriticalSection(&spooler->cs);
}
