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
 * telling whether two are the same person, and the template that a new one of any address type is
 * made from.
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
    if (tag != PR_DETAILS_TABLE)
        return readonly_OpenProperty(iface, tag, iid, options, flags, object);
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

#define ONE_OFF_PROPS 10

/* The properties of the recipient that a one-off entry ID is. */
HRESULT oneoff_props(ULONG size, const ENTRYID *id, ULONG *count, SPropValue **ret)
{
    SPropValue props[ONE_OFF_PROPS];
    struct one_off_text text;
    char *key;
    HRESULT hr;

    *count = 0;
    *ret = NULL;
    if (FAILED(hr = one_off_text(size, id, &text)))
        return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : MAPI_E_UNKNOWN_ENTRYID;
    if (!(key = search_key(&text)))
    {
        one_off_text_free(&text);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }

    memset(props, 0, sizeof(props));
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
    props[9] = props[2];
    props[9].ulPropTag = PR_TRANSMITABLE_DISPLAY_NAME_W;
    hr = props_copy(&memory_allocators, ONE_OFF_PROPS, props, ret);
    if (SUCCEEDED(hr)) *count = ONE_OFF_PROPS;
    one_off_text_free(&text);
    platform_free(key);
    return hr;
}

HRESULT oneoff_open(ULONG size, const ENTRYID *id, const IID *iid, ULONG *type, IUnknown **ret)
{
    SPropValue *props;
    IMAPIProp *object;
    ULONG count;
    HRESULT hr;

    if (iid && !IsEqualIID(iid, &IID_IMailUser) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(hr = oneoff_props(size, id, &count, &props))) return hr;
    hr = readonly_create(&mail_user_vtbl, &IID_IMailUser, &IID_IMailUser, NULL, count, props,
                         &object);
    memory_free_buffer(props);
    if (FAILED(hr)) return hr;
    *type = MAPI_MAILUSER;
    *ret = (IUnknown *)object;
    return S_OK;
}

HRESULT oneoff_recipient(const WCHAR *name, const WCHAR *type, const WCHAR *address, ULONG flags,
                         ULONG *count, SPropValue **ret)
{
    char *ansi[3] = { NULL, NULL, NULL };
    ENTRYID *id;
    ULONG size;
    HRESULT hr;

    *count = 0;
    *ret = NULL;
    if (flags & MAPI_UNICODE) hr = oneoff_create(name, type, address, MAPI_UNICODE, &size, &id);
    else
    {
        ansi[0] = text_to_ansi(name);
        ansi[1] = text_to_ansi(type);
        ansi[2] = text_to_ansi(address);
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (ansi[0] && ansi[1] && ansi[2])
            hr = oneoff_create(ansi[0], ansi[1], ansi[2], 0, &size, &id);
        platform_free(ansi[0]);
        platform_free(ansi[1]);
        platform_free(ansi[2]);
    }
    if (FAILED(hr)) return hr;
    hr = oneoff_props(size, id, count, ret);
    memory_free_buffer(id);
    return hr;
}

/* ---- the template ---- */

/* Its entry ID is all that names it, so it is nothing but the header. */
static void template_id(BYTE id[4 + sizeof(MAPIUID)])
{
    memset(id, 0, 4);
    memcpy(id + 4, &uid_template, sizeof(uid_template));
}

static ULONG template_props(BYTE id[4 + sizeof(MAPIUID)], SPropValue props[3])
{
    template_id(id);
    memset(props, 0, 3 * sizeof(*props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_MAILUSER;
    props[1].ulPropTag = PR_DISPLAY_TYPE;
    props[1].Value.l = DT_MAILUSER;
    props[2].ulPropTag = PR_TEMPLATEID;
    props[2].Value.bin.cb = 4 + sizeof(MAPIUID);
    props[2].Value.bin.lpb = id;
    return 3;
}

HRESULT oneoff_template_row(SRow **ret)
{
    static const WCHAR name[] = L"Other Address";
    BYTE id[4 + sizeof(MAPIUID)];
    SPropValue props[7];
    SRow *row;
    HRESULT hr;

    *ret = NULL;
    template_id(id);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)name;
    props[1].ulPropTag = PR_ENTRYID;
    props[1].Value.bin.cb = sizeof(id);
    props[1].Value.bin.lpb = id;
    props[2].ulPropTag = PR_DEPTH;
    props[3].ulPropTag = PR_SELECTABLE;
    props[3].Value.b = TRUE;
    props[4].ulPropTag = PR_ADDRTYPE_W;
    props[4].Value.lpszW = (WCHAR *)(name + ARRAY_SIZE(name) - 1);      /* any */
    props[5].ulPropTag = PR_DISPLAY_TYPE;
    props[5].Value.l = DT_MAILUSER;
    props[6] = props[1];
    props[6].ulPropTag = PR_INSTANCE_KEY;
    if (FAILED(hr = memory_allocate_buffer(sizeof(*row), (void **)&row))) return hr;
    row->ulAdrEntryPad = 0;
    row->cValues = ARRAY_SIZE(props);
    hr = memory_allocate_more(sizeof(props), row, (void **)&row->lpProps);
    if (SUCCEEDED(hr))
    {
        ULONG i;

        for (i = 0; i < ARRAY_SIZE(props) && SUCCEEDED(hr); i++)
            hr = prop_copy(&row->lpProps[i], &props[i], memory_allocators.more, row);
    }
    if (FAILED(hr))
    {
        memory_free_buffer(row);
        return hr;
    }
    *ret = row;
    return S_OK;
}

HRESULT oneoff_template_open(const IID *iid, ULONG *type, IUnknown **ret)
{
    BYTE id[4 + sizeof(MAPIUID)];
    SPropValue props[3];
    IPropData *data;
    ULONG count;
    HRESULT hr;

    if (iid && !IsEqualIID(iid, &IID_IMailUser) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    hr = CreateIProp(&IID_IMAPIPropData, memory_allocators.allocate, memory_allocators.more,
                     memory_allocators.free, NULL, &data);
    if (FAILED(hr)) return hr;
    count = template_props(id, props);
    if (FAILED(hr = IPropData_SetProps(data, count, props, NULL)))
    {
        IPropData_Release(data);
        return hr;
    }
    *type = MAPI_MAILUSER;
    *ret = (IUnknown *)data;
    return S_OK;
}

HRESULT oneoff_template_bind(ULONG flags, IMAPIProp *data, const IID *iid, IMAPIProp **ret)
{
    BYTE id[4 + sizeof(MAPIUID)];
    SPropValue props[3];
    ULONG count;
    HRESULT hr;

    count = template_props(id, props);
    if (flags & FILL_ENTRY && FAILED(hr = IMAPIProp_SetProps(data, count, props, NULL))) return hr;
    if (iid) return IMAPIProp_QueryInterface(data, iid, (void **)ret);
    hr = IMAPIProp_QueryInterface(data, &IID_IMailUser, (void **)ret);
    if (FAILED(hr)) hr = IMAPIProp_QueryInterface(data, &IID_IMAPIProp, (void **)ret);
    return hr;
}
