/*
 * Tests of the personal address book
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
 * A profile with the service MAPIAB, its file in a folder that goes at the end; everything through
 * the session.
 */

#define COBJMACROS

#include <stdarg.h>
#include <stdio.h>

#include <windef.h>
#include <winbase.h>
#include <initguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "book.h"

static void check_resolve_(unsigned int line, IAddrBook *book, const char *name, HRESULT expected,
                           const char *address)
{
    const SPropValue *found = NULL;
    ADRLIST *list;
    SPropValue *props;
    HRESULT hr;
    ULONG i;

    MAPIAllocateBuffer(CbNewADRLIST(1), (void **)&list);
    MAPIAllocateBuffer(2 * sizeof(*props), (void **)&props);
    memset(props, 0, 2 * sizeof(*props));
    props[0].ulPropTag = PR_DISPLAY_NAME_A;
    props[0].Value.lpszA = (char *)name;
    props[1].ulPropTag = PR_RECIPIENT_TYPE;
    props[1].Value.l = MAPI_TO;
    list->cEntries = 1;
    list->aEntries[0].ulReserved1 = 0;
    list->aEntries[0].cValues = 2;
    list->aEntries[0].rgPropVals = props;
    hr = IAddrBook_ResolveName(book, 0, 0, NULL, list);
    ok_(__FILE__, line)(hr == expected, "ResolveName of %s returned %#lx\n", name, hr);
    for (i = 0; i < list->aEntries[0].cValues; i++)
        if (list->aEntries[0].rgPropVals[i].ulPropTag == PR_EMAIL_ADDRESS_A)
            found = &list->aEntries[0].rgPropVals[i];
    if (address)
        ok_(__FILE__, line)(found && !strcmp(found->Value.lpszA, address), "%s is %s\n", name,
                            found ? found->Value.lpszA : "nobody");
    FreePadrlist(list);
}
#define check_resolve(book, name, hr, address) check_resolve_(__LINE__, book, name, hr, address)

static void test_resolve(IAddrBook *book)
{
    check_resolve(book, "joh smi", S_OK, "john@example.com");
    check_resolve(book, "SMITH", MAPI_E_AMBIGUOUS_RECIP, NULL);
    check_resolve(book, "Anna-Maria", S_OK, "am@example.com");
    check_resolve(book, "maria", S_OK, "am@example.com");
    check_resolve(book, "ohn", MAPI_E_NOT_FOUND, NULL);
    check_resolve(book, "jane@ex", S_OK, "jane@example.com");
    check_resolve(book, "a b c d e f g h i j k l m n o p q r", MAPI_E_NOT_FOUND, NULL);
}

