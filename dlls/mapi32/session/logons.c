/*
 * Providers in a session: one logon each
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
 * struct logon: its life, the register of provider UIDs, and the provider objects of a session.
 *
 * A logon is made for a section of the profile, put into the session's list, given the provider's
 * logon object, and ended once: by the session's logoff, by the provider's last Release of its
 * support object, or because the provider could not be logged on. It stays in the list after that,
 * for it holds the provider object, which is kept until the session ends (a store that is opened
 * again is opened through the same one), and says why it failed.
 *
 * Whoever calls into the logon object is counted in between logon_enter and logon_leave; the object
 * is logged off and released when the logon has ended and nobody is inside any more, by the last
 * one out.
 */

#include <string.h>

#include "session/session.h"
#include "session/words.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const MAPIUID no_service;

HRESULT logon_create(struct session *session, enum provider_kind kind, const MAPIUID *section,
                     ULONG order, struct logon **ret)
{
    const SPropValue *prop;
    struct logon *logon;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    *ret = NULL;
    if (!(logon = platform_alloc_zero(sizeof(*logon)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    logon->ref = 1;
    logon->session = session_addref(session);
    logon->kind = kind;
    logon->section = *section;
    logon->order = order;

    hr = section_read(session->profile, section, NULL, MAPI_UNICODE, &count, &props);
    if (hr == MAPI_E_NOT_FOUND)
    {
        WARN("the profile lists a provider section that is not there\n");
        count = 0;
        props = NULL;
    }
    else if (FAILED(hr))
    {
        logon_release(logon);
        return hr;
    }
    if ((prop = props_find(props, count, PR_PROVIDER_DLL_NAME_W)) && prop->Value.lpszW[0]
        && !(logon->dll_name = text_dup(prop->Value.lpszW)))
    {
        memory_free_buffer(props);
        logon_release(logon);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memory_free_buffer(props);
    if (FAILED(service_of_provider(session->profile, section, &logon->service)))
        logon->service = no_service;
    *ret = logon;
    return S_OK;
}

struct logon *logon_addref(struct logon *logon)
{
    InterlockedIncrement(&logon->ref);
    return logon;
}

/* What is still there at the last reference was never logged on, or the process is past its fast
 * shutdown and nobody may be called. */
void logon_release(struct logon *logon)
{
    if (!logon || InterlockedDecrement(&logon->ref)) return;

    provider_release(logon->provider);
    platform_free(logon->types);
    platform_free(logon->uids);
    memory_free_buffer(logon->status_props);
    platform_free(logon->failure_text);
    platform_free(logon->dll_name);
    session_release(logon->session);
    platform_free(logon);
}

/* Whether a comes before b in the session's list. */
static BOOL logon_before(const struct logon *a, const struct logon *b)
{
    if (a->kind != b->kind) return a->kind < b->kind;
    if (a->spooler != b->spooler) return b->spooler;
    return a->order < b->order;
}

static BOOL same_uid(const MAPIUID *a, const MAPIUID *b)
{
    return !memcmp(a, b, sizeof(*a));
}

HRESULT logon_link(struct logon *logon)
{
    struct session *session = logon->session;
    struct logon **link, *old, *gone = NULL;

    EnterCriticalSection(&session->cs);
    if (session->state > SESSION_LIVE)
    {
        LeaveCriticalSection(&session->cs);
        return MAPI_E_INVALID_OBJECT;
    }
    for (link = &session->logons; (old = *link); )
    {
        /* One whose support object still lives is in other hands as well; here nobody needs it. */
        if (old->kind == logon->kind && old->ended && old->finished
            && same_uid(&old->section, &logon->section))
        {
            *link = old->next;
            old->next = gone;
            gone = old;
        }
        else link = &old->next;
    }
    for (link = &session->logons; *link && !logon_before(logon, *link); link = &(*link)->next)
        ;
    logon->next = *link;
    *link = logon_addref(logon);
    LeaveCriticalSection(&session->cs);

    while ((old = gone))
    {
        gone = old->next;
        logon_set_failure(old, S_OK, NULL);
        logon_drop_provider(old);
        logon_release(old);
    }
    return S_OK;
}

void logon_unlink(struct logon *logon)
{
    struct session *session = logon->session;
    struct logon **link;

    EnterCriticalSection(&session->cs);
    for (link = &session->logons; *link && *link != logon; link = &(*link)->next)
        ;
    if (*link) *link = logon->next;
    else logon = NULL;
    LeaveCriticalSection(&session->cs);
    if (!logon) return;
    logon_drop_provider(logon);
    logon_release(logon);
}

HRESULT logons_snapshot(struct session *session, enum provider_kind kind, ULONG *count,
                        struct logon ***ret)
{
    struct logon *logon, **logons;
    ULONG total = 0;

    *count = 0;
    *ret = NULL;
    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon; logon = logon->next) total += logon->kind == kind;
    if (!(logons = platform_alloc(max(total, 1) * sizeof(*logons))))
    {
        LeaveCriticalSection(&session->cs);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    total = 0;
    for (logon = session->logons; logon; logon = logon->next)
        if (logon->kind == kind) logons[total++] = logon_addref(logon);
    LeaveCriticalSection(&session->cs);
    *count = total;
    *ret = logons;
    return S_OK;
}

HRESULT logon_find_by_section(struct session *session, const MAPIUID *section, struct logon **ret)
{
    struct logon *logon, *found = NULL;

    *ret = NULL;
    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon; logon = logon->next)
    {
        if (logon->spooler || !same_uid(&logon->section, section)) continue;
        /* Of those that share a section, the first one that is logged on. */
        if (found && (!found->ended || logon->ended)) continue;
        found = logon;
    }
    if (found) *ret = logon_addref(found);
    LeaveCriticalSection(&session->cs);
    return found ? S_OK : MAPI_E_NOT_FOUND;
}

HRESULT logon_find_by_uid(struct session *session, const MAPIUID *uid, struct logon **ret)
{
    const MAPIUID wanted = *uid;        /* a provider's may be at a bad address */
    ULONG i;

    *ret = NULL;
    EnterCriticalSection(&session->cs);
    for (i = 0; i < session->uid_count && !*ret; i++)
        if (same_uid(&session->uids[i].uid, &wanted)) *ret = logon_addref(session->uids[i].logon);
    LeaveCriticalSection(&session->cs);
    return *ret ? S_OK : MAPI_E_UNKNOWN_ENTRYID;
}

HRESULT logon_add_uid(struct logon *logon, const MAPIUID *uid)
{
    struct session *session = logon->session;
    const MAPIUID copy = *uid;          /* the provider's may be at a bad address */
    struct registered_uid *uids;
    HRESULT hr = S_OK;

    EnterCriticalSection(&session->cs);
    if (logon->ended) hr = MAPI_E_INVALID_OBJECT;
    else if (!(uids = platform_realloc(session->uids, (session->uid_count + 1) * sizeof(*uids))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        session->uids = uids;
        uids[session->uid_count].uid = copy;
        uids[session->uid_count++].logon = logon;
    }
    LeaveCriticalSection(&session->cs);
    return hr;
}

/* session->cs is held. The session's provider object of that DLL, counted. */
static struct provider *find_provider(struct session *session, enum provider_kind kind,
                                      const WCHAR *dll_name)
{
    struct session_provider *entry;

    for (entry = session->providers; entry; entry = entry->next)
    {
        if (entry->provider->kind != kind
            || text_compare_nocase(entry->provider->party.name, dll_name))
            continue;
        provider_addref(entry->provider);
        return entry->provider;
    }
    return NULL;
}

void session_drop_providers(struct session *session, enum provider_kind kind)
{
    struct session_provider **link, *entry, *dropped = NULL;

    EnterCriticalSection(&session->cs);
    for (link = &session->providers; (entry = *link); )
    {
        if (entry->provider->kind != kind)
        {
            link = &entry->next;
            continue;
        }
        *link = entry->next;
        entry->next = dropped;
        dropped = entry;
    }
    LeaveCriticalSection(&session->cs);
    while ((entry = dropped))
    {
        dropped = entry->next;
        provider_release(entry->provider);
        platform_free(entry);
    }
}

HRESULT session_get_provider(struct session *session, enum provider_kind kind,
                             const WCHAR *dll_name, struct provider **ret, WCHAR **why)
{
    DWORD self = GetCurrentThreadId(), before;
    struct session_provider *entry;
    struct provider *provider;
    HRESULT hr = S_OK;

    *ret = NULL;
    *why = NULL;
    if (!dll_name)
    {
        *why = text_dup(L"Its section of the profile does not name a provider DLL.");
        return MAPI_E_UNCONFIGURED;
    }

    /* Two threads that want the same DLL must not initialise it twice. The thread that is at it may
     * come back for another one, from inside the DLL. */
    EnterCriticalSection(&session->cs);
    while (session->making && session->making != self)
        wait_for_change(&session->waiters, &session->cs, INFINITE);
    if (!(provider = find_provider(session, kind, dll_name)))
    {
        if (session->state > SESSION_LIVE)
        {
            LeaveCriticalSection(&session->cs);
            return MAPI_E_INVALID_OBJECT;
        }
        before = session->making;
        session->making = self;
        LeaveCriticalSection(&session->cs);

        if (!(entry = platform_alloc(sizeof(*entry)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (FAILED(hr = provider_create(kind, dll_name, session->flags & MAPI_NT_SERVICE,
                                             &provider, why)))
            platform_free(entry);

        EnterCriticalSection(&session->cs);
        if (SUCCEEDED(hr))
        {
            /* Known before anybody waiting looks: the caller's logon has it only later. */
            provider_addref(entry->provider = provider);
            entry->next = session->providers;
            session->providers = entry;
        }
        session->making = before;
        wake_waiters(session->waiters);
    }
    LeaveCriticalSection(&session->cs);
    if (FAILED(hr)) return hr;

    if (provider->party.broken)
    {
        provider_release(provider);
        *why = text_dup(L"The provider crashed earlier in this session and is not called again.");
        return MAPI_E_CALL_FAILED;
    }
    *ret = provider;
    return S_OK;
}

struct provider *logon_get_provider(struct logon *logon)
{
    struct provider *provider;

    EnterCriticalSection(&logon->session->cs);
    if ((provider = logon->provider)) provider_addref(provider);
    LeaveCriticalSection(&logon->session->cs);
    return provider;
}

HRESULT logon_enter(struct logon *logon, struct provider **provider, IUnknown **object)
{
    HRESULT hr = MAPI_E_INVALID_OBJECT;

    *provider = NULL;
    *object = NULL;
    EnterCriticalSection(&logon->session->cs);
    if (!logon->ended && logon->object && logon->provider)
    {
        logon->calls++;
        provider_addref(*provider = logon->provider);
        *object = logon->object;
        hr = S_OK;
    }
    LeaveCriticalSection(&logon->session->cs);
    return hr;
}

HRESULT logon_enter_store(struct logon *logon, struct provider **provider, IMsgStore **store)
{
    IUnknown *object;
    HRESULT hr;

    *store = NULL;
    if (FAILED(hr = logon_enter(logon, provider, &object))) return hr;
    if ((*store = (IMsgStore *)logon->store)) return S_OK;
    logon_leave(logon, *provider);
    *provider = NULL;
    return MAPI_E_INVALID_OBJECT;
}

/* The logon has ended and nobody is inside: what the provider gave us goes back to it. */
static void logon_finish(struct logon *logon, struct provider *provider)
{
    struct session *session = logon->session;
    IUnknown *object, *store;
    IMAPISupport *support;
    ULONG flags = 0;

    EnterCriticalSection(&session->cs);
    object = logon->object;
    store = logon->store;
    support = logon->support;
    logon->object = NULL;
    logon->store = NULL;
    logon->support = NULL;
    LeaveCriticalSection(&session->cs);

    if (provider)
    {
        host_object_release(provider, store);
        if (object && !logon->shares_object && !host_frozen())
        {
            switch (logon->kind)
            {
            case PROVIDER_TRANSPORT:
                transport_TransportLogoff(provider, (IXPLogon *)object, 0);
                break;
            case PROVIDER_ADDRESS_BOOK:
                addrbook_Logoff(provider, (IABLogon *)object, 0);
                break;
            case PROVIDER_STORE:
                store_Logoff(provider, (IMSLogon *)object, &flags);
                break;
            default:
                break;
            }
        }
        host_object_release(provider, object);
    }
    if (support) IMAPISupport_Release(support);
}

HRESULT logon_set_object(struct logon *logon, struct provider *provider, IUnknown *object,
                         IUnknown *store, IMAPISupport *support)
{
    BOOL late;

    EnterCriticalSection(&logon->session->cs);
    logon->object = object;
    logon->store = store;
    logon->support = support;
    late = logon->ended;
    LeaveCriticalSection(&logon->session->cs);
    if (!late) return S_OK;
    logon_finish(logon, provider);
    return MAPI_E_INVALID_OBJECT;
}

void logon_leave(struct logon *logon, struct provider *provider)
{
    BOOL finish = FALSE;

    EnterCriticalSection(&logon->session->cs);
    if (!--logon->calls && logon->ended && !logon->finished) finish = logon->finished = TRUE;
    LeaveCriticalSection(&logon->session->cs);
    if (finish) logon_finish(logon, provider);
    provider_release(provider);
}

void logon_end(struct logon *logon)
{
    struct session *session = logon->session;
    struct provider *provider = NULL;
    BOOL finish = FALSE;
    ULONG i, kept = 0;

    EnterCriticalSection(&session->cs);
    if (logon->ended)
    {
        LeaveCriticalSection(&session->cs);
        return;
    }
    logon->ended = TRUE;
    logon->has_status_row = FALSE;
    logon->status_version++;
    for (i = 0; i < session->uid_count; i++)
        if (session->uids[i].logon != logon) session->uids[kept++] = session->uids[i];
    session->uid_count = kept;
    if (!logon->calls) finish = logon->finished = TRUE;
    /* Now: another thread that finds the logon ended may drop its provider at any time. */
    if (finish && (provider = logon->provider)) provider_addref(provider);
    LeaveCriticalSection(&session->cs);

    logon_addref(logon);        /* the support object may hold the last one */
    status_update_row(logon);
    if (finish) logon_finish(logon, provider);
    provider_release(provider);
    logon_release(logon);
}

void logon_drop_provider(struct logon *logon)
{
    struct provider *provider;

    EnterCriticalSection(&logon->session->cs);
    provider = logon->provider;
    logon->provider = NULL;
    LeaveCriticalSection(&logon->session->cs);
    provider_release(provider);
}

void logon_set_failure(struct logon *logon, HRESULT hr, WCHAR *text)
{
    struct session *session = logon->session;
    WCHAR *old;

    if (FAILED(hr)) WARN("%s: %s (%#lx)\n", debugstr_w(logon->dll_name), debugstr_w(text),
                         (unsigned long)hr);
    EnterCriticalSection(&session->cs);
    old = logon->failure_text;
    logon->failure = hr;
    logon->failure_text = text;
    logon->status_version++;
    LeaveCriticalSection(&session->cs);
    platform_free(old);
    status_update_row(logon);
}

BOOL logon_service_disabled(struct logon *logon)
{
    struct session *session = logon->session;
    BOOL ret = FALSE;
    ULONG i;

    if (same_uid(&logon->service, &no_service)) return FALSE;
    EnterCriticalSection(&session->cs);
    for (i = 0; i < session->disabled_count && !ret; i++)
        ret = same_uid(&session->disabled[i], &logon->service);
    LeaveCriticalSection(&session->cs);
    return ret;
}

void logon_disable_service(struct logon *logon, HRESULT hr)
{
    struct session *session = logon->session;
    MAPIUID *disabled;

    if (hr == MAPI_E_FAILONEPROVIDER || hr == MAPI_E_UNCONFIGURED) return;
    if (!session_alive(session)) return;        /* the logoff's fault, not the provider's */
    if (same_uid(&logon->service, &no_service) || logon_service_disabled(logon)) return;

    EnterCriticalSection(&session->cs);
    disabled = platform_realloc(session->disabled,
                                (session->disabled_count + 1) * sizeof(*disabled));
    if (disabled)
    {
        session->disabled = disabled;
        disabled[session->disabled_count++] = logon->service;
    }
    LeaveCriticalSection(&session->cs);
    WARN("%s failed to log on: its message service is disabled for this session\n",
         debugstr_w(logon->dll_name));
}

HRESULT logon_configure_service(struct logon *logon, ULONG_PTR ui, ULONG ui_flags)
{
    MAPIERROR *error = NULL;
    HRESULT hr;

    if (same_uid(&logon->service, &no_service)) return MAPI_E_NOT_INITIALIZED;
    hr = service_call_entry(logon->session->profile, &logon->service, MSG_SERVICE_CONFIGURE, ui,
                            ui_flags | MAPI_UNICODE, 0, NULL, &error);
    memory_free_buffer(error);
    return hr;
}

HRESULT logon_provider(struct session *session, enum provider_kind kind, const MAPIUID *section,
                       ULONG order, ULONG_PTR ui, BOOL dialogs, logon_attempt_proc attempt)
{
    BOOL configured = FALSE;
    struct provider *provider;
    struct logon *logon;
    WCHAR *why;
    HRESULT hr;

    for (;;)
    {
        if (FAILED(hr = logon_create(session, kind, section, order, &logon))) return hr;
        TRACE("%s\n", debugstr_w(logon->dll_name));
        provider = NULL;
        why = NULL;
        if (logon_service_disabled(logon))
        {
            hr = MAPI_E_LOGON_FAILED;
            why = text_dup(words_service_disabled);
        }
        else hr = session_get_provider(session, kind, logon->dll_name, &provider, &why);

        if (provider) provider_addref(logon->provider = provider);
        if (FAILED(logon_link(logon)))
        {
            platform_free(why);
            provider_release(provider);
            logon_release(logon);
            return MAPI_E_INVALID_OBJECT;
        }
        if (provider) hr = attempt(logon, provider, ui, dialogs, &why);
        if (SUCCEEDED(hr)) status_update_row(logon);
        else
        {
            logon_end(logon);
            if (hr == MAPI_E_UNCONFIGURED && provider && !configured
                && SUCCEEDED(logon_configure_service(logon, ui, dialogs ? SERVICE_UI_ALLOWED : 0)))
            {
                configured = TRUE;
                platform_free(why);
                provider_release(provider);
                logon_release(logon);
                continue;
            }
            if (provider && !provider->party.broken) logon_disable_service(logon, hr);
            logon_set_failure(logon, hr, words_failure(logon, hr, why));
        }
        platform_free(why);
        provider_release(provider);
        logon_release(logon);
        return hr;
    }
}

WCHAR *logons_failure_text(struct session *session, enum provider_kind kind)
{
    WCHAR *text = NULL, *joined;
    struct logon *logon;

    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon; logon = logon->next)
    {
        if (logon->kind != kind || !logon->failure_text) continue;
        joined = text ? words_join(text, L"\r\n", logon->failure_text, NULL)
                      : text_dup(logon->failure_text);
        if (!joined) continue;
        platform_free(text);
        text = joined;
    }
    LeaveCriticalSection(&session->cs);
    return text;
}
