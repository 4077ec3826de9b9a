/*
 * IMAPITable: one view of table data
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
 * Every method checks its arguments, takes the data's lock, works on the view's nodes and gives the
 * lock back; rows are handed out after that. While an asynchronous operation is in progress, the
 * methods that may say MAPI_E_BUSY do so, and the others see it through. The view holds a reference
 * to the data; its rows' memory comes from the allocators the data was created with.
 */

#define COBJMACROS

#include <string.h>

#include "object/table.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define MAX_BOOKMARKS 4096
#define FIRST_BOOKMARK 3        /* the values below are the predefined ones */

static HRESULT WINAPI table_view_QueryInterface(IMAPITable *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPITable_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI table_view_AddRef(IMAPITable *iface)
{
    return InterlockedIncrement(&impl_from_IMAPITable(iface)->refs);
}

void table_view_drop(struct table_view *view)
{
    if (InterlockedDecrement(&view->holds)) return;
    sink_list_destroy(view->sinks);
    column_set_release(view->columns);
    platform_free(view->mvi_tags);
    platform_free(view->sort);
    platform_free(view->restriction);
    platform_free(view->bookmarks);
    if (view->done) CloseHandle(view->done);
    platform_free(view);
}

static ULONG WINAPI table_view_Release(IMAPITable *iface)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONG refs = InterlockedDecrement(&view->refs);
    struct table_data *data = view->data;

    if (refs || view->dying) return refs;
    TRACE("%p ends\n", iface);
    /* From here on no event is delivered. What the release callback does with the view must
     * not end it a second time; its rows follow the data until it is out of the list. */
    view_stop_operation(view);
    view->dying = TRUE;
    table_data_unlock(data);
    if (view->release)
    {
        InterlockedIncrement(&view->refs);
        view->release(view->release_data, &data->ITableData_iface, iface);
    }

    view_stop_operation(view);
    if (view->next) view->next->prev = view->prev;
    if (view->prev)
        view->prev->next = view->next;
    else
        data->views = view->next;
    view_drop_events(view);
    view_clear(view);
    table_data_unlock(data);
    sink_list_clear(view->sinks);
    table_view_drop(view);
    ITableData_Release(&data->ITableData_iface);
    return 0;
}

static HRESULT WINAPI table_view_GetLastError(IMAPITable *iface, HRESULT hr, ULONG flags,
                                              MAPIERROR **ret)
{
    TRACE("%p %#lx %#lx %p\n", iface, hr, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    /* A table has nothing to add to what its results say. */
    return flags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

static HRESULT WINAPI table_view_Advise(IMAPITable *iface, ULONG event_mask, IMAPIAdviseSink *sink,
                                        ULONG_PTR *connection)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    HRESULT hr;

    TRACE("%p %#lx %p %p\n", iface, event_mask, sink, connection);

    if (connection) *connection = 0;
    if (!sink || !connection) return MAPI_E_INVALID_PARAMETER;
    if (!(event_mask & fnevTableModified)) return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = sink_list_advise(view->sinks, event_mask & fnevTableModified, sink,
                                     connection)))
        return hr;
    /* Built, it can tell which rows change; it tells only that something did if that fails now. */
    if (SUCCEEDED(view_enter(view)))
    {
        view_build(view);
        table_data_unlock(view->data);
    }
    return S_OK;
}

static HRESULT WINAPI table_view_Unadvise(IMAPITable *iface, ULONG_PTR connection)
{
    TRACE("%p %Iu\n", iface, connection);
    return sink_list_unadvise(impl_from_IMAPITable(iface)->sinks, connection);
}

/* --- positions ------------------------------------------------------------------------------------- */

static HRESULT WINAPI table_view_GetRowCount(IMAPITable *iface, ULONG flags, ULONG *count)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, count);

    if (!count) return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = view_enter(view))) return hr;
    hr = view_build(view);
    if (SUCCEEDED(hr)) *count = ostree_visible(&view->nodes);
    table_data_unlock(view->data);
    return hr;
}

static struct view_bookmark *find_bookmark(struct table_view *view, BOOKMARK id)
{
    ULONG i;

    for (i = 0; i < view->bookmark_count; i++)
        if (view->bookmarks[i].id == id) return &view->bookmarks[i];
    return NULL;
}

/* The row number a bookmark stands for: S_OK, MAPI_W_POSITION_CHANGED, MAPI_E_INVALID_BOOKMARK. */
static HRESULT bookmark_position(struct table_view *view, BOOKMARK id, ULONG *position)
{
    struct view_bookmark *bookmark;
    HRESULT hr = S_OK;

    if (id == BOOKMARK_BEGINNING)
        *position = 0;
    else if (id == BOOKMARK_CURRENT)
        *position = ostree_visible_rank(&view->nodes, view->cursor ? &view->cursor->place : NULL);
    else if (id == BOOKMARK_END)
        *position = ostree_visible(&view->nodes);
    else
    {
        if (!(bookmark = find_bookmark(view, id))) return MAPI_E_INVALID_BOOKMARK;
        *position = ostree_visible_rank(&view->nodes, bookmark->node ? &bookmark->node->place : NULL);
        if (bookmark->node && !ostree_is_visible(&bookmark->node->place)) bookmark->moved = TRUE;
        if (bookmark->moved) hr = MAPI_W_POSITION_CHANGED;
        bookmark->moved = FALSE;
    }
    return hr;
}

