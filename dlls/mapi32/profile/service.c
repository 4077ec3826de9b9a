/*
 * Calling the entry function of a message service
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
 * A service's DLL and function stand in its section or, for a service of one provider, in the
 * provider's. Every call gets a support object and a provider administration object of its own,
 * both bound to the service. The words of a failed call are the service's own, else the reason why
 * it could not be called. No lock is held here.
 */

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <winreg.h>

#include "profile/private.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define ENTRY_UI_FLAGS (MSG_SERVICE_UI_READ_ONLY | SERVICE_UI_ALLOWED | SERVICE_UI_ALWAYS \
                        | UI_CURRENT_PROVIDER_FIRST)

struct entry
{
    WCHAR *dll;
    char *function;
};

static BOOL entry_of_section(struct profile *profile, const MAPIUID *uid, struct entry *entry)
{
    WCHAR *function;

    if (!(entry->dll = section_get_text(profile, uid, PR_SERVICE_DLL_NAME_W))) return FALSE;
    if ((function = section_get_text(profile, uid, PR_SERVICE_ENTRY_NAME)))
        entry->function = text_to_ansi(function);
    platform_free(function);
    if (entry->function && *entry->function && *entry->dll) return TRUE;
    platform_free(entry->dll);
    platform_free(entry->function);
    entry->dll = NULL;
    entry->function = NULL;
    return FALSE;
}

static BOOL find_entry(struct profile *profile, const MAPIUID *service, struct entry *entry)
{
    enum provider_kind kind;
    BOOL found;

    memset(entry, 0, sizeof(*entry));
    found = entry_of_section(profile, service, entry);
    for (kind = 0; kind < PROVIDER_KIND_COUNT && !found; kind++)
    {
        MAPIUID *uids;
        ULONG count, i;

        if (FAILED(section_get_uids(profile, service, provider_list_tag(kind), &count, &uids)))
            continue;
        for (i = 0; i < count && !found; i++) found = entry_of_section(profile, uids + i, entry);
        platform_free(uids);
    }
    return found;
}

/* The properties with all text as PT_STRING8, one block. */
static HRESULT narrow_props(ULONG count, const SPropValue *props, SPropValue **ret)
{
    HRESULT hr = S_OK;
    ULONG i;

    *ret = NULL;
    if (!count) return S_OK;
    if (memory_allocators.allocate(count * sizeof(**ret), (void **)ret))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        ULONG type = PROP_TYPE(props[i].ulPropTag);

        if ((type & ~MV_FLAG) == PT_UNICODE)
            hr = prop_convert_width(*ret + i, props + i, (type & MV_FLAG) | PT_STRING8,
                                    memory_allocators.more, *ret);
        else hr = prop_copy(*ret + i, props + i, memory_allocators.more, *ret);
    }
    if (SUCCEEDED(hr)) return S_OK;
    memory_allocators.free(*ret);
    *ret = NULL;
    return hr;
}

static HRESULT call_once(const struct entry *entry, IMAPISupport *support, IProviderAdmin *admin,
                         const struct entry_call *call, ULONG flags, SPropValue *props,
                         struct last_error *error)
{
    MAPIERROR *words = NULL;
    WCHAR *why = NULL;
    HRESULT hr;

    hr = host_service_entry(entry->dll, entry->function, support, call->ui, flags, call->context,
                            call->count, props, admin, &words, &why);
    if (words) last_error_take(error, hr, words, flags);
    else if (why) last_error_set(error, hr, L"MAPI", L"%s", why);
    else if (FAILED(hr))
        last_error_set(error, hr, L"MAPI", L"The message service (%s) failed.", entry->dll);
    memory_allocators.free(words);
    platform_free(why);
    return hr;
}

