/*
 * Entry IDs: the kinds that the subsystem itself makes
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
 * An entry ID is four bytes of flags and a MAPIUID that says who made it; the rest is the maker's.
 * Here are the layouts of the subsystem's own: the one-off recipient and the wrapped store, both as
 * other MAPIs write them, since they end up in messages and profiles.
 *
 * one-off: version (2 bytes, 0), flags (2 bytes), display name, address type, address; no padding
 * wrapped store: version (1 byte, 0), flag (1 byte, 0), provider DLL name (ANSI), padding to a
 *                multiple of four, the provider's entry ID
 *
 * Entry IDs come from files and from other programs, at any address: nothing in them is read but
 * bytewise, and nothing beyond their size.
 */

#include "core/core.h"

#define HEADER_SIZE (4 + sizeof(MAPIUID))

#define ONE_OFF_STRINGS (HEADER_SIZE + 4)
#define ONE_OFF_NO_RICH_INFO 0x0001
#define ONE_OFF_UNICODE 0x8000

#define WRAPPED_NAME (HEADER_SIZE + 2)

const MAPIUID uid_one_off = { { 0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19, 0x9d, 0x6e, 0x00,
                                0xdd, 0x01, 0x0f, 0x54, 0x02 } };
const MAPIUID uid_store_wrap = { { 0x38, 0xa1, 0xbb, 0x10, 0x05, 0xe5, 0x10, 0x1a, 0xa1, 0xbb, 0x08,
                                   0x00, 0x2b, 0x2a, 0x56, 0xc2 } };
const MAPIUID uid_status = { { 0x6c, 0x1e, 0x0b, 0x53, 0x2a, 0x9f, 0x4d, 0x47, 0x8e, 0x31, 0x5b,
                               0x90, 0xd6, 0x77, 0x1c, 0xe4 } };
const MAPIUID uid_identity = { { 0x6c, 0x1e, 0x0b, 0x54, 0x2a, 0x9f, 0x4d, 0x47, 0x8e, 0x31, 0x5b,
                                 0x90, 0xd6, 0x77, 0x1c, 0xe4 } };
const MAPIUID uid_template = { { 0x6c, 0x1e, 0x0b, 0x55, 0x2a, 0x9f, 0x4d, 0x47, 0x8e, 0x31, 0x5b,
                                 0x90, 0xd6, 0x77, 0x1c, 0xe4 } };

HRESULT entryid_check(ULONG size, const ENTRYID *id)
{
    return id && size >= HEADER_SIZE ? S_OK : MAPI_E_INVALID_ENTRYID;
}

const MAPIUID *entryid_uid(ULONG size, const ENTRYID *id)
{
    return entryid_check(size, id) == S_OK ? (const MAPIUID *)((const BYTE *)id + 4) : NULL;
}

static BOOL is_kind(ULONG size, const ENTRYID *id, const MAPIUID *uid)
{
    const MAPIUID *found = entryid_uid(size, id);

    return found && !memcmp(found, uid, sizeof(*uid));
}

static void put_header(BYTE *id, const MAPIUID *uid)
{
    memset(id, 0, 4);
    memcpy(id + 4, uid, sizeof(*uid));
}

HRESULT entryid_wrap_store(const struct mapi_allocators *allocators, const char *dll, ULONG size,
                           const ENTRYID *id, ULONG *ret_size, ENTRYID **ret)
{
    size_t name_end, start;
    HRESULT hr;
    BYTE *out;

    *ret_size = 0;
    *ret = NULL;
    name_end = WRAPPED_NAME + strlen(dll) + 1;
    start = (name_end + 3) & ~(size_t)3;
    if (start > MAXLONG || size > MAXLONG - start) return MAPI_E_NOT_ENOUGH_MEMORY;

    if ((hr = allocators->allocate(start + size, (void **)&out)) != S_OK) return hr;
    put_header(out, &uid_store_wrap);
    out[HEADER_SIZE] = out[HEADER_SIZE + 1] = 0;
    memcpy(out + WRAPPED_NAME, dll, name_end - WRAPPED_NAME);
    memset(out + name_end, 0, start - name_end);
    memcpy(out + start, id, size);
    *ret_size = start + size;
    *ret = (ENTRYID *)out;
    return S_OK;
}

HRESULT entryid_unwrap_store(ULONG size, const ENTRYID *id, const char **dll, ULONG *ret_size,
                             const ENTRYID **ret)
{
    const BYTE *in = (const BYTE *)id, *end;
    size_t start;

    *dll = NULL;
    *ret_size = 0;
    *ret = NULL;
    if (!is_kind(size, id, &uid_store_wrap) || size <= WRAPPED_NAME) return MAPI_E_INVALID_ENTRYID;
    if (!(end = memchr(in + WRAPPED_NAME, 0, size - WRAPPED_NAME))) return MAPI_E_INVALID_ENTRYID;
    start = (end + 1 - in + 3) & ~(size_t)3;
    if (end == in + WRAPPED_NAME || start >= size) return MAPI_E_INVALID_ENTRYID;
    *dll = (const char *)in + WRAPPED_NAME;
    *ret_size = size - start;
    *ret = (const ENTRYID *)(in + start);
    return S_OK;
}

static size_t string_size(const void *text, BOOL unicode)
{
    if (!text) return unicode ? sizeof(WCHAR) : 1;
    return unicode ? (text_length(text) + 1) * sizeof(WCHAR) : strlen(text) + 1;
}

static BYTE *put_string(BYTE *at, const void *text, size_t size, BOOL unicode)
{
    if (text) memcpy(at, text, size);
    else memset(at, 0, size);
    return at + size;
}

