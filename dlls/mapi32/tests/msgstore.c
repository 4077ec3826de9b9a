/*
 * Tests: the sample store, from a client's side
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
 * Tests of copying, sending and of what a client sees of a store stand on the sample's store: here
 * is shown that it is one. Nothing of the subsystem is tested but what carries it.
 */

#include <stdarg.h>

#define COBJMACROS
#include <windef.h>
#include <winbase.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>

#include "wine/test.h"
#include "stores.h"

static const char profile[] = "mapitest msgstore";

static void test_folders(IMsgStore *store)
{
    static const ULONG tags[] = { PR_IPM_SUBTREE_ENTRYID, PR_IPM_OUTBOX_ENTRYID,
                                  PR_IPM_SENTMAIL_ENTRYID, PR_IPM_WASTEBASKET_ENTRYID,
                                  PR_FINDER_ENTRYID };
    IMAPIFolder *top, *subtree, *folder, *child, *again;
    SPropValue *id, *child_id, *parent_id;
    SRowSet *rows;
    ULONG i;
    HRESULT hr;

    for (i = 0; i < ARRAY_SIZE(tags); i++)
        if ((folder = open_folder(store, tags[i]))) IMAPIFolder_Release(folder);
    top = open_folder(store, 0);
    check_text(top, PR_DISPLAY_NAME_A, "Sample Folder");
    ok(get_long(top, PR_FOLDER_TYPE) == FOLDER_ROOT, "not a root\n");
    subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    rows = subfolders(subtree);
    ok(rows && rows->cRows == 4, "%lu folders\n", rows ? rows->cRows : 0);
    FreeProws(rows);

    folder = create_folder(subtree, "Projects");
    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)"PROJECTS", NULL, NULL, 0,
                                  &again);
    ok(hr == MAPI_E_COLLISION && !again, "got %#lx\n", hr);
    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)L"PROJECTS", NULL, NULL,
                                  MAPI_UNICODE | OPEN_IF_EXISTS, &again);
    ok(hr == S_OK && again, "got %#lx\n", hr);
    IMAPIFolder_Release(again);
    child = create_folder(folder, "Wine");
    id = get_prop(folder, PR_ENTRYID);
    child_id = get_prop(child, PR_ENTRYID);
    parent_id = get_prop(child, PR_PARENT_ENTRYID);
    ok(id->Value.bin.cb == parent_id->Value.bin.cb
           && !memcmp(id->Value.bin.lpb, parent_id->Value.bin.lpb, id->Value.bin.cb),
       "another parent\n");
    ok(get_long(folder, PR_SUBFOLDERS) & 1, "no subfolders\n");
    MAPIFreeBuffer(parent_id);

    set_text(child, PR_DISPLAY_NAME_A, "Winery");
    rows = subfolders(folder);
    ok(rows && rows->cRows == 1 && !strcmp(rows->aRow[0].lpProps[1].Value.lpszA, "Winery"),
       "not renamed\n");
    FreeProws(rows);
    rows = subfolders_(subtree, CONVENIENT_DEPTH, __LINE__);
    ok(rows && rows->cRows == 6 && rows->aRow[5].lpProps[2].Value.l == 2,
       "not all folders below\n");
    FreeProws(rows);

    hr = IMAPIFolder_DeleteFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL,
                                  0);
    ok(hr == MAPI_E_HAS_FOLDERS, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                child, NULL, 0, NULL, FOLDER_MOVE);
    ok(hr == MAPI_E_FOLDER_CYCLE, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyFolder(folder, child_id->Value.bin.cb, (ENTRYID *)child_id->Value.bin.lpb,
                                NULL, subtree, (LPTSTR)"Moved", 0, NULL, FOLDER_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_text(child, PR_DISPLAY_NAME_A, "Moved");
    hr = IMAPIFolder_DeleteFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL,
                                  0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFolder_DeleteFolder(subtree, child_id->Value.bin.cb,
                                  (ENTRYID *)child_id->Value.bin.lpb, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = subfolders(subtree);
    ok(rows && rows->cRows == 4, "%lu folders\n", rows ? rows->cRows : 0);
    FreeProws(rows);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(child_id);
    IMAPIFolder_Release(child);
    IMAPIFolder_Release(folder);
    IMAPIFolder_Release(subtree);
    IMAPIFolder_Release(top);
}

static void check_recipients_(IMessage *message, const char *expected, int line)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_A, PR_RECIPIENT_TYPE } };
    char text[256] = "";
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IMessage_GetRecipientTable(message, 0, &table);
    ok_(__FILE__, line)(hr == S_OK, "GetRecipientTable returned %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, line);
    for (i = 0; rows && i < rows->cRows; i++)
        sprintf(text + strlen(text), "%s%s:%ld", i ? " " : "", rows->aRow[i].lpProps[0].Value.lpszA,
                rows->aRow[i].lpProps[1].Value.l);
    ok_(__FILE__, line)(!strcmp(text, expected), "recipients \"%s\", not \"%s\"\n", text, expected);
    FreeProws(rows);
}
#define check_recipients(message, expected) check_recipients_(message, expected, __LINE__)

