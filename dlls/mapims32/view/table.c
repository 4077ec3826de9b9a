/*
 * Tables over the property database: IMAPITable
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
 * While the whole table in memory is in charge (settings.c), calls go on to it. A call that reads
 * does so with the lock held and in one transaction; what it has to tell is told behind that.
 */

#include <assert.h>

#include "view/viewpriv.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define MAX_BOOKMARKS 4096
#define FIRST_BOOKMARK 3                /* the values below are the predefined ones */
#define SAMPLE 32                       /* rows that are looked at for TBL_ALL_COLUMNS */

IMAPITable *view_enter(struct view *view)
{
    IMAPITable *whole;

    EnterCriticalSection(&view->cs);
    if (!(whole = view->whole)) return NULL;
    IMAPITable_AddRef(whole);
    LeaveCriticalSection(&view->cs);
    return whole;
}

void view_leave(struct view *view)
{
    LeaveCriticalSection(&view->cs);
    events_deliver(view);
}

HRESULT view_passed(IMAPITable *whole, HRESULT hr)
{
    IMAPITable_Release(whole);
    return hr;
}

/* ---- lifetime ---- */

static HRESULT WINAPI view_QueryInterface(IMAPITable *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPITable_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI view_AddRef(IMAPITable *iface)
{
    return InterlockedIncrement(&impl_from_IMAPITable(iface)->ref);
}

void view_forget_bookmarks(struct view *view)
{
    while (view->bookmark_count) place_clear(&view->bookmarks[--view->bookmark_count].place);
}

static void destroy(struct view *view)
{
    view_drop_whole(view->whole, view->whole_connection);
    events_unadvise_all(view);
    events_drop(view);
    view_forget_bookmarks(view);
    place_clear(&view->cursor);
    view_forget_rows(view);
    headings_forget(view);
    platform_free(view->bookmarks);
    platform_free(view->columns);
    platform_free(view->first_columns);
    platform_free(view->sort);
    platform_free(view->restriction);
    db_release(view->db);
    DeleteCriticalSection(&view->cs);
    DeleteCriticalSection(&view->setting);
    platform_free(view);
}

static ULONG WINAPI view_Release(IMAPITable *iface)
{
    struct view *view = impl_from_IMAPITable(iface);
    const struct view_owner *owner = view->owner;
    void *context = view->context;
    ULONG ref = InterlockedDecrement(&view->ref);

    if (ref) return ref;
    TRACE("%p ends\n", iface);
    /* Sinks go while the owner still has a support object. */
    events_unadvise_all(view);
    owner->gone(context, view);
    view->context = NULL;
    destroy(view);
    return 0;
}

static HRESULT WINAPI view_GetLastError(IMAPITable *iface, HRESULT hr, ULONG flags, MAPIERROR **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    /* A table has nothing to add to what its results say. */
    return flags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

static HRESULT WINAPI view_GetStatus(IMAPITable *iface, ULONG *status, ULONG *type)
{
    TRACE("%p %p %p\n", iface, status, type);

    if (!status || !type) return MAPI_E_INVALID_PARAMETER;
    *status = TBLSTAT_COMPLETE;
    *type = TBLTYPE_DYNAMIC;
    return S_OK;
}

/* Whatever was asked for has been done. */
static HRESULT WINAPI view_Abort(IMAPITable *iface)
{
    TRACE("%p\n", iface);
    return MAPI_E_UNABLE_TO_ABORT;
}

static HRESULT WINAPI view_WaitForCompletion(IMAPITable *iface, ULONG flags, ULONG timeout,
                                             ULONG *status)
{
    TRACE("%p %#lx %lu %p\n", iface, flags, timeout, status);

    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (status) *status = TBLSTAT_COMPLETE;
    return S_OK;
}

/* ---- columns ---- */

struct tag_list
{
    ULONG count;
    ULONG room;
    ULONG *tags;
};

static HRESULT add_tag(struct tag_list *list, ULONG tag)
{
    ULONG i, room, *grown;

    for (i = 0; i < list->count; i++)
        if (PROP_ID(list->tags[i]) == PROP_ID(tag)) return S_OK;
    if (list->count == list->room)
    {
        room = list->room ? list->room * 2 : 64;
        if (!(grown = platform_realloc(list->tags, room * sizeof(*grown))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->tags = grown;
        list->room = room;
    }
    list->tags[list->count++] = tag;
    return S_OK;
}

/* Those of the table at first, and what the first rows have besides. */
static HRESULT all_tags(struct view *view, struct tag_list *list)
{
    struct db_props *props;
    LONGLONG *ids = NULL;
    struct look look;
    ULONG count = 0, i, n;
    HRESULT hr = S_OK;

    for (i = 0; i < view->first_columns->cValues && SUCCEEDED(hr); i++)
        hr = add_tag(list, view->first_columns->aulPropTag[i]);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = look_begin(view, &look)))
    {
        hr = look_rows(view, &look, 0, SAMPLE, &ids, &count);
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            if (FAILED(db_object_load(look.txn, row_object(view, ids[i]), NULL, &props))) continue;
            for (n = 0; n < db_props_count(props) && SUCCEEDED(hr); n++)
                if (PROP_TYPE(db_props_tag(props, n)) != PT_OBJECT)
                    hr = add_tag(list, db_props_tag(props, n));
            db_props_destroy(props);
        }
        platform_free(ids);
        look_end(&look);
    }
    for (i = 0; i < list->count && !(view->flags & MAPI_UNICODE); i++)
        if (PROP_TYPE(list->tags[i]) == PT_UNICODE)
            list->tags[i] = CHANGE_PROP_TYPE(list->tags[i], PT_STRING8);
    return hr;
}

static HRESULT WINAPI view_QueryColumns(IMAPITable *iface, ULONG flags, SPropTagArray **ret)
{
    struct view *view = impl_from_IMAPITable(iface);
    struct tag_list list = { 0 };
    HRESULT hr = S_OK;
    IMAPITable *whole;

    TRACE("%p %#lx %p\n", iface, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~TBL_ALL_COLUMNS) return MAPI_E_UNKNOWN_FLAGS;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_QueryColumns(whole, flags, ret));
    if (flags & TBL_ALL_COLUMNS) hr = all_tags(view, &list);
    else
    {
        list.count = view->columns->cValues;
        if ((list.tags = platform_alloc(list.count * sizeof(*list.tags) + 1)))
            memcpy(list.tags, view->columns->aulPropTag, list.count * sizeof(*list.tags));
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr)
        && FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(list.count), (void **)ret)))
    {
        *ret = NULL;
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
    {
        (*ret)->cValues = list.count;
        memcpy((*ret)->aulPropTag, list.tags, list.count * sizeof(*list.tags));
    }
    platform_free(list.tags);
    view_leave(view);
    return hr;
}