HRESULT entryid_create_one_off(const struct mapi_allocators *allocators, const void *name,
                               const void *address_type, const void *address, ULONG flags,
                               ULONG *ret_size, ENTRYID **ret)
{
    const BOOL unicode = !!(flags & MAPI_UNICODE);
    const size_t name_size = string_size(name, unicode);
    const size_t type_size = string_size(address_type, unicode);
    const size_t address_size = string_size(address, unicode);
    USHORT bits = 0;
    HRESULT hr;
    size_t size;
    BYTE *out, *at;

    *ret_size = 0;
    *ret = NULL;
    if (!address_type || !address) return MAPI_E_INVALID_PARAMETER;
    size = ONE_OFF_STRINGS + name_size + type_size + address_size;
    if (size > MAXLONG) return MAPI_E_NOT_ENOUGH_MEMORY;

    if ((hr = allocators->allocate(size, (void **)&out)) != S_OK) return hr;
    if (unicode) bits |= ONE_OFF_UNICODE;
    if (flags & MAPI_SEND_NO_RICH_INFO) bits |= ONE_OFF_NO_RICH_INFO;
    put_header(out, &uid_one_off);
    out[HEADER_SIZE] = out[HEADER_SIZE + 1] = 0;
    out[HEADER_SIZE + 2] = bits & 0xff;
    out[HEADER_SIZE + 3] = bits >> 8;
    at = put_string(out + ONE_OFF_STRINGS, name, name_size, unicode);
    at = put_string(at, address_type, type_size, unicode);
    put_string(at, address, address_size, unicode);
    *ret_size = size;
    *ret = (ENTRYID *)out;
    return S_OK;
}

/* The string at *at, which is moved behind it; NULL if it does not end before end. */
static const void *take_string(const BYTE **at, const BYTE *end, BOOL unicode)
{
    const BYTE *start = *at, *p;
    const size_t width = unicode ? sizeof(WCHAR) : 1;

    for (p = start; (size_t)(end - p) >= width; p += width)
    {
        if (p[0] || p[width - 1]) continue;
        *at = p + width;
        return start;
    }
    return NULL;
}

HRESULT entryid_parse_one_off(ULONG size, const ENTRYID *id, struct one_off *ret)
{
    const BYTE *in = (const BYTE *)id, *at, *end;

    memset(ret, 0, sizeof(*ret));
    if (!is_kind(size, id, &uid_one_off) || size < ONE_OFF_STRINGS) return MAPI_E_INVALID_ENTRYID;
    if (in[HEADER_SIZE] || in[HEADER_SIZE + 1]) return MAPI_E_INVALID_ENTRYID;
    ret->flags = in[HEADER_SIZE + 2] | in[HEADER_SIZE + 3] << 8;
    ret->unicode = !!(ret->flags & ONE_OFF_UNICODE);

    at = in + ONE_OFF_STRINGS;
    end = in + size;
    if (!(ret->name = take_string(&at, end, ret->unicode)) ||
        !(ret->address_type = take_string(&at, end, ret->unicode)) ||
        !(ret->address = take_string(&at, end, ret->unicode))) return MAPI_E_INVALID_ENTRYID;
    return S_OK;
}

HRESULT WINAPI WrapStoreEntryID(ULONG flags, LPTSTR dll, ULONG size, LPENTRYID id, ULONG *ret_size,
                                LPENTRYID *ret)
{
    char *name = NULL;
    HRESULT hr;

    if (ret_size) *ret_size = 0;
    if (ret) *ret = NULL;
    if (!ret_size || !ret || !dll || !id || !size) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;

    if (!(flags & MAPI_UNICODE))
        return entryid_wrap_store(memory_exported, (const char *)dll, size, id, ret_size, ret);
    if (!(name = text_to_ansi((const WCHAR *)dll))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = entryid_wrap_store(memory_exported, name, size, id, ret_size, ret);
    platform_free(name);
    return hr;
}

/* The encoding is nowhere published, so it is only meant to be read by the function below. */
HRESULT WINAPI HrSzFromEntryID(ULONG size, LPENTRYID id, LPTSTR *ret)
{
    char *text;
    HRESULT hr;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!id || !size) return MAPI_E_INVALID_PARAMETER;
    if (size > MAXLONG / 2 - 1) return MAPI_E_NOT_ENOUGH_MEMORY;
    if ((hr = memory_exported->allocate(2 * size + 1, (void **)&text)) != S_OK) return hr;
    hex_encode((const BYTE *)id, size, text);
    *ret = (LPTSTR)text;
    return S_OK;
}

HRESULT WINAPI HrEntryIDFromSz(LPTSTR text, ULONG *ret_size, LPENTRYID *ret)
{
    size_t size, count;
    HRESULT hr;
    BYTE *id;

    if (ret_size) *ret_size = 0;
    if (ret) *ret = NULL;
    if (!text || !ret_size || !ret) return MAPI_E_INVALID_PARAMETER;

    size = strlen((const char *)text) / 2;
    if (!size || size > MAXLONG) return MAPI_E_INVALID_ENTRYID;
    if ((hr = memory_exported->allocate(size, (void **)&id)) != S_OK) return hr;
    if (!hex_decode((const char *)text, id, size, &count) || ((const char *)text)[2 * size])
    {
        memory_exported->free(id);
        return MAPI_E_INVALID_ENTRYID;
    }
    *ret_size = size;
    *ret = (ENTRYID *)id;
    return S_OK;
}
