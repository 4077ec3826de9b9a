/*
 * Tests of the address book's tables over several providers, and over odd ones
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
 * The sample's address book stands in the profile twice. Both have the same UID, so entry IDs lead
 * to the first; its rows come first as well.
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

static char profile[] = "AbTablesTest";

static IMAPISession *session;
static IAddrBook *book;

static BOOL open_book(HRESULT expected)
{
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    if (FAILED(hr)) return FALSE;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == expected, "got %#lx\n", hr);
    return SUCCEEDED(hr);
}

static void close_book(void)
{
    IAddrBook_Release(book);
    IMAPISession_Logoff(session, 0, 0, 0);
    ok(!IMAPISession_Release(session), "references are left\n");
}

static IMAPITable *open_hierarchy(ULONG flags)
{
    IMAPITable *table = NULL;
    IABContainer *root;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_GetHierarchyTable(root, flags, &table);
    ok(hr == S_OK && table, "got %#lx\n", hr);
    IABContainer_Release(root);
    return table;
}

/* The names of a hierarchy by their first letters after "Sample ", in order. */
static const char *letters(IMAPITable *table)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_DISPLAY_NAME_A } };
    static char text[64];
    const char *name;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    *text = 0;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < rows->cRows && i < sizeof(text) - 1; i++)
    {
        name = rows->aRow[i].lpProps[0].Value.lpszA;
        text[i] = strncmp(name, "Sample ", 7) ? name[0] : name[7];
        text[i + 1] = 0;
    }
    FreeProws(rows);
    return text;
}

static void check_hierarchy(ULONG flags, const char *expected)
{
    IMAPITable *table = open_hierarchy(flags);

    ok(!strcmp(letters(table), expected), "%s, expected %s\n", letters(table), expected);
    IMAPITable_Release(table);
}

/* Creates a container in the personal address book of the first provider. */
static void create_container(const char *name)
{
    struct { BYTE flags[4]; MAPIUID uid; ULONG type, number; } template;
    IABContainer *pab;
    SPropValue prop;
    IMAPIProp *entry;
    ULONG size, type;
    ENTRYID *id;
    HRESULT hr;

    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK && size == sizeof(template), "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&pab);
    ok(hr == S_OK, "got %#lx\n", hr);
    memcpy(&template, id, sizeof(template));
    template.type |= 0x100;
    hr = IABContainer_CreateEntry(pab, sizeof(template), (ENTRYID *)&template, 0, &entry);
    ok(hr == S_OK, "got %#lx\n", hr);
    prop.ulPropTag = PR_DISPLAY_NAME_A;
    prop.Value.lpszA = (char *)name;
    IMAPIProp_SetProps(entry, 1, &prop, NULL);
    hr = IMAPIProp_SaveChanges(entry, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIProp_Release(entry);
    IABContainer_Release(pab);
    MAPIFreeBuffer(id);
}

static LONG added;

static LONG CALLBACK count_added(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].info.tab.ulTableEvent == TABLE_ROW_ADDED) InterlockedIncrement(&added);
    return S_OK;
}

