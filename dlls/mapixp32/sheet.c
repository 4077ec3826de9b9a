/*
 * Mail transport: the configuration sheet
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
 * Two pages made from the dialog resources by BuildDisplayTable, over an IPropData that is filled
 * from the profile section; the caller writes back what the user accepted. The test button, and
 * that of the wizard's page, tries what is entered now on a thread of its own, and says what comes
 * of it in a message box.
 */

#include "transport.h"
#include "propobject.h"
#include "sheet.h"

#define PR_TEST PROP_TAG(PT_OBJECT, 0x6660)
#define TEST_TIMEOUT 20000              /* ms of each step of a test */

static DTBLPAGE page = { 0, 0, 0, 2 };
static DTBLLABEL label;
static DTBLGROUPBOX group;
static DTBLEDIT name = { 0, 0, 128, PR_MAPIXP_DISPLAY_NAME };
static DTBLEDIT address = { 0, 0, 250, PR_MAPIXP_ADDRESS };
static DTBLEDIT user = { 0, 0, 250, PR_MAPIXP_USER };
static DTBLEDIT password = { 0, 0, 250, PR_MAPIXP_PASSWORD };
static DTBLCHECKBOX login = { 0, 0, PR_MAPIXP_SMTP_LOGIN };
static DTBLBUTTON test = { 0, 0, PR_TEST };
static DTBLEDIT smtp = { 0, 0, 250, PR_MAPIXP_SMTP_HOST };
static DTBLEDIT smtp_port = { 0, 0, 5, PR_MAPIXP_SMTP_PORT };
static DTBLRADIOBUTTON smtp_tls = { 0, 0, 3, PR_MAPIXP_SMTP_SECURITY, MAPIXP_SECURITY_TLS };
static DTBLRADIOBUTTON smtp_starttls = { 0, 0, 3, PR_MAPIXP_SMTP_SECURITY, MAPIXP_SECURITY_STARTTLS };
static DTBLRADIOBUTTON smtp_none = { 0, 0, 3, PR_MAPIXP_SMTP_SECURITY, MAPIXP_SECURITY_NONE };
static DTBLRADIOBUTTON imap = { 0, 0, 3, PR_MAPIXP_RECEIVE, MAPIXP_RECEIVE_IMAP };
static DTBLRADIOBUTTON pop3 = { 0, 0, 3, PR_MAPIXP_RECEIVE, MAPIXP_RECEIVE_POP3 };
static DTBLRADIOBUTTON nothing = { 0, 0, 3, PR_MAPIXP_RECEIVE, MAPIXP_RECEIVE_NOTHING };
static DTBLEDIT receive = { 0, 0, 250, PR_MAPIXP_RECEIVE_HOST };
static DTBLEDIT receive_port = { 0, 0, 5, PR_MAPIXP_RECEIVE_PORT };
static DTBLRADIOBUTTON receive_tls = { 0, 0, 3, PR_MAPIXP_RECEIVE_SECURITY, MAPIXP_SECURITY_TLS };
static DTBLRADIOBUTTON receive_starttls
    = { 0, 0, 3, PR_MAPIXP_RECEIVE_SECURITY, MAPIXP_SECURITY_STARTTLS };
static DTBLRADIOBUTTON receive_none = { 0, 0, 3, PR_MAPIXP_RECEIVE_SECURITY, MAPIXP_SECURITY_NONE };
static DTBLEDIT folder = { 0, 0, 250, PR_MAPIXP_FOLDER };
static DTBLRADIOBUTTON folders_none = { 0, 0, 3, PR_MAPIXP_FOLDERS, MAPIXP_FOLDERS_NONE };
static DTBLRADIOBUTTON folders_subscribed = { 0, 0, 3, PR_MAPIXP_FOLDERS, MAPIXP_FOLDERS_SUBSCRIBED };
static DTBLRADIOBUTTON folders_all = { 0, 0, 3, PR_MAPIXP_FOLDERS, MAPIXP_FOLDERS_ALL };

#define ANY (LPTSTR)"*"
#define DIGITS (LPTSTR)"[0-9]"
/* At once, so that the test button tries what the sheet shows. */
#define VALUE_FLAGS (DT_EDITABLE | DT_SET_IMMEDIATE)
#define TEXT_FLAGS (VALUE_FLAGS | DT_ACCEPT_DBCS)

