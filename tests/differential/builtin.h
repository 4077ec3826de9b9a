/*
 * Loading Wine's own mapi32 beside ours
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

#ifndef BUILTIN_H
#define BUILTIN_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>

/* Wine's own mapi32.dll, beside ours: loads a copy, without the signature, of the file at path. */
HMODULE load_builtin(const char *path);

#endif /* BUILTIN_H */
