/*
 * What the property database needs of the system, on top of kernel32
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
#include <windef.h>
#include <winbase.h>

#include "core/platform.h"
#include "db/os.h"

struct os_lock
{
    CRITICAL_SECTION section;
};

/* No kernel's event: that is two calls of Wine's server for each message that is saved. */
struct os_event
{
    CRITICAL_SECTION section;
    CONDITION_VARIABLE changed;
    ULONG waiting;                      /* threads */
    BOOL set;
};

struct os_thread
{
    HANDLE handle;
    DWORD id;
    void (*run)(void *context);
    void *context;
};

static SRWLOCK global = SRWLOCK_INIT;

struct os_lock *os_lock_create(void)
{
    struct os_lock *lock = platform_alloc(sizeof(*lock));

    if (lock) InitializeCriticalSection(&lock->section);
    return lock;
}

void os_lock_free(struct os_lock *lock)
{
    if (!lock) return;
    DeleteCriticalSection(&lock->section);
    platform_free(lock);
}

void os_lock_enter(struct os_lock *lock)
{
    EnterCriticalSection(&lock->section);
}

void os_lock_leave(struct os_lock *lock)
{
    LeaveCriticalSection(&lock->section);
}

void os_global_enter(void)
{
    AcquireSRWLockExclusive(&global);
}

void os_global_leave(void)
{
    ReleaseSRWLockExclusive(&global);
}

struct os_event *os_event_create(BOOL set)
{
    struct os_event *event = platform_alloc_zero(sizeof(*event));

    if (!event) return NULL;
    InitializeCriticalSection(&event->section);
    InitializeConditionVariable(&event->changed);
    event->set = set;
    return event;
}

void os_event_free(struct os_event *event)
{
    if (!event) return;
    DeleteCriticalSection(&event->section);
    platform_free(event);
}

void os_event_set(struct os_event *event)
{
    EnterCriticalSection(&event->section);
    event->set = TRUE;
    if (event->waiting) WakeConditionVariable(&event->changed);
    LeaveCriticalSection(&event->section);
}

BOOL os_event_wait(struct os_event *event, ULONG milliseconds)
{
    const ULONGLONG until = GetTickCount64() + milliseconds;
    ULONGLONG now;
    BOOL ret;

    EnterCriticalSection(&event->section);
    event->waiting++;
    /* Those that wait already come first. */
    ret = event->set && event->waiting == 1;
    while (!ret && (now = GetTickCount64()) < until)
    {
        SleepConditionVariableCS(&event->changed, &event->section, (DWORD)(until - now));
        ret = event->set;
    }
    event->waiting--;
    if (ret) event->set = FALSE;
    LeaveCriticalSection(&event->section);
    return ret;
}

static DWORD WINAPI thread_main(void *context)
{
    struct os_thread *thread = context;

    thread->run(thread->context);
    return 0;
}

struct os_thread *os_thread_start(void (*run)(void *context), void *context)
{
    struct os_thread *thread = platform_alloc(sizeof(*thread));

    if (!thread) return NULL;
    thread->run = run;
    thread->context = context;
    if ((thread->handle = CreateThread(NULL, 0, thread_main, thread, CREATE_SUSPENDED,
                                       &thread->id)))
    {
        ResumeThread(thread->handle);
        return thread;
    }
    platform_free(thread);
    return NULL;
}

void os_thread_join(struct os_thread *thread)
{
    WaitForSingleObject(thread->handle, INFINITE);
    CloseHandle(thread->handle);
    platform_free(thread);
}

BOOL os_thread_leave(struct os_thread *thread)
{
    if (thread->id != GetCurrentThreadId()) return FALSE;
    CloseHandle(thread->handle);
    platform_free(thread);
    return TRUE;
}

struct os_file *os_temp_create(void)
{
    WCHAR folder[MAX_PATH], path[MAX_PATH];
    HANDLE file;
    DWORD length = GetTempPathW(MAX_PATH, folder);

    if (!length || length >= MAX_PATH || !GetTempFileNameW(folder, L"mdb", 0, path)) return NULL;
    file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS,
                       FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
    if (file != INVALID_HANDLE_VALUE) return (struct os_file *)file;
    DeleteFileW(path);
    return NULL;
}

void os_file_close(struct os_file *file)
{
    if (file) CloseHandle((HANDLE)file);
}

static void set_offset(OVERLAPPED *overlapped, ULONGLONG offset)
{
    memset(overlapped, 0, sizeof(*overlapped));
    overlapped->Offset = (DWORD)offset;
    overlapped->OffsetHigh = (DWORD)(offset >> 32);
}

BOOL os_file_read(struct os_file *file, ULONGLONG offset, void *data, ULONG size)
{
    OVERLAPPED overlapped;
    DWORD done;

    set_offset(&overlapped, offset);
    return ReadFile((HANDLE)file, data, size, &done, &overlapped) && done == size;
}

BOOL os_file_write(struct os_file *file, ULONGLONG offset, const void *data, ULONG size)
{
    OVERLAPPED overlapped;
    DWORD done;

    set_offset(&overlapped, offset);
    return WriteFile((HANDLE)file, data, size, &done, &overlapped) && done == size;
}

BOOL os_file_set_size(struct os_file *file, ULONGLONG size)
{
    LARGE_INTEGER offset;

    offset.QuadPart = size;
    return SetFilePointerEx((HANDLE)file, offset, NULL, FILE_BEGIN) && SetEndOfFile((HANDLE)file);
}

BOOL os_disk_full(void)
{
    const DWORD error = GetLastError();

    return error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL;
}

BOOL os_is_in_use(int error)
{
    return error == ERROR_SHARING_VIOLATION || error == ERROR_LOCK_VIOLATION;
}

BOOL os_path_exists(const WCHAR *path)
{
    const DWORD attributes = GetFileAttributesW(path);

    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

BOOL os_path_move(const WCHAR *from, const WCHAR *to)
{
    return MoveFileExW(from, to, MOVEFILE_WRITE_THROUGH);
}

BOOL os_path_delete(const WCHAR *path)
{
    return DeleteFileW(path);
}

ULONGLONG os_path_size(const WCHAR *path)
{
    WIN32_FILE_ATTRIBUTE_DATA data;

    if (!GetFileAttributesExW(path, GetFileExInfoStandard, &data)) return 0;
    return (ULONGLONG)data.nFileSizeHigh << 32 | data.nFileSizeLow;
}

WCHAR *os_path_full(const WCHAR *path)
{
    const DWORD size = GetFullPathNameW(path, 0, NULL, NULL);
    WCHAR *full;

    if (!size || size > 0x10000 || !(full = platform_alloc(size * sizeof(*full)))) return NULL;
    if (GetFullPathNameW(path, size, full, NULL) < size) return full;
    platform_free(full);
    return NULL;
}

ULONG os_process(void)
{
    return GetCurrentProcessId();
}

ULONGLONG os_process_started(ULONG process)
{
    FILETIME created, ended, kernel, user;
    ULONGLONG ret = 0;
    HANDLE handle;

    if (!(handle = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, process)))
        return 0;
    if (WaitForSingleObject(handle, 0) == WAIT_TIMEOUT
        && GetProcessTimes(handle, &created, &ended, &kernel, &user))
        ret = (ULONGLONG)created.dwHighDateTime << 32 | created.dwLowDateTime;
    CloseHandle(handle);
    return ret;
}

LONG os_add(LONG volatile *value, LONG add)
{
    return InterlockedExchangeAdd(value, add) + add;
}

ULONG os_thread_id(void)
{
    return GetCurrentThreadId();
}
