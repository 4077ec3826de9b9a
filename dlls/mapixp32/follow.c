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
 * The receiver's thread leaves the server's list (follow_there); the spooler's thread compares it with
 * the store (follow_here), changes the store, and leaves what is to be changed on the server for the
 * receiver's next round. Who changed is told by what the journal has as the last common state. When
 * both did, they agree anyway: seen is yes or no.
 *
 * Deleting is done with care: a message counts as deleted here only if the whole store was looked
 * through, has other messages of this mailbox, and not this one; a store that was replaced or emptied
 * empties no mailbox: what was received into another store than today's counts for nothing
 * (follow_check_store). What was deleted there goes to the deleted items here, not away.
 */

#include "transport.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

enum action_kind { ACTION_SEEN, ACTION_UNSEEN, ACTION_DELETE };

struct action
{
    struct action *next;
    enum action_kind kind;
    char id[96];
};

struct follow
{
    struct received there;              /* in memory: the server's list, seen or not */
    struct received listing;            /* the same, as far as this round has come */
    struct received folders, listing_folders;   /* what ids of the folders in these begin with */
    BOOL fresh;                         /* follow_here has not seen it */
    struct action *actions;
    struct received known;              /* in memory: what follow_has goes by */
    BOOL known_filled;
};

/* logon->cs is held */
static struct follow *get_follow(struct xp_logon *logon)
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
    received_close(&logon->follow->known);
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
    if ((follow = get_follow(logon)))
    {
        received_close(&follow->listing);
        received_close(&follow->listing_folders);
    }
    LeaveCriticalSection(&logon->cs);
}

void follow_end(struct xp_logon *logon)
{
    struct follow *follow = logon->follow;

    if (!logon->settings.follow || !follow) return;
    EnterCriticalSection(&logon->cs);
    received_close(&follow->there);
    received_close(&follow->folders);
    follow->there = follow->listing;
    follow->folders = follow->listing_folders;
    memset(&follow->listing, 0, sizeof(follow->listing));
    memset(&follow->listing_folders, 0, sizeof(follow->listing_folders));
    follow->fresh = TRUE;
    /* What is not done is found again by the next comparison. */
    free_actions(follow->actions);
    follow->actions = NULL;
    LeaveCriticalSection(&logon->cs);
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

enum net follow_there(struct xp_logon *logon, struct mailbox *mailbox)
{
    struct action *actions = NULL, *action;
    enum net net = NET_OK;
    struct follow *follow;
    BOOL deleted = FALSE;
    size_t i;

    if (!logon->settings.follow) return NET_OK;
    EnterCriticalSection(&logon->cs);
    if ((follow = get_follow(logon)))
        actions = take_actions(follow, mailbox);
    LeaveCriticalSection(&logon->cs);
    if (!follow) return NET_OK;
    for (action = actions; action && (!net || net == NET_REFUSED); action = action->next)
        net = do_action(logon, mailbox, action, &deleted);
    free_actions(actions);
    if (net == NET_REFUSED) net = NET_OK;
    /* POP3 deletes when it ends, and takes no more commands then. */
    if (deleted && !net && mailbox->imap) net = mailbox_expunge(mailbox);
    EnterCriticalSection(&logon->cs);
    if (!net && mailbox->count
        && !received_set(&follow->listing_folders, mailbox->prefix, RECEIVED_DONE, FALSE))
        net = NET_FAILED;
    for (i = 0; i < mailbox->count && !net; i++)
        if (!received_set(&follow->listing, mailbox->list[i].id, RECEIVED_DONE, mailbox->list[i].seen))
            net = NET_FAILED;
    LeaveCriticalSection(&logon->cs);
    if (deleted && !net && !mailbox->imap) net = mailbox_expunge(mailbox);
    return net;
}

/* ---- which store it is ---- */

static BOOL is_same(const SBinary *a, const SBinary *b)
{
    return a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb);
}

