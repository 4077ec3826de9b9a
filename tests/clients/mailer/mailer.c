/*
 * Test client: sends and receives as it is told
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
 * mailer PROFILE COMMAND ARGUMENT... [, COMMAND ...]: one session, one command after another.
 * mailer trust FILE: has this user trust the authority in a PEM file.
 *
 *   send SUBJECT ADDRESS[,ADDRESS...]   submits a message
 *   sendbig SUBJECT ADDRESS             one of eight megabytes
 *   sendreport SUBJECT ADDRESS          one whose sender wants to hear of its delivery
 *   sendsilent SUBJECT ADDRESS          and one whose sender wants to hear of nothing
 *   password OLD NEW                    of the transport's account
 *   queue COUNT                         waits until that many messages are in the outgoing queue
 *   inbox COUNT                         waits until that many are in the inbox, and lists them
 *   words TEXT                          waits until the transport's status row says so
 *   read SUBJECT, unread SUBJECT, delete SUBJECT
 *   deleted COUNT                       as inbox, for the deleted items
 *   isread SUBJECT, isunread SUBJECT    waits until the message is
 *   at PATH                             the folder that what follows is about, instead of the inbox
 *   folder PATH COUNT                   the same, and waits as inbox does
 *   make SUBJECT                        puts a message there that was read
 *   move SUBJECT PATH, copy SUBJECT PATH
 *   mark SUBJECT, marked SUBJECT        gives a message a property of its own, waits for one that has it
 *   body SUBJECT                        prints what it says
 *   flush                               sends and receives now
 *   sleep MS, die                       (ends the process as a crash would)
 *
 * Status 1 and words when something does not happen within a minute.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <wincrypt.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>

#define PATIENCE 60000

static IMAPISession *session;
static IMsgStore *store;

static int fail(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    printf("mailer: ");
    vprintf(format, args);
    printf("\n");
    va_end(args);
    fflush(stdout);
    return 1;
}

static int check(HRESULT hr, const char *what)
{
    return FAILED(hr) ? fail("%s: %#lx", what, (unsigned long)hr) : 0;
}

static int trust(const char *path)
{
    BYTE der[16384];
    DWORD size = sizeof(der), got;
    HCERTSTORE roots;
    char text[16384];
    HANDLE file;

    file = CreateFileA(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || !ReadFile(file, text, sizeof(text), &got, NULL))
        return fail("%s cannot be read", path);
    CloseHandle(file);
    if (!CryptStringToBinaryA(text, got, CRYPT_STRING_BASE64HEADER, der, &size, NULL, NULL))
        return fail("%s is no PEM file", path);
    roots = CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_CURRENT_USER, L"Root");
    if (!roots) return fail("no store of authorities: %lu", GetLastError());
    if (!CertAddEncodedCertificateToStore(roots, X509_ASN_ENCODING, der, size,
                                          CERT_STORE_ADD_ALWAYS, NULL))
        return fail("the authority cannot be added: %lu", GetLastError());
    CertCloseStore(roots, 0);
    return 0;
}

/* Set: the folder of that path below the IPM subtree, levels parted by /, and no other. */
static const char *folder_path;

static IMAPIFolder *open_path(IMAPIFolder *folder)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_DISPLAY_NAME_A } };
    char path[256], *level;
    IMAPIFolder *child;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;

    lstrcpynA(path, folder_path, sizeof(path));
    for (level = strtok(path, "/"); level && folder; level = strtok(NULL, "/"))
    {
        child = NULL;
        rows = NULL;
        if (SUCCEEDED(IMAPIFolder_GetHierarchyTable(folder, 0, &table)))
        {
            HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
            IMAPITable_Release(table);
        }
        for (i = 0; rows && i < rows->cRows && !child; i++)
        {
            const SPropValue *props = rows->aRow[i].lpProps;

            if (!strcmp(props[1].Value.lpszA, level))
                IMsgStore_OpenEntry(store, props[0].Value.bin.cb, (ENTRYID *)props[0].Value.bin.lpb,
                                    NULL, MAPI_MODIFY, &type, (IUnknown **)&child);
        }
        FreeProws(rows);
        IMAPIFolder_Release(folder);
        folder = child;
    }
    return folder;
}

