/*
 * Mail transport: its pages in the profile wizard
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
 * WizardEntry and the procedure of two pages, the account and its servers, which are the controls
 * of one dialog resource. The settings are in the property object that the wizard gave; it hands
 * them to ServiceEntry when the user is done. Windows of the wizard run on the thread that called
 * WizardEntry, so what belongs together is found by that thread.
 *
 * What can be guessed from the address, user and servers, is shown in its field with a line that
 * says so, follows what it was guessed from until somebody types there, and is never taken unseen.
 */

#include "transport.h"
#include "sheet.h"
#include "wizard.h"
#include <mapiwz.h>

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define TEXT_MAX 256                    /* characters of a field */

struct pages
{
    struct pages *next;
    DWORD thread;
    IMAPIProp *props;
    int page;                           /* 0: none is shown */
    BOOL filling;                       /* what changes now was not typed */
    WCHAR address[TEXT_MAX];            /* that the guesses are from */
};

static SRWLOCK pages_lock = SRWLOCK_INIT;
static struct pages *all_pages;

static struct pages *find_pages(BOOL take_out)
{
    DWORD thread = GetCurrentThreadId();
    struct pages **place, *ret;

    AcquireSRWLockExclusive(&pages_lock);
    for (place = &all_pages; *place && (*place)->thread != thread; place = &(*place)->next) {}
    if ((ret = *place) && take_out) *place = ret->next;
    ReleaseSRWLockExclusive(&pages_lock);
    return ret;
}

static void forget_pages(void)
{
    struct pages *pages = find_pages(TRUE);

    if (!pages) return;
    IMAPIProp_Release(pages->props);
    free(pages);
}

/* ---- fields ---- */

static void get_text(HWND dialog, int id, WCHAR text[TEXT_MAX])
{
    WCHAR *first = text;
    size_t length;

    text[0] = 0;
    GetDlgItemTextW(dialog, id, text, TEXT_MAX);
    if (id == IDC_WIZ_PASSWORD) return;
    while (*first == ' ') first++;
    length = lstrlenW(first);
    while (length && first[length - 1] == ' ') length--;
    memmove(text, first, length * sizeof(*text));
    text[length] = 0;
}

static void set_text(HWND dialog, struct pages *pages, int id, const WCHAR *text)
{
    pages->filling = TRUE;
    SetDlgItemTextW(dialog, id, text);
    pages->filling = FALSE;
}

/* Which of three radio buttons in a row; 0 to 2. */
static int get_radio(HWND dialog, int first)
{
    int i;

    for (i = 0; i < 2 && IsDlgButtonChecked(dialog, first + i) != BST_CHECKED; i++) {}
    return i;
}

/* The buttons stand TLS, STARTTLS, none. */
static LONG security_of(HWND dialog, int first)
{
    static const LONG securities[]
        = { MAPIXP_SECURITY_TLS, MAPIXP_SECURITY_STARTTLS, MAPIXP_SECURITY_NONE };

    return securities[get_radio(dialog, first)];
}

static int radio_of(LONG security)
{
    return security == MAPIXP_SECURITY_NONE ? 2 : security == MAPIXP_SECURITY_STARTTLS ? 1 : 0;
}

/* The buttons stand IMAP, POP3, nothing. */
static LONG receive_of(HWND dialog)
{
    static const LONG kinds[] = { MAPIXP_RECEIVE_IMAP, MAPIXP_RECEIVE_POP3, MAPIXP_RECEIVE_NOTHING };

    return kinds[get_radio(dialog, IDC_WIZ_IMAP)];
}

/* ---- guesses ---- */

static void guess_host(const WCHAR *address, const WCHAR *first, WCHAR host[TEXT_MAX])
{
    const WCHAR *at = wcsrchr(address, '@');

    host[0] = 0;
    if (at && at[1]) _snwprintf(host, TEXT_MAX, L"%s.%s", first, at + 1);
    host[TEXT_MAX - 1] = 0;
}

static void guess_receive(HWND dialog, const WCHAR *address, BOOL pop, WCHAR host[TEXT_MAX])
{
    guess_host(address, pop ? L"pop" : L"imap", host);
}

/* Is the field as it was guessed? */
static BOOL is_guess(HWND dialog, int id, const WCHAR *guess)
{
    WCHAR text[TEXT_MAX];

    get_text(dialog, id, text);
    return guess[0] && !lstrcmpiW(text, guess);
}

