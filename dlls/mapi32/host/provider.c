/*
 * Provider objects: their making, their end, and IUnknown on what they hand out
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
 * A struct provider stands for one provider object. It is made by one call of the entry point of
 * its kind and lives as long as somebody holds a reference: the logons made through it and the
 * shutdown calls under way. The last reference calls the provider's Shutdown and Release on the
 * thread that drops it, unless the provider crashed before or the process is past its fast
 * shutdown: then the object stays as it is until the process ends, and its DLL stays mapped.
 */

#define COBJMACROS

#include "host/calls.h"

#include <objbase.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static LONG frozen;

void host_freeze(void)
{
    InterlockedExchange(&frozen, 1);
}

BOOL host_frozen(void)
{
    return ReadNoFence(&frozen) != 0;
}

/* ---- IUnknown ---- */

struct query_interface_args
{
    IUnknown *object;
    const IID *iid;
    void *ret;
};

static HRESULT call_query_interface(void *data)
{
    struct query_interface_args *args = data;

    return IUnknown_QueryInterface(args->object, args->iid, &args->ret);
}

HRESULT host_query_interface(struct provider *provider, IUnknown *object, const IID *iid,
                             void **ret)
{
    struct query_interface_args args = { object, iid, NULL };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(&provider->party, "IUnknown::QueryInterface", call_query_interface, &args);
    if (FAILED(hr))
        return hr;
    if (!args.ret)
        return host_bad_result(&provider->party, "IUnknown::QueryInterface");
    *ret = args.ret;
    return S_OK;
}

static HRESULT call_addref(void *object)
{
    IUnknown_AddRef((IUnknown *)object);
    return S_OK;
}

void host_object_addref(struct provider *provider, IUnknown *object)
{
    host_call(&provider->party, "IUnknown::AddRef", call_addref, object);
}

void host_object_release(struct provider *provider, void *object)
{
    object_Release(&provider->party, object);
}

static HRESULT call_free_buffer(void *buffer)
{
    memory_free_buffer(buffer);
    return S_OK;
}

void host_free_buffer(struct provider *provider, void *buffer)
{
    if (buffer)
        host_call(&provider->party, "MAPIFreeBuffer", call_free_buffer, buffer);
}

struct take_error_args
{
    struct last_error *error;
    HRESULT hr;
    MAPIERROR *from;
    ULONG flags;
};

static HRESULT call_take_error(void *data)
{
    struct take_error_args *args = data;

    if (args->error)
        last_error_take(args->error, args->hr, args->from, args->flags);
    memory_free_buffer(args->from);
    return S_OK;
}

void host_take_error(struct provider *provider, struct last_error *error, HRESULT hr,
                     MAPIERROR *from, ULONG flags)
{
    struct take_error_args args = { error, hr, from, flags };

    host_call(&provider->party, "MAPIERROR", call_take_error, &args);
}

/* ---- making ---- */

static const char *const init_names[PROVIDER_KIND_COUNT] =
{
    "XPProviderInit", "ABProviderInit", "MSProviderInit", NULL
};

/* The three entry points differ only in the type of the last argument. */
typedef HRESULT (__cdecl *provider_init_proc)(HINSTANCE instance, IMalloc *allocator,
                                              LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                              LPFREEBUFFER free, ULONG flags, ULONG mapi_version,
                                              ULONG *provider_version, IUnknown **ret);

struct init_args
{
    provider_init_proc proc;
    HINSTANCE instance;
    IMalloc *allocator;
    ULONG flags;
    ULONG version;
    IUnknown *object;
};

static HRESULT call_init(void *data)
{
    struct init_args *args = data;

    return args->proc(args->instance, args->allocator, memory_allocators.allocate,
                      memory_allocators.more, memory_allocators.free, args->flags,
                      CURRENT_SPI_VERSION, &args->version, &args->object);
}

/* Every version of the interface so far has 1 in its high word and only added to the one before. */
static BOOL version_fits(ULONG version)
{
    return HIWORD(version) == HIWORD(CURRENT_SPI_VERSION) && version <= CURRENT_SPI_VERSION;
}

/* Why the entry point gave no provider, for GetLastError. */
static WCHAR *init_failure(HRESULT hr, const char *entry, const struct host_party *party)
{
    const WCHAR *reason;
    WCHAR *ret;

    if (party->broken)
        reason = L"crashed";
    else if (hr == MAPI_E_VERSION)
        reason = L"needs another version of MAPI's provider interface";
    else
        reason = L"failed";
    ret = platform_alloc((lstrlenW(party->name) + lstrlenA(entry) + lstrlenW(reason) + 32)
                         * sizeof(WCHAR));
    if (ret)
        wsprintfW(ret, L"%hs of %s %s (0x%08lx).", entry, party->name, reason, hr);
    return ret;
}

WCHAR *provider_init_failure(struct provider *provider, HRESULT hr, const char *entry)
{
    return init_failure(hr, entry, &provider->party);
}

