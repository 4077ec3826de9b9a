/*
 * Mail transport: the other folders of an IMAP account
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
 * With PR_MAPIXP_FOLDERS the receiver's thread goes on from the account's main folder to the others
 * that the server lists, one after the other on the same connection. What is new there is put into
 * the queue with its place; the spooler's thread (folders_deliver, in its Poll) saves it straight
 * into the store's folder of that place, which is made if need be. Mail in other folders is no new
 * mail: it passes no receive folder and no rule.
 *
 * Places are levels of names, checked by answer/folder.c, below the IPM subtree, or below the inbox
 * for folders of the server's INBOX; sent and deleted items have the store's own folders. A message
 * that the place has already, by its Message-ID and from nowhere else, is taken for this one: what
 * was sent here and saved there by the server, or a folder that has numbered itself anew.
 */

#include "follow.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define FOLDERS_MAX 1000

struct folder_list
{
    struct place *list;
    size_t count, room;
    const char *own;                    /* the main folder, as a command has it */
    char separator;                     /* of some folder; 0: of none */
};

/* ---- the receiver's thread ---- */

BOOL place_hash(const char *name, char hash[17])
{
    return hash_short(name, strlen(name), hash);
}

void place_kind(const char *hash, char kind[32])
{
    snprintf(kind, 32, "folder.%s.", hash);
}

static BOOL add_listed(struct folder_list *folders, const struct imap_folder *folder)
{
    struct place *grown, *listed;
    char quoted[2 * IMAP_NAME_MAX];

    if (folder->separator) folders->separator = folder->separator;
    if (folders->count == FOLDERS_MAX) return TRUE;
    if (!imap_quote_name(folder->name, quoted, sizeof(quoted)) || !strcmp(quoted, folders->own)
        || (!_stricmp(folder->name, "INBOX") && !_stricmp(folders->own, "\"INBOX\"")))
        return TRUE;
    if (!(grown = list_grow(folders->list, folders->count, &folders->room, sizeof(*grown))))
        return FALSE;
    folders->list = grown;
    listed = &folders->list[folders->count];
    memset(listed, 0, sizeof(*listed));
    if (!imap_read_path(folder, listed->path)) return TRUE;
    listed->trash = folder->use == IMAP_USE_TRASH;
    listed->sent = folder->use == IMAP_USE_SENT;
    listed->separator = folder->separator;
    strcpy(listed->name, folder->name);
    if (!place_hash(folder->name, listed->hash)) return FALSE;
    folders->count++;
    return TRUE;
}

enum net folders_add(void *context, const char *word, const char *line)
{
    struct imap_folder folder;

    if (!imap_parse_list(line, word, &folder) || folder.no_select || folder.use == IMAP_USE_VIEW)
        return NET_OK;
    return add_listed(context, &folder) ? NET_OK : NET_FAILED;
}

enum net folders_round(struct xp_logon *logon, struct mailbox *mailbox, BOOL *whole)
{
    struct folder_list folders = { 0 };
    ULONG exists = mailbox->exists;
    char quoted[2 * IMAP_NAME_MAX], own[900];
    enum net net;
    BOOL one;
    size_t i;

    if (!mailbox->imap || !logon->settings.folders) return NET_OK;
    if (!imap_own_folder(mailbox, own, sizeof(own))) return NET_OK;
    folders.own = own;
    net = changes_there(logon, mailbox);
    if (!net)
        net = imap_list(mailbox, logon->settings.folders == MAPIXP_FOLDERS_SUBSCRIBED, &folders);
    TRACE("%lu other folders, %d\n", (unsigned long)folders.count, net);
    for (i = 0; i < folders.count && !net && !logon_stopping(logon); i++)
    {
        const struct place *listed = &folders.list[i];

        if (!imap_quote_name(listed->name, quoted, sizeof(quoted))) continue;
        net = imap_select(mailbox, quoted, listed->hash);
        /* One that we may not see must not hold up the others. */
        if (net == NET_REFUSED)
        {
            net = NET_OK;
            continue;
        }
        /* What was renamed has other ids from now on, and the messages here are to get them
         * first. */
        one = TRUE;
        if (!net && !changes_unsettled(logon, listed->name))
            net = incoming_fetch(logon, mailbox, listed, &one);
        if (!net && !one) *whole = FALSE;
        if (!net) net = follow_there(logon, mailbox, listed);
    }
    if (!net && !logon_stopping(logon)) net = missing_look(logon, mailbox, folders.separator);
    free(folders.list);
    if (!net) net = imap_open(mailbox);
    /* What came into the main folder meanwhile is to be seen. */
    if (!net) mailbox->listed = exists;
    return net;
}

