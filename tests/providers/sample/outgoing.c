/*
 * Sample providers: mail that leaves
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
 * Each message becomes one file: header lines, an empty line, the text, and after a line for each
 * attachment its bytes. It is named after the message'"'"'s search key and the recipients, written
 * under another name and renamed when it is whole: a message that comes a second time, because a
 * process died before it could note that it was sent, is known and not sent again.
 */

#include "transport.h"

struct text
{
    char *data;
    size_t size, room;
    BOOL failed;
};

static void put(struct text *text, const void *data, size_t size)
{
    char *grown;
    size_t room;

    if (text->failed) return;
    if (text->room - text->size < size)
    {
        room = text->room * 2 + size + 256;
        if (!(grown = realloc(text->data, room)))
        {
            text->failed = TRUE;
            return;
        }
        text->data = grown;
        text->room = room;
    }
    memcpy(text->data + text->size, data, size);
    text->size += size;
}

static void put_string(struct text *text, const char *string)
{
    put(text, string, strlen(string));
}

/* UTF-8, whatever width the store has. */
static void put_value(struct text *text, const SPropValue *prop)
{
    char utf8[1024];
    WCHAR wide[256];
    int length = 0;

    if (!prop) return;
    if (PROP_TYPE(prop->ulPropTag) == PT_STRING8)
    {
        MultiByteToWideChar(CP_ACP, 0, prop->Value.lpszA, -1, wide, ARRAYSIZE(wide));
        wide[ARRAYSIZE(wide) - 1] = 0;
        length = WideCharToMultiByte(CP_UTF8, 0, wide, -1, utf8, sizeof(utf8), NULL, NULL);
    }
    else if (PROP_TYPE(prop->ulPropTag) == PT_UNICODE)
        length = WideCharToMultiByte(CP_UTF8, 0, prop->Value.lpszW, -1, utf8, sizeof(utf8), NULL,
                                     NULL);
    if (length > 0) put(text, utf8, length - 1);
}

static const SPropValue *find(const SPropValue *props, ULONG count, ULONG tag)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tag)
            && PROP_TYPE(props[i].ulPropTag) != PT_ERROR)
            return &props[i];
    return NULL;
}

static void put_stream(struct text *text, IStream *stream, ULONG width)
{
    char buffer[4096], utf8[12300];
    WCHAR wide[4097];
    ULONG got;
    int length;

    while (SUCCEEDED(IStream_Read(stream, buffer, sizeof(buffer), &got)) && got)
    {
        if (width == PT_UNICODE)
        {
            memcpy(wide, buffer, got);
            length = WideCharToMultiByte(CP_UTF8, 0, wide, got / sizeof(WCHAR), utf8, sizeof(utf8),
                                         NULL, NULL);
            put(text, utf8, length);
        }
        else put(text, buffer, got);
    }
}

/* The text may be too long for GetProps. */
static void put_body(struct text *text, IMessage *message)
{
    static const ULONG tags[] = {PR_BODY_W, PR_BODY_A};
    IStream *stream;
    ULONG i;

    for (i = 0; i < ARRAYSIZE(tags); i++)
    {
        if (FAILED(IMessage_OpenProperty(message, tags[i], &IID_IStream, 0, 0,
                                         (IUnknown **)&stream)))
            continue;
        put_stream(text, stream, PROP_TYPE(tags[i]));
        IStream_Release(stream);
        return;
    }
}

static void put_attachment(struct text *text, IMessage *message, const SRow *row)
{
    const SPropValue *number = find(row->lpProps, row->cValues, PR_ATTACH_NUM);
    const SPropValue *name = find(row->lpProps, row->cValues, PR_ATTACH_LONG_FILENAME_W);
    IStream *stream;
    IAttach *attach;

    if (!number || FAILED(IMessage_OpenAttach(message, number->Value.l, NULL, 0, &attach))) return;
    if (!name) name = find(row->lpProps, row->cValues, PR_ATTACH_FILENAME_W);
    put_string(text, "\r\n--- ");
    put_value(text, name);
    put_string(text, "\r\n");
    if (SUCCEEDED(IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0,
                                       (IUnknown **)&stream)))
    {
        put_stream(text, stream, PT_BINARY);
        IStream_Release(stream);
    }
    IAttach_Release(attach);
}

static void put_attachments(struct text *text, IMessage *message)
{
    static SizedSPropTagArray(3, columns) = {3, {PR_ATTACH_NUM, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W}};
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(IMessage_GetAttachmentTable(message, 0, &table))) return;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++) put_attachment(text, message, &rows->aRow[i]);
        FreeProws(rows);
    }
    IMAPITable_Release(table);
}

