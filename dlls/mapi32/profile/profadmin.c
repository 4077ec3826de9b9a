/*
 * Administration of profiles
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
 * IProfAdmin, which MAPIAdminProfiles hands out; no session is needed. What happens to a profile as
 * a whole is in profile.c; here are arguments, the calls of service entries around it, and words.
 * Passwords do not exist: one that is not empty is wrong.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct profadmin
{
    IProfAdmin IProfAdmin_iface;
    LONG ref;
    struct last_error error;
};

static struct profadmin *impl_from_IProfAdmin(IProfAdmin *iface)
{
    return CONTAINING_RECORD(iface, struct profadmin, IProfAdmin_iface);
}

static HRESULT WINAPI profadmin_QueryInterface(IProfAdmin *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IProfAdmin))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IProfAdmin_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI profadmin_AddRef(IProfAdmin *iface)
{
    return InterlockedIncrement(&impl_from_IProfAdmin(iface)->ref);
}

static ULONG WINAPI profadmin_Release(IProfAdmin *iface)
{
    struct profadmin *admin = impl_from_IProfAdmin(iface);
    ULONG ref = InterlockedDecrement(&admin->ref);

    if (ref) return ref;
    last_error_destroy(&admin->error);
    platform_free(admin);
    return 0;
}

static HRESULT WINAPI profadmin_GetLastError(IProfAdmin *iface, HRESULT hr, ULONG flags,
                                             MAPIERROR **ret)
{
    return last_error_get(&impl_from_IProfAdmin(iface)->error, hr, flags, ret);
}

static const SizedSPropTagArray(2, profile_columns) = { 2,
                                                        { PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE } };

static HRESULT fill_profile_table(ITableData *data, BOOL app)
{
    WCHAR standard[PROFILE_NAME_MAX + 1], **names;
    SPropValue props[2];
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = profile_list(app, &count, &names))) return hr;
    profile_default_name(standard);
    memset(props, 0, sizeof(props));
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        props[0].ulPropTag = PR_DISPLAY_NAME_W;
        props[0].Value.lpszW = names[i];
        props[1].ulPropTag = PR_DEFAULT_PROFILE;
        props[1].Value.b = CompareStringOrdinal(names[i], -1, standard, -1, TRUE) == CSTR_EQUAL;
        hr = table_add_row(data, ARRAY_SIZE(props), props);
    }
    platform_free(names);
    return hr;
}

static HRESULT WINAPI profadmin_GetProfileTable(IProfAdmin *iface, ULONG flags, IMAPITable **ret)
{
    ITableData *data;
    HRESULT hr;

    TRACE("%p, %#lx, %p\n", iface, flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_APP_PROFILE)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    hr = table_create(TBLTYPE_SNAPSHOT, PR_DISPLAY_NAME_W, (const SPropTagArray *)&profile_columns,
                      &data);
    if (FAILED(hr)) return hr;
    hr = fill_profile_table(data, !!(flags & MAPI_APP_PROFILE));
    if (SUCCEEDED(hr)) hr = table_view(data, flags & MAPI_UNICODE, NULL, ret);
    ITableData_Release(data);
    return hr;
}

static BOOL is_empty(const void *text, ULONG flags)
{
    return !text || (flags & MAPI_UNICODE ? !*(const WCHAR *)text : !*(const char *)text);
}

/* A name that a new profile may have; *ret by platform_alloc. */
static HRESULT new_name(struct profadmin *admin, const void *name, ULONG flags, WCHAR **ret)
{
    HRESULT hr;

    if (FAILED(hr = text_from_tstr(name, flags, ret))) return hr;
    if (profile_name_valid(*ret)) return S_OK;
    admin_error(&admin->error, MAPI_E_INVALID_PARAMETER, L"\"%s\" cannot be the name of a profile.",
                *ret);
    platform_free(*ret);
    *ret = NULL;
    return MAPI_E_INVALID_PARAMETER;
}

/* An existing profile by the name a client gave. app_flag: MAPI_APP_PROFILE, or 0 when any will
 * do. */
static HRESULT open_named(struct profadmin *admin, const void *name, ULONG flags, ULONG app_flag,
                          struct profile **ret)
{
    WCHAR *text;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = text_from_tstr(name, flags, &text))) return hr;
    hr = profile_open(text, ret);
    if (hr == MAPI_E_NOT_FOUND)
        admin_error(&admin->error, hr, L"There is no profile \"%s\".", text);
    if (SUCCEEDED(hr) && app_flag && !(flags & app_flag) && profile_is_app(*ret))
    {
        profile_release(*ret);
        *ret = NULL;
        hr = admin_error(&admin->error, MAPI_E_NO_ACCESS, L"\"%s\" is a program's own profile.",
                         text);
    }
    platform_free(text);
    return hr;
}

