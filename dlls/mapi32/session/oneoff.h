/*
 * One-off recipients
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

/* Making, opening and comparing one-off entry IDs. Nothing here needs a session. */

#ifndef MAPI32_SESSION_ONEOFF_H
#define MAPI32_SESSION_ONEOFF_H

#include "session/session.h"

/* As IAddrBook::CreateOneOff and IMAPISupport::CreateOneOff; checks all. */
HRESULT oneoff_create(const void *name, const void *type, const void *address, ULONG flags,
                      ULONG *size, ENTRYID **ret);
/* A one-off for a recipient, with all its properties in UTF-16, in one block; its entry ID is in
 * the width of flags. */
HRESULT oneoff_recipient(const WCHAR *name, const WCHAR *type, const WCHAR *address, ULONG flags,
                         ULONG *count, SPropValue **ret);
/* Those of an entry ID; MAPI_E_UNKNOWN_ENTRYID. */
HRESULT oneoff_props(ULONG size, const ENTRYID *id, ULONG *count, SPropValue **ret);
/* An IMailUser of what stands in the entry ID, read-only. */
HRESULT oneoff_open(ULONG size, const ENTRYID *id, const IID *iid, ULONG *type, IUnknown **ret);
/* The same when address type and address are, whatever the case, width and display name. */
HRESULT oneoff_compare(ULONG size1, const ENTRYID *id1, ULONG size2, const ENTRYID *id2,
                       ULONG *result);
/* The template of the subsystem's own: its row of the one-off table (one block), an entry made from
 * it that can be filled in, and one of another address book bound to it (OpenTemplateID). */
HRESULT oneoff_template_row(SRow **ret);
HRESULT oneoff_template_open(const IID *iid, ULONG *type, IUnknown **ret);
HRESULT oneoff_template_bind(ULONG flags, IMAPIProp *data, const IID *iid, IMAPIProp **ret);

#endif /* MAPI32_SESSION_ONEOFF_H */
