/*
 * Tests: messages on storages, and RTFSync on them
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
#include "wine/test.h"

#define LARGE 200000

static WCHAR path[MAX_PATH];
static BYTE large[LARGE];
static LONG released;

static void WINAPI on_release(ULONG data, IMessage *message)
{
    ok(data == 0x1234, "got %#lx\n", data);
    released++;
}

static HRESULT open_file(BOOL create, BOOL write, ULONG flags, LPMSGSESS session,
                         IStorage **storage, IMessage **message)
{
    DWORD mode = STGM_SHARE_EXCLUSIVE;
    IMalloc *allocator;
    HRESULT hr;

    mode |= write ? STGM_READWRITE | STGM_TRANSACTED : STGM_READ;
    if (create) hr = StgCreateDocfile(path, mode | STGM_CREATE, 0, storage);
    else hr = StgOpenStorage(path, NULL, mode, NULL, 0, storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return hr;
    CoGetMalloc(1, &allocator);
    hr = OpenIMsgOnIStg(session, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, allocator,
                        NULL, *storage, on_release, 0x1234, flags, message);
    IMalloc_Release(allocator);
    return hr;
}

static void set_text(void *object, ULONG tag, const WCHAR *text)
{
    SPropValue prop = {tag};
    HRESULT hr;

    prop.Value.lpszW = (WCHAR *)text;
    hr = HrSetOneProp((IMAPIProp *)object, &prop);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
}

static void check_text(void *object, ULONG tag, const WCHAR *text)
{
    SPropValue *prop;
    HRESULT hr;

    hr = HrGetOneProp((IMAPIProp *)object, tag, &prop);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
    if (FAILED(hr)) return;
    ok(!lstrcmpW(prop->Value.lpszW, text), "%#lx: got %s\n", tag, wine_dbgstr_w(prop->Value.lpszW));
    MAPIFreeBuffer(prop);
}

static LONG long_of(void *object, ULONG tag)
{
    SPropValue *prop;
    LONG value;

    if (FAILED(HrGetOneProp((IMAPIProp *)object, tag, &prop))) return -1;
    value = PROP_TYPE(tag) == PT_BOOLEAN ? prop->Value.b : prop->Value.l;
    MAPIFreeBuffer(prop);
    return value;
}

static void write_stream(void *object, ULONG tag, const void *data, ULONG size)
{
    IStream *stream;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
    if (FAILED(hr)) return;
    hr = IStream_Write(stream, data, size, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Commit(stream, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);
}

static void check_stream(void *object, ULONG tag, const void *data, ULONG size)
{
    static BYTE read[LARGE + 1];
    IStream *stream;
    ULONG done = 0;
    HRESULT hr;

    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, STGM_READ, 0,
                                (IUnknown **)&stream);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
    if (FAILED(hr)) return;
    hr = IStream_Read(stream, read, sizeof(read), &done);
    ok(SUCCEEDED(hr) && done == size, "%#lx: got %#lx, %lu\n", tag, hr, done);
    ok(!memcmp(read, data, size), "%#lx: differs\n", tag);
    IStream_Release(stream);
}

static const GUID set = {0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
static MAPINAMEID names[] =
{
    {(GUID *)&set, MNID_ID, {0x8005}},
    {(GUID *)&set, MNID_STRING, {(LONG)0}},
    {(GUID *)&PS_PUBLIC_STRINGS, MNID_STRING, {(LONG)0}}
};

static SPropTagArray *get_names(void *object, ULONG flags)
{
    MAPINAMEID *list[3] = {&names[0], &names[1], &names[2]};
    SPropTagArray *tags = NULL;
    HRESULT hr;

    names[1].Kind.lpwstrName = (WCHAR *)L"one name";
    names[2].Kind.lpwstrName = (WCHAR *)L"Keywords";
    hr = IMAPIProp_GetIDsFromNames((IMAPIProp *)object, 3, list, flags, &tags);
    ok(hr == S_OK, "got %#lx\n", hr);
    return tags;
}

static void add_recipients(IMessage *message)
{
    SizedADRLIST(2, list);
    SPropValue *props;
    HRESULT hr;
    ULONG i;

    list.cEntries = 2;
    for (i = 0; i < 2; i++)
    {
        MAPIAllocateBuffer(3 * sizeof(*props), (void **)&props);
        props[0].ulPropTag = PR_DISPLAY_NAME_W;
        props[0].Value.lpszW = i ? (WCHAR *)L"Zweiter \u00fc" : (WCHAR *)L"First";
        props[1].ulPropTag = PR_RECIPIENT_TYPE;
        props[1].Value.l = i ? MAPI_CC : MAPI_TO;
        props[2].ulPropTag = PR_EMAIL_ADDRESS_W;
        props[2].Value.lpszW = (WCHAR *)L"someone@example.com";
        list.aEntries[i].ulReserved1 = 0;
        list.aEntries[i].cValues = 3;
        list.aEntries[i].rgPropVals = props;
    }
    hr = IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < 2; i++) MAPIFreeBuffer(list.aEntries[i].rgPropVals);
}

static ULONG row_count(HRESULT hr, IMAPITable *table)
{
    ULONG count = 99;

    ok(hr == S_OK, "got %#lx\n", hr);
    if (FAILED(hr)) return count;
    IMAPITable_GetRowCount(table, 0, &count);
    IMAPITable_Release(table);
    return count;
}

static ULONG recipient_count(IMessage *message)
{
    IMAPITable *table;
    HRESULT hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table);

    return row_count(hr, table);
}

static ULONG attachment_count(IMessage *message)
{
    IMAPITable *table;
    HRESULT hr = IMessage_GetAttachmentTable(message, MAPI_UNICODE, &table);

    return row_count(hr, table);
}

static void set_long(void *object, ULONG tag, LONG value)
{
    SPropValue prop = {tag};
    HRESULT hr;

    prop.Value.l = value;
    hr = HrSetOneProp((IMAPIProp *)object, &prop);
    ok(hr == S_OK, "%#lx: got %#lx\n", tag, hr);
}

static void fill(IMessage *message)
{
    static const WCHAR *texts[] = {L"red", L"", L"blue \u20ac"};
    static LONG longs[] = {1, -2, 3};
    SBinary binaries[2] = {{3, (BYTE *)"abc"}, {0, (BYTE *)""}};
    SPropTagArray *tags;
    SPropValue props[8];
    ULONG number;
    IAttach *attach;
    IMessage *inner;
    IStorage *inside;
    IStream *stream;
    HRESULT hr;

    set_text(message, PR_SUBJECT_W, L"Subject \u20ac");
    set_text(message, PR_MESSAGE_CLASS_W, L"IPM.Note");
    tags = get_names(message, MAPI_CREATE);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PROP_TAG(PT_LONG, PROP_ID(tags->aulPropTag[0]));
    props[0].Value.l = 42;
    props[1].ulPropTag = PROP_TAG(PT_UNICODE, PROP_ID(tags->aulPropTag[1]));
    props[1].Value.lpszW = (WCHAR *)L"named";
    props[2].ulPropTag = PROP_TAG(PT_MV_UNICODE, PROP_ID(tags->aulPropTag[2]));
    props[2].Value.MVszW.cValues = 3;
    props[2].Value.MVszW.lppszW = (WCHAR **)texts;
    props[3].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6601);
    props[3].Value.MVl.cValues = 3;
    props[3].Value.MVl.lpl = longs;
    props[4].ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6602);
    props[4].Value.MVbin.cValues = 2;
    props[4].Value.MVbin.lpbin = binaries;
    props[5].ulPropTag = PROP_TAG(PT_CLSID, 0x6603);
    props[5].Value.lpguid = (GUID *)&set;
    props[6].ulPropTag = PROP_TAG(PT_I8, 0x6604);
    props[6].Value.li.QuadPart = 0x123456789abcdefll;
    props[7].ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6605);
    props[7].Value.b = TRUE;
    hr = IMessage_SetProps(message, 8, props, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    MAPIFreeBuffer(tags);
    write_stream(message, PR_HTML, large, LARGE);
    add_recipients(message);

    /* by value */
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 0, "got %#lx, %lu\n", hr, number);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    set_text(attach, PR_ATTACH_LONG_FILENAME_W, L"file.bin");
    write_stream(attach, PR_ATTACH_DATA_BIN, large, LARGE);
    ok(attachment_count(message) == 0, "there before it is saved\n");
    hr = IAttach_SaveChanges(attach, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IAttach_Release(attach);

    /* a message */
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 1, "got %#lx, %lu\n", hr, number);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(inner, PR_SUBJECT_W, L"inner");
    add_recipients(inner);
    hr = IMessage_SaveChanges(inner, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(inner);
    hr = IAttach_SaveChanges(attach, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IAttach_Release(attach);

    /* a storage */
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 2, "got %#lx, %lu\n", hr, number);
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
    hr = IAttach_SaveChanges(attach, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IAttach_Release(attach);

    /* one that is not saved, and one that is deleted */
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 3, "got %#lx, %lu\n", hr, number);
    IAttach_Release(attach);
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 4, "got %#lx, %lu\n", hr, number);
    IAttach_SaveChanges(attach, 0);
    IAttach_Release(attach);
    ok(attachment_count(message) == 4, "got %lu\n", attachment_count(message));
    hr = IMessage_DeleteAttach(message, 4, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_DeleteAttach(message, 4, 0, NULL, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
}

static void check(IMessage *message, BOOL unicode)
{
    SPropTagArray *tags;
    SPropValue *prop;
    IAttach *attach, *again;
    IMessage *inner, *inner2;
    IStorage *inside;
    IStream *stream;
    char text[10];
    ULONG done;
    HRESULT hr;

    ok(!!(long_of(message, PR_STORE_SUPPORT_MASK) & 0x40000) == unicode, "wrong width\n");
    check_text(message, PR_SUBJECT_W, unicode ? L"Subject \u20ac" : L"Subject \u20ac");
    tags = get_names(message, 0);
    ok(long_of(message, PROP_TAG(PT_LONG, PROP_ID(tags->aulPropTag[0]))) == 42, "no value\n");
    check_text(message, PROP_TAG(PT_UNICODE, PROP_ID(tags->aulPropTag[1])), L"named");
    hr = HrGetOneProp((IMAPIProp *)message, PROP_TAG(PT_MV_UNICODE, PROP_ID(tags->aulPropTag[2])),
                      &prop);
    ok(hr == S_OK && prop->Value.MVszW.cValues == 3, "got %#lx\n", hr);
    if (hr == S_OK)
    {
        ok(!lstrcmpW(prop->Value.MVszW.lppszW[0], L"red"), "got %s\n",
           wine_dbgstr_w(prop->Value.MVszW.lppszW[0]));
        ok(!lstrcmpW(prop->Value.MVszW.lppszW[1], L""), "got %s\n",
           wine_dbgstr_w(prop->Value.MVszW.lppszW[1]));
        MAPIFreeBuffer(prop);
    }
    MAPIFreeBuffer(tags);
    hr = HrGetOneProp((IMAPIProp *)message, PROP_TAG(PT_MV_LONG, 0x6601), &prop);
    ok(hr == S_OK && prop->Value.MVl.cValues == 3 && prop->Value.MVl.lpl[1] == -2, "got %#lx\n",
       hr);
    MAPIFreeBuffer(prop);
    hr = HrGetOneProp((IMAPIProp *)message, PROP_TAG(PT_MV_BINARY, 0x6602), &prop);
    ok(hr == S_OK && prop->Value.MVbin.cValues == 2 && prop->Value.MVbin.lpbin[0].cb == 3
       && !prop->Value.MVbin.lpbin[1].cb, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    hr = HrGetOneProp((IMAPIProp *)message, PROP_TAG(PT_CLSID, 0x6603), &prop);
    ok(hr == S_OK && IsEqualGUID(prop->Value.lpguid, &set), "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    hr = HrGetOneProp((IMAPIProp *)message, PROP_TAG(PT_I8, 0x6604), &prop);
    ok(hr == S_OK && prop->Value.li.QuadPart == 0x123456789abcdefll, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    ok(long_of(message, PROP_TAG(PT_BOOLEAN, 0x6605)) == 1, "no value\n");
    ok(long_of(message, PR_HASATTACH) == 1, "no attachments\n");
    check_stream(message, PR_HTML, large, LARGE);
    hr = HrGetOneProp((IMAPIProp *)message, PR_HTML, &prop);
    ok(hr == S_OK && prop->Value.bin.cb == LARGE && !memcmp(prop->Value.bin.lpb, large, LARGE),
       "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    ok(FPropExists((IMAPIProp *)message, PR_HTML), "not listed\n");
    check_text(message, PR_DISPLAY_TO_W, L"First");
    check_text(message, PR_DISPLAY_CC_W, L"Zweiter \u00fc");

    ok(recipient_count(message) == 2, "got %lu\n", recipient_count(message));
    ok(attachment_count(message) == 3, "got %lu\n", attachment_count(message));
    hr = IMessage_OpenAttach(message, 7, NULL, 0, &attach);
    ok(hr == MAPI_E_NOT_FOUND && !attach, "got %#lx\n", hr);
    hr = IMessage_OpenAttach(message, 0, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_OpenAttach(message, 0, NULL, 0, &again);
    ok(hr == S_OK && again == attach, "got %#lx\n", hr);
    IAttach_Release(again);
    check_text(attach, PR_ATTACH_LONG_FILENAME_W, L"file.bin");
    check_stream(attach, PR_ATTACH_DATA_BIN, large, LARGE);
    IAttach_Release(attach);

    hr = IMessage_OpenAttach(message, 1, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                              (IUnknown **)&inner2);
    ok(hr == S_OK && inner2 == inner, "got %#lx\n", hr);
    IMessage_Release(inner2);
    IAttach_Release(attach);
    check_text(inner, PR_SUBJECT_W, L"inner");
    ok(recipient_count(inner) == 2, "got %lu\n", recipient_count(inner));
    IMessage_Release(inner);

    hr = IMessage_OpenAttach(message, 2, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0,
                              (IUnknown **)&inside);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStorage_OpenStream(inside, L"contents", NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0,
                             &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Read(stream, text, sizeof(text), &done);
    ok(SUCCEEDED(hr) && done == 6 && !memcmp(text, "object", 6), "got %#lx, %lu\n", hr, done);
    IStream_Release(stream);
    IStorage_Release(inside);
    IAttach_Release(attach);
}

static void test_file(BOOL unicode)
{
    IStorage *storage;
    IMessage *message, *copy;
    SPropValue prop = {PR_SUBJECT_W};
    WCHAR saved[MAX_PATH];
    HRESULT hr;

    released = 0;
    hr = open_file(TRUE, TRUE, unicode ? MAPI_UNICODE : 0, NULL, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    fill(message);
    hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "got %#lx\n", hr);
    check(message, unicode);
    IMessage_Release(message);
    ok(released == 1, "got %ld\n", released);
    IStorage_Release(storage);

    hr = open_file(FALSE, FALSE, MAPI_UNICODE, NULL, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    check(message, unicode);
    prop.Value.lpszW = (WCHAR *)L"no";
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMessage_SaveChanges(message, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);

    /* all of it into another file */
    lstrcpyW(saved, path);
    lstrcatW(path, L"2");
    {
        IStorage *other;

        hr = open_file(TRUE, TRUE, unicode ? MAPI_UNICODE : 0, NULL, &other, &copy);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMessage_SaveChanges(copy, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
        IMessage_Release(copy);
        IStorage_Release(other);
    }
    IMessage_Release(message);
    IStorage_Release(storage);
    hr = open_file(FALSE, TRUE, 0, NULL, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    check(message, unicode);
    /* changed and not saved: nothing of it stays */
    set_text(message, PR_SUBJECT_W, L"lost");
    IMessage_Release(message);
    IStorage_Release(storage);
    hr = open_file(FALSE, TRUE, 0, NULL, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    check(message, unicode);
    IMessage_Release(message);
    IStorage_Release(storage);
    DeleteFileW(path);
    lstrcpyW(path, saved);
}

static void test_attributes(void)
{
    SizedSPropTagArray(2, tags) = {2, {PR_SUBJECT_W, PR_BODY_W}};
    SizedSPropAttrArray(2, attributes) = {2, {PROPATTR_READABLE | PROPATTR_MANDATORY, PROPATTR_READABLE}};
    SPropProblemArray *problems;
    SPropAttrArray *got;
    SPropValue prop = {PR_SUBJECT_W};
    IStorage *storage;
    IMessage *message;
    HRESULT hr;

    hr = open_file(TRUE, TRUE, MAPI_UNICODE, NULL, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SUBJECT_W, L"fixed");
    hr = SetAttribIMsgOnIStg(message, (SPropTagArray *)&tags, (SPropAttrArray *)&attributes,
                             &problems);
    ok(hr == MAPI_W_ERRORS_RETURNED, "got %#lx\n", hr);
    ok(problems->cProblem == 1 && problems->aProblem[0].scode == MAPI_E_NOT_FOUND,
       "wrong problems\n");
    MAPIFreeBuffer(problems);
    prop.Value.lpszW = (WCHAR *)L"changed";
    hr = IMessage_SetProps(message, 1, &prop, &problems);
    ok(hr == S_OK && problems && problems->aProblem[0].scode == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    MAPIFreeBuffer(problems);
    IMessage_SaveChanges(message, 0);
    IMessage_Release(message);
    IStorage_Release(storage);

    hr = open_file(FALSE, TRUE, 0, NULL, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = GetAttribIMsgOnIStg(message, (SPropTagArray *)&tags, &got);
    ok(hr == MAPI_W_ERRORS_RETURNED, "got %#lx\n", hr);
    ok(got->cValues == 2 && got->aPropAttr[0] == (PROPATTR_READABLE | PROPATTR_MANDATORY)
       && got->aPropAttr[1] == PROPATTR_NOT_PRESENT, "got %#lx, %#lx\n", got->aPropAttr[0],
       got->aPropAttr[1]);
    MAPIFreeBuffer(got);
    hr = GetAttribIMsgOnIStg(storage, (SPropTagArray *)&tags, &got);
    ok(hr == MAPI_E_INVALID_PARAMETER && !got, "got %#lx\n", hr);
    IMessage_Release(message);
    IStorage_Release(storage);
}

static void test_session(void)
{
    IStorage *storage;
    IMessage *message;
    SPropValue *prop;
    IAttach *attach;
    IMalloc *allocator;
    LPMSGSESS session;
    ULONG number;
    HRESULT hr;

    CoGetMalloc(1, &allocator);
    session = (void *)0xdead;
    hr = OpenIMsgSession(NULL, 0, &session);
    ok(hr == MAPI_E_INVALID_PARAMETER && !session, "got %#lx\n", hr);
    hr = OpenIMsgSession(allocator, 1, &session);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = OpenIMsgSession(allocator, 0, &session);
    ok(hr == S_OK && session, "got %#lx\n", hr);
    IMalloc_Release(allocator);
    hr = open_file(TRUE, TRUE, MAPI_UNICODE, session, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SUBJECT_W, L"x");
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    CloseIMsgSession(session);
    hr = HrGetOneProp((IMAPIProp *)message, PR_SUBJECT_W, &prop);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    hr = IAttach_SaveChanges(attach, 0);
    ok(hr == MAPI_E_INVALID_OBJECT, "got %#lx\n", hr);
    IAttach_Release(attach);
    released = 0;
    IMessage_Release(message);
    ok(released == 1, "got %ld\n", released);
    ok(!IStorage_Release(storage), "still held\n");
    CloseIMsgSession(NULL);
}

static void test_parameters(void)
{
    IStorage *storage;
    IMessage *message = (void *)0xdead;
    HRESULT hr;

    hr = OpenIMsgOnIStg(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, NULL, NULL,
                        NULL, NULL, 0, 0, &message);
    ok(hr == MAPI_E_INVALID_PARAMETER && !message, "got %#lx\n", hr);
    hr = open_file(TRUE, TRUE, 2, NULL, &storage, &message);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !message, "got %#lx\n", hr);
    hr = OpenIMsgOnIStg(NULL, NULL, NULL, NULL, NULL, NULL, storage, NULL, 0, 0, &message);
    ok(hr == MAPI_E_INVALID_PARAMETER && !message, "got %#lx\n", hr);
    IStorage_Release(storage);
}

static void test_rtfsync(void)
{
    static const char rtf[] = "{\\rtf1\\ansi one\\par two}";
    IStorage *storage;
    IMessage *message;
    IStream *stream, *plain;
    SPropValue *prop;
    BOOL updated = 2;
    ULONG size;
    HRESULT hr;

    hr = open_file(TRUE, TRUE, MAPI_UNICODE, NULL, &storage, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = RTFSync(NULL, 0, &updated);
    ok(hr == MAPI_E_INVALID_PARAMETER && !updated, "got %#lx\n", hr);
    hr = RTFSync(message, 4, &updated);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    updated = 2;
    hr = RTFSync(message, RTF_SYNC_RTF_CHANGED | RTF_SYNC_BODY_CHANGED, &updated);
    ok(hr == S_OK && !updated, "got %#lx, %d\n", hr, updated);

    hr = IMessage_OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, 0,
                               MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = WrapCompressedRTFStream(stream, MAPI_MODIFY, &plain);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Write(plain, rtf, sizeof(rtf) - 1, NULL);
    IStream_Commit(plain, 0);
    IStream_Release(plain);
    IStream_Release(stream);
    hr = RTFSync(message, RTF_SYNC_RTF_CHANGED, &updated);
    ok(hr == S_OK && updated == TRUE, "got %#lx, %d\n", hr, updated);
    check_text(message, PR_BODY_W, L"one\r\ntwo");
    ok(long_of(message, PR_RTF_IN_SYNC) == 1, "not in sync\n");
    ok(long_of(message, PR_RTF_SYNC_BODY_COUNT) == 6, "got %ld\n",
       long_of(message, PR_RTF_SYNC_BODY_COUNT));
    hr = RTFSync(message, RTF_SYNC_RTF_CHANGED, &updated);
    ok(hr == S_OK && !updated, "got %#lx, %d\n", hr, updated);

    /* White space alone leaves the rich text as it is; more does not. */
    hr = HrGetOneProp((IMAPIProp *)message, PR_RTF_COMPRESSED, &prop);
    ok(hr == S_OK, "got %#lx\n", hr);
    size = prop->Value.bin.cb;
    MAPIFreeBuffer(prop);
    set_text(message, PR_BODY_W, L"one  two\r\n");
    hr = RTFSync(message, RTF_SYNC_BODY_CHANGED, &updated);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = HrGetOneProp((IMAPIProp *)message, PR_RTF_COMPRESSED, &prop);
    ok(hr == S_OK && prop->Value.bin.cb == size, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    set_text(message, PR_BODY_W, L"three \u20ac");
    hr = RTFSync(message, RTF_SYNC_BODY_CHANGED, &updated);
    ok(hr == S_OK && updated == TRUE, "got %#lx, %d\n", hr, updated);
    hr = HrGetOneProp((IMAPIProp *)message, PR_RTF_COMPRESSED, &prop);
    ok(hr == S_OK && prop->Value.bin.cb != size, "got %#lx\n", hr);
    MAPIFreeBuffer(prop);
    set_text(message, PR_BODY_W, L"other");
    hr = RTFSync(message, RTF_SYNC_RTF_CHANGED, &updated);
    ok(hr == S_OK && updated == TRUE, "got %#lx, %d\n", hr, updated);
    check_text(message, PR_BODY_W, L"three \u20ac");
    IMessage_Release(message);
    IStorage_Release(storage);
}

START_TEST(imsg)
{
    WCHAR folder[MAX_PATH];
    ULONG i;

    CoInitialize(NULL);
    GetTempPathW(ARRAY_SIZE(folder), folder);
    GetTempFileNameW(folder, L"msg", 0, path);
    for (i = 0; i < LARGE; i++) large[i] = i * i >> 7;
    test_parameters();
    test_file(TRUE);
    test_file(FALSE);
    test_attributes();
    test_session();
    test_rtfsync();
    DeleteFileW(path);
    CoUninitialize();
}
