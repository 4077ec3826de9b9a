/*
 * Units of notifications: every allocation on their way fails once
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
 * The notification engine but for its queues is compiled here as part of the test; a queue here is
 * a list that is emptied when the test says so. Whatever fails, a sink is called with whole
 * notifications or not at all, is released as often as it was held, and can still be advised and
 * unadvised.
 */

#define COBJMACROS
#include "system.h"
#include <mapiguid.h>
#include <winuser.h>
#include "wine/debug.h"

/* Formats are those of the DLL's LONG, which has another type here. */
#pragma GCC diagnostic ignored "-Wformat"

/* check_table.c has sink lists of its own. */
#define sink_list_create  notify_sink_list_create
#define sink_list_clear   notify_sink_list_clear
#define sink_list_destroy notify_sink_list_destroy
#define sink_list_advise  notify_sink_list_advise
#define sink_list_unadvise notify_sink_list_unadvise
#define sink_list_post    notify_sink_list_post
#define sink_list_empty   notify_sink_list_empty
/* The one thread there is. */
#define GetCurrentThreadId() 1

#include "object/notify.c"
#undef WINE_DEFAULT_DEBUG_CHANNEL
#define WINE_DEFAULT_DEBUG_CHANNEL(channel)
#include "object/advisesink.c"
#include "object/notifylist.c"

/* --- queues ------------------------------------------------------------------------------------------ */

struct event
{
    struct event *next;
    struct subscription *subscription;
    struct payload *payload;
};

struct target
{
    LONG ref;
    BOOL current;       /* its thread is the calling one */
    struct event *first, **last;
};

static struct target *bound_target;     /* the queue of the thread that a sink is bound to */

