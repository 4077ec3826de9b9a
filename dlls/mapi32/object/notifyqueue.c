/*
 * Queues of notifications and the threads that empty them
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
 * A target is one queue. Its thread is either one of the subsystem's own, woken by an event, or a
 * client's, woken by one message posted to a hidden window of that thread: the first notification
 * of a burst posts it, the others only queue. A client's thread takes what was queued when its
 * message came and no more, so that a source that never rests cannot keep its message loop from
 * turning.
 *
 * A target is stopped once. What is queued then is dropped; our own thread is waited for, for a
 * while, unless it is the caller. A window dies with its thread: the first PostMessage to fail
 * shows it, and the engine's target goes on with a thread of its own, while a target of
 * HrThisThreadAdviseSink has nobody left to call and drops what it gets.
 *
 * The thread and each window hold a reference to this module, so that FreeLibrary cannot take the
 * code from under them. References to targets are counted under notify_cs, which a window procedure
 * takes to find its target in the list.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "objbase.h"
#include "object/notify.h"
#include "object/wait.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define WM_NOTIFICATIONS (WM_USER + 1)  /* something is queued */
#define WM_DISPATCH      (WM_USER + 2)  /* sent: deliver what is queued now */
#define WM_STOP          (WM_USER + 3)  /* go */

#define DISPATCH_PATIENCE 10000
#define STOP_PATIENCE      5000

struct event
{
    struct event *next;
    ULONG64 number;             /* how many were queued up to it */
    struct subscription *subscription;
    struct payload *payload;
};

struct target_waiter            /* a thread in target_dispatch, on its stack */
{
    struct target_waiter *next;
    ULONG64 until;              /* number of the last event it waits for */
    ULONG64 left;               /* of those, not delivered or dropped yet */
    HANDLE event;
};

struct target                   /* all below notify_cs but the handles once they are set */
{
    LONG ref;
    struct target *next;        /* targets */
    DWORD thread_id;
    HANDLE thread;              /* NULL: the thread is a client's */
    HANDLE wake;                /* of our own thread */
    HWND window;                /* of a client's thread */
    HMODULE module;             /* held for the window */
    BOOL movable;               /* may go on with a thread of its own */
    BOOL posted;                /* a message is on its way to the window */
    BOOL stopped;
    ULONG depth;                /* of deliveries under way */
    struct event *first;
    struct event **last;
    ULONG64 queued;             /* events ever queued, and of these delivered or dropped */
    ULONG64 finished;
    struct target_waiter *waiters;
};

static const WCHAR window_class[] = L"MAPI notifications";
static LONG end_of_session;
static struct target *targets;

BOOL notify_end_of_session(void)
{
    return end_of_session;
}

static HMODULE hold_module(void)
{
    HMODULE module;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)hold_module,
                            &module))
        return NULL;
    return module;
}

static void event_free(struct event *event)
{
    subscription_release(event->subscription);
    payload_release(event->payload);
    platform_free(event);
}

struct target *target_addref(struct target *target)
{
    EnterCriticalSection(&notify_cs);
    target->ref++;
    LeaveCriticalSection(&notify_cs);
    return target;
}

void target_release(struct target *target)
{
    struct target **link;
    BOOL last;

    if (!target) return;
    EnterCriticalSection(&notify_cs);
    if ((last = !--target->ref))
    {
        for (link = &targets; *link != target; link = &(*link)->next) {}
        *link = target->next;
    }
    LeaveCriticalSection(&notify_cs);
    if (!last) return;

    target_stop(target);
    if (target->thread) CloseHandle(target->thread);
    if (target->wake) CloseHandle(target->wake);
    platform_free(target);
}

static struct target *target_alloc(void)
{
    struct target *target;

    if (!(target = platform_alloc_zero(sizeof(*target)))) return NULL;
    target->ref = 1;
    target->last = &target->first;
    EnterCriticalSection(&notify_cs);
    target->next = targets;
    targets = target;
    LeaveCriticalSection(&notify_cs);
    return target;
}

static struct target *find_by_window(HWND window)       /* counted */
{
    struct target *target;

