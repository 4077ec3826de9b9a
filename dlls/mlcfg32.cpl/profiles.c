/*
 * Mail control panel: the window of profiles
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
 * "Prompt for a profile" is no default profile: a program that asks for the default one then lets
 * the user choose. "Always use this profile" is the default profile of MAPI, so what another
 * program sets shows here the next time.
 */

#include "mlcfg32.h"

struct profiles
{
    IProfAdmin *admin;
    struct layout layout;
    BOOL busy;                          /* a call runs: the window waits */
};

static const struct layout_rule rules[] =
{
    { IDC_PROFILES, GROW_X | GROW_Y },
    { IDC_PROFILE_ADD, MOVE_X },
    { IDC_PROFILE_REMOVE, MOVE_X },
    { IDC_PROFILE_PROPERTIES, MOVE_X },
    { IDC_PROFILE_COPY, MOVE_X },
    { IDC_PROFILE_USE, GROW_X | MOVE_Y },
    { IDC_PROFILE_ASK, MOVE_Y },
    { IDC_PROFILE_ALWAYS, MOVE_Y },
    { IDC_PROFILE_DEFAULT, GROW_X | MOVE_Y },
    { IDCANCEL, MOVE_X | MOVE_Y }
};

/* ---- lists and names ---- */

WCHAR *list_selected(HWND dialog, int id)
{
    HWND list = GetDlgItem(dialog, id);
    LRESULT index = SendMessageW(list, LB_GETCURSEL, 0, 0), length;
    WCHAR *text;

    if (index < 0 || (length = SendMessageW(list, LB_GETTEXTLEN, index, 0)) < 0) return NULL;
    if (!(text = malloc((length + 1) * sizeof(*text)))) return NULL;
    SendMessageW(list, LB_GETTEXT, index, (LPARAM)text);
    return text;
}

static INT_PTR CALLBACK name_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    WCHAR *name = (WCHAR *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message)
    {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        SendDlgItemMessageW(dialog, IDC_NAME, EM_LIMITTEXT, PROFILE_NAME_MAX, 0);
        EnableWindow(GetDlgItem(dialog, IDOK), FALSE);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDC_NAME && HIWORD(wparam) == EN_CHANGE)
            EnableWindow(GetDlgItem(dialog, IDOK), GetWindowTextLengthW((HWND)lparam) > 0);
        if (LOWORD(wparam) == IDOK)
            GetDlgItemTextW(dialog, IDC_NAME, name, PROFILE_NAME_MAX + 1);
        if (LOWORD(wparam) == IDOK || LOWORD(wparam) == IDCANCEL)
            EndDialog(dialog, LOWORD(wparam));
        return TRUE;
    default:
        return FALSE;
    }
}

/* FALSE: cancelled. */
static BOOL name_ask(HWND parent, WCHAR name[PROFILE_NAME_MAX + 1])
{
    name[0] = 0;
    return DialogBoxParamW(mlcfg32_instance, MAKEINTRESOURCEW(IDD_NAME), parent, name_proc,
                           (LPARAM)name) == IDOK && name[0];
}

/* ---- what the window shows ---- */

static void enable(HWND dialog)
{
    BOOL selected = SendDlgItemMessageW(dialog, IDC_PROFILES, LB_GETCURSEL, 0, 0) >= 0;
    BOOL any = SendDlgItemMessageW(dialog, IDC_PROFILES, LB_GETCOUNT, 0, 0) > 0;

    EnableWindow(GetDlgItem(dialog, IDC_PROFILE_REMOVE), selected);
    EnableWindow(GetDlgItem(dialog, IDC_PROFILE_PROPERTIES), selected);
    EnableWindow(GetDlgItem(dialog, IDC_PROFILE_COPY), selected);
    EnableWindow(GetDlgItem(dialog, IDC_PROFILE_ALWAYS), any);
    EnableWindow(GetDlgItem(dialog, IDC_PROFILE_DEFAULT),
                 any && IsDlgButtonChecked(dialog, IDC_PROFILE_ALWAYS));
}

static HRESULT query_profiles(IProfAdmin *admin, SRowSet **rows)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE } };
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IProfAdmin_GetProfileTable(admin, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, rows);
    IMAPITable_Release(table);
    return hr;
}

