/*
 * From the fields of a header to properties and recipients
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
 * Fields with a property of their own become that, all others named properties of
 * PS_INTERNET_HEADERS, but for those that only tell which way the message came. The whole header
 * stays in PR_TRANSPORT_MESSAGE_HEADERS.
 */

#include "private.h"
#include "mapiguid.h"

/* Fields that are read here or elsewhere, or only tell of the way. Content- and ARC- as well. */
static const char *const known[] =
{
    "date", "from", "sender", "reply-to", "to", "cc", "bcc", "subject", "message-id", "in-reply-to",
    "references", "importance", "priority", "x-priority", "x-msmail-priority", "sensitivity",
    "thread-topic", "thread-index", "mime-version", "received", "return-path", "list-help",
    "list-subscribe", "list-unsubscribe", "disposition-notification-to", "return-receipt-to",
    "keywords", "expires", "expiry-date", "deferred-delivery", "x-unsent", "dkim-signature",
    "domainkey-signature", "received-spf", "authentication-results"
};

HRESULT add_recipient(struct level *level, struct props *props)
{
    struct recipients *recipients;
    ULONG room;

    if (props->failed) goto failed;
    if (level->recipient_count == level->recipient_room)
    {
        room = level->recipient_room ? level->recipient_room * 2 : 16;
        if (!(recipients = realloc(level->recipients, room * sizeof(*recipients)))) goto failed;
        level->recipients = recipients;
        level->recipient_room = room;
    }
    recipients = level->recipients + level->recipient_count;
    if (!(recipients->values = props_take(props, &recipients->count))) goto failed;
    level->recipient_count++;
    return S_OK;

failed:
    props_free(props);
    return MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT set_recipients(struct level *level)
{
    ULONG done = 0, count, i;
    ADRLIST *list;
    HRESULT hr = S_OK;

    while (done < level->recipient_count && SUCCEEDED(hr))
    {
        count = level->recipient_count - done < 500 ? level->recipient_count - done : 500;
        if (MAPIAllocateBuffer(CbNewADRLIST(count), (void **)&list))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memset(list, 0, CbNewADRLIST(count));
        list->cEntries = count;
        for (i = 0; i < count; i++)
        {
            list->aEntries[i].cValues = level->recipients[done + i].count;
            list->aEntries[i].rgPropVals = level->recipients[done + i].values;
        }
        hr = IMessage_ModifyRecipients(level->message, MODRECIP_ADD, list);
        if (hr == MAPI_E_BAD_CHARWIDTH)
        {
            for (i = 0, hr = S_OK; i < count && SUCCEEDED(hr); i++)
                hr = make_ansi(list->aEntries[i].rgPropVals, list->aEntries[i].cValues,
                               list->aEntries[i].rgPropVals);
            if (SUCCEEDED(hr)) hr = IMessage_ModifyRecipients(level->message, MODRECIP_ADD, list);
        }
        MAPIFreeBuffer(list);
        done += count;
    }
    return FAILED(hr) ? hr : S_OK;
}

/* ------------------------------------------------------------------------------------ addresses */

struct found
{
    struct level *level;
    LONG type;                  /* of recipients */
    HRESULT hr;
    BOOL single;                /* only the first is wanted */
    struct mime_text name, address;
    struct mime_text names;     /* of a list */
    struct mime_bytes entries;  /* FLATENTRYs */
    ULONG count;
};

/* Name and address as closed strings; either stands for the other that is missing. */
static BOOL keep_mailbox(struct found *found, const struct mime_mailbox *mailbox)
{
    BOOL no_name = !mailbox->name_length, no_address = !mailbox->address_length;

    found->name.length = found->address.length = 0;
    mime_text_put(&found->name, no_name ? mailbox->address : mailbox->name,
                  no_name ? mailbox->address_length : mailbox->name_length);
    mime_text_put(&found->address, no_address ? mailbox->name : mailbox->address,
                  no_address ? mailbox->name_length : mailbox->address_length);
    if (found->name.failed || found->address.failed) found->hr = MAPI_E_NOT_ENOUGH_MEMORY;
    found->count++;
    return SUCCEEDED(found->hr);
}

static BOOL found_recipient(void *context, const struct mime_mailbox *mailbox)
{
    struct found *found = context;
    struct props props = {0};

    if (!keep_mailbox(found, mailbox)) return FALSE;
    props_text(&props, PR_DISPLAY_NAME_W, found->name.data, found->name.length);
    props_text(&props, PR_ADDRTYPE_W, L"SMTP", 4);
    props_text(&props, PR_EMAIL_ADDRESS_W, found->address.data, found->address.length);
    props_text(&props, PR_SMTP_ADDRESS_W, found->address.data, found->address.length);
    props_long(&props, PR_RECIPIENT_TYPE, found->type);
    props_long(&props, PR_OBJECT_TYPE, MAPI_MAILUSER);
    props_long(&props, PR_DISPLAY_TYPE, DT_MAILUSER);
    props_bool(&props, PR_SEND_RICH_INFO, FALSE);
    props_one_off(&props, PR_ENTRYID, PR_SEARCH_KEY, found->name.data, found->address.data);
    found->hr = add_recipient(found->level, &props);
    return SUCCEEDED(found->hr);
}

static BOOL found_first(void *context, const struct mime_mailbox *mailbox)
{
    keep_mailbox(context, mailbox);
    return FALSE;
}

/* One more FLATENTRY, filled up to a multiple of 4. */
static BOOL found_entry(void *context, const struct mime_mailbox *mailbox)
{
    static const BYTE zeros[4];
    struct found *found = context;
    struct mime_bytes id = {0};
    ULONG size;

    if (!keep_mailbox(found, mailbox)) return FALSE;
    put_one_off(&id, found->name.data, found->address.data);
    size = (ULONG)id.size;
    mime_put(&found->entries, &size, sizeof(size));
    mime_put(&found->entries, id.data, id.size);
    mime_put(&found->entries, zeros, -size & 3);
    if (found->names.length) mime_text_put(&found->names, L"; ", 2);
    mime_text_put(&found->names, found->name.data, found->name.length);
    if (id.failed || found->entries.failed || found->names.failed)
        found->hr = MAPI_E_NOT_ENOUGH_MEMORY;
    mime_bytes_free(&id);
    return SUCCEEDED(found->hr) && found->count < 1000;
}

static void free_found(struct found *found)
{
    mime_text_free(&found->name);
    mime_text_free(&found->address);
    mime_text_free(&found->names);
    mime_bytes_free(&found->entries);
}

static HRESULT read_recipients(struct level *level, const char *name, LONG type)
{
    struct found found = {level, type};
    size_t i;

    for (i = 0; i < level->header.count && SUCCEEDED(found.hr); i++)
    {
        const struct mime_field *field = level->header.fields + i;

        if (mime_equal(field->name, field->name_size, name))
            mime_parse_addresses(field->value, field->value_size, level->codepage, found_recipient,
                                 &found);
    }
    free_found(&found);
    return found.hr;
}

static BOOL read_single(struct level *level, const char *name, struct found *found)
{
    const struct mime_field *field = mime_header_field(&level->header, name);

    memset(found, 0, sizeof(*found));
    found->level = level;
    if (field)
        mime_parse_addresses(field->value, field->value_size, level->codepage, found_first, found);
    return found->count != 0 && SUCCEEDED(found->hr);
}

static void put_person(struct level *level, const struct found *found, ULONG name, ULONG type,
                       ULONG address, ULONG smtp, ULONG entryid, ULONG key)
{
    props_text(&level->props, name, found->name.data, found->name.length);
    props_text(&level->props, type, L"SMTP", 4);
    props_text(&level->props, address, found->address.data, found->address.length);
    props_text(&level->props, smtp, found->address.data, found->address.length);
    props_one_off(&level->props, entryid, key, found->name.data, found->address.data);
}

static void read_people(struct level *level)
{
    struct props *props = &level->props;
    struct found from, sender, other;
    const struct mime_field *field;
    BOOL has_from = read_single(level, "from", &from);
    BOOL has_sender = read_single(level, "sender", &sender);

    if (has_from || has_sender)
    {
        put_person(level, has_from ? &from : &sender, PR_SENT_REPRESENTING_NAME_W,
                   PR_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
                   PR_SENT_REPRESENTING_SMTP_ADDRESS_W, PR_SENT_REPRESENTING_ENTRYID,
                   PR_SENT_REPRESENTING_SEARCH_KEY);
        put_person(level, has_sender ? &sender : &from, PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W,
                   PR_SENDER_EMAIL_ADDRESS_W, PR_SENDER_SMTP_ADDRESS_W, PR_SENDER_ENTRYID,
                   PR_SENDER_SEARCH_KEY);
    }
    free_found(&from);
    free_found(&sender);
    if (read_single(level, "disposition-notification-to", &other)
        || (free_found(&other), read_single(level, "return-receipt-to", &other)))
    {
        props_bool(props, PR_READ_RECEIPT_REQUESTED, TRUE);
        props_one_off(props, PR_READ_RECEIPT_ENTRYID, PR_READ_RECEIPT_SEARCH_KEY, other.name.data,
                      other.address.data);
    }
    free_found(&other);
    if ((field = mime_header_field(&level->header, "reply-to")))
    {
        struct mime_bytes list = {0};
        ULONG head[2];

        memset(&other, 0, sizeof(other));
        mime_parse_addresses(field->value, field->value_size, level->codepage, found_entry, &other);
        if (other.count && SUCCEEDED(other.hr))
        {
            head[0] = other.count;
            head[1] = (ULONG)other.entries.size;
            mime_put(&list, head, sizeof(head));
            mime_put(&list, other.entries.data, other.entries.size);
            props_binary(props, PR_REPLY_RECIPIENT_ENTRIES, list.data, list.size);
            props_text(props, PR_REPLY_RECIPIENT_NAMES_W, other.names.data, other.names.length);
            if (list.failed) props->failed = TRUE;
            mime_bytes_free(&list);
        }
        free_found(&other);
    }
}

/* --------------------------------------------------------------------------------- other fields */

static BOOL read_text(struct level *level, const char *name, ULONG tag)
{
    const struct mime_field *field = mime_header_field(&level->header, name);
    struct mime_text text = {0};

    if (!field) return FALSE;
    mime_decode_words(field->value, field->value_size, level->codepage, &text);
    if (text.failed) level->props.failed = TRUE;
    else props_text(&level->props, tag, text.data, text.length);
    mime_text_free(&text);
    return TRUE;
}

static BOOL read_date(struct level *level, const char *name, ULONG tag)
{
    const struct mime_field *field = mime_header_field(&level->header, name);
    ULONGLONG time;

    if (!field || !mime_parse_date(field->value, field->value_size, &time)) return FALSE;
    props_time(&level->props, tag, time);
    return TRUE;
}

/* The date of the last hop stands behind the last semicolon. */
static void read_delivery_time(struct level *level)
{
    const struct mime_field *field = mime_header_field(&level->header, "received");
    ULONGLONG time;
    size_t i;

    if (field)
    {
        for (i = field->value_size; i && field->value[i - 1] != ';';) i--;
        if (i && mime_parse_date(field->value + i, field->value_size - i, &time))
        {
            props_time(&level->props, PR_MESSAGE_DELIVERY_TIME, time);
            return;
        }
    }
    read_date(level, "date", PR_MESSAGE_DELIVERY_TIME);
}

static BOOL begins(const struct mime_field *field, const char *word)
{
    size_t size = strlen(word);

    return field && field->value_size >= size && mime_equal(field->value, size, word);
}

static void read_importance(struct level *level)
{
    const struct mime_header *header = &level->header;
    const struct mime_field *field;
    LONG importance = IMPORTANCE_NORMAL, priority = PRIO_NORMAL;
    BOOL there = TRUE;

    if ((field = mime_header_field(header, "importance"))
        || (field = mime_header_field(header, "x-msmail-priority")))
    {
        if (begins(field, "high")) importance = IMPORTANCE_HIGH;
        else if (begins(field, "low")) importance = IMPORTANCE_LOW;
    }
    else if ((field = mime_header_field(header, "x-priority")))
    {
        if (begins(field, "1") || begins(field, "2")) importance = IMPORTANCE_HIGH;
        else if (begins(field, "4") || begins(field, "5")) importance = IMPORTANCE_LOW;
    }
    else there = FALSE;
    field = mime_header_field(header, "priority");
    if (begins(field, "urgent")) priority = PRIO_URGENT;
    else if (begins(field, "non-urgent")) priority = PRIO_NONURGENT;
    else priority = importance == IMPORTANCE_HIGH ? PRIO_URGENT
                    : importance == IMPORTANCE_LOW ? PRIO_NONURGENT : PRIO_NORMAL;
    if (!there && field)
        importance = priority == PRIO_URGENT ? IMPORTANCE_HIGH
                     : priority == PRIO_NONURGENT ? IMPORTANCE_LOW : IMPORTANCE_NORMAL;
    props_long(&level->props, PR_IMPORTANCE, importance);
    props_long(&level->props, PR_PRIORITY, priority);
}

static void read_thread(struct level *level)
{
    const struct mime_field *field = mime_header_field(&level->header, "thread-index");
    struct mime_decoder decoder = {MIME_BASE64};
    struct mime_bytes index = {0};
    struct mime_text text = {0};
    size_t at = 0, i;

    if (field && field->value_size < 8192)
    {
        mime_decoder_put(&decoder, field->value, field->value_size, &index);
        mime_decoder_end(&decoder, &index);
        /* A header of 22 bytes, and 5 for each answer. */
        if (index.size >= 22 && index.size % 5 == 2)
            props_binary(&level->props, PR_CONVERSATION_INDEX, index.data, index.size);
        if (index.failed) level->props.failed = TRUE;
        mime_bytes_free(&index);
    }
    if (read_text(level, "thread-topic", PR_CONVERSATION_TOPIC_W)) return;
    if (!(field = mime_header_field(&level->header, "subject"))) return;
    mime_decode_words(field->value, field->value_size, level->codepage, &text);
    /* The subject without "Re: ", "AW: " and the like: up to three letters and a colon. */
    while (text.length)
    {
        for (i = at; i < text.length && i - at < 4 && text.data[i] != ':' && text.data[i] > ' '
             && !(text.data[i] >= '0' && text.data[i] <= '9');) i++;
        if (i == at || i - at > 3 || i + 1 >= text.length || text.data[i] != ':'
            || text.data[i + 1] != ' ') break;
        at = i + 2;
    }
    if (text.failed) level->props.failed = TRUE;
    else props_text(&level->props, PR_CONVERSATION_TOPIC_W, text.data ? text.data + at : L"",
                    text.length - at);
    mime_text_free(&text);
}

/* The identifier alone, with its angles. */
void read_message_id(struct level *level, const struct mime_field *field, ULONG tag)
{
    const char *open, *close;
    struct mime_text text = {0};

    if (!field) return;
    open = memchr(field->value, '<', field->value_size);
    close = open ? memchr(open, '>', field->value + field->value_size - open) : NULL;
    if (close) mime_decode(MIME_CP_UTF8, open, close + 1 - open, &text);
    else mime_decode(MIME_CP_UTF8, field->value, field->value_size, &text);
    if (text.failed) level->props.failed = TRUE;
    else props_text(&level->props, tag, text.data, text.length);
    mime_text_free(&text);
}

HRESULT read_header(struct tomapi *tomapi, struct level *level, const struct mime_header *header,
                    UINT codepage)
{
    struct props *props = &level->props;
    const struct mime_field *field;
    struct mime_text text = {0};
    BOOL unsent = FALSE;
    HRESULT hr;

    mime_put(&level->header.raw, header->raw.data, header->raw.size);
    if (!mime_header_parse(&level->header)) return MAPI_E_NOT_ENOUGH_MEMORY;
    /* A header is ASCII, whatever the body is: of what has no ASCII in it nothing is taken. */
    if (codepage == 1200 || codepage == 1201 || codepage == 65000 || codepage == 52936)
        codepage = MIME_CP_UNKNOWN;
    level->codepage = codepage;
    read_people(level);
    if (!read_text(level, "subject", PR_SUBJECT_W)) props_text(props, PR_SUBJECT_W, L"", 0);
    read_thread(level);
    read_date(level, "date", PR_CLIENT_SUBMIT_TIME);
    read_delivery_time(level);
    read_importance(level);
    if ((field = mime_header_field(&level->header, "sensitivity")))
        props_long(props, PR_SENSITIVITY,
                   begins(field, "personal")  ? SENSITIVITY_PERSONAL
                   : begins(field, "private") ? SENSITIVITY_PRIVATE
                   : begins(field, "company") ? SENSITIVITY_COMPANY_CONFIDENTIAL
                                              : SENSITIVITY_NONE);
    read_message_id(level, mime_header_field(&level->header, "message-id"),
                    PR_INTERNET_MESSAGE_ID_W);
    read_message_id(level, mime_header_field(&level->header, "in-reply-to"), PR_IN_REPLY_TO_W);
    read_text(level, "references", PR_INTERNET_REFERENCES_W);
    read_text(level, "list-help", PR_LIST_HELP_W);
    read_text(level, "list-subscribe", PR_LIST_SUBSCRIBE_W);
    read_text(level, "list-unsubscribe", PR_LIST_UNSUBSCRIBE_W);
    if (!read_date(level, "expires", PR_EXPIRY_TIME))
        read_date(level, "expiry-date", PR_EXPIRY_TIME);
    read_date(level, "deferred-delivery", PR_DEFERRED_DELIVERY_TIME);
    if (tomapi->flags & CCSF_EMBEDDED_MESSAGE)
        unsent = begins(mime_header_field(&level->header, "x-unsent"), "1");
    props_long(props, PR_MESSAGE_FLAGS, unsent ? MSGFLAG_UNSENT : 0);
    mime_decode(codepage, header->raw.data, header->raw.size, &text);
    if (text.length) props_text(props, PR_TRANSPORT_MESSAGE_HEADERS_W, text.data, text.length);
    if (text.failed) props->failed = TRUE;
    mime_text_free(&text);
    /* The message that a report came with. */
    if (level->outer && level->outer->is_report)
        read_report(level->outer, "text/rfc822-headers", header->raw.data, header->raw.size);

    hr = read_recipients(level, "to", MAPI_TO);
    if (SUCCEEDED(hr)) hr = read_recipients(level, "cc", MAPI_CC);
    if (SUCCEEDED(hr) && tomapi->flags & CCSF_INCLUDE_BCC)
        hr = read_recipients(level, "bcc", MAPI_BCC);
    return props->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

/* ----------------------------------------------------------------------------- named properties */

static BOOL is_known(const struct mime_field *field)
{
    size_t i;

    if (field->name_size > 127) return TRUE;
    if (field->name_size > 8 && mime_equal(field->name, 8, "content-")) return TRUE;
    if (field->name_size > 4 && mime_equal(field->name, 4, "arc-")) return TRUE;
    for (i = 0; i < ARRAY_SIZE(known); i++)
        if (mime_equal(field->name, field->name_size, known[i])) return TRUE;
    for (i = 0; i < field->name_size; i++)
        if (field->name[i] <= ' ' || field->name[i] >= 0x7f) return TRUE;
    return FALSE;
}

/* Keywords: one, two, three */
static HRESULT set_keywords(struct level *level)
{
    static WCHAR name_text[] = L"Keywords";
    const struct mime_field *field = mime_header_field(&level->header, "keywords");
    MAPINAMEID name = {(GUID *)&PS_PUBLIC_STRINGS, MNID_STRING}, *names = &name;
    struct mime_text text = {0};
    SPropTagArray *tags = NULL;
    WCHAR *words[64];
    SPropValue value;
    ULONG count = 0;
    size_t i, begun = 0;

    if (!field) return S_OK;
    name.Kind.lpwstrName = name_text;
    mime_decode_words(field->value, field->value_size, level->codepage, &text);
    for (i = 0; !text.failed && i <= text.length && count < ARRAY_SIZE(words) && text.data; i++)
    {
        if (i < text.length && text.data[i] != ',' && text.data[i] != ';') continue;
        while (begun < i && text.data[begun] == ' ') begun++;
        text.data[i] = 0;
        if (i > begun) words[count++] = text.data + begun;
        begun = i + 1;
    }
    if (count && SUCCEEDED(IMessage_GetIDsFromNames(level->message, 1, &names, MAPI_CREATE, &tags))
        && PROP_ID(tags->aulPropTag[0]))
    {
        memset(&value, 0, sizeof(value));
        value.ulPropTag = CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_MV_UNICODE);
        value.Value.MVszW.cValues = count;
        value.Value.MVszW.lppszW = words;
        /* A store without Unicode or lists of texts does without. */
        IMessage_SetProps(level->message, 1, &value, NULL);
    }
    MAPIFreeBuffer(tags);
    mime_text_free(&text);
    return text.failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

HRESULT set_named_fields(struct level *level)
{
    const struct mime_field *fields[MAX_NAMED];
    MAPINAMEID names[MAX_NAMED], *pointers[MAX_NAMED];
    WCHAR *texts;
    struct mime_text text = {0};
    SPropTagArray *tags = NULL;
    struct props props = {0};
    ULONG count = 0, n;
    HRESULT hr = S_OK;
    size_t i, j;

    set_keywords(level);
    if (!(texts = calloc(MAX_NAMED, 128 * sizeof(WCHAR)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < level->header.count && count < MAX_NAMED; i++)
    {
        const struct mime_field *field = level->header.fields + i;
        WCHAR *name = texts + count * 128;

        if (is_known(field)) continue;
        for (j = 0; j < field->name_size; j++) name[j] = mime_lower(field->name[j]);
        name[j] = 0;
        for (n = 0; n < count; n++) if (!lstrcmpW(names[n].Kind.lpwstrName, name)) break;
        if (n < count) continue;
        fields[count] = field;
        names[count].lpguid = (GUID *)&PS_INTERNET_HEADERS;
        names[count].ulKind = MNID_STRING;
        names[count].Kind.lpwstrName = name;
        pointers[count] = names + count;
        count++;
    }
    /* A store without named properties keeps the fields in PR_TRANSPORT_MESSAGE_HEADERS only. */
    if (count && SUCCEEDED(IMessage_GetIDsFromNames(level->message, count, pointers, MAPI_CREATE,
                                                    &tags)))
    {
        for (n = 0; n < count && n < tags->cValues; n++)
        {
            if (!PROP_ID(tags->aulPropTag[n])) continue;
            text.length = 0;
            mime_decode_words(fields[n]->value, fields[n]->value_size, level->codepage, &text);
            props_text(&props, tags->aulPropTag[n], text.data, text.length);
        }
        if (text.failed) hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else hr = props_set(&props, level->message);
    }
    MAPIFreeBuffer(tags);
    props_free(&props);
    mime_text_free(&text);
    free(texts);
    return hr;
}
