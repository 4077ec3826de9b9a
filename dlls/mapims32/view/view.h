/*
 * Tables straight over the ordered views of the property database
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
 * An IMAPITable that keeps no rows: each call reads what it needs from the database's view of the
 * list in the wanted order, so that a table of a million rows opens and shows a page as fast as one
 * of a thousand. With a restriction it keeps the numbers of the objects that match, with categories
 * a key and a count of each. Where each value of a property makes a row, the order has to be by
 * that property. The rest, orders by what is not stored and categories in the order of the least or
 * greatest value among it, is left to a table in memory that the owner makes, in whose place calls
 * then go on to it.
 *
 * What the objects are, the owner knows: it gives their columns and says which are stored.
 */

#ifndef MAPIMS_VIEW_H
#define MAPIMS_VIEW_H

#include <mapispi.h>

#include "db/db.h"

struct view;

/* Called with or without locks of the view held, never with a transaction of the thread but the one
 * that is passed; none may call the view. */
struct view_owner
{
    /* What lives as long as the view. */
    void (*addref)(void *context);
    /* The view has ended: view_follow is not called for it any more. */
    void (*gone)(void *context, struct view *view);
    /* Values of one object, each in the tag asked for or PT_ERROR; what they need besides is
     * allocated with base. MAPI_E_OBJECT_DELETED. */
    HRESULT (*columns)(void *context, struct db_txn *txn, LONGLONG object, ULONG list, ULONG count,
                       const ULONG *tags, void *base, SPropValue *values);
    /* Sets match->computed and match->context for one use, until match_end. */
    void (*match_begin)(void *context, struct db_match *match);
    void (*match_end)(void *context, struct db_match *match);
    /* Is the property as it is stored, and not worked out by columns? */
    BOOL (*is_stored)(void *context, ULONG tag);
    /* The object that such a value names alone; 0: none has it. FALSE: it names no object. */
    BOOL (*find)(void *context, const SPropValue *value, LONGLONG *object);
    /* All rows of the list in memory, following its changes. */
    HRESULT (*whole)(void *context, LONGLONG parent, ULONG list, ULONG flags, IMAPITable **ret);
    /* Somebody wants to be told of changes: view_follow is to be called from now on. */
    HRESULT (*listen)(void *context);
    /* Counted, for notifications; NULL: the session is over. */
    IMAPISupport *(*support)(void *context);
    /* Objects (in rising order, platform_alloc) among which all are that match, by an index of the
     * owner's; S_FALSE: it has none that helps. May be NULL: the database's own is asked. */
    HRESULT (*candidates)(void *context, struct db_txn *txn, LONGLONG parent, ULONG list,
                          const SRestriction *restriction, LONGLONG **ids, ULONG *count);
    /* Objects have PR_MESSAGE_FLAGS, and are counted by MSGFLAG_READ. */
    BOOL has_unread;
};

struct view_init
{
    const struct view_owner *owner;
    void *context;
    struct db *db;
    LONGLONG parent;
    ULONG list;
    BOOL links;                         /* objects stand in the list by db_link */
    ULONG flags;                        /* MAPI_UNICODE: the width of text at first */
    const SPropTagArray *columns;       /* at first; PT_UNICODE for text */
    /* The order of a table that nobody sorted. */
    ULONG order_count;
    const struct db_sort *order;
};

/* MAPI_E_NOT_FOUND: there is no such parent. */
HRESULT view_create(const struct view_init *init, struct view **ret);
IMAPITable *view_table(struct view *view);
/* Something was committed: tells those who advised on the table. */
void view_follow(struct view *view);

/* ---- openviews.c: all of an owner's that are open */

struct open_view;

struct open_views
{
    CRITICAL_SECTION cs;                /* all below */
    struct open_view *first;
    struct view *following;             /* is not removed meanwhile */
    CONDITION_VARIABLE followed;        /* following is another one */
};

void open_views_init(struct open_views *views);
/* Empty by now. */
void open_views_free(struct open_views *views);
HRESULT open_views_add(struct open_views *views, struct view *view);
/* From gone: nobody follows it any more. */
void open_views_remove(struct open_views *views, struct view *view);
/* view_follow of each, by one thread at a time, with no lock held. */
void open_views_follow(struct open_views *views);

#endif /* MAPIMS_VIEW_H */
