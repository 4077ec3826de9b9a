/*
 * Simple MAPI as Basic programs call it
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
 * The functions are called as Basic would: structures with BSTRs of ANSI text, arrays by SAFEARRAY
 * **.
 */

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <oleauto.h>

#include "wine/test.h"
#include "smapi.h"

struct basic_message
{
    LONG reserved;
    BSTR subject, text, type, received, conversation;
    LONG flags, recipients, files;
};

struct basic_recipient
{
    LONG reserved, class;
    BSTR name, address;
    LONG id_size;
    BSTR id;
};

struct basic_file
{
    LONG reserved, flags, position;
    BSTR path, name, type;
};

static ULONG(WINAPI *send_mail)(LHANDLE, ULONG_PTR, struct basic_message *, SAFEARRAY **,
                                SAFEARRAY **, ULONG, ULONG);
static ULONG(WINAPI *save_mail)(LHANDLE, ULONG_PTR, struct basic_message *, SAFEARRAY **,
                                SAFEARRAY **, ULONG, ULONG, BSTR *);
static ULONG (WINAPI *read_mail)(LONG *, LONG *, LONG *, LHANDLE, ULONG_PTR, BSTR *, ULONG, ULONG);
static ULONG (WINAPI *get_read_mail)(LONG, struct basic_message *, SAFEARRAY **, SAFEARRAY **,
                                     struct basic_recipient *);
static ULONG (WINAPI *find_next)(LHANDLE, ULONG_PTR, BSTR *, BSTR *, ULONG, ULONG, BSTR *);
static ULONG(WINAPI *address)(LONG *, LHANDLE, ULONG_PTR, BSTR *, ULONG, BSTR *, LONG *,
                              SAFEARRAY **, ULONG, ULONG);
static ULONG (WINAPI *get_address)(LONG, LONG, SAFEARRAY **);
static ULONG (WINAPI *details)(LHANDLE, ULONG_PTR, struct basic_recipient *, ULONG, ULONG);
static ULONG(WINAPI *resolve_name)(LHANDLE, ULONG_PTR, const char *, ULONG, ULONG,
                                   struct basic_recipient *);

static BSTR string(const char *text)
{
    return SysAllocStringByteLen(text, strlen(text));
}

static BOOL is_text(BSTR string, const char *text)
{
    return string && !strcmp((char *)string, text) && SysStringByteLen(string) == strlen(text);
}

/* What Dim and ReDim make: memory of zeros. */
static SAFEARRAY *dim(ULONG count, size_t size)
{
    SAFEARRAY *array;

    ok(SafeArrayAllocDescriptor(1, &array) == S_OK, "no array\n");
    array->cbElements = size;
    array->rgsabound[0].cElements = count;
    ok(SafeArrayAllocData(array) == S_OK, "no elements\n");
    memset(array->pvData, 0, count * size);
    return array;
}

static void free_recipients(SAFEARRAY *array)
{
    struct basic_recipient *recipient = array->pvData;
    ULONG i;

    for (i = 0; i < array->rgsabound[0].cElements; i++)
    {
        SysFreeString(recipient[i].name);
        SysFreeString(recipient[i].address);
        SysFreeString(recipient[i].id);
    }
    SafeArrayDestroy(array);
}

static void free_files(SAFEARRAY *array)
{
    struct basic_file *file = array->pvData;
    ULONG i;

    for (i = 0; i < array->rgsabound[0].cElements; i++)
    {
        SysFreeString(file[i].path);
        SysFreeString(file[i].name);
        SysFreeString(file[i].type);
    }
    SafeArrayDestroy(array);
}

static void clear_message(struct basic_message *message)
{
    SysFreeString(message->subject);
    SysFreeString(message->text);
    SysFreeString(message->type);
    SysFreeString(message->received);
    SysFreeString(message->conversation);
    memset(message, 0, sizeof(*message));
}

static void set_recipient(SAFEARRAY *array, ULONG i, LONG class, const char *name,
                          const char *address)
{
    struct basic_recipient *recipient = (struct basic_recipient *)array->pvData + i;

    recipient->class = class;
    recipient->name = string(name);
    if (address) recipient->address = string(address);
}

static LHANDLE log_on(void)
{
    LHANDLE session = 0;
    ULONG ret = MAPILogon(0, NULL, NULL, 0, 0, &session);

    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    return session;
}

