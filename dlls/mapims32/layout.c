/*
 * What a new store has
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
 * A store begins with the tree that HrValidateIPMSubtree describes: beside the interpersonal subtree with its
 * four folders, the roots of searches, views and common views. Their entry IDs are properties of the store,
 * which clients may point elsewhere; those that the store itself depends on are kept as settings too.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const struct
{
    const WCHAR *name;
    int parent;                         /* index; -1: the store */
    ULONG tag;                          /* of the store: its entry ID */
    const WCHAR *setting;               /* the store cannot be without it */
} folders[] =
{
    { L"Root Folder", -1, 0, L"root" },
    { L"Top of Personal Folders", 0, PR_IPM_SUBTREE_ENTRYID, L"subtree" },
    { L"Inbox", 1, 0, L"inbox" },
    { L"Outbox", 1, PR_IPM_OUTBOX_ENTRYID, L"outbox" },
    { L"Sent Items", 1, PR_IPM_SENTMAIL_ENTRYID, L"sentmail" },
    { L"Deleted Items", 1, PR_IPM_WASTEBASKET_ENTRYID, L"wastebasket" },
    { L"Search Root", 0, PR_FINDER_ENTRYID, L"finder" },
    { L"Views", 0, PR_VIEWS_ENTRYID, L"views" },
    { L"Common Views", 0, PR_COMMON_VIEWS_ENTRYID, L"commonviews" }
};

#define INBOX 2                         /* of these */

/* Message classes that come into the inbox by name; see receive.c. */
static const WCHAR *const received[] = { L"IPM", L"REPORT.IPM" };

#define VALID_FOLDERS (FOLDER_IPM_SUBTREE_VALID | FOLDER_IPM_INBOX_VALID | FOLDER_IPM_OUTBOX_VALID \
                       | FOLDER_IPM_WASTEBASKET_VALID | FOLDER_IPM_SENTMAIL_VALID \
                       | FOLDER_VIEWS_VALID | FOLDER_COMMON_VIEWS_VALID | FOLDER_FINDER_VALID)

static HRESULT create_folder(struct db_txn *txn, LONGLONG parent, const WCHAR *name, LONGLONG *id)
{
    struct db_object init = { 0 };
    struct db_props *props;
    HRESULT hr;

    init.parent = parent;
    init.kind = DB_KIND_FOLDER;
    init.list = DB_LIST_HIERARCHY;
    if (FAILED(hr = db_props_create(&props))) return hr;
    hr = db_props_set_text(props, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr)) hr = db_object_create(txn, &init, props, NULL, 0, id);
    db_props_destroy(props);
    return hr;
}

static HRESULT fill(struct db_txn *txn)
{
    const MAPIUID *uid = db_uid(db_txn_db(txn));
    struct entryid ids[ARRAY_SIZE(folders)];
    SPropValue props[ARRAY_SIZE(folders) + 1];
    LONGLONG numbers[ARRAY_SIZE(folders)];
    HRESULT hr = S_OK;
    ULONG i, count = 0;

    memset(props, 0, sizeof(props));
    for (i = 0; i < ARRAY_SIZE(folders) && SUCCEEDED(hr); i++)
    {
        hr = create_folder(txn, folders[i].parent < 0 ? DB_ROOT : numbers[folders[i].parent],
                           folders[i].name, &numbers[i]);
        if (SUCCEEDED(hr))
            hr = db_map_set(txn, SPACE_SETTINGS, folders[i].setting, &numbers[i],
                            sizeof(numbers[i]));
        if (FAILED(hr) || !folders[i].tag) continue;
        entryid_init(uid, ENTRY_FOLDER, numbers[i], &ids[i]);
        props[count].ulPropTag = folders[i].tag;
        props[count].Value.bin.cb = sizeof(ids[i]);
        props[count++].Value.bin.lpb = (BYTE *)&ids[i];
    }
    for (i = 0; i < ARRAY_SIZE(received) && SUCCEEDED(hr); i++)
        hr = db_map_set(txn, SPACE_RECEIVE, received[i], &numbers[INBOX], sizeof(numbers[INBOX]));
    if (FAILED(hr)) return hr;
    props[count].ulPropTag = PR_VALID_FOLDER_MASK;
    props[count++].Value.l = VALID_FOLDERS;
    return db_object_patch(txn, DB_ROOT, count, props, NULL);
}

static HRESULT read_setting(struct db_txn *txn, const WCHAR *name, LONGLONG *ret)
{
    BYTE *value;
    ULONG size;
    HRESULT hr;

    *ret = 0;
    if (FAILED(hr = db_map_get(txn, SPACE_SETTINGS, name, &value, &size))) return hr;
    if (size == sizeof(*ret)) memcpy(ret, value, sizeof(*ret));
    else hr = MAPI_E_CORRUPT_STORE;
    platform_free(value);
    return hr;
}

/* Two processes may find an empty file at once: one of them fills it. */
static HRESULT fill_empty(struct db *db)
{
    struct db_txn *txn;
    LONGLONG root;
    HRESULT hr;

    if (FAILED(hr = db_begin(db, DB_WRITE, &txn))) return hr;
    if ((hr = read_setting(txn, L"root", &root)) == MAPI_E_NOT_FOUND && SUCCEEDED(hr = fill(txn)))
        return db_commit(txn);
    db_rollback(txn);
    return hr;
}

HRESULT layout_root_folder(struct db *db, LONGLONG *ret)
{
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(db, DB_READ, &txn))) return hr;
    hr = read_setting(txn, L"root", ret);
    db_rollback(txn);
    return hr;
}

HRESULT layout_inbox(struct db_txn *txn, LONGLONG *ret)
{
    return read_setting(txn, L"inbox", ret);
}

HRESULT layout_outbox(struct db_txn *txn, LONGLONG *ret)
{
    return read_setting(txn, L"outbox", ret);
}

BOOL layout_is_special(struct db_txn *txn, LONGLONG folder)
{
    LONGLONG id;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(folders); i++)
        if (SUCCEEDED(read_setting(txn, folders[i].setting, &id)) && id == folder) return TRUE;
    return FALSE;
}

HRESULT layout_open(const WCHAR *path, BOOL create, struct db **ret)
{
    LONGLONG root;
    HRESULT hr;

    *ret = NULL;
    hr = db_open(path, DB_USE_STORE, create ? DB_CREATE : 0, ret);
    if (FAILED(hr)) return hr;
    hr = layout_root_folder(*ret, &root);
    if (hr == MAPI_E_NOT_FOUND)
    {
        hr = MAPI_E_CORRUPT_STORE;
        if (create && !db_is_read_only(*ret)) hr = fill_empty(*ret);
    }
    if (SUCCEEDED(hr)) return S_OK;
    WARN("%s: %#lx\n", debugstr_w(path), hr);
    db_release(*ret);
    *ret = NULL;
    return hr;
}