static IMAPIFolder *open_folder(ULONG tag)
{
    IMAPIFolder *folder = NULL;
    SPropValue *id = NULL;
    ENTRYID *inbox = NULL;
    ULONG size = 0, type;

    if (tag)
    {
        if (FAILED(HrGetOneProp((IMAPIProp *)store, tag, &id))) return NULL;
        size = id->Value.bin.cb;
        inbox = (ENTRYID *)id->Value.bin.lpb;
    }
    else IMsgStore_GetReceiveFolder(store, NULL, 0, &size, &inbox, NULL);
    IMsgStore_OpenEntry(store, size, inbox, NULL, MAPI_MODIFY, &type, (IUnknown **)&folder);
    if (id) MAPIFreeBuffer(id);
    else MAPIFreeBuffer(inbox);
    return tag == PR_IPM_SUBTREE_ENTRYID && folder ? open_path(folder) : folder;
}

static void set_text(SPropValue *prop, ULONG tag, const char *text)
{
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    prop->Value.lpszA = (char *)text;
}

static HRESULT add_recipient(IMessage *message, const char *address)
{
    SizedADRLIST(1, list);
    SPropValue props[4];

    memset(&list, 0, sizeof(list));
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_RECIPIENT_TYPE;
    props[0].Value.l = MAPI_TO;
    set_text(&props[1], PR_DISPLAY_NAME_A, address);
    set_text(&props[2], PR_ADDRTYPE_A, "SMTP");
    set_text(&props[3], PR_EMAIL_ADDRESS_A, address);
    list.cEntries = 1;
    list.aEntries[0].cValues = 4;
    list.aEntries[0].rgPropVals = props;
    return IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
}

