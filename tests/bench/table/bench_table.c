/*
 * What tables cost, beside the same work on a plain array
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
 * For each number of rows named: filling a table of 8 columns, sorting it, restricting it, reading
 * and finding rows, and changing one row while a sorted view is open. Beside it, in the same run,
 * an array of structures with the same values: filled, sorted with qsort and memcmp or
 * CompareString, searched one by one. The number in brackets is the first divided by the second. At
 * the end, what changing a row costs with the most rows is divided by what it costs with the
 * fewest.
 */

#define COBJMACROS
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <initguid.h>
#include <windows.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>

#define COLUMNS 8
#define CHANGES 2000
#define READS   500
#define SCANS   20
#define REPEATS(count) ((count) > 100000 ? 1 : 5)

static double now_ms(void)
{
    static LARGE_INTEGER frequency;
    LARGE_INTEGER counter;

    if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return counter.QuadPart * 1e3 / frequency.QuadPart;
}

static volatile ULONG scanned;  /* so that what is only timed is done */
static unsigned int seed;

static unsigned int roll(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 8;
}

static const SizedSPropTagArray(COLUMNS, columns) =
{
    COLUMNS,
    { PR_INSTANCE_KEY, PR_SUBJECT_W, PR_SENDER_NAME_W, PR_MESSAGE_DELIVERY_TIME, PR_MESSAGE_SIZE, PR_IMPORTANCE,
      PR_MESSAGE_FLAGS, PR_ENTRYID }
};

/* The same row as a plain structure. */
struct plain
{
    ULONG key[4];
    LONGLONG time;
    LONG size;
    LONG importance;
    LONG flags;
    BYTE entryid[24];
    WCHAR subject[48];
    WCHAR sender[24];
};

static void make_row(struct plain *plain, ULONG number)
{
    static const WCHAR *const words[] = { L"offer", L"Meeting", L"report", L"\x00fc" L"ber", L"plan", L"Invoice",
                                          L"holiday", L"Re:", L"budget", L"minutes", L"draft", L"answer" };
    ULONG i, length = 0;

    memset(plain, 0, sizeof(*plain));
    plain->key[0] = number;
    plain->key[1] = roll();
    for (i = 0; i < 5; i++)
        length += swprintf(plain->subject + length, 48 - length, L"%s ", words[roll() % 12]);
    swprintf(plain->sender, 24, L"%s %u", words[roll() % 12], roll() % 500);
    plain->time = (LONGLONG)roll() << 28 | roll();
    plain->size = roll() % 100000;
    plain->importance = roll() % 3;
    plain->flags = roll() & 1;
    memcpy(plain->entryid + 4, plain->key, sizeof(plain->key));
}

static void make_props(SPropValue *props, struct plain *plain)
{
    ULONG i;

    memset(props, 0, COLUMNS * sizeof(*props));
    for (i = 0; i < COLUMNS; i++) props[i].ulPropTag = columns.aulPropTag[i];
    props[0].Value.bin.cb = sizeof(plain->key);
    props[0].Value.bin.lpb = (BYTE *)plain->key;
    props[1].Value.lpszW = plain->subject;
    props[2].Value.lpszW = plain->sender;
    props[3].Value.li.QuadPart = plain->time;
    props[4].Value.l = plain->size;
    props[5].Value.l = plain->importance;
    props[6].Value.l = plain->flags;
    props[7].Value.bin.cb = sizeof(plain->entryid);
    props[7].Value.bin.lpb = plain->entryid;
}

static int by_importance_and_time(const void *a, const void *b)
{
    const struct plain *x = *(const struct plain *const *)a, *y = *(const struct plain *const *)b;

    if (x->importance != y->importance) return x->importance < y->importance ? 1 : -1;
    return x->time < y->time ? -1 : x->time > y->time;
}

static int by_time(const void *a, const void *b)
{
    const struct plain *x = *(const struct plain *const *)a, *y = *(const struct plain *const *)b;

    return x->time < y->time ? -1 : x->time > y->time;
}

