/*
 * The bodies of a message that is filled
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
 * HTML is kept as it came, in its own charset (PR_INTERNET_CPID); a message that has nothing else
 * gets plain text made of it as well. With CCSF_USE_RTF the HTML goes into PR_RTF_COMPRESSED, tags
 * and all, as MS-OXRTFEX has it, where the DLL can write such streams.
 */

#include <stdio.h>

#include "private.h"

UINT entity_codepage(const struct mime_entity *entity)
{
    struct mime_text text = {0};
    struct mime_bytes bytes = {0};
    UINT codepage = MIME_CP_UNKNOWN;

    if (entity->content_type
        && mime_value_parameter(entity->content_type, entity->content_type_size, "charset", &text))
    {
        mime_encode_utf8(text.data, text.length, &bytes);
        if (bytes.data && bytes.size < 64) codepage = mime_codepage(bytes.data, bytes.size);
    }
    mime_text_free(&text);
    mime_bytes_free(&bytes);
    return codepage;
}

/* <meta charset=...>, near the begin. */
static UINT html_codepage(const struct mime_bytes *html)
{
    size_t limit = html->size < 4096 ? html->size : 4096, i, end;

    for (i = 0; i + 8 < limit; i++)
    {
        if (!mime_equal(html->data + i, 8, "charset=")) continue;
        i += 8;
        while (i < limit && (html->data[i] == '"' || html->data[i] == '\'')) i++;
        for (end = i; end < limit && html->data[end] > ' ' && !strchr("\"'/>;", html->data[end]);)
            end++;
        return mime_codepage(html->data + i, end - i);
    }
    return MIME_CP_UNKNOWN;
}

/* The code page that decodes it, never one of which an HTML reader knows nothing. */
static void settle_html(struct body *html)
{
    struct mime_text text = {0};

    if (!html->codepage || html->codepage == MIME_CP_ASCII)
    {
        UINT codepage = html_codepage(&html->bytes);

        if (codepage && codepage != MIME_CP_ASCII && codepage != 1200 && codepage != 1201)
            html->codepage = codepage;
        else if (!html->codepage || !mime_is_utf8(html->bytes.data, html->bytes.size))
            html->codepage = mime_is_utf8(html->bytes.data, html->bytes.size) ? MIME_CP_UTF8
                             : MIME_CP_LATIN;
    }
    if (html->codepage != 1200 && html->codepage != 1201 && html->codepage != 65000) return;
    mime_decode(html->codepage, html->bytes.data, html->bytes.size, &text);
    html->bytes.size = 0;
    mime_encode_utf8(text.data, text.length, &html->bytes);
    if (text.failed) html->bytes.failed = TRUE;
    mime_text_free(&text);
    html->codepage = MIME_CP_UTF8;
}

static void put_rtf_char(struct mime_bytes *rtf, WCHAR c)
{
    char number[16];

    if (c == '\n') mime_put_string(rtf, "\\par\r\n");
    else if (c == '\t') mime_put_string(rtf, "\\tab ");
    else if (c == '\\' || c == '{' || c == '}')
    {
        mime_put_byte(rtf, '\\');
        mime_put_byte(rtf, c);
    }
    else if (c >= 0x80)
    {
        sprintf(number, "\\u%d?", (int)(short)c);
        mime_put_string(rtf, number);
    }
    else if (c >= ' ') mime_put_byte(rtf, c);
}

static BOOL at_word(const struct mime_text *html, size_t at, const char *word)
{
    size_t i;

    for (i = 0; word[i]; i++)
        if (at + i >= html->length
            || (html->data[at + i] | 0x20) != ((unsigned char)word[i] | 0x20))
            return FALSE;
    return TRUE;
}

