/*
 * RTFSync: rich text and plain text of a message alike
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
 * What was changed makes the other. A count and a checksum of the characters that matter, white
 * space being none of them, tell whether the plain text is still the one that the rich text was
 * last made alike with: then only its white space changed, and the rich text, which has more than
 * text, stays.
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

#define TAG_LENGTH 80           /* characters of PR_RTF_SYNC_BODY_TAG */
#define RTF_LIMIT  0x20000000

/* PR_RTF_SYNC_...: what is known of a text. */
struct fingerprint
{
    ULONG crc;
    ULONG count;
    WCHAR tag[TAG_LENGTH + 1];
};

static BOOL is_white(WCHAR c)
{
    return c <= ' ' || c == 0xa0;
}

static void take_fingerprint(const WCHAR *text, size_t length, struct fingerprint *print)
{
    BYTE bytes[2];
    size_t i;

    memset(print, 0, sizeof(*print));
    for (i = 0; i < length; i++)
    {
        if (is_white(text[i])) continue;
        bytes[0] = text[i];
        bytes[1] = text[i] >> 8;
        print->crc = lzfu_crc(print->crc, bytes, sizeof(bytes));
        if (print->count < TAG_LENGTH) print->tag[print->count] = text[i];
        print->count++;
    }
}

static BOOL is_known(IMessage *message, const struct fingerprint *print)
{
    LONG crc, count;

    return prop_read_long((IMAPIProp *)message, PR_RTF_SYNC_BODY_CRC, &crc)
           && prop_read_long((IMAPIProp *)message, PR_RTF_SYNC_BODY_COUNT, &count)
           && (ULONG)crc == print->crc && (ULONG)count == print->count;
}

/* A store may keep what it likes of these; the text itself is set already. */
static void set_fingerprint(IMessage *message, const struct fingerprint *print)
{
    SPropValue props[6];
    HRESULT hr;

    props[0].ulPropTag = PR_RTF_IN_SYNC;
    props[0].Value.b = TRUE;
    props[1].ulPropTag = PR_RTF_SYNC_BODY_CRC;
    props[1].Value.l = print->crc;
    props[2].ulPropTag = PR_RTF_SYNC_BODY_COUNT;
    props[2].Value.l = print->count;
    props[3].ulPropTag = PR_RTF_SYNC_PREFIX_COUNT;
    props[3].Value.l = 0;
    props[4].ulPropTag = PR_RTF_SYNC_TRAILING_COUNT;
    props[4].Value.l = 0;
    props[5].ulPropTag = PR_RTF_SYNC_BODY_TAG_W;
    props[5].Value.lpszW = (WCHAR *)print->tag;
    hr = IMessage_SetProps(message, ARRAYSIZE(props), props, NULL);
    if (hr == MAPI_E_BAD_CHARWIDTH) hr = IMessage_SetProps(message, 5, props, NULL);
    if (FAILED(hr)) WARN("%#lx\n", hr);
}

/* The text of the rich text. */
static HRESULT read_rtf(IMessage *message, WCHAR **text, size_t *length)
{
    IStream *compressed = NULL, *rtf = NULL;
    struct rtf_reader *reader = NULL;
    const WCHAR *read;
    enum rtf_kind kind;
    ULONG codepage;
    BYTE *data;
    size_t size;
    HRESULT hr;

    *text = NULL;
    *length = 0;
    hr = IMessage_OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, STGM_READ, 0,
                               (IUnknown **)&compressed);
    if (FAILED(hr) || !compressed)
    {
        if (FAILED(hr = prop_read_binary((IMAPIProp *)message, PR_RTF_COMPRESSED, &data, &size)))
            return hr;
        hr = stream_on_memory(data, size, &compressed);
        platform_free(data);
        if (FAILED(hr)) return hr;
    }
    hr = WrapCompressedRTFStream(compressed, 0, &rtf);
    if (SUCCEEDED(hr)) hr = rtf_read_stream(rtf, FALSE, &reader);
    if (SUCCEEDED(hr)) hr = rtf_reader_end(reader, &read, length, &kind, &codepage);
    if (SUCCEEDED(hr))
    {
        if ((*text = platform_alloc((*length + 1) * sizeof(WCHAR))))
            memcpy(*text, read, (*length + 1) * sizeof(WCHAR));
        else
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    rtf_reader_free(reader);
    if (rtf) IStream_Release(rtf);
    IStream_Release(compressed);
    return hr;
}

static HRESULT write_to_stream(void *context, const BYTE *data, size_t size)
{
    return stream_write_all(context, data, size);
}

HRESULT rtf_compress_body(const WCHAR *text, size_t length, BOOL html, BYTE **data, size_t *size)
{
    IStream *memory, *rtf = NULL;
    LARGE_INTEGER zero;
    HRESULT hr;

    *data = NULL;
    *size = 0;
    zero.QuadPart = 0;
    if (FAILED(hr = stream_on_memory(NULL, 0, &memory))) return hr;
    hr = WrapCompressedRTFStream(memory, MAPI_MODIFY, &rtf);
    if (SUCCEEDED(hr))
        hr = html ? rtf_from_html(text, length, write_to_stream, rtf)
                  : rtf_from_text(text, length, write_to_stream, rtf);
    if (SUCCEEDED(hr)) hr = IStream_Commit(rtf, STGC_DEFAULT);
    if (rtf) IStream_Release(rtf);
    if (SUCCEEDED(hr)) hr = IStream_Seek(memory, zero, STREAM_SEEK_SET, NULL);
    if (SUCCEEDED(hr)) hr = stream_read_rest(memory, RTF_LIMIT, data, size);
    IStream_Release(memory);
    return hr;
}

