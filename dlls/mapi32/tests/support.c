/*
 * Tests: support objects
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
#include "inside.h"
#include "progress.h"
#include "expand.h"
#include "allocated.h"

/* ---- the tests ---- */

static void test_unknown(IMAPISupport *support)
{
    IUnknown *unknown = (IUnknown *)0xdeadbeef;
    HRESULT hr;

    hr = IMAPISupport_QueryInterface(support, &IID_IMAPISup, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "QueryInterface returned %#lx\n", hr);
    hr = IMAPISupport_QueryInterface(support, &IID_IMAPIProp, (void **)&unknown);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !unknown, "QueryInterface returned %#lx, %p\n", hr,
       unknown);
    hr = IMAPISupport_QueryInterface(support, &IID_IMAPISup, (void **)&unknown);
    ok(hr == S_OK && unknown == (IUnknown *)support, "QueryInterface returned %#lx, %p\n", hr,
       unknown);
    if (hr == S_OK) IUnknown_Release(unknown);
    hr = IMAPISupport_QueryInterface(support, &IID_IUnknown, (void **)&unknown);
    ok(hr == S_OK && unknown == (IUnknown *)support, "QueryInterface returned %#lx, %p\n", hr,
       unknown);
    if (hr == S_OK) IUnknown_Release(unknown);
}

/* What is outside a kind says so, whatever its arguments are. */
static void test_kinds(void)
{
    ULONG dummy;
    void *ret;
    int kind;
    HRESULT hr;

    for (kind = XP; kind <= MS; kind++)
    {
        IMAPISupport *support = supports[kind];

#define CHECK(allowed, call) \
        hr = call; \
        if (!((allowed) & (1 << kind))) \
            ok(hr == MAPI_E_NO_SUPPORT, "kind %d: %s returned %#lx\n", kind, #call, hr); \
        else \
            ok(FAILED(hr), "kind %d: %s returned %#lx\n", kind, #call, hr);

        CHECK(1 << XP,
              IMAPISupport_RegisterPreprocessor(support, NULL, NULL, NULL, NULL, NULL, ~0u));
        CHECK(1 << XP, IMAPISupport_SpoolerYield(support, ~0u));
        CHECK(1 << XP | 1 << MS, IMAPISupport_SpoolerNotify(support, 0x800, NULL));
        CHECK(1 << AB | 1 << MS, IMAPISupport_SetProviderUID(support, NULL, 0));
        CHECK(1 << AB, IMAPISupport_OpenTemplateID(support, 0, NULL, 0, NULL, NULL,
                                                   (IMAPIProp **)&ret, NULL));
        CHECK(1 << AB, IMAPISupport_GetOneOffTable(support, ~0u, (IMAPITable **)&ret));
        CHECK(1 << AB, IMAPISupport_Address(support, NULL, NULL, NULL));
        CHECK(1 << AB,
              IMAPISupport_Details(support, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 0));
        CHECK(1 << AB,
              IMAPISupport_NewEntry(support, 0, ~0u, 0, NULL, 0, NULL, &dummy, (ENTRYID **)&ret));
        CHECK(1 << MS,
              IMAPISupport_CopyMessages(support, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0));
        CHECK(1 << MS,
              IMAPISupport_CopyFolder(support, NULL, NULL, 0, NULL, NULL, NULL, NULL, 0, NULL, 0));
        CHECK(1 << MS, IMAPISupport_DoCopyTo(support, NULL, NULL, 0, NULL, NULL, 0, NULL, NULL,
                                             NULL, 0, NULL));
        CHECK(1 << MS,
              IMAPISupport_DoCopyProps(support, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, NULL));
        CHECK(1 << AB | 1 << MS,
              IMAPISupport_DoProgressDialog(support, 0, ~0u, (IMAPIProgress **)&ret));
        CHECK(1 << MS, IMAPISupport_ReadReceipt(support, 0, NULL, NULL));
        CHECK(1 << MS, IMAPISupport_PrepareSubmit(support, NULL, NULL));
        CHECK(1 << MS, IMAPISupport_ExpandRecips(support, NULL, NULL));
        CHECK(0, IMAPISupport_UpdatePAB(support, 0, NULL));
        CHECK(1 << MS, IMAPISupport_DoSentMail(support, 0, NULL));
        CHECK(0, IMAPISupport_Preprocess(support, 0, 0, NULL));
        CHECK(1 << MS, IMAPISupport_CompleteMsg(support, 0, 0, NULL));
        CHECK(1 << MS, IMAPISupport_StoreLogoffTransports(support, NULL));
        CHECK(1 << XP, IMAPISupport_StatusRecips(support, NULL, NULL));
        CHECK(1 << MS, IMAPISupport_ModifyProfile(support, ~0u));
#undef CHECK
    }
}

static void test_memory(IMAPISupport *support)
{
    ALLOCATEBUFFER *allocate = NULL;
    MAPIERROR *error = (MAPIERROR *)0xdeadbeef;
    ALLOCATEMORE *more = NULL;
    FREEBUFFER *free = NULL;
    MAPIUID uid1, uid2;
    void *buffer, *extra;
    HRESULT hr;
    SCODE sc;

    hr = IMAPISupport_GetMemAllocRoutines(support, NULL, &more, &free);
    ok(hr == MAPI_E_INVALID_PARAMETER, "GetMemAllocRoutines returned %#lx\n", hr);
    hr = IMAPISupport_GetMemAllocRoutines(support, &allocate, &more, &free);
    ok(hr == S_OK && allocate && more && free, "GetMemAllocRoutines returned %#lx\n", hr);
    ok(allocate == init_allocate, "the routines are others than those of the entry point\n");
    sc = allocate(10, &buffer);
    ok(sc == S_OK, "allocate returned %#lx\n", sc);
    sc = more(10, buffer, &extra);
    ok(sc == S_OK, "more returned %#lx\n", sc);
    free(buffer);

    hr = IMAPISupport_NewUID(support, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "NewUID returned %#lx\n", hr);
    hr = IMAPISupport_NewUID(support, &uid1);
    ok(hr == S_OK, "NewUID returned %#lx\n", hr);
    hr = IMAPISupport_NewUID(support, &uid2);
    ok(hr == S_OK && !IsEqualMAPIUID(&uid1, &uid2), "NewUID returned %#lx\n", hr);

    hr = IMAPISupport_GetLastError(support, MAPI_E_NOT_FOUND, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "GetLastError returned %#lx\n", hr);
    hr = IMAPISupport_GetLastError(support, MAPI_E_NOT_FOUND, ~0u, &error);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !error, "GetLastError returned %#lx, %p\n", hr, error);
    hr = IMAPISupport_GetLastError(support, MAPI_E_NOT_FOUND, 0, &error);
    ok(hr == S_OK && !error, "GetLastError returned %#lx, %p\n", hr, error);
}

static void test_section(IMAPISupport *support)
{
    SizedSPropTagArray(1, tags) = {1, {PROP_TAG(PT_LONG, 0x6610)}};
    IProfSect *section = (IProfSect *)0xdeadbeef;
    SPropValue prop, *props;
    ULONG count;
    HRESULT hr;

    hr = IMAPISupport_OpenProfileSection(support, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "OpenProfileSection returned %#lx\n", hr);
    hr = IMAPISupport_OpenProfileSection(support, NULL, 0x800, &section);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !section, "OpenProfileSection returned %#lx, %p\n", hr,
       section);
    section = (IProfSect *)0xdeadbeef;
    hr = IMAPISupport_OpenProfileSection(support, (MAPIUID *)&no_uid, 0, &section);
    ok(hr == MAPI_E_NOT_FOUND && !section, "OpenProfileSection returned %#lx, %p\n", hr, section);

    hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section);
    ok(hr == S_OK, "OpenProfileSection returned %#lx\n", hr);
    if (hr != S_OK) return;
    prop.ulPropTag = PROP_TAG(PT_LONG, 0x6610);
    prop.Value.l = 42;
    hr = IProfSect_SetProps(section, 1, &prop, NULL);
    ok(hr == S_OK, "SetProps returned %#lx\n", hr);
    hr = IProfSect_SaveChanges(section, 0);
    ok(hr == S_OK, "SaveChanges returned %#lx\n", hr);
    IProfSect_Release(section);
    hr = IMAPISupport_OpenProfileSection(support, NULL, 0, &section);
    ok(hr == S_OK, "OpenProfileSection returned %#lx\n", hr);
    if (hr != S_OK) return;
    hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &props);
    ok(hr == S_OK && props[0].Value.l == 42, "GetProps returned %#lx\n", hr);
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
}

