/*
 * Mail transport: messages on their way in
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
 * The receiver's thread lists the mailbox, fetches what the journal does not know, a few messages
 * ahead, and tells the spooler, which calls StartMessage for each. Each is noted as being received
 * before it is saved and as received afterwards. One that was being saved when the process died is
 * looked for in the store when it comes again; when the journal itself is lost, the store is asked
 * for all that it has before anything is saved.
 *
 * What cannot be converted is delivered as it is, as text: no mail is lost for being malformed.
 */

#include "transport.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define DRAIN_WAIT 60000                /* ms that a connection is held open for the spooler to take mail */

static void incoming_destroy(struct incoming *incoming)
{
    bytes_free(&incoming->data);
    free(incoming->place);
    free(incoming);
}

/* ---- the receiver's thread ---- */

static BOOL is_wanted(struct xp_logon *logon, const char *id)
{
    struct received_entry *entry;
    struct incoming *incoming;
    BOOL ret;

    EnterCriticalSection(&logon->cs);
    entry = received_find(&logon->received, id);
    ret = !entry || entry->state == RECEIVED_NEVER || entry->state == RECEIVED_PERHAPS;
    for (incoming = logon->incoming; incoming && ret; incoming = incoming->next)
        ret = strcmp(incoming->id, id) != 0;
    LeaveCriticalSection(&logon->cs);
    return ret && !upload_has(logon, id);
}

static BOOL enabled(struct xp_logon *logon)
{
    BOOL ret;

    EnterCriticalSection(&logon->cs);
    ret = logon->enabled & STATUS_INBOUND_ENABLED && !logon->paused;
    LeaveCriticalSection(&logon->cs);
    return ret && !logon_stopping(logon);
}

/* Until the spooler has taken some. FALSE: it does not. */
static BOOL wait_room(struct xp_logon *logon)
{
    ULONGLONG deadline = GetTickCount64() + DRAIN_WAIT;
    ULONG count;

    while (enabled(logon) && GetTickCount64() < deadline)
    {
        EnterCriticalSection(&logon->cs);
        count = logon->incoming_count;
        LeaveCriticalSection(&logon->cs);
        if (count < FETCH_AHEAD) return TRUE;
        WaitForSingleObject(logon->stop, 50);
    }
    return FALSE;
}

static BOOL queue(struct xp_logon *logon, const struct remote *remote, const struct place *place,
                  struct bytes *data)
{
    struct incoming *incoming, **pos;

    if (!(incoming = calloc(1, sizeof(*incoming)))) return FALSE;
    if (place && !(incoming->place = malloc(sizeof(*place))))
    {
        free(incoming);
        return FALSE;
    }
    if (place) *incoming->place = *place;
    lstrcpynA(incoming->id, remote->id, sizeof(incoming->id));
    incoming->seen = remote->seen;
    incoming->data = *data;
    memset(data, 0, sizeof(*data));
    EnterCriticalSection(&logon->cs);
    for (pos = &logon->incoming; *pos; pos = &(*pos)->next) {}
    *pos = incoming;
    logon->incoming_count++;
    LeaveCriticalSection(&logon->cs);
    IMAPISupport_SpoolerNotify(logon->support, NOTIFY_NEWMAIL, NULL);
    return TRUE;
}

enum net incoming_fetch(struct xp_logon *logon, struct mailbox *mailbox, const struct place *place,
                        BOOL *whole)
{
    struct bytes data;
    enum net net;
    size_t i;

    *whole = FALSE;
    for (i = 0; i < mailbox->count; i++)
    {
        if (!is_wanted(logon, mailbox->list[i].id)) continue;
        if (!wait_room(logon)) return NET_OK;
        net = mailbox_fetch(mailbox, &mailbox->list[i], &data);
        if (net == NET_OK && data.size && data.size <= MESSAGE_MAX
            && !queue(logon, &mailbox->list[i], place, &data))
            net = NET_FAILED;
        bytes_free(&data);
        /* One message that the server does not give out must not hold up the others. */
        if (net && net != NET_REFUSED) return net;
    }
    *whole = TRUE;
    return NET_OK;
}

/* POP3 only: what has been kept for as long as the account wants. */
static enum net delete_old(struct xp_logon *logon, struct mailbox *mailbox)
{
    LONG days = logon->settings.keep_days;
    struct received_entry *entry;
    enum net net = NET_OK;
    FILETIME current;
    ULONGLONG now;
    BOOL old;
    size_t i, count = 0;

