/*
 * Guarded calls: what every object has
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
 * IUnknown and IMAPIProp of an object that is not the subsystem's own: a provider's, or one that
 * somebody handed in for a property sheet. What is read is checked and copied inside the guard, so
 * that what comes out is the subsystem's own memory, and the provider's is given back there, too.
 */

#define COBJMACROS

#include "host/calls.h"

/* IMAPIControl, IMAPIStatus and the logon objects have it there, too. */
C_ASSERT(FIELD_OFFSET(IMAPIPropVtbl, GetLastError) == FIELD_OFFSET(IMSLogonVtbl, GetLastError));
C_ASSERT(FIELD_OFFSET(IMAPIPropVtbl, GetLastError) == FIELD_OFFSET(IABLogonVtbl, GetLastError));
C_ASSERT(FIELD_OFFSET(IMAPIPropVtbl, GetLastError) == FIELD_OFFSET(IMAPIControlVtbl, GetLastError));

/* Of all methods here; each uses its own. */
struct object_args
{
    IMAPIProp *object;
    const SPropTagArray *tags;
    ULONG tag;
    ULONG flags;
    ULONG count;
    SPropValue *props;
    ULONG failed;
    const IID *iid;
    IUnknown *opened;
    HRESULT result;
    struct last_error *error;
};

static HRESULT call_release(void *data)
{
    IUnknown_Release((IUnknown *)data);
    return S_OK;
}

void object_Release(struct host_party *party, void *object)
{
    if (object && !host_frozen()) host_call(party, "IUnknown::Release", call_release, object);
}

static HRESULT call_get_last_error(void *data)
{
    struct object_args *args = data;
    MAPIERROR *said = NULL;
    HRESULT hr;

    hr = IMAPIProp_GetLastError(args->object, args->result, args->flags, &said);
    if (FAILED(hr) || !said) return hr;
    if (args->error) last_error_take(args->error, args->result, said, args->flags);
    memory_free_buffer(said);
    return S_OK;
}

void object_GetLastError(struct host_party *party, void *object, HRESULT result,
                         struct last_error *error)
{
    struct object_args args = { object };

    args.result = result;
    args.error = error;
    args.flags = MAPI_UNICODE;
    if (host_call(party, "GetLastError", call_get_last_error, &args) != MAPI_E_BAD_CHARWIDTH)
        return;
    args.flags = 0;
    host_call(party, "GetLastError", call_get_last_error, &args);
}

/* A value that is none, or another than was asked for, is not there; where nothing was asked for,
 * the whole answer is wrong. A string is as wide as it was asked for. */
static HRESULT copy_values(const SPropTagArray *tags, ULONG count, const SPropValue *props,
                           SPropValue **ret)
{
    SPropValue *checked, *copy;
    HRESULT hr;
    ULONG i;

    if (!tags) return props_copy(&memory_allocators, count, props, ret);
    if (!(checked = platform_alloc(count * sizeof(*checked)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count; i++)
    {
        checked[i] = props[i];
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tags->aulPropTag[i])
            && prop_value_check(&props[i]) == S_OK)
            continue;
        checked[i].ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(tags->aulPropTag[i]));
        checked[i].Value.err = MAPI_E_NOT_FOUND;
    }
    hr = props_copy(&memory_allocators, count, checked, &copy);
    platform_free(checked);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (PROP_TYPE(copy[i].ulPropTag) == PT_STRING8
            && PROP_TYPE(tags->aulPropTag[i]) == PT_UNICODE)
            hr = prop_convert_width(&copy[i], &copy[i], PT_UNICODE, memory_allocators.more, copy);
    if (FAILED(hr)) memory_free_buffer(copy);
    else *ret = copy;
    return hr;
}

static HRESULT call_get_props(void *data)
{
    struct object_args *args = data;
    SPropValue *props = NULL;
    ULONG count = 0;
    HRESULT hr, copied;

    hr = IMAPIProp_GetProps(args->object, (SPropTagArray *)args->tags, args->flags, &count, &props);
    if (FAILED(hr)) return hr;
    if ((count && !props) || (args->tags && count != args->tags->cValues))
        copied = MAPI_E_CALL_FAILED;
    else copied = copy_values(args->tags, count, props, &args->props);
    if (props) memory_free_buffer(props);
    if (FAILED(copied)) return copied == MAPI_E_NOT_ENOUGH_MEMORY ? copied : MAPI_E_CALL_FAILED;
    args->count = count;
    return hr;
}

HRESULT object_GetProps(struct host_party *party, void *object, const SPropTagArray *tags,
                        ULONG flags, ULONG *count, SPropValue **props)
{
    struct object_args args = { object, tags };
    HRESULT hr;

    *count = 0;
    *props = NULL;
    args.flags = flags;
    hr = host_call(party, "IMAPIProp::GetProps", call_get_props, &args);
    if (FAILED(hr)) return hr;
    *count = args.count;
    *props = args.props;
    return hr;
}

static HRESULT call_set_props(void *data)
{
    struct object_args *args = data;
    SPropProblemArray *problems = NULL;
    HRESULT hr;

    hr = IMAPIProp_SetProps(args->object, args->count, args->props, &problems);
    if (FAILED(hr)) return hr;
    if (problems && problems->cProblem)
    {
        args->failed = problems->aProblem[0].ulIndex;
        args->result = problems->aProblem[0].scode;
    }
    memory_free_buffer(problems);
    return S_OK;
}

HRESULT object_SetProps(struct host_party *party, void *object, ULONG count,
                        const SPropValue *props, ULONG *failed)
{
    struct object_args args = { object };
    HRESULT hr;

    args.count = args.failed = count;
    args.props = (SPropValue *)props;
    args.result = MAPI_E_CALL_FAILED;
    hr = host_call(party, "IMAPIProp::SetProps", call_set_props, &args);
    if (!failed) return hr;
    *failed = min(args.failed, count);
    if (FAILED(hr) || *failed == count) return hr;
    return FAILED(args.result) ? args.result : MAPI_E_CALL_FAILED;
}

static HRESULT call_save_changes(void *data)
{
    struct object_args *args = data;

    return IMAPIProp_SaveChanges(args->object, args->flags);
}

HRESULT object_SaveChanges(struct host_party *party, void *object, ULONG flags)
{
    struct object_args args = { object };

    args.flags = flags;
    return host_call(party, "IMAPIProp::SaveChanges", call_save_changes, &args);
}

/* Tables come with wide strings, where their provider has such. */
static HRESULT call_open_property(void *data)
{
    struct object_args *args = data;
    ULONG options = IsEqualGUID(args->iid, &IID_IMAPITable) ? MAPI_UNICODE : 0;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty(args->object, args->tag, args->iid, options, 0, &args->opened);
    if (options && (hr == MAPI_E_BAD_CHARWIDTH || hr == MAPI_E_UNKNOWN_FLAGS))
        hr = IMAPIProp_OpenProperty(args->object, args->tag, args->iid, 0, 0, &args->opened);
    return hr;
}

HRESULT object_OpenProperty(struct host_party *party, void *object, ULONG tag, const IID *iid,
                            void **ret)
{
    struct object_args args = { object };
    HRESULT hr;

    *ret = NULL;
    args.tag = tag;
    args.iid = iid;
    hr = host_call(party, "IMAPIProp::OpenProperty", call_open_property, &args);
    if (SUCCEEDED(hr) && !args.opened) hr = host_bad_result(party, "IMAPIProp::OpenProperty");
    if (SUCCEEDED(hr)) *ret = args.opened;
    return hr;
}
