/*
 * Tests: the message service MAPIMS, and opening its stores
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

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <initguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>

#include "wine/test.h"
#include "mapims.h"
#include "../../mapi32/tests/sheetdrive.h"

static const char profile[] = "mapitest mapims";

static void test_properties(IMsgStore *store)
{
    static const ULONG folders[] = { PR_IPM_SUBTREE_ENTRYID, PR_IPM_OUTBOX_ENTRYID,
                                     PR_IPM_SENTMAIL_ENTRYID, PR_IPM_WASTEBASKET_ENTRYID,
                                     PR_FINDER_ENTRYID, PR_VIEWS_ENTRYID, PR_COMMON_VIEWS_ENTRYID };
    SPropProblemArray *problems = NULL;
    SPropValue prop[2];
    IMAPIFolder *folder;
    SPropValue *id, *props;
    HRESULT hr;
    ULONG i, count;

    ok(get_long(store, PR_OBJECT_TYPE) == MAPI_STORE, "no store\n");
    ok(get_long(store, PR_VALID_FOLDER_MASK) == 0xff, "folders %#lx\n",
       get_long(store, PR_VALID_FOLDER_MASK));
    ok((get_long(store, PR_STORE_SUPPORT_MASK) & (STORE_MODIFY_OK | STORE_SUBMIT_OK))
           == (STORE_MODIFY_OK | STORE_SUBMIT_OK),
       "supports %#lx\n", get_long(store, PR_STORE_SUPPORT_MASK));
    check_text(store, PR_DISPLAY_NAME_A, "Personal Folders");
    for (i = 0; i < ARRAY_SIZE(folders); i++)
        if ((folder = open_folder(store, folders[i]))) IMAPIFolder_Release(folder);
    folder = open_folder(store, 0);
    ok(get_long(folder, PR_FOLDER_TYPE) == FOLDER_ROOT, "not a root\n");
    id = get_prop(folder, PR_STORE_ENTRYID);
    ok(id->ulPropTag == PR_STORE_ENTRYID, "no store entry ID\n");
    MAPIFreeBuffer(id);
    IMAPIFolder_Release(folder);

    /* What the store works out cannot be set. */
    memset(prop, 0, sizeof(prop));
    prop[0].ulPropTag = PR_COMMENT_A;
    prop[0].Value.lpszA = (char *)"mine";
    prop[1].ulPropTag = PR_OBJECT_TYPE;
    hr = IMsgStore_SetProps(store, 2, prop, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1, "got %#lx\n", hr);
    if (problems)
        ok(problems->aProblem[0].ulIndex == 1 && problems->aProblem[0].scode == MAPI_E_COMPUTED,
           "problem %lu: %#lx\n", problems->aProblem[0].ulIndex, problems->aProblem[0].scode);
    MAPIFreeBuffer(problems);
    check_text(store, PR_COMMENT_A, "mine");
    hr = IMsgStore_SetProps(store, 0, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    /* What every mail program looks for is there already. */
    id = get_prop(store, PR_IPM_OUTBOX_ENTRYID);
    hr = HrValidateIPMSubtree(store, MAPI_FULL_IPM_TREE | MAPI_FORCE_CREATE, &count, &props, NULL);
    ok(hr == S_OK && count == 9, "got %#lx, %lu values\n", hr, count);
    for (i = 0; i < count && props[i].ulPropTag != PR_IPM_OUTBOX_ENTRYID; i++) {}
    ok(i < count && props[i].Value.bin.cb == id->Value.bin.cb
           && !memcmp(props[i].Value.bin.lpb, id->Value.bin.lpb, id->Value.bin.cb),
       "another outbox\n");
    MAPIFreeBuffer(props);
    MAPIFreeBuffer(id);
}

