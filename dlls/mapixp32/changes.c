/*
 * Mail transport: folders made, renamed and deleted here, done on the server
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
 * The spooler's thread decides (treecompare.c) and leaves a list in order; the receiver's thread
 * does it at the beginning of its next round, before folders are listed; the spooler's thread notes
 * what was done before it compares again. What the server refuses is not tried again in this
 * session.
 *
 * Here is also how a folder that is listed no more is told from one that is only not subscribed to.
 */

#include "follow.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapixp);

BOOL names_add(struct names *names, const char *name)
{
    char **grown = list_grow(names->list, names->count, &names->room, sizeof(*grown));

    if (!grown) return FALSE;
    names->list = grown;
    if (!(names->list[names->count] = _strdup(name))) return FALSE;
    names->count++;
    return TRUE;
}

void names_free(struct names *names)
{
    while (names->count) free(names->list[--names->count]);
    free(names->list);
    memset(names, 0, sizeof(*names));
}

static void change_free(struct change *change)
{
    free(change->folder.lpb);
    free(change->from);
    free(change->to);
    free(change);
}

void changes_free_all(struct follow *follow)
{
    struct change *change;

    while ((change = follow->changes))
    {
        follow->changes = change->next;
        change_free(change);
    }
}

/* ---- the spooler's thread ---- */

static BOOL refusal_key(const struct change *change, char key[65])
{
    const char *from = change->from ? change->from : "", *to = change->to ? change->to : "";
    const void *parts[3] = { &change->kind, from, to };
    size_t sizes[3] = { sizeof(change->kind), strlen(from) + 1, strlen(to) };

    return hash_text(parts, sizes, 3, key);
}

BOOL changes_add(struct xp_logon *logon, enum change_kind kind, const SBinary *folder,
                 const char *from, const char *to, char separator, const char *path_hash,
                 const char *prefix)
{
    struct change *change = calloc(1, sizeof(*change)), **pos;
    BOOL ok;

    if (!change) return FALSE;
    change->kind = kind;
    change->separator = separator;
    ok = (!folder || binary_copy(folder, &change->folder))
         && (!from || (change->from = _strdup(from))) && (!to || (change->to = _strdup(to)))
         && refusal_key(change, change->refusal);
    if (path_hash) lstrcpynA(change->path_hash, path_hash, sizeof(change->path_hash));
    if (prefix) lstrcpynA(change->prefix, prefix, sizeof(change->prefix));
    EnterCriticalSection(&logon->cs);
    if (ok && received_find(&logon->follow->refused, change->refusal)) ok = FALSE;
    for (pos = &logon->follow->changes; *pos;) pos = &(*pos)->next;
    if (ok) *pos = change;
    LeaveCriticalSection(&logon->cs);
    if (!ok) change_free(change);
    return ok;
}

void changes_drop_waiting(struct xp_logon *logon)
{
    struct change *change, **pos;

    EnterCriticalSection(&logon->cs);
    for (pos = &logon->follow->changes; (change = *pos);)
    {
        if (change->state != CHANGE_WAITS)
        {
            pos = &change->next;
            continue;
        }
        *pos = change->next;
        change_free(change);
    }
    LeaveCriticalSection(&logon->cs);
}

static struct change *first_of(struct follow *follow, enum change_state state)
{
    struct change *change;

    for (change = follow->changes; change && change->state != state;) change = change->next;
    return change;
}

struct change *changes_done(struct xp_logon *logon)
{
    struct change *ret;

    EnterCriticalSection(&logon->cs);
    ret = first_of(logon->follow, CHANGE_DONE);
    LeaveCriticalSection(&logon->cs);
    return ret;
}

void changes_drop(struct xp_logon *logon, struct change *change)
{
    struct change **pos;

    EnterCriticalSection(&logon->cs);
    for (pos = &logon->follow->changes; *pos && *pos != change;) pos = &(*pos)->next;
    if (*pos) *pos = change->next;
    LeaveCriticalSection(&logon->cs);
    change_free(change);
}

BOOL changes_wait(const struct follow *follow)
{
    return first_of((struct follow *)follow, CHANGE_WAITS) != NULL;
}

