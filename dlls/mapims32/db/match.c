/*
 * Restrictions over the objects of the file
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
 * The matching itself is core/restrict.c's. Only the properties that a restriction names are read,
 * each where it stands, so that looking through headers reads no bodies. Of long text the first
 * MATCH_MAX bytes are looked at.
 */

#include <stdlib.h>

#include "db/dbpriv.h"

#define MATCH_MAX 0x1000000

static HRESULT add_tag(struct matcher *matcher, ULONG tag)
{
    ULONG i, room, *tags;

    for (i = 0; i < matcher->count; i++) if (PROP_ID(matcher->tags[i]) == PROP_ID(tag)) return S_OK;
    if (matcher->count == matcher->room)
    {
        room = matcher->room ? matcher->room * 2 : 8;
        if (!(tags = platform_realloc(matcher->tags, room * sizeof(*tags))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        matcher->tags = tags;
        matcher->room = room;
    }
    matcher->tags[matcher->count++] = tag;
    return S_OK;
}

/* The restriction has been checked, its depth is bounded. */
static HRESULT collect_tags(struct matcher *matcher, const SRestriction *res)
{
    HRESULT hr = S_OK;
    ULONG i;

    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        for (i = 0; i < res->res.resAnd.cRes && SUCCEEDED(hr); i++)
            hr = collect_tags(matcher, &res->res.resAnd.lpRes[i]);
        return hr;
    case RES_NOT:
        return collect_tags(matcher, res->res.resNot.lpRes);
    case RES_CONTENT:
        return add_tag(matcher, res->res.resContent.ulPropTag);
    case RES_PROPERTY:
        return add_tag(matcher, res->res.resProperty.ulPropTag);
    case RES_COMPAREPROPS:
        if (FAILED(hr = add_tag(matcher, res->res.resCompareProps.ulPropTag1))) return hr;
        return add_tag(matcher, res->res.resCompareProps.ulPropTag2);
    case RES_BITMASK:
        return add_tag(matcher, res->res.resBitMask.ulPropTag);
    case RES_SIZE:
        return add_tag(matcher, res->res.resSize.ulPropTag);
    case RES_EXIST:
        return add_tag(matcher, res->res.resExist.ulPropTag);
    case RES_COMMENT:
    case RES_ANNOTATION:
        return res->res.resComment.lpRes ? collect_tags(matcher, res->res.resComment.lpRes) : S_OK;
    case RES_COUNT:
        return collect_tags(matcher, res->res.resCount.lpRes);
    default:
        return S_OK;
    }
}

HRESULT matcher_init(struct matcher *matcher, const struct db_match *match)
{
    memset(matcher, 0, sizeof(*matcher));
    matcher->match = *match;
    return match->restriction ? collect_tags(matcher, match->restriction) : S_OK;
}

void matcher_free(struct matcher *matcher)
{
    platform_free(matcher->tags);
}

/* What a test of sub-objects looks at, and what went wrong there. */
struct sub_test
{
    struct matcher *matcher;
    struct source *source;
    HRESULT hr;
};

/* The values of a set as an array; those of streams say PT_ERROR. */
static BOOL match_row(const SRestriction *restriction, const struct db_props *row, HRESULT *hr)
{
    SPropValue *values;
    BOOL ret = FALSE;
    ULONG i;

    if (!(values = platform_alloc((row->count + 1) * sizeof(*values))))
    {
        *hr = MAPI_E_NOT_ENOUGH_MEMORY;
        return FALSE;
    }
    for (i = 0; i < row->count; i++) values[i] = row->entries[i].value;
    *hr = restriction_test(restriction, row->count, values, &ret);
    platform_free(values);
    return ret;
}

static BOOL match_recipients(struct sub_test *test, const SRestriction *restriction)
{
    struct db_props **rows;
    BOOL ret = FALSE;
    ULONG count, i;

    test->hr = db_recipients_load(test->source->txn, test->source->object.id, &rows, &count);
    if (FAILED(test->hr)) return FALSE;
    for (i = 0; i < count && !ret && SUCCEEDED(test->hr); i++)
        ret = match_row(restriction, rows[i], &test->hr);
    db_recipients_free(rows, count);
    return ret;
}

static BOOL match_attachments(struct sub_test *test, const SRestriction *restriction)
{
    struct db_txn *txn = test->source->txn;
    struct db_match match = test->matcher->match;
    LONGLONG *ids, after = 0;
    BOOL ret = FALSE;
    ULONG count, i;

    match.restriction = restriction;
    do
    {
        test->hr = db_object_children(txn, test->source->object.id, DB_LIST_ATTACHMENTS, after, 64,
                                      &ids, &count);
        for (i = 0; i < count && !ret && SUCCEEDED(test->hr); i++)
            test->hr = db_match_object(txn, &match, after = ids[i], &ret);
        platform_free(ids);
    }
    while (count && !ret && SUCCEEDED(test->hr));
    return ret;
}

static BOOL match_sub(void *context, ULONG sub_object, const SRestriction *restriction)
{
    struct sub_test *test = context;

    if (FAILED(test->hr)) return FALSE;
    switch (PROP_ID(sub_object))
    {
    case PROP_ID(PR_MESSAGE_RECIPIENTS):
        return match_recipients(test, restriction);
    case PROP_ID(PR_MESSAGE_ATTACHMENTS):
        return match_attachments(test, restriction);
    default:
        return FALSE;
    }
}

HRESULT matcher_test(struct matcher *matcher, struct source *source, BOOL *ret)
{
    SPropValue stack[16], *values = stack;
    struct sub_test test;
    ULONG count = 0, i;
    HRESULT hr = S_OK;

    *ret = TRUE;
    if (!matcher->match.restriction) return S_OK;
    *ret = FALSE;
    if (matcher->count > ARRAY_SIZE(stack)
        && !(values = arena_alloc(&source->arena, matcher->count * sizeof(*values))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < matcher->count && SUCCEEDED(hr); i++)
    {
        if (matcher->match.computed
            && matcher->match.computed(matcher->match.context, source->txn, &source->object,
                                       matcher->tags[i], &values[count]))
            count++;
        else if ((hr = source_value(source, matcher->tags[i], MATCH_MAX, TRUE, &values[count]))
                 == S_OK)
            count++;
    }
    if (FAILED(hr)) return hr;
    test.matcher = matcher;
    test.source = source;
    test.hr = S_OK;
    *ret = restriction_match_object(matcher->match.restriction, count, values, match_sub, &test);
    if (FAILED(test.hr)) *ret = FALSE;
    return test.hr;
}

HRESULT db_match_object(struct db_txn *txn, const struct db_match *match, LONGLONG object,
                        BOOL *ret)
{
    struct matcher matcher;
    struct source source;
    HRESULT hr;

    *ret = FALSE;
    if (SUCCEEDED(hr = matcher_init(&matcher, match))
        && SUCCEEDED(hr = source_open(&source, txn, object)))
    {
        hr = matcher_test(&matcher, &source, ret);
        source_close(&source);
    }
    matcher_free(&matcher);
    return hr;
}

/* Where a scan stands, kept while the rows it stood in are freed. */
static HRESULT keep_row(struct db_row *kept, const struct db_row *row)
{
    BYTE *key = platform_alloc(row->key_size + 1);

    if (!key) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (row->key_size) memcpy(key, row->key, row->key_size);
    platform_free((void *)kept->key);
    *kept = *row;
    kept->key = key;
    return S_OK;
}

/* For qsort and bsearch. */
int compare_ids(const void *a, const void *b)
{
    const LONGLONG x = *(const LONGLONG *)a, y = *(const LONGLONG *)b;

    return (x > y) - (x < y);
}

static HRESULT add_member(void *context, struct source *source)
{
    struct bytes *ids = context;

    bytes_put(ids, &source->object.id, sizeof(source->object.id));
    return ids->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* The members of a view's list that match, in the order of ids, in which the file has them. */
static HRESULT matching_members(struct db_txn *txn, LONGLONG view, struct matcher *matcher,
                                struct bytes *ids)
{
    struct db_sort columns[DB_VIEW_MAX_COLUMNS];
    sqlite3_stmt *statement;
    struct source source;
    LONGLONG parent;
    ULONG list, count;
    BOOL matches;
    HRESULT hr;

    if (FAILED(hr = view_of(txn, view, &parent, &list, columns, &count))) return hr;
    hr = fulltext_each(txn, parent, list, ~(ULONGLONG)0, matcher, add_member, ids);
    if (hr == S_FALSE)
    {
        ids->size = 0;
        hr = sql_open(txn, SQL_MEMBERS, &statement, "iu", parent, list);
        if (FAILED(hr)) return hr;
        while ((hr = sql_step(txn, statement)) == S_OK)
        {
            hr = source_open(&source, txn, sqlite3_column_int64(statement, 0));
            if (FAILED(hr)) break;
            hr = matcher_test(matcher, &source, &matches);
            if (SUCCEEDED(hr) && matches) hr = add_member(ids, &source);
            source_close(&source);
            if (FAILED(hr)) break;
        }
        sql_close(statement);
    }
    if (FAILED(hr)) return hr;
    /* Links come after what stands in the list itself, documents as they were made. */
    if (ids->size) qsort(ids->data, ids->size / sizeof(LONGLONG), sizeof(LONGLONG), compare_ids);
    return S_OK;
}

/* The whole view: looking at objects as they lie in the file, then walking the keys alone, spares
 * reading pages again and again for rows that are near each other in the view only. */
static HRESULT match_all(struct db_txn *txn, LONGLONG view, struct matcher *matcher,
                         HRESULT (*row)(void *context, const struct db_row *row), void *context,
                         struct db_row *at)
{
    const struct db_row *after = NULL;
    struct db_row *rows;
    struct bytes ids;
    ULONG count, i;
    HRESULT hr, kept;

    bytes_init(&ids);
    hr = matching_members(txn, view, matcher, &ids);
    do
    {
        if (hr != S_OK
            || FAILED(hr = db_view_rows_after(txn, view, after, FALSE, 1024, &rows, &count)))
            break;
        for (i = 0; i < count && hr == S_OK; i++)
            if (ids.size
                && bsearch(&rows[i].object, ids.data, ids.size / sizeof(LONGLONG), sizeof(LONGLONG),
                           compare_ids))
                hr = row(context, &rows[i]);
        if (i && FAILED(kept = keep_row(at, &rows[i - 1])) && SUCCEEDED(hr)) hr = kept;
        after = at;
        platform_free(rows);
    }
    while (count);
    bytes_free(&ids);
    return hr;
}

HRESULT db_view_match(struct db_txn *txn, LONGLONG view, const struct db_match *match,
                      const struct db_row *after, ULONGLONG max,
                      HRESULT (*row)(void *context, const struct db_row *row), void *context,
                      struct db_row *last, BOOL *done)
{
    struct db_row at, *rows;
    struct matcher matcher;
    struct source source;
    ULONGLONG looked = 0;
    ULONG count = 0, i;
    BOOL matches;
    HRESULT hr;

    *done = FALSE;
    memset(last, 0, sizeof(*last));
    memset(&at, 0, sizeof(at));
    hr = matcher_init(&matcher, match);
    if (hr == S_OK && !max && !after && match->restriction)
    {
        hr = match_all(txn, view, &matcher, row, context, &at);
        *done = hr == S_OK;
    }
    while (hr == S_OK && !*done && (!max || looked < max))
    {
        hr = db_view_rows_after(txn, view, after, FALSE,
                                (ULONG)(max ? min(max - looked, 256) : 256), &rows, &count);
        if (FAILED(hr)) break;
        *done = !count;
        for (i = 0; i < count && hr == S_OK; i++, looked++)
        {
            if (FAILED(hr = source_open(&source, txn, rows[i].object))) break;
            hr = matcher_test(&matcher, &source, &matches);
            source_close(&source);
            if (SUCCEEDED(hr) && matches) hr = row(context, &rows[i]);
        }
        if (i && SUCCEEDED(hr))
        {
            const HRESULT kept = keep_row(&at, &rows[i - 1]);

            if (FAILED(kept)) hr = kept;
            after = &at;
        }
        platform_free(rows);
    }
    matcher_free(&matcher);
    if (FAILED(hr)) platform_free((void *)at.key);
    else *last = at;
    return hr;
}
