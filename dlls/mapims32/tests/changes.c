/*
 * Tests: tables and sinks of one process while others change the store
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
 * The children are this program, or with the arguments "changes with PROGRAM" another one: the test
 * program of the other architecture. They change two folders in bursts, and wait after each until
 * what was told here, applied event by event, is what the tables have.
 */

#define COBJMACROS

#include <stdarg.h>
#include <stdlib.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "mapims.h"
#include "random.h"

static const char profile[] = "mapitest mapims changes";

#define PATIENCE 60000
#define CHILDREN 2
#define BURSTS 6
#define BURST 10
#define AT_FIRST 12
#define ROWS_MAX 512

static const char *program;

/* ---- the children ---- */

static HANDLE named_event(const char *what, unsigned int child)
{
    char name[64];

    sprintf(name, "mapims changes %s %u", what, child);
    return CreateEventA(NULL, FALSE, FALSE, name);
}

static IMAPIFolder *shared_folder(IMsgStore *store, const char *name)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID), *folder = NULL;
    HRESULT hr;

    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL, OPEN_IF_EXISTS,
                                  &folder);
    ok(hr == S_OK, "CreateFolder returned %#lx\n", hr);
    IMAPIFolder_Release(subtree);
    return folder;
}

static void random_text(char text[16])
{
    sprintf(text, "%c%c%u", 'a' + roll(26), 'a' + roll(26), roll(1000));
}

static void add_random(IMAPIFolder *folder)
{
    IMessage *message;
    char text[16];

    random_text(text);
    message = new_message(folder, text);
    set_long(message, PR_IMPORTANCE, roll(3));
    save_object(message);
    IMessage_Release(message);
}

/* Another process may have been faster. */
static void change_random(IMAPIFolder *folder, const SBinary *id)
{
    IMessage *message;
    char text[16];
    ULONG type;
    HRESULT hr;

    hr = IMAPIFolder_OpenEntry(folder, id->cb, (ENTRYID *)id->lpb, NULL, MAPI_MODIFY, &type,
                               (IUnknown **)&message);
    if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_OBJECT_DELETED) return;
    ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
    if (FAILED(hr)) return;
    random_text(text);
    if (roll(3)) set_text(message, PR_SUBJECT_A, text);
    if (roll(2)) set_long(message, PR_IMPORTANCE, roll(3));
    hr = IMessage_SaveChanges(message, 0);
    ok(hr == S_OK || hr == MAPI_E_OBJECT_CHANGED || hr == MAPI_E_OBJECT_DELETED,
       "SaveChanges returned %#lx\n", hr);
    IMessage_Release(message);
}

static void folder_change(IMAPIFolder *parent, unsigned int number)
{
    SPropValue *id;
    IMAPIFolder *folder = NULL;
    char name[32];
    HRESULT hr;

    sprintf(name, "%c of %u", 'A' + roll(6), number);
    hr = IMAPIFolder_CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL, OPEN_IF_EXISTS,
                                  &folder);
    ok(hr == S_OK, "CreateFolder returned %#lx\n", hr);
    if (FAILED(hr)) return;
    switch (roll(3))
    {
    case 0:
        set_text(folder, PR_COMMENT_A, "comment");
        break;
    case 1:
        id = get_prop(folder, PR_ENTRYID);
        hr = IMAPIFolder_DeleteFolder(parent, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0,
                                      NULL, DEL_MESSAGES | DEL_FOLDERS);
        ok(hr == S_OK, "DeleteFolder returned %#lx\n", hr);
        MAPIFreeBuffer(id);
        break;
    default:
        add_random(folder);
        break;
    }
    IMAPIFolder_Release(folder);
}

static void change_one(IMsgStore *store, IMAPIFolder *const folders[2], unsigned int number)
{
    IMAPIFolder *folder = folders[roll(2)], *other = folders[folder == folders[0]], *subtree;
    SRowSet *rows = contents(folder);
    unsigned int what = roll(10);
    ENTRYLIST list = { 1 };
    HRESULT hr = S_OK;

    if (what < 3 || !rows || rows->cRows < 4) add_random(folder);
    else if (what == 9)
    {
        subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
        folder_change(subtree, number);
        IMAPIFolder_Release(subtree);
    }
    else
    {
        list.lpbin = &rows->aRow[roll(rows->cRows)].lpProps[0].Value.bin;
        switch (what)
        {
        case 3:
        case 4:
            change_random(folder, list.lpbin);
            break;
        case 5:
            hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL,
                                            roll(2) ? DELETE_HARD_DELETE : 0);
            break;
        case 6:
            hr = IMAPIFolder_CopyMessages(folder, &list, NULL, other, 0, NULL, 0);
            break;
        case 7:
            hr = IMAPIFolder_CopyMessages(folder, &list, NULL, other, 0, NULL, MESSAGE_MOVE);
            break;
        default:
            hr = IMAPIFolder_SetReadFlags(folder, &list, 0, NULL, roll(2) ? CLEAR_READ_FLAG : 0);
            break;
        }
        ok(hr == S_OK || hr == MAPI_W_PARTIAL_COMPLETION, "change %u returned %#lx\n", what, hr);
    }
    FreeProws(rows);
}

