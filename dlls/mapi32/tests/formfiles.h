/*
 * Files of forms, for tests
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

/* A folder of the test's own that stands for LOCALAPPDATA and has the files of forms to be
 * installed. */

#ifndef MAPI32_TEST_FORMFILES_H
#define MAPI32_TEST_FORMFILES_H

#include <stdarg.h>
#include <stdio.h>
#include <windef.h>
#include <winbase.h>

#include "wine/test.h"

static char base[MAX_PATH];

static inline void make_base(void)
{
    GetTempPathA(MAX_PATH - 40, base);
    snprintf(base + strlen(base), 40, "mapitest forms %lu", GetCurrentProcessId());
    CreateDirectoryA(base, NULL);
    SetEnvironmentVariableA("LOCALAPPDATA", base);
}

static inline const char *path_of(const char *name)
{
    static char path[4][MAX_PATH];
    static int next;

    next = (next + 1) % 4;
    snprintf(path[next], MAX_PATH, "%s\\%s", base, name);
    return path[next];
}

static inline void write_file(const char *name, const void *data, DWORD size)
{
    HANDLE file = CreateFileA(path_of(name), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD put;

    ok(file != INVALID_HANDLE_VALUE && WriteFile(file, data, size, &put, NULL), "cannot write %s\n",
       name);
    CloseHandle(file);
}

static inline void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

static inline void remove_tree(const char *path)
{
    char name[MAX_PATH * 2];
    WIN32_FIND_DATAA found;
    HANDLE find;

    snprintf(name, sizeof(name), "%s\\*", path);
    find = FindFirstFileA(name, &found);
    if (find != INVALID_HANDLE_VALUE)
    {
        do
        {
            if (found.cFileName[0] == '.') continue;
            snprintf(name, sizeof(name), "%s\\%s", path, found.cFileName);
            if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) remove_tree(name);
            else DeleteFileA(name);
        }
        while (FindNextFileA(find, &found));
        FindClose(find);
    }
    RemoveDirectoryA(path);
}

#endif /* MAPI32_TEST_FORMFILES_H */
