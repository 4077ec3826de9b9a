/*
 * The sheet of a plain new entry
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
 * Display name, address type, address and whether rich text goes there: all that a one-off has, set
 * on whatever object the template made. Which type it has is often the template's.
 */

#include "dialog/dialog.h"
#include "host/calls.h"

static const struct anchor anchors[] =
{
    { IDC_ENTRY_NAME, GROW_X }, { IDC_ENTRY_TYPE, GROW_X }, { IDC_ENTRY_ADDRESS, GROW_X },
    { IDOK, MOVE_X | MOVE_Y }, { IDCANCEL, MOVE_X | MOVE_Y }
};

struct entry_sheet
{
    struct host_party party;
    IMAPIProp *entry;
    BOOL address;                       /* it has an address: it is no list or container */
    BOOL rich;
    ULONG count;
    SPropValue *props;
    struct layout layout;
};

static void set_text(HWND dialog, int id, const struct entry_sheet *sheet, ULONG tag)
{
    const SPropValue *value = props_find(sheet->props, sheet->count, tag);

    if (value && value->Value.lpszW[0]) SetDlgItemTextW(dialog, id, value->Value.lpszW);
}

static BOOL has_text(HWND dialog, int id)
{
    return GetWindowTextLengthW(GetDlgItem(dialog, id)) > 0;
}

static void update_ok(HWND dialog, const struct entry_sheet *sheet)
{
    BOOL enough = sheet->address ? has_text(dialog, IDC_ENTRY_TYPE)
                                   && has_text(dialog, IDC_ENTRY_ADDRESS)
                                 : has_text(dialog, IDC_ENTRY_NAME);

    EnableWindow(GetDlgItem(dialog, IDOK), enough);
}

static BOOL sheet_init(HWND dialog, struct entry_sheet *sheet)
{
    static const int of_address[] =
        { IDC_ENTRY_TYPE_LABEL, IDC_ENTRY_TYPE, IDC_ENTRY_ADDRESS_LABEL, IDC_ENTRY_ADDRESS,
          IDC_ENTRY_RICH };
    ULONG i;

    SetWindowLongPtrW(dialog, DWLP_USER, (LONG_PTR)sheet);
    layout_init(&sheet->layout, dialog, anchors, ARRAY_SIZE(anchors));
    CheckDlgButton(dialog, IDC_ENTRY_RICH, sheet->rich ? BST_CHECKED : BST_UNCHECKED);
    for (i = 0; !sheet->address && i < ARRAY_SIZE(of_address); i++)
        ShowWindow(GetDlgItem(dialog, of_address[i]), SW_HIDE);
    set_text(dialog, IDC_ENTRY_NAME, sheet, PR_DISPLAY_NAME_W);
    set_text(dialog, IDC_ENTRY_ADDRESS, sheet, PR_EMAIL_ADDRESS_W);
    set_text(dialog, IDC_ENTRY_TYPE, sheet, PR_ADDRTYPE_W);
    if (has_text(dialog, IDC_ENTRY_TYPE))
        SendDlgItemMessageW(dialog, IDC_ENTRY_TYPE, EM_SETREADONLY, TRUE, 0);
    update_ok(dialog, sheet);
    return TRUE;
}

/* The name of an entry that was given none is its address. */
static HRESULT sheet_apply(HWND dialog, struct entry_sheet *sheet)
{
    WCHAR *name = dialog_get_text(GetDlgItem(dialog, IDC_ENTRY_NAME));
    WCHAR *type = dialog_get_text(GetDlgItem(dialog, IDC_ENTRY_TYPE));
    WCHAR *address = dialog_get_text(GetDlgItem(dialog, IDC_ENTRY_ADDRESS));
    BOOL rich = IsDlgButtonChecked(dialog, IDC_ENTRY_RICH) == BST_CHECKED;
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    SPropValue props[4];
    ULONG count = 0;

    if (name && type && address)
    {
        memset(props, 0, sizeof(props));
        props[count].ulPropTag = PR_DISPLAY_NAME_W;
        props[count++].Value.lpszW = *name ? name : address;
        if (sheet->address)
        {
            props[count].ulPropTag = PR_ADDRTYPE_W;
            props[count++].Value.lpszW = type;
            props[count].ulPropTag = PR_EMAIL_ADDRESS_W;
            props[count++].Value.lpszW = address;
            if (rich != sheet->rich)
            {
                props[count].ulPropTag = PR_SEND_RICH_INFO;
                props[count++].Value.b = rich;
            }
        }
        hr = object_SetProps(&sheet->party, sheet->entry, count, props, NULL);
    }
    platform_free(name);
    platform_free(type);
    platform_free(address);
    return hr;
}

static INT_PTR CALLBACK sheet_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct entry_sheet *sheet = (struct entry_sheet *)GetWindowLongPtrW(dialog, DWLP_USER);
    HRESULT hr;

    if (message == WM_INITDIALOG) return sheet_init(dialog, (struct entry_sheet *)lparam);
    if (!sheet) return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        if (HIWORD(wparam) == EN_CHANGE) update_ok(dialog, sheet);
        if (LOWORD(wparam) == IDCANCEL) EndDialog(dialog, IDCANCEL);
        if (LOWORD(wparam) != IDOK) return TRUE;
        if (FAILED(hr = sheet_apply(dialog, sheet))) dialog_tell(dialog, IDS_ENTRY_NOT_SET, hr);
        else EndDialog(dialog, IDOK);
        return TRUE;
    case WM_SIZE:
        layout_size(&sheet->layout, dialog, LOWORD(lparam), HIWORD(lparam));
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limit(&sheet->layout, (MINMAXINFO *)lparam);
        return TRUE;
    }
    return FALSE;
}

HRESULT entry_sheet_dialog(ULONG_PTR ui, IMAPIProp *entry)
{
    static const SizedSPropTagArray(5, tags) =
    {
        5, { PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEND_RICH_INFO, PR_OBJECT_TYPE }
    };
    struct entry_sheet sheet = { { (WCHAR *)L"new entry", 0 }, entry };
    const SPropValue *value;
    INT_PTR answer;
    HRESULT hr;

    hr = object_GetProps(&sheet.party, entry, (const SPropTagArray *)&tags, MAPI_UNICODE,
                         &sheet.count, &sheet.props);
    if (FAILED(hr)) return hr;
    value = props_find(sheet.props, sheet.count, PR_OBJECT_TYPE);
    sheet.address = !value || value->Value.l == MAPI_MAILUSER;
    value = props_find(sheet.props, sheet.count, PR_SEND_RICH_INFO);
    sheet.rich = !value || value->Value.b;
    answer = DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_ENTRY), dialog_parent(ui),
                             sheet_proc, (LPARAM)&sheet);
    memory_free_buffer(sheet.props);
    if (answer == IDOK) return S_OK;
    return answer == IDCANCEL ? MAPI_E_USER_CANCEL : MAPI_E_CALL_FAILED;
}
