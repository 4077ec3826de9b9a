/*
 * The address dialog
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
 * IAddrBook::Address: entries of a container on the left, recipients ("wells") on the right. With
 * no wells it is for choosing one entry (ADDRESS_ONE) or for browsing.
 *
 * The modeless dialog is read-only and belongs to the thread that asked for it. It holds the
 * address book, and closes when the session ends (address_dialogs_end), since what it shows is the
 * providers'.
 *
 * The layout is computed (addresslayout.c), as the number of wells is the caller's.
 */

#include "dialog/addresswin.h"

#include <commctrl.h>
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define WM_ROWS_CHANGED (WM_APP + 1)
#define WM_CLOSE_NOW    (WM_APP + 2)
#define TIMER_SEARCH    1
#define SEARCH_AFTER    400             /* ms without a key */
#define CLOSE_TIMEOUT   5000
#define ADD_MAX         1000            /* rows at once */

static const WCHAR modeless_property[] = L"wine-mapi.address";

static struct address *address_from_window(HWND dialog)
{
    return (struct address *)GetWindowLongPtrW(dialog, DWLP_USER);
}

/* ---- the list of entries ---- */

static int list_count(HWND list)
{
    return SendMessageW(list, LVM_GETITEMCOUNT, 0, 0);
}

static void list_set_count(HWND list, ULONG count, DWORD flags)
{
    SendMessageW(list, LVM_SETITEMCOUNT, count, flags);
}

static int list_selected(HWND list)
{
    return SendMessageW(list, LVM_GETSELECTEDCOUNT, 0, 0);
}

/* The next that is selected; -1: none. */
static int list_next(HWND list, int index)
{
    return SendMessageW(list, LVM_GETNEXTITEM, index, LVNI_SELECTED);
}

static void list_set_state(HWND list, int index, UINT state, UINT mask)
{
    LVITEMW item = { 0 };

    item.state = state;
    item.stateMask = mask;
    SendMessageW(list, LVM_SETITEMSTATE, index, (LPARAM)&item);
}

static void show_status(struct address *address)
{
    HWND status = GetDlgItem(address->dialog, IDC_ADDRESS_STATUS);
    WCHAR format[80], text[100];

    if (!address->rows.table) dialog_string(IDS_ADDRESS_NO_TABLE, text, ARRAY_SIZE(text));
    else if (address->rows.search) dialog_string(IDS_ADDRESS_SEARCH, text, ARRAY_SIZE(text));
    else if (!address->rows.counted) text[0] = 0;
    else
    {
        dialog_string(address->rows.count == 1 ? IDS_ADDRESS_ENTRY : IDS_ADDRESS_ENTRIES, format,
                      ARRAY_SIZE(format));
        wsprintfW(text, format, (unsigned int)address->rows.count);
    }
    SetWindowTextW(status, text);
}

static void show_count(struct address *address)
{
    if ((ULONG)list_count(address->list) != address->rows.count)
        list_set_count(address->list, address->rows.count, LVSICF_NOSCROLL);
    show_status(address);
}

static int list_focused(struct address *address)
{
    return list_next(address->list, -1);
}

static void list_select(struct address *address, int index)
{
    list_set_state(address->list, -1, 0, LVIS_SELECTED);
    if (index < 0) return;
    list_set_state(address->list, index, LVIS_SELECTED | LVIS_FOCUSED,
                   LVIS_SELECTED | LVIS_FOCUSED);
    SendMessageW(address->list, LVM_ENSUREVISIBLE, index, FALSE);
}

static void update_buttons(struct address *address)
{
    BOOL entry = list_selected(address->list) > 0, typed, well = FALSE;
    ULONG i;

    typed = !(address->parm.flags & AB_SELECTONLY)
            && GetWindowTextLengthW(address->find) > 0;
    for (i = 0; i < address->parm.well_count; i++)
        EnableWindow(address->wells[i].button, entry || typed);
    if (address->in_well)
        well = SendMessageW(address->wells[address->well].list, LB_GETSELCOUNT, 0, 0) > 0;
    EnableWindow(GetDlgItem(address->dialog, IDC_ADDRESS_DETAILS), address->in_well ? well : entry);
    EnableWindow(GetDlgItem(address->dialog, IDC_ADDRESS_OPTIONS), well);
    if (address->parm.flags & ADDRESS_ONE)
        EnableWindow(GetDlgItem(address->dialog, IDOK), entry);
}

