/*
 * Tables over the property database: what expands and collapses
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
 * A collapse state: STATE_MAGIC, the sort order; the place: whether it is a heading, the row, the
 * heading's key; then the keys of those headings that are not as the sort order says at first. The
 * order and the keys are ULONG sizes and bytes. It comes back from the client, and perhaps from
 * another file: nothing in it is believed.
 */

#include "view/viewpriv.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

#define STATE_MAGIC 0x31534356

/* A cursor on what does not show any more goes to the next row that does. */
static HRESULT keep_cursor(struct view *view, struct look *look)
{
    ULONG position;
    BOOL gone, hidden;
    HRESULT hr;

    hr = shown_position(view, look, &view->cursor, &position, &gone, &hidden);
    if (SUCCEEDED(hr) && (gone || hidden)) hr = shown_place(view, look, position, &view->cursor);
    return hr;
}

/* How many rows show more or less. */
static HRESULT set_expanded(struct view *view, struct look *look, ULONG index, BOOL expanded,
                            ULONG *difference)
{
    struct heading *heading = view->headings.list[index];
    ULONG before;

    *difference = 0;
    if (!(heading->flags & HEADING_EXPANDED) == !expanded) return S_OK;
    headings_lay_out(view);
    before = view->headings.shown;
    heading->flags ^= HEADING_EXPANDED;
    view->headings.laid_out = FALSE;
    headings_lay_out(view);
    *difference = expanded ? view->headings.shown - before : before - view->headings.shown;
    return keep_cursor(view, look);
}

static HRESULT find_heading(struct view *view, ULONG size, const BYTE *key, ULONG *index)
{
    return view->levels && heading_named(view, size, key, index) ? S_OK : MAPI_E_NOT_FOUND;
}

/* The cursor is behind what is handed out. */
static HRESULT expand(struct view *view, struct look *look, ULONG index, ULONG count, SRowSet **ret,
                      ULONG *added)
{
    LONGLONG *rows = NULL;
    ULONG position, got;
    HRESULT hr;

    if (FAILED(hr = set_expanded(view, look, index, TRUE, added))) return hr;
    position = view->headings.list[index]->place + 1;
    hr = shown_rows(view, look, position, min(count, *added), &rows, &got);
    if (SUCCEEDED(hr)) hr = shown_place(view, look, position + got, &view->cursor);
    if (SUCCEEDED(hr) && ret) hr = view_make_rows(view, look, rows, got, ret);
    platform_free(rows);
    return hr;
}

HRESULT WINAPI view_ExpandRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG count, ULONG flags,
                              SRowSet **ret, ULONG *added)
{
    struct view *view = impl_from_IMAPITable(iface);
    struct place before = { PLACE_START, 0, 0, NULL };
    ULONG index, shown = 0, unused;
    IMAPITable *whole;
    struct look look;
    HRESULT hr;

    TRACE("%p %lu %p %lu %#lx %p %p\n", iface, size, key, count, flags, ret, added);

    if (ret) *ret = NULL;
    if (added) *added = 0;
    if (!size || !key || (count && !ret)) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_ExpandRow(whole, size, key, count, flags, ret, added));
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = find_heading(view, size, key, &index);
    if (SUCCEEDED(hr)) hr = place_copy(&before, &view->cursor);
    if (SUCCEEDED(hr))
    {
        hr = expand(view, &look, index, count, ret, &shown);
        if (SUCCEEDED(hr) && added) *added = shown;
        /* Rows that could not be handed out do not show either. */
        if (FAILED(hr))
        {
            if (shown) set_expanded(view, &look, index, FALSE, &unused);
            place_copy(&view->cursor, &before);
        }
        place_clear(&before);
    }
    view_leave_rows(view, &look);
    return hr;
}

HRESULT WINAPI view_CollapseRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG flags,
                                ULONG *removed)
{
    struct view *view = impl_from_IMAPITable(iface);
    ULONG index, hidden = 0;
    IMAPITable *whole;
    struct look look;
    HRESULT hr;

    TRACE("%p %lu %p %#lx %p\n", iface, size, key, flags, removed);

    if (removed) *removed = 0;
    if (!size || !key) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_CollapseRow(whole, size, key, flags, removed));
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = find_heading(view, size, key, &index);
    if (SUCCEEDED(hr)) hr = set_expanded(view, &look, index, FALSE, &hidden);
    if (SUCCEEDED(hr) && removed) *removed = hidden;
    view_leave_rows(view, &look);
    return hr;
}

