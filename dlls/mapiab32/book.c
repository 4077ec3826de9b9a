/*
 * The address book's file: entry IDs, rows, live tables and notifications
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
 * The rows of the container and of distribution lists, as tables show them, and who is told of
 * changes: filechanges.c says when.
 */

#include "ab.h"

#define ENTRYID_VERSION 1
#define ROW_VALUE_MAX 512               /* characters or bytes; longer values are not in rows */
#define AT_ONCE 256

struct ab_live
{
    struct ab_live *next;
    LONGLONG parent;
    ITableData *data;
};

struct notify_key
{
    const struct book *book;            /* the same entry ID in another logon is told of by that one */
    struct ab_entryid id;
};

/* ---- entry IDs ---- */

void ab_entryid_init(struct book *book, ULONG type, LONGLONG number, struct ab_entryid *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->book = book->store.uid;
    ret->version = ENTRYID_VERSION;
    ret->type = type;
    memcpy(ret->number, &number, sizeof(number));
}

BOOL ab_entryid_parse(struct book *book, ULONG size, const void *id, struct ab_entryid *ret,
                      LONGLONG *number)
{
    if (!id || size != sizeof(*ret)) return FALSE;
    memcpy(ret, id, sizeof(*ret));
    if (memcmp(&ret->book, &book->store.uid, sizeof(ret->book)) || ret->version != ENTRYID_VERSION
        || ret->unused || ret->is_template > 1)
        return FALSE;
    if (ret->type != MAPI_ABCONT && ret->type != MAPI_MAILUSER && ret->type != MAPI_DISTLIST)
        return FALSE;
    memset(ret->flags, 0, sizeof(ret->flags));
    memcpy(number, ret->number, sizeof(*number));
    return ret->is_template ? !*number && ret->type != MAPI_ABCONT : *number > 0;
}

ULONG ab_type_of_kind(ULONG kind)
{
    switch (kind)
    {
    case DB_KIND_CONTAINER: return MAPI_ABCONT;
    case DB_KIND_MAIL_USER: return MAPI_MAILUSER;
    case DB_KIND_DISTRIBUTION_LIST: return MAPI_DISTLIST;
    default: return 0;
    }
}

/* ---- the file ---- */

static HRESULT find_container(struct db_txn *txn, LONGLONG *ret)
{
    LONGLONG *ids;
    ULONG count;
    HRESULT hr;

    hr = db_object_children(txn, DB_ROOT, DB_LIST_HIERARCHY, 0, 1, &ids, &count);
    if (FAILED(hr)) return hr;
    if (count) *ret = ids[0];
    platform_free(ids);
    return count ? S_OK : MAPI_E_NOT_FOUND;
}

static HRESULT make_container(struct db_txn *txn)
{
    struct db_object init = { 0 };
    struct db_props *props;
    LONGLONG id;
    HRESULT hr;

    if (FAILED(hr = db_props_create(&props))) return hr;
    init.parent = DB_ROOT;
    init.kind = DB_KIND_CONTAINER;
    init.list = DB_LIST_HIERARCHY;
    hr = db_props_set_text(props, PR_DISPLAY_NAME_W, L"Contacts");
    if (SUCCEEDED(hr)) hr = db_object_create(txn, &init, props, NULL, 0, &id);
    db_props_destroy(props);
    return hr;
}

HRESULT book_open_file(const WCHAR *path, BOOL create, struct db **ret)
{
    struct db_txn *txn;
    LONGLONG container;
    HRESULT hr;

    hr = db_open(path, DB_USE_ADDRESS_BOOK, create ? DB_CREATE : 0, ret);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = db_begin(*ret, DB_READ, &txn)))
    {
        hr = find_container(txn, &container);
        db_rollback(txn);
    }
    if (hr == MAPI_E_NOT_FOUND && SUCCEEDED(hr = db_begin(*ret, DB_WRITE, &txn)))
    {
        /* Another process may have been faster. */
        if ((hr = find_container(txn, &container)) == MAPI_E_NOT_FOUND) hr = make_container(txn);
        if (SUCCEEDED(hr)) hr = db_commit(txn);
        else db_rollback(txn);
    }
    if (SUCCEEDED(hr)) return S_OK;
    db_release(*ret);
    *ret = NULL;
    return hr;
}

/* ---- rows ---- */