static void open_container(struct address *address, ULONG index)
{
    struct container *container = &address->containers.items[index];
    HRESULT hr;

    list_set_count(address->list, 0, 0);
    row_list_close(&address->rows);
    hr = row_list_open(&address->rows, address->book, container, address->parm.contents,
                       address->dialog, WM_ROWS_CHANGED);
    if (FAILED(hr))
    {
        TRACE("%s has no contents: %#lx\n", debugstr_w(container->name), (unsigned long)hr);
        row_list_close(&address->rows);
    }
    SetWindowTextW(address->find, L"");
    show_count(address);
    list_select(address, -1);
    update_buttons(address);
}

static void choose_container(struct address *address)
{
    LRESULT item = SendMessageW(address->combo, CB_GETCURSEL, 0, 0);

    if (item < 0) return;
    open_container(address, SendMessageW(address->combo, CB_GETITEMDATA, item, 0));
}

/* The caller's, the default directory, or the first that has recipients. */
static void first_container(struct address *address)
{
    struct container_list *list = &address->containers;
    ENTRYID *id = NULL;
    ULONG size, index;
    BOOL found;

    found = containers_find(address->book, list, address->parm.container_size,
                            address->parm.container, &index);
    if (!found && SUCCEEDED(IAddrBook_GetDefaultDir(address->book, &size, &id)))
    {
        found = containers_find(address->book, list, size, id, &index);
        memory_free_buffer(id);
    }
    if (!found)
    {
        for (index = 0; index < list->count; index++)
            if (list->items[index].flags & AB_RECIPIENTS) break;
        found = index < list->count;
    }
    containers_fill(list, address->combo, 0);
    if (!found)
    {
        show_status(address);
        update_buttons(address);
        return;
    }
    containers_select(address->combo, index);
    open_container(address, index);
}

static void fill_cell(struct address *address, NMLVDISPINFOW *info)
{
    static const ULONG columns[] = { PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W };
    const SPropValue *value = NULL;
    const SRow *row;
    ULONG count;

    if (!(info->item.mask & LVIF_TEXT) || !info->item.cchTextMax) return;
    info->item.pszText[0] = 0;
    if ((ULONG)info->item.iSubItem >= ARRAY_SIZE(columns)) return;
    count = address->rows.count;
    if ((row = row_list_row(&address->rows, info->item.iItem)))
        value = props_find(row->lpProps, row->cValues, columns[info->item.iSubItem]);
    if (value) lstrcpynW(info->item.pszText, value->Value.lpszW, info->item.cchTextMax);
    /* reading may have told how long the list really is; not to be set while it draws */
    if (address->rows.count != count) PostMessageW(address->dialog, WM_ROWS_CHANGED, TRUE, 0);
}

/* What was chosen stays chosen when it has moved. */
static void rows_changed(struct address *address, BOOL count_only)
{
    const SPropValue *key = NULL;
    int selected = list_focused(address);
    SPropValue kept = { 0 };
    const SRow *row;
    ULONG index;

    if (!count_only)
    {
        if (selected >= 0 && (row = row_list_row(&address->rows, selected)))
            key = props_find(row->lpProps, row->cValues, PR_INSTANCE_KEY);
        if (key && (kept.Value.bin.lpb = platform_alloc(key->Value.bin.cb)))
        {
            kept.Value.bin.cb = key->Value.bin.cb;
            memcpy(kept.Value.bin.lpb, key->Value.bin.lpb, kept.Value.bin.cb);
        }
        row_list_changed(&address->rows);
    }
    show_count(address);
    if (kept.Value.bin.lpb && list_selected(address->list) <= 1)
    {
        if (!row_list_find_key(&address->rows, &kept.Value.bin, &index)) list_select(address, -1);
        else if (index != (ULONG)selected) list_select(address, index);
    }
    platform_free(kept.Value.bin.lpb);
    InvalidateRect(address->list, NULL, FALSE);
    update_buttons(address);
}

