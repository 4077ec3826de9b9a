/*
 * Tests of details and of the sample service's configuration sheet
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

/* Numbers of controls are their place on the pages of tests/providers/sample/details.c and
 * config.c. */

#define COBJMACROS
#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "sample.h"
#include "sheetdrive.h"

enum { GENERAL_NAME = 2, GENERAL_TITLE = 4, GENERAL_LANGUAGE = 8, GENERAL_RICH = 9, GENERAL_PHONE = 12 };
enum { MORE_COMMENT = 1, MORE_PHONES = 3, MORE_OFFICE = 5, MORE_COLLEAGUES = 7, MORE_LOOKS = 11, MORE_COUNT = 12 };
enum { CONFIG_DIRECTORY = 1, CONFIG_ACCOUNT = 3, CONFIG_PASSWORD = 5, CONFIG_PORT = 7, CONFIG_SECURE = 8 };

static char profile[] = "DetailsTest";
static const WCHAR user_title[] = L"Ada Lovelace Properties";
static const WCHAR other_title[] = L"Somebody Else Properties";
static const WCHAR config_title[] = L"Sample Message Service";

static ULONG user_size;
static ENTRYID *user_id;

static DWORD WINAPI driver_thread(void *driver)
{
    ((void (*)(void))driver)();
    return 0;
}

static HANDLE drive(void (*driver)(void))
{
    return CreateThread(NULL, 0, driver_thread, driver, 0, NULL);
}

/* The entry ID of a person in the sample's directory. */
static BOOL find_user(IAddrBook *book, IABContainer *container)
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_ENTRYID, PR_DISPLAY_NAME_W, PR_OBJECT_TYPE }};
    IABContainer *child;
    IMAPITable *table;
    SRowSet *rows;
    BOOL ret = FALSE;
    ULONG type, i;
    int pass;

    for (pass = 0; pass < 2 && !ret; pass++)
    {
        if (FAILED(pass ? IABContainer_GetHierarchyTable(container, 0, &table)
                   : IABContainer_GetContentsTable(container, MAPI_UNICODE, &table)))
            continue;
        if (FAILED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
        {
            IMAPITable_Release(table);
            continue;
        }
        for (i = 0; i < rows->cRows && !ret; i++)
        {
            SPropValue *props = rows->aRow[i].lpProps;

            if (pass)
            {
                if (FAILED(IAddrBook_OpenEntry(book, props[0].Value.bin.cb,
                                               (ENTRYID *)props[0].Value.bin.lpb, NULL,
                                               MAPI_BEST_ACCESS, &type, (IUnknown **)&child)))
                    continue;
                ret = find_user(book, child);
                IABContainer_Release(child);
            }
            else if (props[1].ulPropTag == PR_DISPLAY_NAME_W
                     && !lstrcmpW(props[1].Value.lpszW, L"Ada Lovelace"))
            {
                user_size = props[0].Value.bin.cb;
                MAPIAllocateBuffer(user_size, (void **)&user_id);
                memcpy(user_id, props[0].Value.bin.lpb, user_size);
                ret = TRUE;
            }
        }
        FreeProws(rows);
        IMAPITable_Release(table);
    }
    return ret;
}

static SCODE pressed_result;
static LONG pressed, dismissed;
static ULONG_PTR pressed_ui;
static BOOL pressed_right;

static SCODE WINAPI on_button(ULONG_PTR ui, void *context, ULONG size, ENTRYID *id, ULONG flags)
{
    pressed_ui = ui;
    pressed_right = context == &pressed && size == user_size && !memcmp(id, user_id, size)
                    && !flags;
    InterlockedIncrement(&pressed);
    return pressed_result;
}

static void WINAPI on_dismiss(ULONG_PTR ui, void *context)
{
    ok(context == &dismissed, "another context\n");
    InterlockedIncrement(&dismissed);
}

static HWND extra_button(HWND sheet, const WCHAR *text)
{
    return FindWindowExW(sheet, NULL, L"Button", text);
}

