/*
 * The message store table
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
 * The message store table: one row for each store provider section of the profile, in its order,
 * made from what the section has. A section with STATUS_TEMP_SECTION has no row until ModifyProfile
 * clears the flag. The index is PR_INSTANCE_KEY, which is the section's UID.
 *
 * PR_ENTRYID is always a wrapped store entry ID. A section whose provider has not stored one yet
 * gets one of ours that names the section: OpenMsgStore knows it and logs the provider on without
 * an entry ID, upon which the provider stores its own.
 *
 * Of the sections that have STATUS_DEFAULT_STORE only the first counts, here and in the status
 * table.
 */

#include <string.h>

#include "session/session.h"
#include "session/storeid.h"

static BOOL same_uid(const MAPIUID *a, const MAPIUID *b)
{
    return !memcmp(a, b, sizeof(*a));
}

static ULONG section_flags(struct session *session, const MAPIUID *section)
{
    static const SizedSPropTagArray(1, tag) = { 1, { PR_RESOURCE_FLAGS } };
    const SPropValue *flags;
    SPropValue *props;
    ULONG count, ret;

    if (FAILED(section_read(session->profile, section, (const SPropTagArray *)&tag, MAPI_UNICODE,
                            &count, &props)))
        return 0;
    flags = props_find(props, count, PR_RESOURCE_FLAGS);
    ret = flags ? flags->Value.l : 0;
    memory_free_buffer(props);
    return ret;
}

/* The section that is the default store: the first permanent one with the flag. */
BOOL store_default_section(struct session *session, MAPIUID *ret)
{
    ULONG i, count, flags;
    MAPIUID *sections;
    BOOL found = FALSE;

    if (FAILED(profile_providers(session->profile, PROVIDER_STORE, &count, &sections)))
        return FALSE;
    for (i = 0; i < count && !found; i++)
    {
        flags = section_flags(session, &sections[i]);
        if (!(flags & STATUS_DEFAULT_STORE) || flags & STATUS_TEMP_SECTION) continue;
        *ret = sections[i];
        found = TRUE;
    }
    platform_free(sections);
    return found;
}

ULONG store_resource_flags(struct session *session, const MAPIUID *section, ULONG stored)
{
    MAPIUID first;

    if (stored & STATUS_DEFAULT_STORE
        && !(store_default_section(session, &first) && same_uid(&first, section)))
        stored &= ~STATUS_DEFAULT_STORE;
    EnterCriticalSection(&session->cs);
    if (session->simple_store_set)
    {
        if (same_uid(&session->simple_store, section)) stored |= STATUS_SIMPLE_STORE;
        else stored &= ~STATUS_SIMPLE_STORE;
    }
    LeaveCriticalSection(&session->cs);
    return stored;
}

static const SPropValue *find_or(const SPropValue *props, ULONG count, ULONG tag, ULONG other)
{
    const SPropValue *ret = props_find(props, count, tag);

    return ret ? ret : props_find(props, count, other);
}

/* The row of a section; one that is gone or temporary loses its row. */
HRESULT store_table_update(struct session *session, const MAPIUID *section)
{
    const SPropValue *prop, *dll_name;
    SPropValue row_props[10], *props, index;
    ULONG count, flags = 0, filled = 0, id_size;
    ENTRYID *id = NULL;
    SRow row = { 0 };
    HRESULT hr;

    index.ulPropTag = PR_INSTANCE_KEY;
    index.Value.bin.cb = sizeof(*section);
    index.Value.bin.lpb = (BYTE *)section;

    hr = section_read(session->profile, section, NULL, MAPI_UNICODE, &count, &props);
    if (FAILED(hr) && hr != MAPI_E_NOT_FOUND) return hr;
    if (SUCCEEDED(hr) && (prop = props_find(props, count, PR_RESOURCE_FLAGS)))
        flags = prop->Value.l;
    if (FAILED(hr) || flags & STATUS_TEMP_SECTION)
    {
        if (SUCCEEDED(hr)) memory_free_buffer(props);
        ITableData_HrDeleteRow(session->store_table, &index);
        return S_OK;
    }
    flags = store_resource_flags(session, section, flags);

    row_props[filled++] = index;
    row_props[filled].ulPropTag = PR_OBJECT_TYPE;
    row_props[filled++].Value.l = MAPI_STORE;
    row_props[filled].ulPropTag = PR_RESOURCE_TYPE;
    row_props[filled++].Value.l = MAPI_STORE_PROVIDER;
    row_props[filled].ulPropTag = PR_RESOURCE_FLAGS;
    row_props[filled++].Value.l = flags;
    row_props[filled].ulPropTag = PR_DEFAULT_STORE;
    row_props[filled++].Value.b = (flags & STATUS_DEFAULT_STORE) != 0;
    dll_name = props_find(props, count, PR_PROVIDER_DLL_NAME_W);
    if (dll_name && SUCCEEDED(storeid_of_section(section, dll_name->Value.lpszW,
                              props_find(props, count, PR_ENTRYID), &id_size, &id)))
    {
        row_props[filled].ulPropTag = PR_ENTRYID;
        row_props[filled].Value.bin.cb = id_size;
        row_props[filled++].Value.bin.lpb = (BYTE *)id;
    }
    if ((prop = find_or(props, count, PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W)))
    {
        row_props[filled] = *prop;
        row_props[filled++].ulPropTag = PR_DISPLAY_NAME_W;
    }
    if ((prop = props_find(props, count, PR_PROVIDER_DISPLAY_W))) row_props[filled++] = *prop;
    if ((prop = props_find(props, count, PR_RECORD_KEY))) row_props[filled++] = *prop;
    if ((prop = props_find(props, count, PR_MDB_PROVIDER))) row_props[filled++] = *prop;

    row.cValues = filled;
    row.lpProps = row_props;
    hr = ITableData_HrModifyRow(session->store_table, &row);
    memory_free_buffer(id);
    memory_free_buffer(props);
    return hr;
}

