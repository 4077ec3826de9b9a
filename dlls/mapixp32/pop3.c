/*
 * Mail transport: POP3
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
 * RFC 1939. A message is known by its UIDL, without which nothing could be left on the server and
 * nothing fetched only once: a server without UIDL is refused. Deletions happen at QUIT or not at
 * all.
 */

#include "transport.h"

static enum net command(struct mailbox *mailbox, const char *format, ULONG number, char *line,
                        size_t size)
{
    struct connection *connection = mailbox->connection;
    enum net net;

    if ((net = connection_printf(connection, format, (unsigned long)number))) return net;
    if ((net = connection_line(connection, line, size))) return net;
    if (!strncmp(line, "+OK", 3)) return NET_OK;
    words_set(connection->words, "the server refuses %.4s: %.200s", format, line);
    return NET_REFUSED;
}

enum net pop3_open(struct mailbox *mailbox)
{
    struct connection *connection = mailbox->connection;
    char line[1024], id[96], uidl[POP3_ID_MAX];
    ULONG number;
    enum net net;

    if ((net = command(mailbox, "UIDL", 0, line, sizeof(line)))) return net;
    for (;;)
    {
        if ((net = connection_line(connection, line, sizeof(line)))) return net;
        if (!strcmp(line, ".")) return NET_OK;
        if (!pop3_parse_uidl(line, &number, uidl)) return connection_nonsense(connection, line);
        snprintf(id, sizeof(id), "pop3.%s", uidl);
        if (!mailbox_add(mailbox, id, number, FALSE))
        {
            words_set(connection->words, "there is no memory for the list of messages");
            return NET_FAILED;
        }
    }
}

enum net pop3_fetch(struct mailbox *mailbox, ULONG number, struct bytes *data)
{
    char line[512];
    enum net net;

    if ((net = command(mailbox, "RETR %lu", number, line, sizeof(line)))) return net;
    return connection_data(mailbox->connection, data);
}

enum net pop3_delete(struct mailbox *mailbox, ULONG number)
{
    char line[512];

    return command(mailbox, "DELE %lu", number, line, sizeof(line));
}

enum net pop3_quit(struct mailbox *mailbox)
{
    char line[512];

    return command(mailbox, "QUIT", 0, line, sizeof(line));
}
