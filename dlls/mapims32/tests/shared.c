/*
 * Tests: one message store in several processes
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
 * The children are this program, or with the arguments "shared with PROGRAM" another one: the test
 * program of the other architecture.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>

#include "wine/test.h"
#include "mapims.h"

static const char profile[] = "mapitest mapims shared";

#define PATIENCE 60000
#define CROWD 3
#define EACH 15

static const char *program;

static HANDLE start_child(const char *what)
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    char command[MAX_PATH * 2];
    BOOL ret;

    sprintf(command, "\"%s\" shared %s", program, what);
    ret = CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info);
    ok(ret, "CreateProcess failed: %lu\n", GetLastError());
    if (!ret) return NULL;
    CloseHandle(info.hThread);
    return info.hProcess;
}

static void end_child(HANDLE process, const char *what, DWORD expected)
{
    DWORD code = 0;

    if (!process) return;
    ok(WaitForSingleObject(process, 300000) == WAIT_OBJECT_0, "the child hangs\n");
    GetExitCodeProcess(process, &code);
    ok(code == expected, "the child that should %s ended with %lu\n", what, code);
    CloseHandle(process);
}

static void run_child(const char *what, DWORD expected)
{
    end_child(start_child(what), what, expected);
}

static void add_some(IMAPIFolder *folder)
{
    int i;

    for (i = 0; i < EACH; i++) ms_add_message(folder, "some");
}

static IMAPIFolder *shared_folder(IMsgStore *store)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID), *folder = NULL;
    HRESULT hr;

    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)"Shared", NULL, NULL,
                                  OPEN_IF_EXISTS, &folder);
    ok(hr == S_OK, "CreateFolder returned %#lx\n", hr);
    IMAPIFolder_Release(subtree);
    return folder;
}

/* Fast shutdown in the middle of work: what was not saved is nobody's. */
static void leave(IMAPISession *session, IMAPIFolder *folder)
{
    IMAPIClientShutdown *shutdown;
    IMessage *message;
    HRESULT hr;
    int i;

    ms_add_message(folder, "saved before the shutdown");
    message = open_row_message(folder, 0, MAPI_MODIFY);
    for (i = 0; i < 1000; i++) set_long(message, PROP_TAG(PT_LONG, 0x6800 + i % 500), i);
    hr = IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIClientShutdown_NotifyProcessShutdown(shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIClientShutdown_DoFastShutdown(shutdown);
    ok(hr == S_OK, "got %#lx\n", hr);
    TerminateProcess(GetCurrentProcess(), winetest_get_failures() ? 1 : 79);
}

static void child(const char *what)
{
    IMAPISession *session;
    IMAPIFolder *folder;
    IMessage *message;
    IMsgStore *store;
    SPropValue *id;
    HRESULT hr;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(session = store_session(profile)) || !(store = open_store(session, 0))) return;
    folder = shared_folder(store);
    if (!strcmp(what, "add"))
    {
        check_contents(folder, "parent");
        message = open_row_message(folder, 0, MAPI_MODIFY);
        ok(get_long(message, PROP_TAG(PT_LONG, 0x6701)) == 4711, "another property\n");
        set_text(message, PR_COMMENT_A, "the child was here");
        save_object(message);
        IMessage_Release(message);
        ms_add_message(folder, "child");
    }
    else if (!strcmp(what, "crowd")) add_some(folder);
    else if (!strcmp(what, "leave")) leave(session, folder);
    else if (!strcmp(what, "die") || !strcmp(what, "lock"))
    {
        IMAPIFolder_Release(folder);
        folder = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
        message = open_row_message(folder, 0, MAPI_MODIFY);
        hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
        ok(hr == (*what == 'd' ? S_OK : MAPI_E_NO_ACCESS), "got %#lx\n", hr);
        if (*what == 'd')
        {
            set_text(message, PR_SUBJECT_A, "lost");
            /* in the middle of everything */
            TerminateProcess(GetCurrentProcess(), hr == S_OK ? 77 : 78);
        }
        id = get_prop(message, PR_ENTRYID);
        hr = IMsgStore_AbortSubmit(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0);
        ok(hr == MAPI_E_UNABLE_TO_ABORT, "got %#lx\n", hr);
        MAPIFreeBuffer(id);
        IMessage_Release(message);
    }
    IMAPIFolder_Release(folder);
    IMsgStore_Release(store);
    store_session_end(session);
    MAPIUninitialize();
}

static HANDLE heard;

static LONG STDAPICALLTYPE on_created(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevObjectCreated
            && notifications[i].info.obj.ulObjType == MAPI_MESSAGE)
            SetEvent(heard);
    return S_OK;
}

