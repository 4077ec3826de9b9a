/*
 * Tests of message and recipient options
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
#include "sheetdrive.h"

#define PR_SAMPLE_URGENT        PROP_TAG(PT_BOOLEAN, 0x6620)
#define PR_SAMPLE_RETRIES       PROP_TAG(PT_LONG, 0x6621)
#define PR_SAMPLE_NOTE_A        PROP_TAG(PT_STRING8, 0x6622)
#define PR_SAMPLE_NOTE_W        PROP_TAG(PT_UNICODE, 0x6622)

static char profile[] = "OptionsTest";

static IMAPISession *session;
static IAddrBook *book;

static BOOL log_on(void)
{
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION, &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    if (FAILED(hr)) return FALSE;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    return SUCCEEDED(hr);
}

static void log_off(void)
{
    IAddrBook_Release(book);
    IMAPISession_Logoff(session, 0, 0, 0);
    ok(!IMAPISession_Release(session), "references are left\n");
}

static void test_defaults(void)
{
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    hr = IAddrBook_QueryDefaultRecipOpt(book, NULL, 0, &count, &props);
    ok(hr == MAPI_E_INVALID_PARAMETER && !props && !count, "got %#lx\n", hr);
    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)"SAMPLE", 1, &count, &props);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !props, "got %#lx\n", hr);
    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)"SAMPLE", 0, NULL, &props);
    ok(hr == MAPI_E_INVALID_PARAMETER && !props, "got %#lx\n", hr);
    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)"NOSUCH", 0, &count, &props);
    ok(hr == MAPI_E_NOT_FOUND && !props && !count, "got %#lx\n", hr);

    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)"sample", 0, &count, &props);
    ok(hr == S_OK && count == 2, "got %#lx, %lu\n", hr, count);
    if (hr == S_OK)
    {
        ok(props[0].ulPropTag == PR_SAMPLE_RETRIES && props[0].Value.l == 3, "%#lx\n",
           props[0].ulPropTag);
        ok(props[1].ulPropTag == PR_SAMPLE_NOTE_A
               && !strcmp(props[1].Value.lpszA, "as the sample has it"),
           "%#lx\n", props[1].ulPropTag);
        MAPIFreeBuffer(props);
    }
    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)L"SAMPLE", MAPI_UNICODE, &count, &props);
    ok(hr == S_OK && count == 2, "got %#lx, %lu\n", hr, count);
    if (hr == S_OK)
    {
        ok(props[1].ulPropTag == PR_SAMPLE_NOTE_W
               && !lstrcmpW(props[1].Value.lpszW, L"as the sample has it"),
           "%#lx\n", props[1].ulPropTag);
        MAPIFreeBuffer(props);
    }

    hr = IMAPISession_QueryDefaultMessageOpt(session, (LPTSTR)"SAMPLE", 0, &count, &props);
    ok(hr == S_OK && count == 1, "got %#lx, %lu\n", hr, count);
    if (hr == S_OK)
    {
        ok(props[0].ulPropTag == PR_SAMPLE_URGENT && !props[0].Value.b, "%#lx\n",
           props[0].ulPropTag);
        MAPIFreeBuffer(props);
    }
    hr = IMAPISession_QueryDefaultMessageOpt(session, (LPTSTR)"NOSUCH", 0, &count, &props);
    ok(hr == MAPI_E_NOT_FOUND && !props && !count, "got %#lx\n", hr);
    hr = IMAPISession_QueryDefaultMessageOpt(session, NULL, 0, &count, &props);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
}

static void test_dialogs(void)
{
    SPropValue props[2];
    ADRENTRY recipient = { 0 };
    IPropData *message;
    HRESULT hr;

    hr = IAddrBook_RecipOptions(book, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    ok(hr == MAPI_E_INVALID_PARAMETER, "without an address type: %#lx\n", hr);
    recipient.cValues = 1;
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    recipient.rgPropVals = props;
    props[0].ulPropTag = PR_ADDRTYPE_A;
    props[0].Value.lpszA = (char *)"NOSUCH";
    hr = IAddrBook_RecipOptions(book, 0, 1, &recipient);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    ok(hr == MAPI_W_ERRORS_RETURNED, "got %#lx\n", hr);

    props[0].Value.lpszA = (char *)"SAMPLE";
    sample_behave("xp.OptionCallback=fail");
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    ok(hr == E_FAIL, "got %#lx\n", hr);
    sample_behave(NULL);

    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    sample_log_start();
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"SAMPLE", NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_MessageOptions(session, 0, 1, (LPTSTR)"SAMPLE", (IMessage *)message);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"NOSUCH", (IMessage *)message);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    ok(!sample_log_count("xp.OptionCallback"), "called for another type\n");
    ok(!IPropData_Release(message), "references are left\n");
}

/* The controls of a page, in their order. */
enum { URGENT = 0, RETRIES = 1, NOTE = 3 };