/* ---- positions ---- */

static struct bookmark *find_bookmark(struct view *view, BOOKMARK id)
{
    ULONG i;

    for (i = 0; i < view->bookmark_count; i++)
        if (view->bookmarks[i].id == id) return &view->bookmarks[i];
    return NULL;
}

/* From now on the cursor is on a row, if there are any, and moves with it. */
static HRESULT settle(struct view *view, struct look *look)
{
    HRESULT hr;

    if (view->cursor.kind != PLACE_START) return S_OK;
    hr = shown_place(view, look, 0, &view->cursor);
    if (view->cursor.kind == PLACE_END) view->cursor.kind = PLACE_START;
    return hr;
}

/* S_OK, MAPI_W_POSITION_CHANGED, MAPI_E_INVALID_BOOKMARK. */
static HRESULT origin_position(struct view *view, struct look *look, BOOKMARK id, ULONG *position)
{
    struct bookmark *bookmark;
    BOOL gone, hidden;
    HRESULT hr;

    *position = 0;
    if (id == BOOKMARK_BEGINNING) return S_OK;
    if (id == BOOKMARK_END) return shown_count(view, look, position);
    if (id == BOOKMARK_CURRENT)
        return shown_position(view, look, &view->cursor, position, &gone, &hidden);
    if (!(bookmark = find_bookmark(view, id))) return MAPI_E_INVALID_BOOKMARK;
    hr = shown_position(view, look, &bookmark->place, position, &gone, &hidden);
    /* It comes back to its row when that shows again. */
    if (FAILED(hr) || !gone) return SUCCEEDED(hr) && hidden ? MAPI_W_POSITION_CHANGED : hr;
    /* Told once: it then stands on the row behind. */
    hr = shown_place(view, look, *position, &bookmark->place);
    return FAILED(hr) ? hr : MAPI_W_POSITION_CHANGED;
}

HRESULT view_enter_rows(struct view *view, struct look *look)
{
    HRESULT hr = look_begin(view, look);

    if (SUCCEEDED(hr) && FAILED(hr = settle(view, look))) look_end(look);
    if (FAILED(hr)) view_leave(view);
    return hr;
}

