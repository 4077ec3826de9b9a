/*
 * The header of a message that is written
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
 * Bcc recipients stand nowhere unless CCSF_INCLUDE_BCC asks for them. Named properties of
 * PS_INTERNET_HEADERS are written as fields, but never in the place of one that is made here.
 */

#include <stdio.h>

#include "private.h"
#include "mapiguid.h"

static BOOL eight_bit(const struct tomime *tomime)
{
    return (tomime->flags & (CCSF_8BITHEADERS | CCSF_GLOBAL_MESSAGE)) != 0;
}

static void put_text_prop(struct tomime *tomime, IMessage *message, ULONG tag, const char *name)
{
    SPropValue *value = get_prop(message, tag);

    if (value && value->Value.lpszW[0])
        mime_put_text_field(&tomime->out, name, value->Value.lpszW, eight_bit(tomime));
    MAPIFreeBuffer(value);
}

static void put_words_prop(struct tomime *tomime, IMessage *message, ULONG tag, const char *name)
{
    SPropValue *value = get_prop(message, tag);

    if (value && value->Value.lpszW[0])
        mime_put_words_field(&tomime->out, name, value->Value.lpszW);
    MAPIFreeBuffer(value);
}

/* Minutes from UTC where we are, at that time. */
static int offset_at(ULONGLONG time)
{
    FILETIME utc, local;
    SYSTEMTIME utc_parts, local_parts;
    LONGLONG difference;

    utc.dwLowDateTime = (DWORD)time;
    utc.dwHighDateTime = (DWORD)(time >> 32);
    if (!FileTimeToSystemTime(&utc, &utc_parts)
        || !SystemTimeToTzSpecificLocalTime(NULL, &utc_parts, &local_parts)
        || !SystemTimeToFileTime(&local_parts, &local)
        || !SystemTimeToFileTime(&utc_parts, &utc)) return 0;
    difference = (LONGLONG)((ULONGLONG)local.dwHighDateTime << 32 | local.dwLowDateTime)
                 - (LONGLONG)((ULONGLONG)utc.dwHighDateTime << 32 | utc.dwLowDateTime);
    return (int)(difference / 600000000);
}

