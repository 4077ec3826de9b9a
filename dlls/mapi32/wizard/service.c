/*
 * The profile wizard: the pages of a message service
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
 * All pages of a service are the controls of one dialog resource, hidden until its procedure shows
 * those of a page. They live in a child window of the wizard's, which the procedure gets as its
 * dialog, while the user is among them; what was entered lives in the property object. WM_CLOSE
 * comes once, at the end, with the wizard's window. A service that crashes, or has no pages after
 * all, asks at the end with its own window instead.
 */

#include "wizard/wizard.h"
#include "dialog/dialog.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static LONG send(struct wizard_service *service, HWND window, UINT message, WPARAM wparam,
                 LPARAM lparam)
{
    return wizard_pages_message(&service->party, &service->pages, window, message, wparam, lparam);
}

static BOOL CALLBACK hide_control(HWND control, LPARAM pane)
{
    if (GetParent(control) == (HWND)pane) ShowWindow(control, SW_HIDE);
    return TRUE;
}

static INT_PTR CALLBACK pane_proc(HWND pane, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct wizard_service *service = (struct wizard_service *)GetPropW(pane,
                                                                       L"mapi wizard service");

    if (message == WM_INITDIALOG)
    {
        SetPropW(pane, L"mapi wizard service", (HANDLE)lparam);
        EnumChildWindows(pane, hide_control, (LPARAM)pane);
        /* The focus stays where it is until a page is shown. */
        send((struct wizard_service *)lparam, pane, message, 0, 0);
        return FALSE;
    }
    if (!service) return FALSE;
    if (message == WM_NCDESTROY) RemovePropW(pane, L"mapi wizard service");
    return (UINT)send(service, pane, message, wparam, lparam);
}

static HRESULT open_service(struct wizard_service *service)
{
    static const MAPIUID none;
    HRESULT hr = S_OK;

    if (service->pages.proc) return S_OK;
    if (!service->data)
        hr = CreateIProp(&IID_IMAPIPropData, memory_allocators.allocate, memory_allocators.more,
                         memory_allocators.free, NULL, &service->data);
    if (SUCCEEDED(hr) && !service->support) hr = svcsupport_create(NULL, &none, &service->support);
    if (SUCCEEDED(hr))
        hr = wizard_pages_open(&service->party, service->dll, service->entry,
                               (IMAPIProp *)service->data, service->support, &service->pages);
    return hr;
}

static void place(struct wizard *wizard, struct wizard_service *service)
{
    HWND pane = GetDlgItem(wizard->frame, IDC_WIZARD_PANE);
    RECT rect;

    GetWindowRect(pane, &rect);
    MapWindowPoints(NULL, wizard->frame, (POINT *)&rect, 2);
    /* First in the order of tabs. */
    SetWindowPos(service->window, HWND_TOP, rect.left, rect.top, rect.right - rect.left,
                 rect.bottom - rect.top, SWP_SHOWWINDOW);
}

void wizard_service_hide(struct wizard_service *service)
{
    if (service->window) DestroyWindow(service->window);
    service->window = NULL;
}

static void give_up(struct wizard *wizard, struct wizard_service *service)
{
    wizard_service_hide(service);
    service->failed = TRUE;
    wizard_tell(wizard->frame, IDS_WIZARD_NO_PAGES, service->text, NULL);
}

BOOL wizard_service_enter(struct wizard *wizard, struct wizard_service *service, BOOL forward)
{
    BOOL shown;

    if (!service->entry || service->failed) return FALSE;
    if (FAILED(open_service(service))
        || !(service->window = wizard_pages_window(&service->party, &service->pages, wizard->frame,
                                                   pane_proc, (LPARAM)service)))
    {
        give_up(wizard, service);
        return FALSE;
    }
    place(wizard, service);
    service->count = send(service, service->window, WIZ_QUERYNUMPAGES, 0, 0);
    service->count = min(max(service->count, 0), WIZARD_PAGES_MAX);
    service->page = forward ? 1 : service->count;
    TRACE("%s has %ld pages\n", debugstr_w(service->key), (long)service->count);
    shown = service->count
            && send(service, service->window, WM_COMMAND, forward ? WIZ_NEXT : WIZ_PREV, 0);
    if (shown && !service->party.broken) return TRUE;
    if (service->party.broken || service->count) give_up(wizard, service);
    else wizard_service_hide(service);
    return FALSE;
}

BOOL wizard_service_leave(struct wizard *wizard, struct wizard_service *service, BOOL forward)
{
    BOOL moved = send(service, service->window, WM_COMMAND, forward ? WIZ_NEXT : WIZ_PREV, 0);

    if (service->party.broken)
    {
        give_up(wizard, service);
        return TRUE;
    }
    if (!moved) return FALSE;
    service->page += forward ? 1 : -1;
    if (service->page >= 1 && service->page <= service->count) return FALSE;
    wizard_service_hide(service);
    return TRUE;
}

void wizard_service_close(struct wizard *wizard, struct wizard_service *service)
{
    wizard_service_hide(service);
    if (service->pages.proc && wizard->frame) send(service, wizard->frame, WM_CLOSE, 0, 0);
    wizard_pages_close(&service->party, &service->pages);
    /* Its pointers to them, if it kept any, are counted. */
    if (service->data) IPropData_Release(service->data);
    if (service->support) IMAPISupport_Release(service->support);
    service->data = NULL;
    service->support = NULL;
}
