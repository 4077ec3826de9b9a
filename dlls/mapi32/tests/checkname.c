/*
 * Tests: the check-names and new-entry dialogs
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

#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "sample.h"
#include "drive.h"

#define IDC_CHECK_TEXT    1791
#define IDC_CHECK_LIST    1792
#define IDC_CHECK_NEW     1793
#define IDC_CHECK_MORE    1794
#define IDC_CHECK_DETAILS 1795
#define IDC_NEW_LIST      1802
#define IDC_NEW_WHERE     1804
#define IDC_ENTRY_NAME    1812
#define IDC_ENTRY_TYPE    1814
#define IDC_ENTRY_ADDRESS 1816
#define IDC_ENTRY_RICH    1817
#define IDC_LIST          1735          /* of the address dialog */
#define IDC_WELL_BUTTON   1750
#define IDC_WELL          1760
#define IDC_FIND          1732

static char profile[] = "CheckNameTest";
static IMAPISession *session;
static IAddrBook *book;
static BOOL can_type;

/* ---- check names ---- */

static ADRLIST *one_name(const WCHAR *name)
{
    SPropValue *props;
    ADRLIST *list;
    WCHAR *text;

    MAPIAllocateBuffer(CbNewADRLIST(1), (void **)&list);
    MAPIAllocateBuffer(2 * sizeof(*props), (void **)&props);
    memset(list, 0, CbNewADRLIST(1));
    memset(props, 0, 2 * sizeof(*props));
    MAPIAllocateMore((lstrlenW(name) + 1) * sizeof(WCHAR), props, (void **)&text);
    lstrcpyW(text, name);
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = text;
    props[1].ulPropTag = PR_RECIPIENT_TYPE;
    props[1].Value.l = MAPI_CC;
    list->cEntries = 1;
    list->aEntries[0].cValues = 2;
    list->aEntries[0].rgPropVals = props;
    return list;
}

static const WCHAR *value_of(const ADRLIST *list, ULONG tag)
{
    const SPropValue *value = PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, tag);

    return value ? value->Value.lpszW : L"";
}

/* Two people of one name and one who is called alike: the second is the one. */
static DWORD WINAPI drive_ambiguous(void *data)
{
    HWND dialog = drive_wait(L"Check Names");
    int i, count, wanted = -1;

    if (!dialog) return 0;
    count = drive_count(dialog, IDC_CHECK_LIST);
    ok(count == 2, "%d fit\n", count);
    ok(!!wcsstr(drive_get_text(dialog, IDC_CHECK_TEXT), L"\"John Smith\""), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_CHECK_TEXT)));
    ok(!lstrcmpW(drive_get_text(dialog, IDC_CHECK_NEW), L"Somebody else"), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_CHECK_NEW)));
    ok(drive_selected(dialog, IDC_CHECK_LIST) == 0, "the first is not selected\n");
    for (i = 0; i < count; i++)
    {
        ok(!lstrcmpW(drive_cell(dialog, IDC_CHECK_LIST, i, 0), L"John Smith"), "got %s\n",
           wine_dbgstr_w(drive_cell(dialog, IDC_CHECK_LIST, i, 0)));
        if (!lstrcmpW(drive_cell(dialog, IDC_CHECK_LIST, i, 1), L"john.smith@staff.example")) wanted = i;
    }
    ok(wanted >= 0, "he is not there\n");
    drive_select(dialog, IDC_CHECK_LIST, -1, FALSE);
    ok(!drive_enabled(dialog, IDOK) && !drive_enabled(dialog, IDC_CHECK_DETAILS), "enabled\n");
    drive_select(dialog, IDC_CHECK_LIST, wanted, TRUE);
    ok(drive_enabled(dialog, IDOK), "disabled\n");
    drive_click(dialog, data ? IDOK : IDCANCEL);
    return 0;
}

