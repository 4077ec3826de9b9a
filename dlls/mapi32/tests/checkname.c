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
#include "sheetdrive.h"

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
#define APPLY_BUTTON      0x3021        /* of a property sheet */
#define PR_SAMPLE_LANGUAGE PROP_TAG(PT_LONG, 0x6620)
#define PR_SAMPLE_OFFICE   PROP_TAG(PT_LONG, 0x6626)
#define IDC_LIST          1735          /* of the address dialog */
#define IDC_WELL_BUTTON   1750
#define IDC_WELL          1760
#define IDC_FIND          1732

/* Places on the pages of tests/providers/sample/details.c. */
enum { GENERAL_NAME = 2, GENERAL_ADDRESS = 6, GENERAL_LANGUAGE = 8, MORE_OFFICE = 5 };

static const WCHAR new_title[] = L"New Entry Properties";
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
    const SPropValue *value = PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues,
                                            tag);

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
        if (!lstrcmpW(drive_cell(dialog, IDC_CHECK_LIST, i, 1), L"john.smith@staff.example"))
            wanted = i;
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
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG | MAPI_UNICODE | AB_UNICODEUI,
                               (LPTSTR)L"Somebody else", list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    ok(!lstrcmpW(value_of(list, PR_DISPLAY_NAME_W), L"John Smith")
           && list->aEntries[0].cValues == 2,
       "changed\n");
    thread = drive_start(drive_ambiguous, (void *)1);
    hr = IAddrBook_ResolveName(book, 0, MAPI_DIALOG | MAPI_UNICODE | AB_UNICODEUI,
                               (LPTSTR)L"Somebody else", list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    ok(!lstrcmpW(value_of(list, PR_EMAIL_ADDRESS_W), L"john.smith@staff.example"), "got %s\n",
       wine_dbgstr_w(value_of(list, PR_EMAIL_ADDRESS_W)));
    ok(PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_ENTRYID) != NULL,
       "not resolved\n");
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
    ok(PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_ENTRYID) != NULL,
       "not resolved\n");
    ok(PpropFindProp(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_RECIPIENT_TYPE)
           != NULL,
       "no type\n");
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
        SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_NEW_LIST, LBN_SELCHANGE),
                     (LPARAM)GetDlgItem(dialog, IDC_NEW_LIST));
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
    if (!(dialog = drive_wait(new_title))) return 0;
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
    ok(!lstrcmpW(props[2].Value.lpszW, L"someone@example.org"), "address %s\n",
       wine_dbgstr_w(props[2].Value.lpszW));
    ok(!props[3].Value.b, "rich text\n");
    MAPIFreeBuffer(props);
    IMailUser_Release(user);
}

/* Where to put it: 0 only into the message, 1 into the personal address book. */
static BOOL pick_sample_user(int place)
{
    HWND dialog = drive_wait(L"New Entry"), where;

    if (!dialog) return FALSE;
    where = GetDlgItem(dialog, IDC_NEW_WHERE);
    ok(SendMessageW(where, CB_GETCOUNT, 0, 0) == 2, "%d places\n",
       (int)SendMessageW(where, CB_GETCOUNT, 0, 0));
    SendMessageW(where, CB_SETCURSEL, place, 0);
    SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_NEW_WHERE, CBN_SELCHANGE), (LPARAM)where);
    find_template(dialog, L"Sample User");
    drive_click(dialog, IDOK);
    return TRUE;
}

/* On the sheet of the template's details table. The first time saving fails, and the sheet
 * stays. */
