/*
 * Sessions of Simple MAPI
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
 * A session handle is a number that was never given out before and means one struct simple_session,
 * in a list of the process: whoever calls, from whatever thread, gets a counted reference for the
 * call. MAPILogoff takes the session out of the list; it ends with the last call that uses it. A
 * call without a handle makes a session for itself alone, joining the shared one if there is any.
 *
 * Each session initialises MAPI for itself, without COM, for COM belongs to a thread and the
 * session to none: COM is entered for each call. Objects that a session keeps between calls (its
 * store, the table of a search) are its providers', which COM knows nothing of.
 *
 * list_lock guards the list and the fields that are made at the first need. It is never held while
 * anything of a session is called.
 */

#include <assert.h>

#define COBJMACROS
#include "simple/simple.h"
#include "session/session.h"
#include "forward.h"
#include "objbase.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SESSIONS_MAX  1024
#define FIRST_HANDLE  0x5A000001
#define LOGON_PASSED  (MAPI_LOGON_UI | MAPI_NEW_SESSION | MAPI_FORCE_DOWNLOAD | MAPI_PASSWORD_UI)

HRESULT WINAPI forward_MAPIInitialize(void *init);
void WINAPI forward_MAPIUninitialize(void);
HRESULT WINAPI forward_MAPILogonEx(ULONG_PTR ui, LPTSTR profile, LPTSTR password, ULONG flags,
                                   LPMAPISESSION *session);

static SRWLOCK list_lock = SRWLOCK_INIT;
static struct simple_session *first;
static ULONG session_count;
static ULONG last_number;

ULONG simple_error(HRESULT hr)
{
    if (SUCCEEDED(hr)) return SUCCESS_SUCCESS;
    switch (hr)
    {
    case MAPI_E_NOT_ENOUGH_MEMORY:
        return MAPI_E_INSUFFICIENT_MEMORY;
    case MAPI_E_NOT_ENOUGH_DISK:
        return MAPI_E_DISK_FULL;
    case MAPI_E_NO_ACCESS:
        return MAPI_E_ACCESS_DENIED;
    case MAPI_E_USER_CANCEL:
        return MAPI_E_USER_ABORT;
    case MAPI_E_AMBIGUOUS_RECIP:
        return MAPI_E_AMBIGUOUS_RECIPIENT;
    case MAPI_E_NETWORK_ERROR:
        return MAPI_E_NETWORK_FAILURE;
    case MAPI_E_INVALID_ENTRYID:
    case MAPI_E_UNKNOWN_ENTRYID:
    case MAPI_E_OBJECT_DELETED:
        return MAPI_E_INVALID_MESSAGE;
    case MAPI_E_NOT_INITIALIZED:
    case MAPI_E_LOGON_FAILED:
        return MAPI_E_LOGON_FAILURE;
    case MAPI_E_NO_SUPPORT:
        return MAPI_E_NOT_SUPPORTED;
    }
    return MAPI_E_FAILURE;
}

/* Why there is no session. */
static ULONG logon_error(HRESULT hr)
{
    WARN("no session: %#lx\n", hr);
    switch (hr)
    {
    case MAPI_E_NOT_ENOUGH_MEMORY:
        return MAPI_E_INSUFFICIENT_MEMORY;
    case MAPI_E_USER_CANCEL:
        return MAPI_E_USER_ABORT;
    case MAPI_E_SESSION_LIMIT:
        return MAPI_E_TOO_MANY_SESSIONS;
    }
    return MAPI_E_LOGON_FAILURE;
}

/* ---- whether there is a profile ---- */

static BOOL have_shared_session(void)
{
    WCHAR name[PROFILE_NAME_MAX + 1];
    struct simple_session *session;

    AcquireSRWLockShared(&list_lock);
    session = first;
    ReleaseSRWLockShared(&list_lock);
    return session || shared_find(name);
}

BOOL simple_has_profile(const char *name, FLAGS flags)
{
    WCHAR preset[PROFILE_NAME_MAX + 1], **names;
    ULONG count;

    if (forward_is_extended()) return TRUE;
    if (!(flags & MAPI_NEW_SESSION) && have_shared_session()) return TRUE;
    if (SUCCEEDED(profile_default_name(preset)) && preset[0]) return TRUE;
    if (FAILED(profile_names(&count, &names))) return FALSE;
    platform_free(names);
    /* With none at all the administrator's policy may be to make one. */
    if (!count) return new_profile_automatic();
    return (name && *name) || (flags & (MAPI_LOGON_UI | MAPI_PASSWORD_UI));
}

