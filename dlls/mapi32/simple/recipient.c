/*
 * Recipients of Simple MAPI
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
 * MapiRecipDesc to and from the properties of a recipient. A caller names a recipient by an entry
 * ID, by an address, or by a name alone. The first is opened, for a message needs name and address;
 * one that nobody knows any more is taken by its address. The second becomes a one-off. The third
 * is a name as a user types it: an Internet address and "Name <address>" are taken for what they
 * are, all else is looked up in the address book.
 */

#define COBJMACROS
#include "simple/simple.h"
#include "session/oneoff.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define PROPS_MAX 8

static HRESULT set_text(SPropValue *chain, SPropValue *prop, ULONG tag, const WCHAR *text)
{
    void *copy;
    HRESULT hr;

    if (FAILED(hr = text_to_tstr(memory_exported, chain, text, MAPI_UNICODE, &copy))) return hr;
    prop->ulPropTag = tag;
    prop->Value.lpszW = copy;
    return S_OK;
}

/* The type (platform_alloc) and the rest of "SMTP:joe@example.org". */
static HRESULT split_address(const WCHAR *address, WCHAR **type, const WCHAR **rest)
{
    const WCHAR *p;

    for (p = address; *p && *p != ':' && *p != '@'; p++) {}
    if (*p != ':' || p == address)
    {
        *rest = address;
        return (*type = text_dup(L"SMTP")) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (!(*type = platform_alloc((p - address + 1) * sizeof(WCHAR))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*type, address, (p - address) * sizeof(WCHAR));
    (*type)[p - address] = 0;
    *rest = p + 1;
    return S_OK;
}

/* props is a block of its own with room for PROPS_MAX, of which *count are set. */
static HRESULT set_one_off(SPropValue *props, ULONG *count, const WCHAR *name, const WCHAR *type,
                           const WCHAR *address)
{
    ENTRYID *id = NULL;
    ULONG size, n = *count;
    void *copy = NULL;
    HRESULT hr;

    hr = set_text(props, props + n++, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr)) hr = set_text(props, props + n++, PR_ADDRTYPE_W, type);
    if (SUCCEEDED(hr)) hr = set_text(props, props + n++, PR_EMAIL_ADDRESS_W, address);
    if (SUCCEEDED(hr)) hr = oneoff_create(name, type, address, MAPI_UNICODE, &size, &id);
    if (SUCCEEDED(hr)) hr = memory_exported->more(size, props, &copy);
    if (SUCCEEDED(hr))
    {
        memcpy(copy, id, size);
        props[n].ulPropTag = PR_ENTRYID;
        props[n].Value.bin.cb = size;
        props[n++].Value.bin.lpb = copy;
        *count = n;
    }
    memory_free_buffer(id);
    return hr;
}

/* An address as Simple MAPI writes it; its type may be left out, a name and brackets be around
 * it. */
static HRESULT set_address(SPropValue *props, ULONG *count, const WCHAR *name, const WCHAR *address)
{
    struct one_off_name typed;
    const WCHAR *rest;
    WCHAR *type;
    HRESULT hr;

    if (FAILED(hr = split_address(address, &type, &rest))) return hr;
    if (!*rest) hr = MAPI_E_INVALID_PARAMETER;
    else if (!text_compare_nocase(type, L"SMTP") && one_off_name_parse(rest, &typed) == S_OK)
    {
        /* Who writes the address for the name means the name that is in it. */
        if (!name || !*name || !text_compare_nocase(name, address)) name = typed.name;
        hr = set_one_off(props, count, name, typed.type, typed.address);
        one_off_name_free(&typed);
    }
    else hr = set_one_off(props, count, name && *name ? name : address, type, rest);
    platform_free(type);
    return hr;
}

/* The properties of an entry that has an entry ID. */
static HRESULT set_entry(struct simple_session *session, SPropValue **props, ULONG *count,
                         const MapiRecipDescW *from)
{
    static const SizedSPropTagArray(7, tags) =
        { 7, { PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID,
               PR_OBJECT_TYPE, PR_DISPLAY_TYPE } };
    IUnknown *object = NULL;
    SPropValue *got = NULL;
    ULONG type, i, used = 0;
    HRESULT hr;

    if (FAILED(entryid_check(from->ulEIDSize, from->lpEntryID))) return MAPI_E_INVALID_ENTRYID;
    hr = IMAPISession_OpenEntry(session->session, from->ulEIDSize, from->lpEntryID, NULL, 0, &type,
                                &object);
    if (FAILED(hr)) return hr;
    if (type != MAPI_MAILUSER && type != MAPI_DISTLIST) hr = MAPI_E_INVALID_ENTRYID;
    else
        hr = IMAPIProp_GetProps((IMAPIProp *)object, (SPropTagArray *)&tags, MAPI_UNICODE, &i,
                                &got);
    IUnknown_Release(object);
    if (FAILED(hr)) return hr;

    got[0].ulPropTag = PR_RECIPIENT_TYPE;
    got[0].Value.l = from->ulRecipClass;
    if (got[1].ulPropTag != PR_DISPLAY_NAME_W
        && FAILED(set_text(got, got + 1, PR_DISPLAY_NAME_W, from->lpszName ? from->lpszName : L"")))
        got[1].ulPropTag = CHANGE_PROP_TYPE(PR_DISPLAY_NAME, PT_ERROR);
    if (got[4].ulPropTag != PR_ENTRYID)
    {
        got[4].ulPropTag = PR_ENTRYID;
        got[4].Value.bin.cb = from->ulEIDSize;
        hr = memory_exported->more(from->ulEIDSize, got, (void **)&got[4].Value.bin.lpb);
        if (FAILED(hr))
        {
            memory_exported->free(got);
            return hr;
        }
        memcpy(got[4].Value.bin.lpb, from->lpEntryID, from->ulEIDSize);
    }
    for (i = 0; i < tags.cValues; i++)
        if (PROP_TYPE(got[i].ulPropTag) != PT_ERROR) got[used++] = got[i];
    memory_exported->free(*props);
    *props = got;
    *count = used;
    return S_OK;
}

static HRESULT set_recipient(struct simple_session *session, const MapiRecipDescW *from,
                             ADRENTRY *entry)
{
    const WCHAR *name = from->lpszName, *address = from->lpszAddress;
    struct one_off_name typed;
    SPropValue *props;
    HRESULT hr;
    ULONG n = 0;

    hr = memory_exported->allocate(PROPS_MAX * sizeof(*props), (void **)&props);
    if (FAILED(hr)) return hr;
    memset(props, 0, PROPS_MAX * sizeof(*props));
    entry->rgPropVals = props;
    props[n].ulPropTag = PR_RECIPIENT_TYPE;
    props[n++].Value.l = from->ulRecipClass;
    if (address && !*address) address = NULL;
    if (name && !*name) name = NULL;

    if (from->ulEIDSize && from->lpEntryID)
    {
        hr = set_entry(session, &entry->rgPropVals, &n, from);
        if (SUCCEEDED(hr) || !address || hr == MAPI_E_NOT_ENOUGH_MEMORY)
        {
            entry->cValues = SUCCEEDED(hr) ? n : 0;
            return hr;
        }
        WARN("entry ID of %s: %#lx\n", debugstr_w(address), hr);
    }
    if (address) hr = set_address(props, &n, name, address);
    else if (!name) hr = MAPI_E_INVALID_PARAMETER;
    else if ((hr = one_off_name_parse(name, &typed)) == S_OK)
    {
        hr = set_one_off(props, &n, typed.name, typed.type, typed.address);
        one_off_name_free(&typed);
    }
    else if (hr == MAPI_E_NOT_FOUND) hr = set_text(props, props + n++, PR_DISPLAY_NAME_W, name);
    entry->cValues = n;
    return hr;
}

ULONG simple_recipients(struct simple_session *session, ULONG count,
                             const MapiRecipDescW *recipients, ADRLIST **ret)
{
    ADRLIST *list;
    HRESULT hr;
    ULONG i;

    *ret = NULL;
    for (i = 0; i < count; i++)
        if (recipients[i].ulRecipClass > MAPI_BCC || recipients[i].ulRecipClass < MAPI_TO)
            return MAPI_E_BAD_RECIPTYPE;
    hr = memory_exported->allocate(CbNewADRLIST(count), (void **)&list);
    if (FAILED(hr)) return MAPI_E_INSUFFICIENT_MEMORY;
    memset(list, 0, CbNewADRLIST(count));
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        list->cEntries = i + 1;
        hr = set_recipient(session, recipients + i, list->aEntries + i);
    }
    if (FAILED(hr))
    {
        WARN("recipient %lu: %#lx\n", i - 1, hr);
        FreePadrlist(list);
        return hr == MAPI_E_NOT_ENOUGH_MEMORY ? MAPI_E_INSUFFICIENT_MEMORY : MAPI_E_INVALID_RECIPS;
    }
    *ret = list;
    return SUCCESS_SUCCESS;
}