static void drive_user(void)
{
    HWND sheet = sheet_wait(user_title), button = NULL;
    int i;

    if (!sheet) return;
    ok(sheet_page_count(sheet) == 2, "%d pages\n", sheet_page_count(sheet));
    ok(!lstrcmpW(sheet_text(sheet, GENERAL_NAME), L"Ada Lovelace"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, GENERAL_NAME)));
    ok(!lstrcmpW(sheet_text(sheet, GENERAL_TITLE), L"Dr."), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, GENERAL_TITLE)));
    ok(sheet_items(sheet, GENERAL_LANGUAGE, FALSE) == 3
           && sheet_chosen(sheet, GENERAL_LANGUAGE, FALSE) == 1,
       "language %d of %d\n", sheet_chosen(sheet, GENERAL_LANGUAGE, FALSE),
       sheet_items(sheet, GENERAL_LANGUAGE, FALSE));
    ok(sheet_checked(sheet, GENERAL_RICH) && sheet_checked(sheet, GENERAL_PHONE), "not checked\n");

    SHEET_WAIT((button = extra_button(sheet, L"&Extra")));
    SendMessageW(sheet, WM_COMMAND, MAKEWPARAM(GetDlgCtrlID(button), BN_CLICKED), (LPARAM)button);
    ok(pressed == 1 && pressed_right, "pressed %ld times\n", pressed);
    ok(pressed_ui == (ULONG_PTR)sheet, "another window\n");

    sheet_go_to(sheet, 1);
    ok(sheet_items(sheet, MORE_PHONES, TRUE) == 2, "%d numbers\n",
       sheet_items(sheet, MORE_PHONES, TRUE));
    ok(sheet_items(sheet, MORE_OFFICE, TRUE) == 6 && sheet_chosen(sheet, MORE_OFFICE, TRUE) == 1,
       "office %d\n", sheet_chosen(sheet, MORE_OFFICE, TRUE));
    ok(sheet_items(sheet, MORE_COLLEAGUES, TRUE) == 3, "%d people\n",
       sheet_items(sheet, MORE_COLLEAGUES, TRUE));
    /* the button tells of the number beside it, and dims itself after the third time */
    for (i = 1; i <= 3; i++)
    {
        WCHAR text[] = { '0' + i, 0 };

        sheet_click(sheet, MORE_COUNT);
        SHEET_WAIT(!lstrcmpW(sheet_text(sheet, MORE_LOOKS), text));
    }
    SHEET_WAIT(!IsWindowEnabled(sheet_control(sheet, MORE_COUNT)));
    sheet_press(sheet, PSBTN_OK);
}

static void test_modal(IAddrBook *book)
{
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    hr = IAddrBook_Details(book, NULL, NULL, NULL, user_size, user_id, NULL, NULL, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, 0, NULL, NULL, NULL, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, NULL, NULL, NULL, 0x100);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, NULL, NULL, NULL,
                           DIALOG_MODAL | DIALOG_SDI);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);

    thread = drive(drive_user);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, on_button, &pressed,
                           (LPTSTR) "&Extra", DIALOG_MODAL);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void drive_cancel(void)
{
    HWND sheet = sheet_wait(user_title);

    if (!sheet) return;
    ok(!extra_button(sheet, L"&Extra"), "a button without a text\n");
    sheet_press(sheet, PSBTN_CANCEL);
}

/* ---- a larger window ---- */

/* Of what a sheet is made of: itself, its tabs, its page, and a few controls. */
enum { SIZED_SHEET, SIZED_TABS, SIZED_PAGE, SIZED_OK, SIZED_FIRST, SIZED_COUNT = SIZED_FIRST + 13 };

static void sheet_rects(HWND sheet, RECT *rects)
{
    ULONG i;

    GetWindowRect(sheet, &rects[SIZED_SHEET]);
    GetWindowRect((HWND)SendMessageW(sheet, PSM_GETTABCONTROL, 0, 0), &rects[SIZED_TABS]);
    GetWindowRect(sheet_page(sheet), &rects[SIZED_PAGE]);
    GetWindowRect(GetDlgItem(sheet, IDOK), &rects[SIZED_OK]);
    for (i = SIZED_FIRST; i < SIZED_COUNT; i++)
        GetWindowRect(sheet_control(sheet, i - SIZED_FIRST), &rects[i]);
}

static int width(const RECT *rect)
{
    return rect->right - rect->left;
}

static int height(const RECT *rect)
{
    return rect->bottom - rect->top;
}

static void sheet_grow(HWND sheet, const RECT *from, int dx, int dy)
{
    SetWindowPos(sheet, NULL, 0, 0, width(from) + dx, height(from) + dy, SWP_NOMOVE | SWP_NOZORDER);
}

/* How the n-th of them changed. */
#define GREW_X(n) (width(&after[n]) - width(&before[n]))
#define GREW_Y(n) (height(&after[n]) - height(&before[n]))
#define WENT_X(n) (after[n].left - after[0].left - before[n].left + before[0].left)
#define WENT_Y(n) (after[n].top - after[0].top - before[n].top + before[0].top)

