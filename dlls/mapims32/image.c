/*
 * What an object holds at one moment
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
 * SaveChanges of an attachment, and of the message in an attachment, does not write: it makes an image, which the
 * object outside takes along. Only SaveChanges of the message that is in a folder writes, everything inside in
 * one transaction. What an image leaves out is as the file has it, so that a message with large attachments is
 * not read and written for a change of its subject.
 */

#include "store.h"

#define CHILDREN_AT_ONCE 256
#define SLOTS_MAX 0x10000               /* attachments of one message */

HRESULT image_create(LONGLONG origin, struct db_props *props, struct image **ret)
{
    if (!(*ret = platform_alloc_zero(sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    (*ret)->ref = 1;
    (*ret)->origin = origin;
    (*ret)->props = props;
    return S_OK;
}

struct image *image_addref(struct image *image)
{
    if (image) InterlockedIncrement(&image->ref);
    return image;
}

void slots_free(struct slot *slots, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++) image_release(slots[i].image);
    platform_free(slots);
}

static void free_rows(struct db_props **rows, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++) db_props_destroy(rows[i]);
    platform_free(rows);
}

void image_release(struct image *image)
{
    if (!image || InterlockedDecrement(&image->ref)) return;
    db_props_destroy(image->props);
    free_rows(image->rows, image->row_count);
    slots_free(image->slots, image->slot_count);
    image_release(image->embedded);
    platform_free(image);
}

HRESULT image_set_rows(struct image *image, struct db_props *const *rows, ULONG count)
{
    HRESULT hr = S_OK;

    if (!(image->rows = platform_alloc((count + 1) * sizeof(*rows)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    image->has_rows = TRUE;
    while (image->row_count < count && SUCCEEDED(hr))
    {
        hr = db_props_copy(rows[image->row_count], &image->rows[image->row_count]);
        if (SUCCEEDED(hr)) image->row_count++;
    }
    return hr;
}

HRESULT image_set_slots(struct image *image, const struct slot *slots, ULONG count)
{
    ULONG i;

    if (!(image->slots = platform_alloc((count + 1) * sizeof(*slots))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    image->has_slots = TRUE;
    image->slot_count = count;
    for (i = 0; i < count; i++)
    {
        image->slots[i] = slots[i];
        image_addref(slots[i].image);
    }
    return S_OK;
}

/* ---- reading ---- */

HRESULT embedded_of(struct db_txn *txn, LONGLONG attachment, LONGLONG *id)
{
    LONGLONG *ids;
    ULONG count;
    HRESULT hr;

    *id = 0;
    if (FAILED(hr = db_object_children(txn, attachment, DB_LIST_NONE, 0, 1, &ids, &count))) return hr;
    if (count) *id = ids[0];
    platform_free(ids);
    return count ? S_OK : MAPI_E_NOT_FOUND;
}

static HRESULT load_slot(struct db_txn *txn, LONGLONG id, struct slot *slot)
{
    static const ULONG tag = PR_ATTACH_NUM;
    SPropValue value;
    HRESULT hr;

    memset(slot, 0, sizeof(*slot));
    slot->id = id;
    if (FAILED(hr = db_object_columns(txn, id, 1, &tag, MAPIAllocateMore, NULL, NULL, &value)))
        return hr;
    if (value.ulPropTag != PR_ATTACH_NUM) return MAPI_E_CORRUPT_STORE;
    slot->number = value.Value.l;
    return S_OK;
}

HRESULT slots_load(struct db_txn *txn, LONGLONG message, struct slot **slots, ULONG *count)
{
    LONGLONG *ids, last = 0;
    struct slot *grown;
    ULONG i, got;
    HRESULT hr;

    *slots = NULL;
    *count = 0;
    do
    {
        hr = db_object_children(txn, message, DB_LIST_ATTACHMENTS, last, CHILDREN_AT_ONCE, &ids, &got);
        if (FAILED(hr)) break;
        grown = platform_realloc(*slots, (*count + got + 1) * sizeof(*grown));
        if (!grown) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else *slots = grown;
        for (i = 0; i < got && SUCCEEDED(hr); i++)
            if (SUCCEEDED(hr = load_slot(txn, last = ids[i], &grown[*count]))) (*count)++;
        platform_free(ids);
    }
    while (SUCCEEDED(hr) && got == CHILDREN_AT_ONCE && *count < SLOTS_MAX);
    if (SUCCEEDED(hr)) return S_OK;
    platform_free(*slots);
    *slots = NULL;
    *count = 0;
    return hr;
}

/* ---- writing ---- */

/* Attachments that the image does not have any more go. */
static HRESULT remove_slots(struct db_txn *txn, const struct image *image, LONGLONG message)
{
    struct slot *old;
    ULONG i, j, count;
    HRESULT hr;

    if (FAILED(hr = slots_load(txn, message, &old, &count))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        for (j = 0; j < image->slot_count; j++)
            if (image->slots[j].id == old[i].id) break;
        if (j == image->slot_count) hr = db_object_delete(txn, old[i].id);
    }
    slots_free(old, count);
    return hr;
}

static HRESULT write_slots(struct db_txn *txn, struct image *image, LONGLONG message)
{
    struct db_object init = { 0 };
    HRESULT hr = S_OK;
    ULONG i;

    init.parent = message;
    init.kind = DB_KIND_ATTACHMENT;
    init.list = DB_LIST_ATTACHMENTS;
    for (i = 0; i < image->slot_count && SUCCEEDED(hr); i++)
    {
        struct slot *slot = &image->slots[i];
        LONGLONG id;

        if (!slot->image || slot->image->saved) continue;
        if (!slot->image->origin) slot->image->origin = slot->id;
        hr = image_write(txn, slot->image, &init, &id);
    }
    return hr;
}

static HRESULT write_embedded(struct db_txn *txn, struct image *image, LONGLONG attachment)
{
    struct db_object init = { 0 };
    LONGLONG old, id;
    HRESULT hr;

    if (!image->embedded && !image->no_embedded) return S_OK;
    hr = embedded_of(txn, attachment, &old);
    if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    if (SUCCEEDED(hr) && old && (!image->embedded || image->embedded->origin != old))
        hr = db_object_delete(txn, old);
    if (FAILED(hr) || !image->embedded || image->embedded->saved) return hr;
    init.parent = attachment;
    init.kind = DB_KIND_EMBEDDED;
    init.list = DB_LIST_NONE;
    return image_write(txn, image->embedded, &init, &id);
}

HRESULT image_write(struct db_txn *txn, struct image *image, const struct db_object *init,
                    LONGLONG *id)
{
    HRESULT hr;

    *id = image->origin;
    if (!image->origin)
    {
        hr = db_object_create(txn, init, image->props, image->rows, image->row_count, id);
    }
    else
    {
        hr = db_object_save(txn, image->origin, 0, image->props);
        if (SUCCEEDED(hr) && image->has_rows)
            hr = db_recipients_save(txn, image->origin, image->rows, image->row_count);
        if (SUCCEEDED(hr) && image->has_slots) hr = remove_slots(txn, image, image->origin);
    }
    image->pending = SUCCEEDED(hr) ? *id : 0;
    if (SUCCEEDED(hr)) hr = write_slots(txn, image, *id);
    if (SUCCEEDED(hr)) hr = write_embedded(txn, image, *id);
    return hr;
}

void image_settle(struct image *image, BOOL committed)
{
    ULONG i;

    if (image->pending && committed)
    {
        image->origin = image->pending;
        image->saved = TRUE;
    }
    image->pending = 0;
    for (i = 0; i < image->slot_count; i++)
    {
        if (!image->slots[i].image) continue;
        image_settle(image->slots[i].image, committed);
        if (committed) image->slots[i].id = image->slots[i].image->origin;
    }
    if (image->embedded) image_settle(image->embedded, committed);
}

/* ---- size ---- */

static ULONGLONG stored_size(struct db_txn *txn, LONGLONG id, BOOL attachment)
{
    ULONG tag = attachment ? PR_ATTACH_SIZE : PR_MESSAGE_SIZE;
    struct db_object info;
    SPropValue value;

    if (FAILED(db_object_columns(txn, id, 1, &tag, MAPIAllocateMore, NULL, &info, &value))) return 0;
    return value.ulPropTag == tag ? value.Value.ul : info.size;
}

ULONGLONG image_size(struct db_txn *txn, const struct image *image)
{
    ULONGLONG size = db_props_size(image->props);
    ULONG i;

    for (i = 0; i < image->row_count; i++) size += db_props_size(image->rows[i]);
    for (i = 0; i < image->slot_count; i++)
    {
        if (image->slots[i].image) size += image_size(txn, image->slots[i].image);
        else if (txn) size += stored_size(txn, image->slots[i].id, TRUE);
    }
    if (image->embedded) size += image_size(txn, image->embedded);
    return size;
}
