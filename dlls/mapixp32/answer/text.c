/*
 * Mail transport: numbers and words in what servers say
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


/* Only ASCII counts, whatever the locale. */

#include "answer.h"

BOOL answer_number(const char **pos, ULONGLONG most, ULONGLONG *number)
{
    const char *p = *pos;
    ULONGLONG value = 0;

    if (*p < '0' || *p > '9') return FALSE;
    for (; *p >= '0' && *p <= '9'; p++)
    {
        if (value > (most - (*p - '0')) / 10) return FALSE;
        value = value * 10 + (*p - '0');
    }
    *pos = p;
    *number = value;
    return TRUE;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

BOOL answer_word(const char **pos, const char *word)
{
    const char *p = *pos;

    for (; *word; word++, p++)
        if (lower(*p) != lower(*word)) return FALSE;
    *pos = p;
    return TRUE;
}
