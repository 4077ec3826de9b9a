/*
 * Streams over compressed rich text
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
 * WrapCompressedRTFStream and its extended form. A stream reads until the first byte is written,
 * and writes from then on. Read: pieces are decompressed as they are asked for; the last of them is
 * handed out only when length and checksum are right. Written: pieces are compressed as they come;
 * Commit, or the last Release, writes what was held back and the header. What is written after a
 * Commit goes on where the text was.
 */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <objbase.h>

#include "core/lzfu.h"
#include "core/rtf.h"
#include "message/message.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define IN_SIZE    0x1000
#define COPY_SIZE  0x4000

enum mode
{
    MODE_FRESH,         /* to be written, and nothing is yet */
    MODE_READ,
    MODE_WRITE
};

struct rtf_stream
{
    IStream IStream_iface;
    LONG ref;
    CRITICAL_SECTION cs;        /* one call at a time; held while the inner stream is called, which is ours */
    IStream *inner;
    ULONG64 start;              /* of the header in it */
    BOOL modify;
    BOOL uncompressed;          /* what is written */
    enum mode mode;
    HRESULT broken;             /* the error that ended it */
    /* reading */
    struct lzfu_header header;
    struct lzfu_decoder *decoder;
    ULONG packed_left;          /* not read from the inner stream yet */
    ULONG raw_done;
    ULONG crc;
    BOOL checked;               /* all was read and is right */
    BYTE in[IN_SIZE];
    ULONG in_at;
    ULONG in_size;
    /* writing */
    struct lzfu_encoder *encoder;
    ULONG raw_written;
    BOOL dirty;                 /* since the last Commit */
};

static inline struct rtf_stream *impl_from_IStream(IStream *iface)
{
    return CONTAINING_RECORD(iface, struct rtf_stream, IStream_iface);
}

static HRESULT seek(struct rtf_stream *stream, ULONG64 offset)
{
    LARGE_INTEGER position;

    position.QuadPart = stream->start + offset;
    return IStream_Seek(stream->inner, position, STREAM_SEEK_SET, NULL);
}

/* ---- reading ---- */

