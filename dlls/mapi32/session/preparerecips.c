/*
 * Preparing recipients
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
 * IAddrBook::PrepareRecips: recipients get long-term entry IDs, and the properties that are asked
 * for stand first in each. A provider prepares all of its own at once; where it cannot, each is
 * opened. One-offs are their own source. What nobody knows becomes PT_ERROR with the reason.
 *
 * Recipients that have what is asked for, under a long-term entry ID, cost no call.
 */

#include <string.h>

#include "session/recips.h"
#include "session/oneoff.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct preparation
{
    struct session *session;
    ULONG flags;
    const SPropTagArray *tags;          /* may be NULL */
    SPropTagArray *wanted;              /* these and PR_ENTRYID */
    ADRLIST *list;
    BYTE *done;                         /* one for each entry */
};

static BOOL needs_work(const struct preparation *preparation, const ADRENTRY *entry,
                       const SBinary *id)
{
    return id->lpb[0] & MAPI_SHORTTERM || !adr_is_arranged(entry, preparation->tags);
}

static HRESULT arrange(struct preparation *preparation, ULONG index, ULONG count,
                       const SPropValue *props, SCODE code)
{
    preparation->done[index] = TRUE;
    return adr_arrange(&preparation->list->aEntries[index], preparation->tags, count, props, code);
}

static HRESULT prepare_one_off(struct preparation *preparation, ULONG index, const SBinary *id)
{
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    hr = oneoff_props(id->cb, (ENTRYID *)id->lpb, &count, &props);
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY) return hr;
    hr = arrange(preparation, index, count, props, FAILED(hr) ? hr : MAPI_E_NOT_FOUND);
    memory_free_buffer(props);
    return hr;
}

static HRESULT open_and_prepare(struct preparation *preparation, ULONG index,
                                struct provider *provider, IABLogon *object)
{
    const SBinary *id = adr_entryid(&preparation->list->aEntries[index]);
    SPropValue *props = NULL;
    ULONG type, count = 0;
    IUnknown *opened;
    HRESULT hr;

    hr = host_OpenEntry(provider, (IUnknown *)object, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                        &opened);
    if (SUCCEEDED(hr))
    {
        hr = object_GetProps(&provider->party, opened, preparation->wanted, MAPI_UNICODE, &count,
                           &props);
        host_object_release(provider, opened);
    }
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY) return hr;
    hr = arrange(preparation, index, count, props, FAILED(hr) ? hr : MAPI_E_NOT_FOUND);
    memory_free_buffer(props);
    return hr;
}

static BOOL belongs_to(struct session *session, const SBinary *id, const struct logon *logon)
{
    const MAPIUID *uid = entryid_uid(id->cb, (ENTRYID *)id->lpb);
    struct logon *owner;
    BOOL ret;

    if (!uid || FAILED(logon_find_by_uid(session, uid, &owner))) return FALSE;
    ret = owner == logon;
    logon_release(owner);
    return ret;
}

