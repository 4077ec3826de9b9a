/*
 * LaunchWizard
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
 * The reference lists S_OK and MAPI_E_CALL_FAILED; a cancelled wizard is MAPI_E_USER_CANCEL, as
 * every other window's, and arguments that cannot be are named as such. Names are ANSI, or UTF-16
 * with MAPI_UNICODE, since the prototype has both; the size of the buffer counts bytes.
 */

#include "wizard/wizard.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LAUNCH_FLAGS (MAPI_PW_FIRST_PROFILE | MAPI_PW_LAUNCHED_BY_CONFIG | MAPI_PW_ADD_SERVICE_ONLY \
                      | MAPI_PW_PROVIDER_UI_ONLY | MAPI_PW_HIDE_SERVICES_LIST | MAPI_PW_ADD_TO_PROFILE \
                      | MAPI_UNICODE)

static void free_names(ULONG count, WCHAR **names)
{
    ULONG i;

    for (i = 0; i < count; i++) platform_free(names[i]);
    platform_free(names);
}

static HRESULT take_names(LPCTSTR *services, ULONG flags, ULONG *count, WCHAR ***ret)
{
    HRESULT hr = S_OK;
    ULONG i;

    *count = 0;
    *ret = NULL;
    for (i = 0; services && i <= WIZARD_SERVICES_MAX && services[i]; i++) {}
    if (i > WIZARD_SERVICES_MAX) return MAPI_E_INVALID_PARAMETER;
    if (!(*ret = platform_alloc_zero((i + 1) * sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (; *count < i && SUCCEEDED(hr); ++*count)
        hr = text_from_tstr(services[*count], flags, *ret + *count);
    if (FAILED(hr)) free_names(*count, *ret);
    return hr;
}

/* A name that does not fit is cut: the profile is there. */
static void give_name(const WCHAR *name, ULONG flags, ULONG size, void *buffer)
{
    char *narrow;

    if (flags & MAPI_UNICODE) lstrcpynW(buffer, name, size / sizeof(WCHAR));
    else if ((narrow = text_to_ansi(name)))
    {
        lstrcpynA(buffer, narrow, size);
        platform_free(narrow);
    }
}

static HRESULT launch(HWND parent, ULONG flags, LPCTSTR *services, const WCHAR *into,
                      WCHAR name[PROFILE_NAME_MAX + 1])
{
    WCHAR **names, present[PROFILE_NAME_MAX + 1];
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = take_names(services, flags, &count, &names))) return hr;
    if (flags & MAPI_PW_ADD_SERVICE_ONLY && !count) hr = MAPI_E_INVALID_PARAMETER;
    else if (SUCCEEDED(hr = MAPIInitialize(NULL)))
    {
        if (flags & MAPI_PW_ADD_SERVICE_ONLY && !into && SUCCEEDED(profile_default_name(present))
            && present[0])
            into = present;
        hr = wizard_run(parent, flags, count, names, into, name);
        MAPIUninitialize();
    }
    free_names(count, names);
    return hr;
}

/***********************************************************************
 * LaunchWizard (MAPI32.@)
 *
 * Runs the profile wizard, which makes a profile or, with MAPI_PW_ADD_SERVICE_ONLY, adds to the default one.
 *
 * PARAMS
 *  parent   [I] Window that owns the wizard's, or NULL.
 *  flags    [I] MAPI_PW_ flags, MAPI_UNICODE.
 *  services [I] Names of message services of MapiSvc.inf, NULL after the last. NULL: none.
 *  size     [I] Bytes of profile.
 *  profile  [O] Name of the profile. With MAPI_PW_ADD_TO_PROFILE on entry that of the one to add to.
 *
 * RETURNS
 *  S_OK. MAPI_E_USER_CANCEL, MAPI_E_CALL_FAILED; MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_PARAMETER.
 */
HRESULT WINAPI LaunchWizard(HWND parent, ULONG flags, LPCTSTR *services, ULONG size, LPTSTR profile)
{
    size_t width = flags & MAPI_UNICODE ? sizeof(WCHAR) : 1;
    WCHAR name[PROFILE_NAME_MAX + 1], *into = NULL;
    HRESULT hr = S_OK;

    TRACE("(%p, %#lx, %p, %lu, %p)\n", parent, (unsigned long)flags, services, (unsigned long)size,
          profile);

    if (flags & ~LAUNCH_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if ((size && !profile) || (profile && size < width) || (parent && !IsWindow(parent)))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & MAPI_PW_ADD_TO_PROFILE)
    {
        if (!profile || FAILED(text_from_tstr(profile, flags, &into)) || !into)
            return MAPI_E_INVALID_PARAMETER;
        if (!*into || lstrlenW(into) > PROFILE_NAME_MAX) hr = MAPI_E_INVALID_PARAMETER;
    }
    if (profile) memset(profile, 0, width);
    if (flags & MAPI_PW_PROVIDER_UI_ONLY && !(flags & MAPI_PW_ADD_SERVICE_ONLY))
        hr = MAPI_E_INVALID_PARAMETER;
    if (SUCCEEDED(hr)) hr = launch(parent, flags, services, into, name);
    platform_free(into);
    if (SUCCEEDED(hr) && profile) give_name(name, flags, size, profile);
    if (SUCCEEDED(hr) || hr == MAPI_E_USER_CANCEL || hr == MAPI_E_INVALID_PARAMETER) return hr;
    WARN("failed: %#lx\n", (unsigned long)hr);
    return MAPI_E_CALL_FAILED;
}
