/*
 * Resolving names
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
 * IAddrBook::ResolveName. Each recipient without an entry ID is looked for by its display name, in
 * this order: as a one-off that was typed, in each container of the search path until one has it or
 * has several that fit, and, when dialogs are allowed, by asking the user. A container that cannot
 * resolve by itself is searched with a restriction to PR_ANR.
 *
 * Containers get a list of their own, in UTF-16 (in ANSI when they want that); what they resolve
 * goes into the caller's list, entry by entry, once it has an entry ID. So whatever a container
 * does, the caller's list stays whole. What was resolved before an error stays resolved.
 */

#include <string.h>

#include "session/recips.h"
#include "session/abpath.h"
#include "session/checkname.h"
#include "session/oneoff.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* What a recipient of a message needs, and what tells how to show it. */
static const SizedSPropTagArray(8, columns_wide) =
{
    8,
    {
        PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_OBJECT_TYPE,
        PR_DISPLAY_TYPE, PR_SEARCH_KEY, PR_TRANSMITABLE_DISPLAY_NAME_W
    }
};
static const SizedSPropTagArray(8, columns_ansi) =
{
    8,
    {
        PR_ENTRYID, PR_DISPLAY_NAME_A, PR_ADDRTYPE_A, PR_EMAIL_ADDRESS_A, PR_OBJECT_TYPE,
        PR_DISPLAY_TYPE, PR_SEARCH_KEY, PR_TRANSMITABLE_DISPLAY_NAME_A
    }
};

struct resolution
{
    struct session *session;
    ULONG flags;                        /* MAPI_UNICODE, MAPI_CACHE_ONLY */
    ADRLIST *list;                      /* the caller's */
    FlagList *marks;                    /* one for each entry */
    WCHAR **names;                      /* of those not resolved at first; NULL: nothing to go by */
    SBinary *containers;                /* for those that are ambiguous: where */
};

static HRESULT take_props(struct resolution *resolution, ULONG index, ULONG count,
                          const SPropValue *props)
{
    HRESULT hr = adr_merge(&resolution->list->aEntries[index], count, props,
                           resolution->flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8);

    if (SUCCEEDED(hr)) resolution->marks->ulFlag[index] = MAPI_RESOLVED;
    return hr;
}

static BOOL is_identified(ULONG count, const SPropValue *props)
{
    const SPropValue *id = props_find(props, count, PR_ENTRYID);

    return id && SUCCEEDED(entryid_check(id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb));
}

static BOOL any_unresolved(const struct resolution *resolution)
{
    ULONG i;

    for (i = 0; i < resolution->marks->cFlags; i++)
        if (resolution->marks->ulFlag[i] == MAPI_UNRESOLVED && resolution->names[i]) return TRUE;
    return FALSE;
}

/* ---- one-offs ---- */

static HRESULT resolve_one_offs(struct resolution *resolution)
{
    struct one_off_name typed;
    SPropValue *props;
    ULONG i, count;
    HRESULT hr;

    for (i = 0; i < resolution->marks->cFlags; i++)
    {
        if (resolution->marks->ulFlag[i] != MAPI_UNRESOLVED || !resolution->names[i]) continue;
        hr = one_off_name_parse(resolution->names[i], &typed);
        if (hr == MAPI_E_NOT_FOUND) continue;
        if (SUCCEEDED(hr))
        {
            hr = oneoff_recipient(typed.name, typed.type, typed.address, resolution->flags, &count,
                                  &props);
            one_off_name_free(&typed);
        }
        if (SUCCEEDED(hr))
        {
            hr = take_props(resolution, i, count, props);
            memory_free_buffer(props);
        }
        if (FAILED(hr)) return hr;
    }
    return S_OK;
}

/* ---- containers ---- */

/* The list as a container gets it, in the width of flags. Strings that cannot be converted make an
 * entry empty, which is to be ignored. */