static void show_note(HWND dialog, struct pages *pages)
{
    WCHAR receive[TEXT_MAX], smtp[TEXT_MAX];
    BOOL guessed;

    guess_receive(dialog, pages->address, receive_of(dialog) == MAPIXP_RECEIVE_POP3, receive);
    guess_host(pages->address, L"smtp", smtp);
    guessed = is_guess(dialog, IDC_WIZ_RECEIVE, receive) || is_guess(dialog, IDC_WIZ_SMTP, smtp);
    ShowWindow(GetDlgItem(dialog, IDC_WIZ_NOTE), guessed && pages->page == 2 ? SW_SHOW : SW_HIDE);
}

/* Another address: what was guessed from the last one follows. */
static void guess_servers(HWND dialog, struct pages *pages)
{
    WCHAR address[TEXT_MAX], old[TEXT_MAX], now[TEXT_MAX], text[TEXT_MAX];
    BOOL pop = receive_of(dialog) == MAPIXP_RECEIVE_POP3;

    get_text(dialog, IDC_WIZ_ADDRESS, address);
    guess_receive(dialog, pages->address, pop, old);
    guess_receive(dialog, address, pop, now);
    get_text(dialog, IDC_WIZ_RECEIVE, text);
    if (!text[0] || !lstrcmpiW(text, old)) set_text(dialog, pages, IDC_WIZ_RECEIVE, now);
    guess_host(pages->address, L"smtp", old);
    guess_host(address, L"smtp", now);
    get_text(dialog, IDC_WIZ_SMTP, text);
    if (!text[0] || !lstrcmpiW(text, old)) set_text(dialog, pages, IDC_WIZ_SMTP, now);
    lstrcpyW(pages->address, address);
}

/* The user is called like the address until somebody says otherwise. */
static void guess_user(HWND dialog, struct pages *pages)
{
    WCHAR address[TEXT_MAX], user[TEXT_MAX];

    get_text(dialog, IDC_WIZ_ADDRESS, address);
    get_text(dialog, IDC_WIZ_USER, user);
    if (!user[0] || !lstrcmpW(user, pages->address)) set_text(dialog, pages, IDC_WIZ_USER, address);
    guess_servers(dialog, pages);
}

static void set_port(HWND dialog, int id, LONG port, const LONG *usual, size_t count)
{
    UINT now = GetDlgItemInt(dialog, id, NULL, FALSE);
    size_t i;

    for (i = 0; now && i < count && usual[i] != (LONG)now; i++) {}
    if (i < count) SetDlgItemInt(dialog, id, port, FALSE);
}

/* A port that is one of the usual ones follows kind and security. */
static void follow_ports(HWND dialog)
{
    static const LONG receive[] = { 993, 143, 995, 110 }, smtp[] = { 587, 465, 25 };
    BOOL pop = receive_of(dialog) == MAPIXP_RECEIVE_POP3;
    BOOL tls = security_of(dialog, IDC_WIZ_RECEIVE_TLS) == MAPIXP_SECURITY_TLS;

    set_port(dialog, IDC_WIZ_RECEIVE_PORT, pop ? tls ? 995 : 110 : tls ? 993 : 143, receive,
             ARRAYSIZE(receive));
    tls = security_of(dialog, IDC_WIZ_SMTP_TLS) == MAPIXP_SECURITY_TLS;
    set_port(dialog, IDC_WIZ_SMTP_PORT, tls ? 465 : 587, smtp, ARRAYSIZE(smtp));
}

static void enable_receive(HWND dialog)
{
    static const int ids[] = { IDC_WIZ_RECEIVE, IDC_WIZ_RECEIVE_PORT, IDC_WIZ_RECEIVE_TLS,
                               IDC_WIZ_RECEIVE_STARTTLS, IDC_WIZ_RECEIVE_NONE };
    static const int folders[] = { IDC_WIZ_FOLDERS_NONE, IDC_WIZ_FOLDERS_SUBSCRIBED, IDC_WIZ_FOLDERS_ALL };
    BOOL any = receive_of(dialog) != MAPIXP_RECEIVE_NOTHING;
    BOOL imap = receive_of(dialog) == MAPIXP_RECEIVE_IMAP;
    size_t i;

    for (i = 0; i < ARRAYSIZE(ids); i++) EnableWindow(GetDlgItem(dialog, ids[i]), any);
    for (i = 0; i < ARRAYSIZE(folders); i++) EnableWindow(GetDlgItem(dialog, folders[i]), imap);
}

