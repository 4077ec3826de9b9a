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

/*
 * Tests that need providers use the sample service (tests/providers/sample of the project), a
 * stranger's DLL. sample_install makes it known through a MapiSvc.inf of the test's own; the
 * subsystem finds that through the MapiSvcInf value of HKCU\Software\wine-mapi, which sample_remove
 * takes away again. Where the DLL is not there (a plain Wine tree), sample_install returns FALSE
 * and the test skips.
 *
 * All of it is here, since every source of a test folder is a test to Wine's make.
 */

#ifndef MAPI32_TEST_SAMPLE_H
#define MAPI32_TEST_SAMPLE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>
#include <mapix.h>

static const char sample_default_inf[] =
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

static char sample_folder[MAX_PATH], sample_log_path[MAX_PATH];
static char sample_log_text[65536];

/* Where DLL and INF are; for more copies of the DLL. */
static inline const char *sample_directory(void)
{
    return sample_folder;
}

static inline BOOL sample_find_dll(char path[MAX_PATH])
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
static inline void sample_make_folder(void)
{
    if (*sample_folder) return;
    GetWindowsDirectoryA(sample_folder, MAX_PATH - 32);
    sprintf(sample_folder + strlen(sample_folder), "\\mapitest%u_%lu", (unsigned)sizeof(void *) * 8,
            GetCurrentProcessId());
    CreateDirectoryA(sample_folder, NULL);
}

static inline BOOL sample_write_inf(const char *path, const char *inf)
{
    char dll[MAX_PATH];
    const char *end;
    FILE *file;

    sprintf(dll, "%s\\sample.dll", sample_folder);
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

/* Looks for sample32.dll beside the test program and in the folder %SAMPLE_PROVIDERS% names, copies
 * it to a folder without periods in its path, and makes inf known; each %s in that stands for the
 * DLL's name as MapiSvc.inf wants it. FALSE: there is no sample32.dll. */
static inline BOOL sample_install_inf(const char *inf)
{
    char dll[MAX_PATH], path[MAX_PATH];
    HKEY key;
    LONG ret;

    if (!sample_find_dll(dll)) return FALSE;
    sample_make_folder();
    sprintf(path, "%s\\sample32.dll", sample_folder);
    /* One that lies there unused was left by a process that was killed. */
    if (!GetModuleHandleA("sample32.dll") && !CopyFileA(dll, path, FALSE)) return FALSE;
    sprintf(path, "%s\\mapisvc.inf", sample_folder);
    if (!sample_write_inf(path, inf)) return FALSE;
    if (RegCreateKeyA(HKEY_CURRENT_USER, "Software\\wine-mapi", &key)) return FALSE;
    ret = RegSetValueExA(key, "MapiSvcInf", 0, REG_SZ, (BYTE *)path, strlen(path) + 1);
    RegCloseKey(key);
    return !ret;
}

/* The same with a service SAMPLE that has a transport, an address book and a store. */
static inline BOOL sample_install(void)
{
    return sample_install_inf(sample_default_inf);
}

/* The switches of README.md in the sample's folder, for this process and its children. NULL:
 * none. */
static inline void sample_behave(const char *words)
{
    SetEnvironmentVariableA("SAMPLE_BEHAVIOR", words);
}

static inline void sample_remove(void)
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
    if (!*sample_folder) return;
    sprintf(path, "%s\\mapisvc.inf", sample_folder);
    DeleteFileA(path);
    sprintf(path, "%s\\calls.log", sample_folder);
    DeleteFileA(path);
    sprintf(path, "%s\\sample32.dll", sample_folder);
    DeleteFileA(path);
    RemoveDirectoryA(sample_folder);
    *sample_folder = 0;
}

/* Profile NAME with the service SAMPLE in it, made anew; S_OK or the error. */
static inline HRESULT sample_create_profile(const char *name)
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

static inline void sample_delete_profile(const char *name)
{
    IProfAdmin *admin;

    if (FAILED(MAPIAdminProfiles(0, &admin))) return;
    IProfAdmin_DeleteProfile(admin, (LPTSTR)name, 0);
    IProfAdmin_Release(admin);
}

/* Starts a new log of calls. */
static inline void sample_log_start(void)
{
    sample_make_folder();
    sprintf(sample_log_path, "%s\\calls.log", sample_folder);
    DeleteFileA(sample_log_path);
    SetEnvironmentVariableA("SAMPLE_LOG", sample_log_path);
}

static inline BOOL sample_log_next(FILE *file, DWORD process, char call[128])
{
    unsigned long pid, ticks;
    char line[256];

    while (fgets(line, sizeof(line), file))
        if (sscanf(line, "%lu %lu %127s", &pid, &ticks, call) == 3 && (!process || pid == process))
            return TRUE;
    return FALSE;
}

/* The log as lines "kind.Method\n", process and time taken out, for one process or (0) all. The
 * text is static until the next call. */
static inline const char *sample_log_read(DWORD process)
{
    size_t used = 0;
    char call[128];
    FILE *file;

    sample_log_text[0] = 0;
    if (!(file = fopen(sample_log_path, "r"))) return sample_log_text;
    while (sample_log_next(file, process, call))
    {
        if (used + strlen(call) + 2 > sizeof(sample_log_text)) break;
        used += sprintf(sample_log_text + used, "%s\n", call);
    }
    fclose(file);
    return sample_log_text;
}

/* How often a line stands in the log, of any length. */
static inline int sample_log_count(const char *line)
{
    char call[128];
    int count = 0;
    FILE *file;

    if (!(file = fopen(sample_log_path, "r"))) return 0;
    while (sample_log_next(file, 0, call)) if (!strcmp(call, line)) count++;
    fclose(file);
    return count;
}

#endif /* MAPI32_TEST_SAMPLE_H */
