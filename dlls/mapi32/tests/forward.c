/*
 * Tests: who answers
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
 * Each case writes a registration and runs a child process under it, for who answers is decided
 * once a process. The registered client is fakeclient.dll (tests/clients/fake of the project),
 * looked for beside the test program and near the folder %SAMPLE_PROVIDERS% names; where it is not,
 * those cases are skipped.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "winreg.h"
#include "objbase.h"
#include "mapix.h"
#include "mapiutil.h"
#include "mapi.h"
#include "wine/test.h"

static const char mail_key[] = "Software\\Clients\\Mail";
static const char own_key[] = "Software\\wine-mapi";
static const char programs_key[] = "Software\\Microsoft\\Windows Messaging Subsystem\\MSMapiApps";

static HMODULE fake;
static LONG (WINAPI *fake_calls)(const char *);
static const char *(WINAPI *fake_text)(void);

static BOOL find_fake(void)
{
    if (!(fake = GetModuleHandleA("fakeclient.dll"))) return FALSE;
    fake_calls = (void *)GetProcAddress(fake, "FakeCalls");
    fake_text = (void *)GetProcAddress(fake, "FakeText");
    return fake_calls && fake_text;
}

/* ---- what the child processes see */

static ULONG send(const char *subject, FLAGS flags)
{
    char path[] = "C:\\a file", address[] = "SMTP:joe@example.org", body[] = "the text";
    MapiRecipDesc recipient = { 0, MAPI_TO, address, address, 0, NULL };
    MapiFileDesc file = { 0, 0, ~0u, path, NULL, NULL };
    MapiMessage message = { 0, (char *)subject, body, NULL, NULL, NULL, 0, NULL, 1, &recipient, 1, &file };

    return MAPISendMail(0, 0, &message, flags, 0);
}

static ULONG send_wide(const WCHAR *subject, FLAGS flags)
{
    WCHAR path[] = L"C:\\a file", address[] = L"SMTP:joe@example.org", body[] = L"the text";
    MapiRecipDescW recipient = { 0, MAPI_TO, address, address, 0, NULL };
    MapiFileDescW file = { 0, 0, ~0u, path, NULL, NULL };
    MapiMessageW message = { 0, (WCHAR *)subject, body, NULL, NULL, NULL, 0, NULL, 1, &recipient, 1, &file };

    return MAPISendMailW(0, 0, &message, flags, 0);
}

