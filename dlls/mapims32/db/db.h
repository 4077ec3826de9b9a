/*
 * The property database: files, transactions, objects, properties, streams, ordered views, changes
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
 * What a store or an address book keeps, in one SQLite file (WAL) that processes of either
 * architecture share. Nothing here knows of COM objects, sessions or windows, and nothing of
 * what an object means: an object has a parent, a kind and a list of its parent that it stands
 * in (folders: hierarchy, contents, associated; messages: attachments), properties, and rows of
 * recipients.
 *
 * Everything happens inside a transaction object. A read transaction sees one state of the file
 * however long it is held; a write transaction is alone (others wait, up to DB_BUSY_MS) and is
 * on the disk, whole, when db_commit returned S_OK. A transaction is used by one thread at a
 * time. Hold them briefly: within a call.
 *
 * Property sets, streams and arrays that are handed out are plain memory: their owner locks
 * them. Errors: MAPI_E_NOT_FOUND, MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_NOT_ENOUGH_DISK,
 * MAPI_E_NO_ACCESS (read-only), MAPI_E_CORRUPT_STORE, MAPI_E_BUSY (locked for longer than
 * DB_BUSY_MS), MAPI_E_DISK_ERROR, MAPI_E_VERSION (of a newer schema), MAPI_E_OBJECT_DELETED (the
 * object is gone), MAPI_E_OBJECT_CHANGED, MAPI_E_TOO_COMPLEX, MAPI_E_CALL_FAILED; whatever a
 * function returns besides these stands with it.
 */

#ifndef MAPIMS_DB_H
#define MAPIMS_DB_H

#include "core/core.h"

struct db;
struct db_txn;
struct db_props;
struct db_stream;
struct db_listener;

#define DB_BUSY_MS 10000

/* ------------------------------------------------------------------------------- files (open.c) */

#define DB_CREATE       0x01    /* make it when it is missing */
#define DB_CREATE_NEW   0x02    /* MAPI_E_COLLISION when it is there */
#define DB_READ_ONLY    0x04    /* taken by itself when the file cannot be written */

#define DB_ROOT 1               /* the object that is there from the start, without parent */

/* What the file is for; a file of another use is MAPI_E_CORRUPT_STORE. */
#define DB_USE_STORE        1
#define DB_USE_ADDRESS_BOOK 2

/* The same path gives the same object within a process. MAPI_E_NOT_FOUND: no such file. */
HRESULT db_open(const WCHAR *path, ULONG use, ULONG flags, struct db **ret);
struct db *db_addref(struct db *db);
/* NULL is fine; the last one leaves no work for a recovery */
void db_release(struct db *db);
BOOL db_is_read_only(const struct db *db);
const MAPIUID *db_uid(const struct db *db);     /* of the file, never given twice */
const WCHAR *db_path(const struct db *db);
/* The log goes into the file, and is empty then unless others are in the middle of something. */
void db_flush(struct db *db);

/* ------------------------------------------------------------------------- transactions (txn.c) */

#define DB_READ  0
#define DB_WRITE 1
#define DB_TRY   4              /* with DB_WRITE: MAPI_E_BUSY at once when another writes */
#define DB_LAZY  2              /* with DB_WRITE: whole after a crash, though perhaps not there */

HRESULT db_begin(struct db *db, ULONG mode, struct db_txn **ret);
HRESULT db_commit(struct db_txn *txn);  /* ends it in any case; of a read transaction: ends it */
void db_rollback(struct db_txn *txn);   /* NULL is fine */
struct db *db_txn_db(const struct db_txn *txn);

/* Part of a write transaction that can be undone alone; they nest. */
HRESULT db_savepoint(struct db_txn *txn);
HRESULT db_savepoint_keep(struct db_txn *txn);
HRESULT db_savepoint_undo(struct db_txn *txn);

/* ------------------------------------------------------------------------- property sets (props.c)
 *
 * One property an ID. Text is kept as Unicode, whatever width it is set in. A property that is too
 * long for memory is there as a stream: its value is PT_ERROR, MAPI_E_NOT_ENOUGH_MEMORY, its tag is
 * db_props_tag's. */

