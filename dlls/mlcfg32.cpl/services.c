/*
 * Mail control panel: the window of a profile
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
 * Services with a transport come first, in the order in which transports are asked to take mail,
 * and can be moved; the order of all others means nothing. Moving a service moves its transports
 * together. What can be added is what [Services] of MapiSvc.inf lists.
 */

#include "mlcfg32.h"

struct service
{
    MAPIUID uid;
    WCHAR *name;
    ULONG order;                        /* of its first transport; NO_TRANSPORT: it has none */
    BOOL account;                       /* one of our own mail transport, whose password can be changed */
    BOOL has_store, is_default;         /* the store below; it is the default one */
    MAPIUID store;                      /* the section of its first store */
};

#define NO_TRANSPORT 0xffffffff
#define SERVICES_MAX 1024               /* shown, of what the profile says */

struct services
{
    IMsgServiceAdmin *admin;
    const WCHAR *profile;
    struct layout layout;
    struct service *list;
    ULONG count;
    SRowSet *transports;                /* in their order: PR_SERVICE_UID, PR_PROVIDER_UID, ... */
    BOOL busy;
};

static const struct layout_rule rules[] =
{
    { IDC_SERVICES, GROW_X | GROW_Y },
    { IDC_SERVICE_ACCOUNT, MOVE_X },
    { IDC_SERVICE_ADD, MOVE_X },
    { IDC_SERVICE_REMOVE, MOVE_X },
    { IDC_SERVICE_PROPERTIES, MOVE_X },
    { IDC_SERVICE_PASSWORD, MOVE_X },
    { IDC_SERVICE_STORE, MOVE_X },
    { IDC_SERVICE_UP, MOVE_X },
    { IDC_SERVICE_DOWN, MOVE_X },
    { IDC_SERVICE_TEST, MOVE_X },
    { IDCANCEL, MOVE_X | MOVE_Y }
};

/* ---- what the profile has ---- */

static BOOL is_uid(const SPropValue *prop, ULONG tag)
{
    return prop->ulPropTag == tag && prop->Value.bin.cb == sizeof(MAPIUID);
}

/* The providers of a kind alone, by their ordinal. */
static HRESULT query_providers(IMsgServiceAdmin *admin, LONG kind, SRowSet **rows)
{
    static const SizedSPropTagArray(3, columns)
        = { 3, { PR_SERVICE_UID, PR_PROVIDER_UID, PR_RESOURCE_FLAGS } };
    static const SizedSSortOrderSet(1, order)
        = { 1, 0, 0, { { PR_PROVIDER_ORDINAL, TABLE_SORT_ASCEND } } };
    SRestriction restriction;
    SPropValue type;
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IMsgServiceAdmin_GetProviderTable(admin, 0, &table))) return hr;
    type.ulPropTag = PR_RESOURCE_TYPE;
    type.Value.l = kind;
    restriction.rt = RES_PROPERTY;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_RESOURCE_TYPE;
    restriction.res.resProperty.lpProp = &type;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, (SSortOrderSet *)&order, 0,
                        rows);
    IMAPITable_Release(table);
    return hr;
}

