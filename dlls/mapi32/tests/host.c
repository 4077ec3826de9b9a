/*
 * Tests: loading providers, and what a bad one costs
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
 * A profile with two address books: the one a case is about, and the sample one behind it, which
 * has to work whatever the first one does. Why the first one is not there is told by GetLastError
 * in words.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "sample.h"

static const char profile[] = "Host";

/* name: as PR_PROVIDER_DLL_NAME; %s in it is the sample's. */
static BOOL install_books(const char *name)
{
    static const char format[] =
        "[Services]\r\nSAMPLE=Sample\r\n"
        "[SAMPLE]\r\nPR_DISPLAY_NAME=Sample\r\nProviders=FIRST, SECOND\r\n"
        "[FIRST]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_DISPLAY_NAME=First\r\nPR_PROVIDER_DISPLAY=First\r\n"
        "[SECOND]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%%s\r\n"
        "PR_DISPLAY_NAME=Second\r\nPR_PROVIDER_DISPLAY=Second\r\n";
    char inf[2048];

    sprintf(inf, format, name);
    return sample_install_inf(inf);
}

static IMAPISession *log_on(ULONG flags)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | flags, &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    return hr == S_OK ? session : NULL;
}

static void log_off(IMAPISession *session)
{
    HRESULT hr;

    hr = IMAPISession_Logoff(session, 0, 0, 0);
    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    IMAPISession_Release(session);
}

/* Opens the address books of a profile whose first one has that DLL. */
static HRESULT open_books(const char *name, char words[1024])
{
    MAPIERROR *error = NULL;
    IMAPISession *session;
    IAddrBook *book = NULL;
    HRESULT hr, ret;

    words[0] = 0;
    if (!install_books(name)) return E_UNEXPECTED;
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "%s: creating the profile returned %#lx\n", name, hr);
    if (hr != S_OK || !(session = log_on(MAPI_NO_MAIL))) return E_UNEXPECTED;
    sample_log_start();
    ret = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(book != NULL, "%s: no address book\n", name);
    if (ret != S_OK)
    {
        hr = IMAPISession_GetLastError(session, ret, 0, &error);
        ok(hr == S_OK && error, "%s: GetLastError returned %#lx\n", name, hr);
        if (hr == S_OK && error)
        {
            lstrcpynA(words, (char *)error->lpszError, 1024);
            MAPIFreeBuffer(error);
        }
    }
    if (book) IAddrBook_Release(book);
    log_off(session);
    sample_delete_profile(profile);
    return ret;
}

/* ---- names ---- */

static void make_folder(const char *name)
{
    char path[MAX_PATH];

    sprintf(path, "%s\\%s", sample_directory(), name);
    CreateDirectoryA(path, NULL);
}

static void copy_sample(const char *to)
{
    char source[MAX_PATH], target[MAX_PATH];

    sprintf(source, "%s\\sample32.dll", sample_directory());
    sprintf(target, "%s\\%s", sample_directory(), to);
    CopyFileA(source, target, FALSE);
}

static void delete_file(const char *name)
{
    char path[MAX_PATH];

    sprintf(path, "%s\\%s", sample_directory(), name);
    if (!DeleteFileA(path)) RemoveDirectoryA(path);
}

static void test_names(void)
{
    char name[MAX_PATH + 32], words[1024], old[MAX_PATH];
    HRESULT hr;

    sprintf(name, "%s\\sample.dll", sample_directory());
    hr = open_books(name, words);
    ok(hr == S_OK, "%s: %#lx (%s)\n", name, hr, words);
    ok(sample_log_count("ab.Logon") == 2, "%d logons\n", sample_log_count("ab.Logon"));

    /* the name as it stands, when there is none with 32 */
    sprintf(name, "%s\\sample32.dll", sample_directory());
    hr = open_books(name, words);
    ok(hr == S_OK, "%s: %#lx (%s)\n", name, hr, words);
    sprintf(name, "%s\\sample", sample_directory());
    hr = open_books(name, words);
    ok(hr == S_OK, "%s: %#lx (%s)\n", name, hr, words);

    /* a folder with a period, which the documented rule cannot reach */
    make_folder("my.folder");
    copy_sample("my.folder\\other32.dll");
    sprintf(name, "%s\\my.folder\\other.dll", sample_directory());
    hr = open_books(name, words);
    ok(hr == S_OK, "%s: %#lx (%s)\n", name, hr, words);

    /* never from the current directory, bare or relative */
    GetCurrentDirectoryA(sizeof(old), old);
    SetCurrentDirectoryA(sample_directory());
    hr = open_books("sample.dll", words);
    ok(hr == MAPI_W_ERRORS_RETURNED, "bare name: %#lx\n", hr);
    ok(strstr(words, "sample32.dll does not exist") != NULL, "bare name: %s\n", words);
    hr = open_books("my.folder\\other.dll", words);
    ok(hr == MAPI_W_ERRORS_RETURNED, "relative path: %#lx\n", hr);
    ok(strstr(words, "full path") != NULL, "relative path: %s\n", words);
    hr = open_books(".\\sample.dll", words);
    ok(hr == MAPI_W_ERRORS_RETURNED, "relative path: %#lx\n", hr);
    SetCurrentDirectoryA(old);
}

