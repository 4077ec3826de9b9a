/*
 * Text of bodies
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

#include <stdlib.h>
#include <string.h>

#include "mime.h"

static void put_newline(struct mime_text *out)
{
    static const WCHAR crlf[] = {'\r', '\n'};

    mime_text_put(out, crlf, 2);
}

/* A line without its end, and where the next begins. */
static size_t line_size(const WCHAR *text, size_t length, size_t *next)
{
    size_t i = 0;

    while (i < length && text[i] != '\n' && text[i] != '\r') i++;
    *next = i;
    if (i < length && text[i] == '\r')
    {
        ++*next;
        /* CR CR LF is what gateways make of CR LF. */
        if (*next + 1 < length && text[*next] == '\r' && text[*next + 1] == '\n') ++*next;
        if (*next < length && text[*next] == '\n') ++*next;
    }
    else if (i < length) ++*next;
    return i;
}

/* Without the characters that would end the text for whoever reads it as a string. */
static void put_line(const WCHAR *line, size_t length, struct mime_text *out)
{
    size_t i, begun = 0;

    for (i = 0; i < length; i++)
        if (!line[i])
        {
            mime_text_put(out, line + begun, i - begun);
            begun = i + 1;
        }
    mime_text_put(out, line + begun, length - begun);
}

void mime_unflow(const WCHAR *text, size_t length, BOOL flowed, BOOL delsp, struct mime_text *out)
{
    size_t at = 0, next, size, quotes, depth = 0, i;
    BOOL joined = FALSE, soft;

    while (at < length)
    {
        const WCHAR *line = text + at;

        size = line_size(line, length - at, &next);
        soft = FALSE;
        if (flowed)
        {
            for (quotes = 0; quotes < size && line[quotes] == '>';) quotes++;
            if (joined && quotes != depth)
            {
                put_newline(out);
                joined = FALSE;
            }
            i = joined ? quotes : 0;
            depth = quotes;
            /* A blank was put before what would mean something else. */
            if (joined && i < size && line[i] == ' ') i++;
            else if (!quotes && size && line[0] == ' ') i = 1;
            soft = size > quotes && line[size - 1] == ' '
                   && !(size - quotes >= 3 && size - quotes <= 4 && line[size - 2] == '-'
                        && line[size - 3] == '-');
            put_line(line + i, size - i - (soft && delsp && size > i ? 1 : 0), out);
        }
        else put_line(line, size, out);
        joined = soft && at + next < length;
        if (next > size && !joined) put_newline(out);
        at += next;
    }
}

void mime_wrap(const WCHAR *text, size_t length, size_t width, struct mime_text *out)
{
    size_t at = 0, next, size, cut;

    if (!width) width = 1;
    while (at < length)
    {
        const WCHAR *line = text + at;

        size = line_size(line, length - at, &next);
        while (size > width)
        {
            for (cut = width; cut && line[cut] != ' ';) cut--;
            if (!cut) for (cut = width; cut < size && line[cut] != ' ';) cut++;
            if (cut >= size) break;
            mime_text_put(out, line, cut);
            put_newline(out);
            cut++;
            line += cut;
            size -= cut;
            next -= cut;
            at += cut;
        }
        mime_text_put(out, line, size);
        if (next > size) put_newline(out);
        at += next;
    }
}

/* ---------------------------------------------------------------------------------------- HTML */

struct html
{
    const WCHAR *text;
    size_t length, at;
    struct mime_text *out;
    BOOL blank, begun;          /* a blank is due; the line has something */
    BOOL quotes_broken;         /* one was not closed: what follows has none */
    unsigned pre;
};

static BOOL match(const struct html *html, size_t at, const char *word)
{
    size_t i;

    for (i = 0; word[i]; i++)
    {
        WCHAR c = at + i < html->length ? html->text[at + i] : 0;
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (c != (unsigned char)word[i]) return FALSE;
    }
    return TRUE;
}

