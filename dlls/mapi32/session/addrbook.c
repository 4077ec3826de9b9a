/*
 * The integrated address book
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
 * Logging the address book providers on, and IAddrBook over all of them.
 *
 * The providers are logged on once a session, at the first OpenAddressBook or the first entry ID
 * that nobody else knows, in the order of the profile; one that fails is named in GetLastError and
 * in the status table, and the address book goes on without it. Threads that come meanwhile wait
 * until it is done; a provider that asks for the address book from inside its own logon gets what
 * there is.
 *
 * The object is one a session. It holds the session's memory; the session holds it until its
 * logoff, and from then on every method answers MAPI_E_INVALID_OBJECT. PAB, default directory and
 * search path stand in the profile's global section (abpath.c).
 */

#include <string.h>

#include "session/session.h"
#include "session/abpath.h"
#include "session/details.h"
#include "session/newentry.h"
#include "session/oneoff.h"
#include "session/options.h"
#include "session/recips.h"
#include "session/words.h"
#include "dialog/dialog.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define OPEN_ENTRY_FLAGS (MAPI_BEST_ACCESS | MAPI_MODIFY | MAPI_DEFERRED_ERRORS | MAPI_CACHE_ONLY \
                          | MAPI_NO_CACHE | MAPI_GAL_ONLY)

struct address_book
{
    IAddrBook IAddrBook_iface;
    LONG ref;
    struct session *session;            /* counted */
    struct last_error error;
};

static HRESULT addrbook_attempt(struct logon *logon, struct provider *provider, ULONG_PTR ui,
                                BOOL dialogs, WCHAR **said)
{
    struct session *session = logon->session;
    struct last_error error;
    IMAPISupport *support;
    IABLogon *object;
    HRESULT hr;

    if (FAILED(hr = support_create(logon, &support))) return hr;
    last_error_init(&error);
    hr = addrbook_Logon(provider, support, ui, profile_name(session->profile),
                        dialogs ? 0 : AB_NO_DIALOG, &error, &object);
    *said = words_of_error(&error, hr);
    last_error_destroy(&error);
    if (FAILED(hr))
    {
        logon_end(logon);
        IMAPISupport_Release(support);
        return hr;
    }
    return logon_set_object(logon, provider, (IUnknown *)object, NULL, support);
}

static BOOL any_failed(struct session *session)
{
    struct logon *logon;
    BOOL ret = FALSE;

    EnterCriticalSection(&session->cs);
    for (logon = session->logons; logon && !ret; logon = logon->next)
        ret = logon->kind == PROVIDER_ADDRESS_BOOK && FAILED(logon->failure);
    LeaveCriticalSection(&session->cs);
    return ret;
}

HRESULT addrbook_start(struct session *session, ULONG_PTR ui, ULONG flags)
{
    DWORD self = GetCurrentThreadId();
    HRESULT hr = S_OK;
    MAPIUID *sections;
    ULONG i, count;
    BOOL mine;

    EnterCriticalSection(&session->cs);
    while (session->addrbook_thread && session->addrbook_thread != self)
        wait_for_change(&session->waiters, &session->cs, INFINITE);
    mine = !session->addrbook_started && !session->addrbook_thread
           && session->state <= SESSION_LIVE;
    if (mine) session->addrbook_thread = self;
    LeaveCriticalSection(&session->cs);

    if (mine)
    {
        hr = profile_providers(session->profile, PROVIDER_ADDRESS_BOOK, &count, &sections);
        if (SUCCEEDED(hr))
        {
            for (i = 0; i < count; i++)
                logon_provider(session, PROVIDER_ADDRESS_BOOK, &sections[i], i, ui,
                               !(flags & AB_NO_DIALOG), addrbook_attempt);
            platform_free(sections);
        }
        EnterCriticalSection(&session->cs);
        session->addrbook_thread = 0;
        session->addrbook_started = TRUE;
        wake_waiters(session->waiters);
        LeaveCriticalSection(&session->cs);
    }
    return any_failed(session) ? MAPI_W_ERRORS_RETURNED : S_OK;
}

static struct address_book *impl_from_IAddrBook(IAddrBook *iface)
{
    return CONTAINING_RECORD(iface, struct address_book, IAddrBook_iface);
}

