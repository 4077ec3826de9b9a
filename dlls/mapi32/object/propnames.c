/*
 * Named properties of property objects
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
 * Names are only ever added while the object lives, each a block of its own. Their ids are the
 * object's, from 0x8000 up; those of PS_MAPI are their own ids.
 */

#define COBJMACROS

#include <string.h>

#include "object/propdata.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define FIRST_NAMED_ID 0x8000
#define LAST_NAMED_ID  0xfffe

void prop_data_free_names(struct prop_data *data)
{
    ULONG i;

    for (i = 0; i < data->name_count; i++) platform_free(data->names[i]);
    platform_free(data->names);
}

static size_t name_text_size(const MAPINAMEID *name)
{
    const WCHAR *end = name->Kind.lpwstrName;

    if (name->ulKind != MNID_STRING) return 0;
    while (*end) end++;
    return (end - name->Kind.lpwstrName + 1) * sizeof(WCHAR);
}

/* What a name takes behind the pointer to it, a multiple of 8. */
static size_t name_size(const MAPINAMEID *name)
{
    return (sizeof(MAPINAMEID) + sizeof(GUID) + name_text_size(name) + 7 + 7) & ~(size_t)7;
}

static MAPINAMEID *name_pack(const MAPINAMEID *name, BYTE *mem)
{
    MAPINAMEID *copy = (MAPINAMEID *)mem;

    *copy = *name;
    mem += (sizeof(*copy) + 7) & ~7;
    copy->lpguid = (GUID *)mem;
    memcpy(mem, name->lpguid, sizeof(GUID));
    mem += sizeof(GUID);
    if (name->ulKind != MNID_STRING) return copy;
    copy->Kind.lpwstrName = (WCHAR *)mem;
    memcpy(mem, name->Kind.lpwstrName, name_text_size(name));
    return copy;
}

static BOOL name_valid(const MAPINAMEID *name)
{
    return name && name->lpguid &&
           (name->ulKind == MNID_ID || (name->ulKind == MNID_STRING && name->Kind.lpwstrName));
}

static BOOL name_wanted(const MAPINAMEID *name, const GUID *set, ULONG flags)
{
    if ((flags & MAPI_NO_IDS) && name->ulKind == MNID_ID) return FALSE;
    if ((flags & MAPI_NO_STRINGS) && name->ulKind == MNID_STRING) return FALSE;
    return !set || IsEqualGUID(set, name->lpguid);
}