static BOOL is_tag(const struct html *html, size_t at, const char *name)
{
    WCHAR c;

    if (!match(html, at, name)) return FALSE;
    at += strlen(name);
    c = at < html->length ? html->text[at] : '>';
    return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void html_newline(struct html *html, BOOL always)
{
    if (html->begun || always) put_newline(html->out);
    html->begun = html->blank = FALSE;
}

static void html_char(struct html *html, WCHAR c)
{
    if (!html->pre && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
    {
        html->blank = html->begun;
        return;
    }
    if (html->blank) mime_text_put_char(html->out, ' ');
    html->blank = FALSE;
    if (!c) return;
    if (c == '\n') html_newline(html, TRUE);
    else if (c != '\r')
    {
        mime_text_put_char(html->out, c);
        html->begun = TRUE;
    }
}

/* Behind the end of an element whose text is none. */
static void html_skip(struct html *html, const char *end)
{
    while (html->at < html->length && !match(html, html->at, end)) html->at++;
    while (html->at < html->length && html->text[html->at++] != '>') ;
}

static void html_entity(struct html *html)
{
    static const struct { const char *name; WCHAR c; } entities[] =
    {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '},
        {"copy", 0xa9}, {"reg", 0xae}, {"euro", 0x20ac}, {"pound", 0xa3}, {"sect", 0xa7},
        {"laquo", 0xab}, {"raquo", 0xbb}, {"deg", 0xb0}, {"middot", 0xb7}, {"hellip", 0x2026},
        {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019},
        {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"bdquo", 0x201e}, {"bull", 0x2022},
        {"trade", 0x2122}, {"auml", 0xe4}, {"ouml", 0xf6}, {"uuml", 0xfc}, {"Auml", 0xc4},
        {"Ouml", 0xd6}, {"Uuml", 0xdc}, {"szlig", 0xdf}, {"eacute", 0xe9}, {"egrave", 0xe8},
        {"agrave", 0xe0}, {"aacute", 0xe1}, {"acirc", 0xe2}, {"ecirc", 0xea}, {"ccedil", 0xe7},
        {"ntilde", 0xf1}, {"oacute", 0xf3}, {"iacute", 0xed}, {"uacute", 0xfa}, {"oslash", 0xf8},
        {"aring", 0xe5}, {"aelig", 0xe6}, {"iuml", 0xef}, {"ocirc", 0xf4}, {"icirc", 0xee}
    };
    size_t at = html->at + 1, i, size;
    ULONG value = 0;

    if (at < html->length && html->text[at] == '#')
    {
        BOOL hex = ++at < html->length && (html->text[at] | 0x20) == 'x';
        size_t first = hex ? ++at : at;

        for (; at < html->length && value < 0x110000; at++)
        {
            WCHAR c = html->text[at], lower = c | 0x20;
            if (c >= '0' && c <= '9') value = value * (hex ? 16 : 10) + c - '0';
            else if (hex && lower >= 'a' && lower <= 'f') value = value * 16 + lower - 'a' + 10;
            else break;
        }
        if (at > first && value && value < 0x110000)
        {
            html->at = at < html->length && html->text[at] == ';' ? at + 1 : at;
            if (value == 0xa0) value = ' ';
            if (value >= 0x10000)
            {
                html_char(html, 0xd800 + ((value - 0x10000) >> 10));
                value = 0xdc00 + ((value - 0x10000) & 0x3ff);
            }
            html_char(html, value);
            return;
        }
    }
    else for (i = 0; i < ARRAY_SIZE(entities); i++)
    {
        const char *name = entities[i].name;

        for (size = 0; name[size] && at + size < html->length
             && html->text[at + size] == (unsigned char)name[size];) size++;
        if (name[size] || at + size >= html->length || html->text[at + size] != ';') continue;
        html->at = at + size + 1;
        if (entities[i].c == ' ')
        {
            /* One that stays, even where blanks do not. */
            if (html->blank) mime_text_put_char(html->out, ' ');
            html->blank = FALSE;
            html->begun = TRUE;
            mime_text_put_char(html->out, ' ');
        }
        else html_char(html, entities[i].c);
        return;
    }
    html->at++;
    html_char(html, '&');
}

static void html_tag(struct html *html)
{
    static const char *const breaks[] =
        {"div", "tr", "li", "ul", "ol", "table", "blockquote", "dt", "dd", "hr", "center"};
    static const char *const paragraphs[] = {"p", "h1", "h2", "h3", "h4", "h5", "h6"};
    size_t at = html->at + 1, i;
    BOOL closing;
    WCHAR quote = 0;

    if (match(html, at, "!--"))
    {
        html->at = at + 3;
        while (html->at < html->length && !match(html, html->at, "-->")) html->at++;
        html->at = html->at < html->length ? html->at + 3 : html->length;
        return;
    }
    if (is_tag(html, at, "script")) { html_skip(html, "</script"); return; }
    if (is_tag(html, at, "style")) { html_skip(html, "</style"); return; }
    if (is_tag(html, at, "title")) { html_skip(html, "</title"); return; }
    closing = at < html->length && html->text[at] == '/';
    if (closing) at++;
    if (is_tag(html, at, "br")) html_newline(html, TRUE);
    else if (is_tag(html, at, "pre"))
    {
        html_newline(html, FALSE);
        if (!closing) html->pre++;
        else if (html->pre) html->pre--;
    }
    else if ((is_tag(html, at, "td") || is_tag(html, at, "th")) && !closing && html->begun)
    {
        mime_text_put_char(html->out, '\t');
        html->blank = FALSE;
    }
    for (i = 0; i < ARRAY_SIZE(breaks); i++)
        if (is_tag(html, at, breaks[i])) html_newline(html, FALSE);
    for (i = 0; i < ARRAY_SIZE(paragraphs); i++)
        if (is_tag(html, at, paragraphs[i]))
        {
            BOOL begun = html->begun;
            html_newline(html, FALSE);
            if (closing && begun) html_newline(html, TRUE);
        }
    if (is_tag(html, at, "li") && !closing)
    {
        html_char(html, '*');
        html_char(html, ' ');
    }
    /* A quote that is not closed would take the rest of the text with it. */
    for (i = at; i < html->length && (quote || html->text[i] != '>') && i - at < 65536; i++)
    {
        if (quote && html->text[i] == quote) quote = 0;
        else if (!quote && i > at && html->text[i - 1] == '='
                 && (html->text[i] == '"' || html->text[i] == '\'') && !html->quotes_broken)
            quote = html->text[i];
    }
    if (i == html->length || html->text[i] != '>')
    {
        html->quotes_broken = TRUE;
        for (i = at; i < html->length && html->text[i] != '>';) i++;
    }
    html->at = i < html->length ? i + 1 : html->length;
}

void mime_html_to_text(const WCHAR *text, size_t length, struct mime_text *out)
{
    struct html html = {text, length, 0, out};

    while (html.at < length)
    {
        WCHAR c = text[html.at], next = html.at + 1 < length ? text[html.at + 1] : 0;

        if (c == '<' && (next == '/' || next == '!' || next == '?' || (next | 0x20) >= 'a'))
            html_tag(&html);
        else if (c == '&') html_entity(&html);
        else
        {
            html_char(&html, c);
            html.at++;
        }
    }
    /* An empty line at the end is none of the text. */
    while (out->length >= 4 && out->data[out->length - 1] == '\n'
           && out->data[out->length - 3] == '\n')
        out->length -= 2;
    if (out->data) out->data[out->length] = 0;
}
