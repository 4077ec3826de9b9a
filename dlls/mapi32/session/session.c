/*
 * The session object
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
 * IMAPISession, one object for each successful MAPILogonEx. Several share a struct session when the
 * session is shared; what is a client's own (its advise sinks, its last error, that it logged off)
 * stands here. IMAPIClientShutdown is another face of the same object.
 *
 * Logoff takes effect once. After it, all methods but those of IUnknown answer
 * MAPI_E_INVALID_OBJECT; after fast shutdown MAPI_E_END_OF_SESSION. A client that releases its last
 * reference without Logoff is logged off by that.
 */

#include <string.h>

#include "session/session.h"
#include "session/options.h"
#include "dialog/dialog.h"
#include "forms/forms.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define OPEN_ENTRY_FLAGS (MAPI_BEST_ACCESS | MAPI_MODIFY | MAPI_DEFERRED_ERRORS | MAPI_CACHE_ONLY \
                          | MAPI_NO_CACHE | 0x00000002 /* SHOW_SOFT_DELETES */)

struct client_session *impl_from_IMAPISession(IMAPISession *iface)
{
    return CONTAINING_RECORD(iface, struct client_session, IMAPISession_iface);
}

struct client_session *impl_from_IMAPIClientShutdown(IMAPIClientShutdown *iface)
{
    return CONTAINING_RECORD(iface, struct client_session, IMAPIClientShutdown_iface);
}

HRESULT client_session_query_interface(struct client_session *client, const IID *iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", client, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IMAPISession))
        *ret = &client->IMAPISession_iface;
    else if (IsEqualIID(iid, &IID_IMAPIClientShutdown)) *ret = &client->IMAPIClientShutdown_iface;
    else return MAPI_E_INTERFACE_NOT_SUPPORTED;
    client_session_addref(client);
    return S_OK;
}

ULONG client_session_addref(struct client_session *client)
{
    return InterlockedIncrement(&client->ref);
}

ULONG client_session_release(struct client_session *client)
{
    struct session *session = client->session;
    struct client_session **link;
    ULONG ref = InterlockedDecrement(&client->ref);

    TRACE("(%p) ref=%lu\n", client, (unsigned long)ref);
    if (ref) return ref;

    client_session_logoff(client, 0);
    EnterCriticalSection(&session->cs);
    for (link = &session->client_list; *link && *link != client; link = &(*link)->next)
        ;
    if (*link) *link = client->next;
    LeaveCriticalSection(&session->cs);

    session_end_connections(session, client, TRUE);
    sink_list_destroy(client->sinks);
    last_error_destroy(&client->error);
    session_release(session);
    platform_free(client);
    return 0;
}

HRESULT client_session_check(struct client_session *client)
{
    if (client->logged_off) return MAPI_E_INVALID_OBJECT;
    if (shutdown_done()) return MAPI_E_END_OF_SESSION;
    return S_OK;
}

/* "Your session ends", to those who asked for it with Advise. */
static void notify_end(struct client_session *client, ULONG flags)
{
    NOTIFICATION notification;

    memset(&notification, 0, sizeof(notification));
    if (flags & MAPI_LOGOFF_SHARED && client->session->flags & MAPI_ALLOW_OTHERS)
    {
        notification.ulEventType = fnevCriticalError;
        notification.info.err.scode = MAPI_E_END_OF_SESSION;
        session_post(client->session, client, 1, &notification);
        memset(&notification, 0, sizeof(notification));
    }
    notification.ulEventType = fnevExtended;
    sink_list_post(client->sinks, 1, &notification);
}

void client_session_logoff(struct client_session *client, ULONG flags)
{
    struct session *session = client->session;

    if (InterlockedExchange(&client->logged_off, TRUE)) return;
    TRACE("(%p)\n", client);

    if (!shutdown_done()) form_tokens_drop(client);
    sessions_enter(FALSE);
    if (!shutdown_done())
    {
        notify_end(client, flags);
        session_end_connections(session, client, FALSE);
        if (sessions_drop_client(session)) session_logoff(session);
    }
    sessions_leave();
}

