/*
 * What core needs of the system: any POSIX system, for the units
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
 * The seam of platform.h for the native units. Allocations are counted and can be made to fail one
 * by one. The ANSI code page is ISO 8859-1 but for two lead bytes, 0x81 and 0x82, so that
 * characters of two bytes are met as well. Collation is by letter, then by case, lower case first;
 * marks are known for the letters of ISO 8859-1.
 */

#include <errno.h>
#include <iconv.h>
#include <malloc.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ULONG live, fail_at;
static BOOL fail_after, failed;

ULONG unit_live_blocks(void)
{
    return live;
}

void unit_fail_allocation(ULONG n, BOOL and_after)
{
    fail_at = n;
    fail_after = and_after;
    failed = FALSE;
}

BOOL unit_failed(void)
{
    return failed;
}

static BOOL fails_now(void)
{
    if (!fail_at || --fail_at) return FALSE;
    if (fail_after) fail_at = 1;
    failed = TRUE;
    return TRUE;
}

static BOOL fail_step(ULONG n, BOOL and_after, HRESULT (*function)(void *), void *context)
{
    const ULONG before = live;
    HRESULT hr;

    unit_fail_allocation(n, and_after);
    hr = function(context);
    fail_at = 0;
    ck_assert_msg(live == before, "%d blocks left with allocation %u failing", (int)(live - before),
                  (unsigned)n);
    ck_assert_msg(hr == (failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK),
                  "%08x with allocation %u failing", (unsigned)hr, (unsigned)n);
    return failed;
}

void unit_fail_each(HRESULT (*function)(void *context), void *context)
{
    BOOL and_after;
    ULONG n;

    for (and_after = FALSE; and_after <= TRUE; and_after++)
    {
        for (n = 1; fail_step(n, and_after, function, context); n++) { }
        ck_assert_msg(n > 1, "nothing is allocated here");
    }
}

struct quiet
{
    void (*function)(void *context);
    void *context;
};

static HRESULT run_quiet(void *context)
{
    const struct quiet *quiet = context;

    quiet->function(quiet->context);
    return failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

void unit_fail_each_quietly(void (*function)(void *context), void *context)
{
    struct quiet quiet;

    quiet.function = function;
    quiet.context = context;
    unit_fail_each(run_quiet, &quiet);
}

BYTE *unit_end_of_memory(void)
{
    const size_t page = sysconf(_SC_PAGESIZE);
    BYTE *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert(pages != MAP_FAILED);
    ck_assert(!mprotect(pages + page, page, PROT_NONE));
    return pages + page;
}

/* Threads may allocate, but none while allocations are made to fail. */
void *platform_alloc(size_t size)
{
    void *ret;

    if (fails_now() || !(ret = malloc(size))) return NULL;
    __sync_fetch_and_add(&live, 1);
    return ret;
}

void *platform_alloc_zero(size_t size)
{
    void *ret = platform_alloc(size);

    if (ret) memset(ret, 0, size);
    return ret;
}

void *platform_realloc(void *block, size_t size)
{
    if (!block) return platform_alloc(size);
    return fails_now() ? NULL : realloc(block, size);
}

void platform_free(void *block)
{
    if (block) __sync_fetch_and_sub(&live, 1);
    free(block);
}

void *platform_pages_alloc(size_t size)
{
    void *pages = fails_now() ? NULL : aligned_alloc(size, size);

    if (pages) __sync_fetch_and_add(&live, 1);
    return pages;
}

void platform_pages_free(void *pages)
{
    platform_free(pages);
}

void platform_lock(void)
{
    pthread_mutex_lock(&lock);
}

void platform_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

size_t platform_size(const void *block)
{
    return malloc_usable_size((void *)block);
}

BOOL platform_lead_byte(BYTE c)
{
    return c == 0x81 || c == 0x82;
}

int platform_ansi_to_wide(const char *text, int length, WCHAR *buffer, int size)
{
    int in, out = 0;
    WCHAR c;

    if (length < 0) length = strlen(text) + 1;
    for (in = 0; in < length; in++)
    {
        c = (BYTE)text[in];
        if (platform_lead_byte(c) && in + 1 < length && text[in + 1]) c = c << 8 | (BYTE)text[++in];
        if (size && out == size) return 0;
        if (size) buffer[out] = c;
        out++;
    }
    return out;
}

int platform_wide_to_ansi(const WCHAR *text, int length, char *buffer, int size)
{
    int in, out = 0, width;
    WCHAR c;

    if (length < 0) length = text_length(text) + 1;
    for (in = 0; in < length; in++)
    {
        c = text[in];
        width = platform_lead_byte(c >> 8) ? 2 : 1;
        if (c > 0xff && width == 1) c = '?';
        if (size && out + width > size) return 0;
        if (size && width == 2) buffer[out] = c >> 8;
        if (size) buffer[out + width - 1] = c;
        out += width;
    }
    return out;
}

/* Every byte or character that iconv does not know becomes a question mark. */
static int convert(const char *to, const char *from, const char *text, size_t length, size_t unit,
                   size_t out_unit, char *buffer, int size)
{
    iconv_t cd = iconv_open(to, from);
    char *in = (char *)text, part[64], *out;
    size_t left = length * unit, room, made, total = 0;

    if (cd == (iconv_t)-1) return 0;
    while (left)
    {
        out = part;
        room = sizeof(part) - 2;        /* a substitute finds its place */
        if (iconv(cd, &in, &left, &out, &room) == (size_t)-1 && errno != E2BIG && left)
        {
            memset(out, 0, out_unit);
            *out = '?';
            out += out_unit;
            in += unit;
            left -= unit;
        }
        made = out - part;
        if (size && total + made > size * out_unit) break;
        if (size) memcpy(buffer + total, part, made);
        total += made;
    }
    iconv_close(cd);
    return left ? 0 : total / out_unit;
}

static const char *codepage_name(ULONG codepage, char *buffer)
{
    if (codepage == 65001) return "UTF-8";
    snprintf(buffer, 16, "CP%u", (unsigned)codepage);
    return buffer;
}

int platform_codepage_to_wide(ULONG codepage, const char *text, int length, WCHAR *buffer, int size)
{
    char name[16];

    return convert("UTF-16LE", codepage_name(codepage, name), text, length, 1, 2, (char *)buffer,
                   size);
}

int platform_wide_to_codepage(ULONG codepage, const WCHAR *text, int length, char *buffer, int size)
{
    char name[16];

    return convert(codepage_name(codepage, name), "UTF-16LE", (const char *)text, length, 2, 1,
                   buffer, size);
}

ULONG platform_ansi_codepage(void)
{
    return 1252;
}

static WCHAR lower(WCHAR c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde && c != 0xd7) ? c + 0x20 : c;
}

