/*
 * Tests: the dialogs of Simple MAPI
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
 * The window a message is written in, worked by a second thread, and what MAPIAddress, MAPIDetails
 * and MAPIResolveName show.
 */

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "smapi.h"

#define TITLE L"Message"

#define IDC_TO_BUTTON 1937
#define IDC_TO        1940
#define IDC_CC        1941
#define IDC_BCC       1942
#define IDC_SUBJECT   1943
#define IDC_TEXT      1944
#define IDC_FILES     1946
#define IDC_ADD       1947
#define IDC_REMOVE    1948
#define IDC_CHECK     1949
#define IDC_SEND      1950
#define IDC_SAVE      1951

#define IDC_CHECK_LIST   1801           /* the dialog for names that several entries fit */
#define IDC_BOOK_LIST    1735           /* the address book */
#define IDC_BOOK_WELL    1760
#define IDC_BOOK_BUTTON  1750

static char joe[] = "Joe", joe_address[] = "SMTP:joe@example.org";

static void close_box(int id)
{
    HWND box;

    WAIT_FOR((box = FindWindowW((WCHAR *)MAKEINTATOM(32770), TITLE)) && GetDlgItem(box, id)
             && !GetDlgItem(box, IDC_SEND));
    if (box) SendMessageW(box, WM_COMMAND, MAKEWPARAM(id, BN_CLICKED), 0);
}

/* The message's own window: a message box has the same title. */
static HWND wait_window(void)
{
    HWND window = NULL;

    WAIT_FOR((window = drive_window(TITLE)) && GetDlgItem(window, IDC_SEND)
             && IsWindowEnabled(window));
    return window;
}

static ULONG send(FLAGS flags, const char *subject, MapiRecipDesc *recipient, MapiFileDesc *file)
{
    MapiMessage message = { 0, (char *)subject, (char *)"one\ntwo", NULL, NULL, NULL, 0, NULL, !!recipient,
                            recipient, !!file, file };

    return MAPISendMail(0, 0, &message, flags, 0);
}

/* ---- drivers ---- */

static DWORD WINAPI drive_send(void *arg)
{
    HWND window = wait_window();
    RECT before, after, text_before, text_after;

    if (!window) return 0;
    ok(!lstrcmpW(drive_get_text(window, IDC_TO), L"Joe <joe@example.org>"), "got %s\n",
       wine_dbgstr_w(drive_get_text(window, IDC_TO)));
    ok(!lstrcmpW(drive_get_text(window, IDC_SUBJECT), L"composed"), "got %s\n",
       wine_dbgstr_w(drive_get_text(window, IDC_SUBJECT)));
    ok(!lstrcmpW(drive_get_text(window, IDC_TEXT), L"one\r\ntwo"), "got %s\n",
       wine_dbgstr_w(drive_get_text(window, IDC_TEXT)));
    ok(drive_items(window, IDC_FILES) == 1, "got %d files\n", drive_items(window, IDC_FILES));
    ok(!lstrcmpW(drive_item(window, IDC_FILES, 0), L"kept.txt"), "got %s\n",
       wine_dbgstr_w(drive_item(window, IDC_FILES, 0)));
    ok(!drive_enabled(window, IDC_REMOVE), "there is nothing to remove\n");

    GetWindowRect(window, &before);
    GetClientRect(GetDlgItem(window, IDC_TEXT), &text_before);
    SetWindowPos(window, 0, 0, 0, before.right - before.left + 120, before.bottom - before.top + 80,
                 SWP_NOMOVE | SWP_NOZORDER);
    GetClientRect(GetDlgItem(window, IDC_TEXT), &text_after);
    ok(text_after.right == text_before.right + 120 && text_after.bottom >= text_before.bottom + 78,
       "the text does not grow: %ld x %ld\n", text_after.right, text_after.bottom);
    SetWindowPos(window, 0, 0, 0, 10, 10, SWP_NOMOVE | SWP_NOZORDER);
    GetWindowRect(window, &after);
    ok(after.right - after.left >= before.right - before.left, "it gets too small\n");

    drive_text(window, IDC_CC, L"Grace Hopper; ; Ada Lovelace");
    drive_text(window, IDC_SUBJECT, L"composed \x0416");
    drive_text(window, IDC_TEXT, L"\x65e5\x672c\r\nlast");
    drive_click(window, IDC_CHECK);
    ok(!lstrcmpW(drive_get_text(window, IDC_CC), L"Grace Hopper; Ada Lovelace"), "got %s\n",
       wine_dbgstr_w(drive_get_text(window, IDC_CC)));
    /* from one field to the other */
    drive_text(window, IDC_CC, L"Ada Lovelace");
    drive_text(window, IDC_BCC, L"Grace Hopper");
    drive_click(window, IDC_SEND);
    return 0;
}

