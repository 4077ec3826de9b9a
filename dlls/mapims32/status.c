/*
 * The status object of a store
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

/* What IMAPISession::OpenEntry gives for the store's row in the status table: it looks whether
 * the file can be read, and shows the service's settings. */

#include "store.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static const ULONG status_computed[] =
{
    PR_OBJECT_TYPE, PR_DISPLAY_NAME, PR_PROVIDER_DISPLAY, PR_PROVIDER_DLL_NAME, PR_RESOURCE_METHODS,
    PR_RESOURCE_TYPE, PR_STATUS_CODE, 0
};

static void status_destroy(struct object *object)
{
    object_destroy(object);
    platform_free(object);
}

/* Is the file there, and does it let itself be read? */
static HRESULT look(struct store *store)
{
    struct db_object root;
    struct db_txn *txn;
    HRESULT hr;

    if (FAILED(hr = db_begin(store->db, DB_READ, &txn))) return hr;
    hr = db_object_load(txn, DB_ROOT, &root, NULL);
    db_rollback(txn);
    return hr;
}

static void add_text(struct values *values, ULONG tag, const WCHAR *text)
{
    SPropValue *value = values_add(values, tag);

    if (value) value->Value.lpszW = (WCHAR *)text;
}

static HRESULT status_compute(struct object *object, struct db_txn *txn,
                              const struct db_object *info, struct values *values)
{
    SPropValue *name;

    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)object->store, PR_DISPLAY_NAME_W, &name)))
    {
        WCHAR *copy = values_alloc(values, (lstrlenW(name->Value.lpszW) + 1) * sizeof(WCHAR));

        if (copy) lstrcpyW(copy, name->Value.lpszW);
        MAPIFreeBuffer(name);
        add_text(values, PR_DISPLAY_NAME_W, copy);
    }
    add_text(values, PR_PROVIDER_DISPLAY_W, L"Message Store");
    add_text(values, PR_PROVIDER_DLL_NAME_W, L"mapims.dll");
    values_add_long(values, PR_OBJECT_TYPE, MAPI_STATUS);
    values_add_long(values, PR_RESOURCE_TYPE, MAPI_STORE_PROVIDER);
    values_add_long(values, PR_RESOURCE_METHODS, STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG);
    values_add_long(values, PR_STATUS_CODE,
                    SUCCEEDED(look(object->store)) ? STATUS_AVAILABLE : STATUS_FAILURE);
    return values->hr;
}

static const struct object_class status_class =
{
    &IID_IMAPIStatus, NULL, FALSE, status_computed, status_destroy, status_compute, NULL, NULL
};

static HRESULT WINAPI status_ValidateState(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    struct store *store = ((struct object *)iface)->store;
    IMAPISupport *support;
    SPropValue prop;
    HRESULT hr;

    TRACE("%p, %#lx\n", iface, flags);

    if (flags & ~(SUPPRESS_UI | CONFIG_CHANGED)) return MAPI_E_NO_SUPPORT;
    hr = look(store);
    if (hr == MAPI_E_BUSY) return hr;
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_STATUS_CODE;
    prop.Value.l = SUCCEEDED(hr) ? STATUS_AVAILABLE : STATUS_FAILURE;
    if (!(support = store_support(store))) return MAPI_E_NO_SUPPORT;
    IMAPISupport_ModifyStatusRow(support, 1, &prop, STATUSROW_UPDATE);
    IMAPISupport_Release(support);
    return S_OK;
}

/* Another file is opened at the next logon, another name is there at once. */
static HRESULT WINAPI status_SettingsDialog(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    struct store *store = ((struct object *)iface)->store;
    WCHAR *path = NULL, *name = NULL;
    IMAPISupport *support;
    IProfSect *section;
    HRESULT hr;

    TRACE("%p, %#lx\n", iface, flags);

    if (flags & ~UI_READONLY) return MAPI_E_UNKNOWN_FLAGS;
    if (!(support = store_support(store))) return MAPI_E_NO_SUPPORT;
    hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section);
    if (SUCCEEDED(hr))
    {
        hr = config_show(store->provider->instance, support, ui,
                         flags & UI_READONLY ? MSG_SERVICE_UI_READ_ONLY : 0, (IMAPIProp *)section,
                         &path, &name);
        if (SUCCEEDED(hr) && !(flags & UI_READONLY)) hr = section_configure(section, path, name);
        IProfSect_Release(section);
    }
    platform_free(path);
    platform_free(name);
    IMAPISupport_Release(support);
    return hr;
}

static HRESULT WINAPI status_ChangePassword(IMAPIStatus *iface, LPTSTR old, LPTSTR new, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI status_FlushQueues(IMAPIStatus *iface, ULONG_PTR ui, ULONG size,
                                         LPENTRYID target, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static const IMAPIStatusVtbl status_vtbl =
{
    (void *)object_QueryInterface,
    (void *)object_AddRef,
    (void *)object_Release,
    (void *)object_GetLastError,
    (void *)object_SaveChanges,
    (void *)object_GetProps,
    (void *)object_GetPropList,
    (void *)object_OpenProperty,
    (void *)object_SetProps,
    (void *)object_DeleteProps,
    (void *)object_CopyTo,
    (void *)object_CopyProps,
    (void *)object_GetNamesFromIDs,
    (void *)object_GetIDsFromNames,
    status_ValidateState,
    status_SettingsDialog,
    status_ChangePassword,
    status_FlushQueues
};

HRESULT status_open(struct store *store, const IID *iid, ULONG flags, ULONG *type, void **ret)
{
    struct object *object;
    HRESULT hr;

    if (!type || !ret) return MAPI_E_INVALID_PARAMETER;
    *type = 0;
    *ret = NULL;
    if (flags & ~(MAPI_MODIFY | MAPI_DEFERRED_ERRORS)) return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !object_has_interface(&status_class, iid)) return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!(object = platform_alloc_zero(sizeof(*object)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = object_init(object, &status_vtbl, &status_class, store, FALSE, NULL)))
    {
        platform_free(object);
        return hr;
    }
    *type = MAPI_STATUS;
    *ret = object;
    return S_OK;
}
