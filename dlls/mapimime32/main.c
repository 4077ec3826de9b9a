/*
 * The DLL and its class
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

#include "initguid.h"
#include "private.h"
#include "mapiguid.h"
#include "olectl.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

LONG module_references;

static HINSTANCE module;

static const WCHAR class_key[] =
    L"Software\\Classes\\CLSID\\{4E3A7680-B77A-11D0-9DA5-00C04FD65685}";

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    TRACE("(%p, %lu, %p)\n", instance, reason, reserved);

    if (reason == DLL_PROCESS_ATTACH)
    {
        module = instance;
        DisableThreadLibraryCalls(instance);
    }
    return TRUE;
}

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID iid, void **ret)
{
    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IClassFactory))
        return E_NOINTERFACE;
    *ret = iface;
    return S_OK;
}

/* There is one, and it is always there. */
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
    TRACE("(%p, %s, %p)\n", outer, debugstr_guid(iid), ret);

    if (!ret) return E_POINTER;
    *ret = NULL;
    return outer ? CLASS_E_NOAGGREGATION : converter_create(iid, ret);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, BOOL lock)
{
    if (lock) InterlockedIncrement(&module_references);
    else InterlockedDecrement(&module_references);
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

static IClassFactory factory = {&factory_vtbl};

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **ret)
{
    TRACE("(%s, %s, %p)\n", debugstr_guid(clsid), debugstr_guid(iid), ret);

    if (!ret) return E_POINTER;
    *ret = NULL;
    if (!IsEqualGUID(clsid, &CLSID_IConverterSession)) return CLASS_E_CLASSNOTAVAILABLE;
    return IClassFactory_QueryInterface(&factory, iid, ret);
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return module_references ? S_FALSE : S_OK;
}

static LONG set_value(HKEY key, const WCHAR *name, const WCHAR *value)
{
    return RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)value,
                          (lstrlenW(value) + 1) * sizeof(WCHAR));
}

HRESULT WINAPI DllRegisterServer(void)
{
    WCHAR path[MAX_PATH];
    HKEY key, server;
    LONG error;

    TRACE("()\n");

    if (!GetModuleFileNameW(module, path, ARRAY_SIZE(path))) return SELFREG_E_CLASS;
    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, class_key, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL))
        return SELFREG_E_CLASS;
    error = set_value(key, NULL, L"MAPI-MIME Converter Session");
    if (!error)
        error = RegCreateKeyExW(key, L"InprocServer32", 0, NULL, 0, KEY_WRITE, NULL, &server, NULL);
    if (!error)
    {
        error = set_value(server, NULL, path);
        if (!error) error = set_value(server, L"ThreadingModel", L"Both");
        RegCloseKey(server);
    }
    RegCloseKey(key);
    return error ? SELFREG_E_CLASS : S_OK;
}

HRESULT WINAPI DllUnregisterServer(void)
{
    LONG error = RegDeleteTreeW(HKEY_LOCAL_MACHINE, class_key);

    return error && error != ERROR_FILE_NOT_FOUND ? SELFREG_E_CLASS : S_OK;
}