static DWORD WINAPI drive_remove(void *arg)
{
    HWND window = wait_window();

    if (!window) return 0;
    SendDlgItemMessageW(window, IDC_FILES, LB_SETSEL, TRUE, 0);
    SendMessageW(window, WM_COMMAND, MAKEWPARAM(IDC_FILES, LBN_SELCHANGE),
                 (LPARAM)GetDlgItem(window, IDC_FILES));
    ok(drive_enabled(window, IDC_REMOVE), "it cannot be removed\n");
    drive_click(window, IDC_REMOVE);
    ok(!drive_items(window, IDC_FILES), "it is still there\n");
    drive_click(window, IDC_SEND);
    return 0;
}

static DWORD WINAPI drive_nobody(void *arg)
{
    HWND window = wait_window();

    if (!window) return 0;
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDC_SEND, BN_CLICKED), 0);
    close_box(IDOK);                    /* there is nobody to send it to */
    window = wait_window();
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDOK, BN_CLICKED), 0);  /* Enter in a field sends nothing */
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDCANCEL, BN_CLICKED), 0);
    return 0;
}

static DWORD WINAPI drive_drop(void *arg)
{
    HWND window = wait_window();

    if (!window) return 0;
    drive_text(window, IDC_SUBJECT, L"dropped");
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDCANCEL, BN_CLICKED), 0);
    close_box(IDCANCEL);                /* back to the message */
    window = wait_window();
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDCANCEL, BN_CLICKED), 0);
    close_box(IDNO);
    return 0;
}

static DWORD WINAPI drive_keep(void *arg)
{
    HWND window = wait_window();

    if (!window) return 0;
    drive_text(window, IDC_SUBJECT, L"kept");
    drive_text(window, IDC_TO, L"Somebody Unknown");
    if (arg) drive_click(window, IDC_SAVE);
    else
    {
        PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDCANCEL, BN_CLICKED), 0);
        close_box(IDYES);
    }
    return 0;
}

static DWORD WINAPI drive_ambiguous(void *arg)
{
    HWND window = wait_window(), check;

    if (!window) return 0;
    drive_text(window, IDC_TO, L"John Smith");
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDC_SEND, BN_CLICKED), 0);
    if ((check = drive_wait(L"Check Names"))) drive_click(check, IDCANCEL);
    window = wait_window();             /* nothing was sent */
    ok(!lstrcmpW(drive_get_text(window, IDC_TO), L"John Smith"), "got %s\n",
       wine_dbgstr_w(drive_get_text(window, IDC_TO)));
    PostMessageW(window, WM_COMMAND, MAKEWPARAM(IDC_TO_BUTTON, BN_CLICKED), 0);
    if ((check = drive_wait(L"Address Book")))
    {
        ok(drive_items(check, IDC_BOOK_WELL) == 1, "got %d\n", drive_items(check, IDC_BOOK_WELL));
        drive_click(check, IDCANCEL);
    }
    window = wait_window();
    drive_text(window, IDC_TO, L"Ada Lovelace");
    drive_click(window, IDC_SEND);
    return 0;
}

/* ---- tests ---- */

static ULONG driven_send(DWORD(WINAPI *driver)(void *), void *arg, FLAGS flags, const char *subject,
                         MapiRecipDesc *recipient, MapiFileDesc *file)
{
    HANDLE thread = drive_start(driver, arg);
    ULONG ret = send(flags, subject, recipient, file);

    drive_join(thread);
    return ret;
}

