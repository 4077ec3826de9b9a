/*
 * Tests of the Mail control panel
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
 * The control panel runs on a thread of its own, the test drives its windows from outside. A window
 * that a button opens is found by its owner. Who asks for the profile's real state asks MAPI, not
 * the window.
 */

#define COBJMACROS
#include "../../mapi32/tests/wizarddrive.h"
#include "../../mapi32/tests/sample.h"
#include "../resource.h"
#include "../../mapixp32/wizard.h"
#include <cpl.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapixp.h>

#define FIRST "wm panel one"
#define SECOND "wm panel two"

static LONG (WINAPI *applet)(HWND, UINT, LPARAM, LPARAM);

/* ---- what the windows show ---- */

struct owned_search
{
    HWND owner, found;
};

static BOOL CALLBACK look_owned(HWND window, LPARAM data)
{
    struct owned_search *search = (struct owned_search *)data;

    if (GetWindow(window, GW_OWNER) != search->owner || !IsWindowVisible(window)) return TRUE;
    if (!GetWindowTextLengthW(window)) return TRUE;
    search->found = window;
    return FALSE;
}

static HWND owned(HWND owner)
{
    struct owned_search search = { owner, NULL };

    EnumWindows(look_owned, (LPARAM)&search);
    return search.found;
}

/* The window that the button opens. */
static HWND press(HWND dialog, int id)
{
    HWND window = NULL;

    ok(drive_enabled(dialog, id), "button %d is disabled\n", id);
    PostMessageW(dialog, WM_COMMAND, MAKEWPARAM(id, BN_CLICKED), (LPARAM)GetDlgItem(dialog, id));
    WAIT_FOR((window = owned(dialog)));
    return window;
}

/* Ends a window by a button, and waits until its owner has seen to what comes of it. */
static void leave(HWND window, int id)
{
    HWND owner = GetWindow(window, GW_OWNER);

    PostMessageW(window, WM_COMMAND, MAKEWPARAM(id, BN_CLICKED), (LPARAM)GetDlgItem(window, id));
    WAIT_FOR(!IsWindow(window));
    if (owner) WAIT_FOR(!IsWindow(owner) || IsWindowEnabled(owner) || owned(owner));
}

static int find(HWND dialog, int id, const char *name)
{
    WCHAR text[100];

    MultiByteToWideChar(CP_ACP, 0, name, -1, text, ARRAY_SIZE(text));
    return SendMessageW(GetDlgItem(dialog, id), LB_FINDSTRINGEXACT, -1, (LPARAM)text);
}

static void choose(HWND dialog, int id, int index)
{
    HWND list = GetDlgItem(dialog, id);

    ok(index >= 0, "nothing to choose\n");
    SendMessageW(list, LB_SETCURSEL, index, 0);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(id, LBN_SELCHANGE), (LPARAM)list);
}

/* ---- what MAPI has ---- */

static BOOL has_profile(const char *name, BOOL *standard)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_A, PR_DEFAULT_PROFILE } };
    IProfAdmin *admin;
    IMAPITable *table;
    BOOL ret = FALSE;
    SRowSet *rows;
    ULONG i;

    if (standard) *standard = FALSE;
    if (FAILED(MAPIAdminProfiles(0, &admin))) return FALSE;
    if (SUCCEEDED(IProfAdmin_GetProfileTable(admin, 0, &table)))
    {
        if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
        {
            for (i = 0; i < rows->cRows; i++)
            {
                SPropValue *props = rows->aRow[i].lpProps;

                if (props[0].ulPropTag != PR_DISPLAY_NAME_A || strcmp(props[0].Value.lpszA, name))
                    continue;
                ret = TRUE;
                if (standard)
                    *standard = props[1].ulPropTag == PR_DEFAULT_PROFILE && props[1].Value.b;
            }
            FreeProws(rows);
        }
        IMAPITable_Release(table);
    }
    IProfAdmin_Release(admin);
    return ret;
}

static void make_default(const char *name)
{
    IProfAdmin *admin;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return;
    IProfAdmin_SetDefaultProfile(admin, (LPTSTR)name, 0);
    IProfAdmin_Release(admin);
}

static IMsgServiceAdmin *open_services(const char *profile)
{
    IMsgServiceAdmin *services = NULL;
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return NULL;
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "AdminServices returned %#lx\n", hr);
    IProfAdmin_Release(admin);
    return services;
}

