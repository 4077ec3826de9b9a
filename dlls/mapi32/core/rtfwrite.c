/*
 * Rich text made of text and of HTML
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
 * Plain text becomes \fromtext, HTML becomes \fromhtml (MS-OXRTFEX): its markup travels in
 * \*\htmltag groups, and what a reader of rich text is to see in place of the markup stands between
 * \htmlrtf and \htmlrtf0. Everything beyond ASCII is \u, so no code page matters.
 */

#include "core/rtf.h"

struct writer
{
    byte_sink sink;
    void *context;
    BYTE buffer[0x1000];
    ULONG size;
    HRESULT hr;         /* the first error; nothing is written after it */
};

static void flush(struct writer *writer)
{
    if (SUCCEEDED(writer->hr) && writer->size)
        writer->hr = writer->sink(writer->context, writer->buffer, writer->size);
    writer->size = 0;
}

static void put(struct writer *writer, const char *text)
{
    for (; *text; text++)
    {
        if (writer->size == sizeof(writer->buffer)) flush(writer);
        writer->buffer[writer->size++] = *text;
    }
}

static void put_unicode(struct writer *writer, WCHAR c)
{
    char text[] = "\\u-00000?", *at = text + 8;
    int value = (SHORT)c, rest = value < 0 ? -value : value;

    do
    {
        *--at = '0' + rest % 10;
        rest /= 10;
    }
    while (rest);
    if (value < 0) *--at = '-';
    *--at = 'u';
    *--at = '\\';
    put(writer, at);
}

static void put_char(struct writer *writer, WCHAR c)
{
    char text[3] = {0};

    if (c == '\\' || c == '{' || c == '}')
    {
        text[0] = '\\';
        text[1] = c;
        put(writer, text);
    }
    else if (c == '\t')
        put(writer, "\\tab ");
    else if (c < ' ' || c > '~')
        put_unicode(writer, c);
    else
    {
        text[0] = c;
        put(writer, text);
    }
}

/* The length of the line end at text[at], 0: there is none. */
static size_t line_end(const WCHAR *text, size_t length, size_t at)
{
    if (text[at] == '\n') return 1;
    if (text[at] != '\r') return 0;
    return at + 1 < length && text[at + 1] == '\n' ? 2 : 1;
}

static const char fonts[] =
    "{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fmodern\\fcharset0 Courier New;}}\r\n"
    "{\\colortbl\\red0\\green0\\blue0;}\r\n\\uc1\\pard\\plain\\f0\\fs20 ";

HRESULT rtf_from_text(const WCHAR *text, size_t length, byte_sink sink, void *context)
{
    struct writer writer = {sink, context};
    size_t at = 0, end;

    put(&writer, "{\\rtf1\\ansi\\ansicpg1252\\fromtext\\deff0");
    put(&writer, fonts);
    while (at < length && SUCCEEDED(writer.hr))
    {
        if ((end = line_end(text, length, at)))
            put(&writer, "\\par\r\n");
        else
            put_char(&writer, text[at]);
        at += max(end, 1);
    }
    put(&writer, "}");
    flush(&writer);
    return writer.hr;
}

/* ---- HTML ---- */

/* What a reader of rich text sees of an element. */
static const struct element
{
    const char *name;
    BOOL block;
    const char *open;
    const char *close;
}
elements[] =
{
    {"b", FALSE, "\\b ", "\\b0 "},
    {"blockquote", TRUE, "\\par ", "\\par "},
    {"br", TRUE, "\\line ", ""},
    {"center", TRUE, "", "\\par "},
    {"code", FALSE, "\\f1 ", "\\f0 "},
    {"dd", TRUE, "\\tab ", "\\par "},
    {"del", FALSE, "\\strike ", "\\strike0 "},
    {"div", TRUE, "", "\\par "},
    {"dt", TRUE, "", "\\par "},
    {"em", FALSE, "\\i ", "\\i0 "},
    {"h1", TRUE, "\\b\\fs36 ", "\\b0\\fs20\\par "},
    {"h2", TRUE, "\\b\\fs30 ", "\\b0\\fs20\\par "},
    {"h3", TRUE, "\\b\\fs26 ", "\\b0\\fs20\\par "},
    {"h4", TRUE, "\\b ", "\\b0\\par "},
    {"h5", TRUE, "\\b ", "\\b0\\par "},
    {"h6", TRUE, "\\b ", "\\b0\\par "},
    {"hr", TRUE, "\\par ", ""},
    {"i", FALSE, "\\i ", "\\i0 "},
    {"ins", FALSE, "\\ul ", "\\ul0 "},
    {"li", TRUE, "\\bullet\\tab ", "\\par "},
    {"ol", TRUE, "\\par ", ""},
    {"p", TRUE, "", "\\par\\par "},
    {"pre", TRUE, "\\f1 ", "\\f0\\par "},
    {"strong", FALSE, "\\b ", "\\b0 "},
    {"td", TRUE, "", "\\tab "},
    {"th", TRUE, "", "\\tab "},
    {"tr", TRUE, "", "\\par "},
    {"tt", FALSE, "\\f1 ", "\\f0 "},
    {"u", FALSE, "\\ul ", "\\ul0 "},
    {"ul", TRUE, "\\par ", ""}
};

