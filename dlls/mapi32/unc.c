/*
 * Paths on drives and on servers
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

#include "core/core.h"
#include "winnetwk.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static BOOL is_unc(const char *path)
{
    return path[0] == '\\' && path[1] == '\\';
}

static BOOL is_local(const char *path)
{
    return ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z'))
           && path[1] == ':';
}

/* The share a drive is connected to. */
static BOOL get_share(char letter, char share[MAX_PATH])
{
    const char drive[3] = { letter, ':', 0 };
    DWORD size = MAX_PATH;

    return !WNetGetConnectionA(drive, share, &size);
}

static SCODE join(const char *first, const char *rest, char *ret, UINT size)
{
    size_t first_length = strlen(first), rest_length = strlen(rest);

    if (first_length + rest_length >= size) return MAPI_E_TOO_BIG;
    memcpy(ret, first, first_length);
    memcpy(ret + first_length, rest, rest_length + 1);
    return S_OK;
}

SCODE WINAPI ScUNCFromLocalPath(LPSTR local, LPSTR unc, UINT size)
{
    char share[MAX_PATH];

    TRACE("(%s, %p, %u)\n", debugstr_a(local), unc, size);

    if (unc && size) *unc = 0;
    if (!local || !unc || !size) return MAPI_E_INVALID_PARAMETER;
    if (is_unc(local)) return S_FALSE;
    if (!is_local(local) || !get_share(local[0], share)) return MAPI_E_INVALID_PARAMETER;
    return join(share, local + 2, unc, size);
}

SCODE WINAPI ScLocalPathFromUNC(LPSTR unc, LPSTR local, UINT size)
{
    char share[MAX_PATH], drive[3] = "A:", letter;
    size_t length;

    TRACE("(%s, %p, %u)\n", debugstr_a(unc), local, size);

    if (local && size) *local = 0;
    if (!unc || !local || !size) return MAPI_E_INVALID_PARAMETER;
    if (is_local(unc)) return S_FALSE;
    if (!is_unc(unc)) return MAPI_E_NOT_FOUND;
    for (letter = 'A'; letter <= 'Z'; letter++)
    {
        if (!get_share(letter, share) || !(length = strlen(share))) continue;
        if (_strnicmp(unc, share, length) || (unc[length] && unc[length] != '\\')) continue;
        drive[0] = letter;
        return join(drive, unc + length, local, size);
    }
    return MAPI_E_NOT_FOUND;
}
