/*
 * A storage over a stream
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
 * HrIStorageFromStream, and IMAPISupport::IStorageFromStream, which is the same: a compound file
 * wants its bytes as an ILockBytes, a property is an IStream. The object here stands between the
 * two; it counts the stream, so that the storage keeps it.
 */

#define COBJMACROS

#include "object/object.h"

#include <objbase.h>
#include <mapiutil.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct stream_bytes
{
    ILockBytes ILockBytes_iface;
    LONG ref;
    IStream *stream;            /* counted */
    ULONGLONG start;            /* where in the stream the bytes begin */
    CRITICAL_SECTION cs;        /* the stream has one position for all */
};

static inline struct stream_bytes *impl_from_ILockBytes(ILockBytes *iface)
{
    return CONTAINING_RECORD(iface, struct stream_bytes, ILockBytes_iface);
}

static HRESULT WINAPI bytes_QueryInterface(ILockBytes *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_ILockBytes))
        return E_NOINTERFACE;
    *ret = iface;
    ILockBytes_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI bytes_AddRef(ILockBytes *iface)
{
    return InterlockedIncrement(&impl_from_ILockBytes(iface)->ref);
}

static ULONG WINAPI bytes_Release(ILockBytes *iface)
{
    struct stream_bytes *bytes = impl_from_ILockBytes(iface);
    LONG ref = InterlockedDecrement(&bytes->ref);

    if (!ref)
    {
        IStream_Release(bytes->stream);
        DeleteCriticalSection(&bytes->cs);
        platform_free(bytes);
    }
    return ref;
}

static HRESULT seek(struct stream_bytes *bytes, ULARGE_INTEGER offset)
{
    LARGE_INTEGER position;

    position.QuadPart = bytes->start + offset.QuadPart;
    return IStream_Seek(bytes->stream, position, STREAM_SEEK_SET, NULL);
}