static int count_services(const char *profile)
{
    IMsgServiceAdmin *services = open_services(profile);
    IMAPITable *table;
    ULONG count = 0;

    if (!services) return -1;
    if (SUCCEEDED(IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table)))
    {
        IMAPITable_GetRowCount(table, 0, &count);
        IMAPITable_Release(table);
    }
    IMsgServiceAdmin_Release(services);
    return count;
}

/* The service of the first transport, out of a profile's transports in their order. */
static BOOL first_transport(const char *profile, MAPIUID *uid)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_SERVICE_UID, PR_RESOURCE_TYPE } };
    static const SizedSSortOrderSet(1, order) = { 1, 0, 0, { { PR_PROVIDER_ORDINAL, TABLE_SORT_ASCEND } } };
    IMsgServiceAdmin *services = open_services(profile);
    IMAPITable *table;
    BOOL ret = FALSE;
    SRowSet *rows;
    ULONG i;

    memset(uid, 0, sizeof(*uid));
    if (!services) return FALSE;
    if (SUCCEEDED(IMsgServiceAdmin_GetProviderTable(services, 0, &table)))
    {
        if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL,
                                     (SSortOrderSet *)&order, 0, &rows)))
        {
            for (i = 0; i < rows->cRows && !ret; i++)
            {
                SPropValue *props = rows->aRow[i].lpProps;

                if (props[1].ulPropTag != PR_RESOURCE_TYPE
                    || props[1].Value.l != MAPI_TRANSPORT_PROVIDER)
                    continue;
                memcpy(uid, props[0].Value.bin.lpb, sizeof(*uid));
                ret = TRUE;
            }
            FreeProws(rows);
        }
        IMAPITable_Release(table);
    }
    IMsgServiceAdmin_Release(services);
    return ret;
}

/* ---- the panel ---- */

static DWORD WINAPI panel_thread(void *data)
{
    LONG ret = applet(NULL, CPL_DBLCLK, 0, 0);

    ok(!ret, "CPL_DBLCLK returned %ld\n", ret);
    return 0;
}

static HWND panel_start(HANDLE *thread)
{
    HWND dialog = NULL;

    *thread = CreateThread(NULL, 0, panel_thread, NULL, 0, NULL);
    WAIT_FOR((dialog = drive_window(L"Mail")));
    return dialog;
}

static void panel_end(HWND dialog, HANDLE thread)
{
    PostMessageW(dialog, WM_COMMAND, IDCANCEL, 0);
    drive_join(thread);
}

static void test_applet(void)
{
    WCHAR text[100];
    CPLINFO info = { 0 };
    HMODULE module = GetModuleHandleW(L"mlcfg32.cpl");
    LONG ret;

    ret = applet(NULL, CPL_INIT, 0, 0);
    ok(ret, "CPL_INIT returned %ld\n", ret);
    ret = applet(NULL, CPL_GETCOUNT, 0, 0);
    ok(ret == 1, "%ld applets\n", ret);
    ret = applet(NULL, CPL_INQUIRE, 0, (LPARAM)&info);
    ok(!ret, "CPL_INQUIRE returned %ld\n", ret);
    ok(LoadStringW(module, info.idName, text, ARRAY_SIZE(text)) > 0, "no name\n");
    ok(!lstrcmpW(text, L"Mail"), "got %s\n", wine_dbgstr_w(text));
    ok(LoadStringW(module, info.idInfo, text, ARRAY_SIZE(text)) > 0, "no description\n");
    ok(FindResourceW(module, MAKEINTRESOURCEW(info.idIcon), (WCHAR *)RT_GROUP_ICON) != NULL,
       "no icon\n");
    ret = applet(NULL, CPL_STOP, 0, 0);
    ok(!ret, "CPL_STOP returned %ld\n", ret);
    ret = applet(NULL, CPL_EXIT, 0, 0);
    ok(!ret, "CPL_EXIT returned %ld\n", ret);
}

