/*
 * Property sheets drawn from display tables
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
 * Making a sheet, running it, telling the user. Calls into display table and object may show
 * windows of their own and so dispatch messages: whatever calls holds a reference to the sheet, and
 * looks after the call whether a crash ended the sheet (sheet_check).
 *
 * A modeless sheet's keys are seen by a message hook of its thread, since the caller's message loop
 * does not know of it.
 */

#include "dialog/sheet.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define MIN_WIDTH  160          /* of a page, dialog units */
#define BUTTON_WIDTH 54         /* of a button of the sheet, and what is beside it */
#define MIN_HEIGHT 40

static const WCHAR sheet_property[] = L"MAPI display sheet";

void sheet_addref(struct sheet *sheet)
{
    sheet->ref++;
}

static void sheet_free(struct sheet *sheet)
{
    ULONG i;

    for (i = 0; sheet->pages && i < sheet->table->page_count; i++)
        platform_free(sheet->pages[i].template);
    platform_free(sheet->pages);
    platform_free(sheet->controls);
    display_table_free(sheet->table);
    platform_free(sheet->title);
    platform_free(sheet->button_text);
    platform_free(sheet->id);
    platform_free(sheet->party.name);
    platform_free(sheet);
}

/* Lets go of all that is the caller's; again does nothing. */
static void sheet_detach(struct sheet *sheet)
{
    ULONG i;

    if (sheet->sink)
    {
        sheet_sink_detach(sheet->sink);
        if (sheet->connection) table_Unadvise(&sheet->party, sheet->display, sheet->connection);
        IMAPIAdviseSink_Release(sheet_sink_iface(sheet->sink));
        sheet->sink = NULL;
    }
    for (i = 0; sheet->controls && i < sheet->table->control_count; i++)
    {
        sheet->controls[i].window = NULL;
        control_close(&sheet->controls[i]);
    }
    if (sheet->hook) UnhookWindowsHookEx(sheet->hook);
    sheet->hook = NULL;
    object_Release(&sheet->party, sheet->display);
    sheet->display = NULL;
    object_Release(&sheet->party, sheet->data);
    sheet->data = NULL;
}

void sheet_release(struct sheet *sheet)
{
    if (--sheet->ref) return;
    sheet_detach(sheet);
    sheet_free(sheet);
}

/* ---- telling the user ---- */

static void show_words(struct sheet *sheet, const WCHAR *words)
{
    MessageBoxW(sheet->window, words, sheet->title, MB_OK | MB_ICONEXCLAMATION);
}

void sheet_control_name(const struct sheet_control *control, WCHAR *name, int size)
{
    const struct display_table *table = control->sheet->table;
    const struct display_control *label = NULL;
    ULONG index = control - control->sheet->controls;
    const WCHAR *from;
    int length = 0;

    if (index > table->pages[control->page].first) label = &table->controls[index - 1];
    name[0] = 0;
    if (!label || label->type != DTCT_LABEL) return;
    for (from = label->text; *from
         && length < size - 1; from++) if (*from != '&') name[length++] = *from;
    while (length && (name[length - 1] == ':' || name[length - 1] == ' '
                      || name[length - 1] == '*'))
        length--;
    name[length] = 0;
}

static void format(struct sheet *sheet, UINT id, const WCHAR *name, HRESULT hr, WCHAR *words,
                   int size)
{
    WCHAR text[200];

    words[0] = 0;
    if (!LoadStringW(dialog_instance(), id, text, ARRAY_SIZE(text))) return;
    if (name) _snwprintf(words, size - 1, text, name, (unsigned long)hr);
    else _snwprintf(words, size - 1, text, (unsigned long)hr);
    words[size - 1] = 0;
}

