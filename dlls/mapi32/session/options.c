/*
 * Message and recipient options of transports
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
 * The first transport, in order, that has options for an address type settles them. An option
 * without an address type is for all that its transport sends, one with a GUID only for recipients
 * whose entry ID carries that.
 */

#include <string.h>

#include "session/options.h"
#include "dialog/display.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* A transport that is entered, and the one of its options. */
struct found_option
{
    struct logon *logon;
    struct provider *provider;
    ULONG count;
    struct transport_option *options;
    const struct transport_option *option;
};

static BOOL transport_takes(struct logon *logon, const WCHAR *type)
{
    struct session *session = logon->session;
    BOOL ret;
    ULONG i;

    EnterCriticalSection(&session->cs);
    ret = !logon->types;
    for (i = 0; i < logon->type_count && !ret; i++)
        ret = logon->types[i][0] && !text_compare_nocase(logon->types[i], type);
    LeaveCriticalSection(&session->cs);
    return ret;
}

static BOOL option_fits(struct logon *logon, const struct transport_option *option, ULONG kind,
                        const WCHAR *type, const SBinary *id)
{
    const MAPIUID *uid = id ? entryid_uid(id->cb, (ENTRYID *)id->lpb) : NULL;

    if (!(option->kind & kind)) return FALSE;
    if (option->has_guid && (!uid || memcmp(uid, &option->guid, sizeof(*uid)))) return FALSE;
    if (option->type && option->type[0]) return !text_compare_nocase(option->type, type);
    return option->has_guid || transport_takes(logon, type);
}

static void found_end(struct found_option *found)
{
    transport_options_free(found->count, found->options);
    logon_leave(found->logon, found->provider);
    logon_release(found->logon);
}

/* MAPI_E_NOT_FOUND; on success found_end is due. A transport that fails has no options. */
static HRESULT find_option(struct session *session, ULONG kind, const WCHAR *type,
                           const SBinary *id, struct found_option *found)
{
    struct logon **logons;
    ULONG i, j, count;
    IUnknown *object;
    HRESULT hr;

    memset(found, 0, sizeof(*found));
    if (FAILED(hr = logons_snapshot(session, PROVIDER_TRANSPORT, &count, &logons))) return hr;
    hr = MAPI_E_NOT_FOUND;
    for (i = 0; i < count; i++)
    {
        if (hr == MAPI_E_NOT_FOUND
            && SUCCEEDED(logon_enter(logons[i], &found->provider, &object)))
        {
            found->logon = logon_addref(logons[i]);
            hr = transport_ReadOptions(found->provider, (IXPLogon *)object, &found->count,
                                       &found->options);
            if (FAILED(hr))
                WARN("%s tells no options: %#lx\n", debugstr_w(logons[i]->dll_name),
                     (unsigned long)hr);
            found->option = NULL;
            for (j = 0; j < found->count && !found->option; j++)
                if (option_fits(logons[i], &found->options[j], kind, type, id))
                    found->option = &found->options[j];
            if (!found->option)
            {
                found_end(found);
                memset(found, 0, sizeof(*found));
                if (hr != MAPI_E_NOT_ENOUGH_MEMORY) hr = MAPI_E_NOT_FOUND;
            }
        }
        logon_release(logons[i]);
    }
    platform_free(logons);
    return hr;
}

HRESULT options_query(struct session *session, ULONG kind, const void *type, ULONG flags,
                      ULONG *count, SPropValue **props)
{
    ADRENTRY entry = { 0 };
    struct found_option found;
    WCHAR *text;
    HRESULT hr;

    *count = 0;
    *props = NULL;
    if (FAILED(hr = text_from_tstr(type, flags, &text))) return hr;
    hr = find_option(session, kind, text, NULL, &found);
    platform_free(text);
    if (FAILED(hr)) return hr;
    hr = adr_merge(&entry, found.option->count, found.option->props,
                   flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8);
    if (SUCCEEDED(hr))
    {
        *count = entry.cValues;
        *props = entry.rgPropVals;
    }
    found_end(&found);
    return hr;
}

/* Has the transport put its options before source, and the user set them. */
static HRESULT show(struct found_option *found, struct last_error *error, ULONG_PTR ui,
                    IMAPIProp *source)
{
    struct session *session = found->logon->session;
    IMAPISupport *support;
    IMAPIProp *options;
    HRESULT hr;

    EnterCriticalSection(&session->cs);
    if ((support = found->logon->support)) IMAPISupport_AddRef(support);
    LeaveCriticalSection(&session->cs);
    if (!support) return MAPI_E_NOT_FOUND;
    hr = transport_OptionCallback(found->provider, found->option, support, source, error, &options);
    if (SUCCEEDED(hr))
    {
        hr = display_options(&found->provider->party, ui, options);
        host_object_release(found->provider, (IUnknown *)options);
    }
    IMAPISupport_Release(support);
    return hr;
}

/* The recipient as an object: the defaults, and what it has of them. */
static HRESULT make_source(const struct transport_option *option, const ADRENTRY *recipient,
                           IPropData **ret)
{
    HRESULT hr;

    hr = CreateIProp(&IID_IMAPIPropData, memory_allocators.allocate, memory_allocators.more,
                     memory_allocators.free, NULL, ret);
    if (FAILED(hr)) return hr;
    if (option->count) hr = IPropData_SetProps(*ret, option->count, option->props, NULL);
    if (SUCCEEDED(hr) && recipient->cValues)
        hr = IPropData_SetProps(*ret, recipient->cValues, recipient->rgPropVals, NULL);
    if (FAILED(hr)) IPropData_Release(*ret);
    return hr;
}

HRESULT options_of_recipient(struct session *session, struct last_error *error, ULONG_PTR ui,
                             ULONG flags, ADRENTRY *recipient)
{
    struct found_option found;
    SPropValue *props;
    IPropData *source;
    ULONG count;
    WCHAR *type;
    HRESULT hr;

    if (!(type = adr_text(recipient->cValues, recipient->rgPropVals, PR_ADDRTYPE)))
        return MAPI_E_INVALID_PARAMETER;
    hr = find_option(session, OPTION_TYPE_RECIPIENT, type, adr_entryid(recipient), &found);
    platform_free(type);
    if (hr == MAPI_E_NOT_FOUND) return MAPI_W_ERRORS_RETURNED;
    if (FAILED(hr)) return hr;
    if (SUCCEEDED(hr = make_source(found.option, recipient, &source)))
    {
        hr = show(&found, error, ui, (IMAPIProp *)source);
        if (SUCCEEDED(hr)
            && SUCCEEDED(hr = IPropData_GetProps(source, NULL, flags & MAPI_UNICODE, &count,
                                                 &props)))
        {
            hr = adr_merge(recipient, count, props, flags & MAPI_UNICODE ? PT_UNICODE : PT_STRING8);
            memory_free_buffer(props);
        }
        IPropData_Release(source);
    }
    found_end(&found);
    return hr;
}

HRESULT options_of_message(struct session *session, struct last_error *error, ULONG_PTR ui,
                           ULONG flags, const void *type, IMessage *message)
{
    struct found_option found;
    WCHAR *text;
    HRESULT hr;

    if (FAILED(hr = text_from_tstr(type, flags, &text))) return hr;
    hr = find_option(session, OPTION_TYPE_MESSAGE, text, NULL, &found);
    platform_free(text);
    if (FAILED(hr)) return hr;
    hr = show(&found, error, ui, (IMAPIProp *)message);
    found_end(&found);
    return hr;
}
