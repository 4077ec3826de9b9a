/*
 * The profile wizard: its window
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
 * Steps are numbered: the wizard's own pages, each service, the page that sums up. Next and Back
 * look for the nearest one that has something to show. A step is left forward only when what was
 * entered there will do; the last one is left by making the profile. Without anything to show there
 * is no window.
 */

#include "wizard/wizard.h"
#include "dialog/dialog.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define FINISH(wizard) (WIZARD_SERVICE + (wizard)->count)

void wizard_words(WCHAR words[WIZARD_WORDS_MAX], UINT id, const WCHAR *first, const WCHAR *second)
{
    WCHAR *text = dialog_format(id, first, second, NULL);

    lstrcpynW(words, text ? text : L"", WIZARD_WORDS_MAX);
    platform_free(text);
}

void wizard_tell(HWND parent, UINT id, const WCHAR *first, const WCHAR *second)
{
    WCHAR words[WIZARD_WORDS_MAX], title[120];

    wizard_words(words, id, first, second);
    if (!parent || !GetWindowTextW(parent, title, ARRAY_SIZE(title)))
        dialog_string(IDS_WIZARD_PROFILE, title, ARRAY_SIZE(title));
    MessageBoxW(parent, words, title, MB_OK | MB_ICONWARNING);
}

static struct wizard_service *service_of(struct wizard *wizard, ULONG step)
{
    if (step < WIZARD_SERVICE || step >= FINISH(wizard)) return NULL;
    return &wizard->services[step - WIZARD_SERVICE];
}

static BOOL any_choice(const struct wizard *wizard)
{
    ULONG i;

    for (i = 0; i < wizard->count && !wizard->services[i].entry; i++) {}
    return i < wizard->count;
}

static BOOL is_there(struct wizard *wizard, ULONG step)
{
    struct wizard_service *service = service_of(wizard, step);

    if (service) return service->chosen && service->entry && !service->failed;
    if (wizard->pages_only) return FALSE;
    switch (step)
    {
    case WIZARD_WELCOME:
        return !(wizard->flags & MAPI_PW_LAUNCHED_BY_CONFIG);
    case WIZARD_SERVICES:
        return !wizard->listed_only && !(wizard->flags & MAPI_PW_HIDE_SERVICES_LIST)
               && any_choice(wizard);
    case WIZARD_NAME:
        return wizard->is_new;
    default:
        return step == FINISH(wizard);
    }
}

/* The nearest step from there that may have something to show; ~0: none. */
static ULONG find_step(struct wizard *wizard, ULONG from, BOOL forward)
{
    if (forward)
    {
        while (++from <= FINISH(wizard)) if (is_there(wizard, from)) return from;
        return ~0u;
    }
    while (from--) if (is_there(wizard, from)) return from;
    return ~0u;
}

static BOOL is_last(struct wizard *wizard)
{
    struct wizard_service *service = service_of(wizard, wizard->step);

    if (service && service->page < service->count) return FALSE;
    return find_step(wizard, wizard->step, TRUE) == ~0u;
}

static void show_title(struct wizard *wizard)
{
    static const UINT ids[] = { IDS_WIZARD_T_WELCOME, IDS_WIZARD_T_SERVICES, IDS_WIZARD_T_NAME };
    struct wizard_service *service = service_of(wizard, wizard->step);
    WCHAR text[120];

    if (!service)
        dialog_string(wizard->step < ARRAY_SIZE(ids) ? ids[wizard->step] : IDS_WIZARD_T_FINISH,
                      text, ARRAY_SIZE(text));
    SetDlgItemTextW(wizard->frame, IDC_WIZARD_TITLE, service ? service->text : text);
}

static void show_buttons(struct wizard *wizard)
{
    struct wizard_service *service = service_of(wizard, wizard->step);
    HWND focus, next = GetDlgItem(wizard->frame, IDOK);
    HWND page = service ? service->window : wizard->page;
    WCHAR text[32];

    dialog_string(is_last(wizard) ? IDS_WIZARD_FINISH : IDS_WIZARD_NEXT, text, ARRAY_SIZE(text));
    SetWindowTextW(next, text);
    EnableWindow(GetDlgItem(wizard->frame, IDC_WIZARD_BACK),
                 (service && service->page > 1) || find_step(wizard, wizard->step, FALSE) != ~0u);
    focus = page ? GetNextDlgTabItem(page, NULL, FALSE) : NULL;
    /* Not IsWindowVisible: the wizard itself comes a little later. */
    if (!focus || !(GetWindowLongW(focus, GWL_STYLE) & WS_VISIBLE)) focus = next;
    SendMessageW(wizard->frame, WM_NEXTDLGCTL, (WPARAM)focus, TRUE);
    SendMessageW(wizard->frame, DM_SETDEFID, IDOK, 0);
}

