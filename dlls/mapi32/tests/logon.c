/*
 * Tests: MAPILogonEx
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
#include <winuser.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "sample.h"

static char profile[] = "LogonTest";
static char other_profile[] = "LogonTest Other";

#define EXPLICIT (MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION)

static HRESULT log_on(const char *name, ULONG flags, IMAPISession **session)
{
    return MAPILogonEx(0, (LPTSTR)name, NULL, MAPI_EXTENDED | flags, session);
}

static void log_off(IMAPISession *session)
{
    HRESULT hr = IMAPISession_Logoff(session, 0, 0, 0);

    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
}

static HRESULT create_profile(const char *name)
{
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)name, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0, 0);
    IProfAdmin_Release(admin);
    return hr;
}

static HRESULT set_default(const char *name)
{
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    hr = IProfAdmin_SetDefaultProfile(admin, (LPTSTR)name, 0);
    IProfAdmin_Release(admin);
    return hr;
}

/* The name of a session's profile, as its profile instance section has it. */
static const char *name_of(IMAPISession *session)
{
    static const MAPIUID global =
    {{ 0x92, 0x07, 0xf3, 0xe0, 0xa3, 0xb1, 0x10, 0x19, 0x90, 0x8b, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2 }};
    SizedSPropTagArray(1, tags) = { 1, { PR_PROFILE_NAME_A } };
    static char name[100];
    IProfSect *section;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    name[0] = 0;
    hr = IMAPISession_OpenProfileSection(session, (MAPIUID *)&global, NULL, MAPI_FORCE_ACCESS,
                                         &section);
    ok(hr == S_OK, "OpenProfileSection returned %#lx\n", hr);
    if (FAILED(hr)) return name;
    hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &props);
    ok(hr == S_OK, "GetProps returned %#lx\n", hr);
    if (hr == S_OK) lstrcpynA(name, props[0].Value.lpszA, sizeof(name));
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
    return name;
}