static HRESULT add_default_services(struct profadmin *admin, struct profile *profile, ULONG_PTR ui,
                                    ULONG flags)
{
    const struct inf_section *defaults;
    struct mapisvc *mapisvc;
    MAPIUID uid;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = mapisvc_open(&mapisvc))) return hr;
    defaults = mapisvc_section(mapisvc, L"Default Services");
    for (i = 0; defaults && i < defaults->count && SUCCEEDED(hr); i++)
    {
        const struct inf_entry *entry = defaults->entries + i;

        if (!mapisvc_service_text(mapisvc, entry->key, NULL))
        {
            WARN("%s:%lu: %s is not in [Services]; skipped\n", debugstr_w(mapisvc->path),
                 entry->line, debugstr_w(entry->key));
            continue;
        }
        hr = service_create(profile, mapisvc, entry->key, entry->value, ui,
                            flags & MAPI_DIALOG ? SERVICE_UI_ALLOWED | (flags & MAPI_UNICODE)
                                                : flags & MAPI_UNICODE,
                            &uid, &admin->error);
    }
    mapisvc_close(mapisvc);
    return hr;
}

static HRESULT delete_services(struct profadmin *admin, struct profile *profile)
{
    MAPIUID *uids;
    ULONG count, i;
    HRESULT hr;

    if (FAILED(hr = profile_services(profile, &count, &uids))) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        hr = service_call_delete(profile, uids + i, uids + i, MSG_SERVICE_DELETE, &admin->error);
    platform_free(uids);
    return hr;
}

static HRESULT WINAPI profadmin_CreateProfile(IProfAdmin *iface, LPTSTR name, LPTSTR password,
                                              ULONG_PTR ui, ULONG flags)
{
    struct profadmin *admin = impl_from_IProfAdmin(iface);
    struct profile *profile;
    WCHAR *text;
    HRESULT hr;

    TRACE("%p, %p, %#Ix, %#lx\n", iface, name, ui, flags);
    if (!name) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_APP_PROFILE | MAPI_DEFAULT_SERVICES | MAPI_DIALOG | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!is_empty(password, flags)) return MAPI_E_INVALID_PARAMETER;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = new_name(admin, name, flags, &text))) return hr;
    hr = profile_create(text, !!(flags & MAPI_APP_PROFILE), &profile);
    if (hr == MAPI_E_NO_ACCESS)
        admin_error(&admin->error, hr,
                    L"There is a profile \"%s\" already, perhaps one in use that was deleted.",
                    text);
    platform_free(text);
    if (FAILED(hr)) return hr;
    if ((flags & MAPI_DEFAULT_SERVICES)
        && FAILED(hr = add_default_services(admin, profile, ui, flags)))
    {
        struct last_error unheard;      /* the words of the failure stay */
        MAPIUID *uids;
        ULONG count, i;

        last_error_init(&unheard);
        if (SUCCEEDED(profile_services(profile, &count, &uids)))
        {
            for (i = 0; i < count; i++)
                service_call_delete(profile, uids + i, uids + i, MSG_SERVICE_DELETE, &unheard);
            platform_free(uids);
        }
        last_error_destroy(&unheard);
        profile_delete(profile);
    }
    profile_release(profile);
    return hr;
}

static HRESULT WINAPI profadmin_DeleteProfile(IProfAdmin *iface, LPTSTR name, ULONG flags)
{
    struct profadmin *admin = impl_from_IProfAdmin(iface);
    struct profile *profile;
    HRESULT hr;

    TRACE("%p, %p, %#lx\n", iface, name, flags);
    if (!name) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_APP_PROFILE | MAPI_UNICODE)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = open_named(admin, name, flags, MAPI_APP_PROFILE, &profile))) return hr;
    hr = delete_services(admin, profile);
    if (SUCCEEDED(hr)) hr = profile_delete(profile);
    profile_release(profile);
    return hr;
}

static HRESULT WINAPI profadmin_ChangeProfilePassword(IProfAdmin *iface, LPTSTR name,
                                                      LPTSTR old_password, LPTSTR new_password,
                                                      ULONG flags)
{
    TRACE("%p, %p, %#lx\n", iface, name, flags);
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    return S_OK;
}

