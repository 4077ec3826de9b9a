/*
 * Mail transport: what was read or deleted, here and on the server
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
 * The receiver's thread lists the folders of the server one by one, does in each what the last
 * comparison (compare.c) has left for it, and publishes the lists when all have been listed. Here
 * is also which store it is that mail goes to, and what that is known to have.
 */

#include "follow.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

struct follow *follow_get(struct xp_logon *logon)
{
    if (!logon->follow) logon->follow = calloc(1, sizeof(*logon->follow));
    return logon->follow;
}

static void free_actions(struct action *action)
{
    struct action *next;

    for (; action; action = next)
    {
        next = action->next;
        free(action);
    }
}

void follow_free(struct xp_logon *logon)
{
    if (!logon->follow) return;
    free_actions(logon->follow->actions);
    received_close(&logon->follow->there);
    received_close(&logon->follow->listing);
    received_close(&logon->follow->folders);
    received_close(&logon->follow->listing_folders);
    received_close(&logon->follow->empty);
    received_close(&logon->follow->listing_empty);
    received_close(&logon->follow->refused);
    received_close(&logon->follow->known);
    received_close(&logon->follow->arrived[0]);
    received_close(&logon->follow->arrived[1]);
    ties_free(&logon->follow->ties);
    ties_free(&logon->follow->listing_ties);
    upload_free_all(logon->follow);
    changes_free_all(logon->follow);
    names_free(&logon->follow->missing);
    received_close(&logon->follow->missed);
    received_close(&logon->follow->gone);
    received_close(&logon->follow->listing_gone);
    free(logon->follow);
    logon->follow = NULL;
}

/* ---- the receiver's thread ---- */

const struct remote *mailbox_find(const struct mailbox *mailbox, const char *id)
{
    size_t i;

    for (i = 0; i < mailbox->count; i++)
        if (!strcmp(mailbox->list[i].id, id)) return &mailbox->list[i];
    return NULL;
}

static void action_key(enum action_kind kind, const char *id, char key[96])
{
    snprintf(key, 96, "%d.%.90s", kind, id);
}

void follow_refuse(struct xp_logon *logon, const char *key, const WCHAR *words)
{
    EnterCriticalSection(&logon->cs);
    received_set(&logon->follow->refused, key, RECEIVED_DONE, FALSE);
    if (words) lstrcpynW(logon->upload_words, words, WORDS_MAX - 64);
    LeaveCriticalSection(&logon->cs);
}

static enum net do_action(struct xp_logon *logon, struct mailbox *mailbox,
                          const struct action *action, BOOL *deleted)
{
    const struct remote *remote = mailbox_find(mailbox, action->id);
    enum net net;

    if (!remote) return NET_OK;
    if (action->kind == ACTION_DELETE) net = mailbox_delete(mailbox, remote);
    else net = mailbox_set_seen(mailbox, remote, action->kind == ACTION_SEEN);
    if (net) return net;
    TRACE("%s: %d\n", action->id, action->kind);
    EnterCriticalSection(&logon->cs);
    if (action->kind == ACTION_DELETE) *deleted = TRUE;
    else received_set(&logon->received, action->id, RECEIVED_DONE, action->kind == ACTION_SEEN);
    LeaveCriticalSection(&logon->cs);
    if (action->kind != ACTION_DELETE)
        mailbox->list[remote - mailbox->list].seen = action->kind == ACTION_SEEN;
    return NET_OK;
}

static BOOL is_of(const struct mailbox *mailbox, const char *id)
{
    return !strncmp(id, mailbox->prefix, strlen(mailbox->prefix));
}

void follow_begin(struct xp_logon *logon)
{
    struct follow *follow;

    EnterCriticalSection(&logon->cs);
    if ((follow = follow_get(logon)))
    {
        received_close(&follow->listing);
        received_close(&follow->listing_folders);
        received_close(&follow->listing_empty);
        received_close(&follow->listing_gone);
        ties_free(&follow->listing_ties);
        follow->listing_separator = 0;
        /* What the server had before this round changes it. */
        follow->fresh = FALSE;
    }
    LeaveCriticalSection(&logon->cs);
}

void follow_add_action(struct follow *follow, enum action_kind kind, const char *id)
{
    struct action *action;
    char key[96];

    action_key(kind, id, key);
    if (received_find(&follow->refused, key) || !(action = calloc(1, sizeof(*action)))) return;
    action->kind = kind;
    lstrcpynA(action->id, id, sizeof(action->id));
    action->next = follow->actions;
    follow->actions = action;
}

