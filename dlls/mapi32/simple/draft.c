/*
 * Messages of Simple MAPI on their way
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
 * A message that a program sends or that the user writes: made in the outbox of the default store,
 * with its attachments copied into it at once. Until it is sent or kept, nothing of it is in the
 * store; letting go of it leaves nothing behind.
 *
 * Text goes to a store that knows Unicode as it is, else in the system's ANSI code page.
 */

#define COBJMACROS
#include "simple/simple.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define PROPS_MAX       16
#define THREAD_HEAD     22              /* bytes that every PR_CONVERSATION_INDEX has */

/* A string property of the store's width; chain owns the converted text. */
static HRESULT set_text(const struct simple_session *session, void *chain, SPropValue *prop,
                        ULONG tag, const WCHAR *text)
{
    void *copy;
    HRESULT hr;

    hr = text_to_tstr(memory_exported, chain, text, session->unicode ? MAPI_UNICODE : 0, &copy);
    if (FAILED(hr)) return hr;
    prop->ulPropTag = CHANGE_PROP_TYPE(tag, session->unicode ? PT_UNICODE : PT_STRING8);
    prop->Value.lpszA = copy;
    return S_OK;
}

/* A conversation is known by its index in hexadecimal digits, or else by a word of the
 * program's. */
static HRESULT set_conversation(void *chain, SPropValue *prop, const WCHAR *text)
{
    char *ansi = text_to_ansi(text);
    size_t length, count = 0;
    BYTE *bytes = NULL;
    HRESULT hr;

    if (!ansi) return MAPI_E_NOT_ENOUGH_MEMORY;
    length = text_length_ansi(ansi);
    hr = memory_exported->more(length + 1, chain, (void **)&bytes);
    if (SUCCEEDED(hr))
    {
        prop->ulPropTag = PR_CONVERSATION_KEY;
        prop->Value.bin.cb = length;
        prop->Value.bin.lpb = bytes;
        if (length >= 2 * THREAD_HEAD && length % 2 == 0
            && hex_decode(ansi, bytes, length / 2, &count) && count == length / 2)
        {
            prop->ulPropTag = PR_CONVERSATION_INDEX;
            prop->Value.bin.cb = count;
        }
        else memcpy(bytes, ansi, length);
    }
    platform_free(ansi);
    return hr;
}

HRESULT draft_set_props(struct simple_session *session, IMessage *message, const MapiMessageW *from,
                        ULONG count, const SPropValue *more)
{
    const WCHAR *class = from->lpszMessageType && *from->lpszMessageType ? from->lpszMessageType
                                                                         : L"IPM.Note";
    SPropValue *props;
    HRESULT hr;
    ULONG n = 0;

    if (FAILED(hr = memory_exported->allocate(PROPS_MAX * sizeof(*props), (void **)&props)))
        return hr;
    memset(props, 0, PROPS_MAX * sizeof(*props));
    hr = set_text(session, props, props + n++, PR_MESSAGE_CLASS_W, class);
    if (SUCCEEDED(hr) && from->lpszSubject)
        hr = set_text(session, props, props + n++, PR_SUBJECT_W, from->lpszSubject);
    if (SUCCEEDED(hr) && from->lpszNoteText)
        hr = set_text(session, props, props + n++, PR_BODY_W, from->lpszNoteText);
    memcpy(props + n, more, count * sizeof(*more));
    n += count;
    if (SUCCEEDED(hr) && from->lpszConversationID && *from->lpszConversationID)
        hr = set_conversation(props, props + n++, from->lpszConversationID);
    props[n].ulPropTag = PR_READ_RECEIPT_REQUESTED;
    props[n++].Value.b = !!(from->flFlags & MAPI_RECEIPT_REQUESTED);
    if (SUCCEEDED(hr)) hr = IMessage_SetProps(message, n, props, NULL);
    memory_exported->free(props);
    return hr;
}

