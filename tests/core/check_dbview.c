/*
 * Units of the property database: ordered views, search folders, restrictions, changes
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
#include "db/os.h"

static struct db *db;

static void setup(void)
{
    db = database_create(DB_USE_STORE);
}

static void report_line(void *context, const char *text)
{
    fprintf(stderr, "%s\n", text);
}

/* Everything in the file agrees with everything else. */
static void assert_whole(void)
{
    struct db_report report = { report_line, NULL };
    ULONG problems;

    unit_assert_hr(db_check(database_wide_path(), &report, &problems), S_OK);
    ck_assert_uint_eq(problems, 0);
}

static void teardown(void)
{
    ULONG i;

    assert_whole();
    db_release(db);
    /* A listener that ended itself gives back what it held when its thread comes to it. */
    for (i = 0; i < 2000 && unit_live_blocks(); i++) usleep(5000);
    database_remove();
    ck_assert_uint_eq(unit_live_blocks(), 0);
}

/* --- views beside a plain array --- */

#define MODEL_MAX 6000

struct model
{
    LONGLONG id;
    LONG importance;
    LONG size;
};

static struct model model[MODEL_MAX];
static ULONG model_count;

static const struct db_sort by_importance[] = { { PR_IMPORTANCE, TRUE },
                                                { PR_MESSAGE_SIZE, FALSE } };
static const struct db_sort by_size[] = { { PR_MESSAGE_SIZE, FALSE } };

