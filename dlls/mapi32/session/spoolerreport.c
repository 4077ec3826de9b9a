/*
 * The spooler: delivery, non-delivery and read reports
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
 * A report is a message of class REPORT.<class of the message>.<kind>. Delivery and non-delivery
 * reports are put where the default store receives them, or sent to whom the sender chose with
 * PR_REPORT_ENTRYID; read reports are filled in for a store, which submits them. A non-delivery
 * report has the message inside, so that it can be sent again: its recipients with MAPI_SUBMITTED
 * have it, those that stand there once more with MAPI_P1 do not.
 */

#define COBJMACROS

#include "session/spooler.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define REASON_UNABLE_TO_TRANSFER 1     /* PR_NDR_REASON_CODE, as in X.400 */

enum report_kind { REPORT_DELIVERED, REPORT_UNDELIVERED, REPORT_WAS_READ, REPORT_NOT_READ };

static const struct
{
    const WCHAR *suffix;
    const WCHAR *subject;
    const WCHAR *text;
}
kinds[] =
{
    { L".DR", L"Delivered: ", L"The message was delivered to:\r\n" },
    { L".NDR", L"Undeliverable: ", L"The message could not be delivered to:\r\n" },
    { L".IPNRN", L"Read: ", L"The message was read." },
    { L".IPNNRN", L"Not read: ", L"The message was deleted or expired without being read." },
};

/* What a report takes over from the message, under another name or the same. */
static const struct
{
    ULONG from;
    ULONG to;
}
carried[] =
{
    { PR_SUBJECT_W, PR_ORIGINAL_SUBJECT_W },
    { PR_MESSAGE_CLASS_W, PR_ORIG_MESSAGE_CLASS_W },
    { PR_DISPLAY_TO_W, PR_ORIGINAL_DISPLAY_TO_W },
    { PR_DISPLAY_CC_W, PR_ORIGINAL_DISPLAY_CC_W },
    { PR_DISPLAY_BCC_W, PR_ORIGINAL_DISPLAY_BCC_W },
    { PR_CLIENT_SUBMIT_TIME, PR_ORIGINAL_SUBMIT_TIME },
    { PR_MESSAGE_DELIVERY_TIME, PR_ORIGINAL_DELIVERY_TIME },
    { PR_SEARCH_KEY, PR_ORIGINAL_SEARCH_KEY },
    { PR_CONVERSATION_TOPIC_W, PR_CONVERSATION_TOPIC_W },
    { PR_CONVERSATION_INDEX, PR_CONVERSATION_INDEX },
    { PR_CONVERSATION_KEY, PR_CONVERSATION_KEY },
    { PR_REPORT_TAG, PR_REPORT_TAG },
    { PR_IMPORTANCE, PR_IMPORTANCE },
    { PR_PRIORITY, PR_PRIORITY },
    { PR_SENDER_NAME_W, PR_ORIGINAL_SENDER_NAME_W },
    { PR_SENDER_ENTRYID, PR_ORIGINAL_SENDER_ENTRYID },
    { PR_SENDER_SEARCH_KEY, PR_ORIGINAL_SENDER_SEARCH_KEY },
    { PR_SENDER_ADDRTYPE_W, PR_ORIGINAL_SENDER_ADDRTYPE_W },
    { PR_SENDER_EMAIL_ADDRESS_W, PR_ORIGINAL_SENDER_EMAIL_ADDRESS_W },
    { PR_SENT_REPRESENTING_NAME_W, PR_ORIGINAL_SENT_REPRESENTING_NAME_W },
    { PR_SENT_REPRESENTING_ENTRYID, PR_ORIGINAL_SENT_REPRESENTING_ENTRYID },
    { PR_SENT_REPRESENTING_SEARCH_KEY, PR_ORIGINAL_SENT_REPRESENTING_SEARCH_KEY },
    { PR_SENT_REPRESENTING_ADDRTYPE_W, PR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE_W },
    { PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS_W },
};

/* Asked of the message besides: who is to hear of it. */
static const ULONG asked[] =
{
    PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED, PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED,
    PR_READ_RECEIPT_ENTRYID, PR_REPORT_ENTRYID, PR_REPORT_NAME_W
};

#define CARRIED_COUNT ARRAY_SIZE(carried)
#define ASKED_COUNT   ARRAY_SIZE(asked)
#define OWN_COUNT     10
#define ADDRESSEE_PROPS 5

