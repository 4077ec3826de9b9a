/*
 * Units of the property database: the index of text against reading every message
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
 * The same restrictions by the index and by reading, over messages of random letters of several
 * scripts: what is found is the same, all of it or the first of a view. Then what becomes of the
 * index when messages change, when it is damaged, when it is not there, and when letters are folded
 * in another way.
 */

#include <stdio.h>
#include <stdlib.h>

#include "database.h"

#define MESSAGES 400
#define ROUNDS   400

static const struct db_sort by_subject[] = { { PR_SUBJECT_W, FALSE } };
static const struct db_sort by_time[][2] =
{
    { { PR_MESSAGE_DELIVERY_TIME, TRUE }, { PR_SUBJECT_W, FALSE } },
    { { PR_MESSAGE_DELIVERY_TIME, FALSE }, { PR_SUBJECT_W, FALSE } },
};

static struct db *db;
static LONGLONG folder, ids[MESSAGES];
static unsigned int seed;

static unsigned int random_below(unsigned int n)
{
    seed = seed * 1103515245 + 12345;
    return (seed >> 16 & 0x7fff) % n;
}

/* Few letters, so that patterns are found; marks, cases, halves of pairs, quotes. */
static void random_text(WCHAR *text, unsigned int length)
{
    static const WCHAR letters[] = u"aAbBcC \"*()\u00e4\u00c4\u00e9eE\u0301\u03b1\u0391\u0430\u0410"
                                   u"\u05d0\u3042\u4e2d\uac01\U0001f600\x01" u"\t\n";
    unsigned int i;

    for (i = 0; i < length; i++) text[i] = letters[random_below(ARRAY_SIZE(letters) - 1)];
    text[length] = 0;
}

static void set_random(struct db_props *props, ULONG tag, unsigned int most)
{
    WCHAR text[3000];

    random_text(text, random_below(most));
    unit_assert_hr(db_props_set_text(props, tag, text), S_OK);
}

/* Several of the same time, none, and what is no time that mail has. */
static void set_random_time(struct db_props *props)
{
    static const ULONGLONG odd[] = { 0, 1, 0x7fffffffffffffff, 0x8000000000000000, ~(ULONGLONG)0 };
    ULONGLONG time = 0x1d0000000000000;
    SPropValue value;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    if (!random_below(10)) time = odd[random_below(ARRAY_SIZE(odd))];
    else time += (ULONGLONG)random_below(MESSAGES / 4) << 32;
    value.Value.ft.dwLowDateTime = (DWORD)time;
    value.Value.ft.dwHighDateTime = (DWORD)(time >> 32);
    if (!random_below(20)) value.ulPropTag = CHANGE_PROP_TYPE(value.ulPropTag, PT_I8);
    if (random_below(10)) unit_assert_hr(db_props_set(props, &value), S_OK);
}

static struct db_props *random_props(void)
{
    struct db_props *props;

    unit_assert_hr(db_props_create(&props), S_OK);
    set_random(props, PR_SUBJECT, 12);
    set_random_time(props);
    if (random_below(2)) set_random(props, PR_SENDER_NAME, 10);
    /* Short, longer than the head, a long value. */
    if (random_below(2)) set_random(props, PR_BODY, random_below(10) ? 40 : 2900);
    return props;
}

static LONGLONG add_random(struct db_txn *txn)
{
    struct db_props *props = random_props(), *attachment, *row = NULL;
    struct db_object init;
    LONGLONG id;

    if (random_below(2))
    {
        unit_assert_hr(db_props_create(&row), S_OK);
        set_random(row, PR_DISPLAY_NAME, 10);
        set_random(row, PR_EMAIL_ADDRESS, 10);
    }
    memset(&init, 0, sizeof(init));
    init.parent = folder;
    init.kind = DB_KIND_MESSAGE;
    init.list = DB_LIST_CONTENTS;
    unit_assert_hr(db_object_create(txn, &init, props, &row, row ? 1 : 0, &id), S_OK);
    if (!random_below(3))
    {
        unit_assert_hr(db_props_create(&attachment), S_OK);
        set_random(attachment, PR_ATTACH_LONG_FILENAME, 10);
        database_add(txn, id, DB_KIND_ATTACHMENT, DB_LIST_ATTACHMENTS, attachment);
        db_props_destroy(attachment);
    }
    db_props_destroy(row);
    db_props_destroy(props);
    return id;
}

static void fill(void)
{
    struct db_txn *txn = database_write(db);
    unsigned int i;

    folder = database_add(txn, DB_ROOT, DB_KIND_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_commit(txn), S_OK);
    for (i = 0; i < MESSAGES; i++)
    {
        if (i % 50 == 0) txn = database_write(db);
        ids[i] = add_random(txn);
        if (i % 50 == 49) unit_assert_hr(db_commit(txn), S_OK);
    }
}

