/*
 * Tests: contents tables
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
 * The same calls go to a contents table and to a table of mapi32's with the same rows: both say the
 * same. The seed is printed with what differs.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "mapims.h"
#include "random.h"

static const char profile[] = "mapitest mapims contents";

#define MESSAGES 400
#define ROUNDS   600
#define BOOKMARKS 4

static const SizedSPropTagArray(4, columns) =
    { 4, { PR_INSTANCE_KEY, PR_SUBJECT_A, PR_IMPORTANCE, PR_SENSITIVITY } };

static void add_random(IMAPIFolder *folder)
{
    IMessage *message;
    char text[64];

    sprintf(text, "%s %s %u", words[roll(6)], words[roll(6)], roll(50));
    message = new_message(folder, text);
    set_long(message, PR_IMPORTANCE, roll(3));
    if (roll(2)) set_long(message, PR_SENSITIVITY, roll(4));
    save_object(message);
    IMessage_Release(message);
}

static ITableData *reference(IMAPITable *table)
{
    ITableData *data = NULL;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&columns, &data);
    ok(hr == S_OK, "CreateTable returned %#lx\n", hr);
    /* It releases the table. */
    IMAPITable_AddRef(table);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    for (i = 0; i < rows->cRows; i++)
    {
        hr = ITableData_HrModifyRow(data, &rows->aRow[i]);
        ok(hr == S_OK, "HrModifyRow returned %#lx\n", hr);
    }
    FreeProws(rows);
    return data;
}

/* Tables with categories name rows each in its own way. */
static BOOL categorised;

static BOOL same_value(const SPropValue *a, const SPropValue *b)
{
    if (a->ulPropTag != b->ulPropTag) return FALSE;
    switch (PROP_TYPE(a->ulPropTag))
    {
    case PT_LONG: return a->Value.l == b->Value.l;
    case PT_STRING8: return !strcmp(a->Value.lpszA, b->Value.lpszA);
    case PT_BINARY:
        return categorised || (a->Value.bin.cb == b->Value.bin.cb
               && !memcmp(a->Value.bin.lpb, b->Value.bin.lpb, a->Value.bin.cb));
    default: return TRUE;
    }
}

static void compare_rows(IMAPITable *a, IMAPITable *b, LONG count, ULONG flags, unsigned int first)
{
    SRowSet *x = NULL, *y = NULL;
    HRESULT hr, expected;
    BOOL same = TRUE;
    ULONG i, n;

    hr = IMAPITable_QueryRows(a, count, flags, &x);
    expected = IMAPITable_QueryRows(b, count, flags, &y);
    ok(hr == expected, "seed %u: QueryRows(%ld) returned %#lx, not %#lx\n", first, count, hr,
       expected);
    if (x && y)
    {
        ok(x->cRows == y->cRows, "seed %u: %lu rows, not %lu\n", first, x->cRows, y->cRows);
        for (i = 0; i < x->cRows && i < y->cRows && same; i++)
        {
            same = x->aRow[i].cValues == y->aRow[i].cValues;
            for (n = 0; n < x->aRow[i].cValues && same; n++)
                same = same_value(&x->aRow[i].lpProps[n], &y->aRow[i].lpProps[n]);
            ok(same, "seed %u: row %lu of %lu differs\n", first, i, x->cRows);
        }
    }
    FreeProws(x);
    FreeProws(y);
}

static void compare_positions(IMAPITable *a, IMAPITable *b, unsigned int first)
{
    ULONG row = 0, row2 = 0, part, part2, of, of2, count = 0, count2 = 0;
    HRESULT hr, expected;

    hr = IMAPITable_QueryPosition(a, &row, &part, &of);
    expected = IMAPITable_QueryPosition(b, &row2, &part2, &of2);
    ok(hr == expected && row == row2, "seed %u: row %lu, not %lu\n", first, row, row2);
    hr = IMAPITable_GetRowCount(a, 0, &count);
    expected = IMAPITable_GetRowCount(b, 0, &count2);
    ok(hr == expected && count == count2, "seed %u: %lu rows, not %lu\n", first, count, count2);
}

