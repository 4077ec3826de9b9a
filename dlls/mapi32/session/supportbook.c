/*
 * The support object's address book
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
 * Methods of IMAPISupport about the address book that need no window: the table of one-off
 * templates for address books, and completing recipients for stores.
 */

#include "session/supportobject.h"
#include "session/merged.h"
#include "session/recips.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

HRESULT WINAPI support_GetOneOffTable(IMAPISupport *iface, ULONG flags, IMAPITable **ret)
{
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, ret);

    if (ret)
        *ret = NULL;
    if (FAILED(hr = support_check(iface, FOR_ADDRESS_BOOKS, &support)))
        return hr;
    if (!ret)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    addrbook_start(support->logon->session, 0, AB_NO_DIALOG);
    return merged_table(support->logon->session, MERGED_ONE_OFFS, flags, ret);
}

/* The message is the caller's own, so what it does in there counts against the store. */
HRESULT WINAPI support_ExpandRecips(IMAPISupport *iface, IMessage *message, ULONG *flags)
{
    struct provider *provider;
    struct support *support;
    HRESULT hr;

    TRACE("(%p, %p, %p)\n", iface, message, flags);

    if (flags)
        *flags = 0;
    if (FAILED(hr = support_check(iface, FOR_STORES, &support)))
        return hr;
    if (!message || !flags)
        return MAPI_E_INVALID_PARAMETER;
    if (!session_alive(support->logon->session)
        || !(provider = logon_get_provider(support->logon)))
        return MAPI_E_INVALID_OBJECT;
    hr = recips_expand(support->logon, provider, message, flags);
    provider_release(provider);
    return hr;
}

/* No kind of provider has this slot by the reference, and nothing is published about it. */
HRESULT WINAPI support_UpdatePAB(IMAPISupport *iface, ULONG flags, IMessage *message)
{
    TRACE("(%p, %#lx, %p)\n", iface, (unsigned long)flags, message);

    return MAPI_E_NO_SUPPORT;
}