void view_leave_rows(struct view *view, struct look *look)
{
    look_end(look);
    view_leave(view);
}

static HRESULT WINAPI view_GetRowCount(IMAPITable *iface, ULONG flags, ULONG *count)
{
    struct view *view = impl_from_IMAPITable(iface);
    IMAPITable *whole;
    struct look look;
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, count);

    if (!count) return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_GetRowCount(whole, flags, count));
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = shown_count(view, &look, count);
    view_leave_rows(view, &look);
    return hr;
}

static HRESULT WINAPI view_SeekRow(IMAPITable *iface, BOOKMARK origin, LONG count, LONG *sought)
{
    struct view *view = impl_from_IMAPITable(iface);
    ULONG position, all;
    IMAPITable *whole;
    LONGLONG target;
    struct look look;
    HRESULT hr, moved;

    TRACE("%p %Iu %ld %p\n", iface, (ULONG_PTR)origin, count, sought);

    if (sought) *sought = 0;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_SeekRow(whole, origin, count, sought));
    /* The top is there whatever the file has; a look at it would be half of what showing it
     * costs. */
    if (origin == BOOKMARK_BEGINNING && count <= 0)
    {
        place_clear(&view->cursor);
        view_leave(view);
        return S_OK;
    }
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = origin_position(view, &look, origin, &position);
    target = max((LONGLONG)position + count, 0);
    if (SUCCEEDED(hr)
        && SUCCEEDED(moved = shown_reach(view, &look, (ULONG)min(target, 0x7fffffff), &all)))
    {
        if (target > all) target = all;
        moved = shown_place(view, &look, (ULONG)target, &view->cursor);
        if (SUCCEEDED(moved) && sought) *sought = (LONG)(target - position);
    }
    if (SUCCEEDED(hr) && FAILED(moved)) hr = moved;
    view_leave_rows(view, &look);
    return hr;
}

static HRESULT WINAPI view_SeekRowApprox(IMAPITable *iface, ULONG numerator, ULONG denominator)
{
    struct view *view = impl_from_IMAPITable(iface);
    IMAPITable *whole;
    struct look look;
    HRESULT hr;
    ULONG all;

    TRACE("%p %lu %lu\n", iface, numerator, denominator);

    if (!denominator) return MAPI_E_INVALID_PARAMETER;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_SeekRowApprox(whole, numerator, denominator));
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    if (SUCCEEDED(hr = shown_count(view, &look, &all)))
    {
        if (numerator < denominator) all = (ULONG)((ULONGLONG)all * numerator / denominator);
        hr = shown_place(view, &look, all, &view->cursor);
    }
    view_leave_rows(view, &look);
    return hr;
}

static HRESULT WINAPI view_QueryPosition(IMAPITable *iface, ULONG *row, ULONG *numerator,
                                         ULONG *denominator)
{
    struct view *view = impl_from_IMAPITable(iface);
    IMAPITable *whole;
    struct look look;
    ULONG all = 0;
    HRESULT hr;

    TRACE("%p %p %p %p\n", iface, row, numerator, denominator);

    if (!row || !numerator || !denominator) return MAPI_E_INVALID_PARAMETER;
    *row = *numerator = 0;
    *denominator = 1;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_QueryPosition(whole, row, numerator, denominator));
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = origin_position(view, &look, BOOKMARK_CURRENT, row);
    if (SUCCEEDED(hr)) hr = shown_count(view, &look, &all);
    *numerator = *row;
    *denominator = max(all, 1);
    view_leave_rows(view, &look);
    return hr;
}

