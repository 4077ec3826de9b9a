/*
 * Tests: Simple MAPI over a profile
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

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>

#include "wine/test.h"
#include "smapi.h"

static char joe[] = "Joe", joe_address[] = "SMTP:joe@example.org";

static LHANDLE log_on(FLAGS flags)
{
    LHANDLE session = 0;
    ULONG ret = MAPILogon(0, NULL, NULL, flags, 0, &session);

    ok(ret == SUCCESS_SUCCESS && session > 1, "got %lu, %#Ix\n", ret, session);
    return session;
}

static void log_off_(LHANDLE session, int line)
{
    ULONG ret = MAPILogoff(session, 0, 0, 0);

    ok_(__FILE__, line)(ret == SUCCESS_SUCCESS, "MAPILogoff returned %lu\n", ret);
}
#define log_off(session) log_off_(session, __LINE__)

static void test_logon(void)
{
    char none[] = "No Such Profile", password[] = "secret", empty[] = "";
    LHANDLE first = 0, second = 0, third = 0, bad = 0xdead;
    char id[MAX_PATH] = "";
    ULONG ret;

    ret = MAPILogon(0, NULL, NULL, 0, 0, NULL);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = MAPILogon(0, NULL, NULL, 0, 0, (LHANDLE *)0xdead0000);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = MAPILogon(0, NULL, NULL, 0x80000000, 0, &bad);
    ok(ret == MAPI_E_FAILURE && !bad, "got %lu, %#Ix\n", ret, bad);
    bad = 0xdead;
    ret = MAPILogon(0, (char *)0xdead0000, NULL, 0, 0, &bad);
    ok(ret == MAPI_E_FAILURE && !bad, "got %lu, %#Ix\n", ret, bad);
    ret = MAPILogon(0, none, NULL, MAPI_NEW_SESSION, 0, &bad);
    ok(ret == MAPI_E_LOGIN_FAILURE && !bad, "got %lu, %#Ix\n", ret, bad);
    ret = MAPILogon(0, smapi_profile, password, MAPI_NEW_SESSION, 0, &bad);
    ok(ret == MAPI_E_LOGIN_FAILURE && !bad, "got %lu, %#Ix\n", ret, bad);

    ret = MAPILogon(0, smapi_profile, empty, MAPI_EXTENDED, 0, &first);
    ok(ret == SUCCESS_SUCCESS && first, "got %lu, %#Ix\n", ret, first);
    second = log_on(0);                 /* shares the session */
    third = log_on(MAPI_NEW_SESSION | MAPI_FORCE_DOWNLOAD);
    ok(first != second && second != third && first != third, "one handle twice\n");
    ret = MAPIFindNext(first, 0, NULL, NULL, 0, 0, id);
    ok(ret == MAPI_E_NO_MESSAGES, "got %lu\n", ret);

    ret = MAPILogoff(first, 0, 1, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    log_off(first);
    ret = MAPILogoff(first, 0, 0, 0);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);
    ret = MAPIFindNext(first, 0, NULL, NULL, 0, 0, id);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);
    ret = MAPIFindNext(second, 0, NULL, NULL, 0, 0, id);
    ok(ret == MAPI_E_NO_MESSAGES, "got %lu\n", ret);
    log_off(second);
    log_off(third);
    ret = MAPILogoff(0, 0, 0, 0);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);
    ret = MAPILogoff(0x12345678, 0, 0, 0);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);
}

/* The extended session behind a handle. */
static void test_extended(void)
{
    SCODE(WINAPI *from_simple)(LHANDLE, ULONG, const IID *, void **) =
        (void *)GetProcAddress(GetModuleHandleA("mapi32.dll"), "ScMAPIXFromSMAPI");
    LHANDLE handle = log_on(MAPI_NEW_SESSION);
    IMAPISession *session, *again;
    IUnknown *unknown;
    IMAPITable *table;
    SCODE scode;

    scode = from_simple(handle, 0, NULL, (void **)&session);
    ok(scode == S_OK && session, "got %#lx\n", scode);
    if (scode != S_OK) return;
    scode = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(scode == S_OK, "got %#lx\n", scode);
    IMAPITable_Release(table);
    scode = from_simple(handle, 0, &IID_IMAPISession, (void **)&again);
    ok(scode == S_OK && again == session, "got %#lx\n", scode);
    IMAPISession_Release(again);
    scode = from_simple(handle, 0, &IID_IUnknown, (void **)&unknown);
    ok(scode == S_OK && unknown, "got %#lx\n", scode);
    IUnknown_Release(unknown);

    unknown = (IUnknown *)1;
    scode = from_simple(handle, 0, &IID_IMAPITable, (void **)&unknown);
    ok(scode == E_NOINTERFACE && !unknown, "got %#lx\n", scode);
    unknown = (IUnknown *)1;
    scode = from_simple(handle, 1, NULL, (void **)&unknown);
    ok(scode == MAPI_E_UNKNOWN_FLAGS && !unknown, "got %#lx\n", scode);
    unknown = (IUnknown *)1;
    scode = from_simple(0, 0, NULL, (void **)&unknown);
    ok(scode == MAPI_E_INVALID_PARAMETER && !unknown, "got %#lx\n", scode);
    scode = from_simple(handle, 0, NULL, NULL);
    ok(scode == MAPI_E_INVALID_PARAMETER, "got %#lx\n", scode);

    log_off(handle);
    scode = from_simple(handle, 0, NULL, (void **)&unknown);
    ok(scode == MAPI_E_INVALID_PARAMETER, "logged off: got %#lx\n", scode);
    /* it is the same session, so it has ended */
    scode = IMAPISession_GetMsgStoresTable(session, 0, &table);
    ok(FAILED(scode), "got %#lx\n", scode);
    ok(!IMAPISession_Release(session), "somebody holds it\n");
}

