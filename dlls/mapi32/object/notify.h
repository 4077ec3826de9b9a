/*
 * How a notification gets from its source to a sink
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
 * The inside of the notification engine, shared by notify.c, notifylist.c, notifyqueue.c and
 * advisesink.c.
 *
 * A subscription is one sink advised on one source. It is counted: its source holds one reference,
 * each queued notification and each running delivery another. Ending it is what Unadvise means:
 * from then on nothing is delivered, and its sink is released as soon as no OnNotify of it runs.
 *
 * A target is a queue and the thread that empties it: the engine's own, or the thread that called
 * HrThisThreadAdviseSink. One lock, notify_cs, guards the data of all of them; nobody is called and
 * nothing is waited for under it.
 */

#ifndef MAPI32_NOTIFY_H
#define MAPI32_NOTIFY_H

#include "object/object.h"

struct target;

/* What is delivered: one copy, shared by all subscriptions that get the same. */
struct payload
{
    LONG ref;
    ULONG count;
    NOTIFICATION *notifications;
};

struct delivery                 /* one OnNotify under way, on the stack of its thread */
{
    struct delivery *next;
    DWORD thread;
};

struct subscription
{
    LONG ref;
    struct subscription *next;  /* its source's */
    ULONG_PTR connection;
    ULONG event_mask;
    ULONG flags;
    struct target *target;      /* NULL: the engine's */
    IMAPIAdviseSink *sink;      /* notify_cs; NULL once ended and idle */
    BOOL ended;                 /* notify_cs */
    ULONG queued;               /* notify_cs; its events in the queues of targets */
    struct delivery *deliveries;        /* notify_cs */
    struct waiter *waiters;             /* notify_cs */
    ULONG key_size;
    BYTE key[1];
};

extern CRITICAL_SECTION notify_cs;

/* notify.c */
HRESULT subscription_create(const NOTIFKEY *key, ULONG event_mask, ULONG flags,
                            IMAPIAdviseSink *sink, struct subscription **ret);
/* The same for a sink that is called on the thread of a target only. */
HRESULT subscription_create_bound(struct target *target, IMAPIAdviseSink *sink,
                                  struct subscription **ret);
void subscription_release(struct subscription *subscription);
/* Marks it ended and, when asked to, waits until no other thread is inside its sink. No lock may
 * be held. */
void subscription_end(struct subscription *subscription, BOOL wait);
/* Queues what the mask lets through. *shared: the copy made by an earlier call for the same
 * array. */
HRESULT subscription_post(struct subscription *subscription, ULONG count,
                          const NOTIFICATION *notifications, struct payload **shared);
/* Calls the sink now, unless the subscription has ended. */
ULONG subscription_deliver(struct subscription *subscription, ULONG count,
                           NOTIFICATION *notifications);

void payload_release(struct payload *payload);          /* NULL is fine */

/* notifyqueue.c */
HRESULT target_create_thread(struct target **ret);      /* a thread of the subsystem's own */
HRESULT target_create_window(BOOL movable,
                             struct target **ret); /* a hidden window of the calling thread */
struct target *target_of_this_thread(void); /* counted; NULL when it has none but the engine's */
struct target *target_addref(struct target *target);
void target_release(struct target *target);             /* NULL is fine */
BOOL target_is_thread(const struct target *target);
BOOL target_is_current(const struct target *target);    /* its thread is the calling one */
/* Takes over the references to subscription and payload, on failure too. */
HRESULT target_queue(struct target *target, struct subscription *subscription,
                     struct payload *payload);
/* Drops what is queued for a subscription that has ended. */
void targets_drop(struct subscription *subscription);
/* Delivers, or has delivered, what is queued now. */
HRESULT target_dispatch(struct target *target);
/* Drops what is queued and lets its thread or window go. */
void target_stop(struct target *target);
struct target *engine_target(void); /* counted; NULL when the engine does not run */
BOOL notify_end_of_session(void);       /* WM_QUERYENDSESSION or WM_ENDSESSION has come */

/* advisesink.c: when sink is one that HrThisThreadAdviseSink made, the sink inside and its
 * target */
BOOL thread_sink_unwrap(IMAPIAdviseSink *sink, IMAPIAdviseSink **inner, struct target **target);

#endif /* MAPI32_NOTIFY_H */