static int compare_size(const void *a, const void *b)
{
    const struct model *x = a, *y = b;

    if (x->size != y->size) return x->size < y->size ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static int compare_importance(const void *a, const void *b)
{
    const struct model *x = a, *y = b;

    if (x->importance != y->importance) return x->importance > y->importance ? -1 : 1;
    return compare_size(a, b);
}

static struct db_props *model_props(const struct model *row)
{
    struct db_props *props;

    unit_assert_hr(db_props_create(&props), S_OK);
    unit_assert_hr(db_props_set_long(props, PR_IMPORTANCE, row->importance), S_OK);
    unit_assert_hr(db_props_set_long(props, PR_MESSAGE_SIZE, row->size), S_OK);
    return props;
}

static void model_add(struct db_txn *txn, LONGLONG folder)
{
    struct model *row = &model[model_count++];
    struct db_props *props;

    row->importance = rand() % 3;
    row->size = rand() % 2000;
    props = model_props(row);
    row->id = database_add(txn, folder, DB_KIND_MESSAGE, DB_LIST_CONTENTS, props);
    db_props_destroy(props);
}

static void model_change(struct db_txn *txn, ULONG i)
{
    struct db_props *props;

    model[i].size = rand() % 2000;
    props = model_props(&model[i]);
    unit_assert_hr(db_object_save(txn, model[i].id, 0, props), S_OK);
    db_props_destroy(props);
}

static void model_remove(struct db_txn *txn, ULONG i)
{
    unit_assert_hr(db_object_delete(txn, model[i].id), S_OK);
    model[i] = model[--model_count];
}

/* Rows at some places, counted from both ends. */
static void assert_rows(struct db_txn *txn, LONGLONG view, const struct model *sorted)
{
    struct db_row *rows, *after;
    ULONGLONG count, position;
    ULONG got, step, i, n;
    BOOL exists;

    unit_assert_hr(db_view_count(txn, view, &count), S_OK);
    ck_assert_uint_eq(count, model_count);
    for (i = 0; i <= model_count; i += 1 + model_count / 13)
    {
        step = rand() % 60 + 1;
        unit_assert_hr(db_view_rows_at(txn, view, i, FALSE, step, &rows, &got), S_OK);
        ck_assert_uint_eq(got, min(step, model_count - i));
        for (n = 0; n < got; n++) ck_assert_int_eq(rows[n].object, sorted[i + n].id);
        if (got)
        {
            unit_assert_hr(db_view_position(txn, view, &rows[got - 1], &position, &exists), S_OK);
            ck_assert(exists && position == i + got - 1);
            unit_assert_hr(db_view_rows_after(txn, view, &rows[got - 1], FALSE, 3, &after, &n),
                           S_OK);
            ck_assert_uint_eq(n, min(3, model_count - i - got));
            if (n) ck_assert_int_eq(after[0].object, sorted[i + got].id);
            platform_free(after);
            unit_assert_hr(db_view_rows_after(txn, view, &rows[0], TRUE, 3, &after, &n), S_OK);
            ck_assert_uint_eq(n, min(3, i));
            if (n) ck_assert_int_eq(after[0].object, sorted[i - 1].id);
            platform_free(after);
        }
        platform_free(rows);
        unit_assert_hr(db_view_rows_at(txn, view, i, TRUE, step, &rows, &got), S_OK);
        ck_assert_uint_eq(got, min(step, i));
        for (n = 0; n < got; n++) ck_assert_int_eq(rows[n].object, sorted[i - 1 - n].id);
        platform_free(rows);
    }
}

/* Groups of rows in the order of the array, by one column of by_importance or both. */
struct groups
{
    const struct model *sorted;
    ULONG columns;
    ULONG at;
};

static HRESULT assert_group(void *context, const BYTE *key, ULONG size, ULONGLONG rows)
{
    struct groups *groups = context;
    const struct model *first = &groups->sorted[groups->at];
    ULONG count = 0;
    LONG value;

    while (groups->at + count < model_count && first[count].importance == first->importance
           && (groups->columns == 1 || first[count].size == first->size))
        count++;
    ck_assert_uint_eq(rows, count);
    ck_assert_uint_eq(size, groups->columns * 5);
    if (groups->columns == 2)
    {
        ck_assert(db_key_long(key + 5, size - 5, &value));
        ck_assert_int_eq(value, first->size);
        ck_assert(!db_key_long(key + 5, size - 6, &value));
    }
    groups->at += count;
    return S_OK;
}

static HRESULT refuse_group(void *context, const BYTE *key, ULONG size, ULONGLONG rows)
{
    return ++*(ULONG *)context == 2 ? MAPI_E_USER_CANCEL : S_OK;
}

static void assert_groups(struct db_txn *txn, LONGLONG view, const struct model *sorted)
{
    struct groups groups = { sorted };
    ULONG refused = 0;

    for (groups.columns = 1; groups.columns <= 2; groups.columns++)
    {
        groups.at = 0;
        unit_assert_hr(db_view_groups(txn, view, 2, by_importance, groups.columns, assert_group,
                                      &groups), S_OK);
        ck_assert_uint_eq(groups.at, model_count);
    }
    if (!model_count || sorted[0].importance == sorted[model_count - 1].importance) return;
    unit_assert_hr(db_view_groups(txn, view, 2, by_importance, 1, refuse_group, &refused),
                   MAPI_E_USER_CANCEL);
    ck_assert_uint_eq(refused, 2);
}

static void assert_model(LONGLONG folder)
{
    static struct model sorted[MODEL_MAX];
    struct db_txn *txn = database_read(db);
    ULONGLONG low, high;
    LONGLONG view;
    BYTE *key;
    ULONG size, i, ones;
    SPropValue one;
    const SPropValue *values[] = { &one };

    memcpy(sorted, model, model_count * sizeof(*sorted));
    qsort(sorted, model_count, sizeof(*sorted), compare_size);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 1, by_size, &view), S_OK);
    assert_rows(txn, view, sorted);

    qsort(sorted, model_count, sizeof(*sorted), compare_importance);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 2, by_importance, &view), S_OK);
    assert_rows(txn, view, sorted);
    assert_groups(txn, view, sorted);

    /* What is important is a prefix of keys. */
    for (i = ones = 0; i < model_count; i++) ones += model[i].importance == 1;
    memset(&one, 0, sizeof(one));
    one.ulPropTag = PR_IMPORTANCE;
    one.Value.l = 1;
    unit_assert_hr(db_key_make(1, by_importance, values, &key, &size), S_OK);
    unit_assert_hr(db_view_key_position(txn, view, key, size, FALSE, &low), S_OK);
    unit_assert_hr(db_view_key_position(txn, view, key, size, TRUE, &high), S_OK);
    ck_assert_uint_eq(high - low, ones);
    platform_free(key);
    db_rollback(txn);
}