/* A message on its way is unsent, and a copy stays where the store keeps what was sent; without
 * such a folder none stays. */
static HRESULT set_props(struct draft *draft, const MapiMessageW *from)
{
    SPropValue props[2], *sent = NULL;
    HRESULT hr;

    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MESSAGE_FLAGS;
    props[0].Value.l = MSGFLAG_UNSENT;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)draft->session->store, PR_IPM_SENTMAIL_ENTRYID, &sent)))
    {
        props[1].ulPropTag = PR_SENTMAIL_ENTRYID;
        props[1].Value.bin = sent->Value.bin;
    }
    else
    {
        props[1].ulPropTag = PR_DELETE_AFTER_SUBMIT;
        props[1].Value.b = TRUE;
    }
    hr = draft_set_props(draft->session, draft->message, from, 2, props);
    memory_exported->free(sent);
    return hr;
}

/* On whose behalf it is sent, when the caller says so by an address. */
static ULONG set_originator(struct draft *draft, const MapiRecipDescW *from)
{
    static const struct { ULONG from, to; } tags[] =
    {
        { PR_DISPLAY_NAME_W, PR_SENT_REPRESENTING_NAME_W },
        { PR_ADDRTYPE_W, PR_SENT_REPRESENTING_ADDRTYPE_W },
        { PR_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W },
        { PR_ENTRYID, PR_SENT_REPRESENTING_ENTRYID }
    };
    MapiRecipDescW person = *from;
    const SPropValue *found;
    SPropValue props[ARRAY_SIZE(tags)];
    ULONG i, n = 0, ret;
    ADRLIST *list;
    HRESULT hr;

    if (!from->ulEIDSize && (!from->lpszAddress || !*from->lpszAddress)) return SUCCESS_SUCCESS;
    person.ulRecipClass = MAPI_TO;
    if ((ret = simple_recipients(draft->session, 1, &person, &list))) return ret;
    hr = draft->session->unicode ? S_OK : recipients_to_ansi(list);
    for (i = 0; i < ARRAY_SIZE(tags) && SUCCEEDED(hr); i++)
    {
        if (!(found = props_find_id(list->aEntries[0].rgPropVals, list->aEntries[0].cValues,
                                    tags[i].from)))
            continue;
        props[n] = *found;
        props[n++].ulPropTag = CHANGE_PROP_TYPE(tags[i].to, PROP_TYPE(found->ulPropTag));
    }
    if (SUCCEEDED(hr)) hr = IMessage_SetProps(draft->message, n, props, NULL);
    FreePadrlist(list);
    return simple_error(hr);
}

/* In the outbox, or where the store receives mail if it has none. */
static HRESULT create_message(struct draft *draft)
{
    HRESULT hr;

    if (FAILED(hr = simple_open_store(draft->session))) return hr;
    if (FAILED(simple_open_folder(draft->session, PR_IPM_OUTBOX_ENTRYID, &draft->folder)))
        hr = simple_open_inbox(draft->session, NULL, &draft->folder);
    if (SUCCEEDED(hr)) hr = IMAPIFolder_CreateMessage(draft->folder, NULL, 0, &draft->message);
    return hr;
}

ULONG draft_create(struct draft *draft, struct simple_session *session, const MapiMessageW *from)
{
    HRESULT hr;
    ULONG i, ret;

    memset(draft, 0, sizeof(*draft));
    draft->session = session;
    if (FAILED(hr = create_message(draft)) || FAILED(hr = set_props(draft, from)))
        ret = simple_error(hr);
    else if (!(ret = simple_recipients(session, from->nRecipCount, from->lpRecips,
                                       &draft->recipients))
             && !(ret = from->lpOriginator ? set_originator(draft, from->lpOriginator)
                                           : SUCCESS_SUCCESS))
        for (i = 0; i < from->nFileCount && !ret; i++)
            ret = attachment_from_file(session, draft->message, from->lpFiles + i);
    if (ret) draft_free(draft);
    return ret;
}

