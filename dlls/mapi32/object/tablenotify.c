/*
 * Notifications of tables, from the change to the sinks
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
 * An event is put together under the data's lock, in the columns the view has at that moment, in
 * memory of its own, and queued on the data. After the lock is given back, one thread at a time
 * takes events off the queue and hands them to the view's sinks, so that they arrive in the order
 * of the changes and no lock is held while they are handed over. A view that ends meanwhile takes
 * its events with it; one that ends while an event of its own is handed over ends its connections,
 * only its memory stays that long.
 */

#define COBJMACROS

#include <string.h>

#include "object/table.h"

BOOL view_has_sinks(const struct table_view *view)
{
    return !sink_list_empty(view->sinks);
}

static void queue_event(struct table_view *view, struct table_event *event)
{
    struct table_data *data = view->data;

    event->next = NULL;
    event->view = view;
    if (data->last_event)
        data->last_event->next = event;
    else
        data->first_event = event;
    data->last_event = event;
}

static struct table_event *create_event(ULONG type, HRESULT hr, size_t size)
{
    struct table_event *event;

    if (size > 0x7fffffff || !(event = platform_alloc(size))) return NULL;
    memset(event, 0, sizeof(*event));
    event->notification.ulEventType = fnevTableModified;
    event->notification.info.tab.ulTableEvent = type;
    event->notification.info.tab.hResult = hr;
    event->notification.info.tab.propIndex.ulPropTag = PR_NULL;
    event->notification.info.tab.propPrior.ulPropTag = PR_NULL;
    return event;
}

void view_queue_event(struct table_view *view, ULONG type, HRESULT hr)
{
    struct table_event *event;

    if (view_has_sinks(view) && (event = create_event(type, hr, sizeof(*event))))
        queue_event(view, event);
}

/* What names a row in a notification: its instance key, else the index column. */
static const SPropValue *naming_prop(const struct table_view *view, const struct row_values *values)
{
    const SPropValue *prop = props_find(values->props, values->count, PR_INSTANCE_KEY);

    return prop ? prop : row_values_index(view->data, values);
}

void view_queue_row_event(struct table_view *view, ULONG type, const struct row_values *values,
                          const struct view_node *prior)
{
    size_t start = (sizeof(struct table_event) + 7) & ~7, size = start, columns = 0;
    const SPropValue *index, *prior_index = NULL;
    struct row_values *prior_values = NULL;
    BOOL with_row = type != TABLE_ROW_DELETED;
    struct table_event *event;
    TABLE_NOTIFICATION *table;
    BYTE *mem;

    if (!view_has_sinks(view)) return;
    if (prior && SUCCEEDED(view_node_values(prior, &prior_values)))
        prior_index = naming_prop(view, prior_values);
    if ((index = naming_prop(view, values)))
        size = pack_add(size, prop_pack_size(index, PROP_TYPE(index->ulPropTag)));
    if (prior_index)
        size = pack_add(size, prop_pack_size(prior_index, PROP_TYPE(prior_index->ulPropTag)));
    if (with_row)
    {
        columns = (view->columns->count * sizeof(SPropValue) + 7) & ~(size_t)7;
        size = pack_add(size, columns);
        size = pack_add(size, row_project_size(values, view->columns));
    }
    if ((event = create_event(type, S_OK, size)))
    {
        table = &event->notification.info.tab;
        mem = (BYTE *)event + start;
        if (with_row)
        {
            table->row.cValues = view->columns->count;
            table->row.lpProps = (SPropValue *)mem;
            mem = row_project(values, view->columns, table->row.lpProps, mem + columns);
        }
        if (index) mem = prop_pack(&table->propIndex, index->ulPropTag, index, mem);
        if (prior_index) prop_pack(&table->propPrior, prior_index->ulPropTag, prior_index, mem);
        queue_event(view, event);
    }
    row_values_release(prior_values);
}

void view_drop_events(struct table_view *view)
{
    struct table_data *data = view->data;
    struct table_event **link = &data->first_event, *event, *last = NULL;

    while ((event = *link))
    {
        if (event->view == view)
        {
            *link = event->next;
            platform_free(event);
            continue;
        }
        last = event;
        link = &event->next;
    }
    data->last_event = last;
}

void table_data_deliver(struct table_data *data)
{
    struct table_event *event;
    BOOL held;

    for (;;)
    {
        held = FALSE;
        EnterCriticalSection(&data->cs);
        if ((event = data->first_event))
        {
            if (!(data->first_event = event->next)) data->last_event = NULL;
            if ((held = !event->view->dying)) InterlockedIncrement(&event->view->holds);
        }
        else
        {
            data->delivering = FALSE;
        }
        LeaveCriticalSection(&data->cs);
        if (!event) break;
        if (held)
        {
            sink_list_post(event->view->sinks, 1, &event->notification);
            table_view_drop(event->view);
        }
        platform_free(event);
    }
}
