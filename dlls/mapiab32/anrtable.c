/*
 * Address books: tables that understand PR_ANR
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
 * Every contents table has to understand a property restriction on PR_ANR: the best guess at whom
 * a user means who typed this. The tables of CreateTable do not, so this one stands before such a
 * view and puts what the guess means here in the place of PR_ANR: each word typed begins a word of
 * the name, the given or family name, or the address. All else goes on to the view.
 */

#define COBJMACROS
#include <stdarg.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <winnls.h>
#include <objbase.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>

#include "anr.h"

#define ANR_WORDS 16
#define ANR_LENGTH 256                  /* characters */

struct table
{
    IMAPITable IMAPITable_iface;
    LONG ref;
    IMAPITable *view;
};

static struct table *impl_from_IMAPITable(IMAPITable *iface)
{
    return CONTAINING_RECORD(iface, struct table, IMAPITable_iface);
}

static IMAPITable *view_of(IMAPITable *iface)
{
    return impl_from_IMAPITable(iface)->view;
}

WCHAR *anr_text(const SPropValue *prop)
{
    BOOL wide = PROP_TYPE(prop->ulPropTag) == PT_UNICODE;
    int length;
    WCHAR *ret;

    if (!wide && PROP_TYPE(prop->ulPropTag) != PT_STRING8) return NULL;
    if (!prop->Value.lpszA) return NULL;
    length = wide ? lstrlenW(prop->Value.lpszW) + 1
                  : MultiByteToWideChar(CP_ACP, 0, prop->Value.lpszA, -1, NULL, 0);
    if (length <= 0 || FAILED(MAPIAllocateBuffer(length * sizeof(*ret), (void **)&ret)))
        return NULL;
    if (wide) memcpy(ret, prop->Value.lpszW, length * sizeof(*ret));
    else MultiByteToWideChar(CP_ACP, 0, prop->Value.lpszA, -1, ret, length);
    return ret;
}

static BOOL add_content(SRestriction *node, ULONG fuzzy, ULONG tag, const WCHAR *text, void *chain)
{
    SPropValue *prop;

    if (FAILED(MAPIAllocateMore(sizeof(*prop), chain, (void **)&prop))) return FALSE;
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    prop->Value.lpszW = (WCHAR *)text;
    node->rt = RES_CONTENT;
    node->res.resContent.ulFuzzyLevel = fuzzy | FL_IGNORECASE;
    node->res.resContent.ulPropTag = tag;
    node->res.resContent.lpProp = prop;
    return TRUE;
}

/* What a word may begin; words.c keeps an index of just that. */
static const struct { ULONG fuzzy, tag; WCHAR before; } ways[] =
{
    { FL_PREFIX, PR_DISPLAY_NAME_W, 0 }, { FL_SUBSTRING, PR_DISPLAY_NAME_W, ' ' },
    { FL_SUBSTRING, PR_DISPLAY_NAME_W, '-' }, { FL_PREFIX, PR_GIVEN_NAME_W, 0 },
    { FL_PREFIX, PR_SURNAME_W, 0 }, { FL_PREFIX, PR_EMAIL_ADDRESS_W, 0 }
};

