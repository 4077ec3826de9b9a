/*
 * Guarded calls into address book providers
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
 * One function for each method of IABProvider and IABLogon that the subsystem calls; Shutdown and
 * the methods of IUnknown are in provider.c. Each packs its arguments and goes through host_call,
 * the one guard. What comes back is checked as far as it can be without knowing the method's
 * meaning: out parameters are cleared before the call and again after a failure, and a success
 * without the object it promises is a failure. Provider text is asked for in Unicode.
 */

#include "host/calls.h"

struct ab_provider_logon_args
{
    IABProvider *object;
    IMAPISupport *support;
    ULONG_PTR ui;
    void *profile;
    ULONG flags;
    ULONG security_size;
    BYTE *security;
    MAPIERROR *error;
    IABLogon **logon;
};

static HRESULT call_ab_provider_logon(void *data)
{
    struct ab_provider_logon_args *args = data;

    *args->logon = NULL;
    args->security_size = 0;
    args->security = NULL;
    args->error = NULL;
    return IABProvider_Logon(args->object, args->support, args->ui, args->profile, args->flags,
                             &args->security_size, &args->security, &args->error, args->logon);
}

/* What comes back as security belongs to nobody: its parameters are reserved. */
HRESULT addrbook_Logon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                       const WCHAR *profile, ULONG flags, struct last_error *error,
                       IABLogon **logon)
{
    struct ab_provider_logon_args args = { (IABProvider *)provider->object, support, ui,
                                           (WCHAR *)profile, flags | MAPI_UNICODE, 0, NULL, NULL,
                                           logon };
    const char *method = "IABProvider::Logon";
    HRESULT hr;
    char *ansi;

    *logon = NULL;
    hr = host_call(&provider->party, method, call_ab_provider_logon, &args);
    if (hr == MAPI_E_BAD_CHARWIDTH)
    {
        if (!(ansi = text_to_ansi(profile)) && profile)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        args.profile = ansi;
        args.flags = flags & ~MAPI_UNICODE;
        hr = host_call(&provider->party, method, call_ab_provider_logon, &args);
        platform_free(ansi);
    }
    if (SUCCEEDED(hr) && !*logon)
        hr = host_bad_result(&provider->party, method);
    if (args.error)
        host_take_error(provider, error, hr, args.error, args.flags);
    if (FAILED(hr))
        *logon = NULL;
    return hr;
}

struct ab_logon_logoff_args
{
    IABLogon *object;
    ULONG flags;
};

static HRESULT call_ab_logon_logoff(void *data)
{
    struct ab_logon_logoff_args *args = data;

    return IABLogon_Logoff(args->object, args->flags);
}

HRESULT addrbook_Logoff(struct provider *provider, IABLogon *object, ULONG flags)
{
    struct ab_logon_logoff_args args = { object, flags };

    return host_call(&provider->party, "IABLogon::Logoff", call_ab_logon_logoff, &args);
}

struct ab_logon_open_template_id_args
{
    IABLogon *object;
    ULONG size;
    ENTRYID *id;
    ULONG flags;
    IMAPIProp *data;
    const IID *iid;
    IMAPIProp **ret;
    IMAPIProp *sibling;
};

static HRESULT call_ab_logon_open_template_id(void *data)
{
    struct ab_logon_open_template_id_args *args = data;

    return IABLogon_OpenTemplateID(args->object, args->size, args->id, args->flags, args->data,
                                   args->iid, args->ret, args->sibling);
}

HRESULT addrbook_OpenTemplateID(struct provider *provider, IABLogon *object, ULONG size,
                                const ENTRYID *id, ULONG flags, IMAPIProp *data, const IID *iid,
                                IMAPIProp **ret, IMAPIProp *sibling)
{
    struct ab_logon_open_template_id_args args = { object, size, (ENTRYID *)id, flags, data, iid,
                                                    ret, sibling };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IABLogon::OpenTemplateID",
                   call_ab_logon_open_template_id, &args);
    if (SUCCEEDED(hr) && !*ret)
        hr = host_bad_result(&provider->party, "IABLogon::OpenTemplateID");
    if (FAILED(hr))
        *ret = NULL;
    return hr;
}

struct ab_logon_get_one_off_table_args
{
    IABLogon *object;
    ULONG flags;
    IMAPITable **ret;
};

static HRESULT call_ab_logon_get_one_off_table(void *data)
{
    struct ab_logon_get_one_off_table_args *args = data;

    return IABLogon_GetOneOffTable(args->object, args->flags, args->ret);
}

HRESULT addrbook_GetOneOffTable(struct provider *provider, IABLogon *object, ULONG flags,
                                IMAPITable **ret)
{
    struct ab_logon_get_one_off_table_args args = { object, flags, ret };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IABLogon::GetOneOffTable",
                   call_ab_logon_get_one_off_table, &args);
    if (SUCCEEDED(hr) && !*ret)
        hr = host_bad_result(&provider->party, "IABLogon::GetOneOffTable");
    if (FAILED(hr))
        *ret = NULL;
    return hr;
}

struct ab_logon_prepare_recips_args
{
    IABLogon *object;
    ULONG flags;
    SPropTagArray *tags;
    ADRLIST *recipients;        /* the provider's to change */
    ULONG count;
    ADRLIST *prepared;
};

static HRESULT call_ab_logon_prepare_recips(void *data)
{
    struct ab_logon_prepare_recips_args *args = data;
    HRESULT hr;

    hr = IABLogon_PrepareRecips(args->object, args->flags, args->tags, args->recipients);
    if (FAILED(hr)) return hr;
    args->recipients->cEntries = args->count;
    hr = rows_copy(&memory_allocators, (SRowSet *)args->recipients, (SRowSet **)&args->prepared);
    rows_free(&memory_allocators, (SRowSet *)args->recipients);
    args->recipients = NULL;
    return hr;
}

HRESULT addrbook_PrepareRecips(struct provider *provider, IABLogon *object, ULONG flags,
                               const SPropTagArray *tags, ADRLIST *recipients, ADRLIST **ret)
{
    struct ab_logon_prepare_recips_args args = { object, flags, (SPropTagArray *)tags, recipients,
                                                 recipients->cEntries };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IABLogon::PrepareRecips", call_ab_logon_prepare_recips,
                   &args);
    if (SUCCEEDED(hr)) *ret = args.prepared;
    else if (args.recipients && !provider->party.broken)
    {
        /* What a crash left of the list may lead anywhere. */
        args.recipients->cEntries = args.count;
        rows_free(&memory_allocators, (SRowSet *)args.recipients);
    }
    return hr;
}
