/*
 * Entries: IMailUser, and the properties of IDistList
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
 * An entry keeps changes until SaveChanges. A new one has no entry ID before it is saved. Who
 * makes one as long as another of that name (and address) is there says by the flags of
 * CreateEntry what is to happen; that is looked up in the transaction that writes, so two
 * processes cannot both be first.
 */

#include "ab.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define AT_ONCE 256
#define CHECK_FLAGS (CREATE_CHECK_DUP_LOOSE | CREATE_CHECK_DUP_STRICT)

static const ULONG user_computed[] =
{
    PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_ENTRYID, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_SEARCH_KEY,
    PR_PARENT_ENTRYID, PR_AB_WORDS, 0
};

static const ULONG list_computed[] =
{
    PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_ENTRYID, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_SEARCH_KEY,
    PR_PARENT_ENTRYID, PR_ADDRTYPE_W, PR_AB_WORDS, 0
};

static void entry_destroy(struct object *object)
{
    object_destroy(object);
    platform_free(object);
}

static HRESULT entry_compute(struct object *object, struct db_txn *txn,
                             const struct db_object *info, struct values *values)
{
    struct entry *entry = (struct entry *)object;
    struct db_props *props;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = object_copy_props(object, &props))) return hr;
    ab_entry_values(entry->book, entry->type, object->id, props, values);
    /* Text that was taken from the copy goes with it. */
    for (i = 0; i < values->count; i++)
    {
        SPropValue *value = &values->props[i];
        WCHAR *text;

        if (PROP_TYPE(value->ulPropTag) != PT_UNICODE) continue;
        text = values_alloc(values, (lstrlenW(value->Value.lpszW) + 1) * sizeof(WCHAR));
        if (text) value->Value.lpszW = lstrcpyW(text, value->Value.lpszW);
    }
    db_props_destroy(props);
    return values->hr;
}

static const struct object_class user_class =
{
    &IID_IMailUser, NULL, FALSE, user_computed, entry_destroy, entry_compute
};

static const struct object_class list_class =
{
    &IID_IDistList, &IID_IMAPIContainer, FALSE, list_computed, entry_destroy, entry_compute
};

HRESULT WINAPI entry_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                  ULONG flags, LPUNKNOWN *ret)
{
    struct entry *entry = (struct entry *)iface;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    if (tag != PR_DETAILS_TABLE && (tag != PR_CONTAINER_CONTENTS || entry->type != MAPI_DISTLIST))
        return object_OpenProperty(iface, tag, iid, options, flags, ret);
    *ret = NULL;
    if (!iid || !IsEqualGUID(iid, &IID_IMAPITable)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (tag == PR_CONTAINER_CONTENTS)
        return IABContainer_GetContentsTable((IABContainer *)iface, options & MAPI_UNICODE,
                                             (IMAPITable **)ret);
    return details_table(entry->book, entry->type, entry->object.modify, (IMAPITable **)ret);
}

/* ---- saving ---- */

static const WCHAR *text_of(const SPropValue *value)
{
    return value && PROP_TYPE(value->ulPropTag) == PT_UNICODE ? value->Value.lpszW : NULL;
}

static BOOL same_text(const WCHAR *a, const WCHAR *b)
{
    return a && b && !lstrcmpiW(a, b);
}

/* The entry of this name and, strictly, address; 0: none. */
static HRESULT find_duplicate(struct db_txn *txn, LONGLONG container, const struct db_props *props,
                              ULONG flags, LONGLONG *found)
{
    static const ULONG tags[2] = { PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W };
    const WCHAR *name = text_of(db_props_find(props, tags[0]));
    const WCHAR *address = text_of(db_props_find(props, tags[1]));
    LONGLONG *ids, last = 0;
    SPropValue values[2];
    ULONG i, count;
    void *block;
    HRESULT hr;

    *found = 0;
    do
    {
        hr = db_object_children(txn, container, DB_LIST_CONTENTS, last, AT_ONCE, &ids, &count);
        if (FAILED(hr)) return hr;
        hr = MAPIAllocateBuffer(1, &block);
        for (i = 0; i < count && SUCCEEDED(hr) && !*found; i++)
        {
            last = ids[i];
            if (FAILED(db_object_columns(txn, ids[i], 2, tags, MAPIAllocateMore, block, NULL,
                                         values)))
                continue;
            if (same_text(name, text_of(&values[0]))
                && (!(flags & CREATE_CHECK_DUP_STRICT) || !address
                    || same_text(address, text_of(&values[1]))))
                *found = ids[i];
        }
        if (SUCCEEDED(hr)) MAPIFreeBuffer(block);
        platform_free(ids);
    }
    while (SUCCEEDED(hr) && !*found && count == AT_ONCE);
    return hr;
}

static HRESULT write_new(struct entry *entry, struct db_txn *txn, struct db_props *props,
                         LONGLONG *id)
{
    ULONG kind = entry->type == MAPI_DISTLIST ? DB_KIND_DISTRIBUTION_LIST : DB_KIND_MAIL_USER;
    struct db_object init = { 0 };
    LONGLONG old = 0;
    HRESULT hr;

    if (entry->create_flags & CHECK_FLAGS)
    {
        hr = find_duplicate(txn, entry->book->container, props, entry->create_flags, &old);
        if (FAILED(hr)) return hr;
        if (old && !(entry->create_flags & CREATE_REPLACE)) return MAPI_E_COLLISION;
        if (old && SUCCEEDED(hr = db_object_load(txn, old, &init, NULL)) && init.kind == kind)
        {
            *id = old;
            return db_object_save(txn, old, 0, props);
        }
        if (old && FAILED(hr = db_object_delete(txn, old))) return hr;
    }
    memset(&init, 0, sizeof(init));
    init.parent = entry->book->container;
    init.kind = kind;
    init.list = DB_LIST_CONTENTS;
    return db_object_create(txn, &init, props, NULL, 0, id);
}

static HRESULT write(struct entry *entry, struct db_props *props, ULONG flags)
{
    LONGLONG id = entry->object.id;
    struct db_object info;
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(entry->book->store.db, DB_WRITE, &txn))) return hr;
    if (!id) hr = write_new(entry, txn, props, &id);
    else hr = db_object_save(txn, id, flags & FORCE_SAVE ? 0 : entry->change, props);
    if (SUCCEEDED(hr)) hr = db_object_load(txn, id, &info, NULL);
    if (FAILED(hr)) db_rollback(txn);
    else if (SUCCEEDED(hr = db_commit(txn)))
    {
        entry->object.id = id;
        entry->change = info.change;
    }
    return hr;
}

