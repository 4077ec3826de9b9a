/*
 * Fast shutdown of the process: IMAPIClientShutdown
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
 * The three methods speak for every session of the process, whichever session they were called on.
 * One call at a time changes the state here; others wait for it, but for a provider that calls
 * back from inside: it gets an answer without any provider being called.
 *
 * An attempt starts with each Query and ends with the next. What was learnt in it, who agreed and
 * who was told, is kept in struct provider under the attempt's number, so that a provider that
 * came later is seen to be new: Do asks it first.
 *
 * A provider that crashed while being asked refuses from then on. One that crashed in other work
 * takes no part any more: like one without the interface it agrees under policy 0 and refuses
 * under policy 1.
 */

#include "session/shutdown.h"

#include <winreg.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define POLICY_UNLESS_REFUSED   0       /* values of FastShutdownBehavior */
#define POLICY_ALL_AGREE        1
#define POLICY_NEVER            2

#define CALL_TIMEOUT_MS   5000
#define TOTAL_TIMEOUT_MS  20000
#define FLOOR_MS          250
#define TIMEOUT_MAX_MS    (60 * 60 * 1000)
#define REPORT_MS         100           /* that a client waits at most for the report's file */
#define REPORT_PAUSE_MS   50            /* without calls, before a report of agreement is written */

enum answer { UNKNOWN, AGREED, REFUSED };

static CRITICAL_SECTION state_cs;
static CRITICAL_SECTION_DEBUG state_cs_debug =
{
    0, 0, &state_cs,
    { &state_cs_debug.ProcessLocksList, &state_cs_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": state_cs") }
};
static CRITICAL_SECTION state_cs = { &state_cs_debug, -1, 0, 0, 0, 0 };
static struct lock_waiter *waiters;          /* for owner to be 0 */

static DWORD owner;                     /* state_cs: the thread whose call has everything below */
static LONG done;                       /* a Do answered S_OK */
static LONG notified;                   /* since the last Query */
static ULONG attempt;
static enum answer answer;
static LONGLONG spent;                  /* ticks of this attempt's Notify and Do */
static struct run *runs[PHASE_COUNT];   /* the last of each kind in this attempt */
static struct shutdown_report report;

BOOL shutdown_done(void)
{
    return ReadAcquire(&done) != 0;
}

BOOL shutdown_notified(void)
{
    return ReadAcquire(&notified) != 0;
}

/* FALSE when the caller is inside a shutdown call already: a provider, or a client that got a
 * message while it waited. */
static BOOL shutdown_enter(void)
{
    DWORD thread = GetCurrentThreadId();
    BOOL inside;

    if (run_on_worker())
        return FALSE;
    EnterCriticalSection(&state_cs);
    inside = owner == thread;
    if (!inside)
    {
        while (owner)
            wait_for_change(&waiters, &state_cs, INFINITE);
        owner = thread;
    }
    LeaveCriticalSection(&state_cs);
    return !inside;
}

static void shutdown_leave(void)
{
    EnterCriticalSection(&state_cs);
    owner = 0;
    wake_waiters(waiters);
    LeaveCriticalSection(&state_cs);
}

/* ---- registry ---- */

/* TRUE when the value is there; *ret is left alone when it is of another type. */
static BOOL read_dword(const WCHAR *key_name, const WCHAR *name, DWORD *ret)
{
    DWORD type, value, size = sizeof(value);
    LSTATUS status;
    HKEY key;

    if (RegOpenKeyExW(HKEY_CURRENT_USER, key_name, 0, KEY_QUERY_VALUE, &key))
        return FALSE;
    status = RegQueryValueExW(key, name, NULL, &type, (BYTE *)&value, &size);
    RegCloseKey(key);
    if (status && status != ERROR_MORE_DATA)
        return FALSE;
    if (!status && type == REG_DWORD && size == sizeof(value))
        *ret = value;
    else
        WARN("%s of %s is no REG_DWORD\n", debugstr_w(name), debugstr_w(key_name));
    return TRUE;
}

