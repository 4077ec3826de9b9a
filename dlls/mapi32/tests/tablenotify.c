/*
 * Tests of the notifications of tables, and of tables that threads change
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
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winnls.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"

#include "tables.h"

/* --- notifications ------------------------------------------------------------------------------------ */

struct test_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG refs;
    CRITICAL_SECTION cs;
    HANDLE event;
    char text[4096];    /* what came, in short */
};

static struct test_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct test_sink, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI test_sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    *ret = iface;
    IMAPIAdviseSink_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI test_sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->refs);
}

static ULONG WINAPI test_sink_Release(IMAPIAdviseSink *iface)
{
    return InterlockedDecrement(&impl_from_IMAPIAdviseSink(iface)->refs);
}

static ULONG WINAPI test_sink_OnNotify(IMAPIAdviseSink *iface, ULONG count,
                                       NOTIFICATION *notifications)
{
    static const char *const names[] = { "?",        "changed", "error",      "added",   "deleted",
                                         "modified", "sorted",  "restricted", "columns", "reload" };
    struct test_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG i;

    EnterCriticalSection(&sink->cs);
    for (i = 0; i < count; i++)
    {
        const TABLE_NOTIFICATION *table = &notifications[i].info.tab;
        char *end = sink->text + strlen(sink->text);

        if (end - sink->text > (int)sizeof(sink->text) - 100) break;
        /* As many come as come: only what is wrong is counted as a test. */
        if (notifications[i].ulEventType != fnevTableModified)
            ok(0, "event %#lx\n", notifications[i].ulEventType);
        if (end != sink->text) *end++ = ' ';
        end += sprintf(end, "%s", names[table->ulTableEvent < 10 ? table->ulTableEvent : 0]);
        if (table->propIndex.ulPropTag == PR_ROWID)
            end += sprintf(end, ":%ld", table->propIndex.Value.l);
        else if (table->propIndex.ulPropTag == PR_INSTANCE_KEY) end += sprintf(end, ":#");
        else if (table->propIndex.ulPropTag != PR_NULL)
            ok(0, "index %#lx\n", table->propIndex.ulPropTag);
        if (table->propPrior.ulPropTag == PR_ROWID)
            end += sprintf(end, "<%ld", table->propPrior.Value.l);
        else if (table->propPrior.ulPropTag == PR_INSTANCE_KEY) end += sprintf(end, "<#");
        else if (table->propPrior.ulPropTag != PR_NULL)
            ok(0, "prior %#lx\n", table->propPrior.ulPropTag);
        if (table->row.cValues) sprintf(end, "=%ld", table->row.lpProps[0].Value.l);
    }
    LeaveCriticalSection(&sink->cs);
    SetEvent(sink->event);
    return 0;
}

static IMAPIAdviseSinkVtbl test_sink_vtbl =
{
    test_sink_QueryInterface,
    test_sink_AddRef,
    test_sink_Release,
    test_sink_OnNotify,
};

static void sink_init(struct test_sink *sink)
{
    memset(sink, 0, sizeof(*sink));
    sink->IMAPIAdviseSink_iface.lpVtbl = &test_sink_vtbl;
    sink->refs = 1;
    sink->event = CreateEventW(NULL, FALSE, FALSE, NULL);
    InitializeCriticalSection(&sink->cs);
}

static void sink_destroy(struct test_sink *sink)
{
    ok(sink->refs == 1, "sink has %ld references\n", sink->refs);
    CloseHandle(sink->event);
    DeleteCriticalSection(&sink->cs);
}

/* Waits for the events expected, then a little for any that should not come. */
#define check_events(sink, expected) check_events_(__LINE__, sink, expected)
static void check_events_(int line, struct test_sink *sink, const char *expected)
{
    DWORD end = GetTickCount() + 3000;
    MSG msg;
    BOOL done;

    for (;;)
    {
        EnterCriticalSection(&sink->cs);
        done = !strcmp(sink->text, expected) || strlen(sink->text) > strlen(expected);
        LeaveCriticalSection(&sink->cs);
        if (done || (int)(end - GetTickCount()) <= 0) break;
        MsgWaitForMultipleObjects(1, &sink->event, FALSE, 50, QS_ALLINPUT);
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
    }
    Sleep(20);
    while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageW(&msg);
    EnterCriticalSection(&sink->cs);
    ok_(__FILE__, line)(!strcmp(sink->text, expected), "got \"%s\", not \"%s\"\n", sink->text,
                        expected);
    sink->text[0] = 0;
    LeaveCriticalSection(&sink->cs);
}