static HRESULT list_for_container(const struct resolution *resolution, ULONG flags, ADRLIST **ret)
{
    const ULONG type = flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8;
    const ADRENTRY *from;
    ADRENTRY *to;
    HRESULT hr;
    ULONG i, j;

    if (FAILED(hr = adrlist_alloc(resolution->list->cEntries, ret))) return hr;
    for (i = 0; i < resolution->list->cEntries && SUCCEEDED(hr); i++)
    {
        from = &resolution->list->aEntries[i];
        to = &(*ret)->aEntries[i];
        if (!from->cValues) continue;
        hr = memory_allocate_buffer(from->cValues * sizeof(*to->rgPropVals),
                                    (void **)&to->rgPropVals);
        for (j = 0; j < from->cValues && SUCCEEDED(hr); j++)
        {
            hr = prop_convert_width(&to->rgPropVals[j], &from->rgPropVals[j], type,
                                    memory_allocators.more, to->rgPropVals);
            if (SUCCEEDED(hr)) to->cValues++;
        }
    }
    if (FAILED(hr))
    {
        rows_free(&memory_allocators, (SRowSet *)*ret);
        *ret = NULL;
    }
    return hr;
}

static HRESULT ambiguous_in(struct resolution *resolution, ULONG index, const SBinary *container)
{
    resolution->marks->ulFlag[index] = MAPI_AMBIGUOUS;
    resolution->containers[index] = *container;
    return S_OK;
}

/* Marks that have changed, into the caller's list. */
static HRESULT take_resolved(struct resolution *resolution, const FlagList *marks,
                             const ADRLIST *resolved, const SBinary *container)
{
    const ADRENTRY *entry;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < marks->cFlags && SUCCEEDED(hr); i++)
    {
        if (resolution->marks->ulFlag[i] != MAPI_UNRESOLVED || !resolution->names[i]) continue;
        entry = &resolved->aEntries[i];
        if (marks->ulFlag[i] == MAPI_AMBIGUOUS) hr = ambiguous_in(resolution, i, container);
        else if (marks->ulFlag[i] == MAPI_RESOLVED
                 && is_identified(entry->cValues, entry->rgPropVals))
            hr = take_props(resolution, i, entry->cValues, entry->rgPropVals);
    }
    return hr;
}

static HRESULT resolve_by_method(struct resolution *resolution, struct provider *provider,
                                 IABContainer *object, ULONG flags, const SBinary *container)
{
    const size_t size = FIELD_OFFSET(FlagList, ulFlag[resolution->marks->cFlags]);
    ADRLIST *names, *resolved;
    FlagList *marks;
    HRESULT hr;

    if (!(marks = platform_alloc(size))) return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(marks, resolution->marks, size);
    if (SUCCEEDED(hr = list_for_container(resolution, flags, &names)))
    {
        hr = container_ResolveNames(provider, object, flags & MAPI_UNICODE
                                    ? (const SPropTagArray *)&columns_wide
                                    : (const SPropTagArray *)&columns_ansi, flags, names, marks,
                                    &resolved);
        if (SUCCEEDED(hr))
        {
            hr = take_resolved(resolution, marks, resolved, container);
            rows_free(&memory_allocators, (SRowSet *)resolved);
        }
    }
    platform_free(marks);
    return hr;
}

/* One name in a container, by PR_ANR: two rows are enough to know that it is ambiguous. */
static HRESULT find_name(struct resolution *resolution, ULONG index, struct provider *provider,
                         IABContainer *object, const SBinary *container)
{
    SPropValue name = { PR_ANR_W };
    SRowSet *rows;
    char *ansi;
    HRESULT hr;

    name.Value.lpszW = resolution->names[index];
    hr = container_FindName(provider, object, (const SPropTagArray *)&columns_wide, &name, 2,
                            &rows);
    if (hr == MAPI_E_BAD_CHARWIDTH)
    {
        if (!(ansi = text_to_ansi(resolution->names[index]))) return MAPI_E_NOT_ENOUGH_MEMORY;
        name.ulPropTag = PR_ANR_A;
        name.Value.lpszA = ansi;
        hr = container_FindName(provider, object, (const SPropTagArray *)&columns_ansi, &name, 2,
                                &rows);
        platform_free(ansi);
    }
    if (FAILED(hr)) return hr;
    if (rows->cRows > 1) hr = ambiguous_in(resolution, index, container);
    else if (rows->cRows == 1 && is_identified(rows->aRow[0].cValues, rows->aRow[0].lpProps))
        hr = take_props(resolution, index, rows->aRow[0].cValues, rows->aRow[0].lpProps);
    rows_free(&memory_allocators, rows);
    return hr;
}

