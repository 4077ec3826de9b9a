/*
 * Administration of the message services of a profile
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
 * IMsgServiceAdmin and IMsgServiceAdmin2 over one profile, with or without a session. The work on
 * sections is in services.c and the calls of entries in service.c; here are arguments, flags and
 * words. No lock is held while an entry runs.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define UI_FLAGS (SERVICE_UI_ALLOWED | SERVICE_UI_ALWAYS)
#define CREATE_FLAGS (MAPI_UNICODE | UI_FLAGS | SERVICE_NO_RESTART_WARNING)
#define CONFIGURE_FLAGS (MAPI_UNICODE | MSG_SERVICE_UI_READ_ONLY | UI_FLAGS \
                         | UI_CURRENT_PROVIDER_FIRST)

struct serviceadmin
{
    IMsgServiceAdmin2 IMsgServiceAdmin2_iface;  /* begins with the slots of IMsgServiceAdmin */
    LONG ref;
    struct profile *profile;    /* counted */
    struct last_error error;
};

static struct serviceadmin *impl_from_IMsgServiceAdmin2(IMsgServiceAdmin2 *iface)
{
    return CONTAINING_RECORD(iface, struct serviceadmin, IMsgServiceAdmin2_iface);
}

static HRESULT WINAPI serviceadmin_QueryInterface(IMsgServiceAdmin2 *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMsgServiceAdmin)
        && !IsEqualGUID(iid, &IID_IMsgServiceAdmin2))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMsgServiceAdmin2_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI serviceadmin_AddRef(IMsgServiceAdmin2 *iface)
{
    return InterlockedIncrement(&impl_from_IMsgServiceAdmin2(iface)->ref);
}

static ULONG WINAPI serviceadmin_Release(IMsgServiceAdmin2 *iface)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    ULONG ref = InterlockedDecrement(&admin->ref);

    if (ref) return ref;
    profile_release(admin->profile);
    last_error_destroy(&admin->error);
    platform_free(admin);
    return 0;
}

static HRESULT WINAPI serviceadmin_GetLastError(IMsgServiceAdmin2 *iface, HRESULT hr, ULONG flags,
                                                MAPIERROR **ret)
{
    return last_error_get(&impl_from_IMsgServiceAdmin2(iface)->error, hr, flags, ret);
}

static HRESULT WINAPI serviceadmin_GetMsgServiceTable(IMsgServiceAdmin2 *iface, ULONG flags,
                                                      IMAPITable **ret)
{
    TRACE("%p, %#lx, %p\n", iface, flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    return service_table_create(impl_from_IMsgServiceAdmin2(iface)->profile, flags, ret);
}

static void warn_of_restart(struct serviceadmin *admin, ULONG_PTR ui, ULONG flags)
{
    if (!(flags & UI_FLAGS) || (flags & SERVICE_NO_RESTART_WARNING)) return;
    if (!profile_in_use(admin->profile)) return;
    MessageBoxW((HWND)ui,
                L"Programs that use this profile see the new message service when they are "
                L"started again.",
                L"Message services", MB_OK | MB_ICONINFORMATION);
}

static HRESULT create_service(struct serviceadmin *admin, const void *service,
                              const void *display_name, ULONG_PTR ui, ULONG flags, MAPIUID *uid)
{
    WCHAR *name, *display = NULL;
    struct mapisvc *mapisvc;
    HRESULT hr;

    if (!service) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~CREATE_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = text_from_tstr(service, flags, &name))) return hr;
    if (SUCCEEDED(hr = text_from_tstr(display_name, flags, &display))
        && SUCCEEDED(hr = mapisvc_open(&mapisvc)))
    {
        hr = service_create(admin->profile, mapisvc, name, display, ui, flags, uid, &admin->error);
        mapisvc_close(mapisvc);
    }
    platform_free(name);
    platform_free(display);
    if (SUCCEEDED(hr)) warn_of_restart(admin, ui, flags);
    return hr;
}

static HRESULT WINAPI serviceadmin_CreateMsgService(IMsgServiceAdmin2 *iface, LPTSTR service,
                                                    LPTSTR display_name, ULONG_PTR ui, ULONG flags)
{
    MAPIUID uid;

    TRACE("%p, %p, %p, %#Ix, %#lx\n", iface, service, display_name, ui, flags);
    return create_service(impl_from_IMsgServiceAdmin2(iface), service, display_name, ui, flags,
                          &uid);
}

