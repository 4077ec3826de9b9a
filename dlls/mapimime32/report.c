/*
 * Reports: delivery status and disposition notifications, both ways
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
 * A delivery status notification (RFC 3464) is a REPORT.IPM.Note.NDR or .DR, with the recipients it
 * is about as its recipients; a disposition notification (RFC 8098) a REPORT.IPM.Note.IPNRN or
 * .IPNNRN. The text of a report is its body; what its fields say besides stays in an attachment.
 */

#include <stdio.h>

#include "private.h"

#define ENVELOPE_ID_MAX 1000

static void set_class(struct level *level, const WCHAR *name)
{
    level->is_report = TRUE;
    props_text(&level->props, PR_MESSAGE_CLASS_W, name, lstrlenW(name));
}

/* Behind "rfc822;": an address, a code, a text. */
static void typed_value(const struct mime_field *field, struct mime_text *text)
{
    const char *value = field->value, *semicolon = memchr(value, ';', field->value_size);
    size_t size = field->value_size;

    if (semicolon)
    {
        size -= semicolon + 1 - value;
        value = semicolon + 1;
    }
    while (size && mime_is_space(*value)) value++, size--;
    mime_decode_words(value, size, MIME_CP_UNKNOWN, text);
}

/* 5.1.1 as 511 */
static LONG status_code(const struct mime_field *field)
{
    LONG code = 0;
    size_t i;
    unsigned digits = 0;

    for (i = 0; field && i < field->value_size && digits < 3; i++)
        if (field->value[i] >= '0' && field->value[i] <= '9')
        {
            code = code * 10 + field->value[i] - '0';
            digits++;
        }
        else if (field->value[i] != '.') break;
    return digits == 3 ? code : 0;
}

enum action { NO_ACTION, FAILED_ACTION, DELAYED, DELIVERED, RELAYED, EXPANDED };

static enum action read_action(const struct mime_header *header)
{
    static const struct { const char *name; enum action action; } actions[] =
    {
        {"failed", FAILED_ACTION}, {"delayed", DELAYED}, {"delivered", DELIVERED},
        {"relayed", RELAYED}, {"expanded", EXPANDED}
    };
    const struct mime_field *field = mime_header_field(header, "action");
    char word[16];
    unsigned i;

    if (!field) return NO_ACTION;
    mime_value_token(field->value, field->value_size, word, sizeof(word));
    for (i = 0; i < ARRAY_SIZE(actions); i++)
        if (!strcmp(word, actions[i].name)) return actions[i].action;
    return NO_ACTION;
}

static HRESULT read_status_recipient(struct level *level, const struct mime_header *header)
{
    const struct mime_field *field = mime_header_field(header, "original-recipient");
    const struct mime_field *status = mime_header_field(header, "status"), *other;
    enum action action = read_action(header);
    struct mime_text address = {0}, text = {0};
    struct props props = {0};
    ULONGLONG time;
    HRESULT hr;

    if (!field) field = mime_header_field(header, "final-recipient");
    if (!field) return S_OK;
    typed_value(field, &address);
    if (!address.length) return S_OK;
    props_text(&props, PR_DISPLAY_NAME_W, address.data, address.length);
    props_text(&props, PR_ADDRTYPE_W, L"SMTP", 4);
    props_text(&props, PR_EMAIL_ADDRESS_W, address.data, address.length);
    props_text(&props, PR_SMTP_ADDRESS_W, address.data, address.length);
    props_long(&props, PR_RECIPIENT_TYPE, MAPI_TO);
    props_long(&props, PR_OBJECT_TYPE, MAPI_MAILUSER);
    props_long(&props, PR_DISPLAY_TYPE, DT_MAILUSER);
    props_one_off(&props, PR_ENTRYID, PR_SEARCH_KEY, address.data, address.data);
    if (status) props_long(&props, PR_NDR_STATUS_CODE_, status_code(status));
    if (action == FAILED_ACTION || action == DELAYED)
    {
        props_long(&props, PR_NDR_REASON_CODE, MAPI_REASON_TRANSFER_FAILED);
        props_long(&props, PR_NDR_DIAG_CODE, status_code(status) / 10 == 51
                   ? MAPI_DIAG_OR_NAME_UNRECOGNIZED : MAPI_DIAG_NO_DIAGNOSTIC);
    }
    if ((other = mime_header_field(header, "diagnostic-code")))
    {
        typed_value(other, &text);
        props_text(&props, PR_SUPPLEMENTARY_INFO_W, text.data, text.length);
        text.length = 0;
    }
    if ((other = mime_header_field(header, "remote-mta")))
    {
        typed_value(other, &text);
        props_text(&props, PR_REMOTE_MTA_W, text.data, text.length);
    }
    if (((other = mime_header_field(header, "last-attempt-date"))
         || (other = mime_header_field(&level->header, "date")))
        && mime_parse_date(other->value, other->value_size, &time))
    {
        props_time(&props, PR_REPORT_TIME, time);
        if (action == DELIVERED) props_time(&props, PR_DELIVER_TIME, time);
    }
    if (address.failed || text.failed) props.failed = TRUE;
    hr = add_recipient(level, &props);
    mime_text_free(&address);
    mime_text_free(&text);
    return hr;
}

