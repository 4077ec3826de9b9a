/*
 * Units of the property database: hostile blobs, damaged files, crashes, a full disk
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
 * MAPI_DB_CRASHES, MAPI_DB_DAMAGES in the environment ask for more rounds than the few that are
 * quick.
 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "database.h"
#include "samples.h"
#include "db/dbpriv.h"

static int rounds(const char *name, int few)
{
    const char *value = getenv(name);

    return value ? atoi(value) : few;
}

/* --- blobs --- */

static void read_blob(const BYTE *data, size_t size)
{
    BYTE *end = unit_end_of_memory(), *at = end - size;
    struct reader reader;
    struct stored stored;
    SPropValue value;
    ULONG flags;
    size_t needed;
    void *memory;

    /* The blob ends where memory does. */
    memcpy(at, data, size);
    if (FAILED(blob_open(&reader, at, size, &flags))) return;
    while (blob_next(&reader, &stored) == S_OK)
    {
        if (FAILED(stored_measure(&stored, &needed))) continue;
        ck_assert_uint_le(needed, (size + 1) * 32);
        memory = malloc(needed);
        stored_decode(&stored, memory, &value);
        unit_assert_hr(prop_value_check(&value), S_OK);
        ck_assert_uint_le(prop_pack_size(&value, PROP_TYPE(value.ulPropTag)), (size + 1) * 32);
        free(memory);
    }
}

START_TEST(test_blobs)
{
    const int count = rounds("MAPI_DB_DAMAGES", 3000);
    struct bytes whole, bad;
    struct db_props *set;
    size_t i, length;
    int round;

    srand(7);
    bytes_init(&whole);
    blob_begin(&whole, 0);
    unit_assert_hr(db_props_create(&set), S_OK);
    for (i = 0; i < sample_count; i++)
    {
        if (db_props_set(set, &sample_props[i]) != S_OK) continue;
        unit_assert_hr(blob_put(&whole, db_props_find(set, sample_props[i].ulPropTag)), S_OK);
    }
    db_props_destroy(set);
    ck_assert_uint_lt(whole.size, 4096);
    bytes_init(&bad);
    for (round = 0; round < count; round++)
    {
        bad.size = 0;
        bytes_put(&bad, whole.data, whole.size);
        length = bad.size;
        if (round % 3 == 0) length = rand() % (length + 1);
        else
            for (i = rand() % 8 + 1; i; i--)
                bad.data[rand() % length] = (BYTE)(rand() % 5 ? rand() : 0xff);
        read_blob(bad.data, length);
    }
    bytes_free(&bad);
    bytes_free(&whole);
}
END_TEST

START_TEST(test_text)
{
    static const struct
    {
        const char *utf8;
        BOOL text;
    } cases[] = {
        { "plain", TRUE },
        { "\xc3\xa9", TRUE },
        { "\xf0\x9f\x98\x80", TRUE },
        { "\xed\xa0\x80", TRUE },
        { "\xc0\x80", FALSE },
        { "\xe0\x80\x80", FALSE },
        { "\xf0\x80\x80\x80", FALSE },
        { "\xf4\x90\x80\x80", FALSE },
        { "\xc3", FALSE },
        { "\x80", FALSE },
        { "\xff", FALSE },
        { "\xe2\x82", FALSE },
    };
    static const WCHAR lone[] = { 'a', 0xd800, 'b', 0xdc00, 0xd83d, 0xde00, 0 };
    WCHAR *text;
    char *utf8;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        text = text_from_utf8(cases[i].utf8, strlen(cases[i].utf8));
        unit_assert_row(i, !text == !cases[i].text);
        if (!text) continue;
        utf8 = text_to_utf8(text);
        unit_assert_row(i, !strcmp(utf8, cases[i].utf8));
        platform_free(utf8);
        platform_free(text);
    }
    utf8 = text_to_utf8(lone);
    text = text_from_utf8(utf8, strlen(utf8));
    ck_assert(!memcmp(text, lone, sizeof(lone)));
    platform_free(text);
    platform_free(utf8);
}
END_TEST

/* --- a file with something of everything --- */

static const struct db_sort by_subject[] = { { PR_SUBJECT_W, FALSE } };

