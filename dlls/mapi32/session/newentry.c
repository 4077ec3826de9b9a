/*
 * New address book entries
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
 * A new entry in a container is made by that container from a template, and has its entry ID once
 * it is saved. One for a message alone belongs to no container: what the template made and the user
 * set is taken over into a one-off entry ID, and the object is let go.
 */

#include <string.h>

#include "session/newentry.h"
#include "session/oneoff.h"

static HRESULT create_in_container(struct new_entry *entry)
{
    IUnknown *object, *container;
    ULONG type;
    HRESULT hr;

    hr = session_enter_owner(entry->session, entry->container.cb, (ENTRYID *)entry->container.lpb,
                             &entry->logon, &entry->provider, &object);
    if (FAILED(hr)) return hr;
    if (entry->logon->kind != PROVIDER_ADDRESS_BOOK) hr = MAPI_E_UNKNOWN_ENTRYID;
    else hr = host_OpenEntry(entry->provider, object, entry->container.cb,
                             (ENTRYID *)entry->container.lpb, NULL, MAPI_MODIFY, &type, &container);
    if (SUCCEEDED(hr))
    {
        if (type != MAPI_ABCONT && type != MAPI_DISTLIST) hr = MAPI_E_INVALID_TYPE;
        else hr = container_CreateEntry(&entry->provider->party, (IABContainer *)container,
                                        entry->template_id.cb, (ENTRYID *)entry->template_id.lpb, 0,
                                        &entry->entry);
        host_object_release(entry->provider, container);
    }
    return hr;
}

/* The template opened is what a new one-off begins as. */
static HRESULT create_alone(struct new_entry *entry)
{
    const MAPIUID *uid = entryid_uid(entry->template_id.cb, (ENTRYID *)entry->template_id.lpb);
    IUnknown *object;
    ULONG type;
    HRESULT hr;

    if (uid && !memcmp(uid, &uid_template, sizeof(*uid)))
        return oneoff_template_open(NULL, &type, (IUnknown **)&entry->entry);
    hr = session_enter_owner(entry->session, entry->template_id.cb,
                             (ENTRYID *)entry->template_id.lpb, &entry->logon, &entry->provider,
                             &object);
    if (FAILED(hr)) return hr;
    if (entry->logon->kind != PROVIDER_ADDRESS_BOOK) return MAPI_E_UNKNOWN_ENTRYID;
    return host_OpenEntry(entry->provider, object, entry->template_id.cb,
                              (ENTRYID *)entry->template_id.lpb, NULL, 0, &type,
                              (IUnknown **)&entry->entry);
}

HRESULT newentry_create(struct new_entry *entry)
{
    HRESULT hr;

    entry->logon = NULL;
    entry->provider = NULL;
    entry->entry = NULL;
    entry->saved = FALSE;
    hr = entry->container.cb ? create_in_container(entry) : create_alone(entry);
    if (FAILED(hr)) newentry_end(entry);
    return hr;
}

void newentry_end(struct new_entry *entry)
{
    if (entry->provider) host_object_release(entry->provider, (IUnknown *)entry->entry);
    else if (entry->entry) IMAPIProp_Release(entry->entry);
    entry->entry = NULL;
    if (!entry->logon) return;
    logon_leave(entry->logon, entry->provider);
    logon_release(entry->logon);
    entry->logon = NULL;
    entry->provider = NULL;
}

static HRESULT get_props(struct new_entry *entry, const SPropTagArray *tags, ULONG *count,
                         SPropValue **props)
{
    if (entry->provider)
        return object_GetProps(&entry->provider->party, entry->entry, tags, MAPI_UNICODE, count,
                               props);
    return IMAPIProp_GetProps(entry->entry, (SPropTagArray *)tags, MAPI_UNICODE, count, props);
}