/* IMAP or POP3 was clicked: a guess for the other becomes one for this. */
static void change_kind(HWND dialog, struct pages *pages)
{
    BOOL pop = receive_of(dialog) == MAPIXP_RECEIVE_POP3;
    WCHAR other[TEXT_MAX], now[TEXT_MAX];

    guess_receive(dialog, pages->address, !pop, other);
    guess_receive(dialog, pages->address, pop, now);
    if (receive_of(dialog) != MAPIXP_RECEIVE_NOTHING && is_guess(dialog, IDC_WIZ_RECEIVE, other))
        set_text(dialog, pages, IDC_WIZ_RECEIVE, now);
    follow_ports(dialog);
    enable_receive(dialog);
    show_note(dialog, pages);
}

/* ---- the property object ---- */

enum
{
    NAME, ADDRESS, USER, PASSWORD, LOGIN, SMTP, SMTP_PORT, SMTP_SECURITY, RECEIVE, RECEIVE_HOST,
    RECEIVE_PORT, RECEIVE_SECURITY, FOLDERS, FIELD_COUNT
};

static const SizedSPropTagArray(FIELD_COUNT, fields) =
{
    FIELD_COUNT,
    {
        PR_MAPIXP_DISPLAY_NAME, PR_MAPIXP_ADDRESS, PR_MAPIXP_USER, PR_MAPIXP_PASSWORD,
        PR_MAPIXP_SMTP_LOGIN, PR_MAPIXP_SMTP_HOST, PR_MAPIXP_SMTP_PORT, PR_MAPIXP_SMTP_SECURITY,
        PR_MAPIXP_RECEIVE, PR_MAPIXP_RECEIVE_HOST, PR_MAPIXP_RECEIVE_PORT, PR_MAPIXP_RECEIVE_SECURITY,
        PR_MAPIXP_FOLDERS
    }
};

static const int text_ids[FIELD_COUNT] =
{
    [NAME] = IDC_WIZ_NAME, [ADDRESS] = IDC_WIZ_ADDRESS, [USER] = IDC_WIZ_USER,
    [PASSWORD] = IDC_WIZ_PASSWORD, [SMTP] = IDC_WIZ_SMTP, [RECEIVE_HOST] = IDC_WIZ_RECEIVE
};

static LONG number_of(const SPropValue *props, ULONG index, LONG normal)
{
    return props[index].ulPropTag == fields.aulPropTag[index] ? props[index].Value.l : normal;
}

static void forget_password(SPropValue *props, ULONG count)
{
    if (count == FIELD_COUNT && props[PASSWORD].ulPropTag == PR_MAPIXP_PASSWORD)
        SecureZeroMemory(props[PASSWORD].Value.lpszW,
                         lstrlenW(props[PASSWORD].Value.lpszW) * sizeof(WCHAR));
    MAPIFreeBuffer(props);
}