static void provider_free(struct provider *provider)
{
    if (provider->party.broken && provider->dll)
        host_dll_keep(provider->dll);
    host_dll_release(provider->dll);
    platform_free(provider->party.name);
    platform_free(provider);
}

HRESULT provider_open(enum provider_kind kind, const WCHAR *dll_name, const char *entry,
                      struct provider **ret, FARPROC *proc, WCHAR **why)
{
    struct provider *provider;
    WCHAR *text = NULL;
    HRESULT hr;

    *ret = NULL;
    *why = NULL;
    if (!(provider = platform_alloc_zero(sizeof(*provider))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    provider->ref = 1;
    provider->kind = kind;
    if (!(provider->party.name = text_dup(dll_name ? dll_name : L"")))
    {
        platform_free(provider);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    hr = host_dll_open(dll_name, &provider->dll, &text);
    if (SUCCEEDED(hr) && !(*proc = GetProcAddress(host_dll_module(provider->dll), entry)))
    {
        text = platform_alloc((lstrlenW(host_dll_path(provider->dll)) + 64) * sizeof(WCHAR));
        if (text)
            wsprintfW(text, L"%s has no entry point %hs.", host_dll_path(provider->dll), entry);
        hr = MAPI_E_NOT_FOUND;
    }
    if (FAILED(hr))
    {
        WARN("%s: %s (%#lx)\n", debugstr_w(dll_name), debugstr_w(text), hr);
        *why = text;
        provider_free(provider);
        return hr;
    }
    *ret = provider;
    return S_OK;
}

HRESULT provider_create(enum provider_kind kind, const WCHAR *dll_name, ULONG init_flags,
                        struct provider **ret, WCHAR **why)
{
    struct provider *provider;
    const char *entry;
    struct init_args args;
    WCHAR *text = NULL;
    FARPROC proc;
    HRESULT hr;

    TRACE("kind %u, %s, flags %#lx\n", kind, debugstr_w(dll_name), init_flags);

    *ret = NULL;
    if (why)
        *why = NULL;
    if ((ULONG)kind >= PROVIDER_KIND_COUNT || !(entry = init_names[kind]))
        return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = provider_open(kind, dll_name, entry, &provider, &proc, &text)))
    {
        if (why)
            *why = text;
        else
            platform_free(text);
        return hr;
    }

    memset(&args, 0, sizeof(args));
    args.flags = init_flags;
    args.instance = host_dll_module(provider->dll);
    args.proc = (provider_init_proc)proc;
    hr = CoGetMalloc(MEMCTX_TASK, &args.allocator);
    if (SUCCEEDED(hr))
    {
        hr = host_call(&provider->party, entry, call_init, &args);
        if (SUCCEEDED(hr) && !args.object)
            hr = host_bad_result(&provider->party, entry);
        if (SUCCEEDED(hr) && !version_fits(args.version))
        {
            WARN("%s has provider interface %#lx\n", debugstr_w(dll_name), args.version);
            host_object_release(provider, args.object);
            hr = MAPI_E_VERSION;
        }
        if (FAILED(hr))
            text = init_failure(hr, entry, &provider->party);
    }
    if (FAILED(hr))
    {
        WARN("%s: %s (%#lx)\n", debugstr_w(dll_name), debugstr_w(text), hr);
        if (why)
            *why = text;
        else
            platform_free(text);
        provider_free(provider);
        return hr;
    }

    provider->object = args.object;
    *ret = provider;
    return S_OK;
}

/* ---- the end ---- */

struct shutdown_args
{
    struct provider *provider;
    ULONG flags;
};

/* Shutdown stands in the same slot of the three provider interfaces, but they are three. */
static HRESULT call_shutdown(void *data)
{
    struct shutdown_args *args = data;
    IUnknown *object = args->provider->object;

    switch (args->provider->kind)
    {
        case PROVIDER_TRANSPORT:
            return IXPProvider_Shutdown((IXPProvider *)object, &args->flags);
        case PROVIDER_ADDRESS_BOOK:
            return IABProvider_Shutdown((IABProvider *)object, &args->flags);
        case PROVIDER_STORE:
            return IMSProvider_Shutdown((IMSProvider *)object, &args->flags);
        default:
            return S_OK;
    }
}

void provider_addref(struct provider *provider)
{
    InterlockedIncrement(&provider->ref);
}

void provider_release(struct provider *provider)
{
    struct shutdown_args args = { provider, 0 };

    if (!provider || InterlockedDecrement(&provider->ref))
        return;
    if (host_frozen())
        return;
    TRACE("%s\n", debugstr_w(provider->party.name));
    host_object_release(provider, (IUnknown *)provider->shutdown);
    host_call(&provider->party, "Shutdown", call_shutdown, &args);
    host_object_release(provider, provider->object);
    provider_free(provider);
}
