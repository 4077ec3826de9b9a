/*
 * Tests: notifications
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
 * The engine is seen through what it serves: advise sinks that MAPI makes, and the notifications of
 * a table whose data changes. Each part runs with the engine's own thread and with the message
 * window.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "wine/test.h"
#include "allocated.h"

#define PR_TEST_KEY PROP_TAG(PT_LONG, 0x6801)

struct context
{
    LONG calls;                 /* of the callback */
    LONG notifications;
    DWORD thread;               /* of the last call */
    LONG entered, may_leave;    /* for one that stays inside */
    IMAPIAdviseSink *release;   /* to release from inside */
    IMAPITable *table;          /* to unadvise from inside */
    ULONG_PTR connection;
    ULONG last_event;
    LONG ret;
    HANDLE called;
};

static LONG WINAPI callback(void *arg, ULONG count, NOTIFICATION *notifications)
{
    struct context *context = arg;

    context->thread = GetCurrentThreadId();
    if (count) context->last_event = notifications[count - 1].ulEventType;
    InterlockedExchangeAdd(&context->notifications, count);
    InterlockedIncrement(&context->calls);
    InterlockedExchange(&context->entered, 1);
    if (context->release)
    {
        IMAPIAdviseSink_Release(context->release);
        context->release = NULL;
    }
    if (context->table)
    {
        HRESULT hr = IMAPITable_Unadvise(context->table, context->connection);

        ok(hr == S_OK, "got %#lx\n", hr);
        context->table = NULL;
    }
    if (context->called) SetEvent(context->called);
    return context->ret;
}

static LONG WINAPI slow_callback(void *arg, ULONG count, NOTIFICATION *notifications)
{
    struct context *context = arg;

    InterlockedExchange(&context->entered, 1);
    Sleep(300);
    InterlockedExchange(&context->may_leave, 1);
    InterlockedIncrement(&context->calls);
    return S_OK;
}

/* Runs the message loop until *value is reached, or for a while. Returns the number of messages. */
static unsigned int pump(const LONG *value, LONG wanted, DWORD timeout)
{
    DWORD end = GetTickCount() + timeout;
    unsigned int count = 0;
    MSG msg;

    while ((LONG)(end - GetTickCount()) > 0)
    {
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
        {
            count++;
            DispatchMessageW(&msg);
        }
        if (*value >= wanted) break;
        MsgWaitForMultipleObjects(0, NULL, FALSE, 10, QS_ALLINPUT);
    }
    return count;
}

