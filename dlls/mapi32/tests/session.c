/*
 * Tests: IMAPISession
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
#include <mapishutdown.h>

#include "wine/test.h"
#include "sample.h"

static char profile[] = "SessionTest";

static const MAPIUID unknown_uid = { { 0x01, 0x92, 0x03, 0xa4, 0x05, 0xb6, 0x07, 0xc8, 0x09, 0xda,
                                       0x0b, 0xec, 0x0d, 0xfe, 0x0f, 0x10 } };

static HRESULT create_profile(const char *name)
{
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)name, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0, 0);
    IProfAdmin_Release(admin);
    return hr;
}

static IMAPISession *log_on(ULONG flags)
{
    IMAPISession *session = NULL;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | flags,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    return session;
}

static void test_query_interface(void)
{
    IMAPIClientShutdown *shutdown;
    IMAPISession *session, *again;
    IUnknown *unknown1, *unknown2;
    HRESULT hr;
    void *out;

    if (!(session = log_on(MAPI_NEW_SESSION))) return;

    out = session;
    hr = IMAPISession_QueryInterface(session, &IID_IMAPITable, &out);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !out, "got %#lx, %p\n", hr, out);

    hr = IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown);
    ok(hr == S_OK, "no shutdown interface: %#lx\n", hr);
    hr = IMAPIClientShutdown_QueryInterface(shutdown, &IID_IUnknown, (void **)&unknown1);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_QueryInterface(session, &IID_IUnknown, (void **)&unknown2);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(unknown1 == unknown2, "two identities\n");
    IUnknown_Release(unknown1);
    IUnknown_Release(unknown2);
    hr = IMAPIClientShutdown_QueryInterface(shutdown, &IID_IMAPISession, (void **)&again);
    ok(hr == S_OK && again == session, "got %#lx, %p\n", hr, again);
    IMAPISession_Release(again);

    /* The session may go first. */
    hr = IMAPISession_Logoff(session, 0, 0, 0);
    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    IMAPISession_Release(session);
    hr = IMAPIClientShutdown_QueryFastShutdown(shutdown);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    ok(!IMAPIClientShutdown_Release(shutdown), "references are left\n");
}