    if (mailbox->imap || days < 0) return NET_OK;
    GetSystemTimeAsFileTime(&current);
    now = (ULONGLONG)current.dwHighDateTime << 32 | current.dwLowDateTime;
    for (i = 0; i < mailbox->count && !net; i++)
    {
        EnterCriticalSection(&logon->cs);
        entry = received_find(&logon->received, mailbox->list[i].id);
        old = entry && entry->state == RECEIVED_DONE && now >= entry->time
              && (now - entry->time) / 864000000000ull >= (ULONGLONG)days;
        LeaveCriticalSection(&logon->cs);
        if (!old) continue;
        net = mailbox_delete(mailbox, &mailbox->list[i]);
        if (net == NET_REFUSED) net = NET_OK;
        count++;
    }
    return net || !count ? net : mailbox_expunge(mailbox);
}

/* TRUE: mailbox is open, and all is done that there was to do. */
static BOOL receive_round(struct xp_logon *logon, const struct settings *settings,
                          struct mailbox *mailbox)
{
    WCHAR words[WORDS_MAX];
    enum net net;
    BOOL whole;

    if ((net = mailbox_open(settings, logon->stop, mailbox, words)))
    {
        if (net != NET_CANCELLED) logon_say(logon, FALSE, words);
        return FALSE;
    }
    EnterCriticalSection(&logon->cs);
    received_refresh(&logon->received);
    LeaveCriticalSection(&logon->cs);
    net = incoming_fetch(logon, mailbox, NULL, &whole);
    if (!net) net = follow_there(logon, mailbox, NULL);
    if (!net) net = folders_round(logon, mailbox, &whole);
    if (!net && whole) follow_end(logon);
    if (!net && whole) net = delete_old(logon, mailbox);
    if (!net) logon_say(logon, FALSE, NULL);
    else if (net != NET_CANCELLED) logon_say(logon, FALSE, mailbox->connection->words);
    TRACE("%lu messages there, result %d\n", (unsigned long)mailbox->count, net);
    if (!net && whole) return TRUE;
    mailbox_close(mailbox);
    return FALSE;
}

void incoming_run(struct xp_logon *logon)
{
    HANDLE handles[2] = { logon->stop, logon->receive_wake };
    DWORD wait = logon->settings.poll_seconds * 1000;
    struct settings settings;
    struct mailbox mailbox;
    BOOL open, again;

    for (;;)
    {
        if (enabled(logon))
        {
            EnterCriticalSection(&logon->cs);
            /* Whatever was asked for until now is in this round. */
            ResetEvent(logon->receive_wake);
            logon->receive_now = FALSE;
            logon->receiving = TRUE;
            follow_begin(logon);
            LeaveCriticalSection(&logon->cs);
            logon_show_status(logon);
            settings = logon_settings(logon);
            open = receive_round(logon, &settings, &mailbox);
            EnterCriticalSection(&logon->cs);
            logon->receiving = FALSE;
            again = logon->receive_now;
            LeaveCriticalSection(&logon->cs);
            logon_show_status(logon);
            if (open)
            {
                again = again || mailbox_idle(&mailbox, logon->receive_wake, wait);
                mailbox_close(&mailbox);
            }
            logon_settings_free(&settings);
            if (again) continue;
        }
        if (WaitForMultipleObjects(2, handles, FALSE, wait) == WAIT_OBJECT_0) return;
    }
}

/* ---- the spooler's calls ---- */

BOOL incoming_waits(struct xp_logon *logon)
{
    BOOL ret;

    EnterCriticalSection(&logon->cs);
    /* What goes to other folders needs no message of the spooler's, once the store is known by
     * one. */
    ret = logon->incoming && (!logon->incoming->place || !logon->store_id.lpb);
    LeaveCriticalSection(&logon->cs);
    return ret;
}

/* The first message stays where it is until it has been seen to. */
struct incoming *incoming_first(struct xp_logon *logon)
{
    struct incoming *ret;

    EnterCriticalSection(&logon->cs);
    ret = logon->incoming;
    LeaveCriticalSection(&logon->cs);
    return ret;
}

void incoming_drop_first(struct xp_logon *logon)
{
    struct incoming *incoming;

    EnterCriticalSection(&logon->cs);
    if ((incoming = logon->incoming))
    {
        logon->incoming = incoming->next;
        logon->incoming_count--;
    }
    LeaveCriticalSection(&logon->cs);
    if (incoming) incoming_destroy(incoming);
}

BOOL incoming_note(struct xp_logon *logon, const char *id, enum received_state state, BOOL seen)
{
    BOOL ret;

    EnterCriticalSection(&logon->cs);
    ret = received_set(&logon->received, id, state, seen);
    LeaveCriticalSection(&logon->cs);
    return ret;
}