static HRESULT query_services(IMsgServiceAdmin *admin, SRowSet **rows)
{
    static const SizedSPropTagArray(3, columns)
        = { 3, { PR_SERVICE_UID, PR_DISPLAY_NAME_W, PR_SERVICE_NAME_A } };
    IMAPITable *table;
    HRESULT hr;

    *rows = NULL;
    if (FAILED(hr = IMsgServiceAdmin_GetMsgServiceTable(admin, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, rows);
    IMAPITable_Release(table);
    return hr;
}

/* The first of a service; NO_TRANSPORT. */
static ULONG provider_of(const SRowSet *providers, const MAPIUID *service)
{
    ULONG i;

    for (i = 0; i < providers->cRows; i++)
    {
        const SPropValue *uid = &providers->aRow[i].lpProps[0];

        if (is_uid(uid, PR_SERVICE_UID) && IsEqualMAPIUID(uid->Value.bin.lpb, service)) return i;
    }
    return NO_TRANSPORT;
}

static int compare_services(const void *first, const void *second)
{
    const struct service *a = first, *b = second;

    if (a->order != b->order) return a->order < b->order ? -1 : 1;
    return lstrcmpiW(a->name, b->name);
}

static void forget(struct services *services)
{
    ULONG i;

    for (i = 0; i < services->count; i++) free(services->list[i].name);
    free(services->list);
    services->list = NULL;
    services->count = 0;
    if (services->transports) FreeProws(services->transports);
    services->transports = NULL;
}

static WCHAR *service_name(const SPropValue *props)
{
    WCHAR *ret;
    int count;

    if (props[1].ulPropTag == PR_DISPLAY_NAME_W) return _wcsdup(props[1].Value.lpszW);
    if (props[2].ulPropTag != PR_SERVICE_NAME_A) return _wcsdup(L"?");
    count = MultiByteToWideChar(CP_ACP, 0, props[2].Value.lpszA, -1, NULL, 0);
    if ((ret = calloc(max(count, 1), sizeof(*ret))))
        MultiByteToWideChar(CP_ACP, 0, props[2].Value.lpszA, -1, ret, count);
    return ret;
}

static void take_store(const SRowSet *stores, struct service *service)
{
    ULONG index = provider_of(stores, &service->uid);
    const SPropValue *props;

    if (index == NO_TRANSPORT) return;
    props = stores->aRow[index].lpProps;
    if (!is_uid(&props[1], PR_PROVIDER_UID)) return;
    service->has_store = TRUE;
    memcpy(&service->store, props[1].Value.bin.lpb, sizeof(MAPIUID));
    service->is_default = props[2].ulPropTag == PR_RESOURCE_FLAGS
                          && props[2].Value.l & STATUS_DEFAULT_STORE;
}

static HRESULT load(struct services *services)
{
    SRowSet *rows, *stores;
    HRESULT hr;
    ULONG i;

    forget(services);
    if (FAILED(hr = query_providers(services->admin, MAPI_TRANSPORT_PROVIDER,
                                   &services->transports))) return hr;
    if (FAILED(hr = query_providers(services->admin, MAPI_STORE_PROVIDER, &stores))) return hr;
    if (FAILED(hr = query_services(services->admin, &rows)))
    {
        FreeProws(stores);
        return hr;
    }
    if (!(services->list = calloc(max(rows->cRows, 1), sizeof(*services->list))))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; SUCCEEDED(hr) && i < rows->cRows && i < SERVICES_MAX; i++)
    {
        struct service *service = &services->list[services->count];
        const SPropValue *props = rows->aRow[i].lpProps;

        if (!is_uid(&props[0], PR_SERVICE_UID)) continue;
        memcpy(&service->uid, props[0].Value.bin.lpb, sizeof(MAPIUID));
        service->order = provider_of(services->transports, &service->uid);
        service->account = props[2].ulPropTag == PR_SERVICE_NAME_A
                           && !lstrcmpiA(props[2].Value.lpszA, "MAPIXP");
        take_store(stores, service);
        if ((service->name = service_name(props))) services->count++;
        else hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    FreeProws(rows);
    FreeProws(stores);
    if (services->count)
        qsort(services->list, services->count, sizeof(*services->list), compare_services);
    return hr;
}

/* ---- what the window shows ---- */

static int selected(HWND dialog, const struct services *services)
{
    LRESULT index = SendDlgItemMessageW(dialog, IDC_SERVICES, LB_GETCURSEL, 0, 0);

    return index >= 0 && index < services->count ? index : -1;
}

static void enable(HWND dialog, const struct services *services)
{
    int index = selected(dialog, services);
    const struct service *list = services->list;
    BOOL moves = index >= 0 && list[index].order != NO_TRANSPORT;

    EnableWindow(GetDlgItem(dialog, IDC_SERVICE_REMOVE), index >= 0);
    EnableWindow(GetDlgItem(dialog, IDC_SERVICE_PROPERTIES), index >= 0);
    EnableWindow(GetDlgItem(dialog, IDC_SERVICE_UP), moves && index);
    EnableWindow(GetDlgItem(dialog, IDC_SERVICE_DOWN), moves && index + 1 < services->count
                                                       && list[index + 1].order != NO_TRANSPORT);
    EnableWindow(GetDlgItem(dialog, IDC_SERVICE_PASSWORD), index >= 0 && list[index].account);
    EnableWindow(GetDlgItem(dialog, IDC_SERVICE_STORE),
                 index >= 0 && list[index].has_store && !list[index].is_default);
    EnableWindow(GetDlgItem(dialog, IDC_SERVICE_TEST),
                 services->transports && services->transports->cRows);
}

/* select NULL: the first. */
static void fill(HWND dialog, struct services *services, const MAPIUID *select)
{
    HWND list = GetDlgItem(dialog, IDC_SERVICES);
    HRESULT hr = load(services);
    ULONG i, index = 0;

    SendMessageW(list, LB_RESETCONTENT, 0, 0);
    for (i = 0; i < services->count; i++)
    {
        WCHAR words[WORDS_MAX];

        words_format(words, IDS_DEFAULT_STORE, services->list[i].name, NULL);
        SendMessageW(list, LB_ADDSTRING, 0,
                     (LPARAM)(services->list[i].is_default ? words : services->list[i].name));
        if (select && IsEqualMAPIUID(select, &services->list[i].uid)) index = i;
    }
    SendMessageW(list, LB_SETCURSEL, index, 0);
    enable(dialog, services);
    if (FAILED(hr)) error_show(dialog, IDS_FAILED_OPEN, hr, NULL);
}

/* A failure with the service's own words, when it has some. */
static void service_error(HWND dialog, struct services *services, UINT id, HRESULT hr)
{
    MAPIERROR *error = NULL;
    const WCHAR *why = NULL;

    if (SUCCEEDED(IMsgServiceAdmin_GetLastError(services->admin, hr, MAPI_UNICODE, &error))
        && error)
        why = (const WCHAR *)error->lpszError;
    error_show(dialog, id, hr, why && *why ? why : NULL);
    MAPIFreeBuffer(error);
}

/* ---- adding ---- */

/* Where MapiSvc.inf is; as docs/profiles.md says. */
static BOOL inf_path_of(HKEY root, WCHAR path[MAX_PATH])
{
    DWORD size = MAX_PATH * sizeof(WCHAR);

    return !RegGetValueW(root, L"Software\\wine-mapi", L"MapiSvcInf", RRF_RT_REG_SZ, NULL, path,
                         &size)
           && path[0];
}

static BOOL inf_path(WCHAR path[MAX_PATH])
{
    static const WCHAR name[] = L"\\MAPISVC.INF";
    WCHAR *last;
    DWORD length;

    if (inf_path_of(HKEY_CURRENT_USER, path) || inf_path_of(HKEY_LOCAL_MACHINE, path)) return TRUE;
    length = GetModuleFileNameW(GetModuleHandleW(L"mapi32.dll"), path, MAX_PATH - ARRAYSIZE(name));
    if (length && length < MAX_PATH - ARRAYSIZE(name) && (last = wcsrchr(path, '\\')))
    {
        lstrcpyW(last, name);
        if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES) return TRUE;
    }
    length = GetSystemDirectoryW(path, MAX_PATH - ARRAYSIZE(name));
    if (!length || length >= MAX_PATH - ARRAYSIZE(name)) return FALSE;
    lstrcatW(path, name);
    return TRUE;
}

#define INF_SERVICES_MAX 32767          /* characters of a section that Windows reads */

/* KEY=Name lines of [Services], each ended by 0, and 0 after the last; free. */
static WCHAR *inf_services(void)
{
    WCHAR path[MAX_PATH], *lines;

    if (!inf_path(path) || !(lines = calloc(INF_SERVICES_MAX, sizeof(*lines)))) return NULL;
    GetPrivateProfileSectionW(L"Services", lines, INF_SERVICES_MAX, path);
    return lines;
}

struct choice
{
    WCHAR *lines, *chosen;              /* a line is KEY 0 Name 0 once it is split */
    struct layout layout;
};

static const struct layout_rule choice_rules[] =
{
    { IDC_CHOICES, GROW_X | GROW_Y },
    { IDOK, MOVE_X | MOVE_Y },
    { IDCANCEL, MOVE_X | MOVE_Y }
};

static WCHAR *trim(WCHAR *text)
{
    size_t length;

    while (*text == ' ' || *text == '\t') text++;
    length = lstrlenW(text);
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t')) text[--length] = 0;
    return text;
}

static void fill_choices(HWND list, WCHAR *lines)
{
    WCHAR *line, *next, *name, *key;
    LRESULT index;

    for (line = lines; *line; line = next)
    {
        next = line + lstrlenW(line) + 1;
        if (*line == ';' || !(name = wcschr(line, '='))) continue;
        *name = 0;
        key = trim(line);
        name = trim(name + 1);
        if (!*key) continue;
        index = SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)(*name ? name : key));
        if (index >= 0) SendMessageW(list, LB_SETITEMDATA, index, (LPARAM)key);
    }
    SendMessageW(list, LB_SETCURSEL, 0, 0);
}

