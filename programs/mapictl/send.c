/*
 * mapictl: sending
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

/* A message goes the way of any client's: made in the outbox, submitted, and taken from there by
 * the spooler. The session stays until it has gone, or --wait is over; what has not gone then is
 * sent by the next program that logs on to the profile. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mapictl.h"

#define DEFAULT_WAIT 30 /* seconds */

static void set_text(SPropValue *prop, ULONG tag, const WCHAR *text)
{
    memset(prop, 0, sizeof(*prop));
    prop->ulPropTag = tag;
    prop->Value.lpszW = (WCHAR *)text;
}

/* "Name <address>" or an address; both are the caller's to free. */
static BOOL split_address(const WCHAR *text, WCHAR **name, WCHAR **address)
{
    const WCHAR *open = wcsrchr(text, '<'), *close = open ? wcschr(open, '>') : NULL;
    size_t length;

    if (open && close && !close[1])
    {
        *address = dup_text(open + 1);
        (*address)[close - open - 1] = 0;
        while (open > text && (open[-1] == ' ' || open[-1] == '"')) open--;
        while (text < open && (*text == ' ' || *text == '"')) text++;
        *name = dup_text(text < open ? text : *address);
        if (text < open) (*name)[open - text] = 0;
    }
    else
    {
        *address = dup_text(text);
        *name = dup_text(text);
    }
    length = wcscspn(*address, L"@");
    if (length && (*address)[length] && (*address)[length + 1]
        && !wcspbrk(*address, L" \t\r\n<>,;"))
        return TRUE;
    free(*name);
    free(*address);
    return FALSE;
}

static HRESULT add_recipient(IAddrBook *book, IMessage *message, LONG type, const WCHAR *name,
                             const WCHAR *address)
{
    SizedADRLIST(1, list);
    SPropValue props[5];
    ENTRYID *id = NULL;
    ULONG count = 4, size;
    HRESULT hr;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_RECIPIENT_TYPE;
    props[0].Value.l = type;
    set_text(&props[1], PR_DISPLAY_NAME_W, name);
    set_text(&props[2], PR_ADDRTYPE_W, L"SMTP");
    set_text(&props[3], PR_EMAIL_ADDRESS_W, address);
    hr = IAddrBook_CreateOneOff(book, (LPTSTR)name, (LPTSTR)L"SMTP", (LPTSTR)address, MAPI_UNICODE,
                                &size, &id);
    if (FAILED(hr)) return hr;
    props[4].ulPropTag = PR_ENTRYID;
    props[4].Value.bin.cb = size;
    props[4].Value.bin.lpb = (BYTE *)id;
    memset(&list, 0, sizeof(list));
    list.cEntries = 1;
    list.aEntries[0].cValues = count + 1;
    list.aEntries[0].rgPropVals = props;
    hr = IMessage_ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
    MAPIFreeBuffer(id);
    return hr;
}

static int add_recipients(IAddrBook *book, IMessage *message, struct arguments *args,
                          const WCHAR *option, LONG type, int *count)
{
    WCHAR *name, *address;
    const WCHAR *value;
    HRESULT hr;

    while ((value = take_value(args, option)))
    {
        if (!split_address(value, &name, &address)) return fail(L"'%s' is no mail address", value);
        hr = add_recipient(book, message, type, name, address);
        free(name);
        free(address);
        if (FAILED(hr)) return fail_hr(hr, L"the recipient '%s' cannot be added", value);
        ++*count;
    }
    return EXIT_OK;
}

static HRESULT fill_attachment(IAttach *attach, HANDLE file, const WCHAR *name)
{
    SPropValue props[4];
    BYTE data[32768];
    IStream *stream;
    HRESULT hr;
    DWORD got;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_ATTACH_METHOD;
    props[0].Value.l = ATTACH_BY_VALUE;
    set_text(&props[1], PR_ATTACH_LONG_FILENAME_W, name);
    set_text(&props[2], PR_DISPLAY_NAME_W, name);
    props[3].ulPropTag = PR_RENDERING_POSITION;
    props[3].Value.l = -1;
    if (FAILED(hr = IAttach_SetProps(attach, 4, props, NULL))) return hr;
    hr = IAttach_OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, STGM_READWRITE,
                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    if (FAILED(hr)) return hr;
    do
    {
        if (!ReadFile(file, data, sizeof(data), &got, NULL))
            hr = HRESULT_FROM_WIN32(GetLastError());
        else if (got) hr = IStream_Write(stream, data, got, NULL);
    } while (SUCCEEDED(hr) && got);
    if (SUCCEEDED(hr)) hr = IStream_Commit(stream, STGC_DEFAULT);
    IStream_Release(stream);
    return SUCCEEDED(hr) ? IAttach_SaveChanges(attach, 0) : hr;
}

