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
    PLACE_START,                        /* before all, however many come; of a place that was cleared */
    PLACE_ROW,
    PLACE_HEADING,                      /* key is its own, row is not used */
    PLACE_END                           /* behind all */
};

/* A row, or where it was: its key in the view's order is kept, in case it goes. */
struct place
{
    enum place_kind kind;
    LONGLONG row;                       /* row_number */
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

#define HEADING_EXPANDED 0x01
#define HEADING_SHOWN    0x02           /* those above it are expanded; by headings_lay_out */
#define HEADING_UNREAD   0x04           /* unread is known */
#define HEADING_TOUCHED  0x08           /* what is in it changes: was and was_unread are set */
#define HEADING_NEW      0x10           /* came with that */
#define HEADING_DOUBTED  0x20           /* unread was known before */

/* A category: the rows whose keys begin with its own. */
struct heading
{
    ULONG flags;
    ULONG level;                        /* 0 at the left */
    ULONG number;                       /* never given twice in a view; in its instance key */
    ULONG rows;                         /* in it, at any depth */
    ULONG unread;
    ULONG was;
    ULONG was_unread;
    ULONG first;                        /* how many rows of all categories come before its first */
    ULONG place;                        /* how many rows that show stand before it */
    ULONG key_size;
    BYTE key[1];
};

/* In their order: each stands before those below it. */
struct headings
{
    struct heading **list;
    ULONG count;
    ULONG room;
    ULONG next_number;
    BOOL made;                          /* as of the view's seen */
    BOOL laid_out;                      /* all that headings_lay_out sets is right */
    ULONG rows;
    ULONG shown;                        /* rows that show, headings among them */
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

    /* Serialises calls that change settings, and is outside of cs: held while the table in memory
     * is made and called. What the settings point to changes with both held. */
    CRITICAL_SECTION setting;
    CRITICAL_SECTION cs;                /* all below */
    SPropTagArray *columns;
    SSortOrderSet *sort;                /* NULL: not sorted */
    ULONG order_count;
    struct db_sort order[DB_VIEW_MAX_COLUMNS];
    SRestriction *restriction;
    ULONG limit;                        /* of rows, by RES_COUNT */

    ULONG levels;                       /* of categories */
    ULONG level_columns[DB_VIEW_MAX_COLUMNS];   /* of the order, in a level and those above */
    struct headings headings;
    BOOL unread_wanted;                 /* of headings */
    ULONG multi;                        /* the column of which each value makes a row, or 0 */