static INT_PTR CALLBACK choice_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct choice *choice = (struct choice *)GetWindowLongPtrW(dialog, DWLP_USER);
    HWND list = GetDlgItem(dialog, IDC_CHOICES);
    LRESULT index;

    if (message == WM_INITDIALOG)
    {
        choice = (struct choice *)lparam;
        layout_init(&choice->layout, dialog, choice_rules, ARRAYSIZE(choice_rules));
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        fill_choices(list, choice->lines);
        return TRUE;
    }
    if (!choice) return FALSE;
    switch (message)
    {
    case WM_SIZE:
        layout_size(&choice->layout, dialog);
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limits(&choice->layout, (MINMAXINFO *)lparam);
        return TRUE;
    case WM_COMMAND:
        if (LOWORD(wparam) == IDCANCEL) EndDialog(dialog, IDCANCEL);
        if (LOWORD(wparam) != IDOK
            && (LOWORD(wparam) != IDC_CHOICES || HIWORD(wparam) != LBN_DBLCLK))
            return TRUE;
        if ((index = SendMessageW(list, LB_GETCURSEL, 0, 0)) < 0) return TRUE;
        choice->chosen = (WCHAR *)SendMessageW(list, LB_GETITEMDATA, index, 0);
        EndDialog(dialog, IDOK);
        return TRUE;
    default:
        return FALSE;
    }
}