static void test_profiles(void)
{
    HWND dialog, window;
    HANDLE thread;
    BOOL standard;

    dialog = panel_start(&thread);
    if (!dialog) return;
    ok(find(dialog, IDC_PROFILES, FIRST) >= 0, "the profile is not shown\n");
    ok(find(dialog, IDC_PROFILES, SECOND) < 0, "a profile too many\n");

    choose(dialog, IDC_PROFILES, find(dialog, IDC_PROFILES, FIRST));
    window = press(dialog, IDC_PROFILE_COPY);
    ok(!drive_enabled(window, IDOK), "OK without a name\n");
    drive_text(window, IDC_NAME, L"wm panel two");
    leave(window, IDOK);
    WAIT_FOR(find(dialog, IDC_PROFILES, SECOND) >= 0);
    ok(has_profile(SECOND, NULL), "the profile was not copied\n");
    ok(count_services(SECOND) == count_services(FIRST), "%d services\n", count_services(SECOND));

    /* A name that is taken. */
    window = press(dialog, IDC_PROFILE_COPY);
    drive_text(window, IDC_NAME, L"wm panel two");
    leave(window, IDOK);
    WAIT_FOR((window = owned(dialog)));
    leave(window, IDOK);

    /* New ones come from the profile wizard. What was cancelled: */
    window = press(dialog, IDC_PROFILE_ADD);
    WAIT_FOR(wizard_is_at(window, L"What the profile is to have"));
    SendMessageW(wizard_control(window, WIZARD_SERVICES), LB_SETSEL, FALSE, -1);
    wizard_next(window, L"The profile");
    wizard_type(window, WIZARD_NAME, L"wm panel three");
    leave(window, IDCANCEL);
    ok(!has_profile("wm panel three", NULL), "cancelled, and there is a profile\n");
    window = press(dialog, IDC_PROFILE_ADD);
    WAIT_FOR(wizard_is_at(window, L"What the profile is to have"));
    SendMessageW(wizard_control(window, WIZARD_SERVICES), LB_SETSEL, FALSE, -1);
    wizard_next(window, L"The profile");
    wizard_type(window, WIZARD_NAME, L"wm panel three");
    wizard_next(window, L"Ready");
    leave(window, IDOK);
    WAIT_FOR(find(dialog, IDC_PROFILES, "wm panel three") >= 0);
    ok(has_profile("wm panel three", NULL), "the profile was not made\n");
    ok(count_services("wm panel three") == 1, "%d services\n", count_services("wm panel three"));
    sample_delete_profile("wm panel three");

    /* Removing. */
    choose(dialog, IDC_PROFILES, find(dialog, IDC_PROFILES, SECOND));
    window = press(dialog, IDC_PROFILE_REMOVE);
    leave(window, IDNO);
    ok(has_profile(SECOND, NULL), "No, and it is gone\n");
    window = press(dialog, IDC_PROFILE_REMOVE);
    leave(window, IDYES);
    WAIT_FOR(find(dialog, IDC_PROFILES, SECOND) < 0);
    ok(!has_profile(SECOND, NULL), "the profile is still there\n");

    /* Which one is used. */
    make_default(FIRST);
    panel_end(dialog, thread);
    if (!(dialog = panel_start(&thread))) return;
    ok(IsDlgButtonChecked(dialog, IDC_PROFILE_ALWAYS), "there is a default profile\n");
    CheckRadioButton(dialog, IDC_PROFILE_ASK, IDC_PROFILE_ALWAYS, IDC_PROFILE_ASK);
    drive_click(dialog, IDC_PROFILE_ASK);
    has_profile(FIRST, &standard);
    ok(!standard, "the default profile was not cleared\n");
    ok(!drive_enabled(dialog, IDC_PROFILE_DEFAULT), "a profile can be chosen\n");
    choose(dialog, IDC_PROFILES, find(dialog, IDC_PROFILES, FIRST));
    CheckRadioButton(dialog, IDC_PROFILE_ASK, IDC_PROFILE_ALWAYS, IDC_PROFILE_ALWAYS);
    drive_click(dialog, IDC_PROFILE_ALWAYS);
    has_profile(FIRST, &standard);
    ok(standard, "the profile did not become the default\n");
    make_default(NULL);
    panel_end(dialog, thread);
}

static HWND open_profile(HWND dialog, const char *name)
{
    choose(dialog, IDC_PROFILES, find(dialog, IDC_PROFILES, name));
    return press(dialog, IDC_PROFILE_PROPERTIES);
}