static BOOL enter(struct wizard *wizard, ULONG step, BOOL forward)
{
    struct wizard_service *service = service_of(wizard, step);

    if (service) return wizard_service_enter(wizard, service, forward);
    return (wizard->page = wizard_own_page(wizard, step)) != NULL;
}

static void leave_page(struct wizard *wizard)
{
    if (wizard->page) DestroyWindow(wizard->page);
    wizard->page = NULL;
}

static void end(struct wizard *wizard, HRESULT result)
{
    wizard->result = result;
    EndDialog(wizard->frame, 1);
}

static HRESULT make(struct wizard *wizard)
{
    WCHAR words[WIZARD_WORDS_MAX];
    HCURSOR cursor = SetCursor(LoadCursorW(NULL, (WCHAR *)IDC_WAIT));
    HRESULT hr;

    hr = wizard_make(wizard, wizard->frame, words);
    SetCursor(cursor);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
        wizard_tell(wizard->frame, IDS_WIZARD_FAILED, words, NULL);
    return hr;
}

/* From a step that shows nothing any more. Where nothing is left in a direction, it is the other's
 * turn; if nothing can be shown at all, what was chosen is made as it is. */
static void move(struct wizard *wizard, BOOL forward)
{
    BOOL turned = FALSE;
    ULONG step;
    HRESULT hr;

    for (;;)
    {
        step = find_step(wizard, wizard->step, forward);
        if (step == ~0u && forward)
        {
            if (SUCCEEDED(hr = make(wizard)) || turned)
            {
                end(wizard, hr);
                return;
            }
            turned = TRUE;
            forward = FALSE;
            wizard->step = FINISH(wizard) + 1;
            continue;
        }
        if (step == ~0u)
        {
            if (turned)
            {
                end(wizard, MAPI_E_CALL_FAILED);
                return;
            }
            turned = forward = TRUE;
            continue;
        }
        wizard->step = step;
        if (enter(wizard, step, forward)) break;
        if (!service_of(wizard, step))
        {
            end(wizard, MAPI_E_CALL_FAILED);
            return;
        }
    }
    show_title(wizard);
    show_buttons(wizard);
}

static void go(struct wizard *wizard, BOOL forward)
{
    struct wizard_service *service = service_of(wizard, wizard->step);

    if (service && service->window)
    {
        LONG page = service->page;

        if (wizard_service_leave(wizard, service, forward)) move(wizard, forward);
        /* On the same page the focus is where the service put it. */
        else if (service->page != page) show_buttons(wizard);
        return;
    }
    if (forward && !wizard_own_take(wizard)) return;
    /* The last page stays until the profile is there. */
    if (forward && wizard->step == FINISH(wizard))
    {
        if (SUCCEEDED(make(wizard))) end(wizard, S_OK);
        return;
    }
    leave_page(wizard);
    move(wizard, forward);
}

static void init(HWND frame, struct wizard *wizard)
{
    HFONT font = (HFONT)SendMessageW(frame, WM_GETFONT, 0, 0);
    LOGFONTW bold;

    wizard->frame = frame;
    if (font && GetObjectW(font, sizeof(bold), &bold))
    {
        bold.lfWeight = FW_BOLD;
        if ((wizard->bold = CreateFontIndirectW(&bold)))
            SendDlgItemMessageW(frame, IDC_WIZARD_TITLE, WM_SETFONT, (WPARAM)wizard->bold, FALSE);
    }
    if (is_there(wizard, WIZARD_WELCOME))
    {
        wizard->step = WIZARD_WELCOME;
        if ((wizard->page = wizard_own_page(wizard, WIZARD_WELCOME)))
        {
            show_title(wizard);
            show_buttons(wizard);
        }
        else end(wizard, MAPI_E_CALL_FAILED);
    }
    else move(wizard, TRUE);
}

