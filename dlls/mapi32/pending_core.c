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

LONG WINAPI ScBinFromHexBounded(const char *a, void *b, ULONG c) { return 0x80040102; }
LONG WINAPI FBinFromHex(const char *a, void *b) { return 0x80040102; }
LONG WINAPI HexFromBin(void *a, ULONG b, void *c) { return 0x80040102; }
LONG WINAPI SwapPlong(void *a, ULONG b) { return 0x80040102; }
LONG WINAPI SwapPword(void *a, ULONG b) { return 0x80040102; }
LONG WINAPI MNLS_lstrlenW(const WCHAR *a) { return 0x80040102; }
LONG WINAPI MNLS_lstrcmpW(const WCHAR *a, const WCHAR *b) { return 0x80040102; }
LONG WINAPI MNLS_lstrcpyW(void *a, const WCHAR *b) { return 0x80040102; }
LONG WINAPI MNLS_CompareStringW(ULONG a, ULONG b, const WCHAR *c, ULONG d, const WCHAR *e, ULONG f) { return 0x80040102; }
LONG WINAPI FEqualNames(void *a, void *b) { return 0x80040102; }
LONG WINAPI WrapStoreEntryID(ULONG a, void *b, ULONG c, void *d, void *e, void *f) { return 0x80040102; }
LONG WINAPI IsBadBoundedStringPtr(void *a, ULONG b) { return 0x80040102; }
LONG WINAPI PropCopyMore(void *a, void *b, void *c, void *d) { return 0x80040102; }
LONG WINAPI UlPropSize(void *a) { return 0x80040102; }
LONG WINAPI FPropContainsProp(void *a, void *b, ULONG c) { return 0x80040102; }
LONG WINAPI FPropCompareProp(void *a, ULONG b, void *c) { return 0x80040102; }
LONG WINAPI LPropCompareProp(void *a, void *b) { return 0x80040102; }
LONGLONG WINAPI FtAddFt(ULONGLONG a, ULONGLONG b) { return 0x80040102; }
LONGLONG WINAPI FtAdcFt(ULONGLONG a, ULONGLONG b, void *c) { return 0x80040102; }
LONGLONG WINAPI FtSubFt(ULONGLONG a, ULONGLONG b) { return 0x80040102; }
LONGLONG WINAPI FtMulDw(ULONG a, ULONGLONG b) { return 0x80040102; }
LONGLONG WINAPI FtMulDwDw(ULONG a, ULONG b) { return 0x80040102; }
LONGLONG WINAPI FtNegFt(ULONGLONG a) { return 0x80040102; }
LONGLONG WINAPI FtDivFtBogus(ULONGLONG a, ULONGLONG b, ULONG c) { return 0x80040102; }
LONG WINAPI UlAddRef(void *a) { return 0x80040102; }
LONG WINAPI UlRelease(void *a) { return 0x80040102; }
LONG WINAPI SzFindCh(const char *a, ULONG b) { return 0x80040102; }
LONG WINAPI SzFindLastCh(const char *a, ULONG b) { return 0x80040102; }
LONG WINAPI SzFindSz(const char *a, const char *b) { return 0x80040102; }
LONG WINAPI UFromSz(const char *a) { return 0x80040102; }
LONG WINAPI HrGetOneProp(void *a, ULONG b, void *c) { return 0x80040102; }
LONG WINAPI HrSetOneProp(void *a, void *b) { return 0x80040102; }
LONG WINAPI FPropExists(void *a, ULONG b) { return 0x80040102; }
LONG WINAPI PpropFindProp(void *a, ULONG b, ULONG c) { return 0x80040102; }
LONG WINAPI FreePadrlist(void *a) { return 0x80040102; }
LONG WINAPI FreeProws(void *a) { return 0x80040102; }
LONG WINAPI HrSzFromEntryID(ULONG a, void *b, void *c) { return 0x80040102; }
LONG WINAPI HrEntryIDFromSz(const char *a, void *b, void *c) { return 0x80040102; }
LONG WINAPI UlFromSzHex(const char *a) { return 0x80040102; }
LONG WINAPI ScCountNotifications(ULONG a, void *b, void *c) { return 0x80040102; }
LONG WINAPI ScCopyNotifications(ULONG a, void *b, void *c, void *d) { return 0x80040102; }
LONG WINAPI ScRelocNotifications(ULONG a, void *b, void *c, void *d, void *e) { return 0x80040102; }
LONG WINAPI ScCountProps(ULONG a, void *b, void *c) { return 0x80040102; }
LONG WINAPI ScCopyProps(ULONG a, void *b, void *c, void *d) { return 0x80040102; }
LONG WINAPI ScRelocProps(ULONG a, void *b, void *c, void *d, void *e) { return 0x80040102; }
LONG WINAPI LpValFindProp(ULONG a, ULONG b, void *c) { return 0x80040102; }
LONG WINAPI ScDupPropset(ULONG a, void *b, void *c, void *d) { return 0x80040102; }
LONG WINAPI FBadRglpszA(void *a, ULONG b) { return 0x80040102; }
LONG WINAPI FBadRglpszW(void *a, ULONG b) { return 0x80040102; }
LONG WINAPI FBadRowSet(void *a) { return 0x80040102; }
LONG WINAPI FBadRglpNameID(void *a, ULONG b) { return 0x80040102; }
LONG WINAPI FBadPropTag(ULONG a) { return 0x80040102; }
LONG WINAPI FBadRow(void *a) { return 0x80040102; }
LONG WINAPI FBadProp(void *a) { return 0x80040102; }
LONG WINAPI FBadColumnSet(void *a) { return 0x80040102; }
LONG WINAPI FBadSortOrderSet(void *a) { return 0x80040102; }
LONG WINAPI FBadEntryList(void *a) { return 0x80040102; }
LONG WINAPI FBadRestriction(void *a) { return 0x80040102; }
LONG WINAPI __ValidateParameters(ULONG a, void *b) { return 0x80040102; }
LONG WINAPI __CPPValidateParameters(ULONG a, void *b) { return 0x80040102; }
LONG WINAPI HrValidateParameters(ULONG a, void *b) { return 0x80040102; }
LONG WINAPI ScUNCFromLocalPath(const char *a, void *b, ULONG c) { return 0x80040102; }
LONG WINAPI ScLocalPathFromUNC(const char *a, void *b, ULONG c) { return 0x80040102; }
LONG WINAPI EncodeID(void *a, ULONG b, void *c) { return 0x80040102; }
LONG WINAPI FDecodeID(const char *a, void *b, void *c) { return 0x80040102; }
LONG WINAPI CchOfEncoding(ULONG a) { return 0x80040102; }
LONG WINAPI CbOfEncoded(const char *a) { return 0x80040102; }
LONG WINAPI ScCreateConversationIndex(ULONG a, void *b, void *c, void *d) { return 0x80040102; }
LONG WINAPI GetInstance(void *a, void *b, ULONG c) { return 0x80040102; }
LONG WINAPI HrComposeEID(void *a, ULONG b, void *c, ULONG d, void *e, void *f, void *g) { return 0x80040102; }
LONG WINAPI HrDecomposeEID(void *a, ULONG b, void *c, void *d, void *e, void *f, void *g) { return 0x80040102; }
LONG WINAPI HrComposeMsgID(void *a, ULONG b, void *c, ULONG d, void *e, void *f) { return 0x80040102; }
LONG WINAPI HrDecomposeMsgID(void *a, const char *b, void *c, void *d, void *e, void *f) { return 0x80040102; }
LONG WINAPI memory_allocate_buffer(ULONG a, void **b) { *b = NULL; return 0x8007000e; }
LONG WINAPI memory_allocate_more(ULONG a, void *b, void **c) { *c = NULL; return 0x8007000e; }
ULONG WINAPI memory_free_buffer(void *a) { return 0; }
LONG WINAPI MAPIReallocateBuffer(void *a, ULONG b, void *c) { return 0x80040102; }