BOOL follow_is_busy(struct xp_logon *logon)
{
    return logon->follow && !logon->receive_words[0] && !logon->received.lost
           && (logon->follow->fresh || logon->follow->comparing || logon->follow->uploads
               || logon->follow->changes);
}

void follow_arrived(struct xp_logon *logon, const char *id)
{
    struct follow *follow;

    EnterCriticalSection(&logon->cs);
    follow = follow_get(logon);
    LeaveCriticalSection(&logon->cs);
    if (follow) received_set(&follow->arrived[0], id, RECEIVED_DONE, FALSE);
}

void follow_end(struct xp_logon *logon)
{
    struct follow *follow = logon->follow;

    if (!logon->settings.follow || !follow) return;
    EnterCriticalSection(&logon->cs);
    received_close(&follow->there);
    received_close(&follow->folders);
    received_close(&follow->empty);
    received_close(&follow->gone);
    ties_free(&follow->ties);
    follow->gone = follow->listing_gone;
    follow->separator = follow->listing_separator;
    follow->there = follow->listing;
    follow->folders = follow->listing_folders;
    follow->empty = follow->listing_empty;
    follow->ties = follow->listing_ties;
    memset(&follow->listing, 0, sizeof(follow->listing));
    memset(&follow->listing_folders, 0, sizeof(follow->listing_folders));
    memset(&follow->listing_empty, 0, sizeof(follow->listing_empty));
    memset(&follow->listing_ties, 0, sizeof(follow->listing_ties));
    memset(&follow->listing_gone, 0, sizeof(follow->listing_gone));
    follow->fresh = TRUE;
    /* What is not done is found again by the next comparison. */
    free_actions(follow->actions);
    follow->actions = NULL;
    LeaveCriticalSection(&logon->cs);
    /* It is the spooler's thread that compares; by itself it asks once a minute. */
    IMAPISupport_SpoolerNotify(logon->support, NOTIFY_NEWMAIL, NULL);
}

/* Those of this folder; the others wait for theirs. */
static struct action *take_actions(struct follow *follow, const struct mailbox *mailbox)
{
    struct action *ret = NULL, *action, **pos = &follow->actions;

    while ((action = *pos))
    {
        if (!is_of(mailbox, action->id))
        {
            pos = &action->next;
            continue;
        }
        *pos = action->next;
        action->next = ret;
        ret = action;
    }
    return ret;
}

/* Whether the list says what has gone: an empty one only if it was so in the round before as well,
 * and the server numbers on from what it had. One that answers nonsense once, or lost the folder,
 * empties none here. logon->cs is held. */
static BOOL is_reliable(struct xp_logon *logon, const struct mailbox *mailbox)
{
    size_t length = strlen(mailbox->prefix);
    const struct received_entry *entry;
    ULONG i;

    if (mailbox->count) return TRUE;
    if (!mailbox->imap || mailbox->exists || !received_find(&logon->follow->empty, mailbox->prefix))
        return FALSE;
    for (i = 0; i < RECEIVED_BUCKETS; i++)
        for (entry = logon->received.buckets[i]; entry; entry = entry->next)
            if (entry->state == RECEIVED_DONE && !strncmp(entry->id, mailbox->prefix, length)
                && strtoul(entry->id + length, NULL, 10) >= mailbox->next)
                return FALSE;
    return TRUE;
}

BOOL follow_is_ours(struct xp_logon *logon, const char *id)
{
    char prefix[96];
    BOOL ret;

    if (!id_prefix(id, prefix)) return FALSE;
    EnterCriticalSection(&logon->cs);
    ret = received_find(&logon->received, prefix) != NULL;
    LeaveCriticalSection(&logon->cs);
    return ret;
}

/* The journal has the folder itself as well: what a store has from another account is not ours,
 * even after the journal was made anew out of the store. logon->cs is held. */
static BOOL add_listing(struct xp_logon *logon, const struct mailbox *mailbox,
                        const struct place *place)
{
    struct follow *follow = logon->follow;
    BOOL ok = TRUE;
    size_t i;

    if (mailbox->imap) ok = ties_add(&follow->listing_ties, mailbox, place);
    if (ok && mailbox->imap && !received_find(&logon->received, mailbox->prefix))
        ok = received_set(&logon->received, mailbox->prefix, RECEIVED_DONE, FALSE);
    if (ok && !mailbox->count)
        ok = received_set(&follow->listing_empty, mailbox->prefix, RECEIVED_DONE, FALSE);
    if (ok && is_reliable(logon, mailbox))
        ok = received_set(&follow->listing_folders, mailbox->prefix, RECEIVED_DONE, FALSE);
    for (i = 0; i < mailbox->count && ok; i++)
        ok = received_set(&follow->listing, mailbox->list[i].id, RECEIVED_DONE,
                          mailbox->list[i].seen);
    return ok;
}