static void setup(void)
{
    seed = 1;
    db = database_create(DB_USE_STORE);
    unit_assert_hr(db_view_defaults(db, DB_LIST_CONTENTS, 1, by_subject), S_OK);
    unit_assert_hr(db_view_defaults(db, DB_LIST_CONTENTS, 2, by_time[0]), S_OK);
    unit_assert_hr(db_view_defaults(db, DB_LIST_CONTENTS, 2, by_time[1]), S_OK);
    fill();
}

static ULONG problems(void)
{
    ULONG ret;

    unit_assert_hr(db_check(database_wide_path(), NULL, &ret), S_OK);
    return ret;
}

static void teardown(void)
{
    db_release(db);
    database_remove();
    ck_assert_uint_eq(unit_live_blocks(), 0);
}

/* --- restrictions --- */

struct parts
{
    SRestriction res[64];
    SPropValue values[64];
    WCHAR texts[64][16];
    ULONG count;
};

static void random_content(struct parts *parts, SRestriction *res, const ULONG *tags, ULONG count)
{
    static const ULONG loose[] = { 0, FL_IGNORECASE, FL_IGNORENONSPACE, FL_LOOSE,
                                   FL_IGNORECASE | FL_IGNORENONSPACE };
    static const ULONG levels[] = { FL_SUBSTRING, FL_SUBSTRING, FL_SUBSTRING, FL_PREFIX,
                                    FL_FULLSTRING };
    const ULONG at = parts->count;

    memset(res, 0, sizeof(*res));
    random_text(parts->texts[at], random_below(6));
    parts->values[at].ulPropTag = tags[random_below(count)];
    parts->values[at].Value.lpszW = parts->texts[at];
    res->rt = RES_CONTENT;
    res->res.resContent.ulFuzzyLevel = levels[random_below(ARRAY_SIZE(levels))]
                                       | loose[random_below(ARRAY_SIZE(loose))];
    res->res.resContent.ulPropTag = parts->values[at].ulPropTag;
    res->res.resContent.lpProp = &parts->values[at];
    parts->count++;
}

static void random_restriction(struct parts *parts, SRestriction *res, unsigned int depth)
{
    static const ULONG message[] = { PR_SUBJECT_W, PR_SENDER_NAME_W, PR_BODY_W };
    static const ULONG recipient[] = { PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W };
    static const ULONG attachment[] = { PR_ATTACH_LONG_FILENAME_W };
    ULONG i, at;

    memset(res, 0, sizeof(*res));
    switch (depth < 3 && parts->count < 24 ? random_below(8) : 7)
    {
    case 0:
    case 1:
        res->rt = random_below(2) ? RES_AND : RES_OR;
        res->res.resAnd.cRes = 1 + random_below(3);
        at = parts->count;
        parts->count += res->res.resAnd.cRes;
        res->res.resAnd.lpRes = &parts->res[at];
        for (i = 0; i < res->res.resAnd.cRes; i++)
            random_restriction(parts, &parts->res[at + i], depth + 1);
        break;
    case 2:
        at = parts->count++;
        res->rt = RES_NOT;
        res->res.resNot.lpRes = &parts->res[at];
        random_restriction(parts, &parts->res[at], depth + 1);
        break;
    case 3:
    case 4:
        at = parts->count++;
        res->rt = RES_SUBRESTRICTION;
        res->res.resSub.lpRes = &parts->res[at];
        if (random_below(2))
        {
            res->res.resSub.ulSubObject = PR_MESSAGE_RECIPIENTS;
            random_content(parts, &parts->res[at], recipient, ARRAY_SIZE(recipient));
        }
        else
        {
            res->res.resSub.ulSubObject = PR_MESSAGE_ATTACHMENTS;
            random_content(parts, &parts->res[at], attachment, ARRAY_SIZE(attachment));
        }
        break;
    default:
        random_content(parts, res, message, ARRAY_SIZE(message));
    }
}

static int compare_id(const void *a, const void *b)
{
    const LONGLONG x = *(const LONGLONG *)a, y = *(const LONGLONG *)b;

    return (x > y) - (x < y);
}

/* What the index finds, and how many messages were looked at for it. */
struct found
{
    LONGLONG ids[MESSAGES];
    ULONG count, looked;
    LONGLONG last;
};

static HRESULT add_row(void *context, const struct db_row *row)
{
    struct found *found = context;

    ck_assert_uint_lt(found->count, MESSAGES);
    found->ids[found->count++] = row->object;
    return S_OK;
}

