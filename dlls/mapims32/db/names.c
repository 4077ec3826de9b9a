/*
 * Named properties
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
 * One map a file, which only grows: what a process has read of it stays true, and what others add
 * has higher IDs. It is kept in memory and read on from its end when a name or an ID is not found.
 * Names are compared exactly.
 */

#include "db/dbpriv.h"

#define FIRST_ID 0x8000
#define LAST_ID  0xfffe

struct db_name
{
    ULONG id;
    GUID guid;
    LONG lid;
    WCHAR *text;                        /* NULL: lid is the name */
};

/* Under db->lock. */
static void names_drop(struct db *db, ULONG kept)
{
    while (db->name_count > kept) platform_free(db->names[--db->name_count].text);
}

void names_free(struct db *db)
{
    names_drop(db, 0);
    platform_free(db->names);
    db->names = NULL;
    db->name_room = 0;
}

/* What a transaction added that was undone is forgotten with all the rest, which is read again. */
void names_forget(struct db *db)
{
    os_lock_enter(db->lock);
    names_drop(db, 0);
    os_lock_leave(db->lock);
}

static HRESULT append(struct db *db, ULONG id, const GUID *guid, LONG lid, WCHAR *text)
{
    struct db_name *names;
    ULONG room;

    if (db->name_count == db->name_room)
    {
        room = db->name_room ? db->name_room * 2 : 32;
        if (!(names = platform_realloc(db->names, room * sizeof(*names))))
        {
            platform_free(text);
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
        db->names = names;
        db->name_room = room;
    }
    db->names[db->name_count].id = id;
    db->names[db->name_count].guid = *guid;
    db->names[db->name_count].lid = lid;
    db->names[db->name_count++].text = text;
    return S_OK;
}

static HRESULT read_name(struct db *db, sqlite3_stmt *statement)
{
    const LONGLONG id = sqlite3_column_int64(statement, 0);
    WCHAR *text = NULL;
    GUID guid;

    if (id < FIRST_ID || id > LAST_ID || sqlite3_column_bytes(statement, 1) != sizeof(guid))
        return MAPI_E_CORRUPT_STORE;
    memcpy(&guid, sqlite3_column_blob(statement, 1), sizeof(guid));
    if (sqlite3_column_type(statement, 3) != SQLITE_NULL)
    {
        text =
            text_from_utf8(sqlite3_column_blob(statement, 3), sqlite3_column_bytes(statement, 3));
        if (!text) return MAPI_E_CORRUPT_STORE;
    }
    return append(db, (ULONG)id, &guid, sqlite3_column_int(statement, 2), text);
}

/* Under db->lock. */
static HRESULT read_on(struct db_txn *txn)
{
    struct db *db = txn->db;
    sqlite3_stmt *statement;
    HRESULT hr;

    hr = sql_open(txn, SQL_NAME_LIST, &statement, "i",
                  (LONGLONG)(db->name_count ? db->names[db->name_count - 1].id : 0));
    if (FAILED(hr)) return hr;
    while ((hr = sql_step(txn, statement)) == S_OK)
        if (FAILED(hr = read_name(db, statement))) break;
    sql_close(statement);
    return FAILED(hr) ? hr : S_OK;
}

static BOOL same_text(const WCHAR *a, const WCHAR *b)
{
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}

/* Under db->lock; 0: there is none. */
static USHORT find_name(const struct db *db, const MAPINAMEID *name)
{
    const struct db_name *known;
    ULONG i;

    for (i = 0; i < db->name_count; i++)
    {
        known = &db->names[i];
        if (memcmp(&known->guid, name->lpguid, sizeof(known->guid))) continue;
        if (name->ulKind == MNID_ID ? !known->text && known->lid == name->Kind.lID
                                    : known->text && same_text(known->text, name->Kind.lpwstrName))
            return (USHORT)known->id;
    }
    return 0;
}

/* Under db->lock. S_FALSE: some are not there. */
static HRESULT find_names(const struct db *db, ULONG count, MAPINAMEID *const *names, USHORT *ids)
{
    BOOL all = TRUE;
    ULONG i;

    for (i = 0; i < count; i++) all &= (ids[i] = find_name(db, names[i])) != 0;
    return all ? S_OK : S_FALSE;
}

static HRESULT add_name(struct db_txn *txn, const MAPINAMEID *name, USHORT *ret)
{
    struct db *db = txn->db;
    const ULONG id = db->name_count ? db->names[db->name_count - 1].id + 1 : FIRST_ID;
    WCHAR *text = NULL;
    struct bytes utf8;
    HRESULT hr;

    *ret = 0;
    if (id > LAST_ID) return S_OK;
    bytes_init(&utf8);
    if (name->ulKind == MNID_ID)
        hr = sql_run(txn, SQL_NAME_ADD, "ubin", id, name->lpguid, sizeof(*name->lpguid),
                     (LONGLONG)name->Kind.lID);
    else
    {
        bytes_put_text(&utf8, name->Kind.lpwstrName, text_length(name->Kind.lpwstrName));
        if (utf8.failed || !(text = text_dup(name->Kind.lpwstrName))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            hr = sql_run(txn, SQL_NAME_ADD, "ubiB", id, name->lpguid, sizeof(*name->lpguid),
                         (LONGLONG)0, utf8.data, utf8.size);
    }
    bytes_free(&utf8);
    if (FAILED(hr))
    {
        platform_free(text);
        return hr;
    }
    txn->names_added = TRUE;
    *ret = (USHORT)id;
    return append(db, id, name->lpguid, text ? 0 : name->Kind.lID, text);
}

static HRESULT names_create(struct db_txn *txn, ULONG count, MAPINAMEID *const *names, USHORT *ids)
{
    HRESULT hr;
    ULONG i;

    os_lock_enter(txn->db->lock);
    hr = read_on(txn);
    if (SUCCEEDED(hr)) hr = find_names(txn->db, count, names, ids);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        /* The same name may come twice. */
        if (!ids[i] && !(ids[i] = find_name(txn->db, names[i])))
            hr = add_name(txn, names[i], &ids[i]);
    os_lock_leave(txn->db->lock);
    return txn_fail(txn, hr);
}

HRESULT db_names_to_ids(struct db *db, struct db_txn *txn, ULONG count, MAPINAMEID *const *names,
                        BOOL create, USHORT *ids)
{
    struct db_txn *own = NULL;
    ULONG found = 0, i;
    HRESULT hr;

    os_lock_enter(db->lock);
    hr = find_names(db, count, names, ids);
    os_lock_leave(db->lock);
    if (hr == S_OK) return S_OK;

    if (!txn && FAILED(hr = db_begin(db, DB_READ, &own))) return hr;
    os_lock_enter(db->lock);
    if (SUCCEEDED(hr = read_on(txn ? txn : own))) hr = find_names(db, count, names, ids);
    os_lock_leave(db->lock);
    db_rollback(own);
    if (FAILED(hr) || hr == S_OK) return hr;

    if (create && !db->read_only)
    {
        own = NULL;
        if (!txn && FAILED(hr = db_begin(db, DB_WRITE, &own))) return hr;
        hr = names_create(txn ? txn : own, count, names, ids);
        if (own && SUCCEEDED(hr)) hr = db_commit(own);
        else db_rollback(own);
        if (FAILED(hr))
        {
            memset(ids, 0, count * sizeof(*ids));
            return hr;
        }
    }
    for (i = 0; i < count; i++) found += ids[i] != 0;
    if (found == count) return S_OK;
    return create && !db->read_only && !found ? MAPI_E_TABLE_TOO_BIG : MAPI_W_ERRORS_RETURNED;
}

static HRESULT copy_name(const struct db_name *name, LPALLOCATEMORE more, void *base,
                         MAPINAMEID **ret)
{
    const size_t size = name->text ? (text_length(name->text) + 1) * sizeof(WCHAR) : 0;
    MAPINAMEID *copy;

    if (FAILED(more((ULONG)(sizeof(*copy) + sizeof(GUID) + size), base, (void **)&copy)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(copy, 0, sizeof(*copy));
    copy->lpguid = (GUID *)(copy + 1);
    *copy->lpguid = name->guid;
    copy->ulKind = name->text ? MNID_STRING : MNID_ID;
    if (name->text)
    {
        copy->Kind.lpwstrName = (WCHAR *)(copy->lpguid + 1);
        memcpy(copy->Kind.lpwstrName, name->text, size);
    }
    else copy->Kind.lID = name->lid;
    *ret = copy;
    return S_OK;
}

/* What others may have added since. */
static HRESULT refresh(struct db *db)
{
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(db, DB_READ, &txn))) return hr;
    os_lock_enter(db->lock);
    hr = read_on(txn);
    os_lock_leave(db->lock);
    db_rollback(txn);
    return hr;
}

static HRESULT find_id(struct db *db, USHORT id, LPALLOCATEMORE more, void *base, MAPINAMEID **ret)
{
    HRESULT hr = S_FALSE;
    ULONG i;

    os_lock_enter(db->lock);
    for (i = 0; i < db->name_count && hr == S_FALSE; i++)
        if (db->names[i].id == id) hr = copy_name(&db->names[i], more, base, ret);
    os_lock_leave(db->lock);
    return hr;
}

HRESULT db_id_to_name(struct db *db, USHORT id, LPALLOCATEMORE more, void *base, MAPINAMEID **ret)
{
    HRESULT hr;

    *ret = NULL;
    if ((hr = find_id(db, id, more, base, ret)) != S_FALSE) return hr;
    if (FAILED(hr = refresh(db))) return hr;
    hr = find_id(db, id, more, base, ret);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT db_names_all(struct db *db, const GUID *set, USHORT **ids, ULONG *count)
{
    HRESULT hr;
    ULONG i;

    *ids = NULL;
    *count = 0;
    if (FAILED(hr = refresh(db))) return hr;
    os_lock_enter(db->lock);
    if (!(*ids = platform_alloc(db->name_count * sizeof(**ids) + 1))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; *ids && i < db->name_count; i++)
        if (!set || !memcmp(&db->names[i].guid, set, sizeof(*set)))
            (*ids)[(*count)++] = (USHORT)db->names[i].id;
    os_lock_leave(db->lock);
    return hr;
}
