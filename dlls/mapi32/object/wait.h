/*
 * Waiting without shutting other threads out
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
 * A thread that waits for another one may own a window that the other one, or a provider it is in,
 * sends messages to. What waits here lets them through; messages that were posted stay where they
 * are, so that a client is not re-entered.
 */

#ifndef MAPI32_WAIT_H
#define MAPI32_WAIT_H

#include <stdarg.h>

#include <windef.h>
#include <winbase.h>

/* Until the handle is signalled, or the mutex owned (an abandoned one, too); FALSE when timeout ms,
 * which may be INFINITE, have passed. */
BOOL wait_quietly(HANDLE handle, DWORD timeout);

/* Who waits for a change of what a lock guards; the list starts out NULL, and is guarded by it
 * too. */
struct lock_waiter
{
    struct lock_waiter *next;
    HANDLE event;
};

/* The lock is held, and is left meanwhile. Returns at a change or after timeout ms, perhaps before:
 * look again. */
void wait_for_change(struct lock_waiter **waiters, CRITICAL_SECTION *cs, DWORD timeout);
/* The lock is held. */
void wake_waiters(struct lock_waiter *waiters);

#endif /* MAPI32_WAIT_H */
