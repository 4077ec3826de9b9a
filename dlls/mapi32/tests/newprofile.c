/*
 * Tests of the profile that a first logon makes
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

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include <mapix.h>
#include <mapiutil.h>

#include "wizarddrive.h"
#include "sample.h"

#define IDC_PROFILE_NEW 1704

static IProfAdmin *admin;

static void set_policy(LONG policy)
{
    DWORD value = policy;
    HKEY key;

    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key)) return;
    if (policy < 0) RegDeleteValueA(key, "NewProfile");
    else RegSetValueExA(key, "NewProfile", 0, REG_DWORD, (BYTE *)&value, sizeof(value));
    RegCloseKey(key);
}

static ULONG count_profiles(void)
{
    IMAPITable *table;
    ULONG count = 0;

    if (FAILED(IProfAdmin_GetProfileTable(admin, 0, &table))) return ~0u;
    IMAPITable_GetRowCount(table, 0, &count);
    IMAPITable_Release(table);
    return count;
}

static ULONG count_stores(IMAPISession *session)
{
    IMAPITable *table;
    ULONG count = 0;

    if (FAILED(IMAPISession_GetMsgStoresTable(session, 0, &table))) return ~0u;
    IMAPITable_GetRowCount(table, 0, &count);
    IMAPITable_Release(table);
    return count;
}

static HRESULT log_on(ULONG flags, IMAPISession **session)
{
    *session = (IMAPISession *)0xdeadbeef;
    return MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | flags, session);
}

/* Nobody said that one be made by itself, and nobody can be asked. */
static void test_not_by_itself(void)
{
    static const LONG policies[] = { -1, 0, 1, 3 };
    IMAPISession *session;
    HRESULT hr;
    int i;

    for (i = 0; i < ARRAY_SIZE(policies); i++)
    {
        set_policy(policies[i]);
        hr = log_on(MAPI_USE_DEFAULT, &session);
        ok(hr == MAPI_E_LOGON_FAILED && !session, "%ld: got %#lx, %p\n", policies[i], hr, session);
        ok(!count_profiles(), "%ld: a profile was made\n", policies[i]);
    }
    set_policy(-1);
}

static void test_by_policy(void)
{
    IMAPISession *session;
    HRESULT hr;

    set_policy(2);
    /* A profile that is named is not another one. */
    session = (IMAPISession *)0xdeadbeef;
    hr = MAPILogonEx(0, (LPTSTR)"newprofile", NULL, MAPI_EXTENDED | MAPI_NEW_SESSION, &session);
    ok(hr == MAPI_E_LOGON_FAILED && !session, "got %#lx, %p\n", hr, session);
    ok(!count_profiles(), "a profile was made\n");

    hr = log_on(MAPI_USE_DEFAULT, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(count_stores(session) == 1, "got %lu stores\n", count_stores(session));
        IMAPISession_Logoff(session, 0, 0, 0);
        IMAPISession_Release(session);
    }
    ok(count_profiles() == 1, "got %lu profiles\n", count_profiles());

    /* It is the default now, and the one that is taken. */
    hr = log_on(MAPI_USE_DEFAULT, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        IMAPISession_Logoff(session, 0, 0, 0);
        IMAPISession_Release(session);
    }
    ok(count_profiles() == 1, "got %lu profiles\n", count_profiles());

    /* With a profile there, but no default, somebody has to choose. */
    IProfAdmin_SetDefaultProfile(admin, NULL, 0);
    hr = log_on(MAPI_USE_DEFAULT, &session);
    ok(hr == MAPI_E_LOGON_FAILED && !session, "got %#lx, %p\n", hr, session);
    ok(count_profiles() == 1, "got %lu profiles\n", count_profiles());
    sample_delete_profile("Mail");
    ok(!count_profiles(), "got %lu profiles\n", count_profiles());

    /* Services that cannot be made leave no profile. */
    sample_behave("sv.Service2=fail");
    hr = log_on(MAPI_USE_DEFAULT, &session);
    ok(FAILED(hr) && !session, "got %#lx, %p\n", hr, session);
    ok(!count_profiles(), "a profile was made\n");
    sample_behave(NULL);
    set_policy(-1);
}