/* ---- the spooler's thread ---- */

static HRESULT open_by_id(IMsgStore *store, ULONG tag, IMAPIFolder **ret)
{
    SPropValue *id;
    HRESULT hr;

    if (FAILED(hr = HrGetOneProp((IMAPIProp *)store, tag, &id))) return hr;
    hr = store_open_object(store, &id->Value.bin, ret);
    MAPIFreeBuffer(id);
    return hr;
}

static HRESULT open_inbox(IMsgStore *store, IMAPIFolder **ret)
{
    ENTRYID *id;
    ULONG size, type;
    HRESULT hr;

    if (FAILED(hr = IMsgStore_GetReceiveFolder(store, NULL, 0, &size, &id, NULL))) return hr;
    hr = IMsgStore_OpenEntry(store, size, id, NULL, MAPI_MODIFY, &type, (IUnknown **)ret);
    MAPIFreeBuffer(id);
    return hr;
}

HRESULT place_open(IMsgStore *store, const struct place *place, IMAPIFolder **ret)
{
    WCHAR path[IMAP_PATH_MAX], *level = path, *end;
    IMAPIFolder *folder, *child;
    HRESULT hr;

    if (!place) return open_inbox(store, ret);
    if (place->sent && SUCCEEDED(open_by_id(store, PR_IPM_SENTMAIL_ENTRYID, ret))) return S_OK;
    if (place->trash && SUCCEEDED(open_by_id(store, PR_IPM_WASTEBASKET_ENTRYID, ret))) return S_OK;
    lstrcpynW(path, place->path, ARRAYSIZE(path));
    if ((end = wcschr(path, IMAP_LEVEL_END))) *end = 0;
    if (!lstrcmpiW(path, L"INBOX"))
    {
        hr = open_inbox(store, &folder);
        level = end ? end + 1 : NULL;
    }
    else hr = open_by_id(store, PR_IPM_SUBTREE_ENTRYID, &folder);
    while (SUCCEEDED(hr) && level)
    {
        if (level != path && (end = wcschr(level, IMAP_LEVEL_END))) *end = 0;
        hr = IMAPIFolder_CreateFolder(folder, FOLDER_GENERIC, (LPTSTR)level, NULL, NULL,
                                      MAPI_UNICODE | OPEN_IF_EXISTS, &child);
        IMAPIFolder_Release(folder);
        folder = child;
        level = end ? end + 1 : NULL;
    }
    if (SUCCEEDED(hr)) *ret = folder;
    return hr;
}

struct same
{
    const WCHAR *message_id;
    struct xp_logon *logon;
    const char *incoming;               /* its id */
    SBinary found;                      /* malloc */
    char source[96];                    /* what that was known by; empty: nothing */
};

/* Whether a message of this source may be the one that comes, and not another copy. One of ours
 * that lies where it is not on the server was moved here and is being moved there, or the folder
 * numbered itself anew; what the journal knows nothing of is another account's. */
static BOOL is_free(struct xp_logon *logon, const char *source, const char *incoming)
{
    struct received_entry *entry;
    char prefix[96];
    BOOL here, done;

    here = id_prefix(incoming, prefix) && !strncmp(source, prefix, strlen(prefix));
    EnterCriticalSection(&logon->cs);
    entry = received_find(&logon->received, source);
    done = entry && entry->state == RECEIVED_DONE;
    LeaveCriticalSection(&logon->cs);
    if (!entry) return here;
    if (!done) return TRUE;
    return !here && follow_is_ours(logon, source);
}

static HRESULT visit_same(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    const SBinary *id = &props[VISIT_ENTRYID].Value.bin;
    struct same *same = context;
    char source[96];

    if (props[VISIT_ENTRYID].ulPropTag != PR_ENTRYID
        || props[VISIT_MESSAGE_ID].ulPropTag != PR_INTERNET_MESSAGE_ID_W
        || lstrcmpW(props[VISIT_MESSAGE_ID].Value.lpszW, same->message_id)
        || (visit_source(props, source) && !is_free(same->logon, source, same->incoming)))
        return S_OK;
    if (!binary_copy(id, &same->found)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!visit_source(props, same->source)) same->source[0] = 0;
    return MAPI_E_CANCEL;
}

