/*
 * Tests: notifications and live tables of the message store
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

static const char profile[] = "mapitest mapims notify";

#define PATIENCE 60000                  /* ms until what must come counts as not coming */

/* What was told, under cs; came is set at each. */
static CRITICAL_SECTION cs;
static HANDLE came;
static struct { ULONG event, type; BYTE id[64], old_parent[64]; } told[256];
static ULONG told_count;

static LONG STDAPICALLTYPE on_notify(void *context, ULONG count, NOTIFICATION *notifications)
{
    ULONG i;

    EnterCriticalSection(&cs);
    for (i = 0; i < count && told_count < ARRAY_SIZE(told); i++)
    {
        const OBJECT_NOTIFICATION *object = &notifications[i].info.obj;

        memset(&told[told_count], 0, sizeof(told[0]));
        told[told_count].event = notifications[i].ulEventType;
        if (notifications[i].ulEventType != fnevTableModified
            && notifications[i].ulEventType != fnevNewMail)
        {
            told[told_count].type = object->ulObjType;
            memcpy(told[told_count].id, object->lpEntryID, min(object->cbEntryID, 64));
            if (object->cbOldParentID)
                memcpy(told[told_count].old_parent, object->lpOldParentID,
                       min(object->cbOldParentID, 64));
        }
        told_count++;
    }
    LeaveCriticalSection(&cs);
    SetEvent(came);
    return S_OK;
}

static void forget(void)
{
    EnterCriticalSection(&cs);
    told_count = 0;
    LeaveCriticalSection(&cs);
}

/* Waits until an event of that kind, of that type and object, was told. */
static BOOL was_told(ULONG event, ULONG type, const SBinary *id, const SBinary *old_parent)
{
    DWORD start = GetTickCount();
    BOOL found = FALSE;
    ULONG i;

    while (!found && GetTickCount() - start < PATIENCE)
    {
        EnterCriticalSection(&cs);
        for (i = 0; i < told_count; i++)
            if (told[i].event == event && (!type || told[i].type == type)
                && (!id || !memcmp(told[i].id, id->lpb, min(id->cb, 64)))
                && (!old_parent || !memcmp(told[i].old_parent, old_parent->lpb, min(old_parent->cb, 64))))
                found = TRUE;
        LeaveCriticalSection(&cs);
        if (!found) WaitForSingleObject(came, 100);
    }
    return found;
}

