/*
 * Tables of all address book providers in one
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
 * The hierarchy of the address book's root and the table of one-off templates: what every provider
 * has, one after the other in the order of the profile. There is one of each a session, made when
 * it is first asked for; it keeps the providers' tables open and follows them.
 */

#ifndef MAPI32_SESSION_MERGED_H
#define MAPI32_SESSION_MERGED_H

#include "session/session.h"

/* A view of how things are now, that follows changes; flags: MAPI_UNICODE. */
HRESULT merged_table(struct session *session, enum merged_kind kind, ULONG flags, IMAPITable **ret);
/* Lets go of the providers' tables until they are needed again. */
void merged_forget(struct session *session);
/* The session ends: the same for good. Views that somebody has stay as they are. */
void merged_end(struct session *session);

#endif /* MAPI32_SESSION_MERGED_H */