static void test_ambiguous(void)
{
    ADRLIST *list = one_name(L"John Smith");
    HANDLE thread;
    HRESULT hr;

    thread = drive_start(drive_ambiguous, NULL);
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG | MAPI_UNICODE | AB_UNICODEUI, (LPTSTR)L"Somebody else", list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    ok(!lstrcmpW(value_of(list, PR_DISPLAY_NAME_W), L"John Smith") && list->aEntries[0].cValues == 2, "changed\n");
    thread = drive_start(drive_ambiguous, (void *)1);
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG | MAPI_UNICODE | AB_UNICODEUI, (LPTSTR)L"Somebody else", list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    ok(!lstrcmpW(value_of(list, PR_EMAIL_ADDRESS_W), L"john.smith@staff.example"), "got %s\n",
       wine_dbgstr_w(value_of(list, PR_EMAIL_ADDRESS_W)));
    ok(PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_ENTRYID) != NULL, "not resolved\n");
    FreePadrlist(list);
}

/* Nobody is called so: somebody else is taken from the address book. */
static DWORD WINAPI drive_more(void *data)
{
    HWND dialog = drive_wait(L"Check Names"), address;

    if (!dialog) return 0;
    ok(drive_count(dialog, IDC_CHECK_LIST) == 0, "%d fit\n", drive_count(dialog, IDC_CHECK_LIST));
    ok(!drive_enabled(dialog, IDOK), "enabled\n");
    PostMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_CHECK_MORE, BN_CLICKED), 0);
    if (!(address = drive_wait(L"Address Book")))
    {
        drive_click(dialog, IDCANCEL);
        return 0;
    }
    drive_select(address, IDC_LIST, 2, TRUE);
    drive_click(address, IDOK);
    WAIT_FOR(!IsWindow(dialog));
    return 0;
}

static void test_none(void)
{
    ADRLIST *list = one_name(L"Nobody Atall");
    HANDLE thread;
    HRESULT hr;

    thread = drive_start(drive_cancel, (void *)L"Check Names");
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG | MAPI_UNICODE | AB_UNICODEUI, NULL, list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    thread = drive_start(drive_more, NULL);
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG | MAPI_UNICODE | AB_UNICODEUI, NULL, list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    ok(!lstrcmpW(value_of(list, PR_DISPLAY_NAME_W), L"Grace Hopper"), "got %s\n",
       wine_dbgstr_w(value_of(list, PR_DISPLAY_NAME_W)));
    FreePadrlist(list);
}

/* AB_RESOLVE: the address dialog stays until every name is somebody. */
static DWORD WINAPI drive_resolve(void *data)
{
    HWND dialog = drive_wait(L"Address test"), check;

    if (!dialog) return 0;
    ok(drive_items(dialog, IDC_WELL) == 1, "%d in To\n", drive_items(dialog, IDC_WELL));
    PostMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDOK, BN_CLICKED), 0);
    if ((check = drive_wait(L"Check Names"))) drive_click(check, IDCANCEL);
    WAIT_FOR(!IsWindow(check));
    ok(IsWindow(dialog), "the dialog is gone with a name nobody has\n");
    PostMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDOK, BN_CLICKED), 0);
    if ((check = drive_wait(L"Check Names"))) drive_click(check, IDOK);
    WAIT_FOR(!IsWindow(dialog));
    return 0;
}

static void test_resolve(void)
{
    ADRLIST *list = one_name(L"John Smith");
    ADRPARM parm = { 0 };
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    list->aEntries[0].rgPropVals[1].Value.l = MAPI_TO;
    parm.ulFlags = DIALOG_MODAL | AB_RESOLVE | AB_UNICODEUI;
    parm.cDestFields = 1;
    parm.lpszCaption = (LPTSTR)L"Address test";
    thread = drive_start(drive_resolve, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    ok(list->cEntries == 1, "%lu entries\n", list->cEntries);
    ok(PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_ENTRYID) != NULL, "not resolved\n");
    ok(PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_RECIPIENT_TYPE) != NULL, "no type\n");
    FreePadrlist(list);
}

/* ---- new entries ---- */

