/*
 * Mail transport: POP3 listings
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


/* RFC 1939, 7: a unique-id has 1 to 70 characters. Some servers have longer ones, and two of those
 * must not become one, or mail would be taken for received: the end of such an id becomes a hash of
 * it. */

#include <string.h>

#include "answer.h"

#define KEPT (POP3_ID_MAX - 1 - 17)     /* of an id that is too long; then a stroke and the hash */

BOOL pop3_parse_uidl(const char *line, ULONG *number, char id[POP3_ID_MAX])
{
    static const char digits[] = "0123456789abcdef";
    ULONGLONG value, hash = 0xcbf29ce484222325ull;      /* FNV-1a */
    size_t length, i;

    if (!answer_number(&line, 0xffffffff, &value) || !value || *line != ' ') return FALSE;
    while (*line == ' ') line++;
    for (length = 0; line[length] > ' ' && line[length] < 0x7f; length++)
        hash = (hash ^ (unsigned char)line[length]) * 0x100000001b3ull;
    if (!length || (line[length] && line[length] != ' ')) return FALSE;
    *number = value;
    if (length < POP3_ID_MAX)
    {
        memcpy(id, line, length);
        id[length] = 0;
        return TRUE;
    }
    memcpy(id, line, KEPT);
    id[KEPT] = '|';
    for (i = 0; i < 16; i++) id[KEPT + 1 + i] = digits[hash >> (60 - 4 * i) & 0xf];
    id[POP3_ID_MAX - 1] = 0;
    return TRUE;
}
