/*
 * Fast shutdown: one method called on a list of providers, with deadlines
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
 * A run is served by one worker thread, in the multithreaded apartment, which takes one job after
 * the other by itself: while all goes well the caller sleeps through the whole run. The caller's
 * part is the clock. When a job outlasts its deadline the caller marks it late and lets another
 * worker take over the rest; the late one goes on undisturbed, and its worker leaves the run when
 * it comes back.
 *
 * One idle worker waits a while for the next run, so that Query, Notify and Do of one shutdown
 * share a thread. Each worker holds the DLL it runs in, and lets go of it as it exits.
 *
 * run_cs guards everything here, and the fields of struct run and struct job that change during a
 * run, and provider->shutdown_calls. It is never held while a provider is called.
 */

#include <objbase.h>

#include "session/shutdown.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define WORKER_IDLE_MS 2000
#define QUIET_WAIT_MS  20       /* that a client waits without serving SendMessage */

struct worker
{
    struct worker *next;
    DWORD thread;
};

static CRITICAL_SECTION run_cs;
static CRITICAL_SECTION_DEBUG run_cs_debug =
{
    0, 0, &run_cs,
    { &run_cs_debug.ProcessLocksList, &run_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": run_cs") }
};
static CRITICAL_SECTION run_cs = { &run_cs_debug, -1, 0, 0, 0, 0 };

static CONDITION_VARIABLE work_come = CONDITION_VARIABLE_INIT;  /* for idle workers */
static CONDITION_VARIABLE progress = CONDITION_VARIABLE_INIT;   /* for those who wait for calls */

static HANDLE progress_event;   /* the same for a client that has waited long; NULL before that */

static struct worker *workers;
static ULONG idle_workers;
static ULONG calls_running;     /* providers inside a shutdown call */
static struct run *work_run;    /* to be served next, counted */
static ULONG work_server;       /* the number its server will have */
static void (*work_proc)(void); /* or that, when it is time */
static LONGLONG work_time;      /* of the performance counter */

LONGLONG ticks_now(void)
{
    LARGE_INTEGER now;

    QueryPerformanceCounter(&now);
    return now.QuadPart;
}

static LONGLONG ticks_per_second(void)
{
    LARGE_INTEGER frequency;

    QueryPerformanceFrequency(&frequency);
    return frequency.QuadPart;
}

ULONG ticks_to_ms(LONGLONG ticks)
{
    return ticks <= 0 ? 0 : (ULONG)(ticks * 1000 / ticks_per_second());
}

/* ---- waiting; all under run_cs ---- */

static void signal_progress(void)
{
    WakeAllConditionVariable(&progress);
    if (progress_event)
        SetEvent(progress_event);
}

/* A provider may own a window of the client's thread and send messages to it from a call that this
 * thread waits for. */
static void wait_with_messages(ULONG ms)
{
    if (!progress_event && !(progress_event = CreateEventW(NULL, FALSE, FALSE, NULL)))
    {
        SleepConditionVariableCS(&progress, &run_cs, ms);
        return;
    }
    LeaveCriticalSection(&run_cs);
    wait_quietly(progress_event, ms);
    EnterCriticalSection(&run_cs);
}

/* A client waits for progress, until a time and since another; may return early. */
static void wait_for_progress(LONGLONG since, LONGLONG until)
{
    LONGLONG now = ticks_now();
    ULONG ms, waited = ticks_to_ms(now - since);

    ms = now < until ? ticks_to_ms(until - now) + 1 : 1;
    if (waited < QUIET_WAIT_MS)
        SleepConditionVariableCS(&progress, &run_cs, min(ms, QUIET_WAIT_MS - waited));
    else
        wait_with_messages(ms);
}

