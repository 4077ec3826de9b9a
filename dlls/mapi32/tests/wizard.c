/*
 * Tests of the profile wizard
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
 * The sample service has two pages in the wizard (tests/providers/sample/wizard.c) and goes wrong
 * as it is told. What was made is asked of MAPI, not of the window.
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include <mapix.h>
#include <mapiutil.h>

#include "wizarddrive.h"
#include "sample.h"

#define IDC_WIZARD_ACCOUNT  1202
#define IDC_WIZARD_PASSWORD 1204
#define PR_SAMPLE_ACCOUNT   PROP_TAG(PT_STRING8, 0x660C)
#define PR_SAMPLE_PASSWORD  PROP_TAG(PT_STRING8, 0x67F0)

#define PROFILE  "wm wizard"
#define PROFILEW L"wm wizard"
#define OTHER    "wm wizard other"

static const char wizard_inf[] =
    "[Services]\r\n"
    "SAMPLE=Sample Message Service\r\n"
    "PLAIN=Plain Service\r\n"
    "[Default Services]\r\n"
    "PLAIN=Plain Service\r\n"
    "[SAMPLE]\r\n"
    "PR_DISPLAY_NAME=Sample Message Service\r\n"
    "Providers=SAMPLE_XP\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "WIZARD_ENTRY_NAME=SampleWizard\r\n"
    "[SAMPLE_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Transport\r\n"
    "PR_PROVIDER_DISPLAY=Sample Transport\r\n"
    "[PLAIN]\r\n"
    "PR_DISPLAY_NAME=Plain Service\r\n"
    "Providers=PLAIN_MS\r\n"
    "[PLAIN_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Plain Store\r\n"
    "PR_PROVIDER_DISPLAY=Plain Store\r\n";

/* ---- what MAPI has ---- */

static IMsgServiceAdmin *open_profile(const char *name)
{
    IMsgServiceAdmin *ret = NULL;
    IProfAdmin *admin;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return NULL;
    if (FAILED(IProfAdmin_AdminServices(admin, (LPTSTR)name, NULL, 0, 0, &ret))) ret = NULL;
    IProfAdmin_Release(admin);
    return ret;
}

static BOOL has_profile(const char *name)
{
    IMsgServiceAdmin *admin = open_profile(name);

    if (admin) IMsgServiceAdmin_Release(admin);
    return admin != NULL;
}

static void set_default(const char *name)
{
    IProfAdmin *admin;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return;
    IProfAdmin_SetDefaultProfile(admin, (LPTSTR)name, 0);
    IProfAdmin_Release(admin);
}

static BOOL is_default(const char *name)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_A, PR_DEFAULT_PROFILE } };
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
                if (!strcmp(rows->aRow[i].lpProps[0].Value.lpszA, name))
                    ret = rows->aRow[i].lpProps[1].Value.b;
            FreeProws(rows);
        }
        IMAPITable_Release(table);
    }
    IProfAdmin_Release(admin);
    return ret;
}

/* How many services; uid: of the last transport's section. */
static ULONG count_services(const char *profile, MAPIUID *uid)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_PROVIDER_UID, PR_RESOURCE_TYPE } };
    IMsgServiceAdmin *admin = open_profile(profile);
    IMAPITable *table;
    ULONG count = 0, i;
    SRowSet *rows;

    memset(uid, 0, sizeof(*uid));
    if (!admin) return ~0u;
    if (SUCCEEDED(IMsgServiceAdmin_GetMsgServiceTable(admin, 0, &table)))
    {
        IMAPITable_GetRowCount(table, 0, &count);
        IMAPITable_Release(table);
    }
    if (SUCCEEDED(IMsgServiceAdmin_GetProviderTable(admin, 0, &table)))
    {
        if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
        {
            for (i = 0; i < rows->cRows; i++)
                if (rows->aRow[i].lpProps[1].Value.l == MAPI_TRANSPORT_PROVIDER)
                    memcpy(uid, rows->aRow[i].lpProps[0].Value.bin.lpb, sizeof(*uid));
            FreeProws(rows);
        }
        IMAPITable_Release(table);
    }
    IMsgServiceAdmin_Release(admin);
    return count;
}

