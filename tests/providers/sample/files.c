/*
 * Sample providers: the content of a store in files
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
 * A folder of the file system with one file an item. A file is written under another name and then
 * takes its place, so that whoever reads sees the old or the new one, and a process killed at any
 * moment leaves no half of one. A mutex makes one process at a time change the folder. A message
 * that is being sent is locked by a file that is open for its holder alone, which Windows takes
 * away when the holder ends.
 *
 * Whether something changed is seen by the time of the folder, which each rename in it sets. Since
 * clocks tick, a folder that was changed just now is looked at again.
 */

#include <stdio.h>

#include "store.h"

#define REPLACE_MS 5000         /* that a file in use is waited for */
#define NUMBER_BLOCK 32                 /* so many numbers are taken at a time */
#define CLOCK_TICK (10000 * 1000)       /* of FILETIME: longer than any clock's */

struct files
{
    char path[MAX_PATH];                /* empty: in memory only */
    HANDLE mutex;
    FILETIME seen;
    BOOL seen_settled;
    ULONG next_number;
    ULONG last_number;                  /* of the block that was taken */
};

static void hex_name(const MAPIUID *uid, char name[33])
{
    int i;

    for (i = 0; i < 16; i++) sprintf(name + 2 * i, "%02x", uid->ab[i]);
}

void files_item_name(ULONG number, char name[16])
{
    sprintf(name, "%08lx.itm", number);
}

static BOOL file_path(struct files *files, const char *name, char path[MAX_PATH])
{
    return snprintf(path, MAX_PATH, "%s\\%s", files->path, name) < MAX_PATH;
}

