/*
 * Sample providers: attachments
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
 * An attachment is saved into its message as its properties, what its PR_ATTACH_DATA_OBJ is, and
 * the bytes of that: a message, as message.c packs one, or the file of a storage.
 */

#include "store.h"

enum object_kind
{
    NO_OBJECT,
    MESSAGE_OBJECT,
    STORAGE_OBJECT
};

struct attachment
{
    struct store_object object;         /* IAttach */
    struct message *message;            /* counted */
    ULONG number;
    CRITICAL_SECTION cs;
    enum object_kind kind;              /* cs, here and below */
    struct blob data;
    IStream *stream;                    /* under an open storage, with newer bytes than data */
};

static const ULONG attachment_computed[] =
{
    PR_ATTACH_NUM, PR_OBJECT_TYPE, PR_RECORD_KEY, PR_ACCESS_LEVEL, PR_MAPPING_SIGNATURE,
    PR_STORE_RECORD_KEY, PR_INSTANCE_KEY, 0
};

static HRESULT WINAPI attachment_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp) &&
        !IsEqualGUID(iid, &IID_IAttachment)) return E_NOINTERFACE;
    *ret = iface;
    object_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI attachment_Release(IMAPIProp *iface)
{
    struct attachment *attachment = (struct attachment *)iface;
    LONG ref = InterlockedDecrement(&attachment->object.object.ref);

    if (!ref)
    {
        if (attachment->stream) IStream_Release(attachment->stream);
        blob_free(&attachment->data);
        DeleteCriticalSection(&attachment->cs);
        store_object_destroy(&attachment->object);
        message_release(attachment->message);
        free(attachment);
    }
    return ref;
}

void attachment_addref(struct attachment *attachment)
{
    object_AddRef((IMAPIProp *)attachment);
}

void attachment_release(struct attachment *attachment)
{
    attachment_Release((IMAPIProp *)attachment);
}

struct store *attachment_store(struct attachment *attachment)
{
    return attachment->object.store;
}

/* cs is held. The property is in the lists of properties from now on. */
static void set_kind(struct attachment *attachment, enum object_kind kind)
{
    SizedSPropTagArray(1, tags) = {1, {PR_ATTACH_DATA_OBJ}};

    attachment->kind = kind;
    IPropData_HrAddObjProps(attachment->object.object.props, (SPropTagArray *)&tags, NULL);
}

void attachment_put_message(struct attachment *attachment, struct blob *data)
{
    EnterCriticalSection(&attachment->cs);
    blob_free(&attachment->data);
    attachment->data = *data;
    memset(data, 0, sizeof(*data));
    if (attachment->stream) IStream_Release(attachment->stream);
    attachment->stream = NULL;
    set_kind(attachment, MESSAGE_OBJECT);
    LeaveCriticalSection(&attachment->cs);
}

HRESULT attachment_props(const struct blob *data, ULONG *count, SPropValue **ret)
{
    struct reader reader = {data->data, data->size, FALSE};
    SPropValue *props;
    ULONG i, kept = 0;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = read_props(&reader, 0, count, &props))) return hr;
    /* The bytes of the file are not for tables. */
    for (i = 0; i < *count; i++)
        if (PROP_ID(props[i].ulPropTag) != PROP_ID(PR_ATTACH_DATA_BIN)) props[kept++] = props[i];
    *count = kept;
    *ret = props;
    return S_OK;
}

static HRESULT load(struct attachment *attachment, const struct blob *data)
{
    struct reader reader = {data->data, data->size, FALSE};
    SPropValue *props;
    ULONG count, kind;
    HRESULT hr;

    if (FAILED(hr = read_props(&reader, 0, &count, &props))) return hr;
    prop_object_set(&attachment->object.object, count, props);
    MAPIFreeBuffer(props);
    kind = read_long(&reader);
    hr = read_blob(&reader, &attachment->data);
    if (SUCCEEDED(hr) && (kind == MESSAGE_OBJECT || kind == STORAGE_OBJECT))
        set_kind(attachment, kind);
    return hr;
}

/* PR_ATTACH_SIZE is about what the attachment takes. */
static void set_size(struct attachment *attachment, ULONG size)
{
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_ATTACH_SIZE;
    prop.Value.l = size;
    prop_object_set(&attachment->object.object, 1, &prop);
}

static HRESULT pack(struct attachment *attachment, struct blob *ret)
{
    struct blob fresh;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    memset(ret, 0, sizeof(*ret));
    EnterCriticalSection(&attachment->cs);
    if (attachment->stream && SUCCEEDED(bytes_stream_read(attachment->stream, &fresh)))
    {
        blob_free(&attachment->data);
        attachment->data = fresh;
    }
    if (SUCCEEDED(hr = store_object_all(&attachment->object, attachment_computed, &count, &props)))
    {
        blob_put_props(ret, count, props);
        blob_put_long(ret, attachment->kind);
        blob_put_blob(ret, &attachment->data);
        MAPIFreeBuffer(props);
    }
    LeaveCriticalSection(&attachment->cs);
    if (SUCCEEDED(hr) && ret->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr)) blob_free(ret);
    return hr;
}

static HRESULT WINAPI attachment_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    struct attachment *attachment = (struct attachment *)iface;
    struct blob data;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    if ((hr = store_behave(attachment->object.store, "SaveAttach")) != S_OK) return hr;
    if (flags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!attachment->object.modify) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = pack(attachment, &data))) return hr;
    set_size(attachment, data.size);
    blob_free(&data);
    if (FAILED(hr = pack(attachment, &data))) return hr;
    if (FAILED(hr = attachment_props(&data, &count, &props)))
    {
        blob_free(&data);
        return hr;
    }
    hr = message_put_attachment(attachment->message, attachment->number, count, props, &data);
    MAPIFreeBuffer(props);
    if (SUCCEEDED(hr) && !(flags & KEEP_OPEN_READWRITE)) attachment->object.modify = FALSE;
    return hr;
}

