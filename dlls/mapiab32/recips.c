/*
 * Address books: recipients that names become
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
 * ResolveNames and PrepareRecips change recipients that a client gave, under the same rules: the
 * list keeps its length, and the properties of one entry are one block of MAPIAllocateBuffer, which
 * a longer one replaces.
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

const SPropValue *recips_find(const SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag)
            && PROP_TYPE(props[i].ulPropTag) != PT_ERROR)
            return &props[i];
    return NULL;
}

static char *narrow(const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    char *ret;

    if (size <= 0 || FAILED(MAPIAllocateBuffer(size, (void **)&ret))) return NULL;
    WideCharToMultiByte(CP_ACP, 0, text, -1, ret, size, NULL, NULL);
    return ret;
}

HRESULT recips_copy_prop(SPropValue *dst, ULONG tag, const SPropValue *value, void *chain)
{
    SPropValue converted;
    void *text = NULL;
    HRESULT hr;

    if (value && PROP_TYPE(tag) != PT_UNSPECIFIED && PROP_TYPE(value->ulPropTag) != PROP_TYPE(tag))
    {
        if (PROP_TYPE(tag) == PT_UNICODE) text = anr_text(value);
        if (PROP_TYPE(tag) == PT_STRING8 && PROP_TYPE(value->ulPropTag) == PT_UNICODE)
            text = narrow(value->Value.lpszW);
        converted.ulPropTag = tag;
        converted.dwAlignPad = 0;
        converted.Value.lpszA = text;
        value = text ? &converted : NULL;
    }
    if (value)
    {
        hr = PropCopyMore(dst, (SPropValue *)value, MAPIAllocateMore, chain);
        MAPIFreeBuffer(text);
        return hr;
    }
    dst->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    dst->dwAlignPad = 0;
    dst->Value.err = MAPI_E_NOT_FOUND;
    return S_OK;
}

static BOOL has_tag(const SPropTagArray *tags, ULONG tag)
{
    ULONG i;

    for (i = 0; tags && i < tags->cValues; i++)
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag)) return TRUE;
    return FALSE;
}

HRESULT recips_replace(ADRENTRY *entry, const SPropTagArray *tags, const SRow *row, BOOL row_first)
{
    ULONG i, total = 0, tag_count = tags ? tags->cValues : 0;
    const SPropValue *value, *other, *key = recips_find(row->lpProps, row->cValues, PR_ENTRYID);
    SPropValue *props;
    HRESULT hr = S_OK;

    if (!key || entry->cValues > 0x10000 || tag_count > 0x10000) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(MAPIAllocateBuffer((entry->cValues + tag_count + 1) * sizeof(*props),
                                  (void **)&props)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < tag_count && SUCCEEDED(hr); i++)
    {
        value = recips_find(row->lpProps, row->cValues, tags->aulPropTag[i]);
        other = recips_find(entry->rgPropVals, entry->cValues, tags->aulPropTag[i]);
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(PR_ENTRYID)) value = key;
        else if (!value || (other && !row_first)) value = other;
        hr = recips_copy_prop(&props[total++], tags->aulPropTag[i], value, props);
    }
    for (i = 0; i < entry->cValues && SUCCEEDED(hr); i++)
    {
        if (has_tag(tags, entry->rgPropVals[i].ulPropTag)) continue;
        if (PROP_ID(entry->rgPropVals[i].ulPropTag) == PROP_ID(PR_ENTRYID)) continue;
        hr = PropCopyMore(&props[total++], &entry->rgPropVals[i], MAPIAllocateMore, props);
    }
    if (SUCCEEDED(hr) && !has_tag(tags, PR_ENTRYID))
        hr = PropCopyMore(&props[total++], (SPropValue *)key, MAPIAllocateMore, props);
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

/* What ResolveNames gives by default: what saves MAPI a call of PrepareRecips. */
static const SPropTagArray *default_tags(ULONG flags)
{
    static const SizedSPropTagArray(7, wide) =
    {
        7, {PR_ADDRTYPE_W, PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID,
            PR_OBJECT_TYPE, PR_SEARCH_KEY, PR_TRANSMITABLE_DISPLAY_NAME_W}
    };
    static const SizedSPropTagArray(7, narrow) =
    {
        7, {PR_ADDRTYPE_A, PR_DISPLAY_NAME_A, PR_EMAIL_ADDRESS_A, PR_ENTRYID,
            PR_OBJECT_TYPE, PR_SEARCH_KEY, PR_TRANSMITABLE_DISPLAY_NAME_A}
    };

    return flags & MAPI_UNICODE ? (const SPropTagArray *)&wide : (const SPropTagArray *)&narrow;
}