START_TEST(test_view)
{
    struct db_txn *txn;
    LONGLONG folder;
    BOOL made;
    ULONG i;

    srand(42);
    model_count = 0;
    unit_assert_hr(db_view_defaults(db, DB_LIST_CONTENTS, 1, by_size), S_OK);
    txn = database_write(db);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    for (i = 0; i < 1500; i++) model_add(txn, folder);
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, by_size, &made), S_OK);
    ck_assert(!made);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 2, by_importance, &made), S_OK);
    ck_assert(made);
    assert_model(folder);
    assert_whole();

    txn = database_write(db);
    for (i = 0; i < 4000; i++) model_add(txn, folder);
    for (i = 0; i < 500; i++) model_change(txn, rand() % model_count);
    unit_assert_hr(db_commit(txn), S_OK);
    assert_model(folder);
    assert_whole();

    txn = database_write(db);
    while (model_count > 300) model_remove(txn, rand() % model_count);
    unit_assert_hr(db_commit(txn), S_OK);
    assert_model(folder);
    assert_whole();

    txn = database_write(db);
    while (model_count) model_remove(txn, rand() % model_count);
    for (i = 0; i < 10; i++) model_add(txn, folder);
    unit_assert_hr(db_commit(txn), S_OK);
    assert_model(folder);
}
END_TEST

static LONGLONG add_text(struct db_txn *txn, LONGLONG folder, const WCHAR *subject)
{
    struct db_props *props;
    LONGLONG id;

    unit_assert_hr(db_props_create(&props), S_OK);
    if (subject) unit_assert_hr(db_props_set_text(props, PR_SUBJECT, subject), S_OK);
    id = database_add(txn, folder, DB_KIND_MESSAGE, DB_LIST_CONTENTS, props);
    db_props_destroy(props);
    return id;
}

START_TEST(test_text_order)
{
    static const struct db_sort up[] = { { PR_SUBJECT_A, FALSE } },
                                down[] = { { PR_SUBJECT_W, TRUE } };
    LONGLONG folder, none, b, a, view;
    struct db_row *rows;
    struct db_txn *txn;
    ULONG count;
    BOOL made;

    txn = database_write(db);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    none = add_text(txn, folder, NULL);
    b = add_text(txn, folder, u"beta");
    a = add_text(txn, folder, u"Alpha");
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, up, &made), S_OK);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, down, &made), S_OK);
    ck_assert(made);
    txn = database_read(db);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 1, up, &view), S_OK);
    unit_assert_hr(db_view_rows_at(txn, view, 0, FALSE, 10, &rows, &count), S_OK);
    ck_assert(count == 3 && rows[0].object == a && rows[1].object == b && rows[2].object == none);
    ck_assert_uint_eq(db_key_prefix(1, up, 1, rows[0].key, rows[0].key_size), rows[0].key_size);
    platform_free(rows);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 1, down, &view), S_OK);
    unit_assert_hr(db_view_rows_at(txn, view, 0, FALSE, 10, &rows, &count), S_OK);
    ck_assert(count == 3 && rows[0].object == b && rows[1].object == a && rows[2].object == none);
    ck_assert_uint_eq(db_key_prefix(1, down, 1, rows[0].key, rows[0].key_size), rows[0].key_size);
    ck_assert_uint_eq(db_key_prefix(1, down, 1, rows[2].key, rows[2].key_size), 1);
    platform_free(rows);
    db_rollback(txn);

    /* Another who orders text otherwise has made it. */
    database_exec(db, "UPDATE view SET collation=1");
    txn = database_write(db);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 1, up, &view), MAPI_E_NOT_FOUND);
    add_text(txn, folder, u"gamma");
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_int_eq(database_rows(db, "view"), 0);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, up, &made), S_OK);
    ck_assert(made);
}
END_TEST

/* An order that is used again and again outlives those that were looked at once. */
START_TEST(test_last_used)
{
    struct db_sort mine = { PROP_TAG(PT_LONG, 0x6100), FALSE }, other = mine;
    LONGLONG folder;
    struct db_txn *txn;
    BOOL made;
    ULONG i;

    txn = database_write(db);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    add_text(txn, folder, u"one");
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, &mine, &made), S_OK);
    ck_assert(made);
    for (i = 1; i <= 100; i++)
    {
        other.tag = PROP_TAG(PT_LONG, 0x6100 + i);
        unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, &other, &made), S_OK);
        ck_assert(made);
        unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, &mine, &made), S_OK);
        ck_assert(!made);
    }
    other.tag = PROP_TAG(PT_LONG, 0x6101);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, &other, &made), S_OK);
    ck_assert(made);
    ck_assert_int_eq(database_rows(db, "view"), 16);
}
END_TEST

