/*
 * What every IMAPIProp over an array of values does
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
 * GetProps, GetPropList and the checks of SetProps over an array the caller holds still, and CopyTo and
 * CopyProps between any two IMAPIProp, for which only their public methods are used. Nothing here keeps
 * state or takes a lock. Each result is one block of the allocators given.
 *
 * What a copy works on is a list of struct copied: one entry a source property, its place in the list
 * of tags (the index in the problem array), and the tag it has in the destination, which differs for
 * named properties of another mapping.
 */

#define COBJMACROS

#include <string.h>

#include "object/object.h"

#define PROPSET_GET_FLAGS MAPI_UNICODE
#define PROPSET_COPY_FLAGS (MAPI_MOVE | MAPI_NOREPLACE | MAPI_DECLINE_OK | MAPI_DIALOG)
#define NAMED_ID_FIRST 0x8000
#define NAMED_ID_LAST  0xfffe

static BOOL is_string_type(ULONG type)
{
    return (type & ~MV_FLAG) == PT_STRING8 || (type & ~MV_FLAG) == PT_UNICODE;
}

static ULONG tag_in_width(ULONG tag, ULONG flags)
{
    ULONG type = PROP_TYPE(tag);

    if (!is_string_type(type)) return tag;
    return CHANGE_PROP_TYPE(tag, (type & MV_FLAG) | (flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8));
}

static BOOL is_secure(ULONG tag)
{
    return PROP_ID(tag) >= 0x67f0 && PROP_ID(tag) <= 0x67ff;
}

/* The tag under which a property that was asked for by tag is handed out; 0: not to be had so. */
static ULONG tag_to_return(const SPropValue *prop, ULONG tag, ULONG flags)
{
    if (PROP_TYPE(tag) == PT_UNSPECIFIED) return tag_in_width(prop->ulPropTag, flags);
    return prop_types_bridge(PROP_TYPE(prop->ulPropTag), PROP_TYPE(tag)) ? tag : 0;
}

HRESULT propset_get_props(const struct mapi_allocators *allocators, ULONG count, const SPropValue *props,
                          const SPropTagArray *tags, ULONG flags, ULONG *ret_count, SPropValue **ret)
{
    ULONG i, wanted, total = 0, tag;
    const SPropValue *prop;
    HRESULT hr = S_OK;
    SPropValue *dst;
    size_t size, part;
    BYTE *mem;

    if (ret_count) *ret_count = 0;
    if (ret) *ret = NULL;
    if (!ret_count || !ret || (tags && !tags->cValues)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~PROPSET_GET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;

    wanted = tags ? tags->cValues : count;
    size = 0;
    for (i = 0; i < wanted; i++)
    {
        prop = tags ? props_find_id(props, count, tags->aulPropTag[i]) : &props[i];
        if (!tags && is_secure(prop->ulPropTag)) continue;
        size = pack_add(size, sizeof(SPropValue));
        total++;
        if (!prop) continue;
        tag = tag_to_return(prop, tags ? tags->aulPropTag[i] : PROP_TAG(PT_UNSPECIFIED, 0), flags);
        if (!tag) continue;
        /* Text that cannot change width becomes an error of its own below. */
        part = prop_pack_size(prop, PROP_TYPE(tag));
        if (part != PACK_FAILED) size = pack_add(size, part);
    }
    if (!total) return S_OK;
    if (size > 0x7fffffff) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(allocators->allocate(size, (void **)&dst))) return MAPI_E_NOT_ENOUGH_MEMORY;

    *ret = dst;
    *ret_count = total;
    mem = (BYTE *)(dst + total);
    for (i = 0; i < wanted; i++)
    {
        prop = tags ? props_find_id(props, count, tags->aulPropTag[i]) : &props[i];
        if (!tags && is_secure(prop->ulPropTag)) continue;
        tag = prop ? tag_to_return(prop, tags ? tags->aulPropTag[i] : PROP_TAG(PT_UNSPECIFIED, 0), flags) : 0;
        if (tag && prop_pack_size(prop, PROP_TYPE(tag)) != PACK_FAILED)
        {
            mem = prop_pack(dst, tag, prop, mem);
            if (tags && PROP_TYPE(tag) == PT_ERROR) hr = MAPI_W_ERRORS_RETURNED;
        }
        else
        {
            memset(dst, 0, sizeof(*dst));
            dst->ulPropTag = CHANGE_PROP_TYPE(tags ? tags->aulPropTag[i] : prop->ulPropTag, PT_ERROR);
            dst->Value.err = tag ? MAPI_E_BAD_CHARWIDTH : MAPI_E_NOT_FOUND;
            hr = MAPI_W_ERRORS_RETURNED;
        }
        dst++;
    }
    return hr;
}

