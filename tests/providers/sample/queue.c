/*
 * Sample providers: the outgoing queue of the store
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
 * A submitted message stays where it is, flagged, and has a row in the outgoing queue. The spooler
 * locks it while it is being sent; of several processes only one can (files.c), and one that ends
 * in the middle leaves the message submitted and unlocked, for the next to send. Only FinishedMsg
 * takes it out.
 *
 * A store that is tightly coupled with transports (coupled.c) sends what it can in SubmitMessage.
 * As long as it does, the message is submitted and locked but in no queue; a process that dies
 * meanwhile takes the lock with it, and whoever opens the store next finds the message queued, with
 * those recipients marked that have been sent to.
 */

#include "store.h"

/* FALSE: some recipients are left to the spooler. Else it only has to complete the message, which
 * needs no queue. */
static BOOL send_directly(struct store *store, IMAPISupport *support, IMessage *message,
                          ULONG number)
{
    struct store_entryid id;

    coupled_send(store, message);
    if (FAILED(IMessage_SaveChanges(message, KEEP_OPEN_READWRITE))) return FALSE;
    if (!message_all_taken(message_from(message))) return FALSE;
    store_entryid_init(&store->uid, OBJECT_MESSAGE, number, &id);
    return SUCCEEDED(IMAPISupport_CompleteMsg(support, 0, sizeof(id), (ENTRYID *)&id));
}

HRESULT queue_submit(struct store *store, IMessage *message, ULONG number)
{
    IMAPISupport *support = store_support(store);
    BOOL direct = FALSE, locked = FALSE;
    struct item item;
    ULONG flags = 0;
    HRESULT hr = S_OK;

    if (!support) return MAPI_E_CALL_FAILED;
    /* The spooler is told before the message is prepared, and once more when it is in the queue. */
    IMAPISupport_SpoolerNotify(support, NOTIFY_READYTOSEND, NULL);
    /* One that waits for preprocessing comes back from the spooler, prepared. */
    if (FAILED(content_get(store->content, number, &item, NULL))
        || !(item.submit_flags & SUBMITFLAG_PREPROCESS))
    {
        hr = IMAPISupport_PrepareSubmit(support, message, &flags);
        if (SUCCEEDED(hr)) hr = IMAPISupport_ExpandRecips(support, message, &flags);
    }
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    if (hr == MAPI_E_NO_SUPPORT) hr = S_OK;
    if (SUCCEEDED(hr) && (direct = !(flags & NEEDS_PREPROCESSING) && coupled_is(store)))
    {
        /* One that was preprocessed is locked by the spooler already. */
        locked = content_lock(store->content, number);
        content_set_direct(store->content, number, TRUE);
    }
    content_enter(store->content);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = content_get(store->content, number, &item, NULL)))
    {
        item.flags |= MSGFLAG_SUBMIT | MSGFLAG_UNSENT;
        item.submit_flags = flags & NEEDS_PREPROCESSING ? SUBMITFLAG_PREPROCESS : 0;
        GetSystemTimeAsFileTime(&item.submitted);
        hr = content_put(store->content, &item, NULL);
    }
    content_leave(store->content);
    if (SUCCEEDED(hr)) store_notify(store, fnevObjectModified, OBJECT_MESSAGE, number, item.parent);
    if (direct && (FAILED(hr) || !send_directly(store, support, message, number)))
    {
        content_set_direct(store->content, number, FALSE);
        if (locked) content_unlock(store->content, number);
        direct = FALSE;
    }
    if (SUCCEEDED(hr) && !direct) IMAPISupport_SpoolerNotify(support, NOTIFY_READYTOSEND, NULL);
    IMAPISupport_Release(support);
    return hr;
}

HRESULT queue_abort(struct store *store, ULONG number)
{
    struct item item;
    HRESULT hr = S_OK;

    content_refresh(store->content);
    content_enter(store->content);
    if (FAILED(content_get(store->content, number, &item, NULL)) || !(item.flags & MSGFLAG_SUBMIT))
        hr = MAPI_E_NOT_IN_QUEUE;
    /* Whoever aborts takes the lock first: a spooler cannot begin meanwhile. */
    else if (!content_lock(store->content, number)) hr = MAPI_E_UNABLE_TO_ABORT;
    else
    {
        item.flags &= ~MSGFLAG_SUBMIT;
        item.submit_flags = 0;
        hr = content_put(store->content, &item, NULL);
        content_unlock(store->content, number);
    }
    content_leave(store->content);
    if (SUCCEEDED(hr)) store_notify(store, fnevObjectModified, OBJECT_MESSAGE, number, item.parent);
    return hr;
}

HRESULT queue_set_lock(struct store *store, ULONG number, ULONG state)
{
    struct item item;
    HRESULT hr = S_OK;

    if (state != MSG_LOCKED)
    {
        content_unlock(store->content, number);
        return S_OK;
    }
    content_enter(store->content);
    if (!content_lock(store->content, number)) hr = MAPI_E_NO_ACCESS;
    /* With the lock it is known that nobody is sending it; that nobody has sent it must be seen. */
    else if (FAILED(content_get(store->content, number, &item, NULL))
             || !(item.flags & MSGFLAG_SUBMIT))
    {
        content_unlock(store->content, number);
        hr = MAPI_E_NOT_IN_QUEUE;
    }
    content_leave(store->content);
    return hr;
}

/* What is to become of a sent message is DoSentMail's work; the store takes it out of the queue. */
HRESULT queue_finished(struct store *store, ULONG number)
{
    IMAPISupport *support;
    IMessage *message;
    struct item item;
    HRESULT hr;

    content_refresh(store->content);
    content_enter(store->content);
    if (SUCCEEDED(hr = content_get(store->content, number, &item, NULL)))
    {
        item.flags = (item.flags & ~(MSGFLAG_SUBMIT | MSGFLAG_UNSENT)) | MSGFLAG_READ
                     | MSGFLAG_FROMME;
        item.submit_flags = 0;
        hr = content_put(store->content, &item, NULL);
    }
    content_unlock(store->content, number);
    content_leave(store->content);
    if (FAILED(hr)) return hr;
    store_notify(store, fnevObjectModified, OBJECT_MESSAGE, number, item.parent);
    if (!(support = store_support(store))) return S_OK;
    /* It takes the message over: a move needs that nobody has it open. */
    if (SUCCEEDED(message_open(store, number, TRUE, &message)))
        hr = IMAPISupport_DoSentMail(support, 0, message);
    IMAPISupport_Release(support);
    return hr;
}
