/*
 * Recipients: resolving, preparing and expanding them
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

#ifndef MAPI32_SESSION_RECIPS_H
#define MAPI32_SESSION_RECIPS_H

#include "session/adrlist.h"

/* resolve.c: as IAddrBook::ResolveName; checks all. title as AB_UNICODEUI says. */
HRESULT recips_resolve(struct session *session, ULONG_PTR ui, ULONG flags, const void *title,
                       ADRLIST *list);

/* preparerecips.c: as IAddrBook::PrepareRecips, for a checked list. */
HRESULT recips_prepare(struct session *session, ULONG flags, const SPropTagArray *tags,
                       ADRLIST *list);

/* expand.c: as IMAPISupport::ExpandRecips, for a message of the store, in the guard of provider:
 * its distribution lists of type MAPIPDL give way to their members, addresses are completed,
 * duplicates marked. flags: NEEDS_SPOOLER. MAPI_E_TABLE_TOO_BIG, MAPI_E_TOO_COMPLEX: more than can
 * be taken for recipients; the message is unchanged after any failure. */
HRESULT recips_expand(struct logon *store, struct provider *provider, IMessage *message,
                      ULONG *flags);

#endif /* MAPI32_SESSION_RECIPS_H */
