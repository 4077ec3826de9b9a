/*
 * What the message store's database costs
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
 * bench_store ROWS: the database by itself. Folders of 1,000 and of ROWS messages by delivery time:
 * opened, 50 rows shown at the top, in the middle and at the end, a row found, a message read, a
 * restriction on the subject.
 *
 * bench_store --make FOLDER ROWS, then bench_store --table FOLDER ROWS: bench_table.c; bench_store
 * --search FOLDER: bench_search.c; bench_store --messages FOLDER MESSAGES: bench_message.c.
 */

#include "bench.h"

#define READS 1000

double now_ms(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e3 / frequency.QuadPart;
}

static unsigned int seed = 1;

static unsigned int roll(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 8;
}

void fail(const char *what, HRESULT hr)
{
    printf("%s: %08x\n", what, (unsigned int)hr);
    exit(1);
}

void must(const char *what, HRESULT hr)
{
    if (FAILED(hr)) fail(what, hr);
}

static WCHAR folder_path[MAX_PATH];

static WCHAR *path_of(const WCHAR *name)
{
    static WCHAR path[MAX_PATH + 32];

    wsprintfW(path, L"%s\\%s", folder_path, name);
    return path;
}

/* --- a message as all write it --- */

static const struct db_sort by_time[] = { { PR_MESSAGE_DELIVERY_TIME, TRUE } };
static const ULONG shown[] = { PR_SUBJECT_W,      PR_SENDER_NAME_W, PR_MESSAGE_DELIVERY_TIME,
                               PR_MESSAGE_SIZE,   PR_IMPORTANCE,    PR_MESSAGE_FLAGS,
                               PR_MESSAGE_CLASS_W };

ULONGLONG message_time(unsigned int number)
{
    return 132000000000000000ull + ((ULONGLONG)(number * 2654435761u) << 20);
}

struct db_props *message_props(unsigned int number)
{
    static const WCHAR *const words[] = { L"offer",   L"meeting", L"report", L"plan",
                                          L"invoice", L"holiday", L"budget", L"minutes" };
    struct db_props *props;
    SPropValue value;
    WCHAR text[128];

    /* The same message has the same words wherever it is made. */
    seed = number * 2246822519u + 1;
    must("db_props_create", db_props_create(&props));
    wsprintfW(text, L"%s %s %s %u", words[roll() % 8], words[roll() % 8], words[roll() % 8],
              number);
    must("subject", db_props_set_text(props, PR_SUBJECT_W, text));
    wsprintfW(text, L"%s %u", words[roll() % 8], roll() % 500);
    must("sender", db_props_set_text(props, PR_SENDER_NAME_W, text));
    must("class", db_props_set_text(props, PR_MESSAGE_CLASS_W, L"IPM.Note"));
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    value.Value.li.QuadPart = message_time(number);
    must("time", db_props_set(props, &value));
    must("size", db_props_set_long(props, PR_MESSAGE_SIZE, 4596));
    must("importance", db_props_set_long(props, PR_IMPORTANCE, 1));
    must("flags", db_props_set_long(props, PR_MESSAGE_FLAGS, 1));
    return props;
}

/* text: of the message, or NULL. */
static LONGLONG add_message(struct db_txn *txn, LONGLONG folder, unsigned int number,
                            const WCHAR *text)
{
    struct db_props *props = message_props(number);
    struct db_object init;
    LONGLONG id;

    if (text) must("body", db_props_set_text(props, PR_BODY_W, text));
    memset(&init, 0, sizeof(init));
    init.parent = folder;
    init.kind = DB_KIND_MESSAGE;
    init.list = DB_LIST_CONTENTS;
    must("db_object_create", db_object_create(txn, &init, props, NULL, 0, &id));
    db_props_destroy(props);
    return id;
}

static LONGLONG add_folder(struct db *db)
{
    struct db_object init;
    struct db_txn *txn;
    LONGLONG id;

    memset(&init, 0, sizeof(init));
    init.parent = DB_ROOT;
    init.kind = DB_KIND_FOLDER;
    init.list = DB_LIST_HIERARCHY;
    must("db_begin", db_begin(db, DB_WRITE, &txn));
    must("db_object_create", db_object_create(txn, &init, NULL, NULL, 0, &id));
    must("db_commit", db_commit(txn));
    return id;
}