static void test_one_off(IMAPISupport *support)
{
    ENTRYID *id = (ENTRYID *)0xdeadbeef;
    ULONG size = 0xdeadbeef;
    HRESULT hr;

    hr = IMAPISupport_CreateOneOff(support, (LPTSTR)"n", NULL, (LPTSTR)"a", 0, &size, &id);
    ok(hr == MAPI_E_INVALID_PARAMETER && !size && !id, "CreateOneOff returned %#lx, %lu, %p\n", hr,
       size, id);
    hr = IMAPISupport_CreateOneOff(support, (LPTSTR)"n", (LPTSTR)"t", (LPTSTR)"a", 0x4, &size, &id);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "CreateOneOff returned %#lx\n", hr);
    hr = IMAPISupport_CreateOneOff(support, (LPTSTR)"n", (LPTSTR)"t", (LPTSTR)"a", 0, &size, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "CreateOneOff returned %#lx\n", hr);
    hr = IMAPISupport_CreateOneOff(support, (LPTSTR)"Name", (LPTSTR)"SMTP", (LPTSTR)"a@b",
                                   MAPI_SEND_NO_RICH_INFO, &size, &id);
    ok(hr == S_OK && size == 24 + 5 + 5 + 4, "CreateOneOff returned %#lx, %lu\n", hr, size);
    if (hr == S_OK)
    {
        ok(!memcmp((BYTE *)id + 24, "Name\0SMTP\0a@b", 14), "wrong strings\n");
        ok(((BYTE *)id)[22] & 1, "rich text is allowed\n");
        MAPIFreeBuffer(id);
    }
    hr = IMAPISupport_CreateOneOff(support, NULL, (LPTSTR)L"SMTP", (LPTSTR)L"a@b", MAPI_UNICODE,
                                   &size, &id);
    ok(hr == S_OK && size == 24 + 2 + 10 + 8, "CreateOneOff returned %#lx, %lu\n", hr, size);
    if (hr == S_OK) MAPIFreeBuffer(id);
}

static void test_wrap(IMAPISupport *support)
{
    ENTRYID *id = (ENTRYID *)0xdeadbeef;
    char program[MAX_PATH];
    ULONG size = 1, length;
    HRESULT hr;

    hr = IMAPISupport_WrapStoreEntryID(support, 0, (ENTRYID *)store_id, &size, &id);
    ok(hr == MAPI_E_INVALID_PARAMETER && !size && !id, "WrapStoreEntryID returned %#lx\n", hr);
    hr = IMAPISupport_WrapStoreEntryID(support, sizeof(store_id), (ENTRYID *)store_id, NULL, &id);
    ok(hr == MAPI_E_INVALID_PARAMETER, "WrapStoreEntryID returned %#lx\n", hr);
    hr = IMAPISupport_WrapStoreEntryID(support, sizeof(store_id), (ENTRYID *)store_id, &size, &id);
    ok(hr == S_OK, "WrapStoreEntryID returned %#lx\n", hr);
    if (hr != S_OK) return;
    GetModuleFileNameA(NULL, program, sizeof(program));
    length = strlen(program) + 1;
    ok(!memcmp((BYTE *)id + 22, program, length), "wrong DLL name %s\n", (char *)id + 22);
    ok(size == ((22 + length + 3) & ~3) + sizeof(store_id), "%lu bytes\n", size);
    ok(!memcmp((BYTE *)id + size - sizeof(store_id), store_id, sizeof(store_id)),
       "wrong entry ID\n");
    MAPIFreeBuffer(id);
}

struct test_entry
{
    BYTE flags[4];
    MAPIUID uid;
    BYTE rest[4];
};

