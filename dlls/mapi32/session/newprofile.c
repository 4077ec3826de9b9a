/*
 * The first profile
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
 * A profile for somebody who has none: with the services that [Default Services] of MapiSvc.inf
 * names, as the default profile. Who asks decides when: the picker, where a user names it; a logon
 * by itself, where the administrator's word says so (NewProfile under Software\wine-mapi,
 * docs/profiles.md).
 */

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <winuser.h>

#include "session/session.h"
#include "dialog/dialog.h"
#include "session/picker.h"
#include <mapix.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

enum new_profile_policy
{
    NEW_PROFILE_NEVER,
    NEW_PROFILE_OFFER,
    NEW_PROFILE_MAKE,
};

static BOOL read_policy(HKEY root, DWORD *policy)
{
    DWORD type, size = sizeof(*policy);
    HKEY key;
    LSTATUS status;

    if (RegOpenKeyExW(root, L"Software\\wine-mapi", 0, KEY_QUERY_VALUE, &key)) return FALSE;
    status = RegQueryValueExW(key, L"NewProfile", NULL, &type, (BYTE *)policy, &size);
    RegCloseKey(key);
    if (status) return FALSE;
    if (type == REG_DWORD && *policy <= NEW_PROFILE_MAKE) return TRUE;
    WARN("NewProfile is no policy, type %lu\n", type);
    return FALSE;
}

/* The user's word goes before the machine's; nobody's is NEW_PROFILE_OFFER. */
static enum new_profile_policy new_profile_policy(void)
{
    DWORD policy;

    if (read_policy(HKEY_CURRENT_USER, &policy) || read_policy(HKEY_LOCAL_MACHINE, &policy))
        return policy;
    return NEW_PROFILE_OFFER;
}

/* Makes the profile and, when there is no default yet or as_default, makes it that. Services may
 * ask over ui when flags have MAPI_DIALOG. Words of a failure by platform_alloc, or NULL. */
HRESULT new_profile(const WCHAR *name, ULONG_PTR ui, ULONG flags, BOOL as_default, WCHAR **words)
{
    WCHAR present[PROFILE_NAME_MAX + 1];
    MAPIERROR *error = NULL;
    IProfAdmin *admin;
    HRESULT hr;

    *words = NULL;
    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, ui,
                                  flags | MAPI_DEFAULT_SERVICES | MAPI_UNICODE);
    if (FAILED(hr))
    {
        WARN("%s cannot be made: %#lx\n", debugstr_w(name), (unsigned long)hr);
        if (SUCCEEDED(IProfAdmin_GetLastError(admin, hr, MAPI_UNICODE, &error)) && error)
            *words = text_dup((const WCHAR *)error->lpszError);
        memory_free_buffer(error);
    }
    else if (as_default || FAILED(profile_default_name(present)) || !present[0])
        profile_set_default(name);
    IProfAdmin_Release(admin);
    return hr;
}

/* May somebody who is asked make one? */
BOOL new_profile_offered(void)
{
    return new_profile_policy() != NEW_PROFILE_NEVER && mapisvc_has_defaults();
}

BOOL new_profile_automatic(void)
{
    return new_profile_policy() == NEW_PROFILE_MAKE && mapisvc_has_defaults();
}

/* A logon that names no profile while there is none: MAPI_E_NOT_FOUND where none is to be made by
 * itself. */
HRESULT new_profile_by_policy(WCHAR name[PROFILE_NAME_MAX + 1])
{
    WCHAR **names, *words;
    ULONG count;
    HRESULT hr;

    if (new_profile_policy() != NEW_PROFILE_MAKE) return MAPI_E_NOT_FOUND;
    if (FAILED(hr = profile_names(&count, &names))) return hr;
    platform_free(names);
    if (count || !mapisvc_has_defaults()) return MAPI_E_NOT_FOUND;
    dialog_string(IDS_NEW_PROFILE_NAME, name, PROFILE_NAME_MAX + 1);
    hr = new_profile(name, 0, 0, TRUE, &words);
    platform_free(words);
    return hr;
}