static void child(unsigned int number, unsigned int first)
{
    HANDLE done = named_event("done", number), go_on = named_event("go", number);
    IMAPIFolder *folders[2];
    IMAPISession *session;
    IMsgStore *store;
    unsigned int i, j;
    HRESULT hr;

    seed = first * 2654435761u + number;
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(session = store_session(profile)) || !(store = open_store(session, 0))) return;
    folders[0] = shared_folder(store, "One");
    folders[1] = shared_folder(store, "Two");
    for (i = 0; i < BURSTS; i++)
    {
        for (j = 0; j < BURST; j++) change_one(store, folders, number);
        SetEvent(done);
        ok(WaitForSingleObject(go_on, PATIENCE * 2) == WAIT_OBJECT_0, "nobody says go on\n");
    }
    IMAPIFolder_Release(folders[0]);
    IMAPIFolder_Release(folders[1]);
    IMsgStore_Release(store);
    store_session_end(session);
    MAPIUninitialize();
    CloseHandle(done);
    CloseHandle(go_on);
}

/* ---- what a client makes of what it is told ---- */

struct row
{
    BYTE key[64];
    char text[32];
};

struct mirror
{
    const char *name;
    IMAPITable *table;
    ULONG_PTR connection;
    struct row rows[ROWS_MAX];          /* cs, here and below */
    ULONG count;
    ULONG events;
    ULONG wrong;
    char first_wrong[128];
};

static CRITICAL_SECTION cs;

static void wrong(struct mirror *mirror, const char *what, const struct row *row)
{
    if (!mirror->wrong++)
        snprintf(mirror->first_wrong, sizeof(mirror->first_wrong), "%s, row %s", what, row->text);
}

static void set_row(struct row *row, const SPropValue *key, const SPropValue *text)
{
    memset(row, 0, sizeof(*row));
    memcpy(row->key, key->Value.bin.lpb, min(key->Value.bin.cb, sizeof(row->key)));
    if (text && PROP_TYPE(text->ulPropTag) == PT_STRING8)
        snprintf(row->text, sizeof(row->text), "%s", text->Value.lpszA);
}

static ULONG find_row(const struct mirror *mirror, const struct row *row)
{
    ULONG i;

    for (i = 0; i < mirror->count; i++)
        if (!memcmp(mirror->rows[i].key, row->key, sizeof(row->key))) break;
    return i;
}

static void remove_row(struct mirror *mirror, ULONG i)
{
    memmove(&mirror->rows[i], &mirror->rows[i + 1],
            (--mirror->count - i) * sizeof(mirror->rows[0]));
}

static void insert_row(struct mirror *mirror, ULONG i, const struct row *row)
{
    if (mirror->count == ROWS_MAX) return;
    memmove(&mirror->rows[i + 1], &mirror->rows[i],
            (mirror->count++ - i) * sizeof(mirror->rows[0]));
    mirror->rows[i] = *row;
}

static void apply(struct mirror *mirror, const TABLE_NOTIFICATION *told)
{
    struct row row, prior;
    ULONG i, at = 0;

    mirror->events++;
    memset(&row, 0, sizeof(row));
    switch (told->ulTableEvent)
    {
    case TABLE_ROW_ADDED:
    case TABLE_ROW_MODIFIED:
        if (told->row.cValues != 2 || told->propIndex.ulPropTag != PR_INSTANCE_KEY)
        {
            wrong(mirror, "no row in the event", &row);
            return;
        }
        set_row(&row, &told->propIndex, &told->row.lpProps[1]);
        i = find_row(mirror, &row);
        if (told->ulTableEvent == TABLE_ROW_ADDED && i < mirror->count)
            wrong(mirror, "added twice", &row);
        if (told->ulTableEvent == TABLE_ROW_MODIFIED && i == mirror->count)
            wrong(mirror, "modified, but never there", &row);
        if (i < mirror->count) remove_row(mirror, i);
        if (told->propPrior.ulPropTag == PR_INSTANCE_KEY)
        {
            set_row(&prior, &told->propPrior, NULL);
            if ((at = find_row(mirror, &prior)) == mirror->count)
                wrong(mirror, "the row before is not there", &row);
            else at++;
        }
        insert_row(mirror, at, &row);
        break;
    case TABLE_ROW_DELETED:
        set_row(&row, &told->propIndex, NULL);
        i = find_row(mirror, &row);
        if (i == mirror->count) wrong(mirror, "deleted, but never there", &row);
        else remove_row(mirror, i);
        break;
    default:
        sprintf(row.text, "event %lu", told->ulTableEvent);
        wrong(mirror, "not told row by row", &row);
        break;
    }
}

