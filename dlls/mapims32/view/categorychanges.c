/*
 * Tables over the property database: categories follow changes
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
 * With a restriction the rows are known, and with them where one was that changed. Without, the
 * file does not say: the categories that rows are in now are counted again, and where the counts
 * then run ahead of the file, rows have gone; which category that is, a search in the counts finds.
 */

#include <stdlib.h>

#include "view/viewpriv.h"

struct heading *categories_take_out(struct view *view, ULONG index)
{
    struct heading *heading = heading_of_row(view, index);

    if (!heading || !heading->rows) return NULL;
    headings_touch(view, heading);
    heading->rows--;
    return heading;
}

HRESULT categories_put_in(struct view *view, const struct db_row *row)
{
    struct heading *heading;
    HRESULT hr;

    if (FAILED(hr = headings_add(view, row->key, row->key_size, &heading))) return hr;
    headings_touch(view, heading);
    heading->rows++;
    return S_OK;
}

static HRESULT count_again(struct view *view, struct look *look, struct heading *heading)
{
    ULONGLONG start, end;
    HRESULT hr;

    hr = db_view_key_position(look->txn, look->view, heading->key, heading->key_size, FALSE,
                              &start);
    if (SUCCEEDED(hr))
        hr = db_view_key_position(look->txn, look->view, heading->key, heading->key_size, TRUE,
                                  &end);
    if (FAILED(hr)) return hr;
    headings_touch(view, heading);
    heading->rows = (ULONG)min(end - start, 0x7fffffff);
    return S_OK;
}

/* The first heading that has lost rows; NULL: none has. */
static HRESULT find_loser(struct view *view, struct look *look, struct heading **ret)
{
    struct headings *headings = &view->headings;
    ULONG low = 0, high = headings->count, middle;
    ULONGLONG position;
    HRESULT hr;

    *ret = NULL;
    headings_lay_out(view);
    if (FAILED(hr = db_view_count(look->txn, look->view, &position))) return hr;
    if (position == headings->rows) return S_OK;
    if (position > headings->rows) return S_FALSE;
    /* Before low nothing is lost, before high something is. */
    while (high - low > 1)
    {
        middle = low + (high - low) / 2;
        hr = db_view_key_position(look->txn, look->view, headings->list[middle]->key,
                                  headings->list[middle]->key_size, FALSE, &position);
        if (FAILED(hr)) return hr;
        if (position < headings->list[middle]->first) high = middle;
        else low = middle;
    }
    *ret = headings->list[low];
    return heading_is_innermost(view, *ret) ? S_OK : S_FALSE;
}

/* Without a restriction. S_FALSE: the counts are past help. */
static HRESULT follow_counts(struct view *view, struct look *look, ULONG count,
                             struct changed *changed)
{
    struct heading *heading, *loser = NULL;
    HRESULT hr = S_OK;
    ULONG i, before;

    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!changed[i].row) continue;
        hr = headings_add(view, changed[i].row->key, changed[i].row->key_size, &heading);
        if (SUCCEEDED(hr)) hr = count_again(view, look, heading);
    }
    for (i = 0; i <= count && SUCCEEDED(hr); i++)
    {
        if ((hr = find_loser(view, look, &heading)) != S_OK || !heading) break;
        loser = heading;
        before = heading->rows;
        hr = count_again(view, look, heading);
        if (SUCCEEDED(hr) && heading->rows >= before) hr = S_FALSE;
        if (hr == S_FALSE) break;
    }
    if (hr != S_OK) return hr;
    if (i > count) return S_FALSE;
    /* Of one object it is known now where it was. */
    if (count == 1 && changed->before)
    {
        if (loser) changed->from = loser;
        else if (changed->row)
            return headings_add(view, changed->row->key, changed->row->key_size, &changed->from);
    }
    return S_OK;
}

static struct heading *heading_now(struct view *view, const struct changed *changed)
{
    ULONG part, index;

    if (!changed->row) return NULL;
    part = level_size(view, view->levels - 1, changed->row->key, changed->row->key_size);
    return part && headings_find(view, changed->row->key, part, &index)
               ? view->headings.list[index] : NULL;
}

/* Several objects: all of the categories that rows came from or went to are alike in whether those
 * show, or it is not known which ones did. */
static BOOL guess_from(struct view *view, ULONG count, struct changed *changed)
{
    struct heading *heading, *any = NULL;
    ULONG i;

    for (i = 0; i < view->headings.count; i++)
    {
        heading = view->headings.list[i];
        if (!(heading->flags & HEADING_TOUCHED) || (heading->flags & HEADING_NEW)
            || !heading_is_innermost(view, heading))
            continue;
        if (any && heading_is_open(any) != heading_is_open(heading)) return FALSE;
        any = heading;
    }
    for (i = 0; i < count; i++)
        if (changed[i].before && !changed[i].from && !(changed[i].from = any)) return FALSE;
    return TRUE;
}

struct note
{
    ULONG place;
    ULONG type;
    LONGLONG row;
};

