/*
 * Messages through MAPI, beside plain SQLite and files
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
 * Messages of 4 KiB of text with three recipients, each saved durably, in turns: IMessage; plain
 * SQLite in the same process, a row of the message, one of its text and three of recipients in one
 * transaction, with an index by folder and time; the same with FTS5 over subject and text, which
 * the message store has, too; and a file a message, written beside, flushed and renamed as a
 * maildir does. Then some of them opened and read, all properties and recipients, each copied out.
 */

#define COBJMACROS
#include "bench.h"

#include <mapiutil.h>

#define BODY_LETTERS 2048
#define TURN  50
#define READS 1000

enum { MAPI, PLAIN, INDEXED, FILES, WAYS };

static WCHAR letters[BODY_LETTERS + 1];
static const WCHAR *const names[] = { L"Ada Byron", L"Blaise Pascal", L"Charles Babbage" };
static const WCHAR *const addresses[] = { L"ada@example.com", L"blaise@example.com",
                                          L"charles@example.com" };

struct mails
{
    const WCHAR *path;
    IMAPIFolder *folder;
    ADRLIST *recipients;
    struct plain
    {
        sqlite3 *handle;
        sqlite3_stmt *message, *text, *recipient, *index;
    } plain, indexed;
};

/* --- saving --- */

static ADRLIST *make_recipients(void)
{
    static SPropValue values[ARRAY_SIZE(names)][4];
    static SizedADRLIST(ARRAY_SIZE(names), list);
    ULONG i;

    list.cEntries = ARRAY_SIZE(names);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        values[i][0].ulPropTag = PR_RECIPIENT_TYPE;
        values[i][0].Value.l = MAPI_TO;
        values[i][1].ulPropTag = PR_DISPLAY_NAME_W;
        values[i][1].Value.lpszW = (WCHAR *)names[i];
        values[i][2].ulPropTag = PR_EMAIL_ADDRESS_W;
        values[i][2].Value.lpszW = (WCHAR *)addresses[i];
        values[i][3].ulPropTag = PR_ADDRTYPE_W;
        values[i][3].Value.lpszW = (WCHAR *)L"SMTP";
        list.aEntries[i].cValues = 4;
        list.aEntries[i].rgPropVals = values[i];
    }
    return (ADRLIST *)&list;
}

static void save_mapi(struct mails *mails, unsigned int number)
{
    struct db_props *props = message_props(number);
    SPropValue values[16];
    IMessage *message;
    ULONG i, count = db_props_count(props);

    for (i = 0; i < count; i++) values[i] = *db_props_value(props, i);
    memset(&values[count], 0, sizeof(*values));
    values[count].ulPropTag = PR_BODY_W;
    values[count].Value.lpszW = letters;
    must("CreateMessage", IMAPIFolder_CreateMessage(mails->folder, NULL, 0, &message));
    must("SetProps", IMessage_SetProps(message, count + 1, values, NULL));
    must("ModifyRecipients", IMessage_ModifyRecipients(message, MODRECIP_ADD, mails->recipients));
    must("SaveChanges", IMessage_SaveChanges(message, 0));
    IMessage_Release(message);
    db_props_destroy(props);
}

static void bind_text(sqlite3_stmt *statement, int index, const WCHAR *text)
{
    sqlite3_bind_text16(statement, index, text, -1, SQLITE_STATIC);
}

static void step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE) fail("step", MAPI_E_CALL_FAILED);
    sqlite3_reset(statement);
}

