/*
 * The spooler: receiving
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
 * A transport is asked for a message when it said that it has one or a poll found one. It gets an
 * empty message in the receive folder of the default store; whether it filled and saved it shows in
 * that the message can be opened afterwards. What has arrived goes through the hook providers, into
 * the receive folder of its class, and is announced to the store, which tells the clients.
 *
 * One spooler of the profile receives for a transport, the one with its claim.
 */

#include "session/spooler.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define AT_ONCE_MAX 200         /* messages of one transport before others have their turn */

/* ---- into the store ---- */

static HRESULT receive_folder(struct provider *provider, IMsgStore *store, const WCHAR *class,
                              IMAPIFolder **ret)
{
    ENTRYID *id;
    HRESULT hr;
    ULONG size;

    *ret = NULL;
    if (FAILED(hr = store_GetReceiveFolder(provider, store, class, &size, &id))) return hr;
    hr = store_OpenFolder(provider, store, size, id, MAPI_MODIFY, ret);
    memory_free_buffer(id);
    return hr;
}

static HRESULT outbox_folder(struct provider *provider, IMsgStore *store, IMAPIFolder **ret)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_IPM_OUTBOX_ENTRYID } };
    SPropValue *prop;
    ULONG count;
    HRESULT hr;

    *ret = NULL;
    if (FAILED(hr = object_GetProps(&provider->party, store, (const SPropTagArray *)&tags, 0,
                                  &count, &prop)))
        return hr;
    if (count != 1 || prop->ulPropTag != PR_IPM_OUTBOX_ENTRYID) hr = MAPI_E_NOT_FOUND;
    else
        hr = store_OpenFolder(provider, store, prop->Value.bin.cb, prop->Value.bin.lpb, MAPI_MODIFY,
                              ret);
    memory_free_buffer(prop);
    return hr;
}

/* What every message that arrives has, whatever the transport puts on top; with send, one that is
 * to be sent. */
static HRESULT new_message(struct provider *provider, IMsgStore *store, BOOL send, IMessage **ret)
{
    ULONGLONG now = platform_time();
    IMAPIFolder *folder;
    SPropValue props[2];
    HRESULT hr;

    *ret = NULL;
    if (send) hr = outbox_folder(provider, store, &folder);
    else hr = receive_folder(provider, store, NULL, &folder);
    if (FAILED(hr)) return hr;
    hr = folder_CreateMessage(provider, folder, ret);
    host_object_release(provider, (IUnknown *)folder);
    if (FAILED(hr) || send) return hr;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MESSAGE_FLAGS;
    props[1].ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    props[1].Value.ft.dwLowDateTime = (DWORD)now;
    props[1].Value.ft.dwHighDateTime = (DWORD)(now >> 32);
    object_SetProps(&provider->party, *ret, 2, props, NULL);
    return S_OK;
}

/* What a message that has just arrived is, for those who are told. */
struct arrival
{
    ULONG size;                         /* its entry ID */
    ENTRYID *id;                        /* memory_allocators */
    SPropValue *props;                  /* below, in that order */
    ULONG count;
};

enum { PARENT_ID, MESSAGE_CLASS, MESSAGE_FLAGS, SEARCH_KEY, ARRIVAL_PROPS };

static HRESULT arrival_read(struct arrival *arrival, struct provider *provider, IMessage *message)
{
    static const SizedSPropTagArray(ARRIVAL_PROPS, tags) = { ARRIVAL_PROPS,
        { PR_PARENT_ENTRYID, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS, PR_SEARCH_KEY } };
    HRESULT hr;

    hr = object_GetProps(&provider->party, message, (const SPropTagArray *)&tags, MAPI_UNICODE,
                       &arrival->count, &arrival->props);
    if (FAILED(hr)) return hr;
    if (arrival->count == ARRIVAL_PROPS && arrival->props[PARENT_ID].ulPropTag == PR_PARENT_ENTRYID)
        return S_OK;
    memory_free_buffer(arrival->props);
    arrival->props = NULL;
    return MAPI_E_NOT_FOUND;
}

