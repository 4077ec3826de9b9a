/*
 * Mail transport: the store and the server's list compared
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
 * On the spooler's thread: what the receiver's thread has published is compared with the store,
 * message by message. The store is changed at once, after the walk through it; what is to be
 * changed on the server is left for the receiver's next round. Who changed is told by what the
 * journal has as the last common state. When both did, they agree anyway: seen is yes or no.
 *
 * Deleting is done with care: a message counts as deleted here only if the whole store was looked
 * through, has other messages of this mailbox, and not this one; a store that was replaced or
 * emptied empties no mailbox: what was received into another store than today's counts for nothing
 * (follow_check_store). What was deleted there goes to the deleted items here, not away; if the
 * same message, by its Message-ID, arrived in another folder meanwhile, it was moved there, and so
 * is ours.
 *
 * A message in a folder that is tied to one of the server's, and not known there, is uploaded; so
 * is one whose folder there is another: moved if it is the only one here, else copied. Messages
 * that the journal knows nothing of and that have a source belong to another account.
 */

#include "follow.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

#define UPLOADS_AT_ONCE 200
#define TWINS_MISSED    16              /* messages of a folder that were looked for in vain */
#define UPLOAD_BYTES    (32u << 20)     /* held in memory; one message may be larger */

struct found                            /* a message, as the walk met it */
{
    struct found *next;
    SBinary message, folder;            /* entry IDs; malloc */
    char id[96];                        /* its source; empty: none */
    WCHAR *message_id;                  /* malloc; NULL: none */
    const struct tie *tie;              /* where it is to go */
    BOOL copy;                          /* it is known to be another one's copy */
    BOOL read, seen;                    /* here, there */
};

struct comparison
{
    struct xp_logon *logon;
    IMsgStore *store;
    SBinary deleted_id;                 /* the deleted items; lpb NULL: none */
    struct received there, folders;     /* in memory: taken out of struct follow */
    struct received vanished;           /* folders that are no more there */
    struct ties ties;
    struct tree tree;
    struct received here;               /* in memory: what the store has */
    struct received homes;              /* and of that, what is where it is on the server */
    struct received copies;             /* what it has more than once */
    size_t common;                      /* how many of those the server has as well */
    struct found *gone;                 /* deleted there */
    struct found *arrived;              /* received lately */
    struct found *uploads;
    size_t upload_count;
    char twin_prefix[96];               /* see find_twin */
    size_t twin_tie, twins_missed;
    struct found *changes;              /* to be marked as read or unread */
};

/* ---- the walk ---- */

static void found_free(struct found *found)
{
    struct found *next;

    for (; found; found = next)
    {
        next = found->next;
        free(found->message.lpb);
        free(found->folder.lpb);
        free(found->message_id);
        free(found);
    }
}

static struct found *found_add(struct found **list, const SPropValue *props, const char *id)
{
    struct found *found = calloc(1, sizeof(*found));
    const SPropValue *message_id = &props[VISIT_MESSAGE_ID];

    if (!found) return NULL;
    lstrcpynA(found->id, id, sizeof(found->id));
    found->read = visit_is_read(props);
    if (!binary_copy(&props[VISIT_ENTRYID].Value.bin, &found->message)
        || !binary_copy(&props[VISIT_FOLDER].Value.bin, &found->folder)
        || (message_id->ulPropTag == PR_INTERNET_MESSAGE_ID_W
            && !(found->message_id = _wcsdup(message_id->Value.lpszW))))
    {
        found_free(found);
        return NULL;
    }
    found->next = *list;
    *list = found;
    return found;
}

/* Mail, and neither a draft nor under way. */
static BOOL may_go(const SPropValue *props)
{
    static const WCHAR note[] = L"IPM.Note";
    const SPropValue *class = &props[VISIT_CLASS], *flags = &props[VISIT_FLAGS];
    size_t length = ARRAYSIZE(note) - 1;

    return flags->ulPropTag == PR_MESSAGE_FLAGS
           && !(flags->Value.l & (MSGFLAG_UNSENT | MSGFLAG_SUBMIT))
           && class->ulPropTag == PR_MESSAGE_CLASS_W && !_wcsnicmp(class->Value.lpszW, note, length)
           && (!class->Value.lpszW[length] || class->Value.lpszW[length] == '.');
}

