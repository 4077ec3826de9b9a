/*
 * The near end of a remote object
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
 * A proxy is one interface of an object in another process. COM aggregates it: what the client sees
 * as IUnknown is COM's, IRpcProxyBuffer is what COM holds it by.
 *
 * A method only needs to know its place in the vtable and how many parameters it has, since each of
 * those fills one stack slot: so all interfaces share the same entries, and a vtable is put
 * together from the descriptions.
 *
 * Errors of the connection itself, among them that the other process is gone, are
 * MAPI_E_CALL_FAILED.
 */

#define COBJMACROS

#include "remote/remote.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct proxy
{
    IRpcProxyBuffer IRpcProxyBuffer_iface;
    const void *const *vtbl;            /* the interface is a pointer to this */
    LONG refs;
    const struct remote_interface *type;
    IUnknown *outer;                    /* not counted: it owns us */
    SRWLOCK lock;                       /* of channel */
    IRpcChannelBuffer *channel;
};

static struct proxy *impl_from_IRpcProxyBuffer(IRpcProxyBuffer *iface)
{
    return CONTAINING_RECORD(iface, struct proxy, IRpcProxyBuffer_iface);
}

static struct proxy *impl_from_interface(void *iface)
{
    return CONTAINING_RECORD(iface, struct proxy, vtbl);
}

/* ---- a call ---- */

static IRpcChannelBuffer *get_channel(struct proxy *proxy)
{
    IRpcChannelBuffer *channel;

    AcquireSRWLockShared(&proxy->lock);
    if ((channel = proxy->channel)) IRpcChannelBuffer_AddRef(channel);
    ReleaseSRWLockShared(&proxy->lock);
    return channel;
}

static HRESULT connection_error(HRESULT hr)
{
    if (hr == E_OUTOFMEMORY || hr == HRESULT_FROM_WIN32(RPC_S_OUT_OF_MEMORY))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    return MAPI_E_CALL_FAILED;
}

/* The reply, whose first 32 bits are what the method returned. */
static HRESULT read_reply(struct remote_call *call, const void *data, ULONG size)
{
    struct wire wire;
    ULONG ret;

    wire_read_init(&wire, memory_exported, data, size);
    wire_ulong(&wire, &ret);
    if (wire.hr == S_OK && SUCCEEDED((HRESULT)ret)) remote_pass_out(call, &wire);
    if (wire.hr == S_OK) return ret;
    WARN("a bad reply: %#lx\n", wire.hr);
    remote_clear_out(call, TRUE);
    return wire.hr == MAPI_E_NOT_ENOUGH_MEMORY ? wire.hr : MAPI_E_CALL_FAILED;
}

/* S_OK, or what was wrong with the connection; the reply is in message, to be freed. */
static HRESULT exchange(IRpcChannelBuffer *channel, const struct remote_interface *type,
                        ULONG index, const struct wire *wire, RPCOLEMESSAGE *message, BOOL *sent)
{
    ULONG status = 0;
    HRESULT hr;

    memset(message, 0, sizeof(*message));
    message->dataRepresentation = 0x10; /* little-endian */
    message->iMethod = index;
    message->cbBuffer = wire->at;
    hr = IRpcChannelBuffer_GetBuffer(channel, message, type->iid);
    if (FAILED(hr)) return hr;
    if (wire->at) memcpy(message->Buffer, wire->data, wire->at);
    hr = IRpcChannelBuffer_SendReceive(channel, message, &status);
    *sent = TRUE;                       /* for all that is known */
    if (hr == S_OK) return hr;
    WARN("%s, method %lu: %#lx, status %#lx\n", debugstr_guid(type->iid), index, hr, status);
    if (FAILED(hr)) return hr;
    IRpcChannelBuffer_FreeBuffer(channel, message);
    return RPC_E_FAULT;
}

static HRESULT send(struct remote_call *call, IRpcChannelBuffer *channel, ULONG index,
                    const struct wire *wire, BOOL *sent)
{
    RPCOLEMESSAGE message;
    HRESULT hr;

    hr = exchange(channel, call->type, index, wire, &message, sent);
    if (FAILED(hr)) return connection_error(hr);
    hr = read_reply(call, message.Buffer, message.cbBuffer);
    IRpcChannelBuffer_FreeBuffer(channel, &message);
    return hr;
}

static HRESULT WINAPI object_QueryInterface(void *iface, REFIID iid, void **ret)
{
    return IUnknown_QueryInterface(impl_from_interface(iface)->outer, iid, ret);
}

HRESULT remote_ping(void *iface)
{
    const void *const *vtbl = *(const void *const *const *)iface;
    IRpcChannelBuffer *channel;
    RPCOLEMESSAGE message;
    struct wire nothing;
    BOOL sent;
    HRESULT hr;

    if (vtbl[0] != object_QueryInterface) return S_OK;
    if (!(channel = get_channel(impl_from_interface(iface)))) return RPC_E_DISCONNECTED;
    wire_write_init(&nothing);
    hr = exchange(channel, impl_from_interface(iface)->type, REMOTE_PING, &nothing, &message,
                  &sent);
    if (SUCCEEDED(hr)) IRpcChannelBuffer_FreeBuffer(channel, &message);
    IRpcChannelBuffer_Release(channel);
    return hr;
}

