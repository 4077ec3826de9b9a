/*
 * Mail transport: SMTP replies
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


/* RFC 5321, 4.2, and the extensions that mail is sent with: SIZE, 8BITMIME, SMTPUTF8, DSN. */

#include "answer.h"

BOOL smtp_parse_line(const char *line, struct smtp_line *ret)
{
    int i;

    ret->code = 0;
    for (i = 0; i < 3; i++)
    {
        if (line[i] < '0' || line[i] > '9') return FALSE;
        ret->code = ret->code * 10 + (line[i] - '0');
    }
    if (ret->code < 200 || ret->code > 599) return FALSE;
    if (line[3] && line[3] != ' ' && line[3] != '-') return FALSE;
    ret->more = line[3] == '-';
    ret->text = line[3] ? line + 4 : line + 3;
    return TRUE;
}

/* The word alone, or with parameters. */
static BOOL is_feature(const char **text, const char *word)
{
    const char *pos = *text;

    if (!answer_word(&pos, word) || (*pos && *pos != ' ')) return FALSE;
    while (*pos == ' ') pos++;
    *text = pos;
    return TRUE;
}

void smtp_parse_feature(const char *text, struct smtp_features *features)
{
    ULONGLONG limit;

    if (is_feature(&text, "SIZE"))
    {
        features->size = TRUE;
        if (answer_number(&text, ~(ULONGLONG)0, &limit)) features->size_limit = limit;
    }
    else if (is_feature(&text, "8BITMIME")) features->eight_bit = TRUE;
    else if (is_feature(&text, "SMTPUTF8")) features->utf8 = TRUE;
    else if (is_feature(&text, "DSN")) features->dsn = TRUE;
}

BOOL smtp_write_xtext(const char *text, char *to, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t pos = 0;

    for (; *text; text++)
    {
        unsigned char c = *text;

        if (size < 4 || pos > size - 4) return FALSE;
        if (c > ' ' && c < 0x7f && c != '+' && c != '=')
        {
            to[pos++] = c;
            continue;
        }
        to[pos++] = '+';
        to[pos++] = digits[c >> 4];
        to[pos++] = digits[c & 0xf];
    }
    if (pos >= size) return FALSE;
    to[pos] = 0;
    return TRUE;
}
