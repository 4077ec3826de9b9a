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
 * Every method checks its arguments, takes the data's lock, works on the view's nodes and gives the lock
 * back; rows are handed out after that. SetColumns, Restrict and SortTable are done when they return, with
 * TBL_ASYNC as well; with TBL_BATCH the rows are put together when they are next needed. Their _DONE
 * notification follows each. The view holds a reference to the data; its rows' memory comes from the
 * allocators the data was created with.
 */

#define COBJMACROS

#include <string.h>

#include "object/table.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define MAX_BOOKMARKS 4096
#define FIRST_BOOKMARK 3        /* the values below are the predefined ones */
#define SET_FLAGS (TBL_ASYNC | TBL_BATCH)

static void lock_view(struct table_view *view)
{
    table_data_lock(view->data);
}

static void unlock_view(struct table_view *view)
{
    table_data_unlock(view->data);
}

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
    lock_view(view);
    view->dying = TRUE;
    unlock_view(view);
    if (view->release)
    {
        InterlockedIncrement(&view->refs);
        view->release(view->release_data, &data->ITableData_iface, iface);
    }

    lock_view(view);
    if (view->next) view->next->prev = view->prev;
    if (view->prev)
        view->prev->next = view->next;
    else
        data->views = view->next;
    view_drop_events(view);
    view_clear(view);
    unlock_view(view);
    sink_list_clear(view->sinks);
    table_view_drop(view);
    ITableData_Release(&data->ITableData_iface);
    return 0;
}

static HRESULT WINAPI table_view_GetLastError(IMAPITable *iface, HRESULT hr, ULONG flags, MAPIERROR **ret)
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
    if (FAILED(hr = sink_list_advise(view->sinks, event_mask & fnevTableModified, sink, connection))) return hr;
    /* Built, it can tell which rows change; it tells only that something did if that fails now. */
    lock_view(view);
    view_build(view);
    unlock_view(view);
    return S_OK;
}

static HRESULT WINAPI table_view_Unadvise(IMAPITable *iface, ULONG_PTR connection)
{
    TRACE("%p %Iu\n", iface, connection);
    return sink_list_unadvise(impl_from_IMAPITable(iface)->sinks, connection);
}

static HRESULT WINAPI table_view_GetStatus(IMAPITable *iface, ULONG *status, ULONG *type)
{
    TRACE("%p %p %p\n", iface, status, type);

    if (!status || !type) return MAPI_E_INVALID_PARAMETER;
    *status = TBLSTAT_COMPLETE;
    *type = impl_from_IMAPITable(iface)->data->type;
    return S_OK;
}

/* --- columns --------------------------------------------------------------------------------------- */

static void add_mvi_tag(ULONG *tags, ULONG *count, ULONG tag)
{
    ULONG i;

    if ((PROP_TYPE(tag) & MVI_FLAG) != MVI_FLAG) return;
    for (i = 0; i < *count; i++)
        if (PROP_ID(tags[i]) == PROP_ID(tag)) return;
    tags[(*count)++] = tag;
}

/* Which multi-valued columns make a row of each value, in these columns and that order. */
static HRESULT find_mvi_tags(const struct column_set *columns, const SSortOrderSet *sort, ULONG **tags,
                             ULONG *count)
{
    ULONG i, sorts = sort ? sort->cSorts : 0;

    *tags = NULL;
    *count = 0;
    for (i = 0; i < columns->count && (PROP_TYPE(columns->tags[i]) & MVI_FLAG) != MVI_FLAG; i++) {}
    if (i == columns->count)
    {
        for (i = 0; i < sorts && (PROP_TYPE(sort->aSort[i].ulPropTag) & MVI_FLAG) != MVI_FLAG; i++) {}
        if (i == sorts) return S_OK;
    }
    if (!(*tags = platform_alloc((columns->count + sorts) * sizeof(**tags)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < columns->count; i++) add_mvi_tag(*tags, count, columns->tags[i]);
    for (i = 0; i < sorts; i++) add_mvi_tag(*tags, count, sort->aSort[i].ulPropTag);
    return S_OK;
}

static BOOL same_tags(const ULONG *a, ULONG a_count, const ULONG *b, ULONG b_count)
{
    return a_count == b_count && (!a_count || !memcmp(a, b, a_count * sizeof(*a)));
}

static HRESULT WINAPI table_view_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONG *mvi_tags, mvi_count, *old_tags, old_count;
    struct column_set *columns;
    HRESULT hr;

    TRACE("%p %p %#lx\n", iface, tags, flags);

    if (!tags || !tags->cValues) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = column_set_create(tags->cValues, tags->aulPropTag, 0, &columns))) return hr;

    lock_view(view);
    hr = find_mvi_tags(columns, view->sort, &mvi_tags, &mvi_count);
    if (SUCCEEDED(hr))
    {
        old_tags = view->mvi_tags;
        old_count = view->mvi_count;
        view->mvi_tags = mvi_tags;
        view->mvi_count = mvi_count;
        if (view->built && !same_tags(mvi_tags, mvi_count, old_tags, old_count)) hr = view_rebuild(view);
        if (SUCCEEDED(hr))
        {
            platform_free(old_tags);
            column_set_release(view->columns);
            view->columns = columns;
            view_queue_event(view, TABLE_SETCOL_DONE, S_OK);
        }
        else
        {
            platform_free(mvi_tags);
            view->mvi_tags = old_tags;
            view->mvi_count = old_count;
        }
    }
    unlock_view(view);
    if (FAILED(hr)) column_set_release(columns);
    return hr;
}

