/*
 * Options of messages and recipients, as their transport has them
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

/* What a transport's OPTIONCALLBACK returns has a display table like an address book entry, and
 * takes what the user sets. */

#include "dialog/sheet.h"

HRESULT display_options(struct host_party *party, ULONG_PTR ui, IMAPIProp *options)
{
    IMAPITable *display;
    WCHAR title[80];
    HRESULT hr;

    hr = object_OpenProperty(party, options, PR_DETAILS_TABLE, &IID_IMAPITable,
                            (void **)&display);
    if (FAILED(hr)) return hr == MAPI_E_NOT_ENOUGH_MEMORY || party->broken ? hr : MAPI_E_NO_SUPPORT;
    if (!LoadStringW(dialog_instance(), IDS_SHEET_OPTIONS, title, ARRAY_SIZE(title))) title[0] = 0;
    hr = display_table_show(ui, title, display, options, 0, 0);
    object_Release(party, display);
    return hr;
}
