/*
 * Fuzzer for what comes from another process
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
 * Any bytes as a value that a proxy or a stub reads: one for the kind, one for the count. What can
 * be read must be writable again, and be written the same when it is read from that.
 */

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/blocks.h"
#include "core/wire.h"

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

enum { TEXT, PROPS, TAGS, PROBLEMS, SORT, RESTRICTION, ENTRIES, NAMES, WORDS, NOTIFICATIONS, ROWS, KINDS };

static BOOL unicode;            /* what was read last */

static void pass(struct wire *wire, unsigned int kind, ULONG count, void **value)
{
    switch (kind)
    {
    case TEXT: wire_text(wire, &unicode, value); break;
    case PROPS: wire_props(wire, count, (SPropValue **)value); break;
    case TAGS: wire_tags(wire, (SPropTagArray **)value); break;
    case PROBLEMS: wire_problems(wire, (SPropProblemArray **)value); break;
    case SORT: wire_sort(wire, (SSortOrderSet **)value); break;
    case RESTRICTION: wire_restriction(wire, (SRestriction **)value); break;
    case ENTRIES: wire_entries(wire, (ENTRYLIST **)value); break;
    case NAMES: wire_names(wire, count, (MAPINAMEID ***)value); break;
    case WORDS: wire_error(wire, count & 1 ? MAPI_UNICODE : 0, (MAPIERROR **)value); break;
    case NOTIFICATIONS: wire_notifications(wire, count, (NOTIFICATION **)value); break;
    case ROWS: wire_rows(wire, (SRowSet **)value); break;
    }
}

/* What was read, written; the value and its memory are gone then. */
static void write_again(struct wire *reader, unsigned int kind, ULONG count, void *value,
                        struct wire *writer)
{
    wire_write_init(writer);
    pass(writer, kind, count, &value);
    if (writer->hr != S_OK) abort();
    if (kind == ROWS) rows_free(&memory_allocators, value);
    else memory_free_buffer(reader->root);
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    struct wire reader, first, second;
    unsigned int kind;
    void *value = NULL;
    ULONG count;

    if (size < 2) return 0;
    kind = data[0] % KINDS;
    count = data[1];
    wire_read_init(&reader, &memory_allocators, data + 2, size - 2);
    pass(&reader, kind, count, &value);
    if (reader.hr == S_OK)
    {
        write_again(&reader, kind, count, value, &first);
        wire_read_init(&reader, &memory_allocators, first.data, first.at);
        value = NULL;
        pass(&reader, kind, count, &value);
        if (reader.hr != S_OK || reader.at != first.at) abort();
        write_again(&reader, kind, count, value, &second);
        if (first.at != second.at || (first.at && memcmp(first.data, second.data, first.at)))
            abort();
        wire_free(&first);
        wire_free(&second);
    }
    else if (kind == ROWS) { if (value) rows_free(&memory_allocators, value); }
    else memory_free_buffer(reader.root);
    if (unit_live_blocks()) abort();
    return 0;
}