static HRESULT begin_reading(struct rtf_stream *stream)
{
    BYTE header[LZFU_HEADER];
    HRESULT hr;

    if (FAILED(hr = stream_read_all(stream->inner, header, sizeof(header)))) return hr;
    lzfu_header_read(header, &stream->header);
    if (stream->header.size < LZFU_HEADER - 4) return MAPI_E_CORRUPT_DATA;
    stream->packed_left = stream->header.size - (LZFU_HEADER - 4);
    switch (stream->header.type)
    {
    case LZFU_UNCOMPRESSED:
        if (stream->header.raw_size > stream->packed_left) return MAPI_E_CORRUPT_DATA;
        break;
    case LZFU_COMPRESSED:
        if (!(stream->decoder = platform_alloc(sizeof(*stream->decoder))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        lzfu_decoder_init(stream->decoder);
        break;
    default:
        return MAPI_E_CORRUPT_DATA;
    }
    stream->mode = MODE_READ;
    return S_OK;
}

/* The next piece of what is compressed. */
static HRESULT fill(struct rtf_stream *stream)
{
    const ULONG size = min(stream->packed_left, sizeof(stream->in));
    HRESULT hr;

    if (FAILED(hr = stream_read_all(stream->inner, stream->in, size))) return hr;
    stream->crc = lzfu_crc(stream->crc, stream->in, size);
    stream->packed_left -= size;
    stream->in_at = 0;
    stream->in_size = size;
    return S_OK;
}

static HRESULT unpack(struct rtf_stream *stream, BYTE *data, ULONG size, ULONG *done)
{
    size_t used, made;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && !stream->decoder->ended && *done < size)
    {
        if (stream->in_at == stream->in_size)
        {
            if (!stream->packed_left) break;
            if (FAILED(hr = fill(stream))) break;
        }
        hr = lzfu_decode(stream->decoder, stream->in + stream->in_at,
                         stream->in_size - stream->in_at, &used, data + *done, size - *done,
                         &made);
        stream->in_at += used;
        *done += made;
        if (!used && !made) break;
    }
    /* What is copied still when the input has ended. */
    if (SUCCEEDED(hr) && *done < size && !stream->decoder->ended)
    {
        hr = lzfu_decode(stream->decoder, stream->in, 0, &used, data + *done, size - *done, &made);
        *done += made;
    }
    return hr;
}

/* All of the text is there: is that all there is, and is it right? */
static HRESULT check_end(struct rtf_stream *stream)
{
    ULONG more = 0;
    BYTE byte;
    HRESULT hr;

    if (stream->checked) return S_OK;
    if (stream->decoder)
    {
        if (FAILED(hr = unpack(stream, &byte, 1, &more))) return hr;
        if (more) return MAPI_E_CORRUPT_DATA;
        while (stream->packed_left)
            if (FAILED(hr = fill(stream))) return hr;
        if (stream->crc != stream->header.crc) return MAPI_E_CORRUPT_DATA;
    }
    stream->checked = TRUE;
    return S_OK;
}

static HRESULT read(struct rtf_stream *stream, BYTE *data, ULONG size, ULONG *done)
{
    ULONG left = stream->header.raw_size - stream->raw_done;
    HRESULT hr;

    if (size > left) size = left;
    if (stream->decoder)
        hr = unpack(stream, data, size, done);
    else
    {
        hr = stream_read_all(stream->inner, data, size);
        if (SUCCEEDED(hr)) *done = size;
    }
    if (SUCCEEDED(hr) && *done < size) hr = MAPI_E_CORRUPT_DATA;
    stream->raw_done += *done;
    if (SUCCEEDED(hr) && stream->raw_done == stream->header.raw_size) hr = check_end(stream);
    if (FAILED(hr)) *done = 0;
    return hr;
}

/* ---- writing ---- */

static HRESULT sink(void *context, const BYTE *data, size_t size)
{
    return stream_write_all(((struct rtf_stream *)context)->inner, data, size);
}

static HRESULT begin_writing(struct rtf_stream *stream)
{
    const BYTE header[LZFU_HEADER] = {0};
    HRESULT hr;

    if (!stream->modify) return STG_E_ACCESSDENIED;
    if (stream->mode == MODE_READ) return STG_E_ACCESSDENIED;
    if (!stream->uncompressed && !stream->encoder)
    {
        if (!(stream->encoder = platform_alloc(sizeof(*stream->encoder))))
            return STG_E_INSUFFICIENTMEMORY;
        lzfu_encoder_init(stream->encoder, sink, stream);
    }
    if (FAILED(hr = seek(stream, 0))) return hr;
    if (FAILED(hr = stream_write_all(stream->inner, header, sizeof(header)))) return hr;
    stream->mode = MODE_WRITE;
    stream->dirty = TRUE;
    return S_OK;
}

static HRESULT write(struct rtf_stream *stream, const BYTE *data, ULONG size)
{
    HRESULT hr;

    if (size > 0x7fff0000 - stream->raw_written) return STG_E_MEDIUMFULL;
    hr = stream->encoder ? lzfu_encode(stream->encoder, data, size)
                         : stream_write_all(stream->inner, data, size);
    if (FAILED(hr)) return hr;
    stream->raw_written += size;
    stream->dirty = TRUE;
    return S_OK;
}

/* Writes what makes it whole, and puts the inner stream where writing can go on. */
static HRESULT finish(struct rtf_stream *stream)
{
    struct lzfu_encoder *tail = NULL;
    struct lzfu_header header;
    BYTE bytes[LZFU_HEADER];
    ULARGE_INTEGER size;
    ULONG64 next;
    HRESULT hr = S_OK;

    next = LZFU_HEADER + stream->raw_written;
    size.QuadPart = next;
    if (stream->encoder)
    {
        if (!(tail = platform_alloc(sizeof(*tail)))) return STG_E_INSUFFICIENTMEMORY;
        hr = lzfu_encode_flush(stream->encoder);
        next = LZFU_HEADER + stream->encoder->made;
        *tail = *stream->encoder;
        if (SUCCEEDED(hr)) hr = lzfu_encode_end(tail);
        size.QuadPart = LZFU_HEADER + tail->made;
        header.crc = tail->crc;
        platform_free(tail);
    }
    else
        header.crc = 0;
    header.size = size.QuadPart - 4;
    header.raw_size = stream->raw_written;
    header.type = stream->encoder ? LZFU_COMPRESSED : LZFU_UNCOMPRESSED;
    lzfu_header_write(bytes, &header);
    if (SUCCEEDED(hr)) hr = seek(stream, 0);
    if (SUCCEEDED(hr)) hr = stream_write_all(stream->inner, bytes, sizeof(bytes));
    if (SUCCEEDED(hr))
    {
        size.QuadPart += stream->start;
        hr = IStream_SetSize(stream->inner, size);
    }
    if (SUCCEEDED(hr)) hr = seek(stream, next);
    if (SUCCEEDED(hr)) stream->dirty = FALSE;
    return hr;
}

/* ---- the stream ---- */

static HRESULT WINAPI rtf_stream_QueryInterface(IStream *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ISequentialStream)
        && !IsEqualIID(iid, &IID_IStream))
        return E_NOINTERFACE;
    IStream_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI rtf_stream_AddRef(IStream *iface)
{
    return InterlockedIncrement(&impl_from_IStream(iface)->ref);
}