const WCHAR *ab_text_of(const struct db_props *props, ULONG tag)
{
    const SPropValue *value = props ? db_props_find(props, tag) : NULL;

    return value && PROP_TYPE(value->ulPropTag) == PT_UNICODE ? value->Value.lpszW : NULL;
}

/* TYPE:ADDRESS in capitals is the same for everything that leads to this mailbox. */
static void add_search_key(const WCHAR *type, const WCHAR *address, struct values *values)
{
    size_t room = lstrlenW(type) + lstrlenW(address) + 2;
    WCHAR *wide = values_alloc(values, room * sizeof(*wide));
    char *key = values_alloc(values, room * 3);
    int size;

    if (!wide || !key) return;
    swprintf(wide, room, L"%s:%s", type, address);
    CharUpperW(wide);
    size = WideCharToMultiByte(CP_UTF8, 0, wide, -1, key, room * 3, NULL, NULL);
    if (size > 0) values_add_binary(values, PR_SEARCH_KEY, key, size);
}

void ab_entry_values(struct book *book, ULONG type, LONGLONG number, const struct db_props *props,
                     struct values *values)
{
    const WCHAR *address = ab_text_of(props, PR_EMAIL_ADDRESS_W), *name;
    const WCHAR *address_type = ab_text_of(props, PR_ADDRTYPE_W);
    struct ab_entryid *id, *parent;
    SPropValue *value;

    values_add_long(values, PR_OBJECT_TYPE, type);
    values_add_long(values, PR_DISPLAY_TYPE, type == MAPI_MAILUSER ? DT_MAILUSER
                                             : type == MAPI_DISTLIST ? DT_PRIVATE_DISTLIST
                                             : DT_MODIFIABLE);
    if (type == MAPI_DISTLIST && (value = values_add(values, PR_ADDRTYPE_W)))
        value->Value.lpszW = (WCHAR *)L"MAPIPDL";
    if (type != MAPI_ABCONT && (name = ab_text_of(props, PR_DISPLAY_NAME_W))
        && !ab_text_of(props, PR_TRANSMITABLE_DISPLAY_NAME_W)
        && (value = values_add(values, PR_TRANSMITABLE_DISPLAY_NAME_W)))
        value->Value.lpszW = (WCHAR *)name;
    if (type == MAPI_MAILUSER && address && address_type)
        add_search_key(address_type, address, values);
    if (!number || !(id = values_alloc(values, 2 * sizeof(*id)))) return;
    ab_entryid_init(book, type, number, id);
    values_add_binary(values, PR_ENTRYID, id, sizeof(*id));
    values_add_binary(values, PR_INSTANCE_KEY, id, sizeof(*id));
    values_add_binary(values, PR_RECORD_KEY, id, sizeof(*id));
    if (type == MAPI_ABCONT) return;
    if (type == MAPI_DISTLIST || !address || !address_type)
        values_add_binary(values, PR_SEARCH_KEY, id, sizeof(*id));
    parent = id + 1;
    ab_entryid_init(book, MAPI_ABCONT, book->container, parent);
    values_add_binary(values, PR_PARENT_ENTRYID, parent, sizeof(*parent));
}

static BOOL fits_in_row(const SPropValue *prop)
{
    if (PROP_ID(prop->ulPropTag) == PROP_ID(PR_AB_WORDS)) return FALSE;
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_ERROR:
    case PT_OBJECT: return FALSE;
    case PT_UNICODE: return wcsnlen(prop->Value.lpszW, ROW_VALUE_MAX + 1) <= ROW_VALUE_MAX;
    case PT_BINARY: return prop->Value.bin.cb <= ROW_VALUE_MAX;
    default: return TRUE;
    }
}

static void add_stored(const struct db_props *props, struct values *values)
{
    ULONG i, j, computed = values->count;

    for (i = 0; i < db_props_count(props); i++)
    {
        const SPropValue *value = db_props_value(props, i);

        for (j = 0; j < computed; j++)
            if (PROP_ID(values->props[j].ulPropTag) == PROP_ID(value->ulPropTag)) break;
        if (j == computed && fits_in_row(value)) values_add_value(values, value);
    }
}

HRESULT ab_entry_row(struct book *book, struct db_txn *txn, LONGLONG number, struct values *values,
                     struct db_props **props)
{
    struct db_object object;
    HRESULT hr;