static void test_services(void)
{
    HWND dialog, services, window;
    MAPIUID before, after;
    HANDLE thread;
    int count;

    if (!(dialog = panel_start(&thread))) return;
    services = open_profile(dialog, FIRST);
    ok(drive_items(services, IDC_SERVICES) == 1, "%d services\n",
       drive_items(services, IDC_SERVICES));
    ok(!drive_enabled(services, IDC_SERVICE_UP), "the only one can be moved\n");
    ok(!drive_enabled(services, IDC_SERVICE_DOWN), "the only one can be moved\n");

    /* One more. */
    window = press(services, IDC_SERVICE_ADD);
    ok(drive_items(window, IDC_CHOICES) == 3, "%d to choose from\n",
       drive_items(window, IDC_CHOICES));
    choose(window, IDC_CHOICES, find(window, IDC_CHOICES, "Sample Message Service"));
    leave(window, IDCANCEL);
    ok(count_services(FIRST) == 1, "cancelled, and there are %d\n", count_services(FIRST));
    window = press(services, IDC_SERVICE_ADD);
    choose(window, IDC_CHOICES, find(window, IDC_CHOICES, "Sample Message Service"));
    leave(window, IDOK);
    WAIT_FOR(drive_items(services, IDC_SERVICES) == 2);
    ok(count_services(FIRST) == 2, "%d services\n", count_services(FIRST));

    /* One that is not installed rightly. */
    window = press(services, IDC_SERVICE_ADD);
    choose(window, IDC_CHOICES, find(window, IDC_CHOICES, "Broken Service"));
    leave(window, IDOK);
    WAIT_FOR((window = owned(services)));
    leave(window, IDOK);
    ok(count_services(FIRST) == 2, "%d services\n", count_services(FIRST));

    /* The order. */
    choose(services, IDC_SERVICES, 0);
    ok(!drive_enabled(services, IDC_SERVICE_UP), "the first can be moved up\n");
    ok(drive_enabled(services, IDC_SERVICE_DOWN), "the first cannot be moved down\n");
    ok(first_transport(FIRST, &before), "no transport\n");
    drive_click(services, IDC_SERVICE_DOWN);
    first_transport(FIRST, &after);
    ok(memcmp(&before, &after, sizeof(before)), "the order did not change\n");
    count = SendMessageW(GetDlgItem(services, IDC_SERVICES), LB_GETCURSEL, 0, 0);
    ok(count == 1, "%d is selected\n", count);
    drive_click(services, IDC_SERVICE_UP);
    first_transport(FIRST, &after);
    ok(!memcmp(&before, &after, sizeof(before)), "the order did not change back\n");

    /* The service's own sheet. */
    window = press(services, IDC_SERVICE_PROPERTIES);
    ok(SendMessageW(window, PSM_GETTABCONTROL, 0, 0) != 0, "no sheet\n");
    PostMessageW(window, PSM_PRESSBUTTON, PSBTN_CANCEL, 0);
    WAIT_FOR(!IsWindow(window));
    WAIT_FOR(IsWindowEnabled(services));
    ok(!owned(services), "a message about what was cancelled\n");

    /* Removing. */
    window = press(services, IDC_SERVICE_REMOVE);
    leave(window, IDYES);
    WAIT_FOR(drive_items(services, IDC_SERVICES) == 1);
    ok(count_services(FIRST) == 1, "%d services\n", count_services(FIRST));
    leave(services, IDCANCEL);
    panel_end(dialog, thread);
}

/* Runs a test to its end and leaves its window open. */
static HWND run_test(HWND services)
{
    HWND window = press(services, IDC_SERVICE_TEST);

    WAIT_FOR(!lstrcmpW(drive_get_text(window, IDCANCEL), L"Close"));
    return window;
}

