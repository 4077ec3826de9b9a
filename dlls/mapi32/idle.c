/*
 * The idle engine
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
 * Idle routines run on the thread that called MAPIInitIdle first, from its message loop: a hidden
 * window there gets a timer message, which a queue yields only when it has nothing else, for
 * routines of priority zero and below, and a message posted by a timer of the thread pool for those
 * above zero, which are not to wait for an idle queue. Of the routines that are ready the one of
 * the highest priority runs first, of equals the one that waited longest; each runs once a turn,
 * and a turn of idle routines ends as soon as input is waiting.
 *
 * A time is counted from the registration, from enabling, from a change of the time or from the
 * last call (FIROINTERVAL), and from the user's last input (FIROWAIT); it does not go on while the
 * machine sleeps. Option bits without a published value can only be FIRONOADJUSTMENT, which counts
 * sleep.
 *
 * A tag is a number that does not come again. idle_cs guards everything and is not held while a
 * routine runs: a routine may call all of these, deregister itself, or turn a message loop, in
 * which it is not entered again.
 */

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "objbase.h"
#include "mapiutil.h"
#include "core/core.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* what Wine's headers leave out */
WINBASEAPI BOOL WINAPI QueryUnbiasedInterruptTime(ULONGLONG *time);

#define WM_BACKGROUND (WM_USER + 1)     /* a routine above zero is due */
#define WM_SCHEDULE   (WM_USER + 2)     /* set the window's timer anew */
#define WM_STOP       (WM_USER + 3)

#define KNOWN_OPTIONS (FIROWAIT | FIROINTERVAL | FIROPERBLOCK | FIRODISABLED | FIROONCEONLY)
#define CHANGES       (FIRCPFN | FIRCPV | FIRCPRI | FIRCCSEC | FIRCIRO)

#define TICKS_PER_CSEC ((ULONGLONG)100000)
#define TICKS_PER_MS   ((ULONGLONG)10000)
#define NEVER          (~(ULONGLONG)0)
#define WAIT_MAX       (60000 * TICKS_PER_MS)
#define WAIT_POLL      (250 * TICKS_PER_MS)     /* what no timer tells: new input, the end of sleep */
#define WAIT_MIN       (10 * TICKS_PER_MS)      /* between calls that come as often as possible */

struct routine
{
    struct routine *next;
    FTG tag;
    PFNIDLE proc;
    void *context;
    short priority;
    USHORT options;
    ULONG csec;
    BOOL enabled;
    BOOL running;
    BOOL removed;               /* while it ran: it is freed when it returns */
    ULONGLONG from;             /* what its time is counted from, on its own clock */
    ULONGLONG turn;             /* its last one */
    BOOL called;
    DWORD called_input;         /* the input before its last call */
};

/* One look at the clocks, in 100 ns. */
struct now
{
    ULONGLONG awake;
    ULONGLONG real;
    ULONGLONG inaction;
    DWORD input;
};

static CRITICAL_SECTION idle_cs;
static CRITICAL_SECTION_DEBUG idle_cs_debug =
{
    0, 0, &idle_cs,
    { &idle_cs_debug.ProcessLocksList, &idle_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": idle_cs") }
};
static CRITICAL_SECTION idle_cs = { &idle_cs_debug, -1, 0, 0, 0, 0 };

/* idle_cs */
static LONG idle_count;
static HWND idle_window;
static DWORD idle_thread;
static HMODULE idle_module;     /* held while there is a window */
static ULONG idle_depth;        /* of turns under way */
static TP_TIMER *idle_timer;
static struct routine *routines;
static ULONG_PTR last_tag;
static ULONGLONG turns;

static void look_at_clocks(struct now *now)
{
    LASTINPUTINFO input = { sizeof(input) };
    DWORD ticks = GetTickCount();
    FILETIME real;

    if (!QueryUnbiasedInterruptTime(&now->awake)) now->awake = GetTickCount64() * TICKS_PER_MS;
    GetSystemTimeAsFileTime(&real);
    now->real = (ULONGLONG)real.dwHighDateTime << 32 | real.dwLowDateTime;
    now->input = GetLastInputInfo(&input) ? input.dwTime : 0;
    /* the two clocks may differ by a little */
    now->inaction = (LONG)(ticks - now->input) < 0 ? 0 : (ticks - now->input) * TICKS_PER_MS;
}

static ULONGLONG clock_of(const struct routine *routine, const struct now *now)
{
    return routine->options & ~KNOWN_OPTIONS ? now->real : now->awake;
}

static void count_anew(struct routine *routine, const struct now *now)
{
    routine->from = clock_of(routine, now);
    routine->called = FALSE;
}

