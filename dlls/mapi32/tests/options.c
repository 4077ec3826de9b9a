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
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "sample.h"

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

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION, &session);
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
        ok(props[0].ulPropTag == PR_SAMPLE_RETRIES && props[0].Value.l == 3, "%#lx\n", props[0].ulPropTag);
        ok(props[1].ulPropTag == PR_SAMPLE_NOTE_A && !strcmp(props[1].Value.lpszA, "as the sample has it"),
           "%#lx\n", props[1].ulPropTag);
        MAPIFreeBuffer(props);
    }
    hr = IAddrBook_QueryDefaultRecipOpt(book, (LPTSTR)L"SAMPLE", MAPI_UNICODE, &count, &props);
    ok(hr == S_OK && count == 2, "got %#lx, %lu\n", hr, count);
    if (hr == S_OK)
    {
        ok(props[1].ulPropTag == PR_SAMPLE_NOTE_W && !lstrcmpW(props[1].Value.lpszW, L"as the sample has it"),
           "%#lx\n", props[1].ulPropTag);
        MAPIFreeBuffer(props);
    }

    hr = IMAPISession_QueryDefaultMessageOpt(session, (LPTSTR)"SAMPLE", 0, &count, &props);
    ok(hr == S_OK && count == 1, "got %#lx, %lu\n", hr, count);
    if (hr == S_OK)
    {
        ok(props[0].ulPropTag == PR_SAMPLE_URGENT && !props[0].Value.b, "%#lx\n", props[0].ulPropTag);
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

    /* The transport's function is called; a window that shows what it gives is not there yet. */
    props[0].Value.lpszA = (char *)"SAMPLE";
    sample_log_start();
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    ok(sample_log_count("xp.OptionCallback") == 1, "called %d times\n", sample_log_count("xp.OptionCallback"));
    ok(recipient.rgPropVals == props && recipient.cValues == 1, "the recipient has changed\n");
    sample_behave("xp.OptionCallback=fail");
    hr = IAddrBook_RecipOptions(book, 0, 0, &recipient);
    ok(hr == E_FAIL, "got %#lx\n", hr);
    sample_behave(NULL);

    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    sample_log_start();
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"SAMPLE", NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_MessageOptions(session, 0, 1, (LPTSTR)"SAMPLE", (IMessage *)message);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"NOSUCH", (IMessage *)message);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    ok(!sample_log_count("xp.OptionCallback"), "called for another type\n");
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"SAMPLE", (IMessage *)message);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    ok(sample_log_count("xp.OptionCallback") == 1, "called %d times\n", sample_log_count("xp.OptionCallback"));
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
        test_failures();
        log_off();
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
