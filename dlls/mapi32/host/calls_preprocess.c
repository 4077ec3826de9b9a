/*
 * Guarded calls: message preprocessors
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
 * The two functions that a transport provider registers with RegisterPreprocessor. A crash is the
 * transport provider's.
 */

#include "host/calls.h"

#define MESSAGES_MAX 1024       /* more is no preprocessing but damage */

struct preprocess_args
{
    PREPROCESSMESSAGE *proc;
    void *session;
    IMessage *message;
    IAddrBook *book;
    IMAPIFolder *folder;
    struct preprocessor_result *ret;
};

/* What a preprocessor found undeliverable, as a list of our own. */
static HRESULT copy_list(const ADRLIST *from, ADRLIST **ret)
{
    ADRLIST *list;
    HRESULT hr;
    ULONG i;

    if (from->cEntries > 0x10000) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = memory_allocate_buffer(CbNewADRLIST(from->cEntries), (void **)&list)))
        return hr;
    list->cEntries = from->cEntries;
    memset(list->aEntries, 0, from->cEntries * sizeof(list->aEntries[0]));
    *ret = list;
    for (i = 0; i < from->cEntries; i++)
    {
        hr = props_copy(&memory_allocators, from->aEntries[i].cValues, from->aEntries[i].rgPropVals,
                        &list->aEntries[i].rgPropVals);
        if (FAILED(hr)) return hr;
        list->aEntries[i].cValues = from->aEntries[i].cValues;
    }
    return S_OK;
}

static HRESULT call_preprocess(void *data)
{
    struct preprocess_args *args = data;
    IMessage **messages = NULL;
    ADRLIST *list = NULL;
    ULONG count = 0;
    HRESULT hr;

    hr = args->proc(args->session, args->message, args->book, args->folder,
                    memory_allocators.allocate, memory_allocators.more, memory_allocators.free,
                    &count, &messages, &list);
    if (FAILED(hr)) return hr;
    if (messages && count && count <= MESSAGES_MAX)
    {
        if (!(args->ret->messages = platform_alloc(count * sizeof(*messages))))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(args->ret->messages, messages, count * sizeof(*messages));
        args->ret->count = count;
    }
    memory_free_buffer(messages);
    if (list)
    {
        copy_list(list, &args->ret->undelivered);
        rows_free(&memory_allocators, (SRowSet *)list);
    }
    return hr;
}

HRESULT preprocess_call(struct provider *provider, PREPROCESSMESSAGE *proc, void *session,
                        IMessage *message, IAddrBook *book, IMAPIFolder *folder,
                        struct preprocessor_result *ret)
{
    struct preprocess_args args = { proc, session, message, book, folder, ret };

    memset(ret, 0, sizeof(*ret));
    return host_call(&provider->party, "PreprocessMessage", call_preprocess, &args);
}

struct remove_args
{
    REMOVEPREPROCESSINFO *proc;
    IMessage *message;
};

static HRESULT call_remove(void *data)
{
    struct remove_args *args = data;

    return args->proc(args->message);
}

HRESULT preprocess_remove(struct provider *provider, REMOVEPREPROCESSINFO *proc, IMessage *message)
{
    struct remove_args args = { proc, message };

    return host_call(&provider->party, "RemovePreprocessInfo", call_remove, &args);
}