/* 0 when it is ready. */
static ULONGLONG time_left(struct routine *routine, const struct now *now)
{
    ULONGLONG clock = clock_of(routine, now), from, elapsed;

    if (!routine->enabled || routine->running) return NEVER;
    if (routine->options & FIROPERBLOCK && routine->called && routine->called_input == now->input)
        return WAIT_POLL;
    if (!(routine->options & (FIROWAIT | FIROINTERVAL))) return 0;

    if (clock < routine->from) routine->from = clock;   /* somebody set the clock */
    from = routine->from;
    if (routine->options & FIROWAIT && clock > now->inaction)
        from = max(from, clock - now->inaction);
    elapsed = clock - from;
    if (elapsed >= routine->csec * TICKS_PER_CSEC) return 0;
    return routine->csec * TICKS_PER_CSEC - elapsed;
}

/* Whether a turn of this kind is for the routine. */
static BOOL in_turn(const struct routine *routine, BOOL background)
{
    return !background || routine->priority > 0;
}

/* When to look again for routines above zero, or for the others. idle_cs is held. */
static ULONGLONG time_to_wait(BOOL background, const struct now *now)
{
    ULONGLONG wait = NEVER, left;
    struct routine *routine;

    for (routine = routines; routine; routine = routine->next)
    {
        if ((routine->priority > 0) != background) continue;
        if ((left = time_left(routine, now)) == NEVER) continue;
        if (routine->options & ~KNOWN_OPTIONS) left = min(left, WAIT_POLL);
        wait = min(wait, max(left, WAIT_MIN));
    }
    return wait == NEVER ? NEVER : min(wait, WAIT_MAX);
}

/* Sets both timers. idle_cs is held. */
static void schedule(void)
{
    ULONGLONG wait;
    struct now now;
    FILETIME due;

    if (!idle_window) return;
    look_at_clocks(&now);

    if ((wait = time_to_wait(TRUE, &now)) != NEVER)
    {
        due.dwLowDateTime = 0 - wait;           /* from now on */
        due.dwHighDateTime = (0 - wait) >> 32;
        SetThreadpoolTimer(idle_timer, &due, 0, 0);
    }
    else SetThreadpoolTimer(idle_timer, NULL, 0, 0);

    if (GetCurrentThreadId() != idle_thread) PostMessageW(idle_window, WM_SCHEDULE, 0, 0);
    else if ((wait = time_to_wait(FALSE, &now)) == NEVER) KillTimer(idle_window, 1);
    else SetTimer(idle_window, 1, (wait + TICKS_PER_MS - 1) / TICKS_PER_MS, NULL);
}

static void CALLBACK background_due(TP_CALLBACK_INSTANCE *instance, void *context, TP_TIMER *timer)
{
    EnterCriticalSection(&idle_cs);
    if (idle_window && timer == idle_timer) PostMessageW(idle_window, WM_BACKGROUND, 0, 0);
    LeaveCriticalSection(&idle_cs);
}

static struct routine *find_routine(FTG tag)
{
    struct routine *routine;

    for (routine = routines; routine && routine->tag != tag; routine = routine->next) {}
    return routine;
}

/* Nobody but the turn that runs it knows it any more. idle_cs is held. */
static void remove_routine(struct routine *routine)
{
    struct routine **link;

    for (link = &routines; *link != routine; link = &(*link)->next) {}
    *link = routine->next;
    if (routine->running) routine->removed = TRUE;
    else platform_free(routine);
}

static struct routine *next_ready(BOOL background, ULONGLONG turn)
{
    struct routine *routine, *best = NULL;
    struct now now;

    look_at_clocks(&now);
    for (routine = routines; routine; routine = routine->next)
    {
        if (!in_turn(routine, background) || routine->turn >= turn) continue;
        if (best && (routine->priority < best->priority
                     || (routine->priority == best->priority && routine->turn >= best->turn)))
            continue;
        if (!time_left(routine, &now)) best = routine;
    }
    if (best)
    {
        best->from = clock_of(best, &now);
        best->called = TRUE;
        best->called_input = now.input;
        best->turn = turn;
        best->running = TRUE;
    }
    return best;
}

static void run_turn(BOOL background)
{
    struct routine *routine;
    ULONGLONG turn;
    void *context;
    PFNIDLE proc;

    EnterCriticalSection(&idle_cs);
    idle_depth++;
    turn = ++turns;
    while ((routine = next_ready(background, turn)))
    {
        proc = routine->proc;
        context = routine->context;
        LeaveCriticalSection(&idle_cs);
        TRACE("routine %p, priority %d\n", routine->tag, routine->priority);
        proc(context);
        EnterCriticalSection(&idle_cs);
        routine->running = FALSE;
        if (routine->removed) platform_free(routine);
        else if (routine->options & FIROONCEONLY) remove_routine(routine);
        if (!background && HIWORD(GetQueueStatus(QS_INPUT | QS_POSTMESSAGE | QS_PAINT))) break;
    }
    idle_depth--;
    schedule();
    LeaveCriticalSection(&idle_cs);
}

