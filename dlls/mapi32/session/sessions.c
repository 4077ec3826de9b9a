/*
 * The process's list of sessions
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
 * The process's list of sessions, and the memory of a session.
 *
 * In the list stand the live sessions, in the order of their logons: a session comes in when it is
 * whole (sessions_add) and goes when its last client logs off (sessions_drop_client), before
 * anything of it is taken apart. What happens before and after stands between sessions_enter and
 * sessions_leave, so that fast shutdown can wait until each session is either in or out
 * (sessions_close) and nobody moves while it speaks to the providers.
 *
 * The list holds no reference: a session in it has clients, and they do.
 */

#include "session/session.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static CRITICAL_SECTION list_cs;
static CRITICAL_SECTION_DEBUG list_cs_debug =
{
    0, 0, &list_cs,
    { &list_cs_debug.ProcessLocksList, &list_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": list_cs") }
};
static CRITICAL_SECTION list_cs = { &list_cs_debug, -1, 0, 0, 0, 0 };
static struct lock_waiter *waiters;  /* for a change of moving or closed */
static struct session *first;
static ULONG moving;            /* logons and logoffs on their way */
static BOOL closed;

void sessions_lock(void)
{
    EnterCriticalSection(&list_cs);
}

void sessions_unlock(void)
{
    LeaveCriticalSection(&list_cs);
}

HRESULT sessions_enter(BOOL in)
{
    HRESULT hr = S_OK;

    sessions_lock();
    while (closed && !shutdown_done())
        wait_for_change(&waiters, &list_cs, INFINITE);
    if (in && shutdown_done()) hr = MAPI_E_NOT_INITIALIZED;
    else moving++;
    sessions_unlock();
    return hr;
}

void sessions_leave(void)
{
    sessions_lock();
    if (!--moving) wake_waiters(waiters);
    sessions_unlock();
}

BOOL sessions_closing(void)
{
    BOOL ret;

    sessions_lock();
    ret = closed;
    sessions_unlock();
    return ret;
}

void sessions_close(DWORD timeout)
{
    ULONGLONG end = GetTickCount64() + timeout, now;

    sessions_lock();
    closed = TRUE;
    while (moving && (now = GetTickCount64()) < end)
        wait_for_change(&waiters, &list_cs, (DWORD)(end - now));
    if (moving) WARN("%lu logons or logoffs are still on their way\n", (unsigned long)moving);
    sessions_unlock();
}

void sessions_reopen(void)
{
    sessions_lock();
    closed = FALSE;
    wake_waiters(waiters);
    sessions_unlock();
}

HRESULT sessions_add(struct session *session)
{
    struct session **link;

    sessions_lock();
    if (closed || shutdown_done())
    {
        sessions_unlock();
        return MAPI_E_NOT_INITIALIZED;
    }
    for (link = &first; *link; link = &(*link)->next)
        ;
    session->next = NULL;
    *link = session;
    EnterCriticalSection(&session->cs);
    session->state = SESSION_LIVE;
    LeaveCriticalSection(&session->cs);
    sessions_unlock();
    return S_OK;
}

struct session *sessions_join_shared(void)
{
    struct session *session;

    sessions_lock();
    for (session = first; session; session = session->next)
    {
        if (!(session->flags & MAPI_ALLOW_OTHERS)) continue;
        session->clients++;
        session_addref(session);
        break;
    }
    sessions_unlock();
    return session;
}

BOOL sessions_drop_client(struct session *session)
{
    struct session **link;
    BOOL last;

    sessions_lock();
    if ((last = !--session->clients))
    {
        for (link = &first; *link; link = &(*link)->next)
        {
            if (*link != session) continue;
            *link = session->next;
            break;
        }
        EnterCriticalSection(&session->cs);
        session->state = SESSION_ENDING;
        LeaveCriticalSection(&session->cs);
    }
    sessions_unlock();
    return last;
}

HRESULT sessions_snapshot(ULONG *count, struct session ***ret)
{
    struct session *session, **sessions;
    ULONG total = 0;

    *count = 0;
    *ret = NULL;
    sessions_lock();
    for (session = first; session; session = session->next) total++;
    if (!(sessions = platform_alloc(max(total, 1) * sizeof(*sessions))))
    {
        sessions_unlock();
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    total = 0;
    for (session = first; session; session = session->next)
        sessions[total++] = session_addref(session);
    sessions_unlock();
    *count = total;
    *ret = sessions;
    return S_OK;
}

struct session *session_addref(struct session *session)
{
    InterlockedIncrement(&session->ref);
    return session;
}

void session_release(struct session *session)
{
    if (!session || InterlockedDecrement(&session->ref)) return;

    TRACE("(%p)\n", session);
    if (session->store_table) ITableData_Release(session->store_table);
    if (session->status_table) ITableData_Release(session->status_table);
    spooler_release(session->spooler);
    profile_release(session->profile);
    platform_free(session->uids);
    platform_free(session->disabled);
    DeleteCriticalSection(&session->cs);
    platform_free(session);
}

BOOL session_alive(struct session *session)
{
    BOOL ret;

    EnterCriticalSection(&session->cs);
    ret = session->state <= SESSION_LIVE;
    LeaveCriticalSection(&session->cs);
    return ret;
}

/* One reference more, unless the last one is gone and the client only waits to be taken out of
 * the list. */
static BOOL client_try_addref(struct client_session *client)
{
    LONG ref = client->ref, seen;

    while (ref > 0)
    {
        if ((seen = InterlockedCompareExchange(&client->ref, ref + 1, ref)) == ref) return TRUE;
        ref = seen;
    }
    return FALSE;
}

void session_post(struct session *session, struct client_session *except, ULONG count,
                  const NOTIFICATION *notifications)
{
    struct client_session *client, **clients;
    ULONG i, total = 0;

    EnterCriticalSection(&session->cs);
    for (client = session->client_list; client; client = client->next) total++;
    if ((clients = platform_alloc(max(total, 1) * sizeof(*clients))))
    {
        total = 0;
        for (client = session->client_list; client; client = client->next)
            if (client != except && !client->logged_off && client_try_addref(client))
                clients[total++] = client;
    }
    LeaveCriticalSection(&session->cs);
    if (!clients) return;

    for (i = 0; i < total; i++)
    {
        sink_list_post(clients[i]->sinks, count, notifications);
        client_session_release(clients[i]);
    }
    platform_free(clients);
}