static HRESULT addrbook_check(struct address_book *book)
{
    if (!session_alive(book->session)) return MAPI_E_INVALID_OBJECT;
    if (shutdown_done()) return MAPI_E_END_OF_SESSION;
    return S_OK;
}

static HRESULT WINAPI book_QueryInterface(IAddrBook *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IAddrBook))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IAddrBook_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI book_AddRef(IAddrBook *iface)
{
    return InterlockedIncrement(&impl_from_IAddrBook(iface)->ref);
}

static ULONG WINAPI book_Release(IAddrBook *iface)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    ULONG ref = InterlockedDecrement(&book->ref);

    if (ref) return ref;
    session_end_connections(book->session, book, TRUE);
    last_error_destroy(&book->error);
    session_release(book->session);
    platform_free(book);
    return 0;
}

static HRESULT WINAPI book_GetLastError(IAddrBook *iface, HRESULT result, ULONG flags,
                                        LPMAPIERROR *error)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %#lx, %p)\n", iface, (unsigned long)result, (unsigned long)flags, error);

    if (!error) return MAPI_E_INVALID_PARAMETER;
    *error = NULL;
    if (FAILED(hr = addrbook_check(book))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return last_error_get(&book->error, result, flags, error);
}

/* Nothing is transacted. */
static HRESULT WINAPI book_SaveChanges(IAddrBook *iface, ULONG flags)
{
    return addrbook_check(impl_from_IAddrBook(iface));
}

static HRESULT WINAPI book_GetProps(IAddrBook *iface, LPSPropTagArray tags, ULONG flags,
                                    ULONG *count, LPSPropValue *ret)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    SPropValue *props;
    ULONG total;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p, %p)\n", iface, tags, (unsigned long)flags, count, ret);

    if (count) *count = 0;
    if (ret) *ret = NULL;
    if (!count || !ret) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = addrbook_check(book))) return hr;
    if (FAILED(hr = abpath_props(book->session, &total, &props))) return hr;
    hr = propset_get_props(&memory_allocators, total, props, tags, flags, count, ret);
    memory_free_buffer(props);
    return hr;
}

static HRESULT WINAPI book_GetPropList(IAddrBook *iface, ULONG flags, LPSPropTagArray *tags)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    SPropValue *props;
    ULONG total;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, tags);

    if (!tags) return MAPI_E_INVALID_PARAMETER;
    *tags = NULL;
    if (FAILED(hr = addrbook_check(book))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = abpath_props(book->session, &total, &props))) return hr;
    hr = propset_get_list(&memory_allocators, total, props, flags, tags);
    memory_free_buffer(props);
    return hr;
}

static HRESULT WINAPI book_OpenProperty(IAddrBook *iface, ULONG tag, LPCIID iid, ULONG options,
                                        ULONG flags, LPUNKNOWN *object)
{
    HRESULT hr;

    if (!object) return MAPI_E_INVALID_PARAMETER;
    *object = NULL;
    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    return iid ? MAPI_E_NO_SUPPORT : MAPI_E_INVALID_PARAMETER;
}

static HRESULT WINAPI book_SetProps(IAddrBook *iface, ULONG count, LPSPropValue props,
                                    LPSPropProblemArray *problems)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %lu, %p, %p)\n", iface, (unsigned long)count, props, problems);

    if (problems) *problems = NULL;
    if (FAILED(hr = addrbook_check(book))) return hr;
    if (!count || !props) return MAPI_E_INVALID_PARAMETER;
    return abpath_set_props(book->session, count, props, problems);
}

static HRESULT WINAPI book_DeleteProps(IAddrBook *iface, LPSPropTagArray tags,
                                       LPSPropProblemArray *problems)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %p, %p)\n", iface, tags, problems);

    if (problems) *problems = NULL;
    if (FAILED(hr = addrbook_check(book))) return hr;
    if (!tags || !tags->cValues) return MAPI_E_INVALID_PARAMETER;
    return abpath_delete_props(book->session, tags, problems);
}

static HRESULT WINAPI book_CopyTo(IAddrBook *iface, ULONG iid_count, LPCIID iids,
                                  LPSPropTagArray exclude, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                  LPCIID iid, LPVOID dest, ULONG flags,
                                  LPSPropProblemArray *problems)
{
    HRESULT hr;

    if (problems) *problems = NULL;
    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    if (flags & MAPI_MOVE) return MAPI_E_NO_ACCESS;
    return propset_copy_to(&memory_allocators, (IMAPIProp *)iface, iid_count, iids, exclude, iid,
                           dest, flags, problems);
}