static void save_plain_in(struct plain *plain, unsigned int number)
{
    struct db_props *props = message_props(number);
    unsigned int i;

    sql(plain->handle, "BEGIN IMMEDIATE");
    sqlite3_bind_int64(plain->message, 1, number + 1);
    sqlite3_bind_int64(plain->message, 2, message_time(number));
    bind_text(plain->message, 3, db_props_find(props, PR_SUBJECT)->Value.lpszW);
    bind_text(plain->message, 4, db_props_find(props, PR_SENDER_NAME)->Value.lpszW);
    bind_text(plain->message, 5, db_props_find(props, PR_MESSAGE_CLASS)->Value.lpszW);
    sqlite3_bind_int(plain->message, 6, db_props_find(props, PR_MESSAGE_SIZE)->Value.l);
    step(plain->message);
    sqlite3_bind_int64(plain->text, 1, number + 1);
    bind_text(plain->text, 2, letters);
    step(plain->text);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        sqlite3_bind_int64(plain->recipient, 1, number + 1);
        bind_text(plain->recipient, 2, names[i]);
        bind_text(plain->recipient, 3, addresses[i]);
        step(plain->recipient);
    }
    if (plain->index)
    {
        sqlite3_bind_int64(plain->index, 1, number + 1);
        bind_text(plain->index, 2, db_props_find(props, PR_SUBJECT)->Value.lpszW);
        bind_text(plain->index, 3, letters);
        step(plain->index);
    }
    sql(plain->handle, "COMMIT");
    db_props_destroy(props);
}

static void save_plain(struct mails *mails, unsigned int number)
{
    save_plain_in(&mails->plain, number);
}

static void save_indexed(struct mails *mails, unsigned int number)
{
    save_plain_in(&mails->indexed, number);
}

static void save_file(struct mails *mails, unsigned int number)
{
    static char data[2 * BODY_LETTERS + 600];
    WCHAR temporary[MAX_PATH], path[MAX_PATH];
    HANDLE file;
    DWORD done;

    memset(data, 'm', sizeof(data));
    _snwprintf(temporary, ARRAY_SIZE(temporary), L"%s\\tmp\\%u", mails->path, number);
    _snwprintf(path, ARRAY_SIZE(path), L"%s\\new\\%u", mails->path, number);
    file = CreateFileW(temporary, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || !WriteFile(file, data, sizeof(data), &done, NULL)
        || !FlushFileBuffers(file))
        fail("file", GetLastError());
    CloseHandle(file);
    if (!MoveFileW(temporary, path)) fail("MoveFile", GetLastError());
}

static void save(struct mails *mails, unsigned int messages, double times[WAYS])
{
    static void (*const ways[])(struct mails *, unsigned int) = { save_mapi, save_plain,
                                                                     save_indexed, save_file };
    unsigned int i, j, way;
    double start;

    for (i = 0; i < messages; i += TURN)
        for (way = 0; way < WAYS; way++)
        {
            start = now_ms();
            for (j = i; j < min(i + TURN, messages); j++) ways[way](mails, j);
            times[way] += now_ms() - start;
        }
}

/* --- reading --- */

static void read_mapi(struct mails *mails, const SBinary *id, unsigned int number)
{
    IMAPITable *table;
    SPropValue *values;
    IMessage *message;
    SRowSet *rows;
    ULONG type, count;

    must("OpenEntry", IMAPIFolder_OpenEntry(mails->folder, id->cb, (ENTRYID *)id->lpb, NULL, 0,
                                            &type, (IUnknown **)&message));
    must("GetProps", IMessage_GetProps(message, NULL, MAPI_UNICODE, &count, &values));
    must("GetRecipientTable", IMessage_GetRecipientTable(message, MAPI_UNICODE, &table));
    must("QueryRows", IMAPITable_QueryRows(table, 100, 0, &rows));
    if (rows->cRows != ARRAY_SIZE(names) || !PpropFindProp(values, count, PR_BODY_W))
        fail("the message", rows->cRows);
    FreeProws(rows);
    IMAPITable_Release(table);
    MAPIFreeBuffer(values);
    IMessage_Release(message);
}

