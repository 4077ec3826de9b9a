/*
 * What a view shows and in which order: columns, restriction, sort order
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
 * SetColumns, Restrict and SortTable check and copy what they are given, then put it in the place
 * of what the view has and make its rows anew; if that fails, what it had comes back and the rows
 * never went. With TBL_BATCH the rows are put together when they are next needed, with TBL_ASYNC by
 * a worker. The _DONE notification follows each.
 */

#define COBJMACROS

#include <string.h>

#include "object/table.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SET_FLAGS (TBL_ASYNC | TBL_BATCH)

void view_settings_clear(struct view_settings *settings)
{
    column_set_release(settings->columns);
    platform_free(settings->sort);
    platform_free(settings->restriction);
    memset(settings, 0, sizeof(*settings));
}

static void add_mvi_tag(ULONG *tags, ULONG *count, ULONG tag)
{
    ULONG i;

    if ((PROP_TYPE(tag) & MVI_FLAG) != MVI_FLAG) return;
    for (i = 0; i < *count; i++)
        if (PROP_ID(tags[i]) == PROP_ID(tag)) return;
    tags[(*count)++] = tag;
}

/* Which multi-valued columns make a row of each value, in these columns and that order. */
HRESULT view_find_mvi_tags(const struct column_set *columns, const SSortOrderSet *sort,
                           ULONG **tags, ULONG *count)
{
    ULONG i, sorts = sort ? sort->cSorts : 0;

    *tags = NULL;
    *count = 0;
    for (i = 0; i < columns->count && (PROP_TYPE(columns->tags[i]) & MVI_FLAG) != MVI_FLAG; i++) {}
    if (i == columns->count)
    {
        for (i = 0; i < sorts && (PROP_TYPE(sort->aSort[i].ulPropTag) & MVI_FLAG) != MVI_FLAG; i++)
        {
        }
        if (i == sorts) return S_OK;
    }
    if (!(*tags = platform_alloc((columns->count + sorts) * sizeof(**tags))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < columns->count; i++) add_mvi_tag(*tags, count, columns->tags[i]);
    for (i = 0; i < sorts; i++) add_mvi_tag(*tags, count, sort->aSort[i].ulPropTag);
    return S_OK;
}

static BOOL same_tags(const ULONG *a, ULONG a_count, const ULONG *b, ULONG b_count)
{
    return a_count == b_count && (!a_count || !memcmp(a, b, a_count * sizeof(*a)));
}

/* Gives the view what is set, and the settings what it had. */
static void swap_settings(struct table_view *view, struct view_settings *settings)
{
    struct column_set *columns = view->columns;
    SRestriction *restriction = view->restriction;
    SSortOrderSet *sort = view->sort;

    switch (settings->kind)
    {
    case TBLSTAT_SETTING_COLS:
        view->columns = settings->columns;
        settings->columns = columns;
        break;
    case TBLSTAT_RESTRICTING:
        view->restriction = settings->restriction;
        settings->restriction = restriction;
        break;
    case TBLSTAT_SORTING:
        view->sort = settings->sort;
        settings->sort = sort;
        break;
    }
}

static ULONG done_event(const struct view_settings *settings)
{
    switch (settings->kind)
    {
    case TBLSTAT_SETTING_COLS:
        return TABLE_SETCOL_DONE;
    case TBLSTAT_RESTRICTING:
        return TABLE_RESTRICT_DONE;
    default:
        return TABLE_SORT_DONE;
    }
}

static HRESULT make_rows(struct table_view *view, const struct view_settings *settings,
                         BOOL same_instances, BOOL had_levels, ULONG flags)
{
    if (settings->kind == TBLSTAT_SETTING_COLS)
    {
        if (!view->built || same_instances) return S_OK;
    }
    else if (flags & TBL_BATCH)
    {
        view_clear(view);
        view_forget_bookmarks(view);
        return S_OK;
    }
    if (settings->kind == TBLSTAT_SORTING && view->built && !view->mvi_count && same_instances
        && !had_levels && !view_levels(view))
        return view_resort(view);
    return view_rebuild(view);
}

HRESULT view_apply_settings(struct table_view *view, struct view_settings *settings, ULONG flags)
{
    ULONG *tags, *old_tags = view->mvi_tags, count, old_count = view->mvi_count;
    BOOL had_levels = view_levels(view) != 0;
    HRESULT hr;

    swap_settings(view, settings);
    if (SUCCEEDED(hr = view_find_mvi_tags(view->columns, view->sort, &tags, &count)))
    {
        view->mvi_tags = tags;
        view->mvi_count = count;
        hr = make_rows(view, settings, same_tags(tags, count, old_tags, old_count), had_levels,
                       flags);
        if (SUCCEEDED(hr))
        {
            platform_free(old_tags);
            view_queue_event(view, done_event(settings), S_OK);
            return hr;
        }
        platform_free(tags);
        view->mvi_tags = old_tags;
        view->mvi_count = old_count;
    }
    swap_settings(view, settings);
    return hr;
}

/* Takes over what the settings hold. */
static HRESULT change_settings(struct table_view *view, struct view_settings *settings, ULONG flags)
{
    BOOL async = (flags & SET_FLAGS) == TBL_ASYNC;
    HRESULT hr;

    if (SUCCEEDED(hr = view_enter(view)))
    {
        if (async)
            hr = view_start_operation(view, settings);
        else if (SUCCEEDED(hr = view_apply_settings(view, settings, flags)))
            InterlockedExchange(&view->status, TBLSTAT_COMPLETE);
        table_data_unlock(view->data);
        /* Threads are started without the lock. */
        if (async && SUCCEEDED(hr)) view_submit_operation(view);
    }
    view_settings_clear(settings);
    return hr;
}

/* --- columns --------------------------------------------------------------------------------------- */

HRESULT WINAPI table_view_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags)
{
    struct view_settings settings = { TBLSTAT_SETTING_COLS };
    HRESULT hr;

    TRACE("%p %p %#lx\n", iface, tags, flags);

    if (!tags || !tags->cValues) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = column_set_create(tags->cValues, tags->aulPropTag, 0, &settings.columns)))
        return hr;
    return change_settings(impl_from_IMAPITable(iface), &settings, flags);
}