/* Collation, as a table's users expect it. */
static int by_subject_and_time(const void *a, const void *b)
{
    const struct plain *x = *(const struct plain *const *)a, *y = *(const struct plain *const *)b;
    int order = CompareStringW(LOCALE_USER_DEFAULT, 0, x->subject, -1, y->subject, -1) - CSTR_EQUAL;

    return order ? order : by_time(a, b);
}

static int by_bytes_and_time(const void *a, const void *b)
{
    const struct plain *x = *(const struct plain *const *)a, *y = *(const struct plain *const *)b;
    int order = memcmp(x->subject, y->subject, sizeof(x->subject));

    return order ? order : by_time(a, b);
}

static void sort_plain(struct plain *rows, struct plain **order, ULONG count,
                       int (__cdecl *compare)(const void *, const void *))
{
    ULONG i;

    for (i = 0; i < count; i++) order[i] = &rows[i];
    qsort(order, count, sizeof(*order), compare);
}

static void line(const char *what, double table, const char *unit, const char *beside, double plain)
{
    if (beside)
        printf("%-36s %10.2f %-6s %-28s %10.2f  (%.2f)\n", what, table, unit, beside, plain,
               table / plain);
    else printf("%-36s %10.2f %s\n", what, table, unit);
}

/* The best of some, as the first pays for memory that the others find: ms. */
static double time_table_sort(IMAPITable *view, const void *sort, ULONG count)
{
    double start, best = 0, took;
    ULONG i;

    for (i = 0; i < REPEATS(count); i++)
    {
        start = now_ms();
        if (IMAPITable_SortTable(view, (SSortOrderSet *)sort, 0) != S_OK) exit(1);
        took = now_ms() - start;
        if (!i || took < best) best = took;
    }
    return best;
}

static double time_plain_sort(struct plain *rows, struct plain **order, ULONG count,
                              int (__cdecl *compare)(const void *, const void *))
{
    double start, best = 0, took;
    ULONG i;

    for (i = 0; i < REPEATS(count); i++)
    {
        start = now_ms();
        sort_plain(rows, order, count, compare);
        took = now_ms() - start;
        if (!i || took < best) best = took;
    }
    return best;
}

static SIZE_T memory_in_use(void)
{
    PROCESS_HEAP_ENTRY entry;
    SIZE_T bytes = 0;

    entry.lpData = NULL;
    HeapLock(GetProcessHeap());
    while (HeapWalk(GetProcessHeap(), &entry))
        if (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) bytes += entry.cbData + entry.cbOverhead;
    HeapUnlock(GetProcessHeap());
    return bytes;
}

/* A plain array kept in order by time: the row is taken out, and put where its new time belongs. */
static void change_plain(struct plain **order, ULONG count, struct plain *row, LONGLONG time)
{
    ULONG low, high, middle, pass;

    for (pass = 0; pass < 2; pass++)
    {
        for (low = 0, high = count - pass; low < high;)
        {
            middle = (low + high) / 2;
            if (order[middle]->time < row->time) low = middle + 1;
            else high = middle;
        }
        if (!pass)
        {
            while (order[low] != row) low++;
            memmove(order + low, order + low + 1, (count - 1 - low) * sizeof(*order));
            row->time = time;
        }
        else
        {
            memmove(order + low + 1, order + low, (count - 1 - low) * sizeof(*order));
            order[low] = row;
        }
    }
}

