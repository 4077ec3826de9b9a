/*
 * Tests for Simple MAPI messages that go to the mail program of the Unix side
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
 * MailCommand names a shell script of this test's, which writes down its arguments, and what is in
 * the files among them. tests/e2e/nativemail.sh tries the mail programs that are known.
 */

#include <stdarg.h>
#include <stdio.h>

#include "windef.h"
#include "winbase.h"
#include "winnls.h"
#include "winreg.h"
#include "mapi.h"
#include "wine/test.h"

static const char own_key[] = "Software\\wine-mapi";
static char folder[MAX_PATH], received[8192];

static void set_text(const char *name, const char *text)
{
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, own_key, &key)) return;
    if (text) RegSetValueExA(key, name, 0, REG_SZ, (const BYTE *)text, strlen(text) + 1);
    else RegDeleteValueA(key, name);
    RegCloseKey(key);
}

static char *path_of(const char *name)
{
    static char paths[4][MAX_PATH + 32];
    static unsigned int next;
    char *path = paths[next++ % ARRAY_SIZE(paths)];

    sprintf(path, "%s\\%s", folder, name);
    return path;
}

static void write_file(const char *path, const char *text)
{
    HANDLE file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD size;

    ok(file != INVALID_HANDLE_VALUE, "%s: error %lu\n", path, GetLastError());
    WriteFile(file, text, strlen(text), &size, NULL);
    CloseHandle(file);
}

/* What the command wrote down, "" for nothing. */
static const char *take_received(void)
{
    char *path = path_of("received");
    HANDLE file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    DWORD size = 0;

    if (file != INVALID_HANDLE_VALUE)
    {
        ReadFile(file, received, sizeof(received) - 1, &size, NULL);
        CloseHandle(file);
        DeleteFileA(path);
    }
    received[size] = 0;
    return received;
}

#define expect(text) expect_(__LINE__, text)
static void expect_(unsigned int line, const char *text)
{
    const char *found = take_received();

    ok_(__FILE__, line)(strstr(found, text) != NULL, "no %s in\n%s", text, found);
}

static ULONG send_one(ULONG class, const char *name, const char *address, const char *path)
{
    MapiRecipDesc recipient = { 0, class, (char *)name, (char *)address, 0, NULL };
    MapiFileDesc file = { 0, 0, ~0u, (char *)path, NULL, NULL };
    MapiMessage message = { 0 };

    message.lpszSubject = (char *)"the subject";
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    message.nFileCount = path ? 1 : 0;
    message.lpFiles = &file;
    return MAPISendMail(0, 0, &message, 0, 0);
}

static void test_errors(void)
{
    static const struct
    {
        ULONG class;
        const char *name, *address;
        const char *file;
        ULONG expect;
    }
    tests[] =
    {
        { 7, NULL, "ann@example.org", NULL, MAPI_E_BAD_RECIPTYPE },
        { MAPI_TO, "Ann", "X400:c=de;a= ", NULL, MAPI_E_INVALID_RECIPS },
        { MAPI_TO, "Ann", "SMTP:", NULL, MAPI_E_INVALID_RECIPS },
        { MAPI_TO, NULL, "ann@example.org\nBcc: bob@example.org", NULL, MAPI_E_INVALID_RECIPS },
        { MAPI_TO, NULL, "ann@example.org", "nonesuch.txt", MAPI_E_ATTACHMENT_NOT_FOUND },
        { MAPI_TO, NULL, "ann@example.org", "no such\\folder.txt", MAPI_E_ATTACHMENT_NOT_FOUND },
        { MAPI_TO, NULL, "ann@example.org", ".", MAPI_E_ATTACHMENT_OPEN_FAILURE }
    };
    const char *found;
    unsigned int i;
    ULONG ret;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%u", i);
        ret = send_one(tests[i].class, tests[i].name, tests[i].address,
                       tests[i].file ? path_of(tests[i].file) : NULL);
        ok(ret == tests[i].expect, "got %lu, expected %lu\n", ret, tests[i].expect);
        found = take_received();
        ok(!*found, "received %s\n", found);
        winetest_pop_context();
    }
}

