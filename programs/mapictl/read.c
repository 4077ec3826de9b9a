/*
 * mapictl: reading a message
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

/* A message as text, as its header, as MIME or as JSON, and its attachments as files. Nothing that
 * a message says becomes a path: names of attachments are cut to what a file may be called, and no
 * file is overwritten. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"
#include <mapimime.h>

static WCHAR *text_prop(IMessage *message, ULONG tag)
{
    size_t size;
    BYTE *data = read_prop((IMAPIProp *)message, tag, &size);
    SPropValue *prop;
    WCHAR *ret;

    if (data) return (WCHAR *)data;
    if (FAILED(HrGetOneProp((IMAPIProp *)message, tag, &prop))) return dup_text(L"");
    ret = text_of_prop(prop);
    MAPIFreeBuffer(prop);
    return ret;
}

static WCHAR *sender_text(IMessage *message)
{
    WCHAR *name = text_prop(message, PR_SENT_REPRESENTING_NAME_W), *ret;
    WCHAR *address = text_prop(message, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W);
    size_t room = wcslen(name) + wcslen(address) + 4;

    if (!(ret = malloc(room * sizeof(*ret)))) exit(fail(L"out of memory"));
    if (!*name || !*address || !lstrcmpiW(name, address)) lstrcpyW(ret, *address ? address : name);
    else _snwprintf(ret, room, L"%s <%s>", name, address);
    free(name);
    free(address);
    return ret;
}

static WCHAR *attachment_name(const SRow *row)
{
    static const ULONG tags[] = {PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W,
                                 PR_DISPLAY_NAME_W};
    WCHAR *name;
    size_t i;

    for (i = 0; i < ARRAYSIZE(tags); i++)
    {
        name = row_text(row, tags[i]);
        if (*name) return name;
        free(name);
    }
    return dup_text(L"attachment");
}

static SRowSet *attachment_rows(IMessage *message)
{
    static const SizedSPropTagArray(6, columns) =
        {6, {PR_ATTACH_NUM, PR_ATTACH_METHOD, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W, PR_DISPLAY_NAME_W,
             PR_ATTACH_SIZE}};
    SRowSet *rows = NULL;
    IMAPITable *table;

    if (FAILED(IMessage_GetAttachmentTable(message, MAPI_UNICODE, &table))) return NULL;
    HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    IMAPITable_Release(table);
    return rows;
}

/* The names of the attachments, one a line. */
static WCHAR *attachments_text(const SRowSet *rows)
{
    WCHAR *ret = dup_text(L""), *name, *longer;
    size_t length = 0, more;
    ULONG i;

    for (i = 0; rows && i < rows->cRows; i++)
    {
        name = attachment_name(&rows->aRow[i]);
        more = wcslen(name);
        if (!(longer = realloc(ret, (length + more + 2) * sizeof(*ret))))
            exit(fail(L"out of memory"));
        ret = longer;
        if (i) ret[length++] = '\n';
        memcpy(ret + length, name, (more + 1) * sizeof(*ret));
        length += more;
        free(name);
    }
    return ret;
}

static HRESULT save_embedded(struct mailbox *box, IAttach *attach, const WCHAR *path)
{
    IConverterSession *converter;
    IMessage *message;
    IStream *stream;
    HRESULT hr;

    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                              (IUnknown **)&message);
    if (FAILED(hr)) return hr;
    if (converter_open(box, &converter)) hr = MAPI_E_NO_SUPPORT;
    else
    {
        if (SUCCEEDED(hr = message_to_mime(converter, message, &stream)))
        {
            hr = copy_to_file(stream, path);
            IStream_Release(stream);
        }
        converter_close(converter);
    }
    IMessage_Release(message);
    return hr;
}

static int save_attachment(struct mailbox *box, IMessage *message, const SRow *row,
                           const WCHAR *folder)
{
    const SPropValue *number = find_prop(row, PR_ATTACH_NUM),
                     *method = find_prop(row, PR_ATTACH_METHOD);
    WCHAR *name = attachment_name(row), *safe, *path;
    BOOL embedded = method && method->Value.l == ATTACH_EMBEDDED_MSG;
    IAttach *attach;
    IStream *stream;
    HRESULT hr;

    if (embedded)
    {
        name = realloc(name, (wcslen(name) + 5) * sizeof(*name));
        if (!name) exit(fail(L"out of memory"));
        lstrcatW(name, L".eml");
    }
    safe = safe_file_name(name);
    path = free_path(folder, safe);
    hr = number ? IMessage_OpenAttach(message, number->Value.l, NULL, 0, &attach)
                : MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
    {
        if (embedded) hr = save_embedded(box, attach, path);
        else
        {
            hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0,
                                      (IUnknown **)&stream);
            if (SUCCEEDED(hr))
            {
                hr = copy_to_file(stream, path);
                IStream_Release(stream);
            }
        }
        IAttach_Release(attach);
    }
    if (FAILED(hr)) fail_hr(hr, L"the attachment '%s' cannot be saved", name);
    else if (!json_output) print(L"Saved: %s\n", path);
    free(name);
    free(safe);
    free(path);
    return SUCCEEDED(hr) ? EXIT_OK : EXIT_FAILED;
}

