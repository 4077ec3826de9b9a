/*
 * What core/ needs of the system it runs on
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
 * The seam between core/ and the system: platform_win32.c in the DLL, tests/core/platform_native.c
 * in the native unit tests, which can fail the n-th allocation.
 */

#ifndef MAPI32_PLATFORM_H
#define MAPI32_PLATFORM_H

#include <stddef.h>
#include <stdarg.h>
#include <windef.h>

/* Memory that never leaves the DLL. platform_free accepts NULL. */
void *platform_alloc(size_t size);
void *platform_alloc_zero(size_t size);
void *platform_realloc(void *block, size_t size);
void platform_free(void *block);
/* At least what was asked for. */
size_t platform_size(const void *block);
/* 64 KB, at an address that is a multiple of that. */
void *platform_pages_alloc(size_t size);
void platform_pages_free(void *pages);
/* One lock for all of core/, for what calls nobody. */
void platform_lock(void);
void platform_unlock(void);

/* As MultiByteToWideChar and WideCharToMultiByte for the system's ANSI code page: length -1 is up
 * to and with the terminator, size 0 asks for the needed size, 0 is failure. */
int platform_ansi_to_wide(const char *text, int length, WCHAR *buffer, int size);
int platform_wide_to_ansi(const WCHAR *text, int length, char *buffer, int size);

/* The same for any code page, with a length that is given; characters that cannot be had become a
 * substitute. 0 is failure, an unknown code page among them. */
int platform_codepage_to_wide(ULONG codepage, const char *text, int length, WCHAR *buffer,
                              int size);
int platform_wide_to_codepage(ULONG codepage, const WCHAR *text, int length, char *buffer,
                              int size);
ULONG platform_ansi_codepage(void);     /* GetACP */

/* Is c the first byte of two in the system's ANSI code page? (IsDBCSLeadByte) */
BOOL platform_lead_byte(BYTE c);

/* Linguistic comparison, as CompareString: NORM_ flags, result -1, 0 or 1. */
int platform_compare(ULONG flags, const WCHAR *a, int a_length, const WCHAR *b, int b_length);

/* The text with case (NORM_IGNORECASE) and nonspacing characters (NORM_IGNORENONSPACE) taken out of
 * it. Returns the length written, never more than 4 * length; size is that of the buffer; -1 on
 * failure. */
int platform_fold(ULONG flags, const WCHAR *text, int length, WCHAR *buffer, int size);

/* Runs function(context): FALSE when it touched memory that is not there, at whatever point it was.
 * The function must hold nothing and call nobody outside core/. */
BOOL platform_probe(void (*function)(void *context), void *context);

/* 100 ns since 1601 (GetSystemTimeAsFileTime). */
ULONGLONG platform_time(void);

/* Bytes whose memcmp order is platform_compare's with flags 0, none of them zero but the last:
 * their number; 0 when they do not fit. size 0 asks for the needed size. */
int platform_sort_key(const WCHAR *text, int length, BYTE *key, int size);

/* Never that of another thread of this process, before or after; 0 when it has none. */
ULONG platform_thread_number(void);
/* The number in the lower half, and in the upper one what platform_thread_gone finds the thread
 * by. */
LONG64 platform_thread(void);
/* Whether that thread has ended: never too early, but it may be FALSE for long. */
BOOL platform_thread_gone(LONG64 thread);
/* The DLL goes: nothing of this is used any more. */
void platform_detach(void);

/* 16 bytes that never come again (CoCreateGuid). */
BOOL platform_new_uid(void *uid);

#endif /* MAPI32_PLATFORM_H */