BOOL recipients_unresolved(const ADRLIST *list)
{
    ULONG i;

    for (i = 0; i < list->cEntries; i++)
        if (!props_find(list->aEntries[i].rgPropVals, list->aEntries[i].cValues, PR_ENTRYID))
            return TRUE;
    return FALSE;
}

ULONG simple_recipients_resolve(struct simple_session *session, ULONG_PTR ui, BOOL dialogs,
                                ADRLIST *list)
{
    IAddrBook *book;
    HRESULT hr;

    if (!recipients_unresolved(list)) return SUCCESS_SUCCESS;
    if (FAILED(hr = simple_open_book(session, ui, dialogs, &book))) return simple_error(hr);
    hr = IAddrBook_ResolveName(book, ui, MAPI_UNICODE | (dialogs ? MAPI_DIALOG : 0), NULL, list);
    IAddrBook_Release(book);
    if (hr == MAPI_E_NOT_FOUND) return MAPI_E_UNKNOWN_RECIPIENT;
    if (FAILED(hr)) return simple_error(hr);
    return recipients_unresolved(list) ? MAPI_E_UNKNOWN_RECIPIENT : SUCCESS_SUCCESS;
}

HRESULT recipients_to_ansi(ADRLIST *list)
{
    HRESULT hr = S_OK;
    SPropValue *prop;
    ULONG i, j, type;

    for (i = 0; i < list->cEntries && SUCCEEDED(hr); i++)
    {
        for (j = 0; j < list->aEntries[i].cValues && SUCCEEDED(hr); j++)
        {
            prop = list->aEntries[i].rgPropVals + j;
            type = PROP_TYPE(prop->ulPropTag);
            if (type != PT_UNICODE && type != PT_MV_UNICODE) continue;
            type = type == PT_UNICODE ? PT_STRING8 : PT_MV_STRING8;
            hr = prop_convert_width(prop, prop, type, memory_exported->more,
                                    list->aEntries[i].rgPropVals);
        }
    }
    return hr;
}

