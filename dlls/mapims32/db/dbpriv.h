/*
 * Inside the property database
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
 * The file's schema is in sql.c. A row of the table object holds what tables show (head, a blob of
 * small properties); content holds what is longer and the recipients; values of more than
 * VALUE_INLINE bytes stand in pieces in chunk. The encoding of blobs is blob.c's. Rows of views are
 * keyed by sort key, object and instance in one blob, so that memcmp orders them; blocks count them
 * (view.c).
 */

#ifndef MAPIMS_DBPRIV_H
#define MAPIMS_DBPRIV_H

#include <sqlite3.h>

#include "db/db.h"
#include "db/os.h"

#define SCHEMA_VERSION 3
#define APPLICATION_ID 0x4d415049

#define HEAD_VALUE      512             /* bytes a value in the head may have as it is stored */
#define HEAD_ALL        1600
#define VALUE_INLINE    4096            /* more than that is a long value */
#define CONTENT_ALL     16384
#define CHUNK_SIZE      65536
#define MAX_CHUNKS      0x100000        /* of one value: 64 GiB */
#define MAX_DEPTH       128             /* objects inside each other */

/* ------------------------------------------------------------------------------------------------
 * bytes, blob.c */

/* A row of bytes that grows; what is put after memory ran short is lost, and failed says so. */
struct bytes
{
    BYTE *data;
    size_t size;
    size_t room;
    BOOL failed;
};

void bytes_init(struct bytes *bytes);
void bytes_free(struct bytes *bytes);
void bytes_put(struct bytes *bytes, const void *data, size_t size);
void bytes_put_number(struct bytes *bytes, ULONGLONG number); /* of any size, 7 bits a byte */
void bytes_put_fixed(struct bytes *bytes, ULONGLONG number, ULONG size); /* little-endian */

/* What is left to read of a blob from the file: hostile. Reading beyond its end sets bad and gives
 * zeros. */
struct reader
{
    const BYTE *at;
    const BYTE *end;
    BOOL bad;
};

void reader_init(struct reader *reader, const void *data, size_t size);
const BYTE *reader_take(struct reader *reader, size_t size);           /* NULL when bad */
ULONGLONG reader_number(struct reader *reader);
ULONGLONG reader_fixed(struct reader *reader, ULONG size);

/* Text in blobs is UTF-8; lone surrogates are kept as three bytes each. */
void bytes_put_text(struct bytes *bytes, const WCHAR *text, size_t length);
char *text_to_utf8(const WCHAR *text);                  /* platform_alloc */
WCHAR *text_from_utf8(const char *text, size_t size);   /* platform_alloc; NULL when it is none */

#define BLOB_CONTENT 1 /* flags of the head: a row in content has more properties */
#define BLOB_VALUES     2               /* there are long values */

/* One property as it stands in a blob. */
struct stored
{
    ULONG tag;
    const BYTE *data;
    ULONG size;
};

void blob_begin(struct bytes *bytes, ULONG flags);
/* MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_INVALID_TYPE */
HRESULT blob_put(struct bytes *bytes, const SPropValue *value);
HRESULT blob_value(struct bytes *bytes,
                   const SPropValue *value); /* only what blob_put puts after tag and size */
HRESULT blob_open(struct reader *reader, const void *data, size_t size, ULONG *flags);
/* S_FALSE at the end, MAPI_E_CORRUPT_STORE. */
HRESULT blob_next(struct reader *reader, struct stored *stored);
/* Memory the value needs besides its SPropValue, then the value itself with that memory, aligned
 * to 8. */
HRESULT stored_measure(const struct stored *stored, size_t *size);
void stored_decode(const struct stored *stored, void *memory, SPropValue *value);

/* Memory that is freed at once. */
struct arena
{
    struct arena_block *blocks;
    size_t used;
};

void arena_init(struct arena *arena);
void arena_free(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size);    /* aligned to 8 */
BOOL arena_reserve(struct arena *arena, size_t size);   /* room for what comes next */
void arena_clear(struct arena *arena);                  /* keeps room for the next */

/* ---------------------------------------------------------------------------------------------
 * connections, open.c */

#include "db/sql.h"

struct connection
{
    sqlite3 *handle;
    sqlite3_stmt *statements[SQL_COUNT];
    struct connection *next;
    BOOL lazy;                          /* synchronous is NORMAL, not FULL */
};

/* The path of a file beside it: platform_alloc. */
WCHAR *path_with(const WCHAR *path, const WCHAR *end);