static HRESULT WINAPI session_QueryInterface(IMAPISession *iface, REFIID iid, void **ret)
{
    return client_session_query_interface(impl_from_IMAPISession(iface), iid, ret);
}

static ULONG WINAPI session_AddRef(IMAPISession *iface)
{
    return client_session_addref(impl_from_IMAPISession(iface));
}

static ULONG WINAPI session_Release(IMAPISession *iface)
{
    return client_session_release(impl_from_IMAPISession(iface));
}

static HRESULT WINAPI session_GetLastError(IMAPISession *iface, HRESULT result, ULONG flags,
                                           LPMAPIERROR *error)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %#lx, %p)\n", iface, (unsigned long)result, (unsigned long)flags, error);

    if (!error) return MAPI_E_INVALID_PARAMETER;
    *error = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return last_error_get(&client->error, result, flags, error);
}

static HRESULT WINAPI session_GetMsgStoresTable(IMAPISession *iface, ULONG flags,
                                                LPMAPITABLE *table)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, table);

    if (!table) return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return table_view(client->session->store_table, flags, NULL, table);
}

static HRESULT WINAPI session_OpenMsgStore(IMAPISession *iface, ULONG_PTR ui, ULONG size,
                                           LPENTRYID id, LPCIID iid, ULONG flags, LPMDB *store)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %p, %lu, %p, %s, %#lx, %p)\n", iface, (void *)ui, (unsigned long)size, id,
          debugstr_guid(iid), (unsigned long)flags, store);

    if (!store) return MAPI_E_INVALID_PARAMETER;
    *store = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    return store_open(client->session, &client->error, ui, size, id, iid, flags, store);
}

static HRESULT WINAPI session_OpenAddressBook(IMAPISession *iface, ULONG_PTR ui, LPCIID iid,
                                              ULONG flags, LPADRBOOK *book)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %p, %s, %#lx, %p)\n", iface, (void *)ui, debugstr_guid(iid), (unsigned long)flags,
          book);

    if (!book) return MAPI_E_INVALID_PARAMETER;
    *book = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    return addrbook_open(client->session, &client->error, ui, iid, flags, book);
}

static HRESULT WINAPI session_OpenProfileSection(IMAPISession *iface, LPMAPIUID uid, LPCIID iid,
                                                 ULONG flags, LPPROFSECT *section)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %s, %s, %#lx, %p)\n", iface, debugstr_guid((const GUID *)uid), debugstr_guid(iid),
          (unsigned long)flags, section);

    if (!section) return MAPI_E_INVALID_PARAMETER;
    *section = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (!uid) return MAPI_E_INVALID_PARAMETER;
    return profsect_open(client->session->profile, uid, iid, flags, SECTION_CLIENT, section);
}

static HRESULT WINAPI session_GetStatusTable(IMAPISession *iface, ULONG flags, LPMAPITABLE *table)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, table);

    if (!table) return MAPI_E_INVALID_PARAMETER;
    *table = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return table_view(client->session->status_table, flags, NULL, table);
}

static HRESULT WINAPI session_OpenEntry(IMAPISession *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                        ULONG flags, ULONG *type, LPUNKNOWN *object)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %lu, %p, %s, %#lx, %p, %p)\n", iface, (unsigned long)size, id, debugstr_guid(iid),
          (unsigned long)flags, type, object);

    if (type) *type = 0;
    if (!object) return MAPI_E_INVALID_PARAMETER;
    *object = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (!type) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~OPEN_ENTRY_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    return session_open_entry(client->session, &client->error, size, id, iid, flags, type, object);
}