static HRESULT resolve_by_table(struct resolution *resolution, struct provider *provider,
                                IABContainer *object, const SBinary *container)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < resolution->marks->cFlags && SUCCEEDED(hr); i++)
        if (resolution->marks->ulFlag[i] == MAPI_UNRESOLVED && resolution->names[i])
            hr = find_name(resolution, i, provider, object, container);
    return hr;
}

/* A container that is not there, or fails, has nobody: the next one is asked. */
static HRESULT resolve_in(struct resolution *resolution, const SBinary *container)
{
    const ULONG flags = resolution->flags & MAPI_CACHE_ONLY;
    struct provider *provider;
    struct logon *logon;
    IUnknown *object, *opened;
    ULONG type;
    HRESULT hr;

    hr = session_enter_owner(resolution->session, container->cb, (ENTRYID *)container->lpb, &logon,
                             &provider, &object);
    if (FAILED(hr)) return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
    if (logon->kind != PROVIDER_ADDRESS_BOOK) hr = MAPI_E_UNKNOWN_ENTRYID;
    else hr = host_OpenEntry(provider, object, container->cb, (ENTRYID *)container->lpb, NULL, 0,
                             &type, &opened);
    if (SUCCEEDED(hr) && type != MAPI_ABCONT && type != MAPI_DISTLIST)
    {
        host_object_release(provider, opened);
        hr = MAPI_E_UNKNOWN_ENTRYID;
    }
    if (SUCCEEDED(hr))
    {
        hr = resolve_by_method(resolution, provider, (IABContainer *)opened, flags | MAPI_UNICODE,
                               container);
        if (hr == MAPI_E_BAD_CHARWIDTH)
            hr = resolve_by_method(resolution, provider, (IABContainer *)opened, flags, container);
        if (hr == MAPI_E_NO_SUPPORT)
            hr = resolve_by_table(resolution, provider, (IABContainer *)opened, container);
        host_object_release(provider, opened);
    }
    logon_leave(logon, provider);
    logon_release(logon);
    if (FAILED(hr)) WARN("a container does not resolve: %#lx\n", (unsigned long)hr);
    return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
}

static HRESULT resolve_in_path(struct resolution *resolution, SRowSet *path)
{
    const SPropValue *id;
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < path->cRows && SUCCEEDED(hr) && any_unresolved(resolution); i++)
        if ((id = props_find(path->aRow[i].lpProps, path->aRow[i].cValues, PR_ENTRYID)))
            hr = resolve_in(resolution, &id->Value.bin);
    return hr;
}

/* ---- the user ---- */

static HRESULT ask_user(struct resolution *resolution, ULONG_PTR ui, const WCHAR *title)
{
    struct check_name check = { ui, title };
    SPropValue *props;
    ULONG i, count;
    HRESULT hr;

    check.columns = (const SPropTagArray *)&columns_wide;
    for (i = 0; i < resolution->marks->cFlags; i++)
    {
        if (resolution->marks->ulFlag[i] == MAPI_RESOLVED || !resolution->names[i]) continue;
        check.name = resolution->names[i];
        check.ambiguous = resolution->marks->ulFlag[i] == MAPI_AMBIGUOUS;
        check.container = resolution->containers[i];
        hr = addrbook_check_name_dialog(resolution->session, &check, &count, &props);
        if (hr == MAPI_E_AMBIGUOUS_RECIP || hr == MAPI_E_NOT_FOUND) continue;
        if (FAILED(hr)) return hr;
        if (is_identified(count, props)) hr = take_props(resolution, i, count, props);
        memory_free_buffer(props);
        if (FAILED(hr)) return hr;
    }
    return S_OK;
}