HRESULT store_table_create(struct session *session)
{
    static const SizedSPropTagArray(10, columns) =
    {
        10,
        {
            PR_DEFAULT_STORE, PR_DISPLAY_NAME_W, PR_ENTRYID, PR_INSTANCE_KEY, PR_MDB_PROVIDER,
            PR_OBJECT_TYPE, PR_PROVIDER_DISPLAY_W, PR_RECORD_KEY, PR_RESOURCE_FLAGS,
            PR_RESOURCE_TYPE
        }
    };
    MAPIUID *sections;
    ULONG i, count;
    HRESULT hr;

    if (FAILED(hr = table_create(TBLTYPE_DYNAMIC, PR_INSTANCE_KEY, (const SPropTagArray *)&columns,
                                 &session->store_table)))
        return hr;
    hr = profile_providers(session->profile, PROVIDER_STORE, &count, &sections);
    if (FAILED(hr)) return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    for (i = 0; i < count; i++)
        if (FAILED(hr = store_table_update(session, &sections[i]))) break;
    platform_free(sections);
    return hr;
}

static HRESULT write_flags(struct session *session, const MAPIUID *section, ULONG flags)
{
    SPropValue prop;

    prop.ulPropTag = PR_RESOURCE_FLAGS;
    prop.dwAlignPad = 0;
    prop.Value.l = flags;
    return section_write(session->profile, section, 1, &prop);
}

/* Both tables, after the flags of a section changed. */
static void update_tables(struct session *session, const MAPIUID *section)
{
    struct logon *logon;

    store_table_update(session, section);
    if (FAILED(logon_find_by_section(session, section, &logon))) return;
    EnterCriticalSection(&session->cs);
    logon->status_version++;
    LeaveCriticalSection(&session->cs);
    status_update_row(logon);
    logon_release(logon);
}

static ULONG shown_flags(struct session *session, const MAPIUID *section)
{
    return store_resource_flags(session, section, section_flags(session, section));
}

HRESULT store_set_default(struct session *session, ULONG flags, ULONG size, const ENTRYID *id)
{
    static const ULONG bits[] =
    {
        0, STATUS_DEFAULT_STORE, STATUS_SIMPLE_STORE, STATUS_SIMPLE_STORE, STATUS_PRIMARY_STORE,
        STATUS_SECONDARY_STORE
    };
    ULONG i, count, *before, stored;
    MAPIUID chosen, *sections;
    BOOL none = !id || !size, have;
    HRESULT hr;

    if (flags < MAPI_DEFAULT_STORE || flags > MAPI_SECONDARY_STORE) return MAPI_E_UNKNOWN_FLAGS;
    memset(&chosen, 0, sizeof(chosen));
    if (!none && FAILED(hr = store_find_section(session, size, id, &chosen))) return hr;
    if (!none && flags == MAPI_DEFAULT_STORE
        && section_flags(session, &chosen) & STATUS_NO_DEFAULT_STORE)
        return MAPI_E_NO_ACCESS;

    hr = profile_providers(session->profile, PROVIDER_STORE, &count, &sections);
    if (FAILED(hr)) return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
    if (!(before = platform_alloc(max(count, 1) * sizeof(*before))))
    {
        platform_free(sections);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (i = 0; i < count; i++)
        before[i] = shown_flags(session, &sections[i]);

    if (flags == MAPI_SIMPLE_STORE_TEMPORARY || flags == MAPI_SIMPLE_STORE_PERMANENT)
    {
        EnterCriticalSection(&session->cs);
        session->simple_store_set = flags == MAPI_SIMPLE_STORE_TEMPORARY;
        session->simple_store = chosen;
        LeaveCriticalSection(&session->cs);
    }
    if (flags != MAPI_SIMPLE_STORE_TEMPORARY)
    {
        for (i = 0; i < count && SUCCEEDED(hr); i++)
        {
            stored = section_flags(session, &sections[i]);
            have = !none && same_uid(&sections[i], &chosen);
            if (!!(stored & bits[flags]) == have) continue;
            hr = write_flags(session, &sections[i],
                             have ? stored | bits[flags] : stored & ~bits[flags]);
        }
    }
    for (i = 0; i < count; i++)
        if (before[i] != shown_flags(session, &sections[i])) update_tables(session, &sections[i]);
    platform_free(before);
    platform_free(sections);
    return hr;
}