/* Nothing is computed here. */
static BOOL count_looked(void *context, struct db_txn *txn, const struct db_object *object,
                         ULONG tag, SPropValue *value)
{
    struct found *found = context;

    if (object->kind == DB_KIND_MESSAGE && object->id != found->last) found->looked++;
    if (object->kind == DB_KIND_MESSAGE) found->last = object->id;
    return FALSE;
}

static HRESULT find(struct db_txn *txn, const SRestriction *res, ULONGLONG wanted,
                    struct found *found)
{
    struct db_match match = { res, count_looked, found };
    struct db_bound bound;
    LONGLONG view;
    HRESULT hr;

    memset(found, 0, sizeof(*found));
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 1, by_subject, &view), S_OK);
    hr = db_text_match(txn, view, &match, wanted, add_row, found, &bound);
    ck_assert(hr == S_OK || hr == S_FALSE);
    ck_assert_uint_eq(bound.size, 0);
    if (hr == S_OK) qsort(found->ids, found->count, sizeof(*found->ids), compare_id);
    return hr;
}

/* The index finds each message that matches, and no other. Returns how many did. */
static ULONG compare(struct db_txn *txn, const SRestriction *res, ULONG round, BOOL *said)
{
    struct db_match match = { res, NULL, NULL };
    struct found found;
    ULONG i, matched = 0;
    BOOL matches;

    *said = find(txn, res, ~(ULONGLONG)0, &found) == S_OK;
    for (i = 0; i < MESSAGES; i++)
    {
        if (!ids[i]) continue;
        unit_assert_hr(db_match_object(txn, &match, ids[i], &matches), S_OK);
        matched += matches;
        if (*said)
            unit_assert_row(round, !bsearch(&ids[i], found.ids, found.count, sizeof(*found.ids),
                                            compare_id) == !matches);
    }
    if (*said) unit_assert_row(round, found.count == matched);
    return matched;
}

/* Returns how often the index said something that was of use. */
static ULONG compare_many(ULONG rounds)
{
    ULONG round, matched, useful = 0, hits = 0;
    struct db_txn *txn = database_read(db);
    struct parts parts;
    SRestriction res;
    BOOL said;

    for (round = 0; round < rounds; round++)
    {
        memset(&parts, 0, sizeof(parts));
        random_restriction(&parts, &res, 0);
        matched = compare(txn, &res, round, &said);
        if (!said) continue;
        useful++;
        hits += matched;
    }
    db_rollback(txn);
    if (useful && rounds == ROUNDS) ck_assert_uint_gt(hits, 0);
    return useful;
}

/* --- the first of a view --- */

/* What is given of a view, by the ids of messages from the first on. */
struct given
{
    BYTE seen[16 * MESSAGES];
};

static HRESULT add_given(void *context, const struct db_row *row)
{
    const LONGLONG at = row->object - ids[0];
    struct given *given = context;

    ck_assert(at >= 0 && at < (LONGLONG)ARRAY_SIZE(given->seen));
    given->seen[at] = 1;
    return S_OK;
}

/* What is given matches, and of what matches nothing up to the bound is missing. Returns whether
 * the index says, *bounded: not to the end. */
static BOOL compare_first(struct db_txn *txn, const SRestriction *res, const struct db_sort *order,
                          ULONG wanted, ULONG round, BOOL *bounded)
{
    struct db_match match = { res, NULL, NULL };
    struct given given = { 0 };
    struct db_bound bound;
    struct db_row *rows;
    ULONG count, i, shown = 0, matched = 0;
    LONGLONG view;
    BOOL matches, within;
    HRESULT hr;

    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 2, order, &view), S_OK);
    hr = db_text_match(txn, view, &match, wanted, add_given, &given, &bound);
    ck_assert(hr == S_OK || hr == S_FALSE);
    if (hr == S_FALSE) return FALSE;
    unit_assert_hr(db_view_rows_at(txn, view, 0, FALSE, 16 * MESSAGES, &rows, &count), S_OK);
    for (i = 0; i < count; i++)
    {
        unit_assert_hr(db_match_object(txn, &match, rows[i].object, &matches), S_OK);
        within = !bound.size
                 || memcmp(rows[i].key, bound.key, min(rows[i].key_size, bound.size)) <= 0;
        unit_assert_row(round, matches || !given.seen[rows[i].object - ids[0]]);
        unit_assert_row(round, !(matches && within) || given.seen[rows[i].object - ids[0]]);
        matched += matches;
        shown += matches && within;
    }
    platform_free(rows);
    unit_assert_row(round, shown >= min(wanted, matched));
    *bounded = bound.size != 0;
    return TRUE;
}

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