void sql(sqlite3 *handle, const char *text)
{
    if (sqlite3_exec(handle, text, NULL, NULL, NULL))
    {
        printf("%s: %s\n", text, sqlite3_errmsg(handle));
        exit(1);
    }
}

/* --- showing --- */

static HRESULT count_match(void *context, const struct db_row *row)
{
    ++*(ULONG *)context;
    return S_OK;
}

static void show(struct db_txn *txn, LONGLONG view, ULONGLONG position)
{
    SPropValue values[ARRAY_SIZE(shown)];
    struct db_row *rows;
    ULONG count, i;
    void *base;

    must("db_view_rows_at", db_view_rows_at(txn, view, position, FALSE, 50, &rows, &count));
    if (count != 50) fail("rows", count);
    for (i = 0; i < count; i++)
    {
        MAPIAllocateBuffer(16, &base);
        must("db_object_columns", db_object_columns(txn, rows[i].object, ARRAY_SIZE(shown), shown,
                                                    MAPIAllocateMore, base, NULL, values));
        MAPIFreeBuffer(base);
    }
    platform_free(rows);
}

struct showing
{
    double open, top, middle, end, position, message, restriction;
    ULONG matches;
    ULONGLONG private_bytes;
};

void add_messages(struct db *db, LONGLONG folder, unsigned int rows, BOOL bodies)
{
    struct db_txn *txn = NULL;
    WCHAR text[BODY_TEXT];
    unsigned int i;

    must("db_view_defaults", db_view_defaults(db, DB_LIST_CONTENTS, 1, by_time));
    for (i = 0; i < rows; i++)
    {
        if (!txn) must("db_begin", db_begin(db, DB_WRITE | DB_LAZY, &txn));
        if (bodies) message_body(i, text);
        add_message(txn, folder, i, bodies ? text : NULL);
        if (i % 5000 == 4999 || i + 1 == rows)
        {
            must("db_commit", db_commit(txn));
            txn = NULL;
        }
    }
}

static void fill(const WCHAR *name, unsigned int rows)
{
    struct db *db;
    double start = now_ms();

    must("db_open", db_open(path_of(name), DB_USE_STORE, DB_CREATE, &db));
    add_messages(db, add_folder(db), rows, FALSE);
    db_release(db);
    printf("%8u messages made: %.1f us each\n", rows, (now_ms() - start) * 1000 / rows);
}

/* Memory that is this process's own, in bytes. */
ULONGLONG heap_bytes(void)
{
    MEMORY_BASIC_INFORMATION info;
    ULONGLONG ret = 0;
    BYTE *at = NULL;

    for (; VirtualQuery(at, &info, sizeof(info)) == sizeof(info);
         at = (BYTE *)info.BaseAddress + info.RegionSize)
    {
        if (info.State == MEM_COMMIT && info.Type == MEM_PRIVATE && !(info.Protect & PAGE_GUARD))
            ret += info.RegionSize;
        if ((ULONG_PTR)info.BaseAddress + info.RegionSize < (ULONG_PTR)at) break;
    }
    return ret;
}

