/*
 * Names of folders in modified UTF-7
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

#ifndef MAPIMIME_FOLDERNAME_H
#define MAPIMIME_FOLDERNAME_H

#include <stdarg.h>
#include <stddef.h>
#include <windef.h>

#define IMAP_PATH_MAX   1024            /* characters of a folder's path, with the 0 */
#define IMAP_LEVEL_MAX  255
#define IMAP_LEVELS_MAX 32
#define IMAP_LEVEL_END  1               /* in a path, between two levels: no name has it */

/* separator: of levels, 0: there are none. FALSE: it is no name that a folder here can have. */
BOOL imap_read_levels(const char *name, char separator, WCHAR path[IMAP_PATH_MAX]);

#endif /* MAPIMIME_FOLDERNAME_H */
