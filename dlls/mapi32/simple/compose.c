/*
 * The window a message is written in
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
 * The user finishes a message: recipients, subject, text and attachments, and sends it, keeps it as
 * a draft, or drops it. Attachments are in the message from the moment they are added; all else
 * goes into it when it is sent or kept.
 *
 * A field of recipients is text, entries divided by semicolons. Behind it stands the list of what
 * it showed last: an entry whose text is still there keeps its properties, wherever the user moved
 * it; all other text is a name to be looked up.
 */

#define COBJMACROS
#include "simple/simple.h"
#include "simple/compose.h"
#include "dialog/dialog.h"
#include "commdlg.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define CLASSES     3
#define PICKED_SIZE 0x8000              /* characters that the file dialog may give */

struct compose
{
    struct draft *draft;
    const WCHAR *subject, *text;        /* to begin with */
    HWND dialog;
    struct layout layout;
    BOOL changed;
    BOOL filling;                       /* what changes now is not the user's doing */
};

static const struct anchor anchors[] =
{
    { IDC_COMPOSE_TO, GROW_X },
    { IDC_COMPOSE_CC, GROW_X },
    { IDC_COMPOSE_BCC, GROW_X },
    { IDC_COMPOSE_SUBJECT, GROW_X },
    { IDC_COMPOSE_TEXT, GROW_X | GROW_Y },
    { IDC_COMPOSE_FILES_LABEL, MOVE_Y },
    { IDC_COMPOSE_FILES, MOVE_Y | GROW_X },
    { IDC_COMPOSE_ADD, MOVE_X | MOVE_Y },
    { IDC_COMPOSE_REMOVE, MOVE_X | MOVE_Y },
    { IDC_COMPOSE_CHECK, MOVE_Y },
    { IDC_COMPOSE_SEND, MOVE_X | MOVE_Y },
    { IDC_COMPOSE_SAVE, MOVE_X | MOVE_Y },
    { IDCANCEL, MOVE_X | MOVE_Y }
};

/* ---- text ---- */

/* Lines end as an edit control wants it (platform_alloc). */
static WCHAR *with_line_ends(const WCHAR *text)
{
    size_t breaks = 0, length;
    const WCHAR *p;
    WCHAR *ret, *q;

    for (p = text; *p; p++) if (*p == '\r' || *p == '\n') breaks++;
    length = p - text;
    if (!(ret = platform_alloc((length + breaks + 1) * sizeof(WCHAR)))) return NULL;
    for (p = text, q = ret; *p; p++)
    {
        if (*p != '\r' && *p != '\n')
        {
            *q++ = *p;
            continue;
        }
        if (*p == '\r' && p[1] == '\n') p++;
        *q++ = '\r';
        *q++ = '\n';
    }
    *q = 0;
    return ret;
}

/* Whether memory was enough. */
static BOOL append(WCHAR **text, const WCHAR *more)
{
    size_t length = *text ? text_length(*text) : 0, size = text_length(more) + 1;
    WCHAR *longer;

    if (!(longer = platform_realloc(*text, (length + size) * sizeof(WCHAR)))) return FALSE;
    memcpy(longer + length, more, size * sizeof(WCHAR));
    *text = longer;
    return TRUE;
}

/* ---- recipients ---- */

