/*
 * The far end of a remote object
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
 * A stub calls one interface of its object with what a proxy sent. The bytes come from a stranger:
 * they are taken apart whole before the object hears of them, and a method that does not exist or
 * is not remoted is not called.
 *
 * The stub holds the object until COM disconnects it, which it does when the last proxy is gone; a
 * call under way keeps a reference of its own.
 */

#define COBJMACROS

#include "remote/remote.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct stub
{
    IRpcStubBuffer IRpcStubBuffer_iface;
    LONG refs;
    const struct remote_interface *type;
    SRWLOCK lock;                       /* of object */
    IUnknown *object;                   /* its interface of this type */
};

static struct stub *impl_from_IRpcStubBuffer(IRpcStubBuffer *iface)
{
    return CONTAINING_RECORD(iface, struct stub, IRpcStubBuffer_iface);
}

static IUnknown *exchange(struct stub *stub, IUnknown *object)
{
    IUnknown *old;

    AcquireSRWLockExclusive(&stub->lock);
    old = stub->object;
    stub->object = object;
    ReleaseSRWLockExclusive(&stub->lock);
    return old;
}

static IUnknown *get_object(struct stub *stub)
{
    IUnknown *object;

    AcquireSRWLockShared(&stub->lock);
    if ((object = stub->object)) IUnknown_AddRef(object);
    ReleaseSRWLockShared(&stub->lock);
    return object;
}

typedef ULONG_PTR slot;

/* Each parameter fills a slot, whatever it is. */
static HRESULT call_method(const void *method, void *object, ULONG count, const slot *s)
{
    switch (count)
    {
    case 0: return ((HRESULT (WINAPI *)(void *))method)(object);
    case 1: return ((HRESULT (WINAPI *)(void *, slot))method)(object, s[0]);
    case 2: return ((HRESULT (WINAPI *)(void *, slot, slot))method)(object, s[0], s[1]);
    case 3:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot))method)(object, s[0], s[1], s[2]);
    case 4:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot))method)
            (object, s[0], s[1], s[2], s[3]);
    case 5:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot, slot))method)
            (object, s[0], s[1], s[2], s[3], s[4]);
    case 6:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot, slot, slot))method)
            (object, s[0], s[1], s[2], s[3], s[4], s[5]);
    case 7:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot, slot, slot, slot))method)
            (object, s[0], s[1], s[2], s[3], s[4], s[5], s[6]);
    case 8:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot, slot, slot, slot, slot))method)
            (object, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    case 9:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot, slot, slot, slot, slot,
                                    slot))method)
            (object, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8]);
    case 10:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot, slot, slot, slot, slot, slot,
                                    slot))method)
            (object, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9]);
    case 11:
        return ((HRESULT (WINAPI *)(void *, slot, slot, slot, slot, slot, slot, slot, slot, slot,
                                    slot, slot))method)
            (object, s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], s[9], s[10]);
    }
    return MAPI_E_CALL_FAILED;
}

/* What comes back: 32 bits with what the method returned, and, if it succeeded, what it made. */
static void write_reply(struct remote_call *call, struct wire *reply, HRESULT hr)
{
    ULONG ret = hr;

    wire_write_init(reply);
    wire_ulong(reply, &ret);
    if (SUCCEEDED(hr)) remote_pass_out(call, reply);
    if (reply->hr == S_OK) return;
    WARN("what came out cannot be sent: %#lx\n", reply->hr);
    ret = reply->hr == MAPI_E_NOT_ENOUGH_MEMORY || reply->hr == MAPI_E_INTERFACE_NOT_SUPPORTED
          ? reply->hr : MAPI_E_CALL_FAILED;
    wire_free(reply);
    wire_write_init(reply);
    wire_ulong(reply, &ret);
    remote_given_end(&call->given, FALSE);
}

static HRESULT send_reply(const struct stub *stub, const struct wire *reply, RPCOLEMESSAGE *message,
                          IRpcChannelBuffer *channel)
{
    HRESULT hr;

    if (reply->hr != S_OK) return E_OUTOFMEMORY;
    message->cbBuffer = reply->at;
    hr = IRpcChannelBuffer_GetBuffer(channel, message, stub->type->iid);
    if (FAILED(hr)) return hr;
    if (reply->at) memcpy(message->Buffer, reply->data, reply->at);
    return S_OK;
}

static HRESULT answer_ping(const struct stub *stub, RPCOLEMESSAGE *message,
                           IRpcChannelBuffer *channel)
{
    struct wire nothing;

    wire_write_init(&nothing);
    return send_reply(stub, &nothing, message, channel);
}

