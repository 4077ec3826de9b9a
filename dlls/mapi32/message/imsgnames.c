/*
 * Messages on storages: names of named properties
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
 * __nameid_version1.0 of the topmost storage: property sets, entries, texts, and lists of entries
 * by hash. An entry's place is its property's id less 0x8000. An entry that cannot be read keeps
 * its place under a name that nobody has.
 */

#define COBJMACROS
#include "core/lzfu.h"
#include "message/imsg.h"

#define FIRST_ID    0x8000
#define NAME_LIMIT  0x7fff
#define TEXT_LIMIT  0x1000000
#define ENTRY_SIZE  8
#define HASHES      0x1f
#define SET_MAPI    1
#define SET_STRINGS 2
#define SET_FIRST   3

#define TAG_SETS    PROP_TAG(PT_BINARY, 2)
#define TAG_ENTRIES PROP_TAG(PT_BINARY, 3)
#define TAG_TEXTS   PROP_TAG(PT_BINARY, 4)

static const WCHAR names_name[] = L"__nameid_version1.0";

static HRESULT read_part(IStorage *storage, ULONG tag, BYTE **data, size_t *size)
{
    imsg_name name;
    IStream *stream;
    HRESULT hr;

    imsg_value_name(tag, name);
    hr = IStorage_OpenStream(storage, name, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0, &stream);
    if (FAILED(hr)) return MapStorageSCode(hr);
    hr = stream_read_rest(stream, TEXT_LIMIT, data, size);
    IStream_Release(stream);
    return hr;
}

/* Length in bytes, then UTF-16. */
static WCHAR *read_text(const BYTE *texts, size_t size, ULONG offset)
{
    ULONG length;
    WCHAR *text;

    if (offset > size || size - offset < 4) return NULL;
    length = *(const UNALIGNED ULONG *)(texts + offset);
    if (length > size - offset - 4 || length % 2 || !(text = platform_alloc(length + 2)))
        return NULL;
    memcpy(text, texts + offset + 4, length);
    text[length / 2] = 0;
    return text;
}

/* FALSE: it is damaged. */
static BOOL read_name(const BYTE *entry, const BYTE *sets, size_t sets_size, const BYTE *texts,
                      size_t texts_size, GUID *set, MAPINAMEID *name)
{
    const ULONG word = *(const ULONG *)(entry + 4) & 0xffff, index = word >> 1;

    name->lpguid = set;
    if (index == SET_MAPI) *set = PS_MAPI;
    else if (index == SET_STRINGS) *set = PS_PUBLIC_STRINGS;
    else if (index >= SET_FIRST && (index - SET_FIRST + 1) * sizeof(GUID) <= sets_size)
        memcpy(set, sets + (index - SET_FIRST) * sizeof(GUID), sizeof(GUID));
    else return FALSE;
    name->ulKind = word & 1 ? MNID_STRING : MNID_ID;
    if (!(word & 1))
    {
        name->Kind.lID = *(const LONG *)entry;
        return index != SET_MAPI;
    }
    name->Kind.lpwstrName = read_text(texts, texts_size, *(const ULONG *)entry);
    return name->Kind.lpwstrName != NULL;
}

/* The name gets the id, if no other has. */
static HRESULT add_name(struct imsg_file *file, MAPINAMEID *name, ULONG id)
{
    SPropTagArray *tags;
    ULONG got;
    HRESULT hr;

    hr = IPropData_GetIDsFromNames(file->names, 1, &name, MAPI_CREATE, &tags);
    if (FAILED(hr)) return hr;
    got = PROP_ID(tags->aulPropTag[0]);
    file->allocators.free(tags);
    return got == id ? S_OK : MAPI_E_COLLISION;
}

static HRESULT add_placeholder(struct imsg_file *file, ULONG id)
{
    MAPINAMEID name;
    GUID set;

    if (!platform_new_uid(&set)) return MAPI_E_CALL_FAILED;
    name.lpguid = &set;
    name.ulKind = MNID_ID;
    name.Kind.lID = id;
    return add_name(file, &name, id);
}

HRESULT imsg_load_names(struct imsg_file *file, IStorage *storage)
{
    BYTE *sets = NULL, *entries = NULL, *texts = NULL;
    size_t sets_size = 0, size = 0, texts_size = 0, i;
    MAPINAMEID name;
    IStorage *names;
    HRESULT hr;
    GUID set;

    hr = IStorage_OpenStorage(storage, names_name, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, NULL, 0,
                              &names);
    if (FAILED(hr)) return MapStorageSCode(hr) == MAPI_E_NOT_FOUND ? S_OK : MapStorageSCode(hr);
    read_part(names, TAG_SETS, &sets, &sets_size);
    read_part(names, TAG_TEXTS, &texts, &texts_size);
    hr = read_part(names, TAG_ENTRIES, &entries, &size);
    if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    if (size / ENTRY_SIZE > NAME_LIMIT) hr = MAPI_E_CORRUPT_DATA;
    for (i = 0; SUCCEEDED(hr) && i < size / ENTRY_SIZE; i++)
    {
        name.ulKind = MNID_ID;
        hr = MAPI_E_COLLISION;
        if (read_name(entries + i * ENTRY_SIZE, sets, sets_size, texts, texts_size, &set, &name))
            hr = add_name(file, &name, FIRST_ID + i);
        if (name.ulKind == MNID_STRING) platform_free(name.Kind.lpwstrName);
        if (hr == MAPI_E_COLLISION) hr = add_placeholder(file, FIRST_ID + i);
    }
    platform_free(sets);
    platform_free(entries);
    platform_free(texts);
    IStorage_Release(names);
    return hr;
}