static HRESULT WINAPI bytes_ReadAt(ILockBytes *iface, ULARGE_INTEGER offset, void *data, ULONG size,
                                   ULONG *done)
{
    struct stream_bytes *bytes = impl_from_ILockBytes(iface);
    ULONG count = 0;
    HRESULT hr;

    EnterCriticalSection(&bytes->cs);
    if (SUCCEEDED(hr = seek(bytes, offset)))
        hr = IStream_Read(bytes->stream, data, size, &count);
    LeaveCriticalSection(&bytes->cs);
    if (done)
        *done = count;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT WINAPI bytes_WriteAt(ILockBytes *iface, ULARGE_INTEGER offset, const void *data,
                                    ULONG size, ULONG *done)
{
    struct stream_bytes *bytes = impl_from_ILockBytes(iface);
    ULONG count = 0;
    HRESULT hr;

    EnterCriticalSection(&bytes->cs);
    if (SUCCEEDED(hr = seek(bytes, offset)))
        hr = IStream_Write(bytes->stream, data, size, &count);
    LeaveCriticalSection(&bytes->cs);
    if (done)
        *done = count;
    return hr;
}

static HRESULT WINAPI bytes_Flush(ILockBytes *iface)
{
    return IStream_Commit(impl_from_ILockBytes(iface)->stream, STGC_DEFAULT);
}

static HRESULT WINAPI bytes_SetSize(ILockBytes *iface, ULARGE_INTEGER size)
{
    struct stream_bytes *bytes = impl_from_ILockBytes(iface);
    HRESULT hr;

    size.QuadPart += bytes->start;
    EnterCriticalSection(&bytes->cs);
    hr = IStream_SetSize(bytes->stream, size);
    LeaveCriticalSection(&bytes->cs);
    return hr;
}

static HRESULT WINAPI bytes_LockRegion(ILockBytes *iface, ULARGE_INTEGER offset,
                                       ULARGE_INTEGER size, DWORD type)
{
    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI bytes_UnlockRegion(ILockBytes *iface, ULARGE_INTEGER offset,
                                         ULARGE_INTEGER size, DWORD type)
{
    return STG_E_INVALIDFUNCTION;
}

static HRESULT WINAPI bytes_Stat(ILockBytes *iface, STATSTG *stat, DWORD flags)
{
    struct stream_bytes *bytes = impl_from_ILockBytes(iface);
    HRESULT hr;

    if (FAILED(hr = IStream_Stat(bytes->stream, stat, flags)))
        return hr;
    stat->type = STGTY_LOCKBYTES;
    if (stat->cbSize.QuadPart < bytes->start)
        stat->cbSize.QuadPart = 0;
    else
        stat->cbSize.QuadPart -= bytes->start;
    return S_OK;
}

static const ILockBytesVtbl bytes_vtbl =
{
    bytes_QueryInterface,
    bytes_AddRef,
    bytes_Release,
    bytes_ReadAt,
    bytes_WriteAt,
    bytes_Flush,
    bytes_SetSize,
    bytes_LockRegion,
    bytes_UnlockRegion,
    bytes_Stat
};

static HRESULT bytes_create(IStream *stream, BOOL from_here, ILockBytes **ret)
{
    struct stream_bytes *bytes;
    ULARGE_INTEGER position;
    LARGE_INTEGER zero;
    HRESULT hr;

    *ret = NULL;
    zero.QuadPart = 0;
    position.QuadPart = 0;
    if (from_here && FAILED(hr = IStream_Seek(stream, zero, STREAM_SEEK_CUR, &position)))
        return hr;
    if (!(bytes = platform_alloc_zero(sizeof(*bytes))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    bytes->ILockBytes_iface.lpVtbl = &bytes_vtbl;
    bytes->ref = 1;
    bytes->stream = stream;
    IStream_AddRef(stream);
    bytes->start = position.QuadPart;
    InitializeCriticalSection(&bytes->cs);
    *ret = &bytes->ILockBytes_iface;
    return S_OK;
}

/* What the compound file says, in MAPI's words. */
static HRESULT mapi_error(HRESULT hr)
{
    switch (hr)
    {
        case STG_E_INSUFFICIENTMEMORY: return MAPI_E_NOT_ENOUGH_MEMORY;
        case STG_E_ACCESSDENIED: return MAPI_E_NO_ACCESS;
        case STG_E_FILEALREADYEXISTS:
        case STG_E_INVALIDHEADER:
        case STG_E_UNKNOWN: return MAPI_E_CORRUPT_DATA;
        case STG_E_MEDIUMFULL: return MAPI_E_NOT_ENOUGH_DISK;
    }
    return hr;
}

HRESULT WINAPI HrIStorageFromStream(IUnknown *source, const IID *iid, ULONG flags, IStorage **ret)
{
    DWORD mode = STGM_SHARE_EXCLUSIVE | STGM_DIRECT;
    IUnknown *object = NULL;
    ILockBytes *bytes;
    HRESULT hr;

    TRACE("(%p, %s, %#lx, %p)\n", source, debugstr_guid(iid), flags, ret);

    if (!ret)
        return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!source)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(STGSTRM_RESET | STGSTRM_CURRENT | STGSTRM_MODIFY | STGSTRM_CREATE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!iid)
        iid = &IID_IStream;
    if (!IsEqualGUID(iid, &IID_IStream) && !IsEqualGUID(iid, &IID_ILockBytes))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(IUnknown_QueryInterface(source, iid, (void **)&object)) || !object)
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (IsEqualGUID(iid, &IID_IStream))
    {
        hr = bytes_create((IStream *)object, (flags & STGSTRM_CURRENT) != 0, &bytes);
        IUnknown_Release(object);
        if (FAILED(hr))
            return hr;
    }
    else
        bytes = (ILockBytes *)object;

    if (flags & STGSTRM_CREATE)
        hr = StgCreateDocfileOnILockBytes(bytes, mode | STGM_READWRITE | STGM_CREATE, 0, ret);
    else
        hr = StgOpenStorageOnILockBytes(bytes, NULL, mode | (flags & STGSTRM_MODIFY ? STGM_READWRITE
                                                                                    : STGM_READ),
                                        NULL, 0, ret);
    ILockBytes_Release(bytes);
    if (FAILED(hr))
        *ret = NULL;
    return mapi_error(hr);
}
