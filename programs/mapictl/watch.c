/*
 * mapictl: new mail as it comes
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

/* New mail is what the store tells of: fnevNewMail of this session's transports. What the
 * transports of another process fetch, a store tells of as created only: such a message is new mail
 * if it is in the inbox, unread and no draft. A message is told of in both ways where it is this
 * session's: it is shown once. Notifications come on this thread, through its messages; what is
 * slow (the command) is done between them. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define SHOWN_MAX 1024

enum { ARRIVAL_ID, ARRIVAL_PARENT };

struct arrival
{
    struct arrival *next;
    SPropValue *ids;
    BOOL announced;             /* as new mail; else it was created, whatever it is */
};

static CRITICAL_SECTION arrivals_lock;
static struct arrival *arrivals, **last_arrival = &arrivals;
static HANDLE ended, arrived;
static ULONGLONG shown[SHOWN_MAX];      /* of their entry IDs: the last ones, in a ring */
static size_t shown_count;

static BOOL WINAPI end_watch(DWORD event)
{
    SetEvent(ended);
    return TRUE;
}

static LONG CALLBACK on_new_mail(void *context, ULONG count, NOTIFICATION *notifications)
{
    struct arrival *arrival;
    SPropValue ids[2];
    ULONG i;

    for (i = 0; i < count; i++)
    {
        const NOTIFICATION *told = &notifications[i];

        memset(ids, 0, sizeof(ids));
        ids[ARRIVAL_ID].ulPropTag = PR_ENTRYID;
        ids[ARRIVAL_PARENT].ulPropTag = PR_PARENT_ENTRYID;
        if (told->ulEventType == fnevNewMail)
        {
            ids[ARRIVAL_ID].Value.bin.cb = told->info.newmail.cbEntryID;
            ids[ARRIVAL_ID].Value.bin.lpb = (BYTE *)told->info.newmail.lpEntryID;
        }
        else if (told->ulEventType == fnevObjectCreated && told->info.obj.ulObjType == MAPI_MESSAGE)
        {
            ids[ARRIVAL_ID].Value.bin.cb = told->info.obj.cbEntryID;
            ids[ARRIVAL_ID].Value.bin.lpb = (BYTE *)told->info.obj.lpEntryID;
            ids[ARRIVAL_PARENT].Value.bin.cb = told->info.obj.cbParentID;
            ids[ARRIVAL_PARENT].Value.bin.lpb = (BYTE *)told->info.obj.lpParentID;
        }
        else continue;
        if (!(arrival = calloc(1, sizeof(*arrival)))) break;
        arrival->announced = told->ulEventType == fnevNewMail;
        if (FAILED(ScDupPropset(2, ids, MAPIAllocateBuffer, &arrival->ids)))
        {
            free(arrival);
            break;
        }
        EnterCriticalSection(&arrivals_lock);
        *last_arrival = arrival;
        last_arrival = &arrival->next;
        LeaveCriticalSection(&arrivals_lock);
        SetEvent(arrived);
    }
    return S_OK;
}

static struct arrival *next_arrival(void)
{
    struct arrival *ret;

    EnterCriticalSection(&arrivals_lock);
    if ((ret = arrivals) && !(arrivals = ret->next)) last_arrival = &arrivals;
    LeaveCriticalSection(&arrivals_lock);
    return ret;
}

/* The command learns of the message through its environment, where nothing needs quoting. */
static void run_command(const WCHAR *command, const WCHAR *entry, const WCHAR *from,
                        const WCHAR *subject)
{
    PROCESS_INFORMATION process;
    STARTUPINFOW startup = {sizeof(startup)};
    size_t room = wcslen(command) + 16;
    WCHAR *line = malloc(room * sizeof(*line));

    if (!line) exit(fail(L"out of memory"));
    _snwprintf(line, room, L"cmd.exe /c %s", command);
    SetEnvironmentVariableW(L"MAPI_ENTRY", entry);
    SetEnvironmentVariableW(L"MAPI_FROM", from);
    SetEnvironmentVariableW(L"MAPI_SUBJECT", subject);
    if (CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process))
    {
        WaitForSingleObject(process.hProcess, INFINITE);
        CloseHandle(process.hProcess);
        CloseHandle(process.hThread);
    }
    else fail(L"the command cannot be run: error %lu", GetLastError());
    free(line);
}