static LONG STDAPICALLTYPE on_table(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    EnterCriticalSection(&cs);
    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevTableModified)
            apply(context, &notifications[i].info.tab);
    LeaveCriticalSection(&cs);
    return S_OK;
}

/* The rows as the table gives them now. */
static ULONG read_rows(IMAPITable *table, struct row rows[ROWS_MAX])
{
    SRowSet *set = NULL;
    ULONG count = 0;
    HRESULT hr;

    hr = IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
    ok(hr == S_OK, "SeekRow returned %#lx\n", hr);
    hr = IMAPITable_QueryRows(table, ROWS_MAX, 0, &set);
    ok(hr == S_OK, "QueryRows returned %#lx\n", hr);
    if (FAILED(hr)) return 0;
    for (count = 0; count < set->cRows; count++)
        set_row(&rows[count], &set->aRow[count].lpProps[0], &set->aRow[count].lpProps[1]);
    FreeProws(set);
    return count;
}

static void watch(struct mirror *mirror, const char *name, IMAPITable *table, ULONG text_tag,
                  ULONG order, SRestriction *restriction)
{
    SizedSPropTagArray(2, columns) = { 2, { PR_INSTANCE_KEY, text_tag } };
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { text_tag, order } } };
    IMAPIAdviseSink *sink;
    HRESULT hr;

    memset(mirror, 0, sizeof(*mirror));
    mirror->name = name;
    mirror->table = table;
    hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
    ok(hr == S_OK, "SetColumns returned %#lx\n", hr);
    if (order != ~0u)
    {
        hr = IMAPITable_SortTable(table, (SSortOrderSet *)&sort, 0);
        ok(hr == S_OK, "SortTable returned %#lx\n", hr);
    }
    if (restriction)
    {
        hr = IMAPITable_Restrict(table, restriction, 0);
        ok(hr == S_OK, "Restrict returned %#lx\n", hr);
    }
    mirror->count = read_rows(table, mirror->rows);
    hr = HrAllocAdviseSink(on_table, mirror, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &mirror->connection);
    ok(hr == S_OK, "Advise returned %#lx\n", hr);
    IMAPIAdviseSink_Release(sink);
}

static void end_watch(struct mirror *mirror)
{
    HRESULT hr = IMAPITable_Unadvise(mirror->table, mirror->connection);

    ok(hr == S_OK, "%s: Unadvise returned %#lx\n", mirror->name, hr);
    ok(mirror->events >= BURSTS, "%s: only %lu events\n", mirror->name, mirror->events);
    IMAPITable_Release(mirror->table);
}

static BOOL is_right(struct mirror *mirror)
{
    static struct row rows[ROWS_MAX];
    ULONG count = read_rows(mirror->table, rows);
    BOOL ret;

    EnterCriticalSection(&cs);
    ret = count == mirror->count && !memcmp(rows, mirror->rows, count * sizeof(rows[0]));
    LeaveCriticalSection(&cs);
    return ret;
}

static void check_mirror(struct mirror *mirror, unsigned int burst)
{
    DWORD start = GetTickCount();
    BOOL right;

    while (!(right = is_right(mirror)) && !mirror->wrong && GetTickCount() - start < PATIENCE)
        Sleep(20);
    EnterCriticalSection(&cs);
    ok(!mirror->wrong, "seed %u, burst %u, %s: %lu events are wrong, the first: %s\n", seed, burst,
       mirror->name, mirror->wrong, mirror->first_wrong);
    ok(right || mirror->wrong,
       "seed %u, burst %u, %s: the %lu rows that were told are not those of the table\n", seed,
       burst, mirror->name, mirror->count);
    LeaveCriticalSection(&cs);
}

/* ---- objects ---- */

/* The messages of the two folders, as a sink on the store knows them. */
static struct known { BYTE id[48], parent[48]; } known[ROWS_MAX];     /* cs, here and below */
static ULONG known_count, object_events, objects_wrong;
static char object_wrong[128];
static BYTE folder_ids[2][48];