/* The Message-ID out of the header; FALSE: it has none. */
BOOL incoming_message_id(const struct bytes *data, char *message_id, size_t size)
{
    const char *line = data->data, *end = data->data + data->size, *next, *open, *close;

    while (line < end && *line != '\r' && *line != '\n')
    {
        next = memchr(line, '\n', end - line);
        if (!next) next = end;
        if (next - line > 11 && !_strnicmp(line, "Message-ID:", 11))
        {
            /* It may stand on the next line. */
            if (!(open = memchr(line, '<', min(end - line, 1000)))
                || !(close = memchr(open, '>', min(end - open, 1000)))
                || (size_t)(close - open) + 2 > size)
                return FALSE;
            memcpy(message_id, open, close - open + 1);
            message_id[close - open + 1] = 0;
            return TRUE;
        }
        line = next + (next < end);
    }
    return FALSE;
}

/* Whether the store has it already; *state: what the journal says. */
BOOL incoming_is_known(struct xp_logon *logon, const struct incoming *incoming)
{
    struct received_entry *entry;
    enum received_state state;
    char message_id[1000];
    BOOL mixed;

    EnterCriticalSection(&logon->cs);
    entry = received_find(&logon->received, incoming->id);
    state = entry ? entry->state : RECEIVED_NEVER;
    mixed = received_is_mixed(&logon->received, incoming->id);
    LeaveCriticalSection(&logon->cs);
    if (state >= RECEIVED_DONE) return TRUE;
    if (state == RECEIVED_NEVER && !mixed) return FALSE;
    if (!incoming_message_id(&incoming->data, message_id, sizeof(message_id))) message_id[0] = 0;
    if (follow_has(logon, incoming->id, NULL)) state = RECEIVED_DONE;
    else if (mixed && message_id[0] && follow_has(logon, incoming->id, message_id))
        state = RECEIVED_ELSEWHERE;
    else return FALSE;
    incoming_note(logon, incoming->id, state, incoming->seen);
    return TRUE;
}

/* Whether it was on its way from here when we last ended: what is in the inbox has its source
 * then. */
static BOOL take_back(struct xp_logon *logon, const struct incoming *incoming)
{
    char message_id[1000], key[96];
    struct received_entry *entry;
    IMAPIFolder *inbox;
    IMsgStore *store;
    BOOL ret;

    if (!incoming_message_id(&incoming->data, message_id, sizeof(message_id))
        || !upload_mark(message_id, key))
        return FALSE;
    EnterCriticalSection(&logon->cs);
    ret = (entry = received_find(&logon->received, key)) && entry->state == RECEIVED_PERHAPS;
    LeaveCriticalSection(&logon->cs);
    if (!ret || FAILED(store_open(logon, &store))) return FALSE;
    ret = SUCCEEDED(place_open(store, NULL, &inbox));
    if (ret)
    {
        ret = folders_take_over(logon, store, inbox, incoming);
        IMAPIFolder_Release(inbox);
    }
    IMsgStore_Release(store);
    if (ret) incoming_note(logon, key, RECEIVED_NEVER, FALSE);
    return ret && incoming_note(logon, incoming->id, RECEIVED_DONE, incoming->seen);
}

static HRESULT set_text(IMessage *message, ULONG tag, const WCHAR *text)
{
    SPropValue prop;

    prop.ulPropTag = tag;
    prop.dwAlignPad = 0;
    prop.Value.lpszW = (WCHAR *)text;
    return IMessage_SetProps(message, 1, &prop, NULL);
}

HRESULT incoming_set_source(IMessage *message, const char *id)
{
    WCHAR source[96];

    _snwprintf(source, ARRAYSIZE(source), L"%.90hs", id);
    return set_text(message, PR_MAPIXP_SOURCE, source);
}

HRESULT incoming_save_source(IMsgStore *store, const SBinary *id, const char *source)
{
    IMessage *message;
    HRESULT hr;

    if (FAILED(hr = store_open_object(store, id, &message))) return hr;
    hr = incoming_set_source(message, source);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, 0);
    IMessage_Release(message);
    return hr;
}

static HRESULT deliver_raw(const struct incoming *incoming, IMessage *message)
{
    struct bytes text = { 0 };
    WCHAR *wide = NULL;
    HRESULT hr;

    if (bytes_add(&text, incoming->data.data, incoming->data.size) && bytes_add(&text, "", 1))
        wide = wide_from_utf8(text.data);
    bytes_free(&text);
    if (!wide) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = set_text(message, PR_SUBJECT_W, L"A message that could not be read");
    if (SUCCEEDED(hr)) hr = set_text(message, PR_BODY_W, wide);
    free(wide);
    return hr;
}