static void test_anr(IABContainer *pab)
{
    SRestriction restriction;
    IMAPITable *table;
    SPropValue prop;
    ULONG count;
    HRESULT hr;

    hr = IABContainer_GetContentsTable(pab, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return;
    memset(&restriction, 0, sizeof(restriction));
    memset(&prop, 0, sizeof(prop));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_ANR_A;
    restriction.res.resProperty.lpProp = &prop;
    prop.ulPropTag = PR_ANR_A;
    prop.Value.lpszA = (char *)"smi j";
    hr = IMAPITable_Restrict(table, &restriction, 0);
    ok(hr == S_OK, "Restrict returned %#lx\n", hr);
    hr = IMAPITable_GetRowCount(table, 0, &count);
    ok(hr == S_OK && count == 2, "%#lx, %lu rows\n", hr, count);
    prop.Value.lpszA = (char *)"";
    hr = IMAPITable_Restrict(table, &restriction, 0);
    ok(hr == S_OK, "Restrict returned %#lx\n", hr);
    hr = IMAPITable_GetRowCount(table, 0, &count);
    ok(hr == S_OK && !count, "%#lx, %lu rows\n", hr, count);
    IMAPITable_Release(table);
}

static void test_edit(IAddrBook *book, IABContainer *pab, SPropValue *id)
{
    IMAPIProp *first, *second;
    IMAPITable *details;
    SPropValue prop;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)&first);
    ok(hr == S_OK && type == MAPI_MAILUSER, "got %#lx, %lu\n", hr, type);
    hr = IAddrBook_OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)&second);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_COMPANY_NAME_A;
    prop.Value.lpszA = (char *)"Example";
    hr = IMAPIProp_SetProps(first, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_SetProps(second, 1, &prop, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_SaveChanges(first, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIProp_SaveChanges(second, 0);
    ok(hr == MAPI_E_OBJECT_CHANGED, "got %#lx\n", hr);
    check_text(first, PR_COMPANY_NAME_A, "Example");
    check_text(first, PR_ADDRTYPE_A, "SMTP");
    hr = IMAPIProp_OpenProperty(first, PR_DETAILS_TABLE, &IID_IMAPITable, 0, 0,
                                (IUnknown **)&details);
    ok(hr == S_OK, "no details: %#lx\n", hr);
    if (SUCCEEDED(hr)) IMAPITable_Release(details);
    IMAPIProp_Release(first);
    IMAPIProp_Release(second);
}

static void test_lists(IAddrBook *book, IABContainer *pab, SPropValue *john)
{
    SPropValue *inner = create(pab, "Inner", NULL, 0, S_OK);
    SPropValue *outer = create(pab, "Outer", NULL, 0, S_OK);
    IABContainer *list, *list2;
    ENTRYID *one_off;
    SBinary ids[3];
    ENTRYLIST entries = { 3, ids };
    ULONG size, type;
    HRESULT hr;

    if (!inner || !outer) return;
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)"Out Sider", (LPTSTR)"SMTP", (LPTSTR)"o@example.org",
                                0, &size, &one_off);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, inner->Value.bin.cb, (ENTRYID *)inner->Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)&list);
    ok(hr == S_OK && type == MAPI_DISTLIST, "got %#lx, %lu\n", hr, type);
    if (FAILED(hr)) return;
    ids[0] = john->Value.bin;
    ids[1].cb = size;
    ids[1].lpb = (BYTE *)one_off;
    ids[2] = john->Value.bin;
    hr = IABContainer_CopyEntries(list, &entries, 0, NULL, 0);
    ok(hr == S_OK, "CopyEntries returned %#lx\n", hr);
    ok(count_rows(list) == 2, "%lu members\n", count_rows(list));
    hr = IAddrBook_OpenEntry(book, outer->Value.bin.cb, (ENTRYID *)outer->Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)&list2);
    ok(hr == S_OK, "got %#lx\n", hr);
    ids[0] = inner->Value.bin;
    entries.cValues = 1;
    hr = IABContainer_CopyEntries(list2, &entries, 0, NULL, 0);
    ok(hr == S_OK, "CopyEntries returned %#lx\n", hr);
    ok(count_rows(list2) == 1, "%lu members\n", count_rows(list2));

    /* Somebody who is deleted stays in the list, until taken out. */
    ids[0] = john->Value.bin;
    hr = IABContainer_DeleteEntries(pab, &entries, 0);
    ok(hr == S_OK, "DeleteEntries returned %#lx\n", hr);
    ok(count_rows(list) == 2, "%lu members\n", count_rows(list));
    hr = IABContainer_DeleteEntries(list, &entries, 0);
    ok(hr == S_OK, "DeleteEntries returned %#lx\n", hr);
    ok(count_rows(list) == 1, "%lu members\n", count_rows(list));
    hr = IABContainer_DeleteEntries(list, &entries, 0);
    ok(hr == MAPI_E_NOT_FOUND, "DeleteEntries returned %#lx\n", hr);
    IABContainer_Release(list2);
    IABContainer_Release(list);
    MAPIFreeBuffer(one_off);
    MAPIFreeBuffer(inner);
    MAPIFreeBuffer(outer);
}

static void test_entry_ids(IAddrBook *book, SPropValue *id)
{
    BYTE bytes[65];
    IUnknown *object;
    ULONG i, type;
    HRESULT hr;

    ok(id->Value.bin.cb < sizeof(bytes), "%lu bytes\n", id->Value.bin.cb);
    memcpy(bytes + 1, id->Value.bin.lpb, id->Value.bin.cb);
    for (i = 4; i < id->Value.bin.cb; i++)
    {
        bytes[1 + i] ^= 0x81;
        hr = IAddrBook_OpenEntry(book, id->Value.bin.cb, (ENTRYID *)(bytes + 1), NULL, 0, &type,
                                 &object);
        ok(FAILED(hr) && !object, "byte %lu does not matter\n", i);
        bytes[1 + i] ^= 0x81;
    }
}

/* What another process does: it logs on to the same profile and adds somebody. */
static void child(void)
{
    IMAPISession *session;
    IABContainer *pab;
    IAddrBook *book;
    HRESULT hr;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((session = store_session(profile)))
    {
        hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
        ok(hr == S_OK, "got %#lx\n", hr);
        if ((pab = open_pab(book)))
        {
            MAPIFreeBuffer(create(pab, "From Afar", "afar@example.com", 0, S_OK));
            IABContainer_Release(pab);
        }
        IAddrBook_Release(book);
        store_session_end(session);
    }
    MAPIUninitialize();
}

static void test_two_processes(IABContainer *pab)
{
    ULONG before = count_rows(pab);
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION process;
    char **argv, command[MAX_PATH + 64];

    winetest_get_mainargs(&argv);
    sprintf(command, "\"%s\" contacts child", argv[0]);
    ok(CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process),
       "no process: %lu\n", GetLastError());
    wait_child_process(process.hProcess);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    ok(count_rows(pab) == before + 1, "%lu rows, not %lu\n", count_rows(pab), before + 1);
}