static void measure(const WCHAR *name, unsigned int rows, struct showing *ret)
{
    const ULONGLONG before = heap_bytes();
    struct db_match match;
    SRestriction restriction;
    ULONGLONG count, position;
    struct db_props *props;
    struct db_row *row, last;
    struct db_txn *txn;
    SPropValue value;
    LONGLONG view;
    unsigned int i;
    struct db *db;
    double start;
    ULONG got;
    BOOL done;

    start = now_ms();
    must("db_open", db_open(path_of(name), DB_USE_STORE, 0, &db));
    must("db_begin", db_begin(db, DB_READ, &txn));
    must("db_view_find", db_view_find(txn, DB_ROOT + 1, DB_LIST_CONTENTS, 1, by_time, &view));
    must("db_view_count", db_view_count(txn, view, &count));
    show(txn, view, 0);
    db_commit(txn);
    ret->open = now_ms() - start;
    if (count != rows) fail("count", (HRESULT)count);

    must("db_begin", db_begin(db, DB_READ, &txn));
    start = now_ms();
    show(txn, view, 0);
    ret->top = now_ms() - start;
    start = now_ms();
    show(txn, view, rows / 2);
    ret->middle = now_ms() - start;
    start = now_ms();
    show(txn, view, rows - 50);
    ret->end = now_ms() - start;
    ret->private_bytes = heap_bytes() - before;

    must("db_view_rows_at", db_view_rows_at(txn, view, rows / 3, FALSE, 1, &row, &got));
    start = now_ms();
    for (i = 0; i < READS; i++)
    {
        must("db_view_position", db_view_position(txn, view, row, &position, &done));
        if (position != rows / 3) fail("position", (HRESULT)position);
    }
    ret->position = (now_ms() - start) / READS;
    start = now_ms();
    for (i = 0; i < READS; i++)
    {
        must("db_object_load", db_object_load(txn, row->object, NULL, &props));
        db_props_destroy(props);
    }
    ret->message = (now_ms() - start) / READS;
    platform_free(row);

    memset(&match, 0, sizeof(match));
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_SUBJECT_W;
    /* Too short for the index of text: each message is read. */
    value.Value.lpszW = (WCHAR *)L"Ho";
    restriction.rt = RES_CONTENT;
    restriction.res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    restriction.res.resContent.ulPropTag = PR_SUBJECT_W;
    restriction.res.resContent.lpProp = &value;
    match.restriction = &restriction;
    ret->matches = 0;
    start = now_ms();
    must("db_view_match",
         db_view_match(txn, view, &match, NULL, 0, count_match, &ret->matches, &last, &done));
    ret->restriction = now_ms() - start;
    platform_free((void *)last.key);
    db_commit(txn);
    db_release(db);
}

void line(const char *what, double few, double many, const char *unit)
{
    printf("%-44s %12.3f %12.3f %s\n", what, few, many, unit);
}

int wmain(int argc, WCHAR **argv)
{
    const unsigned int rows = argc > 1 ? _wtoi(argv[1]) : 1000000;
    static const WCHAR *const names[] = { L"small.db", L"large.db" };
    struct showing few, many;
    unsigned int i;

    if (argc == 4 && !wcscmp(argv[1], L"--make"))
    {
        table_make(argv[2], _wtoi(argv[3]));
        return 0;
    }
    if (argc == 4 && !wcscmp(argv[1], L"--table"))
    {
        table_measure(argv[2], _wtoi(argv[3]));
        return 0;
    }
    if (argc == 4 && !wcscmp(argv[1], L"--messages"))
    {
        messages_run(argv[2], _wtoi(argv[3]));
        return 0;
    }
    if (argc == 3 && !wcscmp(argv[1], L"--search"))
    {
        search_run(argv[2]);
        return 0;
    }
    GetTempPathW(MAX_PATH, folder_path);
    wsprintfW(folder_path + lstrlenW(folder_path), L"bench_store%u", GetCurrentProcessId());
    if (!CreateDirectoryW(folder_path, NULL)) fail("CreateDirectory", GetLastError());

    fill(L"small.db", 1000);
    fill(L"large.db", rows);
    measure(L"small.db", 1000, &few);
    measure(L"large.db", rows, &many);
    printf("%-44s %12u %12u\n", "messages in the folder", 1000, rows);
    line("the folder opened and its top shown", few.open, many.open, "ms");
    line("50 rows at the top", few.top, many.top, "ms");
    line("50 rows in the middle", few.middle, many.middle, "ms");
    line("50 rows at the end", few.end, many.end, "ms");
    line("memory for all that", few.private_bytes / 1024.0, many.private_bytes / 1024.0, "KiB");
    line("the position of a row", few.position * 1000, many.position * 1000, "us");
    line("one message read", few.message * 1000, many.message * 1000, "us");
    line("a restriction on the subject, a message", few.restriction * 1000 / 1000,
         many.restriction * 1000 / rows, "us");
    for (i = 0; i < ARRAY_SIZE(names); i++) DeleteFileW(path_of(names[i]));
    RemoveDirectoryW(folder_path);
    return 0;
}