START_TEST(test_instances)
{
    static const struct db_sort columns[] = { { PROP_TAG(PT_MV_LONG | MV_INSTANCE, 0x6001),
                                                FALSE } };
    LONG numbers[] = { 30, 10, 20 };
    struct db_props *props;
    LONGLONG folder, id, view;
    SPropValue value;
    struct db_row *rows;
    struct db_txn *txn;
    ULONG count;
    BOOL made;

    txn = database_write(db);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, columns, &made), S_OK);
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6001);
    value.Value.MVl.cValues = 3;
    value.Value.MVl.lpl = numbers;
    unit_assert_hr(db_props_create(&props), S_OK);
    unit_assert_hr(db_props_set(props, &value), S_OK);
    txn = database_write(db);
    id = database_add(txn, folder, DB_KIND_MESSAGE, DB_LIST_CONTENTS, props);
    unit_assert_hr(db_commit(txn), S_OK);
    txn = database_write(db);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 1, columns, &view), S_OK);
    unit_assert_hr(db_view_rows_at(txn, view, 0, FALSE, 10, &rows, &count), S_OK);
    ck_assert(count == 3 && rows[0].instance == 1 && rows[1].instance == 2
              && rows[2].instance == 0);
    platform_free(rows);
    value.Value.MVl.cValues = 1;
    unit_assert_hr(db_props_set(props, &value), S_OK);
    unit_assert_hr(db_object_save(txn, id, 0, props), S_OK);
    unit_assert_hr(db_view_object_rows(txn, view, id, &rows, &count), S_OK);
    ck_assert(count == 1 && rows[0].object == id && !rows[0].instance);
    platform_free(rows);
    unit_assert_hr(db_commit(txn), S_OK);
    db_props_destroy(props);
}
END_TEST

/* --- restrictions and searches --- */

static SRestriction contains(const WCHAR *text, SPropValue *value)
{
    SRestriction ret;

    memset(&ret, 0, sizeof(ret));
    memset(value, 0, sizeof(*value));
    value->ulPropTag = PR_SUBJECT_W;
    value->Value.lpszW = (WCHAR *)text;
    ret.rt = RES_CONTENT;
    ret.res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    ret.res.resContent.ulPropTag = PR_SUBJECT_W;
    ret.res.resContent.lpProp = value;
    return ret;
}

struct found
{
    ULONG count;
    LONGLONG ids[16];
};

static HRESULT found_row(void *context, const struct db_row *row)
{
    struct found *found = context;

    found->ids[found->count++] = row->object;
    return S_OK;
}

static BOOL computed(void *context, struct db_txn *txn, const struct db_object *object, ULONG tag,
                     SPropValue *value)
{
    if (tag != PR_ROW_TYPE) return FALSE;
    memset(value, 0, sizeof(*value));
    value->ulPropTag = tag;
    value->Value.l = (LONG)object->kind;
    return TRUE;
}