static void test_bad_arguments(void)
{
    ULONG size, type, result, count;
    IMsgServiceAdmin *admin;
    ULONG_PTR connection;
    IMAPISession *session;
    IProfSect *section;
    IMAPITable *table;
    MAPIERROR *error;
    IAddrBook *book;
    IUnknown *unknown;
    IMsgStore *store;
    LPTSTR *types;
    ENTRYID *id;
    BYTE junk[40] = { 0 };
    HRESULT hr;

    if (!(session = log_on(MAPI_NEW_SESSION))) return;
    memcpy(junk + 4, &unknown_uid, sizeof(unknown_uid));

    hr = IMAPISession_GetLastError(session, S_OK, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_GetLastError(session, S_OK, 1, &error);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    error = (MAPIERROR *)junk;
    hr = IMAPISession_GetLastError(session, MAPI_E_NOT_FOUND, 0, &error);
    ok(hr == S_OK && !error, "got %#lx, %p\n", hr, error);

    hr = IMAPISession_GetMsgStoresTable(session, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    table = (IMAPITable *)junk;
    hr = IMAPISession_GetMsgStoresTable(session, 1, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !table, "got %#lx, %p\n", hr, table);
    hr = IMAPISession_GetStatusTable(session, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    table = (IMAPITable *)junk;
    hr = IMAPISession_GetStatusTable(session, 2, &table);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !table, "got %#lx, %p\n", hr, table);

    hr = IMAPISession_OpenMsgStore(session, 0, sizeof(junk), (ENTRYID *)junk, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    store = (IMsgStore *)junk;
    hr = IMAPISession_OpenMsgStore(session, 0, 0, NULL, NULL, 0, &store);
    ok(hr == MAPI_E_INVALID_PARAMETER && !store, "got %#lx, %p\n", hr, store);
    hr = IMAPISession_OpenMsgStore(session, 0, sizeof(junk), NULL, NULL, 0, &store);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_OpenMsgStore(session, 0, sizeof(junk), (ENTRYID *)junk, NULL, 0x40000000,
                                   &store);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISession_OpenMsgStore(session, 0, sizeof(junk), (ENTRYID *)junk, NULL, MDB_NO_DIALOG,
                                   &store);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IMAPISession_GetLastError(session, MAPI_E_NOT_FOUND, 0, &error);
    ok(hr == S_OK && error && error->lpszError && *(char *)error->lpszError,
       "nothing said of it: %#lx\n", hr);
    MAPIFreeBuffer(error);

    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    book = (IAddrBook *)junk;
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0x80, &book);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !book, "got %#lx, %p\n", hr, book);
    hr = IMAPISession_OpenAddressBook(session, 0, &IID_IMAPITable, 0, &book);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED, "got %#lx\n", hr);

    hr = IMAPISession_OpenProfileSection(session, (MAPIUID *)&unknown_uid, NULL, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    section = (IProfSect *)junk;
    hr = IMAPISession_OpenProfileSection(session, (MAPIUID *)&unknown_uid, NULL, 0, &section);
    ok(hr == MAPI_E_NOT_FOUND && !section, "got %#lx, %p\n", hr, section);
    hr = IMAPISession_OpenProfileSection(session, (MAPIUID *)&unknown_uid, NULL, MAPI_MODIFY,
                                         &section);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IProfSect_Release(section);

    hr = IMAPISession_OpenEntry(session, sizeof(junk), (ENTRYID *)junk, NULL, 0, &type, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    unknown = (IUnknown *)junk;
    hr = IMAPISession_OpenEntry(session, 0, NULL, NULL, 0, &type, &unknown);
    ok(hr == MAPI_E_INVALID_PARAMETER && !unknown, "got %#lx, %p\n", hr, unknown);
    hr = IMAPISession_OpenEntry(session, sizeof(junk), (ENTRYID *)junk, NULL, 0x1000000, &type,
                                &unknown);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISession_OpenEntry(session, sizeof(junk), (ENTRYID *)junk, NULL, 0, &type, &unknown);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID && !type, "got %#lx, %lu\n", hr, type);
    hr = IMAPISession_OpenEntry(session, 19, (ENTRYID *)junk, NULL, 0, &type, &unknown);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID, "got %#lx\n", hr);

    hr = IMAPISession_CompareEntryIDs(session, 40, (ENTRYID *)junk, 40, (ENTRYID *)junk, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    result = 7;
    hr = IMAPISession_CompareEntryIDs(session, 40, (ENTRYID *)junk, 40, (ENTRYID *)junk, 1,
                                      &result);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !result, "got %#lx, %lu\n", hr, result);
    hr = IMAPISession_CompareEntryIDs(session, 40, (ENTRYID *)junk, 40, (ENTRYID *)junk, 0,
                                      &result);
    ok(hr == MAPI_E_UNKNOWN_ENTRYID, "got %#lx\n", hr);
    hr = IMAPISession_CompareEntryIDs(session, 40, (ENTRYID *)junk, 0, NULL, 0, &result);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    hr = IMAPISession_Advise(session, 0, NULL, fnevExtended, NULL, &connection);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_Unadvise(session, 0x7fffffff);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);

    hr = IMAPISession_EnumAdrTypes(session, 0, NULL, &types);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_EnumAdrTypes(session, 4, &count, &types);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    count = 1;
    hr = IMAPISession_EnumAdrTypes(session, MAPI_UNICODE, &count, &types);
    ok(hr == S_OK && !count, "got %#lx, %lu\n", hr, count);
    MAPIFreeBuffer(types);

    hr = IMAPISession_QueryIdentity(session, NULL, &id);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_QueryIdentity(session, &size, &id);
    ok(hr == MAPI_W_NO_SERVICE && size >= 20 && id, "got %#lx, %lu\n", hr, size);
    if (SUCCEEDED(hr))
    {
        hr = IMAPISession_CompareEntryIDs(session, size, id, size, id, 0, &result);
        ok(hr == S_OK && result, "got %#lx, %lu\n", hr, result);
    }
    MAPIFreeBuffer(id);

    hr = IMAPISession_SetDefaultStore(session, 0, 0, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISession_SetDefaultStore(session, 6, 0, NULL);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, sizeof(junk), (ENTRYID *)junk);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);

    hr = IMAPISession_AdminServices(session, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_AdminServices(session, 1, &admin);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !admin, "got %#lx\n", hr);
    hr = IMAPISession_AdminServices(session, 0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK) IMsgServiceAdmin_Release(admin);

    hr = IMAPISession_Logoff(session, 0, 0, 1);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_Logoff(session, 0, 0x100, 0);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPISession_Logoff(session, 0, MAPI_LOGOFF_UI, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
}

