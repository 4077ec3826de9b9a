/*
 * Sample providers: a status object
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
 * What IMAPISession::OpenEntry gives for the provider's row in the status table. It can show the
 * settings of the provider's profile section, through the support object, and write them back.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

struct status
{
    struct prop_object object;          /* IMAPIStatus */
    HINSTANCE instance;
    IMAPISupport *support;              /* counted, as owner */
};

static HRESULT WINAPI status_ValidateState(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI status_SettingsDialog(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    struct status *status = (struct status *)iface;
    IProfSect *section;
    SPropValue *props;
    ULONG count;
    HRESULT hr;

    if (flags & ~UI_READONLY) return MAPI_E_UNKNOWN_FLAGS;
    hr = IMAPISupport_OpenProfileSection(status->support, NULL, MAPI_MODIFY, &section);
    if (FAILED(hr)) return hr;
    hr = config_show(status->instance, status->support, ui, flags & UI_READONLY,
                     (IMAPIProp *)section, &count, &props);
    if (SUCCEEDED(hr) && count) hr = IProfSect_SetProps(section, count, props, NULL);
    MAPIFreeBuffer(props);
    IProfSect_Release(section);
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
    PROP_OBJECT_METHODS,
    status_ValidateState,
    status_SettingsDialog,
    status_ChangePassword,
    status_FlushQueues
};

HRESULT sample_status_open(HINSTANCE instance, IMAPISupport *support, const WCHAR *name,
                           ULONG *type, IMAPIStatus **ret)
{
    static const IID *const iids[] = { &IID_IMAPIStatus, NULL };
    struct status *status;
    SPropValue props[3];
    HRESULT hr;

    *ret = NULL;
    if (!support) return MAPI_E_NOT_FOUND;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_STATUS;
    props[1].ulPropTag = PR_PROVIDER_DISPLAY_W;
    props[1].Value.lpszW = (WCHAR *)name;
    props[2].ulPropTag = PR_RESOURCE_METHODS;
    props[2].Value.l = STATUS_SETTINGS_DIALOG;
    hr = prop_object_create(sizeof(*status), &status_vtbl, iids, support, 3, props,
                            (void **)&status);
    if (FAILED(hr)) return hr;
    IPropData_HrSetObjAccess(status->object.props, IPROP_READONLY);
    status->instance = instance;
    status->support = support;
    *type = MAPI_STATUS;
    *ret = (IMAPIStatus *)status;
    return S_OK;
}
