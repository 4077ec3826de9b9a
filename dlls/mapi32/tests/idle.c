/*
 * Tests: idle routines
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
 * Nothing here depends on how long something takes: a message loop turns until what is expected has
 * happened, and what must not come early is compared with the clock from below.
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

#define PATIENCE 30000

static char order[64];          /* a letter a call */
static unsigned int calls;      /* of all routines */

struct context
{
    char letter;
    unsigned int calls;
    DWORD thread;
    DWORD first, last, shortest;        /* ms; of the calls, and between them */
    DWORD inaction;                     /* ms, at the first call */
    FTG tag;
    FTG deregister;                     /* from inside */
    FTG change;
    BOOL nest;                          /* turns a message loop inside */
    BOOL leave;                         /* calls MAPIDeinitIdle inside */
    unsigned int inside, deepest;
};

static void pump(void)
{
    MSG msg;

    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
}

/* FALSE when it does not happen. */
static BOOL wait_calls(const unsigned int *count, unsigned int expected)
{
    DWORD start = GetTickCount();

    for (;;)
    {
        pump();
        if (*count >= expected) return TRUE;
        if (GetTickCount() - start > PATIENCE) return FALSE;
        MsgWaitForMultipleObjects(0, NULL, FALSE, 1000, QS_ALLINPUT);
    }
}

static BOOL WINAPI routine(void *arg)
{
    LASTINPUTINFO input = { sizeof(input) };
    struct context *context = arg;
    DWORD now = GetTickCount();

    context->inside++;
    context->deepest = max(context->deepest, context->inside);
    if (calls < sizeof(order) - 1) order[calls] = context->letter;
    calls++;
    if (!context->calls++)
    {
        context->first = now;
        if (GetLastInputInfo(&input)) context->inaction = now - input.dwTime;
    }
    else context->shortest = min(context->shortest, now - context->last);
    context->last = now;
    context->thread = GetCurrentThreadId();
    if (context->deregister) DeregisterIdleRoutine(context->deregister);
    if (context->change) ChangeIdleRoutine(context->change, NULL, NULL, 0, 0, 0, 0x8000);
    if (context->leave) MAPIDeinitIdle();
    if (context->nest)
    {
        context->nest = FALSE;
        wait_calls(&calls, calls + 3);
    }
    context->inside--;
    return FALSE;
}

static struct context *reset(struct context *context, char letter)
{
    memset(context, 0, sizeof(*context));
    context->letter = letter;
    context->shortest = ~0u;
    return context;
}

static void start_order(void)
{
    calls = 0;
    memset(order, 0, sizeof(order));
}

/* That nothing more is called: whoever does come often is let come a few times. */
static void let_others_run(void)
{
    struct context other;

    other.tag = FtgRegisterIdleRoutine(routine, reset(&other, '.'), -32768, 0, IRONULL);
    ok(wait_calls(&other.calls, 3), "not called\n");
    DeregisterIdleRoutine(other.tag);
}

static void test_engine(void)
{
    struct context a;
    LONG ret;

    ok(!FtgRegisterIdleRoutine(routine, &a, -1, 0, IRONULL), "no engine yet\n");
    MAPIDeinitIdle();
    ret = MAPIInitIdle(&a);
    ok(ret == 1, "reserved: got %ld\n", ret);

    ret = MAPIInitIdle(NULL);
    ok(!ret, "got %ld\n", ret);
    ret = MAPIInitIdle(NULL);
    ok(!ret, "again: got %ld\n", ret);
    ok(!FtgRegisterIdleRoutine(NULL, &a, -1, 0, IRONULL), "no routine\n");
    ok(!FtgRegisterIdleRoutine(routine, &a, -1, 10, FIROWAIT | FIROINTERVAL), "both times\n");
    ok(!FtgRegisterIdleRoutine(routine, &a, -1, 10, FIROPERBLOCK | FIROINTERVAL), "both\n");

    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -1, 0, IRONULL);
    ok(a.tag != NULL, "not registered\n");
    ok(!a.calls, "called before the message loop turned\n");
    ok(wait_calls(&a.calls, 3), "called %u times\n", a.calls);
    ok(a.thread == GetCurrentThreadId(), "on another thread\n");

    MAPIDeinitIdle();
    ok(wait_calls(&a.calls, a.calls + 2), "the engine is counted\n");
    MAPIDeinitIdle();
    a.calls = 0;
    ok(!MAPIInitIdle(NULL), "not started again\n");
    let_others_run();
    ok(!a.calls, "the last one removes the routines\n");
    DeregisterIdleRoutine(a.tag);
    EnableIdleRoutine(a.tag, TRUE);
    ChangeIdleRoutine(a.tag, routine, &a, 1, 0, IRONULL, FIRCPFN);
    DeregisterIdleRoutine(NULL);
    DeregisterIdleRoutine((FTG)&a);
    MAPIDeinitIdle();
}

