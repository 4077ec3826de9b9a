/*
 * Tests: Simple MAPI mail sent through Extended MAPI
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
 * Under a registered client that has Extended MAPI only (fakestore.dll, tests/clients/store of the
 * project), which writes down what it is given. Who answers is decided once a process, so each case
 * is a child process.
 */

#include <stdarg.h>
#include <stdio.h>

#include "windef.h"
#include "winbase.h"
#include "winuser.h"
#include "winreg.h"
#include "objbase.h"
#include "mapi.h"
#include "mapix.h"
#include "wine/test.h"

static const char mail_key[] = "Software\\Clients\\Mail";
static const char own_key[] = "Software\\wine-mapi";
static char file_path[MAX_PATH];

static const char *store_log(void)
{
    const char *(WINAPI * log)(void) = (void *)GetProcAddress(GetModuleHandleA("fakestore.dll"),
                                                              "StoreLog");

    ok(log != NULL, "the client is not loaded\n");
    return log ? log() : "";
}

static ULONG send(FLAGS flags, ULONG recipient_class, const char *path)
{
    char subject[] = "the subject", body[] = "the text", name[] = "Joe",
         address[] = "SMTP:joe@example.org";
    char plain[] = "ann@example.org", other[] = "X400:c=de;a= ";
    MapiRecipDesc recipients[] =
    {
        { 0, recipient_class, name, address, 0, NULL },
        { 0, MAPI_CC, plain, NULL, 0, NULL },
        { 0, MAPI_BCC, NULL, other, 0, NULL }
    };
    MapiFileDesc file = { 0, 0, ~0u, (char *)path, NULL, NULL };
    MapiMessage message = { 0, subject, body, NULL,       NULL,         NULL,
                            0, NULL,    3,    recipients, path ? 1 : 0, &file };

    return MAPISendMail(0, 0, &message, flags, 0);
}

static void expect(const char *what)
{
    ok(strstr(store_log(), what) != NULL, "no '%s' in:\n%s", what, store_log());
}

static void test_unicode(void)
{
    ULONG ret;

    ret = send(0, MAPI_TO, file_path);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    expect("logon 0x60\n");             /* MAPI_EXTENDED | MAPI_USE_DEFAULT */
    expect("store default\n");
    expect("open outbox\n");
    expect("message: 001a001f=IPM.Note 0037001f=the subject 1000001f=the text 0e070003=8");
    expect(" 0e01000b=1");              /* there is no folder for sent mail */
    expect("flags 2\n");                /* MODRECIP_ADD */
    expect("recipient: 0c150003=1 3001001f=Joe 3002001f=SMTP 3003001f=joe@example.org 0fff0102=(");
    expect(
        "recipient: 0c150003=2 3001001f=ann@example.org 3002001f=SMTP 3003001f=ann@example.org 0fff0102=(");
    expect(
        "recipient: 0c150003=3 3001001f=X400:c=de;a=  3002001f=X400 3003001f=c=de;a=  0fff0102=(");
    expect("attachment: 37050003=1 370b0003=-1 3704001f=mapi send.txt 3707001f=mapi send.txt");
    expect("open 37010102\ndata: in the file\nattachment saved\n");
    expect("submit\nlogoff\n");

    ret = send(MAPI_NEW_SESSION, MAPI_TO, NULL);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    expect("logon 0x62\n");
    ok(!strstr(store_log(), "attachment"), "an attachment\n");
}

static void test_ansi(void)
{
    ULONG ret = send(0, MAPI_TO, NULL);

    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    expect("message: 001a001e=IPM.Note 0037001e=the subject 1000001e=the text 0e070003=8");
    expect("recipient: 0c150003=1 3001001e=Joe 3002001e=SMTP 3003001e=joe@example.org 0fff0102=(");
}