static ULONG find_known(const void *id)
{
    ULONG i;

    for (i = 0; i < known_count; i++) if (!memcmp(known[i].id, id, sizeof(known[i].id))) break;
    return i;
}

static BOOL is_ours(const void *parent)
{
    return !memcmp(parent, folder_ids[0], 48) || !memcmp(parent, folder_ids[1], 48);
}

static void objects_are_wrong(const char *what)
{
    if (!objects_wrong++) snprintf(object_wrong, sizeof(object_wrong), "%s", what);
}

static void add_known(const void *id, const void *parent)
{
    if (find_known(id) < known_count) objects_are_wrong("created, though there");
    else if (known_count < ROWS_MAX)
    {
        memcpy(known[known_count].id, id, 48);
        memcpy(known[known_count++].parent, parent, 48);
    }
}

static void apply_object(ULONG event, const OBJECT_NOTIFICATION *told)
{
    ULONG i;

    if (told->ulObjType != MAPI_MESSAGE || !is_ours(told->lpParentID)) return;
    object_events++;
    i = find_known(told->lpEntryID);
    switch (event)
    {
    case fnevObjectCreated:
    case fnevObjectCopied:
        add_known(told->lpEntryID, told->lpParentID);
        return;
    case fnevObjectMoved:
        if (i == known_count) objects_are_wrong("moved, but not there");
        else if (memcmp(known[i].parent, told->lpOldParentID, 48))
            objects_are_wrong("moved from where it was not");
        else memcpy(known[i].parent, told->lpParentID, 48);
        return;
    case fnevObjectDeleted:
        if (i == known_count) objects_are_wrong("deleted, but not there");
        else known[i] = known[--known_count];
        return;
    default:
        if (i == known_count) objects_are_wrong("modified, but not there");
    }
}

static LONG STDAPICALLTYPE on_object(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    EnterCriticalSection(&cs);
    for (i = 0; i < count; i++)
        apply_object(notifications[i].ulEventType, &notifications[i].info.obj);
    LeaveCriticalSection(&cs);
    return S_OK;
}

static BOOL objects_right(IMAPIFolder *const folders[2])
{
    ULONG i, j, k, total = 0, found = 0;

    for (i = 0; i < 2; i++)
    {
        SRowSet *rows = contents(folders[i]);

        total += rows->cRows;
        EnterCriticalSection(&cs);
        for (j = 0; j < rows->cRows; j++)
        {
            k = find_known(rows->aRow[j].lpProps[0].Value.bin.lpb);
            if (k < known_count && !memcmp(known[k].parent, folder_ids[i], 48)) found++;
        }
        LeaveCriticalSection(&cs);
        FreeProws(rows);
    }
    return found == total && total == known_count;
}

static void check_objects(IMAPIFolder *const folders[2], unsigned int burst)
{
    DWORD start = GetTickCount();
    BOOL right;

    while (!(right = objects_right(folders)) && !objects_wrong && GetTickCount() - start < PATIENCE)
        Sleep(20);
    ok(right && !objects_wrong, "seed %u, burst %u: what was told of objects is wrong: %s\n", seed,
       burst, object_wrong);
}

/* ---- all of it ---- */

static void start_child(unsigned int number, HANDLE *process)
{
    STARTUPINFOA startup = { sizeof(startup) };
    char command[MAX_PATH * 2];
    PROCESS_INFORMATION info;
    BOOL ret;

    sprintf(command, "\"%s\" changes %u %u", program, number, seed);
    ret = CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info);
    ok(ret, "CreateProcess failed: %lu\n", GetLastError());
    *process = NULL;
    if (!ret) return;
    CloseHandle(info.hThread);
    *process = info.hProcess;
}

