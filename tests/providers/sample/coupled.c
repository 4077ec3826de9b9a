/*
 * The sample store and transport, tightly coupled
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
 * With the switch "xp=coupled" the store and the transports of one message service find each other
 * here, as they are in one process, and send and receive without the spooler. SubmitMessage hands
 * the message to the transports at once; only what they do not take is left to the spooler. What
 * arrives a transport puts into the store itself, while it idles. What the spooler adds is asked of
 * it: hooks and the sent mail folder with CompleteMsg (queue.c), hooks and notifications with
 * NOTIFY_NEWMAIL_RECEIVED.
 *
 * A transport that is coupled names its store in PR_OWN_STORE_ENTRYID of its status row.
 */

#include "store.h"
#include "transport.h"

#define COUPLED_MAX 8           /* transports of a service that a message is offered to */

static SRWLOCK lock = SRWLOCK_INIT;     /* of the two lists, whose members are counted */
static struct xp_logon *transports;
static struct store *stores;

/* Zero: the section belongs to no service, and its provider is coupled with none. */
static MAPIUID service_of(IMAPISupport *support)
{
    SizedSPropTagArray(1, tags) = {1, {PR_SERVICE_UID}};
    MAPIUID uid = {{0}};
    IProfSect *section;
    SPropValue *prop;
    ULONG count;

    if (FAILED(IMAPISupport_OpenProfileSection(support, NULL, 0, &section))) return uid;
    if (SUCCEEDED(IProfSect_GetProps(section, (SPropTagArray *)&tags, 0, &count, &prop)))
    {
        if (prop->ulPropTag == PR_SERVICE_UID && prop->Value.bin.cb == sizeof(uid))
            memcpy(&uid, prop->Value.bin.lpb, sizeof(uid));
        MAPIFreeBuffer(prop);
    }
    IProfSect_Release(section);
    return uid;
}

static BOOL same_service(const MAPIUID *a, const MAPIUID *b)
{
    static const MAPIUID none;

    return !memcmp(a, b, sizeof(*a)) && memcmp(a, &none, sizeof(*a));
}

/* The coupled transports of a service; release each. */
static ULONG transports_of(const MAPIUID *service, struct xp_logon *ret[COUPLED_MAX])
{
    struct xp_logon *logon;
    ULONG count = 0;

    AcquireSRWLockShared(&lock);
    for (logon = transports; logon && count < COUPLED_MAX; logon = logon->next_coupled)
    {
        if (!same_service(&logon->service, service)) continue;
        IXPLogon_AddRef(&logon->IXPLogon_iface);
        ret[count++] = logon;
    }
    ReleaseSRWLockShared(&lock);
    return count;
}

static struct store *store_of(const MAPIUID *service)
{
    struct store *store;

    AcquireSRWLockShared(&lock);
    for (store = stores; store && !same_service(&store->service, service);
         store = store->next_coupled)
        ;
    if (store) store_addref(store);
    ReleaseSRWLockShared(&lock);
    return store;
}

/* ---- who there is ---- */

/* The transport's row says which store it is coupled with. */
static void show_store(struct xp_logon *logon, struct store *store)
{
    SPropValue *id, prop;

    if (!logon->support || FAILED(HrGetOneProp((IMAPIProp *)store, PR_ENTRYID, &id))) return;
    prop = *id;
    prop.ulPropTag = PR_OWN_STORE_ENTRYID;
    IMAPISupport_ModifyStatusRow(logon->support, 1, &prop, STATUSROW_UPDATE);
    MAPIFreeBuffer(id);
}

void coupled_add_transport(struct xp_logon *logon)
{
    if (!behavior_is(KIND_TRANSPORT, "coupled")) return;
    logon->coupled = TRUE;
    logon->service = service_of(logon->support);
    IXPLogon_AddRef(&logon->IXPLogon_iface);
    AcquireSRWLockExclusive(&lock);
    logon->next_coupled = transports;
    transports = logon;
    ReleaseSRWLockExclusive(&lock);
}

void coupled_remove_transport(struct xp_logon *logon)
{
    struct xp_logon **link;
    BOOL found;

    AcquireSRWLockExclusive(&lock);
    for (link = &transports; *link && *link != logon; link = &(*link)->next_coupled) ;
    if ((found = *link != NULL)) *link = logon->next_coupled;
    ReleaseSRWLockExclusive(&lock);
    if (found) IXPLogon_Release(&logon->IXPLogon_iface);
}