static void print_line(const WCHAR *title, const WCHAR *text)
{
    if (!*text) return;
    print(L"%s", title);
    print_text(text);
    print(L"\n");
}

static void show_message(IMessage *message, const SRowSet *attachments)
{
    static const WCHAR *const columns[] =
        {L"from", L"to", L"cc", L"date", L"subject", L"message-id", L"attachments", L"body", NULL};
    WCHAR *texts[8];
    SPropValue *time = NULL;
    struct list *list;
    size_t i;

    HrGetOneProp((IMAPIProp *)message, PR_MESSAGE_DELIVERY_TIME, &time);
    if (!time) HrGetOneProp((IMAPIProp *)message, PR_CLIENT_SUBMIT_TIME, &time);
    texts[0] = sender_text(message);
    texts[1] = text_prop(message, PR_DISPLAY_TO_W);
    texts[2] = text_prop(message, PR_DISPLAY_CC_W);
    texts[3] = time ? time_text(&time->Value.ft) : dup_text(L"");
    texts[4] = text_prop(message, PR_SUBJECT_W);
    texts[5] = text_prop(message, PR_INTERNET_MESSAGE_ID_W);
    texts[6] = attachments_text(attachments);
    texts[7] = text_prop(message, PR_BODY_W);
    MAPIFreeBuffer(time);
    if (json_output)
    {
        list = list_begin(columns);
        list_add(list, (const WCHAR *const *)texts);
        list_end(list);
    }
    else
    {
        print_line(L"From: ", texts[0]);
        print_line(L"To: ", texts[1]);
        print_line(L"Cc: ", texts[2]);
        print_line(L"Date: ", texts[3]);
        print_line(L"Subject: ", texts[4]);
        print_line(L"Attachments: ", texts[6]);
        print_line(L"\n", texts[7]);
    }
    for (i = 0; i < ARRAYSIZE(texts); i++) free(texts[i]);
}

static int show_raw(struct mailbox *box, IMessage *message)
{
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
    IConverterSession *converter;
    BYTE data[32768];
    IStream *stream;
    DWORD written;
    HRESULT hr;
    ULONG got;
    int ret;

    if ((ret = converter_open(box, &converter))) return ret;
    if (SUCCEEDED(hr = message_to_mime(converter, message, &stream)))
    {
        while (SUCCEEDED(hr = IStream_Read(stream, data, sizeof(data), &got)) && got)
            if (!WriteFile(output, data, got, &written, NULL)) break;
        IStream_Release(stream);
    }
    converter_close(converter);
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"the message cannot be converted");
}

static int show_headers(IMessage *message)
{
    WCHAR *text = text_prop(message, PR_TRANSPORT_MESSAGE_HEADERS_W);
    static const WCHAR *const columns[] = {L"headers", NULL};
    struct list *list;
    int ret = EXIT_OK;

    if (*text && json_output)
    {
        list = list_begin(columns);
        list_add(list, (const WCHAR *const *)&text);
        list_end(list);
    }
    else if (*text) print_text(text);
    else ret = fail(L"the message has no header: it did not come from the Internet");
    free(text);
    return ret;
}

int read_message(struct arguments *args)
{
    const WCHAR *path = take_value(args, L"--folder"),
                *save = take_value(args, L"--save-attachments");
    BOOL headers = take_flag(args, L"--headers"), raw = take_flag(args, L"--raw");
    SRowSet *attachments = NULL;
    IMAPIFolder *folder;
    IMessage *message;
    struct mailbox box;
    SPropValue *id;
    ULONG i;
    int ret;

    if ((ret = mailbox_open(args, TRUE, &box))) return ret;
    if (!(ret = folder_open(&box, path, FALSE, &folder)))
    {
        if (!(ret = message_find(&box, folder, args->values[0], &id)))
        {
            if (!(ret = message_open(&box, &id->Value.bin, &message)))
            {
                attachments = attachment_rows(message);
                if (raw) ret = show_raw(&box, message);
                else if (headers) ret = show_headers(message);
                else show_message(message, attachments);
                if (save && !CreateDirectoryW(save, NULL) && GetLastError() != ERROR_ALREADY_EXISTS)
                    ret = fail(L"the folder '%s' cannot be made", save);
                else
                    for (i = 0; save && attachments && i < attachments->cRows; i++)
                        if (save_attachment(&box, message, &attachments->aRow[i], save))
                            ret = EXIT_FAILED;
                /* What a script has read is no news to the sender. */
                if (!ret) IMessage_SetReadFlag(message, SUPPRESS_RECEIPT);
                if (attachments) FreeProws(attachments);
                IMessage_Release(message);
            }
            MAPIFreeBuffer(id);
        }
        IMAPIFolder_Release(folder);
    }
    mailbox_close(&box);
    return ret;
}