/* Elements whose contents no reader sees. */
static const char *const silent[] = {"head", "script", "style", "title"};

/* The characters that have names in nearly all of the world's HTML. */
static const struct entity
{
    const char *name;
    WCHAR character;
}
entities[] =
{
    {"amp", '&'}, {"apos", '\''}, {"bull", 0x2022}, {"copy", 0xa9}, {"euro", 0x20ac}, {"gt", '>'},
    {"hellip", 0x2026}, {"laquo", 0xab}, {"ldquo", 0x201c}, {"lsquo", 0x2018}, {"lt", '<'},
    {"mdash", 0x2014}, {"nbsp", 0xa0}, {"ndash", 0x2013}, {"quot", '"'}, {"raquo", 0xbb},
    {"rdquo", 0x201d}, {"reg", 0xae}, {"rsquo", 0x2019}, {"auml", 0xe4}, {"ouml", 0xf6},
    {"uuml", 0xfc}, {"Auml", 0xc4}, {"Ouml", 0xd6}, {"Uuml", 0xdc}, {"szlig", 0xdf},
    {"eacute", 0xe9}, {"egrave", 0xe8}, {"agrave", 0xe0}, {"ccedil", 0xe7}, {"shy", 0xad}
};

#define NAME_SIZE 12

struct html
{
    struct writer writer;
    const WCHAR *text;
    size_t length;
    size_t at;
    BOOL preformatted;
};

static BOOL is_name_char(WCHAR c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* The element's name from at on, in small letters; what is too long for us is none we know. */
static void read_name(const struct html *html, size_t at, char *name)
{
    ULONG length = 0;

    while (at < html->length && is_name_char(html->text[at]) && length < NAME_SIZE - 1)
    {
        WCHAR c = html->text[at++];

        name[length++] = c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    }
    if (at < html->length && is_name_char(html->text[at])) length = 0;
    name[length] = 0;
}

static const struct element *find_element(const char *name)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(elements); i++)
        if (!strcmp(elements[i].name, name)) return &elements[i];
    return NULL;
}

static BOOL is_silent(const char *name)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(silent); i++)
        if (!strcmp(silent[i], name)) return TRUE;
    return FALSE;
}

/* HTML up to end as it is. */
static void put_markup(struct html *html, size_t end, const char *kind)
{
    struct writer *writer = &html->writer;
    size_t skip;

    put(writer, "{\\*\\htmltag");
    put(writer, kind);
    put(writer, " ");
    while (html->at < end && SUCCEEDED(writer->hr))
    {
        if ((skip = line_end(html->text, html->length, html->at)))
            put(writer, "\\par ");
        else
            put_char(writer, html->text[html->at]);
        html->at += max(skip, 1);
    }
    put(writer, "}");
}

static void put_rtf_only(struct html *html, const char *rtf)
{
    if (!*rtf) return;
    put(&html->writer, "\\htmlrtf ");
    put(&html->writer, rtf);
    put(&html->writer, "\\htmlrtf0 ");
}

static BOOL starts_with(const struct html *html, size_t at, const char *text)
{
    while (*text && at < html->length && html->text[at] == (BYTE)*text) at++, text++;
    return !*text;
}

/* Behind the '>' that ends the tag at at; quotes may hold others. */
static size_t tag_end(const struct html *html, size_t at)
{
    WCHAR quote = 0, c;

    for (; at < html->length; at++)
    {
        c = html->text[at];
        if (quote)
        {
            if (c == quote) quote = 0;
        }
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return at + 1;
    }
    return html->length;
}

