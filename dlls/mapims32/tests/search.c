/*
 * Tests: search folders of the message store
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

#define COBJMACROS

#include <stdarg.h>
#include <stdio.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "mapims.h"

static const char profile[] = "mapitest mapims search";

static void set_contains(SRestriction *restriction, SPropValue *value, const char *text)
{
    memset(restriction, 0, sizeof(*restriction));
    memset(value, 0, sizeof(*value));
    value->ulPropTag = PR_SUBJECT_A;
    value->Value.lpszA = (char *)text;
    restriction->rt = RES_CONTENT;
    restriction->res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    restriction->res.resContent.ulPropTag = PR_SUBJECT_A;
    restriction->res.resContent.lpProp = value;
}

static IMAPIFolder *new_search_folder(IMsgStore *store, const char *name)
{
    IMAPIFolder *root = open_folder(store, PR_FINDER_ENTRYID), *folder = NULL;
    HRESULT hr;

    hr = IMAPIFolder_CreateFolder(root, FOLDER_SEARCH, (LPTSTR)name, NULL, NULL, 0, &folder);
    ok(hr == S_OK, "CreateFolder returned %#lx\n", hr);
    IMAPIFolder_Release(root);
    return folder;
}

static ULONG count_rows(IMAPIFolder *folder)
{
    SRowSet *rows = contents(folder);
    ULONG count = rows ? rows->cRows : ~0u;

    FreeProws(rows);
    return count;
}

static void test_criteria(IMsgStore *store)
{
    IMAPIFolder *folder, *below, *search;
    SRestriction restriction, *got;
    ENTRYLIST scope = { 1 }, *got_scope;
    SPropValue value, *id;
    ULONG state, result;
    IMessage *message;
    HRESULT hr;

    folder = ms_new_folder(store, "Searched");
    below = create_folder(folder, "Below");
    ms_add_message(folder, "a cat");
    ms_add_message(folder, "a dog");
    ms_add_message(below, "another Cat");
    id = get_prop(folder, PR_ENTRYID);
    scope.lpbin = &id->Value.bin;
    set_contains(&restriction, &value, "cat");

    hr = IMAPIFolder_SetSearchCriteria(folder, &restriction, &scope, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    search = new_search_folder(store, "Cats");
    ok(get_long(search, PR_FOLDER_TYPE) == FOLDER_SEARCH, "no search folder\n");
    hr = IMAPIFolder_GetSearchCriteria(search, 0, &got, &got_scope, &state);
    ok(hr == MAPI_E_NOT_INITIALIZED, "got %#lx\n", hr);
    hr = IMAPIFolder_SetSearchCriteria(search, NULL, &scope, 0);
    ok(FAILED(hr), "got %#lx\n", hr);
    hr = IMAPIFolder_SetSearchCriteria(search, &restriction, &scope,
                                       RECURSIVE_SEARCH | SHALLOW_SEARCH);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPIFolder_SetSearchCriteria(search, &restriction, &scope, 0x8000000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPIFolder_CreateMessage(search, NULL, 0, &message);
    ok(hr == MAPI_E_NO_ACCESS && !message, "got %#lx\n", hr);

    hr = IMAPIFolder_SetSearchCriteria(search, &restriction, &scope,
                                       SHALLOW_SEARCH | RESTART_SEARCH);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(search, "a cat");
    hr = IMAPIFolder_SetSearchCriteria(search, NULL, NULL, RECURSIVE_SEARCH | RESTART_SEARCH);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(count_rows(search) == 2, "%lu found\n", count_rows(search));
    hr = IMAPIFolder_GetSearchCriteria(search, MAPI_UNICODE, &got, &got_scope, &state);
    ok(hr == S_OK && got && got->rt == RES_CONTENT && got_scope->cValues == 1, "got %#lx\n", hr);
    ok((state & (SEARCH_RUNNING | SEARCH_RECURSIVE | SEARCH_REBUILD))
           == (SEARCH_RUNNING | SEARCH_RECURSIVE),
       "state %#lx\n", state);
    hr = IMsgStore_CompareEntryIDs(store, got_scope->lpbin->cb, (ENTRYID *)got_scope->lpbin->lpb,
                                   id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &result);
    ok(hr == S_OK && result, "another folder: %#lx\n", hr);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(got_scope);

    /* It follows what is changed. */
    ms_add_message(below, "Catalogue");
    ms_add_message(below, "Dogma");
    ok(count_rows(search) == 3, "%lu found\n", count_rows(search));
    ok(get_long(search, PR_CONTENT_COUNT) == 3, "%lu counted\n",
       get_long(search, PR_CONTENT_COUNT));
    message = open_row_message(folder, 1, MAPI_MODIFY);
    check_text(message, PR_SUBJECT_A, "a dog");
    set_text(message, PR_SUBJECT_A, "a dog, no: a cat");
    save_object(message);
    IMessage_Release(message);
    ok(count_rows(search) == 4, "%lu found\n", count_rows(search));

    /* What is done with a result is done with the message. */
    {
        SRowSet *rows = contents(search);
        SBinary ids[1];

        hr = IMAPIFolder_DeleteMessages(search, entry_list(rows, ids, 0, 1), 0, NULL, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        FreeProws(rows);
    }
    ok(count_rows(search) == 3 && count_rows(folder) == 1, "%lu found, %lu there\n",
       count_rows(search), count_rows(folder));
    hr = IMAPIFolder_SetSearchCriteria(search, NULL, NULL, STOP_SEARCH);
    ok(hr == S_OK, "got %#lx\n", hr);
    ms_add_message(folder, "late cat");
    ok(count_rows(search) == 3, "%lu found\n", count_rows(search));

    /* Its end is not the end of the messages. */
    MAPIFreeBuffer(id);
    id = get_prop(search, PR_ENTRYID);
    IMAPIFolder_Release(search);
    search = open_folder(store, PR_FINDER_ENTRYID);
    hr = IMAPIFolder_DeleteFolder(search, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL,
                                  0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(count_rows(folder) == 2, "%lu left\n", count_rows(folder));
    MAPIFreeBuffer(id);
    IMAPIFolder_Release(search);
    IMAPIFolder_Release(below);
    IMAPIFolder_Release(folder);
}

/* Enough messages that the store's index of text is asked; letters that only the system folds. */
static void test_index(IMsgStore *store)
{
    static const WCHAR *const subjects[] =
    {
        L"Gr\x00fc\x00dfe aus K\x00f6ln", L"GR\x00dcSSE", L"\x039a\x03b1\x03bb\x03b7\x03bc\x03ad\x03c1\x03b1",
        L"e\x0301t\x00e9 indien", L"\xac00\xac01\xb098 text", L"\x041f\x0440\x0438\x0432\x0435\x0442",
        L"plain \xd83d\xde00 smile"
    };
    static const struct
    {
        const WCHAR *text;
        ULONG level, found;
    }
    tests[] =
    {
        {L"k\x00d6ln", FL_SUBSTRING | FL_IGNORECASE, 1},
        {L"koln", FL_SUBSTRING | FL_LOOSE, 1},
        {L"koln", FL_SUBSTRING | FL_IGNORECASE, 0},
        {L"GR\x00dc", FL_PREFIX | FL_IGNORECASE, 2},
        {L"Gr\x00fc", FL_PREFIX, 1},
        {L"\x03ba\x03b1\x03bb\x03b7\x03bc\x03b5", FL_PREFIX | FL_LOOSE, 1},
        {L"\x00e9t\x00e9", FL_SUBSTRING | FL_IGNORENONSPACE, 1},
        {L"\x00e9te IND", FL_PREFIX | FL_LOOSE, 1},
        {L"\xac01\xb098 te", FL_SUBSTRING, 1},
        {L"\x0440\x0418\x0432", FL_SUBSTRING | FL_IGNORECASE, 1},
        {L"\xd83d\xde00 smile", FL_SUBSTRING, 1},
        {L"number 77", FL_SUBSTRING | FL_IGNORECASE, 1},
        {L"NUMBER 7", FL_FULLSTRING | FL_IGNORECASE, 1},
        {L"no such text", FL_SUBSTRING | FL_IGNORECASE, 0},
    };
    IMAPIFolder *folder, *search;
    SRestriction restriction;
    ENTRYLIST scope = { 1 };
    SPropValue value, *id;
    IMAPITable *table;
    IMessage *message;
    ULONG i, count;
    char text[32];
    HRESULT hr;

    folder = ms_new_folder(store, "Indexed");
    for (i = 0; i < 150; i++)
    {
        sprintf(text, "Number %lu", i);
        ms_add_message(folder, text);
    }
    for (i = 0; i < ARRAY_SIZE(subjects); i++)
    {
        hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
        ok(hr == S_OK, "%lu: got %#lx\n", i, hr);
        value.ulPropTag = PR_SUBJECT_W;
        value.Value.lpszW = (WCHAR *)subjects[i];
        hr = IMessage_SetProps(message, 1, &value, NULL);
        ok(hr == S_OK, "%lu: got %#lx\n", i, hr);
        save_object(message);
        IMessage_Release(message);
    }
    id = get_prop(folder, PR_ENTRYID);
    scope.lpbin = &id->Value.bin;
    search = new_search_folder(store, "Found");
    hr = IMAPIFolder_GetContentsTable(folder, MAPI_UNICODE, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        set_contains(&restriction, &value, NULL);
        value.ulPropTag = restriction.res.resContent.ulPropTag = PR_SUBJECT_W;
        value.Value.lpszW = (WCHAR *)tests[i].text;
        restriction.res.resContent.ulFuzzyLevel = tests[i].level;
        hr = IMAPITable_Restrict(table, &restriction, 0);
        ok(hr == S_OK, "%lu: got %#lx\n", i, hr);
        hr = IMAPITable_GetRowCount(table, 0, &count);
        ok(hr == S_OK && count == tests[i].found, "%lu: got %#lx, %lu rows\n", i, hr, count);
        hr = IMAPIFolder_SetSearchCriteria(search, &restriction, &scope, 0);
        ok(hr == S_OK, "%lu: got %#lx\n", i, hr);
        ok(count_rows(search) == tests[i].found, "%lu: %lu found\n", i, count_rows(search));
    }
    IMAPITable_Release(table);
    MAPIFreeBuffer(id);
    IMAPIFolder_Release(search);
    IMAPIFolder_Release(folder);
}

/* ---- the first of many, newest first ---- */

#define MANY 700

static ULONG seed;

static ULONG roll(ULONG n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

/* Several of the same time, some without. */
static void set_random(IMessage *message)
{
    SPropValue values[2];
    ULONG count = 1;

    values[0].ulPropTag = PR_SUBJECT_A;
    values[0].Value.lpszA = (char *)(roll(4) ? "a zebra" : "a gnu");
    values[1].ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    values[1].Value.ft.dwLowDateTime = 0;
    values[1].Value.ft.dwHighDateTime = 0x1d00000 + roll(MANY / 3);
    if (roll(12)) count++;
    ok(IMessage_SetProps(message, count, values, NULL) == S_OK, "SetProps failed\n");
    save_object(message);
    IMessage_Release(message);
}

static void add_random(IMAPIFolder *folder)
{
    IMessage *message;
    HRESULT hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);

    ok(hr == S_OK, "got %#lx\n", hr);
    if (SUCCEEDED(hr)) set_random(message);
}

static IMAPITable *newest_first(IMAPIFolder *folder)
{
    static const SizedSSortOrderSet(1, order) =
        { 1, 0, 0, { { PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND } } };
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_SUBJECT_A } };
    IMAPITable *table;
    HRESULT hr;

    hr = IMAPIFolder_GetContentsTable(folder, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, TBL_BATCH);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SortTable(table, (SSortOrderSet *)&order, TBL_BATCH);
    ok(hr == S_OK, "got %#lx\n", hr);
    return table;
}

