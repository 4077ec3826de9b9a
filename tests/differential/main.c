/*
 * Wine's mapi32 and ours, side by side: the runs and their report
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
 * differential [--seed N] [--count N] [--list FILE] BUILTIN [FUNCTION...]
 *
 * BUILTIN is the file of Wine's own mapi32.dll. A copy without the signature that marks it as
 * builtin is loaded beside ours, which is the mapi32.dll that the prefix has. --list names the file
 * with known differences (docs/differences.md), whose table rows begin with a difference's name in
 * backquotes. The exit status is 1 when there is a difference that is not listed. --count 0 runs
 * for ever.
 */

#include "builtin.h"
#include "differential.h"

#define MAX_KINDS 200

struct side ours = { "ours" }, theirs = { "Wine's" };

/* A difference by name: how often it was seen and whether it is a known one. */
struct kind
{
    char name[120];
    BOOL listed;
    ULONG seen;
};

static struct kind kinds[MAX_KINDS];
static unsigned int kind_count;
static char input[4096];
static size_t input_length;
static ULONG different;
static BOOL round_differs;

void note_input(const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(input + input_length, sizeof(input) - input_length, format, args);
    va_end(args);
    if (length > 0) input_length = min(input_length + length, sizeof(input) - 1);
}

void note_bytes(const char *name, const void *bytes, size_t size)
{
    size_t i;

    note_input(" %s=\"", name);
    for (i = 0; i < size && i < 60; i++)
    {
        const BYTE c = ((const BYTE *)bytes)[i];

        if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') note_input("%c", c);
        else note_input("\\x%02x", c);
    }
    note_input("\"");
}

void note_prop(const char *name, const SPropValue *prop)
{
    note_input(" %s={%08lx", name, prop->ulPropTag);
    if (PROP_TYPE(prop->ulPropTag) & MV_FLAG)
        note_input(" %lu values at %p", prop->Value.MVi.cValues, prop->Value.MVi.lpi);
    else note_input(" %p %p", (void *)(ULONG_PTR)prop->Value.li.u.LowPart, prop->Value.bin.lpb);
    note_input("}");
}

static struct kind *find_kind(const char *name)
{
    unsigned int i;

    for (i = 0; i < kind_count; i++) if (!strcmp(kinds[i].name, name)) return &kinds[i];
    if (kind_count == MAX_KINDS) return NULL;
    snprintf(kinds[i].name, sizeof(kinds[i].name), "%s", name);
    kind_count++;
    return &kinds[i];
}

void differ(const struct test *test, const char *what, const char *format, ...)
{
    char name[120];
    struct kind *kind;
    va_list args;

    snprintf(name, sizeof(name), "%s: %s", test->name, what);
    if (!(kind = find_kind(name))) return;
    if (!round_differs) different++;
    round_differs = TRUE;
    /* Each that is not listed is shown, up to a screenful; of the listed ones the first. */
    if (kind->seen++ < (kind->listed ? 1 : 20))
    {
        printf("  %s%s: ", name, kind->listed ? " (listed)" : "");
        va_start(args, format);
        vprintf(format, args);
        va_end(args);
        printf("; input:%s\n", input);
    }
}

/* Rows of a table: | `Function: what` | reason | */
static BOOL read_list(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[1024], *end;
    struct kind *kind;

    if (!file) return FALSE;
    while (fgets(line, sizeof(line), file))
    {
        if (strncmp(line, "| `", 3) || !(end = strchr(line + 3, '`'))) continue;
        *end = 0;
        if (strstr(line + 3, ": ") && (kind = find_kind(line + 3))) kind->listed = TRUE;
    }
    fclose(file);
    return TRUE;
}

static void *find_function(HMODULE module, const struct test *test)
{
    char decorated[80];
    void *ret;

    snprintf(decorated, sizeof(decorated), "%s@%u", test->name, test->words * 4);
    if ((ret = (void *)GetProcAddress(module, decorated))) return ret;
    return (void *)GetProcAddress(module, test->name);
}

static BOOL prepare(struct side *side)
{
    side->allocate = (void *)GetProcAddress(side->module, "MAPIAllocateBuffer");
    side->more = (void *)GetProcAddress(side->module, "MAPIAllocateMore");
    side->free = (void *)GetProcAddress(side->module, "MAPIFreeBuffer");
    return side->allocate && side->more && side->free;
}

