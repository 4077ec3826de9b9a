/*
 * Wine's mapi32 and ours called with the same random inputs
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
 * Each test makes one random input, calls both DLLs with it and compares all that comes out. A
 * difference has a name, "Function: what"; docs/differences.md lists the names that are known, each
 * with the reason why ours is right. Inputs live in an arena that is emptied before each round.
 */

#ifndef DIFFERENTIAL_H
#define DIFFERENTIAL_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>

/* One of the two. */
struct side
{
    const char *name;
    HMODULE module;
    LPALLOCATEBUFFER allocate;
    LPALLOCATEMORE more;
    LPFREEBUFFER free;
};
extern struct side ours, theirs;

struct test
{
    const char *name;           /* of the function */
    unsigned int words;         /* of its arguments on i386 */
    void (*run)(const struct test *test);
    void *ours;
    void *theirs;
};

/* random.c */
void random_seed(ULONGLONG seed);
ULONG random_bits(void);
ULONG random_below(ULONG n);
BOOL random_chance(ULONG percent);
void *arena_alloc(size_t size);         /* aligned to 8 */
void arena_reset(void);
void *random_bytes(size_t size);
char *random_text(ULONG max_length);    /* of few letters, of digits or of any bytes */
WCHAR *random_wide(ULONG max_length);
void *bad_pointer(void);                /* NULL, or into memory that is not there */
ULONG random_type(void);                /* known types mostly */
/* hostile: percentage of pointers and identifiers that are no good */
void random_prop(SPropValue *prop, ULONG type, ULONG hostile);
SPropValue *random_props(ULONG count, ULONG hostile);
GUID *random_guid(void);                /* one of few */

/* call.c */
#define MAX_WORDS 9
struct outcome
{
    ULONGLONG value;
    BOOL crashed;
};
/* Calls with words arguments; a crash is caught. */
struct outcome call(void *function, unsigned int words, const ULONG_PTR *args);
/* Calls both; args[i] is ours where ours_args is NULL. FALSE when one crashed, which is
 * reported. */
BOOL call_both(const struct test *test, const ULONG_PTR *ours_args, const ULONG_PTR *theirs_args,
               struct outcome *ours_outcome, struct outcome *theirs_outcome);
/* The same for arguments that both share: compares the lower bits of the results, too. */
void call_and_compare(const struct test *test, const ULONG_PTR *args, unsigned int bits);

/* main.c */
void differ(const struct test *test, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void note_input(const char *format, ...) __attribute__((format(printf, 1, 2)));
void note_prop(const char *name, const SPropValue *prop);
void note_bytes(const char *name, const void *bytes, size_t size);

/* property.c */
BOOL same_prop(const SPropValue *a, const SPropValue *b);

extern const struct test memory_tests[], number_tests[], object_tests[], propdata_tests[],
    property_tests[], text_tests[], validate_tests[];

#endif /* DIFFERENTIAL_H */
