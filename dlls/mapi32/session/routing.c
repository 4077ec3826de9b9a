/*
 * Entry IDs to their owners
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
 * Where an entry ID belongs: the UID behind its four flag bytes is one of MAPI's own (a wrapped
 * store, a one-off, a row of the status table, the identity nobody has), or one that a provider of
 * the session registered. Session, address book and support object all come here.
 *
 * The address book providers are logged on before a UID is given up as unknown, for they register
 * theirs when they are.
 *
 * Connections of Advise are numbered here. One belongs to the object it was made through (owner),
 * which alone can end it, and holds its logon.
 */

#include <string.h>

#include "session/session.h"
#include "session/oneoff.h"

struct connection
{
    struct connection *next;
    ULONG_PTR id;
    void *owner;
    struct logon *logon;        /* counted; NULL: events of the session itself */
    struct sink_list *sinks;    /* then the list that has it */
    ULONG_PTR inner;            /* the provider's number, or the list's */
};

static BOOL same_uid(const MAPIUID *a, const MAPIUID *b)
{
    return !memcmp(a, b, sizeof(*a));
}

static BOOL is_own_uid(const MAPIUID *uid)
{
    return same_uid(uid, &uid_store_wrap) || same_uid(uid, &uid_one_off)
           || same_uid(uid, &uid_status) || same_uid(uid, &uid_identity)
           || same_uid(uid, &uid_template);
}

static HRESULT find_owner(struct session *session, const MAPIUID *uid, struct logon **ret)
{
    HRESULT hr;

    if (SUCCEEDED(hr = logon_find_by_uid(session, uid, ret))) return hr;
    addrbook_start(session, 0, AB_NO_DIALOG);
    return logon_find_by_uid(session, uid, ret);
}

HRESULT session_enter_owner(struct session *session, ULONG size, const ENTRYID *id,
                            struct logon **ret, struct provider **provider, IUnknown **object)
{
    const MAPIUID *uid;
    HRESULT hr;

    *ret = NULL;
    *provider = NULL;
    *object = NULL;
    if (!session_alive(session)) return MAPI_E_INVALID_OBJECT;
    if (!(uid = entryid_uid(size, id)) || is_own_uid(uid)) return MAPI_E_UNKNOWN_ENTRYID;
    if (FAILED(hr = find_owner(session, uid, ret))) return hr;
    if (SUCCEEDED(logon_enter(*ret, provider, object))) return S_OK;
    logon_release(*ret);
    *ret = NULL;
    return MAPI_E_UNKNOWN_ENTRYID;
}

HRESULT session_open_entry(struct session *session, struct last_error *error, ULONG size,
                           const ENTRYID *id, const IID *iid, ULONG flags, ULONG *type,
                           IUnknown **ret)
{
    struct provider *provider;
    const MAPIUID *uid;
    struct logon *logon;
    IUnknown *object;
    ULONG unused;
    HRESULT hr;

    if (!type) type = &unused;
    *type = 0;
    *ret = NULL;
    if (!size || !id) return MAPI_E_INVALID_PARAMETER;
    if (!session_alive(session)) return MAPI_E_INVALID_OBJECT;
    if (!(uid = entryid_uid(size, id))) return MAPI_E_UNKNOWN_ENTRYID;

    if (same_uid(uid, &uid_store_wrap))
    {
        /* OpenMsgStore without dialogs; there, write access has another name. */
        hr = store_open(session, error, 0, size, id, iid, MDB_NO_DIALOG
                        | (flags & (MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS))
                        | (flags & MAPI_MODIFY ? MDB_WRITE : 0), (IMsgStore **)ret);
        if (SUCCEEDED(hr)) *type = MAPI_STORE;
        return hr;
    }
    if (same_uid(uid, &uid_one_off)) return oneoff_open(size, id, iid, type, ret);
    if (same_uid(uid, &uid_template)) return oneoff_template_open(iid, type, ret);
    if (same_uid(uid, &uid_status))
        return status_open_entry(session, size, id, iid, flags, type, ret);
    if (same_uid(uid, &uid_identity)) return MAPI_E_NOT_FOUND;

    if (FAILED(hr = find_owner(session, uid, &logon))) return hr;
    if (FAILED(hr = logon_enter(logon, &provider, &object)))
    {
        logon_release(logon);
        return MAPI_E_UNKNOWN_ENTRYID;
    }
    hr = host_OpenEntry(provider, object, size, id, iid, flags, type, ret);
    if (FAILED(hr) && error) object_GetLastError(&provider->party, object, hr, error);
    logon_leave(logon, provider);
    logon_release(logon);
    return hr;
}

