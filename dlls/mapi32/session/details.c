/*
 * Details of address book entries
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
 * Opens the entry and has its sheet drawn. A sheet without DIALOG_SDI is modal; a button needs both
 * a text and a function.
 */

#define COBJMACROS

#include "session/details.h"
#include "dialog/display.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

HRESULT details_show(struct session *session, struct last_error *error,
                     const struct details *details)
{
    struct display_sheet sheet = { 0 };
    WCHAR *button_text = NULL;
    IUnknown *entry;
    HWND window;
    ULONG type;
    HRESULT hr;

    if (!details->ui || !details->size || !details->id) return MAPI_E_INVALID_PARAMETER;
    if (details->flags & ~(DIALOG_MODAL | DIALOG_SDI | MAPI_UNICODE)) return MAPI_E_UNKNOWN_FLAGS;
    if ((details->flags & DIALOG_MODAL)
        && (details->flags & DIALOG_SDI)) return MAPI_E_INVALID_PARAMETER;

    hr = session_open_entry(session, error, details->size, details->id, NULL, MAPI_BEST_ACCESS,
                            &type,
                            &entry);
    if (FAILED(hr)) return hr;
    if (type != MAPI_MAILUSER && type != MAPI_DISTLIST
        && type != MAPI_ABCONT) hr = MAPI_E_UNKNOWN_ENTRYID;
    if (SUCCEEDED(hr) && details->button && details->button_text)
        hr = text_from_tstr(details->button_text, details->flags, &button_text);
    if (SUCCEEDED(hr))
    {
        sheet.ui = *details->ui;
        sheet.data = (IMAPIProp *)entry;
        sheet.flags = DISPLAY_SAVE;
        if (button_text)
        {
            sheet.button = details->button;
            sheet.button_context = details->button_context;
            sheet.button_text = button_text;
            sheet.id_size = details->size;
            sheet.id = details->id;
        }
        sheet.dismiss = details->dismiss;
        sheet.dismiss_context = details->dismiss_context;
        hr = display_details(&sheet, details->flags & DIALOG_SDI ? &window : NULL);
        if (SUCCEEDED(hr) && (details->flags & DIALOG_SDI)) *details->ui = (ULONG_PTR)window;
        if (hr == MAPI_E_USER_CANCEL) hr = S_OK;
    }
    platform_free(button_text);
    if (hr == MAPI_E_CALL_FAILED) WARN("the details were not shown or had to be closed\n");
    IUnknown_Release(entry);
    return hr;
}
