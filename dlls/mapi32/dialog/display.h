/*
 * Property sheets drawn from display tables
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
 * What a caller needs to show a display table. Nothing here knows a session: the table and the
 * object behind it are whatever the caller has, and every call into them is guarded.
 */

#ifndef MAPI32_DIALOG_DISPLAY_H
#define MAPI32_DIALOG_DISPLAY_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>

#include "host/host.h"

#define DISPLAY_SAVE      1     /* SaveChanges of data after values were set */
#define DISPLAY_READ_ONLY 2     /* nothing can be edited, whatever the table says */
#define DISPLAY_NEW       4     /* data is being made: there is no Apply, and OK saves it unchanged, too */

/* Shows the table's pages, modal to the window ui (0: none), top_page first, and writes what was
 * changed to data with SetProps. S_OK after OK, or when something was written with Apply;
 * MAPI_E_USER_CANCEL; MAPI_E_CORRUPT_DATA when the table has nothing to show; MAPI_E_CALL_FAILED
 * when no window can be shown or a call into table or data crashed. */
HRESULT display_table_show(ULONG_PTR ui, const WCHAR *title, IMAPITable *display, IMAPIProp *data,
                           ULONG flags, ULONG top_page);

/* All there is to say of a sheet. Texts and the entry ID are copied. */
struct display_sheet
{
    ULONG_PTR ui;
    const WCHAR *title;
    IMAPITable *display;
    IMAPIProp *data;
    ULONG flags;                /* DISPLAY_ */
    ULONG top_page;
    LPFNBUTTON button;          /* NULL: no button of the caller's */
    void *button_context;
    const WCHAR *button_text;
    ULONG id_size;              /* for the button */
    const ENTRYID *id;
    LPFNDISMISS dismiss;        /* modeless: when it has closed; may be NULL */
    void *dismiss_context;
};

/* As display_table_show. */
HRESULT display_sheet_modal(const struct display_sheet *sheet);
/* Returns with the window open; it lives in the calling thread's message loop, which need not know
 * of it, and holds table and data until it closes. */
HRESULT display_sheet_modeless(const struct display_sheet *sheet, HWND *window);

/* details.c: the sheet of an address book entry, which is data; title, display and top_page are
 * found there. window NULL: modal; else modeless. */
HRESULT display_details(const struct display_sheet *sheet, HWND *window);

/* The sheet on which a new entry is filled in; flags: DISPLAY_SAVE when it is to be saved with OK.
 * Modal, as display_table_show; MAPI_E_NO_SUPPORT: its template has nothing to show. */
HRESULT display_new_entry(ULONG_PTR ui, IMAPIProp *entry, ULONG flags);

/* options.c: the sheet of what a transport's OPTIONCALLBACK gave. As display_table_show;
 * MAPI_E_NO_SUPPORT: it has no display table. */
HRESULT display_options(struct host_party *party, ULONG_PTR ui, IMAPIProp *options);

/* oneoffpage.c: a display table of display name, address type and address, to look at. */
HRESULT display_one_off_table(IMAPITable **ret);

#endif /* MAPI32_DIALOG_DISPLAY_H */
