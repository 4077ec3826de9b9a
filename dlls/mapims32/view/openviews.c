/*
 * Open tables over the property database, so that they follow changes
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
 * A table tells its sinks while it follows, so the lock is not held then; one that ends waits until
 * it has followed. Its entry stays in the list until then, and new ones come before all others: who
 * walks the list finds the next one when it has the lock again.
 */

#include "view/viewpriv.h"

struct open_view
{
    struct open_view *next;
    struct view *view;
};

void open_views_init(struct open_views *views)
{
    memset(views, 0, sizeof(*views));
    InitializeCriticalSection(&views->cs);
    InitializeConditionVariable(&views->followed);
}

void open_views_free(struct open_views *views)
{
    DeleteCriticalSection(&views->cs);
}

HRESULT open_views_add(struct open_views *views, struct view *view)
{
    struct open_view *entry;

    if (!(entry = platform_alloc_zero(sizeof(*entry)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    entry->view = view;
    EnterCriticalSection(&views->cs);
    entry->next = views->first;
    views->first = entry;
    LeaveCriticalSection(&views->cs);
    return S_OK;
}

void open_views_remove(struct open_views *views, struct view *view)
{
    struct open_view **link, *entry;

    EnterCriticalSection(&views->cs);
    while (views->following == view)
        SleepConditionVariableCS(&views->followed, &views->cs, INFINITE);
    for (link = &views->first; (entry = *link); link = &entry->next)
    {
        if (entry->view != view) continue;
        *link = entry->next;
        platform_free(entry);
        break;
    }
    LeaveCriticalSection(&views->cs);
}

void open_views_follow(struct open_views *views)
{
    struct open_view *entry;

    EnterCriticalSection(&views->cs);
    for (entry = views->first; entry; entry = entry->next)
    {
        views->following = entry->view;
        LeaveCriticalSection(&views->cs);
        view_follow(entry->view);
        EnterCriticalSection(&views->cs);
        views->following = NULL;
        WakeAllConditionVariable(&views->followed);
    }
    LeaveCriticalSection(&views->cs);
}