/* The recipients that are left and belong to the logon: where they stand, and copies of them. */
static HRESULT gather(struct preparation *preparation, const struct logon *logon, ULONG first,
                      ULONG **ret_places, ADRLIST **ret)
{
    ULONG i, count = 0, *places;
    const SBinary *id;
    HRESULT hr;

    *ret = NULL;
    *ret_places = NULL;
    if (!(places = platform_alloc(preparation->list->cEntries * sizeof(*places))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = first; i < preparation->list->cEntries; i++)
        if (!preparation->done[i] && (id = adr_entryid(&preparation->list->aEntries[i]))
            && (i == first || belongs_to(preparation->session, id, logon)))
            places[count++] = i;
    hr = adrlist_alloc(count, ret);
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = row_copy(&memory_allocators, (SRow *)&preparation->list->aEntries[places[i]],
                      (SRow *)&(*ret)->aEntries[i]);
    if (FAILED(hr))
    {
        rows_free(&memory_allocators, (SRowSet *)*ret);
        *ret = NULL;
        platform_free(places);
        return hr;
    }
    *ret_places = places;
    return S_OK;
}

/* All of one provider's, from index on. */
static HRESULT prepare_of(struct preparation *preparation, ULONG index, struct logon *logon,
                          struct provider *provider, IABLogon *object)
{
    ADRLIST *recipients, *prepared;
    ULONG i, count, *places;
    HRESULT hr;

    if (FAILED(hr = gather(preparation, logon, index, &places, &recipients))) return hr;
    count = recipients->cEntries;
    hr = addrbook_PrepareRecips(provider, object, preparation->flags, preparation->tags, recipients,
                                &prepared);
    if (SUCCEEDED(hr))
    {
        for (i = 0; i < count && SUCCEEDED(hr); i++)
            hr = arrange(preparation, places[i], prepared->aEntries[i].cValues,
                         prepared->aEntries[i].rgPropVals, MAPI_E_NOT_FOUND);
        rows_free(&memory_allocators, (SRowSet *)prepared);
    }
    else if (hr != MAPI_E_NOT_ENOUGH_MEMORY)
    {
        if (hr != MAPI_E_NO_SUPPORT)
            WARN("%s does not prepare its recipients: %#lx\n", debugstr_w(logon->dll_name),
                 (unsigned long)hr);
        /* It has no such method, or does not know one of them: whom it knows it can open. */
        for (i = 0, hr = S_OK; i < count && SUCCEEDED(hr); i++)
            hr = open_and_prepare(preparation, places[i], provider, object);
    }
    platform_free(places);
    return hr;
}

static HRESULT prepare_entry(struct preparation *preparation, ULONG index)
{
    const SBinary *id = adr_entryid(&preparation->list->aEntries[index]);
    struct provider *provider;
    const MAPIUID *uid;
    struct logon *logon;
    IUnknown *object;
    HRESULT hr;

    /* Nothing can be known of who is not resolved. */
    if (!id || !needs_work(preparation, &preparation->list->aEntries[index], id))
    {
        preparation->done[index] = TRUE;
        return S_OK;
    }
    uid = entryid_uid(id->cb, (ENTRYID *)id->lpb);
    if (uid && !memcmp(uid, &uid_one_off, sizeof(*uid)))
        return prepare_one_off(preparation, index, id);
    hr = session_enter_owner(preparation->session, id->cb, (ENTRYID *)id->lpb, &logon, &provider,
                             &object);
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_INVALID_OBJECT) return hr;
    if (FAILED(hr)) return arrange(preparation, index, 0, NULL, hr);
    if (logon->kind != PROVIDER_ADDRESS_BOOK)
        hr = arrange(preparation, index, 0, NULL, MAPI_E_UNKNOWN_ENTRYID);
    else hr = prepare_of(preparation, index, logon, provider, (IABLogon *)object);
    logon_leave(logon, provider);
    logon_release(logon);
    return hr;
}

HRESULT recips_prepare(struct session *session, ULONG flags, const SPropTagArray *tags,
                       ADRLIST *list)
{
    struct preparation preparation = { session, flags, tags, NULL, list };
    const ULONG count = tags ? tags->cValues : 0;
    HRESULT hr = S_OK;
    ULONG i;

    preparation.wanted = platform_alloc(CbNewSPropTagArray(count + 1));
    preparation.done = platform_alloc_zero(list->cEntries + 1);
    if (!preparation.wanted || !preparation.done) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
    {
        preparation.wanted->cValues = count + 1;
        if (count) memcpy(preparation.wanted->aulPropTag, tags->aulPropTag, count * sizeof(ULONG));
        preparation.wanted->aulPropTag[count] = PR_ENTRYID;
    }
    for (i = 0; i < list->cEntries && SUCCEEDED(hr); i++)
        if (!preparation.done[i]) hr = prepare_entry(&preparation, i);
    platform_free(preparation.wanted);
    platform_free(preparation.done);
    return hr;
}
