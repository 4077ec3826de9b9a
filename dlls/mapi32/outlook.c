/*
 * What programs ask of an installed Outlook
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
 * None is installed as far as this subsystem goes: no version, no cached mode, since it has no
 * Exchange accounts, and no personal or offline folders file (.pst, .ost) whose memory a crash
 * could lose. What the message store has committed is on the disk.
 */

#include <stdarg.h>

#include "windef.h"
#include "winbase.h"
#include "core/core.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* That it is exported tells fixmapi.exe that this is a mapi32.dll that hands calls on. */
ULONG WINAPI GetOutlookVersion(void)
{
    TRACE("()\n");

    return 0;
}

/*
 * Puts a mapi32.dll that hands calls on to the registered client into the system folder. This one
 * does that, so where it stands there already all is well; another one is not replaced, which is
 * done with the project's installer.
 *
 * Returns TRUE, or FALSE with an error for GetLastError.
 * Reference: fixmapi
 */
DWORD WINAPI FixMAPI(void)
{
    static const WCHAR name[] = L"\\mapi32.dll";
    WCHAR system[MAX_PATH], own[MAX_PATH];
    HMODULE module;
    UINT length;

    TRACE("()\n");

    length = GetSystemDirectoryW(system, ARRAY_SIZE(system) - ARRAY_SIZE(name));
    if (length && length < ARRAY_SIZE(system) - ARRAY_SIZE(name)
        && GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                                  | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                              (const WCHAR *)FixMAPI, &module)
        && GetModuleFileNameW(module, own, ARRAY_SIZE(own)) < ARRAY_SIZE(own))
    {
        lstrcpyW(system + length, name);
        if (CompareStringOrdinal(system, -1, own, -1, TRUE) == CSTR_EQUAL) return TRUE;
    }
    WARN("the system's mapi32.dll is another one\n");
    SetLastError(ERROR_ACCESS_DENIED);
    return FALSE;
}

/*
 * Moves what a .pst or .ost file's memory holds to the disk and locks it until the process ends.
 *
 * Reference: mapicrashrecovery
 */
void WINAPI MAPICrashRecovery(ULONG flags)
{
    TRACE("(%#lx): there are no such files\n", flags);
}

/*
 * Whether new Exchange accounts are cached, and whether by policy. Reference: getdefcachedmode
 */
BOOL WINAPI GetDefCachedMode(BOOL *policy)
{
    TRACE("(%p)\n", policy);

    if (policy) *policy = FALSE;
    return FALSE;
}

/*
 * Whether favourites of public folders are cached. Reference: getdefcachedmodedownloadpubfoldfavs
 */
BOOL WINAPI GetDefCachedModeDownloadPubFoldFavs(BOOL *policy)
{
    TRACE("(%p)\n", policy);

    if (policy) *policy = FALSE;
    return FALSE;
}
