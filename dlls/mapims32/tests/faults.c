/*
 * Tests: what a message store says when its file is of no use
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
 * Without arguments: files that are damaged, of a newer schema, missing or held by another program.
 * tests/e2e/storefaults.sh runs the others, since they need a disk of their own:
 *
 *     faults make FOLDER       makes the store that the next two open
 *     faults readonly FOLDER   its file cannot be written
 *     faults full FOLDER       the disk has little room
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "mapims.h"

static const char profile[] = "mapitest mapims faults";

/* ---- words ---- */

static void check_words_(MAPIERROR *error, const char *words, int line)
{
    const char *text = error && error->lpszError ? (const char *)error->lpszError : "";

    ok_(__FILE__, line)(strstr(text, words) != NULL, "\"%s\" does not say \"%s\"\n", text, words);
    MAPIFreeBuffer(error);
}

static void check_said_(void *object, HRESULT result, const char *words, int line)
{
    MAPIERROR *error = NULL;
    HRESULT hr = IMAPIProp_GetLastError((IMAPIProp *)object, result, 0, &error);

    ok_(__FILE__, line)(hr == S_OK, "GetLastError returned %#lx\n", hr);
    check_words_(error, words, line);
}
#define check_said(object, result, words) check_said_(object, result, words, __LINE__)

static HRESULT try_open(IMAPISession *session, ULONG flags, IMsgStore **store)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "GetMsgStoresTable returned %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    *store = (IMsgStore *)0xdeadbeef;
    hr = IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                   MDB_NO_DIALOG | flags, store);
    ok(SUCCEEDED(hr) || !*store, "a store, and %#lx\n", hr);
    FreeProws(rows);
    return hr;
}

/* The profile's store does not open, and the session says why. */
static void check_refused_(HRESULT expected, const char *words, int line)
{
    IMAPISession *session = store_session(profile);
    MAPIERROR *error = NULL;
    IMsgStore *store;
    HRESULT hr;

    if (!session) return;
    hr = try_open(session, MDB_WRITE, &store);
    ok_(__FILE__, line)(hr == expected, "OpenMsgStore returned %#lx, not %#lx\n", hr, expected);
    if (SUCCEEDED(hr)) IMsgStore_Release(store);
    hr = IMAPISession_GetLastError(session, hr, 0, &error);
    ok_(__FILE__, line)(hr == S_OK, "GetLastError returned %#lx\n", hr);
    check_words_(error, words, line);
    store_session_end(session);
}
#define check_refused(expected, words) check_refused_(expected, words, __LINE__)

/* ---- the file ---- */

static char saved_path[MAX_PATH + 64];

/* The file of the store as it was when it was whole. */
static void restore_file(void)
{
    BOOL ret = CopyFileA(saved_path, ms_path("store.db"), FALSE);

    ok(ret, "CopyFile failed: %lu\n", GetLastError());
}

static DWORD file_size(void)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    return GetFileAttributesExA(ms_path("store.db"), GetFileExInfoStandard, &data)
               ? data.nFileSizeLow : 0;
}