static int add_attachment(IMessage *message, const WCHAR *path)
{
    const WCHAR *name = path, *p;
    IAttach *attach;
    ULONG number;
    HANDLE file;
    HRESULT hr;

    file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return fail(L"'%s' cannot be read", path);
    for (p = path; *p; p++)
        if (*p == '/' || *p == '\\' || (*p == ':' && p == path + 1)) name = p + 1;
    if (SUCCEEDED(hr = IMessage_CreateAttach(message, NULL, 0, &number, &attach)))
    {
        hr = fill_attachment(attach, file, name);
        IAttach_Release(attach);
    }
    CloseHandle(file);
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"'%s' cannot be attached", path);
}

/* Lines end with CR LF in PR_BODY. */
static WCHAR *with_crlf(const WCHAR *text)
{
    WCHAR *ret = malloc((2 * wcslen(text) + 1) * sizeof(*ret)), *to = ret;

    if (!ret) exit(fail(L"out of memory"));
    for (; *text; text++)
    {
        if (*text == '\n' && (to == ret || to[-1] != '\r')) *to++ = '\r';
        *to++ = *text;
    }
    *to = 0;
    return ret;
}

static int set_body(IMessage *message, struct arguments *args)
{
    const WCHAR *file = take_value(args, L"--body-file"), *text = take_value(args, L"--body");
    const WCHAR *html = take_value(args, L"--html");
    SPropValue page = {PR_INTERNET_CPID};
    WCHAR *read = NULL, *body;
    HRESULT hr = S_OK;
    BYTE *data;
    size_t size;

    if (file && text) return fail(L"--body and --body-file exclude each other"), EXIT_USAGE;
    if (file)
    {
        if (!(data = read_whole_file(file, &size))) return fail(L"'%s' cannot be read", file);
        text = read = dup_utf8((char *)data, size);
        free(data);
        if (*text == 0xfeff) text++;
    }
    if (text || !html)
    {
        body = with_crlf(text ? text : L"");
        hr = write_prop((IMAPIProp *)message, PR_BODY_W, body, wcslen(body) * sizeof(*body));
        free(body);
    }
    free(read);
    if (FAILED(hr)) return fail_hr(hr, L"the text cannot be stored");
    if (!html) return EXIT_OK;
    if (!(data = read_whole_file(html, &size))) return fail(L"'%s' cannot be read", html);
    hr = write_prop((IMAPIProp *)message, PR_HTML, data, size);
    free(data);
    page.Value.l = CP_UTF8;
    if (SUCCEEDED(hr)) hr = IMessage_SetProps(message, 1, &page, NULL);
    return SUCCEEDED(hr) ? EXIT_OK : fail_hr(hr, L"the HTML cannot be stored");
}

static HRESULT set_head(struct mailbox *box, IMessage *message, const WCHAR *subject)
{
    SPropValue props[4], *sent = NULL;
    ULONG count = 3;
    HRESULT hr;

    set_text(&props[0], PR_MESSAGE_CLASS_W, L"IPM.Note");
    set_text(&props[1], PR_SUBJECT_W, subject ? subject : L"");
    memset(&props[2], 0, sizeof(props[2]));
    props[2].ulPropTag = PR_DELETE_AFTER_SUBMIT;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)box->store, PR_IPM_SENTMAIL_ENTRYID, &sent)))
    {
        props[2] = *sent;
        props[2].ulPropTag = PR_SENTMAIL_ENTRYID;
    }
    else props[2].Value.b = TRUE;
    hr = IMessage_SetProps(message, count, props, NULL);
    MAPIFreeBuffer(sent);
    return hr;
}