static DWORD WINAPI drive_sheet(void *data)
{
    HWND sheet;

    if (!pick_sample_user(data ? 1 : 0)) return 0;
    if (!(sheet = sheet_wait(new_title))) return 0;
    ok(sheet_page_count(sheet) == 2, "%d pages\n", sheet_page_count(sheet));
    ok(!IsWindowVisible(GetDlgItem(sheet, APPLY_BUTTON)),
       "an entry that is no entry yet can be applied\n");
    ok(!sheet_text(sheet, GENERAL_NAME)[0], "named %s\n",
       wine_dbgstr_w(sheet_text(sheet, GENERAL_NAME)));
    sheet_press(sheet, PSBTN_OK);
    ok(wcsstr(sheet_message(new_title), L"Display name") != NULL, "the name is not asked for\n");
    sheet_type(sheet, GENERAL_NAME, L"Put Here");
    sheet_type(sheet, GENERAL_ADDRESS, L"put@sample.example");
    sheet_choose(sheet, GENERAL_LANGUAGE, 2, FALSE);
    sheet_go_to(sheet, 1);
    sheet_choose(sheet, MORE_OFFICE, 3, TRUE);
    if (data)
    {
        sample_behave("ab.SaveChanges=fail");
        sheet_press(sheet, PSBTN_OK);
        ok(sheet_message(new_title)[0], "nothing is said\n");
        sample_behave(NULL);
    }
    sheet_press(sheet, PSBTN_OK);
    return 0;
}

/* On the subsystem's own, when the template has none. */
static DWORD WINAPI drive_plain(void *data)
{
    HWND dialog;

    if (!pick_sample_user(1) || !(dialog = drive_wait(new_title))) return 0;
    ok(!lstrcmpW(drive_get_text(dialog, IDC_ENTRY_TYPE), L"SAMPLE"), "type %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_ENTRY_TYPE)));
    drive_text(dialog, IDC_ENTRY_NAME, L"Put Here");
    drive_text(dialog, IDC_ENTRY_ADDRESS, L"put@sample.example");
    drive_click(dialog, IDOK);
    return 0;
}

/* Crashes when the template's sheet is asked for. */
static DWORD WINAPI drive_pick(void *data)
{
    pick_sample_user(1);
    return 0;
}

static IABContainer *open_pab(void)
{
    IABContainer *pab = NULL;
    ULONG size, type;
    ENTRYID *id;
    HRESULT hr;

    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    return pab;
}

/* Takes the one entry of that ID out again; id NULL: there is none. */
static void check_pab(ULONG size, ENTRYID *id)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_W, PR_ENTRYID } };
    IABContainer *pab = open_pab();
    SBinary binary = { size, (BYTE *)id };
    ENTRYLIST list = { 1, &binary };
    IMAPITable *table;
    SRowSet *rows;
    ULONG same;
    HRESULT hr;

    hr = IABContainer_GetContentsTable(pab, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK && rows->cRows == (id ? 1 : 0), "got %#lx, %lu rows\n", hr, rows->cRows);
    if (id && rows->cRows)
    {
        ok(!lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"Put Here"), "another one\n");
        hr = IAddrBook_CompareEntryIDs(book, size, id, rows->aRow[0].lpProps[1].Value.bin.cb,
                                       (ENTRYID *)rows->aRow[0].lpProps[1].Value.bin.lpb, 0, &same);
        ok(hr == S_OK && same, "another entry ID: %#lx\n", hr);
        hr = IABContainer_DeleteEntries(pab, &list, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    FreeProws(rows);
    IMAPITable_Release(table);
    IABContainer_Release(pab);
}

static void check_made(ULONG size, ENTRYID *id, BOOL whole)
{
    SizedSPropTagArray(5, tags) =
        { 5, { PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SAMPLE_LANGUAGE, PR_SAMPLE_OFFICE } };
    SPropValue *props;
    IMAPIProp *entry;
    ULONG type, count;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, size, id, NULL, 0, &type, (IUnknown **)&entry);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx\n", hr);
    if (hr != S_OK) return;
    hr = IMAPIProp_GetProps(entry, (SPropTagArray *)&tags, 0, &count, &props);
    ok(SUCCEEDED(hr), "got %#lx\n", hr);
    ok(!lstrcmpW(props[0].Value.lpszW, L"Put Here"), "named %s\n",
       wine_dbgstr_w(props[0].Value.lpszW));
    ok(!lstrcmpW(props[1].Value.lpszW, L"SAMPLE"), "type %s\n",
       wine_dbgstr_w(props[1].Value.lpszW));
    ok(!lstrcmpW(props[2].Value.lpszW, L"put@sample.example"), "address %s\n",
       wine_dbgstr_w(props[2].Value.lpszW));
    if (whole)
        ok(props[3].ulPropTag == PR_SAMPLE_LANGUAGE && props[3].Value.l == 3
               && props[4].ulPropTag == PR_SAMPLE_OFFICE && props[4].Value.l == 40,
           "language %#lx, office %#lx\n", props[3].Value.l, props[4].Value.l);
    MAPIFreeBuffer(props);
    IMAPIProp_Release(entry);
}

