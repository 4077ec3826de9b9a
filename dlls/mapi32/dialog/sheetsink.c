/*
 * Notifications of display tables
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
 * OnNotify may come on any thread and at any time: it marks the controls that the notification
 * means and wakes the sheet's window, nothing more. A control is known by its PR_CONTROL_ID or,
 * since a table made by BuildDisplayTable notifies by its index column, by its PR_ROWID.
 */

#include "dialog/sheet.h"

struct sheet_sink
{
    IMAPIAdviseSink IMAPIAdviseSink_iface;
    LONG ref;
    CRITICAL_SECTION cs;
    struct sheet *sheet;        /* cs; not counted; NULL once the sheet has gone */
};

static struct sheet_sink *impl_from_IMAPIAdviseSink(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct sheet_sink, IMAPIAdviseSink_iface);
}

static HRESULT WINAPI sink_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **ret)
{
    if (!ret) return MAPI_E_INVALID_PARAMETER;
    *ret = NULL;
    if (!IsEqualGUID(iid, &IID_IUnknown) && !IsEqualGUID(iid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMAPIAdviseSink_AddRef(iface);
    *ret = iface;
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&impl_from_IMAPIAdviseSink(iface)->ref);
}

static ULONG WINAPI sink_Release(IMAPIAdviseSink *iface)
{
    struct sheet_sink *sink = impl_from_IMAPIAdviseSink(iface);
    ULONG ref = InterlockedDecrement(&sink->ref);

    if (ref) return ref;
    DeleteCriticalSection(&sink->cs);
    platform_free(sink);
    return 0;
}

static BOOL names_control(const SPropValue *prop, const struct display_control *what)
{
    switch (PROP_TYPE(prop->ulPropTag))
    {
    case PT_BINARY:
        return prop->Value.bin.cb == what->id_size && what->id_size
               && !memcmp(prop->Value.bin.lpb, what->id, what->id_size);
    case PT_LONG:
        return prop->ulPropTag == PR_ROWID && what->has_row && prop->Value.l == what->row;
    }
    return FALSE;
}

static BOOL means_control(const TABLE_NOTIFICATION *change, const struct display_control *what)
{
    const SPropValue *id;

    if (change->ulTableEvent != TABLE_ROW_MODIFIED) return TRUE;
    if (names_control(&change->propIndex, what)) return TRUE;
    if (!change->row.cValues || !change->row.lpProps) return FALSE;
    id = props_find(change->row.lpProps, change->row.cValues, PR_CONTROL_ID);
    return id && names_control(id, what);
}

static ULONG WINAPI sink_OnNotify(IMAPIAdviseSink *iface, ULONG count, LPNOTIFICATION notifications)
{
    struct sheet_sink *sink = impl_from_IMAPIAdviseSink(iface);
    struct sheet *sheet;
    BOOL any = FALSE;
    ULONG i, j;

    EnterCriticalSection(&sink->cs);
    if ((sheet = sink->sheet))
    {
        for (i = 0; i < count; i++)
        {
            if (notifications[i].ulEventType != fnevTableModified) continue;
            for (j = 0; j < sheet->table->control_count; j++)
            {
                if (!means_control(&notifications[i].info.tab,
                                   &sheet->table->controls[j])) continue;
                sheet->controls[j].stale = any = TRUE;
            }
        }
        if (any && sheet->window) PostMessageW(sheet->window, WM_SHEET_STALE, 0, 0);
    }
    LeaveCriticalSection(&sink->cs);
    return 0;
}

static const IMAPIAdviseSinkVtbl sink_vtbl =
{
    sink_QueryInterface,
    sink_AddRef,
    sink_Release,
    sink_OnNotify
};

struct sheet_sink *sheet_sink_create(struct sheet *sheet)
{
    struct sheet_sink *sink = platform_alloc_zero(sizeof(*sink));

    if (!sink) return NULL;
    sink->IMAPIAdviseSink_iface.lpVtbl = &sink_vtbl;
    sink->ref = 1;
    InitializeCriticalSection(&sink->cs);
    sink->sheet = sheet;
    return sink;
}

IMAPIAdviseSink *sheet_sink_iface(struct sheet_sink *sink)
{
    return &sink->IMAPIAdviseSink_iface;
}

void sheet_sink_detach(struct sheet_sink *sink)
{
    EnterCriticalSection(&sink->cs);
    sink->sheet = NULL;
    LeaveCriticalSection(&sink->cs);
}

BOOL sheet_sink_take(struct sheet_sink *sink, struct sheet_control *control)
{
    BOOL ret;

    EnterCriticalSection(&sink->cs);
    ret = control->stale;
    control->stale = FALSE;
    LeaveCriticalSection(&sink->cs);
    return ret;
}
