/*
 * Units of the property database: objects, properties, streams, names, transactions
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


#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "database.h"
#include "samples.h"

static struct db *db;

static void setup(void)
{
    db = database_create(DB_USE_STORE);
}

static void teardown(void)
{
    db_release(db);
    database_remove();
    ck_assert_uint_eq(unit_live_blocks(), 0);
}

START_TEST(test_open)
{
    struct db *again, *other;
    MAPIUID uid = *db_uid(db);
    WCHAR *path = text_dup(db_path(db));

    unit_assert_hr(db_open(path, DB_USE_STORE, 0, &again), S_OK);
    ck_assert_ptr_eq(again, db);
    db_release(again);
    unit_assert_hr(db_open(path, DB_USE_STORE, DB_CREATE_NEW, &other), MAPI_E_COLLISION);
    ck_assert_ptr_null(other);
    unit_assert_hr(db_open(path, DB_USE_ADDRESS_BOOK, 0, &other), MAPI_E_CORRUPT_STORE);

    db_release(db);
    unit_assert_hr(db_open(path, DB_USE_STORE, DB_CREATE_NEW, &db), MAPI_E_COLLISION);
    unit_assert_hr(db_open(path, DB_USE_STORE, DB_CREATE, &db), S_OK);
    ck_assert(!memcmp(&uid, db_uid(db), sizeof(uid)));
    ck_assert(!db_is_read_only(db));
    unit_assert_hr(db_open(u"/nonexistent/x.db", DB_USE_STORE, 0, &other), MAPI_E_NOT_FOUND);
    unit_assert_hr(db_open(u"/nonexistent/x.db", DB_USE_STORE, DB_CREATE, &other),
                   MAPI_E_NO_ACCESS);
    platform_free(path);
}
END_TEST

/* A set with every sample that is a value, each at an ID of its own. */
static struct db_props *all_samples(void)
{
    struct db_props *props;
    SPropValue value;
    ULONG i;

    unit_assert_hr(db_props_create(&props), S_OK);
    for (i = 0; i < sample_count; i++)
    {
        value = sample_props[i];
        value.ulPropTag = PROP_TAG(PROP_TYPE(value.ulPropTag), 0x6000 + i);
        switch (PROP_TYPE(value.ulPropTag))
        {
        case PT_UNSPECIFIED:
        case PT_NULL:
        case PT_ERROR:
        case PT_OBJECT:
            unit_assert_hr(db_props_set(props, &value), MAPI_E_INVALID_TYPE);
            break;
        default:
            unit_assert_hr(db_props_set(props, &value), S_OK);
        }
    }
    return props;
}

static void assert_same_props(const struct db_props *a, const struct db_props *b)
{
    ULONG i;

    ck_assert_uint_eq(db_props_count(a), db_props_count(b));
    for (i = 0; i < db_props_count(a); i++)
    {
        ck_assert_uint_eq(db_props_tag(a, i), db_props_tag(b, i));
        unit_assert_row(i, same_prop(db_props_value(a, i), db_props_value(b, i)));
    }
}

START_TEST(test_samples)
{
    struct db_props *props = all_samples(), *loaded, *copy;
    struct db_object info;
    struct db_txn *txn;
    LONGLONG id;

    ck_assert_uint_ge(db_props_count(props), 20);
    ck_assert(db_props_changed(props));
    txn = database_write(db);
    id = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, props);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert(!db_props_changed(props));

    txn = database_read(db);
    unit_assert_hr(db_object_load(txn, id, &info, &loaded), S_OK);
    ck_assert_int_eq(info.id, id);
    ck_assert_int_eq(info.parent, DB_ROOT);
    ck_assert_uint_eq(info.kind, DB_KIND_FOLDER);
    ck_assert_uint_eq(info.list, DB_LIST_HIERARCHY);
    assert_same_props(props, loaded);
    unit_assert_hr(db_props_copy(loaded, &copy), S_OK);
    assert_same_props(props, copy);
    db_rollback(txn);
    db_props_destroy(copy);
    db_props_destroy(loaded);
    db_props_destroy(props);
}
END_TEST

