/*
 * The message service MAPIMS: its entry function
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
 * A service has one address book provider, whose profile section says where the file with the
 * contacts is. A new section gets a place that is free, below the user's local application data;
 * the file is made at the first logon, or when the service is configured with a path. Removing the
 * service leaves the file.
 *
 * Configuration comes as properties: PR_MAPIAB_PATH, the full path, and PR_DISPLAY_NAME. There is
 * no window.
 */

#include "ab.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* ---- the section ---- */

/* With a path that was given, the file is opened, or made when there is none. */
static HRESULT set_path(IProfSect *section, const WCHAR *given)
{
    struct db *db;
    WCHAR *path;
    HRESULT hr;

    if (FAILED(hr = full_path(given, &path))) return hr;
    if (SUCCEEDED(hr = make_folder_of(path))) hr = book_open_file(path, TRUE, &db);
    if (SUCCEEDED(hr))
    {
        hr = set_section_text(section, PR_MAPIAB_PATH_W, path);
        db_release(db);
    }
    platform_free(path);
    return hr;
}

static HRESULT configure_section(IProfSect *section, const WCHAR *path, const WCHAR *name)
{
    HRESULT hr;

    hr = path ? set_path(section, path) : set_default_path(section, PR_MAPIAB_PATH_W, L" contacts");
    if (SUCCEEDED(hr) && name) hr = set_section_text(section, PR_DISPLAY_NAME_W, name);
    return hr;
}

/* ---- the entry function ---- */

const WCHAR file_kind[] = L"address book";

static HRESULT configure(ULONG count, const SPropValue *props, IProviderAdmin *admin)
{
    WCHAR *path = find_text(count, props, PR_MAPIAB_PATH_W);
    WCHAR *name = find_text(count, props, PR_DISPLAY_NAME_W);
    IProfSect *section;
    HRESULT hr;

    if (SUCCEEDED(hr = open_provider_section(admin, MAPI_AB_PROVIDER, &section)))
    {
        hr = configure_section(section, path, name);
        IProfSect_Release(section);
    }
    platform_free(path);
    platform_free(name);
    return hr;
}

/***********************************************************************
 *      ServiceEntry
 *
 * MSGSERVICEENTRY. MAPI_E_UNCONFIGURED with words in error when the file cannot be used.
 */
HRESULT STDAPICALLTYPE ServiceEntry(HINSTANCE instance, LPMALLOC malloc, LPMAPISUP support,
                                    ULONG_PTR ui, ULONG flags, ULONG context, ULONG count,
                                    LPSPropValue props, LPPROVIDERADMIN admin, LPMAPIERROR *error)
{
    WCHAR *path;
    HRESULT hr;

    TRACE("%p, %#lx, %lu, %lu, %p, %p\n", instance, flags, context, count, props, admin);

    if (error) *error = NULL;
    switch (context)
    {
    case MSG_SERVICE_CREATE:
    case MSG_SERVICE_CONFIGURE:
        if (!admin || (count && !props)) return MAPI_E_INVALID_PARAMETER;
        hr = configure(count, props, admin);
        if (SUCCEEDED(hr)) return S_OK;
        WARN("not configured: %#lx\n", hr);
        path = find_text(count, props, PR_MAPIAB_PATH_W);
        file_error(flags, hr, path, error);
        platform_free(path);
        return MAPI_E_UNCONFIGURED;
    case MSG_SERVICE_DELETE:
    case MSG_SERVICE_INSTALL:
    case MSG_SERVICE_UNINSTALL:
        return S_OK;
    default:
        return MAPI_E_NO_SUPPORT;       /* one address book a service */
    }
}
