/*
 * MAPILogonEx, and how sessions come and go
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
 * Logging clients on, and the ordinary end of a session.
 *
 * All logons of the process go one after another through the logon mutex, as the reference has it:
 * a client that wants the shared session meets it whole or makes it. The mutex is held while
 * profile dialog, services and transports are at work (the one exception to the rule that nothing
 * is); a thread may come back through it from inside a provider, and messages that other threads
 * send to a waiting one are answered. A logoff does not need it.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winuser.h>

#include "session/session.h"
#include "session/merged.h"
#include "session/words.h"
#include <mapi.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LOGON_FLAGS (MAPI_LOGON_UI | MAPI_NEW_SESSION | MAPI_APP_PROFILE | MAPI_ALLOW_OTHERS \
                     | MAPI_EXPLICIT_PROFILE | MAPI_EXTENDED | MAPI_USE_DEFAULT \
                     | MAPI_FORCE_DOWNLOAD \
                     | MAPI_SERVICE_UI_ALWAYS | MAPI_NO_MAIL | MAPI_NT_SERVICE | MAPI_PASSWORD_UI \
                     | MAPI_TIMEOUT_SHORT | MAPI_BG_SESSION | MAPI_UNICODE)
#define SHORT_TIMEOUT_MS 3000
#define DOWNLOAD_MS      60000          /* that MAPI_FORCE_DOWNLOAD waits at most */

/* The logon mutex, made by the first who needs it and kept: a process has one. */
static HANDLE logon_mutex(void)
{
    static HANDLE mutex;
    HANDLE made;

    if (mutex) return mutex;
    if (!(made = CreateMutexW(NULL, FALSE, NULL))) return NULL;
    if (InterlockedCompareExchangePointer(&mutex, made, NULL)) CloseHandle(made);
    return mutex;
}

static HRESULT logon_lock(ULONG flags)
{
    HANDLE mutex = logon_mutex();

    if (!mutex) return MAPI_E_NOT_ENOUGH_RESOURCES;
    /* Whoever has the mutex may show a dialog over a window of this thread. */
    if (wait_quietly(mutex, flags & MAPI_TIMEOUT_SHORT ? SHORT_TIMEOUT_MS : INFINITE)) return S_OK;
    return flags & MAPI_TIMEOUT_SHORT ? MAPI_E_TIMEOUT : MAPI_E_CALL_FAILED;
}

static void logon_unlock(void)
{
    ReleaseMutex(logon_mutex());
}

/* Which profile a client that gave name (may be empty) gets. asked: from the picker. */
static HRESULT choose_profile(ULONG_PTR ui, const WCHAR *given, ULONG flags,
                              WCHAR name[PROFILE_NAME_MAX + 1], BOOL *asked)
{
    HRESULT hr;

    *asked = FALSE;
    if (flags & MAPI_USE_DEFAULT && SUCCEEDED(profile_default_name(name)) && name[0]) return S_OK;
    if (given && given[0])
    {
        if (lstrlenW(given) > PROFILE_NAME_MAX) return MAPI_E_LOGON_FAILED;
        lstrcpyW(name, given);
        return S_OK;
    }
    if ((hr = new_profile_by_policy(name)) != MAPI_E_NOT_FOUND) return hr;
    if (!(flags & MAPI_LOGON_UI)) return MAPI_E_LOGON_FAILED;
    *asked = TRUE;
    return profile_pick(ui, NULL, (flags & MAPI_APP_PROFILE) != 0, name);
}

static HRESULT open_profile(const WCHAR *name, struct profile **ret)
{
    HRESULT hr;

    if (FAILED(hr = profile_open(name, ret))) return hr;
    if (FAILED(hr = profile_begin_use(*ret)))
    {
        profile_release(*ret);
        *ret = NULL;
    }
    return hr;
}

/* MAPI_SERVICE_UI_ALWAYS: every service shows its configuration before anything of it is logged
 * on. */