static const WCHAR *arrival_class(const struct arrival *arrival)
{
    const SPropValue *class = &arrival->props[MESSAGE_CLASS];

    return class->ulPropTag == PR_MESSAGE_CLASS_W && class->Value.lpszW ? class->Value.lpszW : NULL;
}

/* Into another folder; its entry ID may be another one afterwards. */
static void arrival_move(struct arrival *arrival, struct provider *provider, IMsgStore *store,
                         IMAPIFolder *from, ULONG folder_size, const ENTRYID *folder_id)
{
    SPropValue *parent = &arrival->props[PARENT_ID], *key = &arrival->props[SEARCH_KEY];
    IMessage *message;
    IMAPIFolder *dest;
    ENTRYID *id;
    ULONG size;

    if (parent->Value.bin.cb == folder_size
        && !memcmp(parent->Value.bin.lpb, folder_id, folder_size))
        return;
    if (FAILED(store_OpenFolder(provider, store, folder_size, folder_id, MAPI_MODIFY, &dest)))
        return;
    if (SUCCEEDED(folder_MoveMessage(provider, from, arrival->size, arrival->id, dest)))
    {
        parent->Value.bin.cb = folder_size;
        parent->Value.bin.lpb = (BYTE *)folder_id;
        if (SUCCEEDED(store_OpenMessage(provider, store, arrival->size, arrival->id, 0, &message)))
            host_object_release(provider, (IUnknown *)message);
        else if (key->ulPropTag == PR_SEARCH_KEY
                 && SUCCEEDED(folder_FindMessage(provider, dest, key->Value.bin.cb,
                                                 key->Value.bin.lpb, &size, &id)))
        {
            memory_free_buffer(arrival->id);
            arrival->size = size;
            arrival->id = id;
        }
    }
    host_object_release(provider, (IUnknown *)dest);
}

static void arrival_announce(const struct arrival *arrival, struct provider *provider,
                             IMsgStore *store)
{
    NOTIFICATION notification;
    NEWMAIL_NOTIFICATION *mail = &notification.info.newmail;

    memset(&notification, 0, sizeof(notification));
    notification.ulEventType = fnevNewMail;
    mail->cbEntryID = arrival->size;
    mail->lpEntryID = arrival->id;
    mail->cbParentID = arrival->props[PARENT_ID].Value.bin.cb;
    mail->lpParentID = (ENTRYID *)arrival->props[PARENT_ID].Value.bin.lpb;
    mail->ulFlags = MAPI_UNICODE;
    mail->lpszMessageClass = (LPTSTR)(arrival_class(arrival) ? arrival_class(arrival) : L"IPM");
    if (arrival->props[MESSAGE_FLAGS].ulPropTag == PR_MESSAGE_FLAGS)
        mail->ulMessageFlags = arrival->props[MESSAGE_FLAGS].Value.l;
    store_NotifyNewMail(provider, store, &notification);
}