static LONGLONG add_message(struct db_txn *txn, LONGLONG folder, int number)
{
    struct db_props *props, *row;
    struct db_object init;
    BYTE data[9000];
    SPropValue value;
    WCHAR subject[] = u"message 00";
    LONGLONG id;

    subject[8] = '0' + number / 10 % 10;
    subject[9] = '0' + number % 10;
    unit_assert_hr(db_props_create(&props), S_OK);
    unit_assert_hr(db_props_create(&row), S_OK);
    unit_assert_hr(db_props_set_text(props, PR_SUBJECT, subject), S_OK);
    unit_assert_hr(db_props_set_text(row, PR_DISPLAY_NAME, subject), S_OK);
    memset(data, number, sizeof(data));
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_RTF_COMPRESSED;
    value.Value.bin.cb = number % 3 ? 2000 : sizeof(data);
    value.Value.bin.lpb = data;
    unit_assert_hr(db_props_set(props, &value), S_OK);
    memset(&init, 0, sizeof(init));
    init.parent = folder;
    init.kind = DB_KIND_MESSAGE;
    init.list = DB_LIST_CONTENTS;
    unit_assert_hr(db_object_create(txn, &init, props, &row, 1, &id), S_OK);
    db_props_destroy(row);
    db_props_destroy(props);
    return id;
}

static LONGLONG make_file(struct db *db, int messages)
{
    struct db_txn *txn;
    LONGLONG folder;
    int i;

    unit_assert_hr(db_view_defaults(db, DB_LIST_CONTENTS, 1, by_subject), S_OK);
    txn = database_write(db);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    for (i = 0; i < messages; i++) add_message(txn, folder, i);
    unit_assert_hr(db_commit(txn), S_OK);
    return folder;
}

static void report_line(void *context, const char *text)
{
    fprintf(stderr, "%s\n", text);
}

static void assert_whole(void)
{
    struct db_report report = { report_line, NULL };
    ULONG problems;

    unit_assert_hr(db_check(database_wide_path(), &report, &problems), S_OK);
    ck_assert_uint_eq(problems, 0);
}

/* A process dies in the middle of its work, time and again: what it said was saved is there, and
 * all agrees. */
START_TEST(test_crash)
{
    const int count = rounds("MAPI_DB_CRASHES", 20);
    struct db *db = database_create(DB_USE_STORE);
    LONGLONG folder = make_file(db, 5), saved;
    struct db_object info;
    struct db_txn *txn;
    int round, ends[2];
    pid_t child;

    for (round = 0; round < count; round++)
    {
        db_release(db);
        ck_assert(!pipe(ends));
        fflush(NULL);
        if (!(child = fork()))
        {
            close(ends[0]);
            if (db_open(database_wide_path(), DB_USE_STORE, 0, &db)) _exit(1);
            if (db_view_defaults(db, DB_LIST_CONTENTS, 1, by_subject)) _exit(1);
            for (;;)
            {
                if (db_begin(db, DB_WRITE, &txn)) _exit(1);
                saved = add_message(txn, folder, rand() % 100);
                add_message(txn, folder, rand() % 100);
                if (rand() % 3 == 0 && db_object_delete(txn, saved)) _exit(1);
                if (db_commit(txn)) _exit(1);
                if (write(ends[1], &saved, sizeof(saved)) != sizeof(saved)) _exit(0);
            }
        }
        close(ends[1]);
        /* After some messages, at a moment that nobody chooses. */
        saved = 0;
        for (info.id = rand() % 6; info.id >= 0; info.id--)
            ck_assert_int_eq(read(ends[0], &saved, sizeof(saved)), sizeof(saved));
        usleep(rand() % 3000);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(ends[0], &saved, sizeof(saved)) == sizeof(saved)) { }
        close(ends[0]);
        unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, 0, &db), S_OK);
        assert_whole();
        /* Its second message came with it, always. */
        txn = database_read(db);
        unit_assert_hr(db_object_load(txn, saved + 1, &info, NULL), S_OK);
        ck_assert_int_eq(info.parent, folder);
        db_rollback(txn);
        /* A file that grows would be checked for ever longer. */
        if (round % 50 != 49) continue;
        db_release(db);
        database_remove();
        db = database_create(DB_USE_STORE);
        folder = make_file(db, 5);
    }
    db_release(db);
    database_remove();
}
END_TEST