    *props = NULL;
    values_init(values);
    if (FAILED(hr = db_object_load(txn, number, &object, props))) return hr;
    if (!ab_type_of_kind(object.kind)) hr = MAPI_E_OBJECT_DELETED;
    else
    {
        ab_entry_values(book, ab_type_of_kind(object.kind), number, *props, values);
        add_stored(*props, values);
        hr = values->hr;
    }
    if (SUCCEEDED(hr)) return S_OK;
    values_free(values);
    db_props_destroy(*props);
    *props = NULL;
    return hr;
}

static void set_key(SPropValue *key, const void *id, ULONG size)
{
    memset(key, 0, sizeof(*key));
    key->ulPropTag = PR_INSTANCE_KEY;
    key->Value.bin.cb = size;
    key->Value.bin.lpb = (BYTE *)id;
}

static void delete_row(struct book *book, ITableData *data, ULONG type, LONGLONG number)
{
    struct ab_entryid id;
    SPropValue key;

    ab_entryid_init(book, type, number, &id);
    set_key(&key, &id, sizeof(id));
    ITableData_HrDeleteRow(data, &key);
}

static HRESULT set_row(struct book *book, struct db_txn *txn, LONGLONG number, ITableData *data)
{
    struct db_props *props;
    struct values values;
    SRow row = { 0 };
    HRESULT hr;

    if (FAILED(hr = ab_entry_row(book, txn, number, &values, &props))) return hr;
    row.cValues = values.count;
    row.lpProps = values.props;
    hr = ITableData_HrModifyRow(data, &row);
    values_free(&values);
    db_props_destroy(props);
    return hr;
}

static HRESULT fill_container(struct book *book, struct db_txn *txn, LONGLONG parent, ULONG list,
                              ITableData *data)
{
    LONGLONG *ids, last = 0;
    HRESULT hr, one;
    ULONG i, count;

    do
    {
        hr = db_object_children(txn, parent, list, last, AT_ONCE, &ids, &count);
        if (FAILED(hr)) return hr;
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            last = ids[i];
            one = set_row(book, txn, ids[i], data);
            if (FAILED(one) && one != MAPI_E_OBJECT_DELETED) hr = one;
        }
        platform_free(ids);
    }
    while (SUCCEEDED(hr) && count == AT_ONCE);
    return hr;
}

/* A member as it is now if it is of ours; who is gone, or another's, as when it was added. */
static HRESULT set_member_row(struct book *book, struct db_txn *txn, const struct db_props *member,
                              ITableData *data)
{
    const SPropValue *id = db_props_find(member, PR_ENTRYID);
    struct ab_entryid entryid;
    struct values values;
    LONGLONG number;
    SRow row = { 0 };
    HRESULT hr;

    if (!id || id->ulPropTag != PR_ENTRYID) return S_OK;
    if (ab_entryid_parse(book, id->Value.bin.cb, id->Value.bin.lpb, &entryid, &number)
        && SUCCEEDED(set_row(book, txn, number, data)))
        return S_OK;
    values_init(&values);
    values_add_binary(&values, PR_INSTANCE_KEY, id->Value.bin.lpb, id->Value.bin.cb);
    values_add_binary(&values, PR_RECORD_KEY, id->Value.bin.lpb, id->Value.bin.cb);
    add_stored(member, &values);
    row.cValues = values.count;
    row.lpProps = values.props;
    if (SUCCEEDED(hr = values.hr)) hr = ITableData_HrModifyRow(data, &row);
    values_free(&values);
    return hr;
}

static BOOL is_member(struct db_props *const *rows, ULONG count, const SBinary *id)
{
    const SPropValue *other;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        other = db_props_find(rows[i], PR_ENTRYID);
        if (other && other->ulPropTag == PR_ENTRYID && other->Value.bin.cb == id->cb
            && !memcmp(other->Value.bin.lpb, id->lpb, id->cb))
            return TRUE;
    }
    return FALSE;
}

/* Rows of those who are no members any more. */
static void drop_others(ITableData *data, struct db_props *const *rows, ULONG count)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_INSTANCE_KEY } };
    IMAPITable *view;
    SRowSet *all;
    ULONG i;

    if (FAILED(ITableData_HrGetView(data, NULL, NULL, 0, &view))) return;
    if (SUCCEEDED(HrQueryAllRows(view, (SPropTagArray *)&columns, NULL, NULL, 0, &all)))
    {
        for (i = 0; i < all->cRows; i++)
            if (!is_member(rows, count, &all->aRow[i].lpProps[0].Value.bin))
                ITableData_HrDeleteRow(data, &all->aRow[i].lpProps[0]);
        FreeProws(all);
    }
    IMAPITable_Release(view);
}