static void check_settings(const char *profile, const MAPIUID *uid, const char *account,
                           const char *password)
{
    SizedSPropTagArray(2, tags) = { 2, { PR_SAMPLE_ACCOUNT, PR_SAMPLE_PASSWORD } };
    IMsgServiceAdmin *admin = open_profile(profile);
    IProfSect *section = NULL;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    ok(admin != NULL, "no profile\n");
    if (!admin) return;
    hr = IMsgServiceAdmin_OpenProfileSection(admin, (MAPIUID *)uid, NULL, MAPI_FORCE_ACCESS,
                                             &section);
    ok(hr == S_OK, "OpenProfileSection returned %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &props);
        ok(SUCCEEDED(hr), "GetProps returned %#lx\n", hr);
        if (SUCCEEDED(hr))
        {
            ok(props[0].ulPropTag == PR_SAMPLE_ACCOUNT && !strcmp(props[0].Value.lpszA, account),
               "got %#lx\n", props[0].ulPropTag);
            /* Where there is no crypt32 secure properties cannot be kept. */
            if (props[1].ulPropTag == PR_SAMPLE_PASSWORD)
                ok(!strcmp(props[1].Value.lpszA, password), "got %s\n", props[1].Value.lpszA);
            else win_skip("no secure properties\n");
            MAPIFreeBuffer(props);
        }
        IProfSect_Release(section);
    }
    IMsgServiceAdmin_Release(admin);
}

/* ---- tests ---- */

static void test_arguments(void)
{
    const char *none[] = { NULL }, *unknown[] = { "NOTHERE", NULL };
    char name[100];
    HRESULT hr;

    strcpy(name, "x");
    hr = LaunchWizard(NULL, 0x100, NULL, sizeof(name), name);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = LaunchWizard(NULL, 0, NULL, sizeof(name), NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = LaunchWizard(NULL, 0, NULL, 0, name);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = LaunchWizard(NULL, MAPI_UNICODE, NULL, 1, name);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = LaunchWizard((HWND)0xdead0, 0, NULL, sizeof(name), name);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = LaunchWizard(NULL, MAPI_PW_PROVIDER_UI_ONLY, NULL, sizeof(name), name);
    ok(hr == MAPI_E_INVALID_PARAMETER && !name[0], "got %#lx, %s\n", hr, name);
    hr = LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, NULL, sizeof(name), name);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, none, sizeof(name), name);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    strcpy(name, "x");
    hr = LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, unknown, sizeof(name), name);
    ok(hr == MAPI_E_CALL_FAILED && !name[0], "got %#lx, %s\n", hr, name);
    hr = LaunchWizard(NULL, MAPI_PW_ADD_TO_PROFILE, NULL, sizeof(name), name);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    strcpy(name, "wm no such profile");
    hr = LaunchWizard(NULL, MAPI_PW_ADD_TO_PROFILE, NULL, sizeof(name), name);
    ok(hr == MAPI_E_CALL_FAILED && !name[0], "got %#lx, %s\n", hr, name);
}

/* From the welcome to the name, whatever stands there. */
static void to_name(HWND frame)
{
    wizard_next(frame, L"What the profile is to have");
    wizard_next(frame, L"The profile");
}

static void to_finish(HWND frame)
{
    to_name(frame);
    wizard_type(frame, WIZARD_NAME, PROFILEW);
    wizard_next(frame, L"Sample Message Service");
    wizard_type(frame, IDC_WIZARD_ACCOUNT, L"joe");
    wizard_press(frame, IDOK);
    WAIT_FOR(wizard_control(frame, IDC_WIZARD_PASSWORD));
    wizard_type(frame, IDC_WIZARD_PASSWORD, L"secret");
    wizard_next(frame, L"Ready");
}