static size_t put_key(BYTE *key, size_t size, size_t at, BYTE value)
{
    if (at < size) key[at] = value;
    return at + 1;
}

int platform_sort_key(const WCHAR *text, int length, BYTE *key, int size)
{
    size_t at = 0;
    int i;

    if (length < 0) length = text_length(text);
    for (i = 0; i < length; i++)
    {
        at = put_key(key, size, at, 2 + (lower(text[i]) >> 12));
        at = put_key(key, size, at, 2 + (lower(text[i]) >> 6 & 0x3f));
        at = put_key(key, size, at, 2 + (lower(text[i]) & 0x3f));
    }
    at = put_key(key, size, at, 1);
    for (i = 0; i < length; i++) at = put_key(key, size, at, lower(text[i]) == text[i] ? 2 : 3);
    at = put_key(key, size, at, 0);
    return size && at > (size_t)size ? 0 : at;
}

int platform_compare(ULONG flags, const WCHAR *a, int a_length, const WCHAR *b, int b_length)
{
    const int a_size = platform_sort_key(a, a_length, NULL, 0);
    const int b_size = platform_sort_key(b, b_length, NULL, 0);
    BYTE *keys = malloc(a_size + b_size);
    int order;

    platform_sort_key(a, a_length, keys, a_size);
    platform_sort_key(b, b_length, keys + a_size, b_size);
    order = memcmp(keys, keys + a_size, a_size < b_size ? a_size : b_size);
    free(keys);
    return (order > 0) - (order < 0);
}

int platform_fold(ULONG flags, const WCHAR *text, int length, WCHAR *buffer, int size)
{
    static const char bases[] = "AAAAAA.CEEEEIIII.NOOOOO..UUUUY..aaaaaa.ceeeeiiii.nooooo..uuuuy.y";
    int i;

    if (length > size) return -1;
    for (i = 0; i < length; i++)
    {
        buffer[i] = text[i];
        if ((flags & NORM_IGNORENONSPACE) && text[i] >= 0xc0 && text[i] <= 0xff
            && bases[text[i] - 0xc0] != '.')
            buffer[i] = bases[text[i] - 0xc0];
        if (flags & NORM_IGNORECASE) buffer[i] = lower(buffer[i]);
    }
    return length;
}

static sigjmp_buf probe_exit;

static void probe_signal(int signal)
{
    siglongjmp(probe_exit, 1);
}

BOOL platform_probe(void (*function)(void *context), void *context)
{
    struct sigaction action, old_segv, old_bus;
    volatile BOOL ret = FALSE;

    memset(&action, 0, sizeof(action));
    action.sa_handler = probe_signal;
    sigaction(SIGSEGV, &action, &old_segv);
    sigaction(SIGBUS, &action, &old_bus);
    if (!sigsetjmp(probe_exit, 1))
    {
        function(context);
        ret = TRUE;
    }
    sigaction(SIGSEGV, &old_segv, NULL);
    sigaction(SIGBUS, &old_bus, NULL);
    return ret;
}

ULONGLONG platform_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (now.tv_sec + 11644473600ull) * 10000000 + now.tv_nsec / 100;
}

ULONG platform_thread_number(void)
{
    static __thread ULONG number;
    static LONG last;

    return number ? number : (number = InterlockedIncrement(&last));
}

LONG64 platform_thread(void)
{
    return (LONG64)syscall(SYS_gettid) << 32 | platform_thread_number();
}

BOOL platform_thread_gone(LONG64 thread)
{
    return syscall(SYS_tgkill, getpid(), (pid_t)(thread >> 32), 0) && errno == ESRCH;
}

BOOL platform_new_uid(void *uid)
{
    static BYTE next;

    memset(uid, 0x5a, sizeof(GUID));
    *(BYTE *)uid = next++;
    return TRUE;
}