static const DTCTL account_controls[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_NAME_LABEL, { &label } },
    { DTCT_EDIT, TEXT_FLAGS, NULL, 0, ANY, IDC_NAME, { &name } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_ADDRESS_LABEL, { &label } },
    { DTCT_EDIT, VALUE_FLAGS, NULL, 0, ANY, IDC_ADDRESS, { &address } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_USER_LABEL, { &label } },
    { DTCT_EDIT, TEXT_FLAGS, NULL, 0, ANY, IDC_USER, { &user } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_PASSWORD_LABEL, { &label } },
    { DTCT_EDIT, TEXT_FLAGS | DT_PASSWORD_EDIT, NULL, 0, ANY, IDC_PASSWORD, { &password } },
    { DTCT_CHECKBOX, VALUE_FLAGS, NULL, 0, NULL, IDC_LOGIN, { &login } },
    { DTCT_BUTTON, 0, NULL, 0, NULL, IDC_TEST, { &test } }
};

static const DTCTL server_controls[] =
{
    { DTCT_PAGE, 0, NULL, 0, NULL, 0, { &page } },
    { DTCT_GROUPBOX, 0, NULL, 0, NULL, IDC_SENDING_BOX, { &group } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_SMTP_LABEL, { &label } },
    { DTCT_EDIT, VALUE_FLAGS, NULL, 0, ANY, IDC_SMTP, { &smtp } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_SMTP_PORT_LABEL, { &label } },
    { DTCT_EDIT, VALUE_FLAGS, NULL, 0, DIGITS, IDC_SMTP_PORT, { &smtp_port } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_SMTP_TLS, { &smtp_tls } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_SMTP_STARTTLS, { &smtp_starttls } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_SMTP_NONE, { &smtp_none } },
    { DTCT_GROUPBOX, 0, NULL, 0, NULL, IDC_RECEIVING_BOX, { &group } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_IMAP, { &imap } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_POP3, { &pop3 } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_NOTHING, { &nothing } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_RECEIVE_LABEL, { &label } },
    { DTCT_EDIT, VALUE_FLAGS, NULL, 0, ANY, IDC_RECEIVE, { &receive } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_RECEIVE_PORT_LABEL, { &label } },
    { DTCT_EDIT, VALUE_FLAGS, NULL, 0, DIGITS, IDC_RECEIVE_PORT, { &receive_port } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_RECEIVE_TLS, { &receive_tls } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_RECEIVE_STARTTLS, { &receive_starttls } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_RECEIVE_NONE, { &receive_none } },
    { DTCT_LABEL, 0, NULL, 0, NULL, IDC_FOLDER_LABEL, { &label } },
    { DTCT_EDIT, TEXT_FLAGS, NULL, 0, ANY, IDC_FOLDER, { &folder } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_FOLDERS_NONE, { &folders_none } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_FOLDERS_SUBSCRIBED, { &folders_subscribed } },
    { DTCT_RADIOBUTTON, VALUE_FLAGS, NULL, 0, NULL, IDC_FOLDERS_ALL, { &folders_all } }
};

static const SizedSPropTagArray(14, shown) =
{
    14,
    {
        PR_MAPIXP_DISPLAY_NAME, PR_MAPIXP_ADDRESS, PR_MAPIXP_USER, PR_MAPIXP_PASSWORD,
        PR_MAPIXP_SMTP_LOGIN, PR_MAPIXP_SMTP_HOST, PR_MAPIXP_SMTP_PORT, PR_MAPIXP_SMTP_SECURITY,
        PR_MAPIXP_RECEIVE, PR_MAPIXP_RECEIVE_HOST, PR_MAPIXP_RECEIVE_PORT,
        PR_MAPIXP_RECEIVE_SECURITY, PR_MAPIXP_FOLDER, PR_MAPIXP_FOLDERS
    }
};

/* ---- trying an account ---- */

struct trial
{
    struct settings settings;
    WCHAR words[WORDS_MAX];
    HRESULT hr;
};

static DWORD WINAPI trial_thread(void *data)
{
    struct trial *trial = data;

    trial->hr = logon_try(&trial->settings, NULL, trial->words);
    return 0;
}

