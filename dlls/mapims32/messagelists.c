/*
 * The recipients and attachments of a message object
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

/* Both lists come from the file, or from what the message was opened from, when they are first
 * needed. */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define ATTACHMENTS_MAX 0x10000

static const SizedSPropTagArray(12, attachment_columns) =
{
    12, { PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_RENDERING_POSITION, PR_ATTACH_METHOD,
          PR_ATTACH_FILENAME_W, PR_ATTACH_LONG_FILENAME_W, PR_DISPLAY_NAME_W, PR_ATTACH_SIZE,
          PR_OBJECT_TYPE, PR_ATTACH_EXTENSION_W, PR_ATTACH_MIME_TAG_W }
};

static struct message *impl_from_IMessage(IMessage *iface)
{
    return (struct message *)iface;
}

void message_free_lists(struct message *message)
{
    recipients_free(&message->recipients);
    slots_free(message->slots, message->slot_count);
    if (message->attachments) ITableData_Release(message->attachments);
}

/* ---- loading ---- */

HRESULT message_need_rows(struct message *message)
{
    struct db_txn *txn;
    HRESULT hr = S_OK;

    if (message->has_rows) return S_OK;
    if (message->image && message->image->has_rows)
        hr = recipients_copy(&message->recipients, message->image->rows, message->image->row_count);
    else if (message->has_packed)
        hr = recipients_unpack(&message->recipients, message->packed_rows, message->packed_size);
    else if (message_origin(message)
             && SUCCEEDED(hr = db_begin(message->object.store->db, DB_READ, &txn)))
    {
        hr = recipients_load(&message->recipients, txn, message_origin(message));
        db_rollback(txn);
    }
    message->has_rows = SUCCEEDED(hr);
    return hr;
}

static HRESULT copy_slots(struct message *message, const struct image *image)
{
    ULONG i;

    if (!(message->slots = platform_alloc((image->slot_count + 1) * sizeof(*message->slots))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    message->slot_count = image->slot_count;
    for (i = 0; i < image->slot_count; i++)
    {
        message->slots[i] = image->slots[i];
        image_addref(message->slots[i].image);
    }
    return S_OK;
}

HRESULT message_need_slots(struct message *message)
{
    struct db_txn *txn;
    HRESULT hr = S_OK;
    ULONG i;

    if (message->has_slots) return S_OK;
    if (message->image && message->image->has_slots) hr = copy_slots(message, message->image);
    else if (message_origin(message)
             && SUCCEEDED(hr = db_begin(message->object.store->db, DB_READ, &txn)))
    {
        hr = slots_load(txn, message_origin(message), &message->slots, &message->slot_count);
        db_rollback(txn);
    }
    for (i = 0; i < message->slot_count; i++)
        message->next_number = max(message->next_number, message->slots[i].number + 1);
    message->has_slots = SUCCEEDED(hr);
    return hr;
}

/* cs is held, here and below. */
static struct slot *find_slot(struct message *message, ULONG number)
{
    ULONG i;

    for (i = 0; i < message->slot_count; i++)
        if (message->slots[i].number == number) return &message->slots[i];
    return NULL;
}

/* ---- the table of attachments ---- */

static BOOL fits_in_row(const SPropValue *prop)
{
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_ERROR:
    case PT_OBJECT: return FALSE;
    case PT_UNICODE: return lstrlenW(prop->Value.lpszW) <= 512;
    case PT_BINARY: return prop->Value.bin.cb <= 512;
    default: return TRUE;
    }
}

static HRESULT show_props(struct message *message, const struct slot *slot,
                          const struct db_props *props)
{
    struct db_object object = { 0 };
    ULONG i, count = db_props_count(props);
    struct values values;
    HRESULT hr;
    SRow row;

    values_init(&values);
    object.id = slot->id;
    object.kind = DB_KIND_ATTACHMENT;
    if (slot->id) place_values(message->object.store, NULL, &object, &values);
    else values_add_long(&values, PR_OBJECT_TYPE, MAPI_ATTACH);
    for (i = 0; i < count; i++)
        if (PROP_ID(db_props_tag(props, i)) != PROP_ID(PR_ATTACH_DATA_BIN)
            && fits_in_row(db_props_value(props, i)))
            values_add_value(&values, db_props_value(props, i));
    memset(&row, 0, sizeof(row));
    row.cValues = values.count;
    row.lpProps = values.props;
    if (SUCCEEDED(hr = values.hr)) hr = ITableData_HrModifyRow(message->attachments, &row);
    values_free(&values);
    return hr;
}

static HRESULT show_slot(struct message *message, struct db_txn *txn, const struct slot *slot)
{
    struct db_props *props;
    HRESULT hr;

    if (slot->image) return show_props(message, slot, slot->image->props);
    if (FAILED(hr = db_object_load(txn, slot->id, NULL, &props))) return hr;
    hr = show_props(message, slot, props);
    db_props_destroy(props);
    return hr;
}

static HRESULT need_attachments(struct message *message)
{
    struct db_txn *txn;
    HRESULT hr;
    ULONG i;

    if (message->attachments) return S_OK;
    if (FAILED(hr = message_need_slots(message))) return hr;
    if (FAILED(hr = db_begin(message->object.store->db, DB_READ, &txn))) return hr;
    hr = CreateTable(&IID_IMAPITableData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                     NULL, TBLTYPE_DYNAMIC, PR_ATTACH_NUM, (SPropTagArray *)&attachment_columns,
                     &message->attachments);
    for (i = 0; i < message->slot_count && SUCCEEDED(hr); i++)
        hr = show_slot(message, txn, &message->slots[i]);
    db_rollback(txn);
    if (FAILED(hr) && message->attachments)
    {
        ITableData_Release(message->attachments);
        message->attachments = NULL;
    }
    return hr;
}

HRESULT message_put_attachment(struct message *message, ULONG number, struct image *image)
{
    struct slot *slot, *grown;
    HRESULT hr;

    EnterCriticalSection(&message->cs);
    hr = message_need_slots(message);
    if (SUCCEEDED(hr) && !(slot = find_slot(message, number)))
    {
        grown = platform_realloc(message->slots, (message->slot_count + 1) * sizeof(*grown));
        if (grown)
        {
            message->slots = grown;
            slot = memset(&grown[message->slot_count++], 0, sizeof(*slot));
            slot->number = number;
        }
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
    {
        image->origin = slot->image && slot->image->origin ? slot->image->origin : slot->id;
        image_release(slot->image);
        slot->image = image_addref(image);
        if (message->attachments) hr = show_props(message, slot, image->props);
    }
    LeaveCriticalSection(&message->cs);
    return hr;
}

/* ---- IMessage ---- */

HRESULT WINAPI message_GetAttachmentTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    EnterCriticalSection(&message->cs);
    if (SUCCEEDED(hr = need_attachments(message)))
        hr = table_view_of(message->attachments, flags, NULL, ret);
    LeaveCriticalSection(&message->cs);
    return hr;
}

static BOOL is_attachment_iid(const IID *iid)
{
    return !iid || IsEqualGUID(iid, &IID_IAttachment) || IsEqualGUID(iid, &IID_IMAPIProp)
           || IsEqualGUID(iid, &IID_IUnknown);
}

HRESULT WINAPI message_OpenAttach(IMessage *iface, ULONG number, LPCIID iid, ULONG flags,
                                  LPATTACH *ret)
{
    struct message *message = impl_from_IMessage(iface);
    BOOL modify = (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)) && message->object.modify;
    struct slot *slot;
    HRESULT hr;

    TRACE("%p, %lu, %#lx\n", iface, number, flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!is_attachment_iid(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~(MAPI_MODIFY | MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & MAPI_MODIFY) && !(flags & MAPI_BEST_ACCESS) && !message->object.modify)
        return MAPI_E_NO_ACCESS;
    EnterCriticalSection(&message->cs);
    hr = message_need_slots(message);
    if (SUCCEEDED(hr) && !(slot = find_slot(message, number))) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) hr = attachment_open(message, slot, modify, ret);
    LeaveCriticalSection(&message->cs);
    return hr;
}