static HRESULT keep_in_container(struct new_entry *entry, ULONG *size, ENTRYID **id)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_ENTRYID } };
    const SPropValue *found;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    if (!entry->saved
        && FAILED(hr = object_SaveChanges(&entry->provider->party, entry->entry,
                                          KEEP_OPEN_READONLY)))
        return hr;
    if (FAILED(hr = get_props(entry, (const SPropTagArray *)&tags, &count, &props))) return hr;
    found = props_find(props, count, PR_ENTRYID);
    if (!found || FAILED(entryid_check(found->Value.bin.cb, (ENTRYID *)found->Value.bin.lpb)))
        hr = host_bad_result(&entry->provider->party, "IABContainer::CreateEntry");
    else if (SUCCEEDED(hr = memory_allocate_buffer(found->Value.bin.cb, (void **)id)))
    {
        memcpy(*id, found->Value.bin.lpb, found->Value.bin.cb);
        *size = found->Value.bin.cb;
    }
    memory_free_buffer(props);
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT keep_alone(struct new_entry *entry, ULONG *size, ENTRYID **id)
{
    static const SizedSPropTagArray(4, tags) =
    {
        4, { PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEND_RICH_INFO }
    };
    const SPropValue *name, *type, *address, *rich;
    ULONG count, flags = MAPI_UNICODE;
    SPropValue *props;
    HRESULT hr;

    if (FAILED(hr = get_props(entry, (const SPropTagArray *)&tags, &count, &props))) return hr;
    name = props_find(props, count, PR_DISPLAY_NAME_W);
    type = props_find(props, count, PR_ADDRTYPE_W);
    address = props_find(props, count, PR_EMAIL_ADDRESS_W);
    rich = props_find(props, count, PR_SEND_RICH_INFO);
    if (rich && !rich->Value.b) flags |= MAPI_SEND_NO_RICH_INFO;
    if (!type || !type->Value.lpszW[0] || !address || !address->Value.lpszW[0])
        hr = MAPI_E_MISSING_REQUIRED_COLUMN;
    else
        hr = oneoff_create(name ? name->Value.lpszW : address->Value.lpszW, type->Value.lpszW,
                           address->Value.lpszW, flags, size, id);
    memory_free_buffer(props);
    return hr;
}

HRESULT newentry_keep(struct new_entry *entry, ULONG *size, ENTRYID **id)
{
    *size = 0;
    *id = NULL;
    return entry->container.cb ? keep_in_container(entry, size, id) : keep_alone(entry, size, id);
}

HRESULT newentry(struct session *session, ULONG_PTR ui, ULONG flags, ULONG container_size,
                 const ENTRYID *container, ULONG template_size, const ENTRYID *template_id,
                 ULONG *size, ENTRYID **id)
{
    struct new_entry entry = { session };
    SBinary picked = { 0, NULL }, put = { 0, NULL };
    ENTRYID *kept = NULL;
    ULONG kept_size = 0;
    HRESULT hr;

    if (size) *size = 0;
    if (id) *id = NULL;
    if (!size != !id) return MAPI_E_INVALID_PARAMETER;
    if ((container_size && !container) || (template_size && !template_id))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (container_size && FAILED(entryid_check(container_size, container)))
        return MAPI_E_INVALID_ENTRYID;
    if (template_size && FAILED(entryid_check(template_size, template_id)))
        return MAPI_E_INVALID_ENTRYID;

    entry.container.cb = container_size;
    entry.container.lpb = (BYTE *)container;
    entry.template_id.cb = template_size;
    entry.template_id.lpb = (BYTE *)template_id;
    if (!template_size)
    {
        hr = newentry_pick_template(session, ui, &entry.container, &picked, &put);
        if (FAILED(hr)) return hr;
        entry.template_id = picked;
        if (put.cb) entry.container = put;
    }
    if (SUCCEEDED(hr = newentry_create(&entry)))
    {
        if (SUCCEEDED(hr = newentry_fill(ui, flags, &entry)))
            hr = newentry_keep(&entry, &kept_size, &kept);
        newentry_end(&entry);
    }
    memory_free_buffer(picked.lpb);
    memory_free_buffer(put.lpb);
    if (FAILED(hr)) return hr;
    if (!id) memory_free_buffer(kept);
    else
    {
        *size = kept_size;
        *id = kept;
    }
    return S_OK;
}