/* What a recipient is shown as, so that a one-off reads as it would be typed (platform_alloc). */
static WCHAR *entry_text(const ADRENTRY *entry)
{
    const SPropValue *id = props_find(entry->rgPropVals, entry->cValues, PR_ENTRYID);
    WCHAR *name = dialog_row_text(entry->cValues, entry->rgPropVals, PR_DISPLAY_NAME);
    WCHAR *address = dialog_row_text(entry->cValues, entry->rgPropVals, PR_EMAIL_ADDRESS);
    WCHAR *type = dialog_row_text(entry->cValues, entry->rgPropVals, PR_ADDRTYPE);
    const MAPIUID *uid = id ? entryid_uid(id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb) : NULL;
    BOOL smtp, ok = TRUE;
    WCHAR *ret = NULL, *p;

    if (!name && (name = platform_alloc(sizeof(WCHAR)))) *name = 0;
    if (uid && !memcmp(uid, &uid_one_off, sizeof(*uid)) && address && type && name)
    {
        smtp = !text_compare_nocase(type, L"SMTP");
        if (smtp && !lstrcmpW(name, address)) ok = append(&ret, address);
        else
            ok = append(&ret, name) && append(&ret, smtp ? L" <" : L" [")
                 && (smtp || (append(&ret, type) && append(&ret, L":")))
                 && append(&ret, address) && append(&ret, smtp ? L">" : L"]");
        platform_free(name);
    }
    else ret = name;
    platform_free(address);
    platform_free(type);
    if (!ok)
    {
        platform_free(ret);
        return NULL;
    }
    for (p = ret; p && *p; p++) if (*p == ';' || *p < ' ') *p = ',';
    return ret;
}

static ULONG entry_class(const ADRENTRY *entry)
{
    const SPropValue *type = props_find(entry->rgPropVals, entry->cValues, PR_RECIPIENT_TYPE);
    ULONG class = type ? type->Value.l & 3 : MAPI_TO;

    return class == MAPI_ORIG ? MAPI_TO : class;
}

static void show_recipients(struct compose *compose)
{
    const ADRLIST *list = compose->draft->recipients;
    WCHAR *text[CLASSES] = { NULL }, *name;
    ULONG i, class;

    for (i = 0; i < list->cEntries; i++)
    {
        if (!list->aEntries[i].cValues || !(name = entry_text(list->aEntries + i))) continue;
        class = entry_class(list->aEntries + i) - MAPI_TO;
        if (*name && (!text[class] || append(&text[class], L"; "))) append(&text[class], name);
        platform_free(name);
    }
    compose->filling = TRUE;
    for (class = 0; class < CLASSES; class++)
    {
        SetDlgItemTextW(compose->dialog, IDC_COMPOSE_TO + class, text[class] ? text[class] : L"");
        platform_free(text[class]);
    }
    compose->filling = FALSE;
}

/* The entry of the old list that has this text, and was not taken yet. */
static const ADRENTRY *known_entry(const ADRLIST *old, WCHAR **texts, BYTE *taken,
                                   const WCHAR *text)
{
    ULONG i;

    for (i = 0; i < old->cEntries; i++)
    {
        if (taken[i] || !texts[i] || lstrcmpW(texts[i], text)) continue;
        taken[i] = TRUE;
        return old->aEntries + i;
    }
    return NULL;
}

static HRESULT take_entry(const ADRENTRY *known, const WCHAR *text, ULONG class, ADRENTRY *ret)
{
    SPropValue props[2], *copy;
    ULONG i;
    HRESULT hr;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_RECIPIENT_TYPE;
    props[0].Value.l = class;
    props[1].ulPropTag = PR_DISPLAY_NAME_W;
    props[1].Value.lpszW = (WCHAR *)text;
    if (known) hr = props_copy(memory_exported, known->cValues, known->rgPropVals, &copy);
    else hr = props_copy(memory_exported, ARRAY_SIZE(props), props, &copy);
    if (FAILED(hr)) return hr;
    ret->rgPropVals = copy;
    ret->cValues = known ? known->cValues : ARRAY_SIZE(props);
    for (i = 0; i < ret->cValues; i++)
        if (copy[i].ulPropTag == PR_RECIPIENT_TYPE) copy[i].Value.l = class;
    return S_OK;
}

/* One field's entries, added to the list. */
static HRESULT take_field(WCHAR *field, ULONG class, const ADRLIST *old, WCHAR **texts, BYTE *taken,
                          ADRLIST *list, ULONG room)
{
    WCHAR *start, *end, *next;
    HRESULT hr;

    for (start = field; start; start = next)
    {
        if ((next = wcschr(start, ';'))) *next++ = 0;
        while (*start == ' ' || *start == '\t') start++;
        for (end = start + text_length(start); end > start && (end[-1] == ' ' || end[-1] == '\t'); end--) {}
        *end = 0;
        if (!*start) continue;
        if (list->cEntries == room) return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = take_entry(known_entry(old, texts, taken, start), start, class,
                        list->aEntries + list->cEntries);
        if (FAILED(hr)) return hr;
        list->cEntries++;
    }
    return S_OK;
}