static HRESULT WINAPI table_view_QueryColumns(IMAPITable *iface, ULONG flags, SPropTagArray **ret)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    const struct mapi_allocators *allocators = &view->data->allocators;
    struct column_set *columns;
    SPropTagArray *tags;
    HRESULT hr = S_OK;

    TRACE("%p %#lx %p\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~TBL_ALL_COLUMNS) return MAPI_E_UNKNOWN_FLAGS;

    lock_view(view);
    if (flags & TBL_ALL_COLUMNS)
        hr = column_set_create(view->data->column_count, view->data->columns, view->string_type, &columns);
    else
        columns = column_set_addref(view->columns);
    unlock_view(view);
    if (FAILED(hr)) return hr;

    if (SUCCEEDED(allocators->allocate(CbNewSPropTagArray(columns->count), (void **)&tags)))
    {
        tags->cValues = columns->count;
        memcpy(tags->aulPropTag, columns->tags, columns->count * sizeof(*columns->tags));
        *ret = tags;
    }
    else
    {
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    column_set_release(columns);
    return hr;
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
    lock_view(view);
    hr = view_build(view);
    if (SUCCEEDED(hr)) *count = ostree_visible(&view->nodes);
    unlock_view(view);
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

static HRESULT WINAPI table_view_SeekRow(IMAPITable *iface, BOOKMARK origin, LONG count, LONG *sought)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    LONGLONG target;
    ULONG position;
    HRESULT hr;

    TRACE("%p %Iu %ld %p\n", iface, (ULONG_PTR)origin, count, sought);

    if (sought) *sought = 0;
    lock_view(view);
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
    unlock_view(view);
    return hr;
}

static HRESULT WINAPI table_view_SeekRowApprox(IMAPITable *iface, ULONG numerator, ULONG denominator)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONGLONG position;
    HRESULT hr;

    TRACE("%p %lu %lu\n", iface, numerator, denominator);

    if (!denominator) return MAPI_E_INVALID_PARAMETER;
    lock_view(view);
    if (SUCCEEDED(hr = view_build(view)))
    {
        position = ostree_visible(&view->nodes);
        if (numerator < denominator) position = position * numerator / denominator;
        view_set_position(view, position);
    }
    unlock_view(view);
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
    lock_view(view);
    if (SUCCEEDED(hr = view_build(view)))
    {
        bookmark_position(view, BOOKMARK_CURRENT, row);
        *numerator = *row;
        *denominator = max(ostree_visible(&view->nodes), 1);
    }
    unlock_view(view);
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
    lock_view(view);
    hr = view_build(view);
    if (SUCCEEDED(hr)) hr = view_create_bookmark(view, view->cursor, ret);
    unlock_view(view);
    return hr;
}

