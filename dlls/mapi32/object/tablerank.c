/*
 * Categories in the order of the least or greatest value in them
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
 * TABLE_SORT_CATEG_MIN and TABLE_SORT_CATEG_MAX behind the column of a category put the categories
 * of that level in the order of the least or greatest value that their rows have in this column, in
 * the direction of the category's own column; categories that are alike in it, by that column.
 * Those without any value come last. The column makes no level, and does not sort the rows inside.
 *
 * So that a key still names its category whatever rows come and go, the value stands in the
 * heading, not in the keys: view_node_compare looks at the headings of both nodes first. Headings
 * are found by their key in a tree of their own. When the value of a category changes, its heading
 * and all below it leave the view's tree and come back elsewhere, which their sinks are told as
 * TABLE_CHANGED. The lock is held.
 */

#include <string.h>

#include "object/table.h"

static BOOL is_rank(const SSortOrder *order)
{
    return order->ulOrder == TABLE_SORT_CATEG_MIN || order->ulOrder == TABLE_SORT_CATEG_MAX;
}

/* The column that ranks the categories of a level, NULL when none does; and the level's own first
 * one. */
static const SSortOrder *rank_order(const struct table_view *view, ULONG level,
                                    const SSortOrder **own)
{
    const SSortOrderSet *sort = view->sort;
    ULONG i, found = 0;

    *own = NULL;
    for (i = 0; i < sort->cCategories; i++)
    {
        if (is_rank(&sort->aSort[i])) continue;
        if (!*own) *own = &sort->aSort[i];
        if (!view_level_ends(view, i)) continue;
        if (found++ == level)
            return i + 1 < sort->cSorts && is_rank(&sort->aSort[i + 1]) ? &sort->aSort[i + 1]
                                                                        : NULL;
        *own = NULL;
    }
    return NULL;
}

BOOL view_is_ranked(const struct table_view *view)
{
    ULONG i;

    for (i = 0; view->sort && i < view->sort->cSorts; i++)
        if (is_rank(&view->sort->aSort[i])) return TRUE;
    return FALSE;
}

/* --- order ------------------------------------------------------------------------------------------- */

static int compare_ranks(const struct view_heading *a, const struct view_heading *b)
{
    const SSortOrder *own;
    ULONG size = min(a->rank_size, b->rank_size);
    int order;

    if (!size) return !a->rank_size - !b->rank_size;
    order = memcmp(a->rank, b->rank, size);
    if (!order) order = (a->rank_size > b->rank_size) - (a->rank_size < b->rank_size);
    rank_order(a->node.view, a->node.depth, &own);
    return own->ulOrder == TABLE_SORT_DESCEND ? -order : order;
}

/* The heading at a level that a node is, or is under; one further left when it is that itself. */
static const struct view_node *heading_at(const struct view_node *node, ULONG level)
{
    while (node->depth > level) node = node->heading;
    return node;
}

int view_compare_headings(const struct view_node *a, const struct view_node *b,
                          const struct view_node **at_a, const struct view_node **at_b)
{
    ULONG level, levels = view_levels(a->view);
    const struct view_node *x, *y;

    for (level = 0; level < levels; level++)
    {
        x = heading_at(a, level);
        y = heading_at(b, level);
        if (x->depth < level || y->depth < level) return 0;
        if (x == y) continue;
        *at_a = x;
        *at_b = y;
        return compare_ranks((const struct view_heading *)x, (const struct view_heading *)y);
    }
    return 0;
}

/* --- headings by key ----------------------------------------------------------------------------------- */

static struct view_heading *heading_from_key(struct ostree_node *place)
{
    return CONTAINING_RECORD(place, struct view_heading, by_key);
}

static int compare_keys(const BYTE *a, ULONG a_size, const BYTE *b, ULONG b_size)
{
    int order = memcmp(a, b, min(a_size, b_size));

    return order ? order : (a_size > b_size) - (a_size < b_size);
}

static int compare_headings(const void *what, const struct ostree_node *place)
{
    const struct view_node *a = what;
    const struct view_node *b = &CONTAINING_RECORD(place, struct view_heading, by_key)->node;

    return compare_keys(a->key, a->key_size, b->key, b->key_size);
}

struct view_node *rank_find_heading(struct table_view *view, const BYTE *key, ULONG size)
{
    struct ostree_node *place;
    struct view_node probe;

    memset(&probe, 0, sizeof(probe));
    probe.key = (BYTE *)key;
    probe.key_size = size;
    place = ostree_search(&view->headings, compare_headings, &probe);
    return place && !compare_headings(&probe, place) ? &heading_from_key(place)->node : NULL;
}

BOOL rank_add_heading(struct table_view *view, struct view_node *heading)
{
    if (!ostree_reserve(&view->headings, 1)) return FALSE;
    ostree_insert(&view->headings, &((struct view_heading *)heading)->by_key, 0, compare_headings,
                  heading, TRUE);
    return TRUE;
}

void rank_remove_heading(struct table_view *view, struct view_node *heading)
{
    ostree_remove(&view->headings, &((struct view_heading *)heading)->by_key);
}

/* --- ranks ------------------------------------------------------------------------------------------- */