HRESULT db_props_create(struct db_props **ret);
/* streams are shared */
HRESULT db_props_copy(const struct db_props *src, struct db_props **ret);
void db_props_destroy(struct db_props *props);
ULONG db_props_count(const struct db_props *props);
/* By index (ordered by ID) or by ID; what is returned lives until that property changes. */
ULONG db_props_tag(const struct db_props *props, ULONG index);
const SPropValue *db_props_value(const struct db_props *props, ULONG index);
const SPropValue *db_props_find(const struct db_props *props, ULONG tag);     /* NULL: missing */
/* The type that is stored, PT_UNICODE for every text; 0: missing. */
ULONG db_props_type(const struct db_props *props, ULONG tag);
/* MAPI_E_INVALID_TYPE: PT_ERROR, PT_NULL, PT_OBJECT and unknown types are no values. */
HRESULT db_props_set(struct db_props *props, const SPropValue *value);
HRESULT db_props_set_long(struct db_props *props, ULONG tag, LONG value);
HRESULT db_props_set_text(struct db_props *props, ULONG tag, const WCHAR *text);
BOOL db_props_remove(struct db_props *props, ULONG tag);
/* The property becomes what the stream holds (PT_BINARY, PT_STRING8 as Unicode is the caller's,
 * PT_UNICODE, PT_OBJECT for data of an attachment object); takes a reference. */
HRESULT db_props_set_stream(struct db_props *props, ULONG tag, struct db_stream *stream);
/* A new stream with what the property holds now, to read and to write apart from it;
 * MAPI_E_NOT_FOUND. Text as UTF-16 without terminator. Copied only when it is written to. */
HRESULT db_props_stream(const struct db_props *props, ULONG tag, struct db_stream **ret);
ULONGLONG db_props_size(const struct db_props *props);  /* in bytes, as they are stored, nearly */
/* Has it been changed since it was loaded or saved? */
BOOL db_props_changed(const struct db_props *props);

/* ------------------------------------------------------------------------------ streams (stream.c)
 *
 * Bytes of any number: in memory up to 64 KiB, beyond that in a temporary file. One that was opened
 * on a stored value reads it where it is until it is first written to. MAPI_E_OBJECT_CHANGED:
 * somebody replaced that value. */

HRESULT db_stream_create(struct db *db, struct db_stream **ret);      /* empty */
struct db_stream *db_stream_addref(struct db_stream *stream);
void db_stream_release(struct db_stream *stream);
/* the same bytes, apart from now on */
HRESULT db_stream_clone(struct db_stream *stream, struct db_stream **ret);
ULONGLONG db_stream_size(const struct db_stream *stream);
/* Reads what is there, *done <= size; beyond the end nothing. */
HRESULT db_stream_read(struct db_stream *stream, ULONGLONG offset, void *data, ULONG size,
                       ULONG *done);
HRESULT db_stream_write(struct db_stream *stream, ULONGLONG offset, const void *data, ULONG size);
/* new bytes are zero */
HRESULT db_stream_set_size(struct db_stream *stream, ULONGLONG size);

/* --------------------------------------------------------------------------- objects (object.c) */

/* Kinds are the caller's; these are agreed on between the layers above. */
enum db_kind
{
    DB_KIND_ROOT = 1,
    DB_KIND_FOLDER,
    DB_KIND_SEARCH_FOLDER,
    DB_KIND_MESSAGE,
    DB_KIND_ASSOCIATED,
    DB_KIND_ATTACHMENT,
    DB_KIND_EMBEDDED,           /* the message of an attachment */
    DB_KIND_CONTAINER,
    DB_KIND_MAIL_USER,
    DB_KIND_DISTRIBUTION_LIST
};

/* The lists of a parent. Each has its tally and its views. */
#define DB_LIST_NONE        0   /* a child that stands in no table (an embedded message) */
#define DB_LIST_HIERARCHY   1
#define DB_LIST_CONTENTS    2
#define DB_LIST_ASSOCIATED  3
#define DB_LIST_ATTACHMENTS 4
#define DB_LIST_OUTGOING    5   /* of the root, by db_link */
#define DB_LIST_DELETED     0x80        /* added to one of them: softly deleted from it */

struct db_object
{
    LONGLONG id;                /* never 0, never given twice */
    LONGLONG parent;            /* 0: none */
    ULONG kind;
    ULONG list;
    BOOL marked;                /* counted apart in tallies: unread */
    ULONGLONG change;           /* grows with every change of any object of the file */
    FILETIME created;
    FILETIME modified;
    FILETIME deleted;           /* when it was softly deleted, else 0 */
    ULONGLONG size;             /* bytes of properties and recipients, not of children */
};

