/*
 * A client of the message store that is killed at any moment, and one that looks after it
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
 *     storekill PROFILE write SEED FIRST-NUMBER
 *     storekill PROFILE check LOG
 *
 * write saves messages with bodies, recipients and attachments in the default store, changes and
 * deletes some, until it is killed. Before each act it says what it is about to do, after it that
 * it was promised; its standard output is the log:
 *
 *     save N    saved N         a new message with that number
 *     change N V    changed N V its version becomes V: other recipients, attachments and body
 *     delete N    deleted N
 *
 * What a message holds follows from its number and version, so check can tell whether each is
 * whole. It reads the log of all who wrote up to now and says what is there, though it should not
 * be, what is missing and what is half; the last line has the highest number. Status 1: something
 * was wrong.
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

#define PR_NUMBER  PROP_TAG(PT_LONG, 0x6710)
#define PR_VERSION PROP_TAG(PT_LONG, 0x6711)
#define PR_LONG_ONE PROP_TAG(PT_BINARY, 0x6712)

#define KEPT 40                         /* more messages are deleted again */
#define NUMBERS 1000000

static ULONG failures;

static void fail(const char *what, ULONG number, HRESULT hr)
{
    printf("wrong: %s of message %lu: 0x%08lx\n", what, (unsigned long)number, (unsigned long)hr);
    fflush(stdout);
    failures++;
}

static void must(const char *what, HRESULT hr)
{
    if (SUCCEEDED(hr)) return;
    printf("failed: %s: 0x%08lx\n", what, (unsigned long)hr);
    fflush(stdout);
    exit(1);
}

/* ---- what a message of a number and a version holds ---- */

static ULONG mix(ULONG number, ULONG version, ULONG salt)
{
    ULONG x = number * 2654435761u ^ version * 40503u ^ salt * 2246822519u;

    x ^= x >> 15;
    x *= 2246822519u;
    return x ^ x >> 13;
}

static ULONG recipients_of(ULONG number, ULONG version)
{
    return mix(number, version, 1) % 4;
}

static ULONG attachments_of(ULONG number, ULONG version)
{
    return mix(number, version, 2) % 3;
}

static BOOL has_message_inside(ULONG number, ULONG version, ULONG attachment)
{
    return mix(number, version, 10 + attachment) % 4 == 0;
}

/* Some stand in the message's row, some beside it, some in pieces. */
static ULONG size_of(ULONG number, ULONG version, ULONG salt)
{
    static const ULONG sizes[] = { 17, 700, 9000, 70000, 200000 };

    return sizes[mix(number, version, salt) % ARRAYSIZE(sizes)]
           + mix(number, version, salt + 1) % 13;
}

static BYTE *bytes_of(ULONG number, ULONG version, ULONG salt, ULONG size)
{
    ULONG i, x = mix(number, version, salt) | 1;
    BYTE *ret = malloc(size + 1);

    if (!ret) exit(3);
    for (i = 0; i < size; i++) ret[i] = 'a' + (x = x * 1664525 + 1013904223) / 65536 % 26;
    ret[size] = 0;
    return ret;
}

static void text_of(const char *what, ULONG number, ULONG version, ULONG i, char text[64])
{
    sprintf(text, "%s %lu.%lu.%lu", what, (unsigned long)number, (unsigned long)version,
            (unsigned long)i);
}

/* ---- the store ---- */

static IMAPISession *session;
static IMsgStore *store;
static IMAPIFolder *folder;