/* ENVID of RFC 3461, by which the sender knows the message: PR_REPORT_TAG is for just that. */
static void read_envelope_id(struct level *level, const struct mime_header *header)
{
    const struct mime_field *field = mime_header_field(header, "original-envelope-id");
    size_t size = field ? field->value_size : 0;

    while (size && mime_is_space(field->value[size - 1])) size--;
    if (size && size <= ENVELOPE_ID_MAX)
        props_binary(&level->props, PR_REPORT_TAG, field->value, size);
}

/* Fields of the message, then groups of them for each recipient, with empty lines between. */
static HRESULT read_delivery_status(struct level *level, const char *data, size_t size)
{
    enum action action = NO_ACTION, one;
    size_t at = 0, next, begun = 0;
    ULONG i, groups = 0;
    HRESULT hr = S_OK;

    /* The recipients of a report are those it is about, not the one who reads it. */
    for (i = 0; i < level->recipient_count; i++) MAPIFreeBuffer(level->recipients[i].values);
    level->recipient_count = 0;
    while (at <= size && SUCCEEDED(hr) && groups < MIME_MAX_PARTS)
    {
        const char *end = at < size ? memchr(data + at, '\n', size - at) : NULL;
        BOOL blank = at == size;

        next = end ? (size_t)(end + 1 - data) : size;
        if (at < size) blank = data[at] == '\n' || (data[at] == '\r' && end == data + at + 1);
        if (blank || next == size)
        {
            struct mime_header header = {{0}};

            mime_put(&header.raw, data + begun, (blank ? at : next) - begun);
            if (!mime_header_parse(&header)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
            else
            {
                one = read_action(&header);
                if (one && (!action || one < action)) action = one;
                if (!groups) read_envelope_id(level, &header);
                hr = read_status_recipient(level, &header);
            }
            mime_header_free(&header);
            begun = next;
            groups++;
        }
        if (at == size || next == size) break;
        at = next;
    }
    switch (action)
    {
    case DELIVERED: set_class(level, L"REPORT.IPM.Note.DR"); break;
    case RELAYED: set_class(level, L"REPORT.IPM.Note.Relayed.DR"); break;
    case EXPANDED: set_class(level, L"REPORT.IPM.Note.Expanded.DR"); break;
    case DELAYED: set_class(level, L"REPORT.IPM.Note.Delayed"); break;
    default: set_class(level, L"REPORT.IPM.Note.NDR"); break;
    }
    return hr;
}

static HRESULT read_disposition(struct level *level, const struct mime_header *header)
{
    const struct mime_field *field = mime_header_field(header, "disposition");
    const char *value = field ? memchr(field->value, ';', field->value_size) : NULL;
    char word[32] = "";
    size_t size;

    if (value)
    {
        size = field->value + field->value_size - ++value;
        mime_value_token(value, size, word, sizeof(word));
    }
    set_class(level, !strncmp(word, "displayed", 9) || !strncmp(word, "processed", 9)
                     || !strncmp(word, "dispatched", 10) ? L"REPORT.IPM.Note.IPNRN"
                     : L"REPORT.IPM.Note.IPNNRN");
    read_message_id(level, mime_header_field(header, "original-message-id"),
                    PR_ORIGINAL_MESSAGE_ID_W);
    if ((field = mime_header_field(&level->header, "date")))
    {
        ULONGLONG time;
        if (mime_parse_date(field->value, field->value_size, &time))
            props_time(&level->props, PR_REPORT_TIME, time);
    }
    return S_OK;
}

static void read_original(struct level *level, const struct mime_header *header)
{
    const struct mime_field *field = mime_header_field(header, "subject");
    struct mime_text text = {0};
    ULONGLONG time;

    if (field)
    {
        mime_decode_words(field->value, field->value_size, MIME_CP_UNKNOWN, &text);
        props_text(&level->props, PR_ORIGINAL_SUBJECT_W, text.data, text.length);
        mime_text_free(&text);
    }
    read_message_id(level, mime_header_field(header, "message-id"), PR_ORIGINAL_MESSAGE_ID_W);
    if ((field = mime_header_field(header, "date"))
        && mime_parse_date(field->value, field->value_size, &time))
        props_time(&level->props, PR_ORIGINAL_SUBMIT_TIME, time);
}

HRESULT read_report(struct level *level, const char *type, const char *data, size_t size)
{
    struct mime_header header = {{0}};
    HRESULT hr = S_OK;

    if (!size) return S_OK;
    if (strstr(type, "delivery-status")) return read_delivery_status(level, data, size);
    mime_put(&header.raw, data, size);
    if (!mime_header_parse(&header)) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (!strcmp(type, "text/rfc822-headers")) read_original(level, &header);
    else hr = read_disposition(level, &header);
    mime_header_free(&header);
    return hr;
}

/* ----------------------------------------------------------------------------------- written */

static BOOL ends_with(const WCHAR *text, const WCHAR *end)
{
    int length = lstrlenW(text), size = lstrlenW(end);

    return length >= size && !lstrcmpiW(text + length - size, end);
}

BOOL is_report_class(const WCHAR *name)
{
    return !_wcsnicmp(name, L"REPORT.", 7)
           && (ends_with(name, L".NDR") || ends_with(name, L".DR") || ends_with(name, L".IPNRN")
               || ends_with(name, L".IPNNRN") || ends_with(name, L".Delayed"));
}

static void put_line(struct tomime *tomime, const char *name, const WCHAR *value)
{
    mime_put_words_field(&tomime->out, name, value);
}

static void write_status_recipient(struct tomime *tomime, const SRow *row, const char *action,
                                   LONG status)
{
    static const WCHAR type[] = L"rfc822; ";
    struct address address = {{0}};
    struct mime_text line = {0};
    SPropValue *value;
    WCHAR code[16];

    if (read_address(tomime, row->lpProps, row->cValues, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W,
                     PR_EMAIL_ADDRESS_W, PR_SMTP_ADDRESS_W, PR_ENTRYID, &address))
    {
        mime_put_string(&tomime->out, "\r\n");
        mime_text_put(&line, type, lstrlenW(type));
        mime_text_put(&line, address.address.data, address.address.length);
        if (!line.failed) put_line(tomime, "Final-Recipient", line.data);
        mime_put_string(&tomime->out, "Action: ");
        mime_put_string(&tomime->out, action);
        mime_put_string(&tomime->out, "\r\n");
        value = PpropFindProp(row->lpProps, row->cValues, PR_NDR_STATUS_CODE_);
        if (value && value->Value.l >= 200 && value->Value.l <= 599) status = value->Value.l;
        swprintf(code, ARRAY_SIZE(code), L"%d.%d.%d", (int)status / 100 % 10, (int)status / 10 % 10,
                 (int)status % 10);
        put_line(tomime, "Status", code);
        value = PpropFindProp(row->lpProps, row->cValues, PR_SUPPLEMENTARY_INFO_W);
        if (value)
        {
            line.length = 0;
            mime_text_put(&line, L"smtp; ", 6);
            mime_text_put(&line, value->Value.lpszW, lstrlenW(value->Value.lpszW));
            if (!line.failed) put_line(tomime, "Diagnostic-Code", line.data);
        }
    }
    mime_text_free(&line);
    free_address(&address);
}

static HRESULT write_delivery_status(struct tomime *tomime, IMessage *message, const WCHAR *name)
{
    static const SizedSPropTagArray(7, columns) =
    {
        7, {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SMTP_ADDRESS_W, PR_ENTRYID,
            PR_SUPPLEMENTARY_INFO_W, PR_NDR_STATUS_CODE_}
    };
    const char *action = ends_with(name, L".NDR")           ? "failed"
                         : ends_with(name, L".Delayed")     ? "delayed"
                         : ends_with(name, L".Relayed.DR")  ? "relayed"
                         : ends_with(name, L".Expanded.DR") ? "expanded"
                                                            : "delivered";
    LONG status = ends_with(name, L".NDR") ? 500 : ends_with(name, L".Delayed") ? 400 : 200;
    SRowSet *rows;
    HRESULT hr;
    ULONG i;

    mime_put_string(&tomime->out, "Content-Type: message/delivery-status\r\n\r\n"
                                  "Reporting-MTA: dns; mapi.invalid\r\n");
    if (FAILED(hr = get_recipients(message, (const SPropTagArray *)&columns, &rows))) return hr;
    for (i = 0; i < rows->cRows; i++)
        write_status_recipient(tomime, rows->aRow + i, action, status);
    FreeProws(rows);
    return S_OK;
}

static void write_disposition(struct tomime *tomime, IMessage *message, const WCHAR *name)
{
    static const WCHAR type[] = L"rfc822; ";
    static const ULONG tags[] = {PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W, PR_SENDER_EMAIL_ADDRESS_W,
                                 PR_SENDER_SMTP_ADDRESS_W, PR_SENDER_ENTRYID};
    struct address address = {{0}};
    struct mime_text line = {0};
    SPropValue *values;

    mime_put_string(&tomime->out, "Content-Type: message/disposition-notification\r\n\r\n");
    if (read_person(tomime, message, tags, &address))
    {
        mime_text_put(&line, type, lstrlenW(type));
        mime_text_put(&line, address.address.data, address.address.length);
        if (!line.failed) put_line(tomime, "Final-Recipient", line.data);
    }
    if (((values = get_prop(message, PR_ORIGINAL_MESSAGE_ID_W))
         || (values = get_prop(message, PR_IN_REPLY_TO_W))) && values->Value.lpszW[0])
        put_line(tomime, "Original-Message-ID", values->Value.lpszW);
    MAPIFreeBuffer(values);
    mime_put_string(&tomime->out, ends_with(name, L".IPNRN")
                    ? "Disposition: manual-action/MDN-sent-manually; displayed\r\n"
                    : "Disposition: manual-action/MDN-sent-manually; deleted\r\n");
    mime_text_free(&line);
    free_address(&address);
}

HRESULT write_report(struct tomime *tomime, IMessage *message, const WCHAR *name)
{
    BOOL receipt = ends_with(name, L".IPNRN") || ends_with(name, L".IPNNRN");
    struct mime_text text = {0};
    char boundary[80];
    HRESULT hr = S_OK;

    new_boundary(tomime, boundary);
    mime_put_string(&tomime->out, "Content-Type: multipart/report; report-type=");
    mime_put_string(&tomime->out, receipt ? "disposition-notification" : "delivery-status");
    mime_put_string(&tomime->out, ";\r\n\tboundary=\"");
    mime_put_string(&tomime->out, boundary);
    mime_put_string(&tomime->out, "\"\r\n\r\n--");
    mime_put_string(&tomime->out, boundary);
    mime_put_string(&tomime->out, "\r\n");
    if (!get_text(message, PR_BODY_W, &text) || !text.length)
        get_text(message, PR_REPORT_TEXT_W, &text);
    if (!text.data) mime_text_put(&text, L"", 0);
    write_plain(tomime, &text, FALSE);
    mime_text_free(&text);
    mime_put_string(&tomime->out, "\r\n--");
    mime_put_string(&tomime->out, boundary);
    mime_put_string(&tomime->out, "\r\n");
    if (receipt) write_disposition(tomime, message, name);
    else hr = write_delivery_status(tomime, message, name);
    mime_put_string(&tomime->out, "\r\n--");
    mime_put_string(&tomime->out, boundary);
    mime_put_string(&tomime->out, "--\r\n");
    flush_out(tomime, FALSE);
    return hr;
}