/* ---- the whole ---- */

static void resolution_free(struct resolution *resolution)
{
    ULONG i;

    for (i = 0; resolution->names && i < resolution->list->cEntries; i++)
        platform_free(resolution->names[i]);
    platform_free(resolution->names);
    platform_free(resolution->marks);
    platform_free(resolution->containers);
}

static HRESULT resolution_init(struct resolution *resolution, struct session *session, ULONG flags,
                               ADRLIST *list)
{
    const ULONG count = list->cEntries;
    const ADRENTRY *entry;
    ULONG i;

    memset(resolution, 0, sizeof(*resolution));
    resolution->session = session;
    resolution->flags = flags & (MAPI_UNICODE | MAPI_CACHE_ONLY);
    resolution->list = list;
    resolution->marks = platform_alloc_zero(FIELD_OFFSET(FlagList, ulFlag[count + 1]));
    resolution->names = platform_alloc_zero((count + 1) * sizeof(*resolution->names));
    resolution->containers = platform_alloc_zero((count + 1) * sizeof(*resolution->containers));
    if (!resolution->marks || !resolution->names || !resolution->containers)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    resolution->marks->cFlags = count;
    for (i = 0; i < count; i++)
    {
        entry = &list->aEntries[i];
        if (adr_entryid(entry)) resolution->marks->ulFlag[i] = MAPI_RESOLVED;
        else if (adr_find(entry->cValues, entry->rgPropVals, PR_DISPLAY_NAME)
                 && !(resolution->names[i] = adr_text(entry->cValues, entry->rgPropVals,
                                                      PR_DISPLAY_NAME)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    return S_OK;
}

/* Entries without any properties are not there. */
static HRESULT outcome(const struct resolution *resolution)
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < resolution->marks->cFlags; i++)
    {
        if (resolution->marks->ulFlag[i] == MAPI_AMBIGUOUS) return MAPI_E_AMBIGUOUS_RECIP;
        if (resolution->marks->ulFlag[i] == MAPI_UNRESOLVED
            && resolution->list->aEntries[i].cValues)
            hr = MAPI_E_NOT_FOUND;
    }
    return hr;
}

HRESULT recips_resolve(struct session *session, ULONG_PTR ui, ULONG flags, const void *title,
                       ADRLIST *list)
{
    struct resolution resolution;
    SRowSet *path = NULL;
    WCHAR *text = NULL;
    HRESULT hr;

    if (flags & ~(AB_UNICODEUI | MAPI_CACHE_ONLY | MAPI_DIALOG | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = adrlist_check(list))) return hr;
    if (FAILED(hr = resolution_init(&resolution, session, flags, list))
        || FAILED(hr = resolve_one_offs(&resolution)))
    {
        resolution_free(&resolution);
        return hr;
    }
    if (any_unresolved(&resolution)
        && SUCCEEDED(hr = abpath_get_search_path(session, MAPI_UNICODE, &path)))
        hr = resolve_in_path(&resolution, path);
    if (SUCCEEDED(hr) && flags & MAPI_DIALOG && outcome(&resolution) != S_OK
        && SUCCEEDED(hr = text_from_tstr(title, flags & AB_UNICODEUI ? MAPI_UNICODE : 0, &text)))
        hr = ask_user(&resolution, ui, text);
    if (SUCCEEDED(hr)) hr = outcome(&resolution);
    platform_free(text);
    resolution_free(&resolution);
    rows_free(&memory_allocators, path);        /* the containers' IDs are its */
    return hr;
}