static HRESULT WINAPI book_CopyProps(IAddrBook *iface, LPSPropTagArray include, ULONG_PTR ui,
                                     LPMAPIPROGRESS progress, LPCIID iid, LPVOID dest, ULONG flags,
                                     LPSPropProblemArray *problems)
{
    HRESULT hr;

    if (problems) *problems = NULL;
    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    if (flags & MAPI_MOVE) return MAPI_E_NO_ACCESS;
    return propset_copy_props(&memory_allocators, (IMAPIProp *)iface, include, iid, dest, flags,
                              problems);
}

static HRESULT WINAPI book_GetNamesFromIDs(IAddrBook *iface, LPSPropTagArray *tags, LPGUID set,
                                           ULONG flags, ULONG *count, LPMAPINAMEID **names)
{
    if (count) *count = 0;
    if (names) *names = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI book_GetIDsFromNames(IAddrBook *iface, ULONG count, LPMAPINAMEID *names,
                                           ULONG flags, LPSPropTagArray *tags)
{
    if (tags) *tags = NULL;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI book_OpenEntry(IAddrBook *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                     ULONG flags, ULONG *type, LPUNKNOWN *object)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %lu, %p, %s, %#lx, %p, %p)\n", iface, (unsigned long)size, id, debugstr_guid(iid),
          (unsigned long)flags, type, object);

    if (type) *type = 0;
    if (object) *object = NULL;
    if (!type || !object) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = addrbook_check(book))) return hr;
    if (flags & ~OPEN_ENTRY_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (!size) return abroot_open(book->session, iid, flags, type, object);
    return session_open_entry(book->session, &book->error, size, id, iid, flags, type, object);
}

static HRESULT WINAPI book_CompareEntryIDs(IAddrBook *iface, ULONG size1, LPENTRYID id1,
                                           ULONG size2, LPENTRYID id2, ULONG flags, ULONG *result)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %lu, %p, %lu, %p, %#lx, %p)\n", iface, (unsigned long)size1, id1,
          (unsigned long)size2, id2, (unsigned long)flags, result);

    if (!result) return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if (FAILED(hr = addrbook_check(book))) return hr;
    return session_compare_entryids(book->session, size1, id1, size2, id2, flags, result);
}

static HRESULT WINAPI book_Advise(IAddrBook *iface, ULONG size, LPENTRYID id, ULONG mask,
                                  LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %lu, %p, %#lx, %p, %p)\n", iface, (unsigned long)size, id, (unsigned long)mask,
          sink, connection);

    if (!connection) return MAPI_E_INVALID_PARAMETER;
    *connection = 0;
    if (FAILED(hr = addrbook_check(book))) return hr;
    return session_advise(book->session, book, size, id, mask, sink, connection);
}

static HRESULT WINAPI book_Unadvise(IAddrBook *iface, ULONG_PTR connection)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %p)\n", iface, (void *)connection);

    if (FAILED(hr = addrbook_check(book))) return hr;
    return session_unadvise(book->session, book, connection);
}

static HRESULT WINAPI book_CreateOneOff(IAddrBook *iface, LPTSTR name, LPTSTR type, LPTSTR address,
                                        ULONG flags, ULONG *size, LPENTRYID *id)
{
    HRESULT hr;

    TRACE("(%p, %p, %p, %p, %#lx, %p, %p)\n", iface, name, type, address, (unsigned long)flags,
          size, id);

    if (size) *size = 0;
    if (id) *id = NULL;
    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    return oneoff_create(name, type, address, flags, size, id);
}

static HRESULT WINAPI book_NewEntry(IAddrBook *iface, ULONG_PTR ui, ULONG flags,
                                    ULONG container_size, LPENTRYID container, ULONG template_size,
                                    LPENTRYID template, ULONG *size, LPENTRYID *id)
{
    HRESULT hr;

    TRACE("(%p, %p, %#lx)\n", iface, (void *)ui, (unsigned long)flags);

    if (size) *size = 0;
    if (id) *id = NULL;
    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    return newentry(impl_from_IAddrBook(iface)->session, ui, flags, container_size, container,
                    template_size, template, size, id);
}