static void type_ahead(struct address *address)
{
    WCHAR *text = dialog_get_text(address->find);
    ULONG index;

    if (!text) return;
    address->in_well = FALSE;
    if (address->rows.find_on_open) SetTimer(address->dialog, TIMER_SEARCH, SEARCH_AFTER, NULL);
    else if (*text)                     /* an empty edit says nothing */
        list_select(address, row_list_find(&address->rows, text, &index) ? (int)index : -1);
    platform_free(text);
    update_buttons(address);
}

/* The container looks for the name itself; a single answer is taken as chosen. */
static void search(struct address *address)
{
    WCHAR *text = dialog_get_text(address->find);

    KillTimer(address->dialog, TIMER_SEARCH);
    if (!text) return;
    row_list_search(&address->rows, text);
    show_count(address);
    list_select(address, address->rows.count == 1 ? 0 : -1);
    InvalidateRect(address->list, NULL, TRUE);
    platform_free(text);
    update_buttons(address);
}

/* ---- recipients ---- */

static void show_recipient(struct address *address, ULONG well, struct recipient *recipient)
{
    HWND list = address->wells[well].list;
    LRESULT item = SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)recipient->name);

    if (item < 0) return;
    SendMessageW(list, LB_SETITEMDATA, item, (LPARAM)recipient);
}

static void show_recipients(struct address *address)
{
    struct recipient *recipient;
    ULONG i, well;

    for (well = 0; well < address->parm.well_count; well++)
        SendMessageW(address->wells[well].list, LB_RESETCONTENT, 0, 0);
    for (i = 0; i < address->recipients.count; i++)
    {
        recipient = address->recipients.items[i];
        for (well = 0; well < address->parm.well_count; well++)
        {
            if (recipient->type != address->parm.well_types[well]) continue;
            show_recipient(address, well, recipient);
            break;
        }
    }
}

static void add_rows(struct address *address, ULONG well)
{
    struct recipient *recipient;
    int index = -1, added = 0;
    const SRow *row;
    HRESULT hr;

    while ((index = list_next(address->list, index)) >= 0)
    {
        if (++added > ADD_MAX)
        {
            dialog_tell(address->dialog, IDS_ADDRESS_TOO_MANY, S_OK);
            break;
        }
        if (!(row = row_list_row(&address->rows, index))) continue;
        hr = recipients_add_row(&address->recipients, row->cValues, row->lpProps,
                                address->parm.well_types[well], &recipient);
        if (hr == S_OK) show_recipient(address, well, recipient);
        else if (FAILED(hr)) dialog_tell(address->dialog, IDS_ADDRESS_NOT_ADDED, hr);
        if (FAILED(hr)) break;
    }
}

/* Names typed, separated by semicolons, that stand in no list; resolving is somebody else's. */
static void add_names(struct address *address, ULONG well, WCHAR *names)
{
    struct recipient *recipient;
    WCHAR *name, *next, *end;
    HRESULT hr;

    for (name = names; name; name = next)
    {
        for (next = name; *next && *next != ';'; next++) /* nothing */;
        end = next;
        if (*next) *next++ = 0;
        else next = NULL;
        while (*name == ' ') name++;
        while (end > name && end[-1] == ' ') *--end = 0;
        if (!*name) continue;
        hr = recipients_add_name(&address->recipients, name, address->parm.well_types[well],
                                 &recipient);
        if (hr == S_OK) show_recipient(address, well, recipient);
        else if (FAILED(hr)) dialog_tell(address->dialog, IDS_ADDRESS_NOT_ADDED, hr);
        if (FAILED(hr)) return;
    }
}

static void add_to_well(struct address *address, ULONG well)
{
    WCHAR *text;

    address->well = well;
    if (address->rows.find_on_open) search(address);
    if (list_selected(address->list)) add_rows(address, well);
    else if (!(address->parm.flags & AB_SELECTONLY) && (text = dialog_get_text(address->find)))
    {
        add_names(address, well, text);
        platform_free(text);
    }
    SetWindowTextW(address->find, L"");
    update_buttons(address);
}

