/*
 * Tables over the property database: what the files of view/ share
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

#ifndef MAPIMS_VIEWPRIV_H
#define MAPIMS_VIEWPRIV_H

#define COBJMACROS
#include <stdarg.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <objbase.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>

#include "view/view.h"

enum place_kind
{
    PLACE_START,                        /* before all, however many come */
    PLACE_ROW,
    PLACE_END                           /* behind all */
};

/* A row, or where it was: its key in the view's order is kept, in case it goes. */
struct place
{
    enum place_kind kind;
    LONGLONG object;
    ULONG key_size;
    BYTE *key;                          /* platform_alloc */
};

struct bookmark
{
    BOOKMARK id;
    struct place place;
};

struct event
{
    struct event *next;
    void *block;                        /* MAPIAllocateBuffer: what the notification points to */
    NOTIFICATION notification;
};

struct view
{
    IMAPITable IMAPITable_iface;
    LONG ref;
    const struct view_owner *owner;
    void *context;
    struct db *db;                      /* counted */
    LONGLONG parent;
    ULONG list;
    BOOL links;
    ULONG flags;
    SPropTagArray *first_columns;
    ULONG first_count;
    struct db_sort first_order[DB_VIEW_MAX_COLUMNS];
    ULONGLONG key;                      /* names this view for notifications */

    /* Serialises calls that change settings, and is outside of cs: held while the table in memory is
     * made and called. What the settings point to changes with both held. */
    CRITICAL_SECTION setting;
    CRITICAL_SECTION cs;                /* all below */
    SPropTagArray *columns;
    SSortOrderSet *sort;                /* NULL: not sorted */
    ULONG order_count;
    struct db_sort order[DB_VIEW_MAX_COLUMNS];
    SRestriction *restriction;
    ULONG limit;                        /* of rows, by RES_COUNT */

    LONGLONG *ids;                      /* the rows that match, in order */
    ULONG id_count;
    ULONG id_room;
    BOOL matched;                       /* ids are right as of seen */
    ULONGLONG seen;                     /* the last change that ids and events know of */

    struct place cursor;
    struct bookmark *bookmarks;
    ULONG bookmark_count;
    ULONG bookmark_room;
    BOOKMARK next_bookmark;

    IMAPITable *whole;                  /* counted; in charge when it is set */
    ULONG_PTR whole_connection;
    ULONG sinks;
    ULONG_PTR *connections;             /* of the support object */
    struct event *first_event;
    struct event *last_event;
    BOOL delivering;
};

/* ---- order.c: which rows there are, and where. cs is held. */

/* A call's look at the file. */
struct look
{
    struct db_txn *txn;
    LONGLONG view;
};

/* Makes what is missing, takes changes in, queues events. look_end: always after success. */
HRESULT look_begin(struct view *view, struct look *look);
void look_end(struct look *look);
HRESULT look_count(struct view *view, struct look *look, ULONG *count);
/* Objects from a position on. *ids: platform_free. */
HRESULT look_rows(struct view *view, struct look *look, ULONG position, ULONG max, LONGLONG **ids,
                  ULONG *count);
/* Where a place is now; *gone: its row is not there any more. */
HRESULT look_position(struct view *view, struct look *look, struct place *place, ULONG *position,
                      BOOL *gone);
/* The row at a position, or PLACE_END. */
HRESULT look_place(struct view *view, struct look *look, ULONG position, struct place *place);
/* The first from position on, or the last before it, that matches. MAPI_E_NOT_FOUND. */
HRESULT look_find(struct view *view, struct look *look, SRestriction *restriction,
                  ULONG position, BOOL backward, ULONG *found);
void place_clear(struct place *place);
HRESULT place_copy(struct place *dst, const struct place *src);
void view_forget_rows(struct view *view);

/* ---- events.c */

/* cs is held for these */
void event_queue(struct view *view, ULONG type, HRESULT hr);
void event_queue_row(struct view *view, struct look *look, ULONG type, LONGLONG object,
                     LONGLONG prior);
void events_drop(struct view *view);
/* cs is not */
void events_deliver(struct view *view);
HRESULT WINAPI view_Advise(IMAPITable *iface, ULONG mask, IMAPIAdviseSink *sink,
                           ULONG_PTR *connection);
HRESULT WINAPI view_Unadvise(IMAPITable *iface, ULONG_PTR connection);
void events_unadvise_all(struct view *view);
/* Hands on what a whole table tells, from now on. cs is not held. */
HRESULT relay_advise(struct view *view, IMAPITable *whole, ULONG_PTR *connection);

#endif /* MAPIMS_VIEWPRIV_H */
