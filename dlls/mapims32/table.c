/*
 * Live tables over the lists of the file
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
 * A table is made when it is first asked for, of all that stands in the list, and follows every
 * change from then on, until the store is closed. The lock guards the list of tables; a table
 * itself is mapi32's.
 */

#include "store.h"

#define ROW_VALUE_MAX 512               /* characters or bytes; longer values are not in rows */
#define AT_ONCE 256

struct live_table
{
    struct live_table *next;
    LONGLONG parent;
    ULONG list;
    ITableData *data;
};

struct tables
{
    CRITICAL_SECTION cs;
    struct live_table *first;           /* cs */
};

static const SizedSPropTagArray(16, message_columns) =
{
    16, { PR_ENTRYID, PR_INSTANCE_KEY, PR_SUBJECT_W, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS,
          PR_MSG_STATUS, PR_MESSAGE_SIZE, PR_RECORD_KEY, PR_PARENT_ENTRYID, PR_DISPLAY_TO_W,
          PR_HASATTACH, PR_OBJECT_TYPE, PR_MESSAGE_DELIVERY_TIME, PR_SENDER_NAME_W, PR_IMPORTANCE,
          PR_NORMALIZED_SUBJECT_W }
};
static const SizedSPropTagArray(11, folder_columns) =
{
    11, { PR_ENTRYID, PR_INSTANCE_KEY, PR_DISPLAY_NAME_W, PR_COMMENT_W, PR_FOLDER_TYPE,
          PR_SUBFOLDERS, PR_CONTENT_COUNT, PR_CONTENT_UNREAD, PR_OBJECT_TYPE, PR_DEPTH,
          PR_RECORD_KEY }
};
static const SizedSPropTagArray(13, queue_columns) =
{
    13, { PR_ENTRYID, PR_INSTANCE_KEY, PR_CLIENT_SUBMIT_TIME, PR_DISPLAY_TO_W, PR_DISPLAY_CC_W,
          PR_DISPLAY_BCC_W, PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE, PR_PRIORITY, PR_SENDER_NAME_W,
          PR_SUBJECT_W, PR_SUBMIT_FLAGS, PR_MESSAGE_CLASS_W }
};

static const SPropTagArray *columns_of(ULONG list)
{
    switch (list & ~DB_LIST_DELETED)
    {
    case DB_LIST_HIERARCHY: return (const SPropTagArray *)&folder_columns;
    case DB_LIST_OUTGOING: return (const SPropTagArray *)&queue_columns;
    default: return (const SPropTagArray *)&message_columns;
    }
}

/* ---- rows ---- */

static BOOL fits_in_row(const SPropValue *prop)
{
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_ERROR:
    case PT_OBJECT: return FALSE;
    case PT_UNICODE: return wcsnlen(prop->Value.lpszW, ROW_VALUE_MAX + 1) <= ROW_VALUE_MAX;
    case PT_BINARY: return prop->Value.bin.cb <= ROW_VALUE_MAX;
    default: return TRUE;
    }
}

/* In the outgoing queue: with whether it is locked, which ends with the process that did. */
static void add_submit_flags(struct db_txn *txn, LONGLONG id, const struct db_props *props,
                             struct values *values)
{
    const SPropValue *stored = db_props_find(props, PR_SUBMIT_FLAGS);
    LONG flags = stored && stored->ulPropTag == PR_SUBMIT_FLAGS ? stored->Value.l : 0;
    BOOL locked, ours;

    if (SUCCEEDED(db_is_locked(txn, id, &locked, &ours)) && locked) flags |= SUBMITFLAG_LOCKED;
    values_add_long(values, PR_SUBMIT_FLAGS, flags);
}

static HRESULT set_row(struct store *store, struct db_txn *txn, LONGLONG id, ULONG list, LONG depth,
                       ITableData *table)
{
    struct db_object object;
    struct db_props *props;
    struct values values;
    HRESULT hr;
    ULONG i;
    SRow row;

    if (FAILED(hr = db_object_load(txn, id, &object, &props))) return hr;
    values_init(&values);
    place_values(store, txn, &object, &values);
    if (kind_is_folder(object.kind)) values_add_long(&values, PR_DEPTH, depth);
    if (list == DB_LIST_OUTGOING) add_submit_flags(txn, id, props, &values);
    for (i = 0; i < db_props_count(props); i++)
    {
        const SPropValue *value = db_props_value(props, i);

        if (fits_in_row(value) && !place_is_computed(object.kind, value->ulPropTag)
            && (list != DB_LIST_OUTGOING || value->ulPropTag != PR_SUBMIT_FLAGS))
            values_add_value(&values, value);
    }
    memset(&row, 0, sizeof(row));
    row.cValues = values.count;
    row.lpProps = values.props;
    if (SUCCEEDED(hr = values.hr)) hr = ITableData_HrModifyRow(table, &row);
    values_free(&values);
    db_props_destroy(props);
    return hr;
}

