/*
 * Mail transport: reports and the messages they are about
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
 * What is sent is tagged with PR_REPORT_TAG, the envelope's identifier (ENVID) that servers return,
 * unless the client tagged it itself, and has a Message-ID, which reports and receipts name or
 * return. Either finds the message again: among what was sent first, then anywhere. What was
 * received is taken only when nothing else is found: mail to oneself has the same Message-ID on
 * both sides.
 *
 * A report comes from outside: it says which message it is about and no more; all else is the
 * message's.
 */

#include "transport.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

/* What the converter read in the report, or in what it returned. */
#ifndef PR_ORIGINAL_MESSAGE_ID_W
#define PR_ORIGINAL_MESSAGE_ID_W PROP_TAG(PT_UNICODE, 0x1046)
#endif

/* What a report has of the message, under another name or the same. */
static const struct
{
    ULONG from, to;
}
carried[] =
{
    { PR_SUBJECT_W, PR_ORIGINAL_SUBJECT_W },
    { PR_MESSAGE_CLASS_W, PR_ORIG_MESSAGE_CLASS_W },
    { PR_DISPLAY_TO_W, PR_ORIGINAL_DISPLAY_TO_W },
    { PR_DISPLAY_CC_W, PR_ORIGINAL_DISPLAY_CC_W },
    { PR_DISPLAY_BCC_W, PR_ORIGINAL_DISPLAY_BCC_W },
    { PR_CLIENT_SUBMIT_TIME, PR_ORIGINAL_SUBMIT_TIME },
    { PR_SEARCH_KEY, PR_ORIGINAL_SEARCH_KEY },
    { PR_REPORT_TAG, PR_REPORT_TAG },
    { PR_CONVERSATION_TOPIC_W, PR_CONVERSATION_TOPIC_W },
    { PR_CONVERSATION_INDEX, PR_CONVERSATION_INDEX },
    { PR_CONVERSATION_KEY, PR_CONVERSATION_KEY },
    { PR_SENDER_NAME_W, PR_ORIGINAL_SENDER_NAME_W },
    { PR_SENDER_ENTRYID, PR_ORIGINAL_SENDER_ENTRYID },
    { PR_SENDER_SEARCH_KEY, PR_ORIGINAL_SENDER_SEARCH_KEY },
    { PR_SENDER_ADDRTYPE_W, PR_ORIGINAL_SENDER_ADDRTYPE_W },
    { PR_SENDER_EMAIL_ADDRESS_W, PR_ORIGINAL_SENDER_EMAIL_ADDRESS_W },
};

enum { REPORT_CLASS, REPORT_TAG, REPORT_MESSAGE_ID, REPORT_PROPS };

static const SizedSPropTagArray(REPORT_PROPS, report_tags) =
{
    REPORT_PROPS, { PR_MESSAGE_CLASS_W, PR_REPORT_TAG, PR_ORIGINAL_MESSAGE_ID_W }
};

struct search
{
    const SBinary *tag;                 /* NULL: the report names none */
    const WCHAR *message_id;
    SBinary found;                      /* malloc */
    BOOL was_received;
};

static BOOL keep(struct search *search, const SBinary *id)
{
    BYTE *copy = malloc(max(id->cb, 1));

    if (!copy) return FALSE;
    memcpy(copy, id->lpb, id->cb);
    free(search->found.lpb);
    search->found.lpb = copy;
    search->found.cb = id->cb;
    return TRUE;
}