struct seen
{
    ULONG created, deleted;
};

static LONG STDAPICALLTYPE on_notify(void *context, ULONG count, LPNOTIFICATION notifications)
{
    struct seen *seen = context;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (notifications[i].ulEventType == fnevObjectCreated) seen->created++;
        if (notifications[i].ulEventType == fnevObjectDeleted) seen->deleted++;
    }
    return S_OK;
}

static void test_notifications(IAddrBook *book, IABContainer *pab)
{
    SPropValue *id = prop_of(pab, PR_ENTRYID), *entry;
    struct seen seen = { 0 };
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    SBinary binary;
    ENTRYLIST entries = { 1, &binary };
    HRESULT hr;

    hr = HrAllocAdviseSink(on_notify, &seen, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_Advise(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                          fnevObjectCreated | fnevObjectDeleted, sink, &connection);
    ok(hr == S_OK, "Advise returned %#lx\n", hr);
    entry = create(pab, "Short Lived", "short@example.com", 0, S_OK);
    binary = entry->Value.bin;
    hr = IABContainer_DeleteEntries(pab, &entries, 0);
    ok(hr == S_OK, "DeleteEntries returned %#lx\n", hr);
    HrDispatchNotifications(0);
    ok(seen.created == 1 && seen.deleted == 1, "%lu created, %lu deleted\n", seen.created,
       seen.deleted);
    hr = IAddrBook_Unadvise(book, connection);
    ok(hr == S_OK, "Unadvise returned %#lx\n", hr);
    IMAPIAdviseSink_Release(sink);
    MAPIFreeBuffer(entry);
    MAPIFreeBuffer(id);
}

static void test_session(void)
{
    SPropValue *john, *again;
    IMAPISession *session;
    IABContainer *pab;
    IAddrBook *book;
    HRESULT hr;

    if (!(session = store_session(profile))) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
    if ((pab = open_pab(book)))
    {
        check_text(pab, PR_DISPLAY_NAME_A, "Contacts");
        ok(!count_rows(pab), "not empty\n");
        john = create(pab, "John Smith", "john@example.com", 0, S_OK);
        MAPIFreeBuffer(create(pab, "Jane Smith", "jane@example.com", 0, S_OK));
        MAPIFreeBuffer(create(pab, "Anna-Maria Bach", "am@example.com", 0, S_OK));
        create(pab, "JOHN smith", "other@example.com", CREATE_CHECK_DUP_LOOSE, MAPI_E_COLLISION);
        create(pab, "", "nobody@example.com", 0, MAPI_E_MISSING_REQUIRED_COLUMN);
        ok(count_rows(pab) == 3, "%lu rows\n", count_rows(pab));
        again = create(pab, "John Smith", "john@example.com",
                       CREATE_CHECK_DUP_STRICT | CREATE_REPLACE, S_OK);
        ok(again && again->Value.bin.cb == john->Value.bin.cb
               && !memcmp(again->Value.bin.lpb, john->Value.bin.lpb, john->Value.bin.cb),
           "not replaced\n");
        MAPIFreeBuffer(again);
        ok(count_rows(pab) == 3, "%lu rows\n", count_rows(pab));
        test_resolve(book);
        test_anr(pab);
        test_edit(book, pab, john);
        test_entry_ids(book, john);
        test_notifications(book, pab);
        test_two_processes(pab);
        test_lists(book, pab, john);
        MAPIFreeBuffer(john);
        IABContainer_Release(pab);
    }
    IAddrBook_Release(book);
    store_session_end(session);
}

/* What was saved is there the next time. */
static void test_again(void)
{
    IMAPISession *session;
    IABContainer *pab;
    IAddrBook *book;
    HRESULT hr;

    if (!(session = store_session(profile))) return;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, &book);
    ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
    if ((pab = open_pab(book)))
    {
        ok(count_rows(pab) == 5, "%lu rows\n", count_rows(pab));
        IABContainer_Release(pab);
    }
    IAddrBook_Release(book);
    store_session_end(session);
}

START_TEST(contacts)
{
    IProfAdmin *admin;
    char **argv;
    HRESULT hr;
    int argc;

    argc = winetest_get_mainargs(&argv);
    if (argc >= 3)
    {
        child();
        return;
    }
    make_folder();
    write_inf(ab_inf);
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = make_profile();
    ok(hr == S_OK, "no profile: %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        test_session();
        test_again();
    }
    if (SUCCEEDED(MAPIAdminProfiles(0, &admin)))
    {
        IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
        IProfAdmin_Release(admin);
    }
    MAPIUninitialize();
    remove_inf();
    remove_files();
}