HRESULT run_create(enum shutdown_phase phase, ULONG count, struct run **ret)
{
    if (!(*ret = platform_alloc_zero(FIELD_OFFSET(struct run, jobs[count]))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*ret)->ref = 1;
    (*ret)->phase = phase;
    (*ret)->count = count;
    return S_OK;
}

/* A job that is over holds no provider any longer: the session may want to shut it down. */
static void job_let_go(struct job *job)
{
    if (job->provider && job->found)
        host_object_release(job->provider, (IUnknown *)job->object);
    provider_release(job->provider);
    job->provider = NULL;
    job->object = NULL;
}

void run_release(struct run *run)
{
    ULONG i;

    if (!run || InterlockedDecrement(&run->ref))
        return;
    for (i = 0; i < run->count; i++)
        job_let_go(&run->jobs[i]);
    platform_free(run);
}

/* The interface found by the first call of a provider serves for the later ones. The first one that
 * was found stays, since a late call may still be using it. */
static void keep_interface(struct provider *provider, struct job *job)
{
    if (job->identity)
        provider->shutdown_identity = job->identity;
    if (provider->shutdown && (job->answer.outcome == OUTCOME_NO_INTERFACE
                               || job->answer.outcome == OUTCOME_DUPLICATE))
    {
        host_object_release(provider, (IUnknown *)provider->shutdown);
        provider->shutdown = NULL;
    }
    else if (job->found && !provider->shutdown)
    {
        provider->shutdown = job->object;
        provider->shutdown_old = job->old;
        job->found = FALSE;
    }
}

void run_settle(struct run *run)
{
    struct provider *provider;
    struct job *job;
    BOOL late, busy;
    ULONG i;

    for (i = 0; i < run->count; i++)
    {
        job = &run->jobs[i];
        EnterCriticalSection(&run_cs);
        late = job->late;       /* its worker lets go of it */
        provider = job->provider;
        busy = !late && provider && provider->shutdown_calls;
        LeaveCriticalSection(&run_cs);
        if (late || !provider)
            continue;
        if (!busy)
            keep_interface(provider, job);
        job_let_go(job);
    }
}

void run_look(struct run *run, ULONG index, struct shutdown_answer *answer)
{
    EnterCriticalSection(&run_cs);
    *answer = run->jobs[index].answer;
    if (answer->outcome == OUTCOME_RUNNING)
    {
        answer->ticks = ticks_now() - run->jobs[index].start;
        answer->reached = run->jobs[index].object != NULL;
    }
    LeaveCriticalSection(&run_cs);
}

BOOL run_on_worker(void)
{
    DWORD thread = GetCurrentThreadId();
    struct worker *worker;

    EnterCriticalSection(&run_cs);
    for (worker = workers; worker; worker = worker->next)
    {
        if (worker->thread == thread)
            break;
    }
    LeaveCriticalSection(&run_cs);
    return worker != NULL;
}

/* ---- one job, on a worker ---- */

/* The object behind two providers of one session may be one. */
static BOOL is_duplicate(const struct run *run, const struct job *job)
{
    const struct job *other;

    if (!job->identity)
        return FALSE;
    for (other = run->jobs; other != job; other++)
    {
        if (other->session == job->session && other->identity == job->identity)
            return TRUE;
    }
    return FALSE;
}

/* Finds the interface to call. OUTCOME_NONE when it is there. */
static enum shutdown_outcome find_interface(struct run *run, struct job *job)
{
    IMAPIProviderShutdown *object;
    IUnknown *identity;
    BOOL old, duplicate;
    HRESULT hr;

    if (job->object)
        return OUTCOME_NONE;
    if (host_object_identity(job->provider, &identity) != S_OK)
        identity = NULL;
    EnterCriticalSection(&run_cs);
    job->identity = identity;
    duplicate = is_duplicate(run, job);
    LeaveCriticalSection(&run_cs);
    if (duplicate)
        return OUTCOME_DUPLICATE;

    hr = host_shutdown_interface(job->provider, &object, &old);
    if (hr != S_OK)
        return OUTCOME_NO_INTERFACE;
    EnterCriticalSection(&run_cs);
    job->object = object;
    job->found = TRUE;
    job->old = old;
    LeaveCriticalSection(&run_cs);
    return OUTCOME_NONE;
}

static void call_provider(struct run *run, struct job *job, struct shutdown_answer *answer)
{
    if (job->provider->party.broken)
    {
        answer->outcome = OUTCOME_BROKEN;
        return;
    }
    answer->outcome = find_interface(run, job);
    if (answer->outcome == OUTCOME_NONE)
    {
        answer->outcome = OUTCOME_ANSWERED;
        switch (run->phase)
        {
            case PHASE_QUERY:
                answer->hr = host_QueryFastShutdown(job->provider, job->object);
                break;
            case PHASE_NOTIFY:
                answer->hr = host_NotifyProcessShutdown(job->provider, job->object);
                break;
            default:
                answer->hr = host_DoFastShutdown(job->provider, job->object);
                break;
        }
    }
    answer->reached = job->object != NULL;
    if (job->provider->party.broken)
        answer->outcome = OUTCOME_CRASHED;
}

/* A provider that is still busy with an earlier call is given some of its time before the next one,
 * which it then gets all the same. */
static void wait_for_earlier_call(struct job *job, ULONG timeout)
{
    LONGLONG end = job->start + timeout * ticks_per_second() / 1000;
    LONGLONG left;

    while (job->provider->shutdown_calls && (left = end - ticks_now()) > 0)
        SleepConditionVariableCS(&progress, &run_cs, ticks_to_ms(left) + 1);
}

/* ---- workers ---- */

/* Serves a run until another worker has taken it over, or all of it is done. */
static void serve(struct run *run, ULONG server)
{
    struct shutdown_answer answer;
    struct job *job;

    EnterCriticalSection(&run_cs);
    while (run->server == server && run->next < run->count)
    {
        job = run->current = &run->jobs[run->next++];
        job->start = ticks_now();
        job->answer.outcome = OUTCOME_RUNNING;
        wait_for_earlier_call(job, run->earlier_limit);
        job->provider->shutdown_calls++;
        calls_running++;
        LeaveCriticalSection(&run_cs);

        memset(&answer, 0, sizeof(answer));
        call_provider(run, job, &answer);

        EnterCriticalSection(&run_cs);
        answer.ticks = ticks_now() - job->start;
        if (job->late && answer.outcome == OUTCOME_ANSWERED)
            answer.outcome = OUTCOME_LATE;
        job->answer = answer;
        job->provider->shutdown_calls--;
        calls_running--;
        if (job->late)
        {
            signal_progress();
            LeaveCriticalSection(&run_cs);
            job_let_go(job);
            EnterCriticalSection(&run_cs);
        }
    }
    if (run->server == server)
    {
        run->current = NULL;
        run->idle = TRUE;
        signal_progress();
    }
    LeaveCriticalSection(&run_cs);
}

/* Under run_cs: what there is to do now; FALSE for nothing. A run comes before what waits in the
 * background. */
static BOOL take_work(struct run **run, ULONG *server, void (**proc)(void))
{
    *run = work_run;
    *server = work_server;
    *proc = NULL;
    if (*run)
        work_run = NULL;
    else if (work_proc && ticks_now() >= work_time)
    {
        *proc = work_proc;
        work_proc = NULL;
    }
    return *run || *proc;
}

static DWORD WINAPI worker_proc(void *arg)
{
    struct worker **link, *worker = arg;
    LONGLONG idle_since;
    void (*proc)(void);
    struct run *run;
    ULONG server, wait;
    HMODULE self;
    HRESULT com;

    com = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    idle_since = ticks_now();
    EnterCriticalSection(&run_cs);
    for (;;)
    {
        while (take_work(&run, &server, &proc))
        {
            LeaveCriticalSection(&run_cs);
            if (run)
            {
                serve(run, server);
                run_release(run);
            }
            else
                proc();
            EnterCriticalSection(&run_cs);
            idle_since = ticks_now();
        }
        /* one idle worker is enough */
        wait = ticks_to_ms(ticks_now() - idle_since);
        if (idle_workers || (wait >= WORKER_IDLE_MS && !work_proc))
            break;
        wait = work_proc ? ticks_to_ms(work_time - ticks_now()) + 1 : WORKER_IDLE_MS - wait;
        idle_workers++;
        SleepConditionVariableCS(&work_come, &run_cs, wait);
        idle_workers--;
    }
    for (link = &workers; *link != worker; link = &(*link)->next)
        ;
    *link = worker->next;
    LeaveCriticalSection(&run_cs);

    platform_free(worker);
    if (SUCCEEDED(com))
        CoUninitialize();
    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                       | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, (WCHAR *)worker_proc, &self);
    FreeLibraryAndExitThread(self, 0);
    return 0;
}

