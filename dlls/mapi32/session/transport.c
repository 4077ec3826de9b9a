/*
 * Transports of a session
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
 * Logging transports on, which happens before MAPILogonEx returns, and what they answered.
 *
 * Order: that of the profile's list, which is kept in transport order (STATUS_XP_PREFER_LAST when a
 * service is added, MsgServiceTransportOrder afterwards). A transport that does not come up costs
 * the session nothing but itself: its row of the status table says why.
 */

#include <string.h>

#include "session/session.h"
#include "session/words.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* All four are taken over. */
static void transport_set_types(struct logon *logon, ULONG type_count, WCHAR **types,
                                ULONG uid_count, MAPIUID *uids)
{
    struct session *session = logon->session;
    WCHAR **old_types;
    MAPIUID *old_uids;

    EnterCriticalSection(&session->cs);
    old_types = logon->types;
    old_uids = logon->uids;
    logon->types = types;
    logon->type_count = type_count;
    logon->uids = uids;
    logon->uid_count = uid_count;
    LeaveCriticalSection(&session->cs);
    platform_free(old_types);
    platform_free(old_uids);
}

void transport_refresh_types(struct logon *logon)
{
    ULONG type_count, uid_count;
    struct provider *provider;
    MAPIUID *uids = NULL;
    IUnknown *object;
    WCHAR **types;

    if (FAILED(logon_enter(logon, &provider, &object))) return;
    if (SUCCEEDED(transport_AddressTypes(provider, (IXPLogon *)object, &type_count, &types,
                                         &uid_count, &uids)))
        transport_set_types(logon, type_count, types, uid_count, uids);
    logon_leave(logon, provider);
}

/* By its entry ID, else by its address type; a transport without a list takes all. */
BOOL transport_takes_recipient(struct logon *logon, const SPropValue *props, ULONG count)
{
    const SPropValue *type = props_find_id(props, count, PR_ADDRTYPE_W);
    const SPropValue *id = props_find(props, count, PR_ENTRYID);
    const MAPIUID *uid = id ? entryid_uid(id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb) : NULL;
    struct session *session = logon->session;
    WCHAR *text = NULL;
    BOOL ret = FALSE;
    ULONG i;

    if (type && PROP_TYPE(type->ulPropTag) == PT_UNICODE) text = text_dup(type->Value.lpszW);
    else if (type && PROP_TYPE(type->ulPropTag) == PT_STRING8)
        text = text_from_ansi(type->Value.lpszA);

    EnterCriticalSection(&session->cs);
    if (!logon->ended && logon->object)
    {
        for (i = 0; uid && i < logon->uid_count && !ret; i++)
            ret = !memcmp(uid, &logon->uids[i], sizeof(*uid));
        if (!logon->types) ret = TRUE;
        for (i = 0; text && text[0] && i < logon->type_count && !ret; i++)
            ret = !text_compare_nocase(text, logon->types[i]);
    }
    LeaveCriticalSection(&session->cs);
    platform_free(text);
    return ret;
}

static HRESULT transport_attempt(struct logon *logon, struct provider *provider, ULONG_PTR ui,
                                 BOOL dialogs, WCHAR **said)
{
    struct session *session = logon->session;
    ULONG flags, type_count, uid_count;
    struct last_error error;
    IMAPISupport *support;
    IXPLogon *object;
    MAPIUID *uids;
    WCHAR **types;
    HRESULT hr;

    if (FAILED(hr = support_create(logon, &support))) return hr;

    flags = dialogs ? 0 : LOGON_NO_DIALOG;
    last_error_init(&error);
    hr = transport_TransportLogon(provider, support, ui, profile_name(session->profile), &flags,
                                  &error, &object);
    *said = words_of_error(&error, hr);
    last_error_destroy(&error);
    if (FAILED(hr))
    {
        logon_end(logon);
        IMAPISupport_Release(support);
        return hr;
    }

    logon->logon_flags = flags & (LOGON_SP_IDLE | LOGON_SP_POLL | LOGON_SP_RESOLVE);
    if (FAILED(hr = logon_set_object(logon, provider, (IUnknown *)object, NULL, support)))
        return hr;

    if (FAILED(transport_AddressTypes(provider, object, &type_count, &types, &uid_count, &uids)))
    {
        /* It can still receive; it just has nothing that could be sent through it. */
        WARN("%s: no address types\n", debugstr_w(logon->dll_name));
        types = platform_alloc_zero(sizeof(*types));
        type_count = uid_count = 0;
        uids = NULL;
    }
    transport_set_types(logon, type_count, types, uid_count, uids);
    spooler_enable(logon, TRUE);
    return S_OK;
}