static void test_entries(IMAPISupport *support)
{
    struct test_entry ab = { { 0 }, ab_uid, { 'a' } }, ms = { { 0 }, ms_uid, { 'm' } },
                      ab2 = { { 0 }, ab_uid, { 'b' } };
    struct test_entry absent = { { 0 }, ab_uid, { 'x' } }, unknown = { { 0 }, no_uid, { 0 } };
    IUnknown *object = (IUnknown *)0xdeadbeef;
    ULONG type = 7, result = 7;
    HRESULT hr;

    hr = IMAPISupport_OpenEntry(support, sizeof(ab), (ENTRYID *)&ab, NULL, 0, NULL, &object);
    ok(hr == MAPI_E_INVALID_PARAMETER && !object, "OpenEntry returned %#lx, %p\n", hr, object);
    hr = IMAPISupport_OpenEntry(support, sizeof(ab), (ENTRYID *)&ab, NULL, 0x800, &type, &object);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !type, "OpenEntry returned %#lx, type %lu\n", hr, type);
    opens = 0;
    hr = IMAPISupport_OpenEntry(support, sizeof(ab), (ENTRYID *)&ab, NULL, MAPI_MODIFY, &type,
                                &object);
    ok(hr == S_OK && type == MAPI_MAILUSER && object, "OpenEntry returned %#lx, type %lu\n", hr,
       type);
    hr = IMAPISupport_OpenEntry(support, sizeof(ms), (ENTRYID *)&ms, NULL, MAPI_BEST_ACCESS, &type,
                                &object);
    ok(hr == S_OK && type == MAPI_FOLDER && object, "OpenEntry returned %#lx, type %lu\n", hr,
       type);
    ok(opens == 2, "%d calls\n", opens);
    hr = IMAPISupport_OpenEntry(support, sizeof(absent), (ENTRYID *)&absent, NULL, 0, &type,
                                &object);
    ok(hr == MAPI_E_NOT_FOUND && !object && !type, "OpenEntry returned %#lx\n", hr);
    hr = IMAPISupport_OpenEntry(support, sizeof(unknown), (ENTRYID *)&unknown, NULL, 0, &type,
                                &object);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID && !object, "OpenEntry returned %#lx\n", hr);

    hr = IMAPISupport_CompareEntryIDs(support, sizeof(ab), (ENTRYID *)&ab, sizeof(ab),
                                      (ENTRYID *)&ab, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "CompareEntryIDs returned %#lx\n", hr);
    compares = 0;
    hr = IMAPISupport_CompareEntryIDs(support, sizeof(ab), (ENTRYID *)&ab, sizeof(ab),
                                      (ENTRYID *)&ab, 0, &result);
    ok(hr == S_OK && result == TRUE, "CompareEntryIDs returned %#lx, %lu\n", hr, result);
    hr = IMAPISupport_CompareEntryIDs(support, sizeof(ab), (ENTRYID *)&ab, sizeof(ab2),
                                      (ENTRYID *)&ab2, 0, &result);
    ok(hr == S_OK && result == FALSE, "CompareEntryIDs returned %#lx, %lu\n", hr, result);
    ok(compares >= 1, "the provider was not asked\n");
    result = 7;
    hr = IMAPISupport_CompareEntryIDs(support, sizeof(unknown), (ENTRYID *)&unknown,
                                      sizeof(unknown), (ENTRYID *)&unknown, 0, &result);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID && !result, "CompareEntryIDs returned %#lx, %lu\n", hr, result);
}

static void test_provider_uid(void)
{
    static const MAPIUID second = {{ 0x99, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }};
    struct test_entry id = { { 0 }, second, { 'm' } };
    IUnknown *object;
    ULONG type;
    HRESULT hr;

    hr = IMAPISupport_SetProviderUID(supports[MS], (MAPIUID *)&second, 1);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "SetProviderUID returned %#lx\n", hr);
    hr = IMAPISupport_SetProviderUID(supports[MS], (MAPIUID *)&second, 0);
    ok(hr == S_OK, "SetProviderUID returned %#lx\n", hr);
    hr = IMAPISupport_SetProviderUID(supports[AB], (MAPIUID *)&second, 0);
    ok(hr == S_OK, "SetProviderUID returned %#lx\n", hr);
    hr = IMAPISupport_OpenEntry(supports[XP], sizeof(id), (ENTRYID *)&id, NULL, 0, &type, &object);
    ok(hr == S_OK && type == MAPI_FOLDER, "OpenEntry returned %#lx, type %lu\n", hr, type);
}

static void test_template(void)
{
    struct test_entry id = { { 0 }, ab_uid, { 't' } }, store_entry = { { 0 }, ms_uid, { 't' } };
    IMAPIProp *data = (IMAPIProp *)&store, *ret = NULL;
    HRESULT hr;

    hr = IMAPISupport_OpenTemplateID(supports[AB], sizeof(id), (ENTRYID *)&id, 0, data, NULL, &ret,
                                     NULL);
    ok(hr == S_OK && ret == data, "OpenTemplateID returned %#lx, %p\n", hr, ret);
    hr = IMAPISupport_OpenTemplateID(supports[AB], sizeof(id), (ENTRYID *)&id, 2, data, NULL, &ret,
                                     NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !ret, "OpenTemplateID returned %#lx, %p\n", hr, ret);
    hr = IMAPISupport_OpenTemplateID(supports[AB], sizeof(id), (ENTRYID *)&store_entry, 0, data,
                                     NULL, &ret, NULL);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID, "OpenTemplateID returned %#lx\n", hr);
}

static int notified;
static ULONG notified_event;

static LONG WINAPI on_notify(void *context, ULONG count, NOTIFICATION *notifications)
{
    notified++;
    notified_event = notifications[0].ulEventType;
    return *(LONG *)context;
}

