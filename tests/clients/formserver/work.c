/*
 * What a form does with what it got
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

/* Everything here calls objects of the viewer's process. What each call gave goes into the report,
 * a line each, so that a test can compare it with what is there. */

#include "formserver.h"
#include <stdlib.h>

struct report
{
    char *text;
    size_t used, size;
};

static void add(struct report *report, const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(report->text + report->used, report->size - report->used, format, args);
    va_end(args);
    if (length > 0) report->used += length;
    if (report->used >= report->size) report->used = report->size - 1;
}

static void inspect_recipients(struct report *report, IMessage *message)
{
    SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_A, PR_EMAIL_ADDRESS_A } };
    SizedSSortOrderSet(1, order) = { 1, 0, 0, { { PR_DISPLAY_NAME_A, TABLE_SORT_DESCEND } } };
    SPropValue value = { PR_DISPLAY_NAME_A };
    SRestriction content = { RES_CONTENT }, not = { RES_NOT };
    IMAPITable *table;
    SRowSet *rows = NULL;
    HRESULT hr;
    ULONG i;

    hr = IMessage_GetRecipientTable(message, 0, &table);
    if (SUCCEEDED(hr))
    {
        value.Value.lpszA = (char *)"Bo";
        content.res.resContent.ulFuzzyLevel = FL_PREFIX;
        content.res.resContent.ulPropTag = PR_DISPLAY_NAME_A;
        content.res.resContent.lpProp = &value;
        not.res.resNot.lpRes = &content;
        hr = IMAPITable_SetColumns(table, (SPropTagArray *)&columns, 0);
        if (SUCCEEDED(hr)) hr = IMAPITable_Restrict(table, &not, 0);
        if (SUCCEEDED(hr)) hr = IMAPITable_SortTable(table, (SSortOrderSet *)&order, 0);
        if (SUCCEEDED(hr)) hr = IMAPITable_QueryRows(table, 100, 0, &rows);
        IMAPITable_Release(table);
    }
    add(report, "recipients %#lx:", hr);
    for (i = 0; rows && i < rows->cRows; i++)
        add(report, " %s <%s>", rows->aRow[i].lpProps[0].Value.lpszA,
            rows->aRow[i].lpProps[1].Value.lpszA);
    add(report, "\n");
    FreeProws(rows);
}

static ULONG read_stream(IStream *stream, ULONG *sum)
{
    BYTE buffer[4096];
    ULONG size = 0, got, i;

    *sum = 0;
    while (SUCCEEDED(IStream_Read(stream, buffer, sizeof(buffer), &got)) && got)
    {
        for (i = 0; i < got; i++) *sum = *sum * 31 + buffer[i];
        size += got;
    }
    return size;
}

static void inspect_attachment(struct report *report, IMessage *message)
{
    IStream *stream;
    IAttach *attach;
    ULONG sum, size;
    HRESULT hr;

    hr = IMessage_OpenAttach(message, 0, NULL, 0, &attach);
    if (SUCCEEDED(hr))
    {
        hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0,
                                  (IUnknown **)&stream);
        IAttach_Release(attach);
    }
    add(report, "attachment %#lx:", hr);
    if (SUCCEEDED(hr))
    {
        size = read_stream(stream, &sum);
        add(report, " %lu bytes, sum %#lx", size, sum);
        IStream_Release(stream);
    }
    hr = IMessage_OpenAttach(message, 77, NULL, 0, &attach);
    add(report, "; none %#lx %d\n", hr, attach != NULL);
}

static void inspect_names(struct report *report, IMessage *message)
{
    static GUID set = { 0x00020329, 0, 0, { 0xc0, 0, 0, 0, 0, 0, 0, 0x46 } };
    MAPINAMEID number = { &set, MNID_ID, { 0x8123 } }, word = { &set, MNID_STRING };
    MAPINAMEID *names[2] = { &number, &word }, **back = NULL;
    SPropTagArray *tags = NULL;
    ULONG count = 0;
    HRESULT hr;

    word.Kind.lpwstrName = (WCHAR *)L"far name";
    hr = IMessage_GetIDsFromNames(message, 2, names, MAPI_CREATE, &tags);
    add(report, "names %#lx", hr);
    if (SUCCEEDED(hr))
    {
        hr = IMessage_GetNamesFromIDs(message, &tags, NULL, 0, &count, &back);
        add(report, " %#lx:", hr);
        if (SUCCEEDED(hr) && count == 2)
            add(report, " %#lx %d", back[0]->Kind.lID,
                back[1]->ulKind == MNID_STRING && !lstrcmpW(back[1]->Kind.lpwstrName, L"far name"));
    }
    add(report, "\n");
    MAPIFreeBuffer(back);
    MAPIFreeBuffer(tags);
}