START_TEST(test_save)
{
    struct db_props *props, *loaded;
    struct db_object info;
    struct db_txn *txn;
    SPropTagArray removed = { 1, { PR_COMMENT } };
    SPropValue value;
    LONGLONG id;

    txn = database_write(db);
    unit_assert_hr(db_props_create(&props), S_OK);
    unit_assert_hr(db_props_set_text(props, PR_SUBJECT_A, u"one"), S_OK);
    unit_assert_hr(db_props_set_text(props, PR_COMMENT, u"a comment"), S_OK);
    id = database_add(txn, DB_ROOT, DB_KIND_MESSAGE, DB_LIST_CONTENTS, props);
    unit_assert_hr(db_object_load(txn, id, &info, NULL), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);

    /* Somebody saves it meanwhile. */
    txn = database_write(db);
    unit_assert_hr(db_props_set_long(props, PR_IMPORTANCE, 2), S_OK);
    unit_assert_hr(db_object_save(txn, id, info.change, props), S_OK);
    unit_assert_hr(db_object_save(txn, id, info.change, props), MAPI_E_OBJECT_CHANGED);
    unit_assert_hr(db_object_save(txn, id, 0, props), S_OK);
    unit_assert_hr(db_object_save(txn, 999, 0, props), MAPI_E_OBJECT_DELETED);
    unit_assert_hr(db_commit(txn), S_OK);
    db_props_destroy(props);

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_SUBJECT_A;
    value.Value.lpszA = (char *)"two";
    txn = database_write(db);
    unit_assert_hr(db_object_patch(txn, id, 1, &value, &removed), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);

    txn = database_read(db);
    unit_assert_hr(db_object_load(txn, id, NULL, &loaded), S_OK);
    ck_assert_uint_eq(db_props_count(loaded), 2);
    ck_assert_uint_eq(db_props_type(loaded, PR_SUBJECT_A), PT_UNICODE);
    ck_assert(!text_compare_nocase(db_props_find(loaded, PR_SUBJECT)->Value.lpszW, u"two"));
    ck_assert_int_eq(db_props_find(loaded, PR_IMPORTANCE)->Value.l, 2);
    unit_assert_hr(db_object_save(txn, id, 0, loaded), MAPI_E_NO_ACCESS);
    db_rollback(txn);
    db_props_destroy(loaded);
}
END_TEST

START_TEST(test_rollback)
{
    LONGLONG first, second, third;
    struct db_object info;
    struct db_txn *txn;

    txn = database_write(db);
    first = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    db_rollback(txn);

    txn = database_write(db);
    second = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_savepoint(txn), S_OK);
    third = database_add(txn, second, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_savepoint_undo(txn), S_OK);
    unit_assert_hr(db_object_load(txn, third, &info, NULL), MAPI_E_OBJECT_DELETED);
    unit_assert_hr(db_savepoint(txn), S_OK);
    third = database_add(txn, second, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_savepoint_keep(txn), S_OK);
    unit_assert_hr(db_savepoint_keep(txn), MAPI_E_CALL_FAILED);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_int_eq(first, second);

    txn = database_write(db);
    unit_assert_hr(db_object_load(txn, third, &info, NULL), S_OK);
    ck_assert_int_eq(info.parent, second);
    unit_assert_hr(db_object_delete(txn, second), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);

    /* An id that was seen is not given again. */
    txn = database_write(db);
    ck_assert_int_gt(database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL), third);
    unit_assert_hr(db_object_load(txn, third, &info, NULL), MAPI_E_OBJECT_DELETED);
    unit_assert_hr(db_commit(txn), S_OK);
}
END_TEST

