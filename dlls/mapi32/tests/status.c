/*
 * Tests: the status table
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
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "sample.h"

static char profile[] = "StatusTest";

static HRESULT log_on(ULONG flags, IMAPISession **session)
{
    return MAPILogonEx(0, (LPTSTR)profile, NULL,
                       MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | flags, session);
}

static void log_off(IMAPISession *session)
{
    HRESULT hr = IMAPISession_Logoff(session, 0, 0, 0);

    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
}

/* The spooler of a session with mail that has nothing to do. */
#define STATUS_SPOOLER (STATUS_AVAILABLE | STATUS_INBOUND_ENABLED | STATUS_OUTBOUND_ENABLED)

enum
{
    COL_TYPE, COL_CODE, COL_NAME, COL_DLL, COL_FLAGS, COL_METHODS, COL_ENTRYID, COL_INSTANCE, COL_OBJECT,
    COL_ROWID, COL_STRING
};

static SRowSet *status_rows(IMAPISession *session)
{
    static const SizedSPropTagArray(11, columns) =
    {
        11,
        {
            PR_RESOURCE_TYPE, PR_STATUS_CODE, PR_DISPLAY_NAME_A, PR_PROVIDER_DLL_NAME_A, PR_RESOURCE_FLAGS,
            PR_RESOURCE_METHODS, PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_ROWID, PR_STATUS_STRING_A
        }
    };
    IMAPITable *table;
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "GetStatusTable returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "HrQueryAllRows returned %#lx\n", hr);
    IMAPITable_Release(table);
    return rows;
}

/* The n-th row of a resource type. */
static const SPropValue *find_row(const SRowSet *rows, LONG type, ULONG n)
{
    ULONG i;

    for (i = 0; rows && i < rows->cRows; i++)
        if (rows->aRow[i].lpProps[COL_TYPE].Value.l == type && !n--) return rows->aRow[i].lpProps;
    return NULL;
}

static const char *text_of(const SPropValue *prop)
{
    return PROP_TYPE(prop->ulPropTag) == PT_STRING8 ? prop->Value.lpszA : "";
}

static void check_rows(const SRowSet *rows)
{
    const SPropValue *row, *other;
    ULONG i, j;

    for (i = 0; i < rows->cRows; i++)
    {
        row = rows->aRow[i].lpProps;
        for (j = COL_TYPE; j <= COL_ROWID; j++)
            ok(PROP_TYPE(row[j].ulPropTag) != PT_ERROR, "row %lu has no column %lu\n", i, j);
        ok(row[COL_OBJECT].Value.l == MAPI_STATUS, "row %lu is of type %lu\n", i,
           row[COL_OBJECT].Value.l);
        for (j = 0; j < i; j++)
        {
            other = rows->aRow[j].lpProps;
            ok(other[COL_INSTANCE].Value.bin.cb != row[COL_INSTANCE].Value.bin.cb
               || memcmp(other[COL_INSTANCE].Value.bin.lpb, row[COL_INSTANCE].Value.bin.lpb,
                         row[COL_INSTANCE].Value.bin.cb), "rows %lu and %lu have one key\n", j, i);
            ok(other[COL_ROWID].Value.l != row[COL_ROWID].Value.l,
               "rows %lu and %lu have one number\n", j, i);
        }
    }
}

