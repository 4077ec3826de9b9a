/*
 * Changes of a file, followed and told
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
 * The file keeps a list of what was changed, by whatever process. The pump reads on from where it
 * was last, has the owner follow (bring its live tables up to date) and then tell those who
 * advised. It runs after each change of ours, so that a caller finds tables as he left them, and on
 * the thread that listens to the file for changes of others.
 *
 * Following is done under the lock, in the order of the changes, and calls nobody. What was
 * followed is queued, and told without any lock, in that same order, by one thread at a time: who
 * comes meanwhile leaves what he has to the one that is at it.
 */

#ifndef MAPIMS32_FILECHANGES_H
#define MAPIMS32_FILECHANGES_H

#include <stdarg.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>

#include "db/db.h"

struct file_changes_owner
{
    /* With the lock held. lost: some changes are missing: all anew; count may be 0 then. */
    void (*follow)(void *context, struct db_txn *txn, ULONG count, const struct db_change *changes,
                   BOOL lost);
    /* With no lock held and no transaction. */
    void (*tell)(void *context, ULONG count, const struct db_change *changes, BOOL lost);
};

struct followed;

struct file_changes
{
    const struct file_changes_owner *owner;
    void *context;
    struct db *db;                      /* the owner's */
    LONG wanted;                        /* somebody listens */
    CRITICAL_SECTION cs;                /* what follows */
    ULONGLONG seen;                     /* the newest that was followed */
    struct followed *first;             /* to be told */
    struct followed *last;
    BOOL telling;
    struct db_listener *listener;
};

/* db lives longer than the changes. */
void file_changes_init(struct file_changes *changes, const struct file_changes_owner *owner,
                       void *context, struct db *db);
/* Follows and tells from now on; again: S_OK. */
HRESULT file_changes_listen(struct file_changes *changes);
/* Follows all that was committed up to now, and tells it unless another thread is about to. */
void file_changes_pump(struct file_changes *changes);
/* The file is not listened to any more: waits for the listening thread, unless this is it. */
void file_changes_silence(struct file_changes *changes);
void file_changes_free(struct file_changes *changes);

#endif /* MAPIMS32_FILECHANGES_H */
