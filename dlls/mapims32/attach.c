/*
 * Attachments
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
 * An attachment object is a working copy that SaveChanges gives to its message as an image. Its data is a
 * property: bytes (PR_ATTACH_DATA_BIN), or the compound file of an OLE object (PR_ATTACH_DATA_OBJ); or there is a
 * message inside, which is an object of its own.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct attachment
{
    struct object object;               /* IAttach */
    struct message *message;            /* counted */
    ULONG number;
    struct image *embedded;             /* object.cs; counted; the message inside, as it was saved last */
    LONGLONG stored;                    /* object.cs; the one in the file, 0: none or not wanted any more */
};

static const ULONG attachment_computed[] =
{
    PR_ATTACH_NUM, PR_OBJECT_TYPE, PR_RECORD_KEY, PR_ACCESS_LEVEL, PR_MAPPING_SIGNATURE,
    PR_STORE_RECORD_KEY, PR_STORE_ENTRYID, PR_INSTANCE_KEY, PR_ATTACH_SIZE, 0
};

static void attachment_destroy(struct object *object)
{
    struct attachment *attachment = (struct attachment *)object;

    image_release(attachment->embedded);
    IMAPIProp_Release((IMAPIProp *)attachment->message);
    object_destroy(object);
    platform_free(attachment);
}

static BOOL has_message(struct attachment *attachment)
{
    BOOL ret;

    EnterCriticalSection(&attachment->object.cs);
    ret = attachment->embedded || attachment->stored;
    LeaveCriticalSection(&attachment->object.cs);
    return ret;
}

static HRESULT attachment_compute(struct object *object, struct db_txn *txn,
                                  const struct db_object *info, struct values *values)
{
    struct attachment *attachment = (struct attachment *)object;
    struct db_object place = { 0 };

    place.id = object->id;
    place.kind = DB_KIND_ATTACHMENT;
    if (object->id) place_values(object->store, NULL, &place, values);
    else
    {
        place_store_values(object->store, values);
        values_add_long(values, PR_OBJECT_TYPE, MAPI_ATTACH);
    }
    values_set_long(values, PR_ACCESS_LEVEL, object->modify ? MAPI_MODIFY : 0);
    if (has_message(attachment)) values_add(values, PR_ATTACH_DATA_OBJ);
    return values->hr;
}

static const struct object_class attachment_class =
{
    &IID_IAttachment, NULL, FALSE, attachment_computed, attachment_destroy, attachment_compute, NULL, NULL
};

struct store *attachment_store(struct attachment *attachment)
{
    return attachment->object.store;
}

void attachment_put_message(struct attachment *attachment, struct image *image)
{
    struct image *old;

    EnterCriticalSection(&attachment->object.cs);
    old = attachment->embedded;
    attachment->embedded = image_addref(image);
    db_props_remove(attachment->object.props, PR_ATTACH_DATA_OBJ);
    LeaveCriticalSection(&attachment->object.cs);
    image_release(old);
}

/* ---- saving ---- */

static HRESULT make_image(struct attachment *attachment, struct image **ret)
{
    struct db_props *props;
    ULONGLONG size;
    HRESULT hr;

    *ret = NULL;
    EnterCriticalSection(&attachment->object.cs);
    hr = db_props_copy(attachment->object.props, &props);
    if (SUCCEEDED(hr) && FAILED(hr = image_create(0, props, ret))) db_props_destroy(props);
    if (SUCCEEDED(hr))
    {
        /* Data and a message are the same property: what was set last counts. */
        if (db_props_type(props, PR_ATTACH_DATA_OBJ))
        {
            (*ret)->no_embedded = TRUE;
            image_release(attachment->embedded);
            attachment->embedded = NULL;
            attachment->stored = 0;
        }
        (*ret)->embedded = image_addref(attachment->embedded);
        size = image_size(NULL, *ret);
        hr = db_props_set_long(props, PR_ATTACH_SIZE, (LONG)min(size, MAXLONG));
        if (SUCCEEDED(hr))
            hr = db_props_set_long(attachment->object.props, PR_ATTACH_SIZE, (LONG)min(size, MAXLONG));
    }
    LeaveCriticalSection(&attachment->object.cs);
    if (SUCCEEDED(hr)) return S_OK;
    image_release(*ret);
    *ret = NULL;
    return hr;
}

static HRESULT WINAPI attachment_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    struct attachment *attachment = (struct attachment *)iface;
    struct image *image;
    HRESULT hr;

    TRACE("%p, %#lx\n", iface, flags);

    if (flags & ~SAVE_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (!attachment->object.modify) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = make_image(attachment, &image))) return hr;
    hr = message_put_attachment(attachment->message, attachment->number, image);
    image_release(image);
    if (SUCCEEDED(hr) && !(flags & KEEP_OPEN_READWRITE)) attachment->object.modify = FALSE;
    return hr;
}

/* ---- what is in it ---- */

static HRESULT open_message(struct attachment *attachment, ULONG flags, IMessage **ret)
{
    struct image *image = NULL;
    LONGLONG stored = 0;
    HRESULT hr;

    if (!(flags & MAPI_CREATE))
    {
        EnterCriticalSection(&attachment->object.cs);
        image = image_addref(attachment->embedded);
        stored = attachment->stored;
        LeaveCriticalSection(&attachment->object.cs);
        if (!image && !stored) return MAPI_E_NOT_FOUND;
    }
    hr = message_open_embedded(attachment, image, stored, attachment->message->depth + 1,
                               (flags & (MAPI_CREATE | MAPI_MODIFY)) != 0, ret);
    image_release(image);
    return hr;
}

