/*
 * National language support under MAPI's names
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
 * The MNLS functions stand for the system's own, on systems that had no Unicode ones. They call
 * them. MNLS_MultiByteToWideChar, MNLS_WideCharToMultiByte and MNLS_IsBadStringPtrW are forwards in
 * the .spec. This file needs Windows and stays out of the native build.
 */

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winnls.h>

int WINAPI MNLS_lstrlenW(LPCWSTR text)
{
    return text ? lstrlenW(text) : 0;
}

int WINAPI MNLS_CompareStringW(LCID lcid, DWORD flags, LPCWSTR a, int a_length, LPCWSTR b,
                               int b_length)
{
    return CompareStringW(lcid, flags, a, a_length, b, b_length);
}

int WINAPI MNLS_lstrcmpW(LPCWSTR a, LPCWSTR b)
{
    return lstrcmpW(a, b);
}

LPWSTR WINAPI MNLS_lstrcpyW(LPWSTR dst, LPCWSTR src)
{
    return dst && src ? lstrcpyW(dst, src) : NULL;
}