static void test_entry_ids(IMAPISession *session, IMsgStore *store)
{
    SPropValue *subtree = get_prop(store, PR_IPM_SUBTREE_ENTRYID);
    ENTRYID *id = (ENTRYID *)subtree->Value.bin.lpb;
    ULONG size = subtree->Value.bin.cb, type, result;
    IMAPIFolder *folder;
    BYTE bytes[256];
    HRESULT hr;
    ULONG i;

    hr = IMAPISession_OpenEntry(session, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&folder);
    ok(hr == S_OK && type == MAPI_FOLDER, "got %#lx, %lu\n", hr, type);
    if (SUCCEEDED(hr)) IMAPIFolder_Release(folder);
    hr = IMsgStore_OpenEntry(store, size, id, &IID_IMessage, 0, &type, (IUnknown **)&folder);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !folder, "got %#lx\n", hr);
    hr = IMsgStore_OpenEntry(store, size, id, NULL, 0x4000000, &type, (IUnknown **)&folder);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMsgStore_CompareEntryIDs(store, size, id, size, id, 0, &result);
    ok(hr == S_OK && result, "got %#lx\n", hr);

    /* Whatever stands in an entry ID, nothing crashes and nothing else is opened. */
    memcpy(bytes + 1, id, size);
    for (i = 0; i < size; i++)
    {
        bytes[1 + i] ^= 0x81;
        hr = IMsgStore_OpenEntry(store, size, (ENTRYID *)(bytes + 1), NULL, 0, &type,
                                 (IUnknown **)&folder);
        if (SUCCEEDED(hr))
        {
            ok(i < 4 || (i >= 38 && i < 40), "byte %lu does not matter\n", i);
            IMAPIFolder_Release(folder);
        }
        bytes[1 + i] ^= 0x81;
    }
    for (i = 1; i < size; i++)
    {
        hr = IMsgStore_OpenEntry(store, i, id, NULL, 0, &type, (IUnknown **)&folder);
        ok(FAILED(hr) && !folder, "%lu bytes were enough\n", i);
    }
    MAPIFreeBuffer(subtree);
}

/* A second opening in the session, and in another one, is the same store. */
static void test_second_logon(IMAPISession *session, IMsgStore *store)
{
    IMAPISession *other_session;
    IMAPIFolder *folder, *other_folder;
    IMsgStore *second, *other;

    second = open_store(session, 0);
    ok(second == store, "another object\n");
    IMsgStore_Release(second);
    if (!(other_session = store_session(profile))) return;
    other = open_store(other_session, 0);
    folder = ms_new_folder(store, "Seen by all");
    ms_add_message(folder, "hello");
    other_folder = ms_new_folder(other, "Another");
    IMAPIFolder_Release(other_folder);
    other_folder = open_folder(other, PR_IPM_SUBTREE_ENTRYID);
    IMAPIFolder_Release(other_folder);
    IMsgStore_Release(other);
    store_session_end(other_session);
    check_contents(folder, "hello");
    IMAPIFolder_Release(folder);
}

static void test_shutdown(IMAPISession *session)
{
    IMAPIClientShutdown *shutdown;
    HRESULT hr;

    hr = IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIClientShutdown_Release(shutdown);
}

/* The store's row in the status table, and what it opens. */
static void test_status(IMAPISession *session)
{
    static const SizedSPropTagArray(3, columns) =
        { 3, { PR_ENTRYID, PR_RESOURCE_TYPE, PR_STATUS_CODE } };
    IMAPIStatus *status = NULL;
    IMAPITable *table;
    BOOL found = FALSE;
    SRowSet *rows;
    ULONG i, type;
    HRESULT hr;

    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    for (i = 0; i < rows->cRows && !found; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[1].Value.l != MAPI_STORE_PROVIDER) continue;
        found = TRUE;
        ok(props[2].Value.l == STATUS_AVAILABLE, "status %#lx\n", props[2].Value.l);
        hr = IMAPISession_OpenEntry(session, props[0].Value.bin.cb,
                                    (ENTRYID *)props[0].Value.bin.lpb, NULL, 0, &type,
                                    (IUnknown **)&status);
        ok(hr == S_OK && type == MAPI_STATUS, "got %#lx, %lu\n", hr, type);
    }
    ok(found, "no row of a store\n");
    FreeProws(rows);
    if (!status) return;
    check_text(status, PR_DISPLAY_NAME_A, "Personal Folders");
    ok(get_long(status, PR_RESOURCE_METHODS) == (STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG),
       "methods %#lx\n", get_long(status, PR_RESOURCE_METHODS));
    hr = IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIStatus_ChangePassword(status, NULL, NULL, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IMAPIStatus_SettingsDialog(status, 0, 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    IMAPIStatus_Release(status);
}

/* Two services of one profile are two stores; what is opened goes by the entry ID. */
static void test_two_stores(void)
{
    IMAPIFolder *first_folder, *second_folder;
    IMsgStore *first, *second;
    IMAPISession *session;
    SPropValue *id;
    ULONG type;
    IUnknown *object;
    HRESULT hr;

    hr = ms_add_service(profile, ms_path("second.db"));
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(session = store_session(profile))) return;
    first = open_store(session, 0);
    second = open_store(session, 1);
    ok(first && second && first != second, "one store\n");
    if (first && second)
    {
        first_folder = ms_new_folder(first, "In the first");
        second_folder = ms_new_folder(second, "In the second");
        id = get_prop(second_folder, PR_ENTRYID);
        hr = IMsgStore_OpenEntry(first, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0,
                                 &type, &object);
        ok(hr == MAPI_E_UNKNOWN_ENTRYID && !object, "got %#lx\n", hr);
        hr = IMAPISession_OpenEntry(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                    0, &type, &object);
        ok(hr == S_OK && type == MAPI_FOLDER, "got %#lx\n", hr);
        if (SUCCEEDED(hr))
        {
            check_text(object, PR_DISPLAY_NAME_A, "In the second");
            IUnknown_Release(object);
        }
        MAPIFreeBuffer(id);
        IMAPIFolder_Release(first_folder);
        IMAPIFolder_Release(second_folder);
    }
    if (first) IMsgStore_Release(first);
    if (second) IMsgStore_Release(second);
    store_session_end(session);
}