static IMAPIAdviseSink *make_sink(LPNOTIFCALLBACK proc, struct context *context)
{
    IMAPIAdviseSink *sink;
    HRESULT hr;

    memset(context, 0, sizeof(*context));
    hr = HrAllocAdviseSink(proc, context, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    return sink;
}

static void test_alloc_sink(void)
{
    IMAPIAdviseSink *sink, *same;
    struct context context = { 0 };
    NOTIFICATION notification;
    IUnknown *unknown;
    HRESULT hr;
    ULONG ret;

    sink = (void *)0xdead;
    hr = HrAllocAdviseSink(NULL, &context, &sink);
    ok(hr == MAPI_E_INVALID_PARAMETER && !sink, "got %#lx, %p\n", hr, sink);
    hr = HrAllocAdviseSink(callback, &context, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    sink = make_sink(callback, &context);
    hr = IMAPIAdviseSink_QueryInterface(sink, &IID_IMAPIAdviseSink, (void **)&same);
    ok(hr == S_OK && same == sink, "got %#lx\n", hr);
    IMAPIAdviseSink_Release(same);
    hr = IMAPIAdviseSink_QueryInterface(sink, &IID_IStream, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "got %#lx\n", hr);

    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = fnevExtended;
    context.ret = 1;
    ret = IMAPIAdviseSink_OnNotify(sink, 1, &notification);
    ok(ret == 1, "got %lu\n", ret);
    ok(context.calls == 1 && context.last_event == fnevExtended, "not called\n");
    context.release = sink;             /* the last reference, from inside */
    IMAPIAdviseSink_OnNotify(sink, 1, &notification);
    ok(context.calls == 2, "not called\n");
}

struct foreign
{
    IMAPIAdviseSink *sink;
    unsigned int times;
    HANDLE done;
};

static DWORD WINAPI notify_thread(void *arg)
{
    struct foreign *foreign = arg;
    NOTIFICATION notification;
    ULONG ret;

    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = fnevNewMail;
    for (; foreign->times; foreign->times--)
    {
        ret = IMAPIAdviseSink_OnNotify(foreign->sink, 1, &notification);
        ok(ret == S_OK, "got %lu\n", ret);
    }
    return 0;
}

static void notify_from_thread(IMAPIAdviseSink *sink, unsigned int times)
{
    struct foreign foreign = { sink, times, NULL };
    HANDLE thread = CreateThread(NULL, 0, notify_thread, &foreign, 0, NULL);

    ok(WaitForSingleObject(thread, 10000) == WAIT_OBJECT_0, "OnNotify does not return\n");
    CloseHandle(thread);
}

static void test_this_thread(void)
{
    IMAPIAdviseSink *inner, *sink;
    NOTIFICATION notification;
    struct context context;
    unsigned int messages;
    HRESULT hr;
    ULONG ref;

    inner = make_sink(callback, &context);
    sink = (void *)0xdead;
    hr = HrThisThreadAdviseSink(NULL, &sink);
    ok(hr == MAPI_E_INVALID_PARAMETER && !sink, "got %#lx\n", hr);
    hr = HrThisThreadAdviseSink(inner, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = HrThisThreadAdviseSink(inner, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(sink != inner, "the same sink\n");

    /* on this thread: at once */
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = fnevNewMail;
    context.ret = 1;
    ref = IMAPIAdviseSink_OnNotify(sink, 1, &notification);
    ok(ref == 1 && context.calls == 1, "got %lu, %ld calls\n", ref, context.calls);
    context.ret = 0;

    /* from another one: through the message loop, one message for all of them */
    notify_from_thread(sink, 100);
    ok(context.calls == 1, "called before the message loop turned\n");
    messages = pump(&context.notifications, 101, 5000);
    ok(context.notifications == 101, "got %ld notifications\n", context.notifications);
    ok(context.thread == GetCurrentThreadId(), "called on thread %#lx\n", context.thread);
    ok(messages <= 2, "%u messages for one burst\n", messages);

    /* what is queued goes with the sink */
    notify_from_thread(sink, 3);
    ref = IMAPIAdviseSink_Release(sink);
    ok(!ref, "still %lu references\n", ref);
    pump(&context.notifications, 102, 200);
    ok(context.notifications == 101, "delivered to a released sink\n");
    ref = IMAPIAdviseSink_Release(inner);
    ok(!ref, "still %lu references\n", ref);
}

static DWORD WINAPI sink_thread(void *arg)
{
    IMAPIAdviseSink **sinks = arg;
    HRESULT hr;

    hr = HrThisThreadAdviseSink(sinks[0], &sinks[1]);
    ok(hr == S_OK, "got %#lx\n", hr);
    return 0;
}

/* A sink of a thread that is no more: nobody is called, nothing hangs. */
static void test_dead_thread(void)
{
    IMAPIAdviseSink *sinks[2];
    NOTIFICATION notification;
    struct context context;
    HANDLE thread;

    sinks[0] = make_sink(callback, &context);
    thread = CreateThread(NULL, 0, sink_thread, sinks, 0, NULL);
    ok(WaitForSingleObject(thread, 10000) == WAIT_OBJECT_0, "thread hangs\n");
    CloseHandle(thread);
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = fnevNewMail;
    ok(IMAPIAdviseSink_OnNotify(sinks[1], 1, &notification) == S_OK, "failed\n");
    pump(&context.calls, 1, 100);
    ok(!context.calls, "called\n");
    ok(!IMAPIAdviseSink_Release(sinks[1]), "still referenced\n");
    ok(!IMAPIAdviseSink_Release(sinks[0]), "still referenced\n");
}

struct source
{
    ITableData *data;
    IMAPITable *view;
    LONG next;
};

static BOOL make_source(struct source *source)
{
    static SizedSPropTagArray(1, columns) = { 1, { PR_TEST_KEY } };
    SCODE ret;
    HRESULT hr;

    memset(source, 0, sizeof(*source));
    ret = CreateTable(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                      TBLTYPE_DYNAMIC, PR_TEST_KEY, (SPropTagArray *)&columns, &source->data);
    ok(ret == S_OK, "got %#lx\n", ret);
    if (ret != S_OK) return FALSE;
    hr = ITableData_HrGetView(source->data, NULL, NULL, 0, &source->view);
    ok(hr == S_OK, "got %#lx\n", hr);
    return hr == S_OK;
}

static void free_source(struct source *source)
{
    if (source->view) IMAPITable_Release(source->view);
    if (source->data) ITableData_Release(source->data);
}

static void change(struct source *source)
{
    SPropValue value;
    SRow row = { 0, 1, &value };
    HRESULT hr;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_TEST_KEY;
    value.Value.l = InterlockedIncrement(&source->next);
    hr = ITableData_HrModifyRow(source->data, &row);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void advise(struct source *source, IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    HRESULT hr = IMAPITable_Advise(source->view, fnevTableModified, sink, connection);

    ok(hr == S_OK, "got %#lx\n", hr);
    ok(*connection != 0, "no connection\n");
}

static void test_delivery(BOOL own_thread)
{
    ULONG_PTR connection, second;
    IMAPIAdviseSink *sink;
    struct source source;
    struct context context;
    unsigned int i;
    HRESULT hr;
    ULONG ref;

    if (!make_source(&source)) return;
    sink = make_sink(callback, &context);
    context.called = CreateEventW(NULL, FALSE, FALSE, NULL);
    advise(&source, sink, &connection);

    for (i = 0; i < 10; i++) change(&source);
    if (own_thread)
    {
        ok(WaitForSingleObject(context.called, 5000) == WAIT_OBJECT_0, "not called\n");
        hr = HrDispatchNotifications(0);
        ok(hr == S_OK, "got %#lx\n", hr);
        ok(context.notifications == 10, "got %ld\n", context.notifications);
        ok(context.thread != GetCurrentThreadId(), "called on this thread\n");
    }
    else
    {
        ok(!context.calls, "called before the message loop turned\n");
        pump(&context.notifications, 10, 5000);
        ok(context.notifications == 10, "got %ld\n", context.notifications);
        ok(context.thread == GetCurrentThreadId(), "called on another thread\n");
        change(&source);
        hr = HrDispatchNotifications(0);
        ok(hr == S_OK, "got %#lx\n", hr);
        ok(context.notifications == 11, "got %ld\n", context.notifications);
    }
    hr = HrDispatchNotifications(1);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);

    /* the sink is held by its connection alone, and twice by two */
    advise(&source, sink, &second);
    ok(second != connection, "the same connection twice\n");
    IMAPIAdviseSink_AddRef(sink);
    IMAPIAdviseSink_Release(sink);
    hr = IMAPITable_Unadvise(source.view, second);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Unadvise(source.view, second);
    ok(hr != S_OK, "unadvised twice\n");

    /* what is queued at Unadvise is not delivered */
    HrDispatchNotifications(0);
    context.notifications = 0;
    if (!own_thread)
    {
        change(&source);
        hr = IMAPITable_Unadvise(source.view, connection);
        ok(hr == S_OK, "got %#lx\n", hr);
        pump(&context.notifications, 1, 200);
        ok(!context.notifications, "delivered after Unadvise\n");
    }
    else
    {
        hr = IMAPITable_Unadvise(source.view, connection);
        ok(hr == S_OK, "got %#lx\n", hr);
        change(&source);
        HrDispatchNotifications(0);
        ok(!context.notifications, "delivered after Unadvise\n");
    }
    ref = IMAPIAdviseSink_Release(sink);
    ok(!ref, "still %lu references\n", ref);

    /* unadvised and released from inside */
    sink = make_sink(callback, &context);
    advise(&source, sink, &context.connection);
    context.table = source.view;
    context.release = sink;
    change(&source);
    if (!own_thread) pump(&context.calls, 1, 5000);
    HrDispatchNotifications(0);
    ok(context.calls == 1, "got %ld calls\n", context.calls);
    change(&source);
    HrDispatchNotifications(0);
    ok(context.calls == 1, "got %ld calls\n", context.calls);

    free_source(&source);
}

/* A client that never dispatches a message keeps nothing for sinks that have gone. Wine's newer
 * heap keeps the pages of small blocks, so it takes more than one sink to tell. */
static void test_undispatched(void)
{
    SIZE_T before, queued = 0, first = 0, after;
    struct context context, other;
    IMAPIAdviseSink *sink, *stays;
    ULONG_PTR connection, staying;
    struct source source;
    unsigned int i, round;
    ULONG ref;

    if (!make_source(&source)) return;
    sink = make_sink(callback, &context);
    stays = make_sink(callback, &other);
    for (round = 0; round < 8; round++)
    {
        advise(&source, sink, &connection);
        change(&source);
        before = memory_in_use();
        for (i = 0; i < 1000; i++)
        {
            source.next = 0;        /* the same row */
            change(&source);
        }
        if (!round)
        {
            queued = memory_in_use() - before;
            ok(queued > 100000, "only %Iu bytes for what is queued\n", queued);
        }
        /* The last one goes while another sink has an event behind all of its own. */
        if (round == 7)
        {
            advise(&source, stays, &staying);
            change(&source);
        }
        ok(IMAPITable_Unadvise(source.view, connection) == S_OK, "failed\n");
        if (!round) first = memory_in_use();
    }
    after = memory_in_use();
    ok(after < first + queued, "%Iu bytes of %Iu a round stay\n", after - first, queued);
    change(&source);
    ok(pump(&other.calls, 2, 10000) < 100, "a message for each\n");
    ok(other.notifications == 2 && other.calls == 2,
       "got %ld notifications\n", other.notifications);
    ok(!context.calls, "delivered after Unadvise\n");
    ok(IMAPITable_Unadvise(source.view, staying) == S_OK, "failed\n");
    ref = IMAPIAdviseSink_Release(sink);
    ok(!ref, "still %lu references\n", ref);
    ref = IMAPIAdviseSink_Release(stays);
    ok(!ref, "still %lu references\n", ref);
    free_source(&source);
}

/* Unadvise waits for an OnNotify in another thread. */
static void test_unadvise_waits(void)
{
    IMAPIAdviseSink *sink;
    struct context context;
    struct source source;
    ULONG_PTR connection;
    unsigned int i;
    HRESULT hr;

    if (!make_source(&source)) return;
    sink = make_sink(slow_callback, &context);
    advise(&source, sink, &connection);
    change(&source);
    for (i = 0; i < 500 && !context.entered; i++) Sleep(10);
    ok(context.entered, "not called\n");
    hr = IMAPITable_Unadvise(source.view, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(context.may_leave, "Unadvise did not wait for OnNotify\n");
    ok(!IMAPIAdviseSink_Release(sink), "still referenced\n");
    free_source(&source);
}

static LONG slow_sink_refs = 1, slow_sink_released;

static HRESULT WINAPI slow_sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    return E_NOINTERFACE;
}

static ULONG WINAPI slow_sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&slow_sink_refs);
}

static ULONG WINAPI slow_sink_Release(IMAPIAdviseSink *iface)
{
    ULONG ref = InterlockedDecrement(&slow_sink_refs);

    Sleep(200);
    InterlockedIncrement(&slow_sink_released);
    return ref;
}

static struct context slow_context;

static ULONG WINAPI slow_sink_OnNotify(IMAPIAdviseSink *iface, ULONG count,
                                       NOTIFICATION *notifications)
{
    return slow_callback(&slow_context, count, notifications);
}

static IMAPIAdviseSinkVtbl slow_sink_vtbl =
{
    slow_sink_QueryInterface, slow_sink_AddRef, slow_sink_Release, slow_sink_OnNotify
};

/* The client may free the sink and unload its code once Unadvise has returned: it is released by
 * then. */
static void test_unadvise_releases(void)
{
    IMAPIAdviseSink sink = { &slow_sink_vtbl };
    struct source source;
    ULONG_PTR connection;
    unsigned int i;
    HRESULT hr;

    if (!make_source(&source)) return;
    advise(&source, &sink, &connection);
    change(&source);
    for (i = 0; i < 500 && !slow_context.entered; i++) Sleep(10);
    ok(slow_context.entered, "not called\n");
    hr = IMAPITable_Unadvise(source.view, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(slow_context.may_leave, "Unadvise did not wait for OnNotify\n");
    ok(slow_sink_released == 1 && slow_sink_refs == 1,
       "released %ld times, %ld references are left\n", slow_sink_released, slow_sink_refs);
    Sleep(300);                         /* for whoever is still in Release, before the sink goes */
    free_source(&source);
}

/* A sink bound to this thread, advised on a source whose notifications come on another. */
static void test_bound_sink(void)
{
    IMAPIAdviseSink *inner, *sink;
    struct context context;
    struct source source;
    ULONG_PTR connection;
    HRESULT hr;

    if (!make_source(&source)) return;
    inner = make_sink(callback, &context);
    hr = HrThisThreadAdviseSink(inner, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    advise(&source, sink, &connection);
    change(&source);
    Sleep(100);
    ok(!context.calls, "called without the message loop\n");
    pump(&context.calls, 1, 5000);
    ok(context.calls == 1, "got %ld calls\n", context.calls);
    ok(context.thread == GetCurrentThreadId(), "called on another thread\n");

    change(&source);
    Sleep(100);
    hr = HrDispatchNotifications(0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(context.calls == 2, "got %ld calls\n", context.calls);

    change(&source);
    Sleep(100);
    hr = IMAPITable_Unadvise(source.view, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    pump(&context.calls, 3, 200);
    ok(context.calls == 2, "delivered after Unadvise\n");
    ok(!IMAPIAdviseSink_Release(sink), "still referenced\n");
    ok(!IMAPIAdviseSink_Release(inner), "still referenced\n");
    free_source(&source);
}

/* One message wakes the window for a burst, and a burst that never ends lets other messages
 * through. */
static LONG WINAPI restless_callback(void *arg, ULONG count, NOTIFICATION *notifications)
{
    struct source *source = ((struct context *)arg)->called;

    InterlockedExchangeAdd(&((struct context *)arg)->notifications, count);
    if (((struct context *)arg)->notifications < 200) change(source);
    return S_OK;
}

static void test_burst(void)
{
    IMAPIAdviseSink *sink;
    struct context context;
    struct source source;
    ULONG_PTR connection;
    unsigned int i, messages;
    MSG msg;

    if (!make_source(&source)) return;
    sink = make_sink(callback, &context);
    advise(&source, sink, &connection);
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
    for (i = 0; i < 1000; i++) change(&source);
    messages = pump(&context.notifications, 1000, 5000);
    ok(context.notifications == 1000, "got %ld\n", context.notifications);
    ok(messages <= 2, "%u messages for one burst\n", messages);
    IMAPITable_Unadvise(source.view, connection);
    IMAPIAdviseSink_Release(sink);

    sink = make_sink(restless_callback, &context);
    context.called = &source;
    advise(&source, sink, &connection);
    change(&source);
    messages = pump(&context.notifications, 200, 10000);
    ok(context.notifications == 200, "got %ld\n", context.notifications);
    ok(messages > 100, "only %u messages: the loop was kept busy\n", messages);
    IMAPITable_Unadvise(source.view, connection);
    IMAPIAdviseSink_Release(sink);
    free_source(&source);
}

static DWORD WINAPI churn_thread(void *arg)
{
    struct source *source = arg;
    unsigned int i;

    for (i = 0; i < 200; i++) change(source);
    return 0;
}

/* Sinks come and go while other threads change the table. */
static void test_churn(void)
{
    struct context context[4];
    struct source source;
    HANDLE threads[4];
    unsigned int i, round;
    ULONG_PTR connection;
    IMAPIAdviseSink *sink;

    if (!make_source(&source)) return;
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, churn_thread, &source, 0, NULL);
    for (round = 0; round < 200; round++)
    {
        LONG seen;

        sink = make_sink(callback, &context[round % 4]);
        advise(&source, sink, &connection);
        if (!(round % 8)) Sleep(1);
        ok(IMAPITable_Unadvise(source.view, connection) == S_OK, "Unadvise failed\n");
        seen = context[round % 4].calls;
        ok(!IMAPIAdviseSink_Release(sink), "still referenced\n");
        ok(context[round % 4].calls == seen, "called after Unadvise\n");
    }
    ok(WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, 60000) == WAIT_OBJECT_0,
       "threads hang\n");
    for (i = 0; i < ARRAY_SIZE(threads); i++) CloseHandle(threads[i]);
    free_source(&source);
}

static void test_quit(void)
{
    HRESULT hr;
    MSG msg;

    PostQuitMessage(7);
    hr = HrDispatchNotifications(0);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    do msg.message = 0;
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE) && msg.message != WM_QUIT);
    ok(msg.message == WM_QUIT && msg.wParam == 7, "the message did not stay\n");
    hr = HrDispatchNotifications(0);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static DWORD WINAPI first_thread(void *arg)
{
    HRESULT hr = MAPIInitialize(NULL);

    ok(hr == S_OK, "got %#lx\n", hr);
    return 0;
}

/* The thread that initialised MAPI first ends: notifications still come. */
static void test_orphaned(void)
{
    HANDLE thread = CreateThread(NULL, 0, first_thread, NULL, 0, NULL);
    IMAPIAdviseSink *sink;
    struct context context;
    struct source source;
    ULONG_PTR connection;

    ok(WaitForSingleObject(thread, 10000) == WAIT_OBJECT_0, "thread hangs\n");
    CloseHandle(thread);
    if (make_source(&source))
    {
        sink = make_sink(callback, &context);
        advise(&source, sink, &connection);
        change(&source);
        pump(&context.calls, 1, 5000);
        ok(context.calls == 1, "got %ld calls\n", context.calls);
        IMAPITable_Unadvise(source.view, connection);
        ok(!IMAPIAdviseSink_Release(sink), "still referenced\n");
    }
    free_source(&source);
    MAPIUninitialize();
}

/* The engine stops with notifications still queued. */
static void test_stop(ULONG flags)
{
    MAPIINIT_0 init = { 0, flags };
    IMAPIAdviseSink *sink;
    struct context context;
    struct source source;
    ULONG_PTR connection;
    unsigned int i;
    LONG seen;

    ok(MAPIInitialize(&init) == S_OK, "failed\n");
    if (make_source(&source))
    {
        sink = make_sink(callback, &context);
        advise(&source, sink, &connection);
        for (i = 0; i < 100; i++) change(&source);
        MAPIUninitialize();
        seen = context.calls;
        change(&source);
        pump(&context.calls, seen + 1, 100);
        ok(context.calls == seen, "called after MAPIUninitialize\n");
        /* and goes on with the same sink */
        ok(MAPIInitialize(&init) == S_OK, "failed\n");
        change(&source);
        pump(&context.calls, seen + 1, 5000);
        ok(context.calls == seen + 1, "got %ld calls after %ld\n", context.calls, seen);
        ok(IMAPITable_Unadvise(source.view, connection) == S_OK, "failed\n");
        ok(!IMAPIAdviseSink_Release(sink), "still referenced\n");
    }
    MAPIUninitialize();
    free_source(&source);
}

/* A sink that uses MAPI while the engine stops under it. */
static LONG WINAPI user_callback(void *arg, ULONG count, NOTIFICATION *notifications)
{
    struct context *context = arg;

    InterlockedExchange(&context->entered, 1);
    Sleep(100);
    ok(MAPIInitialize(NULL) == S_OK, "failed\n");
    HrDispatchNotifications(0);
    MAPIUninitialize();
    InterlockedIncrement(&context->calls);
    return S_OK;
}

static void test_busy_stop(void)
{
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };
    IMAPIAdviseSink *sink;
    struct context context;
    struct source source;
    ULONG_PTR connection;
    unsigned int i;
    DWORD start;

    ok(MAPIInitialize(&init) == S_OK, "failed\n");
    if (make_source(&source))
    {
        sink = make_sink(user_callback, &context);
        advise(&source, sink, &connection);
        change(&source);
        for (i = 0; i < 500 && !context.entered; i++) Sleep(10);
        start = GetTickCount();
        MAPIUninitialize();
        ok(GetTickCount() - start < 3000, "took %lu ms\n", GetTickCount() - start);
        ok(context.calls == 1, "MAPIUninitialize did not wait for OnNotify\n");
        ok(IMAPITable_Unadvise(source.view, connection) == S_OK, "failed\n");
        ok(!IMAPIAdviseSink_Release(sink), "still referenced\n");
    }
    else MAPIUninitialize();
    free_source(&source);
    ok(HrDispatchNotifications(0) == MAPI_E_NOT_INITIALIZED, "still initialised\n");
}

START_TEST(notify)
{
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };

    test_alloc_sink();
    test_this_thread();
    test_dead_thread();

    ok(MAPIInitialize(NULL) == S_OK, "failed\n");
    test_delivery(FALSE);
    test_undispatched();
    test_bound_sink();
    test_burst();
    test_churn();
    test_quit();
    MAPIUninitialize();

    ok(MAPIInitialize(&init) == S_OK, "failed\n");
    test_delivery(TRUE);
    test_unadvise_waits();
    test_unadvise_releases();
    test_bound_sink();
    test_churn();
    test_quit();
    MAPIUninitialize();

    test_orphaned();
    test_stop(0);
    test_stop(MAPI_MULTITHREAD_NOTIFICATIONS);
    test_busy_stop();
}