/* The list becomes what the fields say now. */
static HRESULT read_recipients(struct compose *compose)
{
    ADRLIST *old = compose->draft->recipients, *list = NULL;
    WCHAR *fields[CLASSES] = { NULL }, **texts, *p;
    ULONG i, class, room = 0;
    BYTE *taken;
    HRESULT hr;

    texts = platform_alloc_zero((old->cEntries + 1) * sizeof(*texts));
    taken = platform_alloc_zero(old->cEntries + 1);
    hr = texts && taken ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < old->cEntries && SUCCEEDED(hr); i++) texts[i] = entry_text(old->aEntries + i);
    for (class = 0; class < CLASSES && SUCCEEDED(hr); class++)
    {
        fields[class] = dialog_get_text(GetDlgItem(compose->dialog, IDC_COMPOSE_TO + class));
        if (!(p = fields[class])) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        for (room++; p && *p; p++) if (*p == ';') room++;
    }
    if (SUCCEEDED(hr)) hr = memory_exported->allocate(CbNewADRLIST(room), (void **)&list);
    if (SUCCEEDED(hr)) memset(list, 0, CbNewADRLIST(room));
    for (class = 0; class < CLASSES && SUCCEEDED(hr); class++)
        hr = take_field(fields[class], MAPI_TO + class, old, texts, taken, list, room);
    for (class = 0; class < CLASSES; class++) platform_free(fields[class]);
    for (i = 0; texts && i < old->cEntries; i++) platform_free(texts[i]);
    platform_free(texts);
    platform_free(taken);
    if (FAILED(hr))
    {
        if (list) FreePadrlist(list);
        return hr;
    }
    FreePadrlist(old);
    compose->draft->recipients = list;
    return S_OK;
}

/* Whether all names are found, with the user's help. Tells when not. */
static BOOL check_names(struct compose *compose)
{
    HRESULT hr;
    ULONG ret;

    if (FAILED(hr = read_recipients(compose)))
    {
        dialog_tell(compose->dialog, IDS_COMPOSE_NOT_FOUND, hr);
        return FALSE;
    }
    ret = simple_recipients_resolve(compose->draft->session, (ULONG_PTR)compose->dialog, TRUE,
                             compose->draft->recipients);
    show_recipients(compose);
    if (ret && ret != MAPI_E_USER_ABORT) dialog_tell(compose->dialog, IDS_COMPOSE_NOT_FOUND, S_OK);
    return !ret;
}

static void show_book(struct compose *compose, ULONG field)
{
    static ULONG classes[CLASSES] = { MAPI_TO, MAPI_CC, MAPI_BCC };
    ULONG_PTR ui = (ULONG_PTR)compose->dialog;
    ADRPARM parm = { 0 };
    IAddrBook *book;
    HRESULT hr;

    if (FAILED(hr = read_recipients(compose))
        || FAILED(hr = simple_open_book(compose->draft->session, ui, TRUE, &book)))
    {
        dialog_tell(compose->dialog, IDS_COMPOSE_NO_BOOK, hr);
        return;
    }
    parm.ulFlags = DIALOG_MODAL | AB_RESOLVE | AB_UNICODEUI;
    parm.cDestFields = CLASSES;
    parm.nDestFieldFocus = field;
    parm.lpulDestComps = classes;
    hr = IAddrBook_Address(book, &ui, &parm, &compose->draft->recipients);
    IAddrBook_Release(book);
    if (SUCCEEDED(hr))
    {
        compose->changed = TRUE;
        show_recipients(compose);
    }
    else if (hr != MAPI_E_USER_CANCEL) dialog_tell(compose->dialog, IDS_COMPOSE_NO_BOOK, hr);
    SetFocus(GetDlgItem(compose->dialog, IDC_COMPOSE_TO + field));
}

/* ---- attachments ---- */