static void open_all(const char *profile)
{
    SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_DEFAULT_STORE } };
    IMAPITable *table;
    SRowSet *rows;
    SPropValue *id;
    ULONG type, i, count;
    SizedSPropTagArray(1, tags) = { 1, { PR_IPM_SUBTREE_ENTRYID } };
    IMAPIFolder *subtree;

    must("MAPIInitialize", MAPIInitialize(NULL));
    must("MAPILogonEx", MAPILogonEx(0, (LPTSTR)profile, NULL, MAPI_NEW_SESSION | MAPI_EXTENDED
                                    | MAPI_NO_MAIL, &session));
    must("GetMsgStoresTable", IMAPISession_GetMsgStoresTable(session, 0, &table));
    must("HrQueryAllRows",
         HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows));
    IMAPITable_Release(table);
    for (i = 0; i < rows->cRows; i++)
        if (rows->aRow[i].lpProps[1].ulPropTag == PR_DEFAULT_STORE
            && rows->aRow[i].lpProps[1].Value.b)
            break;
    if (i == rows->cRows) must("default store", MAPI_E_NOT_FOUND);
    must("OpenMsgStore",
         IMAPISession_OpenMsgStore(session, 0, rows->aRow[i].lpProps[0].Value.bin.cb,
                                   (ENTRYID *)rows->aRow[i].lpProps[0].Value.bin.lpb, NULL,
                                   MDB_NO_DIALOG | MDB_WRITE, &store));
    FreeProws(rows);
    must("PR_IPM_SUBTREE_ENTRYID",
         IMsgStore_GetProps(store, (SPropTagArray *)&tags, 0, &count, &id));
    must("OpenEntry", IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                          NULL, MAPI_MODIFY, &type, (IUnknown **)&subtree));
    MAPIFreeBuffer(id);
    must("CreateFolder", IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)"Killed", NULL,
                                                  NULL, OPEN_IF_EXISTS, &folder));
    IMAPIFolder_Release(subtree);
}

static void close_all(void)
{
    IMAPIFolder_Release(folder);
    IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    MAPIUninitialize();
}

/* The messages of the folder by number: entry ID, number, version. */
static SRowSet *all_rows(void)
{
    SizedSPropTagArray(3, columns) = { 3, { PR_ENTRYID, PR_NUMBER, PR_VERSION } };
    IMAPITable *table;
    SRowSet *rows;

    must("GetContentsTable", IMAPIFolder_GetContentsTable(folder, 0, &table));
    must("HrQueryAllRows", HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows));
    IMAPITable_Release(table);
    return rows;
}

static ULONG long_of(const SPropValue *prop, ULONG tag)
{
    return prop->ulPropTag == tag ? prop->Value.ul : 0;
}

/* ---- writing ---- */

static void write_stream(IMAPIProp *object, ULONG tag, const BYTE *data, ULONG size)
{
    IStream *stream;
    ULONG done, at, some;

    must("OpenProperty", IMAPIProp_OpenProperty(object, tag, &IID_IStream, 0,
                                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream));
    must("SetSize", IStream_SetSize(stream, (ULARGE_INTEGER){ { 0 } }));
    for (at = 0; at < size; at += some)
    {
        some = min(size - at, 16384);
        must("Write", IStream_Write(stream, data + at, some, &done));
    }
    must("Commit", IStream_Commit(stream, 0));
    IStream_Release(stream);
}

static void set_recipients(IMessage *message, ULONG number, ULONG version)
{
    SizedADRLIST(4, list);
    SPropValue props[4][4];
    char names[4][64];
    ULONG i;

    memset(&list, 0, sizeof(list));
    memset(props, 0, sizeof(props));
    list.cEntries = recipients_of(number, version);
    for (i = 0; i < list.cEntries; i++)
    {
        text_of("to", number, version, i, names[i]);
        props[i][0].ulPropTag = PR_RECIPIENT_TYPE;
        props[i][0].Value.l = MAPI_TO;
        props[i][1].ulPropTag = PR_DISPLAY_NAME_A;
        props[i][1].Value.lpszA = names[i];
        props[i][2].ulPropTag = PR_ADDRTYPE_A;
        props[i][2].Value.lpszA = (char *)"SMTP";
        props[i][3].ulPropTag = PR_EMAIL_ADDRESS_A;
        props[i][3].Value.lpszA = names[i];
        list.aEntries[i].cValues = 4;
        list.aEntries[i].rgPropVals = props[i];
    }
    must("ModifyRecipients", IMessage_ModifyRecipients(message, 0, (ADRLIST *)&list));
}

