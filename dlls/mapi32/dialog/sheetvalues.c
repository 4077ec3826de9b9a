/*
 * Values of a property sheet
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
 * Between the controls and the object: what the user changed is written with one SetProps, what the
 * provider says has changed is read again. A property that several controls show is one value.
 */

#include "dialog/sheet.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static BOOL same_property(const struct sheet_control *a, const struct sheet_control *b)
{
    return a->what->tag != PR_NULL && PROP_ID(a->what->tag) == PROP_ID(b->what->tag);
}

void sheet_changed(struct sheet_control *control)
{
    struct sheet *sheet = control->sheet;
    struct sheet_control *other;
    ULONG i;

    control->dirty = TRUE;
    for (i = 0; i < sheet->table->control_count; i++)
    {
        other = &sheet->controls[i];
        if (other == control || !same_property(other, control)) continue;
        other->touched = FALSE;
        memory_free_buffer(other->value);
        other->value = control->value ? control_value(other, control->value) : NULL;
        control_show(other);
    }
    SendMessageW(sheet->window, PSM_CHANGED, (WPARAM)GetParent(control->window), 0);
    if (control_immediate(control)) PostMessageW(sheet->window, WM_SHEET_IMMEDIATE, 0, 0);
}

/* What is to be written, one value a property, and whose it is. */
static ULONG gather(struct sheet *sheet, BOOL immediate, SPropValue **values, ULONG *owners)
{
    struct sheet_control *control;
    ULONG i, j, count = 0;

    for (i = 0; i < sheet->table->control_count; i++)
    {
        control = &sheet->controls[i];
        if (!control_editable(control) || (immediate && !control_immediate(control))) continue;
        control_take(control);
        if (!control->dirty) continue;
        for (j = 0; j < count; j++) if (same_property(&sheet->controls[owners[j]], control)) break;
        if (j < count || !(values[count] = control_output(control))) continue;
        owners[count++] = i;
    }
    return count;
}

static void written(struct sheet *sheet, ULONG count, const ULONG *owners)
{
    struct sheet_control *owner;
    ULONG i, j;

    for (i = 0; i < count; i++)
    {
        owner = &sheet->controls[owners[i]];
        owner->dirty = FALSE;
        for (j = 0; j < sheet->table->control_count; j++)
            if (same_property(owner, &sheet->controls[j])) sheet->controls[j].dirty = FALSE;
    }
    sheet->changed = TRUE;
}

HRESULT sheet_write(struct sheet *sheet, BOOL immediate)
{
    ULONG total = sheet->table->control_count, count, failed = 0, i;
    SPropValue **values, *props;
    HRESULT hr = S_OK;
    ULONG *owners;

    if (!sheet->data) return MAPI_E_CALL_FAILED;
    values = platform_alloc(total * sizeof(*values));
    owners = platform_alloc(total * sizeof(*owners));
    props = platform_alloc(total * sizeof(*props));
    if (!values || !owners || !props) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if ((count = gather(sheet, immediate, values, owners)))
    {
        for (i = 0; i < count; i++) props[i] = *values[i];
        hr = object_SetProps(&sheet->party, sheet->data, count, props, &failed);
        if (FAILED(hr))
            sheet_complain(sheet, failed < count ? &sheet->controls[owners[failed]] : NULL,
                           (IUnknown *)sheet->data, IDS_SHEET_NOT_SAVED, hr);
        else written(sheet, count, owners);
        for (i = 0; i < count; i++) memory_free_buffer(values[i]);
    }
    platform_free(values);
    platform_free(owners);
    platform_free(props);
    if (SUCCEEDED(hr) && !immediate && sheet->changed && (sheet->flags & DISPLAY_SAVE)
        && sheet->data)
    {
        hr = object_SaveChanges(&sheet->party, sheet->data, KEEP_OPEN_READWRITE);
        if (FAILED(hr))
            sheet_complain(sheet, NULL, (IUnknown *)sheet->data, IDS_SHEET_NOT_SAVED, hr);
        else sheet->changed = FALSE;    /* each page that was looked at comes by here */
    }
    sheet_check(sheet);
    return hr;
}

HRESULT sheet_read(struct sheet *sheet, BOOL (*matches)(const struct sheet_control *control))
{
    ULONG total = sheet->table->control_count, i, count = 0;
    SPropTagArray *tags;
    SPropValue *props;
    ULONG *owners;
    HRESULT hr = S_OK;

    tags = platform_alloc(CbNewSPropTagArray(total));
    owners = platform_alloc(total * sizeof(*owners));
    if (!tags || !owners) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (i = 0; i < total && SUCCEEDED(hr); i++)
    {
        if (!control_has_property(&sheet->controls[i]) || !matches(&sheet->controls[i])) continue;
        tags->aulPropTag[count] = sheet->table->controls[i].tag;
        owners[count++] = i;
    }
    if (SUCCEEDED(hr) && count)
    {
        tags->cValues = count;
        hr = object_GetProps(&sheet->party, sheet->data, tags, 0, &count, &props);
        if (FAILED(hr)) WARN("nothing to show: %#lx\n", hr);
        for (i = 0; i < count && SUCCEEDED(hr); i++)
            control_load(&sheet->controls[owners[i]], &props[i]);
        if (SUCCEEDED(hr)) memory_free_buffer(props);
    }
    platform_free(tags);
    platform_free(owners);
    return hr;
}

/* Controls whose change was notified, one after another: each may need other calls. */
void sheet_read_stale(struct sheet *sheet)
{
    struct sheet_control *control;
    SizedSPropTagArray(1, tags) = { 1 };
    SPropValue *props;
    ULONG i, count;

    for (i = 0; i < sheet->table->control_count && sheet->data && !sheet->failed; i++)
    {
        control = &sheet->controls[i];
        if (!sheet_sink_take(sheet->sink, control)) continue;
        TRACE("control %lu is read again\n", i);
        control_refresh(control);
        if (!control_has_property(control) || !sheet->data) continue;
        tags.aulPropTag[0] = control->what->tag;
        if (FAILED(object_GetProps(&sheet->party, sheet->data, (const SPropTagArray *)&tags, 0,
                                   &count, &props)))
            continue;
        control_load(control, props);
        memory_free_buffer(props);
    }
    sheet_check(sheet);
}