static DWORD WINAPI drive_recipient(void *accept)
{
    HWND sheet = sheet_wait(L"Options");

    if (!sheet) return 0;
    ok(!lstrcmpW(sheet_text(sheet, RETRIES), L"3"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, RETRIES)));
    ok(!lstrcmpW(sheet_text(sheet, NOTE), L"as the sample has it"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, NOTE)));
    sheet_type(sheet, RETRIES, L"7");
    sheet_press(sheet, accept ? PSBTN_OK : PSBTN_CANCEL);
    return 0;
}

static void test_recipient_sheet(void)
{
    SPropValue *props, *found;
    ADRENTRY recipient = { 0 };
    HANDLE thread;
    HRESULT hr;

    hr = MAPIAllocateBuffer(sizeof(*props), (void **)&props);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(props, 0, sizeof(*props));
    props[0].ulPropTag = PR_ADDRTYPE_A;
    props[0].Value.lpszA = (char *)"SAMPLE";
    recipient.cValues = 1;
    recipient.rgPropVals = props;
    sample_log_start();
    thread = CreateThread(NULL, 0, drive_recipient, NULL, 0, NULL);
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    sheet_join(thread);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    ok(recipient.rgPropVals == props && recipient.cValues == 1, "the recipient has changed\n");
    ok(sample_log_count("xp.OptionCallback") == 1, "called %d times\n",
       sample_log_count("xp.OptionCallback"));

    thread = CreateThread(NULL, 0, drive_recipient, &recipient, 0, NULL);
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    found = PpropFindProp(recipient.rgPropVals, recipient.cValues, PR_SAMPLE_RETRIES);
    ok(found && found->Value.l == 7, "not what was typed\n");
    found = PpropFindProp(recipient.rgPropVals, recipient.cValues, PR_ADDRTYPE_A);
    ok(found && !strcmp(found->Value.lpszA, "SAMPLE"), "another address type\n");
    MAPIFreeBuffer(recipient.rgPropVals);
}

static DWORD WINAPI drive_message(void *unused)
{
    HWND sheet = sheet_wait(L"Options");

    if (!sheet) return 0;
    ok(!sheet_checked(sheet, URGENT), "urgent already\n");
    sheet_click(sheet, URGENT);
    sheet_press(sheet, PSBTN_OK);
    return 0;
}

static void test_message_sheet(void)
{
    IPropData *message;
    SPropValue *prop;
    HANDLE thread;
    HRESULT hr;

    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    thread = CreateThread(NULL, 0, drive_message, NULL, 0, NULL);
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"SAMPLE", (IMessage *)message);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrGetOneProp((IMAPIProp *)message, PR_SAMPLE_URGENT, &prop);
    ok(hr == S_OK && prop->Value.b, "not urgent: %#lx\n", hr);
    if (hr == S_OK) MAPIFreeBuffer(prop);
    ok(!IPropData_Release(message), "references are left\n");
}

static void test_failures(void)
{
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    sample_behave("xp.RegisterOptions=fail");
    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)"SAMPLE", 0, &count, &props);
    ok(hr == MAPI_E_NOT_FOUND && !props, "got %#lx\n", hr);
    sample_behave("xp.OptionCallback=crash");
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"SAMPLE", (IMessage *)book);
    ok(hr == MAPI_E_CALL_FAILED, "got %#lx\n", hr);
    sample_behave(NULL);
    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)"SAMPLE", 0, &count, &props);
    ok(hr == MAPI_E_NOT_FOUND && !props, "of a broken transport: %#lx\n", hr);
}

START_TEST(options)
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
    if (hr == S_OK && log_on())
    {
        test_defaults();
        test_dialogs();
        if (sheet_windows_work())
        {
            test_recipient_sheet();
            test_message_sheet();
        }
        else skip("this Wine cannot draw for a program of this width\n");
        test_failures();
        log_off();
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