static HRESULT open_storage(struct attachment *attachment, ULONG flags, IStorage **ret)
{
    ULONG mode = STGSTRM_RESET;
    IMAPISupport *support;
    IStream *stream;
    HRESULT hr;

    hr = prop_stream_create(&attachment->object, PR_ATTACH_DATA_OBJ, flags, &stream);
    if (FAILED(hr)) return hr;
    if (flags & MAPI_CREATE) mode |= STGSTRM_CREATE | STGSTRM_MODIFY;
    else if (flags & MAPI_MODIFY) mode |= STGSTRM_MODIFY;
    hr = MAPI_E_CALL_FAILED;
    if ((support = store_support(attachment->object.store)))
    {
        hr = IMAPISupport_IStorageFromStream(support, (IUnknown *)stream, &IID_IStream, mode, ret);
        IMAPISupport_Release(support);
    }
    IStream_Release(stream);
    return hr;
}

static HRESULT WINAPI attachment_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid,
                                              ULONG options, ULONG flags, LPUNKNOWN *ret)
{
    struct attachment *attachment = (struct attachment *)iface;

    TRACE("%p, %#lx, %s, %#lx\n", iface, tag, debugstr_guid(iid), flags);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (tag != PR_ATTACH_DATA_OBJ) return object_OpenProperty(iface, tag, iid, options, flags, ret);
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | STREAM_APPEND | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & (MAPI_CREATE | MAPI_MODIFY)) && !attachment->object.modify) return MAPI_E_NO_ACCESS;
    if (IsEqualGUID(iid, &IID_IMessage)) return open_message(attachment, flags, (IMessage **)ret);
    if (IsEqualGUID(iid, &IID_IStorage)) return open_storage(attachment, flags, (IStorage **)ret);
    if (IsEqualGUID(iid, &IID_IStreamDocfile) || IsEqualGUID(iid, &IID_IStream))
        return prop_stream_create(&attachment->object, tag, flags, (IStream **)ret);
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static const IAttachVtbl attachment_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)attachment_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)attachment_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames
};

/* ---- making one ---- */

/* Takes over props if it succeeds. */
static HRESULT make(struct message *message, ULONG number, struct db_props *props, BOOL modify,
                    struct attachment **ret)
{
    struct attachment *attachment;
    HRESULT hr;

    if (!(attachment = platform_alloc_zero(sizeof(*attachment)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = object_init(&attachment->object, &attachment_vtbl, &attachment_class,
                     message->object.store, modify, props);
    if (FAILED(hr))
    {
        platform_free(attachment);
        return hr;
    }
    attachment->message = message;
    IMAPIProp_AddRef((IMAPIProp *)message);
    attachment->number = number;
    *ret = attachment;
    return S_OK;
}

HRESULT attachment_create(struct message *message, ULONG number, IAttach **ret)
{
    struct attachment *attachment;
    struct db_props *props;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = db_props_create(&props))) return hr;
    hr = db_props_set_long(props, PR_ATTACH_NUM, number);
    if (SUCCEEDED(hr)) hr = db_props_set_long(props, PR_RENDERING_POSITION, -1);
    if (SUCCEEDED(hr)) hr = make(message, number, props, TRUE, &attachment);
    if (FAILED(hr)) db_props_destroy(props);
    else *ret = (IAttach *)attachment;
    return hr;
}

static HRESULT load(struct message *message, const struct slot *slot, struct db_props **props,
                    LONGLONG *stored)
{
    struct db_txn *txn;
    HRESULT hr = S_OK, found;

    *props = NULL;
    *stored = 0;
    if (slot->image && FAILED(hr = db_props_copy(slot->image->props, props))) return hr;
    if (slot->id && SUCCEEDED(hr = db_begin(message->object.store->db, DB_READ, &txn)))
    {
        if (!*props) hr = db_object_load(txn, slot->id, NULL, props);
        if (SUCCEEDED(hr) && FAILED(found = embedded_of(txn, slot->id, stored))
            && found != MAPI_E_NOT_FOUND)
            hr = found;
        db_rollback(txn);
    }
    if (SUCCEEDED(hr)) return S_OK;
    db_props_destroy(*props);
    return hr == MAPI_E_OBJECT_DELETED ? MAPI_E_NOT_FOUND : hr;
}

HRESULT attachment_open(struct message *message, const struct slot *slot, BOOL modify, IAttach **ret)
{
    struct attachment *attachment;
    struct db_props *props;
    LONGLONG stored;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = load(message, slot, &props, &stored))) return hr;
    if (FAILED(hr = make(message, slot->number, props, modify, &attachment)))
    {
        db_props_destroy(props);
        return hr;
    }
    attachment->object.id = slot->id;
    if (slot->image && slot->image->embedded) attachment->embedded = image_addref(slot->image->embedded);
    else if (!slot->image || !slot->image->no_embedded) attachment->stored = stored;
    *ret = (IAttach *)attachment;
    return S_OK;
}
