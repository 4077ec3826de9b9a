/*
 * The address book by Simple MAPI
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
 * MAPIAddress, MAPIDetails and MAPIResolveName over IAddrBook. The recipients that MAPIAddress
 * gives back are one array with everything behind it in one chain, in the order To, Cc, Bcc; those
 * that the user left unresolved come back as names.
 */

#define COBJMACROS
#include "simple/simple.h"

#define CLASSES 3                       /* MAPI_TO to MAPI_BCC */

static ULONG recipients_error(ULONG ret)
{
    return ret == MAPI_E_BAD_RECIPTYPE || ret == MAPI_E_UNKNOWN_RECIPIENT ? MAPI_E_INVALID_RECIPS
                                                                          : ret;
}

/* The caller's array, whose strings have been checked, as a list for the address book. */
static ULONG list_from_ansi(struct simple_session *session, ULONG count,
                            const MapiRecipDesc *recipients, ADRLIST **ret)
{
    MapiMessage message = { 0 };
    MapiMessageW *wide;
    ULONG code;

    message.nRecipCount = count;
    message.lpRecips = (MapiRecipDesc *)recipients;
    if ((code = message_to_wide(&message, &wide))) return code;
    code = simple_recipients(session, count, wide->lpRecips, ret);
    platform_free(wide);
    return recipients_error(code);
}

static ULONG class_of(const ADRENTRY *entry)
{
    const SPropValue *type = props_find(entry->rgPropVals, entry->cValues, PR_RECIPIENT_TYPE);
    ULONG class = type ? type->Value.l & 3 : MAPI_TO;

    return class == MAPI_ORIG ? MAPI_TO : class;
}

static HRESULT list_to_array(const ADRLIST *list, ULONG *count, MapiRecipDesc **ret)
{
    ULONG i, class, n = 0;
    MapiRecipDesc *array;
    HRESULT hr;

    /* Never NULL, for the caller frees it. */
    hr = memory_exported->allocate(max(list->cEntries, 1) * sizeof(*array), (void **)&array);
    if (FAILED(hr)) return hr;
    memset(array, 0, max(list->cEntries, 1) * sizeof(*array));
    for (class = MAPI_TO; class <= MAPI_BCC && SUCCEEDED(hr); class++)
    {
        for (i = 0; i < list->cEntries && SUCCEEDED(hr); i++)
        {
            if (class_of(list->aEntries + i) != class || !list->aEntries[i].cValues) continue;
            hr = recipient_to_simple(array, list->aEntries[i].cValues, list->aEntries[i].rgPropVals,
                                     array + n);
            array[n++].ulRecipClass = class;
        }
    }
    if (FAILED(hr))
    {
        memory_exported->free(array);
        return hr;
    }
    *count = n;
    *ret = array;
    return S_OK;
}

/* Which classes there are to be fields for, in order; how many. */
static ULONG choose_fields(ULONG fields, const ADRLIST *list, ULONG classes[CLASSES], BOOL *label)
{
    BOOL used[MAPI_BCC + 1] = { FALSE };
    ULONG i, n = 0, kinds = 0;

    for (i = 0; i < list->cEntries; i++) used[class_of(list->aEntries + i)] = TRUE;
    for (i = MAPI_TO; i <= MAPI_BCC; i++) kinds += used[i];
    *label = fields == 1 && kinds <= 1;
    if (kinds > fields)
    {
        for (i = MAPI_TO; i <= MAPI_BCC; i++) if (used[i]) classes[n++] = i;
        return n;
    }
    if (fields > CLASSES) fields = CLASSES;
    /* One field shows those that there are; else the first ones. */
    if (fields == 1 && kinds == 1)
    {
        for (i = MAPI_TO; i <= MAPI_BCC; i++) if (used[i]) classes[n++] = i;
        return n;
    }
    for (i = 0; i < fields; i++) classes[n++] = MAPI_TO + i;
    return n;
}

ULONG simple_address(struct simple_session *session, ULONG_PTR ui, const char *caption,
                     ULONG fields, const char *label, ULONG count, const MapiRecipDesc *recipients,
                     ULONG *ret_count, MapiRecipDesc **ret)
{
    WCHAR *titles[CLASSES] = { NULL }, *wide_caption = NULL, *wide_label = NULL;
    ULONG classes[CLASSES], code;
    ADRPARM parm = { 0 };
    ADRLIST *list;
    IAddrBook *book;
    HRESULT hr;
    BOOL labelled;

    if ((code = list_from_ansi(session, count, recipients, &list))) return code;
    if (FAILED(hr = simple_open_book(session, ui, TRUE, &book)))
    {
        FreePadrlist(list);
        return simple_error(hr);
    }
    parm.ulFlags = DIALOG_MODAL | AB_RESOLVE | AB_UNICODEUI;
    parm.cDestFields = choose_fields(fields, list, classes, &labelled);
    parm.lpulDestComps = classes;
    parm.lppszDestTitles = (LPTSTR *)titles;    /* NULL: the usual one of its class */
    if (labelled && parm.cDestFields && label && *label)
    {
        if ((wide_label = text_from_ansi(label))) titles[0] = wide_label;
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (caption && *caption)
    {
        if ((wide_caption = text_from_ansi(caption))) parm.lpszCaption = (LPTSTR)wide_caption;
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr)) hr = IAddrBook_Address(book, &ui, &parm, &list);
    if (SUCCEEDED(hr)) hr = list_to_array(list, ret_count, ret);
    IAddrBook_Release(book);
    FreePadrlist(list);
    platform_free(wide_caption);
    platform_free(wide_label);
    return recipients_error(simple_error(hr));
}

/* MAPI_AB_NOMODIFY is a wish that IAddrBook::Details has no word for. */
ULONG simple_details(struct simple_session *session, ULONG_PTR ui, const MapiRecipDesc *recipient)
{
    IAddrBook *book;
    HRESULT hr;

    if (!recipient->ulEIDSize) return MAPI_E_AMBIGUOUS_RECIPIENT;
    if (FAILED(entryid_check(recipient->ulEIDSize, recipient->lpEntryID)))
        return MAPI_E_INVALID_RECIPS;
    if (FAILED(hr = simple_open_book(session, ui, TRUE, &book))) return simple_error(hr);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, recipient->ulEIDSize, recipient->lpEntryID, NULL,
                           NULL, NULL, DIALOG_MODAL);
    IAddrBook_Release(book);
    switch (hr)
    {
    case MAPI_E_NOT_FOUND:
    case MAPI_E_INVALID_ENTRYID:
    case MAPI_E_UNKNOWN_ENTRYID:
        return MAPI_E_INVALID_RECIPS;
    }
    return simple_error(hr);
}

ULONG simple_resolve(struct simple_session *session, ULONG_PTR ui, const char *name, FLAGS flags,
                     MapiRecipDesc **ret)
{
    MapiRecipDesc recipient = { 0 }, *array;
    ADRLIST *list;
    ULONG code, count;
    HRESULT hr;

    recipient.ulRecipClass = MAPI_TO;
    recipient.lpszName = (char *)name;
    if ((code = list_from_ansi(session, 1, &recipient, &list))) return MAPI_E_UNKNOWN_RECIPIENT;
    if (!(code = simple_recipients_resolve(session, ui, (flags & MAPI_DIALOG) != 0, list)))
    {
        if (SUCCEEDED(hr = list_to_array(list, &count, &array))) *ret = array;
        code = simple_error(hr);
    }
    FreePadrlist(list);
    return code;
}