static int find_template(HWND dialog, const WCHAR *name)
{
    int i, count = drive_items(dialog, IDC_NEW_LIST);
    const WCHAR *text;

    for (i = 0; i < count; i++)
    {
        text = drive_item(dialog, IDC_NEW_LIST, i);
        if (lstrcmpW(text + wcsspn(text, L" "), name)) continue;
        SendDlgItemMessageW(dialog, IDC_NEW_LIST, LB_SETCURSEL, i, 0);
        SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_NEW_LIST, LBN_SELCHANGE), (LPARAM)GetDlgItem(dialog, IDC_NEW_LIST));
        return i;
    }
    ok(0, "no template %s\n", wine_dbgstr_w(name));
    return -1;
}

/* A one-off of the subsystem's own template. */
static DWORD WINAPI drive_one_off(void *data)
{
    HWND dialog = drive_wait(L"New Entry");

    if (!dialog) return 0;
    find_template(dialog, L"Sample Address Book");
    ok(!drive_enabled(dialog, IDOK), "a heading can be made\n");
    find_template(dialog, L"Other Address");
    ok(drive_enabled(dialog, IDOK), "disabled\n");
    drive_click(dialog, IDOK);
    if (!(dialog = drive_wait(L"New Entry Properties"))) return 0;
    ok(!drive_enabled(dialog, IDOK), "without an address\n");
    if (!can_type)
    {
        drive_click(dialog, IDCANCEL);
        return 0;
    }
    drive_text(dialog, IDC_ENTRY_ADDRESS, L"someone@example.org");
    ok(!drive_enabled(dialog, IDOK), "without a type\n");
    drive_text(dialog, IDC_ENTRY_TYPE, L"FAX");
    ok(drive_enabled(dialog, IDOK), "disabled\n");
    if (data) drive_text(dialog, IDC_ENTRY_NAME, L"Someone");
    SendDlgItemMessageW(dialog, IDC_ENTRY_RICH, BM_SETCHECK, BST_UNCHECKED, 0);
    drive_click(dialog, IDOK);
    return 0;
}

static void test_one_off(const WCHAR *name, void *data)
{
    SizedSPropTagArray(4, tags) = { 4, { PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEND_RICH_INFO } };
    ULONG size, type, count;
    SPropValue *props;
    IMailUser *user;
    HANDLE thread;
    ENTRYID *id;
    HRESULT hr;

    thread = drive_start(drive_one_off, data);
    hr = IAddrBook_NewEntry(book, 0, 0, 0, NULL, 0, NULL, &size, &id);
    ok(hr == (can_type ? S_OK : MAPI_E_USER_CANCEL), "got %#lx\n", hr);
    drive_join(thread);
    if (hr != S_OK) return;
    hr = IAddrBook_OpenEntry(book, size, id, NULL, 0, &type, (IUnknown **)&user);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    if (hr != S_OK) return;
    hr = IMailUser_GetProps(user, (SPropTagArray *)&tags, 0, &count, &props);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!lstrcmpW(props[0].Value.lpszW, name), "named %s\n", wine_dbgstr_w(props[0].Value.lpszW));
    ok(!lstrcmpW(props[1].Value.lpszW, L"FAX"), "type %s\n", wine_dbgstr_w(props[1].Value.lpszW));
    ok(!lstrcmpW(props[2].Value.lpszW, L"someone@example.org"), "address %s\n", wine_dbgstr_w(props[2].Value.lpszW));
    ok(!props[3].Value.b, "rich text\n");
    MAPIFreeBuffer(props);
    IMailUser_Release(user);
}

/* Into the container that the user chooses. */
static DWORD WINAPI drive_put(void *data)
{
    HWND dialog = drive_wait(L"New Entry"), where;

    if (!dialog) return 0;
    where = GetDlgItem(dialog, IDC_NEW_WHERE);
    ok(SendMessageW(where, CB_GETCOUNT, 0, 0) == 2, "%d places\n", (int)SendMessageW(where, CB_GETCOUNT, 0, 0));
    SendMessageW(where, CB_SETCURSEL, 1, 0);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_NEW_WHERE, CBN_SELCHANGE), (LPARAM)where);
    find_template(dialog, L"Sample User");
    drive_click(dialog, IDOK);
    if (!(dialog = drive_wait(L"New Entry Properties"))) return 0;
    ok(!lstrcmpW(drive_get_text(dialog, IDC_ENTRY_TYPE), L"SAMPLE"), "type %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_ENTRY_TYPE)));
    drive_text(dialog, IDC_ENTRY_NAME, L"Put Here");
    drive_text(dialog, IDC_ENTRY_ADDRESS, L"put@sample.example");
    drive_click(dialog, IDOK);
    return 0;
}