static ULONG WINAPI rtf_stream_Release(IStream *iface)
{
    struct rtf_stream *stream = impl_from_IStream(iface);
    ULONG ref = InterlockedDecrement(&stream->ref);

    if (ref) return ref;
    TRACE("%p ends\n", iface);
    if (stream->dirty && SUCCEEDED(stream->broken) && FAILED(finish(stream)))
        WARN("what was written last is lost\n");
    IStream_Release(stream->inner);
    platform_free(stream->decoder);
    platform_free(stream->encoder);
    DeleteCriticalSection(&stream->cs);
    platform_free(stream);
    return 0;
}

static HRESULT WINAPI rtf_stream_Read(IStream *iface, void *data, ULONG size, ULONG *done)
{
    struct rtf_stream *stream = impl_from_IStream(iface);
    ULONG count = 0;
    HRESULT hr;

    TRACE("%p %p %lu %p\n", iface, data, size, done);

    if (done) *done = 0;
    if (!data && size) return STG_E_INVALIDPOINTER;
    EnterCriticalSection(&stream->cs);
    hr = stream->broken;
    if (SUCCEEDED(hr) && stream->mode == MODE_WRITE)
        hr = STG_E_ACCESSDENIED;
    else if (SUCCEEDED(hr))
    {
        if (stream->mode == MODE_FRESH) hr = begin_reading(stream);
        if (SUCCEEDED(hr)) hr = read(stream, data, size, &count);
        stream->broken = FAILED(hr) ? hr : S_OK;
    }
    LeaveCriticalSection(&stream->cs);
    if (done) *done = count;
    return hr;
}

static HRESULT WINAPI rtf_stream_Write(IStream *iface, const void *data, ULONG size, ULONG *done)
{
    struct rtf_stream *stream = impl_from_IStream(iface);
    HRESULT hr;

    TRACE("%p %p %lu %p\n", iface, data, size, done);

    if (done) *done = 0;
    if (!data && size) return STG_E_INVALIDPOINTER;
    EnterCriticalSection(&stream->cs);
    hr = stream->broken;
    if (SUCCEEDED(hr) && stream->mode != MODE_WRITE) hr = begin_writing(stream);
    if (SUCCEEDED(hr))
    {
        hr = write(stream, data, size);
        stream->broken = FAILED(hr) ? hr : S_OK;
    }
    LeaveCriticalSection(&stream->cs);
    if (SUCCEEDED(hr) && done) *done = size;
    return hr;
}