static void test_priority(void)
{
    struct context a, b, c, d, e;

    ok(!MAPIInitIdle(NULL), "not started\n");
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -5, 0, FIRODISABLED);
    b.tag = FtgRegisterIdleRoutine(routine, reset(&b, 'b'), -1, 0, FIRODISABLED);
    c.tag = FtgRegisterIdleRoutine(routine, reset(&c, 'c'), PRIUSER, 0, FIRODISABLED);
    d.tag = FtgRegisterIdleRoutine(routine, reset(&d, 'd'), -5, 0, FIRODISABLED);
    let_others_run();
    ok(!a.calls && !b.calls && !c.calls && !d.calls, "disabled routines were called\n");
    start_order();
    EnableIdleRoutine(a.tag, TRUE);
    EnableIdleRoutine(b.tag, TRUE);
    EnableIdleRoutine(c.tag, TRUE);
    EnableIdleRoutine(d.tag, TRUE);
    ok(wait_calls(&calls, 16), "%u calls\n", calls);
    ok(a.calls && d.calls, "equals are not called in turn: %s\n", order);
    ok(order[0] == 'c' && order[1] == 'b', "not by priority: %s\n", order);

    EnableIdleRoutine(a.tag, FALSE);
    EnableIdleRoutine(b.tag, FALSE);
    EnableIdleRoutine(d.tag, FALSE);
    ChangeIdleRoutine(c.tag, NULL, NULL, -7, 0, 0, FIRCPRI);
    EnableIdleRoutine(b.tag, TRUE);
    start_order();
    ok(wait_calls(&calls, 4), "%u calls\n", calls);
    ok(order[0] == 'b' && order[1] == 'c', "not by the new priority: %s\n", order);

    DeregisterIdleRoutine(a.tag);
    DeregisterIdleRoutine(b.tag);
    DeregisterIdleRoutine(c.tag);
    DeregisterIdleRoutine(d.tag);
    a.calls = b.calls = c.calls = d.calls = 0;
    e.tag = FtgRegisterIdleRoutine(routine, reset(&e, 'e'), 2, 0, IRONULL);
    ok(wait_calls(&e.calls, 3), "priority above zero: %u calls\n", e.calls);
    ok(e.thread == GetCurrentThreadId(), "on another thread\n");
    ok(!a.calls && !b.calls && !c.calls && !d.calls, "deregistered routines were called\n");
    MAPIDeinitIdle();
}

/* A queue that is never empty: only what is above zero is called. */
static void test_busy(void)
{
    struct context a, b;
    DWORD start = GetTickCount();
    MSG msg;

    PeekMessageW(&msg, NULL, 0, 0, PM_NOREMOVE);
    ok(!MAPIInitIdle(NULL), "not started\n");
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), 1, 0, IRONULL);
    b.tag = FtgRegisterIdleRoutine(routine, reset(&b, 'b'), -1, 0, IRONULL);
    PostThreadMessageW(GetCurrentThreadId(), WM_USER, 0, 0);
    while (a.calls < 5 && GetTickCount() - start < PATIENCE)
    {
        if (!PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) continue;
        if (msg.message == WM_USER && !msg.hwnd)
            PostThreadMessageW(GetCurrentThreadId(), WM_USER, 0, 0);
        else DispatchMessageW(&msg);
    }
    ok(a.calls >= 5, "%u calls\n", a.calls);
    ok(!b.calls, "%u calls of an idle routine in a busy loop\n", b.calls);
    do PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE);
    while (msg.message != WM_USER || msg.hwnd);
    ok(wait_calls(&b.calls, 1), "not called\n");
    MAPIDeinitIdle();
}