static HRESULT open_message(struct attachment *attachment, ULONG flags, IMessage **ret)
{
    struct blob data = {0};
    HRESULT hr = S_OK;

    EnterCriticalSection(&attachment->cs);
    if (!(flags & MAPI_CREATE))
    {
        if (attachment->kind != MESSAGE_OBJECT) hr = MAPI_E_NOT_FOUND;
        else blob_put_bytes(&data, attachment->data.data, attachment->data.size);
    }
    LeaveCriticalSection(&attachment->cs);
    if (SUCCEEDED(hr) && data.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = message_open_embedded(attachment, &data, (flags & (MAPI_CREATE | MAPI_MODIFY)) != 0,
                                   ret);
    blob_free(&data);
    return hr;
}

/* The bytes of a storage; those of one that is open already are shared. */
static HRESULT open_stream(struct attachment *attachment, ULONG flags, IStream **ret)
{
    static const struct blob none;
    IStream *stream;
    HRESULT hr = S_OK;

    *ret = NULL;
    EnterCriticalSection(&attachment->cs);
    if (!(flags & MAPI_CREATE) && attachment->kind != STORAGE_OBJECT) hr = MAPI_E_NOT_FOUND;
    else if ((flags & MAPI_CREATE) || !attachment->stream)
    {
        hr = bytes_stream_create(flags & MAPI_CREATE ? &none : &attachment->data, &stream);
        if (SUCCEEDED(hr))
        {
            if (attachment->stream) IStream_Release(attachment->stream);
            attachment->stream = stream;
            set_kind(attachment, STORAGE_OBJECT);
        }
    }
    if (SUCCEEDED(hr))
    {
        *ret = attachment->stream;
        IStream_AddRef(*ret);
    }
    LeaveCriticalSection(&attachment->cs);
    return hr;
}

static HRESULT open_storage(struct attachment *attachment, ULONG flags, IStorage **ret)
{
    IMAPISupport *support;
    IStream *stream;
    ULONG mode = STGSTRM_RESET;
    HRESULT hr;

    if (FAILED(hr = open_stream(attachment, flags, &stream))) return hr;
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

    *ret = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (PROP_ID(tag) != PROP_ID(PR_ATTACH_DATA_OBJ) || tag == PR_ATTACH_DATA_BIN)
        return store_object_OpenProperty(iface, tag, iid, options, flags, ret);
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & (MAPI_CREATE | MAPI_MODIFY)) && !attachment->object.modify)
        return MAPI_E_NO_ACCESS;
    if (IsEqualGUID(iid, &IID_IMessage)) return open_message(attachment, flags, (IMessage **)ret);
    if (IsEqualGUID(iid, &IID_IStorage)) return open_storage(attachment, flags, (IStorage **)ret);
    if (IsEqualGUID(iid, &IID_IStreamDocfile) || IsEqualGUID(iid, &IID_IStream))
        return open_stream(attachment, flags, (IStream **)ret);
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

static HRESULT WINAPI attachment_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                                        LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                        LPCIID iid, void *dst, ULONG flags,
                                        LPSPropProblemArray *problems)
{
    return store_object_copy_to((struct store_object *)iface, &IID_IAttachment, exclude_count,
                                exclude, tags, ui, progress, iid, dst, flags, problems);
}

static HRESULT WINAPI attachment_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                           LPMAPIPROGRESS progress, LPCIID iid, void *dst,
                                           ULONG flags, LPSPropProblemArray *problems)
{
    return store_object_copy_props((struct store_object *)iface, &IID_IAttachment, tags, ui,
                                   progress, iid, dst, flags, problems);
}

static const IAttachVtbl attachment_vtbl =
{
    (void *)attachment_QueryInterface,
    (void *)object_AddRef,
    (void *)attachment_Release,
    (void *)object_GetLastError,
    (void *)attachment_SaveChanges,
    (void *)store_object_GetProps,
    (void *)store_object_GetPropList,
    (void *)attachment_OpenProperty,
    (void *)store_object_SetProps,
    (void *)store_object_DeleteProps,
    (void *)attachment_CopyTo,
    (void *)attachment_CopyProps,
    (void *)store_object_GetNamesFromIDs,
    (void *)store_object_GetIDsFromNames
};

HRESULT attachment_create(struct message *message, ULONG number, const struct blob *data,
                          BOOL modify, IAttach **ret)
{
    struct store *store = message_store(message);
    struct attachment *attachment;
    SPropValue props[4];
    HRESULT hr;

    *ret = NULL;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_ATTACH;
    props[1].ulPropTag = PR_ATTACH_NUM;
    props[1].Value.l = number;
    props[2].ulPropTag = PR_MAPPING_SIGNATURE;
    props[2].Value.bin.cb = sizeof(store->uid);
    props[2].Value.bin.lpb = store->uid.ab;
    props[3].ulPropTag = PR_RENDERING_POSITION;
    props[3].Value.l = -1;
    if (!(attachment = calloc(1, sizeof(*attachment)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = store_object_init(&attachment->object, store, &attachment_vtbl, attachment_computed, 4,
                           props);
    if (FAILED(hr))
    {
        free(attachment);
        return hr;
    }
    attachment->object.modify = modify;
    attachment->number = number;
    attachment->message = message;
    message_addref(message);
    InitializeCriticalSection(&attachment->cs);
    if (data && FAILED(hr = load(attachment, data)))
    {
        attachment_release(attachment);
        return hr;
    }
    *ret = (IAttach *)attachment;
    return S_OK;
}
