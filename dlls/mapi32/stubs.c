/*
 * The exports nobody serves yet
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
 * Each returns its documented error, or MAPI_E_NO_SUPPORT where no page names one, clears its out
 * parameters, and says so once in the trace. The number of arguments is right, so that a 32-bit
 * caller finds its stack as it left it. What is served leaves this file.
 *
 * Types are spelled as plain pointers where nothing behind them is looked at; the prototype of each
 * stands in the reference. Simple MAPI, CMC and the Basic wrappers are in simple/.
 */

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "wtypes.h"
#include "mapicode.h"
#include "winerror.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static void say_once(LONG *told, const char *function)
{
    if (!InterlockedExchange(told, 1)) FIXME("%s is not supported\n", function);
}

/* nothing is known of the first two but that they are there */

HRESULT WINAPI ordinal_8(void)
{
    static LONG told;

    say_once(&told, "ordinal_8");
    return MAPI_E_NO_SUPPORT;
}

HRESULT __cdecl PRProviderInit(void)
{
    static LONG told;

    say_once(&told, "PRProviderInit");
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrGetOmiProvidersFlags(ULONG first, void *second)
{
    static LONG told;

    say_once(&told, "HrGetOmiProvidersFlags");
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrSetOmiProvidersFlagsInvalid(ULONG first)
{
    static LONG told;

    say_once(&told, "HrSetOmiProvidersFlagsInvalid");
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI InstallFilterHook(BOOL install)
{
    static LONG told;

    say_once(&told, "InstallFilterHook");
    return MAPI_E_NO_SUPPORT;
}

/* undocumented: what an object of the UNKOBJ functions is made of is published nowhere */

HRESULT WINAPI WrapProgress(void *a, void *b, void *c, void *d, void *e)
{
    static LONG told;

    say_once(&told, "WrapProgress");
    return MAPI_E_NO_SUPPORT;
}

SCODE WINAPI UNKOBJ_ScAllocate(void *object, ULONG size, void **block)
{
    static LONG told;

    say_once(&told, "UNKOBJ_ScAllocate");
    if (block) *block = NULL;
    return MAPI_E_NO_SUPPORT;
}

SCODE WINAPI UNKOBJ_ScAllocateMore(void *object, ULONG size, void *base, void **block)
{
    static LONG told;

    say_once(&told, "UNKOBJ_ScAllocateMore");
    if (block) *block = NULL;
    return MAPI_E_NO_SUPPORT;
}

void WINAPI UNKOBJ_Free(void *object, void *block)
{
    static LONG told;

    say_once(&told, "UNKOBJ_Free");
}

void WINAPI UNKOBJ_FreeRows(void *object, void *rows)
{
    static LONG told;

    say_once(&told, "UNKOBJ_FreeRows");
}

SCODE WINAPI UNKOBJ_ScCOAllocate(void *object, ULONG size, void **block)
{
    static LONG told;

    say_once(&told, "UNKOBJ_ScCOAllocate");
    if (block) *block = NULL;
    return MAPI_E_NO_SUPPORT;
}

SCODE WINAPI UNKOBJ_ScCOReallocate(void *object, ULONG size, void **block)
{
    static LONG told;

    say_once(&told, "UNKOBJ_ScCOReallocate");
    return MAPI_E_NO_SUPPORT;
}

void WINAPI UNKOBJ_COFree(void *object, void *block)
{
    static LONG told;

    say_once(&told, "UNKOBJ_COFree");
}

SCODE WINAPI UNKOBJ_ScSzFromIdsAlloc(void *object, ULONG id, ULONG flags, ULONG size, void **text)
{
    static LONG told;

    say_once(&told, "UNKOBJ_ScSzFromIdsAlloc");
    if (text) *text = NULL;
    return MAPI_E_NO_SUPPORT;
}

/* what needs an Exchange account */

HRESULT WINAPI HrGetGALFromEmsmdbUID(void *session, void *address_book, void *uid, ULONG *size,
                                     void **id)
{
    static LONG told;

    say_once(&told, "HrGetGALFromEmsmdbUID");
    if (size) *size = 0;
    if (id) *id = NULL;
    if (!session || !address_book || !size || !id) return MAPI_E_INVALID_PARAMETER;
    return MAPI_E_NOT_FOUND;
}

HRESULT WINAPI HrGetAutoDiscoverXML(const WCHAR *address, const WCHAR *password, HANDLE cancel,
                                    ULONG flags, void **stream)
{
    static LONG told;
    const WCHAR *at;

    say_once(&told, "HrGetAutoDiscoverXML");
    if (stream) *stream = NULL;
    if (!stream || !address || flags) return E_INVALIDARG;
    /* as far as an address can be told from its looks */
    for (at = address; *at && *at != '@'; at++) {}
    if (at == address || !*at || !at[1]) return E_INVALIDARG;
    return MAPI_E_NOT_FOUND;
}

HRESULT WINAPI HrCreateNewWrappedObject(void *object, ULONG version, ULONG type, const IID *iid,
                                        const ULONG *tags, BOOL outlook, void **ret)
{
    static LONG told;

    say_once(&told, "HrCreateNewWrappedObject");
    if (ret) *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

HRESULT WINAPI HrOpenOfflineObj(ULONG flags, const WCHAR *profile, const GUID *guid,
                                const GUID *instance, void **ret)
{
    static LONG told;

    say_once(&told, "HrOpenOfflineObj");
    if (ret) *ret = NULL;
    return MAPI_E_NOT_FOUND;
}

HRESULT WINAPI HrCreateOfflineObj(ULONG flags, void *info, void **ret)
{
    static LONG told;

    say_once(&told, "HrCreateOfflineObj");
    if (ret) *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}
