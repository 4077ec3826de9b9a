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

/*
 * See builtin.h.
 */

#include <stdarg.h>
#include <stdio.h>

#include <windef.h>
#include <winbase.h>

#include "builtin.h"

#define SIGNATURE_OFFSET 0x40
#define SIGNATURE_SIZE 32

/* Wine takes a DLL with its signature for its own and would load the one of the prefix instead. */
HMODULE load_builtin(const char *path)
{
    static const char blank[SIGNATURE_SIZE];
    char folder[MAX_PATH], copy[MAX_PATH];
    HMODULE module;
    HANDLE file;
    DWORD written;

    GetTempPathA(sizeof(folder), folder);
    snprintf(copy, sizeof(copy), "%swine_mapi32_%lu.dll", folder, GetCurrentProcessId());
    if (!CopyFileA(path, copy, FALSE)) return NULL;
    file = CreateFileA(copy, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    SetFilePointer(file, SIGNATURE_OFFSET, NULL, FILE_BEGIN);
    WriteFile(file, blank, sizeof(blank), &written, NULL);
    CloseHandle(file);
    module = LoadLibraryA(copy);
    DeleteFileA(copy);
    return module;
}