static void test_time(void)
{
    struct context a, b, c, d, e;
    DWORD start;

    ok(!MAPIInitIdle(NULL), "not started\n");
    start = GetTickCount();
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -1, 10, FIROINTERVAL);
    b.tag = FtgRegisterIdleRoutine(routine, reset(&b, 'b'), 1, 10, FIROINTERVAL);
    c.tag = FtgRegisterIdleRoutine(routine, reset(&c, 'c'), -1, 20, FIROWAIT);
    d.tag = FtgRegisterIdleRoutine(routine, reset(&d, 'd'), -1, 0, FIROONCEONLY);
    e.tag = FtgRegisterIdleRoutine(routine, reset(&e, 'e'), 3, ~0u, FIROINTERVAL);
    ok(wait_calls(&a.calls, 4), "%u calls\n", a.calls);
    ok(wait_calls(&b.calls, 4), "%u calls\n", b.calls);
    ok(wait_calls(&c.calls, 4), "%u calls\n", c.calls);
    /* GetTickCount steps by some milliseconds */
    ok(a.first - start >= 80, "interval: first call after %lu ms\n", a.first - start);
    ok(a.shortest >= 80, "interval: %lu ms\n", a.shortest);
    ok(b.first - start >= 80, "interval: first call after %lu ms\n", b.first - start);
    ok(b.shortest >= 50, "interval, above zero: %lu ms\n", b.shortest);
    ok(c.first - start >= 180, "wait: first call after %lu ms\n", c.first - start);
    ok(c.inaction >= 180, "wait: first call after %lu ms without input\n", c.inaction);
    ok(d.calls == 1, "once only: %u calls\n", d.calls);
    ok(!e.calls, "the longest interval there is: %u calls\n", e.calls);
    DeregisterIdleRoutine(d.tag);

    ChangeIdleRoutine(e.tag, NULL, NULL, 0, 1, 0, FIRCCSEC);
    ok(wait_calls(&e.calls, 2), "%u calls\n", e.calls);
    start = GetTickCount();
    reset(&d, 'd');
    ChangeIdleRoutine(e.tag, routine, &d, -2, 15, FIROWAIT,
                      FIRCPFN | FIRCPV | FIRCPRI | FIRCCSEC | FIRCIRO);
    e.calls = 0;
    ok(wait_calls(&d.calls, 2), "%u calls\n", d.calls);
    ok(!e.calls, "the old context was used\n");
    ok(d.first - start >= 130, "wait: first call after %lu ms\n", d.first - start);

    /* changes that cannot be made */
    ChangeIdleRoutine(e.tag, NULL, &e, 0, 0, 0, FIRCPFN | FIRCPV);
    ChangeIdleRoutine(e.tag, NULL, &e, 0, 0, 0, 0x8000 | FIRCPV);
    ChangeIdleRoutine(e.tag, NULL, &e, 0, 0, FIROWAIT | FIROINTERVAL, FIRCIRO | FIRCPV);
    d.calls = 0;
    ok(wait_calls(&d.calls, 2), "%u calls\n", d.calls);
    ok(!e.calls, "changed\n");

    /* FIRONOADJUSTMENT, whose value no header tells: sleep counts */
    start = GetTickCount();
    e.tag = FtgRegisterIdleRoutine(routine, reset(&e, 'e'), -1, 10, FIROINTERVAL | 0x80);
    ok(wait_calls(&e.calls, 2), "%u calls\n", e.calls);
    ok(e.first - start >= 80, "first call after %lu ms\n", e.first - start);
    MAPIDeinitIdle();
}

/* Moves the mouse, so that there is input. */
static void move(int by)
{
    INPUT input = { 0 };

    input.type = INPUT_MOUSE;
    input.mi.dx = by;
    input.mi.dwFlags = MOUSEEVENTF_MOVE;
    SendInput(1, &input, sizeof(input));
}

static void test_block(void)
{
    LASTINPUTINFO before = { sizeof(before) }, after = { sizeof(after) };
    struct context a;

    ok(!MAPIInitIdle(NULL), "not started\n");
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -1, 0, FIROPERBLOCK);
    ok(wait_calls(&a.calls, 1), "not called\n");
    GetLastInputInfo(&before);
    let_others_run();
    GetLastInputInfo(&after);
    if (after.dwTime == before.dwTime) ok(a.calls == 1, "%u calls in one block\n", a.calls);
    Sleep(20);
    move(1);
    pump();
    GetLastInputInfo(&after);
    if (after.dwTime != before.dwTime) ok(wait_calls(&a.calls, 2), "no call in the next block\n");
    else skip("input is not seen here\n");
    MAPIDeinitIdle();
}

