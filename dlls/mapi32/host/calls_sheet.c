/*
 * Guarded calls of a property sheet
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
 * A property sheet is drawn from a display table and the object behind it, which any provider or
 * client may have handed in; who they are is not known here, so the sheet is a party of its own. Once
 * one of them crashed, nothing of the sheet is called any more, Release included.
 *
 * What comes back is the subsystem's own memory: values and rows are copied inside the guard, and
 * values that cannot be are PT_ERROR.
 */

#define COBJMACROS

#include "host/calls.h"

#define ROWS_AT_ONCE 50

struct object_args
{
    IMAPIProp *object;
    ULONG tag;
    const IID *iid;
    ULONG flags;
    ULONG count;
    SPropValue *props;
    const SPropTagArray *tags;
    SPropProblemArray *problems;
    IUnknown *opened;
    HRESULT result;
    struct last_error *error;
};

/* The values in the order of tags, copied; broken ones as errors. */
static HRESULT copy_values(const SPropTagArray *tags, const SPropValue *props, SPropValue **ret)
{
    SPropValue *checked;
    HRESULT hr;
    ULONG i;

    if (!(checked = platform_alloc(tags->cValues * sizeof(*checked))))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < tags->cValues; i++)
    {
        checked[i] = props[i];
        if (PROP_ID(props[i].ulPropTag) == PROP_ID(tags->aulPropTag[i])
            && PROP_TYPE(props[i].ulPropTag) != PT_OBJECT && prop_value_check(&props[i]) == S_OK)
            continue;
        checked[i].ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(tags->aulPropTag[i]));
        checked[i].Value.err = MAPI_E_NOT_FOUND;
    }
    hr = props_copy(&memory_allocators, tags->cValues, checked, ret);
    platform_free(checked);
    return hr;
}

static HRESULT call_get_props(void *data)
{
    struct object_args *args = data;
    SPropValue *props = NULL;
    ULONG count = 0;
    HRESULT hr;

    hr = IMAPIProp_GetProps(args->object, (SPropTagArray *)args->tags, 0, &count, &props);
    if (FAILED(hr)) return hr;
    if (!props || count != args->tags->cValues) hr = MAPI_E_CALL_FAILED;
    else hr = copy_values(args->tags, props, &args->props);
    memory_free_buffer(props);
    return hr;
}

HRESULT sheet_GetProps(struct host_party *party, IMAPIProp *object, const SPropTagArray *tags,
                       SPropValue **ret)
{
    struct object_args args = { object };
    HRESULT hr;

    *ret = NULL;
    args.tags = tags;
    hr = host_call(party, "IMAPIProp::GetProps", call_get_props, &args);
    if (SUCCEEDED(hr)) *ret = args.props;
    return hr;
}

