/*
 * Support objects: messages and dialogs
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
 * Everything with a window is not done yet: each such method checks that it was called through an
 * object of the right kind, clears what it would return, and says MAPI_E_NO_SUPPORT. docs/status.md has them.
 */

#include "session/supportobject.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

HRESULT WINAPI support_Address(IMAPISupport *iface, ULONG_PTR *ui, ADRPARM *parameters,
                               ADRLIST **ret)
{
    TRACE("(%p)\n", iface);

    if (ret)
        *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_Details(IMAPISupport *iface, ULONG_PTR *ui, LPFNDISMISS dismiss,
                               void *context, ULONG size, ENTRYID *id, LPFNBUTTON button,
                               void *button_context, LPTSTR button_text, ULONG flags)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_NewEntry(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                ULONG container_size, ENTRYID *container, ULONG template_size,
                                ENTRYID *template_id, ULONG *ret_size, ENTRYID **ret)
{
    TRACE("(%p)\n", iface);

    if (ret_size)
        *ret_size = 0;
    if (ret)
        *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_DoConfigPropsheet(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                         LPTSTR title, IMAPITable *display, IMAPIProp *data,
                                         ULONG top_page)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_DoProgressDialog(IMAPISupport *iface, ULONG_PTR ui, ULONG flags,
                                        IMAPIProgress **ret)
{
    TRACE("(%p)\n", iface);

    if (ret)
        *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}
