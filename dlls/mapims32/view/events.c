/*
 * Tables over the property database: notifications
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
 * Sinks are the support object's: each view has a key of its own there, and what is told goes
 * through it to the threads that MAPI tells sinks on. Events are put together while the view is
 * locked, and told by one thread at a time without the lock, in their order.
 */

#include "view/viewpriv.h"

struct key_block
{
    ULONG cb;
    BYTE ab[sizeof(MAPIUID) + sizeof(ULONGLONG)];
};

/* The address is this module's own in the process. */
static void make_key(ULONGLONG number, struct key_block *key)
{
    static const char place;
    const void *address = &place;

    memset(key, 0, sizeof(*key));
    key->cb = sizeof(key->ab);
    memcpy(key->ab, "views", 5);
    memcpy(key->ab + 8, &address, sizeof(address));
    memcpy(key->ab + sizeof(MAPIUID), &number, sizeof(number));
}

static void tell(IMAPISupport *support, ULONGLONG number, ULONG count, NOTIFICATION *notifications)
{
    struct key_block key;
    ULONG flags = 0;

    make_key(number, &key);
    IMAPISupport_Notify(support, (NOTIFKEY *)&key, count, notifications, &flags);
}

/* ---- the queue ---- */

static struct event *create_event(ULONG type, HRESULT hr)
{
    struct event *event = platform_alloc_zero(sizeof(*event));

    if (!event) return NULL;
    event->notification.ulEventType = fnevTableModified;
    event->notification.info.tab.ulTableEvent = type;
    event->notification.info.tab.hResult = hr;
    event->notification.info.tab.propIndex.ulPropTag = PR_NULL;
    event->notification.info.tab.propPrior.ulPropTag = PR_NULL;
    return event;
}

static void free_event(struct event *event)
{
    MAPIFreeBuffer(event->block);
    platform_free(event);
}

static void append(struct view *view, struct event *event)
{
    if (view->last_event) view->last_event->next = event;
    else view->first_event = event;
    view->last_event = event;
}

void event_queue(struct view *view, ULONG type, HRESULT hr)
{
    struct event *event;

    if (view->sinks && (event = create_event(type, hr))) append(view, event);
}

void event_queue_row(struct view *view, struct look *look, ULONG type, LONGLONG row,
                     LONGLONG prior)
{
    static const ULONG key_tag = PR_INSTANCE_KEY;
    struct event *event;
    TABLE_NOTIFICATION *table;
    HRESULT hr;

    if (!view->sinks || !(event = create_event(type, S_OK))) return;
    table = &event->notification.info.tab;
    hr = MAPIAllocateBuffer(sizeof(SPropValue) * view->columns->cValues, &event->block);
    /* The key of an object that is gone is known all the same. */
    if (SUCCEEDED(hr))
        hr = shown_values(view, look, row, 1, &key_tag, event->block, &table->propIndex);
    if (SUCCEEDED(hr) && prior)
        hr = shown_values(view, look, prior, 1, &key_tag, event->block, &table->propPrior);
    if (SUCCEEDED(hr) && type != TABLE_ROW_DELETED)
    {
        table->row.cValues = view->columns->cValues;
        table->row.lpProps = event->block;
        hr = shown_values(view, look, row, view->columns->cValues, view->columns->aulPropTag,
                          event->block, table->row.lpProps);
    }
    if (SUCCEEDED(hr))
    {
        append(view, event);
        return;
    }
    free_event(event);
    event_queue(view, TABLE_CHANGED, S_OK);
}

void events_drop(struct view *view)
{
    struct event *event;

    while ((event = view->first_event))
    {
        view->first_event = event->next;
        free_event(event);
    }
    view->last_event = NULL;
}

void events_deliver(struct view *view)
{
    IMAPISupport *support;
    struct event *event;

    EnterCriticalSection(&view->cs);
    if (!view->first_event || view->delivering)
    {
        LeaveCriticalSection(&view->cs);
        return;
    }
    view->delivering = TRUE;
    while ((event = view->first_event))
    {
        if (!(view->first_event = event->next)) view->last_event = NULL;
        LeaveCriticalSection(&view->cs);
        if ((support = view->owner->support(view->context)))
        {
            tell(support, view->key, 1, &event->notification);
            IMAPISupport_Release(support);
        }
        free_event(event);
        EnterCriticalSection(&view->cs);
    }
    view->delivering = FALSE;
    LeaveCriticalSection(&view->cs);
}

/* ---- what the whole table tells ---- */

struct relay
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG ref;
    IMAPISupport *support;
    ULONGLONG key;
};

static struct relay *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct relay, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI relay_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    if (!iid || !ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIAdviseSink_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI relay_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->ref);
}

