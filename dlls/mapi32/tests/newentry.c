/*
 * Tests of entries in address books: templates, NewEntry, creating and deleting, live tables
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
#include <mapispi.h>

#include "wine/test.h"
#include "sample.h"
#include "drive.h"

static char profile[] = "NewEntryTest";

static IMAPISession *session;
static IAddrBook *book;

static BOOL open_book(void)
{
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    if (FAILED(hr)) return FALSE;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    return SUCCEEDED(hr);
}

static void close_book(void)
{
    IAddrBook_Release(book);
    IMAPISession_Logoff(session, 0, 0, 0);
    ok(!IMAPISession_Release(session), "references are left\n");
}

static IABContainer *open_root(void)
{
    IABContainer *root = NULL;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    ok(hr == S_OK && type == MAPI_ABCONT, "got %#lx\n", hr);
    return root;
}

static IABContainer *open_pab(ULONG *size, ENTRYID **id)
{
    IABContainer *pab = NULL;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_GetPAB(book, size, id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, *size, *id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    ok(hr == S_OK && type == MAPI_ABCONT, "got %#lx\n", hr);
    return pab;
}

/* The rows of a container's table. */
static SRowSet *rows_of(IMAPITable *table)
{
    static const SizedSPropTagArray(4, columns) =
        { 4, { PR_DISPLAY_NAME_A, PR_ENTRYID, PR_DEPTH, PR_ADDRTYPE_A } };
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    return rows;
}

