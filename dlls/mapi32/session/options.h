/*
 * Message and recipient options of transports
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
 * A transport may have options for messages and for recipients of its address types
 * (IXPLogon::RegisterOptions): properties with their defaults, and a function of its own that shows
 * and sets them. It is asked each time, so that what it says is never old.
 */

#ifndef MAPI32_SESSION_OPTIONS_H
#define MAPI32_SESSION_OPTIONS_H

#include "session/adrlist.h"

/* The defaults of an address type; kind: OPTION_TYPE_. type and the result by MAPI_UNICODE in
 * flags. MAPI_E_NOT_FOUND: there are no such options. */
HRESULT options_query(struct session *session, ULONG kind, const void *type, ULONG flags,
                      ULONG *count, SPropValue **props);
/* As IAddrBook::RecipOptions: MAPI_W_ERRORS_RETURNED when there are none. */
HRESULT options_of_recipient(struct session *session, struct last_error *error, ULONG_PTR ui,
                             ULONG flags, ADRENTRY *recipient);
/* As IMAPISession::MessageOptions: MAPI_E_NOT_FOUND when there are none. */
HRESULT options_of_message(struct session *session, struct last_error *error, ULONG_PTR ui,
                           ULONG flags, const void *type, IMessage *message);

#endif /* MAPI32_SESSION_OPTIONS_H */
