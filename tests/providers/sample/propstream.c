/*
 * Sample providers: a property as a stream
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
 * The stream works on a copy in memory, which Commit and the last Release put into the property.
 * Text goes without the zero at its end.
 */

#include "store.h"

struct prop_stream
{
    IStream IStream_iface;
    LONG ref;
    IStream *memory;
    struct store_object *object;        /* counted */
    ULONG tag;
    BOOL modify;
    LONG dirty;
};

static struct prop_stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct prop_stream, IStream_iface);
}

HRESULT bytes_stream_create(const struct blob *data, IStream **ret)
{
    LARGE_INTEGER start;
    HRESULT hr;

    if (FAILED(hr = CreateStreamOnHGlobal(NULL, TRUE, ret))) return hr;
    start.QuadPart = 0;
    if (data->size) hr = IStream_Write(*ret, data->data, data->size, NULL);
    if (SUCCEEDED(hr)) hr = IStream_Seek(*ret, start, STREAM_SEEK_SET, NULL);
    if (SUCCEEDED(hr)) return S_OK;
    IStream_Release(*ret);
    *ret = NULL;
    return hr;
}

HRESULT bytes_stream_read(IStream *stream, struct blob *ret)
{
    HGLOBAL global;
    STATSTG stat;
    HRESULT hr;

    memset(ret, 0, sizeof(*ret));
    if (FAILED(hr = GetHGlobalFromStream(stream, &global))) return hr;
    if (FAILED(hr = IStream_Stat(stream, &stat, STATFLAG_NONAME))) return hr;
    blob_put_bytes(ret, GlobalLock(global), stat.cbSize.LowPart);
    GlobalUnlock(global);
    return ret->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

static HRESULT write_back(struct prop_stream *stream)
{
    static const BYTE end[sizeof(WCHAR)];
    struct blob data;
    SPropValue prop;
    HRESULT hr;

    if (!stream->modify || !InterlockedExchange(&stream->dirty, 0)) return S_OK;
    if (FAILED(hr = bytes_stream_read(stream->memory, &data))) return hr;
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = stream->tag;
    if (PROP_TYPE(stream->tag) == PT_BINARY)
    {
        prop.Value.bin.cb = data.size;
        prop.Value.bin.lpb = data.data ? data.data : (BYTE *)end;
    }
    else
    {
        if (PROP_TYPE(stream->tag) == PT_UNICODE) data.size &= ~1;
        blob_put_bytes(&data, end, sizeof(end));
        prop.Value.lpszA = (char *)data.data;
    }
    if (data.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else hr = IPropData_SetProps(stream->object->object.props, 1, &prop, NULL);
    blob_free(&data);
    if (SUCCEEDED(hr) && stream->object->changed) hr = stream->object->changed(stream->object);
    return hr;
}

static HRESULT WINAPI stream_QueryInterface(IStream *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IStream) &&
        !IsEqualGUID(iid, &IID_ISequentialStream)) return E_NOINTERFACE;
    *ret = iface;
    IStream_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI stream_AddRef(IStream *iface)
{
    return InterlockedIncrement(&impl_from_IStream(iface)->ref);
}

static ULONG WINAPI stream_Release(IStream *iface)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    LONG ref = InterlockedDecrement(&stream->ref);

    if (!ref)
    {
        write_back(stream);
        IStream_Release(stream->memory);
        IMAPIProp_Release((IMAPIProp *)stream->object);
        free(stream);
    }
    return ref;
}

static HRESULT WINAPI stream_Read(IStream *iface, void *data, ULONG size, ULONG *done)
{
    return IStream_Read(impl_from_IStream(iface)->memory, data, size, done);
}

static HRESULT WINAPI stream_Write(IStream *iface, const void *data, ULONG size, ULONG *done)
{
    struct prop_stream *stream = impl_from_IStream(iface);

    if (!stream->modify) return STG_E_ACCESSDENIED;
    stream->dirty = TRUE;
    return IStream_Write(stream->memory, data, size, done);
}

static HRESULT WINAPI stream_Seek(IStream *iface, LARGE_INTEGER move, DWORD origin,
                                  ULARGE_INTEGER *position)
{
    return IStream_Seek(impl_from_IStream(iface)->memory, move, origin, position);
}