static SRowSet *hierarchy(ULONG flags)
{
    IABContainer *root = open_root();
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = IABContainer_GetHierarchyTable(root, flags, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = rows_of(table);
    IMAPITable_Release(table);
    IABContainer_Release(root);
    return rows;
}

static SRowSet *contents(IABContainer *container)
{
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = IABContainer_GetContentsTable(container, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = rows_of(table);
    IMAPITable_Release(table);
    return rows;
}

static const char *name_of(const SRowSet *rows, ULONG i)
{
    return i < rows->cRows ? rows->aRow[i].lpProps[0].Value.lpszA : "(none)";
}

static void test_hierarchy(void)
{
    static const struct { const char *name; LONG depth;
    } expected[] = { { "Sample Directory", 0 },
                     { "Sample Staff", 0 },
                     { "London", 1 },
                     { "Sample Personal Address Book", 0 } };
    SRowSet *rows;
    ULONG i;

    rows = hierarchy(CONVENIENT_DEPTH);
    ok(rows->cRows == ARRAY_SIZE(expected), "%lu containers\n", rows->cRows);
    for (i = 0; i < ARRAY_SIZE(expected); i++)
        ok(!strcmp(name_of(rows, i), expected[i].name)
               && rows->aRow[i].lpProps[2].Value.l == expected[i].depth,
           "%lu: %s at %ld\n", i, name_of(rows, i), rows->aRow[i].lpProps[2].Value.l);
    FreeProws(rows);
    rows = hierarchy(0);
    ok(rows->cRows == 3, "%lu containers at the top\n", rows->cRows);
    FreeProws(rows);
}

/* Nothing but the hierarchy is to be had of the root. */
static void test_root(void)
{
    IABContainer *root = open_root();
    SRestriction *restriction;
    SBinaryArray list = { 0 };
    IMAPITable *table;
    FlagList marks = { 0 };
    ADRLIST names = { 0 };
    ENTRYLIST *entries;
    IMAPIProp *prop;
    IUnknown *unknown;
    BYTE junk[24] = { 0 };
    ULONG state, type;
    HRESULT hr;

    hr = IABContainer_QueryInterface(root, &IID_IMAPIContainer, (void **)&unknown);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IUnknown_Release(unknown);
    hr = IABContainer_GetContentsTable(root, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IABContainer_GetContentsTable(root, 0, &table);
    ok(hr == MAPI_E_NO_SUPPORT && !table, "got %#lx\n", hr);
    hr = IABContainer_GetHierarchyTable(root, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IABContainer_SetSearchCriteria(root, NULL, NULL, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    state = 1;
    hr = IABContainer_GetSearchCriteria(root, 0, &restriction, &entries, &state);
    ok(hr == MAPI_E_NO_SUPPORT && !restriction && !entries && !state, "got %#lx\n", hr);
    hr = IABContainer_CreateEntry(root, sizeof(junk), (ENTRYID *)junk, 0, &prop);
    ok(hr == MAPI_E_NO_SUPPORT && !prop, "got %#lx\n", hr);
    hr = IABContainer_CopyEntries(root, &list, 0, NULL, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IABContainer_DeleteEntries(root, &list, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IABContainer_ResolveNames(root, NULL, 0, &names, &marks);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = IABContainer_OpenEntry(root, sizeof(junk), (ENTRYID *)junk, NULL, 0, &type, &unknown);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID && !unknown, "got %#lx\n", hr);
    hr = IABContainer_OpenEntry(root, 0, NULL, NULL, 0, &type, &unknown);
    ok(hr == S_OK && type == MAPI_ABCONT, "got %#lx\n", hr);
    if (hr == S_OK) IUnknown_Release(unknown);
    ok(!IABContainer_Release(root), "references are left\n");
}

/* The container's own templates. */
static SRowSet *templates(IABContainer *container)
{
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;

    hr = IABContainer_OpenProperty(container, PR_CREATE_TEMPLATES, &IID_IMAPITable, 0, 0,
                                   (IUnknown **)&table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = rows_of(table);
    IMAPITable_Release(table);
    return rows;
}

static void test_create(void)
{
    SizedSPropTagArray(3, tags) = { 3, { PR_DISPLAY_NAME_A, PR_ADDRTYPE_A, PR_ENTRYID } };
    SPropValue props[2], *found;
    IABContainer *pab;
    SRowSet *rows, *made;
    ULONG size, type, count;
    SBinaryArray list;
    SBinary gone[2];
    IMAPIProp *entry;
    ENTRYID *id;
    HRESULT hr;

    pab = open_pab(&size, &id);
    rows = templates(pab);
    ok(rows->cRows == 3 && !strcmp(name_of(rows, 1), "Sample User"), "%lu templates\n",
       rows->cRows);
    hr = IABContainer_CreateEntry(pab, rows->aRow[1].lpProps[1].Value.bin.cb,
                                  (ENTRYID *)rows->aRow[1].lpProps[1].Value.bin.lpb,
                                  CREATE_CHECK_DUP_LOOSE, &entry);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_SaveChanges(entry, KEEP_OPEN_READWRITE);
    ok(hr == MAPI_E_MISSING_REQUIRED_COLUMN, "got %#lx\n", hr);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_A;
    props[0].Value.lpszA = (char *)"Charles Babbage";
    props[1].ulPropTag = PR_EMAIL_ADDRESS_A;
    props[1].Value.lpszA = (char *)"charles@home.example";
    hr = IMAPIProp_SetProps(entry, 2, props, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_SaveChanges(entry, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_GetProps(entry, (SPropTagArray *)&tags, 0, &count, &found);
    ok(hr == S_OK && !strcmp(found[1].Value.lpszA, "SAMPLE"), "got %#lx\n", hr);
    IMAPIProp_Release(entry);
    made = contents(pab);
    ok(made->cRows == 1 && !strcmp(name_of(made, 0), "Charles Babbage"), "%lu entries\n",
       made->cRows);
    FreeProws(made);

    hr = IAddrBook_OpenEntry(book, found[2].Value.bin.cb, (ENTRYID *)found[2].Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)&entry);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx\n", hr);
    IMAPIProp_Release(entry);

    /* The same name again. */
    hr = IABContainer_CreateEntry(pab, rows->aRow[1].lpProps[1].Value.bin.cb,
                                  (ENTRYID *)rows->aRow[1].lpProps[1].Value.bin.lpb,
                                  CREATE_CHECK_DUP_LOOSE, &entry);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProp_SetProps(entry, 1, props, NULL);
    hr = IMAPIProp_SaveChanges(entry, 0);
    ok(hr == MAPI_E_COLLISION, "got %#lx\n", hr);
    IMAPIProp_Release(entry);
    FreeProws(rows);

    /* A copy is bound to the template it was made from, and comes beside the original. */
    gone[0] = found[2].Value.bin;
    list.cValues = 1;
    list.lpbin = gone;
    sample_log_start();
    hr = IABContainer_CopyEntries(pab, &list, 0, NULL, AB_NO_DIALOG | CREATE_CHECK_DUP_LOOSE);
    ok(hr == MAPI_E_COLLISION, "got %#lx\n", hr);
    hr = IABContainer_CopyEntries(pab, &list, 0, NULL, AB_NO_DIALOG);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(sample_log_count("ab.OpenTemplateID") == 2, "bound %d times\n",
       sample_log_count("ab.OpenTemplateID"));
    made = contents(pab);
    ok(made->cRows == 2 && !strcmp(name_of(made, 1), "Charles Babbage"), "%lu entries\n",
       made->cRows);
    gone[0] = made->aRow[1].lpProps[1].Value.bin;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(made);

    gone[0] = found[2].Value.bin;
    gone[1] = found[2].Value.bin;
    list.cValues = 2;
    list.lpbin = gone;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, gone[0].cb, (ENTRYID *)gone[0].lpb, NULL, 0, &type,
                             (IUnknown **)&entry);
    ok(hr == MAPI_E_NOT_FOUND && !entry, "got %#lx\n", hr);
    MAPIFreeBuffer(found);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
}

/* Entries of other address books, one-offs among them, come into the personal address book. */
static void test_copy(void)
{
    IABContainer *pab;
    SBinaryArray list;
    SBinary ids[2];
    SRowSet *rows, *made;
    ULONG size, one_off_size;
    ENTRYID *id, *one_off;
    HRESULT hr;

    pab = open_pab(&size, &id);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)"Ada", (LPTSTR)"SMTP", (LPTSTR)"ada@example.org",
                                0, &one_off_size, &one_off);
    ok(hr == S_OK, "got %#lx\n", hr);
    ids[0].cb = one_off_size;
    ids[0].lpb = (BYTE *)one_off;
    ids[1].cb = size;                                   /* a container cannot be copied */
    ids[1].lpb = (BYTE *)id;
    list.cValues = 2;
    list.lpbin = ids;
    hr = IABContainer_CopyEntries(pab, &list, 0, NULL, AB_NO_DIALOG);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    made = contents(pab);
    ok(made->cRows == 1 && !strcmp(name_of(made, 0), "Ada")
       && !strcmp(made->aRow[0].lpProps[3].Value.lpszA, "SMTP"), "%lu entries\n", made->cRows);
    ids[0] = made->aRow[0].lpProps[1].Value.bin;
    list.cValues = 1;
    hr = IABContainer_DeleteEntries(pab, &list, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(made);

    /* Not into one that nobody may change. */
    rows = hierarchy(0);
    IABContainer_Release(pab);
    hr = IAddrBook_OpenEntry(book, rows->aRow[0].lpProps[1].Value.bin.cb,
                             (ENTRYID *)rows->aRow[0].lpProps[1].Value.bin.lpb, NULL, 0, &size,
                             (IUnknown **)&pab);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_CopyEntries(pab, &list, 0, NULL, AB_NO_DIALOG);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    IABContainer_Release(pab);
    FreeProws(rows);
    MAPIFreeBuffer(one_off);
    MAPIFreeBuffer(id);
}

static void test_new_entry(void)
{
    static const MAPIUID nobody = {{ 9, 9, 9 }};
    BYTE unknown[24] = { 0 };
    ULONG size, made_size, type;
    ENTRYID *id, *made;
    IABContainer *pab;
    SPropValue *props;
    IMAPIProp *entry;
    HANDLE thread;
    SRowSet *rows;
    HRESULT hr;

    memcpy(unknown + 4, &nobody, sizeof(nobody));
    pab = open_pab(&size, &id);
    rows = templates(pab);
    made = (ENTRYID *)1;
    thread = drive_start(drive_cancel, (void *)L"New Entry");
    hr = IAddrBook_NewEntry(book, 0, 0, 0, NULL, 0, NULL, &made_size, &made);
    ok(hr == MAPI_E_USER_CANCEL && !made && !made_size, "without a template: %#lx\n", hr);
    drive_join(thread);
    hr = IAddrBook_NewEntry(book, 0, 1, size, id, 0, NULL, &made_size, &made);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, size, NULL, 0, NULL, &made_size, &made);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, size, id, 8, NULL, &made_size, &made);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, size, id, size, id, &made_size, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, 8, id, size, id, &made_size, &made);
    ok(hr == MAPI_E_INVALID_ENTRYID, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, size, id, 8, id, &made_size, &made);
    ok(hr == MAPI_E_INVALID_ENTRYID, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, size, id, size, id, &made_size, &made);
    ok(hr == MAPI_E_INVALID_ENTRYID, "no template: %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, sizeof(unknown), (ENTRYID *)unknown, size, id, &made_size,
                            &made);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID, "got %#lx\n", hr);
    hr = IAddrBook_NewEntry(book, 0, 0, 0, NULL, sizeof(unknown), (ENTRYID *)unknown, &made_size,
                            &made);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID, "got %#lx\n", hr);

    /* Nobody fills it in: nothing is left behind. */
    if (drive_has_gdi())
    {
        thread = drive_start(drive_cancel, (void *)L"New Entry Properties");
        hr = IAddrBook_NewEntry(book, 0, 0, size, id, rows->aRow[1].lpProps[1].Value.bin.cb,
                                (ENTRYID *)rows->aRow[1].lpProps[1].Value.bin.lpb, &made_size,
                                &made);
        ok(hr == MAPI_E_USER_CANCEL && !made, "got %#lx\n", hr);
        drive_join(thread);
    }
    sample_behave("ab.CreateEntry=fail");
    hr = IAddrBook_NewEntry(book, 0, 0, size, id, rows->aRow[1].lpProps[1].Value.bin.cb,
                            (ENTRYID *)rows->aRow[1].lpProps[1].Value.bin.lpb, &made_size, &made);
    sample_behave(NULL);
    ok(hr == E_FAIL && !made, "got %#lx\n", hr);
    if (drive_has_gdi())
    {
        thread = drive_start(drive_cancel, (void *)L"New Entry Properties");
        hr = IAddrBook_NewEntry(book, 0, 0, 0, NULL, rows->aRow[1].lpProps[1].Value.bin.cb,
                                (ENTRYID *)rows->aRow[1].lpProps[1].Value.bin.lpb, &made_size,
                                &made);
        ok(hr == MAPI_E_USER_CANCEL && !made, "got %#lx\n", hr);
        drive_join(thread);
    }

    /* Templates open as what they make. */
    hr = IAddrBook_OpenEntry(book, rows->aRow[1].lpProps[1].Value.bin.cb,
                             (ENTRYID *)rows->aRow[1].lpProps[1].Value.bin.lpb, NULL, 0, &type,
                             (IUnknown **)&entry);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = HrGetOneProp(entry, PR_ADDRTYPE_A, &props);
        ok(hr == S_OK && !strcmp(props->Value.lpszA, "SAMPLE"), "got %#lx\n", hr);
        if (hr == S_OK) MAPIFreeBuffer(props);
        IMAPIProp_Release(entry);
    }
    FreeProws(rows);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
}