static HRESULT proxy_call(void *iface, ULONG index, ULONG count, const ULONG_PTR *slots)
{
    struct proxy *proxy = impl_from_interface(iface);
    struct remote_call call = { proxy->type };
    IRpcChannelBuffer *channel;
    struct wire wire;
    BOOL sent = FALSE;
    HRESULT hr;

    TRACE("(%p) %s, method %lu\n", iface, debugstr_guid(proxy->type->iid), index);

    call.description = remote_method(proxy->type, index);
    if (!remote_is_remoted(call.description)) return MAPI_E_NO_SUPPORT;
    if (count) memcpy(call.slots, slots, count * sizeof(*slots));
    remote_clear_out(&call, FALSE);
    if (!(channel = get_channel(proxy))) return MAPI_E_CALL_FAILED;
    hr = IRpcChannelBuffer_GetDestCtx(channel, &call.context, &call.context_data);
    if (FAILED(hr)) call.context = MSHCTX_LOCAL;
    wire_write_init(&wire);
    remote_put_in(&call, &wire);
    hr = wire.hr == S_OK ? send(&call, channel, index, &wire, &sent) : wire.hr;
    remote_given_end(&call.given, sent);
    remote_drop_out(&call);
    wire_free(&wire);
    IRpcChannelBuffer_Release(channel);
    TRACE("returns %#lx\n", hr);
    return hr;
}

/* ---- vtables ---- */

#define ENTRY_0(n) static HRESULT WINAPI entry_##n##_0(void *iface) \
    { return proxy_call(iface, n, 0, NULL); }
#define ENTRY(n, count, parameters, ...) static HRESULT WINAPI entry_##n##_##count parameters \
    { const ULONG_PTR slots[] = { __VA_ARGS__ }; return proxy_call(iface, n, count, slots); }

#define ENTRIES(n) \
    ENTRY_0(n) \
    ENTRY(n, 1, (void *iface, ULONG_PTR a), a) \
    ENTRY(n, 2, (void *iface, ULONG_PTR a, ULONG_PTR b), a, b) \
    ENTRY(n, 3, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c), a, b, c) \
    ENTRY(n, 4, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d), a, b, c, d) \
    ENTRY(n, 5, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e), \
          a, b, c, d, e) \
    ENTRY(n, 6, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e, \
          ULONG_PTR f), a, b, c, d, e, f) \
    ENTRY(n, 7, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e, \
          ULONG_PTR f, ULONG_PTR g), a, b, c, d, e, f, g) \
    ENTRY(n, 8, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e, \
          ULONG_PTR f, ULONG_PTR g, ULONG_PTR h), a, b, c, d, e, f, g, h) \
    ENTRY(n, 9, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e, \
          ULONG_PTR f, ULONG_PTR g, ULONG_PTR h, ULONG_PTR i), a, b, c, d, e, f, g, h, i) \
    ENTRY(n, 10, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e, \
          ULONG_PTR f, ULONG_PTR g, ULONG_PTR h, ULONG_PTR i, ULONG_PTR j), \
          a, b, c, d, e, f, g, h, i, j) \
    ENTRY(n, 11, (void *iface, ULONG_PTR a, ULONG_PTR b, ULONG_PTR c, ULONG_PTR d, ULONG_PTR e, \
          ULONG_PTR f, ULONG_PTR g, ULONG_PTR h, ULONG_PTR i, ULONG_PTR j, ULONG_PTR k), \
          a, b, c, d, e, f, g, h, i, j, k)

ENTRIES(3) ENTRIES(4) ENTRIES(5) ENTRIES(6) ENTRIES(7) ENTRIES(8) ENTRIES(9) ENTRIES(10)
ENTRIES(11) ENTRIES(12) ENTRIES(13) ENTRIES(14) ENTRIES(15) ENTRIES(16) ENTRIES(17) ENTRIES(18)
ENTRIES(19) ENTRIES(20) ENTRIES(21) ENTRIES(22) ENTRIES(23) ENTRIES(24) ENTRIES(25) ENTRIES(26)
ENTRIES(27) ENTRIES(28) ENTRIES(29) ENTRIES(30) ENTRIES(31)

#define ROW(n) { entry_##n##_0, entry_##n##_1, entry_##n##_2, entry_##n##_3, entry_##n##_4, \
                 entry_##n##_5, entry_##n##_6, entry_##n##_7, entry_##n##_8, entry_##n##_9, \
                 entry_##n##_10, entry_##n##_11 }

