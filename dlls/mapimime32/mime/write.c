/*
 * Writing of header fields
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
 * No text of a message can begin a field of its own: what is not printable becomes a blank before
 * it is written. Lines are folded at 76 characters where there is a blank to fold at.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mime.h"

#define LINE 76

static size_t wide_length(const WCHAR *text)
{
    size_t length = 0;

    while (text[length]) length++;
    return length;
}

/* UTF-8 of one line. */
static void put_utf8(struct mime_bytes *out, const WCHAR *text)
{
    size_t length = wide_length(text), i, begun = out->size;

    mime_encode_utf8(text, length, out);
    if (out->failed) return;
    for (i = begun; i < out->size; i++)
        if ((unsigned char)out->data[i] < ' ' || out->data[i] == 0x7f) out->data[i] = ' ';
}

static size_t column(const struct mime_bytes *out)
{
    size_t i = out->size;

    while (i && out->data[i - 1] != '\n') i--;
    return out->size - i;
}

static BOOL is_ascii(const struct mime_bytes *bytes)
{
    size_t i;

    for (i = 0; i < bytes->size; i++) if (bytes->data[i] & 0x80) return FALSE;
    return TRUE;
}

/* Nothing that reads as an encoded word or would not fit on a line. */
static BOOL is_plain(const struct mime_bytes *bytes)
{
    size_t i, word = 0;

    for (i = 0; i < bytes->size; i++)
    {
        word = bytes->data[i] == ' ' ? 0 : word + 1;
        if (bytes->data[i] == '=' && i + 1 < bytes->size && bytes->data[i + 1] == '?') return FALSE;
        if (word > 900) return FALSE;
    }
    return is_ascii(bytes);
}

/* Words with folds between them. */
static void put_folded(struct mime_bytes *out, const char *data, size_t size)
{
    size_t i = 0, end, at = column(out);

    while (i < size)
    {
        /* The blanks before a word stay with it: unfolding brings them back. */
        for (end = i; end < size && data[end] == ' ';) end++;
        while (end < size && data[end] != ' ') end++;
        if (i && at + end - i > LINE && data[i] == ' ' && end - i > 1 && data[end - 1] != ' ')
        {
            mime_put(out, "\r\n", 2);
            at = 0;
        }
        mime_put(out, data + i, end - i);
        at += end - i;
        i = end;
    }
}

/* Encoded words of UTF-8, none longer than 75, cut between characters. */
static void put_encoded(struct mime_bytes *out, const char *data, size_t size)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t i, plain = 0, at = 0, next, width, used, used_before = column(out);
    BOOL base64, first = TRUE;
    unsigned unused;

    for (i = 0; i < size; i++)
        if ((unsigned char)data[i] < 0x80) plain++;
    base64 = plain * 2 < size;
    while (at < size)
    {
        size_t room = 75 - 12 - (first && used_before < 50 ? used_before : 0);

        if (first && used_before >= 50) mime_put(out, "\r\n ", 3);
        else if (!first) mime_put(out, "\r\n ", 3);
        first = FALSE;
        used = 0;
        for (next = at; next < size; next = i)
        {
            for (i = next + 1; i < size && (data[i] & 0xc0) == 0x80;) i++;
            if (base64) width = (i - at + 2) / 3 * 4 - used;
            else if (i - next == 1 && ((data[next] >= 'a' && data[next] <= 'z') || data[next] == ' '
                     || (data[next] >= 'A' && data[next] <= 'Z')
                     || (data[next] >= '0' && data[next] <= '9'))) width = 1;
            else width = 3 * (i - next);
            if (used + width > room && next > at) break;
            used += width;
        }
        mime_put_string(out, base64 ? "=?utf-8?B?" : "=?utf-8?Q?");
        /* The column is of no use here: a word is shorter than a line. */
        unused = 0;
        if (base64) mime_put_base64(out, data + at, next - at, &unused);
        else for (i = at; i < next; i++)
        {
            unsigned char c = data[i];

            if (c == ' ') mime_put_byte(out, '_');
            else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
                mime_put_byte(out, c);
            else
            {
                mime_put_byte(out, '=');
                mime_put_byte(out, hex[c >> 4]);
                mime_put_byte(out, hex[c & 15]);
            }
        }
        mime_put(out, "?=", 2);
        at = next;
    }
}

void mime_put_text_field(struct mime_bytes *out, const char *name, const WCHAR *text,
                         BOOL eight_bit)
{
    struct mime_bytes utf8 = {0};

    put_utf8(&utf8, text);
    while (utf8.size && utf8.data[utf8.size - 1] == ' ') utf8.size--;
    mime_put_string(out, name);
    mime_put(out, ": ", 2);
    if (eight_bit || is_plain(&utf8)) put_folded(out, utf8.data, utf8.size);
    else put_encoded(out, utf8.data, utf8.size);
    mime_put(out, "\r\n", 2);
    if (utf8.failed) out->failed = TRUE;
    mime_bytes_free(&utf8);
}

