/*
 * What the exports of this layer answer until they land
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

LONG WINAPI HrOpenABEntryWithExchangeContext(void *a, void *b, void *c, ULONG d, void *e, void *f, ULONG g, void *h, void *i) { return 0x80040102; }
LONG WINAPI HrOpenABEntryWithProviderUID(void *a, void *b, ULONG c, void *d, void *e, ULONG f, void *g, void *h) { return 0x80040102; }
LONG WINAPI HrOpenABEntryWithProviderUIDSupport(void *a, void *b, ULONG c, void *d, void *e, ULONG f, void *g, void *h) { return 0x80040102; }
LONG WINAPI HrOpenABEntryUsingDefaultContext(void *a, void *b, ULONG c, void *d, void *e, ULONG f, void *g, void *h) { return 0x80040102; }
LONG WINAPI HrOpenABEntryWithResolvedRow(void *a, void *b, ULONG c, void *d, void *e, ULONG f, void *g, void *h) { return 0x80040102; }
LONG WINAPI HrOpenABEntryWithSupport(void *a, ULONG b, void *c, void *d, ULONG e, void *f, void *g) { return 0x80040102; }
LONG WINAPI HrDoABDetailsWithExchangeContext(void *a, void *b, void *c, void *d, void *e, void *f, ULONG g, void *h, void *i, void *j, const char *k, ULONG l) { return 0x80040102; }
LONG WINAPI HrDoABDetailsWithProviderUID(void *a, void *b, void *c, void *d, void *e, ULONG f, void *g, void *h, void *i, const char *j, ULONG k) { return 0x80040102; }
LONG WINAPI HrCompareABEntryIDsWithExchangeContext(void *a, void *b, void *c, ULONG d, void *e, ULONG f, void *g, ULONG h, void *i) { return 0x80040102; }
