/*
 * Tables over the property database: categories and the rows that show
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
 * The rows of a category stand together in the view of the table's order, so that a heading is no
 * more than a key and a count. What a heading shows is read when it is asked for: from its first
 * row, and from a second view, by categories and PR_MESSAGE_FLAGS, how many rows are unread.
 */

#include "view/viewpriv.h"

#define FEW_UNREAD 64                   /* categories that are counted one by one */

static BOOL value_fits(ULONG tag, ULONG wanted)
{
    return PROP_ID(tag) == PROP_ID(wanted)
           && (PROP_TYPE(wanted) == PT_UNSPECIFIED || PROP_TYPE(wanted) == PROP_TYPE(tag));
}

static void set_long(SPropValue *value, ULONG tag, LONG number)
{
    memset(value, 0, sizeof(*value));
    value->ulPropTag = tag;
    value->Value.l = number;
}

static void set_missing(SPropValue *value, ULONG tag)
{
    set_long(value, CHANGE_PROP_TYPE(tag, PT_ERROR), MAPI_E_NOT_FOUND);
}

/* ---- making them ---- */

static HRESULT take_group(void *context, const BYTE *key, ULONG size, ULONGLONG rows)
{
    if (rows > 0x7fffffff) return MAPI_E_TABLE_TOO_BIG;
    return headings_append(context, key, size, (ULONG)rows);
}

/* Of the rows that match; each is read once more. */
static HRESULT add_matching(struct view *view, struct look *look)
{
    struct db_row *row;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < view->id_count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = look_row(view, look, view->ids[i], &row))) break;
        hr = hr == S_OK ? headings_append(view, row->key, row->key_size, 1) : MAPI_E_CORRUPT_STORE;
        platform_free(row);
    }
    return hr;
}

/* Both lists are in order: who was there before is as it was. */
static void keep_expanded(struct view *view, const struct headings *old)
{
    struct heading *heading;
    ULONG i, index;

    for (i = 0; i < old->count; i++)
    {
        if (!headings_find(view, old->list[i]->key, old->list[i]->key_size, &index)) continue;
        heading = view->headings.list[index];
        heading->number = old->list[i]->number;
        heading->flags &= ~HEADING_EXPANDED;
        heading->flags |= old->list[i]->flags & HEADING_EXPANDED;
    }
}

HRESULT categories_make(struct view *view, struct look *look)
{
    struct headings old = view->headings, made;
    HRESULT hr;

    memset(&view->headings, 0, sizeof(view->headings));
    view->headings.next_number = old.next_number;
    if (view->restriction) hr = add_matching(view, look);
    else
        hr = db_view_groups(look->txn, look->view, view->order_count, view->order,
                            view->level_columns[view->levels - 1], take_group, view);
    if (SUCCEEDED(hr)) keep_expanded(view, &old);
    made = view->headings;
    if (SUCCEEDED(hr)) view->headings = old;
    headings_forget(view);
    if (SUCCEEDED(hr)) view->headings = made;
    else view->headings.next_number = made.next_number;
    view->headings.made = SUCCEEDED(hr);
    return hr;
}

/* ---- how many are unread ---- */

ULONG categories_unread_order(const struct view *view, struct db_sort *order)
{
    ULONG count = view->level_columns[view->levels - 1], i;

    memcpy(order, view->order, count * sizeof(*order));
    order[count].tag = PR_MESSAGE_FLAGS;
    order[count++].descending = FALSE;
    /* A row for each value here as well. */
    for (i = count - 1; i < view->order_count; i++)
        if (view->order[i].tag == view->multi) order[count++] = view->order[i];
    return count;
}

/* The rows of a group with the same flags. */
static HRESULT add_unread(void *context, const BYTE *key, ULONG size, ULONGLONG rows)
{
    struct view *view = context;
    ULONG part = level_size(view, view->levels - 1, key, size), index;
    LONG flags;

    if (!part) return MAPI_E_CORRUPT_STORE;
    if (db_key_long(key + part, size - part, &flags) && !(flags & MSGFLAG_READ)
        && headings_find(view, key, part, &index))
        view->headings.list[index]->unread += (ULONG)rows;
    return S_OK;
}