static void fill(BYTE *data, size_t size, BYTE seed)
{
    size_t i;

    for (i = 0; i < size; i++) data[i] = (BYTE)(seed + i * 7 + i / 251);
}

START_TEST(test_stream)
{
    const ULONG size = 300000;
    BYTE *data = malloc(size), *read = malloc(size);
    struct db_stream *stream, *clone;
    ULONG done;

    fill(data, size, 1);
    unit_assert_hr(db_stream_create(db, &stream), S_OK);
    ck_assert_uint_eq(db_stream_size(stream), 0);
    unit_assert_hr(db_stream_read(stream, 0, read, 10, &done), S_OK);
    ck_assert_uint_eq(done, 0);
    unit_assert_hr(db_stream_write(stream, 10, data, 100), S_OK);
    ck_assert_uint_eq(db_stream_size(stream), 110);
    unit_assert_hr(db_stream_read(stream, 0, read, size, &done), S_OK);
    ck_assert_uint_eq(done, 110);
    ck_assert(!read[0] && !read[9] && !memcmp(read + 10, data, 100));

    /* A clone and its origin go apart, in memory and in a file. */
    unit_assert_hr(db_stream_clone(stream, &clone), S_OK);
    unit_assert_hr(db_stream_write(stream, 0, data, size), S_OK);
    ck_assert_uint_eq(db_stream_size(clone), 110);
    db_stream_release(clone);
    unit_assert_hr(db_stream_clone(stream, &clone), S_OK);
    unit_assert_hr(db_stream_write(clone, 5, "xxxxx", 5), S_OK);
    unit_assert_hr(db_stream_read(stream, 0, read, size, &done), S_OK);
    ck_assert_uint_eq(done, size);
    ck_assert(!memcmp(read, data, size));
    unit_assert_hr(db_stream_set_size(clone, 8), S_OK);
    unit_assert_hr(db_stream_set_size(clone, 12), S_OK);
    unit_assert_hr(db_stream_read(clone, 0, read, size, &done), S_OK);
    ck_assert_uint_eq(done, 12);
    ck_assert(!memcmp(read, data, 5) && !memcmp(read + 5, "xxx\0\0\0\0", 7));
    unit_assert_hr(db_stream_write(clone, (ULONGLONG)1 << 60, data, 1), MAPI_E_TOO_BIG);
    db_stream_release(clone);
    db_stream_release(stream);
    free(read);
    free(data);
}
END_TEST

