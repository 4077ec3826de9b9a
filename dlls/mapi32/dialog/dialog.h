/*
 * The subsystem's dialogs
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
 * The private header of dialog/: windows over the interfaces that session/ hands in (IAddrBook,
 * IMAPITable, IMAPIProp). Nothing here knows a session. A container and its table are a provider's,
 * so that every call on them goes through host/calls.h; IAddrBook is the subsystem's own.
 *
 * A dialog runs on the thread that calls (but for the progress dialog, which has one of its own),
 * holds no lock while it runs, and lets go of all it was given before it returns or, when modeless,
 * closes.
 */

#ifndef MAPI32_DIALOG_H
#define MAPI32_DIALOG_H

#include <stdarg.h>
#include <windef.h>
#include <winbase.h>
#include <winuser.h>

#include "host/host.h"
#include "dialog/resource.h"

/* window.c: what every dialog needs */
HINSTANCE dialog_instance(void);
void dialog_string(UINT id, WCHAR *text, int size);
/* A string of the resource file with words put in for its %1 to %3, NULL as none (platform_alloc;
 * NULL without memory). */
WCHAR *dialog_format(UINT id, const WCHAR *first, const WCHAR *second, const WCHAR *third);
HWND dialog_parent(ULONG_PTR ui);       /* NULL when that is no window */
/* A message of the resource file; the text of number hr stands behind it when it failed. */
void dialog_tell(HWND parent, UINT id, HRESULT hr);
/* NULL leaves the window's text as it is. */
void dialog_set_text(HWND window, const WCHAR *text);
WCHAR *dialog_get_text(HWND window);    /* platform_alloc */

/* How a control follows its dialog's size. */
#define MOVE_X 1
#define MOVE_Y 2
#define GROW_X 4
#define GROW_Y 8
#define LAYOUT_MAX 16
struct anchor
{
    int id;
    UINT how;
};
struct layout
{
    const struct anchor *anchors;
    ULONG count;
    SIZE client;                        /* as the resource has it */
    SIZE smallest;                      /* of the window */
    RECT rects[LAYOUT_MAX];
};
/* In WM_INITDIALOG, WM_SIZE and WM_GETMINMAXINFO. A control that is not there is passed by. */
void layout_init(struct layout *layout, HWND dialog, const struct anchor *anchors, ULONG count);
void layout_size(const struct layout *layout, HWND dialog, int width, int height);
void layout_limit(const struct layout *layout, MINMAXINFO *info);

/* The text of a property of a row, whichever width it has (platform_alloc); NULL when it has
 * none. */
WCHAR *dialog_row_text(ULONG count, const SPropValue *props, ULONG tag);

/* progress.c: IMAPISupport::DoProgressDialog. The window comes after a moment, on a thread of its
 * own, so that it lives while the caller works. */
HRESULT progress_dialog(ULONG_PTR ui, ULONG flags, IMAPIProgress **ret);

/* address.c: IAddrBook::Address. Modal: returns when it is over, MAPI_E_USER_CANCEL with the list
 * as it was. Modeless (DIALOG_SDI): returns at once; lpfnDismiss is called when it goes. */
HRESULT address_dialog(IAddrBook *book, ULONG_PTR *ui, ADRPARM *parm, ADRLIST **list);
/* The session ends: its modeless dialogs close, on whatever thread they are. */
void address_dialogs_end(IAddrBook *book);

/* checkname.c: a name that several entries fit, or none. The entry ID of the one picked, in
 * memory_allocators; MAPI_E_USER_CANCEL; MAPI_E_AMBIGUOUS_RECIP or MAPI_E_NOT_FOUND without a
 * window. */
struct name_check
{
    const WCHAR *name;
    const WCHAR *new_title;             /* of the button that makes an entry; may be NULL */
    BOOL ambiguous;
    ULONG container_size;               /* where those that fit are; 0: nowhere */
    const ENTRYID *container;
};
HRESULT check_name_dialog(IAddrBook *book, ULONG_PTR ui, const struct name_check *what, ULONG *size,
                          ENTRYID **id);

/* newentry.c: which template, and where to put what it makes. container->cb 0: the user chooses,
 * and put->cb stays 0 for the message alone. Results in memory_allocators. MAPI_E_USER_CANCEL. */
HRESULT new_entry_dialog(IAddrBook *book, IMAPITable *one_offs, ULONG_PTR ui,
                         const SBinary *container, SBinary *template_id, SBinary *put);

/* entrysheet.c: name, type and address of a new entry, set on it when it is OK.
 * MAPI_E_USER_CANCEL. */
HRESULT entry_sheet_dialog(ULONG_PTR ui, IMAPIProp *entry);

#endif /* MAPI32_DIALOG_H */
