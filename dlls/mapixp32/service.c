/*
 * Mail transport: the service entry
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
 * ServiceEntry of the message service MAPIXP. Settings that are handed over go into the section of
 * the service's transport provider; when they do not do and windows are allowed, the user is asked.
 * Deleting the service leaves the journal: a profile made anew for the same account is not to fetch
 * all again, and the folder is the section's, whose UID no other gets.
 */

#include "transport.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

static HRESULT open_section(IProviderAdmin *admin, IProfSect **ret)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_PROVIDER_UID, PR_RESOURCE_TYPE } };
    const SPropValue *uid, *type;
    HRESULT hr, found = MAPI_E_NOT_FOUND;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    *ret = NULL;
    if (FAILED(hr = IProviderAdmin_GetProviderTable(admin, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && found == MAPI_E_NOT_FOUND; i++)
    {
        uid = find_prop(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_PROVIDER_UID);
        type = find_prop(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_RESOURCE_TYPE);
        if (!uid || uid->Value.bin.cb != sizeof(MAPIUID) || !type
            || type->Value.l != MAPI_TRANSPORT_PROVIDER)
            continue;
        found = IProviderAdmin_OpenProfileSection(admin, (MAPIUID *)uid->Value.bin.lpb, NULL,
                                                  MAPI_MODIFY, ret);
    }
    FreeProws(rows);
    return found;
}

static BOOL is_complete(IProfSect *section)
{
    struct settings settings;
    WCHAR words[WORDS_MAX];
    HRESULT hr;

    hr = settings_read((IMAPIProp *)section, &settings, words);
    settings_free(&settings);
    return SUCCEEDED(hr);
}

static HRESULT configure(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, ULONG flags,
                         ULONG count, SPropValue *props, IProviderAdmin *admin)
{
    BOOL look_only = (flags & MSG_SERVICE_UI_READ_ONLY) != 0;
    SPropValue *chosen = NULL;
    IProfSect *section;
    ULONG chosen_count;
    HRESULT hr;

    if (FAILED(hr = open_section(admin, &section))) return hr;
    if (count && props) hr = IProfSect_SetProps(section, count, props, NULL);
    if (SUCCEEDED(hr) && (flags & SERVICE_UI_ALWAYS
                          || (flags & SERVICE_UI_ALLOWED && !is_complete(section))))
    {
        hr = sheet_show(instance, support, ui, look_only, (IMAPIProp *)section, &chosen_count,
                        &chosen);
        if (SUCCEEDED(hr) && !look_only && chosen_count)
            hr = IProfSect_SetProps(section, chosen_count, chosen, NULL);
        MAPIFreeBuffer(chosen);
    }
    IProfSect_Release(section);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT STDAPICALLTYPE ServiceEntry(HINSTANCE instance, LPMALLOC malloc, LPMAPISUP support,
                                    ULONG_PTR ui, ULONG flags, ULONG context, ULONG count,
                                    LPSPropValue props, LPPROVIDERADMIN admin, LPMAPIERROR *error)
{
    TRACE("(%p, %#lx, %lu, %lu values)\n", instance, flags, context, count);

    if (error) *error = NULL;
    switch (context)
    {
    case MSG_SERVICE_CREATE:
        /* Whoever creates it configures it next; without windows that is not for now. */
        if (!(flags & (SERVICE_UI_ALWAYS | SERVICE_UI_ALLOWED)) && !count) return S_OK;
        /* fall through */
    case MSG_SERVICE_CONFIGURE:
        if (!admin) return MAPI_E_INVALID_PARAMETER;
        return configure(instance, support, ui, flags, count, props, admin);
    case MSG_SERVICE_DELETE:
    case MSG_SERVICE_INSTALL:
    case MSG_SERVICE_UNINSTALL:
    case MSG_SERVICE_PROVIDER_CREATE:
    case MSG_SERVICE_PROVIDER_DELETE:
        return S_OK;
    default:
        return MAPI_E_NO_SUPPORT;
    }
}