static void test_send(void)
{
    SAFEARRAY *recipients = dim(3, sizeof(struct basic_recipient)),
              *files = dim(1, sizeof(struct basic_file)), *none = NULL;
    struct basic_message message = { 0 };
    struct basic_file *file = files->pvData;
    LHANDLE session = log_on();
    IMessage *sent;
    ULONG ret;

    message.subject = string("from Basic");
    message.text = string("Some text.");
    message.recipients = 2;             /* of three */
    message.files = 1;
    set_recipient(recipients, 0, MAPI_TO, "Joe", "SMTP:joe@example.org");
    set_recipient(recipients, 1, MAPI_CC, "Grace Hopper", NULL);
    smapi_write(smapi_path("basic.txt"), "a file of Basic's");
    file->position = -1;
    file->path = string(smapi_path("basic.txt"));
    file->name = string("");
    ret = send_mail(session, 0, &message, &recipients, &files, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    SysFreeString(message.subject);
    message.subject = string("without files");
    message.files = 0;
    ret = send_mail(0, 0, &message, &recipients, &none, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    smapi_look();
    if ((sent = smapi_sent(L"from Basic")))
    {
        check_recipient(sent, 0, MAPI_TO, L"Joe", L"SMTP", L"joe@example.org");
        check_recipient(sent, 1, MAPI_CC, L"Grace Hopper", L"SAMPLE", L"grace@sample.example");
        check_attachment(sent, 0, ATTACH_BY_VALUE, L"basic.txt", "a file of Basic's", 17);
        IMessage_Release(sent);
    }
    if ((sent = smapi_sent(L"without files"))) IMessage_Release(sent);
    smapi_look_end();

    /* Arrays that are not what the counts say. */
    message.recipients = 4;
    ret = send_mail(session, 0, &message, &recipients, &none, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    message.recipients = -1;
    ret = send_mail(session, 0, &message, &recipients, &none, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    message.recipients = 1;
    ret = send_mail(session, 0, &message, &none, &none, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = send_mail(session, 0, &message, NULL, NULL, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = send_mail(session, 0, &message, &files, &none, 0, 0);
    ok(ret == MAPI_E_FAILURE || sizeof(*file) == sizeof(struct basic_recipient), "got %lu\n", ret);
    ret = send_mail(session, 0, &message, (SAFEARRAY **)0xdead0000, NULL, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    recipients->cDims = 2;
    ret = send_mail(session, 0, &message, &recipients, &none, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    recipients->cDims = 1;
    recipients->cbElements--;
    ret = send_mail(session, 0, &message, &recipients, &none, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    recipients->cbElements++;
    ((struct basic_recipient *)recipients->pvData)->id = string("short");
    ((struct basic_recipient *)recipients->pvData)->id_size = 6;
    ret = send_mail(session, 0, &message, &recipients, &none, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    ret = send_mail(session, 0, NULL, &recipients, &none, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    message.recipients = 0;
    ret = send_mail(session, 0, &message, NULL, NULL, 0, 0);
    ok(ret == MAPI_E_INVALID_RECIPS, "got %lu\n", ret);
    ret = send_mail(0x1234, 0, &message, NULL, NULL, 0, 0);
    ok(ret == MAPI_E_INVALID_SESSION, "got %lu\n", ret);

    clear_message(&message);
    free_recipients(recipients);
    free_files(files);
    MAPILogoff(session, 0, 0, 0);
}

/* Saved, found, read, and saved over. */
static void test_messages(void)
{
    SAFEARRAY *recipients = dim(1, sizeof(struct basic_recipient)),
              *files = dim(1, sizeof(struct basic_file)), *short_one;
    BSTR id = NULL, seed = NULL, type = string("IPM.Note"), first;
    LONG number = 7, recipient_count = 7, file_count = 7;
    struct basic_recipient originator = { 0 }, *recipient;
    struct basic_message message = { 0 };
    struct basic_file *file = files->pvData;
    char room[512] = "";
    LHANDLE session = log_on();
    ULONG ret, i;

    message.subject = string("kept by Basic");
    message.text = string("first");
    message.flags = MAPI_UNREAD;
    message.recipients = 1;
    message.files = 1;
    set_recipient(recipients, 0, MAPI_TO, "Joe", "SMTP:joe@example.org");
    smapi_write(smapi_path("kept.txt"), "kept");
    file->position = -1;
    file->path = string(smapi_path("kept.txt"));
    id = string("");
    ret = save_mail(session, 0, &message, &recipients, &files, MAPI_LONG_MSGID, 0, &id);
    ok(ret == SUCCESS_SUCCESS && SysStringByteLen(id), "got %lu\n", ret);

    /* A string with room, as programs pass one. */
    first = SysAllocStringByteLen(room, sizeof(room));
    ret = find_next(session, 0, &type, &seed, MAPI_LONG_MSGID, 0, &first);
    ok(ret == SUCCESS_SUCCESS && SysStringByteLen(first) == strlen((char *)first), "got %lu\n",
       ret);
    seed = SysAllocStringByteLen((char *)first, SysStringByteLen(first));
    for (i = 0; i < 10 && ret == SUCCESS_SUCCESS; i++)
        ret = find_next(session, 0, &type, &seed, MAPI_LONG_MSGID, 0, &seed);
    ok(ret == MAPI_E_NO_MESSAGES, "got %lu\n", ret);
    ret = find_next(session, 0, NULL, NULL, 0, 0, NULL);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    ret = read_mail(&number, &recipient_count, &file_count, session, 0, &id, MAPI_PEEK, 0);
    ok(ret == SUCCESS_SUCCESS && number && recipient_count == 1 && file_count == 1,
       "got %lu, %ld, %ld, %ld\n", ret, number, recipient_count, file_count);
    clear_message(&message);
    free_recipients(recipients);
    free_files(files);
    recipients = dim(2, sizeof(struct basic_recipient));
    files = dim(1, sizeof(struct basic_file));
    recipient = recipients->pvData;
    file = files->pvData;
    message.subject = string("from before");
    recipient->name = string("from before");
    ret = get_address(number, 1, &recipients);
    ok(ret == MAPI_E_FAILURE, "a message's number: got %lu\n", ret);
    ret = get_read_mail(number, &message, &recipients, &files, &originator);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(is_text(message.subject, "kept by Basic") && is_text(message.text, "first")
           && is_text(message.type, "IPM.Note"),
       "another message\n");
    ok(message.flags & MAPI_UNREAD && message.recipients == 1 && message.files == 1, "got %#lx\n",
       message.flags);
    ok(is_text(recipient->name, "Joe") && is_text(recipient->address, "SMTP:joe@example.org"),
       "another recipient\n");
    ok(recipient->class == MAPI_TO && recipient->id_size
           && SysStringByteLen(recipient->id) == recipient->id_size,
       "got %ld, %ld\n", recipient->class, recipient->id_size);
    ok(is_text(file->name, "kept.txt") && file->path
           && !strcmp(smapi_read((char *)file->path), "kept"),
       "another file\n");
    if (file->path) DeleteFileA((char *)file->path);
    ret = get_read_mail(number, &message, &recipients, &files, &originator);
    ok(ret == MAPI_E_FAILURE, "a second time: got %lu\n", ret);
    ret = get_read_mail(0, &message, &recipients, &files, &originator);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    /* too small */
    ret = read_mail(&number, &recipient_count, &file_count, session, 0, &id, MAPI_SUPPRESS_ATTACH,
                    0);
    ok(ret == SUCCESS_SUCCESS && number, "got %lu\n", ret);
    short_one = dim(0, sizeof(struct basic_recipient));
    ret = get_read_mail(number, &message, &short_one, &files, &originator);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    SafeArrayDestroy(short_one);
    /* what nobody asks for does not stay for ever */
    ret = read_mail(&number, &recipient_count, &file_count, session, 0, &id, MAPI_ENVELOPE_ONLY, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    for (i = 0; i < 64; i++)
    {
        LONG other;

        ret = read_mail(&other, &recipient_count, &file_count, session, 0, &id, MAPI_ENVELOPE_ONLY,
                        0);
        ok(ret == SUCCESS_SUCCESS && other != number, "got %lu, %ld\n", ret, other);
    }
    ret = get_read_mail(number, &message, &recipients, &files, &originator);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    SysFreeString(message.text);
    message.text = string("second");
    message.files = 0;
    ret = save_mail(session, 0, &message, &recipients, NULL, MAPI_LONG_MSGID, 0, &id);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ret = read_mail(&number, &recipient_count, &file_count, session, 0, &id, MAPI_PEEK, 0);
    ok(ret == SUCCESS_SUCCESS && !file_count, "got %lu, %ld\n", ret, file_count);
    ret = get_read_mail(number, &message, &recipients, NULL, &originator);
    ok(ret == SUCCESS_SUCCESS && is_text(message.text, "second"), "got %lu\n", ret);
    ret = MAPIDeleteMail(session, 0, (char *)id, 0, 0);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    number = recipient_count = file_count = 7;
    ret = read_mail(&number, &recipient_count, &file_count, session, 0, &id, 0, 0);
    ok(ret == MAPI_E_INVALID_MESSAGE && !number && !recipient_count && !file_count, "got %lu\n",
       ret);
    ret = read_mail(&number, &recipient_count, NULL, session, 0, &id, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    clear_message(&message);
    SysFreeString(originator.name);
    SysFreeString(originator.address);
    SysFreeString(originator.id);
    free_recipients(recipients);
    free_files(files);
    SysFreeString(id);
    SysFreeString(seed);
    SysFreeString(first);
    SysFreeString(type);
    MAPILogoff(session, 0, 0, 0);
}

static DWORD WINAPI take_given(void *arg)
{
    HWND book = drive_wait(L"Whom to tell");

    if (book) drive_click(book, IDOK);
    return 0;
}

static void test_book(void)
{
    SAFEARRAY *recipients = dim(1, sizeof(struct basic_recipient));
    struct basic_recipient found = { 0 }, *recipient = recipients->pvData;
    BSTR caption = string("Whom to tell"), label = NULL;
    LONG number = 7, count = 0;
    LHANDLE session = log_on();
    HANDLE thread;
    ULONG ret;

    found.name = string("from before");
    ret = resolve_name(session, 0, "Grace Hopper", 0, 0, &found);
    ok(ret == SUCCESS_SUCCESS, "got %lu\n", ret);
    ok(is_text(found.name, "Grace Hopper") && is_text(found.address, "SAMPLE:grace@sample.example"),
       "somebody else\n");
    ok(found.class == MAPI_TO && found.id_size && SysStringByteLen(found.id) == found.id_size,
       "got %ld\n", found.id_size);
    ret = resolve_name(session, 0, "John Smith", 0, 0, &found);
    ok(ret == MAPI_E_AMBIGUOUS_RECIPIENT, "got %lu\n", ret);
    ok(is_text(found.name, "Grace Hopper"), "it was changed\n");
    ret = resolve_name(session, 0, "Grace Hopper", 0, 0, NULL);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);

    ret = address(&number, session, 0, &caption, 5, &label, &count, &recipients, 0, 0);
    ok(ret == MAPI_E_INVALID_EDITFIELDS && !number, "got %lu\n", ret);
    ret = address(NULL, session, 0, &caption, 1, &label, &count, &recipients, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    count = 2;
    ret = address(&number, session, 0, &caption, 1, &label, &count, &recipients, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = details(session, 0, NULL, 0, 0);
    ok(ret == MAPI_E_FAILURE, "got %lu\n", ret);
    ret = details(session, 0, recipient, 0, 0);
    ok(ret == MAPI_E_AMBIGUOUS_RECIPIENT, "got %lu\n", ret);
    if (drive_has_gdi())
    {
        set_recipient(recipients, 0, MAPI_TO, "Joe", "SMTP:joe@example.org");
        count = 1;
        thread = drive_start(drive_cancel, (void *)L"Whom to tell");
        ret = address(&number, session, 0, &caption, 1, &label, &count, &recipients, 0, 0);
        ok(ret == MAPI_E_USER_ABORT && !number && count == 1, "got %lu, %ld\n", ret, count);
        drive_join(thread);
        thread = drive_start(take_given, NULL);
        ret = address(&number, session, 0, &caption, 1, &label, &count, &recipients, 0, 0);
        ok(ret == SUCCESS_SUCCESS && number && count == 1, "got %lu, %ld\n", ret, count);
        drive_join(thread);
        ret = get_address(number, count, &recipients);
        ok(ret == SUCCESS_SUCCESS && is_text(recipient->name, "Joe") && recipient->id_size,
           "got %lu\n", ret);
        ret = get_address(number, count, &recipients);
        ok(ret == MAPI_E_FAILURE, "a second time: got %lu\n", ret);
        thread = drive_start(drive_cancel, (void *)L"Grace Hopper Properties");
        ret = details(session, 0, &found, 0, 0);
        ok(ret == SUCCESS_SUCCESS || ret == MAPI_E_USER_ABORT, "got %lu\n", ret);
        drive_join(thread);
    }
    else skip("no typing here\n");

    SysFreeString(found.name);
    SysFreeString(found.address);
    SysFreeString(found.id);
    SysFreeString(caption);
    free_recipients(recipients);
    MAPILogoff(session, 0, 0, 0);
}

START_TEST(basic)
{
    HMODULE mapi32 = GetModuleHandleA("mapi32.dll");

    if (!smapi_begin())
    {
        skip("no sample providers\n");
        return;
    }
    send_mail = (void *)GetProcAddress(mapi32, "BMAPISendMail");
    save_mail = (void *)GetProcAddress(mapi32, "BMAPISaveMail");
    read_mail = (void *)GetProcAddress(mapi32, "BMAPIReadMail");
    get_read_mail = (void *)GetProcAddress(mapi32, "BMAPIGetReadMail");
    find_next = (void *)GetProcAddress(mapi32, "BMAPIFindNext");
    address = (void *)GetProcAddress(mapi32, "BMAPIAddress");
    get_address = (void *)GetProcAddress(mapi32, "BMAPIGetAddress");
    details = (void *)GetProcAddress(mapi32, "BMAPIDetails");
    resolve_name = (void *)GetProcAddress(mapi32, "BMAPIResolveName");
    test_send();
    test_messages();
    test_book();
    smapi_end();
}