static HRESULT fill_list(struct book *book, struct db_txn *txn, LONGLONG list, ITableData *data)
{
    struct db_props **rows;
    ULONG i, count;
    HRESULT hr;

    if (FAILED(hr = db_recipients_load(txn, list, &rows, &count))) return hr;
    drop_others(data, rows, count);
    for (i = 0; i < count && SUCCEEDED(hr); i++) hr = set_member_row(book, txn, rows[i], data);
    db_recipients_free(rows, count);
    return hr;
}

static HRESULT fill(struct book *book, struct db_txn *txn, LONGLONG parent, ITableData *data)
{
    if (parent == DB_ROOT) return fill_container(book, txn, DB_ROOT, DB_LIST_HIERARCHY, data);
    if (parent == book->container)
        return fill_container(book, txn, parent, DB_LIST_CONTENTS, data);
    return fill_list(book, txn, parent, data);
}

const SPropTagArray *ab_row_columns(void)
{
    static const SizedSPropTagArray(11, columns) =
    {
        11, { PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_ENTRYID, PR_OBJECT_TYPE,
              PR_DISPLAY_TYPE, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_SEARCH_KEY,
              PR_TRANSMITABLE_DISPLAY_NAME_W, PR_SEND_RICH_INFO }
    };

    return (const SPropTagArray *)&columns;
}

static HRESULT create_data(ITableData **ret)
{
    return CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                       NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)ab_row_columns(),
                       ret);
}