static void test_objects(IMsgStore *store, IMAPIAdviseSink *sink)
{
    IMAPIFolder *folder, *other;
    SPropValue *folder_id, *id;
    ULONG_PTR connection, second;
    ENTRYLIST list = { 1 };
    IMessage *message;
    ULONG type;
    HRESULT hr;

    hr = IMsgStore_Advise(store, 0, NULL, fnevObjectCreated, NULL, &connection);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    hr = IMsgStore_Advise(store, 3, (ENTRYID *)"abc", fnevObjectCreated, sink, &connection);
    ok(hr == MAPI_E_INVALID_ENTRYID, "got %#lx\n", hr);
    hr = IMsgStore_Advise(store, 0, NULL,
                          fnevObjectCreated | fnevObjectModified | fnevObjectMoved | fnevObjectDeleted
                              | fnevObjectCopied,
                          sink, &connection);
    ok(hr == S_OK && connection, "got %#lx\n", hr);

    folder = ms_new_folder(store, "Watched");
    other = ms_new_folder(store, "Elsewhere");
    folder_id = get_prop(folder, PR_ENTRYID);
    ok(was_told(fnevObjectCreated, MAPI_FOLDER, &folder_id->Value.bin, NULL), "no folder was created\n");
    message = new_message(folder, "news");
    save_object(message);
    id = get_prop(message, PR_ENTRYID);
    ok(was_told(fnevObjectCreated, MAPI_MESSAGE, &id->Value.bin, NULL), "no message was created\n");
    forget();
    set_text(message, PR_SUBJECT_A, "old news");
    save_object(message);
    IMessage_Release(message);
    ok(was_told(fnevObjectModified, MAPI_MESSAGE, &id->Value.bin, NULL), "none was modified\n");
    forget();
    list.lpbin = &id->Value.bin;
    hr = IMAPIFolder_CopyMessages(folder, &list, NULL, other, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(was_told(fnevObjectCopied, MAPI_MESSAGE, NULL, &folder_id->Value.bin), "none was copied\n");
    hr = IMAPIFolder_CopyMessages(folder, &list, NULL, other, 0, NULL, MESSAGE_MOVE);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(was_told(fnevObjectMoved, MAPI_MESSAGE, &id->Value.bin, &folder_id->Value.bin),
       "none was moved\n");

    /* On one object only. */
    hr = IMsgStore_Unadvise(store, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    forget();
    hr = IMsgStore_Advise(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                          fnevObjectModified | fnevObjectDeleted, sink, &second);
    ok(hr == S_OK, "got %#lx\n", hr);
    ms_add_message(other, "unheard");
    hr = IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MAPI_MODIFY,
                             &type, (IUnknown **)&message);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMessage_SetReadFlag(message, CLEAR_READ_FLAG);
    ok(hr == S_OK, "got %#lx\n", hr);
    IMessage_Release(message);
    ok(was_told(fnevObjectModified, MAPI_MESSAGE, &id->Value.bin, NULL), "none was modified\n");
    hr = IMAPIFolder_DeleteMessages(other, &list, 0, NULL, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(was_told(fnevObjectDeleted, MAPI_MESSAGE, &id->Value.bin, NULL), "none was deleted\n");
    EnterCriticalSection(&cs);
    ok(told_count == 2, "%lu notifications\n", told_count);
    LeaveCriticalSection(&cs);
    hr = IMsgStore_Unadvise(store, second);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMsgStore_Unadvise(store, second);
    ok(hr == MAPI_E_NOT_FOUND, "got %#lx\n", hr);
    MAPIFreeBuffer(id);
    MAPIFreeBuffer(folder_id);
    IMAPIFolder_Release(folder);
    IMAPIFolder_Release(other);
}

static void test_new_mail(IMsgStore *store, IMAPIAdviseSink *sink)
{
    NOTIFICATION notification;
    ULONG_PTR connection;
    HRESULT hr;

    forget();
    hr = IMsgStore_Advise(store, 0, NULL, fnevNewMail, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    memset(&notification, 0, sizeof(notification));
    hr = IMsgStore_NotifyNewMail(store, NULL);
    ok(hr == MAPI_E_INVALID_PARAMETER, "got %#lx\n", hr);
    notification.ulEventType = fnevNewMail;
    hr = IMsgStore_NotifyNewMail(store, &notification);
    ok(hr == S_OK, "got %#lx\n", hr);
    ok(was_told(fnevNewMail, 0, NULL, NULL), "no new mail\n");
    hr = IMsgStore_Unadvise(store, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
}

static ULONG row_count(IMAPITable *table)
{
    ULONG count = ~0u;
    HRESULT hr = IMAPITable_GetRowCount(table, 0, &count);

    ok(hr == S_OK, "GetRowCount returned %#lx\n", hr);
    return count;
}

/* A table that was opened before follows what is done after. */
static void test_tables(IMsgStore *store, IMAPIAdviseSink *sink)
{
    IMAPIFolder *subtree = open_folder(store, PR_IPM_SUBTREE_ENTRYID), *folder;
    SizedSPropTagArray(2, columns) = { 2, { PR_DISPLAY_NAME_A, PR_CONTENT_COUNT } };
    IMAPITable *hierarchy, *table;
    ULONG folders, i;
    ULONG_PTR connection;
    SRowSet *rows;
    BOOL found = FALSE;
    HRESULT hr;

    hr = IMAPIFolder_GetHierarchyTable(subtree, 0, &hierarchy);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_SetColumns(hierarchy, (SPropTagArray *)&columns, 0);
    ok(hr == S_OK, "got %#lx\n", hr);
    folders = row_count(hierarchy);
    folder = ms_new_folder(store, "Table");
    ok(row_count(hierarchy) == folders + 1, "%lu folders\n", row_count(hierarchy));
    hr = IMAPIFolder_GetContentsTable(folder, 0, &table);
    ok(hr == S_OK && !row_count(table), "got %#lx\n", hr);
    forget();
    hr = IMAPITable_Advise(table, fnevTableModified, sink, &connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    ms_add_message(folder, "row");
    ok(row_count(table) == 1, "%lu rows\n", row_count(table));
    ok(was_told(fnevTableModified, 0, NULL, NULL), "the table was not told of\n");
    hr = IMAPITable_Unadvise(table, connection);
    ok(hr == S_OK, "got %#lx\n", hr);
    hr = IMAPITable_QueryRows(hierarchy, 100, 0, &rows);
    ok(hr == S_OK, "got %#lx\n", hr);
    for (i = 0; i < rows->cRows; i++)
        if (!strcmp(rows->aRow[i].lpProps[0].Value.lpszA, "Table"))
        {
            found = TRUE;
            ok(rows->aRow[i].lpProps[1].Value.l == 1, "%lu messages\n", rows->aRow[i].lpProps[1].Value.l);
        }
    ok(found, "no such folder\n");
    FreeProws(rows);
    hr = IMAPIFolder_EmptyFolder(folder, 0, NULL, 0);
    ok(hr == S_OK && !row_count(table), "got %#lx\n", hr);
    IMAPITable_Release(table);
    IMAPITable_Release(hierarchy);
    IMAPIFolder_Release(folder);
    IMAPIFolder_Release(subtree);
}

START_TEST(notify)
{
    MAPIINIT_0 init = { MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS };
    IMAPIAdviseSink *sink = NULL;
    IMAPISession *session;
    IMsgStore *store;
    HRESULT hr;

    InitializeCriticalSection(&cs);
    came = CreateEventA(NULL, FALSE, FALSE, NULL);
    hr = MAPIInitialize(&init);
    ok(hr == S_OK, "got %#lx\n", hr);
    if ((store = ms_begin(profile, &session)))
    {
        hr = HrAllocAdviseSink(on_notify, NULL, &sink);
        ok(hr == S_OK, "got %#lx\n", hr);
        test_objects(store, sink);
        test_new_mail(store, sink);
        test_tables(store, sink);
        IMAPIAdviseSink_Release(sink);
    }
    ms_end(profile, session, store);
    MAPIUninitialize();
    CloseHandle(came);
    DeleteCriticalSection(&cs);
}
