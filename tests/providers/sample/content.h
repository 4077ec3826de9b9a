/*
 * Sample providers: what the files of the content share
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

#ifndef SAMPLE_CONTENT_H
#define SAMPLE_CONTENT_H

#include "store.h"

struct entry
{
    struct item item;
    struct blob data;
    ULONG file_size;
    FILETIME file_time;
    BOOL file_settled;                  /* it had that time when it was read, and that was over */
    BOOL seen;                          /* while the files are looked through */
    BOOL locked;
    BOOL direct;                        /* being sent without the spooler: in no queue */
    HANDLE lock;
    ITableData *tables[TABLE_COUNT];    /* of a folder; NULL until asked for */
};

struct extra
{
    struct extra *next;
    char name[16];
    struct blob data;
};

struct content
{
    LONG ref;                           /* contents_cs */
    struct content *next;
    MAPIUID uid;
    CRITICAL_SECTION cs;
    struct files *files;
    struct entry **entries;             /* by number */
    ULONG count;
    ULONG room;
    ITableData *queue;
    struct extra *extras;               /* what is kept in files when there are files */
    BOOL in_files;
};

/* content.c; the content's lock is held, here and below */
struct entry *content_entry(struct content *content, ULONG number);

/* contenttable.c */
BOOL content_queued(const struct entry *entry);
enum content_table content_table_of(const struct item *item);
HRESULT content_entry_props(struct content *content, const struct entry *entry, ULONG *ret_count,
                            SPropValue **ret);
void content_set_row(struct content *content, struct entry *entry, ITableData *table);
void content_leave_tables(struct content *content, const struct item *item);
/* old: what it was before, NULL if it is new. */
void content_update_tables(struct content *content, struct entry *entry, const struct item *old);
/* The folder's own row has counts of what is in it. */
void content_update_folder_row(struct content *content, ULONG folder);

#endif /* SAMPLE_CONTENT_H */
