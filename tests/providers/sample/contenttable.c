/*
 * Sample providers: the tables over what is in a store
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
 * An item's properties are those in its data and those that follow from where it is. A table is
 * made of them when it is first asked for and follows every change from then on, which is what
 * makes it live. The content's lock is held in all functions but the two that give out views.
 */

#include "content.h"

#define ROW_VALUE_MAX 512               /* longer values are not in tables */

enum content_table content_table_of(const struct item *item)
{
    if (item->kind == OBJECT_FOLDER) return TABLE_HIERARCHY;
    return item->flags & MSGFLAG_ASSOCIATED ? TABLE_ASSOCIATED : TABLE_CONTENTS;
}

/* ---- properties ---- */

static void add_long(SPropValue *props, ULONG *count, ULONG tag, LONG value)
{
    SPropValue *prop = &props[(*count)++];

    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    prop->Value.l = value;
}

static HRESULT add_binary(SPropValue *props, ULONG *count, ULONG tag, const void *data, ULONG size)
{
    SPropValue *prop = &props[*count];
    SCODE sc;

    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    prop->Value.bin.cb = size;
    if (FAILED(sc = MAPIAllocateMore(size, props, (void **)&prop->Value.bin.lpb))) return sc;
    memcpy(prop->Value.bin.lpb, data, size);
    (*count)++;
    return S_OK;
}

#define PLACE_PROPS 16                  /* at most so many follow from where an item is */

static void add_folder_props(struct content *content, const struct entry *entry, SPropValue *props,
                             ULONG *count)
{
    LONG counts[TABLE_COUNT] = {0}, unread = 0;
    const struct item *item;
    ULONG i;

    for (i = 0; i < content->count; i++)
    {
        item = &content->entries[i]->item;
        if (item->parent != entry->item.number) continue;
        counts[content_table_of(item)]++;
        if (content_table_of(item) == TABLE_CONTENTS && !(item->flags & MSGFLAG_READ)) unread++;
    }
    add_long(props, count, PR_OBJECT_TYPE, MAPI_FOLDER);
    add_long(props, count, PR_FOLDER_TYPE, entry->item.parent ? FOLDER_GENERIC : FOLDER_ROOT);
    add_long(props, count, PR_CONTENT_COUNT, counts[TABLE_CONTENTS]);
    add_long(props, count, PR_CONTENT_UNREAD, unread);
    add_long(props, count, PR_ASSOC_CONTENT_COUNT, counts[TABLE_ASSOCIATED]);
    add_long(props, count, PR_SUBFOLDERS, 0);
    props[*count - 1].Value.b = counts[TABLE_HIERARCHY] != 0;
}

static void add_message_props(const struct entry *entry, SPropValue *props, ULONG *count)
{
    const struct item *item = &entry->item;

    add_long(props, count, PR_OBJECT_TYPE, MAPI_MESSAGE);
    add_long(props, count, PR_MESSAGE_FLAGS, item->flags);
    add_long(props, count, PR_MSG_STATUS, item->status);
    add_long(props, count, PR_MESSAGE_SIZE, entry->data.size);
    if (!(item->flags & MSGFLAG_SUBMIT)) return;
    add_long(props, count, PR_SUBMIT_FLAGS,
             item->submit_flags | (entry->locked ? SUBMITFLAG_LOCKED : 0));
    add_long(props, count, PR_CLIENT_SUBMIT_TIME, 0);
    props[*count - 1].Value.ft = item->submitted;
}