static HRESULT WINAPI book_ResolveName(IAddrBook *iface, ULONG_PTR ui, ULONG flags, LPTSTR title,
                                       LPADRLIST list)
{
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p, %p)\n", iface, (void *)ui, (unsigned long)flags, title, list);

    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    if (!list) return MAPI_E_INVALID_PARAMETER;
    return recips_resolve(impl_from_IAddrBook(iface)->session, ui, flags, title, list);
}

static HRESULT WINAPI book_Address(IAddrBook *iface, ULONG_PTR *ui, LPADRPARM params,
                                   LPADRLIST *list)
{
    HRESULT hr;

    TRACE("(%p, %p, %p, %p)\n", iface, ui, params, list);

    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    if (!ui || !params || !list) return MAPI_E_INVALID_PARAMETER;
    return address_dialog(iface, ui, params, list);
}

static HRESULT WINAPI book_Details(IAddrBook *iface, ULONG_PTR *ui, LPFNDISMISS dismiss,
                                   LPVOID dismiss_context, ULONG size, LPENTRYID id,
                                   LPFNBUTTON button, LPVOID button_context, LPTSTR button_text,
                                   ULONG flags)
{
    struct details details = { ui, dismiss, dismiss_context, size, id, button, button_context,
                               button_text, flags };
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %p, %lu, %p, %#lx)\n", iface, ui, (unsigned long)size, id, (unsigned long)flags);

    if (FAILED(hr = addrbook_check(book))) return hr;
    return details_show(book->session, &book->error, &details);
}

static HRESULT WINAPI book_RecipOptions(IAddrBook *iface, ULONG_PTR ui, ULONG flags,
                                        LPADRENTRY recipient)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p)\n", iface, (void *)ui, (unsigned long)flags, recipient);

    if (FAILED(hr = addrbook_check(book))) return hr;
    if (!recipient || (recipient->cValues && !recipient->rgPropVals))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return options_of_recipient(book->session, &book->error, ui, flags, recipient);
}

static HRESULT WINAPI book_QueryDefaultRecipOpt(IAddrBook *iface, LPTSTR type, ULONG flags,
                                                ULONG *count, LPSPropValue *options)
{
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p, %p)\n", iface, type, (unsigned long)flags, count, options);

    if (count) *count = 0;
    if (options) *options = NULL;
    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    if (!type || !count || !options) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return options_query(impl_from_IAddrBook(iface)->session, OPTION_TYPE_RECIPIENT, type, flags,
                         count, options);
}

static HRESULT get_container(IAddrBook *iface, ULONG tag, ULONG *size, LPENTRYID *id)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    if (size) *size = 0;
    if (id) *id = NULL;
    if (!size || !id) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = addrbook_check(book))) return hr;
    return abpath_get_container(book->session, tag, size, id);
}

static HRESULT set_container(IAddrBook *iface, ULONG tag, ULONG size, LPENTRYID id)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    if (FAILED(hr = addrbook_check(book))) return hr;
    if (!size || !id) return MAPI_E_INVALID_PARAMETER;
    return abpath_set_container(book->session, tag, size, id);
}

static HRESULT WINAPI book_GetPAB(IAddrBook *iface, ULONG *size, LPENTRYID *id)
{
    TRACE("(%p, %p, %p)\n", iface, size, id);
    return get_container(iface, PR_AB_DEFAULT_PAB, size, id);
}

static HRESULT WINAPI book_SetPAB(IAddrBook *iface, ULONG size, LPENTRYID id)
{
    TRACE("(%p, %lu, %p)\n", iface, (unsigned long)size, id);
    return set_container(iface, PR_AB_DEFAULT_PAB, size, id);
}

static HRESULT WINAPI book_GetDefaultDir(IAddrBook *iface, ULONG *size, LPENTRYID *id)
{
    TRACE("(%p, %p, %p)\n", iface, size, id);
    return get_container(iface, PR_AB_DEFAULT_DIR, size, id);
}

static HRESULT WINAPI book_SetDefaultDir(IAddrBook *iface, ULONG size, LPENTRYID id)
{
    TRACE("(%p, %lu, %p)\n", iface, (unsigned long)size, id);
    return set_container(iface, PR_AB_DEFAULT_DIR, size, id);
}

static HRESULT WINAPI book_GetSearchPath(IAddrBook *iface, ULONG flags, LPSRowSet *path)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, path);

    if (!path) return MAPI_E_INVALID_PARAMETER;
    *path = NULL;
    if (FAILED(hr = addrbook_check(book))) return hr;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return abpath_get_search_path(book->session, flags, path);
}

