/*
 * What core needs of the system: Windows
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
 * The seam of platform.h on top of kernel32. The tests' counterpart is
 * tests/core/platform_native.c.
 */

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winnls.h>
#include <objbase.h>
#include <winternl.h>

#include "wine/exception.h"

#include "core/platform.h"

static SRWLOCK lock = SRWLOCK_INIT;
static DWORD thread_tls = TLS_OUT_OF_INDEXES;   /* a thread's number */

void *platform_alloc(size_t size)
{
    return HeapAlloc(GetProcessHeap(), 0, size);
}

void *platform_alloc_zero(size_t size)
{
    return HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, size);
}

void *platform_realloc(void *block, size_t size)
{
    if (!block) return HeapAlloc(GetProcessHeap(), 0, size);
    return HeapReAlloc(GetProcessHeap(), 0, block, size);
}

void platform_free(void *block)
{
    if (block) HeapFree(GetProcessHeap(), 0, block);
}

/* The granularity of addresses is 64 KB. */
void *platform_pages_alloc(size_t size)
{
    return VirtualAlloc(NULL, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
}

void platform_pages_free(void *pages)
{
    VirtualFree(pages, 0, MEM_RELEASE);
}

void platform_lock(void)
{
    AcquireSRWLockExclusive(&lock);
}

void platform_unlock(void)
{
    ReleaseSRWLockExclusive(&lock);
}

size_t platform_size(const void *block)
{
    return HeapSize(GetProcessHeap(), 0, block);
}

int platform_ansi_to_wide(const char *text, int length, WCHAR *buffer, int size)
{
    return MultiByteToWideChar(CP_ACP, 0, text, length, buffer, size);
}

int platform_wide_to_ansi(const WCHAR *text, int length, char *buffer, int size)
{
    return WideCharToMultiByte(CP_ACP, 0, text, length, buffer, size, NULL, NULL);
}

int platform_codepage_to_wide(ULONG codepage, const char *text, int length, WCHAR *buffer, int size)
{
    return MultiByteToWideChar(codepage, 0, text, length, buffer, size);
}

int platform_wide_to_codepage(ULONG codepage, const WCHAR *text, int length, char *buffer, int size)
{
    return WideCharToMultiByte(codepage, 0, text, length, buffer, size, NULL, NULL);
}

ULONG platform_ansi_codepage(void)
{
    return GetACP();
}

BOOL platform_lead_byte(BYTE c)
{
    return IsDBCSLeadByte(c);
}

int platform_compare(ULONG flags, const WCHAR *a, int a_length, const WCHAR *b, int b_length)
{
    return CompareStringW(LOCALE_USER_DEFAULT, flags, a, a_length, b, b_length) - CSTR_EQUAL;
}

int platform_sort_key(const WCHAR *text, int length, BYTE *key, int size)
{
    return LCMapStringW(LOCALE_USER_DEFAULT, LCMAP_SORTKEY, text, length, (WCHAR *)key, size);
}

/* Characters taken apart into base and marks, the marks left out. A letter that cannot be taken
 * apart, as an O with a stroke, is called nonspacing as well. */
static int without_marks(const WCHAR *text, int length, WCHAR *buffer, int size)
{
    int taken_apart, i, kept = 0;
    WORD type;

    if (!(taken_apart = FoldStringW(MAP_COMPOSITE, text, length, buffer, size))) return -1;
    for (i = 0; i < taken_apart; i++)
    {
        if (GetStringTypeW(CT_CTYPE3, buffer + i, 1, &type) && (type & C3_NONSPACING)
            && !(type & C3_ALPHA))
            continue;
        buffer[kept++] = buffer[i];
    }
    return kept;
}

int platform_fold(ULONG flags, const WCHAR *text, int length, WCHAR *buffer, int size)
{
    int ret = length;

    if (flags & NORM_IGNORENONSPACE)
    {
        if ((ret = without_marks(text, length, buffer, size)) <= 0) return ret;
    }
    else
    {
        if (length > size) return -1;
        memcpy(buffer, text, length * sizeof(*buffer));
    }
    if (flags & NORM_IGNORECASE)
        LCMapStringW(LOCALE_INVARIANT, LCMAP_LOWERCASE, buffer, ret, buffer, ret);
    return ret;
}

BOOL platform_probe(void (*function)(void *context), void *context)
{
    BOOL ret = FALSE;

    __TRY
    {
        function(context);
        ret = TRUE;
    }
    __EXCEPT_PAGE_FAULT
    {
    }
    __ENDTRY
    return ret;
}

ULONGLONG platform_time(void)
{
    FILETIME now;

    GetSystemTimeAsFileTime(&now);
    return (ULONGLONG)now.dwHighDateTime << 32 | now.dwLowDateTime;
}

static ULONG new_thread_number(DWORD index)
{
    static LONG last;
    LONG number;

    do number = InterlockedIncrement(&last);
    while (!number);
    TlsSetValue(index, (void *)(ULONG_PTR)(ULONG)number);
    return number;
}

static DWORD thread_index(void)
{
    DWORD index = TlsAlloc(), seen;

    seen = InterlockedCompareExchange((LONG *)&thread_tls, index, TLS_OUT_OF_INDEXES);
    if (seen == TLS_OUT_OF_INDEXES) return index;
    TlsFree(index);
    return seen;
}

/* Apart, so that the usual way saves no registers. */
static ULONG __attribute__((noinline)) find_thread_number(void)
{
    const DWORD index = thread_tls == TLS_OUT_OF_INDEXES ? thread_index() : thread_tls;
    ULONG number;

    if (index == TLS_OUT_OF_INDEXES) return 0;
    number = (ULONG_PTR)TlsGetValue(index);
    return number ? number : new_thread_number(index);
}

/* Not through TlsGetValue where it can be helped: that would change the last error. */
ULONG platform_thread_number(void)
{
    const DWORD index = thread_tls;
    ULONG number = 0;

    if (index < ARRAY_SIZE(NtCurrentTeb()->TlsSlots))
        number = (ULONG_PTR)NtCurrentTeb()->TlsSlots[index];
    return number ? number : find_thread_number();
}

void platform_detach(void)
{
    if (thread_tls != TLS_OUT_OF_INDEXES) TlsFree(thread_tls);
    thread_tls = TLS_OUT_OF_INDEXES;
}

LONG64 platform_thread(void)
{
    return (LONG64)GetCurrentThreadId() << 32 | platform_thread_number();
}

/* The system's number of the thread may have come again, for one of another process. */
BOOL platform_thread_gone(LONG64 thread)
{
    HANDLE handle = OpenThread(SYNCHRONIZE | THREAD_QUERY_INFORMATION, FALSE, thread >> 32);
    BOOL gone;

    if (!handle) return GetLastError() == ERROR_INVALID_PARAMETER;
    gone = GetProcessIdOfThread(handle) != GetCurrentProcessId()
           || WaitForSingleObject(handle, 0) == WAIT_OBJECT_0;
    CloseHandle(handle);
    return gone;
}

BOOL platform_new_uid(void *uid)
{
    GUID guid;

    if (FAILED(CoCreateGuid(&guid))) return FALSE;
    memcpy(uid, &guid, sizeof(guid));
    return TRUE;
}