enum net follow_there(struct xp_logon *logon, struct mailbox *mailbox, const struct place *place)
{
    struct action *actions = NULL, *action;
    enum net net = NET_OK;
    struct follow *follow;
    BOOL deleted = FALSE;
    char key[96];

    if (!logon->settings.follow) return NET_OK;
    EnterCriticalSection(&logon->cs);
    if ((follow = follow_get(logon)))
        actions = take_actions(follow, mailbox);
    LeaveCriticalSection(&logon->cs);
    if (!follow) return NET_OK;
    for (action = actions; action && (!net || net == NET_REFUSED); action = action->next)
    {
        net = do_action(logon, mailbox, action, &deleted);
        if (net != NET_REFUSED) continue;
        /* There would be no end of rounds. */
        action_key(action->kind, action->id, key);
        follow_refuse(logon, key, NULL);
    }
    free_actions(actions);
    if (net == NET_REFUSED) net = NET_OK;
    /* POP3 deletes when it ends, and takes no more commands then. */
    if (deleted && !net && mailbox->imap) net = mailbox_expunge(mailbox);
    if (!net && mailbox->imap) net = upload_there(logon, mailbox);
    EnterCriticalSection(&logon->cs);
    if (!net && !add_listing(logon, mailbox, place)) net = NET_FAILED;
    LeaveCriticalSection(&logon->cs);
    if (deleted && !net && !mailbox->imap) net = mailbox_expunge(mailbox);
    return net;
}

/* ---- which store it is ---- */

/* Whether the store that mail went to until now is still there. */
static BOOL old_store_is_there(struct xp_logon *logon)
{
    SPropValue *key;
    IMsgStore *store;
    BOOL ret = FALSE;

    if (FAILED(store_open(logon, &store))) return FALSE;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)store, PR_RECORD_KEY, &key)))
    {
        ret = binary_same(&key->Value.bin, &logon->store_key);
        MAPIFreeBuffer(key);
    }
    IMsgStore_Release(store);
    return ret;
}

/* Not only out of reach for now. */
static BOOL is_gone(HRESULT hr)
{
    return hr == MAPI_E_NOT_FOUND || hr == MAPI_E_UNKNOWN_ENTRYID || hr == MAPI_E_INVALID_ENTRYID;
}

static void forget_received(struct xp_logon *logon, enum received_state state)
{
    struct received_entry *entry;
    ULONG i;

    EnterCriticalSection(&logon->cs);
    for (i = 0; i < RECEIVED_BUCKETS; i++)
        for (entry = logon->received.buckets[i]; entry; entry = entry->next)
            if (entry->state == RECEIVED_DONE || entry->state == RECEIVED_PERHAPS)
                received_set(&logon->received, entry->id, state, entry->seen);
    if (logon->follow)
    {
        free_actions(logon->follow->actions);
        logon->follow->actions = NULL;
        received_close(&logon->follow->known);
        logon->follow->known_filled = FALSE;
    }
    LeaveCriticalSection(&logon->cs);
}

static void keep_store_key(struct xp_logon *logon, const SBinary *key)
{
    SPropValue prop;
    IProfSect *section;
    BYTE *copy;

    if (!(copy = malloc(max(key->cb, 1)))) return;
    memcpy(copy, key->lpb, key->cb);
    free(logon->store_key.lpb);
    logon->store_key.cb = key->cb;
    logon->store_key.lpb = copy;
    if (FAILED(IMAPISupport_OpenProfileSection(logon->support, NULL, MAPI_MODIFY, &section)))
        return;
    prop.ulPropTag = PR_MAPIXP_STORE_KEY;
    prop.dwAlignPad = 0;
    prop.Value.bin = logon->store_key;
    IProfSect_SetProps(section, 1, &prop, NULL);
    IProfSect_Release(section);
}