static HRESULT WINAPI serviceadmin_CreateMsgServiceEx(IMsgServiceAdmin2 *iface, LPTSTR service,
                                                      LPTSTR display_name, ULONG_PTR ui,
                                                      ULONG flags, MAPIUID *uid)
{
    MAPIUID created;
    HRESULT hr;

    TRACE("%p, %p, %p, %#Ix, %#lx, %p\n", iface, service, display_name, ui, flags, uid);
    if (uid) memset(uid, 0, sizeof(*uid));
    hr = create_service(impl_from_IMsgServiceAdmin2(iface), service, display_name, ui, flags,
                        &created);
    if (SUCCEEDED(hr) && uid) *uid = created;
    return hr;
}

static HRESULT find_service(struct serviceadmin *admin, const MAPIUID *uid)
{
    if (service_find(admin->profile, uid)) return S_OK;
    return admin_error(&admin->error, MAPI_E_NOT_FOUND, L"The profile has no such message service.",
                       NULL);
}

static HRESULT WINAPI serviceadmin_DeleteMsgService(IMsgServiceAdmin2 *iface, MAPIUID *uid)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    HRESULT hr;

    TRACE("%p, %s\n", iface, debugstr_guid((const GUID *)uid));
    if (!uid) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = find_service(admin, uid))) return hr;
    hr = service_call_delete(admin->profile, uid, uid, MSG_SERVICE_DELETE, &admin->error);
    if (FAILED(hr)) return hr;
    return service_remove(admin->profile, uid);
}

/* The administration object of a profile to copy into. Counted. */
static HRESULT destination(const IID *iid, void *object, IMsgServiceAdmin **ret)
{
    *ret = NULL;
    if (!object) return MAPI_E_INVALID_PARAMETER;
    if (!iid || IsEqualGUID(iid, &IID_IMAPISession))
        return IMAPISession_AdminServices((IMAPISession *)object, 0, ret);
    if (!IsEqualGUID(iid, &IID_IMsgServiceAdmin) && !IsEqualGUID(iid, &IID_IMsgServiceAdmin2))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    *ret = object;
    IMsgServiceAdmin_AddRef(*ret);
    return S_OK;
}

static HRESULT WINAPI serviceadmin_CopyMsgService(IMsgServiceAdmin2 *iface, MAPIUID *uid,
                                                  LPTSTR display_name, const IID *copy_iid,
                                                  const IID *dest_iid, void *dest, ULONG_PTR ui,
                                                  ULONG flags)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct profile *dest_profile;
    IMsgServiceAdmin *dest_admin;
    MAPIUID copied;
    HRESULT hr;

    TRACE("%p, %s, %s, %p, %#lx\n", iface, debugstr_guid((const GUID *)uid),
          debugstr_guid(dest_iid), dest, flags);
    if (!uid || !dest) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(SERVICE_UI_ALWAYS | MAPI_UNICODE)) return MAPI_E_UNKNOWN_FLAGS;
    if (copy_iid && !IsEqualGUID(copy_iid, &IID_IProfSect)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = find_service(admin, uid))
        || FAILED(hr = destination(dest_iid, dest, &dest_admin)))
        return hr;
    if ((dest_profile = serviceadmin_profile(dest_admin)))
        hr = service_copy(admin->profile, uid, dest_profile, &copied);
    else hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMsgServiceAdmin_Release(dest_admin);
    if (hr == MAPI_E_NO_ACCESS)
        admin_error(&admin->error, hr,
                    L"The message service is there already and allows one copy only.", NULL);
    return hr;
}