static void test_own_rows(void)
{
    static const LONG types[] = { MAPI_SUBSYSTEM, MAPI_SPOOLER, MAPI_AB };
    IMAPISession *session;
    const SPropValue *row;
    IMAPIStatus *status;
    SPropValue *props;
    unsigned int i;
    ULONG type, count;
    SRowSet *rows;
    HRESULT hr;

    hr = log_on(0, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    if (!(rows = status_rows(session))) return;
    check_rows(rows);
    for (i = 0; i < ARRAY_SIZE(types); i++)
    {
        row = find_row(rows, types[i], 0);
        ok(row != NULL, "no row of type %ld\n", types[i]);
        if (!row) continue;
        ok(!find_row(rows, types[i], 1), "two rows of type %ld\n", types[i]);
        ok(row[COL_CODE].Value.l == (types[i] == MAPI_SPOOLER ? STATUS_SPOOLER : STATUS_AVAILABLE),
           "type %ld: code %#lx\n", types[i], row[COL_CODE].Value.l);

        hr = IMAPISession_OpenEntry(session, row[COL_ENTRYID].Value.bin.cb,
                                    (ENTRYID *)row[COL_ENTRYID].Value.bin.lpb, &IID_IMAPIStatus, 0,
                                    &type, (IUnknown **)&status);
        ok(hr == S_OK && type == MAPI_STATUS, "got %#lx, %lu\n", hr, type);
        if (FAILED(hr)) continue;
        hr = IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPIStatus_SettingsDialog(status, 0, 0);
        ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
        hr = IMAPIStatus_ChangePassword(status, NULL, NULL, 0);
        ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
        hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD | FLUSH_NO_UI);
        ok(hr == (types[i] == MAPI_SPOOLER ? S_OK : MAPI_E_NO_SUPPORT), "got %#lx\n", hr);
        hr = IMAPIStatus_GetProps(status, NULL, 0, &count, &props);
        ok(hr == S_OK && count > 5, "got %#lx, %lu\n", hr, count);
        MAPIFreeBuffer(props);
        ok(!IMAPIStatus_Release(status), "references are left\n");
    }

    row = find_row(rows, MAPI_TRANSPORT_PROVIDER, 0);
    ok(row != NULL, "no transport\n");
    if (row)
    {
        ok(row[COL_CODE].Value.l == STATUS_SPOOLER, "code %#lx\n", row[COL_CODE].Value.l);
        ok(!strcmp(text_of(&row[COL_NAME]), "Sample Transport"), "named %s\n",
           text_of(&row[COL_NAME]));
        /* the provider's own object */
        hr = IMAPISession_OpenEntry(session, row[COL_ENTRYID].Value.bin.cb,
                                    (ENTRYID *)row[COL_ENTRYID].Value.bin.lpb, NULL, 0, &type,
                                    (IUnknown **)&status);
        ok(hr == S_OK && type == MAPI_STATUS, "got %#lx\n", hr);
        if (hr == S_OK)
        {
            hr = IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI);
            ok(hr == S_OK, "got %#lx\n", hr);
            IMAPIStatus_Release(status);
        }
    }
    ok(!find_row(rows, MAPI_STORE_PROVIDER, 0), "a store that nobody opened has a row\n");
    FreeProws(rows);
    log_off(session);

    hr = log_on(MAPI_NO_MAIL, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = status_rows(session);
    ok(!find_row(rows, MAPI_TRANSPORT_PROVIDER, 0), "a transport in a session without mail\n");
    row = find_row(rows, MAPI_SPOOLER, 0);
    ok(row && row[COL_CODE].Value.l == STATUS_FAILURE, "code %#lx\n",
       row ? row[COL_CODE].Value.l : 0);
    FreeProws(rows);
    log_off(session);
}

/* A client that wants mail brings it to a shared session that had none. */
static void test_shared(void)
{
    IMAPISession *session, *second;
    const SPropValue *row;
    SRowSet *rows;
    HRESULT hr;

    hr = log_on(MAPI_NO_MAIL | MAPI_ALLOW_OTHERS, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED | MAPI_NO_MAIL, &second);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = status_rows(session);
    ok(!find_row(rows, MAPI_TRANSPORT_PROVIDER, 0), "a transport without mail\n");
    FreeProws(rows);
    log_off(second);
    hr = MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED, &second);
    ok(hr == S_OK, "got %#lx\n", hr);
    log_off(session);
    rows = status_rows(second);
    row = find_row(rows, MAPI_SPOOLER, 0);
    ok(row && row[COL_CODE].Value.l == STATUS_SPOOLER, "code %#lx\n",
       row ? row[COL_CODE].Value.l : 0);
    ok(find_row(rows, MAPI_TRANSPORT_PROVIDER, 0) != NULL, "no transport\n");
    FreeProws(rows);
    log_off(second);
}