static HRESULT WINAPI session_CompareEntryIDs(IMAPISession *iface, ULONG size1, LPENTRYID id1,
                                              ULONG size2, LPENTRYID id2, ULONG flags,
                                              ULONG *result)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %lu, %p, %lu, %p, %#lx, %p)\n", iface, (unsigned long)size1, id1,
          (unsigned long)size2, id2, (unsigned long)flags, result);

    if (!result) return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if (FAILED(hr = client_session_check(client))) return hr;
    return session_compare_entryids(client->session, size1, id1, size2, id2, flags, result);
}

static HRESULT WINAPI session_Advise(IMAPISession *iface, ULONG size, LPENTRYID id, ULONG mask,
                                     LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %lu, %p, %#lx, %p, %p)\n", iface, (unsigned long)size, id, (unsigned long)mask,
          sink, connection);

    if (!connection) return MAPI_E_INVALID_PARAMETER;
    *connection = 0;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (!sink) return MAPI_E_INVALID_PARAMETER;
    if (!id && !size)
        return session_advise_events(client->session, client, client->sinks,
                                     (mask & fnevExtended) | fnevCriticalError, sink, connection);
    return session_advise(client->session, client, size, id, mask, sink, connection);
}

static HRESULT WINAPI session_Unadvise(IMAPISession *iface, ULONG_PTR connection)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %p)\n", iface, (void *)connection);

    if (FAILED(hr = client_session_check(client))) return hr;
    return session_unadvise(client->session, client, connection);
}

static HRESULT WINAPI session_MessageOptions(IMAPISession *iface, ULONG_PTR ui, ULONG flags,
                                             LPTSTR type, LPMESSAGE message)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p, %p)\n", iface, (void *)ui, (unsigned long)flags, type, message);

    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (!type || !message) return MAPI_E_INVALID_PARAMETER;
    return options_of_message(client->session, &client->error, ui, flags, type, message);
}

static HRESULT WINAPI session_QueryDefaultMessageOpt(IMAPISession *iface, LPTSTR type, ULONG flags,
                                                     ULONG *count, LPSPropValue *options)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p, %p)\n", iface, type, (unsigned long)flags, count, options);

    if (count) *count = 0;
    if (options) *options = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (!type || !count || !options) return MAPI_E_INVALID_PARAMETER;
    return options_query(client->session, OPTION_TYPE_MESSAGE, type, flags, count, options);
}

static HRESULT WINAPI session_EnumAdrTypes(IMAPISession *iface, ULONG flags, ULONG *count,
                                           LPTSTR **types)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %p, %p)\n", iface, (unsigned long)flags, count, types);

    if (count) *count = 0;
    if (types) *types = NULL;
    if (!count || !types) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return transports_address_types(client->session, flags, count, (void ***)types);
}

static HRESULT WINAPI session_QueryIdentity(IMAPISession *iface, ULONG *size, LPENTRYID *id)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %p, %p)\n", iface, size, id);

    if (size) *size = 0;
    if (id) *id = NULL;
    if (!size || !id) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = client_session_check(client))) return hr;
    return status_query_identity(client->session, size, id);
}

static HRESULT WINAPI session_Logoff(IMAPISession *iface, ULONG_PTR ui, ULONG flags, ULONG reserved)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %#lx)\n", iface, (void *)ui, (unsigned long)flags,
          (unsigned long)reserved);

    if (FAILED(hr = client_session_check(client))) return hr;
    if (reserved) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI)) return MAPI_E_UNKNOWN_FLAGS;
    client_session_addref(client);      /* a sink may release it */
    client_session_logoff(client, flags);
    client_session_release(client);
    return S_OK;
}

static HRESULT WINAPI session_SetDefaultStore(IMAPISession *iface, ULONG flags, ULONG size,
                                              LPENTRYID id)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %lu, %p)\n", iface, (unsigned long)flags, (unsigned long)size, id);

    if (FAILED(hr = client_session_check(client))) return hr;
    if (id && !size) return MAPI_E_INVALID_PARAMETER;
    return store_set_default(client->session, flags, size, id);
}