HRESULT WINAPI table_view_QueryColumns(IMAPITable *iface, ULONG flags, SPropTagArray **ret)
{
    struct table_view *view = impl_from_IMAPITable(iface);
    const struct mapi_allocators *allocators = &view->data->allocators;
    struct column_set *columns;
    SPropTagArray *tags;
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~TBL_ALL_COLUMNS) return MAPI_E_UNKNOWN_FLAGS;

    if (FAILED(hr = view_enter(view))) return hr;
    if (flags & TBL_ALL_COLUMNS)
        hr = column_set_create(view->data->column_count, view->data->columns, view->string_type,
                               &columns);
    else
        columns = column_set_addref(view->columns);
    table_data_unlock(view->data);
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

/* --- restriction ----------------------------------------------------------------------------------- */

/* A count can be kept for a whole table only; a table's rows have no sub-objects. */
HRESULT view_check_restriction(const SRestriction *restriction)
{
    const SRestriction *inner = restriction;
    HRESULT hr;

    if (FAILED(hr = restriction_check(restriction))) return hr;
    if (restriction->rt == RES_COUNT) inner = restriction->res.resCount.lpRes;
    if (restriction_uses(inner, RES_COUNT) || restriction_uses(restriction, RES_SUBRESTRICTION))
        return MAPI_E_TOO_COMPLEX;
    return S_OK;
}

HRESULT WINAPI table_view_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags)
{
    struct view_settings settings = { TBLSTAT_RESTRICTING };
    HRESULT hr;

    TRACE("%p %p %#lx\n", iface, restriction, flags);

    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (restriction)
    {
        if (FAILED(hr = view_check_restriction(restriction))) return hr;
        if (FAILED(hr = restriction_copy(&table_internal_allocators, restriction,
                                         &settings.restriction)))
            return hr;
    }
    return change_settings(impl_from_IMAPITable(iface), &settings, flags);
}

