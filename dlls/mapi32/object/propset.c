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
 * GetProps, GetPropList and the checks of SetProps over an array the caller holds still. Nothing
 * here keeps state or takes a lock. Each result is one block of the allocators given. CopyTo and
 * CopyProps are in copyprops.c.
 */

#define COBJMACROS

#include <string.h>

#include "object/object.h"

#define PROPSET_GET_FLAGS MAPI_UNICODE

static BOOL is_string_type(ULONG type)
{
    return (type & ~MV_FLAG) == PT_STRING8 || (type & ~MV_FLAG) == PT_UNICODE;
}

static ULONG tag_in_width(ULONG tag, ULONG flags)
{
    ULONG type = PROP_TYPE(tag);

    if (!is_string_type(type)) return tag;
    return CHANGE_PROP_TYPE(tag,
                            (type & MV_FLAG) | (flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8));
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

HRESULT propset_get_props(const struct mapi_allocators *allocators, ULONG count,
                          const SPropValue *props, const SPropTagArray *tags, ULONG flags,
                          ULONG *ret_count, SPropValue **ret)
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
        tag = prop ? tag_to_return(prop, tags ? tags->aulPropTag[i] : PROP_TAG(PT_UNSPECIFIED, 0),
                                   flags)
                   : 0;
        if (tag && prop_pack_size(prop, PROP_TYPE(tag)) != PACK_FAILED)
        {
            mem = prop_pack(dst, tag, prop, mem);
            if (tags && PROP_TYPE(tag) == PT_ERROR) hr = MAPI_W_ERRORS_RETURNED;
        }
        else
        {
            memset(dst, 0, sizeof(*dst));
            dst->ulPropTag = CHANGE_PROP_TYPE(tags ? tags->aulPropTag[i] : prop->ulPropTag,
                                              PT_ERROR);
            dst->Value.err = tag ? MAPI_E_BAD_CHARWIDTH : MAPI_E_NOT_FOUND;
            hr = MAPI_W_ERRORS_RETURNED;
        }
        dst++;
    }
    return hr;
}

HRESULT propset_get_list(const struct mapi_allocators *allocators, ULONG count,
                         const SPropValue *props, ULONG flags, SPropTagArray **ret)
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

HRESULT problems_add(const struct mapi_allocators *allocators, SPropProblemArray **list,
                     ULONG index, ULONG tag, SCODE code)
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
