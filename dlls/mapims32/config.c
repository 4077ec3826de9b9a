/*
 * The configuration sheet of the message service
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
 * The sheet edits a property data object with what the section has; what the user accepted comes back as texts,
 * and is written where configuration without a window is written.
 */

#include "store.h"
#include "resource.h"

static DTBLPAGE page;
static DTBLLABEL label;
static DTBLEDIT name_edit = { 0, 0, 255, PR_DISPLAY_NAME_W };
static DTBLEDIT path_edit = { 0, 0, 255, PR_MAPIMS_PATH_W };

static const DTCTL controls[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_NAME_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE | DT_REQUIRED | DT_ACCEPT_DBCS, NULL, 0, (LPTSTR)"*", IDC_NAME,
      { &name_edit } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_PATH_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE | DT_REQUIRED | DT_ACCEPT_DBCS, NULL, 0, (LPTSTR)"*", IDC_PATH,
      { &path_edit } }
};

static const SizedSPropTagArray(2, shown) = { 2, { PR_DISPLAY_NAME_W, PR_MAPIMS_PATH_W } };

static HRESULT load(IMAPIProp *section, IPropData *data)
{
    SPropValue *props;
    ULONG count, i;
    HRESULT hr;

    hr = IMAPIProp_GetProps(section, (SPropTagArray *)&shown, MAPI_UNICODE, &count, &props);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (PROP_TYPE(props[i].ulPropTag) == PT_UNICODE)
            hr = IPropData_SetProps(data, 1, &props[i], NULL);
    MAPIFreeBuffer(props);
    return hr;
}

static HRESULT take(IPropData *data, WCHAR **path, WCHAR **name)
{
    SPropValue *props;
    HRESULT hr;
    ULONG count;

    hr = IPropData_GetProps(data, (SPropTagArray *)&shown, MAPI_UNICODE, &count, &props);
    if (FAILED(hr)) return hr;
    if (props[0].ulPropTag == PR_DISPLAY_NAME_W) *name = text_dup(props[0].Value.lpszW);
    if (props[1].ulPropTag == PR_MAPIMS_PATH_W) *path = text_dup(props[1].Value.lpszW);
    MAPIFreeBuffer(props);
    return S_OK;
}

HRESULT config_show(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, ULONG flags,
                    IMAPIProp *section, WCHAR **path, WCHAR **name)
{
    DTCTL list[ARRAY_SIZE(controls)];
    IMAPITable *display;
    IPropData *data;
    DTPAGE pages;
    HRESULT hr;
    ULONG i;

    *path = *name = NULL;
    if (!support) return MAPI_E_NO_SUPPORT;
    memcpy(list, controls, sizeof(controls));
    for (i = 0; (flags & MSG_SERVICE_UI_READ_ONLY) && i < ARRAY_SIZE(list); i++)
        list[i].ulCtlFlags &= ~(DT_EDITABLE | DT_REQUIRED);
    memset(&pages, 0, sizeof(pages));
    pages.cctl = ARRAY_SIZE(list);
    pages.lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(IDD_CONFIG);
    pages.lpctl = list;
    hr = BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, instance, 1,
                           &pages, 0, &display, NULL);
    if (FAILED(hr)) return hr;
    hr = CreateIProp(&IID_IMAPIPropData, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL,
                     &data);
    if (SUCCEEDED(hr))
    {
        hr = load(section, data);
        if (SUCCEEDED(hr))
            hr = IMAPISupport_DoConfigPropsheet(support, ui, 0, (LPTSTR)"Message Store", display,
                                                (IMAPIProp *)data, 0);
        if (SUCCEEDED(hr)) hr = take(data, path, name);
        IPropData_Release(data);
    }
    IMAPITable_Release(display);
    return hr;
}
