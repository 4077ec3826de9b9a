/*
 * Entries of the personal address book: copied, deleted, found, and their windows
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
#include <stdio.h>

#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "book.h"
#include "../../mapi32/tests/sheetdrive.h"

/* Controls of the window of a contact. */
enum { USER_NAME = 1, USER_GIVEN = 3, USER_SURNAME = 5, USER_ADDRESS = 7, USER_TYPE = 9, USER_COMPANY = 11 };

static IAddrBook *book;

static IMAPIProp *open_entry(const SBinary *id, ULONG flags)
{
    IMAPIProp *entry = NULL;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, id->cb, (ENTRYID *)id->lpb, NULL, flags, &type,
                             (IUnknown **)&entry);
    ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
    return entry;
}

static HRESULT copy_one(IABContainer *container, SBinary *id, ULONG flags)
{
    ENTRYLIST list = { 1, id };

    return IABContainer_CopyEntries(container, &list, 0, NULL, flags);
}

/* How many rows PR_ANR leaves; the first one's entry ID when id is not NULL (MAPIFreeBuffer). */
static ULONG found_by(IABContainer *container, const WCHAR *name, SBinary *id)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    SRestriction restriction;
    IMAPITable *table;
    SPropValue prop;
    SRowSet *rows;
    ULONG count;
    HRESULT hr;

    if (id) memset(id, 0, sizeof(*id));
    hr = IABContainer_GetContentsTable(container, MAPI_UNICODE, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ANR_W;
    prop.Value.lpszW = (WCHAR *)name;
    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_ANR_W;
    restriction.res.resProperty.lpProp = &prop;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    count = rows->cRows;
    if (id && count)
    {
        id->cb = rows->aRow[0].lpProps[0].Value.bin.cb;
        MAPIAllocateBuffer(id->cb, (void **)&id->lpb);
        memcpy(id->lpb, rows->aRow[0].lpProps[0].Value.bin.lpb, id->cb);
    }
    FreeProws(rows);
    IMAPITable_Release(table);
    return count;
}

