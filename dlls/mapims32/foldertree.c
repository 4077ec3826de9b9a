/*
 * What a folder does with folders
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
 * Within a file folders are copied and moved as a whole, in one transaction; to another store it is
 * the support object's work. The folders that a store cannot be without stay where they are.
 */

#include "store.h"
#include "folders.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define AT_ONCE 256
#define DEPTH_MAX 1000                  /* folders above one another */

static struct folder *impl_from_IMAPIFolder(IMAPIFolder *iface)
{
    return (struct folder *)iface;
}

/* Ends the transaction as the call went. */
static HRESULT finish(struct store *store, struct db_txn *txn, HRESULT hr)
{
    HRESULT commit;

    if (FAILED(hr))
    {
        db_rollback(txn);
        return hr;
    }
    if (FAILED(commit = db_commit(txn))) return commit;
    changes_pump(store);
    return hr;
}

/* ---- looking ---- */

HRESULT folder_find(struct db_txn *txn, LONGLONG parent, const WCHAR *name, LONGLONG *ret)
{
    static const ULONG tag = PR_DISPLAY_NAME_W;
    LONGLONG *ids, last = 0;
    SPropValue value;
    ULONG i, count;
    void *block;
    HRESULT hr;

    *ret = 0;
    if (FAILED(MAPIAllocateBuffer(1, &block))) return MAPI_E_NOT_ENOUGH_MEMORY;
    do
    {
        hr = db_object_children(txn, parent, DB_LIST_HIERARCHY, last, AT_ONCE, &ids, &count);
        if (FAILED(hr)) break;
        for (i = 0; i < count && !*ret && SUCCEEDED(hr); i++)
        {
            last = ids[i];
            hr = db_object_columns(txn, ids[i], 1, &tag, MAPIAllocateMore, block, NULL, &value);
            if (SUCCEEDED(hr) && value.ulPropTag == tag
                && CompareStringW(LOCALE_USER_DEFAULT, NORM_IGNORECASE, value.Value.lpszW, -1, name,
                                  -1)
                       == CSTR_EQUAL)
                *ret = ids[i];
        }
        platform_free(ids);
    }
    while (SUCCEEDED(hr) && !*ret && count == AT_ONCE);
    MAPIFreeBuffer(block);
    if (FAILED(hr)) return hr;
    return *ret ? S_OK : MAPI_E_NOT_FOUND;
}

/* Is it the folder, or somewhere below it? */
static BOOL is_below(struct db_txn *txn, LONGLONG id, LONGLONG folder)
{
    struct db_object info;
    ULONG depth;

    for (depth = 0; id && depth < DEPTH_MAX; depth++)
    {
        if (id == folder) return TRUE;
        if (FAILED(db_object_load(txn, id, &info, NULL))) return FALSE;
        id = info.parent;
    }
    return FALSE;
}

/* The subfolder that an entry ID names. */
static HRESULT find_subfolder(struct folder *folder, struct db_txn *txn, ULONG size,
                              const ENTRYID *id, struct db_object *ret)
{
    enum entry_kind kind;
    LONGLONG number;
    HRESULT hr;

    if (!entryid_parse(&folder->object.store->uid, size, id, &kind, &number)
        || kind != ENTRY_FOLDER)
        return MAPI_E_INVALID_ENTRYID;
    hr = db_object_load(txn, number, ret, NULL);
    if (hr == MAPI_E_OBJECT_DELETED) return MAPI_E_NOT_FOUND;
    if (FAILED(hr)) return hr;
    return kind_is_folder(ret->kind) && ret->parent == folder->object.id ? S_OK : MAPI_E_NOT_FOUND;
}

/* The messages that are on their way, from those of the queue that are at most so many. */
static BOOL has_submitted(struct db_txn *txn, LONGLONG folder)
{
    LONGLONG *ids, last = 0;
    BOOL found = FALSE;
    ULONG i, count;

    do
    {
        if (FAILED(list_next(txn, DB_ROOT, DB_LIST_OUTGOING, last, AT_ONCE, &ids, &count)))
            return FALSE;
        for (i = 0; i < count && !found; i++) found = is_below(txn, last = ids[i], folder);
        platform_free(ids);
    }
    while (!found && count == AT_ONCE);
    return found;
}