/* ---- tables that follow ---- */

static LONG row_events;

static LONG CALLBACK count_rows(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevTableModified
            && notifications[i].info.tab.ulTableEvent == TABLE_ROW_ADDED)
            InterlockedIncrement(&row_events);
    return S_OK;
}

static void wait_for_rows(LONG expected)
{
    DWORD start = GetTickCount();

    while (ReadNoFence(&row_events) < expected && GetTickCount() - start < 30000)
    {
        HrDispatchNotifications(0);
        Sleep(10);
    }
    ok(ReadNoFence(&row_events) >= expected, "%ld rows were added\n", row_events);
}

/* A container below the personal address book shows in the root's hierarchy, that somebody
 * holds. */
static void test_live_hierarchy(void)
{
    struct { BYTE flags[4]; MAPIUID uid; ULONG type, number; } template;
    IABContainer *root = open_root(), *pab;
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMAPITable *table;
    SPropValue prop;
    IMAPIProp *entry;
    SRowSet *rows;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    hr = IABContainer_GetHierarchyTable(root, CONVENIENT_DEPTH, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrAllocAdviseSink(count_rows, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    row_events = 0;
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);

    pab = open_pab(&size, &id);
    ok(size == sizeof(template), "%lu bytes\n", size);
    memcpy(&template, id, sizeof(template));
    template.type |= 0x100;                             /* the sample's template of a container */
    hr = IABContainer_CreateEntry(pab, sizeof(template), (ENTRYID *)&template, 0, &entry);
    ok(hr == S_OK, "got %#lx\n", hr);
    prop.ulPropTag = PR_DISPLAY_NAME_A;
    prop.Value.lpszA = (char *)"Friends";
    hr = IMAPIProp_SetProps(entry, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_SaveChanges(entry, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProp_Release(entry);
    wait_for_rows(1);

    rows = rows_of(table);
    ok(rows->cRows == 5 && !strcmp(name_of(rows, 4), "Friends")
           && rows->aRow[4].lpProps[2].Value.l == 1,
       "%lu rows, the last is %s\n", rows->cRows, name_of(rows, rows->cRows - 1));
    FreeProws(rows);
    rows = hierarchy(0);
    ok(rows->cRows == 3, "%lu containers at the top\n", rows->cRows);
    FreeProws(rows);

    IMAPITable_Unadvise(table, connection);
    IMAPIAdviseSink_Release(sink);
    IMAPITable_Release(table);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
    IABContainer_Release(root);
}

/* Threads read the hierarchy and the choices made from it while containers come. */
static LONG stop, thread_failures;

static DWORD CALLBACK read_hierarchy(void *arg)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    IABContainer *root;
    IMAPITable *table;
    ENTRYID *id;
    ULONG size, type;
    SRowSet *rows;
    HRESULT hr;

    while (!ReadNoFence(&stop))
    {
        hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
        if (SUCCEEDED(hr))
        {
            hr = IABContainer_GetHierarchyTable(root, (ULONG_PTR)arg, &table);
            IABContainer_Release(root);
        }
        if (SUCCEEDED(hr))
        {
            hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
            IMAPITable_Release(table);
        }
        if (SUCCEEDED(hr))
        {
            if (rows->cRows < 3) InterlockedIncrement(&thread_failures);
            FreeProws(rows);
        }
        if (SUCCEEDED(hr) && SUCCEEDED(hr = IAddrBook_GetPAB(book, &size, &id))) MAPIFreeBuffer(id);
        if (FAILED(hr)) InterlockedIncrement(&thread_failures);
    }
    return 0;
}

static void test_threads(void)
{
    struct { BYTE flags[4]; MAPIUID uid; ULONG type, number; } template;
    IABContainer *pab;
    HANDLE threads[4];
    SPropValue prop;
    IMAPIProp *entry;
    SRowSet *rows;
    char name[16];
    ENTRYID *id;
    ULONG size, i, before;
    HRESULT hr;

    rows = hierarchy(CONVENIENT_DEPTH);
    before = rows->cRows;
    FreeProws(rows);
    pab = open_pab(&size, &id);
    memcpy(&template, id, sizeof(template));
    template.type |= 0x100;
    for (i = 0; i < ARRAY_SIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, read_hierarchy,
                                  (void *)(ULONG_PTR)(i % 2 ? CONVENIENT_DEPTH : 0), 0, NULL);
    for (i = 0; i < 20; i++)
    {
        hr = IABContainer_CreateEntry(pab, sizeof(template), (ENTRYID *)&template, 0, &entry);
        ok(hr == S_OK, "got %#lx\n", hr);
        sprintf(name, "Number %lu", i);
        prop.ulPropTag = PR_DISPLAY_NAME_A;
        prop.Value.lpszA = name;
        IMAPIProp_SetProps(entry, 1, &prop, NULL);
        hr = IMAPIProp_SaveChanges(entry, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPIProp_Release(entry);
    }
    InterlockedExchange(&stop, 1);
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        ok(!WaitForSingleObject(threads[i], 120000), "thread %lu hangs\n", i);
        CloseHandle(threads[i]);
    }
    ok(!thread_failures, "%ld calls failed\n", thread_failures);
    rows = hierarchy(CONVENIENT_DEPTH);
    ok(rows->cRows == before + 20, "%lu containers\n", rows->cRows);
    /* The sample puts a new one before its siblings. */
    ok(!strcmp(name_of(rows, before - 1), "Number 19")
           && !strcmp(name_of(rows, before + 19), "Friends"),
       "%s is first, %s last\n", name_of(rows, before - 1), name_of(rows, before + 19));
    FreeProws(rows);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
}

/* Advise of the address book, on a container. */
static LONG object_events;

static LONG CALLBACK count_objects(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevObjectCreated) InterlockedIncrement(&object_events);
    return S_OK;
}

static void test_advise(void)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_DEF_CREATE_DL } };
    SPropValue *template, prop;
    DWORD start = GetTickCount();
    ULONG_PTR connection;
    IMAPIAdviseSink *sink;
    IABContainer *pab;
    IDistList *list;
    IMAPIProp *entry;
    SRowSet *rows;
    ULONG size, count, type;
    ENTRYID *id;
    HRESULT hr;

    pab = open_pab(&size, &id);
    hr = HrAllocAdviseSink(count_objects, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_Advise(book, size, id, fnevObjectCreated, NULL, &connection);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    sample_behave("ab.Advise=veto");
    hr = IAddrBook_Advise(book, size, id, fnevObjectCreated, sink, &connection);
    sample_behave(NULL);
    ok(hr == MAPI_E_NO_SUPPORT && !connection, "got %#lx\n", hr);
    hr = IAddrBook_Advise(book, size, id, fnevObjectCreated, sink, &connection);
    ok(hr == S_OK && connection, "got %#lx\n", hr);

    hr = IABContainer_GetProps(pab, (SPropTagArray *)&tags, 0, &count, &template);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_CreateEntry(pab, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb,
                                  0, &entry);
    ok(hr == S_OK, "got %#lx\n", hr);
    prop.ulPropTag = PR_DISPLAY_NAME_A;
    prop.Value.lpszA = (char *)"Family";
    IMAPIProp_SetProps(entry, 1, &prop, NULL);
    hr = IMAPIProp_SaveChanges(entry, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProp_Release(entry);
    while (!ReadNoFence(&object_events) && GetTickCount() - start < 30000)
    {
        HrDispatchNotifications(0);
        Sleep(10);
    }
    ok(object_events == 1, "%ld were created\n", object_events);
    hr = IAddrBook_Unadvise(book, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_Unadvise(book, connection);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    IMAPIAdviseSink_Release(sink);
    MAPIFreeBuffer(template);

    rows = contents(pab);
    ok(rows->cRows == 1 && !strcmp(name_of(rows, 0), "Family"), "%lu entries\n", rows->cRows);
    hr = IAddrBook_OpenEntry(book, rows->aRow[0].lpProps[1].Value.bin.cb,
                             (ENTRYID *)rows->aRow[0].lpProps[1].Value.bin.lpb, &IID_IDistList, 0,
                             &type, (IUnknown **)&list);
    ok(hr == S_OK && type == MAPI_DISTLIST, "got %#lx\n", hr);
    if (hr == S_OK) IDistList_Release(list);
    FreeProws(rows);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
}

/* The address book's own properties are the choices that SetPAB and its like keep. */
static void test_props(void)
{
    SizedSPropTagArray(2, tags) = { 2, { PR_AB_DEFAULT_DIR, PR_OBJECT_TYPE } };
    SPropProblemArray *problems;
    SPropValue props[2], *found;
    ULONG size, count;
    SRowSet *rows;
    ENTRYID *id;
    HRESULT hr;

    rows = hierarchy(0);
    hr = IAddrBook_SetProps(book, 0, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_DeleteProps(book, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_AB_DEFAULT_DIR;
    props[0].Value.bin = rows->aRow[1].lpProps[1].Value.bin;
    props[1].ulPropTag = PR_OBJECT_TYPE;
    hr = IAddrBook_SetProps(book, 2, props, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1, "got %#lx\n", hr);
    if (problems)
        ok(problems->aProblem[0].ulIndex == 1 && problems->aProblem[0].scode == MAPI_E_NO_ACCESS,
           "%lu: %#lx\n", problems->aProblem[0].ulIndex, problems->aProblem[0].scode);
    MAPIFreeBuffer(problems);
    hr = IAddrBook_GetDefaultDir(book, &size, &id);
    ok(hr == S_OK && size == props[0].Value.bin.cb && !memcmp(id, props[0].Value.bin.lpb, size),
       "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    hr = IAddrBook_GetProps(book, (SPropTagArray *)&tags, 0, &count, &found);
    ok(hr == S_OK && found[0].ulPropTag == PR_AB_DEFAULT_DIR && found[1].Value.l == MAPI_ADDRBOOK,
       "got %#lx\n", hr);
    MAPIFreeBuffer(found);
    props[0].Value.bin.cb = 8;
    hr = IAddrBook_SetProps(book, 1, props, &problems);
    ok(hr == S_OK && problems && problems->aProblem[0].scode == MAPI_E_INVALID_ENTRYID,
       "got %#lx\n", hr);
    MAPIFreeBuffer(problems);

    hr = IAddrBook_DeleteProps(book, (SPropTagArray *)&tags, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1
           && problems->aProblem[0].scode == MAPI_E_NO_ACCESS,
       "got %#lx\n", hr);
    MAPIFreeBuffer(problems);
    hr = IAddrBook_GetDefaultDir(book, &size, &id);
    ok(hr == S_OK && size == rows->aRow[0].lpProps[1].Value.bin.cb
       && !memcmp(id, rows->aRow[0].lpProps[1].Value.bin.lpb, size), "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    FreeProws(rows);
}

/* What was chosen is there at the next logon. */
static void test_kept(void)
{
    SRowSet *rows, *path;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    rows = hierarchy(CONVENIENT_DEPTH);
    hr = IAddrBook_SetDefaultDir(book, rows->aRow[2].lpProps[1].Value.bin.cb,
                                 (ENTRYID *)rows->aRow[2].lpProps[1].Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_SetPAB(book, rows->aRow[1].lpProps[1].Value.bin.cb,
                          (ENTRYID *)rows->aRow[1].lpProps[1].Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_SetSearchPath(book, 0, rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    close_book();
    if (!open_book()) return;
    hr = IAddrBook_GetDefaultDir(book, &size, &id);
    ok(hr == S_OK && size == rows->aRow[2].lpProps[1].Value.bin.cb
       && !memcmp(id, rows->aRow[2].lpProps[1].Value.bin.lpb, size), "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK && size == rows->aRow[1].lpProps[1].Value.bin.cb
       && !memcmp(id, rows->aRow[1].lpProps[1].Value.bin.lpb, size), "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    hr = IAddrBook_GetSearchPath(book, 0, &path);
    ok(hr == S_OK && path->cRows == rows->cRows, "got %#lx\n", hr);
    if (hr == S_OK) FreeProws(path);
    FreeProws(rows);
}

START_TEST(newentry)
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
    if (hr == S_OK && open_book())
    {
        test_hierarchy();
        test_root();
        test_create();
        test_copy();
        test_new_entry();
        test_live_hierarchy();
        test_advise();
        test_threads();
        test_props();
        close_book();
        if (open_book())
        {
            test_kept();
            close_book();
        }
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