/* ---- making and ending ---- */

static void session_free(struct simple_session *session)
{
    find_state_free(session->find);
    msgids_free(session->ids);
    if (session->store) IMsgStore_Release(session->store);
    if (session->session)
    {
        IMAPISession_Logoff(session->session, session->ui, 0, 0);
        IMAPISession_Release(session->session);
    }
    forward_MAPIUninitialize();
    platform_free(session);
}

static struct simple_session *session_addref_simple(struct simple_session *session)
{
    InterlockedIncrement(&session->ref);
    return session;
}

static void session_release_simple(struct simple_session *session)
{
    if (!InterlockedDecrement(&session->ref)) session_free(session);
}

static ULONG session_make(ULONG_PTR ui, const char *profile, const char *password, ULONG flags,
                          struct simple_session **ret)
{
    MAPIINIT_0 init = { MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT };
    struct simple_session *session;
    HRESULT hr;

    *ret = NULL;
    if (!(session = platform_alloc_zero(sizeof(*session)))) return MAPI_E_INSUFFICIENT_MEMORY;
    session->ref = 1;
    session->ui = ui;
    if (FAILED(hr = forward_MAPIInitialize(&init)))
    {
        platform_free(session);
        return logon_error(hr);
    }
    if (!profile || !*profile) flags |= MAPI_USE_DEFAULT;
    hr = forward_MAPILogonEx(ui, (LPTSTR)profile, (LPTSTR)password, MAPI_EXTENDED | flags,
                             &session->session);
    if (FAILED(hr))
    {
        session->session = NULL;
        session_free(session);
        return logon_error(hr);
    }
    *ret = session;
    return SUCCESS_SUCCESS;
}

static BOOL enter_com(void)
{
    return SUCCEEDED(CoInitialize(NULL));
}

ULONG simple_logon(ULONG_PTR ui, const char *profile, const char *password, FLAGS flags,
                   LHANDLE *ret)
{
    struct simple_session *session;
    ULONG code;
    BOOL com;

    com = enter_com();
    flags &= LOGON_PASSED;
    /* The others of this kind share it, and those of MAPILogonEx that want to. */
    if (!(flags & MAPI_NEW_SESSION)) flags |= MAPI_ALLOW_OTHERS;
    if (!(code = session_make(ui, profile, password, flags, &session)))
    {
        AcquireSRWLockExclusive(&list_lock);
        if (session_count >= SESSIONS_MAX) code = MAPI_E_TOO_MANY_SESSIONS;
        else
        {
            session_count++;
            session->handle = (LHANDLE)FIRST_HANDLE + last_number++;
            session->next = first;
            first = session;
            *ret = session->handle;
        }
        ReleaseSRWLockExclusive(&list_lock);
        if (code) session_free(session);
    }
    if (com) CoUninitialize();
    return code;
}

ULONG simple_logoff(LHANDLE handle)
{
    struct simple_session **link, *session = NULL;
    BOOL com;

    AcquireSRWLockExclusive(&list_lock);
    for (link = &first; *link; link = &(*link)->next)
    {
        if ((*link)->handle != handle) continue;
        session = *link;
        *link = session->next;
        session_count--;
        break;
    }
    ReleaseSRWLockExclusive(&list_lock);
    if (!session) return MAPI_E_INVALID_SESSION;
    com = enter_com();
    session_release_simple(session);
    if (com) CoUninitialize();
    return SUCCESS_SUCCESS;
}

static struct simple_session *find_session(LHANDLE handle)
{
    struct simple_session *session;

    AcquireSRWLockShared(&list_lock);
    for (session = first; session; session = session->next)
        if (session->handle == handle) break;
    if (session) session_addref_simple(session);
    ReleaseSRWLockShared(&list_lock);
    return session;
}

BOOL simple_is_ours(LHANDLE handle)
{
    struct simple_session *session = handle ? find_session(handle) : NULL;

    if (!session) return FALSE;
    session_release_simple(session);
    return TRUE;
}

/* ---- calls ---- */