/* Into the controls; what is not there yet gets a first value. */
static void load(HWND dialog, struct pages *pages)
{
    SPropValue *props;
    ULONG count, i;
    LONG kind, folders;

    if (FAILED(IMAPIProp_GetProps(pages->props, (SPropTagArray *)&fields, MAPI_UNICODE, &count,
                                  &props)))
        return;
    pages->filling = TRUE;
    for (i = 0; i < FIELD_COUNT; i++)
    {
        if (!text_ids[i]) continue;
        SendDlgItemMessageW(dialog, text_ids[i], EM_LIMITTEXT, TEXT_MAX - 1, 0);
        if (props[i].ulPropTag == fields.aulPropTag[i])
            SetDlgItemTextW(dialog, text_ids[i], props[i].Value.lpszW);
    }
    SendDlgItemMessageW(dialog, IDC_WIZ_SMTP_PORT, EM_LIMITTEXT, 5, 0);
    SendDlgItemMessageW(dialog, IDC_WIZ_RECEIVE_PORT, EM_LIMITTEXT, 5, 0);
    kind = number_of(props, RECEIVE, MAPIXP_RECEIVE_IMAP);
    CheckRadioButton(dialog, IDC_WIZ_IMAP, IDC_WIZ_NOTHING,
                     kind == MAPIXP_RECEIVE_IMAP ? IDC_WIZ_IMAP
                     : kind == MAPIXP_RECEIVE_POP3 ? IDC_WIZ_POP3 : IDC_WIZ_NOTHING);
    CheckRadioButton(dialog, IDC_WIZ_RECEIVE_TLS, IDC_WIZ_RECEIVE_NONE, IDC_WIZ_RECEIVE_TLS
                     + radio_of(number_of(props, RECEIVE_SECURITY, MAPIXP_SECURITY_TLS)));
    CheckRadioButton(dialog, IDC_WIZ_SMTP_TLS, IDC_WIZ_SMTP_NONE, IDC_WIZ_SMTP_TLS
                     + radio_of(number_of(props, SMTP_SECURITY, MAPIXP_SECURITY_STARTTLS)));
    /* The buttons stand in the order of the values. */
    folders = number_of(props, FOLDERS, MAPIXP_FOLDERS_NONE);
    if (folders < MAPIXP_FOLDERS_NONE || folders > MAPIXP_FOLDERS_ALL)
        folders = MAPIXP_FOLDERS_NONE;
    CheckRadioButton(dialog, IDC_WIZ_FOLDERS_NONE, IDC_WIZ_FOLDERS_ALL,
                     IDC_WIZ_FOLDERS_NONE + folders);
    SetDlgItemInt(dialog, IDC_WIZ_RECEIVE_PORT, number_of(props, RECEIVE_PORT, 993), FALSE);
    SetDlgItemInt(dialog, IDC_WIZ_SMTP_PORT, number_of(props, SMTP_PORT, 587), FALSE);
    CheckDlgButton(dialog, IDC_WIZ_LOGIN, props[LOGIN].ulPropTag != PR_MAPIXP_SMTP_LOGIN
                                          || props[LOGIN].Value.b ? BST_CHECKED : BST_UNCHECKED);
    get_text(dialog, IDC_WIZ_ADDRESS, pages->address);
    pages->filling = FALSE;
    enable_receive(dialog);
    forget_password(props, count);
}

static HRESULT save(HWND dialog, struct pages *pages)
{
    WCHAR texts[FIELD_COUNT][TEXT_MAX];
    SPropValue props[FIELD_COUNT + 1];
    HRESULT hr;
    ULONG i;

    memset(props, 0, sizeof(props));
    for (i = 0; i < FIELD_COUNT; i++)
    {
        props[i].ulPropTag = fields.aulPropTag[i];
        if (!text_ids[i]) continue;
        get_text(dialog, text_ids[i], texts[i]);
        props[i].Value.lpszW = texts[i];
    }
    props[LOGIN].Value.b = IsDlgButtonChecked(dialog, IDC_WIZ_LOGIN) == BST_CHECKED;
    props[SMTP_PORT].Value.l = GetDlgItemInt(dialog, IDC_WIZ_SMTP_PORT, NULL, FALSE);
    props[SMTP_SECURITY].Value.l = security_of(dialog, IDC_WIZ_SMTP_TLS);
    props[RECEIVE].Value.l = receive_of(dialog);
    props[RECEIVE_PORT].Value.l = GetDlgItemInt(dialog, IDC_WIZ_RECEIVE_PORT, NULL, FALSE);
    props[FOLDERS].Value.l = get_radio(dialog, IDC_WIZ_FOLDERS_NONE);
    props[RECEIVE_SECURITY].Value.l = security_of(dialog, IDC_WIZ_RECEIVE_TLS);
    /* Accounts are told apart by their addresses. */
    props[FIELD_COUNT].ulPropTag = PR_DISPLAY_NAME_W;
    props[FIELD_COUNT].Value.lpszW = texts[ADDRESS];
    hr = IMAPIProp_SetProps(pages->props, FIELD_COUNT + 1, props, NULL);
    SecureZeroMemory(texts[PASSWORD], sizeof(texts[PASSWORD]));
    return hr;
}

/* ---- pages ---- */

