/*
 * Simple MAPI as Visual Basic calls it
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
 * The wrappers that Basic programs declare under the plain Simple MAPI names. They take Basic's own
 * strings and arrays; none is served, each answers MAPI_E_NOT_SUPPORTED and clears the handles and
 * counts it would have given out.
 */

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "wtypes.h"
#include "mapicode.h"
#include "mapi.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static ULONG not_supported(LONG *told, const char *function)
{
    if (!InterlockedExchange(told, 1)) FIXME("%s is not supported\n", function);
    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPISendMail(LHANDLE session, ULONG_PTR ui, void *message, void **recipients,
                           void **files,
                           ULONG flags, ULONG reserved)
{
    static LONG told;

    return not_supported(&told, "BMAPISendMail");
}

ULONG WINAPI BMAPISaveMail(LHANDLE session, ULONG_PTR ui, void *message, void **recipients,
                           void **files,
                           ULONG flags, ULONG reserved, void **id)
{
    static LONG told;

    return not_supported(&told, "BMAPISaveMail");
}

ULONG WINAPI BMAPIReadMail(LONG *handle, LONG *recipients, LONG *files, LHANDLE session,
                           ULONG_PTR ui,
                           void **id, ULONG flags, ULONG reserved)
{
    static LONG told;

    if (handle) *handle = 0;
    if (recipients) *recipients = 0;
    if (files) *files = 0;
    return not_supported(&told, "BMAPIReadMail");
}

ULONG WINAPI BMAPIGetReadMail(LONG handle, void *message, void **recipients, void **files,
                              void *originator)
{
    static LONG told;

    return not_supported(&told, "BMAPIGetReadMail");
}

ULONG WINAPI BMAPIFindNext(LHANDLE session, ULONG_PTR ui, void **type, void **seed, ULONG flags,
                           ULONG reserved, void **id)
{
    static LONG told;

    return not_supported(&told, "BMAPIFindNext");
}

ULONG WINAPI BMAPIAddress(LONG *handle, LHANDLE session, ULONG_PTR ui, void **caption, ULONG fields,
                          void **label, LONG *recipients, void **list, ULONG flags, ULONG reserved)
{
    static LONG told;

    if (handle) *handle = 0;
    if (recipients) *recipients = 0;
    return not_supported(&told, "BMAPIAddress");
}

ULONG WINAPI BMAPIGetAddress(LONG handle, LONG count, void **recipients)
{
    static LONG told;

    return not_supported(&told, "BMAPIGetAddress");
}

ULONG WINAPI BMAPIDetails(LHANDLE session, ULONG_PTR ui, void *recipient, ULONG flags,
                          ULONG reserved)
{
    static LONG told;

    return not_supported(&told, "BMAPIDetails");
}

ULONG WINAPI BMAPIResolveName(LHANDLE session, ULONG_PTR ui, const char *name, ULONG flags,
                              ULONG reserved,
                              void *recipient)
{
    static LONG told;

    return not_supported(&told, "BMAPIResolveName");
}