    EnterCriticalSection(&notify_cs);
    for (target = targets; target; target = target->next)
        if (target->window == window && !target->stopped) break;
    if (target) target->ref++;
    LeaveCriticalSection(&notify_cs);
    return target;
}

BOOL target_is_thread(const struct target *target)
{
    return !!target->thread;
}

BOOL target_is_current(const struct target *target)
{
    return target->thread_id == GetCurrentThreadId();
}

/* An event was delivered or dropped. notify_cs is held. */
static void count_finished(struct target *target, ULONG64 number)
{
    struct target_waiter *waiter;

    target->finished++;
    for (waiter = target->waiters; waiter; waiter = waiter->next)
        if (number <= waiter->until && !--waiter->left) SetEvent(waiter->event);
}

/* Delivers what was queued before the call. Nested calls, from a sink's own message loop, are
 * fine. */
static void deliver_queued(struct target *target)
{
    struct event *event;
    ULONG64 number, until;

    EnterCriticalSection(&notify_cs);
    target->depth++;
    until = target->queued;
    while (!target->stopped && (event = target->first) && (number = event->number) <= until)
    {
        if (!(target->first = event->next)) target->last = &target->first;
        event->subscription->queued--;
        LeaveCriticalSection(&notify_cs);
        subscription_deliver(event->subscription, event->payload->count,
                             event->payload->notifications);
        event_free(event);
        EnterCriticalSection(&notify_cs);
        count_finished(target, number);
    }
    target->depth--;
    LeaveCriticalSection(&notify_cs);
}

static DWORD WINAPI notify_thread(void *arg)
{
    struct target *target = arg;
    HMODULE module = NULL;
    BOOL stopped;
    MSG msg;

    TRACE("notification thread starts\n");
    CoInitializeEx(NULL, COINIT_MULTITHREADED);         /* a sink may use COM */
    do
    {
        /* It turns a message loop as well: a sink may have made a window here. */
        MsgWaitForMultipleObjects(1, &target->wake, FALSE, INFINITE, QS_ALLINPUT);
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
        deliver_queued(target);
        EnterCriticalSection(&notify_cs);
        if (!(stopped = target->stopped) && target->first) SetEvent(target->wake);
        LeaveCriticalSection(&notify_cs);
    } while (!stopped);
    CoUninitialize();
    TRACE("notification thread ends\n");

    target_release(target);
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                           | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (const WCHAR *)hold_module, &module);
    FreeLibraryAndExitThread(module, 0);
    return 0;
}

static HRESULT start_thread(struct target *target)
{
    HANDLE thread, wake;
    HMODULE module;
    DWORD id;

    if (!(wake = CreateEventW(NULL, FALSE, TRUE, NULL))) return MAPI_E_NOT_ENOUGH_RESOURCES;
    if (!(module = hold_module()))
    {
        CloseHandle(wake);
        return MAPI_E_NOT_ENOUGH_RESOURCES;
    }
    target_addref(target);
    thread = CreateThread(NULL, 0, notify_thread, target, CREATE_SUSPENDED, &id);
    if (!thread)
    {
        target_release(target);
        FreeLibrary(module);
        CloseHandle(wake);
        return MAPI_E_NOT_ENOUGH_RESOURCES;
    }
    EnterCriticalSection(&notify_cs);
    target->thread = thread;
    target->wake = wake;
    target->thread_id = id;
    target->window = NULL;
    LeaveCriticalSection(&notify_cs);
    ResumeThread(thread);
    return S_OK;
}

HRESULT target_create_thread(struct target **ret)
{
    struct target *target;
    HRESULT hr;

    *ret = NULL;
    if (!(target = target_alloc())) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = start_thread(target)))
    {
        target_release(target);
        return hr;
    }
    *ret = target;
    return S_OK;
}