static void test_testing(void)
{
    HWND dialog, services, window;
    const WCHAR *words;
    HANDLE thread;

    if (!(dialog = panel_start(&thread))) return;
    services = open_profile(dialog, FIRST);
    sample_log_start();
    window = run_test(services);
    words = drive_get_text(window, IDC_TEST_STATE);
    ok(!lstrcmpW(words, L"The settings work."), "got %s\n", wine_dbgstr_w(words));
    words = drive_get_text(window, IDC_TEST_RESULTS);
    ok(!lstrcmpW(words, L"Sample Transport: works"), "got %s\n", wine_dbgstr_w(words));
    ok(sample_log_count("xp.ValidateState") == 1, "validated %d times\n",
       sample_log_count("xp.ValidateState"));
    leave(window, IDCANCEL);

    sample_behave("xp.ValidateState=network");
    window = run_test(services);
    words = drive_get_text(window, IDC_TEST_STATE);
    ok(wcsstr(words, L"something wrong") != NULL, "got %s\n", wine_dbgstr_w(words));
    words = drive_get_text(window, IDC_TEST_RESULTS);
    ok(!lstrcmpW(words, L"Sample Transport: the network or the server does not answer."),
       "got %s\n", wine_dbgstr_w(words));
    leave(window, IDCANCEL);

    sample_behave("xp.Logon=failone");
    window = run_test(services);
    words = drive_get_text(window, IDC_TEST_STATE);
    ok(wcsstr(words, L"something wrong") != NULL, "got %s\n", wine_dbgstr_w(words));
    leave(window, IDCANCEL);

    /* The window goes at once, whatever the provider does. */
    sample_log_start();
    sample_behave("xp.ValidateState=hang:1500");
    window = press(services, IDC_SERVICE_TEST);
    WAIT_FOR(sample_log_count("xp.ValidateState"));
    leave(window, IDCANCEL);
    ok(!sample_log_count("woke"), "the window waited for the provider\n");
    ok(IsWindowEnabled(services), "the window below is disabled\n");
    WAIT_FOR(sample_log_count("xp.Shutdown"));
    sample_behave(NULL);
    leave(services, IDCANCEL);
    panel_end(dialog, thread);
}

/* ---- accounts ---- */

/* The one transport of an account of our own; NULL: none. */
static IProfSect *open_account(const char *profile)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_PROVIDER_UID, PR_SERVICE_NAME_A } };
    IMsgServiceAdmin *services = open_services(profile);
    IProfSect *ret = NULL;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (!services) return NULL;
    if (SUCCEEDED(IMsgServiceAdmin_GetProviderTable(services, 0, &table)))
    {
        if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
        {
            for (i = 0; i < rows->cRows && !ret; i++)
            {
                SPropValue *props = rows->aRow[i].lpProps;

                if (props[1].ulPropTag != PR_SERVICE_NAME_A
                    || strcmp(props[1].Value.lpszA, "MAPIXP"))
                    continue;
                if (FAILED(IMsgServiceAdmin_OpenProfileSection(services,
                                                               (MAPIUID *)props[0].Value.bin.lpb,
                                                               NULL, MAPI_FORCE_ACCESS, &ret)))
                    ret = NULL;
            }
            FreeProws(rows);
        }
        IMAPITable_Release(table);
    }
    IMsgServiceAdmin_Release(services);
    return ret;
}

static BOOL account_has(const char *profile, ULONG tag, const WCHAR *text, LONG number)
{
    SizedSPropTagArray(1, tags) = { 1, { tag } };
    IProfSect *section = open_account(profile);
    SPropValue *props;
    BOOL ret = FALSE;
    ULONG count;

    if (!section) return FALSE;
    if (SUCCEEDED(IProfSect_GetProps(section, (SPropTagArray *)&tags, MAPI_UNICODE, &count,
                                     &props)))
    {
        if (props[0].ulPropTag == tag)
            ret = text ? !lstrcmpW(props[0].Value.lpszW, text) : props[0].Value.l == number;
        MAPIFreeBuffer(props);
    }
    IProfSect_Release(section);
    return ret;
}

/* Presses Next on a page that will not do. */
static const WCHAR *refused(HWND wizard, int button)
{
    HWND page = GetParent(wizard_control(wizard, button));

    PostMessageW(page, WM_COMMAND, MAKEWPARAM(button, BN_CLICKED),
                 (LPARAM)GetDlgItem(page, button));
    return wizard_told(wizard);
}

static void click_radio(HWND wizard, int id)
{
    HWND radio = wizard_control(wizard, id);

    ok(radio != NULL, "no radio button %d\n", id);
    SendMessageW(radio, BM_CLICK, 0, 0);
}

