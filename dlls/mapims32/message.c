/*
 * Messages
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
 * A message object is a working copy: properties, recipients and attachments change in it, and
 * SaveChanges puts them into the file in one transaction. A message inside an attachment saves into
 * that instead, as an image. Recipients and attachments are loaded when they are first needed;
 * those that never were stay untouched.
 *
 * Flags are changed in the file directly (SetReadFlag, submitting): what is there counts, not what
 * they were when the message was opened, and such a change is no reason for MAPI_E_OBJECT_CHANGED.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define DEPTH_MAX  64                   /* messages in one another */
#define PACKED_MAX 4096                 /* bytes of recipients kept until they are asked for */

/* What the store makes of the message itself. */
#define MESSAGE_COMPUTED \
    PR_ENTRYID, PR_PARENT_ENTRYID, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, \
    PR_MDB_PROVIDER, PR_STORE_SUPPORT_MASK, PR_RECORD_KEY, PR_INSTANCE_KEY, PR_OBJECT_TYPE, \
    PR_ACCESS, PR_ACCESS_LEVEL, PR_MESSAGE_SIZE, PR_MSG_STATUS, PR_HASATTACH, PR_DISPLAY_TO, \
    PR_DISPLAY_CC, PR_DISPLAY_BCC, PR_SUBMIT_FLAGS, PR_MESSAGE_RECIPIENTS, \
    PR_MESSAGE_ATTACHMENTS, PR_MAPIMS_SAVES

static const ULONG new_computed[] = { MESSAGE_COMPUTED, 0 };
static const ULONG saved_computed[] = { MESSAGE_COMPUTED, PR_MESSAGE_FLAGS, 0 };

static void message_destroy(struct object *object)
{
    struct message *message = (struct message *)object;

    message_free_lists(message);
    platform_free(message->packed_rows);
    image_release(message->image);
    if (message->owner) IMAPIProp_Release((IMAPIProp *)message->owner);
    DeleteCriticalSection(&message->cs);
    object_destroy(object);
    platform_free(message);
}

static HRESULT message_compute(struct object *object, struct db_txn *txn,
                               const struct db_object *info, struct values *values)
{
    struct message *message = (struct message *)object;
    struct entryid id;

    if (object->id && !message->owner)
    {
        place_values(object->store, NULL, &message->info, values);
    }
    else
    {
        place_store_values(object->store, values);
        values_add_long(values, PR_OBJECT_TYPE, MAPI_MESSAGE);
        if (!message->owner)
        {
            place_entryid(object->store, DB_KIND_FOLDER, message->info.parent, &id);
            values_add_binary(values, PR_PARENT_ENTRYID, &id, sizeof(id));
        }
    }
    values_set_long(values, PR_ACCESS_LEVEL, object->modify ? MAPI_MODIFY : 0);
    values_add(values, PR_MESSAGE_RECIPIENTS);
    values_add(values, PR_MESSAGE_ATTACHMENTS);
    return values->hr;
}

static HRESULT message_follow(struct object *object, ULONG count, const SPropValue *props)
{
    return subject_follow(object->props, count, props);
}

static void message_changed(struct object *object, ULONG tag)
{
    bodies_note((struct message *)object, tag);
}

static const struct object_class new_class =
{
    &IID_IMessage, NULL, FALSE, new_computed, message_destroy, message_compute, NULL,
    message_follow, message_changed
};

static const struct object_class saved_class =
{
    &IID_IMessage, NULL, FALSE, saved_computed, message_destroy, message_compute, NULL,
    message_follow, message_changed
};

static struct message *impl_from_IMessage(IMessage *iface)
{
    return (struct message *)iface;
}

/* ---- saving ---- */

/* What is made once: a copy has the search key of its original. cs of the object is held. */
static HRESULT set_keys(struct db_props *props)
{
    SPropValue value;
    FILETIME now;
    MAPIUID key;
    HRESULT hr;

    GetSystemTimeAsFileTime(&now);
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_LAST_MODIFICATION_TIME;
    value.Value.ft = now;
    if (FAILED(hr = db_props_set(props, &value))) return hr;
    if (!db_props_find(props, PR_CREATION_TIME))
    {
        value.ulPropTag = PR_CREATION_TIME;
        if (FAILED(hr = db_props_set(props, &value))) return hr;
    }
    if (db_props_find(props, PR_SEARCH_KEY)) return S_OK;
    if (!platform_new_uid(&key)) return MAPI_E_CALL_FAILED;
    value.ulPropTag = PR_SEARCH_KEY;
    value.Value.bin.cb = sizeof(key);
    value.Value.bin.lpb = key.ab;
    return db_props_set(props, &value);
}

