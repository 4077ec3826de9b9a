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
 * A restriction becomes a question to FTS5 (the trigrams that must stand in whatever matches). The
 * messages it names, and those that are not indexed, are then compared as ever: each is read once,
 * in the statement that finds it, and what the index cannot help with is left to whoever asked.
 */

#include <stdlib.h>

#include "db/dbpriv.h"

#define TRIGRAMS      16                /* of a pattern that are looked for */
#define PLAN_DEPTH    16
#define PLAN_MAX      0x8000            /* bytes */
#define FEW_MESSAGES  32                /* in a folder: they are read as quickly */
#define FEW_TESTED    128               /* before it is asked whether the index is a detour */
#define STEP_WAITING  4096              /* more messages than that not indexed: no use */

static BOOL has_tag(const ULONG *tags, ULONG tag)
{
    for (; *tags; tags++) if (PROP_ID(*tags) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

/* --- what is looked for --- */

/* A pattern's trigrams, all of which stand in what it matches. S_FALSE: it is too short. */
static HRESULT plan_text(const WCHAR *text, struct bytes *plan)
{
    const size_t length = text_length(text);
    WCHAR letters[8], *run;
    size_t i, n = 0, count = 0, taken = 0, at = 0;
    ULONG units, j, got;
    HRESULT hr = S_OK;

    if (length > 0x1000) return S_FALSE;
    if (!(run = platform_alloc((length * 8 + 1) * sizeof(*run)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < length; i += units)
    {
        got = fulltext_letters(text + i, length - i, &units, letters);
        for (j = 0; j < got; j++) run[n++] = letters[j];
    }
    for (i = 0; i + 3 <= n; i++)
        count += run[i] != FULLTEXT_CUT && run[i + 1] != FULLTEXT_CUT && run[i + 2] != FULLTEXT_CUT;
    for (i = 0; i + 3 <= n; i++)
    {
        if (run[i] == FULLTEXT_CUT || run[i + 1] == FULLTEXT_CUT || run[i + 2] == FULLTEXT_CUT)
            continue;
        /* The first, the last, and what lies between them evenly. */
        if (count <= TRIGRAMS || at * (TRIGRAMS - 1) >= taken * (count - 1))
        {
            if (taken++) bytes_put(plan, " AND ", 5);
            fulltext_put(plan, '"');
            for (j = 0; j < 3; j++)
            {
                if (run[i + j] == '"') fulltext_put(plan, '"');
                fulltext_put(plan, run[i + j]);
            }
            fulltext_put(plan, '"');
        }
        at++;
    }
    platform_free(run);
    if (!taken) hr = S_FALSE;
    return plan->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

static HRESULT plan_content(const SContentRestriction *content, const ULONG *tags,
                            struct bytes *plan)
{
    const SPropValue *value = content->lpProp;
    WCHAR *text;
    HRESULT hr;

    if (!has_tag(tags, content->ulPropTag)) return S_FALSE;
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        return value->Value.lpszW ? plan_text(value->Value.lpszW, plan) : S_FALSE;
    if (PROP_TYPE(value->ulPropTag) != PT_STRING8 || !value->Value.lpszA) return S_FALSE;
    if (!(text = text_from_ansi(value->Value.lpszA))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = plan_text(text, plan);
    platform_free(text);
    return hr;
}

static HRESULT plan_restriction(const SRestriction *res, const ULONG *tags, ULONG depth,
                                struct bytes *plan);

/* The terms of an AND that are known, or all of an OR. */
static HRESULT plan_terms(const SRestriction *res, const ULONG *tags, ULONG depth,
                          struct bytes *plan)
{
    const BOOL all = res->rt == RES_AND;
    struct bytes term, last;
    HRESULT hr = S_OK;
    ULONG i, terms = 0;

    bytes_init(&last);
    for (i = 0; i < res->res.resAnd.cRes && SUCCEEDED(hr); i++)
    {
        bytes_init(&term);
        hr = plan_restriction(&res->res.resAnd.lpRes[i], tags, depth + 1, &term);
        if (hr == S_FALSE)
        {
            bytes_free(&term);
            if (!all) break;
            continue;
        }
        /* Words are often looked for in one property after another. */
        if (SUCCEEDED(hr) && (term.size != last.size || memcmp(term.data, last.data, term.size)))
        {
            if (terms++) bytes_put(plan, all ? " AND " : " OR ", all ? 5 : 4);
            fulltext_put(plan, '(');
            bytes_put(plan, term.data, term.size);
            fulltext_put(plan, ')');
            if (plan->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        bytes_free(&last);
        last = term;
    }
    bytes_free(&last);
    if (FAILED(hr) || (hr == S_FALSE && !all)) return hr;
    return terms ? S_OK : S_FALSE;
}

/* What documents of messages that match have in them, for FTS5. S_FALSE: that cannot be said. */
static HRESULT plan_restriction(const SRestriction *res, const ULONG *tags, ULONG depth,
                                struct bytes *plan)
{
    if (depth > PLAN_DEPTH || plan->size > PLAN_MAX) return S_FALSE;
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        return plan_terms(res, tags, depth, plan);
    case RES_CONTENT:
        return plan_content(&res->res.resContent, tags, plan);
    case RES_COMMENT:
    case RES_ANNOTATION:
        if (!res->res.resComment.lpRes) return S_FALSE;
        return plan_restriction(res->res.resComment.lpRes, tags, depth + 1, plan);
    case RES_SUBRESTRICTION:
        if (tags != fulltext_message_tags) return S_FALSE;
        if (PROP_ID(res->res.resSub.ulSubObject) == PROP_ID(PR_MESSAGE_RECIPIENTS))
            tags = fulltext_recipient_tags;
        else if (PROP_ID(res->res.resSub.ulSubObject) == PROP_ID(PR_MESSAGE_ATTACHMENTS))
            tags = fulltext_attachment_tags;
        else return S_FALSE;
        return plan_restriction(res->res.resSub.lpRes, tags, depth + 1, plan);
    default:
        return S_FALSE;
    }
}

/* What FTS5 is asked for, as text. S_FALSE: the index is of no use for it. */
static HRESULT plan_query(struct db_txn *txn, const SRestriction *restriction, struct bytes *plan)
{
    LONGLONG unknown = 0;
    BOOL ours;
    HRESULT hr;

    if (!txn->db->fulltext || !restriction) return S_FALSE;
    if ((hr = plan_restriction(restriction, fulltext_message_tags, 0, plan)) != S_OK) return hr;
    bytes_put(plan, "", 1);
    if (plan->failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = fulltext_is_ours(txn, &ours)) || !ours) return FAILED(hr) ? hr : S_FALSE;
    hr = sql_number(txn, SQL_TEXT_UNKNOWN, &unknown, "i", (LONGLONG)STEP_WAITING);
    return hr == S_OK && unknown >= STEP_WAITING ? S_FALSE : hr;
}

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

HRESULT fulltext_each(struct db_txn *txn, LONGLONG parent, ULONG list, ULONGLONG wanted,
                      struct matcher *matcher,
                      HRESULT (*found)(void *context, struct source *source), void *context)
{
    struct finding finding = { txn, matcher };
    sqlite3_stmt *statement;
    ULONG total, marked;
    struct bytes plan;
    HRESULT hr;

    /* What goes wrong in the index would spoil a transaction that writes. */
    if (list != DB_LIST_CONTENTS || txn->write) return S_FALSE;
    if (FAILED(hr = db_tally(txn, parent, list, &total, &marked))) return hr;
    if (total < FEW_MESSAGES) return S_FALSE;
    bytes_init(&plan);
    if ((hr = plan_query(txn, matcher->match.restriction, &plan)) == S_OK)
    {
        finding.looks = 2 * (ULONGLONG)total + STEP_WAITING;
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
        if (hr == S_OK)
            hr = sql_open(txn, SQL_TEXT_TODO_ROWS, &statement, "niu", parent, list);
        if (hr == S_OK) hr = find_rows(&finding, statement);
        source_close(&finding.source);
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
                      void *context)
{
    struct matcher matcher;
    struct giving giving;
    LONGLONG parent;
    ULONG list;
    HRESULT hr;

    if (!txn->db->fulltext || !match->restriction) return S_FALSE;
    hr = view_of(txn, view, &parent, &list, giving.columns, &giving.column_count);
    if (FAILED(hr)) return hr;
    bytes_init(&giving.keys);
    sortkey_init(&giving.key);
    giving.row = row;
    giving.context = context;
    if (SUCCEEDED(hr = matcher_init(&matcher, match)))
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
    hr = plan_query(txn, restriction, &plan);
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