static void random_restriction(SRestriction *restriction, SPropValue *value)
{
    memset(restriction, 0, sizeof(*restriction));
    memset(value, 0, sizeof(*value));
    switch (roll(4))
    {
    case 0:
        restriction->rt = RES_CONTENT;
        restriction->res.resContent.ulFuzzyLevel = FL_IGNORECASE
                                                   | (roll(2) ? FL_PREFIX : FL_SUBSTRING);
        restriction->res.resContent.ulPropTag = value->ulPropTag = PR_SUBJECT_A;
        restriction->res.resContent.lpProp = value;
        value->Value.lpszA = (char *)words[roll(6)];
        break;
    case 1:
        restriction->rt = RES_EXIST;
        restriction->res.resExist.ulPropTag = PR_SENSITIVITY;
        break;
    default:
        restriction->rt = RES_PROPERTY;
        restriction->res.resProperty.relop = roll(6);
        restriction->res.resProperty.ulPropTag = value->ulPropTag = roll(2) ? PR_IMPORTANCE
                                                                            : PR_SUBJECT_A;
        restriction->res.resProperty.lpProp = value;
        if (value->ulPropTag == PR_SUBJECT_A) value->Value.lpszA = (char *)words[roll(6)];
        else value->Value.l = roll(3);
        break;
    }
}

static void random_sort(SSortOrderSet *sort)
{
    static const ULONG tags[] = { PR_SUBJECT_A, PR_IMPORTANCE, PR_SENSITIVITY };
    ULONG i, from = roll(3);

    sort->cSorts = roll(4);
    sort->cCategories = sort->cSorts && !roll(6) ? 1 : 0;
    sort->cExpanded = sort->cCategories && roll(2);
    for (i = 0; i < sort->cSorts; i++)
    {
        sort->aSort[i].ulPropTag = tags[(from + i) % 3];
        sort->aSort[i].ulOrder = roll(2) ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
    }
}

