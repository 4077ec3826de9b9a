/*
 * Guarded calls into transport providers
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
 * One function for each method of IXPProvider and IXPLogon that the subsystem calls; Shutdown and
 * the methods of IUnknown are in provider.c. Each packs its arguments and goes through host_call,
 * the one guard. What comes back is checked as far as it can be without knowing the method's
 * meaning: out parameters are cleared before the call and again after a failure, and a success
 * without the object it promises is a failure. Provider text is asked for in Unicode.
 */

#include "host/calls.h"

struct xp_provider_transport_logon_args
{
    IXPProvider *object;
    IMAPISupport *support;
    ULONG_PTR ui;
    void *profile;
    ULONG flags;
    MAPIERROR *error;
    IXPLogon **logon;
};

static HRESULT call_xp_provider_transport_logon(void *data)
{
    struct xp_provider_transport_logon_args *args = data;

    *args->logon = NULL;
    args->error = NULL;
    return IXPProvider_TransportLogon(args->object, args->support, args->ui, args->profile,
                                      &args->flags, &args->error, args->logon);
}

HRESULT transport_TransportLogon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                                 const WCHAR *profile, ULONG *flags, struct last_error *error,
                                 IXPLogon **logon)
{
    struct xp_provider_transport_logon_args args = { (IXPProvider *)provider->object, support, ui,
                                                     (WCHAR *)profile, *flags | MAPI_UNICODE, NULL,
                                                     logon };
    const char *method = "IXPProvider::TransportLogon";
    HRESULT hr;
    char *ansi;

    *logon = NULL;
    hr = host_call(&provider->party, method, call_xp_provider_transport_logon, &args);
    if (hr == MAPI_E_BAD_CHARWIDTH)
    {
        if (!(ansi = text_to_ansi(profile)) && profile)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        args.profile = ansi;
        args.flags = *flags & ~MAPI_UNICODE;
        hr = host_call(&provider->party, method, call_xp_provider_transport_logon, &args);
        platform_free(ansi);
    }
    if (SUCCEEDED(hr) && !*logon)
        hr = host_bad_result(&provider->party, method);
    /* on return the flag tells the width of the error */
    if (args.error)
        host_take_error(provider, error, hr, args.error, args.flags);
    if (FAILED(hr))
        *logon = NULL;
    else
        *flags = args.flags & ~MAPI_UNICODE;
    return hr;
}

struct address_types_args
{
    IXPLogon *object;
    ULONG flags;                /* only out: MAPI_UNICODE tells the width of the strings */
    ULONG type_count;
    LPTSTR *types;
    ULONG uid_count;
    MAPIUID **uids;
    WCHAR **type_copies;        /* one block */
    MAPIUID *uid_copies;
};

static HRESULT call_address_types(void *data)
{
    struct address_types_args *args = data;

    return IXPLogon_AddressTypes(args->object, &args->flags, &args->type_count, &args->types,
                                 &args->uid_count, &args->uids);
}

#define ADDRESS_TYPES_MAX 4096  /* more is no list but damage */

/* Runs under the guard too, since every pointer in the arrays is the provider's. */
static HRESULT copy_address_types(void *data)
{
    struct address_types_args *args = data;
    BOOL unicode = (args->flags & MAPI_UNICODE) != 0;
    size_t chars = 0, length;
    const void *text;
    WCHAR *pos;
    ULONG i;

    if (args->type_count > ADDRESS_TYPES_MAX || args->uid_count > ADDRESS_TYPES_MAX)
        return MAPI_E_CALL_FAILED;
    if (args->types && args->type_count)
    {
        for (i = 0; i < args->type_count; i++)
        {
            if (!(text = args->types[i]))
                return MAPI_E_CALL_FAILED;
            chars += (unicode ? lstrlenW(text) : lstrlenA(text)) + 1;
        }
        args->type_copies = platform_alloc(args->type_count * sizeof(WCHAR *)
                                           + chars * sizeof(WCHAR));
        if (!args->type_copies)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        pos = (WCHAR *)(args->type_copies + args->type_count);
        for (i = 0; i < args->type_count; i++)
        {
            text = args->types[i];
            args->type_copies[i] = pos;
            if (unicode)
            {
                length = lstrlenW(text);
                if (length >= chars)
                    return MAPI_E_CALL_FAILED;
                memcpy(pos, text, length * sizeof(WCHAR));
            }
            else
            {
                length = lstrlenA(text);
                if (length >= chars)
                    return MAPI_E_CALL_FAILED;
                length = platform_ansi_to_wide(text, length, pos, length);
            }
            pos[length] = 0;
            pos += length + 1;
            chars -= length + 1;
        }
    }
    if (args->uids && args->uid_count)
    {
        args->uid_copies = platform_alloc(args->uid_count * sizeof(MAPIUID));
        if (!args->uid_copies)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        for (i = 0; i < args->uid_count; i++)
        {
            if (!args->uids[i])
                return MAPI_E_CALL_FAILED;
            args->uid_copies[i] = *args->uids[i];
        }
    }
    return S_OK;
}