/* One word, length characters long. */
static HRESULT word_node(const WCHAR *text, size_t length, void *chain, SRestriction *ret)
{
    SRestriction *any;
    WCHAR *word;
    ULONG i;

    if (FAILED(MAPIAllocateMore(ARRAYSIZE(ways) * sizeof(*any), chain, (void **)&any)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < ARRAYSIZE(ways); i++)
    {
        if (FAILED(MAPIAllocateMore((length + 2) * sizeof(WCHAR), chain, (void **)&word)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        word[0] = ways[i].before;
        memcpy(word + 1, text, length * sizeof(WCHAR));
        word[length + 1] = 0;
        if (!add_content(&any[i], ways[i].fuzzy, ways[i].tag, ways[i].before ? word : word + 1,
                         chain))
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    ret->rt = RES_OR;
    ret->res.resOr.cRes = ARRAYSIZE(ways);
    ret->res.resOr.lpRes = any;
    return S_OK;
}

static BOOL is_content(const SRestriction *node, ULONG fuzzy, ULONG tag)
{
    const SPropValue *prop = node->res.resContent.lpProp;

    return node->rt == RES_CONTENT && node->res.resContent.ulFuzzyLevel == (fuzzy | FL_IGNORECASE)
           && node->res.resContent.ulPropTag == tag && prop && prop->ulPropTag == tag;
}

const WCHAR *anr_name_of(const SRestriction *node)
{
    return is_content(node, FL_FULLSTRING, PR_DISPLAY_NAME_W)
               ? node->res.resContent.lpProp->Value.lpszW
               : NULL;
}

const WCHAR *anr_word_of(const SRestriction *node)
{
    const SRestriction *any = node->res.resOr.lpRes;
    const WCHAR *word, *text;
    ULONG i;

    if (node->rt != RES_OR || node->res.resOr.cRes != ARRAYSIZE(ways)
        || !is_content(&any[0], ways[0].fuzzy, ways[0].tag))
        return NULL;
    word = any[0].res.resContent.lpProp->Value.lpszW;
    for (i = 0; i < ARRAYSIZE(ways); i++)
    {
        if (!is_content(&any[i], ways[i].fuzzy, ways[i].tag)) return NULL;
        text = any[i].res.resContent.lpProp->Value.lpszW;
        if (ways[i].before && *text++ != ways[i].before) return NULL;
        if (wcscmp(text, word)) return NULL;
    }
    return word;
}

/* Into a node of a restriction that chain is the block of. */
static HRESULT anr_node(const WCHAR *name, void *chain, SRestriction *ret)
{
    static const WCHAR between[] = L" \t,;";
    SRestriction *all;
    size_t length;
    HRESULT hr;
    ULONG n = 0;

    if (wcsnlen(name, ANR_LENGTH + 1) > ANR_LENGTH) return MAPI_E_TOO_COMPLEX;
    if (FAILED(MAPIAllocateMore(ANR_WORDS * sizeof(*all), chain, (void **)&all)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (name += wcsspn(name, between); *name; name += wcsspn(name, between))
    {
        length = wcscspn(name, between);
        if (n == ANR_WORDS) return MAPI_E_TOO_COMPLEX;
        if (FAILED(hr = word_node(name, length, chain, &all[n]))) return hr;
        n++;
        name += length;
    }
    /* Nothing was typed: nobody is meant, as nobody's name is empty. */
    if (!n)
    {
        if (!add_content(&all[0], FL_FULLSTRING, PR_DISPLAY_NAME_W, L"", chain))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        n = 1;
    }
    ret->rt = RES_AND;
    ret->res.resAnd.cRes = n;
    ret->res.resAnd.lpRes = all;
    return S_OK;
}

/* The restriction with every PR_ANR in it replaced; what is not changed is the caller's still. */
static HRESULT translate(const SRestriction *src, void *chain, ULONG depth, SRestriction *dst)
{
    SRestriction *array;
    WCHAR *name;
    HRESULT hr = S_OK;
    ULONG i;

    if (depth > 32) return MAPI_E_TOO_COMPLEX;
    *dst = *src;
    switch (src->rt)
    {
        case RES_AND:                   /* the same layout as resOr */
        case RES_OR:
            if (src->res.resAnd.cRes > 1024) return MAPI_E_TOO_COMPLEX;
            if (FAILED(MAPIAllocateMore(src->res.resAnd.cRes * sizeof(*array), chain,
                                        (void **)&array)))
                return MAPI_E_NOT_ENOUGH_MEMORY;
            dst->res.resAnd.lpRes = array;
            if (src->res.resAnd.cRes && !src->res.resAnd.lpRes) return MAPI_E_INVALID_PARAMETER;
            for (i = 0; i < src->res.resAnd.cRes && SUCCEEDED(hr); i++)
                hr = translate(&src->res.resAnd.lpRes[i], chain, depth + 1, &array[i]);
            return hr;
        case RES_NOT:
            if (!src->res.resNot.lpRes) return MAPI_E_INVALID_PARAMETER;
            if (FAILED(MAPIAllocateMore(sizeof(*array), chain, (void **)&array)))
                return MAPI_E_NOT_ENOUGH_MEMORY;
            dst->res.resNot.lpRes = array;
            return translate(src->res.resNot.lpRes, chain, depth + 1, array);
        case RES_PROPERTY:
            if (PROP_ID(src->res.resProperty.ulPropTag) != PROP_ID(PR_ANR)) return S_OK;
            if (!src->res.resProperty.lpProp || !(name = anr_text(src->res.resProperty.lpProp)))
                return MAPI_E_INVALID_PARAMETER;
            hr = anr_node(name, chain, dst);
            MAPIFreeBuffer(name);
            return hr;
        default:
            return S_OK;
    }
}

/* *ret is the root of the new restriction and its block, NULL for none. */
static HRESULT translate_all(const SRestriction *src, SRestriction **ret)
{
    SRestriction *res;
    HRESULT hr;

    *ret = NULL;
    if (!src) return S_OK;
    if (FAILED(MAPIAllocateBuffer(sizeof(*res), (void **)&res))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = translate(src, res, 0, res)))
    {
        MAPIFreeBuffer(res);
        return hr;
    }
    *ret = res;
    return S_OK;
}

static HRESULT WINAPI table_QueryInterface(IMAPITable *iface, REFIID iid, void **ret)
{
    if (!ret || !iid) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *ret = iface;
    IMAPITable_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI table_AddRef(IMAPITable *iface)
{
    return InterlockedIncrement(&impl_from_IMAPITable(iface)->ref);
}

static ULONG WINAPI table_Release(IMAPITable *iface)
{
    struct table *table = impl_from_IMAPITable(iface);
    LONG ref = InterlockedDecrement(&table->ref);

    if (!ref)
    {
        IMAPITable_Release(table->view);
        MAPIFreeBuffer(table);
    }
    return ref;
}

static HRESULT WINAPI table_GetLastError(IMAPITable *iface, HRESULT hr, ULONG flags,
                                         LPMAPIERROR *error)
{
    return IMAPITable_GetLastError(view_of(iface), hr, flags, error);
}

static HRESULT WINAPI table_Advise(IMAPITable *iface, ULONG mask, LPMAPIADVISESINK sink,
                                   ULONG_PTR *connection)
{
    return IMAPITable_Advise(view_of(iface), mask, sink, connection);
}

static HRESULT WINAPI table_Unadvise(IMAPITable *iface, ULONG_PTR connection)
{
    return IMAPITable_Unadvise(view_of(iface), connection);
}

static HRESULT WINAPI table_GetStatus(IMAPITable *iface, ULONG *status, ULONG *type)
{
    return IMAPITable_GetStatus(view_of(iface), status, type);
}

static HRESULT WINAPI table_SetColumns(IMAPITable *iface, LPSPropTagArray columns, ULONG flags)
{
    return IMAPITable_SetColumns(view_of(iface), columns, flags);
}

static HRESULT WINAPI table_QueryColumns(IMAPITable *iface, ULONG flags, LPSPropTagArray *columns)
{
    return IMAPITable_QueryColumns(view_of(iface), flags, columns);
}

static HRESULT WINAPI table_GetRowCount(IMAPITable *iface, ULONG flags, ULONG *count)
{
    return IMAPITable_GetRowCount(view_of(iface), flags, count);
}

static HRESULT WINAPI table_SeekRow(IMAPITable *iface, BOOKMARK from, LONG count, LONG *moved)
{
    return IMAPITable_SeekRow(view_of(iface), from, count, moved);
}

static HRESULT WINAPI table_SeekRowApprox(IMAPITable *iface, ULONG numerator, ULONG denominator)
{
    return IMAPITable_SeekRowApprox(view_of(iface), numerator, denominator);
}

static HRESULT WINAPI table_QueryPosition(IMAPITable *iface, ULONG *row, ULONG *numerator,
                                          ULONG *denominator)
{
    return IMAPITable_QueryPosition(view_of(iface), row, numerator, denominator);
}

static HRESULT WINAPI table_FindRow(IMAPITable *iface, LPSRestriction restriction, BOOKMARK from,
                                    ULONG flags)
{
    SRestriction *translated;
    HRESULT hr;

    if (FAILED(hr = translate_all(restriction, &translated))) return hr;
    hr = IMAPITable_FindRow(view_of(iface), translated, from, flags);
    MAPIFreeBuffer(translated);
    return hr;
}

static HRESULT WINAPI table_Restrict(IMAPITable *iface, LPSRestriction restriction, ULONG flags)
{
    SRestriction *translated;
    HRESULT hr;

    if (FAILED(hr = translate_all(restriction, &translated))) return hr;
    hr = IMAPITable_Restrict(view_of(iface), translated, flags);
    MAPIFreeBuffer(translated);
    return hr;
}

static HRESULT WINAPI table_CreateBookmark(IMAPITable *iface, BOOKMARK *bookmark)
{
    return IMAPITable_CreateBookmark(view_of(iface), bookmark);
}

static HRESULT WINAPI table_FreeBookmark(IMAPITable *iface, BOOKMARK bookmark)
{
    return IMAPITable_FreeBookmark(view_of(iface), bookmark);
}

static HRESULT WINAPI table_SortTable(IMAPITable *iface, LPSSortOrderSet order, ULONG flags)
{
    return IMAPITable_SortTable(view_of(iface), order, flags);
}

static HRESULT WINAPI table_QuerySortOrder(IMAPITable *iface, LPSSortOrderSet *order)
{
    return IMAPITable_QuerySortOrder(view_of(iface), order);
}

static HRESULT WINAPI table_QueryRows(IMAPITable *iface, LONG count, ULONG flags, LPSRowSet *rows)
{
    return IMAPITable_QueryRows(view_of(iface), count, flags, rows);
}

static HRESULT WINAPI table_Abort(IMAPITable *iface)
{
    return IMAPITable_Abort(view_of(iface));
}

static HRESULT WINAPI table_ExpandRow(IMAPITable *iface, ULONG size, LPBYTE key, ULONG count,
                                      ULONG flags, LPSRowSet *rows, ULONG *more)
{
    return IMAPITable_ExpandRow(view_of(iface), size, key, count, flags, rows, more);
}

static HRESULT WINAPI table_CollapseRow(IMAPITable *iface, ULONG size, LPBYTE key, ULONG flags,
                                        ULONG *count)
{
    return IMAPITable_CollapseRow(view_of(iface), size, key, flags, count);
}

static HRESULT WINAPI table_WaitForCompletion(IMAPITable *iface, ULONG flags, ULONG timeout,
                                              ULONG *status)
{
    return IMAPITable_WaitForCompletion(view_of(iface), flags, timeout, status);
}

static HRESULT WINAPI table_GetCollapseState(IMAPITable *iface, ULONG flags, ULONG size, LPBYTE key,
                                             ULONG *state_size, LPBYTE *state)
{
    return IMAPITable_GetCollapseState(view_of(iface), flags, size, key, state_size, state);
}

static HRESULT WINAPI table_SetCollapseState(IMAPITable *iface, ULONG flags, ULONG size,
                                             LPBYTE state, BOOKMARK *bookmark)
{
    return IMAPITable_SetCollapseState(view_of(iface), flags, size, state, bookmark);
}

static const IMAPITableVtbl table_vtbl =
{
    table_QueryInterface,
    table_AddRef,
    table_Release,
    table_GetLastError,
    table_Advise,
    table_Unadvise,
    table_GetStatus,
    table_SetColumns,
    table_QueryColumns,
    table_GetRowCount,
    table_SeekRow,
    table_SeekRowApprox,
    table_QueryPosition,
    table_FindRow,
    table_Restrict,
    table_CreateBookmark,
    table_FreeBookmark,
    table_SortTable,
    table_QuerySortOrder,
    table_QueryRows,
    table_Abort,
    table_ExpandRow,
    table_CollapseRow,
    table_WaitForCompletion,
    table_GetCollapseState,
    table_SetCollapseState
};

/* The default columns in the width that was asked for. */
static HRESULT set_width(IMAPITable *view, ULONG flags)
{
    SPropTagArray *columns;
    HRESULT hr;
    ULONG i;

    if (flags & MAPI_UNICODE) return S_OK;
    if (FAILED(hr = IMAPITable_QueryColumns(view, 0, &columns))) return hr;
    for (i = 0; i < columns->cValues; i++)
        if (PROP_TYPE(columns->aulPropTag[i]) == PT_UNICODE)
            columns->aulPropTag[i] = CHANGE_PROP_TYPE(columns->aulPropTag[i], PT_STRING8);
    hr = IMAPITable_SetColumns(view, columns, 0);
    MAPIFreeBuffer(columns);
    return hr;
}

HRESULT anr_rows_view(ITableData *rows, ULONG flags, IMAPITable **ret)
{
    HRESULT hr;

    if (FAILED(hr = ITableData_HrGetView(rows, NULL, NULL, 0, ret))) return hr;
    if (SUCCEEDED(hr = set_width(*ret, flags))) return S_OK;
    IMAPITable_Release(*ret);
    *ret = NULL;
    return hr;
}

HRESULT anr_table_create(IMAPITable *view, IMAPITable **ret)
{
    struct table *table;

    *ret = NULL;
    if (FAILED(MAPIAllocateBuffer(sizeof(*table), (void **)&table)))
    {
        IMAPITable_Release(view);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    table->IMAPITable_iface.lpVtbl = (IMAPITableVtbl *)&table_vtbl;
    table->ref = 1;
    table->view = view;
    *ret = &table->IMAPITable_iface;
    return S_OK;
}

HRESULT anr_table_of_rows(ITableData *rows, ULONG flags, IMAPITable **ret)
{
    IMAPITable *view;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = anr_rows_view(rows, flags, &view))) return hr;
    return anr_table_create(view, ret);
}
