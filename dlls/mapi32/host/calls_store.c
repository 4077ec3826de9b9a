/*
 * Guarded calls into message store providers
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
 * One function for each method of IMSProvider and IMSLogon that the subsystem calls; Shutdown and
 * the methods of IUnknown are in provider.c. Each packs its arguments and goes through host_call,
 * the one guard. What comes back is checked as far as it can be without knowing the method's
 * meaning: out parameters are cleared before the call and again after a failure, and a success
 * without the object it promises is a failure. Provider text is asked for in Unicode.
 */

#include "host/calls.h"

struct store_logon_args
{
    IMSProvider *object;
    IMAPISupport *support;
    ULONG_PTR ui;
    void *profile;
    ULONG size;
    ENTRYID *id;
    ULONG flags;
    const IID *iid;
    ULONG *security_size;
    BYTE **security;
    MAPIERROR *error;
    IMSLogon **logon;
    IMsgStore **store;
};

static HRESULT call_logon(void *data)
{
    struct store_logon_args *args = data;

    return IMSProvider_Logon(args->object, args->support, args->ui, args->profile, args->size,
                             args->id, args->flags, args->iid, args->security_size, args->security,
                             &args->error, args->logon, args->store);
}

static HRESULT call_spooler_logon(void *data)
{
    struct store_logon_args *args = data;

    return IMSProvider_SpoolerLogon(args->object, args->support, args->ui, args->profile,
                                    args->size, args->id, args->flags, args->iid,
                                    *args->security_size, *args->security, &args->error,
                                    args->logon, args->store);
}

/* Both logons, at first with Unicode text, then, for a provider that knows none, with ANSI. */
static HRESULT store_logon(struct provider *provider, const char *method, host_call_proc proc,
                           struct store_logon_args *args, const WCHAR *profile,
                           struct last_error *error)
{
    ULONG flags = args->flags & ~MAPI_UNICODE;
    HRESULT hr;
    char *ansi;

    *args->logon = NULL;
    *args->store = NULL;
    args->profile = (WCHAR *)profile;
    args->flags = flags | MAPI_UNICODE;
    hr = host_call(&provider->party, method, proc, args);
    if (hr == MAPI_E_BAD_CHARWIDTH)
    {
        if (!(ansi = text_to_ansi(profile)) && profile)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        *args->logon = NULL;
        *args->store = NULL;
        args->error = NULL;
        args->profile = ansi;
        args->flags = flags;
        hr = host_call(&provider->party, method, proc, args);
        platform_free(ansi);
    }
    if (SUCCEEDED(hr) && !*args->store)
        hr = host_bad_result(&provider->party, method);
    if (args->error)
        host_take_error(provider, error, hr, args->error, args->flags);
    if (FAILED(hr))
    {
        *args->logon = NULL;
        *args->store = NULL;
    }
    return hr;
}

HRESULT store_Logon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                    const WCHAR *profile, ULONG size, const ENTRYID *id, ULONG flags,
                    const IID *iid, ULONG *security_size, BYTE **security,
                    struct last_error *error, IMSLogon **logon, IMsgStore **store)
{
    struct store_logon_args args = { (IMSProvider *)provider->object, support, ui, NULL, size,
                                     (ENTRYID *)id, flags, iid, security_size, security, NULL,
                                     logon, store };
    HRESULT hr;

    *security_size = 0;
    *security = NULL;
    hr = store_logon(provider, "IMSProvider::Logon", call_logon, &args, profile, error);
    if (FAILED(hr) || !*security)
    {
        *security_size = 0;
        *security = NULL;
    }
    return hr;
}

HRESULT store_SpoolerLogon(struct provider *provider, IMAPISupport *support, ULONG_PTR ui,
                           const WCHAR *profile, ULONG size, const ENTRYID *id, ULONG flags,
                           const IID *iid, ULONG security_size, BYTE *security,
                           struct last_error *error, IMSLogon **logon, IMsgStore **store)
{
    struct store_logon_args args = { (IMSProvider *)provider->object, support, ui, NULL, size,
                                     (ENTRYID *)id, flags, iid, &security_size, &security, NULL,
                                     logon, store };

    return store_logon(provider, "IMSProvider::SpoolerLogon", call_spooler_logon, &args, profile,
                       error);
}

struct ms_provider_compare_store_ids_args
{
    IMSProvider *object;
    ULONG size1;
    ENTRYID *id1;
    ULONG size2;
    ENTRYID *id2;
    ULONG flags;
    ULONG *result;
};

static HRESULT call_ms_provider_compare_store_ids(void *data)
{
    struct ms_provider_compare_store_ids_args *args = data;

    return IMSProvider_CompareStoreIDs(args->object, args->size1, args->id1, args->size2, args->id2,
                                       args->flags, args->result);
}

HRESULT store_CompareStoreIDs(struct provider *provider, ULONG size1, const ENTRYID *id1,
                              ULONG size2, const ENTRYID *id2, ULONG flags, ULONG *result)
{
    struct ms_provider_compare_store_ids_args args = { (IMSProvider *)provider->object, size1,
                                                        (ENTRYID *)id1, size2, (ENTRYID *)id2,
                                                        flags, result };
    HRESULT hr;

    *result = 0;
    hr = host_call(&provider->party, "IMSProvider::CompareStoreIDs",
                   call_ms_provider_compare_store_ids, &args);
    if (FAILED(hr))
        *result = 0;
    return hr;
}

struct ms_logon_logoff_args
{
    IMSLogon *object;
    ULONG *flags;
};

static HRESULT call_ms_logon_logoff(void *data)
{
    struct ms_logon_logoff_args *args = data;

    return IMSLogon_Logoff(args->object, args->flags);
}

HRESULT store_Logoff(struct provider *provider, IMSLogon *object, ULONG *flags)
{
    struct ms_logon_logoff_args args = { object, flags };

    return host_call(&provider->party, "IMSLogon::Logoff", call_ms_logon_logoff, &args);
}
