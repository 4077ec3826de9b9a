/*
 * Categories of a view: headings and what is under them
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
 * Headings stand in the view's tree like rows, each right before its members.
 */

#include <string.h>

#include "object/table.h"

ULONG view_levels(const struct table_view *view)
{
    return 0;
}

HRESULT view_attach_leaf(struct table_view *view, struct view_node *leaf, BOOL each)
{
    return MAPI_E_NO_SUPPORT;
}

void view_detach_leaf(struct table_view *view, struct view_node *leaf, BOOL each)
{
}

HRESULT view_add_headings(struct table_view *view, struct view_node ***nodes, ULONG *count)
{
    return MAPI_E_NO_SUPPORT;
}

void view_hide_collapsed(struct table_view *view)
{
}

HRESULT view_heading_values(const struct view_node *node, struct row_values **ret)
{
    return MAPI_E_NO_SUPPORT;
}

ULONG view_set_expanded(struct table_view *view, struct view_node *heading, BOOL expanded)
{
    return 0;
}

HRESULT view_save_state(struct table_view *view, const struct view_node *at, BYTE **ret, ULONG *size)
{
    return MAPI_E_NO_SUPPORT;
}

HRESULT view_restore_state(struct table_view *view, const BYTE *state, ULONG size, struct view_node **at)
{
    return MAPI_E_NO_SUPPORT;
}
