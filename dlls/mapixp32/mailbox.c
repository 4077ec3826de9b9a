/*
 * Mail transport: a mailbox on a server
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

/* What IMAP and POP3 have in common: a list of messages by identifiers that never change. */

#include "transport.h"

#define MESSAGES_MAX ((1u << 24) - 64)  /* of a folder; the list's room stays below 1 << 24 */

enum net mailbox_open(const struct settings *settings, HANDLE stop, struct mailbox *mailbox,
                      WCHAR words[WORDS_MAX])
{
    enum net net;

    memset(mailbox, 0, sizeof(*mailbox));
    mailbox->settings = settings;
    mailbox->imap = settings->receive_kind == MAPIXP_RECEIVE_IMAP;
    if (!mailbox->imap) strcpy(mailbox->prefix, "pop3.");
    net = connection_open(mailbox->imap ? "imap" : "pop3", &settings->receive, settings, stop,
                          &mailbox->connection, words);
    if (net) return net;
    net = mailbox->imap ? imap_open(mailbox) : pop3_open(mailbox);
    if (!net) return NET_OK;
    lstrcpynW(words, mailbox->connection->words, WORDS_MAX);
    mailbox_close(mailbox);
    return net;
}

void mailbox_close(struct mailbox *mailbox)
{
    if (mailbox->connection && mailbox->imap) connection_printf(mailbox->connection, "Z LOGOUT");
    connection_close(mailbox->connection);
    free(mailbox->list);
    memset(mailbox, 0, sizeof(*mailbox));
}

BOOL mailbox_add(struct mailbox *mailbox, const char *id, ULONG number, BOOL seen)
{
    struct remote *grown;

    if (mailbox->count == MESSAGES_MAX
        || !(grown = list_grow(mailbox->list, mailbox->count, &mailbox->room, sizeof(*grown))))
        return FALSE;
    mailbox->list = grown;
    lstrcpynA(mailbox->list[mailbox->count].id, id, sizeof(mailbox->list->id));
    mailbox->list[mailbox->count].number = number;
    mailbox->list[mailbox->count].seen = seen;
    mailbox->count++;
    return TRUE;
}

void mailbox_remove(struct mailbox *mailbox, const struct remote *remote)
{
    size_t index = remote - mailbox->list;

    mailbox->count--;
    memmove(&mailbox->list[index], &mailbox->list[index + 1],
            (mailbox->count - index) * sizeof(*mailbox->list));
}

enum net mailbox_fetch(struct mailbox *mailbox, const struct remote *remote, struct bytes *data)
{
    memset(data, 0, sizeof(*data));
    return mailbox->imap ? imap_fetch(mailbox, remote->number, data)
                         : pop3_fetch(mailbox, remote->number, data);
}

enum net mailbox_set_seen(struct mailbox *mailbox, const struct remote *remote, BOOL seen)
{
    if (!mailbox->imap) return NET_OK;  /* POP3 has no such thing */
    return imap_store(mailbox, remote->number, seen ? "+FLAGS.SILENT (\\Seen)"
                                                    : "-FLAGS.SILENT (\\Seen)");
}

enum net mailbox_delete(struct mailbox *mailbox, const struct remote *remote)
{
    if (!mailbox->imap) return pop3_delete(mailbox, remote->number);
    return imap_store(mailbox, remote->number, "+FLAGS.SILENT (\\Deleted)");
}

BOOL mailbox_idle(struct mailbox *mailbox, HANDLE wake, DWORD ms)
{
    return mailbox->imap && imap_idle(mailbox, wake, ms);
}

enum net mailbox_expunge(struct mailbox *mailbox)
{
    return mailbox->imap ? imap_expunge(mailbox) : pop3_quit(mailbox);
}
