/*
 * The profile picker
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
 * The dialog of MAPI_LOGON_UI: the profiles there are, which one to use, whether it becomes the
 * default, and a new one, which the profile wizard makes. Where there is none yet, the wizard comes
 * at once.
 */

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>

#include "session/session.h"
#include "dialog/dialog.h"
#include "session/picker.h"
#include "wizard/wizard.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct picker
{
    BOOL app;                   /* list "app" profiles, too */
    const WCHAR *preset;        /* selected at first; NULL: the default profile */
    WCHAR *name;                /* the answer, PROFILE_NAME_MAX + 1 */
};

static void picker_fill(HWND dialog, const struct picker *picker)
{
    HWND list = GetDlgItem(dialog, IDC_PROFILE_LIST);
    WCHAR preset[PROFILE_NAME_MAX + 1], text[200];
    WCHAR **names;
    LRESULT index;
    ULONG i, count;

    if (FAILED(profile_list(picker->app, &count, &names)))
    {
        count = 0;
        names = NULL;
    }
    for (i = 0; i < count; i++)
        SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)names[i]);
    platform_free(names);

    preset[0] = 0;
    if (picker->preset) lstrcpynW(preset, picker->preset, PROFILE_NAME_MAX + 1);
    else if (FAILED(profile_default_name(preset))) preset[0] = 0;
    index = preset[0] ? SendMessageW(list, LB_FINDSTRINGEXACT, -1, (LPARAM)preset) : LB_ERR;
    SendMessageW(list, LB_SETCURSEL, index == LB_ERR ? 0 : index, 0);

    EnableWindow(GetDlgItem(dialog, IDC_PROFILE_NEW), new_profile_offered());
    if (!count)
    {
        dialog_string(new_profile_offered() ? IDS_NO_PROFILES_NEW : IDS_NO_PROFILES, text,
                    ARRAY_SIZE(text));
        SetDlgItemTextW(dialog, IDC_PROFILE_LABEL, text);
        EnableWindow(GetDlgItem(dialog, IDOK), FALSE);
        EnableWindow(GetDlgItem(dialog, IDC_PROFILE_DEFAULT), FALSE);
    }
}

/* A new one is what is wanted now. */
static void picker_new(HWND dialog, struct picker *picker)
{
    HRESULT hr;

    hr = wizard_run(dialog, MAPI_PW_LAUNCHED_BY_CONFIG, 0, NULL, NULL, picker->name);
    if (SUCCEEDED(hr)) EndDialog(dialog, IDOK);
    else if (hr != MAPI_E_USER_CANCEL)
        dialog_tell(dialog, IDS_NEW_PROFILE_FAILED, hr);
}

/* FALSE while nothing is chosen. */
static BOOL picker_take(HWND dialog, struct picker *picker)
{
    HWND list = GetDlgItem(dialog, IDC_PROFILE_LIST);
    LRESULT index = SendMessageW(list, LB_GETCURSEL, 0, 0);

    if (index == LB_ERR) return FALSE;
    if (SendMessageW(list, LB_GETTEXTLEN, index, 0) > PROFILE_NAME_MAX) return FALSE;
    if (SendMessageW(list, LB_GETTEXT, index, (LPARAM)picker->name) == LB_ERR) return FALSE;
    if (IsDlgButtonChecked(dialog, IDC_PROFILE_DEFAULT) == BST_CHECKED
        && FAILED(profile_set_default(picker->name)))
        WARN("%s did not become the default profile\n", debugstr_w(picker->name));
    return TRUE;
}

static INT_PTR CALLBACK picker_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct picker *picker;

    switch (message)
    {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        picker_fill(dialog, (const struct picker *)lparam);
        return TRUE;
    case WM_COMMAND:
        picker = (struct picker *)GetWindowLongPtrW(dialog, DWLP_USER);
        switch (LOWORD(wparam))
        {
        case IDC_PROFILE_LIST:
            if (HIWORD(wparam) != LBN_DBLCLK) break;
            /* fall through */
        case IDOK:
            if (picker_take(dialog, picker)) EndDialog(dialog, IDOK);
            return TRUE;
        case IDC_PROFILE_NEW:
            picker_new(dialog, picker);
            return TRUE;
        case IDCANCEL:
            EndDialog(dialog, IDCANCEL);
            return TRUE;
        }
        break;
    }
    return FALSE;
}

static BOOL any_profile(BOOL app)
{
    WCHAR **names;
    ULONG count;

    if (FAILED(profile_list(app, &count, &names))) return TRUE;
    platform_free(names);
    return count != 0;
}

HRESULT profile_pick(ULONG_PTR ui, const WCHAR *preset, BOOL app, WCHAR name[PROFILE_NAME_MAX + 1])
{
    WCHAR first[PROFILE_NAME_MAX + 1];
    struct picker picker = { app, NULL, name };
    HWND parent = dialog_parent(ui);

    if (preset)
    {
        lstrcpynW(first, preset, PROFILE_NAME_MAX + 1);
        picker.preset = first;
    }
    name[0] = 0;
    if (!any_profile(app) && new_profile_offered())
        return wizard_run(parent, MAPI_PW_FIRST_PROFILE, 0, NULL, NULL, name);
    switch (DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_PROFILE_PICKER), parent,
                            picker_proc, (LPARAM)&picker))
    {
    case IDOK:
        return S_OK;
    case IDCANCEL:
        return MAPI_E_USER_CANCEL;
    }
    WARN("no window for the profile picker\n");
    return MAPI_E_LOGON_FAILED;
}