static IMAPITable *table_of(IMAPIFolder *folder, BOOL hierarchy)
{
    IMAPITable *table = NULL;
    HRESULT hr;

    hr = hierarchy ? IMAPIFolder_GetHierarchyTable(folder, 0, &table)
                   : IMAPIFolder_GetContentsTable(folder, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    return table;
}

static void test_others(IMsgStore *store)
{
    static struct mirror mirrors[5];
    IMAPIFolder *folders[2], *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    HANDLE children[CHILDREN], done[CHILDREN], go_on[CHILDREN];
    SRestriction important, early;
    SPropValue high, middle, *id;
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    DWORD code;
    HRESULT hr;
    ULONG i, j;

    folders[0] = shared_folder(store, "One");
    folders[1] = shared_folder(store, "Two");
    for (i = 0; i < 2; i++)
    {
        id = get_prop(folders[i], PR_ENTRYID);
        memcpy(folder_ids[i], id->Value.bin.lpb, min(id->Value.bin.cb, 48));
        MAPIFreeBuffer(id);
    }
    hr = HrAllocAdviseSink(on_object, NULL, &sink);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_Advise(store, 0, NULL, fnevObjectCreated | fnevObjectModified | fnevObjectMoved
                          | fnevObjectDeleted | fnevObjectCopied, sink, &connection);
    ok(hr == S_OK, "Advise returned %#lx\n", hr);
    IMAPIAdviseSink_Release(sink);
    for (i = 0; i < AT_FIRST; i++) add_random(folders[i % 2]);

    memset(&high, 0, sizeof(high));
    high.ulPropTag = PR_IMPORTANCE;
    high.Value.l = 1;
    important.rt = RES_PROPERTY;
    important.res.resProperty.relop = RELOP_GE;
    important.res.resProperty.ulPropTag = PR_IMPORTANCE;
    important.res.resProperty.lpProp = &high;
    memset(&middle, 0, sizeof(middle));
    middle.ulPropTag = PR_SUBJECT_A;
    middle.Value.lpszA = (char *)"n";
    early.rt = RES_PROPERTY;
    early.res.resProperty.relop = RELOP_LT;
    early.res.resProperty.ulPropTag = PR_SUBJECT_A;
    early.res.resProperty.lpProp = &middle;
    watch(&mirrors[0], "not sorted", table_of(folders[0], FALSE), PR_SUBJECT_A, ~0u, NULL);
    watch(&mirrors[1], "sorted", table_of(folders[0], FALSE), PR_SUBJECT_A, TABLE_SORT_ASCEND,
          NULL);
    watch(&mirrors[2], "restricted", table_of(folders[0], FALSE), PR_SUBJECT_A, TABLE_SORT_DESCEND,
          &important);
    watch(&mirrors[3], "restricted by subject", table_of(folders[1], FALSE), PR_SUBJECT_A,
          TABLE_SORT_ASCEND, &early);
    watch(&mirrors[4], "hierarchy", table_of(subtree, TRUE), PR_DISPLAY_NAME_A, TABLE_SORT_ASCEND,
          NULL);

    for (i = 0; i < CHILDREN; i++)
    {
        done[i] = named_event("done", i);
        go_on[i] = named_event("go", i);
        start_child(i, &children[i]);
    }
    for (i = 0; i < BURSTS && !winetest_get_failures(); i++)
    {
        for (j = 0; j < CHILDREN; j++)
            ok(WaitForSingleObject(done[j], PATIENCE * 2) == WAIT_OBJECT_0, "child %lu hangs\n", j);
        for (j = 0; j < ARRAY_SIZE(mirrors); j++) check_mirror(&mirrors[j], i);
        check_objects(folders, i);
        for (j = 0; j < CHILDREN; j++) SetEvent(go_on[j]);
    }
    for (i = 0; i < CHILDREN; i++)
    {
        if (winetest_get_failures()) TerminateProcess(children[i], 0);
        ok(WaitForSingleObject(children[i], PATIENCE * 2) == WAIT_OBJECT_0, "child %lu hangs\n", i);
        GetExitCodeProcess(children[i], &code);
        ok(!code, "child %lu ended with %lu\n", i, code);
        CloseHandle(children[i]);
        CloseHandle(done[i]);
        CloseHandle(go_on[i]);
    }
    for (i = 0; i < ARRAY_SIZE(mirrors); i++) end_watch(&mirrors[i]);
    ok(object_events >= BURSTS, "only %lu events of objects\n", object_events);
    hr = IMsgStore_Unadvise(store, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIFolder_Release(subtree);
    IMAPIFolder_Release(folders[0]);
    IMAPIFolder_Release(folders[1]);
}

START_TEST(changes)
{
    MAPIINIT_0 init = { MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS };
    IMAPISession *session;
    IMsgStore *store;
    char **argv;
    HRESULT hr;
    int argc;

    argc = winetest_get_mainargs(&argv);
    program = argv[0];
    seed = GetTickCount();
    if (argc == 4 && !strcmp(argv[2], "with")) program = argv[3];
    else if (argc == 4)
    {
        child(atoi(argv[2]), strtoul(argv[3], NULL, 10));
        return;
    }
    else if (argc == 3) seed = strtoul(argv[2], NULL, 10);
    InitializeCriticalSection(&cs);
    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((store = ms_begin(profile, &session))) test_others(store);
    ms_end(profile, session, store);
    MAPIUninitialize();
    DeleteCriticalSection(&cs);
}