HRESULT session_compare_entryids(struct session *session, ULONG size1, const ENTRYID *id1,
                                 ULONG size2, const ENTRYID *id2, ULONG flags, ULONG *result)
{
    struct logon *logon1, *logon2;
    const MAPIUID *uid1, *uid2;
    struct provider *provider;
    IUnknown *object;
    HRESULT hr;

    *result = FALSE;
    if (!size1 || !id1 || !size2 || !id2) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (!session_alive(session)) return MAPI_E_INVALID_OBJECT;
    if (!(uid1 = entryid_uid(size1, id1)) || !(uid2 = entryid_uid(size2, id2)))
        return MAPI_E_UNKNOWN_ENTRYID;

    if (is_own_uid(uid1) && same_uid(uid1, uid2))
    {
        if (same_uid(uid1, &uid_store_wrap))
            return store_compare(session, size1, id1, size2, id2, result);
        if (same_uid(uid1, &uid_one_off)) return oneoff_compare(size1, id1, size2, id2, result);
        *result = size1 == size2 && !memcmp(id1, id2, size1);
        return S_OK;
    }
    if (is_own_uid(uid1) || is_own_uid(uid2))
    {
        /* One is MAPI's own, so they differ, if the other one is anybody's. */
        if (!is_own_uid(uid1))
        {
            if (FAILED(hr = find_owner(session, uid1, &logon1))) return hr;
            logon_release(logon1);
        }
        if (!is_own_uid(uid2))
        {
            if (FAILED(hr = find_owner(session, uid2, &logon2))) return hr;
            logon_release(logon2);
        }
        return S_OK;
    }

    if (FAILED(hr = find_owner(session, uid1, &logon1))) return hr;
    if (FAILED(hr = find_owner(session, uid2, &logon2)))
    {
        logon_release(logon1);
        return hr;
    }
    if (logon1 == logon2)
    {
        if (FAILED(logon_enter(logon1, &provider, &object))) hr = MAPI_E_UNKNOWN_ENTRYID;
        else
        {
            hr = host_CompareEntryIDs(provider, object, size1, id1, size2, id2, 0, result);
            logon_leave(logon1, provider);
        }
    }
    logon_release(logon1);
    logon_release(logon2);
    return hr;
}

/* A number for a connection that has been made. */
static HRESULT connection_add(struct session *session, void *owner, struct logon *logon,
                              struct sink_list *sinks, ULONG_PTR inner, ULONG_PTR *ret)
{
    static LONG last;
    struct connection *connection = platform_alloc_zero(sizeof(*connection));

    if (!connection) return MAPI_E_NOT_ENOUGH_MEMORY;
    do connection->id = (ULONG)InterlockedIncrement(&last);
    while (!connection->id);
    connection->owner = owner;
    connection->logon = logon ? logon_addref(logon) : NULL;
    connection->sinks = sinks;
    connection->inner = inner;
    *ret = connection->id;
    EnterCriticalSection(&session->cs);
    connection->next = session->connections;
    session->connections = connection;
    LeaveCriticalSection(&session->cs);
    return S_OK;
}

