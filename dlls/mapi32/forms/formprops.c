/*
 * The properties and verbs of forms, as arrays
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
 * SMAPIFormPropArray and SMAPIVerbArray from what configuration files say. Names of properties are
 * wide always, the other strings as the flags ask for. Properties of several forms are the same
 * when their names are. Reference pages: imapiforminfo-calcformpropset,
 * imapiformmgr-calcformpropset, imapiforminfo-calcverbset
 */

#include "forms/forms.h"

static HRESULT set_string(void *base, const WCHAR *text, ULONG flags, LPTSTR *ret)
{
    return text_to_tstr(&memory_allocators, base, text, flags, (void **)ret);
}

static HRESULT set_name(void *base, const struct form_name *name, MAPINAMEID *ret)
{
    void *text;
    HRESULT hr;
    GUID *set;

    if (memory_allocators.more(sizeof(*set), base, (void **)&set)) return MAPI_E_NOT_ENOUGH_MEMORY;
    *set = name->set;
    ret->lpguid = set;
    ret->ulKind = name->is_text ? MNID_STRING : MNID_ID;
    ret->Kind.lID = name->id;
    if (!name->is_text) return S_OK;
    hr = text_to_tstr(&memory_allocators, base, name->text, MAPI_UNICODE, &text);
    if (SUCCEEDED(hr)) ret->Kind.lpwstrName = text;
    return hr;
}

static HRESULT set_prop(void *base, const struct form_prop *prop, ULONG flags, SMAPIFormProp *ret)
{
    SMAPIFormPropEnumVal *values;
    HRESULT hr;
    ULONG i;

    ret->ulFlags = flags;
    ret->nPropType = prop->type;
    ret->nSpecialType = prop->enumerated ? FPST_ENUM_PROP : FPST_VANILLA;
    hr = set_name(base, &prop->name, &ret->nmid);
    if (SUCCEEDED(hr)) hr = set_string(base, prop->display_name, flags, &ret->pszDisplayName);
    if (FAILED(hr) || !prop->enumerated) return hr;
    if (FAILED(hr = set_name(base, &prop->index_name, &ret->u.s1.nmidIdx))) return hr;
    if (memory_allocators.more((prop->value_count + 1) * sizeof(*values), base, (void **)&values))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < prop->value_count && SUCCEEDED(hr); i++)
    {
        values[i].nVal = prop->values[i].index;
        hr = set_string(base, prop->values[i].name, flags, &values[i].pszDisplayName);
    }
    ret->u.s1.cfpevAvailable = prop->value_count;
    ret->u.s1.pfpevAvailable = values;
    return hr;
}

static BOOL has_prop(const struct form_config *config, const struct form_prop *prop)
{
    ULONG i;

    for (i = 0; i < config->prop_count; i++)
        if (config->props[i].type == prop->type
            && form_name_equal(&config->props[i].name, &prop->name))
            return TRUE;
    return FALSE;
}

/* Whether the property of form number at belongs into the result: once, by the first form that has
 * it. */
static BOOL is_wanted(ULONG count, const struct form_config *const *configs, ULONG at,
                      const struct form_prop *prop, BOOL intersection)
{
    ULONG i;

    for (i = 0; i < at; i++) if (has_prop(configs[i], prop)) return FALSE;
    for (i = 0; intersection && i < count; i++)
        if (!has_prop(configs[i], prop)) return FALSE;
    return TRUE;
}

HRESULT form_props_calc(ULONG count, const struct form_config *const *configs, ULONG flags,
                        SMAPIFormPropArray **ret)
{
    const BOOL intersection = (flags & FORMPROPSET_INTERSECTION) != 0;
    SMAPIFormPropArray *array;
    HRESULT hr = S_OK;
    ULONG i, j, room = 0;

    *ret = NULL;
    for (i = 0; i < count; i++) room += configs[i]->prop_count;
    if (room > 65536) return MAPI_E_TOO_BIG;
    if (memory_allocators.allocate(CbMAPIFormPropArray(room + 1), (void **)&array))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(array, 0, CbMAPIFormPropArray(room + 1));
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        for (j = 0; j < configs[i]->prop_count && SUCCEEDED(hr); j++)
        {
            if (!is_wanted(count, configs, i, configs[i]->props + j, intersection)) continue;
            hr = set_prop(array, configs[i]->props + j, flags & MAPI_UNICODE,
                          array->aFormProp + array->cProps);
            array->cProps++;
        }
    }
    if (FAILED(hr)) memory_allocators.free(array);
    else *ret = array;
    return hr;
}

HRESULT form_verbs_calc(const struct form_config *config, ULONG flags, SMAPIVerbArray **ret)
{
    SMAPIVerbArray *array;
    HRESULT hr = S_OK;
    ULONG i;

    *ret = NULL;
    if (memory_allocators.allocate(CbMAPIVerbArray(config->verb_count + 1), (void **)&array))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    array->cMAPIVerb = config->verb_count;
    for (i = 0; i < config->verb_count && SUCCEEDED(hr); i++)
    {
        SMAPIVerb *verb = array->aMAPIVerb + i;

        verb->lVerb = config->verbs[i].code;
        verb->fuFlags = config->verbs[i].flags;
        verb->grfAttribs = config->verbs[i].attributes;
        verb->ulFlags = flags & MAPI_UNICODE;
        hr = set_string(array, config->verbs[i].name, flags, &verb->szVerbname);
    }
    if (FAILED(hr)) memory_allocators.free(array);
    else *ret = array;
    return hr;
}
