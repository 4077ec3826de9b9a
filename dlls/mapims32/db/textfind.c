/*
 * Which messages have a text in them, by the index
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
 * The messages that the index names, and those that are not indexed, are compared as ever: each is
 * read once, in the statement that finds it, and what the index cannot help with is left to whoever
 * asked.
 */

#include <stdlib.h>

#include "db/dbpriv.h"

#define FEW_TESTED 128                  /* before it is asked whether the index is a detour */

/* --- messages of a list --- */

struct finding
{
    struct db_txn *txn;
    struct matcher *matcher;
    struct source source;
    ULONGLONG total;                    /* messages in the list */
    ULONGLONG looks;                    /* at messages of any list: how many more */
    ULONGLONG wanted;                   /* of those that match */
    LONGLONG first_doc, last_doc;       /* of the list, of all */
    ULONGLONG tested, matched, next;    /* next: so many tested, think again */
    HRESULT (*found)(void *context, struct source *source);
    void *context;
};

/* So much is left to be done here, by what the documents up to this one were like, that reading the
 * list from its beginning until the wanted ones are found takes less. */
static BOOL is_detour(struct finding *finding, LONGLONG doc)
{
    double all, left, rows;

    if (!finding->first_doc) finding->first_doc = doc;
    if (finding->tested < finding->next || doc <= finding->first_doc) return FALSE;
    finding->next *= 2;
    all = (double)(max(doc, finding->last_doc) - finding->first_doc) / (doc - finding->first_doc);
    left = finding->tested * (all - 1);
    rows = (double)finding->wanted * finding->total / (max(finding->matched, 1) * all);
    return rows < left;
}

/* S_FALSE: the list is to be read, or the index is damaged. */
static HRESULT find_rows(struct finding *finding, sqlite3_stmt *statement)
{
    HRESULT hr, test = S_OK;
    BOOL matches;

    while ((hr = sql_step(finding->txn, statement)) == S_OK)
    {
        if (!finding->looks--) break;
        if (!sqlite3_column_int(statement, 1)) continue;
        if (is_detour(finding, sqlite3_column_int64(statement, 2))) break;
        test = source_take(&finding->source, statement, 3, sqlite3_column_int64(statement, 0));
        if (SUCCEEDED(test)) test = matcher_test(finding->matcher, &finding->source, &matches);
        if (SUCCEEDED(test) && matches) test = finding->found(finding->context, &finding->source);
        if (FAILED(test)) break;
        finding->tested++;
        finding->matched += matches;
    }
    sql_close(statement);
    if (FAILED(test) || hr == MAPI_E_NOT_ENOUGH_MEMORY) return FAILED(test) ? test : hr;
    return hr == S_FALSE ? S_OK : S_FALSE;
}

HRESULT fulltext_each_unknown(struct db_txn *txn, LONGLONG parent, ULONG list,
                              struct matcher *matcher,
                              HRESULT (*found)(void *context, struct source *source), void *context)
{
    struct finding finding = { txn, matcher };
    sqlite3_stmt *statement;
    HRESULT hr;

    finding.looks = finding.next = 2 * FULLTEXT_WAITING;
    finding.found = found;
    finding.context = context;
    hr = sql_open(txn, SQL_TEXT_TODO_ROWS, &statement, "niu", parent, list);
    if (FAILED(hr)) return hr;
    source_begin(&finding.source, txn);
    hr = find_rows(&finding, statement);
    source_close(&finding.source);
    return hr;
}

HRESULT fulltext_each(struct db_txn *txn, LONGLONG parent, ULONG list, ULONGLONG wanted,
                      struct matcher *matcher,
                      HRESULT (*found)(void *context, struct source *source), void *context)
{
    struct finding finding = { txn, matcher };
    sqlite3_stmt *statement;
    struct bytes plan;
    ULONG total;
    HRESULT hr;

    bytes_init(&plan);
    hr = fulltext_plan_list(txn, parent, list, matcher->match.restriction, &plan, &total);
    if (hr == S_OK)
    {
        finding.looks = 2 * (ULONGLONG)total + FULLTEXT_WAITING;
        finding.total = total;
        finding.wanted = wanted;
        finding.next = FEW_TESTED;
        finding.found = found;
        finding.context = context;
        source_begin(&finding.source, txn);
        hr = sql_number(txn, SQL_TEXT_LAST, &finding.last_doc, "");
        if (SUCCEEDED(hr))
            hr = sql_open(txn, SQL_TEXT_ROWS, &statement, "tiu", (const char *)plan.data, parent,
                          list);
        hr = SUCCEEDED(hr) ? find_rows(&finding, statement) : S_FALSE;
        source_close(&finding.source);
        if (hr == S_OK) hr = fulltext_each_unknown(txn, parent, list, matcher, found, context);
    }
    bytes_free(&plan);
    return hr;
}