static void enable_remove(struct compose *compose)
{
    BOOL any = SendDlgItemMessageW(compose->dialog, IDC_COMPOSE_FILES, LB_GETSELCOUNT, 0, 0) > 0;

    EnableWindow(GetDlgItem(compose->dialog, IDC_COMPOSE_REMOVE), any);
}

static void show_files(struct compose *compose)
{
    static const SizedSPropTagArray(4, columns) =
        { 4, { PR_ATTACH_NUM, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W, PR_DISPLAY_NAME_W } };
    const struct simple_session *session = compose->draft->session;
    HWND list = GetDlgItem(compose->dialog, IDC_COMPOSE_FILES);
    struct simple_tags room;
    SRowSet *rows = NULL;
    IMAPITable *table;
    const SRow *row;
    WCHAR *name;
    HRESULT hr;
    LRESULT at;
    ULONG i;

    SendMessageW(list, LB_RESETCONTENT, 0, 0);
    hr = IMessage_GetAttachmentTable(compose->draft->message, simple_width(session), &table);
    if (SUCCEEDED(hr))
    {
        hr = HrQueryAllRows(table, simple_tags(session, &columns, &room), NULL, NULL, 0, &rows);
        IMAPITable_Release(table);
    }
    for (i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
    {
        row = rows->aRow + i;
        name = dialog_row_text(row->cValues, row->lpProps, PR_ATTACH_LONG_FILENAME);
        if (!name) name = dialog_row_text(row->cValues, row->lpProps, PR_ATTACH_FILENAME);
        if (!name) name = dialog_row_text(row->cValues, row->lpProps, PR_DISPLAY_NAME);
        at = SendMessageW(list, LB_ADDSTRING, 0, (LPARAM)(name ? name : L"?"));
        if (at >= 0) SendMessageW(list, LB_SETITEMDATA, at, row->lpProps[0].Value.l);
        platform_free(name);
    }
    if (SUCCEEDED(hr)) FreeProws(rows);
    enable_remove(compose);
}

static BOOL attach(struct compose *compose, const WCHAR *path)
{
    MapiFileDescW file = { 0 };
    ULONG ret;

    file.nPosition = ~0u;
    file.lpszPathName = (WCHAR *)path;
    if (!(ret = attachment_from_file(compose->draft->session, compose->draft->message, &file)))
    {
        compose->changed = TRUE;
        return TRUE;
    }
    WARN("%s: %lu\n", debugstr_w(path), ret);
    dialog_tell(compose->dialog, IDS_COMPOSE_NOT_ATTACHED, S_OK);
    return FALSE;
}

/* Several files: the folder, then names, each with a terminator, and one more. */
static void attach_picked(struct compose *compose, const WCHAR *picked)
{
    const WCHAR *name = picked + text_length(picked) + 1;
    WCHAR *path;

    if (!*name)
    {
        attach(compose, picked);
        return;
    }
    for (; *name; name += text_length(name) + 1)
    {
        path = NULL;
        if (append(&path, picked) && append(&path, L"\\") && append(&path, name)
            && !attach(compose, path))
        {
            platform_free(path);
            break;
        }
        platform_free(path);
    }
}

/* The common dialogs come with the first file: few programs need them just because they can
 * send. */
static void add_files(struct compose *compose)
{
    BOOL (WINAPI *pick)(OPENFILENAMEW *);
    WCHAR *picked, filter[64];
    OPENFILENAMEW open = { sizeof(open) };
    HMODULE module;

    if (!(module = LoadLibraryExW(L"comdlg32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32))) return;
    pick = (void *)GetProcAddress(module, "GetOpenFileNameW");
    if (pick && (picked = platform_alloc_zero((PICKED_SIZE + 1) * sizeof(WCHAR))))
    {
        memset(filter, 0, sizeof(filter));
        dialog_string(IDS_COMPOSE_ALL_FILES, filter, ARRAY_SIZE(filter) - 8);
        lstrcpyW(filter + lstrlenW(filter) + 1, L"*.*");
        open.hwndOwner = compose->dialog;
        open.lpstrFilter = filter;
        open.lpstrFile = picked;
        open.nMaxFile = PICKED_SIZE;
        open.Flags = OFN_ALLOWMULTISELECT | OFN_EXPLORER | OFN_FILEMUSTEXIST | OFN_HIDEREADONLY
                     | OFN_NOCHANGEDIR;
        if (pick(&open)) attach_picked(compose, picked);
        platform_free(picked);
        show_files(compose);
    }
    FreeLibrary(module);
}

static void remove_files(struct compose *compose)
{
    HWND list = GetDlgItem(compose->dialog, IDC_COMPOSE_FILES);
    HRESULT hr = S_OK;
    LRESULT i, count = SendMessageW(list, LB_GETCOUNT, 0, 0);

    for (i = 0; i < count && SUCCEEDED(hr); i++)
    {
        if (SendMessageW(list, LB_GETSEL, i, 0) <= 0) continue;
        hr = IMessage_DeleteAttach(compose->draft->message,
                                   SendMessageW(list, LB_GETITEMDATA, i, 0), 0, NULL, 0);
        compose->changed = TRUE;
    }
    if (FAILED(hr)) dialog_tell(compose->dialog, IDS_COMPOSE_NOT_REMOVED, hr);
    show_files(compose);
    SetFocus(list);
}

/* ---- the end ---- */

static HRESULT read_text(struct compose *compose)
{
    WCHAR *subject = dialog_get_text(GetDlgItem(compose->dialog, IDC_COMPOSE_SUBJECT));
    WCHAR *text = dialog_get_text(GetDlgItem(compose->dialog, IDC_COMPOSE_TEXT));
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;

    if (subject && text) hr = draft_set_text(compose->draft, subject, text);
    platform_free(subject);
    platform_free(text);
    return hr;
}

static void send(struct compose *compose)
{
    HRESULT hr;

    if (!check_names(compose)) return;
    if (!compose->draft->recipients->cEntries)
    {
        dialog_tell(compose->dialog, IDS_COMPOSE_NOBODY, S_OK);
        SetFocus(GetDlgItem(compose->dialog, IDC_COMPOSE_TO));
        return;
    }
    if (FAILED(hr = read_text(compose)) || draft_send(compose->draft))
    {
        dialog_tell(compose->dialog, IDS_COMPOSE_NOT_SENT, hr);
        return;
    }
    EndDialog(compose->dialog, SUCCESS_SUCCESS);
}

/* Names stay as they are: who keeps a draft may look them up the next time. */
static void keep(struct compose *compose)
{
    HRESULT hr;
    ULONG ret = SUCCESS_SUCCESS;

    if (SUCCEEDED(hr = read_recipients(compose)) && SUCCEEDED(hr = read_text(compose)))
        ret = draft_keep(compose->draft);
    if (FAILED(hr) || ret) dialog_tell(compose->dialog, IDS_COMPOSE_NOT_KEPT, hr);
    else EndDialog(compose->dialog, MAPI_E_USER_ABORT);
}

static void cancel(struct compose *compose)
{
    WCHAR text[200], title[80];

    if (compose->changed)
    {
        dialog_string(IDS_COMPOSE_KEEP, text, ARRAY_SIZE(text));
        if (!GetWindowTextW(compose->dialog, title, ARRAY_SIZE(title))) title[0] = 0;
        switch (MessageBoxW(compose->dialog, text, title, MB_YESNOCANCEL | MB_ICONQUESTION))
        {
        case IDYES:
            keep(compose);
            return;
        case IDNO:
            break;
        default:
            return;
        }
    }
    EndDialog(compose->dialog, MAPI_E_USER_ABORT);
}

/* ---- the window ---- */

static void init(struct compose *compose)
{
    WCHAR *text = with_line_ends(compose->text ? compose->text : L"");

    layout_init(&compose->layout, compose->dialog, anchors, ARRAY_SIZE(anchors));
    SendDlgItemMessageW(compose->dialog, IDC_COMPOSE_TEXT, EM_LIMITTEXT, SIMPLE_TEXT_MAX - 1, 0);
    compose->filling = TRUE;
    SetDlgItemTextW(compose->dialog, IDC_COMPOSE_SUBJECT,
                    compose->subject ? compose->subject : L"");
    SetDlgItemTextW(compose->dialog, IDC_COMPOSE_TEXT, text ? text : L"");
    platform_free(text);
    show_recipients(compose);
    show_files(compose);
    compose->filling = FALSE;
    SetFocus(GetDlgItem(compose->dialog, compose->draft->recipients->cEntries ? IDC_COMPOSE_TEXT
                                                                              : IDC_COMPOSE_TO));
    SetForegroundWindow(compose->dialog);
}

static void command(struct compose *compose, UINT id, UINT code)
{
    switch (id)
    {
    case IDC_COMPOSE_TO_BUTTON:
    case IDC_COMPOSE_CC_BUTTON:
    case IDC_COMPOSE_BCC_BUTTON:
        show_book(compose, id - IDC_COMPOSE_TO_BUTTON);
        break;
    case IDC_COMPOSE_TO:
    case IDC_COMPOSE_CC:
    case IDC_COMPOSE_BCC:
    case IDC_COMPOSE_SUBJECT:
    case IDC_COMPOSE_TEXT:
        if (code == EN_CHANGE && !compose->filling) compose->changed = TRUE;
        break;
    case IDC_COMPOSE_FILES:
        if (code == LBN_SELCHANGE) enable_remove(compose);
        break;
    case IDC_COMPOSE_ADD:
        add_files(compose);
        break;
    case IDC_COMPOSE_REMOVE:
        remove_files(compose);
        break;
    case IDC_COMPOSE_CHECK:
        check_names(compose);
        break;
    case IDC_COMPOSE_SEND:
        send(compose);
        break;
    case IDC_COMPOSE_SAVE:
        keep(compose);
        break;
    case IDOK:                          /* Enter in a field */
        SendMessageW(compose->dialog, WM_NEXTDLGCTL, 0, FALSE);
        break;
    case IDCANCEL:
        cancel(compose);
        break;
    }
}

static INT_PTR CALLBACK compose_proc(HWND dialog, UINT message, WPARAM wparam, LPARAM lparam)
{
    struct compose *compose = (struct compose *)GetWindowLongPtrW(dialog, DWLP_USER);

    if (message == WM_INITDIALOG)
    {
        compose = (struct compose *)lparam;
        compose->dialog = dialog;
        SetWindowLongPtrW(dialog, DWLP_USER, lparam);
        init(compose);
        return FALSE;                   /* the focus is set */
    }
    if (!compose) return FALSE;
    switch (message)
    {
    case WM_SIZE:
        if (wparam != SIZE_MINIMIZED)
            layout_size(&compose->layout, dialog, LOWORD(lparam), HIWORD(lparam));
        return TRUE;
    case WM_GETMINMAXINFO:
        layout_limit(&compose->layout, (MINMAXINFO *)lparam);
        return TRUE;
    case WM_VKEYTOITEM:
        if (LOWORD(wparam) == VK_DELETE) remove_files(compose);
        SetWindowLongPtrW(dialog, DWLP_MSGRESULT, LOWORD(wparam) == VK_DELETE ? -2 : -1);
        return LOWORD(wparam) == VK_DELETE ? -2 : -1;
    case WM_COMMAND:
        command(compose, LOWORD(wparam), HIWORD(wparam));
        return TRUE;
    }
    return FALSE;
}

ULONG compose_dialog(struct draft *draft, ULONG_PTR ui, const WCHAR *subject, const WCHAR *text)
{
    struct compose compose = { 0 };
    INT_PTR ret;

    compose.draft = draft;
    compose.subject = subject;
    compose.text = text;
    ret = DialogBoxParamW(dialog_instance(), MAKEINTRESOURCEW(IDD_COMPOSE), dialog_parent(ui),
                          compose_proc, (LPARAM)&compose);
    if (ret < 0)
    {
        WARN("no window: error %lu\n", GetLastError());
        return MAPI_E_FAILURE;
    }
    return ret;
}