/* Pages that are not what they were: an error, never a crash or an endless loop; and a repair
 * leaves a file that is whole, with what could be read. */
START_TEST(test_damage)
{
    const int count = rounds("MAPI_DB_DAMAGES", 12);
    struct db_report report = { NULL, NULL };
    struct db_props *props, **rows;
    struct db *db = NULL;
    struct db_txn *txn;
    ULONG problems, number, i;
    LONGLONG *ids;
    BYTE byte;
    FILE *file;
    HRESULT hr;
    long size;
    int round, n;

    srand(11);
    for (round = 0; round < min(count, 3000); round++)
    {
        db = database_create(DB_USE_STORE);
        make_file(db, 60);
        db_release(db);
        ck_assert((file = fopen(database_path(), "r+b")) != NULL);
        fseek(file, 0, SEEK_END);
        size = ftell(file);
        for (n = 0; n < 1 + round % 40; n++)
        {
            /* The first page says what the file is; the rest of it is fair game. */
            fseek(file, 4096 + rand() % (size - 4096), SEEK_SET);
            byte = (BYTE)rand();
            fwrite(&byte, 1, 1, file);
        }
        fclose(file);

        hr = db_check(database_wide_path(), &report, &problems);
        ck_assert(hr == S_OK || hr == MAPI_E_CORRUPT_STORE);
        if (SUCCEEDED(hr = db_open(database_wide_path(), DB_USE_STORE, 0, &db)))
        {
            if (SUCCEEDED(hr = db_begin(db, DB_WRITE, &txn)))
            {
                if (SUCCEEDED(db_object_children(txn, DB_ROOT + 1, DB_LIST_CONTENTS, 0, 1000, &ids,
                                                 &number)))
                {
                    for (i = 0; i < number; i++)
                    {
                        if (SUCCEEDED(db_object_load(txn, ids[i], NULL, &props)))
                            db_props_destroy(props);
                        if (SUCCEEDED(db_recipients_load(txn, ids[i], &rows, &problems)))
                            db_recipients_free(rows, problems);
                    }
                    if (number) db_object_delete(txn, ids[rand() % number]);
                    platform_free(ids);
                }
                db_rollback(txn);
            }
            db_release(db);
        }
        hr = db_repair(database_wide_path(), &report);
        ck_assert(hr == S_OK || hr == MAPI_E_CORRUPT_STORE);
        if (hr == S_OK) assert_whole();
        ck_assert_uint_eq(unit_live_blocks(), 0);
        database_remove();
    }
}
END_TEST

START_TEST(test_repair_whole)
{
    struct db_report report = { NULL, NULL };
    struct db *db = database_create(DB_USE_STORE);
    MAPIUID uid = *db_uid(db);
    LONGLONG folder = make_file(db, 30), id;
    struct db_stream *stream;
    struct db_props *props;
    struct db_stats stats;
    struct db_txn *txn;
    ULONG total, marked;
    BYTE data[10000];
    BOOL made;

    database_exec(db, "UPDATE object SET parent=4711 WHERE id=5");
    db_release(db);
    unit_assert_hr(db_repair(database_wide_path(), &report), S_OK);
    unit_assert_hr(db_repair(database_wide_path(), &report), MAPI_E_COLLISION);
    assert_whole();
    unit_assert_hr(db_get_stats(database_wide_path(), &stats), S_OK);
    ck_assert_uint_eq(stats.objects, 33);
    unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, 0, &db), S_OK);
    ck_assert(!memcmp(&uid, db_uid(db), sizeof(uid)));
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, by_subject, &made), S_OK);
    ck_assert(made);
    txn = database_write(db);
    unit_assert_hr(db_tally(txn, folder, DB_LIST_CONTENTS, &total, &marked), S_OK);
    ck_assert_uint_eq(total, 29);
    unit_assert_hr(db_tally(txn, DB_ROOT, DB_LIST_HIERARCHY, &total, &marked), S_OK);
    ck_assert_uint_eq(total, 2);
    unit_assert_hr(db_object_load(txn, folder + 1, NULL, &props), S_OK);
    unit_assert_hr(db_props_stream(props, PR_RTF_COMPRESSED, &stream), S_OK);
    unit_assert_hr(db_stream_read(stream, 0, data, sizeof(data), &total), S_OK);
    ck_assert_uint_eq(total, 9000);
    db_stream_release(stream);
    db_props_destroy(props);
    id = add_message(txn, folder, 1);
    ck_assert_int_gt(id, folder + 30);
    unit_assert_hr(db_commit(txn), S_OK);
    assert_whole();
    db_release(db);
    ck_assert_uint_eq(unit_live_blocks(), 0);
    database_remove();
}
END_TEST

