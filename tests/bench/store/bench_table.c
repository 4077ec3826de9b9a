/*
 * bench_store: a folder's contents table as a mail program uses it
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
 * A store with folders of 1,000 and ROWS messages, made once for both architectures, through the
 * database; beside it a plain SQLite file with the same rows and an index by folder and time.
 * Measured through a session and IMAPITable: the folder opened and its top shown, 50 rows at the
 * top, in the middle and at the end, and memory. SQLite reads the same rows in two ways: the n-th
 * row on (OFFSET), as the table is asked for it, and on from a time that is known already, which is
 * the least that can be done.
 *
 * Then by sender (one category, nothing expanded), with how many are in each and unread: SQLite has
 * an index for it, and GROUP BY. Who measures first makes the orders and the index.
 */

#define COBJMACROS
#include "bench.h"

#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#define SHOWN 50
#define ROUNDS 21

static const WCHAR *const folder_names[] = { L"Few", L"Many" };
enum { FEW, MANY, FOLDERS };

static unsigned int folder_rows(int folder, unsigned int rows)
{
    return folder == FEW ? min(rows, 1000) : rows;
}

static const SizedSPropTagArray(8, columns) =
{
    8, { PR_ENTRYID, PR_SUBJECT_W, PR_SENDER_NAME_W, PR_MESSAGE_DELIVERY_TIME, PR_MESSAGE_FLAGS,
         PR_MESSAGE_SIZE, PR_MESSAGE_CLASS_W, PR_IMPORTANCE }
};
enum { ENTRYID_COLUMN, SUBJECT_COLUMN };

/* A property of each of the folders; MAPIFreeBuffer. */
static void find_folders(IMAPIFolder *subtree, ULONG tag, SPropValue *found[FOLDERS])
{
    SizedSPropTagArray(2, tags) = { 2, { PR_DISPLAY_NAME_W, tag } };
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;
    int j;

    memset(found, 0, FOLDERS * sizeof(*found));
    must("GetHierarchyTable", IMAPIFolder_GetHierarchyTable(subtree, MAPI_UNICODE, &table));
    must("HrQueryAllRows", HrQueryAllRows(table, (SPropTagArray *)&tags, NULL, NULL, 0, &rows));
    for (i = 0; i < rows->cRows; i++)
        for (j = 0; j < FOLDERS; j++)
            if (!wcscmp(rows->aRow[i].lpProps[0].Value.lpszW, folder_names[j]))
                must("ScDupPropset", ScDupPropset(1, &rows->aRow[i].lpProps[1], MAPIAllocateBuffer,
                                                  &found[j]));
    FreeProws(rows);
    IMAPITable_Release(table);
    for (j = 0; j < FOLDERS; j++) if (!found[j]) fail("folder", MAPI_E_NOT_FOUND);
}

/* --- making --- */

static void bind_text(sqlite3_stmt *statement, int index, const struct db_props *props, ULONG tag)
{
    sqlite3_bind_text16(statement, index, db_props_find(props, tag)->Value.lpszW, -1,
                        SQLITE_TRANSIENT);
}

static void make_plain(const WCHAR *folder, unsigned int rows)
{
    sqlite3 *handle = open_plain(folder);
    struct db_props *props;
    sqlite3_stmt *insert;
    unsigned int i, count;
    int j;

    sql(handle, "CREATE TABLE message(id INTEGER PRIMARY KEY, folder, time, subject, sender, class,"
                "flags, size, importance);"
                "CREATE INDEX message_time ON message(folder, time); BEGIN");
    if (sqlite3_prepare_v2(handle,
                           "INSERT INTO message(folder,time,subject,sender,class,flags,size,"
                           "importance) VALUES(?1,?2,?3,?4,?5,1,?6,1)",
                           -1, &insert, NULL))
        fail("sqlite3_prepare", MAPI_E_CALL_FAILED);
    for (j = 0; j < FOLDERS; j++)
    {
        count = folder_rows(j, rows);
        for (i = 0; i < count; i++)
        {
            props = message_props(i);
            sqlite3_bind_int64(insert, 1, j);
            sqlite3_bind_int64(insert, 2, message_time(i));
            bind_text(insert, 3, props, PR_SUBJECT_W);
            bind_text(insert, 4, props, PR_SENDER_NAME_W);
            bind_text(insert, 5, props, PR_MESSAGE_CLASS_W);
            sqlite3_bind_int(insert, 6, db_props_find(props, PR_MESSAGE_SIZE)->Value.l);
            if (sqlite3_step(insert) != SQLITE_DONE) fail("insert", MAPI_E_CALL_FAILED);
            sqlite3_reset(insert);
            db_props_destroy(props);
        }
    }
    sqlite3_finalize(insert);
    sql(handle, "CREATE VIRTUAL TABLE words USING fts5(subject, content='message', content_rowid='id',"
                "tokenize='trigram');"
                "INSERT INTO words(words) VALUES('rebuild');"
                "COMMIT");
    sqlite3_close(handle);
}

