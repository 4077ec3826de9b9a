/*
 * Tests: TNEF
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

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "mapiguid.h"
#include "mapix.h"
#include "mapiutil.h"
#include "imessage.h"
#include "tnef.h"
#include "wine/test.h"

#define SIZE 50000

static BYTE contents[SIZE];

struct file
{
    IStorage *storage;
    IMessage *message;
};

static void open_message(struct file *file)
{
    HRESULT hr;

    hr = StgCreateDocfile(NULL,
                          STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE | STGM_TRANSACTED
                              | STGM_DELETEONRELEASE,
                          0, &file->storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = OpenIMsgOnIStg(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, NULL,
                        file->storage, NULL, 0, MAPI_UNICODE, &file->message);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void close_message(struct file *file)
{
    IMessage_Release(file->message);
    IStorage_Release(file->storage);
}

static void set_text(void *object, ULONG tag, const WCHAR *text)
{
    SPropValue prop = {tag};
    HRESULT hr;

    prop.Value.lpszW = (WCHAR *)text;
    hr = HrSetOneProp((IMAPIProp *)object, &prop);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
}

static void set_long(void *object, ULONG tag, LONG value)
{
    SPropValue prop = {tag};
    HRESULT hr;

    prop.Value.l = value;
    hr = HrSetOneProp((IMAPIProp *)object, &prop);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
}

static void check_text(int line, void *object, ULONG tag, const WCHAR *text)
{
    SPropValue *prop;
    HRESULT hr;

    hr = HrGetOneProp((IMAPIProp *)object, tag, &prop);
    ok(hr == S_OK, "line %d, %#lx: got %#lx\n", line, tag, hr);
    if (FAILED(hr)) return;
    ok(!lstrcmpW(prop->Value.lpszW, text), "line %d, %#lx: got %s\n", line, tag,
       wine_dbgstr_w(prop->Value.lpszW));
    MAPIFreeBuffer(prop);
}

static LONG long_of(void *object, ULONG tag)
{
    SPropValue *prop;
    LONG value;

    if (FAILED(HrGetOneProp((IMAPIProp *)object, tag, &prop))) return -99;
    value = prop->Value.l;
    MAPIFreeBuffer(prop);
    return value;
}

static void rewind_stream(IStream *stream)
{
    LARGE_INTEGER zero = {{0}};

    IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
}

static IStream *memory(const void *data, ULONG size)
{
    IStream *stream;

    CreateStreamOnHGlobal(NULL, TRUE, &stream);
    if (size) IStream_Write(stream, data, size, NULL);
    rewind_stream(stream);
    return stream;
}

static const GUID set = {0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};

static ULONG named_tag(void *object, ULONG type)
{
    MAPINAMEID name = {(GUID *)&set, MNID_STRING}, *list = &name;
    SPropTagArray *tags;
    ULONG tag;

    name.Kind.lpwstrName = (WCHAR *)L"odd";
    IMAPIProp_GetIDsFromNames((IMAPIProp *)object, 1, &list, MAPI_CREATE, &tags);
    tag = PROP_TAG(type, PROP_ID(tags->aulPropTag[0]));
    MAPIFreeBuffer(tags);
    return tag;
}

static void add_recipient(IMessage *message)
{
    SizedADRLIST(1, list) = {1};
    SPropValue props[2];
    HRESULT hr;

    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)L"Someone \u20ac";
    props[1].ulPropTag = PR_RECIPIENT_TYPE;
    props[1].Value.l = MAPI_TO;
    list.aEntries[0].cValues = 2;
    list.aEntries[0].rgPropVals = props;
    hr = IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static void fill(IMessage *message)
{
    static LONG longs[] = {1, 2, 3};
    static SHORT shorts[] = {4, 5, 6};
    static const WCHAR *texts[] = {L"a", L"\u20ac"};
    SPropValue props[5];
    IMessage *inner;
    IStorage *inside;
    IAttach *attach;
    IStream *stream;
    ULONG number;
    HRESULT hr;

    memset(props, 0, sizeof(props));
    set_text(message, PR_SUBJECT_W, L"Subject \u20ac");
    set_text(message, PR_BODY_W, L"Some text");
    set_text(message, PR_MESSAGE_CLASS_W, L"IPM.Note");
    set_long(message, PR_PRIORITY, 1);
    props[0].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6601);
    props[0].Value.MVl.cValues = 3;
    props[0].Value.MVl.lpl = longs;
    props[1].ulPropTag = PROP_TAG(PT_MV_I2, 0x6602);
    props[1].Value.MVi.cValues = 3;
    props[1].Value.MVi.lpi = shorts;
    props[2].ulPropTag = named_tag(message, PT_MV_UNICODE);
    props[2].Value.MVszW.cValues = 2;
    props[2].Value.MVszW.lppszW = (WCHAR **)texts;
    props[3].ulPropTag = PR_CLIENT_SUBMIT_TIME;
    props[3].Value.ft.dwLowDateTime = 0xd53e8000;
    props[3].Value.ft.dwHighDateTime = 0x019db1de;
    props[4].ulPropTag = PROP_TAG(PT_CLSID, 0x6603);
    props[4].Value.lpguid = (GUID *)&set;
    hr = IMessage_SetProps(message, 5, props, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    add_recipient(message);

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    set_long(attach, PR_RENDERING_POSITION, 4);
    set_text(attach, PR_ATTACH_FILENAME_W, L"file.bin");
    set_text(attach, PR_ATTACH_LONG_FILENAME_W, L"long \u20ac.bin");
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Write(stream, contents, SIZE, NULL);
    IStream_Release(stream);
    IAttach_SaveChanges(attach, 0);
    IAttach_Release(attach);

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(inner, PR_SUBJECT_W, L"inner");
    add_recipient(inner);
    IMessage_SaveChanges(inner, 0);
    IMessage_Release(inner);
    IAttach_SaveChanges(attach, 0);
    IAttach_Release(attach);

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_OLE);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inside);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStorage_CreateStream(inside, L"contents",
                               STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Write(stream, "object", 6, NULL);
    IStream_Release(stream);
    IStorage_Commit(inside, 0);
    IStorage_Release(inside);
    IAttach_SaveChanges(attach, 0);
    IAttach_Release(attach);
    IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
}

static void check(IMessage *message)
{
    static BYTE read[SIZE + 1];
    IMAPITable *table;
    SPropValue *prop;
    IMessage *inner;
    IStorage *inside;
    IAttach *attach;
    IStream *stream;
    ULONG count;
    HRESULT hr;

    check_text(__LINE__, message, PR_SUBJECT_W, L"Subject \u20ac");
    check_text(__LINE__, message, PR_BODY_W, L"Some text");
    check_text(__LINE__, message, PR_MESSAGE_CLASS_W, L"IPM.Note");
    ok(long_of(message, PR_PRIORITY) == 1, "got %ld\n", long_of(message, PR_PRIORITY));
    hr = HrGetOneProp((IMAPIProp *)message, PROP_TAG(PT_MV_I2, 0x6602), &prop);
    ok(hr == S_OK && prop->Value.MVi.cValues == 3 && prop->Value.MVi.lpi[2] == 6, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    hr = HrGetOneProp((IMAPIProp *)message, named_tag(message, PT_MV_UNICODE), &prop);
    ok(hr == S_OK && prop->Value.MVszW.cValues == 2 && prop->Value.MVszW.lppszW[1][0] == 0x20ac,
       "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    hr = HrGetOneProp((IMAPIProp *)message, PR_CLIENT_SUBMIT_TIME, &prop);
    ok(hr == S_OK && prop->Value.ft.dwHighDateTime == 0x019db1de
       && prop->Value.ft.dwLowDateTime == 0xd53e8000, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    hr = HrGetOneProp((IMAPIProp *)message, PROP_TAG(PT_CLSID, 0x6603), &prop);
    ok(hr == S_OK && IsEqualGUID(prop->Value.lpguid, &set), "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_GetRowCount(table, 0, &count);
    ok(count == 1, "got %lu\n", count);
    IMAPITable_Release(table);
    hr = IMessage_GetAttachmentTable(message, MAPI_UNICODE, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPITable_GetRowCount(table, 0, &count);
    ok(count == 3, "got %lu\n", count);
    IMAPITable_Release(table);
    if (count != 3) return;

    hr = IMessage_OpenAttach(message, 0, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_text(__LINE__, attach, PR_ATTACH_LONG_FILENAME_W, L"long \u20ac.bin");
    check_text(__LINE__, attach, PR_ATTACH_FILENAME_W, L"file.bin");
    ok(long_of(attach, PR_RENDERING_POSITION) == 4, "got %ld\n",
       long_of(attach, PR_RENDERING_POSITION));
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0, (IUnknown **)&stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        IStream_Read(stream, read, sizeof(read), &count);
        ok(count == SIZE && !memcmp(read, contents, SIZE), "got %lu\n", count);
        IStream_Release(stream);
    }
    IAttach_Release(attach);

    hr = IMessage_OpenAttach(message, 1, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(long_of(attach, PR_ATTACH_METHOD) == ATTACH_EMBEDDED_MSG, "wrong method\n");
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        check_text(__LINE__, inner, PR_SUBJECT_W, L"inner");
        IMessage_Release(inner);
    }
    IAttach_Release(attach);

    hr = IMessage_OpenAttach(message, 2, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0,
                              (IUnknown **)&inside);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        hr = IStorage_OpenStream(inside, L"contents", NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0,
                                 &stream);
        ok(hr == S_OK, "got %#lx\n", hr);
        if (hr == S_OK) IStream_Release(stream);
        IStorage_Release(inside);
    }
    IAttach_Release(attach);
}

static void no_problems(const STnefProblemArray *problems)
{
    ULONG i;

    ok(!problems, "there are problems\n");
    for (i = 0; problems && i < problems->cProblem; i++)
        trace("%#lx, %#lx: %#lx\n", problems->aProblem[i].ulAttribute,
              problems->aProblem[i].ulPropTag, problems->aProblem[i].scode);
}

static void encode(IMessage *message, ULONG flags, IStream *stream)
{
    static SizedSPropTagArray(1, exclude) = {1, {PR_ATTACH_NUM}};
    static SizedSPropTagArray(1, recipients) = {1, {PR_MESSAGE_RECIPIENTS}};
    STnefProblemArray *problems = NULL;
    ITnef *tnef;
    WORD key = 0;
    HRESULT hr;

    hr = OpenTnefStream(NULL, stream, (LPTSTR) "winmail.dat", TNEF_ENCODE | flags, message, 7,
                        &tnef);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_AddProps(tnef, TNEF_PROP_EXCLUDE, 0, NULL, (SPropTagArray *)&exclude);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_AddProps(tnef, TNEF_PROP_INCLUDE, 0, NULL, (SPropTagArray *)&recipients);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_ExtractProps(tnef, 0, NULL, NULL);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    hr = ITnef_Finish(tnef, 0, &key, &problems);
    ok(hr == S_OK && key == 7, "got %#lx, %u\n", hr, key);
    no_problems(problems);
    MAPIFreeBuffer(problems);
    ITnef_Release(tnef);
    rewind_stream(stream);
}

static HRESULT decode(IStream *stream, IMessage *message, ULONG flags, SPropTagArray *list,
                      STnefProblemArray **problems)
{
    ITnef *tnef;
    HRESULT hr;

    hr = OpenTnefStream(NULL, stream, (LPTSTR)"winmail.dat", TNEF_DECODE, message, 0, &tnef);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_ExtractProps(tnef, flags, list, problems);
    ITnef_Release(tnef);
    return hr;
}

static void test_round(ULONG flags)
{
    SizedSPropTagArray(1, include) = {1, {PR_BODY_W}};
    STnefProblemArray *problems;
    ULONG codepage, sub_codepage;
    struct file from, to;
    IStream *stream = memory(NULL, 0);
    SPropValue *prop;
    HRESULT hr;

    open_message(&from);
    fill(from.message);
    encode(from.message, flags, stream);
    close_message(&from);

    hr = GetTnefStreamCodepage(stream, &codepage, &sub_codepage);
    ok(hr == S_OK && codepage == GetACP() && !sub_codepage, "got %#lx, %lu\n", hr, codepage);
    open_message(&to);
    problems = (void *)0xdead;
    hr = decode(stream, to.message, 0, NULL, &problems);
    ok(hr == S_OK, "got %#lx\n", hr);
    no_problems(problems);
    MAPIFreeBuffer(problems);
    check(to.message);
    close_message(&to);

    rewind_stream(stream);
    open_message(&to);
    hr = decode(stream, to.message, TNEF_PROP_INCLUDE, (SPropTagArray *)&include, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_text(__LINE__, to.message, PR_BODY_W, L"Some text");
    hr = HrGetOneProp((IMAPIProp *)to.message, PR_SUBJECT_W, &prop);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    close_message(&to);
    IStream_Release(stream);
}

/* Every byte changed in turn: an error or a problem, never a crash. */
static void test_damage(void)
{
    struct file from, to;
    IStream *stream = memory(NULL, 0), *damaged;
    STnefProblemArray *problems;
    HGLOBAL block;
    BYTE *data;
    STATSTG stat;
    ULONG size, i, next = 6, start = ~0u - 10;
    HRESULT hr;

    open_message(&from);
    set_text(from.message, PR_SUBJECT_W, L"x");
    add_recipient(from.message);
    encode(from.message, 0, stream);
    close_message(&from);
    IStream_Stat(stream, &stat, STATFLAG_NONAME);
    size = stat.cbSize.LowPart;
    GetHGlobalFromStream(stream, &block);
    data = GlobalLock(block);
    for (i = 0; i < size; i++)
    {
        BYTE old = data[i];

        if (i == next)
        {
            start = i;
            next += 9 + *(UNALIGNED ULONG *)(data + i + 5) + 2;
        }
        data[i] ^= 0x41;
        damaged = memory(data, size);
        open_message(&to);
        hr = decode(damaged, to.message, 0, NULL, &problems);
        /* Neither the key nor what an attribute is has a checksum; what is not known is passed
         * over. */
        if (i != 4 && i != 5 && (i <= start || i > start + 4))
            ok(hr == MAPI_E_CORRUPT_DATA || (hr == S_OK && problems), "%lu: got %#lx\n", i, hr);
        if (SUCCEEDED(hr)) MAPIFreeBuffer(problems);
        close_message(&to);
        IStream_Release(damaged);
        data[i] = old;
    }
    for (i = 0; i < size; i += 3)
    {
        damaged = memory(data, i);
        open_message(&to);
        hr = decode(damaged, to.message, 0, NULL, &problems);
        ok(hr == MAPI_E_CORRUPT_DATA || hr == S_OK, "%lu: got %#lx\n", i, hr);
        if (SUCCEEDED(hr)) MAPIFreeBuffer(problems);
        close_message(&to);
        IStream_Release(damaged);
    }
    GlobalUnlock(block);
    IStream_Release(stream);
}