static WCHAR *one_line(IMessage *message, ULONG tag)
{
    WCHAR *ret = dup_text(L""), *p;
    SPropValue *prop;

    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)message, tag, &prop)))
    {
        free(ret);
        ret = text_of_prop(prop);
        MAPIFreeBuffer(prop);
    }
    for (p = ret; *p; p++)
        if (*p < 0x20 || *p == 0x7f) *p = ' ';
    return ret;
}

static BOOL was_shown(ULONGLONG key)
{
    size_t i;

    for (i = 0; i < shown_count && i < SHOWN_MAX; i++)
        if (shown[i] == key) return TRUE;
    return FALSE;
}

/* Whether a message that was created is what a transport brought. */
static BOOL is_new_mail(struct mailbox *box, const SBinary *inbox, const struct arrival *arrival,
                        IMessage *message)
{
    const SBinary *parent = &arrival->ids[ARRIVAL_PARENT].Value.bin;
    SPropValue *flags;
    ULONG same = FALSE;
    BOOL ret;

    if (FAILED(IMsgStore_CompareEntryIDs(box->store, parent->cb, (ENTRYID *)parent->lpb, inbox->cb,
                                         (ENTRYID *)inbox->lpb, 0, &same)) || !same)
        return FALSE;
    if (FAILED(HrGetOneProp((IMAPIProp *)message, PR_MESSAGE_FLAGS, &flags))) return FALSE;
    ret = !(flags->Value.l & (MSGFLAG_READ | MSGFLAG_UNSENT));
    MAPIFreeBuffer(flags);
    return ret;
}

static void show_arrival(struct mailbox *box, const SBinary *inbox, const struct arrival *arrival,
                         const WCHAR *command)
{
    const SBinary *id = &arrival->ids[ARRIVAL_ID].Value.bin;
    ULONGLONG key = hash_bytes(0, id->lpb, id->cb);
    WCHAR *from, *subject, *entry;
    IMessage *message;
    ULONG type;

    if (was_shown(key)) return;
    /* One that was moved or deleted meanwhile is no news. */
    if (FAILED(IMsgStore_OpenEntry(box->store, id->cb, (ENTRYID *)id->lpb, &IID_IMessage, 0, &type,
                                   (IUnknown **)&message))) return;
    if (!arrival->announced && !is_new_mail(box, inbox, arrival, message))
    {
        IMessage_Release(message);
        return;
    }
    shown[shown_count++ % SHOWN_MAX] = key;
    from = one_line(message, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W);
    subject = one_line(message, PR_SUBJECT_W);
    entry = hex_text(id->lpb, id->cb);
    IMessage_Release(message);
    print(L"%s\t%s\t%s\n", entry, from, subject);
    if (command) run_command(command, entry, from, subject);
    free(from);
    free(subject);
    free(entry);
}

static void watch_store(struct mailbox *box, const SBinary *inbox, const WCHAR *command)
{
    HANDLE handles[2] = {ended, arrived};
    struct arrival *arrival;
    MSG msg;

    while (MsgWaitForMultipleObjects(2, handles, FALSE, INFINITE, QS_ALLINPUT) != WAIT_OBJECT_0)
    {
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
        while ((arrival = next_arrival()))
        {
            show_arrival(box, inbox, arrival, command);
            MAPIFreeBuffer(arrival->ids);
            free(arrival);
        }
    }
}

int watch(struct arguments *args)
{
    const WCHAR *command = take_value(args, L"--exec");
    ENTRYID *inbox_id = NULL;
    IMAPIAdviseSink *sink;
    struct mailbox box;
    ULONG_PTR connection;
    SBinary inbox = {0};
    HRESULT hr;
    int ret;

    if ((ret = mailbox_open(args, FALSE, &box))) return ret;
    InitializeCriticalSection(&arrivals_lock);
    ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    arrived = CreateEventW(NULL, FALSE, FALSE, NULL);
    SetConsoleCtrlHandler(end_watch, TRUE);
    hr = IMsgStore_GetReceiveFolder(box.store, NULL, 0, &inbox.cb, &inbox_id, NULL);
    inbox.lpb = (BYTE *)inbox_id;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = HrAllocAdviseSink(on_new_mail, NULL, &sink)))
    {
        hr = IMsgStore_Advise(box.store, 0, NULL, fnevNewMail | fnevObjectCreated, sink,
                              &connection);
        if (SUCCEEDED(hr))
        {
            watch_store(&box, &inbox, command);
            IMsgStore_Unadvise(box.store, connection);
        }
        IMAPIAdviseSink_Release(sink);
    }
    MAPIFreeBuffer(inbox_id);
    mailbox_close(&box);
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"the store does not tell of new mail");
}