/* Fills both lists; select NULL: the default, else the first. */
static void fill(HWND dialog, struct profiles *profiles, const WCHAR *select)
{
    HWND list = GetDlgItem(dialog, IDC_PROFILES), combo = GetDlgItem(dialog, IDC_PROFILE_DEFAULT);
    const WCHAR *standard = NULL;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    SendMessageW(list, LB_RESETCONTENT, 0, 0);
    SendMessageW(combo, CB_RESETCONTENT, 0, 0);
    if (FAILED(hr = query_profiles(profiles->admin, &rows)))
    {
        enable(dialog);
        error_show(dialog, IDS_FAILED_MAPI, hr, NULL);
        return;
    }
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[0].ulPropTag != PR_DISPLAY_NAME_W) continue;
        SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)props[0].Value.lpszW);
        SendMessageW(combo, CB_ADDSTRING, 0, (LPARAM)props[0].Value.lpszW);
        if (props[1].ulPropTag == PR_DEFAULT_PROFILE && props[1].Value.b)
            standard = props[0].Value.lpszW;
    }
    CheckRadioButton(dialog, IDC_PROFILE_ASK, IDC_PROFILE_ALWAYS,
                     standard ? IDC_PROFILE_ALWAYS : IDC_PROFILE_ASK);
    if (standard)
    {
        i = SendMessageW(combo, CB_FINDSTRINGEXACT, -1, (LPARAM)standard);
        SendMessageW(combo, CB_SETCURSEL, i, 0);
    }
    if (!select) select = standard;
    i = select ? SendMessageW(list, LB_FINDSTRINGEXACT, -1, (LPARAM)select) : LB_ERR;
    SendMessageW(list, LB_SETCURSEL, i == (ULONG)LB_ERR ? 0 : i, 0);
    FreeProws(rows);
    enable(dialog);
}

/* ---- what its buttons do ---- */

struct change
{
    IProfAdmin *admin;
    const WCHAR *name, *new_name;
};

static HRESULT delete_profile(void *data)
{
    struct change *change = data;

    return IProfAdmin_DeleteProfile(change->admin, (LPTSTR)change->name, MAPI_UNICODE);
}

static HRESULT copy_profile(void *data)
{
    struct change *change = data;

    return IProfAdmin_CopyProfile(change->admin, (LPTSTR)change->name, NULL,
                                  (LPTSTR)change->new_name, 0, MAPI_UNICODE);
}

static HRESULT set_default(void *data)
{
    struct change *change = data;

    return IProfAdmin_SetDefaultProfile(change->admin, (LPTSTR)change->name, MAPI_UNICODE);
}

static HRESULT run(HWND dialog, struct profiles *profiles, HRESULT (*proc)(void *),
                   const WCHAR *name, const WCHAR *new_name)
{
    struct change change = { profiles->admin, name, new_name };
    HRESULT hr;

    profiles->busy = TRUE;
    hr = work_run(dialog, proc, &change);
    profiles->busy = FALSE;
    return hr;
}

/* MAPI_E_NO_ACCESS is what both a name that is taken and one that is not allowed give. */
static void name_error(HWND dialog, UINT id, HRESULT hr)
{
    WCHAR why[WORDS_MAX];

    if (hr == MAPI_E_NO_ACCESS) words_format(why, IDS_ERROR_EXISTS, NULL, NULL);
    else words_error(why, hr);
    error_show(dialog, id, hr, why);
}

static void add(HWND dialog, struct profiles *profiles)
{
    WCHAR name[PROFILE_NAME_MAX + 1];

    if (account_new_profile(dialog, name)) fill(dialog, profiles, name);
}

static void remove_selected(HWND dialog, struct profiles *profiles, const WCHAR *name)
{
    WCHAR words[WORDS_MAX], title[64];
    HRESULT hr;

    words_format(words, IDS_REMOVE_PROFILE, name, NULL);
    LoadStringW(mlcfg32_instance, IDS_TITLE, title, ARRAYSIZE(title));
    if (MessageBoxW(dialog, words, title, MB_YESNO | MB_ICONQUESTION) != IDYES) return;
    hr = run(dialog, profiles, delete_profile, name, NULL);
    fill(dialog, profiles, NULL);
    if (FAILED(hr)) error_show(dialog, IDS_FAILED_REMOVE, hr, NULL);
}

static void copy(HWND dialog, struct profiles *profiles, const WCHAR *name)
{
    WCHAR new_name[PROFILE_NAME_MAX + 1];
    HRESULT hr;

    if (!name_ask(dialog, new_name)) return;
    if (SUCCEEDED(hr = run(dialog, profiles, copy_profile, name, new_name)))
        fill(dialog, profiles, new_name);
    else name_error(dialog, IDS_FAILED_COPY, hr);
}

