/*
 * Sample providers: the hook provider
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
 * It marks each message that passes, inbound or outbound, with PR_SAMPLE_HOOKED, and, if its
 * switches say so, has the spooler delete it or ask no other hook. The folder it could choose
 * instead is that of PR_SAMPLE_HOOK_FOLDER on the message.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include <mapihook.h>

struct hook
{
    ISpoolerHook ISpoolerHook_iface;
    LONG ref;
    struct environment environment;
};

static struct hook *impl_from_ISpoolerHook(ISpoolerHook *iface)
{
    return CONTAINING_RECORD(iface, struct hook, ISpoolerHook_iface);
}

static HRESULT WINAPI hook_QueryInterface(ISpoolerHook *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_ISpoolerHook))
        return E_NOINTERFACE;
    *ret = iface;
    ISpoolerHook_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI hook_AddRef(ISpoolerHook *iface)
{
    return InterlockedIncrement(&impl_from_ISpoolerHook(iface)->ref);
}

static ULONG WINAPI hook_Release(ISpoolerHook *iface)
{
    struct hook *hook = impl_from_ISpoolerHook(iface);
    LONG ref = InterlockedDecrement(&hook->ref);

    if (!ref)
    {
        sample_log(KIND_HOOK, "Release");
        free(hook);
    }
    return ref;
}

static HRESULT pass(struct hook *hook, const char *method, IMessage *message, ULONG *flags,
                    ULONG *size, BYTE **id)
{
    char value[16];
    SPropValue prop, *folder;
    HRESULT hr;

    *flags = *size = 0;
    *id = NULL;
    if (FAILED(hr = behave(KIND_HOOK, method, NULL))) return hr;
    if (behavior_get(KIND_HOOK, method, value, sizeof(value)))
    {
        if (!_stricmp(value, "delete")) *flags = HOOK_DELETE;
        if (!_stricmp(value, "last")) *flags = HOOK_CANCEL;
    }
    prop.ulPropTag = PR_SAMPLE_HOOKED;
    prop.dwAlignPad = 0;
    prop.Value.l = 1;
    IMessage_SetProps(message, 1, &prop, NULL);
    IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)message, PR_SAMPLE_HOOK_FOLDER, &folder)))
    {
        if (SUCCEEDED(sample_copy(&hook->environment, folder->Value.bin.lpb, folder->Value.bin.cb,
                                  (void **)id)))
            *size = folder->Value.bin.cb;
        MAPIFreeBuffer(folder);
    }
    return S_OK;
}

static HRESULT WINAPI hook_InboundMsgHook(ISpoolerHook *iface, LPMESSAGE message,
                                          LPMAPIFOLDER folder, LPMDB store, ULONG *flags,
                                          ULONG *size, LPBYTE *id)
{
    return pass(impl_from_ISpoolerHook(iface), "Inbound", message, flags, size, id);
}

static HRESULT WINAPI hook_OutboundMsgHook(ISpoolerHook *iface, LPMESSAGE message,
                                           LPMAPIFOLDER folder, LPMDB store, ULONG *flags,
                                           ULONG *size, LPBYTE *id)
{
    return pass(impl_from_ISpoolerHook(iface), "Outbound", message, flags, size, id);
}

static const ISpoolerHookVtbl hook_vtbl =
{
    hook_QueryInterface,
    hook_AddRef,
    hook_Release,
    hook_InboundMsgHook,
    hook_OutboundMsgHook
};

HRESULT STDMAPIINITCALLTYPE HPProviderInit(LPMAPISESSION session, HINSTANCE instance,
                                           LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                           LPFREEBUFFER free_buffer, LPMAPIUID section, ULONG flags,
                                           LPSPOOLERHOOK *ret)
{
    struct hook *hook;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = behave(KIND_HOOK, "Init", NULL))) return hr;
    if (!(hook = calloc(1, sizeof(*hook)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hook->ISpoolerHook_iface.lpVtbl = (ISpoolerHookVtbl *)&hook_vtbl;
    hook->ref = 1;
    hook->environment.instance = instance;
    hook->environment.allocate = allocate;
    hook->environment.more = more;
    hook->environment.free = free_buffer;
    *ret = &hook->ISpoolerHook_iface;
    return S_OK;
}
