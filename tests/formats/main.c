/*
 * Files of messages, made for and read from other programs
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
 * formats FOLDER
 *
 * Makes, in the folder, message.msg and ansi.msg (OpenIMsgOnIStg), winmail.dat and old.dat
 * (OpenTnefStreamEx, plain and with TNEF_COMPATIBILITY), text.lzfu and plain.lzfu out of text.rtf
 * (WrapCompressedRTFStream), and synced.rtf (RTFSync). Reads what formats.py made: theirs.dat into
 * theirs.msg, and packed.lzfu and stored.lzfu into files that end in .rtf. contents.bin is the
 * contents of an attachment. formats.py knows the values that are set here.
 */

#define COBJMACROS
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "initguid.h"
#include "mapiguid.h"
#include "mapix.h"
#include "mapiutil.h"
#include "imessage.h"
#include "tnef.h"

/* The name that mapitags.h of later versions has for it. */
#define MESSAGE_ID PROP_TAG(PT_UNICODE, 0x1035)

static const GUID set = {0x12345678, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};
static WCHAR folder[MAX_PATH];

static void must(HRESULT hr, const char *what)
{
    if (hr == S_OK) return;
    printf("%s: %#lx\n", what, (unsigned long)hr);
    exit(1);
}

static WCHAR *path_of(const WCHAR *name)
{
    static WCHAR path[MAX_PATH * 2];

    lstrcpyW(path, folder);
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    return path;
}

static BYTE *read_file(const WCHAR *name, ULONG *size)
{
    HANDLE file = CreateFileW(path_of(name), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    BYTE *data;
    DWORD done;

    if (file == INVALID_HANDLE_VALUE) must(STG_E_FILENOTFOUND, "read_file");
    *size = GetFileSize(file, NULL);
    if (!(data = malloc(*size + 1)) || !ReadFile(file, data, *size, &done, NULL) || done != *size)
        must(STG_E_READFAULT, "read_file");
    CloseHandle(file);
    return data;
}

static void write_file(const WCHAR *name, const void *data, ULONG size)
{
    HANDLE file = CreateFileW(path_of(name), GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD done;

    if (file == INVALID_HANDLE_VALUE || !WriteFile(file, data, size, &done, NULL) || done != size)
        must(STG_E_WRITEFAULT, "write_file");
    CloseHandle(file);
}

static IStream *stream_of(const void *data, ULONG size)
{
    LARGE_INTEGER zero = {{0}};
    IStream *stream;

    must(CreateStreamOnHGlobal(NULL, TRUE, &stream), "CreateStreamOnHGlobal");
    if (size) must(IStream_Write(stream, data, size, NULL), "Write");
    must(IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL), "Seek");
    return stream;
}

/* All of a stream, from its start where it can be moved. */
static void stream_to_file(IStream *stream, const WCHAR *name)
{
    LARGE_INTEGER zero = {{0}};
    BYTE *data = NULL;
    ULONG size = 0, done;

    IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL);
    for (;;)
    {
        if (!(data = realloc(data, size + 0x1000))) must(E_OUTOFMEMORY, "realloc");
        done = 0;
        if (FAILED(IStream_Read(stream, data + size, 0x1000, &done))) must(E_FAIL, "Read");
        if (!done) break;
        size += done;
    }
    write_file(name, data, size);
    free(data);
}

static IMessage *open_message(const WCHAR *name, ULONG flags, IStorage **storage)
{
    IMalloc *allocator;
    IMessage *message;

    must(StgCreateDocfile(path_of(name),
                          STGM_CREATE | STGM_READWRITE | STGM_TRANSACTED | STGM_SHARE_EXCLUSIVE, 0,
                          storage),
         "StgCreateDocfile");
    CoGetMalloc(1, &allocator);
    must(OpenIMsgOnIStg(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, allocator, NULL,
                        *storage, NULL, 0, flags, &message),
         "OpenIMsgOnIStg");
    IMalloc_Release(allocator);
    return message;
}

static void close_message(IMessage *message, IStorage *storage)
{
    must(IMessage_SaveChanges(message, 0), "SaveChanges");
    IMessage_Release(message);
    must(IStorage_Commit(storage, 0), "Commit");
    IStorage_Release(storage);
}

static void set_text(void *object, ULONG tag, const WCHAR *text)
{
    SPropValue prop = {tag};

    prop.Value.lpszW = (WCHAR *)text;
    must(HrSetOneProp((IMAPIProp *)object, &prop), "HrSetOneProp");
}

static void set_long(void *object, ULONG tag, LONG value)
{
    SPropValue prop = {tag};

    prop.Value.l = value;
    must(HrSetOneProp((IMAPIProp *)object, &prop), "HrSetOneProp");
}