/* The properties as they are to be kept. cs of the message is held. */
static HRESULT prepare_props(struct message *message)
{
    struct object *object = &message->object;
    HRESULT hr;

    if (FAILED(hr = bodies_finish(message))) return hr;
    EnterCriticalSection(&object->cs);
    hr = set_keys(object->props);
    /* Without its rows a message that was loaded has what it had. */
    if (SUCCEEDED(hr) && message->has_rows)
        hr = recipients_display(&message->recipients, object->props);
    if (SUCCEEDED(hr) && message->has_slots)
        hr = db_props_set_long(object->props, PR_HASATTACH, message->slot_count != 0);
    LeaveCriticalSection(&object->cs);
    return hr;
}

/* The object of the file that it is; a message in an attachment is in it as soon as what is
 * around it was saved. */
LONGLONG message_origin(const struct message *message)
{
    return message->object.id || !message->image ? message->object.id : message->image->origin;
}

/* cs of the message is held. */
static HRESULT make_image(struct message *message, struct image **ret)
{
    struct db_props *props;
    HRESULT hr = S_OK;

    *ret = NULL;
    /* What it was opened from may not be in the file: then nothing of it can be left out. */
    if (message->image && SUCCEEDED(hr = message_need_rows(message)))
        hr = message_need_slots(message);
    if (FAILED(hr)) return hr;
    if (FAILED(hr = object_copy_props(&message->object, &props))) return hr;
    if (FAILED(hr = image_create(message_origin(message), props, ret)))
    {
        db_props_destroy(props);
        return hr;
    }
    if (message->has_rows)
        hr = image_set_rows(*ret, message->recipients.rows, message->recipients.count);
    if (SUCCEEDED(hr) && message->has_slots)
        hr = image_set_slots(*ret, message->slots, message->slot_count);
    if (SUCCEEDED(hr)) return S_OK;
    image_release(*ret);
    *ret = NULL;
    return hr;
}

/* Flags of the file, and whether somebody else saved the message. */
static HRESULT current_state(struct message *message, struct db_txn *txn, ULONG flags,
                             LONG *message_flags, LONG *saves)
{
    static const ULONG tags[] = { PR_MESSAGE_FLAGS, PR_MAPIMS_SAVES };
    SPropValue values[2];
    HRESULT hr;

    hr = db_object_columns(txn, message->object.id, ARRAY_SIZE(tags), tags, MAPIAllocateMore, NULL,
                           &message->info, values);
    if (FAILED(hr)) return hr == MAPI_E_NOT_FOUND ? MAPI_E_OBJECT_DELETED : hr;
    if (values[0].ulPropTag == PR_MESSAGE_FLAGS) *message_flags = values[0].Value.l;
    *saves = values[1].ulPropTag == PR_MAPIMS_SAVES ? values[1].Value.l : 0;
    return *saves == message->saves || (flags & FORCE_SAVE) ? S_OK : MAPI_E_OBJECT_CHANGED;
}

/* Into the image, and the working copy after it. */
static HRESULT set_state(struct db_txn *txn, struct message *message, struct image *image,
                         LONG message_flags, LONG saves)
{
    const SPropValue *has = db_props_find(image->props, PR_HASATTACH);
    ULONGLONG size;
    HRESULT hr;

    message_flags &= ~MSGFLAG_HASATTACH;
    if (has && PROP_TYPE(has->ulPropTag) == PT_BOOLEAN && has->Value.b)
        message_flags |= MSGFLAG_HASATTACH;
    hr = db_props_set_long(image->props, PR_MESSAGE_FLAGS, message_flags);
    if (SUCCEEDED(hr)) hr = db_props_set_long(image->props, PR_MAPIMS_SAVES, saves);
    size = image_size(txn, image);
    if (SUCCEEDED(hr))
        hr = db_props_set_long(image->props, PR_MESSAGE_SIZE, (LONG)min(size, MAXLONG));
    return hr;
}