/* A new object, from parent, kind, list and marked of init; times 0 are now. recipients may be
 * NULL. */
HRESULT db_object_create(struct db_txn *txn, const struct db_object *init, struct db_props *props,
                         struct db_props *const *recipients, ULONG recipient_count, LONGLONG *id);
/* MAPI_E_OBJECT_DELETED. info and props may be NULL; props comes as a new set, with long values
 * as streams. */
HRESULT db_object_load(struct db_txn *txn, LONGLONG id, struct db_object *info,
                       struct db_props **props);
/* Everything in props is what the object has afterwards. expected: db_object.change it was
 * loaded with, else MAPI_E_OBJECT_CHANGED; 0: whatever it is. */
HRESULT db_object_save(struct db_txn *txn, LONGLONG id, ULONGLONG expected, struct db_props *props);
/* Only these properties; values win over removed. */
HRESULT db_object_patch(struct db_txn *txn, LONGLONG id, ULONG count, const SPropValue *values,
                        const SPropTagArray *removed);
HRESULT db_object_mark(struct db_txn *txn, LONGLONG id, BOOL marked);
/* The rows, whole; each a set. *rows is one block of platform_alloc and its sets: db_rows_free. */
HRESULT db_recipients_load(struct db_txn *txn, LONGLONG id, struct db_props ***rows, ULONG *count);
/* As they are stored, one block (NULL: there are none) to be unpacked when they are needed.
 * S_FALSE: they are longer than max bytes. */
HRESULT db_recipients_fetch(struct db_txn *txn, LONGLONG id, ULONG max, void **data, ULONG *size);
HRESULT db_recipients_unpack(const void *data, ULONG size, struct db_props ***rows, ULONG *count);
HRESULT db_recipients_save(struct db_txn *txn, LONGLONG id, struct db_props *const *rows,
                           ULONG count);
void db_recipients_free(struct db_props **rows, ULONG count);
/* To another list, parent or both; into or out of a DB_LIST_DELETED list it is deleted or
 * restored softly. MAPI_E_FOLDER_CYCLE: the new parent is the object or below it. */
HRESULT db_object_move(struct db_txn *txn, LONGLONG id, LONGLONG parent, ULONG list);
/* With everything below it that is not softly deleted. */
HRESULT db_object_copy(struct db_txn *txn, LONGLONG id, LONGLONG parent, ULONG list,
                       LONGLONG *copy);
/* With everything below it, for good. */
HRESULT db_object_delete(struct db_txn *txn, LONGLONG id);
/* Deletes what was softly deleted before a time, with everything below it: at most max of them, in
 * a transaction of its own, which is only begun when there is any. */
HRESULT db_purge(struct db *db, const FILETIME *before, ULONG max, ULONG *purged);
/* Ids in the order they were made, at most max of those above after; the block is
 * platform_alloc. */
HRESULT db_object_children(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after,
                           ULONG max, LONGLONG **ids, ULONG *count);
/* How many stand in a list, and how many of those are marked. */
HRESULT db_tally(struct db_txn *txn, LONGLONG parent, ULONG list, ULONG *total, ULONG *marked);
/* Some columns, each as its tag asks (text of either width, PT_UNSPECIFIED, PT_ERROR with
 * MAPI_E_NOT_FOUND or, when it is long, MAPI_E_NOT_ENOUGH_MEMORY); what values need besides
 * comes from more(size, base). */
HRESULT db_object_columns(struct db_txn *txn, LONGLONG id, ULONG count, const ULONG *tags,
                          LPALLOCATEMORE more, void *base, struct db_object *info,
                          SPropValue *values);

/* Standing in a list of another object as well: search results, outgoing queue. Links go with
 * either end. */
/* S_OK if there */
HRESULT db_link(struct db_txn *txn, LONGLONG object, LONGLONG parent, ULONG list);
/* MAPI_E_NOT_FOUND */
HRESULT db_unlink(struct db_txn *txn, LONGLONG object, LONGLONG parent, ULONG list);
HRESULT db_is_linked(struct db_txn *txn, LONGLONG object, LONGLONG parent, ULONG list, BOOL *ret);
/* What stands in a list by link; as db_object_children. */
HRESULT db_links(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after, ULONG max,
                 LONGLONG **ids, ULONG *count);

