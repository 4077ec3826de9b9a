/*
 * Calling a function by its address, whatever its type
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
 * All arguments are words: on x86_64 surplus ones do no harm, on i386 the callee takes exactly as
 * many from the stack as it has, so there is a form for each number.
 */

#include "differential.h"

#include "wine/exception.h"

#ifdef _WIN64

typedef ULONGLONG(WINAPI *function_t)(ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR, ULONG_PTR,
                                      ULONG_PTR);

static ULONGLONG invoke(void *function, unsigned int words, const ULONG_PTR *a)
{
    return ((function_t)function)(a[0], a[1], a[2], a[3], a[4], a[5]);
}

#else

static ULONGLONG invoke(void *f, unsigned int words, const ULONG_PTR *a)
{
#define W ULONG_PTR
    switch (words)
    {
    case 0:
        return ((ULONGLONG (WINAPI *)(void))f)();
    case 1:
        return ((ULONGLONG (WINAPI *)(W))f)(a[0]);
    case 2:
        return ((ULONGLONG (WINAPI *)(W, W))f)(a[0], a[1]);
    case 3:
        return ((ULONGLONG (WINAPI *)(W, W, W))f)(a[0], a[1], a[2]);
    case 4:
        return ((ULONGLONG (WINAPI *)(W, W, W, W))f)(a[0], a[1], a[2], a[3]);
    case 5:
        return ((ULONGLONG (WINAPI *)(W, W, W, W, W))f)(a[0], a[1], a[2], a[3], a[4]);
    default:
        return ((ULONGLONG (WINAPI *)(W, W, W, W, W, W))f)(a[0], a[1], a[2], a[3], a[4], a[5]);
    }
#undef W
}

#endif

struct outcome call(void *function, unsigned int words, const ULONG_PTR *args)
{
    ULONG_PTR full[MAX_WORDS] = { 0 };
    volatile BOOL crashed = TRUE;
    volatile ULONGLONG value = 0;
    struct outcome ret;

    memcpy(full, args, words * sizeof(*args));
    __TRY
    {
        value = invoke(function, words, full);
        crashed = FALSE;
    }
    __EXCEPT_ALL
    {
    }
    __ENDTRY
    ret.value = value;
    ret.crashed = crashed;
    return ret;
}

BOOL call_both(const struct test *test, const ULONG_PTR *ours_args, const ULONG_PTR *theirs_args,
               struct outcome *ours_outcome, struct outcome *theirs_outcome)
{
    *ours_outcome = call(test->ours, test->words, ours_args);
    *theirs_outcome = call(test->theirs, test->words, theirs_args);
    if (ours_outcome->crashed)
        differ(test, "ours crashes", "Wine's: %lx", (ULONG)theirs_outcome->value);
    else if (theirs_outcome->crashed)
        differ(test, "Wine's crashes", "ours: %lx", (ULONG)ours_outcome->value);
    return !ours_outcome->crashed && !theirs_outcome->crashed;
}

void call_and_compare(const struct test *test, const ULONG_PTR *args, unsigned int bits)
{
    const ULONGLONG mask = bits < 64 ? (1ull << bits) - 1 : ~0ull;
    struct outcome a, b;

    if (!call_both(test, args, args, &a, &b)) return;
    if ((a.value ^ b.value) & mask)
        differ(test, "result", "ours %lx, Wine's %lx", (ULONG)(a.value & mask),
               (ULONG)(b.value & mask));
}
