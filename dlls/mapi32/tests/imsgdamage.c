/*
 * Tests: messages on damaged storages
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
 * A .msg file comes from anywhere. A whole one is copied, one or more of its streams are changed,
 * cut or lengthened at random (the same each time), and all of it is read: whatever is found there,
 * calls come back, and what they return can be used. The compound file itself is the system's and
 * stays whole.
 */

#include <stdarg.h>
#include <stdio.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <objbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <imessage.h>

#include "wine/test.h"

#define COPIES 400
#define DEEP   8
#define STREAMS_MAX 10000

static ULONG seed;

static ULONG next_random(void)
{
    seed = seed * 1103515245 + 12345;
    return seed >> 8;
}

static IStorage *new_storage(void)
{
    IStorage *storage = NULL;
    ILockBytes *bytes;

    CreateILockBytesOnHGlobal(NULL, TRUE, &bytes);
    StgCreateDocfileOnILockBytes(bytes, STGM_READWRITE | STGM_SHARE_EXCLUSIVE | STGM_CREATE, 0,
                                 &storage);
    ILockBytes_Release(bytes);
    return storage;
}

static HRESULT open_message(IStorage *storage, IMessage **message)
{
    HRESULT hr;

    *message = NULL;
    hr = OpenIMsgOnIStg(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                        MAPIGetDefaultMalloc(), NULL, storage, NULL, 0, 0, message);
    ok(SUCCEEDED(hr) == !!*message, "got %#lx, %p\n", hr, *message);
    return hr;
}

/* Some of each kind: short and long values, several values, names, recipients, attachments in both
 * ways. */
static void fill(IMessage *message, BOOL outer)
{
    static char text[70000];
    SizedADRLIST(1, recipients) = { 1 };
    MAPINAMEID name = { 0 }, *names = &name;
    SPropTagArray *tags = NULL;
    SPropValue props[6] = { { 0 } }, columns[4] = { { 0 } };
    WCHAR *strings[] = { (WCHAR *)L"one", (WCHAR *)L"two" };
    IMessage *inner;
    IAttach *attach;
    ULONG n;

    memset(text, 't', sizeof(text) - 1);
    name.lpguid = (GUID *)&IID_IUnknown;
    name.ulKind = MNID_STRING;
    name.Kind.lpwstrName = (WCHAR *)L"A name";
    IMessage_GetIDsFromNames(message, 1, &names, MAPI_CREATE, &tags);
    props[0].ulPropTag = PR_SUBJECT_W;
    props[0].Value.lpszW = (WCHAR *)L"A subject";
    props[1].ulPropTag = PR_BODY_A;
    props[1].Value.lpszA = text;
    props[2].ulPropTag = PR_IMPORTANCE;
    props[2].Value.l = 2;
    props[3].ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x6801);
    props[3].Value.MVszW.cValues = 2;
    props[3].Value.MVszW.lppszW = strings;
    props[4].ulPropTag = PROP_TAG(PT_BINARY, 0x6802);
    props[4].Value.bin.cb = 5000;
    props[4].Value.bin.lpb = (BYTE *)text;
    props[5].ulPropTag = CHANGE_PROP_TYPE(tags ? tags->aulPropTag[0] : 0, PT_LONG);
    IMessage_SetProps(message, tags ? 6 : 5, props, NULL);
    MAPIFreeBuffer(tags);

    columns[0].ulPropTag = PR_DISPLAY_NAME_W;
    columns[0].Value.lpszW = (WCHAR *)L"Ann";
    columns[1].ulPropTag = PR_RECIPIENT_TYPE;
    columns[1].Value.l = MAPI_TO;
    columns[2].ulPropTag = PR_EMAIL_ADDRESS_W;
    columns[2].Value.lpszW = (WCHAR *)L"ann@example.org";
    recipients.aEntries[0].cValues = 3;
    recipients.aEntries[0].rgPropVals = columns;
    IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&recipients);

    if (SUCCEEDED(IMessage_CreateAttach(message, NULL, 0, &n, &attach)))
    {
        props[0].ulPropTag = PR_ATTACH_METHOD;
        props[0].Value.l = ATTACH_BY_VALUE;
        props[1].ulPropTag = PR_ATTACH_DATA_BIN;
        props[1].Value.bin.cb = 100;
        props[1].Value.bin.lpb = (BYTE *)text;
        IAttach_SetProps(attach, 2, props, NULL);
        IAttach_SaveChanges(attach, 0);
        IAttach_Release(attach);
    }
    if (outer && SUCCEEDED(IMessage_CreateAttach(message, NULL, 0, &n, &attach)))
    {
        props[0].ulPropTag = PR_ATTACH_METHOD;
        props[0].Value.l = ATTACH_EMBEDDED_MSG;
        IAttach_SetProps(attach, 1, props, NULL);
        if (SUCCEEDED(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                           MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner)))
        {
            fill(inner, FALSE);
            IMessage_SaveChanges(inner, 0);
            IMessage_Release(inner);
        }
        IAttach_SaveChanges(attach, 0);
        IAttach_Release(attach);
    }
}