HRESULT propset_get_list(const struct mapi_allocators *allocators, ULONG count, const SPropValue *props,
                         ULONG flags, SPropTagArray **ret)
{
    SPropTagArray *list;
    ULONG i;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~PROPSET_GET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (count > 0x7fffffff / sizeof(ULONG) - 2) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(allocators->allocate(CbNewSPropTagArray(count ? count : 1), (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cValues = 0;
    for (i = 0; i < count; i++)
    {
        if (is_secure(props[i].ulPropTag)) continue;
        list->aulPropTag[list->cValues++] = tag_in_width(props[i].ulPropTag, flags);
    }
    *ret = list;
    return S_OK;
}

BOOL propset_skip_value(const SPropValue *value)
{
    return value->ulPropTag == PR_NULL || PROP_TYPE(value->ulPropTag) == PT_ERROR;
}

HRESULT propset_check_values(ULONG count, const SPropValue *values)
{
    ULONG i, type;

    if (!count || !values) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < count; i++)
    {
        if (propset_skip_value(&values[i])) continue;
        type = PROP_TYPE(values[i].ulPropTag);
        if (type == PT_OBJECT || type == PT_NULL || type == PT_UNSPECIFIED)
            return MAPI_E_INVALID_PARAMETER;
        if (!PROP_ID(values[i].ulPropTag) || PROP_ID(values[i].ulPropTag) == PROP_ID_INVALID)
            return MAPI_E_INVALID_PARAMETER;
        if (FAILED(prop_value_check(&values[i]))) return MAPI_E_INVALID_PARAMETER;
        if ((type & MV_FLAG) && !values[i].Value.MVl.cValues) return MAPI_E_INVALID_PARAMETER;
    }
    return S_OK;
}

HRESULT problems_add(const struct mapi_allocators *allocators, SPropProblemArray **list, ULONG index,
                     ULONG tag, SCODE code)
{
    ULONG count, room;
    SPropProblemArray *grown;
    SPropProblem *problem;

    if (!list) return S_OK;
    count = *list ? (*list)->cProblem : 0;
    /* The room is always the next power of two from four on, so it need not be remembered. */
    if (!(count & (count - 1)) && (!count || count >= 4))
    {
        room = count ? count * 2 : 4;
        if (room > 0x7fffffff / sizeof(SPropProblem) - 1) return MAPI_E_NOT_ENOUGH_MEMORY;
        if (FAILED(allocators->allocate(CbNewSPropProblemArray(room), (void **)&grown)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (*list)
        {
            memcpy(grown, *list, CbNewSPropProblemArray(count));
            allocators->free(*list);
        }
        grown->cProblem = count;
        *list = grown;
    }
    problem = &(*list)->aProblem[(*list)->cProblem++];
    problem->ulIndex = index;
    problem->ulPropTag = tag;
    problem->scode = code;
    return S_OK;
}

/* One property on its way from one object to another. */
struct copied
{
    ULONG index;        /* its place in the caller's list */
    ULONG src_tag;
    ULONG dst_tag;
    SCODE problem;      /* S_OK while all is well */
};

struct copying
{
    const struct mapi_allocators *allocators;
    IMAPIProp *src;
    IMAPIProp *dst;
    ULONG flags;
    ULONG count;
    struct copied *items;
};

static BOOL same_object(IUnknown *a, IUnknown *b)
{
    IUnknown *unk_a = NULL, *unk_b = NULL;
    BOOL same = a == b;

    if (same) return TRUE;
    if (SUCCEEDED(IUnknown_QueryInterface(a, &IID_IUnknown, (void **)&unk_a)) &&
        SUCCEEDED(IUnknown_QueryInterface(b, &IID_IUnknown, (void **)&unk_b)))
        same = unk_a == unk_b;
    if (unk_a) IUnknown_Release(unk_a);
    if (unk_b) IUnknown_Release(unk_b);
    return same;
}

/* The destination as an IMAPIProp, after a look whether it is what the caller says it is. */
static HRESULT open_destination(IMAPIProp *src, const IID *iface, void *dest, IMAPIProp **ret)
{
    IUnknown *unknown = dest, *claimed;

    if (!iface || !dest) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(IUnknown_QueryInterface(unknown, iface, (void **)&claimed)))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IUnknown_Release(claimed);
    if (same_object((IUnknown *)src, unknown)) return MAPI_E_NO_ACCESS;
    if (FAILED(IUnknown_QueryInterface(unknown, &IID_IMAPIProp, (void **)ret)))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return S_OK;
}

static HRESULT list_of(IMAPIProp *object, SPropTagArray **ret)
{
    HRESULT hr;

    *ret = NULL;
    hr = IMAPIProp_GetPropList(object, MAPI_UNICODE, ret);
    if (hr == MAPI_E_BAD_CHARWIDTH) hr = IMAPIProp_GetPropList(object, 0, ret);
    if (SUCCEEDED(hr) && !*ret) hr = MAPI_E_CALL_FAILED;
    return hr;
}

static BOOL list_has_id(const SPropTagArray *list, ULONG tag)
{
    ULONG i;

    for (i = 0; i < list->cValues; i++)
        if (PROP_ID(list->aulPropTag[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

/* MAPI_NOREPLACE: what the destination has already is left out. */
static HRESULT leave_out_existing(struct copying *copy)
{
    SPropTagArray *existing;
    ULONG i, kept = 0;
    HRESULT hr;

    if (FAILED(hr = list_of(copy->dst, &existing))) return hr;
    for (i = 0; i < copy->count; i++)
        if (!list_has_id(existing, copy->items[i].src_tag)) copy->items[kept++] = copy->items[i];
    copy->count = kept;
    copy->allocators->free(existing);
    return S_OK;
}

static BOOL same_mapping(struct copying *copy)
{
    SizedSPropTagArray(1, tags) = {1, {PR_MAPPING_SIGNATURE}};
    SPropValue *a = NULL, *b = NULL;
    ULONG count_a, count_b;
    BOOL same = FALSE;

    if (IMAPIProp_GetProps(copy->src, (SPropTagArray *)&tags, 0, &count_a, &a) == S_OK &&
        IMAPIProp_GetProps(copy->dst, (SPropTagArray *)&tags, 0, &count_b, &b) == S_OK && a && b)
        same = a->Value.bin.cb == b->Value.bin.cb &&
               !memcmp(a->Value.bin.lpb, b->Value.bin.lpb, a->Value.bin.cb);
    if (a) copy->allocators->free(a);
    if (b) copy->allocators->free(b);
    return same;
}

/* Finds the tags of named properties in the destination; what has none there is a problem. */
static HRESULT map_names(struct copying *copy)
{
    ULONG i, named = 0, next, name_count = 0, *places = NULL;
    SPropTagArray *ids = NULL, *mapped = NULL;
    MAPINAMEID **names = NULL;
    HRESULT hr = S_OK;

    for (i = 0; i < copy->count; i++)
        if (PROP_ID(copy->items[i].src_tag) >= NAMED_ID_FIRST) named++;
    if (!named || same_mapping(copy)) return S_OK;

    if (FAILED(copy->allocators->allocate(CbNewSPropTagArray(named), (void **)&ids)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(places = platform_alloc(named * sizeof(*places))))
    {
        copy->allocators->free(ids);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    ids->cValues = named;
    for (i = next = 0; i < copy->count; i++)
    {
        if (PROP_ID(copy->items[i].src_tag) < NAMED_ID_FIRST) continue;
        ids->aulPropTag[next] = copy->items[i].src_tag;
        places[next++] = i;
    }

    /* A source without names has plain properties up there: they go over as they are. */
    if (FAILED(IMAPIProp_GetNamesFromIDs(copy->src, &ids, NULL, 0, &name_count, &names)) ||
        name_count != named)
        goto done;
    /* Those without a name leave the list, so that the destination is asked for real names only. */
    for (i = next = 0; i < named; i++)
    {
        if (!names[i]) continue;
        names[next] = names[i];
        places[next++] = places[i];
    }
    if (!next) goto done;
    hr = IMAPIProp_GetIDsFromNames(copy->dst, next, names, MAPI_CREATE, &mapped);
    for (i = 0; i < next; i++)
    {
        struct copied *item = &copy->items[places[i]];

        if (FAILED(hr) || !mapped)
            item->problem = FAILED(hr) ? hr : MAPI_E_CALL_FAILED;
        else if (PROP_TYPE(mapped->aulPropTag[i]) == PT_ERROR)
            item->problem = MAPI_E_NOT_FOUND;
        else
            item->dst_tag = PROP_TAG(PROP_TYPE(item->src_tag), PROP_ID(mapped->aulPropTag[i]));
    }
    hr = S_OK;

done:
    if (mapped) copy->allocators->free(mapped);
    if (names) copy->allocators->free(names);
    if (ids) copy->allocators->free(ids);
    platform_free(places);
    return hr;
}

/* A value too large for GetProps, and an object held as a property, go over as a stream. */
static SCODE copy_as_stream(struct copying *copy, const struct copied *item)
{
    IStream *from = NULL, *to = NULL;
    ULARGE_INTEGER all;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(copy->src, item->src_tag, &IID_IStream, STGM_READ, 0, (IUnknown **)&from);
    if (FAILED(hr)) return hr;
    hr = IMAPIProp_OpenProperty(copy->dst, item->dst_tag, &IID_IStream, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&to);
    if (SUCCEEDED(hr))
    {
        all.QuadPart = ~(ULONGLONG)0;
        hr = IStream_CopyTo(from, to, all, NULL, NULL);
        if (SUCCEEDED(hr)) hr = IStream_Commit(to, STGC_DEFAULT);
        IStream_Release(to);
    }
    IStream_Release(from);
    return FAILED(hr) ? hr : S_OK;
}

/* Sets the values in the destination; items whose value is an error take the other road or fail. */
static HRESULT set_values(struct copying *copy, ULONG count, SPropValue *values)
{
    SPropProblemArray *problems = NULL;
    ULONG i, kept = 0, *places;
    struct copied *item;
    HRESULT hr;

    if (!(places = platform_alloc(count * sizeof(*places)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++)
    {
        item = &copy->items[i];
        if (item->problem) continue;
        if (PROP_TYPE(values[i].ulPropTag) == PT_ERROR || PROP_TYPE(values[i].ulPropTag) == PT_OBJECT)
        {
            item->problem = PROP_TYPE(values[i].ulPropTag) == PT_ERROR ? values[i].Value.err
                                                                       : MAPI_E_NOT_ENOUGH_MEMORY;
            if (item->problem == MAPI_E_NOT_ENOUGH_MEMORY) item->problem = copy_as_stream(copy, item);
            continue;
        }
        values[kept] = values[i];
        values[kept].ulPropTag = PROP_TAG(PROP_TYPE(values[i].ulPropTag), PROP_ID(item->dst_tag));
        places[kept++] = i;
    }
    hr = kept ? IMAPIProp_SetProps(copy->dst, kept, values, &problems) : S_OK;
    if (SUCCEEDED(hr) && problems)
    {
        for (i = 0; i < problems->cProblem; i++)
            if (problems->aProblem[i].ulIndex < kept)
                copy->items[places[problems->aProblem[i].ulIndex]].problem = problems->aProblem[i].scode;
        copy->allocators->free(problems);
    }
    platform_free(places);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT delete_moved(struct copying *copy, SPropTagArray *tags)
{
    SPropProblemArray *problems = NULL;
    ULONG i, place;
    HRESULT hr;

    tags->cValues = 0;
    for (i = 0; i < copy->count; i++)
        if (!copy->items[i].problem) tags->aulPropTag[tags->cValues++] = copy->items[i].src_tag;
    if (!tags->cValues) return S_OK;
    if (FAILED(hr = IMAPIProp_DeleteProps(copy->src, tags, &problems))) return hr;
    for (i = 0; problems && i < problems->cProblem; i++)
        for (place = 0; place < copy->count; place++)
            if (copy->items[place].src_tag == problems->aProblem[i].ulPropTag)
                copy->items[place].problem = problems->aProblem[i].scode;
    if (problems) copy->allocators->free(problems);
    return S_OK;
}

static HRESULT copy_items(struct copying *copy)
{
    SPropValue *values = NULL;
    SPropTagArray *tags;
    ULONG i, count = 0;
    HRESULT hr;

    if ((copy->flags & MAPI_NOREPLACE) && FAILED(hr = leave_out_existing(copy))) return hr;
    if (!copy->count) return S_OK;
    if (FAILED(hr = map_names(copy))) return hr;

    if (FAILED(copy->allocators->allocate(CbNewSPropTagArray(copy->count), (void **)&tags)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    tags->cValues = copy->count;
    for (i = 0; i < copy->count; i++) tags->aulPropTag[i] = copy->items[i].src_tag;
    hr = IMAPIProp_GetProps(copy->src, tags, 0, &count, &values);
    if (SUCCEEDED(hr) && (!values || count != copy->count)) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr)) hr = set_values(copy, count, values);
    if (SUCCEEDED(hr) && (copy->flags & MAPI_MOVE)) hr = delete_moved(copy, tags);
    if (values) copy->allocators->free(values);
    copy->allocators->free(tags);
    return FAILED(hr) ? hr : S_OK;
}

/* Copies the properties of list, but those whose id is in exclude. */
static HRESULT copy_list(const struct mapi_allocators *allocators, IMAPIProp *src, IMAPIProp *dst,
                         const SPropTagArray *list, const SPropTagArray *exclude, ULONG flags,
                         SPropProblemArray **problems)
{
    struct copying copy;
    HRESULT hr;
    ULONG i;

    copy.allocators = allocators;
    copy.src = src;
    copy.dst = dst;
    copy.flags = flags;
    copy.count = 0;
    if (list->cValues > 0x7fffffff / sizeof(*copy.items)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(copy.items = platform_alloc(list->cValues * sizeof(*copy.items) + 1)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < list->cValues; i++)
    {
        if (exclude && list_has_id(exclude, list->aulPropTag[i])) continue;
        copy.items[copy.count].index = i;
        copy.items[copy.count].src_tag = list->aulPropTag[i];
        copy.items[copy.count].dst_tag = list->aulPropTag[i];
        copy.items[copy.count].problem = S_OK;
        copy.count++;
    }
    hr = copy_items(&copy);
    for (i = 0; SUCCEEDED(hr) && i < copy.count; i++)
        if (copy.items[i].problem)
            hr = problems_add(allocators, problems, copy.items[i].index, copy.items[i].src_tag,
                              copy.items[i].problem);
    if (FAILED(hr) && problems && *problems)
    {
        allocators->free(*problems);
        *problems = NULL;
    }
    platform_free(copy.items);
    return hr;
}

HRESULT propset_copy_to(const struct mapi_allocators *allocators, IMAPIProp *src, ULONG iid_count,
                        const IID *iids, const SPropTagArray *exclude, const IID *iface, void *dest,
                        ULONG flags, SPropProblemArray **problems)
{
    SPropTagArray *list = NULL;
    IMAPIProp *dst;
    HRESULT hr;
    ULONG i;

    if (problems) *problems = NULL;
    if (!iface || !dest || (iid_count && !iids) || (exclude && !exclude->cValues))
        return MAPI_E_INVALID_PARAMETER;
    if (exclude && list_has_id(exclude, PR_NULL)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~PROPSET_COPY_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    /* All that two of these objects have in common is IMAPIProp: without it nothing is left to copy. */
    for (i = 0; i < iid_count; i++)
        if (IsEqualIID(&iids[i], &IID_IMAPIProp) || IsEqualIID(&iids[i], &IID_IUnknown))
            return MAPI_E_INTERFACE_NOT_SUPPORTED;

    if (FAILED(hr = open_destination(src, iface, dest, &dst))) return hr;
    hr = list_of(src, &list);
    if (SUCCEEDED(hr)) hr = copy_list(allocators, src, dst, list, exclude, flags, problems);
    if (list) allocators->free(list);
    IMAPIProp_Release(dst);
    return hr;
}

HRESULT propset_copy_props(const struct mapi_allocators *allocators, IMAPIProp *src,
                           const SPropTagArray *include, const IID *iface, void *dest, ULONG flags,
                           SPropProblemArray **problems)
{
    IMAPIProp *dst;
    HRESULT hr;

    if (problems) *problems = NULL;
    if (!include || !include->cValues || !iface || !dest) return MAPI_E_INVALID_PARAMETER;
    if (list_has_id(include, PR_NULL)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~PROPSET_COPY_FLAGS) return MAPI_E_UNKNOWN_FLAGS;

    if (FAILED(hr = open_destination(src, iface, dest, &dst))) return hr;
    hr = copy_list(allocators, src, dst, include, NULL, flags, problems);
    IMAPIProp_Release(dst);
    return hr;
}
