/*
 * The window that checks names
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
 * The one step of name resolution that needs a window: a name that several entries fit, or none.
 */

#ifndef MAPI32_SESSION_CHECKNAME_H
#define MAPI32_SESSION_CHECKNAME_H

#include "session/session.h"

struct check_name
{
    ULONG_PTR ui;                       /* the window's owner */
    const WCHAR *title;                 /* what a new entry is to be called; may be NULL */
    const WCHAR *name;                  /* as it was typed */
    BOOL ambiguous; /* entries fit, all of them in the container; else none does */
    SBinary container;                  /* an address book container; cb 0 when not ambiguous */
    const SPropTagArray *columns;       /* what is to be known of the entry */
};

/* S_OK with what the user picked: its properties, PR_ENTRYID among them, in one block of
 * memory_allocators. MAPI_E_USER_CANCEL: the user gave up, and with that the whole resolution.
 * MAPI_E_AMBIGUOUS_RECIP, MAPI_E_NOT_FOUND: there is no window, or the user left it undecided. */
HRESULT addrbook_check_name_dialog(struct session *session, const struct check_name *check,
                                   ULONG *count, SPropValue **props);

#endif /* MAPI32_SESSION_CHECKNAME_H */