static void test_bad_arguments(void)
{
    static char password[] = "secret", empty[] = "";
    static char long_name[66] = "1234567890123456789012345678901234567890123456789012345678901234x";
    IMAPISession *session;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, EXPLICIT, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    session = (IMAPISession *)0xdeadbeef;
    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, EXPLICIT | 0x4000, &session);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !session, "got %#lx, %p\n", hr, session);
    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, EXPLICIT | 0x01000000, &session);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    session = (IMAPISession *)0xdeadbeef;
    hr = MAPILogonEx(0, (LPTSTR)profile, (LPTSTR)password, EXPLICIT, &session);
    ok(hr == MAPI_E_LOGON_FAILED && !session, "got %#lx, %p\n", hr, session);
    hr = MAPILogonEx(0, (LPTSTR)L"LogonTest", (LPTSTR)L"secret", EXPLICIT | MAPI_UNICODE, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = MAPILogonEx(0, (LPTSTR)profile, (LPTSTR)empty, EXPLICIT, &session);
    ok(hr == S_OK, "an empty password: %#lx\n", hr);
    if (hr == S_OK) log_off(session);

    hr = log_on(NULL, EXPLICIT, &session);
    ok(hr == MAPI_E_LOGON_FAILED && !session, "got %#lx, %p\n", hr, session);
    hr = log_on("", EXPLICIT, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = log_on("LogonTest That Is Not There", EXPLICIT, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = log_on(long_name, EXPLICIT, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    hr = log_on("bad\\name", EXPLICIT, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
}

static void test_flags(void)
{
    static const ULONG flags[] =
    {
        MAPI_NO_MAIL, MAPI_ALLOW_OTHERS, 0x00200000 /* MAPI_BG_SESSION */, MAPI_FORCE_DOWNLOAD,
        MAPI_TIMEOUT_SHORT, MAPI_SERVICE_UI_ALWAYS, MAPI_APP_PROFILE, MAPI_PASSWORD_UI, MAPI_LOGON_UI,
        0x00010000 /* MAPI_NT_SERVICE */
    };
    IMAPISession *session;
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        hr = log_on(profile, MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | flags[i], &session);
        ok(hr == S_OK, "flag %#lx: %#lx\n", flags[i], hr);
        if (hr == S_OK) log_off(session);
    }
    hr = MAPILogonEx(0, (LPTSTR)L"LogonTest", NULL, EXPLICIT | MAPI_UNICODE, &session);
    ok(hr == S_OK, "a Unicode name: %#lx\n", hr);
    if (hr != S_OK) return;
    ok(!strcmp(name_of(session), profile), "got %s\n", name_of(session));
    log_off(session);
}

static void test_default(void)
{
    IMAPISession *session;
    HRESULT hr;

    hr = set_default(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = log_on(NULL, MAPI_NEW_SESSION | MAPI_USE_DEFAULT, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "no default profile, but %#lx\n", hr);

    hr = set_default(other_profile);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = log_on(NULL, MAPI_NEW_SESSION, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "the default was not asked for, but %#lx\n", hr);
    hr = log_on(NULL, MAPI_NEW_SESSION | MAPI_USE_DEFAULT, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(!strcmp(name_of(session), other_profile), "got %s\n", name_of(session));
        log_off(session);
    }
    hr = log_on(NULL, EXPLICIT | MAPI_USE_DEFAULT, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) log_off(session);
    hr = log_on(profile, EXPLICIT, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(!strcmp(name_of(session), profile), "got %s\n", name_of(session));
        log_off(session);
    }
    set_default(NULL);
}

static void test_shared(void)
{
    IMAPISession *first, *second, *private;
    HRESULT hr;

    /* Nobody shares yet: a logon without MAPI_NEW_SESSION is one of its own. */
    hr = log_on(other_profile, MAPI_EXPLICIT_PROFILE, &private);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = log_on(profile, MAPI_EXPLICIT_PROFILE | MAPI_ALLOW_OTHERS, &first);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!strcmp(name_of(first), profile), "joined a private session of %s\n", name_of(first));

    /* Now the name does not matter any more, but MAPI_NEW_SESSION does. */
    hr = log_on("LogonTest That Is Not There", MAPI_EXPLICIT_PROFILE, &second);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(!strcmp(name_of(second), profile), "joined %s\n", name_of(second));
        ok(second != first, "one object for two logons\n");
        /* One leaves, the other stays. */
        log_off(first);
        ok(!strcmp(name_of(second), profile), "lost the session\n");
        hr = log_on(NULL, 0, &first);
        ok(hr == S_OK, "the session is not shared any more: %#lx\n", hr);
        if (hr == S_OK) log_off(first);
        hr = log_on("LogonTest That Is Not There", EXPLICIT, &first);
        ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
        log_off(second);
    }
    hr = log_on(NULL, 0, &first);
    ok(hr == MAPI_E_LOGON_FAILED, "the shared session is still there: %#lx\n", hr);
    log_off(private);
}

static void test_release(void)
{
    IMAPISession *session;
    HRESULT hr;

    /* Without Logoff; the profile is free again afterwards. */
    hr = log_on(profile, MAPI_EXPLICIT_PROFILE | MAPI_ALLOW_OTHERS, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
    hr = log_on(NULL, 0, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "the session was not logged off: %#lx\n", hr);
}

static BOOL profile_listed(const char *name)
{
    SizedSPropTagArray(1, columns) = { 1, { PR_DISPLAY_NAME_A } };
    IProfAdmin *admin;
    IMAPITable *table;
    BOOL ret = FALSE;
    SRowSet *rows;
    ULONG i;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return FALSE;
    if (SUCCEEDED(IProfAdmin_GetProfileTable(admin, 0, &table)))
    {
        if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
        {
            for (i = 0; i < rows->cRows; i++)
                if (!strcmp(rows->aRow[i].lpProps[0].Value.lpszA, name)) ret = TRUE;
            FreeProws(rows);
        }
        IMAPITable_Release(table);
    }
    IProfAdmin_Release(admin);
    return ret;
}

static void test_deleted_profile(void)
{
    static char temporary[] = "LogonTest Temporary";
    IMAPISession *session, *second;
    IMAPITable *table;
    IProfAdmin *admin;
    HRESULT hr;

    hr = create_profile(temporary);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = log_on(temporary, EXPLICIT, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_DeleteProfile(admin, (LPTSTR)temporary, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_Release(admin);
    ok(!profile_listed(temporary), "the profile is still listed\n");

    /* The session lives, but nobody comes to it any more. */
    ok(!strcmp(name_of(session), temporary), "the session lost its profile\n");
    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_Release(table);
    hr = log_on(temporary, EXPLICIT, &second);
    ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
    log_off(session);
    hr = create_profile(temporary);
    ok(hr == S_OK, "the name is not free: %#lx\n", hr);
    sample_delete_profile(temporary);
}

static LONG thread_failures;

static DWORD WINAPI logon_thread(void *arg)
{
    IMAPISession *session;
    IMAPITable *table;
    HRESULT hr;
    int i;

    for (i = 0; i < 25; i++)
    {
        hr = log_on(profile, MAPI_EXPLICIT_PROFILE | (ULONG)(ULONG_PTR)arg, &session);
        if (SUCCEEDED(hr)) hr = IMAPISession_GetStatusTable(session, 0, &table);
        if (SUCCEEDED(hr))
        {
            IMAPITable_Release(table);
            if (i & 1) hr = IMAPISession_Logoff(session, 0, 0, 0);
            IMAPISession_Release(session);
        }
        if (FAILED(hr)) InterlockedIncrement(&thread_failures);
    }
    return 0;
}

static void test_threads(void)
{
    HANDLE threads[8];
    DWORD waited;
    int i;

    for (i = 0; i < 8; i++)
        threads[i] = CreateThread(NULL, 0, logon_thread,
                                  (void *)(ULONG_PTR)(i & 1 ? MAPI_ALLOW_OTHERS : MAPI_NEW_SESSION),
                                  0, NULL);
    waited = WaitForMultipleObjects(8, threads, TRUE, 60000);
    ok(waited == WAIT_OBJECT_0, "threads hang\n");
    ok(!thread_failures, "%ld calls failed\n", thread_failures);
    for (i = 0; i < 8; i++) CloseHandle(threads[i]);
}

/* What the thread that watches for the picker does with it. */
struct picking
{
    const char *choose;         /* NULL: cancel */
    BOOL make_default;
    BOOL try_logon;             /* with MAPI_TIMEOUT_SHORT, while the dialog is open */
    DWORD process;
    HRESULT short_result;
    BOOL seen;
};

static BOOL CALLBACK find_picker(HWND window, LPARAM lparam)
{
    char title[64], class[32];
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    GetClassNameA(window, class, sizeof(class));
    GetWindowTextA(window, title, sizeof(title));
    if (process != GetCurrentProcessId() || strcmp(class, "#32770")
        || strcmp(title, "Choose Profile"))
        return TRUE;
    *(HWND *)lparam = window;
    return FALSE;
}

static DWORD WINAPI picker_thread(void *arg)
{
    struct picking *picking = arg;
    HWND window = NULL, list;
    IMAPISession *session;
    LRESULT index;
    int i;

    for (i = 0; i < 200 && !window; i++)
    {
        EnumWindows(find_picker, (LPARAM)&window);
        if (!window) Sleep(25);
    }
    if (!window) return 0;
    picking->seen = TRUE;
    if (picking->try_logon)
        picking->short_result = log_on(profile, EXPLICIT | MAPI_TIMEOUT_SHORT, &session);
    if (!picking->choose)
    {
        PostMessageA(window, WM_COMMAND, IDCANCEL, 0);
        return 0;
    }
    list = FindWindowExA(window, NULL, "ListBox", NULL);
    index = SendMessageA(list, LB_FINDSTRINGEXACT, -1, (LPARAM)picking->choose);
    SendMessageA(list, LB_SETCURSEL, index, 0);
    if (picking->make_default)
        SendMessageA(FindWindowExA(window, NULL, "Button", "&Make it the default profile"),
                     BM_SETCHECK, BST_CHECKED, 0);
    PostMessageA(window, WM_COMMAND, IDOK, 0);
    return 0;
}

static HRESULT pick(struct picking *picking, const char *name, ULONG flags, IMAPISession **session)
{
    HANDLE thread = CreateThread(NULL, 0, picker_thread, picking, 0, NULL);
    HRESULT hr;

    hr = log_on(name, MAPI_NEW_SESSION | MAPI_LOGON_UI | flags, session);
    WaitForSingleObject(thread, 20000);
    CloseHandle(thread);
    return hr;
}

static void test_picker(void)
{
    struct picking picking;
    IMAPISession *session;
    HRESULT hr;
    HWND window;

    window = CreateWindowA("static", "", WS_POPUP, 0, 0, 10, 10, NULL, NULL, NULL, NULL);
    if (!window)
    {
        /* Then there is nobody to ask. */
        hr = log_on(NULL, MAPI_NEW_SESSION | MAPI_LOGON_UI, &session);
        ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
        skip("no windows here\n");
        return;
    }
    DestroyWindow(window);

    memset(&picking, 0, sizeof(picking));
    picking.try_logon = TRUE;
    hr = pick(&picking, NULL, 0, &session);
    ok(picking.seen, "no picker\n");
    ok(hr == MAPI_E_USER_CANCEL && !session, "got %#lx, %p\n", hr, session);
    ok(picking.short_result == MAPI_E_TIMEOUT, "got %#lx\n", picking.short_result);

    memset(&picking, 0, sizeof(picking));
    picking.choose = other_profile;
    hr = pick(&picking, "", 0, &session);
    ok(picking.seen, "no picker\n");
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(!strcmp(name_of(session), other_profile), "got %s\n", name_of(session));
        log_off(session);
    }
    hr = log_on(NULL, MAPI_NEW_SESSION | MAPI_USE_DEFAULT, &session);
    ok(hr == MAPI_E_LOGON_FAILED, "it became the default: %#lx\n", hr);

    /* A profile that is not there is asked for, too. */
    memset(&picking, 0, sizeof(picking));
    picking.choose = profile;
    picking.make_default = TRUE;
    hr = pick(&picking, "LogonTest That Is Not There", MAPI_EXPLICIT_PROFILE, &session);
    ok(picking.seen, "no picker\n");
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(!strcmp(name_of(session), profile), "got %s\n", name_of(session));
        log_off(session);
    }
    hr = log_on(NULL, MAPI_NEW_SESSION | MAPI_USE_DEFAULT, &session);
    ok(hr == S_OK, "it did not become the default: %#lx\n", hr);
    if (hr == S_OK) log_off(session);
    set_default(NULL);
}

/* ---- other processes ---- */

/* This program as another client: "logon WHAT ..." answers with its status. */
static HANDLE start_client(const char *args)
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    char command[2 * MAX_PATH];
    char **argv;

    winetest_get_mainargs(&argv);
    sprintf(command, "\"%s\" logon %s", argv[0], args);
    if (!CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info))
        return NULL;
    CloseHandle(info.hThread);
    return info.hProcess;
}

static DWORD end_client(HANDLE process)
{
    DWORD status = ~0u;

    ok(process != NULL, "no process: error %lu\n", GetLastError());
    if (!process) return status;
    ok(WaitForSingleObject(process, 60000) == WAIT_OBJECT_0, "the client does not end\n");
    GetExitCodeProcess(process, &status);
    CloseHandle(process);
    return status;
}

/* 1: no logon; 2: the first profile; 3: the other one; 4: neither */
static DWORD client_answer(const char *name, ULONG flags)
{
    IMAPISession *session;
    DWORD ret;

    if (FAILED(MAPIInitialize(NULL))) return 5;
    if (FAILED(log_on(name, flags, &session))) return 1;
    ret = !strcmp(name_of(session), profile) ? 2 : !strcmp(name_of(session), other_profile) ? 3 : 4;
    log_off(session);
    MAPIUninitialize();
    return ret;
}

/* Shares the first profile and says so, until it is told to end: by logging off, or just so. */
static DWORD client_share(BOOL orderly)
{
    HANDLE shares = OpenEventA(EVENT_ALL_ACCESS, FALSE, "LogonTest shares");
    HANDLE end = OpenEventA(EVENT_ALL_ACCESS, FALSE, "LogonTest end");
    IMAPISession *session;

    if (FAILED(MAPIInitialize(NULL))) return 5;
    if (FAILED(log_on(profile, MAPI_EXPLICIT_PROFILE | MAPI_ALLOW_OTHERS, &session))) return 1;
    SetEvent(shares);
    if (WaitForSingleObject(end, 60000) != WAIT_OBJECT_0) return 6;
    if (!orderly) TerminateProcess(GetCurrentProcess(), 0);
    log_off(session);
    MAPIUninitialize();
    return 0;
}

static DWORD client(const char *what)
{
    if (!strcmp(what, "share")) return client_share(TRUE);
    if (!strcmp(what, "killed")) return client_share(FALSE);
    if (!strcmp(what, "join")) return client_answer(NULL, 0);
    if (!strcmp(what, "named")) return client_answer(other_profile, 0);
    if (!strcmp(what, "new")) return client_answer(other_profile, MAPI_NEW_SESSION);
    if (!strcmp(what, "newnone")) return client_answer(NULL, MAPI_NEW_SESSION);
    return 7;
}

static void test_processes(void)
{
    static const char *const ways[] = { "share", "killed" };
    HANDLE shares = CreateEventA(NULL, FALSE, FALSE, "LogonTest shares"), sharer;
    HANDLE end = CreateEventA(NULL, FALSE, FALSE, "LogonTest end");
    IMAPISession *session, *second;
    unsigned int i;
    HRESULT hr;

    /* nobody shares anything, not even with a session of this process */
    hr = log_on(profile, MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(end_client(start_client("join")) == 1, "it found a session\n");
    if (hr == S_OK) log_off(session);

    for (i = 0; i < ARRAY_SIZE(ways); i++)
    {
        winetest_push_context("%s", ways[i]);
        sharer = start_client(ways[i]);
        ok(WaitForSingleObject(shares, 60000) == WAIT_OBJECT_0, "nobody shares\n");
        ok(end_client(start_client("join")) == 2, "it did not get the shared profile\n");
        ok(end_client(start_client("named")) == 2, "the name was not ignored\n");
        ok(end_client(start_client("new")) == 3, "it did not get a session of its own\n");
        ok(end_client(start_client("newnone")) == 1, "it got a session without a name\n");

        /* This process joins, keeps it up when the first one goes, and shares it inside, too. */
        hr = log_on(NULL, 0, &session);
        ok(hr == S_OK, "got %#lx\n", hr);
        SetEvent(end);
        ok(end_client(sharer) == 0, "the sharer failed\n");
        if (hr == S_OK)
        {
            ok(!strcmp(name_of(session), profile), "got %s\n", name_of(session));
            hr = log_on(other_profile, 0, &second);
            ok(hr == S_OK, "got %#lx\n", hr);
            if (hr == S_OK)
            {
                ok(!strcmp(name_of(second), profile), "got %s\n", name_of(second));
                log_off(second);
            }
            ok(end_client(start_client("join")) == 2, "it did not get the shared profile\n");
            log_off(session);
        }
        /* and with the last one it is gone */
        ok(end_client(start_client("join")) == 1, "it found a session\n");
        hr = log_on(NULL, 0, &session);
        ok(hr == MAPI_E_LOGON_FAILED, "got %#lx\n", hr);
        winetest_pop_context();
    }
    CloseHandle(shares);
    CloseHandle(end);
}

static void test_not_initialized(void)
{
    IMAPISession *session = (IMAPISession *)0xdeadbeef;
    HRESULT hr;

    hr = log_on(profile, EXPLICIT, &session);
    ok(hr == MAPI_E_NOT_INITIALIZED && !session, "got %#lx, %p\n", hr, session);
}

START_TEST(logon)
{
    char **argv;
    HRESULT hr;

    if (winetest_get_mainargs(&argv) >= 3) ExitProcess(client(argv[2]));
    test_not_initialized();
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = create_profile(profile);
    ok(hr == S_OK, "creating a profile returned %#lx\n", hr);
    hr = create_profile(other_profile);
    ok(hr == S_OK, "creating a profile returned %#lx\n", hr);
    if (hr == S_OK)
    {
        test_bad_arguments();
        test_flags();
        test_default();
        test_shared();
        test_release();
        test_deleted_profile();
        test_threads();
        test_picker();
        test_processes();
        sample_delete_profile(profile);
        sample_delete_profile(other_profile);
    }
    MAPIUninitialize();
    test_not_initialized();
}
