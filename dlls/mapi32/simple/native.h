/*
 * A message on its way to the mail program of the Unix side
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

#ifndef MAPI32_NATIVE_H
#define MAPI32_NATIVE_H

#include "core/core.h"
#include "mapi.h"

/* outgoing.c. Functions return codes of Simple MAPI. */
struct outgoing_folder
{
    WCHAR *start;               /* its path, for a process to start in */
    WCHAR *path;                /* the same with the verbatim prefix, to make files below */
    WCHAR *list;                /* the attachments, as handover.sh wants them; NULL: none */
};

ULONG outgoing_create(struct outgoing_folder *out);
void outgoing_free(struct outgoing_folder *out);        /* leaves the folder */
void outgoing_delete(struct outgoing_folder *out);      /* and all that is in it */
ULONG outgoing_write(const struct outgoing_folder *out, const WCHAR *name, const void *data,
                     size_t size);
ULONG outgoing_write_text(const struct outgoing_folder *out, const WCHAR *name, const WCHAR *text);
/* A copy of the caller's file. MAPI_E_ATTACHMENT_NOT_FOUND, _OPEN_FAILURE, _WRITE_FAILURE. */
ULONG outgoing_attach(struct outgoing_folder *out, ULONG index, const MapiFileDescW *from);

#endif /* MAPI32_NATIVE_H */
