/*
 * Support objects: dialogs for providers
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
 * What a provider may show through its support object: the address book's dialogs, which are those
 * of the session's own IAddrBook, and the progress dialog.
 */

#include "session/supportobject.h"
#include "dialog/dialog.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* The address book of the support object's session, counted. */
static HRESULT open_book(struct support *support, ULONG_PTR ui, IAddrBook **ret)
{
    return addrbook_open(support->logon->session, &support->error, ui, NULL, 0, ret);
}

HRESULT WINAPI support_Address(IMAPISupport *iface, ULONG_PTR *ui, ADRPARM *parameters,
                               ADRLIST **list)
{
    struct support *support;
    IAddrBook *book;
    HRESULT hr;

    TRACE("(%p, %p, %p, %p)\n", iface, ui, parameters, list);

    if (FAILED(hr = support_check(iface, FOR_ADDRESS_BOOKS, &support))) return hr;
    if (!ui || !parameters || !list) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = open_book(support, *ui, &book))) return hr;
    hr = IAddrBook_Address(book, ui, parameters, list);
    IAddrBook_Release(book);
    return hr;
}

HRESULT WINAPI support_NewEntry(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                ULONG container_size, ENTRYID *container, ULONG template_size,
                                ENTRYID *template_id, ULONG *ret_size, ENTRYID **ret)
{
    struct support *support;
    IAddrBook *book;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %lu, %p, %lu, %p, %p, %p)\n", iface, (void *)ui, flags, container_size,
          container, template_size, template_id, ret_size, ret);

    if (ret_size) *ret_size = 0;
    if (ret) *ret = NULL;
    if (FAILED(hr = support_check(iface, FOR_ADDRESS_BOOKS, &support))) return hr;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = open_book(support, ui, &book))) return hr;
    hr = IAddrBook_NewEntry(book, ui, 0, container_size, container, template_size, template_id,
                            ret_size, ret);
    IAddrBook_Release(book);
    return hr;
}

HRESULT WINAPI support_DoProgressDialog(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                        IMAPIProgress **ret)
{
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p)\n", iface, (void *)ui, flags, ret);

    if (ret) *ret = NULL;
    if (FAILED(hr = support_check(iface, FOR_ADDRESS_BOOKS | FOR_STORES, &support))) return hr;
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_TOP_LEVEL) return MAPI_E_UNKNOWN_FLAGS;
    return progress_dialog(ui, flags, ret);
}