START_TEST(test_long_values)
{
    const ULONG size = 200000;
    BYTE *data = malloc(size), *read = malloc(size);
    struct db_props *props, *loaded;
    struct db_stream *stream, *early;
    struct db_object info;
    struct db_txn *txn;
    SPropValue value;
    LONGLONG id, copy;
    ULONG done, i;
    WCHAR *text;

    fill(data, size, 3);
    unit_assert_hr(db_props_create(&props), S_OK);
    unit_assert_hr(db_stream_create(db, &stream), S_OK);
    unit_assert_hr(db_stream_write(stream, 0, data, size), S_OK);
    unit_assert_hr(db_props_set_stream(props, PR_ATTACH_DATA_BIN, stream), S_OK);
    db_stream_release(stream);
    ck_assert_uint_eq(db_props_type(props, PR_ATTACH_DATA_BIN), PT_BINARY);
    ck_assert_int_eq(db_props_find(props, PR_ATTACH_DATA_BIN)->Value.err, MAPI_E_NOT_ENOUGH_MEMORY);
    text = malloc(10001 * sizeof(*text));
    for (i = 0; i < 10000; i++) text[i] = 'a' + i % 26;
    text[i] = 0;
    unit_assert_hr(db_props_set_text(props, PR_BODY, text), S_OK);
    txn = database_write(db);
    id = database_add(txn, DB_ROOT, DB_KIND_MESSAGE, DB_LIST_CONTENTS, props);
    unit_assert_hr(db_commit(txn), S_OK);
    db_props_destroy(props);

    txn = database_write(db);
    unit_assert_hr(db_object_load(txn, id, &info, &loaded), S_OK);
    ck_assert_uint_ge(info.size, size + 20000);
    ck_assert_uint_eq(PROP_TYPE(db_props_find(loaded, PR_BODY)->ulPropTag), PT_ERROR);
    unit_assert_hr(db_props_stream(loaded, PR_ATTACH_DATA_BIN, &early), S_OK);
    unit_assert_hr(db_object_save(txn, id, 0, loaded), S_OK);
    unit_assert_hr(db_object_copy(txn, id, DB_ROOT, DB_LIST_CONTENTS, &copy), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);

    unit_assert_hr(db_stream_read(early, 65000, read, 100000, &done), S_OK);
    ck_assert_uint_eq(done, 100000);
    ck_assert(!memcmp(read, data + 65000, 100000));
    unit_assert_hr(db_props_stream(loaded, PR_BODY, &stream), S_OK);
    ck_assert_uint_eq(db_stream_size(stream), 20000);
    unit_assert_hr(db_stream_read(stream, 0, read, 20000, &done), S_OK);
    ck_assert(!memcmp(read, text, 20000));
    db_stream_release(stream);

    /* Another value in its place: who has the old one open is told. */
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_ATTACH_DATA_BIN;
    value.Value.bin.cb = 3;
    value.Value.bin.lpb = data;
    unit_assert_hr(db_props_set(loaded, &value), S_OK);
    txn = database_write(db);
    unit_assert_hr(db_object_save(txn, id, 0, loaded), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    db_props_destroy(loaded);
    unit_assert_hr(db_stream_read(early, 0, read, 100, &done), MAPI_E_OBJECT_CHANGED);
    db_stream_release(early);

    txn = database_read(db);
    unit_assert_hr(db_object_load(txn, id, NULL, &loaded), S_OK);
    ck_assert_uint_eq(db_props_find(loaded, PR_ATTACH_DATA_BIN)->Value.bin.cb, 3);
    db_props_destroy(loaded);
    unit_assert_hr(db_object_load(txn, copy, NULL, &loaded), S_OK);
    db_rollback(txn);
    unit_assert_hr(db_props_stream(loaded, PR_ATTACH_DATA_BIN, &stream), S_OK);
    unit_assert_hr(db_stream_read(stream, 0, read, size, &done), S_OK);
    ck_assert(done == size && !memcmp(read, data, size));
    db_stream_release(stream);
    db_props_destroy(loaded);
    ck_assert_int_eq(database_rows(db, "value"), 3);

    txn = database_write(db);
    unit_assert_hr(db_object_delete(txn, id), S_OK);
    unit_assert_hr(db_object_delete(txn, copy), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_int_eq(database_rows(db, "value"), 0);
    ck_assert_int_eq(database_rows(db, "chunk"), 0);
    ck_assert_int_eq(database_rows(db, "content"), 0);
    free(text);
    free(read);
    free(data);
}
END_TEST

START_TEST(test_recipients)
{
    struct db_props *rows[3], **loaded;
    struct db_txn *txn;
    LONGLONG id;
    ULONG count, i;

    for (i = 0; i < 3; i++)
    {
        unit_assert_hr(db_props_create(&rows[i]), S_OK);
        unit_assert_hr(db_props_set_long(rows[i], PR_RECIPIENT_TYPE, i + 1), S_OK);
        unit_assert_hr(db_props_set_text(rows[i], PR_DISPLAY_NAME, i ? u"somebody" : u""), S_OK);
    }
    txn = database_write(db);
    id = database_add(txn, DB_ROOT, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    unit_assert_hr(db_recipients_load(txn, id, &loaded, &count), S_OK);
    ck_assert_uint_eq(count, 0);
    unit_assert_hr(db_recipients_save(txn, id, rows, 3), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    txn = database_write(db);
    unit_assert_hr(db_recipients_load(txn, id, &loaded, &count), S_OK);
    ck_assert_uint_eq(count, 3);
    for (i = 0; i < 3; i++) assert_same_props(rows[i], loaded[i]);
    db_recipients_free(loaded, count);
    unit_assert_hr(db_recipients_save(txn, id, NULL, 0), S_OK);
    unit_assert_hr(db_recipients_load(txn, id, &loaded, &count), S_OK);
    ck_assert_uint_eq(count, 0);
    unit_assert_hr(db_commit(txn), S_OK);
    for (i = 0; i < 3; i++) db_props_destroy(rows[i]);
}
END_TEST

START_TEST(test_tree)
{
    LONGLONG a, b, c, message, copy, *ids;
    struct db_object info;
    ULONG total, marked, count;
    struct db_txn *txn;

    txn = database_write(db);
    a = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    b = database_add(txn, a, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    c = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    message = database_add(txn, b, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    unit_assert_hr(db_object_mark(txn, message, TRUE), S_OK);
    unit_assert_hr(db_tally(txn, b, DB_LIST_CONTENTS, &total, &marked), S_OK);
    ck_assert(total == 1 && marked == 1);
    unit_assert_hr(db_object_move(txn, a, b, DB_LIST_HIERARCHY), MAPI_E_FOLDER_CYCLE);
    unit_assert_hr(db_object_move(txn, a, a, DB_LIST_HIERARCHY), MAPI_E_FOLDER_CYCLE);
    unit_assert_hr(db_object_copy(txn, a, b, DB_LIST_HIERARCHY, &copy), MAPI_E_FOLDER_CYCLE);
    unit_assert_hr(db_object_copy(txn, a, c, DB_LIST_HIERARCHY, &copy), S_OK);
    unit_assert_hr(db_object_children(txn, copy, DB_LIST_HIERARCHY, 0, 10, &ids, &count), S_OK);
    ck_assert_uint_eq(count, 1);
    unit_assert_hr(db_tally(txn, ids[0], DB_LIST_CONTENTS, &total, &marked), S_OK);
    ck_assert(total == 1 && marked == 1);
    platform_free(ids);

    /* Softly deleted, and back. */
    unit_assert_hr(db_object_move(txn, message, b, DB_LIST_CONTENTS | DB_LIST_DELETED), S_OK);
    unit_assert_hr(db_object_load(txn, message, &info, NULL), S_OK);
    ck_assert(info.deleted.dwHighDateTime);
    unit_assert_hr(db_tally(txn, b, DB_LIST_CONTENTS, &total, &marked), S_OK);
    ck_assert(!total && !marked);
    unit_assert_hr(db_tally(txn, b, DB_LIST_CONTENTS | DB_LIST_DELETED, &total, &marked), S_OK);
    ck_assert(total == 1 && marked == 1);
    unit_assert_hr(db_object_move(txn, message, c, DB_LIST_CONTENTS), S_OK);
    unit_assert_hr(db_object_load(txn, message, &info, NULL), S_OK);
    ck_assert(!info.deleted.dwHighDateTime);

    unit_assert_hr(db_object_delete(txn, DB_ROOT), MAPI_E_NO_ACCESS);
    unit_assert_hr(db_object_delete(txn, a), S_OK);
    unit_assert_hr(db_object_delete(txn, a), MAPI_E_OBJECT_DELETED);
    unit_assert_hr(db_object_delete(txn, c), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_int_eq(database_rows(db, "object"), 1);
    ck_assert_int_eq(database_rows(db, "row"), 0);
}
END_TEST

/* The clock is moved by moving the times that are kept. */
START_TEST(test_purge)
{
    LONGLONG folder, other, inside, old, recent, back;
    struct db_object info;
    struct db_txn *txn;
    ULONG purged;
    FILETIME now;

    txn = database_write(db);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    other = database_add(txn, folder, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    inside = database_add(txn, other, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    old = database_add(txn, folder, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    recent = database_add(txn, folder, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    back = database_add(txn, folder, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    unit_assert_hr(db_object_move(txn, inside, other, DB_LIST_CONTENTS | DB_LIST_DELETED), S_OK);
    unit_assert_hr(db_object_move(txn, other, folder, DB_LIST_HIERARCHY | DB_LIST_DELETED), S_OK);
    unit_assert_hr(db_object_move(txn, old, folder, DB_LIST_CONTENTS | DB_LIST_DELETED), S_OK);
    unit_assert_hr(db_object_move(txn, back, folder, DB_LIST_CONTENTS | DB_LIST_DELETED), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    database_exec(db, "UPDATE object SET deleted=deleted-10000 WHERE deleted>0");
    txn = database_write(db);
    unit_assert_hr(db_object_move(txn, back, folder, DB_LIST_CONTENTS), S_OK);
    unit_assert_hr(db_object_move(txn, recent, folder, DB_LIST_CONTENTS | DB_LIST_DELETED), S_OK);
    unit_assert_hr(db_object_load(txn, recent, &info, NULL), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);

    now = info.deleted;
    memset(&info.deleted, 0, sizeof(info.deleted));
    unit_assert_hr(db_purge(db, &info.deleted, 100, &purged), S_OK);
    ck_assert_uint_eq(purged, 0);
    unit_assert_hr(db_purge(db, &now, 1, &purged), S_OK);
    ck_assert_uint_eq(purged, 1);
    unit_assert_hr(db_purge(db, &now, 100, &purged), S_OK);
    ck_assert_uint_ge(purged, 1);
    unit_assert_hr(db_purge(db, &now, 100, &purged), S_OK);
    ck_assert_uint_eq(purged, 0);
    txn = database_read(db);
    unit_assert_hr(db_object_load(txn, old, &info, NULL), MAPI_E_OBJECT_DELETED);
    unit_assert_hr(db_object_load(txn, other, &info, NULL), MAPI_E_OBJECT_DELETED);
    unit_assert_hr(db_object_load(txn, inside, &info, NULL), MAPI_E_OBJECT_DELETED);
    unit_assert_hr(db_object_load(txn, recent, &info, NULL), S_OK);
    unit_assert_hr(db_object_load(txn, back, &info, NULL), S_OK);
    db_rollback(txn);
}
END_TEST

START_TEST(test_columns)
{
    static const ULONG tags[] = { PR_SUBJECT_W,
                                  PR_SUBJECT_A,
                                  PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_SUBJECT)),
                                  CHANGE_PROP_TYPE(PR_SUBJECT, PT_LONG),
                                  PR_BODY,
                                  PR_IMPORTANCE,
                                  PR_CREATION_TIME };
    SPropValue values[ARRAY_SIZE(tags)];
    struct db_object info;
    struct db_props *props;
    struct db_txn *txn;
    WCHAR text[5000];
    void *base;
    LONGLONG id;
    ULONG i;

    for (i = 0; i < 4999; i++) text[i] = 'x';
    text[i] = 0;
    unit_assert_hr(db_props_create(&props), S_OK);
    unit_assert_hr(db_props_set_text(props, PR_SUBJECT, u"hello"), S_OK);
    unit_assert_hr(db_props_set_text(props, PR_BODY, text), S_OK);
    txn = database_write(db);
    id = database_add(txn, DB_ROOT, DB_KIND_MESSAGE, DB_LIST_CONTENTS, props);
    db_props_destroy(props);
    ck_assert_int_eq(memory_allocate_buffer(16, &base), S_OK);
    unit_assert_hr(db_object_columns(txn, id, ARRAY_SIZE(tags), tags, memory_allocate_more, base,
                                     &info, values),
                   S_OK);
    ck_assert_uint_eq(values[0].ulPropTag, PR_SUBJECT_W);
    ck_assert_uint_eq(values[1].ulPropTag, PR_SUBJECT_A);
    ck_assert_str_eq(values[1].Value.lpszA, "hello");
    ck_assert_uint_eq(values[2].ulPropTag, PR_SUBJECT_W);
    ck_assert_int_eq(values[3].Value.err, MAPI_E_NOT_FOUND);
    ck_assert_int_eq(values[4].Value.err, MAPI_E_NOT_ENOUGH_MEMORY);
    ck_assert_uint_eq(values[5].ulPropTag, CHANGE_PROP_TYPE(PR_IMPORTANCE, PT_ERROR));
    ck_assert_uint_eq(values[6].ulPropTag, PR_CREATION_TIME);
    ck_assert(!memcmp(&values[6].Value.ft, &info.created, sizeof(info.created)));
    memory_free_buffer(base);
    unit_assert_hr(db_commit(txn), S_OK);
}
END_TEST

START_TEST(test_names)
{
    static const GUID set = { 1, 2, 3, { 4 } }, other = { 5 };
    MAPINAMEID names[4], *list[4] = { names, names + 1, names + 2, names + 3 }, *name;
    USHORT ids[4], again[4], *all;
    struct db_txn *txn;
    void *base;
    ULONG count;

    memset(names, 0, sizeof(names));
    names[0].lpguid = names[1].lpguid = names[2].lpguid = (GUID *)&set;
    names[3].lpguid = (GUID *)&other;
    names[0].Kind.lID = names[3].Kind.lID = 77;
    names[1].ulKind = names[2].ulKind = MNID_STRING;
    names[1].Kind.lpwstrName = (WCHAR *)u"Name";
    names[2].Kind.lpwstrName = (WCHAR *)u"name";
    unit_assert_hr(db_names_to_ids(db, NULL, 4, list, FALSE, ids), MAPI_W_ERRORS_RETURNED);
    ck_assert(!ids[0] && !ids[3]);
    /* What was rolled back is not remembered. */
    txn = database_write(db);
    unit_assert_hr(db_names_to_ids(db, txn, 1, list, TRUE, ids), S_OK);
    ck_assert_uint_eq(ids[0], 0x8000);
    db_rollback(txn);
    unit_assert_hr(db_names_to_ids(db, NULL, 1, list, FALSE, ids), MAPI_W_ERRORS_RETURNED);

    unit_assert_hr(db_names_to_ids(db, NULL, 4, list, TRUE, ids), S_OK);
    ck_assert(ids[0] == 0x8000 && ids[1] == 0x8001 && ids[2] == 0x8002 && ids[3] == 0x8003);
    unit_assert_hr(db_names_to_ids(db, NULL, 4, list, TRUE, again), S_OK);
    ck_assert(!memcmp(ids, again, sizeof(ids)));
    ck_assert_int_eq(memory_allocate_buffer(16, &base), S_OK);
    unit_assert_hr(db_id_to_name(db, ids[2], memory_allocate_more, base, &name), S_OK);
    ck_assert(name && FEqualNames(name, list[2]));
    unit_assert_hr(db_id_to_name(db, 0x8123, memory_allocate_more, base, &name), S_OK);
    ck_assert_ptr_null(name);
    memory_free_buffer(base);
    unit_assert_hr(db_names_all(db, &set, &all, &count), S_OK);
    ck_assert_uint_eq(count, 3);
    platform_free(all);
    database_reopen(&db);
    unit_assert_hr(db_names_to_ids(db, NULL, 4, list, FALSE, again), S_OK);
    ck_assert(!memcmp(ids, again, sizeof(ids)));
}
END_TEST

static HRESULT count_entry(void *context, const WCHAR *name, const BYTE *value, ULONG size)
{
    ++*(ULONG *)context;
    return S_OK;
}

START_TEST(test_map)
{
    struct db_txn *txn = database_write(db);
    ULONG size, count = 0;
    BYTE *value;

    unit_assert_hr(db_map_get(txn, 1, u"IPM", &value, &size), MAPI_E_NOT_FOUND);
    unit_assert_hr(db_map_set(txn, 1, u"IPM", "abc", 3), S_OK);
    unit_assert_hr(db_map_set(txn, 1, u"", "", 0), S_OK);
    unit_assert_hr(db_map_set(txn, 2, u"IPM", "x", 1), S_OK);
    unit_assert_hr(db_map_get(txn, 1, u"ipm", &value, &size), S_OK);
    ck_assert(size == 3 && !memcmp(value, "abc", 3));
    platform_free(value);
    unit_assert_hr(db_map_each(txn, 1, count_entry, &count), S_OK);
    ck_assert_uint_eq(count, 2);
    unit_assert_hr(db_map_remove(txn, 1, u"IPM"), S_OK);
    unit_assert_hr(db_map_remove(txn, 1, u"IPM"), MAPI_E_NOT_FOUND);
    unit_assert_hr(db_commit(txn), S_OK);
}
END_TEST

START_TEST(test_locks)
{
    struct db_txn *txn = database_write(db);
    BOOL locked, mine;
    LONGLONG id;

    id = database_add(txn, DB_ROOT, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    unit_assert_hr(db_is_locked(txn, id, &locked, &mine), S_OK);
    ck_assert(!locked && !mine);
    unit_assert_hr(db_lock(txn, id, 5), S_OK);
    unit_assert_hr(db_lock(txn, id, 5), S_OK);
    unit_assert_hr(db_lock(txn, id, 6), MAPI_E_NO_ACCESS);
    unit_assert_hr(db_unlock(txn, id, 6), MAPI_E_NOT_FOUND);
    unit_assert_hr(db_is_locked(txn, id, &locked, &mine), S_OK);
    ck_assert(locked && mine);
    unit_assert_hr(db_unlock(txn, id, 5), S_OK);
    unit_assert_hr(db_lock(txn, id, 6), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
}
END_TEST

/* What a process of that number once locked, and what it left when it went. */
START_TEST(test_lock_of_the_dead)
{
    struct db_txn *txn = database_write(db);
    BOOL locked, mine;
    LONGLONG id;

    id = database_add(txn, DB_ROOT, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    unit_assert_hr(db_lock(txn, id, 5), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    database_exec(db, "UPDATE lock SET process=999999999");
    txn = database_write(db);
    unit_assert_hr(db_is_locked(txn, id, &locked, &mine), S_OK);
    ck_assert(!locked && !mine);
    unit_assert_hr(db_lock(txn, id, 6), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
}
END_TEST

START_TEST(test_writers)
{
    struct db_txn *txn = database_write(db), *other;

    unit_assert_hr(db_begin(db, DB_WRITE, &other), MAPI_E_BUSY);
    ck_assert_ptr_null(other);
    unit_assert_hr(db_begin(db, DB_READ, &other), S_OK);
    unit_assert_hr(db_commit(other), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
}
END_TEST

Suite *db_suite(void)
{
    Suite *suite = suite_create("db");
    TCase *tests = tcase_create("db");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_open);
    tcase_add_test(tests, test_samples);
    tcase_add_test(tests, test_save);
    tcase_add_test(tests, test_rollback);
    tcase_add_test(tests, test_stream);
    tcase_add_test(tests, test_long_values);
    tcase_add_test(tests, test_recipients);
    tcase_add_test(tests, test_tree);
    tcase_add_test(tests, test_purge);
    tcase_add_test(tests, test_columns);
    tcase_add_test(tests, test_names);
    tcase_add_test(tests, test_map);
    tcase_add_test(tests, test_locks);
    tcase_add_test(tests, test_lock_of_the_dead);
    tcase_add_test(tests, test_writers);
    suite_add_tcase(suite, tests);
    return suite;
}
