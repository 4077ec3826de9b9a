/*
 * Sample providers: small helpers
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

/* What two or more of the providers need: copies in MAPI memory, numbers kept in the profile
 * section, the row of the status table. */

#include <stdarg.h>
#include <string.h>

#include "sample.h"

HRESULT sample_copy(const struct environment *environment, const void *data, ULONG size, void **ret)
{
    SCODE sc;

    *ret = NULL;
    if (FAILED(sc = environment->allocate(size, ret))) return sc;
    memcpy(*ret, data, size);
    return S_OK;
}

HRESULT sample_section_get(IMAPISupport *support, ULONG tag, LONG *value)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    IProfSect *section;
    SPropValue *prop;
    ULONG count;
    HRESULT hr;

    *value = 0;
    if (FAILED(hr = IMAPISupport_OpenProfileSection(support, NULL, 0, &section))) return hr;
    if (SUCCEEDED(hr = IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &prop)))
    {
        if (prop->ulPropTag == tag) *value = prop->Value.l;
        hr = prop->ulPropTag == tag ? S_OK : MAPI_E_NOT_FOUND;
        MAPIFreeBuffer(prop);
    }
    IProfSect_Release(section);
    return hr;
}

HRESULT sample_section_set(IMAPISupport *support, ULONG tag, LONG value)
{
    IProfSect *section;
    SPropValue prop;
    HRESULT hr;

    if (FAILED(hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section)))
        return hr;
    prop.ulPropTag = tag;
    prop.dwAlignPad = 0;
    prop.Value.l = value;
    hr = IProfSect_SetProps(section, 1, &prop, NULL);
    IProfSect_Release(section);
    return hr;
}

HRESULT sample_save(IMAPISupport *support)
{
    LONG unsaved;

    if (!support || FAILED(sample_section_get(support, PR_SAMPLE_UNSAVED, &unsaved))) return S_OK;
    return sample_section_set(support, PR_SAMPLE_SAVED, unsaved);
}

HRESULT sample_status_row(IMAPISupport *support, const WCHAR *name, ULONG status, ULONG methods)
{
    SPropValue props[4];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_PROVIDER_DISPLAY_W;
    props[0].Value.lpszW = (WCHAR *)name;
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = (WCHAR *)name;
    props[2].ulPropTag = PR_STATUS_CODE;
    props[2].Value.l = status;
    props[3].ulPropTag = PR_RESOURCE_METHODS;
    props[3].Value.l = methods;
    return IMAPISupport_ModifyStatusRow(support, 4, props, 0);
}
