/*
 * Hexadecimal text
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
 * Binary as hexadecimal text and back. The headers type the text LPTSTR, yet it is always of bytes,
 * in Unicode builds too; hence the casts.
 */

#include "core/core.h"

/* One more than the value; 0: no digit. */
static const BYTE digit_values[256] =
{
    ['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ['A'] = 11, 12, 13, 14, 15, 16,
    ['a'] = 11, 12, 13, 14, 15, 16
};

static inline int digit_value(char c)
{
    return digit_values[(BYTE)c] - 1;
}

/* Reads up to size bytes; FALSE at the first pair that is none. The count read is always stored. */
BOOL hex_decode(const char *text, BYTE *bytes, size_t size, size_t *count)
{
    unsigned int high, low;
    size_t i;

    for (i = 0; i < size && *text; i++, text += 2)
    {
        high = digit_values[(BYTE)text[0]];
        low = digit_values[(BYTE)text[1]];
        if (!high || !low)
        {
            *count = i;
            return FALSE;
        }
        bytes[i] = (high << 4) + low - 0x11;
    }
    *count = i;
    return TRUE;
}

/* What each byte is written as. */
#define ROW(high) high "0" high "1" high "2" high "3" high "4" high "5" high "6" high "7" \
                  high "8" high "9" high "A" high "B" high "C" high "D" high "E" high "F"
static const char pairs[] = ROW("0") ROW("1") ROW("2") ROW("3") ROW("4") ROW("5") ROW("6") ROW("7")
                            ROW("8") ROW("9") ROW("A") ROW("B") ROW("C") ROW("D") ROW("E") ROW("F");

void hex_encode(const BYTE *bytes, size_t size, char *text)
{
    size_t i;

    for (i = 0; i < size; i++) memcpy(text + 2 * i, pairs + 2 * bytes[i], 2);
    text[2 * size] = 0;
}

BOOL WINAPI FBinFromHex(LPTSTR text, LPBYTE bytes)
{
    size_t count;

    if (!text || !bytes) return FALSE;
    return hex_decode((const char *)text, bytes, (size_t)-1, &count);
}

SCODE WINAPI ScBinFromHexBounded(LPTSTR text, LPBYTE bytes, ULONG size)
{
    size_t count;

    if (!text || (!bytes && size)) return MAPI_E_INVALID_PARAMETER;
    return hex_decode((const char *)text, bytes, size, &count) ? S_OK : MAPI_E_CALL_FAILED;
}

void WINAPI HexFromBin(LPBYTE bytes, int size, LPTSTR text)
{
    if (!text) return;
    hex_encode(bytes, bytes && size > 0 ? size : 0, (char *)text);
}

ULONG WINAPI UlFromSzHex(LPCTSTR text)
{
    const char *p = (const char *)text;
    ULONG value = 0;
    int digit;

    if (!p) return 0;
    while ((digit = digit_value(*p++)) >= 0) value = value << 4 | digit;
    return value;
}
