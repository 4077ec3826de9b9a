/*
 * Recipients in an address list
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
 * The entries of an ADRLIST under the rules its owner relies on: the list itself stays where it is
 * and keeps its length, and the properties of one entry are one block of MAPIAllocateBuffer with
 * all they point to, so that each can be freed or replaced by itself. Nothing here calls anybody.
 */

#ifndef MAPI32_SESSION_ADRLIST_H
#define MAPI32_SESSION_ADRLIST_H

#include "session/session.h"

/* Of any type but PT_ERROR; NULL when there is none. */
const SPropValue *adr_find(ULONG count, const SPropValue *props, ULONG tag);
/* A string property of either width as UTF-16 (platform_alloc); NULL: none, or no memory. */
WCHAR *adr_text(ULONG count, const SPropValue *props, ULONG tag);
/* The entry ID of a recipient that has one. */
const SBinary *adr_entryid(const ADRENTRY *entry);
/* A list that can be handed out and has to be freed with rows_free. */
HRESULT adrlist_alloc(ULONG count, ADRLIST **ret);
/* What may be said of a list that a client gave. */
HRESULT adrlist_check(const ADRLIST *list);

/* Puts props into the entry: in the place of those of the same identifier, else behind the others.
 * PT_ERROR and PT_NULL are left out. Strings come in the width string_type, PT_UNICODE or
 * PT_STRING8, PR_7BIT_DISPLAY_NAME always in PT_STRING8; what the entry keeps stays as it was. */
HRESULT adr_merge(ADRENTRY *entry, ULONG count, const SPropValue *props, ULONG string_type);
/* Puts the properties of tags first, in their order and with their types: the entry's own, except
 * for PR_ENTRYID, which counts only when props has none; else those of props; else PT_ERROR with
 * code. Behind them stands what else the entry had, then what else it had of props. */
HRESULT adr_arrange(ADRENTRY *entry, const SPropTagArray *tags, ULONG count,
                    const SPropValue *props, SCODE code);
/* Whether the entry begins with the properties of tags, each with a value, in their types. */
BOOL adr_is_arranged(const ADRENTRY *entry, const SPropTagArray *tags);

#endif /* MAPI32_SESSION_ADRLIST_H */