static void test_put(void)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_W, PR_ENTRYID } };
    ULONG size, pab_size, type, same;
    ENTRYID *id, *pab_id;
    IABContainer *pab;
    IMAPITable *table;
    HANDLE thread;
    SRowSet *rows;
    HRESULT hr;

    thread = drive_start(drive_put, NULL);
    hr = IAddrBook_NewEntry(book, 0, 0, 0, NULL, 0, NULL, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (hr != S_OK) return;
    hr = IAddrBook_GetPAB(book, &pab_size, &pab_id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, pab_size, pab_id, NULL, 0, &type, (IUnknown **)&pab);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(pab_id);
    hr = IABContainer_GetContentsTable(pab, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1, "got %#lx\n", hr);
    ok(!lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"Put Here"), "another one\n");
    hr = IAddrBook_CompareEntryIDs(book, size, id, rows->aRow[0].lpProps[1].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[1].Value.bin.lpb, 0, &same);
    ok(hr == S_OK && same, "another entry ID: %#lx\n", hr);
    FreeProws(rows);
    IMAPITable_Release(table);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
}

/* New in the address dialog makes a recipient. */
static DWORD WINAPI drive_new_recipient(void *data)
{
    HWND dialog = drive_wait(L"Address test"), new;

    if (!dialog) return 0;
    PostMessageW(dialog, WM_COMMAND, MAKEWPARAM(1738, BN_CLICKED), 0);
    if ((new = drive_wait(L"New Entry")))
    {
        find_template(new, L"Other Address");
        drive_click(new, IDOK);
    }
    if ((new = drive_wait(L"New Entry Properties")))
    {
        drive_text(new, IDC_ENTRY_ADDRESS, L"fresh@example.org");
        drive_text(new, IDC_ENTRY_TYPE, L"SMTP");
        drive_click(new, IDOK);
    }
    WAIT_FOR(drive_items(dialog, IDC_WELL) == 1);
    ok(!lstrcmpW(drive_item(dialog, IDC_WELL, 0), L"fresh@example.org"), "another one\n");
    drive_click(dialog, IDOK);
    return 0;
}

static void test_new_recipient(void)
{
    ADRLIST *list = NULL;
    ADRPARM parm = { 0 };
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    parm.ulFlags = DIALOG_MODAL | AB_UNICODEUI;
    parm.cDestFields = 1;
    parm.lpszCaption = (LPTSTR)L"Address test";
    thread = drive_start(drive_new_recipient, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (hr != S_OK) return;
    ok(list->cEntries == 1 && !lstrcmpW(value_of(list, PR_EMAIL_ADDRESS_W), L"fresh@example.org"), "another one\n");
    ok(!lstrcmpW(value_of(list, PR_ADDRTYPE_W), L"SMTP"), "another type\n");
    FreePadrlist(list);
}

START_TEST(checkname)
{
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    if (!(can_type = drive_has_gdi())) skip("typing and drop-down lists\n");
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION
                     | MAPI_NO_MAIL, &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
        ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
        /* names are looked up among the staff, too */
        test_ambiguous();
        test_none();
        test_resolve();
        test_one_off(L"Someone", (void *)1);
        if (can_type) test_one_off(L"someone@example.org", NULL);
        if (can_type) test_put();
        if (can_type) test_new_recipient();
        IAddrBook_Release(book);
        IMAPISession_Logoff(session, 0, 0, 0);
        ok(!IMAPISession_Release(session), "references are left\n");
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