static void drive_sizes(void)
{
    RECT before[SIZED_COUNT], after[SIZED_COUNT], drop, dropped;
    HWND sheet = sheet_wait(user_title);
    const int comment = SIZED_FIRST + MORE_COMMENT, phones = SIZED_FIRST + MORE_PHONES;
    const int office = SIZED_FIRST + MORE_OFFICE, colleagues = SIZED_FIRST + MORE_COLLEAGUES;
    const int nicks = SIZED_FIRST + MORE_LOOKS - 2, count = SIZED_FIRST + MORE_COUNT;
    int i, j, edge;

    if (!sheet) return;
    ok(GetWindowLongW(sheet, GWL_STYLE) & WS_THICKFRAME, "has no sizing border\n");
    sheet_rects(sheet, before);

    /* the first page has nothing that could be higher */
    sheet_grow(sheet, before, 120, 90);
    sheet_rects(sheet, after);
    for (i = SIZED_SHEET; i <= SIZED_PAGE; i++)
        ok(GREW_X(i) == 120 && GREW_Y(i) == 90, "%d grew by %d, %d\n", i, GREW_X(i), GREW_Y(i));
    ok(!GREW_X(SIZED_OK) && !GREW_Y(SIZED_OK) && WENT_X(SIZED_OK) == 120 && WENT_Y(SIZED_OK) == 90,
       "OK went by %d, %d\n", (int)WENT_X(SIZED_OK), (int)WENT_Y(SIZED_OK));
    i = SIZED_FIRST + GENERAL_NAME;
    ok(GREW_X(i) == 120 && !GREW_Y(i) && !WENT_X(i) && !WENT_Y(i), "the name grew by %d, %d\n",
       GREW_X(i), GREW_Y(i));

    /* the second is placed when it shows */
    sheet_go_to(sheet, 1);
    sheet_rects(sheet, after);
    ok(width(&after[SIZED_PAGE]) == width(&before[SIZED_PAGE]) + 120
           && height(&after[SIZED_PAGE]) == height(&before[SIZED_PAGE]) + 90,
       "another size of the page\n");
    sheet_grow(sheet, before, 0, 0);
    sheet_rects(sheet, before);
    SendMessageW(sheet_control(sheet, MORE_LOOKS - 2), CB_GETDROPPEDCONTROLRECT, 0, (LPARAM)&drop);
    ok(height(&before[comment]) > 8 && height(&before[office]) > 8, "no room\n");
    sheet_grow(sheet, before, 120, 90);
    sheet_rects(sheet, after);
    edge = GREW_Y(comment) + GREW_Y(office);
    ok(edge >= 88 && edge <= 92 && GREW_Y(comment) > 20 && GREW_Y(office) > 20,
       "grew by %d and %d\n", GREW_Y(comment), GREW_Y(office));
    ok(GREW_Y(phones) == GREW_Y(comment) && GREW_Y(colleagues) == GREW_Y(office),
       "grew by %d and %d\n", GREW_Y(phones), GREW_Y(colleagues));
    edge = GREW_X(comment) + GREW_X(phones);
    ok(edge >= 110 && edge <= 122, "grew by %d and %d\n", GREW_X(comment), GREW_X(phones));
    ok(!GREW_Y(nicks) && GREW_X(nicks) > 60 && WENT_Y(nicks) >= 88,
       "the list that drops grew by %d, %d\n", GREW_X(nicks), GREW_Y(nicks));
    SendMessageW(sheet_control(sheet, MORE_LOOKS - 2), CB_GETDROPPEDCONTROLRECT, 0,
                 (LPARAM)&dropped);
    ok(height(&drop) == height(&dropped), "it drops %d, not %d\n", height(&dropped), height(&drop));
    ok(!GREW_X(count) && !GREW_Y(count) && WENT_X(count) >= 118,
       "the button grew by %d, went by %d\n", GREW_X(count), (int)WENT_X(count));
    for (i = SIZED_FIRST; i < SIZED_COUNT; i++)
    {
        RECT both;

        IntersectRect(&both, &after[i], &after[SIZED_PAGE]);
        ok(EqualRect(&both, &after[i]), "%d leaves the page\n", i - SIZED_FIRST);
        for (j = i + 1; j < SIZED_COUNT; j++)
            if (!IntersectRect(&both, &before[i], &before[j]))
                ok(!IntersectRect(&both, &after[i], &after[j]), "%d covers %d\n", i - SIZED_FIRST,
                   j - SIZED_FIRST);
    }

    /* no smaller than it was made, and then as it was */
    sheet_grow(sheet, before, -100, -100);
    sheet_rects(sheet, after);
    for (i = 0; i < SIZED_COUNT; i++)
        ok(!GREW_X(i) && !GREW_Y(i) && !WENT_X(i) && !WENT_Y(i),
           "%d grew by %d, %d and went by %d, %d\n", i, GREW_X(i), GREW_Y(i), (int)WENT_X(i),
           (int)WENT_Y(i));
    sheet_press(sheet, PSBTN_CANCEL);
}