static void test_send(void)
{
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    MapiFileDesc file = { 0, 0, ~0u, NULL, NULL, NULL };
    char path[MAX_PATH];
    IMessage *sent;
    ULONG ret;

    strcpy(path, smapi_path("kept.txt"));
    smapi_write(path, "attached");
    file.lpszPathName = path;
    ret = driven_send(drive_send, NULL, MAPI_DIALOG, "composed", &recipient, &file);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    smapi_look();
    if ((sent = smapi_sent(L"composed \x0416")))
    {
        check_wide(sent, PR_BODY_W, L"\x65e5\x672c\r\nlast");
        check_recipient(sent, 0, MAPI_TO, L"Joe", L"SMTP", L"joe@example.org");
        check_recipient(sent, 1, MAPI_CC, L"Ada Lovelace", L"SAMPLE", L"ada@sample.example");
        check_recipient(sent, 2, MAPI_BCC, L"Grace Hopper", L"SAMPLE", L"grace@sample.example");
        ok(count_of(sent, FALSE) == 3, "%lu recipients\n", count_of(sent, FALSE));
        check_attachment(sent, 0, ATTACH_BY_VALUE, L"kept.txt", "attached", 8);
        IMessage_Release(sent);
    }
    smapi_look_end();

    ret = driven_send(drive_remove, NULL, MAPI_DIALOG, "without file", &recipient, &file);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    smapi_look();
    if ((sent = smapi_sent(L"without file")))
    {
        ok(!count_of(sent, TRUE), "%lu attachments\n", count_of(sent, TRUE));
        IMessage_Release(sent);
    }
    smapi_look_end();

    /* what cannot be is told before a window comes */
    file.lpszPathName = (char *)"Z:\\no\\such\\file";
    ret = send(MAPI_DIALOG, "never sent", &recipient, &file);
    ok(ret == MAPI_E_ATTACHMENT_NOT_FOUND, "got %lu\n", ret);
}

static void check_draft(const WCHAR *subject)
{
    IMAPIFolder *inbox = spool_inbox(smapi_store);
    SPropValue *drafts = get_prop(inbox, PR_IPM_DRAFTS_ENTRYID);
    IMessage *message;

    ok(!smapi_message(PR_IPM_SENTMAIL_ENTRYID, subject), "it was sent\n");
    /* a store without a folder for drafts leaves it in the outbox */
    if (PROP_TYPE(drafts->ulPropTag) == PT_ERROR)
    {
        message = smapi_message(PR_IPM_OUTBOX_ENTRYID, subject);
        ok(message != NULL, "no draft\n");
        if (message)
        {
            ok(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_UNSENT, "it was submitted\n");
            ok(count_of(message, FALSE) == 1, "%lu recipients\n", count_of(message, FALSE));
            IMessage_Release(message);
        }
    }
    MAPIFreeBuffer(drafts);
    IMAPIFolder_Release(inbox);
}

static void test_cancel(void)
{
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    ULONG ret;

    ret = driven_send(drive_cancel, (void *)TITLE, MAPI_DIALOG, "cancelled", &recipient, NULL);
    ok(ret == MAPI_E_USER_ABORT, "got %lu\n", ret);
    ret = driven_send(drive_nobody, NULL, MAPI_DIALOG, "cancelled", NULL, NULL);
    ok(ret == MAPI_E_USER_ABORT, "got %lu\n", ret);
    ret = driven_send(drive_drop, NULL, MAPI_DIALOG, "changed", NULL, NULL);
    ok(ret == MAPI_E_USER_ABORT, "got %lu\n", ret);
    smapi_look();
    ok(!smapi_has_sent(L"cancelled") && !smapi_has_sent(L"changed") && !smapi_has_sent(L"dropped"),
       "something was sent\n");
    smapi_look_end();

    ret = driven_send(drive_keep, NULL, MAPI_DIALOG, "to be kept", NULL, NULL);
    ok(ret == MAPI_E_USER_ABORT, "got %lu\n", ret);
    smapi_look();
    check_draft(L"kept");
    smapi_look_end();
}

