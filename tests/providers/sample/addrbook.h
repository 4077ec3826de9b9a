/*
 * Sample providers: what the files of the address book share
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
 * Everything in the address book is an entry with an entry ID of one form (struct ab_entryid). What
 * has members, be it a container or a distribution list, is a struct ab_list: its rows are kept in
 * an ITableData, and that is where the entries are, too: opening one looks its row up. So tables
 * are live without further work, as views of an ITableData notify by themselves.
 *
 * The lists belong to the logon (struct ab_book) and live as long as it does; containers and
 * entries that a caller has hold the logon.
 */

#ifndef SAMPLE_ADDRBOOK_H
#define SAMPLE_ADDRBOOK_H

#include "sample.h"
#include "anr.h"

/* Set on the personal address book: an address type of which it shall offer a template. For
 * tests. */
#define PR_SAMPLE_NEW_TYPE      PROP_TAG(PT_UNICODE, 0x6610)

/* The type in an entry ID: what it stands for, or a template for one of those. */
#define AB_TEMPLATE             0x100

struct ab_entryid
{
    BYTE flags[4]; /* flags[0] MAPI_SHORTTERM: from ResolveNames, this session only */
    MAPIUID uid;
    ULONG type; /* MAPI_ABCONT, MAPI_MAILUSER or MAPI_DISTLIST, perhaps with AB_TEMPLATE */
    ULONG number;
};

struct ab_list
{
    struct ab_list *next;
    struct ab_list *parent;             /* NULL: stands at the top */
    ULONG type;                         /* MAPI_ABCONT or MAPI_DISTLIST */
    ULONG number;
    ULONG flags;                        /* PR_CONTAINER_FLAGS */
    ITableData *rows;                   /* by PR_INSTANCE_KEY, which is the long-term entry ID */
};

struct ab_book
{
    CRITICAL_SECTION cs;
    struct ab_list *lists;              /* cs; only ever grows */
    LONG last_number;
    ITableData *top;                    /* rows of the containers at the top */
    ITableData *all;                    /* rows of all containers, each behind its parent */
    ITableData *templates;              /* one-off templates */
};

struct ab_provider
{
    IABProvider IABProvider_iface;
    struct shutdown shutdown;
    LONG ref;
    struct environment environment;
};

struct ab_logon
{
    IABLogon IABLogon_iface;
    LONG ref;
    struct ab_provider *provider;
    IMAPISupport *support;              /* NULL after Logoff */
    struct ab_book *book;
};

extern const MAPIUID ab_uid;

/* abbook.c: lists and their rows */
HRESULT book_create(struct ab_book **ret);
void book_destroy(struct ab_book *book);
void ab_entryid_init(struct ab_entryid *id, ULONG type, ULONG number);
const struct ab_entryid *ab_entryid_from(ULONG size, const ENTRYID *entryid);   /* NULL: not ours */
ULONG book_new_number(struct ab_book *book);
struct ab_list *book_find_list(struct ab_book *book, ULONG type, ULONG number);
/* A container or distribution list, with its row where it belongs. */
HRESULT book_add_list(struct ab_book *book, struct ab_list *parent, ULONG type, ULONG number,
                      const WCHAR *name, ULONG flags, struct ab_list **ret);
/* The row of an entry, to be freed with MAPIFreeBuffer, and the container it is in.
 * MAPI_E_NOT_FOUND */
HRESULT book_find_entry(struct ab_book *book, const struct ab_entryid *id, SRow **row,
                        struct ab_list **list);
HRESULT list_find_row(struct ab_list *list, const struct ab_entryid *id, SRow **row);
HRESULT book_add_template(struct ab_book *book, const WCHAR *name, const WCHAR *type, ULONG object,
                          ULONG depth);

/* abresolve.c */
/* Whether the switches make this an address book that knows no Unicode, and it is asked for
 * that. */
BOOL ab_wrong_width(ULONG flags);
HRESULT list_resolve_names(struct ab_list *list, const SPropTagArray *tags, ULONG flags,
                           ADRLIST *names, FlagList *marks);
HRESULT book_prepare_recips(struct ab_book *book, const SPropTagArray *tags, ADRLIST *recipients);

/* abcontainer.c; list NULL: the root */
HRESULT ab_container_open(struct ab_logon *logon, struct ab_list *list, ULONG flags,
                          IUnknown **ret);
/* Anything of ours, as IABLogon and IABContainer open it. */
HRESULT ab_open_entry(struct ab_logon *logon, ULONG size, const ENTRYID *entryid, ULONG flags,
                      ULONG *type, IUnknown **ret);

/* abentry.c */
HRESULT ab_user_open(struct ab_logon *logon, const struct ab_entryid *id, ULONG flags,
                     IUnknown **ret);
/* What a template makes: it comes into list, NULL for none, when it is saved. */
HRESULT ab_entry_create(struct ab_logon *logon, struct ab_list *list,
                        const struct ab_entryid *template, ULONG flags, IMAPIProp **ret);
/* An entry with these properties into the list: its row and its notifications. flags: CREATE_ */
HRESULT ab_entry_add(struct ab_logon *logon, struct ab_list *list, ULONG type, ULONG count,
                     SPropValue *props, ULONG flags, struct ab_entryid *id);
/* Tells who advised on the entry or on the list it is in. */
void ab_notify(struct ab_logon *logon, ULONG event, const struct ab_entryid *id,
               const struct ab_list *list);

/* abcrowd.c: the directory of 100,000, with the switch ab=crowd */
HRESULT crowd_add(struct ab_book *book);        /* its containers into the hierarchy */
BOOL crowd_owns(ULONG size, const ENTRYID *entryid);
HRESULT crowd_open(struct ab_logon *logon, ULONG size, const ENTRYID *entryid, ULONG *type,
                   IUnknown **ret);

#endif /* SAMPLE_ADDRBOOK_H */
