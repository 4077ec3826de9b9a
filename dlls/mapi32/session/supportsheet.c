/*
 * Support objects: property sheets
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

/* IMAPISupport::DoConfigPropsheet for the providers of a session, and Details for address books. */

#include "dialog/display.h"
#include "session/details.h"
#include "session/supportobject.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

HRESULT WINAPI support_DoConfigPropsheet(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                         LPTSTR title,
                                         IMAPITable *display, IMAPIProp *data, ULONG top_page)
{
    WCHAR *text;
    HRESULT hr;

    TRACE("(%p, %p, %#lx, %p, %p, %p, %lu)\n", iface, (void *)ui, flags, title, display, data,
          top_page);

    if (!display || !data)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = text_from_tstr(title, flags, &text)))
        return hr;
    hr = display_table_show(ui, text, display, data, 0, top_page);
    platform_free(text);
    return hr;
}

HRESULT WINAPI support_Details(IMAPISupport *iface, ULONG_PTR *ui, LPFNDISMISS dismiss,
                               void *context,
                               ULONG size, ENTRYID *id, LPFNBUTTON button, void *button_context,
                               LPTSTR button_text, ULONG flags)
{
    struct details details = { ui, dismiss, context, size, id, button, button_context, button_text,
                               flags };
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %p, %p, %p, %lu, %p, %p, %p, %p, %#lx)\n", iface, ui, dismiss, context, size, id,
          button,
          button_context, button_text, flags);

    if (FAILED(hr = support_check(iface, FOR_ADDRESS_BOOKS, &support)))
        return hr;
    return details_show(support->logon->session, &support->error, &details);
}