static void test_same(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Random");
    BOOKMARK marks[BOOKMARKS] = { 0 }, marks2[BOOKMARKS] = { 0 }, at, at2;
    unsigned int first = GetTickCount(), round;
    SizedSSortOrderSet(3, sort);
    SRestriction restriction;
    IMAPITable *table, *view;
    LONG count, moved, moved2;
    HRESULT hr, expected;
    SPropValue value;
    ITableData *data;
    ULONG i, flags;

    seed = first;
    for (i = 0; i < MESSAGES; i++) add_random(folder);
    hr = IMAPIFolder_GetContentsTable(folder, 0, &table);
    ok(hr == S_OK, "GetContentsTable returned %#lx\n", hr);
    data = reference(table);
    hr = ITableData_HrGetView(data, NULL, NULL, 0, &view);
    ok(hr == S_OK, "HrGetView returned %#lx\n", hr);
    IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);

    for (round = 0; round < ROUNDS && !winetest_get_failures(); round++)
    {
        i = roll(BOOKMARKS + 2);
        if (i < BOOKMARKS)
        {
            at = marks[i];
            at2 = marks2[i];
        }
        else at = at2 = roll(3);
        if (!at != !at2) at = at2 = BOOKMARK_BEGINNING;
        switch (roll(12))
        {
        case 0:
            random_sort((SSortOrderSet *)&sort);
            categorised = sort.cCategories != 0;
            flags = roll(2) ? TBL_BATCH : 0;
            hr = IMAPITable_SortTable(table, (SSortOrderSet *)&sort, flags);
            expected = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, flags);
            ok(hr == expected, "seed %u: SortTable returned %#lx, not %#lx\n", first, hr, expected);
            memset(marks, 0, sizeof(marks));
            memset(marks2, 0, sizeof(marks2));
            IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
            IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
            break;
        case 1:
            random_restriction(&restriction, &value);
            flags = roll(3);
            hr = IMAPITable_Restrict(table, flags ? &restriction : NULL, 0);
            expected = IMAPITable_Restrict(view, flags ? &restriction : NULL, 0);
            ok(hr == expected, "seed %u: Restrict returned %#lx, not %#lx\n", first, hr, expected);
            memset(marks, 0, sizeof(marks));
            memset(marks2, 0, sizeof(marks2));
            break;
        case 2:
        case 3:
            count = (LONG)roll(MESSAGES * 2) - MESSAGES;
            moved = moved2 = 0;
            hr = IMAPITable_SeekRow(table, at, count, &moved);
            expected = IMAPITable_SeekRow(view, at2, count, &moved2);
            ok(hr == expected && moved == moved2,
               "seed %u: SeekRow returned %#lx and %ld, not %#lx and %ld\n", first, hr, moved,
               expected, moved2);
            break;
        case 4:
            i = roll(120);
            hr = IMAPITable_SeekRowApprox(table, i, 100);
            expected = IMAPITable_SeekRowApprox(view, i, 100);
            ok(hr == expected, "seed %u: SeekRowApprox returned %#lx\n", first, hr);
            break;
        case 5:
        case 6:
            random_restriction(&restriction, &value);
            flags = roll(2) ? DIR_BACKWARD : 0;
            hr = IMAPITable_FindRow(table, &restriction, at, flags);
            expected = IMAPITable_FindRow(view, &restriction, at2, flags);
            ok(hr == expected, "seed %u: FindRow returned %#lx, not %#lx\n", first, hr, expected);
            break;
        case 7:
            i = roll(BOOKMARKS);
            hr = IMAPITable_CreateBookmark(table, &marks[i]);
            expected = IMAPITable_CreateBookmark(view, &marks2[i]);
            ok(hr == expected, "seed %u: CreateBookmark returned %#lx\n", first, hr);
            break;
        default:
            count = (LONG)roll(60) - 25;
            compare_rows(table, view, count ? count : 1000, roll(3) ? 0 : TBL_NOADVANCE, first);
            break;
        }
        /* Who does not ask for the count need not have all rows looked at. */
        if (!roll(4)) compare_positions(table, view, first);
    }
    IMAPITable_Release(view);
    ITableData_Release(data);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
}

/* ---- changes while the table is open ---- */

static HANDLE told;
static LONG events[TABLE_RESTRICT_DONE + 2];

static LONG STDAPICALLTYPE on_notify(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevTableModified
            && notifications[i].info.tab.ulTableEvent < ARRAY_SIZE(events))
            InterlockedIncrement(&events[notifications[i].info.tab.ulTableEvent]);
    SetEvent(told);
    return 0;
}