/* The row of the n-th store. */
static void check_default(IMAPISession *session, ULONG n)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DEFAULT_STORE, PR_RESOURCE_FLAGS } };
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    ok(rows->cRows == 2, "%lu stores\n", rows->cRows);
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *prop = &rows->aRow[i].lpProps[0];
        BOOL is_default = prop->ulPropTag == PR_DEFAULT_STORE && prop->Value.b;

        ok(is_default == (i == n), "store %lu is%s the default\n", i, is_default ? "" : " not");
    }
    FreeProws(rows);
}

/* Another store becomes the default, in this session and in the next. */
static void test_default_store(void)
{
    IMAPISession *session = store_session(profile);
    SPropValue *id, *other;
    IMsgStore *store;
    HRESULT hr;
    ULONG n;

    if (!session) return;
    check_default(session, 0);
    store = open_store(session, 1);
    id = get_prop(store, PR_ENTRYID);
    hr = IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, id->Value.bin.cb,
                                      (ENTRYID *)id->Value.bin.lpb);
    ok(hr == S_OK, "SetDefaultStore returned %#lx\n", hr);
    check_default(session, 1);
    IMsgStore_Release(store);
    store_session_end(session);

    if (!(session = store_session(profile))) return;
    check_default(session, 1);
    store = open_store(session, 1);
    other = get_prop(store, PR_ENTRYID);
    hr = IMAPISession_CompareEntryIDs(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                      other->Value.bin.cb, (ENTRYID *)other->Value.bin.lpb, 0, &n);
    ok(hr == S_OK && n, "the default store is another one: %#lx\n", hr);
    MAPIFreeBuffer(other);
    IMsgStore_Release(store);
    store_session_end(session);
    MAPIFreeBuffer(id);
}

/* ---- the window ---- */

static const WCHAR sheet_title[] = L"Message Store";

struct driven
{
    const WCHAR *name;                  /* as it is shown */
    const WCHAR *type;                  /* what is typed over it; NULL: nothing */
    int button;
};

static DWORD WINAPI drive_sheet(void *context)
{
    const struct driven *driven = context;
    HWND sheet = sheet_wait(sheet_title);
    const WCHAR *path;

    if (!sheet) return 0;
    ok(!lstrcmpW(sheet_text(sheet, 1), driven->name), "the name is %s\n",
       wine_dbgstr_w(sheet_text(sheet, 1)));
    path = sheet_text(sheet, 3);
    ok(lstrlenW(path) > 8 && !lstrcmpW(path + lstrlenW(path) - 8, L"store.db"), "the file is %s\n",
       wine_dbgstr_w(path));
    if (driven->type) sheet_type(sheet, 1, driven->type);
    sheet_press(sheet, driven->button);
    SHEET_WAIT(!sheet_find(sheet_title, FALSE));
    return 0;
}

static HRESULT configure_in_window(ULONG flags, const struct driven *driven)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID } };
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    IMAPITable *table;
    HANDLE thread;
    SRowSet *rows;
    HRESULT hr;

    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_Release(admin);
    hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    thread = CreateThread(NULL, 0, drive_sheet, (void *)driven, 0, NULL);
    hr = IMsgServiceAdmin_ConfigureMsgService(
        services, (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0, flags, 0, NULL);
    sheet_join(thread);
    FreeProws(rows);
    IMsgServiceAdmin_Release(services);
    return hr;
}