/* All that is wanted of the message; free with memory_free_buffer. */
static HRESULT read_original(struct provider *provider, IMessage *message, ULONG *count,
                             SPropValue **ret)
{
    SizedSPropTagArray(CARRIED_COUNT + ASKED_COUNT, tags);
    ULONG i;

    tags.cValues = CARRIED_COUNT + ASKED_COUNT;
    for (i = 0; i < CARRIED_COUNT; i++) tags.aulPropTag[i] = carried[i].from;
    for (i = 0; i < ASKED_COUNT; i++) tags.aulPropTag[CARRIED_COUNT + i] = asked[i];
    return object_GetProps(&provider->party, message, (SPropTagArray *)&tags, MAPI_UNICODE,
                         count, ret);
}

static const WCHAR *text_in(const SPropValue *props, ULONG count, ULONG tag, const WCHAR *other)
{
    const SPropValue *prop = props_find(props, count, tag);

    return prop && prop->Value.lpszW ? prop->Value.lpszW : other;
}

/* Fills in the report about a message; text is what it says, not taken over. */
static HRESULT fill_report(enum report_kind kind, struct provider *provider, IMessage *report,
                           const SPropValue *original, ULONG count, const WCHAR *text)
{
    SPropValue props[CARRIED_COUNT + OWN_COUNT];
    ULONGLONG now = platform_time();
    const SPropValue *prop;
    WCHAR *class, *subject;
    ULONG i, filled = 0;
    HRESULT hr;

    class = words_join(L"REPORT.", text_in(original, count, PR_MESSAGE_CLASS_W, L"IPM.Note"),
                       kinds[kind].suffix, NULL);
    subject = words_join(kinds[kind].subject, text_in(original, count, PR_SUBJECT_W, L""), NULL);
    if (!class || !subject)
    {
        platform_free(class);
        platform_free(subject);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    memset(props, 0, sizeof(props));
    for (i = 0; i < CARRIED_COUNT; i++)
    {
        if (!(prop = props_find(original, count, carried[i].from))) continue;
        /* Only one who reads a message knows when it came. */
        if (carried[i].from == PR_MESSAGE_DELIVERY_TIME && kind < REPORT_WAS_READ) continue;
        props[filled] = *prop;
        props[filled++].ulPropTag = carried[i].to;
    }
    props[filled].ulPropTag = PR_MESSAGE_CLASS_W;
    props[filled++].Value.lpszW = class;
    props[filled].ulPropTag = PR_SUBJECT_W;
    props[filled++].Value.lpszW = subject;
    props[filled].ulPropTag = PR_REPORT_TEXT_W;
    props[filled++].Value.lpszW = (WCHAR *)text;
    props[filled].ulPropTag = PR_BODY_W;
    props[filled++].Value.lpszW = (WCHAR *)text;
    props[filled].ulPropTag = PR_REPORT_TIME;
    props[filled].Value.ft.dwLowDateTime = (DWORD)now;
    props[filled++].Value.ft.dwHighDateTime = (DWORD)(now >> 32);
    if (kind < REPORT_WAS_READ)
    {
        props[filled] = props[filled - 1];
        props[filled++].ulPropTag = PR_MESSAGE_DELIVERY_TIME;
        props[filled].ulPropTag = PR_SENDER_NAME_W;
        props[filled++].Value.lpszW = (WCHAR *)L"Mail delivery";
        props[filled].ulPropTag = PR_SENT_REPRESENTING_NAME_W;
        props[filled++].Value.lpszW = (WCHAR *)L"Mail delivery";
    }
    else
    {
        props[filled].ulPropTag = PR_DELETE_AFTER_SUBMIT;
        props[filled++].Value.b = TRUE;
    }
    hr = object_SetProps(&provider->party, report, filled, props, NULL);
    platform_free(class);
    platform_free(subject);
    return hr;
}

/* ---- delivery and non-delivery ---- */

static const SPropValue *entry_prop(const ADRENTRY *entry, ULONG tag)
{
    return props_find(entry->rgPropVals, entry->cValues, tag);
}

/* A recipient with PR_DELIVER_TIME was delivered to. */
static BOOL is_delivered(const ADRENTRY *entry)
{
    return entry_prop(entry, PR_DELIVER_TIME) && !entry_prop(entry, PR_NDR_REASON_CODE);
}

/* Whether the sender wants to hear: by the recipient, else by the message. */
static BOOL is_wanted(const ADRENTRY *entry, const SPropValue *original, ULONG count)
{
    BOOL delivered = is_delivered(entry);
    ULONG tag = delivered ? PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED
                          : PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED;
    const SPropValue *prop = entry_prop(entry, tag);

    if (!prop) prop = props_find(original, count, tag);
    return prop ? prop->Value.b != 0 : !delivered;
}

/* text, and a line more; takes text over. */
static WCHAR *add_line(WCHAR *text, const ADRENTRY *entry)
{
    const SPropValue *name = props_find_id(entry->rgPropVals, entry->cValues, PR_DISPLAY_NAME_W);
    const SPropValue *address = props_find_id(entry->rgPropVals, entry->cValues,
                                              PR_EMAIL_ADDRESS_W);
    const SPropValue *why = props_find_id(entry->rgPropVals, entry->cValues, PR_REPORT_TEXT_W);
    const SPropValue *parts[] = { name, address, why };
    static const WCHAR *const before[] = { L"    ", L" <", L">: " };
    WCHAR *joined, *part;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(parts) && text; i++)
    {
        part = NULL;
        if (parts[i] && PROP_TYPE(parts[i]->ulPropTag) == PT_UNICODE)
            part = text_dup(parts[i]->Value.lpszW);
        else if (parts[i] && PROP_TYPE(parts[i]->ulPropTag) == PT_STRING8)
            part = text_from_ansi(parts[i]->Value.lpszA);
        joined = words_join(text, before[i], part ? part : L"", NULL);
        platform_free(part);
        platform_free(text);
        text = joined;
    }
    if (!text) return NULL;
    joined = words_join(text, L"\r\n", NULL);
    platform_free(text);
    return joined;
}