static void write_bytes(DWORD offset, BYTE byte, DWORD count)
{
    HANDLE file = CreateFileA(ms_path("store.db"), GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    DWORD done;

    ok(file != INVALID_HANDLE_VALUE, "cannot open the file: %lu\n", GetLastError());
    SetFilePointer(file, offset, NULL, FILE_BEGIN);
    for (; count; count--) WriteFile(file, &byte, 1, &done, NULL);
    CloseHandle(file);
}

static void cut_file(DWORD size)
{
    HANDLE file = CreateFileA(ms_path("store.db"), GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);

    ok(file != INVALID_HANDLE_VALUE, "cannot open the file: %lu\n", GetLastError());
    SetFilePointer(file, size, NULL, FILE_BEGIN);
    SetEndOfFile(file);
    CloseHandle(file);
}

static void test_damaged(void)
{
    restore_file();
    write_bytes(0, 0xa5, 4096);
    check_refused(MAPI_E_FAILONEPROVIDER, "damaged");
    restore_file();
    write_bytes(4096, 0xa5, file_size() - 4096);
    check_refused(MAPI_E_FAILONEPROVIDER, "damaged");
    restore_file();
    cut_file(5000);
    check_refused(MAPI_E_FAILONEPROVIDER, "damaged");
    restore_file();
}

static void read_table(IMAPITable *table, IMAPIFolder *folder, ULONG depth);

/* All that can be reached; what comes of it is not of interest. */
static void read_object(IMAPIProp *object, ULONG type, ULONG depth)
{
    SPropValue *props = NULL;
    IMAPITable *table;
    ULONG count;

    IMAPIProp_GetProps(object, NULL, 0, &count, &props);
    MAPIFreeBuffer(props);
    if (type == MAPI_FOLDER && depth < 8)
    {
        if (SUCCEEDED(IMAPIFolder_GetHierarchyTable((IMAPIFolder *)object, 0, &table)))
            read_table(table, (IMAPIFolder *)object, depth + 1);
        if (SUCCEEDED(IMAPIFolder_GetContentsTable((IMAPIFolder *)object, 0, &table)))
            read_table(table, (IMAPIFolder *)object, depth + 1);
    }
    else if (type == MAPI_MESSAGE)
    {
        if (SUCCEEDED(IMessage_GetRecipientTable((IMessage *)object, 0, &table)))
            read_table(table, NULL, depth);
        if (SUCCEEDED(IMessage_GetAttachmentTable((IMessage *)object, 0, &table)))
            read_table(table, NULL, depth);
    }
}

static void read_table(IMAPITable *table, IMAPIFolder *folder, ULONG depth)
{
    SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    SRowSet *rows = NULL;
    IMAPIProp *object;
    ULONG i, type;

    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; folder && i < rows->cRows; i++)
        {
            const SPropValue *id = &rows->aRow[i].lpProps[0];

            if (id->ulPropTag == PR_ENTRYID
                && SUCCEEDED(IMAPIFolder_OpenEntry(folder, id->Value.bin.cb,
                                                   (ENTRYID *)id->Value.bin.lpb, NULL,
                                                   MAPI_BEST_ACCESS, &type, (IUnknown **)&object)))
            {
                read_object(object, type, depth);
                IMAPIProp_Release(object);
            }
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
}

/* Some bytes of it, anywhere: the store opens and says what cannot be read, or not even that. */
static void test_damaged_anywhere(void)
{
    ULONG round, i, type, opened = 0;
    DWORD size, seed = GetTickCount();
    IMAPISession *session;
    IMAPIFolder *folder;
    IMsgStore *store;

    for (round = 0; round < 24; round++)
    {
        restore_file();
        size = file_size();
        for (i = 0; i < 8; i++)
        {
            seed = seed * 1664525 + 1013904223;
            write_bytes(100 + (seed >> 4) % (size - 200), (BYTE)(seed >> 24), 16);
        }
        if (!(session = store_session(profile))) return;
        if (SUCCEEDED(try_open(session, MDB_WRITE, &store)))
        {
            opened++;
            if (SUCCEEDED(IMsgStore_OpenEntry(store, 0, NULL, NULL, MAPI_BEST_ACCESS, &type,
                                              (IUnknown **)&folder)))
            {
                read_object((IMAPIProp *)folder, MAPI_FOLDER, 0);
                IMAPIFolder_Release(folder);
            }
            IMsgStore_Release(store);
        }
        store_session_end(session);
    }
    trace("%lu of %lu damaged files opened\n", opened, round);
    restore_file();
}

/* PRAGMA user_version stands at byte 60, big-endian. */
static void test_newer(void)
{
    restore_file();
    write_bytes(63, 99, 1);
    check_refused(MAPI_E_FAILONEPROVIDER, "newer version");
    restore_file();
}

/* A file that is gone is made anew, as another store; not where its folder is gone, too. */
static void test_missing(void)
{
    SPropValue *before, *after;
    IMAPISession *session;
    char moved[MAX_PATH];
    IMsgStore *store;
    HRESULT hr;

    if (!(session = store_session(profile))) return;
    if (!(store = open_store(session, 0))) return;
    before = get_prop(store, PR_RECORD_KEY);
    IMsgStore_Release(store);
    store_session_end(session);

    sprintf(moved, "%s.moved", ms_folder);
    ok(MoveFileA(ms_folder, moved), "MoveFile failed: %lu\n", GetLastError());
    check_refused(MAPI_E_LOGON_FAILED, "store.db");
    ok(GetFileAttributesA(ms_folder) == INVALID_FILE_ATTRIBUTES, "the folder was made\n");
    ok(MoveFileA(moved, ms_folder), "MoveFile failed: %lu\n", GetLastError());
    restore_file();

    ok(DeleteFileA(ms_path("store.db")), "DeleteFile failed: %lu\n", GetLastError());
    ok(CreateDirectoryA(ms_path("store.db"), NULL), "no folder: %lu\n", GetLastError());
    check_refused(MAPI_E_LOGON_FAILED, "store.db");
    ok(RemoveDirectoryA(ms_path("store.db")), "the folder is gone: %lu\n", GetLastError());

    if (!(session = store_session(profile))) return;
    hr = try_open(session, MDB_WRITE, &store);
    ok(hr == S_OK, "OpenMsgStore returned %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        after = get_prop(store, PR_RECORD_KEY);
        ok(after->Value.bin.cb == before->Value.bin.cb
               && memcmp(after->Value.bin.lpb, before->Value.bin.lpb, after->Value.bin.cb),
           "the same store\n");
        MAPIFreeBuffer(after);
        IMAPIFolder_Release(ms_new_folder(store, "Anew"));
        IMsgStore_Release(store);
        /* It stays the profile's, in this session and in the next. */
        hr = try_open(session, MDB_WRITE, &store);
        ok(hr == S_OK, "OpenMsgStore returned %#lx\n", hr);
        if (SUCCEEDED(hr)) IMsgStore_Release(store);
    }
    store_session_end(session);
    if (!(session = store_session(profile))) return;
    hr = try_open(session, MDB_WRITE, &store);
    ok(hr == S_OK, "OpenMsgStore returned %#lx\n", hr);
    if (SUCCEEDED(hr)) IMsgStore_Release(store);
    store_session_end(session);
    MAPIFreeBuffer(before);
    ok(ms_make_profile(profile) == S_OK, "no profile\n");
    restore_file();
    ok(ms_add_service(profile, ms_path("store.db")) == S_OK, "no service\n");
}

static void test_in_use(void)
{
    IMAPISession *session;
    IMsgStore *store;
    HANDLE file;
    HRESULT hr;

    restore_file();
    file = CreateFileA(ms_path("store.db"), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    ok(file != INVALID_HANDLE_VALUE, "cannot open the file: %lu\n", GetLastError());
    check_refused(MAPI_E_FAILONEPROVIDER, "use");
    CloseHandle(file);
    if (!(session = store_session(profile))) return;
    hr = try_open(session, MDB_WRITE, &store);
    ok(hr == S_OK, "OpenMsgStore returned %#lx\n", hr);
    if (SUCCEEDED(hr)) IMsgStore_Release(store);
    store_session_end(session);
}

/* ---- in a folder of somebody else's ---- */

/* Of all in the folder. */
static void make_search(IMsgStore *store, IMAPIFolder *folder)
{
    IMAPIFolder *finder = open_folder(store, PR_FINDER_ENTRYID), *search = NULL;
    SPropValue *id = get_prop(folder, PR_ENTRYID);
    ENTRYLIST scope = { 1 };
    SRestriction any;
    HRESULT hr;

    hr = IMAPIFolder_CreateFolder(finder, FOLDER_SEARCH, (LPTSTR)"Found", NULL, NULL, 0, &search);
    ok(hr == S_OK, "CreateFolder returned %#lx\n", hr);
    any.rt = RES_EXIST;
    any.res.resExist.ulReserved1 = any.res.resExist.ulReserved2 = 0;
    any.res.resExist.ulPropTag = PR_SUBJECT_A;
    scope.lpbin = &id->Value.bin;
    hr = IMAPIFolder_SetSearchCriteria(search, &any, &scope, SHALLOW_SEARCH | RESTART_SEARCH);
    ok(hr == S_OK, "SetSearchCriteria returned %#lx\n", hr);
    IMAPIFolder_Release(search);
    IMAPIFolder_Release(finder);
    MAPIFreeBuffer(id);
}

static void make_store(const char *folder)
{
    char path[MAX_PATH];
    IMAPISession *session;
    IMAPIFolder *place;
    IMsgStore *store;
    int i;

    sprintf(path, "%s\\store.db", folder);
    ok(ms_make_profile(profile) == S_OK, "no profile\n");
    ok(ms_add_service(profile, path) == S_OK, "no service\n");
    if (!(session = store_session(profile))) return;
    if ((store = open_store(session, 0)))
    {
        place = ms_new_folder(store, "Read");
        for (i = 0; i < 3; i++) ms_add_message(place, "row");
        make_search(store, place);
        IMAPIFolder_Release(place);
        IMsgStore_Release(store);
    }
    store_session_end(session);
}

static void delete_profile(void)
{
    IProfAdmin *admin;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    IProfAdmin_Release(admin);
}

static IMAPIFolder *open_subfolder(IMsgStore *store, ULONG tag, const char *name, ULONG flags)
{
    SPropValue *id = get_prop(store, tag);
    IMAPIFolder *subtree = NULL, *folder = NULL;
    SRowSet *rows;
    ULONG type, i;
    HRESULT hr;

    hr = IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                             MAPI_BEST_ACCESS, &type, (IUnknown **)&subtree);
    ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
    MAPIFreeBuffer(id);
    if (FAILED(hr)) return NULL;
    rows = subfolders(subtree);
    for (i = 0; i < rows->cRows; i++)
    {
        if (strcmp(rows->aRow[i].lpProps[1].Value.lpszA, name)) continue;
        hr = IMsgStore_OpenEntry(store, rows->aRow[i].lpProps[0].Value.bin.cb,
                                 (ENTRYID *)rows->aRow[i].lpProps[0].Value.bin.lpb, NULL, flags,
                                 &type, (IUnknown **)&folder);
        ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
    }
    ok(folder != NULL, "no folder %s\n", name);
    FreeProws(rows);
    IMAPIFolder_Release(subtree);
    return folder;
}

/* All reading works, all writing says why not. */
static void test_read_only(const char *path)
{
    static const SizedSSortOrderSet(1, order) =
        { 1, 0, 0, { { PR_SUBJECT_A, TABLE_SORT_DESCEND } } };
    IMAPIFolder *folder, *other, *search;
    char text[] = "changed";
    IMAPISession *session;
    SPropValue prop, *id;
    IMAPITable *table;
    IMessage *message;
    IMsgStore *store;
    SRowSet *rows;
    ENTRYLIST list = { 1 };
    ULONG type;
    HRESULT hr;

    if (!(session = store_session(profile))) return;
    hr = try_open(session, MDB_WRITE, &store);
    ok(hr == S_OK, "OpenMsgStore returned %#lx\n", hr);
    if (FAILED(hr))
    {
        MAPIERROR *error = NULL;

        IMAPISession_GetLastError(session, hr, 0, &error);
        check_words_(error, "nothing", __LINE__);
        store_session_end(session);
        return;
    }
    ok(!(get_long(store, PR_STORE_SUPPORT_MASK) & (STORE_MODIFY_OK | STORE_CREATE_OK)),
       "it says that it can be written\n");
    ok(get_long(store, PR_ACCESS_LEVEL) == 0, "access level %lu\n",
       get_long(store, PR_ACCESS_LEVEL));
    search = open_subfolder(store, PR_FINDER_ENTRYID, "Found", MAPI_BEST_ACCESS);
    if (search)
    {
        check_contents(search, "row row row");
        IMAPIFolder_Release(search);
    }
    folder = open_subfolder(store, PR_IPM_SUBTREE_ENTRYID, "Read", MAPI_BEST_ACCESS);
    if (folder)
    {
        check_contents(folder, "row row row");
        hr = IMAPIFolder_GetContentsTable(folder, 0, &table);
        ok(hr == S_OK, "GetContentsTable returned %#lx\n", hr);
        hr = IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0);
        ok(hr == S_OK, "SortTable returned %#lx\n", hr);
        IMAPITable_Release(table);
        message = open_row_message(folder, 0, MAPI_BEST_ACCESS);
        check_text(message, PR_SUBJECT_A, "row");
        ok(get_long(message, PR_ACCESS_LEVEL) == 0, "access level %lu\n",
           get_long(message, PR_ACCESS_LEVEL));
        id = get_prop(message, PR_ENTRYID);
        IMessage_Release(message);

        hr = IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                 MAPI_MODIFY, &type, (IUnknown **)&message);
        ok(hr == MAPI_E_NO_ACCESS, "OpenEntry returned %#lx\n", hr);
        check_said(store, hr, "cannot be written");
        hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
        ok(hr == MAPI_E_NO_ACCESS, "CreateMessage returned %#lx\n", hr);
        check_said(folder, hr, "cannot be written");
        hr = IMAPIFolder_CreateFolder(folder, FOLDER_GENERIC, (LPTSTR)"New", NULL, NULL, 0, &other);
        ok(hr == MAPI_E_NO_ACCESS, "CreateFolder returned %#lx\n", hr);
        list.lpbin = &id->Value.bin;
        hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, 0);
        ok(hr == MAPI_E_NO_ACCESS, "DeleteMessages returned %#lx\n", hr);
        hr = IMAPIFolder_CopyMessages(folder, &list, NULL, folder, 0, NULL, 0);
        ok(hr == MAPI_E_NO_ACCESS, "CopyMessages returned %#lx\n", hr);
        hr = IMAPIFolder_SetReadFlags(folder, &list, 0, NULL, 0);
        ok(hr == MAPI_E_NO_ACCESS, "SetReadFlags returned %#lx\n", hr);
        hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, 0);
        ok(hr == MAPI_E_NO_ACCESS, "EmptyFolder returned %#lx\n", hr);
        hr = IMAPIFolder_SetMessageStatus(folder, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 1,
                                          1, NULL);
        ok(hr == MAPI_E_NO_ACCESS, "SetMessageStatus returned %#lx\n", hr);
        hr = IMsgStore_AbortSubmit(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0);
        ok(FAILED(hr), "AbortSubmit returned %#lx\n", hr);
        hr = IMsgStore_SetReceiveFolder(store, (LPTSTR)"IPM.Test", 0, id->Value.bin.cb,
                                        (ENTRYID *)id->Value.bin.lpb);
        ok(hr == MAPI_E_NO_ACCESS, "SetReceiveFolder returned %#lx\n", hr);
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_COMMENT_A;
        prop.Value.lpszA = text;
        hr = IMAPIFolder_SetProps(folder, 1, &prop, NULL);
        ok(hr == MAPI_E_NO_ACCESS, "SetProps returned %#lx\n", hr);
        hr = IMsgStore_SetProps(store, 1, &prop, NULL);
        ok(hr == MAPI_E_NO_ACCESS, "SetProps returned %#lx\n", hr);
        check_said(store, hr, "cannot be written");
        check_said(store, hr, path);
        MAPIFreeBuffer(id);
        rows = contents(folder);
        ok(rows && rows->cRows == 3, "%lu rows\n", rows ? rows->cRows : 0);
        FreeProws(rows);
        IMAPIFolder_Release(folder);
    }
    IMsgStore_Release(store);
    store_session_end(session);
}

