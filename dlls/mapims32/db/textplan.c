/*
 * What the index of text is asked for
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
 * A restriction becomes a question to FTS5: the trigrams that must stand in whatever matches. What
 * it cannot say so is left out of an AND, and spoils an OR.
 */

#include "db/dbpriv.h"

#define TRIGRAMS      16                /* of a pattern that are looked for */
#define PLAN_DEPTH    16
#define PLAN_MAX      0x8000            /* bytes */
#define FEW_MESSAGES  32                /* in a folder: they are read as quickly */

static BOOL has_tag(const ULONG *tags, ULONG tag)
{
    for (; *tags; tags++) if (PROP_ID(*tags) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

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

HRESULT fulltext_plan(struct db_txn *txn, const SRestriction *restriction, struct bytes *plan)
{
    LONGLONG unknown = 0;
    BOOL ours;
    HRESULT hr;

    if (!txn->db->fulltext || !restriction) return S_FALSE;
    if ((hr = plan_restriction(restriction, fulltext_message_tags, 0, plan)) != S_OK) return hr;
    bytes_put(plan, "", 1);
    if (plan->failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = fulltext_is_ours(txn, &ours)) || !ours) return FAILED(hr) ? hr : S_FALSE;
    hr = sql_number(txn, SQL_TEXT_UNKNOWN, &unknown, "i", (LONGLONG)FULLTEXT_WAITING);
    return hr == S_OK && unknown >= FULLTEXT_WAITING ? S_FALSE : hr;
}

HRESULT fulltext_plan_list(struct db_txn *txn, LONGLONG parent, ULONG list,
                           const SRestriction *restriction, struct bytes *plan, ULONG *total)
{
    ULONG marked;
    HRESULT hr;

    /* What goes wrong in the index would spoil a transaction that writes. */
    if (list != DB_LIST_CONTENTS || txn->write) return S_FALSE;
    if (FAILED(hr = db_tally(txn, parent, list, total, &marked))) return hr;
    return *total < FEW_MESSAGES ? S_FALSE : fulltext_plan(txn, restriction, plan);
}
