/*
 * What the exports of core/ answer until they land: delete each line with its function, and this file with the last
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

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>

LONGLONG WINAPI FtDivFtBogus(ULONGLONG a, ULONGLONG b, ULONG c) { return 0x80040102; }
LONG WINAPI __ValidateParameters(ULONG a, void *b) { return 0x80040102; }
LONG WINAPI __CPPValidateParameters(ULONG a, void *b) { return 0x80040102; }
LONG WINAPI HrValidateParameters(ULONG a, void *b) { return 0x80040102; }
LONG WINAPI ScUNCFromLocalPath(const char *a, void *b, ULONG c) { return 0x80040102; }
LONG WINAPI ScLocalPathFromUNC(const char *a, void *b, ULONG c) { return 0x80040102; }
LONG WINAPI EncodeID(void *a, ULONG b, void *c) { return 0x80040102; }
LONG WINAPI FDecodeID(const char *a, void *b, void *c) { return 0x80040102; }
LONG WINAPI CchOfEncoding(ULONG a) { return 0x80040102; }
LONG WINAPI ScCreateConversationIndex(ULONG a, void *b, void *c, void *d) { return 0x80040102; }
LONG WINAPI HrComposeEID(void *a, ULONG b, void *c, ULONG d, void *e, void *f, void *g) { return 0x80040102; }
LONG WINAPI HrDecomposeEID(void *a, ULONG b, void *c, void *d, void *e, void *f, void *g) { return 0x80040102; }
LONG WINAPI HrComposeMsgID(void *a, ULONG b, void *c, ULONG d, void *e, void *f) { return 0x80040102; }
LONG WINAPI HrDecomposeMsgID(void *a, const char *b, void *c, void *d, void *e, void *f) { return 0x80040102; }