static void test_names(void)
{
    IMessage *sent;
    ULONG ret;

    ret = driven_send(drive_ambiguous, NULL, MAPI_DIALOG, "names", NULL, NULL);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    smapi_look();
    if ((sent = smapi_sent(L"names")))
    {
        check_recipient(sent, 0, MAPI_TO, L"Ada Lovelace", L"SAMPLE", L"ada@sample.example");
        IMessage_Release(sent);
    }
    smapi_look_end();
}

static void test_modeless(void)
{
    WCHAR address[] = L"SMTP:joe@example.org", subject[] = L"modeless", path[MAX_PATH];
    MapiRecipDescW recipient = { 0, MAPI_TO, NULL, address, 0, NULL };
    MapiFileDescW file = { 0, 0, ~0u, path, NULL, NULL };
    MapiMessageW message = { 0, subject, NULL, NULL, NULL, NULL, 0, NULL, 1, &recipient, 1, &file };
    const char *ansi = smapi_path("soon gone.txt");
    IMessage *sent = NULL;
    HWND window;
    ULONG ret;

    smapi_write(ansi, "modeless");
    MultiByteToWideChar(CP_ACP, 0, ansi, -1, path, MAX_PATH);
    ret = MAPISendMailW(0, 0, &message, MAPI_DIALOG_MODELESS, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(DeleteFileA(ansi), "error %lu\n", GetLastError());
    memset(subject, 0, sizeof(subject));
    memset(address, 0, sizeof(address));
    if (!(window = wait_window())) return;
    ok(!lstrcmpW(drive_get_text(window, IDC_SUBJECT), L"modeless"), "got %s\n",
       wine_dbgstr_w(drive_get_text(window, IDC_SUBJECT)));
    drive_click(window, IDC_SEND);
    smapi_look();
    WAIT_FOR(!spool_queued(smapi_store) && smapi_has_sent(L"modeless"));
    if ((sent = smapi_sent(L"modeless")))
    {
        check_attachment(sent, 0, ATTACH_BY_VALUE, L"soon gone.txt", "modeless", 8);
        IMessage_Release(sent);
    }
    smapi_look_end();
    WAIT_FOR(!drive_window(TITLE));
}

static DWORD WINAPI drive_documents(void *arg)
{
    HWND window = wait_window();

    if (!window) return 0;
    ok(drive_items(window, IDC_FILES) == 2, "got %d files\n", drive_items(window, IDC_FILES));
    ok(!lstrcmpW(drive_item(window, IDC_FILES, 0), L"first.doc"), "got %s\n",
       wine_dbgstr_w(drive_item(window, IDC_FILES, 0)));
    ok(!lstrcmpW(drive_item(window, IDC_FILES, 1), L"b.txt"), "got %s\n",
       wine_dbgstr_w(drive_item(window, IDC_FILES, 1)));
    drive_text(window, IDC_TO, L"joe@example.org");
    drive_text(window, IDC_SUBJECT, L"documents");
    drive_click(window, IDC_SEND);
    return 0;
}

static void test_documents(void)
{
    char paths[2 * MAX_PATH + 2], comma[] = ",";
    IMessage *sent;
    HANDLE thread;
    ULONG ret;

    ret = MAPISendDocuments(0, comma, (char *)"Z:\\no\\such\\file", NULL, 0);
    ok(ret == MAPI_E_ATTACHMENT_OPEN_FAILURE, "got %lu\n", ret);
    ret = MAPISendDocuments(0, comma, (char *)0xdead0000, NULL, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    smapi_write(smapi_path("a.txt"), "a");
    smapi_write(smapi_path("b.txt"), "b");
    sprintf(paths, "%s,%s", smapi_path("a.txt"), smapi_path("b.txt"));
    thread = drive_start(drive_documents, NULL);
    ret = MAPISendDocuments(0, comma, paths, (char *)"first.doc", 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    drive_join(thread);
    smapi_look();
    if ((sent = smapi_sent(L"documents")))
    {
        check_attachment(sent, 0, ATTACH_BY_VALUE, L"first.doc", "a", 1);
        check_attachment(sent, 1, ATTACH_BY_VALUE, L"b.txt", "b", 1);
        IMessage_Release(sent);
    }
    smapi_look_end();
}

/* ---- the address book ---- */

static DWORD WINAPI drive_book(void *arg)
{
    HWND book = drive_wait(L"Whom to tell");

    if (!book) return 0;
    ok(drive_items(book, IDC_BOOK_WELL) == 1, "got %d\n", drive_items(book, IDC_BOOK_WELL));
    ok(drive_there(book, IDC_BOOK_WELL + 1) && !drive_there(book, IDC_BOOK_WELL + 2),
       "other fields\n");
    WAIT_FOR(drive_count(book, IDC_BOOK_LIST) > 0);
    drive_select(book, IDC_BOOK_LIST, 0, TRUE);
    drive_click(book, IDC_BOOK_BUTTON);
    drive_click(book, IDOK);
    return 0;
}

static void test_address(void)
{
    MapiRecipDesc given = { 0, MAPI_CC, joe, joe_address, 0, NULL }, *chosen = (void *)0xdead;
    char caption[] = "Whom to tell";
    WCHAR title[120];
    ULONG ret, count = 7;
    LHANDLE session;
    HANDLE thread;

    ret = MAPILogon(0, NULL, NULL, 0, 0, &session);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    thread = drive_start(drive_cancel, (void *)L"Whom to tell");
    ret = MAPIAddress(session, 0, caption, 3, NULL, 1, &given, 0, 0, &count, &chosen);
    ok(ret == MAPI_E_USER_ABORT && !count && !chosen, "got %lu, %lu\n", ret, count);
    drive_join(thread);

    given.ulRecipClass = MAPI_TO;
    thread = drive_start(drive_book, NULL);
    ret = MAPIAddress(session, 0, caption, 2, NULL, 1, &given, 0, 0, &count, &chosen);
    drive_join(thread);
    ok(ret == SUCCESS_SUCCESS && count == 2 && chosen, "got %lu, %lu\n", ret, count);
    if (ret == SUCCESS_SUCCESS && count == 2)
    {
        ok(!strcmp(chosen[0].lpszName, "Joe") && chosen[0].ulRecipClass == MAPI_TO
           && !strcmp(chosen[0].lpszAddress, "SMTP:joe@example.org") && chosen[0].ulEIDSize,
           "got %s\n", chosen[0].lpszName);
        ok(chosen[1].ulRecipClass == MAPI_TO && chosen[1].lpEntryID, "got %s\n",
           chosen[1].lpszName);
        MultiByteToWideChar(CP_ACP, 0, chosen[1].lpszName, -1, title, 80);
        lstrcatW(title, L" Properties");
        thread = drive_start(drive_cancel, title);
        chosen[1].lpszName = NULL;      /* not looked at */
        ret = MAPIDetails(session, 0, &chosen[1], MAPI_AB_NOMODIFY, 0);
        ok(ret == SUCCESS_SUCCESS || ret == MAPI_E_USER_ABORT, "got %lu\n", ret);
        drive_join(thread);
    }
    MAPIFreeBuffer(chosen);

    thread = drive_start(drive_cancel, (void *)L"Check Names");
    ret = MAPIResolveName(session, 0, (char *)"John Smith", MAPI_DIALOG | MAPI_AB_NOMODIFY, 0,
                          &chosen);
    ok(ret == MAPI_E_USER_ABORT && !chosen, "got %lu\n", ret);
    drive_join(thread);
    ret = MAPILogoff(session, 0, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
}

START_TEST(compose)
{
    if (!drive_has_gdi())
    {
        skip("no typing here\n");
        return;
    }
    if (!smapi_begin())
    {
        skip("no sample providers\n");
        return;
    }
    test_send();
    test_cancel();
    test_names();
    test_modeless();
    test_documents();
    test_address();
    smapi_end();
}
