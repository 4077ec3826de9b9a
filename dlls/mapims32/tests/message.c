/*
 * Tests: folders and messages of the message store
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

static const char profile[] = "mapitest mapims message";

static SPropValue *entry_id_of(void *object)
{
    return get_prop(object, PR_ENTRYID);
}

static ULONG count_folders(IMAPIFolder *folder, ULONG flags)
{
    SRowSet *rows = subfolders_(folder, flags, __LINE__);
    ULONG count = rows ? rows->cRows : 0;

    FreeProws(rows);
    return count;
}

static void test_folders(IMsgStore *store)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID), *folder, *child, *again;
    ULONG standard = count_folders(subtree, 0);
    SPropValue *id, *child_id, *outbox_id;
    HRESULT hr;

    ok(standard == 4, "%lu folders\n", standard);
    folder = create_folder(subtree, "Projects");
    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)"PROJECTS", NULL, NULL, 0, &again);
    ok(hr == MAPI_E_COLLISION && !again, "got %#lx\n", hr);
    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)L"PROJECTS", NULL, NULL,
                                  MAPI_UNICODE | OPEN_IF_EXISTS, &again);
    ok(hr == S_OK && again, "got %#lx\n", hr);
    IMAPIFolder_Release(again);
    hr = IMAPIFolder_CreateFolder(subtree, 7, (LPTSTR)"x", NULL, NULL, 0, &again);
    ok(hr == MAPI_E_INVALID_PARAMETER && !again, "got %#lx\n", hr);
    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, NULL, NULL, NULL, 0, &again);
    ok(hr == MAPI_E_INVALID_PARAMETER && !again, "got %#lx\n", hr);
    child = create_folder(folder, "Wine");
    id = entry_id_of(folder);
    child_id = entry_id_of(child);
    ok(get_long(folder, PR_SUBFOLDERS) & 1, "no subfolders\n");
    ok(!(get_long(child, PR_SUBFOLDERS) & 1), "subfolders\n");

    /* Names: a change acts at once, and is refused where another one has it. */
    set_text(child, PR_DISPLAY_NAME_A, "Winery");
    check_text(child, PR_DISPLAY_NAME_A, "Winery");
    again = create_folder(folder, "Brewery");
    {
        SPropValue prop;

        memset(&prop, 0, sizeof(prop));
        prop.ulPropTag = PR_DISPLAY_NAME_A;
        prop.Value.lpszA = (char *)"winery";
        hr = IMAPIFolder_SetProps(again, 1, &prop, NULL);
        ok(hr == MAPI_E_COLLISION, "got %#lx\n", hr);
    }
    check_text(again, PR_DISPLAY_NAME_A, "Brewery");
    IMAPIFolder_Release(again);
    ok(count_folders(folder, 0) == 2, "not two folders\n");
    ok(count_folders(subtree, CONVENIENT_DEPTH) == standard + 3, "not all folders below\n");

    /* Moving. */
    hr = IMAPIFolder_CopyFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, child,
                                NULL, 0, NULL, FOLDER_MOVE);
    ok(hr == MAPI_E_FOLDER_CYCLE, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyFolder(folder, child_id->Value.bin.cb, (ENTRYID *)child_id->Value.bin.lpb,
                                NULL, subtree, (LPTSTR)"Moved", 0, NULL, FOLDER_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_text(child, PR_DISPLAY_NAME_A, "Moved");
    ok(count_folders(folder, 0) == 1, "still there\n");
    outbox_id = get_prop(store, PR_IPM_OUTBOX_ENTRYID);
    hr = IMAPIFolder_CopyFolder(subtree, outbox_id->Value.bin.cb, (ENTRYID *)outbox_id->Value.bin.lpb,
                                NULL, folder, NULL, 0, NULL, FOLDER_MOVE);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    hr = IMAPIFolder_DeleteFolder(subtree, outbox_id->Value.bin.cb,
                                  (ENTRYID *)outbox_id->Value.bin.lpb, 0, NULL, DEL_MESSAGES);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    MAPIFreeBuffer(outbox_id);

    /* Copying, with and without what is below. */
    ms_add_message(folder, "in it");
    hr = IMAPIFolder_CopyFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, subtree,
                                NULL, 0, NULL, COPY_SUBFOLDERS);
    ok(hr == MAPI_E_COLLISION, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, subtree,
                                (LPTSTR)"Whole", 0, NULL, COPY_SUBFOLDERS);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFolder_CopyFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, subtree,
                                (LPTSTR)"Flat", 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)"Whole", NULL, NULL,
                                  OPEN_IF_EXISTS, &again);
    ok(hr == S_OK && count_folders(again, 0) == 1, "got %#lx\n", hr);
    check_contents(again, "in it");
    IMAPIFolder_Release(again);
    hr = IMAPIFolder_CreateFolder(subtree, FOLDER_GENERIC, (LPTSTR)"Flat", NULL, NULL,
                                  OPEN_IF_EXISTS, &again);
    ok(hr == S_OK && count_folders(again, 0) == 0, "got %#lx\n", hr);
    check_contents(again, "in it");
    IMAPIFolder_Release(again);

    /* Deleting. */
    hr = IMAPIFolder_DeleteFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL, 0);
    ok(hr == MAPI_E_HAS_FOLDERS, "got %#lx\n", hr);
    hr = IMAPIFolder_DeleteFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL,
                                  DEL_FOLDERS);
    ok(hr == MAPI_E_HAS_MESSAGES, "got %#lx\n", hr);
    hr = IMAPIFolder_DeleteFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL,
                                  DEL_FOLDERS | DEL_MESSAGES | DELETE_HARD_DELETE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFolder_DeleteFolder(subtree, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL, 0);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    {
        SizedSPropTagArray(1, tags) = { 1, { PR_DISPLAY_NAME_A } };
        SPropValue *props;
        ULONG count;

        hr = IMAPIFolder_GetProps(folder, (SPropTagArray *)&tags, 0, &count, &props);
        ok(hr == MAPI_E_OBJECT_DELETED, "got %#lx\n", hr);
    }
    hr = IMAPIFolder_EmptyFolder(subtree, 0, NULL, 0);
    ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    ok(count_folders(subtree, 0) == standard, "%lu folders\n", count_folders(subtree, 0));
    ok(count_folders(subtree, SHOW_SOFT_DELETES) == 3, "%lu soft ones\n",
       count_folders(subtree, SHOW_SOFT_DELETES));
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(child_id);
    IMAPIFolder_Release(child);
    IMAPIFolder_Release(folder);
    IMAPIFolder_Release(subtree);
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