/* Where the closing tag of an element begins. */
static size_t find_closing(const struct html *html, size_t at, const char *name)
{
    char other[NAME_SIZE];

    for (; at + 2 < html->length; at++)
    {
        if (html->text[at] != '<' || html->text[at + 1] != '/') continue;
        read_name(html, at + 2, other);
        if (!strcmp(other, name)) return at;
    }
    return html->length;
}

static size_t comment_end(const struct html *html, size_t at)
{
    for (at += 4; at + 2 < html->length; at++)
        if (starts_with(html, at, "-->")) return at + 3;
    return html->length;
}

static void put_tag(struct html *html)
{
    const BOOL closing = html->at + 1 < html->length && html->text[html->at + 1] == '/';
    const struct element *element;
    char name[NAME_SIZE];
    size_t end;

    if (starts_with(html, html->at, "<!--"))
    {
        put_markup(html, comment_end(html, html->at), "240");
        return;
    }
    read_name(html, html->at + 1 + closing, name);
    end = tag_end(html, html->at);
    if (!closing && is_silent(name)) end = find_closing(html, end, name);
    element = find_element(name);
    if (!strcmp(name, "pre")) html->preformatted = !closing;
    put_markup(html, end, element && element->block ? (closing ? "72" : "64")
                                                    : (closing ? "92" : "84"));
    if (element) put_rtf_only(html, closing ? element->close : element->open);
}

/* The character that an entity names; 0: it is none that we know. end: behind it. */
static ULONG read_entity(const struct html *html, size_t *end)
{
    size_t at = html->at + 1;
    ULONG value = 0, digit, base = 10, i;
    char name[NAME_SIZE];

    if (at < html->length && html->text[at] == '#')
    {
        at++;
        if (at < html->length && (html->text[at] | 0x20) == 'x')
        {
            base = 16;
            at++;
        }
        for (; at < html->length && is_name_char(html->text[at]); at++)
        {
            WCHAR c = html->text[at] | 0x20;

            digit = c >= 'a' ? (ULONG)c - 'a' + 10 : html->text[at] - (ULONG)'0';
            if (digit >= base || value > 0x10ffff) return 0;
            value = value * base + digit;
        }
        if (value > 0x10ffff) return 0;
    }
    else
    {
        for (i = 0; at < html->length && is_name_char(html->text[at]) && i < NAME_SIZE - 1; i++)
            name[i] = html->text[at++];
        name[i] = 0;
        for (i = 0; i < ARRAYSIZE(entities); i++)
            if (!strcmp(entities[i].name, name)) value = entities[i].character;
    }
    if (at >= html->length || html->text[at] != ';') return 0;
    *end = at + 1;
    return value;
}

static void put_entity(struct html *html)
{
    size_t end = 0;
    ULONG c = read_entity(html, &end);

    if (!c)
    {
        put_char(&html->writer, html->text[html->at++]);
        return;
    }
    put_markup(html, end, "84");
    put(&html->writer, "\\htmlrtf ");
    if (c > 0xffff)
    {
        put_char(&html->writer, 0xd800 + ((c - 0x10000) >> 10));
        put_char(&html->writer, 0xdc00 + ((c - 0x10000) & 0x3ff));
    }
    else
        put_char(&html->writer, c);
    put(&html->writer, "\\htmlrtf0 ");
}

/* Line ends and tabs are blanks to a reader, one for all in a row. */
static void put_space(struct html *html)
{
    size_t end = html->at;

    while (end < html->length && (html->text[end] == '\r' || html->text[end] == '\n'
                                  || html->text[end] == '\t'))
        end++;
    put_markup(html, end, "84");
    put_rtf_only(html, html->preformatted ? "\\line " : " ");
}

HRESULT rtf_from_html(const WCHAR *text, size_t length, byte_sink sink, void *context)
{
    struct html html = {{sink, context}, text, length};

    put(&html.writer, "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1\\deff0");
    put(&html.writer, fonts);
    while (html.at < length && SUCCEEDED(html.writer.hr))
    {
        switch (text[html.at])
        {
        case '<':
            put_tag(&html);
            break;
        case '&':
            put_entity(&html);
            break;
        case '\r':
        case '\n':
        case '\t':
            put_space(&html);
            break;
        default:
            put_char(&html.writer, text[html.at++]);
            break;
        }
    }
    put(&html.writer, "}");
    flush(&html.writer);
    return html.writer.hr;
}