static void fill_account(HWND wizard)
{
    const WCHAR *words;

    ok(!wizard_control(wizard, IDC_WIZ_RECEIVE), "a control of the other page\n");
    wizard_type(wizard, IDC_WIZ_NAME, L"Joe Doe");
    words = refused(wizard, IDOK);
    ok(wcsstr(words, L"enter your e-mail address") != NULL, "got %s\n", wine_dbgstr_w(words));
    wizard_type(wizard, IDC_WIZ_ADDRESS, L"joe at example");
    words = refused(wizard, IDOK);
    ok(wcsstr(words, L"like joe@example.org") != NULL, "got %s\n", wine_dbgstr_w(words));
    wizard_type(wizard, IDC_WIZ_ADDRESS, L"joe@example.com");
    ok(!lstrcmpW(wizard_text(wizard, IDC_WIZ_USER), L"joe@example.com"), "got %s\n",
       wine_dbgstr_w(wizard_text(wizard, IDC_WIZ_USER)));
    words = refused(wizard, IDOK);
    ok(wcsstr(words, L"enter the password") != NULL, "got %s\n", wine_dbgstr_w(words));
    /* A user name that somebody typed stays. */
    wizard_type(wizard, IDC_WIZ_USER, L"joe");
    wizard_type(wizard, IDC_WIZ_ADDRESS, L"joe@example.org");
    ok(!lstrcmpW(wizard_text(wizard, IDC_WIZ_USER), L"joe"), "got %s\n",
       wine_dbgstr_w(wizard_text(wizard, IDC_WIZ_USER)));
    wizard_type(wizard, IDC_WIZ_PASSWORD, L" secret ");
    wizard_press(wizard, IDOK);
    WAIT_FOR(wizard_control(wizard, IDC_WIZ_RECEIVE));
}

static void expect_text(HWND wizard, int id, const WCHAR *text)
{
    ok(!lstrcmpW(wizard_text(wizard, id), text), "%d: got %s\n", id,
       wine_dbgstr_w(wizard_text(wizard, id)));
}

static void fill_servers(HWND wizard)
{
    const WCHAR *words;

    /* What is guessed says so, and follows what was chosen. */
    WAIT_FOR(wizard_control(wizard, IDC_WIZ_NOTE));
    expect_text(wizard, IDC_WIZ_RECEIVE, L"imap.example.org");
    expect_text(wizard, IDC_WIZ_RECEIVE_PORT, L"993");
    expect_text(wizard, IDC_WIZ_SMTP, L"smtp.example.org");
    expect_text(wizard, IDC_WIZ_SMTP_PORT, L"587");
    click_radio(wizard, IDC_WIZ_POP3);
    expect_text(wizard, IDC_WIZ_RECEIVE, L"pop.example.org");
    expect_text(wizard, IDC_WIZ_RECEIVE_PORT, L"995");
    click_radio(wizard, IDC_WIZ_RECEIVE_STARTTLS);
    expect_text(wizard, IDC_WIZ_RECEIVE_PORT, L"110");
    click_radio(wizard, IDC_WIZ_NOTHING);
    ok(!IsWindowEnabled(wizard_control(wizard, IDC_WIZ_RECEIVE)), "a server for nothing\n");
    click_radio(wizard, IDC_WIZ_IMAP);
    expect_text(wizard, IDC_WIZ_RECEIVE_PORT, L"143");
    click_radio(wizard, IDC_WIZ_SMTP_TLS);
    expect_text(wizard, IDC_WIZ_SMTP_PORT, L"465");
    /* What was typed stays. */
    wizard_type(wizard, IDC_WIZ_SMTP_PORT, L"2525");
    click_radio(wizard, IDC_WIZ_SMTP_NONE);
    expect_text(wizard, IDC_WIZ_SMTP_PORT, L"2525");
    wizard_type(wizard, IDC_WIZ_RECEIVE, L"127.0.0.1");
    click_radio(wizard, IDC_WIZ_POP3);
    expect_text(wizard, IDC_WIZ_RECEIVE, L"127.0.0.1");
    wizard_type(wizard, IDC_WIZ_RECEIVE, L"");
    words = refused(wizard, IDOK);
    ok(wcsstr(words, L"server that your mail comes from") != NULL, "got %s\n",
       wine_dbgstr_w(words));
    wizard_type(wizard, IDC_WIZ_RECEIVE, L"127.0.0.1/x");
    words = refused(wizard, IDOK);
    ok(wcsstr(words, L"no name or address of a host") != NULL, "got %s\n", wine_dbgstr_w(words));
    wizard_type(wizard, IDC_WIZ_RECEIVE, L"127.0.0.1");
    wizard_type(wizard, IDC_WIZ_RECEIVE_PORT, L"65536");
    words = refused(wizard, IDOK);
    ok(wcsstr(words, L"from 1 to 65535") != NULL, "got %s\n", wine_dbgstr_w(words));
    wizard_type(wizard, IDC_WIZ_RECEIVE_PORT, L"1");
    ok(wizard_control(wizard, IDC_WIZ_NOTE) != NULL, "a guess is left\n");
    wizard_type(wizard, IDC_WIZ_SMTP, L"127.0.0.1");
    wizard_type(wizard, IDC_WIZ_SMTP_PORT, L"1");
    ok(!wizard_control(wizard, IDC_WIZ_NOTE), "nothing is guessed\n");
    words = refused(wizard, IDC_WIZ_TEST);
    ok(wcsstr(words, L"The account cannot be used: ") != NULL, "got %s\n", wine_dbgstr_w(words));
}

