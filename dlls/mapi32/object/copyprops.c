/*
 * Copying the properties of one object to another
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
 * CopyTo and CopyProps between any two IMAPIProp, for which only their public methods are used.
 * Nothing here keeps state or takes a lock.
 *
 * What a copy works on is a list of struct copied: one entry a source property, its place in the
 * list of tags (the index in the problem array), and the tag it has in the destination, which
 * differs for named properties of another mapping. What is not a plain value, sub-objects of store
 * objects, is copied in copyobject.c and the files after it.
 */

#define COBJMACROS

#include <string.h>

#include "object/copy.h"

#define PROPSET_COPY_FLAGS (MAPI_MOVE | MAPI_NOREPLACE | MAPI_DECLINE_OK | MAPI_DIALOG)
#define STREAM_BLOCK 65536

/* No use going on with the next one. */
BOOL copy_is_fatal(HRESULT hr)
{
    switch (hr)
    {
    case MAPI_E_NOT_ENOUGH_MEMORY:
    case MAPI_E_NOT_ENOUGH_RESOURCES:
    case MAPI_E_NOT_ENOUGH_DISK:
    case MAPI_E_DISK_ERROR:
    case MAPI_E_NETWORK_ERROR:
    case MAPI_E_CORRUPT_STORE:
    case MAPI_E_END_OF_SESSION:
    case MAPI_E_USER_CANCEL:
    case MAPI_E_CANCEL:
        return TRUE;
    }
    return FALSE;
}

HRESULT copy_done(HRESULT hr)
{
    return SUCCEEDED(hr) && hr != S_OK ? MAPI_E_CALL_FAILED : hr;
}

BOOL copy_same_object(IUnknown *a, IUnknown *b)
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
HRESULT copy_open_destination(IMAPIProp *src, const IID *iface, void *dest, IMAPIProp **ret)
{
    IUnknown *unknown = dest, *claimed;

    if (!iface || !dest) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(IUnknown_QueryInterface(unknown, iface, (void **)&claimed)))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IUnknown_Release(claimed);
    if (copy_same_object((IUnknown *)src, unknown)) return MAPI_E_NO_ACCESS;
    if (FAILED(IUnknown_QueryInterface(unknown, &IID_IMAPIProp, (void **)ret)))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return S_OK;
}

HRESULT copy_list_of(IMAPIProp *object, SPropTagArray **ret)
{
    HRESULT hr;

    *ret = NULL;
    hr = IMAPIProp_GetPropList(object, MAPI_UNICODE, ret);
    if (hr == MAPI_E_BAD_CHARWIDTH) hr = IMAPIProp_GetPropList(object, 0, ret);
    if (SUCCEEDED(hr) && !*ret) hr = MAPI_E_CALL_FAILED;
    return hr;
}