HRESULT transport_AddressTypes(struct provider *provider, IXPLogon *object, ULONG *type_count,
                               WCHAR ***types, ULONG *uid_count, MAPIUID **uids)
{
    struct address_types_args args = { object };
    const char *method = "IXPLogon::AddressTypes";
    HRESULT hr;

    *type_count = *uid_count = 0;
    *types = NULL;
    *uids = NULL;
    hr = host_call(&provider->party, method, call_address_types, &args);
    if (SUCCEEDED(hr))
        hr = host_call(&provider->party, method, copy_address_types, &args);
    if (FAILED(hr))
    {
        platform_free(args.type_copies);
        platform_free(args.uid_copies);
        return hr;
    }
    if (args.type_copies)
        *type_count = args.type_count;
    *types = args.type_copies;
    if (args.uid_copies)
        *uid_count = args.uid_count;
    *uids = args.uid_copies;
    return S_OK;
}

struct xp_logon_transport_notify_args
{
    IXPLogon *object;
    ULONG *flags;
    void **data;
};

static HRESULT call_xp_logon_transport_notify(void *data)
{
    struct xp_logon_transport_notify_args *args = data;

    return IXPLogon_TransportNotify(args->object, args->flags, args->data);
}

HRESULT transport_TransportNotify(struct provider *provider, IXPLogon *object, ULONG *flags,
                                  void **data)
{
    struct xp_logon_transport_notify_args args = { object, flags, data };

    return host_call(&provider->party, "IXPLogon::TransportNotify",
                     call_xp_logon_transport_notify, &args);
}

struct xp_logon_idle_args
{
    IXPLogon *object;
    ULONG flags;
};

static HRESULT call_xp_logon_idle(void *data)
{
    struct xp_logon_idle_args *args = data;

    return IXPLogon_Idle(args->object, args->flags);
}

HRESULT transport_Idle(struct provider *provider, IXPLogon *object, ULONG flags)
{
    struct xp_logon_idle_args args = { object, flags };

    return host_call(&provider->party, "IXPLogon::Idle", call_xp_logon_idle, &args);
}

struct xp_logon_transport_logoff_args
{
    IXPLogon *object;
    ULONG flags;
};

static HRESULT call_xp_logon_transport_logoff(void *data)
{
    struct xp_logon_transport_logoff_args *args = data;

    return IXPLogon_TransportLogoff(args->object, args->flags);
}

HRESULT transport_TransportLogoff(struct provider *provider, IXPLogon *object, ULONG flags)
{
    struct xp_logon_transport_logoff_args args = { object, flags };

    return host_call(&provider->party, "IXPLogon::TransportLogoff",
                     call_xp_logon_transport_logoff, &args);
}

struct xp_logon_submit_message_args
{
    IXPLogon *object;
    ULONG flags;
    IMessage *message;
    ULONG_PTR *reference;
    ULONG_PTR *ret;
};

static HRESULT call_xp_logon_submit_message(void *data)
{
    struct xp_logon_submit_message_args *args = data;

    return IXPLogon_SubmitMessage(args->object, args->flags, args->message, args->reference,
                                  args->ret);
}

HRESULT transport_SubmitMessage(struct provider *provider, IXPLogon *object, ULONG flags,
                                IMessage *message, ULONG_PTR *reference, ULONG_PTR *ret)
{
    struct xp_logon_submit_message_args args = { object, flags, message, reference, ret };
    HRESULT hr;

    *reference = 0;
    *ret = 0;
    hr = host_call(&provider->party, "IXPLogon::SubmitMessage",
                   call_xp_logon_submit_message, &args);
    if (FAILED(hr))
    {
        *reference = 0;
        *ret = 0;
    }
    return hr;
}

struct xp_logon_end_message_args
{
    IXPLogon *object;
    ULONG_PTR reference;
    ULONG *flags;
};

static HRESULT call_xp_logon_end_message(void *data)
{
    struct xp_logon_end_message_args *args = data;

    return IXPLogon_EndMessage(args->object, args->reference, args->flags);
}