/* Of all at once. */
static HRESULT count_all_unread(struct view *view, struct look *look)
{
    struct db_sort order[DB_VIEW_MAX_COLUMNS + 2];
    const ULONG count = categories_unread_order(view, order);
    struct heading *heading;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < view->headings.count; i++) view->headings.list[i]->unread = 0;
    hr = db_view_groups(look->txn, look->unread, count, order,
                        view->level_columns[view->levels - 1] + 1, add_unread, view);
    for (i = 0; i < view->headings.count; i++)
    {
        heading = view->headings.list[i];
        if (!heading_is_innermost(view, heading)) continue;
        heading->flags &= ~HEADING_UNREAD;
        if (SUCCEEDED(hr)) heading->flags |= HEADING_UNREAD;
    }
    return hr;
}

static HRESULT flags_of(struct view *view, struct look *look, LONGLONG row, LONG *flags)
{
    static const ULONG tag = PR_MESSAGE_FLAGS;
    SPropValue value;
    HRESULT hr;

    /* What has no flags is not unread. */
    *flags = MSGFLAG_READ;
    hr = view->owner->columns(view->context, look->txn, row_object(view, row), view->list, 1, &tag,
                              NULL, &value);
    if (SUCCEEDED(hr) && value.ulPropTag == tag) *flags = value.Value.l;
    return hr;
}

static HRESULT count_matching_unread(struct view *view, struct look *look, struct heading *heading)
{
    HRESULT hr = S_OK;
    LONG flags;
    ULONG i;

    heading->unread = 0;
    for (i = 0; i < heading->rows && SUCCEEDED(hr); i++)
        if (SUCCEEDED(hr = flags_of(view, look, view->ids[heading->first + i], &flags)))
            heading->unread += !(flags & MSGFLAG_READ);
    return hr;
}

/* From one value of the flags to the next. */
static HRESULT count_unread(struct view *view, struct look *look, struct heading *heading)
{
    struct db_row from = { 0, 0, heading->key_size, heading->key }, *row = NULL;
    const ULONG size = heading->key_size + 5;
    ULONGLONG at, next;
    ULONG count;
    HRESULT hr;
    LONG flags;

    heading->unread = 0;
    hr = db_view_key_position(look->txn, look->unread, heading->key, heading->key_size, FALSE, &at);
    if (SUCCEEDED(hr))
        hr = db_view_rows_after(look->txn, look->unread, &from, FALSE, 1, &row, &count);
    while (SUCCEEDED(hr) && count && row->key_size >= size
           && !memcmp(row->key, heading->key, heading->key_size)
           && db_key_long(row->key + heading->key_size, 5, &flags))
    {
        hr = db_view_key_position(look->txn, look->unread, row->key, size, TRUE, &next);
        if (FAILED(hr)) break;
        if (!(flags & MSGFLAG_READ)) heading->unread += (ULONG)(next - at);
        at = next;
        platform_free(row);
        hr = db_view_rows_at(look->txn, look->unread, at, FALSE, 1, &row, &count);
    }
    platform_free(row);
    return hr;
}

/* How many of those right below a heading, at any depth, are not known. */
static ULONG unknown_below(const struct view *view, ULONG index)
{
    const struct headings *headings = &view->headings;
    ULONG i, unknown = 0;

    for (i = index + 1; i < headings->count && headings->list[i]->level
         > headings->list[index]->level; i++)
        unknown += heading_is_innermost(view, headings->list[i])
                   && !(headings->list[i]->flags & HEADING_UNREAD);
    return unknown;
}

HRESULT heading_know_unread(struct view *view, struct look *look, ULONG index)
{
    struct heading *heading = view->headings.list[index], *below;
    HRESULT hr = S_OK;
    ULONG i;

    headings_lay_out(view);
    if (heading->flags & HEADING_UNREAD) return S_OK;
    if (!view->owner->has_unread) heading->unread = 0;
    else if (!look->unread && !view->restriction) return MAPI_E_CALL_FAILED;
    else if (!heading_is_innermost(view, heading))
    {
        if (!view->restriction && unknown_below(view, index) > FEW_UNREAD)
            hr = count_all_unread(view, look);
        heading->unread = 0;
        for (i = index + 1; i < view->headings.count && SUCCEEDED(hr); i++)
        {
            below = view->headings.list[i];
            if (below->level <= heading->level) break;
            if (!heading_is_innermost(view, below)) continue;
            hr = heading_know_unread(view, look, i);
            if (SUCCEEDED(hr)) heading->unread += below->unread;
        }
    }
    else if (view->restriction) hr = count_matching_unread(view, look, heading);
    else hr = count_unread(view, look, heading);
    if (SUCCEEDED(hr)) heading->flags |= HEADING_UNREAD;
    return hr;
}

