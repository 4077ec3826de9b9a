/*
 * Keyed subscriptions and the life of the notification engine
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
 * What IMAPISupport::Subscribe, Unsubscribe and Notify do, within this process: a key is opaque
 * bytes that match exactly, and one Notify reaches every subscription of its key. With NOTIFY_SYNC
 * a sink is called before Notify returns, else by the engine: on a thread of its own, or through
 * the hidden window of the thread that initialised MAPI first.
 *
 * Unsubscribe waits for an OnNotify that another thread is in, so that its caller may free what the
 * sink uses. A client that would deadlock by that, because the sink in turn waits for the caller,
 * loses UNSUBSCRIBE_PATIENCE and is then let go; the sink stays referenced until its OnNotify is
 * through.
 */

#include <stdarg.h>
#include <string.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "objbase.h"
#include "object/notify.h"
#include "object/wait.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define UNSUBSCRIBE_PATIENCE 5000

struct waiter                   /* a thread in subscription_end, on its stack */
{
    struct waiter *next;
    HANDLE event;
};

static CRITICAL_SECTION_DEBUG notify_cs_debug =
{
    0, 0, &notify_cs, { &notify_cs_debug.ProcessLocksList, &notify_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": notify_cs") }
};
CRITICAL_SECTION notify_cs = { &notify_cs_debug, -1, 0, 0, 0, 0 };

static struct subscription *subscriptions;      /* in order of arrival */
static struct target *engine;
static ULONG engine_starts;
static ULONG_PTR last_connection;

void payload_release(struct payload *payload)
{
    if (!payload || InterlockedDecrement(&payload->ref)) return;
    memory_free_buffer(payload->notifications);
    platform_free(payload);
}