static void test_unsupported(void)
{
    SPropValue *options;
    IMAPISession *session;
    ULONG_PTR token;
    ULONG count;
    HRESULT hr;

    if (!(session = log_on(MAPI_NEW_SESSION))) return;
    hr = IMAPISession_MessageOptions(session, 0, 0, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"SMTP", (IMessage *)session);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IMAPISession_QueryDefaultMessageOpt(session, (LPTSTR)"SMTP", 0, &count, &options);
    ok(hr == MAPI_E_NOT_FOUND && !options && !count, "got %#lx\n", hr);
    hr = IMAPISession_ShowForm(session, 0, NULL, NULL, NULL, 0, NULL, 0, 0, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPISession_PrepareForm(session, NULL, NULL, &token);
    ok(hr == MAPI_E_INVALID_PARAMETER && !token, "got %#lx\n", hr);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
}

static void test_after_logoff(void)
{
    ULONG count, size, type, result;
    IMsgServiceAdmin *admin;
    IMAPISession *session;
    ULONG_PTR connection;
    SPropValue *options;
    IProfSect *section;
    IMAPITable *table, *view;
    MAPIERROR *error;
    IUnknown *unknown;
    IAddrBook *book;
    IMsgStore *store;
    LPTSTR *types;
    BYTE id[24];
    ENTRYID *identity;
    HRESULT hr;

    memset(id, 0x55, sizeof(id));
    if (!(session = log_on(MAPI_NEW_SESSION))) return;
    hr = IMAPISession_GetStatusTable(session, 0, &view);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_Logoff(session, 0, 0, 0);
    ok(hr == S_OK, "Logoff returned %#lx\n", hr);

    /* What was got through it is memory-safe. */
    hr = IAddrBook_GetPAB(book, &size, &identity);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, &unknown);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    IAddrBook_Release(book);
    IMAPITable_GetRowCount(view, 0, &count);
    IMAPITable_Release(view);

    hr = IMAPISession_Logoff(session, 0, 0, 0);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_GetLastError(session, S_OK, 0, &error);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_OpenMsgStore(session, 0, sizeof(id), (ENTRYID *)id, NULL, 0, &store);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_OpenProfileSection(session, (MAPIUID *)&unknown_uid, NULL, 0, &section);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_OpenEntry(session, sizeof(id), (ENTRYID *)id, NULL, 0, &type, &unknown);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_CompareEntryIDs(session, 24, (ENTRYID *)id, 24, (ENTRYID *)id, 0, &result);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_Advise(session, 0, NULL, fnevExtended, (IMAPIAdviseSink *)session,
                             &connection);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_Unadvise(session, 1);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_MessageOptions(session, 0, 0, (LPTSTR)"X", (IMessage *)session);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_QueryDefaultMessageOpt(session, (LPTSTR)"X", 0, &count, &options);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_EnumAdrTypes(session, 0, &count, &types);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_QueryIdentity(session, &size, &identity);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, NULL);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_AdminServices(session, 0, &admin);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_ShowForm(session, 0, NULL, NULL, NULL, 0, NULL, 0, 0, 0, 0, NULL);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IMAPISession_PrepareForm(session, NULL, NULL, &connection);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    ok(!IMAPISession_Release(session), "references are left\n");
}

