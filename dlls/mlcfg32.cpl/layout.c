/*
 * Mail control panel: windows that are resized
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


#include <assert.h>

#include "mlcfg32.h"

void layout_init(struct layout *layout, HWND dialog, const struct layout_rule *rules, size_t count)
{
    RECT rect;
    size_t i;

    assert(count <= LAYOUT_MAX);
    layout->rules = rules;
    layout->count = count;
    GetWindowRect(dialog, &rect);
    layout->least.cx = rect.right - rect.left;
    layout->least.cy = rect.bottom - rect.top;
    GetClientRect(dialog, &rect);
    layout->first.cx = rect.right;
    layout->first.cy = rect.bottom;
    for (i = 0; i < count; i++)
    {
        HWND control = GetDlgItem(dialog, rules[i].id);

        /* A drop-down list is as high as with its list. */
        if (!SendMessageW(control, CB_GETDROPPEDCONTROLRECT, 0, (LPARAM)&layout->places[i]))
            GetWindowRect(control, &layout->places[i]);
        MapWindowPoints(NULL, dialog, (POINT *)&layout->places[i], 2);
    }
}

void layout_size(const struct layout *layout, HWND dialog)
{
    int more_x, more_y;
    RECT client, place;
    HWND control;
    size_t i;

    GetClientRect(dialog, &client);
    more_x = max(0, client.right - layout->first.cx);
    more_y = max(0, client.bottom - layout->first.cy);
    for (i = 0; i < layout->count; i++)
    {
        DWORD how = layout->rules[i].how;

        if (!(control = GetDlgItem(dialog, layout->rules[i].id))) continue;
        place = layout->places[i];
        OffsetRect(&place, how & MOVE_X ? more_x : 0, how & MOVE_Y ? more_y : 0);
        if (how & GROW_X) place.right += more_x;
        if (how & GROW_Y) place.bottom += more_y;
        SetWindowPos(control, NULL, place.left, place.top, place.right - place.left,
                     place.bottom - place.top, SWP_NOZORDER | SWP_NOACTIVATE);
    }
    InvalidateRect(dialog, NULL, TRUE);
}

void layout_limits(const struct layout *layout, MINMAXINFO *info)
{
    info->ptMinTrackSize.x = layout->least.cx;
    info->ptMinTrackSize.y = layout->least.cy;
}
