/*
 * The DLL itself
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
 * The entry point reads nothing and loads nothing: it runs under the loader's lock, often before
 * the program has started. At the end of the process it touches nothing either, for other threads
 * were killed wherever they stood; providers, registry and windows are left as they are.
 *
 * Thread notices are off: the thread-local words of initialize.c and the notification engine own no
 * memory, so there is nothing to do when a thread ends.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "core/core.h"
#include "core/blocks.h"
#include "forward.h"
#include "initialize.h"
#include "remote/remote.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    TRACE("(%p, %lu, %p)\n", instance, reason, reserved);

    switch (reason)
    {
    case DLL_PROCESS_ATTACH:
        DisableThreadLibraryCalls(instance);
        memory_exported = &forward_allocators;
        if (!initialize_process_attach()) return FALSE;
        if (!forward_process_attach(instance))
        {
            initialize_process_detach();
            return FALSE;
        }
        break;
    case DLL_PROCESS_DETACH:
        if (reserved) break;            /* the process ends */
        forward_process_detach();
        initialize_process_detach();
        blocks_keep(FALSE);
        platform_detach();
        break;
    }
    return TRUE;
}

/* The one class of ours that COM asks for is that of proxies and stubs. */
HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID iid, void **ret)
{
    TRACE("(%s, %s, %p)\n", debugstr_guid(clsid), debugstr_guid(iid), ret);

    if (!ret) return E_POINTER;
    *ret = NULL;
    if (clsid && iid && IsEqualGUID(clsid, &remote_clsid)) return remote_class_object(iid, ret);
    return CLASS_E_CLASSNOTAVAILABLE;
}

/* Objects are not counted here, so once MAPI was in use the answer stays no. */
HRESULT WINAPI DllCanUnloadNow(void)
{
    TRACE("()\n");

    return initialize_ever() || remote_objects() ? S_FALSE : S_OK;
}
