/*
 * Sample providers: the entry point of the message service
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
 * MAPI calls the service entry when the service is created, configured or deleted, and when a
 * provider of it is. Without a window, configuration comes as a property array, with one from a
 * property sheet (config.c); ours go to the profile sections of all the service's providers, which
 * are reached through the provider administration object that MAPI hands in.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <initguid.h>
#include "sample.h"      /* the interface IDs live in this file */

static HRESULT configure_section(IProviderAdmin *admin, const MAPIUID *uid, ULONG count,
                                 SPropValue *props)
{
    SizedSPropTagArray(1, tags) = {1, {PR_SAMPLE_CONFIGURED}};
    IProfSect *section;
    SPropValue *old, times;
    ULONG old_count;
    HRESULT hr;

    hr = IProviderAdmin_OpenProfileSection(admin, (MAPIUID *)uid, NULL, MAPI_MODIFY, &section);
    if (FAILED(hr)) return hr;
    memset(&times, 0, sizeof(times));
    times.ulPropTag = PR_SAMPLE_CONFIGURED;
    if (SUCCEEDED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &old_count, &old)))
    {
        if (old->ulPropTag == PR_SAMPLE_CONFIGURED) times.Value.l = old->Value.l;
        MAPIFreeBuffer(old);
    }
    times.Value.l++;
    hr = IProfSect_SetProps(section, 1, &times, NULL);
    if (SUCCEEDED(hr) && count) hr = IProfSect_SetProps(section, count, props, NULL);
    IProfSect_Release(section);
    return hr;
}

static HRESULT configure(IProviderAdmin *admin, ULONG count, SPropValue *props)
{
    SizedSPropTagArray(1, columns) = {1, {PR_PROVIDER_UID}};
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IProviderAdmin_GetProviderTable(admin, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        const SPropValue *uid = rows->aRow[i].lpProps;

        if (uid->ulPropTag != PR_PROVIDER_UID || uid->Value.bin.cb != sizeof(MAPIUID)) continue;
        hr = configure_section(admin, (const MAPIUID *)uid->Value.bin.lpb, count, props);
    }
    FreeProws(rows);
    return hr;
}

/* Whether to ask the user. This service can do without, unless a test says that something is
 * missing. */
static BOOL wants_window(ULONG flags)
{
    if (flags & SERVICE_UI_ALWAYS) return TRUE;
    return (flags & SERVICE_UI_ALLOWED) && behavior_is(KIND_SERVICE, "incomplete");
}

/* What the first provider's section has is shown; what the user accepts goes to all of them, after
 * what the caller gave. */
static HRESULT configure_with_window(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui,
                                     ULONG flags, IProviderAdmin *admin, ULONG count,
                                     SPropValue *props)
{
    SizedSPropTagArray(1, columns) = {1, {PR_PROVIDER_UID}};
    IProfSect *section = NULL;
    SPropValue *chosen;
    ULONG chosen_count;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    if (count && FAILED(hr = configure(admin, count, props))) return hr;
    if (FAILED(hr = IProviderAdmin_GetProviderTable(admin, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    if (!rows->cRows || rows->aRow[0].lpProps[0].ulPropTag != PR_PROVIDER_UID)
        hr = MAPI_E_NOT_FOUND;
    else
        hr = IProviderAdmin_OpenProfileSection(admin,
                                               (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb,
                                               NULL, 0, &section);
    FreeProws(rows);
    if (FAILED(hr)) return hr;
    hr = config_show(instance, support, ui, flags & MSG_SERVICE_UI_READ_ONLY, (IMAPIProp *)section,
                     &chosen_count, &chosen);
    IProfSect_Release(section);
    if (FAILED(hr)) return hr;
    if (!(flags & MSG_SERVICE_UI_READ_ONLY)) hr = configure(admin, chosen_count, chosen);
    MAPIFreeBuffer(chosen);
    return hr;
}

HRESULT STDAPICALLTYPE ServiceEntry(HINSTANCE instance, LPMALLOC malloc, LPMAPISUP support,
                                    ULONG_PTR ui, ULONG flags, ULONG context, ULONG count,
                                    LPSPropValue props, LPPROVIDERADMIN admin, LPMAPIERROR *error)
{
    char method[32];
    HRESULT hr;

    if (error) *error = NULL;
    snprintf(method, sizeof(method), "Service%lu", context);
    if (FAILED(hr = behave(KIND_SERVICE, method, NULL))) return hr;
    switch (context)
    {
    case MSG_SERVICE_CREATE:
    case MSG_SERVICE_CONFIGURE:
        if (wants_window(flags))
            return configure_with_window(instance, support, ui, flags, admin, count, props);
        return configure(admin, count, props);
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
