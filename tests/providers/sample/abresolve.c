/*
 * Sample providers: resolving names and preparing recipients
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
 * Both change recipients that a client gave, under the same rules: the list keeps its length, and the
 * properties of one entry are one block of MAPIAllocateBuffer, which a longer one replaces.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "addrbook.h"

static const SPropValue *find_prop(const SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag) && PROP_TYPE(props[i].ulPropTag) != PT_ERROR)
            return &props[i];
    return NULL;
}

/* A copy of value in the type that tag asks for; PT_ERROR when there is none. */
static HRESULT set_prop(SPropValue *dst, ULONG tag, const SPropValue *value, void *chain)
{
    SPropValue converted;
    WCHAR wide[256];
    char narrow[512];

    if (value && PROP_TYPE(tag) != PT_UNSPECIFIED && PROP_TYPE(value->ulPropTag) != PROP_TYPE(tag))
    {
        converted = *value;
        converted.ulPropTag = tag;
        if (PROP_TYPE(tag) == PT_UNICODE) converted.Value.lpszW = (WCHAR *)prop_text(value, wide);
        else if (PROP_TYPE(tag) == PT_STRING8 && PROP_TYPE(value->ulPropTag) == PT_UNICODE
                 && WideCharToMultiByte(CP_ACP, 0, value->Value.lpszW, -1, narrow, sizeof(narrow), NULL, NULL))
            converted.Value.lpszA = narrow;
        else converted.Value.lpszA = NULL;
        value = converted.Value.lpszA ? &converted : NULL;
    }
    if (value) return PropCopyMore(dst, (SPropValue *)value, MAPIAllocateMore, chain);
    dst->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    dst->dwAlignPad = 0;
    dst->Value.err = MAPI_E_NOT_FOUND;
    return S_OK;
}

static BOOL has_tag(const SPropTagArray *tags, ULONG tag)
{
    ULONG i;

    for (i = 0; tags && i < tags->cValues; i++) if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

/* The entry's properties: first those of tags, in order, then all others that it had, then id. What the
 * caller gave counts more than the row unless row_first. */
static HRESULT replace_props(ADRENTRY *entry, const SPropTagArray *tags, const SRow *row, BOOL row_first,
                             const struct ab_entryid *id)
{
    ULONG i, total = 0, tag_count = tags ? tags->cValues : 0;
    const SPropValue *value, *other;
    SPropValue *props, key;
    HRESULT hr = S_OK;

    key.ulPropTag = PR_ENTRYID;
    key.dwAlignPad = 0;
    key.Value.bin.cb = sizeof(*id);
    key.Value.bin.lpb = (BYTE *)id;
    if (FAILED(MAPIAllocateBuffer((entry->cValues + tag_count + 1) * sizeof(*props), (void **)&props)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < tag_count && SUCCEEDED(hr); i++)
    {
        value = find_prop(row->lpProps, row->cValues, tags->aulPropTag[i]);
        other = find_prop(entry->rgPropVals, entry->cValues, tags->aulPropTag[i]);
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(PR_ENTRYID)) value = &key;
        else if (!value || (other && !row_first)) value = other;
        hr = set_prop(&props[total++], tags->aulPropTag[i], value, props);
    }
    for (i = 0; i < entry->cValues && SUCCEEDED(hr); i++)
    {
        if (has_tag(tags, entry->rgPropVals[i].ulPropTag)) continue;
        if (PROP_ID(entry->rgPropVals[i].ulPropTag) == PROP_ID(PR_ENTRYID)) continue;
        hr = PropCopyMore(&props[total++], &entry->rgPropVals[i], MAPIAllocateMore, props);
    }
    if (SUCCEEDED(hr) && !has_tag(tags, PR_ENTRYID))
        hr = PropCopyMore(&props[total++], &key, MAPIAllocateMore, props);
    if (FAILED(hr))
    {
        MAPIFreeBuffer(props);
        return hr;
    }
    MAPIFreeBuffer(entry->rgPropVals);
    entry->rgPropVals = props;
    entry->cValues = total;
    return S_OK;
}

/* Everybody whom the name may mean; a whole name that only one has is meant exactly. */
static HRESULT find_matches(ITableData *data, const WCHAR *name, SRowSet **ret)
{
    SRestriction *restriction, exact;
    SPropValue whole;
    IMAPITable *view;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = ITableData_HrGetView(data, NULL, NULL, 0, &view))) return hr;
    memset(&whole, 0, sizeof(whole));
    whole.ulPropTag = PR_DISPLAY_NAME_W;
    whole.Value.lpszW = (WCHAR *)name;
    exact.rt = RES_CONTENT;
    exact.res.resContent.ulFuzzyLevel = FL_FULLSTRING | FL_IGNORECASE;
    exact.res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
    exact.res.resContent.lpProp = &whole;
    hr = HrQueryAllRows(view, NULL, &exact, NULL, 0, ret);
    if (SUCCEEDED(hr) && !(*ret)->cRows && SUCCEEDED(hr = anr_restriction(name, &restriction)))
    {
        FreeProws(*ret);
        *ret = NULL;
        hr = HrQueryAllRows(view, NULL, restriction, NULL, 0, ret);
        MAPIFreeBuffer(restriction);
    }
    IMAPITable_Release(view);
    return hr;
}