static BOOL had(const SRowSet *before, const SPropValue *uid)
{
    ULONG i;

    for (i = 0; i < before->cRows; i++)
    {
        const SPropValue *old = &before->aRow[i].lpProps[0];

        if (is_uid(old, PR_SERVICE_UID) && IsEqualMAPIUID(old->Value.bin.lpb, uid->Value.bin.lpb))
            return TRUE;
    }
    return FALSE;
}

/* What was not there before. */
static BOOL newest_service(struct services *services, const SRowSet *before, MAPIUID *ret)
{
    BOOL found = FALSE;
    SRowSet *rows;
    ULONG i;

    if (FAILED(query_services(services->admin, &rows))) return FALSE;
    for (i = 0; i < rows->cRows && !found; i++)
    {
        const SPropValue *uid = &rows->aRow[i].lpProps[0];

        if (!is_uid(uid, PR_SERVICE_UID) || had(before, uid)) continue;
        memcpy(ret, uid->Value.bin.lpb, sizeof(*ret));
        found = TRUE;
    }
    FreeProws(rows);
    return found;
}

static void add(HWND dialog, struct services *services)
{
    struct choice choice = { inf_services() };
    SRowSet *before;
    MAPIUID uid;
    HRESULT hr;

    if (!choice.lines || !choice.lines[0])
    {
        WCHAR words[WORDS_MAX], title[64];

        words_format(words, IDS_NO_SERVICES, NULL, NULL);
        LoadStringW(mlcfg32_instance, IDS_TITLE, title, ARRAYSIZE(title));
        MessageBoxW(dialog, words, title, MB_OK | MB_ICONINFORMATION);
    }
    else if (DialogBoxParamW(mlcfg32_instance, MAKEINTRESOURCEW(IDD_CHOOSE), dialog, choice_proc,
                             (LPARAM)&choice) == IDOK
             && SUCCEEDED(hr = query_services(services->admin, &before)))
    {
        hr = IMsgServiceAdmin_CreateMsgService(services->admin, (LPTSTR)choice.chosen, NULL,
                                               (ULONG_PTR)dialog,
                                               MAPI_UNICODE | SERVICE_UI_ALLOWED);
        fill(dialog, services, newest_service(services, before, &uid) ? &uid : NULL);
        FreeProws(before);
        if (FAILED(hr)) service_error(dialog, services, IDS_FAILED_ADD, hr);
    }
    free(choice.lines);
}

