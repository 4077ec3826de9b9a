/*
 * Entry IDs of message stores, and the sections they mean
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
 * What stands in PR_ENTRYID of a store's section is the provider's business: wrapped as it should
 * be, or not. To clients it is always wrapped. A store that was never logged on has no entry ID;
 * ours for it, inside the wrapping, names its section.
 */

#ifndef MAPI32_SESSION_STOREID_H
#define MAPI32_SESSION_STOREID_H

#include "session/session.h"

/* The wrapped entry ID of a section; stored is its PR_ENTRYID or NULL. By memory_allocators. */
HRESULT storeid_of_section(const MAPIUID *section, const WCHAR *dll_name, const SPropValue *stored,
                           ULONG *size, ENTRYID **ret);
/* The provider's own entry ID inside stored, which may be wrapped or not; leads into stored. */
void storeid_unwrap_stored(const SPropValue *stored, ULONG *size, const ENTRYID **ret);
/* Whether an unwrapped entry ID is ours, and the section it names. */
BOOL storeid_names_section(ULONG size, const ENTRYID *id, MAPIUID *section);

#endif /* MAPI32_SESSION_STOREID_H */
