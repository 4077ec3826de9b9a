/*
 * Finding rows of a view, and handing them out
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
 * A row is found under the data's lock, by its key where the restriction asks for one, by the order
 * of the rows where it asks for what is not less, else one after the other. Rows to hand out are
 * picked under the lock as references to their values, in the columns the view has then, and copied
 * with the caller's allocators after it.
 */

#include <string.h>

#include "object/table.h"

static HRESULT node_matches(const struct view_node *node, const SRestriction *restriction,
                            BOOL *matches)
{
    struct row_values *values;
    HRESULT hr;

    if (node->row && !node->view->mvi_count && !view_levels(node->view))
        return restriction_test(restriction, node->row->values->count, node->row->values->props,
                                matches);
    if (FAILED(hr = view_node_values(node, &values))) return hr;
    hr = restriction_test(restriction, values->count, values->props, matches);
    row_values_release(values);
    return hr;
}

/* Do the view's rows show the index column as the data has it? */
static BOOL shows_index(const struct table_view *view)
{
    ULONG i;

    if (view->mvi_count) return FALSE;
    /* A heading of its values would show it as well. */
    for (i = 0; view->sort && i < view->sort->cCategories; i++)
        if (PROP_ID(view->sort->aSort[i].ulPropTag) == PROP_ID(view->data->index_tag)) return FALSE;
    return TRUE;
}

/* The row to find, if the restriction asks for a key: *known is set, and nothing needs to be
 * searched. */
static struct view_node *find_by_key(struct table_view *view, const SRestriction *restriction,
                                     ULONG position, BOOL backward, BOOL *known)
{
    const SPropValue *value = restriction->res.resProperty.lpProp;
    struct table_data *data = view->data;
    struct view_node *node = NULL;
    struct table_row *row;
    ULONG found;

    *known = FALSE;
    if (restriction->rt != RES_PROPERTY || restriction->res.resProperty.relop != RELOP_EQ)
        return NULL;
    if (value->ulPropTag == PR_INSTANCE_KEY && (view->mvi_count || view_levels(view)))
    {
        *known = TRUE;
        node = view_find_instance(view, value->Value.bin.cb, value->Value.bin.lpb);
    }
    else if (PROP_ID(restriction->res.resProperty.ulPropTag) != PROP_ID(data->index_tag)
             || !shows_index(view))
    {
        return NULL;
    }
    else if (prop_types_bridge(PROP_TYPE(data->index_tag), PT_UNICODE))
    {
        *known = alike_find(view, restriction, position, backward, &node);
        return node;
    }
    else
    {
        if (restriction->res.resProperty.ulPropTag != data->index_tag) return NULL;
        if (PROP_TYPE(value->ulPropTag) != PROP_TYPE(data->index_tag)) return NULL;
        switch (PROP_TYPE(value->ulPropTag))
        {
        case PT_BINARY:
        case PT_I2:
        case PT_LONG:
        case PT_I8:
        case PT_CURRENCY:
        case PT_SYSTIME:
        case PT_CLSID:
            break;
        default:
            return NULL;
        }
        *known = TRUE;
        row = table_data_find(data, value);
        for (node = row ? row->nodes : NULL; node && node->view != view;) node = node->row_next;
    }
    if (!node || !ostree_is_visible(&node->place)) return NULL;
    found = ostree_visible_rank(&view->nodes, &node->place);
    return (backward ? found >= position : found < position) ? NULL : node;
}

/* Types whose sort keys say which of two values is the greater just as a restriction would. */
static BOOL ordered_by_key(const SPropValue *value)
{
    switch (PROP_TYPE(value->ulPropTag))
    {
    case PT_I2:
    case PT_LONG:
    case PT_I8:
    case PT_CURRENCY:
    case PT_SYSTIME:
        return TRUE;
    case PT_UNICODE:
        return text_length(value->Value.lpszW) < SORTKEY_MAX_TEXT;
    case PT_STRING8:
        return text_length_ansi(value->Value.lpszA) < SORTKEY_MAX_TEXT;
    default:
        return FALSE;
    }
}

static int compare_prefix(const void *what, const struct ostree_node *place)
{
    const struct view_node *node = CONTAINING_RECORD(place, struct view_node, place);
    const struct sortkey *key = what;
    int order = memcmp(key->data, node->key, min(node->key_size, (ULONG)key->size));

    return !order && node->key_size < key->size ? 1 : order;
}

static int compare_prefix_end(const void *what, const struct ostree_node *place)
{
    return compare_prefix(what, place) < 0 ? -1 : 1;
}

/* How many rows stand before the first whose key is not less than this one, or, behind, is greater
 * than any that begins with it. */
