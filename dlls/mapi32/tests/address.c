/*
 * Tests: the address dialog
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

#define IDC_FIND         1732
#define IDC_CONTAINER    1734
#define IDC_LIST         1735
#define IDC_WELLS_TITLE  1736
#define IDC_STATUS       1737
#define IDC_NEW          1738
#define IDC_DETAILS      1739
#define IDC_OPTIONS      1740
#define IDC_HELP_BUTTON  1741
#define IDC_WELL_BUTTON  1750
#define IDC_WELL         1760

#define TITLE L"Address test"

static char profile[] = "AddressTest";
static IMAPISession *session;
static IAddrBook *book;
static BOOL can_type;

static BOOL log_on(void)
{
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    if (hr != S_OK) return FALSE;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
    return hr == S_OK;
}

static void log_off(void)
{
    HRESULT hr = IMAPISession_Logoff(session, 0, 0, 0);

    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
    ok(!IAddrBook_Release(book), "references are left\n");
}

static ADRPARM params(ULONG flags, ULONG wells)
{
    ADRPARM ret = { 0 };

    ret.ulFlags = flags | AB_UNICODEUI;
    ret.lpszCaption = (LPTSTR)TITLE;
    ret.cDestFields = wells;
    return ret;
}

static const SPropValue *find(const ADRLIST *list, ULONG entry, ULONG tag)
{
    return PpropFindProp(list->aEntries[entry].rgPropVals, list->aEntries[entry].cValues, tag);
}

static const WCHAR *text_of(const ADRLIST *list, ULONG entry, ULONG tag)
{
    const SPropValue *value = find(list, entry, tag);

    return value ? value->Value.lpszW : L"";
}

static LONG long_of(const ADRLIST *list, ULONG entry, ULONG tag)
{
    const SPropValue *value = find(list, entry, tag);

    return value ? value->Value.l : -1;
}

/* Where the system makes no drop-down lists (drive.h), containers are only chosen by ADRPARM. */
static HWND combo_of(HWND dialog)
{
    return GetDlgItem(dialog, IDC_CONTAINER);
}

/* Opens the container of that name; its index in the drop-down. */
static int choose(HWND dialog, const WCHAR *name)
{
    HWND combo = combo_of(dialog);
    int i, count = SendMessageW(combo, CB_GETCOUNT, 0, 0);
    WCHAR text[300];

    for (i = 0; i < count; i++)
    {
        text[0] = 0;
        SendMessageW(combo, CB_GETLBTEXT, i, (LPARAM)text);
        if (lstrcmpW(text + wcsspn(text, L" "), name)) continue;
        SendMessageW(combo, CB_SETCURSEL, i, 0);
        SendMessageW(dialog, WM_COMMAND, MAKEWPARAM(IDC_CONTAINER, CBN_SELCHANGE), (LPARAM)combo);
        return i;
    }
    ok(0, "no container %s\n", wine_dbgstr_w(name));
    return -1;
}

/* The container of that name as the one that comes up; to be freed with MAPIFreeBuffer. */
static void start_with(ADRPARM *parm, const WCHAR *name)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_DISPLAY_NAME_W } };
    IABContainer *root;
    IMAPITable *table;
    SRowSet *rows;
    ULONG type, i;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_GetHierarchyTable(root, CONVENIENT_DEPTH | MAPI_UNICODE, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_Release(table);
    IABContainer_Release(root);
    for (i = 0; i < rows->cRows; i++)
    {
        if (lstrcmpW(rows->aRow[i].lpProps[1].Value.lpszW, name)) continue;
        parm->cbABContEntryID = rows->aRow[i].lpProps[0].Value.bin.cb;
        MAPIAllocateBuffer(parm->cbABContEntryID, (void **)&parm->lpABContEntryID);
        memcpy(parm->lpABContEntryID, rows->aRow[i].lpProps[0].Value.bin.lpb,
               parm->cbABContEntryID);
    }
    ok(parm->cbABContEntryID, "no container %s\n", wine_dbgstr_w(name));
    FreeProws(rows);
}

static int find_name(HWND dialog, const WCHAR *name)
{
    int i, count = drive_count(dialog, IDC_LIST);

    for (i = 0; i < count; i++)
        if (!lstrcmpW(drive_cell(dialog, IDC_LIST, i, 0), name)) return i;
    return -1;
}

static void select_only(HWND dialog, int index)
{
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDC_LIST), TRUE);
    drive_select(dialog, IDC_LIST, -1, FALSE);
    drive_select(dialog, IDC_LIST, index, TRUE);
}

/* Selects an entry by its beginning, typed where that can be. */
static void type_name(HWND dialog, const WCHAR *text, const WCHAR *name)
{
    if (can_type) drive_text(dialog, IDC_FIND, text);
    else select_only(dialog, find_name(dialog, name));
}

static void press(HWND window, WPARAM key)
{
    SendMessageW(window, WM_KEYDOWN, key, 1);
    SendMessageW(window, WM_KEYUP, key, 0xc0000001);
}

/* ---- arguments ---- */