void missing_set(struct xp_logon *logon, struct names *names)
{
    struct follow *follow = logon->follow;
    struct names old;
    char hash[17];
    size_t i;

    EnterCriticalSection(&logon->cs);
    old = follow->missing;
    follow->missing = *names;
    for (i = 0; i < names->count; i++)
    {
        if (!place_hash(names->list[i], hash) || received_find(&follow->missed, hash)) continue;
        follow->look_again |= received_set(&follow->missed, hash, RECEIVED_DONE, FALSE);
    }
    LeaveCriticalSection(&logon->cs);
    memset(names, 0, sizeof(*names));
    names_free(&old);
}

/* ---- the receiver's thread ---- */

/* *done: FALSE when a folder to be deleted has mail: that one is to come here first. */
static enum net do_change(struct mailbox *mailbox, const struct change *change, BOOL *done)
{
    *done = TRUE;
    switch (change->kind)
    {
    case CHANGE_CREATE: return imap_create(mailbox, change->to);
    case CHANGE_RENAME: return imap_rename(mailbox, change->from, change->to);
    default: return imap_remove(mailbox, change->from, done);
    }
}

static struct change *begin_change(struct xp_logon *logon)
{
    struct change *change = NULL;

    EnterCriticalSection(&logon->cs);
    /* A comparison goes by the names that folders have. */
    if (logon->follow && !logon->follow->comparing
        && (change = first_of(logon->follow, CHANGE_WAITS)))
        change->state = CHANGE_BUSY;
    LeaveCriticalSection(&logon->cs);
    return change;
}

enum net changes_there(struct xp_logon *logon, struct mailbox *mailbox)
{
    struct change *change;
    enum net net = NET_OK;
    BOOL done;

    while (!net && !logon_stopping(logon) && (change = begin_change(logon)))
    {
        net = do_change(mailbox, change, &done);
        TRACE("%d: %s to %s: %d\n", change->kind, debugstr_a(change->from), debugstr_a(change->to),
              net);
        if (!net && done)
        {
            EnterCriticalSection(&logon->cs);
            change->state = CHANGE_DONE;
            LeaveCriticalSection(&logon->cs);
            continue;
        }
        if (net == NET_REFUSED) follow_refuse(logon, change->refusal, mailbox->connection->words);
        changes_drop(logon, change);
        if (net == NET_REFUSED) net = NET_OK;
    }
    return net;
}

BOOL changes_unsettled(struct xp_logon *logon, const char *name)
{
    const struct change *change;
    BOOL ret = FALSE;

    EnterCriticalSection(&logon->cs);
    for (change = logon->follow ? logon->follow->changes : NULL; change && !ret;
         change = change->next)
        ret = change->kind == CHANGE_RENAME && change->state == CHANGE_DONE
              && (!strcmp(change->to, name) || imap_is_below(name, change->to, change->separator));
    LeaveCriticalSection(&logon->cs);
    return ret;
}

/* A copy: the spooler's thread may have others meanwhile. */
static BOOL copy_missing(struct xp_logon *logon, struct names *names)
{
    BOOL ok = TRUE;
    size_t i;

    EnterCriticalSection(&logon->cs);
    for (i = 0; logon->follow && i < logon->follow->missing.count && ok; i++)
        ok = names_add(names, logon->follow->missing.list[i]);
    LeaveCriticalSection(&logon->cs);
    return ok;
}

enum net missing_look(struct xp_logon *logon, struct mailbox *mailbox, char separator)
{
    struct names names = { 0 };
    char kind[32], hash[17];
    enum net net = NET_OK;
    BOOL exists, ok;
    size_t i;

    ok = copy_missing(logon, &names);
    for (i = 0; i < names.count && ok && !net; i++)
    {
        if ((net = imap_exists(mailbox, names.list[i], &exists)) || exists) continue;
        TRACE("%s has gone\n", debugstr_a(names.list[i]));
        ok = place_hash(names.list[i], hash);
        place_kind(hash, kind);
        EnterCriticalSection(&logon->cs);
        ok = ok && received_set(&logon->follow->listing_gone, kind, RECEIVED_DONE, FALSE);
        LeaveCriticalSection(&logon->cs);
    }
    names_free(&names);
    EnterCriticalSection(&logon->cs);
    if (logon->follow) logon->follow->listing_separator = separator;
    LeaveCriticalSection(&logon->cs);
    if (net == NET_REFUSED) net = NET_OK;
    return ok ? net : NET_FAILED;
}
