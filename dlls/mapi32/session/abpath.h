/*
 * Containers of the address book: root, PAB, default directory, search path
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
 * The integrated root container, and the choices among the containers below it that the profile
 * keeps in its global section (PR_AB_DEFAULT_PAB, PR_AB_DEFAULT_DIR, PR_AB_SEARCH_PATH).
 */

#ifndef MAPI32_SESSION_ABPATH_H
#define MAPI32_SESSION_ABPATH_H

#include "session/session.h"

/* abroot.c */
HRESULT abroot_open(struct session *session, const IID *iid, ULONG flags, ULONG *type,
                    IUnknown **ret);
/* A table of the containers of all providers, in their order; flags: CONVENIENT_DEPTH,
 * MAPI_UNICODE. */
HRESULT abroot_table(struct session *session, ULONG flags, IMAPITable **ret);

/* abpath.c. tag is PR_AB_DEFAULT_PAB or PR_AB_DEFAULT_DIR. */
HRESULT abpath_props(struct session *session, ULONG *count, SPropValue **props);
/* As IMAPIProp: only the choices that the profile keeps can be set, or deleted. */
HRESULT abpath_set_props(struct session *session, ULONG count, const SPropValue *props,
                         SPropProblemArray **problems);
HRESULT abpath_delete_props(struct session *session, const SPropTagArray *tags,
                            SPropProblemArray **problems);
HRESULT abpath_get_container(struct session *session, ULONG tag, ULONG *size, ENTRYID **ret);
HRESULT abpath_set_container(struct session *session, ULONG tag, ULONG size, const ENTRYID *id);
HRESULT abpath_get_search_path(struct session *session, ULONG flags, SRowSet **ret);
HRESULT abpath_set_search_path(struct session *session, const SRowSet *path);

#endif /* MAPI32_SESSION_ABPATH_H */
