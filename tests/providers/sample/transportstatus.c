/*
 * Sample providers: the status object of the transport
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
 * What a client opens by the transport'"'"'s row of the status table. Settings it has none to show,
 * but a password it can change: PR_SAMPLE_XP_PASSWORD of its profile section.
 */

#include "transport.h"

struct status
{
    struct prop_object object;          /* IMAPIStatus */
    struct xp_logon *logon;             /* counted, as owner */
};

static struct status *impl_from_IMAPIStatus(IMAPIStatus *iface)
{
    return (struct status *)iface;
}

static HRESULT WINAPI status_ValidateState(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    struct xp_logon *logon = impl_from_IMAPIStatus(iface)->logon;

    return IXPLogon_ValidateState(&logon->IXPLogon_iface, ui, flags);
}

static HRESULT WINAPI status_SettingsDialog(IMAPIStatus *iface, ULONG_PTR ui, ULONG flags)
{
    return behave(KIND_TRANSPORT, "SettingsDialog", NULL);
}

static HRESULT WINAPI status_ChangePassword(IMAPIStatus *iface, LPTSTR old_password,
                                            LPTSTR new_password, ULONG flags)
{
    IMAPISupport *support = impl_from_IMAPIStatus(iface)->logon->support;
    SPropValue *now, prop;
    IProfSect *section;
    HRESULT hr;

    if (flags & MAPI_UNICODE) return MAPI_E_BAD_CHARWIDTH;
    if (!support) return MAPI_E_CALL_FAILED;
    if (FAILED(hr = IMAPISupport_OpenProfileSection(support, NULL, MAPI_MODIFY, &section)))
        return hr;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)section, PR_SAMPLE_XP_PASSWORD, &now)))
    {
        if (strcmp(now->Value.lpszA, (char *)old_password)) hr = MAPI_E_NO_ACCESS;
        MAPIFreeBuffer(now);
    }
    prop.ulPropTag = PR_SAMPLE_XP_PASSWORD;
    prop.dwAlignPad = 0;
    prop.Value.lpszA = (char *)new_password;
    if (SUCCEEDED(hr)) hr = IProfSect_SetProps(section, 1, &prop, NULL);
    IProfSect_Release(section);
    return hr;
}

static HRESULT WINAPI status_FlushQueues(IMAPIStatus *iface, ULONG_PTR ui, ULONG size,
                                         LPENTRYID target, ULONG flags)
{
    struct xp_logon *logon = impl_from_IMAPIStatus(iface)->logon;
    ULONG status = 0;

    if (flags & FLUSH_UPLOAD) status |= STATUS_OUTBOUND_FLUSH;
    if (flags & FLUSH_DOWNLOAD) status |= STATUS_INBOUND_FLUSH;
    /* The spooler sees it and calls IXPLogon::FlushQueues. */
    return transport_show_status(logon, status);
}

static const IMAPIStatusVtbl status_vtbl =
{
    PROP_OBJECT_METHODS,
    status_ValidateState,
    status_SettingsDialog,
    status_ChangePassword,
    status_FlushQueues
};

HRESULT transport_status_create(struct xp_logon *logon, IMAPIStatus **ret)
{
    static const IID *const iids[] = { &IID_IMAPIStatus, NULL };
    struct status *status;
    SPropValue props[3];
    HRESULT hr;

    *ret = NULL;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_OBJECT_TYPE;
    props[0].Value.l = MAPI_STATUS;
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = (WCHAR *)L"Sample Transport";
    props[2].ulPropTag = PR_RESOURCE_METHODS;
    props[2].Value.l = STATUS_VALIDATE_STATE | STATUS_SETTINGS_DIALOG | STATUS_CHANGE_PASSWORD
                       | STATUS_FLUSH_QUEUES;
    hr = prop_object_create(sizeof(*status), &status_vtbl, iids, &logon->IXPLogon_iface,
                            ARRAYSIZE(props), props, (void **)&status);
    if (FAILED(hr)) return hr;
    status->logon = logon;
    *ret = (IMAPIStatus *)status;
    return S_OK;
}