HRESULT content_entry_props(struct content *content, const struct entry *entry, ULONG *ret_count,
                            SPropValue **ret)
{
    struct store_entryid id, parent, store;
    struct reader reader;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    *ret_count = 0;
    *ret = NULL;
    reader.data = entry->data.data;
    reader.left = entry->data.size;
    reader.bad = FALSE;
    if (FAILED(hr = read_props(&reader, PLACE_PROPS, &count, &props))) return hr;
    if (entry->item.kind == OBJECT_FOLDER) add_folder_props(content, entry, props, &count);
    else add_message_props(entry, props, &count);
    add_long(props, &count, PR_ACCESS_LEVEL, MAPI_MODIFY);
    store_entryid_init(&content->uid, entry->item.kind, entry->item.number, &id);
    store_entryid_init(&content->uid, OBJECT_FOLDER,
                       entry->item.parent ? entry->item.parent : entry->item.number, &parent);
    store_entryid_init(&content->uid, OBJECT_STORE, 0, &store);
    hr = add_binary(props, &count, PR_ENTRYID, &id, sizeof(id));
    if (SUCCEEDED(hr)) hr = add_binary(props, &count, PR_PARENT_ENTRYID, &parent, sizeof(parent));
    if (SUCCEEDED(hr)) hr = add_binary(props, &count, PR_STORE_ENTRYID, &store, sizeof(store));
    if (SUCCEEDED(hr))
        hr = add_binary(props, &count, PR_STORE_RECORD_KEY, &content->uid, sizeof(MAPIUID));
    if (SUCCEEDED(hr))
        hr = add_binary(props, &count, PR_MAPPING_SIGNATURE, &content->uid, sizeof(MAPIUID));
    if (SUCCEEDED(hr)) hr = add_binary(props, &count, PR_RECORD_KEY, &id, sizeof(id));
    if (SUCCEEDED(hr))
        hr = add_binary(props, &count, PR_INSTANCE_KEY, &entry->item.number, sizeof(ULONG));
    if (FAILED(hr))
    {
        MAPIFreeBuffer(props);
        return hr;
    }
    *ret_count = count;
    *ret = props;
    return S_OK;
}

/* ---- tables ---- */

static BOOL fits_in_row(const SPropValue *prop)
{
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_UNICODE: return lstrlenW(prop->Value.lpszW) <= ROW_VALUE_MAX;
    case PT_STRING8: return lstrlenA(prop->Value.lpszA) <= ROW_VALUE_MAX;
    case PT_BINARY: return prop->Value.bin.cb <= ROW_VALUE_MAX;
    default: return TRUE;
    }
}

void content_set_row(struct content *content, struct entry *entry, ITableData *table)
{
    SPropValue *props;
    ULONG count, i;
    SRow row;

    if (!table || FAILED(content_entry_props(content, entry, &count, &props))) return;
    memset(&row, 0, sizeof(row));
    row.lpProps = props;
    for (i = 0; i < count; i++) if (fits_in_row(&props[i])) props[row.cValues++] = props[i];
    ITableData_HrModifyRow(table, &row);
    MAPIFreeBuffer(props);
}

static void delete_row(ITableData *table, ULONG number)
{
    SPropValue key;

    if (!table) return;
    memset(&key, 0, sizeof(key));
    key.ulPropTag = PR_INSTANCE_KEY;
    key.Value.bin.cb = sizeof(number);
    key.Value.bin.lpb = (BYTE *)&number;
    ITableData_HrDeleteRow(table, &key);
}

/* The folder's own row has counts of what is in it. */
void content_update_folder_row(struct content *content, ULONG folder)
{
    struct entry *entry = content_entry(content, folder), *parent;

    if (entry && (parent = content_entry(content, entry->item.parent)))
        content_set_row(content, entry, parent->tables[TABLE_HIERARCHY]);
}

BOOL content_queued(const struct entry *entry)
{
    return (entry->item.flags & MSGFLAG_SUBMIT) && !entry->direct;
}

void content_leave_tables(struct content *content, const struct item *item)
{
    struct entry *parent = content_entry(content, item->parent);

    if (parent) delete_row(parent->tables[content_table_of(item)], item->number);
    if (item->flags & MSGFLAG_SUBMIT) delete_row(content->queue, item->number);
}

/* old: what it was before, NULL if it is new. */
void content_update_tables(struct content *content, struct entry *entry, const struct item *old)
{
    struct entry *parent = content_entry(content, entry->item.parent);
    BOOL elsewhere = !old || old->parent != entry->item.parent ||
                     content_table_of(old) != content_table_of(&entry->item);
    BOOL queued = content_queued(entry);

    if (old && elsewhere) content_leave_tables(content, old);
    else if (old && (old->flags & MSGFLAG_SUBMIT) && !queued)
        delete_row(content->queue, old->number);
    if (parent) content_set_row(content, entry, parent->tables[content_table_of(&entry->item)]);
    if (queued) content_set_row(content, entry, content->queue);
    if (elsewhere || ((old->flags ^ entry->item.flags) & MSGFLAG_READ))
        content_update_folder_row(content, entry->item.parent);
    if (old && elsewhere) content_update_folder_row(content, old->parent);
}