/* As the radio buttons and the drop-down list say now. */
static void apply_default(HWND dialog, struct profiles *profiles)
{
    HWND combo = GetDlgItem(dialog, IDC_PROFILE_DEFAULT);
    WCHAR *name = NULL, *select = list_selected(dialog, IDC_PROFILES);
    LRESULT index, length;
    HRESULT hr = S_OK;

    if (IsDlgButtonChecked(dialog, IDC_PROFILE_ALWAYS))
    {
        if ((index = SendMessageW(combo, CB_GETCURSEL, 0, 0)) < 0)
            name = select ? _wcsdup(select) : NULL;
        else if ((length = SendMessageW(combo, CB_GETLBTEXTLEN, index, 0)) >= 0
                 && (name = malloc((length + 1) * sizeof(*name))))
            SendMessageW(combo, CB_GETLBTEXT, index, (LPARAM)name);
        if (!name) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr)) hr = run(dialog, profiles, set_default, name, NULL);
    fill(dialog, profiles, select);
    if (FAILED(hr)) error_show(dialog, IDS_FAILED_DEFAULT, hr, NULL);
    free(name);
    free(select);
}

static void selected_command(HWND dialog, struct profiles *profiles, int id)
{
    WCHAR *name = list_selected(dialog, IDC_PROFILES);

    if (!name) return;
    if (id == IDC_PROFILE_REMOVE) remove_selected(dialog, profiles, name);
    else if (id == IDC_PROFILE_COPY) copy(dialog, profiles, name);
    else services_show(dialog, profiles->admin, name);
    free(name);
}

static void command(HWND dialog, struct profiles *profiles, int id, int code)
{
    if (profiles->busy) return;
    switch (id)
    {
    case IDC_PROFILE_ADD:
        add(dialog, profiles);
        break;
    case IDC_PROFILE_REMOVE:
    case IDC_PROFILE_PROPERTIES:
    case IDC_PROFILE_COPY:
        selected_command(dialog, profiles, id);
        break;
    case IDC_PROFILES:
        if (code == LBN_SELCHANGE) enable(dialog);
        else if (code == LBN_DBLCLK) selected_command(dialog, profiles, IDC_PROFILE_PROPERTIES);
        break;
    case IDC_PROFILE_ASK:
    case IDC_PROFILE_ALWAYS:
        if (code == BN_CLICKED) apply_default(dialog, profiles);
        break;
    case IDC_PROFILE_DEFAULT:
        if (code == CBN_SELENDOK) apply_default(dialog, profiles);
        break;
    case IDOK:
    case IDCANCEL:
        EndDialog(dialog, id);
        break;
    }
}

static INT_PTR CALLBACK profiles_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct profiles *profiles = (struct profiles *)GetWindowLongPtrW(dialog, DWLP_USER);

    if (message == WM_INITDIALOG)
    {
        profiles = (struct profiles *)lparam;
        layout_init(&profiles->layout, dialog, rules, ARRAYSIZE(rules));
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        SendMessageW(dialog, WM_SETICON, ICON_BIG,
                     (LPARAM)LoadIconW(mlcfg32_instance, MAKEINTRESOURCEW(IDI_MAIL)));
        fill(dialog, profiles, NULL);
        return TRUE;
    }
    if (!profiles) return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        command(dialog, profiles, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    case WM_SIZE:
        layout_size(&profiles->layout, dialog);
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limits(&profiles->layout, (MINMAXINFO *)lparam);
        return TRUE;
    default:
        return FALSE;
    }
}

void profiles_show(HWND parent)
{
    struct profiles profiles = { 0 };
    HRESULT hr;

    if (FAILED(hr = MAPIInitialize(NULL)))
    {
        error_show(parent, IDS_FAILED_MAPI, hr, NULL);
        return;
    }
    if (SUCCEEDED(hr = MAPIAdminProfiles(0, &profiles.admin)))
    {
        DialogBoxParamW(mlcfg32_instance, MAKEINTRESOURCEW(IDD_PROFILES), parent, profiles_proc,
                        (LPARAM)&profiles);
        IProfAdmin_Release(profiles.admin);
    }
    else error_show(parent, IDS_FAILED_MAPI, hr, NULL);
    MAPIUninitialize();
}