/* HTML in RTF: tags in groups that RTF readers skip, text as text. */
static void encapsulate(const struct mime_text *html, struct mime_bytes *rtf)
{
    size_t i = 0, end;

    mime_put_string(rtf, "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl\r\n"
                         "{\\f0\\fswiss\\fcharset0 Arial;}}\r\n\\uc1\\pard\\plain\\f0\\fs20 \r\n");
    while (i < html->length)
    {
        const char *until = NULL;
        BOOL entity = FALSE;

        if (html->data[i] == '<')
        {
            until = at_word(html, i, "<style")    ? "</style>"
                    : at_word(html, i, "<script") ? "</script>"
                    : at_word(html, i, "<title")  ? "</title>"
                    : at_word(html, i, "<!--")    ? "-->"
                                                  : ">";
            for (end = i; end < html->length && !at_word(html, end, until);) end++;
            end = end < html->length ? end + strlen(until) : html->length;
        }
        else if (html->data[i] == '&')
        {
            for (end = i + 1; end < html->length && end - i < 12 && html->data[end] != ';'
                 && html->data[end] > ' ';) end++;
            entity = end < html->length && html->data[end] == ';';
            end++;
        }
        if (until || entity)
        {
            mime_put_string(rtf, entity ? "{\\*\\htmltag84 " : "{\\*\\htmltag64 ");
            for (; i < end; i++) put_rtf_char(rtf, html->data[i]);
            mime_put_byte(rtf, '}');
            continue;
        }
        put_rtf_char(rtf, html->data[i++]);
    }
    mime_put_string(rtf, "}");
}

static HRESULT set_rtf(struct level *level, const struct mime_bytes *rtf)
{
    IStream *compressed = NULL, *plain = NULL;
    HRESULT hr;

    if (rtf->failed) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = IMessage_OpenProperty(level->message, PR_RTF_COMPRESSED, (IID *)&IID_IStream,
                               STGM_READWRITE | STGM_TRANSACTED, MAPI_CREATE | MAPI_MODIFY,
                               (IUnknown **)&compressed);
    if (FAILED(hr)) return hr;
    hr = WrapCompressedRTFStream(compressed, MAPI_MODIFY, &plain);
    if (SUCCEEDED(hr)) hr = write_all(plain, rtf->data, rtf->size);
    if (SUCCEEDED(hr)) hr = IStream_Commit(plain, STGC_DEFAULT);
    if (plain) IStream_Release(plain);
    if (SUCCEEDED(hr)) hr = IStream_Commit(compressed, STGC_DEFAULT);
    IStream_Release(compressed);
    return hr;
}

static HRESULT set_html(struct tomapi *tomapi, struct level *level)
{
    struct body *html = &level->html;
    struct mime_text text = {0};
    struct mime_bytes rtf = {0};
    HRESULT hr = MAPI_E_NO_SUPPORT;

    if (tomapi->flags & CCSF_USE_RTF)
    {
        mime_decode(html->codepage, html->bytes.data, html->bytes.size, &text);
        encapsulate(&text, &rtf);
        hr = text.failed ? MAPI_E_NOT_ENOUGH_MEMORY : set_rtf(level, &rtf);
        mime_bytes_free(&rtf);
        mime_text_free(&text);
    }
    if (FAILED(hr)) hr = put_large(level->message, PR_HTML, html->bytes.data, html->bytes.size);
    props_long(&level->props, PR_INTERNET_CPID, html->codepage);
    return hr;
}

/* ------------------------------------------------------------------------------ uuencoded files */

static size_t next_line(const struct mime_bytes *bytes, size_t at)
{
    const char *end = memchr(bytes->data + at, '\n', bytes->size - at);

    return end ? (size_t)(end + 1 - bytes->data) : bytes->size;
}

static size_t line_length(const struct mime_bytes *bytes, size_t at, size_t next)
{
    while (next > at && (bytes->data[next - 1] == '\n' || bytes->data[next - 1] == '\r')) next--;
    return next - at;
}

/* "begin 644 name": where the name is, 0 if it is none. */
static size_t uu_begins(const char *line, size_t size)
{
    size_t i = 6;

    if (size < 11 || memcmp(line, "begin ", 6)) return 0;
    while (i < size && line[i] >= '0' && line[i] <= '7') i++;
    return i >= 9 && i <= 10 && i + 1 < size && line[i] == ' ' ? i + 1 : 0;
}

