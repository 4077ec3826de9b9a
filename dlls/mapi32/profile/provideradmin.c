/*
 * Administration of the providers of a message service
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
 * IProviderAdmin for clients, and for service entries (inside). A client's CreateProvider and
 * DeleteProvider call the entry; an entry's own do not, or a service that creates a provider when
 * asked to would never come to an end. An entry may open every section, its own by NULL; a client
 * needs MAPI_FORCE_ACCESS for a provider's.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct provideradmin
{
    IProviderAdmin IProviderAdmin_iface;
    LONG ref;
    struct profile *profile;    /* counted */
    MAPIUID service;
    MAPIUID section;            /* what NULL opens, inside */
    BOOL inside;
    struct last_error error;
};

static struct provideradmin *impl_from_IProviderAdmin(IProviderAdmin *iface)
{
    return CONTAINING_RECORD(iface, struct provideradmin, IProviderAdmin_iface);
}

static HRESULT WINAPI provideradmin_QueryInterface(IProviderAdmin *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IProviderAdmin))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IProviderAdmin_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI provideradmin_AddRef(IProviderAdmin *iface)
{
    return InterlockedIncrement(&impl_from_IProviderAdmin(iface)->ref);
}

static ULONG WINAPI provideradmin_Release(IProviderAdmin *iface)
{
    struct provideradmin *admin = impl_from_IProviderAdmin(iface);
    ULONG ref = InterlockedDecrement(&admin->ref);

    if (ref) return ref;
    profile_release(admin->profile);
    last_error_destroy(&admin->error);
    platform_free(admin);
    return 0;
}

static HRESULT WINAPI provideradmin_GetLastError(IProviderAdmin *iface, HRESULT hr, ULONG flags,
                                                 MAPIERROR **ret)
{
    return last_error_get(&impl_from_IProviderAdmin(iface)->error, hr, flags, ret);
}

/* An entry may go on saving after a fast shutdown; a client may not. */
static HRESULT check(struct provideradmin *admin)
{
    if (!admin->inside && FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (service_find(admin->profile, &admin->service)) return S_OK;
    /* inside MSG_SERVICE_CREATE or DELETE the section is there, whatever the list says */
    if (admin->inside && section_exists(admin->profile, &admin->service)) return S_OK;
    return admin_error(&admin->error, MAPI_E_NOT_FOUND, L"The message service was deleted.", NULL);
}

static HRESULT WINAPI provideradmin_GetProviderTable(IProviderAdmin *iface, ULONG flags,
                                                     IMAPITable **ret)
{
    struct provideradmin *admin = impl_from_IProviderAdmin(iface);
    HRESULT hr;

    TRACE("%p, %#lx, %p\n", iface, flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check(admin))) return hr;
    return provider_table_create(admin->profile, &admin->service, flags, ret);
}

static HRESULT call_created(struct provideradmin *admin, const MAPIUID *uid, ULONG_PTR ui,
                            ULONG flags)
{
    struct entry_call call = { MSG_SERVICE_PROVIDER_CREATE, 0, flags & MAPI_UNICODE };
    HRESULT hr;

    if (flags & MAPI_DIALOG)
    {
        call.ui = ui;
        call.flags |= SERVICE_UI_ALLOWED;
    }
    hr = service_call(admin->profile, &admin->service, uid, &call, &admin->error);
    return hr == MAPI_E_NOT_INITIALIZED ? S_OK : hr;
}