void sheet_complain(struct sheet *sheet, const struct sheet_control *control, IUnknown *object,
                    UINT text, HRESULT hr)
{
    struct last_error error;
    WCHAR words[400], name[100];
    MAPIERROR *said = NULL;

    if (sheet->party.broken) return;            /* sheet_check has the words for that */
    last_error_init(&error);
    if (object) object_GetLastError(&sheet->party, object, hr, &error);
    last_error_get(&error, hr, MAPI_UNICODE, &said);
    last_error_destroy(&error);
    name[0] = 0;
    if (control) sheet_control_name(control, name, ARRAY_SIZE(name));
    if (name[0]) format(sheet, IDS_SHEET_NOT_SAVED_NAMED, name, hr, words, ARRAY_SIZE(words));
    else format(sheet, text, NULL, hr, words, ARRAY_SIZE(words));
    if (said && said->lpszError && *(WCHAR *)said->lpszError)
    {
        lstrcpynW(words + lstrlenW(words), L"\n\n", 3);
        lstrcpynW(words + lstrlenW(words), (WCHAR *)said->lpszError,
                  ARRAY_SIZE(words) - lstrlenW(words));
    }
    memory_free_buffer(said);
    show_words(sheet, words);
}

void sheet_check(struct sheet *sheet)
{
    WCHAR words[200];

    if (!sheet->party.broken || sheet->failed) return;
    sheet->failed = TRUE;
    format(sheet, IDS_SHEET_BROKEN, NULL, 0, words, ARRAY_SIZE(words));
    if (sheet->ready) show_words(sheet, words);
    PostMessageW(sheet->window, PSM_PRESSBUTTON, PSBTN_CANCEL, 0);
}

/* Shows the page and puts the focus there. */
static void go_to(struct sheet_control *control)
{
    struct sheet *sheet = control->sheet;

    SendMessageW(sheet->window, PSM_SETCURSEL, control->page, 0);
    if (!control->window) return;
    sheet_page_show(&sheet->pages[control->page], control->window);
    SetFocus(control->window);
}

BOOL sheet_complete(struct sheet *sheet)
{
    struct sheet_control *control;
    WCHAR words[200], name[100];
    ULONG i;

    for (i = 0; i < sheet->table->control_count; i++)
    {
        control = &sheet->controls[i];
        if (!(control->what->flags & DT_REQUIRED) || !control_editable(control)) continue;
        control_take(control);
        if (!control_empty(control)) continue;
        go_to(control);
        sheet_control_name(control, name, ARRAY_SIZE(name));
        format(sheet, name[0] ? IDS_SHEET_REQUIRED : IDS_SHEET_REQUIRED_UNNAMED, name, 0, words,
               ARRAY_SIZE(words));
        show_words(sheet, words);
        if (control->window) SetFocus(control->window);
        return FALSE;
    }
    return TRUE;
}

/* ---- the window ---- */

static struct sheet *sheet_of(HWND window)
{
    return (struct sheet *)GetPropW(window, sheet_property);
}

/* Keys for a modeless sheet, which the caller's loop would pass by. */
static LRESULT CALLBACK hook_proc(int code, WPARAM wparam, LPARAM lparam)
{
    MSG *message = (MSG *)lparam;
    HWND root;

    if (code == HC_ACTION && wparam == PM_REMOVE && message->message >= WM_KEYFIRST
        && message->message <= WM_KEYLAST && message->hwnd
        && (root = GetAncestor(message->hwnd, GA_ROOT)) && sheet_of(root)
        && SendMessageW(root, PSM_ISDIALOGMESSAGE, 0, lparam))
        message->message = WM_NULL;
    return CallNextHookEx(NULL, code, wparam, lparam);
}

/* The caller's own button stands at the left, in one row with the others. */
static void add_button(struct sheet *sheet)
{
    HWND ok = GetDlgItem(sheet->window, IDOK), button;
    HFONT font = (HFONT)SendMessageW(ok, WM_GETFONT, 0, 0), old;
    RECT rect, sheet_rect;
    SIZE text;
    int width;
    HDC dc;

    if (!sheet->button || !ok) return;
    GetWindowRect(ok, &rect);
    MapWindowPoints(NULL, sheet->window, (POINT *)&rect, 2);
    GetClientRect(sheet->window, &sheet_rect);
    width = rect.right - rect.left;
    if ((dc = GetDC(sheet->window)))
    {
        old = SelectObject(dc, font);
        if (GetTextExtentPoint32W(dc, sheet->button_text, lstrlenW(sheet->button_text), &text))
            width = max(width, text.cx + 16);
        SelectObject(dc, old);
        ReleaseDC(sheet->window, dc);
    }
    width = min(width, rect.left - 12);
    button = CreateWindowExW(WS_EX_NOPARENTNOTIFY, L"Button", sheet->button_text,
                             WS_CHILD | WS_VISIBLE | WS_TABSTOP | WS_GROUP | BS_PUSHBUTTON, 6,
                             rect.top, width, rect.bottom - rect.top, sheet->window,
                             (HMENU)(UINT_PTR)SHEET_BUTTON_ID, dialog_instance(), NULL);
    if (!button) return;
    SendMessageW(button, WM_SETFONT, (WPARAM)font, FALSE);
    /* behind the pages and in front of OK, for the Tab key */
    SetWindowPos(button, GetWindow(ok, GW_HWNDPREV), 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE
                 | SWP_NOACTIVATE);
}