static void test_notifications(IMAPISupport *support)
{
    static const struct
    {
        ULONG cb;
        BYTE ab[4];
    } mine_bytes = { 4, { 1, 2, 3, 4 } }, other_bytes = { 4, { 1, 2, 3, 5 } };
    NOTIFKEY *mine = (NOTIFKEY *)&mine_bytes, *other = (NOTIFKEY *)&other_bytes;
    NOTIFICATION notification = { fnevObjectModified };
    static LONG answer = S_OK, stop = CALLBACK_DISCONTINUE;
    IMAPIAdviseSink *sink, *stopper;
    ULONG_PTR connection = 7, second;
    ULONG flags;
    HRESULT hr;

    hr = HrAllocAdviseSink(on_notify, &answer, &sink);
    ok(hr == S_OK, "HrAllocAdviseSink returned %#lx\n", hr);
    hr = HrAllocAdviseSink(on_notify, &stop, &stopper);
    ok(hr == S_OK, "HrAllocAdviseSink returned %#lx\n", hr);
    hr = IMAPISupport_Subscribe(support, NULL, fnevObjectModified, NOTIFY_SYNC, sink, &connection);
    ok(hr == MAPI_E_INVALID_PARAMETER && !connection, "Subscribe returned %#lx\n", hr);
    hr = IMAPISupport_Subscribe(support, mine, fnevObjectModified, 1, sink, &connection);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "Subscribe returned %#lx\n", hr);
    hr = IMAPISupport_Subscribe(support, mine, fnevObjectModified, NOTIFY_SYNC, sink, &connection);
    ok(hr == S_OK && connection, "Subscribe returned %#lx\n", hr);

    flags = 0;
    hr = IMAPISupport_Notify(support, NULL, 1, &notification, &flags);
    ok(hr == MAPI_E_INVALID_PARAMETER, "Notify returned %#lx\n", hr);
    hr = IMAPISupport_Notify(support, mine, 1, &notification, &flags);
    ok(hr == S_OK && !flags, "Notify returned %#lx, flags %#lx\n", hr, flags);
    ok(notified == 1 && notified_event == fnevObjectModified, "%d notifications\n", notified);
    hr = IMAPISupport_Notify(support, other, 1, &notification, &flags);
    ok(hr == S_OK && notified == 1, "Notify returned %#lx, %d notifications\n", hr, notified);
    /* from one provider to the subscribers of another */
    hr = IMAPISupport_Notify(supports[AB], mine, 1, &notification, &flags);
    ok(hr == S_OK && notified == 2, "Notify returned %#lx, %d notifications\n", hr, notified);
    notification.ulEventType = fnevObjectDeleted;
    hr = IMAPISupport_Notify(support, mine, 1, &notification, &flags);
    ok(hr == S_OK && notified == 2, "Notify returned %#lx, %d notifications\n", hr, notified);

    hr = IMAPISupport_Subscribe(support, other, fnevObjectDeleted, NOTIFY_SYNC, stopper, &second);
    ok(hr == S_OK, "Subscribe returned %#lx\n", hr);
    hr = IMAPISupport_Notify(support, other, 1, &notification, &flags);
    ok(hr == S_OK && flags == NOTIFY_CANCELED, "Notify returned %#lx, flags %#lx\n", hr, flags);

    hr = IMAPISupport_Unsubscribe(supports[AB], connection);
    ok(hr == MAPI_E_NOT_FOUND, "Unsubscribe returned %#lx\n", hr);
    hr = IMAPISupport_Unsubscribe(support, connection);
    ok(hr == S_OK, "Unsubscribe returned %#lx\n", hr);
    hr = IMAPISupport_Unsubscribe(support, connection);
    ok(hr == MAPI_E_NOT_FOUND, "Unsubscribe returned %#lx\n", hr);
    notified = flags = 0;
    notification.ulEventType = fnevObjectModified;
    hr = IMAPISupport_Notify(support, mine, 1, &notification, &flags);
    ok(hr == S_OK && !notified, "Notify returned %#lx, %d notifications\n", hr, notified);
    IMAPIAdviseSink_Release(sink);
    IMAPIAdviseSink_Release(stopper);
    /* second ends with its support object */
}

static BOOL status_row_has(IMAPISession *session, const WCHAR *text)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_STATUS_STRING_W}};
    BOOL found = FALSE;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(IMAPISession_GetStatusTable(session, MAPI_UNICODE, &table))) return FALSE;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
            found |= rows->aRow[i].lpProps[0].ulPropTag == PR_STATUS_STRING_W
                     && !lstrcmpW(rows->aRow[i].lpProps[0].Value.lpszW, text);
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return found;
}

static void test_status(IMAPISession *session, IMAPISupport *support)
{
    SPropValue prop;
    HRESULT hr;

    prop.ulPropTag = PR_STATUS_STRING_W;
    prop.Value.lpszW = (WCHAR *)L"hard at work";
    hr = IMAPISupport_ModifyStatusRow(support, 1, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "ModifyStatusRow returned %#lx\n", hr);
    hr = IMAPISupport_ModifyStatusRow(support, 1, &prop, 1);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "ModifyStatusRow returned %#lx\n", hr);
    hr = IMAPISupport_ModifyStatusRow(support, 1, &prop, 0);
    ok(hr == S_OK, "ModifyStatusRow returned %#lx\n", hr);
    ok(status_row_has(session, L"hard at work"), "the row is not there\n");
    prop.Value.lpszW = (WCHAR *)L"done";
    hr = IMAPISupport_ModifyStatusRow(support, 1, &prop, STATUSROW_UPDATE);
    ok(hr == S_OK, "ModifyStatusRow returned %#lx\n", hr);
    ok(status_row_has(session, L"done") && !status_row_has(session, L"hard at work"),
       "the row did not change\n");
}

static void test_address_book(IMAPISupport *support)
{
    IAddrBook *book = (IAddrBook *)0xdeadbeef;
    HRESULT hr;

    hr = IMAPISupport_OpenAddressBook(support, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "OpenAddressBook returned %#lx\n", hr);
    hr = IMAPISupport_OpenAddressBook(support, NULL, 1, &book);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !book, "OpenAddressBook returned %#lx, %p\n", hr, book);
    hr = IMAPISupport_OpenAddressBook(support, &IID_IMAPITable, 0, &book);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "OpenAddressBook returned %#lx\n", hr);
    hr = IMAPISupport_OpenAddressBook(support, &IID_IAddrBook, 0, &book);
    ok(hr == S_OK && book, "OpenAddressBook returned %#lx\n", hr);
    if (hr == S_OK) IAddrBook_Release(book);
}