static HRESULT WINAPI rtf_stream_Seek(IStream *iface, LARGE_INTEGER move, DWORD origin,
                                      ULARGE_INTEGER *position)
{
    if (position) position->QuadPart = 0;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI rtf_stream_SetSize(IStream *iface, ULARGE_INTEGER size)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI rtf_stream_CopyTo(IStream *iface, IStream *dest, ULARGE_INTEGER size,
                                        ULARGE_INTEGER *read_count, ULARGE_INTEGER *written)
{
    ULONG64 total = 0;
    HRESULT hr = S_OK;
    ULONG part;
    BYTE *data;

    TRACE("%p %p %s\n", iface, dest, wine_dbgstr_longlong(size.QuadPart));

    if (read_count) read_count->QuadPart = 0;
    if (written) written->QuadPart = 0;
    if (!dest) return STG_E_INVALIDPOINTER;
    if (!(data = platform_alloc(COPY_SIZE))) return STG_E_INSUFFICIENTMEMORY;
    while (total < size.QuadPart)
    {
        hr = IStream_Read(iface, data, min(size.QuadPart - total, COPY_SIZE), &part);
        if (FAILED(hr) || !part) break;
        if (FAILED(hr = stream_write_all(dest, data, part))) break;
        total += part;
    }
    platform_free(data);
    if (read_count) read_count->QuadPart = total;
    if (written) written->QuadPart = total;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT WINAPI rtf_stream_Commit(IStream *iface, DWORD flags)
{
    struct rtf_stream *stream = impl_from_IStream(iface);
    HRESULT hr;

    TRACE("%p %#lx\n", iface, flags);

    EnterCriticalSection(&stream->cs);
    hr = stream->broken;
    if (SUCCEEDED(hr) && stream->dirty)
    {
        hr = finish(stream);
        stream->broken = FAILED(hr) ? hr : S_OK;
        if (SUCCEEDED(hr)) hr = IStream_Commit(stream->inner, flags);
    }
    LeaveCriticalSection(&stream->cs);
    return hr;
}

static HRESULT WINAPI rtf_stream_Revert(IStream *iface)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI rtf_stream_LockRegion(IStream *iface, ULARGE_INTEGER offset,
                                            ULARGE_INTEGER size, DWORD type)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI rtf_stream_UnlockRegion(IStream *iface, ULARGE_INTEGER offset,
                                              ULARGE_INTEGER size, DWORD type)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI rtf_stream_Stat(IStream *iface, STATSTG *stat, DWORD flags)
{
    if (stat) memset(stat, 0, sizeof(*stat));
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI rtf_stream_Clone(IStream *iface, IStream **ret)
{
    if (ret) *ret = NULL;
    return MAPI_E_NO_SUPPORT;
}

static const IStreamVtbl rtf_stream_vtbl =
{
    rtf_stream_QueryInterface,
    rtf_stream_AddRef,
    rtf_stream_Release,
    rtf_stream_Read,
    rtf_stream_Write,
    rtf_stream_Seek,
    rtf_stream_SetSize,
    rtf_stream_CopyTo,
    rtf_stream_Commit,
    rtf_stream_Revert,
    rtf_stream_LockRegion,
    rtf_stream_UnlockRegion,
    rtf_stream_Stat,
    rtf_stream_Clone
};

/*
 * The stream's position is where the compressed text is or is to be. The stream that comes out
 * holds a reference to it. flags: MAPI_MODIFY, STORE_UNCOMPRESSED_RTF. Without MAPI_MODIFY the
 * header is looked at here. MAPI_E_INVALID_PARAMETER, MAPI_E_UNKNOWN_FLAGS, MAPI_E_CORRUPT_DATA,
 * MAPI_E_NOT_ENOUGH_MEMORY. Reference page: wrapcompressedrtfstream
 */
HRESULT WINAPI WrapCompressedRTFStream(LPSTREAM compressed, ULONG flags, LPSTREAM *ret)
{
    struct rtf_stream *stream;
    ULARGE_INTEGER position;
    LARGE_INTEGER zero;
    HRESULT hr = S_OK;

    TRACE("%p %#lx %p\n", compressed, flags, ret);

    if (ret) *ret = NULL;
    if (!compressed || !ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_MODIFY | STORE_UNCOMPRESSED_RTF)) return MAPI_E_UNKNOWN_FLAGS;
    if (!(stream = platform_alloc_zero(sizeof(*stream)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    stream->IStream_iface.lpVtbl = &rtf_stream_vtbl;
    stream->ref = 1;
    InitializeCriticalSection(&stream->cs);
    stream->inner = compressed;
    IStream_AddRef(compressed);
    stream->modify = (flags & MAPI_MODIFY) != 0;
    stream->uncompressed = (flags & STORE_UNCOMPRESSED_RTF) != 0;
    zero.QuadPart = 0;
    position.QuadPart = 0;
    if (stream->modify)
        hr = IStream_Seek(compressed, zero, STREAM_SEEK_CUR, &position);
    else
        hr = begin_reading(stream);
    stream->start = position.QuadPart;
    if (FAILED(hr))
    {
        IStream_Release(&stream->IStream_iface);
        return hr;
    }
    *ret = &stream->IStream_iface;
    return S_OK;
}

/* ---- what travels in it ---- */

HRESULT rtf_read_stream(IStream *rtf, BOOL native, struct rtf_reader **ret)
{
    struct rtf_reader *reader;
    BYTE data[0x1000];
    HRESULT hr;
    ULONG done;

    *ret = NULL;
    if (FAILED(hr = rtf_reader_create(native, &reader))) return hr;
    do
    {
        hr = IStream_Read(rtf, data, sizeof(data), &done);
        if (SUCCEEDED(hr)) hr = rtf_reader_add(reader, data, done);
    }
    while (SUCCEEDED(hr) && done);
    if (SUCCEEDED(hr))
        *ret = reader;
    else
        rtf_reader_free(reader);
    return hr;
}

static HRESULT text_stream(const WCHAR *text, size_t length, ULONG codepage, IStream **ret)
{
    int size = 0;
    char *bytes;
    HRESULT hr;

    if (length > 0x10000000) return MAPI_E_TOO_BIG;
    if (length) size = platform_wide_to_codepage(codepage, text, length, NULL, 0);
    if (length && size <= 0) return MAPI_E_UNKNOWN_CPID;
    if (!(bytes = platform_alloc(size + 1))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (size) platform_wide_to_codepage(codepage, text, length, bytes, size);
    hr = stream_on_memory(bytes, size, ret);
    platform_free(bytes);
    return hr;
}

/* The text or HTML of rtf in the caller's code page; *kind says which, RTF_KIND_RTF: there is
 * none. */
static HRESULT native_stream(IStream *rtf, const RTF_WCSINFO *info, IStream **ret,
                             enum rtf_kind *kind)
{
    struct rtf_reader *reader;
    const WCHAR *text;
    ULONG codepage;
    size_t length;
    HRESULT hr;

    *kind = RTF_KIND_RTF;
    if (FAILED(hr = rtf_read_stream(rtf, TRUE, &reader))) return hr;
    hr = rtf_reader_end(reader, &text, &length, kind, &codepage);
    if (info->ulInCodePage) codepage = info->ulInCodePage;
    if (info->ulOutCodePage) codepage = info->ulOutCodePage;
    if (SUCCEEDED(hr) && *kind != RTF_KIND_RTF) hr = text_stream(text, length, codepage, ret);
    rtf_reader_free(reader);
    return hr;
}

/*
 * As WrapCompressedRTFStream; with MAPI_NATIVE_BODY what comes out is the HTML or the plain text
 * that travels in the rich text, in ulOutCodePage (0: ulInCodePage, 0: the one the rich text
 * names), or the rich text itself when nothing does. MAPI_E_INVALID_PARAMETER,
 * MAPI_E_UNKNOWN_FLAGS, MAPI_E_CORRUPT_DATA, MAPI_E_UNKNOWN_CPID, MAPI_E_NOT_ENOUGH_MEMORY.
 * Reference page: wrapcompressedrtfstreamex
 */
HRESULT WINAPI WrapCompressedRTFStreamEx(LPSTREAM compressed, const RTF_WCSINFO *info,
                                         LPSTREAM *ret, RTF_WCSRETINFO *result)
{
    static const ULONG types[] = {MAPI_NATIVE_BODY_TYPE_RTF, MAPI_NATIVE_BODY_TYPE_PLAINTEXT,
                                  MAPI_NATIVE_BODY_TYPE_HTML};
    ULARGE_INTEGER position;
    enum rtf_kind kind;
    LARGE_INTEGER move;
    IStream *rtf;
    HRESULT hr;

    TRACE("%p %p %p %p\n", compressed, info, ret, result);

    if (ret) *ret = NULL;
    if (!compressed || !info || !ret || info->size < sizeof(*info)) return MAPI_E_INVALID_PARAMETER;
    if (result && result->size < sizeof(*result)) return MAPI_E_INVALID_PARAMETER;
    if (result) result->ulStreamFlags = 0;
    if (!(info->ulFlags & MAPI_NATIVE_BODY))
        return WrapCompressedRTFStream(compressed, info->ulFlags, ret);
    if (info->ulFlags & MAPI_MODIFY) return MAPI_E_INVALID_PARAMETER;
    if (info->ulFlags & ~(MAPI_NATIVE_BODY | STORE_UNCOMPRESSED_RTF)) return MAPI_E_UNKNOWN_FLAGS;

    move.QuadPart = 0;
    if (FAILED(hr = IStream_Seek(compressed, move, STREAM_SEEK_CUR, &position))) return hr;
    if (FAILED(hr = WrapCompressedRTFStream(compressed, 0, &rtf))) return hr;
    hr = native_stream(rtf, info, ret, &kind);
    IStream_Release(rtf);
    if (SUCCEEDED(hr) && kind == RTF_KIND_RTF)
    {
        move.QuadPart = position.QuadPart;
        hr = IStream_Seek(compressed, move, STREAM_SEEK_SET, NULL);
        if (SUCCEEDED(hr)) hr = WrapCompressedRTFStream(compressed, 0, ret);
    }
    if (SUCCEEDED(hr) && result) result->ulStreamFlags = types[kind];
    return hr;
}
