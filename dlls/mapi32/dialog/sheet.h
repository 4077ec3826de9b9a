/*
 * Inside of property sheets
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
 * A sheet is a model and its windows. The model has every control's value from the moment the sheet
 * opens; the windows of a page are made when it is first looked at, and show the model. What the
 * user changes goes into the model and, at once or with OK and Apply, from there to the object.
 *
 * All of it lives on the thread that shows the sheet; only the sink is called on others.
 */

#ifndef MAPI32_DIALOG_SHEET_H
#define MAPI32_DIALOG_SHEET_H

#include "core/displaytable.h"
#include "dialog/dialog.h"
#include "dialog/display.h"
#include "dialog/displayres.h"
#include "host/calls.h"

#include <commctrl.h>
#include <prsht.h>

#define SHEET_FIRST_ID 1000             /* of the controls on a page; its n-th has this and n */
#define SHEET_BUTTON_ID 990             /* the caller's button */
#define SHEET_MAX_ROWS 10000            /* of a list */

/* Messages to the sheet's window. */
#define WM_SHEET_READY     (WM_APP + 0x301)     /* once, from its message loop */
#define WM_SHEET_STALE     (WM_APP + 0x302)     /* the provider said that controls changed */
#define WM_SHEET_IMMEDIATE (WM_APP + 0x303)     /* write the controls that want it at once */

struct sheet;
struct sheet_sink;

struct sheet_control
{
    struct sheet *sheet;
    const struct display_control *what;
    ULONG page;
    HWND window;                /* NULL until its page was shown */
    SPropValue *value;          /* a block of its own; NULL: none */
    BOOL touched;               /* the window has a text that value has not yet */
    BOOL dirty;                 /* the object has not this value yet */
    BOOL stale;                 /* of the sink: to be read again */
    SRowSet *rows;              /* of a list, as they stand in it */
    IMAPITable *table;          /* of a list of recipients */
    IMAPIControl *control;      /* of a button */
    RECT rect;                  /* on the page as it was made */
    LONG height;                /* the same for SetWindowPos */
};

struct sheet_page
{
    struct sheet *sheet;
    ULONG index;
    HWND window;
    DLGTEMPLATE *template;
    SIZE units;                 /* what the controls need */
    SIZE full;                  /* the same in pixels; 0 when it never has to be scrolled */
    DWORD bars;                 /* WS_HSCROLL and WS_VSCROLL, which it may have to show */
    POINT scrolled;
    SIZE extra;                 /* what the controls were given beyond what they need */
};

struct sheet
{
    LONG ref;                   /* one is the window's; one for each call that may end it */
    struct host_party party;
    IMAPITable *display;        /* counted */
    IMAPIProp *data;            /* counted */
    ULONG flags;
    struct display_table *table;
    struct sheet_control *controls;     /* as in table */
    struct sheet_page *pages;
    HWND window;
    struct layout layout;
    SIZE smallest_page;
    HWND parent;
    WCHAR *title;
    BOOL ready;                 /* past the first message of its loop */
    BOOL filling;               /* windows change because the sheet does it */
    BOOL accepted;              /* OK */
    BOOL applied;               /* Apply, at least once */
    BOOL changed;               /* something was written that is not saved yet */
    BOOL failed;                /* a call crashed: the sheet is closing */
    BOOL modeless;
    BOOL closed;                /* modeless: its window has gone, and with it its reference */
    HHOOK hook;
    ULONG_PTR ui;
    LPFNBUTTON button;
    void *button_context;
    WCHAR *button_text;
    ULONG id_size;
    ENTRYID *id;
    LPFNDISMISS dismiss;
    void *dismiss_context;
    struct sheet_sink *sink;
    ULONG_PTR connection;
};

