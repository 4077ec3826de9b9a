/*
 * The process of a form server
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

/* One form a process. IMAPIFormFactory is there as well, to be asked for the form's own factory. */

#include "formserver.h"
#include <initguid.h>
#include <mapiguid.h>

/* {6f1d7a80-3c52-4b1e-9d0a-f00dfeed0003} */
static const CLSID clsid_form =
    { 0x6f1d7a80, 0x3c52, 0x4b1e, { 0x9d, 0x0a, 0xf0, 0x0d, 0xfe, 0xed, 0, 3 } };

static DWORD main_thread;

void server_end(void)
{
    PostThreadMessageW(main_thread, WM_QUIT, 0, 0);
}

static HRESULT query(REFIID iid, void **ret);

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID iid, void **ret)
{
    return query(iid, ret);
}

static ULONG WINAPI factory_AddRef(IClassFactory *iface)
{
    return 2;
}

static ULONG WINAPI factory_Release(IClassFactory *iface)
{
    return 1;
}

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid,
                                             void **ret)
{
    *ret = NULL;
    return outer ? CLASS_E_NOAGGREGATION : form_create(iid, ret);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    return S_OK;
}

static const IClassFactoryVtbl factory_vtbl =
{
    factory_QueryInterface,
    factory_AddRef,
    factory_Release,
    factory_CreateInstance,
    factory_LockServer
};

static IClassFactory factory = { (IClassFactoryVtbl *)&factory_vtbl };

static HRESULT WINAPI forms_QueryInterface(IMAPIFormFactory *iface, REFIID iid, void **ret)
{
    return query(iid, ret);
}

static ULONG WINAPI forms_AddRef(IMAPIFormFactory *iface)
{
    return 2;
}

static ULONG WINAPI forms_Release(IMAPIFormFactory *iface)
{
    return 1;
}

static HRESULT WINAPI forms_GetLastError(IMAPIFormFactory *iface, HRESULT hr, ULONG flags,
                                         MAPIERROR **ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI forms_CreateClassFactory(IMAPIFormFactory *iface, REFCLSID clsid, ULONG flags,
                                               IClassFactory **ret)
{
    *ret = NULL;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (!IsEqualGUID(clsid, &clsid_form)) return MAPI_E_NOT_FOUND;
    *ret = &factory;
    return S_OK;
}

static HRESULT WINAPI forms_LockServer(IMAPIFormFactory *iface, ULONG flags, ULONG lock)
{
    return S_OK;
}

static const IMAPIFormFactoryVtbl forms_vtbl =
{
    forms_QueryInterface,
    forms_AddRef,
    forms_Release,
    forms_GetLastError,
    forms_CreateClassFactory,
    forms_LockServer
};

static IMAPIFormFactory forms = { (IMAPIFormFactoryVtbl *)&forms_vtbl };

static HRESULT query(REFIID iid, void **ret)
{
    *ret = NULL;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IClassFactory)) *ret = &factory;
    else if (IsEqualGUID(iid, &IID_IMAPIFormFactory)) *ret = &forms;
    return *ret ? S_OK : E_NOINTERFACE;
}

int WINAPI WinMain(HINSTANCE instance, HINSTANCE previous, LPSTR command, int show)
{
    MAPIINIT_0 init = { MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS };
    DWORD cookie;
    MSG msg;

    main_thread = GetCurrentThreadId();
    if (FAILED(OleInitialize(NULL)) || FAILED(MAPIInitialize(&init))) return 1;
    PeekMessageW(&msg, NULL, 0, 0, PM_NOREMOVE);
    if (FAILED(CoRegisterClassObject(&clsid_form, (IUnknown *)&factory, CLSCTX_LOCAL_SERVER,
                                     REGCLS_SINGLEUSE, &cookie)))
        return 1;
    /* Nobody may come, or the one who did may be gone. */
    SetTimer(NULL, 0, 60000, NULL);
    while (GetMessageW(&msg, NULL, 0, 0) > 0)
    {
        if (msg.message == WM_TIMER && !msg.hwnd && !msg.lParam) break;
        DispatchMessageW(&msg);
    }
    CoRevokeClassObject(cookie);
    MAPIUninitialize();
    OleUninitialize();
    return 0;
}