static HRESULT invoke(struct stub *stub, IUnknown *object, RPCOLEMESSAGE *message,
                      IRpcChannelBuffer *channel)
{
    struct remote_call call = { stub->type };
    const void *const *vtbl = *(const void *const *const *)object;
    ULONG index = message->iMethod & 0xffff;
    struct wire request, reply;
    HRESULT hr;

    if (index == REMOTE_PING) return answer_ping(stub, message, channel);
    if (!(call.description = remote_method(stub->type, index))
        || !remote_is_remoted(call.description))
    {
        WARN("%s has no method %lu\n", debugstr_guid(stub->type->iid), index);
        return RPC_E_INVALIDMETHOD;
    }
    hr = IRpcChannelBuffer_GetDestCtx(channel, &call.context, &call.context_data);
    if (FAILED(hr)) call.context = MSHCTX_LOCAL;
    wire_read_init(&request, memory_exported, message->Buffer, message->cbBuffer);
    remote_get_in(&call, &request);
    if (request.hr == S_OK)
        hr = call_method(vtbl[index], object, remote_slot_count(call.description), call.slots);
    else
    {
        WARN("%s, method %lu: what came in is bad: %#lx\n", debugstr_guid(stub->type->iid), index,
             request.hr);
        hr = request.hr == MAPI_E_INVALID_PARAMETER ? MAPI_E_CALL_FAILED : request.hr;
    }
    write_reply(&call, &reply, hr);
    hr = send_reply(stub, &reply, message, channel);
    remote_given_end(&call.given, SUCCEEDED(hr));
    wire_free(&reply);
    remote_free(&call);
    return hr;
}

/* ---- IRpcStubBuffer ---- */

static HRESULT WINAPI stub_QueryInterface(IRpcStubBuffer *iface, REFIID iid, void **ret)
{
    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IRpcStubBuffer))
        return E_NOINTERFACE;
    IRpcStubBuffer_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI stub_AddRef(IRpcStubBuffer *iface)
{
    return InterlockedIncrement(&impl_from_IRpcStubBuffer(iface)->refs);
}

static void WINAPI stub_Disconnect(IRpcStubBuffer *iface)
{
    IUnknown *object;

    TRACE("(%p)\n", iface);
    if ((object = exchange(impl_from_IRpcStubBuffer(iface), NULL))) IUnknown_Release(object);
}

static ULONG WINAPI stub_Release(IRpcStubBuffer *iface)
{
    struct stub *stub = impl_from_IRpcStubBuffer(iface);
    ULONG refs = InterlockedDecrement(&stub->refs);

    if (refs) return refs;
    stub_Disconnect(iface);
    platform_free(stub);
    remote_object_count(-1);
    return 0;
}

static HRESULT WINAPI stub_Connect(IRpcStubBuffer *iface, IUnknown *server)
{
    struct stub *stub = impl_from_IRpcStubBuffer(iface);
    IUnknown *object;
    HRESULT hr;

    TRACE("(%p, %p)\n", iface, server);
    if (!server) return E_INVALIDARG;
    hr = IUnknown_QueryInterface(server, stub->type->iid, (void **)&object);
    if (FAILED(hr)) return hr;
    if ((object = exchange(stub, object))) IUnknown_Release(object);
    return S_OK;
}

static HRESULT WINAPI stub_Invoke(IRpcStubBuffer *iface, RPCOLEMESSAGE *message,
                                  IRpcChannelBuffer *channel)
{
    struct stub *stub = impl_from_IRpcStubBuffer(iface);
    IUnknown *object;
    HRESULT hr;

    TRACE("(%p) %s, method %lu\n", iface, debugstr_guid(stub->type->iid), message->iMethod);
    if (!(object = get_object(stub))) return CO_E_OBJNOTCONNECTED;
    hr = invoke(stub, object, message, channel);
    IUnknown_Release(object);
    return hr;
}

static IRpcStubBuffer *WINAPI stub_IsIIDSupported(IRpcStubBuffer *iface, REFIID iid)
{
    return IsEqualGUID(iid, impl_from_IRpcStubBuffer(iface)->type->iid) ? iface : NULL;
}

static ULONG WINAPI stub_CountRefs(IRpcStubBuffer *iface)
{
    return impl_from_IRpcStubBuffer(iface)->object ? 1 : 0;
}

static HRESULT WINAPI stub_DebugServerQueryInterface(IRpcStubBuffer *iface, void **ret)
{
    struct stub *stub = impl_from_IRpcStubBuffer(iface);

    if (!ret) return E_POINTER;
    *ret = stub->object;                /* not counted, as its page says */
    return *ret ? S_OK : CO_E_OBJNOTCONNECTED;
}

static void WINAPI stub_DebugServerRelease(IRpcStubBuffer *iface, void *object)
{
    TRACE("(%p, %p)\n", iface, object);
}

static const IRpcStubBufferVtbl stub_vtbl =
{
    stub_QueryInterface,
    stub_AddRef,
    stub_Release,
    stub_Connect,
    stub_Disconnect,
    stub_Invoke,
    stub_IsIIDSupported,
    stub_CountRefs,
    stub_DebugServerQueryInterface,
    stub_DebugServerRelease
};

HRESULT remote_stub_create(const struct remote_interface *type, IUnknown *server,
                           IRpcStubBuffer **ret)
{
    struct stub *stub;
    HRESULT hr = S_OK;

    *ret = NULL;
    if (!(stub = platform_alloc_zero(sizeof(*stub)))) return E_OUTOFMEMORY;
    stub->IRpcStubBuffer_iface.lpVtbl = (IRpcStubBufferVtbl *)&stub_vtbl;
    stub->refs = 1;
    stub->type = type;
    InitializeSRWLock(&stub->lock);
    remote_object_count(1);
    if (server) hr = stub_Connect(&stub->IRpcStubBuffer_iface, server);
    if (SUCCEEDED(hr)) *ret = &stub->IRpcStubBuffer_iface;
    else stub_Release(&stub->IRpcStubBuffer_iface);
    return hr;
}
