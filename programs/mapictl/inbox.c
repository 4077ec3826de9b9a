/*
 * mapictl: folders and lists of messages
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

/* What there is, and moving it about. Lists are read a few hundred rows at a time. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define BATCH 256
#define DEPTH_MAX 64

static void add_folder(struct list *list, const WCHAR *path, const SRow *row)
{
    WCHAR *messages = row_text(row, PR_CONTENT_COUNT), *unread = row_text(row, PR_CONTENT_UNREAD);
    WCHAR *entry = row_text(row, PR_ENTRYID);
    const WCHAR *values[4];

    values[0] = path;
    values[1] = messages;
    values[2] = unread;
    values[3] = entry;
    list_add(list, values);
    free(messages);
    free(unread);
    free(entry);
}

WCHAR *path_below(const WCHAR *path, const WCHAR *name)
{
    WCHAR *ret = malloc((wcslen(path) + 2 * wcslen(name) + 2) * sizeof(*ret)), *to;

    if (!ret) exit(fail(L"out of memory"));
    lstrcpyW(ret, path);
    to = ret + wcslen(ret);
    if (*path) *to++ = '/';
    for (; *name; name++)
    {
        if (*name == '/') *to++ = '/';
        *to++ = *name;
    }
    *to = 0;
    return ret;
}

static HRESULT add_folders(struct mailbox *box, struct list *list, IMAPIFolder *parent,
                           const WCHAR *path, int depth)
{
    static const SizedSPropTagArray(4, columns) =
        {4, {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_CONTENT_COUNT, PR_CONTENT_UNREAD}};
    IMAPITable *table;
    IMAPIFolder *folder;
    SRowSet *rows;
    HRESULT hr;
    ULONG i, type;

    if (depth > DEPTH_MAX) return MAPI_E_TOO_COMPLEX;
    if (FAILED(hr = IMAPIFolder_GetHierarchyTable(parent, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        const SPropValue *id = find_prop(&rows->aRow[i], PR_ENTRYID);
        WCHAR *name = row_text(&rows->aRow[i], PR_DISPLAY_NAME_W), *below = path_below(path, name);

        add_folder(list, below, &rows->aRow[i]);
        if (id)
            hr = IMsgStore_OpenEntry(box->store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                     &IID_IMAPIFolder, 0, &type, (IUnknown **)&folder);
        if (id && SUCCEEDED(hr))
        {
            hr = add_folders(box, list, folder, below, depth + 1);
            IMAPIFolder_Release(folder);
        }
        free(name);
        free(below);
    }
    FreeProws(rows);
    return hr;
}

int folders(struct arguments *args)
{
    static const WCHAR *const columns[] = {L"path", L"messages", L"unread", L"entry", NULL};
    static const WCHAR *const shown[] = {L"path", L"messages", L"unread", NULL};
    struct mailbox box;
    struct list *list;
    IMAPIFolder *top;
    HRESULT hr;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (SUCCEEDED(hr = store_folder(&box, PR_IPM_SUBTREE_ENTRYID, &top)))
    {
        list = list_begin(json_output ? columns : shown);
        hr = add_folders(&box, list, top, L"", 0);
        list_end(list);
        IMAPIFolder_Release(top);
    }
    if (FAILED(hr)) ret = fail_hr(hr, L"the folders cannot be listed");
    mailbox_close(&box);
    return ret;
}

static const SizedSPropTagArray(8, columns) =
    {8, {PR_ENTRYID, PR_SUBJECT_W, PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
         PR_MESSAGE_DELIVERY_TIME, PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE, PR_HASATTACH}};
const SPropTagArray *const message_columns = (const SPropTagArray *)&columns;

void list_message(struct list *list, const SRow *row, ULONG number, const WCHAR *folder)
{
    const SPropValue *time = find_prop(row, PR_MESSAGE_DELIVERY_TIME),
                     *flags = find_prop(row, PR_MESSAGE_FLAGS);
    BOOL unread = flags && !(flags->Value.l & MSGFLAG_READ);
    WCHAR *date = time ? time_text(&time->Value.ft) : dup_text(L""),
          *from = row_text(row, PR_SENT_REPRESENTING_NAME_W);
    WCHAR *address = row_text(row, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W),
          *subject = row_text(row, PR_SUBJECT_W);
    WCHAR *size = row_text(row, PR_MESSAGE_SIZE), *attached = row_text(row, PR_HASATTACH);
    WCHAR *entry = row_text(row, PR_ENTRYID), text[16];
    const WCHAR *values[10];
    size_t count = 0;

    _snwprintf(text, ARRAYSIZE(text), L"%lu", (unsigned long)number);
    values[count++] = number ? text : L"";
    values[count++] = unread ? L"unread" : L"";
    values[count++] = date;
    values[count++] = *from ? from : address;
    values[count++] = subject;
    if (folder) values[count++] = folder;
    values[count++] = address;
    values[count++] = size;
    values[count++] = attached;
    values[count++] = entry;
    list_add(list, values);
    free(date);
    free(from);
    free(address);
    free(subject);
    free(size);
    free(attached);
    free(entry);
}

static HRESULT add_messages(struct list *list, IMAPITable *table, BOOL unread, ULONG limit)
{
    ULONG i, number = 0, shown = 0, count;
    HRESULT hr = S_OK;
    SRowSet *rows;

    do
    {
        if (FAILED(hr = IMAPITable_QueryRows(table, BATCH, 0, &rows))) break;
        for (i = 0; i < rows->cRows && shown < limit; i++)
        {
            const SPropValue *flags = find_prop(&rows->aRow[i], PR_MESSAGE_FLAGS);

            number++;
            if (unread && (!flags || flags->Value.l & MSGFLAG_READ)) continue;
            list_message(list, &rows->aRow[i], number, NULL);
            shown++;
        }
        count = rows->cRows;
        FreeProws(rows);
    } while (count && shown < limit);
    return hr;
}

int inbox(struct arguments *args)
{
    static const WCHAR *const columns[] =
        {L"number", L"state", L"date", L"from", L"subject", L"address", L"size", L"attachments", L"entry", NULL};
    static const WCHAR *const shown[] = {L"number", L"state", L"date", L"from", L"subject", NULL};
    const WCHAR *path = take_value(args, L"--folder"), *text = take_value(args, L"--limit");
    BOOL unread = take_flag(args, L"--unread");
    ULONG limit = text ? wcstoul(text, NULL, 10) : ~0u;
    IMAPIFolder *folder;
    struct mailbox box;
    struct list *list;
    IMAPITable *table;
    HRESULT hr;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = folder_open(&box, path, FALSE, &folder)))
    {
        if (SUCCEEDED(hr = contents_open(folder, (SPropTagArray *)message_columns, &table)))
        {
            /* A table has the first five columns only. */
            list = list_begin(json_output ? columns : shown);
            hr = add_messages(list, table, unread, limit);
            list_end(list);
            IMAPITable_Release(table);
        }
        if (FAILED(hr)) ret = fail_hr(hr, L"the messages cannot be listed");
        IMAPIFolder_Release(folder);
    }
    mailbox_close(&box);
    return ret;
}