static void show_page(HWND dialog, struct pages *pages, int page)
{
    static const int account[]
        = { IDC_WIZ_NAME_LABEL, IDC_WIZ_NAME, IDC_WIZ_ADDRESS_LABEL, IDC_WIZ_ADDRESS, IDC_WIZ_USER_LABEL,
            IDC_WIZ_USER, IDC_WIZ_PASSWORD_LABEL, IDC_WIZ_PASSWORD, IDC_WIZ_PASSWORD_NOTE };
    static const int servers[]
        = { IDC_WIZ_KIND_LABEL, IDC_WIZ_IMAP, IDC_WIZ_POP3, IDC_WIZ_NOTHING, IDC_WIZ_RECEIVE_LABEL,
            IDC_WIZ_RECEIVE, IDC_WIZ_RECEIVE_PORT_LABEL, IDC_WIZ_RECEIVE_PORT, IDC_WIZ_RECEIVE_TLS,
            IDC_WIZ_RECEIVE_STARTTLS, IDC_WIZ_RECEIVE_NONE, IDC_WIZ_FOLDERS_LABEL, IDC_WIZ_FOLDERS_NONE,
            IDC_WIZ_FOLDERS_SUBSCRIBED, IDC_WIZ_FOLDERS_ALL, IDC_WIZ_SMTP_TITLE, IDC_WIZ_SMTP_LABEL,
            IDC_WIZ_SMTP, IDC_WIZ_SMTP_PORT_LABEL, IDC_WIZ_SMTP_PORT, IDC_WIZ_SMTP_TLS,
            IDC_WIZ_SMTP_STARTTLS, IDC_WIZ_SMTP_NONE, IDC_WIZ_LOGIN, IDC_WIZ_TEST };
    size_t i;

    pages->page = page;
    for (i = 0; i < ARRAYSIZE(account); i++)
        ShowWindow(GetDlgItem(dialog, account[i]), page == 1 ? SW_SHOW : SW_HIDE);
    for (i = 0; i < ARRAYSIZE(servers); i++)
        ShowWindow(GetDlgItem(dialog, servers[i]), page == 2 ? SW_SHOW : SW_HIDE);
    if (page == 2) guess_servers(dialog, pages);
    show_note(dialog, pages);
}

static BOOL complain(HWND dialog, int id, const WCHAR *words)
{
    MessageBoxW(dialog, words, L"Internet Mail", MB_OK | MB_ICONWARNING);
    if (GetDlgItem(dialog, id))
        SendMessageW(dialog, WM_NEXTDLGCTL, (WPARAM)GetDlgItem(dialog, id), TRUE);
    return FALSE;
}

static BOOL check_account(HWND dialog)
{
    WCHAR text[TEXT_MAX];

    get_text(dialog, IDC_WIZ_ADDRESS, text);
    if (!settings_is_address(text))
        return complain(dialog, IDC_WIZ_ADDRESS, text[0]
                        ? L"The e-mail address is to be like joe@example.org, without blanks."
                        : L"Please enter your e-mail address.");
    get_text(dialog, IDC_WIZ_USER, text);
    if (!text[0]) return TRUE;
    if (!GetWindowTextLengthW(GetDlgItem(dialog, IDC_WIZ_PASSWORD)))
        return complain(dialog, IDC_WIZ_PASSWORD, L"Please enter the password of the account.");
    return TRUE;
}

static BOOL check_server(HWND dialog, int host, int port, const WCHAR *missing)
{
    WCHAR text[TEXT_MAX];
    UINT number;

    get_text(dialog, host, text);
    if (!text[0]) return complain(dialog, host, missing);
    if (!settings_is_host(text))
        return complain(dialog, host, L"The name of the server is no name or address of a host.");
    number = GetDlgItemInt(dialog, port, NULL, FALSE);
    if (!number || number > 65535)
        return complain(dialog, port, L"A port is a number from 1 to 65535.");
    return TRUE;
}