static HRESULT visit_search(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    struct search *search = context;
    const SBinary *tag = &props[VISIT_REPORT_TAG].Value.bin;
    BOOL same = FALSE, received;
    char source[96];

    if (props[VISIT_ENTRYID].ulPropTag != PR_ENTRYID) return S_OK;
    if (search->tag && props[VISIT_REPORT_TAG].ulPropTag == PR_REPORT_TAG)
        same = binary_same(tag, search->tag);
    if (!same && search->message_id
        && props[VISIT_MESSAGE_ID].ulPropTag == PR_INTERNET_MESSAGE_ID_W)
        same = !lstrcmpW(props[VISIT_MESSAGE_ID].Value.lpszW, search->message_id);
    if (!same) return S_OK;
    received = visit_source(props, source);
    if (received && search->found.lpb) return S_OK;
    if (!keep(search, &props[VISIT_ENTRYID].Value.bin)) return MAPI_E_NOT_ENOUGH_MEMORY;
    search->was_received = received;
    /* There is nothing better to be found. */
    return received ? S_OK : MAPI_E_CANCEL;
}

static BOOL is_found(const struct search *search)
{
    return search->found.lpb && !search->was_received;
}

static void search_sent(IMsgStore *store, struct search *search)
{
    IMAPIFolder *folder;
    SPropValue *id;
    ULONG type;

    if (FAILED(HrGetOneProp((IMAPIProp *)store, PR_IPM_SENTMAIL_ENTRYID, &id))) return;
    if (SUCCEEDED(IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                      0, &type, (IUnknown **)&folder)))
    {
        folder_visit(folder, visit_search, search);
        IMAPIFolder_Release(folder);
    }
    MAPIFreeBuffer(id);
}

static HRESULT take_over(IMessage *message, IMessage *report)
{
    SizedSPropTagArray(ARRAYSIZE(carried), tags);
    SPropValue *props;
    ULONG i, count, filled = 0;
    HRESULT hr;

    tags.cValues = ARRAYSIZE(carried);
    for (i = 0; i < ARRAYSIZE(carried); i++) tags.aulPropTag[i] = carried[i].from;
    hr = IMessage_GetProps(message, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &props);
    if (FAILED(hr)) return hr;
    for (i = 0; i < count && i < ARRAYSIZE(carried); i++)
    {
        if (props[i].ulPropTag != carried[i].from) continue;
        props[filled] = props[i];
        props[filled++].ulPropTag = carried[i].to;
    }
    hr = filled ? IMessage_SetProps(report, filled, props, NULL) : S_OK;
    MAPIFreeBuffer(props);
    return hr;
}

void report_tie(struct xp_logon *logon, IMessage *report)
{
    struct search search = { 0 };
    IMessage *message;
    IMsgStore *store;
    SPropValue *props;
    ULONG count, type;
    HRESULT hr;

    hr = IMessage_GetProps(report, (SPropTagArray *)&report_tags, MAPI_UNICODE, &count, &props);
    if (FAILED(hr)) return;
    if (props[REPORT_TAG].ulPropTag == PR_REPORT_TAG && props[REPORT_TAG].Value.bin.cb)
        search.tag = &props[REPORT_TAG].Value.bin;
    if (props[REPORT_MESSAGE_ID].ulPropTag == PR_ORIGINAL_MESSAGE_ID_W
        && props[REPORT_MESSAGE_ID].Value.lpszW[0])
        search.message_id = props[REPORT_MESSAGE_ID].Value.lpszW;
    if (props[REPORT_CLASS].ulPropTag == PR_MESSAGE_CLASS_W
        && !_wcsnicmp(props[REPORT_CLASS].Value.lpszW, L"REPORT.", 7)
        && (search.tag || search.message_id) && SUCCEEDED(store_open(logon, &store)))
    {
        search_sent(store, &search);
        if (!is_found(&search)) store_visit(store, visit_search, &search);
        hr = MAPI_E_NOT_FOUND;
        if (search.found.lpb)
            hr = IMsgStore_OpenEntry(store, search.found.cb, (ENTRYID *)search.found.lpb, NULL, 0,
                                     &type, (IUnknown **)&message);
        if (SUCCEEDED(hr))
        {
            hr = take_over(message, report);
            IMessage_Release(message);
        }
        TRACE("%s: %#lx\n", debugstr_w(search.message_id), hr);
        free(search.found.lpb);
        IMsgStore_Release(store);
    }
    MAPIFreeBuffer(props);
}
