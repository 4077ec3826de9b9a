/*
 * Folders
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
 * A folder object knows which folder it is and nothing more: everything is asked of the file and changed there at
 * once. foldermessages.c has what is done with messages, foldertree.c with folders, search.c the criteria of
 * search folders.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const ULONG folder_computed[] =
{
    PR_ENTRYID, PR_PARENT_ENTRYID, PR_RECORD_KEY, PR_INSTANCE_KEY, PR_STORE_ENTRYID,
    PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, PR_MDB_PROVIDER, PR_OBJECT_TYPE, PR_ACCESS,
    PR_ACCESS_LEVEL, PR_STORE_SUPPORT_MASK, PR_DISPLAY_TYPE, PR_FOLDER_TYPE, PR_CONTENT_COUNT,
    PR_CONTENT_UNREAD, PR_ASSOC_CONTENT_COUNT, PR_SUBFOLDERS, PR_FOLDER_CHILD_COUNT,
    PR_LAST_MODIFICATION_TIME, PR_CONTAINER_CONTENTS, PR_CONTAINER_HIERARCHY,
    PR_FOLDER_ASSOCIATED_CONTENTS, 0
};

static struct folder *impl_from_IMAPIFolder(IMAPIFolder *iface)
{
    return (struct folder *)iface;
}

static void folder_destroy(struct object *object)
{
    object_destroy(object);
    platform_free(object);
}

static HRESULT folder_compute(struct object *object, struct db_txn *txn,
                              const struct db_object *info, struct values *values)
{
    place_values(object->store, txn, info, values);
    values_set_long(values, PR_ACCESS_LEVEL, object->modify ? MAPI_MODIFY : 0);
    values_add(values, PR_CONTAINER_CONTENTS);
    values_add(values, PR_CONTAINER_HIERARCHY);
    values_add(values, PR_FOLDER_ASSOCIATED_CONTENTS);
    return values->hr;
}

/* Another folder of that name is in the way; its own is not. */
static HRESULT folder_check(struct object *object, struct db_txn *txn, ULONG count,
                            const SPropValue *props)
{
    struct db_object info;
    WCHAR *name = NULL;
    LONGLONG found;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (PROP_ID(props[i].ulPropTag) != PROP_ID(PR_DISPLAY_NAME)) continue;
        platform_free(name);
        name = PROP_TYPE(props[i].ulPropTag) == PT_UNICODE ? text_dup(props[i].Value.lpszW)
                                                           : text_from_ansi(props[i].Value.lpszA);
        if (!name) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (name && !*name) hr = MAPI_E_INVALID_PARAMETER;
    if (name && SUCCEEDED(hr) && SUCCEEDED(hr = db_object_load(txn, object->id, &info, NULL)))
    {
        hr = folder_find(txn, info.parent, name, &found);
        if (SUCCEEDED(hr) && found != object->id) hr = MAPI_E_COLLISION;
        if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    }
    platform_free(name);
    return hr;
}

static const struct object_class folder_class =
{
    &IID_IMAPIFolder, &IID_IMAPIContainer, TRUE, folder_computed, folder_destroy, folder_compute,
    folder_check, NULL
};

/* ---- IMAPIProp ---- */

static HRESULT WINAPI folder_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                          ULONG flags, LPUNKNOWN *ret)
{
    IMAPIFolder *folder = (IMAPIFolder *)iface;
    ULONG table_flags = options & MAPI_UNICODE;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (iid && IsEqualGUID(iid, &IID_IMAPITable))
    {
        if (PROP_ID(tag) == PROP_ID(PR_CONTAINER_CONTENTS))
            return IMAPIFolder_GetContentsTable(folder, table_flags, (IMAPITable **)ret);
        if (PROP_ID(tag) == PROP_ID(PR_FOLDER_ASSOCIATED_CONTENTS))
            return IMAPIFolder_GetContentsTable(folder, table_flags | MAPI_ASSOCIATED,
                                                (IMAPITable **)ret);
        if (PROP_ID(tag) == PROP_ID(PR_CONTAINER_HIERARCHY))
            return IMAPIFolder_GetHierarchyTable(folder, table_flags | (options & CONVENIENT_DEPTH),
                                                 (IMAPITable **)ret);
    }
    return object_OpenProperty(iface, tag, iid, options, flags, ret);
}