/* Under run_cs: sees to it that a worker picks up what was put into work_run or work_proc. */
static BOOL wake_worker(void)
{
    struct worker *worker;
    HMODULE self;
    HANDLE thread;

    if (idle_workers)
    {
        WakeConditionVariable(&work_come);
        return TRUE;
    }
    if (!(worker = platform_alloc_zero(sizeof(*worker))))
        return FALSE;
    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (WCHAR *)worker_proc, &self))
    {
        platform_free(worker);
        return FALSE;
    }
    worker->next = workers;
    workers = worker;
    if (!(thread = CreateThread(NULL, 0, worker_proc, worker, 0, &worker->thread)))
    {
        workers = worker->next;
        platform_free(worker);
        FreeLibrary(self);
        return FALSE;
    }
    CloseHandle(thread);
    return TRUE;
}

BOOL run_background(void (*proc)(void), ULONG delay)
{
    BOOL ret;

    EnterCriticalSection(&run_cs);
    work_proc = proc;
    work_time = ticks_now() + delay * ticks_per_second() / 1000;
    if (!(ret = wake_worker()))
        work_proc = NULL;
    LeaveCriticalSection(&run_cs);
    return ret;
}

/* Under run_cs: gives the rest of a run to a worker. Without a thread the caller's has to do. */
static void hand_over(struct run *run)
{
    run->server++;
    run->current = NULL;
    run->idle = FALSE;
    work_run = run;
    work_server = run->server;
    InterlockedIncrement(&run->ref);
    if (wake_worker())
        return;
    WARN("no thread for the providers: they are called on the client's, without deadline\n");
    work_run = NULL;
    LeaveCriticalSection(&run_cs);
    serve(run, run->server);
    run_release(run);
    EnterCriticalSection(&run_cs);
}

