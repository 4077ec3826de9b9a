/*
 * Tests: the sample message service as a fixture
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>
/* The interface IDs of all test files live in this one. */
#include <initguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "sample.h"

static const char default_inf[] =
    "[Services]\r\n"
    "SAMPLE=Sample Message Service\r\n"
    "[Default Services]\r\n"
    "SAMPLE=Sample Message Service\r\n"
    "[SAMPLE]\r\n"
    "PR_DISPLAY_NAME=Sample Message Service\r\n"
    "Providers=SAMPLE_XP, SAMPLE_AB, SAMPLE_MS\r\n"
    "PR_SERVICE_DLL_NAME=%s\r\n"
    "PR_SERVICE_ENTRY_NAME=ServiceEntry\r\n"
    "[SAMPLE_XP]\r\n"
    "PR_RESOURCE_TYPE=MAPI_TRANSPORT_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Transport\r\n"
    "PR_PROVIDER_DISPLAY=Sample Transport\r\n"
    "[SAMPLE_AB]\r\n"
    "PR_RESOURCE_TYPE=MAPI_AB_PROVIDER\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Address Book\r\n"
    "PR_PROVIDER_DISPLAY=Sample Address Book\r\n"
    "[SAMPLE_MS]\r\n"
    "PR_RESOURCE_TYPE=MAPI_STORE_PROVIDER\r\n"
    "PR_RESOURCE_FLAGS=STATUS_DEFAULT_STORE\r\n"
    "PR_PROVIDER_DLL_NAME=%s\r\n"
    "PR_DISPLAY_NAME=Sample Store\r\n"
    "PR_PROVIDER_DISPLAY=Sample Store\r\n"
    "34140102=2d8a13f651774c0bb82f5e09c4617d92\r\n";

static char directory[MAX_PATH], log_path[MAX_PATH];
static char log_text[65536];

const char *sample_directory(void)
{
    return directory;
}

static BOOL find_dll(char path[MAX_PATH])
{
    char *name;
    DWORD length;

    length = GetModuleFileNameA(NULL, path, MAX_PATH - 16);
    if (length && length < MAX_PATH - 16 && (name = strrchr(path, '\\')))
    {
        strcpy(name + 1, "sample32.dll");
        if (GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES) return TRUE;
    }
    length = GetEnvironmentVariableA("SAMPLE_PROVIDERS", path, MAX_PATH - 16);
    if (!length || length >= MAX_PATH - 16) return FALSE;
    strcat(path, "\\sample32.dll");
    return GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES;
}

/* One folder a process and width, since a DLL in use cannot be replaced. */
static void make_directory(void)
{
    if (*directory) return;
    GetWindowsDirectoryA(directory, MAX_PATH - 32);
    sprintf(directory + strlen(directory), "\\mapitest%u_%lu", (unsigned)sizeof(void *) * 8,
            GetCurrentProcessId());
    CreateDirectoryA(directory, NULL);
}

static BOOL write_inf(const char *path, const char *inf)
{
    char dll[MAX_PATH];
    const char *end;
    FILE *file;

    sprintf(dll, "%s\\sample.dll", directory);
    if (!(file = fopen(path, "wb"))) return FALSE;
    while ((end = strstr(inf, "%s")))
    {
        fwrite(inf, 1, end - inf, file);
        fputs(dll, file);
        inf = end + 2;
    }
    fputs(inf, file);
    return !fclose(file);
}

BOOL sample_install_inf(const char *inf)
{
    char dll[MAX_PATH], path[MAX_PATH];
    HKEY key;
    LONG ret;

    if (!find_dll(dll)) return FALSE;
    make_directory();
    sprintf(path, "%s\\sample32.dll", directory);
    if (GetFileAttributesA(path) == INVALID_FILE_ATTRIBUTES && !CopyFileA(dll, path, FALSE)) return FALSE;
    sprintf(path, "%s\\mapisvc.inf", directory);
    if (!write_inf(path, inf)) return FALSE;
    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key)) return FALSE;
    ret = RegSetValueExA(key, "MapiSvcInf", 0, REG_SZ, (BYTE *)path, strlen(path) + 1);
    RegCloseKey(key);
    return !ret;
}

BOOL sample_install(void)
{
    return sample_install_inf(default_inf);
}

void sample_remove(void)
{
    char path[MAX_PATH];
    HKEY key;

    sample_behave(NULL);
    SetEnvironmentVariableA("SAMPLE_LOG", NULL);
    if (!RegOpenKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key))
    {
        RegDeleteValueA(key, "MapiSvcInf");
        RegCloseKey(key);
    }
    if (!*directory) return;
    sprintf(path, "%s\\mapisvc.inf", directory);
    DeleteFileA(path);
    sprintf(path, "%s\\calls.log", directory);
    DeleteFileA(path);
    sprintf(path, "%s\\sample32.dll", directory);
    DeleteFileA(path);
    RemoveDirectoryA(directory);
    *directory = 0;
}

HRESULT sample_create_profile(const char *name)
{
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    HRESULT hr;

    if (FAILED(hr = MAPIAdminProfiles(0, &admin))) return hr;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)name, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)name, NULL, 0, 0);
    if (SUCCEEDED(hr)) hr = IProfAdmin_AdminServices(admin, (LPTSTR)name, NULL, 0, 0, &services);
    IProfAdmin_Release(admin);
    if (FAILED(hr)) return hr;
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"SAMPLE", NULL, 0, 0);
    IMsgServiceAdmin_Release(services);
    return hr;
}

void sample_delete_profile(const char *name)
{
    IProfAdmin *admin;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)name, 0);
    IProfAdmin_Release(admin);
}

void sample_behave(const char *words)
{
    SetEnvironmentVariableA("SAMPLE_BEHAVIOR", words);
}

void sample_log_start(void)
{
    make_directory();
    sprintf(log_path, "%s\\calls.log", directory);
    DeleteFileA(log_path);
    SetEnvironmentVariableA("SAMPLE_LOG", log_path);
}

const char *sample_log_read(DWORD process)
{
    unsigned long pid, ticks;
    char line[256], call[128];
    size_t used = 0;
    FILE *file;

    log_text[0] = 0;
    if (!(file = fopen(log_path, "r"))) return log_text;
    while (fgets(line, sizeof(line), file))
    {
        if (sscanf(line, "%lu %lu %127s", &pid, &ticks, call) != 3) continue;
        if (process && pid != process) continue;
        if (used + strlen(call) + 2 > sizeof(log_text)) break;
        used += sprintf(log_text + used, "%s\n", call);
    }
    fclose(file);
    return log_text;
}

int sample_log_count(const char *line)
{
    const char *text = sample_log_read(0);
    size_t length = strlen(line);
    int count = 0;

    for (; *text; text = strchr(text, '\n') + 1)
        if (!strncmp(text, line, length) && text[length] == '\n') count++;
    return count;
}