/* The names known now; they stay where they are while the object lives, their array need not. */
static HRESULT copy_name_list(struct prop_data *data, MAPINAMEID ***ret, ULONG *count)
{
    HRESULT hr = S_OK;

    EnterCriticalSection(&data->cs);
    *count = data->name_count;
    if (!(*ret = platform_alloc(data->name_count * sizeof(**ret) + 1)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (data->name_count)
        memcpy(*ret, data->names, data->name_count * sizeof(**ret));
    LeaveCriticalSection(&data->cs);
    return hr;
}

/* Lays out count names, some of them perhaps NULL, in one block. */
static HRESULT names_out(struct prop_data *data, ULONG count, MAPINAMEID *const *names,
                         MAPINAMEID ***ret)
{
    size_t size = (count * sizeof(*names) + 7) & ~(size_t)7;
    MAPINAMEID **list;
    BYTE *mem;
    ULONG i;

    for (i = 0; i < count; i++)
        if (names[i]) size = pack_add(size, name_size(names[i]));
    if (size > 0x7fffffff || FAILED(data->allocators.allocate(size, (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    mem = (BYTE *)list + ((count * sizeof(*names) + 7) & ~(size_t)7);
    for (i = 0; i < count; i++)
    {
        list[i] = names[i] ? name_pack(names[i], mem) : NULL;
        if (names[i]) mem += name_size(names[i]);
    }
    *ret = list;
    return S_OK;
}

static HRESULT all_names(struct prop_data *data, const GUID *set, ULONG flags, MAPINAMEID **names,
                         ULONG count, SPropTagArray **ret_tags, ULONG *ret_count, MAPINAMEID ***ret)
{
    SPropTagArray *tags;
    ULONG i, kept = 0;
    HRESULT hr;

    if (FAILED(data->allocators.allocate(CbNewSPropTagArray(max(count, 1)), (void **)&tags)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++)
    {
        if (!name_wanted(names[i], set, flags)) continue;
        tags->aulPropTag[kept] = PROP_TAG(PT_UNSPECIFIED, FIRST_NAMED_ID + i);
        names[kept++] = names[i];
    }
    tags->cValues = kept;
    if (kept && FAILED(hr = names_out(data, kept, names, ret)))
    {
        data->allocators.free(tags);
        return hr;
    }
    *ret_tags = tags;
    *ret_count = kept;
    return S_OK;
}

HRESULT WINAPI prop_data_GetNamesFromIDs(IPropData *iface, SPropTagArray **tags, GUID *set,
                                         ULONG flags, ULONG *ret_count, MAPINAMEID ***ret)
{
    struct prop_data *data = impl_from_IPropData(iface);
    MAPINAMEID **known, **names;
    ULONG i, count, id;
    HRESULT hr;
    BOOL missing = FALSE;

    TRACE("%p %p %s %#lx %p %p\n", iface, tags, debugstr_guid(set), flags, ret_count, ret);

    if (ret_count) *ret_count = 0;
    if (ret) *ret = NULL;
    if (!tags || !ret_count || !ret || (*tags && !(*tags)->cValues))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_NO_IDS | MAPI_NO_STRINGS)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = copy_name_list(data, &known, &count))) return hr;
    if (!*tags)
    {
        hr = all_names(data, set, flags, known, count, tags, ret_count, ret);
        platform_free(known);
        return hr;
    }

    /* Ids that are asked for: the property set does not matter. */
    if (!(names = platform_alloc_zero((size_t)(*tags)->cValues * sizeof(*names))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < (*tags)->cValues; i++)
    {
        id = PROP_ID((*tags)->aulPropTag[i]);
        if (id >= FIRST_NAMED_ID && id - FIRST_NAMED_ID < count
            && name_wanted(known[id - FIRST_NAMED_ID], NULL, flags))
            names[i] = known[id - FIRST_NAMED_ID];
        else
            missing = TRUE;
    }
    if (SUCCEEDED(hr)) hr = names_out(data, (*tags)->cValues, names, ret);
    if (SUCCEEDED(hr)) *ret_count = (*tags)->cValues;
    platform_free(names);
    platform_free(known);
    return FAILED(hr) ? hr : missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}

/* The lock is held. The id of a name, 0 when it has none; with create it gets one. */
static HRESULT id_of_name(struct prop_data *data, const MAPINAMEID *name, BOOL create, ULONG *id)
{
    MAPINAMEID *copy, **names;
    ULONG i, room;

    *id = 0;
    /* The set of the properties that MAPI itself defines: their names are their ids. */
    if (name->ulKind == MNID_ID && IsEqualGUID(name->lpguid, &PS_MAPI))
    {
        if (name->Kind.lID > 0 && name->Kind.lID < FIRST_NAMED_ID) *id = name->Kind.lID;
        return S_OK;
    }
    for (i = 0; i < data->name_count; i++)
    {
        if (!FEqualNames(data->names[i], (MAPINAMEID *)name)) continue;
        *id = FIRST_NAMED_ID + i;
        return S_OK;
    }
    if (!create) return S_OK;
    if (data->name_count > LAST_NAMED_ID - FIRST_NAMED_ID) return MAPI_E_TOO_BIG;
    if (data->name_count == data->name_room)
    {
        room = data->name_room ? data->name_room * 2 : 16;
        if (!(names = platform_realloc(data->names, room * sizeof(*names))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        data->names = names;
        data->name_room = room;
    }
    if (!(copy = platform_alloc(name_size(name)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    data->names[data->name_count] = name_pack(name, (BYTE *)copy);
    *id = FIRST_NAMED_ID + data->name_count++;
    return S_OK;
}

HRESULT WINAPI prop_data_GetIDsFromNames(IPropData *iface, ULONG count, MAPINAMEID **names,
                                         ULONG flags, SPropTagArray **ret)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropTagArray *tags;
    HRESULT hr = S_OK;
    BOOL missing = FALSE;
    ULONG i, id;

    TRACE("%p %lu %p %#lx %p\n", iface, count, names, flags, ret);

    if (ret) *ret = NULL;
    if (!ret || (!names && count) || (names && !count)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_CREATE) return MAPI_E_UNKNOWN_FLAGS;
    if (!names && (flags & MAPI_CREATE)) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
        if (!name_valid(names[i])) return MAPI_E_INVALID_PARAMETER;
    if (!names)
    {
        EnterCriticalSection(&data->cs);
        count = data->name_count;
        LeaveCriticalSection(&data->cs);
    }
    if (count > 0x10000) return MAPI_E_TOO_BIG;
    if (FAILED(data->allocators.allocate(CbNewSPropTagArray(max(count, 1)), (void **)&tags)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    tags->cValues = count;
    EnterCriticalSection(&data->cs);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        id = FIRST_NAMED_ID + i;
        if (names) hr = id_of_name(data, names[i], flags & MAPI_CREATE, &id);
        tags->aulPropTag[i] = id ? PROP_TAG(PT_UNSPECIFIED, id) : PROP_TAG(PT_ERROR, 0);
        if (!id) missing = TRUE;
    }
    LeaveCriticalSection(&data->cs);
    if (FAILED(hr))
    {
        data->allocators.free(tags);
        return hr;
    }
    *ret = tags;
    return missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}