/* Does the row rank the category better than what does so far? Then the key is its rank. */
static BOOL ranks_better(const struct view_heading *heading, const SSortOrder *order,
                         const struct row_values *values, struct sortkey *key, BOOL *better)
{
    const SPropValue *value = view_sort_value(heading->node.view, values, order);
    int compared;

    *better = FALSE;
    if (!value) return TRUE;
    key->size = 0;
    if (!sortkey_add(key, value, FALSE)) return FALSE;
    compared = heading->rank_size
                   ? compare_keys(key->data, key->size, heading->rank, heading->rank_size)
                   : 0;
    if (!heading->rank_size
        || (order->ulOrder == TABLE_SORT_CATEG_MAX ? compared > 0 : compared < 0))
        *better = TRUE;
    return TRUE;
}

static BOOL set_rank(struct view_heading *heading, const struct sortkey *key,
                     struct row_values *values)
{
    BYTE *rank = platform_alloc(key->size);

    if (!rank) return FALSE;
    memcpy(rank, key->data, key->size);
    platform_free(heading->rank);
    heading->rank = rank;
    heading->rank_size = key->size;
    row_values_release(heading->best);
    heading->best = row_values_addref(values);
    return TRUE;
}

HRESULT rank_leaf(struct view_node *heading, const struct view_node *leaf, BOOL *changed)
{
    struct view_heading *ranked = (struct view_heading *)heading;
    const SSortOrder *order, *own;
    struct sortkey key;
    BOOL ret;

    *changed = FALSE;
    if (!(order = rank_order(heading->view, heading->depth, &own))) return S_OK;
    sortkey_init(&key);
    ret = ranks_better(ranked, order, leaf->row->values, &key, changed) &&
          (!*changed || set_rank(ranked, &key, leaf->row->values));
    sortkey_destroy(&key);
    return ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* The node behind the last one under a heading. */
static struct ostree_node *end_of(const struct view_node *heading)
{
    struct ostree_node *place = ostree_next(&heading->place);

    while (place && view_node_from_place(place)->depth > heading->depth) place = ostree_next(place);
    return place;
}

/* Takes a heading and all below it out of the tree, and puts them back where its rank belongs
 * now. */
static HRESULT put_back(struct view_node *heading, const struct sortkey *key,
                        struct row_values *values, BOOL each)
{
    struct view_heading *ranked = (struct view_heading *)heading;
    struct table_view *view = heading->view;
    struct view_node *cursor = view->cursor;
    struct ostree_node *place, *next, *end = end_of(heading);
    ULONG count, i, first;
    HRESULT hr = S_OK;
    struct moved
    {
        struct view_node *node;
        BOOL visible;
    } *moved;

    first = ostree_rank(&view->nodes, &heading->place);
    count = ostree_rank(&view->nodes, end) - first;
    if (!ostree_reserve(&view->nodes, count) || !(moved = platform_alloc(count * sizeof(*moved))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0, place = &heading->place; i < count; i++, place = next)
    {
        next = ostree_next(place);
        moved[i].node = view_node_from_place(place);
        moved[i].visible = ostree_is_visible(place);
        ostree_remove(&view->nodes, place);
    }
    if (!key)
    {
        platform_free(ranked->rank);
        row_values_release(ranked->best);
        ranked->rank = NULL;
        ranked->rank_size = 0;
        ranked->best = NULL;
    }
    else if (!set_rank(ranked, key, values))
    {
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (i = 0; i < count; i++) view_place_node(view, moved[i].node, moved[i].visible);
    platform_free(moved);
    view->cursor = cursor;
    if (ostree_rank(&view->nodes, &heading->place) == first) return hr;
    if (!each) view->touched = TRUE;
    else view_queue_event(view, TABLE_CHANGED, S_OK);
    return hr;
}

HRESULT rank_join(struct view_node *heading, const struct view_node *leaf, BOOL each)
{
    const SSortOrder *order, *own;
    struct sortkey key;
    HRESULT hr = S_OK;
    BOOL better;

    if (!(order = rank_order(heading->view, heading->depth, &own))) return S_OK;
    sortkey_init(&key);
    if (!ranks_better((struct view_heading *)heading, order, leaf->row->values, &key, &better))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (better)
        hr = put_back(heading, &key, leaf->row->values, each);
    sortkey_destroy(&key);
    return hr;
}

HRESULT rank_again(struct view_node *heading, const struct view_node *except, BOOL each)
{
    struct view_heading *ranked = (struct view_heading *)heading, probe;
    struct ostree_node *place, *end = end_of(heading);
    const SSortOrder *order, *own;
    struct view_node *node;
    struct sortkey key;
    HRESULT hr = S_OK;
    BOOL better;

    if (!(order = rank_order(heading->view, heading->depth, &own))) return S_OK;
    /* It is found from nothing in a heading that stands nowhere. */
    memset(&probe, 0, sizeof(probe));
    probe.node.view = heading->view;
    sortkey_init(&key);
    for (place = ostree_next(&heading->place); place != end && SUCCEEDED(hr);
         place = ostree_next(place))
    {
        node = view_node_from_place(place);
        if (!node->row || node == except) continue;
        if (!ranks_better(&probe, order, node->row->values, &key, &better) ||
            (better && !set_rank(&probe, &key, node->row->values)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    sortkey_destroy(&key);
    if (SUCCEEDED(hr)
        && (!probe.rank_size != !ranked->rank_size
            || (probe.rank_size
                && compare_keys(probe.rank, probe.rank_size, ranked->rank, ranked->rank_size))))
    {
        key.data = probe.rank;
        key.size = probe.rank_size;
        hr = put_back(heading, probe.rank_size ? &key : NULL, probe.best, each);
    }
    platform_free(probe.rank);
    row_values_release(probe.best);
    return hr;
}
