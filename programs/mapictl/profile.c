/*
 * mapictl: profiles
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

int profile_list(struct arguments *args)
{
    static const WCHAR *const columns[] = {L"name", L"default", NULL};
    const WCHAR *values[2];
    struct list *list;
    SRowSet *rows;
    WCHAR *name;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = profile_rows(&rows))) return fail_hr(hr, L"cannot list profiles");
    list = list_begin(columns);
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *is_default = find_prop(&rows->aRow[i], PR_DEFAULT_PROFILE);

        name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W);
        values[0] = name;
        values[1] = is_default && is_default->Value.b ? L"yes" : L"no";
        list_add(list, values);
        free(name);
    }
    FreeProws(rows);
    list_end(list);
    return EXIT_OK;
}

int profile_show(struct arguments *args)
{
    static const WCHAR *const columns[] = { L"service", L"provider", L"kind",
                                            L"dll",     L"section",  NULL };
    const WCHAR *values[5];
    IMsgServiceAdmin *services;
    WCHAR *texts[4];
    struct list *list;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i, j;

    if (FAILED(hr = services_open(args->values[0], &services)))
        return fail_hr(hr, L"profile '%s' cannot be opened", args->values[0]);
    hr = IMsgServiceAdmin_GetProviderTable(services, MAPI_UNICODE, &table);
    IMsgServiceAdmin_Release(services);
    if (FAILED(hr)) return fail_hr(hr, L"cannot list the providers");
    hr = HrQueryAllRows(table, NULL, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return fail_hr(hr, L"cannot list the providers");
    list = list_begin(columns);
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *type = find_prop(&rows->aRow[i], PR_RESOURCE_TYPE);

        values[0] = texts[0] = row_text(&rows->aRow[i], PR_SERVICE_NAME_W);
        values[1] = texts[1] = row_text(&rows->aRow[i], PR_PROVIDER_DISPLAY_W);
        values[2] = resource_type_name(type ? type->Value.l : 0);
        values[3] = texts[2] = row_text(&rows->aRow[i], PR_PROVIDER_DLL_NAME_W);
        values[4] = texts[3] = row_text(&rows->aRow[i], PR_PROVIDER_UID);
        list_add(list, values);
        for (j = 0; j < ARRAYSIZE(texts); j++) free(texts[j]);
    }
    FreeProws(rows);
    list_end(list);
    return EXIT_OK;
}

int profile_create(struct arguments *args)
{
    BOOL defaults = take_flag(args, L"--default-services"),
         make_default = take_flag(args, L"--default");
    const WCHAR **wanted, *name;
    IMsgServiceAdmin *services;
    struct account *account;
    IProfAdmin *admin;
    int i, count = 0;
    HRESULT hr;

    if (account_options(args, &account)) return EXIT_USAGE;

    if (!(wanted = calloc(args->count + 1, sizeof(*wanted)))) return fail(L"out of memory");
    if (FAILED(hr = admin_open(&admin))) return fail_hr(hr, L"cannot administer profiles");
    /* The name may stand anywhere among the options. */
    while ((wanted[count] = take_value(args, L"--service"))) count++;
    name = args->values[0];
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0,
                                  MAPI_UNICODE | (defaults ? MAPI_DEFAULT_SERVICES : 0));
    if (FAILED(hr))
    {
        IProfAdmin_Release(admin);
        if (hr == MAPI_E_NO_ACCESS) return fail(L"there is a profile '%s' already", name);
        if (hr == MAPI_E_INVALID_PARAMETER)
            return fail(L"'%s' is no profile name: letters, digits, underscores and inner spaces, "
                        L"at most 64", name);
        return fail_hr(hr, L"cannot create profile '%s'", name);
    }
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = IProfAdmin_AdminServices(admin, (LPTSTR)name, NULL, 0, MAPI_UNICODE,
                                                 &services)))
            fail_hr(hr, L"the new profile cannot be opened");
        else
        {
            if (create_service(services, wanted[i], NULL)) hr = MAPI_E_CALL_FAILED;
            IMsgServiceAdmin_Release(services);
        }
    }
    if (SUCCEEDED(hr) && account)
    {
        if (FAILED(hr = IProfAdmin_AdminServices(admin, (LPTSTR)name, NULL, 0, MAPI_UNICODE,
                                                 &services)))
            fail_hr(hr, L"the new profile cannot be opened");
        else
        {
            if (account_create(services, account, !count && !defaults)) hr = MAPI_E_CALL_FAILED;
            IMsgServiceAdmin_Release(services);
        }
    }
    if (SUCCEEDED(hr) && make_default &&
        FAILED(hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)name, MAPI_UNICODE)))
        fail_hr(hr, L"cannot make '%s' the default", name);
    /* A profile that could not be made as asked is not left behind half made. */
    if (FAILED(hr)) IProfAdmin_DeleteProfile(admin, (LPTSTR)name, MAPI_UNICODE);
    IProfAdmin_Release(admin);
    free(wanted);
    return SUCCEEDED(hr) ? EXIT_OK : EXIT_FAILED;
}

static int copy_or_rename(struct arguments *args, BOOL rename)
{
    LPTSTR old_name = (LPTSTR)args->values[0], new_name = (LPTSTR)args->values[1];
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = admin_open(&admin))) return fail_hr(hr, L"cannot administer profiles");
    if (rename) hr = IProfAdmin_RenameProfile(admin, old_name, NULL, new_name, 0, MAPI_UNICODE);
    else hr = IProfAdmin_CopyProfile(admin, old_name, NULL, new_name, 0, MAPI_UNICODE);
    IProfAdmin_Release(admin);
    if (FAILED(hr))
        return fail_hr(hr, L"cannot %s '%s' to '%s'", rename ? L"rename" : L"copy", args->values[0],
                       args->values[1]);
    return EXIT_OK;
}

int profile_copy(struct arguments *args)
{
    return copy_or_rename(args, FALSE);
}

int profile_rename(struct arguments *args)
{
    return copy_or_rename(args, TRUE);
}

int profile_delete(struct arguments *args)
{
    BOOL with_files = take_flag(args, L"--with-files");
    struct datafiles files = {NULL, 0};
    IProfAdmin *admin;
    int ret = EXIT_OK;
    HRESULT hr;

    /* Looked for first: afterwards nobody knows where they are. */
    if (with_files && (ret = datafiles_to_delete(args->values[0], &files))) return ret;
    if (SUCCEEDED(hr = admin_open(&admin)))
    {
        hr = IProfAdmin_DeleteProfile(admin, (LPTSTR)args->values[0], MAPI_UNICODE);
        IProfAdmin_Release(admin);
    }
    if (SUCCEEDED(hr)) ret = datafiles_delete(&files);
    else ret = fail_hr(hr, L"cannot delete profile '%s'", args->values[0]);
    datafiles_free(&files);
    return ret;
}

int profile_default(struct arguments *args)
{
    BOOL none = take_flag(args, L"--none");
    IProfAdmin *admin;
    WCHAR *name;
    HRESULT hr;

    if (!none && !args->count)
    {
        if (!(name = default_profile())) return fail(L"there is no default profile");
        print(L"%s\n", name);
        free(name);
        return EXIT_OK;
    }
    if (FAILED(hr = admin_open(&admin))) return fail_hr(hr, L"cannot administer profiles");
    hr = IProfAdmin_SetDefaultProfile(admin, none ? NULL : (LPTSTR)args->values[0], MAPI_UNICODE);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return fail_hr(hr, L"cannot set the default profile");
    return EXIT_OK;
}