static HRESULT add_upload(struct comparison *comparison, const SPropValue *props, const char *id,
                          const struct tie *tie, BOOL copy)
{
    struct found *found;

    if (!tie || !(comparison->logon->settings.follow & MAPIXP_FOLLOW_UPLOADED) || !may_go(props))
        return S_OK;
    /* More than this round can take; the next comparison finds the others. Moves are told from
     * copies by all of the store, not by what is listed here. */
    if (comparison->upload_count >= 4 * UPLOADS_AT_ONCE
        || upload_is_refused(comparison->logon, &props[VISIT_ENTRYID].Value.bin, tie->prefix))
        return S_OK;
    if (!(found = found_add(&comparison->uploads, props, id))) return MAPI_E_NOT_ENOUGH_MEMORY;
    found->tie = tie;
    found->copy = copy;
    comparison->upload_count++;
    return S_OK;
}

/* "folder.0123.7.": the same folder, whatever its UIDVALIDITY. */
static BOOL is_same_kind(const char *id, const char *prefix)
{
    char own[96];
    size_t length;
    char *dot;

    if (!id_prefix(id, own)) return FALSE;
    own[strlen(own) - 1] = 0;
    if (!(dot = strrchr(own, '.'))) return FALSE;
    length = dot - own + 1;
    return !strncmp(own, prefix, length)
           && strspn(prefix + length, "0123456789") == strlen(prefix + length) - 1;
}

/* One that is known there, in a folder of ours that is tied. */
static HRESULT compare_place(struct comparison *comparison, const SPropValue *props, const char *id,
                             enum received_state state, BOOL again, BOOL at_home)
{
    const SBinary *folder = &props[VISIT_FOLDER].Value.bin;
    const struct tie *home = ties_find_id(&comparison->ties, id);
    const struct tie *tie = ties_find_folder(&comparison->ties, folder);

    if (!tie) return S_OK;
    if (state == RECEIVED_GONE)
    {
        /* Deleted there: what lies in the deleted items stays so, what was taken out again is
         * wanted. */
        if (binary_same(folder, &comparison->deleted_id)) return S_OK;
        return add_upload(comparison, props, "", tie, FALSE);
    }
    if (state != RECEIVED_DONE) return S_OK;
    if (at_home) return again ? add_upload(comparison, props, id, tie, TRUE) : S_OK;
    if (home)
        return received_find(&comparison->there, id) ? add_upload(comparison, props, id, tie, FALSE)
                                                     : S_OK;
    /* The folder has numbered itself anew. */
    return is_same_kind(id, tie->prefix) && follow_is_ours(comparison->logon, id)
               ? add_upload(comparison, props, "", tie, FALSE) : S_OK;
}

/* What both sides say of read; logon->cs is held. TRUE: it is to be changed here. */
static BOOL compare_seen(struct xp_logon *logon, const struct received_entry *entry,
                         const struct received_entry *there, BOOL read)
{
    if (!(logon->settings.follow & MAPIXP_FOLLOW_SEEN)) return FALSE;
    if (read == there->seen)
    {
        if (entry->seen != read) received_set(&logon->received, entry->id, RECEIVED_DONE, read);
        return FALSE;
    }
    if (read == entry->seen) return TRUE;
    follow_add_action(logon->follow, read ? ACTION_SEEN : ACTION_UNSEEN, entry->id);
    return FALSE;
}

/* Of this life of the mailbox: what an older one had says nothing about the server's list. */
static BOOL is_current(struct comparison *comparison, const char *id)
{
    char prefix[96], kind[96];

    if (!strncmp(id, "pop3.", 5) || !id_prefix(id, prefix)) return FALSE;
    if (received_find(&comparison->folders, prefix)) return TRUE;
    prefix[strlen(prefix) - 1] = 0;
    return id_prefix(prefix, kind) && received_find(&comparison->vanished, kind);
}