/* The entries of one kind; they point into list's. */
static ADRLIST *entries_of(BOOL delivered, const ADRLIST *list, const SPropValue *original,
                           ULONG count)
{
    ADRLIST *ret = platform_alloc_zero(CbNewADRLIST(list->cEntries));
    ULONG i;

    if (!ret) return NULL;
    for (i = 0; i < list->cEntries; i++)
        if (is_delivered(&list->aEntries[i]) == delivered
            && is_wanted(&list->aEntries[i], original, count))
            ret->aEntries[ret->cEntries++] = list->aEntries[i];
    return ret;
}

static BOOL same_recipient(const ADRENTRY *entry, const SRow *row)
{
    const SPropValue *a = entry_prop(entry, PR_ROWID);
    const SPropValue *b = props_find(row->lpProps, row->cValues, PR_ROWID);

    if (a && b) return a->Value.l == b->Value.l;
    a = entry_prop(entry, PR_ENTRYID);
    b = props_find(row->lpProps, row->cValues, PR_ENTRYID);
    return a && b && a->Value.bin.cb == b->Value.bin.cb
           && !memcmp(a->Value.bin.lpb, b->Value.bin.lpb, a->Value.bin.cb);
}

/* One more entry, of a row, with another type and without its number. */
static BOOL copy_entry(ADRLIST *list, const SPropValue *props, ULONG count, ULONG type,
                       BOOL keep_id)
{
    ADRENTRY *entry = &list->aEntries[list->cEntries];
    ULONG i;

    if (!(entry->rgPropVals = platform_alloc((count + 1) * sizeof(SPropValue)))) return FALSE;
    list->cEntries++;
    for (i = 0; i < count; i++)
    {
        switch (PROP_TYPE(props[i].ulPropTag))
        {
        case PT_ERROR:
        case PT_NULL:
        case PT_OBJECT:
            continue;
        }
        switch (PROP_ID(props[i].ulPropTag))
        {
        case PROP_ID(PR_ROWID):
            if (!keep_id) continue;
            break;
        case PROP_ID(PR_RECIPIENT_TYPE):
        case PROP_ID(PR_RESPONSIBILITY):
            continue;
        }
        entry->rgPropVals[entry->cValues++] = props[i];
    }
    entry->rgPropVals[entry->cValues].ulPropTag = PR_RECIPIENT_TYPE;
    entry->rgPropVals[entry->cValues++].Value.l = type;
    return TRUE;
}

static void free_entries(ADRLIST *list)
{
    ULONG i;

    if (!list) return;
    for (i = 0; i < list->cEntries; i++) platform_free(list->aEntries[i].rgPropVals);
    platform_free(list);
}

