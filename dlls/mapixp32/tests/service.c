/*
 * Tests: the message service MAPIXP, its settings, its sheet, and its transport in a session
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


/* No server is needed: nothing listens on port 1 of the loopback. Conversations are in
 * tests/e2e/transport.sh. */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <initguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapixp.h>

#include "wine/test.h"
#include "../../mapi32/tests/profiles.h"
#include "../../mapi32/tests/sheetdrive.h"

static const char profile[] = "mapitest mapixp";

static const char inf[] =
    "[Services]\r\nMAPIXP=Internet Mail\r\n"
    "[MAPIXP]\r\nPR_DISPLAY_NAME=Internet Mail\r\nProviders=MAPIXP_XP\r\n"
    "PR_SERVICE_DLL_NAME=mapixp.dll\r\nPR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[MAPIXP_XP]\r\nPR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\nPR_PROVIDER_DLL_NAME=mapixp.dll\r\n"
    "PR_DISPLAY_NAME=Internet Mail\r\nPR_PROVIDER_DISPLAY=Internet Mail\r\n";

static IMsgServiceAdmin *make_profile(MAPIUID *service)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID } };
    IMsgServiceAdmin *services = NULL;
    IProfAdmin *admin;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "MAPIAdminProfiles returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, 0);
    ok(hr == S_OK, "CreateProfile returned %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "AdminServices returned %#lx\n", hr);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return NULL;
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR) "MAPIXP", (LPTSTR) "Internet Mail", 0,
                                           0);
    ok(hr == S_OK, "CreateMsgService returned %#lx\n", hr);
    hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    ok(hr == S_OK, "GetMsgServiceTable returned %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "HrQueryAllRows returned %#lx\n", hr);
    memcpy(service, rows->aRow[0].lpProps[0].Value.bin.lpb, sizeof(*service));
    FreeProws(rows);
    IMAPITable_Release(table);
    return services;
}

/* The settings of the transport, as the profile has them. */
static IProfSect *open_section(IMsgServiceAdmin *services)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_PROVIDER_UID } };
    IProfSect *section = NULL;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = IMsgServiceAdmin_GetProviderTable(services, 0, &table);
    ok(hr == S_OK, "GetProviderTable returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "HrQueryAllRows returned %#lx\n", hr);
    hr = IMsgServiceAdmin_OpenProfileSection(services,
                                             (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb,
                                             NULL, MAPI_FORCE_ACCESS, &section);
    ok(hr == S_OK, "OpenProfileSection returned %#lx\n", hr);
    FreeProws(rows);
    IMAPITable_Release(table);
    return section;
}

static void check_setting(IMsgServiceAdmin *services, ULONG tag, const WCHAR *text, LONG number)
{
    IProfSect *section = open_section(services);
    SPropValue *prop = NULL;
    HRESULT hr;

    if (!section) return;
    hr = HrGetOneProp((IMAPIProp *)section, tag, &prop);
    ok(hr == S_OK, "%#lx: %#lx\n", tag, hr);
    if (SUCCEEDED(hr) && text)
        ok(!lstrcmpW(prop->Value.lpszW, text), "%#lx is %s\n", tag,
           wine_dbgstr_w(prop->Value.lpszW));
    else if (SUCCEEDED(hr)) ok(prop->Value.l == number, "%#lx is %ld\n", tag, prop->Value.l);
    MAPIFreeBuffer(prop);
    IProfSect_Release(section);
}

static HRESULT configure(IMsgServiceAdmin *services, MAPIUID *service, const WCHAR *smtp)
{
    SPropValue props[9];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MAPIXP_ADDRESS;
    props[0].Value.lpszW = (WCHAR *)L"joe@test.example";
    props[1].ulPropTag = PR_MAPIXP_SMTP_HOST;
    props[1].Value.lpszW = (WCHAR *)smtp;
    props[2].ulPropTag = PR_MAPIXP_SMTP_PORT;
    props[2].Value.l = 1;
    props[3].ulPropTag = PR_MAPIXP_RECEIVE;
    props[3].Value.l = MAPIXP_RECEIVE_IMAP;
    props[4].ulPropTag = PR_MAPIXP_RECEIVE_HOST;
    props[4].Value.lpszW = (WCHAR *)L"127.0.0.1";
    props[5].ulPropTag = PR_MAPIXP_RECEIVE_PORT;
    props[5].Value.l = 1;
    props[6].ulPropTag = PR_MAPIXP_USER;
    props[6].Value.lpszW = (WCHAR *)L"joe";
    props[7].ulPropTag = PR_MAPIXP_PASSWORD;
    props[7].Value.lpszW = (WCHAR *)L"secret";
    props[8].ulPropTag = PR_MAPIXP_RECEIVE_SECURITY;
    props[8].Value.l = MAPIXP_SECURITY_NONE;
    return IMsgServiceAdmin_ConfigureMsgService(services, service, 0, 0, ARRAY_SIZE(props), props);
}

static void test_settings(IMsgServiceAdmin *services, MAPIUID *service)
{
    HRESULT hr = configure(services, service, L"127.0.0.1");

    ok(hr == S_OK, "ConfigureMsgService returned %#lx\n", hr);
    check_setting(services, PR_MAPIXP_ADDRESS, L"joe@test.example", 0);
    check_setting(services, PR_MAPIXP_SMTP_PORT, NULL, 1);
    check_setting(services, PR_MAPIXP_PASSWORD, L"secret", 0);
    check_setting(services, PR_MAPIXP_RECEIVE_SECURITY, NULL, MAPIXP_SECURITY_NONE);
}

static IMAPISession *logon(void)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED, &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    return SUCCEEDED(hr) ? session : NULL;
}