static HRESULT read_recipients(IMessage *message, SRowSet **ret)
{
    static SizedSPropTagArray(9, columns) =
        {9, {PR_ROWID, PR_RECIPIENT_TYPE, PR_RESPONSIBILITY, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
             PR_DISPLAY_NAME_W, PR_ENTRYID, PR_SEARCH_KEY, PR_OBJECT_TYPE}};
    IMAPITable *table;
    HRESULT hr;

    if (FAILED(hr = IMessage_GetRecipientTable(message, MAPI_UNICODE, &table))) return hr;
    hr = HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, ret);
    IMAPITable_Release(table);
    return hr;
}

/* "bounce..." is an address that mail comes back from. */
static BOOL bounces(const SRow *row)
{
    const SPropValue *address = find(row->lpProps, row->cValues, PR_EMAIL_ADDRESS_W);

    return address && PROP_TYPE(address->ulPropTag) == PT_UNICODE
           && !wcsncmp(address->Value.lpszW, L"bounce", 6);
}

/* Header, text, attachments; *hash: of the addresses. FALSE: nobody of ours. */
static BOOL write_message(struct xp_logon *logon, IMessage *message, const SRowSet *rows,
                          struct text *text, ULONG *hash)
{
    static SizedSPropTagArray(2, tags) = {2, {PR_SUBJECT_W, PR_SENDER_NAME_W}};
    const SPropValue *address;
    SPropValue *props;
    ULONG i, count;
    BOOL any = FALSE;
    size_t begin;

    for (i = 0; i < rows->cRows; i++)
    {
        const SRow *row = &rows->aRow[i];

        if (!transport_takes(logon, row)) continue;
        any = TRUE;
        if (bounces(row)) continue;
        address = find(row->lpProps, row->cValues, PR_EMAIL_ADDRESS_W);
        put_string(text, "To: ");
        begin = text->size;
        put_value(text, address);
        for (; begin < text->size; begin++) *hash = *hash * 31 + (BYTE)text->data[begin];
        put_string(text, "\r\n");
    }
    if (!any) return FALSE;
    if (SUCCEEDED(IMessage_GetProps(message, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &props)))
    {
        put_string(text, "Subject: ");
        put_value(text, find(props, count, PR_SUBJECT_W));
        put_string(text, "\r\n");
        MAPIFreeBuffer(props);
    }
    put_string(text, "\r\n");
    put_body(text, message);
    put_attachments(text, message);
    return TRUE;
}

/* The name of the message's file, without its end. */
static HRESULT file_name(struct xp_logon *logon, IMessage *message, ULONG hash, char path[MAX_PATH])
{
    SPropValue *key;
    size_t length;
    HRESULT hr;
    ULONG i;

    if (FAILED(hr = HrGetOneProp((IMAPIProp *)message, PR_SEARCH_KEY, &key))
        && FAILED(hr = HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &key)))
        return hr;
    length = snprintf(path, MAX_PATH - 96, "%s\\", logon->directory);
    for (i = 0; i < key->Value.bin.cb && i < 32; i++)
        length += sprintf(path + length, "%02x", key->Value.bin.lpb[i]);
    sprintf(path + length, "-%08lx", (unsigned long)hash);
    MAPIFreeBuffer(key);
    return S_OK;
}

