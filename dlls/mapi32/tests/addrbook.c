/*
 * Tests: the integrated address book
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

static char profile[] = "AddrbookTest";

static IMAPISession *log_on(void)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    return session;
}

static void log_off(IMAPISession *session)
{
    HRESULT hr = IMAPISession_Logoff(session, 0, 0, 0);

    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
}

static void test_open(void)
{
    IAddrBook *book, *again;
    IMAPISession *session;
    IMAPIProp *prop;
    HRESULT hr;

    sample_log_start();
    if (!(session = log_on())) return;
    ok(!sample_log_count("ab.Init"), "loaded before it was needed\n");
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_OpenAddressBook(session, 0, &IID_IAddrBook, 0, &again);
    ok(hr == S_OK && again == book, "got %#lx, %p for %p\n", hr, again, book);
    IAddrBook_Release(again);
    ok(sample_log_count("ab.Logon") == 1, "%d logons\n", sample_log_count("ab.Logon"));
    hr = IAddrBook_QueryInterface(book, &IID_IMAPIProp, (void **)&prop);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProp_Release(prop);
    hr = IAddrBook_QueryInterface(book, &IID_IABContainer, (void **)&prop);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !prop, "got %#lx\n", hr);
    log_off(session);
    ok(sample_log_count("ab.Logoff") == 1 && sample_log_count("ab.Release") == 1,
       "not logged off\n");
    ok(!IAddrBook_Release(book), "references are left\n");
}

static const SizedSPropTagArray(4, container_columns) =
{
    4, { PR_ENTRYID, PR_DISPLAY_NAME_A, PR_CONTAINER_FLAGS, PR_ROWID }
};

static SRowSet *containers(IAddrBook *book)
{
    IABContainer *root;
    IMAPITable *table;
    SRowSet *rows = NULL;
    SPropValue *props;
    ULONG type, count;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, MAPI_MODIFY, &type, (IUnknown **)&root);
    ok(hr == MAPI_E_NO_ACCESS && !root, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)&root);
    ok(hr == S_OK && type == MAPI_ABCONT, "got %#lx, %lu\n", hr, type);
    if (FAILED(hr)) return NULL;
    hr = IABContainer_GetProps(root, NULL, 0, &count, &props);
    ok(hr == S_OK && count == 4, "got %#lx, %lu\n", hr, count);
    MAPIFreeBuffer(props);
    hr = IABContainer_GetContentsTable(root, 0, &table);
    ok(hr == MAPI_E_NO_SUPPORT && !table, "got %#lx\n", hr);
    hr = IABContainer_GetHierarchyTable(root, 1, &table);
    ok(hr == (CONVENIENT_DEPTH == 1 ? S_OK : MAPI_E_UNKNOWN_FLAGS), "got %#lx\n", hr);
    if (SUCCEEDED(hr)) IMAPITable_Release(table);
    hr = IABContainer_GetHierarchyTable(root, 0x100, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !table, "got %#lx\n", hr);
    hr = IABContainer_GetHierarchyTable(root, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = HrQueryAllRows(table, (SPropTagArray *)&container_columns, NULL, NULL, 0, &rows);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPITable_Release(table);
    }
    ok(!IABContainer_Release(root), "references are left\n");
    return rows;
}

static void test_containers(void)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    ULONG type, size, same, i;
    IMAPISession *session;
    IABContainer *container;
    ENTRYID *id, *user;
    IMAPITable *table;
    SRowSet *rows, *users, *path;
    IAddrBook *book;
    IUnknown *unknown;
    SRow *row;
    HRESULT hr;

    if (!(session = log_on())) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(rows = containers(book)) || !rows->cRows)
    {
        ok(0, "no container\n");
        return;
    }
    row = rows->aRow;
    size = row->lpProps[0].Value.bin.cb;
    id = (ENTRYID *)row->lpProps[0].Value.bin.lpb;
    hr = IAddrBook_OpenEntry(book, size, id, NULL, 0, &type, (IUnknown **)&container);
    ok(hr == S_OK && type == MAPI_ABCONT, "got %#lx, %lu\n", hr, type);
    if (FAILED(hr)) return;
    hr = IMAPISession_OpenEntry(session, size, id, NULL, 0, &type, &unknown);
    ok(hr == S_OK && type == MAPI_ABCONT, "got %#lx, %lu\n", hr, type);
    if (hr == S_OK) IUnknown_Release(unknown);
    hr = IAddrBook_OpenEntry(book, size, id, NULL, 0x10000000, &type, &unknown);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !unknown, "got %#lx\n", hr);

    hr = IABContainer_GetContentsTable(container, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &users);
    ok(hr == S_OK && users->cRows > 1, "got %#lx\n", hr);
    IMAPITable_Release(table);
    IABContainer_Release(container);
    user = (ENTRYID *)users->aRow[0].lpProps[0].Value.bin.lpb;
    hr = IAddrBook_OpenEntry(book, users->aRow[0].lpProps[0].Value.bin.cb, user, NULL, 0, &type,
                             &unknown);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx, %lu\n", hr, type);
    if (hr == S_OK) IUnknown_Release(unknown);
    hr = IAddrBook_CompareEntryIDs(book, size, id, users->aRow[0].lpProps[0].Value.bin.cb, user, 0,
                                   &same);
    ok(hr == S_OK && !same, "got %#lx, %lu\n", hr, same);
    hr = IAddrBook_CompareEntryIDs(book, size, id, size, id, 0, &same);
    ok(hr == S_OK && same, "got %#lx, %lu\n", hr, same);
    FreeProws(users);

    /* The PAB is the first that can be modified; the default directory the first with
     * recipients. */
    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK && size == rows->aRow[rows->cRows - 1].lpProps[0].Value.bin.cb
           && !memcmp(id, rows->aRow[rows->cRows - 1].lpProps[0].Value.bin.lpb, size),
       "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    hr = IAddrBook_GetDefaultDir(book, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(size == row->lpProps[0].Value.bin.cb && !memcmp(id, row->lpProps[0].Value.bin.lpb, size),
           "another container\n");
        hr = IAddrBook_SetPAB(book, 0, NULL);
        ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
        hr = IAddrBook_SetPAB(book, 8, id);
        ok(hr == MAPI_E_INVALID_ENTRYID, "got %#lx\n", hr);
        hr = IAddrBook_SetPAB(book, size, id);
        ok(hr == S_OK, "got %#lx\n", hr);
        MAPIFreeBuffer(id);
        hr = IAddrBook_GetPAB(book, &size, &id);
        ok(hr == S_OK && size == row->lpProps[0].Value.bin.cb, "got %#lx\n", hr);
        MAPIFreeBuffer(id);
    }

    hr = IAddrBook_GetSearchPath(book, 0, &path);
    ok(hr == S_OK && path->cRows == 2, "got %#lx\n", hr);
    for (i = 0; hr == S_OK && i < path->aRow[0].cValues; i++)
        ok(PROP_TYPE(path->aRow[0].lpProps[i].ulPropTag) != PT_UNICODE, "column %lu is Unicode\n",
           i);
    if (hr == S_OK)
    {
        hr = IAddrBook_SetSearchPath(book, 0, path);
        ok(hr == S_OK, "got %#lx\n", hr);
        FreeProws(path);
        hr = IAddrBook_GetSearchPath(book, MAPI_UNICODE, &path);
        ok(hr == S_OK && path->cRows == 2, "got %#lx\n", hr);
        FreeProws(path);
    }
    row->lpProps[0].ulPropTag = PR_NULL;
    hr = IAddrBook_SetSearchPath(book, 0, rows);
    ok(hr == MAPI_E_MISSING_REQUIRED_COLUMN, "got %#lx\n", hr);
    row->lpProps[0].ulPropTag = PR_ENTRYID;
    FreeProws(rows);
    IAddrBook_Release(book);
    log_off(session);
}

