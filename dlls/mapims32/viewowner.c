/*
 * Contents tables: what a table over the database knows of messages
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
 * Each open table holds the store, and follows its changes.
 */

#include "store.h"
#include "view/view.h"

static const SizedSPropTagArray(16, message_columns) =
{
    16, { PR_ENTRYID, PR_INSTANCE_KEY, PR_SUBJECT_W, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS,
          PR_MSG_STATUS, PR_MESSAGE_SIZE, PR_RECORD_KEY, PR_PARENT_ENTRYID, PR_DISPLAY_TO_W,
          PR_HASATTACH, PR_OBJECT_TYPE, PR_MESSAGE_DELIVERY_TIME, PR_SENDER_NAME_W, PR_IMPORTANCE,
          PR_NORMALIZED_SUBJECT_W }
};

/* What folders have from their beginning on. */
static const struct db_sort newest_first[] = { { PR_MESSAGE_DELIVERY_TIME, TRUE } };

struct views
{
    struct open_views open;
};

/* ---- values ---- */

static void set_missing(ULONG tag, SPropValue *value)
{
    memset(value, 0, sizeof(*value));
    value->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    value->Value.err = MAPI_E_NOT_FOUND;
}

static HRESULT computed_column(struct store *store, struct db_txn *txn,
                               const struct db_object *object, ULONG tag, void *base,
                               SPropValue *value)
{
    struct values values;
    HRESULT hr = S_OK;

    values_init(&values);
    set_missing(tag, value);
    if (place_value(store, txn, object, tag, &values) && values.count
        && (PROP_TYPE(tag) == PT_UNSPECIFIED
            || PROP_TYPE(tag) == PROP_TYPE(values.props[0].ulPropTag)))
        hr = prop_copy(value, &values.props[0], MAPIAllocateMore, base);
    if (SUCCEEDED(hr)) hr = values.hr;
    values_free(&values);
    return hr;
}