START_TEST(test_backup)
{
    struct db *db = database_create(DB_USE_STORE), *copy;
    LONGLONG folder = make_file(db, 10);
    struct db_txn *txn;
    WCHAR target[160];
    ULONG total, marked, i;

    for (i = 0; database_wide_path()[i]; i++) target[i] = database_wide_path()[i];
    memcpy(target + i, u".backup", 8 * sizeof(WCHAR));
    /* Somebody writes while it runs. */
    txn = database_write(db);
    add_message(txn, folder, 50);
    unit_assert_hr(db_backup(database_wide_path(), target), S_OK);
    unit_assert_hr(db_backup(database_wide_path(), target), MAPI_E_COLLISION);
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_open(target, DB_USE_STORE, 0, &copy), S_OK);
    txn = database_read(copy);
    unit_assert_hr(db_tally(txn, folder, DB_LIST_CONTENTS, &total, &marked), S_OK);
    ck_assert_uint_eq(total, 10);
    db_rollback(txn);
    db_release(copy);
    txn = database_write(db);
    unit_assert_hr(db_object_delete(txn, folder), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    db_release(db);
    unit_assert_hr(db_compact(database_wide_path()), S_OK);
    assert_whole();
    database_remove();
}
END_TEST

/* No page more than there are: the disk is full. What fails says so and leaves all as it was. */
START_TEST(test_full)
{
    struct db *db = database_create(DB_USE_STORE);
    LONGLONG folder = make_file(db, 10);
    struct db_txn *txn;
    struct db_props *props;
    struct db_object init;
    SPropValue value;
    ULONG total, marked;
    BYTE *data = calloc(1, 1000000);
    HRESULT hr = S_OK;
    LONGLONG id;

    txn = database_write(db);
    ck_assert_int_eq(
        sqlite3_exec(txn->connection->handle, "PRAGMA max_page_count=100", NULL, NULL, NULL), 0);
    unit_assert_hr(db_props_create(&props), S_OK);
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_ATTACH_DATA_BIN;
    value.Value.bin.cb = 1000000;
    value.Value.bin.lpb = data;
    unit_assert_hr(db_props_set(props, &value), S_OK);
    memset(&init, 0, sizeof(init));
    init.parent = folder;
    init.kind = DB_KIND_MESSAGE;
    init.list = DB_LIST_CONTENTS;
    hr = db_object_create(txn, &init, props, NULL, 0, &id);
    unit_assert_hr(hr, MAPI_E_NOT_ENOUGH_DISK);
    /* It cannot be committed by mistake. */
    unit_assert_hr(db_commit(txn), MAPI_E_NOT_ENOUGH_DISK);
    txn = database_write(db);
    unit_assert_hr(db_tally(txn, folder, DB_LIST_CONTENTS, &total, &marked), S_OK);
    ck_assert_uint_eq(total, 10);
    ck_assert_int_eq(
        sqlite3_exec(txn->connection->handle, "PRAGMA max_page_count=1000000", NULL, NULL, NULL),
        0);
    unit_assert_hr(db_object_create(txn, &init, props, NULL, 0, &id), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    db_props_destroy(props);
    free(data);
    db_release(db);
    assert_whole();
    database_remove();
}
END_TEST

START_TEST(test_other_files)
{
    struct db *db = database_create(DB_USE_STORE), *bad;
    FILE *file;

    database_exec(db, "PRAGMA user_version=99");
    db_release(db);
    unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, 0, &bad), MAPI_E_VERSION);
    database_remove();
    ck_assert((file = fopen(database_path(), "wb")) != NULL);
    fputs("This is no database, though it is long enough to be taken for one by its size alone. ",
          file);
    fclose(file);
    unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, 0, &bad), MAPI_E_CORRUPT_STORE);
    unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, DB_CREATE, &bad),
                   MAPI_E_CORRUPT_STORE);
    ck_assert_ptr_null(bad);
    ck_assert_uint_eq(unit_live_blocks(), 0);
    database_remove();
}
END_TEST