/* The recipients of the message inside a report, ready to be sent again. */
static HRESULT set_resend_recipients(struct provider *provider, IMessage *message,
                                     struct provider *party, IMessage *inner, const ADRLIST *failed)
{
    const SPropValue *type;
    SRowSet *rows;
    ADRLIST *list;
    HRESULT hr;
    ULONG i, j;

    if (FAILED(hr = message_ReadRecipients(provider, message, &rows))) return hr;
    if (!(list = platform_alloc_zero(CbNewADRLIST(rows->cRows * 2)))) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < rows->cRows && SUCCEEDED(hr); i++)
    {
        const SRow *row = &rows->aRow[i];

        type = props_find(row->lpProps, row->cValues, PR_RECIPIENT_TYPE);
        if (!copy_entry(list, row->lpProps, row->cValues,
                        (type ? type->Value.l & 0xf : MAPI_TO) | MAPI_SUBMITTED, FALSE))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        for (j = 0; j < failed->cEntries && SUCCEEDED(hr); j++)
        {
            if (!same_recipient(&failed->aEntries[j], row)) continue;
            if (!copy_entry(list, row->lpProps, row->cValues, MAPI_P1, FALSE))
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
    }
    if (SUCCEEDED(hr)) hr = message_ModifyRecipients(party, inner, 0, list);
    free_entries(list);
    rows_free(&memory_allocators, rows);
    return hr;
}

/* The message as it was, inside the report. */
static HRESULT embed_message(struct provider *provider, IMessage *message, struct provider *party,
                             IMessage *report, const WCHAR *subject, const ADRLIST *failed)
{
    static const SizedSPropTagArray(4, exclude) =
        { 4, { PR_MESSAGE_RECIPIENTS, PR_SUBMIT_FLAGS, PR_ENTRYID, PR_PARENT_ENTRYID } };
    SPropValue flags;
    IAttach *attach;
    IMessage *inner;
    HRESULT hr;

    if (FAILED(hr = message_Embed(party, report, subject, &attach, &inner))) return hr;
    hr = message_CopyTo(provider, message, (const SPropTagArray *)&exclude, inner);
    if (SUCCEEDED(hr)) hr = set_resend_recipients(provider, message, party, inner, failed);
    memset(&flags, 0, sizeof(flags));
    flags.ulPropTag = PR_MESSAGE_FLAGS;
    flags.Value.l = MSGFLAG_RESEND | MSGFLAG_UNSENT;
    if (SUCCEEDED(hr)) object_SetProps(&party->party, inner, 1, &flags, NULL);
    if (SUCCEEDED(hr)) hr = object_SaveChanges(&party->party, inner, 0);
    host_object_release(party, (IUnknown *)inner);
    if (SUCCEEDED(hr)) hr = object_SaveChanges(&party->party, attach, 0);
    host_object_release(party, (IUnknown *)attach);
    return hr;
}

/* Those the report is about are its recipients. */
static HRESULT set_report_recipients(struct provider *party, IMessage *report, const ADRLIST *about)
{
    ADRLIST *list = platform_alloc_zero(CbNewADRLIST(about->cEntries));
    const SPropValue *type;
    HRESULT hr = S_OK;
    ULONG i;

    if (!list) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < about->cEntries && SUCCEEDED(hr); i++)
    {
        type = entry_prop(&about->aEntries[i], PR_RECIPIENT_TYPE);
        if (!copy_entry(list, about->aEntries[i].rgPropVals, about->aEntries[i].cValues,
                        type && type->Value.l & 0xf ? type->Value.l & 0xf : MAPI_TO, FALSE))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr)) hr = message_ModifyRecipients(party, report, MODRECIP_ADD, list);
    free_entries(list);
    return hr;
}

/* ---- to somebody else ---- */