static HRESULT WINAPI session_AdminServices(IMAPISession *iface, ULONG flags, LPSERVICEADMIN *admin)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, admin);

    if (!admin) return MAPI_E_INVALID_PARAMETER;
    *admin = NULL;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    return serviceadmin_create(client->session->profile, admin);
}

/* Nothing of this is under a lock: a form runs as long as the user looks at it. */
static HRESULT WINAPI session_ShowForm(IMAPISession *iface, ULONG_PTR ui, LPMDB store,
                                       LPMAPIFOLDER folder, LPCIID iid, ULONG_PTR token,
                                       LPMESSAGE message, ULONG flags, ULONG status,
                                       ULONG message_flags, ULONG access, LPSTR class)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    struct form_show show = { iface, dialog_parent(ui), store, folder, NULL, flags, status,
                              message_flags, access, class };
    HRESULT hr;

    TRACE("(%p, %p, %p, %p, %p, %#lx, %s)\n", iface, (void *)ui, store, folder, (void *)token,
          (unsigned long)flags, debugstr_a(class));

    if (FAILED(hr = client_session_check(client))) return hr;
    if (flags & ~(MAPI_NEW_MESSAGE | MAPI_POST_MESSAGE)) return MAPI_E_UNKNOWN_FLAGS;
    if (!store || !folder || message || !class) return MAPI_E_INVALID_PARAMETER;
    if (iid && !IsEqualGUID(iid, &IID_IMessage)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = form_token_take(client, token, &show.message))) return hr;
    hr = form_show(&show);
    IMessage_Release(show.message);
    return hr;
}

static HRESULT WINAPI session_PrepareForm(IMAPISession *iface, LPCIID iid, LPMESSAGE message,
                                          ULONG_PTR *token)
{
    struct client_session *client = impl_from_IMAPISession(iface);
    HRESULT hr;

    TRACE("(%p, %s, %p, %p)\n", iface, debugstr_guid(iid), message, token);

    if (token) *token = 0;
    if (FAILED(hr = client_session_check(client))) return hr;
    if (!message || !token) return MAPI_E_INVALID_PARAMETER;
    if (iid && !IsEqualGUID(iid, &IID_IMessage)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return form_token_create(client, message, token);
}

static const IMAPISessionVtbl session_vtbl =
{
    session_QueryInterface,
    session_AddRef,
    session_Release,
    session_GetLastError,
    session_GetMsgStoresTable,
    session_OpenMsgStore,
    session_OpenAddressBook,
    session_OpenProfileSection,
    session_GetStatusTable,
    session_OpenEntry,
    session_CompareEntryIDs,
    session_Advise,
    session_Unadvise,
    session_MessageOptions,
    session_QueryDefaultMessageOpt,
    session_EnumAdrTypes,
    session_QueryIdentity,
    session_Logoff,
    session_SetDefaultStore,
    session_AdminServices,
    session_ShowForm,
    session_PrepareForm
};

/* The caller has counted the client in (session->clients). */
HRESULT client_session_create(struct session *session, ULONG flags, struct client_session **ret)
{
    struct client_session *client;
    HRESULT hr;

    *ret = NULL;
    if (!(client = platform_alloc_zero(sizeof(*client)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = sink_list_create(&client->sinks)))
    {
        platform_free(client);
        return hr;
    }
    client->IMAPISession_iface.lpVtbl = (IMAPISessionVtbl *)&session_vtbl;
    client->IMAPIClientShutdown_iface.lpVtbl = (IMAPIClientShutdownVtbl *)&client_shutdown_vtbl;
    client->ref = 1;
    client->flags = flags;
    client->session = session_addref(session);
    last_error_init(&client->error);

    EnterCriticalSection(&session->cs);
    client->next = session->client_list;
    session->client_list = client;
    LeaveCriticalSection(&session->cs);
    *ret = client;
    return S_OK;
}