static BOOL soon(BOOL (*condition)(HWND, const RECT *), HWND window, const RECT *before)
{
    DWORD start = GetTickCount();

    while (!condition(window, before))
    {
        if (GetTickCount() - start > 10000) return FALSE;
        Sleep(10);
    }
    return TRUE;
}

static BOOL is_sizing(HWND window, const RECT *before)
{
    return sheet_sizing(window);
}

static BOOL is_not_sizing(HWND window, const RECT *before)
{
    return !sheet_sizing(window);
}

static BOOL is_at_edge(HWND window, const RECT *before)
{
    POINT at;

    return GetCursorPos(&at) && at.x >= before->right - 10;
}

static BOOL is_wider(HWND window, const RECT *before)
{
    RECT now;

    return GetWindowRect(window, &now) && width(&now) > width(before);
}

/* From a window's menu, with the arrow keys. FALSE: it did not grow. */
static BOOL size_by_keys(HWND window)
{
    RECT before;
    BOOL grown;

    GetWindowRect(window, &before);
    SetCursorPos(before.left + 20, before.top + 20);
    PostMessageW(window, WM_SYSCOMMAND, SC_SIZE, 0);
    if (!soon(is_sizing, window, NULL)) return FALSE;
    /* the first takes the pointer to that edge, from where the next one moves it */
    sheet_key(window, VK_RIGHT);
    grown = soon(is_at_edge, window, &before);
    if (grown)
    {
        sheet_key(window, VK_RIGHT);
        grown = soon(is_wider, window, &before);
    }
    sheet_key(window, VK_RETURN);
    return soon(is_not_sizing, window, NULL) && grown && is_wider(window, &before);
}

static DWORD WINAPI show_plain_window(void *data)
{
    HWND window = CreateWindowA("static", "plain", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 100, 100, 300,
                                200, NULL, NULL, NULL, NULL);
    MSG message;

    *(HWND *)data = window;
    while (window && GetMessageW(&message, NULL, 0, 0) > 0)
    {
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
    if (window) DestroyWindow(window);
    return 0;
}

/* Windows of some Wines do not follow the keys without a display. */
static BOOL windows_follow_keys(void)
{
    volatile HWND window = NULL;
    HANDLE thread;
    DWORD id;
    BOOL ret;

    thread = CreateThread(NULL, 0, show_plain_window, (void *)&window, 0, &id);
    SHEET_WAIT(window != NULL);
    ret = window && size_by_keys(window);
    PostThreadMessageW(id, WM_QUIT, 0, 0);
    WaitForSingleObject(thread, SHEET_PATIENCE);
    CloseHandle(thread);
    return ret;
}

static void drive_size_keys(void)
{
    HWND sheet = sheet_wait(user_title);
    RECT before, after;

    if (!sheet) return;
    GetWindowRect(sheet, &before);
    ok(size_by_keys(sheet), "it does not follow the keys\n");
    GetWindowRect(sheet, &after);
    ok(height(&after) == height(&before), "%s, before %s\n", wine_dbgstr_rect(&after),
       wine_dbgstr_rect(&before));
    sheet_press(sheet, PSBTN_CANCEL);
}

static void test_sizes(IAddrBook *book)
{
    static void (*const drivers[])(void) = { drive_sizes, drive_size_keys };
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(drivers); i++)
    {
        if (drivers[i] == drive_size_keys && !windows_follow_keys())
        {
            skip("no window follows the keys here\n");
            continue;
        }
        thread = drive(drivers[i]);
        hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, NULL, NULL, NULL, 0);
        sheet_join(thread);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
}

static void test_cancel(IAddrBook *book)
{
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    thread = drive(drive_cancel);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, on_button, &pressed, NULL,
                           MAPI_UNICODE);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void pump_until(LONG *what, LONG value)
{
    DWORD start = GetTickCount();
    MSG msg;

    while (*what != value && GetTickCount() - start < SHEET_PATIENCE)
    {
        MsgWaitForMultipleObjects(0, NULL, FALSE, 50, QS_ALLINPUT);
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
        {
            TranslateMessage(&msg);
            DispatchMessageW(&msg);
        }
    }
    ok(*what == value, "waited in vain\n");
}

