/*
 * Sample providers: the configuration sheet of the service
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
 * The steps that MAPI recommends: the properties of a provider's profile section are copied to a
 * property data object, which the property sheet edits; what the user accepted comes back as an
 * array, to be written where configuration without a window would write it.
 */

#include <stdarg.h>
#include <string.h>

#include "sample.h"
#include "sheets.h"

#define ARRAY_COUNT(a) (sizeof(a) / sizeof(*(a)))

static DTBLPAGE page = { 0, 0, 0, 2 };
static DTBLLABEL label;
static DTBLEDIT directory = { 0, 0, 0, PR_SAMPLE_DIRECTORY };
static DTBLEDIT account = { 0, 0, 64, PR_SAMPLE_ACCOUNT };
static DTBLEDIT password = { 0, 0, 64, PR_SAMPLE_PASSWORD };
static DTBLEDIT port = { 0, 0, 5, PR_SAMPLE_PORT };
static DTBLCHECKBOX secure = { 0, 0, PR_SAMPLE_ENCRYPTED };

static const DTCTL controls[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_DIRECTORY_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE | DT_REQUIRED, NULL, 0, (LPTSTR)"[~|<>?]", IDC_DIRECTORY, { &directory } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_ACCOUNT_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE | DT_ACCEPT_DBCS, NULL, 0, (LPTSTR)"*", IDC_ACCOUNT, { &account } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_PASSWORD_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE | DT_PASSWORD_EDIT, NULL, 0, (LPTSTR)"*", IDC_PASSWORD, { &password } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_PORT_LABEL, { &label } },
    { DTCT_EDIT, DT_EDITABLE, NULL, 0, (LPTSTR)"[0-9]", IDC_PORT, { &port } },
    { DTCT_CHECKBOX, DT_EDITABLE, NULL, 0, NULL, IDC_SECURE, { &secure } }
};

static const SizedSPropTagArray(5, shown) =
{
    5, { PR_SAMPLE_DIRECTORY, PR_SAMPLE_ACCOUNT, PR_SAMPLE_PASSWORD, PR_SAMPLE_PORT, PR_SAMPLE_ENCRYPTED }
};

/* What the section has of the properties shown, and a first value for the port. */
static HRESULT load(IMAPIProp *section, IPropData *data)
{
    SPropValue *props, port_value;
    ULONG count, i;
    HRESULT hr;

    memset(&port_value, 0, sizeof(port_value));
    port_value.ulPropTag = PR_SAMPLE_PORT;
    port_value.Value.l = 25;
    if (FAILED(hr = IPropData_SetProps(data, 1, &port_value, NULL))) return hr;
    hr = IMAPIProp_GetProps(section, (SPropTagArray *)&shown, 0, &count, &props);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (PROP_TYPE(props[i].ulPropTag) != PT_ERROR)
            hr = IPropData_SetProps(data, 1, &props[i], NULL);
    MAPIFreeBuffer(props);
    return hr;
}

HRESULT config_show(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, BOOL look_only,
                    IMAPIProp *section, ULONG *count, SPropValue **props)
{
    DTCTL list[ARRAY_COUNT(controls)];
    DTPAGE pages;
    IMAPITable *display;
    IPropData *data;
    HRESULT hr;
    ULONG i;

    *count = 0;
    *props = NULL;
    memcpy(list, controls, sizeof(controls));
    for (i = 0; look_only && i < ARRAY_COUNT(list); i++)
        list[i].ulCtlFlags &= ~(DT_EDITABLE | DT_REQUIRED);
    memset(&pages, 0, sizeof(pages));
    pages.cctl = ARRAY_COUNT(list);
    pages.lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(IDD_CONFIG);
    pages.lpszComponent = (LPTSTR)"SampleHelp";
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
            hr = IMAPISupport_DoConfigPropsheet(support, ui, 0, (LPTSTR) "Sample Message Service",
                                                display, (IMAPIProp *)data, 0);
        /* by tag, since all properties are all but the secure ones; errors are skipped when
         * written */
        if (SUCCEEDED(hr) && !look_only)
            hr = IPropData_GetProps(data, (SPropTagArray *)&shown, 0, count, props);
        IPropData_Release(data);
    }
    IMAPITable_Release(display);
    return FAILED(hr) ? hr : S_OK;
}
