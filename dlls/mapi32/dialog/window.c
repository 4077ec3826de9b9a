/*
 * What every dialog needs
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
 * Text of the resource file, the caller's parent window, and controls that follow their dialog when
 * its size changes.
 */

#include "dialog/dialog.h"

HINSTANCE dialog_instance(void)
{
    HMODULE module = NULL;

    GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS
                       | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                       (const WCHAR *)dialog_instance, &module);
    return module;
}

void dialog_string(UINT id, WCHAR *text, int size)
{
    if (!LoadStringW(dialog_instance(), id, text, size)) text[0] = 0;
}

WCHAR *dialog_format(UINT id, const WCHAR *first, const WCHAR *second, const WCHAR *third)
{
    DWORD_PTR args[] = { (DWORD_PTR)(first ? first : L""), (DWORD_PTR)(second ? second : L""),
                         (DWORD_PTR)(third ? third : L"") };
    WCHAR format[512], *text = NULL, *ret;

    dialog_string(id, format, ARRAY_SIZE(format));
    if (!FormatMessageW(FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_STRING
                        | FORMAT_MESSAGE_ARGUMENT_ARRAY, format, 0, 0, (WCHAR *)&text, 0,
                        (va_list *)args))
        return NULL;
    ret = text_dup(text);
    LocalFree(text);
    return ret;
}

HWND dialog_parent(ULONG_PTR ui)
{
    HWND parent = (HWND)ui;

    return parent && IsWindow(parent) ? parent : NULL;
}

void dialog_tell(HWND parent, UINT id, HRESULT hr)
{
    WCHAR text[300], title[120];

    dialog_string(id, text, ARRAY_SIZE(text) - 16);
    if (FAILED(hr)) wsprintfW(text + lstrlenW(text), L" (0x%08lX)", (unsigned long)hr);
    if (!parent || !GetWindowTextW(parent, title, ARRAY_SIZE(title))) title[0] = 0;
    MessageBoxW(parent, text, title, MB_OK | MB_ICONEXCLAMATION);
}

void dialog_set_text(HWND window, const WCHAR *text)
{
    if (text) SetWindowTextW(window, text);
}

WCHAR *dialog_get_text(HWND window)
{
    int length = GetWindowTextLengthW(window);
    WCHAR *text = platform_alloc((length + 1) * sizeof(WCHAR));

    if (text) text[GetWindowTextW(window, text, length + 1)] = 0;
    return text;
}

WCHAR *dialog_row_text(ULONG count, const SPropValue *props, ULONG tag)
{
    const SPropValue *found;

    if ((found = props_find(props, count, CHANGE_PROP_TYPE(tag, PT_UNICODE))))
        return text_dup(found->Value.lpszW);
    if ((found = props_find(props, count, CHANGE_PROP_TYPE(tag, PT_STRING8))))
        return text_from_ansi(found->Value.lpszA);
    return NULL;
}

void layout_init(struct layout *layout, HWND dialog, const struct anchor *anchors, ULONG count)
{
    RECT rect;
    ULONG i;

    layout->anchors = anchors;
    layout->count = count;
    GetWindowRect(dialog, &rect);
    layout->smallest.cx = rect.right - rect.left;
    layout->smallest.cy = rect.bottom - rect.top;
    GetClientRect(dialog, &rect);
    layout->client.cx = rect.right;
    layout->client.cy = rect.bottom;
    for (i = 0; i < count; i++)
    {
        if (!GetWindowRect(GetDlgItem(dialog, anchors[i].id), &layout->rects[i])) continue;
        MapWindowPoints(NULL, dialog, (POINT *)&layout->rects[i], 2);
    }
}

void layout_size(const struct layout *layout, HWND dialog, int width, int height)
{
    int dx = max(width - layout->client.cx, 0), dy = max(height - layout->client.cy, 0);
    HDWP positions = BeginDeferWindowPos(layout->count);
    HWND control;
    RECT rect;
    UINT how;
    ULONG i;

    for (i = 0; i < layout->count && positions; i++)
    {
        if (!(control = GetDlgItem(dialog, layout->anchors[i].id))) continue;
        rect = layout->rects[i];
        how = layout->anchors[i].how;
        if (how & MOVE_X) OffsetRect(&rect, dx, 0);
        if (how & MOVE_Y) OffsetRect(&rect, 0, dy);
        if (how & GROW_X) rect.right += dx;
        if (how & GROW_Y) rect.bottom += dy;
        positions = DeferWindowPos(positions, control, NULL, rect.left, rect.top,
                                   rect.right - rect.left, rect.bottom - rect.top,
                                   SWP_NOZORDER | SWP_NOACTIVATE | SWP_NOCOPYBITS);
    }
    if (positions) EndDeferWindowPos(positions);
    RedrawWindow(dialog, NULL, NULL, RDW_INVALIDATE | RDW_ERASE | RDW_ALLCHILDREN);
}

void layout_limit(const struct layout *layout, MINMAXINFO *info)
{
    if (!layout->smallest.cx) return;
    info->ptMinTrackSize.x = layout->smallest.cx;
    info->ptMinTrackSize.y = layout->smallest.cy;
}