HRESULT service_call(struct profile *profile, const MAPIUID *service, const MAPIUID *section,
                     const struct entry_call *call, struct last_error *error)
{
    ULONG flags = call->flags & (MAPI_UNICODE | ENTRY_UI_FLAGS);
    IMAPISupport *support = NULL;
    IProviderAdmin *admin = NULL;
    SPropValue *narrow = NULL;
    struct entry entry;
    HRESULT hr;

    if (!find_entry(profile, service, &entry))
        return admin_error(error, MAPI_E_NOT_INITIALIZED,
                           L"The message service has no entry point function.", NULL);
    TRACE("%s, %s, context %lu\n", debugstr_w(entry.dll), debugstr_a(entry.function),
          call->context);
    hr = svcsupport_create(profile, section, &support);
    if (SUCCEEDED(hr)) hr = provideradmin_create_inside(profile, service, section, &admin);
    if (SUCCEEDED(hr))
    {
        hr = call_once(&entry, support, admin, call, flags, call->props, error);
        /* A service that knows no Unicode is asked once more in its own way. */
        if (hr == MAPI_E_BAD_CHARWIDTH && (flags & MAPI_UNICODE)
            && SUCCEEDED(narrow_props(call->count, call->props, &narrow)))
            hr = call_once(&entry, support, admin, call, flags & ~MAPI_UNICODE, narrow, error);
        memory_allocators.free(narrow);
    }
    if (admin) IProviderAdmin_Release(admin);
    if (support) IMAPISupport_Release(support);
    platform_free(entry.dll);
    platform_free(entry.function);
    return hr;
}

HRESULT service_call_entry(struct profile *profile, const MAPIUID *service, ULONG context,
                           ULONG_PTR ui, ULONG flags, ULONG count, SPropValue *props,
                           MAPIERROR **error)
{
    struct entry_call call = { context, ui, flags, count, props };
    struct last_error words;
    HRESULT hr;

    if (error) *error = NULL;
    last_error_init(&words);
    hr = service_call(profile, service, service, &call, &words);
    if (FAILED(hr) && error) last_error_get(&words, hr, flags & MAPI_UNICODE, error);
    last_error_destroy(&words);
    return hr;
}

HRESULT service_call_delete(struct profile *profile, const MAPIUID *service, const MAPIUID *section,
                            ULONG context, struct last_error *error)
{
    struct entry_call call = { context };
    HRESULT hr;

    hr = service_call(profile, service, section, &call, error);
    if (hr == MAPI_E_USER_CANCEL) return hr;
    if (FAILED(hr) && hr != MAPI_E_NOT_INITIALIZED)
        WARN("the service's answer %#lx does not keep it\n", hr);
    return S_OK;
}

HRESULT service_create(struct profile *profile, struct mapisvc *mapisvc, const WCHAR *name,
                       const WCHAR *display_name, ULONG_PTR ui, ULONG flags, MAPIUID *uid,
                       struct last_error *error)
{
    struct entry_call call = { MSG_SERVICE_CREATE, 0, flags & MAPI_UNICODE };
    HRESULT hr;

    if (flags & (SERVICE_UI_ALLOWED | SERVICE_UI_ALWAYS))
    {
        call.ui = ui;
        call.flags = flags;
    }
    hr = service_add(profile, mapisvc, name, display_name, uid);
    if (hr == MAPI_E_NOT_FOUND && mapisvc->inf)
        return admin_error(error, hr,
                           L"%s is not in the [Services] of MapiSvc.inf, or has no section there.",
                           name);
    if (hr == MAPI_E_NOT_FOUND)
        return admin_error(error, hr, L"There is no message service: %s cannot be read.",
                           mapisvc->path);
    if (hr == MAPI_E_NO_ACCESS)
        return admin_error(error, hr, L"%s is in the profile already and allows one copy only, "
                           L"or the profile cannot be written.", name);
    if (FAILED(hr)) return hr;
    hr = service_call(profile, uid, uid, &call, error);
    if (hr == MAPI_E_NOT_INITIALIZED) return S_OK;
    if (FAILED(hr)) service_remove(profile, uid);
    return hr;
}