static HRESULT write_file(struct xp_logon *logon, const char *base, const struct text *text)
{
    char path[MAX_PATH], temporary[MAX_PATH];
    DWORD written = 0;
    HANDLE file;
    HRESULT hr;

    snprintf(path, sizeof(path), "%s.msg", base);
    snprintf(temporary, sizeof(temporary), "%s.%lu.tmp", base, GetCurrentProcessId());
    if (GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES)
    {
        sample_log(KIND_TRANSPORT, "Known");
        return S_OK;
    }
    file = CreateFileA(temporary, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return MAPI_E_NETWORK_ERROR;
    WriteFile(file, text->data, text->size, &written, NULL);
    FlushFileBuffers(file);
    CloseHandle(file);
    if (written != text->size) return MAPI_E_NOT_ENOUGH_DISK;
    if (FAILED(hr = behave(KIND_TRANSPORT, "Write", logon->support))) return hr;
    /* Fails when another process was faster: then it has been sent. */
    if (!MoveFileA(temporary, path))
    {
        DeleteFileA(temporary);
        if (GetFileAttributesA(path) == INVALID_FILE_ATTRIBUTES) return MAPI_E_NETWORK_ERROR;
        sample_log(KIND_TRANSPORT, "Known");
        return S_OK;
    }
    return behave(KIND_TRANSPORT, "Sent", logon->support);
}

/* A recipient as a list has it, with what became of it. */
static BOOL copy_recipient(const SRow *row, ULONG tag, const WCHAR *words, ADRENTRY *entry)
{
    ULONG i, count = 0;

    if (FAILED(MAPIAllocateBuffer((row->cValues + 2) * sizeof(SPropValue),
                                  (void **)&entry->rgPropVals)))
        return FALSE;
    for (i = 0; i < row->cValues; i++)
        if (PROP_TYPE(row->lpProps[i].ulPropTag) != PT_ERROR
            && PROP_ID(row->lpProps[i].ulPropTag) != PROP_ID(tag))
            entry->rgPropVals[count++] = row->lpProps[i];
    memset(&entry->rgPropVals[count], 0, 2 * sizeof(SPropValue));
    entry->rgPropVals[count].ulPropTag = tag;
    if (tag == PR_RESPONSIBILITY) entry->rgPropVals[count].Value.b = TRUE;
    else if (tag == PR_DELIVER_TIME) GetSystemTimeAsFileTime(&entry->rgPropVals[count].Value.ft);
    else entry->rgPropVals[count].Value.l = 0;
    count++;
    if (words)
    {
        entry->rgPropVals[count].ulPropTag = PR_REPORT_TEXT_W;
        entry->rgPropVals[count++].Value.lpszW = (WCHAR *)words;
    }
    entry->cValues = count;
    return TRUE;
}

static ADRLIST *list_of(struct xp_logon *logon, const SRowSet *rows, ULONG tag, BOOL bounced,
                        BOOL all, const WCHAR *words)
{
    ADRLIST *list;
    ULONG i;

    if (FAILED(MAPIAllocateBuffer(CbNewADRLIST(rows->cRows), (void **)&list))) return NULL;
    memset(list, 0, CbNewADRLIST(rows->cRows));
    for (i = 0; i < rows->cRows; i++)
        if (transport_takes(logon, &rows->aRow[i]) && (all || bounces(&rows->aRow[i]) == bounced)
            && copy_recipient(&rows->aRow[i], tag, words, &list->aEntries[list->cEntries]))
            list->cEntries++;
    return list;
}

static void report(struct xp_logon *logon, IMessage *message, ADRLIST *list)
{
    if (list && list->cEntries
        && SUCCEEDED(IMAPISupport_StatusRecips(logon->support, message, list)))
        return;
    FreePadrlist(list);
}

/* What came back, and what arrived if the sender asked. */
static void report_all(struct xp_logon *logon, IMessage *message, const SRowSet *rows)
{
    SPropValue *wanted;

    report(logon, message, list_of(logon, rows, PR_NDR_REASON_CODE, TRUE, FALSE, L"it bounced"));
    if (FAILED(HrGetOneProp((IMAPIProp *)message, PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED,
                            &wanted)))
        return;
    if (wanted->Value.b)
        report(logon, message, list_of(logon, rows, PR_DELIVER_TIME, FALSE, FALSE, NULL));
    MAPIFreeBuffer(wanted);
}

/* The recipients are ours from now on. */
static HRESULT mark(struct xp_logon *logon, IMessage *message, const SRowSet *rows)
{
    ADRLIST *list = list_of(logon, rows, PR_RESPONSIBILITY, FALSE, TRUE, NULL);
    HRESULT hr;

    if (!list) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = IMessage_ModifyRecipients(message, MODRECIP_MODIFY, list);
    FreePadrlist(list);
    return hr;
}

HRESULT outgoing_send(struct xp_logon *logon, IMessage *message)
{
    char path[MAX_PATH], value[16];
    struct text text = {0};
    ULONG hash = 0;
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = read_recipients(message, &rows))) return hr;
    if (!write_message(logon, message, rows, &text, &hash)) hr = MAPI_E_NOT_ME;
    else if (text.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (!hash) hr = S_OK;          /* all of them bounce */
    else if (SUCCEEDED(hr = file_name(logon, message, hash, path)))
        hr = write_file(logon, path, &text);
    if (SUCCEEDED(hr))
    {
        report_all(logon, message, rows);
        if (!behavior_get(KIND_TRANSPORT, "Unmarked", value, sizeof(value)))
            hr = mark(logon, message, rows);
        if (SUCCEEDED(hr)) hr = behave(KIND_TRANSPORT, "Marked", logon->support);
    }
    free(text.data);
    FreeProws(rows);
    return hr;
}