static BOOL put_date(struct tomime *tomime, IMessage *message, ULONG tag, const char *name,
                     BOOL now)
{
    SPropValue *value = get_prop(message, tag);
    char date[40];
    FILETIME time;
    ULONGLONG n;

    if (!value && !now) return FALSE;
    if (value) time = value->Value.ft;
    else GetSystemTimeAsFileTime(&time);
    MAPIFreeBuffer(value);
    n = (ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime;
    mime_format_date(n, offset_at(n), date);
    mime_put_string(&tomime->out, name);
    mime_put_string(&tomime->out, ": ");
    mime_put_string(&tomime->out, date);
    mime_put_string(&tomime->out, "\r\n");
    return TRUE;
}

BOOL read_person(struct tomime *tomime, IMessage *message, const ULONG *tags, struct address *ret)
{
    SPropValue values[5], *each[5];
    BOOL there;
    ULONG i;

    memset(values, 0, sizeof(values));
    for (i = 0; i < 5; i++)
        if ((each[i] = get_prop(message, tags[i]))) values[i] = *each[i];
    there = read_address(tomime, values, 5, tags[0], tags[1], tags[2], tags[3], tags[4], ret);
    for (i = 0; i < 5; i++) MAPIFreeBuffer(each[i]);
    return there;
}

static void put_person(struct tomime *tomime, const char *name, const struct address *address)
{
    mime_put_string(&tomime->out, name);
    mime_put_string(&tomime->out, ": ");
    mime_put_mailbox(&tomime->out, address->name.data, address->address.data, TRUE,
                     eight_bit(tomime));
    mime_put_string(&tomime->out, "\r\n");
}

/* From and Sender; domain gets what is behind the @, for the Message-ID. */
static void put_senders(struct tomime *tomime, IMessage *message, char *domain, size_t size)
{
    static const ULONG from_tags[] = {PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W,
                                      PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
                                      PR_SENT_REPRESENTING_SMTP_ADDRESS_W,
                                      PR_SENT_REPRESENTING_ENTRYID};
    static const ULONG sender_tags[] = {PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W,
                                        PR_SENDER_EMAIL_ADDRESS_W, PR_SENDER_SMTP_ADDRESS_W,
                                        PR_SENDER_ENTRYID};
    struct address from, sender;
    BOOL has_from = read_person(tomime, message, from_tags, &from);
    BOOL has_sender = read_person(tomime, message, sender_tags, &sender);
    const WCHAR *at;
    size_t i;

    strcpy(domain, "mapi.invalid");
    if (has_from || has_sender)
    {
        put_person(tomime, "From", has_from ? &from : &sender);
        if (has_from && has_sender && lstrcmpiW(from.address.data, sender.address.data))
            put_person(tomime, "Sender", &sender);
        at = wcsrchr(has_from ? from.address.data : sender.address.data, '@');
        for (i = 1; at && at[i] && i < size; i++)
        {
            WCHAR c = at[i] | 0x20;
            if (!(c >= 'a' && c <= 'z') && !(at[i] >= '0' && at[i] <= '9') && at[i] != '.'
                && at[i] != '-')
                break;
        }
        if (at && i > 1 && !at[i] && i < size)
            for (i = 0; (domain[i] = (char)at[i + 1]);) i++;
    }
    free_address(&from);
    free_address(&sender);
}

static void put_recipients(struct tomime *tomime, const SRowSet *rows, LONG type, const char *name)
{
    struct address address;
    BOOL first = TRUE;
    ULONG i;

    for (i = 0; i < rows->cRows; i++)
    {
        const SRow *row = rows->aRow + i;
        SPropValue *value = PpropFindProp(row->lpProps, row->cValues, PR_RECIPIENT_TYPE);

        /* MAPI_SUBMITTED and MAPI_P1 say what became of it. */
        if ((value ? value->Value.l & ~(MAPI_SUBMITTED | MAPI_P1) : MAPI_TO) != type) continue;
        if (value && value->Value.ul & MAPI_P1) continue;
        if (read_address(tomime, row->lpProps, row->cValues, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W,
                         PR_EMAIL_ADDRESS_W, PR_SMTP_ADDRESS_W, PR_ENTRYID, &address))
        {
            if (first)
            {
                mime_put_string(&tomime->out, name);
                mime_put_string(&tomime->out, ": ");
            }
            mime_put_mailbox(&tomime->out, address.name.data, address.address.data, first,
                             eight_bit(tomime));
            first = FALSE;
        }
        free_address(&address);
        flush_out(tomime, FALSE);
    }
    if (!first) mime_put_string(&tomime->out, "\r\n");
    else if (type == MAPI_TO) mime_put_string(&tomime->out, "To: undisclosed-recipients:;\r\n");
}

static HRESULT put_all_recipients(struct tomime *tomime, IMessage *message)
{
    static const SizedSPropTagArray(6, columns) =
    {
        6, {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SMTP_ADDRESS_W, PR_ENTRYID,
            PR_RECIPIENT_TYPE}
    };
    SRowSet *rows;
    HRESULT hr;

    if (FAILED(hr = get_recipients(message, (const SPropTagArray *)&columns, &rows))) return hr;
    put_recipients(tomime, rows, MAPI_TO, "To");
    put_recipients(tomime, rows, MAPI_CC, "Cc");
    if (tomime->flags & CCSF_INCLUDE_BCC) put_recipients(tomime, rows, MAPI_BCC, "Bcc");
    FreeProws(rows);
    return S_OK;
}

/* FLATENTRYLIST of one-off entry IDs, or of entries that the address book knows. */
static void put_reply_to(struct tomime *tomime, IMessage *message)
{
    SPropValue *value = get_prop(message, PR_REPLY_RECIPIENT_ENTRIES), entry;
    struct address address;
    ULONG count, at = 8, size, i;
    BOOL first = TRUE;
    const BYTE *list;

    if (!value || value->Value.bin.cb < 8) goto done;
    list = value->Value.bin.lpb;
    memcpy(&count, list, sizeof(count));
    for (i = 0; i < count && value->Value.bin.cb - at >= 4; i++)
    {
        memcpy(&size, list + at, sizeof(size));
        at += 4;
        if (size > value->Value.bin.cb - at) break;
        memset(&entry, 0, sizeof(entry));
        entry.ulPropTag = PR_ENTRYID;
        entry.Value.bin.cb = size;
        entry.Value.bin.lpb = (BYTE *)list + at;
        if (read_address(tomime, &entry, 1, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
                         PR_SMTP_ADDRESS_W, PR_ENTRYID, &address))
        {
            if (first) mime_put_string(&tomime->out, "Reply-To: ");
            mime_put_mailbox(&tomime->out, address.name.data, address.address.data, first,
                             eight_bit(tomime));
            first = FALSE;
        }
        free_address(&address);
        size = (size + 3) & ~3u;
        if (size > value->Value.bin.cb - at) break;
        at += size;
    }
    if (!first) mime_put_string(&tomime->out, "\r\n");

done:
    MAPIFreeBuffer(value);
}

static LONG long_prop(IMessage *message, ULONG tag, LONG otherwise)
{
    SPropValue *value = get_prop(message, tag);
    LONG ret = value ? value->Value.l : otherwise;

    MAPIFreeBuffer(value);
    return ret;
}

static BOOL bool_prop(IMessage *message, ULONG tag)
{
    SPropValue *value = get_prop(message, tag);
    BOOL ret = value && value->Value.b;

    MAPIFreeBuffer(value);
    return ret;
}

static void put_rank(struct tomime *tomime, IMessage *message)
{
    struct mime_bytes *out = &tomime->out;
    LONG importance = long_prop(message, PR_IMPORTANCE, IMPORTANCE_NORMAL);
    LONG priority = long_prop(message, PR_PRIORITY, PRIO_NORMAL);
    LONG sensitivity = long_prop(message, PR_SENSITIVITY, SENSITIVITY_NONE);

    if (importance == IMPORTANCE_HIGH)
        mime_put_string(out, "Importance: high\r\nX-Priority: 1\r\n");
    else if (importance == IMPORTANCE_LOW)
        mime_put_string(out, "Importance: low\r\nX-Priority: 5\r\n");
    if (priority == PRIO_URGENT) mime_put_string(out, "Priority: urgent\r\n");
    else if (priority == PRIO_NONURGENT) mime_put_string(out, "Priority: non-urgent\r\n");
    if (sensitivity == SENSITIVITY_PERSONAL) mime_put_string(out, "Sensitivity: Personal\r\n");
    else if (sensitivity == SENSITIVITY_PRIVATE) mime_put_string(out, "Sensitivity: Private\r\n");
    else if (sensitivity == SENSITIVITY_COMPANY_CONFIDENTIAL)
        mime_put_string(out, "Sensitivity: Company-Confidential\r\n");
}

static void put_receipt_request(struct tomime *tomime, IMessage *message)
{
    SPropValue *value = NULL;
    struct address address;
    SPropValue entry;

    if (!bool_prop(message, PR_READ_RECEIPT_REQUESTED)) return;
    memset(&entry, 0, sizeof(entry));
    if ((value = get_prop(message, PR_READ_RECEIPT_ENTRYID))
        || (value = get_prop(message, PR_SENT_REPRESENTING_ENTRYID))
        || (value = get_prop(message, PR_SENDER_ENTRYID)))
    {
        entry = *value;
        entry.ulPropTag = PR_ENTRYID;
        if (read_address(tomime, &entry, 1, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
                         PR_SMTP_ADDRESS_W, PR_ENTRYID, &address))
            put_person(tomime, "Disposition-Notification-To", &address);
        free_address(&address);
    }
    MAPIFreeBuffer(value);
}

static void put_thread(struct tomime *tomime, IMessage *message)
{
    SPropValue *value = get_prop(message, PR_CONVERSATION_INDEX);
    unsigned column = 0;

    put_text_prop(tomime, message, PR_CONVERSATION_TOPIC_W, "Thread-Topic");
    if (value && value->Value.bin.cb >= 22 && value->Value.bin.cb < 4096)
    {
        struct mime_bytes base64 = {0};
        size_t i;

        mime_put_base64(&base64, value->Value.bin.lpb, value->Value.bin.cb, &column);
        mime_put_string(&tomime->out, "Thread-Index: ");
        for (i = 0; i < base64.size; i++)
        {
            if (base64.data[i] == '\r') continue;
            if (base64.data[i] != '\n') mime_put_byte(&tomime->out, base64.data[i]);
            else if (i + 1 < base64.size) mime_put_string(&tomime->out, "\r\n\t");
        }
        mime_put_string(&tomime->out, "\r\n");
        if (base64.failed) tomime->out.failed = TRUE;
        mime_bytes_free(&base64);
    }
    MAPIFreeBuffer(value);
}

static void put_message_id(struct tomime *tomime, IMessage *message, const char *domain)
{
    SPropValue *value;

    if (tomime->flags & CCSF_NO_MSGID) return;
    if ((value = get_prop(message, PR_INTERNET_MESSAGE_ID_W)) && value->Value.lpszW[0])
        mime_put_words_field(&tomime->out, "Message-ID", value->Value.lpszW);
    else
    {
        char number[24];

        sprintf(number, ".%u@", ++tomime->boundaries);
        mime_put_string(&tomime->out, "Message-ID: <");
        mime_put_string(&tomime->out, tomime->unique);
        mime_put_string(&tomime->out, number);
        mime_put_string(&tomime->out, domain);
        mime_put_string(&tomime->out, ">\r\n");
    }
    MAPIFreeBuffer(value);
}

/* Fields that only the converter, or the way of the message, may have. */
static BOOL may_write(const char *name)
{
    static const char *const ours[] =
    {
        "date", "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "message-id",
        "in-reply-to", "references", "importance", "priority", "x-priority", "sensitivity",
        "thread-topic", "thread-index", "mime-version", "received", "return-path", "list-help",
        "list-subscribe", "list-unsubscribe", "disposition-notification-to", "x-unsent",
        "expires", "deferred-delivery", "dkim-signature", "resent-bcc"
    };
    size_t i;

    if (!*name || !strncmp(name, "content-", 8)) return FALSE;
    for (i = 0; i < ARRAY_SIZE(ours); i++) if (!strcmp(name, ours[i])) return FALSE;
    return TRUE;
}

static void put_named_field(struct tomime *tomime, const WCHAR *name, const WCHAR *text)
{
    char lower[128], shown[128];
    BOOL begin = TRUE;
    size_t i;

    for (i = 0; name[i] && i < sizeof(lower) - 1; i++)
    {
        if (name[i] <= ' ' || name[i] >= 0x7f || name[i] == ':') return;
        lower[i] = mime_lower((char)name[i]);
        shown[i] = begin && lower[i] >= 'a' && lower[i] <= 'z' ? lower[i] - 'a' + 'A' : lower[i];
        begin = name[i] == '-';
    }
    if (name[i]) return;
    lower[i] = shown[i] = 0;
    if (may_write(lower)) mime_put_text_field(&tomime->out, shown, text, eight_bit(tomime));
}

static void put_named_fields(struct tomime *tomime, IMessage *message)
{
    SPropTagArray *tags = NULL, *list = NULL;
    MAPINAMEID **names = NULL;
    ULONG count = 0, i, named = 0;

    if (FAILED(IMessage_GetPropList(message, MAPI_UNICODE, &tags))
        && FAILED(IMessage_GetPropList(message, 0, &tags))) return;
    if (!tags) return;
    for (i = 0; i < tags->cValues; i++)
        if (PROP_ID(tags->aulPropTag[i]) >= 0x8000
            && (PROP_TYPE(tags->aulPropTag[i]) == PT_UNICODE
                || PROP_TYPE(tags->aulPropTag[i]) == PT_STRING8))
            tags->aulPropTag[named++] = tags->aulPropTag[i];
    tags->cValues = named;
    list = tags;
    if (named && SUCCEEDED(IMessage_GetNamesFromIDs(message, &list, NULL, 0, &count, &names)))
        for (i = 0; i < count && i < named; i++)
        {
            SPropValue *value;

            if (!names[i] || names[i]->ulKind != MNID_STRING || !names[i]->lpguid
                || !IsEqualGUID(names[i]->lpguid, &PS_INTERNET_HEADERS)) continue;
            value = get_prop(message, CHANGE_PROP_TYPE(tags->aulPropTag[i], PT_UNICODE));
            if (value) put_named_field(tomime, names[i]->Kind.lpwstrName, value->Value.lpszW);
            MAPIFreeBuffer(value);
            flush_out(tomime, FALSE);
        }
    MAPIFreeBuffer(names);
    MAPIFreeBuffer(tags);
}

static void put_keywords(struct tomime *tomime, IMessage *message)
{
    static WCHAR name_text[] = L"Keywords";
    MAPINAMEID name = {(GUID *)&PS_PUBLIC_STRINGS, MNID_STRING}, *names = &name;
    struct mime_text text = {0};
    SPropTagArray *tags = NULL;
    SPropValue *value = NULL;
    ULONG i;

    name.Kind.lpwstrName = name_text;
    if (IMessage_GetIDsFromNames(message, 1, &names, 0, &tags) == S_OK)
        value = get_prop(message, CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_MV_UNICODE));
    for (i = 0; value && i < value->Value.MVszW.cValues; i++)
    {
        if (i) mime_text_put(&text, L", ", 2);
        mime_text_put(&text, value->Value.MVszW.lppszW[i], lstrlenW(value->Value.MVszW.lppszW[i]));
    }
    if (text.length) mime_put_text_field(&tomime->out, "Keywords", text.data, eight_bit(tomime));
    mime_text_free(&text);
    MAPIFreeBuffer(value);
    MAPIFreeBuffer(tags);
}

