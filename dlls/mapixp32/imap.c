/*
 * Mail transport: IMAP
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
 * RFC 3501, as much as is needed: select a folder, list UIDs and flags, fetch without marking as seen,
 * change flags, and expunge what we flagged ourselves (UID EXPUNGE where the server has it). A message
 * is known by UIDVALIDITY and UID. Untagged answers may come at any time and are read by what they
 * say, not by what was asked.
 */

#include "transport.h"

#define LINE_MAX_SIZE 8192

/* One answer of the server. A literal in it goes to data, if that is wanted and it is not too large;
 * in the line an empty literal stands for it. */
static enum net read_answer(struct connection *connection, char *line, size_t size,
                            struct bytes *data)
{
    size_t length = 0, literal;
    char *brace, *end;
    enum net net;

    for (;;)
    {
        if ((net = connection_line(connection, line + length, size - length))) return net;
        length += strlen(line + length);
        if (!length || line[length - 1] != '}' || !(brace = strrchr(line, '{'))) return NET_OK;
        literal = strtoul(brace + 1, &end, 10);
        if (end == brace + 1 || (strcmp(end, "}") && strcmp(end, "+}"))) return NET_OK;
        if (data && literal <= MESSAGE_MAX) net = connection_read(connection, data, literal);
        else net = connection_read(connection, NULL, literal);
        if (net) return net;
        length = brace - line;
        line[length] = 0;
        if (size - length < 64) return connection_nonsense(connection, line);
    }
}

/* Each untagged answer goes to answer until the command is done. */
static enum net command(struct mailbox *mailbox, struct bytes *data,
                        BOOL (*answer)(struct mailbox *mailbox, const char *line),
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

static enum net command(struct mailbox *mailbox, struct bytes *data,
                        BOOL (*answer)(struct mailbox *mailbox, const char *line),
                        const char *format, ...)
{
    struct connection *connection = mailbox->connection;
    char line[LINE_MAX_SIZE], text[1024], tag[16];
    va_list args;
    enum net net;
    int length;

    va_start(args, format);
    length = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (length < 0 || length >= (int)sizeof(text)) return connection_nonsense(connection, "");
    snprintf(tag, sizeof(tag), "M%lu ", (unsigned long)++mailbox->tag);
    if ((net = connection_printf(connection, "%s%s", tag, text))) return net;
    for (;;)
    {
        if ((net = read_answer(connection, line, sizeof(line), data))) return net;
        if (!strncmp(line, tag, strlen(tag)))
        {
            if (!_strnicmp(line + strlen(tag), "OK", 2)) return NET_OK;
            words_set(connection->words, "the server refuses %.40s: %.200s", text, line + strlen(tag));
            return NET_REFUSED;
        }
        if (!_strnicmp(line, "* BYE", 5))
        {
            words_set(connection->words, "the server closes the connection: %.200s", line + 5);
            return NET_FAILED;
        }
        if (answer && !answer(mailbox, line))
        {
            words_set(connection->words, "there is no memory for the list of messages");
            return NET_FAILED;
        }
    }
}

/* The name of a folder as IMAP has it: modified UTF-7 (RFC 3501, 5.1.3), inside quotes. */
static BOOL quote_folder(const char *folder, char *quoted, size_t size)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    WCHAR *wide = wide_from_utf8(folder), *p;
    ULONG bits = 0, held = 0;
    BOOL shifted = FALSE;
    size_t pos = 0;

    if (!wide) return FALSE;
    quoted[pos++] = '"';
    for (p = wide; pos < size - 16; p++)
    {
        if (*p >= 0x80)
        {
            if (!shifted) quoted[pos++] = '&';
            shifted = TRUE;
            bits = bits << 16 | *p;
            for (held += 16; held >= 6; held -= 6) quoted[pos++] = digits[bits >> (held - 6) & 0x3f];
            continue;
        }
        if (shifted)
        {
            if (held) quoted[pos++] = digits[bits << (6 - held) & 0x3f];
            quoted[pos++] = '-';
            shifted = FALSE;
            bits = held = 0;
        }
        if (!*p) break;
        if (*p < ' ' || *p == 0x7f) continue;
        if (*p == '"' || *p == '\\') quoted[pos++] = '\\';
        quoted[pos++] = (char)*p;
        if (*p == '&') quoted[pos++] = '-';
    }
    quoted[pos++] = '"';
    quoted[pos] = 0;
    free(wide);
    return pos < size - 16;
}

static BOOL on_select(struct mailbox *mailbox, const char *line)
{
    const char *text = strstr(line, "[UIDVALIDITY ");
    ULONG count;

    if (text) mailbox->validity = strtoul(text + 13, NULL, 10);
    if (sscanf(line, "* %lu EXISTS", &count) == 1 && strstr(line, "EXISTS")) mailbox->room = count;
    return TRUE;
}

/* "* 3 FETCH (UID 7 FLAGS (\Seen))", in whatever order. */
static BOOL on_fetch(struct mailbox *mailbox, const char *line)
{
    const char *items, *uid, *flags, *end;
    char id[96];
    ULONG number;

    if (sscanf(line, "* %lu FETCH", &number) != 1 || !(items = strstr(line, "FETCH ("))) return TRUE;
    items += 6;
    if (!(flags = strstr(items, "FLAGS (")) || !(end = strchr(flags, ')'))) return TRUE;
    for (uid = items; (uid = strstr(uid, "UID ")); uid++)
        if (uid[-1] == '(' || uid[-1] == ' ') break;
    if (!uid || !(number = strtoul(uid + 4, NULL, 10))) return TRUE;
    for (; flags < end && _strnicmp(flags, "\\Deleted", 8); flags++) {}
    if (flags < end) return TRUE;       /* as good as gone */
    for (flags = strstr(items, "FLAGS ("); flags < end && _strnicmp(flags, "\\Seen", 5); flags++) {}
    snprintf(id, sizeof(id), "imap.%lu.%lu", (unsigned long)mailbox->validity, (unsigned long)number);
    return mailbox_add(mailbox, id, number, flags < end);
}

enum net imap_open(struct mailbox *mailbox)
{
    char folder[1200];
    ULONG exists;
    enum net net;

    if (!quote_folder(mailbox->settings->folder, folder, sizeof(folder)))
    {
        words_set(mailbox->connection->words, "the folder's name is too long");
        return NET_REFUSED;
    }
    if ((net = command(mailbox, NULL, on_select, "SELECT %.900s", folder))) return net;
    /* room held the count until here */
    exists = mailbox->room;
    mailbox->room = 0;
    if (!mailbox->validity)
    {
        words_set(mailbox->connection->words, "the server has no UIDs that last");
        return NET_REFUSED;
    }
    if (!exists) return NET_OK;
    return command(mailbox, NULL, on_fetch, "UID FETCH 1:* (UID FLAGS)");
}

enum net imap_fetch(struct mailbox *mailbox, ULONG uid, struct bytes *data)
{
    return command(mailbox, data, NULL, "UID FETCH %lu (BODY.PEEK[])", (unsigned long)uid);
}

enum net imap_store(struct mailbox *mailbox, ULONG uid, const char *change)
{
    return command(mailbox, NULL, NULL, "UID STORE %lu %s", (unsigned long)uid, change);
}

enum net imap_expunge(struct mailbox *mailbox)
{
    return command(mailbox, NULL, NULL, "EXPUNGE");
}