static void test_one_off(void)
{
    SizedSPropTagArray(6, tags) = { 6,
                                    { PR_DISPLAY_NAME_A, PR_ADDRTYPE_A, PR_EMAIL_ADDRESS_W,
                                      PR_SEARCH_KEY, PR_SEND_RICH_INFO, PR_OBJECT_TYPE } };
    ULONG size, size2, type, count, same;
    IMAPISession *session;
    ENTRYID *id, *id2;
    SPropValue *props;
    IMailUser *user;
    IAddrBook *book;
    HRESULT hr;

    if (!(session = log_on())) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)"Ada", NULL, (LPTSTR)"ada@example.org", 0, &size,
                                &id);
    ok(hr == MAPI_E_INVALID_PARAMETER && !id, "got %#lx\n", hr);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)"Ada", (LPTSTR)"SMTP", (LPTSTR)"ada@example.org",
                                2, &size, &id);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !id, "got %#lx\n", hr);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)"Ada", (LPTSTR)"SMTP", (LPTSTR)"ada@example.org",
                                0, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)L"A. Lovelace", (LPTSTR)L"smtp",
                                (LPTSTR)L"ADA@example.org", MAPI_UNICODE, &size2, &id2);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_CompareEntryIDs(book, size, id, size2, id2, 0, &same);
    ok(hr == S_OK && same, "got %#lx, %lu\n", hr, same);
    MAPIFreeBuffer(id2);
    hr = IAddrBook_CreateOneOff(book, NULL, (LPTSTR)"FAX", (LPTSTR)"ada@example.org", 0, &size2,
                                &id2);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_CompareEntryIDs(book, size, id, size2, id2, 0, &same);
    ok(hr == S_OK && !same, "got %#lx, %lu\n", hr, same);

    hr = IAddrBook_OpenEntry(book, size, id, &IID_IMailUser, 0, &type, (IUnknown **)&user);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx, %lu\n", hr, type);
    if (hr == S_OK)
    {
        hr = IMailUser_GetProps(user, (SPropTagArray *)&tags, 0, &count, &props);
        ok(hr == S_OK && count == 6, "got %#lx, %lu\n", hr, count);
        ok(!strcmp(props[0].Value.lpszA, "Ada"), "named %s\n", props[0].Value.lpszA);
        ok(!strcmp(props[1].Value.lpszA, "SMTP"), "type %s\n", props[1].Value.lpszA);
        ok(!lstrcmpW(props[2].Value.lpszW, L"ada@example.org"), "another address\n");
        ok(props[3].Value.bin.cb == sizeof("SMTP:ADA@EXAMPLE.ORG")
               && !memcmp(props[3].Value.bin.lpb, "SMTP:ADA@EXAMPLE.ORG", props[3].Value.bin.cb),
           "another key\n");
        ok(!props[4].Value.b, "rich text to an Internet address\n");
        ok(props[5].Value.l == MAPI_MAILUSER, "type %lu\n", props[5].Value.l);
        MAPIFreeBuffer(props);
        hr = IMailUser_SetProps(user, 0, NULL, NULL);
        ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
        ok(!IMailUser_Release(user), "references are left\n");
    }
    hr = IAddrBook_OpenEntry(book, size2, id2, NULL, 0, &type, (IUnknown **)&user);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = IMailUser_GetProps(user, (SPropTagArray *)&tags, 0, &count, &props);
        ok(hr == S_OK && props[4].Value.b, "got %#lx\n", hr);
        MAPIFreeBuffer(props);
        IMailUser_Release(user);
    }
    hr = IAddrBook_OpenEntry(book, 21, id, NULL, 0, &type, (IUnknown **)&user);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID && !user, "cut off: %#lx\n", hr);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(id2);
    IAddrBook_Release(book);
    log_off(session);
}