static HRESULT binary_value(ULONG tag, const void *data, ULONG size, void *base, SPropValue *value)
{
    memset(value, 0, sizeof(*value));
    value->ulPropTag = tag;
    value->Value.bin.cb = size;
    if (FAILED(MAPIAllocateMore(size, base, (void **)&value->Value.bin.lpb)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(value->Value.bin.lpb, data, size);
    return S_OK;
}

#define FEW_COLUMNS 64

static HRESULT owner_columns(void *context, struct db_txn *txn, LONGLONG object, ULONG list,
                             ULONG count, const ULONG *tags, void *base, SPropValue *values)
{
    ULONG few[FEW_COLUMNS], *stored = few, i;
    struct store *store = context;
    struct db_object info;
    struct entryid id;
    HRESULT hr;

    if (count == 1 && tags[0] == PR_INSTANCE_KEY)
        return binary_value(PR_INSTANCE_KEY, &object, sizeof(object), base, values);
    if (count > FEW_COLUMNS && !(stored = platform_alloc(count * sizeof(*stored))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    few[0] = PR_NULL;
    /* What is computed is not looked for among what is stored. */
    for (i = 0; i < count; i++)
        stored[i] = place_is_computed(DB_KIND_MESSAGE, tags[i]) ? PR_NULL : tags[i];
    hr = db_object_columns(txn, object, count, stored, MAPIAllocateMore, base, &info, values);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (stored[i] == tags[i]) continue;
        if (tags[i] != PR_ENTRYID)
        {
            hr = computed_column(store, txn, &info, tags[i], base, &values[i]);
            continue;
        }
        place_entryid(store, info.kind, object, &id);
        hr = binary_value(PR_ENTRYID, &id, sizeof(id), base, &values[i]);
    }
    if (stored != few) platform_free(stored);
    return hr;
}

/* ---- restrictions ---- */

struct matching
{
    struct store *store;
    LONGLONG object;
    struct values values;               /* of the message that is looked at */
};

static BOOL computed_value(void *context, struct db_txn *txn, const struct db_object *object,
                           ULONG tag, SPropValue *value)
{
    struct matching *matching = context;

    if (!place_is_computed(object->kind, tag)) return FALSE;
    /* Those of a message are still needed while its attachments are looked at. */
    if (object->id != matching->object && object->kind != DB_KIND_ATTACHMENT)
    {
        values_free(&matching->values);
        matching->object = object->id;
    }
    if (!place_value(matching->store, txn, object, tag, &matching->values)
        || FAILED(matching->values.hr))
        return FALSE;
    *value = matching->values.props[matching->values.count - 1];
    return TRUE;
}

static void owner_match_begin(void *context, struct db_match *match)
{
    struct matching *matching = platform_alloc_zero(sizeof(*matching));

    match->computed = NULL;
    if (!(match->context = matching)) return;
    matching->store = context;
    match->computed = computed_value;
}

static void owner_match_end(void *context, struct db_match *match)
{
    struct matching *matching = match->context;

    if (!matching) return;
    values_free(&matching->values);
    platform_free(matching);
}

static BOOL owner_is_stored(void *context, ULONG tag)
{
    return !place_is_computed(DB_KIND_MESSAGE, tag);
}

static BOOL owner_find(void *context, const SPropValue *value, LONGLONG *object)
{
    struct store *store = context;
    enum entry_kind kind;

    *object = 0;
    switch (value->ulPropTag)
    {
    case PR_INSTANCE_KEY:
        if (value->Value.bin.cb == sizeof(*object))
            memcpy(object, value->Value.bin.lpb, sizeof(*object));
        return TRUE;
    case PR_ENTRYID:
        if (!entryid_parse(&store->uid, value->Value.bin.cb, value->Value.bin.lpb, &kind, object)
            || kind != ENTRY_MESSAGE)
            *object = 0;
        return TRUE;
    default:
        return FALSE;
    }
}

/* ---- the rest of what a table asks ---- */

static void owner_addref(void *context)
{
    store_addref(context);
}

static void owner_gone(void *context, struct view *view)
{
    struct store *store = context;

    open_views_remove(&store->views->open, view);
    store_release(store);
}

static HRESULT owner_whole(void *context, LONGLONG parent, ULONG list, ULONG flags,
                           IMAPITable **ret)
{
    return store_memory_table(context, parent, list, flags, ret);
}

static HRESULT owner_listen(void *context)
{
    return changes_wanted(context);
}

static IMAPISupport *owner_support(void *context)
{
    return store_support(context);
}

static const struct view_owner message_owner =
{
    owner_addref,
    owner_gone,
    owner_columns,
    owner_match_begin,
    owner_match_end,
    owner_is_stored,
    owner_find,
    owner_whole,
    owner_listen,
    owner_support,
    NULL,
    TRUE
};

static HRESULT kind_of(struct db *db, LONGLONG folder, ULONG *kind)
{
    struct db_object info = { 0 };
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(db, DB_READ, &txn))) return hr;
    hr = db_object_load(txn, folder, &info, NULL);
    db_rollback(txn);
    *kind = info.kind;
    return hr;
}

HRESULT contents_table(struct store *store, LONGLONG folder, ULONG list, ULONG flags,
                       IMAPITable **ret)
{
    struct view_init init;
    struct view *view;
    HRESULT hr;
    ULONG kind;

    *ret = NULL;
    if (FAILED(hr = kind_of(store->db, folder, &kind))) return hr;
    memset(&init, 0, sizeof(init));
    init.owner = &message_owner;
    init.context = store;
    init.db = store->db;
    init.parent = folder;
    init.list = list;
    init.links = kind == DB_KIND_SEARCH_FOLDER;
    init.flags = flags;
    init.columns = (const SPropTagArray *)&message_columns;
    init.order = newest_first;
    if (list == DB_LIST_CONTENTS && !init.links) init.order_count = ARRAY_SIZE(newest_first);
    if (FAILED(hr = view_create(&init, &view))) return hr;
    if (FAILED(hr = open_views_add(&store->views->open, view)))
    {
        IMAPITable_Release(view_table(view));
        return hr;
    }
    *ret = view_table(view);
    return S_OK;
}

void views_follow(struct store *store)
{
    open_views_follow(&store->views->open);
}

HRESULT views_defaults(struct db *db)
{
    return db_view_defaults(db, DB_LIST_CONTENTS, ARRAY_SIZE(newest_first), newest_first);
}

HRESULT views_start(struct store *store)
{
    if (!(store->views = platform_alloc_zero(sizeof(*store->views))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    open_views_init(&store->views->open);
    return S_OK;
}

void views_free(struct store *store)
{
    if (!store->views) return;
    open_views_free(&store->views->open);
    platform_free(store->views);
    store->views = NULL;
}
