/*
 * Recipients in an address list
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
 * An entry is changed by building its properties anew, in one block, and swapping that in when it
 * is whole; so a failure leaves the entry as it was.
 */

#include <string.h>

#include "session/adrlist.h"

const SPropValue *adr_find(ULONG count, const SPropValue *props, ULONG tag)
{
    ULONG i;

    if (!props) return NULL;
    for (i = 0; i < count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag)
            && PROP_TYPE(props[i].ulPropTag) != PT_ERROR)
            return &props[i];
    return NULL;
}

WCHAR *adr_text(ULONG count, const SPropValue *props, ULONG tag)
{
    const SPropValue *prop = adr_find(count, props, tag);

    if (!prop) return NULL;
    if (PROP_TYPE(prop->ulPropTag) == PT_UNICODE) return text_dup(prop->Value.lpszW);
    if (PROP_TYPE(prop->ulPropTag) == PT_STRING8) return text_from_ansi(prop->Value.lpszA);
    return NULL;
}

const SBinary *adr_entryid(const ADRENTRY *entry)
{
    const SPropValue *id = props_find(entry->rgPropVals, entry->cValues, PR_ENTRYID);

    return id && id->Value.bin.cb && id->Value.bin.lpb ? &id->Value.bin : NULL;
}

HRESULT adrlist_alloc(ULONG count, ADRLIST **ret)
{
    return rows_alloc(&memory_allocators, count, (SRowSet **)ret);
}

HRESULT adrlist_check(const ADRLIST *list)
{
    const ADRENTRY *entry;
    ULONG i, j;

    if (!list) return MAPI_E_INVALID_PARAMETER;
    for (i = 0; i < list->cEntries; i++)
    {
        entry = &list->aEntries[i];
        if (entry->cValues && !entry->rgPropVals) return MAPI_E_INVALID_PARAMETER;
        for (j = 0; j < entry->cValues; j++)
            if (FAILED(prop_value_check(&entry->rgPropVals[j]))) return MAPI_E_INVALID_PARAMETER;
    }
    return S_OK;
}

/* Room for the properties of an entry, as a block of its own. */
static HRESULT props_alloc(ULONG a, ULONG b, ULONG c, SPropValue **ret)
{
    size_t count = (size_t)a + b + c;

    if (count > MAXLONG / sizeof(**ret)) return MAPI_E_NOT_ENOUGH_MEMORY;
    return memory_allocate_buffer(max(count, 1) * sizeof(**ret), (void **)ret);
}

static HRESULT copy_in_width(SPropValue *dst, const SPropValue *src, ULONG type, void *block)
{
    if (PROP_ID(src->ulPropTag) == PROP_ID(PR_7BIT_DISPLAY_NAME)) type = PT_STRING8;
    return prop_convert_width(dst, src, type, memory_allocators.more, block);
}

static BOOL is_value(const SPropValue *prop)
{
    return PROP_TYPE(prop->ulPropTag) != PT_ERROR && PROP_ID(prop->ulPropTag) != PROP_ID_NULL;
}

static void adr_swap(ADRENTRY *entry, ULONG count, SPropValue *props)
{
    memory_free_buffer(entry->rgPropVals);
    entry->rgPropVals = props;
    entry->cValues = count;
}

HRESULT adr_merge(ADRENTRY *entry, ULONG count, const SPropValue *props, ULONG string_type)
{
    const SPropValue *from;
    SPropValue *all;
    ULONG i, total = 0;
    HRESULT hr;

    if (FAILED(hr = props_alloc(entry->cValues, count, 0, &all))) return hr;
    for (i = 0; i < entry->cValues && SUCCEEDED(hr); i++)
    {
        if ((from = adr_find(count, props, entry->rgPropVals[i].ulPropTag)))
        {
            /* the entry may have it in both widths */
            if (!props_find_id(all, total, from->ulPropTag))
                hr = copy_in_width(&all[total++], from, string_type, all);
        }
        else hr = prop_copy(&all[total++], &entry->rgPropVals[i], memory_allocators.more, all);
    }
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!is_value(&props[i]) || props_find_id(all, total, props[i].ulPropTag)) continue;
        hr = copy_in_width(&all[total++], &props[i], string_type, all);
    }
    if (FAILED(hr))
    {
        memory_free_buffer(all);
        return hr;
    }
    adr_swap(entry, total, all);
    return S_OK;
}

/* As the tag asks for; a value of another type is none. */
static HRESULT copy_as_tag(SPropValue *dst, ULONG tag, const SPropValue *value, SCODE code,
                           void *block)
{
    if (value && PROP_TYPE(tag) != PT_UNSPECIFIED
        && !prop_types_bridge(PROP_TYPE(value->ulPropTag), PROP_TYPE(tag)))
        value = NULL;
    if (value) return prop_convert_width(dst, value, PROP_TYPE(tag), memory_allocators.more, block);
    memset(dst, 0, sizeof(*dst));
    dst->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    dst->Value.err = code;
    return S_OK;
}

HRESULT adr_arrange(ADRENTRY *entry, const SPropTagArray *tags, ULONG count,
                    const SPropValue *props, SCODE code)
{
    const ULONG tag_count = tags ? tags->cValues : 0;
    const SPropValue *own, *other;
    SPropValue *all;
    ULONG i, tag, total = 0;
    HRESULT hr;

    if (FAILED(hr = props_alloc(tag_count, entry->cValues, count, &all))) return hr;
    for (i = 0; i < tag_count && SUCCEEDED(hr); i++)
    {
        tag = tags->aulPropTag[i];
        own = adr_find(entry->cValues, entry->rgPropVals, tag);
        other = adr_find(count, props, tag);
        if (other && (!own || PROP_ID(tag) == PROP_ID(PR_ENTRYID))) own = other;
        hr = copy_as_tag(&all[total++], tag, own, code, all);
    }
    for (i = 0; i < entry->cValues && SUCCEEDED(hr); i++)
    {
        own = &entry->rgPropVals[i];
        if (props_find_id(all, tag_count, own->ulPropTag)) continue;
        if (own->ulPropTag == PR_ENTRYID && (other = adr_find(count, props, PR_ENTRYID)))
            own = other;
        hr = prop_copy(&all[total++], own, memory_allocators.more, all);
    }
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!is_value(&props[i]) || props_find_id(all, total, props[i].ulPropTag)) continue;
        hr = prop_copy(&all[total++], &props[i], memory_allocators.more, all);
    }
    if (FAILED(hr))
    {
        memory_free_buffer(all);
        return hr;
    }
    adr_swap(entry, total, all);
    return S_OK;
}

BOOL adr_is_arranged(const ADRENTRY *entry, const SPropTagArray *tags)
{
    ULONG i, tag, wanted;

    if (tags && entry->cValues < tags->cValues) return FALSE;
    for (i = 0; tags && i < tags->cValues; i++)
    {
        tag = entry->rgPropVals[i].ulPropTag;
        wanted = tags->aulPropTag[i];
        if (PROP_ID(tag) != PROP_ID(wanted) || PROP_TYPE(tag) == PT_ERROR) return FALSE;
        if (PROP_TYPE(wanted) != PT_UNSPECIFIED && tag != wanted) return FALSE;
    }
    return TRUE;
}