/* Changes the n-th stream, counted through the tree; n is what is left. */
static void damage(IStorage *storage, LONG *n, unsigned int depth)
{
    ULARGE_INTEGER size;
    LARGE_INTEGER at;
    IEnumSTATSTG *elements;
    IStorage *inner;
    IStream *stream;
    STATSTG stat;
    ULONG i, value;

    if (depth > DEEP || FAILED(IStorage_EnumElements(storage, 0, NULL, 0, &elements))) return;
    while (*n >= 0 && IEnumSTATSTG_Next(elements, 1, &stat, NULL) == S_OK)
    {
        if (stat.type == STGTY_STORAGE
            && SUCCEEDED(IStorage_OpenStorage(storage, stat.pwcsName, NULL,
                                              STGM_READWRITE | STGM_SHARE_EXCLUSIVE, NULL, 0,
                                              &inner)))
        {
            damage(inner, n, depth + 1);
            IStorage_Release(inner);
        }
        else if (stat.type == STGTY_STREAM && !(*n)--
                 && SUCCEEDED(IStorage_OpenStream(storage, stat.pwcsName, NULL,
                                                  STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0,
                                                  &stream)))
        {
            size = stat.cbSize;
            if (!(next_random() % 4))
            {
                size.QuadPart = next_random() % (size.LowPart + 40);
                IStream_SetSize(stream, size);
            }
            for (i = next_random() % 8; size.LowPart && i; i--)
            {
                value = next_random() % 3 ? next_random() : next_random() % 2 ? 0 : ~0u;
                at.QuadPart = next_random() % size.LowPart;
                /* headers and tags are at the beginning */
                if (next_random() % 2) at.QuadPart %= 64;
                IStream_Seek(stream, at, STREAM_SEEK_SET, NULL);
                IStream_Write(stream, &value, 1 + next_random() % 4, NULL);
            }
            IStream_Release(stream);
        }
        CoTaskMemFree(stat.pwcsName);
    }
    IEnumSTATSTG_Release(elements);
}

/* That a value can be used. */
static ULONG use(const SPropValue *prop)
{
    ULONG i, sum = 0;

    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_STRING8: return strlen(prop->Value.lpszA);
    case PT_UNICODE: return lstrlenW(prop->Value.lpszW);
    case PT_CLSID: return prop->Value.lpguid->Data1;
    case PT_BINARY:
        for (i = 0; i < prop->Value.bin.cb; i++) sum += prop->Value.bin.lpb[i];
        break;
    case PT_MV_UNICODE:
        for (i = 0; i < prop->Value.MVszW.cValues; i++)
            sum += lstrlenW(prop->Value.MVszW.lppszW[i]);
        break;
    case PT_MV_STRING8:
        for (i = 0; i < prop->Value.MVszA.cValues; i++) sum += strlen(prop->Value.MVszA.lppszA[i]);
        break;
    case PT_MV_BINARY:
        for (i = 0; i < prop->Value.MVbin.cValues; i++) sum += prop->Value.MVbin.lpbin[i].cb;
        break;
    case PT_MV_LONG:
        for (i = 0; i < prop->Value.MVl.cValues; i++) sum += prop->Value.MVl.lpl[i];
        break;
    }
    return sum;
}

