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
 * All here runs under the data's lock. The keys that are made when a view is built or sorted lie
 * behind one another in chunks, which go together when the next ones stand; a row that changes
 * later gets a key of its own. A view whose order alone changes keeps its nodes: they get new keys
 * and another place.
 */

#include <string.h>

#include "object/table.h"

#define CHUNK_SIZE 0x10000

struct key_chunk
{
    struct key_chunk *next;
    size_t used;
    size_t room;
    BYTE data[1];
};

void key_chunks_free(struct key_chunk *chunks)
{
    struct key_chunk *next;

    for (; chunks; chunks = next)
    {
        next = chunks->next;
        platform_free(chunks);
    }
}

static BYTE *chunk_alloc(struct key_chunk **chunks, size_t size)
{
    struct key_chunk *chunk = *chunks;
    size_t room;

    if (!chunk || chunk->room - chunk->used < size)
    {
        /* Small views get small ones. */
        room = chunk ? chunk->room * 4 : 256;
        if (room > CHUNK_SIZE) room = CHUNK_SIZE;
        if (room < size) room = size;
        if (!(chunk = platform_alloc(offsetof(struct key_chunk, data) + room))) return NULL;
        chunk->next = *chunks;
        chunk->used = 0;
        chunk->room = room;
        *chunks = chunk;
    }
    chunk->used += size;
    return chunk->data + chunk->used - size;
}