static void test_arguments(void)
{
    static char *titles[] = { (char *)"Whom" };
    SRestriction bad = { 0x1234 };
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    ADRPARM parm;
    HRESULT hr;

    parm = params(DIALOG_MODAL, 1);
    hr = IAddrBook_Address(book, NULL, &parm, &list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_Address(book, &ui, NULL, &list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_Address(book, &ui, &parm, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    parm.ulFlags = DIALOG_MODAL | DIALOG_SDI;
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    parm.ulFlags = DIALOG_MODAL | 0x1000;
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    parm.ulFlags = SET_ADRPARM_VERSION(DIALOG_MODAL, 0x10000000);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_VERSION, "got %#lx\n", hr);
    parm = params(DIALOG_MODAL, ~0u);
    parm.lppszDestTitles = (LPTSTR *)titles;
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    parm = params(DIALOG_MODAL, 9);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    parm = params(DIALOG_MODAL, 2);
    parm.nDestFieldFocus = 2;
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    parm = params(DIALOG_MODAL, 1);
    parm.lpContRestriction = &bad;
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(FAILED(hr), "a restriction of no kind: %#lx\n", hr);
    parm = params(DIALOG_MODAL, 1);
    parm.cbABContEntryID = 20;
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    ok(!list, "there is a list\n");
}

/* ---- recipients ---- */

/* The containers as they are shown, and people into the three wells. */
static DWORD WINAPI drive_wells(void *data)
{
    HWND dialog = drive_wait(TITLE), combo, well;
    WCHAR text[100];
    int i;

    if (!dialog) return 0;
    if ((combo = combo_of(dialog)))
    {
        ok(SendMessageW(combo, CB_GETCURSEL, 0, 0) == 0, "not the default directory\n");
        i = choose(dialog, L"London");
        SendMessageW(combo, CB_GETLBTEXT, i, (LPARAM)text);
        ok(!lstrcmpW(text, L"   London"), "not below the staff: %s\n", wine_dbgstr_w(text));
        ok(drive_count(dialog, IDC_LIST) == 1, "%d entries\n", drive_count(dialog, IDC_LIST));
        choose(dialog, L"Sample Directory");
    }
    ok(drive_count(dialog, IDC_LIST) == 3, "%d entries\n", drive_count(dialog, IDC_LIST));
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 0, 0), L"Ada Lovelace"), "got %s\n",
       wine_dbgstr_w(drive_cell(dialog, IDC_LIST, 0, 0)));
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 0, 1), L"ada@sample.example"), "got %s\n",
       wine_dbgstr_w(drive_cell(dialog, IDC_LIST, 0, 1)));
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 0, 2), L"SAMPLE"), "got %s\n",
       wine_dbgstr_w(drive_cell(dialog, IDC_LIST, 0, 2)));
    ok(!lstrcmpW(drive_get_text(dialog, IDC_STATUS), L"3 entries"), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_STATUS)));

    /* who was there: the entry without properties and the one of another type are in no well */
    ok(drive_items(dialog, IDC_WELL) == 1, "%d in To\n", drive_items(dialog, IDC_WELL));
    ok(!lstrcmpW(drive_item(dialog, IDC_WELL, 0), L"Old friend"), "got %s\n",
       wine_dbgstr_w(drive_item(dialog, IDC_WELL, 0)));
    ok(drive_items(dialog, IDC_WELL + 1) == 1, "%d in Cc\n", drive_items(dialog, IDC_WELL + 1));
    ok(drive_items(dialog, IDC_WELL + 2) == 0, "%d in Bcc\n", drive_items(dialog, IDC_WELL + 2));
    ok(!lstrcmpW(drive_get_text(dialog, IDC_WELL_BUTTON), L"&To ->"), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_WELL_BUTTON)));
    ok(!drive_enabled(dialog, IDC_WELL_BUTTON), "nothing is selected\n");
    ok(!drive_enabled(dialog, IDC_DETAILS), "nothing is selected\n");
    ok(!drive_there(dialog, IDC_OPTIONS) && !drive_there(dialog, IDC_HELP_BUTTON),
       "buttons nobody asked for\n");

    /* type ahead, then the button */
    type_name(dialog, L"gr", L"Grace Hopper");
    i = drive_selected(dialog, IDC_LIST);
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, i, 0), L"Grace Hopper"), "selected %d\n", i);
    ok(drive_enabled(dialog, IDC_WELL_BUTTON) && drive_enabled(dialog, IDC_DETAILS), "disabled\n");
    drive_click(dialog, IDC_WELL_BUTTON);
    ok(drive_items(dialog, IDC_WELL) == 2, "%d in To\n", drive_items(dialog, IDC_WELL));
    drive_click(dialog, IDC_WELL_BUTTON);
    ok(drive_items(dialog, IDC_WELL) == 2, "twice in To\n");
    drive_click(dialog, IDC_WELL_BUTTON + 2);
    ok(drive_items(dialog, IDC_WELL + 2) == 1, "%d in Bcc\n", drive_items(dialog, IDC_WELL + 2));

    /* two at once */
    drive_select(dialog, IDC_LIST, 0, TRUE);
    drive_select(dialog, IDC_LIST, 1, TRUE);
    drive_click(dialog, IDC_WELL_BUTTON + 1);
    ok(drive_items(dialog, IDC_WELL + 1) == 4, "%d in Cc\n", drive_items(dialog, IDC_WELL + 1));

    /* Del takes out: the caller's own Cc, and one of ours */
    well = GetDlgItem(dialog, IDC_WELL + 1);
    SendMessageW(well, LB_SETSEL, FALSE, -1);
    SendMessageW(well, LB_SETSEL, TRUE, 0);
    press(well, VK_DELETE);
    ok(drive_items(dialog, IDC_WELL + 1) == 3, "%d in Cc\n", drive_items(dialog, IDC_WELL + 1));
    SendMessageW(well, LB_SETSEL, FALSE, -1);
    i = SendMessageW(well, LB_FINDSTRINGEXACT, -1, (LPARAM)L"Grace Hopper");
    ok(i >= 0, "not in Cc\n");
    SendMessageW(well, LB_SETSEL, TRUE, i);
    press(well, VK_DELETE);
    ok(drive_items(dialog, IDC_WELL + 1) == 2, "%d in Cc\n", drive_items(dialog, IDC_WELL + 1));

    /* a name that stands nowhere */
    if (can_type)
    {
        drive_text(dialog, IDC_FIND, L"somebody@example.org; Nobody ;");
        ok(drive_selected(dialog, IDC_LIST) == -1, "selected %d\n",
           drive_selected(dialog, IDC_LIST));
        ok(drive_enabled(dialog, IDC_WELL_BUTTON), "disabled\n");
        drive_click(dialog, IDC_WELL_BUTTON);
        ok(drive_items(dialog, IDC_WELL) == 4, "%d in To\n", drive_items(dialog, IDC_WELL));
        ok(!drive_get_text(dialog, IDC_FIND)[0], "the name is left\n");
    }
    drive_click(dialog, data ? IDOK : IDCANCEL);
    return 0;
}

