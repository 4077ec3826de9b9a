/*
 * A property as a stream
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
 * The stream works on a stream of the database of its own, which Commit and the last Release put into the
 * object's properties. What was put there is not changed any more: who writes on goes on with a copy. Text goes
 * without the zero at its end; a stream of the ANSI width is converted as a whole, when it is opened and when it
 * is put back.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define BLOCK 0x4000                    /* bytes or characters at a time */

struct prop_stream
{
    IStream IStream_iface;
    LONG ref;
    struct object *object;              /* counted */
    ULONG tag;                          /* as it was asked for */
    BOOL modify;
    CRITICAL_SECTION cs;
    struct db_stream *stream;           /* cs, here and below */
    ULONGLONG position;
    BOOL dirty;                         /* not put into the object yet */
    BOOL given;                         /* the object has this very stream */
};

static struct prop_stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct prop_stream, IStream_iface);
}

/* ---- width ---- */

static BOOL is_high_surrogate(WCHAR ch)
{
    return (ch & 0xfc00) == 0xd800;
}

static HRESULT stream_to_ansi(struct db *db, struct db_stream *src, struct db_stream **ret)
{
    ULONGLONG offset = 0, place = 0;
    struct db_stream *dst;
    WCHAR *wide;
    char *ansi;
    HRESULT hr;
    ULONG got;
    int length;

    *ret = NULL;
    if (!(wide = platform_alloc(BLOCK * (sizeof(WCHAR) + 4)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    ansi = (char *)(wide + BLOCK);
    if (SUCCEEDED(hr = db_stream_create(db, &dst)))
    {
        while (SUCCEEDED(hr = db_stream_read(src, offset, wide, BLOCK * sizeof(WCHAR), &got))
               && (got /= sizeof(WCHAR)))
        {
            /* A pair is not torn apart. */
            if (got > 1 && is_high_surrogate(wide[got - 1])) got--;
            length = platform_wide_to_ansi(wide, got, ansi, BLOCK * 4);
            if (!length) hr = MAPI_E_CORRUPT_DATA;
            else hr = db_stream_write(dst, place, ansi, length);
            if (FAILED(hr)) break;
            place += length;
            offset += got * sizeof(WCHAR);
        }
        if (SUCCEEDED(hr)) *ret = dst;
        else db_stream_release(dst);
    }
    platform_free(wide);
    return hr;
}

/* How many bytes of these are whole characters. */
static ULONG whole_characters(const char *text, ULONG size)
{
    ULONG i = 0;

    while (i < size)
    {
        if (!platform_lead_byte(text[i])) i++;
        else if (i + 1 < size) i += 2;
        else break;
    }
    return i ? i : size;
}

static HRESULT stream_to_unicode(struct db *db, struct db_stream *src, struct db_stream **ret)
{
    ULONGLONG offset = 0, place = 0;
    struct db_stream *dst;
    WCHAR *wide;
    char *ansi;
    HRESULT hr;
    ULONG got;
    int length;

    *ret = NULL;
    if (!(wide = platform_alloc(BLOCK * (sizeof(WCHAR) + 1)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    ansi = (char *)(wide + BLOCK);
    if (SUCCEEDED(hr = db_stream_create(db, &dst)))
    {
        while (SUCCEEDED(hr = db_stream_read(src, offset, ansi, BLOCK, &got)) && got)
        {
            got = whole_characters(ansi, got);
            length = platform_ansi_to_wide(ansi, got, wide, BLOCK);
            if (!length) hr = MAPI_E_CORRUPT_DATA;
            else hr = db_stream_write(dst, place, wide, length * sizeof(WCHAR));
            if (FAILED(hr)) break;
            place += length * sizeof(WCHAR);
            offset += got;
        }
        if (SUCCEEDED(hr)) *ret = dst;
        else db_stream_release(dst);
    }
    platform_free(wide);
    return hr;
}

/* Half a character, and a zero that was written to end the text, are no part of it. */
static HRESULT trim_text(struct db_stream *stream)
{
    ULONGLONG size = db_stream_size(stream) & ~(ULONGLONG)1;
    WCHAR last = 0;
    HRESULT hr;
    ULONG got;

    if (size)
    {
        if (FAILED(hr = db_stream_read(stream, size - sizeof(last), &last, sizeof(last), &got)))
            return hr;
        if (!last) size -= sizeof(last);
    }
    return size == db_stream_size(stream) ? S_OK : db_stream_set_size(stream, size);
}

/* ---- the stream and the property; cs is held ---- */

static HRESULT put_back(struct prop_stream *stream)
{
    ULONG type = PROP_TYPE(stream->tag), tag = stream->tag;
    struct db_stream *value;
    HRESULT hr = S_OK;

    if (!stream->dirty) return S_OK;
    if (type == PT_STRING8)
    {
        tag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
        hr = stream_to_unicode(stream->object->store->db, stream->stream, &value);
    }
    else value = db_stream_addref(stream->stream);
    if (FAILED(hr)) return hr;
    if (PROP_TYPE(tag) == PT_UNICODE) hr = trim_text(value);
    if (SUCCEEDED(hr)) hr = object_put_stream(stream->object, tag, value);
    if (SUCCEEDED(hr))
    {
        stream->dirty = FALSE;
        stream->given = value == stream->stream;
    }
    db_stream_release(value);
    return hr;
}

static HRESULT before_change(struct prop_stream *stream)
{
    struct db_stream *copy;
    HRESULT hr;

    if (stream->given)
    {
        if (FAILED(hr = db_stream_clone(stream->stream, &copy))) return hr;
        db_stream_release(stream->stream);
        stream->stream = copy;
        stream->given = FALSE;
    }
    stream->dirty = TRUE;
    return S_OK;
}

static HRESULT stg_error(HRESULT hr)
{
    switch (hr)
    {
    case MAPI_E_NOT_ENOUGH_MEMORY: return E_OUTOFMEMORY;
    case MAPI_E_NOT_ENOUGH_DISK: return STG_E_MEDIUMFULL;
    case MAPI_E_OBJECT_CHANGED:
    case MAPI_E_OBJECT_DELETED: return STG_E_REVERTED;
    case MAPI_E_NO_ACCESS: return STG_E_ACCESSDENIED;
    default: return FAILED(hr) ? STG_E_READFAULT : hr;
    }
}

/* ---- IStream ---- */

static HRESULT WINAPI stream_QueryInterface(IStream *iface, REFIID iid, void **ret)
{
    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IStream)
        && !IsEqualGUID(iid, &IID_ISequentialStream))
        return E_NOINTERFACE;
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
    HRESULT hr;

    if (ref) return ref;
    if (FAILED(hr = put_back(stream))) WARN("property %#lx is not set: %#lx\n", stream->tag, hr);
    db_stream_release(stream->stream);
    DeleteCriticalSection(&stream->cs);
    IMAPIProp_Release((IMAPIProp *)stream->object);
    platform_free(stream);
    return 0;
}

static HRESULT WINAPI stream_Read(IStream *iface, void *data, ULONG size, ULONG *done)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    ULONG got = 0;
    HRESULT hr;

    if (done) *done = 0;
    if (!data) return STG_E_INVALIDPOINTER;
    EnterCriticalSection(&stream->cs);
    hr = db_stream_read(stream->stream, stream->position, data, size, &got);
    if (SUCCEEDED(hr)) stream->position += got;
    LeaveCriticalSection(&stream->cs);
    if (done) *done = got;
    if (FAILED(hr)) return stg_error(hr);
    return got == size ? S_OK : S_FALSE;
}

static HRESULT WINAPI stream_Write(IStream *iface, const void *data, ULONG size, ULONG *done)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    HRESULT hr;

    if (done) *done = 0;
    if (!data) return STG_E_INVALIDPOINTER;
    if (!stream->modify) return STG_E_ACCESSDENIED;
    EnterCriticalSection(&stream->cs);
    if (SUCCEEDED(hr = before_change(stream)))
        hr = db_stream_write(stream->stream, stream->position, data, size);
    if (SUCCEEDED(hr)) stream->position += size;
    LeaveCriticalSection(&stream->cs);
    if (FAILED(hr)) return stg_error(hr);
    if (done) *done = size;
    return S_OK;
}

static HRESULT WINAPI stream_Seek(IStream *iface, LARGE_INTEGER move, DWORD origin,
                                  ULARGE_INTEGER *position)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    HRESULT hr = S_OK;
    LONGLONG base = 0;

    EnterCriticalSection(&stream->cs);
    if (origin == STREAM_SEEK_CUR) base = stream->position;
    else if (origin == STREAM_SEEK_END) base = db_stream_size(stream->stream);
    else if (origin != STREAM_SEEK_SET) hr = STG_E_INVALIDFUNCTION;
    if (SUCCEEDED(hr)
        && (move.QuadPart < 0 ? base < -move.QuadPart : move.QuadPart > MAXLONGLONG - base))
        hr = STG_E_INVALIDFUNCTION;
    if (SUCCEEDED(hr)) stream->position = base + move.QuadPart;
    if (position) position->QuadPart = stream->position;
    LeaveCriticalSection(&stream->cs);
    return hr;
}

static HRESULT WINAPI stream_SetSize(IStream *iface, ULARGE_INTEGER size)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    HRESULT hr;

    if (!stream->modify) return STG_E_ACCESSDENIED;
    EnterCriticalSection(&stream->cs);
    if (SUCCEEDED(hr = before_change(stream))) hr = db_stream_set_size(stream->stream, size.QuadPart);
    LeaveCriticalSection(&stream->cs);
    return stg_error(hr);
}