/* What CopyProfile and RenameProfile have in common. */
static HRESULT copy_or_rename(struct profadmin *admin, const void *old_name, const void *password,
                              const void *name, ULONG flags,
                              HRESULT (*act)(struct profile *, const WCHAR *))
{
    struct profile *profile;
    WCHAR *text;
    HRESULT hr;

    if (!old_name || !name) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_APP_PROFILE | MAPI_DIALOG | MAPI_UNICODE)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (FAILED(hr = new_name(admin, name, flags, &text))) return hr;
    if (SUCCEEDED(hr = open_named(admin, old_name, flags, MAPI_APP_PROFILE, &profile)))
    {
        if (!is_empty(password, flags))
            hr = admin_error(&admin->error, MAPI_E_LOGON_FAILED, L"Profiles have no passwords.",
                             NULL);
        else if ((hr = act(profile, text)) == MAPI_E_NO_ACCESS)
            admin_error(&admin->error, hr, L"There is a profile \"%s\" already.", text);
        profile_release(profile);
    }
    platform_free(text);
    return hr;
}

static HRESULT WINAPI profadmin_CopyProfile(IProfAdmin *iface, LPTSTR old_name, LPTSTR password,
                                            LPTSTR name, ULONG_PTR ui, ULONG flags)
{
    TRACE("%p, %p, %p, %#lx\n", iface, old_name, name, flags);
    return copy_or_rename(impl_from_IProfAdmin(iface), old_name, password, name, flags,
                          profile_copy);
}

static HRESULT WINAPI profadmin_RenameProfile(IProfAdmin *iface, LPTSTR old_name, LPTSTR password,
                                              LPTSTR name, ULONG_PTR ui, ULONG flags)
{
    TRACE("%p, %p, %p, %#lx\n", iface, old_name, name, flags);
    return copy_or_rename(impl_from_IProfAdmin(iface), old_name, password, name, flags,
                          profile_rename);
}

static HRESULT WINAPI profadmin_SetDefaultProfile(IProfAdmin *iface, LPTSTR name, ULONG flags)
{
    struct profadmin *admin = impl_from_IProfAdmin(iface);
    struct profile *profile;
    HRESULT hr;

    TRACE("%p, %p, %#lx\n", iface, name, flags);
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (!name) return profile_set_default(NULL);
    if (FAILED(hr = open_named(admin, name, flags, 0, &profile))) return hr;
    if (profile_is_app(profile))
        hr = admin_error(&admin->error, E_FAIL, L"A program's own profile cannot be the default.",
                         NULL);
    else hr = profile_set_default(profile_name(profile));
    profile_release(profile);
    return hr;
}

static HRESULT WINAPI profadmin_AdminServices(IProfAdmin *iface, LPTSTR name, LPTSTR password,
                                              ULONG_PTR ui, ULONG flags, IMsgServiceAdmin **ret)
{
    struct profadmin *admin = impl_from_IProfAdmin(iface);
    struct profile *profile;
    HRESULT hr;

    TRACE("%p, %p, %#lx, %p\n", iface, name, flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!name) return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_DIALOG | MAPI_UNICODE)) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (!is_empty(password, flags))
        return admin_error(&admin->error, MAPI_E_LOGON_FAILED, L"Profiles have no passwords.",
                           NULL);
    hr = open_named(admin, name, flags, 0, &profile);
    if (hr == MAPI_E_NOT_FOUND)
        return admin_error(&admin->error, MAPI_E_LOGON_FAILED, L"There is no profile of that name.",
                           NULL);
    if (FAILED(hr)) return hr;
    hr = serviceadmin_create(profile, ret);
    profile_release(profile);
    return hr;
}

static const IProfAdminVtbl profadmin_vtbl =
{
    profadmin_QueryInterface,
    profadmin_AddRef,
    profadmin_Release,
    profadmin_GetLastError,
    profadmin_GetProfileTable,
    profadmin_CreateProfile,
    profadmin_DeleteProfile,
    profadmin_ChangeProfilePassword,
    profadmin_CopyProfile,
    profadmin_RenameProfile,
    profadmin_SetDefaultProfile,
    profadmin_AdminServices
};

/***********************************************************************
 *           MAPIAdminProfiles (MAPI32.@)
 */
HRESULT WINAPI MAPIAdminProfiles(ULONG flags, LPPROFADMIN *ret)
{
    struct profadmin *admin;

    TRACE("%#lx, %p\n", flags, ret);
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(admin_check())) return MAPI_E_NOT_INITIALIZED;
    if (!(admin = platform_alloc_zero(sizeof(*admin)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    admin->IProfAdmin_iface.lpVtbl = &profadmin_vtbl;
    admin->ref = 1;
    last_error_init(&admin->error);
    *ret = &admin->IProfAdmin_iface;
    return S_OK;
}
