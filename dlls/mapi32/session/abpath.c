/*
 * PAB, default directory and search path
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
 * Which container is the personal address book, which the default, and where names are looked for.
 * What a client set stands in the profile's global section, at once; where nothing is set, or what
 * is set is there no more, the choice is made among the containers that the providers have now:
 *
 *   PAB                the first that can be modified
 *   default directory  the first with recipients that is not the PAB, else the PAB
 *   search path        the PAB, then every global container, else the default directory
 */

#include <string.h>

#include "session/abpath.h"

HRESULT abpath_props(struct session *session, ULONG *count, SPropValue **ret)
{
    static const SizedSPropTagArray(3, tags) =
    {
        3, { PR_AB_SEARCH_PATH, PR_AB_DEFAULT_DIR, PR_AB_DEFAULT_PAB }
    };
    SPropValue props[4], *stored;
    ULONG i, stored_count, total = 0;
    HRESULT hr;

    *count = 0;
    *ret = NULL;
    hr = section_read(session->profile, &uid_global_section, (const SPropTagArray *)&tags,
                      MAPI_UNICODE, &stored_count, &stored);
    if (hr == MAPI_E_NOT_FOUND)
    {
        stored = NULL;
        stored_count = 0;
    }
    else if (FAILED(hr)) return hr;

    props[total].ulPropTag = PR_OBJECT_TYPE;
    props[total++].Value.l = MAPI_ADDRBOOK;
    for (i = 0; i < stored_count && i < 3; i++)
        if (PROP_TYPE(stored[i].ulPropTag) != PT_ERROR) props[total++] = stored[i];
    hr = props_copy(&memory_allocators, total, props, ret);
    if (SUCCEEDED(hr)) *count = total;
    memory_free_buffer(stored);
    return hr;
}

static BOOL is_choice(ULONG tag)
{
    return tag == PR_AB_DEFAULT_PAB || tag == PR_AB_DEFAULT_DIR || tag == PR_AB_SEARCH_PATH;
}

static HRESULT check_choice(const SPropValue *prop)
{
    const SBinary *ids = &prop->Value.bin;
    ULONG i, count = 1;

    if (!is_choice(prop->ulPropTag)) return MAPI_E_NO_ACCESS;
    if (FAILED(prop_value_check(prop))) return MAPI_E_INVALID_PARAMETER;
    if (prop->ulPropTag == PR_AB_SEARCH_PATH)
    {
        ids = prop->Value.MVbin.lpbin;
        count = prop->Value.MVbin.cValues;
    }
    for (i = 0; i < count; i++)
        if (FAILED(entryid_check(ids[i].cb, (ENTRYID *)ids[i].lpb))) return MAPI_E_INVALID_ENTRYID;
    return S_OK;
}

HRESULT abpath_set_props(struct session *session, ULONG count, const SPropValue *props,
                         SPropProblemArray **problems)
{
    HRESULT hr, problem;
    ULONG i;

    if (FAILED(hr = propset_check_values(count, props))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (propset_skip_value(&props[i])) continue;
        problem = check_choice(&props[i]);
        if (SUCCEEDED(problem))
            problem = section_write(session->profile, &uid_global_section, 1, &props[i]);
        if (FAILED(problem))
            hr = problems_add(&memory_allocators, problems, i, props[i].ulPropTag, problem);
    }
    if (SUCCEEDED(hr) || !problems) return hr;
    memory_free_buffer(*problems);
    *problems = NULL;
    return hr;
}

HRESULT abpath_delete_props(struct session *session, const SPropTagArray *tags,
                            SPropProblemArray **problems)
{
    SizedSPropTagArray(1, tag) = { 1 };
    HRESULT hr = S_OK, problem;
    ULONG i;

    for (i = 0; i < tags->cValues && SUCCEEDED(hr); i++)
    {
        problem = MAPI_E_NO_ACCESS;
        if (is_choice(tags->aulPropTag[i]))
        {
            tag.aulPropTag[0] = tags->aulPropTag[i];
            problem = section_delete_props(session->profile, &uid_global_section,
                                           (const SPropTagArray *)&tag);
            if (problem == MAPI_E_NOT_FOUND) problem = S_OK;    /* there is no such section yet */
        }
        if (FAILED(problem))
            hr = problems_add(&memory_allocators, problems, i, tags->aulPropTag[i], problem);
    }
    if (SUCCEEDED(hr) || !problems) return hr;
    memory_free_buffer(*problems);
    *problems = NULL;
    return hr;
}

static HRESULT read_containers(struct session *session, ULONG flags, SRowSet **ret)
{
    IMAPITable *table;
    HRESULT hr;

    *ret = NULL;
    addrbook_start(session, 0, AB_NO_DIALOG);
    if (FAILED(hr = abroot_table(session, CONVENIENT_DEPTH | flags, &table))) return hr;
    hr = IMAPITable_QueryRows(table, 0x7fffffff, 0, ret);
    IMAPITable_Release(table);
    return hr;
}

static const SBinary *row_id(const SRow *row)
{
    const SPropValue *id = props_find(row->lpProps, row->cValues, PR_ENTRYID);

    return id && id->Value.bin.cb ? &id->Value.bin : NULL;
}

static ULONG row_long(const SRow *row, ULONG tag)
{
    const SPropValue *value = props_find(row->lpProps, row->cValues, tag);

    return value ? value->Value.l : 0;
}

static BOOL same_id(struct session *session, const SBinary *a, const SBinary *b)
{
    ULONG same;

    if (a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb)) return TRUE;
    return SUCCEEDED(session_compare_entryids(session, a->cb, (ENTRYID *)a->lpb, b->cb,
                                              (ENTRYID *)b->lpb, 0, &same)) && same;
}

