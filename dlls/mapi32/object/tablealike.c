/*
 * Rows by strings of the index column that compare alike
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
 * Strings that compare alike need not be the same bytes, so the hash that tells rows from one
 * another does not find them all. This is a second one, of the strings' sort keys, which are the
 * same for all that compare alike. It is made when FindRow first asks for a string of the index
 * column and follows every change from then on. It may fail for want of memory: then it goes, the
 * rows are looked at one by one, and the next call tries again. The data's lock is held here.
 */

#include <string.h>

#include "object/table.h"

struct alike_entry
{
    struct alike_entry *next;
    struct table_row *row;
    ULONG hash;
};

struct alike_index
{
    ULONG count;
    ULONG bucket_count;         /* a power of two */
    struct alike_entry **buckets;
};

static BOOL hash_text(const SPropValue *value, ULONG *hash)
{
    struct sortkey key;
    BOOL ret;

    sortkey_init(&key);
    if ((ret = sortkey_add(&key, value, FALSE))) *hash = index_hash_bytes(key.data, key.size);
    sortkey_destroy(&key);
    return ret;
}

void alike_drop(struct table_data *data)
{
    struct alike_index *index = data->alike;
    struct alike_entry *entry, *next;
    ULONG i;

    if (!index) return;
    data->alike = NULL;
    for (i = 0; i < index->bucket_count; i++)
    {
        for (entry = index->buckets[i]; entry; entry = next)
        {
            next = entry->next;
            platform_free(entry);
        }
    }
    platform_free(index->buckets);
    platform_free(index);
}

/* If memory is short they stay as many as they are. */
static void grow(struct alike_index *index)
{
    ULONG count = index->bucket_count * 2, i;
    struct alike_entry **buckets, *entry, *next;

    if (index->count <= index->bucket_count || count > 0x10000000) return;
    if (!(buckets = platform_alloc_zero(count * sizeof(*buckets)))) return;
    for (i = 0; i < index->bucket_count; i++)
    {
        for (entry = index->buckets[i]; entry; entry = next)
        {
            next = entry->next;
            entry->next = buckets[entry->hash & (count - 1)];
            buckets[entry->hash & (count - 1)] = entry;
        }
    }
    platform_free(index->buckets);
    index->buckets = buckets;
    index->bucket_count = count;
}

void alike_insert(struct table_data *data, struct table_row *row)
{
    struct alike_index *index = data->alike;
    struct alike_entry *entry, **bucket;
    ULONG hash;

    if (!index) return;
    if (!hash_text(row_values_index(data, row->values), &hash)
        || !(entry = platform_alloc(sizeof(*entry))))
    {
        alike_drop(data);
        return;
    }
    entry->row = row;
    entry->hash = hash;
    bucket = &index->buckets[hash & (index->bucket_count - 1)];
    entry->next = *bucket;
    *bucket = entry;
    index->count++;
    grow(index);
}

void alike_remove(struct table_data *data, const struct table_row *row)
{
    struct alike_index *index = data->alike;
    struct alike_entry **link, *entry;
    ULONG hash;

    if (!index) return;
    if (!hash_text(row_values_index(data, row->values), &hash))
    {
        alike_drop(data);
        return;
    }
    for (link = &index->buckets[hash & (index->bucket_count - 1)]; (entry = *link);
         link = &entry->next)
    {
        if (entry->row != row) continue;
        *link = entry->next;
        platform_free(entry);
        index->count--;
        return;
    }
}

static BOOL make_index(struct table_data *data)
{
    struct alike_index *index;
    struct ostree_node *place;

    if (data->alike) return TRUE;
    if (!(index = platform_alloc_zero(sizeof(*index)))) return FALSE;
    index->bucket_count = 64;
    if (!(index->buckets = platform_alloc_zero(index->bucket_count * sizeof(*index->buckets))))
    {
        platform_free(index);
        return FALSE;
    }
    data->alike = index;
    for (place = ostree_first(&data->rows); place && data->alike; place = ostree_next(place))
        alike_insert(data, CONTAINING_RECORD(place, struct table_row, place));
    return data->alike != NULL;
}

BOOL alike_find(struct table_view *view, const SRestriction *restriction, ULONG position,
                BOOL backward, struct view_node **ret)
{
    const SPropValue *value = restriction->res.resProperty.lpProp;
    struct table_data *data = view->data;
    const struct alike_entry *entry;
    ULONG hash, rank, best = 0;
    struct view_node *node;
    BOOL matches;

    *ret = NULL;
    if (!make_index(data) || !hash_text(value, &hash)) return FALSE;
    for (entry = data->alike->buckets[hash & (data->alike->bucket_count - 1)]; entry;
         entry = entry->next)
    {
        if (entry->hash != hash) continue;
        if (FAILED(restriction_test(restriction, entry->row->values->count,
                                    entry->row->values->props, &matches)))
        {
            *ret = NULL;
            return FALSE;
        }
        if (!matches) continue;
        for (node = entry->row->nodes; node && node->view != view;) node = node->row_next;
        if (!node || !ostree_is_visible(&node->place)) continue;
        rank = ostree_visible_rank(&view->nodes, &node->place);
        if (backward ? rank >= position : rank < position) continue;
        if (*ret && (backward ? rank < best : rank > best)) continue;
        *ret = node;
        best = rank;
    }
    return TRUE;
}