static LRESULT CALLBACK window_proc(HWND window, UINT msg, WPARAM wparam, LPARAM lparam)
{
    struct target *target;

    switch (msg)
    {
    case WM_NOTIFICATIONS:
    case WM_DISPATCH:
        if (!(target = find_by_window(window))) return 0;
        EnterCriticalSection(&notify_cs);
        if (msg == WM_NOTIFICATIONS) target->posted = FALSE;
        LeaveCriticalSection(&notify_cs);
        deliver_queued(target);
        EnterCriticalSection(&notify_cs);
        if (target->first && !target->posted)
            target->posted = PostMessageW(window, WM_NOTIFICATIONS, 0, 0);
        LeaveCriticalSection(&notify_cs);
        target_release(target);
        return 1;
    case WM_STOP:
        DestroyWindow(window);
        return 0;
    case WM_QUERYENDSESSION:
        InterlockedExchange(&end_of_session, TRUE);
        return TRUE;
    case WM_ENDSESSION:
        InterlockedExchange(&end_of_session, !!wparam);
        return 0;
    }
    return DefWindowProcW(window, msg, wparam, lparam);
}

/* movable: what is queued when the thread has gone is delivered by a thread of the subsystem's
 * own. */
HRESULT target_create_window(BOOL movable, struct target **ret)
{
    struct target *target;
    WNDCLASSW class = { 0 };
    HMODULE module;
    HWND window;

    *ret = NULL;
    if (!(module = hold_module())) return MAPI_E_NOT_ENOUGH_RESOURCES;
    class.lpfnWndProc = window_proc;
    class.hInstance = module;
    class.lpszClassName = window_class;
    RegisterClassW(&class); /* fails when it is there already, and then need not succeed */
    /* A top-level window, though never shown: only those hear that the user's session ends. */
    window = CreateWindowExW(WS_EX_TOOLWINDOW, window_class, NULL, WS_POPUP, 0, 0, 0, 0, NULL, NULL,
                             module, NULL);
    /* Without a display there is no such end to hear of, and the rest needs none. */
    if (!window)
        window = CreateWindowExW(0, window_class, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, module,
                                 NULL);
    if (!window || !(target = target_alloc()))
    {
        if (window) DestroyWindow(window);
        FreeLibrary(module);
        return MAPI_E_NOT_ENOUGH_RESOURCES;
    }
    EnterCriticalSection(&notify_cs);
    target->window = window;
    target->module = module;
    target->thread_id = GetCurrentThreadId();
    target->movable = movable;
    LeaveCriticalSection(&notify_cs);
    *ret = target;
    return S_OK;
}

struct target *target_of_this_thread(void)
{
    struct target *target;

    EnterCriticalSection(&notify_cs);
    for (target = targets; target; target = target->next)
    {
        if (target->movable || !target->window || target->stopped) continue;
        /* A number of a thread may come again, its windows do not. */
        if (target->thread_id == GetCurrentThreadId() && IsWindow(target->window)) break;
    }
    if (target) target->ref++;
    LeaveCriticalSection(&notify_cs);
    return target;
}

/* Makes the target's thread look at the queue. FALSE: it has none any more. */
static BOOL wake(struct target *target)
{
    BOOL done;

    EnterCriticalSection(&notify_cs);
    if (target->stopped || target->posted) done = TRUE;
    else if (target->thread) done = SetEvent(target->wake);
    else
    {
        done = target->posted = PostMessageW(target->window, WM_NOTIFICATIONS, 0, 0);
        /* A message queue that is full still turns: the next notification tries again. */
        if (!done && IsWindow(target->window)) done = TRUE;
    }
    if (done && target->posted && !target->thread && !IsWindow(target->window)) done = FALSE;
    LeaveCriticalSection(&notify_cs);
    return done;
}

/* Takes the events of a subscription, or all (NULL), off the queue, in front of others that were
 * taken. notify_cs is held. */
static struct event *take_events(struct target *target, const struct subscription *subscription,
                                 struct event *taken)
{
    struct event **link = &target->first, *event;

    while ((event = *link))
    {
        if (subscription && event->subscription != subscription)
        {
            link = &event->next;
            continue;
        }
        *link = event->next;
        event->subscription->queued--;
        count_finished(target, event->number);
        event->next = taken;
        taken = event;
    }
    target->last = link;
    return taken;
}

static void free_events(struct event *event)
{
    struct event *next;

    for (; event; event = next)
    {
        next = event->next;
        event_free(event);
    }
}