static void test_whole_path(void)
{
    struct wizard_call call = { MAPI_PW_FIRST_PROFILE, NULL, sizeof(call.name) };
    const WCHAR *words;
    HANDLE thread;
    MAPIUID uid;
    HWND frame;

    set_default(NULL);
    sample_log_start();
    if (!(frame = wizard_start(&call, &thread))) return;
    ok(wizard_is_at(frame, L"Welcome"), "got %s\n",
       wine_dbgstr_w(drive_get_text(frame, WIZARD_TITLE)));
    ok(wcsstr(wizard_text(frame, WIZARD_TEXT), L"nothing is set up") != NULL, "got %s\n",
       wine_dbgstr_w(wizard_text(frame, WIZARD_TEXT)));
    ok(!drive_enabled(frame, WIZARD_BACK), "there is a page before the first\n");
    wizard_next(frame, L"What the profile is to have");
    ok(SendMessageW(wizard_control(frame, WIZARD_SERVICES), LB_GETCOUNT, 0, 0) == 1,
       "services without pages can be chosen\n");
    ok(SendMessageW(wizard_control(frame, WIZARD_SERVICES), LB_GETSELCOUNT, 0, 0) == 1,
       "nothing is chosen\n");
    wizard_next(frame, L"The profile");

    /* Names that will not do. */
    wizard_type(frame, WIZARD_NAME, L"  ");
    wizard_press(frame, IDOK);
    words = wizard_told(frame);
    ok(wcsstr(words, L"needs a name") != NULL, "got %s\n", wine_dbgstr_w(words));
    wizard_type(frame, WIZARD_NAME, L"a\\b*%1");
    wizard_press(frame, IDOK);
    words = wizard_told(frame);
    ok(wcsstr(words, L"\"a\\b*%1\" cannot be the name") != NULL, "got %s\n", wine_dbgstr_w(words));
    wizard_type(frame, WIZARD_NAME, L"WM Wizard Other");
    wizard_press(frame, IDOK);
    words = wizard_told(frame);
    ok(wcsstr(words, L"already") != NULL, "got %s\n", wine_dbgstr_w(words));
    ok(wizard_is_at(frame, L"The profile"), "the page changed\n");

    wizard_type(frame, WIZARD_NAME, L"  wm wizard ");
    wizard_next(frame, L"Sample Message Service");
    ok(!wizard_control(frame, IDC_WIZARD_PASSWORD), "a control of the other page\n");
    /* What is missing keeps the service's page. */
    wizard_press(frame, IDOK);
    WAIT_FOR(sample_log_count("sv.WizardNext") == 2);
    ok(wizard_control(frame, IDC_WIZARD_ACCOUNT) != NULL, "the page changed\n");
    wizard_type(frame, IDC_WIZARD_ACCOUNT, L"joe");
    /* Back and again: what was entered is there. */
    wizard_press(frame, WIZARD_BACK);
    WAIT_FOR(wizard_is_at(frame, L"The profile"));
    ok(!lstrcmpW(wizard_text(frame, WIZARD_NAME), PROFILEW), "got %s\n",
       wine_dbgstr_w(wizard_text(frame, WIZARD_NAME)));
    wizard_next(frame, L"Sample Message Service");
    ok(!lstrcmpW(wizard_text(frame, IDC_WIZARD_ACCOUNT), L"joe"), "got %s\n",
       wine_dbgstr_w(wizard_text(frame, IDC_WIZARD_ACCOUNT)));
    wizard_press(frame, IDOK);
    WAIT_FOR(wizard_control(frame, IDC_WIZARD_PASSWORD));
    ok(!wizard_control(frame, IDC_WIZARD_ACCOUNT), "a control of the other page\n");
    wizard_type(frame, IDC_WIZARD_PASSWORD, L"secret");
    wizard_next(frame, L"Ready");
    words = wizard_text(frame, WIZARD_TEXT);
    ok(wcsstr(words, L"\"wm wizard\"") && wcsstr(words, L"Sample Message Service")
       && wcsstr(words, L"Plain Service"), "got %s\n", wine_dbgstr_w(words));
    ok(!lstrcmpW(drive_get_text(frame, IDOK), L"&Finish"), "the last page has no Finish\n");
    wizard_press(frame, WIZARD_BACK);
    WAIT_FOR(wizard_control(frame, IDC_WIZARD_PASSWORD));
    ok(!lstrcmpW(wizard_text(frame, IDC_WIZARD_PASSWORD), L"secret"), "the password is gone\n");
    ok(!lstrcmpW(drive_get_text(frame, IDOK), L"&Next >"), "Finish, and there is a page\n");
    wizard_next(frame, L"Ready");
    ok(!has_profile(PROFILE), "the profile is made too early\n");

    /* It cannot be made: told in words, nothing stays, and the next try works. */
    sample_behave("sv.Service3=fail");
    wizard_press(frame, IDOK);
    words = wizard_told(frame);
    ok(wcsstr(words, L"Nothing was changed") != NULL, "got %s\n", wine_dbgstr_w(words));
    ok(!has_profile(PROFILE), "half a profile\n");
    sample_behave(NULL);
    wizard_end(frame, IDOK, thread);
    ok(call.hr == S_OK, "got %#lx\n", call.hr);
    ok(!strcmp(call.name, PROFILE), "got %s\n", call.name);
    ok(count_services(PROFILE, &uid) == 2, "%lu services\n", count_services(PROFILE, &uid));
    check_settings(PROFILE, &uid, "joe", "secret");
    ok(is_default(PROFILE), "it is not the default profile\n");
    ok(sample_log_count("sv.WizardClose") == 1, "closed %d times\n",
       sample_log_count("sv.WizardClose"));
    sample_delete_profile(PROFILE);
}