static void test_copy(IABContainer *pab, SPropValue *john)
{
    BYTE unknown[36] = { 0 };
    SBinary ids[2], found;
    ENTRYLIST list = { 2, ids };
    ULONG size, before;
    ENTRYID *one_off;
    IMAPIProp *entry;
    SPropValue prop;
    HRESULT hr;

    hr = IABContainer_CopyEntries(pab, NULL, 0, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = copy_one(pab, &john->Value.bin, 0x80);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    before = count_rows(pab);
    unknown[4] = 1;
    ids[1].cb = sizeof(unknown);
    ids[1].lpb = unknown;
    hr = copy_one(pab, &ids[1], 0);
    ok(FAILED(hr), "nobody is copied\n");
    ok(count_rows(pab) == before, "%lu rows\n", count_rows(pab));

    hr = IAddrBook_CreateOneOff(book, (LPTSTR) "Out Sider", (LPTSTR) "SMTP",
                                (LPTSTR) "out@example.org", 0, &size, &one_off);
    ok(hr == S_OK, "got %#lx\n", hr);
    ids[0].cb = size;
    ids[0].lpb = (BYTE *)one_off;
    hr = IABContainer_CopyEntries(pab, &list, 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    ok(count_rows(pab) == before + 1, "%lu rows\n", count_rows(pab));
    ok(found_by(pab, L"out sid", &found) == 1, "nobody is called so\n");
    if (found.lpb && (entry = open_entry(&found, 0)))
    {
        check_text(entry, PR_DISPLAY_NAME_A, "Out Sider");
        check_text(entry, PR_EMAIL_ADDRESS_A, "out@example.org");
        check_text(entry, PR_ADDRTYPE_A, "SMTP");
        IMAPIProp_Release(entry);
    }
    MAPIFreeBuffer(found.lpb);

    /* Somebody who is there. */
    hr = copy_one(pab, &ids[0], CREATE_CHECK_DUP_LOOSE);
    ok(hr == MAPI_E_COLLISION, "got %#lx\n", hr);
    hr = copy_one(pab, &ids[0], CREATE_CHECK_DUP_LOOSE | CREATE_REPLACE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(count_rows(pab) == before + 1, "%lu rows\n", count_rows(pab));
    hr = copy_one(pab, &ids[0], AB_NO_DIALOG);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(count_rows(pab) == before + 2, "%lu rows\n", count_rows(pab));
    MAPIFreeBuffer(one_off);

    /* An entry of ours says by its template whom to ask for its copy: OpenTemplateID fills that
     * in. */
    if (!(entry = open_entry(&john->Value.bin, MAPI_MODIFY))) return;
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_COMPANY_NAME_A;
    prop.Value.lpszA = (char *)"Copied Company";
    hr = IMAPIProp_SetProps(entry, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_SaveChanges(entry, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProp_Release(entry);
    hr = copy_one(pab, &john->Value.bin, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(found_by(pab, L"john", NULL) == 2, "%lu are called so\n", found_by(pab, L"john", NULL));
    ok(found_by(pab, L"john smith", &found) == 2, "no copy\n");
    if (found.lpb && (entry = open_entry(&found, 0)))
    {
        SPropValue *template = prop_of(entry, PR_TEMPLATEID),
                   *def = prop_of(pab, PR_DEF_CREATE_MAILUSER);

        check_text(entry, PR_COMPANY_NAME_A, "Copied Company");
        ok(template && def && template->Value.bin.cb == def->Value.bin.cb
               && !memcmp(template->Value.bin.lpb, def->Value.bin.lpb, def->Value.bin.cb),
           "made from something else\n");
        MAPIFreeBuffer(template);
        MAPIFreeBuffer(def);
        IMAPIProp_Release(entry);
    }
    MAPIFreeBuffer(found.lpb);
}

static void test_delete(IABContainer *pab)
{
    SPropValue *gone = create(pab, "Soon Gone", "gone@example.org", 0, S_OK);
    SPropValue *id = prop_of(pab, PR_ENTRYID), *template = prop_of(pab, PR_DEF_CREATE_MAILUSER);
    ULONG type, before = count_rows(pab);
    IUnknown *object;
    SBinary ids[2];
    ENTRYLIST list = { 1, ids };
    HRESULT hr;

    ids[0] = id->Value.bin;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == MAPI_E_INVALID_ENTRYID, "the container itself: %#lx\n", hr);
    ids[0] = template->Value.bin;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == MAPI_E_INVALID_ENTRYID, "a template: %#lx\n", hr);
    hr = IABContainer_DeleteEntries(pab, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IABContainer_DeleteEntries(pab, &list, 1);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    ok(count_rows(pab) == before, "%lu rows\n", count_rows(pab));
    list.cValues = 2;
    ids[1] = gone->Value.bin;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    ok(count_rows(pab) == before - 1, "%lu rows\n", count_rows(pab));
    ok(!found_by(pab, L"soon", NULL), "is found still\n");
    hr = IAddrBook_OpenEntry(book, gone->Value.bin.cb, (ENTRYID *)gone->Value.bin.lpb, NULL, 0,
                             &type, &object);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    MAPIFreeBuffer(gone);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(template);
}

/* What the index of words has to find, whichever way it is asked. */
static void test_index(IABContainer *pab)
{
    static const struct { const WCHAR *name; ULONG count; } tests[] =
    {
        { L"ANNA-MARIA", 1 }, { L"maria", 1 }, { L"anna b", 1 }, { L"-maria", 0 }, { L"am@ex", 1 },
        { L"aria", 0 }, { L"smith, j", 2 }, { L"w63", 1 }, { L"w99 w1", 1 }, { L"w", 1 }, { L"ELSE\x0416", 0 },
        { L"\x0436\x0443\x043a", 1 }, { L"\x0416\x0423\x041a", 1 }, { L"", 0 }, { L" ,;", 0 },
        { L"0123456789012345678901234567890123456789012345678901234567890123456789", 1 },
        { L"0123456789012345678901234567890123456789012345678901234567890123456780", 0 }
    };
    SPropValue *ids[4], name;
    char many[1000] = "";
    IMAPIProp *entry;
    SBinary binaries[4];
    ENTRYLIST list = { 4, binaries };
    HRESULT hr;
    ULONG i;

    /* More words than are kept. */
    for (i = 1; i < 100; i++) sprintf(many + strlen(many), "w%lu ", i);
    ids[0] = create(pab, "Anna-Maria Bach", "am@example.com", 0, S_OK);
    ids[1] = create(pab, many, "many@example.com", 0, S_OK);
    ids[2] = create(pab, "0123456789012345678901234567890123456789012345678901234567890123456789x",
                    "long@example.com", 0, S_OK);
    ids[3] = create(pab, "Other", "other@example.com", 0, S_OK);
    if ((entry = open_entry(&ids[3]->Value.bin, MAPI_MODIFY)))
    {
        memset(&name, 0, sizeof(name));
        name.ulPropTag = PR_DISPLAY_NAME_W;
        name.Value.lpszW = (WCHAR *)L"\x0416\x0443\x043a\x043e\x0432";
        hr = IMAPIProp_SetProps(entry, 1, &name, NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPIProp_SaveChanges(entry, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPIProp_Release(entry);
    }
    for (i = 0; i < ARRAY_SIZE(tests); i++)
        ok(found_by(pab, tests[i].name, NULL) == tests[i].count, "%lu are %s, not %lu\n",
           found_by(pab, tests[i].name, NULL), wine_dbgstr_w(tests[i].name), tests[i].count);
    /* Renamed: not by the old name. The address still begins so. */
    ok(found_by(pab, L"other", NULL) == 1, "not found by the address\n");
    for (i = 0; i < ARRAY_SIZE(ids); i++) binaries[i] = ids[i]->Value.bin;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!found_by(pab, L"w63", NULL), "is found still\n");
    for (i = 0; i < ARRAY_SIZE(ids); i++) MAPIFreeBuffer(ids[i]);
}

/* A restricted table follows whoever comes and goes, in its order. */
static void test_follow(IABContainer *pab)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_A, PR_INSTANCE_KEY } };
    static const SizedSSortOrderSet(1, order) = { 1, 0, 0, { { PR_DISPLAY_NAME_A, TABLE_SORT_DESCEND } } };
    static const char *const names[] = { "Follow Me", "Follow You", "Follow Him" };
    SRestriction restriction;
    SPropValue prop, *ids[3];
    SBinary binary;
    ENTRYLIST list = { 1, &binary };
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;
    HRESULT hr;

    hr = IABContainer_GetContentsTable(pab, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ANR_A;
    prop.Value.lpszA = (char *)"follow";
    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_ANR_A;
    restriction.res.resProperty.lpProp = &prop;
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Restrict(table, &restriction, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(names); i++)
        ids[i] = create(pab, names[i], "f@example.com", 0, S_OK);
    hr = IMAPITable_QueryRows(table, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 3, "%#lx, %lu rows\n", hr, rows->cRows);
    if (rows->cRows == 3)
    {
        ok(!strcmp(rows->aRow[0].lpProps[0].Value.lpszA, "Follow You"), "%s\n",
           rows->aRow[0].lpProps[0].Value.lpszA);
        ok(!strcmp(rows->aRow[2].lpProps[0].Value.lpszA, "Follow Him"), "%s\n",
           rows->aRow[2].lpProps[0].Value.lpszA);
    }
    FreeProws(rows);
    binary = ids[1]->Value.bin;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_QueryRows(table, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 2, "%#lx, %lu rows\n", hr, rows->cRows);
    FreeProws(rows);
    /* By a value that no entry has stored. */
    restriction.res.resProperty.ulPropTag = prop.ulPropTag = PR_INSTANCE_KEY;
    prop.Value.bin = ids[0]->Value.bin;
    hr = IMAPITable_Restrict(table, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_FindRow(table, &restriction, BOOKMARK_BEGINNING, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_QueryRows(table, 1, 0, &rows);
    ok(hr == S_OK && rows->cRows == 1 && !strcmp(rows->aRow[0].lpProps[0].Value.lpszA, "Follow Me"),
       "%#lx, another row\n", hr);
    FreeProws(rows);
    IMAPITable_Release(table);
    for (i = 0; i < ARRAY_SIZE(ids); i++)
    {
        binary = ids[i]->Value.bin;
        if (i != 1) IABContainer_DeleteEntries(pab, &list, 0);
        MAPIFreeBuffer(ids[i]);
    }
}

static void test_role(IABContainer *pab)
{
    SPropValue *id = prop_of(pab, PR_ENTRYID), *flags = prop_of(pab, PR_CONTAINER_FLAGS);
    SPropValue *type = prop_of(pab, PR_DISPLAY_TYPE);
    ENTRYID *current;
    ULONG size, same;
    HRESULT hr;

    ok(flags && flags->Value.l == (AB_RECIPIENTS | AB_MODIFIABLE), "flags %#lx\n",
       flags ? flags->Value.l : 0);
    ok(type && type->Value.l == DT_MODIFIABLE, "type %#lx\n", type ? type->Value.l : 0);
    hr = IAddrBook_SetPAB(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_GetPAB(book, &size, &current);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_CompareEntryIDs(book, size, current, id->Value.bin.cb,
                                   (ENTRYID *)id->Value.bin.lpb, 0, &same);
    ok(hr == S_OK && same, "%#lx, another one\n", hr);
    MAPIFreeBuffer(current);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(flags);
    MAPIFreeBuffer(type);
}

/* ---- windows ---- */

static DWORD WINAPI drive_john(void *data)
{
    HWND sheet = sheet_wait(L"John Smith Properties");

    if (!sheet) return 0;
    ok(!lstrcmpW(sheet_text(sheet, USER_NAME), L"John Smith"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, USER_NAME)));
    ok(!lstrcmpW(sheet_text(sheet, USER_ADDRESS), L"john@example.com"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, USER_ADDRESS)));
    ok(!lstrcmpW(sheet_text(sheet, USER_TYPE), L"SMTP"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, USER_TYPE)));
    sheet_type(sheet, USER_COMPANY, L"Window Works");
    sheet_type(sheet, USER_GIVEN, L"Johannes");
    sheet_press(sheet, PSBTN_OK);
    return 0;
}

static DWORD WINAPI drive_new(void *data)
{
    HWND sheet = sheet_wait(L"New Entry Properties");

    if (!sheet) return 0;
    sheet_type(sheet, USER_NAME, L"Brand New");
    sheet_type(sheet, USER_ADDRESS, L"new@example.com");
    sheet_press(sheet, PSBTN_OK);
    return 0;
}

static DWORD WINAPI drive_nobody(void *data)
{
    HWND sheet = sheet_wait(L"New Entry Properties");

    if (sheet) sheet_press(sheet, PSBTN_CANCEL);
    return 0;
}

static HANDLE drive(DWORD (WINAPI *driver)(void *))
{
    return CreateThread(NULL, 0, driver, NULL, 0, NULL);
}

static void test_details(IABContainer *pab, SPropValue *john)
{
    ULONG_PTR ui = 0;
    IMAPIProp *entry;
    HANDLE thread;
    HRESULT hr;

    thread = drive(drive_john);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, john->Value.bin.cb,
                           (ENTRYID *)john->Value.bin.lpb, NULL, NULL, NULL, 0);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(entry = open_entry(&john->Value.bin, 0))) return;
    check_text(entry, PR_COMPANY_NAME_A, "Window Works");
    check_text(entry, PR_GIVEN_NAME_A, "Johannes");
    IMAPIProp_Release(entry);
    ok(found_by(pab, L"johannes", NULL) == 1, "not found by the name that was typed\n");
}

static void test_new_entry(IABContainer *pab)
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_DISPLAY_NAME_A, PR_ENTRYID, PR_ADDRTYPE_A } };
    SPropValue *id = prop_of(pab, PR_ENTRYID);
    ULONG size, before = count_rows(pab);
    IMAPITable *table;
    IMAPIProp *entry;
    ENTRYID *made;
    SBinary found;
    HANDLE thread;
    SRowSet *rows;
    HRESULT hr;

    hr = IABContainer_OpenProperty(pab, PR_CREATE_TEMPLATES, &IID_IMAPITable, 0, 0,
                                   (IUnknown **)&table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    ok(rows->cRows == 2, "%lu templates\n", rows->cRows);
    ok(!strcmp(rows->aRow[0].lpProps[0].Value.lpszA, "Contact"), "%s\n",
       rows->aRow[0].lpProps[0].Value.lpszA);
    ok(!strcmp(rows->aRow[1].lpProps[2].Value.lpszA, "MAPIPDL"), "%s\n",
       rows->aRow[1].lpProps[2].Value.lpszA);
    found = rows->aRow[0].lpProps[1].Value.bin;

    thread = drive(drive_nobody);
    hr = IAddrBook_NewEntry(book, 0, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, found.cb,
                            (ENTRYID *)found.lpb, &size, &made);
    sheet_join(thread);
    ok(hr == MAPI_E_USER_CANCEL && !made, "got %#lx\n", hr);
    ok(count_rows(pab) == before, "%lu rows\n", count_rows(pab));

    thread = drive(drive_new);
    hr = IAddrBook_NewEntry(book, 0, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, found.cb,
                            (ENTRYID *)found.lpb, &size, &made);
    sheet_join(thread);
    ok(hr == S_OK && made, "got %#lx\n", hr);
    ok(count_rows(pab) == before + 1, "%lu rows\n", count_rows(pab));
    if (hr == S_OK)
    {
        found.cb = size;
        found.lpb = (BYTE *)made;
        if ((entry = open_entry(&found, 0)))
        {
            check_text(entry, PR_DISPLAY_NAME_A, "Brand New");
            check_text(entry, PR_EMAIL_ADDRESS_A, "new@example.com");
            check_text(entry, PR_ADDRTYPE_A, "SMTP");
            IMAPIProp_Release(entry);
        }
        MAPIFreeBuffer(made);
    }
    FreeProws(rows);
    MAPIFreeBuffer(id);
}