static const SizedSPropTagArray(12, message_columns) =
    {12, {PR_ENTRYID, PR_INSTANCE_KEY, PR_SUBJECT_W, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS, PR_MSG_STATUS,
          PR_MESSAGE_SIZE, PR_RECORD_KEY, PR_PARENT_ENTRYID, PR_DISPLAY_TO_W, PR_HASATTACH, PR_OBJECT_TYPE}};
static const SizedSPropTagArray(9, folder_columns) =
    {9, {PR_ENTRYID, PR_INSTANCE_KEY, PR_DISPLAY_NAME_W, PR_COMMENT_W, PR_FOLDER_TYPE, PR_SUBFOLDERS,
         PR_CONTENT_COUNT, PR_CONTENT_UNREAD, PR_OBJECT_TYPE}};
static const SizedSPropTagArray(13, queue_columns) =
    {13, {PR_ENTRYID, PR_INSTANCE_KEY, PR_CLIENT_SUBMIT_TIME, PR_DISPLAY_TO_W, PR_DISPLAY_CC_W,
          PR_DISPLAY_BCC_W, PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE, PR_PRIORITY, PR_SENDER_NAME_W, PR_SUBJECT_W,
          PR_SUBMIT_FLAGS, PR_MESSAGE_CLASS_W}};

static HRESULT create_table(const SPropTagArray *columns, ITableData **ret)
{
    return CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                       NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)columns, ret);
}

/* A view has Unicode columns; a caller that did not ask for them gets ANSI ones. */
HRESULT view_of(ITableData *table, ULONG flags, const SSortOrderSet *sort, IMAPITable **ret)
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

HRESULT content_table(struct content *content, ULONG folder, enum content_table which, ULONG flags,
                      IMAPITable **ret)
{
    ITableData *table = NULL;
    struct entry *entry;
    HRESULT hr = S_OK;
    ULONG i;

    *ret = NULL;
    content_refresh(content);
    EnterCriticalSection(&content->cs);
    if (!(entry = content_entry(content, folder)) || entry->item.kind != OBJECT_FOLDER)
        hr = MAPI_E_OBJECT_DELETED;
    else if (!entry->tables[which])
    {
        hr = create_table(which == TABLE_HIERARCHY ? (SPropTagArray *)&folder_columns
                                                   : (SPropTagArray *)&message_columns,
                          &entry->tables[which]);
        for (i = 0; i < content->count && SUCCEEDED(hr); i++)
            if (content->entries[i]->item.parent == folder
                && content_table_of(&content->entries[i]->item) == which)
                content_set_row(content, content->entries[i], entry->tables[which]);
    }
    if (SUCCEEDED(hr))
    {
        table = entry->tables[which];
        ITableData_AddRef(table);
    }
    LeaveCriticalSection(&content->cs);
    if (FAILED(hr)) return hr;
    hr = view_of(table, flags, NULL, ret);
    ITableData_Release(table);
    return hr;
}

HRESULT content_queue(struct content *content, IMAPITable **ret)
{
    static const SizedSSortOrderSet(2, order) =
        {2, 0, 0, {{PR_CLIENT_SUBMIT_TIME, TABLE_SORT_ASCEND}, {PR_INSTANCE_KEY, TABLE_SORT_ASCEND}}};
    HRESULT hr = S_OK;
    ITableData *table;
    ULONG i;

    *ret = NULL;
    content_refresh(content);
    EnterCriticalSection(&content->cs);
    if (!content->queue
        && SUCCEEDED(hr = create_table((SPropTagArray *)&queue_columns, &content->queue)))
        for (i = 0; i < content->count; i++)
            if (content_queued(content->entries[i]))
                content_set_row(content, content->entries[i], content->queue);
    if ((table = content->queue)) ITableData_AddRef(table);
    LeaveCriticalSection(&content->cs);
    if (FAILED(hr)) return hr;
    hr = view_of(table, MAPI_UNICODE, (SSortOrderSet *)&order, ret);
    ITableData_Release(table);
    return hr;
}
