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
 * RFC 3501, as much as is needed: select a folder, list UIDs and flags, fetch without marking as
 * seen, change flags, expunge, and IDLE until there is something new. A message is known by
 * UIDVALIDITY and UID. Untagged answers may come at any time and are read by what they say, not by
 * what was asked.
 */

#include "transport.h"

#define LINE_MAX_SIZE 8192
#define COMMAND_MAX_SIZE 2200

/* What stands in the line for a literal: a folder's name in quotes, else nothing in quotes. */
static enum net read_short(struct connection *connection, size_t size, BOOL name, char *to,
                           size_t room)
{
    struct bytes text = { 0 };
    enum net net;

    name = name && size < IMAP_NAME_MAX;
    strcpy(to, "\"\"");
    net = connection_read(connection, name ? &text : NULL, size);
    if (!net && name && bytes_add(&text, "", 1) && strlen(text.data) == size
        && !imap_quote_text(text.data, to, room))
        strcpy(to, "\"\"");
    bytes_free(&text);
    return net;
}

/* One answer of the server. The literal that is a message's text goes to data, if that is wanted
 * and it is not too large; in the line a quoted string stands for each. */
static enum net read_answer(struct connection *connection, char *line, size_t size,
                            struct bytes *data)
{
    size_t length = 0, part;
    ULONGLONG literal;
    BOOL wanted;
    enum net net;

    for (;;)
    {
        if ((net = connection_line(connection, line + length, size - length))) return net;
        length += strlen(line + length);
        /* One that was cut is not to be taken for what its beginning looks like. */
        if (length == size - 1) return connection_nonsense(connection, line);
        if (!imap_parse_literal(line, &part, &literal)) return NET_OK;
        wanted = data && !data->size && literal <= MESSAGE_MAX && imap_announces_body(line, part);
        length = part;
        if (size - length < 64) return connection_nonsense(connection, line);
        if (wanted)
        {
            if ((net = connection_read(connection, data, literal))) return net;
            strcpy(line + length, "\"\"");
        }
        else if ((net = read_short(connection, literal, imap_announces_name(line), line + length,
                                   size - length)))
            return net;
        length += strlen(line + length);
    }
}

/* How many messages there are is told at any time. */
static BOOL on_change(struct mailbox *mailbox, const char *line)
{
    ULONG number;

    if (imap_parse_count(line, "EXISTS", &number)) mailbox->exists = number;
    else if (!imap_parse_count(line, "EXPUNGE", &number)) return FALSE;
    else if (mailbox->exists) mailbox->exists--;
    return TRUE;
}

/* Each untagged answer goes to answer until the command is done. */
static enum net finish(struct mailbox *mailbox, const char *tag, const char *text,
                       struct bytes *data,
                       enum net (*answer)(struct mailbox *mailbox, const char *line))
{
    struct connection *connection = mailbox->connection;
    struct imap_placed placed;
    char line[LINE_MAX_SIZE];
    const char *words;
    enum net net;

    for (;;)
    {
        if ((net = read_answer(connection, line, sizeof(line), data))) return net;
        switch (imap_parse_end(line, tag, &words))
        {
        case IMAP_OK:
            if (imap_parse_placed(words, &placed)) mailbox->placed = placed;
            return NET_OK;
        case IMAP_REFUSED:
            words_set(connection->words, "the server refuses %.40s: %.200s", text, words);
            return NET_REFUSED;
        case IMAP_NOT_ENDED:
            break;
        }
        if (imap_parse_bye(line, &words))
        {
            words_set(connection->words, "the server closes the connection: %.200s", words);
            return NET_FAILED;
        }
        if (imap_parse_placed(line, &placed)) mailbox->placed = placed;
        on_change(mailbox, line);
        if (answer && (net = answer(mailbox, line))) return net;
    }
}

static void next_tag(struct mailbox *mailbox, char tag[16])
{
    snprintf(tag, 16, "M%lu", (unsigned long)++mailbox->tag);
}