/* Who gets a report, when that is not the sender: what its entry ID says. */
static HRESULT addressee_read(struct session *session, const SBinary *id, ULONG *count,
                              SPropValue **ret)
{
    static const SizedSPropTagArray(4, tags) =
        { 4, { PR_ENTRYID, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_DISPLAY_NAME_W } };
    IUnknown *object;
    HRESULT hr;
    ULONG type;

    hr = session_open_entry(session, NULL, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type, &object);
    if (FAILED(hr)) return hr;
    hr = IMAPIProp_GetProps((IMAPIProp *)object, (SPropTagArray *)&tags, MAPI_UNICODE, count, ret);
    IUnknown_Release(object);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT addressee_add(struct provider *provider, IMessage *report, ULONG count,
                             const SPropValue *from)
{
    SPropValue props[ADDRESSEE_PROPS + 1];
    ADRLIST list = { 0 };
    ULONG i, filled = 0;

    for (i = 0; i < count && filled < ADDRESSEE_PROPS; i++)
        if (PROP_TYPE(from[i].ulPropTag) != PT_ERROR) props[filled++] = from[i];
    if (!filled) return MAPI_E_NO_RECIPIENTS;
    memset(&props[filled], 0, sizeof(*props));
    props[filled].ulPropTag = PR_RECIPIENT_TYPE;
    props[filled++].Value.l = MAPI_TO;
    list.cEntries = 1;
    list.aEntries[0].cValues = filled;
    list.aEntries[0].rgPropVals = props;
    return message_ModifyRecipients(provider, report, MODRECIP_ADD, &list);
}

static BOOL same_entry(struct session *session, const SBinary *a, ULONG size, const void *id)
{
    ULONG result = FALSE;

    if (a->cb == size && !memcmp(a->lpb, id, size)) return TRUE;
    return SUCCEEDED(session_compare_entryids(session, a->cb, (ENTRYID *)a->lpb, size,
                                              (const ENTRYID *)id, 0, &result))
           && result;
}

/* Whoever the sender wants the reports to go to, if that is not the sender or the profile's own
 * user; free with memory_free_buffer. */
static BOOL report_is_for(struct session *session, const SPropValue *original, ULONG count,
                          ULONG *to_count, SPropValue **to)
{
    const SPropValue *wanted = props_find(original, count, PR_REPORT_ENTRYID);
    const SPropValue *sender = props_find(original, count, PR_SENDER_ENTRYID);
    ENTRYID *identity = NULL;
    BOOL own = FALSE;
    ULONG size;

    *to_count = 0;
    *to = NULL;
    if (!wanted || !wanted->Value.bin.cb) return FALSE;
    if (sender)
        own = same_entry(session, &wanted->Value.bin, sender->Value.bin.cb, sender->Value.bin.lpb);
    if (!own && SUCCEEDED(status_query_identity(session, &size, &identity)))
        own = same_entry(session, &wanted->Value.bin, size, identity);
    memory_free_buffer(identity);
    if (own) return FALSE;
    if (SUCCEEDED(addressee_read(session, &wanted->Value.bin, to_count, to))) return TRUE;
    WARN("nobody is known by PR_REPORT_ENTRYID: the report goes to the sender\n");
    return FALSE;
}

static HRESULT make_report(struct spooler *spooler, enum report_kind kind,
                           struct provider *provider, IMessage *message, const SPropValue *original,
                           ULONG count, const ADRLIST *about)
{
    const WCHAR *subject = text_in(original, count, PR_SUBJECT_W, NULL);
    ULONG i, to_count;
    SPropValue *to, after;
    struct provider *party;
    struct outbox *outbox;
    IMessage *report;
    IMsgStore *store;
    WCHAR *text;
    BOOL send;
    HRESULT hr;

    send = report_is_for(spooler->session, original, count, &to_count, &to);
    if (FAILED(hr = deliver_begin(spooler, send, &party, &store, &outbox, &report)))
    {
        memory_free_buffer(to);
        return hr;
    }
    text = text_dup(kinds[kind].text);
    for (i = 0; i < about->cEntries && text; i++) text = add_line(text, &about->aEntries[i]);
    hr = text ? fill_report(kind, party, report, original, count, text) : MAPI_E_NOT_ENOUGH_MEMORY;
    platform_free(text);
    if (SUCCEEDED(hr) && send)
    {
        memset(&after, 0, sizeof(after));
        after.ulPropTag = PR_DELETE_AFTER_SUBMIT;
        after.Value.b = TRUE;
        object_SetProps(&party->party, report, 1, &after, NULL);
        hr = addressee_add(party, report, to_count, to);
    }
    else if (SUCCEEDED(hr)) hr = set_report_recipients(party, report, about);
    memory_free_buffer(to);
    if (SUCCEEDED(hr) && kind == REPORT_UNDELIVERED
        && FAILED(embed_message(provider, message, party, report, subject, about)))
        WARN("the report goes without the message\n");
    if (!deliver_end(spooler, send, party, store, outbox, report, SUCCEEDED(hr)) && SUCCEEDED(hr))
        hr = MAPI_E_CALL_FAILED;
    return hr;
}

HRESULT report_recipients(struct spooler *spooler, struct provider *provider, IMessage *message,
                          const ADRLIST *recipients)
{
    SPropValue *original;
    ULONG pass, count;
    ADRLIST *about;
    HRESULT hr;

    if (FAILED(hr = read_original(provider, message, &count, &original))) return hr;
    for (pass = REPORT_DELIVERED; pass <= REPORT_UNDELIVERED && SUCCEEDED(hr); pass++)
    {
        if (!(about = entries_of(pass == REPORT_DELIVERED, recipients, original, count)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (about->cEntries)
            hr = make_report(spooler, pass, provider, message, original, count, about);
        platform_free(about);
    }
    memory_free_buffer(original);
    return hr;
}

HRESULT report_undelivered(struct spooler *spooler, struct provider *provider, IMessage *message,
                           const SRowSet *recipients, const BOOL *which, LONG diagnostic,
                           const WCHAR *why)
{
    ADRLIST *list = platform_alloc_zero(CbNewADRLIST(recipients->cRows));
    const SPropValue *type;
    SPropValue *props;
    HRESULT hr = S_OK;
    ULONG i;

    if (!list) return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < recipients->cRows && SUCCEEDED(hr); i++)
    {
        const SRow *row = &recipients->aRow[i];

        if (!which[i]) continue;
        type = props_find(row->lpProps, row->cValues, PR_RECIPIENT_TYPE);
        if (!copy_entry(list, row->lpProps, row->cValues, type ? type->Value.l : MAPI_TO, TRUE)
            || !(props = platform_realloc(list->aEntries[list->cEntries - 1].rgPropVals,
                                          (row->cValues + 4) * sizeof(*props))))
        {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        list->aEntries[list->cEntries - 1].rgPropVals = props;
        props += list->aEntries[list->cEntries - 1].cValues;
        props[0].ulPropTag = PR_NDR_REASON_CODE;
        props[0].Value.l = REASON_UNABLE_TO_TRANSFER;
        props[1].ulPropTag = PR_NDR_DIAG_CODE;
        props[1].Value.l = diagnostic;
        props[2].ulPropTag = PR_REPORT_TEXT_W;
        props[2].Value.lpszW = (WCHAR *)why;
        list->aEntries[list->cEntries - 1].cValues += 3;
    }
    if (SUCCEEDED(hr)) hr = report_recipients(spooler, provider, message, list);
    free_entries(list);
    return hr;
}

/* ---- read reports ---- */

static HRESULT set_addressee(struct session *session, struct provider *provider, IMessage *report,
                             const SPropValue *original, ULONG count)
{
    static const struct { ULONG from, to; } sender[] =
    {
        { PR_SENDER_ENTRYID, PR_ENTRYID },
        { PR_SENDER_ADDRTYPE_W, PR_ADDRTYPE_W },
        { PR_SENDER_EMAIL_ADDRESS_W, PR_EMAIL_ADDRESS_W },
        { PR_SENDER_NAME_W, PR_DISPLAY_NAME_W },
        { PR_SENDER_SEARCH_KEY, PR_SEARCH_KEY },
    };
    const SPropValue *to = props_find(original, count, PR_READ_RECEIPT_ENTRYID), *prop;
    SPropValue props[ADDRESSEE_PROPS], *found = NULL;
    ULONG i, filled = 0;
    HRESULT hr;

    if (!to) to = props_find(original, count, PR_REPORT_ENTRYID);
    if (to && SUCCEEDED(addressee_read(session, &to->Value.bin, &filled, &found)))
        hr = addressee_add(provider, report, filled, found);
    else
    {
        for (i = 0; i < ARRAY_SIZE(sender); i++)
        {
            if (!(prop = props_find(original, count, sender[i].from))) continue;
            props[filled] = *prop;
            props[filled++].ulPropTag = sender[i].to;
        }
        hr = addressee_add(provider, report, filled, props);
    }
    memory_free_buffer(found);
    return hr;
}

HRESULT report_read(struct session *session, struct provider *provider, IMessage *message,
                    BOOL read, IMessage *report)
{
    enum report_kind kind = read ? REPORT_WAS_READ : REPORT_NOT_READ;
    SPropValue *original;
    ULONG count;
    HRESULT hr;

    if (FAILED(hr = read_original(provider, message, &count, &original))) return hr;
    hr = fill_report(kind, provider, report, original, count, kinds[kind].text);
    if (SUCCEEDED(hr)) hr = set_addressee(session, provider, report, original, count);
    memory_free_buffer(original);
    return hr;
}