HRESULT write_header(struct tomime *tomime, IMessage *message, BOOL outermost)
{
    BOOL mime = !outermost || tomime->options->format == SAVE_RFC1521;
    char domain[256];
    HRESULT hr;

    if (outermost && tomime->flags & CCSF_NOHEADERS)
    {
        if (mime) mime_put_string(&tomime->out, "MIME-Version: 1.0\r\n");
        return S_OK;
    }
    put_date(tomime, message, PR_CLIENT_SUBMIT_TIME, "Date", TRUE);
    put_senders(tomime, message, domain, sizeof(domain));
    put_reply_to(tomime, message);
    if (FAILED(hr = put_all_recipients(tomime, message))) return hr;
    put_text_prop(tomime, message, PR_SUBJECT_W, "Subject");
    put_message_id(tomime, message, domain);
    put_words_prop(tomime, message, PR_IN_REPLY_TO_W, "In-Reply-To");
    put_words_prop(tomime, message, PR_INTERNET_REFERENCES_W, "References");
    put_thread(tomime, message);
    put_rank(tomime, message);
    put_receipt_request(tomime, message);
    put_words_prop(tomime, message, PR_LIST_HELP_W, "List-Help");
    put_words_prop(tomime, message, PR_LIST_SUBSCRIBE_W, "List-Subscribe");
    put_words_prop(tomime, message, PR_LIST_UNSUBSCRIBE_W, "List-Unsubscribe");
    put_date(tomime, message, PR_EXPIRY_TIME, "Expires", FALSE);
    put_date(tomime, message, PR_DEFERRED_DELIVERY_TIME, "Deferred-Delivery", FALSE);
    put_keywords(tomime, message);
    put_named_fields(tomime, message);
    if (tomime->flags & CCSF_EMBEDDED_MESSAGE
        && long_prop(message, PR_MESSAGE_FLAGS, 0) & MSGFLAG_UNSENT)
        mime_put_string(&tomime->out, "X-Unsent: 1\r\n");
    if (mime) mime_put_string(&tomime->out, "MIME-Version: 1.0\r\n");
    flush_out(tomime, FALSE);
    return S_OK;
}