    LONGLONG *ids;                      /* the rows that match, in order: row_number */
    ULONG id_count;
    ULONG id_room;
    BOOL matched;                       /* ids are right as of seen, */
    BOOL all;                           /* to the last of them, or */
    struct place frontier;              /* as far as this row */
    BOOL no_index;                      /* says which match, or not sooner than reading them does */
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
    LONGLONG unread;                    /* the view by categories and flags, when it is wanted */
};

/* What became of an object since the last look, however many changes that were. */
struct changed
{
    LONGLONG object;
    BOOL before;                        /* it had a row */
    struct db_row *row;                 /* the one it has now, platform_free; or NULL */
    struct heading *from;               /* that it was in, if that is known */
    BOOL showed;                        /* it did before */
};

/* An object's row, or that of one of its values. */
static inline LONGLONG row_number(const struct view *view, const struct db_row *row)
{
    return view->multi ? row->object | (LONGLONG)row->instance << 47 : row->object;
}

static inline LONGLONG row_object(const struct view *view, LONGLONG row)
{
    return view->multi ? row & (((LONGLONG)1 << 47) - 1) : row;
}

static inline ULONG row_instance(const struct view *view, LONGLONG row)
{
    return view->multi ? (ULONG)(row >> 47) : 0;
}

/* Makes what is missing, takes changes in, queues events. look_end: always after success. */
HRESULT look_begin(struct view *view, struct look *look);
void look_end(struct look *look);
HRESULT look_count(struct view *view, struct look *look, ULONG *count);
/* The same, or any number above a position if there are so many rows. */
HRESULT look_reach(struct view *view, struct look *look, ULONG position, ULONG *count);
/* Rows from a position on. *rows: platform_free. */
HRESULT look_rows(struct view *view, struct look *look, ULONG position, ULONG max, LONGLONG **rows,
                  ULONG *count);
/* A row that is in the view, with its key. S_FALSE: it is not. *block: platform_free. */
HRESULT look_row(struct view *view, struct look *look, LONGLONG row, struct db_row **block);
/* The same from a place on, without counting what comes before: the row that is there, and the one
 * behind the last. S_FALSE: it does not go without. */
HRESULT look_rows_from(struct view *view, struct look *look, const struct place *place, ULONG max,
                       LONGLONG **rows, ULONG *count, struct place *first, struct place *behind);
/* How many rows come before one. */
HRESULT look_before(struct view *view, struct look *look, const struct db_row *row,
                    ULONG *position);
/* Where a place is now; *gone: its row is not there any more. */
HRESULT look_position(struct view *view, struct look *look, struct place *place, ULONG *position,
                      BOOL *gone);
/* The row at a position, or PLACE_END. */
HRESULT look_place(struct view *view, struct look *look, ULONG position, struct place *place);
HRESULT place_set(struct place *place, enum place_kind kind, LONGLONG row, const BYTE *key,
                  ULONG key_size);
void place_clear(struct place *place);
HRESULT place_copy(struct place *dst, const struct place *src);
void view_forget_rows(struct view *view);

/* ---- find.c. cs is held. */

/* The place of a row, or of that which such a value names alone. MAPI_E_NOT_FOUND: it is not there,
 * or, with a restriction, shown_position says so; S_FALSE: the value names none. */
HRESULT look_number(struct view *view, struct look *look, LONGLONG row, struct place *place);
HRESULT look_named(struct view *view, struct look *look, const SPropValue *value,
                   struct place *place);
/* The first from position on, or the last before it, that matches, among the rows that show.
 * MAPI_E_NOT_FOUND. */
HRESULT look_find(struct view *view, struct look *look, SRestriction *restriction,
                  ULONG position, BOOL backward, ULONG *found);

/* ---- headings.c: the categories in memory. cs is held. */

/* How much of a row's key a level takes, with all above it; 0: it is no such key. */
ULONG level_size(const struct view *view, ULONG level, const BYTE *key, ULONG size);
void headings_forget(struct view *view);
/* The heading with this key, or where it would stand. */
BOOL headings_find(const struct view *view, const BYTE *key, ULONG size, ULONG *index);
/* A row with this key is in the innermost one; those that are missing are made. */
HRESULT headings_add(struct view *view, const BYTE *key, ULONG size, struct heading **innermost);
/* Rows behind all others. */
HRESULT headings_append(struct view *view, const BYTE *key, ULONG size, ULONG rows);
/* Notes what a heading and those above it were before what is in them changes. */
void headings_touch(struct view *view, struct heading *heading);
/* Takes out those without rows. */
void headings_sweep(struct view *view);
void headings_lay_out(struct view *view);
BOOL heading_is_innermost(const struct view *view, const struct heading *heading);
/* Do the rows in it show? */
BOOL heading_is_open(const struct heading *heading);
/* The innermost one that a row is in, by how many come before it. */
struct heading *heading_of_row(struct view *view, ULONG position);
/* That or the last heading before what shows at a place. */
ULONG heading_at_place(struct view *view, ULONG place);
BOOL heading_expanded_at_first(const struct view *view, const struct heading *heading);

/* ---- category.c: the rows that show. cs is held. Without categories all rows do; with them, a row
 * is one of those, or a heading, which is given as -1 - its index. */

HRESULT shown_count(struct view *view, struct look *look, ULONG *count);
/* look_reach of them */
HRESULT shown_reach(struct view *view, struct look *look, ULONG position, ULONG *count);
HRESULT shown_rows(struct view *view, struct look *look, ULONG position, ULONG max, LONGLONG **rows,
                   ULONG *count);
/* *hidden: it is there, and does not show: position is that of the next one that does. */
HRESULT shown_position(struct view *view, struct look *look, struct place *place, ULONG *position,
                       BOOL *gone, BOOL *hidden);
HRESULT shown_place(struct view *view, struct look *look, ULONG position, struct place *place);
HRESULT shown_values(struct view *view, struct look *look, LONGLONG row, ULONG count,
                     const ULONG *tags, void *base, SPropValue *values);
/* Does a heading match? */
HRESULT heading_matches(struct view *view, struct look *look, ULONG index,
                        const SRestriction *restriction, BOOL *matches);
/* The heading, or the row of one value, that an instance key names. */
BOOL heading_named(struct view *view, ULONG size, const BYTE *key, ULONG *index);
BOOL value_named(struct view *view, ULONG size, const BYTE *key, LONGLONG *row);
/* Sets unread, unless it is known. */
HRESULT heading_know_unread(struct view *view, struct look *look, ULONG index);
/* Where a row of it shows, by how many rows of all categories come before that. */
ULONG heading_place_of(const struct heading *heading, ULONG position);
/* Makes them anew from the file, or at first; who was expanded stays so. */
HRESULT categories_make(struct view *view, struct look *look);
/* Columns of the view that tells how many are unread; room for two more than the view has. */
ULONG categories_unread_order(const struct view *view, struct db_sort *order);
BOOL restriction_names(const SRestriction *restriction, ULONG tag);

/* ---- categorychanges.c. cs is held. */

/* With a restriction: the row at a position, counted in all categories, goes. */
struct heading *categories_take_out(struct view *view, ULONG index);
/* The same: one with this key comes. */
HRESULT categories_put_in(struct view *view, const struct db_row *row);
/* Follows changes, and queues what they did to the rows that show. S_FALSE: that cannot be said. */
HRESULT categories_follow(struct view *view, struct look *look, ULONG count,
                          struct changed *changed, BOOL tell);

/* ---- collapse.c */

HRESULT WINAPI view_ExpandRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG count, ULONG flags,
                              SRowSet **ret, ULONG *added);