HRESULT WINAPI message_CreateAttach(IMessage *iface, LPCIID iid, ULONG flags, ULONG *number,
                                    LPATTACH *ret)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    TRACE("%p, %#lx\n", iface, flags);

    if (!number || !ret) return MAPI_E_INVALID_PARAMETER;
    *number = 0;
    *ret = NULL;
    if (!is_attachment_iid(iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~MAPI_DEFERRED_ERRORS) return MAPI_E_UNKNOWN_FLAGS;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    EnterCriticalSection(&message->cs);
    if (SUCCEEDED(hr = message_need_slots(message)))
    {
        if (message->slot_count >= ATTACHMENTS_MAX) hr = MAPI_E_TABLE_TOO_BIG;
        else *number = message->next_number++;
    }
    LeaveCriticalSection(&message->cs);
    return SUCCEEDED(hr) ? attachment_create(message, *number, ret) : hr;
}

HRESULT WINAPI message_DeleteAttach(IMessage *iface, ULONG number, ULONG_PTR ui,
                                    LPMAPIPROGRESS progress, ULONG flags)
{
    struct message *message = impl_from_IMessage(iface);
    struct slot *slot;
    SPropValue key;
    HRESULT hr;

    TRACE("%p, %lu, %#lx\n", iface, number, flags);

    if (flags & ~ATTACH_DIALOG) return MAPI_E_UNKNOWN_FLAGS;
    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    EnterCriticalSection(&message->cs);
    hr = message_need_slots(message);
    if (SUCCEEDED(hr) && !(slot = find_slot(message, number))) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
    {
        image_release(slot->image);
        *slot = message->slots[--message->slot_count];
        memset(&key, 0, sizeof(key));
        key.ulPropTag = PR_ATTACH_NUM;
        key.Value.l = number;
        if (message->attachments) ITableData_HrDeleteRow(message->attachments, &key);
    }
    LeaveCriticalSection(&message->cs);
    return hr;
}

HRESULT WINAPI message_GetRecipientTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    EnterCriticalSection(&message->cs);
    if (SUCCEEDED(hr = message_need_rows(message)))
        hr = recipients_table(&message->recipients, flags, ret);
    LeaveCriticalSection(&message->cs);
    return hr;
}

HRESULT WINAPI message_ModifyRecipients(IMessage *iface, ULONG flags, LPADRLIST list)
{
    struct message *message = impl_from_IMessage(iface);
    HRESULT hr;

    TRACE("%p, %#lx, %p\n", iface, flags, list);

    if (!message->object.modify) return MAPI_E_NO_ACCESS;
    EnterCriticalSection(&message->cs);
    if (SUCCEEDED(hr = message_need_rows(message)))
        hr = recipients_modify(&message->recipients, flags, list);
    LeaveCriticalSection(&message->cs);
    return hr;
}