/* ---- creating ---- */

static HRESULT create_folder(struct folder *parent, ULONG type, const WCHAR *name,
                             const WCHAR *comment, BOOL open_existing, LONGLONG *id)
{
    struct db_object init = { 0 }, info;
    struct db_props *props;
    struct db_txn *txn;
    SPropValue created;
    HRESULT hr;

    init.parent = parent->object.id;
    init.kind = type == FOLDER_SEARCH ? DB_KIND_SEARCH_FOLDER : DB_KIND_FOLDER;
    init.list = DB_LIST_HIERARCHY;
    memset(&created, 0, sizeof(created));
    created.ulPropTag = PR_CREATION_TIME;
    GetSystemTimeAsFileTime(&created.Value.ft);
    if (FAILED(hr = db_props_create(&props))) return hr;
    hr = db_props_set_text(props, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr)) hr = db_props_set(props, &created);
    if (SUCCEEDED(hr) && comment) hr = db_props_set_text(props, PR_COMMENT_W, comment);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_begin(parent->object.store->db, DB_WRITE, &txn)))
    {
        hr = db_object_load(txn, parent->object.id, &info, NULL);
        if (SUCCEEDED(hr)) hr = folder_find(txn, parent->object.id, name, id);
        if (SUCCEEDED(hr) && !open_existing) hr = MAPI_E_COLLISION;
        else if (hr == MAPI_E_NOT_FOUND) hr = db_object_create(txn, &init, props, NULL, 0, id);
        hr = finish(parent->object.store, txn, hr);
    }
    db_props_destroy(props);
    return hr;
}

HRESULT WINAPI folder_CreateFolder(IMAPIFolder *iface, ULONG type, LPTSTR name, LPTSTR comment,
                                   LPCIID iid, ULONG flags, LPMAPIFOLDER *ret)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    WCHAR *wide = NULL, *wide_comment = NULL;
    LONGLONG id;
    HRESULT hr;

    TRACE("%p, %lu, %p, %#lx\n", iface, type, name, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!name || (type != FOLDER_GENERIC && type != FOLDER_SEARCH)) return MAPI_E_INVALID_PARAMETER;
    if (iid && !IsEqualGUID(iid, &IID_IMAPIFolder) && !IsEqualGUID(iid, &IID_IMAPIContainer)
        && !IsEqualGUID(iid, &IID_IMAPIProp) && !IsEqualGUID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | OPEN_IF_EXISTS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (folder->kind == DB_KIND_SEARCH_FOLDER) return MAPI_E_NO_ACCESS;
    hr = text_from_tstr(name, flags, &wide);
    if (SUCCEEDED(hr)) hr = text_from_tstr(comment, flags, &wide_comment);
    if (SUCCEEDED(hr) && !*wide) hr = MAPI_E_INVALID_PARAMETER;
    if (SUCCEEDED(hr))
        hr = create_folder(folder, type, wide, wide_comment, (flags & OPEN_IF_EXISTS) != 0, &id);
    platform_free(wide);
    platform_free(wide_comment);
    return SUCCEEDED(hr) ? folder_open(folder->object.store, id, TRUE, FALSE, ret) : hr;
}

/* ---- copying and moving ---- */

static HRESULT rename_folder(struct db_txn *txn, LONGLONG id, const WCHAR *name)
{
    SPropValue value;

    if (!name) return S_OK;
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_DISPLAY_NAME_W;
    value.Value.lpszW = (WCHAR *)name;
    return db_object_patch(txn, id, 1, &value, NULL);
}