static void write_property(void *object, ULONG tag, const void *data, ULONG size)
{
    IStream *stream;

    must(IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream),
         "OpenProperty");
    must(IStream_Write(stream, data, size, NULL), "Write");
    must(IStream_Commit(stream, 0), "Commit");
    IStream_Release(stream);
}

static void set_values(IMessage *message)
{
    static const WCHAR *texts[] = {L"red", L"", L"blue \u20ac"};
    static LONG longs[] = {1, -2, 3};
    SBinary binaries[2] = {{3, (BYTE *)"abc"}, {0, (BYTE *)""}};
    SPropValue props[9];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x6600);
    props[0].Value.MVszW.cValues = ARRAYSIZE(texts);
    props[0].Value.MVszW.lppszW = (WCHAR **)texts;
    props[1].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6601);
    props[1].Value.MVl.cValues = ARRAYSIZE(longs);
    props[1].Value.MVl.lpl = longs;
    props[2].ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6602);
    props[2].Value.MVbin.cValues = ARRAYSIZE(binaries);
    props[2].Value.MVbin.lpbin = binaries;
    props[3].ulPropTag = PROP_TAG(PT_CLSID, 0x6603);
    props[3].Value.lpguid = (GUID *)&set;
    props[4].ulPropTag = PROP_TAG(PT_I8, 0x6604);
    props[4].Value.li.QuadPart = 0x123456789abcdefll;
    props[5].ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6605);
    props[5].Value.b = TRUE;
    props[6].ulPropTag = PROP_TAG(PT_DOUBLE, 0x6606);
    props[6].Value.dbl = -0.5;
    props[7].ulPropTag = PROP_TAG(PT_I2, 0x6607);
    props[7].Value.i = -2;
    /* 2026-11-25 21:30:00 */
    props[8].ulPropTag = PR_CLIENT_SUBMIT_TIME;
    props[8].Value.ft.dwLowDateTime = (DWORD)134401158000000000ull;
    props[8].Value.ft.dwHighDateTime = (DWORD)(134401158000000000ull >> 32);
    must(IMessage_SetProps(message, ARRAYSIZE(props), props, NULL), "SetProps");
}

static void set_named(IMessage *message)
{
    MAPINAMEID names[3] = {{(GUID *)&set, MNID_ID}, {(GUID *)&set, MNID_STRING},
                           {(GUID *)&PS_PUBLIC_STRINGS, MNID_STRING}};
    MAPINAMEID *list[3] = {&names[0], &names[1], &names[2]};
    SPropTagArray *tags;

    names[0].Kind.lID = 0x8005;
    names[1].Kind.lpwstrName = (WCHAR *)L"x-mailer";
    names[2].Kind.lpwstrName = (WCHAR *)L"Keywords \u20ac";
    must(IMessage_GetIDsFromNames(message, 3, list, MAPI_CREATE, &tags), "GetIDsFromNames");
    set_long(message, CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_LONG), 42);
    set_text(message, CHANGE_PROP_TYPE(tags->aulPropTag[1], PT_UNICODE), L"by name");
    set_text(message, CHANGE_PROP_TYPE(tags->aulPropTag[2], PT_UNICODE), L"public");
    MAPIFreeBuffer(tags);
}

static void add_recipient(IMessage *message, const WCHAR *name, const WCHAR *address, LONG type)
{
    SizedADRLIST(1, list) = {1};
    SPropValue props[5];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_W;
    props[0].Value.lpszW = (WCHAR *)name;
    props[1].ulPropTag = PR_ADDRTYPE_W;
    props[1].Value.lpszW = (WCHAR *)L"SMTP";
    props[2].ulPropTag = PR_EMAIL_ADDRESS_W;
    props[2].Value.lpszW = (WCHAR *)address;
    props[3].ulPropTag = PR_RECIPIENT_TYPE;
    props[3].Value.l = type;
    props[4].ulPropTag = PR_OBJECT_TYPE;
    props[4].Value.l = MAPI_MAILUSER;
    list.aEntries[0].cValues = ARRAYSIZE(props);
    list.aEntries[0].rgPropVals = props;
    must(IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list), "ModifyRecipients");
}

static void add_file(IMessage *message, const WCHAR *name, const WCHAR *short_name,
                     const void *data, ULONG size)
{
    IAttach *attach;
    ULONG number;

    must(IMessage_CreateAttach(message, NULL, 0, &number, &attach), "CreateAttach");
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    set_long(attach, PR_RENDERING_POSITION, -1);
    set_text(attach, PR_ATTACH_LONG_FILENAME_W, name);
    set_text(attach, PR_ATTACH_FILENAME_W, short_name);
    write_property(attach, PR_ATTACH_DATA_BIN, data, size);
    must(IAttach_SaveChanges(attach, 0), "SaveChanges");
    IAttach_Release(attach);
}

