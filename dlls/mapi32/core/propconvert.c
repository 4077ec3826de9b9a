/*
 * String properties of one width as the other
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
 * A copy of a property whose strings have the width that is asked for. Strings that have it
 * already, and all that is no string, are copied as they are. The copy is one allocation linked to
 * the object.
 */

#include "core/core.h"

static HRESULT wide_size(const char *text, size_t *total)
{
    int length;

    if (!text) return MAPI_E_INVALID_PARAMETER;
    if ((length = platform_ansi_to_wide(text, -1, NULL, 0)) <= 0) return MAPI_E_NOT_ENOUGH_MEMORY;
    *total += length * sizeof(WCHAR);
    return S_OK;
}

static HRESULT ansi_size(const WCHAR *text, size_t *total)
{
    int length;

    if (!text) return MAPI_E_INVALID_PARAMETER;
    if ((length = platform_wide_to_ansi(text, -1, NULL, 0)) <= 0) return MAPI_E_NOT_ENOUGH_MEMORY;
    *total += length;
    return S_OK;
}

/* Converts to at, which has size bytes left, and returns where the next one goes. */
static BYTE *put_wide(const char *text, BYTE *at, size_t size)
{
    return at + platform_ansi_to_wide(text, -1, (WCHAR *)at, size / sizeof(WCHAR)) * sizeof(WCHAR);
}

static BYTE *put_ansi(const WCHAR *text, BYTE *at, size_t size)
{
    return at + platform_wide_to_ansi(text, -1, (char *)at, size);
}

/* count strings, given as an array of pointers, to an array that is followed by them. */
static HRESULT convert(BOOL to_wide, ULONG count, void *const *strings, BOOL with_array,
                       LPALLOCATEMORE more, void *object, void **ret)
{
    const size_t array_size = with_array ? count * sizeof(void *) : 0;
    size_t total = array_size;
    void **array;
    HRESULT hr = S_OK;
    BYTE *at, *end;
    ULONG i;

    if (count && !strings) return MAPI_E_INVALID_PARAMETER;
    if (count > MAXLONG / sizeof(void *)) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && hr == S_OK; i++)
    {
        hr = to_wide ? wide_size(strings[i], &total) : ansi_size(strings[i], &total);
        if (total > MAXLONG / 2) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (hr != S_OK || (hr = more(total, object, (void **)&array)) != S_OK) return hr;

    at = (BYTE *)array + array_size;
    end = (BYTE *)array + total;
    for (i = 0; i < count; i++)
    {
        if (with_array) array[i] = at;
        at = to_wide ? put_wide(strings[i], at, end - at) : put_ansi(strings[i], at, end - at);
    }
    *ret = array;
    return S_OK;
}

HRESULT prop_convert_width(SPropValue *dst, const SPropValue *src, ULONG type,
                           LPALLOCATEMORE more, void *object)
{
    const ULONG from = PROP_TYPE(src->ulPropTag), to = PROP_TYPE(type) & ~MV_FLAG;
    const ULONG other = to == PT_UNICODE ? PT_STRING8 : PT_UNICODE;
    SPropValue value = *src;
    HRESULT hr;

    if ((to != PT_UNICODE && to != PT_STRING8) || (from & ~MV_FLAG) != other)
        return prop_copy(dst, src, more, object);

    if (from & MV_FLAG)
        hr = convert(to == PT_UNICODE, src->Value.MVszA.cValues,
                     (void *const *)src->Value.MVszA.lppszA, TRUE, more, object,
                     (void **)&value.Value.MVszA.lppszA);
    else
        hr = convert(to == PT_UNICODE, 1, (void *const *)&src->Value.lpszA, FALSE, more, object,
                     (void **)&value.Value.lpszA);
    if (hr != S_OK) return hr;
    value.ulPropTag = CHANGE_PROP_TYPE(src->ulPropTag, to | (from & MV_FLAG));
    *dst = value;
    return S_OK;
}
