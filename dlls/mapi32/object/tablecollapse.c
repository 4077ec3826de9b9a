/*
 * The methods of IMAPITable for categories
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
 * Headings are named by their instance keys. What is under them is tablecategory.c's; here the lock
 * is taken, positions are set and what the caller gets is copied after the lock.
 */

#define COBJMACROS

#include <string.h>

#include "object/table.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* The heading a key names. */
static HRESULT find_heading(struct table_view *view, ULONG size, const BYTE *key,
                            struct view_node **ret)
{
    struct view_node *node;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = view_build(view))) return hr;
    if (!(node = view_find_instance(view, size, key)) || node->row) return MAPI_E_NOT_FOUND;
    *ret = node;
    return S_OK;
}

/* The rows could not be handed out: what was expanded for them collapses again. */
static void undo_expand(struct table_view *view, ULONG size, const BYTE *key, ULONG before)
{
    struct view_node *heading;

    view_enter_finished(view);
    if (SUCCEEDED(find_heading(view, size, key, &heading)))
    {
        view_set_expanded(view, heading, FALSE);
        view_set_position(view, before);
    }
    table_data_unlock(view->data);
}

HRESULT WINAPI table_view_ExpandRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG count,
                                    ULONG flags, SRowSet **ret, ULONG *added)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct picked_rows picked = { NULL, NULL, 0 };
    struct view_node *heading;
    ULONG shown = 0, position, before = 0;
    HRESULT hr;

    TRACE("%p %lu %p %lu %#lx %p %p\n", iface, size, key, count, flags, ret, added);

    if (ret) *ret = NULL;
    if (added) *added = 0;
    if (!size || !key || (count && !ret)) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;

    view_enter_finished(view);
    hr = find_heading(view, size, key, &heading);
    if (SUCCEEDED(hr))
    {
        before = ostree_visible_rank(&view->nodes, view->cursor ? &view->cursor->place : NULL);
        shown = view_set_expanded(view, heading, TRUE);
        position = ostree_visible_rank(&view->nodes, &heading->place) + 1;
        count = min(count, shown);
        hr = view_pick_rows(view, ostree_visible_at(&view->nodes, position), count, &picked);
        view_set_position(view, position + picked.count);
    }
    table_data_unlock(view->data);

    if (SUCCEEDED(hr) && ret) hr = picked_out(&view->data->allocators, &picked, ret);
    if (FAILED(hr) && shown) undo_expand(view, size, key, before);
    if (SUCCEEDED(hr) && added) *added = shown;
    picked_drop(&picked);
    return hr;
}

HRESULT WINAPI table_view_CollapseRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG flags,
                                             ULONG *removed)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct view_node *heading;
    ULONG hidden;
    HRESULT hr;

    TRACE("%p %lu %p %#lx %p\n", iface, size, key, flags, removed);

    if (removed) *removed = 0;
    if (!size || !key) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;

    view_enter_finished(view);
    hr = find_heading(view, size, key, &heading);
    if (SUCCEEDED(hr))
    {
        hidden = view_set_expanded(view, heading, FALSE);
        if (removed) *removed = hidden;
    }
    table_data_unlock(view->data);
    return hr;
}

HRESULT WINAPI table_view_GetCollapseState(IMAPITable *iface, ULONG flags, ULONG key_size,
                                           BYTE *key, ULONG *size, BYTE **ret)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct view_node *node;
    BYTE *state = NULL;
    ULONG state_size = 0;
    HRESULT hr;

    TRACE("%p %#lx %lu %p %p %p\n", iface, flags, key_size, key, size, ret);

    if (size) *size = 0;
    if (ret) *ret = NULL;
    if (!size || !ret || !key || !key_size) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;

    if (FAILED(hr = view_enter(view))) return hr;
    if (!view_levels(view))
        hr = MAPI_E_NO_SUPPORT;
    else if (SUCCEEDED(hr = view_build(view)))
    {
        if ((node = view_find_instance(view, key_size, key)))
            hr = view_save_state(view, node, &state, &state_size);
        else
            hr = MAPI_E_NOT_FOUND;
    }
    table_data_unlock(view->data);
    if (FAILED(hr)) return hr;

    if (FAILED(view->data->allocators.allocate(state_size, (void **)ret)))
    {
        *ret = NULL;
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else
    {
        memcpy(*ret, state, state_size);
        *size = state_size;
    }
    platform_free(state);
    return hr;
}

HRESULT WINAPI table_view_SetCollapseState(IMAPITable *iface, ULONG flags, ULONG size, BYTE *state,
                                                  BOOKMARK *location)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct view_node *node = NULL;
    HRESULT hr;

    TRACE("%p %#lx %lu %p %p\n", iface, flags, size, state, location);

    if (location) *location = 0;
    if (!state || !size || !location) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;

    if (FAILED(hr = view_enter(view))) return hr;
    if (!view_levels(view))
        hr = MAPI_E_NO_SUPPORT;
    else if (SUCCEEDED(hr = view_build(view)))
        hr = view_restore_state(view, state, size, &node);
    if (SUCCEEDED(hr)) hr = view_create_bookmark(view, node, location);
    table_data_unlock(view->data);
    return hr;
}
