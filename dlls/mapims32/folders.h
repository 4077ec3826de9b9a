/*
 * The message store: what the files about folders share
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

#ifndef MAPIMS32_FOLDERS_H
#define MAPIMS32_FOLDERS_H

/* How far a call is, for the caller's progress object or MAPI's own. */
struct progress
{
    IMAPIProgress *progress;            /* counted; NULL: nobody looks */
    ULONG min;
    ULONG max;
};

HRESULT progress_begin(struct store *store, ULONG_PTR ui, IMAPIProgress *given, BOOL shown,
                       struct progress *progress);
HRESULT progress_tell(struct progress *progress, ULONG done, ULONG total); /* MAPI_E_USER_CANCEL */
void progress_end(struct progress *progress);

/* MAPI_E_SUBMITTED */
HRESULT delete_message(struct db_txn *txn, const struct db_object *message, BOOL hard);

#endif /* MAPIMS32_FOLDERS_H */