static HRESULT WINAPI stream_SetSize(IStream *iface, ULARGE_INTEGER size)
{
    struct prop_stream *stream = impl_from_IStream(iface);

    if (!stream->modify) return STG_E_ACCESSDENIED;
    stream->dirty = TRUE;
    return IStream_SetSize(stream->memory, size);
}

static HRESULT WINAPI stream_CopyTo(IStream *iface, IStream *dst, ULARGE_INTEGER size,
                                    ULARGE_INTEGER *read, ULARGE_INTEGER *written)
{
    return IStream_CopyTo(impl_from_IStream(iface)->memory, dst, size, read, written);
}

static HRESULT WINAPI stream_Commit(IStream *iface, DWORD flags)
{
    return write_back(impl_from_IStream(iface));
}

static HRESULT WINAPI stream_Revert(IStream *iface)
{
    return S_OK;                        /* it is not transacted */
}

static HRESULT WINAPI stream_LockRegion(IStream *iface, ULARGE_INTEGER offset, ULARGE_INTEGER size,
                                        DWORD type)
{
    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI stream_UnlockRegion(IStream *iface, ULARGE_INTEGER offset,
                                          ULARGE_INTEGER size, DWORD type)
{
    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI stream_Stat(IStream *iface, STATSTG *stat, DWORD flags)
{
    return IStream_Stat(impl_from_IStream(iface)->memory, stat, flags);
}

static HRESULT WINAPI stream_Clone(IStream *iface, IStream **ret)
{
    *ret = NULL;
    return E_NOTIMPL;
}

static const IStreamVtbl stream_vtbl =
{
    stream_QueryInterface,
    stream_AddRef,
    stream_Release,
    stream_Read,
    stream_Write,
    stream_Seek,
    stream_SetSize,
    stream_CopyTo,
    stream_Commit,
    stream_Revert,
    stream_LockRegion,
    stream_UnlockRegion,
    stream_Stat,
    stream_Clone
};

/* The value as it is now; none for a property to be created. */
static HRESULT current_bytes(struct store_object *object, ULONG tag, ULONG flags, struct blob *ret)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropValue *prop;
    ULONG count;
    HRESULT hr;

    memset(ret, 0, sizeof(*ret));
    if (flags & MAPI_CREATE) return S_OK;
    if (FAILED(hr = IPropData_GetProps(object->object.props, (SPropTagArray *)&tags, 0, &count,
                                       &prop)))
        return hr;
    if (prop->ulPropTag != tag) hr = MAPI_E_NOT_FOUND;
    else if (PROP_TYPE(tag) == PT_BINARY)
        blob_put_bytes(ret, prop->Value.bin.lpb, prop->Value.bin.cb);
    else if (PROP_TYPE(tag) == PT_STRING8)
        blob_put_bytes(ret, prop->Value.lpszA, lstrlenA(prop->Value.lpszA));
    else blob_put_bytes(ret, prop->Value.lpszW, lstrlenW(prop->Value.lpszW) * sizeof(WCHAR));
    MAPIFreeBuffer(prop);
    if (ret->failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT prop_stream_create(struct store_object *object, ULONG tag, ULONG options, ULONG flags,
                           IStream **ret)
{
    ULONG type = PROP_TYPE(tag);
    struct prop_stream *stream;
    struct blob data;
    HRESULT hr;

    *ret = NULL;
    if (type != PT_BINARY && type != PT_STRING8 && type != PT_UNICODE)
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & (MAPI_CREATE | MAPI_MODIFY)) && !object->modify) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = current_bytes(object, tag, flags, &data))) return hr;
    if (!(stream = calloc(1, sizeof(*stream)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (FAILED(hr = bytes_stream_create(&data, &stream->memory))) free(stream);
    blob_free(&data);
    if (FAILED(hr)) return hr;
    stream->IStream_iface.lpVtbl = (IStreamVtbl *)&stream_vtbl;
    stream->ref = 1;
    stream->object = object;
    IMAPIProp_AddRef((IMAPIProp *)object);
    stream->tag = tag;
    stream->modify = (flags & (MAPI_CREATE | MAPI_MODIFY)) != 0;
    stream->dirty = (flags & MAPI_CREATE) != 0;
    *ret = &stream->IStream_iface;
    return S_OK;
}
