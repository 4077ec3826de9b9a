/*
 * Lists of forms and libraries to choose from
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

#include "forms/forms.h"
#include "dialog/dialog.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

struct selection
{
    const WCHAR *title;
    BOOL several;
    ULONG count;
    WCHAR *const *names;
    BOOL *chosen;
};

static HWND list_of(HWND dialog, const struct selection *selection)
{
    return GetDlgItem(dialog, selection->several ? IDC_FORM_LIST_SEVERAL : IDC_FORM_LIST);
}

static void fill(HWND dialog, const struct selection *selection)
{
    HWND list = list_of(dialog, selection);
    ULONG i;

    ShowWindow(GetDlgItem(dialog, selection->several ? IDC_FORM_LIST : IDC_FORM_LIST_SEVERAL),
               SW_HIDE);
    SetWindowTextW(dialog, selection->title);
    for (i = 0; i < selection->count; i++)
    {
        SendMessageW(list, LB_INSERTSTRING, i, (LPARAM)selection->names[i]);
        if (!selection->chosen[i]) continue;
        if (selection->several) SendMessageW(list, LB_SETSEL, TRUE, i);
        else SendMessageW(list, LB_SETCURSEL, i, 0);
    }
    if (!selection->several && SendMessageW(list, LB_GETCURSEL, 0, 0) == LB_ERR)
        SendMessageW(list, LB_SETCURSEL, 0, 0);
    EnableWindow(GetDlgItem(dialog, IDOK), selection->count != 0);
    SetFocus(list);
}

static BOOL take(HWND dialog, const struct selection *selection)
{
    HWND list = list_of(dialog, selection);
    BOOL any = FALSE;
    ULONG i;

    for (i = 0; i < selection->count; i++)
    {
        selection->chosen[i] = SendMessageW(list, LB_GETSEL, i, 0) > 0;
        any |= selection->chosen[i];
    }
    return any;
}

static INT_PTR CALLBACK select_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct selection *selection = (struct selection *)GetWindowLongPtrW(dialog, DWLP_USER);

    switch (message)
    {
    case WM_INITDIALOG:
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        fill(dialog, (struct selection *)lparam);
        return FALSE;
    case WM_COMMAND:
        switch (LOWORD(wparam))
        {
        case IDC_FORM_LIST:
        case IDC_FORM_LIST_SEVERAL:
            if (HIWORD(wparam) != LBN_DBLCLK) break;
            /* fall through */
        case IDOK:
            if (take(dialog, selection)) EndDialog(dialog, IDOK);
            return TRUE;
        case IDCANCEL:
            EndDialog(dialog, IDCANCEL);
            return TRUE;
        }
        break;
    }
    return FALSE;
}

HRESULT form_select(HWND parent, const WCHAR *title, UINT title_id, BOOL several, ULONG count,
                    WCHAR *const *names, BOOL *chosen)
{
    struct selection selection = { title, several, count, names, chosen };
    WCHAR text[100];

    if (!title)
    {
        dialog_string(title_id, text, ARRAY_SIZE(text));
        selection.title = text;
    }
    switch (DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_FORM_SELECT), parent,
                            select_proc, (LPARAM)&selection))
    {
    case IDOK:
        return S_OK;
    case IDCANCEL:
        return MAPI_E_USER_CANCEL;
    }
    WARN("no window to select a form\n");
    return MAPI_E_CALL_FAILED;
}