/* Hooks first, for one may want it in another place or gone; then where its class is received. */
static BOOL arrival_place(struct spooler *spooler, struct arrival *arrival,
                          struct provider *provider, IMsgStore *store, IMessage *message,
                          BOOL placed)
{
    ULONG flags = 0, hook_size = 0, class_size;
    ENTRYID *hook_id = NULL, *class_id = NULL;
    IMAPIFolder *folder;
    BOOL stays = TRUE;

    if (FAILED(store_OpenFolder(provider, store, arrival->props[PARENT_ID].Value.bin.cb,
                                arrival->props[PARENT_ID].Value.bin.lpb, MAPI_MODIFY, &folder)))
    {
        host_object_release(provider, (IUnknown *)message);
        return TRUE;
    }
    hooks_run(spooler, TRUE, message, folder, store, &flags, &hook_size, &hook_id);
    host_object_release(provider, (IUnknown *)message);
    if (flags & HOOK_DELETE)
    {
        folder_DeleteMessage(provider, folder, arrival->size, arrival->id);
        stays = FALSE;
    }
    else if (hook_id)
    {
        arrival_move(arrival, provider, store, folder, hook_size, hook_id);
        arrival_announce(arrival, provider, store);
    }
    else if (!placed && arrival_class(arrival)
             && SUCCEEDED(store_GetReceiveFolder(provider, store, arrival_class(arrival),
                                                 &class_size, &class_id)))
    {
        arrival_move(arrival, provider, store, folder, class_size, class_id);
        arrival_announce(arrival, provider, store);
    }
    else arrival_announce(arrival, provider, store);
    platform_free(hook_id);
    memory_free_buffer(class_id);
    host_object_release(provider, (IUnknown *)folder);
    return stays;
}

void message_arrived(struct spooler *spooler, struct provider *provider, IMsgStore *store,
                     ULONG size, const void *id, BOOL placed)
{
    struct arrival arrival = { size };
    IMessage *message;

    if (FAILED(memory_allocate_buffer(size, (void **)&arrival.id))) return;
    memcpy(arrival.id, id, size);
    if (SUCCEEDED(store_OpenMessage(provider, store, size, id, MAPI_MODIFY, &message)))
    {
        if (SUCCEEDED(arrival_read(&arrival, provider, message)))
            arrival_place(spooler, &arrival, provider, store, message, placed);
        else host_object_release(provider, (IUnknown *)message);
    }
    memory_free_buffer(arrival.props);
    memory_free_buffer(arrival.id);
}

/* Whether the message was saved, and then its arrival. The message is released. */
static BOOL finish_message(struct spooler *spooler, struct provider *provider, IMsgStore *store,
                           IMessage *message)
{
    static const SizedSPropTagArray(1, tags) = { 1, { PR_ENTRYID } };
    SPropValue *props = NULL;
    IMessage *saved;
    BOOL ret = FALSE;
    ULONG count;
    HRESULT hr;

    hr = object_GetProps(&provider->party, message, (const SPropTagArray *)&tags, 0, &count,
                       &props);
    host_object_release(provider, (IUnknown *)message);
    if (SUCCEEDED(hr) && props->ulPropTag == PR_ENTRYID
        && SUCCEEDED(store_OpenMessage(provider, store, props->Value.bin.cb, props->Value.bin.lpb,
                                       0, &saved)))
    {
        host_object_release(provider, (IUnknown *)saved);
        message_arrived(spooler, provider, store, props->Value.bin.cb, props->Value.bin.lpb, FALSE);
        ret = TRUE;
    }
    memory_free_buffer(props);
    return ret;
}

HRESULT deliver_begin(struct spooler *spooler, BOOL send, struct provider **provider,
                      IMsgStore **store, struct outbox **outbox, IMessage **message)
{
    HRESULT hr;

    *message = NULL;
    if (!(*outbox = outbox_default(spooler))) return MAPI_E_NOT_FOUND;
    if (FAILED(hr = outbox_enter(*outbox, provider, store))) return hr;
    if (FAILED(hr = new_message(*provider, *store, send, message)))
        logon_leave((*outbox)->logon, *provider);
    return hr;
}

BOOL deliver_end(struct spooler *spooler, BOOL send, struct provider *provider, IMsgStore *store,
                 struct outbox *outbox, IMessage *message, BOOL save)
{
    BOOL ret = FALSE;

    if (send)
    {
        ret = save && SUCCEEDED(message_SubmitMessage(provider, message));
        host_object_release(provider, (IUnknown *)message);
    }
    else if (!save || FAILED(object_SaveChanges(&provider->party, message, KEEP_OPEN_READWRITE)))
        host_object_release(provider, (IUnknown *)message);
    else ret = finish_message(spooler, provider, store, message);
    logon_leave(outbox->logon, provider);
    return ret;
}