/* ---- files ---- */

static void write_file(const char *name, const void *data, DWORD size)
{
    char path[MAX_PATH];
    FILE *file;

    sprintf(path, "%s\\%s", sample_directory(), name);
    if (!(file = fopen(path, "wb"))) return;
    fwrite(data, 1, size, file);
    fclose(file);
}

/* A copy of the sample that imports a DLL nobody has. */
static BOOL copy_without_import(const char *name)
{
    static BYTE data[4 * 1024 * 1024];
    char path[MAX_PATH];
    BOOL found = FALSE;
    FILE *file;
    size_t size, i;

    sprintf(path, "%s\\sample32.dll", sample_directory());
    if (!(file = fopen(path, "rb"))) return FALSE;
    size = fread(data, 1, sizeof(data), file);
    fclose(file);
    for (i = 0; i + 11 < size; i++)
    {
        if (_strnicmp((char *)data + i, "mapi32.dll", 11)) continue;
        memcpy(data + i, "mapi99.dll", 10);
        found = TRUE;
    }
    write_file(name, data, size);
    return found;
}

/* A DLL of the other width, from the other system directory. */
static BOOL copy_other_width(const char *name)
{
    char source[MAX_PATH], target[MAX_PATH];

    GetWindowsDirectoryA(source, sizeof(source) - 32);
    strcat(source, sizeof(void *) == 8 ? "\\syswow64\\shlwapi.dll" : "\\sysnative\\shlwapi.dll");
    sprintf(target, "%s\\%s", sample_directory(), name);
    return CopyFileA(source, target, FALSE);
}

static void check_file(const char *file, const char *expected)
{
    char name[MAX_PATH + 32], words[1024];
    HRESULT hr;

    sprintf(name, "%s\\%s", sample_directory(), file);
    hr = open_books(name, words);
    ok(hr == MAPI_W_ERRORS_RETURNED, "%s: %#lx\n", file, hr);
    ok(strstr(words, expected) != NULL, "%s: the words are '%s', expected '%s'\n", file, words,
       expected);
    ok(sample_log_count("ab.Logon") == 1, "%s: the other address book was logged on %d times\n",
       file, sample_log_count("ab.Logon"));
}

static void test_files(void)
{
    static const char garbage[] =
        "this is no DLL at all, but long enough to hold the headers that a DLL begins with";
    static const BYTE stump[64] = { 'M', 'Z', [60] = 0xf0, 0xff, 0xff, 0x7f };
    char words[1024];
    HRESULT hr;

    check_file("missing.dll", "missing32.dll does not exist");
    write_file("garbage32.dll", garbage, sizeof(garbage));
    check_file("garbage.dll", "headers are damaged");
    write_file("garbage32.dll", stump, sizeof(stump));
    check_file("garbage.dll", "headers are damaged");
    write_file("garbage32.dll", stump, 0);
    check_file("garbage.dll", "headers are damaged");
    if (copy_without_import("noimport32.dll")) check_file("noimport.dll", "needs mapi99.dll");
    else ok(0, "the sample does not import mapi32.dll\n");
    if (copy_other_width("width32.dll"))
        check_file("width.dll", sizeof(void *) == 8
                                    ? "is a 32-bit (x86) DLL, and this is a 64-bit program"
                                    : "is a 64-bit (x64) DLL, and this is a 32-bit program");
    else skip("no DLL of the other width\n");

    hr = open_books("shlwapi.dll", words);
    ok(hr == MAPI_W_ERRORS_RETURNED, "no entry point: %#lx\n", hr);
    ok(strstr(words, "no entry point ABProviderInit") != NULL, "no entry point: %s\n", words);
}

/* ---- behaviour ---- */

static void check_behavior(const char *behavior, const char *expected)
{
    char name[MAX_PATH + 32], words[1024];
    HRESULT hr;

    /* one DLL misbehaves for both, so only the first one uses it */
    sprintf(name, "%s\\sample.dll", sample_directory());
    sample_behave(behavior);
    hr = open_books(name, words);
    sample_behave(NULL);
    ok(hr == MAPI_W_ERRORS_RETURNED, "%s: %#lx\n", behavior, hr);
    ok(!expected || strstr(words, expected) != NULL, "%s: the words are '%s'\n", behavior, words);
}