static ULONG WINAPI relay_Release(IMAPIAdviseSink *iface)
{
    struct relay *relay = impl_from_IMAPIAdviseSink(iface);
    ULONG ref = InterlockedDecrement(&relay->ref);

    if (ref) return ref;
    IMAPISupport_Release(relay->support);
    platform_free(relay);
    return 0;
}

static ULONG WINAPI relay_OnNotify(IMAPIAdviseSink *iface, ULONG count, NOTIFICATION *notifications)
{
    struct relay *relay = impl_from_IMAPIAdviseSink(iface);

    tell(relay->support, relay->key, count, notifications);
    return S_OK;
}

static const IMAPIAdviseSinkVtbl relay_vtbl =
{
    relay_QueryInterface,
    relay_AddRef,
    relay_Release,
    relay_OnNotify
};

HRESULT relay_advise(struct view *view, IMAPITable *whole, ULONG_PTR *connection)
{
    struct relay *relay;
    HRESULT hr;

    *connection = 0;
    if (!(relay = platform_alloc_zero(sizeof(*relay)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!(relay->support = view->owner->support(view->context)))
    {
        platform_free(relay);
        return MAPI_E_CALL_FAILED;
    }
    relay->IMAPIAdviseSink_iface.lpVtbl = (IMAPIAdviseSinkVtbl *)&relay_vtbl;
    relay->ref = 1;
    relay->key = view->key;
    hr = IMAPITable_Advise(whole, fnevTableModified, &relay->IMAPIAdviseSink_iface, connection);
    IMAPIAdviseSink_Release(&relay->IMAPIAdviseSink_iface);
    return hr;
}

/* ---- sinks ---- */

/* cs is held. */
static HRESULT add_connection(struct view *view, ULONG_PTR connection)
{
    ULONG_PTR *grown;

    grown = platform_realloc(view->connections, (view->sinks + 1) * sizeof(*grown));
    if (!grown) return MAPI_E_NOT_ENOUGH_MEMORY;
    view->connections = grown;
    view->connections[view->sinks++] = connection;
    return S_OK;
}

HRESULT WINAPI view_Advise(IMAPITable *iface, ULONG mask, IMAPIAdviseSink *sink,
                           ULONG_PTR *connection)
{
    struct view *view = impl_from_IMAPITable(iface);
    IMAPISupport *support;
    struct key_block key;
    struct look look;
    ULONG count;
    HRESULT hr;

    if (connection) *connection = 0;
    if (!sink || !connection) return MAPI_E_INVALID_PARAMETER;
    if (!(mask & fnevTableModified)) return MAPI_E_NO_SUPPORT;
    if (FAILED(hr = view->owner->listen(view->context))) return hr;
    if (!(support = view->owner->support(view->context))) return MAPI_E_CALL_FAILED;
    make_key(view->key, &key);
    EnterCriticalSection(&view->setting);
    hr = IMAPISupport_Subscribe(support, (NOTIFKEY *)&key, fnevTableModified, 0, sink, connection);
    if (SUCCEEDED(hr))
    {
        EnterCriticalSection(&view->cs);
        /* Changes of any row are told from now on: those up to now are known. */
        if (!view->sinks && !view->whole && SUCCEEDED(look_begin(view, &look)))
        {
            look_count(view, &look, &count);
            look_end(&look);
        }
        hr = add_connection(view, *connection);
        LeaveCriticalSection(&view->cs);
        if (SUCCEEDED(hr) && view->whole && !view->whole_connection)
            relay_advise(view, view->whole, &view->whole_connection);
        if (FAILED(hr))
        {
            IMAPISupport_Unsubscribe(support, *connection);
            *connection = 0;
        }
    }
    LeaveCriticalSection(&view->setting);
    IMAPISupport_Release(support);
    return hr;
}

HRESULT WINAPI view_Unadvise(IMAPITable *iface, ULONG_PTR connection)
{
    struct view *view = impl_from_IMAPITable(iface);
    IMAPISupport *support;
    BOOL found = FALSE;
    HRESULT hr = S_OK;
    ULONG i;

    EnterCriticalSection(&view->cs);
    for (i = 0; i < view->sinks && !found; i++)
    {
        if (view->connections[i] != connection) continue;
        view->connections[i] = view->connections[--view->sinks];
        found = TRUE;
    }
    LeaveCriticalSection(&view->cs);
    if (!found) return MAPI_E_INVALID_PARAMETER;
    if ((support = view->owner->support(view->context)))
    {
        hr = IMAPISupport_Unsubscribe(support, connection);
        IMAPISupport_Release(support);
    }
    return hr;
}

void events_unadvise_all(struct view *view)
{
    IMAPISupport *support = view->sinks ? view->owner->support(view->context) : NULL;
    ULONG i;

    for (i = 0; support && i < view->sinks; i++)
        IMAPISupport_Unsubscribe(support, view->connections[i]);
    if (support) IMAPISupport_Release(support);
    platform_free(view->connections);
    view->connections = NULL;
    view->sinks = 0;
}