/* cs is held. */
static HRESULT make_live(struct book *book, LONGLONG parent, struct ab_live **ret)
{
    struct ab_live *table;
    struct db_txn *txn;
    HRESULT hr;

    if (!(table = platform_alloc_zero(sizeof(*table)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    table->parent = parent;
    if (SUCCEEDED(hr = create_data(&table->data)))
    {
        if (SUCCEEDED(hr = db_begin(book->store.db, DB_READ, &txn)))
        {
            hr = fill(book, txn, parent, table->data);
            db_rollback(txn);
        }
        if (SUCCEEDED(hr))
        {
            table->next = book->tables;
            book->tables = *ret = table;
            return S_OK;
        }
        ITableData_Release(table->data);
    }
    platform_free(table);
    return hr;
}

HRESULT book_rows(struct book *book, LONGLONG parent, ITableData **ret)
{
    struct ab_live *table;
    HRESULT hr = S_OK;

    *ret = NULL;
    changes_pump(&book->store);
    EnterCriticalSection(&book->cs);
    for (table = book->tables; table && table->parent != parent; table = table->next) ;
    if (!table) hr = make_live(book, parent, &table);
    if (SUCCEEDED(hr))
    {
        *ret = table->data;
        ITableData_AddRef(*ret);
    }
    LeaveCriticalSection(&book->cs);
    return hr;
}

/* ---- changes ---- */

static void tell(struct book *book, IMAPISupport *support, const struct ab_entryid *id,
                 NOTIFICATION *notification)
{
    SizedNOTIFKEY(sizeof(struct notify_key), key);
    struct notify_key ours;
    ULONG flags = 0;

    memset(&ours, 0, sizeof(ours));
    ours.book = book;
    ours.id = *id;
    key.cb = sizeof(ours);
    memcpy(key.ab, &ours, sizeof(ours));
    IMAPISupport_Notify(support, (NOTIFKEY *)&key, 1, notification, &flags);
}

static void tell_change(struct book *book, IMAPISupport *support, const struct db_change *change)
{
    ULONG type = ab_type_of_kind(change->kind);
    struct ab_entryid id, parent;
    NOTIFICATION notification;

    if (!type) return;
    ab_entryid_init(book, type, change->object, &id);
    ab_entryid_init(book, MAPI_ABCONT, book->container, &parent);
    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = change->what & DB_CHANGE_DELETED ? fnevObjectDeleted
                               : change->what & DB_CHANGE_CREATED ? fnevObjectCreated
                               : fnevObjectModified;
    notification.info.obj.ulObjType = type;
    notification.info.obj.cbEntryID = sizeof(id);
    notification.info.obj.lpEntryID = (ENTRYID *)&id;
    if (type != MAPI_ABCONT)
    {
        notification.info.obj.cbParentID = sizeof(parent);
        notification.info.obj.lpParentID = (ENTRYID *)&parent;
    }
    tell(book, support, &id, &notification);
    if (type != MAPI_ABCONT) tell(book, support, &parent, &notification);
}

static BOOL has_row(struct book *book, ITableData *data, ULONG type, LONGLONG number)
{
    struct ab_entryid id;
    SPropValue key;
    SRow *row;

    ab_entryid_init(book, type, number, &id);
    set_key(&key, &id, sizeof(id));
    if (ITableData_HrQueryRow(data, &key, &row, NULL) != S_OK) return FALSE;
    MAPIFreeBuffer(row);
    return TRUE;
}

/* cs is held, here and in refill. */
static void follow(struct book *book, struct db_txn *txn, const struct db_change *change)
{
    ULONG type = ab_type_of_kind(change->kind);
    struct ab_live *table;

    for (table = book->tables; type && table; table = table->next)
    {
        if (table->parent == change->parent)
        {
            if ((change->what & DB_CHANGE_DELETED)
                || set_row(book, txn, change->object, table->data) == MAPI_E_OBJECT_DELETED)
                delete_row(book, table->data, type, change->object);
        }
        else if (table->parent == change->object && change->object != book->container)
        {
            if (change->what & DB_CHANGE_DELETED)
            {
                ULONG deleted;

                ITableData_HrDeleteRows(table->data, TAD_ALL_ROWS, NULL, &deleted);
            }
            else fill_list(book, txn, table->parent, table->data);
        }
        else if (table->parent != DB_ROOT && has_row(book, table->data, type, change->object))
            fill_list(book, txn, table->parent, table->data);
    }
}

static void refill(struct book *book, struct db_txn *txn)
{
    struct ab_live *table;
    ULONG deleted;

    for (table = book->tables; table; table = table->next)
    {
        ITableData_HrDeleteRows(table->data, TAD_ALL_ROWS, NULL, &deleted);
        fill(book, txn, table->parent, table->data);
    }
}

static void follow_changes(void *context, struct db_txn *txn, ULONG count,
                           const struct db_change *changes, BOOL lost)
{
    struct book *book = context;
    ULONG i;

    EnterCriticalSection(&book->cs);
    if (lost) refill(book, txn);
    else for (i = 0; i < count; i++) follow(book, txn, &changes[i]);
    LeaveCriticalSection(&book->cs);
}

static void tell_changes(void *context, ULONG count, const struct db_change *changes, BOOL lost)
{
    struct book *book = context;
    IMAPISupport *support;
    ULONG i;

    open_views_follow(&book->views);
    if (!(support = store_support(&book->store))) return;
    for (i = 0; i < count; i++) tell_change(book, support, &changes[i]);
    IMAPISupport_Release(support);
}

static const struct file_changes_owner changes_owner = { follow_changes, tell_changes };

void changes_pump(struct store *store)
{
    file_changes_pump(&book_of(store)->changes);
}

HRESULT book_subscribe(struct book *book, const struct ab_entryid *id, ULONG mask,
                       IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    IMAPISupport *support = store_support(&book->store);
    SizedNOTIFKEY(sizeof(struct notify_key), key);
    struct notify_key ours;
    HRESULT hr;

    if (!support) return MAPI_E_NO_SUPPORT;
    changes_pump(&book->store);         /* what was before is not told */
    memset(&ours, 0, sizeof(ours));
    ours.book = book;
    ours.id = *id;
    key.cb = sizeof(ours);
    memcpy(key.ab, &ours, sizeof(ours));
    hr = IMAPISupport_Subscribe(support, (NOTIFKEY *)&key, mask, 0, sink, connection);
    IMAPISupport_Release(support);
    return hr;
}

/* ---- life ---- */

void store_addref(struct store *store)
{
    InterlockedIncrement(&book_of(store)->ref);
}

void store_release(struct store *store)
{
    struct book *book = book_of(store);
    struct ab_live *table;

    if (InterlockedDecrement(&book->ref)) return;
    book_silence(book);
    file_changes_free(&book->changes);
    while ((table = book->tables))
    {
        book->tables = table->next;
        ITableData_Release(table->data);
        platform_free(table);
    }
    if (book->templates) ITableData_Release(book->templates);
    if (store->support) IMAPISupport_Release(store->support);
    db_release(store->db);
    open_views_free(&book->views);
    DeleteCriticalSection(&book->cs);
    DeleteCriticalSection(&book->support_cs);
    if (book->provider) IABProvider_Release(book->provider);
    platform_free(book);
}

IMAPISupport *store_support(struct store *store)
{
    struct book *book = book_of(store);
    IMAPISupport *support;

    EnterCriticalSection(&book->support_cs);
    if ((support = store->support)) IMAPISupport_AddRef(support);
    LeaveCriticalSection(&book->support_cs);
    return support;
}

BOOL store_is_writable(struct store *store)
{
    return !db_is_read_only(store->db);
}

void book_silence(struct book *book)
{
    IMAPISupport *support;

    file_changes_silence(&book->changes);
    EnterCriticalSection(&book->support_cs);
    support = book->store.support;
    book->store.support = NULL;
    LeaveCriticalSection(&book->support_cs);
    if (support) IMAPISupport_Release(support);
}

static HRESULT make_templates(struct book *book)
{
    static const SizedSPropTagArray(7, columns) =
    {
        7, { PR_DISPLAY_NAME_W, PR_ENTRYID, PR_DEPTH, PR_SELECTABLE, PR_ADDRTYPE_W, PR_DISPLAY_TYPE,
             PR_INSTANCE_KEY }
    };
    static const struct { ULONG type; const WCHAR *name, *address_type; LONG display; } list[] =
    {
        { MAPI_MAILUSER, L"Contact", L"SMTP", DT_MAILUSER },
        { MAPI_DISTLIST, L"Personal Distribution List", L"MAPIPDL", DT_PRIVATE_DISTLIST }
    };
    struct ab_entryid id;
    SPropValue props[7];
    SRow row = { 0 };
    HRESULT hr;
    ULONG i;

    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (SPropTagArray *)&columns,
                     &book->templates);
    for (i = 0; i < ARRAY_SIZE(list) && SUCCEEDED(hr); i++)
    {
        ab_entryid_init(book, list[i].type, 0, &id);
        id.is_template = 1;
        memset(props, 0, sizeof(props));
        props[0].ulPropTag = PR_DISPLAY_NAME_W;
        props[0].Value.lpszW = (WCHAR *)list[i].name;
        set_key(&props[1], &id, sizeof(id));
        props[2] = props[1];
        props[2].ulPropTag = PR_ENTRYID;
        props[3].ulPropTag = PR_DEPTH;
        props[4].ulPropTag = PR_SELECTABLE;
        props[4].Value.b = TRUE;
        props[5].ulPropTag = PR_ADDRTYPE_W;
        props[5].Value.lpszW = (WCHAR *)list[i].address_type;
        props[6].ulPropTag = PR_DISPLAY_TYPE;
        props[6].Value.l = list[i].display;
        row.cValues = ARRAY_SIZE(props);
        row.lpProps = props;
        hr = ITableData_HrModifyRow(book->templates, &row);
    }
    return hr;
}

HRESULT book_create(IABProvider *provider, HINSTANCE instance, IMAPISupport *support, struct db *db,
                    struct book **ret)
{
    struct db_txn *txn;
    struct book *book;
    HRESULT hr;

    *ret = NULL;
    if (!(book = platform_alloc_zero(sizeof(*book)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&book->cs);
    InitializeCriticalSection(&book->support_cs);
    open_views_init(&book->views);
    book->ref = 1;
    book->provider = provider;
    IABProvider_AddRef(provider);
    book->instance = instance;
    book->store.support = support;
    IMAPISupport_AddRef(support);
    book->store.db = db_addref(db);
    book->store.uid = *db_uid(db);
    file_changes_init(&book->changes, &changes_owner, book, book->store.db);
    if (SUCCEEDED(hr = db_begin(db, DB_READ, &txn)))
    {
        hr = find_container(txn, &book->container);
        db_rollback(txn);
    }
    if (SUCCEEDED(hr)) words_prepare(db, book->container);      /* names are found without, too */
    if (SUCCEEDED(hr)) hr = make_templates(book);
    if (SUCCEEDED(hr)) hr = file_changes_listen(&book->changes);
    if (FAILED(hr)) store_release(&book->store);
    else *ret = book;
    return hr;
}