static void test_account(void)
{
    HWND dialog, services, wizard, window;
    HANDLE thread;
    HRESULT hr;

    hr = sample_create_profile(FIRST);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(dialog = panel_start(&thread))) return;
    services = open_profile(dialog, FIRST);
    ok(!drive_enabled(services, IDC_SERVICE_PASSWORD), "a service without a password\n");
    wizard = press(services, IDC_SERVICE_ACCOUNT);
    WAIT_FOR(wizard_is_at(wizard, L"What the profile is to have"));
    wizard_next(wizard, L"Internet Mail");
    fill_account(wizard);
    leave(wizard, IDCANCEL);
    ok(count_services(FIRST) == 1, "cancelled, and there are %d\n", count_services(FIRST));

    wizard = press(services, IDC_SERVICE_ACCOUNT);
    WAIT_FOR(wizard_is_at(wizard, L"What the profile is to have"));
    wizard_next(wizard, L"Internet Mail");
    fill_account(wizard);
    fill_servers(wizard);
    wizard_next(wizard, L"Ready");
    leave(wizard, IDOK);
    WAIT_FOR(drive_items(services, IDC_SERVICES) == 2);
    ok(find(services, IDC_SERVICES, "joe@example.org") >= 0,
       "the account is not called by its address\n");
    ok(account_has(FIRST, PR_MAPIXP_ADDRESS, L"joe@example.org", 0), "no address\n");
    ok(account_has(FIRST, PR_MAPIXP_USER, L"joe", 0), "no user\n");
    ok(account_has(FIRST, PR_MAPIXP_PASSWORD, L" secret ", 0), "no password\n");
    ok(account_has(FIRST, PR_MAPIXP_RECEIVE, NULL, MAPIXP_RECEIVE_POP3), "not POP3\n");
    ok(account_has(FIRST, PR_MAPIXP_RECEIVE_SECURITY, NULL, MAPIXP_SECURITY_STARTTLS),
       "not STARTTLS\n");
    ok(account_has(FIRST, PR_MAPIXP_SMTP_HOST, L"127.0.0.1", 0), "no server\n");
    ok(account_has(FIRST, PR_MAPIXP_SMTP_PORT, NULL, 1), "no port\n");

    choose(services, IDC_SERVICES, find(services, IDC_SERVICES, "joe@example.org"));
    window = press(services, IDC_SERVICE_PASSWORD);
    ok(wcsstr(drive_get_text(window, IDC_PASSWORD_LABEL), L"joe@example.org") != NULL, "got %s\n",
       wine_dbgstr_w(drive_get_text(window, IDC_PASSWORD_LABEL)));
    ok(!drive_enabled(window, IDOK), "OK without a password\n");
    drive_text(window, IDC_PASSWORD, L"other");
    leave(window, IDCANCEL);
    ok(account_has(FIRST, PR_MAPIXP_PASSWORD, L" secret ", 0),
       "cancelled, and the password changed\n");
    window = press(services, IDC_SERVICE_PASSWORD);
    drive_text(window, IDC_PASSWORD, L"other");
    leave(window, IDOK);
    WAIT_FOR(account_has(FIRST, PR_MAPIXP_PASSWORD, L"other", 0));
    ok(account_has(FIRST, PR_MAPIXP_USER, L"joe", 0), "no user\n");
    WAIT_FOR(IsWindowEnabled(services));
    ok(!owned(services), "a message about what worked\n");
    leave(services, IDCANCEL);
    panel_end(dialog, thread);
}

