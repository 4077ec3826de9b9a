/*
 * Properties that follow from where an object stands
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
 * Entry IDs and keys, what kind of object it is, what may be done with it, how much is in a folder:
 * none of it is stored with the object. Everything else is, also what the store works out when a
 * message is saved.
 */

#include "store.h"

static const ULONG folder_tags[] =
{
    PR_ENTRYID, PR_PARENT_ENTRYID, PR_RECORD_KEY, PR_INSTANCE_KEY, PR_STORE_ENTRYID,
    PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, PR_MDB_PROVIDER, PR_OBJECT_TYPE, PR_ACCESS,
    PR_ACCESS_LEVEL, PR_STORE_SUPPORT_MASK, PR_DISPLAY_TYPE, PR_FOLDER_TYPE, PR_CONTENT_COUNT,
    PR_CONTENT_UNREAD, PR_ASSOC_CONTENT_COUNT, PR_SUBFOLDERS, PR_FOLDER_CHILD_COUNT,
    PR_LAST_MODIFICATION_TIME, 0
};

static const ULONG message_tags[] =
{
    PR_ENTRYID, PR_PARENT_ENTRYID, PR_RECORD_KEY, PR_INSTANCE_KEY, PR_STORE_ENTRYID,
    PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, PR_MDB_PROVIDER, PR_OBJECT_TYPE, PR_ACCESS,
    PR_ACCESS_LEVEL, PR_STORE_SUPPORT_MASK, 0
};

static const ULONG attachment_tags[] =
{
    PR_RECORD_KEY, PR_INSTANCE_KEY, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE,
    PR_OBJECT_TYPE, PR_ACCESS_LEVEL, 0
};

#define SUPPORT_MASK (STORE_ENTRYID_UNIQUE | STORE_SEARCH_OK | STORE_ATTACH_OK | STORE_OLE_OK \
                      | STORE_SUBMIT_OK | STORE_NOTIFY_OK | STORE_MV_PROPS_OK \
                      | STORE_CATEGORIZE_OK | STORE_RESTRICTION_OK | STORE_SORT_OK \
                      | STORE_RTF_OK | STORE_UNCOMPRESSED_RTF | STORE_HTML_OK | STORE_UNICODE_OK)
#define WRITABLE_MASK (STORE_CREATE_OK | STORE_MODIFY_OK)

BOOL kind_is_folder(ULONG kind)
{
    return kind == DB_KIND_FOLDER || kind == DB_KIND_SEARCH_FOLDER;
}

BOOL kind_is_message(ULONG kind)
{
    return kind == DB_KIND_MESSAGE || kind == DB_KIND_ASSOCIATED;
}

static const ULONG *tags_of(ULONG kind)
{
    static const ULONG none[] = { 0 };

    if (kind_is_folder(kind)) return folder_tags;
    if (kind_is_message(kind)) return message_tags;
    return kind == DB_KIND_ATTACHMENT ? attachment_tags : none;
}

BOOL place_is_computed(ULONG kind, ULONG tag)
{
    const ULONG *tags;

    /* The lowest of them all: what tables mostly show lies below, and this is asked for each
     * value. */
    if (PROP_ID(tag) < PROP_ID(PR_PARENT_ENTRYID)) return FALSE;
    for (tags = tags_of(kind); *tags; tags++)
        if (PROP_ID(*tags) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

void place_entryid(struct store *store, ULONG kind, LONGLONG object, struct entryid *ret)
{
    entryid_init(&store->uid, kind_is_folder(kind) ? ENTRY_FOLDER : ENTRY_MESSAGE, object, ret);
}

/* Comparable and never another object's. */
static void add_record_key(struct store *store, LONGLONG object, struct values *values)
{
    BYTE key[sizeof(MAPIUID) + sizeof(object)];

    memcpy(key, &store->uid, sizeof(MAPIUID));
    memcpy(key + sizeof(MAPIUID), &object, sizeof(object));
    values_add_binary(values, PR_RECORD_KEY, key, sizeof(key));
}

static LONG object_type(ULONG kind)
{
    if (kind_is_folder(kind)) return MAPI_FOLDER;
    return kind == DB_KIND_ATTACHMENT ? MAPI_ATTACH : MAPI_MESSAGE;
}

static LONG folder_type(struct store *store, const struct db_object *object)
{
    if (object->id == store->root_folder) return FOLDER_ROOT;
    return object->kind == DB_KIND_SEARCH_FOLDER ? FOLDER_SEARCH : FOLDER_GENERIC;
}

static LONG access_of(struct store *store, const struct db_object *object)
{
    LONG access = MAPI_ACCESS_READ;

    if (!store_is_writable(store)) return access;
    access |= MAPI_ACCESS_MODIFY;
    if (object->id != store->root_folder) access |= MAPI_ACCESS_DELETE;
    if (object->kind == DB_KIND_FOLDER)
        access |= MAPI_ACCESS_CREATE_HIERARCHY | MAPI_ACCESS_CREATE_CONTENTS
                  | MAPI_ACCESS_CREATE_ASSOCIATED;
    return access;
}

static LONG tally(struct db_txn *txn, LONGLONG object, ULONG list, BOOL unread)
{
    ULONG total, marked;

    if (!txn || FAILED(db_tally(txn, object, list, &total, &marked))) return 0;
    return unread ? marked : total;
}

static BOOL folder_value(struct store *store, struct db_txn *txn, const struct db_object *object,
                         ULONG tag, struct values *values)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_DISPLAY_TYPE):
        values_add_long(values, PR_DISPLAY_TYPE, DT_FOLDER);
        return TRUE;
    case PROP_ID(PR_FOLDER_TYPE):
        values_add_long(values, PR_FOLDER_TYPE, folder_type(store, object));
        return TRUE;
    case PROP_ID(PR_CONTENT_COUNT):
        values_add_long(values, PR_CONTENT_COUNT, tally(txn, object->id, DB_LIST_CONTENTS, FALSE));
        return TRUE;
    case PROP_ID(PR_CONTENT_UNREAD):
        values_add_long(values, PR_CONTENT_UNREAD, tally(txn, object->id, DB_LIST_CONTENTS, TRUE));
        return TRUE;
    case PROP_ID(PR_ASSOC_CONTENT_COUNT):
        values_add_long(values, PR_ASSOC_CONTENT_COUNT,
                        tally(txn, object->id, DB_LIST_ASSOCIATED, FALSE));
        return TRUE;
    case PROP_ID(PR_SUBFOLDERS):
        values_add_long(values, PR_SUBFOLDERS, tally(txn, object->id, DB_LIST_HIERARCHY, FALSE));
        return TRUE;
    case PROP_ID(PR_FOLDER_CHILD_COUNT):
        values_add_long(values, PR_FOLDER_CHILD_COUNT,
                        tally(txn, object->id, DB_LIST_HIERARCHY, FALSE));
        return TRUE;
    case PROP_ID(PR_LAST_MODIFICATION_TIME):
        values_add_time(values, PR_LAST_MODIFICATION_TIME, &object->modified);
        return TRUE;
    default:
        return FALSE;
    }
}