static void test_send(void)
{
    char *path = path_of("file.txt");
    ULONG ret;

    /* The caller deletes its file at once. */
    write_file(path, "in the file");
    ret = send_one(MAPI_TO, "Ann", "SMTP:ann@example.org", path);
    DeleteFileA(path);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    expect("/file.txt\nholds: in the file\nann@example.org\n");

    ret = send_one(MAPI_BCC, "bob@example.org", NULL, NULL);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    expect("--utf8\n--bcc\nbob@example.org\n--subject\nthe subject\n");
}

/* Wide text, and two files of one name. */
static void test_wide(void)
{
    MapiRecipDescW recipient = { 0, MAPI_CC, NULL, (WCHAR *)L"ann@example.org", 0, NULL };
    WCHAR first[MAX_PATH], second[MAX_PATH];
    MapiFileDescW files[2] = { { 0 } };
    MapiMessageW message = { 0 };
    const char *found;
    ULONG ret;

    write_file(path_of("1.txt"), "first");
    write_file(path_of("2.txt"), "second");
    MultiByteToWideChar(CP_ACP, 0, path_of("1.txt"), -1, first, MAX_PATH);
    MultiByteToWideChar(CP_ACP, 0, path_of("2.txt"), -1, second, MAX_PATH);
    files[0].lpszPathName = first;
    files[1].lpszPathName = second;
    files[0].lpszFileName = files[1].lpszFileName = (WCHAR *)L"same name.txt";
    message.lpszSubject = (WCHAR *)L"\x0416 \x65e5\x672c";
    message.lpszNoteText = (WCHAR *)L"$(id) 'one'\r\n\x00fc";
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    message.nFileCount = 2;
    message.lpFiles = files;
    ret = MAPISendMailW(0, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    found = take_received();
    ok(strstr(found,
              "--subject\n\xd0\x96 \xe6\x97\xa5\xe6\x9c\xac\n--body\n$(id) 'one'\n\xc3\xbc\n")
           != NULL,
       "got\n%s", found);
    ok(strstr(found, "/1/same name.txt\nholds: first\n")
           && strstr(found, "/2/same name.txt\nholds: second\n"),
       "got\n%s", found);
    DeleteFileA(path_of("1.txt"));
    DeleteFileA(path_of("2.txt"));
}

static void test_command(void)
{
    ULONG ret;

    set_text("MailCommand", "false");
    ret = send_one(MAPI_TO, NULL, "ann@example.org", NULL);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    set_text("MailCommand", "no-such-program-anywhere");
    ret = send_one(MAPI_TO, NULL, "ann@example.org", NULL);
    ok(ret == MAPI_E_LOGON_FAILURE, "got %lu\n", ret);
    set_text("MailCommand", NULL);
}

START_TEST(nativemail)
{
    char *(CDECL * get_unix_name)(const WCHAR *) = (void *)
        GetProcAddress(GetModuleHandleA("kernel32.dll"), "wine_get_unix_file_name");
    char command[MAX_PATH * 4], temp[MAX_PATH], *unix_name;
    WCHAR path[MAX_PATH];

    if (!get_unix_name)
    {
        skip("there is no Unix side\n");
        return;
    }
    GetTempPathA(sizeof(temp), temp);
    sprintf(folder, "%smapitest mail", temp);
    CreateDirectoryA(folder, NULL);
    write_file(path_of("record"),
               "cd \"${0%/*}\" || exit\n"
               "for word\n"
               "do\n"
               "    printf '%s\\n' \"$word\"\n"
               "    [ ! -f \"$word\" ] || { printf 'holds: '; cat \"$word\"; echo; }\n"
               "done >received.new\n"
               "mv received.new received\n");
    MultiByteToWideChar(CP_ACP, 0, path_of("record"), -1, path, MAX_PATH);
    unix_name = get_unix_name(path);
    sprintf(command, "sh '%s'", unix_name);
    HeapFree(GetProcessHeap(), 0, unix_name);
    set_text("SendMail", "native");
    set_text("MailCommand", command);

    test_errors();
    test_send();
    test_wide();
    test_command();

    set_text("SendMail", NULL);
    set_text("MailCommand", NULL);
    DeleteFileA(path_of("record"));
    DeleteFileA(path_of("received"));
    ok(RemoveDirectoryA(folder), "something is left in %s\n", folder);
}