/* What the child does is seen, also by those who only listen. */
static void test_changes(IMsgStore *store)
{
    IMAPIFolder *folder = shared_folder(store);
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMessage *message;
    IMAPITable *table;
    ULONG count = 0;
    DWORD start;
    HRESULT hr;

    message = new_message(folder, "parent");
    set_long(message, PROP_TAG(PT_LONG, 0x6701), 4711);
    save_object(message);
    hr = IMAPIFolder_GetContentsTable(folder, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    heard = CreateEventA(NULL, TRUE, FALSE, NULL);
    hr = HrAllocAdviseSink(on_created, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_Advise(store, 0, NULL, fnevObjectCreated, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    run_child("add", 0);
    ok(WaitForSingleObject(heard, PATIENCE) == WAIT_OBJECT_0, "nothing was heard of the child\n");
    for (start = GetTickCount(); count != 2 && GetTickCount() - start < PATIENCE; Sleep(50))
        IMAPITable_GetRowCount(table, 0, &count);
    ok(count == 2, "%lu rows in the table\n", count);
    IMAPITable_Release(table);
    check_contents(folder, "parent child");
    ok(get_long(folder, PR_CONTENT_COUNT) == 2, "%lu messages\n",
       get_long(folder, PR_CONTENT_COUNT));
    hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    ok(hr == MAPI_E_OBJECT_CHANGED, "got %#lx\n", hr);
    IMessage_Release(message);
    message = open_row_message(folder, 0, 0);
    check_text(message, PR_COMMENT_A, "the child was here");
    IMessage_Release(message);
    hr = IMsgStore_Unadvise(store, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIAdviseSink_Release(sink);
    CloseHandle(heard);
    IMAPIFolder_Release(folder);
}

/* All at once: nothing is lost. */
static void test_crowd(IMsgStore *store)
{
    IMAPIFolder *folder = shared_folder(store);
    ULONG before = get_long(folder, PR_CONTENT_COUNT), count;
    HANDLE children[CROWD];
    int i;

    for (i = 0; i < CROWD; i++) children[i] = start_child("crowd");
    add_some(folder);
    for (i = 0; i < CROWD; i++) end_child(children[i], "add", 0);
    count = get_long(folder, PR_CONTENT_COUNT);
    ok(count == before + (CROWD + 1) * EACH, "%lu messages, not %lu\n", count,
       before + (CROWD + 1) * EACH);
    IMAPIFolder_Release(folder);
}

static DWORD WINAPI add_in_thread(void *folder)
{
    HRESULT hr = MAPIInitialize(NULL);

    ok(hr == S_OK, "got %#lx\n", hr);
    add_some(folder);
    MAPIUninitialize();
    return 0;
}

/* The same in one process. */
static void test_threads(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Threads");
    HANDLE threads[2 * CROWD];
    int i;

    for (i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, add_in_thread, folder, 0, NULL);
    ok(WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, PATIENCE) == WAIT_OBJECT_0,
       "they hang\n");
    for (i = 0; i < ARRAY_SIZE(threads); i++) CloseHandle(threads[i]);
    ok(get_long(folder, PR_CONTENT_COUNT) == ARRAY_SIZE(threads) * EACH, "%ld messages\n",
       get_long(folder, PR_CONTENT_COUNT));
    IMAPIFolder_Release(folder);
}

/* Who dies lets go of what it locked, and leaves nothing half done. */
static void test_locks(IMsgStore *store)
{
    IMAPIFolder *outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    IMessage *message = new_message(outbox, "locked");
    HRESULT hr;

    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SubmitMessage(message, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    run_child("die", 77);
    message = open_row_message(outbox, 0, MAPI_MODIFY);
    check_text(message, PR_SUBJECT_A, "locked");
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    run_child("lock", 0);
    hr = IMsgStore_SetLockState(store, message, MSG_UNLOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    IMAPIFolder_Release(outbox);
}

/* Nobody else has the file open: nothing is left to do for who opens it next, and nothing is
 * lost. */
static void test_shutdown(void)
{
    WIN32_FILE_ATTRIBUTE_DATA log;
    IMAPISession *session;
    IMAPIFolder *folder;
    IMessage *message;
    IMsgStore *store;
    ULONG count;

    run_child("leave", 79);
    ok(!GetFileAttributesExA(ms_path("store.db-wal"), GetFileExInfoStandard, &log)
       || (!log.nFileSizeLow && !log.nFileSizeHigh), "%lu bytes are left in the log\n",
       log.nFileSizeLow);
    if (!(session = store_session(profile))) return;
    if ((store = open_store(session, 0)))
    {
        folder = shared_folder(store);
        count = get_long(folder, PR_CONTENT_COUNT);
        message = open_row_message(folder, count - 1, 0);
        check_text(message, PR_SUBJECT_A, "saved before the shutdown");
        IMessage_Release(message);
        message = open_row_message(folder, 0, 0);
        ok(!has_prop(message, PROP_TAG(PT_LONG, 0x6800)), "a change that was not saved\n");
        IMessage_Release(message);
        IMAPIFolder_Release(folder);
        IMsgStore_Release(store);
    }
    store_session_end(session);
}

START_TEST(shared)
{
    MAPIINIT_0 init = { MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS };
    IMAPISession *session;
    IMsgStore *store;
    char **argv;
    HRESULT hr;
    int argc;

    argc = winetest_get_mainargs(&argv);
    program = argv[0];
    if (argc == 4 && !strcmp(argv[2], "with")) program = argv[3];
    else if (argc >= 3)
    {
        child(argv[2]);
        return;
    }
    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((store = ms_begin(profile, &session)))
    {
        test_changes(store);
        test_crowd(store);
        test_threads(store);
        test_locks(store);
        IMsgStore_Release(store);
        store_session_end(session);
        test_shutdown();
        ms_check_file("store.db");
    }
    ms_end(profile, store ? NULL : session, NULL);
    MAPIUninitialize();
}