static void expect_simple_fake(void)
{
    LHANDLE session = 0;
    ULONG ret;

    ret = MAPILogon(0, NULL, NULL, 0, 0, &session);
    ok(ret == SUCCESS_SUCCESS && session == 0x1234, "got %lu, %#Ix\n", ret, session);
    ok(find_fake(), "the client is not loaded\n");
    if (!fake) return;
    ok(fake_calls("MAPILogon") == 1, "got %ld calls\n", fake_calls("MAPILogon"));
    ret = send("first", 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(!strcmp(fake_text(), "first|the text|SMTP:joe@example.org|C:\\a file"), "got %s\n",
       fake_text());
    ret = send_wide(L"second", 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(!strcmp(fake_text(), "second|the text|SMTP:joe@example.org|C:\\a file"), "got %s\n",
       fake_text());
    ret = send_wide(L"third", MAPI_FORCE_UNICODE);
    ok(ret == MAPI_E_UNICODE_NOT_SUPPORTED, "got %lu\n", ret);
    ok(fake_calls("MAPISendMail") == 2, "got %ld calls\n", fake_calls("MAPISendMail"));
    ret = MAPIReadMail(session, 0, NULL, 0, 0, NULL);
    ok(ret == MAPI_E_NO_MESSAGES, "got %lu\n", ret);
    ret = MAPIDeleteMail(session, 0, NULL, 0, 0);       /* which the client has not */
    ok(ret == MAPI_E_NOT_SUPPORTED, "got %lu\n", ret);
    ret = MAPILogoff(session, 0, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
}

static void expect_simple_own(void)
{
    lpMapiRecipDesc recipients = (void *)0xdead;
    lpMapiMessage message = (void *)0xdead;
    MapiMessage broken = { 0 };
    LHANDLE session = 0;
    char id[513] = "x";
    ULONG ret, count = 7;

    ret = MAPILogon(0, NULL, NULL, 0, 0, &session);
    ok(ret == SUCCESS_SUCCESS && session == 1, "got %lu, %#Ix\n", ret, session);
    ret = MAPILogoff(session, 0, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = MAPISendDocuments(0, NULL, NULL, NULL, 0);
    ok(ret == MAPI_E_LOGIN_FAILURE, "got %lu\n", ret);
    ret = MAPIReadMail(session, 0, NULL, 0, 0, (void *)&message);
    ok(ret == MAPI_E_NOT_SUPPORTED && !message, "got %lu, %p\n", ret, message);
    ret = MAPIFindNext(session, 0, NULL, NULL, 0, 0, id);
    ok(ret == MAPI_E_NOT_SUPPORTED && !*id, "got %lu, %s\n", ret, id);
    ret = MAPIAddress(session, 0, NULL, 0, NULL, 0, NULL, 0, 0, &count, &recipients);
    ok(ret == MAPI_E_NOT_SUPPORTED && !count && !recipients, "got %lu, %lu, %p\n", ret, count,
       recipients);
    recipients = (void *)0xdead;
    ret = MAPIResolveName(session, 0, NULL, 0, 0, &recipients);
    ok(ret == MAPI_E_NOT_SUPPORTED && !recipients, "got %lu, %p\n", ret, recipients);

    ret = MAPISendMail(0, 0, NULL, 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    broken.nRecipCount = 3;
    ret = MAPISendMail(0, 0, &broken, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    broken.nRecipCount = 0x7fffffff;
    ret = MAPISendMail(0, 0, &broken, 0, 0);
    ok(ret == MAPI_E_TOO_MANY_RECIPIENTS, "got %lu\n", ret);
    broken.nRecipCount = 0;
    broken.nFileCount = 1;
    ret = MAPISendMailW(0, 0, (void *)&broken, 0, 0);
    ok(ret == MAPI_E_ATTACHMENT_NOT_FOUND, "got %lu\n", ret);
}

static void expect_extended_fake(void)
{
    IMAPISession *session;
    IProfAdmin *admin;
    SRowSet *rows;
    HRESULT hr;
    SCODE ret;
    void *block, *more;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find_fake(), "the client is not loaded\n");
    if (!fake) return;
    ok(fake_calls("MAPIInitialize") == 1, "got %ld calls\n", fake_calls("MAPIInitialize"));
    hr = MAPILogonEx(0, NULL, NULL, 0, &session);
    ok(hr == MAPI_E_TIMEOUT, "got %#lx\n", hr);
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == MAPI_E_TIMEOUT, "got %#lx\n", hr);
    hr = HrQueryAllRows(NULL, NULL, NULL, NULL, 0, &rows);
    ok(hr == MAPI_E_TIMEOUT, "got %#lx\n", hr);

    ret = MAPIAllocateBuffer(16, &block);
    ok(ret == S_OK, "got %#lx\n", ret);
    ok(fake_calls("MAPIAllocateBuffer") == 1, "got %ld calls\n", fake_calls("MAPIAllocateBuffer"));
    ret = MAPIAllocateMore(16, block, &more);
    ok(ret == MAPI_E_NOT_ENOUGH_MEMORY, "got %#lx\n", ret);
    ret = MAPIReallocateBuffer(block, 32, &more);
    ok(ret == MAPI_E_NO_SUPPORT && !more, "got %#lx\n", ret);
    MAPIFreeBuffer(block);
    ok(fake_calls("MAPIFreeBuffer") == 1, "got %ld calls\n", fake_calls("MAPIFreeBuffer"));
    /* a helper of ours frees where the client allocated */
    ret = MAPIAllocateBuffer(sizeof(SRowSet), (void **)&rows);
    ok(ret == S_OK, "got %#lx\n", ret);
    rows->cRows = 0;
    FreeProws(rows);
    ok(fake_calls("MAPIFreeBuffer") == 2, "got %ld calls\n", fake_calls("MAPIFreeBuffer"));

    hr = HrDispatchNotifications(0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ret = ScInitMapiUtil(0);            /* which the client has not */
    ok(ret == S_OK, "got %#lx\n", ret);
    DeinitMapiUtil();
    MAPIUninitialize();
    ok(fake_calls("MAPIUninitialize") == 1, "got %ld calls\n", fake_calls("MAPIUninitialize"));
}

static void expect_extended_own(void)
{
    IMAPISession *session = (void *)0xdead;
    void *block;
    HRESULT hr;

    hr = MAPILogonEx(0, NULL, NULL, 0, &session);
    ok(hr == MAPI_E_NOT_INITIALIZED && !session, "got %#lx, %p\n", hr, session);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrDispatchNotifications(0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(MAPIAllocateBuffer(16, &block) == S_OK, "failed\n");
    ok(MAPIReallocateBuffer(block, 32, &block) == S_OK, "failed\n");
    ok(MAPIFreeBuffer(block) == S_OK, "failed\n");
    MAPIUninitialize();
    if (find_fake()) ok(!fake_calls("MAPIInitialize"), "the client was asked\n");
}

static void expect_circle(void)
{
    LHANDLE session = 0;
    void *block, *more;
    HRESULT hr;
    ULONG ret;
    LONG calls;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(find_fake(), "the client is not loaded\n");
    if (!fake) return;
    ok(fake_calls("MAPIInitialize") == 1, "got %ld calls\n", fake_calls("MAPIInitialize"));
    ok(MAPIAllocateBuffer(100, &block) == S_OK, "failed\n");
    ok(MAPIAllocateMore(100, block, &more) == S_OK, "failed\n");
    ok(MAPIFreeBuffer(block) == S_OK, "failed\n");
    ok(fake_calls("MAPIAllocateBuffer") == 1, "got %ld calls\n", fake_calls("MAPIAllocateBuffer"));
    ok(fake_calls("MAPIFreeBuffer") == 1, "got %ld calls\n", fake_calls("MAPIFreeBuffer"));
    ret = MAPILogon(0, NULL, NULL, 0, 0, &session);
    ok(ret == SUCCESS_SUCCESS && session == 1, "got %lu, %#Ix\n", ret, session);
    ok(fake_calls("MAPILogon") == 1, "got %ld calls\n", fake_calls("MAPILogon"));
    /* the logon has looked for a profile, and undone what it did for that */
    calls = fake_calls("MAPIUninitialize");
    ok(calls == fake_calls("MAPIInitialize") - 1, "got %ld calls\n", calls);
    MAPIUninitialize();
    ok(fake_calls("MAPIUninitialize") == calls + 1, "got %ld calls\n",
       fake_calls("MAPIUninitialize"));
}

static void child(const char *extended, const char *simple)
{
    ok(!GetModuleHandleA("fakeclient.dll"), "the client was loaded before it was needed\n");
    if (!strcmp(extended, "circle")) expect_circle();
    else if (!strcmp(extended, "fake")) expect_extended_fake();
    else expect_extended_own();
    if (!strcmp(simple, "fake")) expect_simple_fake();
    else if (!strcmp(simple, "own")) expect_simple_own();
}

/* ---- the cases */

static void set_text(HKEY root, const char *path, const char *name, const char *text)
{
    HKEY key;

    if (RegCreateKeyExA(root, path, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL)) return;
    if (text) RegSetValueExA(key, name, 0, REG_SZ, (const BYTE *)text, strlen(text) + 1);
    else RegDeleteValueA(key, name);
    RegCloseKey(key);
}

static char *get_text(HKEY root, const char *path, const char *name)
{
    DWORD size = MAX_PATH;
    char *text = malloc(MAX_PATH);

    if (!RegGetValueA(root, path, name, RRF_RT_REG_SZ, NULL, text, &size)) return text;
    free(text);
    return NULL;
}

struct registration
{
    const char *name;
    const char *default_client;
    const char *simple;                 /* "%" stands for the path of the fake client */
    const char *extended;
    const char *subsystem;
    const char *previous;
    const char *program;                /* client for the test program */
    const char *behave;
    const char *expect;                 /* extended, simple */
};

static void run(const struct registration *test, const char *client, const char *program)
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    char command[MAX_PATH * 2], path[MAX_PATH], **argv;
    DWORD ret;

    winetest_get_mainargs(&argv);
    sprintf(path, "%s\\Test Client", mail_key);
    set_text(HKEY_CURRENT_USER, mail_key, NULL, test->default_client);
    set_text(HKEY_CURRENT_USER, path, "DLLPath",
             test->simple && *test->simple == '%' ? client : test->simple);
    set_text(HKEY_CURRENT_USER, path, "DLLPathEx",
             test->extended && *test->extended == '%' ? client : test->extended);
    sprintf(path, "%s\\Test Self", mail_key);
    set_text(HKEY_CURRENT_USER, path, "DLLPath", "C:\\windows\\system32\\mapi32.dll");
    set_text(HKEY_CURRENT_USER, path, "DLLPathEx", "C:\\windows\\system32\\mapi32.dll");
    set_text(HKEY_CURRENT_USER, own_key, "Subsystem", test->subsystem);
    set_text(HKEY_LOCAL_MACHINE, own_key, "PreviousClient", test->previous);
    set_text(HKEY_LOCAL_MACHINE, programs_key, program, test->program);
    SetEnvironmentVariableA("FAKE_CLIENT", test->behave);

    winetest_push_context("%s", test->name);
    sprintf(command, "\"%s\" forward %s", argv[0], test->expect);
    if (CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info))
    {
        ret = WaitForSingleObject(info.hProcess, 60000);
        ok(ret == WAIT_OBJECT_0, "the process does not end\n");
        if (ret) TerminateProcess(info.hProcess, 1);
        GetExitCodeProcess(info.hProcess, &ret);
        ok(!ret, "%lu failures in the process\n", ret);
        CloseHandle(info.hThread);
        CloseHandle(info.hProcess);
    }
    else ok(0, "no process: error %lu\n", GetLastError());
    winetest_pop_context();

    sprintf(path, "%s\\Test Client", mail_key);
    RegDeleteKeyA(HKEY_CURRENT_USER, path);
    sprintf(path, "%s\\Test Self", mail_key);
    RegDeleteKeyA(HKEY_CURRENT_USER, path);
    set_text(HKEY_LOCAL_MACHINE, programs_key, program, NULL);
}

static BOOL find_client(char *path)
{
    char folder[MAX_PATH], *p;

    GetModuleFileNameA(NULL, path, MAX_PATH);
    if ((p = strrchr(path, '\\'))) strcpy(p + 1, "fakeclient.dll");
    if (GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES) return TRUE;
    if (!GetEnvironmentVariableA("SAMPLE_PROVIDERS", folder, MAX_PATH - 64)) return FALSE;
    sprintf(path, "%s\\..\\..\\clients\\fake\\fakeclient.dll", folder);
    GetFullPathNameA(path, MAX_PATH, folder, NULL);
    strcpy(path, folder);
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

START_TEST(forward)
{
    static const struct registration tests[] =
    {
        { "both", "Test Client", "%", "%", NULL, NULL, NULL, NULL, "fake fake" },
        { "only simple", "Test Client", "%", NULL, NULL, NULL, NULL, NULL, "own fake" },
        { "only extended", "Test Client", NULL, "%", NULL, NULL, NULL, NULL, "fake fake" },
        { "circle", "Test Client", "%", "%", NULL, NULL, NULL, "circle", "circle none" },
        { "own", "Test Client", "%", "%", "own", NULL, NULL, NULL, "own fake" },
        { "registered", "Test Client", "%", "%", "registered", NULL, NULL, NULL, "fake fake" },
        { "ourselves", "Test Self", NULL, NULL, NULL, NULL, NULL, NULL, "own own" },
        { "plain mapi32.dll", "Test Client", "mapi32.dll", "mapi32.dll", NULL, NULL, NULL, NULL, "own own" },
        { "mapistub.dll", "Test Client", "mapistub.dll", "mapistub.dll", NULL, NULL, NULL, NULL, "own own" },
        { "missing", "Test Client", "C:\\no\\such.dll", "no such.dll", NULL, NULL, NULL, NULL, "own own" },
        { "no extended MAPI", "Test Client", NULL, "ole32.dll", NULL, NULL, NULL, NULL, "own own" },
        { "unknown client", "No Such Client", "%", "%", NULL, NULL, NULL, NULL, "own own" },
        { "previous client", "Test Self", "%", "%", NULL, "Test Client", NULL, NULL, "own fake" },
        { "previous, registered", "Test Self", "%", "%", "registered", "Test Client", NULL, NULL, "fake fake" },
        { "previous is ourselves", "Test Self", "%", "%", "registered", "Test Self", NULL, NULL, "own own" },
        { "for this program", "No Such Client", "%", "%", NULL, NULL, "Test Client", NULL, "fake fake" },
        { "none for this program", "Test Client", "%", "%", NULL, NULL, "", NULL, "own own" }
    };
    char client[MAX_PATH], program[MAX_PATH], **argv, *name;
    char *saved_default, *saved_subsystem, *saved_previous, *saved_order;
    unsigned int i;
    BOOL found;

    if (winetest_get_mainargs(&argv) >= 4)
    {
        child(argv[2], argv[3]);
        return;
    }

    if (!(found = find_client(client)))
        skip("no sample providers, and no fake client beside them\n");
    GetModuleFileNameA(NULL, program, sizeof(program));
    name = strrchr(program, '\\') ? strrchr(program, '\\') + 1 : program;
    saved_default = get_text(HKEY_CURRENT_USER, mail_key, NULL);
    saved_subsystem = get_text(HKEY_CURRENT_USER, own_key, "Subsystem");
    saved_previous = get_text(HKEY_LOCAL_MACHINE, own_key, "PreviousClient");
    saved_order = get_text(HKEY_CURRENT_USER, own_key, "SendMail");
    /* not to the mail program of whoever runs this */
    set_text(HKEY_CURRENT_USER, own_key, "SendMail", "client profile");
    for (i = 0; i < ARRAY_SIZE(tests); i++)
        if (found || strstr(tests[i].expect, "own own")) run(&tests[i], client, name);
    set_text(HKEY_CURRENT_USER, mail_key, NULL, saved_default);
    set_text(HKEY_CURRENT_USER, own_key, "Subsystem", saved_subsystem);
    set_text(HKEY_LOCAL_MACHINE, own_key, "PreviousClient", saved_previous);
    set_text(HKEY_CURRENT_USER, own_key, "SendMail", saved_order);
    free(saved_order);
    free(saved_default);
    free(saved_subsystem);
    free(saved_previous);
}