static void read_policy(void)
{
    static const struct
    {
        const char *version;
        const WCHAR *key;
    }
    places[] =
    {
        { "16.0", L"Software\\Policies\\Microsoft\\Office\\16.0\\Outlook\\Options\\Shutdown" },
        { "15.0", L"Software\\Policies\\Microsoft\\Office\\15.0\\Outlook\\Options\\Shutdown" },
        { "14.0", L"Software\\Policies\\Microsoft\\Office\\14.0\\Outlook\\Options\\Shutdown" },
    };
    DWORD value;
    UINT i;

    report.policy = POLICY_UNLESS_REFUSED;
    report.policy_from = "default";
    for (i = 0; i < ARRAY_SIZE(places); i++)
    {
        value = POLICY_UNLESS_REFUSED;
        if (!read_dword(places[i].key, L"FastShutdownBehavior", &value))
            continue;
        report.policy_from = places[i].version;
        if (value <= POLICY_NEVER)
            report.policy = value;
        else
            WARN("FastShutdownBehavior %lu is unknown\n", value);
        break;
    }
    TRACE("policy %lu (%s)\n", report.policy, report.policy_from);
}

static void read_limits(struct run_limits *limits)
{
    static const WCHAR key[] = L"Software\\wine-mapi\\Shutdown";
    DWORD value;

    limits->call = CALL_TIMEOUT_MS;
    value = 0;
    read_dword(key, L"ProviderTimeoutMs", &value);
    if (value)
        limits->call = min(value, TIMEOUT_MAX_MS);
    limits->total = TOTAL_TIMEOUT_MS;
    value = 0;
    read_dword(key, L"TotalTimeoutMs", &value);
    if (value)
        limits->total = min(value, TIMEOUT_MAX_MS);
    limits->floor = min(limits->call, FLOOR_MS);
}

/* What the attempt has left for Notify and Do. */
static ULONG total_left(const struct run_limits *limits)
{
    ULONG gone = ticks_to_ms(spent);

    return gone < limits->total ? limits->total - gone : 0;
}

/* ---- who is there ---- */

/* A provider of a session, and which one of the process's sessions that is. */
struct member
{
    struct provider *provider;          /* counted */
    struct session *session;            /* counted */
    ULONG number;
};

struct members
{
    ULONG count;
    ULONG size;
    struct member *list;
};

static void members_release(struct members *members)
{
    ULONG i;

    for (i = 0; i < members->count; i++)
    {
        provider_release(members->list[i].provider);
        session_release(members->list[i].session);
    }
    platform_free(members->list);
    memset(members, 0, sizeof(*members));
}

/* Takes the reference over. Several logons of a session share one provider object. */
static HRESULT members_add(struct members *members, struct provider *provider,
                           struct session *session, ULONG number)
{
    struct member *list;
    ULONG i, size;

