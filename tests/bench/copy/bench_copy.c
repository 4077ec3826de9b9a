/*
 * Benchmark: copying messages
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
 * IMAPIFolder::CopyMessages of the sample store, which leaves it to the support object, beside the
 * least that a client could do by hand: open each message, make one, GetProps and SetProps, the
 * recipients' rows, save. With and without a file attached. Both are done in turns and the best of
 * each counts, since the machine has other things to do; what the store itself costs is in both.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "sample.h"

#define ROUNDS 5
#define FILE_SIZE 100000

static double now_ms(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e3 / frequency.QuadPart;
}

static void check(HRESULT hr, const char *what)
{
    if (SUCCEEDED(hr)) return;
    fprintf(stderr, "bench_copy: %s: 0x%08lx\n", what, (unsigned long)hr);
    exit(1);
}

static IMsgStore *open_store(IMAPISession *session)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    IMsgStore *store;
    SRowSet *rows;

    check(IMAPISession_GetMsgStoresTable(session, 0, &table), "GetMsgStoresTable");
    check(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), "HrQueryAllRows");
    check(IMAPISession_OpenMsgStore(session, 0, rows->aRow[0].lpProps[0].Value.bin.cb,
                                    (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, NULL,
                                    MDB_WRITE, &store),
          "OpenMsgStore");
    FreeProws(rows);
    IMAPITable_Release(table);
    return store;
}

static void add_attachment(IMessage *message)
{
    static BYTE bytes[FILE_SIZE];
    SPropValue props[2];
    IAttach *attach;
    ULONG number;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD;
    props[0].Value.l = ATTACH_BY_VALUE;
    props[1].ulPropTag = PR_ATTACH_DATA_BIN;
    props[1].Value.bin.cb = sizeof(bytes);
    props[1].Value.bin.lpb = bytes;
    check(IMessage_CreateAttach(message, NULL, 0, &number, &attach), "CreateAttach");
    check(IAttach_SetProps(attach, 2, props, NULL), "SetProps");
    check(IAttach_SaveChanges(attach, 0), "SaveChanges");
    IAttach_Release(attach);
}

static void fill(IMAPIFolder *folder, int count, BOOL with_file)
{
    SizedADRLIST(2, list);
    SPropValue props[8], recipients[2][4];
    char body[1024];
    IMessage *message;
    int i, j;

    memset(body, 'b', sizeof(body) - 1);
    body[sizeof(body) - 1] = 0;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_SUBJECT_A;
    props[0].Value.lpszA = (char *)"a subject";
    props[1].ulPropTag = PR_BODY_A;
    props[1].Value.lpszA = body;
    for (i = 2; i < 8; i++) props[i].ulPropTag = PROP_TAG(PT_LONG, 0x6600 + i);
    memset(recipients, 0, sizeof(recipients));
    list.cEntries = 2;
    for (i = 0; i < 2; i++)
    {
        recipients[i][0].ulPropTag = PR_RECIPIENT_TYPE;
        recipients[i][0].Value.l = MAPI_TO;
        for (j = 1; j < 4; j++) recipients[i][j].Value.lpszA = (char *)"somebody";
        recipients[i][1].ulPropTag = PR_DISPLAY_NAME_A;
        recipients[i][2].ulPropTag = PR_ADDRTYPE_A;
        recipients[i][3].ulPropTag = PR_EMAIL_ADDRESS_A;
        list.aEntries[i].ulReserved1 = 0;
        list.aEntries[i].cValues = 4;
        list.aEntries[i].rgPropVals = recipients[i];
    }
    while (count--)
    {
        check(IMAPIFolder_CreateMessage(folder, NULL, 0, &message), "CreateMessage");
        check(IMessage_SetProps(message, 8, props, NULL), "SetProps");
        check(IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list),
              "ModifyRecipients");
        if (with_file) add_attachment(message);
        check(IMessage_SaveChanges(message, 0), "SaveChanges");
        IMessage_Release(message);
    }
}

static SRowSet *entries(IMAPIFolder *folder)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table;
    SRowSet *rows;

    check(IMAPIFolder_GetContentsTable(folder, 0, &table), "GetContentsTable");
    check(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows), "HrQueryAllRows");
    IMAPITable_Release(table);
    return rows;
}

static void copy_values(IMAPIProp *from, IMAPIProp *to)
{
    ULONG i, count, kept = 0;
    SPropValue *props;

    check(IMAPIProp_GetProps(from, NULL, MAPI_UNICODE, &count, &props), "GetProps");
    for (i = 0; i < count; i++)
        if (PROP_TYPE(props[i].ulPropTag) != PT_OBJECT) props[kept++] = props[i];
    check(IMAPIProp_SetProps(to, kept, props, NULL), "SetProps");
    MAPIFreeBuffer(props);
}

static void copy_file(IMessage *from, IMessage *to)
{
    IAttach *old, *made;
    IStream *src, *dst;
    ULARGE_INTEGER all;
    ULONG number;

    check(IMessage_OpenAttach(from, 0, NULL, 0, &old), "OpenAttach");
    check(IMessage_CreateAttach(to, NULL, 0, &number, &made), "CreateAttach");
    copy_values((IMAPIProp *)old, (IMAPIProp *)made);
    check(IAttach_OpenProperty(old, PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0, (IUnknown **)&src),
          "OpenProperty");
    check(IAttach_OpenProperty(made, PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READWRITE,
                               MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&dst),
          "OpenProperty");
    all.QuadPart = ~(ULONGLONG)0;
    check(IStream_CopyTo(src, dst, all, NULL, NULL), "CopyTo");
    check(IStream_Commit(dst, 0), "Commit");
    IStream_Release(src);
    IStream_Release(dst);
    check(IAttach_SaveChanges(made, 0), "SaveChanges");
    IAttach_Release(old);
    IAttach_Release(made);
}

static void copy_by_hand(IMAPIFolder *from, IMAPIFolder *to, BOOL with_file)
{
    SRowSet *rows = entries(from), *recipients;
    IMessage *old, *made;
    IMAPITable *table;
    ULONG i, type;

    for (i = 0; i < rows->cRows; i++)
    {
        check(IMAPIFolder_OpenEntry(from, rows->aRow[i].lpProps[0].Value.bin.cb,
                                    (ENTRYID *)rows->aRow[i].lpProps[0].Value.bin.lpb, NULL, 0,
                                    &type, (IUnknown **)&old),
              "OpenEntry");
        check(IMAPIFolder_CreateMessage(to, NULL, 0, &made), "CreateMessage");
        copy_values((IMAPIProp *)old, (IMAPIProp *)made);
        check(IMessage_GetRecipientTable(old, MAPI_UNICODE, &table), "GetRecipientTable");
        check(HrQueryAllRows(table, NULL, NULL, NULL, 0, &recipients), "HrQueryAllRows");
        check(IMessage_ModifyRecipients(made, 0, (ADRLIST *)recipients), "ModifyRecipients");
        FreeProws(recipients);
        IMAPITable_Release(table);
        if (with_file) copy_file(old, made);
        check(IMessage_SaveChanges(made, 0), "SaveChanges");
        IMessage_Release(old);
        IMessage_Release(made);
    }
    FreeProws(rows);
}

static void copy_by_mapi(IMAPIFolder *from, IMAPIFolder *to)
{
    SRowSet *rows = entries(from);
    ENTRYLIST list;
    HRESULT hr;
    ULONG i;

    list.cValues = rows->cRows;
    list.lpbin = malloc(rows->cRows * sizeof(*list.lpbin));
    for (i = 0; i < rows->cRows; i++) list.lpbin[i] = rows->aRow[i].lpProps[0].Value.bin;
    hr = IMAPIFolder_CopyMessages(from, &list, NULL, to, 0, NULL, 0);
    check(hr == S_OK ? S_OK : E_FAIL, "CopyMessages");
    free(list.lpbin);
    FreeProws(rows);
}

static void bench(IMAPIFolder *top, const char *name, int count, BOOL with_file)
{
    double start, hand = 1e12, mapi = 1e12, time;
    IMAPIFolder *from, *to;
    SRowSet *rows;
    int i;

    check(IMAPIFolder_CreateFolder(top, FOLDER_GENERIC, (LPTSTR)"from", NULL, NULL, OPEN_IF_EXISTS,
                                   &from),
          "folder");
    check(IMAPIFolder_CreateFolder(top, FOLDER_GENERIC, (LPTSTR)"to", NULL, NULL, OPEN_IF_EXISTS,
                                   &to),
          "folder");
    check(IMAPIFolder_EmptyFolder(from, 0, NULL, 0), "EmptyFolder");
    fill(from, count, with_file);
    for (i = 0; i < ROUNDS; i++)
    {
        check(IMAPIFolder_EmptyFolder(to, 0, NULL, 0), "EmptyFolder");
        start = now_ms();
        copy_by_hand(from, to, with_file);
        if ((time = now_ms() - start) < hand) hand = time;
        check(IMAPIFolder_EmptyFolder(to, 0, NULL, 0), "EmptyFolder");
        start = now_ms();
        copy_by_mapi(from, to);
        if ((time = now_ms() - start) < mapi) mapi = time;
    }
    rows = entries(to);
    if (rows->cRows != (ULONG)count) check(E_FAIL, "messages are missing");
    FreeProws(rows);
    printf("%-34s %9.1f ms %12.1f ms %8.2f\n", name, mapi, hand, mapi / hand);
    IMAPIFolder_Release(from);
    IMAPIFolder_Release(to);
}

int main(void)
{
    IMAPISession *session;
    IMAPIFolder *top;
    IMsgStore *store;
    ULONG type;

    if (!sample_install())
    {
        fprintf(stderr, "bench_copy: no sample providers\n");
        return 1;
    }
    check(MAPIInitialize(NULL), "MAPIInitialize");
    check(sample_create_profile("Bench copy"), "profile");
    check(MAPILogonEx(0, (LPTSTR)"Bench copy", NULL,
                      MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | MAPI_NO_MAIL,
                      &session),
          "MAPILogonEx");
    store = open_store(session);
    check(IMsgStore_OpenEntry(store, 0, NULL, NULL, MAPI_MODIFY, &type, (IUnknown **)&top),
          "OpenEntry");
    printf("%-34s %12s %15s %8s\n", "", "CopyMessages", "by hand", "ratio");
    bench(top, "1,000 messages", 1000, FALSE);
    bench(top, "100 messages with a 100 KB file", 100, TRUE);
    IMAPIFolder_Release(top);
    IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    sample_delete_profile("Bench copy");
    MAPIUninitialize();
    sample_remove();
    return 0;
}
