/*
 * Fuzzer: blobs of the property database
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


/* Whatever a blob in the file holds: what decodes is a value that holds together, packs again, and
 * is the same then. */

#include <assert.h>
#include <stdlib.h>

#include "db/blob.c"

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    struct reader reader, again_reader;
    struct stored stored, again;
    SPropValue value, same;
    struct bytes packed;
    void *memory, *more;
    size_t needed, needed_again;
    ULONG flags;

    if (FAILED(blob_open(&reader, data, size, &flags))) return 0;
    while (blob_next(&reader, &stored) == S_OK)
    {
        if (FAILED(stored_measure(&stored, &needed))) continue;
        assert(needed <= (size + 1) * 32);
        memory = malloc(needed);
        stored_decode(&stored, memory, &value);
        assert(prop_value_check(&value) == S_OK);
        bytes_init(&packed);
        assert(blob_put(&packed, &value) == S_OK);
        reader_init(&again_reader, packed.data, packed.size);
        assert(blob_next(&again_reader, &again) == S_OK);
        assert(stored_measure(&again, &needed_again) == S_OK && needed_again == needed);
        more = malloc(needed);
        stored_decode(&again, more, &same);
        if (PROP_TYPE(value.ulPropTag) != PT_R4 && PROP_TYPE(value.ulPropTag) != PT_DOUBLE
            && PROP_TYPE(value.ulPropTag) != PT_APPTIME && !(PROP_TYPE(value.ulPropTag) & MV_FLAG))
            assert(!prop_compare(&value, &same));
        free(more);
        free(memory);
        bytes_free(&packed);
    }
    return 0;
}
