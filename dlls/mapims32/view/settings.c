/*
 * Tables over the property database: columns, order and restriction
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
 * Settings are checked first, then put in the place of those before, so that a call that fails
 * leaves the table as it was. While the whole table in memory is in charge, calls go on to it; it
 * comes and goes with the settings that need it. Nothing is done in the background: TBL_ASYNC is
 * done when the call returns, TBL_BATCH when rows are next asked for.
 */

#include "view/viewpriv.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SET_FLAGS (TBL_ASYNC | TBL_BATCH)
#define MAX_COLUMNS 0x4000

void view_drop_whole(IMAPITable *whole, ULONG_PTR connection)
{
    if (!whole) return;
    if (connection) IMAPITable_Unadvise(whole, connection);
    IMAPITable_Release(whole);
}

struct settings
{
    SPropTagArray *columns;
    SSortOrderSet *sort;
    ULONG order_count;
    struct db_sort order[DB_VIEW_MAX_COLUMNS];
    SRestriction *restriction;
};

static SCODE WINAPI internal_allocate(ULONG size, void **ret)
{
    return (*ret = platform_alloc(size)) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static ULONG WINAPI internal_free(void *block)
{
    platform_free(block);
    return 0;
}

static const struct mapi_allocators internal_allocators =
{
    internal_allocate, NULL, internal_free
};

SPropTagArray *view_copy_tags(const SPropTagArray *tags)
{
    SPropTagArray *ret = platform_alloc(CbNewSPropTagArray(tags->cValues));

    if (ret) memcpy(ret, tags, CbNewSPropTagArray(tags->cValues));
    return ret;
}

/* The column of which each value makes a row, or 0. */
static ULONG multi_of(const SSortOrderSet *sort)
{
    ULONG i;

    for (i = 0; sort && i < sort->cSorts; i++)
        if ((PROP_TYPE(sort->aSort[i].ulPropTag) & MVI_FLAG) == MVI_FLAG)
            return sort->aSort[i].ulPropTag;
    return 0;
}

/* Is it an order that the database keeps? */
static BOOL is_kept(const struct view *view, const SSortOrderSet *sort)
{
    const ULONG multi = multi_of(sort);
    ULONG i, type, instances = 0;

    if (!sort) return TRUE;
    /* Two more tell what is unread. */
    if (sort->cSorts > DB_VIEW_MAX_COLUMNS - 2) return FALSE;
    for (i = 0; i < sort->cSorts; i++)
    {
        type = PROP_TYPE(sort->aSort[i].ulPropTag);
        if (PROP_ID(sort->aSort[i].ulPropTag) == PROP_ID(multi) && multi && instances++)
            return FALSE;
        if (sort->aSort[i].ulPropTag == multi) type &= ~MV_INSTANCE;
        if ((type & MV_INSTANCE) || type == PT_UNSPECIFIED || type == PT_NULL || type == PT_OBJECT
            || type == PT_ERROR || !prop_type_known(type))
            return FALSE;
        /* Each category has one heading, and a row is in one. */
        if (sort->cCategories && (type & MV_FLAG) && sort->aSort[i].ulPropTag != multi)
            return FALSE;
        if (sort->aSort[i].ulOrder != TABLE_SORT_ASCEND
            && sort->aSort[i].ulOrder != TABLE_SORT_DESCEND
            && (sort->aSort[i].ulOrder != TABLE_SORT_COMBINE || !i || i >= sort->cCategories))
            return FALSE;
        if (!view->owner->is_stored(view->context, sort->aSort[i].ulPropTag)) return FALSE;
    }
    return TRUE;
}

static ULONG limit_of(const SRestriction *restriction)
{
    return restriction && restriction->rt == RES_COUNT ? restriction->res.resCount.ulCount : ~0u;
}

static BOOL needs_whole(const struct view *view, const struct settings *settings)
{
    const ULONG multi = multi_of(settings->sort);
    ULONG i, tag;

    for (i = 0; i < settings->columns->cValues; i++)
    {
        tag = settings->columns->aulPropTag[i];
        if ((PROP_TYPE(tag) & MVI_FLAG) == MVI_FLAG && (!multi || PROP_ID(tag) != PROP_ID(multi)))
            return TRUE;
    }
    /* A row matches by its own value, an object by all of them. */
    if (multi && settings->restriction && restriction_names(settings->restriction, multi))
        return TRUE;
    if (settings->sort && settings->sort->cCategories && limit_of(settings->restriction) != ~0u)
        return TRUE;
    return !is_kept(view, settings->sort);
}

static HRESULT make_whole(struct view *view, const struct settings *settings, ULONG flags,
                          BOOL told, IMAPITable **ret, ULONG_PTR *connection)
{
    HRESULT hr;

    TRACE("%p takes all rows into memory\n", view);

    *connection = 0;
    hr = view->owner->whole(view->context, view->parent, view->list, view->flags, ret);
    if (SUCCEEDED(hr)) hr = IMAPITable_SetColumns(*ret, settings->columns, 0);
    if (SUCCEEDED(hr) && settings->restriction)
        hr = IMAPITable_Restrict(*ret, settings->restriction, TBL_BATCH);
    if (SUCCEEDED(hr) && settings->sort)
        hr = IMAPITable_SortTable(*ret, settings->sort, flags & TBL_BATCH);
    if (SUCCEEDED(hr) && told) hr = relay_advise(view, *ret, connection);
    if (FAILED(hr) && *ret)
    {
        view_drop_whole(*ret, *connection);
        *ret = NULL;
    }
    return hr;
}

/* What the order makes of objects. A column with TABLE_SORT_COMBINE belongs to the level of the one
 * before. */
static void set_shape(struct view *view, BOOL kept)
{
    const SSortOrderSet *sort = view->sort;
    ULONG i;

    view->levels = 0;
    view->multi = kept ? multi_of(sort) : 0;
    for (i = 0; kept && sort && i < sort->cCategories; i++)
        if (i + 1 == sort->cCategories || sort->aSort[i + 1].ulOrder != TABLE_SORT_COMBINE)
            view->level_columns[view->levels++] = i + 1;
}

static BOOL has_column(const SPropTagArray *columns, ULONG tag)
{
    ULONG i;

    for (i = 0; i < columns->cValues; i++)
        if (PROP_ID(columns->aulPropTag[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

/* Rows in the place of those that were: cs is held. */
static void apply(struct view *view, struct settings *settings, ULONG event, BOOL kept)
{
    SPropTagArray *columns = view->columns;
    SRestriction *restriction = view->restriction;
    SSortOrderSet *sort = view->sort;

    view->columns = settings->columns;
    view->restriction = settings->restriction;
    view->limit = limit_of(view->restriction);
    view->sort = settings->sort;
    view->order_count = settings->order_count;
    memcpy(view->order, settings->order, settings->order_count * sizeof(*view->order));
    if (columns == view->columns) columns = NULL;
    if (restriction == view->restriction) restriction = NULL;
    if (sort == view->sort) sort = NULL;
    platform_free(columns);
    platform_free(restriction);
    platform_free(sort);
    view->unread_wanted = has_column(view->columns, PR_CONTENT_UNREAD);
    if (event == TABLE_SETCOL_DONE) return;
    view_forget_rows(view);
    headings_forget(view);
    set_shape(view, kept);
    view_forget_bookmarks(view);
    place_clear(&view->cursor);
}

static void current_settings(struct view *view, struct settings *settings)
{
    settings->columns = view->columns;
    settings->restriction = view->restriction;
    settings->sort = view->sort;
    settings->order_count = view->order_count;
    memcpy(settings->order, view->order, view->order_count * sizeof(*view->order));
}

static void set_order(struct view *view, struct settings *settings)
{
    ULONG i;

    if (!settings->sort || !is_kept(view, settings->sort))
    {
        settings->order_count = view->first_count;
        memcpy(settings->order, view->first_order, view->first_count * sizeof(*settings->order));
        return;
    }
    settings->order_count = settings->sort->cSorts;
    for (i = 0; i < settings->sort->cSorts; i++)
    {
        settings->order[i].tag = settings->sort->aSort[i].ulPropTag;
        settings->order[i].descending = settings->sort->aSort[i].ulOrder == TABLE_SORT_DESCEND;
    }
}

/* It has a state of its own to keep: which rows are expanded, where it is. */
static HRESULT change_whole(IMAPITable *whole, ULONG event, const struct settings *settings,
                            ULONG flags)
{
    static SSortOrderSet unsorted;

    switch (event)
    {
    case TABLE_SETCOL_DONE:
        return IMAPITable_SetColumns(whole, settings->columns, flags);
    case TABLE_SORT_DONE:
        return IMAPITable_SortTable(whole, settings->sort ? settings->sort : &unsorted, flags);
    default:
        return IMAPITable_Restrict(whole, settings->restriction, flags);
    }
}

/* With the new value of one setting, which it takes over: columns, sort or restriction by event. */
static HRESULT change(struct view *view, ULONG event, SPropTagArray *columns, SSortOrderSet *sort,
                      SRestriction *restriction, ULONG flags)
{
    IMAPITable *whole = NULL, *old = NULL;
    ULONG_PTR connection = 0, old_connection = 0;
    struct settings settings;
    struct look look;
    HRESULT hr = S_OK;
    BOOL needed, made, taken = FALSE;

    EnterCriticalSection(&view->setting);
    current_settings(view, &settings);
    if (event == TABLE_SETCOL_DONE) settings.columns = columns;
    else if (event == TABLE_SORT_DONE) settings.sort = sort;
    else settings.restriction = restriction;
    set_order(view, &settings);
    needed = needs_whole(view, &settings);
    if (needed && view->whole) hr = change_whole(view->whole, event, &settings, flags);
    else if (needed)
        hr = make_whole(view, &settings, flags, view->sinks != 0, &whole, &connection);
    else if (event == TABLE_SORT_DONE && !(flags & TBL_BATCH))
        hr = db_view_ensure(view->db, view->parent, view->list, settings.order_count,
                            settings.order, &made);

    EnterCriticalSection(&view->cs);
    if ((taken = SUCCEEDED(hr)))
    {
        apply(view, &settings, event, !needed);
        if ((whole != NULL) || (!needed && view->whole))
        {
            view_forget_rows(view);
            headings_forget(view);
            set_shape(view, !needed);
            view_forget_bookmarks(view);
            place_clear(&view->cursor);
            old = view->whole;
            old_connection = view->whole_connection;
            view->whole = whole;
            view->whole_connection = connection;
        }
        /* The whole table tells of its own changes, except of the one it came with. */
        if (!needed || whole) event_queue(view, event, S_OK);
        /* What goes wrong with the rows, the call that reads them says as well. */
        if (!needed && event == TABLE_RESTRICT_DONE && !(flags & TBL_BATCH)
            && SUCCEEDED(hr = look_begin(view, &look)))
            look_end(&look);
    }
    LeaveCriticalSection(&view->cs);
    LeaveCriticalSection(&view->setting);
    view_drop_whole(old, old_connection);
    if (!taken)
    {
        platform_free(columns);
        platform_free(sort);
        platform_free(restriction);
    }
    events_deliver(view);
    return hr;
}

HRESULT WINAPI view_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags)
{
    SPropTagArray *copy;
    ULONG i, type;

    TRACE("%p %p %#lx\n", iface, tags, flags);

    if (!tags || !tags->cValues || tags->cValues > MAX_COLUMNS) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    for (i = 0; i < tags->cValues; i++)
    {
        type = PROP_TYPE(tags->aulPropTag[i]) & ~MV_INSTANCE;
        if (type != PT_UNSPECIFIED && type != PT_NULL && type != PT_ERROR && type != PT_OBJECT
            && !prop_type_known(type))
            return MAPI_E_INVALID_PARAMETER;
    }
    if (!(copy = view_copy_tags(tags))) return MAPI_E_NOT_ENOUGH_MEMORY;
    return change(impl_from_IMAPITable(iface), TABLE_SETCOL_DONE, copy, NULL, NULL, flags);
}

HRESULT WINAPI view_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags)
{
    SRestriction *copy = NULL, *inner = restriction;
    HRESULT hr;

    TRACE("%p %p %#lx\n", iface, restriction, flags);

    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (restriction)
    {
        if (FAILED(hr = restriction_check(restriction))) return hr;
        /* A count is of all rows. */
        if (restriction->rt == RES_COUNT) inner = restriction->res.resCount.lpRes;
        if (restriction_uses(inner, RES_COUNT)) return MAPI_E_TOO_COMPLEX;
        if (FAILED(hr = restriction_copy(&internal_allocators, restriction, &copy))) return hr;
    }
    return change(impl_from_IMAPITable(iface), TABLE_RESTRICT_DONE, NULL, NULL, copy, flags);
}

HRESULT WINAPI view_SortTable(IMAPITable *iface, SSortOrderSet *sort, ULONG flags)
{
    SSortOrderSet *copy = NULL;

    TRACE("%p %p %#lx\n", iface, sort, flags);

    if (!sort) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (sort->cCategories > sort->cSorts || sort->cExpanded > sort->cCategories)
        return MAPI_E_INVALID_PARAMETER;
    if (sort->cSorts > DB_VIEW_MAX_COLUMNS) return MAPI_E_TOO_COMPLEX;
    if (sort->cSorts)
    {
        if (!(copy = platform_alloc(CbNewSSortOrderSet(sort->cSorts))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(copy, sort, CbNewSSortOrderSet(sort->cSorts));
    }
    return change(impl_from_IMAPITable(iface), TABLE_SORT_DONE, NULL, copy, NULL, flags);
}

HRESULT WINAPI view_QuerySortOrder(IMAPITable *iface, SSortOrderSet **ret)
{
    static const SSortOrderSet unsorted;
    struct view *view = impl_from_IMAPITable(iface);
    const SSortOrderSet *sort;
    HRESULT hr;

    TRACE("%p %p\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    EnterCriticalSection(&view->cs);
    sort = view->sort ? view->sort : &unsorted;
    hr = MAPIAllocateBuffer(view->sort ? CbSSortOrderSet(sort) : sizeof(*sort), (void **)ret);
    if (SUCCEEDED(hr))
        memcpy(*ret, sort, view->sort ? CbSSortOrderSet(sort) : sizeof(*sort));
    else *ret = NULL;
    LeaveCriticalSection(&view->cs);
    return FAILED(hr) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}