/* Whether the store that mail went to until now is still there. */
static BOOL old_store_is_there(struct xp_logon *logon)
{
    SPropValue *key;
    IMsgStore *store;
    BOOL ret = FALSE;

    if (FAILED(store_open(logon, &store))) return FALSE;
    if (SUCCEEDED(HrGetOneProp((IMAPIProp *)store, PR_RECORD_KEY, &key)))
    {
        ret = is_same(&key->Value.bin, &logon->store_key);
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
    if (FAILED(IMAPISupport_OpenProfileSection(logon->support, NULL, MAPI_MODIFY, &section))) return;
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
    else if (!is_same(&logon->store_key, &key->Value.bin))
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
    if (!received_set(&logon->received, id, RECEIVED_DONE, visit_is_read(props))) hr = MAPI_E_NOT_ENOUGH_DISK;
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
        && visit_source(props, id) && (message_id = utf8_from_wide(props[VISIT_MESSAGE_ID].Value.lpszW)))
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
    follow = get_follow(logon);
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

/* ---- comparing ---- */

struct comparison
{
    struct xp_logon *logon;
    IMAPIFolder *deleted_items;         /* NULL: none */
    SBinary deleted_id;
    struct received here;               /* in memory: what the store has */
    size_t common;                      /* how many of those the server has as well */
};

static void add_action(struct follow *follow, enum action_kind kind, const char *id)
{
    struct action *action = calloc(1, sizeof(*action));

    if (!action) return;
    action->kind = kind;
    lstrcpynA(action->id, id, sizeof(action->id));
    action->next = follow->actions;
    follow->actions = action;
}

static HRESULT set_read(IMAPIFolder *folder, const SPropValue *id, BOOL read)
{
    ENTRYLIST list = { 1, (SBinary *)&id->Value.bin };

    return IMAPIFolder_SetReadFlags(folder, &list, 0, NULL, read ? SUPPRESS_RECEIPT : CLEAR_READ_FLAG);
}

static BOOL is_folder(IMAPIFolder *folder, const SBinary *id)
{
    SPropValue *own;
    BOOL ret;

    if (FAILED(HrGetOneProp((IMAPIProp *)folder, PR_ENTRYID, &own))) return FALSE;
    ret = own->Value.bin.cb == id->cb && !memcmp(own->Value.bin.lpb, id->lpb, id->cb);
    MAPIFreeBuffer(own);
    return ret;
}

/* Of this life of the mailbox: what an older one had says nothing about the server's list. */
static BOOL is_current(struct follow *follow, const char *id)
{
    const char *dot = strrchr(id, '.');
    char prefix[96];

    if (!dot || !strncmp(id, "pop3.", 5)) return FALSE;
    lstrcpynA(prefix, id, dot - id + 2);
    return received_find(&follow->folders, prefix) != NULL;
}

static HRESULT visit_compare(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    struct comparison *comparison = context;
    struct xp_logon *logon = comparison->logon;
    BOOL read = visit_is_read(props), change = FALSE, move = FALSE;
    struct received_entry *entry, *there;
    ENTRYLIST list = { 1, (SBinary *)&props[VISIT_ENTRYID].Value.bin };
    struct follow *follow;
    char id[96];

    if (!visit_source(props, id) || props[VISIT_ENTRYID].ulPropTag != PR_ENTRYID) return S_OK;
    if (!received_set(&comparison->here, id, RECEIVED_DONE, read)) return MAPI_E_NOT_ENOUGH_MEMORY;
    EnterCriticalSection(&logon->cs);
    follow = logon->follow;
    entry = received_find(&logon->received, id);
    there = received_find(&follow->there, id);
    if (there) comparison->common++;
    if (entry && entry->state == RECEIVED_DONE && there && logon->settings.follow & MAPIXP_FOLLOW_SEEN)
    {
        if (read == there->seen)
        {
            if (entry->seen != read) received_set(&logon->received, id, RECEIVED_DONE, read);
        }
        else if (read != entry->seen) add_action(follow, read ? ACTION_SEEN : ACTION_UNSEEN, id);
        else change = TRUE;
    }
    if (entry && entry->state == RECEIVED_DONE && !there
        && is_current(follow, id) && logon->settings.follow & MAPIXP_FOLLOW_DELETED_THERE)
    {
        move = TRUE;
        received_set(&logon->received, id, RECEIVED_GONE, entry->seen);
    }
    LeaveCriticalSection(&logon->cs);
    if (change && SUCCEEDED(set_read(folder, &props[VISIT_ENTRYID], !read)))
    {
        EnterCriticalSection(&logon->cs);
        received_set(&logon->received, id, RECEIVED_DONE, !read);
        LeaveCriticalSection(&logon->cs);
    }
    if (move && comparison->deleted_items && !is_folder(folder, &comparison->deleted_id))
        IMAPIFolder_CopyMessages(folder, &list, NULL, comparison->deleted_items, 0, NULL, MESSAGE_MOVE);
    return S_OK;
}

/* What the server has and the store has no more. */
static void find_deleted(struct comparison *comparison)
{
    struct xp_logon *logon = comparison->logon;
    struct received_entry *entry;
    ULONG i;

    if (!comparison->common || !(logon->settings.follow & MAPIXP_FOLLOW_DELETED_HERE)) return;
    EnterCriticalSection(&logon->cs);
    for (i = 0; i < RECEIVED_BUCKETS; i++)
        for (entry = logon->follow->there.buckets[i]; entry; entry = entry->next)
        {
            struct received_entry *ours = received_find(&logon->received, entry->id);

            if (ours && ours->state == RECEIVED_DONE && !received_find(&comparison->here, entry->id))
                add_action(logon->follow, ACTION_DELETE, entry->id);
        }
    LeaveCriticalSection(&logon->cs);
}

static void open_deleted_items(struct comparison *comparison, IMsgStore *store)
{
    SPropValue *id;
    ULONG type;

    if (FAILED(HrGetOneProp((IMAPIProp *)store, PR_IPM_WASTEBASKET_ENTRYID, &id))) return;
    if (SUCCEEDED(IMsgStore_OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                      MAPI_MODIFY, &type, (IUnknown **)&comparison->deleted_items)))
    {
        if ((comparison->deleted_id.lpb = malloc(id->Value.bin.cb)))
        {
            comparison->deleted_id.cb = id->Value.bin.cb;
            memcpy(comparison->deleted_id.lpb, id->Value.bin.lpb, id->Value.bin.cb);
        }
    }
    MAPIFreeBuffer(id);
}

