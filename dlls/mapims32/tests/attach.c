/*
 * Tests: attachments and streams of the message store
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

static const char profile[] = "mapitest mapims attach";

static IStream *open_stream_(void *object, ULONG tag, ULONG flags, HRESULT expected, int line)
{
    IStream *stream = NULL;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, 0, flags, (IUnknown **)&stream);
    ok_(__FILE__, line)(hr == expected, "OpenProperty of %#lx returned %#lx\n", tag, hr);
    ok_(__FILE__, line)(SUCCEEDED(hr) == (stream != NULL), "stream %p\n", stream);
    return stream;
}
#define open_stream(object, tag, flags, expected) open_stream_(object, tag, flags, expected, __LINE__)

static BYTE pattern(ULONG seed, ULONG place)
{
    return (BYTE)(place * 31 + (place >> 8) * 7 + seed);
}

static void write_pattern_(void *object, ULONG tag, ULONG seed, ULONG size, int line)
{
    IStream *stream = open_stream_(object, tag, MAPI_CREATE | MAPI_MODIFY, S_OK, line);
    ULONG i, done, some;
    BYTE buffer[4096];
    HRESULT hr = S_OK;

    if (!stream) return;
    for (done = 0; done < size && SUCCEEDED(hr); done += some)
    {
        some = min(size - done, sizeof(buffer));
        for (i = 0; i < some; i++) buffer[i] = pattern(seed, done + i);
        hr = IStream_Write(stream, buffer, some, NULL);
    }
    ok_(__FILE__, line)(hr == S_OK, "Write returned %#lx\n", hr);
    hr = IStream_Commit(stream, 0);
    ok_(__FILE__, line)(hr == S_OK, "Commit returned %#lx\n", hr);
    IStream_Release(stream);
}
#define write_pattern(object, tag, seed, size) write_pattern_(object, tag, seed, size, __LINE__)

static void check_pattern_(void *object, ULONG tag, ULONG seed, ULONG size, int line)
{
    IStream *stream = open_stream_(object, tag, 0, S_OK, line);
    ULONG i, got, done = 0, wrong = 0;
    BYTE buffer[4096];
    HRESULT hr;

    if (!stream) return;
    do
    {
        got = 0;
        hr = IStream_Read(stream, buffer, sizeof(buffer), &got);
        for (i = 0; i < got; i++) if (buffer[i] != pattern(seed, done + i)) wrong++;
        done += got;
    }
    while (SUCCEEDED(hr) && got);
    ok_(__FILE__, line)(SUCCEEDED(hr), "Read returned %#lx\n", hr);
    ok_(__FILE__, line)(done == size && !wrong, "%lu bytes of %lu, %lu wrong\n", done, size, wrong);
    IStream_Release(stream);
}
#define check_pattern(object, tag, seed, size) check_pattern_(object, tag, seed, size, __LINE__)

static IAttach *new_attachment_(IMessage *message, LONG method, ULONG expected, int line)
{
    IAttach *attach = NULL;
    ULONG number;
    HRESULT hr;

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok_(__FILE__, line)(hr == S_OK && number == expected, "got %#lx, %lu\n", hr, number);
    if (attach) set_long_(attach, PR_ATTACH_METHOD, method, line);
    return attach;
}
#define new_attachment(message, method, expected) new_attachment_(message, method, expected, __LINE__)

static IAttach *open_attachment_(IMessage *message, ULONG number, ULONG flags, int line)
{
    IAttach *attach = NULL;
    HRESULT hr;

    hr = IMessage_OpenAttach(message, number, NULL, flags, &attach);
    ok_(__FILE__, line)(hr == S_OK && attach, "OpenAttach of %lu returned %#lx\n", number, hr);
    return attach;
}
#define open_attachment(message, number, flags) open_attachment_(message, number, flags, __LINE__)

static ULONG count_attachments(IMessage *message)
{
    IMAPITable *table;
    SRowSet *rows;
    ULONG count;
    HRESULT hr;

    hr = IMessage_GetAttachmentTable(message, 0, &table);
    ok(hr == S_OK, "GetAttachmentTable returned %#lx\n", hr);
    if (FAILED(hr)) return ~0u;
    rows = table_rows_(table, NULL, __LINE__);
    count = rows ? rows->cRows : ~0u;
    FreeProws(rows);
    return count;
}

static void test_streams(IMsgStore *store)
{
    static const ULONG sizes[] = { 0, 1, 100, 4095, 4096, 5000, 16384, 16385, 65536, 300000, 3000001 };
    IMAPIFolder *folder = ms_new_folder(store, "Streams");
    IMessage *message = new_message(folder, "streams");
    LARGE_INTEGER move;
    ULARGE_INTEGER place;
    SPropValue *prop;
    IStream *stream, *memory;
    WCHAR text[8];
    STATSTG stat;
    HRESULT hr;
    ULONG i, got;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
        write_pattern(message, PROP_TAG(PT_BINARY, 0x6710 + i), i, sizes[i]);
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
        check_pattern(message, PROP_TAG(PT_BINARY, 0x6710 + i), i, sizes[i]);
    open_stream(message, PROP_TAG(PT_BINARY, 0x6730), 0, MAPI_E_NOT_FOUND);
    open_stream(message, PROP_TAG(PT_BINARY, 0x6730), MAPI_MODIFY, MAPI_E_NOT_FOUND);
    open_stream(message, PROP_TAG(PT_UNSPECIFIED, 0x6710), 0, MAPI_E_INVALID_PARAMETER);
    open_stream(message, PROP_TAG(PT_LONG, 0x6710), 0, MAPI_E_INTERFACE_NOT_SUPPORTED);
    open_stream(message, PR_ENTRYID, MAPI_MODIFY, MAPI_E_NO_ACCESS);
    open_stream(message, PROP_TAG(PT_BINARY, 0x6710), 0x1000, MAPI_E_UNKNOWN_FLAGS);
    write_pattern(message, PR_BODY_A, 'a', 0);
    save_object(message);
    IMessage_Release(message);

    message = open_row_message(folder, 0, MAPI_MODIFY);
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        check_pattern(message, PROP_TAG(PT_BINARY, 0x6710 + i), i, sizes[i]);
        prop = get_prop(message, PROP_TAG(PT_BINARY, 0x6710 + i));
        if (sizes[i] <= 16384)
            ok(prop && prop->ulPropTag == PROP_TAG(PT_BINARY, 0x6710 + i)
                   && prop->Value.bin.cb == sizes[i],
               "%lu: got %#lx\n", sizes[i], prop ? prop->ulPropTag : 0);
        else
            ok(prop && PROP_TYPE(prop->ulPropTag) == PT_ERROR
                   && prop->Value.err == MAPI_E_NOT_ENOUGH_MEMORY,
               "%lu: got %#lx\n", sizes[i], prop ? prop->ulPropTag : 0);
        MAPIFreeBuffer(prop);
    }

    /* Writing in the middle, making it shorter and longer; nothing is there before Commit. */
    stream = open_stream(message, PROP_TAG(PT_BINARY, 0x6719), MAPI_MODIFY, S_OK);
    move.QuadPart = 200000;
    hr = IStream_Seek(stream, move, STREAM_SEEK_SET, &place);
    ok(hr == S_OK && place.QuadPart == 200000, "got %#lx\n", hr);
    hr = IStream_Write(stream, "middle", 6, &got);
    ok(hr == S_OK && got == 6, "got %#lx\n", hr);
    place.QuadPart = 250000;
    hr = IStream_SetSize(stream, place);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_pattern(message, PROP_TAG(PT_BINARY, 0x6719), 9, 300000);
    hr = IStream_Commit(stream, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Write(stream, "after", 5, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    move.QuadPart = 0;
    hr = IStream_Seek(stream, move, STREAM_SEEK_SET, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = CreateStreamOnHGlobal(NULL, TRUE, &memory);
    ok(hr == S_OK, "got %#lx\n", hr);
    place.QuadPart = 1000000;
    hr = IStream_CopyTo(stream, memory, place, NULL, &place);
    ok(hr == S_OK && place.QuadPart == 250000, "got %#lx, %lu bytes\n", hr, place.LowPart);
    IStream_Release(memory);
    move.QuadPart = -1;
    hr = IStream_Seek(stream, move, STREAM_SEEK_SET, NULL);
    ok(hr == STG_E_INVALIDFUNCTION, "got %#lx\n", hr);
    IStream_Release(stream);
    stream = open_stream(message, PROP_TAG(PT_BINARY, 0x6719), 0, S_OK);
    hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);
    ok(hr == S_OK && stat.cbSize.QuadPart == 250000, "got %#lx\n", hr);
    hr = IStream_Write(stream, "x", 1, NULL);
    ok(hr == STG_E_ACCESSDENIED, "got %#lx\n", hr);
    IStream_Release(stream);

    /* Text in either width. */
    stream = open_stream(message, PR_BODY_A, MAPI_CREATE | MAPI_MODIFY, S_OK);
    hr = IStream_Write(stream, "abc", 4, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);
    check_text(message, PR_BODY_A, "abc");
    stream = open_stream(message, PR_BODY_W, 0, S_OK);
    hr = IStream_Read(stream, text, sizeof(text), &got);
    ok(SUCCEEDED(hr) && got == 3 * sizeof(WCHAR) && !memcmp(text, L"abc", got), "got %#lx, %lu bytes\n",
       hr, got);
    IStream_Release(stream);
    IMessage_Release(message);          /* not saved */
    message = open_row_message(folder, 0, 0);
    check_pattern(message, PROP_TAG(PT_BINARY, 0x6719), 9, 300000);
    open_stream(message, PROP_TAG(PT_BINARY, 0x6719), MAPI_MODIFY, MAPI_E_NO_ACCESS);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

/* The long text of a body, in both widths, past all that is held in memory. */
static void test_long_text(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Text");
    IMessage *message = new_message(folder, "text");
    ULONG i, got, total, wrong = 0;
    WCHAR wide[1000];
    char ansi[1001];
    IStream *stream;
    HRESULT hr;

    stream = open_stream(message, PR_BODY_A, MAPI_CREATE | MAPI_MODIFY, S_OK);
    for (i = 0; i < 300; i++)
    {
        memset(ansi, 'a' + i % 26, 1000);
        hr = IStream_Write(stream, ansi, 1000, NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    IStream_Release(stream);
    save_object(message);
    IMessage_Release(message);
    message = open_row_message(folder, 0, 0);
    stream = open_stream(message, PR_BODY_W, 0, S_OK);
    for (i = 0; i < 300; i++)
    {
        hr = IStream_Read(stream, wide, sizeof(wide), &got);
        if (FAILED(hr) || got != sizeof(wide) || wide[0] != 'a' + i % 26 || wide[999] != 'a' + i % 26)
            wrong++;
    }
    ok(!wrong, "%lu blocks are wrong\n", wrong);
    hr = IStream_Read(stream, wide, sizeof(wide), &got);
    ok(SUCCEEDED(hr) && !got, "got %#lx, %lu more\n", hr, got);
    IStream_Release(stream);
    stream = open_stream(message, PR_BODY_A, 0, S_OK);
    for (total = 0; SUCCEEDED(IStream_Read(stream, ansi, 1000, &got)) && got; total += got) ;
    ok(total == 300000, "%lu bytes\n", total);
    IStream_Release(stream);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

static void test_attachments(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Attachments");
    IMessage *message = new_message(folder, "with");
    IAttach *attach;
    ULONG number, i;
    HRESULT hr;

    attach = new_attachment(message, ATTACH_BY_VALUE, 0);
    set_text(attach, PR_ATTACH_FILENAME_A, "a.txt");
    write_pattern(attach, PR_ATTACH_DATA_BIN, 1, 70000);
    ok(!count_attachments(message), "there before it was saved\n");
    save_object(attach);
    ok(count_attachments(message) == 1, "not there\n");
    ok(get_long(attach, PR_ATTACH_SIZE) >= 70000, "size %lu\n", get_long(attach, PR_ATTACH_SIZE));
    IAttach_Release(attach);
    attach = new_attachment(message, ATTACH_BY_VALUE, 1);
    IAttach_Release(attach);            /* never saved */
    attach = new_attachment(message, ATTACH_BY_VALUE, 2);
    write_pattern(attach, PR_ATTACH_DATA_BIN, 2, 10);
    save_object(attach);
    IAttach_Release(attach);
    attach = open_attachment(message, 0, MAPI_MODIFY);
    check_pattern(attach, PR_ATTACH_DATA_BIN, 1, 70000);
    IAttach_Release(attach);
    save_object(message);
    ok(get_long(message, PR_MESSAGE_SIZE) >= 70000, "size %lu\n", get_long(message, PR_MESSAGE_SIZE));
    ok(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH, "flags\n");
    ok(has_prop(message, PR_HASATTACH), "no property\n");
    IMessage_Release(message);

    /* A change of one leaves the others; a change of the message leaves all. */
    message = open_row_message(folder, 0, MAPI_MODIFY);
    set_text(message, PR_SUBJECT_A, "with two");
    save_object(message);
    ok(count_attachments(message) == 2, "%lu attachments\n", count_attachments(message));
    attach = open_attachment(message, 2, MAPI_MODIFY);
    set_text(attach, PR_ATTACH_FILENAME_A, "b.txt");
    save_object(attach);
    IAttach_Release(attach);
    save_object(message);
    IMessage_Release(message);
    message = open_row_message(folder, 0, 0);
    attach = open_attachment(message, 0, 0);
    check_text(attach, PR_ATTACH_FILENAME_A, "a.txt");
    check_pattern(attach, PR_ATTACH_DATA_BIN, 1, 70000);
    hr = IAttach_SaveChanges(attach, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    IAttach_Release(attach);
    attach = open_attachment(message, 2, 0);
    check_text(attach, PR_ATTACH_FILENAME_A, "b.txt");
    check_pattern(attach, PR_ATTACH_DATA_BIN, 2, 10);
    IAttach_Release(attach);
    hr = IMessage_OpenAttach(message, 1, NULL, 0, &attach);
    ok(hr == MAPI_E_NOT_FOUND && !attach, "got %#lx\n", hr);
    hr = IMessage_OpenAttach(message, 0, NULL, MAPI_MODIFY, &attach);
    ok(hr == MAPI_E_NO_ACCESS && !attach, "got %#lx\n", hr);
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == MAPI_E_NO_ACCESS && !attach, "got %#lx\n", hr);
    hr = IMessage_DeleteAttach(message, 0, 0, NULL, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    IMessage_Release(message);

    message = open_row_message(folder, 0, MAPI_MODIFY);
    for (i = 0; i < 2; i++)
    {
        hr = IMessage_DeleteAttach(message, i * 2, 0, NULL, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    hr = IMessage_DeleteAttach(message, 0, 0, NULL, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    save_object(message);
    ok(!(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH), "flags\n");
    IMessage_Release(message);
    message = open_row_message(folder, 0, 0);
    ok(!count_attachments(message), "%lu attachments\n", count_attachments(message));
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

static IMessage *open_embedded_(IAttach *attach, ULONG flags, HRESULT expected, int line)
{
    IMessage *message = NULL;
    HRESULT hr;

    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, flags,
                              (IUnknown **)&message);
    ok_(__FILE__, line)(hr == expected, "OpenProperty returned %#lx\n", hr);
    return message;
}
#define open_embedded(attach, flags, expected) open_embedded_(attach, flags, expected, __LINE__)

/* Messages in messages in messages, each saved into the one outside. */
static void test_embedded(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Embedded");
    IMessage *message[3];
    IAttach *attach[3];
    HRESULT hr;
    int i;

    message[0] = new_message(folder, "outside");
    for (i = 0; i < 2; i++)
    {
        attach[i] = new_attachment(message[i], ATTACH_EMBEDDED_MSG, 0);
        open_embedded(attach[i], 0, MAPI_E_NOT_FOUND);
        message[i + 1] = open_embedded(attach[i], MAPI_CREATE | MAPI_MODIFY, S_OK);
        set_text(message[i + 1], PR_SUBJECT_A, i ? "innermost" : "inside");
        hr = add_recipient(message[i + 1], MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
        ok(hr == S_OK, "got %#lx\n", hr);
        write_pattern(message[i + 1], PROP_TAG(PT_BINARY, 0x6710), i, 50000);
    }
    hr = IMessage_SubmitMessage(message[1], 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    save_object(message[2]);
    save_object(attach[1]);
    save_object(message[1]);
    save_object(attach[0]);
    save_object(message[0]);
    for (i = 0; i < 2; i++)
    {
        IMessage_Release(message[2 - i]);
        IAttach_Release(attach[1 - i]);
    }
    IMessage_Release(message[0]);
    check_contents(folder, "outside");

    message[0] = open_row_message(folder, 0, MAPI_MODIFY);
    attach[0] = open_attachment(message[0], 0, MAPI_MODIFY);
    ok(get_long(attach[0], PR_ATTACH_SIZE) > 100000, "size %lu\n", get_long(attach[0], PR_ATTACH_SIZE));
    message[1] = open_embedded(attach[0], MAPI_MODIFY, S_OK);
    check_text(message[1], PR_SUBJECT_A, "inside");
    check_text(message[1], PR_DISPLAY_TO_A, "Ada");
    attach[1] = open_attachment(message[1], 0, 0);
    message[2] = open_embedded(attach[1], 0, S_OK);
    check_text(message[2], PR_SUBJECT_A, "innermost");
    check_pattern(message[2], PROP_TAG(PT_BINARY, 0x6710), 1, 50000);
    IMessage_Release(message[2]);
    IAttach_Release(attach[1]);

    /* A change in the middle; what is further inside stays. */
    set_text(message[1], PR_SUBJECT_A, "changed inside");
    save_object(message[1]);
    save_object(attach[0]);
    IMessage_Release(message[1]);
    message[1] = open_embedded(attach[0], 0, S_OK);
    check_text(message[1], PR_SUBJECT_A, "changed inside");
    IMessage_Release(message[1]);
    save_object(message[0]);
    IAttach_Release(attach[0]);
    IMessage_Release(message[0]);
    message[0] = open_row_message(folder, 0, MAPI_MODIFY);
    attach[0] = open_attachment(message[0], 0, MAPI_MODIFY);
    message[1] = open_embedded(attach[0], 0, S_OK);
    check_text(message[1], PR_SUBJECT_A, "changed inside");
    check_pattern(message[1], PROP_TAG(PT_BINARY, 0x6710), 0, 50000);
    attach[1] = open_attachment(message[1], 0, 0);
    message[2] = open_embedded(attach[1], 0, S_OK);
    check_text(message[2], PR_SUBJECT_A, "innermost");
    IMessage_Release(message[2]);
    IAttach_Release(attach[1]);
    IMessage_Release(message[1]);

    /* Bytes in place of the message. */
    write_pattern(attach[0], PR_ATTACH_DATA_BIN, 5, 100);
    save_object(attach[0]);
    IAttach_Release(attach[0]);
    save_object(message[0]);
    IMessage_Release(message[0]);
    message[0] = open_row_message(folder, 0, 0);
    attach[0] = open_attachment(message[0], 0, 0);
    open_embedded(attach[0], 0, MAPI_E_NOT_FOUND);
    check_pattern(attach[0], PR_ATTACH_DATA_BIN, 5, 100);
    IAttach_Release(attach[0]);
    IMessage_Release(message[0]);
    IMAPIFolder_Release(folder);
}

static void test_ole(IMsgStore *store)
{
    static const WCHAR contents_name[] = L"Contents";
    IMAPIFolder *folder = ms_new_folder(store, "OLE");
    IMessage *message = new_message(folder, "ole");
    IAttach *attach = new_attachment(message, ATTACH_OLE, 0);
    IStorage *storage;
    IStream *stream;
    char bytes[8];
    HRESULT hr;
    ULONG got;

    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, MAPI_CREATE | MAPI_MODIFY,
                              (IUnknown **)&storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        hr = IStorage_CreateStream(storage, contents_name,
                                   STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0, &stream);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IStream_Write(stream, "ole", 3, NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
        IStream_Release(stream);
        hr = IStorage_Commit(storage, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        IStorage_Release(storage);
    }
    save_object(attach);
    IAttach_Release(attach);
    save_object(message);
    IMessage_Release(message);

    message = open_row_message(folder, 0, 0);
    attach = open_attachment(message, 0, 0);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0, (IUnknown **)&storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        hr = IStorage_OpenStream(storage, contents_name, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0, &stream);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IStream_Read(stream, bytes, sizeof(bytes), &got);
        ok(SUCCEEDED(hr) && got == 3 && !memcmp(bytes, "ole", 3), "got %#lx, %lu bytes\n", hr, got);
        IStream_Release(stream);
        IStorage_Release(storage);
    }
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStreamDocfile, 0, 0, (IUnknown **)&stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (SUCCEEDED(hr))
    {
        hr = IStream_Read(stream, bytes, sizeof(bytes), &got);
        ok(hr == S_OK && !memcmp(bytes, "\xd0\xcf\x11\xe0", 4), "no compound file: %#lx\n", hr);
        IStream_Release(stream);
    }
    IAttach_Release(attach);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

START_TEST(attach)
{
    IMAPISession *session;
    IMsgStore *store;

    if ((store = ms_begin(profile, &session)))
    {
        test_streams(store);
        test_long_text(store);
        test_attachments(store);
        test_embedded(store);
        test_ole(store);
    }
    ms_end(profile, session, store);
}