void coupled_add_store(struct store *store)
{
    struct xp_logon *logons[COUPLED_MAX];
    ULONG i, count;

    store->service = service_of(store->support);
    store_addref(store);
    AcquireSRWLockExclusive(&lock);
    store->next_coupled = stores;
    stores = store;
    ReleaseSRWLockExclusive(&lock);
    count = transports_of(&store->service, logons);
    for (i = 0; i < count; i++)
    {
        show_store(logons[i], store);
        IXPLogon_Release(&logons[i]->IXPLogon_iface);
    }
}

void coupled_remove_store(struct store *store)
{
    struct store **link;
    BOOL found;

    AcquireSRWLockExclusive(&lock);
    for (link = &stores; *link && *link != store; link = &(*link)->next_coupled) ;
    if ((found = *link != NULL)) *link = store->next_coupled;
    ReleaseSRWLockExclusive(&lock);
    if (found) store_release(store);
}

/* ---- sending ---- */

BOOL coupled_is(struct store *store)
{
    struct xp_logon *logons[COUPLED_MAX];
    ULONG i, count = transports_of(&store->service, logons);

    for (i = 0; i < count; i++) IXPLogon_Release(&logons[i]->IXPLogon_iface);
    return count != 0;
}

/* One that fails leaves its recipients to the spooler, which has patience. */
void coupled_send(struct store *store, IMessage *message)
{
    struct xp_logon *logons[COUPLED_MAX];
    ULONG i, count = transports_of(&store->service, logons);

    for (i = 0; i < count; i++)
    {
        if (logons[i]->support && SUCCEEDED(behave(KIND_TRANSPORT, "Direct", logons[i]->support)))
            outgoing_send(logons[i], message);
        IXPLogon_Release(&logons[i]->IXPLogon_iface);
    }
}

/* ---- receiving ---- */

/* The spooler has the hooks see a message that has come, and the clients told. */
static void announce(struct store *store, IMessage *message)
{
    SizedSPropTagArray(2, tags) = {2, {PR_ENTRYID, PR_PARENT_ENTRYID}};
    IMAPISupport *support = store_support(store);
    NEWMAIL_NOTIFICATION mail;
    SPropValue *props;
    ULONG count;

    if (support
        && SUCCEEDED(IMessage_GetProps(message, (SPropTagArray *)&tags, 0, &count, &props)))
    {
        memset(&mail, 0, sizeof(mail));
        mail.cbEntryID = props[0].Value.bin.cb;
        mail.lpEntryID = (ENTRYID *)props[0].Value.bin.lpb;
        mail.cbParentID = props[1].Value.bin.cb;
        mail.lpParentID = (ENTRYID *)props[1].Value.bin.lpb;
        mail.lpszMessageClass = (LPTSTR)"IPM.Note";
        if (props[0].ulPropTag == PR_ENTRYID && props[1].ulPropTag == PR_PARENT_ENTRYID)
            IMAPISupport_SpoolerNotify(support, NOTIFY_NEWMAIL_RECEIVED, &mail);
        MAPIFreeBuffer(props);
    }
    if (support) IMAPISupport_Release(support);
}

static HRESULT receive_one(struct xp_logon *logon, struct store *store)
{
    SPropValue props[2];
    IMessage *message;
    HRESULT hr;

    if (FAILED(hr = message_create(store, FOLDER_INBOX, FALSE, &message))) return hr;
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MESSAGE_FLAGS;
    props[1].ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    GetSystemTimeAsFileTime(&props[1].Value.ft);
    hr = IMessage_SetProps(message, 2, props, NULL);
    if (SUCCEEDED(hr)) hr = incoming_receive(logon, message);
    if (SUCCEEDED(hr) && !message_number(message_from(message))) hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) announce(store, message);
    IMessage_Release(message);
    return hr;
}

void coupled_receive(struct xp_logon *logon)
{
    struct store *store;

    if (!logon->coupled || !logon->support || !(store = store_of(&logon->service))) return;
    while (incoming_waits(logon) && SUCCEEDED(receive_one(logon, store))) ;
    store_release(store);
}