static void test_behavior(void)
{
    check_behavior("ab.Init=crash", "ABProviderInit of");
    check_behavior("ab.Init=crash", "crashed");
    check_behavior("ab.Init=raise", "crashed");
    check_behavior("ab.Init=version", "version");
    check_behavior("ab.Init=fail", "failed");
    check_behavior("ab.Logon=crash", NULL);
    check_behavior("ab.Logon=raise", NULL);
    check_behavior("ab.Logon=fail", NULL);
    check_behavior("ab.Logon=failone", NULL);
    check_behavior("ab.Logon=unconfigured", NULL);
}

static HRESULT open_store(IMAPISession *session)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMsgStore *store = NULL;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    hr = rows->cRows ? IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                                 (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb,
                                                 NULL, MDB_NO_DIALOG | MDB_WRITE, &store)
                     : MAPI_E_NOT_FOUND;
    FreeProws(rows);
    ok(SUCCEEDED(hr) == !!store, "hr %#lx, store %p\n", hr, store);
    if (store) IMsgStore_Release(store);
    return hr;
}

/* Whatever one provider does, the session comes up, the others work, and it logs off. */
static void test_sessions(void)
{
    static const struct
    {
        const char *behavior;
        BOOL book, store;       /* work */
    }
    cases[] =
    {
        { "xp.Init=crash", TRUE, TRUE },
        { "xp.Init=version", TRUE, TRUE },
        { "xp.Logon=crash", TRUE, TRUE },
        { "xp.Logon=failone", TRUE, TRUE },
        { "xp.AddressTypes=crash", TRUE, TRUE },
        { "xp.AddressTypes=fail", TRUE, TRUE },
        { "xp.TransportNotify=crash", TRUE, TRUE },
        { "xp.Logoff=crash", TRUE, TRUE },
        { "xp.Logoff=fail", TRUE, TRUE },
        { "xp.Shutdown=crash", TRUE, TRUE },
        { "ab.Init=crash", FALSE, TRUE },
        { "ab.Logon=crash", FALSE, TRUE },
        { "ab.Logoff=crash", TRUE, TRUE },
        { "ab.Shutdown=crash", TRUE, TRUE },
        { "ab.Shutdown=fail", TRUE, TRUE },
        { "ms.Init=crash", TRUE, FALSE },
        { "ms.Init=version", TRUE, FALSE },
        { "ms.Logon=crash", TRUE, FALSE },
        { "ms.Logon=failone", TRUE, FALSE },
        { "ms.SpoolerLogon=crash", TRUE, TRUE },
        { "ms.Logoff=crash", TRUE, TRUE },
        { "ms.Shutdown=crash", TRUE, TRUE },
    };
    IMAPISession *session;
    IAddrBook *book;
    HRESULT hr;
    int i;

    sample_install();
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        winetest_push_context("%s", cases[i].behavior);
        sample_behave(cases[i].behavior);
        if ((session = log_on(0)))
        {
            hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
            ok(hr == (cases[i].book ? S_OK : MAPI_W_ERRORS_RETURNED),
               "OpenAddressBook returned %#lx\n", hr);
            if (SUCCEEDED(hr)) IAddrBook_Release(book);
            hr = open_store(session);
            ok(SUCCEEDED(hr) == cases[i].store, "the store returned %#lx\n", hr);
            log_off(session);
        }
        sample_behave(NULL);
        /* the next session starts afresh */
        if ((session = log_on(0)))
        {
            hr = open_store(session);
            ok(hr == S_OK, "the store returned %#lx afterwards\n", hr);
            log_off(session);
        }
        winetest_pop_context();
    }
    sample_delete_profile(profile);
}

START_TEST(host)
{
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    test_names();
    test_files();
    MAPIUninitialize();
    ok(!GetModuleHandleA("sample32.dll") && !GetModuleHandleA("other32.dll"),
       "a provider is still loaded\n");

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    test_behavior();
    test_sessions();
    MAPIUninitialize();
    /* threads of a provider that crashed may still be in its code */
    ok(GetModuleHandleA("sample32.dll") != NULL, "a provider that crashed was unloaded\n");

    delete_file("my.folder\\other32.dll");
    delete_file("my.folder");
    delete_file("garbage32.dll");
    delete_file("noimport32.dll");
    delete_file("width32.dll");
    sample_remove();
}
