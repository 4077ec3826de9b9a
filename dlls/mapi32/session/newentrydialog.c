/*
 * New address book entries: the user's part
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
 * The windows are those of dialog/: which template and where to put what it makes, then the entry's
 * own property sheet. A template without one has its name, type and address filled in.
 */

#include "session/newentry.h"
#include "session/merged.h"
#include "dialog/dialog.h"
#include "dialog/display.h"

HRESULT newentry_pick_template(struct session *session, ULONG_PTR ui, const SBinary *container,
                               SBinary *template_id, SBinary *put)
{
    struct last_error error;
    IMAPITable *one_offs;
    IAddrBook *book;
    HRESULT hr;

    template_id->cb = put->cb = 0;
    template_id->lpb = put->lpb = NULL;
    last_error_init(&error);
    hr = addrbook_open(session, &error, ui, NULL, AB_NO_DIALOG, &book);
    last_error_destroy(&error);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = merged_table(session, MERGED_ONE_OFFS, MAPI_UNICODE, &one_offs)))
    {
        hr = new_entry_dialog(book, one_offs, ui, container, template_id, put);
        IMAPITable_Release(one_offs);
    }
    IAddrBook_Release(book);
    return hr;
}

HRESULT newentry_fill(ULONG_PTR ui, ULONG flags, struct new_entry *entry)
{
    HRESULT hr;

    hr = display_new_entry(ui, entry->entry, entry->container.cb ? DISPLAY_SAVE : 0);
    if (hr == MAPI_E_NO_SUPPORT) return entry_sheet_dialog(ui, entry->entry);
    entry->saved = SUCCEEDED(hr) && entry->container.cb;
    return hr;
}
