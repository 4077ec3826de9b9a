/*
 * One-off recipients
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
 * One-off recipients: an entry ID that is its own object. Making one, opening it as a mail user,
 * and telling whether two are the same person.
 */

#include <string.h>

#include "dialog/display.h"
#include "session/oneoff.h"
#include "session/readonly.h"

/* A one-off's texts as UTF-16, taken out of a checked entry ID. */
struct one_off_text
{
    WCHAR *name;
    WCHAR *type;
    WCHAR *address;
    USHORT flags;
};

static void one_off_text_free(struct one_off_text *text)
{
    platform_free(text->name);
    platform_free(text->type);
    platform_free(text->address);
}

/* Text inside an entry ID may stand at an odd address. */
static WCHAR *take_text(const void *text, BOOL unicode)
{
    const BYTE *bytes = text;
    size_t length = 0;
    WCHAR *ret;

    if (!unicode) return text_from_ansi(text);
    while (bytes[length] || bytes[length + 1]) length += sizeof(WCHAR);
    if (!(ret = platform_alloc(length + sizeof(WCHAR)))) return NULL;
    memcpy(ret, bytes, length + sizeof(WCHAR));
    return ret;
}

static HRESULT one_off_text(ULONG size, const ENTRYID *id, struct one_off_text *ret)
{
    struct one_off parsed;
    HRESULT hr;

    memset(ret, 0, sizeof(*ret));
    if (FAILED(hr = entryid_parse_one_off(size, id, &parsed))) return hr;
    ret->flags = parsed.flags;
    ret->name = take_text(parsed.name, parsed.unicode);
    ret->type = take_text(parsed.address_type, parsed.unicode);
    ret->address = take_text(parsed.address, parsed.unicode);
    if (ret->name && ret->type && ret->address) return S_OK;
    one_off_text_free(ret);
    return MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT oneoff_create(const void *name, const void *type, const void *address, ULONG flags,
                      ULONG *size, ENTRYID **ret)
{
    WCHAR *text;
    HRESULT hr;

    if (size) *size = 0;
    if (ret) *ret = NULL;
    if (!type || !address || !size || !ret) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO)) return MAPI_E_UNKNOWN_FLAGS;

    /* Nothing but MIME can be expected of an Internet address. */
    if (FAILED(hr = text_from_tstr(type, flags, &text))) return hr;
    if (!text_compare_nocase(text, L"SMTP")) flags |= MAPI_SEND_NO_RICH_INFO;
    platform_free(text);
    return entryid_create_one_off(&memory_allocators, name, type, address, flags, size, ret);
}

HRESULT oneoff_compare(ULONG size1, const ENTRYID *id1, ULONG size2, const ENTRYID *id2,
                       ULONG *result)
{
    struct one_off_text text1, text2;

    *result = FALSE;
    if (FAILED(one_off_text(size1, id1, &text1))) return MAPI_E_UNKNOWN_ENTRYID;
    if (FAILED(one_off_text(size2, id2, &text2)))
    {
        one_off_text_free(&text1);
        return MAPI_E_UNKNOWN_ENTRYID;
    }
    *result = !text_compare_nocase(text1.type, text2.type)
              && !text_compare_nocase(text1.address, text2.address);
    one_off_text_free(&text1);
    one_off_text_free(&text2);
    return S_OK;
}

/* A table to look at, made for whoever asks. */
static HRESULT WINAPI user_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                        ULONG flags, LPUNKNOWN *object)
{
    if (tag != PR_DETAILS_TABLE) return readonly_OpenProperty(iface, tag, iid, options, flags, object);
    if (!object) return MAPI_E_INVALID_PARAMETER;
    *object = NULL;
    if (!iid) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (flags & (MAPI_CREATE | MAPI_MODIFY)) return MAPI_E_NO_ACCESS;
    if (!IsEqualIID(iid, &IID_IMAPITable) && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return display_one_off_table((IMAPITable **)object);
}

static const IMailUserVtbl mail_user_vtbl =
{
    (void *)readonly_QueryInterface,
    (void *)readonly_AddRef,
    (void *)readonly_Release,
    (void *)readonly_GetLastError,
    (void *)readonly_SaveChanges,
    (void *)readonly_GetProps,
    (void *)readonly_GetPropList,
    (void *)user_OpenProperty,
    (void *)readonly_SetProps,
    (void *)readonly_DeleteProps,
    (void *)readonly_CopyTo,
    (void *)readonly_CopyProps,
    (void *)readonly_GetNamesFromIDs,
    (void *)readonly_GetIDsFromNames
};

/* "TYPE:ADDRESS" in capitals, in the ANSI code page, with its terminator. */
static char *search_key(const struct one_off_text *text)
{
    size_t type = lstrlenW(text->type), address = lstrlenW(text->address), i;
    WCHAR *key = platform_alloc((type + address + 2) * sizeof(WCHAR));
    char *ret;

    if (!key) return NULL;
    memcpy(key, text->type, type * sizeof(WCHAR));
    key[type] = ':';
    memcpy(key + type + 1, text->address, (address + 1) * sizeof(WCHAR));
    for (i = 0; key[i]; i++) if (key[i] >= 'a' && key[i] <= 'z') key[i] -= 'a' - 'A';
    ret = text_to_ansi(key);
    platform_free(key);
    return ret;
}

HRESULT oneoff_open(ULONG size, const ENTRYID *id, const IID *iid, ULONG *type, IUnknown **ret)
{
    struct one_off_text text;
    SPropValue props[9];
    IMAPIProp *object;
    char *key;
    HRESULT hr;

    if (iid && !IsEqualIID(iid, &IID_IMailUser) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = one_off_text(size, id, &text)))
        return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : MAPI_E_UNKNOWN_ENTRYID;
    if (!(key = search_key(&text)))
    {
        one_off_text_free(&text);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }

    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_MAILUSER;
    props[1].ulPropTag = PR_DISPLAY_TYPE;
    props[1].Value.l = DT_MAILUSER;
    props[2].ulPropTag = PR_DISPLAY_NAME_W;
    props[2].Value.lpszW = text.name[0] ? text.name : text.address;
    props[3].ulPropTag = PR_ADDRTYPE_W;
    props[3].Value.lpszW = text.type;
    props[4].ulPropTag = PR_EMAIL_ADDRESS_W;
    props[4].Value.lpszW = text.address;
    props[5].ulPropTag = PR_ENTRYID;
    props[5].Value.bin.cb = size;
    props[5].Value.bin.lpb = (BYTE *)id;
    props[6] = props[5];
    props[6].ulPropTag = PR_RECORD_KEY;
    props[7].ulPropTag = PR_SEARCH_KEY;
    props[7].Value.bin.cb = strlen(key) + 1;
    props[7].Value.bin.lpb = (BYTE *)key;
    props[8].ulPropTag = PR_SEND_RICH_INFO;
    props[8].Value.b = !(text.flags & MAPI_ONE_OFF_NO_RICH_INFO);
    hr = readonly_create(&mail_user_vtbl, &IID_IMailUser, &IID_IMailUser, NULL, 9, props, &object);
    one_off_text_free(&text);
    platform_free(key);
    if (FAILED(hr)) return hr;
    *type = MAPI_MAILUSER;
    *ret = (IUnknown *)object;
    return S_OK;
}