/* Does each value of this multi-valued property make a row? */
static BOOL makes_rows(const struct table_view *view, ULONG tag)
{
    ULONG i;

    for (i = 0; i < view->mvi_count; i++)
        if (PROP_ID(view->mvi_tags[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

const SPropValue *view_sort_value(const struct table_view *view, const struct row_values *values,
                                  const SSortOrder *order)
{
    const SPropValue *prop = props_find_id(values->props, values->count, order->ulPropTag);
    ULONG type, wanted = PROP_TYPE(order->ulPropTag) & ~MV_INSTANCE;

    if (!prop) return NULL;
    type = PROP_TYPE(prop->ulPropTag);
    if (type == PT_ERROR || type == PT_NULL || type == PT_OBJECT || type == PT_UNSPECIFIED)
        return NULL;
    /* One kind of value in a column, or no part of a key would tell where it ends. */
    if (makes_rows(view, order->ulPropTag)) wanted &= ~MV_FLAG;
    return prop_types_bridge(type, wanted) ? prop : NULL;
}

BOOL view_make_key(const struct table_view *view, const struct row_values *values,
                   struct view_key *key)
{
    const SSortOrder *order;
    ULONG level = 0, i;

    key->key.size = 0;
    for (i = 0; view->sort && i < view->sort->cSorts; i++)
    {
        order = &view->sort->aSort[i];
        /* It ranks the categories, and is no part of a row's order. */
        if (order->ulOrder == TABLE_SORT_CATEG_MIN || order->ulOrder == TABLE_SORT_CATEG_MAX)
            continue;
        if (!sortkey_add(&key->key, view_sort_value(view, values, order),
                         order->ulOrder == TABLE_SORT_DESCEND))
            return FALSE;
        if (view_level_ends(view, i)) key->ends[level++] = key->key.size;
    }
    return TRUE;
}

BOOL view_set_key(struct view_node *node, const struct view_key *key, struct key_chunk **chunks)
{
    size_t ends = view_levels(node->view) * sizeof(*key->ends), size = key->key.size + ends;
    BYTE *copy = NULL;

    if (key->key.size && !(copy = chunks ? chunk_alloc(chunks, size) : platform_alloc(size)))
        return FALSE;
    if (copy)
    {
        memcpy(copy, key->key.data, key->key.size);
        memcpy(copy + key->key.size, key->ends, ends);
    }
    if (node->flags & NODE_OWN_KEY) platform_free(node->key);
    node->flags &= ~NODE_OWN_KEY;
    if (!chunks) node->flags |= NODE_OWN_KEY;
    node->key = copy;
    node->key_size = key->key.size;
    return TRUE;
}

#define PREFIX_SIZE   16
#define MERGE_AT_MOST 64

/* A node on its way into order; the first bytes of its key spare most looks at the rest. */
struct sort_item
{
    ULONGLONG prefix[PREFIX_SIZE / sizeof(ULONGLONG)];
    struct view_node *node;
};

static ULONGLONG key_word(const struct view_node *node, ULONG from)
{
    ULONGLONG word = 0;
    const BYTE *key;
    ULONG i;

    /* Whole words are most of them, and one load and swap. */
    if (node->key_size >= from + sizeof(word))
    {
        key = node->key + from;
        return (ULONGLONG)key[0] << 56 | (ULONGLONG)key[1] << 48 | (ULONGLONG)key[2] << 40
               | (ULONGLONG)key[3] << 32 | (ULONGLONG)key[4] << 24 | (ULONGLONG)key[5] << 16
               | (ULONGLONG)key[6] << 8 | key[7];
    }
    for (i = from; i < from + sizeof(word); i++)
        word = word << 8 | (i < node->key_size ? node->key[i] : 0);
    return word;
}

static void set_prefix(struct sort_item *item)
{
    item->prefix[0] = key_word(item->node, 0);
    item->prefix[1] = key_word(item->node, sizeof(*item->prefix));
}

static BOOL item_before(const struct sort_item *a, const struct sort_item *b)
{
    if (a->prefix[0] != b->prefix[0]) return a->prefix[0] < b->prefix[0];
    if (a->prefix[1] != b->prefix[1]) return a->prefix[1] < b->prefix[1];
    return view_node_compare(a->node, b->node) < 0;
}

static void sort_short(struct sort_item *items, ULONG count)
{
    struct sort_item item;
    ULONG i, place;

    for (i = 1; i < count; i++)
    {
        item = items[i];
        for (place = i; place && item_before(&item, &items[place - 1]); place--)
            items[place] = items[place - 1];
        items[place] = item;
    }
}

/* By comparing, with room for half of them. */
static void merge_items(struct sort_item *items, ULONG count, struct sort_item *room,
                        const struct table_view *view)
{
    ULONG left = count / 2, i, a, b;

    if (count <= 12)
    {
        sort_short(items, count);
        return;
    }
    if (count > STOP_INTERVAL && view_stopped(view)) return;
    merge_items(items, left, room, view);
    merge_items(items + left, count - left, room, view);
    if (!item_before(&items[left], &items[left - 1])) return;
    memcpy(room, items, left * sizeof(*items));
    for (i = a = 0, b = left; a < left; i++)
    {
        if (b < count && item_before(&items[b], &room[a]))
            items[i] = items[b++];
        else
            items[i] = room[a++];
    }
}

static ULONG prefix_byte(const struct sort_item *item, ULONG byte)
{
    return (BYTE)(item->prefix[byte / 8] >> (56 - byte % 8 * 8));
}

/* The first byte from one on in which the prefixes differ; PREFIX_SIZE: they are alike. */
static ULONG first_difference(const struct sort_item *items, ULONG count, ULONG byte)
{
    ULONGLONG differ[2] = { 0, 0 };
    ULONG i;

    for (i = 1; i < count; i++)
    {
        differ[0] |= items[i].prefix[0] ^ items[0].prefix[0];
        differ[1] |= items[i].prefix[1] ^ items[0].prefix[1];
    }
    while (byte < PREFIX_SIZE && !(differ[byte / 8] >> (56 - byte % 8 * 8))) byte++;
    return byte;
}

/* With room for all of them. What is alike up to a byte is parted by the next one, which keeps the
 * order otherwise: what is in order already costs little to compare. */
static void sort_items(struct sort_item *items, ULONG count, ULONG byte, struct sort_item *room,
                       const struct table_view *view)
{
    ULONG starts[256], ends[256], i, place;

    if (count > MERGE_AT_MOST) byte = first_difference(items, count, byte);
    if (count <= MERGE_AT_MOST || byte == PREFIX_SIZE)
    {
        merge_items(items, count, room, view);
        return;
    }
    if (count > STOP_INTERVAL && view_stopped(view)) return;
    memset(ends, 0, sizeof(ends));
    for (i = 0; i < count; i++) ends[prefix_byte(&items[i], byte)]++;
    for (i = place = 0; i < 256; i++)
    {
        starts[i] = place;
        place += ends[i];
        ends[i] = starts[i];
    }
    memcpy(room, items, count * sizeof(*items));
    for (i = 0; i < count; i++) items[ends[prefix_byte(&room[i], byte)]++] = room[i];
    for (i = 0; i < 256; i++)
        if (ends[i] - starts[i] > 1)
            sort_items(items + starts[i], ends[i] - starts[i], byte + 1, room, view);
}

static HRESULT alloc_items(ULONG count, struct sort_item **ret)
{
    if (count > 0x7fffffff / (2 * sizeof(**ret))) return MAPI_E_NOT_ENOUGH_MEMORY;
    *ret = platform_alloc((count + (size_t)count) * sizeof(**ret) + 1);
    return *ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* The first byte of a key says whether there is a value, by its second bit alone; the next ones
 * tell more. */
static ULONGLONG place_word(ULONGLONG first, ULONGLONG next)
{
    return next >> 1 | (first >> 57) << 63;
}

ULONGLONG view_place_word(const struct view_node *node)
{
    return node->key_size ? place_word(key_word(node, 0), key_word(node, 1)) : 0;
}

static ULONGLONG item_word(const struct sort_item *item)
{
    return place_word(item->prefix[0], item->prefix[0] << 8 | item->prefix[1] >> 56);
}

HRESULT view_sort_nodes(struct table_view *view, struct view_node **nodes, ULONG count,
                        BOOL by_rank, ULONGLONG *words)
{
    struct sort_item *items;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = alloc_items(count, &items))) return hr;
    for (i = 0; i < count; i++)
    {
        items[i].node = nodes[i];
        if (by_rank)
            memset(items[i].prefix, 0, sizeof(items[i].prefix));
        else
            set_prefix(&items[i]);
    }
    sort_items(items, count, 0, items + count, view);
    for (i = 0; i < count; i++) nodes[i] = items[i].node;
    for (i = 0; words && i < count; i++) words[i] = item_word(&items[i]);
    platform_free(items);
    return view_stopped(view) ? MAPI_E_USER_CANCEL : S_OK;
}

/* The key a node had before it was given its new one. */
struct old_key
{
    struct view_node *node;
    BYTE *key;
    ULONG size;
    BOOL own;
};

static struct view_node *node_of_row(const struct table_view *view, const struct table_row *row)
{
    struct view_node *node = row->nodes;

    while (node && node->view != view) node = node->row_next;
    return node;
}

/* Gives each node its new key, and takes down the old one. */
static HRESULT new_keys(struct table_view *view, struct sort_item *items, struct old_key *old,
                        ULONG *count, struct key_chunk **chunks)
{
    struct ostree_node *place;
    struct ostree_walk walk;
    struct view_node *node;
    struct table_row *row;
    struct view_key key;
    HRESULT hr = S_OK;

    /* In the order of the rows, which lie in memory somewhat like that. */
    *count = 0;
    sortkey_init(&key.key);
    for (place = ostree_walk_first(&view->data->rows, &walk); place && SUCCEEDED(hr);
         place = ostree_walk_next(&walk))
    {
        row = CONTAINING_RECORD(place, struct table_row, place);
        if (!(node = node_of_row(view, row))) continue;
        old[*count].node = node;
        old[*count].key = node->key;
        old[*count].size = node->key_size;
        old[*count].own = (node->flags & NODE_OWN_KEY) != 0;
        node->flags &= ~NODE_OWN_KEY;
        items[(*count)++].node = node;
        if (!view_make_key(view, row->values, &key) || !view_set_key(node, &key, chunks))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            set_prefix(&items[*count - 1]);
        if (!(*count % STOP_INTERVAL) && view_stopped(view)) hr = MAPI_E_USER_CANCEL;
    }
    sortkey_destroy(&key.key);
    return hr;
}

static void old_keys_back(struct old_key *old, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        old[i].node->key = old[i].key;
        old[i].node->key_size = old[i].size;
        if (old[i].own) old[i].node->flags |= NODE_OWN_KEY;
    }
}

HRESULT view_resort(struct table_view *view)
{
    ULONG count = ostree_count(&view->nodes), i;
    struct key_chunk *chunks = NULL;
    struct sort_item *items = NULL;
    struct ostree sorted = { NULL, NULL, view->sort != NULL };
    struct old_key *old = NULL;
    struct view_node **nodes;
    ULONGLONG *words;
    HRESULT hr;

    if (FAILED(hr = alloc_items(count, &items))) return hr;
    if (!(old = platform_alloc(count * sizeof(*old) + 1)))
    {
        platform_free(items);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    hr = new_keys(view, items, old, &count, &chunks);
    if (SUCCEEDED(hr))
    {
        sort_items(items, count, 0, items + count, view);
        if (view_stopped(view)) hr = MAPI_E_USER_CANCEL;
        else if (!ostree_reserve_build(&sorted, count)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr))
    {
        ostree_clear(&sorted);
        old_keys_back(old, count);
        key_chunks_free(chunks);
    }
    else
    {
        /* The list of nodes fits where the items are, none of it behind the item that is read for
         * it; their words where there was room for sorting. */
        nodes = (struct view_node **)items;
        words = (ULONGLONG *)(items + count);
        for (i = 0; i < count; i++) words[i] = item_word(&items[i]);
        for (i = 0; i < count; i++) nodes[i] = items[i].node;
        ostree_build(&sorted, (struct ostree_node **)nodes, words, count);
        ostree_clear(&view->nodes);
        view->nodes = sorted;
        for (i = 0; i < count; i++)
        {
            if (old[i].own) platform_free(old[i].key);
            old[i].node->flags &= ~NODE_BOOKMARKED;
        }
        key_chunks_free(view->keys);
        view->keys = chunks;
        view->cursor = view_node_from_place(ostree_visible_at(&view->nodes, 0));
        view_forget_bookmarks(view);
    }
    platform_free(old);
    platform_free(items);
    return hr;
}
