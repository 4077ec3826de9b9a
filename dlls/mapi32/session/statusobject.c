/*
 * The subsystem's own status objects
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
 * IMAPIStatus for the rows that are the subsystem's own. Their properties are those of the row when
 * it was opened. All three support ValidateState, and have nothing to validate; the spooler's also
 * flushes queues, which is the transports' work: every one of them is asked, or the one that is
 * named.
 */

#include <string.h>

#include "session/session.h"
#include "session/merged.h"
#include "session/readonly.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define VALIDATE_FLAGS (ABORT_XP_HEADER_OPERATION | CONFIG_CHANGED | FORCE_XP_CONNECT \
                        | FORCE_XP_DISCONNECT | PROCESS_XP_HEADER_CACHE | REFRESH_XP_HEADER_CACHE \
                        | SUPPRESS_UI)
#define FLUSH_FLAGS (FLUSH_UPLOAD | FLUSH_DOWNLOAD | FLUSH_FORCE | FLUSH_NO_UI | FLUSH_ASYNC_OK)

static struct readonly_object *impl_from_IMAPIStatus(IMAPIStatus *iface)
{
    return impl_from_readonly((IMAPIProp *)iface);
}

static HRESULT status_check(struct readonly_object *object)
{
    if (!session_alive(object->session)) return MAPI_E_INVALID_OBJECT;
    return shutdown_done() ? MAPI_E_END_OF_SESSION : S_OK;
}

static BOOL has_method(const struct readonly_object *object, ULONG method)
{
    const SPropValue *methods = props_find(object->props, object->count, PR_RESOURCE_METHODS);

    return methods && methods->Value.l & method;
}

/* The address book and the subsystem let go of the providers' tables that they keep open. */
static BOOL keeps_tables(const struct readonly_object *object)
{
    const SPropValue *type = props_find(object->props, object->count, PR_RESOURCE_TYPE);

    return type && (type->Value.l == MAPI_SUBSYSTEM || type->Value.l == MAPI_AB);
}

static HRESULT WINAPI status_ValidateState(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    struct readonly_object *object = impl_from_IMAPIStatus(iface);
    HRESULT hr;

    TRACE("(%p, %p, %#lx)\n", iface, (void *)ui, (unsigned long)flags);

    if (flags & ~VALIDATE_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = status_check(object))) return hr;
    if (keeps_tables(object)) merged_forget(object->session);
    return S_OK;
}

static HRESULT WINAPI status_SettingsDialog(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    TRACE("(%p, %p, %#lx)\n", iface, (void *)ui, (unsigned long)flags);

    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI status_ChangePassword(IMAPIStatus *iface, LPTSTR old, LPTSTR new, ULONG flags)
{
    TRACE("(%p, %#lx)\n", iface, (unsigned long)flags);

    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI status_FlushQueues(IMAPIStatus *iface, ULONG_PTR ui, ULONG size,
                                         LPENTRYID target, ULONG flags)
{
    struct readonly_object *object = impl_from_IMAPIStatus(iface);
    struct provider *provider;
    struct logon **logons;
    HRESULT hr, failed = S_OK;
    BOOL asked = FALSE;
    IUnknown *logon;
    ULONG i, count;

    TRACE("(%p, %p, %lu, %p, %#lx)\n", iface, (void *)ui, (unsigned long)size, target,
          (unsigned long)flags);

    if (FAILED(hr = status_check(object))) return hr;
    if (!has_method(object, STATUS_FLUSH_QUEUES)) return MAPI_E_NO_SUPPORT;
    if (flags & ~FLUSH_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (size && !target) return MAPI_E_INVALID_PARAMETER;

    if (FAILED(hr = logons_snapshot(object->session, PROVIDER_TRANSPORT, &count, &logons)))
        return hr;
    for (i = 0; i < count; i++)
    {
        if ((!size || status_names_row(size, target, logons[i]))
            && SUCCEEDED(logon_enter(logons[i], &provider, &logon)))
        {
            asked = TRUE;
            hr = transport_FlushQueues(provider, (IXPLogon *)logon, ui, size, target,
                                       flags & ~FLUSH_ASYNC_OK);
            if (FAILED(hr) && hr != MAPI_E_NO_SUPPORT) failed = hr;
            logon_leave(logons[i], provider);
        }
        logon_release(logons[i]);
    }
    platform_free(logons);
    if (size && !asked) return MAPI_E_NOT_FOUND;
    return failed;
}

static const IMAPIStatusVtbl status_vtbl =
{
    (void *)readonly_QueryInterface,
    (void *)readonly_AddRef,
    (void *)readonly_Release,
    (void *)readonly_GetLastError,
    (void *)readonly_SaveChanges,
    (void *)readonly_GetProps,
    (void *)readonly_GetPropList,
    (void *)readonly_OpenProperty,
    (void *)readonly_SetProps,
    (void *)readonly_DeleteProps,
    (void *)readonly_CopyTo,
    (void *)readonly_CopyProps,
    (void *)readonly_GetNamesFromIDs,
    (void *)readonly_GetIDsFromNames,
    status_ValidateState,
    status_SettingsDialog,
    status_ChangePassword,
    status_FlushQueues
};

HRESULT status_object_create(struct session *session, ULONG count, const SPropValue *props,
                             const IID *iid, IUnknown **ret)
{
    if (iid && !IsEqualIID(iid, &IID_IMAPIStatus) && !IsEqualIID(iid, &IID_IMAPIProp)
        && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    return readonly_create(&status_vtbl, &IID_IMAPIStatus, &IID_IMAPIStatus, session, count, props,
                           (IMAPIProp **)ret);
}
