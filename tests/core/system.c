/*
 * What objects of the DLL ask of the system, stood in for in the native units
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

#include <assert.h>

#include "system.h"
#include <winuser.h>
#include "wine/debug.h"

ULONG unit_lock_depth;
void (*unit_before_wait)(void);

void WINAPI InitializeCriticalSection(CRITICAL_SECTION *cs)
{
}

void WINAPI DeleteCriticalSection(CRITICAL_SECTION *cs)
{
}

void WINAPI EnterCriticalSection(CRITICAL_SECTION *cs)
{
    unit_lock_depth++;
}

void WINAPI LeaveCriticalSection(CRITICAL_SECTION *cs)
{
    assert(unit_lock_depth > 0);
    unit_lock_depth--;
}

HANDLE WINAPI CreateEventW(SECURITY_ATTRIBUTES *attributes, BOOL manual, BOOL set,
                           const WCHAR *name)
{
    BOOL *event = platform_alloc(sizeof(*event));

    if (event) *event = set;
    return event;
}

BOOL WINAPI SetEvent(HANDLE event)
{
    return *(BOOL *)event = TRUE;
}

BOOL WINAPI ResetEvent(HANDLE event)
{
    *(BOOL *)event = FALSE;
    return TRUE;
}

BOOL WINAPI CloseHandle(HANDLE event)
{
    platform_free(event);
    return TRUE;
}

BOOL wait_quietly(HANDLE event, DWORD timeout);

BOOL wait_quietly(HANDLE event, DWORD timeout)
{
    if (timeout && unit_before_wait) unit_before_wait();
    return *(BOOL *)event;
}

BOOL WINAPI PeekMessageW(MSG *msg, HWND window, UINT first, UINT last, UINT flags)
{
    return FALSE;
}

unsigned char __cdecl __wine_dbg_get_channel_flags(struct __wine_debug_channel *channel)
{
    return 0;
}

int __cdecl __wine_dbg_header(enum __wine_debug_class cls, struct __wine_debug_channel *channel,
                              const char *function)
{
    return -1;
}

int __cdecl __wine_dbg_output(const char *text)
{
    return 0;
}

const char * __cdecl __wine_dbg_strdup(const char *text)
{
    return text;
}
