/*
 * What COM asks for proxies and stubs
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
 * The class object of remote_clsid: an IPSFactoryBuffer, one for the process, that is never gone.
 * `install` writes into the registry that the interfaces of methods.c are its, for both widths.
 */

#define COBJMACROS

#include "remote/remote.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

/* {b1f4f5c2-6d0e-4a57-9c0b-3f6f2d8a7e31} */
const CLSID remote_clsid =
    { 0xb1f4f5c2, 0x6d0e, 0x4a57, { 0x9c, 0x0b, 0x3f, 0x6f, 0x2d, 0x8a, 0x7e, 0x31 } };

static LONG objects;

void remote_object_count(LONG change)
{
    InterlockedExchangeAdd(&objects, change);
}

LONG remote_objects(void)
{
    return objects;
}

static HRESULT WINAPI factory_QueryInterface(IPSFactoryBuffer *iface, REFIID iid, void **ret)
{
    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IPSFactoryBuffer))
        return E_NOINTERFACE;
    IPSFactoryBuffer_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI factory_AddRef(IPSFactoryBuffer *iface)
{
    remote_object_count(1);
    return 2;
}

static ULONG WINAPI factory_Release(IPSFactoryBuffer *iface)
{
    remote_object_count(-1);
    return 1;
}

static HRESULT WINAPI factory_CreateProxy(IPSFactoryBuffer *iface, IUnknown *outer, REFIID iid,
                                          IRpcProxyBuffer **ret, void **ret_interface)
{
    const struct remote_interface *type = remote_interface_of(iid);

    TRACE("(%p, %p, %s, %p, %p)\n", iface, outer, debugstr_guid(iid), ret, ret_interface);
    if (!ret || !ret_interface) return E_POINTER;
    *ret = NULL;
    *ret_interface = NULL;
    return type ? remote_proxy_create(type, outer, ret, ret_interface) : E_NOINTERFACE;
}

static HRESULT WINAPI factory_CreateStub(IPSFactoryBuffer *iface, REFIID iid, IUnknown *server,
                                         IRpcStubBuffer **ret)
{
    const struct remote_interface *type = remote_interface_of(iid);

    TRACE("(%p, %s, %p, %p)\n", iface, debugstr_guid(iid), server, ret);
    if (!ret) return E_POINTER;
    *ret = NULL;
    return type ? remote_stub_create(type, server, ret) : E_NOINTERFACE;
}

static const IPSFactoryBufferVtbl factory_vtbl =
{
    factory_QueryInterface,
    factory_AddRef,
    factory_Release,
    factory_CreateProxy,
    factory_CreateStub
};

static IPSFactoryBuffer factory = { (IPSFactoryBufferVtbl *)&factory_vtbl };

HRESULT remote_class_object(REFIID iid, void **ret)
{
    return IPSFactoryBuffer_QueryInterface(&factory, iid, ret);
}