static void add_attachment(IMessage *message, ULONG number, ULONG version, ULONG i)
{
    ULONG number_there, size = size_of(number, version, 30 + i);
    BYTE *data = bytes_of(number, version, 50 + i, size);
    SPropValue props[2];
    IMessage *inside;
    IAttach *attach;
    char name[64];

    text_of("file", number, version, i, name);
    must("CreateAttach", IMessage_CreateAttach(message, NULL, 0, &number_there, &attach));
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD;
    props[1].ulPropTag = PR_ATTACH_FILENAME_A;
    props[1].Value.lpszA = name;
    if (has_message_inside(number, version, i))
    {
        props[0].Value.l = ATTACH_EMBEDDED_MSG;
        must("SetProps", IAttach_SetProps(attach, 2, props, NULL));
        must("OpenProperty",
             IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                  MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inside));
        props[1].ulPropTag = PR_SUBJECT_A;
        must("SetProps", IMessage_SetProps(inside, 1, &props[1], NULL));
        write_stream((IMAPIProp *)inside, PR_LONG_ONE, data, size);
        must("SaveChanges", IMessage_SaveChanges(inside, 0));
        IMessage_Release(inside);
    }
    else
    {
        props[0].Value.l = ATTACH_BY_VALUE;
        must("SetProps", IAttach_SetProps(attach, 2, props, NULL));
        write_stream((IMAPIProp *)attach, PR_ATTACH_DATA_BIN, data, size);
    }
    must("SaveChanges", IAttach_SaveChanges(attach, 0));
    IAttach_Release(attach);
    free(data);
}

static void delete_attachments(IMessage *message)
{
    SizedSPropTagArray(1, columns) = { 1, { PR_ATTACH_NUM } };
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    must("GetAttachmentTable", IMessage_GetAttachmentTable(message, 0, &table));
    must("HrQueryAllRows", HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows));
    IMAPITable_Release(table);
    for (i = 0; i < rows->cRows; i++)
        must("DeleteAttach",
             IMessage_DeleteAttach(message, rows->aRow[i].lpProps[0].Value.l, 0, NULL, 0));
    FreeProws(rows);
}

static void fill(IMessage *message, ULONG number, ULONG version)
{
    ULONG i, size = size_of(number, version, 3);
    BYTE *body = bytes_of(number, version, 5, size);
    SPropValue props[4];
    char subject[64];

    text_of("subject", number, version, 0, subject);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_NUMBER;
    props[0].Value.l = number;
    props[1].ulPropTag = PR_VERSION;
    props[1].Value.l = version;
    props[2].ulPropTag = PR_SUBJECT_A;
    props[2].Value.lpszA = subject;
    props[3].ulPropTag = PR_BODY_A;
    props[3].Value.lpszA = (char *)body;
    must("SetProps", IMessage_SetProps(message, 4, props, NULL));
    free(body);
    size = size_of(number, version, 7);
    body = bytes_of(number, version, 8, size);
    write_stream((IMAPIProp *)message, PR_LONG_ONE, body, size);
    free(body);
    set_recipients(message, number, version);
    delete_attachments(message);
    for (i = 0; i < attachments_of(number, version); i++)
        add_attachment(message, number, version, i);
}

static void say(const char *what, ULONG number, LONG version)
{
    if (version < 0) printf("%s %lu\n", what, (unsigned long)number);
    else printf("%s %lu %ld\n", what, (unsigned long)number, (long)version);
    fflush(stdout);
}

static IMessage *open_row(const SRow *row)
{
    IMessage *message = NULL;
    HRESULT hr;
    ULONG type;

    hr = IMAPIFolder_OpenEntry(folder, row->lpProps[0].Value.bin.cb,
                               (ENTRYID *)row->lpProps[0].Value.bin.lpb, NULL, MAPI_MODIFY, &type,
                               (IUnknown **)&message);
    if (FAILED(hr)) fail("OpenEntry", long_of(&row->lpProps[1], PR_NUMBER), hr);
    return message;
}

static void write_one(unsigned int random, ULONG *next)
{
    SRowSet *rows = all_rows();
    ULONG number, version, row;
    ENTRYLIST list = { 1 };
    IMessage *message;

    row = rows->cRows ? random / 16 % rows->cRows : 0;
    number = rows->cRows ? long_of(&rows->aRow[row].lpProps[1], PR_NUMBER) : 0;
    if (rows->cRows > KEPT || (rows->cRows > 3 && random % 8 == 0))
    {
        say("delete", number, -1);
        list.lpbin = &rows->aRow[row].lpProps[0].Value.bin;
        must("DeleteMessages", IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, random / 8 % 2
                                                          ? DELETE_HARD_DELETE : 0));
        say("deleted", number, -1);
    }
    else if (rows->cRows && random % 8 < 4)
    {
        version = long_of(&rows->aRow[row].lpProps[2], PR_VERSION) + 1;
        if (!(message = open_row(&rows->aRow[row]))) exit(1);
        fill(message, number, version);
        say("change", number, version);
        must("SaveChanges", IMessage_SaveChanges(message, 0));
        say("changed", number, version);
        IMessage_Release(message);
    }
    else
    {
        number = (*next)++;
        must("CreateMessage", IMAPIFolder_CreateMessage(folder, NULL, 0, &message));
        fill(message, number, 0);
        say("save", number, -1);
        must("SaveChanges", IMessage_SaveChanges(message, 0));
        say("saved", number, -1);
        IMessage_Release(message);
    }
    FreeProws(rows);
}