/* A new one that was made in a distribution list becomes a member of it. */
static HRESULT join(struct entry *entry)
{
    struct ab_entryid id;
    SBinary binary = { sizeof(id), (BYTE *)&id };
    ENTRYLIST entries = { 1, &binary };
    ULONG done;

    ab_entryid_init(entry->book, entry->type, entry->object.id, &id);
    return members_add(entry->book, entry->parent, &entries, &done);
}

HRESULT WINAPI entry_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    struct entry *entry = (struct entry *)iface;
    BOOL is_new = !entry->object.id;
    struct db_props *props;
    const WCHAR *name;
    HRESULT hr;

    TRACE("%p, %#lx\n", iface, flags);

    if (flags & ~SAVE_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (is_new && !entry->parent) return S_OK;          /* of a template: who asked keeps it */
    if (!entry->object.modify) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = object_copy_props(&entry->object, &props))) return hr;
    name = text_of(db_props_find(props, PR_DISPLAY_NAME_W));
    if (!name || !*name) hr = MAPI_E_MISSING_REQUIRED_COLUMN;
    else if (SUCCEEDED(hr = words_set(props))) hr = write(entry, props, flags);
    db_props_destroy(props);
    if (SUCCEEDED(hr) && is_new && entry->parent != entry->book->container) hr = join(entry);
    if (FAILED(hr)) return hr;
    changes_pump(&entry->book->store);
    if (flags & KEEP_OPEN_READONLY) entry->object.modify = FALSE;
    return S_OK;
}

static const IMailUserVtbl user_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)entry_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)entry_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames
};

/* ---- opening ---- */

static HRESULT entry_alloc(struct book *book, ULONG type, BOOL modify, struct db_props *props,
                           struct entry **ret)
{
    struct entry *entry;
    HRESULT hr;

    if (!(entry = platform_alloc_zero(sizeof(*entry)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    entry->book = book;
    entry->type = type;
    hr = object_init(&entry->object,
                     type == MAPI_DISTLIST ? (const void *)&list_vtbl : (const void *)&user_vtbl,
                     type == MAPI_DISTLIST ? &list_class : &user_class, &book->store, modify,
                     props);
    if (SUCCEEDED(hr)) *ret = entry;
    else platform_free(entry);
    return hr;
}

HRESULT entry_open(struct book *book, const struct ab_entryid *id, LONGLONG number, ULONG flags,
                   IUnknown **ret)
{
    BOOL modify = store_is_writable(&book->store);
    struct db_object info;
    struct db_props *props;
    struct entry *entry;
    struct db_txn *txn;
    HRESULT hr;

    if ((flags & MAPI_MODIFY) && !(flags & MAPI_BEST_ACCESS) && !modify) return MAPI_E_NO_ACCESS;
    if (!(flags & (MAPI_MODIFY | MAPI_BEST_ACCESS))) modify = FALSE;
    if (FAILED(hr = db_begin(book->store.db, DB_READ, &txn))) return hr;
    hr = db_object_load(txn, number, &info, &props);
    db_rollback(txn);
    if (FAILED(hr)) return hr == MAPI_E_OBJECT_DELETED ? MAPI_E_NOT_FOUND : hr;
    if (ab_type_of_kind(info.kind) != id->type) hr = MAPI_E_NOT_FOUND;
    else hr = entry_alloc(book, id->type, modify, props, &entry);
    if (FAILED(hr))
    {
        db_props_destroy(props);
        return hr;
    }
    entry->object.id = number;
    entry->parent = book->container;
    entry->change = info.change;
    *ret = (IUnknown *)entry;
    return S_OK;
}

HRESULT entry_create(struct book *book, LONGLONG parent, const struct ab_entryid *id, ULONG flags,
                     IMAPIProp **ret)
{
    struct db_props *props;
    struct entry *entry;
    SPropValue value;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = db_props_create(&props))) return hr;
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_TEMPLATEID;
    value.Value.bin.cb = sizeof(*id);
    value.Value.bin.lpb = (BYTE *)id;
    hr = db_props_set(props, &value);
    if (SUCCEEDED(hr) && id->type == MAPI_MAILUSER)
        hr = db_props_set_text(props, PR_ADDRTYPE_W, L"SMTP");
    if (SUCCEEDED(hr)) hr = entry_alloc(book, id->type, TRUE, props, &entry);
    if (FAILED(hr))
    {
        db_props_destroy(props);
        return hr;
    }
    entry->parent = parent;
    entry->create_flags = flags;
    *ret = (IMAPIProp *)entry;
    return S_OK;
}
