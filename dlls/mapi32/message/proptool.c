/*
 * Properties of any size
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
 * An object that finds a value too large for GetProps or SetProps has a stream for it; which is too
 * large is its own matter. Text is read in whatever width it has.
 */

#define COBJMACROS
#include <objbase.h>

#include "message/message.h"

#define SIZE_LIMIT 0x20000000

static BOOL is_too_large(HRESULT hr)
{
    return hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_TOO_BIG
           || hr == MAPI_E_NOT_ENOUGH_RESOURCES;
}

static HRESULT read_stream(IMAPIProp *object, ULONG tag, BYTE **data, size_t *size)
{
    IStream *stream = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(object, tag, &IID_IStream, STGM_READ, 0, (IUnknown **)&stream);
    if (FAILED(hr)) return hr;
    if (!stream) return MAPI_E_CALL_FAILED;
    hr = stream_read_rest(stream, SIZE_LIMIT, data, size);
    IStream_Release(stream);
    return hr;
}

static HRESULT copy_out(const void *data, size_t size, BYTE **ret)
{
    if (!(*ret = platform_alloc(size + 2))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*ret, data, size);
    (*ret)[size] = (*ret)[size + 1] = 0;
    return S_OK;
}

HRESULT prop_read_text(IMAPIProp *object, ULONG tag, WCHAR **text, size_t *length)
{
    SPropValue *prop;
    size_t size;
    HRESULT hr;

    *text = NULL;
    *length = 0;
    tag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
    hr = HrGetOneProp(object, tag, &prop);
    if (is_too_large(hr))
    {
        hr = read_stream(object, tag, (BYTE **)text, &size);
        if (SUCCEEDED(hr)) *length = text_length(*text);
        return hr;
    }
    if (hr == MAPI_E_BAD_CHARWIDTH || hr == MAPI_E_NOT_FOUND)
        hr = HrGetOneProp(object, CHANGE_PROP_TYPE(tag, PT_STRING8), &prop);
    if (FAILED(hr)) return hr;
    if (PROP_TYPE(prop->ulPropTag) == PT_UNICODE && prop->Value.lpszW)
        hr = copy_out(prop->Value.lpszW, text_length(prop->Value.lpszW) * sizeof(WCHAR),
                      (BYTE **)text);
    else if (PROP_TYPE(prop->ulPropTag) == PT_STRING8 && prop->Value.lpszA)
    {
        if (!(*text = text_from_ansi(prop->Value.lpszA))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    else
        hr = MAPI_E_NOT_FOUND;
    memory_exported->free(prop);
    if (SUCCEEDED(hr)) *length = text_length(*text);
    return hr;
}

HRESULT prop_read_binary(IMAPIProp *object, ULONG tag, BYTE **data, size_t *size)
{
    SPropValue *prop;
    HRESULT hr;

    *data = NULL;
    *size = 0;
    hr = HrGetOneProp(object, tag, &prop);
    if (is_too_large(hr)) return read_stream(object, tag, data, size);
    if (FAILED(hr)) return hr;
    if (PROP_TYPE(prop->ulPropTag) != PT_BINARY || (prop->Value.bin.cb && !prop->Value.bin.lpb))
        hr = MAPI_E_NOT_FOUND;
    else
        hr = copy_out(prop->Value.bin.lpb, prop->Value.bin.cb, data);
    if (SUCCEEDED(hr)) *size = prop->Value.bin.cb;
    memory_exported->free(prop);
    return hr;
}

static HRESULT write_stream(IMAPIProp *object, ULONG tag, const void *data, size_t size)
{
    IStream *stream = NULL;
    ULARGE_INTEGER zero;
    HRESULT hr;

    zero.QuadPart = 0;
    hr = IMAPIProp_OpenProperty(object, tag, &IID_IStream, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    if (FAILED(hr)) return hr;
    if (!stream) return MAPI_E_CALL_FAILED;
    IStream_SetSize(stream, zero);
    hr = stream_write_all(stream, data, size);
    if (SUCCEEDED(hr)) hr = IStream_Commit(stream, STGC_DEFAULT);
    IStream_Release(stream);
    return hr;
}

/* HrSetOneProp, but that it says so when the property alone is a problem. */
static HRESULT write_prop(IMAPIProp *object, SPropValue *prop, const void *data, size_t size)
{
    HRESULT hr = HrSetOneProp(object, prop);

    return is_too_large(hr) ? write_stream(object, prop->ulPropTag, data, size) : hr;
}

HRESULT prop_write_text(IMAPIProp *object, ULONG tag, const WCHAR *text, size_t length)
{
    SPropValue prop;
    HRESULT hr;

    prop.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
    prop.Value.lpszW = (WCHAR *)text;
    hr = write_prop(object, &prop, text, length * sizeof(WCHAR));
    if (hr != MAPI_E_BAD_CHARWIDTH) return hr;
    prop.ulPropTag = CHANGE_PROP_TYPE(tag, PT_STRING8);
    if (!(prop.Value.lpszA = text_to_ansi(text))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = write_prop(object, &prop, prop.Value.lpszA, text_length_ansi(prop.Value.lpszA));
    platform_free(prop.Value.lpszA);
    return hr;
}

HRESULT prop_write_binary(IMAPIProp *object, ULONG tag, const BYTE *data, size_t size)
{
    SPropValue prop;

    if (size > 0x7fffffff) return MAPI_E_TOO_BIG;
    prop.ulPropTag = tag;
    prop.Value.bin.cb = size;
    prop.Value.bin.lpb = (BYTE *)data;
    return write_prop(object, &prop, data, size);
}

BOOL prop_read_long(IMAPIProp *object, ULONG tag, LONG *value)
{
    SPropValue *prop;
    BOOL found;

    if (FAILED(HrGetOneProp(object, tag, &prop))) return FALSE;
    if ((found = prop->ulPropTag == tag)) *value = prop->Value.l;
    memory_exported->free(prop);
    return found;
}