/* ---- the other buttons ---- */

struct change
{
    IMsgServiceAdmin *admin;
    MAPIUID *uids;
    ULONG count;
};

static HRESULT delete_service(void *data)
{
    struct change *change = data;

    return IMsgServiceAdmin_DeleteMsgService(change->admin, change->uids);
}

static HRESULT set_order(void *data)
{
    struct change *change = data;

    return IMsgServiceAdmin_MsgServiceTransportOrder(change->admin, change->count, change->uids, 0);
}

static HRESULT run(HWND dialog, struct services *services, HRESULT (*proc)(void *), MAPIUID *uids,
                   ULONG count)
{
    struct change change = { services->admin, uids, count };
    HRESULT hr;

    services->busy = TRUE;
    hr = work_run(dialog, proc, &change);
    services->busy = FALSE;
    return hr;
}

static void remove_service(HWND dialog, struct services *services, int index)
{
    MAPIUID uid = services->list[index].uid;
    WCHAR words[WORDS_MAX], title[64];
    HRESULT hr;

    words_format(words, IDS_REMOVE_SERVICE, services->list[index].name, NULL);
    LoadStringW(mlcfg32_instance, IDS_TITLE, title, ARRAYSIZE(title));
    if (MessageBoxW(dialog, words, title, MB_YESNO | MB_ICONQUESTION) != IDYES) return;
    hr = run(dialog, services, delete_service, &uid, 1);
    fill(dialog, services, NULL);
    if (FAILED(hr)) service_error(dialog, services, IDS_FAILED_REMOVE, hr);
}

static void configure(HWND dialog, struct services *services, int index)
{
    MAPIUID uid = services->list[index].uid;
    HRESULT hr;

    hr = IMsgServiceAdmin_ConfigureMsgService(services->admin, &uid, (ULONG_PTR)dialog,
                                              MAPI_UNICODE | SERVICE_UI_ALWAYS, 0, NULL);
    fill(dialog, services, &uid);
    if (FAILED(hr)) service_error(dialog, services, IDS_FAILED_CONFIGURE, hr);
}

/* The transports of one service, in their order, behind those that are in uids already. */
static void take_transports(const SRowSet *transports, const MAPIUID *service, MAPIUID *uids,
                            ULONG *count)
{
    ULONG i;

    for (i = 0; i < transports->cRows; i++)
    {
        const SPropValue *props = transports->aRow[i].lpProps;

        if (is_uid(&props[0], PR_SERVICE_UID) && is_uid(&props[1], PR_PROVIDER_UID)
            && IsEqualMAPIUID(props[0].Value.bin.lpb, service))
            memcpy(&uids[(*count)++], props[1].Value.bin.lpb, sizeof(MAPIUID));
    }
}

/* first and the service after it change places. */
static void move(HWND dialog, struct services *services, int first, const MAPIUID *select)
{
    MAPIUID uid = *select, *uids;
    ULONG i, count = 0;
    HRESULT hr;

    if (!(uids = calloc(max(services->transports->cRows, 1), sizeof(*uids)))) return;
    for (i = 0; i < services->count && services->list[i].order != NO_TRANSPORT; i++)
    {
        ULONG from = i == first ? i + 1 : i == first + 1 ? i - 1 : i;

        take_transports(services->transports, &services->list[from].uid, uids, &count);
    }
    hr = run(dialog, services, set_order, uids, count);
    free(uids);
    fill(dialog, services, &uid);
    if (FAILED(hr)) service_error(dialog, services, IDS_FAILED_ORDER, hr);
}

static void add_account(HWND dialog, struct services *services)
{
    SRowSet *before;
    MAPIUID uid;

    if (FAILED(query_services(services->admin, &before))) return;
    if (account_add(dialog, services->profile))
        fill(dialog, services, newest_service(services, before, &uid) ? &uid : NULL);
    FreeProws(before);
}

