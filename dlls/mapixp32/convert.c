/*
 * Mail transport: between messages and MIME
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
 * Converting is not ours: it is IConverterSession's, a class that mapimime32.dll registers. Blind
 * copies are left out of what is sent, since the server is told of them in the envelope.
 */

#include "transport.h"
#include <mapimime.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

/* Registered or, in a prefix where nothing was, in the system directory. */
static HRESULT open_converter(IConverterSession **ret)
{
    HRESULT (WINAPI *get_class)(REFCLSID, REFIID, void **);
    IClassFactory *factory;
    HMODULE module;
    HRESULT hr;

    *ret = NULL;
    hr = CoCreateInstance(&CLSID_IConverterSession, NULL, CLSCTX_INPROC_SERVER,
                          &IID_IConverterSession, (void **)ret);
    if (SUCCEEDED(hr)) return hr;
    module = LoadLibraryExW(L"mapimime32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (!module || !(get_class = (void *)GetProcAddress(module, "DllGetClassObject"))) return hr;
    /* The library stays: objects of it may. */
    hr = get_class(&CLSID_IConverterSession, &IID_IClassFactory, (void **)&factory);
    if (FAILED(hr)) return hr;
    hr = IClassFactory_CreateInstance(factory, NULL, &IID_IConverterSession, (void **)ret);
    IClassFactory_Release(factory);
    return hr;
}

static HRESULT read_stream(IStream *stream, struct bytes *bytes)
{
    LARGE_INTEGER start;
    char buffer[16384];
    HRESULT hr;
    ULONG got;

    start.QuadPart = 0;
    if (FAILED(hr = IStream_Seek(stream, start, STREAM_SEEK_SET, NULL))) return hr;
    for (;;)
    {
        if (FAILED(hr = IStream_Read(stream, buffer, sizeof(buffer), &got))) return hr;
        if (!got) return S_OK;
        if (!bytes_add(bytes, buffer, got)) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
}

HRESULT convert_to_mime(IMessage *message, BOOL whole, struct bytes *mime, WCHAR words[WORDS_MAX])
{
    IConverterSession *converter;
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = open_converter(&converter)))
    {
        words_set(words,
                  "mapimime32.dll, which makes Internet mail of a message, cannot be used (%#lx)",
                  (unsigned long)hr);
        return MAPI_E_CALL_FAILED;
    }
    if (SUCCEEDED(hr = CreateStreamOnHGlobal(NULL, TRUE, &stream)))
    {
        hr = IConverterSession_MAPIToMIMEStm(converter, message, stream,
                                                 CCSF_SMTP | (whole ? CCSF_INCLUDE_BCC : 0));
        if (SUCCEEDED(hr)) hr = read_stream(stream, mime);
        IStream_Release(stream);
    }
    IConverterSession_Release(converter);
    if (SUCCEEDED(hr) && mime->size) return S_OK;
    words_set(words, "a message cannot be made Internet mail (%#lx)", (unsigned long)hr);
    return MAPI_E_CALL_FAILED;
}

HRESULT convert_from_mime(const struct bytes *mime, IMessage *message)
{
    IConverterSession *converter;
    LARGE_INTEGER start;
    IStream *stream;
    HRESULT hr;

    if (FAILED(hr = open_converter(&converter)))
    {
        ERR("mapimime32.dll cannot be used (%#lx)\n", hr);
        return hr;
    }
    if (SUCCEEDED(hr = CreateStreamOnHGlobal(NULL, TRUE, &stream)))
    {
        start.QuadPart = 0;
        hr = IStream_Write(stream, mime->data, mime->size, NULL);
        if (SUCCEEDED(hr)) hr = IStream_Seek(stream, start, STREAM_SEEK_SET, NULL);
        if (SUCCEEDED(hr))
            hr = IConverterSession_MIMEToMAPI(converter, stream, message, NULL, CCSF_SMTP);
        IStream_Release(stream);
    }
    IConverterSession_Release(converter);
    return hr;
}