/* Another of that name in the destination is in the way. */
static HRESULT check_name(struct db_txn *txn, LONGLONG id, LONGLONG dst, const WCHAR *name)
{
    static const ULONG tag = PR_DISPLAY_NAME_W;
    LONGLONG found;
    SPropValue value;
    void *block;
    HRESULT hr;

    if (FAILED(MAPIAllocateBuffer(1, &block))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = db_object_columns(txn, id, 1, &tag, MAPIAllocateMore, block, NULL, &value);
    if (SUCCEEDED(hr) && !name && value.ulPropTag == tag) name = value.Value.lpszW;
    if (SUCCEEDED(hr) && name)
    {
        hr = folder_find(txn, dst, name, &found);
        if (SUCCEEDED(hr) && found != id) hr = MAPI_E_COLLISION;
        if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    }
    MAPIFreeBuffer(block);
    return hr;
}

static HRESULT move_folder(struct db_txn *txn, const struct db_object *source, LONGLONG dst,
                           const WCHAR *name)
{
    HRESULT hr;

    if (layout_is_special(txn, source->id)) return MAPI_E_NO_ACCESS;
    if (is_below(txn, dst, source->id)) return MAPI_E_FOLDER_CYCLE;
    if (FAILED(hr = check_name(txn, source->id, dst, name))) return hr;
    hr = db_object_move(txn, source->id, dst, DB_LIST_HIERARCHY);
    return SUCCEEDED(hr) ? rename_folder(txn, source->id, name) : hr;
}

/* A copy of a message is not on its way to anybody. */
static HRESULT clear_submitted(struct db_txn *txn, LONGLONG folder, ULONG depth)
{
    static const ULONG tag = PR_MESSAGE_FLAGS;
    LONGLONG *ids, last;
    SPropValue flags;
    ULONG i, count, which;
    HRESULT hr = S_OK;

    for (which = DB_LIST_HIERARCHY; which <= DB_LIST_CONTENTS && SUCCEEDED(hr); which++)
    {
        last = 0;
        do
        {
            hr = db_object_children(txn, folder, which, last, AT_ONCE, &ids, &count);
            if (FAILED(hr)) break;
            for (i = 0; i < count && SUCCEEDED(hr); i++)
            {
                last = ids[i];
                if (which == DB_LIST_HIERARCHY)
                {
                    if (depth < 64) hr = clear_submitted(txn, ids[i], depth + 1);
                    continue;
                }
                hr = db_object_columns(txn, ids[i], 1, &tag, MAPIAllocateMore, NULL, NULL, &flags);
                if (FAILED(hr) || flags.ulPropTag != tag || !(flags.Value.l & MSGFLAG_SUBMIT))
                    continue;
                flags.Value.l &= ~MSGFLAG_SUBMIT;
                hr = db_object_patch(txn, ids[i], 1, &flags, NULL);
            }
            platform_free(ids);
        }
        while (SUCCEEDED(hr) && count == AT_ONCE);
    }
    return hr;
}

static HRESULT delete_children(struct db_txn *txn, LONGLONG folder, ULONG list)
{
    LONGLONG *ids;
    ULONG i, count;
    HRESULT hr;

    do
    {
        if (FAILED(hr = db_object_children(txn, folder, list, 0, AT_ONCE, &ids, &count))) return hr;
        for (i = 0; i < count && SUCCEEDED(hr); i++) hr = db_object_delete(txn, ids[i]);
        platform_free(ids);
    }
    while (SUCCEEDED(hr) && count);
    return hr;
}

static HRESULT copy_folder(struct db_txn *txn, const struct db_object *source, LONGLONG dst,
                           const WCHAR *name, BOOL subfolders)
{
    LONGLONG copy;
    HRESULT hr;

    if (is_below(txn, dst, source->id)) return MAPI_E_FOLDER_CYCLE;
    hr = check_name(txn, source->id, dst, name);
    /* In its own parent it needs another name. */
    if (SUCCEEDED(hr) && source->parent == dst && !name) hr = MAPI_E_COLLISION;
    if (SUCCEEDED(hr)) hr = db_object_copy(txn, source->id, dst, DB_LIST_HIERARCHY, &copy);
    if (SUCCEEDED(hr) && !subfolders) hr = delete_children(txn, copy, DB_LIST_HIERARCHY);
    if (SUCCEEDED(hr) && has_submitted(txn, source->id)) hr = clear_submitted(txn, copy, 0);
    return SUCCEEDED(hr) ? rename_folder(txn, copy, name) : hr;
}

static HRESULT copy_within(struct folder *folder, ULONG size, const ENTRYID *id, struct folder *dst,
                           const WCHAR *name, ULONG flags)
{
    struct db_object source;
    struct db_txn *txn;
    HRESULT hr;

    if (dst->kind == DB_KIND_SEARCH_FOLDER) return MAPI_E_NO_ACCESS;
    if (name && !*name) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = db_begin(folder->object.store->db, DB_WRITE, &txn))) return hr;
    if (SUCCEEDED(hr = find_subfolder(folder, txn, size, id, &source)))
        hr = flags & FOLDER_MOVE ? move_folder(txn, &source, dst->object.id, name)
                                 : copy_folder(txn, &source, dst->object.id, name,
                                               (flags & COPY_SUBFOLDERS) != 0);
    return finish(folder->object.store, txn, hr);
}

