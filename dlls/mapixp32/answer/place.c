/*
 * Mail transport: where an IMAP server has put or found a message
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
 * Response codes of UIDPLUS and MOVE (RFC 4315, 6851), answers to SEARCH, and what commands that
 * put messages need: a text in quotes, a date. A set of UIDs that is more than one number is none:
 * messages go one by one.
 */

#include <stdio.h>
#include <string.h>

#include "answer.h"

/* A number that is no 0, before a space or the end of a code. */
static BOOL read_uid(const char **pos, char end, ULONG *uid)
{
    ULONGLONG value;

    if (!answer_number(pos, 0xffffffff, &value) || !value || *(*pos)++ != end) return FALSE;
    *uid = value;
    return TRUE;
}

BOOL imap_parse_placed(const char *text, struct imap_placed *placed)
{
    memset(placed, 0, sizeof(*placed));
    if (text[0] == '*' && text[1] == ' ') text += 2;
    if (!answer_word(&text, "OK [")) return FALSE;
    if (answer_word(&text, "APPENDUID "))
        return read_uid(&text, ' ', &placed->validity) && read_uid(&text, ']', &placed->uid);
    return answer_word(&text, "COPYUID ") && read_uid(&text, ' ', &placed->validity)
           && read_uid(&text, ' ', &placed->from) && read_uid(&text, ']', &placed->uid);
}

BOOL imap_parse_next(const char *line, ULONG *next)
{
    return answer_word(&line, "* OK [UIDNEXT ") && read_uid(&line, ']', next);
}

BOOL imap_parse_search(const char *line, ULONG *highest)
{
    ULONGLONG uid;

    *highest = 0;
    if (!answer_word(&line, "* SEARCH")) return FALSE;
    while (*line == ' ' && line[1])
    {
        line++;
        if (!answer_number(&line, 0xffffffff, &uid)) return FALSE;
        if (uid > *highest) *highest = uid;
    }
    return !*line || (*line == ' ' && !line[1]);
}

BOOL imap_wants_more(const char *line)
{
    return line[0] == '+' && (!line[1] || line[1] == ' ');
}

BOOL imap_quote_text(const char *text, char *quoted, size_t size)
{
    const char *pos;

    for (pos = text; *pos; pos++)
        if ((unsigned char)*pos < ' ' || (unsigned char)*pos > '~') return FALSE;
    return *text && imap_quote_name(text, quoted, size);
}

BOOL imap_write_date(const struct imap_date *date, char text[IMAP_DATE_MAX])
{
    static const char *const months[] =
        { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    if (date->year < 1000 || date->year > 9999 || date->month < 1 || date->month > 12
        || date->day < 1 || date->day > 31 || date->hour > 23 || date->minute > 59
        || date->second > 59)
        return FALSE;
    snprintf(text, IMAP_DATE_MAX, "\"%2u-%s-%04u %02u:%02u:%02u +0000\"", date->day,
             months[date->month - 1], date->year, date->hour, date->minute, date->second);
    return TRUE;
}
