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

/* New mail is what the store tells of: fnevNewMail of this session's transports. Notifications come on
 * this thread, through its messages; what is slow (the command) is done between them. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

struct arrival
{
    struct arrival *next;
    SPropValue *id;
};

static CRITICAL_SECTION arrivals_lock;
static struct arrival *arrivals, **last_arrival = &arrivals;
static HANDLE ended, arrived;

static BOOL WINAPI end_watch(DWORD event)
{
    SetEvent(ended);
    return TRUE;
}

static LONG CALLBACK on_new_mail(void *context, ULONG count, NOTIFICATION *notifications)
{
    struct arrival *arrival;
    SPropValue prop;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (notifications[i].ulEventType != fnevNewMail) continue;
        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_ENTRYID;
        prop.Value.bin.cb = notifications[i].info.newmail.cbEntryID;
        prop.Value.bin.lpb = (BYTE *)notifications[i].info.newmail.lpEntryID;
        if (!(arrival = calloc(1, sizeof(*arrival)))) break;
        if (FAILED(ScDupPropset(1, &prop, MAPIAllocateBuffer, &arrival->id)))
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
static void run_command(const WCHAR *command, const WCHAR *entry, const WCHAR *from, const WCHAR *subject)
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

static void show_arrival(struct mailbox *box, const SBinary *id, const WCHAR *command)
{
    WCHAR *from, *subject, *entry;
    IMessage *message;

    if (message_open(box, id, &message)) return;
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

static void watch_store(struct mailbox *box, const WCHAR *command)
{
    HANDLE handles[2] = {ended, arrived};
    struct arrival *arrival;
    MSG msg;

    while (MsgWaitForMultipleObjects(2, handles, FALSE, INFINITE, QS_ALLINPUT) != WAIT_OBJECT_0)
    {
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
        while ((arrival = next_arrival()))
        {
            show_arrival(box, &arrival->id->Value.bin, command);
            MAPIFreeBuffer(arrival->id);
            free(arrival);
        }
    }
}

int watch(struct arguments *args)
{
    const WCHAR *command = take_value(args, L"--exec");
    IMAPIAdviseSink *sink;
    struct mailbox box;
    ULONG_PTR connection;
    HRESULT hr;
    int ret;

    if ((ret = mailbox_open(args, FALSE, &box))) return ret;
    InitializeCriticalSection(&arrivals_lock);
    ended = CreateEventW(NULL, TRUE, FALSE, NULL);
    arrived = CreateEventW(NULL, FALSE, FALSE, NULL);
    SetConsoleCtrlHandler(end_watch, TRUE);
    if (SUCCEEDED(hr = HrAllocAdviseSink(on_new_mail, NULL, &sink)))
    {
        hr = IMsgStore_Advise(box.store, 0, NULL, fnevNewMail, sink, &connection);
        if (SUCCEEDED(hr))
        {
            watch_store(&box, command);
            IMsgStore_Unadvise(box.store, connection);
        }
        IMAPIAdviseSink_Release(sink);
    }
    mailbox_close(&box);
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"the store does not tell of new mail");
}