void view_set_position(struct table_view *view, ULONG position)
{
    view->cursor = view_node_from_place(ostree_visible_at(&view->nodes, position));
}

static HRESULT WINAPI table_view_SeekRow(IMAPITable *iface, BOOKMARK origin, LONG count,
                                         LONG *sought)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    LONGLONG target;
    ULONG position;
    HRESULT hr;

    TRACE("%p %Iu %ld %p\n", iface, (ULONG_PTR)origin, count, sought);

    if (sought) *sought = 0;
    if (FAILED(hr = view_enter(view))) return hr;
    hr = view_build(view);
    if (SUCCEEDED(hr)) hr = bookmark_position(view, origin, &position);
    if (SUCCEEDED(hr))
    {
        target = (LONGLONG)position + count;
        if (target < 0) target = 0;
        if (target > ostree_visible(&view->nodes)) target = ostree_visible(&view->nodes);
        if (sought) *sought = target - position;
        view_set_position(view, target);
    }
    table_data_unlock(view->data);
    return hr;
}

static HRESULT WINAPI table_view_SeekRowApprox(IMAPITable *iface, ULONG numerator,
                                               ULONG denominator)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONGLONG position;
    HRESULT hr;

    TRACE("%p %lu %lu\n", iface, numerator, denominator);

    if (!denominator) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = view_enter(view))) return hr;
    if (SUCCEEDED(hr = view_build(view)))
    {
        position = ostree_visible(&view->nodes);
        if (numerator < denominator) position = position * numerator / denominator;
        view_set_position(view, position);
    }
    table_data_unlock(view->data);
    return hr;
}

static HRESULT WINAPI table_view_QueryPosition(IMAPITable *iface, ULONG *row, ULONG *numerator,
                                               ULONG *denominator)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    HRESULT hr;

    TRACE("%p %p %p %p\n", iface, row, numerator, denominator);

    if (!row || !numerator || !denominator) return MAPI_E_INVALID_PARAMETER;
    *row = *numerator = 0;
    *denominator = 1;
    view_enter_finished(view);
    if (SUCCEEDED(hr = view_build(view)))
    {
        bookmark_position(view, BOOKMARK_CURRENT, row);
        *numerator = *row;
        *denominator = max(ostree_visible(&view->nodes), 1);
    }
    table_data_unlock(view->data);
    return hr;
}

HRESULT view_create_bookmark(struct table_view *view, struct view_node *node, BOOKMARK *ret)
{
    struct view_bookmark *bookmarks;
    ULONG room;

    if (view->bookmark_count == view->bookmark_room)
    {
        room = view->bookmark_room ? view->bookmark_room * 2 : 8;
        if (room > MAX_BOOKMARKS) return MAPI_E_UNABLE_TO_COMPLETE;
        if (!(bookmarks = platform_realloc(view->bookmarks, room * sizeof(*bookmarks))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        view->bookmarks = bookmarks;
        view->bookmark_room = room;
    }
    *ret = view->next_bookmark++;
    view->bookmarks[view->bookmark_count].id = *ret;
    view->bookmarks[view->bookmark_count].node = node;
    view->bookmarks[view->bookmark_count].moved = FALSE;
    view->bookmark_count++;
    if (node) node->flags |= NODE_BOOKMARKED;
    return S_OK;
}

static HRESULT WINAPI table_view_CreateBookmark(IMAPITable *iface, BOOKMARK *ret)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    HRESULT hr;

    TRACE("%p %p\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = 0;
    view_enter_finished(view);
    hr = view_build(view);
    if (SUCCEEDED(hr)) hr = view_create_bookmark(view, view->cursor, ret);
    table_data_unlock(view->data);
    return hr;
}

static HRESULT WINAPI table_view_FreeBookmark(IMAPITable *iface, BOOKMARK id)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct view_bookmark *bookmark;

    TRACE("%p %Iu\n", iface, (ULONG_PTR)id);

    if (id == BOOKMARK_BEGINNING || id == BOOKMARK_CURRENT || id == BOOKMARK_END) return S_OK;
    table_data_lock(view->data);
    /* The node's flag may stay: it only says where to look. */
    if ((bookmark = find_bookmark(view, id))) *bookmark = view->bookmarks[--view->bookmark_count];
    table_data_unlock(view->data);
    return bookmark ? S_OK : MAPI_E_INVALID_BOOKMARK;
}

/* --- finding and reading --------------------------------------------------------------------------- */

static HRESULT WINAPI table_view_FindRow(IMAPITable *iface, SRestriction *restriction,
                                         BOOKMARK origin, ULONG flags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    HRESULT hr, found;
    ULONG position;

    TRACE("%p %p %Iu %#lx\n", iface, restriction, (ULONG_PTR)origin, flags);

    if (!restriction) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~DIR_BACKWARD) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = view_check_restriction(restriction))) return hr;
    view_enter_finished(view);
    hr = view_build(view);
    if (SUCCEEDED(hr)) hr = bookmark_position(view, origin, &position);
    if (SUCCEEDED(hr)
        && FAILED(found = view_find_row(view, restriction, position, flags & DIR_BACKWARD)))
        hr = found;
    table_data_unlock(view->data);
    return hr;
}