static HRESULT WINAPI book_SetSearchPath(IAddrBook *iface, ULONG flags, LPSRowSet path)
{
    struct address_book *book = impl_from_IAddrBook(iface);
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, path);

    if (FAILED(hr = addrbook_check(book))) return hr;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (!path) return MAPI_E_INVALID_PARAMETER;
    return abpath_set_search_path(book->session, path);
}

static HRESULT WINAPI book_PrepareRecips(IAddrBook *iface, ULONG flags, LPSPropTagArray tags,
                                         LPADRLIST list)
{
    HRESULT hr;

    TRACE("(%p, %#lx, %p, %p)\n", iface, (unsigned long)flags, tags, list);

    if (FAILED(hr = addrbook_check(impl_from_IAddrBook(iface)))) return hr;
    if (FAILED(hr = adrlist_check(list))) return hr;
    if (flags & ~MAPI_CACHE_ONLY) return MAPI_E_UNKNOWN_FLAGS;
    return recips_prepare(impl_from_IAddrBook(iface)->session, flags, tags, list);
}

static const IAddrBookVtbl addrbook_vtbl =
{
    book_QueryInterface,
    book_AddRef,
    book_Release,
    book_GetLastError,
    book_SaveChanges,
    book_GetProps,
    book_GetPropList,
    book_OpenProperty,
    book_SetProps,
    book_DeleteProps,
    book_CopyTo,
    book_CopyProps,
    book_GetNamesFromIDs,
    book_GetIDsFromNames,
    book_OpenEntry,
    book_CompareEntryIDs,
    book_Advise,
    book_Unadvise,
    book_CreateOneOff,
    book_NewEntry,
    book_ResolveName,
    book_Address,
    book_Details,
    book_RecipOptions,
    book_QueryDefaultRecipOpt,
    book_GetPAB,
    book_SetPAB,
    book_GetDefaultDir,
    book_SetDefaultDir,
    book_GetSearchPath,
    book_SetSearchPath,
    book_PrepareRecips
};

/* The session's object, counted; made by the first who asks. */
static HRESULT addrbook_get(struct session *session, struct address_book **ret)
{
    struct address_book *book = platform_alloc_zero(sizeof(*book));

    *ret = NULL;
    if (!book) return MAPI_E_NOT_ENOUGH_MEMORY;
    book->IAddrBook_iface.lpVtbl = (IAddrBookVtbl *)&addrbook_vtbl;
    book->ref = 1;
    book->session = session_addref(session);
    last_error_init(&book->error);

    EnterCriticalSection(&session->cs);
    if (session->state <= SESSION_LIVE)
    {
        if (!session->address_book)
        {
            session->address_book = book;
            InterlockedIncrement(&book->ref);
        }
        *ret = session->address_book;
        if (*ret != book) InterlockedIncrement(&(*ret)->ref);
    }
    LeaveCriticalSection(&session->cs);
    if (*ret != book) book_Release(&book->IAddrBook_iface);
    return *ret ? S_OK : MAPI_E_INVALID_OBJECT;
}

void addrbook_end(struct session *session)
{
    struct address_book *book;

    EnterCriticalSection(&session->cs);
    book = session->address_book;
    session->address_book = NULL;
    LeaveCriticalSection(&session->cs);
    if (!book) return;
    address_dialogs_end(&book->IAddrBook_iface);
    book_Release(&book->IAddrBook_iface);
}

HRESULT addrbook_open(struct session *session, struct last_error *error, ULONG_PTR ui,
                      const IID *iid, ULONG flags, IAddrBook **ret)
{
    struct address_book *book;
    WCHAR *words;
    HRESULT hr;

    *ret = NULL;
    if (flags & ~AB_NO_DIALOG) return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualIID(iid, &IID_IAddrBook) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = addrbook_get(session, &book))) return hr;

    hr = addrbook_start(session, ui, flags);
    if (hr == MAPI_W_ERRORS_RETURNED
        && (words = logons_failure_text(session, PROVIDER_ADDRESS_BOOK)))
    {
        words_tell(error, hr, words);
        words_tell(&book->error, hr, words);
        platform_free(words);
    }
    *ret = &book->IAddrBook_iface;
    return hr;
}