/* On another thread, while the windows of this one go on being painted; nothing can be entered. */
static void run_trial(HWND window, struct trial *trial)
{
    HWND top = window ? GetAncestor(window, GA_ROOT) : NULL, focus = GetFocus();
    HANDLE thread = CreateThread(NULL, 0, trial_thread, trial, 0, NULL);
    HCURSOR cursor;
    MSG message;
    WPARAM quit_code = 0;
    BOOL quit = FALSE, enabled = top && IsWindowEnabled(top);

    if (!thread)
    {
        trial_thread(trial);
        return;
    }
    if (enabled) EnableWindow(top, FALSE);
    cursor = SetCursor(LoadCursorW(NULL, (const WCHAR *)IDC_WAIT));
    while (MsgWaitForMultipleObjects(1, &thread, FALSE, INFINITE, QS_ALLINPUT) == WAIT_OBJECT_0 + 1)
    {
        while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        {
            if (message.message != WM_QUIT) DispatchMessageW(&message);
            else
            {
                quit = TRUE;
                quit_code = message.wParam;
            }
        }
    }
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    SetCursor(cursor);
    if (enabled) EnableWindow(top, TRUE);
    if (focus) SetFocus(focus);
    if (quit) PostQuitMessage(quit_code);
}

void account_test(HWND window, IMAPIProp *props)
{
    WCHAR text[WORDS_MAX + 64];
    struct trial trial;

    memset(&trial, 0, sizeof(trial));
    trial.hr = settings_read(props, &trial.settings, trial.words);
    if (SUCCEEDED(trial.hr))
    {
        trial.settings.timeout = TEST_TIMEOUT;
        run_trial(window, &trial);
    }
    settings_free(&trial.settings);
    if (SUCCEEDED(trial.hr))
        lstrcpyW(text, L"The servers were reached, and the account can be used.");
    else _snwprintf(text, ARRAYSIZE(text), L"The account cannot be used: %s.", trial.words);
    text[ARRAYSIZE(text) - 1] = 0;
    MessageBoxW(window, text, L"Internet Mail",
                SUCCEEDED(trial.hr) ? MB_ICONINFORMATION : MB_ICONWARNING);
}

/* ---- what the sheet works on, and its button ---- */

struct sheet
{
    struct prop_object object;          /* IMAPIProp */
    IMAPIControl IMAPIControl_iface;    /* part of it */
};

static struct sheet *impl_from_IMAPIControl(IMAPIControl *iface)
{
    return CONTAINING_RECORD(iface, struct sheet, IMAPIControl_iface);
}

static HRESULT WINAPI control_QueryInterface(IMAPIControl *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIControl))
        return E_NOINTERFACE;
    *ret = iface;
    IMAPIControl_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI control_AddRef(IMAPIControl *iface)
{
    return prop_object_AddRef((IMAPIProp *)&impl_from_IMAPIControl(iface)->object);
}

static ULONG WINAPI control_Release(IMAPIControl *iface)
{
    return prop_object_Release((IMAPIProp *)&impl_from_IMAPIControl(iface)->object);
}

static HRESULT WINAPI control_GetLastError(IMAPIControl *iface, HRESULT hr, ULONG flags,
                                           LPMAPIERROR *ret)
{
    *ret = NULL;
    return S_OK;
}

static HRESULT WINAPI control_Activate(IMAPIControl *iface, ULONG flags, ULONG_PTR ui)
{
    account_test((HWND)ui, (IMAPIProp *)impl_from_IMAPIControl(iface)->object.props);
    return S_OK;
}

static HRESULT WINAPI control_GetState(IMAPIControl *iface, ULONG flags, ULONG *state)
{
    *state = MAPI_ENABLED;
    return S_OK;
}

static const IMAPIControlVtbl control_vtbl =
{
    control_QueryInterface,
    control_AddRef,
    control_Release,
    control_GetLastError,
    control_Activate,
    control_GetState
};

static HRESULT WINAPI sheet_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret)
{
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIProp)) return E_NOINTERFACE;
    *ret = iface;
    IMAPIProp_AddRef(iface);
    return S_OK;
}

static HRESULT WINAPI sheet_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                         ULONG flags, LPUNKNOWN *ret)
{
    struct sheet *sheet = (struct sheet *)iface;

    if (tag != PR_TEST) return prop_object_OpenProperty(iface, tag, iid, options, flags, ret);
    return IMAPIControl_QueryInterface(&sheet->IMAPIControl_iface, iid, (void **)ret);
}

static const IMAPIPropVtbl sheet_vtbl =
{
    sheet_QueryInterface,
    prop_object_AddRef,
    prop_object_Release,
    prop_object_GetLastError,
    prop_object_SaveChanges,
    prop_object_GetProps,
    prop_object_GetPropList,
    sheet_OpenProperty,
    prop_object_SetProps,
    prop_object_DeleteProps,
    prop_object_CopyTo,
    prop_object_CopyProps,
    prop_object_GetNamesFromIDs,
    prop_object_GetIDsFromNames
};

static void sheet_destroy(struct prop_object *object)
{
    free(object);
}

