/*
 * Names of folders in modified UTF-7
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
 * RFC 3501, 5.1.3: as IMAP servers name folders, and Maildir++ directories. What is no strict
 * UTF-7, has control characters, an empty level, too many or too long ones is refused.
 */

#include "foldername.h"

static int digit_value(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == ',' ? 63 : -1;
}

struct path
{
    WCHAR *text;                        /* IMAP_PATH_MAX */
    size_t length, begin;               /* begin: of the last level */
    unsigned levels;
    WCHAR high;                         /* half of a pair that waits for the other */
};

static BOOL put(struct path *path, WCHAR c)
{
    if (c < ' ' || (c >= 0x7f && c < 0xa0) || c >= 0xfffe) return FALSE;
    if ((c & 0xfc00) == 0xdc00 ? !path->high : path->high != 0) return FALSE;
    path->high = (c & 0xfc00) == 0xd800 ? c : 0;
    if (path->length + 1 >= IMAP_PATH_MAX || path->length - path->begin >= IMAP_LEVEL_MAX)
        return FALSE;
    path->text[path->length++] = c;
    return TRUE;
}

static BOOL end_level(struct path *path)
{
    if (path->high || path->length == path->begin || ++path->levels > IMAP_LEVELS_MAX
        || path->length + 1 >= IMAP_PATH_MAX)
        return FALSE;
    path->text[path->length++] = IMAP_LEVEL_END;
    path->begin = path->length;
    return TRUE;
}

/* Behind the closing minus; NULL: it is no base64 of UTF-16. What ASCII can say must not come
 * so. */
static const char *put_shifted(struct path *path, const char *pos)
{
    ULONG bits = 0, held = 0;
    int value;
    WCHAR c;

    for (; (value = digit_value(*pos)) >= 0; pos++)
    {
        bits = (bits << 6 | value) & 0x3fffff;
        if ((held += 6) < 16) continue;
        held -= 16;
        c = bits >> held & 0xffff;
        if (c < 0x7f || !put(path, c)) return NULL;
    }
    if (*pos != '-' || held >= 6 || bits & ((1u << held) - 1) || path->high) return NULL;
    return pos + 1;
}

BOOL imap_read_levels(const char *name, char separator, WCHAR text[IMAP_PATH_MAX])
{
    struct path path = { text, 0, 0, 0, 0 };
    const char *pos = name;

    while (*pos)
    {
        if (separator && *pos == separator)
        {
            /* Some put one at the end of what has only folders below it. */
            if (!end_level(&path)) return FALSE;
            pos++;
        }
        else if (*pos == '&' && pos[1] == '-')
        {
            if (!put(&path, '&')) return FALSE;
            pos += 2;
        }
        else if (*pos == '&')
        {
            if (pos[1] == 0 || !(pos = put_shifted(&path, pos + 1))) return FALSE;
        }
        else if (!put(&path, (unsigned char)*pos++)) return FALSE;
    }
    if (path.length > path.begin && !end_level(&path)) return FALSE;
    if (!path.levels) return FALSE;
    text[path.length - 1] = 0;
    return TRUE;
}
