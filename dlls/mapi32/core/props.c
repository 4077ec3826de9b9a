/*
 * Properties: their types, one value copied, values found
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
 * One property value: which types there are, how large each is, finding it among others and copying
 * it. A copy needs at most one allocation, whatever it points to (propset.c lays it out).
 *
 * The exports do what the reference says and nothing more lenient; the internal functions also take
 * what stands in tables and notifications and has no value: PT_NULL, PT_UNSPECIFIED, PT_ERROR,
 * PT_OBJECT, and multi-valued properties without a value.
 */

#include "core/core.h"

ULONG prop_type_size(ULONG type)
{
    switch (type & ~MV_FLAG)
    {
    case PT_I2:
        return sizeof(SHORT);
    case PT_LONG:
        return sizeof(LONG);
    case PT_R4:
        return sizeof(float);
    case PT_DOUBLE:
        return sizeof(double);
    case PT_CURRENCY:
        return sizeof(CY);
    case PT_APPTIME:
        return sizeof(double);
    case PT_SYSTIME:
        return sizeof(FILETIME);
    case PT_I8:
        return sizeof(LARGE_INTEGER);
    case PT_CLSID:
        return sizeof(GUID);
    case PT_ERROR:
        return type & MV_FLAG ? 0 : sizeof(SCODE);
    case PT_BOOLEAN:
        return type & MV_FLAG ? 0 : sizeof(USHORT);
    default:
        return 0;
    }
}

BOOL prop_type_known(ULONG type)
{
    switch (type)
    {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_OBJECT:
    case PT_STRING8:
    case PT_UNICODE:
    case PT_BINARY:
    case PT_MV_STRING8:
    case PT_MV_UNICODE:
    case PT_MV_BINARY:
        return TRUE;
    default:
        return type <= PROP_TYPE_MASK && prop_type_size(type);
    }
}

const SPropValue *props_find(const SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    if (!props) return NULL;
    for (i = 0; i < count; i++) if (props[i].ulPropTag == tag) return &props[i];
    return NULL;
}

const SPropValue *props_find_id(const SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    if (!props) return NULL;
    for (i = 0; i < count; i++) if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag)) return &props[i];
    return NULL;
}

HRESULT prop_copy(SPropValue *dst, const SPropValue *src, LPALLOCATEMORE more, void *object)
{
    struct prop_layout layout;
    void *data = NULL;
    HRESULT hr;
    size_t size;

    prop_layout_init(&layout);
    if ((hr = props_measure(1, src, &layout)) != S_OK) return hr;
    if ((size = props_layout_size(&layout)))
    {
        if ((hr = more(size, object, &data)) != S_OK) return hr;
    }
    props_flatten(1, src, dst, data, &layout);
    return S_OK;
}

HRESULT props_copy(const struct mapi_allocators *allocators, ULONG count, const SPropValue *src,
                   SPropValue **ret)
{
    struct prop_layout layout;
    SPropValue *props;
    HRESULT hr;
    size_t size;

    *ret = NULL;
    prop_layout_init(&layout);
    if ((hr = props_measure(count, src, &layout)) != S_OK) return hr;
    size = props_layout_size(&layout);
    if (count > (MAXLONG - size) / sizeof(*src)) return MAPI_E_NOT_ENOUGH_MEMORY;
    size += count * sizeof(*src);
    if ((hr = allocators->allocate(size, (void **)&props)) != S_OK) return hr;
    props_flatten(count, src, props, props + count, &layout);
    *ret = props;
    return S_OK;
}

HRESULT tags_copy(const struct mapi_allocators *allocators, const SPropTagArray *src,
                  SPropTagArray **ret)
{
    SPropTagArray *tags;
    HRESULT hr;

    *ret = NULL;
    if (!src) return S_OK;
    if (src->cValues > (MAXLONG - CbNewSPropTagArray(0)) / sizeof(src->aulPropTag[0]))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = allocators->allocate(CbNewSPropTagArray(src->cValues), (void **)&tags);
    if (hr != S_OK) return hr;
    memcpy(tags, src, CbNewSPropTagArray(src->cValues));
    *ret = tags;
    return S_OK;
}

struct copy_check
{
    const SPropValue *src;
    struct prop_layout layout;
    HRESULT hr;
};

static void measure_one(void *context)
{
    struct copy_check *check = context;

    check->hr = props_measure(1, check->src, &check->layout);
}

SCODE WINAPI PropCopyMore(LPSPropValue dst, LPSPropValue src, ALLOCATEMORE *more, LPVOID object)
{
    struct copy_check check;
    void *data = NULL;
    SCODE scode;
    size_t size;

    if (!dst || !src || !more) return MAPI_E_INVALID_PARAMETER;
    check.src = src;
    prop_layout_init(&check.layout);
    if (!platform_probe(measure_one, &check)) return MAPI_E_INVALID_PARAMETER;
    if (check.hr != S_OK)
        return check.hr == MAPI_E_NO_SUPPORT ? MAPI_E_NO_SUPPORT : MAPI_E_INVALID_PARAMETER;

    if ((size = props_layout_size(&check.layout)))
    {
        if ((scode = more(size, object, &data)) != S_OK) return scode;
    }
    props_flatten(1, src, dst, data, &check.layout);
    return S_OK;
}

ULONG WINAPI UlPropSize(LPSPropValue prop)
{
    ULONG type, size, i;

    if (!prop) return 0;
    type = PROP_TYPE(prop->ulPropTag);

    switch (type)
    {
    case PT_STRING8:
        return prop->Value.lpszA ? strlen(prop->Value.lpszA) + 1 : 0;
    case PT_UNICODE:
        return prop->Value.lpszW ? (text_length(prop->Value.lpszW) + 1) * sizeof(WCHAR) : 0;
    case PT_BINARY:
        return prop->Value.bin.cb;
    case PT_MV_STRING8:
        for (i = size = 0; i < prop->Value.MVszA.cValues; i++)
            size += strlen(prop->Value.MVszA.lppszA[i]) + 1;
        return size;
    case PT_MV_UNICODE:
        for (i = size = 0; i < prop->Value.MVszW.cValues; i++)
            size += (text_length(prop->Value.MVszW.lppszW[i]) + 1) * sizeof(WCHAR);
        return size;
    case PT_MV_BINARY:
        for (i = size = 0; i < prop->Value.MVbin.cValues; i++)
            size += prop->Value.MVbin.lpbin[i].cb;
        return size;
    default:
        size = prop_type_size(type);
        return type & MV_FLAG ? size * prop->Value.MVi.cValues : size;
    }
}

LPSPropValue WINAPI PpropFindProp(LPSPropValue props, ULONG count, ULONG tag)
{
    if (PROP_TYPE(tag) == PT_UNSPECIFIED) return (SPropValue *)props_find_id(props, count, tag);
    return (SPropValue *)props_find(props, count, tag);
}

/* The page calls this identical to PpropFindProp, but the type never counted here, and callers
 * know. */
LPSPropValue WINAPI LpValFindProp(ULONG tag, ULONG count, LPSPropValue props)
{
    return (SPropValue *)props_find_id(props, count, tag);
}

VOID WINAPI GetInstance(LPSPropValue from, LPSPropValue to, ULONG index)
{
    SPropValue element;

    if (from && to && prop_element(from, index, &element)) to->Value = element.Value;
}