static void write_all(unsigned int random, ULONG next)
{
    for (;;)
    {
        random = random * 1664525 + 1013904223;
        write_one(random >> 8, &next);
    }
}

/* ---- checking ---- */

/* What the log promised of a number. */
struct promise
{
    BYTE state;                         /* 0: nothing, 1: perhaps there, 2: there, 3: perhaps
                                         * deleted, 4: deleted */
    LONG least;                         /* version */
    LONG most;
    BOOL seen;
};

static struct promise *promises;

static void read_log(const char *path)
{
    FILE *file = fopen(path, "r");
    unsigned long number;
    char line[128], what[16];
    struct promise *promise;
    long version;

    if (!file || !(promises = calloc(NUMBERS, sizeof(*promises)))) must(path, MAPI_E_NOT_FOUND);
    while (fgets(line, sizeof(line), file))
    {
        version = 0;
        /* A line that was cut off says nothing that its beginning would not. */
        if (!strchr(line, '\n') || sscanf(line, "%15s %lu %ld", what, &number, &version) < 2
            || number >= NUMBERS)
            continue;
        promise = &promises[number];
        if (!strcmp(what, "save")) promise->state = 1;
        else if (!strcmp(what, "saved")) promise->state = 2;
        else if (!strcmp(what, "change")) promise->most = version;
        else if (!strcmp(what, "changed")) promise->least = version;
        else if (!strcmp(what, "delete")) promise->state = 3;
        else if (!strcmp(what, "deleted")) promise->state = 4;
    }
    fclose(file);
}

static BOOL same_stream(IMAPIProp *object, ULONG tag, const BYTE *expected, ULONG size)
{
    IStream *stream;
    BYTE data[8192];
    ULONG at = 0, got = 1;
    BOOL same = TRUE;

    if (FAILED(IMAPIProp_OpenProperty(object, tag, &IID_IStream, 0, 0, (IUnknown **)&stream)))
        return FALSE;
    while (same && got)
    {
        if (FAILED(IStream_Read(stream, data, sizeof(data), &got))) same = FALSE;
        else if (got > size - at || memcmp(data, expected + at, got)) same = FALSE;
        else at += got;
    }
    IStream_Release(stream);
    return same && at == size;
}

static BOOL same_text(IMAPIProp *object, ULONG tag, const char *expected)
{
    SizedSPropTagArray(1, tags) = { 1, { tag } };
    SPropValue *prop = NULL;
    ULONG count;
    BOOL same;

    if (FAILED(IMAPIProp_GetProps(object, (SPropTagArray *)&tags, 0, &count, &prop))) return FALSE;
    same = prop->ulPropTag == tag && !strcmp(prop->Value.lpszA, expected);
    MAPIFreeBuffer(prop);
    return same;
}

static void check_recipients(IMessage *message, ULONG number, ULONG version)
{
    SizedSPropTagArray(1, columns) = { 1, { PR_DISPLAY_NAME_A } };
    IMAPITable *table;
    char name[64];
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IMessage_GetRecipientTable(message, 0, &table)))
    {
        fail("GetRecipientTable", number, hr);
        return;
    }
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) fail("recipients", number, hr);
    else
    {
        if (rows->cRows != recipients_of(number, version)) fail("recipients", number, rows->cRows);
        for (i = 0; i < rows->cRows; i++)
        {
            text_of("to", number, version, i, name);
            if (strcmp(rows->aRow[i].lpProps[0].Value.lpszA, name)) fail("recipient", number, i);
        }
        FreeProws(rows);
    }
}