static LRESULT CALLBACK window_proc(HWND window, UINT msg, WPARAM wparam, LPARAM lparam)
{
    BOOL current;

    switch (msg)
    {
    case WM_TIMER:
    case WM_BACKGROUND:
    case WM_SCHEDULE:
        EnterCriticalSection(&idle_cs);
        if ((current = window == idle_window) && msg == WM_SCHEDULE) schedule();
        LeaveCriticalSection(&idle_cs);
        if (current && msg != WM_SCHEDULE) run_turn(msg == WM_BACKGROUND);
        return 0;
    case WM_STOP:
        DestroyWindow(window);
        return 0;
    }
    return DefWindowProcW(window, msg, wparam, lparam);
}

/* A window of this thread, which holds the module. */
static HWND create_window(HMODULE *module)
{
    static const WCHAR name[] = L"MAPI idle routines";
    WNDCLASSW class = { 0 };
    HWND window;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)window_proc,
                            module))
        return NULL;
    class.lpfnWndProc = window_proc;
    class.hInstance = *module;
    class.lpszClassName = name;
    RegisterClassW(&class);             /* fails when it is there already, and then need not succeed */
    window = CreateWindowExW(0, name, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, *module, NULL);
    if (!window) FreeLibrary(*module);
    return window;
}

static TP_TIMER *create_timer(HMODULE module)
{
    TP_CALLBACK_ENVIRON environment;

    memset(&environment, 0, sizeof(environment));
    environment.Version = 1;
    environment.RaceDll = module;
    return CreateThreadpoolTimer(background_due, NULL, &environment);
}

/* Is there a window, and has its thread not gone with it? idle_cs is held. */
static BOOL engine_lives(void)
{
    return idle_window && IsWindow(idle_window);
}

/*
 * Starts the idle engine, whose routines run on the calling thread; that thread has to turn a
 * message loop. Later calls are counted, and take over when the thread of the first has ended.
 *
 * Parameters: reserved is NULL. Returns 0, or 1 when it cannot be started.
 * Reference: mapiinitidle
 */
LONG WINAPI MAPIInitIdle(void *reserved)
{
    TP_TIMER *timer = NULL;
    HMODULE module = NULL;
    HWND window = NULL;
    BOOL lives;

    TRACE("(%p)\n", reserved);

    if (reserved) return 1;
    EnterCriticalSection(&idle_cs);
    if ((lives = engine_lives())) idle_count++;
    LeaveCriticalSection(&idle_cs);
    if (lives) return 0;

    /* Outside the lock, since hooks hear of a new window. */
    if (!(window = create_window(&module)) || !(timer = create_timer(module)))
    {
        if (window) DestroyWindow(window);
        if (window) FreeLibrary(module);
        return 1;
    }
    EnterCriticalSection(&idle_cs);
    if (!(lives = engine_lives()))
    {
        /* What a thread left that ended keeps its module: its window may have taken messages
         * along. */
        idle_window = window;
        idle_thread = GetCurrentThreadId();
        idle_module = module;
        if (!idle_timer)
        {
            idle_timer = timer;
            timer = NULL;
        }
        schedule();
    }
    idle_count++;
    LeaveCriticalSection(&idle_cs);
    if (lives)
    {
        DestroyWindow(window);
        FreeLibrary(module);
    }
    if (timer) CloseThreadpoolTimer(timer);
    return 0;
}

/*
 * Undoes one MAPIInitIdle; the last one removes every routine and stops the engine.
 *
 * Reference: mapideinitidle
 */
void WINAPI MAPIDeinitIdle(void)
{
    TP_TIMER *timer;
    HMODULE module;
    BOOL own, idle;
    HWND window;

    TRACE("()\n");

    EnterCriticalSection(&idle_cs);
    if (!idle_count || --idle_count)
    {
        LeaveCriticalSection(&idle_cs);
        return;
    }
    while (routines) remove_routine(routines);
    window = idle_window;
    module = idle_module;
    timer = idle_timer;
    own = idle_thread == GetCurrentThreadId();
    idle = !idle_depth;
    idle_window = NULL;
    idle_timer = NULL;
    LeaveCriticalSection(&idle_cs);

    SetThreadpoolTimer(timer, NULL, 0, 0);
    WaitForThreadpoolTimerCallbacks(timer, TRUE);
    CloseThreadpoolTimer(timer);
    if (own)
    {
        DestroyWindow(window);
        if (idle) FreeLibrary(module);
    }
    else PostMessageW(window, WM_STOP, 0, 0);   /* its reference to the module stays */
}

