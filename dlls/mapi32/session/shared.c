/*
 * The shared session, as other processes see it
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
 * Which profile the user's shared session has, for processes that want to share it: a named piece
 * of memory that every process with a shared session of that profile keeps open. It goes with the
 * last of them, however that ends, so that nothing stale is ever found; and as it belongs to a
 * logon to Windows, services and users do not meet. What is in it another process has written: it
 * is read as such.
 *
 * Objects are not shared between processes. Each has a session of its own on the common profile,
 * and the spoolers of these share out the work by their claims (spooler.c).
 */

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>

#include "session/session.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const WCHAR memory_name[] = L"Local\\wine-mapi shared session";

/* The same for 32-bit and 64-bit processes. */
struct shared_memory
{
    LONG ready;                         /* the name is whole */
    WCHAR name[PROFILE_NAME_MAX + 1];
};

static BOOL read_name(HANDLE memory, WCHAR name[PROFILE_NAME_MAX + 1])
{
    const struct shared_memory *shared;
    BOOL ret;

    if (!(shared = MapViewOfFile(memory, FILE_MAP_READ, 0, 0, sizeof(*shared)))) return FALSE;
    if ((ret = shared->ready != 0))
    {
        memcpy(name, shared->name, sizeof(shared->name));
        name[PROFILE_NAME_MAX] = 0;
        ret = name[0] != 0;
    }
    UnmapViewOfFile(shared);
    return ret;
}

BOOL shared_find(WCHAR name[PROFILE_NAME_MAX + 1])
{
    HANDLE memory = OpenFileMappingW(FILE_MAP_READ, FALSE, memory_name);
    BOOL ret;

    if (!memory) return FALSE;
    ret = read_name(memory, name);
    CloseHandle(memory);
    TRACE("%s\n", debugstr_w(ret ? name : NULL));
    return ret;
}

HANDLE shared_offer(const WCHAR *name)
{
    WCHAR other[PROFILE_NAME_MAX + 1];
    struct shared_memory *shared;
    HANDLE memory;

    if (lstrlenW(name) > PROFILE_NAME_MAX) return NULL;
    memory = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*shared),
                                memory_name);
    if (!memory) return NULL;
    if (GetLastError() == ERROR_ALREADY_EXISTS)
    {
        /* The first one is the shared session; whoever has another profile must not keep it up. */
        if (read_name(memory, other) && !lstrcmpiW(other, name)) return memory;
        CloseHandle(memory);
        return NULL;
    }
    if (!(shared = MapViewOfFile(memory, FILE_MAP_WRITE, 0, 0, sizeof(*shared))))
    {
        CloseHandle(memory);
        return NULL;
    }
    lstrcpyW(shared->name, name);
    InterlockedExchange(&shared->ready, TRUE);
    UnmapViewOfFile(shared);
    return memory;
}