static HRESULT WINAPI table_view_FreeBookmark(IMAPITable *iface, BOOKMARK id)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    struct view_bookmark *bookmark;

    TRACE("%p %Iu\n", iface, (ULONG_PTR)id);

    if (id == BOOKMARK_BEGINNING || id == BOOKMARK_CURRENT || id == BOOKMARK_END) return S_OK;
    lock_view(view);
    /* The node's flag may stay: it only says where to look. */
    if ((bookmark = find_bookmark(view, id))) *bookmark = view->bookmarks[--view->bookmark_count];
    unlock_view(view);
    return bookmark ? S_OK : MAPI_E_INVALID_BOOKMARK;
}

/* --- restrictions and order ------------------------------------------------------------------------ */

/* A count can be kept for a whole table only; a table's rows have no sub-objects. */
static HRESULT check_table_restriction(const SRestriction *restriction)
{
    const SRestriction *inner = restriction;
    HRESULT hr;

    if (FAILED(hr = restriction_check(restriction))) return hr;
    if (restriction->rt == RES_COUNT) inner = restriction->res.resCount.lpRes;
    if (restriction_uses(inner, RES_COUNT) || restriction_uses(restriction, RES_SUBRESTRICTION))
        return MAPI_E_TOO_COMPLEX;
    return S_OK;
}

/* Settings changed: the rows are made again now, or when they are needed. */
static HRESULT settings_changed(struct table_view *view, ULONG flags)
{
    if (!(flags & TBL_BATCH)) return view_rebuild(view);
    view_clear(view);
    view_forget_bookmarks(view);
    return S_OK;
}

static HRESULT WINAPI table_view_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    SRestriction *copy = NULL, *old;
    HRESULT hr;

    TRACE("%p %p %#lx\n", iface, restriction, flags);

    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (restriction)
    {
        if (FAILED(hr = check_table_restriction(restriction))) return hr;
        if (FAILED(hr = restriction_copy(&table_internal_allocators, restriction, &copy))) return hr;
    }
    lock_view(view);
    old = view->restriction;
    view->restriction = copy;
    hr = settings_changed(view, flags);
    if (SUCCEEDED(hr))
        view_queue_event(view, TABLE_RESTRICT_DONE, S_OK);
    else
        view->restriction = old;
    unlock_view(view);
    platform_free(SUCCEEDED(hr) ? old : copy);
    return hr;
}

HRESULT sort_order_check(const SSortOrderSet *sort)
{
    ULONG i, type, order;

    if (sort->cCategories > sort->cSorts || sort->cExpanded > sort->cCategories) return MAPI_E_INVALID_PARAMETER;
    if (sort->cSorts > TABLE_MAX_SORTS) return MAPI_E_TOO_COMPLEX;
    for (i = 0; i < sort->cSorts; i++)
    {
        type = PROP_TYPE(sort->aSort[i].ulPropTag) & ~MV_INSTANCE;
        order = sort->aSort[i].ulOrder;
        if (type == PT_UNSPECIFIED || type == PT_NULL || type == PT_OBJECT || !prop_type_known(type))
            return MAPI_E_TOO_COMPLEX;
        if (order == TABLE_SORT_COMBINE)
        {
            /* It joins a category to the one before. */
            if (!i || i >= sort->cCategories) return MAPI_E_INVALID_PARAMETER;
        }
        else if (order != TABLE_SORT_ASCEND && order != TABLE_SORT_DESCEND)
        {
            return MAPI_E_TOO_COMPLEX;
        }
    }
    return S_OK;
}

/* NULL for an order of no columns. */
static HRESULT copy_sort(const SSortOrderSet *sort, SSortOrderSet **ret)
{
    HRESULT hr;

    *ret = NULL;
    if (!sort) return S_OK;
    if (FAILED(hr = sort_order_check(sort)) || !sort->cSorts) return hr;
    if (!(*ret = platform_alloc(CbNewSSortOrderSet(sort->cSorts)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*ret, sort, CbNewSSortOrderSet(sort->cSorts));
    return S_OK;
}

static HRESULT WINAPI table_view_SortTable(IMAPITable *iface, SSortOrderSet *sort, ULONG flags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    ULONG *mvi_tags = NULL, mvi_count = 0, *old_tags, old_count;
    SSortOrderSet *copy, *old;
    HRESULT hr;

    TRACE("%p %p %#lx\n", iface, sort, flags);

    if (!sort) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = copy_sort(sort, &copy))) return hr;

    lock_view(view);
    old = view->sort;
    old_tags = view->mvi_tags;
    old_count = view->mvi_count;
    if (SUCCEEDED(hr = find_mvi_tags(view->columns, copy, &mvi_tags, &mvi_count)))
    {
        view->sort = copy;
        view->mvi_tags = mvi_tags;
        view->mvi_count = mvi_count;
        hr = settings_changed(view, flags);
        if (SUCCEEDED(hr))
        {
            view_queue_event(view, TABLE_SORT_DONE, S_OK);
        }
        else
        {
            view->sort = old;
            view->mvi_tags = old_tags;
            view->mvi_count = old_count;
        }
    }
    unlock_view(view);
    platform_free(SUCCEEDED(hr) ? old : copy);
    platform_free(SUCCEEDED(hr) ? old_tags : mvi_tags);
    return hr;
}