static void test_inside(void)
{
    struct context a, b, c;

    ok(!MAPIInitIdle(NULL), "not started\n");
    /* one that removes itself, one that another one removes */
    b.tag = FtgRegisterIdleRoutine(routine, reset(&b, 'b'), -3, 0, IRONULL);
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -1, 0, IRONULL);
    c.tag = FtgRegisterIdleRoutine(routine, reset(&c, 'c'), -2, 0, IRONULL);
    a.deregister = a.tag;
    c.deregister = b.tag;
    ok(wait_calls(&c.calls, 3), "%u calls\n", c.calls);
    ok(a.calls == 1, "deregistered inside: %u calls\n", a.calls);
    ok(!b.calls, "deregistered by another: %u calls\n", b.calls);

    /* one with a message loop inside: others run meanwhile, it does not */
    c.deregister = NULL;
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -1, 0, IRONULL);
    a.nest = TRUE;
    a.change = c.tag;
    c.calls = 0;
    ok(wait_calls(&a.calls, 2), "%u calls\n", a.calls);
    ok(c.calls >= 3, "%u calls of the other\n", c.calls);
    ok(a.deepest == 1, "entered again\n");

    /* the same, deregistered while it is inside */
    a.nest = TRUE;
    c.deregister = a.tag;
    c.calls = 0;
    ok(wait_calls(&c.calls, 5), "%u calls\n", c.calls);
    a.calls = 0;
    let_others_run();
    ok(!a.calls, "called once removed\n");

    /* and one that ends the engine */
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -1, 0, IRONULL);
    a.leave = TRUE;
    ok(wait_calls(&a.calls, 1), "not called\n");
    pump();
    ok(a.calls == 1, "%u calls\n", a.calls);
    ok(!FtgRegisterIdleRoutine(routine, &a, -1, 0, IRONULL), "the engine is there\n");
}

static DWORD WINAPI init_thread(void *arg)
{
    HANDLE *events = arg;
    MSG msg;
    LONG ret = MAPIInitIdle(NULL);

    SetEvent(events[0]);
    while (MsgWaitForMultipleObjects(1, &events[1], FALSE, PATIENCE, QS_ALLINPUT)
           == WAIT_OBJECT_0 + 1)
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
    return ret;
}

/* The routines run on the thread that called first, and on another one when that has ended. */
static void test_thread(void)
{
    struct context a, b;
    HANDLE thread, events[2];
    DWORD id, ret, start;

    events[0] = CreateEventW(NULL, TRUE, FALSE, NULL);
    events[1] = CreateEventW(NULL, TRUE, FALSE, NULL);
    thread = CreateThread(NULL, 0, init_thread, events, 0, &id);
    WaitForSingleObject(events[0], PATIENCE);
    ok(!MAPIInitIdle(NULL), "not counted\n");
    a.tag = FtgRegisterIdleRoutine(routine, reset(&a, 'a'), -1, 0, IRONULL);
    b.tag = FtgRegisterIdleRoutine(routine, reset(&b, 'b'), 1, 0, IRONULL);
    start = GetTickCount();
    while ((*(volatile unsigned int *)&a.calls < 2 || *(volatile unsigned int *)&b.calls < 2)
           && GetTickCount() - start < PATIENCE)
        Sleep(10);
    ok(a.calls >= 2 && b.calls >= 2, "%u and %u calls\n", a.calls, b.calls);
    ok(a.thread == id && b.thread == id, "on another thread\n");

    EnableIdleRoutine(b.tag, FALSE);
    SetEvent(events[1]);
    ok(!WaitForSingleObject(thread, PATIENCE), "the thread does not end\n");
    GetExitCodeThread(thread, &ret);
    ok(!ret, "got %lu\n", ret);
    ok(!MAPIInitIdle(NULL), "not taken over\n");
    a.calls = 0;
    ok(wait_calls(&a.calls, 2), "%u calls\n", a.calls);
    ok(a.thread == GetCurrentThreadId(), "on another thread\n");
    MAPIDeinitIdle();
    MAPIDeinitIdle();
    MAPIDeinitIdle();
    ok(!FtgRegisterIdleRoutine(routine, &a, -1, 0, IRONULL), "the engine is there\n");
    CloseHandle(thread);
    CloseHandle(events[0]);
    CloseHandle(events[1]);
}

START_TEST(idle)
{
    test_engine();
    test_priority();
    test_busy();
    test_time();
    test_block();
    test_inside();
    test_thread();
}
