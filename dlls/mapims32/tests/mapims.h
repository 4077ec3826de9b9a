/*
 * Tests: a profile with the message store MAPIMS
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
 * The service is described by a MapiSvc.inf of the tests' own, so that nothing depends on how the
 * DLL came to where MAPI finds it. Each test file has its own profile and its own file, in a folder
 * that goes with ms_end.
 */

#ifndef MAPIMS32_TEST_H
#define MAPIMS32_TEST_H

#include "../../mapi32/tests/profiles.h"
#include "../../mapi32/tests/stores.h"
#include <storemaint.h>

#define PR_MAPIMS_PATH_A PROP_TAG(PT_STRING8, 0x6700)

static const char ms_inf[] =
    "[Services]\r\n"
    "MAPIMS=Message Store\r\n"
    "[MAPIMS]\r\n"
    "PR_DISPLAY_NAME=Message Store\r\n"
    "Providers=MAPIMS_MS\r\n"
    "PR_SERVICE_DLL_NAME=mapims.dll\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[MAPIMS_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=mapims.dll\r\n"
    "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
    "PR_DISPLAY_NAME=Personal Folders\r\n"
    "PR_PROVIDER_DISPLAY=Message Store\r\n";

static char ms_folder[MAX_PATH];

static inline const char *ms_path(const char *name)
{
    static char path[MAX_PATH + 64];

    if (!*ms_folder)
    {
        GetTempPathA(MAX_PATH - 40, ms_folder);
        sprintf(ms_folder + strlen(ms_folder), "mapims%u_%lu", (unsigned)sizeof(void *) * 8,
                GetCurrentProcessId());
        CreateDirectoryA(ms_folder, NULL);
    }
    snprintf(path, sizeof(path), "%s\\%s", ms_folder, name);
    return path;
}

/* Adds the service once more, with a file of its own; path NULL: as it comes. */
static inline HRESULT ms_add_service(const char *profile, const char *path)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID } };
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    IMAPITable *table;
    SPropValue prop;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return hr;
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"MAPIMS", NULL, 0, 0);
    if (SUCCEEDED(hr) && path
        && SUCCEEDED(hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table)))
    {
        rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_MAPIMS_PATH_A;
        prop.Value.lpszA = (char *)path;
        hr = IMsgServiceAdmin_ConfigureMsgService(
            services, (MAPIUID *)rows->aRow[rows->cRows - 1].lpProps[0].Value.bin.lpb, 0, 0, 1,
            &prop);
        FreeProws(rows);
    }
    IMsgServiceAdmin_Release(services);
    return hr;
}

static inline HRESULT ms_make_profile(const char *profile)
{
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, 0);
    IProfAdmin_Release(admin);
    return hr;
}

/* Initialises MAPI, makes a profile with one store in a new file and opens it. */
static inline IMsgStore *ms_begin(const char *profile, IMAPISession **session)
{
    IMsgStore *store = NULL;
    HRESULT hr;

    *session = NULL;
    write_inf(ms_inf);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = ms_make_profile(profile);
    ok(hr == S_OK, "CreateProfile returned %#lx\n", hr);
    hr = ms_add_service(profile, ms_path("store.db"));
    ok(hr == S_OK, "the service is not there: %#lx\n", hr);
    if (SUCCEEDED(hr) && (*session = store_session(profile))) store = open_store(*session, 0);
    return store;
}

static void CALLBACK ms_report(void *context, const char *line)
{
    ok(0, "%s: %s\n", (const char *)context, line);
}

/* What the tests left is whole: lists, counts and views agree with what is there. */
static inline void ms_check_file(const char *name)
{
    WCHAR path[MAX_PATH + 64];
    STORECHECK *check = NULL;
    ULONG problems = 0;
    HMODULE module;
    HRESULT hr;

    MultiByteToWideChar(CP_ACP, 0, ms_path(name), -1, path, ARRAY_SIZE(path));
    if ((module = LoadLibraryA("mapims32.dll")))
        check = (void *)GetProcAddress(module, "StoreCheck");
    ok(check != NULL, "no StoreCheck\n");
    if (check)
    {
        hr = check(path, ms_report, (void *)name, &problems);
        ok(hr == S_OK && !problems, "StoreCheck of %s returned %#lx, %lu problems\n", name, hr,
           problems);
    }
    if (module) FreeLibrary(module);
}

static inline void ms_remove_files(void)
{
    WIN32_FIND_DATAA data;
    char path[MAX_PATH * 2];
    HANDLE find;

    find = FindFirstFileA(ms_path("*"), &data);
    if (find != INVALID_HANDLE_VALUE)
    {
        do
        {
            snprintf(path, sizeof(path), "%s\\%s", ms_folder, data.cFileName);
            DeleteFileA(path);
        }
        while (FindNextFileA(find, &data));
        FindClose(find);
    }
    RemoveDirectoryA(ms_folder);
}

static inline void ms_end(const char *profile, IMAPISession *session, IMsgStore *store)
{
    IProfAdmin *admin;

    if (store) IMsgStore_Release(store);
    if (session) store_session_end(session);
    if (SUCCEEDED(MAPIAdminProfiles(0, &admin)))
    {
        IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
        IProfAdmin_Release(admin);
    }
    if (store) ms_check_file("store.db");
    MAPIUninitialize();
    remove_inf();
    ms_remove_files();
}

/* A folder below the interpersonal subtree. */
static inline IMAPIFolder *ms_new_folder(IMsgStore *store, const char *name)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID), *folder;

    folder = create_folder(subtree, name);
    IMAPIFolder_Release(subtree);
    return folder;
}

static inline void ms_add_message(IMAPIFolder *folder, const char *subject)
{
    IMessage *message = new_message(folder, subject);

    save_object(message);
    IMessage_Release(message);
}

#endif /* MAPIMS32_TEST_H */
