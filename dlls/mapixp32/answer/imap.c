/*
 * Mail transport: IMAP responses
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
 * RFC 3501, 7 and 9. Untagged responses may come at any time, their items in any order and case,
 * with items that nobody asked for. Items are stepped over by the grammar, so that text inside
 * strings or lists is never taken for one.
 */

#include <string.h>

#include "answer.h"

static BOOL untagged(const char **line)
{
    if ((*line)[0] != '*' || (*line)[1] != ' ') return FALSE;
    *line += 2;
    return TRUE;
}

/* A word that ends where a word may. */
static BOOL whole_word(const char **pos, const char *word)
{
    const char *p = *pos;

    if (!answer_word(&p, word) || (*p && !strchr(" )]", *p))) return FALSE;
    *pos = p;
    return TRUE;
}

BOOL imap_parse_literal(const char *line, size_t *length, ULONGLONG *size)
{
    size_t end = strlen(line);
    const char *brace;

    if (!end || line[end - 1] != '}' || !(brace = strrchr(line, '{'))) return FALSE;
    *length = brace++ - line;
    if (!answer_number(&brace, 0xffffffff, size)) return FALSE;
    if (*brace == '+') brace++;
    return brace == line + end - 1;
}

BOOL imap_announces_body(const char *line, size_t length)
{
    static const char item[] = "BODY[] ";
    const char *pos;

    if (length < sizeof(item)) return FALSE;
    pos = line + length - (sizeof(item) - 1);
    return (pos[-1] == ' ' || pos[-1] == '(') && answer_word(&pos, item);
}

enum imap_end imap_parse_end(const char *line, const char *tag, const char **text)
{
    size_t length = strlen(tag);

    if (strncmp(line, tag, length) || line[length] != ' ') return IMAP_NOT_ENDED;
    line += length + 1;
    *text = line;
    return whole_word(&line, "OK") ? IMAP_OK : IMAP_REFUSED;
}

static BOOL numbered(const char **line, const char *word, ULONG *number)
{
    ULONGLONG value;

    if (!untagged(line) || !answer_number(line, 0xffffffff, &value) || *(*line)++ != ' ')
        return FALSE;
    *number = value;
    return whole_word(line, word);
}

BOOL imap_parse_count(const char *line, const char *word, ULONG *count)
{
    return numbered(&line, word, count);
}

BOOL imap_parse_validity(const char *line, ULONG *validity)
{
    ULONGLONG value;

    if (!untagged(&line) || !answer_word(&line, "OK [UIDVALIDITY ")
        || !answer_number(&line, 0xffffffff, &value) || *line != ']')
        return FALSE;
    *validity = value;
    return TRUE;
}

BOOL imap_parse_bye(const char *line, const char **text)
{
    if (!untagged(&line) || !whole_word(&line, "BYE")) return FALSE;
    *text = line;
    return TRUE;
}

/* Behind a quoted string; NULL: it has no end. */
static const char *skip_string(const char *pos)
{
    for (pos++; *pos && *pos != '"'; pos++)
        if (*pos == '\\' && pos[1]) pos++;
    return *pos ? pos + 1 : NULL;
}

/* Behind a list in parentheses, with what is nested in it; NULL: it has no end. */
static const char *skip_list(const char *pos)
{
    size_t depth = 0;

    while (*pos)
    {
        if (*pos == '"')
        {
            if (!(pos = skip_string(pos))) return NULL;
            continue;
        }
        if (*pos == '(') depth++;
        else if (*pos == ')' && !--depth) return pos + 1;
        pos++;
    }
    return NULL;
}

/* Behind the name of an item, with its section: BODY[HEADER.FIELDS (DATE)]<0>. */
static const char *skip_name(const char *pos)
{
    for (; *pos && !strchr(" ()\"", *pos); pos++)
        if (*pos == '[' && !(pos = strchr(pos, ']'))) return NULL;
    return pos;
}

static const char *skip_value(const char *pos)
{
    if (*pos == '(') return skip_list(pos);
    if (*pos == '"') return skip_string(pos);
    while (*pos && *pos != ' ' && *pos != ')') pos++;
    return pos;
}

static void read_flags(const char *pos, const char *end, struct imap_message *message)
{
    message->has_flags = TRUE;
    message->seen = message->deleted = FALSE;
    for (pos++; pos < end; pos++)
    {
        if (whole_word(&pos, "\\Seen")) message->seen = TRUE;
        else if (whole_word(&pos, "\\Deleted")) message->deleted = TRUE;
        while (pos < end && *pos != ' ') pos++;
    }
}

BOOL imap_parse_fetch(const char *line, struct imap_message *message)
{
    const char *name, *name_end, *value;
    ULONGLONG uid;
    ULONG number;

    memset(message, 0, sizeof(*message));
    if (!numbered(&line, "FETCH", &number)) return FALSE;
    if (line[0] != ' ' || line[1] != '(') return TRUE;
    line += 2;
    for (;;)
    {
        while (*line == ' ') line++;
        if (*line == ')')
        {
            message->whole = TRUE;
            return TRUE;
        }
        name = line;
        if (!(name_end = skip_name(name)) || name_end == name || *name_end != ' ') return TRUE;
        value = name_end + 1;
        if (!(line = skip_value(value)) || line == value) return TRUE;
        if (whole_word(&name, "UID") && name == name_end)
        {
            if (!answer_number(&value, 0xffffffff, &uid) || value != line) return TRUE;
            message->uid = uid;
        }
        else if (whole_word(&name, "FLAGS") && name == name_end)
        {
            if (*value != '(') return TRUE;
            read_flags(value, line, message);
        }
    }
}

BOOL imap_has_capability(const char *line, const char *name)
{
    if (!untagged(&line)) return FALSE;
    if (!whole_word(&line, "CAPABILITY") && !answer_word(&line, "OK [CAPABILITY")) return FALSE;
    while (*line == ' ')
    {
        line++;
        if (whole_word(&line, name)) return TRUE;
        while (*line && *line != ' ' && *line != ']') line++;
    }
    return FALSE;
}

BOOL imap_quote_folder(const WCHAR *folder, char *quoted, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    ULONG bits = 0, held = 0;
    BOOL shifted = FALSE;
    size_t pos = 0;

    if (size < 16) return FALSE;
    quoted[pos++] = '"';
    for (; pos < size - 12; folder++)   /* what one character and the end take at most */
    {
        if (*folder >= 0x80)
        {
            if (!shifted) quoted[pos++] = '&';
            shifted = TRUE;
            bits = bits << 16 | *folder;
            for (held += 16; held >= 6; held -= 6)
                quoted[pos++] = digits[bits >> (held - 6) & 0x3f];
            continue;
        }
        if (shifted)
        {
            if (held) quoted[pos++] = digits[bits << (6 - held) & 0x3f];
            quoted[pos++] = '-';
            shifted = FALSE;
            bits = held = 0;
        }
        if (!*folder)
        {
            quoted[pos++] = '"';
            quoted[pos] = 0;
            return TRUE;
        }
        if (*folder < ' ' || *folder == 0x7f) continue;
        if (*folder == '"' || *folder == '\\') quoted[pos++] = '\\';
        quoted[pos++] = (char)*folder;
        if (*folder == '&') quoted[pos++] = '-';
    }
    return FALSE;
}