BOOL copy_list_has_id(const SPropTagArray *list, ULONG tag)
{
    ULONG i;

    for (i = 0; i < list->cValues; i++)
        if (PROP_ID(list->aulPropTag[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

BOOL copy_has_property(IMAPIProp *object, ULONG tag)
{
    SPropTagArray *list;
    BOOL has;

    if (FAILED(copy_list_of(object, &list))) return FALSE;
    has = copy_list_has_id(list, tag);
    memory_free_buffer(list);
    return has;
}

/* MAPI_NOREPLACE: what the destination has already is left out. */
static HRESULT leave_out_existing(struct copying *copy)
{
    SPropTagArray *existing;
    ULONG i, kept = 0;
    HRESULT hr;

    if (FAILED(hr = copy_list_of(copy->dst, &existing))) return hr;
    for (i = 0; i < copy->count; i++)
        if (!copy_list_has_id(existing, copy->items[i].dst_tag))
            copy->items[kept++] = copy->items[i];
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
        same = a->ulPropTag == PR_MAPPING_SIGNATURE && b->ulPropTag == PR_MAPPING_SIGNATURE &&
               a->Value.bin.cb == b->Value.bin.cb &&
               !memcmp(a->Value.bin.lpb, b->Value.bin.lpb, a->Value.bin.cb);
    if (a) copy->allocators->free(a);
    if (b) copy->allocators->free(b);
    return same;
}

static void refuse_named(struct copying *copy, SCODE code)
{
    ULONG i;

    for (i = 0; code && i < copy->count; i++)
        if (PROP_ID(copy->items[i].src_tag) >= COPY_NAMED_ID) copy->items[i].problem = code;
}

/* Finds the tags of named properties in the destination; what has none there is a problem. */
HRESULT copy_map_names(struct copying *copy)
{
    ULONG i, named = 0, next, name_count = 0, *places = NULL;
    SPropTagArray *ids = NULL, *mapped = NULL;
    MAPINAMEID **names = NULL;
    HRESULT hr = S_OK;

    for (i = 0; i < copy->count; i++)
        if (PROP_ID(copy->items[i].src_tag) >= COPY_NAMED_ID) named++;
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
        if (PROP_ID(copy->items[i].src_tag) < COPY_NAMED_ID) continue;
        ids->aulPropTag[next] = copy->items[i].src_tag;
        places[next++] = i;
    }

    /* A source without names has plain properties up there: they go over as they are. */
    hr = IMAPIProp_GetNamesFromIDs(copy->src, &ids, NULL, 0, &name_count, &names);
    if (FAILED(hr) || name_count != named || !names)
    {
        refuse_named(copy, hr == MAPI_E_NO_SUPPORT || !copy->each_alone
                               ? S_OK : FAILED(hr) ? hr : MAPI_E_CALL_FAILED);
        hr = S_OK;
        goto done;
    }
    /* Those without a name leave the list, so that the destination is asked for real names only. */
    for (i = next = 0; i < named; i++)
    {
        if (!names[i])
        {
            if (copy->each_alone) copy->items[places[i]].problem = MAPI_E_NOT_FOUND;
            continue;
        }
        names[next] = names[i];
        places[next++] = places[i];
    }
    hr = S_OK;
    if (!next) goto done;
    hr = IMAPIProp_GetIDsFromNames(copy->dst, next, names, MAPI_CREATE, &mapped);
    for (i = 0; i < next; i++)
    {
        struct copied *item = &copy->items[places[i]];

        if (FAILED(hr) || !mapped || mapped->cValues != next)
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

/* By reading and writing: not every stream of a provider has a CopyTo. */
HRESULT copy_stream(IStream *from, IStream *to)
{
    ULONG got, written;
    HRESULT hr;
    BYTE *block;

    if (!(block = platform_alloc(STREAM_BLOCK))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (;;)
    {
        got = 0;
        if (FAILED(hr = IStream_Read(from, block, STREAM_BLOCK, &got)) || !got) break;
        if (got > STREAM_BLOCK) hr = MAPI_E_CALL_FAILED;
        written = 0;
        if (SUCCEEDED(hr)) hr = IStream_Write(to, block, got, &written);
        if (SUCCEEDED(hr) && written != got) hr = MAPI_E_NOT_ENOUGH_DISK;
        if (FAILED(hr)) break;
    }
    platform_free(block);
    if (SUCCEEDED(hr)) hr = IStream_Commit(to, STGC_DEFAULT);
    return FAILED(hr) ? hr : S_OK;
}

SCODE copy_stream_property(IMAPIProp *src, ULONG src_tag, IMAPIProp *dst, ULONG dst_tag,
                           const IID *iid)
{
    IStream *from = NULL, *to = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(src, src_tag, iid, STGM_READ, 0, (IUnknown **)&from);
    if (FAILED(hr)) return hr;
    if (!from) return MAPI_E_CALL_FAILED;
    hr = IMAPIProp_OpenProperty(dst, dst_tag, iid, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY,
                                (IUnknown **)&to);
    if (SUCCEEDED(hr) && !to) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr))
    {
        hr = copy_stream(from, to);
        IStream_Release(to);
    }
    IStream_Release(from);
    return FAILED(hr) ? hr : S_OK;
}

/* A value too large for GetProps, and an object held as a property, go over as a stream. */
static SCODE copy_as_stream(struct copying *copy, const struct copied *item)
{
    return copy_stream_property(copy->src, item->src_tag, copy->dst, item->dst_tag, &IID_IStream);
}

/* Text for an object that has no Unicode. */
static SCODE set_as_ansi(struct copying *copy, const struct copied *item)
{
    ULONG type = (PROP_TYPE(item->src_tag) & MV_FLAG) | PT_STRING8, count = 0;
    SizedSPropTagArray(1, tags) = {1, {CHANGE_PROP_TYPE(item->src_tag, type)}};
    SPropProblemArray *problems = NULL;
    SPropValue *value = NULL;
    HRESULT hr;

    hr = IMAPIProp_GetProps(copy->src, (SPropTagArray *)&tags, 0, &count, &value);
    if (SUCCEEDED(hr) && (!value || count != 1)) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr) && PROP_TYPE(value->ulPropTag) == PT_ERROR) hr = value->Value.err;
    if (SUCCEEDED(hr))
    {
        value->ulPropTag = CHANGE_PROP_TYPE(item->dst_tag, type);
        hr = IMAPIProp_SetProps(copy->dst, 1, value, &problems);
        if (SUCCEEDED(hr) && problems && problems->cProblem) hr = problems->aProblem[0].scode;
        if (problems) copy->allocators->free(problems);
    }
    if (value) copy->allocators->free(value);
    return FAILED(hr) ? hr : S_OK;
}

/* One by one, after the destination refused them together: whatever it does not take is a
 * problem. */
static void set_each(struct copying *copy, ULONG count, SPropValue *values, const ULONG *places)
{
    SPropProblemArray *problems;
    struct copied *item;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        item = &copy->items[places[i]];
        problems = NULL;
        hr = IMAPIProp_SetProps(copy->dst, 1, &values[i], &problems);
        if (SUCCEEDED(hr) && problems && problems->cProblem) hr = problems->aProblem[0].scode;
        if (problems) copy->allocators->free(problems);
        if (hr == MAPI_E_BAD_CHARWIDTH && (PROP_TYPE(values[i].ulPropTag) & ~MV_FLAG) == PT_UNICODE)
            hr = set_as_ansi(copy, item);
        item->problem = FAILED(hr) ? hr : S_OK;
    }
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
        if (PROP_TYPE(values[i].ulPropTag) == PT_ERROR
            || PROP_TYPE(values[i].ulPropTag) == PT_OBJECT)
        {
            item->problem = PROP_TYPE(values[i].ulPropTag) == PT_ERROR ? values[i].Value.err
                                                                       : MAPI_E_NOT_ENOUGH_MEMORY;
            if (item->problem == MAPI_E_NOT_ENOUGH_MEMORY)
                item->problem = copy_as_stream(copy, item);
            continue;
        }
        values[kept] = values[i];
        values[kept].ulPropTag = PROP_TAG(PROP_TYPE(values[i].ulPropTag), PROP_ID(item->dst_tag));
        places[kept++] = i;
    }
    hr = kept ? IMAPIProp_SetProps(copy->dst, kept, values, &problems) : S_OK;
    if (FAILED(hr) && kept && copy->each_alone && !copy_is_fatal(hr))
    {
        set_each(copy, kept, values, places);
        hr = S_OK;
    }
    else if (SUCCEEDED(hr) && problems)
    {
        for (i = 0; i < problems->cProblem; i++)
            if (problems->aProblem[i].ulIndex < kept)
                copy->items[places[problems->aProblem[i].ulIndex]].problem =
                    problems->aProblem[i].scode;
        copy->allocators->free(problems);
    }
    platform_free(places);
    return FAILED(hr) ? hr : S_OK;
}