/* Whether the index says where a text is, and how many messages it names. */
static BOOL says(const WCHAR *text, ULONG *named)
{
    struct db_txn *txn = database_read(db);
    SPropValue value;
    SRestriction res = contains(text, &value);
    struct found found;
    HRESULT hr = find(txn, &res, ~(ULONGLONG)0, &found);

    db_rollback(txn);
    *named = found.looked;
    return hr == S_OK;
}

static void patch_subject(struct db_txn *txn, LONGLONG id, const WCHAR *text)
{
    SPropValue value;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_SUBJECT_W;
    value.Value.lpszW = (WCHAR *)text;
    unit_assert_hr(db_object_patch(txn, id, 1, &value, NULL), S_OK);
}

static void set_subject(LONGLONG id, const WCHAR *text)
{
    struct db_txn *txn = database_write(db);

    patch_subject(txn, id, text);
    unit_assert_hr(db_commit(txn), S_OK);
}

/* One in so many has the first, the others the second. */
static void set_subjects(ULONG step, const WCHAR *first, const WCHAR *second)
{
    struct db_txn *txn = database_write(db);
    ULONG i;

    for (i = 0; i < MESSAGES; i++)
        if (i % step == 0 || second) patch_subject(txn, ids[i], i % step ? second : first);
    unit_assert_hr(db_commit(txn), S_OK);
}

static void compact(void)
{
    db_release(db);
    unit_assert_hr(db_compact(database_wide_path()), S_OK);
    unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, 0, &db), S_OK);
}

