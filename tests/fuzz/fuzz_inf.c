/*
 * Fuzzer of core/inf.c and core/infprop.c
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
 * Any bytes as a MapiSvc.inf: every section's properties, lists and UID are read. Reports must name
 * a line of the file, nothing may stay allocated, and what was parsed must be found again by its
 * name.
 */

#include <stdlib.h>

#include "unit.h"
#include "core/blocks.h"
#include "core/inf.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

/* Nothing is kept for reuse, so that what is live afterwards leaked. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    blocks_keep(FALSE);
    return 0;
}

static void report(void *context, ULONG line, const char *what)
{
    if (!line || line > *(size_t *)context + 1 || !what) abort();
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    struct inf *inf;
    ULONG i, j;

    if (inf_parse(data, size, report, &size, &inf) != S_OK) abort();
    for (i = 0; i < inf->count; i++)
    {
        const struct inf_section *section = inf->sections + i;
        SPropValue *props;
        WCHAR **parts;
        MAPIUID uid;
        ULONG count;

        if (inf_find(inf, section->name) != section) abort();
        if (inf_props(section, report, &size, &count, &props) != S_OK) abort();
        if (count > section->count) abort();
        for (j = 0; j < count; j++)
            if (FAILED(prop_value_check(props + j))) abort();
        memory_free_buffer(props);
        for (j = 0; j < section->count && j < 64; j++)
        {
            if (!inf_value(section, section->entries[j].key)) abort();
            if (inf_split(section->entries[j].value, &count, &parts) != S_OK) abort();
            platform_free(parts);
            inf_parse_uid(section->entries[j].value, &uid);
        }
    }
    inf_free(inf);
    if (unit_live_blocks()) abort();
    return 0;
}
