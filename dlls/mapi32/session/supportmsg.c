/*
 * Support objects: messages
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
 * Preparing and reporting on messages is not done yet: each such method checks that it was called
 * through an object of the right kind, clears what it would return, and says MAPI_E_NO_SUPPORT.
 * docs/status.md has them.
 */

#include "session/supportobject.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

HRESULT WINAPI support_RegisterPreprocessor(IMAPISupport *iface, MAPIUID *uid, LPTSTR type,
                                            LPTSTR dll, LPSTR preprocess, LPSTR remove, ULONG flags)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_ReadReceipt(IMAPISupport *iface, ULONG flags, IMessage *message,
                                   IMessage **ret)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_PrepareSubmit(IMAPISupport *iface, IMessage *message, ULONG *flags)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_DoSentMail(IMAPISupport *iface, ULONG flags, IMessage *message)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_Preprocess(IMAPISupport *iface, ULONG flags, ULONG size, ENTRYID *id)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_CompleteMsg(IMAPISupport *iface, ULONG flags, ULONG size, ENTRYID *id)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI support_StatusRecips(IMAPISupport *iface, IMessage *message, ADRLIST *recipients)
{
    TRACE("(%p)\n", iface);
    return MAPI_E_NO_SUPPORT;
}