static void drive_modeless(void)
{
    HWND sheet = sheet_wait(user_title), first;

    if (!sheet) return;
    SHEET_WAIT((first = sheet_focus(sheet)) && IsChild(sheet, first));
    /* keys work, though the caller's loop knows nothing of the sheet */
    sheet_key(sheet, VK_TAB);
    SHEET_WAIT(sheet_focus(sheet) != first);
    sheet_key(sheet, VK_ESCAPE);
}

static void test_modeless(IAddrBook *book)
{
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;
    LONG i;

    dismissed = 0;
    hr = IAddrBook_Details(book, &ui, on_dismiss, &dismissed, user_size, user_id, NULL, NULL, NULL,
                           DIALOG_SDI);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(IsWindow((HWND)ui) && IsWindowVisible((HWND)ui), "no window is shown\n");
    thread = drive(drive_modeless);
    pump_until(&dismissed, 1);
    sheet_join(thread);
    ok(!IsWindow((HWND)ui), "the window is still there\n");

    /* two at a time; each is closed by its button, or destroyed by its caller */
    for (i = 0; i < 2; i++)
    {
        ULONG_PTR one = 0, two = 0;

        dismissed = 0;
        hr = IAddrBook_Details(book, &one, on_dismiss, &dismissed, user_size, user_id, NULL, NULL,
                               NULL, DIALOG_SDI);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IAddrBook_Details(book, &two, on_dismiss, &dismissed, user_size, user_id, NULL, NULL,
                               NULL, DIALOG_SDI);
        ok(hr == S_OK && one != two, "got %#lx\n", hr);
        if (i) DestroyWindow((HWND)one);
        else PostMessageW((HWND)one, PSM_PRESSBUTTON, PSBTN_OK, 0);
        pump_until(&dismissed, 1);
        ok(!IsWindow((HWND)one) && IsWindow((HWND)two), "the wrong one went\n");
        PostMessageW((HWND)two, WM_CLOSE, 0, 0);
        pump_until(&dismissed, 2);
    }
}

static void drive_one_off(void)
{
    HWND sheet = sheet_wait(other_title);

    if (!sheet) return;
    ok(sheet_page_count(sheet) == 1, "%d pages\n", sheet_page_count(sheet));
    ok(!lstrcmpW(sheet_text(sheet, 1), L"Somebody Else"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, 1)));
    ok(!lstrcmpW(sheet_text(sheet, 3), L"else@example.org"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, 3)));
    ok(!lstrcmpW(sheet_text(sheet, 5), L"SMTP"), "%s\n", wine_dbgstr_w(sheet_text(sheet, 5)));
    ok(GetWindowLongW(sheet_control(sheet, 1), GWL_STYLE) & ES_READONLY, "can be edited\n");
    sheet_press(sheet, PSBTN_OK);
}

static void test_one_off(IAddrBook *book)
{
    IMAPITable *table;
    IMailUser *user;
    ULONG_PTR ui = 0;
    ULONG type, size;
    HANDLE thread;
    ENTRYID *id;
    HRESULT hr;

    hr = IAddrBook_CreateOneOff(book, (LPTSTR) "Somebody Else", (LPTSTR) "SMTP",
                                (LPTSTR) "else@example.org", 0, &size, &id);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, size, id, NULL, 0, &type, (IUnknown **)&user);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMailUser_OpenProperty(user, PR_DETAILS_TABLE, NULL, 0, 0, (IUnknown **)&table);
    ok(hr == MAPI_E_INVALID_PARAMETER && !table, "got %#lx\n", hr);
    hr = IMailUser_OpenProperty(user, PR_DETAILS_TABLE, &IID_IStream, 0, 0, (IUnknown **)&table);
    ok(hr == MAPI_E_INTERFACE_NOT_SUPPORTED && !table, "got %#lx\n", hr);
    hr = IMailUser_OpenProperty(user, PR_DETAILS_TABLE, &IID_IMAPITable, 0, MAPI_MODIFY,
                                (IUnknown **)&table);
    ok(hr == MAPI_E_NO_ACCESS && !table, "got %#lx\n", hr);
    hr = IMailUser_OpenProperty(user, PR_DETAILS_TABLE, &IID_IMAPITable, 0, 0, (IUnknown **)&table);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ULONG rows = 0;

        IMAPITable_GetRowCount(table, 0, &rows);
        ok(rows == 7, "%lu rows\n", rows);
        ok(!IMAPITable_Release(table), "references are left\n");
    }
    IMailUser_Release(user);

    if (sheet_windows_work())
    {
        thread = drive(drive_one_off);
        hr = IAddrBook_Details(book, &ui, NULL, NULL, size, id, NULL, NULL, NULL, 0);
        sheet_join(thread);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    MAPIFreeBuffer(id);
}