static HRESULT write_body(IMessage *message, ULONG lines)
{
    static const char line[] = "0123456789012345678901234567890123456789012345678901234567890\r\n";
    IStream *stream;
    HRESULT hr;
    ULONG i;

    hr = IMessage_OpenProperty(message, PR_BODY_A, &IID_IStream, STGM_WRITE,
                               MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    for (i = 0; i < lines && SUCCEEDED(hr); i++)
        hr = IStream_Write(stream, line, sizeof(line) - 1, NULL);
    if (SUCCEEDED(hr)) hr = IStream_Commit(stream, 0);
    if (SUCCEEDED(hr)) IStream_Release(stream);
    return hr;
}

enum kind { PLAIN, BIG, REPORT, SILENT };

static HRESULT ask_for_reports(IMessage *message, enum kind kind)
{
    SPropValue props[2];

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED;
    props[0].Value.b = kind == REPORT;
    props[1].ulPropTag = PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED;
    props[1].Value.b = kind == REPORT;
    return IMessage_SetProps(message, 2, props, NULL);
}

static int send_message(const char *subject, const char *addresses, enum kind kind)
{
    IMAPIFolder *outbox = open_folder(PR_IPM_OUTBOX_ENTRYID);
    SPropValue props[4], *sent;
    char list[1024], *address;
    IMessage *message;
    HRESULT hr;

    if (!outbox) return fail("no outbox");
    if (FAILED(hr = IMAPIFolder_CreateMessage(outbox, NULL, 0, &message)))
        return check(hr, "CreateMessage");
    set_text(&props[0], PR_SUBJECT_A, subject);
    set_text(&props[1], PR_MESSAGE_CLASS_A, "IPM.Note");
    set_text(&props[2], PR_BODY_A,
             "first line\r\n.a line that begins with a dot\r\n..\r\nlast line\r\n");
    if (SUCCEEDED(hr = HrGetOneProp((IMAPIProp *)store, PR_IPM_SENTMAIL_ENTRYID, &sent)))
    {
        props[3] = *sent;
        props[3].ulPropTag = PR_SENTMAIL_ENTRYID;
        hr = IMessage_SetProps(message, 4, props, NULL);
        MAPIFreeBuffer(sent);
    }
    if (SUCCEEDED(hr) && kind == BIG) hr = write_body(message, (8 << 20) / 63);
    if (SUCCEEDED(hr) && (kind == REPORT || kind == SILENT)) hr = ask_for_reports(message, kind);
    lstrcpynA(list, addresses, sizeof(list));
    for (address = strtok(list, ","); address && SUCCEEDED(hr); address = strtok(NULL, ","))
        hr = add_recipient(message, address);
    if (SUCCEEDED(hr)) hr = IMessage_SubmitMessage(message, 0);
    IMessage_Release(message);
    IMAPIFolder_Release(outbox);
    return check(hr, "sending");
}

enum { ROW_ID, ROW_SUBJECT, ROW_FLAGS, COLUMNS };

static SRowSet *rows_of(IMAPITable *table)
{
    static const SizedSPropTagArray(COLUMNS, columns) =
        { COLUMNS, { PR_ENTRYID, PR_SUBJECT_A, PR_MESSAGE_FLAGS } };
    SRowSet *rows = NULL;

    HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    return rows;
}

static SRowSet *folder_rows(ULONG tag)
{
    IMAPIFolder *folder = open_folder(tag);
    IMAPITable *table;
    SRowSet *rows = NULL;

    if (!folder) return NULL;
    if (SUCCEEDED(IMAPIFolder_GetContentsTable(folder, 0, &table)))
    {
        rows = rows_of(table);
        IMAPITable_Release(table);
    }
    IMAPIFolder_Release(folder);
    return rows;
}

static const char *subject_of(const SRow *row)
{
    return row->lpProps[ROW_SUBJECT].ulPropTag == PR_SUBJECT_A
               ? row->lpProps[ROW_SUBJECT].Value.lpszA
               : "";
}

static int wait_folder(ULONG tag, const char *name, ULONG wanted)
{
    DWORD start = GetTickCount();
    ULONG i, count = ~0u;
    SRowSet *rows;

    while (GetTickCount() - start < PATIENCE)
    {
        rows = folder_rows(tag);
        count = rows ? rows->cRows : ~0u;
        if (count == wanted)
        {
            for (i = 0; i < count; i++)
                printf("%s: %s %s\n", name,
                       rows->aRow[i].lpProps[ROW_FLAGS].Value.l & MSGFLAG_READ ? "read" : "unread",
                       subject_of(&rows->aRow[i]));
            FreeProws(rows);
            return 0;
        }
        FreeProws(rows);
        Sleep(100);
    }
    return fail("%s has %lu messages, not %lu", name, (unsigned long)count, (unsigned long)wanted);
}

static int wait_queue(ULONG wanted)
{
    DWORD start = GetTickCount();
    ULONG count = ~0u;
    IMAPITable *table;
    SRowSet *rows;

    while (GetTickCount() - start < PATIENCE)
    {
        if (FAILED(IMsgStore_GetOutgoingQueue(store, 0, &table))) return fail("no outgoing queue");
        rows = rows_of(table);
        count = rows ? rows->cRows : ~0u;
        FreeProws(rows);
        IMAPITable_Release(table);
        if (count == wanted) return 0;
        Sleep(100);
    }
    return fail("the queue has %lu messages, not %lu", (unsigned long)count, (unsigned long)wanted);
}

static BOOL status_says(const char *text, char *said, size_t size)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_RESOURCE_TYPE, PR_STATUS_STRING_A } };
    IMAPITable *table;
    SRowSet *rows;
    BOOL ret = FALSE;
    ULONG i;

    if (FAILED(IMAPISession_GetStatusTable(session, 0, &table))) return FALSE;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
        {
            const SPropValue *props = rows->aRow[i].lpProps;

            if (props[0].Value.l != MAPI_TRANSPORT_PROVIDER
                || props[1].ulPropTag != PR_STATUS_STRING_A)
                continue;
            lstrcpynA(said, props[1].Value.lpszA, size);
            ret = ret || strstr(said, text);
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return ret;
}