static HRESULT payload_create(ULONG count, const NOTIFICATION *notifications, struct payload **ret)
{
    struct payload *payload;
    HRESULT hr;

    *ret = NULL;
    if (!(payload = platform_alloc(sizeof(*payload)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = notifications_copy(&memory_allocators, count, notifications, &payload->notifications);
    if (FAILED(hr))
    {
        platform_free(payload);
        return hr;
    }
    payload->ref = 1;
    payload->count = count;
    *ret = payload;
    return S_OK;
}

/* Takes over the references to sink and target, on failure too. */
static HRESULT create(const NOTIFKEY *key, ULONG event_mask, ULONG flags, IMAPIAdviseSink *sink,
                      struct target *target, struct subscription **ret)
{
    ULONG key_size = key ? key->cb : 0;
    struct subscription *subscription;

    *ret = NULL;
    subscription = platform_alloc_zero(FIELD_OFFSET(struct subscription, key) + (size_t)key_size
                                       + 1);
    if (!subscription)
    {
        IMAPIAdviseSink_Release(sink);
        target_release(target);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    subscription->ref = 1;
    subscription->event_mask = event_mask;
    subscription->flags = flags;
    subscription->sink = sink;
    subscription->target = target;
    subscription->key_size = key_size;
    if (key_size) memcpy(subscription->key, key->ab, key_size);

    EnterCriticalSection(&notify_cs);
    /* A connection is a ULONG in some interfaces, a ULONG_PTR in others. */
    last_connection = (ULONG)(last_connection + 1);
    if (!last_connection) last_connection = 1;
    subscription->connection = last_connection;
    LeaveCriticalSection(&notify_cs);
    *ret = subscription;
    return S_OK;
}

HRESULT subscription_create(const NOTIFKEY *key, ULONG event_mask, ULONG flags,
                            IMAPIAdviseSink *sink, struct subscription **ret)
{
    struct target *target = NULL;
    IMAPIAdviseSink *inner;

    /* A sink bound to a thread is called through that thread's queue, where Unadvise finds it. */
    if (!thread_sink_unwrap(sink, &inner, &target))
    {
        inner = sink;
        IMAPIAdviseSink_AddRef(inner);
    }
    return create(key, event_mask, flags, inner, target, ret);
}

HRESULT subscription_create_bound(struct target *target, IMAPIAdviseSink *sink,
                                  struct subscription **ret)
{
    IMAPIAdviseSink_AddRef(sink);
    return create(NULL, ~0u, 0, sink, target_addref(target), ret);
}

void subscription_release(struct subscription *subscription)
{
    if (InterlockedDecrement(&subscription->ref)) return;
    if (subscription->sink) IMAPIAdviseSink_Release(subscription->sink);
    target_release(subscription->target);
    platform_free(subscription);
}

void subscription_end(struct subscription *subscription, BOOL wait)
{
    IMAPIAdviseSink *sink = NULL;
    struct delivery *delivery;
    struct waiter waiter, **link;
    BOOL mine = FALSE;

    waiter.event = NULL;
    EnterCriticalSection(&notify_cs);
    subscription->ended = TRUE;
    for (delivery = subscription->deliveries; delivery; delivery = delivery->next)
        if (delivery->thread == GetCurrentThreadId()) mine = TRUE;
    if (!subscription->deliveries)
    {
        sink = subscription->sink;
        subscription->sink = NULL;
    }
    else if (wait && !mine && (waiter.event = CreateEventW(NULL, TRUE, FALSE, NULL)))
    {
        waiter.next = subscription->waiters;
        subscription->waiters = &waiter;
    }
    LeaveCriticalSection(&notify_cs);

    targets_drop(subscription);
    if (sink) IMAPIAdviseSink_Release(sink);
    if (!waiter.event) return;

    if (!wait_quietly(waiter.event, UNSUBSCRIBE_PATIENCE))
        WARN("sink of connection %Iu does not return from OnNotify\n", subscription->connection);
    EnterCriticalSection(&notify_cs);
    for (link = &subscription->waiters; *link; link = &(*link)->next)
    {
        if (*link != &waiter) continue;
        *link = waiter.next;
        break;
    }
    LeaveCriticalSection(&notify_cs);
    CloseHandle(waiter.event);
}

ULONG subscription_deliver(struct subscription *subscription, ULONG count,
                           NOTIFICATION *notifications)
{
    IMAPIAdviseSink *sink, *done = NULL;
    struct delivery delivery, **link;
    struct waiter *waiter;
    BOOL last;
    ULONG ret;

    EnterCriticalSection(&notify_cs);
    sink = subscription->ended ? NULL : subscription->sink;
    if (sink)
    {
        delivery.thread = GetCurrentThreadId();
        delivery.next = subscription->deliveries;
        subscription->deliveries = &delivery;
        InterlockedIncrement(&subscription->ref);
    }
    LeaveCriticalSection(&notify_cs);
    if (!sink) return S_OK;

    TRACE("connection %Iu: %lu notifications for sink %p\n", subscription->connection, count, sink);
    ret = IMAPIAdviseSink_OnNotify(sink, count, notifications);

    EnterCriticalSection(&notify_cs);
    for (link = &subscription->deliveries; *link != &delivery; link = &(*link)->next) {}
    *link = delivery.next;
    if ((last = subscription->ended && !subscription->deliveries))
    {
        done = subscription->sink;
        subscription->sink = NULL;
    }
    LeaveCriticalSection(&notify_cs);
    if (done) IMAPIAdviseSink_Release(done);
    if (last)
    {
        /* Only now: whoever waits may take away the sink's code next. */
        EnterCriticalSection(&notify_cs);
        for (waiter = subscription->waiters; waiter; waiter = waiter->next) SetEvent(waiter->event);
        LeaveCriticalSection(&notify_cs);
    }
    subscription_release(subscription);
    return ret;
}

/* The notifications the subscription asked for, in *ret, from an array that may hold others. */
static HRESULT filter(const struct subscription *subscription, ULONG count,
                      const NOTIFICATION *notifications, ULONG *ret_count, NOTIFICATION **ret)
{
    NOTIFICATION *wanted;
    ULONG i, n = 0;

    *ret = NULL;
    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType & subscription->event_mask) n++;
    *ret_count = n;
    if (!n || n == count) return S_OK;
    if (!(wanted = platform_alloc(n * sizeof(*wanted)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = n = 0; i < count; i++)
        if (notifications[i].ulEventType & subscription->event_mask) wanted[n++] = notifications[i];
    *ret = wanted;
    return S_OK;
}

HRESULT subscription_post(struct subscription *subscription, ULONG count,
                          const NOTIFICATION *notifications, struct payload **shared)
{
    struct payload *payload = NULL;
    NOTIFICATION *wanted;
    struct target *target;
    ULONG wanted_count;
    HRESULT hr;

    target = subscription->target ? target_addref(subscription->target) : engine_target();
    if (!target)
    {
        TRACE("nobody initialised MAPI: %lu notifications dropped\n", count);
        return S_OK;
    }
    hr = filter(subscription, count, notifications, &wanted_count, &wanted);
    if (SUCCEEDED(hr) && wanted_count)
    {
        if (wanted) hr = payload_create(wanted_count, wanted, &payload);
        else
        {
            if (!*shared) hr = payload_create(count, notifications, shared);
            if ((payload = *shared)) InterlockedIncrement(&payload->ref);
        }
    }
    platform_free(wanted);
    if (payload)
    {
        InterlockedIncrement(&subscription->ref);
        hr = target_queue(target, subscription, payload);
    }
    target_release(target);
    return hr;
}

struct target *engine_target(void)
{
    struct target *target;

    EnterCriticalSection(&notify_cs);
    target = engine ? target_addref(engine) : NULL;
    LeaveCriticalSection(&notify_cs);
    return target;
}

/* A caller who asks for notifications on a thread gets it for the process, whoever came first. */
HRESULT notify_start(ULONG flags)
{
    BOOL thread = !!(flags & MAPI_MULTITHREAD_NOTIFICATIONS);
    struct target *target, *old = NULL;
    HRESULT hr;
    BOOL need;

    EnterCriticalSection(&notify_cs);
    need = !engine || (thread && !target_is_thread(engine));
    if (!need) engine_starts++;
    LeaveCriticalSection(&notify_cs);
    if (!need) return S_OK;

    hr = thread ? target_create_thread(&target) : target_create_window(TRUE, &target);
    /* A process that may have no window, a service of the system's say, still gets its
     * notifications. */
    if (FAILED(hr) && !thread) hr = target_create_thread(&target);
    if (FAILED(hr)) return hr;

    EnterCriticalSection(&notify_cs);
    engine_starts++;
    if (!engine || (thread && !target_is_thread(engine)))
    {
        old = engine;
        engine = target;
        target = NULL;
    }
    LeaveCriticalSection(&notify_cs);

    /* What the old one still holds comes first on its own thread; it goes when that is through. */
    if (old) target_dispatch(old);
    if (old) target_stop(old);
    if (target) target_stop(target);
    target_release(old);
    target_release(target);
    return S_OK;
}

void notify_stop(void)
{
    struct target *target = NULL;

    EnterCriticalSection(&notify_cs);
    if (engine_starts && !--engine_starts)
    {
        target = engine;
        engine = NULL;
    }
    LeaveCriticalSection(&notify_cs);
    if (!target) return;
    target_stop(target);
    target_release(target);
}

HRESULT notify_subscribe(const NOTIFKEY *key, ULONG event_mask, ULONG flags, IMAPIAdviseSink *sink,
                         ULONG_PTR *connection)
{
    struct subscription *subscription, **link;
    HRESULT hr;

    TRACE("(%p, %#lx, %#lx, %p, %p)\n", key, event_mask, flags, sink, connection);

    if (connection) *connection = 0;
    if (!key || !sink || !connection) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~NOTIFY_SYNC) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = subscription_create(key, event_mask, flags, sink, &subscription))) return hr;

    EnterCriticalSection(&notify_cs);
    for (link = &subscriptions; *link; link = &(*link)->next) {}
    *link = subscription;
    *connection = subscription->connection;
    LeaveCriticalSection(&notify_cs);
    return S_OK;
}

HRESULT notify_unsubscribe(ULONG_PTR connection)
{
    struct subscription *subscription, **link;

    TRACE("(%Iu)\n", connection);

    EnterCriticalSection(&notify_cs);
    for (link = &subscriptions; (subscription = *link); link = &subscription->next)
        if (subscription->connection == connection) break;
    if (subscription) *link = subscription->next;
    LeaveCriticalSection(&notify_cs);
    if (!subscription) return MAPI_E_NOT_FOUND;

    subscription_end(subscription, TRUE);
    subscription_release(subscription);
    return S_OK;
}

/* notify_cs is held */
static BOOL has_key(const struct subscription *subscription, ULONG size, const BYTE *key)
{
    return subscription->key_size == size && !memcmp(subscription->key, key, size);
}

/* Counted references to the subscriptions of a key, in order of arrival, in one block. */
static HRESULT find_subscriptions(const NOTIFKEY *key, ULONG *count, struct subscription ***ret)
{
    struct subscription *subscription;
    BYTE space[64], *copy = space;
    ULONG n = 0, size = key->cb;
    HRESULT hr = S_OK;

    *count = 0;
    *ret = NULL;
    /* The key is the provider's, and if it crashes us no lock may be held. */
    if (size > sizeof(space) && !(copy = platform_alloc(size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(copy, key->ab, size);

    EnterCriticalSection(&notify_cs);
    for (subscription = subscriptions; subscription; subscription = subscription->next)
        n += has_key(subscription, size, copy);
    if (n && !(*ret = platform_alloc(n * sizeof(**ret)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (subscription = *ret ? subscriptions : NULL; subscription;
         subscription = subscription->next)
    {
        if (!has_key(subscription, size, copy)) continue;
        InterlockedIncrement(&subscription->ref);
        (*ret)[(*count)++] = subscription;
    }
    LeaveCriticalSection(&notify_cs);
    if (copy != space) platform_free(copy);
    return hr;
}

/* A sink bound to another thread is queued for it: nobody else may call it. */
static BOOL call_now(const struct subscription *subscription)
{
    if (!(subscription->flags & NOTIFY_SYNC)) return FALSE;
    return !subscription->target || target_is_current(subscription->target);
}

/* The strings of all notifications are Unicode: says each of those that have a flag for it, in a
 * copy. */
static HRESULT mark_unicode(ULONG count, const NOTIFICATION *notifications, NOTIFICATION **ret)
{
    ULONG i;

    *ret = NULL;
    if (count > MAXLONG / sizeof(**ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(*ret = platform_alloc(count * sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*ret, notifications, count * sizeof(**ret));
    for (i = 0; i < count; i++)
    {
        if ((*ret)[i].ulEventType == fnevNewMail) (*ret)[i].info.newmail.ulFlags |= MAPI_UNICODE;
        else if ((*ret)[i].ulEventType == fnevCriticalError)
            (*ret)[i].info.err.ulFlags |= MAPI_UNICODE;
    }
    return S_OK;
}

HRESULT notify_notify(const NOTIFKEY *key, ULONG count, const NOTIFICATION *notifications,
                      ULONG *flags)
{
    NOTIFICATION *marked = NULL;
    struct subscription **found;
    struct payload *shared = NULL;
    HRESULT hr, ret = S_OK;
    BOOL canceled = FALSE, unicode;
    ULONG i, found_count;

    TRACE("(%p, %lu, %p, %p)\n", key, count, notifications, flags);

    if (!key || (count && !notifications)) return MAPI_E_INVALID_PARAMETER;
    unicode = flags && (*flags & MAPI_UNICODE);
    if (flags)
    {
        if (*flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
        *flags = 0;
    }
    if (!count) return S_OK;
    if (FAILED(hr = find_subscriptions(key, &found_count, &found)) || !found_count) return hr;
    if (unicode && SUCCEEDED(ret = mark_unicode(count, notifications, &marked)))
        notifications = marked;

    /* Those who wait for their message loop first: a synchronous sink may take its time. */
    for (i = 0; i < found_count && SUCCEEDED(ret); i++)
    {
        if (call_now(found[i])) continue;
        hr = subscription_post(found[i], count, notifications, &shared);
        if (FAILED(hr)) ret = hr;
    }
    for (i = 0; i < found_count && SUCCEEDED(ret) && !canceled; i++)
    {
        struct payload *payload = NULL;
        NOTIFICATION *wanted;
        ULONG wanted_count;

        if (!call_now(found[i])) continue;
        hr = filter(found[i], count, notifications, &wanted_count, &wanted);
        if (SUCCEEDED(hr) && wanted_count)
        {
            /* Each gets a copy of its own, as a sink may write into what it is given. */
            hr = payload_create(wanted_count, wanted ? wanted : notifications, &payload);
            if (SUCCEEDED(hr))
                canceled = subscription_deliver(found[i], wanted_count, payload->notifications)
                           == CALLBACK_DISCONTINUE;
        }
        if (FAILED(hr)) ret = hr;
        payload_release(payload);
        platform_free(wanted);
    }
    if (canceled && flags) *flags = NOTIFY_CANCELED;

    for (i = 0; i < found_count; i++) subscription_release(found[i]);
    platform_free(found);
    platform_free(marked);
    payload_release(shared);
    return ret;
}