static HRESULT configure_services(struct session *session, ULONG_PTR ui)
{
    MAPIERROR *error;
    MAPIUID *services;
    ULONG i, count;
    HRESULT hr;

    if (FAILED(hr = profile_services(session->profile, &count, &services)))
        return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    for (i = 0; i < count; i++)
    {
        error = NULL;
        hr = service_call_entry(session->profile, &services[i], MSG_SERVICE_CONFIGURE, ui,
                                SERVICE_UI_ALWAYS | MAPI_UNICODE, 0, NULL, &error);
        memory_free_buffer(error);
        if (hr == MAPI_E_USER_CANCEL) break;
    }
    platform_free(services);
    return hr == MAPI_E_USER_CANCEL ? hr : S_OK;
}

/* A session with one client, live. The caller is between sessions_enter and sessions_leave.
 * MAPI_E_END_OF_SESSION: fast shutdown wants nobody to come in now. */
HRESULT session_create(const WCHAR *name, ULONG_PTR ui, ULONG flags, struct session **ret)
{
    struct session *session;
    HRESULT hr;

    *ret = NULL;
    if (!(session = platform_alloc_zero(sizeof(*session)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    session->ref = 1;
    session->clients = 1;
    session->flags = flags;
    InitializeCriticalSection(&session->cs);
    if (FAILED(hr = open_profile(name, &session->profile)))
    {
        session_release(session);
        return hr;
    }
    TRACE("%s: %p\n", debugstr_w(name), session);

    if (SUCCEEDED(hr = status_table_create(session))) hr = store_table_create(session);
    if (SUCCEEDED(hr) && flags & MAPI_SERVICE_UI_ALWAYS) hr = configure_services(session, ui);
    if (SUCCEEDED(hr) && !(flags & MAPI_NO_MAIL)) hr = transports_logon(session, ui, flags);
    if (SUCCEEDED(hr) && FAILED(sessions_add(session))) hr = MAPI_E_END_OF_SESSION;
    if (FAILED(hr))
    {
        session_logoff(session);
        session_release(session);
        return hr;
    }
    if (flags & MAPI_ALLOW_OTHERS) session->shared = shared_offer(profile_name(session->profile));
    if (!(flags & MAPI_NO_MAIL)) spooler_start(session);
    *ret = session;
    return S_OK;
}

/* All of a kind: logged off in order, and then their provider objects shut down. */
static void end_kind(struct session *session, enum provider_kind kind)
{
    struct logon **logons;
    ULONG i, pass, count;

    if (FAILED(logons_snapshot(session, kind, &count, &logons))) return;
    for (i = 0; kind == PROVIDER_TRANSPORT && i < count; i++) spooler_enable(logons[i], FALSE);
    for (pass = 0; pass < 2; pass++)
        for (i = 0; i < count; i++)
            if (logons[i]->spooler == !pass) logon_end(logons[i]);
    for (i = 0; i < count; i++)
    {
        logon_drop_provider(logons[i]);
        if (kind == PROVIDER_STORE) store_forget_temporary(logons[i]);
        logon_release(logons[i]);
    }
    platform_free(logons);
    session_drop_providers(session, kind);
}

/* What can be sent is sent. Transports first, for they write into stores and look into the address
 * book; stores last. The spooler lets go of a store before the client's logon to it ends. */
void session_logoff(struct session *session)
{
    DWORD self = GetCurrentThreadId();
    struct logon *logon;

    TRACE("(%p)\n", session);
    EnterCriticalSection(&session->cs);
    session->state = SESSION_ENDING;
    /* Whoever is logging providers on finds out, and is waited for. */
    while ((session->making && session->making != self)
           || (session->addrbook_thread && session->addrbook_thread != self))
        wait_for_change(&session->waiters, &session->cs, INFINITE);
    LeaveCriticalSection(&session->cs);

    if (session->shared) CloseHandle(session->shared);
    session->shared = NULL;
    spooler_stop(session);
    session_end_connections(session, NULL, FALSE);
    end_kind(session, PROVIDER_TRANSPORT);
    addrbook_end(session);
    merged_end(session);
    end_kind(session, PROVIDER_ADDRESS_BOOK);
    end_kind(session, PROVIDER_STORE);

    for (;;)
    {
        EnterCriticalSection(&session->cs);
        if ((logon = session->logons)) session->logons = logon->next;
        LeaveCriticalSection(&session->cs);
        if (!logon) break;
        logon_release(logon);
    }
    profile_end_use(session->profile);
    EnterCriticalSection(&session->cs);
    session->state = SESSION_ENDED;
    LeaveCriticalSection(&session->cs);
}

/* What the new client can read about transports that are not there. */
static void tell_failures(struct client_session *client)
{
    WCHAR *text = logons_failure_text(client->session, PROVIDER_TRANSPORT);

    words_tell(&client->error, MAPI_W_ERRORS_RETURNED, text);
    platform_free(text);
}

/* Results the reference page has; a profile that cannot be had is a logon that failed. */
static HRESULT logon_result(HRESULT hr)
{
    switch (hr)
    {
    case MAPI_E_NOT_FOUND:
    case MAPI_E_NO_ACCESS:
    case MAPI_E_INVALID_PARAMETER:
        return MAPI_E_LOGON_FAILED;
    }
    return hr;
}

/* Under the logon mutex, and let in by sessions_enter. */
static HRESULT logon(ULONG_PTR ui, const WCHAR *given, ULONG flags, struct client_session **ret)
{
    WCHAR name[PROFILE_NAME_MAX + 1];
    struct session *session = NULL;
    BOOL asked;
    HRESULT hr;

    if (!(flags & MAPI_NEW_SESSION) && (session = sessions_join_shared()))
    {
        TRACE("joins the shared session %p\n", session);
        /* A session without mail gets it with the first client that wants it. */
        if (!(flags & MAPI_NO_MAIL))
        {
            transports_logon(session, ui, flags);
            spooler_start(session);
        }
    }
    /* One of another process: the same profile, and this process shares it as well. */
    else if (!(flags & MAPI_NEW_SESSION) && shared_find(name)
             && session_create(name, ui, flags | MAPI_ALLOW_OTHERS, &session) == S_OK)
        TRACE("shares %s with another process\n", debugstr_w(name));
    else
    {
        if (FAILED(hr = choose_profile(ui, given, flags, name, &asked))) return logon_result(hr);
        hr = session_create(name, ui, flags, &session);
        if (hr == MAPI_E_NOT_FOUND && flags & MAPI_LOGON_UI && !asked
            && SUCCEEDED(hr = profile_pick(ui, name, (flags & MAPI_APP_PROFILE) != 0, name)))
            hr = session_create(name, ui, flags, &session);
        if (FAILED(hr)) return logon_result(hr);
    }

    if (FAILED(hr = client_session_create(session, flags, ret)))
    {
        if (sessions_drop_client(session)) session_logoff(session);
        session_release(session);
        return hr;
    }
    if (flags & MAPI_FORCE_DOWNLOAD && !(flags & MAPI_NO_MAIL))
        spooler_flush(session, NULL, FLUSH_DOWNLOAD | FLUSH_NO_UI, DOWNLOAD_MS);
    session_release(session);
    tell_failures(*ret);
    return S_OK;
}

HRESULT WINAPI MAPILogonEx(ULONG_PTR ui, LPTSTR profile, LPTSTR password, ULONG flags,
                           LPMAPISESSION *ret)
{
    struct client_session *client = NULL;
    WCHAR *name = NULL;
    HRESULT hr;

    TRACE("(%p, %p, %p, %#lx, %p)\n", (void *)ui, profile, password, (unsigned long)flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~LOGON_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;
    if (password
        && (flags & MAPI_UNICODE ? *(const WCHAR *)password : *(const char *)password))
    {
        WARN("profiles have no passwords\n");
        return MAPI_E_LOGON_FAILED;
    }
    if (FAILED(hr = text_from_tstr(profile, flags, &name))) return hr;

    if (SUCCEEDED(hr = logon_lock(flags)))
    {
        do
        {
            if (FAILED(hr = sessions_enter(TRUE))) break;
            hr = logon(ui, name, flags, &client);
            sessions_leave();
            /* Fast shutdown was at work; by the next sessions_enter it has decided. */
        } while (hr == MAPI_E_END_OF_SESSION);
        logon_unlock();
    }
    platform_free(name);
    if (FAILED(hr)) return hr;
    *ret = &client->IMAPISession_iface;
    return S_OK;
}