    for (i = members->count; i-- && members->list[i].number == number; )
    {
        if (members->list[i].provider == provider)
        {
            provider_release(provider);
            return S_OK;
        }
    }
    if (members->count == members->size)
    {
        size = members->size ? members->size * 2 : 16;
        if (!(list = platform_realloc(members->list, size * sizeof(*list))))
        {
            provider_release(provider);
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
        members->list = list;
        members->size = size;
    }
    members->list[members->count].provider = provider;
    members->list[members->count].session = session_addref(session);
    members->list[members->count++].number = number;
    return S_OK;
}

static HRESULT members_of_session(struct members *members, struct session *session, ULONG number)
{
    struct provider *provider;
    struct logon **logons;
    ULONG kind, i, count;
    HRESULT hr = S_OK;

    /* enum provider_kind has the kinds in the order they are asked */
    for (kind = PROVIDER_TRANSPORT; kind <= PROVIDER_STORE && SUCCEEDED(hr); kind++)
    {
        if (FAILED(hr = logons_snapshot(session, kind, &count, &logons)))
            break;
        for (i = 0; i < count; i++)
        {
            if (SUCCEEDED(hr) && (provider = logon_get_provider(logons[i])))
                hr = members_add(members, provider, session, number);
            logon_release(logons[i]);
        }
        platform_free(logons);
    }
    return hr;
}

/* Every provider of every live session, in the order of the calls. */
static HRESULT members_collect(struct members *members)
{
    struct session **sessions;
    ULONG i, count;
    HRESULT hr;

    memset(members, 0, sizeof(*members));
    if (FAILED(hr = sessions_snapshot(&count, &sessions)))
        return hr;
    for (i = 0; i < count; i++)
    {
        if (SUCCEEDED(hr))
            hr = members_of_session(members, sessions[i], i + 1);
        session_release(sessions[i]);
    }
    platform_free(sessions);
    if (FAILED(hr))
        members_release(members);
    return hr;
}

/* ---- the report's rows ---- */

static void attempt_begin(void)
{
    ULONG i;

    for (i = 0; i < report.count; i++)
    {
        platform_free(report.rows[i].profile);
        platform_free(report.rows[i].dll);
    }
    platform_free(report.rows);
    memset(&report, 0, sizeof(report));
    for (i = 0; i < PHASE_COUNT; i++)
    {
        run_release(runs[i]);
        runs[i] = NULL;
    }
    if (!++attempt)
        attempt = 1;
    answer = UNKNOWN;
    spent = 0;
    WriteRelease(&notified, FALSE);
    read_policy();
}

/* Gives the provider a row in this attempt's report. */
static HRESULT provider_row(struct provider *provider, struct session *session, ULONG number)
{
    struct shutdown_row *rows;

    if (provider->shutdown_attempt == attempt)
        return S_OK;
    rows = platform_realloc(report.rows, (report.count + 1) * sizeof(*rows));
    if (!rows)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    report.rows = rows;
    memset(&rows[report.count], 0, sizeof(*rows));
    rows[report.count].session = number;
    rows[report.count].profile = text_dup(profile_name(session->profile));
    rows[report.count].kind = provider->kind;
    rows[report.count].dll = text_dup(provider->party.name);
    provider->shutdown_row = report.count++;
    provider->shutdown_attempt = attempt;
    provider->shutdown_asked = provider->shutdown_told = FALSE;
    return S_OK;
}

/* Takes over into the report what is known of a run by now. */
static void report_run(struct run *run)
{
    struct shutdown_answer now;
    struct shutdown_row *row;
    ULONG i;

    if (!run)
        return;
    for (i = 0; i < run->count; i++)
    {
        row = &report.rows[run->jobs[i].row];
        run_look(run, i, &now);
        row->answers[run->phase] = now;
        row->has_interface = row->has_interface || now.reached;
        row->old = row->old || run->jobs[i].old;
    }
}

/* After a refusal, or when the process is about to exit, the report is written at once. */
static void publish(enum shutdown_phase phase, HRESULT hr, LONGLONG begin)
{
    BOOL at_once = phase == PHASE_DO || FAILED(hr);
    ULONG i;

    report.phase = phase;
    report.called[phase] = TRUE;
    report.result[phase] = hr;
    report.ticks[phase] = ticks_now() - begin;
    for (i = 0; i < PHASE_COUNT; i++)
        report_run(runs[i]);
    report_publish(&report, at_once ? 0 : REPORT_PAUSE_MS, at_once ? REPORT_MS : 0);
}

/* ---- the three rounds ---- */

static BOOL is_wanted(const struct provider *provider, enum shutdown_phase phase)
{
    switch (phase)
    {
        case PHASE_QUERY: return !provider->shutdown_asked;
        case PHASE_NOTIFY: return !provider->shutdown_told;
        default: return TRUE;
    }
}

/* Calls the method on every member it is due to. */
static HRESULT run_round(struct members *members, enum shutdown_phase phase,
                         const struct run_limits *limits, struct run **ret)
{
    struct provider *provider;
    struct run *run;
    struct job *job;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    for (i = 0; i < members->count; i++)
    {
        hr = provider_row(members->list[i].provider, members->list[i].session,
                          members->list[i].number);
        if (FAILED(hr))
            return hr;
    }
    if (FAILED(hr = run_create(phase, members->count, &run)))
        return hr;
    run->count = 0;
    for (i = 0; i < members->count; i++)
    {
        provider = members->list[i].provider;
        if (!is_wanted(provider, phase))
            continue;
        job = &run->jobs[run->count++];
        provider_addref(provider);
        job->provider = provider;
        job->row = provider->shutdown_row;
        job->session = members->list[i].number;
        job->old = provider->shutdown_old;
        job->identity = provider->shutdown_identity;
        if (phase != PHASE_QUERY)
            job->object = provider->shutdown;
        else
            provider->shutdown_asked = TRUE;
        if (phase == PHASE_NOTIFY)
            provider->shutdown_told = TRUE;
    }
    run_execute(run, limits);
    *ret = run;
    return S_OK;
}

/* Whether one provider's answer leaves the way open. */
static BOOL agrees(struct provider *provider, const struct shutdown_answer *said)
{
    switch (said->outcome)
    {
        case OUTCOME_ANSWERED:
            return SUCCEEDED(said->hr);
        case OUTCOME_CRASHED:
            provider->shutdown_refused = TRUE;
            return FALSE;
        case OUTCOME_BROKEN:
            return !provider->shutdown_refused && report.policy != POLICY_ALL_AGREE;
        case OUTCOME_NO_INTERFACE:
            return report.policy != POLICY_ALL_AGREE;
        case OUTCOME_DUPLICATE:
            return TRUE;
        default:                /* no answer in time */
            return FALSE;
    }
}

/* Asks every member that was not asked in this attempt. */
static HRESULT ask(struct members *members, const struct run_limits *limits)
{
    struct shutdown_answer said;
    struct run *run;
    HRESULT hr;
    ULONG i, j;

    if (FAILED(hr = run_round(members, PHASE_QUERY, limits, &run)))
    {
        WARN("no memory to ask the providers\n");
        return MAPI_E_NO_SUPPORT;
    }
    hr = S_OK;
    for (i = 0; i < run->count; i++)
    {
        run_look(run, i, &said);
        for (j = 0; j < members->count; j++)
        {
            if (members->list[j].provider->shutdown_row == run->jobs[i].row)
                break;
        }
        if (!agrees(members->list[j].provider, &said))
            hr = MAPI_E_NO_SUPPORT;
    }
    run_settle(run);
    report_run(runs[PHASE_QUERY]);      /* of an earlier round: into the rows before it goes */
    run_release(runs[PHASE_QUERY]);
    runs[PHASE_QUERY] = run;
    return hr;
}

HRESULT shutdown_query(void)
{
    LONGLONG begin = ticks_now();
    struct run_limits limits;
    struct members members;
    HRESULT hr;

    if (shutdown_done())
        return S_OK;
    if (!shutdown_enter())
    {
        WARN("asked from inside a call\n");
        return MAPI_E_NO_SUPPORT;
    }
    if (shutdown_done())
    {
        shutdown_leave();
        return S_OK;
    }
    attempt_begin();
    if (report.policy == POLICY_NEVER)
        hr = MAPI_E_NO_SUPPORT;
    else if (SUCCEEDED(members_collect(&members)))
    {
        read_limits(&limits);
        hr = ask(&members, &limits);
        members_release(&members);
    }
    else
        hr = MAPI_E_NO_SUPPORT;
    answer = hr == S_OK ? AGREED : REFUSED;
    publish(PHASE_QUERY, hr, begin);
    shutdown_leave();
    return hr;
}

HRESULT shutdown_notify(void)
{
    LONGLONG begin = ticks_now();
    struct run_limits limits;
    struct members members;
    struct run *run;

    if (shutdown_done())
        return S_OK;
    if (!shutdown_enter())
    {
        WARN("notified from inside a call\n");
        return S_OK;
    }
    if (shutdown_done())
    {
        shutdown_leave();
        return S_OK;
    }
    if (!attempt)
        attempt_begin();
    WriteRelease(&notified, TRUE);
    if (SUCCEEDED(members_collect(&members)))
    {
        read_limits(&limits);
        limits.total = total_left(&limits);
        if (SUCCEEDED(run_round(&members, PHASE_NOTIFY, &limits, &run)))
        {
            run_settle(run);
            report_run(runs[PHASE_NOTIFY]);
            run_release(runs[PHASE_NOTIFY]);
            runs[PHASE_NOTIFY] = run;
        }
        members_release(&members);
    }
    spent += ticks_now() - begin;
    publish(PHASE_NOTIFY, S_OK, begin);
    shutdown_leave();
    return S_OK;
}

/* Do without a Query before it, or with providers that came after it: as a Query would. */
static HRESULT ask_late_comers(struct members *members, const struct run_limits *limits)
{
    LONGLONG begin = ticks_now();
    HRESULT hr = S_OK;
    ULONG i;

    if (answer == REFUSED)
        return MAPI_E_NO_SUPPORT;
    if (answer == UNKNOWN)
    {
        read_policy();
        if (report.policy == POLICY_NEVER)
            hr = MAPI_E_NO_SUPPORT;
    }
    else
    {
        for (i = 0; i < members->count; i++)
        {
            if (members->list[i].provider->shutdown_attempt != attempt
                || !members->list[i].provider->shutdown_asked)
                break;
        }
        if (i == members->count)
            return S_OK;
    }
    if (SUCCEEDED(hr))
        hr = ask(members, limits);
    report.called[PHASE_QUERY] = TRUE;
    report.result[PHASE_QUERY] = hr;
    report.ticks[PHASE_QUERY] = ticks_now() - begin;
    answer = hr == S_OK ? AGREED : REFUSED;
    return hr;
}

static HRESULT tell_exit(struct members *members, const struct run_limits *limits)
{
    struct run_limits left = *limits;
    LONGLONG begin = ticks_now();
    struct run *run;
    HRESULT hr;

    left.total = total_left(limits);
    if (FAILED(hr = run_round(members, PHASE_DO, &left, &run)))
        return MAPI_E_NO_SUPPORT;
    runs[PHASE_DO] = run;
    spent += ticks_now() - begin;
    run_wait_stragglers(total_left(limits));
    run_settle(run);
    return S_OK;
}

HRESULT shutdown_do(void)
{
    LONGLONG begin = ticks_now();
    struct run_limits limits;
    struct members members;
    HRESULT hr;

    if (shutdown_done())
        return S_OK;
    if (!shutdown_enter())
    {
        WARN("told to shut down from inside a call\n");
        return MAPI_E_NO_SUPPORT;
    }
    if (shutdown_done())
    {
        shutdown_leave();
        return S_OK;
    }
    if (!attempt || (answer == UNKNOWN && !shutdown_notified()))
        attempt_begin();
    if (answer == REFUSED)
        hr = MAPI_E_NO_SUPPORT;
    else
    {
        read_limits(&limits);
        sessions_close(min(limits.call, total_left(&limits)));
        spoolers_hold(min(limits.call, total_left(&limits)));
        spent += ticks_now() - begin;
        hr = members_collect(&members);
        if (SUCCEEDED(hr))
        {
            hr = ask_late_comers(&members, &limits);
            if (hr == S_OK)
                hr = tell_exit(&members, &limits);
            if (hr == S_OK)
            {
                /* from here on nothing releases a provider: not the members either */
                host_freeze();
                WriteRelease(&done, TRUE);
            }
            members_release(&members);
        }
        else
            hr = MAPI_E_NO_SUPPORT;
        spoolers_resume();
        sessions_reopen();
    }
    publish(PHASE_DO, hr, begin);
    shutdown_leave();
    return hr;
}

/* ---- IMAPIClientShutdown ---- */

static HRESULT WINAPI shutdown_QueryInterface(IMAPIClientShutdown *iface, REFIID iid, void **ret)
{
    return client_session_query_interface(impl_from_IMAPIClientShutdown(iface), iid, ret);
}

static ULONG WINAPI shutdown_AddRef(IMAPIClientShutdown *iface)
{
    return client_session_addref(impl_from_IMAPIClientShutdown(iface));
}

static ULONG WINAPI shutdown_Release(IMAPIClientShutdown *iface)
{
    return client_session_release(impl_from_IMAPIClientShutdown(iface));
}

/* After its logoff a session speaks for nobody. */
static BOOL is_logged_off(IMAPIClientShutdown *iface)
{
    return ReadAcquire(&impl_from_IMAPIClientShutdown(iface)->logged_off) != 0;
}

static HRESULT WINAPI shutdown_QueryFastShutdown(IMAPIClientShutdown *iface)
{
    TRACE("(%p)\n", iface);

    return is_logged_off(iface) ? MAPI_E_INVALID_OBJECT : shutdown_query();
}

static HRESULT WINAPI shutdown_NotifyProcessShutdown(IMAPIClientShutdown *iface)
{
    TRACE("(%p)\n", iface);

    return is_logged_off(iface) ? MAPI_E_INVALID_OBJECT : shutdown_notify();
}

static HRESULT WINAPI shutdown_DoFastShutdown(IMAPIClientShutdown *iface)
{
    TRACE("(%p)\n", iface);

    return is_logged_off(iface) ? MAPI_E_INVALID_OBJECT : shutdown_do();
}

const IMAPIClientShutdownVtbl client_shutdown_vtbl =
{
    shutdown_QueryInterface,
    shutdown_AddRef,
    shutdown_Release,
    shutdown_QueryFastShutdown,
    shutdown_NotifyProcessShutdown,
    shutdown_DoFastShutdown
};
