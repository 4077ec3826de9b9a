/*
 * Text: hexadecimal, searching, national language support
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

/* Text that is hexadecimal more often than not. */
static char *random_hex(void)
{
    char *text = random_text(40);
    ULONG i;

    if (random_chance(70))
        for (i = 0; text[i]; i++) text[i] = "0123456789abcdefABCDEF"[(BYTE)text[i] % 22];
    return text;
}

static void from_hex(const struct test *test)
{
    const char *text = random_hex();
    BYTE *a = arena_alloc(48), *b = arena_alloc(48);
    ULONG_PTR a_args[] = { (ULONG_PTR)text, (ULONG_PTR)a },
              b_args[] = { (ULONG_PTR)text, (ULONG_PTR)b };
    struct outcome x, y;

    memset(a, 0xcc, 48);
    memset(b, 0xcc, 48);
    note_bytes("text", text, strlen(text));
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if ((BOOL)x.value != (BOOL)y.value)
        differ(test, "result", "ours %d, Wine's %d", (BOOL)x.value, (BOOL)y.value);
    else if (memcmp(a, b, 48)) differ(test, "bytes", "other bytes");
}

static void to_hex(const struct test *test)
{
    const BYTE *bytes = random_bytes(20);
    char *a = arena_alloc(48), *b = arena_alloc(48);
    const int count = (int)random_below(23) - 2;
    ULONG_PTR a_args[] = { (ULONG_PTR)bytes, count, (ULONG_PTR)a };
    ULONG_PTR b_args[] = { (ULONG_PTR)bytes, count, (ULONG_PTR)b };
    struct outcome x, y;

    memset(a, 0xcc, 48);
    memset(b, 0xcc, 48);
    note_bytes("bytes", bytes, 20);
    note_input(" count=%d", count);
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if (memcmp(a, b, 48)) differ(test, "text", "other text");
}

static void number_of_text(const struct test *test)
{
    const char *text = random_chance(80) ? random_hex() : random_text(100);
    const ULONG_PTR args[] = { (ULONG_PTR)text };

    note_bytes("text", text, strlen(text));
    call_and_compare(test, args, 32);
}

static void find_char(const struct test *test)
{
    const char *text = random_text(30);
    const ULONG_PTR args[] = { (ULONG_PTR)(random_chance(3) ? NULL : text),
                               random_chance(70) && *text ? (BYTE)text[random_below(strlen(text))]
                                                          : random_bits() & 0x1ff };
    struct outcome x, y;
    char *found;

    note_bytes("text", text, strlen(text));
    note_input("%s char=%lx", args[0] ? "" : " (NULL)", (ULONG)args[1]);
    if (!call_both(test, args, args, &x, &y)
        || (char *)(ULONG_PTR)x.value == (char *)(ULONG_PTR)y.value)
        return;
    found = (char *)(ULONG_PTR)y.value;
    differ(test,
           found && (BYTE)*found != (args[1] & 0xff) ? "a letter that only sorts alike" : "result",
           "ours %p, Wine's %p", (void *)(ULONG_PTR)x.value, found);
}

static void find_text(const struct test *test)
{
    const char *text = random_text(30),
               *part = random_chance(50) ? random_text(3) : text + random_below(strlen(text) + 1);
    const ULONG_PTR args[] = { (ULONG_PTR)(random_chance(3) ? NULL : text),
                               (ULONG_PTR)(random_chance(3) ? NULL : part) };
    struct outcome x, y;
    char *found;

    note_bytes("text", text, strlen(text));
    note_bytes("part", part, strlen(part));
    if (!args[0] || !args[1]) note_input(" (one NULL)");
    if (!call_both(test, args, args, &x, &y)
        || (char *)(ULONG_PTR)x.value == (char *)(ULONG_PTR)y.value)
        return;
    found = (char *)(ULONG_PTR)y.value;
    differ(test,
           found && strncmp(found, part, strlen(part)) ? "a string that only sorts alike"
                                                       : "result",
           "ours %p, Wine's %p", (void *)(ULONG_PTR)x.value, found);
}

static size_t wide_length(const WCHAR *text)
{
    const WCHAR *end = text;

    while (*end) end++;
    return end - text;
}

static void wide_number(const struct test *test)
{
    const WCHAR *text = random_chance(3) ? NULL : random_wide(30);
    const ULONG_PTR args[] = { (ULONG_PTR)text };

    note_bytes("text", text, text ? wide_length(text) * 2 : 0);
    call_and_compare(test, args, 32);
}

static void wide_compare(const struct test *test)
{
    const WCHAR *a = random_chance(3) ? NULL : random_wide(6),
                *b = random_chance(3) ? NULL : random_wide(6);
    const ULONG_PTR args[] = { (ULONG_PTR)a, (ULONG_PTR)b };

    note_bytes("a", a, a ? wide_length(a) * 2 : 0);
    note_bytes("b", b, b ? wide_length(b) * 2 : 0);
    call_and_compare(test, args, 32);
}

static void wide_copy(const struct test *test)
{
    const WCHAR *text = random_wide(30);
    WCHAR *a = arena_alloc(80), *b = arena_alloc(80);
    ULONG_PTR a_args[] = { (ULONG_PTR)a, (ULONG_PTR)text },
              b_args[] = { (ULONG_PTR)b, (ULONG_PTR)text };
    struct outcome x, y;

    memset(a, 0xcc, 80);
    memset(b, 0xcc, 80);
    note_bytes("text", text, wide_length(text) * 2);
    if (!call_both(test, a_args, b_args, &x, &y)) return;
    if (memcmp(a, b, 80)) differ(test, "text", "other text");
    if ((WCHAR *)(ULONG_PTR)x.value != a)
        differ(test, "ours returns something else", "%p", (void *)(ULONG_PTR)x.value);
    if ((WCHAR *)(ULONG_PTR)y.value != b)
        differ(test, "result", "ours the buffer, Wine's %lx", (ULONG)y.value);
}

static void bounded_text(const struct test *test)
{
    const char *text = random_chance(20) ? bad_pointer() : random_text(20);
    const ULONG_PTR args[] = { (ULONG_PTR)text, random_below(24) };

    note_input(" text=%p count=%lu", text, (ULONG)args[1]);
    call_and_compare(test, args, 32);
}

const struct test text_tests[] =
{
    { "FBinFromHex", 2, from_hex },
    { "HexFromBin", 3, to_hex },
    { "UlFromSzHex", 1, number_of_text },
    { "UFromSz", 1, number_of_text },
    { "CbOfEncoded", 1, number_of_text },
    { "SzFindCh", 2, find_char },
    { "SzFindSz", 2, find_text },
    { "IsBadBoundedStringPtr", 2, bounded_text },
    { "MNLS_lstrlenW", 1, wide_number },
    { "MNLS_lstrcmpW", 2, wide_compare },
    { "MNLS_lstrcpyW", 2, wide_copy },
    { NULL }
};
