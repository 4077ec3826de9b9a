/*
 * MAPI's own forms of some national language functions
 *
 * They date from systems without Unicode functions; mapi32.dll still exports them. Sources for
 * the published header that call lstrlenW and its like get the system's functions instead, which
 * do the same.
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

#ifndef _MAPINLS_H_
#define _MAPINLS_H_

#include <windows.h>

#ifdef __cplusplus
extern "C" {
#endif

LCID WINAPI MNLS_GetUserDefaultLCID(void);
UINT WINAPI MNLS_GetACP(void);
int WINAPI MNLS_CompareStringA(LCID Locale, DWORD dwCmpFlags, LPCSTR lpString1, int cchCount1,
                               LPCSTR lpString2, int cchCount2);
int WINAPI MNLS_CompareStringW(LCID Locale, DWORD dwCmpFlags, LPCWSTR lpString1, int cchCount1,
                               LPCWSTR lpString2, int cchCount2);
int WINAPI MNLS_MultiByteToWideChar(UINT uCodePage, DWORD dwFlags, LPCSTR lpMultiByteStr,
                                    int cchMultiByte, LPWSTR lpWideCharStr, int cchWideChar);
int WINAPI MNLS_WideCharToMultiByte(UINT uCodePage, DWORD dwFlags, LPCWSTR lpWideCharStr,
                                    int cchWideChar, LPSTR lpMultiByteStr, int cchMultiByte,
                                    LPCSTR lpDefaultChar, BOOL *lpfUsedDefaultChar);
int WINAPI MNLS_lstrlenW(LPCWSTR lpString);
int WINAPI MNLS_lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2);
LPWSTR WINAPI MNLS_lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2);
BOOL WINAPI MNLS_IsBadStringPtrW(LPCWSTR lpsz, UINT ucchMax);

#ifdef __cplusplus
}
#endif

#endif /* _MAPINLS_H_ */
