/*
 * Named properties of the store
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

/* One list of names for a whole file, which PR_MAPPING_SIGNATURE says. Those of PS_MAPI are
 * their own IDs and are in no list. */

#include "store.h"

#define FIRST_NAMED_ID 0x8000
#define NAME_MAX_LENGTH 255             /* characters */

static BOOL is_valid(const MAPINAMEID *name)
{
    if (!name || !name->lpguid) return FALSE;
    if (name->ulKind == MNID_ID) return TRUE;
    return name->ulKind == MNID_STRING && name->Kind.lpwstrName
           && wcsnlen(name->Kind.lpwstrName, NAME_MAX_LENGTH + 1) <= NAME_MAX_LENGTH;
}

static BOOL is_wanted(const MAPINAMEID *name, ULONG flags)
{
    if ((flags & MAPI_NO_IDS) && name->ulKind == MNID_ID) return FALSE;
    return !(flags & MAPI_NO_STRINGS) || name->ulKind != MNID_STRING;
}

/* ---- names of IDs ---- */

static HRESULT all_ids(struct db *db, const GUID *set, SPropTagArray **ret)
{
    USHORT *ids;
    ULONG i, count;
    HRESULT hr;

    if (FAILED(hr = db_names_all(db, set, &ids, &count))) return hr;
    hr = MAPIAllocateBuffer(CbNewSPropTagArray(max(count, 1)), (void **)ret);
    if (SUCCEEDED(hr))
    {
        (*ret)->cValues = count;
        for (i = 0; i < count; i++) (*ret)->aulPropTag[i] = PROP_TAG(PT_UNSPECIFIED, ids[i]);
    }
    platform_free(ids);
    return hr;
}

HRESULT names_of_ids(struct object *object, SPropTagArray **tags, GUID *set, ULONG flags,
                     ULONG *count, MAPINAMEID ***names)
{
    SPropTagArray *all = NULL, *asked;
    BOOL missing = FALSE;
    MAPINAMEID **list;
    ULONG i, kept = 0;
    HRESULT hr;

    if (count) *count = 0;
    if (names) *names = NULL;
    if (!tags || !count || !names || (*tags && !(*tags)->cValues)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_NO_IDS | MAPI_NO_STRINGS)) return MAPI_E_UNKNOWN_FLAGS;
    if (!*tags && FAILED(hr = all_ids(object->store->db, set, &all))) return hr;
    asked = all ? all : *tags;
    if (asked->cValues > 0x100000) return MAPI_E_TOO_BIG;
    hr = MAPIAllocateBuffer(max(asked->cValues, 1) * sizeof(*list), (void **)&list);
    for (i = 0; i < asked->cValues && SUCCEEDED(hr); i++)
    {
        ULONG id = PROP_ID(asked->aulPropTag[i]);
        MAPINAMEID *name = NULL;

        if (id >= FIRST_NAMED_ID)
            hr = db_id_to_name(object->store->db, id, MAPIAllocateMore, list, &name);
        if (FAILED(hr)) break;
        if (name && !is_wanted(name, flags)) name = NULL;
        if (all && !name) continue;
        if (!name) missing = TRUE;
        asked->aulPropTag[kept] = asked->aulPropTag[i];
        list[kept++] = name;
    }
    if (FAILED(hr))
    {
        MAPIFreeBuffer(list);
        MAPIFreeBuffer(all);
        return hr;
    }
    if (all)
    {
        all->cValues = kept;
        *tags = all;
    }
    if (kept) *names = list;
    else MAPIFreeBuffer(list);
    *count = kept;
    return missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}

/* ---- IDs of names ---- */

static BOOL is_mapi_name(const MAPINAMEID *name)
{
    return name->ulKind == MNID_ID && IsEqualGUID(name->lpguid, &PS_MAPI);
}

/* Those that are in the file's list; the others are their own IDs. */
static HRESULT find_ids(struct db *db, ULONG count, MAPINAMEID **names, BOOL create,
                        SPropTagArray *tags)
{
    MAPINAMEID **asked;
    ULONG i, n = 0;
    USHORT *ids;
    HRESULT hr = S_OK;

    asked = platform_alloc(count * sizeof(*asked));
    ids = platform_alloc_zero(count * sizeof(*ids));
    if (!asked || !ids) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (!is_mapi_name(names[i])) asked[n++] = names[i];
    if (SUCCEEDED(hr) && n) hr = db_names_to_ids(db, NULL, n, asked, create, ids);
    for (i = 0, n = 0; i < count && SUCCEEDED(hr); i++)
    {
        LONG id = is_mapi_name(names[i]) ? names[i]->Kind.lID : ids[n++];

        if (is_mapi_name(names[i]) && (id <= 0 || id >= FIRST_NAMED_ID)) id = 0;
        tags->aulPropTag[i] = id ? PROP_TAG(PT_UNSPECIFIED, id) : PROP_TAG(PT_ERROR, 0);
        if (!id) hr = MAPI_W_ERRORS_RETURNED;
    }
    platform_free(asked);
    platform_free(ids);
    return hr;
}

HRESULT ids_of_names(struct object *object, ULONG count, MAPINAMEID **names, ULONG flags,
                     SPropTagArray **ret)
{
    SPropTagArray *tags;
    HRESULT hr;
    ULONG i;

    if (ret) *ret = NULL;
    if (!ret || (!names && count) || (names && !count)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_CREATE) return MAPI_E_UNKNOWN_FLAGS;
    if (!names)
        return flags & MAPI_CREATE ? MAPI_E_INVALID_PARAMETER
                                   : all_ids(object->store->db, NULL, ret);
    if (count > 0x10000) return MAPI_E_TOO_BIG;
    for (i = 0; i < count; i++)
        if (!is_valid(names[i])) return MAPI_E_INVALID_PARAMETER;
    if ((flags & MAPI_CREATE) && !store_is_writable(object->store)) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = MAPIAllocateBuffer(CbNewSPropTagArray(count), (void **)&tags))) return hr;
    tags->cValues = count;
    hr = find_ids(object->store->db, count, names, (flags & MAPI_CREATE) != 0, tags);
    if (SUCCEEDED(hr)) *ret = tags;
    else MAPIFreeBuffer(tags);
    return hr;
}