static void test_address_types(void)
{
    IMAPISession *session;
    LPTSTR *types;
    ULONG count;
    HRESULT hr;

    hr = log_on(0, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    hr = IMAPISession_EnumAdrTypes(session, 0, &count, &types);
    ok(hr == S_OK && count == 1 && !strcmp((char *)types[0], "SAMPLE"), "got %#lx, %lu\n", hr,
       count);
    MAPIFreeBuffer(types);
    hr = IMAPISession_EnumAdrTypes(session, MAPI_UNICODE, &count, &types);
    ok(hr == S_OK && count == 1 && !lstrcmpW((WCHAR *)types[0], L"SAMPLE"), "got %#lx, %lu\n", hr,
       count);
    MAPIFreeBuffer(types);
    log_off(session);

    sample_behave("xp.AddressTypes=fail");
    hr = log_on(0, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    sample_behave(NULL);
    hr = IMAPISession_EnumAdrTypes(session, 0, &count, &types);
    ok(hr == S_OK && !count, "got %#lx, %lu\n", hr, count);
    MAPIFreeBuffer(types);
    log_off(session);
}

static const char *words_of(IMAPISession *session, HRESULT result)
{
    static char words[2048];
    MAPIERROR *error;

    words[0] = 0;
    if (IMAPISession_GetLastError(session, result, 0, &error) == S_OK && error && error->lpszError)
        lstrcpynA(words, (char *)error->lpszError, sizeof(words));
    MAPIFreeBuffer(error);
    return words;
}

/* Whatever a transport does, the client gets its session, and can read why there is no
 * transport. */
static void test_transport_failures(void)
{
    static const struct
    {
        const char *behavior;
        BOOL service;           /* the whole service goes */
    }
    tests[] =
    {
        { "xp.Init=fail", FALSE }, { "xp.Init=version", FALSE }, { "xp.Init=crash", FALSE },
        { "xp.Logon=failone", FALSE }, { "xp.Logon=unconfigured", FALSE }, { "xp.Logon=fail", TRUE },
        { "xp.Logon=crash", FALSE }, { "xp.Logon=raise", FALSE }
    };
    IMAPISession *session;
    const SPropValue *row;
    IAddrBook *book;
    char service[32];
    SRowSet *rows;
    unsigned int i;
    HRESULT hr;

    sprintf(service, "sv.Service%d", MSG_SERVICE_CONFIGURE);
    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%s", tests[i].behavior);
        sample_log_start();
        sample_behave(tests[i].behavior);
        hr = log_on(0, &session);
        sample_behave(NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
        if (FAILED(hr)) break;
        ok(strstr(words_of(session, MAPI_W_ERRORS_RETURNED), "Sample Transport") != NULL,
           "said %s\n", words_of(session, MAPI_W_ERRORS_RETURNED));
        rows = status_rows(session);
        check_rows(rows);
        row = find_row(rows, MAPI_TRANSPORT_PROVIDER, 0);
        ok(row && row[COL_CODE].Value.l == STATUS_FAILURE, "code %#lx\n",
           row ? row[COL_CODE].Value.l : 0);
        ok(row && strstr(text_of(&row[COL_STRING]), "Sample Transport"), "the row says %s\n",
           row ? text_of(&row[COL_STRING]) : "nothing");
        ok(!find_row(rows, MAPI_TRANSPORT_PROVIDER, 1), "a row for each attempt\n");
        FreeProws(rows);
        if (!strcmp(tests[i].behavior, "xp.Logon=unconfigured"))
            ok(sample_log_count(service) == 1 && sample_log_count("xp.Logon") == 2,
               "configured %d times\n", sample_log_count(service));

        hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
        ok(hr == (tests[i].service ? MAPI_W_ERRORS_RETURNED : S_OK), "got %#lx\n", hr);
        if (tests[i].service)
        {
            ok(!sample_log_count("ab.Logon"), "a provider of a disabled service was called\n");
            ok(strstr(words_of(session, hr), "disabled") != NULL, "said %s\n",
               words_of(session, hr));
        }
        IAddrBook_Release(book);
        log_off(session);
        ok(sample_log_count("xp.Release") == sample_log_count("xp.Init")
               || strstr(tests[i].behavior, "=crash") || strstr(tests[i].behavior, "=raise")
               || strstr(tests[i].behavior, "Init"),
           "%d of %d providers released\n", sample_log_count("xp.Release"),
           sample_log_count("xp.Init"));
        winetest_pop_context();
    }
}

static const char odd_inf[] =
    "[Services]\r\n"
    "SAMPLE=Odd Providers\r\n"
    "[SAMPLE]\r\n"
    "PR_DISPLAY_NAME=Odd Providers\r\n"
    "Providers=ODD_LAST, ODD_MISSING, ODD_NO_ENTRY, ODD_NAMELESS, ODD_WRONG, ODD_FIRST\r\n"
    "[ODD_LAST]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_RESOURCE_FLAGS=STATUS_XP_PREFER_LAST\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Last\r\n"
    "PR_PROVIDER_DISPLAY=Last\r\n"
    "[ODD_MISSING]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=nothere.dll\r\n"
    "PR_DISPLAY_NAME=Missing\r\n"
    "PR_PROVIDER_DISPLAY=Missing\r\n"
    "[ODD_NO_ENTRY]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=version.dll\r\n"
    "PR_DISPLAY_NAME=No Entry\r\n"
    "PR_PROVIDER_DISPLAY=No Entry\r\n"
    "[ODD_NAMELESS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_DISPLAY_NAME=Nameless\r\n"
    "PR_PROVIDER_DISPLAY=Nameless\r\n"
    "[ODD_FIRST]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=First\r\n"
    "PR_PROVIDER_DISPLAY=First\r\n";

/* A DLL for the other architecture, as far as its headers say, with the section that names it. */
static void make_wrong_dll(char *inf)
{
    IMAGE_DOS_HEADER dos;
    IMAGE_FILE_HEADER header;
    char path[MAX_PATH], sample[MAX_PATH];
    DWORD done, at;
    HANDLE file;

    sprintf(sample, "%s\\sample32.dll", sample_directory());
    sprintf(path, "%s\\wrong32.dll", sample_directory());
    CopyFileA(sample, path, FALSE);
    file = CreateFileA(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    ok(file != INVALID_HANDLE_VALUE, "no copy of the sample\n");
    ReadFile(file, &dos, sizeof(dos), &done, NULL);
    at = dos.e_lfanew + sizeof(DWORD);
    SetFilePointer(file, at, NULL, FILE_BEGIN);
    ReadFile(file, &header, sizeof(header), &done, NULL);
    header.Machine = header.Machine == IMAGE_FILE_MACHINE_I386 ? IMAGE_FILE_MACHINE_AMD64
                                                               : IMAGE_FILE_MACHINE_I386;
    SetFilePointer(file, at, NULL, FILE_BEGIN);
    WriteFile(file, &header, sizeof(header), &done, NULL);
    CloseHandle(file);
    sprintf(inf + strlen(inf), "[ODD_WRONG]\r\nPR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
            "PR_PROVIDER_DLL_NAME=%s\\wrong.dll\r\nPR_DISPLAY_NAME=Wrong\r\nPR_PROVIDER_DISPLAY=Wrong\r\n",
            sample_directory());
}

static void test_odd_providers(void)
{
    static const char *const names[] = { "Missing", "No Entry", "Nameless", "Wrong" };
    IMAPISession *session;
    char inf[4096], path[MAX_PATH];
    const SPropValue *row;
    const char *text;
    SRowSet *rows;
    unsigned int i;
    HRESULT hr;

    strcpy(inf, odd_inf);
    make_wrong_dll(inf);
    if (!sample_install_inf(inf)) return;
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    hr = log_on(0, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    rows = status_rows(session);
    check_rows(rows);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        text = strstr(words_of(session, MAPI_W_ERRORS_RETURNED), names[i]);
        ok(text != NULL, "nothing said of %s\n", names[i]);
        row = find_row(rows, MAPI_TRANSPORT_PROVIDER, i);
        ok(row && row[COL_CODE].Value.l == STATUS_FAILURE, "row %u is fine\n", i);
        ok(row && strstr(text_of(&row[COL_STRING]), names[i]) != NULL, "row %u says %s\n", i,
           row ? text_of(&row[COL_STRING]) : "nothing");
    }
    /* In the order they were logged on: the one that prefers to be last is. Both are one DLL, one
     * provider. */
    row = find_row(rows, MAPI_TRANSPORT_PROVIDER, 3);
    ok(row
           && strstr(text_of(&row[COL_STRING]),
                     sizeof(void *) == 8 ? "32-bit (x86) DLL" : "64-bit (x64) DLL"),
       "said %s\n", row ? text_of(&row[COL_STRING]) : "nothing");
    row = find_row(rows, MAPI_TRANSPORT_PROVIDER, 4);
    ok(row && row[COL_CODE].Value.l != STATUS_FAILURE && !row[COL_FLAGS].Value.l, "flags %#lx\n",
       row ? row[COL_FLAGS].Value.l : ~0);
    row = find_row(rows, MAPI_TRANSPORT_PROVIDER, 5);
    ok(row && row[COL_CODE].Value.l != STATUS_FAILURE
           && row[COL_FLAGS].Value.l == STATUS_XP_PREFER_LAST,
       "flags %#lx\n", row ? row[COL_FLAGS].Value.l : ~0);
    FreeProws(rows);
    log_off(session);
    sprintf(path, "%s\\wrong32.dll", sample_directory());
    DeleteFileA(path);
}

START_TEST(status)
{
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (hr == S_OK)
    {
        test_own_rows();
        test_shared();
        test_address_types();
        test_transport_failures();
        test_odd_providers();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    sample_remove();
}
