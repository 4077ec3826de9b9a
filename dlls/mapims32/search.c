/*
 * Search folders
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
 * The database keeps a search folder's results; here criteria come and go as MAPI has them. What
 * the scope held from the start is looked at within the call, since a caller expects results when
 * it returns.
 */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define STEP 512                        /* messages looked at in one transaction */

#define SET_FLAGS (STOP_SEARCH | RESTART_SEARCH | RECURSIVE_SEARCH | SHALLOW_SEARCH \
                   | FOREGROUND_SEARCH | BACKGROUND_SEARCH | NON_CONTENT_INDEXED_SEARCH \
                   | STATIC_SEARCH)

/* Each pair excludes one another. */
static BOOL flags_fit(ULONG flags)
{
    static const ULONG pairs[] = { STOP_SEARCH | RESTART_SEARCH, RECURSIVE_SEARCH | SHALLOW_SEARCH,
                                   FOREGROUND_SEARCH | BACKGROUND_SEARCH };
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(pairs); i++)
        if ((flags & pairs[i]) == pairs[i]) return FALSE;
    return TRUE;
}

static HRESULT scope_of(struct store *store, const ENTRYLIST *list, LONGLONG **ret)
{
    enum entry_kind kind;
    ULONG i;

    *ret = NULL;
    if (!list->cValues || !list->lpbin || list->cValues > 0x10000) return MAPI_E_INVALID_PARAMETER;
    if (!(*ret = platform_alloc(list->cValues * sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < list->cValues; i++)
    {
        if (entryid_parse(&store->uid, list->lpbin[i].cb, list->lpbin[i].lpb, &kind, &(*ret)[i])
            && kind == ENTRY_FOLDER)
            continue;
        platform_free(*ret);
        *ret = NULL;
        return MAPI_E_INVALID_ENTRYID;
    }
    return S_OK;
}

/* What is not given is as it was last. */
static HRESULT set_criteria(struct folder *folder, struct db_txn *txn, SRestriction *restriction,
                            const ENTRYLIST *list, ULONG flags)
{
    SRestriction *old_restriction = NULL;
    LONGLONG *old_scope = NULL, *scope = NULL;
    ULONG old_count = 0, old_flags = 0, state = 0;
    HRESULT hr;

    hr = db_search_get(txn, folder->object.id, &store_allocators, &old_restriction, &old_count,
                       &old_scope, &old_flags);
    if (hr == MAPI_E_NOT_INITIALIZED && restriction && list) hr = S_OK;
    if (SUCCEEDED(hr) && list) hr = scope_of(folder->object.store, list, &scope);
    if (flags & RECURSIVE_SEARCH) state = DB_SEARCH_RECURSIVE;
    else if (!(flags & SHALLOW_SEARCH)) state = old_flags & DB_SEARCH_RECURSIVE;
    if (!(flags & (STOP_SEARCH | STATIC_SEARCH))) state |= DB_SEARCH_RUNNING;
    if (SUCCEEDED(hr))
        hr = db_search_set(txn, folder->object.id, restriction ? restriction : old_restriction,
                           list ? list->cValues : old_count, list ? scope : old_scope, state);
    MAPIFreeBuffer(old_restriction);
    platform_free(old_scope);
    platform_free(scope);
    return hr;
}

HRESULT search_run(struct store *store, LONGLONG folder)
{
    struct db_filling filling = { 0 };
    BOOL done = FALSE;
    HRESULT hr = S_OK;

    db_text_update(store->db, DB_TEXT_AT_ONCE);
    while (!done && SUCCEEDED(hr)) hr = db_search_step(store->db, folder, STEP, &filling, &done);
    db_filling_free(&filling);
    changes_pump(store);
    return hr;
}

HRESULT WINAPI folder_SetSearchCriteria(IMAPIFolder *iface, LPSRestriction restriction,
                                        LPENTRYLIST list, ULONG flags)
{
    struct folder *folder = (struct folder *)iface;
    struct db_txn *txn;
    HRESULT hr;

    TRACE("%p, %p, %p, %#lx\n", iface, restriction, list, flags);

    if (flags & ~SET_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (!flags_fit(flags)) return MAPI_E_INVALID_PARAMETER;
    if (folder->kind != DB_KIND_SEARCH_FOLDER) return MAPI_E_NO_SUPPORT;
    if (restriction && FAILED(hr = restriction_check(restriction))) return hr;
    if (!folder->object.modify) return MAPI_E_NO_ACCESS;
    if (FAILED(hr = db_begin(folder->object.store->db, DB_WRITE, &txn))) return hr;
    if (FAILED(hr = set_criteria(folder, txn, restriction, list, flags)))
    {
        db_rollback(txn);
        return hr;
    }
    if (FAILED(hr = db_commit(txn))) return hr;
    changes_pump(folder->object.store);
    /* A search that is stopped shows what it had found, as of now. */
    return search_run(folder->object.store, folder->object.id);
}

static HRESULT give_scope(struct store *store, ULONG count, const LONGLONG *scope, ENTRYLIST **ret)
{
    struct entryid *ids;
    ENTRYLIST *list;
    ULONG i;

    if (FAILED(MAPIAllocateBuffer(sizeof(*list) + count * (sizeof(SBinary) + sizeof(*ids)),
                                  (void **)&list)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cValues = count;
    list->lpbin = (SBinary *)(list + 1);
    ids = (struct entryid *)(list->lpbin + count);
    for (i = 0; i < count; i++)
    {
        place_entryid(store, DB_KIND_FOLDER, scope[i], &ids[i]);
        list->lpbin[i].cb = sizeof(ids[i]);
        list->lpbin[i].lpb = (BYTE *)&ids[i];
    }
    *ret = list;
    return S_OK;
}

static ULONG state_of(ULONG flags)
{
    ULONG state = 0;

    if (flags & DB_SEARCH_RECURSIVE) state |= SEARCH_RECURSIVE;
    if (flags & DB_SEARCH_RUNNING) state |= SEARCH_RUNNING;
    if ((flags & DB_SEARCH_RUNNING) && !(flags & DB_SEARCH_COMPLETE)) state |= SEARCH_REBUILD;
    return state;
}

HRESULT WINAPI folder_GetSearchCriteria(IMAPIFolder *iface, ULONG flags,
                                        LPSRestriction *restriction, LPENTRYLIST *list,
                                        ULONG *state)
{
    struct folder *folder = (struct folder *)iface;
    SRestriction *found = NULL;
    LONGLONG *scope = NULL;
    ULONG count, search_flags;
    struct db_txn *txn;
    HRESULT hr;

    if (restriction) *restriction = NULL;
    if (list) *list = NULL;
    if (state) *state = 0;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (folder->kind != DB_KIND_SEARCH_FOLDER) return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = db_begin(folder->object.store->db, DB_READ, &txn))) return hr;
    hr = db_search_get(txn, folder->object.id, &store_allocators, &found, &count, &scope,
                       &search_flags);
    db_rollback(txn);
    if (SUCCEEDED(hr) && list) hr = give_scope(folder->object.store, count, scope, list);
    if (SUCCEEDED(hr) && state) *state = state_of(search_flags);
    if (SUCCEEDED(hr) && restriction) *restriction = found;
    else MAPIFreeBuffer(found);
    platform_free(scope);
    return hr;
}
