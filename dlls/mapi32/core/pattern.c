/*
 * Patterns of RELOP_RE
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
 * The regular expressions that RELOP_RE compares with. The reference names the operator and leaves
 * the language open; this is the part that every regular expression language agrees on:
 *
 *   c  any other character, itself       .    any character          \c   the character c
 *   [abc] [a-z] [^a-z]  one of a set     * + ?  the item before, repeated
 *   ^  at the start: only there          $  at the end: only there
 *
 * A pattern is found anywhere in the text. Letters match in the same case only. A pattern with an
 * unclosed set or a stray repetition matches nothing.
 *
 * Both are walked together with the set of items that could come next, so the time is at worst the
 * product of the two lengths, whatever the pattern. A pattern has PATTERN_MAX items at most.
 */

#include "core/core.h"

#define PATTERN_MAX 256

enum repeat { REPEAT_NONE, REPEAT_OPTIONAL, REPEAT_ANY, REPEAT_MANY };

struct item
{
    const WCHAR *from;          /* the character, or the first of the set */
    const WCHAR *to;            /* NULL: one character; else behind the last of the set */
    BOOL any;
    BOOL except;
    enum repeat repeat;
};

struct pattern
{
    BOOL at_start;
    BOOL at_end;
    unsigned int count;
    struct item items[PATTERN_MAX];
};

static const WCHAR *parse_set(const WCHAR *p, struct item *item)
{
    if ((item->except = *p == '^')) p++;
    item->from = p;
    if (*p) p++;                /* a ] that comes first stands for itself */
    while (*p && *p != ']') p++;
    item->to = p;
    return *p ? p + 1 : NULL;
}

static BOOL parse(const WCHAR *p, struct pattern *pattern)
{
    struct item *item;

    pattern->count = 0;
    pattern->at_end = FALSE;
    if ((pattern->at_start = *p == '^')) p++;

    while (*p)
    {
        if (p[0] == '$' && !p[1])
        {
            pattern->at_end = TRUE;
            return TRUE;
        }
        if (pattern->count == PATTERN_MAX) return FALSE;
        item = &pattern->items[pattern->count++];
        memset(item, 0, sizeof(*item));

        switch (*p)
        {
        case '*':
        case '+':
        case '?':
            return FALSE;
        case '.':
            item->any = TRUE;
            p++;
            break;
        case '[':
            if (!(p = parse_set(p + 1, item))) return FALSE;
            break;
        case '\\':
            if (!*++p) return FALSE;
            /* fall through */
        default:
            item->from = p++;
            break;
        }
        switch (*p)
        {
        case '*':
            item->repeat = REPEAT_ANY;
            p++;
            break;
        case '+':
            item->repeat = REPEAT_MANY;
            p++;
            break;
        case '?':
            item->repeat = REPEAT_OPTIONAL;
            p++;
            break;
        }
    }
    return TRUE;
}

static BOOL item_matches(const struct item *item, WCHAR c)
{
    const WCHAR *p;
    BOOL found = FALSE;

    if (item->any) return TRUE;
    if (!item->to) return *item->from == c;
    for (p = item->from; p < item->to && !found; p++)
    {
        if (item->to - p > 2 && p[1] == '-')
        {
            found = c >= p[0] && c <= p[2];
            p += 2;
        }
        else found = c == *p;
    }
    return found != item->except;
}

/* Item i may come next, and so may those behind it when it can be left out. */
static void reach(const struct pattern *pattern, BOOL *states, unsigned int i)
{
    for (;; i++)
    {
        if (states[i]) return;
        states[i] = TRUE;
        if (i == pattern->count) return;
        if (pattern->items[i].repeat != REPEAT_ANY && pattern->items[i].repeat != REPEAT_OPTIONAL)
            return;
    }
}

static BOOL run(const struct pattern *pattern, const WCHAR *text)
{
    BOOL states[2][PATTERN_MAX + 1], *now = states[0], *next = states[1], *swap;
    const unsigned int end = pattern->count;
    unsigned int i;

    memset(now, 0, sizeof(states[0]));
    reach(pattern, now, 0);
    for (;; text++)
    {
        if (now[end] && (!pattern->at_end || !*text)) return TRUE;
        if (!*text) return FALSE;

        memset(next, 0, sizeof(states[0]));
        for (i = 0; i < end; i++)
        {
            if (!now[i] || !item_matches(&pattern->items[i], *text)) continue;
            reach(pattern, next, i + 1);
            if (pattern->items[i].repeat == REPEAT_ANY || pattern->items[i].repeat == REPEAT_MANY)
                next[i] = TRUE;
        }
        if (!pattern->at_start) reach(pattern, next, 0);
        swap = now;
        now = next;
        next = swap;
    }
}

BOOL text_match_pattern(const WCHAR *text, const WCHAR *pattern, BOOL *no_memory)
{
    struct pattern *parsed = platform_alloc(sizeof(*parsed));
    BOOL ret = FALSE;

    if (parsed) ret = parse(pattern, parsed) && run(parsed, text);
    else if (no_memory) *no_memory = TRUE;
    platform_free(parsed);
    return ret;
}

BOOL text_match_pattern_ansi(const char *text, const char *pattern, BOOL *no_memory)
{
    WCHAR *wide_text = text_from_ansi(text), *wide_pattern = text_from_ansi(pattern);
    BOOL ret = FALSE;

    if (wide_text && wide_pattern) ret = text_match_pattern(wide_text, wide_pattern, no_memory);
    else if (no_memory) *no_memory = TRUE;
    platform_free(wide_text);
    platform_free(wide_pattern);
    return ret;
}
