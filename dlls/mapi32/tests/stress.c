/*
 * Tests: many sessions, many processes, many threads
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

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapishutdown.h>

#include "wine/test.h"
#include "sample.h"
#include "allocated.h"

#define ROUNDS          1000
#define PROCESSES       1000
#define PROCESSES_AT_ONCE 4
#define THREADS         8
#define PATIENCE        60000           /* ms until something counts as hanging */

static const char profile[] = "Stress";

static HRESULT log_on(IMAPISession **session)
{
    return MAPILogonEx(0, (LPTSTR)profile, NULL,
                       MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, session);
}

/* Opens the address book and the first store, and lets them go again. */
static HRESULT open_and_close(IMAPISession *session)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    IAddrBook *book;
    IMsgStore *store;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book))) return hr;
    IAddrBook_Release(book);
    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    hr = rows->cRows ? IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                                 (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb,
                                                 NULL, MDB_NO_DIALOG | MDB_WRITE, &store)
                     : MAPI_E_NOT_FOUND;
    FreeProws(rows);
    if (SUCCEEDED(hr)) IMsgStore_Release(store);
    return hr;
}

static HRESULT one_round(void)
{
    IMAPISession *session;
    HRESULT hr;

    if (FAILED(hr = log_on(&session))) return hr;
    hr = open_and_close(session);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    return hr;
}

static DWORD handle_count(void)
{
    BOOL (WINAPI *pGetProcessHandleCount)(HANDLE, DWORD *);
    DWORD ret = 0;

    pGetProcessHandleCount = (void *)GetProcAddress(GetModuleHandleA("kernel32.dll"),
                                                    "GetProcessHandleCount");
    if (pGetProcessHandleCount) pGetProcessHandleCount(GetCurrentProcess(), &ret);
    return ret;
}

static void test_rounds(void)
{
    DWORD handles_before, handles_after;
    SIZE_T bytes_before, bytes_after;
    HRESULT hr;
    int i;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);

    /* What is made once and kept is made now. */
    for (i = 0; i < 20; i++)
        if (FAILED(hr = one_round())) break;
    ok(hr == S_OK, "round %d returned %#lx\n", i, hr);
    handles_before = handle_count();
    bytes_before = memory_in_use();
    for (i = 0; i < ROUNDS; i++)
        if (FAILED(hr = one_round())) break;
    ok(hr == S_OK, "round %d returned %#lx\n", i, hr);
    handles_after = handle_count();
    bytes_after = memory_in_use();
    ok(handles_after <= handles_before + 5, "%lu handles became %lu\n", handles_before,
       handles_after);
    ok(bytes_after <= bytes_before + ROUNDS * 16, "%Iu bytes in use became %Iu\n", bytes_before,
       bytes_after);
    ok(GetModuleHandleA("sample32.dll") != NULL, "the provider is not loaded\n");
    MAPIUninitialize();
    ok(!GetModuleHandleA("sample32.dll"), "the provider is still loaded\n");
}

static HRESULT fast_shutdown(IMAPISession *session)
{
    IMAPIClientShutdown *shutdown;
    HRESULT hr;

    hr = IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown);
    if (FAILED(hr)) return hr;
    if (FAILED(hr = IMAPIClientShutdown_QueryFastShutdown(shutdown))) return hr;
    if (FAILED(hr = IMAPIClientShutdown_NotifyProcessShutdown(shutdown))) return hr;
    return IMAPIClientShutdown_DoFastShutdown(shutdown);
}

/* A client that leaves in a hurry: nothing is released. */
static void child_fast(void)
{
    IMAPISession *session;

    if (FAILED(MAPIInitialize(NULL))) ExitProcess(11);
    if (FAILED(log_on(&session))) ExitProcess(12);
    if (FAILED(open_and_close(session))) ExitProcess(13);
    if (FAILED(fast_shutdown(session))) ExitProcess(14);
    ExitProcess(0);
}

static LONG rounds_done, refused;

static DWORD WINAPI round_thread(void *arg)
{
    HRESULT hr;

    /* Until fast shutdown is through: then a logon is refused, and methods of a session say that it
     * ended. */
    while (SUCCEEDED(hr = one_round())) InterlockedIncrement(&rounds_done);
    if (hr != MAPI_E_NOT_INITIALIZED && hr != MAPI_E_END_OF_SESSION) return hr;
    InterlockedIncrement(&refused);
    return 0;
}

static void child_threads(void)
{
    HANDLE threads[THREADS];
    IMAPISession *session;
    DWORD i, status;

    if (FAILED(MAPIInitialize(NULL))) ExitProcess(21);
    if (FAILED(log_on(&session))) ExitProcess(22);
    for (i = 0; i < THREADS; i++) threads[i] = CreateThread(NULL, 0, round_thread, NULL, 0, NULL);
    Sleep(500);
    if (FAILED(fast_shutdown(session))) ExitProcess(23);
    if (WaitForMultipleObjects(THREADS, threads, TRUE, PATIENCE) != WAIT_OBJECT_0) ExitProcess(24);
    for (i = 0; i < THREADS; i++)
        if (!GetExitCodeThread(threads[i], &status) || status) ExitProcess(25);
    if (!rounds_done) ExitProcess(26);
    if (refused != THREADS) ExitProcess(27);
    ExitProcess(0);
}

static HANDLE start_child(const char *what)
{
    PROCESS_INFORMATION process;
    STARTUPINFOA startup = {sizeof(startup)};
    char command[MAX_PATH + 32];
    char **argv;

    winetest_get_mainargs(&argv);
    sprintf(command, "\"%s\" stress %s", argv[0], what);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return NULL;
    CloseHandle(process.hThread);
    return process.hProcess;
}

/* The exit status, or ~0 when it hangs; the process is gone afterwards. */
static DWORD end_child(HANDLE process)
{
    DWORD status = ~0u;

    if (WaitForSingleObject(process, PATIENCE) == WAIT_OBJECT_0)
        GetExitCodeProcess(process, &status);
    else TerminateProcess(process, 1);
    CloseHandle(process);
    return status;
}

static void test_processes(void)
{
    HANDLE children[PROCESSES_AT_ONCE];
    int i, j, failures = 0;
    DWORD status;

    for (i = 0; i < PROCESSES; i += PROCESSES_AT_ONCE)
    {
        for (j = 0; j < PROCESSES_AT_ONCE; j++) children[j] = start_child("fast");
        for (j = 0; j < PROCESSES_AT_ONCE; j++)
        {
            status = children[j] ? end_child(children[j]) : ~1u;
            if (status && failures++ < 5) ok(0, "process %d ended with %ld\n", i + j, status);
        }
    }
    ok(!failures, "%d of %d processes failed\n", failures, PROCESSES);
}

static void test_threads(void)
{
    HANDLE child;
    DWORD status;
    int i;

    for (i = 0; i < 10; i++)
    {
        child = start_child("threads");
        status = child ? end_child(child) : ~1u;
        ok(!status, "run %d: the child ended with %ld\n", i, status);
    }
}

START_TEST(stress)
{
    char **argv;
    HRESULT hr;

    if (winetest_get_mainargs(&argv) >= 3)
    {
        if (!strcmp(argv[2], "fast")) child_fast();
        if (!strcmp(argv[2], "threads")) child_threads();
        ExitProcess(2);
    }
    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    MAPIInitialize(NULL);
    hr = sample_create_profile(profile);
    MAPIUninitialize();
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        test_rounds();
        test_processes();
        test_threads();
        MAPIInitialize(NULL);
        sample_delete_profile(profile);
        MAPIUninitialize();
    }
    sample_remove();
}
