/*
 * Whole reads and writes of streams
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
 * Streams may give and take less than was asked for. Errors of theirs are passed on in MAPI's
 * words.
 */

#define COBJMACROS
#include <objbase.h>

#include <imessage.h>
#include "message/message.h"

static HRESULT said(HRESULT hr)
{
    return FAILED(hr) && HRESULT_FACILITY(hr) == FACILITY_STORAGE ? MapStorageSCode(hr) : hr;
}

HRESULT stream_read_all(IStream *stream, void *data, ULONG size)
{
    BYTE *next = data;
    HRESULT hr;
    ULONG done;

    while (size)
    {
        done = 0;
        if (FAILED(hr = IStream_Read(stream, next, size, &done))) return said(hr);
        if (!done || done > size) return MAPI_E_CORRUPT_DATA;
        next += done;
        size -= done;
    }
    return S_OK;
}

HRESULT stream_write_all(IStream *stream, const void *data, ULONG size)
{
    const BYTE *next = data;
    HRESULT hr;
    ULONG done;

    while (size)
    {
        done = 0;
        if (FAILED(hr = IStream_Write(stream, next, size, &done))) return said(hr);
        if (!done || done > size) return MAPI_E_NOT_ENOUGH_DISK;
        next += done;
        size -= done;
    }
    return S_OK;
}

HRESULT stream_read_rest(IStream *stream, size_t limit, BYTE **data, size_t *size)
{
    size_t room = 0x1000, used = 0;
    BYTE *block = NULL, *grown;
    HRESULT hr = S_OK;
    ULONG done;

    *data = NULL;
    *size = 0;
    for (;;)
    {
        if (!(grown = platform_realloc(block, room + 2)))
        {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        block = grown;
        done = 0;
        if (FAILED(hr = said(IStream_Read(stream, block + used, room - used, &done))) || !done)
            break;
        if (done > room - used || used + done > limit)
        {
            hr = MAPI_E_TOO_BIG;
            break;
        }
        used += done;
        if (used == room) room *= 2;
    }
    if (FAILED(hr))
    {
        platform_free(block);
        return hr;
    }
    block[used] = block[used + 1] = 0;
    *data = block;
    *size = used;
    return S_OK;
}

HRESULT stream_on_memory(const void *data, size_t size, IStream **ret)
{
    LARGE_INTEGER zero;
    HRESULT hr;

    zero.QuadPart = 0;
    *ret = NULL;
    if (size > 0x7fffffff || FAILED(CreateStreamOnHGlobal(NULL, TRUE, ret)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = stream_write_all(*ret, data, size);
    if (SUCCEEDED(hr)) hr = IStream_Seek(*ret, zero, STREAM_SEEK_SET, NULL);
    if (FAILED(hr))
    {
        IStream_Release(*ret);
        *ret = NULL;
    }
    return hr;
}