/* Counts what a sink hears, and remembers the last event. */
struct listener
{
    IMAPIAdviseSink *sink;
    HANDLE heard;
    LONG extended;
    LONG critical;
    SCODE code;
};

static LONG STDAPICALLTYPE listen(void *context, ULONG count, LPNOTIFICATION notifications)
{
    struct listener *listener = context;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (notifications[i].ulEventType == fnevExtended) InterlockedIncrement(&listener->extended);
        if (notifications[i].ulEventType == fnevCriticalError)
        {
            listener->code = notifications[i].info.err.scode;
            InterlockedIncrement(&listener->critical);
        }
    }
    SetEvent(listener->heard);
    return S_OK;
}

static void listener_init(struct listener *listener)
{
    HRESULT hr;

    memset(listener, 0, sizeof(*listener));
    listener->heard = CreateEventA(NULL, FALSE, FALSE, NULL);
    hr = HrAllocAdviseSink(listen, listener, &listener->sink);
    ok(hr == S_OK, "HrAllocAdviseSink returned %#lx\n", hr);
}

static void test_end_notification(void)
{
    struct listener listener1, listener2;
    IMAPISession *session1, *session2;
    ULONG_PTR connection1, connection2, other;
    HRESULT hr;

    listener_init(&listener1);
    listener_init(&listener2);
    session1 = log_on(MAPI_NEW_SESSION | MAPI_ALLOW_OTHERS);
    session2 = log_on(0);
    if (!session1 || !session2) return;

    hr = IMAPISession_Advise(session1, 0, NULL, fnevExtended, listener1.sink, &connection1);
    ok(hr == S_OK && connection1, "got %#lx\n", hr);
    hr = IMAPISession_Advise(session2, 0, NULL, 0, listener2.sink, &connection2);
    ok(hr == S_OK && connection2 && connection1 != connection2, "got %#lx\n", hr);
    hr = IMAPISession_Unadvise(session1, connection2);
    ok(hr == MAPI_E_NOT_FOUND, "another client's connection: %#lx\n", hr);
    hr = IMAPISession_Advise(session1, 0, NULL, fnevExtended, listener1.sink, &other);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_Unadvise(session1, other);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_Unadvise(session1, other);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);

    /* The first leaves and says that all should. */
    hr = IMAPISession_Logoff(session1, 0, MAPI_LOGOFF_SHARED, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!WaitForSingleObject(listener1.heard, 5000), "the first heard nothing\n");
    ok(!WaitForSingleObject(listener2.heard, 5000), "the second heard nothing\n");
    ok(listener1.extended == 1 && !listener1.critical, "heard %ld, %ld\n", listener1.extended,
       listener1.critical);
    ok(!listener2.extended && listener2.critical == 1, "heard %ld, %ld\n", listener2.extended,
       listener2.critical);
    ok(listener2.code == MAPI_E_END_OF_SESSION, "heard %#lx\n", listener2.code);
    ok(!IMAPISession_Release(session1), "references are left\n");

    /* The other one lives on until it leaves itself. */
    hr = IMAPISession_Unadvise(session2, connection2);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPISession_Logoff(session2, 0, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(!IMAPISession_Release(session2), "references are left\n");
    ok(WaitForSingleObject(listener2.heard, 200) == WAIT_TIMEOUT,
       "heard something after Unadvise\n");

    IMAPIAdviseSink_Release(listener1.sink);
    IMAPIAdviseSink_Release(listener2.sink);
    CloseHandle(listener1.heard);
    CloseHandle(listener2.heard);
}

START_TEST(session)
{
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };
    HRESULT hr;

    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = create_profile(profile);
    ok(hr == S_OK, "creating a profile returned %#lx\n", hr);
    if (hr == S_OK)
    {
        test_query_interface();
        test_bad_arguments();
        test_unsupported();
        test_after_logoff();
        test_end_notification();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
}