static DWORD WINAPI other_thread(void *arg)
{
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    char subject[] = "from another thread", id[512];
    MapiMessage message = { 0 };
    ULONG ret;

    message.lpszSubject = subject;
    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    ret = MAPISendMail((LHANDLE)arg, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = MAPIFindNext((LHANDLE)arg, 0, NULL, NULL, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_NO_MESSAGES, "got %lu\n", ret);
    log_off((LHANDLE)arg);
    return 0;
}

static void test_thread(void)
{
    LHANDLE session = log_on(MAPI_NEW_SESSION);
    HANDLE thread = CreateThread(NULL, 0, other_thread, (void *)session, 0, NULL);
    ULONG ret = WaitForSingleObject(thread, 60000);

    ok(ret == WAIT_OBJECT_0, "the thread hangs\n");
    CloseHandle(thread);
    smapi_look();
    ok(smapi_has_sent(L"from another thread"), "not sent\n");
    smapi_look_end();
}

/* What users complained of: the attachment is lost and the call reports success, it is gone with
 * the caller's file, one of two with the same name is left. */
static void test_attachment_goes_through(void)
{
    MapiRecipDesc recipients[] =
    {
        { 0, MAPI_TO, joe, joe_address, 0, NULL },
        { 0, MAPI_CC, (char *)"Ann <ann@example.org>", NULL, 0, NULL },
        { 0, MAPI_BCC, (char *)"FAX:123", (char *)"SMTP:fax@example.org", 0, NULL },
        { 0, MAPI_TO, (char *)"Grace Hopper", NULL, 0, NULL }
    };
    char subject[] = "with attachments", text[] = "See the files.", name[] = "first.txt";
    const char *path = smapi_path("one.txt"), *other = smapi_path("two.bin");
    MapiFileDesc files[] =
    {
        { 0, 0, ~0u, (char *)path, name, NULL },
        { 0, 0, 3, (char *)other, NULL, NULL },
        { 0, 0, ~0u, (char *)other, name, NULL }        /* two of one name */
    };
    MapiMessage message = { 0, subject, text, NULL, NULL, NULL, MAPI_RECEIPT_REQUESTED, NULL,
                            ARRAY_SIZE(recipients), recipients, ARRAY_SIZE(files), files };
    IMessage *sent;
    IAttach *attach;
    ULONG ret;

    smapi_write(path, "the first file");
    smapi_write(other, "the second file");
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    /* as programs do as soon as the call is over */
    ok(DeleteFileA(path) && DeleteFileA(other), "error %lu\n", GetLastError());

    smapi_look();
    if ((sent = smapi_sent(L"with attachments")))
    {
        check_wide(sent, PR_BODY_W, L"See the files.");
        check_wide(sent, PR_MESSAGE_CLASS_W, L"IPM.Note");
        ok(get_long(sent, PR_READ_RECEIPT_REQUESTED) & 1, "no receipt\n");
        ok(count_of(sent, FALSE) == 4, "%lu recipients\n", count_of(sent, FALSE));
        check_recipient(sent, 0, MAPI_TO, L"Joe", L"SMTP", L"joe@example.org");
        check_recipient(sent, 1, MAPI_CC, L"Ann", L"SMTP", L"ann@example.org");
        check_recipient(sent, 2, MAPI_BCC, L"FAX:123", L"SMTP", L"fax@example.org");
        check_recipient(sent, 3, MAPI_TO, L"Grace Hopper", L"SAMPLE", L"grace@sample.example");
        ok(count_of(sent, TRUE) == 3, "%lu attachments\n", count_of(sent, TRUE));
        check_attachment(sent, 0, ATTACH_BY_VALUE, L"first.txt", "the first file", 14);
        check_attachment(sent, 1, ATTACH_BY_VALUE, L"two.bin", "the second file", 15);
        check_attachment(sent, 2, ATTACH_BY_VALUE, L"first.txt", "the second file", 15);
        if (IMessage_OpenAttach(sent, 1, NULL, 0, &attach) == S_OK)
        {
            ok(get_long(attach, PR_RENDERING_POSITION) == 3, "another position\n");
            IAttach_Release(attach);
        }
        IMessage_Release(sent);
    }
    smapi_look_end();
}

static void test_any_script(void)
{
    WCHAR subject[] = L"\x00c4pfel \x0416\x0414 \x65e5\x672c \xd83d\xde00", path[MAX_PATH];
    WCHAR text[] = L"\x03b1\x03b2\x03b3\r\n\x05d0\x05d1", name[] = L"\x65e5\x672c.txt";
    WCHAR who[] = L"\x0416\x043e\x0440\x0436", address[] = L"SMTP:george@example.org";
    MapiRecipDescW recipient = { 0, MAPI_TO, who, address, 0, NULL };
    MapiFileDescW file = { 0, 0, ~0u, path, NULL, NULL };
    MapiMessageW message = { 0, subject, text, NULL, NULL, NULL, 0, NULL, 1, &recipient, 1, &file };
    IMessage *sent;
    HANDLE handle;
    DWORD put;
    ULONG ret;

    MultiByteToWideChar(CP_ACP, 0, smapi_folder, -1, path, MAX_PATH - 20);
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    handle = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    ok(handle != INVALID_HANDLE_VALUE, "error %lu\n", GetLastError());
    WriteFile(handle, "wide", 4, &put, NULL);
    CloseHandle(handle);
    ret = MAPISendMailW(0, 0, &message, MAPI_FORCE_UNICODE, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    DeleteFileW(path);

    smapi_look();
    if ((sent = smapi_sent(subject)))
    {
        check_wide(sent, PR_BODY_W, text);
        check_recipient(sent, 0, MAPI_TO, who, L"SMTP", L"george@example.org");
        check_attachment(sent, 0, ATTACH_BY_VALUE, name, "wide", 4);
        IMessage_Release(sent);
    }
    smapi_look_end();
}

/* UTF-8 in the ANSI structure, which says so. */
static void test_utf8(void)
{
    MapiRecipDesc recipient = { 0, MAPI_TO, NULL, (char *)"joe@example.org", 0, NULL };
    char subject[] = "\xd0\x96 in UTF-8", text[] = "\xe6\x97\xa5";
    MapiMessage message = { CP_UTF8, subject, text, NULL, NULL, NULL, 0, NULL, 1, &recipient, 0, NULL };
    IMessage *sent;
    ULONG ret;

    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    smapi_look();
    if ((sent = smapi_sent(L"\x0416 in UTF-8")))
    {
        check_wide(sent, PR_BODY_W, L"\x65e5");
        check_recipient(sent, 0, MAPI_TO, L"joe@example.org", L"SMTP", L"joe@example.org");
        IMessage_Release(sent);
    }
    smapi_look_end();
}

static void test_send_errors(void)
{
    static char large[0x8001], name[] = "Nobody At All", twice[] = "John Smith";
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    MapiFileDesc file = { 0, 0, ~0u, (char *)"Z:\\no\\such\\file", NULL, NULL };
    BYTE garbage[40] = { 0, 0, 0, 0, 1, 2, 3 };
    MapiMessage message = { 0 };
    ULONG ret;

    message.nRecipCount = 1;
    message.lpRecips = &recipient;
    message.lpszSubject = (char *)"never sent";
    ret = MAPISendMail(0x12345, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);
    ret = MAPISendMail(0, 0, &message, 0x80000000, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    recipient.ulRecipClass = MAPI_ORIG;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_BAD_RECIPTYPE, "got %lu\n", ret);
    recipient.ulRecipClass = MAPI_TO;

    recipient.lpszAddress = NULL;
    recipient.lpszName = name;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_UNKNOWN_RECIPIENT, "got %lu\n", ret);
    recipient.lpszName = twice;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_AMBIGUOUS_RECIPIENT, "got %lu\n", ret);
    recipient.lpszName = NULL;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    recipient.ulEIDSize = sizeof(garbage);
    recipient.lpEntryID = garbage;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    recipient.lpEntryID = (void *)0xdead0000;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    recipient.lpEntryID = NULL;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    recipient.ulEIDSize = 0;
    recipient.lpszName = (char *)0xdead0000;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    recipient.lpszName = joe;
    recipient.lpszAddress = joe_address;

    message.nFileCount = 1;
    message.lpFiles = &file;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_ATTACHMENT_NOT_FOUND, "got %lu\n", ret);
    file.lpszPathName = smapi_folder;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_ATTACHMENT_OPEN_FAILURE, "got %lu\n", ret);
    file.lpszPathName = (char *)0xdead0000;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_ATTACHMENT_NOT_FOUND, "got %lu\n", ret);
    message.nFileCount = 0x10000000;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_TOO_MANY_FILES, "got %lu\n", ret);
    message.nFileCount = 0;

    message.lpszNoteText = (char *)0xdead0000;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    message.lpszNoteText = NULL;
    memset(large, 'x', sizeof(large) - 1);
    message.lpszSubject = large;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_TEXT_TOO_LARGE, "got %lu\n", ret);
    message.lpszSubject = (char *)"never sent";
    message.lpOriginator = (void *)0xdead0000;
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    ret = MAPISendMailW(0, 0, (void *)0xdead0000, 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    ret = MAPISendMailW(0, 0, (void *)&message, 0, 0);
    ok(ret != SUCCESS_SUCCESS, "got %lu\n", ret);

    smapi_look();
    ok(!smapi_has_sent(L"never sent"), "it was sent\n");
    smapi_look_end();
}