void targets_drop(struct subscription *subscription)
{
    struct event *events = NULL;
    struct target *target;

    EnterCriticalSection(&notify_cs);
    for (target = targets; target && subscription->queued; target = target->next)
        events = take_events(target, subscription, events);
    LeaveCriticalSection(&notify_cs);
    free_events(events);
}

HRESULT target_queue(struct target *target, struct subscription *subscription,
                     struct payload *payload)
{
    struct event *event, *events;
    BOOL dropped, move;

    if (!(event = platform_alloc(sizeof(*event))))
    {
        subscription_release(subscription);
        payload_release(payload);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    event->next = NULL;
    event->subscription = subscription;
    event->payload = payload;

    EnterCriticalSection(&notify_cs);
    if (!(dropped = target->stopped || subscription->ended))
    {
        *target->last = event;
        target->last = &event->next;
        event->number = ++target->queued;
        subscription->queued++;
    }
    LeaveCriticalSection(&notify_cs);
    if (dropped)
    {
        event_free(event);
        return S_OK;
    }

    if (wake(target)) return S_OK;
    EnterCriticalSection(&notify_cs);
    move = target->movable;
    target->movable = FALSE;            /* one of several callers does it */
    target->posted = FALSE;
    LeaveCriticalSection(&notify_cs);
    if (move)
    {
        WARN("the thread that initialised MAPI is gone: notifications come on one of our own\n");
        return start_thread(target);
    }
    if (target->thread) return S_OK;
    EnterCriticalSection(&notify_cs);
    events = take_events(target, NULL, NULL);
    LeaveCriticalSection(&notify_cs);
    free_events(events);
    return S_OK;
}

HRESULT target_dispatch(struct target *target)
{
    struct target_waiter waiter, **link;
    DWORD_PTR result;
    HWND window;

    if (target_is_current(target))
    {
        deliver_queued(target);
        return S_OK;
    }

    EnterCriticalSection(&notify_cs);
    window = target->window;
    LeaveCriticalSection(&notify_cs);
    if (window)
    {
        SendMessageTimeoutW(window, WM_DISPATCH, 0, 0, SMTO_ABORTIFHUNG, DISPATCH_PATIENCE,
                            &result);
        return S_OK;
    }

    if (!(waiter.event = CreateEventW(NULL, TRUE, FALSE, NULL))) return MAPI_E_NOT_ENOUGH_RESOURCES;
    EnterCriticalSection(&notify_cs);
    waiter.until = target->queued;
    waiter.left = target->queued - target->finished;
    waiter.next = target->waiters;
    target->waiters = &waiter;
    SetEvent(waiter.left ? target->wake : waiter.event);
    LeaveCriticalSection(&notify_cs);

    if (!wait_quietly(waiter.event, DISPATCH_PATIENCE))
        WARN("a sink does not return from OnNotify\n");

    EnterCriticalSection(&notify_cs);
    for (link = &target->waiters; *link != &waiter; link = &(*link)->next) {}
    *link = waiter.next;
    LeaveCriticalSection(&notify_cs);
    CloseHandle(waiter.event);
    return S_OK;
}

void target_stop(struct target *target)
{
    struct event *events;
    HWND window = NULL;
    BOOL idle;

    EnterCriticalSection(&notify_cs);
    if (target->stopped)
    {
        LeaveCriticalSection(&notify_cs);
        return;
    }
    target->stopped = TRUE;
    events = take_events(target, NULL, NULL);
    window = target->window;
    idle = !target->depth;
    LeaveCriticalSection(&notify_cs);

    free_events(events);
    if (target->thread)
    {
        SetEvent(target->wake);
        if (!target_is_current(target) && !wait_quietly(target->thread, STOP_PATIENCE))
            WARN("the notification thread does not end: a sink does not return\n");
    }
    else if (window && target_is_current(target))
    {
        DestroyWindow(window);
        if (idle) FreeLibrary(target->module);
    }
    else if (window) PostMessageW(window, WM_STOP, 0, 0); /* its reference to the module stays */
}