static HRESULT write_message(struct message *message, struct db_txn *txn, struct image *image,
                             ULONG flags, LONG *saves)
{
    LONG message_flags = object_get_long(&message->object, PR_MESSAGE_FLAGS, 0);
    LONGLONG id;
    HRESULT hr;

    *saves = 0;
    if (message->object.id)
    {
        hr = current_state(message, txn, flags, &message_flags, saves);
        if (FAILED(hr)) return hr;
    }
    else
    {
        message_flags &= ~(MSGFLAG_SUBMIT | MSGFLAG_ASSOCIATED);
        if (message->info.kind == DB_KIND_ASSOCIATED) message_flags |= MSGFLAG_ASSOCIATED;
        message->info.marked = !(message_flags & MSGFLAG_READ);
    }
    if (FAILED(hr = set_state(txn, message, image, message_flags, ++*saves))) return hr;
    return image_write(txn, image, &message->info, &id);
}

/* The working copy is what was saved. cs of the message is held. */
static void take_saved(struct message *message, struct image *image, LONG saves)
{
    static const ULONG tags[] = { PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE };
    struct object *object = &message->object;
    const SPropValue *value;
    ULONG i;

    object->id = message->info.id = image->origin;
    object->class = &saved_class;
    message->saves = saves;
    for (i = 0; i < ARRAY_SIZE(tags); i++)
        if ((value = db_props_find(image->props, tags[i]))) object_put(object, value);
    for (i = 0; message->has_slots && i < message->slot_count && i < image->slot_count; i++)
    {
        message->slots[i].id = image->slots[i].id;
        image_release(message->slots[i].image);
        message->slots[i].image = NULL;
    }
}

static HRESULT save_in_folder(struct message *message, ULONG flags)
{
    struct image *image;
    struct db_txn *txn;
    HRESULT hr;
    LONG saves;

    if (FAILED(hr = make_image(message, &image))) return hr;
    if (SUCCEEDED(hr = db_begin(message->object.store->db, DB_WRITE, &txn)))
    {
        if (SUCCEEDED(hr = write_message(message, txn, image, flags, &saves))) hr = db_commit(txn);
        else db_rollback(txn);
        image_settle(image, SUCCEEDED(hr));
        if (SUCCEEDED(hr)) take_saved(message, image, saves);
    }
    image_release(image);
    return hr;
}

static HRESULT save_in_attachment(struct message *message)
{
    struct image *image;
    LONGLONG size;
    HRESULT hr;

    if (FAILED(hr = make_image(message, &image))) return hr;
    size = image_size(NULL, image);
    hr = db_props_set_long(image->props, PR_MESSAGE_SIZE, (LONG)min(size, MAXLONG));
    if (FAILED(hr))
    {
        image_release(image);
        return hr;
    }
    attachment_put_message(message->owner, image);
    image_release(message->image);
    message->image = image;
    return S_OK;
}

HRESULT message_save(struct message *message, ULONG flags)
{
    HRESULT hr;

    EnterCriticalSection(&message->cs);
    if (SUCCEEDED(hr = prepare_props(message)))
        hr = message->owner ? save_in_attachment(message) : save_in_folder(message, flags);
    LeaveCriticalSection(&message->cs);
    if (SUCCEEDED(hr) && !message->owner) changes_pump(message->object.store);
    return hr;
}

static HRESULT WINAPI message_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    struct message *message = (struct message *)iface;
    HRESULT hr;

    TRACE("%p, %#lx\n", iface, flags);

    if (flags & ~SAVE_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    hr = message_save(message, flags);
    if (SUCCEEDED(hr) && !(flags & KEEP_OPEN_READWRITE)) message->object.modify = FALSE;
    return hr;
}

/* ---- the rest of IMAPIProp and IMessage ---- */

static HRESULT WINAPI message_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags,
                                       ULONG *count, LPSPropValue *props)
{
    struct message *message = (struct message *)iface;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; tags && i < tags->cValues && SUCCEEDED(hr); i++)
        hr = bodies_need(message, tags->aulPropTag[i]);
    if (!tags) hr = bodies_strip(message);
    if (SUCCEEDED(hr)) return object_GetProps(iface, tags, flags, count, props);
    if (count) *count = 0;
    if (props) *props = NULL;
    return hr;
}

static HRESULT WINAPI message_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags)
{
    HRESULT hr;

    if (SUCCEEDED(hr = bodies_strip((struct message *)iface)))
        return object_GetPropList(iface, flags, tags);
    if (tags) *tags = NULL;
    return hr;
}