/* ------------------------------------------------------------------- named properties (names.c) */

/* IDs 0x8000 to 0xfffe; 0: no such name. txn NULL: create takes a transaction of its own; a
 * thread that has a write transaction passes it. MAPI_W_ERRORS_RETURNED when some are 0;
 * MAPI_E_TABLE_TOO_BIG when all IDs are given and none was found. The caller has checked names. */
HRESULT db_names_to_ids(struct db *db, struct db_txn *txn, ULONG count, MAPINAMEID *const *names,
                        BOOL create, USHORT *ids);
/* A copy of the name by more(size, base); *ret NULL: no such ID. */
HRESULT db_id_to_name(struct db *db, USHORT id, LPALLOCATEMORE more, void *base, MAPINAMEID **ret);
/* All IDs, or those of one property set; the block is platform_alloc. */
HRESULT db_names_all(struct db *db, const GUID *set, USHORT **ids, ULONG *count);

/* ---------------------------------------------------------------------------------- views (view.c)
 *
 * The rows of a list in an order, kept in the file and right after every commit. */

struct db_sort
{
    ULONG tag;                  /* with MV_INSTANCE: a row a value */
    BOOL descending;
};

#define DB_VIEW_MAX_COLUMNS 64

/* A row's place. Rows of equal keys are ordered by object. */
struct db_row
{
    LONGLONG object;
    ULONG instance;             /* which value of the MV_INSTANCE column, else 0 */
    ULONG key_size;
    const BYTE *key;
};

/* Makes the view if it is missing (a transaction of its own: the thread has none) and says so in
 * *made. */
HRESULT db_view_ensure(struct db *db, LONGLONG parent, ULONG list, ULONG count,
                       const struct db_sort *columns, BOOL *made);
/* MAPI_E_NOT_FOUND: db_view_ensure first. No columns: by object. */
HRESULT db_view_find(struct db_txn *txn, LONGLONG parent, ULONG list, ULONG count,
                     const struct db_sort *columns, LONGLONG *view);
/* The orders that every list of such objects has from its beginning on; kept until the file is
 * closed. */
HRESULT db_view_defaults(struct db *db, ULONG list, ULONG count, const struct db_sort *columns);
HRESULT db_view_count(struct db_txn *txn, LONGLONG view, ULONGLONG *count);
/* At most max rows from position on (backwards: from the one before position, downwards). One
 * block: platform_free. */
HRESULT db_view_rows_at(struct db_txn *txn, LONGLONG view, ULONGLONG position, BOOL backwards,
                        ULONG max, struct db_row **rows, ULONG *count);
/* The same from behind a row that need not be there any more; after NULL: from the beginning
 * (end). */
HRESULT db_view_rows_after(struct db_txn *txn, LONGLONG view, const struct db_row *after,
                           BOOL backwards, ULONG max, struct db_row **rows, ULONG *count);
/* How many rows stand before this one (exists: whether it is there itself). */
HRESULT db_view_position(struct db_txn *txn, LONGLONG view, const struct db_row *row,
                         ULONGLONG *position, BOOL *exists);
/* How many rows have a key below these bytes; with behind: below or beginning with them. */
HRESULT db_view_key_position(struct db_txn *txn, LONGLONG view, const BYTE *key, ULONG size,
                             BOOL behind, ULONGLONG *position);
/* The rows an object has in a view now: one, more with MV_INSTANCE, none. One block:
 * platform_free. */
HRESULT db_view_object_rows(struct db_txn *txn, LONGLONG view, LONGLONG object,
                            struct db_row **rows, ULONG *count);
/* How many bytes of a row's key are its first columns (categories are their prefixes); 0: not a
 * key of them. */
ULONG db_key_prefix(ULONG count, const struct db_sort *columns, ULONG prefix_columns,
                    const BYTE *key, ULONG size);
/* The rows of a view in groups whose keys agree in their first columns, in its order: what their
 * keys begin with, and how many there are. group returns S_OK to go on, else what db_view_groups
 * then returns; nothing is to be asked of the transaction meanwhile. */
typedef HRESULT (*db_group)(void *context, const BYTE *key, ULONG size, ULONGLONG rows);
HRESULT db_view_groups(struct db_txn *txn, LONGLONG view, ULONG count,
                       const struct db_sort *columns, ULONG first, db_group group, void *context);
