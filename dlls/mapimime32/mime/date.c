/*
 * Dates
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
 * A date is read by what its words are, not by where they stand: a month's name, a time with colons, a
 * year, a day, a zone. That takes RFC 5322's form, its obsolete ones, and that of asctime.
 */

#include <stdio.h>
#include <string.h>

#include "mime.h"

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
static const char days[] = "sunmontuewedthufrisat";

/* Days from 1601-01-01. */
static LONGLONG day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;

    return 365LL * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 584694;
}

static int find3(const char *list, const char *word, size_t size)
{
    size_t i;

    if (size < 3) return -1;
    for (i = 0; list[i]; i += 3)
        if (mime_lower(word[0]) == list[i] && mime_lower(word[1]) == list[i + 1]
            && mime_lower(word[2]) == list[i + 2]) return (int)(i / 3);
    return -1;
}

static BOOL number(const char *word, size_t size, int *value)
{
    size_t i;

    *value = 0;
    if (!size || size > 6) return FALSE;
    for (i = 0; i < size; i++)
    {
        if (word[i] < '0' || word[i] > '9') return FALSE;
        *value = *value * 10 + word[i] - '0';
    }
    return TRUE;
}

static BOOL read_zone(const char *word, size_t size, int *offset)
{
    static const struct { const char *name; int hours; } zones[] =
    {
        {"ut", 0}, {"gmt", 0}, {"utc", 0}, {"z", 0}, {"est", -5}, {"edt", -4}, {"cst", -6},
        {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"bst", 1}, {"cet", 1},
        {"cest", 2}, {"met", 1}, {"mest", 2}, {"eet", 2}, {"eest", 3}, {"msk", 3}, {"jst", 9}
    };
    size_t i;
    int value;

    if (size >= 3 && (word[0] == '+' || word[0] == '-'))
    {
        char digits[4];
        size_t count = 0;

        for (i = 1; i < size && count < 4; i++) if (word[i] != ':') digits[count++] = word[i];
        if (!number(digits, count, &value)) return FALSE;
        if (count <= 2) value *= 100;
        value = value / 100 * 60 + value % 100;
        if (value > 24 * 60) value = 0;
        *offset = word[0] == '-' ? -value : value;
        return TRUE;
    }
    for (i = 0; i < ARRAY_SIZE(zones); i++)
        if (mime_equal(word, size, zones[i].name))
        {
            *offset = zones[i].hours * 60;
            return TRUE;
        }
    return FALSE;
}

static BOOL read_clock(const char *word, size_t size, int *hour, int *minute, int *second)
{
    const char *end = word + size, *first, *other;

    *second = 0;
    if (!(first = memchr(word, ':', size)) || first == word) return FALSE;
    if (!number(word, first - word, hour)) return FALSE;
    other = memchr(first + 1, ':', end - first - 1);
    if (!number(first + 1, (other ? other : end) - first - 1, minute)) return FALSE;
    if (other)
    {
        const char *dot = memchr(other, '.', end - other);
        if (!number(other + 1, (dot ? dot : end) - other - 1, second)) return FALSE;
    }
    if (*second > 59) *second = 59;
    return *hour < 24 && *minute < 60;
}

BOOL mime_parse_date(const char *value, size_t size, ULONGLONG *time)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = -1, month = -1, day = -1, hour = 0, minute = 0, second = 0, offset = 0, n;
    BOOL has_clock = FALSE, has_zone = FALSE;
    LONGLONG minutes;
    size_t i = 0, begun, depth;

    *time = 0;
    if (size > 1024) size = 1024;
    while (i < size)
    {
        if (value[i] == '(')
        {
            for (depth = 0; i < size; i++)
            {
                if (value[i] == '(') depth++;
                else if (value[i] == ')' && !--depth) break;
            }
            i++;
            continue;
        }
        if (mime_is_space(value[i]) || value[i] == ',' || (value[i] == '-' && !has_clock))
        {
            i++;
            continue;
        }
        for (begun = i; i < size && !mime_is_space(value[i]) && value[i] != ',' && value[i] != '('
             && (value[i] != '-' || has_clock);) i++;
        if (begun == i) i++;
        else if (!has_clock && read_clock(value + begun, i - begun, &hour, &minute, &second))
            has_clock = TRUE;
        else if (month < 0 && (n = find3(months, value + begun, i - begun)) >= 0) month = n;
        else if (number(value + begun, i - begun, &n))
        {
            if (day < 0 && i - begun <= 2) day = n;
            else if (year < 0)
            {
                year = n;
                if (i - begun <= 2) year += n < 50 ? 2000 : 1900;
                else if (i - begun == 3) year += 1900;
            }
        }
        else if (!has_zone && has_clock && read_zone(value + begun, i - begun, &offset))
            has_zone = TRUE;
    }
    if (day < 1 || month < 0 || year < 1601 || year > 9999 || day > lengths[month]) return FALSE;
    minutes = (day_number(year, month + 1, day) * 24 + hour) * 60 + minute - offset;
    if (minutes < 0) return FALSE;
    *time = (ULONGLONG)(minutes * 60 + second) * 10000000;
    return TRUE;
}

void mime_format_date(ULONGLONG time, int offset, char *buffer)
{
    LONGLONG seconds = (LONGLONG)(time / 10000000) + offset * 60, day, n;
    int year, month, away = offset < 0 ? -offset : offset;

    if (seconds < 0) seconds = 0;
    day = seconds / 86400;
    seconds %= 86400;
    /* Beyond year 9999 there is no such date. */
    if (day > 3067670) day = 3067670;
    year = 1601 + (int)(day / 366);
    while (day_number(year + 1, 1, 1) <= day) year++;
    for (month = 12; day_number(year, month, 1) > day;) month--;
    n = day - day_number(year, month, 1) + 1;
    sprintf(buffer, "%c%.2s, %02d %c%.2s %04d %02d:%02d:%02d %c%02d%02d",
            days[(day + 1) % 7 * 3] - 32, days + (day + 1) % 7 * 3 + 1, (int)n,
            months[(month - 1) * 3] - 32, months + (month - 1) * 3 + 1, year, (int)(seconds / 3600),
            (int)(seconds / 60 % 60), (int)(seconds % 60), offset < 0 ? '-' : '+', away / 60 % 100,
            away % 60);
}
