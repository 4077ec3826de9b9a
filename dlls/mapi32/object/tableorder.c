/*
 * The rows of a view, in their order
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
 * All here runs under the data's lock. A view's nodes stand in a counted tree: by sort key, then by
 * the rows' insertion order. A change of a row moves, adds or removes its own nodes only. Cursor
 * and bookmarks are pointers to nodes: they stay with a row that moves, and go to the next one when
 * theirs goes.
 *
 * Where each value of a multi-valued column makes a row (MVI_FLAG), a row of the data has one node
 * for every combination of the values; such nodes, those of categorised views and headings show
 * values put together when they are asked for, all others the row's own.
 */

#include <string.h>

#include "object/table.h"

C_ASSERT(!offsetof(struct view_node, place));

/* More rows than this are not made of one row. */
#define MAX_INSTANCES 0x10000

struct view_node *view_node_from_place(struct ostree_node *place)
{
    return place ? CONTAINING_RECORD(place, struct view_node, place) : NULL;
}

struct view_node *view_prev_visible(const struct view_node *node)
{
    struct table_view *view = node->view;
    ULONG rank = ostree_visible_rank(&view->nodes, &node->place);

    return rank ? view_node_from_place(ostree_visible_at(&view->nodes, rank - 1)) : NULL;
}

/* --- values of instances ---------------------------------------------------------------------------- */

static const SPropValue *mvi_value(const struct row_values *values, ULONG tag)
{
    const SPropValue *prop = props_find_id(values->props, values->count, tag);

    return prop && (PROP_TYPE(prop->ulPropTag) & MV_FLAG) ? prop : NULL;
}

ULONG view_instances(const struct table_view *view, const struct row_values *values)
{
    const SPropValue *prop;
    ULONGLONG count = 1;
    ULONG i;

    for (i = 0; i < view->mvi_count; i++)
    {
        if (!(prop = mvi_value(values, view->mvi_tags[i])) || !prop->Value.MVl.cValues) continue;
        count *= prop->Value.MVl.cValues;
        if (count > MAX_INSTANCES) return MAX_INSTANCES;
    }
    return count;
}

BYTE *view_make_instance_key(const struct table_view *view, ULONG number, const BYTE *payload,
                             size_t size)
{
    BYTE *key = platform_alloc(INSTANCE_KEY_START + size);

    if (!key) return NULL;
    memcpy(key, &view->data->uid, sizeof(MAPIUID));
    memcpy(key + sizeof(MAPIUID), &view->number, sizeof(ULONG));
    memcpy(key + sizeof(MAPIUID) + sizeof(ULONG), &number, sizeof(ULONG));
    if (size) memcpy(key + INSTANCE_KEY_START, payload, size);
    return key;
}

/* Sets a property of an array that has room for one more. */
static void put_prop(SPropValue *props, ULONG *count, const SPropValue *prop)
{
    ULONG i;

    for (i = 0; i < *count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(prop->ulPropTag)) break;
    props[i] = *prop;
    if (i == *count) ++*count;
}

static void put_long(SPropValue *props, ULONG *count, ULONG tag, LONG value)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = tag;
    prop.Value.l = value;
    put_prop(props, count, &prop);
}

/* What one combination of the multiple values of a row is; with shown, what its node shows
 * besides. */