/* ---- IMAPIContainer ---- */

static HRESULT WINAPI folder_GetContentsTable(IMAPIFolder *iface, ULONG flags, LPMAPITABLE *ret)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    ULONG list = flags & MAPI_ASSOCIATED ? DB_LIST_ASSOCIATED : DB_LIST_CONTENTS;

    TRACE("%p, %#lx\n", iface, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_ASSOCIATED | SHOW_SOFT_DELETES | MAPI_DEFERRED_ERRORS | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & SHOW_SOFT_DELETES) list |= DB_LIST_DELETED;
    return store_table(folder->object.store, folder->object.id, list, flags, ret);
}

static HRESULT WINAPI folder_GetHierarchyTable(IMAPIFolder *iface, ULONG flags, LPMAPITABLE *ret)
{
    struct folder *folder = impl_from_IMAPIFolder(iface);
    ULONG list = DB_LIST_HIERARCHY;

    TRACE("%p, %#lx\n", iface, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(CONVENIENT_DEPTH | SHOW_SOFT_DELETES | MAPI_DEFERRED_ERRORS | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & SHOW_SOFT_DELETES) list |= DB_LIST_DELETED;
    else if (flags & CONVENIENT_DEPTH)
        return hierarchy_below(folder->object.store, folder->object.id, flags, ret);
    return store_table(folder->object.store, folder->object.id, list, flags, ret);
}

static HRESULT WINAPI folder_OpenEntry(IMAPIFolder *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                       ULONG flags, ULONG *type, LPUNKNOWN *ret)
{
    return store_open_entry(impl_from_IMAPIFolder(iface)->object.store, size, id, iid, flags, type, ret);
}

/* Views sort as fast as the list stands. */
static HRESULT WINAPI folder_SaveContentsSort(IMAPIFolder *iface, LPSSortOrderSet sort, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static const IMAPIFolderVtbl folder_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)folder_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    folder_GetContentsTable,
    folder_GetHierarchyTable,
    folder_OpenEntry,
    folder_SetSearchCriteria,
    folder_GetSearchCriteria,
    folder_CreateMessage,
    folder_CopyMessages,
    folder_DeleteMessages,
    folder_CreateFolder,
    folder_CopyFolder,
    folder_DeleteFolder,
    folder_SetReadFlags,
    folder_GetMessageStatus,
    folder_SetMessageStatus,
    folder_SaveContentsSort,
    folder_EmptyFolder
};

struct folder *own_folder(struct store *store, void *object)
{
    struct folder *folder = object;

    if (folder->object.vtbl != &folder_vtbl || folder->object.store->db != store->db) return NULL;
    return folder;
}

HRESULT folder_open(struct store *store, LONGLONG id, BOOL modify, BOOL soft, IMAPIFolder **ret)
{
    struct folder *folder;
    struct db_object info;
    struct db_txn *txn;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = db_begin(store->db, DB_READ, &txn))) return hr;
    hr = db_object_load(txn, id, &info, NULL);
    db_rollback(txn);
    if (hr == MAPI_E_OBJECT_DELETED) return MAPI_E_NOT_FOUND;
    if (FAILED(hr)) return hr;
    if (!kind_is_folder(info.kind) || ((info.list & DB_LIST_DELETED) && !soft)) return MAPI_E_NOT_FOUND;
    if (!(folder = platform_alloc_zero(sizeof(*folder)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = object_init(&folder->object, &folder_vtbl, &folder_class, store, modify, NULL);
    if (FAILED(hr))
    {
        platform_free(folder);
        return hr;
    }
    folder->object.id = id;
    folder->kind = info.kind;
    *ret = (IMAPIFolder *)folder;
    return S_OK;
}