/* Behind the "end" of the file that begins there; 0 if what follows is no such file. */
static size_t uu_ends(const struct mime_bytes *bytes, size_t at)
{
    size_t next, size, count;

    for (at = next_line(bytes, at); at < bytes->size; at = next)
    {
        const char *line = bytes->data + at;

        next = next_line(bytes, at);
        size = line_length(bytes, at, next);
        if (size == 3 && !memcmp(line, "end", 3)) return next;
        if (!size || line[0] < ' ' || line[0] > '`') return 0;
        count = ((line[0] - ' ') & 0x3f) * 4 / 3;
        if (size - 1 < count || size - 1 > count + 4) return 0;
    }
    return 0;
}

/* Mail without MIME has its files in the text: they become attachments. */
static HRESULT take_uuencoded(struct level *level)
{
    struct mime_bytes *text = &level->plain.bytes, kept = {0}, file = {0};
    size_t at = 0, next, end, name;
    HRESULT hr = S_OK;

    if (mime_header_field(&level->header, "content-type")) return S_OK;
    while (at < text->size && SUCCEEDED(hr))
    {
        next = next_line(text, at);
        name = uu_begins(text->data + at, line_length(text, at, next));
        if (name && (end = uu_ends(text, at)))
        {
            struct mime_decoder decoder = {MIME_UUENCODE};
            struct attachment_info info = {{0}};

            strcpy(info.type, "application/octet-stream");
            mime_decode(MIME_CP_UNKNOWN, text->data + at + name, line_length(text, at, next) - name,
                        &info.name);
            clean_name(&info.name);
            file.size = 0;
            mime_decoder_put(&decoder, text->data + at, end - at, &file);
            mime_decoder_end(&decoder, &file);
            mime_decoder_free(&decoder);
            hr = file.failed || info.name.failed ? MAPI_E_NOT_ENOUGH_MEMORY
                 : attach_bytes(level, &info, file.data ? file.data : "", file.size);
            mime_text_free(&info.name);
            next = end;
        }
        else mime_put(&kept, text->data + at, next - at);
        at = next;
    }
    mime_bytes_free(&file);
    mime_bytes_free(text);
    *text = kept;
    return kept.failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

HRESULT set_bodies(struct tomapi *tomapi, struct level *level)
{
    struct mime_text text = {0}, clean = {0};
    struct attachment_info info = {{0}};
    HRESULT hr = S_OK;

    if (!level->from_tnef && !level->is_report)
        props_text(&level->props, PR_MESSAGE_CLASS_W, L"IPM.Note", 8);
    if (level->html.there && level->html.bytes.size)
    {
        settle_html(&level->html);
        if (level->html.bytes.failed) return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = set_html(tomapi, level);
    }
    if (SUCCEEDED(hr) && level->rtf.there && FAILED(set_rtf(level, &level->rtf.bytes)))
    {
        strcpy(info.type, "text/rtf");
        hr = attach_bytes(level, &info, level->rtf.bytes.data, level->rtf.bytes.size);
    }
    if (SUCCEEDED(hr) && level->plain.there) hr = take_uuencoded(level);
    if (FAILED(hr)) return hr;
    if (level->plain.there)
    {
        mime_decode(level->plain.codepage, level->plain.bytes.data, level->plain.bytes.size, &text);
        mime_unflow(text.data, text.length, level->plain.flowed, level->plain.delsp, &clean);
        if (!level->html.there)
            props_long(&level->props, PR_INTERNET_CPID,
                       level->plain.codepage ? level->plain.codepage : MIME_CP_UTF8);
    }
    else if (level->html.there)
    {
        mime_decode(level->html.codepage, level->html.bytes.data, level->html.bytes.size, &text);
        mime_html_to_text(text.data, text.length, &clean);
    }
    if (text.failed || clean.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (clean.length || level->plain.there)
        hr = put_large(level->message, PR_BODY_W, clean.data ? clean.data : L"",
                       clean.length * sizeof(WCHAR));
    mime_text_free(&text);
    mime_text_free(&clean);
    return hr;
}