static void compare_pages(IMAPITable *table, IMAPITable *other, LONG count, ULONG step)
{
    SRowSet *rows = NULL, *rows2 = NULL;
    HRESULT hr, hr2;
    ULONG i;

    hr = IMAPITable_QueryRows(table, count, 0, &rows);
    hr2 = IMAPITable_QueryRows(other, count, 0, &rows2);
    ok(hr == S_OK && hr2 == S_OK && rows->cRows == rows2->cRows,
       "step %lu: %#lx, %#lx, %lu of %lu\n", step, hr, hr2, rows ? rows->cRows : 0,
       rows2 ? rows2->cRows : 0);
    for (i = 0; rows && rows2 && i < rows->cRows && i < rows2->cRows; i++)
    {
        const SBinary *id = &rows->aRow[i].lpProps[0].Value.bin;
        const SBinary *id2 = &rows2->aRow[i].lpProps[0].Value.bin;

        ok(id->cb == id2->cb && !memcmp(id->lpb, id2->lpb, id->cb),
           "step %lu: row %lu is another\n", step, i);
        ok(!strcmp(rows->aRow[i].lpProps[1].Value.lpszA, "a zebra"), "step %lu: row %lu is %s\n",
           step, i, rows->aRow[i].lpProps[1].Value.lpszA);
    }
    FreeProws(rows);
    FreeProws(rows2);
}

