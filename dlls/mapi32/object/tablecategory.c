/*
 * Categories of a view: headings and what is under them
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
 * All here runs under the data's lock. The first sort columns of a categorised view make levels, a
 * column with TABLE_SORT_COMBINE belonging to the level of the one before it. A heading stands in
 * the view's tree right before its members: its sort key is the part of theirs that belongs to its
 * level and those above. It comes with its first member and goes with its last. A node shows if all
 * headings above it are expanded; what does not show stays in the tree, hidden.
 */

#include <string.h>

#include "object/table.h"

/* Collapse states begin with this. */
#define STATE_MAGIC 0x31534354

static struct view_heading *heading_of(struct view_node *node)
{
    return (struct view_heading *)node;
}

BOOL view_level_ends(const struct table_view *view, ULONG column)
{
    const SSortOrderSet *sort = view->sort;

    if (column >= sort->cCategories) return FALSE;
    if (sort->aSort[column].ulOrder == TABLE_SORT_CATEG_MIN
        || sort->aSort[column].ulOrder == TABLE_SORT_CATEG_MAX)
        return FALSE;
    return column + 1 == sort->cCategories || sort->aSort[column + 1].ulOrder != TABLE_SORT_COMBINE;
}

ULONG view_levels(const struct table_view *view)
{
    ULONG i, levels = 0;

    if (!view->sort) return 0;
    for (i = 0; i < view->sort->cCategories; i++)
        if (view_level_ends(view, i)) levels++;
    return levels;
}

/* How much of a leaf's key, or of a deeper heading's, a level takes with all above it. */
static ULONG level_size(const struct view_node *node, ULONG level)
{
    ULONG size;

    memcpy(&size, node->key + node->key_size + level * sizeof(size), sizeof(size));
    return size;
}

static BOOL shows(const struct view_node *node)
{
    return !node->heading
           || ((node->heading->flags & NODE_EXPANDED) && ostree_is_visible(&node->heading->place));
}

static BOOL row_unread(const struct row_values *values)
{
    const SPropValue *flags = props_find(values->props, values->count, PR_MESSAGE_FLAGS);

    return flags && !(flags->Value.l & MSGFLAG_READ);
}

/* A heading for the category of a leaf at a level, without members yet and not in the tree. */
static HRESULT create_heading(struct table_view *view, struct view_node *leaf, ULONG level,
                              struct view_node *above, struct view_node **ret)
{
    ULONG size = level_size(leaf, level), ends = (level + 1) * sizeof(ULONG);
    struct view_node *node;
    HRESULT hr;

    *ret = NULL;
    if (!(node = view_create_heading(view))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(node->key = platform_alloc(size + ends)))
    {
        platform_free(node);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    node->flags |= NODE_OWN_KEY;
    memcpy(node->key, leaf->key, size);
    memcpy(node->key + size, leaf->key + leaf->key_size, ends);
    node->key_size = size;
    node->heading = above;
    node->depth = level;
    node->instance = INSTANCE_HEADING | (view->next_heading++ & ~INSTANCE_HEADING);
    if (level < view->sort->cExpanded) node->flags |= NODE_EXPANDED;
    if (FAILED(hr = view_node_values(leaf, &heading_of(node)->sample)))
    {
        platform_free(node->key);
        platform_free(node);
        return hr;
    }
    *ret = node;
    return S_OK;
}

struct view_node *view_heading_by_key(struct table_view *view, const BYTE *key, ULONG size)
{
    struct ostree_node *place;
    struct view_node probe;