/* ---- what rows show ---- */

static const BYTE key_mark[8] = { 'c', 'a', 't', 'e', 'g', 'o', 'r', 'y' };
static const BYTE value_mark[8] = { 'o', 'n', 'e', 'v', 'a', 'l', 'u', 'e' };

/* Instance keys begin with a mark and the view's number; then come a heading's number and key, or
 * the number of a row. */
#define KEY_START (sizeof(key_mark) + sizeof(ULONGLONG))

static HRESULT instance_key(struct view *view, const BYTE *mark, const void *data, ULONG size,
                            const void *more, ULONG more_size, void *base, SPropValue *value)
{
    BYTE *key;

    set_long(value, PR_INSTANCE_KEY, 0);
    value->Value.bin.cb = KEY_START + size + more_size;
    if (FAILED(MAPIAllocateMore(value->Value.bin.cb, base, (void **)&key)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    value->Value.bin.lpb = key;
    memcpy(key, mark, sizeof(key_mark));
    memcpy(key + sizeof(key_mark), &view->key, sizeof(view->key));
    memcpy(key + KEY_START, data, size);
    memcpy(key + KEY_START + size, more, more_size);
    return S_OK;
}

static BOOL is_own_key(const struct view *view, const BYTE *mark, ULONG size, const BYTE *key)
{
    return size > KEY_START && !memcmp(key, mark, sizeof(key_mark))
           && !memcmp(key + sizeof(key_mark), &view->key, sizeof(view->key));
}

BOOL heading_named(struct view *view, ULONG size, const BYTE *key, ULONG *index)
{
    const ULONG start = KEY_START + sizeof(ULONG);

    return is_own_key(view, key_mark, size, key) && size > start
           && headings_find(view, key + start, size - start, index)
           && !memcmp(key + KEY_START, &view->headings.list[*index]->number, sizeof(ULONG));
}

BOOL value_named(struct view *view, ULONG size, const BYTE *key, LONGLONG *row)
{
    if (!is_own_key(view, value_mark, size, key) || size != KEY_START + sizeof(*row)) return FALSE;
    memcpy(row, key + KEY_START, sizeof(*row));
    return TRUE;
}

/* The value that makes the row, in a column of its property. */
static HRESULT single_value(struct view *view, struct look *look, LONGLONG row, ULONG tag,
                            void *base, SPropValue *value)
{
    ULONG type = PROP_TYPE(tag) & ~MV_INSTANCE;
    SPropValue all;
    HRESULT hr;

    set_missing(value, tag);
    /* All values at once it has no more. */
    if (!(tag & MV_INSTANCE) && (type & MV_FLAG)) return S_OK;
    tag = CHANGE_PROP_TYPE(tag, type == PT_UNSPECIFIED ? PROP_TYPE(view->multi) & ~MV_INSTANCE
                                                       : type | MV_FLAG);
    hr = view->owner->columns(view->context, look->txn, row_object(view, row), view->list, 1, &tag,
                              base, &all);
    if (FAILED(hr) || !(PROP_TYPE(all.ulPropTag) & MV_FLAG)) return hr;
    if (!prop_element(&all, row_instance(view, row), value)) set_missing(value, tag);
    return S_OK;
}

static HRESULT row_values(struct view *view, struct look *look, LONGLONG row, ULONG count,
                          const ULONG *tags, void *base, SPropValue *values)
{
    HRESULT hr;
    ULONG i;

    hr = view->owner->columns(view->context, look->txn, row_object(view, row), view->list, count,
                              tags, base, values);
    for (i = 0; view->multi && i < count && SUCCEEDED(hr); i++)
    {
        if (PROP_ID(tags[i]) == PROP_ID(view->multi))
            hr = single_value(view, look, row, tags[i], base, &values[i]);
        else if (value_fits(PR_INSTANCE_KEY, tags[i]))
            hr = instance_key(view, value_mark, &row, sizeof(row), NULL, 0, base, &values[i]);
    }
    return hr;
}

static BOOL is_category_column(const struct view *view, const struct heading *heading, ULONG tag)
{
    ULONG i;

    for (i = 0; i < view->level_columns[heading->level]; i++)
        if (PROP_ID(view->order[i].tag) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

static HRESULT first_row(struct view *view, struct look *look, const struct heading *heading,
                         LONGLONG *ret)
{
    struct db_row before = { 0, 0, heading->key_size, heading->key }, *row = NULL;
    ULONG count = 0;
    HRESULT hr = S_OK;

    *ret = 0;
    if (view->restriction)
    {
        headings_lay_out(view);
        if (heading->first < view->id_count) *ret = view->ids[heading->first];
        return S_OK;
    }
    hr = db_view_rows_after(look->txn, look->view, &before, FALSE, 1, &row, &count);
    if (SUCCEEDED(hr) && count) *ret = row_number(view, row);
    platform_free(row);
    return hr;
}

static HRESULT heading_column(struct view *view, struct look *look, ULONG index, ULONG tag,
                              void *base, SPropValue *value)
{
    struct heading *heading = view->headings.list[index];
    HRESULT hr = S_OK;

    set_missing(value, tag);
    if (value_fits(PR_INSTANCE_KEY, tag))
        return instance_key(view, key_mark, &heading->number, sizeof(heading->number), heading->key,
                            heading->key_size, base, value);
    if (value_fits(PR_CONTENT_COUNT, tag)) set_long(value, PR_CONTENT_COUNT, heading->rows);
    else if (value_fits(PR_DEPTH, tag)) set_long(value, PR_DEPTH, heading->level);
    else if (value_fits(PR_ROW_TYPE, tag))
        set_long(value, PR_ROW_TYPE, heading->flags & HEADING_EXPANDED ? TBL_EXPANDED_CATEGORY
                                                                       : TBL_COLLAPSED_CATEGORY);
    else if (value_fits(PR_CONTENT_UNREAD, tag)
             && SUCCEEDED(hr = heading_know_unread(view, look, index)))
        set_long(value, PR_CONTENT_UNREAD, heading->unread);
    return hr;
}

static HRESULT heading_values(struct view *view, struct look *look, ULONG index, ULONG count,
                              const ULONG *tags, void *base, SPropValue *values)
{
    struct heading *heading = view->headings.list[index];
    LONGLONG row = 0;
    HRESULT hr = S_OK;
    ULONG i;

    headings_lay_out(view);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!is_category_column(view, heading, tags[i]))
        {
            hr = heading_column(view, look, index, tags[i], base, &values[i]);
            continue;
        }
        if (!row && FAILED(hr = first_row(view, look, heading, &row))) break;
        if (row > 0) hr = row_values(view, look, row, 1, &tags[i], base, &values[i]);
        else set_missing(&values[i], tags[i]);
    }
    return hr;
}

HRESULT shown_values(struct view *view, struct look *look, LONGLONG row, ULONG count,
                     const ULONG *tags, void *base, SPropValue *values)
{
    HRESULT hr;
    ULONG i;

    if (row < 0)
    {
        if (-1 - row >= view->headings.count) return MAPI_E_CORRUPT_STORE;
        return heading_values(view, look, (ULONG)(-1 - row), count, tags, base, values);
    }
    hr = row_values(view, look, row, count, tags, base, values);
    for (i = 0; view->levels && i < count && SUCCEEDED(hr); i++)
    {
        if (PROP_ID(tags[i]) != PROP_ID(PR_DEPTH) && PROP_ID(tags[i]) != PROP_ID(PR_ROW_TYPE))
            continue;
        set_missing(&values[i], tags[i]);
        if (value_fits(PR_DEPTH, tags[i])) set_long(&values[i], PR_DEPTH, view->levels);
        else if (value_fits(PR_ROW_TYPE, tags[i])) set_long(&values[i], PR_ROW_TYPE, TBL_LEAF_ROW);
    }
    return hr;
}

/* ---- finding ---- */

static ULONG parts_of(const SRestriction *restriction, const SRestriction **parts)
{
    switch (restriction->rt)
    {
    case RES_AND:
        *parts = restriction->res.resAnd.lpRes;
        return restriction->res.resAnd.cRes;
    case RES_OR:
        *parts = restriction->res.resOr.lpRes;
        return restriction->res.resOr.cRes;
    case RES_NOT:
        *parts = restriction->res.resNot.lpRes;
        return 1;
    case RES_COMMENT:
        *parts = restriction->res.resComment.lpRes;
        return *parts != NULL;
    case RES_COUNT:
        *parts = restriction->res.resCount.lpRes;
        return *parts != NULL;
    case RES_SUBRESTRICTION:
        *parts = restriction->res.resSub.lpRes;
        return *parts != NULL;
    default:
        return 0;
    }
}

/* As deep as restriction_check lets it be. */
BOOL restriction_names(const SRestriction *restriction, ULONG tag)
{
    const SRestriction *parts;
    ULONG i, count = parts_of(restriction, &parts);

    switch (restriction->rt)
    {
    case RES_PROPERTY: return PROP_ID(restriction->res.resProperty.ulPropTag) == PROP_ID(tag);
    case RES_CONTENT: return PROP_ID(restriction->res.resContent.ulPropTag) == PROP_ID(tag);
    case RES_EXIST: return PROP_ID(restriction->res.resExist.ulPropTag) == PROP_ID(tag);
    case RES_BITMASK: return PROP_ID(restriction->res.resBitMask.ulPropTag) == PROP_ID(tag);
    case RES_SIZE: return PROP_ID(restriction->res.resSize.ulPropTag) == PROP_ID(tag);
    case RES_COMPAREPROPS:
        return PROP_ID(restriction->res.resCompareProps.ulPropTag1) == PROP_ID(tag)
               || PROP_ID(restriction->res.resCompareProps.ulPropTag2) == PROP_ID(tag);
    default: break;
    }
    for (i = 0; i < count; i++) if (restriction_names(&parts[i], tag)) return TRUE;
    return FALSE;
}

HRESULT heading_matches(struct view *view, struct look *look, ULONG index,
                        const SRestriction *restriction, BOOL *matches)
{
    static const ULONG own[] = { PR_INSTANCE_KEY, PR_CONTENT_COUNT, PR_DEPTH, PR_ROW_TYPE };
    ULONG tags[DB_VIEW_MAX_COLUMNS + ARRAY_SIZE(own) + 1], count = 0, i, kept = 0;
    const struct heading *heading;
    SPropValue *values;
    HRESULT hr;

    *matches = FALSE;
    if (index >= view->headings.count) return MAPI_E_CORRUPT_STORE;
    heading = view->headings.list[index];
    for (i = 0; i < view->level_columns[heading->level]; i++) tags[count++] = view->order[i].tag;
    memcpy(&tags[count], own, sizeof(own));
    count += ARRAY_SIZE(own);
    if (view->unread_wanted) tags[count++] = PR_CONTENT_UNREAD;
    if (FAILED(MAPIAllocateBuffer(count * sizeof(*values), (void **)&values)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = heading_values(view, look, index, count, tags, values, values);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR) values[kept++] = values[i];
    if (SUCCEEDED(hr)) hr = restriction_test(restriction, kept, values, matches);
    MAPIFreeBuffer(values);
    return hr;
}

/* ---- rows that show ---- */

HRESULT shown_count(struct view *view, struct look *look, ULONG *count)
{
    if (!view->levels) return look_count(view, look, count);
    headings_lay_out(view);
    *count = view->headings.shown;
    return S_OK;
}

HRESULT shown_reach(struct view *view, struct look *look, ULONG position, ULONG *count)
{
    return view->levels ? shown_count(view, look, count) : look_reach(view, look, position, count);
}

/* Rows of all categories from one on, which are read before it is known how many of them show. */
struct run
{
    LONGLONG *rows;
    ULONG start;
    ULONG count;
};

static HRESULT read_run(struct view *view, struct look *look, ULONG start, ULONG max,
                        struct run *run)
{
    HRESULT hr;

    if (start >= run->start && start - run->start < run->count) return S_OK;
    platform_free(run->rows);
    run->start = start;
    hr = look_rows(view, look, start, max, &run->rows, &run->count);
    return SUCCEEDED(hr) && !run->count ? MAPI_E_CORRUPT_STORE : hr;
}

HRESULT shown_rows(struct view *view, struct look *look, ULONG position, ULONG max, LONGLONG **rows,
                   ULONG *count)
{
    struct run run = { NULL, 0, 0 };
    const struct heading *heading;
    ULONG index, offset, got;
    HRESULT hr = S_OK;

    if (!view->levels) return look_rows(view, look, position, max, rows, count);
    *rows = NULL;
    *count = 0;
    headings_lay_out(view);
    max = position < view->headings.shown ? min(max, view->headings.shown - position) : 0;
    if (!(*rows = platform_alloc((size_t)max * sizeof(**rows) + 1)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    while (*count < max && SUCCEEDED(hr))
    {
        index = heading_at_place(view, position + *count);
        heading = view->headings.list[index];
        if (heading->place == position + *count)
        {
            (*rows)[(*count)++] = -1 - (LONGLONG)index;
            continue;
        }
        offset = position + *count - heading->place - 1;
        /* What follows shows as well, mostly. */
        if (FAILED(hr = read_run(view, look, heading->first + offset, max - *count, &run))) break;
        got = min(run.count - (heading->first + offset - run.start), heading->rows - offset);
        got = min(got, max - *count);
        memcpy(*rows + *count, run.rows + (heading->first + offset - run.start),
               got * sizeof(**rows));
        *count += got;
    }
    platform_free(run.rows);
    if (FAILED(hr))
    {
        platform_free(*rows);
        *rows = NULL;
        *count = 0;
    }
    return hr;
}

/* Where the next one shows that stands behind this key. */
static ULONG place_behind(struct view *view, const BYTE *key, ULONG size)
{
    ULONG index;

    headings_lay_out(view);
    if (headings_find(view, key, size, &index)) index++;
    return index < view->headings.count ? view->headings.list[index]->place : view->headings.shown;
}

ULONG heading_place_of(const struct heading *heading, ULONG position)
{
    /* Of what is collapsed, the one behind the heading. */
    if (!heading_is_open(heading)) return heading->place + !!(heading->flags & HEADING_SHOWN);
    return heading->place + 1 + position - heading->first;
}

static HRESULT row_position(struct view *view, struct look *look, struct place *place,
                            ULONG *position, BOOL *gone, BOOL *hidden)
{
    struct heading *heading;
    ULONG index, part, at;
    HRESULT hr;

    if (FAILED(hr = look_position(view, look, place, &at, gone))) return hr;
    part = level_size(view, view->levels - 1, place->key, place->key_size);
    headings_lay_out(view);
    if (!part || !headings_find(view, place->key, part, &index))
    {
        *gone = TRUE;
        *position = place_behind(view, place->key, place->key_size);
        return S_OK;
    }
    heading = view->headings.list[index];
    *hidden = !*gone && !heading_is_open(heading);
    /* Behind the last row of its category. */
    if (at >= heading->first + heading->rows)
        *position = place_behind(view, heading->key, heading->key_size);
    else *position = heading_place_of(heading, at);
    if (at >= heading->first + heading->rows && heading_is_open(heading))
        *position = heading->place + 1 + heading->rows;
    return S_OK;
}

HRESULT shown_position(struct view *view, struct look *look, struct place *place, ULONG *position,
                       BOOL *gone, BOOL *hidden)
{
    ULONG index;

    *hidden = FALSE;
    if (!view->levels) return look_position(view, look, place, position, gone);
    *gone = FALSE;
    *position = 0;
    switch (place->kind)
    {
    case PLACE_ROW:
        return row_position(view, look, place, position, gone, hidden);
    case PLACE_HEADING:
        headings_lay_out(view);
        if ((*gone = !headings_find(view, place->key, place->key_size, &index)))
            *position = place_behind(view, place->key, place->key_size);
        else
        {
            *position = view->headings.list[index]->place;
            *hidden = !(view->headings.list[index]->flags & HEADING_SHOWN);
        }
        return S_OK;
    case PLACE_END:
        return shown_count(view, look, position);
    default:
        return S_OK;
    }
}

HRESULT shown_place(struct view *view, struct look *look, ULONG position, struct place *place)
{
    const struct heading *heading;

    if (!view->levels) return look_place(view, look, position, place);
    headings_lay_out(view);
    if (position >= view->headings.shown)
    {
        place_clear(place);
        place->kind = PLACE_END;
        return S_OK;
    }
    heading = view->headings.list[heading_at_place(view, position)];
    if (heading->place == position)
        return place_set(place, PLACE_HEADING, 0, heading->key, heading->key_size);
    return look_place(view, look, heading->first + position - heading->place - 1, place);
}