void table_make(const WCHAR *folder, unsigned int rows)
{
    SPropValue *keys[FOLDERS];
    IMAPIFolder *subtree, *made;
    IMAPISession *session;
    WCHAR path[MAX_PATH];
    double start = now_ms();
    unsigned int total = 0;
    IMsgStore *store;
    LONGLONG id;
    struct db *db;
    int i;

    _snwprintf(path, ARRAY_SIZE(path), L"%s\\mail.db", folder);
    must("MAPIInitialize", MAPIInitialize(NULL));
    make_profile(path);
    store = open_store(&session);
    subtree = open_subtree(store);
    for (i = 0; i < FOLDERS; i++)
    {
        must("CreateFolder", IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC,
                                                      (LPTSTR)folder_names[i], NULL, NULL,
                                                      MAPI_UNICODE, &made));
        IMAPIFolder_Release(made);
    }
    find_folders(subtree, PR_INSTANCE_KEY, keys);
    IMAPIFolder_Release(subtree);
    close_store(session, store);

    must("db_open", db_open(path, DB_USE_STORE, 0, &db));
    for (i = 0; i < FOLDERS; i++)
    {
        memcpy(&id, keys[i]->Value.bin.lpb, sizeof(id));
        MAPIFreeBuffer(keys[i]);
        add_messages(db, id, folder_rows(i, rows), i == MANY);
        total += folder_rows(i, rows);
    }
    db_release(db);
    printf("%u messages made: %.1f us each\n", total, (now_ms() - start) * 1000 / total);
    start = now_ms();
    make_plain(folder, rows);
    printf("the same in plain SQLite: %.1f us each\n", (now_ms() - start) * 1000 / total);
    MAPIUninitialize();
}

/* --- measuring --- */

struct times { double all[ROUNDS]; };

static int compare_times(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return a < b ? -1 : a > b;
}

static double median(struct times *times)
{
    qsort(times->all, ROUNDS, sizeof(times->all[0]), compare_times);
    return times->all[ROUNDS / 2];
}

/* The rows that are shown in a round: never the same ones twice in a row. */
static unsigned int position_of(int where, unsigned int rows, int round)
{
    switch (where)
    {
    case 0: return 0;
    case 1: return rows / 2 + round * 7;
    default: return rows - SHOWN - round;
    }
}

enum { OPEN, TOP, MIDDLE, END, MEMORY, FIGURES };

static IMAPITable *open_table(IMsgStore *store, const SPropValue *id, IMAPIFolder **folder)
{
    IMAPITable *table;
    ULONG type;

    must("OpenEntry", IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                          NULL, 0, &type, (IUnknown **)folder));
    must("GetContentsTable", IMAPIFolder_GetContentsTable(*folder, MAPI_UNICODE, &table));
    return table;
}

/* first: the subject of the first row, to compare. */
static void show(IMAPITable *table, WCHAR *first)
{
    SRowSet *rows;

    must("QueryRows", IMAPITable_QueryRows(table, SHOWN, 0, &rows));
    if (rows->cRows != SHOWN) fail("rows", rows->cRows);
    if (rows->aRow[0].lpProps[SUBJECT_COLUMN].ulPropTag != PR_SUBJECT_W) fail("subject", 0);
    lstrcpynW(first, rows->aRow[0].lpProps[SUBJECT_COLUMN].Value.lpszW, 128);
    FreeProws(rows);
}