static void remove_selected(struct address *address, ULONG well)
{
    HWND list = address->wells[well].list;
    LRESULT i, first = -1, count = SendMessageW(list, LB_GETCOUNT, 0, 0);

    for (i = count; i-- > 0;)
    {
        if (SendMessageW(list, LB_GETSEL, i, 0) <= 0) continue;
        recipients_remove(&address->recipients,
                          (struct recipient *)SendMessageW(list, LB_GETITEMDATA, i, 0));
        SendMessageW(list, LB_DELETESTRING, i, 0);
        first = i;
    }
    count = SendMessageW(list, LB_GETCOUNT, 0, 0);
    if (first >= count) first = count - 1;
    if (first >= 0) SendMessageW(list, LB_SETSEL, TRUE, first);
    update_buttons(address);
}

/* The recipient that Details and Send Options are about; NULL: none, or one in the list of
 * entries. */
static struct recipient *well_recipient(struct address *address)
{
    HWND list = address->wells[address->well].list;
    int item;

    if (!address->in_well || SendMessageW(list, LB_GETSELITEMS, 1, (LPARAM)&item) != 1) return NULL;
    return (struct recipient *)SendMessageW(list, LB_GETITEMDATA, item, 0);
}

static void show_details(struct address *address)
{
    ULONG_PTR ui = (ULONG_PTR)address->dialog;
    struct recipient *recipient;
    const SPropValue *value;
    const SRow *row;
    SBinary id = { 0, NULL };
    HRESULT hr;

    if (address->in_well)
    {
        if ((recipient = well_recipient(address)) && recipient->id) id = *recipient->id;
    }
    else if ((row = row_list_row(&address->rows, list_focused(address)))
             && (value = props_find(row->lpProps, row->cValues, PR_ENTRYID)))
        id = value->Value.bin;
    if (!id.cb) return;

    /* the row may be gone when the details are */
    if (!(value = platform_alloc(id.cb))) return;
    memcpy((void *)value, id.lpb, id.cb);
    hr = IAddrBook_Details(address->book, &ui, NULL, NULL, id.cb, (ENTRYID *)value, NULL, NULL,
                           NULL, DIALOG_MODAL);
    platform_free((void *)value);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
        dialog_tell(address->dialog, IDS_ADDRESS_NO_DETAILS, hr);
}

static void show_options(struct address *address)
{
    struct recipient *recipient = well_recipient(address);
    ADRENTRY entry = { 0 };
    HRESULT hr;

    if (!recipient) return;
    if (FAILED(props_copy(&memory_allocators, recipient->count, recipient->props,
                          &entry.rgPropVals)))
        return;
    entry.cValues = recipient->count;
    hr = IAddrBook_RecipOptions(address->book, (ULONG_PTR)address->dialog, 0, &entry);
    if (hr == S_OK) recipient_set_props(recipient, entry.cValues, entry.rgPropVals);
    else memory_free_buffer(entry.rgPropVals);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
        dialog_tell(address->dialog, IDS_ADDRESS_NO_OPTIONS, hr);
}

/* As a recipient, or as the one that is wanted. */
static HRESULT add_entry(struct address *address, ULONG size, ENTRYID *id)
{
    static const SizedSPropTagArray(8, tags) =
    {
        8,
        {
            PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_DISPLAY_TYPE,
            PR_OBJECT_TYPE, PR_SEARCH_KEY, PR_SEND_RICH_INFO
        }
    };
    struct host_party party = { (WCHAR *)L"new entry", 0 };
    struct recipient *recipient;
    SPropValue *props;
    IUnknown *object;
    ULONG type, count;
    HRESULT hr;

    hr = IAddrBook_OpenEntry(address->book, size, id, &IID_IMAPIProp, 0, &type, &object);
    if (FAILED(hr)) return hr;
    hr = object_GetProps(&party, object, (const SPropTagArray *)&tags, MAPI_UNICODE, &count,
                           &props);
    object_Release(&party, object);
    if (FAILED(hr)) return hr;
    if (address->parm.flags & ADDRESS_ONE)
    {
        hr = recipients_give_one(address->recipients.unicode, count, props, address->ret);
        if (SUCCEEDED(hr))
        {
            address->result = S_OK;
            EndDialog(address->dialog, IDOK);
        }
    }
    else
    {
        hr = recipients_add_row(&address->recipients, count, props,
                                address->parm.well_types[address->well], &recipient);
        if (hr == S_OK) show_recipient(address, address->well, recipient);
    }
    memory_free_buffer(props);
    return hr;
}

