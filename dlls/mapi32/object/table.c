/*
 * ITableData: rows kept in memory, and what changes them
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
 * Rows in order of insertion (a counted tree, so that row numbers cost O(log n)) and by the value
 * of the index column (a hash). A change first makes all that can fail (values, rows), then takes
 * the lock and cannot fail any more: a view that cannot follow for want of memory is cleared and
 * built again when it is next read. Notifications are queued under the lock, in the order of the
 * changes, and delivered after it by whichever thread finds nobody delivering.
 *
 * Labels: each row has a number that grows along the insertion order, so that views order equal
 * rows without asking the tree. A row put between two others gets one in the middle; where there is
 * no room left, all are numbered anew, which leaves every view's order as it is.
 */

#define COBJMACROS

#include <string.h>

#include "object/table.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define LABEL_GAP       0x100000
#define BUCKETS_AT_FIRST 64
/* More rows than this changed by one call are announced by one TABLE_CHANGED. */
#define NOTIFY_EACH_ROW 8

static SCODE WINAPI internal_allocate(ULONG size, void **ret)
{
    return (*ret = platform_alloc(size)) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static ULONG WINAPI internal_free(void *block)
{
    platform_free(block);
    return 0;
}

const struct mapi_allocators table_internal_allocators = { internal_allocate, NULL, internal_free };

static const ITableDataVtbl table_data_vtbl;

struct table_data *table_data_from_iface(ITableData *iface)
{
    if (!iface || iface->lpVtbl != &table_data_vtbl) return NULL;
    return CONTAINING_RECORD(iface, struct table_data, ITableData_iface);
}

static struct table_data *impl_from_ITableData(ITableData *iface)
{
    return CONTAINING_RECORD(iface, struct table_data, ITableData_iface);
}

static struct table_row *row_from_place(struct ostree_node *node)
{
    return node ? CONTAINING_RECORD(node, struct table_row, place) : NULL;
}

void table_data_lock(struct table_data *data)
{
    EnterCriticalSection(&data->cs);
}

void table_data_unlock(struct table_data *data)
{
    BOOL deliver = data->first_event && !data->delivering;

    if (deliver) data->delivering = TRUE;
    LeaveCriticalSection(&data->cs);
    if (deliver) table_data_deliver(data);
}

/* --- the index ------------------------------------------------------------------------------------ */

/* An index value a caller passed, in the type the index has; *made is to be freed if it is set. */
static HRESULT index_value(const struct table_data *data, const SPropValue *value, SPropValue *ret,
                           void **made)
{
    ULONG type = PROP_TYPE(data->index_tag);
    size_t size;

    *made = NULL;
    if (!value || PROP_ID(value->ulPropTag) != PROP_ID(data->index_tag))
        return MAPI_E_INVALID_PARAMETER;
    if (!prop_types_bridge(PROP_TYPE(value->ulPropTag), type)) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(prop_value_check(value))) return MAPI_E_INVALID_PARAMETER;
    *ret = *value;
    if (PROP_TYPE(value->ulPropTag) == type) return S_OK;
    size = prop_pack_size(value, type);
    if (size == PACK_FAILED || !(*made = platform_alloc(size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    prop_pack(ret, data->index_tag, value, *made);
    return S_OK;
}

static struct table_row *find_hashed(const struct table_data *data, const SPropValue *index,
                                     ULONG hash)
{
    struct table_row *row;

    for (row = data->buckets[hash & (data->bucket_count - 1)]; row; row = row->hash_next)
        if (row->hash == hash && index_equal(index, row_values_index(data, row->values)))
            return row;
    return NULL;
}

struct table_row *table_data_find(struct table_data *data, const SPropValue *index)
{
    return find_hashed(data, index, index_hash(index));
}

struct table_row *table_data_find_bytes(struct table_data *data, const BYTE *bytes, size_t size)
{
    ULONG hash = index_hash_bytes(bytes, size);
    const BYTE *row_bytes;
    struct table_row *row;
    size_t row_size;

    for (row = data->buckets[hash & (data->bucket_count - 1)]; row; row = row->hash_next)
    {
        if (row->hash != hash) continue;
        row_bytes = index_bytes(row_values_index(data, row->values), &row_size);
        if (row_size == size && (!size || !memcmp(row_bytes, bytes, size))) return row;
    }
    return NULL;
}

/* Lets the index keep up with the rows; if memory is short it stays as it is and is only slower. */
static void grow_buckets(struct table_data *data)
{
    struct table_row **buckets, *row, *next;
    ULONG count = data->bucket_count * 2, i;

    if (ostree_count(&data->rows) <= data->bucket_count || count > 0x10000000) return;
    if (!(buckets = platform_alloc_zero(count * sizeof(*buckets)))) return;
    for (i = 0; i < data->bucket_count; i++)
    {
        for (row = data->buckets[i]; row; row = next)
        {
            next = row->hash_next;
            row->hash_next = buckets[row->hash & (count - 1)];
            buckets[row->hash & (count - 1)] = row;
        }
    }
    platform_free(data->buckets);
    data->buckets = buckets;
    data->bucket_count = count;
}

static void unlink_hashed(struct table_data *data, struct table_row *row)
{
    struct table_row **link = &data->buckets[row->hash & (data->bucket_count - 1)];

    while (*link != row) link = &(*link)->hash_next;
    *link = row->hash_next;
}

/* --- columns --------------------------------------------------------------------------------------- */

/* Room for as many more columns, so that adding them cannot fail. */
static HRESULT reserve_columns(struct table_data *data, ULONG more)
{
    ULONG room, *columns;

    if (data->column_room - data->column_count >= more) return S_OK;
    room = max(data->column_room * 2, data->column_count + more);
    if (!(columns = platform_realloc(data->columns, room * sizeof(*columns))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    data->columns = columns;
    data->column_room = room;
    return S_OK;
}

/* How many properties of a row are in no column yet; with add they become columns. */
static ULONG new_columns(struct table_data *data, const struct row_values *values, BOOL add)
{
    ULONG i, n, place = 0, fresh = 0, tag, known = data->column_count;

    for (i = 0; i < values->count; i++)
    {
        tag = values->props[i].ulPropTag;
        if (tag == PR_NULL || PROP_TYPE(tag) == PT_ERROR) continue;
        /* Rows mostly bring their properties in the order of the columns. */
        for (n = 0; n < known; n++, place++)
        {
            if (place >= known) place = 0;
            if (PROP_ID(data->columns[place]) == PROP_ID(tag)) break;
        }
        if (n < known)
        {
            place++;
            continue;
        }
        fresh++;
        if (!add) continue;
        data->columns[data->column_count++] = tag;
        known = data->column_count;
    }
    return fresh;
}

/* --- rows ------------------------------------------------------------------------------------------ */

static void row_destroy(struct table_row *row)
{
    row_values_release(row->values);
    platform_free(row);
}

static void relabel(struct table_data *data)
{
    struct ostree_node *place;
    ULONGLONG label = 0;

    for (place = ostree_first(&data->rows); place; place = ostree_next(place))
        row_from_place(place)->label = label += LABEL_GAP;
}

static void label_row(struct table_data *data, struct table_row *row)
{
    struct table_row *prev = row_from_place(ostree_prev(&row->place));
    struct table_row *next = row_from_place(ostree_next(&row->place));
    ULONGLONG low = prev ? prev->label : 0;

    if (!next)
    {
        row->label = low + LABEL_GAP;
        return;
    }
    row->label = low + (next->label - low) / 2;
    if (row->label == low) relabel(data);
}

/* Views that are watched but were never read are built first, so that they can tell what
 * changed. */
static void build_watched(struct table_data *data)
{
    struct table_view *view;

    for (view = data->views; view; view = view->next)
        if (!view->built && view_has_sinks(view)) view_build(view);
}

static void change_views(struct table_data *data, struct table_row *row, struct row_values *after,
                         BOOL each)
{
    struct table_view *view;

    for (view = data->views; view; view = view->next)
    {
        if (view->built)
            view_row_changed(view, row, after, each);
        else if (each)
            view_queue_event(view, TABLE_CHANGED, S_OK);
        else
            view->touched = TRUE;
    }
}

/* Room for new columns and the row was made before. */
static void insert_row(struct table_data *data, struct table_row *row, struct ostree_node *next,
                       BOOL each)
{
    ostree_insert_before(&data->rows, next, &row->place, TRUE);
    label_row(data, row);
    row->hash_next = data->buckets[row->hash & (data->bucket_count - 1)];
    data->buckets[row->hash & (data->bucket_count - 1)] = row;
    grow_buckets(data);
    alike_insert(data, row);
    change_views(data, row, row->values, each);
}

/* Takes over the values. */
static void replace_values(struct table_data *data, struct table_row *row,
                           struct row_values *values, BOOL each)
{
    struct row_values *before = row->values;

    row->values = values;
    change_views(data, row, values, each);
    row_values_release(before);
}

static void delete_row(struct table_data *data, struct table_row *row, BOOL each)
{
    change_views(data, row, NULL, each);
    ostree_remove(&data->rows, &row->place);
    unlink_hashed(data, row);
    alike_remove(data, row);
    row_destroy(row);
}

/* One event for a call that changed many rows, to each view that shows any of them. */
static void announce_change(struct table_data *data)
{
    struct table_view *view;

    for (view = data->views; view; view = view->next)
    {
        if (view->touched) view_queue_event(view, TABLE_CHANGED, S_OK);
        view->touched = FALSE;
    }
}

/* --- ITableData ------------------------------------------------------------------------------------ */

static HRESULT WINAPI table_data_QueryInterface(ITableData *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPITableData))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    ITableData_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI table_data_AddRef(ITableData *iface)
{
    return InterlockedIncrement(&impl_from_ITableData(iface)->refs);
}

void table_data_drop(struct table_data *data)
{
    if (InterlockedDecrement(&data->holds)) return;
    DeleteCriticalSection(&data->cs);
    platform_free(data);
}

static ULONG WINAPI table_data_Release(ITableData *iface)
{
    struct table_data *data = impl_from_ITableData(iface);
    ULONG refs = InterlockedDecrement(&data->refs), i;
    struct table_row *row, *next;

    if (refs) return refs;
    TRACE("%p ends\n", iface);
    /* Views hold references: there is none left, and with them no event. */
    for (i = 0; i < data->bucket_count; i++)
    {
        for (row = data->buckets[i]; row; row = next)
        {
            next = row->hash_next;
            row_destroy(row);
        }
    }
    ostree_clear(&data->rows);
    alike_drop(data);
    platform_free(data->buckets);
    platform_free(data->columns);
    table_data_drop(data);
    return 0;
}

static HRESULT WINAPI table_data_HrGetView(ITableData *iface, SSortOrderSet *sort,
                                           CALLERRELEASE *release, ULONG_PTR release_data,
                                           IMAPITable **ret)
{
    TRACE("%p %p %p %Ix %p\n", iface, sort, release, release_data, ret);
    return table_view_create(impl_from_ITableData(iface), 0, sort, release, release_data, ret);
}

/* Sets rows that were checked already: all of values are taken over, or none. */
static HRESULT modify_rows(struct table_data *data, ULONG count, struct row_values **values)
{
    struct table_row *single = NULL, **rows = &single, *row;
    BOOL each = count <= NOTIFY_EACH_ROW;
    ULONG i, fresh = 0;
    HRESULT hr = S_OK;

    /* A row for each, since which of them are new is known under the lock only. */
    if (count > 1 && !(rows = platform_alloc_zero(count * sizeof(*rows))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!(rows[i] = platform_alloc_zero(sizeof(**rows)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else rows[i]->hash = index_hash(row_values_index(data, values[i]));
    }

    table_data_lock(data);
    for (i = 0; i < count && SUCCEEDED(hr); i++) fresh += new_columns(data, values[i], FALSE);
    if (SUCCEEDED(hr)) hr = reserve_columns(data, fresh);
    if (SUCCEEDED(hr) && !ostree_reserve(&data->rows, count)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        build_watched(data);
        for (i = 0; i < count; i++)
        {
            if (fresh) new_columns(data, values[i], TRUE);
            row = find_hashed(data, row_values_index(data, values[i]), rows[i]->hash);
            if (row)
            {
                replace_values(data, row, values[i], each);
                continue;
            }
            rows[i]->values = values[i];
            insert_row(data, rows[i], NULL, each);
            rows[i] = NULL;
        }
        if (!each) announce_change(data);
    }
    table_data_unlock(data);

    for (i = 0; i < count; i++) platform_free(rows[i]);
    if (rows != &single) platform_free(rows);
    return hr;
}

static HRESULT WINAPI table_data_HrModifyRow(ITableData *iface, SRow *row)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct row_values *values;
    HRESULT hr;

    TRACE("%p %p\n", iface, row);

    if (!row) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = row_values_create(data, row->cValues, row->lpProps, &values))) return hr;
    if (FAILED(hr = modify_rows(data, 1, &values))) row_values_release(values);
    return hr;
}

static HRESULT WINAPI table_data_HrDeleteRow(ITableData *iface, SPropValue *index)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct table_row *row;
    SPropValue value;
    void *made;
    HRESULT hr;

    TRACE("%p %p\n", iface, index);

    if (!index) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = index_value(data, index, &value, &made)))
        return hr == MAPI_E_INVALID_PARAMETER ? MAPI_E_NOT_FOUND : hr;
    table_data_lock(data);
    if ((row = table_data_find(data, &value)))
    {
        build_watched(data);
        delete_row(data, row, TRUE);
    }
    table_data_unlock(data);
    platform_free(made);
    return row ? S_OK : MAPI_E_NOT_FOUND;
}

/* A row handed out by itself: the SRow and all its properties are one block. */
static HRESULT row_out(struct table_data *data, const struct row_values *values, SRow **ret)
{
    size_t size, start = (sizeof(SRow) + 7) & ~7,
                 props = (values->count * sizeof(SPropValue) + 7) & ~(size_t)7;
    BYTE *mem;
    SRow *row;
    ULONG i;

    size = pack_add(start, props);
    for (i = 0; i < values->count; i++)
        size = pack_add(size,
                        prop_pack_size(&values->props[i], PROP_TYPE(values->props[i].ulPropTag)));
    if (size > 0x7fffffff || FAILED(data->allocators.allocate(size, (void **)&row)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    row->ulAdrEntryPad = 0;
    row->cValues = values->count;
    row->lpProps = (SPropValue *)((BYTE *)row + start);
    mem = (BYTE *)row->lpProps + props;
    for (i = 0; i < values->count; i++)
        mem = prop_pack(&row->lpProps[i], values->props[i].ulPropTag, &values->props[i], mem);
    *ret = row;
    return S_OK;
}

static HRESULT WINAPI table_data_HrQueryRow(ITableData *iface, SPropValue *index, SRow **ret,
                                            ULONG *number)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct row_values *values = NULL;
    struct table_row *row;
    SPropValue value;
    void *made;
    HRESULT hr;

    TRACE("%p %p %p %p\n", iface, index, ret, number);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (FAILED(hr = index_value(data, index, &value, &made))) return hr;
    table_data_lock(data);
    if ((row = table_data_find(data, &value)))
    {
        values = row_values_addref(row->values);
        if (number) *number = ostree_rank(&data->rows, &row->place);
    }
    table_data_unlock(data);
    platform_free(made);
    if (!values) return MAPI_E_NOT_FOUND;
    hr = row_out(data, values, ret);
    row_values_release(values);
    return hr;
}

static HRESULT WINAPI table_data_HrEnumRow(ITableData *iface, ULONG number, SRow **ret)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct row_values *values = NULL;
    struct table_row *row;
    HRESULT hr;

    TRACE("%p %lu %p\n", iface, number, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    table_data_lock(data);
    if ((row = row_from_place(ostree_at(&data->rows, number))))
        values = row_values_addref(row->values);
    table_data_unlock(data);
    if (!values) return S_OK;
    hr = row_out(data, values, ret);
    row_values_release(values);
    return hr;
}

/* Does a row have all these values? */
static BOOL row_has(const struct row_values *values, ULONG count, const SPropValue *props,
                    BOOL *no_memory)
{
    const SPropValue *prop;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        prop = props_find(values->props, values->count, props[i].ulPropTag);
        if (!prop || !prop_relop(prop, RELOP_EQ, &props[i], no_memory)) return FALSE;
    }
    return TRUE;
}

static HRESULT WINAPI table_data_HrNotify(ITableData *iface, ULONG flags, ULONG count,
                                          SPropValue *props)
{
    struct table_data *data = impl_from_ITableData(iface);
    const SPropValue *index;
    struct table_row *row = NULL;
    struct ostree_node *place;
    SPropValue value;
    void *made = NULL;
    BOOL no_memory = FALSE;
    HRESULT hr;
    ULONG i;

    TRACE("%p %#lx %lu %p\n", iface, flags, count, props);

    if (!count || !props) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    for (i = 0; i < count; i++)
        if (FAILED(prop_value_check(&props[i]))) return MAPI_E_INVALID_PARAMETER;
    index = props_find_id(props, count, data->index_tag);
    if (index && FAILED(hr = index_value(data, index, &value, &made))) return hr;

    table_data_lock(data);
    if (index)
        row = table_data_find(data, &value);
    else
        for (place = ostree_first(&data->rows); place && !row; place = ostree_next(place))
            if (row_has(row_from_place(place)->values, count, props, &no_memory))
                row = row_from_place(place);
    if (row)
    {
        build_watched(data);
        change_views(data, row, row->values, TRUE);
    }
    table_data_unlock(data);
    platform_free(made);
    if (!row && no_memory) return MAPI_E_NOT_ENOUGH_MEMORY;
    return row ? S_OK : MAPI_E_NOT_FOUND;
}

static HRESULT WINAPI table_data_HrInsertRow(ITableData *iface, ULONG number, SRow *row)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct row_values *values;
    struct table_row *inserted;
    HRESULT hr;

    TRACE("%p %lu %p\n", iface, number, row);

    if (!row) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = row_values_create(data, row->cValues, row->lpProps, &values))) return hr;
    if (!(inserted = platform_alloc_zero(sizeof(*inserted))))
    {
        row_values_release(values);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    inserted->values = values;
    inserted->hash = index_hash(row_values_index(data, values));

    table_data_lock(data);
    if (number > ostree_count(&data->rows) ||
        find_hashed(data, row_values_index(data, values), inserted->hash))
        hr = MAPI_E_INVALID_PARAMETER;
    else
        hr = reserve_columns(data, new_columns(data, values, FALSE));
    if (SUCCEEDED(hr) && !ostree_reserve(&data->rows, 1)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        build_watched(data);
        new_columns(data, values, TRUE);
        insert_row(data, inserted, ostree_at(&data->rows, number), TRUE);
    }
    table_data_unlock(data);
    if (FAILED(hr)) row_destroy(inserted);
    return hr;
}

