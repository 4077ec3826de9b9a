/*
 * Details of address book entries
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
 * An entry's property sheet is drawn from its PR_DETAILS_TABLE. One that has none shows who it is
 * on the page of one-off recipients, to be looked at only. A new entry is filled in on the same
 * sheet, that of its template.
 */

#include "dialog/sheet.h"

#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(mapi);

static WCHAR *entry_name(struct host_party *party, IMAPIProp *entry)
{
    static const SizedSPropTagArray(2, tags) = { 2, { PR_DISPLAY_NAME_W, PR_DISPLAY_NAME_A } };
    WCHAR *ret = NULL;
    SPropValue *props;
    ULONG count;

    if (FAILED(object_GetProps(party, entry, (const SPropTagArray *)&tags, 0, &count, &props)))
        return NULL;
    if (props[0].ulPropTag == PR_DISPLAY_NAME_W) ret = text_dup(props[0].Value.lpszW);
    else if (props[1].ulPropTag == PR_DISPLAY_NAME_A) ret = text_from_ansi(props[1].Value.lpszA);
    memory_free_buffer(props);
    return ret;
}

static WCHAR *make_title(struct host_party *party, IMAPIProp *entry)
{
    WCHAR *name = entry_name(party, entry), *ret;
    size_t size = (name ? text_length(name) : 0) + 100;
    WCHAR format[80];

    if (!LoadStringW(dialog_instance(), IDS_SHEET_DETAILS, format, ARRAY_SIZE(format)))
        lstrcpyW(format, L"%s");
    if ((ret = platform_alloc(size * sizeof(WCHAR))))
    {
        _snwprintf(ret, size - 1, format, name ? name : L"");
        ret[size - 1] = 0;
    }
    platform_free(name);
    return ret;
}

/* Which page is first, and whether the entry says that it cannot be changed. */
static void read_manners(struct host_party *party, IMAPIProp *entry, struct display_sheet *sheet)
{
    static const SizedSPropTagArray(2, tags) = { 2, { PR_INITIAL_DETAILS_PANE, PR_ACCESS_LEVEL } };
    SPropValue *props;
    ULONG count;

    if (FAILED(object_GetProps(party, entry, (const SPropTagArray *)&tags, 0, &count, &props)))
        return;
    if (props[0].ulPropTag == PR_INITIAL_DETAILS_PANE) sheet->top_page = props[0].Value.l;
    if (!(sheet->flags & DISPLAY_NEW) && props[1].ulPropTag == PR_ACCESS_LEVEL
        && !(props[1].Value.l & MAPI_MODIFY))
        sheet->flags |= DISPLAY_READ_ONLY;
    memory_free_buffer(props);
}

/* MAPI_E_NO_SUPPORT: the object has none, or cannot give it. */
static HRESULT open_table(struct host_party *party, IMAPIProp *object, IMAPITable **ret)
{
    HRESULT hr = object_OpenProperty(party, object, PR_DETAILS_TABLE, &IID_IMAPITable,
                                    (void **)ret);

    if (SUCCEEDED(hr) || hr == MAPI_E_NOT_ENOUGH_MEMORY || party->broken) return hr;
    TRACE("there is no details table: %#lx\n", hr);
    return MAPI_E_NO_SUPPORT;
}

HRESULT display_details(const struct display_sheet *from, HWND *window)
{
    struct host_party party = { (WCHAR *)L"details", 0 };
    struct display_sheet sheet = *from;
    WCHAR *title;
    HRESULT hr;

    if (window) *window = NULL;
    hr = open_table(&party, from->data, &sheet.display);
    if (hr == MAPI_E_NO_SUPPORT)
    {
        hr = display_one_off_table(&sheet.display);
        sheet.flags |= DISPLAY_READ_ONLY;
    }
    if (FAILED(hr)) return hr;

    read_manners(&party, from->data, &sheet);
    sheet.title = title = make_title(&party, from->data);
    if (party.broken) hr = MAPI_E_CALL_FAILED;
    else if (window) hr = display_sheet_modeless(&sheet, window);
    else hr = display_sheet_modal(&sheet);
    platform_free(title);
    object_Release(&party, sheet.display);
    return hr;
}

HRESULT display_new_entry(ULONG_PTR ui, IMAPIProp *entry, ULONG flags)
{
    struct host_party party = { (WCHAR *)L"new entry", 0 };
    struct display_sheet sheet = { ui };
    WCHAR title[80];
    HRESULT hr;

    if (FAILED(hr = open_table(&party, entry, &sheet.display))) return hr;
    if (!LoadStringW(dialog_instance(), IDS_SHEET_NEW, title, ARRAY_SIZE(title))) title[0] = 0;
    sheet.title = title;
    sheet.data = entry;
    sheet.flags = flags | DISPLAY_NEW;
    read_manners(&party, entry, &sheet);
    hr = party.broken ? MAPI_E_CALL_FAILED : display_sheet_modal(&sheet);
    object_Release(&party, sheet.display);
    return hr == MAPI_E_CORRUPT_DATA ? MAPI_E_NO_SUPPORT : hr;
}