/* --- order ----------------------------------------------------------------------------------------- */

HRESULT sort_order_check(const SSortOrderSet *sort)
{
    ULONG i, type, order, before;

    if (sort->cCategories > sort->cSorts || sort->cExpanded > sort->cCategories)
        return MAPI_E_INVALID_PARAMETER;
    if (sort->cSorts > TABLE_MAX_SORTS) return MAPI_E_TOO_COMPLEX;
    for (i = 0; i < sort->cSorts; i++)
    {
        type = PROP_TYPE(sort->aSort[i].ulPropTag) & ~MV_INSTANCE;
        order = sort->aSort[i].ulOrder;
        if (type == PT_UNSPECIFIED || type == PT_NULL || type == PT_OBJECT
            || !prop_type_known(type))
            return MAPI_E_TOO_COMPLEX;
        if (order == TABLE_SORT_COMBINE)
        {
            /* It joins a category to the one before. */
            if (!i || i >= sort->cCategories) return MAPI_E_INVALID_PARAMETER;
            before = sort->aSort[i - 1].ulOrder;
            if (before == TABLE_SORT_CATEG_MIN || before == TABLE_SORT_CATEG_MAX)
                return MAPI_E_INVALID_PARAMETER;
        }
        else if (order == TABLE_SORT_CATEG_MIN || order == TABLE_SORT_CATEG_MAX)
        {
            /* It ranks the categories of the column before, and has one value a row. */
            if (!i || i > sort->cCategories) return MAPI_E_INVALID_PARAMETER;
            before = sort->aSort[i - 1].ulOrder;
            if (before == TABLE_SORT_CATEG_MIN || before == TABLE_SORT_CATEG_MAX)
                return MAPI_E_TOO_COMPLEX;
            if (sort->aSort[i].ulPropTag & MV_FLAG) return MAPI_E_TOO_COMPLEX;
        }
        else if (order != TABLE_SORT_ASCEND && order != TABLE_SORT_DESCEND)
        {
            return MAPI_E_TOO_COMPLEX;
        }
    }
    return S_OK;
}

/* NULL for an order of no columns. */
HRESULT sort_order_copy(const SSortOrderSet *sort, SSortOrderSet **ret)
{
    HRESULT hr;

    *ret = NULL;
    if (!sort) return S_OK;
    if (FAILED(hr = sort_order_check(sort)) || !sort->cSorts) return hr;
    if (!(*ret = platform_alloc(CbNewSSortOrderSet(sort->cSorts)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*ret, sort, CbNewSSortOrderSet(sort->cSorts));
    return S_OK;
}

HRESULT WINAPI table_view_SortTable(IMAPITable *iface, SSortOrderSet *sort, ULONG flags)
{
    struct view_settings settings = { TBLSTAT_SORTING };
    HRESULT hr;

    TRACE("%p %p %#lx\n", iface, sort, flags);

    if (!sort) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = sort_order_copy(sort, &settings.sort))) return hr;
    return change_settings(impl_from_IMAPITable(iface), &settings, flags);
}

HRESULT WINAPI table_view_QuerySortOrder(IMAPITable *iface, SSortOrderSet **ret)
{
    static const SSortOrderSet unsorted;
    struct table_view *view = impl_from_IMAPITable(iface);
    SSortOrderSet *copy = NULL;
    const SSortOrderSet *from;
    ULONG size;
    HRESULT hr;

    TRACE("%p %p\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (FAILED(hr = view_enter(view))) return hr;
    if (view->sort && !(copy = platform_alloc(CbSSortOrderSet(view->sort))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (copy) memcpy(copy, view->sort, CbSSortOrderSet(view->sort));
    table_data_unlock(view->data);
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
