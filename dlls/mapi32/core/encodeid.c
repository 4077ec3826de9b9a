/*
 * Entry identifiers as short texts
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
 * EncodeID, FDecodeID, CchOfEncoding and CbOfEncoded are exported and documented nowhere; what is
 * known is CbOfEncoded's answer, which takes four characters for three bytes. These use the
 * alphabet of RFC 4648, section 5 (A-Z a-z 0-9 - _), without padding, so that the text can stand in
 * a file name, a URL or a message ID. Every text has one meaning only: what no encoder writes is
 * not decoded.
 */

#include "core/core.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static int digit_value(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '-') return 62;
    return c == '_' ? 63 : -1;
}

/* Characters that EncodeID writes for so many bytes, its 0 included; 0 when they are not to be
 * counted. */
ULONG WINAPI CchOfEncoding(ULONG size)
{
    const ULONGLONG count = ((ULONGLONG)size * 4 + 2) / 3 + 1;

    return count <= ~(ULONG)0 ? count : 0;
}

/* Bytes that hold whatever FDecodeID makes of the text: the last, partial group counts whole. */
ULONG WINAPI CbOfEncoded(LPCSTR text)
{
    return text ? (strlen(text) / 4 + 1) * 3 : 0;
}

/* Writes CchOfEncoding(size) characters. */
SCODE WINAPI EncodeID(const BYTE *id, ULONG size, char *text)
{
    ULONG i, group;
    int bits;

    if (!text || (!id && size) || !CchOfEncoding(size)) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < size; i += 3)
    {
        group = id[i] << 16;
        if (size - i > 1) group |= id[i + 1] << 8;
        if (size - i > 2) group |= id[i + 2];
        for (bits = 18; bits >= 0 && (18 - bits) / 6 <= (int)min(size - i, 3); bits -= 6)
            *text++ = digits[group >> bits & 63];
    }
    *text = 0;
    return S_OK;
}

/*
 * Parameters: id has room for CbOfEncoded(text) bytes; size is only written. FALSE, and nothing
 * decoded, for a text that EncodeID does not write.
 */
BOOL WINAPI FDecodeID(const char *text, BYTE *id, ULONG *size)
{
    size_t length, i;
    ULONG group = 0, count = 0;

    if (size) *size = 0;
    if (!text || !id || !size) return FALSE;
    length = strlen(text);
    if (length % 4 == 1 || length / 4 > ~(ULONG)0 / 4) return FALSE;
    for (i = 0; i < length; i++)
    {
        if (digit_value(text[i]) < 0) return FALSE;
        group = group << 6 | digit_value(text[i]);
    }
    /* the bits of the last character that belong to no byte */
    if (length % 4 && group & (length % 4 == 2 ? 15 : 3)) return FALSE;

    group = 0;
    for (i = 0; i < length; i++)
    {
        group = group << 6 | digit_value(text[i]);
        if (i % 4) id[count++] = group >> (6 - 2 * (i % 4));
    }
    *size = count;
    return TRUE;
}