HRESULT WINAPI folder_CopyFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                 void *dst, LPTSTR name, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                 ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface), *own;
    IMAPISupport *support;
    WCHAR *wide = NULL;
    HRESULT hr;

    TRACE("%p, %lu, %p, %p, %#lx\n", iface, size, id, dst, flags);

    if (!dst) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(COPY_SUBFOLDERS | FOLDER_DIALOG | FOLDER_MOVE | MAPI_DECLINE_OK | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((own = own_folder(folder->object.store, dst)))
    {
        if (FAILED(hr = text_from_tstr(name, flags, &wide))) return hr;
        hr = copy_within(folder, size, id, own, wide, flags);
        platform_free(wide);
        return hr;
    }
    if (flags & MAPI_DECLINE_OK) return MAPI_E_DECLINE_COPY;
    if (!(support = store_support(folder->object.store))) return MAPI_E_CALL_FAILED;
    hr = IMAPISupport_CopyFolder(support, &IID_IMAPIFolder, iface, size, id, iid, dst, name, ui,
                                 progress, flags);
    IMAPISupport_Release(support);
    return hr;
}

/* ---- deleting ---- */

static HRESULT check_empty(struct db_txn *txn, const struct db_object *folder, ULONG flags)
{
    ULONG total, marked;
    HRESULT hr;

    /* The messages of a search folder are not in it. */
    if (folder->kind == DB_KIND_SEARCH_FOLDER) return S_OK;
    if (!(flags & DEL_FOLDERS))
    {
        if (FAILED(hr = db_tally(txn, folder->id, DB_LIST_HIERARCHY, &total, &marked))) return hr;
        if (total) return MAPI_E_HAS_FOLDERS;
    }
    if (flags & DEL_MESSAGES) return S_OK;
    if (FAILED(hr = db_tally(txn, folder->id, DB_LIST_CONTENTS, &total, &marked))) return hr;
    return total ? MAPI_E_HAS_MESSAGES : S_OK;
}

/* MAPI_W_PARTIAL_COMPLETION: some message in it is on its way, so that it stays. */
static HRESULT delete_folder(struct db_txn *txn, const struct db_object *folder, BOOL hard)
{
    if (layout_is_special(txn, folder->id)) return MAPI_E_NO_ACCESS;
    if (has_submitted(txn, folder->id)) return MAPI_W_PARTIAL_COMPLETION;
    if (hard || folder->kind == DB_KIND_SEARCH_FOLDER || (folder->list & DB_LIST_DELETED))
        return db_object_delete(txn, folder->id);
    return db_object_move(txn, folder->id, folder->parent, folder->list | DB_LIST_DELETED);
}