static void test_window(void)
{
    struct driven driven = { L"Personal Folders", L"Forgotten", PSBTN_CANCEL };
    IMAPISession *session;
    IMsgStore *store;
    HRESULT hr;

    if (!sheet_windows_work())
    {
        skip("this Wine cannot draw for a program of this width\n");
        return;
    }
    hr = ms_make_profile(profile);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ms_add_service(profile, ms_path("store.db"));
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = configure_in_window(SERVICE_UI_ALWAYS, &driven);
    ok(hr == MAPI_E_USER_CANCEL, "cancelled: %#lx\n", hr);
    driven.type = L"Named in a window";
    driven.button = PSBTN_OK;
    hr = configure_in_window(SERVICE_UI_ALWAYS, &driven);
    ok(hr == S_OK, "ConfigureMsgService returned %#lx\n", hr);
    driven.name = driven.type;
    driven.type = NULL;
    hr = configure_in_window(SERVICE_UI_ALWAYS, &driven);
    ok(hr == S_OK, "ConfigureMsgService returned %#lx\n", hr);
    if (!(session = store_session(profile))) return;
    if ((store = open_store(session, 0)))
    {
        check_text(store, PR_DISPLAY_NAME_A, "Named in a window");
        IMsgStore_Release(store);
    }
    store_session_end(session);
}

static void write_file(const char *path, const char *text)
{
    DWORD written;
    HANDLE file;

    file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    ok(file != INVALID_HANDLE_VALUE, "cannot write %s\n", path);
    WriteFile(file, text, strlen(text), &written, NULL);
    CloseHandle(file);
}

/* What cannot be a store is said when it is configured, or opened. */
static void test_bad_files(void)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    IMAPISession *session;
    IMsgStore *store;
    IMAPITable *table;
    char path[MAX_PATH + 64];
    SRowSet *rows;
    HRESULT hr;

    hr = ms_make_profile(profile);
    ok(hr == S_OK, "got %#lx\n", hr);
    strcpy(path, ms_path("junk.db"));
    write_file(path,
               "This is no database, and it is long enough not to be taken for an empty one. "
               "This is no database, and it is long enough not to be taken for an empty one.");
    hr = ms_add_service(profile, path);
    ok(FAILED(hr), "junk is a store\n");
    DeleteFileA(path);

    hr = ms_make_profile(profile);
    ok(hr == S_OK, "got %#lx\n", hr);
    strcpy(path, ms_path("gone.db"));
    hr = ms_add_service(profile, path);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES, "no file\n");
    ok(DeleteFileA(path), "DeleteFile failed: %lu\n", GetLastError());
    if (!(session = store_session(profile))) return;
    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    store = (IMsgStore *)0xdeadbeef;
    hr = IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                   MDB_NO_DIALOG | MDB_WRITE, &store);
    ok(hr == S_OK && store, "a store without its file: %#lx\n", hr);
    if (SUCCEEDED(hr)) IMsgStore_Release(store);
    FreeProws(rows);
    store_session_end(session);
    ok(GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES, "the file was not made anew\n");
}

/* Without a path the service finds a place, and makes the file only when the store is opened. */
static void test_default_place(void)
{
    IMAPISession *session;
    SPropValue *name;
    IMsgStore *store;
    IProfSect *section;
    HRESULT hr;

    hr = ms_make_profile(profile);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ms_add_service(profile, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(session = store_session(profile))) return;
    if ((store = open_store(session, 0)))
    {
        name = get_prop(store, PR_RECORD_KEY);
        ok(name->ulPropTag == PR_RECORD_KEY && name->Value.bin.cb == sizeof(MAPIUID), "no key\n");
        MAPIFreeBuffer(name);
        hr = IMAPISession_OpenProfileSection(session, (MAPIUID *)&MUID_PROFILE_INSTANCE, NULL, 0,
                                             &section);
        if (SUCCEEDED(hr)) IProfSect_Release(section);
        IMsgStore_Release(store);
    }
    store_session_end(session);
}

START_TEST(service)
{
    char path[MAX_PATH];
    IMAPISession *session;
    IMsgStore *store;

    if ((store = ms_begin(profile, &session)))
    {
        test_properties(store);
        test_entry_ids(session, store);
        test_second_logon(session, store);
        test_status(session);
        test_shutdown(session);
        IMsgStore_Release(store);
        store_session_end(session);
        test_two_stores();
        test_default_store();
        test_window();
        test_bad_files();
        test_default_place();
        if (GetEnvironmentVariableA("LOCALAPPDATA", path, sizeof(path) - 64))
        {
            sprintf(path + strlen(path), "\\wine-mapi\\stores\\%s.db", profile);
            ok(DeleteFileA(path), "no file %s\n", path);
        }
        session = NULL;
    }
    ms_end(profile, session, NULL);
}