/* With the status object of the transport. */
static int change_password(const char *old, const char *new)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_RESOURCE_TYPE, PR_ENTRYID } };
    HRESULT hr, found = MAPI_E_NOT_FOUND;
    IMAPIStatus *status;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i, type;

    if (FAILED(hr = IMAPISession_GetStatusTable(session, 0, &table)))
        return check(hr, "GetStatusTable");
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return check(hr, "HrQueryAllRows");
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[0].Value.l != MAPI_TRANSPORT_PROVIDER || props[1].ulPropTag != PR_ENTRYID)
            continue;
        found = IMAPISession_OpenEntry(session, props[1].Value.bin.cb,
                                       (ENTRYID *)props[1].Value.bin.lpb, NULL, MAPI_MODIFY, &type,
                                       (IUnknown **)&status);
        if (FAILED(found)) break;
        found = IMAPIStatus_ChangePassword(status, (LPTSTR)old, (LPTSTR)new, 0);
        IMAPIStatus_Release(status);
        break;
    }
    FreeProws(rows);
    return check(found, "ChangePassword");
}

static int wait_words(const char *text)
{
    DWORD start = GetTickCount();
    char said[1024] = "";

    while (GetTickCount() - start < PATIENCE)
    {
        if (status_says(text, said, sizeof(said)))
        {
            printf("words: %s\n", said);
            return 0;
        }
        Sleep(100);
    }
    return fail("the transport does not say '%s' but '%s'", text, said);
}

/* The message of that subject, in the inbox or the folder of a path, with what is to be done to
 * it. */
static int change(const char *command, const char *subject)
{
    ULONG tag = folder_path ? PR_IPM_SUBTREE_ENTRYID : 0;
    IMAPIFolder *inbox = open_folder(tag);
    SRowSet *rows = folder_rows(tag);
    HRESULT hr = MAPI_E_NOT_FOUND;
    ULONG i;

    for (i = 0; inbox && rows && i < rows->cRows; i++)
    {
        ENTRYLIST list = { 1, &rows->aRow[i].lpProps[ROW_ID].Value.bin };

        if (strcmp(subject_of(&rows->aRow[i]), subject)) continue;
        if (!strcmp(command, "delete")) hr = IMAPIFolder_DeleteMessages(inbox, &list, 0, NULL, 0);
        else
            hr = IMAPIFolder_SetReadFlags(inbox, &list, 0, NULL,
                                          strcmp(command, "read") ? CLEAR_READ_FLAG
                                                                  : SUPPRESS_RECEIPT);
    }
    FreeProws(rows);
    if (inbox) IMAPIFolder_Release(inbox);
    return check(hr, command);
}

static IMAPIFolder *open_at(const char *path)
{
    const char *kept = folder_path;
    IMAPIFolder *folder;

    folder_path = path;
    folder = open_folder(path ? PR_IPM_SUBTREE_ENTRYID : 0);
    folder_path = kept;
    return folder;
}

static int make_message(const char *subject)
{
    IMAPIFolder *folder = open_at(folder_path);
    SPropValue props[4];
    IMessage *message;
    HRESULT hr;

    if (!folder) return fail("no such folder");
    hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
    IMAPIFolder_Release(folder);
    if (FAILED(hr)) return check(hr, "CreateMessage");
    set_text(&props[0], PR_SUBJECT_A, subject);
    set_text(&props[1], PR_MESSAGE_CLASS_A, "IPM.Note");
    set_text(&props[2], PR_BODY_A, "made here\r\n.\r\nlast line\r\n");
    props[3].ulPropTag = PR_MESSAGE_FLAGS;
    props[3].Value.l = MSGFLAG_READ;
    hr = IMessage_SetProps(message, 4, props, NULL);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, 0);
    IMessage_Release(message);
    return check(hr, "make");
}

