/*
 * Guarded calls on the options of a transport
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
 * What IXPLogon::RegisterOptions gives stays the transport's memory. It is taken over here,
 * checked, inside the guard: text as UTF-16, everything of one option in one block.
 */

#include "host/calls.h"

#include <objbase.h>

#define OPTIONS_MAX 256         /* of one transport; more is damage */

struct read_options_args
{
    IXPLogon *object;
    ULONG count;
    struct transport_option *options;
};

static HRESULT copy_text(const void *text, BOOL wide, WCHAR **ret)
{
    *ret = NULL;
    if (!text) return S_OK;
    *ret = wide ? text_dup(text) : text_from_ansi(text);
    return *ret ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

static HRESULT copy_option(const OPTIONDATA *from, BOOL wide, struct transport_option *to)
{
    HRESULT hr;

    to->kind = from->ulFlags;
    if (from->lpRecipGUID)
    {
        to->has_guid = TRUE;
        to->guid = *from->lpRecipGUID;
    }
    to->ordinal = from->ulOrdinal;
    if (FAILED(hr = copy_text(from->lpszAdrType, wide, &to->type))) return hr;
    if (FAILED(hr = copy_text(from->lpszDLLName, wide, &to->dll))) return hr;
    if (from->cbOptionsData)
    {
        if (!from->lpbOptionsData || from->cbOptionsData > MAXLONG) return MAPI_E_CALL_FAILED;
        if (!(to->data = platform_alloc(from->cbOptionsData))) return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(to->data, from->lpbOptionsData, from->cbOptionsData);
        to->data_size = from->cbOptionsData;
    }
    hr = props_copy(&memory_allocators, from->cOptionsProps, from->lpOptionsProps, &to->props);
    if (SUCCEEDED(hr)) to->count = from->cOptionsProps;
    return hr;
}

void transport_options_free(ULONG count, struct transport_option *options)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        platform_free(options[i].type);
        platform_free(options[i].dll);
        platform_free(options[i].data);
        memory_free_buffer(options[i].props);
    }
    platform_free(options);
}

static HRESULT call_read_options(void *data)
{
    struct read_options_args *args = data;
    OPTIONDATA *options = NULL;
    ULONG i, flags = 0, count = 0;
    HRESULT hr;

    if (FAILED(hr = IXPLogon_RegisterOptions(args->object, &flags, &count, &options))) return hr;
    if (!count) return S_OK;
    if (!options || count > OPTIONS_MAX) return MAPI_E_CALL_FAILED;
    if (!(args->options = platform_alloc_zero(count * sizeof(*args->options))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    args->count = count;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = copy_option(&options[i], flags & MAPI_UNICODE, &args->options[i]);
    return hr;
}

HRESULT transport_ReadOptions(struct provider *provider, IXPLogon *object, ULONG *count,
                              struct transport_option **options)
{
    struct read_options_args args = { object };
    HRESULT hr;

    *count = 0;
    *options = NULL;
    hr = host_call(&provider->party, "IXPLogon::RegisterOptions", call_read_options, &args);
    if (FAILED(hr))
    {
        transport_options_free(args.count, args.options);
        return hr;
    }
    *count = args.count;
    *options = args.options;
    return S_OK;
}

struct option_callback_args
{
    OPTIONCALLBACK *proc;
    HINSTANCE instance;
    IMalloc *allocator;
    const struct transport_option *option;
    IMAPISupport *support;
    IMAPIProp *source;
    IMAPIProp *wrapped;
    MAPIERROR *error;
};

static HRESULT call_option_callback(void *data)
{
    struct option_callback_args *args = data;

    return args->proc(args->instance, args->allocator, args->option->kind, args->option->data_size,
                      args->option->data, args->support, args->source, &args->wrapped,
                      &args->error);
}

HRESULT transport_OptionCallback(struct provider *provider, const struct transport_option *option,
                                 IMAPISupport *support, IMAPIProp *source,
                                 struct last_error *error, IMAPIProp **ret)
{
    struct option_callback_args args = { NULL, NULL, NULL, option, support, source };
    struct host_dll *dll;
    HRESULT hr;

    *ret = NULL;
    if (!option->dll) return MAPI_E_NOT_FOUND;
    if (FAILED(hr = host_dll_open(option->dll, &dll, NULL))) return hr;
    args.instance = host_dll_module(dll);
    args.proc = (OPTIONCALLBACK *)GetProcAddress(args.instance,
                                                 MAKEINTRESOURCEA(option->ordinal));
    if (!args.proc || option->ordinal > 0xffff) hr = MAPI_E_NOT_FOUND;
    else hr = CoGetMalloc(MEMCTX_TASK, &args.allocator);
    if (SUCCEEDED(hr))
    {
        hr = host_call(&provider->party, "OPTIONCALLBACK", call_option_callback, &args);
        if (args.error) host_take_error(provider, error, hr, args.error, 0);
        if (SUCCEEDED(hr) && !args.wrapped)
            hr = host_bad_result(&provider->party, "OPTIONCALLBACK");
        if (SUCCEEDED(hr)) *ret = args.wrapped;
    }
    if (provider->party.broken) host_dll_keep(dll);
    host_dll_release(dll);
    return hr;
}