static HRESULT create_target(BOOL current, struct target **ret)
{
    if (!(*ret = platform_alloc_zero(sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    (*ret)->ref = 1;
    (*ret)->current = current;
    (*ret)->last = &(*ret)->first;
    return S_OK;
}

HRESULT target_create_thread(struct target **ret)
{
    return create_target(FALSE, ret);
}

HRESULT target_create_window(BOOL movable, struct target **ret)
{
    HRESULT hr = create_target(FALSE, ret);

    bound_target = *ret;
    return hr;
}

struct target *target_of_this_thread(void)
{
    return NULL;
}

struct target *target_addref(struct target *target)
{
    target->ref++;
    return target;
}

void target_release(struct target *target)
{
    if (!target || --target->ref) return;
    target_stop(target);
    if (target == bound_target) bound_target = NULL;
    platform_free(target);
}

BOOL target_is_thread(const struct target *target)
{
    return TRUE;
}

BOOL target_is_current(const struct target *target)
{
    return target->current;
}

HRESULT target_queue(struct target *target, struct subscription *subscription,
                     struct payload *payload)
{
    struct event *event = platform_alloc(sizeof(*event));

    if (!event)
    {
        subscription_release(subscription);
        payload_release(payload);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    event->next = NULL;
    event->subscription = subscription;
    event->payload = payload;
    *target->last = event;
    target->last = &event->next;
    return S_OK;
}

static void empty(struct target *target, BOOL deliver)
{
    struct event *event;

    while ((event = target->first))
    {
        if (!(target->first = event->next)) target->last = &target->first;
        if (deliver)
            subscription_deliver(event->subscription, event->payload->count,
                                 event->payload->notifications);
        subscription_release(event->subscription);
        payload_release(event->payload);
        platform_free(event);
    }
}

void targets_drop(struct subscription *subscription)
{
    struct target *target = subscription->target ? subscription->target : engine;
    struct event **link = target ? &target->first : NULL, *event;

    while (link && (event = *link))
    {
        if (event->subscription != subscription)
        {
            link = &event->next;
            continue;
        }
        *link = event->next;
        subscription_release(event->subscription);
        payload_release(event->payload);
        platform_free(event);
    }
    if (target) target->last = link;
}

HRESULT target_dispatch(struct target *target)
{
    empty(target, TRUE);
    return S_OK;
}

void target_stop(struct target *target)
{
    empty(target, FALSE);
}

BOOL notify_end_of_session(void)
{
    return FALSE;
}

/* --- sinks ------------------------------------------------------------------------------------------- */

static ULONG calls, notifications_seen;
static LONG sink_refs;

static HRESULT WINAPI counting_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static ULONG WINAPI counting_AddRef(IMAPIAdviseSink *iface)
{
    return ++sink_refs;
}

static ULONG WINAPI counting_Release(IMAPIAdviseSink *iface)
{
    ck_assert_int_gt(sink_refs, 0);
    return --sink_refs;
}

static ULONG WINAPI counting_OnNotify(IMAPIAdviseSink *iface, ULONG count,
                                      NOTIFICATION *notifications)
{
    ULONG i;

    ck_assert_uint_eq(unit_lock_depth, 0);
    calls++;
    notifications_seen += count;
    for (i = 0; i < count; i++)
    {
        ck_assert_uint_eq(notifications[i].ulEventType, fnevObjectModified);
        ck_assert_uint_eq(notifications[i].info.obj.cbEntryID, 6);
        ck_assert(!memcmp(notifications[i].info.obj.lpEntryID, "entry", 6));
        ck_assert_uint_eq(notifications[i].info.obj.lpPropTagArray->aulPropTag[0], PR_SUBJECT_A);
    }
    return 0;
}

static IMAPIAdviseSinkVtbl counting_vtbl =
{
    counting_QueryInterface, counting_AddRef, counting_Release, counting_OnNotify
};
static IMAPIAdviseSink counting = { &counting_vtbl };

static LONG WINAPI count_callback(void *context, ULONG count, NOTIFICATION *notifications)
{
    return counting_OnNotify(context, count, notifications);
}

/* --- the tests ------------------------------------------------------------------------------------------- */

/* Connections of each kind, a notification through each, and all of it taken down again. */
static HRESULT whole_life(void *context)
{
    static BYTE entry[] = "entry";
    static SizedSPropTagArray(1, tags) = { 1, { PR_SUBJECT_A }};
    BYTE key_room[offsetof(NOTIFKEY, ab[100])];
    NOTIFKEY *key = (NOTIFKEY *)key_room;
    NOTIFICATION both[2];
    IMAPIAdviseSink *bound = NULL, *callback = NULL;
    ULONG_PTR by_key = 0, now = 0, in_list = 0, through_bound = 0;
    struct sink_list *list = NULL;
    struct target *target;
    BOOL started = FALSE;
    ULONG flags;
    HRESULT hr;

    memset(both, 0, sizeof(both));
    both[0].ulEventType = fnevObjectModified;
    both[0].info.obj.cbEntryID = sizeof(entry);
    both[0].info.obj.lpEntryID = (ENTRYID *)entry;
    both[0].info.obj.lpPropTagArray = (SPropTagArray *)&tags;
    both[1].ulEventType = fnevCriticalError;
    key->cb = 100;
    memset(key->ab, 'k', 100);
    calls = notifications_seen = 0;

    if (FAILED(hr = notify_start(MAPI_MULTITHREAD_NOTIFICATIONS))) goto done;
    started = TRUE;
    if (FAILED(hr = HrAllocAdviseSink(count_callback, NULL, &callback)))
    {
        ck_assert_ptr_null(callback);
        goto done;
    }
    if (FAILED(hr = HrThisThreadAdviseSink(&counting, &bound)))
    {
        ck_assert_ptr_null(bound);
        goto done;
    }
    if (FAILED(hr = notify_subscribe(key, fnevObjectModified, 0, &counting, &by_key))) goto done;
    if (FAILED(hr = notify_subscribe(key, fnevObjectModified, NOTIFY_SYNC, callback, &now)))
        goto done;
    if (FAILED(hr = sink_list_create(&list))) goto done;
    if (FAILED(hr = sink_list_advise(list, fnevObjectModified, &counting, &in_list))) goto done;
    if (FAILED(hr = sink_list_advise(list, fnevObjectModified, bound, &through_bound))) goto done;

    flags = MAPI_UNICODE;
    if (FAILED(hr = notify_notify(key, 2, both, &flags))) goto done;
    ck_assert_uint_eq(flags, 0);
    ck_assert_uint_eq(calls, 1);
    /* A list has no error to return. What fails is lost whole. */
    sink_list_post(list, 1, both);
    IMAPIAdviseSink_OnNotify(bound, 1, both);
    if ((target = engine_target()))
    {
        target_dispatch(target);
        target_release(target);
    }
    target_dispatch(bound_target);
    if (unit_failed()) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else ck_assert_uint_eq(calls, 5);
    ck_assert_uint_eq(notifications_seen, calls);

done:
    if (FAILED(hr)) ck_assert(unit_failed());
    if (by_key) unit_assert_hr(notify_unsubscribe(by_key), S_OK);
    if (now) unit_assert_hr(notify_unsubscribe(now), S_OK);
    if (in_list) unit_assert_hr(sink_list_unadvise(list, in_list), S_OK);
    if (through_bound) unit_assert_hr(sink_list_unadvise(list, through_bound), S_OK);
    sink_list_destroy(list);
    if (bound) ck_assert_uint_eq(IMAPIAdviseSink_Release(bound), 0);
    if (callback) ck_assert_uint_eq(IMAPIAdviseSink_Release(callback), 0);
    if (started) notify_stop();
    ck_assert_int_eq(sink_refs, 0);
    ck_assert_uint_eq(unit_lock_depth, 0);
    return FAILED(hr) ? hr : S_OK;
}

START_TEST(life)
{
    unit_assert_hr(whole_life(NULL), S_OK);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

START_TEST(no_memory)
{
    unit_fail_each(whole_life, NULL);
}
END_TEST

Suite *notify_suite(void)
{
    Suite *suite = suite_create("notify");
    TCase *test = tcase_create("notify");

    tcase_set_timeout(test, 60);
    tcase_add_test(test, life);
    tcase_add_test(test, no_memory);
    suite_add_tcase(suite, test);
    return suite;
}