static void test_notifications(void)
{
    SizedSPropTagArray(1, columns) = { 1, { TAG_NUMBER } };
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    BYTE room[sizeof(SRowSet) + 9 * sizeof(SRow)];
    ITableData *data = create_table();
    IMAPITable *plain = get_view(data), *sorted = get_view(data);
    struct test_sink sink, other;
    ULONG_PTR connection, second;
    SPropValue ids[9], number;
    SRowSet *set = (SRowSet *)room;
    SRestriction res;
    ULONG deleted;
    HRESULT hr;
    ULONG i;

    sink_init(&sink);
    sink_init(&other);
    connection = 5;
    hr = IMAPITable_Advise(plain, fnevTableModified, NULL, &connection);
    ok(hr == MAPI_E_INVALID_PARAMETER && !connection, "no sink: %#lx\n", hr);
    hr = IMAPITable_Advise(plain, fnevTableModified, &sink.IMAPIAdviseSink_iface, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no connection: %#lx\n", hr);
    hr = IMAPITable_Advise(plain, fnevNewMail, &sink.IMAPIAdviseSink_iface, &connection);
    ok(hr == MAPI_E_NO_SUPPORT && !connection, "other event: %#lx\n", hr);
    hr = IMAPITable_Advise(plain, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection);
    ok(hr == S_OK && connection, "Advise: %#lx\n", hr);
    hr = IMAPITable_Advise(sorted, fnevTableModified, &other.IMAPIAdviseSink_iface, &second);
    ok(hr == S_OK && second && second != connection, "Advise: %#lx\n", hr);
    hr = IMAPITable_SortTable(sorted, (SSortOrderSet *)&sort, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    hr = IMAPITable_SetColumns(sorted, (SPropTagArray *)&columns, 0);
    ok(hr == S_OK, "SetColumns: %#lx\n", hr);
    check_events(&other, "sorted columns");

    set_row(data, 1, "one", 10);
    set_row(data, 2, "two", 5);
    set_row(data, 3, "three", 7);
    set_row(data, 1, "one", 6);
    set_row(data, 1, "one", 1);
    set_row(data, 1, "uno", 1);
    check_events(&sink, "added:1=1 added:2<1=2 added:3<2=3 modified:1=1 modified:1=1 modified:1=1");
    check_events(&other,
                 "added:1=10 added:2=5 added:3<2=7 modified:1<2=6 modified:1=1 modified:1=1");

    /* each view tells of its own rows only */
    memset(&number, 0, sizeof(number));
    number.ulPropTag = TAG_NUMBER;
    number.Value.l = 5;
    res = property(RELOP_GE, &number);
    hr = IMAPITable_Restrict(sorted, &res, 0);
    ok(hr == S_OK, "Restrict: %#lx\n", hr);
    set_row(data, 1, "one", 2);
    set_row(data, 1, "one", 8);
    set_row(data, 3, "three", 1);
    delete_row(data, 3);
    delete_row(data, 2);
    check_events(&sink, "modified:1=1 modified:1=1 modified:3<2=3 deleted:3 deleted:2");
    check_events(&other, "restricted added:1<3=8 deleted:3 deleted:2");

    /* HrNotify says that a row has changed when it has not */
    memset(ids, 0, sizeof(ids));
    ids[0].ulPropTag = PR_ROWID;
    ids[0].Value.l = 1;
    hr = ITableData_HrNotify(data, 0, 0, ids);
    ok(hr == MAPI_E_INVALID_PARAMETER, "no values: %#lx\n", hr);
    hr = ITableData_HrNotify(data, 1, 1, ids);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "flags: %#lx\n", hr);
    hr = ITableData_HrNotify(data, 0, 1, ids);
    ok(hr == S_OK, "HrNotify: %#lx\n", hr);
    number.Value.l = 8;
    hr = ITableData_HrNotify(data, 0, 1, &number);
    ok(hr == S_OK, "HrNotify: %#lx\n", hr);
    number.Value.l = 99;
    hr = ITableData_HrNotify(data, 0, 1, &number);
    ok(hr == MAPI_E_NOT_FOUND, "HrNotify: %#lx\n", hr);
    check_events(&sink, "modified:1=1 modified:1=1");

    /* many rows at once */
    memset(room, 0, sizeof(room));
    for (i = 0; i < 9; i++)
    {
        ids[i].ulPropTag = PR_ROWID;
        ids[i].Value.l = 50 + i;
        set->aRow[i].cValues = 1;
        set->aRow[i].lpProps = &ids[i];
    }
    set->cRows = 8;
    hr = ITableData_HrModifyRows(data, 0, set);
    ok(hr == S_OK, "HrModifyRows: %#lx\n", hr);
    check_events(&sink, "added:50<1=50 added:51<50=51 added:52<51=52 added:53<52=53 added:54<53=54 "
                        "added:55<54=55 added:56<55=56 added:57<56=57");
    set->cRows = 9;
    hr = ITableData_HrModifyRows(data, 0, set);
    ok(hr == S_OK, "HrModifyRows: %#lx\n", hr);
    check_events(&sink, "changed");
    /* the restricted view shows none of them */
    check_events(&other, "modified:1=8 modified:1=8");
    hr = ITableData_HrDeleteRows(data, TAD_ALL_ROWS, NULL, &deleted);
    ok(hr == S_OK && deleted == 10, "HrDeleteRows: %#lx %lu\n", hr, deleted);
    check_events(&sink, "reload");
    check_events(&other, "reload");
    set_row(data, 4, "four", 44);
    check_events(&sink, "added:4=4");
    check_events(&other, "added:4=44");

    hr = IMAPITable_Unadvise(plain, connection);
    ok(hr == S_OK, "Unadvise: %#lx\n", hr);
    hr = IMAPITable_Unadvise(plain, connection);
    ok(hr == MAPI_E_NOT_FOUND, "once more: %#lx\n", hr);
    set_row(data, 5, "five", 55);
    check_events(&sink, "");
    ok(!IMAPITable_Release(plain), "view is left\n");
    /* a view that ends with a connection ends that as well */
    end_table(data, sorted);
    sink_destroy(&sink);
    sink_destroy(&other);
}

/* Rows that move between categories, of which one is collapsed: # is a heading. */
static void test_categories(void)
{
    SizedSPropTagArray(2, columns) = { 2, { TAG_NUMBER, PR_INSTANCE_KEY } };
    SizedSSortOrderSet(2, sort) = { 2, 1, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND },
                                               { PR_DISPLAY_NAME_A, TABLE_SORT_ASCEND } } };
    ITableData *data = create_table();
    IMAPITable *view = get_view(data);
    struct test_sink sink;
    ULONG_PTR connection;
    SRowSet *rows;
    SBinary *key;
    HRESULT hr;

    sink_init(&sink);
    set_row(data, 1, "one", 10);
    set_row(data, 2, "two", 10);
    set_row(data, 3, "three", 20);
    hr = IMAPITable_SetColumns(view, (SPropTagArray *)&columns, 0);
    ok(hr == S_OK, "SetColumns: %#lx\n", hr);
    hr = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    hr = IMAPITable_QueryRows(view, 10, 0, &rows);
    ok(hr == S_OK && rows->cRows == 2, "QueryRows: %#lx\n", hr);
    key = &rows->aRow[1].lpProps[1].Value.bin;
    hr = IMAPITable_ExpandRow(view, key->cb, key->lpb, 0, 0, NULL, NULL);
    ok(hr == S_OK, "ExpandRow: %#lx\n", hr);
    free_rows(rows);
    hr = IMAPITable_Advise(view, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection);
    ok(hr == S_OK, "Advise: %#lx\n", hr);

    set_row(data, 2, "two", 20);
    check_events(&sink, "modified:#=10 modified:#<#=20 added:2<3=20");
    set_row(data, 2, "two", 10);
    check_events(&sink, "modified:#<#=20 modified:#=10 deleted:2");
    set_row(data, 3, "three", 10);
    check_events(&sink, "deleted:# modified:#=10 deleted:3");

    sort.cCategories = sort.cExpanded = 2;
    hr = IMAPITable_SortTable(view, (SSortOrderSet *)&sort, 0);
    ok(hr == S_OK, "SortTable: %#lx\n", hr);
    check_events(&sink, "sorted");
    set_row(data, 4, "four", 30);
    check_events(&sink, "added:#<2=30 added:#<#=30 added:4<#=30");
    hr = IMAPITable_Unadvise(view, connection);
    ok(hr == S_OK, "Unadvise: %#lx\n", hr);
    end_table(data, view);
    sink_destroy(&sink);
}

