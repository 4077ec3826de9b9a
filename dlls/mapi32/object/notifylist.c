/*
 * The sinks that advised one object
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
 * A table, a session or a store keeps its subscriptions here. Connections are numbered through the
 * whole process, so that an object may hold several lists without their numbers meeting. The list
 * is its owner's; its subscriptions outlive it while something of theirs is queued or being
 * delivered.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "object/notify.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct sink_list
{
    struct subscription *first;         /* notify_cs; in order of arrival */
};

HRESULT sink_list_create(struct sink_list **ret)
{
    if (!(*ret = platform_alloc_zero(sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    return S_OK;
}

void sink_list_clear(struct sink_list *list)
{
    struct subscription *subscription;

    for (;;)
    {
        EnterCriticalSection(&notify_cs);
        if ((subscription = list->first)) list->first = subscription->next;
        LeaveCriticalSection(&notify_cs);
        if (!subscription) break;
        subscription_end(subscription, TRUE);
        subscription_release(subscription);
    }
}

void sink_list_destroy(struct sink_list *list)
{
    if (!list) return;
    sink_list_clear(list);
    platform_free(list);
}

HRESULT sink_list_advise(struct sink_list *list, ULONG event_mask, IMAPIAdviseSink *sink,
                         ULONG_PTR *connection)
{
    struct subscription *subscription, **link;
    HRESULT hr;

    *connection = 0;
    if (!sink) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = subscription_create(NULL, event_mask, 0, sink, &subscription))) return hr;
    EnterCriticalSection(&notify_cs);
    for (link = &list->first; *link; link = &(*link)->next) {}
    *link = subscription;
    *connection = subscription->connection;
    LeaveCriticalSection(&notify_cs);
    return S_OK;
}

HRESULT sink_list_unadvise(struct sink_list *list, ULONG_PTR connection)
{
    struct subscription *subscription, **link;

    EnterCriticalSection(&notify_cs);
    for (link = &list->first; (subscription = *link); link = &subscription->next)
        if (subscription->connection == connection) break;
    if (subscription) *link = subscription->next;
    LeaveCriticalSection(&notify_cs);
    if (!subscription) return MAPI_E_NOT_FOUND;
    subscription_end(subscription, TRUE);
    subscription_release(subscription);
    return S_OK;
}

void sink_list_post(struct sink_list *list, ULONG count, const NOTIFICATION *notifications)
{
    struct subscription **all = NULL, *subscription;
    struct payload *shared = NULL;
    ULONG i, n = 0;

    if (!count) return;
    EnterCriticalSection(&notify_cs);
    for (subscription = list->first; subscription; subscription = subscription->next) n++;
    if (n && (all = platform_alloc(n * sizeof(*all))))
    {
        for (subscription = list->first, n = 0; subscription; subscription = subscription->next)
        {
            InterlockedIncrement(&subscription->ref);
            all[n++] = subscription;
        }
    }
    LeaveCriticalSection(&notify_cs);
    if (n && !all) ERR("out of memory: %lu notifications lost\n", count);
    if (!all) return;

    for (i = 0; i < n; i++)
    {
        if (FAILED(subscription_post(all[i], count, notifications, &shared)))
            ERR("connection %Iu: notifications lost\n", all[i]->connection);
        subscription_release(all[i]);
    }
    payload_release(shared);
    platform_free(all);
}

BOOL sink_list_empty(struct sink_list *list)
{
    BOOL empty;

    EnterCriticalSection(&notify_cs);
    empty = !list->first;
    LeaveCriticalSection(&notify_cs);
    return empty;
}
