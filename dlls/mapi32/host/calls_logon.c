/*
 * Calls into the logon objects of address books and stores
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
 * The methods that IABLogon and IMSLogon have in common lie at the same slots of their vtables and
 * take the same arguments: object is either one. The rest of both is in calls_addrbook.c and
 * calls_store.c.
 */

#include "host/calls.h"

C_ASSERT(FIELD_OFFSET(IABLogonVtbl, OpenEntry) == FIELD_OFFSET(IMSLogonVtbl, OpenEntry));
C_ASSERT(FIELD_OFFSET(IABLogonVtbl, CompareEntryIDs)
         == FIELD_OFFSET(IMSLogonVtbl, CompareEntryIDs));
C_ASSERT(FIELD_OFFSET(IABLogonVtbl, Advise) == FIELD_OFFSET(IMSLogonVtbl, Advise));
C_ASSERT(FIELD_OFFSET(IABLogonVtbl, Unadvise) == FIELD_OFFSET(IMSLogonVtbl, Unadvise));
C_ASSERT(FIELD_OFFSET(IABLogonVtbl, OpenStatusEntry)
         == FIELD_OFFSET(IMSLogonVtbl, OpenStatusEntry));

struct logon_open_entry_args
{
    IMSLogon *object;
    ULONG size;
    ENTRYID *id;
    const IID *iid;
    ULONG flags;
    ULONG *type;
    IUnknown **ret;
};

static HRESULT call_logon_open_entry(void *data)
{
    struct logon_open_entry_args *args = data;

    return IMSLogon_OpenEntry(args->object, args->size, args->id, args->iid, args->flags,
                              args->type, args->ret);
}

HRESULT host_OpenEntry(struct provider *provider, IUnknown *object, ULONG size, const ENTRYID *id,
                       const IID *iid, ULONG flags, ULONG *type, IUnknown **ret)
{
    struct logon_open_entry_args args = {
        (IMSLogon *)object, size, (ENTRYID *)id, iid, flags, type, ret
    };
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    hr = host_call(&provider->party, "OpenEntry", call_logon_open_entry, &args);
    if (SUCCEEDED(hr) && !*ret)
        hr = host_bad_result(&provider->party, "OpenEntry");
    if (FAILED(hr))
    {
        *type = 0;
        *ret = NULL;
    }
    return hr;
}

struct logon_compare_entry_ids_args
{
    IMSLogon *object;
    ULONG size1;
    ENTRYID *id1;
    ULONG size2;
    ENTRYID *id2;
    ULONG flags;
    ULONG *result;
};

static HRESULT call_logon_compare_entry_ids(void *data)
{
    struct logon_compare_entry_ids_args *args = data;

    return IMSLogon_CompareEntryIDs(args->object, args->size1, args->id1, args->size2, args->id2,
                                    args->flags, args->result);
}

HRESULT host_CompareEntryIDs(struct provider *provider, IUnknown *object, ULONG size1,
                             const ENTRYID *id1, ULONG size2, const ENTRYID *id2, ULONG flags,
                             ULONG *result)
{
    struct logon_compare_entry_ids_args args = { (IMSLogon *)object, size1, (ENTRYID *)id1, size2,
                                                 (ENTRYID *)id2,     flags, result };
    HRESULT hr;

    *result = 0;
    hr = host_call(&provider->party, "CompareEntryIDs",
                   call_logon_compare_entry_ids, &args);
    if (FAILED(hr))
        *result = 0;
    return hr;
}

struct logon_advise_args
{
    IMSLogon *object;
    ULONG size;
    ENTRYID *id;
    ULONG mask;
    IMAPIAdviseSink *sink;
    ULONG_PTR *connection;
};

static HRESULT call_logon_advise(void *data)
{
    struct logon_advise_args *args = data;

    return IMSLogon_Advise(args->object, args->size, args->id, args->mask, args->sink,
                           args->connection);
}

HRESULT host_Advise(struct provider *provider, IUnknown *object, ULONG size, const ENTRYID *id,
                    ULONG mask, IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    struct logon_advise_args args = { (IMSLogon *)object, size, (ENTRYID *)id, mask, sink,
                                      connection };
    HRESULT hr;

    *connection = 0;
    hr = host_call(&provider->party, "Advise", call_logon_advise, &args);
    if (FAILED(hr))
        *connection = 0;
    return hr;
}

struct logon_unadvise_args
{
    IMSLogon *object;
    ULONG_PTR connection;
};

static HRESULT call_logon_unadvise(void *data)
{
    struct logon_unadvise_args *args = data;

    return IMSLogon_Unadvise(args->object, args->connection);
}

HRESULT host_Unadvise(struct provider *provider, IUnknown *object, ULONG_PTR connection)
{
    struct logon_unadvise_args args = { (IMSLogon *)object, connection };

    return host_call(&provider->party, "Unadvise", call_logon_unadvise, &args);
}

struct logon_open_status_entry_args
{
    IMSLogon *object;
    const IID *iid;
    ULONG flags;
    ULONG *type;
    IMAPIStatus **ret;
};

static HRESULT call_logon_open_status_entry(void *data)
{
    struct logon_open_status_entry_args *args = data;

    return IMSLogon_OpenStatusEntry(args->object, args->iid, args->flags, args->type,
                                    (void **)args->ret);
}

HRESULT host_OpenStatusEntry(struct provider *provider, IUnknown *object, const IID *iid,
                             ULONG flags, ULONG *type, IMAPIStatus **ret)
{
    struct logon_open_status_entry_args args = { (IMSLogon *)object, iid, flags, type, ret };
    HRESULT hr;

    *type = 0;
    *ret = NULL;
    hr = host_call(&provider->party, "OpenStatusEntry",
                   call_logon_open_status_entry, &args);
    if (SUCCEEDED(hr) && !*ret)
        hr = host_bad_result(&provider->party, "OpenStatusEntry");
    if (FAILED(hr))
    {
        *type = 0;
        *ret = NULL;
    }
    return hr;
}
