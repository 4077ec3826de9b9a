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
 * A row is found under the data's lock, by its key where the restriction asks for one, else one after the
 * other. Rows to hand out are picked under the lock as references to their values, in the columns the view
 * has then, and copied with the caller's allocators after it.
 */

#include "object/table.h"

static BOOL node_matches(const struct view_node *node, const SRestriction *restriction, HRESULT *hr)
{
    struct row_values *values;
    BOOL ret;

    if (node->row && !node->view->mvi_count && !view_levels(node->view))
        return restriction_match(restriction, node->row->values->count, node->row->values->props);
    if (FAILED(*hr = view_node_values(node, &values))) return FALSE;
    ret = restriction_match(restriction, values->count, values->props);
    row_values_release(values);
    return ret;
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

/* The row to find, if the restriction asks for a key: *known is set, and nothing needs to be searched. */
static struct view_node *find_by_key(struct table_view *view, const SRestriction *restriction, ULONG position,
                                     BOOL backward, BOOL *known)
{
    const SPropValue *value = restriction->res.resProperty.lpProp;
    struct table_data *data = view->data;
    struct view_node *node = NULL;
    struct table_row *row;
    ULONG found;

    *known = FALSE;
    if (restriction->rt != RES_PROPERTY || restriction->res.resProperty.relop != RELOP_EQ) return NULL;
    if (value->ulPropTag == PR_INSTANCE_KEY && (view->mvi_count || view_levels(view)))
    {
        *known = TRUE;
        node = view_find_instance(view, value->Value.bin.cb, value->Value.bin.lpb);
    }
    else if (PROP_ID(restriction->res.resProperty.ulPropTag) != PROP_ID(data->index_tag) || !shows_index(view))
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

HRESULT view_find_row(struct table_view *view, const SRestriction *restriction, ULONG position,
                      BOOL backward)
{
    ULONG count = ostree_visible(&view->nodes);
    struct ostree_node *place;
    struct view_node *node;
    HRESULT hr = S_OK;
    BOOL known;

    node = find_by_key(view, restriction, position, backward, &known);
    if (node) view->cursor = node;
    if (known) return node ? S_OK : MAPI_E_NOT_FOUND;

    if (backward ? !position : position >= count) return MAPI_E_NOT_FOUND;
    place = ostree_visible_at(&view->nodes, backward ? position - 1 : position);
    for (; place; place = backward ? ostree_prev(place) : ostree_next(place))
    {
        if (!ostree_is_visible(place)) continue;
        node = view_node_from_place(place);
        if (node_matches(node, restriction, &hr))
        {
            view->cursor = node;
            return S_OK;
        }
        if (FAILED(hr)) return hr;
    }
    return MAPI_E_NOT_FOUND;
}

HRESULT view_pick_rows(struct table_view *view, struct ostree_node *place, ULONG count,
                         struct picked_rows *picked)
{
    HRESULT hr = S_OK;

    picked->count = 0;
    picked->columns = NULL;
    if (!(picked->values = platform_alloc(count * sizeof(*picked->values) + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
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