void follow_here(struct xp_logon *logon)
{
    struct comparison *comparison;
    BOOL fresh, wanted = FALSE;
    IMsgStore *store;
    HRESULT hr;

    EnterCriticalSection(&logon->cs);
    fresh = logon->follow && logon->follow->fresh && !logon->received.lost && !logon->incoming;
    if (fresh) logon->follow->fresh = FALSE;
    LeaveCriticalSection(&logon->cs);
    if (!fresh) return;
    hr = store_open(logon, &store);
    if (is_gone(hr) && logon->store_key.lpb)
    {
        /* No message may come to tell of the new store: so all that the server has does. */
        WARN("the store is no more: %#lx\n", hr);
        forget_received(logon, RECEIVED_NEVER);
        free(logon->store_key.lpb);
        memset(&logon->store_key, 0, sizeof(logon->store_key));
        free(logon->store_id.lpb);
        memset(&logon->store_id, 0, sizeof(logon->store_id));
        SetEvent(logon->receive_wake);
    }
    if (FAILED(hr)) return;
    if (!follow_check_store(logon, (IMAPIProp *)store, PR_RECORD_KEY))
    {
        IMsgStore_Release(store);
        SetEvent(logon->receive_wake);
        return;
    }
    if ((comparison = calloc(1, sizeof(*comparison))))
    {
        comparison->logon = logon;
        open_deleted_items(comparison, store);
        hr = store_visit(store, visit_compare, comparison);
        TRACE("%lu in common, %#lx\n", (unsigned long)comparison->common, hr);
        if (SUCCEEDED(hr)) find_deleted(comparison);
        if (comparison->deleted_items) IMAPIFolder_Release(comparison->deleted_items);
        free(comparison->deleted_id.lpb);
        received_close(&comparison->here);
        free(comparison);
    }
    IMsgStore_Release(store);
    EnterCriticalSection(&logon->cs);
    wanted = logon->follow->actions != NULL;
    LeaveCriticalSection(&logon->cs);
    if (wanted) SetEvent(logon->receive_wake);
}
