/*
 * Fuzzer: entry IDs from outside
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
 * The first byte says what the rest is: an entry ID as it stands in a message (read as a one-off,
 * as a wrapped store, and written as text and back), the text of one, or a name typed for a
 * recipient. What can be read must be the same when it is written and read again, and nothing
 * beyond its size is touched.
 */

#include <stdlib.h>
#include <string.h>

#include "unit.h"
#include "core/blocks.h"

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

static void check(BOOL condition)
{
    if (!condition) abort();
}

/* Text inside an entry ID may stand at an odd address. */
static void *aligned(const void *text, BOOL unicode)
{
    const BYTE *bytes = text;
    size_t length = 0;
    void *ret;

    if (!unicode) return text_dup_ansi(text);
    while (bytes[length] || bytes[length + 1]) length += sizeof(WCHAR);
    if ((ret = platform_alloc(length + sizeof(WCHAR)))) memcpy(ret, bytes, length + sizeof(WCHAR));
    return ret;
}

static void fuzz_one_off(const BYTE *data, ULONG size)
{
    struct one_off parsed, again;
    void *name, *type, *address;
    ENTRYID *made;
    ULONG made_size, flags;

    if (entryid_parse_one_off(size, (ENTRYID *)data, &parsed) != S_OK)
    {
        check(!parsed.address);
        return;
    }
    name = aligned(parsed.name, parsed.unicode);
    type = aligned(parsed.address_type, parsed.unicode);
    address = aligned(parsed.address, parsed.unicode);
    flags = (parsed.unicode ? MAPI_UNICODE : 0) | (parsed.flags & 1 ? MAPI_SEND_NO_RICH_INFO : 0);
    check(name && type && address);
    check(entryid_create_one_off(&memory_allocators, name, type, address, flags, &made_size, &made)
          == S_OK);
    check(made_size <= size);
    check(entryid_parse_one_off(made_size, made, &again) == S_OK);
    check(again.unicode == parsed.unicode && !((again.flags ^ parsed.flags) & 1));
    /* flags of four bytes and the format bits may differ; the texts, which follow, may not */
    check(!memcmp((BYTE *)made + 24, data + 24, made_size - 24));
    memory_free_buffer(made);
    platform_free(name);
    platform_free(type);
    platform_free(address);
}

static void fuzz_wrapped(const BYTE *data, ULONG size)
{
    const ENTRYID *inner, *inner_again;
    ULONG inner_size, again_size, made_size;
    const char *dll, *dll_again;
    ENTRYID *made;

    if (entryid_unwrap_store(size, (ENTRYID *)data, &dll, &inner_size, &inner) != S_OK)
    {
        check(!dll && !inner && !inner_size);
        return;
    }
    check(inner_size && (BYTE *)inner + inner_size == data + size);
    check(entryid_wrap_store(&memory_allocators, dll, inner_size, inner, &made_size, &made)
          == S_OK);
    check(entryid_unwrap_store(made_size, made, &dll_again, &again_size, &inner_again) == S_OK);
    check(!strcmp(dll, dll_again) && again_size == inner_size
          && !memcmp(inner, inner_again, inner_size));
    memory_free_buffer(made);
}

static void fuzz_as_text(BYTE *data, ULONG size)
{
    ULONG made_size;
    ENTRYID *made;
    LPTSTR text;

    if (!size) return;
    check(HrSzFromEntryID(size, (ENTRYID *)data, &text) == S_OK);
    check(HrEntryIDFromSz(text, &made_size, &made) == S_OK);
    check(made_size == size && !memcmp(made, data, size));
    memory_free_buffer(made);
    memory_free_buffer(text);
}

static void fuzz_text(const BYTE *data, size_t size)
{
    ULONG made_size;
    ENTRYID *made;
    LPTSTR again;
    char *text;

    if (!(text = platform_alloc(size + 1))) return;
    memcpy(text, data, size);
    text[size] = 0;
    if (HrEntryIDFromSz((LPTSTR)text, &made_size, &made) == S_OK)
    {
        check(made_size && 2 * made_size == strlen(text));
        check(HrSzFromEntryID(made_size, made, &again) == S_OK);
        check(!text_compare_nocase_ansi(text, (char *)again));
        memory_free_buffer(again);
        memory_free_buffer(made);
    }
    platform_free(text);
}

/* A name that is read as a one-off has all its parts, and none is longer than what was typed. */
static void fuzz_name(const BYTE *data, size_t size)
{
    size_t length = size / sizeof(WCHAR);
    struct one_off_name name;
    WCHAR *text;
    HRESULT hr;

    if (!(text = platform_alloc((length + 1) * sizeof(WCHAR)))) return;
    memcpy(text, data, length * sizeof(WCHAR));
    text[length] = 0;
    hr = one_off_name_parse(text, &name);
    check(hr == S_OK || hr == MAPI_E_NOT_FOUND);
    if (hr == S_OK)
    {
        check(name.name[0] && name.type[0] && name.address[0]);
        check(text_length(name.address) <= length && text_length(name.name) <= length);
    }
    else check(!name.name && !name.type && !name.address);
    one_off_name_free(&name);
    platform_free(text);
}

int LLVMFuzzerTestOneInput(const BYTE *data, size_t size)
{
    BYTE *exact;

    if (size < 1 || size > 65536) return 0;
    if (!(exact = malloc(size))) return 0; /* of just that size, so that a read beyond shows */
    memcpy(exact, data + 1, size - 1);
    exact = realloc(exact, size - 1 ? size - 1 : 1);
    switch (data[0] % 3)
    {
    case 0:
        check((entryid_check(size - 1, (ENTRYID *)exact) == S_OK) == (size - 1 >= 20));
        check((entryid_uid(size - 1, (ENTRYID *)exact) != NULL) == (size - 1 >= 20));
        fuzz_one_off(exact, size - 1);
        fuzz_wrapped(exact, size - 1);
        fuzz_as_text(exact, size - 1);
        break;
    case 1:
        fuzz_text(exact, size - 1);
        break;
    case 2:
        fuzz_name(exact, size - 1);
        break;
    }
    free(exact);
    if (unit_live_blocks()) abort();
    return 0;
}
