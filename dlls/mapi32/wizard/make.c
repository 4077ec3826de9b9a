/*
 * The profile wizard: making what was chosen
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
 * The profile is made empty and its services are created one by one; those with wizard pages
 * without a window and then configured with what their pages gave, the others with leave to ask. If
 * one fails, what was made before goes again, so that the user can go back and mend what was wrong.
 */

#include "wizard/wizard.h"
#include "dialog/dialog.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define SECURE_FIRST 0x67f0
#define SECURE_COUNT 16
#define DISPLAY_NAME_MAX 255            /* characters */

static BOOL is_setting(const SPropValue *prop)
{
    ULONG id = PROP_ID(prop->ulPropTag);

    return PROP_TYPE(prop->ulPropTag) != PT_ERROR && PROP_TYPE(prop->ulPropTag) != PT_OBJECT
           && id != PROP_ID(PR_WIZARD_NO_PST_PAGE) && id != PROP_ID(PR_WIZARD_NO_PAB_PAGE)
           && id != PROP_ID(PR_OBJECT_TYPE);
}

/* What a service's pages left: the properties that are listed, and the secure ones, which are
 * not. */
static HRESULT configure(IMsgServiceAdmin2 *admin, struct wizard_service *service)
{
    SizedSPropTagArray(SECURE_COUNT, secure);
    SPropValue *listed = NULL, *hidden = NULL, *props;
    ULONG i, listed_count = 0, hidden_count = 0, count = 0;
    HRESULT hr;

    secure.cValues = SECURE_COUNT;
    for (i = 0; i < SECURE_COUNT; i++)
        secure.aulPropTag[i] = PROP_TAG(PT_UNSPECIFIED, SECURE_FIRST + i);
    hr = IPropData_GetProps(service->data, NULL, MAPI_UNICODE, &listed_count, &listed);
    if (FAILED(hr)) return hr;
    hr = IPropData_GetProps(service->data, (SPropTagArray *)&secure, MAPI_UNICODE, &hidden_count,
                            &hidden);
    if (SUCCEEDED(hr)
        && !(props = platform_alloc_zero((listed_count + hidden_count + 1) * sizeof(*props))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
    {
        for (i = 0; i < listed_count; i++)
            if (is_setting(&listed[i])
                && PROP_ID(listed[i].ulPropTag) - SECURE_FIRST >= SECURE_COUNT)
                props[count++] = listed[i];
        for (i = 0; i < hidden_count; i++)
            if (is_setting(&hidden[i])) props[count++] = hidden[i];
        hr = IMsgServiceAdmin2_ConfigureMsgService(admin, &service->uid, 0, MAPI_UNICODE, count,
                                                   props);
        platform_free(props);
    }
    memory_free_buffer(listed);
    memory_free_buffer(hidden);
    return hr;
}

/* What its pages want the service called, such as the address of an account: PR_DISPLAY_NAME. Said
 * after it was created, since the name in MapiSvc.inf goes before the one given to
 * CreateMsgService. */
static void call_it(IMsgServiceAdmin2 *admin, struct wizard_service *service)
{
    SizedSPropTagArray(1, tags) = { 1, { PR_DISPLAY_NAME_W } };
    IProfSect *section;
    SPropValue *props;
    ULONG count;

    if (FAILED(IPropData_GetProps(service->data, (SPropTagArray *)&tags, MAPI_UNICODE, &count,
                                  &props)))
        return;
    if (props[0].ulPropTag == PR_DISPLAY_NAME_W && props[0].Value.lpszW[0]
        && lstrlenW(props[0].Value.lpszW) <= DISPLAY_NAME_MAX
        && SUCCEEDED(IMsgServiceAdmin2_OpenProfileSection(admin, &service->uid, NULL, MAPI_MODIFY,
                                                          &section)))
    {
        IProfSect_SetProps(section, 1, props, NULL);
        IProfSect_Release(section);
    }
    memory_free_buffer(props);
}

static HRESULT add(IMsgServiceAdmin2 *admin, struct wizard_service *service, HWND parent)
{
    BOOL configured = service->pages.proc && !service->failed && service->chosen;
    ULONG flags = configured ? MAPI_UNICODE : MAPI_UNICODE | SERVICE_UI_ALLOWED;
    HRESULT hr;

    hr = IMsgServiceAdmin2_CreateMsgServiceEx(admin, (LPTSTR)service->key, NULL, (ULONG_PTR)parent,
                                              flags, &service->uid);
    if (FAILED(hr)) return hr;
    service->added = TRUE;
    if (!configured) return S_OK;
    call_it(admin, service);
    return configure(admin, service);
}

static void say_why(IMsgServiceAdmin2 *admin, const struct wizard_service *service, HRESULT hr,
                    WCHAR words[WIZARD_WORDS_MAX])
{
    MAPIERROR *error = NULL;
    WCHAR number[64];

    if (SUCCEEDED(IMsgServiceAdmin2_GetLastError(admin, hr, MAPI_UNICODE, &error)) && error
        && error->lpszError)
        lstrcpynW(words, (const WCHAR *)error->lpszError, WIZARD_WORDS_MAX / 2);
    else
    {
        wsprintfW(number, L"0x%08lX", (unsigned long)hr);
        wizard_words(words, IDS_WIZARD_ERROR, service->text, number);
    }
    memory_free_buffer(error);
}

static BOOL is_wanted(const struct wizard *wizard, const struct wizard_service *service)
{
    return service->chosen || (wizard->is_new && !wizard->listed_only && service->standard);
}

static HRESULT add_all(struct wizard *wizard, IMsgServiceAdmin2 *admin, HWND parent,
                       WCHAR words[WIZARD_WORDS_MAX])
{
    HRESULT hr = S_OK;
    ULONG i;

    for (i = 0; i < wizard->count && SUCCEEDED(hr); i++)
    {
        if (!is_wanted(wizard, &wizard->services[i])) continue;
        hr = add(admin, &wizard->services[i], parent);
        if (FAILED(hr) && hr != MAPI_E_USER_CANCEL) say_why(admin, &wizard->services[i], hr, words);
    }
    for (i = wizard->count; i-- && !wizard->is_new;)
        if (FAILED(hr) && wizard->services[i].added)
            IMsgServiceAdmin2_DeleteMsgService(admin, &wizard->services[i].uid);
    for (i = 0; i < wizard->count; i++) wizard->services[i].added = FALSE;
    return hr;
}

static HRESULT fill(struct wizard *wizard, IProfAdmin *admin, HWND parent,
                    WCHAR words[WIZARD_WORDS_MAX])
{
    IMsgServiceAdmin2 *services;
    IMsgServiceAdmin *first;
    HRESULT hr;

    hr = IProfAdmin_AdminServices(admin, (LPTSTR)wizard->name, NULL, (ULONG_PTR)parent,
                                  MAPI_UNICODE, &first);
    if (FAILED(hr)) return hr;
    hr = IMsgServiceAdmin_QueryInterface(first, &IID_IMsgServiceAdmin2, (void **)&services);
    IMsgServiceAdmin_Release(first);
    if (FAILED(hr)) return hr;
    hr = add_all(wizard, services, parent, words);
    IMsgServiceAdmin2_Release(services);
    return hr;
}

HRESULT wizard_make(struct wizard *wizard, HWND parent, WCHAR words[WIZARD_WORDS_MAX])
{
    IProfAdmin *admin;
    BOOL made = FALSE;
    WCHAR number[64];
    HRESULT hr;

    words[0] = 0;
    if (SUCCEEDED(hr = MAPIAdminProfiles(0, &admin)))
    {
        if (wizard->is_new)
        {
            hr = IProfAdmin_CreateProfile(admin, (LPTSTR)wizard->name, NULL, 0, MAPI_UNICODE);
            made = SUCCEEDED(hr);
        }
        if (SUCCEEDED(hr)) hr = fill(wizard, admin, parent, words);
        if (SUCCEEDED(hr) && wizard->is_new && wizard->as_default)
            IProfAdmin_SetDefaultProfile(admin, (LPTSTR)wizard->name, MAPI_UNICODE);
        if (FAILED(hr) && made) IProfAdmin_DeleteProfile(admin, (LPTSTR)wizard->name, MAPI_UNICODE);
        IProfAdmin_Release(admin);
    }
    TRACE("%s: %#lx\n", debugstr_w(wizard->name), (unsigned long)hr);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL && !words[0])
    {
        wsprintfW(number, L"0x%08lX", (unsigned long)hr);
        wizard_words(words, IDS_WIZARD_ERROR, wizard->name, number);
    }
    return hr;
}