static void wait_for(ULONG event, LONG count)
{
    ULONG tries;
    MSG msg;

    for (tries = 0; tries < 1000 && events[event] < count; tries++)
    {
        MsgWaitForMultipleObjects(1, &told, FALSE, 10, QS_ALLINPUT);
        while (PeekMessageA(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageA(&msg);
    }
    ok(events[event] == count, "event %lu came %ld times, not %ld\n", event, events[event], count);
}

static void check_subjects(IMAPITable *table, const char *const *expected, ULONG count)
{
    SRowSet *rows = NULL;
    HRESULT hr;
    ULONG i;

    IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
    hr = IMAPITable_QueryRows(table, 100, 0, &rows);
    ok(hr == S_OK && rows->cRows == count, "QueryRows returned %#lx, %lu rows\n", hr,
       rows ? rows->cRows : 0);
    for (i = 0; rows && i < rows->cRows && i < count; i++)
        ok(!strcmp(rows->aRow[i].lpProps[1].Value.lpszA, expected[i]), "%lu: %s, not %s\n", i,
           rows->aRow[i].lpProps[1].Value.lpszA, expected[i]);
    FreeProws(rows);
}

static IMAPITable *subject_table(IMAPIFolder *folder)
{
    static const SizedSSortOrderSet(1, by_subject) =
        { 1, 0, 0, { { PR_SUBJECT_A, TABLE_SORT_ASCEND } } };
    IMAPITable *table;
    HRESULT hr;

    hr = IMAPIFolder_GetContentsTable(folder, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SortTable(table, (SSortOrderSet *)&by_subject, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    return table;
}

static void test_changes(IMsgStore *store)
{
    static const char *const at_first[] = { "cat 1", "cat 3" };
    static const char *const later[] = { "cat 0", "cat 2", "cat 3" };
    IMAPIFolder *folder = ms_new_folder(store, "Changing");
    SRestriction restriction;
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    ULONG row, part, of;
    IMAPITable *table;
    SPropValue value;
    IMessage *message;
    BOOKMARK mark;
    SRowSet *rows;
    SBinary ids[1];
    HRESULT hr;

    told = CreateEventW(NULL, FALSE, FALSE, NULL);
    ms_add_message(folder, "cat 3");
    ms_add_message(folder, "dog");
    ms_add_message(folder, "cat 1");
    table = subject_table(folder);
    memset(&restriction, 0, sizeof(restriction));
    memset(&value, 0, sizeof(value));
    restriction.rt = RES_CONTENT;
    restriction.res.resContent.ulFuzzyLevel = FL_PREFIX;
    restriction.res.resContent.ulPropTag = value.ulPropTag = PR_SUBJECT_A;
    restriction.res.resContent.lpProp = &value;
    value.Value.lpszA = (char *)"cat";
    hr = IMAPITable_Restrict(table, &restriction, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_subjects(table, at_first, 2);

    hr = HrAllocAdviseSink(on_notify, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK && connection, "got %#lx\n", hr);
    /* On "cat 3". */
    IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 1, NULL);
    hr = IMAPITable_CreateBookmark(table, &mark);
    ok(hr == S_OK, "got %#lx\n", hr);

    ms_add_message(folder, "cat 2");
    wait_for(TABLE_ROW_ADDED, 1);
    ms_add_message(folder, "dog 2");
    message = open_row_message(folder, 1, MAPI_MODIFY);
    check_text(message, PR_SUBJECT_A, "dog");
    set_text(message, PR_SUBJECT_A, "cat 0");
    save_object(message);
    IMessage_Release(message);
    wait_for(TABLE_ROW_ADDED, 2);
    hr = IMAPITable_SeekRow(table, mark, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_QueryPosition(table, &row, &part, &of);
    ok(hr == S_OK && row == 3 && of == 4, "at %lu of %lu\n", row, of);
    rows = contents(folder);
    hr = IMAPIFolder_DeleteMessages(folder, entry_list(rows, ids, 2, 1), 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    wait_for(TABLE_ROW_DELETED, 1);
    check_subjects(table, later, 3);
    message = open_row_message(folder, 0, MAPI_MODIFY);
    check_text(message, PR_SUBJECT_A, "cat 3");
    set_long(message, PR_IMPORTANCE, 2);
    save_object(message);
    IMessage_Release(message);
    wait_for(TABLE_ROW_MODIFIED, 1);
    ok(!events[TABLE_CHANGED], "told of more\n");

    hr = IMAPITable_Unadvise(table, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Unadvise(table, connection);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    /* The row of a bookmark goes: said once. */
    rows = contents(folder);
    hr = IMAPIFolder_DeleteMessages(folder, entry_list(rows, ids, 0, 1), 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    hr = IMAPITable_SeekRow(table, mark, 0, NULL);
    ok(hr == MAPI_W_POSITION_CHANGED, "got %#lx\n", hr);
    hr = IMAPITable_SeekRow(table, mark, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_FreeBookmark(table, mark);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SeekRow(table, mark, 0, NULL);
    ok(hr == MAPI_E_INVALID_BOOKMARK, "got %#lx\n", hr);
    IMAPIAdviseSink_Release(sink);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
    CloseHandle(told);
}

/* ---- behind all ---- */

static void check_next(IMAPITable *table, LONG count, ULONG flags, const char *expected)
{
    SRowSet *rows = NULL;
    HRESULT hr = IMAPITable_QueryRows(table, count, flags, &rows);

    ok(hr == S_OK, "got %#lx\n", hr);
    if (!rows) return;
    ok(rows->cRows == (expected != NULL), "%lu rows\n", rows->cRows);
    if (expected && rows->cRows)
        ok(!strcmp(rows->aRow[0].lpProps[1].Value.lpszA, expected), "%s, not %s\n",
           rows->aRow[0].lpProps[1].Value.lpszA, expected);
    FreeProws(rows);
}

/* Who stands behind all rows stays there, whatever comes. */
static void test_end(IMsgStore *store, BOOL restricted)
{
    IMAPIFolder *folder = ms_new_folder(store, restricted ? "Restricted end" : "End");
    SRestriction restriction;
    IMAPITable *table;
    SBinary ids[1];
    SRowSet *rows;
    HRESULT hr;

    table = subject_table(folder);
    memset(&restriction, 0, sizeof(restriction));
    restriction.rt = RES_EXIST;
    restriction.res.resExist.ulPropTag = PR_SUBJECT_A;
    if (restricted)
    {
        hr = IMAPITable_Restrict(table, &restriction, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    check_next(table, 5, 0, NULL);
    ms_add_message(folder, "cat 1");
    check_next(table, 5, 0, NULL);
    ms_add_message(folder, "cat 2");
    check_next(table, 5, 0, NULL);
    check_next(table, -1, TBL_NOADVANCE, "cat 2");
    check_next(table, 1, 0, "cat 2");
    check_next(table, 1, 0, NULL);
    rows = contents(folder);
    hr = IMAPIFolder_DeleteMessages(folder, entry_list(rows, ids, 0, 1), 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    check_next(table, 1, 0, NULL);
    check_next(table, -5, 0, "cat 2");
    check_next(table, 5, 0, NULL);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
}

/* ---- more rows than have been looked at ---- */

#define NUMBERED 300

static BOOL is_shown[NUMBERED];         /* what the messages were made to be */

/* The rows from the cursor on are those that are shown, from a message on. Returns the one behind
 * the last that was read. */
static ULONG check_numbers(IMAPITable *table, ULONG from, ULONG most, int line)
{
    SRowSet *rows = NULL;
    ULONG i, at = from;
    HRESULT hr;
    char text[8];

    hr = IMAPITable_QueryRows(table, most, 0, &rows);
    ok_(__FILE__, line)(hr == S_OK, "QueryRows returned %#lx\n", hr);
    for (i = 0; rows && i < rows->cRows; i++, at++)
    {
        while (at < NUMBERED && !is_shown[at]) at++;
        sprintf(text, "%03lu", at);
        ok_(__FILE__, line)(!strcmp(rows->aRow[i].lpProps[1].Value.lpszA, text),
                            "row %lu is %s, not %s\n", i,
                            rows->aRow[i].lpProps[1].Value.lpszA, text);
    }
    if (rows && rows->cRows < most)
    {
        while (at < NUMBERED && !is_shown[at]) at++;
        ok_(__FILE__, line)(at >= NUMBERED, "%lu is missing\n", at);
    }
    FreeProws(rows);
    return at;
}

static void show_message(IMAPIFolder *folder, ULONG number, BOOL show)
{
    IMessage *message = open_row_message(folder, number, MAPI_MODIFY);

    set_long(message, PR_IMPORTANCE, show);
    save_object(message);
    IMessage_Release(message);
    is_shown[number] = show;
}

static void delete_message(IMAPIFolder *folder, ULONG number)
{
    SRowSet *rows = contents(folder);
    SBinary ids[1];
    HRESULT hr;

    hr = IMAPIFolder_DeleteMessages(folder, entry_list(rows, ids, number, 1), 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    FreeProws(rows);
    is_shown[number] = FALSE;
}

static void test_partial(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Numbered");
    ULONG_PTR connection;
    SRestriction restriction;
    IMAPIAdviseSink *sink;
    IMAPITable *table;
    SPropValue value;
    IMessage *message;
    ULONG i, at, count;
    char text[8];
    HRESULT hr;

    for (i = 0; i < NUMBERED; i++)
    {
        sprintf(text, "%03lu", i);
        message = new_message(folder, text);
        set_long(message, PR_IMPORTANCE, is_shown[i] = i % 3 != 0);
        save_object(message);
        IMessage_Release(message);
    }
    table = subject_table(folder);
    memset(&restriction, 0, sizeof(restriction));
    memset(&value, 0, sizeof(value));
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = value.ulPropTag = PR_IMPORTANCE;
    restriction.res.resProperty.lpProp = &value;
    value.Value.l = 1;
    hr = IMAPITable_Restrict(table, &restriction, 0);
    ok(hr == S_OK, "got %#lx\n", hr);

    /* Before what was read, where it ended, and far behind. */
    at = check_numbers(table, 0, 10, __LINE__);
    ok(at == 15, "at %lu\n", at);
    show_message(folder, 4, FALSE);
    show_message(folder, 0, TRUE);
    show_message(folder, 15, TRUE);
    show_message(folder, 17, FALSE);
    show_message(folder, 90, TRUE);
    show_message(folder, 250, FALSE);
    show_message(folder, 252, TRUE);
    /* The row that it stands on is the one it stood on. */
    at = check_numbers(table, 16, 100, __LINE__);
    show_message(folder, 2, FALSE);
    show_message(folder, 299, FALSE);
    check_numbers(table, at, NUMBERED, __LINE__);
    IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
    check_numbers(table, 0, NUMBERED, __LINE__);

    /* The last that is known goes, then the count is asked for. */
    hr = IMAPITable_Restrict(table, &restriction, TBL_BATCH);
    ok(hr == S_OK, "got %#lx\n", hr);
    at = check_numbers(table, 0, 63, __LINE__);
    delete_message(folder, at);
    hr = IMAPITable_GetRowCount(table, 0, &count);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < NUMBERED; i++) count -= is_shown[i];
    ok(!count, "%ld rows too many\n", count);
    check_numbers(table, at, NUMBERED, __LINE__);

    /* Somebody is told only now. */
    told = CreateEventW(NULL, FALSE, FALSE, NULL);
    memset(events, 0, sizeof(events));
    hr = IMAPITable_Restrict(table, &restriction, TBL_BATCH);
    ok(hr == S_OK, "got %#lx\n", hr);
    at = check_numbers(table, 0, 10, __LINE__);
    hr = HrAllocAdviseSink(on_notify, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK && connection, "got %#lx\n", hr);
    show_message(folder, 1, FALSE);
    wait_for(TABLE_ROW_DELETED, 1);
    show_message(folder, 1, TRUE);
    wait_for(TABLE_ROW_ADDED, 1);
    ok(!events[TABLE_CHANGED], "told of more\n");
    check_numbers(table, at, NUMBERED, __LINE__);
    hr = IMAPITable_Unadvise(table, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIAdviseSink_Release(sink);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
    CloseHandle(told);
}

START_TEST(contents)
{
    IMAPISession *session;
    IMsgStore *store;

    if ((store = ms_begin(profile, &session)))
    {
        test_changes(store);
        test_end(store, FALSE);
        test_end(store, TRUE);
        test_partial(store);
        test_same(store);
    }
    ms_end(profile, session, store);
}