static HRESULT WINAPI serviceadmin_RenameMsgService(IMsgServiceAdmin2 *iface, MAPIUID *uid,
                                                    ULONG flags, LPTSTR display_name)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI serviceadmin_ConfigureMsgService(IMsgServiceAdmin2 *iface, MAPIUID *uid,
                                                       ULONG_PTR ui, ULONG flags, ULONG count,
                                                       SPropValue *props)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    struct entry_call call = { MSG_SERVICE_CONFIGURE, ui, flags, count, count ? props : NULL };
    HRESULT hr;

    TRACE("%p, %s, %#Ix, %#lx, %lu, %p\n", iface, debugstr_guid((const GUID *)uid), ui, flags,
          count, props);
    if (!uid || (count && !props)) return MAPI_E_INVALID_PARAMETER;
    if (count && FAILED(hr = propset_check_values(count, props))) return hr;
    if (flags & ~CONFIGURE_FLAGS) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = find_service(admin, uid))) return hr;
    return service_call(admin->profile, uid, uid, &call, &admin->error);
}

static HRESULT WINAPI serviceadmin_OpenProfileSection(IMsgServiceAdmin2 *iface, MAPIUID *uid,
                                                      const IID *iid, ULONG flags, IProfSect **ret)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    HRESULT hr;

    TRACE("%p, %s, %s, %#lx, %p\n", iface, debugstr_guid((const GUID *)uid), debugstr_guid(iid),
          flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!uid) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    hr = profsect_open(admin->profile, uid, iid, flags, SECTION_CLIENT, ret);
    if (hr == MAPI_E_NO_ACCESS)
        admin_error(&admin->error, hr,
                    L"The section belongs to a provider, or somebody else has it open.", NULL);
    if (hr == MAPI_E_NOT_FOUND)
        admin_error(&admin->error, hr, L"There is no such profile section.", NULL);
    return hr;
}

static BOOL is_among(const MAPIUID *uid, ULONG count, const MAPIUID *uids)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (!memcmp(uid, uids + i, sizeof(*uid))) return TRUE;
    return FALSE;
}

/* Under profiles_lock. */
static HRESULT set_transport_order(struct profile *profile, ULONG count, const MAPIUID *order)
{
    ULONG known_count, i;
    MAPIUID *known;
    HRESULT hr;

    if (FAILED(hr = profile_providers(profile, PROVIDER_TRANSPORT, &known_count, &known)))
        return hr;
    if (count != known_count) hr = MAPI_E_BUSY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (!is_among(order + i, known_count, known)) hr = MAPI_E_NOT_FOUND;
        else if (is_among(order + i, i, order)) hr = MAPI_E_INVALID_PARAMETER;
    }
    if (SUCCEEDED(hr) && count)
        hr = section_set_uids(profile, &uid_global_section, PR_TRANSPORT_PROVIDERS, count, order);
    platform_free(known);
    return hr;
}

static HRESULT WINAPI serviceadmin_MsgServiceTransportOrder(IMsgServiceAdmin2 *iface, ULONG count,
                                                            MAPIUID *order, ULONG flags)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    HRESULT hr;

    TRACE("%p, %lu, %p, %#lx\n", iface, count, order, flags);
    if (count && !order) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = profiles_lock())) return hr;
    hr = set_transport_order(admin->profile, count, order);
    profiles_unlock();
    if (hr == MAPI_E_BUSY)
        admin_error(&admin->error, hr,
                    L"The list has not all the transport providers of the profile.", NULL);
    if (hr == MAPI_E_NOT_FOUND)
        admin_error(&admin->error, hr,
                    L"The list names something that is no transport provider of the profile.",
                    NULL);
    return hr;
}

static HRESULT WINAPI serviceadmin_AdminProviders(IMsgServiceAdmin2 *iface, MAPIUID *uid,
                                                  ULONG flags, IProviderAdmin **ret)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    HRESULT hr;

    TRACE("%p, %s, %#lx, %p\n", iface, debugstr_guid((const GUID *)uid), flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!uid) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = find_service(admin, uid))) return hr;
    return provideradmin_create(admin->profile, uid, ret);
}

/* Sets or clears one bit, unless a bit of never is set. */
static HRESULT set_flag(struct profile *profile, const MAPIUID *uid, LONG bit, LONG never, BOOL set)
{
    LONG flags;
    HRESULT hr;

    hr = section_get_long(profile, uid, PR_RESOURCE_FLAGS, &flags);
    if (FAILED(hr) && hr != MAPI_E_NOT_FOUND) return hr;
    if (set && (flags & never)) set = FALSE;
    if (!(flags & bit) == !set) return S_OK;
    return section_set_long(profile, uid, PR_RESOURCE_FLAGS, set ? flags | bit : flags & ~bit);
}

