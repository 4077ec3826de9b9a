/*
 * The bodies of a message that is written
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
 * HTML comes from PR_HTML, as text from the same property, or out of PR_RTF_COMPRESSED if it stands
 * there; plain text from PR_BODY, else from the HTML, else from the RTF. Text that is not in the
 * charset asked for is written as UTF-8.
 */

#include <stdio.h>

#include "private.h"

static BOOL read_all(IStream *stream, struct mime_bytes *bytes)
{
    char *chunk;
    ULONG got;
    HRESULT hr;

    if (!(chunk = malloc(65536))) return FALSE;
    do
    {
        got = 0;
        hr = IStream_Read(stream, chunk, 65536, &got);
        if (FAILED(hr) || got > 65536) break;
        mime_put(bytes, chunk, got);
    } while (got && bytes->size < 0x10000000);
    free(chunk);
    return SUCCEEDED(hr) && !bytes->failed;
}

static BOOL read_binary(IMessage *message, ULONG tag, struct mime_bytes *bytes)
{
    SPropValue *value = get_prop(message, tag);
    IStream *stream;
    BOOL done;

    if (value)
    {
        mime_put(bytes, value->Value.bin.lpb, value->Value.bin.cb);
        MAPIFreeBuffer(value);
        return !bytes->failed;
    }
    if (FAILED(get_stream(message, tag, &stream))) return FALSE;
    done = read_all(stream, bytes);
    IStream_Release(stream);
    return done;
}

static UINT message_codepage(IMessage *message)
{
    SPropValue *value = get_prop(message, PR_INTERNET_CPID);
    UINT codepage = value ? value->Value.ul : 0;

    MAPIFreeBuffer(value);
    return mime_charset(codepage) ? codepage : 0;
}