HRESULT WINAPI folder_DeleteFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG_PTR ui,
                                   LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    struct db_object target;
    struct db_txn *txn;
    HRESULT hr;

    TRACE("%p, %lu, %p, %#lx\n", iface, size, id, flags);

    if (flags & ~(DEL_MESSAGES | DEL_FOLDERS | FOLDER_DIALOG | DELETE_HARD_DELETE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = db_begin(folder->object.store->db, DB_WRITE, &txn))) return hr;
    hr = find_subfolder(folder, txn, size, id, &target);
    if (SUCCEEDED(hr)) hr = check_empty(txn, &target, flags);
    if (SUCCEEDED(hr)) hr = delete_folder(txn, &target, (flags & DELETE_HARD_DELETE) != 0);
    hr = finish(folder->object.store, txn, hr);
    if (hr == S_OK) store_purge(folder->object.store);
    return hr;
}

/* ---- emptying ---- */

static HRESULT empty_one(struct db_txn *txn, LONGLONG id, BOOL hard)
{
    struct db_object object;
    HRESULT hr;

    if (FAILED(hr = db_object_load(txn, id, &object, NULL))) return hr;
    return kind_is_folder(object.kind) ? delete_folder(txn, &object, hard)
                                       : delete_message(txn, &object, hard);
}

/* In transactions of some at once. What stays is left behind, so that each is tried once. */
static HRESULT empty_list(struct folder *folder, ULONG list, BOOL hard, struct progress *progress,
                          BOOL *partial)
{
    ULONG i, count = 0, done = 0;
    LONGLONG *ids, last = 0;
    struct db_txn *txn;
    HRESULT hr, one;

    do
    {
        if (FAILED(hr = db_begin(folder->object.store->db, DB_WRITE, &txn))) return hr;
        hr = db_object_children(txn, folder->object.id, list, last, AT_ONCE, &ids, &count);
        for (i = 0; SUCCEEDED(hr) && i < count; i++)
        {
            one = empty_one(txn, last = ids[i], hard);
            if (one != S_OK) *partial = TRUE;
            if (one == MAPI_E_NOT_ENOUGH_DISK || one == MAPI_E_CORRUPT_STORE
                || one == MAPI_E_NOT_ENOUGH_MEMORY)
                hr = one;
        }
        platform_free(ids);
        if (FAILED(hr = finish(folder->object.store, txn, hr))) return hr;
        done += count;
        hr = progress_tell(progress, done, done + AT_ONCE);
    }
    while (SUCCEEDED(hr) && count == AT_ONCE);
    return hr;
}

HRESULT WINAPI folder_EmptyFolder(IMAPIFolder *iface, ULONG_PTR ui, LPMAPIPROGRESS given,
                                  ULONG flags)
{
    static const ULONG lists[] = { DB_LIST_HIERARCHY, DB_LIST_CONTENTS, DB_LIST_ASSOCIATED };
    struct folder *folder = impl_from_IMAPIFolder(iface);
    BOOL hard = (flags & DELETE_HARD_DELETE) != 0, partial = FALSE;
    struct progress progress;
    HRESULT hr = S_OK;
    ULONG i;

    TRACE("%p, %#lx\n", iface, flags);

    if (flags & ~(DEL_ASSOCIATED | FOLDER_DIALOG | DELETE_HARD_DELETE)) return MAPI_E_UNKNOWN_FLAGS;
    progress_begin(folder->object.store, ui, given, (flags & FOLDER_DIALOG) != 0, &progress);
    for (i = 0; i < ARRAY_SIZE(lists) && SUCCEEDED(hr); i++)
    {
        if (lists[i] == DB_LIST_ASSOCIATED && !(flags & DEL_ASSOCIATED)) continue;
        hr = empty_list(folder, lists[i], hard, &progress, &partial);
        /* Softly deleted ones are no reason to keep the room. */
        if (SUCCEEDED(hr) && hard)
            hr = empty_list(folder, lists[i] | DB_LIST_DELETED, TRUE, &progress, &partial);
    }
    progress_end(&progress);
    if (FAILED(hr)) return hr;
    return partial ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}
