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
 * What only a property sheet calls: the buttons of its display table, and the functions of whoever
 * asked for it. Who they are is not known here, so the sheet is a party of its own. Once one of
 * them crashed, nothing of the sheet is called any more, Release included.
 */

#define COBJMACROS

#include "host/calls.h"

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
                     ULONG size, ENTRYID *id)
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