static int transfer(const char *subject, const char *path, ULONG flags)
{
    IMAPIFolder *from = open_at(folder_path), *to = open_at(path);
    SRowSet *rows = folder_rows(folder_path ? PR_IPM_SUBTREE_ENTRYID : 0);
    HRESULT hr = MAPI_E_NOT_FOUND;
    ULONG i;

    for (i = 0; from && to && rows && i < rows->cRows; i++)
    {
        ENTRYLIST list = { 1, &rows->aRow[i].lpProps[ROW_ID].Value.bin };

        if (strcmp(subject_of(&rows->aRow[i]), subject)) continue;
        hr = IMAPIFolder_CopyMessages(from, &list, NULL, to, 0, NULL, flags);
        break;
    }
    FreeProws(rows);
    if (from) IMAPIFolder_Release(from);
    if (to) IMAPIFolder_Release(to);
    return check(hr, flags ? "move" : "copy");
}

#define PR_MARK PROP_TAG(PT_LONG, 0x6F42)

/* set: gives it, else asks for it. */
static BOOL has_mark(const char *subject, BOOL set)
{
    SRowSet *rows = folder_rows(folder_path ? PR_IPM_SUBTREE_ENTRYID : 0);
    SPropValue prop = { PR_MARK }, *found;
    IMessage *message;
    BOOL ret = FALSE;
    ULONG i, type;

    for (i = 0; rows && i < rows->cRows && !ret; i++)
    {
        const SBinary *id = &rows->aRow[i].lpProps[ROW_ID].Value.bin;

        if (strcmp(subject_of(&rows->aRow[i]), subject)
            || FAILED(IMsgStore_OpenEntry(store, id->cb, (ENTRYID *)id->lpb, NULL,
                                          set ? MAPI_MODIFY : 0, &type, (IUnknown **)&message)))
            continue;
        if (set)
            ret = SUCCEEDED(IMessage_SetProps(message, 1, &prop, NULL))
                  && SUCCEEDED(IMessage_SaveChanges(message, 0));
        else if ((ret = SUCCEEDED(HrGetOneProp((IMAPIProp *)message, PR_MARK, &found))))
            MAPIFreeBuffer(found);
        IMessage_Release(message);
    }
    FreeProws(rows);
    return ret;
}

static int wait_mark(const char *subject)
{
    DWORD start = GetTickCount();

    while (GetTickCount() - start < PATIENCE)
    {
        if (has_mark(subject, FALSE)) return 0;
        Sleep(100);
    }
    return fail("no '%s' there has the mark", subject);
}

static int wait_read(const char *subject, BOOL wanted)
{
    DWORD start = GetTickCount();
    SRowSet *rows;
    BOOL found = FALSE;
    ULONG i;

    while (GetTickCount() - start < PATIENCE && !found)
    {
        rows = folder_rows(0);
        for (i = 0; rows && i < rows->cRows; i++)
            found = found
                    || (!strcmp(subject_of(&rows->aRow[i]), subject)
                        && !(rows->aRow[i].lpProps[ROW_FLAGS].Value.l & MSGFLAG_READ) == !wanted);
        FreeProws(rows);
        if (!found) Sleep(100);
    }
    return found ? 0 : fail("'%s' does not become %s", subject, wanted ? "read" : "unread");
}

static int print_body(const char *subject)
{
    SRowSet *rows = folder_rows(0);
    HRESULT hr = MAPI_E_NOT_FOUND;
    IMessage *message;
    ULONG i, type, got;
    IStream *stream;
    char text[4096];

    for (i = 0; rows && i < rows->cRows; i++)
    {
        const SBinary *id = &rows->aRow[i].lpProps[ROW_ID].Value.bin;

        if (strcmp(subject_of(&rows->aRow[i]), subject)) continue;
        hr = IMsgStore_OpenEntry(store, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                                 (IUnknown **)&message);
        if (FAILED(hr)) break;
        hr = IMessage_OpenProperty(message, PR_BODY_A, &IID_IStream, 0, 0, (IUnknown **)&stream);
        if (SUCCEEDED(hr))
        {
            hr = IStream_Read(stream, text, sizeof(text) - 1, &got);
            text[SUCCEEDED(hr) ? got : 0] = 0;
            printf("body: %s\n", text);
            IStream_Release(stream);
        }
        IMessage_Release(message);
        break;
    }
    FreeProws(rows);
    return check(hr, "body");
}

