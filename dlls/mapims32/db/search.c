/*
 * Search folders: criteria, and results that are kept right
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
 * A search folder's results are links to it. Whenever an object that stands in the contents of a
 * folder is made, changed or moved, each running search decides whether it belongs to its results,
 * in the same transaction. What was there before is looked at in steps, in the order of ids
 * (search.next), so that a search goes on where it was, in another process, too. What the index of
 * text names is asked for once (struct db_filling) and serves as long as nobody else has taken a
 * step or given other criteria: what changes meanwhile, the search has looked at by itself.
 */

#include <stdlib.h>

#include "db/dbpriv.h"

#define MAX_CANDIDATES 0x100000         /* of the index of text: they are held in memory */
#define MAX_SCOPE 10000                 /* folders, with those below them */

/* --- restrictions in the file --- */

static HRESULT put_constant(struct bytes *bytes, const SPropValue *value)
{
    struct db_props *unicode;
    struct bytes part;
    HRESULT hr;

    bytes_init(&part);
    if (FAILED(hr = db_props_create(&unicode))) return hr;
    hr = db_props_set(unicode, value);
    if (SUCCEEDED(hr)) hr = blob_put(&part, db_props_value(unicode, 0));
    else if (hr == MAPI_E_INVALID_TYPE) hr = MAPI_E_TOO_COMPLEX;
    db_props_destroy(unicode);
    bytes_put_number(bytes, part.size);
    bytes_put(bytes, part.data, part.size);
    bytes_free(&part);
    return hr;
}

static HRESULT put_restriction(struct bytes *bytes, const SRestriction *res)
{
    HRESULT hr = S_OK;
    ULONG i;

    bytes_put_fixed(bytes, res->rt, 1);
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        bytes_put_number(bytes, res->res.resAnd.cRes);
        for (i = 0; i < res->res.resAnd.cRes && SUCCEEDED(hr); i++)
            hr = put_restriction(bytes, &res->res.resAnd.lpRes[i]);
        break;
    case RES_NOT:
        return put_restriction(bytes, res->res.resNot.lpRes);
    case RES_CONTENT:
        bytes_put_fixed(bytes, res->res.resContent.ulFuzzyLevel, 4);
        bytes_put_fixed(bytes, res->res.resContent.ulPropTag, 4);
        return put_constant(bytes, res->res.resContent.lpProp);
    case RES_PROPERTY:
        bytes_put_fixed(bytes, res->res.resProperty.relop, 4);
        bytes_put_fixed(bytes, res->res.resProperty.ulPropTag, 4);
        return put_constant(bytes, res->res.resProperty.lpProp);
    case RES_COMPAREPROPS:
        bytes_put_fixed(bytes, res->res.resCompareProps.relop, 4);
        bytes_put_fixed(bytes, res->res.resCompareProps.ulPropTag1, 4);
        bytes_put_fixed(bytes, res->res.resCompareProps.ulPropTag2, 4);
        break;
    case RES_BITMASK:
        bytes_put_fixed(bytes, res->res.resBitMask.relBMR, 4);
        bytes_put_fixed(bytes, res->res.resBitMask.ulPropTag, 4);
        bytes_put_fixed(bytes, res->res.resBitMask.ulMask, 4);
        break;
    case RES_SIZE:
        bytes_put_fixed(bytes, res->res.resSize.relop, 4);
        bytes_put_fixed(bytes, res->res.resSize.ulPropTag, 4);
        bytes_put_fixed(bytes, res->res.resSize.cb, 4);
        break;
    case RES_EXIST:
        bytes_put_fixed(bytes, res->res.resExist.ulPropTag, 4);
        break;
    case RES_SUBRESTRICTION:
        bytes_put_fixed(bytes, res->res.resSub.ulSubObject, 4);
        return put_restriction(bytes, res->res.resSub.lpRes);
    case RES_COUNT:
        bytes_put_fixed(bytes, res->res.resCount.ulCount, 4);
        return put_restriction(bytes, res->res.resCount.lpRes);
    case RES_COMMENT:
    case RES_ANNOTATION:
        bytes_put_number(bytes, res->res.resComment.cValues);
        for (i = 0; i < res->res.resComment.cValues && SUCCEEDED(hr); i++)
            hr = put_constant(bytes, &res->res.resComment.lpProp[i]);
        bytes_put_fixed(bytes, res->res.resComment.lpRes ? 1 : 0, 1);
        if (SUCCEEDED(hr) && res->res.resComment.lpRes)
            hr = put_restriction(bytes, res->res.resComment.lpRes);
        break;
    default:
        return MAPI_E_TOO_COMPLEX;
    }
    return hr;
}