static void test_cancel(void)
{
    struct wizard_call call = { 0, NULL, sizeof(call.name) };
    HANDLE thread;
    HWND frame;
    int page;

    for (page = 0; page < 6; page++)
    {
        sample_log_start();
        strcpy(call.name, "x");
        if (!(frame = wizard_start(&call, &thread))) return;
        if (page == 5) to_finish(frame);
        if (page > 0 && page < 5) wizard_next(frame, L"What the profile is to have");
        if (page > 1 && page < 5) wizard_next(frame, L"The profile");
        if (page > 2 && page < 5)
        {
            wizard_type(frame, WIZARD_NAME, PROFILEW);
            wizard_next(frame, L"Sample Message Service");
        }
        if (page == 4)
        {
            wizard_type(frame, IDC_WIZARD_ACCOUNT, L"joe");
            wizard_press(frame, IDOK);
            WAIT_FOR(wizard_control(frame, IDC_WIZARD_PASSWORD));
        }
        wizard_end(frame, IDCANCEL, thread);
        ok(call.hr == MAPI_E_USER_CANCEL, "%d: got %#lx\n", page, call.hr);
        ok(!call.name[0], "%d: got %s\n", page, call.name);
        ok(!has_profile(PROFILE), "%d: a profile was made\n", page);
        ok(sample_log_count("sv.WizardClose") == (page > 2), "%d: closed %d times\n", page,
           sample_log_count("sv.WizardClose"));
        ok(!sample_log_count("sv.Service2"), "%d: the service was created\n", page);
    }
}