static void test_service_support(IMAPISupport *support)
{
    IMAPISupport *ret = (IMAPISupport *)0xdeadbeef;
    MAPIUID uid;
    HRESULT hr;

    hr = IMAPISupport_GetSvcConfigSupportObj(support, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "GetSvcConfigSupportObj returned %#lx\n", hr);
    hr = IMAPISupport_GetSvcConfigSupportObj(support, 1, &ret);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !ret, "GetSvcConfigSupportObj returned %#lx, %p\n", hr, ret);
    hr = IMAPISupport_GetSvcConfigSupportObj(support, 0, &ret);
    ok(hr == S_OK && ret, "GetSvcConfigSupportObj returned %#lx, %p\n", hr, ret);
    if (hr != S_OK) return;
    hr = IMAPISupport_NewUID(ret, &uid);
    ok(hr == S_OK, "NewUID returned %#lx\n", hr);
    hr = IMAPISupport_SetProviderUID(ret, &uid, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "SetProviderUID returned %#lx\n", hr);
    IMAPISupport_Release(ret);
}

static void test_spooler(void)
{
    ULONG flags;
    HRESULT hr;

    hr = IMAPISupport_SpoolerYield(supports[XP], 0);
    ok(hr == S_OK, "SpoolerYield returned %#lx\n", hr);
    hr = IMAPISupport_SpoolerNotify(supports[XP], NOTIFY_READYTOSEND, NULL);
    ok(hr == S_OK, "SpoolerNotify returned %#lx\n", hr);
    hr = IMAPISupport_SpoolerNotify(supports[XP], NOTIFY_CONFIG_CHANGE, NULL);
    ok(hr == S_OK, "SpoolerNotify returned %#lx\n", hr);
    hr = IMAPISupport_SpoolerNotify(supports[XP], NOTIFY_NEWMAIL_RECEIVED, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "SpoolerNotify returned %#lx\n", hr);
    hr = IMAPISupport_SpoolerNotify(supports[XP], NOTIFY_SENTDEFERRED | NOTIFY_CRITICAL_ERROR,
                                    &flags);
    ok(hr == MAPI_E_INVALID_PARAMETER, "SpoolerNotify returned %#lx\n", hr);
    hr = IMAPISupport_SpoolerNotify(supports[MS], NOTIFY_READYTOSEND, NULL);
    ok(hr == S_OK, "SpoolerNotify returned %#lx\n", hr);
    hr = IMAPISupport_SpoolerNotify(supports[MS], NOTIFY_CRITSEC, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "SpoolerNotify returned %#lx\n", hr);

    flags = LOGOFF_ABORT | LOGOFF_QUIET;
    hr = IMAPISupport_StoreLogoffTransports(supports[MS], &flags);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "StoreLogoffTransports returned %#lx\n", hr);
    flags = LOGOFF_ORDERLY;
    hr = IMAPISupport_StoreLogoffTransports(supports[MS], &flags);
    ok(hr == S_OK && flags == LOGOFF_COMPLETE, "StoreLogoffTransports returned %#lx, %#lx\n", hr,
       flags);

    hr = IMAPISupport_ModifyProfile(supports[MS], MDB_TEMPORARY);
    ok(hr == S_OK, "ModifyProfile returned %#lx\n", hr);
    hr = IMAPISupport_ModifyProfile(supports[MS], 0);
    ok(hr == S_OK, "ModifyProfile returned %#lx\n", hr);
}

static void test_storage(IMAPISupport *support)
{
    static const char before[] = "before";
    IStream *stream, *inside;
    IStorage *storage;
    ILockBytes *bytes;
    LARGE_INTEGER zero;
    char buffer[8] = "";
    ULONG count;
    HRESULT hr;

    CreateStreamOnHGlobal(NULL, TRUE, &stream);
    storage = (IStorage *)0xdeadbeef;
    hr = IMAPISupport_IStorageFromStream(support, NULL, NULL, 0, &storage);
    ok(hr == MAPI_E_INVALID_PARAMETER && !storage, "IStorageFromStream returned %#lx\n", hr);
    hr = IMAPISupport_IStorageFromStream(support, (IUnknown *)stream, NULL, 0x4, &storage);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "IStorageFromStream returned %#lx\n", hr);
    hr = IMAPISupport_IStorageFromStream(support, (IUnknown *)stream, &IID_IMAPIProp, 0, &storage);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "IStorageFromStream returned %#lx\n", hr);
    hr = IMAPISupport_IStorageFromStream(support, (IUnknown *)stream, NULL, STGSTRM_RESET,
                                         &storage);
    ok(FAILED(hr) && !storage, "IStorageFromStream returned %#lx\n", hr);

    /* a storage that begins behind something else */
    IStream_Write(stream, before, sizeof(before), &count);
    hr = IMAPISupport_IStorageFromStream(support, (IUnknown *)stream, &IID_IStream,
                                         STGSTRM_CREATE | STGSTRM_MODIFY | STGSTRM_CURRENT,
                                         &storage);
    ok(hr == S_OK, "IStorageFromStream returned %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = IStorage_CreateStream(storage, L"inside",
                                   STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0,
                                   &inside);
        ok(hr == S_OK, "CreateStream returned %#lx\n", hr);
        IStream_Write(inside, "inside", 7, &count);
        IStream_Release(inside);
        IStorage_Commit(storage, STGC_DEFAULT);
        IStorage_Release(storage);

        zero.QuadPart = 0;
        IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
        IStream_Read(stream, buffer, sizeof(before), &count);
        ok(!strcmp(buffer, before), "what stood before became '%s'\n", buffer);
        hr = IMAPISupport_IStorageFromStream(support, (IUnknown *)stream, NULL, STGSTRM_CURRENT,
                                             &storage);
        ok(hr == S_OK, "IStorageFromStream returned %#lx\n", hr);
        if (hr == S_OK)
        {
            hr = IStorage_OpenStream(storage, L"inside", NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0,
                                     &inside);
            ok(hr == S_OK, "OpenStream returned %#lx\n", hr);
            if (hr == S_OK)
            {
                IStream_Read(inside, buffer, 7, &count);
                ok(!strcmp(buffer, "inside"), "read '%s'\n", buffer);
                IStream_Release(inside);
            }
            IStorage_Release(storage);
        }
    }
    count = IStream_Release(stream);
    ok(!count, "%lu references to the stream are left\n", count);

    CreateILockBytesOnHGlobal(NULL, TRUE, &bytes);
    hr = IMAPISupport_IStorageFromStream(support, (IUnknown *)bytes, &IID_ILockBytes,
                                         STGSTRM_CREATE | STGSTRM_MODIFY, &storage);
    ok(hr == S_OK, "IStorageFromStream returned %#lx\n", hr);
    if (hr == S_OK) IStorage_Release(storage);
    count = ILockBytes_Release(bytes);
    ok(!count, "%lu references are left\n", count);
}

