/*
 * Units of wire.c
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

/* Each kind of value is written, read, and written again, which has to give the same bytes. Then
 * the bytes are cut and changed at every place: whatever comes of it, nothing is read that is not
 * there and nothing is left over. */

#include "samples.h"
#include "core/wire.h"

static BYTE id_a[] = "an entry identifier..", id_b[] = "another";
static GUID guids[] = { { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } }, { 12 } };

typedef void (*pass_function)(struct wire *wire, void **value);

static void pass_props(struct wire *wire, void **value)
{
    wire_props(wire, sample_count, (SPropValue **)value);
}

static void pass_tags(struct wire *wire, void **value)
{
    wire_tags(wire, (SPropTagArray **)value);
}

static void pass_problems(struct wire *wire, void **value)
{
    wire_problems(wire, (SPropProblemArray **)value);
}

static void pass_sort(struct wire *wire, void **value)
{
    wire_sort(wire, (SSortOrderSet **)value);
}

static void pass_restriction(struct wire *wire, void **value)
{
    wire_restriction(wire, (SRestriction **)value);
}

static void pass_entries(struct wire *wire, void **value)
{
    wire_entries(wire, (ENTRYLIST **)value);
}

static void pass_names(struct wire *wire, void **value)
{
    wire_names(wire, 3, (MAPINAMEID ***)value);
}

static void pass_error(struct wire *wire, void **value)
{
    wire_error(wire, MAPI_UNICODE, (MAPIERROR **)value);
}

static void pass_notifications(struct wire *wire, void **value)
{
    wire_notifications(wire, 6, (NOTIFICATION **)value);
}

static void pass_rows(struct wire *wire, void **value)
{
    wire_rows(wire, (SRowSet **)value);
}

static void pass_guids(struct wire *wire, void **value)
{
    wire_array(wire, ARRAY_SIZE(guids), sizeof(guids[0]), value);
}

static void pass_ansi(struct wire *wire, void **value)
{
    BOOL unicode = FALSE;

    wire_text(wire, &unicode, value);
}

static void pass_unicode(struct wire *wire, void **value)
{
    BOOL unicode = TRUE;

    wire_text(wire, &unicode, value);
}

static SRestriction *make_restriction(void)
{
    static SRestriction leaves[8], root, not, sub, comment, count;
    static SPropValue text = { PROP_TAG(PT_STRING8, 0x10) }, number = { PROP_TAG(PT_LONG, 0x11) };

    text.Value.lpszA = (char *)"text";
    number.Value.l = 5;
    leaves[0] = (SRestriction){ RES_CONTENT, .res.resContent = { FL_PREFIX, PROP_TAG(PT_STRING8, 0x10), &text }};
    leaves[1] = (SRestriction){ RES_PROPERTY, .res.resProperty = { RELOP_GE, PROP_TAG(PT_LONG, 0x11), &number }};
    leaves[2] = (SRestriction){ RES_COMPAREPROPS, .res.resCompareProps = { RELOP_EQ, 0x120003, 0x130003 }};
    leaves[3] = (SRestriction){ RES_BITMASK, .res.resBitMask = { BMR_NEZ, 0x120003, 7 }};
    leaves[4] = (SRestriction){ RES_SIZE, .res.resSize = { RELOP_LT, 0x12001e, 100 }};
    leaves[5] = (SRestriction){ RES_EXIST, .res.resExist = { 0, 0x12001e, 0 }};
    sub = leaves[5];
    leaves[6] = (SRestriction){ RES_SUBRESTRICTION, .res.resSub = { PR_MESSAGE_RECIPIENTS, &sub }};
    comment = leaves[1];
    leaves[7] = (SRestriction){ RES_COMMENT, .res.resComment = { 1, &comment, &number }};
    root = (SRestriction){ RES_OR, .res.resOr = { 8, leaves }};
    count = (SRestriction){ RES_COUNT, .res.resCount = { 3, &root }};
    not = (SRestriction){ RES_NOT, .res.resNot = { 0, &count }};
    return &not;
}

