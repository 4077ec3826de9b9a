/*
 * The private header of the address book
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
 * An address book over the property database of the message store (../mapims32/db), with the same
 * IMAPIProp (../mapims32/object.c and what goes with it). Downwards:
 *
 *   service                     the message service: where the file is
 *   provider                    IABProvider, IABLogon
 *   container, members          IABContainer of the root and the container, IDistList
 *   contents, words             the container's contents tables, over the file's views; its index
 *   entry, details              IMailUser, and the properties of IDistList; their display tables
 *   resolve                     names into recipients
 *   anrtable, recips            the same for any address book: tables that know PR_ANR, recipients
 *   book                        the file, entry IDs, rows, tables that follow changes, notifications
 *
 * One file has one container. Entries stand in its contents; the members of a distribution list
 * are rows of recipients of that entry, each with the entry ID of whoever it is. Objects hold the
 * book (the logon).
 */

#ifndef MAPIAB32_AB_H
#define MAPIAB32_AB_H

#include "store.h"
#include "object/object.h"
#include "view/view.h"
#include "anr.h"

#define PR_MAPIAB_PATH_W PROP_TAG(PT_UNICODE, 0x6700)
#define AB_MAX_MEMBERS 10000
/* Of entries: what names are found by (words.c). Nobody sees it. */
#define PR_AB_WORDS PROP_TAG(PT_MV_BINARY, 0x6701)

/* Bytes only, the same for both architectures. */
struct ab_entryid
{
    BYTE flags[4];
    MAPIUID book;                       /* the file's */
    BYTE version;
    BYTE type;                          /* MAPI_ABCONT, MAPI_MAILUSER, MAPI_DISTLIST */
    BYTE is_template;                   /* 1: of new ones of that type */
    BYTE unused;
    BYTE number[8];                     /* LONGLONG; 0 for templates */
};

struct ab_live;

struct book
{
    struct store store;                 /* what object.c and its siblings know of it */
    IABLogon IABLogon_iface;
    LONG ref;
    IABProvider *provider;              /* counted */
    HINSTANCE instance;
    LONGLONG container;                 /* the one with the entries */
    CRITICAL_SECTION support_cs;        /* store.support */
    struct file_changes changes;
    CRITICAL_SECTION cs;
    struct ab_live *tables;             /* cs */
    ITableData *templates;
    struct open_views views;            /* contents tables of the container */
};

static inline struct book *book_of(struct store *store)
{
    return (struct book *)store;
}

/* ---- book.c ---- */

HRESULT book_open_file(const WCHAR *path, BOOL create, struct db **ret);
HRESULT book_create(IABProvider *provider, HINSTANCE instance, IMAPISupport *support, struct db *db,
                    struct book **ret);
void book_silence(struct book *book);
void ab_entryid_init(struct book *book, ULONG type, LONGLONG number, struct ab_entryid *ret);
/* FALSE: not of this book. */
BOOL ab_entryid_parse(struct book *book, ULONG size, const void *id, struct ab_entryid *ret,
                      LONGLONG *number);
ULONG ab_type_of_kind(ULONG kind);
/* PT_UNICODE, or NULL. */
const WCHAR *ab_text_of(const struct db_props *props, ULONG tag);
/* The columns that tables of entries have at first. */
const SPropTagArray *ab_row_columns(void);
/* What follows from what an entry is, and from those properties of it. */
void ab_entry_values(struct book *book, ULONG type, LONGLONG number, const struct db_props *props,
                     struct values *values);
/* The properties of an entry as a row, each short enough for one. values: until values_free and
 * db_props_destroy. */
HRESULT ab_entry_row(struct book *book, struct db_txn *txn, LONGLONG number, struct values *values,
                     struct db_props **props);
/* The live rows of the container (its number) or a distribution list, in memory: counted. */
HRESULT book_rows(struct book *book, LONGLONG parent, ITableData **ret);
HRESULT book_subscribe(struct book *book, const struct ab_entryid *id, ULONG mask,
                       IMAPIAdviseSink *sink, ULONG_PTR *connection);

/* ---- contents.c ---- */

/* The container's contents, read as they are needed. */
HRESULT contents_view(struct book *book, ULONG flags, IMAPITable **ret);

/* ---- words.c ---- */

/* The words of these properties, as one of them. */
HRESULT words_set(struct db_props *props);
/* Once for each file, which may be large. */
HRESULT words_prepare(struct db *db, LONGLONG container);
/* In rising order, platform_alloc; S_FALSE: no word of the restriction helps. */
HRESULT words_candidates(struct db_txn *txn, LONGLONG container, const SRestriction *restriction,
                         LONGLONG **ids, ULONG *count);

/* ---- resolve.c ---- */

HRESULT book_resolve_names(struct book *book, LONGLONG parent, const SPropTagArray *tags,
                           ULONG flags, ADRLIST *names, FlagList *marks);
HRESULT book_prepare_recips(struct book *book, const SPropTagArray *tags, ADRLIST *recipients);

/* ---- details.c ---- */

HRESULT details_table(struct book *book, ULONG type, BOOL writable, IMAPITable **ret);

/* ---- entry.c ---- */

struct entry
{
    struct object object;               /* IMailUser, or IDistList */
    struct book *book;
    ULONG type;
    LONGLONG parent;                    /* the container or list it will be in; 0: nowhere */
    ULONG create_flags;
    ULONGLONG change;                   /* of the file's object when it was loaded */
};

extern const IABContainerVtbl list_vtbl;        /* container.c */
HRESULT entry_open(struct book *book, const struct ab_entryid *id, LONGLONG number, ULONG flags,
                   IUnknown **ret);
HRESULT entry_create(struct book *book, LONGLONG parent, const struct ab_entryid *id, ULONG flags,
                     IMAPIProp **ret);
HRESULT WINAPI entry_SaveChanges(IMAPIProp *iface, ULONG flags);
HRESULT WINAPI entry_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                  ULONG flags, LPUNKNOWN *ret);

/* ---- container.c ---- */

/* Contents of the container, or members of a list; the table knows PR_ANR. */
HRESULT book_contents(struct book *book, LONGLONG parent, ULONG flags, IMAPITable **ret);
/* number 0: the root. */
HRESULT container_open(struct book *book, LONGLONG number, ULONG flags, IUnknown **ret);
HRESULT book_open_entry(struct book *book, ULONG size, const void *id, const IID *iid, ULONG flags,
                        ULONG *type, IUnknown **ret);

/* ---- members.c ---- */

/* In one transaction. *done are members afterwards, also who was one before; the first error. */
HRESULT members_add(struct book *book, LONGLONG list, const ENTRYLIST *entries, ULONG *done);
/* MAPI_E_NOT_FOUND. The caller pumps. */
HRESULT members_remove(struct book *book, LONGLONG list, const SBinary *entry);

#endif /* MAPIAB32_AB_H */
