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

#include "filechanges.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define AT_ONCE 256

/* As they were read together. */
struct followed
{
    struct followed *next;
    struct db_change *changes;          /* platform_alloc */
    ULONG count;
    BOOL lost;
};

/* cs is held. S_FALSE: there is no more. */
static HRESULT follow_some(struct file_changes *changes)
{
    struct followed *followed;
    struct db_txn *txn;
    HRESULT hr;

    if (!(followed = platform_alloc_zero(sizeof(*followed)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr = db_begin(changes->db, DB_READ, &txn)))
    {
        hr = db_changes(txn, changes->seen, AT_ONCE, &followed->changes, &followed->count,
                        &followed->lost);
        if (SUCCEEDED(hr) && followed->lost)
        {
            followed->count = 0;
            hr = db_change_last(txn, &changes->seen);
        }
        else if (SUCCEEDED(hr) && followed->count)
            changes->seen = followed->changes[followed->count - 1].sequence;
        if (SUCCEEDED(hr) && (followed->count || followed->lost))
            changes->owner->follow(changes->context, txn, followed->count, followed->changes,
                                   followed->lost);
        db_rollback(txn);
    }
    if (FAILED(hr) || !(followed->count || followed->lost))
    {
        platform_free(followed->changes);
        platform_free(followed);
        return FAILED(hr) ? hr : S_FALSE;
    }
    hr = followed->count < AT_ONCE ? S_FALSE : S_OK;
    if (changes->last) changes->last->next = followed;
    else changes->first = followed;
    changes->last = followed;
    return hr;
}

/* cs is held, but not while somebody is told. */
static void tell_followed(struct file_changes *changes)
{
    struct followed *followed;

    if (changes->telling) return;
    changes->telling = TRUE;
    while ((followed = changes->first))
    {
        if (!(changes->first = followed->next)) changes->last = NULL;
        LeaveCriticalSection(&changes->cs);
        changes->owner->tell(changes->context, followed->count, followed->changes, followed->lost);
        platform_free(followed->changes);
        platform_free(followed);
        EnterCriticalSection(&changes->cs);
    }
    changes->telling = FALSE;
}

void file_changes_pump(struct file_changes *changes)
{
    HRESULT hr;

    if (!changes->wanted) return;
    EnterCriticalSection(&changes->cs);
    do
    {
        hr = follow_some(changes);
        tell_followed(changes);
    }
    while (hr == S_OK);
    LeaveCriticalSection(&changes->cs);
    if (FAILED(hr)) WARN("changes are not followed: %#lx\n", hr);
}

static void listened(void *context, ULONG count, const struct db_change *list, BOOL lost)
{
    file_changes_pump(context);
}

HRESULT file_changes_listen(struct file_changes *changes)
{
    struct db_txn *txn;
    HRESULT hr = S_OK;

    EnterCriticalSection(&changes->cs);
    if (!changes->wanted && SUCCEEDED(hr = db_begin(changes->db, DB_READ, &txn)))
    {
        hr = db_change_last(txn, &changes->seen);
        db_rollback(txn);
        if (SUCCEEDED(hr)) hr = db_listen(changes->db, listened, changes, &changes->listener);
        if (SUCCEEDED(hr)) InterlockedExchange(&changes->wanted, TRUE);
    }
    LeaveCriticalSection(&changes->cs);
    return hr;
}

void file_changes_silence(struct file_changes *changes)
{
    struct db_listener *listener;

    EnterCriticalSection(&changes->cs);
    listener = changes->listener;
    changes->listener = NULL;
    LeaveCriticalSection(&changes->cs);
    /* It waits for a call in progress, which takes the lock. */
    if (listener) db_unlisten(listener);
}

void file_changes_init(struct file_changes *changes, const struct file_changes_owner *owner,
                       void *context, struct db *db)
{
    memset(changes, 0, sizeof(*changes));
    changes->owner = owner;
    changes->context = context;
    changes->db = db;
    InitializeCriticalSection(&changes->cs);
}

void file_changes_free(struct file_changes *changes)
{
    struct followed *followed;

    file_changes_silence(changes);
    while ((followed = changes->first))
    {
        changes->first = followed->next;
        platform_free(followed->changes);
        platform_free(followed);
    }
    DeleteCriticalSection(&changes->cs);
}