/* Which message of the sent items a report is about, by its search key, and what it says of it. */
static int print_about(const char *subject)
{
    static const SizedSPropTagArray(3, tags) =
        { 3, { PR_ORIGINAL_SEARCH_KEY, PR_ORIGINAL_SUBJECT_A, PR_ORIGINAL_DISPLAY_TO_A } };
    static const SizedSPropTagArray(2, columns) = { 2, { PR_SEARCH_KEY, PR_SUBJECT_A } };
    SRowSet *rows = folder_rows(0), *sent = NULL;
    IMAPIFolder *folder = open_folder(PR_IPM_SENTMAIL_ENTRYID);
    HRESULT hr = MAPI_E_NOT_FOUND;
    ULONG i, j, type, count;
    IMAPITable *table;
    IMessage *message;
    SPropValue *props;

    if (folder && SUCCEEDED(IMAPIFolder_GetContentsTable(folder, 0, &table)))
    {
        HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &sent);
        IMAPITable_Release(table);
    }
    if (folder) IMAPIFolder_Release(folder);
    for (i = 0; rows && sent && i < rows->cRows; i++)
    {
        const SBinary *id = &rows->aRow[i].lpProps[ROW_ID].Value.bin, *key;

        if (strcmp(subject_of(&rows->aRow[i]), subject)) continue;
        hr = IMsgStore_OpenEntry(store, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                                 (IUnknown **)&message);
        if (FAILED(hr)) break;
        hr = IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, &props);
        IMessage_Release(message);
        if (FAILED(hr)) break;
        for (j = 0; j < sent->cRows && props[0].ulPropTag == PR_ORIGINAL_SEARCH_KEY; j++)
        {
            key = &sent->aRow[j].lpProps[0].Value.bin;
            if (key->cb != props[0].Value.bin.cb
                || memcmp(key->lpb, props[0].Value.bin.lpb, key->cb))
                continue;
            printf("about: %s, '%s' to %s\n", sent->aRow[j].lpProps[1].Value.lpszA,
                   props[1].ulPropTag == PR_ORIGINAL_SUBJECT_A ? props[1].Value.lpszA : "",
                   props[2].ulPropTag == PR_ORIGINAL_DISPLAY_TO_A ? props[2].Value.lpszA : "");
        }
        MAPIFreeBuffer(props);
    }
    FreeProws(rows);
    FreeProws(sent);
    return check(hr, "about");
}

static int flush(void)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_RESOURCE_TYPE, PR_ENTRYID } };
    IMAPIStatus *status;
    IMAPITable *table;
    SRowSet *rows;
    HRESULT hr;
    ULONG i, type;

    if (FAILED(hr = IMAPISession_GetStatusTable(session, 0, &table)))
        return check(hr, "GetStatusTable");
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return check(hr, "the status table");
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[0].Value.l != MAPI_SPOOLER && props[0].Value.l != MAPI_TRANSPORT_PROVIDER)
            continue;
        hr = IMAPISession_OpenEntry(session, props[1].Value.bin.cb,
                                    (ENTRYID *)props[1].Value.bin.lpb, NULL, 0, &type,
                                    (IUnknown **)&status);
        if (FAILED(hr)) break;
        hr = IMAPIStatus_FlushQueues(status, 0, 0, NULL,
                                     FLUSH_UPLOAD | FLUSH_DOWNLOAD | FLUSH_NO_UI);
        if (hr == MAPI_E_NO_SUPPORT) hr = S_OK;
        IMAPIStatus_Release(status);
    }
    FreeProws(rows);
    return check(hr, "FlushQueues");
}

