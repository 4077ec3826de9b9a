/*
 * Address book entries in the context of one account
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
 * Programs of the Exchange age open an entry "with" an account, a provider, a resolved row or a
 * support object. Where none of the accounts is an Exchange one, the context has nothing to say and
 * the reference has the call behave as the address book's own method; so it is here.
 */

#define COBJMACROS
#include "core/core.h"
#include "mapispi.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static HRESULT open_entry(IAddrBook *book, ULONG size, ENTRYID *id, LPCIID iid, ULONG flags,
                          ULONG *type, IUnknown **object)
{
    if (type) *type = 0;
    if (object) *object = NULL;
    if (!book || !id || !type || !object) return MAPI_E_INVALID_PARAMETER;
    return IAddrBook_OpenEntry(book, size, id, iid, flags, type, object);
}

HRESULT WINAPI HrOpenABEntryWithExchangeContext(IMAPISession *session, const MAPIUID *account,
                                                IAddrBook *book, ULONG size, ENTRYID *id,
                                                LPCIID iid, ULONG flags, ULONG *type,
                                                IUnknown **object)
{
    TRACE("(%p, %p, %p, %lu, %p)\n", session, account, book, size, id);

    return open_entry(session ? book : NULL, size, id, iid, flags, type, object);
}

HRESULT WINAPI HrOpenABEntryWithProviderUID(const MAPIUID *provider, IAddrBook *book, ULONG size,
                                            ENTRYID *id, LPCIID iid, ULONG flags, ULONG *type,
                                            IUnknown **object)
{
    TRACE("(%p, %p, %lu, %p)\n", provider, book, size, id);

    return open_entry(book, size, id, iid, flags, type, object);
}

HRESULT WINAPI HrOpenABEntryUsingDefaultContext(IMAPISession *session, IAddrBook *book, ULONG size,
                                                ENTRYID *id, LPCIID iid, ULONG flags, ULONG *type,
                                                IUnknown **object)
{
    TRACE("(%p, %p, %lu, %p)\n", session, book, size, id);

    return open_entry(session ? book : NULL, size, id, iid, flags, type, object);
}

HRESULT WINAPI HrOpenABEntryWithResolvedRow(SRow *row, IAddrBook *book, ULONG size, ENTRYID *id,
                                            LPCIID iid, ULONG flags, ULONG *type, IUnknown **object)
{
    TRACE("(%p, %p, %lu, %p)\n", row, book, size, id);

    return open_entry(book, size, id, iid, flags, type, object);
}

HRESULT WINAPI HrOpenABEntryWithSupport(IMAPISupport *support, ULONG size, ENTRYID *id, LPCIID iid,
                                        ULONG flags, ULONG *type, IUnknown **object)
{
    TRACE("(%p, %lu, %p)\n", support, size, id);

    if (type) *type = 0;
    if (object) *object = NULL;
    if (!support || !id || !type || !object) return MAPI_E_INVALID_PARAMETER;
    return IMAPISupport_OpenEntry(support, size, id, iid, flags, type, object);
}

HRESULT WINAPI HrOpenABEntryWithProviderUIDSupport(const MAPIUID *provider, IMAPISupport *support,
                                                   ULONG size, ENTRYID *id, LPCIID iid, ULONG flags,
                                                   ULONG *type, IUnknown **object)
{
    TRACE("(%p, %p)\n", provider, support);

    return HrOpenABEntryWithSupport(support, size, id, iid, flags, type, object);
}

HRESULT WINAPI HrDoABDetailsWithProviderUID(const MAPIUID *provider, IAddrBook *book, ULONG_PTR *ui,
                                            LPFNDISMISS dismiss, void *dismiss_context, ULONG size,
                                            ENTRYID *id, LPFNBUTTON button, void *button_context,
                                            LPSTR button_text, ULONG flags)
{
    TRACE("(%p, %p, %lu, %p)\n", provider, book, size, id);

    if (!book || !id) return MAPI_E_INVALID_PARAMETER;
    return IAddrBook_Details(book, ui, dismiss, dismiss_context, size, id, button, button_context,
                             (void *)button_text, flags);
}

HRESULT WINAPI HrDoABDetailsWithExchangeContext(IMAPISession *session, const MAPIUID *account,
                                                IAddrBook *book, ULONG_PTR *ui, LPFNDISMISS dismiss,
                                                void *dismiss_context, ULONG size, ENTRYID *id,
                                                LPFNBUTTON button, void *button_context,
                                                LPSTR button_text, ULONG flags)
{
    TRACE("(%p, %p)\n", session, account);

    if (!session) return MAPI_E_INVALID_PARAMETER;
    return HrDoABDetailsWithProviderUID(account, book, ui, dismiss, dismiss_context, size, id,
                                        button, button_context, button_text, flags);
}

HRESULT WINAPI HrCompareABEntryIDsWithExchangeContext(IMAPISession *session, const MAPIUID *account,
                                                      IAddrBook *book, ULONG size1, ENTRYID *id1,
                                                      ULONG size2, ENTRYID *id2, ULONG flags,
                                                      ULONG *result)
{
    TRACE("(%p, %p, %p)\n", session, account, book);

    if (result) *result = FALSE;
    if (!session || !book || !result) return MAPI_E_INVALID_PARAMETER;
    return IAddrBook_CompareEntryIDs(book, size1, id1, size2, id2, flags, result);
}