static ULONG rows_before(const struct table_view *view, const struct sortkey *key, BOOL behind)
{
    return ostree_visible_rank(&view->nodes,
                               ostree_search(&view->nodes,
                                             behind ? compare_prefix_end : compare_prefix, key));
}

/* What a list box does as its user types: the first row that is not less than a prefix, where the
 * rows are in that order; or backward where they are in the opposite one. *known: nothing needs to
 * be searched. */
static HRESULT find_by_order(struct table_view *view, const SRestriction *restriction,
                             ULONG position, BOOL backward, BOOL *known, struct view_node **ret)
{
    const SPropertyRestriction *property = &restriction->res.resProperty;
    const SSortOrder *order = view->sort ? &view->sort->aSort[0] : NULL;
    struct sortkey key;
    ULONG before;
    BOOL matches;
    HRESULT hr;

    *known = FALSE;
    *ret = NULL;
    if (restriction->rt != RES_PROPERTY || property->relop != RELOP_GE || !order || view->mvi_count
        || view_levels(view) || !ordered_by_key(property->lpProp))
        return S_OK;
    if (PROP_ID(order->ulPropTag) != PROP_ID(property->ulPropTag)) return S_OK;
    if (!prop_types_bridge(PROP_TYPE(order->ulPropTag), PROP_TYPE(property->ulPropTag))
        || !prop_types_bridge(PROP_TYPE(order->ulPropTag), PROP_TYPE(property->lpProp->ulPropTag)))
        return S_OK;
    if (order->ulOrder != (backward ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND)) return S_OK;

    sortkey_init(&key);
    if (!sortkey_add(&key, property->lpProp, backward)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else hr = S_OK;
    if (SUCCEEDED(hr))
    {
        before = rows_before(view, &key, backward);
        if (backward)
            position = min(position, before);
        else
            position = max(position, before);
        *known = TRUE;
        if (!backward || position)
            *ret = view_node_from_place(
                ostree_visible_at(&view->nodes, backward ? position - 1 : position));
    }
    sortkey_destroy(&key);
    if (FAILED(hr) || !*ret) return hr;
    /* Behind those that have a value are those that have none. */
    hr = node_matches(*ret, restriction, &matches);
    if (SUCCEEDED(hr) && !matches) *ret = NULL;
    return hr;
}

HRESULT view_find_row(struct table_view *view, const SRestriction *restriction, ULONG position,
                      BOOL backward)
{
    ULONG count = ostree_visible(&view->nodes);
    struct ostree_node *place;
    struct view_node *node;
    BOOL known, matches;
    HRESULT hr;

    node = find_by_key(view, restriction, position, backward, &known);
    if (!known && FAILED(hr = find_by_order(view, restriction, position, backward, &known, &node)))
        return hr;
    if (node) view->cursor = node;
    if (known) return node ? S_OK : MAPI_E_NOT_FOUND;

    if (backward ? !position : position >= count) return MAPI_E_NOT_FOUND;
    place = ostree_visible_at(&view->nodes, backward ? position - 1 : position);
    for (; place; place = backward ? ostree_prev(place) : ostree_next(place))
    {
        if (!ostree_is_visible(place)) continue;
        node = view_node_from_place(place);
        if (FAILED(hr = node_matches(node, restriction, &matches))) return hr;
        if (!matches) continue;
        view->cursor = node;
        return S_OK;
    }
    return MAPI_E_NOT_FOUND;
}

HRESULT view_pick_rows(struct table_view *view, struct ostree_node *place, ULONG count,
                         struct picked_rows *picked)
{
    HRESULT hr = S_OK;

    picked->count = 0;
    picked->columns = NULL;
    if (!(picked->values = platform_alloc(count * sizeof(*picked->values) + 1)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (; place && picked->count < count && SUCCEEDED(hr); place = ostree_next(place))
    {
        if (!ostree_is_visible(place)) continue;
        hr = view_node_values(view_node_from_place(place), &picked->values[picked->count]);
        if (SUCCEEDED(hr)) picked->count++;
    }
    picked->columns = column_set_addref(view->columns);
    return hr;
}

void picked_drop(struct picked_rows *picked)
{
    ULONG i;

    for (i = 0; i < picked->count; i++) row_values_release(picked->values[i]);
    platform_free(picked->values);
    column_set_release(picked->columns);
}

HRESULT picked_out(const struct mapi_allocators *allocators, const struct picked_rows *picked,
                          SRowSet **ret)
{
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = rows_alloc(allocators, picked->count, &rows))) return hr;
    for (i = 0; i < picked->count; i++)
    {
        hr = row_project_alloc(allocators, picked->values[i], picked->columns, &rows->aRow[i]);
        if (SUCCEEDED(hr)) continue;
        rows_free(allocators, rows);
        return hr;
    }
    *ret = rows;
    return S_OK;
}