static void add_message(IMessage *message)
{
    IMessage *inner;
    IAttach *attach;
    ULONG number;

    must(IMessage_CreateAttach(message, NULL, 0, &number, &attach), "CreateAttach");
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    set_long(attach, PR_RENDERING_POSITION, -1);
    set_text(attach, PR_DISPLAY_NAME_W, L"inner");
    must(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner),
         "OpenProperty");
    set_text(inner, PR_MESSAGE_CLASS_W, L"IPM.Note");
    set_text(inner, PR_SUBJECT_W, L"inner");
    set_text(inner, PR_BODY_W, L"within");
    add_recipient(inner, L"Third", L"three@example.com", MAPI_TO);
    add_file(inner, L"inside.txt", L"inside.txt", "inside", 6);
    must(IMessage_SaveChanges(inner, 0), "SaveChanges");
    IMessage_Release(inner);
    must(IAttach_SaveChanges(attach, 0), "SaveChanges");
    IAttach_Release(attach);
}

static void add_object(IMessage *message)
{
    IStorage *inside;
    IStream *stream;
    IAttach *attach;
    ULONG number;

    must(IMessage_CreateAttach(message, NULL, 0, &number, &attach), "CreateAttach");
    set_long(attach, PR_ATTACH_METHOD, ATTACH_OLE);
    must(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inside),
         "OpenProperty");
    must(IStorage_CreateStream(inside, L"contents",
                               STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0, &stream),
         "CreateStream");
    must(IStream_Write(stream, "object", 6, NULL), "Write");
    IStream_Release(stream);
    must(IStorage_Commit(inside, 0), "Commit");
    IStorage_Release(inside);
    must(IAttach_SaveChanges(attach, 0), "SaveChanges");
    IAttach_Release(attach);
}

static void write_rtf(IStream *to, ULONG flags, const void *data, ULONG size)
{
    IStream *rtf;

    must(WrapCompressedRTFStream(to, MAPI_MODIFY | flags, &rtf), "WrapCompressedRTFStream");
    must(IStream_Write(rtf, data, size, NULL), "Write");
    must(IStream_Commit(rtf, 0), "Commit");
    IStream_Release(rtf);
}

static void fill(IMessage *message, const BYTE *contents, ULONG size, const BYTE *rtf,
                 ULONG rtf_size)
{
    IStream *stream;

    set_text(message, PR_MESSAGE_CLASS_W, L"IPM.Note");
    set_text(message, PR_SUBJECT_W, L"Gr\u00fc\u00dfe \u20ac");
    set_text(message, PR_BODY_W, L"Hello \u20ac\r\nsecond line\r\n");
    set_text(message, PR_SENDER_NAME_W, L"J\u00f6rg");
    set_text(message, PR_SENDER_ADDRTYPE_W, L"SMTP");
    set_text(message, PR_SENDER_EMAIL_ADDRESS_W, L"joerg@example.org");
    set_text(message, MESSAGE_ID, L"<one@example.org>");
    set_long(message, PR_IMPORTANCE, IMPORTANCE_HIGH);
    set_long(message, PR_PRIORITY, PRIO_URGENT);
    set_values(message);
    set_named(message);
    must(IMessage_OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, STGM_READWRITE,
                               MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream),
         "OpenProperty");
    write_rtf(stream, 0, rtf, rtf_size);
    must(IStream_Commit(stream, 0), "Commit");
    IStream_Release(stream);
    add_recipient(message, L"First", L"one@example.com", MAPI_TO);
    add_recipient(message, L"Zweiter \u00fc", L"two@example.com", MAPI_CC);
    add_file(message, L"a long name.bin", L"ALONGN~1.BIN", contents, size);
    add_file(message, L"empty.txt", L"empty.txt", "", 0);
    add_message(message);
    add_object(message);
}

static void encode(IMessage *message, ULONG flags, const WCHAR *name)
{
    SizedSPropTagArray(1, exclude) = {1, {PR_ATTACH_NUM}};
    SizedSPropTagArray(1, recipients) = {1, {PR_MESSAGE_RECIPIENTS}};
    STnefProblemArray *problems = NULL;
    IStream *stream = stream_of(NULL, 0);
    ITnef *tnef;
    WORD key;

    must(OpenTnefStreamEx(NULL, stream, (LPTSTR) "winmail.dat", TNEF_ENCODE | flags, message, 7,
                          NULL, &tnef),
         "OpenTnefStreamEx");
    must(ITnef_AddProps(tnef, TNEF_PROP_EXCLUDE, 0, NULL, (SPropTagArray *)&exclude), "AddProps");
    must(ITnef_AddProps(tnef, TNEF_PROP_INCLUDE, 0, NULL, (SPropTagArray *)&recipients),
         "AddProps");
    must(ITnef_Finish(tnef, 0, &key, &problems), "Finish");
    if (problems) must(problems->aProblem[0].scode, "encoding");
    ITnef_Release(tnef);
    stream_to_file(stream, name);
    IStream_Release(stream);
}