static void test_recipients(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Recipients");
    IMessage *message = new_message(folder, "to whom");
    HRESULT hr;

    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_CC, "Alan", "alan@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    check_recipients(message, "Ada:1 Alan:2");
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Grace", "grace@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_MODIFY, 1, MAPI_BCC, "Alan M.", "alan@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_REMOVE, 0, MAPI_TO, "Ada", "ada@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_MODIFY, -1, MAPI_BCC, "Alan", "alan@x");
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = add_recipient(message, MODRECIP_ADD | MODRECIP_MODIFY, 1, MAPI_BCC, "Alan", "alan@x");
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = add_recipient(message, 0x100, 1, MAPI_BCC, "Alan", "alan@x");
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    check_recipients(message, "Alan M.:3 Grace:1");
    save_object(message);
    check_text(message, PR_DISPLAY_TO_A, "Grace");
    check_text(message, PR_DISPLAY_CC_A, "");
    check_text(message, PR_DISPLAY_BCC_A, "Alan M.");
    IMessage_Release(message);

    message = open_row_message(folder, 0, MAPI_MODIFY);
    check_text(message, PR_DISPLAY_TO_A, "Grace");
    set_text(message, PR_SUBJECT_A, "to whom else");
    save_object(message);               /* without having looked at them */
    check_recipients(message, "Alan M.:3 Grace:1");
    hr = add_recipient(message, 0, -1, MAPI_TO, "Only", "only@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);          /* not saved */
    message = open_row_message(folder, 0, MAPI_MODIFY);
    check_recipients(message, "Alan M.:3 Grace:1");
    hr = add_recipient(message, 0, -1, MAPI_TO, "Only", "only@x");
    ok(hr == S_OK, "got %#lx\n", hr);
    save_object(message);
    IMessage_Release(message);
    message = open_row_message(folder, 0, 0);
    check_recipients(message, "Only:1");
    hr = add_recipient(message, MODRECIP_ADD, -1, MAPI_TO, "Ada", "ada@x");
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

static void test_saving(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Saving");
    IMessage *message, *other;
    SPropValue *key, *other_key, *id;
    HRESULT hr;

    message = new_message(folder, "first");
    check_contents(folder, "");
    check_text(message, PR_MESSAGE_CLASS_A, "IPM.Note");
    ok(!has_prop(message, PR_ENTRYID), "an entry ID before it is saved\n");
    hr = IMessage_SaveChanges(message, 0x4000000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    save_object(message);
    check_contents(folder, "first");
    ok(has_prop(message, PR_ENTRYID) && has_prop(message, PR_RECORD_KEY), "no entry ID\n");
    ok(has_prop(message, PR_CREATION_TIME) && has_prop(message, PR_LAST_MODIFICATION_TIME), "no times\n");
    ok(get_long(message, PR_MESSAGE_SIZE) > 10, "size %lu\n", get_long(message, PR_MESSAGE_SIZE));
    ok((get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_READ | MSGFLAG_UNSENT))
           == (MSGFLAG_READ | MSGFLAG_UNSENT),
       "flags %#lx\n", get_long(message, PR_MESSAGE_FLAGS));
    key = get_prop(message, PR_SEARCH_KEY);

    /* Two who change the same message. */
    other = open_row_message(folder, 0, MAPI_MODIFY);
    other_key = get_prop(other, PR_SEARCH_KEY);
    ok(key->Value.bin.cb == 16 && other_key->Value.bin.cb == 16
           && !memcmp(key->Value.bin.lpb, other_key->Value.bin.lpb, 16),
       "another search key\n");
    MAPIFreeBuffer(key);
    MAPIFreeBuffer(other_key);
    set_text(message, PR_SUBJECT_A, "1");
    check_text(other, PR_SUBJECT_A, "first");
    save_object(message);
    hr = IMessage_SaveChanges(other, KEEP_OPEN_READWRITE);
    ok(hr == MAPI_E_OBJECT_CHANGED, "got %#lx\n", hr);
    check_contents(folder, "1");
    hr = IMessage_SaveChanges(other, KEEP_OPEN_READONLY | FORCE_SAVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SaveChanges(other, 0);
    ok(hr == MAPI_E_NO_ACCESS, "got %#lx\n", hr);
    check_contents(folder, "first");
    IMessage_Release(other);
    IMessage_Release(message);

    /* Flags that change meanwhile are no conflict, and stay. */
    message = open_row_message(folder, 0, MAPI_MODIFY);
    hr = IMAPIFolder_SetReadFlags(folder, NULL, 0, NULL, CLEAR_READ_FLAG);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SUBJECT_A, "unread");
    save_object(message);
    ok(!(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ), "read\n");
    ok(get_long(folder, PR_CONTENT_UNREAD) == 1, "%lu unread\n", get_long(folder, PR_CONTENT_UNREAD));

    /* One that is gone. */
    id = entry_id_of(message);
    {
        ENTRYLIST list = { 1, &id->Value.bin };

        hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, DELETE_HARD_DELETE);
        ok(hr == S_OK, "got %#lx\n", hr);
        hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, DELETE_HARD_DELETE);
        ok(hr == MAPI_W_PARTIAL_COMPLETION, "got %#lx\n", hr);
    }
    hr = IMessage_SaveChanges(message, FORCE_SAVE | KEEP_OPEN_READWRITE);
    ok(hr == MAPI_E_OBJECT_DELETED, "got %#lx\n", hr);
    IMessage_Release(message);
    {
        ULONG type;

        hr = IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                 (IUnknown **)&message);
        ok(hr == MAPI_E_NOT_FOUND && !message, "got %#lx\n", hr);
    }
    MAPIFreeBuffer(id);
    IMAPIFolder_Release(folder);
}