struct default_view
{
    ULONG list;
    ULONG count;
    struct db_sort columns[4];
};

#define MAX_DEFAULT_VIEWS 16
#define MAX_IDLE 4

struct db
{
    LONG refs;
    struct db *next;                    /* of all that are open, under the global lock */
    WCHAR *path;
    char *name;                         /* the same for SQLite */
    ULONG use;
    BOOL read_only;
    BOOL fulltext;                      /* it has an index of text */
    MAPIUID uid;

    struct os_event *writer;            /* set: nobody writes */
    ULONG writer_thread;                /* who began the write transaction */
    struct os_lock *lock;               /* what follows */
    struct connection *idle;
    ULONG idle_count;
    struct default_view defaults[MAX_DEFAULT_VIEWS];
    ULONG default_count;
    struct db_name *names;              /* names.c */
    ULONG name_count, name_room;
    struct watcher *watcher;            /* change.c; NULL: nobody listens */
};

struct db_txn
{
    struct db *db;
    struct connection *connection;
    BOOL write;
    BOOL failed;                        /* it can only be rolled back */
    HRESULT error;
    ULONG savepoints;
    BOOL numbered;                      /* sequence and top are known */
    ULONGLONG sequence;                 /* of the newest change */
    LONGLONG top;                       /* the highest id ever given */
    BOOL changed;
    ULONGLONG first_sequence;           /* when it began */
    BOOL names_added;
    ULONG noted;                        /* messages whose text is to be indexed anew */
};

/* --- sql.c --- */
HRESULT sql_error(int rc);
extern const char schema_sql[], schema_text_sql[], schema_time_sql[], empty_text_sql[],
                  reset_text_sql[];
/* Values by types: i LONGLONG, u ULONG, b const void * and size_t, B the same (NULL is an empty
 * blob), t const char *. */
HRESULT sql_open(struct db_txn *txn, enum sql id, sqlite3_stmt **ret, const char *types, ...);
HRESULT sql_step(struct db_txn *txn,
                 sqlite3_stmt *statement); /* S_OK: a row; S_FALSE: no more, reset */
void sql_close(sqlite3_stmt *statement);
HRESULT sql_run(struct db_txn *txn, enum sql id, const char *types, ...); /* that returns no row */
/* A statement that returns one number: S_FALSE when it has no row. */
HRESULT sql_number(struct db_txn *txn, enum sql id, LONGLONG *ret, const char *types, ...);
HRESULT sql_exec(struct db_txn *txn, const char *text);
HRESULT txn_fail(struct db_txn *txn,
                 HRESULT hr); /* remembers it: the transaction will not commit */
HRESULT txn_check_write(struct db_txn *txn);

/* --- open.c --- */
HRESULT connection_open(const char *name, BOOL read_only, struct connection **ret);
void connection_close(struct connection *connection);
HRESULT connection_take(struct db *db, struct connection **ret);
void connection_give(struct db *db, struct connection *connection);

/* --- props.c --- */
struct entry
{
    ULONG tag;
    SPropValue value;
    void *block;                        /* of one that was set; NULL: the value is in the arena */
    struct db_stream *stream;           /* a long value */
    LONGLONG stored;                    /* the value in the file that holds it, 0: none yet */
};

struct db_props
{
    ULONG count;
    ULONG room;
    struct entry *entries;
    BOOL changed;
    struct arena arena;                 /* of values that came with others */
};

HRESULT props_add_blob(struct db_props *props, const void *data, ULONG size);
HRESULT props_add_long(struct db_props *props, struct db *db, ULONG tag, LONGLONG value,
                       ULONGLONG size);

/* --- stream.c --- */
HRESULT stream_open_value(struct db *db, LONGLONG value, ULONGLONG size, struct db_stream **ret);
/* The stream's bytes as a new value of an object. */
HRESULT stream_save(struct db_txn *txn, LONGLONG object, ULONG tag, struct db_stream *stream,
                    LONGLONG *value);
HRESULT bytes_save(struct db_txn *txn, LONGLONG object, ULONG tag, const void *data, size_t size,
                   LONGLONG *value);