/* What it costs to change a row, in us. */
static double bench(ULONG count)
{
    SizedSSortOrderSet(2, sort) = { 1, 0, 0, { { PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND },
                                               { PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND } } };
    ULONG i, read = 0, total, found = 0, values = 0;
    struct plain *rows = malloc(count * sizeof(*rows)), **order = malloc(count * sizeof(*order));
    double start, table, plain, collated, change;
    SPropValue props[COLUMNS], key;
    SRow row = { 0, COLUMNS, props };
    SRestriction res;
    static LONGLONG times[CHANGES];
    static ULONG changed[CHANGES];
    ITableData *data;
    IMAPITable *view;
    SIZE_T before;
    SRowSet *set;

    seed = 1;
    if (!rows || !order) exit(1);
    for (i = 0; i < count; i++)
    {
        make_row(&rows[i], i);
        values += COLUMNS * sizeof(SPropValue) + sizeof(rows[i].key) + sizeof(rows[i].entryid) +
                  (lstrlenW(rows[i].subject) + lstrlenW(rows[i].sender) + 2) * sizeof(WCHAR);
    }
    printf("%lu rows of %u columns\n", count, COLUMNS);

    before = memory_in_use();
    if (CreateTable(NULL, (ALLOCATEBUFFER *)MAPIAllocateBuffer, (ALLOCATEMORE *)MAPIAllocateMore,
                    (FREEBUFFER *)MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY,
                    (SPropTagArray *)&columns, &data) != S_OK) exit(1);
    start = now_ms();
    for (i = 0; i < count; i++)
    {
        make_props(props, &rows[i]);
        if (ITableData_HrModifyRow(data, &row) != S_OK) exit(1);
    }
    table = now_ms() - start;
    start = now_ms();
    for (i = 0; i < count; i++)
    {
        if (!(order[i] = malloc(sizeof(**order)))) exit(1);
        *order[i] = rows[i];
    }
    plain = now_ms() - start;
    for (i = 0; i < count; i++) free(order[i]);
    line("fill", table, "ms", "malloc and copy of each", plain);

    if (ITableData_HrGetView(data, NULL, NULL, 0, &view) != S_OK) exit(1);
    start = now_ms();
    IMAPITable_GetRowCount(view, 0, &total);
    line("first look at a view", now_ms() - start, "ms", NULL, 0);
    table = memory_in_use() - before;
    line("memory, with one view", table / 1e6, "MB", "the values' own bytes", values / 1e6);

    table = time_table_sort(view, &sort, count);
    line("sort by time", table, "ms", "qsort", time_plain_sort(rows, order, count, by_time));

    /* Each by itself: moving a part of a large array leaves nothing else in the caches. */
    for (i = 0; i < CHANGES; i++)
    {
        changed[i] = roll() % count;
        times[i] = (LONGLONG)roll() << 28 | roll();
    }
    start = now_ms();
    for (i = 0; i < CHANGES; i++) change_plain(order, count, &rows[changed[i]], times[i]);
    plain = now_ms() - start;
    start = now_ms();
    for (i = 0; i < CHANGES; i++)
    {
        make_props(props, &rows[changed[i]]);
        props[3].Value.li.QuadPart = times[i];
        ITableData_HrModifyRow(data, &row);
    }
    table = now_ms() - start;
    change = table * 1e3 / CHANGES;
    line("change a row, that view open", change, "us", "the same in a sorted array",
         plain * 1e3 / CHANGES);

    sort.cSorts = 2;
    sort.aSort[0].ulPropTag = PR_IMPORTANCE;
    sort.aSort[0].ulOrder = TABLE_SORT_DESCEND;
    table = time_table_sort(view, &sort, count);
    line("sort by importance and time", table, "ms", "qsort",
         time_plain_sort(rows, order, count, by_importance_and_time));

    sort.aSort[0].ulOrder = TABLE_SORT_ASCEND;
    sort.aSort[0].ulPropTag = PR_SUBJECT_W;
    table = time_table_sort(view, &sort, count);
    plain = time_plain_sort(rows, order, count, by_bytes_and_time);
    start = now_ms();
    sort_plain(rows, order, count, by_subject_and_time);
    collated = now_ms() - start;
    line("sort by subject and time", table, "ms", "qsort with CompareString", collated);
    line("", table, "ms", "qsort with memcmp", plain);

    table = memory_in_use() - before;
    line("memory, with that view", table / 1e6, "MB", "the values' own bytes", values / 1e6);
    start = now_ms();
    for (i = 0; i < CHANGES; i++)
    {
        struct plain edited = rows[roll() % count];

        edited.subject[0] = 'a' + roll() % 26;
        make_props(props, &edited);
        ITableData_HrModifyRow(data, &row);
    }
    line("change a row, that view open", (now_ms() - start) * 1e3 / CHANGES, "us", NULL, 0);

    start = now_ms();
    for (i = 0; i < READS; i++)
    {
        IMAPITable_SeekRow(view, BOOKMARK_END, -50 - (LONG)(roll() % 1000), NULL);
        IMAPITable_QueryRows(view, 50, 0, &set);
        FreeProws(set);
    }
    table = (now_ms() - start) * 1e3 / READS;
    start = now_ms();
    for (i = 0; i < READS; i++)
    {
        ULONG from = count - 50 - roll() % 1000, n;
        struct plain *copies[50];

        for (n = 0; n < 50; n++)
        {
            copies[n] = malloc(sizeof(*copies[n]));
            *copies[n] = *order[from + n];
        }
        for (n = 0; n < 50; n++) free(copies[n]);
    }
    line("read 50 rows at the far end", table, "us", "malloc and copy of each",
         (now_ms() - start) * 1e3 / READS);
    IMAPITable_SeekRow(view, BOOKMARK_BEGINNING, 0, NULL);
    start = now_ms();
    do
    {
        if (IMAPITable_QueryRows(view, 50, 0, &set) != S_OK) exit(1);
        read += total = set->cRows;
        FreeProws(set);
    }
    while (total);
    table = now_ms() - start;
    if (read != count) exit(1);
    line("read all, 50 at a time", read / table / 1e3, "M rows a second", NULL, 0);

    memset(&key, 0, sizeof(key));
    key.ulPropTag = PR_INSTANCE_KEY;
    key.Value.bin.cb = sizeof(rows->key);
    res.rt = RES_PROPERTY;
    res.res.resProperty.relop = RELOP_EQ;
    res.res.resProperty.ulPropTag = PR_INSTANCE_KEY;
    res.res.resProperty.lpProp = &key;
    start = now_ms();
    for (i = 0; i < CHANGES; i++)
    {
        key.Value.bin.lpb = (BYTE *)rows[roll() % count].key;
        if (IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0) != S_OK) exit(1);
    }
    table = (now_ms() - start) * 1e3 / CHANGES;
    start = now_ms();
    for (i = 0; i < SCANS; i++)
    {
        const ULONG *wanted = rows[roll() % count].key;
        ULONG n;

        for (n = 0; memcmp(rows[n].key, wanted, sizeof(rows->key)); n++) {}
        scanned += n;
    }
    line("find a row by its key", table, "us", "one by one", (now_ms() - start) * 1e3 / SCANS);

    key.ulPropTag = PR_SUBJECT_W;
    res.res.resProperty.relop = RELOP_GE;
    res.res.resProperty.ulPropTag = PR_SUBJECT_W;
    start = now_ms();
    for (i = 0; i < CHANGES; i++)
    {
        key.Value.lpszW = rows[roll() % count].subject;
        if (IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0) != S_OK) exit(1);
    }
    line("find by a prefix, sorted by it", (now_ms() - start) * 1e3 / CHANGES, "us", NULL, 0);

    key.ulPropTag = PR_MESSAGE_SIZE;
    key.Value.l = 1000;
    res.res.resProperty.relop = RELOP_LT;
    res.res.resProperty.ulPropTag = PR_MESSAGE_SIZE;
    IMAPITable_SortTable(view, (SSortOrderSet *)memset(&sort, 0, sizeof(sort)), TBL_BATCH);
    start = now_ms();
    IMAPITable_Restrict(view, &res, 0);
    table = now_ms() - start;
    start = now_ms();
    for (i = 0; i < count; i++) found += rows[i].size < 1000;
    plain = now_ms() - start;
    IMAPITable_GetRowCount(view, 0, &total);
    if (total != found) exit(1);
    line("restrict to 1 % by number", table, "ms", "one by one", plain);

    key.ulPropTag = PR_SUBJECT_W;
    key.Value.lpszW = (WCHAR *)L"INVOICE hol";
    res.rt = RES_CONTENT;
    res.res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    res.res.resContent.ulPropTag = PR_SUBJECT_W;
    res.res.resContent.lpProp = &key;
    start = now_ms();
    IMAPITable_Restrict(view, &res, 0);
    line("restrict to a part of the subject", now_ms() - start, "ms", NULL, 0);

    start = now_ms();
    IMAPITable_Release(view);
    ITableData_Release(data);
    line("release", now_ms() - start, "ms", NULL, 0);
    free(order);
    free(rows);
    return change;
}

