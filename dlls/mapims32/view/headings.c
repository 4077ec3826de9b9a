/*
 * Tables over the property database: categories in memory
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
 * Each heading stands in the list before those below it, by the part of the rows' keys that its
 * level takes. Where rows and headings stand among those that show is worked out for all of them at
 * once, when it is next needed: headings are few beside rows.
 */

#include "view/viewpriv.h"

#define MAX_HEADINGS 0x4000000

ULONG level_size(const struct view *view, ULONG level, const BYTE *key, ULONG size)
{
    return db_key_prefix(view->order_count, view->order, view->level_columns[level], key, size);
}

BOOL heading_is_innermost(const struct view *view, const struct heading *heading)
{
    return heading->level + 1 == view->levels;
}

BOOL heading_is_open(const struct heading *heading)
{
    return (heading->flags & (HEADING_SHOWN | HEADING_EXPANDED))
           == (HEADING_SHOWN | HEADING_EXPANDED);
}

BOOL heading_expanded_at_first(const struct view *view, const struct heading *heading)
{
    return heading->level < view->sort->cExpanded;
}

void headings_forget(struct view *view)
{
    struct headings *headings = &view->headings;

    while (headings->count) platform_free(headings->list[--headings->count]);
    platform_free(headings->list);
    headings->list = NULL;
    headings->room = headings->rows = headings->shown = 0;
    headings->made = headings->laid_out = FALSE;
}

static int compare_heading(const struct heading *heading, const BYTE *key, ULONG size)
{
    const int order = memcmp(heading->key, key, min(heading->key_size, size));

    return order ? order : (heading->key_size > size) - (heading->key_size < size);
}

BOOL headings_find(const struct view *view, const BYTE *key, ULONG size, ULONG *index)
{
    ULONG low = 0, high = view->headings.count, middle;
    int order;

    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (!(order = compare_heading(view->headings.list[middle], key, size)))
        {
            *index = middle;
            return TRUE;
        }
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    *index = low;
    return FALSE;
}

static HRESULT insert(struct view *view, ULONG index, ULONG level, const BYTE *key, ULONG size)
{
    struct headings *headings = &view->headings;
    struct heading *heading, **grown;
    ULONG room;

    if (headings->count == headings->room)
    {
        room = headings->room ? headings->room + headings->room / 2 : 64;
        if (room > MAX_HEADINGS
            || !(grown = platform_realloc(headings->list, room * sizeof(*grown))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        headings->list = grown;
        headings->room = room;
    }
    if (!(heading = platform_alloc(offsetof(struct heading, key) + (size_t)size)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(heading, 0, offsetof(struct heading, key));
    heading->level = level;
    heading->number = headings->next_number++;
    heading->key_size = size;
    memcpy(heading->key, key, size);
    if (heading_expanded_at_first(view, heading)) heading->flags |= HEADING_EXPANDED;
    memmove(&headings->list[index + 1], &headings->list[index],
            (headings->count - index) * sizeof(*headings->list));
    headings->list[index] = heading;
    headings->count++;
    headings->laid_out = FALSE;
    return S_OK;
}

HRESULT headings_append(struct view *view, const BYTE *key, ULONG size, ULONG rows)
{
    struct headings *headings = &view->headings;
    ULONG level, part, index;
    HRESULT hr;

    headings->laid_out = FALSE;
    for (level = 0; level < view->levels; level++)
    {
        if (!(part = level_size(view, level, key, size))) return MAPI_E_CORRUPT_STORE;
        /* Most belong to the last ones. */
        if (headings->count && level + 1 == view->levels
            && !compare_heading(headings->list[headings->count - 1], key, part))
            continue;
        if (headings_find(view, key, part, &index)) continue;
        if (index != headings->count) return MAPI_E_CORRUPT_STORE;
        if (FAILED(hr = insert(view, index, level, key, part))) return hr;
    }
    headings->list[headings->count - 1]->rows += rows;
    return S_OK;
}

HRESULT headings_add(struct view *view, const BYTE *key, ULONG size, struct heading **innermost)
{
    ULONG level, part, index = 0;
    HRESULT hr;

    for (level = 0; level < view->levels; level++)
    {
        if (!(part = level_size(view, level, key, size))) return MAPI_E_CORRUPT_STORE;
        if (headings_find(view, key, part, &index)) continue;
        if (FAILED(hr = insert(view, index, level, key, part))) return hr;
        view->headings.list[index]->flags |= HEADING_NEW;
    }
    *innermost = view->headings.list[index];
    return S_OK;
}

void headings_touch(struct view *view, struct heading *heading)
{
    struct heading *touched;
    ULONG level, index;

    view->headings.laid_out = FALSE;
    for (level = 0; level <= heading->level; level++)
    {
        if (!headings_find(view, heading->key,
                           level_size(view, level, heading->key, heading->key_size), &index))
            continue;
        touched = view->headings.list[index];
        if (touched->flags & HEADING_TOUCHED) continue;
        touched->flags |= HEADING_TOUCHED;
        touched->was = touched->rows;
        touched->was_unread = touched->unread;
    }
}

void headings_sweep(struct view *view)
{
    struct headings *headings = &view->headings;
    ULONG i, kept = 0;

    for (i = 0; i < headings->count; i++)
    {
        if (headings->list[i]->rows) headings->list[kept++] = headings->list[i];
        else platform_free(headings->list[i]);
    }
    headings->count = kept;
    headings->laid_out = FALSE;
}

void headings_lay_out(struct view *view)
{
    struct headings *headings = &view->headings;
    struct heading *above[DB_VIEW_MAX_COLUMNS] = { NULL }, *heading;
    ULONG i, level;

    if (headings->laid_out) return;
    headings->rows = headings->shown = 0;
    for (i = 0; i < headings->count; i++)
    {
        heading = headings->list[i];
        heading->first = headings->rows;
        heading->place = headings->shown;
        heading->flags &= ~HEADING_SHOWN;
        if (!heading->level || heading_is_open(above[heading->level - 1]))
            heading->flags |= HEADING_SHOWN;
        if (heading->flags & HEADING_SHOWN) headings->shown++;
        above[heading->level] = heading;
        if (!heading_is_innermost(view, heading))
        {
            heading->rows = 0;
            continue;
        }
        for (level = 0; level < heading->level; level++) above[level]->rows += heading->rows;
        headings->rows += heading->rows;
        if (heading_is_open(heading)) headings->shown += heading->rows;
    }
    headings->laid_out = TRUE;
}

struct heading *heading_of_row(struct view *view, ULONG position)
{
    ULONG low = 0, high = view->headings.count, middle;

    headings_lay_out(view);
    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (view->headings.list[middle]->first <= position) low = middle + 1;
        else high = middle;
    }
    /* Those without rows, which are about to go, have the place of the next one. */
    while (low && (!view->headings.list[low - 1]->rows
                   || !heading_is_innermost(view, view->headings.list[low - 1]))) low--;
    return low ? view->headings.list[low - 1] : NULL;
}

ULONG heading_at_place(struct view *view, ULONG place)
{
    ULONG low = 0, high = view->headings.count, middle;

    headings_lay_out(view);
    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (view->headings.list[middle]->place <= place) low = middle + 1;
        else high = middle;
    }
    return low ? low - 1 : 0;
}