static BOOL store_value(struct store *store, ULONG tag, struct values *values)
{
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_STORE_ENTRYID):
        values_add_binary(values, PR_STORE_ENTRYID, store->entryid, store->entryid_size);
        return TRUE;
    case PROP_ID(PR_STORE_RECORD_KEY):
        values_add_binary(values, PR_STORE_RECORD_KEY, &store->uid, sizeof(store->uid));
        return TRUE;
    case PROP_ID(PR_MAPPING_SIGNATURE):
        values_add_binary(values, PR_MAPPING_SIGNATURE, &store->uid, sizeof(store->uid));
        return TRUE;
    case PROP_ID(PR_MDB_PROVIDER):
        values_add_binary(values, PR_MDB_PROVIDER, &provider_uid, sizeof(provider_uid));
        return TRUE;
    case PROP_ID(PR_STORE_SUPPORT_MASK):
        values_add_long(values, PR_STORE_SUPPORT_MASK,
                        SUPPORT_MASK | (store_is_writable(store) ? WRITABLE_MASK : 0));
        return TRUE;
    default:
        return FALSE;
    }
}

BOOL place_value(struct store *store, struct db_txn *txn, const struct db_object *object, ULONG tag,
                 struct values *values)
{
    struct entryid id;

    if (!place_is_computed(object->kind, tag)) return FALSE;
    switch (PROP_ID(tag))
    {
    case PROP_ID(PR_ENTRYID):
        place_entryid(store, object->kind, object->id, &id);
        values_add_binary(values, PR_ENTRYID, &id, sizeof(id));
        return TRUE;
    case PROP_ID(PR_PARENT_ENTRYID):
        /* The root folder is its own parent. */
        place_entryid(store, DB_KIND_FOLDER,
                      object->id == store->root_folder ? object->id : object->parent, &id);
        values_add_binary(values, PR_PARENT_ENTRYID, &id, sizeof(id));
        return TRUE;
    case PROP_ID(PR_RECORD_KEY):
        add_record_key(store, object->id, values);
        return TRUE;
    case PROP_ID(PR_INSTANCE_KEY):
        values_add_binary(values, PR_INSTANCE_KEY, &object->id, sizeof(object->id));
        return TRUE;
    case PROP_ID(PR_OBJECT_TYPE):
        values_add_long(values, PR_OBJECT_TYPE, object_type(object->kind));
        return TRUE;
    case PROP_ID(PR_ACCESS):
        values_add_long(values, PR_ACCESS, access_of(store, object));
        return TRUE;
    case PROP_ID(PR_ACCESS_LEVEL):
        values_add_long(values, PR_ACCESS_LEVEL, store_is_writable(store) ? MAPI_MODIFY : 0);
        return TRUE;
    default:
        return store_value(store, tag, values)
               || (kind_is_folder(object->kind) && folder_value(store, txn, object, tag, values));
    }
}

HRESULT place_values(struct store *store, struct db_txn *txn, const struct db_object *object,
                     struct values *values)
{
    const ULONG *tags;

    for (tags = tags_of(object->kind); *tags; tags++)
        place_value(store, txn, object, *tags, values);
    return values->hr;
}

void place_store_values(struct store *store, struct values *values)
{
    static const ULONG tags[] = { PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE,
                                  PR_MDB_PROVIDER, PR_STORE_SUPPORT_MASK };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(tags); i++) store_value(store, tags[i], values);
}