/* Values of every kind, there and back. */
static void inspect_values(struct report *report, IMessage *message)
{
    static LONG longs[] = { 1, -2, 3 };
    static GUID guid = { 1, 2, 3, { 4, 5, 6, 7, 8, 9, 10, 11 } };
    static char *words[] = { (char *)"one", (char *)"", (char *)"three" };
    static SBinary bins[] = { { 2, (BYTE *)"ab" }, { 0, NULL }, { 3, (BYTE *)"\0\1\2" } };
    SPropValue in[8], *out;
    SizedSPropTagArray(8, tags) = { 8 };
    SPropProblemArray *problems = NULL;
    ULONG count, i, same = 0;
    HRESULT hr;

    memset(in, 0, sizeof(in));
    in[0].ulPropTag = PROP_TAG(PT_I8, 0x6710); in[0].Value.li.QuadPart = 0x123456789abcdefll;
    in[1].ulPropTag = PROP_TAG(PT_DOUBLE, 0x6711); in[1].Value.dbl = -1.5;
    in[2].ulPropTag = PROP_TAG(PT_UNICODE, 0x6712);
    in[2].Value.lpszW = (WCHAR *)L"\x00e9t\x00e9 \x2603";
    in[3].ulPropTag = PROP_TAG(PT_CLSID, 0x6713); in[3].Value.lpguid = &guid;
    in[4].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6714);
    in[4].Value.MVl.cValues = 3;
    in[4].Value.MVl.lpl = longs;
    in[5].ulPropTag = PROP_TAG(PT_MV_STRING8, 0x6715);
    in[5].Value.MVszA.cValues = 3;
    in[5].Value.MVszA.lppszA = words;
    in[6].ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6716);
    in[6].Value.MVbin.cValues = 3;
    in[6].Value.MVbin.lpbin = bins;
    in[7].ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6717); in[7].Value.b = TRUE;
    for (i = 0; i < 8; i++) tags.aulPropTag[i] = in[i].ulPropTag;
    hr = IMessage_SetProps(message, 8, in, &problems);
    add(report, "values %#lx %d", hr, problems != NULL);
    hr = IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, &out);
    if (SUCCEEDED(hr) && count == 8)
    {
        same += out[0].Value.li.QuadPart == in[0].Value.li.QuadPart;
        same += out[1].Value.dbl == -1.5;
        same += out[2].ulPropTag == in[2].ulPropTag
                && !lstrcmpW(out[2].Value.lpszW, in[2].Value.lpszW);
        same += out[3].ulPropTag == in[3].ulPropTag && IsEqualGUID(out[3].Value.lpguid, &guid);
        same += out[4].Value.MVl.cValues == 3
                && !memcmp(out[4].Value.MVl.lpl, longs, sizeof(longs));
        same += out[5].Value.MVszA.cValues == 3 && !strcmp(out[5].Value.MVszA.lppszA[2], "three");
        same += out[6].Value.MVbin.cValues == 3 && out[6].Value.MVbin.lpbin[2].cb == 3
                && !memcmp(out[6].Value.MVbin.lpbin[2].lpb, "\0\1\2", 3);
        same += out[7].Value.b == TRUE;
        MAPIFreeBuffer(out);
    }
    add(report, " %#lx: %lu of 8", hr, same);
    hr = IMessage_DeleteProps(message, (SPropTagArray *)&tags, NULL);
    add(report, "; deleted %#lx", hr);
    hr = IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, &out);
    add(report, ", then %#lx %d\n", hr, SUCCEEDED(hr) && PROP_TYPE(out[0].ulPropTag) == PT_ERROR
        && out[0].Value.err == MAPI_E_NOT_FOUND);
    if (SUCCEEDED(hr)) MAPIFreeBuffer(out);
}

/* ---- the folder, with a sink of this process ---- */

static struct watch
{
    IMAPITable *table;
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
    HANDLE notified;
} watch;

static LONG WINAPI on_notify(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (notifications[i].ulEventType == fnevTableModified
            && notifications[i].info.tab.ulTableEvent == TABLE_ROW_ADDED
            && notifications[i].info.tab.propIndex.ulPropTag == PR_INSTANCE_KEY)
            SetEvent(watch.notified);
    return S_OK;
}

HRESULT work_watch(struct form *form)
{
    IMAPIFolder *folder;
    HRESULT hr;

    hr = IMAPIMessageSite_GetFolder(form->site, &folder);
    if (FAILED(hr)) return hr;
    watch.notified = CreateEventW(NULL, TRUE, FALSE, NULL);
    hr = IMAPIFolder_GetContentsTable(folder, 0, &watch.table);
    if (SUCCEEDED(hr)) hr = HrAllocAdviseSink(on_notify, NULL, &watch.sink);
    if (SUCCEEDED(hr))
        hr = IMAPITable_Advise(watch.table, fnevTableModified, watch.sink, &watch.connection);
    IMAPIFolder_Release(folder);
    return hr;
}

