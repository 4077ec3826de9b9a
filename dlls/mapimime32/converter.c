/*
 * The converter object
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
 * What the Set methods say is kept under a lock and copied for each conversion, which runs without it.
 * The placeholders of the vtable are documented nowhere and do nothing.
 */

#include "private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct converter
{
    IConverterSession IConverterSession_iface;
    LONG ref;
    CRITICAL_SECTION cs;
    struct options options;     /* cs */
};

static struct converter *impl_from_IConverterSession(IConverterSession *iface)
{
    return CONTAINING_RECORD(iface, struct converter, IConverterSession_iface);
}

static HRESULT WINAPI converter_QueryInterface(IConverterSession *iface, REFIID iid, void **ret)
{
    TRACE("(%p, %s, %p)\n", iface, debugstr_guid(iid), ret);

    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IConverterSession))
        return E_NOINTERFACE;
    *ret = iface;
    IConverterSession_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI converter_AddRef(IConverterSession *iface)
{
    return InterlockedIncrement(&impl_from_IConverterSession(iface)->ref);
}

static ULONG WINAPI converter_Release(IConverterSession *iface)
{
    struct converter *converter = impl_from_IConverterSession(iface);
    LONG ref = InterlockedDecrement(&converter->ref);

    if (!ref)
    {
        if (converter->options.book) IAddrBook_Release(converter->options.book);
        DeleteCriticalSection(&converter->cs);
        free(converter);
        InterlockedDecrement(&module_references);
    }
    return ref;
}

static HRESULT WINAPI converter_SetAdrBook(IConverterSession *iface, IAddrBook *book)
{
    struct converter *converter = impl_from_IConverterSession(iface);
    IAddrBook *old;

    TRACE("(%p, %p)\n", iface, book);

    if (book) IAddrBook_AddRef(book);
    EnterCriticalSection(&converter->cs);
    old = converter->options.book;
    converter->options.book = book;
    LeaveCriticalSection(&converter->cs);
    if (old) IAddrBook_Release(old);
    return S_OK;
}

static HRESULT WINAPI converter_SetEncoding(IConverterSession *iface, ENCODINGTYPE encoding)
{
    struct converter *converter = impl_from_IConverterSession(iface);

    TRACE("(%p, %d)\n", iface, encoding);

    if (encoding != IET_BASE64 && encoding != IET_UUENCODE && encoding != IET_QP
        && encoding != IET_7BIT && encoding != IET_8BIT) return E_INVALIDARG;
    EnterCriticalSection(&converter->cs);
    converter->options.encoding = encoding;
    LeaveCriticalSection(&converter->cs);
    return S_OK;
}

static HRESULT WINAPI converter_PlaceHolder(IConverterSession *iface)
{
    FIXME("(%p): undocumented\n", iface);

    return E_NOTIMPL;
}

/* A conversion's own copy; the address book is counted. */
static struct options copy_options(struct converter *converter)
{
    struct options options;

    EnterCriticalSection(&converter->cs);
    options = converter->options;
    if (options.book) IAddrBook_AddRef(options.book);
    LeaveCriticalSection(&converter->cs);
    return options;
}

static HRESULT WINAPI converter_MIMEToMAPI(IConverterSession *iface, IStream *stream,
                                           IMessage *message, const char *server, ULONG flags)
{
    struct options options;
    HRESULT hr;

    TRACE("(%p, %p, %p, %p, %#lx)\n", iface, stream, message, server, flags);

    if (!stream || !message || server) return E_INVALIDARG;
    if (flags & ~(CCSF_EMBEDDED_MESSAGE | CCSF_SMTP | CCSF_INCLUDE_BCC | CCSF_USE_RTF
                  | CCSF_GLOBAL_MESSAGE)) return E_INVALIDARG;
    options = copy_options(impl_from_IConverterSession(iface));
    hr = mime_to_mapi(stream, message, &options, flags);
    if (options.book) IAddrBook_Release(options.book);
    TRACE("returning %#lx\n", hr);
    return hr;
}