HRESULT files_open(const MAPIUID *uid, const char *directory, struct files **ret)
{
    struct files *files;
    char name[33], mutex[64];

    *ret = NULL;
    if (!(files = calloc(1, sizeof(*files)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    files->next_number = FOLDER_COUNT;
    files->last_number = ~0u;
    if (*directory)
    {
        hex_name(uid, name);
        if (snprintf(files->path, sizeof(files->path) - 32, "%s\\%s", directory, name)
            >= MAX_PATH - 32)
        {
            free(files);
            return MAPI_E_INVALID_PARAMETER;
        }
        CreateDirectoryA(directory, NULL);
        CreateDirectoryA(files->path, NULL);
        sprintf(mutex, "sample-store-%s", name);
        if (GetFileAttributesA(files->path) == INVALID_FILE_ATTRIBUTES ||
            !(files->mutex = CreateMutexA(NULL, FALSE, mutex)))
        {
            free(files);
            return MAPI_E_DISK_ERROR;
        }
        files->next_number = files->last_number = 0;
    }
    *ret = files;
    return S_OK;
}

void files_close(struct files *files)
{
    if (files->mutex) CloseHandle(files->mutex);
    free(files);
}

void files_enter(struct files *files)
{
    /* An abandoned one is ours as well: whatever was left is whole. */
    if (files->mutex) WaitForSingleObject(files->mutex, INFINITE);
}

void files_leave(struct files *files)
{
    if (files->mutex) ReleaseMutex(files->mutex);
}

static ULONGLONG time_value(const FILETIME *time)
{
    return ((ULONGLONG)time->dwHighDateTime << 32) | time->dwLowDateTime;
}

BOOL files_changed(struct files *files)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    FILETIME now;
    BOOL changed;

    if (!files->mutex || !GetFileAttributesExA(files->path, GetFileExInfoStandard, &data))
        return FALSE;
    changed = !files->seen_settled || memcmp(&data.ftLastWriteTime, &files->seen, sizeof(FILETIME));
    GetSystemTimeAsFileTime(&now);
    files->seen = data.ftLastWriteTime;
    files->seen_settled = time_value(&now) > time_value(&data.ftLastWriteTime) + CLOCK_TICK;
    return changed;
}

HRESULT files_read(struct files *files, const char *name, struct blob *ret)
{
    char path[MAX_PATH];
    DWORD size, got;
    HANDLE file;

    memset(ret, 0, sizeof(*ret));
    if (!files->mutex || !file_path(files, name, path)) return MAPI_E_NOT_FOUND;
    file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                       NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return MAPI_E_NOT_FOUND;
    size = GetFileSize(file, NULL);
    if (size < 0x7fffffff && (ret->data = malloc(size + 1))
        && ReadFile(file, ret->data, size, &got, NULL))
        ret->size = ret->room = got;
    CloseHandle(file);
    if (ret->data && ret->size == size) return S_OK;
    blob_free(ret);
    return MAPI_E_DISK_ERROR;
}

/* Another process may be reading the old one at this moment. */
static BOOL replace_file(const char *temp, const char *path)
{
    DWORD start = GetTickCount(), error;

    for (;;)
    {
        if (MoveFileExA(temp, path, MOVEFILE_REPLACE_EXISTING)) return TRUE;
        error = GetLastError();
        if (error != ERROR_SHARING_VIOLATION && error != ERROR_ACCESS_DENIED) return FALSE;
        if (GetTickCount() - start > REPLACE_MS) return FALSE;
        Sleep(10);
    }
}

HRESULT files_write(struct files *files, const char *name, const struct blob *data)
{
    char path[MAX_PATH], temp[MAX_PATH], temp_name[64];
    DWORD written = 0;
    HANDLE file;
    BOOL ok;

    if (!files->mutex) return S_OK;
    snprintf(temp_name, sizeof(temp_name), "%s.%lx", name, GetCurrentProcessId());
    if (!file_path(files, name, path) || !file_path(files, temp_name, temp))
        return MAPI_E_DISK_ERROR;
    file = CreateFileA(temp, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return MAPI_E_DISK_ERROR;
    ok = WriteFile(file, data->data, data->size, &written, NULL) && written == data->size;
    CloseHandle(file);
    if (ok) ok = replace_file(temp, path);
    if (ok) return S_OK;
    DeleteFileA(temp);
    return MAPI_E_NOT_ENOUGH_DISK;
}

HRESULT files_delete(struct files *files, const char *name)
{
    char path[MAX_PATH];

    if (!files->mutex) return S_OK;
    if (!file_path(files, name, path)) return MAPI_E_DISK_ERROR;
    return DeleteFileA(path) || GetLastError() == ERROR_FILE_NOT_FOUND ? S_OK : MAPI_E_NO_ACCESS;
}

/* The mutex is held. A number is never given out twice, so that an entry ID names one thing for
 * ever. */
HRESULT files_new_number(struct files *files, ULONG *number)
{
    struct blob blob;
    ULONG next = FOLDER_COUNT;
    HRESULT hr;

    if (files->next_number == files->last_number)
    {
        if (SUCCEEDED(files_read(files, "next", &blob)) && blob.size == sizeof(next))
            memcpy(&next, blob.data, sizeof(next));
        blob_free(&blob);
        files->next_number = next;
        blob_put_long(&blob, next + NUMBER_BLOCK);
        hr = blob.failed ? MAPI_E_NOT_ENOUGH_MEMORY : files_write(files, "next", &blob);
        blob_free(&blob);
        if (FAILED(hr))
        {
            files->last_number = files->next_number;
            return hr;
        }
        files->last_number = next + NUMBER_BLOCK;
    }
    *number = files->next_number++;
    return S_OK;
}

void files_each(struct files *files, void (*proc)(void *context, ULONG number, ULONG size,
                                                  const FILETIME *time), void *context)
{
    WIN32_FIND_DATAA data;
    char pattern[MAX_PATH];
    HANDLE find;
    char *end;
    ULONG number;

    if (!files->mutex || !file_path(files, "*.itm", pattern)) return;
    if ((find = FindFirstFileA(pattern, &data)) == INVALID_HANDLE_VALUE) return;
    do
    {
        number = strtoul(data.cFileName, &end, 16);
        if (end == data.cFileName + 8 && !lstrcmpiA(end, ".itm"))
            proc(context, number, data.nFileSizeLow, &data.ftLastWriteTime);
    }
    while (FindNextFileA(find, &data));
    FindClose(find);
}

void files_stamp(struct files *files, ULONG number, ULONG *size, FILETIME *time)
{
    WIN32_FILE_ATTRIBUTE_DATA data;
    char path[MAX_PATH], name[16];

    *size = 0;
    memset(time, 0, sizeof(*time));
    files_item_name(number, name);
    if (!files->mutex || !file_path(files, name, path)) return;
    if (!GetFileAttributesExA(path, GetFileExInfoStandard, &data)) return;
    *size = data.nFileSizeLow;
    *time = data.ftLastWriteTime;
}

HANDLE files_lock(struct files *files, ULONG number)
{
    char path[MAX_PATH], name[16];

    sprintf(name, "%08lx.lck", number);
    if (!file_path(files, name, path)) return INVALID_HANDLE_VALUE;
    return CreateFileA(path, GENERIC_WRITE, 0, NULL, OPEN_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL);
}