/* An entry whose provider answers PR_DETAILS_TABLE with an error, or not at all. */
static void drive_without_table(void)
{
    HWND sheet = sheet_wait(user_title);

    if (!sheet) return;
    ok(sheet_page_count(sheet) == 1, "%d pages\n", sheet_page_count(sheet));
    ok(!lstrcmpW(sheet_text(sheet, 1), L"Ada Lovelace"), "%s\n",
       wine_dbgstr_w(sheet_text(sheet, 1)));
    sheet_press(sheet, PSBTN_OK);
}

static void test_without_table(IAddrBook *book)
{
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    sample_behave("ab.Details=veto");
    thread = drive(drive_without_table);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, NULL, NULL, NULL, 0);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    sample_behave("ab.Details=crash");
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, NULL, NULL, NULL, 0);
    ok(hr == MAPI_E_CALL_FAILED, "got %#lx\n", hr);
    sample_behave(NULL);
}

/* A button that crashes takes the sheet with it, and nothing else. */
static void drive_crash(void)
{
    HWND sheet = sheet_wait(user_title), button;

    if (!sheet) return;
    sheet_go_to(sheet, 1);
    button = sheet_control(sheet, MORE_COUNT);
    PostMessageW(button, BM_CLICK, 0, 0);
    ok(sheet_message(user_title)[0], "nothing is said\n");
}

static void test_crash(IAddrBook *book)
{
    ULONG_PTR ui = 0;
    HANDLE thread;
    HRESULT hr;

    sample_behave("ab.Activate=crash");
    thread = drive(drive_crash);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, NULL, NULL, NULL, 0);
    sheet_join(thread);
    ok(hr == MAPI_E_CALL_FAILED, "got %#lx\n", hr);
    sample_behave(NULL);
    thread = drive(drive_cancel);
    hr = IAddrBook_Details(book, &ui, NULL, NULL, user_size, user_id, NULL, NULL, NULL, 0);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
}

/* ---- the service's own sheet ---- */

static const WCHAR *config_directory;
static BOOL config_cancel;
static BOOL config_secure;              /* secure properties can be kept */

static void drive_config(void)
{
    HWND sheet = sheet_wait(config_title);

    if (!sheet) return;
    ok(!lstrcmpW(sheet_text(sheet, CONFIG_PORT), config_directory[0] ? L"110" : L"25"), "port %s\n",
       wine_dbgstr_w(sheet_text(sheet, CONFIG_PORT)));
    if (config_directory[0])
    {
        ok(!lstrcmpW(sheet_text(sheet, CONFIG_DIRECTORY), config_directory), "%s\n",
           wine_dbgstr_w(sheet_text(sheet, CONFIG_DIRECTORY)));
        ok(!lstrcmpW(sheet_text(sheet, CONFIG_ACCOUNT), L"account"), "%s\n",
           wine_dbgstr_w(sheet_text(sheet, CONFIG_ACCOUNT)));
        if (config_secure)
            ok(!lstrcmpW(sheet_text(sheet, CONFIG_PASSWORD), L"secret"), "another password\n");
        ok(sheet_checked(sheet, CONFIG_SECURE), "not checked\n");
    }
    sheet_type(sheet, CONFIG_DIRECTORY, L"c:\\mail");
    sheet_type(sheet, CONFIG_ACCOUNT, L"account");
    if (config_secure) sheet_type(sheet, CONFIG_PASSWORD, L"secret");
    sheet_type(sheet, CONFIG_PORT, L"110");
    if (!sheet_checked(sheet, CONFIG_SECURE)) sheet_click(sheet, CONFIG_SECURE);
    sheet_press(sheet, config_cancel ? PSBTN_CANCEL : PSBTN_OK);
}

static void drive_config_look(void)
{
    HWND sheet = sheet_wait(config_title);

    if (!sheet) return;
    ok(GetWindowLongW(sheet_control(sheet, CONFIG_DIRECTORY), GWL_STYLE) & ES_READONLY,
       "can be edited\n");
    ok(!IsWindowEnabled(sheet_control(sheet, CONFIG_SECURE)), "can be checked\n");
    sheet_press(sheet, PSBTN_OK);
}

static HRESULT add_service(IMsgServiceAdmin *services, void (*driver)(void))
{
    HANDLE thread = drive(driver);
    HRESULT hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR) "SAMPLE", NULL, 0,
                                                   SERVICE_UI_ALWAYS);

    sheet_join(thread);
    return hr;
}

static ULONG service_uid(IMsgServiceAdmin *services, MAPIUID *uid)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID }};
    IMAPITable *table;
    SRowSet *rows;
    ULONG count;

    IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    if ((count = rows->cRows)) memcpy(uid, rows->aRow[0].lpProps[0].Value.bin.lpb, sizeof(*uid));
    FreeProws(rows);
    IMAPITable_Release(table);
    return count;
}