BOOL work_watched(void)
{
    return !WaitForSingleObject(watch.notified, 0);
}

HRESULT work_watch_end(void)
{
    HRESULT hr = IMAPITable_Unadvise(watch.table, watch.connection);

    IMAPIAdviseSink_Release(watch.sink);
    IMAPITable_Release(watch.table);
    CloseHandle(watch.notified);
    return hr;
}

static void inspect_folder(struct report *report, IMAPIMessageSite *site)
{
    SBinary id = { 0 };
    ENTRYLIST list = { 1, &id };
    SPropValue prop = { PR_SUBJECT_A }, *found;
    IMAPIFolder *folder;
    IMAPITable *table;
    IMessage *message;
    ULONG before = 0, after = 0;
    HRESULT hr;

    hr = IMAPIMessageSite_GetFolder(site, &folder);
    add(report, "folder %#lx:", hr);
    if (FAILED(hr)) return;
    hr = IMAPIFolder_GetContentsTable(folder, 0, &table);
    if (SUCCEEDED(hr)) hr = IMAPITable_GetRowCount(table, 0, &before);
    add(report, " %#lx", hr);
    hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
    prop.Value.lpszA = (char *)"made by the form";
    if (SUCCEEDED(hr)) hr = IMessage_SetProps(message, 1, &prop, NULL);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    add(report, " made %#lx", hr);
    IMAPITable_GetRowCount(table, 0, &after);
    add(report, " rows +%ld", after - before);
    hr = HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &found);
    IMessage_Release(message);
    if (SUCCEEDED(hr))
    {
        id = found->Value.bin;
        hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, 0);
        MAPIFreeBuffer(found);
    }
    add(report, " deleted %#lx\n", hr);
    IMAPITable_Release(table);
    IMAPIFolder_Release(folder);
}

static void inspect_store(struct report *report, struct form *form)
{
    SPropValue *id;
    IMsgStore *store;
    IUnknown *object;
    IMessage *message;
    ULONG type = 0;
    HRESULT hr;

    hr = IMAPIMessageSite_GetStore(form->site, &store);
    add(report, "store %#lx", hr);
    if (FAILED(hr)) return;
    hr = HrGetOneProp((IMAPIProp *)store, PR_IPM_WASTEBASKET_ENTRYID, &id);
    if (FAILED(hr)) hr = HrGetOneProp((IMAPIProp *)store, PR_ENTRYID, &id);
    add(report, " %#lx", hr);
    if (SUCCEEDED(hr)) MAPIFreeBuffer(id);
    hr = IMsgStore_OpenEntry(store, 0, NULL, NULL, 0, &type, &object);
    add(report, ": top %#lx type %lu", hr, type);
    if (SUCCEEDED(hr))
    {
        hr = IUnknown_QueryInterface(object, &IID_IMessage, (void **)&message);
        add(report, " no message %d\n", hr == E_NOINTERFACE);
        IUnknown_Release(object);
    }
    IMsgStore_Release(store);
}

static void inspect_session(struct report *report, struct form *form)
{
    IMAPISession *session;
    IAddrBook *book;
    IMAPITable *table;
    ENTRYID *id = NULL;
    ULONG count = 0, size = 0;
    HRESULT hr;

    hr = IMAPIMessageSite_GetSession(form->site, &session);
    add(report, "session %#lx", hr);
    if (FAILED(hr)) return;
    hr = IMAPISession_GetMsgStoresTable(session, 0, &table);
    if (SUCCEEDED(hr))
    {
        hr = IMAPITable_GetRowCount(table, 0, &count);
        IMAPITable_Release(table);
    }
    add(report, " stores %#lx %lu", hr, count);
    hr = IMAPISession_OpenAddressBook(session, 0, NULL, 0, &book);
    add(report, " book %#lx", hr);
    if (SUCCEEDED(hr))
    {
        hr = IAddrBook_CreateOneOff(book, (LPTSTR)L"Eve", (LPTSTR)L"SMTP",
                                    (LPTSTR)L"eve@example.org", MAPI_UNICODE, &size, &id);
        add(report, " one-off %#lx %d", hr, size && id);
        MAPIFreeBuffer(id);
        IAddrBook_Release(book);
    }
    add(report, "\n");
    IMAPISession_Release(session);
}