static void measure_table(IMsgStore *store, const SPropValue *id, unsigned int rows,
                          double figures[FIGURES], WCHAR subjects[3][128])
{
    const ULONGLONG before = heap_bytes();
    struct times times;
    IMAPIFolder *folder;
    IMAPITable *table;
    WCHAR text[128];
    int where, i;
    double start = now_ms();

    table = open_table(store, id, &folder);
    must("SetColumns", IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0));
    show(table, text);
    figures[OPEN] = now_ms() - start;
    for (where = 0; where < 3; where++)
    {
        for (i = 0; i < ROUNDS; i++)
        {
            start = now_ms();
            must("SeekRow", IMAPITable_SeekRow(table, BOOKMARK_BEGINNING,
                                               position_of(where, rows, i), NULL));
            show(table, text);
            times.all[i] = now_ms() - start;
            if (!i) lstrcpyW(subjects[where], text);
        }
        figures[TOP + where] = median(&times);
    }
    figures[MEMORY] = (heap_bytes() - before) / 1024.0;
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
}

static void plain_rows(sqlite3_stmt *statement, WCHAR *first)
{
    WCHAR *texts[SHOWN][3];
    LONGLONG numbers[SHOWN][5];
    int i, j;

    for (i = 0; i < SHOWN; i++)
    {
        if (sqlite3_step(statement) != SQLITE_ROW) fail("step", i);
        copy_row(statement, 5, numbers[i], texts[i]);
    }
    sqlite3_reset(statement);
    lstrcpynW(first, texts[0][0], 128);
    for (i = 0; i < SHOWN; i++)
    {
        if (!numbers[i][0]) fail("id", i);
        for (j = 0; j < 3; j++) free(texts[i][j]);
    }
}

#define PLAIN_COLUMNS "SELECT id,time,flags,size,importance,subject,sender,class FROM message " \
                      "WHERE folder=?1"

static sqlite3_stmt *prepare(sqlite3 *handle, const char *text, int folder)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(handle, text, -1, &statement, NULL))
        fail("sqlite3_prepare", MAPI_E_CALL_FAILED);
    sqlite3_bind_int(statement, 1, folder);
    return statement;
}

/* by_key: from the time that stands there on, which is found out before. */
static void measure_plain(const WCHAR *path, int folder, unsigned int rows, BOOL by_key,
                          double figures[FIGURES], WCHAR subjects[3][128])
{
    const ULONGLONG before = heap_bytes();
    sqlite3_stmt *statement, *key;
    struct times times;
    WCHAR text[128];
    sqlite3 *handle;
    int where, i;
    double start = now_ms();

    handle = open_plain(path);
    statement = prepare(handle, by_key ? PLAIN_COLUMNS " AND time<=?2 ORDER BY time DESC LIMIT 50"
                        : PLAIN_COLUMNS " ORDER BY time DESC LIMIT 50 OFFSET ?2", folder);
    sqlite3_bind_int64(statement, 2, by_key ? MAXLONGLONG : 0);
    plain_rows(statement, text);
    figures[OPEN] = now_ms() - start;
    key = prepare(handle,
                  "SELECT time FROM message WHERE folder=?1 ORDER BY time DESC LIMIT 1 OFFSET ?2",
                  folder);
    for (where = 0; where < 3; where++)
    {
        for (i = 0; i < ROUNDS; i++)
        {
            sqlite3_bind_int64(statement, 2, position_of(where, rows, i));
            if (by_key)
            {
                sqlite3_bind_int64(key, 2, position_of(where, rows, i));
                if (sqlite3_step(key) != SQLITE_ROW) fail("key", i);
                sqlite3_bind_int64(statement, 2, sqlite3_column_int64(key, 0));
                sqlite3_reset(key);
            }
            start = now_ms();
            plain_rows(statement, text);
            times.all[i] = now_ms() - start;
            if (!i && wcscmp(subjects[where], text)) fail("another row", where);
        }
        figures[TOP + where] = median(&times);
    }
    figures[MEMORY] = (heap_bytes() - before) / 1024.0;
    sqlite3_finalize(key);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
}

/* --- by categories --- */

enum { MADE, HEADINGS, MIDDLE_HEADINGS, EXPANDED, HEADINGS_MEMORY, CATEGORY_FIGURES };