/* Plain text of RTF that is no more than that: groups that are none of the text are left out. */
static void rtf_to_text(const struct mime_bytes *rtf, struct mime_text *text)
{
    static const char *const hidden[] =
        {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer"};
    const char *p = rtf->data, *end = p + rtf->size;
    unsigned depth = 0, skip = 0, i;    /* skip: the depth from which on nothing is text */
    UINT codepage = MIME_CP_LATIN;
    unsigned after_unicode = 0;

    while (p < end)
    {
        char word[32];
        size_t used = 0;
        BOOL has_number = FALSE, negative = FALSE;
        LONG number = 0;

        if (*p == '{') depth++, p++;
        else if (*p == '}')
        {
            if (skip && depth <= skip) skip = 0;
            if (depth) depth--;
            p++;
        }
        else if (*p == '\r' || *p == '\n') p++;
        else if (*p != '\\')
        {
            if (after_unicode) after_unicode--;
            else if (!skip) mime_decode(codepage, p, 1, text);
            p++;
        }
        else if (++p == end) break;
        else if (*p == '\'' && end - p > 2)
        {
            struct mime_decoder decoder = {MIME_QP};
            struct mime_bytes byte = {0};
            char coded[3] = {'=', p[1], p[2]};

            mime_decoder_put(&decoder, coded, 3, &byte);
            if (after_unicode) after_unicode--;
            else if (!skip) mime_decode(codepage, byte.data, byte.size, text);
            mime_bytes_free(&byte);
            mime_decoder_free(&decoder);
            p += 3;
        }
        else if (!((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z'))
        {
            if (*p == '*' && !skip) skip = depth;
            else if (!skip && (*p == '\\' || *p == '{' || *p == '}'))
                mime_decode(MIME_CP_LATIN, p, 1, text);
            else if (!skip && *p == '~') mime_text_put_char(text, ' ');
            else if (!skip && *p == '_') mime_text_put_char(text, '-');
            p++;
        }
        else
        {
            while (p < end && (*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')
            {
                if (used < sizeof(word) - 1) word[used++] = *p;
                p++;
            }
            word[used] = 0;
            if (p < end && *p == '-') negative = TRUE, p++;
            for (; p < end && *p >= '0' && *p <= '9'; p++)
            {
                if (number < 10000000) number = number * 10 + *p - '0';
                has_number = TRUE;
            }
            if (negative) number = -number;
            if (p < end && *p == ' ') p++;
            for (i = 0; i < ARRAY_SIZE(hidden); i++)
                if (!skip && !strcmp(word, hidden[i])) skip = depth;
            if (!strcmp(word, "ansicpg") && number > 0)
                codepage = number == MIME_CP_UTF8 ? MIME_CP_LATIN : (UINT)number;
            else if (!strcmp(word, "bin") && number > 0) p = end - p > number ? p + number : end;
            if (skip) continue;
            if (!strcmp(word, "par") || !strcmp(word, "line")) mime_text_put(text, L"\r\n", 2);
            else if (!strcmp(word, "tab") || !strcmp(word, "cell")) mime_text_put_char(text, '\t');
            else if (!strcmp(word, "u") && has_number)
            {
                mime_text_put_char(text, (WCHAR)number);
                after_unicode = 1;
            }
        }
    }
}

/* HTML out of the RTF if it holds such, else its text. */
static BOOL read_rtf(IMessage *message, struct bodies *bodies)
{
    RTF_WCSINFO info = {sizeof(info), MAPI_NATIVE_BODY, 0, MIME_CP_UTF8};
    RTF_WCSRETINFO kind = {sizeof(kind), 0};
    IStream *compressed, *stream = NULL;
    struct mime_bytes rtf = {0};
    HRESULT hr;

    if (FAILED(get_stream(message, PR_RTF_COMPRESSED, &compressed))) return FALSE;
    hr = WrapCompressedRTFStreamEx(compressed, &info, &stream, &kind);
    if (SUCCEEDED(hr) && kind.ulStreamFlags == MAPI_NATIVE_BODY_TYPE_HTML)
    {
        bodies->has_html = read_all(stream, &bodies->html) && bodies->html.size;
        bodies->codepage = MIME_CP_UTF8;
        if (!bodies->has_html) bodies->html.size = 0;
    }
    if (stream) IStream_Release(stream);
    stream = NULL;
    IStream_Release(compressed);
    if (bodies->has_html || bodies->has_plain) return TRUE;
    if (FAILED(get_stream(message, PR_RTF_COMPRESSED, &compressed))) return FALSE;
    hr = WrapCompressedRTFStream(compressed, 0, &stream);
    if (SUCCEEDED(hr) && read_all(stream, &rtf) && rtf.size)
    {
        rtf_to_text(&rtf, &bodies->plain);
        bodies->has_plain = TRUE;
    }
    if (stream) IStream_Release(stream);
    IStream_Release(compressed);
    mime_bytes_free(&rtf);
    return bodies->has_plain;
}

HRESULT read_bodies(struct tomime *tomime, IMessage *message, struct bodies *bodies)
{
    struct mime_text text = {0};

    bodies->has_plain = get_text(message, PR_BODY_W, &bodies->plain) && bodies->plain.length;
    if (!(tomime->flags & CCSF_PLAIN_TEXT_ONLY && bodies->has_plain))
    {
        if (read_binary(message, PR_HTML, &bodies->html) && bodies->html.size)
        {
            bodies->has_html = TRUE;
            bodies->codepage = message_codepage(message);
            if (!bodies->codepage)
                bodies->codepage = mime_is_utf8(bodies->html.data, bodies->html.size) ? MIME_CP_UTF8
                                   : MIME_CP_LATIN;
        }
        else if (get_text(message, CHANGE_PROP_TYPE(PR_HTML, PT_UNICODE), &text) && text.length)
        {
            mime_encode_utf8(text.data, text.length, &bodies->html);
            bodies->has_html = TRUE;
            bodies->codepage = MIME_CP_UTF8;
        }
        else read_rtf(message, bodies);
    }
    mime_text_free(&text);
    if (!bodies->has_plain && bodies->has_html)
    {
        mime_decode(bodies->codepage, bodies->html.data, bodies->html.size, &text);
        bodies->plain.length = 0;
        mime_html_to_text(text.data, text.length, &bodies->plain);
        bodies->has_plain = TRUE;
        mime_text_free(&text);
    }
    if (tomime->flags & CCSF_PLAIN_TEXT_ONLY || tomime->options->format == SAVE_RFC822)
        bodies->has_html = FALSE;
    if (!bodies->plain.data) mime_text_put(&bodies->plain, L"", 0);
    return bodies->plain.failed || bodies->html.failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

void free_bodies(struct bodies *bodies)
{
    mime_text_free(&bodies->plain);
    mime_bytes_free(&bodies->html);
}

/* Found as it stands, or with %40 and the like in it. */
static BOOL contains(const struct mime_bytes *html, const char *before, const WCHAR *word)
{
    struct mime_bytes wanted = {0};
    size_t i;
    BOOL found = FALSE;

    mime_put_string(&wanted, before);
    mime_encode_utf8(word, lstrlenW(word), &wanted);
    for (i = 0; !wanted.failed && !found && i + wanted.size <= html->size; i++)
    {
        const char *p = memchr(html->data + i, wanted.data[0], html->size - wanted.size + 1 - i);

        if (!p) break;
        i = p - html->data;
        found = !memcmp(p, wanted.data, wanted.size);
    }
    mime_bytes_free(&wanted);
    return found;
}

BOOL html_refers(const struct bodies *bodies, const WCHAR *id, const WCHAR *location)
{
    if (id && *id && contains(&bodies->html, "cid:", id)) return TRUE;
    return location && *location && contains(&bodies->html, "", location);
}

/* ----------------------------------------------------------------------------------- written */

static BOOL is_ascii(const char *data, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) if ((data[i] & 0x80) || !data[i]) return FALSE;
    return TRUE;
}

/* Lines that SMTP takes, CRLF at the end of each, nothing that it would change. */
static BOOL fits(const char *data, size_t size)
{
    size_t i, column = 0;

    for (i = 0; i < size; i++)
    {
        if (data[i] == '\r' && i + 1 < size && data[i + 1] == '\n')
        {
            column = 0;
            i++;
            continue;
        }
        if (data[i] == '\r' || data[i] == '\n' || !data[i]) return FALSE;
        if (!column && size - i >= 5 && !memcmp(data + i, "From ", 5)) return FALSE;
        if (++column > 990) return FALSE;
    }
    return TRUE;
}

static void put_content_type(struct tomime *tomime, const char *type, const char *charset)
{
    mime_put_string(&tomime->out, "Content-Type: ");
    mime_put_string(&tomime->out, type);
    mime_put_string(&tomime->out, "; charset=");
    mime_put_string(&tomime->out, charset);
    mime_put_string(&tomime->out, "\r\nContent-Transfer-Encoding: ");
}

/* The encoding asked for, for the outermost text and if it can carry it; else what suits. */
static void put_encoded(struct tomime *tomime, const char *data, size_t size, BOOL outermost)
{
    struct mime_bytes *out = &tomime->out;
    ENCODINGTYPE wanted = outermost ? tomime->options->encoding : IET_CURRENT;
    BOOL ascii = is_ascii(data, size), lines = fits(data, size);
    size_t high = 0, i;
    unsigned column = 0;

    if (wanted == IET_8BIT && !lines) wanted = IET_QP;
    if (wanted == IET_7BIT && !(ascii && lines)) wanted = IET_QP;
    if (wanted == IET_CURRENT)
    {
        for (i = 0; i < size; i++) high += (data[i] & 0x80) != 0;
        wanted = ascii && lines ? IET_7BIT : high * 3 > size ? IET_BASE64 : IET_QP;
    }
    switch (wanted)
    {
    case IET_7BIT:
    case IET_8BIT:
        mime_put_string(out, wanted == IET_7BIT ? "7bit\r\n\r\n" : "8bit\r\n\r\n");
        mime_put(out, data, size);
        break;
    case IET_BASE64:
        mime_put_string(out, "base64\r\n\r\n");
        mime_put_base64(out, data, size, &column);
        break;
    case IET_UUENCODE:
        mime_put_string(out, "x-uuencode\r\n\r\nbegin 644 text\r\n");
        for (i = 0; i < size; i += 45) mime_put_uu(out, data + i, size - i < 45 ? size - i : 45);
        mime_put_uu(out, data, 0);
        mime_put_string(out, "end\r\n");
        break;
    default:
        mime_put_string(out, "quoted-printable\r\n\r\n");
        mime_put_qp(out, data, size);
        break;
    }
    flush_out(tomime, FALSE);
}

void write_plain(struct tomime *tomime, const struct mime_text *text, BOOL outermost)
{
    struct mime_text clean = {0}, wrapped = {0};
    struct mime_bytes bytes = {0};
    const char *charset = NULL;

    mime_unflow(text->data, text->length, FALSE, FALSE, &clean);
    if (tomime->options->wrap)
        mime_wrap(clean.data, clean.length, tomime->options->width, &wrapped);
    else
    {
        wrapped = clean;
        memset(&clean, 0, sizeof(clean));
    }
    if (tomime->options->codepage
        && mime_system_encode(tomime->options->codepage, wrapped.data, wrapped.length, &bytes))
        charset = mime_charset(tomime->options->codepage);
    if (!charset)
    {
        bytes.size = 0;
        mime_encode_utf8(wrapped.data, wrapped.length, &bytes);
        charset = is_ascii(bytes.data, bytes.size) ? "us-ascii" : "utf-8";
    }
    put_content_type(tomime, "text/plain", charset);
    put_encoded(tomime, bytes.data ? bytes.data : "", bytes.size, outermost);
    if (clean.failed || wrapped.failed || bytes.failed) tomime->out.failed = TRUE;
    mime_text_free(&clean);
    mime_text_free(&wrapped);
    mime_bytes_free(&bytes);
}

void write_html(struct tomime *tomime, const struct bodies *bodies, BOOL outermost)
{
    const char *charset = mime_charset(bodies->codepage);

    put_content_type(tomime, "text/html", charset ? charset : "utf-8");
    put_encoded(tomime, bodies->html.data, bodies->html.size, outermost);
}