HRESULT draft_set_text(struct draft *draft, const WCHAR *subject, const WCHAR *text)
{
    SPropValue *props;
    HRESULT hr;

    if (FAILED(hr = memory_exported->allocate(2 * sizeof(*props), (void **)&props))) return hr;
    memset(props, 0, 2 * sizeof(*props));
    hr = set_text(draft->session, props, props, PR_SUBJECT_W, subject);
    if (SUCCEEDED(hr)) hr = set_text(draft->session, props, props + 1, PR_BODY_W, text);
    if (SUCCEEDED(hr)) hr = IMessage_SetProps(draft->message, 2, props, NULL);
    memory_exported->free(props);
    return hr;
}

HRESULT draft_set_recipients(struct draft *draft)
{
    HRESULT hr = S_OK;

    if (!draft->session->unicode) hr = recipients_to_ansi(draft->recipients);
    if (SUCCEEDED(hr) && draft->recipients->cEntries)
        hr = IMessage_ModifyRecipients(draft->message, draft->has_recipients ? 0 : MODRECIP_ADD,
                                       draft->recipients);
    if (SUCCEEDED(hr)) draft->has_recipients = TRUE;
    return hr;
}

ULONG draft_send(struct draft *draft)
{
    HRESULT hr;

    if (!draft->recipients->cEntries) return MAPI_E_INVALID_RECIPS;
    hr = draft_set_recipients(draft);
    if (SUCCEEDED(hr)) hr = IMessage_SubmitMessage(draft->message, 0);
    if (FAILED(hr)) WARN("not sent: %#lx\n", hr);
    return simple_error(hr);
}

/* The folder for what is not finished: the store says, or its inbox does. */
static HRESULT open_drafts(struct simple_session *session, IMAPIFolder **ret)
{
    IMAPIFolder *inbox;
    SPropValue *id;
    ULONG type;
    HRESULT hr;

    if (SUCCEEDED(hr = simple_open_folder(session, PR_IPM_DRAFTS_ENTRYID, ret))) return hr;
    if (FAILED(hr = simple_open_inbox(session, NULL, &inbox))) return hr;
    hr = HrGetOneProp((IMAPIProp *)inbox, PR_IPM_DRAFTS_ENTRYID, &id);
    IMAPIFolder_Release(inbox);
    if (FAILED(hr)) return hr;
    hr = IMsgStore_OpenEntry(session->store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                             MAPI_MODIFY, &type, (IUnknown **)ret);
    memory_exported->free(id);
    return hr;
}

ULONG draft_keep(struct draft *draft)
{
    IMAPIFolder *drafts;
    ENTRYLIST list;
    SPropValue *id;
    HRESULT hr;

    hr = draft_set_recipients(draft);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(draft->message, KEEP_OPEN_READONLY);
    if (FAILED(hr)) return simple_error(hr);
    /* It is kept; without a folder for drafts it stays where it was made. */
    if (FAILED(open_drafts(draft->session, &drafts))) return SUCCESS_SUCCESS;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)draft->message, PR_ENTRYID, &id)))
    {
        IMessage_Release(draft->message);
        draft->message = NULL;
        list.cValues = 1;
        list.lpbin = &id->Value.bin;
        hr = IMAPIFolder_CopyMessages(draft->folder, &list, NULL, drafts, 0, NULL, MESSAGE_MOVE);
        if (FAILED(hr)) WARN("the draft stays in the outbox: %#lx\n", hr);
        memory_exported->free(id);
    }
    IMAPIFolder_Release(drafts);
    return SUCCESS_SUCCESS;
}

void draft_free(struct draft *draft)
{
    if (draft->recipients) FreePadrlist(draft->recipients);
    if (draft->message) IMessage_Release(draft->message);
    if (draft->folder) IMAPIFolder_Release(draft->folder);
    memset(draft, 0, sizeof(*draft));
}