static void read_plain_in(struct plain *plain, unsigned int number)
{
    LONGLONG numbers[5];
    WCHAR *texts[32];
    int count = 0, rows = 0;

    sql(plain->handle, "BEGIN");
    sqlite3_bind_int64(plain->message, 1, number + 1);
    if (sqlite3_step(plain->message) != SQLITE_ROW) fail("message", number);
    count += copy_row(plain->message, 5, numbers, texts);
    sqlite3_reset(plain->message);
    sqlite3_bind_int64(plain->recipient, 1, number + 1);
    while (sqlite3_step(plain->recipient) == SQLITE_ROW)
    {
        count += copy_row(plain->recipient, 1, numbers, texts + count);
        rows++;
    }
    sqlite3_reset(plain->recipient);
    sql(plain->handle, "COMMIT");
    if (rows != ARRAY_SIZE(names)) fail("recipients", rows);
    while (count) free(texts[--count]);
}

static void read_plain(struct mails *mails, const SBinary *id, unsigned int number)
{
    read_plain_in(&mails->plain, number);
}

static void read_indexed(struct mails *mails, const SBinary *id, unsigned int number)
{
    read_plain_in(&mails->indexed, number);
}

static void read_file(struct mails *mails, const SBinary *id, unsigned int number)
{
    static char data[2 * BODY_LETTERS + 600];
    WCHAR path[MAX_PATH];
    HANDLE file;
    DWORD done;

    _snwprintf(path, ARRAY_SIZE(path), L"%s\\new\\%u", mails->path, number);
    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || !ReadFile(file, data, sizeof(data), &done, NULL)
        || done != sizeof(data))
        fail("file", GetLastError());
    CloseHandle(file);
}

/* Entry IDs, by the order of saving. */
static SRowSet *entry_ids(struct mails *mails, unsigned int messages)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_ENTRYID } };
    static const SizedSSortOrderSet(1, order) =
        { 1, 0, 0, { { PR_CREATION_TIME, TABLE_SORT_ASCEND } } };
    IMAPITable *table;
    SRowSet *rows;

    must("GetContentsTable", IMAPIFolder_GetContentsTable(mails->folder, 0, &table));
    must("HrQueryAllRows", HrQueryAllRows(table, (SPropTagArray *)&tags, NULL,
                                          (SSortOrderSet *)&order, 0, &rows));
    if (rows->cRows != messages) fail("messages", rows->cRows);
    IMAPITable_Release(table);
    return rows;
}

static void read(struct mails *mails, unsigned int messages, double times[WAYS])
{
    static void (*const ways[])(struct mails *, const SBinary *, unsigned int) =
        { read_mapi, read_plain, read_indexed, read_file };
    SRowSet *ids = entry_ids(mails, messages);
    unsigned int i, j, way, number;
    double start;

    for (i = 0; i < READS; i += TURN)
        for (way = 0; way < WAYS; way++)
        {
            start = now_ms();
            for (j = i; j < i + TURN; j++)
            {
                number = (unsigned int)((ULONGLONG)j * 7919 % messages);
                ways[way](mails, &ids->aRow[number].lpProps[0].Value.bin, number);
            }
            times[way] += now_ms() - start;
        }
    FreeProws(ids);
}

/* --- both --- */

static sqlite3_stmt *prepare(sqlite3 *handle, const char *text)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(handle, text, -1, &statement, NULL)) fail(sqlite3_errmsg(handle), 0);
    return statement;
}