/* OLE objects, file types, an originator, a message class of one's own, a conversation. */
static void test_send_details(void)
{
    static const char embedded[] = "\x01\x05\0\0\x02\0\0\0object",
                      picture[] = "\x01\x05\0\0\x05\0\0\0picture";
    BYTE oid[] = { 0x2a, 0x86, 0x48, 0x01 }, encoding[] = { 0x2a, 0x01, 0x02 };
    struct { ULONG reserved, size; BYTE *tag; ULONG encoding_size; BYTE *encoding; } type =
        { 0, sizeof(oid), oid, sizeof(encoding), encoding };
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    MapiRecipDesc originator = { 0, MAPI_ORIG, (char *)"The Boss", (char *)"SMTP:boss@example.org", 0, NULL };
    char class[] = "IPM.Sample.Order", conversation[] = "order 7", path[4][MAX_PATH];
    MapiFileDesc files[] =
    {
        { 0, MAPI_OLE, 0, path[0], (char *)"object", NULL },
        { 0, MAPI_OLE | MAPI_OLE_STATIC, 1, path[1], (char *)"picture", NULL },
        { 0, 0, ~0u, path[2], NULL, &type }
    };
    MapiMessage message = { 0, (char *)"details", NULL, class, NULL, conversation, 0, &originator, 1, &recipient,
                            ARRAY_SIZE(files), files };
    LHANDLE session = log_on(0);
    IMessage *sent;
    IAttach *attach;
    SPropValue *prop;
    DWORD put;
    HANDLE file;
    ULONG ret, i;

    for (i = 0; i < 3; i++)
    {
        sprintf(path[i], "%s\\file%lu", smapi_folder, i);
        file = CreateFileA(path[i], GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
        if (!i) WriteFile(file, embedded, sizeof(embedded) - 1, &put, NULL);
        else if (i == 1) WriteFile(file, picture, sizeof(picture) - 1, &put, NULL);
        CloseHandle(file);
    }
    ret = MAPISendMail(session, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    log_off(session);

    smapi_look();
    if ((sent = smapi_sent(L"details")))
    {
        check_wide(sent, PR_MESSAGE_CLASS_W, L"IPM.Sample.Order");
        check_wide(sent, PR_SENT_REPRESENTING_NAME_W, L"The Boss");
        check_wide(sent, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, L"boss@example.org");
        check_attachment(sent, 0, ATTACH_OLE, L"object", embedded, sizeof(embedded) - 1);
        check_attachment(sent, 1, ATTACH_OLE, L"picture", picture, sizeof(picture) - 1);
        check_attachment(sent, 2, ATTACH_BY_VALUE, L"file2", "", 0);
        if (IMessage_OpenAttach(sent, 2, NULL, 0, &attach) == S_OK)
        {
            prop = get_prop(attach, PR_ATTACH_TAG);
            ok(prop->ulPropTag == PR_ATTACH_TAG && prop->Value.bin.cb == sizeof(oid), "no tag\n");
            MAPIFreeBuffer(prop);
            prop = get_prop(attach, PR_ATTACH_ENCODING);
            ok(prop->ulPropTag == PR_ATTACH_ENCODING && prop->Value.bin.cb == sizeof(encoding),
               "no encoding\n");
            MAPIFreeBuffer(prop);
            IAttach_Release(attach);
        }
        IMessage_Release(sent);
    }
    smapi_look_end();
}

/* ---- save, find, read, delete ---- */

static void save(LHANDLE session, const char *subject, const char *date, FLAGS flags, char *id)
{
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    MapiMessage message = { 0, (char *)subject, (char *)"text", NULL, (char *)date, NULL, flags, NULL, 1,
                            &recipient, 0, NULL };
    ULONG ret;

    id[0] = 0;
    ret = MAPISaveMail(session, 0, &message, MAPI_LONG_MSGID, 0, id);
    ok(ret == SUCCESS_SUCCESS && *id, "got %lu, '%s'\n", ret, id);
}

static void check_subject_(LHANDLE session, const char *id, const char *subject, int line)
{
    MapiMessage *message = NULL;
    ULONG ret;

    ret = MAPIReadMail(session, 0, (char *)id, MAPI_PEEK | MAPI_ENVELOPE_ONLY, 0,
                       (MapiMessage *)&message);
    ok_(__FILE__, line)(ret == SUCCESS_SUCCESS && message, "MAPIReadMail returned %lu\n", ret);
    if (!message) return;
    ok_(__FILE__, line)(message->lpszSubject && !strcmp(message->lpszSubject, subject),
                        "got '%s', not '%s'\n", message->lpszSubject, subject);
    ok_(__FILE__, line)(!message->lpszNoteText, "there is a text\n");
    MAPIFreeBuffer(message);
}
#define check_subject(session, id, subject) check_subject_(session, id, subject, __LINE__)

/* All subjects in the order of MAPIFindNext. */
static void check_find_(LHANDLE session, const char *type, FLAGS flags, const char *const *subjects,
                        int line)
{
    char id[512] = "";
    ULONG ret;

    for (;;)
    {
        ret = MAPIFindNext(session, 0, (char *)type, id, flags, 0, id);     /* one buffer for both */
        if (!*subjects) break;
        ok_(__FILE__, line)(ret == SUCCESS_SUCCESS, "%s: got %lu\n", *subjects, ret);
        if (ret) return;
        if (!(flags & MAPI_LONG_MSGID))
            ok_(__FILE__, line)(strlen(id) < 64, "an identifier of %u characters\n",
                                (int)strlen(id));
        check_subject_(session, id, *subjects++, line);
    }
    ok_(__FILE__, line)(ret == MAPI_E_NO_MESSAGES && !*id, "got %lu, '%s'\n", ret, id);
}
#define check_find(session, type, flags, subjects) check_find_(session, type, flags, subjects, __LINE__)

static void test_find(void)
{
    static const char *const sorted[] = { "first", "second", "third", "fourth", NULL };
    static const char *const unread[] = { "first", "third", NULL };
    static const char *const orders[] = { "order", NULL };
    static const char *const none[] = { NULL };
    char id[512], seed[512], short_id[64], ids[5][512], class[] = "IPM.Sample.Order";
    MapiMessage order = { 0, (char *)"order", NULL, class, NULL, NULL, 0, NULL, 0, NULL, 0, NULL }, *message;
    LHANDLE session = log_on(0), other;
    ULONG ret, count;

    check_find(session, NULL, MAPI_LONG_MSGID, none);
    save(session, "third", "2020/03/03 12:00", MAPI_UNREAD | MAPI_SENT, ids[2]);
    save(session, "first", "2020/01/01 00:00", MAPI_UNREAD | MAPI_SENT, ids[0]);
    save(session, "fourth", NULL, MAPI_SENT, ids[3]);
    save(session, "second", "2020/02/29 23:59", MAPI_SENT, ids[1]);

    check_find(session, NULL, MAPI_LONG_MSGID | MAPI_GUARANTEE_FIFO, sorted);
    check_find(session, "", MAPI_GUARANTEE_FIFO, sorted);
    check_find(session, "IPM.Note", MAPI_GUARANTEE_FIFO | MAPI_LONG_MSGID, sorted);
    check_find(session, "ipm.no", MAPI_GUARANTEE_FIFO, sorted);
    check_find(session, NULL, MAPI_GUARANTEE_FIFO | MAPI_UNREAD_ONLY | MAPI_LONG_MSGID, unread);
    check_find(session, "IPM.Sample", MAPI_LONG_MSGID, none);
    id[0] = 0;
    ret = MAPISaveMail(session, 0, &order, MAPI_LONG_MSGID, 0, id);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    check_find(session, "IPM.Sample", MAPI_LONG_MSGID, orders);
    ret = MAPIDeleteMail(session, 0, id, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    for (count = 0, id[0] = 0; !MAPIFindNext(session, 0, NULL, id, MAPI_LONG_MSGID, 0, id);)
        count++;
    ok(count == 4, "%lu messages\n", count);

    /* a seed that is not the last one found */
    ret = MAPIFindNext(session, 0, NULL, ids[1], MAPI_LONG_MSGID | MAPI_GUARANTEE_FIFO, 0, id);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    check_subject(session, id, "third");
    ret = MAPIFindNext(session, 0, NULL, ids[0], MAPI_GUARANTEE_FIFO, 0, short_id);
    ok(ret == SUCCESS_SUCCESS && strlen(short_id) < 64, "got %lu\n", ret);
    check_subject(session, short_id, "second");
    other = log_on(MAPI_NEW_SESSION);
    if (short_id[0] == '#')
    {
        ret = MAPIReadMail(other, 0, short_id, MAPI_PEEK, 0, (MapiMessage *)&message);
        ok(ret == MAPI_E_INVALID_MESSAGE && !message, "got %lu\n", ret);
    }
    log_off(other);

    /* reading what was found, with only the unread asked for; then deleting it */
    seed[0] = 0;
    ret = MAPIFindNext(session, 0, NULL, seed,
                       MAPI_LONG_MSGID | MAPI_GUARANTEE_FIFO | MAPI_UNREAD_ONLY, 0, id);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    check_subject(session, id, "first");
    ret = MAPIReadMail(session, 0, id, 0, 0, (MapiMessage *)&message);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(message->flFlags == (MAPI_UNREAD | MAPI_SENT), "got %#lx\n", message->flFlags);
    MAPIFreeBuffer(message);
    ret = MAPIReadMail(session, 0, id, MAPI_PEEK, 0, (MapiMessage *)&message);
    ok(ret == SUCCESS_SUCCESS && message->flFlags == MAPI_SENT, "got %lu\n", ret);
    MAPIFreeBuffer(message);
    ret = MAPIDeleteMail(session, 0, id, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    strcpy(seed, id);
    ret = MAPIFindNext(session, 0, NULL, seed,
                       MAPI_LONG_MSGID | MAPI_GUARANTEE_FIFO | MAPI_UNREAD_ONLY, 0, id);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    check_subject(session, id, "third");

    ret = MAPIFindNext(session, 0, NULL, seed, MAPI_LONG_MSGID | MAPI_GUARANTEE_FIFO, 0, id);
    ok(ret == MAPI_E_INVALID_MESSAGE && !*id, "got %lu\n", ret);
    ret = MAPIFindNext(session, 0, NULL, (char *)"what is this", MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_INVALID_MESSAGE && !*id, "got %lu\n", ret);
    ret = MAPIFindNext(session, 0, NULL, (char *)0xdead0000, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_INVALID_MESSAGE && !*id, "got %lu\n", ret);
    ret = MAPIFindNext(session, 0, (char *)0xdead0000, NULL, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_FAILURE && !*id, "got %lu\n", ret);
    ret = MAPIFindNext(session, 0, NULL, NULL, 0, 0, NULL);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = MAPIFindNext(session, 0, NULL, NULL, 0, 0, (char *)0xdead0000);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    strcpy(id, "x");
    ret = MAPIFindNext(0, 0, NULL, NULL, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_INVALID_SESSION && !*id, "got %lu\n", ret);
    strcpy(id, "x");
    ret = MAPIFindNext(session, 0, NULL, NULL, 0x80000000, 0, id);
    ok(ret == MAPI_E_FAILURE && !*id, "got %lu\n", ret);

    ret = MAPIDeleteMail(session, 0, ids[0], 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    ret = MAPIDeleteMail(session, 0, NULL, 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    ret = MAPIDeleteMail(session, 0, (char *)"#00000000", 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    ret = MAPIDeleteMail(session, 0, (char *)"#FFFFFFFF", 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    ret = MAPIDeleteMail(session, 0, ids[1], 1, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = MAPIDeleteMail(0, 0, ids[1], 0, 0);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);
    for (count = 1; count < 4; count++)
    {
        ret = MAPIDeleteMail(session, 0, ids[count], 0, 0);
        ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    }
    check_find(session, NULL, MAPI_LONG_MSGID, none);
    log_off(session);
}

static void test_read(void)
{
    MapiRecipDesc recipients[] =
    {
        { 0, MAPI_TO, joe, joe_address, 0, NULL },
        { 0, MAPI_CC, (char *)"Grace Hopper", NULL, 0, NULL }
    };
    BYTE oid[] = { 0x2a, 0x86, 0x48, 0x01 };
    struct { ULONG reserved, size; BYTE *tag; ULONG encoding_size; BYTE *encoding; } type =
        { 0, sizeof(oid), oid, 0, NULL }, *read_type;
    char conversation[] = "order 7", id[512] = "", *long_text, path[MAX_PATH];
    MapiFileDesc files[] =
    {
        { 0, 0, 2, path, (char *)"..\\..\\evil.txt", &type },
        { 0, MAPI_OLE, ~0u, path, NULL, NULL },
    };
    MapiMessage in = { 0, (char *)"to read", NULL, NULL, (char *)"2021/12/31 23:58", conversation, MAPI_UNREAD,
                       NULL, 2, recipients, 2, files }, *out;
    LHANDLE session = log_on(0);
    ULONG ret, i;

    long_text = HeapAlloc(GetProcessHeap(), 0, 200001);
    for (i = 0; i < 200000; i++) long_text[i] = 'a' + i % 26;
    long_text[i] = 0;
    in.lpszNoteText = long_text;
    strcpy(path, smapi_path("to read.txt"));
    smapi_write(path, "what is in it");
    ret = MAPISaveMail(session, 0, &in, MAPI_LONG_MSGID, 0, id);
    ok(ret == SUCCESS_SUCCESS && *id, "got %lu\n", ret);
    DeleteFileA(path);

    out = (void *)0xdead;
    ret = MAPIReadMail(session, 0, id, MAPI_PEEK, 0, (MapiMessage *)&out);
    ok(ret == SUCCESS_SUCCESS && out, "got %lu\n", ret);
    if (ret) return;
    ok(!strcmp(out->lpszSubject, "to read"), "got %s\n", out->lpszSubject);
    ok(!strcmp(out->lpszNoteText, long_text), "got %u characters\n",
       (int)strlen(out->lpszNoteText));
    ok(!strcmp(out->lpszMessageType, "IPM.Note"), "got %s\n", out->lpszMessageType);
    ok(!strcmp(out->lpszDateReceived, "2021/12/31 23:58"), "got %s\n", out->lpszDateReceived);
    ok(out->lpszConversationID && *out->lpszConversationID, "no conversation\n");
    ok(out->flFlags == MAPI_UNREAD, "got %#lx\n", out->flFlags);
    ok(out->nRecipCount == 2, "got %lu\n", out->nRecipCount);
    ok(out->lpRecips[0].ulRecipClass == MAPI_TO && !strcmp(out->lpRecips[0].lpszName, "Joe")
           && !strcmp(out->lpRecips[0].lpszAddress, "SMTP:joe@example.org")
           && out->lpRecips[0].ulEIDSize,
       "got %s, %s\n", out->lpRecips[0].lpszName, out->lpRecips[0].lpszAddress);
    ok(out->lpRecips[1].ulRecipClass == MAPI_CC
           && !strcmp(out->lpRecips[1].lpszName, "Grace Hopper")
           && !strcmp(out->lpRecips[1].lpszAddress, "SAMPLE:grace@sample.example")
           && out->lpRecips[1].lpEntryID,
       "got %s, %s\n", out->lpRecips[1].lpszName, out->lpRecips[1].lpszAddress);
    ok(out->nFileCount == 2, "got %lu\n", out->nFileCount);
    ok(!strcmp(out->lpFiles[0].lpszFileName, "evil.txt"), "got %s\n", out->lpFiles[0].lpszFileName);
    ok(out->lpFiles[0].nPosition == 2 && !out->lpFiles[0].flFlags, "got %lu\n",
       out->lpFiles[0].nPosition);
    ok(!strcmp(smapi_read(out->lpFiles[0].lpszPathName), "what is in it"), "got '%s'\n",
       smapi_read(out->lpFiles[0].lpszPathName));
    ok(strlen(out->lpFiles[0].lpszPathName) > 4
           && !strcmp(out->lpFiles[0].lpszPathName + strlen(out->lpFiles[0].lpszPathName) - 4,
                      ".txt"),
       "got %s\n", out->lpFiles[0].lpszPathName);
    read_type = out->lpFiles[0].lpFileType;
    ok(read_type && read_type->size == sizeof(oid) && !memcmp(read_type->tag, oid, sizeof(oid)),
       "no file type\n");
    ok(!strcmp(out->lpFiles[1].lpszFileName, "to read.txt"), "got %s\n",
       out->lpFiles[1].lpszFileName);
    ok(out->lpFiles[1].flFlags == MAPI_OLE, "got %#lx\n", out->lpFiles[1].flFlags);
    ok(strcmp(out->lpFiles[0].lpszPathName, out->lpFiles[1].lpszPathName) != 0,
       "one file for both\n");
    ok(DeleteFileA(out->lpFiles[0].lpszPathName), "error %lu\n", GetLastError());
    ok(DeleteFileA(out->lpFiles[1].lpszPathName), "error %lu\n", GetLastError());
    MAPIFreeBuffer(out);

    ret = MAPIReadMail(session, 0, id, MAPI_PEEK | MAPI_ENVELOPE_ONLY, 0, (MapiMessage *)&out);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(!out->lpszNoteText && out->nRecipCount == 2 && out->nFileCount == 2, "got %lu files\n",
       out->nFileCount);
    ok(!out->lpFiles[0].lpszPathName && !strcmp(out->lpFiles[0].lpszFileName, "evil.txt"),
       "a file\n");
    MAPIFreeBuffer(out);
    ret = MAPIReadMail(session, 0, id, MAPI_PEEK | MAPI_SUPPRESS_ATTACH, 0, (MapiMessage *)&out);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(out->lpszNoteText && out->nFileCount == 2 && !out->lpFiles[1].lpszPathName, "a file\n");
    MAPIFreeBuffer(out);
    ret = MAPIReadMail(session, 0, id, MAPI_PEEK | MAPI_SUPPRESS_ATTACH | MAPI_BODY_AS_FILE, 0,
                       (MapiMessage *)&out);
    ok(ret == SUCCESS_SUCCESS && out->nFileCount == 3 && !out->lpszNoteText, "got %lu\n", ret);
    ok(!strncmp(smapi_read(out->lpFiles[0].lpszPathName), long_text, 4000), "another text\n");
    DeleteFileA(out->lpFiles[0].lpszPathName);
    ok(out->flFlags == MAPI_UNREAD, "got %#lx\n", out->flFlags);
    MAPIFreeBuffer(out);

    out = (void *)0xdead;
    ret = MAPIReadMail(session, 0, NULL, 0, 0, (MapiMessage *)&out);
    ok(ret == MAPI_E_INVALID_MESSAGE && !out, "got %lu\n", ret);
    out = (void *)0xdead;
    ret = MAPIReadMail(session, 0, (char *)"00", 0, 0, (MapiMessage *)&out);
    ok(ret == MAPI_E_INVALID_MESSAGE && !out, "got %lu\n", ret);
    out = (void *)0xdead;
    ret = MAPIReadMail(0, 0, id, 0, 0, (MapiMessage *)&out);
    ok(ret == MAPI_E_INVALID_SESSION && !out, "got %lu\n", ret);
    ret = MAPIReadMail(session, 0, id, 0, 0, NULL);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    /* other content for the same message */
    in.lpszSubject = (char *)"replaced";
    in.lpszNoteText = (char *)"short";
    in.nRecipCount = 1;
    in.nFileCount = 0;
    ret = MAPISaveMail(session, 0, &in, MAPI_LONG_MSGID, 0, id);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = MAPIReadMail(session, 0, id, MAPI_PEEK, 0, (MapiMessage *)&out);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(!strcmp(out->lpszSubject, "replaced") && !strcmp(out->lpszNoteText, "short"), "got %s, %s\n",
       out->lpszSubject, out->lpszNoteText);
    ok(out->nRecipCount == 1 && !out->nFileCount, "got %lu, %lu\n", out->nRecipCount,
       out->nFileCount);
    MAPIFreeBuffer(out);
    in.lpszSubject = (char *)"not replaced";
    recipients[0].lpszAddress = NULL;
    recipients[0].lpszName = (char *)"Nobody At All";
    ret = MAPISaveMail(session, 0, &in, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    check_subject(session, id, "replaced");
    ret = MAPISaveMail(0, 0, &in, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);
    ret = MAPISaveMail(session, 0, NULL, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    recipients[0].ulRecipClass = 9;
    ret = MAPISaveMail(session, 0, &in, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_BAD_RECIPTYPE, "got %lu\n", ret);
    ret = MAPIDeleteMail(session, 0, id, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = MAPISaveMail(session, 0, &in, MAPI_LONG_MSGID, 0, id);
    ok(ret == MAPI_E_INVALID_MESSAGE, "got %lu\n", ret);
    HeapFree(GetProcessHeap(), 0, long_text);
    log_off(session);
}

/* ---- the address book without a window ---- */

static void test_resolve(void)
{
    MapiRecipDesc *recipient, nobody = { 0 };
    MapiMessage message = { 0 };
    LHANDLE session = log_on(0);
    IMessage *sent;
    ULONG ret;

    ret = MAPIResolveName(session, 0, (char *)"Grace Hopper", 0, 0, &recipient);
    ok(ret == SUCCESS_SUCCESS && recipient, "got %lu\n", ret);
    ok(!strcmp(recipient->lpszName, "Grace Hopper"), "got %s\n", recipient->lpszName);
    ok(!strcmp(recipient->lpszAddress, "SAMPLE:grace@sample.example"), "got %s\n",
       recipient->lpszAddress);
    ok(recipient->ulEIDSize && recipient->lpEntryID && recipient->ulRecipClass == MAPI_TO,
       "no entry ID\n");

    /* an entry ID alone is enough to send to */
    recipient->lpszName = recipient->lpszAddress = NULL;
    message.lpszSubject = (char *)"by entry ID";
    message.nRecipCount = 1;
    message.lpRecips = recipient;
    ret = MAPISendMail(session, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = MAPIFreeBuffer(recipient);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);

    ret = MAPIResolveName(0, 0, (char *)"Joe <joe@example.org>", 0, 0, &recipient);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(!strcmp(recipient->lpszName, "Joe")
           && !strcmp(recipient->lpszAddress, "SMTP:joe@example.org"),
       "got %s, %s\n", recipient->lpszName, recipient->lpszAddress);
    MAPIFreeBuffer(recipient);
    recipient = (void *)0xdead;
    ret = MAPIResolveName(session, 0, (char *)"John Smith", 0, 0, &recipient);
    ok(ret == MAPI_E_AMBIGUOUS_RECIPIENT && !recipient, "got %lu\n", ret);
    recipient = (void *)0xdead;
    ret = MAPIResolveName(session, 0, (char *)"Nobody At All", 0, 0, &recipient);
    ok(ret == MAPI_E_UNKNOWN_RECIPIENT && !recipient, "got %lu\n", ret);
    ret = MAPIResolveName(session, 0, NULL, 0, 0, &recipient);
    ok(ret == MAPI_E_UNKNOWN_RECIPIENT && !recipient, "got %lu\n", ret);
    ret = MAPIResolveName(session, 0, (char *)0xdead0000, 0, 0, &recipient);
    ok(ret == MAPI_E_FAILURE && !recipient, "got %lu\n", ret);
    ret = MAPIResolveName(session, 0, joe, 0, 0, NULL);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    ret = MAPIDetails(session, 0, &nobody, 0, 0);
    ok(ret == MAPI_E_AMBIGUOUS_RECIPIENT, "got %lu\n", ret);
    ret = MAPIDetails(session, 0, NULL, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    nobody.ulEIDSize = 3;
    nobody.lpEntryID = joe;
    ret = MAPIDetails(session, 0, &nobody, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    ret = MAPIAddress(session, 0, NULL, 5, NULL, 0, NULL, 0, 0, NULL, NULL);
    ok(ret == MAPI_E_INVALID_EDITFIELDS, "got %lu\n", ret);
    ret = MAPIAddress(session, 0, NULL, 1, NULL, 2, (MapiRecipDesc *)0xdead0000, 0, 0, NULL, NULL);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    log_off(session);

    smapi_look();
    if ((sent = smapi_sent(L"by entry ID")))
    {
        check_recipient(sent, 0, MAPI_TO, L"Grace Hopper", L"SAMPLE", L"grace@sample.example");
        IMessage_Release(sent);
    }
    smapi_look_end();
}

/* winmail.dat at the receiver's: a recipient by address does not get rich text. */
static void test_no_winmail_dat(void)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_ENTRYID } };
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    MapiMessage message = { 0, (char *)"plain", (char *)"text", NULL, NULL, NULL, 0, NULL, 1, &recipient, 0, NULL };
    IMAPITable *table;
    IMessage *sent;
    SRowSet *rows;
    ULONG ret;

    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    smapi_look();
    if ((sent = smapi_sent(L"plain")))
    {
        ok(!lists_prop(sent, PR_RTF_COMPRESSED), "there is rich text\n");
        if (IMessage_GetRecipientTable(sent, 0, &table) == S_OK)
        {
            rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
            /* behind flags, UID and version: MAPI_ONE_OFF_NO_RICH_INFO */
            ok(rows->aRow[0].lpProps[0].ulPropTag == PR_ENTRYID
                   && rows->aRow[0].lpProps[0].Value.bin.cb > 24
                   && rows->aRow[0].lpProps[0].Value.bin.lpb[22] & 1,
               "it may get rich text\n");
            FreeProws(rows);
        }
        IMessage_Release(sent);
    }
    smapi_look_end();
}

/* A program that uses Extended MAPI only to send one message. */
static void test_one_message_by_extended(void)
{
    IMAPISession *session;
    IMsgStore *store;
    IMessage *message;
    HRESULT hr;

    hr = MAPILogonEx(0, NULL, NULL, MAPI_EXTENDED | MAPI_USE_DEFAULT, &session);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr != S_OK) return;
    if ((store = open_store(session, 0)))
    {
        if ((message = spool_message(store, "extended")))
        {
            spool_recipient(message, "SMTP", "joe@example.org");
            spool_submit(message);
        }
        IMsgStore_Release(store);
    }
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    smapi_look();
    ok(smapi_has_sent(L"extended"), "not sent\n");
    smapi_look_end();
}

static BOOL CALLBACK count_window(HWND window, LPARAM arg)
{
    DWORD process;

    GetWindowThreadProcessId(window, &process);
    if (process == GetCurrentProcessId() && IsWindowVisible(window)) ++*(int *)arg;
    return TRUE;
}

/* No profile to log on to: an error, and no box unless dialogs were asked for. */
static void test_no_message_box(void)
{
    MapiRecipDesc recipient = { 0, MAPI_TO, joe, joe_address, 0, NULL };
    MapiMessage message = { 0, (char *)"nowhere", NULL, NULL, NULL, NULL, 0, NULL, 1, &recipient, 0, NULL };
    char none[] = "No Such Profile";
    LHANDLE session = 0xdead;
    int windows = 0;
    ULONG ret;

    smapi_set_default(NULL);
    ret = MAPISendMail(0, 0, &message, 0, 0);
    ok(ret == MAPI_E_LOGIN_FAILURE, "got %lu\n", ret);
    EnumWindows(count_window, (LPARAM)&windows);
    ok(!windows, "%d windows\n", windows);
    ret = MAPILogon(0, none, NULL, 0, 0, &session);
    ok(ret == MAPI_E_LOGIN_FAILURE && !session, "got %lu, %#Ix\n", ret, session);
    ret = MAPILogon(0, smapi_profile, NULL, 0, 0, &session);
    ok(ret == SUCCESS_SUCCESS && session > 1, "got %lu\n", ret);
    log_off(log_on(0));                 /* now there is one to share */
    log_off(session);
    smapi_set_default(smapi_profile);
}

/* Mail that another program put into the inbox, not all of it harmless. */
static void test_read_foreign(void)
{
    static const char rtf[] = "{\\rtf1\\ansi rich \\b text\\b0 }";
    IStream *stream, *plain;
    IAttach *attach;
    IMAPIFolder *inbox;
    IMessage *message, *inner;
    MapiMessage *out;
    LHANDLE session;
    char id[512];
    SPropValue *entry;
    ULONG number, ret, i;
    HRESULT hr;

    smapi_look();
    inbox = spool_inbox(smapi_store);
    message = new_message(inbox, "foreign");
    IMAPIFolder_Release(inbox);
    set_text(message, PR_MESSAGE_CLASS_A, "IPM.Note");
    set_text(message, PR_SENDER_NAME_A, "Eve");
    set_text(message, PR_SENDER_ADDRTYPE_A, "SMTP");
    set_text(message, PR_SENDER_EMAIL_ADDRESS_A, "eve@example.org");
    hr = IMessage_OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, STGM_WRITE,
                               MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = WrapCompressedRTFStream(stream, MAPI_MODIFY, &plain);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Write(plain, rtf, sizeof(rtf) - 1, NULL);
    IStream_Commit(plain, 0);
    IStream_Release(plain);
    IStream_Commit(stream, 0);
    IStream_Release(stream);

    IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    set_text(attach, PR_DISPLAY_NAME_A, "C:\\windows\\inner\nmessage");
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(inner, PR_SUBJECT_A, "inside");
    save_object_(inner, __LINE__);
    IMessage_Release(inner);
    save_object_(attach, __LINE__);
    IAttach_Release(attach);
    IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_REF_ONLY);
    set_text(attach, PR_ATTACH_PATHNAME_A, "C:\\windows\\win.ini");
    set_text(attach, PR_ATTACH_FILENAME_A, "win.ini");
    save_object_(attach, __LINE__);
    IAttach_Release(attach);
    IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    save_object_(attach, __LINE__);
    IAttach_Release(attach);
    save_object_(message, __LINE__);
    entry = get_prop(message, PR_ENTRYID);
    for (i = 0; i < entry->Value.bin.cb; i++) sprintf(id + 2 * i, "%02x", entry->Value.bin.lpb[i]);
    MAPIFreeBuffer(entry);
    IMessage_Release(message);
    smapi_look_end();

    session = log_on(0);
    ret = MAPIReadMail(session, 0, id, MAPI_PEEK, 0, (MapiMessage *)&out);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    if (!ret)
    {
        ok(!strncmp(out->lpszNoteText, "rich text", 9), "got '%s'\n", out->lpszNoteText);
        ok(out->lpOriginator && !strcmp(out->lpOriginator->lpszName, "Eve")
           && out->lpOriginator->ulRecipClass == MAPI_ORIG
           && !strcmp(out->lpOriginator->lpszAddress, "SMTP:eve@example.org"), "another sender\n");
        ok(out->nFileCount == 3 && !out->nRecipCount && !out->lpRecips, "got %lu\n",
           out->nFileCount);
        ok(!strcmp(out->lpFiles[0].lpszFileName, "inner_message.msg"), "got %s\n",
           out->lpFiles[0].lpszFileName);
        ok(!memcmp(smapi_read(out->lpFiles[0].lpszPathName), "\xd0\xcf\x11\xe0", 4),
           "no compound file\n");
        ok(!strcmp(out->lpFiles[1].lpszFileName, "win.ini") && !out->lpFiles[1].lpszPathName,
           "got %s\n", out->lpFiles[1].lpszPathName);
        ok(out->lpFiles[2].lpszPathName && !*smapi_read(out->lpFiles[2].lpszPathName), "got %s\n",
           out->lpFiles[2].lpszPathName);
        DeleteFileA(out->lpFiles[0].lpszPathName);
        DeleteFileA(out->lpFiles[2].lpszPathName);
        MAPIFreeBuffer(out);
    }
    ret = MAPIDeleteMail(session, 0, id, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    log_off(session);
}

/* A store that does not know Unicode. */
static void test_ansi_store(void)
{
    static char profile[] = "SimpleAnsi";
    WCHAR address[] = L"SMTP:joe@example.org", subject[] = L"ansi";
    MapiRecipDescW recipient = { 0, MAPI_TO, NULL, address, 0, NULL };
    MapiMessageW message = { 0, subject, NULL, NULL, NULL, NULL, 0, NULL, 1, &recipient, 0, NULL };
    IMsgServiceAdmin *services;
    LHANDLE session = 0;
    IProfAdmin *admin;
    char id[512] = "";
    MapiMessage *out;
    HRESULT hr;
    ULONG ret;

    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    hr = IProfAdmin_CreateProfile(admin, (LPTSTR)profile, NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgServiceAdmin_CreateMsgService(services, (LPTSTR)"SAMPLESTORE", NULL, 0, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMsgServiceAdmin_Release(services);
    sample_behave("ms=ansi");
    ret = MAPILogon(0, profile, NULL, MAPI_NEW_SESSION, 0, &session);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = MAPISendMailW(session, 0, &message, MAPI_FORCE_UNICODE, 0);
    ok(ret == MAPI_E_UNICODE_NOT_SUPPORTED, "got %lu\n", ret);
    ret = MAPISendMailW(session, 0, &message, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    save(session, "saved", NULL, MAPI_UNREAD, id);
    check_subject(session, id, "saved");
    ret = MAPIFindNext(session, 0, NULL, NULL, MAPI_LONG_MSGID | MAPI_UNREAD_ONLY, 0, id);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = MAPIReadMail(session, 0, id, 0, 0, (MapiMessage *)&out);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    if (!ret)
    {
        ok(!strcmp(out->lpszNoteText, "text"), "got %s\n", out->lpszNoteText);
        ok(out->nRecipCount == 1 && !strcmp(out->lpRecips[0].lpszName, "Joe"), "got %lu\n",
           out->nRecipCount);
        MAPIFreeBuffer(out);
    }
    log_off(session);
    sample_behave(NULL);
    IProfAdmin_DeleteProfile(admin, (LPTSTR)profile, 0);
    IProfAdmin_Release(admin);
}

START_TEST(simple)
{
    if (!smapi_begin())
    {
        skip("no sample providers\n");
        return;
    }
    test_logon();
    test_extended();
    test_thread();
    test_attachment_goes_through();
    test_any_script();
    test_utf8();
    test_send_errors();
    test_send_details();
    test_find();
    test_read();
    test_resolve();
    test_no_winmail_dat();
    test_one_message_by_extended();
    test_no_message_box();
    test_read_foreign();
    test_ansi_store();
    smapi_end();
}