static enum net command(struct mailbox *mailbox, struct bytes *data,
                        enum net (*answer)(struct mailbox *mailbox, const char *line),
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

static enum net command(struct mailbox *mailbox, struct bytes *data,
                        enum net (*answer)(struct mailbox *mailbox, const char *line),
                        const char *format, ...)
{
    char text[COMMAND_MAX_SIZE], tag[16];
    va_list args;
    enum net net;
    int length;

    va_start(args, format);
    length = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (length < 0 || length >= (int)sizeof(text))
    {
        words_set(mailbox->connection->words, "a command to the server is too long");
        return NET_REFUSED;
    }
    next_tag(mailbox, tag);
    if ((net = connection_printf(mailbox->connection, "%s %s", tag, text))) return net;
    return finish(mailbox, tag, text, data, answer);
}

static enum net on_select(struct mailbox *mailbox, const char *line)
{
    imap_parse_validity(line, &mailbox->validity);
    imap_parse_next(line, &mailbox->next);
    return NET_OK;
}

static enum net on_fetch(struct mailbox *mailbox, const char *line)
{
    struct imap_message message;
    char id[96];

    if (!imap_parse_fetch(line, &message)) return NET_OK;
    /* A message that is missed would count as deleted there. */
    if (!message.whole) return connection_nonsense(mailbox->connection, line);
    /* Without a UID it is not what was asked for; \Deleted is as good as gone. */
    if (!message.uid || !message.has_flags || message.deleted) return NET_OK;
    snprintf(id, sizeof(id), "%s%lu", mailbox->prefix, (unsigned long)message.uid);
    if (mailbox_add(mailbox, id, message.uid, message.seen)) return NET_OK;
    words_set(mailbox->connection->words, "there is no memory for the list of messages");
    return NET_FAILED;
}

BOOL imap_own_folder(struct mailbox *mailbox, char *quoted, size_t size)
{
    WCHAR *wide = wide_from_utf8(mailbox->settings->folder);
    BOOL ret = wide && imap_quote_folder(wide, quoted, size);

    free(wide);
    return ret;
}

/* kind: what ids begin with, up to the UIDVALIDITY. */
static enum net select_folder(struct mailbox *mailbox, const char *quoted, const char *kind)
{
    enum net net;

    mailbox->count = 0;
    mailbox->validity = mailbox->exists = mailbox->next = 0;
    lstrcpynA(mailbox->quoted, quoted, sizeof(mailbox->quoted));
    if ((net = command(mailbox, NULL, on_select, "SELECT %s", quoted))) return net;
    if (!mailbox->validity)
    {
        words_set(mailbox->connection->words, "the server has no UIDs that last");
        return NET_REFUSED;
    }
    snprintf(mailbox->prefix, sizeof(mailbox->prefix), "%s.%lu.", kind,
             (unsigned long)mailbox->validity);
    mailbox->listed = mailbox->exists;
    if (!mailbox->exists) return NET_OK;
    return command(mailbox, NULL, on_fetch, "UID FETCH 1:* (UID FLAGS)");
}

static enum net on_capability(struct mailbox *mailbox, const char *line)
{
    if (imap_has_capability(line, "IDLE")) mailbox->idle = TRUE;
    if (imap_has_capability(line, "MOVE")) mailbox->has_move = TRUE;
    if (imap_has_capability(line, "UIDPLUS")) mailbox->has_uidplus = TRUE;
    return NET_OK;
}

enum net imap_open(struct mailbox *mailbox)
{
    char folder[900];
    enum net net;

    if (!mailbox->tag && (net = command(mailbox, NULL, on_capability, "CAPABILITY"))) return net;
    if (imap_own_folder(mailbox, folder, sizeof(folder)))
        return select_folder(mailbox, folder, "imap");
    words_set(mailbox->connection->words, "the folder's name is too long");
    return NET_REFUSED;
}

enum net imap_select(struct mailbox *mailbox, const char *quoted, const char *hash)
{
    char kind[24];

    snprintf(kind, sizeof(kind), "folder.%s", hash);
    return select_folder(mailbox, quoted, kind);
}

static enum net on_list(struct mailbox *mailbox, const char *line)
{
    return folders_add(mailbox->listing, mailbox->listing_word, line);
}

enum net imap_list(struct mailbox *mailbox, BOOL subscribed, void *context)
{
    mailbox->listing = context;
    mailbox->listing_word = subscribed ? "LSUB" : "LIST";
    return command(mailbox, NULL, on_list, "%s \"\" \"*\"", mailbox->listing_word);
}

/* ---- folders themselves ---- */

static BOOL quote(struct mailbox *mailbox, const char *name, char quoted[2 * IMAP_NAME_MAX])
{
    if (imap_quote_name(name, quoted, 2 * IMAP_NAME_MAX)) return TRUE;
    words_set(mailbox->connection->words, "the folder's name is too long");
    return FALSE;
}

static enum net on_exists(struct mailbox *mailbox, const char *line)
{
    struct imap_folder folder;

    if (imap_parse_list(line, "LIST", &folder) && !folder.no_select
        && !strcmp(folder.name, mailbox->listing))
        mailbox->found = 1;
    return NET_OK;
}

enum net imap_exists(struct mailbox *mailbox, const char *name, BOOL *exists)
{
    char quoted[2 * IMAP_NAME_MAX];
    enum net net;

    *exists = TRUE;
    /* These two would stand for other names. */
    if (strpbrk(name, "*%")) return NET_OK;
    if (!quote(mailbox, name, quoted)) return NET_REFUSED;
    mailbox->listing = (void *)name;
    mailbox->found = 0;
    net = command(mailbox, NULL, on_exists, "LIST \"\" %s", quoted);
    if (!net) *exists = mailbox->found != 0;
    return net;
}

/* Clients that show only those that are subscribed to are to see it; a server may have no
 * subscriptions. */
static enum net subscribe(struct mailbox *mailbox, const char *quoted, BOOL on)
{
    enum net net = command(mailbox, NULL, NULL, "%sSUBSCRIBE %s", on ? "" : "UN", quoted);

    return net == NET_REFUSED ? NET_OK : net;
}

enum net imap_create(struct mailbox *mailbox, const char *name)
{
    char quoted[2 * IMAP_NAME_MAX];
    enum net net;

    if (!quote(mailbox, name, quoted)) return NET_REFUSED;
    net = command(mailbox, NULL, NULL, "CREATE %s", quoted);
    return net ? net : subscribe(mailbox, quoted, TRUE);
}

enum net imap_rename(struct mailbox *mailbox, const char *from, const char *to)
{
    char quoted[2 * IMAP_NAME_MAX], quoted_to[2 * IMAP_NAME_MAX];
    enum net net;

    if (!quote(mailbox, from, quoted) || !quote(mailbox, to, quoted_to)) return NET_REFUSED;
    if ((net = command(mailbox, NULL, NULL, "RENAME %s %s", quoted, quoted_to))) return net;
    net = subscribe(mailbox, quoted_to, TRUE);
    return net ? net : subscribe(mailbox, quoted, FALSE);
}

static enum net on_status(struct mailbox *mailbox, const char *line)
{
    imap_parse_status(line, &mailbox->found);
    return NET_OK;
}

enum net imap_remove(struct mailbox *mailbox, const char *name, BOOL *removed)
{
    char quoted[2 * IMAP_NAME_MAX];
    enum net net;

    *removed = FALSE;
    if (!quote(mailbox, name, quoted)) return NET_REFUSED;
    mailbox->found = 1;
    if ((net = command(mailbox, NULL, on_status, "STATUS %s (MESSAGES)", quoted)) || mailbox->found)
        return net;
    if ((net = command(mailbox, NULL, NULL, "DELETE %s", quoted))) return net;
    *removed = TRUE;
    return subscribe(mailbox, quoted, FALSE);
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

/* ---- putting messages (UIDPLUS, RFC 4315; MOVE, RFC 6851) ---- */

static enum net on_search(struct mailbox *mailbox, const char *line)
{
    ULONG uid;

    if (imap_parse_search(line, &uid) && uid > mailbox->found) mailbox->found = uid;
    return NET_OK;
}

enum net imap_find(struct mailbox *mailbox, const char *message_id, ULONG *uid)
{
    char quoted[IMAP_SEARCH_MAX];
    enum net net;

    *uid = mailbox->found = 0;
    if (!imap_quote_text(message_id, quoted, sizeof(quoted)))
    {
        words_set(mailbox->connection->words, "its Message-ID cannot be looked for");
        return NET_REFUSED;
    }
    net = command(mailbox, NULL, on_search, "UID SEARCH HEADER Message-ID %s", quoted);
    if (!net) *uid = mailbox->found;
    return net;
}

enum net imap_append(struct mailbox *mailbox, const char *flags, const char *date,
                     const struct bytes *data)
{
    struct connection *connection = mailbox->connection;
    char line[LINE_MAX_SIZE], tag[16];
    const char *words;
    enum net net;

    memset(&mailbox->placed, 0, sizeof(mailbox->placed));
    next_tag(mailbox, tag);
    if ((net = connection_printf(connection, "%s APPEND %.1950s (%s) %s {%lu}", tag, mailbox->quoted, flags,
                                 date, (unsigned long)data->size)))
        return net;
    for (;;)
    {
        if ((net = read_answer(connection, line, sizeof(line), NULL))) return net;
        if (imap_wants_more(line)) break;
        if (imap_parse_end(line, tag, &words) != IMAP_NOT_ENDED)
        {
            words_set(connection->words, "the server does not take a message: %.200s", words);
            return NET_REFUSED;
        }
        if (imap_parse_bye(line, &words)) return connection_nonsense(connection, line);
        on_change(mailbox, line);
    }
    if ((net = connection_write(connection, data->data, data->size))
        || (net = connection_write(connection, "\r\n", 2)))
        return net;
    return finish(mailbox, tag, "APPEND", NULL, NULL);
}

enum net imap_copy(struct mailbox *mailbox, ULONG uid, const char *quoted, BOOL move)
{
    enum net net;

    memset(&mailbox->placed, 0, sizeof(mailbox->placed));
    if (move && mailbox->has_move)
        return command(mailbox, NULL, NULL, "UID MOVE %lu %s", (unsigned long)uid, quoted);
    net = command(mailbox, NULL, NULL, "UID COPY %lu %s", (unsigned long)uid, quoted);
    if (net || !move) return net;
    /* From here on it is there; that it is here as well is mended when it counts as deleted
     * here. */
    net = imap_store(mailbox, uid, "+FLAGS.SILENT (\\Deleted)");
    if (!net && mailbox->has_uidplus)
        net = command(mailbox, NULL, NULL, "UID EXPUNGE %lu", (unsigned long)uid);
    else if (!net) net = imap_expunge(mailbox);
    return net == NET_REFUSED ? NET_OK : net;
}

/* ---- IDLE (RFC 2177) ---- */

#define IDLE_MOST  (28 * 60 * 1000)     /* ms; servers may give up after half an hour */
#define IDLE_PAUSE 500                  /* ms at least from a change to the next look */

/* What the server says while it idles. *over: it is no longer; *changed: the mailbox is not what it
 * was. */
static enum net idle_line(struct mailbox *mailbox, const char *tag, BOOL *over, BOOL *changed)
{
    struct imap_message message;
    char line[LINE_MAX_SIZE];
    const char *words;
    enum net net;

    if ((net = read_answer(mailbox->connection, line, sizeof(line), NULL))) return net;
    *over = imap_parse_end(line, tag, &words) != IMAP_NOT_ENDED;
    if (imap_parse_bye(line, &words)) return NET_FAILED;
    if (on_change(mailbox, line)) *changed = *changed || mailbox->exists != mailbox->listed;
    else *changed = *changed || imap_parse_fetch(line, &message);
    return NET_OK;
}

BOOL imap_idle(struct mailbox *mailbox, HANDLE wake, DWORD ms)
{
    struct connection *connection = mailbox->connection;
    BOOL over = FALSE, data = TRUE, changed;
    ULONGLONG start = GetTickCount64(), past;
    char tag[16];

    /* What came while the list was worked on. */
    changed = mailbox->exists != mailbox->listed;
    if (!mailbox->idle) return FALSE;
    ms = min(ms, IDLE_MOST);
    next_tag(mailbox, tag);
    if (changed) return WaitForSingleObject(connection->stop, IDLE_PAUSE) == WAIT_TIMEOUT;
    if (connection_printf(connection, "%s IDLE", tag)) return FALSE;
    while (!changed && data)
    {
        past = GetTickCount64() - start;
        if (connection_idle(connection, wake, past < ms ? ms - past : 0, &data)) return FALSE;
        if (!data) break;
        if (idle_line(mailbox, tag, &over, &changed) || over) return FALSE;
    }
    if (connection_printf(connection, "DONE")) return FALSE;
    /* A server that tells of changes without end gets no more than its share. */
    return !changed || WaitForSingleObject(connection->stop, IDLE_PAUSE) == WAIT_TIMEOUT;
}