static void test_session(void)
{
    IMAPISession *session;
    IABContainer *pab;
    SPropValue *john;
    HRESULT hr;

    if (!(session = store_session(profile))) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
    if ((pab = open_pab(book)))
    {
        test_role(pab);
        john = create(pab, "John Smith", "john@example.com", 0, S_OK);
        MAPIFreeBuffer(create(pab, "Jane Smith", "jane@example.com", 0, S_OK));
        test_index(pab);
        test_follow(pab);
        test_delete(pab);
        if (sheet_windows_work())
        {
            test_details(pab, john);
            test_new_entry(pab);
        }
        else skip("no windows that can be typed into\n");
        test_copy(pab, john);
        MAPIFreeBuffer(john);
        IABContainer_Release(pab);
    }
    IAddrBook_Release(book);
    store_session_end(session);
}

START_TEST(entries)
{
    IProfAdmin *admin;
    HRESULT hr;

    make_folder();
    write_inf(ab_inf);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = make_profile();
    ok(hr == S_OK, "no profile: %#lx\n", hr);
    if (SUCCEEDED(hr)) test_session();
    if (SUCCEEDED(MAPIAdminProfiles(0, &admin)))
    {
        IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
        IProfAdmin_Release(admin);
    }
    MAPIUninitialize();
    remove_inf();
    remove_files();
}
