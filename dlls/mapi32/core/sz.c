/*
 * Small helpers for zero-terminated ANSI strings and for byte order
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
 * The Sz functions work on bytes of the system's code page, in Unicode builds too, and know
 * characters of two bytes: a second byte is never taken for a character of its own.
 */

#include "core/core.h"

static const char *next_char(const char *p)
{
    return p + (platform_lead_byte(*p) && p[1] ? 2 : 1);
}

/* The upper byte only counts for a character of two bytes: callers pass a signed char as it is. */
static BOOL is_char(const char *p, USHORT c)
{
    if ((BYTE)*p != (c & 0xff)) return FALSE;
    return !platform_lead_byte(*p) || !p[1] || (BYTE)p[1] == c >> 8;
}

LPTSTR WINAPI SzFindCh(LPCTSTR text, USHORT c)
{
    const char *p;

    if (!text) return NULL;
    for (p = (const char *)text; *p; p = next_char(p)) if (is_char(p, c)) return (LPTSTR)p;
    return NULL;
}

LPTSTR WINAPI SzFindLastCh(LPCTSTR text, USHORT c)
{
    const char *p, *found = NULL;

    if (!text) return NULL;
    for (p = (const char *)text; *p; p = next_char(p)) if (is_char(p, c)) found = p;
    return (LPTSTR)found;
}

LPTSTR WINAPI SzFindSz(LPCTSTR text, LPCTSTR key)
{
    const char *p;
    size_t length;

    if (!text || !key || !(length = strlen((const char *)key))) return NULL;
    for (p = (const char *)text; *p; p = next_char(p))
        if (!strncmp(p, (const char *)key, length)) return (LPTSTR)p;
    return NULL;
}

UINT WINAPI UFromSz(LPCTSTR sz)
{
    const char *text = (const char *)sz;
    UINT value = 0;

    if (!text) return 0;
    for (; *text >= '0' && *text <= '9'; text++) value = value * 10 + (*text - '0');
    return value;
}

void WINAPI SwapPlong(ULONG *values, ULONG count)
{
    ULONG i, value;

    for (i = 0; values && i < count; i++)
    {
        value = values[i];
        values[i] = value >> 24 | (value >> 8 & 0xff00) | (value << 8 & 0xff0000) | value << 24;
    }
}

void WINAPI SwapPword(USHORT *values, ULONG count)
{
    ULONG i;

    for (i = 0; values && i < count; i++) values[i] = (USHORT)(values[i] >> 8 | values[i] << 8);
}