/* What the index finds page by page is what reading the messages does, whatever becomes of them. */
static void test_newest(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Newest");
    SRestriction restriction, not, not_not;
    IMAPITable *table, *other;
    SPropValue value;
    ULONG step, i, count, count2;
    SRowSet *rows;
    SBinary ids[1];
    HRESULT hr;

    seed = 7;
    for (i = 0; i < MANY; i++) add_random(folder);
    table = newest_first(folder);
    other = newest_first(folder);
    set_contains(&restriction, &value, "zebra");
    not.rt = not_not.rt = RES_NOT;
    not.res.resNot.lpRes = &restriction;
    not_not.res.resNot.lpRes = &not;
    for (step = 0; step < 80; step++)
    {
        if (step % 8 == 0)
        {
            hr = IMAPITable_Restrict(table, &restriction, TBL_BATCH);
            ok(hr == S_OK, "got %#lx\n", hr);
            hr = IMAPITable_Restrict(other, &not_not, TBL_BATCH);
            ok(hr == S_OK, "got %#lx\n", hr);
        }
        compare_pages(table, other, 1 + roll(40), step);
        rows = contents(folder);
        i = roll(rows->cRows);
        switch (roll(4))
        {
        case 0:
            add_random(folder);
            break;
        case 1:
            hr = IMAPIFolder_DeleteMessages(folder, entry_list(rows, ids, i, 1), 0, NULL, 0);
            ok(hr == S_OK, "got %#lx\n", hr);
            break;
        default:
            set_random(open_row_message(folder, i, MAPI_MODIFY));
            break;
        }
        FreeProws(rows);
        compare_pages(table, other, 1 + roll(40), step);
        if (roll(8)) continue;
        hr = IMAPITable_GetRowCount(table, 0, &count);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPITable_GetRowCount(other, 0, &count2);
        ok(hr == S_OK && count == count2 && count > MANY / 2, "%lu, not %lu rows\n", count, count2);
        IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
        IMAPITable_SeekRow(other, BOOKMARK_BEGINNING, 0, NULL);
    }
    IMAPITable_Release(other);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
}

START_TEST(search)
{
    IMAPISession *session;
    IMsgStore *store;

    if ((store = ms_begin(profile, &session)))
    {
        test_criteria(store);
        test_index(store);
        test_newest(store);
    }
    ms_end(profile, session, store);
}