static void test_errors(void)
{
    MapiMessage empty = { 0 };
    ULONG ret;

    ret = send(0, 7, NULL);
    ok(ret == MAPI_E_BAD_RECIPTYPE, "got %lu\n", ret);
    ok(!strstr(store_log(), "submit") && strstr(store_log(), "logoff"), "got:\n%s", store_log());
    ret = send(0, MAPI_TO, "Z:\\no such file");
    ok(ret == MAPI_E_ATTACHMENT_NOT_FOUND, "got %lu\n", ret);
    ok(!strstr(store_log(), "submit") && strstr(store_log(), "logoff"), "got:\n%s", store_log());
    ret = MAPISendMail(0, 0, &empty, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    ret = MAPISendMailW(0, 0, (void *)&empty, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
}

static void child(const char *what)
{
    ULONG ret;

    GetTempPathA(MAX_PATH - 32, file_path);
    strcat(file_path, "mapi send.txt");
    if (!strcmp(what, "unicode")) test_unicode();
    else if (!strcmp(what, "ansi")) test_ansi();
    else if (!strcmp(what, "errors")) test_errors();
    else if (!strcmp(what, "refuse"))
    {
        ret = send(0, MAPI_TO, NULL);
        ok(ret == MAPI_E_ACCESS_DENIED, "got %lu\n", ret);
    }
    else
    {
        ret = send(0, MAPI_TO, NULL);
        ok(ret == MAPI_E_LOGON_FAILURE, "got %lu\n", ret);
    }
}

static void set_text(const char *path, const char *name, const char *text)
{
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, path, &key)) return;
    if (text) RegSetValueExA(key, name, 0, REG_SZ, (const BYTE *)text, strlen(text) + 1);
    else RegDeleteValueA(key, name);
    RegCloseKey(key);
}

static BOOL find_client(char *path)
{
    char folder[MAX_PATH], *p;

    GetModuleFileNameA(NULL, path, MAX_PATH);
    if ((p = strrchr(path, '\\'))) strcpy(p + 1, "fakestore.dll");
    if (GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES) return TRUE;
    if (!GetEnvironmentVariableA("SAMPLE_PROVIDERS", folder, MAX_PATH - 64)) return FALSE;
    sprintf(path, "%s\\..\\..\\clients\\store\\fakestore.dll", folder);
    GetFullPathNameA(path, MAX_PATH, folder, NULL);
    strcpy(path, folder);
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

START_TEST(sendmail)
{
    static const char *const cases[] = { "unicode", "ansi", "errors", "refuse", "logon" };
    char client[MAX_PATH], path[MAX_PATH], command[MAX_PATH * 2], saved[MAX_PATH], **argv;
    STARTUPINFOA startup = { sizeof(startup) };
    DWORD ret, size = sizeof(saved);
    PROCESS_INFORMATION info;
    unsigned int i;
    HANDLE file;
    BOOL had;

    if (winetest_get_mainargs(&argv) >= 3)
    {
        child(argv[2]);
        return;
    }
    if (!find_client(client))
    {
        skip("no sample providers, and no fake client beside them\n");
        return;
    }
    GetTempPathA(MAX_PATH - 32, file_path);
    strcat(file_path, "mapi send.txt");
    file = CreateFileA(file_path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    WriteFile(file, "in the file", 11, &ret, NULL);
    CloseHandle(file);

    had = !RegGetValueA(HKEY_CURRENT_USER, mail_key, NULL, RRF_RT_REG_SZ, NULL, saved, &size);
    sprintf(path, "%s\\Test Store", mail_key);
    set_text(path, "DLLPathEx", client);
    set_text(mail_key, NULL, "Test Store");
    set_text(own_key, "SendMail", "client profile");    /* not to the mail program of whoever runs this */
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        SetEnvironmentVariableA("FAKE_STORE", cases[i]);
        winetest_push_context("%s", cases[i]);
        sprintf(command, "\"%s\" sendmail %s", argv[0], cases[i]);
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
    }
    SetEnvironmentVariableA("FAKE_STORE", NULL);
    set_text(mail_key, NULL, had ? saved : NULL);
    set_text(own_key, "SendMail", NULL);
    RegDeleteKeyA(HKEY_CURRENT_USER, path);
    DeleteFileA(file_path);
}