static void decode(const WCHAR *name, const WCHAR *to)
{
    STnefProblemArray *problems = NULL;
    IMessage *message;
    IStorage *storage;
    IStream *stream;
    ITnef *tnef;
    BYTE *data;
    ULONG size;

    data = read_file(name, &size);
    stream = stream_of(data, size);
    message = open_message(to, MAPI_UNICODE, &storage);
    must(OpenTnefStreamEx(NULL, stream, (LPTSTR) "winmail.dat", TNEF_DECODE, message, 0, NULL,
                          &tnef),
         "OpenTnefStreamEx");
    must(ITnef_ExtractProps(tnef, 0, NULL, &problems), "ExtractProps");
    if (problems)
        printf("%#lx, %#lx\n", (unsigned long)problems->aProblem[0].ulAttribute,
               (unsigned long)problems->aProblem[0].ulPropTag);
    if (problems) must(problems->aProblem[0].scode, "decoding");
    ITnef_Release(tnef);
    IStream_Release(stream);
    close_message(message, storage);
    free(data);
}

static void compress(const BYTE *rtf, ULONG size, ULONG flags, const WCHAR *name)
{
    IStream *stream = stream_of(NULL, 0);

    write_rtf(stream, flags, rtf, size);
    stream_to_file(stream, name);
    IStream_Release(stream);
}

static void decompress(const WCHAR *name, const WCHAR *to)
{
    IStream *stream, *rtf;
    BYTE *data;
    ULONG size;

    data = read_file(name, &size);
    stream = stream_of(data, size);
    must(WrapCompressedRTFStream(stream, 0, &rtf), "WrapCompressedRTFStream");
    stream_to_file(rtf, to);
    IStream_Release(rtf);
    IStream_Release(stream);
    free(data);
}

static void sync_rtf(void)
{
    IStream *stream, *rtf;
    IMessage *message;
    IStorage *storage;
    BOOL changed;

    message = open_message(L"synced.msg", MAPI_UNICODE, &storage);
    set_text(message, PR_BODY_W, L"\u00fc \u00df {braces} and \\ \u20ac\r\nsecond line\r\n");
    must(RTFSync(message, RTF_SYNC_BODY_CHANGED, &changed), "RTFSync");
    must(IMessage_OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, STGM_READ, 0,
                               (IUnknown **)&stream),
         "OpenProperty");
    must(WrapCompressedRTFStream(stream, 0, &rtf), "WrapCompressedRTFStream");
    stream_to_file(rtf, L"synced.rtf");
    IStream_Release(rtf);
    IStream_Release(stream);
    close_message(message, storage);
}

int main(int argc, char **argv)
{
    ULONG size, rtf_size;
    IMessage *message;
    IStorage *storage;
    BYTE *contents, *rtf;

    if (argc != 2 || !MultiByteToWideChar(CP_ACP, 0, argv[1], -1, folder, ARRAYSIZE(folder)))
        return 2;
    must(CoInitialize(NULL), "CoInitialize");
    must(MAPIInitialize(NULL), "MAPIInitialize");
    contents = read_file(L"contents.bin", &size);
    rtf = read_file(L"text.rtf", &rtf_size);

    message = open_message(L"message.msg", MAPI_UNICODE, &storage);
    fill(message, contents, size, rtf, rtf_size);
    encode(message, 0, L"winmail.dat");
    encode(message, TNEF_COMPATIBILITY, L"old.dat");
    close_message(message, storage);
    message = open_message(L"ansi.msg", 0, &storage);
    fill(message, contents, size, rtf, rtf_size);
    close_message(message, storage);

    compress(rtf, rtf_size, 0, L"text.lzfu");
    compress(rtf, rtf_size, STORE_UNCOMPRESSED_RTF, L"plain.lzfu");
    sync_rtf();
    decode(L"theirs.dat", L"theirs.msg");
    decompress(L"packed.lzfu", L"packed.rtf");
    decompress(L"stored.lzfu", L"stored.rtf");

    free(rtf);
    free(contents);
    MAPIUninitialize();
    CoUninitialize();
    return 0;
}