static void new_entry(struct address *address)
{
    ENTRYID *id = NULL;
    ULONG size = 0;
    HRESULT hr;

    hr = IAddrBook_NewEntry(address->book, (ULONG_PTR)address->dialog, 0, 0, NULL, 0, NULL, &size,
                            &id);
    if (hr == S_OK) hr = add_entry(address, size, id);
    memory_free_buffer(id);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
        dialog_tell(address->dialog, IDS_ADDRESS_NOT_ADDED, hr);
}

/* ---- the end ---- */

static HRESULT give_one(struct address *address)
{
    const SRow *row = row_list_row(&address->rows, list_focused(address));

    if (!row) return MAPI_E_NOT_FOUND;
    return recipients_give_one(address->recipients.unicode, row->cValues, row->lpProps,
                               address->ret);
}

/* FALSE: the dialog stays. */
static BOOL accept(struct address *address)
{
    HRESULT hr = S_OK;

    if (address->parm.flags & ADDRESS_ONE) hr = give_one(address);
    else if (address->parm.well_count)
    {
        if (address->parm.flags & AB_RESOLVE)
        {
            hr = recipients_resolve(&address->recipients, address->dialog);
            show_recipients(address);
        }
        if (SUCCEEDED(hr)) hr = recipients_give(&address->recipients, address->ret);
    }
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
        dialog_tell(address->dialog, IDS_ADDRESS_NOT_RESOLVED, hr);
    address->result = S_OK;
    return SUCCEEDED(hr);
}

static void address_free(struct address *address)
{
    row_list_close(&address->rows);
    containers_free(&address->containers);
    recipients_free(&address->recipients);
    address_parm_free(&address->parm);
    IAddrBook_Release(address->book);
    platform_free(address);
}

static void finish(struct address *address, BOOL ok)
{
    BOOL browsing = !address->parm.well_count && !(address->parm.flags & ADDRESS_ONE);

    if (ok && !accept(address)) return;
    if (!ok) address->result = browsing ? S_OK : MAPI_E_USER_CANCEL;
    if (address->parm.modeless) DestroyWindow(address->dialog);
    else EndDialog(address->dialog, ok ? IDOK : IDCANCEL);
}

static void help(struct address *address)
{
    WinHelpW(address->dialog, address->parm.help_file, HELP_CONTEXT, address->parm.help_context);
}

/* ---- messages ---- */

/* In the list and its edit, Enter adds; elsewhere it is OK. */
static void enter_adds(struct address *address, BOOL adds)
{
    int id = IDOK;

    if (adds && address->parm.well_count) id = IDC_ADDRESS_WELL_BUTTON + address->well;
    SendMessageW(address->dialog, DM_SETDEFID, id, 0);
}

static BOOL address_command(struct address *address, int id, int code)
{
    if (id >= IDC_ADDRESS_WELL_BUTTON && id < IDC_ADDRESS_WELL_BUTTON + WELLS_MAX)
    {
        if (code == BN_CLICKED) add_to_well(address, id - IDC_ADDRESS_WELL_BUTTON);
        return TRUE;
    }
    if (id >= IDC_ADDRESS_WELL && id < IDC_ADDRESS_WELL + WELLS_MAX)
    {
        if (code == LBN_SETFOCUS)
        {
            address->well = id - IDC_ADDRESS_WELL;
            address->in_well = TRUE;
        }
        if (code == LBN_DBLCLK) show_details(address);
        if (code == LBN_SETFOCUS || code == LBN_SELCHANGE || code == LBN_SELCANCEL)
            update_buttons(address);
        return TRUE;
    }
    switch (id)
    {
    case IDC_ADDRESS_FIND:
        if (code == EN_CHANGE) type_ahead(address);
        if (code == EN_SETFOCUS) address->in_well = FALSE;
        if (code == EN_SETFOCUS || code == EN_KILLFOCUS) enter_adds(address, code == EN_SETFOCUS);
        return TRUE;
    case IDC_ADDRESS_CONTAINER:
        if (code == CBN_SELCHANGE) choose_container(address);
        return TRUE;
    case IDC_ADDRESS_DETAILS:
        show_details(address);
        return TRUE;
    case IDC_ADDRESS_NEW:
        new_entry(address);
        return TRUE;
    case IDC_ADDRESS_OPTIONS:
        show_options(address);
        return TRUE;
    case IDC_ADDRESS_HELP:
        help(address);
        return TRUE;
    case IDOK:
    case IDCANCEL:
        finish(address, id == IDOK);
        return TRUE;
    }
    return FALSE;
}