/* What comes into the first address book stands before all of the second. */
static void test_order(void)
{
    DWORD start = GetTickCount();
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMAPITable *table;
    HRESULT hr;

    if (!open_book(S_OK)) return;
    check_hierarchy(0, "DSPDSP");
    check_hierarchy(CONVENIENT_DEPTH, "DSLPDSLP");
    table = open_hierarchy(CONVENIENT_DEPTH);
    hr = HrAllocAdviseSink(count_added, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    added = 0;
    create_container("Xylophone");
    while (!ReadNoFence(&added) && GetTickCount() - start < 30000)
    {
        HrDispatchNotifications(0);
        Sleep(10);
    }
    ok(added == 1, "%ld rows were added\n", added);
    ok(!strcmp(letters(table), "DSLPXDSLP"), "%s\n", letters(table));
    create_container("Yacht");
    check_hierarchy(CONVENIENT_DEPTH, "DSLPYXDSLP");
    ok(!strcmp(letters(table), "DSLPYXDSLP"), "%s\n", letters(table));
    IMAPITable_Unadvise(table, connection);
    IMAPIAdviseSink_Release(sink);
    close_book();
    /* A table that somebody still has stays as it was. */
    ok(!strcmp(letters(table), "DSLPYXDSLP"), "%s\n", letters(table));
    ok(!IMAPITable_Release(table), "references are left\n");
}

/* The address book's status object closes the providers' tables; they are opened again when
 * needed. */
static void test_validate(void)
{
    SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_RESOURCE_TYPE } };
    IMAPITable *table, *held;
    IMAPIStatus *status;
    ULONG type, i;
    SRowSet *rows;
    HRESULT hr;

    if (!open_book(S_OK)) return;
    held = open_hierarchy(CONVENIENT_DEPTH);
    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_Release(table);
    for (i = 0; i < rows->cRows && rows->aRow[i].lpProps[1].Value.l != MAPI_AB; i++) {}
    ok(i < rows->cRows, "there is no status row of the address book\n");
    if (i < rows->cRows)
    {
        hr = IMAPISession_OpenEntry(session, rows->aRow[i].lpProps[0].Value.bin.cb,
                                    (ENTRYID *)rows->aRow[i].lpProps[0].Value.bin.lpb, NULL, 0,
                                    &type, (IUnknown **)&status);
        ok(hr == S_OK && type == MAPI_STATUS, "got %#lx\n", hr);
        hr = IMAPIStatus_ValidateState(status, 0, SUPPRESS_UI);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMAPIStatus_Release(status);
    }
    FreeProws(rows);
    ok(!strcmp(letters(held), "DSLPDSLP"), "%s\n", letters(held));
    create_container("Xylophone");
    check_hierarchy(CONVENIENT_DEPTH, "DSLPXDSLP");
    ok(!strcmp(letters(held), "DSLPXDSLP"), "%s\n", letters(held));
    IMAPITable_Release(held);
    close_book();
}

/* An address book that is odd costs its own rows at most. */
static void test_odd(void)
{
    static const struct { const char *behavior, *expected; } cases[] =
    {
        { "ab=ansi", "DSLPDSLP" },
        { "ab.GetHierarchyTable=veto", "" },
        { "ab.GetHierarchyTable=fail", "" },
        { "ab.GetHierarchyTable=crash", "" },
        { "ab.GetHierarchyTable=book", "DSLPDSLP" },
    };
    unsigned int i;
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        winetest_push_context("%s", cases[i].behavior);
        sample_log_start();
        sample_behave(cases[i].behavior);
        if (open_book(S_OK))
        {
            check_hierarchy(CONVENIENT_DEPTH, cases[i].expected);
            hr = IAddrBook_GetDefaultDir(book, &size, &id);
            ok(hr == (*cases[i].expected ? S_OK : MAPI_E_NOT_FOUND), "got %#lx\n", hr);
            MAPIFreeBuffer(id);
            sample_behave(NULL);
            /* Once it is itself again, all is there; but never again after a crash. */
            check_hierarchy(CONVENIENT_DEPTH, strstr(cases[i].behavior, "crash") ? "" : "DSLPDSLP");
            close_book();
        }
        sample_behave(NULL);
        ok(!sample_log_count("ab.book-failed"), "the address book failed from inside\n");
        if (strstr(cases[i].behavior, "=book"))
            ok(sample_log_count("ab.book-ok") > 1, "nobody looked\n");
        winetest_pop_context();
    }
}

START_TEST(abtables)
{
    static const char inf[] =
        "[Services]\r\nSAMPLE=Two Address Books\r\n"
        "[SAMPLE]\r\nPR_DISPLAY_NAME=Two Address Books\r\nProviders=ONE, TWO\r\n"
        "[ONE]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_DISPLAY_NAME=One\r\nPR_PROVIDER_DISPLAY=One\r\n"
        "[TWO]\r\nPR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\nPR_PROVIDER_DLL_NAME=%s\r\n"
        "PR_DISPLAY_NAME=Two\r\nPR_PROVIDER_DISPLAY=Two\r\n";
    HRESULT hr;

    if (!sample_install_inf(inf))
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
        test_order();
        test_validate();
        test_odd();
    }
    sample_delete_profile(profile);
    MAPIUninitialize();
    sample_remove();
}