/* ---- to the caller ---- */

/* In either width, as platform_alloc; NULL when there is none. */
static WCHAR *get_text(ULONG count, const SPropValue *props, ULONG tag)
{
    const SPropValue *found;

    if ((found = props_find(props, count, CHANGE_PROP_TYPE(tag, PT_UNICODE))))
        return text_dup(found->Value.lpszW);
    if ((found = props_find(props, count, CHANGE_PROP_TYPE(tag, PT_STRING8))))
        return text_from_ansi(found->Value.lpszA);
    return NULL;
}

static HRESULT put_ansi(void *chain, const WCHAR *text, char **ret)
{
    void *copy = NULL;
    HRESULT hr = text_to_tstr(memory_exported, chain, text, 0, &copy);

    *ret = SUCCEEDED(hr) ? copy : NULL;
    return hr;
}

static HRESULT put_address(void *chain, const WCHAR *type, const WCHAR *address, char **ret)
{
    size_t length = text_length(type) + text_length(address) + 2;
    WCHAR *text;
    HRESULT hr;

    if (!(text = platform_alloc(length * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    lstrcpyW(text, type);
    lstrcatW(text, L":");
    lstrcatW(text, address);
    hr = put_ansi(chain, text, ret);
    platform_free(text);
    return hr;
}

HRESULT person_to_simple(void *chain, ULONG count, const SPropValue *props,
                         const struct person_tags *tags, MapiRecipDesc *ret)
{
    const SPropValue *id = props_find(props, count, tags->id);
    WCHAR *name = get_text(count, props, tags->name), *type = get_text(count, props, tags->type);
    WCHAR *address = get_text(count, props, tags->address);
    HRESULT hr = S_OK;

    if (!name) name = address ? text_dup(address) : text_dup(L"");
    if (!name) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) hr = put_ansi(chain, name, &ret->lpszName);
    if (SUCCEEDED(hr) && address && *address)
        hr = put_address(chain, type && *type ? type : L"SMTP", address, &ret->lpszAddress);
    if (SUCCEEDED(hr) && id && id->Value.bin.cb)
    {
        hr = memory_exported->more(id->Value.bin.cb, chain, &ret->lpEntryID);
        if (SUCCEEDED(hr))
        {
            memcpy(ret->lpEntryID, id->Value.bin.lpb, id->Value.bin.cb);
            ret->ulEIDSize = id->Value.bin.cb;
        }
    }
    platform_free(name);
    platform_free(type);
    platform_free(address);
    return hr;
}

HRESULT recipient_to_simple(void *chain, ULONG count, const SPropValue *props, MapiRecipDesc *ret)
{
    static const struct person_tags tags =
        { PR_DISPLAY_NAME, PR_ADDRTYPE, PR_EMAIL_ADDRESS, PR_ENTRYID };
    const SPropValue *type = props_find(props, count, PR_RECIPIENT_TYPE);

    /* Flags of a message that is sent again stand beside the class. */
    ret->ulRecipClass = type ? type->Value.l & 3 : MAPI_TO;
    return person_to_simple(chain, count, props, &tags, ret);
}