/* The value of an ascending PT_LONG column that begins with these bytes of a key. FALSE: none. */
BOOL db_key_long(const BYTE *key, ULONG size, LONG *value);
/* The key a row with these values has in such a view; missing values are NULL. platform_free. */
HRESULT db_key_make(ULONG count, const struct db_sort *columns, const SPropValue *const *values,
                    BYTE **key, ULONG *size);
/* A number that is the same for all who order text alike (locale, Wine's tables); kept with
 * views. */
ULONG db_collation(void);

/* -------------------------------------------------------------------------- restrictions (match.c)
 *
 * As core/restrict.c has them, and over what stands in the object: recipients, attachments, long
 * text. The caller has seen to restriction_check. RES_COUNT around all is the caller's as well. */

/* Every property, also those that the object has not stored, may be given by the caller: NULL:
 * as stored. */
typedef BOOL (*db_computed)(void *context, struct db_txn *txn, const struct db_object *object,
                            ULONG tag, SPropValue *value);

struct db_match
{
    const SRestriction *restriction;
    db_computed computed;       /* may be NULL */
    void *context;
};

HRESULT db_match_object(struct db_txn *txn, const struct db_match *match, LONGLONG object,
                        BOOL *ret);
/* Rows of a view that match, in its order, from behind a row on. row returns S_OK to go on;
 * anything else is what db_view_match then returns. All at once (after NULL, max 0) is much cheaper
 * than in steps. At most max rows are looked at (0: all), *last is where it ended: platform_free
 * its key; *done: there is no more. */
HRESULT db_view_match(struct db_txn *txn, LONGLONG view, const struct db_match *match,
                      const struct db_row *after, ULONGLONG max,
                      HRESULT (*row)(void *context, const struct db_row *row), void *context,
                      struct db_row *last, BOOL *done);

/* ------------------------------ index of text (fulltext.c, textplan.c, textfind.c, textfirst.c) */

/* Rows whose keys begin with no more than that; size 0: all. */
struct db_bound
{
    ULONG size;
    BYTE key[16];
};

/* Rows of a view that match, in no order; row returns S_OK. In a transaction that reads. At least
 * as many as are wanted (~0: all) of the first, all up to a bound, and perhaps some behind it.
 * S_FALSE: the index does not say which, or reading the view until they are found takes less; what
 * was given by then is not all. */
HRESULT db_text_match(struct db_txn *txn, LONGLONG view, const struct db_match *match,
                      ULONGLONG wanted, HRESULT (*row)(void *context, const struct db_row *row),
                      void *context, struct db_bound *bound);
#define DB_TEXT_AT_ONCE 4096            /* for who searches: a second or two at worst */

/* Indexes at most max of the messages that are not yet, if nobody writes just now. */
HRESULT db_text_update(struct db *db, ULONG max);
/* Whether that would do anything. */
HRESULT db_text_waits(struct db_txn *txn, BOOL *ret);

/* ----------------------------------------------------------------------- search folders (search.c)
 *
 * Their results are links (db_link) in the DB_LIST_CONTENTS of the search folder, kept right with
 * every commit. */

#define DB_SEARCH_RECURSIVE 0x01
#define DB_SEARCH_RUNNING   0x02        /* kept up to date; without it results stay as they are */
#define DB_SEARCH_COMPLETE  0x04        /* what was there from the start has been looked at */

HRESULT db_search_set(struct db_txn *txn, LONGLONG folder, const SRestriction *restriction,
                      ULONG scope_count, const LONGLONG *scope, ULONG flags);
/* restriction comes as one block of allocators (NULL: none was set: MAPI_E_NOT_INITIALIZED);
 * scope: platform_free. */
HRESULT db_search_get(struct db_txn *txn, LONGLONG folder, const struct mapi_allocators *allocators,
                      SRestriction **restriction, ULONG *scope_count, LONGLONG **scope,
                      ULONG *flags);
/* What is known between the steps of one that looks: all zero at first, db_filling_free at last. */
struct db_filling
{
    BOOL by_reading;            /* the index of text is of no use */
    BYTE *criteria;             /* that it was asked with */
    size_t criteria_size;
    LONGLONG *ids;              /* that it named */
    size_t count, at;
    LONGLONG next;              /* what the search says when the last step was this one's */
};

