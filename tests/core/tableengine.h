/*
 * The table engine as part of a unit or a fuzzer
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
 * Included once, by a source that is one. All that the engine asks of the system besides memory are
 * a lock, a worker and the sinks of its views, which are stood in for: work is done when it is
 * waited for, events are counted.
 */

#include <assert.h>

#define COBJMACROS
#define INITGUID
#include "system.h"
#include <mapiutil.h>
#include "wine/debug.h"

/* Formats are those of the DLL's LONG, which has another type here. */
#pragma GCC diagnostic ignored "-Wformat"

#include "object/table.c"
#undef WINE_DEFAULT_DEBUG_CHANNEL
#define WINE_DEFAULT_DEBUG_CHANNEL(channel)
#define put_long category_put_long
#include "object/tablealike.c"
#include "object/tablecategory.c"
#undef put_long
/* A few rows are many here. */
#undef STOP_INTERVAL
#define STOP_INTERVAL 4
#include "object/tableasync.c"
#include "object/tablecollapse.c"
#include "object/tablenotify.c"
#include "object/tableorder.c"
#include "object/tablerank.c"
#include "object/tableread.c"
#include "object/tablerow.c"
#include "object/tablesettings.c"
#include "object/tablesort.c"
#include "object/tableutil.c"
#include "object/tableview.c"

/* --- what stands in for the system ----------------------------------------------------------------------- */

static struct
{
    void (*proc)(void *context);
    void *context;
} works[4];
static ULONG work_count;
static BOOL no_workers;

static void work(void)
{
    void (*proc)(void *context);
    ULONG i;

    for (; work_count; work_count--)
    {
        proc = works[0].proc;
        works[0].proc = NULL;
        if (proc) proc(works[0].context);
        for (i = 1; i < work_count; i++) works[i - 1] = works[i];
    }
}

BOOL worker_submit(void (*proc)(void *context), void *context)
{
    assert(!unit_lock_depth);
    if (no_workers || work_count == sizeof(works) / sizeof(*works)) return FALSE;
    works[work_count].proc = proc;
    works[work_count++].context = context;
    /* What is waited for is done first, as nobody else would. */
    unit_before_wait = work;
    return TRUE;
}

/* Events are only counted; they may be looked at, since they are whole. */
struct sink_list
{
    BOOL watched;
};

static ULONG events, last_event;
static HRESULT last_result;

HRESULT sink_list_create(struct sink_list **ret)
{
    if (!(*ret = platform_alloc_zero(sizeof(**ret)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    return S_OK;
}

void sink_list_clear(struct sink_list *list)
{
    list->watched = FALSE;
}

void sink_list_destroy(struct sink_list *list)
{
    platform_free(list);
}

HRESULT sink_list_advise(struct sink_list *list, ULONG mask, IMAPIAdviseSink *sink,
                         ULONG_PTR *connection)
{
    list->watched = TRUE;
    *connection = 1;
    return S_OK;
}

HRESULT sink_list_unadvise(struct sink_list *list, ULONG_PTR connection)
{
    list->watched = FALSE;
    return S_OK;
}

BOOL sink_list_empty(struct sink_list *list)
{
    return !list->watched;
}

void sink_list_post(struct sink_list *list, ULONG count, const NOTIFICATION *notifications)
{
    const TABLE_NOTIFICATION *table = &notifications->info.tab;
    struct sortkey key;
    ULONG i;

    /* nothing is called out under the lock */
    assert(!unit_lock_depth);
    events += count;
    last_event = table->ulTableEvent;
    last_result = table->hResult;
    sortkey_init(&key);
    for (i = 0; i < table->row.cValues; i++) sortkey_add(&key, &table->row.lpProps[i], FALSE);
    if (table->propIndex.ulPropTag != PR_NULL) sortkey_add(&key, &table->propIndex, FALSE);
    if (table->propPrior.ulPropTag != PR_NULL) sortkey_add(&key, &table->propPrior, FALSE);
    sortkey_destroy(&key);
}