static void check_attachment(IMessage *message, ULONG number, ULONG version, ULONG i, ULONG there)
{
    ULONG size = size_of(number, version, 30 + i);
    BYTE *data = bytes_of(number, version, 50 + i, size);
    IMessage *inside;
    IAttach *attach;
    char name[64];
    HRESULT hr;

    text_of("file", number, version, i, name);
    if (FAILED(hr = IMessage_OpenAttach(message, there, NULL, 0, &attach)))
        fail("OpenAttach", number, hr);
    else
    {
        if (!same_text((IMAPIProp *)attach, PR_ATTACH_FILENAME_A, name))
            fail("name of an attachment", number, i);
        if (!has_message_inside(number, version, i))
        {
            if (!same_stream((IMAPIProp *)attach, PR_ATTACH_DATA_BIN, data, size))
                fail("data of an attachment", number, i);
        }
        else if (FAILED(hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                                  (IUnknown **)&inside)))
            fail("message in an attachment", number, hr);
        else
        {
            if (!same_text((IMAPIProp *)inside, PR_SUBJECT_A, name)
                || !same_stream((IMAPIProp *)inside, PR_LONG_ONE, data, size))
                fail("message in an attachment", number, i);
            IMessage_Release(inside);
        }
        IAttach_Release(attach);
    }
    free(data);
}

static void check_attachments(IMessage *message, ULONG number, ULONG version)
{
    SizedSPropTagArray(1, columns) = { 1, { PR_ATTACH_NUM } };
    SizedSSortOrderSet(1, order) = { 1, 0, 0, { { PR_ATTACH_NUM, TABLE_SORT_ASCEND } } };
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = IMessage_GetAttachmentTable(message, 0, &table)))
    {
        fail("GetAttachmentTable", number, hr);
        return;
    }
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, (SSortOrderSet *)&order, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) fail("attachments", number, hr);
    else
    {
        if (rows->cRows != attachments_of(number, version))
            fail("attachments", number, rows->cRows);
        else for (i = 0; i < rows->cRows; i++)
            check_attachment(message, number, version, i, rows->aRow[i].lpProps[0].Value.l);
        FreeProws(rows);
    }
}

static void check_message(const SRow *row)
{
    ULONG number = long_of(&row->lpProps[1], PR_NUMBER), size;
    ULONG version = long_of(&row->lpProps[2], PR_VERSION);
    struct promise *promise;
    IMessage *message;
    char subject[64];
    BYTE *data;

    if (!number || number >= NUMBERS || !promises[number].state)
    {
        fail("nobody saved it: number", number, 0);
        return;
    }
    promise = &promises[number];
    if (promise->seen) fail("it is there twice: number", number, 0);
    promise->seen = TRUE;
    if (promise->state == 4) fail("it was deleted: number", number, 0);
    if ((LONG)version < promise->least || (LONG)version > promise->most)
        fail("version", number, version);
    if (!(message = open_row(row))) return;
    text_of("subject", number, version, 0, subject);
    if (!same_text((IMAPIProp *)message, PR_SUBJECT_A, subject)) fail("subject", number, 0);
    size = size_of(number, version, 3);
    data = bytes_of(number, version, 5, size);
    if (!same_stream((IMAPIProp *)message, PR_BODY_A, data, size)) fail("body", number, size);
    free(data);
    size = size_of(number, version, 7);
    data = bytes_of(number, version, 8, size);
    if (!same_stream((IMAPIProp *)message, PR_LONG_ONE, data, size)) fail("stream", number, size);
    free(data);
    check_recipients(message, number, version);
    check_attachments(message, number, version);
    IMessage_Release(message);
}

static void check_all(const char *log)
{
    ULONG i, last = 0, promised = 0;
    SRowSet *rows = all_rows();

    read_log(log);
    for (i = 0; i < rows->cRows; i++) check_message(&rows->aRow[i]);
    for (i = 0; i < NUMBERS; i++)
    {
        if (!promises[i].state) continue;
        last = i;
        if (promises[i].state != 2) continue;
        promised++;
        if (!promises[i].seen) fail("it is missing: number", i, 0);
    }
    printf("%lu there, %lu promised, highest %lu\n", (unsigned long)rows->cRows,
           (unsigned long)promised, (unsigned long)last);
    FreeProws(rows);
    free(promises);
}

int main(int argc, char **argv)
{
    if (argc < 4) return 2;
    open_all(argv[1]);
    if (!strcmp(argv[2], "write"))
        write_all(strtoul(argv[3], NULL, 10), argc > 4 ? strtoul(argv[4], NULL, 10) : 1);
    check_all(argv[3]);
    close_all();
    return failures != 0;
}