void run_execute(struct run *run, const struct run_limits *limits)
{
    LONGLONG frequency = ticks_per_second(), begin = ticks_now();
    LONGLONG end = begin + limits->total * frequency / 1000;
    LONGLONG now, since, deadline;
    struct job *job;

    if (!run->count)
        return;
    EnterCriticalSection(&run_cs);
    run->earlier_limit = limits->call - limits->floor;
    hand_over(run);
    since = begin;
    while (!run->idle)
    {
        /* before the worker has started, the run itself is what is waited for */
        job = run->current;
        if (job)
            since = job->start;
        deadline = since + limits->call * frequency / 1000;
        if (deadline > end)
            deadline = end;
        if (deadline < since + limits->floor * frequency / 1000)
            deadline = since + limits->floor * frequency / 1000;
        now = ticks_now();
        if (now < deadline || !job)
        {
            wait_for_progress(begin, deadline);
            continue;
        }
        if (job->answer.outcome == OUTCOME_RUNNING)
        {
            WARN("%s has not answered after %lu ms\n", debugstr_w(job->provider->party.name),
                 ticks_to_ms(now - job->start));
            job->late = TRUE;
        }
        if (run->next == run->count)
        {
            run->server++;      /* the late one need not report that it is the last */
            break;
        }
        since = now;
        hand_over(run);
    }
    LeaveCriticalSection(&run_cs);
}

void run_wait_stragglers(ULONG timeout)
{
    LONGLONG begin = ticks_now();
    LONGLONG end = begin + timeout * ticks_per_second() / 1000;

    EnterCriticalSection(&run_cs);
    while (calls_running && ticks_now() < end)
        wait_for_progress(begin, end);
    LeaveCriticalSection(&run_cs);
}
