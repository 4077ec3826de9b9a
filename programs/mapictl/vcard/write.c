/*
 * mapictl: vCards, writing
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

/* Lines are folded at 75 bytes, never inside of a character, and end with CRLF. */

#include <string.h>

#include "vcard.h"

#define LINE_MAX 75

static void put_folded(struct vcard_writer *writer)
{
    const char *p = writer->line.data;
    size_t left = writer->line.size, room = LINE_MAX, count;

    if (writer->line.failed) writer->out.failed = TRUE;
    if (writer->out.failed) return;
    while (left > room)
    {
        for (count = room; count && ((BYTE)p[count] & 0xc0) == 0x80; count--) ;
        if (!count) count = room;
        mime_put(&writer->out, p, count);
        mime_put_string(&writer->out, "\r\n ");
        p += count;
        left -= count;
        room = LINE_MAX - 1;
    }
    mime_put(&writer->out, p, left);
    mime_put_string(&writer->out, "\r\n");
}

void vcard_begin(struct vcard_writer *writer)
{
    mime_put_string(&writer->out, "BEGIN:VCARD\r\nVERSION:");
    mime_put_string(&writer->out, writer->version == 40 ? "4.0\r\n" : "3.0\r\n");
}

void vcard_end(struct vcard_writer *writer)
{
    mime_put_string(&writer->out, "END:VCARD\r\n");
}

void vcard_property_begin(struct vcard_writer *writer, const char *name, ULONG types,
                          BOOL preferred)
{
    static const struct { const char *name; ULONG bit; } names[] =
    {
        { "home", VCARD_HOME }, { "work", VCARD_WORK }, { "cell", VCARD_CELL }, { "fax", VCARD_FAX },
        { "pager", VCARD_PAGER }, { "voice", VCARD_VOICE }, { "car", VCARD_CAR },
        { "isdn", VCARD_ISDN }, { "textphone", VCARD_TEXTPHONE }, { "internet", VCARD_INTERNET },
        { "x400", VCARD_X400 }
    };
    const char *before = ";TYPE=";
    size_t i;

    writer->line.size = 0;
    mime_put_string(&writer->line, name);
    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        if (!(types & names[i].bit)) continue;
        /* 4.0 has no mail but that of the Internet. */
        if (writer->version == 40 && names[i].bit == VCARD_INTERNET) continue;
        mime_put_string(&writer->line, before);
        mime_put_string(&writer->line, names[i].name);
        before = ",";
    }
    if (preferred && writer->version == 40) mime_put_string(&writer->line, ";PREF=1");
    else if (preferred)
    {
        mime_put_string(&writer->line, before);
        mime_put_string(&writer->line, "pref");
    }
    mime_put_byte(&writer->line, ':');
}

void vcard_put_text(struct vcard_writer *writer, const WCHAR *text)
{
    struct mime_text escaped = { 0 };

    for (; text && *text; text++)
    {
        if (*text == '\r' && text[1] == '\n') continue;
        if (*text == '\n' || *text == '\r') mime_text_put(&escaped, L"\\n", 2);
        else if (*text == '\\' || *text == ',' || *text == ';')
        {
            mime_text_put_char(&escaped, '\\');
            mime_text_put_char(&escaped, *text);
        }
        else if ((*text < ' ' && *text != '\t') || *text == 0x7f) mime_text_put_char(&escaped, ' ');
        else mime_text_put_char(&escaped, *text);
    }
    if (escaped.failed) writer->line.failed = TRUE;
    else if (escaped.length) mime_encode_utf8(escaped.data, escaped.length, &writer->line);
    mime_text_free(&escaped);
}

void vcard_put_divider(struct vcard_writer *writer, char divider)
{
    mime_put_byte(&writer->line, divider);
}

void vcard_property_end(struct vcard_writer *writer)
{
    put_folded(writer);
}

void vcard_put_property(struct vcard_writer *writer, const char *name, ULONG types, BOOL preferred,
                        const WCHAR *text)
{
    vcard_property_begin(writer, name, types, preferred);
    vcard_put_text(writer, text);
    vcard_property_end(writer);
}

/* What a picture is, as its first bytes say; NULL: none that is known. */
static const char *picture_type(const BYTE *data, size_t size)
{
    if (size >= 3 && !memcmp(data, "\xff\xd8\xff", 3)) return "jpeg";
    if (size >= 4 && !memcmp(data, "\x89PNG", 4)) return "png";
    if (size >= 4 && !memcmp(data, "GIF8", 4)) return "gif";
    return NULL;
}

void vcard_put_binary(struct vcard_writer *writer, const char *name, const void *data, size_t size)
{
    const char *type = picture_type(data, size);
    struct mime_bytes base64 = { 0 };
    unsigned column = 0;
    size_t i, start;

    writer->line.size = 0;
    mime_put_string(&writer->line, name);
    if (writer->version == 40)
    {
        mime_put_string(&writer->line, ":data:");
        mime_put_string(&writer->line, type ? "image/" : "application/octet-stream");
        if (type) mime_put_string(&writer->line, type);
        mime_put_string(&writer->line, ";base64,");
    }
    else
    {
        mime_put_string(&writer->line, ";ENCODING=b");
        if (type) mime_put_string(&writer->line, ";TYPE=");
        if (type) mime_put_string(&writer->line, type);
        mime_put_byte(&writer->line, ':');
    }
    /* Without the lines of base64: this line is folded as all others are. */
    mime_put_base64(&base64, data, size, &column);
    if (base64.failed) writer->line.failed = TRUE;
    for (i = start = 0; i < base64.size; i++)
    {
        if (base64.data[i] != '\r' && base64.data[i] != '\n') continue;
        mime_put(&writer->line, base64.data + start, i - start);
        start = i + 1;
    }
    if (base64.size > start) mime_put(&writer->line, base64.data + start, base64.size - start);
    mime_bytes_free(&base64);
    put_folded(writer);
}

static void put_number(struct mime_bytes *out, unsigned number, unsigned width)
{
    char text[4];
    unsigned i;

    for (i = width; i--; number /= 10) text[i] = '0' + number % 10;
    mime_put(out, text, width);
}

void vcard_put_date(struct vcard_writer *writer, const char *name, unsigned year, unsigned month,
                    unsigned day)
{
    vcard_property_begin(writer, name, 0, FALSE);
    put_number(&writer->line, year, 4);
    if (writer->version != 40) vcard_put_divider(writer, '-');
    put_number(&writer->line, month, 2);
    if (writer->version != 40) vcard_put_divider(writer, '-');
    put_number(&writer->line, day, 2);
    put_folded(writer);
}

void vcard_writer_free(struct vcard_writer *writer)
{
    mime_bytes_free(&writer->out);
    mime_bytes_free(&writer->line);
}