/* The first problem, if there is any, is the answer. */
static HRESULT call_set_props(void *data)
{
    struct object_args *args = data;
    HRESULT hr = IMAPIProp_SetProps(args->object, args->count, args->props, &args->problems);

    if (FAILED(hr)) return hr;
    if (args->problems && args->problems->cProblem)
    {
        args->tag = args->problems->aProblem[0].ulIndex;
        hr = args->problems->aProblem[0].scode;
        if (SUCCEEDED(hr)) hr = MAPI_E_CALL_FAILED;
    }
    memory_free_buffer(args->problems);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT sheet_SetProps(struct host_party *party, IMAPIProp *object, ULONG count, SPropValue *props,
                       ULONG *failed)
{
    struct object_args args = { object };
    HRESULT hr;

    args.count = count;
    args.props = props;
    args.tag = count;
    hr = host_call(party, "IMAPIProp::SetProps", call_set_props, &args);
    *failed = args.tag < count ? args.tag : count;
    return hr;
}

static HRESULT call_save_changes(void *data)
{
    struct object_args *args = data;

    return IMAPIProp_SaveChanges(args->object, args->flags);
}

HRESULT sheet_SaveChanges(struct host_party *party, IMAPIProp *object, ULONG flags)
{
    struct object_args args = { object };

    args.flags = flags;
    return host_call(party, "IMAPIProp::SaveChanges", call_save_changes, &args);
}

static HRESULT call_open_property(void *data)
{
    struct object_args *args = data;

    return IMAPIProp_OpenProperty(args->object, args->tag, args->iid, 0, args->flags,
                                  &args->opened);
}

HRESULT sheet_OpenProperty(struct host_party *party, IMAPIProp *object, ULONG tag, const IID *iid,
                           IUnknown **ret)
{
    struct object_args args = { object };
    HRESULT hr;

    *ret = NULL;
    args.tag = tag;
    args.iid = iid;
    hr = host_call(party, "IMAPIProp::OpenProperty", call_open_property, &args);
    if (SUCCEEDED(hr) && !args.opened) hr = host_bad_result(party, "IMAPIProp::OpenProperty");
    if (SUCCEEDED(hr)) *ret = args.opened;
    return hr;
}

/* IMAPIControl begins with the same methods. */
static HRESULT call_get_last_error(void *data)
{
    struct object_args *args = data;
    MAPIERROR *said = NULL;
    HRESULT hr;

    hr = IMAPIProp_GetLastError(args->object, args->result, args->flags, &said);
    if (FAILED(hr) || !said) return hr;
    last_error_take(args->error, args->result, said, args->flags);
    memory_free_buffer(said);
    return S_OK;
}

void sheet_GetLastError(struct host_party *party, IUnknown *object, HRESULT result,
                        struct last_error *error)
{
    struct object_args args = { (IMAPIProp *)object };

    args.result = result;
    args.error = error;
    args.flags = MAPI_UNICODE;
    if (host_call(party, "GetLastError", call_get_last_error,
                  &args) != MAPI_E_BAD_CHARWIDTH) return;
    args.flags = 0;
    host_call(party, "GetLastError", call_get_last_error, &args);
}

static HRESULT call_release(void *data)
{
    IUnknown_Release((IUnknown *)data);
    return S_OK;
}

void sheet_Release(struct host_party *party, IUnknown *object)
{
    if (object && !host_frozen()) host_call(party, "Release", call_release, object);
}

/* ---- tables ---- */

struct table_args
{
    IMAPITable *table;
    const SPropTagArray *columns;
    ULONG max;
    SRowSet *rows;
    IMAPIAdviseSink *sink;
    ULONG_PTR connection;
};

static HRESULT call_read_table(void *data)
{
    struct table_args *args = data;
    IMAPITable *table = args->table;
    SRowSet *some = NULL, *copy;
    SRowSet *all;
    HRESULT hr;
    ULONG i;

    if ((hr = rows_alloc(&memory_allocators, args->max, &all)) != S_OK) return hr;
    all->cRows = 0;
    args->rows = all;
    if (args->columns) IMAPITable_SetColumns(table, (SPropTagArray *)args->columns, 0);
    IMAPITable_SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
    while (all->cRows < args->max)
    {
        if (FAILED(hr = IMAPITable_QueryRows(table, min(ROWS_AT_ONCE, args->max - all->cRows), 0,
                                             &some)))
            return hr;
        if (!some || !some->cRows) break;
        hr = some->cRows <= args->max - all->cRows ? rows_copy(&memory_allocators, some, &copy)
                                                   : MAPI_E_TABLE_TOO_BIG;
        rows_free(&memory_allocators, some);
        some = NULL;
        if (FAILED(hr)) return hr;
        for (i = 0; i < copy->cRows; i++)
        {
            all->aRow[all->cRows++] = copy->aRow[i];
            copy->aRow[i].lpProps = NULL;
        }
        rows_free(&memory_allocators, copy);
    }
    rows_free(&memory_allocators, some);
    return S_OK;
}

HRESULT sheet_ReadTable(struct host_party *party, IMAPITable *table, const SPropTagArray *columns,
                        ULONG max, SRowSet **ret)
{
    struct table_args args = { table, columns, max };
    HRESULT hr;

    *ret = NULL;
    hr = host_call(party, "IMAPITable::QueryRows", call_read_table, &args);
    if (SUCCEEDED(hr)) *ret = args.rows;
    else rows_free(&memory_allocators, args.rows);
    return hr;
}

static HRESULT call_advise(void *data)
{
    struct table_args *args = data;

    return IMAPITable_Advise(args->table, fnevTableModified, args->sink, &args->connection);
}

HRESULT sheet_Advise(struct host_party *party, IMAPITable *table, IMAPIAdviseSink *sink,
                     ULONG_PTR *connection)
{
    struct table_args args = { table };
    HRESULT hr;

    *connection = 0;
    args.sink = sink;
    hr = host_call(party, "IMAPITable::Advise", call_advise, &args);
    if (SUCCEEDED(hr)) *connection = args.connection;
    return hr;
}

static HRESULT call_unadvise(void *data)
{
    struct table_args *args = data;

    return IMAPITable_Unadvise(args->table, args->connection);
}

void sheet_Unadvise(struct host_party *party, IMAPITable *table, ULONG_PTR connection)
{
    struct table_args args = { table };

    args.connection = connection;
    if (!host_frozen()) host_call(party, "IMAPITable::Unadvise", call_unadvise, &args);
}

/* ---- buttons ---- */

struct button_args
{
    IMAPIControl *control;
    ULONG state;
    ULONG_PTR ui;
    LPFNBUTTON proc;
    void *context;
    ULONG size;
    ENTRYID *id;
};

static HRESULT call_get_state(void *data)
{
    struct button_args *args = data;

    return IMAPIControl_GetState(args->control, 0, &args->state);
}

HRESULT sheet_GetState(struct host_party *party, IMAPIControl *control, ULONG *state)
{
    struct button_args args = { control, MAPI_ENABLED };
    HRESULT hr = host_call(party, "IMAPIControl::GetState", call_get_state, &args);

    *state = SUCCEEDED(hr) ? args.state : MAPI_DISABLED;
    return hr;
}

static HRESULT call_activate(void *data)
{
    struct button_args *args = data;

    return IMAPIControl_Activate(args->control, 0, args->ui);
}

HRESULT sheet_Activate(struct host_party *party, IMAPIControl *control, ULONG_PTR ui)
{
    struct button_args args = { control, 0, ui };

    return host_call(party, "IMAPIControl::Activate", call_activate, &args);
}

static HRESULT call_button(void *data)
{
    struct button_args *args = data;

    return args->proc(args->ui, args->context, args->size, args->id, 0);
}

HRESULT sheet_Button(struct host_party *party, LPFNBUTTON proc, ULONG_PTR ui, void *context,
                     ULONG size,
                     ENTRYID *id)
{
    struct button_args args = { NULL, 0, ui, proc, context, size, id };

    return host_call(party, "LPFNBUTTON", call_button, &args);
}

struct dismiss_args
{
    LPFNDISMISS proc;
    ULONG_PTR ui;
    void *context;
};

static HRESULT call_dismiss(void *data)
{
    struct dismiss_args *args = data;

    args->proc(args->ui, args->context);
    return S_OK;
}

void sheet_Dismiss(struct host_party *party, LPFNDISMISS proc, ULONG_PTR ui, void *context)
{
    struct dismiss_args args = { proc, ui, context };

    host_call(party, "DISMISSMODELESS", call_dismiss, &args);
}