static HRESULT WINAPI message_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                           ULONG flags, LPUNKNOWN *ret)
{
    HRESULT hr;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (iid && IsEqualGUID(iid, &IID_IMAPITable))
    {
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_RECIPIENTS))
            return IMessage_GetRecipientTable((IMessage *)iface, options & MAPI_UNICODE,
                                              (IMAPITable **)ret);
        if (PROP_ID(tag) == PROP_ID(PR_MESSAGE_ATTACHMENTS))
            return IMessage_GetAttachmentTable((IMessage *)iface, options & MAPI_UNICODE,
                                               (IMAPITable **)ret);
    }
    if (!(flags & MAPI_CREATE) && FAILED(hr = bodies_need((struct message *)iface, tag))) return hr;
    return object_OpenProperty(iface, tag, iid, options, flags, ret);
}

static HRESULT WINAPI message_SubmitMessage(IMessage *iface, ULONG flags)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;
    BOOL none;

    TRACE("%p, %#lx\n", iface, flags);

    if (flags & ~FORCE_SUBMIT) return MAPI_E_UNKNOWN_FLAGS;
    if (message->owner || message->info.kind == DB_KIND_ASSOCIATED) return MAPI_E_NO_SUPPORT;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    EnterCriticalSection(&message->cs);
    hr = message_need_rows(message);
    none = !message->recipients.count;
    LeaveCriticalSection(&message->cs);
    if (FAILED(hr)) return hr;
    if (none) return MAPI_E_NO_RECIPIENTS;
    if (FAILED(hr = message_save(message, 0))) return hr;
    if (FAILED(hr = submit_message(message->object.store, iface, message->object.id))) return hr;
    message->object.modify = FALSE;
    return S_OK;
}

void message_refresh_flags(struct message *message)
{
    static const ULONG tags[] = { PR_MESSAGE_FLAGS, PR_MSG_STATUS, PR_READ_RECEIPT_REQUESTED };
    SPropValue values[ARRAY_SIZE(tags)];
    struct db_txn *txn;
    ULONG i;

    if (FAILED(db_begin(message->object.store->db, DB_READ, &txn))) return;
    if (SUCCEEDED(db_object_columns(txn, message->object.id, ARRAY_SIZE(tags), tags,
                                    MAPIAllocateMore, NULL, NULL, values)))
        for (i = 0; i < ARRAY_SIZE(tags); i++)
            if (values[i].ulPropTag == tags[i]) object_put(&message->object, &values[i]);
    db_rollback(txn);
}

static HRESULT WINAPI message_SetReadFlag(IMessage *iface, ULONG flags)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    TRACE("%p, %#lx\n", iface, flags);

    if (FAILED(hr = read_flags_check(flags))) return hr;
    if (message->owner || !message->object.id) return S_OK;
    if (FAILED(hr = read_flag_set(message->object.store, message->object.id, flags))) return hr;
    message_refresh_flags(message);
    return S_OK;
}

static const IMessageVtbl message_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)message_SaveChanges,
    (void *)message_GetProps,
    (void *)message_GetPropList,
    (void *)message_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    message_GetAttachmentTable,
    message_OpenAttach,
    message_CreateAttach,
    message_DeleteAttach,
    message_GetRecipientTable,
    message_ModifyRecipients,
    message_SubmitMessage,
    message_SetReadFlag
};

struct message *message_from(IMessage *iface)
{
    return iface && iface->lpVtbl == &message_vtbl ? impl_from_IMessage(iface) : NULL;
}

/* ---- making one ---- */