static BOOL address_notify(struct address *address, const NMHDR *header)
{
    if (header->idFrom != IDC_ADDRESS_LIST) return FALSE;
    switch (header->code)
    {
    case LVN_GETDISPINFOW:
        fill_cell(address, (NMLVDISPINFOW *)header);
        return TRUE;
    case LVN_ITEMCHANGED:
    case LVN_ODSTATECHANGED:
        update_buttons(address);
        return TRUE;
    case NM_SETFOCUS:
        address->in_well = FALSE;
        enter_adds(address, TRUE);
        update_buttons(address);
        return TRUE;
    case NM_KILLFOCUS:
        enter_adds(address, FALSE);
        return TRUE;
    case NM_DBLCLK:
        if (!list_selected(address->list)) return TRUE;
        if (address->parm.well_count) add_to_well(address, address->well);
        else if (address->parm.flags & ADDRESS_ONE) finish(address, TRUE);
        else show_details(address);
        return TRUE;
    }
    return FALSE;
}

/* Arrow keys in the edit go through the list. */
static LRESULT CALLBACK find_proc(HWND edit, UINT message, WPARAM wparam, LPARAM lparam,
                                  UINT_PTR id, DWORD_PTR data)
{
    struct address *address = (struct address *)data;

    if (message == WM_KEYDOWN && (wparam == VK_UP || wparam == VK_DOWN || wparam == VK_PRIOR
                                  || wparam == VK_NEXT))
        return SendMessageW(address->list, message, wparam, lparam);
    if (message == WM_NCDESTROY) RemoveWindowSubclass(edit, find_proc, id);
    return DefSubclassProc(edit, message, wparam, lparam);
}

static BOOL address_init(struct address *address, HWND dialog)
{
    SetWindowLongPtrW(dialog, DWLP_USER, (LONG_PTR)address);
    address->dialog = dialog;
    address->list = GetDlgItem(dialog, IDC_ADDRESS_LIST);
    address->find = GetDlgItem(dialog, IDC_ADDRESS_FIND);
    address->combo = GetDlgItem(dialog, IDC_ADDRESS_CONTAINER);
    address_layout_init(address);
    SetWindowSubclass(address->find, find_proc, 1, (DWORD_PTR)address);
    if (address->parm.modeless) SetPropW(dialog, modeless_property, address->book);
    first_container(address);
    show_recipients(address);
    SetFocus(address->parm.well_count ? address->wells[address->well].list : address->find);
    return FALSE;
}

/* The modeless dialog is gone: its owner hears of it. */
static void modeless_gone(struct address *address)
{
    LPFNDISMISS dismiss = address->dismiss;
    void *context = address->dismiss_context;
    ULONG_PTR parent = address->parent;

    address_free(address);
    if (dismiss) dismiss(parent, context);
}

static INT_PTR CALLBACK address_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct address *address = address_from_window(dialog);
    int id;

    if (message == WM_INITDIALOG) return address_init((struct address *)lparam, dialog);
    if (!address) return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        return address_command(address, LOWORD(wparam), HIWORD(wparam));
    case WM_NOTIFY:
        return address_notify(address, (const NMHDR *)lparam);
    case WM_VKEYTOITEM:
        id = GetDlgCtrlID((HWND)lparam) - IDC_ADDRESS_WELL;
        if ((LOWORD(wparam) != VK_DELETE && LOWORD(wparam) != VK_BACK) || id < 0
            || (ULONG)id >= address->parm.well_count)
            return -1;
        remove_selected(address, id);
        return -2;
    case WM_SIZE:
        address_layout_size(address, LOWORD(lparam), HIWORD(lparam));
        return TRUE;
    case WM_GETMINMAXINFO:
        address_layout_limit(address, (MINMAXINFO *)lparam);
        return TRUE;
    case WM_TIMER:
        if (wparam == TIMER_SEARCH) search(address);
        return TRUE;
    case WM_ROWS_CHANGED:
        rows_changed(address, wparam);
        return TRUE;
    case WM_HELP:
        if (address->parm.help_file) help(address);
        return TRUE;
    case WM_CLOSE_NOW:
        DestroyWindow(dialog);
        return TRUE;
    case WM_NCDESTROY:
        SetWindowLongPtrW(dialog, DWLP_USER, 0);
        if (!address->parm.modeless) break;
        RemovePropW(dialog, modeless_property);
        modeless_gone(address);
        break;
    }
    return FALSE;
}