/* Under profiles_lock. The flags of every service and provider, those of service (NULL: none)
 * set. */
static HRESULT mark_identity(struct profile *profile, const MAPIUID *service)
{
    enum provider_kind kind;
    MAPIUID *uids, owner;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = profile_services(profile, &count, &uids))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = set_flag(profile, uids + i, SERVICE_PRIMARY_IDENTITY, SERVICE_NO_PRIMARY_IDENTITY,
                      service && !memcmp(uids + i, service, sizeof(*service)));
    platform_free(uids);
    for (kind = 0; kind < PROVIDER_KIND_COUNT && SUCCEEDED(hr); kind++)
    {
        if (FAILED(hr = profile_providers(profile, kind, &count, &uids))) break;
        for (i = 0; i < count && SUCCEEDED(hr); i++)
            hr = set_flag(profile, uids + i, STATUS_PRIMARY_IDENTITY, STATUS_NO_PRIMARY_IDENTITY,
                          service && SUCCEEDED(service_of_provider(profile, uids + i, &owner))
                          && !memcmp(&owner, service, sizeof(owner)));
        platform_free(uids);
    }
    return hr;
}

static HRESULT WINAPI serviceadmin_SetPrimaryIdentity(IMsgServiceAdmin2 *iface, MAPIUID *uid,
                                                      ULONG flags)
{
    struct serviceadmin *admin = impl_from_IMsgServiceAdmin2(iface);
    LONG service_flags = 0;
    HRESULT hr;

    TRACE("%p, %s, %#lx\n", iface, debugstr_guid((const GUID *)uid), flags);
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (uid && FAILED(hr = find_service(admin, uid))) return hr;
    if (FAILED(hr = profiles_lock())) return hr;
    if (uid) section_get_long(admin->profile, uid, PR_RESOURCE_FLAGS, &service_flags);
    hr = service_flags & SERVICE_NO_PRIMARY_IDENTITY ? MAPI_E_NO_ACCESS
                                                     : mark_identity(admin->profile, uid);
    profiles_unlock();
    if (hr == MAPI_E_NO_ACCESS)
        admin_error(&admin->error, hr, L"This message service cannot supply the primary identity.",
                    NULL);
    return hr;
}

static HRESULT WINAPI serviceadmin_GetProviderTable(IMsgServiceAdmin2 *iface, ULONG flags,
                                                    IMAPITable **ret)
{
    TRACE("%p, %#lx, %p\n", iface, flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    return provider_table_create(impl_from_IMsgServiceAdmin2(iface)->profile, NULL, flags, ret);
}

static const IMsgServiceAdmin2Vtbl serviceadmin_vtbl =
{
    serviceadmin_QueryInterface,
    serviceadmin_AddRef,
    serviceadmin_Release,
    serviceadmin_GetLastError,
    serviceadmin_GetMsgServiceTable,
    serviceadmin_CreateMsgService,
    serviceadmin_DeleteMsgService,
    serviceadmin_CopyMsgService,
    serviceadmin_RenameMsgService,
    serviceadmin_ConfigureMsgService,
    serviceadmin_OpenProfileSection,
    serviceadmin_MsgServiceTransportOrder,
    serviceadmin_AdminProviders,
    serviceadmin_SetPrimaryIdentity,
    serviceadmin_GetProviderTable,
    serviceadmin_CreateMsgServiceEx
};

struct profile *serviceadmin_profile(IMsgServiceAdmin *iface)
{
    IMsgServiceAdmin2 *own = (IMsgServiceAdmin2 *)iface;

    return own->lpVtbl == &serviceadmin_vtbl ? impl_from_IMsgServiceAdmin2(own)->profile : NULL;
}

HRESULT serviceadmin_create(struct profile *profile, IMsgServiceAdmin **ret)
{
    struct serviceadmin *admin;

    *ret = NULL;
    if (!(admin = platform_alloc_zero(sizeof(*admin)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    admin->IMsgServiceAdmin2_iface.lpVtbl = &serviceadmin_vtbl;
    admin->ref = 1;
    admin->profile = profile_addref(profile);
    last_error_init(&admin->error);
    *ret = (IMsgServiceAdmin *)&admin->IMsgServiceAdmin2_iface;
    return S_OK;
}