/* A message of this process that the viewer's process fills. */
static void inspect_copy(struct report *report, IMessage *message)
{
    IStorage *storage;
    IMessage *copy;
    SPropValue *prop;
    HRESULT hr;

    hr = StgCreateDocfile(NULL,
                          STGM_READWRITE | STGM_SHARE_EXCLUSIVE | STGM_CREATE
                              | STGM_DELETEONRELEASE,
                          0, &storage);
    if (SUCCEEDED(hr))
    {
        hr = OpenIMsgOnIStg(NULL, MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer,
                            MAPIGetDefaultMalloc(), NULL, storage, NULL, 0, 0, &copy);
        IStorage_Release(storage);
    }
    add(report, "copy %#lx", hr);
    if (SUCCEEDED(hr))
    {
        hr = IMessage_CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL);
        add(report, " %#lx", hr);
        hr = HrGetOneProp((IMAPIProp *)copy, PR_SUBJECT_A, &prop);
        if (SUCCEEDED(hr))
        {
            add(report, " %s", prop->Value.lpszA);
            MAPIFreeBuffer(prop);
        }
        IMessage_Release(copy);
    }
    add(report, "\n");
}

static void inspect_view(struct report *report, struct form *form)
{
    ULONG status = 0xdeadbeef, site_status = 0xdeadbeef;
    FORMPRINTSETUP *setup;
    IMAPIFormMgr *manager;
    IMAPIFormInfo *info;
    HRESULT hr;

    hr = form->view ? IMAPIViewContext_GetViewStatus(form->view, &status) : S_FALSE;
    add(report, "view %#lx %#lx", hr, status);
    hr = IMAPIMessageSite_GetSiteStatus(form->site, &site_status);
    add(report, " site %#lx %#lx", hr, site_status);
    if (form->view)
    {
        hr = IMAPIViewContext_GetPrintSetup(form->view, 0, &setup);
        add(report, " print %#lx", hr);
        hr = IMAPIViewContext_ActivateNext(form->view, VCDIR_NEXT, NULL);
        add(report, " next %#lx", hr);
    }
    hr = IMAPIMessageSite_GetFormManager(form->site, &manager);
    if (SUCCEEDED(hr))
    {
        hr = IMAPIFormMgr_ResolveMessageClass(manager, "IPM.Nowhere", 0, NULL, &info);
        IMAPIFormMgr_Release(manager);
    }
    add(report, " manager %#lx\n", hr);
}

void work_inspect(struct form *form, char *text, size_t size)
{
    struct report report = { text, 0, size };
    SPropTagArray *tags;
    HRESULT hr;

    add(&report, "subject %s\n", form->subject);
    hr = IMessage_GetPropList(form->message, 0, &tags);
    add(&report, "list %#lx %d\n", hr, SUCCEEDED(hr) && tags->cValues > 3);
    if (SUCCEEDED(hr)) MAPIFreeBuffer(tags);
    inspect_values(&report, form->message);
    inspect_names(&report, form->message);
    inspect_recipients(&report, form->message);
    inspect_attachment(&report, form->message);
    inspect_copy(&report, form->message);
    inspect_view(&report, form);
    inspect_folder(&report, form->site);
    inspect_store(&report, form);
    inspect_session(&report, form);
}

HRESULT work_add_recipient(IMessage *message)
{
    SizedADRLIST(1, list) = { 1 };
    SPropValue props[4];
    IAttach *attach;
    ULONG number;
    HRESULT hr;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_DISPLAY_NAME_A; props[0].Value.lpszA = (char *)"Zoe";
    props[1].ulPropTag = PR_ADDRTYPE_A; props[1].Value.lpszA = (char *)"SMTP";
    props[2].ulPropTag = PR_EMAIL_ADDRESS_A; props[2].Value.lpszA = (char *)"zoe@example.org";
    props[3].ulPropTag = PR_RECIPIENT_TYPE; props[3].Value.l = MAPI_TO;
    list.aEntries[0].cValues = 4;
    list.aEntries[0].rgPropVals = props;
    hr = IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
    if (FAILED(hr)) return hr;
    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    if (FAILED(hr)) return hr;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD; props[0].Value.l = ATTACH_BY_VALUE;
    props[1].ulPropTag = PR_ATTACH_FILENAME_A; props[1].Value.lpszA = (char *)"far.txt";
    props[2].ulPropTag = PR_ATTACH_DATA_BIN;
    props[2].Value.bin.cb = 3;
    props[2].Value.bin.lpb = (BYTE *)"far";
    hr = IAttach_SetProps(attach, 3, props, NULL);
    if (SUCCEEDED(hr)) hr = IAttach_SaveChanges(attach, 0);
    IAttach_Release(attach);
    return hr;
}