/* ---- collapse states ---- */

/* data NULL: the size is being found. */
struct writer
{
    BYTE *data;
    ULONG size;
    BOOL failed;                        /* it would not fit into a ULONG */
};

static void write_bytes(struct writer *writer, const void *bytes, ULONG size)
{
    if (size > 0x7fffffff - writer->size)
    {
        writer->failed = TRUE;
        return;
    }
    if (writer->data && size) memcpy(writer->data + writer->size, bytes, size);
    writer->size += size;
}

static void write_sized(struct writer *writer, const void *bytes, ULONG size)
{
    write_bytes(writer, &size, sizeof(size));
    write_bytes(writer, bytes, size);
}

static void write_state(const struct view *view, const struct place *at, struct writer *writer)
{
    const ULONG magic = STATE_MAGIC, is_heading = at->kind == PLACE_HEADING;
    const struct heading *heading;
    ULONG i;

    write_bytes(writer, &magic, sizeof(magic));
    write_sized(writer, view->sort, CbSSortOrderSet(view->sort));
    write_bytes(writer, &is_heading, sizeof(is_heading));
    write_bytes(writer, &at->row, sizeof(at->row));
    write_sized(writer, at->key, is_heading ? at->key_size : 0);
    for (i = 0; i < view->headings.count; i++)
    {
        heading = view->headings.list[i];
        if (!(heading->flags & HEADING_EXPANDED) == !heading_expanded_at_first(view, heading))
            continue;
        write_sized(writer, heading->key, heading->key_size);
    }
}