ULONG simple_begin(struct simple_call *call, LHANDLE handle, ULONG_PTR ui, FLAGS flags)
{
    ULONG code;

    call->session = NULL;
    if (handle && !(call->session = find_session(handle))) return MAPI_E_INVALID_SESSION;
    call->com = enter_com();
    if (handle) return SUCCESS_SUCCESS;
    flags &= MAPI_LOGON_UI | MAPI_NEW_SESSION;
    if ((code = session_make(ui, NULL, NULL, flags, &call->session)) && call->com) CoUninitialize();
    return code;
}

void simple_end(struct simple_call *call)
{
    session_release_simple(call->session);
    if (call->com) CoUninitialize();
}

void simple_hand_over(struct simple_call *call)
{
    if (call->com) CoUninitialize();
    call->com = FALSE;
}

void simple_take_over(struct simple_call *call)
{
    call->com = enter_com();
}

/* ---- what a session opens ---- */

HRESULT simple_open_store(struct simple_session *session)
{
    static SizedSPropTagArray(1, mask_tag) = { 1, { PR_STORE_SUPPORT_MASK } };
    SPropValue *props;
    IMsgStore *store;
    BOOL unicode = FALSE;
    HRESULT hr;
    ULONG count;

    AcquireSRWLockShared(&list_lock);
    store = session->store;
    ReleaseSRWLockShared(&list_lock);
    if (store) return S_OK;

    hr = store_open_default(session->session, MDB_WRITE | MDB_NO_DIALOG, &store);
    if (FAILED(hr)) return hr == MAPI_E_NOT_FOUND ? MAPI_E_NO_SUPPORT : hr;
    if (SUCCEEDED(IMsgStore_GetProps(store, (SPropTagArray *)&mask_tag, 0, &count, &props)))
    {
        unicode = props->ulPropTag == PR_STORE_SUPPORT_MASK && (props->Value.l & STORE_UNICODE_OK);
        memory_exported->free(props);
    }
    AcquireSRWLockExclusive(&list_lock);
    if (!session->store)
    {
        session->unicode = unicode;
        session->store = store;
        store = NULL;
    }
    ReleaseSRWLockExclusive(&list_lock);
    if (store) IMsgStore_Release(store);
    return S_OK;
}

HRESULT simple_open_folder(struct simple_session *session, ULONG tag, IMAPIFolder **ret)
{
    SPropValue *id;
    ULONG type;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = HrGetOneProp((IMAPIProp *)session->store, tag, &id))) return hr;
    hr = IMsgStore_OpenEntry(session->store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)ret);
    memory_exported->free(id);
    return hr;
}

HRESULT simple_open_inbox(struct simple_session *session, const WCHAR *class, IMAPIFolder **ret)
{
    char *ansi = NULL;
    ENTRYID *id = NULL;
    ULONG size, type;
    HRESULT hr;

    *ret = NULL;
    if (class && !session->unicode && !(ansi = text_to_ansi(class)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = IMsgStore_GetReceiveFolder(session->store,
                                    session->unicode ? (LPTSTR)class : (LPTSTR)ansi,
                                    session->unicode && class ? MAPI_UNICODE : 0, &size, &id, NULL);
    if (SUCCEEDED(hr))
        hr = IMsgStore_OpenEntry(session->store, size, id, NULL, MAPI_MODIFY, &type,
                                 (IUnknown **)ret);
    memory_exported->free(id);
    platform_free(ansi);
    return hr;
}

HRESULT simple_open_book(struct simple_session *session, ULONG_PTR ui, BOOL dialogs,
                         IAddrBook **ret)
{
    HRESULT hr = IMAPISession_OpenAddressBook(session->session, dialogs ? ui : 0, NULL,
                                              dialogs ? 0 : AB_NO_DIALOG, ret);

    if (FAILED(hr)) *ret = NULL;
    return hr;
}

ULONG simple_width(const struct simple_session *session)
{
    return session->unicode ? MAPI_UNICODE : 0;
}

SPropTagArray *simple_tags(const struct simple_session *session, const void *from,
                           struct simple_tags *room)
{
    const SPropTagArray *tags = from;
    ULONG i;

    assert(tags->cValues <= SIMPLE_TAGS_MAX);
    room->count = tags->cValues;
    for (i = 0; i < tags->cValues; i++)
    {
        room->tags[i] = tags->aulPropTag[i];
        if (!session->unicode && PROP_TYPE(room->tags[i]) == PT_UNICODE)
            room->tags[i] = CHANGE_PROP_TYPE(room->tags[i], PT_STRING8);
    }
    return (SPropTagArray *)room;
}
