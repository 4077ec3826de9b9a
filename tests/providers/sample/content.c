/*
 * Sample providers: what is in a store
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
 * A store is a list of items, folders and messages, each with a number, its place, its flags, and its
 * data as bytes. The tables over them are kept with them: a table is made when it is first asked for and
 * follows every change from then on, which is what makes it live.
 *
 * Stores of one process that are the same share a content. What other processes do is taken over by
 * content_refresh, from the files (files.c). The order of locks is the files', then the content's, then
 * the list's; what is called under them are table data of MAPI's, which call nobody back.
 */

#include "store.h"

#define ITEM_MAGIC 0x4c504d53           /* "SMPL" */
#define ROW_VALUE_MAX 512               /* longer values are not in tables */

struct entry
{
    struct item item;
    struct blob data;
    ULONG file_size;
    FILETIME file_time;
    BOOL file_settled;                  /* it had that time when it was read, and that was over */
    BOOL seen;                          /* while the files are looked through */
    BOOL locked;
    HANDLE lock;
    ITableData *tables[TABLE_COUNT];    /* of a folder; NULL until asked for */
};

struct extra
{
    struct extra *next;
    char name[16];
    struct blob data;
};

struct content
{
    LONG ref;                           /* contents_cs */
    struct content *next;
    MAPIUID uid;
    CRITICAL_SECTION cs;
    struct files *files;
    struct entry **entries;             /* by number */
    ULONG count;
    ULONG room;
    ITableData *queue;
    struct extra *extras;               /* what is kept in files when there are files */
    BOOL in_files;
};

static CRITICAL_SECTION contents_cs;
static INIT_ONCE contents_once = INIT_ONCE_STATIC_INIT;
static struct content *contents;        /* contents_cs */

static BOOL CALLBACK contents_init(INIT_ONCE *once, void *param, void **context)
{
    InitializeCriticalSection(&contents_cs);
    return TRUE;
}

static void contents_enter(void)
{
    InitOnceExecuteOnce(&contents_once, contents_init, NULL, NULL);
    EnterCriticalSection(&contents_cs);
}

void content_enter(struct content *content)
{
    files_enter(content->files);
    EnterCriticalSection(&content->cs);
}

void content_leave(struct content *content)
{
    LeaveCriticalSection(&content->cs);
    files_leave(content->files);
}

const MAPIUID *content_uid(struct content *content)
{
    return &content->uid;
}

/* ---- the list ---- */

/* Where the item is, or would be. */
static ULONG entry_place(struct content *content, ULONG number)
{
    ULONG low = 0, high = content->count, middle;

    while (low < high)
    {
        middle = low + (high - low) / 2;
        if (content->entries[middle]->item.number < number) low = middle + 1;
        else high = middle;
    }
    return low;
}

static struct entry *find_entry(struct content *content, ULONG number)
{
    ULONG place = entry_place(content, number);

    if (place == content->count || content->entries[place]->item.number != number) return NULL;
    return content->entries[place];
}

static struct entry *add_entry(struct content *content, ULONG number)
{
    ULONG place = entry_place(content, number), room;
    struct entry *entry, **grown;

    if (content->count == content->room)
    {
        room = max(content->room * 2, 64);
        if (!(grown = realloc(content->entries, room * sizeof(*grown)))) return NULL;
        content->entries = grown;
        content->room = room;
    }
    if (!(entry = calloc(1, sizeof(*entry)))) return NULL;
    entry->item.number = number;
    entry->lock = INVALID_HANDLE_VALUE;
    memmove(content->entries + place + 1, content->entries + place,
            (content->count - place) * sizeof(*content->entries));
    content->entries[place] = entry;
    content->count++;
    return entry;
}

static void free_entry(struct entry *entry)
{
    int i;

    for (i = 0; i < TABLE_COUNT; i++) if (entry->tables[i]) ITableData_Release(entry->tables[i]);
    if (entry->lock != INVALID_HANDLE_VALUE) CloseHandle(entry->lock);
    blob_free(&entry->data);
    free(entry);
}