static SPropValue *own_props(const WCHAR *name, LONG type, LONG row)
{
    SPropValue *props;

    MAPIAllocateBuffer(3 * sizeof(*props), (void **)&props);
    memset(props, 0, 3 * sizeof(*props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)name;
    props[1].ulPropTag = PR_RECIPIENT_TYPE;
    props[1].Value.l = type;
    props[2].ulPropTag = PR_ROWID;
    props[2].Value.l = row;
    return props;
}

/* Of To, Cc, a type that has no well, and one that is empty already. */
static ADRLIST *own_list(void)
{
    ADRLIST *list;

    MAPIAllocateBuffer(CbNewADRLIST(4), (void **)&list);
    memset(list, 0, CbNewADRLIST(4));
    list->cEntries = 4;
    list->aEntries[0].cValues = 3;
    list->aEntries[0].rgPropVals = own_props(L"Old friend", MAPI_TO, 10);
    list->aEntries[1].cValues = 3;
    list->aEntries[1].rgPropVals = own_props(L"Old copy", MAPI_CC, 11);
    list->aEntries[2].cValues = 3;
    list->aEntries[2].rgPropVals = own_props(L"Of no well", 0x77, 12);
    return list;
}

static void check_result(const ADRLIST *list)
{
    static const struct
    {
        const WCHAR *name;
        LONG type;
        BOOL resolved;
    } expected[] =
    {
        { L"Grace Hopper", MAPI_TO, TRUE }, { L"Grace Hopper", MAPI_BCC, TRUE },
        { L"Ada Lovelace", MAPI_CC, TRUE }, { L"Alan Turing", MAPI_CC, TRUE },
        { L"somebody@example.org", MAPI_TO, FALSE }, { L"Nobody", MAPI_TO, FALSE }
    };
    ULONG i, count = can_type ? ARRAY_SIZE(expected) : ARRAY_SIZE(expected) - 2;

    ok(list->cEntries == 4 + count, "%lu entries\n", list->cEntries);
    if (list->cEntries != 4 + count) return;
    /* the caller's own where they were, whole; the one removed without properties */
    ok(long_of(list, 0, PR_ROWID) == 10
           && !lstrcmpW(text_of(list, 0, PR_DISPLAY_NAME_W), L"Old friend"),
       "the first is another\n");
    ok(!list->aEntries[1].cValues && !list->aEntries[1].rgPropVals, "not removed\n");
    ok(long_of(list, 2, PR_ROWID) == 12 && long_of(list, 2, PR_RECIPIENT_TYPE) == 0x77,
       "the third is another\n");
    ok(!list->aEntries[3].cValues, "there is a fourth\n");
    for (i = 0; i < count; i++)
    {
        winetest_push_context("entry %lu", i + 4);
        ok(!lstrcmpW(text_of(list, i + 4, PR_DISPLAY_NAME_W), expected[i].name), "named %s\n",
           wine_dbgstr_w(text_of(list, i + 4, PR_DISPLAY_NAME_W)));
        ok(long_of(list, i + 4, PR_RECIPIENT_TYPE) == expected[i].type, "type %ld\n",
           long_of(list, i + 4, PR_RECIPIENT_TYPE));
        ok(!!find(list, i + 4, PR_ENTRYID) == expected[i].resolved, "resolved or not\n");
        if (expected[i].resolved)
        {
            ok(!lstrcmpW(text_of(list, i + 4, PR_ADDRTYPE_W), L"SAMPLE"), "of another type\n");
            ok(long_of(list, i + 4, PR_DISPLAY_TYPE) == DT_MAILUSER, "shown otherwise\n");
            ok(!!wcsstr(text_of(list, i + 4, PR_EMAIL_ADDRESS_W), L"@sample.example"),
               "no address\n");
        }
        winetest_pop_context();
    }
}

static void test_wells(void)
{
    static char *titles[] = { (char *)L"&To:", (char *)L"Cc", (char *)L"&Bcc ->" };
    static ULONG types[] = { MAPI_TO, MAPI_CC, MAPI_BCC };
    ADRPARM parm = params(DIALOG_MODAL, 3);
    ADRLIST *list = own_list(), *before = list;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    /* cancelled: the list is the same, and so is what is in it */
    thread = drive_start(drive_wells, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    ok(list == before && list->cEntries == 4, "another list\n");
    ok(long_of(list, 1, PR_ROWID) == 11
           && !lstrcmpW(text_of(list, 1, PR_DISPLAY_NAME_W), L"Old copy"),
       "it was changed\n");

    parm.lppszDestTitles = (LPTSTR *)titles;
    parm.lpulDestComps = types;
    thread = drive_start(drive_wells, (void *)1);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    check_result(list);
    FreePadrlist(list);
    ok(!ui, "a handle of a modal dialog\n");
}

/* In ANSI throughout, with the default wells; what comes is in ANSI. */
static DWORD WINAPI drive_ansi(void *data)
{
    HWND dialog = drive_wait(L"ANSI title");

    if (!dialog) return 0;
    ok(!lstrcmpW(drive_get_text(dialog, IDC_NEW), L"Make one"), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_NEW)));
    ok(!lstrcmpW(drive_get_text(dialog, IDC_WELLS_TITLE), L"Who gets it"), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_WELLS_TITLE)));
    ok(!lstrcmpW(drive_get_text(dialog, IDC_WELL_BUTTON + 2), L"&Bcc ->"), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_WELL_BUTTON + 2)));
    ok(!GetDlgItem(dialog, IDC_WELL + 3), "a fourth well\n");
    ok(drive_there(dialog, IDC_OPTIONS) && drive_there(dialog, IDC_HELP_BUTTON),
       "buttons are missing\n");
    ok(!drive_enabled(dialog, IDC_OPTIONS), "options of nobody\n");
    type_name(dialog, L"ada", L"Ada Lovelace");
    drive_click(dialog, IDC_WELL_BUTTON + 1);
    drive_click(dialog, IDOK);
    return 0;
}

