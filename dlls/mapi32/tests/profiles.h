/*
 * Tests: what the tests of profiles share
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
 * A MapiSvc.inf of the test's own, made known through the MapiSvcInf value of HKCU\Software\wine-
 * mapi, and a look at the registry from outside. All of it is here, since every source of a test
 * folder is a test to Wine's make.
 */

#ifndef MAPI32_TEST_PROFILES_H
#define MAPI32_TEST_PROFILES_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapiaux.h>

#define PROFILES_KEY "Software\\Microsoft\\Windows NT\\CurrentVersion\\" \
                     "Windows Messaging Subsystem\\Profiles"
#define GLOBAL_SECTION "9207f3e0a3b11019908b08002b2a56c2"
#define INSTANCE_SECTION "8503020000000000c000000000000046"

static char inf_path[MAX_PATH];

static inline void set_inf_value(const char *path)
{
    HKEY key;

    RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key);
    if (path) RegSetValueExA(key, "MapiSvcInf", 0, REG_SZ, (BYTE *)path, strlen(path) + 1);
    else RegDeleteValueA(key, "MapiSvcInf");
    RegCloseKey(key);
}

static inline void write_inf_bytes(const void *data, size_t size)
{
    DWORD written;
    HANDLE file;

    if (!*inf_path)
    {
        GetTempPathA(MAX_PATH - 32, inf_path);
        sprintf(inf_path + strlen(inf_path), "mapisvc%lu.inf", GetCurrentProcessId());
    }
    file = CreateFileA(inf_path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    WriteFile(file, data, size, &written, NULL);
    CloseHandle(file);
    set_inf_value(inf_path);
}

static inline void write_inf(const char *text)
{
    write_inf_bytes(text, strlen(text));
}

static inline void remove_inf(void)
{
    set_inf_value(NULL);
    DeleteFileA(inf_path);
}

/* Bytes of a value of a section; -1 when there is none. section NULL: of the profile's key. */
static inline int read_value(const char *profile, const char *section, const char *name,
                             DWORD *type, void *data, DWORD size)
{
    char path[512];
    LSTATUS status;
    HKEY key;

    sprintf(path, "%s\\%s%s%s", PROFILES_KEY, profile, section ? "\\" : "", section ? section : "");
    if (RegOpenKeyExA(HKEY_CURRENT_USER, path, 0, KEY_READ, &key)) return -1;
    status = RegQueryValueExA(key, name, NULL, type, data, &size);
    RegCloseKey(key);
    return status ? -1 : (int)size;
}

static inline void write_value(const char *profile, const char *section, const char *name,
                               DWORD type, const void *data, DWORD size)
{
    char path[512];
    HKEY key;

    sprintf(path, "%s\\%s\\%s", PROFILES_KEY, profile, section);
    RegCreateKeyA(HKEY_CURRENT_USER, path, &key);
    RegSetValueExA(key, name, 0, type, data, size);
    RegCloseKey(key);
}

static inline BOOL profile_key_exists(const char *profile)
{
    char path[512];
    HKEY key;

    sprintf(path, "%s\\%s", PROFILES_KEY, profile);
    if (RegOpenKeyExA(HKEY_CURRENT_USER, path, 0, KEY_READ, &key)) return FALSE;
    RegCloseKey(key);
    return TRUE;
}

static inline BOOL section_key_exists(const char *profile, const char *section)
{
    char path[512];

    sprintf(path, "%s\\%s", profile, section);
    return profile_key_exists(path);
}

static inline DWORD count_sections(const char *profile)
{
    char path[512];
    DWORD count = 0;
    HKEY key;

    sprintf(path, "%s\\%s", PROFILES_KEY, profile);
    if (RegOpenKeyExA(HKEY_CURRENT_USER, path, 0, KEY_READ, &key)) return 0;
    RegQueryInfoKeyA(key, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    return count;
}

static inline void delete_profile_key(const char *profile)
{
    HKEY key;

    if (RegOpenKeyExA(HKEY_CURRENT_USER, PROFILES_KEY, 0, KEY_READ | KEY_WRITE | DELETE, &key))
        return;
    RegDeleteTreeA(key, profile);
    RegCloseKey(key);
}

static inline void uid_text(const MAPIUID *uid, char text[33])
{
    int i;

    for (i = 0; i < 16; i++) sprintf(text + 2 * i, "%02x", uid->ab[i]);
}

#endif /* MAPI32_TEST_PROFILES_H */