static HRESULT restricted_rows(IMAPITable *table, SRestriction *restriction, SRowSet **ret)
{
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = IMAPITable_Restrict(table, restriction, 0))) return hr;
    return IMAPITable_QueryRows(table, 2, 0, ret);
}

/* Two of those whom the name may mean; a whole name that only one has is meant exactly. */
static HRESULT find_matches(IMAPITable *table, WCHAR *name, SRowSet **ret)
{
    SRestriction restriction;
    SPropValue value;
    HRESULT hr;

    memset(&restriction, 0, sizeof(restriction));
    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_DISPLAY_NAME_W;
    value.Value.lpszW = name;
    restriction.rt = RES_CONTENT;
    restriction.res.resContent.ulFuzzyLevel = FL_FULLSTRING | FL_IGNORECASE;
    restriction.res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
    restriction.res.resContent.lpProp = &value;
    hr = restricted_rows(table, &restriction, ret);
    if (FAILED(hr) || (*ret)->cRows) return hr;
    FreeProws(*ret);
    value.ulPropTag = PR_ANR_W;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_ANR_W;
    restriction.res.resProperty.lpProp = &value;
    return restricted_rows(table, &restriction, ret);
}

/* The columns a recipient is made of. */
static HRESULT set_columns(IMAPITable *table, const SPropTagArray *tags)
{
    SPropTagArray *columns;
    HRESULT hr;

    if (tags->cValues > 0x10000) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(MAPIAllocateBuffer(CbNewSPropTagArray(tags->cValues + 1), (void **)&columns)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(columns->aulPropTag, tags->aulPropTag, tags->cValues * sizeof(ULONG));
    columns->cValues = tags->cValues;
    if (!has_tag(tags, PR_ENTRYID)) columns->aulPropTag[columns->cValues++] = PR_ENTRYID;
    hr = IMAPITable_SetColumns(table, columns, TBL_BATCH);
    MAPIFreeBuffer(columns);
    return hr;
}

HRESULT recips_resolve(IMAPITable *table, const SPropTagArray *tags, ULONG flags, BOOL short_term,
                       ADRLIST *names, FlagList *marks)
{
    const SPropValue *name, *id;
    ADRENTRY *entry;
    SRowSet *rows;
    WCHAR *text;
    HRESULT hr;
    ULONG i;

    if (!tags || !tags->cValues) tags = default_tags(flags);
    hr = set_columns(table, tags);
    for (i = 0; i < names->cEntries && i < marks->cFlags && SUCCEEDED(hr); i++)
    {
        entry = &names->aEntries[i];
        if (marks->ulFlag[i] != MAPI_UNRESOLVED || !entry->cValues) continue;
        name = recips_find(entry->rgPropVals, entry->cValues, PR_DISPLAY_NAME);
        if (!name || !(text = anr_text(name))) continue;
        if (*text)
        {
            hr = find_matches(table, text, &rows);
            if (hr == MAPI_E_TOO_COMPLEX) hr = S_OK;    /* nobody has such a name */
            else if (SUCCEEDED(hr))
            {
                if (rows->cRows > 1) marks->ulFlag[i] = MAPI_AMBIGUOUS;
                else if (rows->cRows == 1
                         && (id = recips_find(rows->aRow[0].lpProps, rows->aRow[0].cValues,
                                              PR_ENTRYID)))
                {
                    if (short_term) id->Value.bin.lpb[0] = MAPI_SHORTTERM;
                    hr = recips_replace(entry, tags, &rows->aRow[0], TRUE);
                    if (SUCCEEDED(hr)) marks->ulFlag[i] = MAPI_RESOLVED;
                }
                FreeProws(rows);
            }
        }
        MAPIFreeBuffer(text);
    }
    return hr;
}
