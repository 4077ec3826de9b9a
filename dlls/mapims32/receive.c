/*
 * Receive folders by message class
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
 * Each class that has a folder of its own is a name in the file's map. A class without one goes where the next
 * shorter class goes (IPM.Note.Phone, IPM.Note, IPM), at last to the default folder, whose name is empty.
 */

#include "store.h"

#define CLASS_LENGTH 256                /* with its end; the reference allows 255 characters */
#define CLASSES_MAX 1000

/* The map has no empty names. */
#define DEFAULT_NAME L"*"

/* To platform_free; dots only between parts, printable ASCII. */
static HRESULT class_text(LPTSTR class, ULONG flags, WCHAR **ret)
{
    const WCHAR *pos;
    HRESULT hr;

    if (!class) return (*ret = text_dup(L"")) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = text_from_tstr(class, flags, ret))) return hr;
    for (pos = *ret; *pos; pos++)
        if (*pos < ' ' || *pos > '~' || (*pos == '.' && (pos == *ret || !pos[1] || pos[1] == '.'))
            || pos - *ret >= CLASS_LENGTH - 1)
        {
            platform_free(*ret);
            *ret = NULL;
            return MAPI_E_INVALID_PARAMETER;
        }
    return S_OK;
}

static HRESULT find(struct db_txn *txn, const WCHAR *class, LONGLONG *folder)
{
    BYTE *value;
    ULONG size;
    HRESULT hr;

    hr = db_map_get(txn, SPACE_RECEIVE, *class ? class : DEFAULT_NAME, &value, &size);
    if (FAILED(hr)) return hr;
    if (size == sizeof(*folder)) memcpy(folder, value, sizeof(*folder));
    else hr = MAPI_E_CORRUPT_STORE;
    platform_free(value);
    return hr;
}

static BOOL is_folder(struct db_txn *txn, LONGLONG id)
{
    struct db_object info;

    return SUCCEEDED(db_object_load(txn, id, &info, NULL)) && info.kind == DB_KIND_FOLDER;
}

/* Cuts the class down to the one whose folder it is; a folder that is gone receives nothing. */
static HRESULT find_explicit(struct db_txn *txn, WCHAR *class, LONGLONG *folder)
{
    WCHAR *dot;
    HRESULT hr;

    for (;;)
    {
        hr = find(txn, class, folder);
        if (SUCCEEDED(hr) && is_folder(txn, *folder)) return S_OK;
        if (FAILED(hr) && hr != MAPI_E_NOT_FOUND) return hr;
        if (!*class) return layout_inbox(txn, folder);
        if (!(dot = wcsrchr(class, '.'))) dot = class;
        *dot = 0;
    }
}

HRESULT receive_set(struct store *store, LPTSTR class, ULONG flags, ULONG size, const ENTRYID *id)
{
    enum entry_kind kind;
    struct db_txn *txn;
    LONGLONG folder = 0;
    WCHAR *text;
    HRESULT hr;

    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (size && (!entryid_parse(&store->uid, size, id, &kind, &folder) || kind != ENTRY_FOLDER))
        return MAPI_E_INVALID_ENTRYID;
    if (FAILED(hr = class_text(class, flags, &text))) return hr;
    if (SUCCEEDED(hr = db_begin(store->db, DB_WRITE, &txn)))
    {
        if (folder && !is_folder(txn, folder)) hr = MAPI_E_NOT_FOUND;
        else if (folder)
            hr = db_map_set(txn, SPACE_RECEIVE, *text ? text : DEFAULT_NAME, &folder, sizeof(folder));
        else
        {
            hr = db_map_remove(txn, SPACE_RECEIVE, *text ? text : DEFAULT_NAME);
            if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
        }
        if (SUCCEEDED(hr)) hr = db_commit(txn);
        else db_rollback(txn);
    }
    platform_free(text);
    return hr;
}

