/*
 * MAPIInitialize and its siblings
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
 * Two counters of the process: MAPIInitialize/MAPIUninitialize, and the smaller set of helpers that
 * ScInitMapiUtil/DeinitMapiUtil open. One call too many of the closing kind does nothing. The first
 * MAPIInitialize starts the notification engine, the last MAPIUninitialize stops it and unmaps the
 * provider DLLs nobody holds. Objects that are still held keep working as far as they can: they
 * stand on nothing that is taken down here.
 *
 * COM is initialised once for each MAPIInitialize without MAPI_NO_COINIT, on the thread that calls,
 * and left again by that thread's own MAPIUninitialize: one thread cannot do it for another. How
 * many times a thread did either is kept in its thread-local word, the calls below, COM above.
 *
 * initialize_cs guards the counters and nothing else: the engine counts for itself, and neither it
 * nor a provider DLL is taken down under the lock, for a sink may call MAPIInitialize.
 */

#include <stdarg.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "session/session.h"
#include "forward.h"
#include "initialize.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define INIT_FLAGS (MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT | MAPI_NT_SERVICE)

static CRITICAL_SECTION initialize_cs;
static LONG initialize_count;
static LONG util_count;
static BOOL used;
static DWORD thread_word = TLS_OUT_OF_INDEXES;

BOOL initialize_process_attach(void)
{
    if ((thread_word = TlsAlloc()) == TLS_OUT_OF_INDEXES) return FALSE;
    InitializeCriticalSection(&initialize_cs);
    return TRUE;
}

void initialize_process_detach(void)
{
    TlsFree(thread_word);
    DeleteCriticalSection(&initialize_cs);
}

BOOL initialize_ever(void)
{
    return used;
}

BOOL mapi_initialized(void)
{
    return initialize_count > 0;
}

static void count_thread_calls(BOOL com)
{
    UINT_PTR word = (UINT_PTR)TlsGetValue(thread_word);

    if (LOWORD(word) == 0xffff || HIWORD(word) == 0xffff) return;
    TlsSetValue(thread_word, (void *)(word + (com ? 0x10001 : 1)));
}

/* Whether this thread now has to leave COM. */
static BOOL uncount_thread_call(void)
{
    UINT_PTR word = (UINT_PTR)TlsGetValue(thread_word);
    BOOL com;

    if (!LOWORD(word)) return FALSE;
    word--;
    /* A call without COM inside one with it must not take COM from the outer one. */
    if ((com = HIWORD(word) > LOWORD(word))) word -= 0x10000;
    TlsSetValue(thread_word, (void *)word);
    return com;
}

HRESULT WINAPI MAPIInitialize(void *init)
{
    const MAPIINIT_0 *params = init;
    ULONG flags = 0;
    BOOL com = FALSE;
    HRESULT hr;

    TRACE("(%p)\n", init);

    if (params)
    {
        if (IsBadReadPtr(params, sizeof(*params))) return MAPI_E_INVALID_PARAMETER;
        TRACE("version %lu, flags %#lx\n", params->ulVersion, params->ulFlags);
        if (params->ulVersion != MAPI_INIT_VERSION) return MAPI_E_INVALID_PARAMETER;
        flags = params->ulFlags;
        if (flags & ~INIT_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    }
    if (shutdown_done()) return MAPI_E_NOT_INITIALIZED;

    if (!(flags & MAPI_NO_COINIT))
    {
        /* A thread that lives in the other kind of apartment is as good: it has COM already. */
        hr = CoInitialize(NULL);
        if (FAILED(hr) && hr != RPC_E_CHANGED_MODE) return hr;
        com = SUCCEEDED(hr);
    }

    hr = notify_start(flags) == S_OK ? S_OK : MAPI_E_INVALID_OBJECT;
    if (hr == S_OK)
    {
        EnterCriticalSection(&initialize_cs);
        initialize_count++;
        used = TRUE;
        LeaveCriticalSection(&initialize_cs);
    }

    if (hr == S_OK) count_thread_calls(com);
    else if (com) CoUninitialize();
    return hr;
}

void WINAPI MAPIUninitialize(void)
{
    BOOL last, spare;

    TRACE("()\n");

    /* After fast shutdown nothing is taken down any more: a provider may still be saving. */
    if (shutdown_done()) return;

    EnterCriticalSection(&initialize_cs);
    if ((spare = !initialize_count)) last = FALSE;
    else last = !--initialize_count;
    LeaveCriticalSection(&initialize_cs);
    if (spare)
    {
        WARN("one call too many\n");
        return;
    }

    notify_stop();
    if (last) host_unload_all();
    if (uncount_thread_call()) CoUninitialize();
}

SCODE WINAPI ScInitMapiUtil(ULONG flags)
{
    TRACE("(%#lx)\n", flags);

    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    EnterCriticalSection(&initialize_cs);
    util_count++;
    used = TRUE;
    LeaveCriticalSection(&initialize_cs);
    return S_OK;
}

void WINAPI DeinitMapiUtil(void)
{
    TRACE("()\n");

    EnterCriticalSection(&initialize_cs);
    if (util_count) util_count--;
    LeaveCriticalSection(&initialize_cs);
}