static void test_ansi(void)
{
    ADRPARM parm = { 0 };
    ADRLIST *list = NULL;
    const SPropValue *value;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    parm.ulFlags = DIALOG_MODAL | DIALOG_OPTIONS;
    parm.cDestFields = ~0u;
    parm.nDestFieldFocus = 1;
    parm.lpszCaption = (LPTSTR)"ANSI title";
    parm.lpszNewEntryTitle = (LPTSTR)"Make one";
    parm.lpszDestWellsTitle = (LPTSTR)"Who gets it";
    parm.lpszHelpFileName = (LPTSTR)"none.hlp";
    thread = drive_start(drive_ansi, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (hr != S_OK) return;
    ok(list->cEntries == 1, "%lu entries\n", list->cEntries);
    value = find(list, 0, PR_DISPLAY_NAME_A);
    ok(value && !strcmp(value->Value.lpszA, "Ada Lovelace"), "no name in ANSI\n");
    ok(find(list, 0, PR_EMAIL_ADDRESS_A) && !find(list, 0, PR_EMAIL_ADDRESS_W),
       "no address in ANSI\n");
    ok(long_of(list, 0, PR_RECIPIENT_TYPE) == MAPI_CC, "another type\n");
    FreePadrlist(list);
}

/* ---- one, none ---- */

static DWORD WINAPI drive_one(void *data)
{
    HWND dialog = drive_wait(TITLE);

    if (!dialog) return 0;
    ok(!GetDlgItem(dialog, IDC_WELL) && !drive_there(dialog, IDC_WELLS_TITLE), "there are wells\n");
    ok(!drive_there(dialog, IDC_NEW), "AB_SELECTONLY has New\n");
    ok(!drive_enabled(dialog, IDOK), "OK with nobody\n");
    select_only(dialog, 1);
    select_only(dialog, 2);
    ok(SendDlgItemMessageW(dialog, IDC_LIST, LVM_GETSELECTEDCOUNT, 0, 0) == 1,
       "several are selected\n");
    ok(drive_enabled(dialog, IDOK), "OK is disabled\n");
    drive_click(dialog, data ? IDOK : IDCANCEL);
    return 0;
}

static void test_one(void)
{
    ADRPARM parm = params(DIALOG_MODAL | ADDRESS_ONE | AB_SELECTONLY, 0);
    ADRLIST *list = own_list(), *before = list;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    thread = drive_start(drive_one, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_USER_CANCEL && list == before, "got %#lx\n", hr);
    drive_join(thread);
    thread = drive_start(drive_one, (void *)1);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    if (hr != S_OK) return;
    ok(list->cEntries == 1 && !lstrcmpW(text_of(list, 0, PR_DISPLAY_NAME_W), L"Grace Hopper"),
       "another one\n");
    ok(find(list, 0, PR_ENTRYID) != NULL, "no entry ID\n");
    FreePadrlist(list);
}

static DWORD WINAPI drive_browse(void *data)
{
    HWND dialog = drive_wait(TITLE);

    if (!dialog) return 0;
    ok(!drive_there(dialog, IDOK), "there is OK\n");
    ok(!lstrcmpW(drive_get_text(dialog, IDCANCEL), L"Close"), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDCANCEL)));
    drive_click(dialog, IDCANCEL);
    return 0;
}