static NOTIFICATION *make_notifications(void)
{
    static NOTIFICATION n[6];
    static MAPIERROR error;
    static SizedSPropTagArray(2, tags) = { 2, { PR_SUBJECT_A, PR_ENTRYID } };

    memset(n, 0, sizeof(n));
    error.lpszError = (char *)"words";
    n[0].ulEventType = fnevCriticalError;
    n[0].info.err.cbEntryID = 21;
    n[0].info.err.lpEntryID = (ENTRYID *)id_a;
    n[0].info.err.scode = MAPI_E_NO_ACCESS;
    n[0].info.err.lpMAPIError = &error;
    n[1].ulEventType = fnevNewMail;
    n[1].info.newmail.cbEntryID = 21;
    n[1].info.newmail.lpEntryID = (ENTRYID *)id_a;
    n[1].info.newmail.ulFlags = MAPI_UNICODE;
    n[1].info.newmail.lpszMessageClass = (char *)u"IPM.Note";
    n[2].ulEventType = fnevObjectMoved;
    n[2].info.obj.cbEntryID = 21;
    n[2].info.obj.lpEntryID = (ENTRYID *)id_a;
    n[2].info.obj.cbOldParentID = 7;
    n[2].info.obj.lpOldParentID = (ENTRYID *)id_b;
    n[2].info.obj.lpPropTagArray = (SPropTagArray *)&tags;
    n[3].ulEventType = fnevTableModified;
    n[3].info.tab.ulTableEvent = TABLE_ROW_ADDED;
    n[3].info.tab.propIndex.ulPropTag = PR_INSTANCE_KEY;
    n[3].info.tab.propIndex.Value.bin.cb = 7;
    n[3].info.tab.propIndex.Value.bin.lpb = id_b;
    n[3].info.tab.propPrior.ulPropTag = PR_NULL;
    n[3].info.tab.row.cValues = sample_count;
    n[3].info.tab.row.lpProps = (SPropValue *)sample_props;
    n[4].ulEventType = fnevExtended;
    n[4].info.ext.ulEvent = 3;
    n[4].info.ext.cb = 7;
    n[4].info.ext.pbEventParameters = id_b;
    n[5].ulEventType = fnevStatusObjectModified;
    n[5].info.statobj.cValues = 2;
    n[5].info.statobj.lpPropVals = (SPropValue *)sample_props;
    return n;
}

static struct
{
    const char *name;
    pass_function pass;
    void *value;
    BOOL rows;                          /* freed as such */
} cases[13];

static void make_cases(void)
{
    static const SizedSPropTagArray(3, tags) = { 3, { PR_SUBJECT_A, PR_ENTRYID, 0xffffffff } };
    static const SizedSPropProblemArray(2, problems) = { 2, { { 0, 1, MAPI_E_NO_ACCESS }, { 5, 6, E_FAIL } } };
    static const SizedSSortOrderSet(2, sort) = { 2, 1, 1, { { PR_SUBJECT_A, 0 }, { PR_ENTRYID, 1 } } };
    static SizedSRowSet(3, rows) = { 3 };
    static SBinary ids[] = { { 21, id_a }, { 0, NULL }, { 7, id_b } };
    static ENTRYLIST entries = { 3, ids };
    static MAPINAMEID number = { &guids[0], MNID_ID, { 77 } }, word = { &guids[1], MNID_STRING };
    static MAPINAMEID *names[] = { &number, NULL, &word };
    static MAPIERROR error;
    ULONG i = 0;

    rows.aRow[0].cValues = sample_count;
    rows.aRow[0].lpProps = (SPropValue *)sample_props;
    rows.aRow[2].cValues = 3;
    rows.aRow[2].lpProps = (SPropValue *)sample_props;
    word.Kind.lpwstrName = (WCHAR *)u"word";
    error.lpszError = (char *)u"what went wrong";
    error.ulContext = 9;
#define CASE(kind, pointer) cases[i].name = #kind; cases[i].pass = pass_##kind; cases[i++].value = (void *)(pointer)
    CASE(props, sample_props);
    CASE(tags, &tags);
    CASE(problems, &problems);
    CASE(sort, &sort);
    CASE(restriction, make_restriction());
    CASE(entries, &entries);
    CASE(names, names);
    CASE(error, &error);
    CASE(notifications, make_notifications());
    CASE(guids, guids);
    CASE(ansi, "ansi text");
    CASE(unicode, u"wide text");
    CASE(rows, &rows);
#undef CASE
    cases[i - 1].rows = TRUE;
    ck_assert_uint_eq(i, ARRAY_SIZE(cases));
}