static int compare_notes(const void *a, const void *b)
{
    const struct note *x = a, *y = b;

    return (x->place > y->place) - (x->place < y->place);
}

static void tell_gone(struct view *view, struct look *look, ULONG count,
                      const struct changed *changed)
{
    const struct heading *now;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        now = heading_now(view, &changed[i]);
        if (changed[i].showed && !(now && heading_is_open(now)))
            event_queue_row(view, look, TABLE_ROW_DELETED, changed[i].object, 0);
    }
    for (i = view->headings.count; i--;)
        if (!view->headings.list[i]->rows && (view->headings.list[i]->flags & HEADING_SHOWN)
            && !(view->headings.list[i]->flags & HEADING_NEW))
            event_queue_row(view, look, TABLE_ROW_DELETED, -1 - (LONGLONG)i, 0);
}

/* What was known of those that are touched is not any more. */
static void doubt_unread(struct view *view)
{
    struct heading *heading;
    ULONG i;

    for (i = 0; i < view->headings.count; i++)
    {
        heading = view->headings.list[i];
        if (!(heading->flags & HEADING_TOUCHED)) continue;
        if (heading->flags & HEADING_UNREAD) heading->flags |= HEADING_DOUBTED;
        heading->flags &= ~HEADING_UNREAD;
    }
}

/* Headings that came or whose numbers are others now. */
static HRESULT note_headings(struct view *view, struct look *look, struct note *notes, ULONG *count)
{
    const ULONG both = HEADING_TOUCHED | HEADING_SHOWN;
    struct heading *heading;
    HRESULT hr = S_OK;
    BOOL differs;
    ULONG i;

    for (i = 0; i < view->headings.count && SUCCEEDED(hr); i++)
    {
        heading = view->headings.list[i];
        if ((heading->flags & both) != both) continue;
        differs = heading->rows != heading->was || (heading->flags & HEADING_NEW);
        /* Nobody was told what nobody asked for. */
        if (!differs && (heading->flags & HEADING_DOUBTED))
        {
            hr = heading_know_unread(view, look, i);
            differs = heading->unread != heading->was_unread;
        }
        if (!differs) continue;
        notes[*count].place = heading->place;
        notes[*count].type = heading->flags & HEADING_NEW ? TABLE_ROW_ADDED : TABLE_ROW_MODIFIED;
        notes[(*count)++].row = -1 - (LONGLONG)i;
    }
    return hr;
}

static ULONG count_touched(struct view *view)
{
    ULONG i, count = 0;

    for (i = 0; i < view->headings.count; i++)
        count += (view->headings.list[i]->flags & HEADING_TOUCHED) != 0;
    return count;
}

static void clear_touched(struct view *view)
{
    ULONG i;

    for (i = 0; i < view->headings.count; i++)
        view->headings.list[i]->flags &= ~(HEADING_TOUCHED | HEADING_NEW | HEADING_DOUBTED);
}

/* What is there now is told from the top down, so that the row before each is one that is known. */
static HRESULT tell_here(struct view *view, struct look *look, ULONG count,
                         const struct changed *changed)
{
    struct note *notes;
    struct heading *now;
    LONGLONG *prior;
    ULONG i, got, position, noted = 0;
    HRESULT hr;

    notes = platform_alloc((count_touched(view) + (size_t)count) * sizeof(*notes) + 1);
    if (!notes) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = note_headings(view, look, notes, &noted);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!(now = heading_now(view, &changed[i])) || !heading_is_open(now)) continue;
        if (FAILED(hr = look_before(view, look, changed[i].row, &position))) break;
        notes[noted].place = heading_place_of(now, position);
        notes[noted].type = changed[i].showed ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED;
        notes[noted++].row = changed[i].object;
    }
    qsort(notes, noted, sizeof(*notes), compare_notes);
    for (i = 0; i < noted && SUCCEEDED(hr); i++)
    {
        prior = NULL;
        got = 0;
        if (notes[i].place) hr = shown_rows(view, look, notes[i].place - 1, 1, &prior, &got);
        if (SUCCEEDED(hr))
            event_queue_row(view, look, notes[i].type, notes[i].row, got ? prior[0] : 0);
        platform_free(prior);
    }
    platform_free(notes);
    return hr;
}

HRESULT categories_follow(struct view *view, struct look *look, ULONG count,
                          struct changed *changed, BOOL tell)
{
    HRESULT hr = S_OK;
    BOOL known = TRUE;
    ULONG i;

    if (!view->restriction && (hr = follow_counts(view, look, count, changed)) != S_OK)
    {
        view->headings.made = FALSE;
        return hr;
    }
    headings_lay_out(view);
    doubt_unread(view);
    if (!view->restriction && count > 1) known = guess_from(view, count, changed);
    for (i = 0; i < count; i++)
        changed[i].showed = changed[i].from && heading_is_open(changed[i].from);
    if (tell && known) tell_gone(view, look, count, changed);
    headings_sweep(view);
    headings_lay_out(view);
    if (tell && known) hr = tell_here(view, look, count, changed);
    clear_touched(view);
    return known ? hr : S_FALSE;
}
