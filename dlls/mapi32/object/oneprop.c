/*
 * One property of an object at a time, and counting references
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
 * Helpers around IMAPIProp for a single property. They have no warnings: what the object says of
 * the one property is the result. What the object allocates is freed as its caller would free it.
 */

#define COBJMACROS
#include "object/object.h"

HRESULT WINAPI HrGetOneProp(LPMAPIPROP object, ULONG tag, LPSPropValue *ret)
{
    SizedSPropTagArray(1, tags) = { 1, { tag } };
    SPropValue *prop = NULL;
    ULONG count = 0;
    HRESULT hr;

    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!object) return MAPI_E_INVALID_PARAMETER;

    hr = IMAPIProp_GetProps(object, (SPropTagArray *)&tags, 0, &count, &prop);
    if (FAILED(hr)) return hr;
    if (prop && count && PROP_TYPE(prop->ulPropTag) != PT_ERROR)
    {
        *ret = prop;
        return S_OK;
    }
    hr = prop && count && FAILED(prop->Value.err) ? prop->Value.err : MAPI_E_NOT_FOUND;
    memory_exported->free(prop);
    return hr;
}

HRESULT WINAPI HrSetOneProp(LPMAPIPROP object, LPSPropValue prop)
{
    SPropProblemArray *problems = NULL;
    HRESULT hr;

    if (!object || !prop) return MAPI_E_INVALID_PARAMETER;

    hr = IMAPIProp_SetProps(object, 1, prop, &problems);
    if (FAILED(hr)) return hr;
    hr = problems && problems->cProblem ? problems->aProblem[0].scode : S_OK;
    memory_exported->free(problems);
    return hr;
}

/* A list names its strings in one width only, so the one that the tag has is asked for. */
BOOL WINAPI FPropExists(LPMAPIPROP object, ULONG tag)
{
    const ULONG type = PROP_TYPE(tag), flags = (type & ~MV_FLAG) == PT_UNICODE ? MAPI_UNICODE : 0;
    SPropTagArray *tags = NULL;
    BOOL ret = FALSE;
    ULONG i;

    if (!object || FAILED(IMAPIProp_GetPropList(object, flags, &tags)) || !tags) return FALSE;
    for (i = 0; i < tags->cValues && !ret; i++)
    {
        if (type == PT_UNSPECIFIED) ret = PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag);
        else ret = tags->aulPropTag[i] == tag;
    }
    memory_exported->free(tags);
    return ret;
}

ULONG WINAPI UlAddRef(LPVOID object)
{
    return object ? IUnknown_AddRef((IUnknown *)object) : 0;
}

ULONG WINAPI UlRelease(LPVOID object)
{
    return object ? IUnknown_Release((IUnknown *)object) : 0;
}