static HRESULT rtf_from_body(IMessage *message, const WCHAR *text, size_t length, BOOL html)
{
    BYTE *data;
    size_t size;
    HRESULT hr;

    if (FAILED(hr = rtf_compress_body(text, length, html, &data, &size))) return hr;
    hr = prop_write_binary((IMAPIProp *)message, PR_RTF_COMPRESSED, data, size);
    platform_free(data);
    return hr;
}

/* The HTML of a message that has no other body. */
static HRESULT read_html(IMessage *message, WCHAR **html, size_t *length)
{
    LONG codepage = 0;
    BYTE *data;
    size_t size;
    HRESULT hr;
    int count = 0;

    *html = NULL;
    *length = 0;
    if (FAILED(hr = prop_read_binary((IMAPIProp *)message, PR_HTML, &data, &size))) return hr;
    if (!prop_read_long((IMAPIProp *)message, PR_INTERNET_CPID, &codepage))
        codepage = platform_ansi_codepage();
    if (size && !(count = platform_codepage_to_wide(codepage, (char *)data, size, NULL, 0)))
    {
        codepage = platform_ansi_codepage();
        count = platform_codepage_to_wide(codepage, (char *)data, size, NULL, 0);
    }
    if ((*html = platform_alloc((count + 1) * sizeof(WCHAR))))
    {
        if (count) platform_codepage_to_wide(codepage, (char *)data, size, *html, count);
        (*html)[count] = 0;
        *length = count;
    }
    else
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    platform_free(data);
    return hr;
}

/* The plain text is made of the rich text. */
static HRESULT sync_body(IMessage *message, BOOL *updated)
{
    struct fingerprint print, old;
    WCHAR *text, *body;
    size_t length, body_length;
    HRESULT hr;

    if (FAILED(hr = read_rtf(message, &text, &length))) return hr;
    take_fingerprint(text, length, &print);
    hr = prop_read_text((IMAPIProp *)message, PR_BODY_W, &body, &body_length);
    if (SUCCEEDED(hr)) take_fingerprint(body, body_length, &old);
    if (FAILED(hr) || old.crc != print.crc || old.count != print.count
        || !is_known(message, &print))
    {
        hr = S_OK;
        if (!body || body_length != length || memcmp(body, text, length * sizeof(WCHAR)))
            hr = prop_write_text((IMAPIProp *)message, PR_BODY_W, text, length);
        if (SUCCEEDED(hr))
        {
            set_fingerprint(message, &print);
            *updated = TRUE;
        }
    }
    platform_free(body);
    platform_free(text);
    return hr;
}

/* The rich text is made of the plain text, or where there is none of HTML. */
static HRESULT sync_rtf(IMessage *message, BOOL *updated)
{
    struct fingerprint print;
    size_t length;
    WCHAR *text;
    BOOL html = FALSE;
    HRESULT hr;

    hr = prop_read_text((IMAPIProp *)message, PR_BODY_W, &text, &length);
    if (hr == MAPI_E_NOT_FOUND)
    {
        html = TRUE;
        hr = read_html(message, &text, &length);
    }
    /* Nothing was changed that could be brought into the other. */
    if (hr == MAPI_E_NOT_FOUND) return S_OK;
    if (FAILED(hr)) return hr;
    if (html)
    {
        if (SUCCEEDED(hr = rtf_from_body(message, text, length, TRUE)))
            hr = sync_body(message, updated);
    }
    else
    {
        take_fingerprint(text, length, &print);
        if (!is_known(message, &print) || !FPropExists((IMAPIProp *)message, PR_RTF_COMPRESSED))
        {
            hr = rtf_from_body(message, text, length, FALSE);
            if (SUCCEEDED(hr)) set_fingerprint(message, &print);
        }
        else
            set_fingerprint(message, &print);
        if (SUCCEEDED(hr)) *updated = TRUE;
    }
    platform_free(text);
    return hr;
}

/*
 * With both flags the rich text counts, since it has more; a plain text alone counts when there is
 * no rich text. *updated (NULL is fine): the message is to be saved. MAPI_E_INVALID_PARAMETER,
 * MAPI_E_UNKNOWN_FLAGS, MAPI_E_CORRUPT_DATA, and what the message's own methods return. Reference
 * page: rtfsync
 */
HRESULT WINAPI RTFSync(LPMESSAGE message, ULONG flags, BOOL *updated)
{
    BOOL changed = FALSE;
    HRESULT hr = S_OK;

    TRACE("%p %#lx %p\n", message, flags, updated);

    if (updated) *updated = FALSE;
    if (!message) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(RTF_SYNC_RTF_CHANGED | RTF_SYNC_BODY_CHANGED)) return MAPI_E_UNKNOWN_FLAGS;
    if (flags & RTF_SYNC_RTF_CHANGED) hr = sync_body(message, &changed);
    if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    if ((flags & RTF_SYNC_BODY_CHANGED) && SUCCEEDED(hr) && !changed
        && (!(flags & RTF_SYNC_RTF_CHANGED)
            || !FPropExists((IMAPIProp *)message, PR_RTF_COMPRESSED)))
        hr = sync_rtf(message, &changed);
    if (updated && SUCCEEDED(hr)) *updated = changed;
    return hr;
}
