/*
 * IPropData: properties kept in memory, with access flags
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
 * Each value is a block of its own, immutable and counted: a reader takes references under the lock
 * and copies after it, so that no allocator of the caller's runs under the lock, and a value set
 * meanwhile does not disturb it. A property that is deleted leaves its tag behind, marked dirty, so
 * that HrGetPropAccess can tell; HrSetPropAccess with IPROP_CLEAN takes that away.
 */

#define COBJMACROS

#include <string.h>

#include "object/propdata.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define ACCESS_LEVEL (IPROP_READONLY | IPROP_READWRITE)
#define ACCESS_STATE (IPROP_CLEAN | IPROP_DIRTY)

struct value_block
{
    LONG refs;
    SPropValue value;
};

struct prop_item
{
    ULONG tag;
    ULONG access; /* IPROP_READONLY or IPROP_READWRITE, and IPROP_CLEAN or IPROP_DIRTY */
    struct value_block *block;  /* NULL: deleted */
};

/* Values held while they are read without the lock. */
struct held_values
{
    ULONG count;
    SPropValue *values;
    struct value_block **blocks;
};

static void block_release(struct value_block *block)
{
    if (block && !InterlockedDecrement(&block->refs)) platform_free(block);
}

static HRESULT block_create(const SPropValue *value, struct value_block **ret)
{
    size_t start = (sizeof(struct value_block) + 7) & ~7, size;
    struct value_block *block;

    *ret = NULL;
    size = pack_add(start, prop_pack_size(value, PROP_TYPE(value->ulPropTag)));
    if (size > 0x7fffffff || !(block = platform_alloc(size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    block->refs = 1;
    prop_pack(&block->value, value->ulPropTag, value, (BYTE *)block + start);
    *ret = block;
    return S_OK;
}

/* The lock is held, here and in what follows up to the methods. */
static struct prop_item *find_item(struct prop_data *data, ULONG tag)
{
    ULONG i;

    for (i = 0; i < data->count; i++)
        if (PROP_ID(data->items[i].tag) == PROP_ID(tag)) return &data->items[i];
    return NULL;
}

static HRESULT reserve_items(struct prop_data *data, ULONG more)
{
    struct prop_item *items;
    ULONG room;

    if (data->room - data->count >= more) return S_OK;
    if (more > 0x1000000 - data->count) return MAPI_E_NOT_ENOUGH_MEMORY;
    room = max(data->room * 2, data->count + more);
    if (!(items = platform_realloc(data->items, room * sizeof(*items))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    data->items = items;
    data->room = room;
    return S_OK;
}

/* Takes over the block. There is room for a new item. */
static void put_item(struct prop_data *data, struct prop_item *item, struct value_block *block)
{
    if (!item)
    {
        item = &data->items[data->count++];
        item->access = IPROP_READWRITE;
        item->block = NULL;
    }
    block_release(item->block);
    item->tag = block->value.ulPropTag;
    item->access = (item->access & ACCESS_LEVEL) | IPROP_DIRTY;
    item->block = block;
}

static HRESULT hold_values(struct prop_data *data, struct held_values *held)
{
    HRESULT hr = S_OK;
    ULONG i;

    memset(held, 0, sizeof(*held));
    EnterCriticalSection(&data->cs);
    held->values = platform_alloc(data->count * sizeof(*held->values) + 1);
    held->blocks = platform_alloc(data->count * sizeof(*held->blocks) + 1);
    if (!held->values || !held->blocks) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < data->count && SUCCEEDED(hr); i++)
    {
        if (!data->items[i].block) continue;
        InterlockedIncrement(&data->items[i].block->refs);
        held->blocks[held->count] = data->items[i].block;
        held->values[held->count++] = data->items[i].block->value;
    }
    LeaveCriticalSection(&data->cs);
    return hr;
}

static void drop_values(struct held_values *held)
{
    ULONG i;

    for (i = 0; i < held->count; i++) block_release(held->blocks[i]);
    platform_free(held->blocks);
    platform_free(held->values);
}

static HRESULT WINAPI prop_data_QueryInterface(IPropData *iface, REFIID iid, void **ret)
{
    TRACE("%p %s %p\n", iface, debugstr_guid(iid), ret);

    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IMAPIPropData))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IPropData_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI prop_data_AddRef(IPropData *iface)
{
    return InterlockedIncrement(&impl_from_IPropData(iface)->refs);
}

static ULONG WINAPI prop_data_Release(IPropData *iface)
{
    struct prop_data *data = impl_from_IPropData(iface);
    ULONG refs = InterlockedDecrement(&data->refs), i;

    if (refs) return refs;
    TRACE("%p ends\n", iface);
    for (i = 0; i < data->count; i++) block_release(data->items[i].block);
    prop_data_free_names(data);
    platform_free(data->items);
    DeleteCriticalSection(&data->cs);
    platform_free(data);
    return 0;
}

static HRESULT WINAPI prop_data_GetLastError(IPropData *iface, HRESULT hr, ULONG flags,
                                             MAPIERROR **ret)
{
    TRACE("%p %#lx %#lx %p\n", iface, hr, flags, ret);

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    /* There is nothing to add to what the results say. */
    return flags & ~MAPI_UNICODE ? MAPI_E_UNKNOWN_FLAGS : S_OK;
}

static HRESULT WINAPI prop_data_SaveChanges(IPropData *iface, ULONG flags)
{
    struct prop_data *data = impl_from_IPropData(iface);

    TRACE("%p %#lx\n", iface, flags);

    if (flags & ~(KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & KEEP_OPEN_READWRITE) && data->access != IPROP_READWRITE) return MAPI_E_NO_ACCESS;
    return S_OK;
}

static HRESULT WINAPI prop_data_GetProps(IPropData *iface, SPropTagArray *tags, ULONG flags,
                                         ULONG *count, SPropValue **ret)
{
    struct prop_data *data = impl_from_IPropData(iface);
    struct held_values held;
    HRESULT hr;

    TRACE("%p %p %#lx %p %p\n", iface, tags, flags, count, ret);

    if (count) *count = 0;
    if (ret) *ret = NULL;
    hr = hold_values(data, &held);
    if (SUCCEEDED(hr))
        hr = propset_get_props(&data->allocators, held.count, held.values, tags, flags, count, ret);
    drop_values(&held);
    return hr;
}

static HRESULT WINAPI prop_data_GetPropList(IPropData *iface, ULONG flags, SPropTagArray **ret)
{
    struct prop_data *data = impl_from_IPropData(iface);
    struct held_values held;
    HRESULT hr;

    TRACE("%p %#lx %p\n", iface, flags, ret);

    if (ret) *ret = NULL;
    hr = hold_values(data, &held);
    if (SUCCEEDED(hr))
        hr = propset_get_list(&data->allocators, held.count, held.values, flags, ret);
    drop_values(&held);
    return hr;
}

static HRESULT WINAPI prop_data_OpenProperty(IPropData *iface, ULONG tag, const IID *iid,
                                             ULONG options, ULONG flags, IUnknown **ret)
{
    TRACE("%p %#lx %s %#lx %#lx %p\n", iface, tag, debugstr_guid(iid), options, flags, ret);

    if (ret) *ret = NULL;
    if (!iid || !ret || !PROP_ID(tag)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    /* Values are whole here; what an object property stands for is its owner's. */
    return MAPI_E_NO_SUPPORT;
}

/* A list of problems is complete or there is none. */
static HRESULT finish_problems(struct prop_data *data, HRESULT hr, SPropProblemArray **problems)
{
    if (FAILED(hr) && problems && *problems)
    {
        data->allocators.free(*problems);
        *problems = NULL;
    }
    return hr;
}

/* The lock is held. Which of the properties that are there must not be changed; returns how
 * many. */
static ULONG find_refused(struct prop_data *data, ULONG count, const ULONG *tags, BYTE *refused)
{
    struct prop_item *item;
    ULONG i, found = 0;

    for (i = 0; i < count; i++)
    {
        item = PROP_ID(tags[i]) ? find_item(data, tags[i]) : NULL;
        refused[i] = item && (item->access & IPROP_READONLY);
        found += refused[i];
    }
    return found;
}

/* Makes a list of problems before anything is changed, so that nothing is when there is no memory
 * for it. What is refused meanwhile changes rarely. Returns with the lock held if it succeeds. */
static HRESULT lock_with_problems(struct prop_data *data, ULONG count, const ULONG *tags,
                                  BYTE *refused, SPropProblemArray **problems)
{
    ULONG found, i, n = 0, room = 0;

    for (;;)
    {
        EnterCriticalSection(&data->cs);
        if (data->access != IPROP_READWRITE)
        {
            LeaveCriticalSection(&data->cs);
            return finish_problems(data, MAPI_E_NO_ACCESS, problems);
        }
        found = find_refused(data, count, tags, refused);
        if (!problems || found <= room) break;
        LeaveCriticalSection(&data->cs);
        if (*problems) data->allocators.free(*problems);
        *problems = NULL;
        if (FAILED(data->allocators.allocate(CbNewSPropProblemArray(found), (void **)problems)))
        {
            *problems = NULL;
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
        room = found;
    }
    if (!problems || !*problems) return S_OK;
    for (i = 0; i < count; i++)
    {
        if (!refused[i]) continue;
        (*problems)->aProblem[n].ulIndex = i;
        (*problems)->aProblem[n].ulPropTag = tags[i];
        (*problems)->aProblem[n++].scode = MAPI_E_NO_ACCESS;
    }
    (*problems)->cProblem = n;
    return S_OK;
}

/* A list that was made for nothing. */
static void drop_empty_problems(struct prop_data *data, SPropProblemArray **problems)
{
    if (!problems || !*problems || (*problems)->cProblem) return;
    data->allocators.free(*problems);
    *problems = NULL;
}

static HRESULT WINAPI prop_data_SetProps(IPropData *iface, ULONG count, SPropValue *props,
                                         SPropProblemArray **problems)
{
    struct prop_data *data = impl_from_IPropData(iface);
    struct value_block **blocks;
    ULONG *tags = NULL, i;
    BYTE *refused = NULL;
    HRESULT hr;

    TRACE("%p %lu %p %p\n", iface, count, props, problems);

    if (problems) *problems = NULL;
    if (FAILED(hr = propset_check_values(count, props))) return hr;
    if (count > 0x1000000) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(blocks = platform_alloc_zero(count * sizeof(*blocks)))
        || !(tags = platform_alloc(count * sizeof(*tags)))
        || !(refused = platform_alloc_zero(count)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        /* 0 is the tag of what is not set anyway. */
        tags[i] = propset_skip_value(&props[i]) ? 0 : props[i].ulPropTag;
        if (tags[i]) hr = block_create(&props[i], &blocks[i]);
    }
    if (SUCCEEDED(hr) && SUCCEEDED(hr = lock_with_problems(data, count, tags, refused, problems)))
    {
        hr = reserve_items(data, count);
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            if (!blocks[i] || refused[i]) continue;
            put_item(data, find_item(data, tags[i]), blocks[i]);
            blocks[i] = NULL;
        }
        LeaveCriticalSection(&data->cs);
        drop_empty_problems(data, problems);
        finish_problems(data, hr, problems);
    }

    for (i = 0; blocks && i < count; i++) block_release(blocks[i]);
    platform_free(blocks);
    platform_free(tags);
    platform_free(refused);
    return hr;
}

static HRESULT WINAPI prop_data_DeleteProps(IPropData *iface, SPropTagArray *tags,
                                            SPropProblemArray **problems)
{
    struct prop_data *data = impl_from_IPropData(iface);
    struct prop_item *item;
    BYTE *refused;
    HRESULT hr;
    ULONG i;

    TRACE("%p %p %p\n", iface, tags, problems);

    if (problems) *problems = NULL;
    if (!tags || !tags->cValues) return MAPI_E_INVALID_PARAMETER;
    if (!(refused = platform_alloc_zero(tags->cValues))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(
            hr = lock_with_problems(data, tags->cValues, tags->aulPropTag, refused, problems)))
    {
        for (i = 0; i < tags->cValues; i++)
        {
            if (refused[i] || !(item = find_item(data, tags->aulPropTag[i])) || !item->block)
                continue;
            block_release(item->block);
            item->block = NULL;
            item->access = (item->access & ACCESS_LEVEL) | IPROP_DIRTY;
        }
        LeaveCriticalSection(&data->cs);
        drop_empty_problems(data, problems);
    }
    platform_free(refused);
    return hr;
}

static HRESULT WINAPI prop_data_CopyTo(IPropData *iface, ULONG iid_count, const IID *iids,
                                       SPropTagArray *exclude, ULONG_PTR ui_param,
                                       IMAPIProgress *progress, const IID *iid, void *dest,
                                       ULONG flags, SPropProblemArray **problems)
{
    struct prop_data *data = impl_from_IPropData(iface);

    TRACE("%p %lu %p %p %Ix %p %s %p %#lx %p\n", iface, iid_count, iids, exclude, ui_param,
          progress, debugstr_guid(iid), dest, flags, problems);

    return propset_copy_to(&data->allocators, (IMAPIProp *)iface, iid_count, iids, exclude, iid,
                           dest, flags, problems);
}

static HRESULT WINAPI prop_data_CopyProps(IPropData *iface, SPropTagArray *include,
                                          ULONG_PTR ui_param, IMAPIProgress *progress,
                                          const IID *iid, void *dest, ULONG flags,
                                          SPropProblemArray **problems)
{
    struct prop_data *data = impl_from_IPropData(iface);

    TRACE("%p %p %Ix %p %s %p %#lx %p\n", iface, include, ui_param, progress, debugstr_guid(iid),
          dest, flags, problems);

    return propset_copy_props(&data->allocators, (IMAPIProp *)iface, include, iid, dest, flags,
                              problems);
}

/* --- access ---------------------------------------------------------------------------------------- */

static HRESULT WINAPI prop_data_HrSetObjAccess(IPropData *iface, ULONG access)
{
    struct prop_data *data = impl_from_IPropData(iface);

    TRACE("%p %#lx\n", iface, access);

    if (access != IPROP_READONLY && access != IPROP_READWRITE) return MAPI_E_INVALID_PARAMETER;
    EnterCriticalSection(&data->cs);
    data->access = access;
    LeaveCriticalSection(&data->cs);
    return S_OK;
}

/* One level and one state. */
static BOOL access_valid(ULONG access)
{
    ULONG level = access & ACCESS_LEVEL, state = access & ACCESS_STATE;

    return !(access & ~(ACCESS_LEVEL | ACCESS_STATE))
           && (level == IPROP_READONLY || level == IPROP_READWRITE)
           && (state == IPROP_CLEAN || state == IPROP_DIRTY);
}

static HRESULT WINAPI prop_data_HrSetPropAccess(IPropData *iface, SPropTagArray *tags,
                                                ULONG *access)
{
    struct prop_data *data = impl_from_IPropData(iface);
    struct prop_item *item;
    ULONG i;

    TRACE("%p %p %p\n", iface, tags, access);

    if (!tags || !tags->cValues || !access) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < tags->cValues; i++)
        if (!access_valid(access[i])) return MAPI_E_INVALID_PARAMETER;
    EnterCriticalSection(&data->cs);
    for (i = 0; i < tags->cValues; i++)
    {
        if (!(item = find_item(data, tags->aulPropTag[i]))) continue;
        item->access = access[i];
        /* That a deleted property is clean means that its going has been taken note of. */
        if (!item->block && (access[i] & IPROP_CLEAN)) *item = data->items[--data->count];
    }
    LeaveCriticalSection(&data->cs);
    return S_OK;
}

/* What HrGetPropAccess says of a property: that it changed, or else how it may be used. */
static ULONG shown_access(const struct prop_item *item)
{
    return item->access & IPROP_DIRTY ? IPROP_DIRTY : item->access & ACCESS_LEVEL;
}

static HRESULT WINAPI prop_data_HrGetPropAccess(IPropData *iface, SPropTagArray **tags, ULONG **ret)
{
    struct prop_data *data = impl_from_IPropData(iface);
    SPropTagArray *all = NULL;
    struct prop_item *item;
    ULONG i, count, *access;

    TRACE("%p %p %p\n", iface, tags, ret);

    if (ret) *ret = NULL;
    if (!tags || !ret || (*tags && !(*tags)->cValues)) return MAPI_E_INVALID_PARAMETER;
    if (*tags)
    {
        count = (*tags)->cValues;
    }
    else
    {
        EnterCriticalSection(&data->cs);
        count = data->count;
        LeaveCriticalSection(&data->cs);
        if (FAILED(data->allocators.allocate(CbNewSPropTagArray(max(count, 1)), (void **)&all)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (count > 0x7fffffff / sizeof(*access) - 1 ||
        FAILED(data->allocators.allocate((count + 1) * sizeof(*access), (void **)&access)))
    {
        if (all) data->allocators.free(all);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    EnterCriticalSection(&data->cs);
    if (all)
    {
        /* Properties that came since the arrays were sized are left for the next call. */
        all->cValues = count = min(count, data->count);
        for (i = 0; i < count; i++)
        {
            all->aulPropTag[i] = data->items[i].tag;
            access[i] = shown_access(&data->items[i]);
        }
        *tags = all;
    }
    else
    {
        for (i = 0; i < count; i++)
        {
            item = find_item(data, (*tags)->aulPropTag[i]);
            access[i] = item ? shown_access(item) : 0;
            if (!item || !item->block) (*tags)->aulPropTag[i] = 0;
        }
    }
    LeaveCriticalSection(&data->cs);
    *ret = access;
    return S_OK;
}

static HRESULT WINAPI prop_data_HrAddObjProps(IPropData *iface, SPropTagArray *tags,
                                              SPropProblemArray **problems)
{
    struct prop_data *data = impl_from_IPropData(iface);
    struct value_block *block;
    struct prop_item *item;
    ULONG i, failed = 0;
    HRESULT hr = S_OK, one;
    SPropValue value;

    TRACE("%p %p %p\n", iface, tags, problems);

    if (problems) *problems = NULL;
    if (!tags || !tags->cValues) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < tags->cValues; i++)
        if (PROP_TYPE(tags->aulPropTag[i]) != PT_OBJECT) return MAPI_E_INVALID_TYPE;
    memset(&value, 0, sizeof(value));
    for (i = 0; i < tags->cValues && SUCCEEDED(hr); i++)
    {
        value.ulPropTag = tags->aulPropTag[i];
        one = block_create(&value, &block);
        EnterCriticalSection(&data->cs);
        if (data->access != IPROP_READWRITE) hr = MAPI_E_NO_ACCESS;
        if (SUCCEEDED(hr) && SUCCEEDED(one)) one = reserve_items(data, 1);
        item = find_item(data, value.ulPropTag);
        if (SUCCEEDED(one) && item && (item->access & IPROP_READONLY)) one = MAPI_E_NO_ACCESS;
        if (SUCCEEDED(hr) && SUCCEEDED(one))
        {
            put_item(data, item, block);
            block = NULL;
        }
        LeaveCriticalSection(&data->cs);
        block_release(block);
        if (FAILED(hr) || SUCCEEDED(one)) continue;
        failed++;
        hr = problems_add(&data->allocators, problems, i, value.ulPropTag, one);
    }
    if (FAILED(hr)) return finish_problems(data, hr, problems);
    return failed ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

static const IPropDataVtbl prop_data_vtbl =
{
    prop_data_QueryInterface,
    prop_data_AddRef,
    prop_data_Release,
    prop_data_GetLastError,
    prop_data_SaveChanges,
    prop_data_GetProps,
    prop_data_GetPropList,
    prop_data_OpenProperty,
    prop_data_SetProps,
    prop_data_DeleteProps,
    prop_data_CopyTo,
    prop_data_CopyProps,
    prop_data_GetNamesFromIDs,
    prop_data_GetIDsFromNames,
    prop_data_HrSetObjAccess,
    prop_data_HrSetPropAccess,
    prop_data_HrGetPropAccess,
    prop_data_HrAddObjProps,
};

SCODE WINAPI CreateIProp(LPCIID iid, ALLOCATEBUFFER *allocate, ALLOCATEMORE *more, FREEBUFFER *free,
                         void *reserved, IPropData **ret)
{
    struct prop_data *data;

    TRACE("%s %p %p %p %p %p\n", debugstr_guid(iid), allocate, more, free, reserved, ret);

    if (ret) *ret = NULL;
    if (iid && !IsEqualIID(iid, &IID_IMAPIPropData)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!ret || !allocate || !more || !free) return MAPI_E_INVALID_PARAMETER;
    if (!(data = platform_alloc_zero(sizeof(*data)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    data->IPropData_iface.lpVtbl = &prop_data_vtbl;
    data->refs = 1;
    data->access = IPROP_READWRITE;
    data->allocators.allocate = allocate;
    data->allocators.more = more;
    data->allocators.free = free;
    InitializeCriticalSection(&data->cs);
    *ret = &data->IPropData_iface;
    return S_OK;
}