/* The transport's row of the status table; NULL: it has none. */
static SRowSet *status_row(IMAPISession *session)
{
    static const SizedSPropTagArray(4, columns)
        = { 4, { PR_ENTRYID, PR_STATUS_CODE, PR_STATUS_STRING_A, PR_RESOURCE_METHODS } };
    SPropValue value;
    SRestriction restriction;
    IMAPITable *table;
    SRowSet *rows = NULL;
    HRESULT hr;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_RESOURCE_TYPE;
    value.Value.l = MAPI_TRANSPORT_PROVIDER;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_RESOURCE_TYPE;
    restriction.res.resProperty.lpProp = &value;
    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "GetStatusTable returned %#lx\n", hr);
    if (FAILED(hr)) return NULL;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, 0, &rows);
    ok(hr == S_OK, "HrQueryAllRows returned %#lx\n", hr);
    IMAPITable_Release(table);
    if (FAILED(hr) || rows->cRows) return SUCCEEDED(hr) ? rows : NULL;
    FreeProws(rows);
    return NULL;
}

static BOOL row_says(IMAPISession *session, const char *text)
{
    SRowSet *row = status_row(session);
    BOOL ret;

    if (!row) return FALSE;
    ret = row->aRow[0].lpProps[2].ulPropTag == PR_STATUS_STRING_A
          && strstr(row->aRow[0].lpProps[2].Value.lpszA, text)
          && row->aRow[0].lpProps[1].Value.l & STATUS_FAILURE;
    FreeProws(row);
    return ret;
}