static void test_messages(IMsgStore *store)
{
    IMAPIFolder *subtree, *inbox;
    SPropProblemArray *problems;
    IMessage *message, *other;
    SPropValue prop[2];
    SRowSet *rows;
    SBinary ids[2];
    ULONG status;
    HRESULT hr;

    subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    inbox = create_folder(subtree, "Messages");
    IMAPIFolder_Release(subtree);
    message = new_message(inbox, "first");
    check_contents(inbox, "");
    check_text(message, PR_MESSAGE_CLASS_A, "IPM.Note");
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_CC, "Alan", "alan@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Grace", "grace@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    check_recipients(message, "Ada:1 Alan:2 Grace:1");
    hr = add_recipient(message, MODRECIP_MODIFY, 1, MAPI_BCC, "Alan M.", "alan@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_REMOVE, 0, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_MODIFY, -1, MAPI_BCC, "Alan", "alan@x");
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    check_recipients(message, "Alan M.:3 Grace:1");
    save_object(message);
    check_contents(inbox, "first");
    check_text(message, PR_DISPLAY_TO_A, "Grace");
    check_text(message, PR_DISPLAY_BCC_A, "Alan M.");
    ok(has_prop(message, PR_ENTRYID), "no entry ID\n");

    /* What the store works out cannot be set; the rest is. */
    memset(prop, 0, sizeof(prop));
    prop[0].ulPropTag = PR_HASATTACH;
    prop[1].ulPropTag = PR_SUBJECT_A;
    prop[1].Value.lpszA = (char *)"1";
    hr = IMessage_SetProps(message, 2, prop, &problems);
    ok(hr == S_OK && problems && problems->cProblem == 1, "got %#lx\n", hr);
    if (problems)
        ok(problems->aProblem[0].ulIndex == 0 && problems->aProblem[0].scode == MAPI_E_COMPUTED,
           "got %#lx\n", problems->aProblem[0].scode);
    MAPIFreeBuffer(problems);

    /* Two who change the same message. */
    other = open_row_message(inbox, 0, MAPI_MODIFY);
    check_text(other, PR_SUBJECT_A, "first");
    check_recipients(other, "Alan M.:3 Grace:1");
    save_object(message);
    hr = IMessage_SaveChanges(other, KEEP_OPEN_READWRITE);
    ok(hr == MAPI_E_OBJECT_CHANGED, "got %#lx\n", hr);
    check_contents(inbox, "1");
    hr = IMessage_SaveChanges(other, KEEP_OPEN_READONLY | FORCE_SAVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SaveChanges(other, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    check_contents(inbox, "first");
    IMessage_Release(other);
    IMessage_Release(message);

    message = new_message(inbox, "second");
    set_long(message, PR_MESSAGE_FLAGS, 0);
    save_object(message);
    ok(get_long(inbox, PR_CONTENT_COUNT) == 2 && get_long(inbox, PR_CONTENT_UNREAD) == 1,
       "counts %lu and %lu\n", get_long(inbox, PR_CONTENT_COUNT),
       get_long(inbox, PR_CONTENT_UNREAD));
    hr = IMessage_SetReadFlag(message, 0);
    ok(hr == S_OK && (get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ), "got %#lx\n", hr);
    ok(!get_long(inbox, PR_CONTENT_UNREAD), "unread still\n");
    hr = IMAPIFolder_SetReadFlags(inbox, NULL, 0, NULL, CLEAR_READ_FLAG);
    ok(hr == S_OK && get_long(inbox, PR_CONTENT_UNREAD) == 2, "got %#lx\n", hr);
    IMessage_Release(message);

    rows = contents(inbox);
    hr = IMAPIFolder_SetMessageStatus(inbox, rows->aRow[0].lpProps[0].Value.bin.cb,
                                      (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb,
                                      MSGSTATUS_TAGGED, MSGSTATUS_TAGGED, &status);
    ok(hr == S_OK && !status, "got %#lx\n", hr);
    hr = IMAPIFolder_GetMessageStatus(inbox, rows->aRow[0].lpProps[0].Value.bin.cb,
                                      (ENTRYID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0,
                                      &status);
    ok(hr == S_OK && status == MSGSTATUS_TAGGED, "got %#lx, %#lx\n", hr, status);
    hr = IMAPIFolder_DeleteMessages(inbox, entry_list(rows, ids, 0, 1), 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(inbox, "second");
    hr = IMAPIFolder_DeleteMessages(inbox, entry_list(rows, ids, 0, 2), 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    check_contents(inbox, "");
    FreeProws(rows);

    hr = IMAPIFolder_CreateMessage(inbox, NULL, MAPI_ASSOCIATED, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SUBJECT_A, "view");
    save_object(message);
    IMessage_Release(message);
    check_contents(inbox, "");
    check_contents_(inbox, MAPI_ASSOCIATED, "view", __LINE__);
    hr = IMAPIFolder_EmptyFolder(inbox, 0, NULL, DEL_ASSOCIATED);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents_(inbox, MAPI_ASSOCIATED, "", __LINE__);
    IMAPIFolder_Release(inbox);
}

static ULONG stream_size(void *object, ULONG tag)
{
    IStream *stream = NULL;
    STATSTG stat;
    HRESULT hr;

    memset(&stat, 0, sizeof(stat));
    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, 0, 0, (IUnknown **)&stream);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    if (FAILED(hr)) return 0;
    hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);
    ok(hr == S_OK, "Stat returned %#lx\n", hr);
    IStream_Release(stream);
    return stat.cbSize.LowPart;
}

static void write_stream(void *object, ULONG tag, ULONG size)
{
    static BYTE bytes[100000];
    IStream *stream = NULL;
    HRESULT hr;
    ULONG i;

    for (i = 0; i < size; i++) bytes[i] = 'a' + i % 26;
    hr = IMAPIProp_OpenProperty((IMAPIProp *)object, tag, &IID_IStream, STGM_READWRITE,
                                MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    ok(hr == S_OK, "OpenProperty returned %#lx\n", hr);
    if (FAILED(hr)) return;
    hr = IStream_Write(stream, bytes, size, NULL);
    ok(hr == S_OK, "Write returned %#lx\n", hr);
    hr = IStream_Commit(stream, 0);
    ok(hr == S_OK, "Commit returned %#lx\n", hr);
    IStream_Release(stream);
}

static void test_attachments(IMsgStore *store)
{
    static const WCHAR contents_name[] = L"Contents";
    IMAPIFolder *inbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    IMessage *message, *embedded;
    IMAPITable *table;
    IStorage *storage;
    IStream *stream;
    IAttach *attach;
    SPropValue *prop;
    ULONG number, i;
    SRowSet *rows;
    HRESULT hr;

    message = new_message(inbox, "with");
    write_stream(message, PR_BODY_A, 50000);
    prop = get_prop(message, PR_BODY_A);
    ok(prop && PROP_TYPE(prop->ulPropTag) == PT_ERROR
           && prop->Value.err == MAPI_E_NOT_ENOUGH_MEMORY,
       "got %#lx\n", prop ? prop->ulPropTag : 0);
    MAPIFreeBuffer(prop);

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 0, "got %#lx, %lu\n", hr, number);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    set_text(attach, PR_ATTACH_FILENAME_A, "a.txt");
    write_stream(attach, PR_ATTACH_DATA_BIN, 70000);
    save_object(attach);
    IAttach_Release(attach);

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 1, "got %#lx, %lu\n", hr, number);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                              (IUnknown **)&embedded);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&embedded);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(embedded, PR_SUBJECT_A, "inside");
    hr = add_recipient(embedded, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    save_object(embedded);
    IMessage_Release(embedded);
    save_object(attach);
    IAttach_Release(attach);

    hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach);
    ok(hr == S_OK && number == 2, "got %#lx, %lu\n", hr, number);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_OLE);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStorage_CreateStream(storage, contents_name,
                               STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, 0, &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStream_Write(stream, "ole", 3, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);
    hr = IStorage_Commit(storage, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStorage_Release(storage);
    save_object(attach);
    IAttach_Release(attach);
    save_object(message);
    IMessage_Release(message);

    message = open_row_message(inbox, 0, 0);
    ok(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH, "flags %#lx\n",
       get_long(message, PR_MESSAGE_FLAGS));
    ok(stream_size(message, PR_BODY_A) == 50000, "body of %lu\n", stream_size(message, PR_BODY_A));
    hr = IMessage_GetAttachmentTable(message, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, NULL, __LINE__);
    ok(rows && rows->cRows == 3, "%lu attachments\n", rows ? rows->cRows : 0);
    FreeProws(rows);
    hr = IMessage_OpenAttach(message, 0, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_text(attach, PR_ATTACH_FILENAME_A, "a.txt");
    ok(stream_size(attach, PR_ATTACH_DATA_BIN) == 70000, "got %lu\n",
       stream_size(attach, PR_ATTACH_DATA_BIN));
    hr = IAttach_SaveChanges(attach, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    IAttach_Release(attach);
    hr = IMessage_OpenAttach(message, 1, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                              (IUnknown **)&embedded);
    ok(hr == S_OK, "got %#lx\n", hr);
    IAttach_Release(attach);
    check_text(embedded, PR_SUBJECT_A, "inside");
    check_recipients(embedded, "Ada:1");
    IMessage_Release(embedded);
    hr = IMessage_OpenAttach(message, 2, NULL, 0, &attach);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0,
                              (IUnknown **)&storage);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IStorage_OpenStream(storage, contents_name, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0,
                             &stream);
    ok(hr == S_OK, "got %#lx\n", hr);
    IStream_Release(stream);
    IStorage_Release(storage);
    IAttach_Release(attach);
    IMessage_Release(message);

    message = open_row_message(inbox, 0, MAPI_MODIFY);
    for (i = 0; i < 3; i++)
    {
        hr = IMessage_DeleteAttach(message, i, 0, NULL, 0);
        ok(hr == S_OK, "got %#lx\n", hr);
    }
    hr = IMessage_DeleteAttach(message, 0, 0, NULL, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    save_object(message);
    ok(!(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH), "flags\n");
    IMessage_Release(message);
    hr = IMAPIFolder_EmptyFolder(inbox, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIFolder_Release(inbox);
}

static void test_names(IMsgStore *store)
{
    static const GUID set = { 0x12345678, 0x1234, 0x5678, { 1, 2, 3, 4, 5, 6, 7, 8 } };
    MAPINAMEID first = { (GUID *)&set, MNID_STRING, { 0 } },
               second = { (GUID *)&set, MNID_ID, { 0 } };
    IMAPIFolder *folder = open_folder(store, 0);
    MAPINAMEID *names[2] = { &first, &second }, **got;
    SPropTagArray *tags, *again;
    IMessage *message;
    ULONG count;
    HRESULT hr;

    first.Kind.lpwstrName = (WCHAR *)L"colour";
    second.Kind.lID = 77;
    hr = IMsgStore_GetIDsFromNames(store, 1, &names[1], 0, &tags);
    ok(hr == MAPI_W_ERRORS_RETURNED, "got %#lx\n", hr);
    MAPIFreeBuffer(tags);
    hr = IMsgStore_GetIDsFromNames(store, 2, names, MAPI_CREATE, &tags);
    ok(hr == S_OK && tags->cValues == 2, "got %#lx\n", hr);
    message = new_message(folder, NULL);
    hr = IMessage_GetIDsFromNames(message, 2, names, MAPI_CREATE, &again);
    ok(hr == S_OK && !memcmp(tags, again, CbNewSPropTagArray(2)), "got %#lx\n", hr);
    MAPIFreeBuffer(again);
    hr = IMessage_GetNamesFromIDs(message, &tags, NULL, 0, &count, &got);
    ok(hr == S_OK && count == 2 && got[0]->ulKind == MNID_STRING
           && !lstrcmpW(got[0]->Kind.lpwstrName, L"colour") && got[1]->ulKind == MNID_ID
           && got[1]->Kind.lID == 77,
       "got %#lx\n", hr);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(tags);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

static void test_receive_folders(IMsgStore *store)
{
    IMAPIFolder *folder = open_folder(store, PR_IPM_SENTMAIL_ENTRYID);
    SPropValue *id = get_prop(folder, PR_ENTRYID);
    IMAPITable *table;
    SRowSet *rows;
    ENTRYID *got;
    LPTSTR class;
    ULONG size;
    HRESULT hr;

    hr = IMsgStore_GetReceiveFolder(store, (LPTSTR)"IPM.Note", 0, &size, &got, &class);
    ok(hr == S_OK && got && !strcmp((char *)class, "IPM"), "got %#lx\n", hr);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(class);
    hr = IMsgStore_SetReceiveFolder(store, (LPTSTR)"IPM.Note", 0, id->Value.bin.cb,
                                    (ENTRYID *)id->Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_GetReceiveFolder(store, (LPTSTR)L"IPM.Note.Signed", MAPI_UNICODE, &size, &got,
                                    &class);
    ok(hr == S_OK && size == id->Value.bin.cb && !memcmp(got, id->Value.bin.lpb, size)
       && !lstrcmpW((WCHAR *)class, L"IPM.Note"), "got %#lx\n", hr);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(class);
    hr = IMsgStore_GetReceiveFolderTable(store, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, NULL, __LINE__);
    ok(rows && rows->cRows == 4, "%lu classes\n", rows ? rows->cRows : 0);
    FreeProws(rows);
    hr = IMsgStore_SetReceiveFolder(store, (LPTSTR)"IPM.Note", 0, 0, NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_GetReceiveFolder(store, (LPTSTR)"Other", 0, &size, &got, &class);
    ok(hr == S_OK && !*(char *)class, "got %#lx\n", hr);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(class);
    MAPIFreeBuffer(id);
    IMAPIFolder_Release(folder);
}

static void check_queue_(IMsgStore *store, const char *expected, int line)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_SUBJECT_A, PR_SUBMIT_FLAGS } };
    char text[256] = "";
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    hr = IMsgStore_GetOutgoingQueue(store, 0, &table);
    ok_(__FILE__, line)(hr == S_OK, "GetOutgoingQueue returned %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, line);
    for (i = 0; rows && i < rows->cRows; i++)
        sprintf(text + strlen(text), "%s%s:%ld", i ? " " : "", rows->aRow[i].lpProps[0].Value.lpszA,
                rows->aRow[i].lpProps[1].Value.l & SUBMITFLAG_LOCKED);
    ok_(__FILE__, line)(!strcmp(text, expected), "queue \"%s\", not \"%s\"\n", text, expected);
    FreeProws(rows);
}
#define check_queue(store, expected) check_queue_(store, expected, __LINE__)

static void test_queue(IMsgStore *store)
{
    IMAPIFolder *outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    IMessage *message, *second;
    SPropValue *id, *second_id;
    SRowSet *rows;
    SBinary ids[2];
    HRESULT hr;

    message = new_message(outbox, "one");
    hr = IMessage_SubmitMessage(message, 0);
    ok(hr == MAPI_E_NO_RECIPIENTS, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SubmitMessage(message, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    second = new_message(outbox, "two");
    hr = add_recipient(second, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SubmitMessage(second, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(second);
    check_queue(store, "one:0 two:0");

    message = open_row_message(outbox, 0, MAPI_MODIFY);
    second = open_row_message(outbox, 1, MAPI_MODIFY);
    id = get_prop(message, PR_ENTRYID);
    second_id = get_prop(second, PR_ENTRYID);
    ok(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_SUBMIT, "not submitted\n");
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    check_queue(store, "one:1 two:0");
    hr = IMsgStore_AbortSubmit(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0);
    ok(hr == MAPI_E_UNABLE_TO_ABORT, "got %#lx\n", hr);
    rows = contents(outbox);
    hr = IMAPIFolder_DeleteMessages(outbox, entry_list(rows, ids, 0, 2), 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    FreeProws(rows);
    hr = IMsgStore_SetLockState(store, message, MSG_UNLOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_queue(store, "one:0 two:0");
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_FinishedMsg(store, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_queue(store, "two:0");
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == MAPI_E_NOT_IN_QUEUE, "got %#lx\n", hr);
    hr = IMsgStore_AbortSubmit(store, second_id->Value.bin.cb, (ENTRYID *)second_id->Value.bin.lpb,
                               0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_AbortSubmit(store, second_id->Value.bin.cb, (ENTRYID *)second_id->Value.bin.lpb,
                               0);
    ok(hr == MAPI_E_NOT_IN_QUEUE, "got %#lx\n", hr);
    check_queue(store, "");
    IMessage_Release(message);
    IMessage_Release(second);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(second_id);
    hr = IMAPIFolder_EmptyFolder(outbox, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIFolder_Release(outbox);
}

/* ---- in files ---- */

static void set_directory(const char *path)
{
    static const SizedSPropTagArray(1, columns) = { 1, { PR_SERVICE_UID } };
    IMsgServiceAdmin *services;
    IProfAdmin *admin;
    IMAPITable *table;
    SPropValue prop;
    SRowSet *rows;
    HRESULT hr;

    hr = MAPIAdminProfiles(0, &admin);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IProfAdmin_AdminServices(admin, (LPTSTR)profile, NULL, 0, 0, &services);
    ok(hr == S_OK, "got %#lx\n", hr);
    IProfAdmin_Release(admin);
    hr = IMsgServiceAdmin_GetMsgServiceTable(services, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    rows = table_rows_(table, (SPropTagArray *)&columns, __LINE__);
    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PR_SAMPLE_STORE_DIRECTORY;
    prop.Value.lpszA = (char *)path;
    hr = IMsgServiceAdmin_ConfigureMsgService(services,
                                              (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0,
                                              0, 1, &prop);
    ok(hr == S_OK, "ConfigureMsgService returned %#lx\n", hr);
    FreeProws(rows);
    IMsgServiceAdmin_Release(services);
}

/* Deletes a folder of files and of one level of folders. */
static void remove_directory(const char *path)
{
    char pattern[MAX_PATH], name[MAX_PATH * 2];
    WIN32_FIND_DATAA data;
    HANDLE find;

    sprintf(pattern, "%s\\*", path);
    if ((find = FindFirstFileA(pattern, &data)) == INVALID_HANDLE_VALUE) return;
    do
    {
        if (data.cFileName[0] == '.') continue;
        sprintf(name, "%s\\%s", path, data.cFileName);
        if (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) remove_directory(name);
        else DeleteFileA(name);
    }
    while (FindNextFileA(find, &data));
    FindClose(find);
    RemoveDirectoryA(path);
}

static HANDLE start_child(const char *what)
{
    STARTUPINFOA startup = { sizeof(startup) };
    PROCESS_INFORMATION info;
    char command[MAX_PATH * 2];
    char **argv;
    BOOL ret;

    winetest_get_mainargs(&argv);
    sprintf(command, "\"%s\" msgstore %s", argv[0], what);
    ret = CreateProcessA(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info);
    ok(ret, "CreateProcess failed: %lu\n", GetLastError());
    if (!ret) return NULL;
    CloseHandle(info.hThread);
    return info.hProcess;
}

static void end_child(HANDLE process, const char *what, DWORD expected)
{
    DWORD code = 0;

    if (!process) return;
    ok(WaitForSingleObject(process, 300000) == WAIT_OBJECT_0, "the child hangs\n");
    GetExitCodeProcess(process, &code);
    ok(code == expected, "the child that should %s ended with %lu\n", what, code);
    CloseHandle(process);
}

static void run_child(const char *what, DWORD expected)
{
    end_child(start_child(what), what, expected);
}

#define CROWD 3
#define EACH 20

static void add_some(IMAPIFolder *folder)
{
    IMessage *message;
    int i;

    for (i = 0; i < EACH; i++)
    {
        message = new_message(folder, "some");
        save_object(message);
        IMessage_Release(message);
    }
}

static void child(const char *what)
{
    IMAPISession *session;
    IMAPIFolder *outbox;
    IMessage *message;
    IMsgStore *store;
    SPropValue *id;
    HRESULT hr;

    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "got %#lx\n", hr);
    if (!(session = store_session(profile)) || !(store = open_store(session, 0))) return;
    outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    if (!strcmp(what, "add"))
    {
        check_contents(outbox, "parent");
        message = new_message(outbox, "child");
        save_object(message);
        IMessage_Release(message);
    }
    else if (!strcmp(what, "die"))
    {
        message = open_row_message(outbox, 0, MAPI_MODIFY);
        hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
        ok(hr == S_OK, "got %#lx\n", hr);
        set_text(message, PR_SUBJECT_A, "lost");
        /* in the middle of everything */
        TerminateProcess(GetCurrentProcess(), hr == S_OK ? 77 : 78);
    }
    else if (!strcmp(what, "lock"))
    {
        message = open_row_message(outbox, 0, MAPI_MODIFY);
        hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
        ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
        id = get_prop(message, PR_ENTRYID);
        hr = IMsgStore_AbortSubmit(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0);
        ok(hr == MAPI_E_UNABLE_TO_ABORT, "got %#lx\n", hr);
        MAPIFreeBuffer(id);
        IMessage_Release(message);
    }
    else if (!strcmp(what, "crowd")) add_some(outbox);
    IMAPIFolder_Release(outbox);
    IMsgStore_Release(store);
    store_session_end(session);
    MAPIUninitialize();
}

/* A file in the store's folder that no store wrote. */
static void write_junk(const char *path)
{
    static const char junk[] = "SMPL and then nothing that was ever an item";
    char pattern[MAX_PATH], name[MAX_PATH * 2];
    WIN32_FIND_DATAA data;
    DWORD written, size;
    HANDLE find, file;

    sprintf(pattern, "%s\\*", path);
    if ((find = FindFirstFileA(pattern, &data)) == INVALID_HANDLE_VALUE) return;
    while (data.cFileName[0] == '.' && FindNextFileA(find, &data)) ;
    FindClose(find);
    for (size = 0; size < sizeof(junk); size += 4)
    {
        sprintf(name, "%s\\%s\\%08lx.itm", path, data.cFileName, 0x1000 + size);
        file = CreateFileA(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
        ok(file != INVALID_HANDLE_VALUE, "no file %s\n", name);
        WriteFile(file, junk, size, &written, NULL);
        CloseHandle(file);
    }
}

static void test_files(void)
{
    HANDLE children[CROWD];
    char path[MAX_PATH];
    IMAPISession *session;
    IMAPIFolder *outbox;
    IMessage *message, *other;
    IMAPITable *table;
    IMsgStore *store;
    SRowSet *rows;
    ULONG count;
    HRESULT hr;
    int i;

    sprintf(path, "%s\\store", sample_directory());
    set_directory(path);
    if (!(session = store_session(profile)) || !(store = open_store(session, 0))) return;
    outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    message = new_message(outbox, "parent");
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    save_object(message);
    hr = IMAPIFolder_GetContentsTable(outbox, 0, &table);
    ok(hr == S_OK, "got %#lx\n", hr);
    run_child("add", 0);

    /* The table that is open already has it as well, once the store looked. */
    check_contents(outbox, "parent child");
    hr = IMAPITable_GetRowCount(table, 0, &count);
    ok(hr == S_OK && count == 2, "got %#lx, %lu rows\n", hr, count);
    IMAPITable_Release(table);

    hr = IMessage_SubmitMessage(message, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    run_child("die", 77);
    check_contents(outbox, "parent child");
    check_queue(store, "parent:0");
    message = open_row_message(outbox, 0, MAPI_MODIFY);
    hr = IMsgStore_SetLockState(store, message, MSG_LOCKED);
    ok(hr == S_OK, "the lock of a process that died: %#lx\n", hr);
    run_child("lock", 0);
    hr = IMsgStore_SetLockState(store, message, MSG_UNLOCKED);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    IMAPIFolder_Release(outbox);
    IMsgStore_Release(store);
    store_session_end(session);

    /* And it is there another day. */
    if (!(session = store_session(profile)) || !(store = open_store(session, 0))) return;
    outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    check_contents(outbox, "parent child");
    check_queue(store, "parent:0");
    other = open_row_message(outbox, 0, 0);
    check_recipients(other, "Ada:1");
    IMessage_Release(other);

    /* Many at once: nobody's message is another's. */
    for (i = 0; i < CROWD; i++) children[i] = start_child("crowd");
    add_some(outbox);
    for (i = 0; i < CROWD; i++) end_child(children[i], "add to the crowd", 0);
    rows = contents(outbox);
    ok(rows && rows->cRows == 2 + (CROWD + 1) * EACH, "%lu messages\n", rows ? rows->cRows : 0);
    FreeProws(rows);
    hr = IMAPIFolder_EmptyFolder(outbox, 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);     /* one waits to be sent */

    write_junk(path);
    check_contents(outbox, "parent");
    IMAPIFolder_Release(outbox);
    IMsgStore_Release(store);
    store_session_end(session);
    remove_directory(path);
}

START_TEST(msgstore)
{
    IMAPISession *session;
    IMsgStore *store;
    char **argv;
    HRESULT hr;

    if (winetest_get_mainargs(&argv) >= 3)
    {
        child(argv[2]);
        return;
    }
    if (!sample_install())
    {
        skip("no sample providers\n");
        return;
    }
    hr = MAPIInitialize(NULL);
    ok(hr == S_OK, "MAPIInitialize returned %#lx\n", hr);
    hr = sample_create_profile(profile);
    ok(hr == S_OK, "creating the profile returned %#lx\n", hr);
    if (hr == S_OK && (session = store_session(profile)))
    {
        if ((store = open_store(session, 0)))
        {
            test_folders(store);
            test_messages(store);
            test_attachments(store);
            test_names(store);
            test_receive_folders(store);
            test_queue(store);
            IMsgStore_Release(store);
        }
        store_session_end(session);
        test_files();
        sample_delete_profile(profile);
    }
    MAPIUninitialize();
    sample_remove();
}