START_TEST(test_match)
{
    struct db_props *row, *attachment;
    LONGLONG folder, ids[3], view;
    struct db_row last;
    struct db_match match = { NULL, computed, NULL };
    SRestriction restriction, sub;
    struct found found;
    SPropValue value;
    struct db_txn *txn;
    BOOL made, done, matches;

    txn = database_write(db);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    ids[0] = add_text(txn, folder, u"The first one");
    ids[1] = add_text(txn, folder, u"A second");
    ids[2] = add_text(txn, folder, NULL);
    unit_assert_hr(db_props_create(&row), S_OK);
    unit_assert_hr(db_props_set_text(row, PR_SUBJECT, u"first"), S_OK);
    unit_assert_hr(db_recipients_save(txn, ids[1], &row, 1), S_OK);
    unit_assert_hr(db_props_create(&attachment), S_OK);
    unit_assert_hr(db_props_set_text(attachment, PR_SUBJECT, u"the first file"), S_OK);
    database_add(txn, ids[2], DB_KIND_ATTACHMENT, DB_LIST_ATTACHMENTS, attachment);
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 0, NULL, &made), S_OK);

    restriction = contains(u"FIRST", &value);
    match.restriction = &restriction;
    txn = database_read(db);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 0, NULL, &view), S_OK);
    memset(&found, 0, sizeof(found));
    unit_assert_hr(db_view_match(txn, view, &match, NULL, 0, found_row, &found, &last, &done),
                   S_OK);
    ck_assert(done && found.count == 1 && found.ids[0] == ids[0] && last.object == ids[2]);
    platform_free((void *)last.key);
    /* In steps. */
    memset(&found, 0, sizeof(found));
    match.restriction = NULL;
    unit_assert_hr(db_view_match(txn, view, &match, NULL, 2, found_row, &found, &last, &done),
                   S_OK);
    ck_assert(!done && found.count == 2);
    {
        struct db_row from = last;

        unit_assert_hr(db_view_match(txn, view, &match, &from, 2, found_row, &found, &last, &done),
                       S_OK);
        ck_assert(found.count == 3 && found.ids[2] == ids[2]);
        platform_free((void *)from.key);
        platform_free((void *)last.key);
    }
    /* Recipients and attachments. */
    memset(&sub, 0, sizeof(sub));
    sub.rt = RES_SUBRESTRICTION;
    sub.res.resSub.ulSubObject = PR_MESSAGE_RECIPIENTS;
    sub.res.resSub.lpRes = &restriction;
    match.restriction = &sub;
    unit_assert_hr(db_match_object(txn, &match, ids[1], &matches), S_OK);
    ck_assert(matches);
    unit_assert_hr(db_match_object(txn, &match, ids[0], &matches), S_OK);
    ck_assert(!matches);
    sub.res.resSub.ulSubObject = PR_MESSAGE_ATTACHMENTS;
    unit_assert_hr(db_match_object(txn, &match, ids[2], &matches), S_OK);
    ck_assert(matches);
    unit_assert_hr(db_match_object(txn, &match, ids[1], &matches), S_OK);
    ck_assert(!matches);
    /* What only the caller knows. */
    memset(&sub, 0, sizeof(sub));
    sub.rt = RES_EXIST;
    sub.res.resExist.ulPropTag = PR_ROW_TYPE;
    unit_assert_hr(db_match_object(txn, &match, ids[1], &matches), S_OK);
    ck_assert(matches);
    db_rollback(txn);
    db_props_destroy(row);
    db_props_destroy(attachment);
}
END_TEST

static ULONG results(LONGLONG search)
{
    struct db_txn *txn = database_read(db);
    ULONG total, marked;

    unit_assert_hr(db_tally(txn, search, DB_LIST_CONTENTS, &total, &marked), S_OK);
    db_rollback(txn);
    return total;
}