static void test_browse(void)
{
    ADRPARM parm = params(DIALOG_MODAL, 0);
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    thread = drive_start(drive_browse, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK && !list, "got %#lx, %p\n", hr, list);
    drive_join(thread);
}

/* ---- restrictions ---- */

static DWORD WINAPI drive_restricted(void *data)
{
    HWND dialog = drive_wait(TITLE);

    if (!dialog) return 0;
    if (combo_of(dialog))
        ok(SendDlgItemMessageW(dialog, IDC_CONTAINER, CB_GETCOUNT, 0, 0) == 1, "%d containers\n",
           (int)SendDlgItemMessageW(dialog, IDC_CONTAINER, CB_GETCOUNT, 0, 0));
    ok(drive_count(dialog, IDC_LIST) == 2, "%d entries\n", drive_count(dialog, IDC_LIST));
    ok(find_name(dialog, L"Grace Hopper") == -1, "she is there\n");
    /* a name that is hidden is not found; typing stops at nobody, and AB_SELECTONLY adds no name */
    if (can_type) drive_text(dialog, IDC_FIND, L"Gr");
    ok(drive_selected(dialog, IDC_LIST) == -1, "selected %d\n", drive_selected(dialog, IDC_LIST));
    ok(!drive_enabled(dialog, IDC_WELL_BUTTON), "enabled\n");
    type_name(dialog, L"AL", L"Alan Turing");
    ok(drive_enabled(dialog, IDC_WELL_BUTTON), "disabled\n");
    drive_click(dialog, IDC_WELL_BUTTON);
    ok(drive_items(dialog, IDC_WELL) == 1, "%d in To\n", drive_items(dialog, IDC_WELL));
    ok(!lstrcmpW(drive_item(dialog, IDC_WELL, 0), L"Alan Turing"), "another one\n");
    drive_click(dialog, IDCANCEL);
    return 0;
}

static void test_restrictions(void)
{
    ADRPARM parm = params(DIALOG_MODAL | AB_SELECTONLY, 1);
    SPropValue contents_value = { PR_DISPLAY_NAME_W }, hierarchy_value = { PR_DISPLAY_NAME_W };
    SRestriction contents, hierarchy;
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    contents_value.Value.lpszW = (WCHAR *)L"A";
    contents.rt = RES_CONTENT;
    contents.res.resContent.ulFuzzyLevel = FL_PREFIX;
    contents.res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
    contents.res.resContent.lpProp = &contents_value;
    hierarchy_value.Value.lpszW = (WCHAR *)L"Directory";
    hierarchy.rt = RES_CONTENT;
    hierarchy.res.resContent.ulFuzzyLevel = FL_SUBSTRING;
    hierarchy.res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
    hierarchy.res.resContent.lpProp = &hierarchy_value;
    parm.lpContRestriction = &contents;
    parm.lpHierRestriction = &hierarchy;
    thread = drive_start(drive_restricted, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_USER_CANCEL && !list, "got %#lx\n", hr);
    drive_join(thread);
}

/* The container that the caller names comes up; for one that is none, the default directory. */
static DWORD WINAPI drive_container(void *data)
{
    HWND dialog = drive_wait(TITLE);

    if (!dialog) return 0;
    ok(drive_count(dialog, IDC_LIST) == (INT_PTR)data, "%d entries\n",
       drive_count(dialog, IDC_LIST));
    drive_click(dialog, IDCANCEL);
    return 0;
}

static void test_container(void)
{
    ADRPARM parm = params(DIALOG_MODAL, 1);
    BYTE junk[24] = { 0, 0, 0, 0, 1, 2, 3 };
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    start_with(&parm, L"London");
    thread = drive_start(drive_container, (void *)1);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    MAPIFreeBuffer(parm.lpABContEntryID);
    parm.cbABContEntryID = sizeof(junk);
    parm.lpABContEntryID = (ENTRYID *)junk;
    thread = drive_start(drive_container, (void *)3);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
}

/* ---- a crowd ---- */

static DWORD WINAPI drive_crowd(void *data)
{
    HWND dialog = drive_wait(TITLE), list;
    int reads;

    if (!dialog) return 0;
    list = GetDlgItem(dialog, IDC_LIST);
    ok(drive_count(dialog, IDC_LIST) == 100000, "%d entries\n", drive_count(dialog, IDC_LIST));
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 0, 0), L"Person 000000"), "another first\n");
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 99999, 0), L"Person 099999"), "another last\n");
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 5000, 1), L"p5000@crowd.example"), "another one\n");
    if (can_type)
    {
        drive_text(dialog, IDC_FIND, L"person 07");
        ok(drive_selected(dialog, IDC_LIST) == 70000, "selected %d\n",
           drive_selected(dialog, IDC_LIST));
        drive_text(dialog, IDC_FIND, L"person 071234");
        ok(drive_selected(dialog, IDC_LIST) == 71234, "selected %d\n",
           drive_selected(dialog, IDC_LIST));
        drive_text(dialog, IDC_FIND, L"person 2");
        ok(drive_selected(dialog, IDC_LIST) == -1, "selected %d\n",
           drive_selected(dialog, IDC_LIST));
    }
    select_only(dialog, 99999);
    press(list, VK_UP);
    ok(drive_selected(dialog, IDC_LIST) == 99998, "selected %d\n",
       drive_selected(dialog, IDC_LIST));
    press(list, VK_HOME);
    drive_click(dialog, IDC_WELL_BUTTON);
    ok(!lstrcmpW(drive_item(dialog, IDC_WELL, 0), L"Person 000000"), "another one\n");
    reads = sample_log_count("ab.QueryRows");
    ok(reads > 2 && reads < 60, "read %d times\n", reads);
    /* the same page again costs nothing */
    drive_cell(dialog, IDC_LIST, 0, 0);
    drive_cell(dialog, IDC_LIST, 20, 0);
    ok(sample_log_count("ab.QueryRows") == reads, "read %d times for nothing\n",
       sample_log_count("ab.QueryRows") - reads);

    drive_click(dialog, IDOK);
    return 0;
}

