/*
 * Entry IDs of the message store
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
 * One form for all: what MAPI demands of every entry ID (flags and the provider's UID), then which store,
 * what kind of object and its number in the file, which is never given to another. That of the store itself
 * has the path of its file behind it, so that a store can be opened that no profile knows. They come from
 * outside: they may be of any size, stand at any address and hold anything.
 */

#include "store.h"

const MAPIUID provider_uid = { { 0x8a, 0x5c, 0x19, 0xd3, 0x42, 0xe7, 0x4f, 0x96, 0xa1, 0x0b, 0x77,
                                 0x3e, 0x2d, 0xc8, 0x54, 0x61 } };

#define ENTRYID_VERSION 1
#define PATH_MAX_LENGTH 4096            /* characters, in the entry ID of a store */

void entryid_init(const MAPIUID *store, enum entry_kind kind, LONGLONG number, struct entryid *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->owner = kind == ENTRY_STORE ? provider_uid : *store;
    ret->other = kind == ENTRY_STORE ? *store : provider_uid;
    ret->version = ENTRYID_VERSION;
    ret->kind = kind;
    memcpy(ret->number, &number, sizeof(number));
}

static BOOL is_ours(ULONG size, const void *id, struct entryid *ret)
{
    const MAPIUID *ours;

    if (!id || size < sizeof(*ret)) return FALSE;
    memcpy(ret, id, sizeof(*ret));
    ours = ret->kind == ENTRY_STORE ? &ret->owner : &ret->other;
    return !memcmp(ours, &provider_uid, sizeof(MAPIUID)) && ret->version == ENTRYID_VERSION;
}

static const MAPIUID *store_of(const struct entryid *id)
{
    return id->kind == ENTRY_STORE ? &id->other : &id->owner;
}

BOOL entryid_parse(const MAPIUID *store, ULONG size, const void *id, enum entry_kind *kind,
                   LONGLONG *number)
{
    struct entryid entryid;

    if (!is_ours(size, id, &entryid) || memcmp(store_of(&entryid), store, sizeof(*store))) return FALSE;
    *kind = entryid.kind;
    memcpy(number, entryid.number, sizeof(*number));
    if (*kind == ENTRY_STORE) return TRUE;
    return size == sizeof(entryid) && *number > 0
           && (*kind == ENTRY_FOLDER || *kind == ENTRY_MESSAGE);
}

BOOL entryid_equal(ULONG size1, const void *id1, ULONG size2, const void *id2)
{
    struct entryid first, second;

    if (!is_ours(size1, id1, &first) || !is_ours(size2, id2, &second)) return FALSE;
    /* Flags say for how long an entry ID is good, and a store may have been moved. */
    return !memcmp(&first.owner, &second.owner, sizeof(first) - offsetof(struct entryid, owner));
}

HRESULT entryid_of_store(const MAPIUID *store, const WCHAR *path, ULONG *size, struct entryid **ret)
{
    size_t length = (lstrlenW(path) + 1) * sizeof(WCHAR);

    *size = 0;
    if (lstrlenW(path) > PATH_MAX_LENGTH) return MAPI_E_TOO_BIG;
    if (!(*ret = platform_alloc(sizeof(**ret) + length))) return MAPI_E_NOT_ENOUGH_MEMORY;
    entryid_init(store, ENTRY_STORE, 0, *ret);
    memcpy(*ret + 1, path, length);
    *size = sizeof(**ret) + length;
    return S_OK;
}

HRESULT entryid_parse_store(ULONG size, const void *id, MAPIUID *store, WCHAR **path)
{
    struct entryid entryid;
    size_t length;

    *path = NULL;
    if (!is_ours(size, id, &entryid) || entryid.kind != ENTRY_STORE) return MAPI_E_INVALID_ENTRYID;
    length = size - sizeof(entryid);
    if (length % sizeof(WCHAR) || length > (PATH_MAX_LENGTH + 1) * sizeof(WCHAR))
        return MAPI_E_INVALID_ENTRYID;
    if (!(*path = platform_alloc_zero(length + sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*path, (const BYTE *)id + sizeof(entryid), length);
    *store = entryid.other;
    return S_OK;
}
