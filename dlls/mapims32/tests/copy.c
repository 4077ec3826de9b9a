/*
 * Tests: copying and moving in and between message stores
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

#define COBJMACROS

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "mapims.h"

static const char profile[] = "mapitest mapims copy";

static void write_bytes(void *object, ULONG tag, ULONG size)
{
    static BYTE bytes[10000];
    IStream *stream;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < sizeof(bytes); i++) bytes[i] = i * 7;
    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, 0, MAPI_CREATE | MAPI_MODIFY,
                                (IUnknown **)&stream);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    if (FAILED(hr)) return;
    for (i = 0; i < size; i += sizeof(bytes))
    {
        hr = IStream_Write(stream, bytes, min(size - i, sizeof(bytes)), NULL);
        ok(hr == S_OK, "Write returned %#lx\n", hr);
    }
    IStream_Release(stream);
}

static ULONG count_bytes(void *object, ULONG tag)
{
    ULONG i, got, total = 0, wrong = 0;
    BYTE buffer[4096];
    IStream *stream;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, 0, 0, (IUnknown **)&stream);
    if (FAILED(hr)) return 0;
    while (SUCCEEDED(IStream_Read(stream, buffer, sizeof(buffer), &got)) && got)
    {
        for (i = 0; i < got; i++) if (buffer[i] != (BYTE)((total + i) % 10000 * 7)) wrong++;
        total += got;
    }
    ok(!wrong, "%lu bytes are wrong\n", wrong);
    IStream_Release(stream);
    return total;
}

/* Recipients, a large body, an attachment with data and one with a message. */
static void add_full_message(IMAPIFolder *folder, const char *subject)
{
    IMessage *message = new_message(folder, subject), *inside;
    IAttach *attach;
    ULONG number;
    HRESULT hr;

    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    write_bytes(message, PROP_TAG(PT_BINARY, 0x6710), 60000);
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    write_bytes(attach, PR_ATTACH_DATA_BIN, 30000);
    save_object(attach);
    IAttach_Release(attach);
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                              (IUnknown **)&inside);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(inside, PR_SUBJECT_A, "inside");
    save_object(inside);
    IMessage_Release(inside);
    save_object(attach);
    IAttach_Release(attach);
    save_object(message);
    IMessage_Release(message);
}

static void check_full_message_(IMessage *message, const char *subject, int line)
{
    IMessage *inside;
    IAttach *attach;
    HRESULT hr;
    ULONG size;

    check_text_(message, PR_SUBJECT_A, subject, line);
    check_text_(message, PR_DISPLAY_TO_A, "Ada", line);
    size = count_bytes(message, PROP_TAG(PT_BINARY, 0x6710));
    ok_(__FILE__, line)(size == 60000, "%lu bytes\n", size);
    hr = IMessage_OpenAttach(message, 0, NULL, 0, &attach);
    ok_(__FILE__, line)(hr == S_OK, "no attachment 0: %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        size = count_bytes(attach, PR_ATTACH_DATA_BIN);
        ok_(__FILE__, line)(size == 30000, "%lu bytes\n", size);
        IAttach_Release(attach);
    }
    hr = IMessage_OpenAttach(message, 1, NULL, 0, &attach);
    ok_(__FILE__, line)(hr == S_OK, "no attachment 1: %#lx\n", hr);
    if (FAILED(hr)) return;
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inside);
    ok_(__FILE__, line)(hr == S_OK, "no message inside: %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        check_text_(inside, PR_SUBJECT_A, "inside", line);
        IMessage_Release(inside);
    }
    IAttach_Release(attach);
}
#define check_full_message(message, subject) check_full_message_(message, subject, __LINE__)

static void check_row_(IMAPIFolder *folder, ULONG n, const char *subject, int line)
{
    IMessage *message = open_row_message_(folder, n, 0, line);

    if (!message) return;
    check_full_message_(message, subject, line);
    IMessage_Release(message);
}
#define check_row(folder, n, subject) check_row_(folder, n, subject, __LINE__)