static const SizedSPropTagArray(6, heading_columns) =
{
    6, { PR_INSTANCE_KEY, PR_SENDER_NAME_W, PR_CONTENT_COUNT, PR_CONTENT_UNREAD, PR_DEPTH,
         PR_ROW_TYPE }
};

/* all: how many messages the headings that were shown have. */
static SRowSet *show_headings(IMAPITable *table, ULONG *all)
{
    SRowSet *rows;
    ULONG i;

    must("QueryRows", IMAPITable_QueryRows(table, SHOWN, 0, &rows));
    if (rows->cRows != SHOWN) fail("headings", rows->cRows);
    for (i = 0, *all = 0; i < rows->cRows; i++)
    {
        if (rows->aRow[i].lpProps[2].ulPropTag != PR_CONTENT_COUNT
            || rows->aRow[i].lpProps[3].ulPropTag != PR_CONTENT_UNREAD)
            fail("numbers of a heading", i);
        *all += rows->aRow[i].lpProps[2].Value.l;
    }
    return rows;
}

static void by_sender(IMAPITable *table)
{
    static const SizedSSortOrderSet(2, order) =
        { 2, 1, 0, { { PR_SENDER_NAME_W, TABLE_SORT_ASCEND },
                     { PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND } } };

    must("SetColumns", IMAPITable_SetColumns(table, (SPropTagArray *)&heading_columns, 0));
    must("SortTable", IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0));
}

static void measure_categories(IMsgStore *store, const SPropValue *id,
                               double figures[CATEGORY_FIGURES], ULONG *headings)
{
    const ULONGLONG before = heap_bytes();
    ULONG all, shown, added;
    IMAPIFolder *folder;
    IMAPITable *table;
    SRowSet *rows, *members;
    SBinary *key;
    double start;
    int round;

    /* First the orders are made, unless they were before. */
    for (round = 0; round < 2; round++)
    {
        start = now_ms();
        table = open_table(store, id, &folder);
        by_sender(table);
        FreeProws(show_headings(table, &shown));
        figures[MADE + round] = now_ms() - start;
        if (round) break;
        IMAPITable_Release(table);
        IMAPIFolder_Release(folder);
    }
    must("GetRowCount", IMAPITable_GetRowCount(table, 0, headings));
    start = now_ms();
    must("SeekRow", IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, *headings / 2, NULL));
    rows = show_headings(table, &all);
    figures[MIDDLE_HEADINGS] = now_ms() - start;
    key = &rows->aRow[0].lpProps[0].Value.bin;
    must("SetColumns", IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0));
    start = now_ms();
    must("ExpandRow", IMAPITable_ExpandRow(table, key->cb, key->lpb, SHOWN, 0, &members, &added));
    figures[EXPANDED] = now_ms() - start;
    if (added != rows->aRow[0].lpProps[2].Value.ul) fail("members", added);
    figures[HEADINGS_MEMORY] = (heap_bytes() - before) / 1024.0;
    FreeProws(members);
    FreeProws(rows);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
}

/* All groups, since a table says how many there are. */
static void measure_groups(const WCHAR *path, int folder, double figures[CATEGORY_FIGURES],
                           ULONG headings)
{
    const ULONGLONG before = heap_bytes();
    double start = now_ms();
    sqlite3_stmt *statement;
    ULONG count = 0;
    sqlite3 *handle;
    int size = 0;

    handle = open_plain(path);
    sql(handle, "CREATE INDEX IF NOT EXISTS message_sender ON message(folder, sender, flags)");
    figures[MADE] = now_ms() - start;
    sqlite3_close(handle);
    start = now_ms();
    handle = open_plain(path);
    statement = prepare(handle, "SELECT sender,count(*),sum((flags&1)=0) FROM message "
                        "WHERE folder=?1 GROUP BY sender", folder);
    while (sqlite3_step(statement) == SQLITE_ROW)
    {
        count++;
        size += sqlite3_column_bytes16(statement, 0);
        if (!sqlite3_column_int64(statement, 1)) fail("empty group", count);
    }
    figures[HEADINGS] = now_ms() - start;
    figures[HEADINGS_MEMORY] = (heap_bytes() - before) / 1024.0;
    if (count != headings || !size) fail("groups", count);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
}