/* A container that wants to be asked first. */
static DWORD WINAPI drive_search(void *data)
{
    HWND dialog = drive_wait(TITLE);

    if (!dialog) return 0;
    ok(drive_count(dialog, IDC_LIST) == 0, "%d entries\n", drive_count(dialog, IDC_LIST));
    drive_text(dialog, IDC_FIND, L"person 0123");
    WAIT_FOR(drive_count(dialog, IDC_LIST) == 100);
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 99, 0), L"Person 012399"), "another one\n");
    drive_text(dialog, IDC_FIND, L"person 012345");
    WAIT_FOR(drive_count(dialog, IDC_LIST) == 1);
    WAIT_FOR(drive_selected(dialog, IDC_LIST) == 0);
    drive_text(dialog, IDC_FIND, L"");
    WAIT_FOR(drive_count(dialog, IDC_LIST) == 0);
    /* the button does not wait for the search to begin */
    drive_text(dialog, IDC_FIND, L"person 012346");
    drive_click(dialog, IDC_WELL_BUTTON);
    ok(drive_items(dialog, IDC_WELL) == 1, "%d in To\n", drive_items(dialog, IDC_WELL));
    ok(!lstrcmpW(drive_item(dialog, IDC_WELL, 0), L"Person 012346"), "another one\n");
    drive_click(dialog, IDOK);
    return 0;
}

static void address_crowd(const WCHAR *container, DWORD (WINAPI *driver)(void *))
{
    ADRPARM parm = params(DIALOG_MODAL, 1);
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    start_with(&parm, container);
    thread = drive_start(driver, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    drive_join(thread);
    MAPIFreeBuffer(parm.lpABContEntryID);
    if (hr != S_OK) return;
    ok(list->cEntries == 1 && find(list, 0, PR_ENTRYID), "%lu entries\n", list->cEntries);
    FreePadrlist(list);
}

static void test_crowd(void)
{
    sample_behave("ab=crowd");
    sample_log_start();
    if (log_on())
    {
        address_crowd(L"Sample Crowd", drive_crowd);
        if (can_type) address_crowd(L"Sample Search", drive_search);
        log_off();
    }
    sample_behave(NULL);
}

/* ---- changes ---- */

static HRESULT add_to_pab(const WCHAR *name, ULONG *size, BYTE entryid[64])
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_ENTRYID } };
    SPropValue props[2], *def, *id;
    ULONG pab_size, type, count;
    IABContainer *pab;
    IMAPIProp *entry;
    ENTRYID *pab_id;
    HRESULT hr;

    if (FAILED(hr = IAddrBook_GetPAB(book, &pab_size, &pab_id))) return hr;
    hr = IAddrBook_OpenEntry(book, pab_size, pab_id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    MAPIFreeBuffer(pab_id);
    if (FAILED(hr)) return hr;
    hr = HrGetOneProp((IMAPIProp *)pab, PR_DEF_CREATE_MAILUSER, &def);
    if (SUCCEEDED(hr))
    {
        hr = IABContainer_CreateEntry(pab, def->Value.bin.cb, (ENTRYID *)def->Value.bin.lpb, 0,
                                      &entry);
        MAPIFreeBuffer(def);
    }
    IABContainer_Release(pab);
    if (FAILED(hr)) return hr;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)name;
    props[1].ulPropTag = PR_EMAIL_ADDRESS_W;
    props[1].Value.lpszW = (WCHAR *)L"new@sample.example";
    hr = IMAPIProp_SetProps(entry, 2, props, NULL);
    if (SUCCEEDED(hr)) hr = IMAPIProp_SaveChanges(entry, KEEP_OPEN_READWRITE);
    if (SUCCEEDED(hr)
        && SUCCEEDED(hr = IMAPIProp_GetProps(entry, (SPropTagArray *)&tags, 0, &count, &id)))
    {
        *size = id->Value.bin.cb;
        memcpy(entryid, id->Value.bin.lpb, min(*size, 64));
        MAPIFreeBuffer(id);
    }
    IMAPIProp_Release(entry);
    return hr;
}