/* The row of the list that says it is the default. */
static int default_row(HWND services)
{
    int i, count = drive_items(services, IDC_SERVICES);

    for (i = 0; i < count; i++)
        if (wcsstr(drive_item(services, IDC_SERVICES, i), L"(default store)")) return i;
    return -1;
}

static void test_default_store(void)
{
    HWND dialog, services;
    IMsgServiceAdmin *admin;
    HANDLE thread;
    HRESULT hr;
    int before;

    hr = sample_create_profile(FIRST);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(admin = open_services(FIRST))) return;
    hr = IMsgServiceAdmin_CreateMsgService(admin, (LPTSTR)"SAMPLE", NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMsgServiceAdmin_Release(admin);
    if (!(dialog = panel_start(&thread))) return;
    services = open_profile(dialog, FIRST);
    before = default_row(services);
    ok(before == 0 || before == 1, "no default store\n");
    choose(services, IDC_SERVICES, before);
    ok(!drive_enabled(services, IDC_SERVICE_STORE), "the default can be made the default\n");
    choose(services, IDC_SERVICES, !before);
    ok(drive_enabled(services, IDC_SERVICE_STORE), "the other cannot be made the default\n");
    drive_click(services, IDC_SERVICE_STORE);
    WAIT_FOR(default_row(services) == !before);
    ok(!owned(services), "a message about what worked\n");
    leave(services, IDCANCEL);
    panel_end(dialog, thread);
}

static const char more_inf[] =
    "[MAPIXP]\r\n"
    "PR_DISPLAY_NAME=Internet Mail\r\n"
    "Providers=MAPIXP_XP\r\n"
    "PR_SERVICE_DLL_NAME=mapixp.dll\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "WIZARD_ENTRY_NAME=WizardEntry\r\n"
    "[MAPIXP_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=mapixp.dll\r\n"
    "PR_DISPLAY_NAME=Internet Mail\r\n"
    "PR_PROVIDER_DISPLAY=Internet Mail\r\n"
    "[BROKEN]\r\n"
    "PR_DISPLAY_NAME=Broken Service\r\n"
    "Providers=BROKEN_XP\r\n"
    "PR_SERVICE_DLL_NAME=c:\\nowhere\\broken.dll\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[BROKEN_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=c:\\nowhere\\broken.dll\r\n";

static BOOL install(void)
{
    static const char services[] = "[Services]\r\n";
    static const char broken[] = "BROKEN=Broken Service\r\nMAPIXP=Internet Mail\r\n";
    char *inf = malloc(sizeof(sample_default_inf) + sizeof(more_inf) + sizeof(broken));
    BOOL ret;

    strcpy(inf, services);
    strcat(inf, broken);
    strcat(inf, sample_default_inf + strlen(services));
    strcat(inf, more_inf);
    ret = sample_install_inf(inf);
    free(inf);
    return ret;
}

START_TEST(mail)
{
    HMODULE module = LoadLibraryW(L"mlcfg32.cpl");
    HRESULT hr;

    if (!module)
    {
        win_skip("no mlcfg32.cpl\n");
        return;
    }
    applet = (void *)GetProcAddress(module, "CPlApplet");
    ok(applet != NULL, "no CPlApplet\n");
    if (!applet) return;
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    test_applet();
    /* Wine 8 has no device contexts in 32-bit programs where it has no 32-bit libraries. */
    if (!drive_has_gdi()) skip("this Wine cannot draw in a program of this width\n");
    else if (!install()) skip("no sample providers\n");
    else
    {
        sample_delete_profile(SECOND);
        hr = sample_create_profile(FIRST);
        ok(hr == S_OK, "got %#lx\n", hr);
        test_profiles();
        test_services();
        test_testing();
        /* Its pages are the transport's, which needs other DLLs of this width. */
        if (LoadLibraryW(L"mapixp32.dll")) test_account();
        else skip("mapixp32.dll does not load in programs of this width here\n");
        test_default_store();
        sample_delete_profile(FIRST);
        sample_delete_profile(SECOND);
    }
    MAPIUninitialize();
    sample_remove();
}