static void print_categories(unsigned int rows, double ours[2][CATEGORY_FIGURES],
                             double plain[2][CATEGORY_FIGURES])
{
    printf("%-44s %12u %12u\n", "messages in the folder, by sender", folder_rows(FEW, rows),
           folder_rows(MANY, rows));
    line("opened, its orders made", ours[0][MADE], ours[1][MADE], "ms");
    line("  plain SQLite, an index made", plain[0][MADE], plain[1][MADE], "ms");
    line("opened, 50 headings shown", ours[0][HEADINGS], ours[1][HEADINGS], "ms");
    line("  plain SQLite, GROUP BY", plain[0][HEADINGS], plain[1][HEADINGS], "ms");
    line("50 headings in the middle", ours[0][MIDDLE_HEADINGS], ours[1][MIDDLE_HEADINGS], "ms");
    line("one expanded", ours[0][EXPANDED], ours[1][EXPANDED], "ms");
    line("memory for that", ours[0][HEADINGS_MEMORY], ours[1][HEADINGS_MEMORY], "KiB");
    line("  plain SQLite", plain[0][HEADINGS_MEMORY], plain[1][HEADINGS_MEMORY], "KiB");
}

void table_measure(const WCHAR *path, unsigned int rows)
{
    static const struct { const char *what, *unit; } names[FIGURES] =
    {
        { "the folder opened and its top shown", "ms" }, { "50 rows at the top", "ms" },
        { "50 rows in the middle", "ms" }, { "50 rows at the end", "ms" },
        { "memory for all that", "KiB" }
    };
    static const int folders[] = { FEW, MANY };
    double ours[2][FIGURES], nth[2][FIGURES], known[2][FIGURES];
    double categories[2][CATEGORY_FIGURES], groups[2][CATEGORY_FIGURES];
    WCHAR subjects[3][128];
    SPropValue *ids[FOLDERS];
    IMAPISession *session;
    IMAPIFolder *subtree;
    IMsgStore *store;
    unsigned int count;
    ULONG headings;
    int i, j;

    must("MAPIInitialize", MAPIInitialize(NULL));
    store = open_store(&session);
    subtree = open_subtree(store);
    find_folders(subtree, PR_ENTRYID, ids);
    IMAPIFolder_Release(subtree);
    for (i = 0; i < 2; i++)
    {
        count = folder_rows(folders[i], rows);
        measure_table(store, ids[folders[i]], count, ours[i], subjects);
        measure_plain(path, folders[i], count, FALSE, nth[i], subjects);
        measure_plain(path, folders[i], count, TRUE, known[i], subjects);
    }
    for (i = 0; i < 2; i++)
    {
        measure_categories(store, ids[folders[i]], categories[i], &headings);
        measure_groups(path, folders[i], groups[i], headings);
    }
    printf("%-44s %12u %12u\n", "messages in the folder, through IMAPITable",
           folder_rows(FEW, rows), folder_rows(MANY, rows));
    for (j = 0; j < FIGURES; j++)
    {
        line(names[j].what, ours[0][j], ours[1][j], names[j].unit);
        line("  plain SQLite, the n-th row on", nth[0][j], nth[1][j], names[j].unit);
        line("  plain SQLite, on from a known time", known[0][j], known[1][j], names[j].unit);
    }
    print_categories(rows, categories, groups);
    for (i = 0; i < FOLDERS; i++) MAPIFreeBuffer(ids[i]);
    close_store(session, store);
    MAPIUninitialize();
}

void search_run(const WCHAR *path)
{
    SPropValue *ids[FOLDERS];
    IMAPISession *session;
    IMAPIFolder *subtree, *folder;
    IMAPITable *table;
    IMsgStore *store;
    sqlite3 *handle;
    int i;

    must("MAPIInitialize", MAPIInitialize(NULL));
    store = open_store(&session);
    subtree = open_subtree(store);
    find_folders(subtree, PR_ENTRYID, ids);
    IMAPIFolder_Release(subtree);
    table = open_table(store, ids[MANY], &folder);
    must("SetColumns", IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0));
    handle = open_plain(path);
    search_measure(table, handle, MANY);
    sqlite3_close(handle);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
    for (i = 0; i < FOLDERS; i++) MAPIFreeBuffer(ids[i]);
    close_store(session, store);
    MAPIUninitialize();
}
