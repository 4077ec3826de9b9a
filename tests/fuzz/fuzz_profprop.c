/*
 * Fuzzer of core/profprop.c
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
 * Any bytes as a registry value: two of the property's type, one of the registry's, then the data.
 * What can be read must be writable again, and read the same from that.
 */

#include <stdlib.h>
#include <string.h>

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

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    SPropValue prop, again;
    ULONG tag, type, length, type2, length2;
    BYTE *written, *rewritten;
    void *base;

    if (size < 3) return 0;
    tag = PROP_TAG((ULONG)(data[0] | data[1] << 8), 0x6600);
    type = data[2] % 5;
    if (memory_allocate_buffer(1, &base)) abort();
    if (profprop_decode(tag, type, data + 3, (ULONG)(size - 3), memory_allocators.more, base, &prop)
        == S_OK)
    {
        if (profprop_encode(&prop, &type, &written, &length) != S_OK) abort();
        if (profprop_decode(tag, type, written, length, memory_allocators.more, base, &again)
            != S_OK)
            abort();
        if (profprop_encode(&again, &type2, &rewritten, &length2) != S_OK) abort();
        if (type != type2 || length != length2 || memcmp(written, rewritten, length)) abort();
        platform_free(written);
        platform_free(rewritten);
    }
    memory_free_buffer(base);
    if (unit_live_blocks()) abort();
    return 0;
}