static void test_status(IMAPISession *session)
{
    static const LONG methods = STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG
                                | STATUS_CHANGE_PASSWORD | STATUS_FLUSH_QUEUES;
    SRowSet *row = status_row(session);
    IMAPIStatus *status = NULL;
    ULONG type;
    HRESULT hr;

    ok(row != NULL, "the transport has no row\n");
    if (!row) return;
    ok(row->aRow[0].lpProps[3].Value.l == methods, "methods %#lx\n",
       row->aRow[0].lpProps[3].Value.l);
    hr = IMAPISession_OpenEntry(session, row->aRow[0].lpProps[0].Value.bin.cb,
                                (ENTRYID *)row->aRow[0].lpProps[0].Value.bin.lpb, NULL, MAPI_MODIFY,
                                &type, (IUnknown **)&status);
    ok(hr == S_OK && type == MAPI_STATUS, "OpenEntry returned %#lx\n", hr);
    FreeProws(row);
    if (FAILED(hr)) return;

    hr = IMAPIStatus_ValidateState(status, 0, 0x800000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPIStatus_ValidateState(status, 0, REFRESH_XP_HEADER_CACHE);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IMAPIStatus_SettingsDialog(status, 0, 0x800000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPIStatus_ChangePassword(status, NULL, (LPTSTR)"x", 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPIStatus_ChangePassword(status, (LPTSTR)"x", (LPTSTR)"x", 0x800000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPIStatus_ChangePassword(status, (LPTSTR)"no secret", (LPTSTR)"x", 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMAPIStatus_ChangePassword(status, (LPTSTR)"secret", (LPTSTR)"new", 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIStatus_ChangePassword(status, (LPTSTR)L"new", (LPTSTR)L"secret", MAPI_UNICODE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI);
    ok(hr == S_OK, "got %#lx\n", hr);
    SHEET_WAIT(row_says(session, "No mail comes in: no connection to 127.0.0.1, port 1"));
    IMAPIStatus_Release(status);
}

static void test_address_types(IMAPISession *session)
{
    ULONG count = 0, i;
    LPTSTR *types;
    HRESULT hr;

    hr = IMAPISession_EnumAdrTypes(session, 0, &count, &types);
    ok(hr == S_OK, "EnumAdrTypes returned %#lx\n", hr);
    if (FAILED(hr)) return;
    for (i = 0; i < count && lstrcmpiA((char *)types[i], "SMTP"); i++) {}
    ok(i < count, "SMTP is none of %lu types\n", count);
    MAPIFreeBuffer(types);
}

static void test_options(IMAPISession *session)
{
    SPropValue *props;
    ULONG count = 0;
    HRESULT hr;

    hr = IMAPISession_QueryDefaultMessageOpt(session, (LPTSTR)"SMTP", 0, &count, &props);
    ok(hr == MAPI_E_NOT_FOUND, "QueryDefaultMessageOpt returned %#lx\n", hr);
}

/* A transport whose settings do not do is left out; the session goes on without. */
static void test_unusable(IMsgServiceAdmin *services, MAPIUID *service)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = configure(services, service, L"no host");
    ok(hr == S_OK, "ConfigureMsgService returned %#lx\n", hr);
    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED, &session);
    ok(SUCCEEDED(hr), "MAPILogonEx returned %#lx\n", hr);
    if (FAILED(hr)) return;
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    hr = configure(services, service, L"127.0.0.1");
    ok(hr == S_OK, "ConfigureMsgService returned %#lx\n", hr);
}

/* ---- the sheet ---- */

static const WCHAR title[] = L"Internet Mail";

/* The n-th child of that class. */
static HWND child(HWND page, const WCHAR *class, int n)
{
    HWND window = NULL;

    while (n-- >= 0 && (window = FindWindowExW(page, window, class, NULL))) {}
    ok(window != NULL, "the page has fewer controls\n");
    return window;
}

/* As a user does who then goes on to another control. */
static void type(HWND control, const WCHAR *text)
{
    SendMessageW(control, EM_SETSEL, 0, -1);
    SendMessageW(control, EM_REPLACESEL, FALSE, (LPARAM)text);
    SendMessageW(GetParent(control), WM_COMMAND, MAKEWPARAM(GetDlgCtrlID(control), EN_KILLFOCUS),
                 (LPARAM)control);
}

static DWORD WINAPI drive(void *param)
{
    const WCHAR *words;
    WCHAR text[100];
    HWND sheet, page, all;

    if (!(sheet = sheet_wait(title))) return 0;
    ok(sheet_page_count(sheet) == 2, "%d pages\n", sheet_page_count(sheet));
    page = sheet_page(sheet);
    SendMessageW(child(page, L"Edit", 1), WM_GETTEXT, ARRAY_SIZE(text), (LPARAM)text);
    ok(!lstrcmpW(text, L"joe@test.example"), "address %s\n", wine_dbgstr_w(text));
    /* What cannot be used is told in words. */
    type(child(page, L"Edit", 1), L"nobody");
    PostMessageW(child(page, L"Button", 1), BM_CLICK, 0, 0);
    words = sheet_message(title);
    ok(wcsstr(words, L"no e-mail address to send from") != NULL, "words %s\n",
       wine_dbgstr_w(words));
    type(child(page, L"Edit", 1), L"jill@test.example");
    PostMessageW(child(page, L"Button", 1), BM_CLICK, 0, 0);
    words = sheet_message(title);
    ok(wcsstr(words, L"no connection to 127.0.0.1, port 1") != NULL, "words %s\n",
       wine_dbgstr_w(words));
    page = sheet_go_to(sheet, 1);
    SendMessageW(child(page, L"Edit", 0), WM_GETTEXT, ARRAY_SIZE(text), (LPARAM)text);
    ok(!lstrcmpW(text, L"127.0.0.1"), "server %s\n", wine_dbgstr_w(text));
    type(child(page, L"Edit", 1), L"2525");
    all = FindWindowExW(page, NULL, L"Button", L"A&ll folders (IMAP)");
    ok(all != NULL, "the folders cannot be chosen\n");
    ok(SendMessageW(all, BM_GETCHECK, 0, 0) != BST_CHECKED, "all folders are chosen already\n");
    SendMessageW(all, BM_CLICK, 0, 0);
    sheet_press(sheet, param ? PSBTN_OK : PSBTN_CANCEL);
    return 0;
}

static void test_sheet(IMsgServiceAdmin *services, MAPIUID *service)
{
    HANDLE thread;
    HRESULT hr;

    if (!sheet_windows_work())
    {
        skip("this Wine makes no windows for such programs\n");
        return;
    }
    thread = CreateThread(NULL, 0, drive, NULL, 0, NULL);
    hr = IMsgServiceAdmin_ConfigureMsgService(services, service, 0, SERVICE_UI_ALWAYS, 0, NULL);
    ok(hr == MAPI_E_USER_CANCEL, "ConfigureMsgService returned %#lx\n", hr);
    sheet_join(thread);
    check_setting(services, PR_MAPIXP_ADDRESS, L"joe@test.example", 0);
    check_setting(services, PR_MAPIXP_SMTP_PORT, NULL, 1);
    thread = CreateThread(NULL, 0, drive, (void *)1, 0, NULL);
    hr = IMsgServiceAdmin_ConfigureMsgService(services, service, 0, SERVICE_UI_ALWAYS, 0, NULL);
    ok(hr == S_OK, "ConfigureMsgService returned %#lx\n", hr);
    sheet_join(thread);
    check_setting(services, PR_MAPIXP_ADDRESS, L"jill@test.example", 0);
    check_setting(services, PR_MAPIXP_SMTP_PORT, NULL, 2525);
    check_setting(services, PR_MAPIXP_FOLDERS, NULL, MAPIXP_FOLDERS_ALL);
    check_setting(services, PR_MAPIXP_PASSWORD, L"secret", 0);
}

START_TEST(service)
{
    IMsgServiceAdmin *services;
    IMAPISession *session;
    IProfAdmin *admin;
    HMODULE module;
    MAPIUID service;
    HRESULT hr;

    /* It needs crypt32.dll, which not every Wine has for 32-bit programs (docs/status.md). */
    module = LoadLibraryA("mapixp32.dll");
    if (!module && sizeof(void *) == 4)
    {
        skip("mapixp32.dll does not load in 32-bit programs of this Wine\n");
        return;
    }
    ok(module != NULL, "mapixp32.dll does not load: %lu\n", GetLastError());
    if (!module) return;
    FreeLibrary(module);
    write_inf(inf);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if ((services = make_profile(&service)))
    {
        test_settings(services, &service);
        if ((session = logon()))
        {
            test_status(session);
            test_address_types(session);
            test_options(session);
            hr = IMAPISession_Logoff(session, 0, 0, 0);
            ok(hr == S_OK, "Logoff returned %#lx\n", hr);
            IMAPISession_Release(session);
        }
        test_unusable(services, &service);
        test_sheet(services, &service);
        IMsgServiceAdmin_Release(services);
    }
    if (SUCCEEDED(MAPIAdminProfiles(0, &admin)))
    {
        hr = IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
        ok(hr == S_OK, "DeleteProfile returned %#lx\n", hr);
        IProfAdmin_Release(admin);
    }
    MAPIUninitialize();
    remove_inf();
}
