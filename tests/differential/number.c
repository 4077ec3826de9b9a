/*
 * Numbers: FILETIME arithmetic, byte order
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

#include "differential.h"

static ULONGLONG random_ft(void)
{
    switch (random_below(4))
    {
    case 0:
        return random_below(3);
    case 1:
        return ~(ULONGLONG)random_below(3);
    case 2:
        return random_bits();
    default:
        return (ULONGLONG)random_bits() << 32 | random_bits();
    }
}

static unsigned int put_ft(ULONG_PTR *args, ULONGLONG value)
{
#ifdef _WIN64
    args[0] = value;
    return 1;
#else
    args[0] = value;
    args[1] = value >> 32;
    return 2;
#endif
}

static void two_filetimes(const struct test *test)
{
    const ULONGLONG a = random_ft(), b = random_ft();
    ULONG_PTR args[4];

    put_ft(args + put_ft(args, a), b);
    note_input(" %I64x %I64x", a, b);
    call_and_compare(test, args, 64);
}

static void dword_filetime(const struct test *test)
{
    const ULONGLONG a = random_ft(), b = random_ft();
    ULONG_PTR args[4];

    args[0] = (ULONG)a;
    put_ft(args + 1, b);
    note_input(" %lx %I64x", (ULONG)a, b);
    call_and_compare(test, args, 64);
}

static void two_dwords(const struct test *test)
{
    const ULONG_PTR args[] = { (ULONG)random_ft(), (ULONG)random_ft() };

    note_input(" %lx %lx", (ULONG)args[0], (ULONG)args[1]);
    call_and_compare(test, args, 64);
}

static void one_filetime(const struct test *test)
{
    const ULONGLONG a = random_ft();
    ULONG_PTR args[2];

    put_ft(args, a);
    note_input(" %I64x", a);
    call_and_compare(test, args, 64);
}

static void swap(const struct test *test)
{
    const ULONG count = random_below(9);
    BYTE *a = random_bytes(40), *b = arena_alloc(40);
    ULONG_PTR a_args[] = { (ULONG_PTR)a, count }, b_args[] = { (ULONG_PTR)b, count };
    struct outcome a_outcome, b_outcome;

    memcpy(b, a, 40);
    note_bytes("data", a, 40);
    note_input(" count=%lu", count);
    if (!call_both(test, a_args, b_args, &a_outcome, &b_outcome)) return;
    if (memcmp(a, b, 40)) differ(test, "data", "other bytes");
}

const struct test number_tests[] =
{
    { "FtAddFt", 4, two_filetimes },
    { "FtSubFt", 4, two_filetimes },
    { "FtMulDw", 3, dword_filetime },
    { "FtMulDwDw", 2, two_dwords },
    { "FtNegFt", 2, one_filetime },
    { "SwapPlong", 2, swap },
    { "SwapPword", 2, swap },
    { NULL }
};
