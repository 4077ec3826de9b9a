/*
 * What the property database needs of the system besides SQLite
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
 * os_win32.c in the DLLs, tests/core/os_native.c in the native units.
 */

#ifndef MAPIMS_OS_H
#define MAPIMS_OS_H

#include <stdarg.h>
#include <windef.h>

struct os_lock;
struct os_event;
struct os_thread;
struct os_file;

/* NULL when memory is short; free accepts NULL. */
struct os_lock *os_lock_create(void);
void os_lock_free(struct os_lock *lock);
void os_lock_enter(struct os_lock *lock);
void os_lock_leave(struct os_lock *lock);
/* A lock that is there from the start and stays. */
void os_global_enter(void);
void os_global_leave(void);

/* Lets one waiter through each time it is set. FALSE: not within these milliseconds. */
struct os_event *os_event_create(BOOL set);
void os_event_free(struct os_event *event);
void os_event_set(struct os_event *event);
BOOL os_event_wait(struct os_event *event, ULONG milliseconds);

struct os_thread *os_thread_start(void (*run)(void *context), void *context);
void os_thread_join(struct os_thread *thread);          /* and frees it */
/* Frees it when the thread is this one, which then ends by itself. */
BOOL os_thread_leave(struct os_thread *thread);

/* A temporary file, gone when it is closed. */
struct os_file *os_temp_create(void);
void os_file_close(struct os_file *file);
BOOL os_file_read(struct os_file *file, ULONGLONG offset, void *data, ULONG size);
BOOL os_file_write(struct os_file *file, ULONGLONG offset, const void *data, ULONG size);
BOOL os_file_set_size(struct os_file *file, ULONGLONG size);
BOOL os_disk_full(void);                /* is that why the last of these failed? */
BOOL os_is_in_use(int error);           /* does this system's error say that others have the file? */

BOOL os_path_exists(const WCHAR *path);
BOOL os_path_move(const WCHAR *from, const WCHAR *to);  /* not over another file */
BOOL os_path_delete(const WCHAR *path);
ULONGLONG os_path_size(const WCHAR *path);              /* 0 when it is missing */
/* The same for every name of a file; platform_alloc. */
WCHAR *os_path_full(const WCHAR *path);

ULONG os_thread_id(void);                /* never 0 */
ULONG os_process(void);
/* When a process began, 0: it is over. */
ULONGLONG os_process_started(ULONG process);

LONG os_add(LONG volatile *value, LONG add);            /* what it is then */

#endif /* MAPIMS_OS_H */
