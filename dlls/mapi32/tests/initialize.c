/*
 * Tests: MAPIInitialize and its siblings
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

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "wine/test.h"

/* Whether COM is there on this thread. */
static BOOL com_initialized(void)
{
    APTTYPE type;
    APTTYPEQUALIFIER qualifier;

    return CoGetApartmentType(&type, &qualifier) != CO_E_NOTINITIALIZED;
}

static void test_parameters(void)
{
    MAPIINIT_0 init = { 0, 0 };
    unsigned int i;
    HRESULT hr;

    init.ulVersion = 1;
    hr = MAPIInitialize(&init);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    init.ulVersion = 0;
    for (i = 0; i < 32; i++)
    {
        init.ulFlags = 1u << i;
        if (init.ulFlags & (MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT | MAPI_NT_SERVICE))
            continue;
        hr = MAPIInitialize(&init);
        ok(hr == MAPI_E_UNKNOWN_FLAGS, "%#lx: got %#lx\n", init.ulFlags, hr);
    }
    hr = MAPIInitialize((void *)(ULONG_PTR)0x10);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    /* None of them counts. */
    hr = HrDispatchNotifications(0);
    ok(hr == MAPI_E_NOT_INITIALIZED, "got %#lx\n", hr);
}

static void test_counting(void)
{
    static const ULONG flags[] =
    {
        0, MAPI_MULTITHREAD_NOTIFICATIONS, MAPI_NO_COINIT, MAPI_NT_SERVICE,
        MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT | MAPI_NT_SERVICE
    };
    MAPIINIT_0 init = { 0, 0 };
    IProfAdmin *admin;
    IMAPISession *session;
    unsigned int i;
    HRESULT hr;

    admin = (void *)0xdead;
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == MAPI_E_NOT_INITIALIZED, "got %#lx\n", hr);
    ok(!admin, "got %p\n", admin);
    session = (void *)0xdead;
    hr = MAPILogonEx(0, NULL, NULL, 0, &session);
    ok(hr == MAPI_E_NOT_INITIALIZED, "got %#lx\n", hr);
    ok(!session, "got %p\n", session);

    MAPIUninitialize();                 /* one too many */
    MAPIUninitialize();
    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        init.ulFlags = flags[i];
        hr = MAPIInitialize(&init);
        ok(hr == S_OK, "%#lx: got %#lx\n", flags[i], hr);
        hr = HrDispatchNotifications(0);
        ok(hr == S_OK, "%#lx: got %#lx\n", flags[i], hr);
        hr = MAPIInitialize(NULL);
        ok(hr == S_OK, "%#lx: got %#lx\n", flags[i], hr);
        MAPIUninitialize();
        hr = HrDispatchNotifications(0);
        ok(hr == S_OK, "%#lx: got %#lx\n", flags[i], hr);
        MAPIUninitialize();
        hr = HrDispatchNotifications(0);
        ok(hr == MAPI_E_NOT_INITIALIZED, "%#lx: got %#lx\n", flags[i], hr);
        MAPIUninitialize();             /* one too many */
        ok(!com_initialized(), "%#lx: COM is still there\n", flags[i]);
    }
}

static DWORD WINAPI com_thread(void *arg)
{
    MAPIINIT_0 no_com = { 0, MAPI_NO_COINIT };
    HRESULT hr;

    ok(!com_initialized(), "COM is there\n");
    hr = MAPIInitialize(&no_com);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!com_initialized(), "COM is there\n");
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(com_initialized(), "COM is not there\n");
    hr = MAPIInitialize(&no_com);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIUninitialize();
    ok(com_initialized(), "COM was taken from under an outer call\n");
    MAPIUninitialize();
    MAPIUninitialize();
    ok(!com_initialized(), "COM is still there\n");

    /* COM in another apartment, by the program: kept as it is. */
    hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIUninitialize();
    ok(com_initialized(), "COM was taken from the program\n");
    CoUninitialize();
    ok(!com_initialized(), "COM is still there\n");
    return 0;
}

static DWORD WINAPI uninitialize_thread(void *arg)
{
    MAPIUninitialize();
    return 0;
}

static void run(LPTHREAD_START_ROUTINE proc)
{
    HANDLE thread = CreateThread(NULL, 0, proc, NULL, 0, NULL);

    ok(WaitForSingleObject(thread, 20000) == WAIT_OBJECT_0, "thread hangs\n");
    CloseHandle(thread);
}

static void test_com(void)
{
    HRESULT hr;

    run(com_thread);
    /* The last call from a thread that never made the first one. */
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    run(uninitialize_thread);
    hr = HrDispatchNotifications(0);
    ok(hr == MAPI_E_NOT_INITIALIZED, "got %#lx\n", hr);
    ok(com_initialized(), "another thread took COM away\n");
    CoUninitialize();
}