BOOL folders_take_over(struct xp_logon *logon, IMsgStore *store, IMAPIFolder *folder,
                       const struct incoming *incoming)
{
    struct same same = { NULL, logon, incoming->id };
    char message_id[1000];
    WCHAR *wide;
    HRESULT hr;

    if (!incoming_message_id(&incoming->data, message_id, sizeof(message_id))
        || !(wide = wide_from_utf8(message_id)))
        return FALSE;
    same.message_id = wide;
    folder_visit_id(folder, wide, visit_same, &same);
    free(wide);
    if (!same.found.lpb) return FALSE;
    /* First: an id that is known, and that no message here has, counts as deleted here should it
     * come back. */
    if (same.source[0] && strcmp(same.source, incoming->id))
        incoming_note(logon, same.source, RECEIVED_NEVER, FALSE);
    hr = incoming_save_source(store, &same.found, incoming->id);
    free(same.found.lpb);
    return SUCCEEDED(hr);
}

/* The folder that goes with it, whatever it is called here by now. */
static HRESULT open_tied(IMsgStore *store, struct tree *tree, const struct place *place,
                         IMAPIFolder **ret)
{
    struct node *node = place->sent || place->trash ? NULL : tree_find_hash(tree, place->hash);

    if (node && SUCCEEDED(store_open_object(store, &node->id, ret))) return S_OK;
    return place_open(store, place, ret);
}

static HRESULT deliver(struct xp_logon *logon, IMsgStore *store, struct tree *tree,
                       const struct incoming *incoming)
{
    IMAPIFolder *folder;
    IMessage *message;
    HRESULT hr;

    if (FAILED(hr = open_tied(store, tree, incoming->place, &folder))) return hr;
    if (!folders_take_over(logon, store, folder, incoming))
    {
        hr = IMAPIFolder_CreateMessage(folder, NULL, 0, &message);
        if (SUCCEEDED(hr))
        {
            hr = incoming_fill(logon, incoming, message);
            if (SUCCEEDED(hr)) hr = IMessage_SaveChanges(message, 0);
            if (SUCCEEDED(hr)) follow_arrived(logon, incoming->id);
            IMessage_Release(message);
        }
    }
    IMAPIFolder_Release(folder);
    return hr;
}

void folders_deliver(struct xp_logon *logon)
{
    struct tree tree = { 0 };
    struct incoming *incoming;
    IMsgStore *store;
    HRESULT hr;

    /* Without a name of the store the spooler's next message is asked for it (incoming_waits). */
    if (!(incoming = incoming_first(logon)) || !incoming->place || !logon->store_id.lpb) return;
    if (FAILED(hr = store_open(logon, &store)))
    {
        /* Fetched again another time; an empty queue lets follow_here see whether the store is
         * gone. */
        WARN("the store cannot be opened: %#lx\n", hr);
        while ((incoming = incoming_first(logon)) && incoming->place) incoming_drop_first(logon);
        return;
    }
    EnterCriticalSection(&logon->cs);
    received_refresh(&logon->received);
    LeaveCriticalSection(&logon->cs);
    hr = S_OK;
    if (follow_check_store(logon, (IMAPIProp *)store, PR_RECORD_KEY) && logon->received.lost)
        hr = follow_recover(logon);
    if (SUCCEEDED(hr) && logon->settings.follow & MAPIXP_FOLLOW_FOLDERS)
        tree_read(logon, store, &tree);
    while (SUCCEEDED(hr) && (incoming = incoming_first(logon)) && incoming->place
           && !logon_stopping(logon))
    {
        if (!incoming_is_known(logon, incoming))
        {
            if (!incoming_note(logon, incoming->id, RECEIVED_PERHAPS, incoming->seen)) break;
            hr = deliver(logon, store, &tree, incoming);
            TRACE("%s: %#lx\n", incoming->id, hr);
            incoming_note(logon, incoming->id, SUCCEEDED(hr) ? RECEIVED_DONE : RECEIVED_NEVER,
                          incoming->seen);
            /* What cannot be saved is fetched again another time; others may fare better. */
            hr = S_OK;
        }
        incoming_drop_first(logon);
    }
    tree_free(&tree);
    IMsgStore_Release(store);
    if (!incoming_first(logon)) logon_show_status(logon);
}
