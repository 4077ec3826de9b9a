/*
 * Work of the subsystem on a thread of its own
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
 * The system's thread pool does it: its threads come and go as they are needed, and it holds a
 * reference to this module from the submission until the callback has returned, so that FreeLibrary
 * cannot take the code from under it. Nobody waits for these threads; what they use is counted by
 * who submits.
 */

#include <stdarg.h>

#include "object/object.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct work
{
    void (*proc)(void *context);
    void *context;
};

static void CALLBACK do_work(TP_CALLBACK_INSTANCE *instance, void *context)
{
    struct work work = *(struct work *)context;

    platform_free(context);
    work.proc(work.context);
}

BOOL worker_submit(void (*proc)(void *context), void *context)
{
    TP_CALLBACK_ENVIRON environment;
    struct work *work;
    HMODULE module;

    if (!GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                                | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            (const WCHAR *)do_work, &module))
        return FALSE;
    if (!(work = platform_alloc(sizeof(*work)))) return FALSE;
    work->proc = proc;
    work->context = context;
    memset(&environment, 0, sizeof(environment));
    environment.Version = 1;
    environment.RaceDll = module;
    environment.u.s.LongFunction = 1;
    if (TrySubmitThreadpoolCallback(do_work, work, &environment)) return TRUE;
    WARN("no thread for it: %lu\n", GetLastError());
    platform_free(work);
    return FALSE;
}
