/*
 * The tables of services and providers
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
 * Static tables: filled when they are asked for, and not touched again. Services come sorted by
 * name, providers by kind and within it in the order of the profile, numbered in
 * PR_PROVIDER_ORDINAL: sorting by that gives the transport order. A service's own table has a row
 * for each extra section as well, without PR_RESOURCE_TYPE.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"

static const SizedSPropTagArray(8, service_columns) =
{
    8,
    { PR_DISPLAY_NAME_W, PR_INSTANCE_KEY, PR_RESOURCE_FLAGS, PR_SERVICE_DLL_NAME_W,
      PR_SERVICE_ENTRY_NAME, PR_SERVICE_NAME_W, PR_SERVICE_SUPPORT_FILES_W, PR_SERVICE_UID }
};

static const SizedSPropTagArray(10, provider_columns) =
{
    10,
    { PR_INSTANCE_KEY, PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W, PR_PROVIDER_DLL_NAME_W,
      PR_PROVIDER_ORDINAL, PR_PROVIDER_UID, PR_RESOURCE_FLAGS, PR_RESOURCE_TYPE, PR_SERVICE_NAME_W, PR_SERVICE_UID }
};

static void set_uid(SPropValue *prop, ULONG tag, const MAPIUID *uid)
{
    prop->ulPropTag = tag;
    prop->dwAlignPad = 0;
    prop->Value.bin.cb = sizeof(*uid);
    prop->Value.bin.lpb = (BYTE *)uid;
}

HRESULT table_add_row(ITableData *data, ULONG count, SPropValue *props)
{
    SRow row;

    row.ulAdrEntryPad = 0;
    row.cValues = count;
    row.lpProps = props;
    return ITableData_HrModifyRow(data, &row);
}

/* The properties of a section that are among the columns, with the computed ones in their place. */
static HRESULT add_section_row(struct profile *profile, ITableData *data, const MAPIUID *uid,
                               const SPropTagArray *columns, ULONG computed_count,
                               const SPropValue *computed)
{
    ULONG count, i, kept = 0;
    SPropValue *props;
    HRESULT hr;

    if (FAILED(hr = section_read(profile, uid, columns, MAPI_UNICODE, &count, &props))) return hr;
    for (i = 0; i < count; i++)
    {
        const SPropValue *own = props_find_id(computed, computed_count, columns->aulPropTag[i]);

        if (own) props[kept++] = *own;
        else if (PROP_TYPE(props[i].ulPropTag) != PT_ERROR) props[kept++] = props[i];
    }
    hr = table_add_row(data, kept, props);
    memory_allocators.free(props);
    return hr;
}

static HRESULT finish(ITableData *data, HRESULT hr, ULONG flags, const SSortOrderSet *sort,
                      IMAPITable **ret)
{
    if (SUCCEEDED(hr)) hr = table_view(data, flags, sort, ret);
    ITableData_Release(data);
    return hr;
}

static HRESULT add_service_row(struct profile *profile, ITableData *data, const MAPIUID *uid)
{
    SPropValue computed[2];

    set_uid(&computed[0], PR_INSTANCE_KEY, uid);
    set_uid(&computed[1], PR_SERVICE_UID, uid);
    return add_section_row(profile, data, uid, (const SPropTagArray *)&service_columns,
                           ARRAY_SIZE(computed), computed);
}

HRESULT service_table_create(struct profile *profile, ULONG flags, IMAPITable **ret)
{
    SSortOrderSet sort = { 1, 0, 0, { { PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND } } };
    ITableData *data;
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    *ret = NULL;
    hr = table_create(TBLTYPE_SNAPSHOT, PR_INSTANCE_KEY, (const SPropTagArray *)&service_columns,
                      &data);
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = profile_services(profile, &count, &uids)))
    {
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            hr = add_service_row(profile, data, uids + i);
            if (hr == MAPI_E_NOT_FOUND) hr = S_OK;      /* deleted just now */
        }
        platform_free(uids);
    }
    if (!(flags & MAPI_UNICODE)) sort.aSort[0].ulPropTag = PR_DISPLAY_NAME_A;
    return finish(data, hr, flags, &sort, ret);
}

static HRESULT add_provider_row(struct profile *profile, ITableData *data, const MAPIUID *uid,
                                LONG ordinal)
{
    MAPIUID service;
    SPropValue computed[5];
    ULONG count = 0;
    WCHAR *name = NULL;
    HRESULT hr;

    set_uid(&computed[count++], PR_INSTANCE_KEY, uid);
    set_uid(&computed[count++], PR_PROVIDER_UID, uid);
    computed[count].ulPropTag = PR_PROVIDER_ORDINAL;
    computed[count++].Value.l = ordinal;
    if (SUCCEEDED(service_of_provider(profile, uid, &service))
        && (name = section_get_text(profile, &service, PR_SERVICE_NAME_W)))
    {
        computed[count].ulPropTag = PR_SERVICE_NAME_W;
        computed[count++].Value.lpszW = name;
    }
    hr = add_section_row(profile, data, uid, (const SPropTagArray *)&provider_columns, count,
                         computed);
    platform_free(name);
    return hr;
}

static HRESULT add_extra_rows(struct profile *profile, ITableData *data, const MAPIUID *service,
                              LONG ordinal)
{
    SPropValue computed[4];
    ULONG count, i;
    MAPIUID *uids;
    HRESULT hr;

    if (FAILED(hr = section_get_uids(profile, service, PR_SERVICE_EXTRA_UIDS, &count, &uids)))
        return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        set_uid(&computed[0], PR_INSTANCE_KEY, uids + i);
        set_uid(&computed[1], PR_PROVIDER_UID, uids + i);
        set_uid(&computed[2], PR_SERVICE_UID, service);
        computed[3].ulPropTag = PR_PROVIDER_ORDINAL;
        computed[3].Value.l = ordinal++;
        hr = add_section_row(profile, data, uids + i, (const SPropTagArray *)&provider_columns,
                             ARRAY_SIZE(computed), computed);
        if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
    }
    platform_free(uids);
    return hr;
}

HRESULT provider_table_create(struct profile *profile, const MAPIUID *service, ULONG flags,
                              IMAPITable **ret)
{
    static const enum provider_kind order[] = { PROVIDER_STORE, PROVIDER_ADDRESS_BOOK,
                                                PROVIDER_TRANSPORT, PROVIDER_HOOK };
    SSortOrderSet sort = { 1, 0, 0, { { PR_PROVIDER_ORDINAL, TABLE_SORT_ASCEND } } };
    LONG ordinal = 0;
    ITableData *data;
    ULONG k, count, i;
    MAPIUID *uids;
    HRESULT hr;

    *ret = NULL;
    hr = table_create(TBLTYPE_SNAPSHOT, PR_INSTANCE_KEY, (const SPropTagArray *)&provider_columns,
                      &data);
    if (FAILED(hr)) return hr;
    for (k = 0; k < ARRAY_SIZE(order) && SUCCEEDED(hr); k++)
    {
        if (FAILED(hr = profile_providers(profile, order[k], &count, &uids))) break;
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            if (service && !provider_find(profile, service, uids + i)) continue;
            hr = add_provider_row(profile, data, uids + i, ordinal++);
            if (hr == MAPI_E_NOT_FOUND) hr = S_OK;
        }
        platform_free(uids);
    }
    if (SUCCEEDED(hr) && service) hr = add_extra_rows(profile, data, service, ordinal);
    return finish(data, hr, flags, &sort, ret);
}
