/*
 * Calling the entry function of a message service
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
 * A message service is configured by a function of its own in its own DLL, which is loaded by the
 * same rule as a provider's and called through the same guard. A crash there costs that call; the
 * DLL stays mapped from then on. The MAPIERROR that comes out is copied under the guard into
 * memory of ours, in the width that flags asks for, so that nobody else has to look at a
 * stranger's pointers.
 */

#include "host/calls.h"

#include <objbase.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct entry_args
{
    MSGSERVICEENTRY *proc;
    HINSTANCE instance;
    IMalloc *allocator;
    IMAPISupport *support;
    ULONG_PTR ui;
    ULONG flags;
    ULONG context;
    ULONG count;
    SPropValue *props;
    IProviderAdmin *admin;
    MAPIERROR *error;
};

static HRESULT call_entry(void *data)
{
    struct entry_args *args = data;

    return args->proc(args->instance, args->allocator, args->support, args->ui, args->flags,
                      args->context, args->count, args->props, args->admin, &args->error);
}

struct copy_error_args
{
    struct last_error *copy;
    HRESULT hr;
    MAPIERROR *from;
    ULONG flags;
};

static HRESULT call_copy_error(void *data)
{
    struct copy_error_args *args = data;

    last_error_take(args->copy, args->hr, args->from, args->flags);
    memory_free_buffer(args->from);
    return S_OK;
}

FARPROC host_find_entry(HMODULE module, const char *name, unsigned int arguments)
{
    FARPROC proc = GetProcAddress(module, name);
#ifdef __i386__
    char decorated[256];

    if (!proc && lstrlenA(name) < 200)
    {
        wsprintfA(decorated, "_%s@%u", name, arguments * 4);
        if (!(proc = GetProcAddress(module, decorated + 1)))
            proc = GetProcAddress(module, decorated);
    }
#endif
    return proc;
}

HRESULT host_service_entry(const WCHAR *dll_name, const char *entry_name, IMAPISupport *support,
                           ULONG_PTR ui, ULONG flags, ULONG context, ULONG count, SPropValue *props,
                           IProviderAdmin *admin, MAPIERROR **error, WCHAR **why)
{
    struct entry_args args = { NULL, NULL, NULL, support, ui, flags, context, count, props, admin };
    struct host_party party = { NULL, 0 };
    struct copy_error_args copy;
    struct last_error last;
    struct host_dll *dll;
    HRESULT hr;

    TRACE("%s, %s, context %lu, flags %#lx\n", debugstr_w(dll_name), debugstr_a(entry_name),
          context, flags);

    if (error)
        *error = NULL;
    if (FAILED(hr = host_dll_open(dll_name, &dll, why)))
        return hr;
    if (!(party.name = text_dup(dll_name)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (!entry_name || !(args.proc = (MSGSERVICEENTRY *)host_find_entry(host_dll_module(dll),
                                                                          entry_name, 10)))
    {
        if (why && (*why = platform_alloc((lstrlenW(host_dll_path(dll)) + 64
                                           + (entry_name ? lstrlenA(entry_name) : 0))
                                          * sizeof(WCHAR))))
            wsprintfW(*why, L"%s has no entry point %hs.", host_dll_path(dll),
                      entry_name ? entry_name : "");
        hr = MAPI_E_NOT_FOUND;
    }
    else
        hr = CoGetMalloc(MEMCTX_TASK, &args.allocator);
    if (SUCCEEDED(hr))
    {
        args.instance = host_dll_module(dll);
        hr = host_call(&party, entry_name, call_entry, &args);
        if (args.error)
        {
            last_error_init(&last);
            copy.copy = &last;
            copy.hr = hr;
            copy.from = args.error;
            copy.flags = flags;
            if (host_call(&party, "MAPIERROR", call_copy_error, &copy) == S_OK && error)
                last_error_get(&last, hr, flags & MAPI_UNICODE, error);
            last_error_destroy(&last);
        }
    }
    if (party.broken)
        host_dll_keep(dll);
    platform_free(party.name);
    host_dll_release(dll);
    return hr;
}
