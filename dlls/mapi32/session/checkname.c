/*
 * The window that checks names
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
 * The window is dialog/checkname.c's; what is asked of the entry that was picked is read here.
 */

#include "session/checkname.h"
#include "dialog/dialog.h"
#include "host/calls.h"

static HRESULT read_picked(IAddrBook *book, ULONG size, ENTRYID *id, const SPropTagArray *columns,
                           ULONG *count, SPropValue **props)
{
    struct host_party party = { (WCHAR *)L"picked entry", 0 };
    IUnknown *entry;
    ULONG type;
    HRESULT hr;

    if (FAILED(hr = IAddrBook_OpenEntry(book, size, id, NULL, 0, &type, &entry))) return hr;
    hr = object_GetProps(&party, entry, columns, MAPI_UNICODE, count, props);
    object_Release(&party, entry);
    return hr;
}

HRESULT addrbook_check_name_dialog(struct session *session, const struct check_name *check,
                                   ULONG *count, SPropValue **props)
{
    struct name_check what = { check->name, check->title, check->ambiguous, check->container.cb,
                               (ENTRYID *)check->container.lpb };
    struct last_error error;
    IAddrBook *book;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    *count = 0;
    *props = NULL;
    last_error_init(&error);
    hr = addrbook_open(session, &error, check->ui, NULL, AB_NO_DIALOG, &book);
    last_error_destroy(&error);
    if (FAILED(hr)) return hr;
    hr = check_name_dialog(book, check->ui, &what, &size, &id);
    if (SUCCEEDED(hr))
    {
        hr = read_picked(book, size, id, check->columns, count, props);
        memory_free_buffer(id);
    }
    IAddrBook_Release(book);
    return SUCCEEDED(hr) ? S_OK : hr;
}