struct giving
{
    struct db_sort columns[DB_VIEW_MAX_COLUMNS];
    ULONG column_count;
    struct bytes keys;
    struct sortkey key;
    HRESULT (*row)(void *context, const struct db_row *row);
    void *context;
};

static HRESULT give_rows(void *context, struct source *source)
{
    struct giving *giving = context;
    struct db_row row;
    HRESULT hr;
    ULONG size;
    size_t at;

    giving->keys.size = 0;
    hr = keys_with(&giving->key, giving->column_count, giving->columns, source, &giving->keys);
    for (at = 0; at < giving->keys.size && SUCCEEDED(hr); at += sizeof(size) + size)
    {
        memcpy(&size, giving->keys.data + at, sizeof(size));
        key_split(giving->keys.data + at + sizeof(size), size, &row);
        hr = giving->row(giving->context, &row);
    }
    return hr;
}

HRESULT db_text_match(struct db_txn *txn, LONGLONG view, const struct db_match *match,
                      ULONGLONG wanted, HRESULT (*row)(void *context, const struct db_row *row),
                      void *context, struct db_bound *bound)
{
    struct matcher matcher;
    struct giving giving;
    LONGLONG parent;
    ULONG list;
    HRESULT hr;

    bound->size = 0;
    if (!txn->db->fulltext || !match->restriction) return S_FALSE;
    hr = view_of(txn, view, &parent, &list, giving.columns, &giving.column_count);
    if (FAILED(hr)) return hr;
    bytes_init(&giving.keys);
    sortkey_init(&giving.key);
    giving.row = row;
    giving.context = context;
    hr = matcher_init(&matcher, match);
    if (SUCCEEDED(hr) && wanted != ~(ULONGLONG)0 && giving.column_count
        && giving.columns[0].tag == PR_MESSAGE_DELIVERY_TIME)
        hr = fulltext_first(txn, parent, list, giving.columns[0].descending, wanted, &matcher,
                            give_rows, &giving, bound);
    else if (SUCCEEDED(hr))
        hr = fulltext_each(txn, parent, list, wanted, &matcher, give_rows, &giving);
    matcher_free(&matcher);
    sortkey_destroy(&giving.key);
    bytes_free(&giving.keys);
    return hr;
}

/* --- messages wherever they are, for search folders --- */

/* S_FALSE: there are more than max. */
static HRESULT take_objects(struct db_txn *txn, sqlite3_stmt *statement, ULONGLONG max,
                            struct bytes *ids)
{
    LONGLONG id;
    HRESULT hr;

    while ((hr = sql_step(txn, statement)) == S_OK)
    {
        id = sqlite3_column_int64(statement, 0);
        bytes_put(ids, &id, sizeof(id));
        if (ids->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (ids->size / sizeof(id) > max) break;
        else continue;
        break;
    }
    sql_close(statement);
    return FAILED(hr) ? hr : hr == S_OK ? S_FALSE : S_OK;
}

/* Those that the index names, and those that it does not know. */
static HRESULT find_objects(struct db_txn *txn, LONGLONG after, ULONGLONG max, const char *plan,
                            struct bytes *ids)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    hr = sql_open(txn, SQL_TEXT_FIND, &statement, "ti", plan, after);
    if (SUCCEEDED(hr)) hr = take_objects(txn, statement, max, ids);
    if (hr == S_OK) hr = sql_open(txn, SQL_TEXT_TODO_FIND, &statement, "i", after);
    return hr == S_OK ? take_objects(txn, statement, max, ids) : hr;
}

HRESULT fulltext_candidates(struct db_txn *txn, LONGLONG after, ULONGLONG max,
                            const SRestriction *restriction, struct bytes *ids)
{
    struct bytes plan;
    HRESULT hr, kept;

    bytes_init(&plan);
    hr = fulltext_plan(txn, restriction, &plan);
    /* A damaged index must not spoil the transaction. */
    if (hr == S_OK && SUCCEEDED(hr = db_savepoint(txn)))
    {
        hr = find_objects(txn, after, max, (const char *)plan.data, ids);
        if (SUCCEEDED(hr)) hr = FAILED(kept = db_savepoint_keep(txn)) ? kept : hr;
        else hr = FAILED(db_savepoint_undo(txn)) ? txn->error : S_FALSE;
    }
    bytes_free(&plan);
    if (hr == S_OK && ids->size)
        qsort(ids->data, ids->size / sizeof(LONGLONG), sizeof(LONGLONG), compare_ids);
    return hr;
}