/* An object that is asked what it is while it still can say so. */
static int doomed_refs;

static HRESULT WINAPI doomed_QueryInterface(IUnknown *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProgress))
        return E_NOINTERFACE;
    *ret = iface;
    doomed_refs++;
    return S_OK;
}

static ULONG WINAPI doomed_AddRef(IUnknown *iface)
{
    return ++doomed_refs;
}

static ULONG WINAPI doomed_Release(IUnknown *iface)
{
    return --doomed_refs;
}

static void test_invalid(IMAPISupport *support)
{
    static IMAPIProgressVtbl vtbl = { (void *)doomed_QueryInterface, (void *)doomed_AddRef,
                                      (void *)doomed_Release };
    struct { IMAPIProgressVtbl *lpVtbl; void *rest[4]; } *object;
    ULONG value;
    HRESULT hr;

    hr = IMAPISupport_MakeInvalid(support, 0, NULL, 1, 8);
    ok(hr == MAPI_E_INVALID_PARAMETER, "MakeInvalid returned %#lx\n", hr);
    MAPIAllocateBuffer(sizeof(*object), (void **)&object);
    object->lpVtbl = &vtbl;
    doomed_refs = 1;
    hr = IMAPISupport_MakeInvalid(support, 1, object, 1, 8);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "MakeInvalid returned %#lx\n", hr);
    hr = IMAPISupport_MakeInvalid(support, 0, object, 1, 8);
    ok(hr == S_OK, "MakeInvalid returned %#lx\n", hr);
    if (hr != S_OK) return;
    hr = IMAPIProgress_GetMin((IMAPIProgress *)object, &value);
    ok(hr == MAPI_E_INVALID_OBJECT, "GetMin returned %#lx\n", hr);
    value = IMAPIProgress_AddRef((IMAPIProgress *)object);
    ok(value == 2, "AddRef returned %lu\n", value);
    IMAPIProgress_Release((IMAPIProgress *)object);
    value = IMAPIProgress_Release((IMAPIProgress *)object);
    ok(!value, "Release returned %lu\n", value);
    ok(doomed_refs == 1, "the object's own methods were called\n");
}

/* ---- a store with bad manners ---- */

static void end_session(IMAPISession *session)
{
    HRESULT hr = IMAPISession_Logoff(session, 0, 0, 0);
    int kind;

    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    IMAPISession_Release(session);
    for (kind = XP; kind <= MS; kind++)
    {
        if (supports[kind]) IMAPISupport_Release(supports[kind]);
        supports[kind] = NULL;
    }
}