/* Moves one message, from whatever folder it is in, or deletes it where target is NULL. */
static HRESULT move_message(struct mailbox *box, const SBinary *id, IMAPIFolder *target)
{
    ENTRYLIST list = {1, (SBinary *)id};
    SPropValue *parent;
    IMAPIFolder *from;
    IMessage *message;
    ULONG type;
    HRESULT hr;

    hr = IMsgStore_OpenEntry(box->store, id->cb, (ENTRYID *)id->lpb, &IID_IMessage, 0, &type,
                             (IUnknown **)&message);
    if (FAILED(hr)) return hr;
    hr = HrGetOneProp((IMAPIProp *)message, PR_PARENT_ENTRYID, &parent);
    IMessage_Release(message);
    if (FAILED(hr)) return hr;
    hr = IMsgStore_OpenEntry(box->store, parent->Value.bin.cb, (ENTRYID *)parent->Value.bin.lpb,
                             &IID_IMAPIFolder, MAPI_MODIFY, &type, (IUnknown **)&from);
    MAPIFreeBuffer(parent);
    if (FAILED(hr)) return hr;
    if (target)
        hr = IMAPIFolder_CopyMessages(from, &list, &IID_IMAPIFolder, target, 0, NULL, MESSAGE_MOVE);
    else hr = IMAPIFolder_DeleteMessages(from, &list, 0, NULL, DELETE_HARD_DELETE);
    if (!target && hr == MAPI_E_UNKNOWN_FLAGS)
        hr = IMAPIFolder_DeleteMessages(from, &list, 0, NULL, 0);
    IMAPIFolder_Release(from);
    return hr == MAPI_W_PARTIAL_COMPLETION ? MAPI_E_CALL_FAILED : hr;
}

/* The messages that the arguments name; all are found before one is moved, since that changes
 * numbers. */
static int move_all(struct mailbox *box, struct arguments *args, IMAPIFolder *folder,
                    IMAPIFolder *target)
{
    SPropValue **ids = calloc(args->count, sizeof(*ids));
    int i, ret = EXIT_OK;
    HRESULT hr;

    if (!ids) exit(fail(L"out of memory"));
    for (i = 0; i < args->count && !ret; i++)
        ret = message_find(box, folder, args->values[i], &ids[i]);
    for (i = 0; i < args->count && ids[i] && !ret; i++)
        if (FAILED(hr = move_message(box, &ids[i]->Value.bin, target)))
            ret = fail_hr(hr, L"message %s cannot be %s", args->values[i],
                          target ? L"moved" : L"deleted");
    for (i = 0; i < args->count; i++) MAPIFreeBuffer(ids[i]);
    free(ids);
    return ret;
}

int delete_messages(struct arguments *args)
{
    const WCHAR *path = take_value(args, L"--folder");
    BOOL hard = take_flag(args, L"--hard");
    IMAPIFolder *folder, *target = NULL;
    struct mailbox box;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = folder_open(&box, path, FALSE, &folder)))
    {
        if (!hard && FAILED(store_folder(&box, PR_IPM_WASTEBASKET_ENTRYID, &target)))
            ret = fail(L"the store has no folder for deleted items; --hard deletes for good");
        else if (target && same_folder(&box, folder, target))
        {
            IMAPIFolder_Release(target);
            target = NULL;
        }
        if (!ret) ret = move_all(&box, args, folder, target);
        if (target) IMAPIFolder_Release(target);
        IMAPIFolder_Release(folder);
    }
    mailbox_close(&box);
    return ret;
}

int move_messages(struct arguments *args)
{
    const WCHAR *path = take_value(args, L"--folder"), *to = take_value(args, L"--target");
    IMAPIFolder *folder, *target;
    struct mailbox box;
    int ret;

    if (!to)
    {
        fail(L"where to? --target PATH says it");
        return EXIT_USAGE;
    }
    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = folder_open(&box, path, FALSE, &folder)))
    {
        if (!(ret = folder_open(&box, to, FALSE, &target)))
        {
            ret = move_all(&box, args, folder, target);
            IMAPIFolder_Release(target);
        }
        IMAPIFolder_Release(folder);
    }
    mailbox_close(&box);
    return ret;
}
