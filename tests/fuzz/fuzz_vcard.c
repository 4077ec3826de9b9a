/*
 * Fuzzer of programs/mapictl/vcard
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
 * Any bytes as a file of vCards. The limits have to hold, and what is written of a text that was
 * read has to be read as that text again.
 */

#include <stdlib.h>
#include <string.h>

#include "../../dlls/mapimime32/mime/buffer.c"
#include "../../dlls/mapimime32/mime/charset.c"
#include "../../dlls/mapimime32/mime/coding.c"
#include "../../programs/mapictl/vcard/read.c"
#include "../../programs/mapictl/vcard/write.c"

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

BOOL mime_system_decode(UINT codepage, const char *data, size_t size, BOOL lenient,
                        struct mime_text *text)
{
    return FALSE;
}

static void write_again(const struct mime_text *text, unsigned version)
{
    struct vcard_writer writer = { version };
    struct vcard_reader reader;
    struct mime_text back = { 0 }, plain = { 0 };
    struct vcard card;
    size_t i;

    /* Control characters become blanks, surrogates without their other half something else, and a
     * byte order mark is no character. */
    for (i = 0; i < text->length; i++)
    {
        WCHAR c = text->data[i];

        if (c == '\r' || c == '\n'
            || (c >= ' ' && c != 0x7f && c != 0xfeff && (c < 0xd800 || c >= 0xe000)))
            mime_text_put_char(&plain, c);
    }
    /* Blanks before a value are not of it. */
    for (i = 0; i < plain.length && plain.data[i] == ' '; i++) plain.data[i] = '-';
    mime_text_put(&plain, NULL, 0);
    vcard_begin(&writer);
    vcard_put_property(&writer, "FN", VCARD_HOME, TRUE, plain.data);
    vcard_end(&writer);
    if (!vcard_reader_init(&reader, writer.out.data, writer.out.size)) abort();
    if (vcard_next(&reader, &card) != S_OK || card.count != 2 || card.version != version) abort();
    if (!vcard_part(&card, &card.properties[1], 0, 0, &back)) abort();
    if (back.length != plain.length || memcmp(back.data, plain.data, back.length * sizeof(WCHAR)))
        abort();
    vcard_free(&card);
    vcard_reader_free(&reader);
    vcard_writer_free(&writer);
    mime_text_free(&back);
    mime_text_free(&plain);
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    unsigned year, month, day, cards = 0;
    struct vcard_reader reader;
    struct mime_text text = { 0 };
    struct vcard card;
    size_t i, j;

    if (!vcard_reader_init(&reader, data, size)) abort();
    while (vcard_next(&reader, &card) == S_OK)
    {
        if (card.count > VCARD_MAX_PROPERTIES) abort();
        if (card.version != 21 && card.version != 30 && card.version != 40) abort();
        for (i = 0; i < card.count; i++)
        {
            const struct vcard_property *property = &card.properties[i];

            if (!*property->name || strlen(property->name) >= VCARD_MAX_NAME) abort();
            if (property->preference < 1 || property->preference > VCARD_UNPREFERRED) abort();
            if (property->text.length && property->data.size) abort();
            if (!vcard_find(&card, property->name)) abort();
            for (j = 0; j < 4; j++)
            {
                vcard_part(&card, property, ';', j, &text);
                vcard_part(&card, property, ',', j, &text);
            }
            text.length = 0;
            if (!vcard_part(&card, property, 0, 0, &text)) abort();
            if (vcard_part(&card, property, 0, 1, &text)) abort();
            if (vcard_date(&card, property, &year, &month, &day) && (month > 12 || day > 31))
                abort();
            if (cards < 4 && i < 16) write_again(&text, i % 2 ? 30 : 40);
            text.length = 0;
        }
        vcard_free(&card);
        cards++;
    }
    mime_text_free(&text);
    vcard_reader_free(&reader);
    return 0;
}