static HRESULT write_case(ULONG i, void *value, struct wire *wire)
{
    wire_write_init(wire);
    cases[i].pass(wire, &value);
    return wire->hr;
}

static void free_read(ULONG i, struct wire *wire, void *value)
{
    if (cases[i].rows) rows_free(&memory_allocators, value);
    else if (wire->root) memory_free_buffer(wire->root);
}

/* Reads from a block of exactly that size, so that a byte too many is seen. */
static HRESULT read_case(ULONG i, const BYTE *data, size_t size, struct wire *again)
{
    BYTE *copy = malloc(size ? size : 1);
    struct wire wire;
    void *value = NULL;

    memcpy(copy, data, size);
    wire_read_init(&wire, &memory_allocators, copy, size);
    cases[i].pass(&wire, &value);
    if (again && wire.hr == S_OK)
    {
        ck_assert_uint_eq(wire.at, size);
        unit_assert_hr(write_case(i, value, again), S_OK);
    }
    free_read(i, &wire, value);
    free(copy);
    return wire.hr;
}

START_TEST(there_and_back)
{
    struct wire wire, again;
    ULONG i;

    make_cases();
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        unit_assert_hr(write_case(i, cases[i].value, &wire), S_OK);
        unit_assert_hr(read_case(i, wire.data, wire.at, &again), S_OK);
        ck_assert_msg(again.at == wire.at && !memcmp(again.data, wire.data, wire.at), "%s differs",
                      cases[i].name);
        wire_free(&wire);
        wire_free(&again);
        ck_assert_uint_eq(unit_live_blocks(), 0);
    }
}
END_TEST

START_TEST(values)
{
    struct wire wire, read;
    SPropValue *props = (SPropValue *)sample_props, *copy;
    ULONG i;

    wire_write_init(&wire);
    wire_props(&wire, sample_count, &props);
    unit_assert_hr(wire.hr, S_OK);
    wire_read_init(&read, &memory_allocators, wire.data, wire.at);
    wire_props(&read, sample_count, &copy);
    unit_assert_hr(read.hr, S_OK);
    for (i = 0; i < sample_count; i++) unit_assert_row(i, same_prop(&sample_props[i], &copy[i]));
    memory_free_buffer(copy);
    wire_free(&wire);
}
END_TEST

START_TEST(cut)
{
    struct wire wire;
    size_t size;
    ULONG i;

    make_cases();
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        unit_assert_hr(write_case(i, cases[i].value, &wire), S_OK);
        for (size = 0; size < wire.at; size++)
            unit_assert_hr(read_case(i, wire.data, size, NULL), MAPI_E_INVALID_PARAMETER);
        wire_free(&wire);
        ck_assert_uint_eq(unit_live_blocks(), 0);
    }
}
END_TEST

START_TEST(changed)
{
    static const BYTE bytes[] = { 0, 1, 0x7f, 0x80, 0xff };
    struct wire wire;
    size_t at;
    BYTE old;
    ULONG i, j;

    make_cases();
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        unit_assert_hr(write_case(i, cases[i].value, &wire), S_OK);
        for (at = 0; at < wire.at; at++)
        {
            old = wire.data[at];
            for (j = 0; j < ARRAY_SIZE(bytes); j++)
            {
                wire.data[at] = bytes[j];
                read_case(i, wire.data, wire.at, NULL);
            }
            wire.data[at] = old;
        }
        wire_free(&wire);
        ck_assert_uint_eq(unit_live_blocks(), 0);
    }
}
END_TEST

static void write_and_read(void *context)
{
    ULONG i = *(ULONG *)context;
    struct wire wire;

    if (write_case(i, cases[i].value, &wire) == S_OK) read_case(i, wire.data, wire.at, NULL);
    wire_free(&wire);
}

START_TEST(no_memory)
{
    ULONG i;

    make_cases();
    for (i = 0; i < ARRAY_SIZE(cases); i++)
    {
        unit_fail_each_quietly(write_and_read, &i);
        ck_assert_uint_eq(unit_live_blocks(), 0);
    }
}
END_TEST