static DWORD count_sections(void)
{
    static const char key_name[] = "Software\\Microsoft\\Windows NT\\CurrentVersion\\"
                                   "Windows Messaging Subsystem\\Profiles\\Support";
    DWORD count = 0;
    LONG ret;
    HKEY key;

    ret = RegOpenKeyA(HKEY_CURRENT_USER, key_name, &key);
    ok(!ret, "no profile: %ld\n", ret);
    if (ret) return 0;
    RegQueryInfoKeyA(key, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return count;
}

static void test_store_manners(void)
{
    static const BYTE other_id[] = "\0\0\0\0another store";
    struct test_entry id = { { 0 }, ms_uid, { 'a' } };
    IMAPISession *session;
    ENTRYID *wrapped;
    IUnknown *object;
    IMsgStore *opened;
    ULONG type, size;
    DWORD sections;
    HRESULT hr;

    /* It keeps no reference to its support object, whose last Release would log it off. */
    logoffs[MS] = 0;
    store_takes_no_support = TRUE;
    if ((session = log_on()))
    {
        ok(!logoffs[MS], "the store was logged off as it was opened\n");
        hr = IMAPISession_OpenEntry(session, sizeof(id), (ENTRYID *)&id, NULL, 0, &type, &object);
        ok(hr == S_OK && type == MAPI_FOLDER, "OpenEntry returned %#lx, %lu\n", hr, type);
        end_session(session);
        ok(logoffs[MS] == 1, "the store was logged off %d times\n", logoffs[MS]);
    }
    store_takes_no_support = FALSE;

    /* Its security for the spooler is nowhere. */
    store_security = (BYTE *)0x10;
    if ((session = log_on())) end_session(session);
    store_security = NULL;

    /* It takes a store that the profile does not know for one that is open. */
    if (!(session = log_on())) return;
    hr = IMAPISupport_WrapStoreEntryID(supports[MS], sizeof(other_id), (ENTRYID *)other_id, &size,
                                       &wrapped);
    ok(hr == S_OK, "WrapStoreEntryID returned %#lx\n", hr);
    sections = count_sections();
    store_gives_no_logon = TRUE;
    hr = IMAPISession_OpenMsgStore(session, 0, size, wrapped, NULL, MDB_NO_DIALOG, &opened);
    ok(hr == S_OK && opened == &store, "OpenMsgStore returned %#lx\n", hr);
    store_gives_no_logon = FALSE;
    MAPIFreeBuffer(wrapped);
    ok(count_sections() == sections, "%lu sections became %lu\n", sections, count_sections());
    end_session(session);
    ok(count_sections() == sections, "%lu sections became %lu\n", sections, count_sections());
}

static DWORD WINAPI use_session(void *arg)
{
    struct test_entry ms = { { 0 }, ms_uid, { 'a' } };
    IMAPISession *session = arg;
    BYTE buffer[CbNewNOTIFKEY(4)];
    IProfSect *section;
    SPropValue *prop;
    NOTIFICATION notification = { fnevExtended };
    NOTIFKEY *key = (NOTIFKEY *)buffer;
    ULONG flags = 0, same;

    key->cb = 4;
    memset(key->ab, 1, 4);
    IMAPISupport_Notify(supports[XP], key, 1, &notification, &flags);
    IMAPISession_CompareEntryIDs(session, sizeof(ms), (ENTRYID *)&ms, sizeof(ms), (ENTRYID *)&ms, 0,
                                 &same);
    if (IMAPISupport_OpenProfileSection(supports[XP], NULL, 0, &section) == S_OK)
    {
        HrGetOneProp((IMAPIProp *)section, PR_DISPLAY_NAME_A, &prop);
        MAPIFreeBuffer(prop);
        IProfSect_Release(section);
    }
    return 0;
}

static LONG WINAPI no_callback(void *context, ULONG count, NOTIFICATION *notifications)
{
    return S_OK;
}

/* A provider that hands us wild pointers crashes alone: no lock stays behind that others wait
 * for. */
static void test_bad_pointers(char what)
{
    struct test_entry ab = { { 0 }, ab_uid, { 'n' } }, ms = { { 0 }, ms_uid, { what } };
    BYTE buffer[CbNewNOTIFKEY(4)];
    NOTIFKEY *key = (NOTIFKEY *)buffer;
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    IMAPISession *session;
    IUnknown *object;
    HANDLE thread;
    ULONG type;
    HRESULT hr;

    if (!(session = log_on())) return;
    key->cb = 4;
    memset(key->ab, 1, 4);
    HrAllocAdviseSink(no_callback, NULL, &sink);
    hr = IMAPISupport_Subscribe(supports[XP], key, fnevExtended, 0, sink, &connection);
    ok(hr == S_OK, "Subscribe returned %#lx\n", hr);
    hr = IMAPISession_OpenEntry(session, sizeof(ab), (ENTRYID *)&ab, NULL, 0, &type, &object);
    ok(hr == MAPI_E_CALL_FAILED && !object, "OpenEntry returned %#lx, %p\n", hr, object);
    hr = IMAPISession_OpenEntry(session, sizeof(ms), (ENTRYID *)&ms, NULL, 0, &type, &object);
    ok(hr == MAPI_E_CALL_FAILED && !object, "OpenEntry returned %#lx, %p\n", hr, object);

    thread = CreateThread(NULL, 0, use_session, session, 0, NULL);
    ok(WaitForSingleObject(thread, 10000) == WAIT_OBJECT_0, "another thread waits for a lock\n");
    CloseHandle(thread);
    IMAPIAdviseSink_Release(sink);
    end_session(session);
}

/* ---- fast shutdown: what only a provider inside the program can see ---- */

static IMAPIClientShutdown *client_shutdown, *message_shutdown;
static int queries, notifies;
static DWORD client_thread, call_thread;
static APTTYPE call_apartment;
static HWND client_window;
static LRESULT window_answer;
static HRESULT inner_query, inner_notify, inner_do;

static HRESULT WINAPI inside_Query(IMAPIProviderShutdown *iface)
{
    APTTYPEQUALIFIER qualifier;

    queries++;
    call_thread = GetCurrentThreadId();
    call_apartment = APTTYPE_CURRENT;
    CoGetApartmentType(&call_apartment, &qualifier);
    if (client_shutdown)
    {
        inner_query = IMAPIClientShutdown_QueryFastShutdown(client_shutdown);
        inner_notify = IMAPIClientShutdown_NotifyProcessShutdown(client_shutdown);
        inner_do = IMAPIClientShutdown_DoFastShutdown(client_shutdown);
    }
    return S_OK;
}

static HRESULT WINAPI inside_Notify(IMAPIProviderShutdown *iface)
{
    notifies++;
    if (client_window) window_answer = SendMessageW(client_window, WM_USER, 3, 4);
    return S_OK;
}

static HRESULT WINAPI inside_Do(IMAPIProviderShutdown *iface)
{
    return S_OK;
}

static IMAPIProviderShutdownVtbl inside_vtbl = { (void *)any_QueryInterface,
                                                 (void *)any_AddRef,
                                                 (void *)any_Release,
                                                 inside_Query,
                                                 inside_Notify,
                                                 inside_Do };
static IMAPIProviderShutdown provider_shutdown = { &inside_vtbl };

static LRESULT CALLBACK window_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_USER)
    {
        inner_query = inner_notify = inner_do = E_UNEXPECTED;
        if (message_shutdown)
        {
            inner_query = IMAPIClientShutdown_QueryFastShutdown(message_shutdown);
            inner_notify = IMAPIClientShutdown_NotifyProcessShutdown(message_shutdown);
            inner_do = IMAPIClientShutdown_DoFastShutdown(message_shutdown);
        }
        return wparam * 10 + lparam;
    }
    return DefWindowProcW(window, message, wparam, lparam);
}