static BOOL options_fit(USHORT options)
{
    return !(options & FIROINTERVAL) || !(options & (FIROWAIT | FIROPERBLOCK));
}

/*
 * Adds an idle routine.
 *
 * Parameters: priority above zero runs beside the messages of the thread, zero and below only when
 * it has none; hundredths of a second to wait for the user's inaction (FIROWAIT) or between calls
 * (FIROINTERVAL), with neither it is called as often as possible. FIROPERBLOCK: once in each period
 * without input, FIROONCEONLY: once. The context stays the caller's. Returns its tag, or NULL: no
 * engine, no routine, options that exclude each other, no memory. Reference: ftgregisteridleroutine
 */
FTG WINAPI FtgRegisterIdleRoutine(PFNIDLE proc, void *context, short priority, ULONG hundredths,
                                  USHORT options)
{
    struct routine *routine;
    struct now now;
    FTG tag = NULL;

    TRACE("(%p, %p, %d, %lu, %#x)\n", proc, context, priority, hundredths, options);

    if (!proc || !options_fit(options)) return NULL;
    if (!(routine = platform_alloc_zero(sizeof(*routine)))) return NULL;
    look_at_clocks(&now);
    routine->proc = proc;
    routine->context = context;
    routine->priority = priority;
    routine->csec = hundredths;
    routine->options = options;
    routine->enabled = !(options & FIRODISABLED);
    count_anew(routine, &now);

    EnterCriticalSection(&idle_cs);
    if (idle_count)
    {
        tag = routine->tag = (FTG)++last_tag;
        routine->next = routines;
        routines = routine;
        schedule();
    }
    LeaveCriticalSection(&idle_cs);
    if (!tag)
    {
        WARN("no idle engine\n");
        platform_free(routine);
    }
    return tag;
}

/*
 * Removes an idle routine, by itself or by anyone, on any thread. If it is running on another
 * thread just now it ends its call; this one does not wait for it.
 *
 * Reference: deregisteridleroutine
 */
void WINAPI DeregisterIdleRoutine(FTG tag)
{
    struct routine *routine;

    TRACE("(%p)\n", tag);

    EnterCriticalSection(&idle_cs);
    if ((routine = find_routine(tag)))
    {
        remove_routine(routine);
        schedule();
    }
    LeaveCriticalSection(&idle_cs);
}

/*
 * Disables or enables an idle routine; once enabled, its time starts anew.
 *
 * Reference: enableidleroutine
 */
void WINAPI EnableIdleRoutine(FTG tag, BOOL enable)
{
    struct routine *routine;
    struct now now;

    TRACE("(%p, %d)\n", tag, enable);

    EnterCriticalSection(&idle_cs);
    if ((routine = find_routine(tag)) && routine->enabled != !!enable)
    {
        routine->enabled = !!enable;
        look_at_clocks(&now);
        count_anew(routine, &now);
        schedule();
    }
    LeaveCriticalSection(&idle_cs);
}

/*
 * Changes what the bits of changes name; with bits of no meaning or options that exclude each other
 * it changes nothing. A change of the time or of the options starts the time anew. Whether the
 * routine is enabled stays as it is.
 *
 * Reference: changeidleroutine
 */
void WINAPI ChangeIdleRoutine(FTG tag, PFNIDLE proc, void *context, short priority,
                              ULONG hundredths, USHORT options, USHORT changes)
{
    struct routine *routine;
    struct now now;

    TRACE("(%p, %p, %p, %d, %lu, %#x, %#x)\n", tag, proc, context, priority, hundredths, options,
          changes);

    if (changes & ~CHANGES || (changes & FIRCPFN && !proc)
        || (changes & FIRCIRO && !options_fit(options)))
    {
        WARN("nothing is changed\n");
        return;
    }
    EnterCriticalSection(&idle_cs);
    if ((routine = find_routine(tag)))
    {
        if (changes & FIRCPFN) routine->proc = proc;
        if (changes & FIRCPV) routine->context = context;
        if (changes & FIRCPRI) routine->priority = priority;
        if (changes & FIRCCSEC) routine->csec = hundredths;
        if (changes & FIRCIRO) routine->options = options;
        look_at_clocks(&now);
        if (changes & (FIRCCSEC | FIRCIRO)) count_anew(routine, &now);
        schedule();
    }
    LeaveCriticalSection(&idle_cs);
}