/* A path that nothing is at. */
static void no_file(void)
{
    db_release(database_create(DB_USE_STORE));
    database_remove();
}

/* Another's database without a table is as good as no file; one with a table is not ours to write
 * to. */
START_TEST(test_bare_files)
{
    struct db *db;
    sqlite3 *handle;
    int full;

    no_file();
    for (full = 0; full < 2; full++)
    {
        ck_assert_int_eq(sqlite3_open(database_path(), &handle), 0);
        ck_assert_int_eq(sqlite3_exec(handle,
                                      full ? "CREATE TABLE a(b)" : "PRAGMA journal_mode=WAL", NULL,
                                      NULL, NULL),
                         0);
        sqlite3_close(handle);
        unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, 0, &db), MAPI_E_CORRUPT_STORE);
        unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, DB_CREATE, &db),
                       full ? MAPI_E_CORRUPT_STORE : S_OK);
        db_release(db);
        database_remove();
    }
}
END_TEST

/* Processes that make one file at the same time all end up with the same. */
START_TEST(test_made_by_several)
{
    unsigned int round, i, failures;
    struct db *db;
    int status;

    no_file();
    for (round = 0; round < 30; round++)
    {
        for (i = 0; i < 4; i++)
        {
            if (fork()) continue;
            _exit(FAILED(db_open(database_wide_path(), DB_USE_STORE, DB_CREATE, &db)));
        }
        for (i = failures = 0; i < 4; i++)
            if (wait(&status) < 0 || status) failures++;
        ck_assert_uint_eq(failures, 0);
        assert_whole();
        database_remove();
    }
}
END_TEST

static struct db *low_db;
static LONGLONG low_folder;

/* What fails for want of memory leaves nothing behind. */
static HRESULT run_low(void *context)
{
    struct db_props *props, *loaded;
    struct db_object init;
    struct db_txn *txn;
    LONGLONG id;
    HRESULT hr, ended;

    if (FAILED(hr = db_begin(low_db, DB_WRITE, &txn))) return hr;
    memset(&init, 0, sizeof(init));
    init.parent = low_folder;
    init.kind = DB_KIND_MESSAGE;
    init.list = DB_LIST_CONTENTS;
    if (SUCCEEDED(hr = db_props_create(&props)))
    {
        hr = db_props_set_text(props, PR_SUBJECT, u"low");
        if (SUCCEEDED(hr)) hr = db_object_create(txn, &init, props, &props, 1, &id);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = db_object_load(txn, id, NULL, &loaded)))
        {
            hr = db_object_save(txn, id, 0, loaded);
            db_props_destroy(loaded);
        }
        if (SUCCEEDED(hr)) hr = db_object_delete(txn, id);
        db_props_destroy(props);
    }
    ended = db_commit(txn);
    return FAILED(hr) ? hr : ended;
}

START_TEST(test_low_memory)
{
    low_db = database_create(DB_USE_STORE);
    low_folder = make_file(low_db, 3);
    unit_fail_each(run_low, NULL);
    assert_whole();
    db_release(low_db);
    database_remove();
}
END_TEST

Suite *dbfile_suite(void)
{
    Suite *suite = suite_create("dbfile");
    TCase *tests = tcase_create("dbfile");

    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, test_blobs);
    tcase_add_test(tests, test_text);
    tcase_add_test(tests, test_crash);
    tcase_add_test(tests, test_damage);
    tcase_add_test(tests, test_repair_whole);
    tcase_add_test(tests, test_backup);
    tcase_add_test(tests, test_full);
    tcase_add_test(tests, test_other_files);
    tcase_add_test(tests, test_bare_files);
    tcase_add_test(tests, test_made_by_several);
    tcase_add_test(tests, test_low_memory);
    suite_add_tcase(suite, tests);
    return suite;
}
