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
 * while listening for it, then leaves through fast shutdown, or by logging off where that is
 * refused. With addresses it sends a message with an attachment there instead, and logs off. Says
 * each step on standard output; the exit status is 0 when every step went as a client expects.
 *
 *     democlient PROFILE [TYPE ADDRESS ...]
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
        if (notifications[i].ulEventType == fnevObjectCreated)
            InterlockedIncrement(&created_events);
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

        if (props[DEFAULT_COLUMN].ulPropTag != PR_DEFAULT_STORE || !props[DEFAULT_COLUMN].Value.b)
            continue;
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

/* ---- sending ---- */

static HRESULT add_recipient(IMessage *message, const char *type, const char *address)
{
    SizedADRLIST(1, list) = {1};
    SPropValue props[4];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_RECIPIENT_TYPE;
    props[0].Value.l = MAPI_TO;
    props[1].ulPropTag = PR_DISPLAY_NAME_A;
    props[1].Value.lpszA = (char *)address;
    props[2].ulPropTag = PR_ADDRTYPE_A;
    props[2].Value.lpszA = (char *)type;
    props[3].ulPropTag = PR_EMAIL_ADDRESS_A;
    props[3].Value.lpszA = (char *)address;
    list.aEntries[0].cValues = 4;
    list.aEntries[0].rgPropVals = props;
    return IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
}

static HRESULT add_attachment(IMessage *message, const char *name, const char *text)
{
    SPropValue props[3];
    IAttach *attach;
    ULONG number;
    HRESULT hr;

    if (FAILED(hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach))) return hr;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD;
    props[0].Value.l = ATTACH_BY_VALUE;
    props[1].ulPropTag = PR_ATTACH_FILENAME_A;
    props[1].Value.lpszA = (char *)name;
    props[2].ulPropTag = PR_ATTACH_DATA_BIN;
    props[2].Value.bin.cb = strlen(text);
    props[2].Value.bin.lpb = (BYTE *)text;
    hr = IAttach_SetProps(attach, 3, props, NULL);
    if (SUCCEEDED(hr)) hr = IAttach_SaveChanges(attach, 0);
    IAttach_Release(attach);
    return hr;
}

/* A message in the outbox that is kept in the sent mail folder afterwards. */
static HRESULT write_message(IMsgStore *store, IMessage **ret)
{
    static const SizedSPropTagArray(2, tags) = {2, {PR_IPM_OUTBOX_ENTRYID, PR_IPM_SENTMAIL_ENTRYID}};
    SPropValue *folders, props[4];
    IMAPIFolder *outbox;
    ULONG type, count;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = IMsgStore_GetProps(store, (SPropTagArray *)&tags, 0, &count, &folders)))
        return hr;
    hr = IMsgStore_OpenEntry(store, folders[0].Value.bin.cb, (ENTRYID *)folders[0].Value.bin.lpb,
                             NULL, MAPI_MODIFY, &type, (IUnknown **)&outbox);
    if (SUCCEEDED(hr))
    {
        hr = IMAPIFolder_CreateMessage(outbox, NULL, 0, ret);
        IMAPIFolder_Release(outbox);
    }
    if (SUCCEEDED(hr))
    {
        memset(props, 0, sizeof(props));
        props[0].ulPropTag = PR_MESSAGE_CLASS_A;
        props[0].Value.lpszA = (char *)"IPM.Note";
        props[1].ulPropTag = PR_SUBJECT_A;
        props[1].Value.lpszA = (char *)"Greetings from the demo";
        props[2].ulPropTag = PR_BODY_A;
        props[2]
            .Value
            .lpszA = (char *)"This message went through a store, the spooler and a transport.\r\n";
        props[3].ulPropTag = PR_SENTMAIL_ENTRYID;
        props[3].Value.bin = folders[1].Value.bin;
        hr = IMessage_SetProps(*ret, folders[1].ulPropTag == PR_IPM_SENTMAIL_ENTRYID ? 4 : 3, props,
                               NULL);
    }
    MAPIFreeBuffer(folders);
    return hr;
}

/* The session's end sends what is to be sent. */
static BOOL send_message(IMAPISession *session, const char *type, int count, char **addresses)
{
    IMessage *message = NULL;
    IMsgStore *store = NULL;
    HRESULT hr;
    BOOL ok;
    int i;

    hr = open_default_store(session, &store);
    if (!step("open the default store", hr)) explain(session, hr);
    ok = SUCCEEDED(hr) && step("write a message", write_message(store, &message))
         && step("attach a file",
                 add_attachment(message, "greetings.txt", "Good day to everybody!\r\n"));
    for (i = 0; ok && i < count; i++)
        ok = step("address it", add_recipient(message, type, addresses[i]));
    ok = ok && step("submit it", IMessage_SubmitMessage(message, 0));
    if (message) IMessage_Release(message);
    if (store) IMsgStore_Release(store);
    return step("log off: what can be sent now is sent", IMAPISession_Logoff(session, 0, 0, 0))
           && ok;
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
              IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown)))
        return FALSE;
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

    if (argc < 2 || argc == 3)
    {
        fprintf(stderr, "usage: democlient PROFILE [TYPE ADDRESS ...]\n");
        return 2;
    }
    printf("%d-bit client, profile %s\n", (int)sizeof(void *) * 8, argv[1]);
    if (!step("MAPIInitialize", MAPIInitialize(NULL))) return 1;
    if (!step("MAPILogonEx",
              MAPILogonEx(0, (LPTSTR)argv[1], NULL,
                          MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, &session)))
        return 1;
    if (argc > 3)
    {
        ok = send_message(session, argv[2], argc - 3, argv + 3);
        IMAPISession_Release(session);
        MAPIUninitialize();
        return ok ? 0 : 1;
    }
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
