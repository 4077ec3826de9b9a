/*
 * Lists of addresses
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
 * Each address between the commas is read for itself, so that one that breaks the rules costs no
 * other: what stands in angles is the address and the rest the name; without angles the text is the
 * address and a comment the name; a group's name is passed over and its members are found.
 */

#include <string.h>

#include "mime.h"

struct one
{
    struct mime_bytes phrase, angle, comment;
    BOOL has_angle, quoted, has_at;      /* has_at: in phrase */
};

static void trim(struct mime_bytes *bytes)
{
    while (bytes->size && mime_is_space(bytes->data[bytes->size - 1])) bytes->size--;
}

static void trim_text(struct mime_text *text)
{
    size_t i, kept = 0;

    for (i = 0; i < text->length; i++)
    {
        WCHAR c = text->data[i];

        if (c < ' ' || c == 0x7f) c = ' ';
        if (c == ' ' && (!kept || text->data[kept - 1] == ' ')) continue;
        text->data[kept++] = c;
    }
    if (kept && text->data[kept - 1] == ' ') kept--;
    text->length = kept;
    if (text->data) text->data[kept] = 0;
}

/* "@a,@b:user@host" is a route and an address. */
static void put_address(const struct mime_bytes *from, UINT codepage, struct mime_text *text)
{
    const char *data = from->data, *colon;
    size_t size = from->size, i;
    struct mime_bytes clean = {0};

    if (size && data[0] == '@' && (colon = memchr(data, ':', size)))
    {
        size -= colon + 1 - data;
        data = colon + 1;
    }
    for (i = 0; i < size; i++)
        if (!mime_is_space(data[i]) && data[i] != '<') mime_put_byte(&clean, data[i]);
    mime_decode_words(clean.data, clean.size, codepage, text);
    if (clean.failed) text->failed = TRUE;
    mime_bytes_free(&clean);
}

static BOOL is_address(const struct mime_bytes *bytes)
{
    size_t i;

    if (!bytes->size || !memchr(bytes->data, '@', bytes->size)) return FALSE;
    for (i = 0; i < bytes->size; i++)
        if (mime_is_space(bytes->data[i])) return FALSE;
    return TRUE;
}

static BOOL report(struct one *one, UINT codepage,
                   BOOL (*found)(void *context, const struct mime_mailbox *mailbox), void *context)
{
    struct mime_text name = {0}, address = {0};
    struct mime_mailbox mailbox;
    BOOL more = TRUE;

    trim(&one->phrase);
    trim(&one->angle);
    if (one->has_angle)
    {
        mime_decode_words(one->phrase.data, one->phrase.size, codepage, &name);
        if (!one->phrase.size)
            mime_decode_words(one->comment.data, one->comment.size, codepage, &name);
        put_address(&one->angle, codepage, &address);
    }
    else if (is_address(&one->phrase) || (one->phrase.size && !one->quoted
             && !memchr(one->phrase.data, ' ', one->phrase.size)))
    {
        put_address(&one->phrase, codepage, &address);
        mime_decode_words(one->comment.data, one->comment.size, codepage, &name);
    }
    else if (one->phrase.size)
    {
        /* "John Smith j@x.org": the last word is an address, whatever became of its angles. */
        const char *data = one->phrase.data;
        size_t size = one->phrase.size, word = size;

        while (word && !mime_is_space(data[word - 1])) word--;
        if (memchr(data + word, '@', size - word) && !one->quoted)
        {
            mime_decode_words(data, word, codepage, &name);
            mime_decode(codepage, data + word, size - word, &address);
        }
        else mime_decode_words(data, size, codepage, &name);
    }
    trim_text(&name);
    trim_text(&address);
    mailbox.name = name.data;
    mailbox.name_length = name.length;
    mailbox.address = address.data;
    mailbox.address_length = address.length;
    if (name.failed || address.failed || one->phrase.failed || one->angle.failed
        || one->comment.failed) more = FALSE;
    else if (name.length || address.length) more = found(context, &mailbox);
    mime_text_free(&name);
    mime_text_free(&address);
    one->phrase.size = one->angle.size = one->comment.size = 0;
    one->has_angle = one->quoted = one->has_at = FALSE;
    return more;
}

void mime_parse_addresses(const char *value, size_t size, UINT codepage,
                          BOOL (*found)(void *context, const struct mime_mailbox *mailbox),
                          void *context)
{
    struct one one = {{0}};
    size_t i, depth = 0, count = 0;
    BOOL quote = FALSE, angle = FALSE;

    for (i = 0; i <= size; i++)
    {
        char c = i < size ? value[i] : ',';
        struct mime_bytes *to = depth ? &one.comment : angle ? &one.angle : &one.phrase;

        if (i == size) quote = angle = FALSE, depth = 0;
        if (quote)
        {
            if (c == '\\' && i + 1 < size) mime_put_byte(to, value[++i]);
            else if (c == '"')
            {
                quote = FALSE;
                if (angle) mime_put_byte(to, c);
            }
            else mime_put_byte(to, c);
            continue;
        }
        if (depth)
        {
            if (c == '\\' && i + 1 < size) mime_put_byte(to, value[++i]);
            else if (c == ')' && !--depth) continue;
            else
            {
                if (c == '(') depth++;
                mime_put_byte(to, c);
            }
            continue;
        }
        switch (c)
        {
        case '"':
            quote = TRUE;
            /* In an address the quotes mean something: "john smith"@x.org */
            if (angle) mime_put_byte(to, c);
            else one.quoted = TRUE;
            break;
        case '(':
            depth = 1;
            if (one.comment.size) mime_put_byte(&one.comment, ' ');
            break;
        case '<':
            if (!one.has_angle) one.angle.size = 0;
            angle = one.has_angle = TRUE;
            break;
        case '>':
            angle = FALSE;
            break;
        case ',':
        case ';':
            /* A route has commas in the angles; a list with an angle left open has addresses after
             * it. */
            if (angle && c == ',' && one.angle.size && one.angle.data[0] == '@')
            {
                mime_put_byte(to, c);
                break;
            }
            angle = FALSE;
            if (++count > MIME_MAX_MAILBOX || !report(&one, codepage, found, context)) i = size;
            break;
        case ':':
            if (angle || one.has_at)
                mime_put_byte(to, c);
            else
            {
                /* The name of a group. */
                one.phrase.size = one.comment.size = 0;
                one.quoted = FALSE;
            }
            break;
        default:
            if (!to->size && mime_is_space(c)) break;
            if (c == '@' && !angle) one.has_at = TRUE;
            mime_put_byte(to, mime_is_space(c) ? ' ' : c);
            break;
        }
    }
    mime_bytes_free(&one.phrase);
    mime_bytes_free(&one.angle);
    mime_bytes_free(&one.comment);
}