HRESULT WINAPI view_CollapseRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG flags,
                                ULONG *removed);
HRESULT WINAPI view_GetCollapseState(IMAPITable *iface, ULONG flags, ULONG key_size, BYTE *key,
                                     ULONG *size, BYTE **ret);
HRESULT WINAPI view_SetCollapseState(IMAPITable *iface, ULONG flags, ULONG size, BYTE *state,
                                     BOOKMARK *location);

/* ---- settings.c */

HRESULT WINAPI view_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags);
HRESULT WINAPI view_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags);
HRESULT WINAPI view_SortTable(IMAPITable *iface, SSortOrderSet *sort, ULONG flags);
HRESULT WINAPI view_QuerySortOrder(IMAPITable *iface, SSortOrderSet **ret);
SPropTagArray *view_copy_tags(const SPropTagArray *tags);
/* The whole table, and what it is followed by; NULL: there is none. */
void view_drop_whole(IMAPITable *whole, ULONG_PTR connection);

/* ---- table.c */

static inline struct view *impl_from_IMAPITable(IMAPITable *iface)
{
    return CONTAINING_RECORD(iface, struct view, IMAPITable_iface);
}

/* The table in memory when it is in charge, counted; else NULL, and the view is locked. */
IMAPITable *view_enter(struct view *view);
void view_leave(struct view *view);
HRESULT view_passed(IMAPITable *whole, HRESULT hr);
void view_forget_bookmarks(struct view *view);
/* A look with the cursor on its row; on failure the lock is given back. */
HRESULT view_enter_rows(struct view *view, struct look *look);
void view_leave_rows(struct view *view, struct look *look);
HRESULT view_make_rows(struct view *view, struct look *look, const LONGLONG *rows, ULONG count,
                       SRowSet **ret);
/* At a place of which it takes a copy. */
HRESULT view_add_bookmark(struct view *view, const struct place *place, BOOKMARK *ret);

/* ---- events.c */

/* cs is held for these. Rows as shown_rows has them; prior 0: none. */
void event_queue(struct view *view, ULONG type, HRESULT hr);
void event_queue_row(struct view *view, struct look *look, ULONG type, LONGLONG row,
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