/* Where none may be made: the picker, with nothing to pick. */
static DWORD WINAPI look_for_new(void *data)
{
    HWND picker;

    if (!(picker = drive_wait(L"Choose Profile"))) return 1;
    *(BOOL *)data = drive_enabled(picker, IDC_PROFILE_NEW);
    PostMessageW(picker, WM_COMMAND, IDCANCEL, 0);
    return 0;
}

/* Where there is none yet: the wizard, at once. data: the button that ends it. */
static DWORD WINAPI answer_wizard(void *data)
{
    HWND frame = drive_wait(L"Mail Setup");

    if (!frame) return 1;
    WAIT_FOR(wizard_is_at(frame, L"Welcome"));
    wizard_next(frame, L"The profile");
    wizard_next(frame, L"Ready");
    wizard_press(frame, *(int *)data);
    return 0;
}

/* The picker's button leads to the same wizard, without its welcome. */
static DWORD WINAPI pick_new(void *data)
{
    HWND picker = drive_wait(L"Choose Profile"), frame;

    if (!picker) return 1;
    PostMessageW(picker, WM_COMMAND, IDC_PROFILE_NEW, 0);
    if (!(frame = drive_wait(L"Mail Setup"))) return 1;
    WAIT_FOR(wizard_is_at(frame, L"The profile"));
    ok(!lstrcmpW(wizard_text(frame, WIZARD_NAME), L"Mail 2"), "got %s\n",
       wine_dbgstr_w(wizard_text(frame, WIZARD_NAME)));
    wizard_next(frame, L"Ready");
    wizard_press(frame, IDCANCEL);
    WAIT_FOR(!IsWindow(frame) && IsWindowEnabled(picker));
    PostMessageW(picker, WM_COMMAND, IDC_PROFILE_NEW, 0);
    if (!(frame = drive_wait(L"Mail Setup"))) return 1;
    WAIT_FOR(wizard_is_at(frame, L"The profile"));
    wizard_next(frame, L"Ready");
    wizard_press(frame, IDOK);
    return 0;
}

static void log_off(IMAPISession *session)
{
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
}

static void test_by_user(void)
{
    int cancel = IDCANCEL, finish = IDOK;
    IMAPISession *session;
    BOOL offered = FALSE;
    HANDLE thread;
    HRESULT hr;

    if (!drive_has_gdi())
    {
        skip("nothing can be typed here\n");
        return;
    }
    set_policy(0);
    thread = drive_start(look_for_new, &offered);
    hr = log_on(MAPI_LOGON_UI, &session);
    drive_join(thread);
    ok(hr == MAPI_E_USER_CANCEL && !session, "got %#lx, %p\n", hr, session);
    ok(!offered, "it is offered\n");
    ok(!count_profiles(), "a profile was made\n");

    set_policy(-1);
    thread = drive_start(answer_wizard, &cancel);
    hr = log_on(MAPI_LOGON_UI, &session);
    drive_join(thread);
    ok(hr == MAPI_E_USER_CANCEL && !session, "got %#lx, %p\n", hr, session);
    ok(!count_profiles(), "a profile was made\n");

    thread = drive_start(answer_wizard, &finish);
    hr = log_on(MAPI_LOGON_UI, &session);
    drive_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(count_stores(session) == 1, "got %lu stores\n", count_stores(session));
        log_off(session);
    }
    ok(count_profiles() == 1, "got %lu profiles\n", count_profiles());
    hr = log_on(MAPI_USE_DEFAULT, &session);
    ok(hr == S_OK, "it is not the default: %#lx\n", hr);
    if (hr == S_OK) log_off(session);

    thread = drive_start(pick_new, NULL);
    hr = log_on(MAPI_LOGON_UI, &session);
    drive_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) log_off(session);
    ok(count_profiles() == 2, "got %lu profiles\n", count_profiles());
    sample_delete_profile("Mail");
    sample_delete_profile("Mail 2");
}

START_TEST(newprofile)
{
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "MAPIAdminProfiles returned %#lx\n", hr);
    if (count_profiles()) skip("there are profiles already\n");
    else
    {
        test_not_by_itself();
        test_by_policy();
        test_by_user();
    }
    IProfAdmin_Release(admin);
    MAPIUninitialize();
    sample_remove();
}