static HRESULT WINAPI table_view_QueryRows(IMAPITable *iface, LONG count, ULONG flags,
                                           SRowSet **ret)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct picked_rows picked = { NULL, NULL, 0 };
    ULONG wanted, position = 0, total, before = 0;
    HRESULT hr;

    TRACE("%p %ld %#lx %p\n", iface, count, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!count) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~TBL_NOADVANCE) return MAPI_E_UNKNOWN_FLAGS;

    if (FAILED(hr = view_enter(view))) return hr;
    if (SUCCEEDED(hr = view_build(view)))
    {
        total = ostree_visible(&view->nodes);
        bookmark_position(view, BOOKMARK_CURRENT, &before);
        position = before;
        if (count < 0)
        {
            wanted = min(-(ULONG)count, position);
            position -= wanted;
        }
        else
        {
            wanted = min((ULONG)count, total - position);
        }
        hr = view_pick_rows(view, ostree_visible_at(&view->nodes, position), wanted, &picked);
        if (SUCCEEDED(hr))
            view_set_position(view, flags & TBL_NOADVANCE ? position : position + wanted);
    }
    table_data_unlock(view->data);

    if (SUCCEEDED(hr) && FAILED(hr = picked_out(&view->data->allocators, &picked, ret)))
    {
        /* What was not handed out has not been read. */
        if (SUCCEEDED(view_enter(view)))
        {
            if (SUCCEEDED(view_build(view))) view_set_position(view, before);
            table_data_unlock(view->data);
        }
    }
    picked_drop(&picked);
    return hr;
}

static const IMAPITableVtbl table_view_vtbl =
{
    table_view_QueryInterface,
    table_view_AddRef,
    table_view_Release,
    table_view_GetLastError,
    table_view_Advise,
    table_view_Unadvise,
    table_view_GetStatus,
    table_view_SetColumns,
    table_view_QueryColumns,
    table_view_GetRowCount,
    table_view_SeekRow,
    table_view_SeekRowApprox,
    table_view_QueryPosition,
    table_view_FindRow,
    table_view_Restrict,
    table_view_CreateBookmark,
    table_view_FreeBookmark,
    table_view_SortTable,
    table_view_QuerySortOrder,
    table_view_QueryRows,
    table_view_Abort,
    table_view_ExpandRow,
    table_view_CollapseRow,
    table_view_WaitForCompletion,
    table_view_GetCollapseState,
    table_view_SetCollapseState,
};

HRESULT table_view_create(struct table_data *data, ULONG string_type, const SSortOrderSet *sort,
                          CALLERRELEASE *release, ULONG_PTR release_data, IMAPITable **ret)
{
    struct table_view *view;
    HRESULT hr;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!(view = platform_alloc_zero(sizeof(*view)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    view->IMAPITable_iface.lpVtbl = &table_view_vtbl;
    view->refs = 1;
    view->holds = 1;
    view->data = data;
    view->string_type = string_type;
    view->release = release;
    view->release_data = release_data;
    view->next_bookmark = FIRST_BOOKMARK;

    hr = sort_order_copy(sort, &view->sort);
    if (SUCCEEDED(hr)) hr = sink_list_create(&view->sinks);
    table_data_lock(data);
    if (SUCCEEDED(hr))
        hr = column_set_create(data->column_count, data->columns, string_type, &view->columns);
    if (SUCCEEDED(hr))
        hr = view_find_mvi_tags(view->columns, view->sort, &view->mvi_tags, &view->mvi_count);
    if (SUCCEEDED(hr))
    {
        view->number = data->next_view++;
        view->next = data->views;
        if (view->next) view->next->prev = view;
        data->views = view;
        ITableData_AddRef(&data->ITableData_iface);
    }
    table_data_unlock(data);
    if (FAILED(hr))
    {
        table_view_drop(view);
        return hr;
    }
    *ret = &view->IMAPITable_iface;
    return S_OK;
}

HRESULT table_view(ITableData *iface, ULONG flags, const SSortOrderSet *sort, IMAPITable **ret)
{
    struct table_data *data = table_data_from_iface(iface);

    if (ret) *ret = NULL;
    if (!ret || !data) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return table_view_create(data, flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8, sort, NULL, 0,
                             ret);
}
