/*
 * Mail transport: the status object
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

/* IMAPIStatus of a logon. Its properties are those of the row when it was opened; its methods act
 * on the logon. A new password is tried with the next connection. */

#include "transport.h"
#include "propobject.h"

struct status
{
    struct prop_object object;          /* IMAPIStatus */
    struct xp_logon *logon;             /* counted */
};

static struct xp_logon *logon_of(IMAPIStatus *iface)
{
    return ((struct status *)iface)->logon;
}

static void status_destroy(struct prop_object *object)
{
    struct status *status = (struct status *)object;

    IXPLogon_Release(&status->logon->IXPLogon_iface);
    free(status);
}

static HRESULT WINAPI status_QueryInterface(IMAPIStatus *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp)
        && !IsEqualGUID(iid, &IID_IMAPIStatus))
        return E_NOINTERFACE;
    *ret = iface;
    IMAPIStatus_AddRef(iface);
    return S_OK;
}

static HRESULT WINAPI status_ValidateState(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    return IXPLogon_ValidateState(&logon_of(iface)->IXPLogon_iface, ui, flags);
}

static HRESULT WINAPI status_SettingsDialog(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    struct xp_logon *logon = logon_of(iface);
    SPropValue *props = NULL;
    IMAPISupport *support;
    IProfSect *section;
    ULONG count;
    HRESULT hr;

    if (flags & ~UI_READONLY) return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = IMAPISupport_GetSvcConfigSupportObj(logon->support, 0, &support))) return hr;
    hr = IMAPISupport_OpenProfileSection(logon->support, NULL,
                                         flags & UI_READONLY ? 0 : MAPI_MODIFY, &section);
    if (SUCCEEDED(hr))
    {
        hr = sheet_show(logon->provider->instance, support, ui, (flags & UI_READONLY) != 0,
                        (IMAPIProp *)section, &count, &props);
        /* They count from the next logon on. */
        if (SUCCEEDED(hr) && count) hr = IProfSect_SetProps(section, count, props, NULL);
        MAPIFreeBuffer(props);
        IProfSect_Release(section);
    }
    IMAPISupport_Release(support);
    /* A closed window is no failure of the object. */
    return hr == MAPI_E_USER_CANCEL ? S_OK : hr;
}

static WCHAR *wide_password(LPTSTR text, ULONG flags)
{
    WCHAR *ret;
    int count;

    if (flags & MAPI_UNICODE) return _wcsdup((WCHAR *)text);
    count = MultiByteToWideChar(CP_ACP, 0, (char *)text, -1, NULL, 0);
    if ((ret = malloc(max(count, 1) * sizeof(*ret))))
        MultiByteToWideChar(CP_ACP, 0, (char *)text, -1, ret, count);
    return ret;
}

static void forget(WCHAR *password)
{
    if (password) SecureZeroMemory(password, lstrlenW(password) * sizeof(*password));
    free(password);
}

static HRESULT change_password(struct xp_logon *logon, const WCHAR *old, WCHAR *new)
{
    SPropValue prop, *now;
    IProfSect *section;
    HRESULT hr;

    if (FAILED(hr = IMAPISupport_OpenProfileSection(logon->support, NULL, MAPI_MODIFY, &section)))
        return hr;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)section, PR_MAPIXP_PASSWORD, &now)))
    {
        if (lstrcmpW(now->Value.lpszW, old)) hr = MAPI_E_NO_ACCESS;
        SecureZeroMemory(now->Value.lpszW, lstrlenW(now->Value.lpszW) * sizeof(WCHAR));
        MAPIFreeBuffer(now);
    }
    prop.ulPropTag = PR_MAPIXP_PASSWORD;
    prop.dwAlignPad = 0;
    prop.Value.lpszW = new;
    if (SUCCEEDED(hr)) hr = IProfSect_SetProps(section, 1, &prop, NULL);
    IProfSect_Release(section);
    return hr;
}

static HRESULT WINAPI status_ChangePassword(IMAPIStatus *iface, LPTSTR old_password,
                                            LPTSTR new_password, ULONG flags)
{
    WCHAR *old, *new;
    HRESULT hr;

    if (flags & ~MAPI_UNICODE) return MAPI_E_UNKNOWN_FLAGS;
    if (!old_password || !new_password) return MAPI_E_INVALID_PARAMETER;
    old = wide_password(old_password, flags);
    new = wide_password(new_password, flags);
    hr = old && new ? change_password(logon_of(iface), old, new) : MAPI_E_NOT_ENOUGH_MEMORY;
    forget(old);
    forget(new);
    /* What waits for it is tried with it now. */
    if (SUCCEEDED(hr)) IXPLogon_ValidateState(&logon_of(iface)->IXPLogon_iface, 0, SUPPRESS_UI);
    return hr;
}

static HRESULT WINAPI status_FlushQueues(IMAPIStatus *iface, ULONG_PTR ui, ULONG size,
                                         LPENTRYID target, ULONG flags)
{
    struct xp_logon *logon = logon_of(iface);
    HRESULT hr;

    if (flags & ~(FLUSH_UPLOAD | FLUSH_DOWNLOAD | FLUSH_FORCE | FLUSH_NO_UI | FLUSH_ASYNC_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if (FAILED(hr = IXPLogon_FlushQueues(&logon->IXPLogon_iface, ui, size, target, flags)))
        return hr;
    if (!(flags & FLUSH_UPLOAD)) return S_OK;
    return IMAPISupport_SpoolerNotify(logon->support, NOTIFY_READYTOSEND, NULL);
}

static const IMAPIStatusVtbl status_vtbl =
{
    status_QueryInterface,
    (void *)prop_object_AddRef,
    (void *)prop_object_Release,
    (void *)prop_object_GetLastError,
    (void *)prop_object_SaveChanges,
    (void *)prop_object_GetProps,
    (void *)prop_object_GetPropList,
    (void *)prop_object_OpenProperty,
    (void *)prop_object_SetProps,
    (void *)prop_object_DeleteProps,
    (void *)prop_object_CopyTo,
    (void *)prop_object_CopyProps,
    (void *)prop_object_GetNamesFromIDs,
    (void *)prop_object_GetIDsFromNames,
    status_ValidateState,
    status_SettingsDialog,
    status_ChangePassword,
    status_FlushQueues
};

HRESULT status_create(struct xp_logon *logon, IMAPIStatus **ret)
{
    WCHAR words[STATUS_WORDS_MAX];
    struct status *status;
    SPropValue props[5];
    HRESULT hr;

    *ret = NULL;
    if (!(status = calloc(1, sizeof(*status)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr = prop_object_init(&status->object, &status_vtbl, status_destroy)))
    {
        free(status);
        return hr;
    }
    status->logon = logon;
    IXPLogon_AddRef(&logon->IXPLogon_iface);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_STATUS;
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = logon->settings.address ? logon->settings.address
                                                   : (WCHAR *)L"Internet Mail";
    props[2].ulPropTag = PR_RESOURCE_METHODS;
    props[2].Value.l = STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG | STATUS_CHANGE_PASSWORD
                       | STATUS_FLUSH_QUEUES;
    props[3].ulPropTag = PR_STATUS_CODE;
    props[3].Value.l = logon_status(logon, words);
    props[4].ulPropTag = PR_STATUS_STRING_W;
    props[4].Value.lpszW = words;
    IPropData_SetProps(status->object.props, ARRAYSIZE(props), props, NULL);
    *ret = (IMAPIStatus *)status;
    return S_OK;
}