/* Until SaveChanges fails; the message is kept by its object until there is room. */
static void test_full_disk(const char *path)
{
    char ballast[MAX_PATH], data[60000];
    IMAPIFolder *folder;
    IMAPISession *session;
    IMsgStore *store;
    IMessage *message = NULL;
    ULONG count = 0, i;
    SPropValue prop;
    SRowSet *rows;
    HRESULT hr = S_OK;
    DWORD done;
    HANDLE file;

    sprintf(ballast, "%s\\ballast", path);
    file = CreateFileA(ballast, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    ok(file != INVALID_HANDLE_VALUE, "no ballast: %lu\n", GetLastError());
    memset(data, 'x', sizeof(data));
    for (i = 0; i < 16; i++) WriteFile(file, data, sizeof(data), &done, NULL);
    CloseHandle(file);
    if (!(session = store_session(profile))) return;
    if ((store = open_store(session, 0)))
    {
        folder = ms_new_folder(store, "Full");
        data[sizeof(data) - 1] = 0;
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PROP_TAG(PT_STRING8, 0x6700);
        prop.Value.lpszA = data;
        for (count = 0; count < 1000; count++)
        {
            message = new_message(folder, "more");
            hr = IMessage_SetProps(message, 1, &prop, NULL);
            ok(hr == S_OK, "SetProps returned %#lx\n", hr);
            add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
            hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
            if (FAILED(hr)) break;
            IMessage_Release(message);
        }
        ok(hr == MAPI_E_NOT_ENOUGH_DISK, "message %lu: SaveChanges returned %#lx\n", count, hr);
        check_said(message, hr, "room");
        ok(count > 0 && count < 1000, "%lu saved\n", count);
        rows = contents(folder);
        ok(rows && rows->cRows == count, "%lu of %lu messages\n", rows ? rows->cRows : 0, count);
        FreeProws(rows);
        hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
        ok(hr == MAPI_E_NOT_ENOUGH_DISK, "again: %#lx\n", hr);
        ok(DeleteFileA(ballast), "DeleteFile failed: %lu\n", GetLastError());
        hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
        ok(hr == S_OK, "with room: %#lx\n", hr);
        IMessage_Release(message);
        rows = contents(folder);
        ok(rows && rows->cRows == count + 1, "%lu of %lu messages\n", rows ? rows->cRows : 0,
           count + 1);
        FreeProws(rows);
        message = open_row_message(folder, count, 0);
        check_text(message, PR_DISPLAY_TO_A, "Ada");
        IMessage_Release(message);
        IMAPIFolder_Release(folder);
        IMsgStore_Release(store);
    }
    store_session_end(session);
}

static void in_folder(const char *what, const char *folder)
{
    if (!strcmp(what, "make")) make_store(folder);
    else if (!strcmp(what, "readonly")) test_read_only(folder);
    else if (!strcmp(what, "full")) test_full_disk(folder);
    else ok(0, "what is %s?\n", what);
}

START_TEST(faults)
{
    IMAPISession *session;
    IMsgStore *store;
    IMAPIFolder *folder;
    char **argv;
    HRESULT hr;
    int argc, i;

    argc = winetest_get_mainargs(&argv);
    if (argc == 4)
    {
        /* What is made stays for those that come after. */
        write_inf(ms_inf);
        hr = MAPIInitialize(NULL);
        ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
        in_folder(argv[2], argv[3]);
        MAPIUninitialize();
        remove_inf();
        return;
    }
    if ((store = ms_begin(profile, &session)))
    {
        folder = ms_new_folder(store, "Many");
        for (i = 0; i < 20; i++)
        {
            IMessage *message = new_message(folder, "one of many");

            add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
            save_object(message);
            IMessage_Release(message);
        }
        IMAPIFolder_Release(folder);
        IMsgStore_Release(store);
        store_session_end(session);
        strcpy(saved_path, ms_path("saved.db"));
        ok(CopyFileA(ms_path("store.db"), saved_path, TRUE), "CopyFile failed\n");
        test_damaged();
        test_damaged_anywhere();
        test_newer();
        test_missing();
        test_in_use();
    }
    delete_profile();
    ms_check_file("store.db");
    ms_end(profile, NULL, NULL);
}