static HRESULT WINAPI table_data_HrModifyRows(ITableData *iface, ULONG flags, SRowSet *rows)
{
    struct table_data *data = impl_from_ITableData(iface);
    struct row_values **values;
    HRESULT hr = S_OK;
    ULONG i;

    TRACE("%p %#lx %p\n", iface, flags, rows);

    if (!rows) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (!rows->cRows) return S_OK;
    if (rows->cRows > 0x7fffffff / sizeof(SRow)) return MAPI_E_INVALID_PARAMETER;
    if (!(values = platform_alloc_zero(rows->cRows * sizeof(*values))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
        hr = row_values_create(data, rows->aRow[i].cValues, rows->aRow[i].lpProps, &values[i]);
    if (SUCCEEDED(hr)) hr = modify_rows(data, rows->cRows, values);
    if (FAILED(hr))
        for (i = 0; i < rows->cRows; i++) row_values_release(values[i]);
    platform_free(values);
    return hr;
}

static ULONG delete_all(struct table_data *data)
{
    ULONG count = ostree_count(&data->rows), i;
    struct table_view *view;
    struct table_row *row, *next;

    for (view = data->views; view; view = view->next)
    {
        view_clear(view);
        view_forget_bookmarks(view);
        view_queue_event(view, TABLE_RELOAD, S_OK);
    }
    alike_drop(data);
    for (i = 0; i < data->bucket_count; i++)
    {
        for (row = data->buckets[i]; row; row = next)
        {
            next = row->hash_next;
            row_destroy(row);
        }
        data->buckets[i] = NULL;
    }
    ostree_clear(&data->rows);
    return count;
}

static HRESULT WINAPI table_data_HrDeleteRows(ITableData *iface, ULONG flags, SRowSet *rows,
                                              ULONG *deleted)
{
    struct table_data *data = impl_from_ITableData(iface);
    ULONG i, count = 0;
    struct table_row *row;
    SPropValue value;
    void *made;
    BOOL each;

    TRACE("%p %#lx %p %p\n", iface, flags, rows, deleted);

    if (deleted) *deleted = 0;
    if (flags & ~TAD_ALL_ROWS) return MAPI_E_UNKNOWN_FLAGS;
    if (!(flags & TAD_ALL_ROWS) && !rows) return MAPI_E_INVALID_PARAMETER;

    if (flags & TAD_ALL_ROWS)
    {
        table_data_lock(data);
        count = delete_all(data);
        table_data_unlock(data);
        if (deleted) *deleted = count;
        return S_OK;
    }

    each = rows->cRows <= NOTIFY_EACH_ROW;
    table_data_lock(data);
    build_watched(data);
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *index = rows->aRow[i].lpProps ?
            props_find_id(rows->aRow[i].lpProps, rows->aRow[i].cValues, data->index_tag) : NULL;

        if (!index || FAILED(index_value(data, index, &value, &made))) continue;
        if ((row = table_data_find(data, &value)))
        {
            delete_row(data, row, each);
            count++;
        }
        platform_free(made);
    }
    if (!each) announce_change(data);
    table_data_unlock(data);
    if (deleted) *deleted = count;
    return S_OK;
}

static const ITableDataVtbl table_data_vtbl =
{
    table_data_QueryInterface,
    table_data_AddRef,
    table_data_Release,
    table_data_HrGetView,
    table_data_HrModifyRow,
    table_data_HrDeleteRow,
    table_data_HrQueryRow,
    table_data_HrEnumRow,
    table_data_HrNotify,
    table_data_HrInsertRow,
    table_data_HrModifyRows,
    table_data_HrDeleteRows,
};

/* Whether rows can be told apart by a property of this type. */
static BOOL index_type_fits(ULONG type)
{
    return !(type & MVI_FLAG) && type != PT_UNSPECIFIED && type != PT_NULL && type != PT_ERROR &&
           type != PT_OBJECT && prop_type_known(type);
}

static HRESULT data_create(const struct mapi_allocators *allocators, ULONG type, ULONG index_tag,
                           const SPropTagArray *columns, BOOL unicode, ITableData **ret)
{
    struct table_data *data;
    struct column_set *set;
    HRESULT hr;

    *ret = NULL;
    if (type > TBLTYPE_DYNAMIC || !columns || !columns->cValues) return MAPI_E_INVALID_PARAMETER;
    if (!index_type_fits(PROP_TYPE(index_tag))) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = column_set_create(columns->cValues, columns->aulPropTag,
                                      unicode ? PT_UNICODE : 0, &set)))
        return hr;
    if (!(data = platform_alloc_zero(sizeof(*data))) ||
        !(data->buckets = platform_alloc_zero(BUCKETS_AT_FIRST * sizeof(*data->buckets))) ||
        FAILED(reserve_columns(data, set->count)))
    {
        if (data) platform_free(data->buckets);
        platform_free(data);
        column_set_release(set);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memcpy(data->columns, set->tags, set->count * sizeof(*data->columns));
    data->column_count = set->count;
    column_set_release(set);

    data->ITableData_iface.lpVtbl = &table_data_vtbl;
    data->refs = 1;
    data->holds = 1;
    InitializeCriticalSection(&data->cs);
    data->allocators = *allocators;
    data->type = type;
    data->index_tag = index_tag;
    if (unicode && PROP_TYPE(index_tag) == PT_STRING8)
        data->index_tag = CHANGE_PROP_TYPE(index_tag, PT_UNICODE);
    data->unicode = unicode;
    data->bucket_count = BUCKETS_AT_FIRST;
    platform_new_uid(&data->uid);
    *ret = &data->ITableData_iface;
    return S_OK;
}

HRESULT table_create(ULONG type, ULONG index_tag, const SPropTagArray *columns, ITableData **ret)
{
    return data_create(&memory_allocators, type, index_tag, columns, TRUE, ret);
}

SCODE WINAPI CreateTable(LPCIID iid, ALLOCATEBUFFER *allocate, ALLOCATEMORE *more, FREEBUFFER *free,
                         void *reserved, ULONG type, ULONG index_tag, SPropTagArray *columns,
                         ITableData **ret)
{
    struct mapi_allocators allocators;

    TRACE("%s %p %p %p %p %lu %#lx %p %p\n", debugstr_guid(iid), allocate, more, free, reserved,
          type, index_tag, columns, ret);

    if (ret) *ret = NULL;
    if (iid && !IsEqualIID(iid, &IID_IMAPITableData)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!ret || !allocate || !more || !free) return MAPI_E_INVALID_PARAMETER;
    allocators.allocate = allocate;
    allocators.more = more;
    allocators.free = free;
    return data_create(&allocators, type, index_tag, columns, FALSE, ret);
}