HRESULT receive_get(struct store *store, LPTSTR class, ULONG flags, ULONG *size, LPENTRYID *id,
                    LPTSTR *explicit_class)
{
    struct db_txn *txn;
    LONGLONG folder;
    WCHAR *text;
    HRESULT hr;

    if (!size || !id) return MAPI_E_INVALID_PARAMETER;
    *size = 0;
    *id = NULL;
    if (explicit_class) *explicit_class = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = class_text(class, flags, &text))) return hr;
    if (SUCCEEDED(hr = db_begin(store->db, DB_READ, &txn)))
    {
        hr = find_explicit(txn, text, &folder);
        db_rollback(txn);
    }
    if (SUCCEEDED(hr)) hr = MAPIAllocateBuffer(sizeof(struct entryid), (void **)id);
    if (SUCCEEDED(hr))
    {
        place_entryid(store, DB_KIND_FOLDER, folder, (struct entryid *)*id);
        if (explicit_class)
            hr = text_to_tstr(&store_allocators, NULL, text, flags, (void **)explicit_class);
        if (SUCCEEDED(hr)) *size = sizeof(struct entryid);
    }
    if (FAILED(hr))
    {
        MAPIFreeBuffer(*id);
        *id = NULL;
    }
    platform_free(text);
    return hr;
}

/* ---- the table ---- */

struct table_fill
{
    struct store *store;
    ITableData *table;
    ULONG count;
    BOOL has_default;
};

static HRESULT add_row(struct table_fill *fill, const WCHAR *class, LONGLONG folder)
{
    struct db_object object = { 0 };
    struct values values;
    SPropValue value;
    HRESULT hr;
    SRow row;

    object.id = folder;
    object.kind = DB_KIND_FOLDER;
    values_init(&values);
    place_value(fill->store, NULL, &object, PR_ENTRYID, &values);
    place_value(fill->store, NULL, &object, PR_RECORD_KEY, &values);
    values_add_long(&values, PR_ROWID, fill->count++);
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_MESSAGE_CLASS_W;
    value.Value.lpszW = (WCHAR *)class;
    values_add_value(&values, &value);
    memset(&row, 0, sizeof(row));
    row.cValues = values.count;
    row.lpProps = values.props;
    if (SUCCEEDED(hr = values.hr)) hr = ITableData_HrModifyRow(fill->table, &row);
    values_free(&values);
    return hr;
}

static HRESULT add_class(void *context, const WCHAR *name, const BYTE *value, ULONG size)
{
    struct table_fill *fill = context;
    LONGLONG folder;

    if (size != sizeof(folder) || fill->count >= CLASSES_MAX) return S_OK;
    memcpy(&folder, value, sizeof(folder));
    if (!wcscmp(name, DEFAULT_NAME))
    {
        fill->has_default = TRUE;
        name = L"";
    }
    return add_row(fill, name, folder);
}

HRESULT receive_table(struct store *store, ULONG flags, IMAPITable **ret)
{
    static const SizedSPropTagArray(4, columns) =
        { 4, { PR_ENTRYID, PR_MESSAGE_CLASS_W, PR_ROWID, PR_RECORD_KEY } };
    struct table_fill fill = { store };
    struct db_txn *txn;
    LONGLONG inbox;
    HRESULT hr;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     TBLTYPE_SNAPSHOT, PR_ROWID, (SPropTagArray *)&columns, &fill.table);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = db_begin(store->db, DB_READ, &txn)))
    {
        hr = db_map_each(txn, SPACE_RECEIVE, add_class, &fill);
        if (SUCCEEDED(hr) && !fill.has_default && SUCCEEDED(hr = layout_inbox(txn, &inbox)))
            hr = add_row(&fill, L"", inbox);
        db_rollback(txn);
    }
    if (SUCCEEDED(hr)) hr = table_view_of(fill.table, flags, NULL, ret);
    ITableData_Release(fill.table);
    return hr;
}
