/*
 * Details of address book entries
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

/* IAddrBook::Details and IMAPISupport::Details. */

#ifndef MAPI32_SESSION_DETAILS_H
#define MAPI32_SESSION_DETAILS_H

#include "session/session.h"

struct details
{
    ULONG_PTR *ui;                      /* the parent; a modeless sheet's window is put there */
    LPFNDISMISS dismiss;
    void *dismiss_context;
    ULONG size;
    const ENTRYID *id;
    LPFNBUTTON button;
    void *button_context;
    const void *button_text;            /* by MAPI_UNICODE of flags */
    ULONG flags;                        /* DIALOG_MODAL, DIALOG_SDI, MAPI_UNICODE */
};

/* Checks all but the session. S_OK also when the user cancelled. */
HRESULT details_show(struct session *session, struct last_error *error,
                     const struct details *details);

#endif /* MAPI32_SESSION_DETAILS_H */