static void test_set(void)
{
    SizedSPropTagArray(1, list) = {1, {PR_SUBJECT_W}};
    SPropValue prop = {PR_BODY_W};
    struct file from, to;
    IStream *stream = memory(NULL, 0), *body;
    ITnef *tnef;
    char text[200];
    ULONG done;
    HRESULT hr;

    open_message(&from);
    fill(from.message);
    hr = OpenTnefStream(NULL, stream, (LPTSTR)"winmail.dat", TNEF_ENCODE | TNEF_COMPONENT_ENCODING,
                        from.message, 7, &tnef);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_OpenTaggedBody(tnef, from.message, 0, &body);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(text, 0, sizeof(text));
    IStream_Read(body, text, sizeof(text) - 1, &done);
    ok(!strncmp(text, "Some[[ long ", 12) && strstr(text, ".bin : 7 in winmail.dat ]] text"),
       "got %s\n", text);
    IStream_Release(body);
    prop.Value.lpszW = (WCHAR *)L"instead";
    hr = ITnef_SetProps(tnef, 0, 0, 1, &prop);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_FinishComponent(tnef, TNEF_COMPONENT_MESSAGE, 0, NULL, NULL, (SPropTagArray *)&list,
                               NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_FinishComponent(tnef, TNEF_COMPONENT_ATTACHMENT, 0, NULL, NULL, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = ITnef_FinishComponent(tnef, 0, 0, NULL, NULL, NULL, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = ITnef_Finish(tnef, 0, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    ITnef_Release(tnef);
    close_message(&from);
    rewind_stream(stream);
    open_message(&to);
    hr = decode(stream, to.message, 0, NULL, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_text(__LINE__, to.message, PR_BODY_W, L"instead");
    check_text(__LINE__, to.message, PR_SUBJECT_W, L"Subject \u20ac");
    close_message(&to);
    IStream_Release(stream);
}

static void test_parameters(void)
{
    IStream *stream = memory("no TNEF", 7);
    ULONG codepage = 1, sub_codepage = 1;
    struct file file;
    ITnef *tnef = (void *)0xdead;
    HRESULT hr;

    open_message(&file);
    hr = OpenTnefStream(NULL, NULL, (LPTSTR)"x", TNEF_DECODE, file.message, 1, &tnef);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tnef, "got %#lx\n", hr);
    hr = OpenTnefStream(NULL, stream, (LPTSTR)"x", 1, file.message, 1, &tnef);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !tnef, "got %#lx\n", hr);
    hr = OpenTnefStream(NULL, stream, (LPTSTR)"a:b", TNEF_ENCODE, file.message, 1, &tnef);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tnef, "got %#lx\n", hr);
    hr = OpenTnefStream(NULL, stream, NULL, TNEF_ENCODE, file.message, 1, &tnef);
    ok(hr == MAPI_E_INVALID_PARAMETER && !tnef, "got %#lx\n", hr);
    hr = GetTnefStreamCodepage(stream, &codepage, &sub_codepage);
    ok(hr == MAPI_E_CORRUPT_DATA && !codepage, "got %#lx\n", hr);
    hr = decode(stream, file.message, 0, NULL, NULL);
    ok(hr == MAPI_E_CORRUPT_DATA, "got %#lx\n", hr);
    close_message(&file);
    IStream_Release(stream);
}

START_TEST(tnef)
{
    ULONG i;

    CoInitialize(NULL);
    for (i = 0; i < SIZE; i++) contents[i] = i * i >> 5;
    test_parameters();
    test_round(0);
    test_round(TNEF_BEST_DATA);
    test_round(TNEF_PURE);
    test_damage();
    test_set();
    CoUninitialize();
}