static HRESULT WINAPI stream_CopyTo(IStream *iface, IStream *dst, ULARGE_INTEGER size,
                                    ULARGE_INTEGER *read, ULARGE_INTEGER *written)
{
    ULONGLONG left = size.QuadPart, in = 0, out = 0;
    HRESULT hr = S_OK;
    ULONG got, put;
    BYTE *buffer;

    if (read) read->QuadPart = 0;
    if (written) written->QuadPart = 0;
    if (!dst) return STG_E_INVALIDPOINTER;
    if (!(buffer = platform_alloc(BLOCK))) return E_OUTOFMEMORY;
    while (left)
    {
        if (FAILED(hr = IStream_Read(iface, buffer, min(left, BLOCK), &got)) || !got) break;
        in += got;
        put = 0;
        hr = IStream_Write(dst, buffer, got, &put);
        out += put;
        if (FAILED(hr)) break;
        left -= got;
    }
    platform_free(buffer);
    if (read) read->QuadPart = in;
    if (written) written->QuadPart = out;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT WINAPI stream_Commit(IStream *iface, DWORD flags)
{
    struct prop_stream *stream = impl_from_IStream(iface);
    HRESULT hr;

    EnterCriticalSection(&stream->cs);
    hr = put_back(stream);
    LeaveCriticalSection(&stream->cs);
    return stg_error(hr);
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

static HRESULT WINAPI stream_Stat(IStream *iface, STATSTG *stat, DWORD flags)
{
    struct prop_stream *stream = impl_from_IStream(iface);

    if (!stat) return STG_E_INVALIDPOINTER;
    memset(stat, 0, sizeof(*stat));
    stat->type = STGTY_STREAM;
    stat->grfMode = stream->modify ? STGM_READWRITE : STGM_READ;
    EnterCriticalSection(&stream->cs);
    stat->cbSize.QuadPart = db_stream_size(stream->stream);
    LeaveCriticalSection(&stream->cs);
    return S_OK;
}

static HRESULT WINAPI stream_Clone(IStream *iface, IStream **ret)
{
    if (ret) *ret = NULL;
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
    stream_LockRegion,
    stream_Stat,
    stream_Clone
};

/* ---- opening ---- */

/* What the store works out is nowhere as a stream. */
static HRESULT computed_stream(struct object *object, ULONG tag, struct db_stream **ret)
{
    SizedSPropTagArray(1, tags) = { 1, { tag } };
    SPropValue *prop;
    ULONG count;
    HRESULT hr;

    hr = object_GetProps((IMAPIProp *)object, (SPropTagArray *)&tags, 0, &count, &prop);
    if (FAILED(hr)) return hr;
    if (prop->ulPropTag != tag) hr = MAPI_E_NOT_FOUND;
    else if (SUCCEEDED(hr = db_stream_create(object->store->db, ret)))
    {
        if (PROP_TYPE(tag) == PT_BINARY)
            hr = db_stream_write(*ret, 0, prop->Value.bin.lpb, prop->Value.bin.cb);
        else if (PROP_TYPE(tag) == PT_UNICODE)
            hr = db_stream_write(*ret, 0, prop->Value.lpszW,
                                 lstrlenW(prop->Value.lpszW) * sizeof(WCHAR));
        else
            hr = db_stream_write(*ret, 0, prop->Value.lpszA, lstrlenA(prop->Value.lpszA));
        if (FAILED(hr)) db_stream_release(*ret);
    }
    MAPIFreeBuffer(prop);
    return hr;
}

static HRESULT open_value(struct object *object, ULONG tag, struct db_stream **ret)
{
    ULONG type = PROP_TYPE(tag), stored;
    struct db_stream *unicode;
    HRESULT hr;

    if (object_is_computed(object, tag)) return computed_stream(object, tag, ret);
    EnterCriticalSection(&object->cs);
    stored = db_props_type(object->props, tag);
    LeaveCriticalSection(&object->cs);
    if (stored != (type == PT_STRING8 ? PT_UNICODE : type)) return MAPI_E_NOT_FOUND;
    if (type != PT_STRING8) return object_get_stream(object, tag, ret);
    if (FAILED(hr = object_get_stream(object, tag, &unicode))) return hr;
    hr = stream_to_ansi(object->store->db, unicode, ret);
    db_stream_release(unicode);
    return hr;
}

HRESULT prop_stream_create(struct object *object, ULONG tag, ULONG flags, IStream **ret)
{
    ULONG type = PROP_TYPE(tag);
    struct prop_stream *stream;
    HRESULT hr;

    *ret = NULL;
    if (type != PT_BINARY && type != PT_STRING8 && type != PT_UNICODE && type != PT_OBJECT)
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!(stream = platform_alloc_zero(sizeof(*stream)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(flags & MAPI_CREATE)) hr = open_value(object, tag, &stream->stream);
    else hr = db_stream_create(object->store->db, &stream->stream);
    if (FAILED(hr))
    {
        platform_free(stream);
        return hr;
    }
    stream->IStream_iface.lpVtbl = (IStreamVtbl *)&stream_vtbl;
    stream->ref = 1;
    InitializeCriticalSection(&stream->cs);
    stream->object = object;
    IMAPIProp_AddRef((IMAPIProp *)object);
    stream->tag = tag;
    stream->modify = (flags & (MAPI_CREATE | MAPI_MODIFY)) != 0;
    stream->dirty = (flags & MAPI_CREATE) != 0;
    if (flags & STREAM_APPEND) stream->position = db_stream_size(stream->stream);
    *ret = &stream->IStream_iface;
    return S_OK;
}