/* ---- the modeless dialog's seams ---- */

static BOOL is_modeless(HWND window)
{
    DWORD process;

    return window && GetWindowThreadProcessId(window, &process)
           && process == GetCurrentProcessId() && GetPropW(window, modeless_property);
}

static BOOL WINAPI address_accelerate(ULONG_PTR ui, void *data)
{
    MSG *message = data;
    HWND dialog;

    if (!message || !message->hwnd) return FALSE;
    dialog = GetAncestor(message->hwnd, GA_ROOT);
    return is_modeless(dialog) && IsDialogMessageW(dialog, message);
}

static BOOL CALLBACK close_dialog(HWND window, LPARAM book)
{
    DWORD_PTR result;

    if (!is_modeless(window) || GetPropW(window, modeless_property) != (HANDLE)book) return TRUE;
    if (!SendMessageTimeoutW(window, WM_CLOSE_NOW, 0, 0, SMTO_NORMAL, CLOSE_TIMEOUT, &result))
        WARN("a modeless address dialog is busy and stays\n");
    return TRUE;
}

void address_dialogs_end(IAddrBook *book)
{
    EnumWindows(close_dialog, (LPARAM)book);
}

/* ---- entry ---- */

static HRESULT address_create(IAddrBook *book, ULONG_PTR ui, const ADRPARM *parm, ADRLIST **list,
                              struct address **ret)
{
    struct address *address = platform_alloc_zero(sizeof(*address));
    HRESULT hr;

    if (!address) return MAPI_E_NOT_ENOUGH_MEMORY;
    address->book = book;
    IAddrBook_AddRef(book);
    address->parent = ui;
    address->ret = list;
    address->dismiss = parm->lpfnDismiss;
    address->dismiss_context = parm->lpvDismissContext;
    address->result = MAPI_E_CALL_FAILED;
    address->recipients.book = book;
    address->recipients.unicode = (parm->ulFlags & AB_UNICODEUI) != 0;
    hr = address_parm_take(parm, &address->parm);
    address->well = address->parm.well_focus;
    if (SUCCEEDED(hr) && address->parm.well_count)
        hr = recipients_take(&address->recipients, *list);
    if (SUCCEEDED(hr))
        hr = containers_read(book, address->parm.hierarchy, &address->containers);
    if (FAILED(hr)) address_free(address);
    else *ret = address;
    return hr;
}

HRESULT address_dialog(IAddrBook *book, ULONG_PTR *ui, ADRPARM *parm, ADRLIST **list)
{
    static const INITCOMMONCONTROLSEX classes = { sizeof(classes), ICC_LISTVIEW_CLASSES };
    struct address *address;
    HWND parent, dialog;
    HRESULT hr;

    if (FAILED(hr = address_create(book, *ui, parm, list, &address))) return hr;
    InitCommonControlsEx(&classes);
    parent = dialog_parent(*ui);
    if (address->parm.modeless)
    {
        dialog = CreateDialogParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_ADDRESS), parent,
                                    address_proc, (LPARAM)address);
        if (!dialog)
        {
            WARN("no window for the address dialog\n");
            address_free(address);
            return MAPI_E_CALL_FAILED;
        }
        parm->lpfnABSDI = address_accelerate;
        *ui = (ULONG_PTR)dialog;
        ShowWindow(dialog, SW_SHOW);
        return S_OK;
    }
    DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_ADDRESS), parent, address_proc,
                    (LPARAM)address);
    hr = address->result;
    if (hr == MAPI_E_CALL_FAILED) WARN("no window for the address dialog\n");
    address_free(address);
    return hr;
}