static HRESULT leaf_values(const struct table_view *view, struct row_values *values, ULONG instance,
                           BOOL shown, struct row_values **ret)
{
    ULONG count = values->count, number = instance, i, levels = shown ? view_levels(view) : 0;
    SPropValue *props, single, key;
    const SPropValue *prop;
    const BYTE *payload;
    size_t size;
    HRESULT hr;

    if (!view->mvi_count && !levels)
    {
        *ret = row_values_addref(values);
        return S_OK;
    }
    *ret = NULL;
    memset(&key, 0, sizeof(key));
    if (!(props = platform_alloc((count + 3) * sizeof(*props)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(props, values->props, count * sizeof(*props));
    for (i = 0; i < view->mvi_count; i++)
    {
        prop = mvi_value(values, view->mvi_tags[i]);
        if (!prop || !prop->Value.MVl.cValues) continue;
        if (prop_element(prop, number % prop->Value.MVl.cValues, &single))
            put_prop(props, &count, &single);
        number /= prop->Value.MVl.cValues;
    }
    if (view->mvi_count)
    {
        payload = index_bytes(row_values_index(view->data, values), &size);
        key.ulPropTag = PR_INSTANCE_KEY;
        key.Value.bin.cb = INSTANCE_KEY_START + size;
        if (!(key.Value.bin.lpb = view_make_instance_key(view, instance, payload, size)))
        {
            platform_free(props);
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
        put_prop(props, &count, &key);
    }
    if (levels)
    {
        put_long(props, &count, PR_DEPTH, levels);
        put_long(props, &count, PR_ROW_TYPE, TBL_LEAF_ROW);
    }
    hr = row_values_pack(count, props, ret);
    platform_free(key.Value.bin.lpb);
    platform_free(props);
    return hr;
}

HRESULT view_node_values(const struct view_node *node, struct row_values **ret)
{
    if (!node->row) return view_heading_values(node, ret);
    return leaf_values(node->view, node->row->values, node->instance, TRUE, ret);
}

struct view_node *view_find_instance(struct table_view *view, ULONG size, const BYTE *key)
{
    struct table_data *data = view->data;
    struct ostree_node *place;
    struct table_row *row = NULL;
    struct view_node *node;
    ULONG number = 0, owner;
    SPropValue value;

    if (size >= INSTANCE_KEY_START && !memcmp(key, &data->uid, sizeof(MAPIUID)))
    {
        memcpy(&owner, key + sizeof(MAPIUID), sizeof(owner));
        memcpy(&number, key + sizeof(MAPIUID) + sizeof(ULONG), sizeof(number));
        if (owner != view->number) return NULL;
        key += INSTANCE_KEY_START;
        size -= INSTANCE_KEY_START;
        if (number & INSTANCE_HEADING)
        {
            /* The payload is the heading's sort key. */
            node = view_heading_by_key(view, key, size);
            return node && !node->row && node->instance == number ? node : NULL;
        }
        row = table_data_find_bytes(data, key, size);
    }
    else if (!view->mvi_count)
    {
        /* The provider's own key: mostly the index, else each row has to be looked at. */
        memset(&value, 0, sizeof(value));
        value.ulPropTag = PR_INSTANCE_KEY;
        value.Value.bin.cb = size;
        value.Value.bin.lpb = (BYTE *)key;
        if (data->index_tag == PR_INSTANCE_KEY)
            row = table_data_find(data, &value);
        else
        {
            for (place = ostree_first(&view->nodes); place; place = ostree_next(place))
            {
                const SPropValue *prop;

                if (!(node = view_node_from_place(place))->row) continue;
                prop = props_find(node->row->values->props, node->row->values->count,
                                  PR_INSTANCE_KEY);
                if (prop && !prop_compare(prop, &value)) return node;
            }
        }
    }
    for (node = row ? row->nodes : NULL; node; node = node->row_next)
        if (node->view == view && node->instance == number) return node;
    return NULL;
}

/* --- matching and keys ------------------------------------------------------------------------------ */

/* had: the row shows already, so it has been counted. */
static HRESULT view_matches(struct table_view *view, const struct row_values *values, BOOL had,
                            BOOL *matches)
{
    const SRestriction *restriction = view->restriction;
    HRESULT hr;

    *matches = TRUE;
    if (!restriction) return S_OK;
    if (restriction->rt != RES_COUNT)
        return restriction_test(restriction, values->count, values->props, matches);
    *matches = FALSE;
    if (!had && !view->matches_left) return S_OK;
    hr = restriction_test(restriction->res.resCount.lpRes, values->count, values->props, matches);
    if (SUCCEEDED(hr) && *matches && !had) view->matches_left--;
    return hr;
}

int view_node_compare(const struct view_node *a, const struct view_node *b)
{
    int order = 0;
    ULONG size;

    /* While a view is being built, its leaves have no headings yet, and stand by their keys. */
    if (a->view->ranked && (a->heading || !a->row) && (b->heading || !b->row) &&
        (order = view_compare_headings(a, b, &a, &b))) return order;
    size = min(a->key_size, b->key_size);
    if (size) order = memcmp(a->key, b->key, size);
    if (order) return order;
    /* A heading's key begins the key of each of its members. */
    if (a->key_size != b->key_size) return a->key_size < b->key_size ? -1 : 1;
    if (!a->row || !b->row) return !!a->row - !!b->row;
    if (a->row->label != b->row->label) return a->row->label < b->row->label ? -1 : 1;
    return a->instance < b->instance ? -1 : a->instance > b->instance;
}

/* --- nodes ------------------------------------------------------------------------------------------ */

/* Leaves lie in chunks, which go together; one that is freed before that is used for the next
 * one. */
struct node_chunk
{
    struct node_chunk *next;
    ULONG used;
    ULONG room;
    struct view_node nodes[1];
};

#define CHUNK_NODES 512

static struct view_node *alloc_leaf(struct table_view *view)
{
    struct node_chunk *chunk = view->leaves.chunks;
    struct view_node *node = view->leaves.free;
    ULONG room;

    if (node)
    {
        view->leaves.free = node->row_next;
    }
    else
    {
        if (!chunk || chunk->used == chunk->room)
        {
            /* Small views get small ones. */
            room = chunk ? min(chunk->room * 4, CHUNK_NODES) : 4;
            if (!(chunk = platform_alloc(offsetof(struct node_chunk, nodes[room])))) return NULL;
            chunk->next = view->leaves.chunks;
            chunk->used = 0;
            chunk->room = room;
            view->leaves.chunks = chunk;
        }
        node = &chunk->nodes[chunk->used++];
    }
    memset(node, 0, sizeof(*node));
    node->view = view;
    return node;
}

static void free_leaf(struct view_node *node)
{
    node->row_next = node->view->leaves.free;
    node->view->leaves.free = node;
}

/* None of their leaves is in use any more. */
static void free_leaves(struct leaf_pool *leaves)
{
    struct node_chunk *chunk, *next;

    for (chunk = leaves->chunks; chunk; chunk = next)
    {
        next = chunk->next;
        platform_free(chunk);
    }
    leaves->chunks = NULL;
    leaves->free = NULL;
}

struct view_node *view_create_heading(struct table_view *view)
{
    struct view_heading *heading = platform_alloc_zero(sizeof(*heading));

    if (!heading) return NULL;
    heading->node.view = view;
    return &heading->node;
}

void view_free_node(struct view_node *node)
{
    struct view_heading *heading = (struct view_heading *)node;
    struct view_node **link;

    if (node->flags & NODE_OWN_KEY) platform_free(node->key);
    if (node->row)
    {
        for (link = &node->row->nodes; *link != node;) link = &(*link)->row_next;
        *link = node->row_next;
        free_leaf(node);
        return;
    }
    row_values_release(heading->sample);
    row_values_release(heading->best);
    platform_free(heading->rank);
    platform_free(heading);
}

int view_compare_place(const void *node, const struct ostree_node *place)
{
    return view_node_compare(node, CONTAINING_RECORD(place, struct view_node, place));
}

void view_place_node(struct table_view *view, struct view_node *node, BOOL visible)
{
    ULONGLONG word = view->nodes.words ? view_place_word(node) : 0;

    /* A cursor in a view without rows stands before the first to come. */
    if (visible && !ostree_visible(&view->nodes)) view->cursor = node;
    ostree_insert(&view->nodes, &node->place, word, view_compare_place, node, visible);
}

BOOL view_insert_node(struct table_view *view, struct view_node *node, BOOL visible)
{
    if (!ostree_reserve(&view->nodes, 1)) return FALSE;
    view_place_node(view, node, visible);
    return TRUE;
}

static void leave_positions(struct table_view *view, struct view_node *node)
{
    struct view_node *next = view_node_from_place(ostree_next(&node->place));
    ULONG i;

    if (next && !ostree_is_visible(&next->place))
        next = view_node_from_place(
            ostree_visible_at(&view->nodes, ostree_visible_rank(&view->nodes, &next->place)));
    if (view->cursor == node) view->cursor = next;
    if (!(node->flags & NODE_BOOKMARKED)) return;
    for (i = 0; i < view->bookmark_count; i++)
    {
        if (view->bookmarks[i].node != node) continue;
        view->bookmarks[i].node = next;
        view->bookmarks[i].moved = TRUE;
        if (next) next->flags |= NODE_BOOKMARKED;
    }
}

void view_remove_node(struct table_view *view, struct view_node *node)
{
    leave_positions(view, node);
    ostree_remove(&view->nodes, &node->place);
    view_free_node(node);
}

/* Frees all nodes of a tree, and leaves it empty. */
static void free_nodes(struct ostree *nodes)
{
    struct ostree_node *place;
    struct ostree_walk walk;

    for (place = ostree_walk_first(nodes, &walk); place; place = ostree_walk_next(&walk))
        view_free_node(view_node_from_place(place));
    ostree_clear(nodes);
}

void view_clear(struct table_view *view)
{
    ULONG i;

    free_nodes(&view->nodes);
    free_leaves(&view->leaves);
    ostree_clear(&view->headings);
    key_chunks_free(view->keys);
    view->keys = NULL;
    view->cursor = NULL;
    view->built = FALSE;
    for (i = 0; i < view->bookmark_count; i++)
    {
        view->bookmarks[i].node = NULL;
        view->bookmarks[i].moved = TRUE;
    }
}

void view_forget_bookmarks(struct table_view *view)
{
    view->bookmark_count = 0;
}

void view_give_up(struct table_view *view)
{
    view_clear(view);
    view_queue_event(view, TABLE_CHANGED, S_OK);
}

/* --- building --------------------------------------------------------------------------------------- */

/* The nodes a view is being built from. */
struct node_list
{
    struct view_node **nodes;
    ULONG count;
    ULONG room;
};

static HRESULT list_add(struct node_list *list, struct view_node *node)
{
    struct view_node **nodes;
    ULONG room;

    if (list->count == list->room)
    {
        room = list->room ? list->room * 2 : 64;
        if (room > 0x7fffffff / sizeof(*nodes)) return MAPI_E_NOT_ENOUGH_MEMORY;
        if (!(nodes = platform_realloc(list->nodes, room * sizeof(*nodes))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->nodes = nodes;
        list->room = room;
    }
    list->nodes[list->count++] = node;
    return S_OK;
}

/* A node for one instance of a row, not yet in the tree. */
static HRESULT make_leaf(struct table_view *view, struct table_row *row, struct row_values *values,
                         ULONG instance, struct view_key *key, struct key_chunk **chunks,
                         struct view_node **ret)
{
    struct view_node *node;

    *ret = NULL;
    if (view->sort && !view_make_key(view, values, key)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(node = alloc_leaf(view))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (view->sort && !view_set_key(node, key, chunks))
    {
        free_leaf(node);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    node->row = row;
    node->instance = instance;
    node->depth = view_levels(view);
    node->row_next = row->nodes;
    row->nodes = node;
    *ret = node;
    return S_OK;
}

static HRESULT collect_row(struct table_view *view, struct table_row *row, struct view_key *key,
                           struct node_list *list)
{
    ULONG instance, count = view->mvi_count ? view_instances(view, row->values) : 1;
    struct row_values *values;
    struct view_node *node;
    HRESULT hr = S_OK;
    BOOL matches;

    for (instance = 0; instance < count && SUCCEEDED(hr); instance++)
    {
        if (FAILED(hr = leaf_values(view, row->values, instance, FALSE, &values))) break;
        if (SUCCEEDED(hr = view_matches(view, values, FALSE, &matches)) && matches)
        {
            hr = make_leaf(view, row, values, instance, key, &view->keys, &node);
            if (SUCCEEDED(hr) && FAILED(hr = list_add(list, node))) view_free_node(node);
        }
        row_values_release(values);
    }
    return hr;
}

HRESULT view_build(struct table_view *view)
{
    struct node_list list = { NULL, 0, 0 };
    struct ostree_node *place;
    struct ostree_walk walk;
    ULONGLONG *words = NULL;
    struct view_key key;
    HRESULT hr = S_OK;
    ULONG rows = 0, i;

    if (view->built) return S_OK;
    view->ranked = view_is_ranked(view);
    if (view->restriction && view->restriction->rt == RES_COUNT)
        view->matches_left = view->restriction->res.resCount.ulCount;
    sortkey_init(&key.key);
    for (place = ostree_walk_first(&view->data->rows, &walk); place && SUCCEEDED(hr);
         place = ostree_walk_next(&walk))
    {
        hr = collect_row(view, CONTAINING_RECORD(place, struct table_row, place), &key, &list);
        if (!(++rows % STOP_INTERVAL) && view_stopped(view)) hr = MAPI_E_USER_CANCEL;
    }
    sortkey_destroy(&key.key);

    /* The order of categories is none of keys alone. */
    view->nodes.words = view->sort && !view_levels(view);
    if (SUCCEEDED(hr) && view->nodes.words
        && !(words = platform_alloc(list.count * sizeof(*words) + 1)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr) && view->sort)
        hr = view_sort_nodes(view, list.nodes, list.count, FALSE, words);
    if (SUCCEEDED(hr) && view_levels(view)) hr = view_add_headings(view, &list.nodes, &list.count);
    /* Now that the headings are there, with their ranks, by these. */
    if (SUCCEEDED(hr) && view->ranked)
        hr = view_sort_nodes(view, list.nodes, list.count, TRUE, NULL);
    if (SUCCEEDED(hr) && !ostree_reserve_build(&view->nodes, list.count))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
    {
        platform_free(words);
        ostree_clear(&view->nodes);
        for (i = 0; i < list.count; i++) view_free_node(list.nodes[i]);
        platform_free(list.nodes);
        free_leaves(&view->leaves);
        ostree_clear(&view->headings);
        key_chunks_free(view->keys);
        view->keys = NULL;
        return hr;
    }
    /* A node begins with its place, so an array of one is an array of the other. */
    ostree_build(&view->nodes, (struct ostree_node **)list.nodes, words, list.count);
    platform_free(list.nodes);
    platform_free(words);
    if (view_levels(view)) view_hide_collapsed(view);
    view->cursor = view_node_from_place(ostree_visible_at(&view->nodes, 0));
    view->built = TRUE;
    return S_OK;
}

HRESULT view_rebuild(struct table_view *view)
{
    struct ostree old = view->nodes, old_headings = view->headings;
    struct leaf_pool old_leaves = view->leaves, leaves;
    struct key_chunk *old_keys = view->keys;
    struct view_node *cursor = view->cursor;
    ULONG matches_left = view->matches_left;
    BOOL built = view->built, ranked = view->ranked;
    HRESULT hr;

    memset(&view->nodes, 0, sizeof(view->nodes));
    memset(&view->headings, 0, sizeof(view->headings));
    memset(&view->leaves, 0, sizeof(view->leaves));
    view->keys = NULL;
    view->built = FALSE;
    if (FAILED(hr = view_build(view)))
    {
        view->nodes = old;
        view->headings = old_headings;
        view->leaves = old_leaves;
        view->ranked = ranked;
        view->keys = old_keys;
        view->cursor = cursor;
        view->matches_left = matches_left;
        view->built = built;
        return hr;
    }
    /* The old leaves go with their chunks, and are not for the new ones to use. */
    leaves = view->leaves;
    free_nodes(&old);
    ostree_clear(&old_headings);
    view->leaves = leaves;
    free_leaves(&old_leaves);
    key_chunks_free(old_keys);
    view_forget_bookmarks(view);
    return S_OK;
}

/* --- changes ---------------------------------------------------------------------------------------- */

void view_note_change(struct table_view *view, ULONG event, const struct view_node *node, BOOL each)
{
    struct row_values *values;

    if (!ostree_is_visible(&node->place)) return;
    if (!each) view->touched = TRUE;
    if (!each || !view_has_sinks(view)) return;
    /* Without memory for what it would say there is no event. */
    if (FAILED(view_node_values(node, &values))) return;
    view_queue_row_event(view, event, values,
                         event == TABLE_ROW_DELETED ? NULL : view_prev_visible(node));
    row_values_release(values);
}

static HRESULT add_node(struct table_view *view, struct table_row *row, struct row_values *values,
                        ULONG instance, struct view_key *key, BOOL each)
{
    struct view_node *node;
    HRESULT hr;

    if (FAILED(hr = make_leaf(view, row, values, instance, key, NULL, &node))) return hr;
    if (view_levels(view))
    {
        if (FAILED(hr = view_attach_leaf(view, node, each)))
        {
            view_free_node(node);
            return hr;
        }
    }
    else if (!view_insert_node(view, node, TRUE))
    {
        view_free_node(node);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    view_note_change(view, TABLE_ROW_ADDED, node, each);
    return S_OK;
}

static HRESULT drop_node(struct table_view *view, struct view_node *node, BOOL each)
{
    HRESULT hr;

    view_note_change(view, TABLE_ROW_DELETED, node, each);
    if (view_levels(view) && FAILED(hr = view_detach_leaf(view, node, each))) return hr;
    view_remove_node(view, node);
    return S_OK;
}

/* A row that changed: it may have come from a collapsed category, or gone to one. */
static void note_moved(struct table_view *view, const struct view_node *node, BOOL showed,
                       BOOL each)
{
    struct row_values *values;

    if (ostree_is_visible(&node->place) || !showed)
    {
        view_note_change(view, showed ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED, node, each);
        return;
    }
    if (!each) view->touched = TRUE;
    if (!each || !view_has_sinks(view) || FAILED(view_node_values(node, &values))) return;
    view_queue_row_event(view, TABLE_ROW_DELETED, values, NULL);
    row_values_release(values);
}

static HRESULT move_node(struct table_view *view, struct view_node *node, struct row_values *values,
                         struct view_key *key, BOOL each)
{
    const BOOL showed = ostree_is_visible(&node->place);
    struct view_node *cursor;
    HRESULT hr = S_OK;

    if (view->sort)
    {
        if (!view_make_key(view, values, key)) return MAPI_E_NOT_ENOUGH_MEMORY;
        if (key->key.size == node->key_size && !memcmp(key->key.data, node->key, node->key_size))
        {
            if (view_levels(view) && FAILED(hr = view_update_leaf(view, node, each))) return hr;
        }
        else
        {
            if (view_levels(view) && FAILED(hr = view_detach_leaf(view, node, each))) return hr;
            ostree_remove(&view->nodes, &node->place);
            cursor = view->cursor;
            if (!view_set_key(node, key, NULL)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
            else if (view_levels(view)) hr = view_attach_leaf(view, node, each);
            else if (!view_insert_node(view, node, TRUE)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
            if (FAILED(hr))
            {
                /* It is in no tree any more; the rest of the view goes with view_give_up. */
                if (view->cursor == node) view->cursor = NULL;
                view_free_node(node);
                return hr;
            }
            view->cursor = cursor;
        }
    }
    note_moved(view, node, showed, each);
    return S_OK;
}

void view_row_changed(struct table_view *view, struct table_row *row, struct row_values *after,
                      BOOL each)
{
    struct view_node *node, *next, *old;
    struct row_values *values;
    ULONG instance, count = 0;
    struct view_key key;
    HRESULT hr = S_OK;
    BOOL matches;

    if (after) count = view->mvi_count ? view_instances(view, after) : 1;
    for (node = row->nodes; node && SUCCEEDED(hr); node = next)
    {
        next = node->row_next;
        if (node->view == view && node->instance >= count) hr = drop_node(view, node, each);
    }
    sortkey_init(&key.key);
    for (instance = 0; instance < count && SUCCEEDED(hr); instance++)
    {
        for (old = row->nodes; old; old = old->row_next)
            if (old->view == view && old->instance == instance) break;
        if (FAILED(hr = leaf_values(view, after, instance, FALSE, &values))) break;
        if (FAILED(hr = view_matches(view, values, old != NULL, &matches)))
        {
            row_values_release(values);
            break;
        }
        if (matches)
        {
            if (old)
                hr = move_node(view, old, values, &key, each);
            else
                hr = add_node(view, row, values, instance, &key, each);
        }
        else if (old)
        {
            hr = drop_node(view, old, each);
        }
        row_values_release(values);
    }
    sortkey_destroy(&key.key);
    if (FAILED(hr)) view_give_up(view);
}