static BOOL wanted(const char *name, int argc, char **argv)
{
    int i;

    for (i = 0; i < argc; i++) if (!strcmp(argv[i], name)) return TRUE;
    return !argc;
}

/* The same inputs for a function whatever runs before it. */
static ULONGLONG seed_of(ULONGLONG seed, const char *name)
{
    for (; *name; name++) seed = (seed ^ (BYTE)*name) * 0x100000001b3ull;
    return seed;
}

static void run(const struct test *listed, ULONGLONG seed, ULONG count)
{
    struct test test = *listed;
    DWORD start = GetTickCount();
    ULONG i;

    test.ours = find_function(ours.module, &test);
    test.theirs = find_function(theirs.module, &test);
    if (!test.ours || !test.theirs)
    {
        differ(&test, test.ours ? "not in Wine's" : "not in ours", "no such export");
        return;
    }
    random_seed(seed_of(seed, test.name));
    different = 0;
    for (i = 0; i < count || !count; i++)
    {
        arena_reset();
        input[input_length = 0] = 0;
        round_differs = FALSE;
        test.run(&test);
    }
    printf("%-20s %lu inputs, %lu differ, %lu ms\n", test.name, i, different,
           GetTickCount() - start);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const struct test *const groups[] = { memory_tests,   number_tests,   text_tests,
                                                 validate_tests, property_tests, object_tests,
                                                 propdata_tests };
    ULONGLONG seed = 20261120;
    ULONG count = 100000, passed = 0, failed = 0, before;
    const char *list = NULL;
    const struct test *test;
    unsigned int i;

    for (argc--, argv++; argc > 1 && !strncmp(argv[0], "--", 2); argc -= 2, argv += 2)
    {
        if (!strcmp(argv[0], "--seed")) seed = _strtoui64(argv[1], NULL, 0);
        else if (!strcmp(argv[0], "--count")) count = strtoul(argv[1], NULL, 0);
        else if (!strcmp(argv[0], "--list")) list = argv[1];
        else argc = 0;
    }
    if (argc < 1)
    {
        fprintf(stderr,
                "usage: differential [--seed N] [--count N] [--list FILE] BUILTIN [FUNCTION...]\n");
        return 2;
    }
    if (list && !read_list(list))
    {
        fprintf(stderr, "%s: cannot be read\n", list);
        return 2;
    }
    theirs.module = load_builtin(argv[0]);
    ours.module = LoadLibraryA("mapi32.dll");
    if (!theirs.module || !ours.module || !prepare(&ours) || !prepare(&theirs))
    {
        fprintf(stderr, "%s cannot be loaded (%lu)\n", theirs.module ? "mapi32.dll" : argv[0],
                GetLastError());
        return 2;
    }
    if (!GetProcAddress(ours.module, "MAPIReallocateBuffer")
        || GetProcAddress(theirs.module, "MAPIReallocateBuffer"))
    {
        fprintf(stderr, "mapi32.dll of this prefix is not ours, or %s is not Wine's\n", argv[0]);
        return 2;
    }

    printf("seed %I64u, %lu inputs a function\n", seed, count);
    for (i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
    {
        for (test = groups[i]; test->name; test++)
        {
            unsigned int k;

            if (!wanted(test->name, argc - 1, argv + 1)) continue;
            for (k = before = 0; k < kind_count; k++) before += !kinds[k].listed;
            run(test, seed, count);
            for (k = 0; k < kind_count; k++) before -= !kinds[k].listed;
            if (before) failed++;
            else passed++;
        }
    }
    for (i = 0; i < kind_count; i++)
    {
        if (!kinds[i].listed) printf("NOT LISTED  %s: %lu times\n", kinds[i].name, kinds[i].seen);
        else if (kinds[i].seen) printf("listed      %s: %lu times\n", kinds[i].name, kinds[i].seen);
        else if (argc == 1) printf("not seen    %s\n", kinds[i].name);
    }
    printf("%lu passed, %lu failed, 0 skipped\n", passed, failed);
    return failed ? 1 : 0;
}
