/*
 * Units: pattern.c
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

#include "unit.h"

static const struct
{
    const char *text;
    const char *pattern;
    BOOL matches;
} rows[] = { { "abc", "abc", TRUE },
             { "abc", "b", TRUE },
             { "abc", "d", FALSE },
             { "abc", "", TRUE },
             { "", "", TRUE },
             { "", "a", FALSE },
             { "", "a*", TRUE },
             { "abc", "^b", FALSE },
             { "abc", "^ab", TRUE },
             { "abc", "c$", TRUE },
             { "abc", "b$", FALSE },
             { "abc", "^$", FALSE },
             { "", "^$", TRUE },
             { "abc", "a.c", TRUE },
             { "abc", "a..c", FALSE },
             { "abbbc", "ab*c", TRUE },
             { "ac", "ab*c", TRUE },
             { "ac", "ab+c", FALSE },
             { "abbc", "ab+c", TRUE },
             { "abc", "ab?c", TRUE },
             { "abbc", "ab?c", FALSE },
             { "ac", "ab?c", TRUE },
             { "aXc", "a[A-Z]c", TRUE },
             { "axc", "a[A-Z]c", FALSE },
             { "axc", "a[^A-Z]c", TRUE },
             { "a]c", "a[]]c", TRUE },
             { "a-c", "a[x-]c", TRUE },
             { "a^c", "a[x^]c", TRUE },
             { "axc", "a[^^]c", TRUE },
             { "a^c", "a[^^]c", FALSE },
             { "a.c", "a\\.c", TRUE },
             { "abc", "a\\.c", FALSE },
             { "a*c", "a\\*c", TRUE },
             { "a$b", "a$b", TRUE },
             { "a^b", "a^b", TRUE },
             { "ABC", "abc", FALSE },
             { "foo.bar@x", "^[a-z.]+@[a-z]$", TRUE },
             { "xaab", "a+b$", TRUE },
             { "aaab", "^a*ab$", TRUE },
             { "abab", "^[ab]*abab$", TRUE },
             { "aaaa", "^a?a?a?a?aaaa$", TRUE },
             { "aaa", "^a?a?a?a?aaaa$", FALSE },
             { "abc", "[c-a]", FALSE },
             /* damaged patterns match nothing */
             { "abc", "*", FALSE },
             { "abc", "+a", FALSE },
             { "a?", "?", FALSE },
             { "abc", "[abc", FALSE },
             { "abc", "a\\", FALSE },
             { "abc", "a**", FALSE },
             { "abc", "[", FALSE },
             { "abc", "^*", FALSE } };

START_TEST(table)
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(rows); i++)
        unit_assert_row(i, text_match_pattern_ansi(rows[i].text, rows[i].pattern, NULL)
                               == rows[i].matches);
    ck_assert_uint_eq(unit_live_blocks(), 0);
}
END_TEST

/* What takes other matchers exponential time. */
START_TEST(effort)
{
    static char text[20000], pattern[300];
    unsigned int i;

    memset(text, 'a', sizeof(text) - 1);
    for (i = 0; i + 2 < 2 * 120; i += 2) memcpy(pattern + i, "a*", 2);
    memcpy(pattern + i, "b$", 3);
    ck_assert(!text_match_pattern_ansi(text, pattern, NULL));
    memset(pattern, 'a', sizeof(pattern) - 1);
    ck_assert(!text_match_pattern_ansi(text, pattern, NULL)); /* too many items */
    pattern[256] = 0;
    ck_assert(text_match_pattern_ansi(text, pattern, NULL));
}
END_TEST

static void match(void *context)
{
    text_match_pattern_ansi("abc", "b", NULL);
}

START_TEST(failures)
{
    unit_fail_each_quietly(match, NULL);
}
END_TEST

Suite *pattern_suite(void)
{
    Suite *suite = suite_create("pattern");
    TCase *tcase = tcase_create("pattern");

    tcase_add_test(tcase, table);
    tcase_add_test(tcase, effort);
    tcase_add_test(tcase, failures);
    suite_add_tcase(suite, tcase);
    return suite;
}