static HRESULT WINAPI converter_MAPIToMIMEStm(IConverterSession *iface, IMessage *message,
                                              IStream *stream, ULONG flags)
{
    struct options options;
    HRESULT hr;

    TRACE("(%p, %p, %p, %#lx)\n", iface, message, stream, flags);

    if (!stream || !message) return E_INVALIDARG;
    /* CCSF_SMTP is always meant: no caller is turned away for leaving it out. */
    if (flags & ~(CCSF_SMTP | CCSF_NOHEADERS | CCSF_USE_TNEF | CCSF_INCLUDE_BCC | CCSF_8BITHEADERS
                  | CCSF_USE_RTF | CCSF_PLAIN_TEXT_ONLY | CCSF_NO_MSGID | CCSF_EMBEDDED_MESSAGE
                  | CCSF_GLOBAL_MESSAGE)) return E_INVALIDARG;
    options = copy_options(impl_from_IConverterSession(iface));
    hr = mapi_to_mime(message, stream, &options, flags);
    if (options.book) IAddrBook_Release(options.book);
    TRACE("returning %#lx\n", hr);
    return hr;
}

/* The published C++ declaration has bool there: only the low byte counts. */
static HRESULT WINAPI converter_SetTextWrapping(IConverterSession *iface, BOOL wrap, ULONG width)
{
    struct converter *converter = impl_from_IConverterSession(iface);

    TRACE("(%p, %d, %lu)\n", iface, wrap, width);

    EnterCriticalSection(&converter->cs);
    converter->options.wrap = (BYTE)wrap != 0 && width;
    converter->options.width = width;
    LeaveCriticalSection(&converter->cs);
    return S_OK;
}

static HRESULT WINAPI converter_SetSaveFormat(IConverterSession *iface, MIMESAVETYPE format)
{
    struct converter *converter = impl_from_IConverterSession(iface);

    TRACE("(%p, %d)\n", iface, format);

    if (format != SAVE_RFC822 && format != SAVE_RFC1521) return E_INVALIDARG;
    EnterCriticalSection(&converter->cs);
    converter->options.format = format;
    LeaveCriticalSection(&converter->cs);
    return S_OK;
}

static HRESULT WINAPI converter_SetCharset(IConverterSession *iface, BOOL apply, HCHARSET charset,
                                           CSETAPPLYTYPE type)
{
    struct converter *converter = impl_from_IConverterSession(iface);
    HRESULT (WINAPI *get_international)(IMimeInternational **international);
    IMimeInternational *international;
    INETCSETINFO info;
    UINT codepage = 0;
    HMODULE module;
    HRESULT hr;

    TRACE("(%p, %d, %p, %d)\n", iface, apply, charset, type);

    if ((BYTE)apply && charset)
    {
        /* Handles are inetcomm's, which alone knows what they stand for. */
        if (!(module = LoadLibraryW(L"inetcomm.dll"))) return E_INVALIDARG;
        get_international = (void *)GetProcAddress(module, "MimeOleGetInternat");
        hr = get_international ? get_international(&international) : E_INVALIDARG;
        if (SUCCEEDED(hr))
        {
            hr = IMimeInternational_GetCharsetInfo(international, charset, &info);
            IMimeInternational_Release(international);
        }
        FreeLibrary(module);
        if (FAILED(hr)) return E_INVALIDARG;
        codepage = info.cpiInternet ? info.cpiInternet : info.cpiWindows;
    }
    EnterCriticalSection(&converter->cs);
    converter->options.codepage = codepage;
    LeaveCriticalSection(&converter->cs);
    return S_OK;
}

static const IConverterSessionVtbl converter_vtbl =
{
    converter_QueryInterface,
    converter_AddRef,
    converter_Release,
    converter_SetAdrBook,
    converter_SetEncoding,
    converter_PlaceHolder,
    converter_MIMEToMAPI,
    converter_MAPIToMIMEStm,
    converter_PlaceHolder,
    converter_PlaceHolder,
    converter_PlaceHolder,
    converter_SetTextWrapping,
    converter_SetSaveFormat,
    converter_PlaceHolder,
    converter_SetCharset
};

HRESULT converter_create(REFIID iid, void **ret)
{
    struct converter *converter;
    HRESULT hr;

    *ret = NULL;
    if (!(converter = calloc(1, sizeof(*converter)))) return E_OUTOFMEMORY;
    converter->IConverterSession_iface.lpVtbl = &converter_vtbl;
    converter->ref = 1;
    converter->options.encoding = IET_CURRENT;
    converter->options.format = SAVE_RFC1521;
    InitializeCriticalSection(&converter->cs);
    InterlockedIncrement(&module_references);
    hr = IConverterSession_QueryInterface(&converter->IConverterSession_iface, iid, ret);
    IConverterSession_Release(&converter->IConverterSession_iface);
    return hr;
}