static HRESULT get_constant(struct reader *reader, struct arena *arena, SPropValue *value)
{
    const ULONGLONG size = reader_number(reader);
    struct reader part;
    struct stored stored;
    const BYTE *data;
    size_t needed;
    void *memory;
    HRESULT hr;

    if (size > 0x7fffffff || !(data = reader_take(reader, (size_t)size)))
        return MAPI_E_CORRUPT_STORE;
    reader_init(&part, data, (size_t)size);
    if ((hr = blob_next(&part, &stored)) != S_OK) return MAPI_E_CORRUPT_STORE;
    if (FAILED(hr = stored_measure(&stored, &needed))) return hr;
    if (!(memory = arena_alloc(arena, needed))) return MAPI_E_NOT_ENOUGH_MEMORY;
    stored_decode(&stored, memory, value);
    return S_OK;
}

static HRESULT get_restriction(struct reader *reader, struct arena *arena, ULONG depth,
                               SRestriction *res);

/* Nodes below one, count of them. */
static HRESULT get_nodes(struct reader *reader, struct arena *arena, ULONG depth, ULONGLONG count,
                         SRestriction **ret)
{
    HRESULT hr = S_OK;
    ULONGLONG i;

    /* Each takes two bytes at the least. */
    if (count > (ULONGLONG)(reader->end - reader->at) || count > 65536) return MAPI_E_CORRUPT_STORE;
    if (!(*ret = arena_alloc(arena, (size_t)count * sizeof(**ret))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = get_restriction(reader, arena, depth + 1, *ret + i);
    return hr;
}

static HRESULT get_value(struct reader *reader, struct arena *arena, SPropValue **ret)
{
    if (!(*ret = arena_alloc(arena, sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    return get_constant(reader, arena, *ret);
}

static HRESULT get_comment(struct reader *reader, struct arena *arena, ULONG depth,
                           SRestriction *res)
{
    const ULONGLONG count = reader_number(reader);
    SPropValue *values;
    HRESULT hr = S_OK;
    ULONG i;

    if (count > (ULONGLONG)(reader->end - reader->at) || count > 65536) return MAPI_E_CORRUPT_STORE;
    if (!(values = arena_alloc(arena, (size_t)count * sizeof(*values))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++) hr = get_constant(reader, arena, &values[i]);
    res->res.resComment.cValues = (ULONG)count;
    res->res.resComment.lpProp = count ? values : NULL;
    res->res.resComment.lpRes = NULL;
    if (SUCCEEDED(hr) && reader_fixed(reader, 1))
        hr = get_nodes(reader, arena, depth, 1, &res->res.resComment.lpRes);
    return hr;
}

static HRESULT get_restriction(struct reader *reader, struct arena *arena, ULONG depth,
                               SRestriction *res)
{
    ULONGLONG count;
    HRESULT hr;

    if (depth > RESTRICTION_MAX_DEPTH) return MAPI_E_CORRUPT_STORE;
    memset(res, 0, sizeof(*res));
    res->rt = (ULONG)reader_fixed(reader, 1);
    switch (res->rt)
    {
    case RES_AND:
    case RES_OR:
        count = reader_number(reader);
        res->res.resAnd.cRes = (ULONG)count;
        hr = get_nodes(reader, arena, depth, count, &res->res.resAnd.lpRes);
        break;
    case RES_NOT:
        hr = get_nodes(reader, arena, depth, 1, &res->res.resNot.lpRes);
        break;
    case RES_CONTENT:
        res->res.resContent.ulFuzzyLevel = (ULONG)reader_fixed(reader, 4);
        res->res.resContent.ulPropTag = (ULONG)reader_fixed(reader, 4);
        hr = get_value(reader, arena, &res->res.resContent.lpProp);
        break;
    case RES_PROPERTY:
        res->res.resProperty.relop = (ULONG)reader_fixed(reader, 4);
        res->res.resProperty.ulPropTag = (ULONG)reader_fixed(reader, 4);
        hr = get_value(reader, arena, &res->res.resProperty.lpProp);
        break;
    case RES_COMPAREPROPS:
        res->res.resCompareProps.relop = (ULONG)reader_fixed(reader, 4);
        res->res.resCompareProps.ulPropTag1 = (ULONG)reader_fixed(reader, 4);
        res->res.resCompareProps.ulPropTag2 = (ULONG)reader_fixed(reader, 4);
        hr = S_OK;
        break;
    case RES_BITMASK:
        res->res.resBitMask.relBMR = (ULONG)reader_fixed(reader, 4);
        res->res.resBitMask.ulPropTag = (ULONG)reader_fixed(reader, 4);
        res->res.resBitMask.ulMask = (ULONG)reader_fixed(reader, 4);
        hr = S_OK;
        break;
    case RES_SIZE:
        res->res.resSize.relop = (ULONG)reader_fixed(reader, 4);
        res->res.resSize.ulPropTag = (ULONG)reader_fixed(reader, 4);
        res->res.resSize.cb = (ULONG)reader_fixed(reader, 4);
        hr = S_OK;
        break;
    case RES_EXIST:
        res->res.resExist.ulPropTag = (ULONG)reader_fixed(reader, 4);
        hr = S_OK;
        break;
    case RES_SUBRESTRICTION:
        res->res.resSub.ulSubObject = (ULONG)reader_fixed(reader, 4);
        hr = get_nodes(reader, arena, depth, 1, &res->res.resSub.lpRes);
        break;
    case RES_COUNT:
        res->res.resCount.ulCount = (ULONG)reader_fixed(reader, 4);
        hr = get_nodes(reader, arena, depth, 1, &res->res.resCount.lpRes);
        break;
    case RES_COMMENT:
    case RES_ANNOTATION:
        hr = get_comment(reader, arena, depth, res);
        break;
    default:
        return MAPI_E_CORRUPT_STORE;
    }
    return reader->bad ? MAPI_E_CORRUPT_STORE : hr;
}

/* --- searches as they stand in the file --- */

struct search
{
    LONGLONG folder;
    ULONG flags;
    LONGLONG next;
    SRestriction restriction;
    ULONG scope_count;
    LONGLONG *scope;
    struct arena arena;
};

static void search_free(struct search *search)
{
    arena_free(&search->arena);
}

static HRESULT read_search(sqlite3_stmt *statement, struct search *search)
{
    struct reader reader;
    HRESULT hr;
    size_t size;

    search->flags = sqlite3_column_int(statement, 1);
    search->next = sqlite3_column_int64(statement, 2);
    reader_init(&reader, sqlite3_column_blob(statement, 3), sqlite3_column_bytes(statement, 3));
    hr = get_restriction(&reader, &search->arena, 0, &search->restriction);
    if (SUCCEEDED(hr) && FAILED(restriction_check(&search->restriction))) hr = MAPI_E_CORRUPT_STORE;
    size = sqlite3_column_bytes(statement, 4);
    if (size % 8 || size / 8 > MAX_SCOPE) return MAPI_E_CORRUPT_STORE;
    if (!(search->scope = arena_alloc(&search->arena, size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    reader_init(&reader, sqlite3_column_blob(statement, 4), size);
    for (search->scope_count = 0; reader.at < reader.end; search->scope_count++)
        search->scope[search->scope_count] = (LONGLONG)reader_fixed(&reader, 8);
    return hr;
}

/* The search folder, or the first running one above it; S_FALSE: there is none. */
static HRESULT search_load(struct db_txn *txn, enum sql id, LONGLONG folder, struct search *search)
{
    sqlite3_stmt *statement;
    HRESULT hr;

    memset(search, 0, sizeof(*search));
    arena_init(&search->arena);
    if (FAILED(hr = sql_open(txn, id, &statement, "i", folder))) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        search->folder = sqlite3_column_int64(statement, 0);
        hr = read_search(statement, search);
    }
    sql_close(statement);
    if (FAILED(hr)) search_free(search);
    return hr;
}

static HRESULT in_scope(struct db_txn *txn, const struct search *search, LONGLONG parent, BOOL *ret)
{
    ULONG depth, i;
    HRESULT hr = S_OK;

    *ret = FALSE;
    for (depth = 0; parent && depth < 2 * MAX_DEPTH; depth++)
    {
        for (i = 0; i < search->scope_count; i++) if (search->scope[i] == parent) *ret = TRUE;
        if (*ret || !(search->flags & DB_SEARCH_RECURSIVE)) return S_OK;
        if ((hr = sql_number(txn, SQL_OBJECT_PARENT, &parent, "i", parent)) != S_OK)
            return FAILED(hr) ? hr : S_OK;
    }
    return S_OK;
}

static HRESULT search_one(struct db_txn *txn, struct search *search, struct source *source)
{
    struct matcher matcher;
    struct db_match match;
    BOOL belongs = FALSE, linked;
    HRESULT hr;

    memset(&match, 0, sizeof(match));
    match.restriction = &search->restriction;
    hr = in_scope(txn, search, source->object.parent, &belongs);
    if (SUCCEEDED(hr) && belongs)
    {
        if (SUCCEEDED(hr = matcher_init(&matcher, &match)))
            hr = matcher_test(&matcher, source, &belongs);
        matcher_free(&matcher);
    }
    if (SUCCEEDED(hr))
        hr = db_is_linked(txn, source->object.id, search->folder, DB_LIST_CONTENTS, &linked);
    if (FAILED(hr) || !belongs == !linked) return hr;
    return belongs ? db_link(txn, source->object.id, search->folder, DB_LIST_CONTENTS)
                   : db_unlink(txn, source->object.id, search->folder, DB_LIST_CONTENTS);
}

HRESULT search_object(struct db_txn *txn, struct source *source)
{
    struct search search;
    LONGLONG after = 0;
    HRESULT hr;

    if (source->object.list != DB_LIST_CONTENTS) return S_OK;
    while ((hr = search_load(txn, SQL_SEARCH_NEXT, after, &search)) == S_OK)
    {
        after = search.folder;
        hr = search_one(txn, &search, source);
        search_free(&search);
        if (FAILED(hr)) return hr;
    }
    return FAILED(hr) ? hr : S_OK;
}

/* All results go. */
static HRESULT clear_results(struct db_txn *txn, LONGLONG folder)
{
    LONGLONG object;
    HRESULT hr;

    while ((hr = sql_number(txn, SQL_LINK_ANY, &object, "iu", folder, (ULONG)DB_LIST_CONTENTS))
           == S_OK)
        if (FAILED(hr = db_unlink(txn, object, folder, DB_LIST_CONTENTS))) return hr;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT changed_search(struct db_txn *txn, LONGLONG folder)
{
    struct db_object info;
    HRESULT hr = object_row(txn, folder, &info);

    return SUCCEEDED(hr) ? change_add(txn, DB_CHANGE_SEARCH, &info, 0, 0, 0) : hr;
}

HRESULT search_hierarchy(struct db_txn *txn)
{
    struct search search;
    LONGLONG after = 0;
    HRESULT hr;

    while ((hr = search_load(txn, SQL_SEARCH_NEXT, after, &search)) == S_OK)
    {
        after = search.folder;
        search_free(&search);
        if (!(search.flags & DB_SEARCH_RECURSIVE)) continue;
        hr = clear_results(txn, after);
        if (SUCCEEDED(hr))
            hr = sql_run(txn, SQL_SEARCH_STATE, "iui", after, search.flags & ~DB_SEARCH_COMPLETE,
                         (LONGLONG)0);
        if (SUCCEEDED(hr)) hr = changed_search(txn, after);
        if (FAILED(hr)) return hr;
    }
    return FAILED(hr) ? hr : S_OK;
}

HRESULT search_delete(struct db_txn *txn, LONGLONG folder)
{
    LONGLONG object;
    HRESULT hr;

    /* Links to any list of the folder. */
    while ((hr = sql_number(txn, SQL_LINK_TO, &object, "i", folder)) == S_OK)
        if (FAILED(hr = sql_run(txn, SQL_LINK_REMOVE_TO, "ii", object, folder))) return hr;
    return FAILED(hr) ? hr : sql_run(txn, SQL_SEARCH_REMOVE, "i", folder);
}

HRESULT db_search_set(struct db_txn *txn, LONGLONG folder, const SRestriction *restriction,
                      ULONG scope_count, const LONGLONG *scope, ULONG flags)
{
    struct bytes packed, scopes;
    struct db_object info;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = txn_check_write(txn))) return hr;
    if (scope_count > MAX_SCOPE) return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = restriction_check(restriction))) return hr;
    if (FAILED(hr = object_row(txn, folder, &info))) return hr;
    bytes_init(&packed);
    bytes_init(&scopes);
    hr = put_restriction(&packed, restriction);
    for (i = 0; i < scope_count; i++) bytes_put_fixed(&scopes, scope[i], 8);
    if (packed.failed || scopes.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        hr = clear_results(txn, folder);
        if (SUCCEEDED(hr))
            hr = sql_run(txn, SQL_SEARCH_SET, "iuBB", folder, flags & ~DB_SEARCH_COMPLETE,
                         packed.data, packed.size, scopes.data, scopes.size);
        if (SUCCEEDED(hr)) hr = changed_search(txn, folder);
        txn_fail(txn, hr);
    }
    bytes_free(&packed);
    bytes_free(&scopes);
    return hr;
}

HRESULT db_search_get(struct db_txn *txn, LONGLONG folder, const struct mapi_allocators *allocators,
                      SRestriction **restriction, ULONG *scope_count, LONGLONG **scope,
                      ULONG *flags)
{
    struct search search;
    HRESULT hr;

    *restriction = NULL;
    *scope = NULL;
    *scope_count = *flags = 0;
    if ((hr = search_load(txn, SQL_SEARCH_GET, folder, &search)) != S_OK)
        return FAILED(hr) ? hr : MAPI_E_NOT_INITIALIZED;
    if (!(*scope = platform_alloc(search.scope_count * sizeof(**scope) + 1)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        memcpy(*scope, search.scope, search.scope_count * sizeof(**scope));
        hr = restriction_copy(allocators, &search.restriction, restriction);
    }
    if (SUCCEEDED(hr))
    {
        *scope_count = search.scope_count;
        *flags = search.flags;
    }
    else
    {
        platform_free(*scope);
        *scope = NULL;
    }
    search_free(&search);
    return hr;
}

/* --- what was there before --- */

/* The folders of the scope, with those below them, each once. */
static HRESULT expand_scope(struct db_txn *txn, const struct search *search, struct bytes *folders)
{
    LONGLONG *ids, after;
    size_t at, i;
    HRESULT hr = S_OK;
    ULONG count, j;

    bytes_put(folders, search->scope, search->scope_count * sizeof(*search->scope));
    if (!(search->flags & DB_SEARCH_RECURSIVE))
        return folders->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
    for (at = 0; at < folders->size / sizeof(after) && SUCCEEDED(hr); at++)
    {
        after = 0;
        do
        {
            hr = db_object_children(txn, ((const LONGLONG *)folders->data)[at], DB_LIST_HIERARCHY,
                                    after, 256, &ids, &count);
            for (j = 0; j < count; j++)
            {
                after = ids[j];
                for (i = 0; i < search->scope_count && search->scope[i] != after; i++) { }
                if (i == search->scope_count) bytes_put(folders, &after, sizeof(after));
            }
            platform_free(ids);
            if (folders->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
            if (folders->size / sizeof(after) > MAX_SCOPE) hr = MAPI_E_TOO_COMPLEX;
        }
        while (SUCCEEDED(hr) && count);
    }
    return hr;
}

/* The next ids of the scope's contents, in order. */
static HRESULT next_objects(struct db_txn *txn, const struct search *search, ULONG max,
                            struct bytes *objects)
{
    struct bytes folders;
    LONGLONG *ids;
    HRESULT hr;
    ULONG count;
    size_t i;

    bytes_init(&folders);
    hr = expand_scope(txn, search, &folders);
    for (i = 0; i < folders.size / sizeof(*ids) && SUCCEEDED(hr); i++)
    {
        hr = db_object_children(txn, ((const LONGLONG *)folders.data)[i], DB_LIST_CONTENTS,
                                search->next, max, &ids, &count);
        bytes_put(objects, ids, count * sizeof(*ids));
        platform_free(ids);
        if (objects->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        /* Those that come later are for later. */
        if (SUCCEEDED(hr) && count)
        {
            qsort(objects->data, objects->size / sizeof(*ids), sizeof(*ids), compare_ids);
            objects->size = min(objects->size, max * sizeof(*ids));
        }
    }
    bytes_free(&folders);
    return hr;
}

void db_filling_free(struct db_filling *filling)
{
    platform_free(filling->ids);
    platform_free(filling->criteria);
    memset(filling, 0, sizeof(*filling));
}

/* Asks the index, unless what it said before still holds. */
static HRESULT ask_index(struct db_txn *txn, const struct search *search,
                         struct db_filling *filling)
{
    struct bytes ids, criteria;
    HRESULT hr;

    bytes_init(&criteria);
    hr = put_restriction(&criteria, &search->restriction);
    bytes_put(&criteria, search->scope, search->scope_count * sizeof(*search->scope));
    bytes_put(&criteria, &search->flags, sizeof(search->flags));
    if (criteria.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr)
        || (filling->criteria && filling->next == search->next
            && filling->criteria_size == criteria.size
            && !memcmp(filling->criteria, criteria.data, criteria.size)))
    {
        bytes_free(&criteria);
        return hr;
    }
    db_filling_free(filling);
    filling->criteria = criteria.data;
    filling->criteria_size = criteria.size;
    filling->next = search->next;
    bytes_init(&ids);
    hr = fulltext_candidates(txn, search->next, MAX_CANDIDATES, &search->restriction, &ids);
    filling->by_reading = hr == S_FALSE;
    filling->ids = (LONGLONG *)ids.data;
    filling->count = ids.size / sizeof(LONGLONG);
    return FAILED(hr) ? hr : S_OK;
}

/* The next that the index of text names, else the next there are. */
static HRESULT step_objects(struct db_txn *txn, const struct search *search, ULONG max,
                            struct db_filling *filling, struct bytes *objects)
{
    size_t count;
    HRESULT hr;

    if (!filling->by_reading && FAILED(hr = ask_index(txn, search, filling))) return hr;
    if (filling->by_reading) return next_objects(txn, search, max, objects);
    count = min(filling->count - filling->at, max);
    bytes_put(objects, filling->ids + filling->at, count * sizeof(*filling->ids));
    return objects->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

HRESULT db_search_step(struct db *db, LONGLONG folder, ULONG max, struct db_filling *filling,
                       BOOL *done)
{
    struct search search;
    struct source source;
    struct bytes objects;
    struct db_txn *txn;
    LONGLONG last = 0;
    ULONG flags;
    HRESULT hr;
    size_t i, count = 0;

    *done = FALSE;
    if (FAILED(hr = db_begin(db, DB_WRITE | DB_LAZY, &txn))) return hr;
    if ((hr = search_load(txn, SQL_SEARCH_GET, folder, &search)) != S_OK)
    {
        db_rollback(txn);
        return FAILED(hr) ? hr : MAPI_E_NOT_INITIALIZED;
    }
    bytes_init(&objects);
    if (search.flags & DB_SEARCH_COMPLETE) *done = TRUE;
    else if (SUCCEEDED(hr = step_objects(txn, &search, max, filling, &objects)))
    {
        count = objects.size / sizeof(last);
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            last = ((const LONGLONG *)objects.data)[i];
            if ((hr = source_open(&source, txn, last)) == MAPI_E_OBJECT_DELETED)
            {
                hr = S_OK;
                continue;
            }
            if (FAILED(hr)) break;
            if (source.object.list == DB_LIST_CONTENTS) hr = search_one(txn, &search, &source);
            source_close(&source);
        }
        *done = count < max;
        flags = search.flags | (*done ? DB_SEARCH_COMPLETE : 0);
        if (SUCCEEDED(hr))
            hr = sql_run(txn, SQL_SEARCH_STATE, "iui", folder, flags,
                         last = count ? last : search.next);
        if (SUCCEEDED(hr) && *done) hr = changed_search(txn, folder);
    }
    bytes_free(&objects);
    search_free(&search);
    if (FAILED(hr))
    {
        *done = FALSE;
        db_rollback(txn);
        return hr;
    }
    if (FAILED(hr = db_commit(txn))) *done = FALSE;
    else
    {
        filling->next = last;
        filling->at += count;
    }
    return hr;
}