static void delete_row(ITableData *table, LONGLONG id)
{
    SPropValue key;

    memset(&key, 0, sizeof(key));
    key.ulPropTag = PR_INSTANCE_KEY;
    key.Value.bin.cb = sizeof(id);
    key.Value.bin.lpb = (BYTE *)&id;
    ITableData_HrDeleteRow(table, &key);
}

static HRESULT fill(struct store *store, struct db_txn *txn, LONGLONG parent, ULONG list,
                    LONG depth, LONG max_depth, ITableData *table)
{
    LONGLONG *ids, last = 0;
    HRESULT hr, one;
    ULONG i, count;

    do
    {
        hr = list_next(txn, parent, list, last, AT_ONCE, &ids, &count);
        if (FAILED(hr)) return hr;
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            last = ids[i];
            one = set_row(store, txn, ids[i], list, depth, table);
            if (FAILED(one) && one != MAPI_E_OBJECT_DELETED) hr = one;
            if (SUCCEEDED(hr) && depth < max_depth)
                hr = fill(store, txn, ids[i], list, depth + 1, max_depth, table);
        }
        platform_free(ids);
    }
    while (SUCCEEDED(hr) && count == AT_ONCE);
    return hr;
}

static HRESULT create_data(ULONG type, ULONG list, ITableData **ret)
{
    return CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                       NULL, type, PR_INSTANCE_KEY, (SPropTagArray *)columns_of(list), ret);
}

/* ---- views ---- */

HRESULT table_view_of(ITableData *table, ULONG flags, const SSortOrderSet *sort, IMAPITable **ret)
{
    SPropTagArray *columns;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    if (FAILED(hr = ITableData_HrGetView(table, (SSortOrderSet *)sort, NULL, 0, ret))) return hr;
    if ((flags & MAPI_UNICODE) || FAILED(IMAPITable_QueryColumns(*ret, 0, &columns))) return S_OK;
    for (i = 0; i < columns->cValues; i++)
        if (PROP_TYPE(columns->aulPropTag[i]) == PT_UNICODE)
            columns->aulPropTag[i] = CHANGE_PROP_TYPE(columns->aulPropTag[i], PT_STRING8);
    IMAPITable_SetColumns(*ret, columns, 0);
    MAPIFreeBuffer(columns);
    return S_OK;
}

/* cs is held. */
static struct live_table *find(struct tables *tables, LONGLONG parent, ULONG list)
{
    struct live_table *table;

    for (table = tables->first; table; table = table->next)
        if (table->parent == parent && table->list == list) break;
    return table;
}

static HRESULT make_live(struct store *store, LONGLONG parent, ULONG list, ITableData **ret)
{
    struct live_table *table;
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = create_data(TBLTYPE_DYNAMIC, list, ret))) return hr;
    if (SUCCEEDED(hr = db_begin(store->db, DB_READ, &txn)))
    {
        hr = fill(store, txn, parent, list, 1, 1, *ret);
        db_rollback(txn);
    }
    if (SUCCEEDED(hr) && !(table = platform_alloc_zero(sizeof(*table))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
    {
        ITableData_Release(*ret);
        *ret = NULL;
        return hr;
    }
    table->parent = parent;
    table->list = list;
    table->data = *ret;
    table->next = store->tables->first;
    store->tables->first = table;
    return S_OK;
}

HRESULT store_memory_table(struct store *store, LONGLONG parent, ULONG list, ULONG flags,
                           IMAPITable **ret)
{
    static const SizedSSortOrderSet(2, queue_order) =
        { 2, 0, 0, { { PR_CLIENT_SUBMIT_TIME, TABLE_SORT_ASCEND },
                     { PR_INSTANCE_KEY, TABLE_SORT_ASCEND } } };
    struct live_table *table;
    ITableData *data;
    HRESULT hr = S_OK;

    *ret = NULL;
    if (FAILED(hr = changes_wanted(store))) return hr;
    changes_pump(store);
    EnterCriticalSection(&store->tables->cs);
    if ((table = find(store->tables, parent, list))) data = table->data;
    else hr = make_live(store, parent, list, &data);
    if (SUCCEEDED(hr)) ITableData_AddRef(data);
    LeaveCriticalSection(&store->tables->cs);
    if (FAILED(hr)) return hr;
    hr = table_view_of(data, flags,
                       list == DB_LIST_OUTGOING ? (const SSortOrderSet *)&queue_order : NULL, ret);
    ITableData_Release(data);
    return hr;
}

HRESULT store_table(struct store *store, LONGLONG parent, ULONG list, ULONG flags, IMAPITable **ret)
{
    const ULONG standing = list & ~DB_LIST_DELETED;

    /* In a file that cannot be written no order can be kept. */
    if ((standing != DB_LIST_CONTENTS && standing != DB_LIST_ASSOCIATED)
        || db_is_read_only(store->db))
        return store_memory_table(store, parent, list, flags, ret);
    return contents_table(store, parent, list, flags, ret);
}

HRESULT hierarchy_below(struct store *store, LONGLONG parent, ULONG flags, IMAPITable **ret)
{
    struct db_txn *txn;
    ITableData *data;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = create_data(TBLTYPE_SNAPSHOT, DB_LIST_HIERARCHY, &data))) return hr;
    if (SUCCEEDED(hr = db_begin(store->db, DB_READ, &txn)))
    {
        hr = fill(store, txn, parent, DB_LIST_HIERARCHY, 1, 64, data);
        db_rollback(txn);
    }
    if (SUCCEEDED(hr)) hr = table_view_of(data, flags, NULL, ret);
    ITableData_Release(data);
    return hr;
}

