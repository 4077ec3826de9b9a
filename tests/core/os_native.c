/*
 * What the property database needs of the system, for the native units
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
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"
#include "db/os.h"

struct os_lock
{
    pthread_mutex_t mutex;
};

struct os_event
{
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    BOOL set;
};

struct os_thread
{
    pthread_t thread;
    void (*run)(void *context);
    void *context;
};

static pthread_mutex_t global = PTHREAD_MUTEX_INITIALIZER;

struct os_lock *os_lock_create(void)
{
    struct os_lock *lock = platform_alloc(sizeof(*lock));
    pthread_mutexattr_t recursive;

    if (!lock) return NULL;
    pthread_mutexattr_init(&recursive);
    pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock->mutex, &recursive);
    return lock;
}

void os_lock_free(struct os_lock *lock)
{
    if (lock) pthread_mutex_destroy(&lock->mutex);
    platform_free(lock);
}

void os_lock_enter(struct os_lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void os_lock_leave(struct os_lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}

void os_global_enter(void)
{
    pthread_mutex_lock(&global);
}

void os_global_leave(void)
{
    pthread_mutex_unlock(&global);
}

struct os_event *os_event_create(BOOL set)
{
    struct os_event *event = platform_alloc(sizeof(*event));

    if (!event) return NULL;
    pthread_mutex_init(&event->mutex, NULL);
    pthread_cond_init(&event->changed, NULL);
    event->set = set;
    return event;
}

void os_event_free(struct os_event *event)
{
    platform_free(event);
}

void os_event_set(struct os_event *event)
{
    pthread_mutex_lock(&event->mutex);
    event->set = TRUE;
    pthread_cond_signal(&event->changed);
    pthread_mutex_unlock(&event->mutex);
}

BOOL os_event_wait(struct os_event *event, ULONG milliseconds)
{
    struct timespec until;
    BOOL ret;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += milliseconds % 1000 * 1000000l;
    if (until.tv_nsec >= 1000000000l)
    {
        until.tv_sec++;
        until.tv_nsec -= 1000000000l;
    }
    pthread_mutex_lock(&event->mutex);
    while (!event->set && !pthread_cond_timedwait(&event->changed, &event->mutex, &until)) { }
    ret = event->set;
    event->set = FALSE;
    pthread_mutex_unlock(&event->mutex);
    return ret;
}

static void *thread_main(void *context)
{
    struct os_thread *thread = context;

    thread->run(thread->context);
    return NULL;
}

struct os_thread *os_thread_start(void (*run)(void *context), void *context)
{
    struct os_thread *thread = platform_alloc(sizeof(*thread));

    if (!thread) return NULL;
    thread->run = run;
    thread->context = context;
    if (!pthread_create(&thread->thread, NULL, thread_main, thread)) return thread;
    platform_free(thread);
    return NULL;
}

void os_thread_join(struct os_thread *thread)
{
    pthread_join(thread->thread, NULL);
    platform_free(thread);
}

BOOL os_thread_leave(struct os_thread *thread)
{
    if (!pthread_equal(thread->thread, pthread_self())) return FALSE;
    pthread_detach(thread->thread);
    platform_free(thread);
    return TRUE;
}

struct os_file *os_temp_create(void)
{
    return (struct os_file *)tmpfile();
}

void os_file_close(struct os_file *file)
{
    if (file) fclose((FILE *)file);
}

BOOL os_file_read(struct os_file *file, ULONGLONG offset, void *data, ULONG size)
{
    return pread(fileno((FILE *)file), data, size, offset) == (ssize_t)size;
}

BOOL os_file_write(struct os_file *file, ULONGLONG offset, const void *data, ULONG size)
{
    return pwrite(fileno((FILE *)file), data, size, offset) == (ssize_t)size;
}

BOOL os_file_set_size(struct os_file *file, ULONGLONG size)
{
    return !ftruncate(fileno((FILE *)file), size);
}

BOOL os_disk_full(void)
{
    return errno == ENOSPC;
}

/* Paths of the units are ASCII. */
static char *narrow(const WCHAR *path, char *buffer, size_t size)
{
    size_t i;

    for (i = 0; path[i] && i + 1 < size; i++) buffer[i] = path[i];
    buffer[i] = 0;
    return buffer;
}

/* Files are not held here: they can be opened by whoever may. */
BOOL os_is_in_use(int error)
{
    return FALSE;
}

BOOL os_path_exists(const WCHAR *path)
{
    char name[1024];
    struct stat info;

    return !stat(narrow(path, name, sizeof(name)), &info) && S_ISREG(info.st_mode);
}

BOOL os_path_move(const WCHAR *from, const WCHAR *to)
{
    char old_name[1024], new_name[1024];

    if (os_path_exists(to)) return FALSE;
    return !rename(narrow(from, old_name, sizeof(old_name)),
                   narrow(to, new_name, sizeof(new_name)));
}

BOOL os_path_delete(const WCHAR *path)
{
    char name[1024];

    return !unlink(narrow(path, name, sizeof(name)));
}

ULONGLONG os_path_size(const WCHAR *path)
{
    char name[1024];
    struct stat info;

    return stat(narrow(path, name, sizeof(name)), &info) ? 0 : info.st_size;
}

WCHAR *os_path_full(const WCHAR *path)
{
    return text_dup(path);
}

ULONG os_process(void)
{
    return getpid();
}

ULONGLONG os_process_started(ULONG process)
{
    return kill(process, 0) && errno == ESRCH ? 0 : 1;
}

LONG os_add(LONG volatile *value, LONG add)
{
    return __sync_add_and_fetch(value, add);
}

ULONG os_thread_id(void)
{
    return (ULONG)((ULONG_PTR)pthread_self() >> 6) | 1;
}