static ULONG read_props(IMAPIProp *object)
{
    ULONG count = 0, names_count = 0, i, sum = 0;
    SPropTagArray *tags = NULL;
    MAPINAMEID **names = NULL;
    SPropValue *props = NULL;
    IStream *stream;
    BYTE bytes[256];

    if (SUCCEEDED(IMAPIProp_GetPropList(object, MAPI_UNICODE, &tags)))
    {
        for (i = 0; i < tags->cValues; i++)
        {
            if (FAILED(IMAPIProp_OpenProperty(object, tags->aulPropTag[i], &IID_IStream, 0, 0,
                                              (IUnknown **)&stream)))
                continue;
            IStream_Read(stream, bytes, sizeof(bytes), &count);
            IStream_Release(stream);
        }
        if (SUCCEEDED(IMAPIProp_GetNamesFromIDs(object, &tags, NULL, 0, &names_count, &names)))
            for (i = 0; i < names_count; i++)
                if (names[i] && names[i]->ulKind == MNID_STRING)
                    sum += lstrlenW(names[i]->Kind.lpwstrName);
        MAPIFreeBuffer(names);
        MAPIFreeBuffer(tags);
    }
    count = 0;
    if (SUCCEEDED(IMAPIProp_GetProps(object, NULL, MAPI_UNICODE, &count, &props)))
        for (i = 0; i < count; i++) sum += use(&props[i]);
    MAPIFreeBuffer(props);
    return sum;
}

static SRowSet *read_table(IMAPITable *table)
{
    SRowSet *rows = NULL;
    ULONG i, j, sum = 0;

    if (FAILED(HrQueryAllRows(table, NULL, NULL, NULL, 0, &rows))) rows = NULL;
    for (i = 0; rows && i < rows->cRows; i++)
        for (j = 0; j < rows->aRow[i].cValues; j++) sum += use(&rows->aRow[i].lpProps[j]);
    IMAPITable_Release(table);
    return rows;
}

static void read_message(IMessage *message, unsigned int depth)
{
    IMessage *inner;
    IMAPITable *table;
    IAttach *attach;
    SRowSet *rows;
    ULONG i;

    read_props((IMAPIProp *)message);
    if (SUCCEEDED(IMessage_GetRecipientTable(message, MAPI_UNICODE, &table)))
        FreeProws(read_table(table));
    if (FAILED(IMessage_GetAttachmentTable(message, 0, &table))) return;
    rows = read_table(table);
    for (i = 0; rows && i < rows->cRows && i < 16; i++)
    {
        const SPropValue *number = PpropFindProp(rows->aRow[i].lpProps, rows->aRow[i].cValues,
                                                 PR_ATTACH_NUM);

        if (!number || FAILED(IMessage_OpenAttach(message, number->Value.l, NULL, 0, &attach)))
            continue;
        read_props((IMAPIProp *)attach);
        if (depth < DEEP
            && SUCCEEDED(IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                              (IUnknown **)&inner)))
        {
            read_message(inner, depth + 1);
            IMessage_Release(inner);
        }
        IAttach_Release(attach);
    }
    FreeProws(rows);
}

START_TEST(imsgdamage)
{
    unsigned int i, j, opened = 0, streams;
    IStorage *whole, *storage;
    IMessage *message;
    HRESULT hr;
    LONG n;

    CoInitialize(NULL);
    whole = new_storage();
    ok(whole != NULL, "no storage\n");
    hr = open_message(whole, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    fill(message, TRUE);
    hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    ok(hr == S_OK, "got %#lx\n", hr);
    read_message(message, 0);
    IMessage_Release(message);
    IStorage_Commit(whole, 0);
    n = STREAMS_MAX;
    damage(whole, &n, 0);               /* it has not so many: nothing is changed */
    ok(STREAMS_MAX - n > 30, "only %ld streams\n", STREAMS_MAX - n);
    streams = STREAMS_MAX - n;

    for (i = 0; i < COPIES; i++)
    {
        seed = i * 7919 + 1;
        storage = new_storage();
        hr = IStorage_CopyTo(whole, 0, NULL, NULL, storage);
        ok(hr == S_OK, "got %#lx\n", hr);
        for (j = 1 + next_random() % 3; j; j--)
        {
            n = next_random() % streams;
            damage(storage, &n, 0);
        }
        if (SUCCEEDED(open_message(storage, &message)))
        {
            opened++;
            read_message(message, 0);
            IMessage_Release(message);
        }
        IStorage_Release(storage);
    }
    ok(opened > COPIES / 4, "only %u of %u were messages still\n", opened, COPIES);
    IStorage_Release(whole);
    CoUninitialize();
}
