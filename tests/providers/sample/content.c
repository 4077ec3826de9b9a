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
 * A store is a list of items, folders and messages, each with a number, its place, its flags, and
 * its data as bytes. The tables over them are contenttable.c's.
 *
 * Stores of one process that are the same share a content. What other processes do is taken over by
 * content_refresh, from the files (files.c). The order of locks is the files', then the content's,
 * then the list's; what is called under them are table data of MAPI's, which call nobody back.
 */

#include "content.h"

#define ITEM_MAGIC 0x4c504d53           /* "SMPL" */

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

struct entry *content_entry(struct content *content, ULONG number)
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
    known = (entry = content_entry(content, number)) != NULL;
    if (!known && !(entry = add_entry(content, number)))
    {
        blob_free(&data);
        return;
    }
    old = entry->item;
    item.version = old.version;
    if (entry->data.size != data.size || memcmp(entry->data.data, data.data, data.size))
        item.version++;
    entry->item = item;
    blob_free(&entry->data);
    entry->data = data;
    entry->seen = TRUE;
    note_stamp(content, entry);
    content_update_tables(content, entry, known ? &old : NULL);
}

static void see_file(void *context, ULONG number, ULONG size, const FILETIME *time)
{
    struct content *content = context;
    struct entry *entry = content_entry(content, number);

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
        content_leave_tables(content, &item);
        remove_entry(content, content->entries[i]);
        content_update_folder_row(content, item.parent);
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
    for (content = contents; content && memcmp(&content->uid, uid, sizeof(*uid));
         content = content->next)
        ;
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
    if (!(entry = content_entry(content, number))) hr = MAPI_E_NOT_FOUND;
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
    entry = content_entry(content, number);
    hr = entry ? content_entry_props(content, entry, count, ret) : MAPI_E_NOT_FOUND;
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
    if (!content_entry(content, item->parent) && item->number != FOLDER_TOP)
        return MAPI_E_OBJECT_DELETED;
    if (created)
    {
        if (FAILED(hr = files_new_number(content->files, &item->number))) return hr;
        if (!(entry = add_entry(content, item->number))) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else if (!(entry = content_entry(content, item->number))) return MAPI_E_OBJECT_DELETED;
    if (!created && data && item->version && item->version != entry->item.version)
        return MAPI_E_OBJECT_CHANGED;

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
    content_update_tables(content, entry, created ? NULL : &old);
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
    if (!(entry = content_entry(content, number))) hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr = files_delete(content->files, name)))
    {
        item = entry->item;
        content_leave_tables(content, &item);
        remove_entry(content, entry);
        content_update_folder_row(content, item.parent);
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
    if (!(*numbers = malloc((content->count + 1) * sizeof(**numbers))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else for (i = 0; i < content->count; i++)
            if (content->entries[i]->item.parent == folder
                && content_table_of(&content->entries[i]->item) == which)
                (*numbers)[(*count)++] = content->entries[i]->item.number;
    LeaveCriticalSection(&content->cs);
    return hr;
}

BOOL content_is_below(struct content *content, ULONG number, ULONG folder)
{
    struct entry *entry;
    ULONG depth = 0;

    EnterCriticalSection(&content->cs);
    /* Files may say anything: a circle of folders is left after as many steps as there are
     * items. */
    while (number != folder && (entry = content_entry(content, number))
           && depth++ <= content->count)
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
        if (FAILED(content_entry_props(content, entry, &count, &props))) continue;
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
    if ((entry = content_entry(content, number)) && !entry->locked)
    {
        if (content->in_files) entry->lock = files_lock(content->files, number);
        locked = entry->locked = !content->in_files || entry->lock != INVALID_HANDLE_VALUE;
        if (locked && content_queued(entry))
            content_set_row(content, entry, content->queue);
    }
    content_leave(content);
    return locked;
}

void content_unlock(struct content *content, ULONG number)
{
    struct entry *entry;

    content_enter(content);
    if ((entry = content_entry(content, number)) && entry->locked)
    {
        entry->locked = entry->direct = FALSE;
        if (entry->lock != INVALID_HANDLE_VALUE) CloseHandle(entry->lock);
        entry->lock = INVALID_HANDLE_VALUE;
        if (content_queued(entry)) content_set_row(content, entry, content->queue);
    }
    content_leave(content);
}

void content_set_direct(struct content *content, ULONG number, BOOL direct)
{
    struct entry *entry;

    content_enter(content);
    if ((entry = content_entry(content, number)) && entry->locked)
    {
        entry->direct = direct;
        content_update_tables(content, entry, &entry->item);
    }
    content_leave(content);
}

BOOL content_locked(struct content *content, ULONG number)
{
    struct entry *entry;
    BOOL locked = FALSE;
    HANDLE lock;

    content_enter(content);
    if ((entry = content_entry(content, number)))
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