static HRESULT delete_from_pab(ULONG size, BYTE *entryid)
{
    SBinary bin = { size, entryid };
    ENTRYLIST entries = { 1, &bin };
    ULONG pab_size, type;
    IABContainer *pab;
    ENTRYID *pab_id;
    HRESULT hr;

    if (FAILED(hr = IAddrBook_GetPAB(book, &pab_size, &pab_id))) return hr;
    hr = IAddrBook_OpenEntry(book, pab_size, pab_id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    MAPIFreeBuffer(pab_id);
    if (FAILED(hr)) return hr;
    hr = IABContainer_DeleteEntries(pab, &entries, 0);
    IABContainer_Release(pab);
    return hr;
}

/* The list follows what others do; what is selected stays so. */
static DWORD WINAPI drive_changes(void *data)
{
    HWND dialog = drive_wait(TITLE);
    BYTE middle[64], first[64];
    ULONG middle_size, first_size;
    HRESULT hr;

    if (!dialog) return 0;
    ok(drive_count(dialog, IDC_LIST) == 0, "%d entries\n", drive_count(dialog, IDC_LIST));
    hr = add_to_pab(L"Mia", &middle_size, middle);
    ok(hr == S_OK, "got %#lx\n", hr);
    WAIT_FOR(drive_count(dialog, IDC_LIST) == 1);
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 0, 0), L"Mia"), "another one\n");
    select_only(dialog, 0);
    hr = add_to_pab(L"Ben", &first_size, first);
    ok(hr == S_OK, "got %#lx\n", hr);
    WAIT_FOR(drive_count(dialog, IDC_LIST) == 2);
    ok(!lstrcmpW(drive_cell(dialog, IDC_LIST, 0, 0), L"Ben"), "not in order\n");
    WAIT_FOR(drive_selected(dialog, IDC_LIST) == 1);
    hr = delete_from_pab(first_size, first);
    ok(hr == S_OK, "got %#lx\n", hr);
    WAIT_FOR(drive_count(dialog, IDC_LIST) == 1);
    WAIT_FOR(drive_selected(dialog, IDC_LIST) == 0);
    hr = delete_from_pab(middle_size, middle);
    ok(hr == S_OK, "got %#lx\n", hr);
    WAIT_FOR(drive_count(dialog, IDC_LIST) == 0);
    WAIT_FOR(!drive_enabled(dialog, IDC_WELL_BUTTON));
    drive_click(dialog, IDCANCEL);
    return 0;
}

static void test_changes(void)
{
    ADRPARM parm = params(DIALOG_MODAL, 1);
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    start_with(&parm, L"Sample Personal Address Book");
    thread = drive_start(drive_changes, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
    MAPIFreeBuffer(parm.lpABContEntryID);
}

/* ---- bad manners ---- */

static DWORD WINAPI drive_broken(void *data)
{
    HWND dialog = drive_wait(TITLE);

    if (!dialog) return 0;
    ok(drive_count(dialog, IDC_LIST) == 0, "%d entries\n", drive_count(dialog, IDC_LIST));
    ok(!lstrcmpW(drive_get_text(dialog, IDC_STATUS), L"There is nothing to show here."), "got %s\n",
       wine_dbgstr_w(drive_get_text(dialog, IDC_STATUS)));
    sample_behave(NULL);
    if (combo_of(dialog))
    {
        choose(dialog, L"Sample Staff");
        ok(drive_count(dialog, IDC_LIST) > 4, "%d entries\n", drive_count(dialog, IDC_LIST));
    }
    drive_click(dialog, IDCANCEL);
    return 0;
}

static void test_broken(void)
{
    static const char *const behaviors[] = { "ab.GetContentsTable=crash",
                                             "ab.GetContentsTable=fail" };
    ADRPARM parm = params(DIALOG_MODAL, 1);
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    HANDLE thread;
    unsigned int i;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(behaviors); i++)
    {
        winetest_push_context("%s", behaviors[i]);
        sample_behave(behaviors[i]);
        thread = drive_start(drive_broken, NULL);
        hr = IAddrBook_Address(book, &ui, &parm, &list);
        ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
        drive_join(thread);
        sample_behave(NULL);
        winetest_pop_context();
    }
}

/* ---- modeless ---- */

static int dismissals;
static ULONG_PTR dismissed_ui;
static void *dismissed_context;

static void WINAPI dismiss(ULONG_PTR ui, void *context)
{
    dismissals++;
    dismissed_ui = ui;
    dismissed_context = context;
}

static DWORD WINAPI drive_modeless(void *data)
{
    HWND dialog = data;

    ok(!GetDlgItem(dialog, IDC_WELL), "there are wells\n");
    ok(!drive_there(dialog, IDC_NEW) && !drive_there(dialog, IDOK), "it is not read-only\n");
    ok(drive_count(dialog, IDC_LIST) == 3, "%d entries\n", drive_count(dialog, IDC_LIST));
    /* Escape is what a dialog understands, not a list view: it goes by the accelerator function */
    PostMessageW(GetDlgItem(dialog, IDC_LIST), WM_KEYDOWN, VK_ESCAPE, 1);
    return 0;
}

static HWND open_modeless(ADRPARM *parm, HWND parent)
{
    ULONG_PTR ui = (ULONG_PTR)parent;
    ADRLIST *list = NULL;
    HRESULT hr;

    *parm = params(DIALOG_SDI, 3);
    parm->lpfnDismiss = dismiss;
    parm->lpvDismissContext = parm;
    dismissals = 0;
    hr = IAddrBook_Address(book, &ui, parm, &list);
    ok(hr == S_OK && !list, "got %#lx\n", hr);
    ok(IsWindow((HWND)ui) && (HWND)ui != parent, "no window\n");
    ok(parm->lpfnABSDI != NULL, "no accelerator function\n");
    ok(!dismissals, "dismissed already\n");
    return (HWND)ui;
}