static HRESULT save_state(struct view *view, const struct place *at, ULONG *size, BYTE **ret)
{
    struct writer writer = { NULL, 0, FALSE };

    write_state(view, at, &writer);
    if (writer.failed || FAILED(MAPIAllocateBuffer(writer.size, (void **)&writer.data)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    writer.size = 0;
    write_state(view, at, &writer);
    *ret = writer.data;
    *size = writer.size;
    return S_OK;
}

/* The row that an instance key names, also one that does not show. */
static HRESULT find_row(struct view *view, struct look *look, ULONG size, BYTE *key,
                        struct place *place)
{
    SPropValue value;
    ULONG position;
    BOOL gone, hidden;
    HRESULT hr;

    memset(&value, 0, sizeof(value));
    value.ulPropTag = PR_INSTANCE_KEY;
    value.Value.bin.cb = size;
    value.Value.bin.lpb = key;
    if (FAILED(hr = look_named(view, look, &value, place))) return hr;
    if (hr == S_FALSE) return MAPI_E_NOT_FOUND;
    hr = shown_position(view, look, place, &position, &gone, &hidden);
    return SUCCEEDED(hr) && gone ? MAPI_E_NOT_FOUND : hr;
}

HRESULT WINAPI view_GetCollapseState(IMAPITable *iface, ULONG flags, ULONG key_size, BYTE *key,
                                     ULONG *size, BYTE **ret)
{
    struct view *view = impl_from_IMAPITable(iface);
    struct place place = { PLACE_START, 0, 0, NULL };
    IMAPITable *whole;
    struct look look;
    HRESULT hr;

    TRACE("%p %#lx %lu %p %p %p\n", iface, flags, key_size, key, size, ret);

    if (size) *size = 0;
    if (ret) *ret = NULL;
    if (!size || !ret || !key || !key_size) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if ((whole = view_enter(view)))
        return view_passed(whole,
                           IMAPITable_GetCollapseState(whole, flags, key_size, key, size, ret));
    if (!view->levels)
    {
        view_leave(view);
        return MAPI_E_NO_SUPPORT;
    }
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = find_row(view, &look, key_size, key, &place);
    if (SUCCEEDED(hr)) hr = save_state(view, &place, size, ret);
    place_clear(&place);
    view_leave_rows(view, &look);
    return hr;
}

struct state
{
    const BYTE *at;
    ULONG left;
};

static BOOL read_bytes(struct state *reader, void *bytes, ULONG size)
{
    if (reader->left < size) return FALSE;
    memcpy(bytes, reader->at, size);
    reader->at += size;
    reader->left -= size;
    return TRUE;
}

static BOOL read_sized(struct state *reader, const BYTE **bytes, ULONG *size)
{
    if (!read_bytes(reader, size, sizeof(*size)) || *size > reader->left) return FALSE;
    *bytes = reader->at;
    reader->at += *size;
    reader->left -= *size;
    return TRUE;
}

/* Nothing is changed by a state that is damaged. */
static BOOL state_is_whole(struct state list)
{
    const BYTE *key;
    ULONG size;

    while (list.left) if (!read_sized(&list, &key, &size)) return FALSE;
    return TRUE;
}

static void restore_expanded(struct view *view, struct state list)
{
    struct heading *heading;
    const BYTE *key;
    ULONG i, size;

    for (i = 0; i < view->headings.count; i++)
    {
        heading = view->headings.list[i];
        heading->flags &= ~HEADING_EXPANDED;
        if (heading_expanded_at_first(view, heading)) heading->flags |= HEADING_EXPANDED;
    }
    while (read_sized(&list, &key, &size))
        if (headings_find(view, key, size, &i)) view->headings.list[i]->flags ^= HEADING_EXPANDED;
    view->headings.laid_out = FALSE;
}

static HRESULT restore_state(struct view *view, struct look *look, struct state state,
                             struct place *at)
{
    ULONG magic, size, is_heading, key_size, position, index;
    const BYTE *sort, *key;
    LONGLONG row;
    BOOL gone = TRUE, hidden;
    HRESULT hr;

    if (!read_bytes(&state, &magic, sizeof(magic)) || magic != STATE_MAGIC
        || !read_sized(&state, &sort, &size) || size != CbSSortOrderSet(view->sort)
        || memcmp(sort, view->sort, size) || !read_bytes(&state, &is_heading, sizeof(is_heading))
        || !read_bytes(&state, &row, sizeof(row)) || !read_sized(&state, &key, &key_size)
        || !state_is_whole(state))
        return MAPI_E_UNABLE_TO_COMPLETE;
    restore_expanded(view, state);
    if (is_heading && headings_find(view, key, key_size, &index))
        hr = place_set(at, PLACE_HEADING, 0, key, key_size);
    else if (!is_heading) hr = look_number(view, look, row, at);
    else hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) hr = shown_position(view, look, at, &position, &gone, &hidden);
    /* The row may be gone by now. */
    if (hr == MAPI_E_NOT_FOUND || (SUCCEEDED(hr) && gone)) hr = shown_place(view, look, 0, at);
    if (SUCCEEDED(hr)) hr = keep_cursor(view, look);
    return hr;
}

HRESULT WINAPI view_SetCollapseState(IMAPITable *iface, ULONG flags, ULONG size, BYTE *state,
                                     BOOKMARK *location)
{
    struct view *view = impl_from_IMAPITable(iface);
    struct place place = { PLACE_START, 0, 0, NULL };
    struct state from = { state, size };
    IMAPITable *whole;
    struct look look;
    HRESULT hr;

    TRACE("%p %#lx %lu %p %p\n", iface, flags, size, state, location);

    if (location) *location = 0;
    if (!state || !size || !location) return MAPI_E_INVALID_PARAMETER;
    if (flags) return MAPI_E_UNKNOWN_FLAGS;
    if ((whole = view_enter(view)))
        return view_passed(whole, IMAPITable_SetCollapseState(whole, flags, size, state, location));
    if (!view->levels)
    {
        view_leave(view);
        return MAPI_E_NO_SUPPORT;
    }
    if (FAILED(hr = view_enter_rows(view, &look))) return hr;
    hr = restore_state(view, &look, from, &place);
    if (SUCCEEDED(hr)) hr = view_add_bookmark(view, &place, location);
    place_clear(&place);
    view_leave_rows(view, &look);
    return hr;
}