START_TEST(test_search)
{
    LONGLONG inbox, below, other, search, id, moved, *scope;
    SRestriction restriction, *again;
    ULONG count, flags, i;
    SPropValue value;
    struct db_txn *txn;
    struct db_filling filling = { 0 };
    BOOL done;

    txn = database_write(db);
    inbox = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    below = database_add(txn, inbox, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    other = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    search = database_add(txn, DB_ROOT, DB_KIND_SEARCH_FOLDER, DB_LIST_HIERARCHY, NULL);
    for (i = 0; i < 10; i++)
        add_text(txn, i % 2 ? inbox : below, i % 3 ? u"a red thing" : u"nothing");
    unit_assert_hr(db_search_get(txn, search, &memory_allocators, &again, &count, &scope, &flags),
                   MAPI_E_NOT_INITIALIZED);
    restriction = contains(u"red", &value);
    unit_assert_hr(db_search_set(txn, search, &restriction, 1, &inbox,
                                 DB_SEARCH_RECURSIVE | DB_SEARCH_RUNNING), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_uint_eq(results(search), 0);
    for (i = 0, done = FALSE; !done; i++)
        unit_assert_hr(db_search_step(db, search, 3, &filling, &done), S_OK);
    ck_assert_uint_eq(i, 4);
    ck_assert_uint_eq(results(search), 6);

    txn = database_write(db);
    unit_assert_hr(db_search_get(txn, search, &memory_allocators, &again, &count, &scope, &flags),
                   S_OK);
    ck_assert(count == 1 && scope[0] == inbox);
    ck_assert_uint_eq(flags, DB_SEARCH_RECURSIVE | DB_SEARCH_RUNNING | DB_SEARCH_COMPLETE);
    ck_assert_uint_eq(again->rt, RES_CONTENT);
    ck_assert(!text_compare_nocase(again->res.resContent.lpProp->Value.lpszW, u"red"));
    memory_free_buffer(again);
    platform_free(scope);

    /* It follows what is made, changed, moved, deleted. */
    id = add_text(txn, below, u"red");
    moved = add_text(txn, other, u"red");
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_uint_eq(results(search), 7);
    txn = database_write(db);
    unit_assert_hr(db_object_move(txn, moved, inbox, DB_LIST_CONTENTS), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_uint_eq(results(search), 8);
    txn = database_write(db);
    value.Value.lpszW = (WCHAR *)u"blue";
    unit_assert_hr(db_object_patch(txn, id, 1, &value, NULL), S_OK);
    unit_assert_hr(db_object_move(txn, moved, inbox, DB_LIST_CONTENTS | DB_LIST_DELETED), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_uint_eq(results(search), 6);
    assert_whole();
    txn = database_write(db);
    unit_assert_hr(db_object_delete(txn, below), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_uint_eq(results(search), 3);
    /* A folder goes elsewhere: the search begins anew. */
    txn = database_write(db);
    unit_assert_hr(db_object_move(txn, other, inbox, DB_LIST_HIERARCHY), S_OK);
    unit_assert_hr(db_search_get(txn, search, &memory_allocators, &again, &count, &scope, &flags),
                   S_OK);
    ck_assert(!(flags & DB_SEARCH_COMPLETE));
    memory_free_buffer(again);
    platform_free(scope);
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_search_step(db, search, 100, &filling, &done), S_OK);
    db_filling_free(&filling);
    ck_assert(done);
    ck_assert_uint_eq(results(search), 3);
    txn = database_write(db);
    unit_assert_hr(db_object_delete(txn, search), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_int_eq(database_rows(db, "link"), 0);
}
END_TEST

/* --- changes --- */

START_TEST(test_changes)
{
    struct db_change *changes;
    ULONGLONG before, after;
    LONGLONG folder, id;
    struct db_txn *txn;
    ULONG count, i;
    BOOL lost;

    txn = database_write(db);
    unit_assert_hr(db_change_last(txn, &before), S_OK);
    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    id = database_add(txn, folder, DB_KIND_MESSAGE, DB_LIST_CONTENTS, NULL);
    unit_assert_hr(db_object_move(txn, id, DB_ROOT, DB_LIST_ASSOCIATED), S_OK);
    unit_assert_hr(db_object_delete(txn, id), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    txn = database_read(db);
    unit_assert_hr(db_changes(txn, before, 100, &changes, &count, &lost), S_OK);
    ck_assert(count == 4 && !lost);
    ck_assert(changes[0].what == DB_CHANGE_CREATED && changes[0].object == folder);
    ck_assert(changes[2].what == DB_CHANGE_MOVED && changes[2].object == id
              && changes[2].parent == DB_ROOT && changes[2].old_parent == folder
              && changes[2].list == DB_LIST_ASSOCIATED && changes[2].old_list == DB_LIST_CONTENTS);
    ck_assert(changes[3].what == DB_CHANGE_DELETED && changes[3].parent == DB_ROOT);
    after = changes[3].sequence;
    platform_free(changes);
    db_rollback(txn);

    /* More than are kept. */
    txn = database_write(db);
    for (i = 0; i < 20000; i++)
        unit_assert_hr(db_object_mark(txn, folder, !(i & 1)), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_int_le(database_rows(db, "change"), 18000);
    txn = database_read(db);
    unit_assert_hr(db_changes(txn, after, 10, &changes, &count, &lost), S_OK);
    ck_assert(lost && count == 10);
    platform_free(changes);
    db_rollback(txn);
}
END_TEST

struct heard
{
    struct os_event *event;
    LONG volatile count;
    LONGLONG last;
    struct db_listener *listener;       /* ended within the call */
    ULONG thread;
    struct os_event *inside;            /* the call waits until it may return */
    struct os_event *go_on;
    LONG volatile returned;
};

static void hear(void *context, ULONG count, const struct db_change *changes, BOOL lost)
{
    struct heard *heard = context;

    heard->last = changes[count - 1].object;
    heard->thread = os_thread_id();
    __sync_fetch_and_add(&heard->count, count);
    if (heard->listener)
    {
        db_unlisten(heard->listener);
        heard->listener = NULL;
    }
    if (heard->inside)
    {
        os_event_set(heard->inside);
        os_event_wait(heard->go_on, 10000);
        heard->returned = TRUE;
    }
    os_event_set(heard->event);
}

START_TEST(test_listen)
{
    struct db_listener *listener;
    struct heard heard;
    struct db_txn *txn;
    LONGLONG id;

    memset(&heard, 0, sizeof(heard));
    heard.event = os_event_create(FALSE);
    unit_assert_hr(db_listen(db, hear, &heard, &listener), S_OK);
    txn = database_write(db);
    id = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert(os_event_wait(heard.event, 10000));
    ck_assert(heard.count == 1 && heard.last == id);

    /* What others commit. */
    database_exec(
        db, "INSERT INTO change SELECT sequence+1,2,kind,object,parent,list,0,0,0,top FROM change");
    ck_assert(os_event_wait(heard.event, 10000));
    ck_assert(heard.count == 2 && heard.last == id);
    db_unlisten(listener);

    unit_assert_hr(db_listen(db, hear, &heard, &heard.listener), S_OK);
    txn = database_write(db);
    database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert(os_event_wait(heard.event, 10000));
    ck_assert_int_eq(heard.count, 3);
    os_event_free(heard.event);
}
END_TEST

static void commit_one(void)
{
    struct db_txn *txn = database_write(db);

    database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_commit(txn), S_OK);
}

static void let_go(void *context)
{
    struct heard *heard = context;

    os_event_wait(heard->inside, 10000);
    os_event_set(heard->go_on);
}

/* One thread calls them all; each ends alone, and nobody is called after that. */
START_TEST(test_listeners)
{
    struct db_listener *listeners[3];
    struct heard heard[3];
    struct os_thread *thread;
    ULONG i;

    memset(heard, 0, sizeof(heard));
    for (i = 0; i < 3; i++)
    {
        heard[i].event = os_event_create(FALSE);
        unit_assert_hr(db_listen(db, hear, &heard[i], &listeners[i]), S_OK);
    }
    commit_one();
    for (i = 0; i < 3; i++) ck_assert(os_event_wait(heard[i].event, 10000));
    ck_assert(heard[0].thread == heard[1].thread && heard[1].thread == heard[2].thread);
    ck_assert(heard[0].thread != os_thread_id());

    /* The middle one within its call; the others go on. */
    heard[1].listener = listeners[1];
    commit_one();
    for (i = 0; i < 3; i++) ck_assert(os_event_wait(heard[i].event, 10000));
    commit_one();
    for (i = 0; i < 3; i += 2) ck_assert(os_event_wait(heard[i].event, 10000));
    ck_assert(heard[0].count == 3 && heard[1].count == 2 && heard[2].count == 3);

    /* While it is called: db_unlisten comes back after the call did. */
    heard[2].inside = os_event_create(FALSE);
    heard[2].go_on = os_event_create(FALSE);
    commit_one();
    ck_assert((thread = os_thread_start(let_go, &heard[2])) != NULL);
    ck_assert(os_event_wait(heard[2].event, 10000));
    os_thread_join(thread);
    heard[2].returned = FALSE;
    commit_one();
    ck_assert(os_event_wait(heard[2].inside, 10000));
    os_event_set(heard[2].inside);
    ck_assert((thread = os_thread_start(let_go, &heard[2])) != NULL);
    db_unlisten(listeners[2]);
    ck_assert(heard[2].returned);
    os_thread_join(thread);
    ck_assert(os_event_wait(heard[0].event, 10000));
    db_unlisten(listeners[0]);
    i = heard[0].count;
    commit_one();
    ck_assert(heard[0].count == (LONG)i && heard[1].count == 2 && heard[2].count == 5);

    for (i = 0; i < 3; i++) os_event_free(heard[i].event);
    os_event_free(heard[2].inside);
    os_event_free(heard[2].go_on);
}
END_TEST

Suite *dbview_suite(void)
{
    Suite *suite = suite_create("dbview");
    TCase *tests = tcase_create("dbview");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, test_view);
    tcase_add_test(tests, test_text_order);
    tcase_add_test(tests, test_last_used);
    tcase_add_test(tests, test_instances);
    tcase_add_test(tests, test_match);
    tcase_add_test(tests, test_search);
    tcase_add_test(tests, test_changes);
    tcase_add_test(tests, test_listen);
    tcase_add_test(tests, test_listeners);
    suite_add_tcase(suite, tests);
    return suite;
}
