/*
 * mapictl: message services
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

#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

static HRESULT query_services(IMsgServiceAdmin *services, SRowSet **rows)
{
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IMsgServiceAdmin_GetMsgServiceTable(services, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, NULL, NULL, NULL, 0, rows);
    IMAPITable_Release(table);
    return hr;
}

/* A service by its name in MapiSvc.inf or by its UID; the last of that name, being the newest. */
static HRESULT find_service(IMsgServiceAdmin *services, const WCHAR *which, MAPIUID *uid)
{
    HRESULT hr, ret = MAPI_E_NOT_FOUND;
    SRowSet *rows;
    ULONG i;

    if (FAILED(hr = query_services(services, &rows))) return hr;
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *prop = find_prop(&rows->aRow[i], PR_SERVICE_UID);
        WCHAR *name = row_text(&rows->aRow[i], PR_SERVICE_NAME_W);
        WCHAR *text = row_text(&rows->aRow[i], PR_SERVICE_UID);

        if (prop && prop->Value.bin.cb == sizeof(*uid) &&
            (!lstrcmpiW(which, name) || !lstrcmpiW(which, text)))
        {
            memcpy(uid, prop->Value.bin.lpb, sizeof(*uid));
            ret = S_OK;
        }
        free(name);
        free(text);
    }
    FreeProws(rows);
    return ret;
}

int service_list(struct arguments *args)
{
    static const WCHAR *const columns[] = {L"service", L"name", L"dll", L"entry", L"uid", NULL};
    static const ULONG tags[] = { PR_SERVICE_NAME_W, PR_DISPLAY_NAME_W, PR_SERVICE_DLL_NAME_W,
                                  PR_SERVICE_ENTRY_NAME, PR_SERVICE_UID };
    WCHAR *texts[ARRAYSIZE(tags)];
    IMsgServiceAdmin *services;
    struct list *list;
    SRowSet *rows;
    HRESULT hr;
    ULONG i, j;

    if (FAILED(hr = services_open(args->values[0], &services)))
        return fail_hr(hr, L"profile '%s' cannot be opened", args->values[0]);
    hr = query_services(services, &rows);
    IMsgServiceAdmin_Release(services);
    if (FAILED(hr)) return fail_hr(hr, L"cannot list the services");
    list = list_begin(columns);
    for (i = 0; i < rows->cRows; i++)
    {
        for (j = 0; j < ARRAYSIZE(tags); j++) texts[j] = row_text(&rows->aRow[i], tags[j]);
        list_add(list, (const WCHAR *const *)texts);
        for (j = 0; j < ARRAYSIZE(tags); j++) free(texts[j]);
    }
    FreeProws(rows);
    list_end(list);
    return EXIT_OK;
}

/* TAG=VALUE arguments as properties; NULL when one is none, which has been said then. */
static SPropValue *read_settings(int count, WCHAR **settings)
{
    SPropValue *props;
    int i;

    if (!(props = calloc(count + 1, sizeof(*props)))) exit(fail(L"out of memory"));
    for (i = 0; i < count; i++)
    {
        if (SUCCEEDED(parse_setting(settings[i], &props[i]))) continue;
        fail(L"'%s' is no setting: eight hexadecimal digits, '=', value", settings[i]);
        free(props);
        return NULL;
    }
    return props;
}

static int configure(IMsgServiceAdmin *services, const MAPIUID *uid, int count, SPropValue *props)
{
    WCHAR *words;
    HRESULT hr;

    hr = IMsgServiceAdmin_ConfigureMsgService(services, (MAPIUID *)uid, 0, MAPI_UNICODE, count,
                                              props);
    if (SUCCEEDED(hr)) return EXIT_OK;
    if (hr == MAPI_E_NOT_INITIALIZED)
        return fail(L"this service has no entry function to configure it");
    if ((words = last_error_text(services, hr))) return fail_hr(hr, L"cannot configure: %s", words);
    return fail_hr(hr, L"cannot configure the service");
}

int configure_newest(IMsgServiceAdmin *services, const WCHAR *service, int count, SPropValue *props)
{
    MAPIUID uid;
    HRESULT hr;

    if (FAILED(hr = find_service(services, service, &uid)))
        return fail_hr(hr, L"'%s' went away", service);
    return configure(services, &uid, count, props);
}

int create_service(IMsgServiceAdmin *services, const WCHAR *service, const WCHAR *name)
{
    WCHAR *words;
    HRESULT hr;

    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)service, (LPTSTR)name, 0,
                                           MAPI_UNICODE);
    if (SUCCEEDED(hr)) return EXIT_OK;
    if (hr == MAPI_E_NOT_FOUND) return fail(L"MapiSvc.inf names no service '%s'", service);
    if ((words = last_error_text(services, hr)))
        return fail_hr(hr, L"cannot add '%s': %s", service, words);
    return fail_hr(hr, L"cannot add '%s'", service);
}

static int add(IMsgServiceAdmin *services, struct arguments *args, const WCHAR *name)
{
    const WCHAR *service = args->values[1];
    SPropValue *props;
    int ret;

    /* Read first: a typing error must not leave a service that nobody configured. */
    if (!(props = read_settings(args->count - 2, args->values + 2))) return EXIT_USAGE;
    if (!(ret = create_service(services, service, name)) && args->count > 2)
        ret = configure_newest(services, service, args->count - 2, props);
    free(props);
    return ret;
}

int service_add(struct arguments *args)
{
    const WCHAR *name = take_value(args, L"--name");
    IMsgServiceAdmin *services;
    HRESULT hr;
    int ret;

    if (FAILED(hr = services_open(args->values[0], &services)))
        return fail_hr(hr, L"profile '%s' cannot be opened", args->values[0]);
    ret = add(services, args, name);
    IMsgServiceAdmin_Release(services);
    return ret;
}

int service_remove(struct arguments *args)
{
    IMsgServiceAdmin *services;
    MAPIUID uid;
    HRESULT hr;

    if (FAILED(hr = services_open(args->values[0], &services)))
        return fail_hr(hr, L"profile '%s' cannot be opened", args->values[0]);
    hr = find_service(services, args->values[1], &uid);
    if (SUCCEEDED(hr)) hr = IMsgServiceAdmin_DeleteMsgService(services, &uid);
    IMsgServiceAdmin_Release(services);
    if (FAILED(hr)) return fail_hr(hr, L"cannot remove service '%s'", args->values[1]);
    return EXIT_OK;
}

int service_configure(struct arguments *args)
{
    IMsgServiceAdmin *services;
    SPropValue *props;
    MAPIUID uid;
    HRESULT hr;
    int ret;

    if (!(props = read_settings(args->count - 2, args->values + 2))) return EXIT_USAGE;
    if (FAILED(hr = services_open(args->values[0], &services)))
        return fail_hr(hr, L"profile '%s' cannot be opened", args->values[0]);
    if (FAILED(hr = find_service(services, args->values[1], &uid)))
        ret = fail_hr(hr, L"no service '%s' in profile '%s'", args->values[1], args->values[0]);
    else ret = configure(services, &uid, args->count - 2, props);
    free(props);
    IMsgServiceAdmin_Release(services);
    return ret;
}