static HRESULT WINAPI table_view_QuerySortOrder(IMAPITable *iface, SSortOrderSet **ret)
{
    static const SSortOrderSet unsorted;
    struct table_view *view = impl_from_IMAPITable(iface);
    SSortOrderSet *copy = NULL;
    const SSortOrderSet *from;
    ULONG size;
    HRESULT hr = S_OK;

    TRACE("%p %p\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    lock_view(view);
    if (view->sort && !(copy = platform_alloc(CbSSortOrderSet(view->sort)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (copy) memcpy(copy, view->sort, CbSSortOrderSet(view->sort));
    unlock_view(view);
    if (FAILED(hr)) return hr;

    from = copy ? copy : &unsorted;
    size = copy ? CbSSortOrderSet(copy) : sizeof(unsorted);
    if (FAILED(view->data->allocators.allocate(size, (void **)ret)))
    {
        *ret = NULL;
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else
    {
        memcpy(*ret, from, size);
    }
    platform_free(copy);
    return hr;
}

/* --- finding and reading --------------------------------------------------------------------------- */

static HRESULT WINAPI table_view_FindRow(IMAPITable *iface, SRestriction *restriction, BOOKMARK origin,
                                         ULONG flags)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    HRESULT hr, found;
    ULONG position;

    TRACE("%p %p %Iu %#lx\n", iface, restriction, (ULONG_PTR)origin, flags);

    if (!restriction) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~DIR_BACKWARD) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check_table_restriction(restriction))) return hr;
    lock_view(view);
    hr = view_build(view);
    if (SUCCEEDED(hr)) hr = bookmark_position(view, origin, &position);
    if (SUCCEEDED(hr) && FAILED(found = view_find_row(view, restriction, position, flags & DIR_BACKWARD))) hr = found;
    unlock_view(view);
    return hr;
}

static HRESULT WINAPI table_view_QueryRows(IMAPITable *iface, LONG count, ULONG flags, SRowSet **ret)
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

    lock_view(view);
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
        if (SUCCEEDED(hr)) view_set_position(view, flags & TBL_NOADVANCE ? position : position + wanted);
    }
    unlock_view(view);

    if (SUCCEEDED(hr) && FAILED(hr = picked_out(&view->data->allocators, &picked, ret)))
    {
        /* What was not handed out has not been read. */
        lock_view(view);
        if (SUCCEEDED(view_build(view))) view_set_position(view, before);
        unlock_view(view);
    }
    picked_drop(&picked);
    return hr;
}

/* --- asynchronous operations ----------------------------------------------------------------------- */

static HRESULT WINAPI table_view_Abort(IMAPITable *iface)
{
    TRACE("%p\n", iface);

    /* Operations are done when their call returns: there is nothing left to stop. */
    return S_OK;
}

static HRESULT WINAPI table_view_WaitForCompletion(IMAPITable *iface, ULONG flags, ULONG timeout, ULONG *status)
{
    TRACE("%p %#lx %lu %p\n", iface, flags, timeout, status);

    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (status) *status = TBLSTAT_COMPLETE;
    return S_OK;
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

    hr = copy_sort(sort, &view->sort);
    if (SUCCEEDED(hr)) hr = sink_list_create(&view->sinks);
    table_data_lock(data);
    if (SUCCEEDED(hr)) hr = column_set_create(data->column_count, data->columns, string_type, &view->columns);
    if (SUCCEEDED(hr)) hr = find_mvi_tags(view->columns, view->sort, &view->mvi_tags, &view->mvi_count);
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
    return table_view_create(data, flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8, sort, NULL, 0, ret);
}
