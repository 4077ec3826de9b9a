/*
 * Edit controls that take only some characters
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

/* What is typed is looked at character by character; what is pasted loses what is not allowed. */

#include "dialog/sheet.h"

static WCHAR *clipboard_text(HWND window)
{
    WCHAR *ret = NULL;
    const WCHAR *text;
    HANDLE handle;

    if (!OpenClipboard(window)) return NULL;
    if ((handle = GetClipboardData(CF_UNICODETEXT)) && (text = GlobalLock(handle)))
    {
        ret = text_dup(text);
        GlobalUnlock(handle);
    }
    CloseClipboard();
    return ret;
}

static void paste(HWND window, const WCHAR *filter)
{
    WCHAR *text = clipboard_text(window), *from, *to;

    if (!text) return;
    for (from = to = text; *from; from++)
        if (display_filter_allows(filter, *from)) *to++ = *from;
    *to = 0;
    if (*text) SendMessageW(window, EM_REPLACESEL, TRUE, (LPARAM)text);
    platform_free(text);
}

static LRESULT CALLBACK filter_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam,
                                    UINT_PTR id,
                                    DWORD_PTR data)
{
    const WCHAR *filter = (const WCHAR *)data;

    switch (message)
    {
    case WM_CHAR:
        if (wparam < ' ' || display_filter_allows(filter, wparam)) break;
        MessageBeep(MB_OK);
        return 0;
    case WM_PASTE:
        if (GetWindowLongW(window, GWL_STYLE) & ES_READONLY) break;
        paste(window, filter);
        return 0;
    case WM_NCDESTROY:
        RemoveWindowSubclass(window, filter_proc, id);
        break;
    }
    return DefSubclassProc(window, message, wparam, lparam);
}

void edit_filter(HWND edit, const WCHAR *filter)
{
    if (edit && filter) SetWindowSubclass(edit, filter_proc, 0, (DWORD_PTR)filter);
}