static HRESULT WINAPI provideradmin_CreateProvider(IProviderAdmin *iface, LPTSTR name, ULONG count,
                                                   SPropValue *props, ULONG_PTR ui, ULONG flags,
                                                   MAPIUID *uid)
{
    struct provideradmin *admin = impl_from_IProviderAdmin(iface);
    struct mapisvc *mapisvc;
    MAPIUID created;
    WCHAR *text;
    HRESULT hr;

    TRACE("%p, %p, %lu, %p, %#Ix, %#lx, %p\n", iface, name, count, props, ui, flags, uid);
    if (uid) memset(uid, 0, sizeof(*uid));
    if (!name || !uid || (count && !props)) return MAPI_E_INVALID_PARAMETER;
    if (count && FAILED(hr = propset_check_values(count, props))) return hr;
    if (flags & ~(MAPI_DIALOG | MAPI_UNICODE)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = check(admin)) || FAILED(hr = text_from_tstr(name, flags, &text))) return hr;
    if (SUCCEEDED(hr = mapisvc_open(&mapisvc)))
    {
        hr = provider_add(admin->profile, mapisvc, &admin->service, text, count, props, &created);
        if (hr == MAPI_E_NOT_FOUND)
            admin_error(&admin->error, hr, L"%s is no provider of MapiSvc.inf, and no "
                        L"PR_RESOURCE_TYPE says what it is.", text);
        mapisvc_close(mapisvc);
    }
    if (SUCCEEDED(hr) && !admin->inside && FAILED(hr = call_created(admin, &created, ui, flags)))
        provider_remove(admin->profile, &admin->service, &created);
    if (SUCCEEDED(hr)) *uid = created;
    platform_free(text);
    return hr;
}

static HRESULT WINAPI provideradmin_DeleteProvider(IProviderAdmin *iface, MAPIUID *uid)
{
    struct provideradmin *admin = impl_from_IProviderAdmin(iface);
    HRESULT hr;

    TRACE("%p, %s\n", iface, debugstr_guid((const GUID *)uid));
    if (!uid) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(hr = check(admin))) return hr;
    if (!provider_find(admin->profile, &admin->service, uid))
        return admin_error(&admin->error, MAPI_E_NOT_FOUND,
                           L"The message service has no such provider.", NULL);
    if (!admin->inside
        && FAILED(hr = service_call_delete(admin->profile, &admin->service, uid,
                                           MSG_SERVICE_PROVIDER_DELETE, &admin->error)))
        return hr;
    return provider_remove(admin->profile, &admin->service, uid);
}

static HRESULT WINAPI provideradmin_OpenProfileSection(IProviderAdmin *iface, MAPIUID *uid,
                                                       const IID *iid, ULONG flags, IProfSect **ret)
{
    struct provideradmin *admin = impl_from_IProviderAdmin(iface);
    HRESULT hr;

    TRACE("%p, %s, %s, %#lx, %p\n", iface, debugstr_guid((const GUID *)uid), debugstr_guid(iid),
          flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!uid && !admin->inside) return MAPI_E_INVALID_PARAMETER;
    if (!admin->inside && FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    hr = profsect_open(admin->profile, uid ? uid : &admin->section, iid, flags,
                       admin->inside ? SECTION_ADMIN : SECTION_CLIENT, ret);
    if (hr == MAPI_E_NO_ACCESS)
        admin_error(&admin->error, hr,
                    L"The section belongs to a provider, or somebody else has it open.", NULL);
    if (hr == MAPI_E_NOT_FOUND)
        admin_error(&admin->error, hr, L"There is no such profile section.", NULL);
    return hr;
}

static const IProviderAdminVtbl provideradmin_vtbl =
{
    provideradmin_QueryInterface,
    provideradmin_AddRef,
    provideradmin_Release,
    provideradmin_GetLastError,
    provideradmin_GetProviderTable,
    provideradmin_CreateProvider,
    provideradmin_DeleteProvider,
    provideradmin_OpenProfileSection
};

static HRESULT create(struct profile *profile, const MAPIUID *service, const MAPIUID *section,
                      BOOL inside, IProviderAdmin **ret)
{
    struct provideradmin *admin;

    *ret = NULL;
    if (!(admin = platform_alloc_zero(sizeof(*admin)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    admin->IProviderAdmin_iface.lpVtbl = &provideradmin_vtbl;
    admin->ref = 1;
    admin->profile = profile_addref(profile);
    admin->service = *service;
    admin->section = *section;
    admin->inside = inside;
    last_error_init(&admin->error);
    *ret = &admin->IProviderAdmin_iface;
    return S_OK;
}

HRESULT provideradmin_create(struct profile *profile, const MAPIUID *service, IProviderAdmin **ret)
{
    return create(profile, service, service, FALSE, ret);
}

HRESULT provideradmin_create_inside(struct profile *profile, const MAPIUID *service,
                                    const MAPIUID *section, IProviderAdmin **ret)
{
    return create(profile, service, section, TRUE, ret);
}
