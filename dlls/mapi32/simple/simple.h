/*
 * Simple MAPI
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
 * The private header of simple/: the calls a program makes that knows nothing of sessions and
 * stores.
 */

#ifndef MAPI32_SIMPLE_H
#define MAPI32_SIMPLE_H

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "wtypes.h"
#include "mapi.h"

/* message.c: one block each, freed by platform_free. MAPI_E_ codes of Simple MAPI. */
ULONG message_check(const MapiMessage *message);
ULONG message_checkW(const MapiMessageW *message);
ULONG message_to_wide(const MapiMessage *message, MapiMessageW **ret);
ULONG message_to_ansi(const MapiMessageW *message, MapiMessage **ret);

/* sendmail.c: sends through extended MAPI with the default profile, without a dialog */
ULONG send_extended(ULONG_PTR ui, const MapiMessageW *message, FLAGS flags);

#endif /* MAPI32_SIMPLE_H */