START_TEST(test_random)
{
    /* Each commit has left few behind. */
    ck_assert_int_ge(database_rows(db, "text_doc"), MESSAGES - 100);
    ck_assert_uint_gt(compare_many(ROUNDS), ROUNDS / 20);
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

START_TEST(test_changes)
{
    static const WCHAR name[] = u"zebra.txt";
    struct db_props *props;
    struct db_txn *txn;
    ULONG named, i, before;
    LONGLONG id, copy;

    ck_assert(says(u"zebra", &named));
    before = named;
    set_subject(ids[3], u"a Zebra");
    ck_assert(says(u"zebra", &named) && named <= before + 1);
    for (i = 0; i < MESSAGES; i++)
    {
        switch (random_below(5))
        {
        case 0:
            txn = database_write(db);
            unit_assert_hr(db_object_delete(txn, ids[i]), S_OK);
            unit_assert_hr(db_commit(txn), S_OK);
            ids[i] = 0;
            break;
        case 1:
            txn = database_write(db);
            props = random_props();
            unit_assert_hr(db_object_save(txn, ids[i], 0, props), S_OK);
            db_props_destroy(props);
            unit_assert_hr(db_commit(txn), S_OK);
            break;
        case 2:
            unit_assert_hr(db_props_create(&props), S_OK);
            set_random(props, PR_DISPLAY_NAME, 10);
            txn = database_write(db);
            unit_assert_hr(db_recipients_save(txn, ids[i], &props, 1), S_OK);
            unit_assert_hr(db_commit(txn), S_OK);
            db_props_destroy(props);
            break;
        case 3:
            txn = database_write(db);
            unit_assert_hr(db_object_copy(txn, ids[i], folder, DB_LIST_CONTENTS, &copy), S_OK);
            unit_assert_hr(db_object_delete(txn, ids[i]), S_OK);
            unit_assert_hr(db_commit(txn), S_OK);
            ids[i] = copy;
            break;
        }
    }
    compare_many(ROUNDS);
    unit_assert_hr(db_text_update(db, MESSAGES), S_OK);
    ck_assert_uint_gt(compare_many(ROUNDS), 0);

    /* The name of an attachment that comes later, is changed and goes. */
    for (i = 0; !ids[i]; i++) { }
    unit_assert_hr(db_props_create(&props), S_OK);
    unit_assert_hr(db_props_set_text(props, PR_ATTACH_LONG_FILENAME, name), S_OK);
    txn = database_write(db);
    id = database_add(txn, ids[i], DB_KIND_ATTACHMENT, DB_LIST_ATTACHMENTS, props);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert(says(u"zebra", &named) && named >= 1);
    txn = database_write(db);
    unit_assert_hr(db_props_set_text(props, PR_ATTACH_LONG_FILENAME, u"gnu.txt"), S_OK);
    unit_assert_hr(db_object_save(txn, id, 0, props), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    db_props_destroy(props);
    ck_assert_uint_eq(problems(), 0);

    /* What is read or marked is not indexed again. */
    while (database_rows(db, "text_todo WHERE state=0") >= 64)
        unit_assert_hr(db_text_update(db, 4096), S_OK);
    named = (ULONG)database_rows(db, "text_todo");
    txn = database_write(db);
    for (i = 0; i < MESSAGES; i++)
        if (ids[i]) unit_assert_hr(db_object_mark(txn, ids[i], TRUE), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    ck_assert_uint_eq(database_rows(db, "text_todo"), named);
}
END_TEST

/* Where many match, the first are sooner found in the view; all of them are not, nor are few. */
START_TEST(test_detour)
{
    struct db_txn *txn;
    struct found found;
    SPropValue value;
    SRestriction res;

    set_subjects(50, u"a zebra", u"a gnu");
    compact();
    txn = database_read(db);
    res = contains(u"gnu", &value);
    ck_assert(find(txn, &res, 10, &found) == S_FALSE);
    ck_assert_uint_ge(found.count, 100);
    ck_assert_uint_lt(found.count, MESSAGES / 2);
    ck_assert(find(txn, &res, ~(ULONGLONG)0, &found) == S_OK);
    ck_assert_uint_eq(found.count, MESSAGES - MESSAGES / 50);
    res = contains(u"zebra", &value);
    ck_assert(find(txn, &res, 10, &found) == S_OK);
    ck_assert_uint_eq(found.count, MESSAGES / 50);
    db_rollback(txn);
}
END_TEST

/* In both directions of time, whatever is indexed, and in every number. */
START_TEST(test_first)
{
    ULONG round, useful = 0, bounded_count = 0;
    struct parts parts;
    struct db_txn *txn;
    SPropValue value;
    SRestriction res;
    BOOL bounded;

    set_subjects(3, u"a zebra", NULL);
    for (round = 0; round < 2 * ROUNDS; round++)
    {
        /* Some wait; then none do. */
        if (round == ROUNDS) unit_assert_hr(db_text_update(db, 4096), S_OK);
        memset(&parts, 0, sizeof(parts));
        if (round % 4) random_restriction(&parts, &res, 0);
        else res = contains(u"zeb", &value);
        txn = database_read(db);
        if (compare_first(txn, &res, by_time[round & 1], 1 + random_below(20), round, &bounded))
        {
            useful++;
            bounded_count += bounded;
        }
        db_rollback(txn);
    }
    ck_assert_uint_gt(useful, ROUNDS / 4);
    ck_assert_uint_gt(bounded_count, ROUNDS / 8);
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

/* A message whose time alone changes has another place. */
START_TEST(test_first_moves)
{
    SPropValue value, time;
    struct db_txn *txn;
    SRestriction res;
    BOOL bounded;
    ULONG i;

    set_subjects(1, u"a zebra", NULL);
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    memset(&time, 0, sizeof(time));
    time.ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    res = contains(u"zebra", &value);
    for (i = 0; i < 2; i++)
    {
        time.Value.ft.dwHighDateTime = i ? 1 : 0x1e00000;
        txn = database_write(db);
        unit_assert_hr(db_object_patch(txn, ids[7], 1, &time, NULL), S_OK);
        unit_assert_hr(db_commit(txn), S_OK);
        txn = database_read(db);
        ck_assert(compare_first(txn, &res, by_time[i], 5, i, &bounded) && bounded);
        db_rollback(txn);
        unit_assert_hr(db_text_update(db, 4096), S_OK);
        txn = database_read(db);
        ck_assert(compare_first(txn, &res, by_time[i], 5, i, &bounded) && bounded);
        db_rollback(txn);
    }
    ck_assert_uint_eq(problems(), 0);
    database_exec(db, "UPDATE text_doc SET time=time+1 WHERE doc="
                      "(SELECT max(doc) FROM text_doc WHERE time IS NOT NULL)");
    ck_assert_uint_eq(problems(), 1);
}
END_TEST

/* So many are named that the view has the first of them sooner. */
START_TEST(test_first_detour)
{
    struct given given;
    struct db_match match = { NULL, NULL, NULL };
    struct db_bound bound;
    struct db_txn *txn;
    SPropValue value;
    SRestriction res;
    LONGLONG view;
    BOOL bounded;
    ULONG i;

    txn = database_write(db);
    for (i = 0; i < 2 * MESSAGES + MESSAGES / 2; i++)
        patch_subject(txn, add_random(txn), i % 40 ? u"a gnu" : u"a zebra");
    unit_assert_hr(db_commit(txn), S_OK);
    set_subjects(1, u"a gnu", NULL);
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    txn = database_read(db);
    unit_assert_hr(db_view_find(txn, folder, DB_LIST_CONTENTS, 2, by_time[0], &view), S_OK);
    res = contains(u"gnu", &value);
    match.restriction = &res;
    ck_assert(db_text_match(txn, view, &match, 10, add_given, &given, &bound) == S_FALSE);
    ck_assert(db_text_match(txn, view, &match, ~(ULONGLONG)0, add_given, &given, &bound) == S_OK);
    ck_assert_uint_eq(bound.size, 0);
    res = contains(u"zebra", &value);
    ck_assert(compare_first(txn, &res, by_time[0], 5, 0, &bounded) && bounded);
    db_rollback(txn);
}
END_TEST

/* More text than is indexed is read, and found. */
START_TEST(test_large)
{
    const size_t length = 0x90000;
    WCHAR *text = malloc((length + 8) * sizeof(*text));
    struct db_txn *txn;
    SPropValue value;
    ULONG named, i;
    size_t j;

    for (j = 0; j < length; j++) text[j] = 'x';
    memcpy(text + length, u"okapi", 6 * sizeof(*text));
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_BODY_W;
    value.Value.lpszW = text;
    txn = database_write(db);
    unit_assert_hr(db_object_patch(txn, ids[0], 1, &value, NULL), S_OK);
    for (i = 1; i < 100; i++)
    {
        db_object_delete(txn, ids[i]);
        ids[i] = add_random(txn);
    }
    unit_assert_hr(db_commit(txn), S_OK);
    free(text);
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    ck_assert_int_eq(database_rows(db, "text_todo WHERE state=1"), 1);
    ck_assert(says(u"okapi", &named) && named >= 1);
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

START_TEST(test_search_folder)
{
    ULONG total, marked, matched, round;
    LONGLONG search;
    struct parts parts;
    SRestriction res;
    struct db_txn *txn;
    struct db_filling filling;
    BOOL done, said;

    for (round = 0; round < 60; round++)
    {
        memset(&parts, 0, sizeof(parts));
        random_restriction(&parts, &res, 0);
        txn = database_write(db);
        search = database_add(txn, DB_ROOT, DB_KIND_SEARCH_FOLDER, DB_LIST_HIERARCHY, NULL);
        unit_assert_hr(db_search_set(txn, search, &res, 1, &folder,
                                     round & 1 ? DB_SEARCH_RUNNING : 0), S_OK);
        unit_assert_hr(db_commit(txn), S_OK);
        memset(&filling, 0, sizeof(filling));
        do unit_assert_hr(db_search_step(db, search, 7, &filling, &done), S_OK);
        while (!done);
        db_filling_free(&filling);
        txn = database_read(db);
        matched = compare(txn, &res, round, &said);
        unit_assert_hr(db_tally(txn, search, DB_LIST_CONTENTS, &total, &marked), S_OK);
        db_rollback(txn);
        unit_assert_row(round, total == matched);
    }
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

/* Whether a message stands among a search's results. */
static BOOL is_result(struct db_txn *txn, LONGLONG search, LONGLONG id)
{
    BOOL linked;

    unit_assert_hr(db_is_linked(txn, id, search, DB_LIST_CONTENTS, &linked), S_OK);
    return linked;
}

/* While a search is filled, messages come, go, and begin or cease to match: nothing is lost and
 * nothing double, and the index is asked once. Another who takes a step, or new criteria, count. */
START_TEST(test_search_meanwhile)
{
    ULONG total, marked, round, i, at = 0, matched = 0;
    struct db_filling filling = { 0 }, other = { 0 };
    const LONGLONG *asked = NULL;
    LONGLONG search;
    struct db_match match;
    SRestriction res;
    struct db_txn *txn;
    SPropValue value;
    BOOL done = FALSE, matches;

    res = contains(u"zebra", &value);
    memset(&match, 0, sizeof(match));
    match.restriction = &res;
    set_subjects(2, u"a zebra", NULL);
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    txn = database_write(db);
    search = database_add(txn, DB_ROOT, DB_KIND_SEARCH_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_search_set(txn, search, &res, 1, &folder, DB_SEARCH_RUNNING), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    for (round = 0; !done; round++)
    {
        if (round == 12) unit_assert_hr(db_search_step(db, search, 7, &other, &done), S_OK);
        unit_assert_hr(db_search_step(db, search, 7, &filling, &done), S_OK);
        ck_assert(!filling.by_reading);
        if (round < 12) ck_assert(!round || filling.ids == asked);
        asked = filling.ids;
        /* Before what has been looked at, and behind it. */
        for (i = 0; i < 8; i++)
        {
            at = (at + 37) % MESSAGES;
            if (!ids[at]) continue;
            switch (i)
            {
            case 0:
            case 1:
                set_subject(ids[at], u"a zebra");
                break;
            case 2:
            case 3:
                set_subject(ids[at], u"a gnu");
                break;
            case 4:
                txn = database_write(db);
                unit_assert_hr(db_object_delete(txn, ids[at]), S_OK);
                ids[at] = add_random(txn);
                unit_assert_hr(db_commit(txn), S_OK);
                set_subject(ids[at], u"another zebra");
                break;
            case 5:
                txn = database_write(db);
                unit_assert_hr(db_object_delete(txn, ids[at]), S_OK);
                ids[at] = 0;
                unit_assert_hr(db_commit(txn), S_OK);
                break;
            }
        }
    }
    ck_assert_uint_gt(round, 12);
    txn = database_read(db);
    for (i = 0; i < MESSAGES; i++)
    {
        if (!ids[i]) continue;
        unit_assert_hr(db_match_object(txn, &match, ids[i], &matches), S_OK);
        unit_assert_row(i, is_result(txn, search, ids[i]) == matches);
        matched += matches;
    }
    unit_assert_hr(db_tally(txn, search, DB_LIST_CONTENTS, &total, &marked), S_OK);
    db_rollback(txn);
    ck_assert_uint_eq(total, matched);
    ck_assert_uint_gt(matched, 50);

    /* Other criteria, in the middle. */
    txn = database_write(db);
    unit_assert_hr(db_search_set(txn, search, &res, 1, &folder, DB_SEARCH_RUNNING), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_search_step(db, search, 7, &filling, &done), S_OK);
    ck_assert(!done);
    value.Value.lpszW = (WCHAR *)u"gnu";
    txn = database_write(db);
    unit_assert_hr(db_search_set(txn, search, &res, 1, &folder, DB_SEARCH_RUNNING), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    while (!done) unit_assert_hr(db_search_step(db, search, 7, &filling, &done), S_OK);
    txn = database_read(db);
    for (i = 0, matched = 0; i < MESSAGES; i++)
    {
        if (!ids[i]) continue;
        unit_assert_hr(db_match_object(txn, &match, ids[i], &matches), S_OK);
        unit_assert_row(i, is_result(txn, search, ids[i]) == matches);
        matched += matches;
    }
    db_rollback(txn);
    ck_assert_uint_gt(matched, 5);
    db_filling_free(&filling);
    db_filling_free(&other);
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

START_TEST(test_damage)
{
    struct db_txn *txn;
    char text[256];
    SPropValue value;
    SRestriction res;
    LONGLONG search;
    ULONG named, marked;
    struct db_filling filling = { 0 };
    BOOL done;

    ck_assert(says(u"zebra", &named));
    set_subject(ids[3], u"a Zebra");
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    /* What is missing in it is told. */
    database_exec(db, "DELETE FROM text_doc WHERE doc=(SELECT min(doc) FROM text_doc)");
    ck_assert_uint_eq(problems(), 1);
    database_exec(db, "INSERT INTO text_todo SELECT 0,id FROM object WHERE kind=4 AND id NOT IN"
                      " (SELECT object FROM text_doc) AND id NOT IN (SELECT object FROM text_todo)");
    ck_assert_uint_eq(problems(), 0);

    /* So is a document that is another message's. */
    snprintf(text, sizeof(text), "UPDATE text_doc SET object=-object WHERE object IN (%lld,%lld);"
             "UPDATE text_doc SET object=%lld+object WHERE object<0", (long long)ids[3],
             (long long)ids[200], (long long)(ids[3] + ids[200]));
    compact();
    database_exec(db, text);
    ck_assert_uint_eq(problems(), 2);
    database_exec(db, text);
    ck_assert_uint_eq(problems(), 0);

    database_exec(db, "UPDATE fulltext_data SET block=x'ffffffffffffffff'");
    database_reopen(&db);
    ck_assert_uint_gt(problems(), 0);
    ck_assert(!says(u"zebra", &named));
    /* Searching goes on, by reading, inside a transaction that writes as well. */
    res = contains(u"zebra", &value);
    txn = database_write(db);
    search = database_add(txn, DB_ROOT, DB_KIND_SEARCH_FOLDER, DB_LIST_HIERARCHY, NULL);
    unit_assert_hr(db_search_set(txn, search, &res, 1, &folder, 0), S_OK);
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_search_step(db, search, 1000, &filling, &done), S_OK);
    db_filling_free(&filling);
    ck_assert(done);
    txn = database_read(db);
    unit_assert_hr(db_tally(txn, search, DB_LIST_CONTENTS, &named, &marked), S_OK);
    db_rollback(txn);
    ck_assert_uint_eq(named, 1);
    /* So does saving; who searches makes it anew. */
    txn = database_write(db);
    for (named = 0; named < 100; named++)
    {
        db_object_delete(txn, ids[named]);
        ids[named] = add_random(txn);
    }
    unit_assert_hr(db_commit(txn), S_OK);
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    ck_assert(says(u"zebra", &named));
    ck_assert_uint_gt(compare_many(ROUNDS), 0);
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

/* Of one piece, with nobody's documents gone, and whole. */
static void assert_compact(void)
{
    ck_assert_int_eq(database_rows(db, "(SELECT DISTINCT segid FROM fulltext_idx)"), 1);
    ck_assert_int_eq(database_rows(db, "text_todo WHERE state=0"), 0);
    ck_assert_int_eq(database_rows(db, "text_doc"), MESSAGES);
    ck_assert_int_eq(database_rows(db, "sqlite_sequence WHERE name='text_doc' AND seq*4<=5*"
                                       "(SELECT count(*) FROM text_doc)"), 1);
    compare_many(ROUNDS / 16);
    ck_assert_uint_eq(problems(), 0);
}

START_TEST(test_compact)
{
    ULONG named;

    ck_assert_int_gt(database_rows(db, "(SELECT DISTINCT segid FROM fulltext_idx)"), 1);
    compact();
    assert_compact();
    set_subject(ids[3], u"a Zebra");
    compact();
    assert_compact();
    ck_assert(says(u"zebra", &named) && named >= 1);
    /* What changes leaves documents behind. */
    set_subjects(1, u"a gnu", NULL);
    set_subject(ids[3], u"a Zebra");
    compact();
    assert_compact();
    /* A damaged one, and one of other letters, is made anew. */
    database_exec(db, "UPDATE fulltext_data SET block=x'ffffffffffffffff'");
    database_reopen(&db);
    ck_assert(!says(u"zebra", &named));
    compact();
    assert_compact();
    ck_assert(says(u"zebra", &named) && named == 1);
    database_exec(db, "UPDATE meta SET value=value+2 WHERE name='fold'");
    compact();
    assert_compact();
    ck_assert(says(u"zebra", &named) && named == 1);
}
END_TEST

START_TEST(test_repair)
{
    BOOL made;

    db_release(db);
    unit_assert_hr(db_repair(database_wide_path(), NULL), S_OK);
    unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, 0, &db), S_OK);
    unit_assert_hr(db_view_ensure(db, folder, DB_LIST_CONTENTS, 1, by_subject, &made), S_OK);
    compare_many(ROUNDS / 4);
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    ck_assert_uint_gt(compare_many(ROUNDS), 0);
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

/* A file of the first version has none, one of the second an index without times: they get one. */
START_TEST(test_upgrade)
{
    ULONG named;

    db_release(db);
    if (!_i)
        database_exec(NULL, "DROP TABLE fulltext; DROP TABLE text_doc; DROP TABLE text_todo;"
                            "DELETE FROM meta WHERE name='fold'; PRAGMA user_version=1");
    else
        database_exec(NULL, "ALTER TABLE text_doc DROP COLUMN time; PRAGMA user_version=2");
    unit_assert_hr(db_open(database_wide_path(), DB_USE_STORE, DB_READ_ONLY, &db), S_OK);
    ck_assert(!says(u"zebra", &named));
    ck_assert_uint_eq(problems(), 0);
    database_reopen(&db);
    ck_assert_int_eq(database_rows(db, "text_todo"), MESSAGES);
    compare_many(ROUNDS / 4);
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    ck_assert_uint_gt(compare_many(ROUNDS), 0);
    ck_assert_uint_eq(problems(), 0);
}
END_TEST

/* Another system made it, which folds letters otherwise. */
START_TEST(test_folding)
{
    ULONG named;

    database_exec(db, "UPDATE meta SET value=value+2 WHERE name='fold'");
    ck_assert(!says(u"zebra", &named));
    unit_assert_hr(db_text_update(db, 4096), S_OK);
    ck_assert(says(u"zebra", &named));
    ck_assert_uint_gt(compare_many(ROUNDS), 0);
}
END_TEST

Suite *fulltext_suite(void)
{
    Suite *suite = suite_create("fulltext");
    TCase *tests = tcase_create("fulltext");

    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_random);
    tcase_add_test(tests, test_changes);
    tcase_add_test(tests, test_detour);
    tcase_add_test(tests, test_first);
    tcase_add_test(tests, test_first_moves);
    tcase_add_test(tests, test_first_detour);
    tcase_add_test(tests, test_large);
    tcase_add_test(tests, test_search_folder);
    tcase_add_test(tests, test_search_meanwhile);
    tcase_add_test(tests, test_damage);
    tcase_add_test(tests, test_compact);
    tcase_add_test(tests, test_repair);
    tcase_add_loop_test(tests, test_upgrade, 0, 2);
    tcase_add_test(tests, test_folding);
    suite_add_tcase(suite, tests);
    return suite;
}
