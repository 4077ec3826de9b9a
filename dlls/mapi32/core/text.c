/*
 * Text: the two widths, folding, searching
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
 * Text is UTF-16 inside and changes its width once, at the ANSI border. What these functions return
 * is the caller's: from platform_alloc, or from the allocators given.
 *
 * ASCII text, which nearly all of it is, is widened, narrowed and searched here without asking the
 * system: every ANSI code page of Windows begins with ASCII.
 */

#include "core/core.h"

#define FUZZY_LEVEL 0xffff
#define FUZZY_KNOWN (FUZZY_LEVEL | FL_IGNORECASE | FL_IGNORENONSPACE | FL_LOOSE)

#define STACK_TEXT 256

/* Words of the machine are read whole, aligned, and so never beyond the page that the text ends in;
 * beyond its end they may well go, which the sanitizer must not mind. */
#ifndef __has_feature           /* clang's way to tell */
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define READS_WORDS __attribute__((no_sanitize_address))
#else
#define READS_WORDS
#endif

#define EACH(lanes) (~(size_t)0 / (lanes))
#define ZERO_IN(word, lanes, top) (((word) - EACH(lanes)) & ~(word) & EACH(lanes) * (top))

READS_WORDS size_t text_length(const WCHAR *text)
{
    const WCHAR *end = text;
    const size_t *word;

    if ((ULONG_PTR)end & 1)
    {
        while (*end) end++;
        return end - text;
    }
    for (; (ULONG_PTR)end & (sizeof(*word) - 1); end++) if (!*end) return end - text;
    for (word = (const size_t *)end; !ZERO_IN(*word, 0xffff, 0x8000); word++) { }
    for (end = (const WCHAR *)word; *end; end++) { }
    return end - text;
}

READS_WORDS size_t text_length_ansi(const char *text)
{
    const char *end = text;
    const size_t *word;

    for (; (ULONG_PTR)end & (sizeof(*word) - 1); end++) if (!*end) return end - text;
    for (word = (const size_t *)end; !ZERO_IN(*word, 0xff, 0x80); word++) { }
    for (end = (const char *)word; *end; end++) { }
    return end - text;
}

static BOOL is_ascii(const WCHAR *text, size_t length)
{
    while (length && *text < 0x80) text++, length--;
    return !length;
}

/* The length of pure ASCII text, -1 for any other or for more than an int counts. */
static int ascii_length(const char *text)
{
    const char *end = text;

    while (*end > 0) end++;
    return *end || end - text >= MAXLONG ? -1 : end - text;
}

static int ascii_length_wide(const WCHAR *text)
{
    const WCHAR *end = text;

    while (*end && *end < 0x80) end++;
    return *end || end - text >= MAXLONG ? -1 : end - text;
}