static void press_own_button(struct sheet *sheet)
{
    HRESULT hr;

    if (FAILED(sheet_write(sheet, TRUE))) return;
    hr = sheet_Button(&sheet->party, sheet->button, (ULONG_PTR)sheet->window, sheet->button_context,
                      sheet->id_size, sheet->id);
    if (FAILED(hr) && hr != MAPI_E_USER_CANCEL) sheet_complain(sheet, NULL, NULL, IDS_SHEET_BUTTON,
                                                               hr);
    sheet_check(sheet);
}

/* A modeless sheet stays after OK and Cancel; whoever made it has to take it away. */
static void close_if_done(struct sheet *sheet)
{
    if (!sheet->modeless || !sheet->ready || !sheet->window) return;
    if (!SendMessageW(sheet->window, PSM_GETCURRENTPAGEHWND, 0, 0)) DestroyWindow(sheet->window);
}

static LRESULT CALLBACK sheet_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam,
                                   UINT_PTR id,
                                   DWORD_PTR data)
{
    struct sheet *sheet = (struct sheet *)data;
    LRESULT ret = 0;

    sheet_addref(sheet);
    switch (message)
    {
    case WM_SHEET_READY:
        sheet->ready = TRUE;
        break;
    case WM_SIZE:
        ret = DefSubclassProc(window, message, wparam, lparam);
        if (wparam != SIZE_MINIMIZED) sheet_size_changed(sheet, LOWORD(lparam), HIWORD(lparam));
        break;
    case WM_GETMINMAXINFO:
        ret = DefSubclassProc(window, message, wparam, lparam);
        layout_limit(&sheet->layout, (MINMAXINFO *)lparam);
        break;
    case WM_SHEET_STALE:
        sheet_read_stale(sheet);
        break;
    case WM_SHEET_IMMEDIATE:
        if (!sheet->failed) sheet_write(sheet, TRUE);
        break;
    case WM_COMMAND:
        if (LOWORD(wparam) == SHEET_BUTTON_ID && sheet->button)
        {
            if (HIWORD(wparam) == BN_CLICKED && !sheet->failed) press_own_button(sheet);
            break;
        }
        /* fall through */
    case WM_SYSCOMMAND:
    case WM_CLOSE:
    case PSM_PRESSBUTTON:
        ret = DefSubclassProc(window, message, wparam, lparam);
        close_if_done(sheet);
        break;
    case WM_NCDESTROY:
        RemovePropW(window, sheet_property);
        RemoveWindowSubclass(window, sheet_proc, id);
        ret = DefSubclassProc(window, message, wparam, lparam);
        sheet->window = NULL;
        if (!sheet->modeless) break;
        sheet->closed = TRUE;
        /* before the caller hears of it, unless a call into what would be released goes on: this
         * function has one reference, the window the other */
        if (sheet->ref == 2) sheet_detach(sheet);
        if (sheet->dismiss) sheet_Dismiss(&sheet->party, sheet->dismiss, sheet->ui,
                                          sheet->dismiss_context);
        sheet_release(sheet);
        break;
    default:
        ret = DefSubclassProc(window, message, wparam, lparam);
        break;
    }
    sheet_release(sheet);
    return ret;
}