    if (view->ranked) return rank_find_heading(view, key, size);
    memset(&probe, 0, sizeof(probe));
    probe.view = view;
    probe.key = (BYTE *)key;
    probe.key_size = size;
    place = ostree_search(&view->nodes, view_compare_place, &probe);
    return place && !view_compare_place(&probe, place) ? view_node_from_place(place) : NULL;
}

static void count_leaf(struct view_node *leaf, LONG count, LONG unread)
{
    struct view_node *node;

    for (node = leaf->heading; node; node = node->heading)
    {
        heading_of(node)->leaves += count;
        heading_of(node)->unread += unread;
    }
}

HRESULT view_attach_leaf(struct table_view *view, struct view_node *leaf, BOOL each)
{
    struct view_node *heading, *above = NULL, *chain[TABLE_MAX_SORTS];
    ULONG level, levels = view_levels(view);
    BOOL ranked;
    HRESULT hr;

    for (level = 0; level < levels; level++)
    {
        if (!(heading = view_heading_by_key(view, leaf->key, level_size(leaf, level))))
        {
            if (FAILED(hr = create_heading(view, leaf, level, above, &heading))) return hr;
            if (view->ranked && FAILED(hr = rank_leaf(heading, leaf, &ranked)))
            {
                view_free_node(heading);
                return hr;
            }
            if (!ostree_reserve(&view->nodes, 1) ||
                (view->ranked && !rank_add_heading(view, heading)))
            {
                view_free_node(heading);
                return MAPI_E_NOT_ENOUGH_MEMORY;
            }
            view_place_node(view, heading, shows(heading));
        }
        else if (view->ranked && FAILED(hr = rank_join(heading, leaf, each)))
        {
            return hr;
        }
        above = chain[level] = heading;
    }
    leaf->heading = above;
    leaf->flags &= ~NODE_UNREAD;
    if (row_unread(leaf->row->values)) leaf->flags |= NODE_UNREAD;
    count_leaf(leaf, 1, leaf->flags & NODE_UNREAD ? 1 : 0);
    /* What is counted too many goes with the view. */
    if (!view_insert_node(view, leaf, shows(leaf))) return MAPI_E_NOT_ENOUGH_MEMORY;

    /* From the outermost in: the row before each is one that has been told. */
    for (level = 0; level < levels; level++)
        view_note_change(view, heading_of(chain[level])->leaves == 1 ? TABLE_ROW_ADDED
                                                                     : TABLE_ROW_MODIFIED,
                         chain[level], each);
    return S_OK;
}

HRESULT view_detach_leaf(struct table_view *view, struct view_node *leaf, BOOL each)
{
    struct view_node *node, *above;
    HRESULT hr;

    count_leaf(leaf, -1, leaf->flags & NODE_UNREAD ? -1 : 0);
    /* Where its headings stand is settled while all of them do. */
    for (node = view->ranked ? leaf->heading : NULL; node; node = node->heading)
        if (heading_of(node)->leaves && FAILED(hr = rank_again(node, leaf, each))) return hr;
    for (node = leaf->heading; node; node = above)
    {
        above = node->heading;
        if (heading_of(node)->leaves)
        {
            view_note_change(view, TABLE_ROW_MODIFIED, node, each);
            continue;
        }
        view_note_change(view, TABLE_ROW_DELETED, node, each);
        if (view->ranked) rank_remove_heading(view, node);
        view_remove_node(view, node);
    }
    leaf->heading = NULL;
    return S_OK;
}

HRESULT view_update_leaf(struct table_view *view, struct view_node *leaf, BOOL each)
{
    BOOL unread = row_unread(leaf->row->values);
    struct view_node *node;
    HRESULT hr;

    for (node = view->ranked ? leaf->heading : NULL; node; node = node->heading)
        if (FAILED(hr = rank_again(node, NULL, each))) return hr;
    if (!(leaf->flags & NODE_UNREAD) == !unread) return S_OK;
    leaf->flags ^= NODE_UNREAD;
    count_leaf(leaf, 0, unread ? 1 : -1);
    for (node = leaf->heading; node; node = node->heading)
        view_note_change(view, TABLE_ROW_MODIFIED, node, each);
    return S_OK;
}

HRESULT view_add_headings(struct table_view *view, struct view_node ***nodes, ULONG *count)
{
    struct view_node *stack[TABLE_MAX_SORTS], **all, **grown, *leaf;
    ULONG level, levels = view_levels(view), i, used = 0, room = *count + *count / 8 + levels;
    HRESULT hr = S_OK;
    BOOL ranked;

    if (!(all = platform_alloc(room * sizeof(*all) + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(stack, 0, sizeof(stack));
    for (i = 0; i < *count && SUCCEEDED(hr); i++)
    {
        leaf = (*nodes)[i];
        if (room - used < levels + 1)
        {
            room = room * 2 + levels + 1;
            if (!(grown = platform_realloc(all, room * sizeof(*all))))
            {
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                break;
            }
            all = grown;
        }
        for (level = 0; level < levels && stack[level]; level++)
            if (stack[level]->key_size != level_size(leaf, level) ||
                memcmp(stack[level]->key, leaf->key, stack[level]->key_size)) break;
        for (; level < levels && SUCCEEDED(hr); level++)
        {
            hr = create_heading(view, leaf, level, level ? stack[level - 1] : NULL, &stack[level]);
            if (SUCCEEDED(hr)) all[used++] = stack[level];
            if (SUCCEEDED(hr) && view->ranked && !rank_add_heading(view, stack[level]))
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        for (level = 0; view->ranked && level < levels && SUCCEEDED(hr); level++)
            hr = rank_leaf(stack[level], leaf, &ranked);
        if (FAILED(hr)) break;
        leaf->heading = stack[levels - 1];
        if (row_unread(leaf->row->values)) leaf->flags |= NODE_UNREAD;
        count_leaf(leaf, 1, leaf->flags & NODE_UNREAD ? 1 : 0);
        all[used++] = leaf;
    }
    if (FAILED(hr))
    {
        /* The leaves that are not among them yet; the caller frees what the list holds. */
        if ((grown = platform_realloc(all, (used + *count - i) * sizeof(*all) + 1)))
        {
            memcpy(grown + used, *nodes + i, (*count - i) * sizeof(*all));
            platform_free(*nodes);
            *nodes = grown;
            *count += used - i;
            return hr;
        }
        /* No room even for that: the headings are freed here, the leaves by the caller. */
        for (i = 0; i < used; i++)
        {
            if (!all[i]->row) view_free_node(all[i]);
        }
        platform_free(all);
        return hr;
    }
    platform_free(*nodes);
    *nodes = all;
    *count = used;
    return S_OK;
}

/* Shows and hides every node as the headings above it say. */
static void refresh(struct table_view *view)
{
    struct ostree_node *place;

    for (place = ostree_first(&view->nodes); place; place = ostree_next(place))
        ostree_set_visible(place, shows(view_node_from_place(place)));
}

/* A cursor on a node that is hidden now goes to the next that shows. */
static void keep_cursor_visible(struct table_view *view)
{
    if (!view->cursor || ostree_is_visible(&view->cursor->place)) return;
    view->cursor = view_node_from_place(
        ostree_visible_at(&view->nodes, ostree_visible_rank(&view->nodes, &view->cursor->place)));
}

void view_hide_collapsed(struct table_view *view)
{
    refresh(view);
}

static void put_long(SPropValue *prop, ULONG tag, LONG value)
{
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    prop->Value.l = value;
}

HRESULT view_heading_values(const struct view_node *node, struct row_values **ret)
{
    const struct view_heading *heading = (const struct view_heading *)node;
    const struct table_view *view = node->view;
    SPropValue props[TABLE_MAX_SORTS + 5];
    const SPropValue *prop;
    const SSortOrder *order;
    ULONG i, level = 0, count = 0;
    HRESULT hr;
    BYTE *key;

    *ret = NULL;
    for (i = 0; i < view->sort->cCategories && level <= node->depth; i++)
    {
        order = &view->sort->aSort[i];
        if (order->ulOrder == TABLE_SORT_CATEG_MIN || order->ulOrder == TABLE_SORT_CATEG_MAX)
            continue;
        prop = props_find_id(heading->sample->props, heading->sample->count, order->ulPropTag);
        if (prop) props[count++] = *prop;
        if (view_level_ends(view, i)) level++;
    }
    /* What ranks it is the next column, if any does. */
    if (heading->best && (prop = view_sort_value(view, heading->best, &view->sort->aSort[i])))
        props[count++] = *prop;
    put_long(&props[count++], PR_CONTENT_COUNT, heading->leaves);
    put_long(&props[count++], PR_CONTENT_UNREAD, heading->unread);
    put_long(&props[count++], PR_DEPTH, node->depth);
    put_long(&props[count++], PR_ROW_TYPE, node->flags & NODE_EXPANDED ? TBL_EXPANDED_CATEGORY
                                                                     : TBL_COLLAPSED_CATEGORY);
    if (!(key = view_make_instance_key(view, node->instance, node->key, node->key_size)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    put_long(&props[count], PR_INSTANCE_KEY, 0);
    props[count].Value.bin.cb = INSTANCE_KEY_START + node->key_size;
    props[count++].Value.bin.lpb = key;
    hr = row_values_pack(count, props, ret);
    platform_free(key);
    return hr;
}

ULONG view_set_expanded(struct table_view *view, struct view_node *heading, BOOL expanded)
{
    struct ostree_node *place;
    struct view_node *node;
    ULONG changed = 0;
    BOOL visible;

    if (!(heading->flags & NODE_EXPANDED) == !expanded) return 0;
    heading->flags ^= NODE_EXPANDED;
    for (place = ostree_next(&heading->place); place; place = ostree_next(place))
    {
        node = view_node_from_place(place);
        if (node->depth <= heading->depth) break;
        visible = shows(node);
        if (!ostree_is_visible(place) == !visible) continue;
        ostree_set_visible(place, visible);
        changed++;
    }
    keep_cursor_visible(view);
    return changed;
}

/* --- collapse states ------------------------------------------------------------------------------- */

/*
 * A state: STATE_MAGIC, size of the sort order and the sort order; the place: whether it is a
 * heading, instance, size and bytes of its key (a heading's sort key, or a row's index value); then
 * for each heading that is not as the sort order says at first: size and bytes of its key. All
 * numbers are ULONGs.
 */
struct state_writer
{
    BYTE *data;         /* NULL while the size is being found */
    ULONG size;
};

static void write_bytes(struct state_writer *writer, const void *bytes, ULONG size)
{
    if (writer->data && size) memcpy(writer->data + writer->size, bytes, size);
    writer->size += size;
}

static void write_sized(struct state_writer *writer, const void *bytes, ULONG size)
{
    write_bytes(writer, &size, sizeof(size));
    write_bytes(writer, bytes, size);
}

static BOOL expanded_at_first(const struct view_node *heading)
{
    return heading->depth < heading->view->sort->cExpanded;
}

static void write_state(struct table_view *view, const struct view_node *at,
                        struct state_writer *writer)
{
    ULONG magic = STATE_MAGIC, is_heading = !at->row, instance = at->row ? at->instance : 0;
    const struct view_node *node;
    struct ostree_node *place;
    const BYTE *bytes;
    size_t size;

    write_bytes(writer, &magic, sizeof(magic));
    write_sized(writer, view->sort, CbSSortOrderSet(view->sort));
    write_bytes(writer, &is_heading, sizeof(is_heading));
    write_bytes(writer, &instance, sizeof(instance));
    if (at->row)
    {
        bytes = index_bytes(row_values_index(view->data, at->row->values), &size);
        write_sized(writer, bytes, size);
    }
    else
    {
        write_sized(writer, at->key, at->key_size);
    }
    for (place = ostree_first(&view->nodes); place; place = ostree_next(place))
    {
        node = view_node_from_place(place);
        if (node->row || !(node->flags & NODE_EXPANDED) == !expanded_at_first(node)) continue;
        write_sized(writer, node->key, node->key_size);
    }
}

HRESULT view_save_state(struct table_view *view, const struct view_node *at, BYTE **ret,
                        ULONG *size)
{
    struct state_writer writer = { NULL, 0 };

    write_state(view, at, &writer);
    if (!(writer.data = platform_alloc(writer.size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    writer.size = 0;
    write_state(view, at, &writer);
    *ret = writer.data;
    *size = writer.size;
    return S_OK;
}

static BOOL read_number(const BYTE **state, ULONG *size, ULONG *number)
{
    if (*size < sizeof(*number)) return FALSE;
    memcpy(number, *state, sizeof(*number));
    *state += sizeof(*number);
    *size -= sizeof(*number);
    return TRUE;
}

static BOOL read_sized(const BYTE **state, ULONG *size, const BYTE **bytes, ULONG *count)
{
    if (!read_number(state, size, count) || *count > *size) return FALSE;
    *bytes = *state;
    *state += *count;
    *size -= *count;
    return TRUE;
}

HRESULT view_restore_state(struct table_view *view, const BYTE *state, ULONG size,
                           struct view_node **at)
{
    ULONG magic, is_heading, instance, count, rest;
    struct ostree_node *place;
    const BYTE *bytes, *list;
    struct table_row *row;
    struct view_node *node;

    *at = NULL;
    if (!read_number(&state, &size, &magic) || magic != STATE_MAGIC ||
        !read_sized(&state, &size, &bytes, &count) || count != CbSSortOrderSet(view->sort) ||
        memcmp(bytes, view->sort, count) || !read_number(&state, &size, &is_heading) ||
        !read_number(&state, &size, &instance) || !read_sized(&state, &size, &bytes, &count))
        return MAPI_E_UNABLE_TO_COMPLETE;
    /* Nothing is changed by a state that is damaged further on. */
    for (list = state, rest = size; rest;)
    {
        const BYTE *key;
        ULONG key_size;

        if (!read_sized(&list, &rest, &key, &key_size)) return MAPI_E_UNABLE_TO_COMPLETE;
    }

    if (is_heading)
    {
        *at = view_heading_by_key(view, bytes, count);
    }
    else
    {
        row = table_data_find_bytes(view->data, bytes, count);
        for (node = row ? row->nodes : NULL; node && !*at; node = node->row_next)
            if (node->view == view && node->instance == instance) *at = node;
    }
    for (place = ostree_first(&view->nodes); place; place = ostree_next(place))
    {
        node = view_node_from_place(place);
        if (node->row) continue;
        node->flags &= ~NODE_EXPANDED;
        if (expanded_at_first(node)) node->flags |= NODE_EXPANDED;
    }
    while (read_sized(&state, &size, &bytes, &count))
        if ((node = view_heading_by_key(view, bytes, count)) && !node->row)
            node->flags ^= NODE_EXPANDED;
    refresh(view);
    keep_cursor_visible(view);
    /* The row may be gone by now. */
    if (!*at) *at = view_node_from_place(ostree_first(&view->nodes));
    return S_OK;
}