HRESULT value_copy(struct db_txn *txn, LONGLONG value, LONGLONG object, ULONG tag, ULONGLONG size);
HRESULT value_delete(struct db_txn *txn, LONGLONG value);
/* All of a value in one block of the arena; longer than max: MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT value_read(struct db_txn *txn, LONGLONG value, ULONGLONG size, size_t max,
                   struct arena *arena, BYTE **ret);
HRESULT value_read_at(struct db_txn *txn, LONGLONG value, ULONGLONG offset, void *data, ULONG size);

/* --- object.c: the properties of an object where they stand, read as they are asked for --- */
struct source
{
    struct db_txn *txn;
    struct db_object object;
    struct arena arena;
    const BYTE *head;
    ULONG head_size;
    ULONG flags;
    const BYTE *content;                /* NULL before it is asked for */
    ULONG content_size;
    BOOL content_read;
    ULONGLONG room[128];                /* where most heads have room */
};

/* MAPI_E_OBJECT_DELETED */
HRESULT source_open(struct source *source, struct db_txn *txn, LONGLONG id);
void source_close(struct source *source);
/* One after another, from a statement that has the columns of SQL_OBJECT_GET from one on: each is
 * good until the statement is stepped or the next is taken. source_close at the end. */
void source_begin(struct source *source, struct db_txn *txn);
HRESULT source_take(struct source *source, sqlite3_stmt *statement, int column, LONGLONG id);
/* S_FALSE: not there; *size of a long value, whose id is then in *value. */
HRESULT source_find(struct source *source, ULONG tag, struct stored *stored, LONGLONG *value,
                    ULONGLONG *size);
/* The property as a value in the source's arena; long ones up to max bytes (cut: of them only so
 * much, else MAPI_E_NOT_ENOUGH_MEMORY). S_FALSE: not there. */
HRESULT source_value(struct source *source, ULONG tag, size_t max, BOOL cut, SPropValue *value);
HRESULT object_row(struct db_txn *txn, LONGLONG id, struct db_object *info);
/* The row alone, with its id and times, in place of one that has the id (repair.c). */
HRESULT object_restore(struct db_txn *txn, const struct db_object *object, struct db_props *props,
                       struct db_props *const *recipients, ULONG recipient_count);
HRESULT tally_add(struct db_txn *txn, LONGLONG parent, ULONG list, int total, int marked);

/* --- view.c --- */
/* An object's rows in all views that it stands in, before and after a change. */
struct placing;
HRESULT placing_create(struct db_txn *txn, struct placing **ret);
void placing_free(struct placing *placing);
/* before FALSE: as it is afterwards. Objects that stand nowhere need no call. */
HRESULT placing_note(struct placing *placing, struct source *source, BOOL before);
HRESULT placing_apply(struct placing *placing);
HRESULT views_delete(struct db_txn *txn, LONGLONG parent);             /* all of a parent's */
HRESULT views_begin_list(struct db_txn *txn, LONGLONG parent, ULONG list); /* its first row comes */

/* What a view is of; columns: room for DB_VIEW_MAX_COLUMNS. MAPI_E_NOT_FOUND */
HRESULT view_of(struct db_txn *txn, LONGLONG view, LONGLONG *parent, ULONG *list,
                struct db_sort *columns, ULONG *count);

/* --- key.c --- */
/* The rows of an object in a view as composite keys, one after another: keys->size is 0 at first;
 * each is put as its size (4 bytes) and its bytes. */
HRESULT keys_of_source(ULONG count, const struct db_sort *columns, struct source *source,
                       struct bytes *keys);
/* The same, in room that serves for many: sortkey_init before, sortkey_destroy after all. */
HRESULT keys_with(struct sortkey *key, ULONG count, const struct db_sort *columns,
                  struct source *source, struct bytes *keys);
#define KEY_TAIL 10                     /* object and instance behind the sort key */
void key_tail(BYTE *tail, LONGLONG object, ULONG instance);
BOOL key_split(const BYTE *key, size_t size, struct db_row *row);

/* --- change.c --- */
HRESULT change_numbers(struct db_txn *txn);
HRESULT change_add(struct db_txn *txn, ULONG what, const struct db_object *now, LONGLONG old_parent,
                   ULONG old_list, LONGLONG source);
HRESULT object_new_id(struct db_txn *txn, LONGLONG *id);
void changes_committed(struct db *db);

/* --- search.c --- */
/* The object is new, or has changed or moved: the search folders that it may have to do with. */
HRESULT search_object(struct db_txn *txn, struct source *source);
/* A folder has moved: searches through folders and what is below them begin anew. */
HRESULT search_hierarchy(struct db_txn *txn);
HRESULT search_delete(struct db_txn *txn, LONGLONG folder);

/* --- object.c, for search.c and change of links --- */
HRESULT links_remove_all(struct db_txn *txn, const struct db_object *object);