static void test_messages(IMsgStore *store, IMsgStore *other, const char *name)
{
    IMAPIFolder *src, *dst;
    SRowSet *rows;
    SBinary ids[2], bad;
    HRESULT hr;

    src = ms_new_folder(store, name);
    dst = ms_new_folder(other, "Destination");
    add_full_message(src, "one");
    ms_add_message(src, "two");
    rows = contents(src);
    hr = IMAPIFolder_CopyMessages(src, NULL, NULL, dst, 0, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyMessages(src, entry_list(rows, ids, 0, 2), NULL, NULL, 0, NULL, 0);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyMessages(src, entry_list(rows, ids, 0, 2), NULL, dst, 0, NULL, 0x4000000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyMessages(src, entry_list(rows, ids, 0, 2), NULL, dst, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(src, "one two");
    check_contents(dst, "one two");
    check_row(dst, 0, "one");
    check_row(src, 0, "one");
    hr = IMAPIFolder_EmptyFolder(dst, 0, NULL, DELETE_HARD_DELETE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyMessages(src, entry_list(rows, ids, 0, 1), NULL, dst, 0, NULL, MESSAGE_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(src, "two");
    check_contents(dst, "one");
    check_row(dst, 0, "one");

    /* What is not there, or no message, does not keep the others. */
    bad = ids[0];
    ids[0] = rows->aRow[1].lpProps[0].Value.bin;
    ids[1] = bad;
    hr = IMAPIFolder_CopyMessages(src, entry_list_of(ids, 2), NULL, dst, 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    ok(get_long(dst, PR_CONTENT_COUNT) == 2, "%lu messages\n", get_long(dst, PR_CONTENT_COUNT));
    FreeProws(rows);
    IMAPIFolder_Release(src);
    hr = IMAPIFolder_EmptyFolder(dst, 0, NULL, DELETE_HARD_DELETE);
    ok(hr == S_OK, "got %#lx\n", hr);
    src = open_folder(other, PR_IPM_SUBTREE_ENTRYID);
    {
        SPropValue *id = get_prop(dst, PR_ENTRYID);

        IMAPIFolder_Release(dst);
        hr = IMAPIFolder_DeleteFolder(src, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL,
                                      DELETE_HARD_DELETE);
        ok(hr == S_OK, "got %#lx\n", hr);
        MAPIFreeBuffer(id);
    }
    IMAPIFolder_Release(src);
}

static void test_folder_between(IMsgStore *store, IMsgStore *other)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    IMAPIFolder *dst = open_folder(other, PR_IPM_SUBTREE_ENTRYID), *folder, *below, *copy;
    SPropValue *id;
    HRESULT hr;

    folder = create_folder(subtree, "Whole tree");
    below = create_folder(folder, "Below");
    add_full_message(below, "deep");
    id = get_prop(folder, PR_ENTRYID);
    hr = IMAPIFolder_CopyFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, dst,
                                NULL, 0, NULL, COPY_SUBFOLDERS);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFolder_CreateFolder(dst, FOLDER_GENERIC, (LPTSTR)"Whole tree", NULL, NULL,
                                  OPEN_IF_EXISTS, &copy);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIFolder_Release(below);
    hr = IMAPIFolder_CreateFolder(copy, FOLDER_GENERIC, (LPTSTR)"Below", NULL, NULL, OPEN_IF_EXISTS,
                                  &below);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(below, "deep");
    check_row(below, 0, "deep");
    IMAPIFolder_Release(below);
    IMAPIFolder_Release(copy);
    IMAPIFolder_Release(folder);
    MAPIFreeBuffer(id);
    IMAPIFolder_Release(dst);
    IMAPIFolder_Release(subtree);
}

static void test_objects(IMsgStore *store)
{
    SizedSPropTagArray(1, subject) = { 1, { PR_SUBJECT_A } };
    IMAPIFolder *folder = ms_new_folder(store, "Objects");
    IMessage *message, *copy;
    HRESULT hr;

    add_full_message(folder, "original");
    message = open_row_message(folder, 0, 0);
    copy = new_message(folder, NULL);
    hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, MAPI_DECLINE_OK, NULL);
    ok(hr == MAPI_E_DECLINE_COPY, "got %#lx\n", hr);
    hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, message, 0, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    save_object(copy);
    check_full_message(copy, "original");
    IMessage_Release(copy);
    copy = new_message(folder, NULL);
    hr = IMessage_CopyProps(message, (SPropTagArray *)&subject, 0, NULL, &IID_IMessage, copy, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_text(copy, PR_SUBJECT_A, "original");
    IMessage_Release(copy);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

START_TEST(copy)
{
    IMAPISession *session;
    IMsgStore *store, *other;
    HRESULT hr;

    if ((store = ms_begin(profile, &session)))
    {
        test_messages(store, store, "Within");
        test_objects(store);
        IMsgStore_Release(store);
        store_session_end(session);
        hr = ms_add_service(profile, ms_path("other.db"));
        ok(hr == S_OK, "got %#lx\n", hr);
        session = store_session(profile);
        store = open_store(session, 0);
        if ((other = open_store(session, 1)))
        {
            test_messages(store, other, "Between");
            test_folder_between(store, other);
            IMsgStore_Release(other);
        }
    }
    ms_end(profile, session, store);
}