static const void *const entries[REMOTE_METHODS - REMOTE_FIRST][REMOTE_SLOTS + 1] =
{
    ROW(3), ROW(4), ROW(5), ROW(6), ROW(7), ROW(8), ROW(9), ROW(10),
    ROW(11), ROW(12), ROW(13), ROW(14), ROW(15), ROW(16), ROW(17), ROW(18),
    ROW(19), ROW(20), ROW(21), ROW(22), ROW(23), ROW(24), ROW(25), ROW(26),
    ROW(27), ROW(28), ROW(29), ROW(30), ROW(31)
};

static ULONG WINAPI object_AddRef(void *iface)
{
    return IUnknown_AddRef(impl_from_interface(iface)->outer);
}

static ULONG WINAPI object_Release(void *iface)
{
    return IUnknown_Release(impl_from_interface(iface)->outer);
}

/* platform_alloc; kept until the proxy goes. */
static const void **build_vtbl(const struct remote_interface *type)
{
    ULONG count = remote_method_count(type), i;
    const void **vtbl;

    if (!(vtbl = platform_alloc(count * sizeof(*vtbl)))) return NULL;
    vtbl[0] = object_QueryInterface;
    vtbl[1] = object_AddRef;
    vtbl[2] = object_Release;
    for (i = REMOTE_FIRST; i < count; i++)
        vtbl[i] = entries[i - REMOTE_FIRST][remote_slot_count(remote_method(type, i))];
    return vtbl;
}

/* ---- IRpcProxyBuffer ---- */

static HRESULT WINAPI proxy_QueryInterface(IRpcProxyBuffer *iface, REFIID iid, void **ret)
{
    struct proxy *proxy = impl_from_IRpcProxyBuffer(iface);

    if (!ret) return E_POINTER;
    *ret = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IRpcProxyBuffer)) *ret = iface;
    else if (IsEqualGUID(iid, proxy->type->iid)) *ret = &proxy->vtbl;
    else return E_NOINTERFACE;
    IUnknown_AddRef((IUnknown *)*ret);
    return S_OK;
}

static ULONG WINAPI proxy_AddRef(IRpcProxyBuffer *iface)
{
    return InterlockedIncrement(&impl_from_IRpcProxyBuffer(iface)->refs);
}

static void WINAPI proxy_Disconnect(IRpcProxyBuffer *iface)
{
    struct proxy *proxy = impl_from_IRpcProxyBuffer(iface);
    IRpcChannelBuffer *channel;

    TRACE("(%p)\n", iface);
    AcquireSRWLockExclusive(&proxy->lock);
    channel = proxy->channel;
    proxy->channel = NULL;
    ReleaseSRWLockExclusive(&proxy->lock);
    if (channel) IRpcChannelBuffer_Release(channel);
}

static ULONG WINAPI proxy_Release(IRpcProxyBuffer *iface)
{
    struct proxy *proxy = impl_from_IRpcProxyBuffer(iface);
    ULONG refs = InterlockedDecrement(&proxy->refs);

    if (refs) return refs;
    proxy_Disconnect(iface);
    platform_free((void *)proxy->vtbl);
    platform_free(proxy);
    remote_object_count(-1);
    return 0;
}

static HRESULT WINAPI proxy_Connect(IRpcProxyBuffer *iface, IRpcChannelBuffer *channel)
{
    struct proxy *proxy = impl_from_IRpcProxyBuffer(iface);
    IRpcChannelBuffer *old;

    TRACE("(%p, %p)\n", iface, channel);
    if (!channel) return E_INVALIDARG;
    IRpcChannelBuffer_AddRef(channel);
    AcquireSRWLockExclusive(&proxy->lock);
    old = proxy->channel;
    proxy->channel = channel;
    ReleaseSRWLockExclusive(&proxy->lock);
    if (old) IRpcChannelBuffer_Release(old);
    return S_OK;
}

static const IRpcProxyBufferVtbl proxy_vtbl =
{
    proxy_QueryInterface,
    proxy_AddRef,
    proxy_Release,
    proxy_Connect,
    proxy_Disconnect
};

/* *ret_interface is a reference to outer, as COM has it. */
HRESULT remote_proxy_create(const struct remote_interface *type, IUnknown *outer,
                            IRpcProxyBuffer **ret, void **ret_interface)
{
    struct proxy *proxy;

    *ret = NULL;
    *ret_interface = NULL;
    if (!outer) return E_INVALIDARG;
    if (!(proxy = platform_alloc_zero(sizeof(*proxy)))) return E_OUTOFMEMORY;
    if (!(proxy->vtbl = build_vtbl(type)))
    {
        platform_free(proxy);
        return E_OUTOFMEMORY;
    }
    proxy->IRpcProxyBuffer_iface.lpVtbl = (IRpcProxyBufferVtbl *)&proxy_vtbl;
    proxy->refs = 1;
    proxy->type = type;
    proxy->outer = outer;
    InitializeSRWLock(&proxy->lock);
    remote_object_count(1);
    IUnknown_AddRef(outer);
    *ret = &proxy->IRpcProxyBuffer_iface;
    *ret_interface = &proxy->vtbl;
    return S_OK;
}