/* --- match.c --- */
struct matcher
{
    struct db_match match;
    ULONG count;
    ULONG room;
    ULONG *tags;                        /* that the restriction asks for */
};

HRESULT matcher_init(struct matcher *matcher, const struct db_match *match);
void matcher_free(struct matcher *matcher);
int compare_ids(const void *a, const void *b);
HRESULT matcher_test(struct matcher *matcher, struct source *source, BOOL *ret);

/* --- fulltext.c --- */
/* The text of a message, or the name of an attachment, is new or has changed. */
HRESULT fulltext_note(struct db_txn *txn, const struct db_object *object);
HRESULT fulltext_forget(struct db_txn *txn, LONGLONG id);
/* What is stored of the properties that the index is made of, to compare. */
HRESULT fulltext_stored(struct source *source, struct bytes *bytes);
/* Before a commit. */
HRESULT fulltext_keep_up(struct db_txn *txn);
/* Indexes all that waits, and makes one piece of the index; one that is damaged or has too much in
 * it is made anew. */
HRESULT fulltext_compact(struct db_txn *txn);
/* Forgets all, and has it indexed again by and by. */
HRESULT fulltext_reset(struct db_txn *txn);
HRESULT fulltext_is_ours(struct db_txn *txn, BOOL *ret); /* of letters folded as here */

/* --- fulltext.c, for textplan.c and textcheck.c --- */
extern const ULONG fulltext_message_tags[], fulltext_recipient_tags[], fulltext_attachment_tags[];
#define FULLTEXT_CUT 1                  /* in place of what cannot be looked for */
/* What the next character of a text, of so many units, is indexed as: at most 8 letters. */
ULONG fulltext_letters(const WCHAR *text, size_t length, ULONG *units, WCHAR *ret);
void fulltext_put(struct bytes *bytes, WCHAR letter);
/* All that is indexed of a message, as the index has it. S_FALSE: there is more. */
HRESULT fulltext_text(struct source *source, struct bytes *bytes);
/* When it was delivered, as a view orders it. S_FALSE: nobody knows. */
HRESULT fulltext_time(struct source *source, LONGLONG *time);

/* --- textplan.c --- */
#define FULLTEXT_WAITING 4096           /* more messages than that not indexed: no use */
/* What FTS5 is asked for, as text: all that match have it. S_FALSE: the index is of no use. */
HRESULT fulltext_plan(struct db_txn *txn, const SRestriction *restriction, struct bytes *plan);
/* The same for a list, which has so many messages. */
HRESULT fulltext_plan_list(struct db_txn *txn, LONGLONG parent, ULONG list,
                           const SRestriction *restriction, struct bytes *plan, ULONG *total);

/* --- textfirst.c --- */
/* The first messages of a list in the order of their delivery that match, as many as are wanted, or
 * all; not those alone. S_FALSE as below. */
HRESULT fulltext_first(struct db_txn *txn, LONGLONG parent, ULONG list, BOOL descending,
                       ULONGLONG wanted, struct matcher *matcher,
                       HRESULT (*found)(void *context, struct source *source), void *context,
                       struct db_bound *bound);

/* --- textfind.c --- */
/* Messages of a list that match, each while its source is good, in no order. S_FALSE: the index
 * does not say, or the first ones of a list, as many as are wanted (~0: all), are sooner found by
 * reading it; others than were given may match. */
HRESULT fulltext_each(struct db_txn *txn, LONGLONG parent, ULONG list, ULONGLONG wanted,
                      struct matcher *matcher,
                      HRESULT (*found)(void *context, struct source *source), void *context);
/* Those of them that are not indexed. */
HRESULT fulltext_each_unknown(struct db_txn *txn, LONGLONG parent, ULONG list,
                              struct matcher *matcher,
                              HRESULT (*found)(void *context, struct source *source),
                              void *context);
/* Messages anywhere with ids above after, ordered: all that match are among them. S_FALSE: the
 * index does not say, or there are more than max. */
HRESULT fulltext_candidates(struct db_txn *txn, LONGLONG after, ULONGLONG max,
                            const SRestriction *restriction, struct bytes *ids);
/* --- textcheck.c --- */
/* Tells the messages that the index does not have as they are. *damaged: it cannot be read. */
HRESULT fulltext_check(struct db_txn *txn, void (*missing)(void *context, LONGLONG object),
                       void *context, BOOL *damaged);

/* --- names.c --- */
void names_free(struct db *db);
void names_forget(struct db *db);

#endif /* MAPIMS_DBPRIV_H */
