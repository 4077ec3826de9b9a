/*
 * Demo: a small mail client that does what legacy clients do
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
 * Logs on to a profile, opens the default store and the address book, puts a message into the store
 * while listening for it, then leaves through fast shutdown, or by logging off where that is refused.
 * Says each step on standard output; the exit status is 0 when every step went as a client expects.
 *
 *     democlient PROFILE
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <initguid.h>
#define COBJMACROS
#include <windows.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapishutdown.h>

static LONG created_events;

static LONG STDAPICALLTYPE on_notify(void *context, ULONG count, LPNOTIFICATION notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevObjectCreated) InterlockedIncrement(&created_events);
    return S_OK;
}

static BOOL step(const char *what, HRESULT hr)
{
    if (SUCCEEDED(hr)) printf("  ok      %s\n", what);
    else printf("  FAILED  %s: 0x%08lx\n", what, (unsigned long)hr);
    fflush(stdout);
    return SUCCEEDED(hr);
}

/* The words that belong to an error, if the session has any. */
static void explain(IMAPISession *session, HRESULT hr)
{
    MAPIERROR *error;

    if (FAILED(IMAPISession_GetLastError(session, hr, 0, &error)) || !error) return;
    if (error->lpszError) printf("          %s\n", (const char *)error->lpszError);
    MAPIFreeBuffer(error);
}

static HRESULT open_default_store(IMAPISession *session, IMsgStore **ret)
{
    enum { ENTRYID_COLUMN, DEFAULT_COLUMN, NAME_COLUMN };
    static const SizedSPropTagArray(3, columns) = {3, {PR_ENTRYID, PR_DEFAULT_STORE, PR_DISPLAY_NAME_A}};
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    hr = MAPI_E_NOT_FOUND;
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[DEFAULT_COLUMN].ulPropTag != PR_DEFAULT_STORE || !props[DEFAULT_COLUMN].Value.b) continue;
        printf("          %s\n", props[NAME_COLUMN].ulPropTag == PR_DISPLAY_NAME_A ?
                                 props[NAME_COLUMN].Value.lpszA : "(store without a name)");
        hr = IMAPISession_OpenMsgStore(session, 0, props[ENTRYID_COLUMN].Value.bin.cb,
                                       (ENTRYID *)props[ENTRYID_COLUMN].Value.bin.lpb, NULL,
                                       MDB_WRITE | MDB_NO_DIALOG, ret);
        break;
    }
    FreeProws(rows);
    return hr;
}

static HRESULT put_message(IMsgStore *store)
{
    IMAPIFolder *folder;
    IMessage *message;
    SPropValue prop;
    ULONG type;
    HRESULT hr;

    hr = IMsgStore_OpenEntry(store, 0, NULL, NULL, MAPI_MODIFY, &type, (IUnknown **)&folder);
    if (FAILED(hr)) return hr;
    hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
    IMAPIFolder_Release(folder);
    if (FAILED(hr)) return hr;
    prop.ulPropTag = PR_SUBJECT_A;
    prop.Value.lpszA = (char *)"Greetings from the demo";
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, 0);
    IMessage_Release(message);
    return hr;
}

static HRESULT wait_for_event(void)
{
    DWORD start = GetTickCount();
    MSG msg;

    while (!created_events && GetTickCount() - start < 5000)
    {
        MsgWaitForMultipleObjects(0, NULL, FALSE, 50, QS_ALLINPUT);
        while (PeekMessageA(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageA(&msg);
        HrDispatchNotifications(0);
    }
    return created_events ? S_OK : MAPI_E_TIMEOUT;
}

static HRESULT count_address_book(IAddrBook *book)
{
    IUnknown *root;
    ULONG type;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, &root);
    if (FAILED(hr)) return hr;
    IUnknown_Release(root);
    return type == MAPI_ABCONT ? S_OK : MAPI_E_CALL_FAILED;
}

/* FALSE when a provider or the policy wants an ordinary logoff. */
static BOOL leave_fast(IMAPISession *session)
{
    IMAPIClientShutdown *shutdown;
    BOOL ret = FALSE;

    if (!step("the session has IMAPIClientShutdown",
              IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown))) return FALSE;
    if (IMAPIClientShutdown_QueryFastShutdown(shutdown) != S_OK)
        printf("  no      QueryFastShutdown: somebody needs an ordinary logoff\n");
    else
    {
        step("QueryFastShutdown: nobody minds", S_OK);
        step("NotifyProcessShutdown", IMAPIClientShutdown_NotifyProcessShutdown(shutdown));
        ret = step("DoFastShutdown", IMAPIClientShutdown_DoFastShutdown(shutdown));
    }
    if (!ret) IMAPIClientShutdown_Release(shutdown);
    return ret;
}

static BOOL use_session(IMAPISession *session, IMsgStore **store, IAddrBook **book)
{
    ULONG_PTR connection = 0;
    IMAPIAdviseSink *sink;
    HRESULT hr;

    hr = open_default_store(session, store);
    if (!step("open the default store", hr))
    {
        explain(session, hr);
        return FALSE;
    }
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, AB_NO_DIALOG, book);
    if (!step("open the address book", hr) || hr != S_OK) explain(session, hr);
    if (FAILED(hr) || !step("open its root container", count_address_book(*book))) return FALSE;
    if (!step("make an advise sink", HrAllocAdviseSink(on_notify, NULL, &sink))) return FALSE;
    hr = IMsgStore_Advise(*store, 0, NULL, fnevObjectCreated, sink, &connection);
    IMAPIAdviseSink_Release(sink);
    return step("advise on the store", hr) && step("put a message into it", put_message(*store)) &&
           step("receive the notification", wait_for_event()) &&
           step("unadvise", IMsgStore_Unadvise(*store, connection));
}

int main(int argc, char **argv)
{
    IMAPISession *session;
    IMsgStore *store = NULL;
    IAddrBook *book = NULL;
    BOOL ok;

    if (argc != 2)
    {
        fprintf(stderr, "usage: democlient PROFILE\n");
        return 2;
    }
    printf("%d-bit client, profile %s\n", (int)sizeof(void *) * 8, argv[1]);
    if (!step("MAPIInitialize", MAPIInitialize(NULL))) return 1;
    if (!step("MAPILogonEx", MAPILogonEx(0, (LPTSTR)argv[1], NULL,
                                         MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, &session)))
        return 1;
    ok = use_session(session, &store, &book);
    if (leave_fast(session))
    {
        fflush(stdout);
        ExitProcess(ok ? 0 : 1);        /* what fast shutdown is for: nothing is released */
    }
    if (book) IAddrBook_Release(book);
    if (store) IMsgStore_Release(store);
    ok = step("log off the ordinary way", IMAPISession_Logoff(session, 0, 0, 0)) && ok;
    IMAPISession_Release(session);
    MAPIUninitialize();
    return ok ? 0 : 1;
}
