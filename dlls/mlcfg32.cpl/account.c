/*
 * Mail control panel: new accounts, passwords, the default store
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
 * New profiles and accounts are made by the profile wizard of MAPI; there is no second one here. A
 * password is changed where this panel knows how: in our own mail transport, as the server has it
 * already. Which store is the default is asked of a session without mail, since only a session may
 * say so.
 */

#include "mlcfg32.h"
#include <mapiwz.h>
#include <mapixp.h>

/* ---- the wizard ---- */

static BOOL wizard(HWND parent, ULONG flags, WCHAR name[PROFILE_NAME_MAX + 1])
{
    HRESULT hr;

    hr = LaunchWizard(parent, flags | MAPI_UNICODE | MAPI_PW_LAUNCHED_BY_CONFIG, NULL,
                      (PROFILE_NAME_MAX + 1) * sizeof(*name), (LPTSTR)name);
    if (FAILED(hr)) error_show(parent, IDS_FAILED_WIZARD, hr, NULL);
    return SUCCEEDED(hr);
}

BOOL account_new_profile(HWND parent, WCHAR name[PROFILE_NAME_MAX + 1])
{
    return wizard(parent, 0, name);
}

BOOL account_add(HWND parent, const WCHAR *profile)
{
    WCHAR name[PROFILE_NAME_MAX + 1];

    lstrcpynW(name, profile, ARRAYSIZE(name));
    return wizard(parent, MAPI_PW_ADD_TO_PROFILE, name);
}

/* ---- the password ---- */

#define PASSWORD_MAX 250

struct password
{
    const WCHAR *account;
    WCHAR text[PASSWORD_MAX + 1];
};

static INT_PTR CALLBACK password_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct password *password = (struct password *)GetWindowLongPtrW(dialog, DWLP_USER);
    WCHAR words[WORDS_MAX];

    switch (message)
    {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        password = (struct password *)lparam;
        words_format(words, IDS_PASSWORD_OF, password->account, NULL);
        SetDlgItemTextW(dialog, IDC_PASSWORD_LABEL, words);
        SendDlgItemMessageW(dialog, IDC_PASSWORD, EM_LIMITTEXT, PASSWORD_MAX, 0);
        EnableWindow(GetDlgItem(dialog, IDOK), FALSE);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDC_PASSWORD && HIWORD(wparam) == EN_CHANGE)
            EnableWindow(GetDlgItem(dialog, IDOK), GetWindowTextLengthW((HWND)lparam) > 0);
        if (LOWORD(wparam) == IDOK)
            GetDlgItemTextW(dialog, IDC_PASSWORD, password->text, ARRAYSIZE(password->text));
        if (LOWORD(wparam) == IDOK || LOWORD(wparam) == IDCANCEL) EndDialog(dialog, LOWORD(wparam));
        return TRUE;
    default:
        return FALSE;
    }
}

struct password_change
{
    IMsgServiceAdmin *admin;
    MAPIUID service;
    WCHAR *text;
};

static HRESULT set_password(void *data)
{
    struct password_change *change = data;
    SPropValue prop;

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_MAPIXP_PASSWORD;
    prop.Value.lpszW = change->text;
    return IMsgServiceAdmin_ConfigureMsgService(change->admin, &change->service, 0, MAPI_UNICODE, 1,
                                                &prop);
}

HRESULT account_password(HWND parent, IMsgServiceAdmin *admin, const MAPIUID *service,
                         const WCHAR *account)
{
    struct password password = { account };
    struct password_change change = { admin, *service, password.text };
    HRESULT hr = MAPI_E_USER_CANCEL;

    if (DialogBoxParamW(mlcfg32_instance, MAKEINTRESOURCEW(IDD_PASSWORD), parent, password_proc,
                        (LPARAM)&password) == IDOK)
        hr = work_run(parent, set_password, &change);
    SecureZeroMemory(password.text, sizeof(password.text));
    return hr;
}

/* ---- the default store ---- */

static HRESULT set_store(IMAPISession *session, const MAPIUID *provider)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_INSTANCE_KEY } };
    HRESULT hr, ret = MAPI_E_NOT_FOUND;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && ret == MAPI_E_NOT_FOUND; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[0].ulPropTag != PR_ENTRYID || props[1].ulPropTag != PR_INSTANCE_KEY
            || props[1].Value.bin.cb != sizeof(MAPIUID)
            || !IsEqualMAPIUID(props[1].Value.bin.lpb, provider))
            continue;
        ret = IMAPISession_SetDefaultStore(session, MAPI_DEFAULT_STORE, props[0].Value.bin.cb,
                                           (ENTRYID *)props[0].Value.bin.lpb);
    }
    FreeProws(rows);
    return ret;
}

HRESULT account_default_store(void *data)
{
    const struct store_choice *choice = data;
    IMAPISession *session;
    HRESULT hr;

    hr = MAPILogonEx(0, (LPTSTR)choice->profile, NULL,
                     MAPI_UNICODE | MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE
                     | MAPI_NO_MAIL, &session);
    if (FAILED(hr)) return hr;
    hr = set_store(session, &choice->provider);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    return hr;
}