BOOL follow_check_store(struct xp_logon *logon, IMAPIProp *object, ULONG tag)
{
    SPropValue *key;
    BOOL ret = TRUE;

    if (FAILED(HrGetOneProp(object, tag, &key))) return TRUE;
    if (!logon->store_key.lpb) keep_store_key(logon, &key->Value.bin);
    else if (!binary_same(&logon->store_key, &key->Value.bin))
    {
        ret = FALSE;
        WARN("another store than before\n");
        forget_received(logon, old_store_is_there(logon) ? RECEIVED_ELSEWHERE : RECEIVED_NEVER);
        keep_store_key(logon, &key->Value.bin);
    }
    MAPIFreeBuffer(key);
    return ret;
}

/* ---- what the store has ---- */

static HRESULT visit_recover(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    struct xp_logon *logon = context;
    HRESULT hr = S_OK;
    char id[96];

    if (!visit_source(props, id)) return S_OK;
    EnterCriticalSection(&logon->cs);
    if (!received_set(&logon->received, id, RECEIVED_DONE, visit_is_read(props)))
        hr = MAPI_E_NOT_ENOUGH_DISK;
    /* Whatever lost the journal may have lost these marks as well. */
    logon->received.mixed = TRUE;
    LeaveCriticalSection(&logon->cs);
    return hr;
}

HRESULT follow_recover(struct xp_logon *logon)
{
    IMsgStore *store;
    HRESULT hr;

    if (FAILED(hr = store_open(logon, &store))) return hr;
    hr = store_visit(store, visit_recover, logon);
    IMsgStore_Release(store);
    EnterCriticalSection(&logon->cs);
    if (SUCCEEDED(hr) && !received_complete(&logon->received)) hr = MAPI_E_NOT_ENOUGH_DISK;
    LeaveCriticalSection(&logon->cs);
    TRACE("%lu known messages, %#lx\n", (unsigned long)logon->received.count, hr);
    return hr;
}

static BOOL message_key(const char *message_id, char key[96])
{
    const void *parts[1] = { message_id };
    size_t sizes[1] = { strlen(message_id) };

    return hash_text(parts, sizes, 1, key);
}

static HRESULT visit_known(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    struct received *known = context;
    char id[96], *message_id;
    BOOL ok = TRUE;

    if (visit_source(props, id)) ok = received_set(known, id, RECEIVED_DONE, FALSE);
    if (ok && props[VISIT_MESSAGE_ID].ulPropTag == PR_INTERNET_MESSAGE_ID_W
        && visit_source(props, id)
        && (message_id = utf8_from_wide(props[VISIT_MESSAGE_ID].Value.lpszW)))
    {
        ok = message_key(message_id, id) && received_set(known, id, RECEIVED_DONE, FALSE);
        free(message_id);
    }
    return ok ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

BOOL follow_has(struct xp_logon *logon, const char *id, const char *message_id)
{
    struct follow *follow;
    IMsgStore *store;
    BOOL ret = FALSE;
    char key[96];

    EnterCriticalSection(&logon->cs);
    follow = follow_get(logon);
    LeaveCriticalSection(&logon->cs);
    if (!follow) return FALSE;
    if (!follow->known_filled && SUCCEEDED(store_open(logon, &store)))
    {
        follow->known_filled = SUCCEEDED(store_visit(store, visit_known, &follow->known));
        IMsgStore_Release(store);
    }
    ret = received_find(&follow->known, id) != NULL;
    if (!ret && message_id && message_key(message_id, key))
    {
        ret = received_find(&follow->known, key) != NULL;
        /* The next one with the same Message-ID is a copy of this one. */
        if (!ret) received_set(&follow->known, key, RECEIVED_DONE, FALSE);
    }
    return ret;
}

/* ---- the store, for a comparison ---- */

IMsgStore *follow_open_store(struct xp_logon *logon)
{
    IMsgStore *store;
    HRESULT hr = store_open(logon, &store);

    if (is_gone(hr) && logon->store_key.lpb)
    {
        /* No message may come to tell of the new store: so all that the server has does. */
        WARN("the store is no more: %#lx\n", hr);
        forget_received(logon, RECEIVED_NEVER);
        free(logon->store_key.lpb);
        memset(&logon->store_key, 0, sizeof(logon->store_key));
        free(logon->store_id.lpb);
        memset(&logon->store_id, 0, sizeof(logon->store_id));
        logon_receive(logon);
    }
    if (FAILED(hr)) return NULL;
    if (follow_check_store(logon, (IMAPIProp *)store, PR_RECORD_KEY)) return store;
    IMsgStore_Release(store);
    logon_receive(logon);
    return NULL;
}