static void test_shutdown(IMAPISession *session)
{
    WNDCLASSW class = { 0, window_proc, 0, 0, NULL, NULL, NULL, NULL, NULL, L"support test" };
    IMAPIClientShutdown *shutdown;
    SSIZE_T bytes = 0, growth = MAXLONG;
    DWORD start;
    HRESULT hr;
    int i;

    hr = IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown);
    ok(hr == S_OK, "QueryInterface returned %#lx\n", hr);
    if (hr != S_OK) return;
    client_thread = GetCurrentThreadId();

    /* nobody has it */
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK && !queries, "QueryFastShutdown returned %#lx, %d calls\n", hr, queries);

    shutdown_iid = &IID_IMAPIProviderShutdown;
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK && queries == 3, "QueryFastShutdown returned %#lx, %d calls\n", hr, queries);
    ok(call_thread != client_thread, "the call came on the client's thread\n");
    ok(call_apartment == APTTYPE_MTA, "apartment %d\n", call_apartment);

    /* three providers that are one object */
    queries = notifies = 0;
    one_identity = TRUE;
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK && queries == 1, "QueryFastShutdown returned %#lx, %d calls\n", hr, queries);
    hr = IMAPIClientShutdown_NotifyProcessShutdown(shutdown);
    ok(hr == S_OK && notifies == 1, "NotifyProcessShutdown returned %#lx, %d calls\n", hr,
       notifies);
    one_identity = FALSE;

    /* a client that keeps asking loses nothing by it: what the heap sets aside for itself comes in
     * steps, what leaks comes in every five hundred rounds */
    for (i = 0; i <= 6000; i++)
    {
        if (!(i % 500))
        {
            if (i && memory_in_use() - bytes < growth) growth = memory_in_use() - bytes;
            bytes = memory_in_use();
        }
        if ((hr = IMAPIClientShutdown_QueryFastShutdown(shutdown)) != S_OK) break;
        if ((hr = IMAPIClientShutdown_NotifyProcessShutdown(shutdown)) != S_OK) break;
    }
    ok(hr == S_OK, "round %d returned %#lx\n", i, hr);
    ok(growth < 2048, "%Id bytes leak in 500 rounds\n", growth);

    /* calls from inside a call are answered without calling anybody */
    queries = 0;
    client_shutdown = shutdown;
    start = GetTickCount();
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK && queries == 3, "QueryFastShutdown returned %#lx, %d calls\n", hr, queries);
    ok(GetTickCount() - start < 4000, "it took %lu ms\n", GetTickCount() - start);
    client_shutdown = NULL;
    ok(inner_query == MAPI_E_NO_SUPPORT, "QueryFastShutdown from inside returned %#lx\n",
       inner_query);
    ok(inner_notify == S_OK, "NotifyProcessShutdown from inside returned %#lx\n", inner_notify);
    ok(inner_do == MAPI_E_NO_SUPPORT, "DoFastShutdown from inside returned %#lx\n", inner_do);

    /* a message to a window of the thread that waits, which may call again */
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == S_OK, "QueryFastShutdown returned %#lx\n", hr);
    message_shutdown = shutdown;
    RegisterClassW(&class);
    client_window = CreateWindowW(L"support test", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL,
                                  NULL);
    ok(client_window != NULL, "no window\n");
    start = GetTickCount();
    hr = IMAPIClientShutdown_NotifyProcessShutdown(shutdown);
    ok(hr == S_OK, "NotifyProcessShutdown returned %#lx\n", hr);
    ok(GetTickCount() - start < 4000, "it took %lu ms\n", GetTickCount() - start);
    ok(inner_query == MAPI_E_NO_SUPPORT && inner_notify == S_OK && inner_do == MAPI_E_NO_SUPPORT,
       "the methods called again returned %#lx, %#lx, %#lx\n", inner_query, inner_notify, inner_do);
    ok(window_answer == 34, "the window answered %ld\n", (long)window_answer);
    DestroyWindow(client_window);
    client_window = NULL;

    IMAPIClientShutdown_Release(shutdown);
    shutdown_iid = NULL;
}

/* A straggler uses its support object after the session ended. */
static void test_afterwards(IMAPISupport *support, int kind)
{
    struct test_entry id = { { 0 }, ab_uid, { 'a' } };
    IUnknown *object = (IUnknown *)0xdeadbeef;
    SPropValue prop;
    ULONG type;
    MAPIUID uid;
    HRESULT hr;

    hr = IMAPISupport_NewUID(support, &uid);
    ok(hr == S_OK, "kind %d: NewUID returned %#lx\n", kind, hr);
    test_section(support);
    hr = IMAPISupport_OpenEntry(support, sizeof(id), (ENTRYID *)&id, NULL, 0, &type, &object);
    ok(FAILED(hr) && !object, "kind %d: OpenEntry returned %#lx\n", kind, hr);
    prop.ulPropTag = PR_STATUS_STRING_W;
    prop.Value.lpszW = (WCHAR *)L"too late";
    IMAPISupport_ModifyStatusRow(support, 1, &prop, 0);
    if (kind != XP)
    {
        hr = IMAPISupport_SetProviderUID(support, &uid, 0);
        ok(FAILED(hr), "kind %d: SetProviderUID returned %#lx\n", kind, hr);
    }
}

START_TEST(support)
{
    IMAPISession *session;
    ULONG refs;
    HRESULT hr;
    int kind;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    if (hr != S_OK || !install()) return;
    hr = create_profile();
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (hr == S_OK && (session = log_on()))
    {
        for (kind = XP; kind <= MS; kind++)
        {
            ok(supports[kind] != NULL, "provider %d was not logged on\n", kind);
            ok(init_versions[kind] == CURRENT_SPI_VERSION, "version %#lx\n", init_versions[kind]);
            if (!supports[kind]) goto done;
        }
        test_kinds();
        for (kind = XP; kind <= MS; kind++)
        {
            test_unknown(supports[kind]);
            test_memory(supports[kind]);
            test_section(supports[kind]);
            test_one_off(supports[kind]);
            test_wrap(supports[kind]);
            test_entries(supports[kind]);
            test_address_book(supports[kind]);
            test_service_support(supports[kind]);
            test_storage(supports[kind]);
            test_invalid(supports[kind]);
        }
        test_provider_uid();
        test_template();
        test_notifications(supports[MS]);
        test_status(session, supports[XP]);
        test_spooler();
        test_progress_dialog();
        hr = IMAPISession_Logoff(session, 0, 0, 0);
        ok(hr == S_OK, "Logoff returned %#lx\n", hr);
        IMAPISession_Release(session);
        for (kind = XP; kind <= MS; kind++)
        {
            ok(logoffs[kind] == 1, "provider %d was logged off %d times\n", kind, logoffs[kind]);
            ok(shutdowns[kind] == 1, "provider %d was shut down %d times\n", kind, shutdowns[kind]);
            test_afterwards(supports[kind], kind);
            refs = IMAPISupport_Release(supports[kind]);
            ok(!refs, "provider %d: %lu references are left\n", kind, refs);
            ok(logoffs[kind] == 1, "provider %d was logged off again\n", kind);
            supports[kind] = NULL;
        }
    }
    if (hr == S_OK) test_store_manners();
    if (hr == S_OK) test_bad_pointers('u');
    if (hr == S_OK) test_bad_pointers('p');
    if (hr == S_OK && (session = log_on()))
    {
        test_shutdown(session);
        end_session(session);
    }
done:
    delete_profile();
    uninstall();
    if (!supports[XP]) test_recipients();
    MAPIUninitialize();
}