static void remove_entry(struct content *content, struct entry *entry)
{
    ULONG place = entry_place(content, entry->item.number);

    content->count--;
    memmove(content->entries + place, content->entries + place + 1,
            (content->count - place) * sizeof(*content->entries));
    free_entry(entry);
}

static enum content_table table_of(const struct item *item)
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

static void add_folder_props(struct content *content, const struct entry *entry, SPropValue *props, ULONG *count)
{
    LONG counts[TABLE_COUNT] = {0}, unread = 0;
    const struct item *item;
    ULONG i;

    for (i = 0; i < content->count; i++)
    {
        item = &content->entries[i]->item;
        if (item->parent != entry->item.number) continue;
        counts[table_of(item)]++;
        if (table_of(item) == TABLE_CONTENTS && !(item->flags & MSGFLAG_READ)) unread++;
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
    add_long(props, count, PR_SUBMIT_FLAGS, item->submit_flags | (entry->locked ? SUBMITFLAG_LOCKED : 0));
    add_long(props, count, PR_CLIENT_SUBMIT_TIME, 0);
    props[*count - 1].Value.ft = item->submitted;
}

static HRESULT entry_props(struct content *content, const struct entry *entry, ULONG *ret_count,
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
    if (SUCCEEDED(hr)) hr = add_binary(props, &count, PR_STORE_RECORD_KEY, &content->uid, sizeof(MAPIUID));
    if (SUCCEEDED(hr)) hr = add_binary(props, &count, PR_MAPPING_SIGNATURE, &content->uid, sizeof(MAPIUID));
    if (SUCCEEDED(hr)) hr = add_binary(props, &count, PR_RECORD_KEY, &id, sizeof(id));
    if (SUCCEEDED(hr)) hr = add_binary(props, &count, PR_INSTANCE_KEY, &entry->item.number, sizeof(ULONG));
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

static void set_row(struct content *content, struct entry *entry, ITableData *table)
{
    SPropValue *props;
    ULONG count, i;
    SRow row;

    if (!table || FAILED(entry_props(content, entry, &count, &props))) return;
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
static void update_folder_row(struct content *content, ULONG folder)
{
    struct entry *entry = find_entry(content, folder), *parent;

    if (entry && (parent = find_entry(content, entry->item.parent)))
        set_row(content, entry, parent->tables[TABLE_HIERARCHY]);
}

static void leave_tables(struct content *content, const struct item *item)
{
    struct entry *parent = find_entry(content, item->parent);

    if (parent) delete_row(parent->tables[table_of(item)], item->number);
    if (item->flags & MSGFLAG_SUBMIT) delete_row(content->queue, item->number);
}

/* old: what it was before, NULL if it is new. */
static void update_tables(struct content *content, struct entry *entry, const struct item *old)
{
    struct entry *parent = find_entry(content, entry->item.parent);
    BOOL elsewhere = !old || old->parent != entry->item.parent || table_of(old) != table_of(&entry->item);
    BOOL queued = (entry->item.flags & MSGFLAG_SUBMIT) != 0;

    if (old && (elsewhere || ((old->flags & MSGFLAG_SUBMIT) && !queued))) leave_tables(content, old);
    if (parent) set_row(content, entry, parent->tables[table_of(&entry->item)]);
    if (queued) set_row(content, entry, content->queue);
    if (elsewhere || ((old->flags ^ entry->item.flags) & MSGFLAG_READ))
        update_folder_row(content, entry->item.parent);
    if (old && elsewhere) update_folder_row(content, old->parent);
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
    return CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                       TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)columns, ret);
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
    if (!(entry = find_entry(content, folder)) || entry->item.kind != OBJECT_FOLDER) hr = MAPI_E_OBJECT_DELETED;
    else if (!entry->tables[which])
    {
        hr = create_table(which == TABLE_HIERARCHY ? (SPropTagArray *)&folder_columns
                                                   : (SPropTagArray *)&message_columns, &entry->tables[which]);
        for (i = 0; i < content->count && SUCCEEDED(hr); i++)
            if (content->entries[i]->item.parent == folder && table_of(&content->entries[i]->item) == which)
                set_row(content, content->entries[i], entry->tables[which]);
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
    if (!content->queue && SUCCEEDED(hr = create_table((SPropTagArray *)&queue_columns, &content->queue)))
        for (i = 0; i < content->count; i++)
            if (content->entries[i]->item.flags & MSGFLAG_SUBMIT)
                set_row(content, content->entries[i], content->queue);
    if ((table = content->queue)) ITableData_AddRef(table);
    LeaveCriticalSection(&content->cs);
    if (FAILED(hr)) return hr;
    hr = view_of(table, MAPI_UNICODE, (SSortOrderSet *)&order, ret);
    ITableData_Release(table);
    return hr;
}

/* ---- files ---- */

static void pack_entry(const struct entry *entry, struct blob *blob)
{
    const struct item *item = &entry->item;

    blob_put_long(blob, ITEM_MAGIC);
    blob_put_long(blob, item->kind);
    blob_put_long(blob, item->parent);
    blob_put_long(blob, item->flags);
    blob_put_long(blob, item->status);
    blob_put_long(blob, item->submit_flags);
    blob_put_long(blob, item->submitted.dwLowDateTime);
    blob_put_long(blob, item->submitted.dwHighDateTime);
    blob_put_blob(blob, &entry->data);
}

static HRESULT unpack_item(const struct blob *blob, struct item *item, struct blob *data)
{
    struct reader reader = {blob->data, blob->size, FALSE};

    if (read_long(&reader) != ITEM_MAGIC) return MAPI_E_CORRUPT_DATA;
    item->kind = read_long(&reader);
    item->parent = read_long(&reader);
    item->flags = read_long(&reader);
    item->status = read_long(&reader);
    item->submit_flags = read_long(&reader);
    item->submitted.dwLowDateTime = read_long(&reader);
    item->submitted.dwHighDateTime = read_long(&reader);
    if (item->kind != OBJECT_FOLDER && item->kind != OBJECT_MESSAGE) return MAPI_E_CORRUPT_DATA;
    return read_blob(&reader, data);
}

static void note_stamp(struct content *content, struct entry *entry)
{
    FILETIME now;

    files_stamp(content->files, entry->item.number, &entry->file_size, &entry->file_time);
    GetSystemTimeAsFileTime(&now);
    entry->file_settled = now.dwHighDateTime != entry->file_time.dwHighDateTime ||
                          now.dwLowDateTime - entry->file_time.dwLowDateTime > 10000000;
}

static HRESULT write_entry(struct content *content, struct entry *entry)
{
    struct blob blob = {0};
    char name[16];
    HRESULT hr;

    if (!content->in_files) return S_OK;
    pack_entry(entry, &blob);
    files_item_name(entry->item.number, name);
    hr = blob.failed ? MAPI_E_NOT_ENOUGH_MEMORY : files_write(content->files, name, &blob);
    blob_free(&blob);
    if (SUCCEEDED(hr)) note_stamp(content, entry);
    return hr;
}

/* Takes an item as its file has it. */
static void read_entry(struct content *content, ULONG number)
{
    struct blob blob, data = {0};
    struct entry *entry;
    struct item item, old;
    char name[16];
    BOOL known;

    memset(&item, 0, sizeof(item));
    files_item_name(number, name);
    if (FAILED(files_read(content->files, name, &blob))) return;
    if (FAILED(unpack_item(&blob, &item, &data)))
    {
        blob_free(&blob);
        return;
    }
    blob_free(&blob);
    item.number = number;
    known = (entry = find_entry(content, number)) != NULL;
    if (!known && !(entry = add_entry(content, number)))
    {
        blob_free(&data);
        return;
    }
    old = entry->item;
    item.version = old.version;
    if (entry->data.size != data.size || memcmp(entry->data.data, data.data, data.size)) item.version++;
    entry->item = item;
    blob_free(&entry->data);
    entry->data = data;
    entry->seen = TRUE;
    note_stamp(content, entry);
    update_tables(content, entry, known ? &old : NULL);
}

static void see_file(void *context, ULONG number, ULONG size, const FILETIME *time)
{
    struct content *content = context;
    struct entry *entry = find_entry(content, number);

    if (entry) entry->seen = TRUE;
    if (!entry || entry->file_size != size || memcmp(&entry->file_time, time, sizeof(*time)) ||
        !entry->file_settled)
        read_entry(content, number);
}

static void refresh(struct content *content)
{
    struct item item;
    ULONG i;

    if (!files_changed(content->files)) return;
    /* The folders that every store has are there without a file. */
    for (i = 0; i < content->count; i++)
        content->entries[i]->seen = content->entries[i]->item.number < FOLDER_COUNT;
    files_each(content->files, see_file, content);
    for (i = content->count; i--;)
    {
        if (content->entries[i]->seen) continue;
        item = content->entries[i]->item;
        leave_tables(content, &item);
        remove_entry(content, content->entries[i]);
        update_folder_row(content, item.parent);
    }
}

void content_refresh(struct content *content)
{
    if (!content->in_files) return;
    content_enter(content);
    refresh(content);
    content_leave(content);
}

/* ---- opening ---- */

static HRESULT add_folders(struct content *content)
{
    static const struct {ULONG number, parent; const WCHAR *name;} folders[] =
    {
        {FOLDER_TOP, FOLDER_NONE, L"Sample Folder"},
        {FOLDER_SUBTREE, FOLDER_TOP, L"Top of Sample Store"},
        {FOLDER_INBOX, FOLDER_SUBTREE, L"Inbox"},
        {FOLDER_OUTBOX, FOLDER_SUBTREE, L"Outbox"},
        {FOLDER_SENT, FOLDER_SUBTREE, L"Sent Items"},
        {FOLDER_DELETED, FOLDER_SUBTREE, L"Deleted Items"},
        {FOLDER_FINDER, FOLDER_TOP, L"Search Root"}
    };
    struct entry *entry;
    SPropValue name;
    ULONG i;

    memset(&name, 0, sizeof(name));
    name.ulPropTag = PR_DISPLAY_NAME_W;
    for (i = 0; i < ARRAYSIZE(folders); i++)
    {
        if (!(entry = add_entry(content, folders[i].number))) return MAPI_E_NOT_ENOUGH_MEMORY;
        entry->item.kind = OBJECT_FOLDER;
        entry->item.parent = folders[i].parent;
        entry->item.version = 1;
        name.Value.lpszW = (WCHAR *)folders[i].name;
        blob_put_props(&entry->data, 1, &name);
        if (entry->data.failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    return S_OK;
}

static void destroy(struct content *content)
{
    struct extra *extra;
    ULONG i;

    for (i = 0; i < content->count; i++) free_entry(content->entries[i]);
    while ((extra = content->extras))
    {
        content->extras = extra->next;
        blob_free(&extra->data);
        free(extra);
    }
    if (content->queue) ITableData_Release(content->queue);
    if (content->files) files_close(content->files);
    DeleteCriticalSection(&content->cs);
    free(content->entries);
    free(content);
}

HRESULT content_open(const MAPIUID *uid, const char *directory, struct content **ret)
{
    struct content *content;
    HRESULT hr = S_OK;

    *ret = NULL;
    contents_enter();
    for (content = contents; content && memcmp(&content->uid, uid, sizeof(*uid)); content = content->next) ;
    if (content) content->ref++;
    else if (!(content = calloc(1, sizeof(*content)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        content->ref = 1;
        content->uid = *uid;
        content->in_files = *directory != 0;
        InitializeCriticalSection(&content->cs);
        hr = files_open(uid, directory, &content->files);
        if (SUCCEEDED(hr)) hr = add_folders(content);
        if (FAILED(hr)) destroy(content);
        else
        {
            content->next = contents;
            contents = content;
        }
    }
    LeaveCriticalSection(&contents_cs);
    if (FAILED(hr)) return hr;
    content_refresh(content);
    *ret = content;
    return S_OK;
}

void content_release(struct content *content)
{
    struct content **entry;

    contents_enter();
    if (--content->ref) content = NULL;
    else
    {
        for (entry = &contents; *entry != content; entry = &(*entry)->next) ;
        *entry = content->next;
    }
    LeaveCriticalSection(&contents_cs);
    if (content) destroy(content);
}

/* ---- items ---- */

HRESULT content_get(struct content *content, ULONG number, struct item *item, struct blob *data)
{
    struct entry *entry;
    HRESULT hr = S_OK;

    if (data) memset(data, 0, sizeof(*data));
    EnterCriticalSection(&content->cs);
    if (!(entry = find_entry(content, number))) hr = MAPI_E_NOT_FOUND;
    else
    {
        *item = entry->item;
        if (data) blob_put_bytes(data, entry->data.data, entry->data.size);
        if (data && data->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    LeaveCriticalSection(&content->cs);
    return hr;
}

HRESULT content_props(struct content *content, ULONG number, ULONG *count, SPropValue **ret)
{
    struct entry *entry;
    HRESULT hr;

    EnterCriticalSection(&content->cs);
    entry = find_entry(content, number);
    hr = entry ? entry_props(content, entry, count, ret) : MAPI_E_NOT_FOUND;
    LeaveCriticalSection(&content->cs);
    return hr;
}

/* Both locks are held. */
static HRESULT put(struct content *content, struct item *item, struct blob *data)
{
    struct entry *entry;
    struct item old;
    struct blob old_data;
    BOOL created = !item->number;
    HRESULT hr;

    if (content->in_files) refresh(content);
    if (!find_entry(content, item->parent) && item->number != FOLDER_TOP) return MAPI_E_OBJECT_DELETED;
    if (created)
    {
        if (FAILED(hr = files_new_number(content->files, &item->number))) return hr;
        if (!(entry = add_entry(content, item->number))) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else if (!(entry = find_entry(content, item->number))) return MAPI_E_OBJECT_DELETED;
    if (!created && data && item->version && item->version != entry->item.version) return MAPI_E_OBJECT_CHANGED;

    old = entry->item;
    old_data = entry->data;
    item->version = old.version + (data != NULL);
    entry->item = *item;
    if (data) entry->data = *data;
    if (FAILED(hr = write_entry(content, entry)))
    {
        entry->item = old;
        entry->data = old_data;
        if (created) remove_entry(content, entry);
        return hr;
    }
    if (data)
    {
        blob_free(&old_data);
        memset(data, 0, sizeof(*data));
    }
    update_tables(content, entry, created ? NULL : &old);
    return S_OK;
}

HRESULT content_put(struct content *content, struct item *item, struct blob *data)
{
    ULONG number = item->number;
    HRESULT hr;

    if (data && data->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        content_enter(content);
        hr = put(content, item, data);
        content_leave(content);
    }
    if (FAILED(hr)) item->number = number;
    if (data) blob_free(data);
    return hr;
}

HRESULT content_delete(struct content *content, ULONG number)
{
    struct entry *entry;
    struct item item;
    char name[16];
    HRESULT hr;

    files_item_name(number, name);
    content_enter(content);
    if (!(entry = find_entry(content, number))) hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr = files_delete(content->files, name)))
    {
        item = entry->item;
        leave_tables(content, &item);
        remove_entry(content, entry);
        update_folder_row(content, item.parent);
    }
    content_leave(content);
    return hr;
}

HRESULT content_list(struct content *content, ULONG folder, enum content_table which, ULONG *count,
                     ULONG **numbers)
{
    HRESULT hr = S_OK;
    ULONG i;

    *count = 0;
    EnterCriticalSection(&content->cs);
    if (!(*numbers = malloc((content->count + 1) * sizeof(**numbers)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else for (i = 0; i < content->count; i++)
        if (content->entries[i]->item.parent == folder && table_of(&content->entries[i]->item) == which)
            (*numbers)[(*count)++] = content->entries[i]->item.number;
    LeaveCriticalSection(&content->cs);
    return hr;
}

BOOL content_is_below(struct content *content, ULONG number, ULONG folder)
{
    struct entry *entry;
    ULONG depth = 0;

    EnterCriticalSection(&content->cs);
    /* Files may say anything: a circle of folders is left after as many steps as there are items. */
    while (number != folder && (entry = find_entry(content, number)) && depth++ <= content->count)
        number = entry->item.parent;
    LeaveCriticalSection(&content->cs);
    return number == folder;
}

ULONG content_find_folder(struct content *content, ULONG parent, const WCHAR *name)
{
    ULONG i, j, count, found = 0;
    SPropValue *props;
    struct entry *entry;

    EnterCriticalSection(&content->cs);
    for (i = 0; i < content->count && !found; i++)
    {
        entry = content->entries[i];
        if (entry->item.kind != OBJECT_FOLDER || entry->item.parent != parent) continue;
        if (FAILED(entry_props(content, entry, &count, &props))) continue;
        for (j = 0; j < count; j++)
            if (props[j].ulPropTag == PR_DISPLAY_NAME_W && !lstrcmpiW(props[j].Value.lpszW, name))
                found = entry->item.number;
        MAPIFreeBuffer(props);
    }
    LeaveCriticalSection(&content->cs);
    return found;
}

/* ---- locks of messages ---- */

BOOL content_lock(struct content *content, ULONG number)
{
    struct entry *entry;
    BOOL locked = FALSE;

    content_enter(content);
    if (content->in_files) refresh(content);
    if ((entry = find_entry(content, number)) && !entry->locked)
    {
        if (content->in_files) entry->lock = files_lock(content->files, number);
        locked = entry->locked = !content->in_files || entry->lock != INVALID_HANDLE_VALUE;
        if (locked && (entry->item.flags & MSGFLAG_SUBMIT)) set_row(content, entry, content->queue);
    }
    content_leave(content);
    return locked;
}

void content_unlock(struct content *content, ULONG number)
{
    struct entry *entry;

    content_enter(content);
    if ((entry = find_entry(content, number)) && entry->locked)
    {
        entry->locked = FALSE;
        if (entry->lock != INVALID_HANDLE_VALUE) CloseHandle(entry->lock);
        entry->lock = INVALID_HANDLE_VALUE;
        if (entry->item.flags & MSGFLAG_SUBMIT) set_row(content, entry, content->queue);
    }
    content_leave(content);
}

BOOL content_locked(struct content *content, ULONG number)
{
    struct entry *entry;
    BOOL locked = FALSE;
    HANDLE lock;

    content_enter(content);
    if ((entry = find_entry(content, number)))
    {
        locked = entry->locked;
        if (!locked && content->in_files)
        {
            lock = files_lock(content->files, number);
            locked = lock == INVALID_HANDLE_VALUE;
            if (!locked) CloseHandle(lock);
        }
    }
    content_leave(content);
    return locked;
}

/* ---- extras ---- */

HRESULT content_get_extra(struct content *content, const char *name, struct blob *data)
{
    struct extra *extra;
    HRESULT hr = MAPI_E_NOT_FOUND;

    memset(data, 0, sizeof(*data));
    EnterCriticalSection(&content->cs);
    if (content->in_files) hr = files_read(content->files, name, data);
    else for (extra = content->extras; extra; extra = extra->next)
    {
        if (strcmp(extra->name, name)) continue;
        blob_put_bytes(data, extra->data.data, extra->data.size);
        hr = data->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
        break;
    }
    LeaveCriticalSection(&content->cs);
    return hr;
}

HRESULT content_put_extra(struct content *content, const char *name, const struct blob *data)
{
    struct extra *extra;
    struct blob copy = {0};
    HRESULT hr = S_OK;

    if (data->failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (content->in_files)
    {
        content_enter(content);
        hr = files_write(content->files, name, data);
        content_leave(content);
        return hr;
    }
    EnterCriticalSection(&content->cs);
    for (extra = content->extras; extra && strcmp(extra->name, name); extra = extra->next) ;
    if (!extra && (extra = calloc(1, sizeof(*extra))))
    {
        lstrcpynA(extra->name, name, sizeof(extra->name));
        extra->next = content->extras;
        content->extras = extra;
    }
    blob_put_bytes(&copy, data->data, data->size);
    if (!extra || copy.failed)
    {
        blob_free(&copy);
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else
    {
        blob_free(&extra->data);
        extra->data = copy;
    }
    LeaveCriticalSection(&content->cs);
    return hr;
}