static ULONG find_row(struct session *session, const SRowSet *rows, const SBinary *id)
{
    const SBinary *candidate;
    ULONG i;

    for (i = 0; i < rows->cRows; i++)
        if ((candidate = row_id(&rows->aRow[i])) && same_id(session, candidate, id)) return i;
    return ~0u;
}

/* The container for a role: what the profile has, if it is there, else the first that fits. ~0:
 * none. */
static ULONG choose(struct session *session, const SRowSet *rows, const SPropValue *props,
                    ULONG count, ULONG tag)
{
    const SPropValue *stored = props_find(props, count, tag);
    ULONG i, pab;

    if (stored && (i = find_row(session, rows, &stored->Value.bin)) != ~0u) return i;
    if (tag == PR_AB_DEFAULT_PAB)
    {
        for (i = 0; i < rows->cRows; i++)
            if (row_long(&rows->aRow[i], PR_CONTAINER_FLAGS) & AB_MODIFIABLE
                && row_id(&rows->aRow[i]))
                return i;
        return ~0u;
    }
    pab = choose(session, rows, props, count, PR_AB_DEFAULT_PAB);
    for (i = 0; i < rows->cRows; i++)
        if (i != pab && row_long(&rows->aRow[i], PR_CONTAINER_FLAGS) & AB_RECIPIENTS
            && row_id(&rows->aRow[i]))
            return i;
    return pab;
}

HRESULT abpath_get_container(struct session *session, ULONG tag, ULONG *size, ENTRYID **ret)
{
    const SBinary *id;
    SPropValue *props;
    ULONG count, chosen;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = abpath_props(session, &count, &props))) return hr;
    if (FAILED(hr = read_containers(session, MAPI_UNICODE, &rows)))
    {
        memory_free_buffer(props);
        return hr;
    }
    if ((chosen = choose(session, rows, props, count, tag)) == ~0u) hr = MAPI_E_NOT_FOUND;
    else
    {
        id = row_id(&rows->aRow[chosen]);
        if (SUCCEEDED(hr = memory_allocate_buffer(id->cb, (void **)ret)))
        {
            memcpy(*ret, id->lpb, id->cb);
            *size = id->cb;
        }
    }
    rows_free(&memory_allocators, rows);
    memory_free_buffer(props);
    return hr;
}

HRESULT abpath_set_container(struct session *session, ULONG tag, ULONG size, const ENTRYID *id)
{
    SPropValue prop;

    if (FAILED(entryid_check(size, id))) return MAPI_E_INVALID_ENTRYID;
    prop.ulPropTag = tag;
    prop.dwAlignPad = 0;
    prop.Value.bin.cb = size;
    prop.Value.bin.lpb = (BYTE *)id;
    return section_write(session->profile, &uid_global_section, 1, &prop);
}

static void pick(ULONG *picked, ULONG *count, ULONG row)
{
    ULONG i;

    if (row == ~0u) return;
    for (i = 0; i < *count; i++) if (picked[i] == row) return;
    picked[(*count)++] = row;
}

HRESULT abpath_get_search_path(struct session *session, ULONG flags, SRowSet **ret)
{
    ULONG i, count, total = 0, global = 0, *picked;
    const SPropValue *stored;
    SPropValue *props;
    SRowSet *rows;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = abpath_props(session, &count, &props))) return hr;
    if (FAILED(hr = read_containers(session, flags & MAPI_UNICODE, &rows)))
    {
        memory_free_buffer(props);
        return hr;
    }
    if (!(picked = platform_alloc((rows->cRows + 1) * sizeof(*picked))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if ((stored = props_find(props, count, PR_AB_SEARCH_PATH)))
    {
        for (i = 0; i < stored->Value.MVbin.cValues; i++)
            pick(picked, &total, find_row(session, rows, &stored->Value.MVbin.lpbin[i]));
    }
    else
    {
        pick(picked, &total, choose(session, rows, props, count, PR_AB_DEFAULT_PAB));
        for (i = 0; i < rows->cRows; i++)
        {
            if (row_long(&rows->aRow[i], PR_DISPLAY_TYPE) != DT_GLOBAL) continue;
            global++;
            pick(picked, &total, i);
        }
        if (!global) pick(picked, &total, choose(session, rows, props, count, PR_AB_DEFAULT_DIR));
    }

    if (SUCCEEDED(hr) && SUCCEEDED(hr = rows_alloc(&memory_allocators, total, ret)))
    {
        for (i = 0; i < total; i++)
        {
            (*ret)->aRow[i] = rows->aRow[picked[i]];
            rows->aRow[picked[i]].lpProps = NULL;
        }
        (*ret)->cRows = total;
    }
    platform_free(picked);
    rows_free(&memory_allocators, rows);
    memory_free_buffer(props);
    return hr;
}

HRESULT abpath_set_search_path(struct session *session, const SRowSet *path)
{
    const SBinary *id;
    SPropValue prop;
    ULONG i;
    HRESULT hr;

    prop.ulPropTag = PR_AB_SEARCH_PATH;
    prop.dwAlignPad = 0;
    prop.Value.MVbin.cValues = path->cRows;
    prop.Value.MVbin.lpbin = platform_alloc(max(path->cRows, 1) * sizeof(SBinary));
    if (!prop.Value.MVbin.lpbin) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < path->cRows; i++)
    {
        if (!(id = row_id(&path->aRow[i])))
        {
            platform_free(prop.Value.MVbin.lpbin);
            return MAPI_E_MISSING_REQUIRED_COLUMN;
        }
        prop.Value.MVbin.lpbin[i] = *id;
    }
    hr = section_write(session->profile, &uid_global_section, 1, &prop);
    platform_free(prop.Value.MVbin.lpbin);
    return hr;
}
