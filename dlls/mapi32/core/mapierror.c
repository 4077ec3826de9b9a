/*
 * MAPIERROR structures
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
 * What a GetLastError method hands out: one block of the subsystem's memory with the strings behind
 * the structure, in the width that MAPI_UNICODE asks for. A string that is NULL stays NULL.
 */

#include "core/core.h"

HRESULT mapierror_create(ULONG flags, const WCHAR *text, const WCHAR *component, ULONG low_level,
                         MAPIERROR **ret)
{
    const struct mapi_allocators *allocators = &memory_allocators;
    void *error_text, *error_component;
    MAPIERROR *error;
    HRESULT hr;

    *ret = NULL;
    if ((hr = allocators->allocate(sizeof(*error), (void **)&error)) != S_OK) return hr;
    memset(error, 0, sizeof(*error));
    error->ulVersion = MAPI_ERROR_VERSION;
    error->ulLowLevelError = low_level;

    hr = text_to_tstr(allocators, error, text, flags, &error_text);
    if (hr == S_OK) hr = text_to_tstr(allocators, error, component, flags, &error_component);
    if (hr != S_OK)
    {
        allocators->free(error);
        return hr;
    }
    error->lpszError = error_text;
    error->lpszComponent = error_component;
    *ret = error;
    return S_OK;
}