/* A service that has no pages, or goes wrong with them, holds nobody up. */
static void test_broken(void)
{
    static const struct
    {
        const char *words;
        BOOL told, enters;
    }
    tests[] =
    {
        { "sv=nopages", FALSE, FALSE },
        { "sv=noresource", TRUE, FALSE },
        { "sv=longname", TRUE, FALSE },
        { "sv.Wizard=fail", TRUE, FALSE },
        { "sv.Wizard=crash", TRUE, FALSE },
        { "sv.WizardInit=crash", TRUE, FALSE },
        { "sv.WizardNext=fail", TRUE, FALSE },
        { "sv.WizardNext=crash", TRUE, FALSE },
        { "sv=manypages", FALSE, TRUE },
    };
    struct wizard_call call = { MAPI_PW_LAUNCHED_BY_CONFIG | MAPI_PW_HIDE_SERVICES_LIST, NULL,
                                sizeof(call.name) };
    const WCHAR *words;
    HANDLE thread;
    MAPIUID uid;
    HWND frame;
    int i;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context("%s", tests[i].words);
        sample_behave(tests[i].words);
        if ((frame = wizard_start(&call, &thread)))
        {
            ok(wizard_is_at(frame, L"The profile"), "got %s\n",
               wine_dbgstr_w(drive_get_text(frame, WIZARD_TITLE)));
            wizard_type(frame, WIZARD_NAME, PROFILEW);
            wizard_press(frame, IDOK);
            if (tests[i].told)
            {
                words = wizard_told(frame);
                ok(wcsstr(words, L"Sample Message Service cannot be set up here") != NULL,
                   "got %s\n", wine_dbgstr_w(words));
            }
            if (tests[i].enters)
            {
                WAIT_FOR(wizard_control(frame, IDC_WIZARD_ACCOUNT));
                wizard_end(frame, IDCANCEL, thread);
                ok(call.hr == MAPI_E_USER_CANCEL, "got %#lx\n", call.hr);
            }
            else
            {
                WAIT_FOR(wizard_is_at(frame, L"Ready"));
                sample_behave(NULL);
                wizard_end(frame, IDOK, thread);
                ok(call.hr == S_OK, "got %#lx\n", call.hr);
                ok(count_services(PROFILE, &uid) == 2, "%lu services\n",
                   count_services(PROFILE, &uid));
            }
        }
        sample_behave(NULL);
        sample_delete_profile(PROFILE);
        winetest_pop_context();
    }
}