HRESULT view_add_bookmark(struct view *view, const struct place *place, BOOKMARK *ret)
{
    struct bookmark *grown;
    HRESULT hr;
    ULONG room;

    if (view->bookmark_count == view->bookmark_room)
    {
        room = view->bookmark_room ? view->bookmark_room * 2 : 8;
        if (room > MAX_BOOKMARKS) return MAPI_E_UNABLE_TO_COMPLETE;
        if (!(grown = platform_realloc(view->bookmarks, room * sizeof(*grown))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        view->bookmarks = grown;
        view->bookmark_room = room;
    }
    grown = &view->bookmarks[view->bookmark_count];
    memset(grown, 0, sizeof(*grown));
    grown->id = view->next_bookmark;
    if (FAILED(hr = place_copy(&grown->place, place))) return hr;
    *ret = view->next_bookmark++;
    view->bookmark_count++;
    return S_OK;
}

static HRESULT WINAPI view_CreateBookmark(IMAPITable *iface, BOOKMARK *ret)
{
    struct view *view = impl_from_IMAPITable(iface);
    IMAPITable *whole;
    struct look look;
    HRESULT hr;

    TRACE("%p %p\n", iface, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = 0;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_CreateBookmark(whole, ret));
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = view_add_bookmark(view, &view->cursor, ret);
    view_leave_rows(view, &look);
    return hr;
}

static HRESULT WINAPI view_FreeBookmark(IMAPITable *iface, BOOKMARK id)
{
    struct view *view = impl_from_IMAPITable(iface);
    struct bookmark *bookmark;
    IMAPITable *whole;

    TRACE("%p %Iu\n", iface, (ULONG_PTR)id);

    if (id == BOOKMARK_BEGINNING || id == BOOKMARK_CURRENT || id == BOOKMARK_END) return S_OK;
    if ((whole = view_enter(view))) return view_passed(whole, IMAPITable_FreeBookmark(whole, id));
    if ((bookmark = find_bookmark(view, id)))
    {
        place_clear(&bookmark->place);
        *bookmark = view->bookmarks[--view->bookmark_count];
    }
    view_leave(view);
    return bookmark ? S_OK : MAPI_E_INVALID_BOOKMARK;
}

/* ---- finding and reading ---- */

static HRESULT WINAPI view_FindRow(IMAPITable *iface, SRestriction *restriction, BOOKMARK origin,
                                   ULONG flags)
{
    struct view *view = impl_from_IMAPITable(iface);
    ULONG position, found;
    IMAPITable *whole;
    struct look look;
    HRESULT hr, result;

    TRACE("%p %p %Iu %#lx\n", iface, restriction, (ULONG_PTR)origin, flags);

    if (!restriction) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~DIR_BACKWARD) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = restriction_check(restriction))) return hr;
    if (restriction_uses(restriction, RES_COUNT)) return MAPI_E_TOO_COMPLEX;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_FindRow(whole, restriction, origin, flags));
    view->unread_wanted |= restriction_names(restriction, PR_CONTENT_UNREAD);
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = origin_position(view, &look, origin, &position);
    if (SUCCEEDED(hr))
    {
        result = look_find(view, &look, restriction, position, flags & DIR_BACKWARD, &found);
        if (SUCCEEDED(result)) result = shown_place(view, &look, found, &view->cursor);
        if (FAILED(result)) hr = result;
    }
    view_leave_rows(view, &look);
    return hr;
}

HRESULT view_make_rows(struct view *view, struct look *look, const LONGLONG *ids, ULONG count,
                       SRowSet **ret)
{
    const ULONG columns = view->columns->cValues;
    SRowSet *rows;
    HRESULT hr = S_OK;
    void *block;
    ULONG i;

    if (count > (0x7fffffff - sizeof(SRowSet)) / sizeof(SRow)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(MAPIAllocateBuffer(CbNewSRowSet(count), (void **)&rows)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    rows->cRows = 0;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (FAILED(hr = MAPIAllocateBuffer(columns * sizeof(SPropValue), &block))) break;
        hr = shown_values(view, look, ids[i], columns, view->columns->aulPropTag, block, block);
        rows->aRow[i].ulAdrEntryPad = 0;
        rows->aRow[i].cValues = columns;
        rows->aRow[i].lpProps = block;
        rows->cRows++;
    }
    if (SUCCEEDED(hr)) *ret = rows;
    else FreeProws(rows);
    return hr;
}

/* What the cursor stands on when rows have been handed out. */
static void move_cursor(struct view *view, struct place *place)
{
    place_clear(&view->cursor);
    view->cursor = *place;
    memset(place, 0, sizeof(*place));
}

/* Counted from the beginning of the table on. */
static HRESULT query_counted(struct view *view, struct look *look, LONG count, ULONG flags,
                             LONGLONG **rows, ULONG *got, struct place *place)
{
    ULONG position, wanted = (ULONG)count;
    HRESULT hr;

    hr = origin_position(view, look, BOOKMARK_CURRENT, &position);
    if (SUCCEEDED(hr) && count < 0)
    {
        wanted = min(-(ULONG)count, position);
        position -= wanted;
    }
    if (SUCCEEDED(hr)) hr = shown_rows(view, look, position, wanted, rows, got);
    if (SUCCEEDED(hr))
        hr = shown_place(view, look, flags & TBL_NOADVANCE ? position : position + *got, place);
    return hr;
}

static HRESULT WINAPI view_QueryRows(IMAPITable *iface, LONG count, ULONG flags, SRowSet **ret)
{
    struct view *view = impl_from_IMAPITable(iface);
    struct place first = { PLACE_START }, behind = { PLACE_START };
    LONGLONG *rows = NULL;
    IMAPITable *whole;
    struct look look;
    ULONG got = 0;
    HRESULT hr;

    TRACE("%p %ld %#lx %p\n", iface, count, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!count) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~TBL_NOADVANCE) return MAPI_E_UNKNOWN_FLAGS;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_QueryRows(whole, count, flags, ret));
    /* Behind all there is nothing, whatever the file has: who reads until nothing comes is spared a
     * look at it. */
    if (count > 0 && view->cursor.kind == PLACE_END)
    {
        hr = view_make_rows(view, NULL, NULL, 0, ret);
        view_leave(view);
        return hr;
    }
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = count < 0 ? S_FALSE : look_rows_from(view, &look, &view->cursor, count, &rows, &got,
                                              &first, &behind);
    if (hr == S_FALSE) hr = query_counted(view, &look, count, flags, &rows, &got, &behind);
    else if (flags & TBL_NOADVANCE)
    {
        place_clear(&behind);
        behind = first;
        memset(&first, 0, sizeof(first));
    }
    if (SUCCEEDED(hr)) hr = view_make_rows(view, &look, rows, got, ret);
    /* What was not handed out has not been read. */
    if (SUCCEEDED(hr)) move_cursor(view, &behind);
    place_clear(&first);
    place_clear(&behind);
    platform_free(rows);
    view_leave_rows(view, &look);
    return hr;
}