static void test_properties(IMsgStore *store)
{
    static const struct { const char *subject, *prefix, *rest; } subjects[] =
    {
        { "plain", "", "plain" },
        { "Re: answer", "Re: ", "answer" },
        { "AW: RE: twice", "AW: ", "RE: twice" },
        { "12: number", "", "12: number" },
        { "Note: longer", "", "Note: longer" },
        { "re:none", "", "re:none" },
        { "", "", "" }
    };
    IMAPIFolder *folder = ms_new_folder(store, "Properties");
    IMessage *message = new_message(folder, NULL);
    SPropTagArray *tags;
    SPropValue prop, *props, *value;
    SPropProblemArray *problems;
    SizedSPropTagArray(2, some) = { 2, { PR_SUBJECT_W, PR_IMPORTANCE } };
    LONG numbers[3] = { 1, 2, 3 };
    ULONG i, count;
    HRESULT hr;
    BOOL found;

    for (i = 0; i < ARRAY_SIZE(subjects); i++)
    {
        set_text(message, PR_SUBJECT_A, subjects[i].subject);
        check_text(message, PR_SUBJECT_PREFIX_A, subjects[i].prefix);
        check_text(message, PR_NORMALIZED_SUBJECT_A, subjects[i].rest);
    }
    set_text(message, PR_NORMALIZED_SUBJECT_A, "rest");
    set_text(message, PR_SUBJECT_PREFIX_A, "Fw: ");
    check_text(message, PR_SUBJECT_A, "Fw: rest");

    memset(&prop, 0, sizeof(prop));
    prop.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6701);
    prop.Value.MVl.cValues = 3;
    prop.Value.MVl.lpl = numbers;
    hr = IMessage_SetProps(message, 1, &prop, &problems);
    ok(hr == S_OK && !problems, "got %#lx\n", hr);
    prop.ulPropTag = PR_HASATTACH;
    hr = IMessage_SetProps(message, 1, &prop, &problems);
    ok(hr == S_OK && problems && problems->aProblem[0].scode == MAPI_E_COMPUTED, "got %#lx\n", hr);
    MAPIFreeBuffer(problems);
    prop.ulPropTag = PROP_TAG(PT_OBJECT, 0x6702);
    hr = IMessage_SetProps(message, 1, &prop, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    save_object(message);
    IMessage_Release(message);

    message = open_row_message(folder, 0, MAPI_MODIFY);
    value = get_prop(message, PROP_TAG(PT_MV_LONG, 0x6701));
    ok(value && value->ulPropTag == PROP_TAG(PT_MV_LONG, 0x6701) && value->Value.MVl.cValues == 3
           && value->Value.MVl.lpl[2] == 3,
       "got %#lx\n", value ? value->ulPropTag : 0);
    MAPIFreeBuffer(value);
    hr = IMessage_GetProps(message, (SPropTagArray *)&some, 0, &count, &props);
    ok(hr == MAPI_W_ERRORS_RETURNED && count == 2, "got %#lx, %lu\n", hr, count);
    ok(props[0].ulPropTag == PR_SUBJECT_W && !lstrcmpW(props[0].Value.lpszW, L"Fw: rest"),
       "got %#lx\n", props[0].ulPropTag);
    ok(PROP_TYPE(props[1].ulPropTag) == PT_ERROR && props[1].Value.err == MAPI_E_NOT_FOUND,
       "got %#lx\n", props[1].ulPropTag);
    MAPIFreeBuffer(props);
    hr = IMessage_GetPropList(message, MAPI_UNICODE, &tags);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0, found = FALSE; i < tags->cValues; i++)
    {
        if (tags->aulPropTag[i] == PR_SUBJECT_W) found = TRUE;
        ok(PROP_ID(tags->aulPropTag[i]) < 0x67f0 || PROP_ID(tags->aulPropTag[i]) > 0x67ff,
           "secure property %#lx\n", tags->aulPropTag[i]);
    }
    ok(found, "no subject in the list\n");
    hr = IMessage_DeleteProps(message, tags, &problems);
    ok(hr == S_OK && problems && problems->cProblem > 5, "got %#lx\n", hr);
    MAPIFreeBuffer(problems);
    MAPIFreeBuffer(tags);
    check_text(message, PR_SUBJECT_A, NULL);
    hr = IMessage_GetProps(message, NULL, 0x100, &count, &props);
    ok(hr == MAPI_E_UNKNOWN_FLAGS && !props, "got %#lx\n", hr);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