static void make_plain(struct plain *plain, const WCHAR *path, BOOL indexed)
{
    WCHAR folder[MAX_PATH];

    _snwprintf(folder, ARRAY_SIZE(folder), L"%s\\%s", path, indexed ? L"indexed" : L"plain");
    CreateDirectoryW(folder, NULL);
    plain->handle = open_plain(folder);
    sql(plain->handle,
        "CREATE TABLE message(id INTEGER PRIMARY KEY, folder, time, subject, sender, class, flags,"
        " size, importance); CREATE INDEX message_time ON message(folder, time);"
        "CREATE TABLE content(message INTEGER PRIMARY KEY, body);"
        "CREATE TABLE recipient(message, kind, name, address, type);"
        "CREATE INDEX recipient_message ON recipient(message)");
    plain->message = prepare(plain->handle, "INSERT INTO message VALUES(?1,1,?2,?3,?4,?5,1,?6,1)");
    plain->text = prepare(plain->handle, "INSERT INTO content VALUES(?1,?2)");
    plain->recipient = prepare(plain->handle, "INSERT INTO recipient VALUES(?1,1,?2,?3,'SMTP')");
    if (!indexed) return;
    sql(plain->handle, "CREATE VIRTUAL TABLE words USING fts5(subject, body, content='',"
                       " columnsize=0, detail=none, tokenize='trigram')");
    plain->index = prepare(plain->handle, "INSERT INTO words(rowid,subject,body) VALUES(?1,?2,?3)");
}

static void finish(struct plain *plain)
{
    sqlite3_finalize(plain->message);
    sqlite3_finalize(plain->text);
    sqlite3_finalize(plain->recipient);
    sqlite3_finalize(plain->index);
    plain->text = plain->index = NULL;
}

static void turn_to_reading(struct plain *plain)
{
    finish(plain);
    plain->message = prepare(plain->handle, "SELECT id,time,flags,size,importance,subject,sender,"
                                            "class,body FROM message JOIN content ON message=id"
                                            " WHERE id=?1");
    plain->recipient = prepare(plain->handle, "SELECT kind,name,address,type FROM recipient WHERE "
                                              "message=?1");
}

static void end_plain(struct plain *plain)
{
    finish(plain);
    sqlite3_close(plain->handle);
}

static void say(const char *what, const double times[WAYS], unsigned int count)
{
    static const char *const names[] = { "", "plain SQLite", "with FTS5", "a file a message" };
    int way;

    printf("%-36s %8.3f ms", what, times[MAPI] / count);
    for (way = PLAIN; way < WAYS; way++)
        printf("%s %s %.3f ms (%.2f)", way == PLAIN ? ";" : ",", names[way], times[way] / count,
               times[MAPI] / times[way]);
    putchar('\n');
}

void messages_run(const WCHAR *path, unsigned int messages)
{
    double saves[WAYS] = { 0 }, reads[WAYS] = { 0 };
    struct mails mails = { path };
    WCHAR name[MAX_PATH];
    IMAPISession *session;
    IMAPIFolder *subtree;
    IMsgStore *store;
    unsigned int i;

    for (i = 0; i < BODY_LETTERS; i++) letters[i] = i % 7 ? 'a' + i % 26 : ' ';
    must("MAPIInitialize", MAPIInitialize(NULL));
    _snwprintf(name, ARRAY_SIZE(name), L"%s\\mail.db", path);
    make_profile(name);
    store = open_store(&session);
    subtree = open_subtree(store);
    must("CreateFolder", IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)L"Letters", NULL,
                                                  NULL, MAPI_UNICODE, &mails.folder));
    mails.recipients = make_recipients();
    make_plain(&mails.plain, path, FALSE);
    make_plain(&mails.indexed, path, TRUE);
    _snwprintf(name, ARRAY_SIZE(name), L"%s\\tmp", path);
    CreateDirectoryW(name, NULL);
    _snwprintf(name, ARRAY_SIZE(name), L"%s\\new", path);
    CreateDirectoryW(name, NULL);
    save(&mails, messages, saves);
    turn_to_reading(&mails.plain);
    turn_to_reading(&mails.indexed);
    read(&mails, messages, reads);
    end_plain(&mails.plain);
    end_plain(&mails.indexed);
    say("a message saved, through IMessage", saves, messages);
    say("a message opened and read", reads, READS);
    IMAPIFolder_Release(mails.folder);
    IMAPIFolder_Release(subtree);
    close_store(session, store);
    MAPIUninitialize();
}