/* S_OK however many of them failed; an error only when the session cannot go on. */
HRESULT transports_logon(struct session *session, ULONG_PTR ui, ULONG flags)
{
    MAPIUID *sections;
    ULONG i, count;
    BOOL started;
    HRESULT hr;

    EnterCriticalSection(&session->cs);
    started = session->transports_started;
    session->transports_started = TRUE;
    LeaveCriticalSection(&session->cs);
    if (started) return S_OK;
    status_update_spooler(session);

    if (FAILED(hr = profile_providers(session->profile, PROVIDER_TRANSPORT, &count, &sections)))
        return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (sessions_closing()) hr = MAPI_E_END_OF_SESSION;
        else if (logon_provider(session, PROVIDER_TRANSPORT, &sections[i], i, ui,
                                (flags & MAPI_LOGON_UI) != 0, transport_attempt)
                 == MAPI_E_NOT_ENOUGH_MEMORY)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    platform_free(sections);
    return hr;
}

/* session->cs is held. Whether an earlier logon, or the same one before index, has the type
 * already. */
static BOOL type_seen(const struct session *session, const struct logon *logon, ULONG index)
{
    const struct logon *other;
    ULONG i;

    for (other = session->logons; other; other = other->next)
    {
        if (other->kind != PROVIDER_TRANSPORT || other->ended || !other->types) continue;
        for (i = 0; i < other->type_count; i++)
        {
            if (other == logon && i == index) return FALSE;
            if (!text_compare_nocase(other->types[i], logon->types[index])) return TRUE;
        }
    }
    return FALSE;
}

HRESULT transports_address_types(struct session *session, ULONG flags, ULONG *count, void ***types)
{
    ULONG i, j, total = 0, found = 0;
    struct logon *logon;
    HRESULT hr = S_OK;
    WCHAR **texts;
    void **array;

    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon; logon = logon->next) total += logon->type_count;
    if (!(texts = platform_alloc(max(total, 1) * sizeof(*texts)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (logon = session->logons; logon && SUCCEEDED(hr); logon = logon->next)
    {
        if (logon->kind != PROVIDER_TRANSPORT || logon->ended || !logon->types) continue;
        for (i = 0; i < logon->type_count && SUCCEEDED(hr); i++)
        {
            /* The empty type stands for a transport that takes nothing by its type. */
            if (!logon->types[i][0] || type_seen(session, logon, i)) continue;
            if ((texts[found] = text_dup(logon->types[i]))) found++;
            else hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    LeaveCriticalSection(&session->cs);

    array = NULL;
    if (SUCCEEDED(hr))
        hr = memory_allocate_buffer(max(found, 1) * sizeof(*array), (void **)&array);
    for (j = 0; j < found && SUCCEEDED(hr); j++)
        hr = text_to_tstr(&memory_allocators, array, texts[j], flags, &array[j]);
    for (j = 0; j < found; j++) platform_free(texts[j]);
    platform_free(texts);
    if (FAILED(hr))
    {
        memory_free_buffer(array);
        return hr;
    }
    *count = found;
    *types = array;
    return S_OK;
}
