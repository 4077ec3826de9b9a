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

#include "object/wait.h"

#include <winuser.h>

#define NO_EVENT_MS 10          /* between two looks when no event could be had */

BOOL wait_quietly(HANDLE handle, DWORD timeout)
{
    ULONGLONG end = GetTickCount64() + timeout, now;
    DWORD left = timeout, ret;
    MSG msg;

    while ((ret = MsgWaitForMultipleObjectsEx(1, &handle, left, QS_SENDMESSAGE,
                                              MWMO_INPUTAVAILABLE)) == WAIT_OBJECT_0 + 1)
    {
        PeekMessageW(&msg, NULL, 0, 0, PM_NOREMOVE | PM_QS_SENDMESSAGE);
        if (timeout == INFINITE) continue;
        if ((now = GetTickCount64()) < end) left = (DWORD)(end - now);
        else
        {
            ret = WaitForSingleObject(handle, 0);
            break;
        }
    }
    return ret == WAIT_OBJECT_0 || ret == WAIT_ABANDONED_0;
}

void wait_for_change(struct lock_waiter **waiters, CRITICAL_SECTION *cs, DWORD timeout)
{
    struct lock_waiter waiter, **link;

    waiter.event = CreateEventW(NULL, TRUE, FALSE, NULL);
    waiter.next = *waiters;
    *waiters = &waiter;
    LeaveCriticalSection(cs);
    if (waiter.event) wait_quietly(waiter.event, timeout);
    else Sleep(min(timeout, NO_EVENT_MS));
    EnterCriticalSection(cs);
    for (link = waiters; *link != &waiter; link = &(*link)->next)
        ;
    *link = waiter.next;
    if (waiter.event) CloseHandle(waiter.event);
}

void wake_waiters(struct lock_waiter *waiters)
{
    for (; waiters; waiters = waiters->next)
        if (waiters->event) SetEvent(waiters->event);
}