static void test_state(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "State");
    IMessage *message;
    SRowSet *rows;
    SBinary ids[3];
    ULONG status, i;
    HRESULT hr;

    for (i = 0; i < 3; i++)
    {
        message = new_message(folder, i ? i > 1 ? "c" : "b" : "a");
        set_long(message, PR_MESSAGE_FLAGS, 0);
        save_object(message);
        IMessage_Release(message);
    }
    ok(get_long(folder, PR_CONTENT_COUNT) == 3 && get_long(folder, PR_CONTENT_UNREAD) == 3,
       "%lu, %lu unread\n", get_long(folder, PR_CONTENT_COUNT), get_long(folder, PR_CONTENT_UNREAD));
    message = open_row_message(folder, 0, MAPI_MODIFY);
    hr = IMessage_SetReadFlag(message, SUPPRESS_RECEIPT | CLEAR_READ_FLAG);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_SetReadFlag(message, GENERATE_RECEIPT_ONLY | CLEAR_READ_FLAG);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMessage_SetReadFlag(message, 0x100000);
    ok(hr == MAPI_E_UNKNOWN_FLAGS, "got %#lx\n", hr);
    hr = IMessage_SetReadFlag(message, 0);
    ok(hr == S_OK && (get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ), "got %#lx\n", hr);
    IMessage_Release(message);
    ok(get_long(folder, PR_CONTENT_UNREAD) == 2, "%lu unread\n", get_long(folder, PR_CONTENT_UNREAD));
    rows = contents(folder);
    hr = IMAPIFolder_SetReadFlags(folder, entry_list(rows, ids, 1, 2), 0, NULL, SUPPRESS_RECEIPT);
    ok(hr == S_OK && !get_long(folder, PR_CONTENT_UNREAD), "got %#lx\n", hr);
    hr = IMAPIFolder_SetReadFlags(folder, NULL, 0, NULL, CLEAR_READ_FLAG);
    ok(hr == S_OK && get_long(folder, PR_CONTENT_UNREAD) == 3, "got %#lx\n", hr);

    hr = IMAPIFolder_SetMessageStatus(folder, ids[0].cb, (ENTRYID *)ids[0].lpb, MSGSTATUS_TAGGED,
                                      MSGSTATUS_TAGGED, &status);
    ok(hr == S_OK && !status, "got %#lx\n", hr);
    hr = IMAPIFolder_SetMessageStatus(folder, ids[0].cb, (ENTRYID *)ids[0].lpb, MSGSTATUS_HIDDEN,
                                      MSGSTATUS_HIDDEN, &status);
    ok(hr == S_OK && status == MSGSTATUS_TAGGED, "got %#lx, %#lx\n", hr, status);
    hr = IMAPIFolder_GetMessageStatus(folder, ids[0].cb, (ENTRYID *)ids[0].lpb, 0, &status);
    ok(hr == S_OK && status == (MSGSTATUS_TAGGED | MSGSTATUS_HIDDEN), "got %#lx, %#lx\n", hr, status);
    hr = IMAPIFolder_GetMessageStatus(folder, 3, (ENTRYID *)ids[0].lpb, 0, &status);
    ok(hr == MAPI_E_INVALID_ENTRYID, "got %#lx\n", hr);
    FreeProws(rows);

    /* Deleting softly, seeing it, and for good. */
    rows = contents(folder);
    hr = IMAPIFolder_DeleteMessages(folder, entry_list(rows, ids, 0, 2), 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(folder, "c");
    check_contents_(folder, SHOW_SOFT_DELETES, "a b", __LINE__);
    ok(get_long(folder, PR_CONTENT_COUNT) == 1 && get_long(folder, PR_CONTENT_UNREAD) == 1, "counts\n");
    {
        ULONG type;

        hr = IMsgStore_OpenEntry(store, ids[0].cb, (ENTRYID *)ids[0].lpb, NULL, 0, &type,
                                 (IUnknown **)&message);
        ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
        hr = IMsgStore_OpenEntry(store, ids[0].cb, (ENTRYID *)ids[0].lpb, NULL, SHOW_SOFT_DELETES,
                                 &type, (IUnknown **)&message);
        ok(hr == S_OK, "got %#lx\n", hr);
        check_text(message, PR_SUBJECT_A, "a");
        IMessage_Release(message);
    }
    /* Moving one takes it back. */
    hr = IMAPIFolder_CopyMessages(folder, entry_list_of(ids, 1), NULL, folder, 0, NULL, MESSAGE_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPIFolder_DeleteMessages(folder, entry_list_of(ids + 1, 1), 0, NULL, DELETE_HARD_DELETE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(get_long(folder, PR_CONTENT_COUNT) == 2, "%lu messages\n", get_long(folder, PR_CONTENT_COUNT));
    check_contents_(folder, SHOW_SOFT_DELETES, "", __LINE__);
    FreeProws(rows);
    IMAPIFolder_Release(folder);
}

static void test_associated(IMsgStore *store)
{
    IMAPIFolder *folder = ms_new_folder(store, "Associated");
    IMessage *message;
    HRESULT hr;

    hr = IMAPIFolder_CreateMessage(folder, NULL, MAPI_ASSOCIATED, &message);
    ok(hr == S_OK, "got %#lx\n", hr);
    set_text(message, PR_SUBJECT_A, "view");
    save_object(message);
    ok(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_ASSOCIATED, "not associated\n");
    hr = IMessage_SubmitMessage(message, 0);
    ok(hr == MAPI_E_NO_SUPPORT, "got %#lx\n", hr);
    IMessage_Release(message);
    check_contents(folder, "");
    check_contents_(folder, MAPI_ASSOCIATED, "view", __LINE__);
    ok(get_long(folder, PR_ASSOC_CONTENT_COUNT) == 1 && !get_long(folder, PR_CONTENT_COUNT), "counts\n");
    ms_add_message(folder, "mail");
    hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents(folder, "");
    check_contents_(folder, MAPI_ASSOCIATED, "view", __LINE__);
    hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, DEL_ASSOCIATED | DELETE_HARD_DELETE);
    ok(hr == S_OK, "got %#lx\n", hr);
    check_contents_(folder, MAPI_ASSOCIATED, "", __LINE__);
    check_contents_(folder, SHOW_SOFT_DELETES, "", __LINE__);
    IMAPIFolder_Release(folder);
}

static void test_names(IMsgStore *store)
{
    static const GUID set = { 0x12345678, 0x1234, 0x5678, { 1, 2, 3, 4, 5, 6, 7, 8 } };
    MAPINAMEID first = { (GUID *)&set, MNID_STRING, { 0 } },
               second = { (GUID *)&set, MNID_ID, { 0 } };
    IMAPIFolder *folder = open_folder(store, 0);
    MAPINAMEID *names[2] = { &first, &second }, **got;
    SPropTagArray *tags, *again, *all = NULL;
    IMessage *message;
    ULONG count;
    HRESULT hr;

    first.Kind.lpwstrName = (WCHAR *)L"colour";
    second.Kind.lID = 77;
    hr = IMsgStore_GetIDsFromNames(store, 1, &names[1], 0, &tags);
    ok(hr == MAPI_W_ERRORS_RETURNED && PROP_TYPE(tags->aulPropTag[0]) == PT_ERROR, "got %#lx\n", hr);
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
    hr = IMessage_GetNamesFromIDs(message, &all, (GUID *)&set, MAPI_NO_STRINGS, &count, &got);
    ok(hr == S_OK && count == 1 && all->cValues == 1 && got[0]->Kind.lID == 77, "got %#lx, %lu\n", hr,
       count);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(all);
    MAPIFreeBuffer(tags);
    IMessage_Release(message);
    IMAPIFolder_Release(folder);
}

static void test_receive_folders(IMsgStore *store)
{
    IMAPIFolder *folder = open_folder(store, PR_IPM_SENTMAIL_ENTRYID), *gone;
    SPropValue *id = get_prop(folder, PR_ENTRYID), *gone_id;
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
    hr = IMsgStore_GetReceiveFolder(store, (LPTSTR)L"ipm.note.Signed", MAPI_UNICODE, &size, &got, &class);
    ok(hr == S_OK && size == id->Value.bin.cb && !memcmp(got, id->Value.bin.lpb, size), "got %#lx\n", hr);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(class);
    hr = IMsgStore_SetReceiveFolder(store, (LPTSTR)"IPM..Note", 0, id->Value.bin.cb,
                                    (ENTRYID *)id->Value.bin.lpb);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
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

    /* A folder that is gone receives nothing. */
    gone = ms_new_folder(store, "Soon gone");
    gone_id = get_prop(gone, PR_ENTRYID);
    IMAPIFolder_Release(gone);
    hr = IMsgStore_SetReceiveFolder(store, (LPTSTR)"Other", 0, gone_id->Value.bin.cb,
                                    (ENTRYID *)gone_id->Value.bin.lpb);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMAPIFolder_Release(folder);
    folder = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    hr = IMAPIFolder_DeleteFolder(folder, gone_id->Value.bin.cb, (ENTRYID *)gone_id->Value.bin.lpb, 0,
                                  NULL, DELETE_HARD_DELETE);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_GetReceiveFolder(store, (LPTSTR)"Other", 0, &size, &got, &class);
    ok(hr == S_OK && !*(char *)class, "got %#lx\n", hr);
    MAPIFreeBuffer(got);
    MAPIFreeBuffer(class);
    MAPIFreeBuffer(gone_id);
    MAPIFreeBuffer(id);
    IMAPIFolder_Release(folder);
}

START_TEST(message)
{
    IMAPISession *session;
    IMsgStore *store;

    if ((store = ms_begin(profile, &session)))
    {
        test_folders(store);
        test_recipients(store);
        test_saving(store);
        test_properties(store);
        test_state(store);
        test_associated(store);
        test_names(store);
        test_receive_folders(store);
    }
    ms_end(profile, session, store);
}
