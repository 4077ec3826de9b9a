/*
 * The extended session behind a simple one
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

#define COBJMACROS
#include "simple/simple.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/*
 * The session of a handle of MAPILogon, which is the same one: MAPILogoff of the handle ends it,
 * while the caller's reference stays good.
 *
 * Parameters: flags must be 0; iid NULL for IMAPISession. Returns S_OK, MAPI_E_UNKNOWN_FLAGS,
 * MAPI_E_INVALID_PARAMETER for a handle that is none of ours, or E_NOINTERFACE. Reference:
 * scmapixfromsmapi
 */
SCODE WINAPI ScMAPIXFromSMAPI(LHANDLE handle, ULONG flags, LPCIID iid, LPMAPISESSION *ret)
{
    struct simple_call call;
    HRESULT hr;

    TRACE("(%#Ix, %#lx, %s, %p)\n", (SIZE_T)handle, flags, debugstr_guid(iid), ret);

    if (ret) *ret = NULL;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (!ret || !handle || simple_begin(&call, handle, 0, 0)) return MAPI_E_INVALID_PARAMETER;
    hr = IMAPISession_QueryInterface(call.session->session, iid ? iid : &IID_IMAPISession,
                                     (void **)ret);
    simple_end(&call);
    if (SUCCEEDED(hr)) return S_OK;
    *ret = NULL;
    return E_NOINTERFACE;
}

/* The session of an identifier of cmc_logon, which is a handle of the same kind. */
SCODE WINAPI ScMAPIXFromCMC(ULONG session, ULONG flags, LPCIID iid, LPMAPISESSION *ret)
{
    return ScMAPIXFromSMAPI(session, flags, iid, ret);
}