static void change_password(HWND dialog, struct services *services, const struct service *service)
{
    HRESULT hr;

    services->busy = TRUE;
    hr = account_password(dialog, services->admin, &service->uid, service->name);
    services->busy = FALSE;
    if (FAILED(hr)) service_error(dialog, services, IDS_FAILED_PASSWORD, hr);
}

static void make_default(HWND dialog, struct services *services, const struct service *service)
{
    struct store_choice choice = { services->profile, service->store };
    MAPIUID uid = service->uid;
    HRESULT hr;

    services->busy = TRUE;
    hr = work_run(dialog, account_default_store, &choice);
    services->busy = FALSE;
    fill(dialog, services, &uid);
    if (FAILED(hr)) error_show(dialog, IDS_FAILED_STORE, hr, NULL);
}

static void command(HWND dialog, struct services *services, int id, int code)
{
    int index = selected(dialog, services);

    if (services->busy) return;
    if (id == IDC_SERVICES && code == LBN_DBLCLK) id = IDC_SERVICE_PROPERTIES;
    switch (id)
    {
    case IDC_SERVICE_ACCOUNT:
        add_account(dialog, services);
        break;
    case IDC_SERVICE_ADD:
        add(dialog, services);
        break;
    case IDC_SERVICE_PASSWORD:
        if (index >= 0 && services->list[index].account)
            change_password(dialog, services, &services->list[index]);
        break;
    case IDC_SERVICE_STORE:
        if (index >= 0 && services->list[index].has_store && !services->list[index].is_default)
            make_default(dialog, services, &services->list[index]);
        break;
    case IDC_SERVICE_REMOVE:
        if (index >= 0) remove_service(dialog, services, index);
        break;
    case IDC_SERVICE_PROPERTIES:
        if (index >= 0) configure(dialog, services, index);
        break;
    case IDC_SERVICE_UP:
        if (index > 0 && services->list[index].order != NO_TRANSPORT)
            move(dialog, services, index - 1, &services->list[index].uid);
        break;
    case IDC_SERVICE_DOWN:
        if (index >= 0 && index + 1 < services->count
            && services->list[index + 1].order != NO_TRANSPORT)
            move(dialog, services, index, &services->list[index].uid);
        break;
    case IDC_SERVICE_TEST:
        testsettings_show(dialog, services->profile);
        break;
    case IDC_SERVICES:
        if (code == LBN_SELCHANGE) enable(dialog, services);
        break;
    case IDOK:
    case IDCANCEL:
        EndDialog(dialog, id);
        break;
    }
}

static INT_PTR CALLBACK services_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct services *services = (struct services *)GetWindowLongPtrW(dialog, DWLP_USER);
    WCHAR title[WORDS_MAX];

    if (message == WM_INITDIALOG)
    {
        services = (struct services *)lparam;
        layout_init(&services->layout, dialog, rules, ARRAYSIZE(rules));
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        words_format(title, IDS_SERVICES_OF, services->profile, NULL);
        SetWindowTextW(dialog, title);
        fill(dialog, services, NULL);
        return TRUE;
    }
    if (!services) return FALSE;
    switch (message)
    {
    case WM_COMMAND:
        command(dialog, services, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    case WM_SIZE:
        layout_size(&services->layout, dialog);
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limits(&services->layout, (MINMAXINFO *)lparam);
        return TRUE;
    default:
        return FALSE;
    }
}

void services_show(HWND parent, IProfAdmin *admin, const WCHAR *profile)
{
    struct services services = { 0 };
    HRESULT hr;

    services.profile = profile;
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, (ULONG_PTR)parent, MAPI_UNICODE,
                                  &services.admin);
    if (FAILED(hr))
    {
        error_show(parent, IDS_FAILED_OPEN, hr, NULL);
        return;
    }
    DialogBoxParamW(mlcfg32_instance, MAKEINTRESOURCEW(IDD_SERVICES), parent, services_proc,
                    (LPARAM)&services);
    forget(&services);
    IMsgServiceAdmin_Release(services.admin);
}
