/*
 * Guarded calls: hook providers
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
 * HPProviderInit has its arguments in another order than the other entry points, gets the session
 * and its own section of the profile, and no version. The two methods of ISpoolerHook are alike.
 */

#include "host/calls.h"
#include <mapihook.h>

struct hook_init_args
{
    HPPROVIDERINIT *proc;
    IMAPISession *session;
    HINSTANCE instance;
    MAPIUID section;
    ULONG flags;
    ISpoolerHook *hook;
};

static HRESULT call_hook_init(void *data)
{
    struct hook_init_args *args = data;

    return args->proc(args->session, args->instance, memory_allocators.allocate,
                      memory_allocators.more, memory_allocators.free, &args->section, args->flags,
                      &args->hook);
}

HRESULT hook_create(const WCHAR *dll_name, IMAPISession *session, const MAPIUID *section,
                    ULONG flags, struct provider **ret, WCHAR **why)
{
    static const char entry[] = "HPProviderInit";
    struct hook_init_args args = { NULL, session };
    struct provider *provider;
    FARPROC proc;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = provider_open(PROVIDER_HOOK, dll_name, entry, &provider, &proc, why)))
        return hr;
    args.proc = (HPPROVIDERINIT *)proc;
    args.instance = host_dll_module(provider->dll);
    args.section = *section;
    args.flags = flags;
    hr = host_call(&provider->party, entry, call_hook_init, &args);
    if (SUCCEEDED(hr) && !args.hook) hr = host_bad_result(&provider->party, entry);
    if (FAILED(hr))
    {
        *why = provider_init_failure(provider, hr, entry);
        provider_release(provider);
        return hr;
    }
    provider->object = (IUnknown *)args.hook;
    *ret = provider;
    return S_OK;
}

struct hook_args
{
    ISpoolerHook *hook;
    BOOL inbound;
    IMessage *message;
    IMAPIFolder *folder;
    IMsgStore *store;
    ULONG flags;
    ULONG size;
    BYTE *id;
};

static HRESULT call_hook(void *data)
{
    struct hook_args *args = data;
    ULONG size = 0;
    BYTE *id = NULL;
    HRESULT hr;

    if (args->inbound)
        hr = ISpoolerHook_InboundMsgHook(args->hook, args->message, args->folder, args->store,
                                         &args->flags, &size, &id);
    else
        hr = ISpoolerHook_OutboundMsgHook(args->hook, args->message, args->folder, args->store,
                                          &args->flags, &size, &id);
    if (FAILED(hr)) return hr;
    if (size && id && (args->id = platform_alloc(size)))
    {
        memcpy(args->id, id, size);
        args->size = size;
    }
    memory_free_buffer(id);
    return hr;
}

HRESULT hook_call(struct provider *provider, BOOL inbound, IMessage *message, IMAPIFolder *folder,
                  IMsgStore *store, ULONG *flags, ULONG *size, ENTRYID **folder_id)
{
    struct hook_args args = { (ISpoolerHook *)provider->object, inbound, message, folder, store };
    HRESULT hr;

    *flags = *size = 0;
    *folder_id = NULL;
    hr = host_call(&provider->party,
                   inbound ? "ISpoolerHook::InboundMsgHook" : "ISpoolerHook::OutboundMsgHook",
                   call_hook, &args);
    if (FAILED(hr)) return hr;
    *flags = args.flags;
    *size = args.size;
    *folder_id = (ENTRYID *)args.id;
    return hr;
}