/* ---- showing it ---- */

static void set_first(SPropValue *prop, ULONG tag, LONG value)
{
    prop->ulPropTag = tag;
    prop->dwAlignPad = 0;
    prop->Value.l = value;
}

/* First values for a new account, then what the section has. */
static HRESULT load(IMAPIProp *section, IPropData *data)
{
    SPropValue first[8], *props;
    ULONG count, i;
    HRESULT hr;

    memset(first, 0, sizeof(first));
    set_first(&first[0], PR_MAPIXP_SMTP_PORT, 587);
    set_first(&first[1], PR_MAPIXP_SMTP_SECURITY, MAPIXP_SECURITY_STARTTLS);
    set_first(&first[2], PR_MAPIXP_RECEIVE, MAPIXP_RECEIVE_IMAP);
    set_first(&first[3], PR_MAPIXP_RECEIVE_PORT, 993);
    set_first(&first[4], PR_MAPIXP_RECEIVE_SECURITY, MAPIXP_SECURITY_TLS);
    first[5].ulPropTag = PR_MAPIXP_SMTP_LOGIN;
    first[5].Value.b = TRUE;
    first[6].ulPropTag = PR_MAPIXP_FOLDER;
    first[6].Value.lpszW = (WCHAR *)L"INBOX";
    set_first(&first[7], PR_MAPIXP_FOLDERS, MAPIXP_FOLDERS_NONE);
    if (FAILED(hr = IPropData_SetProps(data, ARRAYSIZE(first), first, NULL))) return hr;
    hr = IMAPIProp_GetProps(section, (SPropTagArray *)&shown, MAPI_UNICODE, &count, &props);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count && SUCCEEDED(hr); i++)
        if (PROP_TYPE(props[i].ulPropTag) != PT_ERROR)
            hr = IPropData_SetProps(data, 1, &props[i], NULL);
    MAPIFreeBuffer(props);
    return hr;
}

static HRESULT build(HINSTANCE instance, BOOL look_only, IMAPITable **display)
{
    DTCTL account[ARRAYSIZE(account_controls)], servers[ARRAYSIZE(server_controls)];
    DTPAGE pages[2];
    ULONG i;

    memcpy(account, account_controls, sizeof(account));
    memcpy(servers, server_controls, sizeof(servers));
    for (i = 0; look_only && i < ARRAYSIZE(account); i++) account[i].ulCtlFlags &= ~DT_EDITABLE;
    for (i = 0; look_only && i < ARRAYSIZE(servers); i++) servers[i].ulCtlFlags &= ~DT_EDITABLE;
    memset(pages, 0, sizeof(pages));
    pages[0].cctl = ARRAYSIZE(account);
    pages[0].lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(IDD_ACCOUNT);
    pages[0].lpctl = account;
    pages[1].cctl = ARRAYSIZE(servers);
    pages[1].lpszResourceName = (LPTSTR)MAKEINTRESOURCEA(IDD_SERVERS);
    pages[1].lpctl = servers;
    return BuildDisplayTable(MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, instance,
                             ARRAYSIZE(pages), pages, 0, display, NULL);
}

HRESULT sheet_show(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, BOOL look_only,
                   IMAPIProp *section, ULONG *count, SPropValue **props)
{
    struct sheet *sheet;
    IMAPITable *display;
    HRESULT hr;

    *count = 0;
    *props = NULL;
    if (!(sheet = calloc(1, sizeof(*sheet)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    sheet->IMAPIControl_iface.lpVtbl = (IMAPIControlVtbl *)&control_vtbl;
    if (FAILED(hr = prop_object_init(&sheet->object, &sheet_vtbl, sheet_destroy)))
    {
        free(sheet);
        return hr;
    }
    hr = load(section, sheet->object.props);
    if (SUCCEEDED(hr)) hr = build(instance, look_only, &display);
    if (SUCCEEDED(hr))
    {
        hr = IMAPISupport_DoConfigPropsheet(support, ui, 0, (LPTSTR)"Internet Mail", display,
                                            (IMAPIProp *)sheet, 0);
        IMAPITable_Release(display);
        /* by tag, since all properties are all but the secure ones; errors are skipped when
         * written */
        if (SUCCEEDED(hr) && !look_only)
            hr = IPropData_GetProps(sheet->object.props, (SPropTagArray *)&shown, MAPI_UNICODE,
                                    count, props);
    }
    IMAPIProp_Release((IMAPIProp *)sheet);
    return FAILED(hr) ? hr : S_OK;
}
