/*
 * New address book entries
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
 * IAddrBook::NewEntry in its steps: which template, making the entry, filling it in, keeping it.
 * The first and third are the user's; the others are here.
 */

#ifndef MAPI32_SESSION_NEWENTRY_H
#define MAPI32_SESSION_NEWENTRY_H

#include "session/session.h"

/* An entry being made: in a container, or for a message alone (container.cb 0). */
struct new_entry
{
    struct session *session;
    SBinary container;
    SBinary template_id;
    struct logon *logon; /* counted and entered; NULL: the entry is the subsystem's own */
    struct provider *provider;
    IMAPIProp *entry;
    BOOL saved;                         /* in its container, before newentry_keep */
};

/* As IAddrBook::NewEntry; checks all. */
HRESULT newentry(struct session *session, ULONG_PTR ui, ULONG flags, ULONG container_size,
                 const ENTRYID *container, ULONG template_size, const ENTRYID *template_id,
                 ULONG *size, ENTRYID **id);

/* The steps, for a window that takes them itself. newentry_create gives entry->entry, to be set up
 * by the user, then newentry_keep its entry ID; newentry_end is due after newentry_create
 * succeeded. */
HRESULT newentry_create(struct new_entry *entry);
HRESULT newentry_keep(struct new_entry *entry, ULONG *size, ENTRYID **id);
void newentry_end(struct new_entry *entry);

/* newentrydialog.c: the user's steps; both may be MAPI_E_USER_CANCEL. Picks a template from that of
 * the container or, with container->cb 0, from the one-off table or that of a container the user
 * puts the entry into (put->cb 0: none); copies in memory_allocators. */
HRESULT newentry_pick_template(struct session *session, ULONG_PTR ui, const SBinary *container,
                               SBinary *template_id, SBinary *put);
/* The properties of the new entry. */
HRESULT newentry_fill(ULONG_PTR ui, ULONG flags, struct new_entry *entry);

#endif /* MAPI32_SESSION_NEWENTRY_H */
