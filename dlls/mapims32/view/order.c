/*
 * Tables over the property database: which rows there are, and where
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
 * Without a restriction all is asked of the database's view. With one, ids has the objects that
 * match in their order: eight bytes a row. They are taken from the file when they are first needed
 * and follow the changes that the file has listed since, at the beginning of each call, in the same
 * transaction that the call reads with: what a call sees is one state.
 *
 * What many rows match need not be known to its end to show the first of them: unless all is set,
 * ids goes as far as the row that frontier is (PLACE_START: nothing is known yet). Who asks for
 * more has it go on from there; who asks for the end, a position behind what is known or the count
 * has all of it made. While somebody is told of changes, and with categories, all is. What an index
 * can say, it is asked for first; then the view is read.
 */

#include <stdlib.h>

#include "view/viewpriv.h"

#define MAX_CHANGES 4096                /* after more the ids are taken anew */
#define MAX_EVENTS 64                   /* more changes at once are told as one */
#define AT_ONCE 1024
#define AT_FIRST 4096                   /* rows looked at before all are */
#define PAGE 64                         /* rows made known at once */

void place_clear(struct place *place)
{
    platform_free(place->key);
    memset(place, 0, sizeof(*place));
}

HRESULT place_copy(struct place *dst, const struct place *src)
{
    BYTE *key = NULL;

    if (src->key && !(key = platform_alloc(src->key_size + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (key) memcpy(key, src->key, src->key_size);
    platform_free(dst->key);
    *dst = *src;
    dst->key = key;
    return S_OK;
}

HRESULT place_set(struct place *place, enum place_kind kind, LONGLONG row, const BYTE *key,
                  ULONG key_size)
{
    struct place made = { kind, row, key_size, NULL };

    if (!(made.key = platform_alloc(key_size + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (key_size) memcpy(made.key, key, key_size);
    platform_free(place->key);
    *place = made;
    return S_OK;
}

static HRESULT place_on_row(const struct view *view, struct place *place, const struct db_row *row)
{
    return place_set(place, PLACE_ROW, row_number(view, row), row->key, row->key_size);
}

HRESULT look_row(struct view *view, struct look *look, LONGLONG row, struct db_row **block)
{
    ULONG count, i;
    HRESULT hr;

    hr = db_view_object_rows(look->txn, look->view, row_object(view, row), block, &count);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count; i++)
    {
        if (row_number(view, &(*block)[i]) != row) continue;
        (*block)[0] = (*block)[i];
        return S_OK;
    }
    platform_free(*block);
    *block = NULL;
    return S_FALSE;
}

/* ---- ids ---- */

void view_forget_rows(struct view *view)
{
    platform_free(view->ids);
    view->ids = NULL;
    view->id_count = view->id_room = 0;
    view->matched = view->all = view->no_index = FALSE;
    place_clear(&view->frontier);
}

static HRESULT add_id(struct view *view, ULONG index, LONGLONG object)
{
    LONGLONG *grown;
    ULONG room;

    if (view->id_count == view->id_room)
    {
        room = view->id_room ? view->id_room + view->id_room / 2 : 256;
        if (room > 0x8000000 || !(grown = platform_realloc(view->ids, room * sizeof(*grown))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        view->ids = grown;
        view->id_room = room;
    }
    memmove(&view->ids[index + 1], &view->ids[index],
            (view->id_count - index) * sizeof(*view->ids));
    view->ids[index] = object;
    view->id_count++;
    return S_OK;
}

static BOOL index_of(const struct view *view, LONGLONG object, ULONG *index)
{
    for (*index = 0; *index < view->id_count; ++*index)
        if (view->ids[*index] == object) return TRUE;
    return FALSE;
}

static int compare_rows(const struct db_row *a, const struct db_row *b)
{
    int order = memcmp(a->key, b->key, min(a->key_size, b->key_size));

    if (!order) order = (a->key_size > b->key_size) - (a->key_size < b->key_size);
    if (!order) order = (a->object > b->object) - (a->object < b->object);
    return order ? order : (a->instance > b->instance) - (a->instance < b->instance);
}

/* RES_COUNT around all is the limit. */
static SRestriction *condition(const struct view *view)
{
    if (view->restriction && view->restriction->rt == RES_COUNT)
        return view->restriction->res.resCount.lpRes;
    return view->restriction;
}

/* Rows in no order. */
struct found
{
    struct found_row
    {
        ULONGLONG begin;                /* of the key, as a number */
        struct db_row row;              /* key: where it is in keys */
    } *rows;
    ULONG count, room;
    BYTE *keys;
    size_t size, key_room;
};

static int compare_found(const void *a, const void *b)
{
    const struct found_row *x = a, *y = b;

    return x->begin != y->begin ? (x->begin > y->begin) - (x->begin < y->begin)
                                : compare_rows(&x->row, &y->row);
}

static HRESULT add_found(void *context, const struct db_row *row)
{
    struct found *found = context;
    struct found_row *rows;
    BYTE *keys;
    size_t room;
    ULONG i;

    if (found->count == found->room)
    {
        room = found->room ? 2 * found->room : 256;
        if (!(rows = platform_realloc(found->rows, room * sizeof(*rows))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        found->rows = rows;
        found->room = (ULONG)room;
    }
    if (found->key_room - found->size < row->key_size)
    {
        room = 2 * found->key_room + row->key_size + 4096;
        if (!(keys = platform_realloc(found->keys, room))) return MAPI_E_NOT_ENOUGH_MEMORY;
        found->keys = keys;
        found->key_room = room;
    }
    rows = &found->rows[found->count++];
    for (rows->begin = 0, i = 0; i < 8; i++)
        rows->begin = rows->begin << 8 | (i < row->key_size ? row->key[i] : 0);
    if (row->key_size) memcpy(found->keys + found->size, row->key, row->key_size);
    rows->row = *row;
    rows->row.key = (const BYTE *)found->size;
    found->size += row->key_size;
    return S_OK;
}

/* In order, without those behind a bound. */
static void sort_found(struct found *found, const struct db_bound *bound)
{
    const struct db_row *row;
    ULONG i;

    for (i = 0; i < found->count; i++)
        found->rows[i].row.key = found->keys + (size_t)found->rows[i].row.key;
    if (found->count) qsort(found->rows, found->count, sizeof(*found->rows), compare_found);
    if (!bound->size) return;
    for (i = 0; i < found->count; i++)
    {
        row = &found->rows[i].row;
        if (memcmp(row->key, bound->key, min(row->key_size, bound->size)) > 0) break;
    }
    found->count = i;
}

/* Those of the owner's candidates that match. */
static HRESULT find_candidates(struct view *view, struct look *look, const struct db_match *match,
                               struct found *found)
{
    struct db_row *row;
    LONGLONG *ids;
    BOOL matches;
    HRESULT hr;
    ULONG count, i;

    hr = view->owner->candidates(view->context, look->txn, view->parent, view->list,
                                 match->restriction, &ids, &count);
    if (hr != S_OK) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = look_row(view, look, ids[i], &row))) break;
        matches = FALSE;
        if (hr == S_OK) hr = db_match_object(look->txn, match, ids[i], &matches);
        if (hr == MAPI_E_OBJECT_DELETED) hr = S_OK;
        if (SUCCEEDED(hr) && matches) hr = add_found(found, row);
        platform_free(row);
    }
    platform_free(ids);
    return FAILED(hr) ? hr : S_OK;
}

/* Whoever is told of changes is told of all, and headings count all. */
static BOOL needs_all(const struct view *view)
{
    return view->sinks || view->levels;
}

/* The first rows, so many or all, if an index says which and they are not sooner found without;
 * else S_FALSE. */
static HRESULT match_by_index(struct view *view, struct look *look, const struct db_match *match,
                              ULONG wanted)
{
    struct db_bound bound = { 0 };
    struct found found = { 0 };
    struct db_row *row = NULL;
    HRESULT hr = S_FALSE;
    ULONG i;

    if (!view->owner->candidates)
        hr = db_text_match(look->txn, look->view, match, wanted == ~0u ? ~(ULONGLONG)0 : wanted,
                           add_found, &found, &bound);
    else if (match->restriction && !view->multi) hr = find_candidates(view, look, match, &found);
    if (hr == S_OK)
    {
        sort_found(&found, &bound);
        for (i = 0; i < found.count && view->id_count < view->limit && SUCCEEDED(hr); i++)
        {
            /* The index may name one twice. */
            if (row && !compare_rows(row, &found.rows[i].row)) continue;
            row = &found.rows[i].row;
            hr = add_id(view, view->id_count, row_number(view, row));
        }
        view->all = !bound.size || view->id_count >= view->limit;
        if (SUCCEEDED(hr) && !view->all)
            hr = row ? place_on_row(view, &view->frontier, row) : S_FALSE;
    }
    platform_free(found.rows);
    platform_free(found.keys);
    return hr;
}

struct taking
{
    struct view *view;
    ULONG wanted;
};

static HRESULT take_match(void *context, const struct db_row *row)
{
    struct taking *taking = context;
    HRESULT hr = add_id(taking->view, taking->view->id_count, row_number(taking->view, row));

    /* Ends the search. */
    return SUCCEEDED(hr) && taking->view->id_count >= taking->wanted ? S_FALSE : hr;
}

static struct db_row frontier_row(const struct view *view)
{
    const struct place *frontier = &view->frontier;
    struct db_row ret = { row_object(view, frontier->row), row_instance(view, frontier->row),
                          frontier->key_size, frontier->key };

    return ret;
}

/* On from the frontier, looking at max rows (0: all that there are), until so many are known. */
static HRESULT take_rows(struct view *view, struct look *look, const struct db_match *match,
                         ULONG wanted, ULONGLONG max)
{
    struct taking taking = { view, min(wanted, view->limit) };
    struct db_row after, last = { 0 };
    BOOL done = FALSE;
    HRESULT hr = S_OK, kept;

    after = frontier_row(view);
    if (taking.wanted)
        hr = db_view_match(look->txn, look->view, match,
                           view->frontier.kind == PLACE_ROW ? &after : NULL, max, take_match,
                           &taking, &last, &done);
    if (SUCCEEDED(hr) && last.key
        && FAILED(kept = place_on_row(view, &view->frontier, &last)))
        hr = kept;
    platform_free((void *)last.key);
    if (done || view->id_count >= view->limit) view->all = TRUE;
    return FAILED(hr) ? hr : S_OK;
}

static void start_anew(struct view *view)
{
    view->id_count = 0;
    view->all = FALSE;
    place_clear(&view->frontier);
}

/* By the index, which begins anew each time: more than are needed next. */
static HRESULT ask_index(struct view *view, struct look *look, const struct db_match *match,
                         ULONG wanted)
{
    HRESULT hr;

    if (view->no_index) return S_OK;
    if (wanted != ~0u) wanted = max(max(wanted, PAGE), 4 * view->id_count);
    start_anew(view);
    hr = match_by_index(view, look, match, wanted);
    view->no_index = hr == S_FALSE;
    return FAILED(hr) ? hr : S_OK;
}

/* Rows from the first on, so many or all. */
static HRESULT need_rows(struct view *view, struct look *look, ULONG wanted)
{
    struct db_match match = { condition(view), NULL, NULL };
    HRESULT hr;

    if (!view->restriction || view->all || (view->id_count >= wanted && wanted < view->limit))
        return S_OK;
    view->owner->match_begin(view->context, &match);
    hr = ask_index(view, look, &match, wanted);
    if (SUCCEEDED(hr) && view->no_index && wanted - view->id_count <= AT_FIRST)
        hr = take_rows(view, look, &match, max(wanted, view->id_count + PAGE), AT_FIRST);
    if (SUCCEEDED(hr) && !view->all && view->id_count < wanted)
    {
        /* Few of the rows match: that is cheaper by far at once. */
        start_anew(view);
        hr = take_rows(view, look, &match, ~0u, 0);
        view->all = TRUE;
    }
    view->owner->match_end(view->context, &match);
    if (FAILED(hr)) view_forget_rows(view);
    return hr;
}

/* At least as many as are known. */
static HRESULT match_rows(struct view *view, struct look *look)
{
    const ULONG known = view->id_count;
    HRESULT hr = S_OK;

    view_forget_rows(view);
    if (needs_all(view) || known) hr = need_rows(view, look, needs_all(view) ? ~0u : known);
    if (SUCCEEDED(hr)) view->matched = TRUE;
    return hr;
}

static HRESULT matches(struct view *view, struct look *look, SRestriction *restriction,
                       LONGLONG object, BOOL *ret)
{
    struct db_match match = { restriction, NULL, NULL };
    HRESULT hr;

    view->owner->match_begin(view->context, &match);
    hr = db_match_object(look->txn, &match, object, ret);
    view->owner->match_end(view->context, &match);
    if (hr != MAPI_E_OBJECT_DELETED) return hr;
    *ret = FALSE;
    return S_OK;
}

/* How many of the ids come before a key. */
static HRESULT ids_before(struct view *view, struct look *look, const struct db_row *wanted,
                          ULONG *index)
{
    ULONG low = 0, high = view->id_count, middle;
    struct db_row *row;
    HRESULT hr;
    BOOL less;

    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (FAILED(hr = look_row(view, look, view->ids[middle], &row))) return hr;
        less = hr == S_OK && compare_rows(row, wanted) < 0;
        platform_free(row);
        /* One without a row is about to go. */
        if (hr == S_FALSE)
        {
            if (view->levels) categories_take_out(view, middle);
            memmove(&view->ids[middle], &view->ids[middle + 1],
                    (--view->id_count - middle) * sizeof(*view->ids));
            high--;
        }
        else if (less) low = middle + 1;
        else high = middle;
    }
    *index = low;
    return S_OK;
}

/* ---- changes ---- */

static BOOL concerns(const struct view *view, const struct db_change *change)
{
    if (change->parent == view->parent && change->list == view->list) return TRUE;
    if (change->old_parent == view->parent && change->old_list == view->list) return TRUE;
    /* Of what stands here by link, changes tell where it is. */
    return view->links && (change->what & (DB_CHANGE_MODIFIED | DB_CHANGE_MOVED
                                           | DB_CHANGE_DELETED));
}

static HRESULT row_before(struct view *view, struct look *look, ULONG index,
                          const struct db_row *row, LONGLONG *prior)
{
    struct db_row *rows;
    ULONG count;
    HRESULT hr;

    *prior = 0;
    if (view->restriction)
    {
        if (index) *prior = view->ids[index - 1];
        return S_OK;
    }
    hr = db_view_rows_after(look->txn, look->view, row, TRUE, 1, &rows, &count);
    if (SUCCEEDED(hr) && count) *prior = rows[0].object;
    platform_free(rows);
    return hr;
}

enum before { BEFORE_SAME, BEFORE_NO, BEFORE_YES };

/* Had the object a row before this change? BEFORE_SAME: the change does not say, and changed
 * nothing of it. */
static enum before before_change(const struct view *view, const struct db_change *change)
{
    const BOOL was_here = change->old_parent == view->parent && change->old_list == view->list;
    const BOOL is_here = change->parent == view->parent && change->list == view->list;

    if (change->what & DB_CHANGE_UNLINKED) return was_here ? BEFORE_YES : BEFORE_SAME;
    if (change->what & DB_CHANGE_LINKED) return is_here ? BEFORE_NO : BEFORE_SAME;
    /* What stands here by link loses that before it goes. */
    if (view->links) return BEFORE_SAME;
    if (change->what & (DB_CHANGE_CREATED | DB_CHANGE_COPIED)) return BEFORE_NO;
    if (change->what & DB_CHANGE_MOVED) return was_here ? BEFORE_YES : BEFORE_NO;
    return BEFORE_YES;
}

static int compare_changes(const void *a, const void *b)
{
    const struct db_change *x = *(const struct db_change *const *)a;
    const struct db_change *y = *(const struct db_change *const *)b;

    if (x->object != y->object) return x->object > y->object ? 1 : -1;
    return x->sequence > y->sequence ? 1 : -1;
}

/* Those without a row first, then in the order of their rows. */
static int compare_changed(const void *a, const void *b)
{
    const struct changed *x = a, *y = b;

    if (!x->row || !y->row) return (x->row != NULL) - (y->row != NULL);
    return compare_rows(x->row, y->row);
}

/* The object's row before and now; with a restriction its id is taken out. */
static HRESULT look_at_changed(struct view *view, struct look *look, enum before before,
                               struct changed *changed)
{
    HRESULT hr = look_row(view, look, changed->object, &changed->row);
    BOOL good = hr == S_OK;
    ULONG index;

    if (SUCCEEDED(hr) && good && view->restriction)
        hr = matches(view, look, condition(view), changed->object, &good);
    if (SUCCEEDED(hr) && !good)
    {
        platform_free(changed->row);
        changed->row = NULL;
    }
    if (FAILED(hr)) return hr;
    if (!view->restriction)
        changed->before = before == BEFORE_SAME ? changed->row != NULL : before == BEFORE_YES;
    else if ((changed->before = index_of(view, changed->object, &index)))
    {
        if (view->levels) changed->from = categories_take_out(view, index);
        memmove(&view->ids[index], &view->ids[index + 1],
                (--view->id_count - index) * sizeof(*view->ids));
    }
    return S_OK;
}

static HRESULT find_changed(struct view *view, struct look *look, ULONG count,
                            const struct db_change **changes, struct changed *changed,
                            ULONG *changed_count)
{
    enum before before;
    HRESULT hr = S_OK;
    ULONG i = 0;

    qsort(changes, count, sizeof(*changes), compare_changes);
    while (i < count && SUCCEEDED(hr))
    {
        changed[*changed_count].object = changes[i]->object;
        for (before = BEFORE_SAME; i < count
             && changes[i]->object == changed[*changed_count].object; i++)
            if (before == BEFORE_SAME) before = before_change(view, changes[i]);
        hr = look_at_changed(view, look, before, &changed[(*changed_count)++]);
    }
    return hr;
}

/* Behind what is known. */
static BOOL is_beyond(const struct view *view, const struct db_row *row)
{
    const struct db_row frontier = frontier_row(view);

    return view->frontier.kind == PLACE_START || compare_rows(row, &frontier) > 0;
}

/* Who applies the events one after another, beginning with the table as he knew it, has the rows in
 * their order at the end: what goes is told first, the others from the top down, so that the row
 * before each is one that he has, in its place. */
static HRESULT tell_changed(struct view *view, struct look *look, ULONG count,
                            const struct changed *changed, BOOL tell)
{
    HRESULT hr = S_OK;
    LONGLONG prior;
    ULONG index = 0, i;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        const struct db_row *row = changed[i].row;

        if (row && view->restriction)
        {
            if (!view->all && is_beyond(view, row)) continue;
            hr = ids_before(view, look, row, &index);
            if (SUCCEEDED(hr)) hr = add_id(view, index, changed[i].object);
            if (SUCCEEDED(hr) && view->levels) hr = categories_put_in(view, row);
        }
        if (FAILED(hr) || !tell || view->levels || !(row || changed[i].before)) continue;
        if (!row)
        {
            event_queue_row(view, look, TABLE_ROW_DELETED, changed[i].object, 0);
            continue;
        }
        if (SUCCEEDED(hr = row_before(view, look, index, row, &prior)))
            event_queue_row(view, look, changed[i].before ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED,
                            changed[i].object, prior);
    }
    return hr;
}

/* count of them concern the view. */
static HRESULT follow_changes(struct view *view, struct look *look, ULONG count,
                              const struct db_change *changes, ULONG all, BOOL tell)
{
    const struct db_change **mine;
    struct changed *changed;
    ULONG i, n = 0;
    HRESULT hr;

    if (!count) return S_OK;
    mine = platform_alloc(count * sizeof(*mine));
    changed = platform_alloc_zero(count * sizeof(*changed));
    if (mine && changed)
    {
        for (i = 0; i < all; i++) if (concerns(view, &changes[i])) mine[n++] = &changes[i];
        n = 0;
        hr = find_changed(view, look, count, mine, changed, &n);
        qsort(changed, n, sizeof(*changed), compare_changed);
        if (SUCCEEDED(hr)) hr = tell_changed(view, look, n, changed, tell);
        if (SUCCEEDED(hr) && view->levels) hr = categories_follow(view, look, n, changed, tell);
        for (i = 0; i < n; i++) platform_free(changed[i].row);
    }
    else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    platform_free(changed);
    platform_free(mine);
    return hr;
}

/* What the view keeps of the rows. */
static HRESULT take_anew(struct view *view, struct look *look)
{
    HRESULT hr = view->restriction ? match_rows(view, look) : S_OK;

    return SUCCEEDED(hr) && view->levels ? categories_make(view, look) : hr;
}

static HRESULT follow(struct view *view, struct look *look)
{
    struct db_change *changes = NULL;
    ULONG count = 0, i, mine = 0;
    ULONGLONG last;
    BOOL lost = FALSE, each, single;
    HRESULT hr;

    if (FAILED(hr = db_change_last(look->txn, &last))) return hr;
    if ((view->restriction && !view->matched) || (view->levels && !view->headings.made))
    {
        if (SUCCEEDED(hr = take_anew(view, look))) view->seen = last;
        return hr;
    }
    if (last == view->seen) return S_OK;
    if (view->restriction || view->levels || view->sinks)
    {
        hr = db_changes(look->txn, view->seen, MAX_CHANGES + 1, &changes, &count, &lost);
        if (FAILED(hr)) return hr;
        if (count > MAX_CHANGES) lost = TRUE;
        for (i = 0; i < count && !lost; i++) mine += concerns(view, &changes[i]);
        /* What rows the values of an object had is not known, and what is told is told of all. */
        single = !lost && !(mine && (view->multi || view->limit != ~0u))
                 && (!view->restriction || view->all || !view->sinks);
        each = single && mine <= MAX_EVENTS;
        if (single && (each || view->restriction))
        {
            hr = follow_changes(view, look, mine, changes, count, each && view->sinks);
            if (hr == S_FALSE) each = FALSE;
        }
        else if (lost || mine) hr = take_anew(view, look);
        if (SUCCEEDED(hr) && view->levels && !view->headings.made)
            hr = categories_make(view, look);
        if (!each && (lost || mine)) event_queue(view, TABLE_CHANGED, S_OK);
        platform_free(changes);
    }
    if (SUCCEEDED(hr)) view->seen = last;
    else view->matched = view->headings.made = FALSE;
    return hr;
}

/* ---- one look ---- */

static HRESULT find_unread(struct view *view, struct look *look, ULONG count,
                           const struct db_sort *order)
{
    look->unread = 0;
    if (!count) return S_OK;
    return db_view_find(look->txn, view->parent, view->list, count, order, &look->unread);
}

HRESULT look_begin(struct view *view, struct look *look)
{
    struct db_sort unread_order[DB_VIEW_MAX_COLUMNS + 2];
    ULONG tries, unread_count = 0;
    BOOL made, waits, updated = FALSE;
    HRESULT hr;

    if (view->levels && view->unread_wanted && !view->restriction && view->owner->has_unread)
        unread_count = categories_unread_order(view, unread_order);
    /* A view that others pushed out of the file is made once more. */
    for (tries = 0; tries < 4; tries++)
    {
        if (FAILED(hr = db_begin(view->db, DB_READ, &look->txn))) return hr;
        /* Who looks for a text has those indexed that wait for it. */
        if (view->restriction && !view->matched && !updated
            && SUCCEEDED(db_text_waits(look->txn, &waits)) && waits)
        {
            db_rollback(look->txn);
            db_text_update(view->db, DB_TEXT_AT_ONCE);
            updated = TRUE;
            if (FAILED(hr = db_begin(view->db, DB_READ, &look->txn))) return hr;
        }
        hr = db_view_find(look->txn, view->parent, view->list, view->order_count, view->order,
                          &look->view);
        if (SUCCEEDED(hr)) hr = find_unread(view, look, unread_count, unread_order);
        if (SUCCEEDED(hr)) hr = follow(view, look);
        if (SUCCEEDED(hr)) return S_OK;
        db_rollback(look->txn);
        if (hr != MAPI_E_NOT_FOUND) return hr;
        hr = db_view_ensure(view->db, view->parent, view->list, view->order_count, view->order,
                            &made);
        if (SUCCEEDED(hr) && unread_count)
            hr = db_view_ensure(view->db, view->parent, view->list, unread_count, unread_order,
                                &made);
        if (FAILED(hr)) return hr;
    }
    return MAPI_E_BUSY;
}

void look_end(struct look *look)
{
    db_rollback(look->txn);
}

HRESULT look_count(struct view *view, struct look *look, ULONG *count)
{
    ULONGLONG all;
    HRESULT hr;

    if (!view->restriction) hr = db_view_count(look->txn, look->view, &all);
    else
    {
        hr = need_rows(view, look, ~0u);
        all = view->id_count;
    }
    *count = (ULONG)min(all, 0x7fffffff);
    return hr;
}

HRESULT look_reach(struct view *view, struct look *look, ULONG position, ULONG *count)
{
    HRESULT hr;

    if (!view->restriction) return look_count(view, look, count);
    if (position < 0x7fffffff) position++;
    hr = need_rows(view, look, position);
    *count = view->id_count;
    return hr;
}

HRESULT look_rows(struct view *view, struct look *look, ULONG position, ULONG max, LONGLONG **ids,
                  ULONG *count)
{
    struct db_row *rows = NULL, *next;
    ULONG all, got = 0, i;
    HRESULT hr;

    *ids = NULL;
    *count = 0;
    /* The row behind them is where the next call begins. */
    hr = look_reach(view, look, position + min(max, 0x7fffffff - position), &all);
    if (FAILED(hr)) return hr;
    max = position < all ? min(max, all - position) : 0;
    if (!(*ids = platform_alloc((size_t)max * sizeof(**ids) + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (view->restriction)
    {
        memcpy(*ids, view->ids + position, max * sizeof(**ids));
        *count = max;
        return S_OK;
    }
    while (*count < max && SUCCEEDED(hr))
    {
        if (!*count)
            hr = db_view_rows_at(look->txn, look->view, position, FALSE, min(max, AT_ONCE), &next,
                                 &got);
        else
            hr = db_view_rows_after(look->txn, look->view, &rows[got - 1], FALSE,
                                    min(max - *count, AT_ONCE), &next, &got);
        platform_free(rows);
        rows = next;
        if (FAILED(hr) || !got) break;
        for (i = 0; i < got; i++) (*ids)[(*count)++] = row_number(view, &rows[i]);
    }
    platform_free(rows);
    if (FAILED(hr))
    {
        platform_free(*ids);
        *ids = NULL;
        *count = 0;
    }
    return hr;
}

HRESULT look_rows_from(struct view *view, struct look *look, const struct place *place, ULONG max,
                       LONGLONG **ids, ULONG *count, struct place *first, struct place *behind)
{
    const LONGLONG object = row_object(view, place->row);
    const ULONG instance = row_instance(view, place->row);
    struct db_row from = { instance ? object : object - 1, instance ? instance - 1 : 0xffff,
                           place->key_size, place->key };
    struct db_row *row = NULL, *rows = NULL;
    ULONG got = 0, i;
    HRESULT hr;

    *ids = NULL;
    *count = 0;
    if (view->restriction || view->levels || place->kind != PLACE_ROW || max >= AT_ONCE)
        return S_FALSE;
    if (FAILED(hr = look_row(view, look, place->row, &row))) return hr;
    if (hr == S_OK)
    {
        from.key = row->key;
        from.key_size = row->key_size;
    }
    hr = db_view_rows_after(look->txn, look->view, &from, FALSE, max + 1, &rows, &got);
    if (SUCCEEDED(hr) && !(*ids = platform_alloc((size_t)max * sizeof(**ids) + 1)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    first->kind = behind->kind = PLACE_END;
    if (SUCCEEDED(hr) && got) hr = place_on_row(view, first, &rows[0]);
    if (SUCCEEDED(hr) && got > max) hr = place_on_row(view, behind, &rows[max]);
    for (i = 0; SUCCEEDED(hr) && i < got && i < max; i++)
        (*ids)[(*count)++] = row_number(view, &rows[i]);
    platform_free(rows);
    platform_free(row);
    return hr;
}

HRESULT look_position(struct view *view, struct look *look, struct place *place, ULONG *position,
                      BOOL *gone)
{
    struct db_row kept, *row;
    ULONGLONG at = 0;
    HRESULT hr;
    BOOL there;

    *gone = FALSE;
    *position = 0;
    if (place->kind == PLACE_START) return S_OK;
    if (place->kind == PLACE_END) return look_count(view, look, position);

    if (view->restriction && !index_of(view, place->row, position))
    {
        if (FAILED(hr = need_rows(view, look, ~0u))) return hr;
        *gone = !index_of(view, place->row, position);
    }
    /* It may have moved; one that matches no more was where it last did. */
    if (!*gone)
    {
        if (FAILED(hr = look_row(view, look, place->row, &row))) return hr;
        *gone = hr == S_FALSE;
        hr = *gone ? S_OK : place_on_row(view, place, row);
        platform_free(row);
        if (FAILED(hr)) return hr;
    }
    memset(&kept, 0, sizeof(kept));
    kept.object = row_object(view, place->row);
    kept.instance = row_instance(view, place->row);
    kept.key = place->key;
    kept.key_size = place->key_size;
    if (view->restriction) return *gone ? ids_before(view, look, &kept, position) : S_OK;
    hr = db_view_position(look->txn, look->view, &kept, &at, &there);
    *position = (ULONG)min(at, 0x7fffffff);
    return hr;
}

HRESULT look_before(struct view *view, struct look *look, const struct db_row *row,
                    ULONG *position)
{
    ULONGLONG at = 0;
    HRESULT hr;
    BOOL there;

    if (view->restriction)
    {
        hr = need_rows(view, look, ~0u);
        return SUCCEEDED(hr) ? ids_before(view, look, row, position) : hr;
    }
    hr = db_view_position(look->txn, look->view, row, &at, &there);
    *position = (ULONG)min(at, 0x7fffffff);
    return hr;
}

HRESULT look_place(struct view *view, struct look *look, ULONG position, struct place *place)
{
    struct db_row *row = NULL;
    ULONG count = 0;
    HRESULT hr = S_OK;

    if (view->restriction)
    {
        hr = need_rows(view, look, position + 1);
        if (SUCCEEDED(hr) && position < view->id_count)
        {
            hr = look_row(view, look, view->ids[position], &row);
            count = hr == S_OK;
        }
    }
    else hr = db_view_rows_at(look->txn, look->view, position, FALSE, 1, &row, &count);
    if (SUCCEEDED(hr) && count) hr = place_on_row(view, place, row);
    else if (SUCCEEDED(hr))
    {
        place_clear(place);
        place->kind = PLACE_END;
    }
    platform_free(row);
    return hr;
}
