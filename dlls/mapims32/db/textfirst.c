/*
 * The first rows of a view that have a text in them, by the index
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
 * Mail is shown newest first, and of what the index names only the first page is looked at. It
 * keeps when a message was delivered, so in a view in that order nothing else of a message is read
 * before it may have to be shown: those that are named go into a heap, and the first are tested
 * until there are as many as are wanted, and all of the time of the last. Messages without a time
 * come last in every view.
 */

#include "db/dbpriv.h"

#define AT_FIRST     1024               /* named, before it is thought of what is left to do */
#define TESTED       128                /* of them, to find out */
#define TESTED_SOON  16                 /* are enough when every other matches */
#define STRIDE       37                 /* between two that are tested: all over those named */
#define NAMED        6                  /* are taken in the time that one is tested in */
#define MANY_WANTED  4                  /* one in so many that are named: all are tested */

struct candidate
{
    ULONGLONG time;                     /* in the direction of the view */
    LONGLONG object;
};

struct first
{
    struct db_txn *txn;
    LONGLONG parent;
    ULONG list, total;
    BOOL descending;
    struct matcher *matcher;
    HRESULT (*found)(void *context, struct source *source);
    void *context;
    struct bytes timed, timeless;       /* candidates */
    LONGLONG first_doc, doc;            /* of those taken */
};

static size_t candidate_count(const struct bytes *candidates)
{
    return candidates->size / sizeof(struct candidate);
}

static BOOL comes_before(const struct candidate *a, const struct candidate *b)
{
    return a->time != b->time ? a->time < b->time : a->object < b->object;
}

/* --- a heap, the first candidate at its top --- */