static void test_add(void)
{
    const char *sample[] = { "SAMPLE", NULL }, *plain[] = { "plain", NULL };
    struct wizard_call call = { MAPI_PW_ADD_SERVICE_ONLY, sample, sizeof(call.name) };
    char narrow[8];
    HANDLE thread;
    MAPIUID uid;
    HWND frame;
    HRESULT hr;

    /* To the default profile: only the pages of the service. */
    set_default(OTHER);
    if (!(frame = wizard_start(&call, &thread))) return;
    ok(wizard_control(frame, IDC_WIZARD_ACCOUNT) != NULL, "no page of the service\n");
    ok(!drive_enabled(frame, WIZARD_BACK), "there is a page before the first\n");
    wizard_type(frame, IDC_WIZARD_ACCOUNT, L"ann");
    wizard_press(frame, IDOK);
    WAIT_FOR(wizard_control(frame, IDC_WIZARD_PASSWORD));
    ok(!lstrcmpW(drive_get_text(frame, IDOK), L"&Finish"), "the last page has no Finish\n");
    /* A failure comes back to the last page. */
    sample_behave("sv.Service2=fail");
    wizard_press(frame, IDOK);
    ok(wcsstr(wizard_told(frame), L"Nothing was changed") != NULL, "no words\n");
    WAIT_FOR(wizard_control(frame, IDC_WIZARD_PASSWORD));
    ok(count_services(OTHER, &uid) == 1, "%lu services\n", count_services(OTHER, &uid));
    sample_behave(NULL);
    wizard_end(frame, IDOK, thread);
    ok(call.hr == S_OK, "got %#lx\n", call.hr);
    ok(!strcmp(call.name, OTHER), "got %s\n", call.name);
    ok(count_services(OTHER, &uid) == 2, "%lu services\n", count_services(OTHER, &uid));
    check_settings(OTHER, &uid, "ann", "");

    /* It is there: nothing to do. A name that does not fit is cut. */
    hr = LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, sample, sizeof(narrow), narrow);
    ok(hr == S_OK && !strcmp(narrow, "wm wiza"), "got %#lx, %s\n", hr, narrow);
    hr = LaunchWizard(NULL, MAPI_PW_ADD_SERVICE_ONLY, sample, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(count_services(OTHER, &uid) == 2, "%lu services\n", count_services(OTHER, &uid));

    /* One without pages needs no window; without a default profile it gets a new one. */
    set_default(NULL);
    call.flags = MAPI_PW_ADD_SERVICE_ONLY | MAPI_PW_PROVIDER_UI_ONLY;
    hr = LaunchWizard(NULL, call.flags, plain, sizeof(call.name), call.name);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(call.name[0] && strcmp(call.name, OTHER), "got %s\n", call.name);
    ok(count_services(call.name, &uid) == 1, "%lu services\n", count_services(call.name, &uid));
    sample_delete_profile(call.name);

    /* A profile by name, in the other width. */
    call.flags = MAPI_UNICODE | MAPI_PW_LAUNCHED_BY_CONFIG | MAPI_PW_ADD_TO_PROFILE;
    call.services = NULL;
    lstrcpyW((WCHAR *)call.name, L"wm wizard other");
    if (!(frame = wizard_start(&call, &thread))) return;
    ok(wizard_is_at(frame, L"What the profile is to have"), "got %s\n",
       wine_dbgstr_w(drive_get_text(frame, WIZARD_TITLE)));
    /* Nothing at all is not enough. */
    SendMessageW(wizard_control(frame, WIZARD_SERVICES), LB_SETSEL, FALSE, -1);
    wizard_press(frame, IDOK);
    ok(wcsstr(wizard_told(frame), L"at least one") != NULL, "no words\n");
    SendMessageW(wizard_control(frame, WIZARD_SERVICES), LB_SETSEL, TRUE, 0);
    wizard_next(frame, L"Sample Message Service");
    wizard_type(frame, IDC_WIZARD_ACCOUNT, L"eve");
    wizard_press(frame, IDOK);
    WAIT_FOR(wizard_control(frame, IDC_WIZARD_PASSWORD));
    wizard_next(frame, L"Ready");
    wizard_end(frame, IDOK, thread);
    ok(call.hr == S_OK, "got %#lx\n", call.hr);
    ok(!lstrcmpW((WCHAR *)call.name, L"wm wizard other"), "got %s\n",
       wine_dbgstr_w((WCHAR *)call.name));
    ok(count_services(OTHER, &uid) == 3, "%lu services\n", count_services(OTHER, &uid));
    check_settings(OTHER, &uid, "eve", "");
}

START_TEST(wizard)
{
    /* The pages of the sample keep a password. */
    const BOOL secure = LoadLibraryA("crypt32.dll") != NULL;
    HRESULT hr;

    if (!sample_install_inf(wizard_inf))
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    sample_delete_profile(PROFILE);
    sample_delete_profile(OTHER);
    test_arguments();
    if (!drive_has_gdi()) skip("nothing can be typed here\n");
    else
    {
        IMsgServiceAdmin *services;
        IProfAdmin *admin;

        hr = MAPIAdminProfiles(0, &admin);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IProfAdmin_CreateProfile(admin, (LPTSTR)OTHER, NULL, 0, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IProfAdmin_AdminServices(admin, (LPTSTR)OTHER, NULL, 0, 0, &services);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"PLAIN", NULL, 0, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMsgServiceAdmin_Release(services);
        IProfAdmin_Release(admin);
        if (secure) test_whole_path();
        test_cancel();
        test_broken();
        if (secure) test_add();
        else skip("crypt32.dll cannot be loaded here: no password can be kept\n");
        set_default(NULL);
    }
    sample_delete_profile(PROFILE);
    sample_delete_profile(OTHER);
    MAPIUninitialize();
    sample_remove();
}