/* What went over leaves the source; what will not go is a problem. */
HRESULT copy_delete_moved(struct copying *copy)
{
    SPropProblemArray *problems = NULL;
    SPropTagArray *tags;
    ULONG i, place;
    HRESULT hr;

    if (FAILED(copy->allocators->allocate(CbNewSPropTagArray(copy->count + 1), (void **)&tags)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    tags->cValues = 0;
    for (i = 0; i < copy->count; i++)
        if (!copy->items[i].problem) tags->aulPropTag[tags->cValues++] = copy->items[i].src_tag;
    hr = tags->cValues ? IMAPIProp_DeleteProps(copy->src, tags, &problems) : S_OK;
    for (i = 0; SUCCEEDED(hr) && problems && i < problems->cProblem; i++)
        for (place = 0; place < copy->count; place++)
            if (PROP_ID(copy->items[place].src_tag) == PROP_ID(problems->aProblem[i].ulPropTag))
                copy->items[place].problem = problems->aProblem[i].scode;
    if (problems) copy->allocators->free(problems);
    copy->allocators->free(tags);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT copy_items(struct copying *copy)
{
    SPropValue *values = NULL;
    SPropTagArray *tags;
    ULONG i, count = 0;
    HRESULT hr;

    if (!copy->count) return S_OK;
    if (FAILED(hr = copy_map_names(copy))) return hr;
    if ((copy->flags & MAPI_NOREPLACE) && FAILED(hr = leave_out_existing(copy))) return hr;
    if (!copy->count) return S_OK;

    if (FAILED(copy->allocators->allocate(CbNewSPropTagArray(copy->count), (void **)&tags)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    tags->cValues = copy->count;
    for (i = 0; i < copy->count; i++) tags->aulPropTag[i] = copy->items[i].src_tag;
    hr = IMAPIProp_GetProps(copy->src, tags, 0, &count, &values);
    if (SUCCEEDED(hr) && (!values || count != copy->count)) hr = MAPI_E_CALL_FAILED;
    if (SUCCEEDED(hr)) hr = set_values(copy, count, values);
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

    memset(&copy, 0, sizeof(copy));
    copy.allocators = allocators;
    copy.src = src;
    copy.dst = dst;
    copy.flags = flags;
    if (list->cValues > 0x7fffffff / sizeof(*copy.items)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(copy.items = platform_alloc(list->cValues * sizeof(*copy.items) + 1)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < list->cValues; i++)
    {
        if (exclude && copy_list_has_id(exclude, list->aulPropTag[i])) continue;
        copy.items[copy.count].index = i;
        copy.items[copy.count].src_tag = list->aulPropTag[i];
        copy.items[copy.count].dst_tag = list->aulPropTag[i];
        copy.items[copy.count].problem = S_OK;
        copy.count++;
    }
    hr = copy_items(&copy);
    if (SUCCEEDED(hr) && (flags & MAPI_MOVE)) hr = copy_delete_moved(&copy);
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
    if (exclude && copy_list_has_id(exclude, PR_NULL)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~PROPSET_COPY_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    /* All that two of these objects have in common is IMAPIProp: without it nothing is left to
     * copy. */
    for (i = 0; i < iid_count; i++)
        if (IsEqualIID(&iids[i], &IID_IMAPIProp) || IsEqualIID(&iids[i], &IID_IUnknown))
            return MAPI_E_INTERFACE_NOT_SUPPORTED;

    if (FAILED(hr = copy_open_destination(src, iface, dest, &dst))) return hr;
    hr = copy_list_of(src, &list);
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
    if (copy_list_has_id(include, PR_NULL)) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~PROPSET_COPY_FLAGS) return MAPI_E_UNKNOWN_FLAGS;

    if (FAILED(hr = copy_open_destination(src, iface, dest, &dst))) return hr;
    hr = copy_list(allocators, src, dst, include, NULL, flags, problems);
    IMAPIProp_Release(dst);
    return hr;
}