static WCHAR fold_ascii(WCHAR c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

WCHAR *text_dup(const WCHAR *text)
{
    WCHAR *ret;
    size_t size;

    if (!text) return NULL;
    size = (text_length(text) + 1) * sizeof(*text);
    if ((ret = platform_alloc(size))) memcpy(ret, text, size);
    return ret;
}

char *text_dup_ansi(const char *text)
{
    char *ret;
    size_t size;

    if (!text) return NULL;
    size = strlen(text) + 1;
    if ((ret = platform_alloc(size))) memcpy(ret, text, size);
    return ret;
}

/* Widens to a buffer that the caller gives as (buffer, size) or, when that is too small, to a new
 * one. */
static WCHAR *widen(const char *text, WCHAR *buffer, int size)
{
    const int length = ascii_length(text);
    int needed, i;
    WCHAR *ret;

    needed = length < 0 ? platform_ansi_to_wide(text, -1, NULL, 0) : length + 1;
    if (needed <= 0) return NULL;
    ret = needed <= size ? buffer : platform_alloc(needed * sizeof(*ret));
    if (!ret) return NULL;

    if (length < 0)
    {
        if (platform_ansi_to_wide(text, -1, ret, needed)) return ret;
        if (ret != buffer) platform_free(ret);
        return NULL;
    }
    for (i = 0; i < needed; i++) ret[i] = text[i];
    return ret;
}

WCHAR *text_from_ansi(const char *text)
{
    return text ? widen(text, NULL, 0) : NULL;
}

/* The size in bytes of the text as ANSI, with terminator; 0 on failure. */
static int ansi_size(const WCHAR *text)
{
    const int length = ascii_length_wide(text);

    return length < 0 ? platform_wide_to_ansi(text, -1, NULL, 0) : length + 1;
}

static BOOL narrow(const WCHAR *text, char *buffer, int size)
{
    int i;

    if (ascii_length_wide(text) < 0) return platform_wide_to_ansi(text, -1, buffer, size) > 0;
    for (i = 0; i < size; i++) buffer[i] = text[i];
    return TRUE;
}

char *text_to_ansi(const WCHAR *text)
{
    char *ret;
    int size;

    if (!text || (size = ansi_size(text)) <= 0) return NULL;
    if (!(ret = platform_alloc(size))) return NULL;
    if (narrow(text, ret, size)) return ret;
    platform_free(ret);
    return NULL;
}

HRESULT text_from_tstr(const void *text, ULONG flags, WCHAR **ret)
{
    *ret = NULL;
    if (!text) return S_OK;
    *ret = flags & MAPI_UNICODE ? text_dup(text) : text_from_ansi(text);
    return *ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT text_to_tstr(const struct mapi_allocators *allocators, void *object, const WCHAR *text,
                     ULONG flags, void **ret)
{
    HRESULT hr;
    size_t size;

    *ret = NULL;
    if (!text) return S_OK;
    size = flags & MAPI_UNICODE ? (text_length(text) + 1) * sizeof(*text) : ansi_size(text);
    if (!size || size > MAXLONG) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = object ? allocators->more(size, object, ret) : allocators->allocate(size, ret);
    if (hr != S_OK)
    {
        *ret = NULL;
        return hr;
    }
    if (flags & MAPI_UNICODE) memcpy(*ret, text, size);
    else if (!narrow(text, *ret, size)) *(char *)*ret = 0;
    return S_OK;
}

int text_compare_nocase(const WCHAR *a, const WCHAR *b)
{
    while (*a && fold_ascii(*a) == fold_ascii(*b)) a++, b++;
    return fold_ascii(*a) - fold_ascii(*b);
}

int text_compare_nocase_ansi(const char *a, const char *b)
{
    while (*a && fold_ascii((BYTE)*a) == fold_ascii((BYTE)*b)) a++, b++;
    return fold_ascii((BYTE)*a) - fold_ascii((BYTE)*b);
}

int text_collate(const WCHAR *a, const WCHAR *b)
{
    const WCHAR *x = a, *y = b;

    while (*x && *x == *y) x++, y++;
    if (*x == *y) return 0;
    return platform_compare(0, a, -1, b, -1);
}

/* An answer that could not be found is no answer. */
static BOOL short_of_memory(BOOL *no_memory)
{
    if (no_memory) *no_memory = TRUE;
    return FALSE;
}

int text_collate_ansi(const char *a, const char *b, BOOL *no_memory)
{
    WCHAR a_buffer[STACK_TEXT], b_buffer[STACK_TEXT], *a_wide, *b_wide;
    int order = strcmp(a, b);

    if (!order) return 0;
    a_wide = widen(a, a_buffer, ARRAY_SIZE(a_buffer));
    b_wide = widen(b, b_buffer, ARRAY_SIZE(b_buffer));
    if (a_wide && b_wide) order = platform_compare(0, a_wide, -1, b_wide, -1);
    else
    {
        short_of_memory(no_memory);
        order = order < 0 ? -1 : 1;
    }
    if (a_wide != a_buffer) platform_free(a_wide);
    if (b_wide != b_buffer) platform_free(b_wide);
    return order;
}

static BOOL same(const WCHAR *a, const WCHAR *b, size_t length, BOOL nocase)
{
    size_t i;

    if (!nocase) return !memcmp(a, b, length * sizeof(*a));
    for (i = 0; i < length; i++) if (fold_ascii(a[i]) != fold_ascii(b[i])) return FALSE;
    return TRUE;
}

static BOOL contains(ULONG level, const WCHAR *text, size_t length, const WCHAR *part,
                     size_t part_length, BOOL nocase)
{
    WCHAR first, other;
    size_t i;

    if (part_length > length) return FALSE;
    if (level == FL_PREFIX) return same(text, part, part_length, nocase);
    if (level != FL_SUBSTRING)
        return part_length == length && same(text, part, length, nocase);

    if (!part_length) return TRUE;
    first = other = nocase ? fold_ascii(*part) : *part;
    if (nocase && first >= 'a' && first <= 'z') other -= 'a' - 'A';
    for (i = 0; i <= length - part_length; i++)
    {
        if (text[i] != first && text[i] != other) continue;
        if (same(text + i, part, part_length, nocase)) return TRUE;
    }
    return FALSE;
}

/* The text folded, in buffer (of STACK_TEXT) when it fits there; NULL on failure. */
static WCHAR *fold(ULONG flags, const WCHAR *text, size_t length, WCHAR *buffer, size_t *ret_length)
{
    WCHAR *ret = buffer;
    int size = STACK_TEXT, folded;

    if (length > MAXLONG / 4 / sizeof(*text)) return NULL;
    if (length * 4 > STACK_TEXT)
    {
        size = length * 4;
        if (!(ret = platform_alloc(size * sizeof(*ret)))) return NULL;
    }
    if ((folded = length ? platform_fold(flags, text, length, ret, size) : 0) < 0)
    {
        if (ret != buffer) platform_free(ret);
        return NULL;
    }
    *ret_length = folded;
    return ret;
}

BOOL text_contains(ULONG fuzzy, const WCHAR *text, size_t length, const WCHAR *part,
                   size_t part_length, BOOL *no_memory)
{
    WCHAR text_buffer[STACK_TEXT], part_buffer[STACK_TEXT], *text_folded, *part_folded;
    const ULONG level = fuzzy & FUZZY_LEVEL;
    ULONG flags = 0;
    BOOL ret = FALSE;

    /* Settings that are not valid mean an exact match of the whole. */
    if (level > FL_PREFIX || fuzzy & ~FUZZY_KNOWN)
        return contains(FL_FULLSTRING, text, length, part, part_length, FALSE);

    if (fuzzy & (FL_IGNORECASE | FL_LOOSE)) flags |= NORM_IGNORECASE;
    if (fuzzy & (FL_IGNORENONSPACE | FL_LOOSE)) flags |= NORM_IGNORENONSPACE;
    if (!flags) return contains(level, text, length, part, part_length, FALSE);
    if (is_ascii(text, length) && is_ascii(part, part_length))
        return contains(level, text, length, part, part_length, flags & NORM_IGNORECASE);

    text_folded = fold(flags, text, length, text_buffer, &length);
    part_folded = fold(flags, part, part_length, part_buffer, &part_length);
    if (text_folded && part_folded)
        ret = contains(level, text_folded, length, part_folded, part_length, FALSE);
    else
        short_of_memory(no_memory);
    if (text_folded != text_buffer) platform_free(text_folded);
    if (part_folded != part_buffer) platform_free(part_folded);
    return ret;
}

BOOL text_contains_ansi(ULONG fuzzy, const char *text, const char *part, BOOL *no_memory)
{
    WCHAR text_buffer[STACK_TEXT], part_buffer[STACK_TEXT], *text_wide, *part_wide;
    BOOL ret = FALSE;

    text_wide = widen(text, text_buffer, ARRAY_SIZE(text_buffer));
    part_wide = widen(part, part_buffer, ARRAY_SIZE(part_buffer));
    if (text_wide && part_wide)
        ret = text_contains(fuzzy, text_wide, text_length(text_wide), part_wide,
                            text_length(part_wide), no_memory);
    else
        short_of_memory(no_memory);
    if (text_wide != text_buffer) platform_free(text_wide);
    if (part_wide != part_buffer) platform_free(part_wide);
    return ret;
}