static void test_put(void)
{
    static const struct
    {
        DWORD (WINAPI *driver)(void *);
        BOOL put;                       /* into the personal address book */
        const char *behavior;
        HRESULT hr;
    } tests[] =
    {
        { drive_sheet, TRUE, NULL, S_OK },
        { drive_sheet, FALSE, NULL, S_OK },
        { drive_plain, TRUE, "ab.Details=veto", S_OK },
        { drive_pick, TRUE, "ab.Details=crash", MAPI_E_CALL_FAILED },
    };
    ULONG size, i;
    HANDLE thread;
    ENTRYID *id;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        sample_behave(tests[i].behavior);
        sample_log_start();
        thread = drive_start(tests[i].driver, tests[i].put ? &profile : NULL);
        hr = IAddrBook_NewEntry(book, 0, 0, 0, NULL, 0, NULL, &size, &id);
        ok(hr == tests[i].hr, "%lu: got %#lx\n", i, hr);
        drive_join(thread);
        sample_behave(NULL);
        ok(!id == FAILED(hr) && !size == FAILED(hr), "%lu: %lu bytes\n", i, size);
        if (SUCCEEDED(hr))
        {
            check_made(size, id, tests[i].put && tests[i].driver == drive_sheet);
            /* two pages were looked at, and one attempt failed: it is saved once all the same */
            if (tests[i].driver == drive_sheet)
                ok(sample_log_count("ab.SaveChanges") == (tests[i].put ? 2 : 0), "saved %d times\n",
                   sample_log_count("ab.SaveChanges"));
        }
        check_pab(size, tests[i].put ? id : NULL);
        MAPIFreeBuffer(id);
    }
}

/* New in the address dialog makes a recipient, or the one that is wanted. */
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
    if ((new = drive_wait(new_title)))
    {
        drive_text(new, IDC_ENTRY_ADDRESS, L"fresh@example.org");
        drive_text(new, IDC_ENTRY_TYPE, L"SMTP");
        drive_click(new, IDOK);
    }
    if (data)
    {
        WAIT_FOR(drive_items(dialog, IDC_WELL) == 1);
        ok(!lstrcmpW(drive_item(dialog, IDC_WELL, 0), L"fresh@example.org"), "another one\n");
        drive_click(dialog, IDOK);
    }
    WAIT_FOR(!IsWindow(dialog));
    return 0;
}

static void test_new_recipient(ULONG wells)
{
    ADRLIST *list = NULL;
    ADRPARM parm = { 0 };
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    parm.ulFlags = DIALOG_MODAL | AB_UNICODEUI | (wells ? 0 : ADDRESS_ONE);
    parm.cDestFields = wells;
    parm.lpszCaption = (LPTSTR)L"Address test";
    thread = drive_start(drive_new_recipient, wells ? &parm : NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (hr != S_OK) return;
    ok(list->cEntries == 1 && !lstrcmpW(value_of(list, PR_EMAIL_ADDRESS_W), L"fresh@example.org"),
       "another one\n");
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
    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                     &session);
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
        if (can_type) test_new_recipient(1);
        if (can_type) test_new_recipient(0);
        IAddrBook_Release(book);
        IMAPISession_Logoff(session, 0, 0, 0);
        ok(!IMAPISession_Release(session), "references are left\n");
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