/* The same sheet through the address book's status object, on the provider's own section. */
static void test_settings(IMAPISession *session)
{
    static const SizedSPropTagArray(3, columns) = { 3, { PR_ENTRYID, PR_PROVIDER_DISPLAY_A, PR_RESOURCE_METHODS }};
    IMAPIStatus *status = NULL;
    IMAPITable *table;
    SPropValue *props;
    HANDLE thread;
    SRowSet *rows;
    ULONG type, i;
    HRESULT hr;

    hr = IMAPISession_GetStatusTable(session, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_Release(table);
    for (i = 0; i < rows->cRows && !status; i++)
    {
        props = rows->aRow[i].lpProps;
        if (props[1].ulPropTag != PR_PROVIDER_DISPLAY_A
            || strcmp(props[1].Value.lpszA, "Sample Address Book"))
            continue;
        ok(props[2].ulPropTag == PR_RESOURCE_METHODS && props[2].Value.l == STATUS_SETTINGS_DIALOG,
           "methods\n");
        hr = IMAPISession_OpenEntry(session, props[0].Value.bin.cb,
                                    (ENTRYID *)props[0].Value.bin.lpb, NULL, 0, &type,
                                    (IUnknown **)&status);
        ok(hr == S_OK && type == MAPI_STATUS, "got %#lx\n", hr);
    }
    FreeProws(rows);
    ok(status != NULL, "no status object\n");
    if (!status) return;
    config_directory = L"";
    thread = drive(drive_config);
    hr = IMAPIStatus_SettingsDialog(status, 0, 0);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    config_directory = L"c:\\mail";
    config_cancel = TRUE;
    thread = drive(drive_config);
    hr = IMAPIStatus_SettingsDialog(status, 0, 0);
    sheet_join(thread);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    thread = drive(drive_config_look);
    hr = IMAPIStatus_SettingsDialog(status, 0, UI_READONLY);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIStatus_Release(status);
}

static IMsgServiceAdmin *make_profile(void)
{
    IMsgServiceAdmin *services = NULL;
    IProfAdmin *admin;
    HRESULT hr;

    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_Release(admin);
    return services;
}

static void test_config(IMsgServiceAdmin *services)
{
    HANDLE thread;
    MAPIUID uid;
    HRESULT hr;

    if (!(config_secure = LoadLibraryA("crypt32.dll") != NULL))
        skip("crypt32.dll cannot be loaded here\n");
    config_directory = L"";
    config_cancel = TRUE;
    hr = add_service(services, drive_config);
    ok(hr == MAPI_E_USER_CANCEL, "got %#lx\n", hr);
    ok(!service_uid(services, &uid), "the service is there\n");

    config_cancel = FALSE;
    hr = add_service(services, drive_config);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(service_uid(services, &uid) == 1, "the service is not there\n");

    /* again, with what was written: only the service itself can read it */
    config_directory = L"c:\\mail";
    thread = drive(drive_config);
    hr = IMsgServiceAdmin_ConfigureMsgService(services, &uid, 0, SERVICE_UI_ALWAYS, 0, NULL);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);

    thread = drive(drive_config_look);
    hr = IMsgServiceAdmin_ConfigureMsgService(services, &uid, 0,
                                              SERVICE_UI_ALWAYS | MSG_SERVICE_UI_READ_ONLY, 0,
                                              NULL);
    sheet_join(thread);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMsgServiceAdmin_DeleteMsgService(services, &uid);
}

/* An entry that can be changed: what was typed is there when the entry is opened again. */
static WCHAR edit_title[100];

static void drive_change(void)
{
    HWND sheet = sheet_wait(edit_title);
    const WCHAR *words;

    if (!sheet) return;
    ok(!(GetWindowLongW(sheet_control(sheet, GENERAL_NAME), GWL_STYLE) & ES_READONLY),
       "cannot be edited\n");
    sheet_type(sheet, GENERAL_NAME, L"");
    sheet_press(sheet, PSBTN_OK);
    words = sheet_message(edit_title);
    ok(wcsstr(words, L"Display name") != NULL, "%s\n", wine_dbgstr_w(words));
    sheet_type(sheet, GENERAL_NAME, L"Ada King");
    sheet_choose(sheet, GENERAL_LANGUAGE, 2, FALSE);
    sheet_go_to(sheet, 1);
    sheet_choose(sheet, MORE_OFFICE, 3, TRUE);
    sheet_press(sheet, PSBTN_OK);
}