static BOOL check_servers(HWND dialog, struct pages *pages)
{
    WCHAR words[WORDS_MAX], text[WORDS_MAX + 64];
    struct settings settings;
    HRESULT hr;

    if (receive_of(dialog) != MAPIXP_RECEIVE_NOTHING
        && !check_server(dialog, IDC_WIZ_RECEIVE, IDC_WIZ_RECEIVE_PORT,
                         L"Please enter the server that your mail comes from, or choose Nothing."))
        return FALSE;
    if (!check_server(dialog, IDC_WIZ_SMTP, IDC_WIZ_SMTP_PORT,
                      L"Please enter the server that sends your mail."))
        return FALSE;
    if (FAILED(save(dialog, pages))) return complain(dialog, 0, L"There is not enough memory.");
    hr = settings_read(pages->props, &settings, words);
    settings_free(&settings);
    if (SUCCEEDED(hr)) return TRUE;
    _snwprintf(text, ARRAYSIZE(text), L"The account cannot be used: %s.", words);
    text[ARRAYSIZE(text) - 1] = 0;
    return complain(dialog, 0, text);
}

/* Next or Back; TRUE: moved, onto another page or out of them. */
static BOOL turn(HWND dialog, struct pages *pages, BOOL forward)
{
    int page = pages->page;

    if (!page) page = forward ? 1 : 2;
    else if (forward)
    {
        if (page == 1 ? !check_account(dialog) : !check_servers(dialog, pages)) return FALSE;
        page++;
    }
    else page--;
    if (pages->page && FAILED(save(dialog, pages))) return FALSE;
    show_page(dialog, pages, page > 2 ? 0 : page);
    return TRUE;
}

static BOOL command(HWND dialog, struct pages *pages, UINT id, UINT code)
{
    if (id == WIZ_NEXT || id == WIZ_PREV) return turn(dialog, pages, id == WIZ_NEXT);
    switch (id)
    {
    case IDC_WIZ_ADDRESS:
        if (code == EN_CHANGE && !pages->filling) guess_user(dialog, pages);
        return TRUE;
    case IDC_WIZ_RECEIVE:
    case IDC_WIZ_SMTP:
        if (code == EN_CHANGE && !pages->filling) show_note(dialog, pages);
        return TRUE;
    case IDC_WIZ_IMAP:
    case IDC_WIZ_POP3:
    case IDC_WIZ_NOTHING:
        if (code == BN_CLICKED) change_kind(dialog, pages);
        return TRUE;
    case IDC_WIZ_RECEIVE_TLS:
    case IDC_WIZ_RECEIVE_STARTTLS:
    case IDC_WIZ_RECEIVE_NONE:
    case IDC_WIZ_SMTP_TLS:
    case IDC_WIZ_SMTP_STARTTLS:
    case IDC_WIZ_SMTP_NONE:
        if (code == BN_CLICKED) follow_ports(dialog);
        return TRUE;
    case IDC_WIZ_TEST:
        if (code == BN_CLICKED && check_servers(dialog, pages)) account_test(dialog, pages->props);
        return TRUE;
    default:
        return FALSE;
    }
}

static BOOL WINAPI wizard_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct pages *pages = find_pages(FALSE);

    if (!pages) return FALSE;
    switch (message)
    {
    case WM_INITDIALOG:
        pages->page = 0;
        load(dialog, pages);
        return TRUE;
    case WIZ_QUERYNUMPAGES:
        return (BOOL)2;
    case WM_COMMAND:
        return command(dialog, pages, LOWORD(wparam), HIWORD(wparam));
    case WM_CLOSE:
        forget_pages();
        return TRUE;
    default:
        return FALSE;
    }
}

/***********************************************************************
 * WizardEntry (MAPIXP32.@)
 *
 * The WIZARDENTRY of the service MAPIXP: names the dialog resource of its pages and their procedure.
 */
ULONG WINAPI WizardEntry(HINSTANCE instance, LPTSTR *resource, DLGPROC *proc, LPMAPIPROP props,
                         LPVOID support)
{
    struct pages *pages;

    TRACE("(%p, %p)\n", instance, props);

    if (!resource || !proc || !props) return MAPI_E_CALL_FAILED;
    if (!(pages = calloc(1, sizeof(*pages)))) return MAPI_E_CALL_FAILED;
    forget_pages();
    pages->thread = GetCurrentThreadId();
    pages->props = props;
    IMAPIProp_AddRef(props);
    AcquireSRWLockExclusive(&pages_lock);
    pages->next = all_pages;
    all_pages = pages;
    ReleaseSRWLockExclusive(&pages_lock);
    *resource = (LPTSTR)"INTERNETMAIL";
    *proc = (DLGPROC)(void *)wizard_proc;
    return S_OK;
}
