/*
 * Buffers that grow
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

/* Room for that many items more than count and the closing one; 0 if there is no such number. */
static size_t grown(size_t count, size_t more, size_t item)
{
    size_t limit = (~(size_t)0 >> 1) / item, wanted;

    if (more >= limit || count >= limit - more - 1) return 0;
    wanted = count + more + 1;
    if (wanted < 64) return 64;
    return wanted < limit / 2 ? wanted + wanted / 2 : wanted;
}

static BOOL make_room(struct mime_bytes *bytes, size_t more)
{
    size_t room;
    char *data;

    if (bytes->failed) return FALSE;
    if (more < bytes->room - bytes->size) return TRUE;
    if (!(room = grown(bytes->size, more, 1)) || !(data = realloc(bytes->data, room)))
    {
        bytes->failed = TRUE;
        return FALSE;
    }
    bytes->data = data;
    bytes->room = room;
    return TRUE;
}

void mime_put(struct mime_bytes *bytes, const void *data, size_t size)
{
    if (!make_room(bytes, size)) return;
    if (size) memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
    bytes->data[bytes->size] = 0;
}

void mime_put_byte(struct mime_bytes *bytes, char byte)
{
    mime_put(bytes, &byte, 1);
}

void mime_put_string(struct mime_bytes *bytes, const char *string)
{
    mime_put(bytes, string, strlen(string));
}

void mime_bytes_free(struct mime_bytes *bytes)
{
    free(bytes->data);
    memset(bytes, 0, sizeof(*bytes));
}

void mime_text_put(struct mime_text *text, const WCHAR *data, size_t length)
{
    size_t room;
    WCHAR *moved;

    if (text->failed) return;
    if (length >= text->room - text->length)
    {
        if (!(room = grown(text->length, length, sizeof(WCHAR)))
            || !(moved = realloc(text->data, room * sizeof(WCHAR))))
        {
            text->failed = TRUE;
            return;
        }
        text->data = moved;
        text->room = room;
    }
    if (length) memcpy(text->data + text->length, data, length * sizeof(WCHAR));
    text->length += length;
    text->data[text->length] = 0;
}

void mime_text_put_char(struct mime_text *text, WCHAR c)
{
    mime_text_put(text, &c, 1);
}

void mime_text_free(struct mime_text *text)
{
    free(text->data);
    memset(text, 0, sizeof(*text));
}

BOOL mime_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

char mime_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

BOOL mime_equal(const char *a, size_t size, const char *b)
{
    size_t i;

    for (i = 0; i < size; i++)
        if (!b[i] || mime_lower(a[i]) != b[i]) return FALSE;
    return !b[size];
}
