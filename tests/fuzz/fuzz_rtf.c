/*
 * Fuzzing: rich text, compressed and not, and properties of TNEF
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
 * Any bytes as compressed rich text, what comes out of it as rich text, and the bytes themselves as
 * both that and as a list of TNEF's properties. What was read of a list must hold what its types
 * say, what is compressed must come out again, and nothing may stay allocated.
 */

#include <stdlib.h>

#include "unit.h"
#include "core/blocks.h"
#include "core/lzfu.h"
#include "core/rtf.h"
#include "core/tnefprops.h"

#define ROOM 0x8000

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const BYTE *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    blocks_keep(FALSE);
    return 0;
}

static BYTE packed[ROOM * 2], raw[ROOM];
static size_t packed_size;

static HRESULT sink(void *context, const BYTE *data, size_t size)
{
    (void)context;
    if (packed_size + size > sizeof(packed)) return MAPI_E_TOO_BIG;
    memcpy(packed + packed_size, data, size);
    packed_size += size;
    return S_OK;
}

static void read_rtf(const BYTE *data, size_t size, BOOL native)
{
    struct rtf_reader *reader;
    const WCHAR *text;
    enum rtf_kind kind;
    ULONG codepage;
    size_t length;

    if (rtf_reader_create(native, &reader) != S_OK) abort();
    if (SUCCEEDED(rtf_reader_add(reader, data, size))
        && SUCCEEDED(rtf_reader_end(reader, &text, &length, &kind, &codepage)) && text[length])
        abort();
    rtf_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    static struct lzfu_decoder decoder;
    static struct lzfu_encoder encoder;
    struct tnef_list *list;
    size_t used, made, at = 0;
    ULONG i;

    if (size > ROOM) size = ROOM;
    lzfu_decoder_init(&decoder);
    lzfu_decode(&decoder, data, size, &used, raw, sizeof(raw), &made);
    read_rtf(raw, made, FALSE);
    read_rtf(data, size, FALSE);
    read_rtf(data, size, TRUE);

    packed_size = 0;
    lzfu_encoder_init(&encoder, sink, NULL);
    if (lzfu_encode(&encoder, data, size) != S_OK || lzfu_encode_end(&encoder) != S_OK) abort();
    lzfu_decoder_init(&decoder);
    if (lzfu_decode(&decoder, packed, packed_size, &used, raw, sizeof(raw), &made) != S_OK) abort();
    if (made != size || (size && memcmp(raw, data, size))) abort();

    tnef_read_list(data, size, &at, 1252, &list);
    for (i = 0; list && i < list->count; i++)
        if (PROP_TYPE(list->props[i].ulPropTag) != PT_OBJECT
            && FAILED(prop_value_check(&list->props[i])))
            abort();
    memory_free_buffer(list);
    if (unit_live_blocks()) abort();
    return 0;
}
