/*
 * The guard around every call into a stranger's code
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
 * host_call runs a function that calls a provider or a service entry. What would end the process,
 * a page fault or an exception that nobody catches, ends that one call instead: it returns
 * MAPI_E_CALL_FAILED, the party is marked broken, and from then on host_call refuses to run
 * anything of it. Exceptions that only carry a message to a debugger go on as if nothing had
 * happened.
 *
 * A stack overflow is beyond it: Wine leaves no room to dispatch one and ends the thread. In a fast
 * shutdown, where the thread is ours, the provider then looks as if it hung.
 *
 * The guard costs one registration frame and one setjmp. It takes no lock, and expects that its
 * caller holds none: what the interrupted code held stays held.
 */

#include "host/calls.h"

#include <winternl.h>
#include "wine/debug.h"
#include "wine/exception.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define THREAD_NAME_EXCEPTION 0x406d1388        /* how Visual C++ names a thread */
#define DEBUG_PRINT_ANSI      0x40010006
#define DEBUG_PRINT_WIDE      0x4001000a

struct crash
{
    DWORD code;
    void *address;
};

/* Runs where the exception was raised, with what the crash left of the stack. */
static LONG CALLBACK guard_filter(EXCEPTION_POINTERS *info, void *context)
{
    EXCEPTION_RECORD *record = info->ExceptionRecord;
    struct crash *crash = context;

    switch (record->ExceptionCode)
    {
        case THREAD_NAME_EXCEPTION:
        case DEBUG_PRINT_ANSI:
        case DEBUG_PRINT_WIDE:
            return EXCEPTION_CONTINUE_EXECUTION;
    }
    crash->code = record->ExceptionCode;
    crash->address = record->ExceptionAddress;
    return EXCEPTION_EXECUTE_HANDLER;
}

HRESULT host_call(struct host_party *party, const char *method, host_call_proc proc, void *args)
{
    struct crash crash;
    HRESULT hr;

    if (ReadNoFence(&party->broken))
    {
        TRACE("%s: %s is not called, it crashed before\n", debugstr_w(party->name), method);
        return MAPI_E_CALL_FAILED;
    }

    TRACE("-> %s: %s\n", debugstr_w(party->name), method);
    __TRY
    {
        hr = proc(args);
    }
    __EXCEPT_CTX(guard_filter, &crash)
    {
        ERR("%s crashed in %s (exception %#lx at %p) and is not called any more\n",
            debugstr_w(party->name), method, crash.code, crash.address);
        InterlockedExchange(&party->broken, 1);
        hr = MAPI_E_CALL_FAILED;
    }
    __ENDTRY
    TRACE("<- %s: %s returned %#lx\n", debugstr_w(party->name), method, hr);
    return hr;
}

HRESULT host_bad_result(const struct host_party *party, const char *method)
{
    WARN("%s: %s succeeded without a result\n", debugstr_w(party->name), method);
    return MAPI_E_CALL_FAILED;
}
