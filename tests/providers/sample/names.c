/*
 * Sample providers: named properties of the store
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
 * One list of names for a whole store: the n-th name has the n-th tag from 0x8000 on, whatever
 * object of the store asks, which PR_MAPPING_SIGNATURE says. An IPropData does the work: the list,
 * kept as an extra of the content, is told to it anew for each call, so that it is always what
 * other processes have too.
 */

#include "store.h"

static void put_name(struct blob *blob, const MAPINAMEID *name)
{
    ULONG size;

    blob_put_bytes(blob, name->lpguid, sizeof(GUID));
    blob_put_long(blob, name->ulKind);
    if (name->ulKind == MNID_ID) blob_put_long(blob, name->Kind.lID);
    else
    {
        size = (lstrlenW(name->Kind.lpwstrName) + 1) * sizeof(WCHAR);
        blob_put_long(blob, size);
        blob_put_bytes(blob, name->Kind.lpwstrName, size);
    }
}

/* Names the list's next name in the IPropData. */
static void tell_name(struct reader *reader, IPropData *data)
{
    MAPINAMEID name, *list = &name;
    SPropTagArray *tags = NULL;
    const BYTE *bytes;
    WCHAR *text = NULL;
    GUID guid;
    ULONG size;

    if (!(bytes = read_bytes(reader, sizeof(guid)))) return;
    memcpy(&guid, bytes, sizeof(guid));
    memset(&name, 0, sizeof(name));
    name.lpguid = &guid;
    name.ulKind = read_long(reader);
    size = read_long(reader);
    if (name.ulKind == MNID_ID) name.Kind.lID = size;
    else
    {
        if (!(bytes = read_bytes(reader, size)) || !(text = calloc(1, size + sizeof(WCHAR))))
            return;
        memcpy(text, bytes, size);
        name.ulKind = MNID_STRING;
        name.Kind.lpwstrName = text;
    }
    if (!reader->bad) IPropData_GetIDsFromNames(data, 1, &list, MAPI_CREATE, &tags);
    MAPIFreeBuffer(tags);
    free(text);
}

static HRESULT open_names(struct content *content, struct blob *blob, IPropData **ret)
{
    struct reader reader;
    SCODE sc;

    sc = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     ret);
    if (FAILED(sc)) return sc;
    if (FAILED(content_get_extra(content, "names", blob))) return S_OK;
    reader.data = blob->data;
    reader.left = blob->size;
    reader.bad = FALSE;
    while (reader.left && !reader.bad) tell_name(&reader, *ret);
    return S_OK;
}

HRESULT names_of_ids(struct content *content, SPropTagArray **tags, GUID *set, ULONG flags,
                     ULONG *count, MAPINAMEID ***names)
{
    struct blob blob = {0};
    IPropData *data;
    HRESULT hr;

    if (count) *count = 0;
    if (names) *names = NULL;
    if (FAILED(hr = open_names(content, &blob, &data))) return hr;
    hr = IPropData_GetNamesFromIDs(data, tags, set, flags, count, names);
    IPropData_Release(data);
    blob_free(&blob);
    return hr;
}

HRESULT ids_of_names(struct content *content, ULONG count, MAPINAMEID **names, ULONG flags,
                     SPropTagArray **tags)
{
    SPropTagArray *known = NULL;
    struct blob blob = {0};
    IPropData *data;
    ULONG i, next;
    HRESULT hr;

    if (tags) *tags = NULL;
    content_enter(content);
    if (SUCCEEDED(hr = open_names(content, &blob, &data)))
    {
        /* Those that are not in the list yet get the next places in it, in this order. */
        if ((flags & MAPI_CREATE) && SUCCEEDED(IPropData_GetIDsFromNames(data, 0, NULL, 0, &known)))
        {
            next = 0x8000 + known->cValues;
            hr = IPropData_GetIDsFromNames(data, count, names, flags, tags);
            for (i = 0; SUCCEEDED(hr) && i < (*tags)->cValues; i++)
            {
                if (PROP_ID((*tags)->aulPropTag[i]) != next) continue;
                put_name(&blob, names[i]);
                next++;
            }
            if (SUCCEEDED(hr) && next > 0x8000 + known->cValues
                && FAILED(content_put_extra(content, "names", &blob)))
            {
                MAPIFreeBuffer(*tags);
                *tags = NULL;
                hr = MAPI_E_NOT_ENOUGH_DISK;
            }
            MAPIFreeBuffer(known);
        }
        else hr = IPropData_GetIDsFromNames(data, count, names, flags, tags);
        IPropData_Release(data);
    }
    content_leave(content);
    blob_free(&blob);
    return hr;
}