HRESULT transport_EndMessage(struct provider *provider, IXPLogon *object, ULONG_PTR reference,
                             ULONG *flags)
{
    struct xp_logon_end_message_args args = { object, reference, flags };
    HRESULT hr;

    *flags = 0;
    hr = host_call(&provider->party, "IXPLogon::EndMessage", call_xp_logon_end_message, &args);
    if (FAILED(hr))
        *flags = 0;
    return hr;
}

struct xp_logon_poll_args
{
    IXPLogon *object;
    ULONG *incoming;
};

static HRESULT call_xp_logon_poll(void *data)
{
    struct xp_logon_poll_args *args = data;

    return IXPLogon_Poll(args->object, args->incoming);
}

HRESULT transport_Poll(struct provider *provider, IXPLogon *object, ULONG *incoming)
{
    struct xp_logon_poll_args args = { object, incoming };
    HRESULT hr;

    *incoming = 0;
    hr = host_call(&provider->party, "IXPLogon::Poll", call_xp_logon_poll, &args);
    if (FAILED(hr))
        *incoming = 0;
    return hr;
}

struct xp_logon_start_message_args
{
    IXPLogon *object;
    ULONG flags;
    IMessage *message;
    ULONG_PTR *reference;
};

static HRESULT call_xp_logon_start_message(void *data)
{
    struct xp_logon_start_message_args *args = data;

    return IXPLogon_StartMessage(args->object, args->flags, args->message, args->reference);
}

HRESULT transport_StartMessage(struct provider *provider, IXPLogon *object, ULONG flags,
                               IMessage *message, ULONG_PTR *reference)
{
    struct xp_logon_start_message_args args = { object, flags, message, reference };
    HRESULT hr;

    *reference = 0;
    hr = host_call(&provider->party, "IXPLogon::StartMessage", call_xp_logon_start_message, &args);
    if (FAILED(hr))
        *reference = 0;
    return hr;
}

struct xp_logon_open_status_entry_args
{
    IXPLogon *object;
    const IID *iid;
    ULONG flags;
    ULONG *type;
    IMAPIStatus **ret;
};

static HRESULT call_xp_logon_open_status_entry(void *data)
{
    struct xp_logon_open_status_entry_args *args = data;

    return IXPLogon_OpenStatusEntry(args->object, args->iid, args->flags, args->type, args->ret);
}

HRESULT transport_OpenStatusEntry(struct provider *provider, IXPLogon *object, const IID *iid,
                                  ULONG flags, ULONG *type, IMAPIStatus **ret)
{
    struct xp_logon_open_status_entry_args args = { object, iid, flags, type, ret };
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    hr = host_call(&provider->party, "IXPLogon::OpenStatusEntry",
                   call_xp_logon_open_status_entry, &args);
    if (SUCCEEDED(hr) && !*ret)
        hr = host_bad_result(&provider->party, "IXPLogon::OpenStatusEntry");
    if (FAILED(hr))
    {
        *type = 0;
        *ret = NULL;
    }
    return hr;
}

struct xp_logon_validate_state_args
{
    IXPLogon *object;
    ULONG_PTR ui;
    ULONG flags;
};

static HRESULT call_xp_logon_validate_state(void *data)
{
    struct xp_logon_validate_state_args *args = data;

    return IXPLogon_ValidateState(args->object, args->ui, args->flags);
}

HRESULT transport_ValidateState(struct provider *provider, IXPLogon *object, ULONG_PTR ui,
                                ULONG flags)
{
    struct xp_logon_validate_state_args args = { object, ui, flags };

    return host_call(&provider->party, "IXPLogon::ValidateState",
                     call_xp_logon_validate_state, &args);
}

struct xp_logon_flush_queues_args
{
    IXPLogon *object;
    ULONG_PTR ui;
    ULONG size;
    ENTRYID *target;
    ULONG flags;
};

static HRESULT call_xp_logon_flush_queues(void *data)
{
    struct xp_logon_flush_queues_args *args = data;

    return IXPLogon_FlushQueues(args->object, args->ui, args->size, args->target, args->flags);
}

HRESULT transport_FlushQueues(struct provider *provider, IXPLogon *object, ULONG_PTR ui, ULONG size,
                              const ENTRYID *target, ULONG flags)
{
    struct xp_logon_flush_queues_args args = { object, ui, size, (ENTRYID *)target, flags };

    return host_call(&provider->party, "IXPLogon::FlushQueues", call_xp_logon_flush_queues, &args);
}