/* The same rows with their subject and number as an index column of strings. */
static void bench_strings(ULONG count)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SUBJECT_W } };
    WCHAR (*names)[64] = malloc(count * sizeof(*names));
    SPropValue prop;
    SRow row = { 0, 1, &prop };
    double start, table;
    struct plain plain;
    ITableData *data;
    IMAPITable *view;
    SRestriction res;
    ULONG i;

    seed = 1;
    if (!names) exit(1);
    if (CreateTable(NULL, (ALLOCATEBUFFER *)MAPIAllocateBuffer, (ALLOCATEMORE *)MAPIAllocateMore,
                    (FREEBUFFER *)MAPIFreeBuffer, NULL, TBLTYPE_DYNAMIC, PR_SUBJECT_W,
                    (SPropTagArray *)&columns, &data) != S_OK) exit(1);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_SUBJECT_W;
    for (i = 0; i < count; i++)
    {
        make_row(&plain, i);
        swprintf(names[i], 64, L"%s%u", plain.subject, (unsigned int)i);
        prop.Value.lpszW = names[i];
        if (ITableData_HrModifyRow(data, &row) != S_OK) exit(1);
    }
    if (ITableData_HrGetView(data, NULL, NULL, 0, &view) != S_OK) exit(1);
    res.rt = RES_PROPERTY;
    res.res.resProperty.relop = RELOP_EQ;
    res.res.resProperty.ulPropTag = PR_SUBJECT_W;
    res.res.resProperty.lpProp = &prop;
    start = now_ms();
    if (IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0) != S_OK) exit(1);
    line("find a row by a string key, at first", now_ms() - start, "ms", NULL, 0);
    start = now_ms();
    for (i = 0; i < CHANGES; i++)
    {
        prop.Value.lpszW = names[roll() % count];
        if (IMAPITable_FindRow(view, &res, BOOKMARK_BEGINNING, 0) != S_OK) exit(1);
    }
    table = (now_ms() - start) * 1e3 / CHANGES;
    start = now_ms();
    for (i = 0; i < SCANS; i++)
    {
        const WCHAR *wanted = names[roll() % count];
        ULONG n;

        for (n = 0; wcscmp(names[n], wanted); n++) {}
        scanned += n;
    }
    line("find a row by a string key, then", table, "us", "one by one",
         (now_ms() - start) * 1e3 / SCANS);
    IMAPITable_Release(view);
    ITableData_Release(data);
    free(names);
}

int main(int argc, char **argv)
{
    double change, fewest = 0, most = 0;
    ULONG count, few = ~0u, many = 0;
    int i;

    setvbuf(stdout, NULL, _IONBF, 0);
    for (i = 1; i < argc || i == 1; i++)
    {
        count = argc < 2 ? 100000 : strtoul(argv[i], NULL, 10);
        if (count < 2000) count = 2000;
        change = bench(count);
        bench_strings(count);
        if (count < few)
        {
            few = count;
            fewest = change;
        }
        if (count > many)
        {
            many = count;
            most = change;
        }
    }
    if (many > few)
        printf("change a row: %.2f us of %lu rows, %.2f us of %lu rows  (%.2f)\n", most, many,
               fewest, few, most / fewest);
    return 0;
}