static void test_util(void)
{
    SCODE ret;

    ret = ScInitMapiUtil(1);
    ok(ret == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", ret);
    ret = ScInitMapiUtil(0);
    ok(ret == S_OK, "got %#lx\n", ret);
    ret = ScInitMapiUtil(0);
    ok(ret == S_OK, "got %#lx\n", ret);
    DeinitMapiUtil();
    DeinitMapiUtil();
    DeinitMapiUtil();                   /* one too many */
    ret = HrDispatchNotifications(0);
    ok(ret == MAPI_E_NOT_INITIALIZED, "got %#lx\n", ret);
}

static DWORD WINAPI hammer_thread(void *arg)
{
    MAPIINIT_0 init = { 0, (ULONG)(ULONG_PTR)arg };
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < 50; i++)
    {
        hr = MAPIInitialize(&init);
        ok(hr == S_OK, "got %#lx\n", hr);
        HrDispatchNotifications(0);
        MAPIUninitialize();
    }
    return 0;
}

static void test_threads(void)
{
    HANDLE threads[8];
    unsigned int i;
    DWORD ret, before = 0, after = 0;
    BOOL (WINAPI *handle_count)(HANDLE, DWORD *);

    handle_count = (void *)GetProcAddress(GetModuleHandleA("kernel32.dll"),
                                          "GetProcessHandleCount");
    handle_count(GetCurrentProcess(), &before);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, hammer_thread, (void *)(ULONG_PTR)(i & 1), 0, NULL);
    ret = WaitForMultipleObjects(ARRAY_SIZE(threads), threads, TRUE, 60000);
    ok(ret == WAIT_OBJECT_0, "got %lu\n", ret);
    for (i = 0; i < ARRAY_SIZE(threads); i++) CloseHandle(threads[i]);
    ok(HrDispatchNotifications(0) == MAPI_E_NOT_INITIALIZED, "still initialised\n");
    handle_count(GetCurrentProcess(), &after);
    ok(after <= before + 10, "handles went from %lu to %lu\n", before, after);
}

static LONG WINAPI ignore(void *context, ULONG count, NOTIFICATION *notifications)
{
    return S_OK;
}

/* FreeLibrary gives the DLL back after an initialisation that came and went: seen with a copy of
 * it, for this program imports the other. */
static void test_unload(void)
{
    static const ULONG flags[] = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };
    HRESULT (WINAPI *initialize)(void *);
    void (WINAPI *uninitialize)(void);
    HRESULT (WINAPI *alloc_sink)(LPNOTIFCALLBACK, void *, IMAPIAdviseSink **);
    HRESULT (WINAPI *this_thread)(IMAPIAdviseSink *, IMAPIAdviseSink **);
    char path[MAX_PATH], copy[MAX_PATH];
    IMAPIAdviseSink *inner, *sink;
    MAPIINIT_0 init = { 0, 0 };
    unsigned int i, wait;
    HMODULE module;

    GetModuleFileNameA(GetModuleHandleA("mapi32.dll"), path, sizeof(path));
    GetTempPathA(sizeof(copy) - 32, copy);
    strcat(copy, "copy of mapi32.dll");
    if (!CopyFileA(path, copy, FALSE))
    {
        skip("mapi32.dll cannot be copied\n");
        return;
    }
    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        module = LoadLibraryA(copy);
        ok(module != NULL, "error %lu\n", GetLastError());
        if (!module) break;
        ok(module != GetModuleHandleA("mapi32.dll"), "not a copy\n");
        initialize = (void *)GetProcAddress(module, "MAPIInitialize");
        uninitialize = (void *)GetProcAddress(module, "MAPIUninitialize");
        alloc_sink = (void *)GetProcAddress(module, "HrAllocAdviseSink");
        this_thread = (void *)GetProcAddress(module, "HrThisThreadAdviseSink");

        init.ulFlags = flags[i];
        ok(initialize(&init) == S_OK, "failed\n");
        ok(alloc_sink(ignore, NULL, &inner) == S_OK, "failed\n");
        ok(this_thread(inner, &sink) == S_OK, "failed\n");
        ok(!IMAPIAdviseSink_Release(sink), "still referenced\n");
        ok(!IMAPIAdviseSink_Release(inner), "still referenced\n");
        uninitialize();
        FreeLibrary(module);
        /* our own thread gives up its reference as the last thing it does */
        for (wait = 0; wait < 100 && GetModuleHandleA(copy); wait++) Sleep(10);
        ok(!GetModuleHandleA(copy), "%#lx: the DLL is still loaded\n", flags[i]);
    }
    DeleteFileA(copy);
}

/* A process that ends without MAPIUninitialize. */
static void test_exit(void)
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    char command[MAX_PATH], **argv;
    DWORD ret;

    winetest_get_mainargs(&argv);
    sprintf(command, "\"%s\" initialize exit", argv[0]);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info))
    {
        ok(0, "no process: error %lu\n", GetLastError());
        return;
    }
    ret = WaitForSingleObject(info.hProcess, 20000);
    ok(ret == WAIT_OBJECT_0, "the process does not end\n");
    GetExitCodeProcess(info.hProcess, &ret);
    ok(!ret, "exit code %#lx\n", ret);
    CloseHandle(info.hThread);
    CloseHandle(info.hProcess);
}

static void leave(void)
{
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };

    ok(MAPIInitialize(NULL) == S_OK, "failed\n");
    ok(MAPIInitialize(&init) == S_OK, "failed\n");
}

START_TEST(initialize)
{
    char **argv;

    if (winetest_get_mainargs(&argv) >= 3)
    {
        leave();
        return;
    }
    test_parameters();
    test_counting();
    test_com();
    test_util();
    test_threads();
    test_unload();
    test_exit();
}