/* ---- changes; cs is held ---- */

static void remove_from(struct tables *tables, LONGLONG parent, ULONG list, LONGLONG object)
{
    struct live_table *table = find(tables, parent, list);

    if (table) delete_row(table->data, object);
}

static void put_into(struct store *store, struct db_txn *txn, LONGLONG parent, ULONG list,
                     LONGLONG object)
{
    struct live_table *table = find(store->tables, parent, list);
    HRESULT hr;

    if (!table) return;
    hr = set_row(store, txn, object, list, 1, table->data);
    if (hr == MAPI_E_OBJECT_DELETED) delete_row(table->data, object);
}

/* Wherever it is linked: a search folder's results, the outgoing queue. */
static void update_links(struct store *store, struct db_txn *txn, LONGLONG object)
{
    struct live_table *table;
    BOOL linked;

    for (table = store->tables->first; table; table = table->next)
        if (SUCCEEDED(db_is_linked(txn, object, table->parent, table->list, &linked)) && linked)
            set_row(store, txn, object, table->list, 1, table->data);
}

static void remove_everywhere(struct tables *tables, LONGLONG object)
{
    struct live_table *table;

    for (table = tables->first; table; table = table->next) delete_row(table->data, object);
}

/* A folder's own row has counts of what is in it. */
static void update_folder(struct store *store, struct db_txn *txn, LONGLONG folder)
{
    struct db_object object;
    struct live_table *table;
    BOOL needed = FALSE;

    for (table = store->tables->first; table; table = table->next)
        if (table->list == DB_LIST_HIERARCHY) needed = TRUE;
    if (!needed || !folder || FAILED(db_object_load(txn, folder, &object, NULL))) return;
    put_into(store, txn, object.parent, object.list, folder);
}

static void follow(struct store *store, struct db_txn *txn, const struct db_change *change)
{
    if (change->what & DB_CHANGE_DELETED) remove_everywhere(store->tables, change->object);
    else if (change->what & DB_CHANGE_LINKED)
        put_into(store, txn, change->parent, change->list, change->object);
    else if (change->what & DB_CHANGE_UNLINKED)
        remove_from(store->tables, change->old_parent, change->old_list, change->object);
    else
    {
        if (change->what & DB_CHANGE_MOVED)
            remove_from(store->tables, change->old_parent, change->old_list, change->object);
        put_into(store, txn, change->parent, change->list, change->object);
        update_links(store, txn, change->object);
    }
    update_folder(store, txn, change->parent);
    if (change->old_parent && change->old_parent != change->parent)
        update_folder(store, txn, change->old_parent);
}

void table_touch(struct store *store, LONGLONG parent, ULONG list, LONGLONG object)
{
    struct db_txn *txn;

    EnterCriticalSection(&store->tables->cs);
    if (find(store->tables, parent, list) && SUCCEEDED(db_begin(store->db, DB_READ, &txn)))
    {
        put_into(store, txn, parent, list, object);
        db_rollback(txn);
    }
    LeaveCriticalSection(&store->tables->cs);
}

/* All anew: what to do when changes were missed. */
static void refill(struct store *store, struct db_txn *txn)
{
    struct live_table *table;
    ULONG deleted;

    for (table = store->tables->first; table; table = table->next)
    {
        ITableData_HrDeleteRows(table->data, TAD_ALL_ROWS, NULL, &deleted);
        fill(store, txn, table->parent, table->list, 1, 1, table->data);
    }
}

void tables_follow(struct store *store, struct db_txn *txn, ULONG count,
                   const struct db_change *changes, BOOL lost)
{
    ULONG i;

    EnterCriticalSection(&store->tables->cs);
    if (store->tables->first)
    {
        if (lost) refill(store, txn);
        else for (i = 0; i < count; i++) follow(store, txn, &changes[i]);
    }
    LeaveCriticalSection(&store->tables->cs);
}

HRESULT tables_start(struct store *store)
{
    if (!(store->tables = platform_alloc_zero(sizeof(*store->tables))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&store->tables->cs);
    return S_OK;
}

void tables_free(struct store *store)
{
    struct live_table *table;

    if (!store->tables) return;
    while ((table = store->tables->first))
    {
        store->tables->first = table->next;
        ITableData_Release(table->data);
        platform_free(table);
    }
    DeleteCriticalSection(&store->tables->cs);
    platform_free(store->tables);
    store->tables = NULL;
}