/* A one-off recipient has every method of IMailUser; nothing about it can be changed. */
static void test_one_off_object(void)
{
    SizedSPropTagArray(2, tags) = { 2, { PR_DISPLAY_NAME_A, PR_EMAIL_ADDRESS_A } };
    static const ULONG expected[] = { PR_OBJECT_TYPE, PR_DISPLAY_TYPE,    PR_DISPLAY_NAME_W,
                                      PR_ADDRTYPE_W,  PR_EMAIL_ADDRESS_W, PR_ENTRYID,
                                      PR_RECORD_KEY,  PR_SEARCH_KEY,      PR_SEND_RICH_INFO };
    SPropProblemArray *problems;
    SPropTagArray *list;
    SPropValue *props, prop;
    ULONG size, type, count, i, j;
    MAPINAMEID **names;
    IMAPISession *session;
    IUnknown *unknown;
    IMailUser *user;
    IPropData *copy;
    IAddrBook *book;
    ENTRYID *id;
    HRESULT hr;

    if (!(session = log_on())) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)"Ada", (LPTSTR)"FAX", (LPTSTR)"+44 1",
                                MAPI_SEND_NO_RICH_INFO, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, size, id, &IID_IDistList, 0, &type, &unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, size, id, NULL, MAPI_MODIFY | MAPI_BEST_ACCESS, &type,
                             (IUnknown **)&user);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx\n", hr);
    if (FAILED(hr)) return;

    hr = IMailUser_QueryInterface(user, &IID_IMailUser, (void **)&unknown);
    ok(hr == S_OK && unknown == (IUnknown *)user, "got %#lx\n", hr);
    if (hr == S_OK) IUnknown_Release(unknown);
    hr = IMailUser_QueryInterface(user, &IID_IMAPIContainer, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "got %#lx\n", hr);
    hr = IMailUser_GetPropList(user, MAPI_UNICODE, &list);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(expected); i++)
    {
        for (j = 0; j < list->cValues && list->aulPropTag[j] != expected[i]; j++) {}
        ok(j < list->cValues, "%#lx is missing\n", expected[i]);
    }
    MAPIFreeBuffer(list);
    hr = HrGetOneProp((IMAPIProp *)user, PR_RECORD_KEY, &props);
    ok(hr == S_OK && props->Value.bin.cb == size && !memcmp(props->Value.bin.lpb, id, size),
       "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = HrGetOneProp((IMAPIProp *)user, PR_SEND_RICH_INFO, &props);
    ok(hr == S_OK && !props->Value.b, "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = IMailUser_GetProps(user, NULL, MAPI_UNICODE, &count, &props);
    ok(hr == S_OK && count >= ARRAY_SIZE(expected), "got %#lx\n", hr);
    MAPIFreeBuffer(props);

    prop.ulPropTag = PR_DISPLAY_NAME_A;
    prop.Value.lpszA = (char *)"Eve";
    hr = IMailUser_SetProps(user, 1, &prop, &problems);
    ok(hr == MAPI_E_NO_ACCESS && !problems, "got %#lx\n", hr);
    hr = IMailUser_DeleteProps(user, (SPropTagArray *)&tags, &problems);
    ok(hr == MAPI_E_NO_ACCESS && !problems, "got %#lx\n", hr);
    hr = IMailUser_SaveChanges(user, KEEP_OPEN_READONLY);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMailUser_OpenProperty(user, PR_DISPLAY_NAME_A, &IID_IStream, 0, 0, &unknown);
    ok(hr == MAPI_E_NO_SUPPORT && !unknown, "got %#lx\n", hr);
    hr = IMailUser_GetNamesFromIDs(user, NULL, NULL, 0, &count, &names);
    ok(hr == MAPI_E_NO_SUPPORT && !names && !count, "got %#lx\n", hr);
    hr = IMailUser_GetIDsFromNames(user, 0, NULL, 0, &list);
    ok(hr == MAPI_E_NO_SUPPORT && !list, "got %#lx\n", hr);

    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &copy);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMailUser_CopyTo(user, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, copy, MAPI_MOVE, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMailUser_CopyProps(user, (SPropTagArray *)&tags, 0, NULL, &IID_IMAPIProp, copy, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IPropData_GetProps(copy, (SPropTagArray *)&tags, 0, &count, &props);
    ok(hr == S_OK && !strcmp(props[0].Value.lpszA, "Ada") && !strcmp(props[1].Value.lpszA, "+44 1"),
       "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    hr = IMailUser_CopyTo(user, 0, NULL, NULL, 0, NULL, &IID_IMAPIProp, copy, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrGetOneProp((IMAPIProp *)copy, PR_ADDRTYPE_A, &props);
    ok(hr == S_OK && !strcmp(props->Value.lpszA, "FAX"), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    IPropData_Release(copy);
    IAddrBook_Release(book);
    log_off(session);
    /* It stands by itself. */
    hr = HrGetOneProp((IMAPIProp *)user, PR_EMAIL_ADDRESS_A, &props);
    ok(hr == S_OK && !strcmp(props->Value.lpszA, "+44 1"), "got %#lx\n", hr);
    MAPIFreeBuffer(props);
    ok(!IMailUser_Release(user), "references are left\n");
    MAPIFreeBuffer(id);
}

static void test_failures(void)
{
    static const char *const behaviors[] = { "ab.Init=fail", "ab.Logon=failone", "ab.Logon=fail",
                                             "ab.Logon=crash", "ab.Logon=unconfigured" };
    IMAPISession *session;
    MAPIERROR *error;
    unsigned int i;
    IAddrBook *book;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(behaviors); i++)
    {
        winetest_push_context("%s", behaviors[i]);
        if (!(session = log_on())) return;
        sample_behave(behaviors[i]);
        hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
        sample_behave(NULL);
        ok(hr == MAPI_W_ERRORS_RETURNED && book, "got %#lx\n", hr);
        hr = IMAPISession_GetLastError(session, MAPI_W_ERRORS_RETURNED, 0, &error);
        ok(hr == S_OK && error && strstr((char *)error->lpszError, "Sample Address Book"),
           "said nothing of it\n");
        MAPIFreeBuffer(error);
        hr = IAddrBook_GetLastError(book, MAPI_W_ERRORS_RETURNED, MAPI_UNICODE, &error);
        ok(hr == S_OK && error, "got %#lx\n", hr);
        MAPIFreeBuffer(error);
        hr = IAddrBook_GetDefaultDir(book, &size, &id);
        ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
        IAddrBook_Release(book);
        log_off(session);
        winetest_pop_context();
    }
}

static void test_not_yet(void)
{
    BYTE junk[24] = { 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 };
    ULONG_PTR ui = 0, connection;
    IMAPISession *session;
    IAddrBook *book;
    ULONG same;
    HRESULT hr;

    if (!(session = log_on())) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, sizeof(junk), (ENTRYID *)junk, NULL, NULL, NULL,
                           0);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID, "got %#lx\n", hr);
    hr = IAddrBook_CompareEntryIDs(book, sizeof(junk), (ENTRYID *)junk, sizeof(junk),
                                   (ENTRYID *)junk, 0, &same);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID, "got %#lx\n", hr);
    hr = IAddrBook_Advise(book, sizeof(junk), (ENTRYID *)junk, fnevObjectModified,
                          (IMAPIAdviseSink *)book, &connection);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID && !connection, "got %#lx\n", hr);
    hr = IAddrBook_Advise(book, 8, (ENTRYID *)junk, fnevObjectModified, (IMAPIAdviseSink *)book,
                          &connection);
    ok(hr == MAPI_E_INVALID_ENTRYID, "got %#lx\n", hr);
    hr = IAddrBook_Unadvise(book, 12345678);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    IAddrBook_Release(book);
    log_off(session);
}

START_TEST(addrbook)
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
    if (hr == S_OK)
    {
        test_open();
        test_containers();
        test_one_off();
        test_one_off_object();
        test_failures();
        test_not_yet();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    sample_remove();
}