HRESULT incoming_fill(struct xp_logon *logon, const struct incoming *incoming, IMessage *message)
{
    SPropValue props[2], *class = NULL, *time = NULL;
    HRESULT hr;

    if (FAILED(hr = convert_from_mime(&incoming->data, message)))
    {
        WARN("%s cannot be converted (%#lx)\n", incoming->id, hr);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY) return hr;
        if (FAILED(hr = deliver_raw(incoming, message))) return hr;
    }
    report_tie(logon, message);
    memset(props, 0, sizeof(props));
    props[0].ulPropTag = PR_MESSAGE_FLAGS;
    props[0].Value.l = incoming->seen ? MSGFLAG_READ : 0;
    props[1].ulPropTag = PR_MESSAGE_DELIVERY_TIME;
    GetSystemTimeAsFileTime(&props[1].Value.ft);
    HrGetOneProp((IMAPIProp *)message, PR_MESSAGE_DELIVERY_TIME, &time);
    if (FAILED(hr = IMessage_SetProps(message, time ? 1 : 2, props, NULL)))
    {
        MAPIFreeBuffer(time);
        return hr;
    }
    MAPIFreeBuffer(time);
    if (FAILED(HrGetOneProp((IMAPIProp *)message, PR_MESSAGE_CLASS_W, &class))
        && FAILED(hr = set_text(message, PR_MESSAGE_CLASS_W, L"IPM.Note")))
        return hr;
    MAPIFreeBuffer(class);
    return incoming_set_source(message, incoming->id);
}

/* Where mail is delivered to: kept in the profile, for a session to which none comes. */
void incoming_learn_store(struct xp_logon *logon, IMessage *message)
{
    SBinary *known = &logon->store_id;
    IProfSect *section;
    SPropValue *id;
    SBinary copy;

    if (FAILED(HrGetOneProp((IMAPIProp *)message, PR_STORE_ENTRYID, &id))) return;
    if (!binary_same(known, &id->Value.bin) && binary_copy(&id->Value.bin, &copy))
    {
        free(known->lpb);
        *known = copy;
        if (SUCCEEDED(IMAPISupport_OpenProfileSection(logon->support, NULL, MAPI_MODIFY, &section)))
        {
            id->ulPropTag = PR_MAPIXP_STORE;
            IProfSect_SetProps(section, 1, id, NULL);
            IProfSect_Release(section);
        }
    }
    MAPIFreeBuffer(id);
}

HRESULT incoming_receive(struct xp_logon *logon, IMessage *message)
{
    struct incoming *incoming;
    HRESULT hr = S_OK;

    if (!incoming_waits(logon)) return S_OK;
    /* The old store is still named by what was learned of it. */
    follow_check_store(logon, (IMAPIProp *)message, PR_STORE_RECORD_KEY);
    incoming_learn_store(logon, message);
    EnterCriticalSection(&logon->cs);
    received_refresh(&logon->received);
    LeaveCriticalSection(&logon->cs);
    /* A store that tells its name only of what was saved is asked after the first message. */
    if (logon->received.lost && logon->store_id.lpb && FAILED(hr = follow_recover(logon)))
        return hr;
    while ((incoming = incoming_first(logon)) && !incoming->place
           && (incoming_is_known(logon, incoming) || take_back(logon, incoming)))
        incoming_drop_first(logon);
    if (!incoming || incoming->place)
    {
        /* A store without a name has no other folders; waiting for one would never end. */
        if (incoming && !logon->store_id.lpb) incoming_drop_first(logon);
        logon_show_status(logon);
        return S_OK;
    }
    if (!incoming_note(logon, incoming->id, RECEIVED_PERHAPS, incoming->seen))
    {
        logon_say(logon, FALSE,
                  L"it cannot be noted down which mail was received: is the disk full?");
        return MAPI_E_NOT_ENOUGH_DISK;
    }
    hr = incoming_fill(logon, incoming, message);
    if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, KEEP_OPEN_READWRITE);
    if (SUCCEEDED(hr)) incoming_learn_store(logon, message);
    if (SUCCEEDED(hr)) follow_arrived(logon, incoming->id);
    TRACE("%s: %#lx\n", incoming->id, hr);
    incoming_note(logon, incoming->id, SUCCEEDED(hr) ? RECEIVED_DONE : RECEIVED_NEVER,
                  incoming->seen);
    /* What could not be saved is fetched again another time. */
    incoming_drop_first(logon);
    if (!incoming_waits(logon)) logon_show_status(logon);
    return hr;
}

void incoming_free(struct xp_logon *logon)
{
    while (logon->incoming) incoming_drop_first(logon);
}
