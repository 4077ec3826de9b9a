/*
 * Mail transport: folders that an IMAP server lists
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
 * LIST and LSUB of RFC 3501, 7.2.2, with the uses of RFC 6154. A name is kept as the server wrote
 * it, to be asked for by, and read as modified UTF-7 into a path. What is no strict UTF-7, has
 * control characters, an empty level, too many or too long ones is refused: such a folder is passed
 * over, never guessed at.
 */

#include <string.h>

#include "answer.h"

static const struct { const char *word; enum imap_use use; } uses[] =
{
    { "\\Sent", IMAP_USE_SENT }, { "\\Trash", IMAP_USE_TRASH }, { "\\Drafts", IMAP_USE_DRAFTS },
    { "\\Junk", IMAP_USE_JUNK }, { "\\All", IMAP_USE_VIEW }, { "\\Flagged", IMAP_USE_VIEW },
    { "\\Important", IMAP_USE_VIEW },
};

static BOOL ends_attribute(char c)
{
    return c == ' ' || c == ')';
}

/* Behind the list of attributes; NULL: it is none. */
static const char *read_attributes(const char *pos, struct imap_folder *folder)
{
    const char *word;
    size_t i;

    if (*pos++ != '(') return NULL;
    while (*pos && *pos != ')')
    {
        for (i = 0; i < sizeof(uses) / sizeof(*uses); i++)
            if (word = pos, answer_word(&word, uses[i].word) && ends_attribute(*word))
                folder->use = uses[i].use;
        if (word = pos, (answer_word(&word, "\\Noselect") || answer_word(&word, "\\NonExistent"))
                        && ends_attribute(*word))
            folder->no_select = TRUE;
        while (*pos && !ends_attribute(*pos)) pos++;
        if (*pos == ' ') pos++;
    }
    return *pos ? pos + 1 : NULL;
}

/* A string in quotes or an atom, whole to the end of the line. */
static BOOL read_name(const char *pos, char name[IMAP_NAME_MAX])
{
    BOOL quoted = *pos == '"';
    size_t length = 0;

    for (pos += quoted; *pos && !(quoted && *pos == '"'); pos++)
    {
        if (quoted && *pos == '\\' && !*++pos) return FALSE;
        if ((unsigned char)*pos < ' ' || (unsigned char)*pos > '~' || length + 1 >= IMAP_NAME_MAX)
            return FALSE;
        if (!quoted && strchr(" (){%*\"\\", *pos)) return FALSE;
        name[length++] = *pos;
    }
    name[length] = 0;
    if (quoted && *pos++ != '"') return FALSE;
    return length && !*pos;
}

static BOOL same_text(const WCHAR *a, const WCHAR *b)
{
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}

BOOL imap_announces_name(const char *line)
{
    return answer_word(&line, "* LIST (") || answer_word(&line, "* LSUB (");
}

BOOL imap_parse_list(const char *line, const char *word, struct imap_folder *folder)
{
    memset(folder, 0, sizeof(*folder));
    if (line[0] != '*' || line[1] != ' ') return FALSE;
    line += 2;
    if (!answer_word(&line, word) || *line++ != ' ') return FALSE;
    if (!(line = read_attributes(line, folder)) || *line++ != ' ') return FALSE;
    if (*line == '"')
    {
        if (*++line == '\\') line++;
        if (*line < ' ' || *line > '~') return FALSE;
        folder->separator = *line++;
        if (*line++ != '"') return FALSE;
    }
    else if (!answer_word(&line, "NIL")) return FALSE;
    return *line == ' ' && read_name(line + 1, folder->name);
}

BOOL imap_quote_name(const char *name, char *quoted, size_t size)
{
    size_t pos = 0;

    if (size < 4) return FALSE;
    quoted[pos++] = '"';
    for (; *name && pos + 4 <= size; name++)
    {
        if (*name == '"' || *name == '\\') quoted[pos++] = '\\';
        quoted[pos++] = *name;
    }
    if (*name || pos + 2 > size) return FALSE;
    quoted[pos++] = '"';
    quoted[pos] = 0;
    return TRUE;
}

BOOL imap_join_name(const char *parent, char separator, const WCHAR *level,
                    char name[IMAP_NAME_MAX])
{
    char quoted[2 * IMAP_NAME_MAX];
    WCHAR read[IMAP_PATH_MAX];
    const char *pos, *own;
    size_t length = strlen(parent);

    if (length && (!separator || length + 2 > IMAP_NAME_MAX)) return FALSE;
    if (!imap_quote_folder(level, quoted, sizeof(quoted))) return FALSE;
    memcpy(name, parent, length);
    if (length) name[length++] = separator;
    own = name + length;
    for (pos = quoted + 1; pos[1]; pos++)
    {
        if (*pos == '\\') pos++;
        if (length + 1 >= IMAP_NAME_MAX) return FALSE;
        name[length++] = *pos;
    }
    name[length] = 0;
    /* Anything that it would not come back as. */
    return imap_read_levels(own, separator, read) && same_text(read, level);
}

BOOL imap_is_below(const char *name, const char *above, char separator)
{
    size_t length = strlen(above);

    return separator && !strncmp(name, above, length) && name[length] == separator;
}

BOOL imap_parse_status(const char *line, ULONG *messages)
{
    const char *pos;
    ULONGLONG count;

    if (!answer_word(&line, "* STATUS ") || !(pos = strrchr(line, '('))
        || !answer_word(&pos, "(MESSAGES ") || !answer_number(&pos, 0xffffffff, &count)
        || *pos != ')')
        return FALSE;
    *messages = count;
    return TRUE;
}

BOOL imap_read_path(const struct imap_folder *folder, WCHAR text[IMAP_PATH_MAX])
{
    return imap_read_levels(folder->name, folder->separator, text);
}