static HRESULT visit_compare(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    struct comparison *comparison = context;
    struct xp_logon *logon = comparison->logon;
    BOOL read = visit_is_read(props), again, change = FALSE, gone = FALSE, at_home;
    const struct tie *home, *tie;
    struct received_entry *entry, *there;
    enum received_state state = RECEIVED_NEVER;
    struct found *found;
    char id[96];

    if (props[VISIT_ENTRYID].ulPropTag != PR_ENTRYID
        || props[VISIT_FOLDER].ulPropTag != PR_PARENT_ENTRYID)
        return S_OK;
    if (!visit_source(props, id))
    {
        tie = ties_find_folder(&comparison->ties, &props[VISIT_FOLDER].Value.bin);
        return add_upload(comparison, props, "", tie, FALSE);
    }
    again = received_find(&comparison->here, id) != NULL;
    home = ties_find_id(&comparison->ties, id);
    at_home =
        home && home->folder.lpb && binary_same(&home->folder, &props[VISIT_FOLDER].Value.bin);
    if (!received_set(&comparison->here, id, RECEIVED_DONE, read)
        || (again && !received_set(&comparison->copies, id, RECEIVED_DONE, read)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    there = received_find(&comparison->there, id);
    if (there && !again) comparison->common++;
    EnterCriticalSection(&logon->cs);
    if ((entry = received_find(&logon->received, id))) state = entry->state;
    if (state == RECEIVED_DONE && there && !again) change = compare_seen(logon, entry, there, read);
    if (state == RECEIVED_DONE && !there && is_current(comparison, id))
        gone = (logon->settings.follow & MAPIXP_FOLLOW_DELETED_THERE) != 0;
    LeaveCriticalSection(&logon->cs);
    if (change && !found_add(&comparison->changes, props, id)) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (gone) return found_add(&comparison->gone, props, id) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    if (there && (received_find(&logon->follow->arrived[0], id)
                  || received_find(&logon->follow->arrived[1], id)))
    {
        if (!(found = found_add(&comparison->arrived, props, id))) return MAPI_E_NOT_ENOUGH_MEMORY;
        found->seen = there->seen;
    }
    if (FAILED(compare_place(comparison, props, id, state,
                             received_find(&comparison->homes, id) != NULL, at_home))
        || (at_home && !received_set(&comparison->homes, id, RECEIVED_DONE, read)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    return S_OK;
}

/* ---- what follows from it, here ---- */

static HRESULT set_read(struct comparison *comparison, const SBinary *folder_id,
                        const SBinary *message, BOOL read)
{
    ENTRYLIST list = { 1, (SBinary *)message };
    IMAPIFolder *folder;
    HRESULT hr;

    if (FAILED(hr = store_open_object(comparison->store, folder_id, &folder))) return hr;
    hr =
        IMAPIFolder_SetReadFlags(folder, &list, 0, NULL, read ? SUPPRESS_RECEIPT : CLEAR_READ_FLAG);
    IMAPIFolder_Release(folder);
    return hr;
}

static HRESULT move_message(struct comparison *comparison, const struct found *found,
                            const SBinary *to)
{
    ENTRYLIST list = { 1, (SBinary *)&found->message };
    IMAPIFolder *from, *target;
    HRESULT hr;

    if (binary_same(&found->folder, to)) return S_OK;
    if (FAILED(hr = store_open_object(comparison->store, &found->folder, &from))) return hr;
    if (SUCCEEDED(hr = store_open_object(comparison->store, to, &target)))
    {
        hr = IMAPIFolder_CopyMessages(from, &list, NULL, target, 0, NULL, MESSAGE_MOVE);
        IMAPIFolder_Release(target);
    }
    IMAPIFolder_Release(from);
    return hr;
}

static void change_read(struct comparison *comparison)
{
    const struct found *found;

    for (found = comparison->changes; found; found = found->next)
        if (SUCCEEDED(set_read(comparison, &found->folder, &found->message, !found->read)))
            incoming_note(comparison->logon, found->id, RECEIVED_DONE, !found->read);
}

static HRESULT delete_message(struct comparison *comparison, const struct found *found)
{
    ENTRYLIST list = { 1, (SBinary *)&found->message };
    IMAPIFolder *folder;
    HRESULT hr;

    if (FAILED(hr = store_open_object(comparison->store, &found->folder, &folder))) return hr;
    hr = IMAPIFolder_DeleteMessages(folder, &list, 0, NULL, DELETE_HARD_DELETE);
    IMAPIFolder_Release(folder);
    return hr;
}

/* What came in another folder and is the same message. It is used up by this. */
static struct found *take_arrived(struct comparison *comparison, const struct found *gone)
{
    struct found *found, **pos;

    if (!gone->message_id) return NULL;
    for (pos = &comparison->arrived; (found = *pos); pos = &found->next)
    {
        if (!found->message_id || lstrcmpW(found->message_id, gone->message_id)
            || !strcmp(found->id, gone->id))
            continue;
        *pos = found->next;
        found->next = NULL;
        return found;
    }
    return NULL;
}

struct twin
{
    struct comparison *comparison;
    const struct found *gone;
    struct found *found;
};

static HRESULT visit_twin(void *context, IMAPIFolder *folder, const SPropValue *props)
{
    struct twin *twin = context;
    struct comparison *comparison = twin->comparison;
    struct received_entry *there;
    char id[96];

    if (props[VISIT_ENTRYID].ulPropTag != PR_ENTRYID
        || props[VISIT_FOLDER].ulPropTag != PR_PARENT_ENTRYID || !visit_source(props, id)
        || !strcmp(id, twin->gone->id) || !(there = received_find(&comparison->there, id)))
        return S_OK;
    if (!found_add(&twin->found, props, id)) return MAPI_E_NOT_ENOUGH_MEMORY;
    twin->found->seen = there->seen;
    return MAPI_E_CANCEL;
}

/* The same message in this folder, as one of the server's. */
static struct found *find_twin_in(struct comparison *comparison, const struct found *gone,
                                  const struct tie *tie)
{
    struct twin twin = { comparison, gone, NULL };
    IMAPIFolder *folder;

    if (!tie->folder.lpb || FAILED(store_open_object(comparison->store, &tie->folder, &folder)))
        return NULL;
    folder_visit_id(folder, gone->message_id, visit_twin, &twin);
    IMAPIFolder_Release(folder);
    return twin.found;
}

/* Its folder has gone, maybe by another name now, and what came then was not noted: another process
 * received it. All such messages of a folder are in one; where the first few are nowhere the others
 * are not looked for. */
static struct found *find_twin(struct comparison *comparison, const struct found *gone)
{
    struct ties *ties = &comparison->ties;
    struct found *found = NULL;
    char prefix[96];
    size_t i;

    if (!gone->message_id || !id_prefix(gone->id, prefix)
        || received_find(&comparison->folders, prefix))
        return NULL;
    if (strcmp(comparison->twin_prefix, prefix))
    {
        strcpy(comparison->twin_prefix, prefix);
        comparison->twin_tie = 0;
        comparison->twins_missed = 0;
    }
    if (comparison->twins_missed >= TWINS_MISSED) return NULL;
    for (i = 0; i < ties->count && !found; i++)
        found =
            find_twin_in(comparison, gone, &ties->list[(comparison->twin_tie + i) % ties->count]);
    if (found) comparison->twin_tie = (comparison->twin_tie + i - 1) % ties->count;
    else comparison->twins_missed++;
    return found;
}

/* It was moved there: the message that was here first takes the place of the one that came. Should
 * we end in between, what came is fetched once more. */
static HRESULT merge(struct comparison *comparison, const struct found *gone,
                     const struct found *arrived)
{
    struct xp_logon *logon = comparison->logon;
    HRESULT hr;

    if (!incoming_note(logon, arrived->id, RECEIVED_PERHAPS, arrived->seen))
        return MAPI_E_NOT_ENOUGH_DISK;
    hr = move_message(comparison, gone, &arrived->folder);
    if (SUCCEEDED(hr) && gone->read != arrived->read)
        hr = set_read(comparison, &arrived->folder, &gone->message, arrived->read);
    if (SUCCEEDED(hr)) hr = delete_message(comparison, arrived);
    if (SUCCEEDED(hr)) hr = incoming_save_source(comparison->store, &gone->message, arrived->id);
    TRACE("%s is %s now: %#lx\n", gone->id, arrived->id, hr);
    if (FAILED(hr)) return hr;
    incoming_note(logon, arrived->id, RECEIVED_DONE, arrived->seen);
    /* A folder that is renamed back has the same ids again: what is not known is fetched. */
    incoming_note(logon, gone->id, RECEIVED_NEVER, FALSE);
    return S_OK;
}

static void follow_gone(struct comparison *comparison)
{
    struct found *gone, *arrived;
    HRESULT hr;

    for (gone = comparison->gone; gone; gone = gone->next)
    {
        if ((arrived = take_arrived(comparison, gone)) || (arrived = find_twin(comparison, gone)))
        {
            hr = merge(comparison, gone, arrived);
            found_free(arrived);
            if (SUCCEEDED(hr)) continue;
        }
        if (!comparison->deleted_id.lpb) continue;
        if (SUCCEEDED(move_message(comparison, gone, &comparison->deleted_id)))
            incoming_note(comparison->logon, gone->id, RECEIVED_GONE, gone->read);
    }
}

/* ---- and there ---- */

/* What the server has and the store has no more. */
static void find_deleted(struct comparison *comparison)
{
    struct xp_logon *logon = comparison->logon;
    struct received_entry *entry;
    ULONG i;

    if (!comparison->common || !(logon->settings.follow & MAPIXP_FOLLOW_DELETED_HERE)) return;
    EnterCriticalSection(&logon->cs);
    for (i = 0; i < RECEIVED_BUCKETS; i++)
        for (entry = comparison->there.buckets[i]; entry; entry = entry->next)
        {
            struct received_entry *ours = received_find(&logon->received, entry->id);

            if (ours && ours->state == RECEIVED_DONE
                && !received_find(&comparison->here, entry->id))
                follow_add_action(logon->follow, ACTION_DELETE, entry->id);
        }
    LeaveCriticalSection(&logon->cs);
}

static void find_uploads(struct comparison *comparison)
{
    struct upload_room room = { UPLOAD_BYTES, UPLOADS_AT_ONCE };
    enum upload_kind kind;
    struct found *found;

    for (found = comparison->uploads; found; found = found->next)
    {
        if (upload_is_busy(comparison->logon, &found->message)) continue;
        if (!found->id[0]) kind = UPLOAD_APPEND;
        else if (found->copy || received_find(&comparison->copies, found->id)) kind = UPLOAD_COPY;
        else kind = UPLOAD_MOVE;
        if (!upload_add(comparison->logon, comparison->store, kind, &found->message, found->id,
                        found->tie, &room))
            break;
    }
}

/* ---- all of it ---- */

static void read_deleted_items(struct comparison *comparison)
{
    SPropValue *id;

    if (FAILED(HrGetOneProp((IMAPIProp *)comparison->store, PR_IPM_WASTEBASKET_ENTRYID, &id)))
        return;
    binary_copy(&id->Value.bin, &comparison->deleted_id);
    MAPIFreeBuffer(id);
}

/* A whole round of the receiver's, for one comparison only. */
static struct comparison *take_fresh(struct xp_logon *logon)
{
    struct comparison *comparison = NULL;
    struct follow *follow;

    EnterCriticalSection(&logon->cs);
    follow = logon->follow;
    /* With a round to come its list is waited for: what this one says would hold that up. */
    if (follow && follow->fresh && !logon->receive_now && !logon->received.lost && !logon->incoming
        && (comparison = calloc(1, sizeof(*comparison))))
    {
        follow->fresh = FALSE;
        follow->comparing = TRUE;
        comparison->logon = logon;
        comparison->there = follow->there;
        comparison->folders = follow->folders;
        comparison->vanished = follow->gone;
        comparison->ties = follow->ties;
        memset(&follow->there, 0, sizeof(follow->there));
        memset(&follow->folders, 0, sizeof(follow->folders));
        memset(&follow->gone, 0, sizeof(follow->gone));
        memset(&follow->ties, 0, sizeof(follow->ties));
    }
    LeaveCriticalSection(&logon->cs);
    return comparison;
}

static void comparison_free(struct comparison *comparison)
{
    received_close(&comparison->there);
    received_close(&comparison->folders);
    received_close(&comparison->vanished);
    received_close(&comparison->here);
    received_close(&comparison->homes);
    received_close(&comparison->copies);
    ties_free(&comparison->ties);
    tree_free(&comparison->tree);
    found_free(comparison->gone);
    found_free(comparison->arrived);
    found_free(comparison->uploads);
    found_free(comparison->changes);
    free(comparison->deleted_id.lpb);
    free(comparison);
}

/* Which folder here is which there. */
static HRESULT tie_folders(struct comparison *comparison)
{
    struct xp_logon *logon = comparison->logon;

    if (!logon->settings.folders) return S_OK;
    if (logon->settings.follow & MAPIXP_FOLLOW_FOLDERS)
        return tree_compare(logon, comparison->store, &comparison->tree, &comparison->ties,
                            &comparison->vanished);
    if (logon->settings.follow & MAPIXP_FOLLOW_UPLOADED)
        ties_open(&comparison->ties, comparison->store);
    return S_OK;
}

static void compare(struct comparison *comparison)
{
    struct xp_logon *logon = comparison->logon;
    struct follow *follow = logon->follow;
    HRESULT hr;

    /* What was done since the list was made is to be known first. */
    upload_settle(logon, comparison->store, &comparison->there);
    upload_drop_waiting(logon);
    read_deleted_items(comparison);
    hr = tie_folders(comparison);
    if (SUCCEEDED(hr)) hr = store_visit(comparison->store, visit_compare, comparison);
    TRACE("%lu in common, %#lx\n", (unsigned long)comparison->common, hr);
    if (FAILED(hr)) return;
    change_read(comparison);
    follow_gone(comparison);
    find_deleted(comparison);
    find_uploads(comparison);
    tree_end(logon, comparison->store, &comparison->tree, &comparison->ties,
             comparison->common != 0);
    received_close(&follow->arrived[1]);
    follow->arrived[1] = follow->arrived[0];
    memset(&follow->arrived[0], 0, sizeof(follow->arrived[0]));
}

void follow_here(struct xp_logon *logon)
{
    struct comparison *comparison;
    BOOL lost;

    upload_settle(logon, NULL, NULL);
    EnterCriticalSection(&logon->cs);
    lost = logon->received.lost && logon->follow && logon->follow->fresh && !logon->incoming;
    LeaveCriticalSection(&logon->cs);
    if (lost && FAILED(follow_recover(logon))) return;
    if (!(comparison = take_fresh(logon))) return;
    if ((comparison->store = follow_open_store(logon)))
    {
        compare(comparison);
        IMsgStore_Release(comparison->store);
    }
    comparison_free(comparison);
    EnterCriticalSection(&logon->cs);
    if (logon->follow->actions || upload_waits(logon->follow) || changes_wait(logon->follow)
        || logon->follow->look_again)
        logon_receive(logon);
    logon->follow->look_again = logon->follow->comparing = FALSE;
    LeaveCriticalSection(&logon->cs);
    /* Without the store, too: who waits for the end of the round waits for no more. */
    logon_show_status(logon);
}