/* Whether the message still waits in the outgoing queue. */
static BOOL is_queued(struct mailbox *box, const SBinary *key)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    BOOL found = FALSE;
    IMAPITable *table;
    SRowSet *rows;
    ULONG i;

    if (FAILED(IMsgStore_GetOutgoingQueue(box->store, 0, &table))) return FALSE;
    if (SUCCEEDED(HrQueryAllRows(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows)))
    {
        for (i = 0; i < rows->cRows; i++)
        {
            const SPropValue *prop = find_prop(&rows->aRow[i], PR_ENTRYID);

            found = found
                    || (prop && prop->Value.bin.cb == key->cb
                        && !memcmp(prop->Value.bin.lpb, key->lpb, key->cb));
        }
        FreeProws(rows);
    }
    IMAPITable_Release(table);
    return found;
}

static int wait_sent(struct mailbox *box, const SBinary *key, ULONG seconds)
{
    ULONGLONG end = GetTickCount64() + seconds * 1000ull;

    while (is_queued(box, key))
    {
        if (GetTickCount64() >= end)
        {
            say_why(box);
            return fail(
                L"not sent yet: it waits in the outbox, and goes when a program is logged on");
        }
        wait_a_moment();
    }
    return EXIT_OK;
}

static int fill_message(struct mailbox *box, IMessage *message, struct arguments *args)
{
    const WCHAR *subject = take_value(args, L"--subject"), *file;
    IAddrBook *book;
    int ret, count = 0;
    HRESULT hr;

    if (FAILED(hr = set_head(box, message, subject)))
        return fail_hr(hr, L"the subject cannot be stored");
    if (FAILED(hr = IMAPISession_OpenAddressBook(box->session, 0, NULL, AB_NO_DIALOG, &book)))
        return fail_hr(hr, L"the address book cannot be opened");
    ret = add_recipients(book, message, args, L"--to", MAPI_TO, &count);
    if (!ret) ret = add_recipients(book, message, args, L"--cc", MAPI_CC, &count);
    if (!ret) ret = add_recipients(book, message, args, L"--bcc", MAPI_BCC, &count);
    IAddrBook_Release(book);
    if (!ret && !count)
    {
        fail(L"nobody to send to: give --to, --cc or --bcc");
        ret = EXIT_USAGE;
    }
    if (!ret) ret = set_body(message, args);
    while (!ret && (file = take_value(args, L"--attach"))) ret = add_attachment(message, file);
    return ret;
}

int send_message(struct arguments *args)
{
    ULONG seconds = DEFAULT_WAIT;
    SPropValue *key = NULL;
    IMAPIFolder *outbox;
    struct mailbox box;
    IMessage *message;
    HRESULT hr;
    int ret;

    if ((ret = take_wait(args, &seconds))) return ret;
    if ((ret = mailbox_open(args, FALSE, &box))) return ret;
    if (!has_transport(&box))
    {
        ret = fail(
            L"the profile has nothing that sends mail; 'mapictl profile create --help' says how");
        mailbox_close(&box);
        return ret;
    }
    if (FAILED(hr = store_folder(&box, PR_IPM_OUTBOX_ENTRYID, &outbox)))
    {
        mailbox_close(&box);
        return fail_hr(hr, L"the store has no outbox");
    }
    if (SUCCEEDED(hr = IMAPIFolder_CreateMessage(outbox, NULL, 0, &message)))
    {
        if (!(ret = fill_message(&box, message, args)))
        {
            /* Only what is saved has an entry ID, by which the queue's row is found. */
            hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
            if (SUCCEEDED(hr)) HrGetOneProp((IMAPIProp *)message, PR_ENTRYID, &key);
            if (SUCCEEDED(hr)) hr = IMessage_SubmitMessage(message, 0);
            if (FAILED(hr)) ret = fail_hr(hr, L"the store does not take it to be sent");
        }
        IMessage_Release(message);
        if (!ret && seconds && key) ret = wait_sent(&box, &key->Value.bin, seconds);
        MAPIFreeBuffer(key);
    }
    else ret = fail_hr(hr, L"no message can be made in the outbox");
    IMAPIFolder_Release(outbox);
    mailbox_close(&box);
    return ret;
}