static INT_PTR CALLBACK frame_proc(HWND frame, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct wizard *wizard = (struct wizard *)GetWindowLongPtrW(frame, DWLP_USER);
    ULONG i;

    switch (message)
    {
    case WM_INITDIALOG:
        SetWindowLongPtrW(frame, DWLP_USER, lparam);
        init(frame, (struct wizard *)lparam);
        return FALSE;
    case WM_COMMAND:
        if (!wizard) return FALSE;
        if (LOWORD(wparam) == IDOK || LOWORD(wparam) == IDC_WIZARD_BACK)
        {
            /* Enter asks for the default button, whether it can be pressed or not. */
            if (IsWindowEnabled(GetDlgItem(frame, LOWORD(wparam))))
                go(wizard, LOWORD(wparam) == IDOK);
            return TRUE;
        }
        if (LOWORD(wparam) != IDCANCEL) return FALSE;
        end(wizard, MAPI_E_USER_CANCEL);
        return TRUE;
    case WM_DESTROY:
        if (!wizard) return FALSE;
        /* Services clean up while there is a window that they know. */
        for (i = 0; i < wizard->count; i++) wizard_service_close(wizard, &wizard->services[i]);
        if (wizard->bold) DeleteObject(wizard->bold);
        wizard->bold = NULL;
        return FALSE;
    }
    return FALSE;
}

static BOOL has_service(const WCHAR *profile, const WCHAR *name)
{
    MAPIUID *uids = NULL;
    struct profile *open;
    SizedSPropTagArray(1, tags) = { 1, { PR_SERVICE_NAME_W } };
    SPropValue *props;
    BOOL ret = FALSE;
    ULONG i, count, got;

    if (FAILED(profile_open(profile, &open))) return FALSE;
    if (FAILED(profile_services(open, &count, &uids))) count = 0;
    for (i = 0; i < count && !ret; i++)
    {
        if (FAILED(section_read(open, uids + i, (SPropTagArray *)&tags, MAPI_UNICODE, &got,
                                &props)))
            continue;
        ret = got && props[0].ulPropTag == PR_SERVICE_NAME_W
              && !text_compare_nocase(props[0].Value.lpszW, name);
        memory_free_buffer(props);
    }
    platform_free(uids);
    profile_release(open);
    return ret;
}

static HRESULT run(struct wizard *wizard, HWND parent)
{
    if (wizard->pages_only && find_step(wizard, WIZARD_WELCOME, TRUE) == ~0u)
    {
        WCHAR words[WIZARD_WORDS_MAX];
        HRESULT hr = wizard_make(wizard, parent, words);

        if (FAILED(hr) && hr != MAPI_E_USER_CANCEL)
            wizard_tell(parent, IDS_WIZARD_FAILED, words, NULL);
        return hr;
    }
    wizard->result = MAPI_E_CALL_FAILED;
    if (DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_WIZARD), parent, frame_proc,
                        (LPARAM)wizard) != 1)
        WARN("no window\n");
    wizard->frame = NULL;
    return wizard->result;
}

HRESULT wizard_run(HWND parent, ULONG flags, ULONG count, WCHAR *const *services, const WCHAR *into,
                   WCHAR name[PROFILE_NAME_MAX + 1])
{
    struct wizard wizard = { flags, !into };
    struct profile *profile;
    HRESULT hr;

    name[0] = 0;
    wizard.listed_only = (flags & MAPI_PW_ADD_SERVICE_ONLY) != 0;
    wizard.pages_only = (flags & MAPI_PW_PROVIDER_UI_ONLY) || (into && wizard.listed_only);
    if (into)
    {
        if (FAILED(hr = profile_open(into, &profile))) return hr;
        profile_release(profile);
        lstrcpynW(wizard.name, into, ARRAY_SIZE(wizard.name));
        if (wizard.listed_only && count == 1 && has_service(into, services[0]))
        {
            lstrcpyW(name, wizard.name);
            return S_OK;
        }
    }
    if (SUCCEEDED(hr = wizard_offer(&wizard, count, services)))
    {
        if (!into && wizard.pages_only) wizard_suggest_name(&wizard);
        hr = run(&wizard, parent);
    }
    wizard_forget(&wizard);
    if (SUCCEEDED(hr)) lstrcpyW(name, wizard.name);
    return hr;
}
