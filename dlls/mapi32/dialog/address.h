/*
 * Parts of the address dialog
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

/* What the sources of the address dialog, and those who pick a container, share. */

#ifndef MAPI32_DIALOG_ADDRESS_H
#define MAPI32_DIALOG_ADDRESS_H

#include "dialog/dialog.h"
#include "host/calls.h"

/* addresscont.c: the containers of the address book, read once */
struct container
{
    WCHAR *name;
    ULONG depth;
    ULONG flags;                        /* PR_CONTAINER_FLAGS */
    ULONG size;
    ENTRYID *id;
};
struct container_list
{
    ULONG count;
    struct container *items;
};
HRESULT containers_read(IAddrBook *book, const SRestriction *restriction,
                        struct container_list *ret);
void containers_free(struct container_list *list);
/* Those with all of flags, indented by their depth; an item's data is the index. */
void containers_fill(const struct container_list *list, HWND combo, ULONG flags);
/* The index of the container that an entry ID means; FALSE: none. */
BOOL containers_find(IAddrBook *book, const struct container_list *list, ULONG size,
                     const ENTRYID *id, ULONG *index);
void containers_select(HWND combo, ULONG index);

/* addressrows.c: the rows of a contents table, loaded as they are looked at */
#define PAGE_ROWS 64
#define PAGES     24
struct row_page
{
    SRowSet *rows;                      /* NULL: free */
    ULONG number;
    ULONG used;                         /* when */
};
struct row_list
{
    struct host_party party;
    IABContainer *container;
    IMAPITable *table;
    const SRestriction *restriction;    /* the caller's; stays his */
    BOOL by_name;                       /* sorted by display name */
    BOOL find_on_open;                  /* the container wants to be asked for a name first */
    BOOL search;                        /* and has not been: it shows nothing */
    BOOL counted;                       /* count is the table's own figure */
    ULONG count;
    ULONG next;                         /* the row that QueryRows would give */
    ULONG clock;
    struct row_page pages[PAGES];
    struct row_sink *sink;
    ULONG_PTR connection;
};
/* Posts message to window when the table has changed. The list must be all zero before. */
HRESULT row_list_open(struct row_list *list, IAddrBook *book, const struct container *container,
                      const SRestriction *restriction, HWND window, UINT message);
void row_list_close(struct row_list *list);             /* also one that did not open */
/* Valid until the next call on the list; NULL: there is no such row. */
const SRow *row_list_row(struct row_list *list, ULONG index);
/* The first row whose display name begins with text. */
BOOL row_list_find(struct row_list *list, const WCHAR *text, ULONG *index);
BOOL row_list_find_key(struct row_list *list, const SBinary *key, ULONG *index);
/* Only what ambiguous name resolution finds for text; NULL or empty: all again. */
HRESULT row_list_search(struct row_list *list, const WCHAR *text);
/* After the message: what was loaded is forgotten and the rows are counted again. */
void row_list_changed(struct row_list *list);

/* addressrecip.c: the recipients chosen, and the caller's list */
#define NOT_FROM_LIST (~0u)
struct recipient
{
    ULONG source;                       /* index in the caller's list, or NOT_FROM_LIST */
    ULONG type;                         /* PR_RECIPIENT_TYPE */
    ULONG count;
    SPropValue *props;
    BOOL own;                           /* the properties are ours to free */
    WCHAR *name;
    const SBinary *id;                  /* into props; NULL: not resolved */
};
struct recipients
{
    IAddrBook *book;
    BOOL unicode;                       /* the width of strings that we add */
    ULONG count;
    ULONG room;
    struct recipient **items;
};
HRESULT recipients_take(struct recipients *list, const ADRLIST *from);
void recipients_free(struct recipients *list);
/* S_FALSE: there already, with that type. *ret is not counted. */
HRESULT recipients_add_row(struct recipients *list, ULONG count, const SPropValue *props,
                           ULONG type, struct recipient **ret);
HRESULT recipients_add_name(struct recipients *list, const WCHAR *name, ULONG type,
                            struct recipient **ret);
void recipients_remove(struct recipients *list, struct recipient *recipient);
/* Takes props over (one chain of memory_allocators). */
void recipient_set_props(struct recipient *recipient, ULONG count, SPropValue *props);
/* IAddrBook::ResolveName for those that are not resolved yet. */
HRESULT recipients_resolve(struct recipients *list, HWND parent);
/* The caller's list with what was chosen: his entries where they were, those that were removed
 * without properties, and the new ones behind. On failure his list is as it was. */
HRESULT recipients_give(struct recipients *list, ADRLIST **ret);
/* One new list with nothing but the row. */
HRESULT recipients_give_one(BOOL unicode, ULONG count, const SPropValue *props, ADRLIST **ret);

/* addressparm.c: an ADRPARM, checked and copied */
#define WELLS_MAX 8
struct address_parm
{
    ULONG flags;
    BOOL modeless;
    WCHAR *caption;                     /* NULL: the resource's */
    WCHAR *new_entry;
    WCHAR *wells_title;
    WCHAR *help_file;
    ULONG help_context;
    ULONG well_count;
    ULONG well_focus;
    WCHAR *well_titles[WELLS_MAX];
    ULONG well_types[WELLS_MAX];
    ULONG container_size;
    ENTRYID *container;
    SRestriction *contents;
    SRestriction *hierarchy;
};
HRESULT address_parm_take(const ADRPARM *from, struct address_parm *ret);
void address_parm_free(struct address_parm *parm);

#endif /* MAPI32_DIALOG_ADDRESS_H */