/* sheet.c */
void sheet_page_opened(struct sheet_page *page);        /* a page's window was made */
void sheet_addref(struct sheet *sheet);
void sheet_release(struct sheet *sheet);
/* Tells the user that a call into object failed; control: which one it was about, or NULL. */
void sheet_complain(struct sheet *sheet, const struct sheet_control *control, IUnknown *object,
                    UINT text, HRESULT hr);
/* After calls: when one of them crashed, says so and closes the sheet. */
void sheet_check(struct sheet *sheet);
/* FALSE when a required field is empty; the user was told and taken there. */
BOOL sheet_complete(struct sheet *sheet);
/* The name a control has for the user: of the label before it; empty when there is none. */
void sheet_control_name(const struct sheet_control *control, WCHAR *name, int size);

/* sheetvalues.c */
/* The user changed this control; the others that show the same property follow. */
void sheet_changed(struct sheet_control *control);
/* Writes what is dirty (immediate: only of controls that want it at once); tells the user of a
 * failure. */
HRESULT sheet_write(struct sheet *sheet, BOOL immediate);
/* Reads what the object now says of each control that matches, dirty or not. */
HRESULT sheet_read(struct sheet *sheet, BOOL (*matches)(const struct sheet_control *control));
/* Reads the controls that notifications were about. */
void sheet_read_stale(struct sheet *sheet);

/* sheetsink.c: notifications of the display table */
struct sheet_sink *sheet_sink_create(struct sheet *sheet);      /* NULL when memory is short */
IMAPIAdviseSink *sheet_sink_iface(struct sheet_sink *sink);
void sheet_sink_detach(struct sheet_sink *sink);        /* from here on it does nothing */
/* Takes the mark off the control; whether there was one. */
BOOL sheet_sink_take(struct sheet_sink *sink, struct sheet_control *control);

/* sheettemplate.c: the dialog template of a page, no larger than max (dialog units) */
DLGTEMPLATE *sheet_template_create(const struct display_table *table, ULONG page, BOOL read_only,
                                   SIZE units, SIZE max);
SIZE sheet_template_units(const struct display_table *table, ULONG page);

/* sheetsize.c: the sheet's window, before it is shown and when it changes; a control's, when it is
 * made and before it is moved; and the page when it has its size */
void sheet_size_start(struct sheet *sheet);
void sheet_size_changed(struct sheet *sheet, int width, int height);
void sheet_size_control(struct sheet_control *control);
void sheet_size_page(struct sheet_page *page);

/* sheetpage.c: the dialog procedure; lParam of the page is its struct sheet_page */
INT_PTR CALLBACK sheet_page_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam);
void sheet_page_show(struct sheet_page *page, HWND control);    /* scrolls it into view */

/* control.c */
BOOL control_editable(const struct sheet_control *control);
BOOL control_immediate(const struct sheet_control *control);
BOOL control_has_property(const struct sheet_control *control);
/* A value for this control out of one that the object or a row has; NULL when it is none. */
SPropValue *control_value(const struct sheet_control *control, const SPropValue *from);
void control_load(struct sheet_control *control, const SPropValue *from);       /* and show it */
void control_open(struct sheet_control *control, HWND window);  /* its window was made */
void control_show(struct sheet_control *control);
void control_take(struct sheet_control *control);       /* the text of its window */
void control_refresh(struct sheet_control *control); /* after a notification: lists and buttons */
void control_command(struct sheet_control *control, UINT code);
BOOL control_empty(const struct sheet_control *control);
/* The value as SetProps wants it; a block of its own. */
SPropValue *control_output(const struct sheet_control *control);
void control_close(struct sheet_control *control);

/* sheetlist.c: lists filled from a table, and multi-valued ones */
void list_fill(struct sheet_control *control);
void list_select(struct sheet_control *control);        /* what value says */
void list_changed(struct sheet_control *control);       /* the user chose something */

/* editfilter.c: an edit control that takes only some characters */
void edit_filter(HWND edit, const WCHAR *filter);       /* the filter must outlive the window */

#endif /* MAPI32_DIALOG_SHEET_H */