static const IMAPITableVtbl view_vtbl =
{
    view_QueryInterface,
    view_AddRef,
    view_Release,
    view_GetLastError,
    view_Advise,
    view_Unadvise,
    view_GetStatus,
    view_SetColumns,
    view_QueryColumns,
    view_GetRowCount,
    view_SeekRow,
    view_SeekRowApprox,
    view_QueryPosition,
    view_FindRow,
    view_Restrict,
    view_CreateBookmark,
    view_FreeBookmark,
    view_SortTable,
    view_QuerySortOrder,
    view_QueryRows,
    view_Abort,
    view_ExpandRow,
    view_CollapseRow,
    view_WaitForCompletion,
    view_GetCollapseState,
    view_SetCollapseState,
};

HRESULT view_create(const struct view_init *init, struct view **ret)
{
    static LONG last;
    struct look look;
    struct view *view;
    HRESULT hr = S_OK;
    ULONG i;

    *ret = NULL;
    assert(init->order_count <= DB_VIEW_MAX_COLUMNS);
    if (!(view = platform_alloc_zero(sizeof(*view)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&view->cs);
    InitializeCriticalSection(&view->setting);
    view->IMAPITable_iface.lpVtbl = (IMAPITableVtbl *)&view_vtbl;
    view->ref = 1;
    view->owner = init->owner;
    view->context = init->context;
    view->db = db_addref(init->db);
    view->parent = init->parent;
    view->list = init->list;
    view->links = init->links;
    view->flags = init->flags & MAPI_UNICODE;
    view->key = InterlockedIncrement(&last);
    view->limit = ~0u;
    view->next_bookmark = FIRST_BOOKMARK;
    view->first_count = view->order_count = init->order_count;
    memcpy(view->first_order, init->order, init->order_count * sizeof(*init->order));
    memcpy(view->order, init->order, init->order_count * sizeof(*init->order));
    view->first_columns = view_copy_tags(init->columns);
    view->columns = view_copy_tags(init->columns);
    if (!view->first_columns || !view->columns) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && !view->flags && i < view->columns->cValues; i++)
        if (PROP_TYPE(view->columns->aulPropTag[i]) == PT_UNICODE)
            view->columns->aulPropTag[i] = CHANGE_PROP_TYPE(view->columns->aulPropTag[i],
                                                            PT_STRING8);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = look_begin(view, &look))) look_end(&look);
    if (FAILED(hr))
    {
        destroy(view);
        return hr;
    }
    view->owner->addref(view->context);
    *ret = view;
    return S_OK;
}

IMAPITable *view_table(struct view *view)
{
    return &view->IMAPITable_iface;
}

void view_follow(struct view *view)
{
    struct look look;

    EnterCriticalSection(&view->cs);
    if (view->sinks && !view->whole && SUCCEEDED(look_begin(view, &look))) look_end(&look);
    LeaveCriticalSection(&view->cs);
    events_deliver(view);
}