/* Takes over props if it succeeds. */
static HRESULT make(struct store *store, const struct object_class *class, struct db_props *props,
                    BOOL modify, struct message **ret)
{
    struct message *message;
    HRESULT hr;

    *ret = NULL;
    if (!(message = platform_alloc_zero(sizeof(*message)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = object_init(&message->object, &message_vtbl, class, store, modify, props);
    if (FAILED(hr))
    {
        platform_free(message);
        return hr;
    }
    InitializeCriticalSection(&message->cs);
    *ret = message;
    return S_OK;
}

HRESULT message_make_scratch(struct store *store, struct db_props *props, struct message **ret)
{
    HRESULT hr = make(store, &new_class, props, TRUE, ret);

    if (SUCCEEDED(hr)) (*ret)->scratch = (*ret)->has_rows = (*ret)->has_slots = TRUE;
    return hr;
}

static HRESULT make_new(struct store *store, LONG flags, struct message **ret)
{
    struct db_props *props;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = db_props_create(&props))) return hr;
    hr = db_props_set_text(props, PR_MESSAGE_CLASS_W, L"IPM.Note");
    if (SUCCEEDED(hr)) hr = db_props_set_long(props, PR_MESSAGE_FLAGS, flags);
    if (SUCCEEDED(hr)) hr = db_props_set_long(props, PR_MSG_STATUS, 0);
    if (SUCCEEDED(hr)) hr = make(store, &new_class, props, TRUE, ret);
    if (FAILED(hr)) db_props_destroy(props);
    else (*ret)->has_rows = (*ret)->has_slots = TRUE;
    return hr;
}

HRESULT message_create(struct store *store, LONGLONG folder, BOOL associated, IMessage **ret)
{
    LONG flags = MSGFLAG_UNSENT | MSGFLAG_READ;
    struct message *message;
    HRESULT hr;

    *ret = NULL;
    if (associated) flags |= MSGFLAG_ASSOCIATED;
    if (FAILED(hr = make_new(store, flags, &message))) return hr;
    message->info.parent = folder;
    message->info.kind = associated ? DB_KIND_ASSOCIATED : DB_KIND_MESSAGE;
    message->info.list = associated ? DB_LIST_ASSOCIATED : DB_LIST_CONTENTS;
    *ret = (IMessage *)message;
    return S_OK;
}

static LONG saves_of(const struct db_props *props)
{
    const SPropValue *value = db_props_find(props, PR_MAPIMS_SAVES);

    return value && value->ulPropTag == PR_MAPIMS_SAVES ? value->Value.l : 0;
}

HRESULT message_open(struct store *store, LONGLONG id, BOOL modify, BOOL soft, IMessage **ret)
{
    struct message *message;
    struct db_object info;
    struct db_props *props;
    struct db_txn *txn;
    void *rows = NULL;
    ULONG size = 0;
    HRESULT hr, fetched = S_FALSE;

    *ret = NULL;
    if (FAILED(hr = db_begin(store->db, DB_READ, &txn))) return hr;
    hr = db_object_load(txn, id, &info, &props);
    /* Most who read a message look at its recipients: a transaction less. */
    if (SUCCEEDED(hr)) fetched = db_recipients_fetch(txn, id, PACKED_MAX, &rows, &size);
    db_rollback(txn);
    if (FAILED(hr)) return hr == MAPI_E_OBJECT_DELETED ? MAPI_E_NOT_FOUND : hr;
    if (!kind_is_message(info.kind) || ((info.list & DB_LIST_DELETED) && !soft))
        hr = MAPI_E_NOT_FOUND;
    else hr = make(store, &saved_class, props, modify, &message);
    if (FAILED(hr))
    {
        platform_free(rows);
        db_props_destroy(props);
        return hr;
    }
    message->has_packed = fetched == S_OK;
    message->packed_rows = rows;
    message->packed_size = size;
    message->object.id = id;
    message->info = info;
    message->saves = saves_of(props);
    *ret = (IMessage *)message;
    return S_OK;
}

static HRESULT open_stored(struct store *store, LONGLONG id, BOOL modify, struct message **ret)
{
    struct db_props *props;
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(store->db, DB_READ, &txn))) return hr;
    hr = db_object_load(txn, id, NULL, &props);
    db_rollback(txn);
    if (FAILED(hr)) return hr == MAPI_E_OBJECT_DELETED ? MAPI_E_NOT_FOUND : hr;
    if (FAILED(hr = make(store, &new_class, props, modify, ret))) db_props_destroy(props);
    else (*ret)->object.id = id;
    return hr;
}

static HRESULT open_image(struct store *store, struct image *image, BOOL modify,
                          struct message **ret)
{
    struct db_props *props;
    HRESULT hr;

    if (FAILED(hr = db_props_copy(image->props, &props))) return hr;
    if (FAILED(hr = make(store, &new_class, props, modify, ret)))
    {
        db_props_destroy(props);
        return hr;
    }
    (*ret)->image = image_addref(image);
    (*ret)->object.id = image->origin;
    return S_OK;
}

HRESULT message_open_embedded(struct attachment *owner, struct image *image, LONGLONG id,
                              ULONG depth, BOOL modify, IMessage **ret)
{
    struct store *store = attachment_store(owner);
    struct message *message;
    HRESULT hr;

    *ret = NULL;
    if (depth > DEPTH_MAX) return MAPI_E_TOO_COMPLEX;
    if (image) hr = open_image(store, image, modify, &message);
    else if (id) hr = open_stored(store, id, modify, &message);
    else hr = make_new(store, MSGFLAG_UNSENT | MSGFLAG_READ, &message);
    if (FAILED(hr)) return hr;
    IMAPIProp_AddRef((IMAPIProp *)owner);
    message->owner = owner;
    message->depth = depth;
    *ret = (IMessage *)message;
    return S_OK;
}