/* Over its parent, or in the middle of the screen. */
static void place_window(struct sheet *sheet)
{
    RECT area, work, rect;
    int x, y, width, height;

    if (!SystemParametersInfoW(SPI_GETWORKAREA, 0, &work, 0)) return;
    if (!sheet->parent || IsIconic(sheet->parent) || !GetWindowRect(sheet->parent,
                                                                    &area)) area = work;
    GetWindowRect(sheet->window, &rect);
    width = rect.right - rect.left;
    height = rect.bottom - rect.top;
    x = (area.left + area.right - width) / 2;
    y = (area.top + area.bottom - height) / 2;
    x = max(work.left, min(x, work.right - width));
    y = max(work.top, min(y, work.bottom - height));
    SetWindowPos(sheet->window, NULL, x, y, 0, 0, SWP_NOSIZE | SWP_NOZORDER | SWP_NOACTIVATE);
}

void sheet_page_opened(struct sheet_page *page)
{
    struct sheet *sheet = page->sheet;

    if (sheet->window) return;
    sheet->window = GetParent(page->window);
    add_button(sheet);
    sheet_size_start(sheet);
    place_window(sheet);
    SetPropW(sheet->window, sheet_property, sheet);
    SetWindowSubclass(sheet->window, sheet_proc, 0, (DWORD_PTR)sheet);
    PostMessageW(sheet->window, WM_SHEET_READY, 0, 0);
    PostMessageW(sheet->window, WM_SHEET_STALE, 0,
                 0);  /* what was notified before there was a window */
}

/* ---- making it ---- */

static INT_PTR CALLBACK no_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return FALSE;
}

/* The largest page that the screen has room for, in dialog units. */
static SIZE largest_page(void)
{
    static const struct
    {
        WORD version, signature;
        DWORD help, ex_style, style;
        WORD count, x, y, cx, cy, menu, class, title, points, weight;
        BYTE italic, charset;
        WCHAR font[13];
    } template = { 1, 0xffff, 0, 0, DS_SHELLFONT | WS_POPUP, 0, 0, 0, 10, 10, 0, 0, 0, 8,
                   FW_NORMAL, 0, DEFAULT_CHARSET, L"MS Shell Dlg" };
    RECT area, units = { 0, 0, 100, 100 };
    SIZE ret = { 300, 200 };    /* when it cannot be told */
    HWND dialog;

    dialog = CreateDialogIndirectParamW(dialog_instance(), (const DLGTEMPLATE *)&template, NULL,
                                        no_proc, 0);
    if (!dialog) return ret;
    MapDialogRect(dialog, &units);
    DestroyWindow(dialog);
    if (!SystemParametersInfoW(SPI_GETWORKAREA, 0, &area, 0) || units.right <= 0
        || units.bottom <= 0)
        return ret;
    ret.cx = max(MIN_WIDTH, (area.right - area.left) * 100 / units.right - 30);
    /* tabs, buttons, caption */
    ret.cy = max(MIN_HEIGHT, (area.bottom - area.top) * 100 / units.bottom - 75);
    return ret;
}

static BOOL is_editable(const struct sheet *sheet)
{
    ULONG i;

    for (i = 0; i < sheet->table->control_count; i++)
        if (control_editable(&sheet->controls[i])) return TRUE;
    return FALSE;
}

static BOOL page_has_help(const struct display_page *page)
{
    return page->page.component && page->page.context;
}

static BOOL has_help(const struct sheet *sheet)
{
    ULONG i;

    for (i = 0; i < sheet->table->page_count; i++)
        if (page_has_help(&sheet->table->pages[i])) return TRUE;
    return FALSE;
}

