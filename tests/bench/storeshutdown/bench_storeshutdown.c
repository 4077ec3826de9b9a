/*
 * What fast shutdown costs with the message store open
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
 *     bench_storeshutdown PROFILE FILE
 *
 * A client saves messages, changes 10,000 properties of open messages without saving them, and
 * leaves through fast shutdown: Query, Notify and Do, timed, in a process of its own. Beside it a
 * plain file of as many bytes as those changes have, written and flushed. Then what is left in the
 * log beside FILE, and whether all that was saved is there.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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

#define ROUNDS 5
#define SAVED 100
#define OPEN 10
#define CHANGES 10000
#define BYTES 100

static double now_us(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e6 / frequency.QuadPart;
}

static void must(const char *what, HRESULT hr)
{
    if (SUCCEEDED(hr)) return;
    printf("%s: 0x%08lx\n", what, (unsigned long)hr);
    fflush(stdout);
    exit(1);
}

static IMAPISession *session;
static IMsgStore *store;

static IMAPIFolder *open_inbox(const char *profile)
{
    SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    IMAPIFolder *inbox;
    IMAPITable *table;
    ULONG size, type;
    SRowSet *rows;
    ENTRYID *id;

    must("MAPIInitialize", MAPIInitialize(NULL));
    must("MAPILogonEx", MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED
                                    | MAPI_NO_MAIL, &session));
    must("GetMsgStoresTable", IMAPISession_GetMsgStoresTable(session, 0, &table));
    must("rows", HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows));
    must("OpenMsgStore",
         IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                   MDB_NO_DIALOG | MDB_WRITE, &store));
    FreeProws(rows);
    IMAPITable_Release(table);
    must("GetReceiveFolder", IMsgStore_GetReceiveFolder(store, NULL, 0, &size, &id, NULL));
    must("OpenEntry", IMsgStore_OpenEntry(store, size, id, NULL, MAPI_MODIFY, &type,
                                          (IUnknown **)&inbox));
    MAPIFreeBuffer(id);
    return inbox;
}

static IMessage *add_message(IMAPIFolder *folder)
{
    static char body[4096];
    SPropValue props[2];
    IMessage *message;

    memset(body, 'b', sizeof(body) - 1);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_SUBJECT_A;
    props[0].Value.lpszA = (char *)"saved";
    props[1].ulPropTag = PR_BODY_A;
    props[1].Value.lpszA = body;
    must("CreateMessage", IMAPIFolder_CreateMessage(folder, NULL, 0, &message));
    must("SetProps", IMessage_SetProps(message, 2, props, NULL));
    must("SaveChanges", IMessage_SaveChanges(message, KEEP_OPEN_READWRITE));
    return message;
}

/* The last thing this process does; its time in microseconds is said. */
static void leave(const char *profile)
{
    IMAPIFolder *inbox = open_inbox(profile);
    IMAPIClientShutdown *shutdown;
    IMessage *messages[OPEN];
    char text[BYTES + 1];
    SPropValue prop;
    double start;
    ULONG i;

    for (i = 0; i < SAVED; i++)
    {
        if (i >= OPEN) IMessage_Release(messages[i % OPEN]);
        messages[i % OPEN] = add_message(inbox);
    }
    memset(text, 'x', BYTES);
    text[BYTES] = 0;
    memset(&prop, 0, sizeof(prop));
    prop.Value.lpszA = text;
    for (i = 0; i < CHANGES; i++)
    {
        prop.ulPropTag = PROP_TAG(PT_STRING8, 0x6800 + i / OPEN);
        must("SetProps", IMessage_SetProps(messages[i % OPEN], 1, &prop, NULL));
    }
    start = now_us();
    must("interface",
         IMAPISession_QueryInterface(session, &IID_IMAPIClientShutdown, (void **)&shutdown));
    must("QueryFastShutdown", IMAPIClientShutdown_QueryFastShutdown(shutdown));
    must("NotifyProcessShutdown", IMAPIClientShutdown_NotifyProcessShutdown(shutdown));
    must("DoFastShutdown", IMAPIClientShutdown_DoFastShutdown(shutdown));
    printf("%.0f\n", now_us() - start);
    fflush(stdout);
    TerminateProcess(GetCurrentProcess(), 0);
}

static double run_leave(const char *program, const char *profile)
{
    SECURITY_ATTRIBUTES inherit = { sizeof(inherit), NULL, TRUE };
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    HANDLE in, out;
    char line[64] = "", command[MAX_PATH * 2];
    DWORD got;

    snprintf(command, sizeof(command), "\"%s\" %s", program, profile);
    CreatePipe(&in, &out, &inherit, 0);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdOutput = out;
    startup.hStdError = out;
    if (!CreateProcessA(NULL, command, NULL, NULL, TRUE, 0, NULL, NULL, &startup, &info)) exit(1);
    CloseHandle(out);
    if (ReadFile(in, line, sizeof(line) - 1, &got, NULL)) line[got] = 0;
    WaitForSingleObject(info.hProcess, INFINITE);
    CloseHandle(info.hProcess);
    CloseHandle(info.hThread);
    CloseHandle(in);
    if (atof(line) > 0) return atof(line);
    printf("the client failed: %s\n", line);
    exit(1);
}

static double write_plain(const char *path)
{
    static char data[CHANGES * BYTES];
    double start;
    HANDLE file;
    DWORD done;

    memset(data, 'x', sizeof(data));
    start = now_us();
    file = CreateFileA(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (!WriteFile(file, data, sizeof(data), &done, NULL) || !FlushFileBuffers(file)) exit(1);
    CloseHandle(file);
    start = now_us() - start;
    DeleteFileA(path);
    return start;
}

static ULONG left_in_log(const char *file)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    char path[MAX_PATH];

    snprintf(path, sizeof(path), "%s-wal", file);
    return GetFileAttributesExA(path, GetFileExInfoStandard, &data) ? data.nFileSizeLow : 0;
}

static ULONG count_messages(const char *profile)
{
    IMAPIFolder *inbox = open_inbox(profile);
    IMAPITable *table;
    ULONG count;

    must("GetContentsTable", IMAPIFolder_GetContentsTable(inbox, 0, &table));
    must("GetRowCount", IMAPITable_GetRowCount(table, 0, &count));
    IMAPITable_Release(table);
    IMAPIFolder_Release(inbox);
    IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    MAPIUninitialize();
    return count;
}

int main(int argc, char **argv)
{
    double time, ours = 1e12, plain = 1e12;
    ULONG i, log = 0, before, there;
    char path[MAX_PATH];

    if (argc == 2) leave(argv[1]);
    if (argc < 3) return 2;
    snprintf(path, sizeof(path), "%s.plain", argv[2]);
    before = count_messages(argv[1]);
    for (i = 0; i < ROUNDS; i++)
    {
        time = run_leave(argv[0], argv[1]);
        if (time < ours) ours = time;
        log += left_in_log(argv[2]);
        time = write_plain(path);
        if (time < plain) plain = time;
    }
    there = count_messages(argv[1]) - before;
    printf("fast shutdown with %d changes that are not saved: %.2f ms; a file of their %d bytes, "
           "flushed: %.2f ms; %.2f of it\n", CHANGES, ours / 1000, CHANGES * BYTES, plain / 1000,
           ours / plain);
    printf("left in the log: %lu bytes (aim: none); saved messages that are there: %lu of %d\n",
           (unsigned long)log, (unsigned long)there, ROUNDS * SAVED);
    return log || there != ROUNDS * SAVED;
}
