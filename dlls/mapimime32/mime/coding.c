/*
 * Content-Transfer-Encodings
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
 * Decoders take data in pieces of any size and read what is broken as far as it goes: base64 with
 * foreign characters, without its padding or padded in the middle; quoted-printable with a "=" that
 * means nothing, which then stands for itself.
 */

#include <stdlib.h>
#include <string.h>

#include "mime.h"

enum { UU_BEFORE, UU_IN, UU_AFTER };

enum mime_encoding mime_encoding_from_name(const char *name, size_t size)
{
    while (size && mime_is_space(*name)) name++, size--;
    if (size >= 6 && mime_equal(name, 6, "base64")) return MIME_BASE64;
    if (size >= 16 && mime_equal(name, 16, "quoted-printable")) return MIME_QP;
    if ((size >= 10 && mime_equal(name, 10, "x-uuencode"))
        || (size >= 8 && mime_equal(name, 8, "uuencode"))
        || (size >= 4 && mime_equal(name, 4, "x-uue"))) return MIME_UUENCODE;
    return MIME_IDENTITY;
}

/* -1: not one of base64's */
static int base64_value(unsigned char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

/* A quantum that is cut short, by padding or by the end. */
static void base64_finish(struct mime_decoder *decoder, struct mime_bytes *out)
{
    if (decoder->count == 2) mime_put_byte(out, decoder->bits >> 4);
    else if (decoder->count == 3)
    {
        mime_put_byte(out, decoder->bits >> 10);
        mime_put_byte(out, decoder->bits >> 2);
    }
    decoder->count = 0;
    decoder->bits = 0;
}

static void put_base64(struct mime_decoder *decoder, const char *data, size_t size,
                       struct mime_bytes *out)
{
    char chunk[192];
    size_t i, used = 0;
    int value;

    for (i = 0; i < size; i++)
    {
        if (data[i] == '=')
        {
            mime_put(out, chunk, used);
            used = 0;
            base64_finish(decoder, out);
            continue;
        }
        if ((value = base64_value(data[i])) < 0) continue;
        decoder->bits = decoder->bits << 6 | value;
        if (++decoder->count < 4) continue;
        if (used > sizeof(chunk) - 3)
        {
            mime_put(out, chunk, used);
            used = 0;
        }
        chunk[used++] = decoder->bits >> 16;
        chunk[used++] = decoder->bits >> 8;
        chunk[used++] = decoder->bits;
        decoder->bits = decoder->count = 0;
    }
    mime_put(out, chunk, used);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c = mime_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The blanks before c: of a line that ends they are padding. */
static void put_blanks(struct mime_decoder *decoder, struct mime_bytes *out)
{
    mime_put(out, decoder->line.data, decoder->line.size);
    decoder->line.size = 0;
}

/* held is "=", "=X", or "=" and blanks, of which line has the blanks. */
static void put_qp_byte(struct mime_decoder *decoder, char c, struct mime_bytes *out)
{
    if (decoder->count == 2)
    {
        int high = hex_value(decoder->held[1]), low = hex_value(c);

        decoder->count = 0;
        if (low >= 0)
        {
            mime_put_byte(out, high << 4 | low);
            return;
        }
        mime_put(out, decoder->held, 2);
    }
    else if (decoder->count == 1)
    {
        if (!decoder->line.size && hex_value(c) >= 0)
        {
            decoder->held[decoder->count++] = c;
            return;
        }
        if (c == '\n')
        {
            decoder->line.size = 0;
            decoder->count = 0;
            return;
        }
        if (c == ' ' || c == '\t' || c == '\r')
        {
            mime_put_byte(&decoder->line, c);
            return;
        }
        decoder->count = 0;
        mime_put_byte(out, '=');
    }
    switch (c)
    {
    case '=':
        put_blanks(decoder, out);
        decoder->held[0] = c;
        decoder->count = 1;
        break;
    case ' ':
    case '\t':
        mime_put_byte(&decoder->line, c);
        break;
    case '\r':
    case '\n':
        decoder->line.size = 0;
        mime_put_byte(out, c);
        break;
    default:
        put_blanks(decoder, out);
        mime_put_byte(out, c);
        break;
    }
}

static void uu_line(struct mime_decoder *decoder, struct mime_bytes *out)
{
    const unsigned char *line = (const unsigned char *)decoder->line.data;
    size_t size = decoder->line.size, i, count, done = 0;

    decoder->line.size = 0;
    while (size && (line[size - 1] == '\r' || line[size - 1] == '\n')) size--;
    if (decoder->state == UU_BEFORE)
    {
        if (size >= 6 && !memcmp(line, "begin ", 6)) decoder->state = UU_IN;
        return;
    }
    if (decoder->state == UU_AFTER || !size) return;
    if (size == 3 && !memcmp(line, "end", 3))
    {
        decoder->state = UU_AFTER;
        return;
    }
    count = (line[0] - ' ') & 0x3f;
    for (i = 1; i + 1 < size && done < count; i += 4)
    {
        unsigned value[4] = {0}, j;

        for (j = 0; j < 4 && i + j < size; j++) value[j] = (line[i + j] - ' ') & 0x3f;
        if (done++ < count) mime_put_byte(out, value[0] << 2 | value[1] >> 4);
        if (done < count) done++, mime_put_byte(out, value[1] << 4 | value[2] >> 2);
        if (done < count) done++, mime_put_byte(out, value[2] << 6 | value[3]);
    }
}

void mime_decoder_put(struct mime_decoder *decoder, const char *data, size_t size,
                      struct mime_bytes *out)
{
    size_t i;

    switch (decoder->encoding)
    {
    case MIME_IDENTITY:
        mime_put(out, data, size);
        break;
    case MIME_BASE64:
        put_base64(decoder, data, size, out);
        break;
    case MIME_QP:
        for (i = 0; i < size; i++) put_qp_byte(decoder, data[i], out);
        break;
    case MIME_UUENCODE:
        for (i = 0; i < size; i++)
        {
            /* Lines have 62 characters; of a longer one the rest means nothing. */
            if (decoder->line.size < 256) mime_put_byte(&decoder->line, data[i]);
            if (data[i] == '\n') uu_line(decoder, out);
        }
        break;
    }
    if (decoder->line.failed) out->failed = TRUE;
}

void mime_decoder_end(struct mime_decoder *decoder, struct mime_bytes *out)
{
    if (decoder->encoding == MIME_BASE64) base64_finish(decoder, out);
    else if (decoder->encoding == MIME_UUENCODE && decoder->line.size) uu_line(decoder, out);
    else if (decoder->encoding == MIME_QP && decoder->count == 2)
        mime_put(out, decoder->held, decoder->count);
    decoder->count = 0;
}

void mime_decoder_free(struct mime_decoder *decoder)
{
    mime_bytes_free(&decoder->line);
}

void mime_put_base64(struct mime_bytes *out, const void *data, size_t size, unsigned *column)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = data;
    char quantum[4];
    ULONG bits;

    for (; size; p += 3)
    {
        size_t count = size < 3 ? size : 3;

        bits = p[0] << 16 | (count > 1 ? p[1] << 8 : 0) | (count > 2 ? p[2] : 0);
        quantum[0] = digits[bits >> 18];
        quantum[1] = digits[bits >> 12 & 0x3f];
        quantum[2] = count > 1 ? digits[bits >> 6 & 0x3f] : '=';
        quantum[3] = count > 2 ? digits[bits & 0x3f] : '=';
        mime_put(out, quantum, 4);
        size -= count;
        if ((*column += 4) >= 76)
        {
            mime_put(out, "\r\n", 2);
            *column = 0;
        }
    }
}

void mime_put_qp(struct mime_bytes *out, const char *data, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t i, column = 0;

    for (i = 0; i < size; i++)
    {
        unsigned char c = data[i];
        BOOL last = i + 1 == size || (data[i + 1] == '\r' && i + 2 < size && data[i + 2] == '\n');
        BOOL plain = (c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !last);
        size_t width;

        if (c == '\r' && i + 1 < size && data[i + 1] == '\n')
        {
            mime_put(out, "\r\n", 2);
            column = 0;
            i++;
            continue;
        }
        /* SMTP takes a dot that begins a line for its own, mbox a From. */
        if (!column && (c == '.' || (c == 'F' && size - i >= 5 && !memcmp(data + i, "From ", 5))))
            plain = FALSE;
        width = plain ? 1 : 3;
        if (column + width > (last ? 76 : 75))
        {
            mime_put(out, "=\r\n", 3);
            column = 0;
        }
        if (plain) mime_put_byte(out, c);
        else
        {
            mime_put_byte(out, '=');
            mime_put_byte(out, digits[c >> 4]);
            mime_put_byte(out, digits[c & 15]);
        }
        column += width;
    }
}

void mime_put_uu(struct mime_bytes *out, const void *data, size_t size)
{
    const unsigned char *p = data;
    size_t i;
    unsigned j;

    mime_put_byte(out, size ? ' ' + (char)size : '`');
    for (i = 0; i < size; i += 3)
    {
        ULONG bits = p[i] << 16 | (i + 1 < size ? p[i + 1] << 8 : 0)
                     | (i + 2 < size ? p[i + 2] : 0);

        for (j = 0; j < 4; j++)
        {
            unsigned value = bits >> (18 - 6 * j) & 0x3f;
            mime_put_byte(out, value ? ' ' + value : '`');
        }
    }
    mime_put(out, "\r\n", 2);
}
