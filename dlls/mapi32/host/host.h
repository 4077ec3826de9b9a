/*
 * The host of strangers' code: loading provider DLLs and calling into them
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
 * The private header of host/: the only place where control enters a provider or a service entry.
 * It loads DLLs by MAPI's naming rule, makes provider objects, and puts a guard around every call:
 * a crash becomes MAPI_E_CALL_FAILED, is named in the trace, and marks the provider broken. A
 * broken provider is never called again and its DLL stays mapped. No lock may be held by the
 * caller of anything here but host_dll_release and provider_addref.
 */

#ifndef MAPI32_HOST_H
#define MAPI32_HOST_H

#include "object/object.h"
#include <mapishutdown.h>

/* loader.c: one entry a DLL file; modules stay mapped until host_unload_all. */
struct host_dll;

/* name: as PR_PROVIDER_DLL_NAME has it, without "32". *why: on failure words for GetLastError
 * (platform_alloc; may be NULL on no memory): not found, wrong architecture, missing import.
 * MAPI_E_NOT_FOUND, MAPI_E_CALL_FAILED, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT host_dll_open(const WCHAR *name, struct host_dll **ret, WCHAR **why);
void host_dll_release(struct host_dll *dll);            /* drops the reference; does not unmap */
HMODULE host_dll_module(const struct host_dll *dll);
const WCHAR *host_dll_path(const struct host_dll *dll);
void host_dll_keep(struct host_dll *dll);               /* its code crashed: never unmap it */
/* After the last MAPIUninitialize: FreeLibrary for each load of a DLL that no reference holds and
 * that did not crash. */
void host_unload_all(void);
/* Where the DLL would be taken from and whether it could be loaded by this process: for diagnosis,
 * without running its code. *path: platform_alloc. */
HRESULT host_dll_find(const WCHAR *name, WCHAR **path, WCHAR **why);

/* guard.c */
struct host_party
{
    WCHAR *name;                /* for trace and report: the DLL name as configured */
    LONG broken;                /* set once by the guard */
};

typedef HRESULT (*host_call_proc)(void *args);

/* Runs proc(args); MAPI_E_CALL_FAILED when it crashes, and without running it when the party did
 * before. */
HRESULT host_call(struct host_party *party, const char *method, host_call_proc proc, void *args);

enum provider_kind
{
    PROVIDER_TRANSPORT,         /* in the order fast shutdown asks them */
    PROVIDER_ADDRESS_BOOK,
    PROVIDER_STORE,
    PROVIDER_HOOK,
    PROVIDER_KIND_COUNT
};

/*
 * provider.c: one provider object, made by one call of MSProviderInit, ABProviderInit or
 * XPProviderInit, in one session. Counted: each logon and each running shutdown call holds a
 * reference; the last one calls Shutdown and Release (unless broken or the process is past its fast
 * shutdown) on the thread that drops it.
 */
struct provider
{
    struct host_party party;
    LONG ref;
    enum provider_kind kind;
    struct host_dll *dll;
    IUnknown *object;           /* IXPProvider, IABProvider, IMSProvider or ISpoolerHook */
    /* ---- what fast shutdown knows of it; session/shutdown*.c, one client's call at a time */
    IMAPIProviderShutdown *shutdown;    /* NULL: none, or not asked yet */
    BOOL shutdown_old;                  /* that is the IMAPIClientShutdown of 2007 */
    IUnknown *shutdown_identity;        /* to compare; not counted */
    BOOL shutdown_refused;              /* it crashed when it was asked: its answer stays no */
    ULONG shutdown_calls;               /* calls it is in */
    ULONG shutdown_attempt;             /* the attempt that the rest is of; 0 none */
    ULONG shutdown_row;                 /* its row in the report */
    BOOL shutdown_asked;
    BOOL shutdown_told;
};

HRESULT provider_create(enum provider_kind kind, const WCHAR *dll_name, ULONG init_flags,
                        struct provider **ret, WCHAR **why);
/* The DLL of one and its entry point, before that is called; there is no object yet. */
HRESULT provider_open(enum provider_kind kind, const WCHAR *dll_name, const char *entry,
                      struct provider **ret, FARPROC *proc, WCHAR **why);
WCHAR *provider_init_failure(struct provider *provider, HRESULT hr, const char *entry);
void provider_addref(struct provider *provider);
void provider_release(struct provider *provider);
/* From now on no provider is shut down, released or unloaded: fast shutdown is through. */
void host_freeze(void);
BOOL host_frozen(void);

/* Every method of the provider interfaces that the subsystem calls: host/calls.h. */

/* service.c: MSGSERVICEENTRY of a message service */
/* An exported function; on i386 a stdcall one may have kept its decoration. arguments: how many. */
FARPROC host_find_entry(HMODULE module, const char *name, unsigned int arguments);
HRESULT host_service_entry(const WCHAR *dll_name, const char *entry_name, IMAPISupport *support,
                           ULONG_PTR ui, ULONG flags, ULONG context, ULONG count, SPropValue *props,
                           IProviderAdmin *admin, MAPIERROR **error, WCHAR **why);

#endif /* MAPI32_HOST_H */