/* ---- out of the transports ---- */

static BOOL may_receive(struct carrier *carrier)
{
    return !carrier->gone && !carrier->dead && !carrier->critical && carrier->logon->enabled
           && !carrier->logon->ended;
}

static BOOL take_new_mail(struct spooler *spooler, struct carrier *carrier)
{
    BOOL ret;

    EnterCriticalSection(&spooler->cs);
    ret = carrier->new_mail;
    carrier->new_mail = FALSE;
    LeaveCriticalSection(&spooler->cs);
    return ret;
}

static BOOL receive_one(struct spooler *spooler, struct carrier *carrier)
{
    struct provider *provider, *transport;
    struct outbox *outbox;
    IMessage *message;
    IMsgStore *store;
    IUnknown *object;
    BOOL ret = FALSE;
    HRESULT hr;

    if (FAILED(hr = deliver_begin(spooler, FALSE, &provider, &store, &outbox, &message)))
    {
        WARN("there is no store to receive into (%#lx)\n", (unsigned long)hr);
        return FALSE;
    }
    spooler_doing(spooler, DOING_INBOUND, &outbox->logon->section);
    if (SUCCEEDED(hr = logon_enter(carrier->logon, &transport, &object)))
    {
        spooler_doing_message(spooler, carrier->logon, 1);
        hr = transport_StartMessage(transport, (IXPLogon *)object, 0, message,
                                    &spooler->doing_message);
        spooler_doing_message(spooler, NULL, 0);
        logon_leave(carrier->logon, transport);
    }
    if (FAILED(hr) || shutdown_done())
    {
        host_object_release(provider, (IUnknown *)message);
        logon_leave(outbox->logon, provider);
    }
    else
    {
        ret = finish_message(spooler, provider, store, message);
        logon_leave(outbox->logon, provider);
    }
    spooler_doing(spooler, 0, NULL);
    return ret;
}

BOOL carrier_receive(struct spooler *spooler, struct carrier *carrier)
{
    BOOL ret;

    if (!may_receive(carrier) || !spooler_begin(spooler)) return FALSE;
    ret = receive_one(spooler, carrier);
    spooler_end(spooler);
    return ret;
}

static BOOL carrier_poll(struct spooler *spooler, struct carrier *carrier)
{
    struct provider *provider;
    ULONG incoming = 0;
    IUnknown *object;

    if (!(carrier->logon->logon_flags & LOGON_SP_POLL) || !may_receive(carrier)
        || !spooler_begin(spooler))
        return FALSE;
    carrier->poll = GetTickCount64() + POLL_MS;
    if (SUCCEEDED(logon_enter(carrier->logon, &provider, &object)))
    {
        transport_Poll(provider, (IXPLogon *)object, &incoming);
        logon_leave(carrier->logon, provider);
    }
    spooler_end(spooler);
    return incoming != 0;
}

void carriers_receive(struct spooler *spooler)
{
    struct carrier *carrier;
    ULONG count;
    BOOL more;

    for (carrier = spooler->carriers; carrier; carrier = carrier->next)
    {
        if (!may_receive(carrier)) continue;
        if (!carrier->claimed && !(carrier->claimed = claim_try(carrier->claim))) continue;
        more = take_new_mail(spooler, carrier);
        if (!more && GetTickCount64() >= carrier->poll) more = carrier_poll(spooler, carrier);
        for (count = 0; more && count < AT_ONCE_MAX; count++)
        {
            if (!carrier_receive(spooler, carrier)) break;
            more = take_new_mail(spooler, carrier) || carrier_poll(spooler, carrier);
        }
        if (more && count == AT_ONCE_MAX)
        {
            EnterCriticalSection(&spooler->cs);
            carrier->new_mail = TRUE;
            LeaveCriticalSection(&spooler->cs);
            spooler_wake(spooler);
        }
    }
}