static void test_modeless(void)
{
    DWORD start = GetTickCount();
    HWND dialog, parent;
    ULONG_PTR ui;
    HANDLE thread;
    ADRPARM parm;
    MSG msg;

    parent = CreateWindowW(L"Static", L"parent", WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, NULL, NULL,
                           NULL, NULL);
    dialog = open_modeless(&parm, parent);
    if (!parm.lpfnABSDI) return;
    ui = (ULONG_PTR)dialog;
    memset(&msg, 0, sizeof(msg));
    msg.hwnd = parent;
    msg.message = WM_KEYDOWN;
    msg.wParam = VK_ESCAPE;
    ok(!parm.lpfnABSDI(ui, &msg), "took a message of another window\n");
    ok(!parm.lpfnABSDI(ui, NULL), "took no message\n");
    thread = drive_start(drive_modeless, dialog);
    while (!dismissals && GetTickCount() - start < PATIENCE)
    {
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
        {
            if (parm.lpfnABSDI(ui, &msg)) continue;
            TranslateMessage(&msg);
            DispatchMessageW(&msg);
        }
        MsgWaitForMultipleObjects(0, NULL, FALSE, 100, QS_ALLINPUT);
    }
    drive_join(thread);
    ok(dismissals == 1 && dismissed_context == &parm, "dismissed %d times\n", dismissals);
    ok(dismissed_ui == (ULONG_PTR)parent, "another parent\n");
    ok(!IsWindow(dialog), "the window is left\n");

    /* with its owner */
    dialog = open_modeless(&parm, parent);
    DestroyWindow(parent);
    ok(dismissals == 1 && !IsWindow(dialog), "dismissed %d times\n", dismissals);

    /* with the session; log_off sees to it that no reference is left */
    dialog = open_modeless(&parm, NULL);
    log_off();
    ok(dismissals == 1 && !IsWindow(dialog), "dismissed %d times\n", dismissals);
}

/* ---- size and keys ---- */

static DWORD WINAPI drive_size(void *data)
{
    HWND dialog = drive_wait(TITLE), list, well;
    RECT before, after, window, grown, ok_rect, client;

    if (!dialog) return 0;
    list = GetDlgItem(dialog, IDC_LIST);
    well = GetDlgItem(dialog, IDC_WELL + 1);
    GetWindowRect(list, &before);
    GetWindowRect(dialog, &window);
    SetWindowPos(dialog, NULL, 0, 0, window.right - window.left + 200,
                 window.bottom - window.top + 100, SWP_NOMOVE | SWP_NOZORDER);
    GetWindowRect(dialog, &grown);      /* the screen may be too small for all of it */
    GetWindowRect(list, &after);
    if (grown.right - grown.left > window.right - window.left + 10)
        ok(after.right - after.left > before.right - before.left, "the list is no wider\n");
    ok(after.bottom - after.top
           == before.bottom - before.top + grown.bottom - grown.top - (window.bottom - window.top),
       "the list is no higher\n");
    GetWindowRect(GetDlgItem(dialog, IDCANCEL), &ok_rect);
    GetClientRect(dialog, &client);
    MapWindowPoints(dialog, NULL, (POINT *)&client, 2);
    ok(ok_rect.right <= client.right && ok_rect.bottom <= client.bottom, "Cancel is outside\n");
    GetWindowRect(well, &after);
    ok(after.right <= client.right && after.bottom <= client.bottom, "a well is outside\n");
    /* not smaller than it was made */
    SetWindowPos(dialog, NULL, 0, 0, 50, 50, SWP_NOMOVE | SWP_NOZORDER);
    GetWindowRect(list, &after);
    ok(after.right - after.left == before.right - before.left
           && after.bottom - after.top == before.bottom - before.top,
       "another size\n");

    /* Enter in the edit adds, elsewhere it is OK */
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDC_FIND), TRUE);
    WAIT_FOR(LOWORD(SendMessageW(dialog, DM_GETDEFID, 0, 0)) == IDC_WELL_BUTTON + 1);
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, IDC_WELL), TRUE);
    WAIT_FOR(LOWORD(SendMessageW(dialog, DM_GETDEFID, 0, 0)) == IDOK);
    SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)list, TRUE);
    WAIT_FOR(LOWORD(SendMessageW(dialog, DM_GETDEFID, 0, 0)) == IDC_WELL_BUTTON);
    drive_click(dialog, IDCANCEL);
    return 0;
}

static void test_size(void)
{
    ADRPARM parm = params(DIALOG_MODAL, 2);
    ADRLIST *list = NULL;
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    parm.nDestFieldFocus = 1;
    thread = drive_start(drive_size, NULL);
    hr = IAddrBook_Address(book, &ui, &parm, &list);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    drive_join(thread);
}

START_TEST(address)
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
    if (hr == S_OK)
    {
        if (log_on())
        {
            test_arguments();
            test_wells();
            test_ansi();
            test_one();
            test_browse();
            test_restrictions();
            test_container();
            test_changes();
            test_broken();
            test_size();
            test_modeless();            /* logs off */
        }
        test_crowd();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    sample_remove();
}