static void test_change(IAddrBook *book)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_DISPLAY_NAME_W }};
    SBinary binary = { user_size, (BYTE *)user_id };
    ENTRYLIST list = { 1, &binary };
    ULONG type, size, count, i;
    IABContainer *container;
    IMAPITable *table;
    IMailUser *user;
    SPropValue *props, key;
    ULONG_PTR ui = 0;
    HANDLE thread;
    SRowSet *rows;
    ENTRYID *id;
    HRESULT hr;

    hr = IAddrBook_GetPAB(book, &size, &id);
    ok(hr == S_OK && size, "got %#lx\n", hr);
    if (hr != S_OK || !size) return;
    hr = IAddrBook_OpenEntry(book, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&container);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    if (hr != S_OK) return;
    hr = IABContainer_CopyEntries(container, &list, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IABContainer_GetContentsTable(container, MAPI_UNICODE, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_Release(table);
    IABContainer_Release(container);
    for (i = 0; i < rows->cRows; i++)
        if (rows->aRow[i].lpProps[1].ulPropTag == PR_DISPLAY_NAME_W
            && !lstrcmpW(rows->aRow[i].lpProps[1].Value.lpszW, L"Ada Lovelace")) break;
    ok(i < rows->cRows, "the copy is not there\n");
    if (i < rows->cRows)
    {
        key = rows->aRow[i].lpProps[0];
        lstrcpyW(edit_title, user_title);
        thread = drive(drive_change);
        hr = IAddrBook_Details(book, &ui, NULL, NULL, key.Value.bin.cb,
                               (ENTRYID *)key.Value.bin.lpb, NULL, NULL, NULL, 0);
        sheet_join(thread);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IAddrBook_OpenEntry(book, key.Value.bin.cb, (ENTRYID *)key.Value.bin.lpb, NULL, 0,
                                 &type, (IUnknown **)&user);
        ok(hr == S_OK, "got %#lx\n", hr);
        if (hr == S_OK)
        {
            static const SizedSPropTagArray(3, tags) =
                { 3, { PR_DISPLAY_NAME_W, PROP_TAG(PT_LONG, 0x6620), PROP_TAG(PT_LONG, 0x6626) }};

            hr = IMailUser_GetProps(user, (SPropTagArray *)&tags, 0, &count, &props);
            ok(hr == S_OK, "got %#lx\n", hr);
            ok(props[0].ulPropTag == PR_DISPLAY_NAME_W
                   && !lstrcmpW(props[0].Value.lpszW, L"Ada King"),
               "the name\n");
            ok(props[1].ulPropTag == tags.aulPropTag[1] && props[1].Value.l == 3, "the language\n");
            ok(props[2].ulPropTag == tags.aulPropTag[2] && props[2].Value.l == 40, "the office\n");
            MAPIFreeBuffer(props);
            IMailUser_Release(user);
        }
    }
    FreeProws(rows);
}

START_TEST(details)
{
    IMsgServiceAdmin *services;
    IMAPISession *session;
    IABContainer *root;
    IProfAdmin *admin;
    IAddrBook *book;
    ULONG type;
    HRESULT hr;

    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    services = make_profile();
    if (!sheet_windows_work()) skip("this Wine cannot draw for a program of this width\n");
    else test_config(services);
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"SAMPLE", NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMsgServiceAdmin_Release(services);
    hr = MAPILogonEx(0, (LPTSTR)profile, NULL,
                     MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE | MAPI_NEW_SESSION | MAPI_NO_MAIL,
                     &session);
    ok(hr == S_OK, "MAPILogonEx returned %#lx\n", hr);
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    ok(hr == S_OK, "OpenAddressBook returned %#lx\n", hr);
    hr = IAddrBook_OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    ok(hr == S_OK, "OpenEntry returned %#lx\n", hr);
    ok(find_user(book, root), "Ada is not in the book\n");
    IABContainer_Release(root);
    test_one_off(book);
    if (user_id && sheet_windows_work())
    {
        test_settings(session);
        test_modal(book);
        test_cancel(book);
        test_sizes(book);
        test_modeless(book);
        test_without_table(book);
        test_change(book);
        test_crash(book);
    }
    MAPIFreeBuffer(user_id);
    hr = IMAPISession_Logoff(session, 0, 0, 0);
    ok(hr == S_OK, "Logoff returned %#lx\n", hr);
    ok(!IAddrBook_Release(book), "references are left on the address book\n");
    IMAPISession_Release(session);
    if (SUCCEEDED(MAPIAdminProfiles(0, &admin)))
    {
        IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
        IProfAdmin_Release(admin);
    }
    MAPIUninitialize();
    sample_remove();
}