static HRESULT make_pages(struct sheet *sheet)
{
    LONG i, buttons = 2 * BUTTON_WIDTH;
    SIZE most = largest_page(), units;
    struct sheet_page *page;

    if (is_editable(sheet)) buttons += BUTTON_WIDTH;
    if (has_help(sheet)) buttons += BUTTON_WIDTH;
    if (sheet->button) buttons += max(BUTTON_WIDTH, 12 + 5 * min(lstrlenW(sheet->button_text), 50));
    for (i = 0; i < (LONG)sheet->table->page_count; i++)
    {
        page = &sheet->pages[i];
        page->sheet = sheet;
        page->index = i;
        units = page->units = sheet_template_units(sheet->table, i);
        units.cx = max(units.cx, max(MIN_WIDTH, buttons));
        units.cy = max(units.cy, MIN_HEIGHT);
        page->template = sheet_template_create(sheet->table, i, sheet->flags & DISPLAY_READ_ONLY,
                                               units,
                                               most);
        if (!page->template) return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    return S_OK;
}

static HRESULT read_display(struct sheet *sheet)
{
    static const SizedSPropTagArray(9, columns) =
    {
        9, { PR_ROWID, PR_XPOS, PR_YPOS, PR_DELTAX, PR_DELTAY, PR_CONTROL_TYPE, PR_CONTROL_FLAGS,
             PR_CONTROL_STRUCTURE, PR_CONTROL_ID }
    };
    SRowSet *rows;
    HRESULT hr;

    /* one that does not take columns shows what it shows */
    table_SetColumns(&sheet->party, sheet->display, (const SPropTagArray *)&columns);
    hr = table_Read(&sheet->party, sheet->display, 0, DISPLAY_MAX_CONTROLS + DISPLAY_MAX_PAGES,
                    &rows);
    if (FAILED(hr)) return hr;
    hr = display_table_parse(rows, &sheet->table);
    rows_free(&memory_allocators, rows);
    if (SUCCEEDED(hr) && sheet->table->skipped)
        WARN("%lu rows of the display table are damaged or too many\n", sheet->table->skipped);
    return hr;
}

static HRESULT sheet_create(const struct display_sheet *from, struct sheet **ret)
{
    struct sheet *sheet;
    ULONG i, j, index = 0;
    HRESULT hr = S_OK;

    if (!(sheet = platform_alloc_zero(sizeof(*sheet)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    sheet->ref = 1;
    sheet->ui = from->ui;
    sheet->parent = IsWindow((HWND)from->ui) ? (HWND)from->ui : NULL;
    sheet->flags = from->flags;
    sheet->changed = (from->flags & DISPLAY_NEW) != 0;
    sheet->display = from->display;
    IMAPITable_AddRef(sheet->display);
    sheet->data = from->data;
    IMAPIProp_AddRef(sheet->data);
    sheet->dismiss = from->dismiss;
    sheet->dismiss_context = from->dismiss_context;
    sheet->title = text_dup(from->title ? from->title : L"");
    sheet->party.name = text_dup(from->title ? from->title : L"");
    if (!sheet->title || !sheet->party.name) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (from->button && SUCCEEDED(hr))
    {
        sheet->button = from->button;
        sheet->button_context = from->button_context;
        if (!(sheet->button_text = text_dup(from->button_text ? from->button_text : L"")))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (from->id_size
            && !(sheet->id = platform_alloc(from->id_size))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if ((sheet->id_size = from->id_size)) memcpy(sheet->id, from->id, from->id_size);
    }
    if (SUCCEEDED(hr)) hr = read_display(sheet);
    if (SUCCEEDED(hr))
    {
        sheet->controls = platform_alloc_zero(sheet->table->control_count
                                              * sizeof(*sheet->controls));
        sheet->pages = platform_alloc_zero(sheet->table->page_count * sizeof(*sheet->pages));
        sheet->sink = sheet_sink_create(sheet);
        if (!sheet->controls || !sheet->pages || !sheet->sink) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr))
    {
        for (i = 0; i < sheet->table->page_count; i++)
        {
            for (j = 0; j < sheet->table->pages[i].count; j++, index++)
            {
                sheet->controls[index].sheet = sheet;
                sheet->controls[index].what = &sheet->table->controls[index];
                sheet->controls[index].page = i;
            }
        }
        hr = make_pages(sheet);
    }
    if (SUCCEEDED(hr))
    {
        /* before the values are read, so that no change is missed */
        table_Advise(&sheet->party, sheet->display, sheet_sink_iface(sheet->sink),
                     &sheet->connection);
        hr = sheet_read(sheet, control_has_property);
        if (hr != MAPI_E_NOT_ENOUGH_MEMORY && !sheet->party.broken) hr = S_OK;
    }
    if (FAILED(hr))
    {
        sheet_release(sheet);
        return hr;
    }
    *ret = sheet;
    return S_OK;
}

static INT_PTR run(struct sheet *sheet, ULONG top_page, BOOL modeless)
{
    INITCOMMONCONTROLSEX controls = { sizeof(controls), ICC_TAB_CLASSES };
    PROPSHEETHEADERW header = { sizeof(header) };
    PROPSHEETPAGEW *pages;
    WCHAR general[64];
    INT_PTR ret;
    ULONG i;

    InitCommonControlsEx(&controls);
    if (!LoadStringW(dialog_instance(), IDS_SHEET_GENERAL, general,
                     ARRAY_SIZE(general))) general[0] = 0;
    if (!(pages = platform_alloc_zero(sheet->table->page_count * sizeof(*pages)))) return -1;
    header.dwFlags = PSH_PROPSHEETPAGE | PSH_NOCONTEXTHELP;
    for (i = 0; i < sheet->table->page_count; i++)
    {
        const struct display_page *what = &sheet->table->pages[i];

        pages[i].dwSize = sizeof(pages[i]);
        pages[i].dwFlags = PSP_DLGINDIRECT | PSP_USETITLE;
        if (page_has_help(what)) pages[i].dwFlags |= PSP_HASHELP;
        pages[i].hInstance = dialog_instance();
        pages[i].pResource = sheet->pages[i].template;
        pages[i].pszTitle = what->page.text[0] ? what->page.text : general;
        pages[i].pfnDlgProc = sheet_page_proc;
        pages[i].lParam = (LPARAM)&sheet->pages[i];
    }
    if (has_help(sheet)) header.dwFlags |= PSH_HASHELP;
    if (!is_editable(sheet) || (sheet->flags & DISPLAY_NEW)) header.dwFlags |= PSH_NOAPPLYNOW;
    if (modeless) header.dwFlags |= PSH_MODELESS;
    header.hwndParent = sheet->parent;
    header.hInstance = dialog_instance();
    header.pszCaption = sheet->title;
    header.nPages = sheet->table->page_count;
    header.nStartPage = top_page < sheet->table->page_count ? top_page : 0;
    header.ppsp = pages;
    ret = PropertySheetW(&header);
    platform_free(pages);
    return ret;
}

HRESULT display_sheet_modal(const struct display_sheet *from)
{
    struct sheet *sheet;
    INT_PTR result;
    HRESULT hr;

    TRACE("%s\n", debugstr_w(from->title));

    if (FAILED(hr = sheet_create(from, &sheet))) return hr;
    result = run(sheet, from->top_page, FALSE);
    if (result < 0 || sheet->failed) hr = MAPI_E_CALL_FAILED;
    else hr = sheet->accepted || sheet->applied ? S_OK : MAPI_E_USER_CANCEL;
    sheet_release(sheet);
    return hr;
}

HRESULT display_sheet_modeless(const struct display_sheet *from, HWND *window)
{
    struct sheet *sheet;
    INT_PTR result;
    HRESULT hr;

    TRACE("%s\n", debugstr_w(from->title));

    *window = NULL;
    if (FAILED(hr = sheet_create(from, &sheet))) return hr;
    sheet_addref(sheet);
    sheet->modeless = TRUE;
    sheet->hook = SetWindowsHookExW(WH_GETMESSAGE, hook_proc, NULL, GetCurrentThreadId());
    result = run(sheet, from->top_page, TRUE);
    if (result <= 0 || !sheet->window)
    {
        sheet->dismiss = NULL;
        if (sheet->window) DestroyWindow(sheet->window);
        else if (!sheet->closed) sheet_release(sheet);
        hr = MAPI_E_CALL_FAILED;
    }
    else *window = sheet->window;
    sheet_release(sheet);
    return hr;
}

HRESULT display_table_show(ULONG_PTR ui, const WCHAR *title, IMAPITable *display, IMAPIProp *data,
                           ULONG flags, ULONG top_page)
{
    struct display_sheet sheet = { ui, title, display, data, flags, top_page };

    return display_sheet_modal(&sheet);
}