void mime_put_words_field(struct mime_bytes *out, const char *name, const WCHAR *words)
{
    struct mime_bytes utf8 = {0};

    put_utf8(&utf8, words);
    mime_put_string(out, name);
    mime_put(out, ": ", 2);
    if (utf8.size) put_folded(out, utf8.data, utf8.size);
    mime_put(out, "\r\n", 2);
    if (utf8.failed) out->failed = TRUE;
    mime_bytes_free(&utf8);
}

void mime_put_mailbox(struct mime_bytes *out, const WCHAR *name, const WCHAR *address, BOOL first,
                      BOOL eight_bit)
{
    static const char atoms[] = "!#$%&'*+-/=?^_`{|}~ ";
    struct mime_bytes phrase = {0}, at = {0}, whole = {0};
    BOOL quoted = FALSE, encoded = FALSE;
    size_t i, kept = 0;

    put_utf8(&phrase, name ? name : L"");
    put_utf8(&at, address);
    for (i = 0; i < at.size; i++)
        if (at.data[i] != ' ' && at.data[i] != '<' && at.data[i] != '>')
            at.data[kept++] = at.data[i];
    at.size = kept;
    while (phrase.size && phrase.data[phrase.size - 1] == ' ') phrase.size--;
    if (phrase.size && !(phrase.size == at.size && !memcmp(phrase.data, at.data, at.size)))
    {
        encoded = !eight_bit && !is_plain(&phrase);
        for (i = 0; !encoded && i < phrase.size; i++)
        {
            char c = phrase.data[i];
            if (!(c & 0x80) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')
                && !(c >= '0' && c <= '9') && !strchr(atoms, c)) quoted = TRUE;
        }
        if (!encoded)
        {
            if (quoted) mime_put_byte(&whole, '"');
            for (i = 0; i < phrase.size; i++)
            {
                if (phrase.data[i] == '"' || phrase.data[i] == '\\') mime_put_byte(&whole, '\\');
                mime_put_byte(&whole, phrase.data[i]);
            }
            if (quoted) mime_put_byte(&whole, '"');
            mime_put_byte(&whole, ' ');
        }
        mime_put_byte(&whole, '<');
        mime_put(&whole, at.data, at.size);
        mime_put_byte(&whole, '>');
    }
    else mime_put(&whole, at.data, at.size);
    if (!first) mime_put_byte(out, ',');
    if (!first && (encoded || column(out) + whole.size + 1 > LINE)) mime_put(out, "\r\n ", 3);
    else if (!first) mime_put_byte(out, ' ');
    if (encoded)
    {
        put_encoded(out, phrase.data, phrase.size);
        if (column(out) + whole.size + 1 > LINE) mime_put(out, "\r\n", 2);
        mime_put_byte(out, ' ');
    }
    mime_put(out, whole.data, whole.size);
    if (phrase.failed || at.failed || whole.failed) out->failed = TRUE;
    mime_bytes_free(&phrase);
    mime_bytes_free(&at);
    mime_bytes_free(&whole);
}

void mime_put_parameter(struct mime_bytes *out, const char *name, const WCHAR *value)
{
    static const char hex[] = "0123456789ABCDEF";
    struct mime_bytes utf8 = {0};
    size_t i, used = 0, encoded = 0;
    BOOL simple;
    unsigned number = 0;
    char head[64];

    put_utf8(&utf8, value);
    simple = is_ascii(&utf8) && utf8.size <= 60;
    if (simple)
    {
        sprintf(head, ";\r\n\t%.40s=\"", name);
        mime_put_string(out, head);
        for (i = 0; i < utf8.size; i++)
        {
            if (utf8.data[i] == '"' || utf8.data[i] == '\\') mime_put_byte(out, '\\');
            mime_put_byte(out, utf8.data[i]);
        }
        mime_put_byte(out, '"');
    }
    else
    {
        for (i = 0; i < utf8.size; i++)
            encoded += (utf8.data[i] & 0x80) || !strchr("!#$&+-.^_`|~", utf8.data[i]) ? 3 : 1;
        for (i = 0; i < utf8.size; i++)
        {
            unsigned char c = utf8.data[i];
            BOOL plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                         || (c < 0x80 && strchr("!#$&+-.^_`|~", c));

            if (!i || used > 50)
            {
                if (encoded <= 50) sprintf(head, ";\r\n\t%.40s*=", name);
                else sprintf(head, ";\r\n\t%.40s*%u*=", name, number++);
                mime_put_string(out, head);
                if (!i) mime_put_string(out, "utf-8''");
                used = 0;
            }
            if (plain) mime_put_byte(out, c);
            else
            {
                mime_put_byte(out, '%');
                mime_put_byte(out, hex[c >> 4]);
                mime_put_byte(out, hex[c & 15]);
            }
            used += plain ? 1 : 3;
        }
    }
    if (utf8.failed) out->failed = TRUE;
    mime_bytes_free(&utf8);
}