/* Looks at the next messages of the scope in a transaction of its own; *done: complete. */
HRESULT db_search_step(struct db *db, LONGLONG folder, ULONG max, struct db_filling *filling,
                       BOOL *done);
void db_filling_free(struct db_filling *filling);

/* --------------------------------------------------------------------------- changes (change.c) */

#define DB_CHANGE_CREATED   0x01
#define DB_CHANGE_MODIFIED  0x02
#define DB_CHANGE_MOVED     0x04
#define DB_CHANGE_DELETED   0x08
#define DB_CHANGE_COPIED    0x10        /* created as a copy of source */
#define DB_CHANGE_LINKED    0x20        /* object now also stands in parent's list */
#define DB_CHANGE_UNLINKED  0x40        /* from old_parent's old_list */
#define DB_CHANGE_SEARCH    0x80        /* a search folder's criteria, or its search is complete */

struct db_change
{
    ULONGLONG sequence;         /* grows by one */
    ULONG what;
    ULONG kind;
    LONGLONG object;
    LONGLONG parent;            /* where it is now; deleted: was */
    ULONG list;
    ULONG old_list;
    LONGLONG old_parent;
    LONGLONG source;
};

/* The newest change that this transaction sees. */
HRESULT db_change_last(struct db_txn *txn, ULONGLONG *sequence);
/* Those after a sequence, at most max; *lost: some before were pruned: look at everything anew.
 * platform_free. */
HRESULT db_changes(struct db_txn *txn, ULONGLONG after, ULONG max, struct db_change **changes,
                   ULONG *count, BOOL *lost);
/* Calls changed on a thread of its own with what was committed, in order, by this process at
 * once, by others within a second; lost: some are missing, count may be 0. db_unlisten waits for
 * a call in progress, unless made from within it. */
HRESULT db_listen(struct db *db,
                  void (*changed)(void *context, ULONG count, const struct db_change *changes,
                                  BOOL lost),
                  void *context, struct db_listener **ret);
void db_unlisten(struct db_listener *listener);

/* --------------------------------------------------------------- small tables and locks (map.c) */

/* Values by name, in spaces of the caller's (receive folders by class, settings). Names are
 * ordered and found without case (ASCII). value: platform_free; MAPI_E_NOT_FOUND. */
HRESULT db_map_get(struct db_txn *txn, ULONG space, const WCHAR *name, BYTE **value, ULONG *size);
HRESULT db_map_set(struct db_txn *txn, ULONG space, const WCHAR *name, const void *value,
                   ULONG size);
HRESULT db_map_remove(struct db_txn *txn, ULONG space, const WCHAR *name);
HRESULT db_map_each(struct db_txn *txn, ULONG space,
                    HRESULT (*each)(void *context, const WCHAR *name, const BYTE *value,
                                    ULONG size),
                    void *context);

/* A lock on an object by owner (a number of the caller's) of this process; it ends with the
 * process. MAPI_E_NO_ACCESS: another owner, or process, has it. */
HRESULT db_lock(struct db_txn *txn, LONGLONG object, ULONGLONG owner);
HRESULT db_unlock(struct db_txn *txn, LONGLONG object, ULONGLONG owner);      /* MAPI_E_NOT_FOUND */
HRESULT db_is_locked(struct db_txn *txn, LONGLONG object, BOOL *locked, BOOL *by_this_process);

/* --------------------------------------------------------------------- maintenance (maintain.c) */

struct db_report
{
    void (*line)(void *context, const char *text);      /* ASCII, without newline */
    void *context;
};

struct db_stats
{
    ULONGLONG file_size, log_size, free_size;
    ULONGLONG objects, views, view_rows, long_values, names, changes;
};

/* problems: how many were told. The file must not be open for db_repair and db_compact
 * elsewhere: MAPI_E_BUSY. */
HRESULT db_check(const WCHAR *path, const struct db_report *report, ULONG *problems);
/* Salvages what decodes into a new file, which takes the old one's place; that is kept as path +
 * .damaged. */
HRESULT db_repair(const WCHAR *path, const struct db_report *report);
/* while others work; MAPI_E_COLLISION */
HRESULT db_backup(const WCHAR *path, const WCHAR *target);
HRESULT db_compact(const WCHAR *path);
HRESULT db_get_stats(const WCHAR *path, struct db_stats *stats);

#endif /* MAPIMS_DB_H */