START_TEST(depth)
{
    SRestriction nodes[RESTRICTION_MAX_DEPTH + 1], *root = nodes, *read;
    struct wire wire, reader;
    BYTE deep[4096];
    ULONG i, not = RES_NOT;

    for (i = 0; i < ARRAY_SIZE(nodes) - 1; i++) nodes[i] = (SRestriction){ RES_NOT, .res.resNot = { 0, &nodes[i + 1] }};
    nodes[i] = (SRestriction){ RES_EXIST, .res.resExist = { 0, PR_SUBJECT_A, 0 }};
    wire_write_init(&wire);
    wire_restriction(&wire, &root);
    unit_assert_hr(wire.hr, MAPI_E_TOO_COMPLEX);
    wire_free(&wire);
    root = &nodes[1];
    wire_write_init(&wire);
    wire_restriction(&wire, &root);
    unit_assert_hr(wire.hr, S_OK);
    wire_free(&wire);

    for (i = 0; i < sizeof(deep); i += sizeof(not)) memcpy(deep + i, &not, sizeof(not));
    wire_read_init(&reader, &memory_allocators, deep, sizeof(deep));
    wire_restriction(&reader, &read);
    unit_assert_hr(reader.hr, MAPI_E_TOO_COMPLEX);
    memory_free_buffer(reader.root);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

/* What a caller gives that makes no sense is an error of the call. */
START_TEST(bad_values)
{
    SPropValue prop = { PROP_TAG(PT_UNICODE, 0x10) }, *props = &prop;
    MAPINAMEID name = { &guids[0], 7 }, *names[] = { &name }, **all = names;
    NOTIFICATION notification = { 0x12345 }, *notifications = &notification;
    SPropTagArray *tags = NULL;
    struct wire wire;

    wire_write_init(&wire);
    wire_props(&wire, 1, &props);
    unit_assert_hr(wire.hr, MAPI_E_INVALID_PARAMETER);
    wire_free(&wire);
    prop.ulPropTag = PROP_TAG(PT_PTR, 0x10);
    wire_write_init(&wire);
    wire_props(&wire, 1, &props);
    unit_assert_hr(wire.hr, MAPI_E_INVALID_PARAMETER);
    wire_free(&wire);
    props = NULL;
    wire_write_init(&wire);
    wire_props(&wire, 1, &props);
    unit_assert_hr(wire.hr, MAPI_E_INVALID_PARAMETER);
    wire_free(&wire);
    wire_write_init(&wire);
    wire_names(&wire, 1, &all);
    unit_assert_hr(wire.hr, MAPI_E_INVALID_PARAMETER);
    wire_free(&wire);
    wire_write_init(&wire);
    wire_notifications(&wire, 1, &notifications);
    unit_assert_hr(wire.hr, MAPI_E_INVALID_PARAMETER);
    wire_free(&wire);
    wire_write_init(&wire);
    wire_tags(&wire, &tags);
    unit_assert_hr(wire.hr, MAPI_E_INVALID_PARAMETER);
    wire_free(&wire);
}
END_TEST

/* Numbers of pointer size have 64 bits everywhere. */
START_TEST(numbers)
{
    ULONG_PTR number = 77, read = 0;
    struct wire wire, reader;

    wire_write_init(&wire);
    wire_number(&wire, &number);
    ck_assert_uint_eq(wire.at, 8);
    wire_read_init(&reader, &memory_allocators, wire.data, wire.at);
    wire_number(&reader, &read);
    unit_assert_hr(reader.hr, S_OK);
    ck_assert_uint_eq(read, 77);
    wire_free(&wire);
}
END_TEST

Suite *wire_suite(void)
{
    Suite *suite = suite_create("wire");
    TCase *tcase = tcase_create("wire");

    tcase_add_test(tcase, there_and_back);
    tcase_add_test(tcase, values);
    tcase_add_test(tcase, cut);
    tcase_add_test(tcase, changed);
    tcase_add_test(tcase, no_memory);
    tcase_add_test(tcase, depth);
    tcase_add_test(tcase, bad_values);
    tcase_add_test(tcase, numbers);
    suite_add_tcase(suite, tcase);
    return suite;
}