/* What ResolveNames gives by default: what saves MAPI a call of PrepareRecips. */
static const SPropTagArray *default_tags(ULONG flags)
{
    static const SizedSPropTagArray(7, wide) =
    {
        7, {PR_ADDRTYPE_W, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_SEARCH_KEY,
            PR_TRANSMITABLE_DISPLAY_NAME_W}
    };
    static const SizedSPropTagArray(7, narrow) =
    {
        7, {PR_ADDRTYPE_A, PR_DISPLAY_NAME_A, PR_EMAIL_ADDRESS_A, PR_ENTRYID, PR_OBJECT_TYPE, PR_SEARCH_KEY,
            PR_TRANSMITABLE_DISPLAY_NAME_A}
    };

    return flags & MAPI_UNICODE ? (const SPropTagArray *)&wide : (const SPropTagArray *)&narrow;
}

/* The entry IDs it gives are short-term, as a provider may: good for this session, to be exchanged by
 * PrepareRecips. */
HRESULT list_resolve_names(struct ab_list *list, const SPropTagArray *tags, ULONG flags, ADRLIST *names,
                           FlagList *marks)
{
    const SPropValue *name, *found;
    struct ab_entryid id;
    WCHAR buffer[256];
    const WCHAR *text;
    ADRENTRY *entry;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < names->cEntries && i < marks->cFlags; i++)
    {
        entry = &names->aEntries[i];
        if (marks->ulFlag[i] != MAPI_UNRESOLVED || !entry->cValues) continue;
        name = find_prop(entry->rgPropVals, entry->cValues, PR_DISPLAY_NAME);
        if (!name || !(text = prop_text(name, buffer)) || !*text) continue;
        if (FAILED(hr = find_matches(list->rows, text, &rows))) return hr;
        if (rows->cRows > 1) marks->ulFlag[i] = MAPI_AMBIGUOUS;
        else if (rows->cRows == 1
                 && (found = find_prop(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_ENTRYID)))
        {
            memcpy(&id, found->Value.bin.lpb, sizeof(id));
            id.flags[0] = MAPI_SHORTTERM;
            hr = replace_props(entry, tags ? tags : default_tags(flags), &rows->aRow[0], TRUE, &id);
            if (SUCCEEDED(hr)) marks->ulFlag[i] = MAPI_RESOLVED;
        }
        FreeProws(rows);
        if (FAILED(hr)) return hr;
    }
    return S_OK;
}

HRESULT book_prepare_recips(struct ab_book *book, const SPropTagArray *tags, ADRLIST *recipients)
{
    const struct ab_entryid *id;
    const SPropValue *found;
    struct ab_entryid whole;
    HRESULT hr, ret = S_OK;
    struct ab_list *list;
    ADRENTRY *entry;
    SRow *row;
    ULONG i;

    if (!tags || !tags->cValues) return S_OK;
    for (i = 0; i < recipients->cEntries; i++)
    {
        entry = &recipients->aEntries[i];
        found = find_prop(entry->rgPropVals, entry->cValues, PR_ENTRYID);
        if (!found || !(id = ab_entryid_from(found->Value.bin.cb, (ENTRYID *)found->Value.bin.lpb))) continue;
        if (book_find_entry(book, id, &row, &list) != S_OK)
        {
            ret = MAPI_E_NOT_FOUND;
            continue;
        }
        ab_entryid_init(&whole, id->type, id->number);
        hr = replace_props(entry, tags, row, FALSE, &whole);
        MAPIFreeBuffer(row);
        if (FAILED(hr)) return hr;
    }
    return ret;
}