/* --- threads -------------------------------------------------------------------------------------------- */

struct changer
{
    ITableData *data;
    ULONG number;
    LONG failures;
};

static DWORD WINAPI change_thread(void *arg)
{
    SizedSSortOrderSet(1, sort) = { 1, 0, 0, { { TAG_NUMBER, TABLE_SORT_ASCEND } } };
    struct changer *changer = arg;
    ULONG i, k, seed = changer->number * 7919 + 1;
    struct test_sink sink;
    ULONG_PTR connection;
    IMAPITable *view;
    SRowSet *rows;

    sink_init(&sink);
    for (i = 0; i < 40; i++)
    {
        if (ITableData_HrGetView(changer->data, i & 1 ? (SSortOrderSet *)&sort : NULL, NULL, 0,
                                 &view)
            != S_OK)
        {
            changer->failures++;
            continue;
        }
        if (IMAPITable_Advise(view, fnevTableModified, &sink.IMAPIAdviseSink_iface, &connection)
            != S_OK)
            changer->failures++;
        for (k = 0; k < 50; k++)
        {
            seed = seed * 1664525 + 1013904223;
            if ((seed >> 28) < 5)
                delete_row(changer->data, (seed >> 8) % 300);
            else if (set_row(changer->data, (seed >> 8) % 300, "row", seed >> 16) != S_OK)
                changer->failures++;
            if (k % 10) continue;
            IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
            if (IMAPITable_QueryRows(view, 400, 0, &rows) != S_OK)
            {
                changer->failures++;
                continue;
            }
            if (i & 1)
            {
                ULONG n;

                for (n = 1; n < rows->cRows; n++)
                    if (rows->aRow[n].lpProps[2].Value.l < rows->aRow[n - 1].lpProps[2].Value.l)
                        changer->failures++;
            }
            free_rows(rows);
        }
        if (i % 3 && IMAPITable_Unadvise(view, connection) != S_OK) changer->failures++;
        if (IMAPITable_Release(view)) changer->failures++;
        sink.text[0] = 0;
    }
    /* a notification on its way may hold the sink a moment longer */
    for (i = 0; i < 3000 && sink.refs != 1; i++) Sleep(10);
    if (sink.refs != 1) changer->failures += 1000;
    CloseHandle(sink.event);
    DeleteCriticalSection(&sink.cs);
    return 0;
}

static void test_threads(void)
{
    struct changer changers[6];
    HANDLE threads[6];
    ITableData *data = create_table();
    ULONG i;

    for (i = 0; i < 6; i++)
    {
        changers[i].data = data;
        changers[i].number = i;
        changers[i].failures = 0;
        threads[i] = CreateThread(NULL, 0, change_thread, &changers[i], 0, NULL);
    }
    for (i = 0; i < 6; i++)
    {
        ok(WaitForSingleObject(threads[i], 120000) == WAIT_OBJECT_0, "thread %lu does not end\n",
           i);
        CloseHandle(threads[i]);
        ok(!changers[i].failures, "thread %lu: %ld failures\n", i, changers[i].failures);
    }
    ok(!ITableData_Release(data), "table is left\n");
    ok(!blocks_out, "%ld blocks left\n", blocks_out);
}

START_TEST(tablenotify)
{
    MAPIINIT_0 init = { 0, MAPI_MULTITHREAD_NOTIFICATIONS };
    HRESULT hr;

    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "MAPIInitialize: %#lx\n", hr);
    test_notifications();
    test_categories();
    test_threads();
    MAPIUninitialize();
}