static HRESULT provider_unadvise(struct logon *logon, ULONG_PTR inner)
{
    struct provider *provider;
    IUnknown *object;
    HRESULT hr;

    /* Of a provider that is logged off, the connection is gone already. */
    if (FAILED(logon_enter(logon, &provider, &object))) return S_OK;
    hr = host_Unadvise(provider, object, inner);
    logon_leave(logon, provider);
    return hr;
}

/* Ends a connection that is out of the session's list. */
static HRESULT connection_end(struct connection *connection)
{
    HRESULT hr;

    if (connection->logon) hr = provider_unadvise(connection->logon, connection->inner);
    else hr = sink_list_unadvise(connection->sinks, connection->inner);
    logon_release(connection->logon);
    platform_free(connection);
    return hr;
}

HRESULT session_advise(struct session *session, void *owner, ULONG size, const ENTRYID *id,
                       ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    struct provider *provider;
    const ENTRYID *inner = id;
    ULONG inner_size = size;
    const MAPIUID *uid;
    struct logon *logon;
    ULONG_PTR number;
    IUnknown *object;
    MAPIUID section;
    const char *dll;
    HRESULT hr;

    *connection = 0;
    if (!size || !id || !sink) return MAPI_E_INVALID_PARAMETER;
    if (!session_alive(session)) return MAPI_E_INVALID_OBJECT;
    if (!(uid = entryid_uid(size, id))) return MAPI_E_INVALID_ENTRYID;

    if (same_uid(uid, &uid_store_wrap))
    {
        if (FAILED(entryid_unwrap_store(size, id, &dll, &inner_size, &inner)))
            return MAPI_E_INVALID_ENTRYID;
        if (FAILED(store_find_section(session, size, id, &section))
            || FAILED(logon_find_by_section(session, &section, &logon)))
            return MAPI_E_UNKNOWN_ENTRYID;
    }
    else if (is_own_uid(uid)) return MAPI_E_NO_SUPPORT;
    else if (FAILED(hr = find_owner(session, uid, &logon))) return hr;

    if (FAILED(hr = logon_enter(logon, &provider, &object)))
    {
        logon_release(logon);
        return MAPI_E_UNKNOWN_ENTRYID;
    }
    hr = host_Advise(provider, object, inner_size, inner, mask, sink, &number);
    logon_leave(logon, provider);

    if (SUCCEEDED(hr)
        && FAILED(hr = connection_add(session, owner, logon, NULL, number, connection)))
        provider_unadvise(logon, number);
    logon_release(logon);
    return hr;
}

HRESULT session_advise_events(struct session *session, void *owner, struct sink_list *sinks,
                              ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    ULONG_PTR number;
    HRESULT hr;

    *connection = 0;
    if (!sink) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = sink_list_advise(sinks, mask, sink, &number))) return hr;
    if (FAILED(hr = connection_add(session, owner, NULL, sinks, number, connection)))
        sink_list_unadvise(sinks, number);
    return hr;
}

HRESULT session_unadvise(struct session *session, void *owner, ULONG_PTR number)
{
    struct connection **link, *connection;

    EnterCriticalSection(&session->cs);
    for (link = &session->connections; (connection = *link); link = &connection->next)
        if (connection->id == number && connection->owner == owner) break;
    if (connection) *link = connection->next;
    LeaveCriticalSection(&session->cs);
    return connection ? connection_end(connection) : MAPI_E_NOT_FOUND;
}

void session_end_connections(struct session *session, void *owner, BOOL events)
{
    struct connection **link, *connection, *gone = NULL;

    EnterCriticalSection(&session->cs);
    for (link = &session->connections; (connection = *link); )
    {
        if ((owner && connection->owner != owner) || (!connection->logon && !events))
            link = &connection->next;
        else
        {
            *link = connection->next;
            connection->next = gone;
            gone = connection;
        }
    }
    LeaveCriticalSection(&session->cs);

    while ((connection = gone))
    {
        gone = connection->next;
        connection_end(connection);
    }
}