static int run(int count, char **words)
{
    const char *command = words[0], *first = count > 1 ? words[1] : "";

    if (!strcmp(command, "send") && count == 3) return send_message(first, words[2], PLAIN);
    if (!strcmp(command, "sendbig") && count == 3) return send_message(first, words[2], BIG);
    if (!strcmp(command, "sendreport") && count == 3) return send_message(first, words[2], REPORT);
    if (!strcmp(command, "sendsilent") && count == 3) return send_message(first, words[2], SILENT);
    if (!strcmp(command, "password") && count == 3) return change_password(first, words[2]);
    if (!strcmp(command, "queue")) return wait_queue(atoi(first));
    if (!strcmp(command, "inbox")) return wait_folder(0, "inbox", atoi(first));
    if (!strcmp(command, "deleted"))
        return wait_folder(PR_IPM_WASTEBASKET_ENTRYID, "deleted", atoi(first));
    if (!strcmp(command, "sent")) return wait_folder(PR_IPM_SENTMAIL_ENTRYID, "sent", atoi(first));
    if (!strcmp(command, "folder") && count == 3)
    {
        folder_path = first;
        return wait_folder(PR_IPM_SUBTREE_ENTRYID, first, atoi(words[2]));
    }
    if (!strcmp(command, "at"))
    {
        folder_path = first;
        return 0;
    }
    if (!strcmp(command, "make")) return make_message(first);
    if (!strcmp(command, "move") && count == 3) return transfer(first, words[2], MESSAGE_MOVE);
    if (!strcmp(command, "copy") && count == 3) return transfer(first, words[2], 0);
    if (!strcmp(command, "mark"))
        return has_mark(first, TRUE) ? 0 : fail("'%s' is not there", first);
    if (!strcmp(command, "marked")) return wait_mark(first);
    if (!strcmp(command, "words")) return wait_words(first);
    if (!strcmp(command, "read") || !strcmp(command, "unread") || !strcmp(command, "delete"))
        return change(command, first);
    if (!strcmp(command, "isread")) return wait_read(first, TRUE);
    if (!strcmp(command, "isunread")) return wait_read(first, FALSE);
    if (!strcmp(command, "body")) return print_body(first);
    if (!strcmp(command, "about")) return print_about(first);
    if (!strcmp(command, "flush")) return flush();
    if (!strcmp(command, "sleep"))
    {
        Sleep(atoi(first));
        return 0;
    }
    if (!strcmp(command, "die"))
    {
        fflush(stdout);
        TerminateProcess(GetCurrentProcess(), 3);
    }
    return fail("no such command: %s", command);
}

static HRESULT open_default_store(void)
{
    static const SizedSPropTagArray(2, columns) = { 2, { PR_ENTRYID, PR_DEFAULT_STORE } };
    HRESULT hr, ret = MAPI_E_NOT_FOUND;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(hr = IMAPISession_GetMsgStoresTable(session, 0, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    if (FAILED(hr)) return hr;
    for (i = 0; i < rows->cRows; i++)
    {
        const SPropValue *props = rows->aRow[i].lpProps;

        if (props[1].ulPropTag != PR_DEFAULT_STORE || !props[1].Value.b) continue;
        ret = IMAPISession_OpenMsgStore(session, 0, props[0].Value.bin.cb,
                                        (ENTRYID *)props[0].Value.bin.lpb, NULL,
                                        MDB_WRITE | MDB_NO_DIALOG, &store);
    }
    FreeProws(rows);
    return ret;
}

int main(int argc, char **argv)
{
    int i, begin, ret = 0;
    HRESULT hr;

    if (argc == 3 && !strcmp(argv[1], "trust")) return trust(argv[2]);
    if (argc < 3) return fail("PROFILE COMMAND ...");
    if (FAILED(hr = MAPIInitialize(NULL))) return check(hr, "MAPIInitialize");
    hr = MAPILogonEx(0, (LPTSTR)argv[1], NULL,
                     MAPI_NEW_SESSION | MAPI_EXTENDED | MAPI_EXPLICIT_PROFILE, &session);
    if (FAILED(hr)) return check(hr, "MAPILogonEx");
    if (FAILED(hr = open_default_store())) ret = check(hr, "the default store");
    for (i = begin = 2; i <= argc && !ret; i++)
    {
        if (i < argc && strcmp(argv[i], ",")) continue;
        if (i > begin) ret = run(i - begin, argv + begin);
        begin = i + 1;
    }
    if (store) IMsgStore_Release(store);
    IMAPISession_Logoff(session, 0, 0, 0);
    IMAPISession_Release(session);
    MAPIUninitialize();
    return ret;
}
