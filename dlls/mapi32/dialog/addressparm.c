/*
 * What the address dialog is asked to be
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
 * An ADRPARM, checked and copied: its text to UTF-16, its restrictions and entry ID into our
 * memory, for a modeless dialog outlives the call.
 */

#include "dialog/address.h"

#define ADDRESS_FLAGS (DIALOG_MODAL | DIALOG_SDI | DIALOG_OPTIONS | ADDRESS_ONE | AB_SELECTONLY \
                       | AB_RESOLVE | AB_UNICODEUI)
#define DEFAULT_WELLS 3
#define DEFAULT_COUNT 0xffffffff        /* cDestFields: as many as usual */

static HRESULT check(const ADRPARM *parm)
{
    HRESULT hr;

    if (GET_ADRPARM_VERSION(parm->ulFlags) != ADRPARM_HELP_CTX) return MAPI_E_VERSION;
    if (parm->ulFlags & ~ADDRESS_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if ((parm->ulFlags & DIALOG_MODAL) && (parm->ulFlags & DIALOG_SDI))
        return MAPI_E_INVALID_PARAMETER;
    if (parm->cbABContEntryID && !parm->lpABContEntryID) return MAPI_E_INVALID_PARAMETER;
    if (parm->cDestFields == DEFAULT_COUNT)
    {
        if (parm->lppszDestTitles || parm->lpulDestComps) return MAPI_E_INVALID_PARAMETER;
    }
    else if (parm->cDestFields > WELLS_MAX) return MAPI_E_INVALID_PARAMETER;
    if (parm->lpContRestriction && FAILED(hr = restriction_check(parm->lpContRestriction)))
        return hr;
    if (parm->lpHierRestriction && FAILED(hr = restriction_check(parm->lpHierRestriction)))
        return hr;
    return S_OK;
}

static WCHAR *default_title(ULONG type)
{
    WCHAR text[40];
    UINT id = IDS_ADDRESS_TO;

    if (type == MAPI_CC) id = IDS_ADDRESS_CC;
    if (type == MAPI_BCC) id = IDS_ADDRESS_BCC;
    dialog_string(id, text, ARRAY_SIZE(text));
    return text_dup(text);
}

static HRESULT take_wells(const ADRPARM *from, struct address_parm *ret, ULONG width)
{
    HRESULT hr;
    ULONG i;

    ret->well_count = from->cDestFields == DEFAULT_COUNT ? DEFAULT_WELLS : from->cDestFields;
    if (ret->modeless) ret->well_count = 0;
    if (ret->well_count && from->nDestFieldFocus >= ret->well_count)
        return MAPI_E_INVALID_PARAMETER;
    ret->well_focus = ret->well_count ? from->nDestFieldFocus : 0;
    for (i = 0; i < ret->well_count; i++)
    {
        if (from->lpulDestComps) ret->well_types[i] = from->lpulDestComps[i];
        else ret->well_types[i] = i < DEFAULT_WELLS ? MAPI_TO + i : MAPI_TO;
        if (from->lppszDestTitles && from->lppszDestTitles[i])
            hr = text_from_tstr(from->lppszDestTitles[i], width, &ret->well_titles[i]);
        else hr = (ret->well_titles[i] = default_title(ret->well_types[i]))
                  ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
        if (FAILED(hr)) return hr;
    }
    return S_OK;
}

HRESULT address_parm_take(const ADRPARM *from, struct address_parm *ret)
{
    const ULONG width = from->ulFlags & AB_UNICODEUI ? MAPI_UNICODE : 0;
    HRESULT hr;

    memset(ret, 0, sizeof(*ret));
    if (FAILED(hr = check(from))) return hr;
    ret->flags = from->ulFlags;
    ret->modeless = (from->ulFlags & DIALOG_SDI) != 0;
    ret->help_context = from->ulHelpContext;
    hr = take_wells(from, ret, width);
    if (ret->well_count || ret->modeless) ret->flags &= ~ADDRESS_ONE;
    if (SUCCEEDED(hr)) hr = text_from_tstr(from->lpszCaption, width, &ret->caption);
    if (SUCCEEDED(hr)) hr = text_from_tstr(from->lpszNewEntryTitle, width, &ret->new_entry);
    if (SUCCEEDED(hr)) hr = text_from_tstr(from->lpszDestWellsTitle, width, &ret->wells_title);
    if (SUCCEEDED(hr)) hr = text_from_tstr(from->lpszHelpFileName, width, &ret->help_file);
    if (SUCCEEDED(hr) && from->lpContRestriction)
        hr = restriction_copy(&memory_allocators, from->lpContRestriction, &ret->contents);
    if (SUCCEEDED(hr) && from->lpHierRestriction)
        hr = restriction_copy(&memory_allocators, from->lpHierRestriction, &ret->hierarchy);
    if (SUCCEEDED(hr) && from->cbABContEntryID)
    {
        if ((ret->container = platform_alloc(from->cbABContEntryID)))
        {
            ret->container_size = from->cbABContEntryID;
            memcpy(ret->container, from->lpABContEntryID, ret->container_size);
        }
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr)) address_parm_free(ret);
    return hr;
}

void address_parm_free(struct address_parm *parm)
{
    ULONG i;

    platform_free(parm->caption);
    platform_free(parm->new_entry);
    platform_free(parm->wells_title);
    platform_free(parm->help_file);
    for (i = 0; i < WELLS_MAX; i++) platform_free(parm->well_titles[i]);
    platform_free(parm->container);
    memory_free_buffer(parm->contents);
    memory_free_buffer(parm->hierarchy);
    memset(parm, 0, sizeof(*parm));
}