/* ---- writing ---- */

struct part
{
    BYTE *data;
    size_t size;
    size_t room;
};

static HRESULT append(struct part *part, const void *data, size_t size)
{
    BYTE *grown;
    size_t room;

    if (part->room - part->size < size)
    {
        room = max(part->room * 2, part->size + size + 64);
        if (!(grown = platform_realloc(part->data, room))) return MAPI_E_NOT_ENOUGH_MEMORY;
        part->data = grown;
        part->room = room;
    }
    if (size) memcpy(part->data + part->size, data, size);
    part->size += size;
    return S_OK;
}

static HRESULT write_part(IStorage *storage, ULONG tag, const struct part *part)
{
    IStream *stream;
    imsg_name name;
    HRESULT hr;

    imsg_value_name(tag, name);
    hr = IStorage_CreateStream(storage, name, STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE,
                               0, 0, &stream);
    if (FAILED(hr)) return MapStorageSCode(hr);
    hr = stream_write_all(stream, part->data, part->size);
    IStream_Release(stream);
    return hr;
}

struct name_parts
{
    struct part sets;
    struct part entries;
    struct part texts;
    struct part hashes[HASHES];
};

static HRESULT set_index(struct name_parts *parts, const GUID *set, ULONG *index)
{
    size_t i;

    if (IsEqualGUID(set, &PS_MAPI)) *index = SET_MAPI;
    else if (IsEqualGUID(set, &PS_PUBLIC_STRINGS)) *index = SET_STRINGS;
    else
    {
        for (i = 0; i < parts->sets.size / sizeof(GUID); i++)
            if (!memcmp(parts->sets.data + i * sizeof(GUID), set, sizeof(GUID))) break;
        *index = SET_FIRST + i;
        if (i == parts->sets.size / sizeof(GUID)) return append(&parts->sets, set, sizeof(GUID));
    }
    return S_OK;
}

static HRESULT put_name(struct name_parts *parts, const MAPINAMEID *name, ULONG place)
{
    static const BYTE padding[4] = {0};
    ULONG entry[2], index, size;
    HRESULT hr;

    if (FAILED(hr = set_index(parts, name->lpguid, &index))) return hr;
    entry[1] = index << 1 | (name->ulKind == MNID_STRING) | place << 16;
    if (name->ulKind == MNID_ID)
    {
        entry[0] = name->Kind.lID;
        hr = append(&parts->entries, entry, sizeof(entry));
    }
    else
    {
        size = text_length(name->Kind.lpwstrName) * sizeof(WCHAR);
        entry[0] = parts->texts.size;
        hr = append(&parts->entries, entry, sizeof(entry));
        if (SUCCEEDED(hr)) hr = append(&parts->texts, &size, sizeof(size));
        if (SUCCEEDED(hr)) hr = append(&parts->texts, name->Kind.lpwstrName, size);
        if (SUCCEEDED(hr)) hr = append(&parts->texts, padding, size % 4 ? 4 - size % 4 : 0);
        entry[0] = lzfu_crc(0, (const BYTE *)name->Kind.lpwstrName, size);
    }
    if (SUCCEEDED(hr))
        hr = append(&parts->hashes[(entry[0] ^ (entry[1] & 0xffff)) % HASHES], entry,
                    sizeof(entry));
    return hr;
}

HRESULT imsg_save_names(struct imsg_file *file, IStorage *storage)
{
    SPropTagArray *tags = NULL;
    MAPINAMEID **names = NULL;
    struct name_parts *parts;
    IStorage *inside = NULL;
    ULONG count = 0, i;
    HRESULT hr;

    if (!(parts = platform_alloc_zero(sizeof(*parts)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = IPropData_GetNamesFromIDs(file->names, &tags, NULL, 0, &count, &names);
    for (i = 0; i < count && SUCCEEDED(hr); i++) hr = put_name(parts, names[i], i);
    if (SUCCEEDED(hr))
    {
        hr = IStorage_CreateStorage(storage, names_name,
                                    STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0,
                                    &inside);
        if (FAILED(hr)) hr = MapStorageSCode(hr);
    }
    if (SUCCEEDED(hr)) hr = write_part(inside, TAG_SETS, &parts->sets);
    if (SUCCEEDED(hr)) hr = write_part(inside, TAG_ENTRIES, &parts->entries);
    if (SUCCEEDED(hr)) hr = write_part(inside, TAG_TEXTS, &parts->texts);
    for (i = 0; i < HASHES && SUCCEEDED(hr); i++)
        if (parts->hashes[i].size)
            hr = write_part(inside, PROP_TAG(PT_BINARY, 0x1000 + i), &parts->hashes[i]);
    if (inside) IStorage_Release(inside);
    for (i = 0; i < HASHES; i++) platform_free(parts->hashes[i].data);
    platform_free(parts->sets.data);
    platform_free(parts->entries.data);
    platform_free(parts->texts.data);
    platform_free(parts);
    file->allocators.free(tags);
    file->allocators.free(names);
    return hr;
}