static void heap_sink(struct candidate *heap, size_t count, size_t at)
{
    const struct candidate sinking = heap[at];
    size_t child;

    while ((child = 2 * at + 1) < count)
    {
        if (child + 1 < count && comes_before(&heap[child + 1], &heap[child])) child++;
        if (!comes_before(&heap[child], &sinking)) break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = sinking;
}

static void heap_make(struct candidate *heap, size_t count)
{
    size_t i;

    for (i = count / 2; i--;) heap_sink(heap, count, i);
}

static struct candidate heap_take(struct candidate *heap, size_t *count)
{
    const struct candidate top = heap[0];

    heap[0] = heap[--*count];
    heap_sink(heap, *count, 0);
    return top;
}

/* --- what the index names --- */

/* Until there are so many. S_FALSE: these are all. */
static HRESULT take_named(struct first *first, sqlite3_stmt *statement, ULONGLONG max)
{
    struct candidate candidate;
    HRESULT hr = S_OK;
    BOOL timed;

    while (candidate_count(&first->timed) + candidate_count(&first->timeless) < max
           && (hr = sql_step(first->txn, statement)) == S_OK)
    {
        candidate.object = sqlite3_column_int64(statement, 0);
        candidate.time = sqlite3_column_int64(statement, 1);
        timed = sqlite3_column_type(statement, 1) != SQLITE_NULL;
        first->doc = sqlite3_column_int64(statement, 2);
        if (!first->first_doc) first->first_doc = first->doc;
        if (first->descending) candidate.time = ~candidate.time;
        bytes_put(timed ? &first->timed : &first->timeless, &candidate, sizeof(candidate));
    }
    return first->timed.failed || first->timeless.failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

static HRESULT test(struct first *first, LONGLONG object, BOOL give, ULONGLONG *matched)
{
    struct source source;
    BOOL belongs, matches = FALSE;
    HRESULT hr;

    if (FAILED(hr = source_open(&source, first->txn, object)))
        return hr == MAPI_E_OBJECT_DELETED ? S_OK : hr;
    belongs = source.object.parent == first->parent && source.object.list == first->list;
    if (!belongs) hr = db_is_linked(first->txn, object, first->parent, first->list, &belongs);
    if (SUCCEEDED(hr) && belongs) hr = matcher_test(first->matcher, &source, &matches);
    if (SUCCEEDED(hr) && matches && give) hr = first->found(first->context, &source);
    source_close(&source);
    if (SUCCEEDED(hr)) *matched += matches;
    return hr;
}

/* What to do by what was named first. S_FALSE: so many will be that reading the view from its
 * beginning finds those wanted sooner, by what some of the messages are like. *each: most will have
 * to be tested, which takes less as they are found. */
static HRESULT think(struct first *first, ULONGLONG wanted, BOOL *each)
{
    const struct candidate *named = (const struct candidate *)first->timed.data;
    const size_t count = candidate_count(&first->timed);
    double share, all, by_index, by_view;
    ULONGLONG matched = 0;
    LONGLONG last;
    HRESULT hr;
    ULONG i;

    if (count < TESTED || first->doc <= first->first_doc) return S_OK;
    if (FAILED(hr = sql_number(first->txn, SQL_TEXT_LAST, &last, ""))) return hr;
    all = (double)(max(last, first->doc) - first->first_doc) / (first->doc - first->first_doc)
          * count;
    if ((*each = all / MANY_WANTED <= wanted)) return S_OK;
    for (i = 0; i < TESTED && (i < TESTED_SOON || 2 * matched < i); i++)
        if (FAILED(hr = test(first, named[count / TESTED * (i * STRIDE % TESTED)].object, FALSE,
                             &matched)))
            return hr;
    share = (double)max(matched, 1) / i;
    by_index = all / NAMED + wanted / share;
    by_view = (double)wanted * first->total / (share * all);
    return by_view < by_index ? S_FALSE : S_OK;
}

static HRESULT name_all(struct first *first, const char *plan, ULONGLONG wanted, BOOL *each)
{
    const ULONGLONG most = 2 * (ULONGLONG)first->total + FULLTEXT_WAITING;
    sqlite3_stmt *statement;
    BOOL all = FALSE;
    HRESULT hr;

    *each = FALSE;
    hr = sql_open(first->txn, SQL_TEXT_TIMES, &statement, "t", plan);
    if (FAILED(hr)) return S_FALSE;
    hr = take_named(first, statement, AT_FIRST);
    if (hr == S_FALSE) all = TRUE;
    else if (SUCCEEDED(hr) && (hr = think(first, wanted, each)) == S_OK && !*each)
        all = (hr = take_named(first, statement, most)) == S_FALSE;
    sql_close(statement);
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY) return hr;
    /* Else it is damaged, or most of what it names is elsewhere. */
    return all || *each ? S_OK : S_FALSE;
}

/* --- what matches --- */

static HRESULT test_each(struct first *first, const struct bytes *candidates)
{
    const struct candidate *candidate = (const struct candidate *)candidates->data;
    size_t count = candidate_count(candidates);
    ULONGLONG matched = 0;
    HRESULT hr = S_OK;

    for (; count-- && SUCCEEDED(hr); candidate++)
        hr = test(first, candidate->object, TRUE, &matched);
    return hr;
}

/* *last: the time of the last that was tested. S_FALSE: those behind it were not. */
static HRESULT test_first(struct first *first, ULONGLONG wanted, ULONGLONG *last)
{
    struct candidate *heap = (struct candidate *)first->timed.data, candidate;
    size_t count = candidate_count(&first->timed);
    ULONGLONG matched = 0;
    HRESULT hr = S_OK;

    if (count) heap_make(heap, count);
    while (count && SUCCEEDED(hr))
    {
        if (matched >= wanted && heap->time != *last) return S_FALSE;
        candidate = heap_take(heap, &count);
        *last = candidate.time;
        hr = test(first, candidate.object, TRUE, &matched);
    }
    if (FAILED(hr)) return hr;
    return matched >= wanted && first->timeless.size ? S_FALSE : S_OK;
}

static HRESULT make_bound(struct first *first, ULONGLONG time, struct db_bound *bound)
{
    const struct db_sort column = { PR_MESSAGE_DELIVERY_TIME, first->descending };
    SPropValue value = { PR_MESSAGE_DELIVERY_TIME };
    const SPropValue *values = &value;
    HRESULT hr;
    ULONG size;
    BYTE *key;

    if (first->descending) time = ~time;
    value.Value.ft.dwLowDateTime = (DWORD)time;
    value.Value.ft.dwHighDateTime = (DWORD)(time >> 32);
    if (FAILED(hr = db_key_make(1, &column, &values, &key, &size))) return hr;
    bound->size = min(size, sizeof(bound->key));
    memcpy(bound->key, key, bound->size);
    platform_free(key);
    return S_OK;
}

static HRESULT find_first(struct first *first, ULONGLONG wanted, struct db_bound *bound)
{
    const size_t named = candidate_count(&first->timed) + candidate_count(&first->timeless);
    ULONGLONG last = 0;
    HRESULT hr;

    hr = fulltext_each_unknown(first->txn, first->parent, first->list, first->matcher, first->found,
                               first->context);
    if (hr != S_OK) return hr;
    if (named / MANY_WANTED <= wanted) hr = test_each(first, &first->timed);
    else hr = test_first(first, wanted, &last);
    if (hr == S_FALSE) return make_bound(first, last, bound);
    return SUCCEEDED(hr) ? test_each(first, &first->timeless) : hr;
}

HRESULT fulltext_first(struct db_txn *txn, LONGLONG parent, ULONG list, BOOL descending,
                       ULONGLONG wanted, struct matcher *matcher,
                       HRESULT (*found)(void *context, struct source *source), void *context,
                       struct db_bound *bound)
{
    struct first first = { txn, parent, list, 0, descending, matcher, found, context };
    struct bytes plan;
    BOOL each = FALSE;
    HRESULT hr;

    bytes_init(&first.timed);
    bytes_init(&first.timeless);
    bytes_init(&plan);
    hr = fulltext_plan_list(txn, parent, list, matcher->match.restriction, &plan, &first.total);
    if (hr == S_OK) hr = name_all(&first, (const char *)plan.data, wanted, &each);
    if (hr == S_OK && !each) hr = find_first(&first, wanted, bound);
    bytes_free(&plan);
    bytes_free(&first.timed);
    bytes_free(&first.timeless);
    if (hr != S_OK || !each) return hr;
    return fulltext_each(txn, parent, list, wanted, matcher, found, context);
}
