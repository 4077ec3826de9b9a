/*
 * The profile wizard: its own pages
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
 * Each is filled from the struct when it is shown and read back when the user goes on from it. What
 * is wrong with what was entered is told in words, and the page stays.
 */

#include "wizard/wizard.h"
#include "dialog/dialog.h"

/* ---- what a page shows at first ---- */

static void fill_services(HWND page, struct wizard *wizard)
{
    HWND list = GetDlgItem(page, IDC_WIZARD_SERVICES);
    LRESULT index;
    ULONG i;

    for (i = 0; i < wizard->count; i++)
    {
        if (!wizard->services[i].entry && !wizard->services[i].chosen) continue;
        index = SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)wizard->services[i].text);
        if (index < 0) continue;
        SendMessageW(list, LB_SETITEMDATA, index, i);
        SendMessageW(list, LB_SETSEL, wizard->services[i].chosen, index);
    }
    SendMessageW(list, LB_SETCARETINDEX, 0, FALSE);
}

static BOOL name_taken(const WCHAR *name)
{
    WCHAR **names;
    BOOL ret = FALSE;
    ULONG i, count;

    if (FAILED(profile_list(TRUE, &count, &names))) return FALSE;
    for (i = 0; i < count && !ret; i++) ret = !lstrcmpiW(names[i], name);
    platform_free(names);
    return ret;
}

void wizard_suggest_name(struct wizard *wizard)
{
    WCHAR first[32], present[PROFILE_NAME_MAX + 1];
    int number;

    dialog_string(IDS_WIZARD_PROFILE, first, ARRAY_SIZE(first));
    lstrcpyW(wizard->name, first);
    for (number = 2; number < 1000 && name_taken(wizard->name); number++)
        wsprintfW(wizard->name, L"%s %d", first, number);
    wizard->as_default = FAILED(profile_default_name(present)) || !present[0];
}

/* What the profile will have, a line each. */
static void list_services(const struct wizard *wizard, WCHAR words[WIZARD_WORDS_MAX])
{
    size_t used = 0, length;
    ULONG i;

    words[0] = 0;
    for (i = 0; i < wizard->count; i++)
    {
        const struct wizard_service *service = &wizard->services[i];

        if (!service->chosen && (!wizard->is_new || wizard->listed_only || !service->standard))
            continue;
        length = lstrlenW(service->text);
        if (used + length + 8 > WIZARD_WORDS_MAX / 2) break;
        lstrcpyW(words + used, L"    ");
        lstrcatW(words + used, service->text);
        lstrcatW(words + used, L"\n");
        used += length + 5;
    }
    if (!used) dialog_string(IDS_WIZARD_EMPTY, words, WIZARD_WORDS_MAX / 2);
}

static void fill_finish(HWND page, const struct wizard *wizard)
{
    WCHAR services[WIZARD_WORDS_MAX], words[WIZARD_WORDS_MAX];

    list_services(wizard, services);
    wizard_words(words, wizard->is_new ? IDS_WIZARD_WILL_MAKE : IDS_WIZARD_WILL_ADD, wizard->name,
                 services);
    SetDlgItemTextW(page, IDC_WIZARD_TEXT, words);
}

static INT_PTR CALLBACK page_proc(HWND page, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct wizard *wizard = (struct wizard *)lparam;
    WCHAR words[WIZARD_WORDS_MAX];

    if (message != WM_INITDIALOG) return FALSE;
    switch (wizard->step)
    {
    case WIZARD_WELCOME:
        wizard_words(words, wizard->flags & MAPI_PW_FIRST_PROFILE ? IDS_WIZARD_FIRST
                                                                  : IDS_WIZARD_ANOTHER, NULL, NULL);
        SetDlgItemTextW(page, IDC_WIZARD_TEXT, words);
        break;
    case WIZARD_SERVICES:
        fill_services(page, wizard);
        break;
    case WIZARD_NAME:
        if (!wizard->name[0]) wizard_suggest_name(wizard);
        SendDlgItemMessageW(page, IDC_WIZARD_NAME, EM_LIMITTEXT, PROFILE_NAME_MAX, 0);
        SetDlgItemTextW(page, IDC_WIZARD_NAME, wizard->name);
        CheckDlgButton(page, IDC_WIZARD_DEFAULT, wizard->as_default ? BST_CHECKED : BST_UNCHECKED);
        break;
    default:
        fill_finish(page, wizard);
        break;
    }
    return FALSE;
}

HWND wizard_own_page(struct wizard *wizard, ULONG step)
{
    static const UINT ids[] = { IDD_WIZARD_WELCOME, IDD_WIZARD_SERVICES, IDD_WIZARD_NAME };
    UINT id = step < ARRAY_SIZE(ids) ? ids[step] : IDD_WIZARD_FINISH;
    HWND page, pane = GetDlgItem(wizard->frame, IDC_WIZARD_PANE);
    RECT rect;

    page = CreateDialogParamW(dialog_instance(), MAKEINTRESOURCEW(id), wizard->frame, page_proc,
                              (LPARAM)wizard);
    if (!page) return NULL;
    GetWindowRect(pane, &rect);
    MapWindowPoints(NULL, wizard->frame, (POINT *)&rect, 2);
    SetWindowPos(page, HWND_TOP, rect.left, rect.top, rect.right - rect.left,
                 rect.bottom - rect.top, SWP_SHOWWINDOW);
    return page;
}

/* ---- what the user entered ---- */

static BOOL take_services(struct wizard *wizard)
{
    HWND list = GetDlgItem(wizard->page, IDC_WIZARD_SERVICES);
    LRESULT i, count = SendMessageW(list, LB_GETCOUNT, 0, 0), index;
    ULONG chosen = 0;

    for (i = 0; i < count; i++)
    {
        index = SendMessageW(list, LB_GETITEMDATA, i, 0);
        if (index < 0 || index >= wizard->count) continue;
        wizard->services[index].chosen = SendMessageW(list, LB_GETSEL, i, 0) > 0;
        if (wizard->services[index].chosen) chosen++;
    }
    if (chosen || wizard->is_new) return TRUE;
    wizard_tell(wizard->frame, IDS_WIZARD_NOTHING, NULL, NULL);
    return FALSE;
}

static BOOL take_name(struct wizard *wizard)
{
    HWND edit = GetDlgItem(wizard->page, IDC_WIZARD_NAME);
    WCHAR name[PROFILE_NAME_MAX + 1], *first = name;
    UINT wrong = 0;
    size_t length;

    GetWindowTextW(edit, name, ARRAY_SIZE(name));
    while (*first == ' ') first++;
    length = lstrlenW(first);
    while (length && first[length - 1] == ' ') first[--length] = 0;
    if (!length) wrong = IDS_WIZARD_NO_NAME;
    else if (!profile_name_valid(first)) wrong = IDS_WIZARD_BAD_NAME;
    else if (name_taken(first)) wrong = IDS_WIZARD_NAME_TAKEN;
    if (wrong)
    {
        wizard_tell(wizard->frame, wrong, first, NULL);
        SendMessageW(wizard->page, WM_NEXTDLGCTL, (WPARAM)edit, TRUE);
        return FALSE;
    }
    lstrcpyW(wizard->name, first);
    wizard->as_default = IsDlgButtonChecked(wizard->page, IDC_WIZARD_DEFAULT) == BST_CHECKED;
    return TRUE;
}

BOOL wizard_own_take(struct wizard *wizard)
{
    if (wizard->step == WIZARD_SERVICES) return take_services(wizard);
    if (wizard->step == WIZARD_NAME) return take_name(wizard);
    return TRUE;
}
