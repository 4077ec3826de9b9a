/*
 * Sample providers: pages in the profile wizard
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
 * SampleWizard, a WIZARDENTRY, names a dialog resource and the procedure of its pages: the
 * account's name on the first, its password on the second. The controls of both are in one
 * resource, hidden until the procedure shows those of a page, and it sees itself whether the user
 * leaves. The name is required.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <windows.h>
#include "sample.h"
#include "sheets.h"
#include <mapiwz.h>

static IMAPIProp *wizard_props;
static int page;

static void show(HWND dialog, int shown)
{
    page = shown;
    ShowWindow(GetDlgItem(dialog, IDC_WIZARD_ACCOUNT_LABEL), page == 1 ? SW_SHOW : SW_HIDE);
    ShowWindow(GetDlgItem(dialog, IDC_WIZARD_ACCOUNT), page == 1 ? SW_SHOW : SW_HIDE);
    ShowWindow(GetDlgItem(dialog, IDC_WIZARD_PASSWORD_LABEL), page == 2 ? SW_SHOW : SW_HIDE);
    ShowWindow(GetDlgItem(dialog, IDC_WIZARD_PASSWORD), page == 2 ? SW_SHOW : SW_HIDE);
}

static HRESULT store(HWND dialog)
{
    char account[128], password[128];
    SPropValue props[2];

    GetDlgItemTextA(dialog, IDC_WIZARD_ACCOUNT, account, sizeof(account));
    GetDlgItemTextA(dialog, IDC_WIZARD_PASSWORD, password, sizeof(password));
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_SAMPLE_ACCOUNT;
    props[0].Value.lpszA = account;
    props[1].ulPropTag = PR_SAMPLE_PASSWORD;
    props[1].Value.lpszA = password;
    return IMAPIProp_SetProps(wizard_props, 2, props, NULL);
}

static BOOL turn(HWND dialog, BOOL forward)
{
    if (FAILED(behave(KIND_SERVICE, forward ? "WizardNext" : "WizardPrev", NULL))) return FALSE;
    if (!page) show(dialog, forward ? 1 : 2);
    else
    {
        if (forward && page == 1 && !GetWindowTextLengthA(GetDlgItem(dialog, IDC_WIZARD_ACCOUNT)))
            return FALSE;
        if (FAILED(store(dialog))) return FALSE;
        show(dialog, forward ? (page + 1) % 3 : page - 1);
    }
    return TRUE;
}

static BOOL WINAPI wizard_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    SizedSPropTagArray(2, tags) = {2, {PR_SAMPLE_ACCOUNT, PR_SAMPLE_PASSWORD}};
    SPropValue *props;
    ULONG count;

    switch (message)
    {
    case WM_INITDIALOG:
        behave(KIND_SERVICE, "WizardInit", NULL);
        page = 0;
        if (FAILED(IMAPIProp_GetProps(wizard_props, (SPropTagArray *)&tags, 0, &count, &props)))
            return TRUE;
        if (props[0].ulPropTag == PR_SAMPLE_ACCOUNT)
            SetDlgItemTextA(dialog, IDC_WIZARD_ACCOUNT, props[0].Value.lpszA);
        if (props[1].ulPropTag == PR_SAMPLE_PASSWORD)
            SetDlgItemTextA(dialog, IDC_WIZARD_PASSWORD, props[1].Value.lpszA);
        MAPIFreeBuffer(props);
        return TRUE;
    case WIZ_QUERYNUMPAGES:
        if (behavior_is(KIND_SERVICE, "nopages")) return (BOOL)0;
        return behavior_is(KIND_SERVICE, "manypages") ? (BOOL)0x7fffffff : (BOOL)2;
    case WM_COMMAND:
        if (LOWORD(wparam) == WIZ_NEXT) return turn(dialog, TRUE);
        if (LOWORD(wparam) == WIZ_PREV) return turn(dialog, FALSE);
        return FALSE;
    case WM_CLOSE:
        behave(KIND_SERVICE, "WizardClose", NULL);
        if (wizard_props) IMAPIProp_Release(wizard_props);
        wizard_props = NULL;
        return TRUE;
    default:
        return FALSE;
    }
}

ULONG WINAPI SampleWizard(HINSTANCE instance, LPTSTR *resource, DLGPROC *proc, LPMAPIPROP props,
                          LPVOID support)
{
    if (FAILED(behave(KIND_SERVICE, "Wizard", NULL))) return (ULONG)MAPI_E_CALL_FAILED;
    if (wizard_props) IMAPIProp_Release(wizard_props);
    wizard_props = props;
    IMAPIProp_AddRef(props);
    *resource = (LPTSTR)"SAMPLEWIZARD";
    if (behavior_is(KIND_SERVICE, "longname"))
        *resource = (LPTSTR)"THIS_NAME_IS_LONGER_THAN_IT_MAY_BE_BY_FAR";
    if (behavior_is(KIND_SERVICE, "noresource")) *resource = (LPTSTR)"NOTHING";
    *proc = (DLGPROC)(void *)wizard_proc;
    return S_OK;
}
