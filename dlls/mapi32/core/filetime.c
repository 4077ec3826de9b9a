/*
 * 64-bit arithmetic on FILETIME values
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
 */

#include "core/core.h"

static ULONGLONG value(FILETIME ft)
{
    return (ULONGLONG)ft.dwHighDateTime << 32 | ft.dwLowDateTime;
}

static FILETIME filetime(ULONGLONG n)
{
    FILETIME ft;

    ft.dwLowDateTime = n;
    ft.dwHighDateTime = n >> 32;
    return ft;
}

FILETIME WINAPI FtAddFt(FILETIME a, FILETIME b)
{
    return filetime(value(a) + value(b));
}

FILETIME WINAPI FtAdcFt(FILETIME a, FILETIME b, WORD *carry)
{
    const ULONGLONG sum = value(a) + value(b), total = sum + (carry && *carry);

    if (carry) *carry = sum < value(a) || total < sum;
    return filetime(total);
}

FILETIME WINAPI FtSubFt(FILETIME a, FILETIME b)
{
    return filetime(value(a) - value(b));
}

FILETIME WINAPI FtMulDw(DWORD multiplier, FILETIME multiplicand)
{
    return filetime(value(multiplicand) * multiplier);
}

FILETIME WINAPI FtMulDwDw(DWORD multiplicand, DWORD multiplier)
{
    return filetime((ULONGLONG)multiplicand * multiplier);
}

FILETIME WINAPI FtNegFt(FILETIME ft)
{
    return filetime(0 - value(ft));
}

/* The upper half of a product. */
static ULONGLONG multiply_high(ULONGLONG a, ULONGLONG b)
{
    const ULONGLONG low_a = (DWORD)a, high_a = a >> 32, low_b = (DWORD)b, high_b = b >> 32;
    const ULONGLONG cross = low_a * high_b, other = high_a * low_b;
    const ULONGLONG carry = ((low_a * low_b >> 32) + (DWORD)cross + (DWORD)other) >> 32;

    return high_a * high_b + (cross >> 32) + (other >> 32) + carry;
}

/* Division by a constant: its reciprocal is given, in units of 2^-(64 + shift). */
FILETIME WINAPI FtDivFtBogus(FILETIME dividend, FILETIME reciprocal, CHAR shift)
{
    ULONGLONG quotient = multiply_high(value(dividend), value(reciprocal));

    return filetime((BYTE)shift < 64 ? quotient >> (BYTE)shift : 0);
}
