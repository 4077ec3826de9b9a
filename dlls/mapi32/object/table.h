/*
 * Inside of tables: data, rows, views
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
 * ITableData and its views, which are IMAPITable. One lock, the data's, guards the data and all its
 * views; nothing is called out under it, allocators included: what a call returns is picked under the
 * lock as references to values that never change, and copied after it. What a row is made of:
 *
 *   table_row   a row's identity: its place in insertion order, its place in the index, its values
 *   row_values  its values at one time; immutable and counted, replaced as a whole
 *   view_node   its place in one view, or one of several when a multi-valued column is expanded there;
 *               also the heading of a category. Rows know their nodes, so a change of a row costs each
 *               view a removal and an insertion in a counted tree.
 *
 * A view is built when something needs its rows. Built, it follows every change; not built, changes
 * cost it nothing.
 */

#ifndef MAPI32_TABLE_H
#define MAPI32_TABLE_H

#include "core/ostree.h"
#include "object/notify.h"

struct row_values
{
    LONG refs;
    ULONG count;
    SPropValue props[1];
};

struct column_set
{
    LONG refs;
    ULONG count;
    ULONG tags[1];
};

struct table_view;
struct key_chunk;
struct alike_index;

struct table_row
{
    struct ostree_node place;           /* among the rows of the data, in insertion order */
    ULONGLONG label;                    /* grows along that order */
    struct table_row *hash_next;
    ULONG hash;                         /* of the value of the index column */
    struct row_values *values;
    struct view_node *nodes;            /* where the row stands in the views */
};

#define NODE_BOOKMARKED 1               /* a bookmark, perhaps more, stands here */
#define NODE_EXPANDED   2               /* a heading whose members show */
#define NODE_UNREAD     4               /* a row counted as unread in its categories */
#define NODE_OWN_KEY    8               /* its key is a block of its own */

#define TABLE_MAX_SORTS 64
/* After so many rows the building of a view looks whether it is to stop. */
#define STOP_INTERVAL 0x1000

struct view_node
{
    struct ostree_node place;           /* in the view; hidden while a heading above is collapsed */
    struct table_view *view;
    struct table_row *row;              /* NULL: the heading of a category */
    struct view_node *row_next;         /* the same row's next place, in any view */
    struct view_node *heading;          /* the innermost category it belongs to, or NULL */
    BYTE *key; /* sort key; a heading's is that of its category columns. Behind
                                         * it stands, for each level of categories, where its part ends. */
    ULONG key_size;
    ULONG instance; /* which combination of multiple values; a heading's number */
    USHORT flags;
    USHORT depth;                       /* 0 at the left */
};

struct view_heading
{
    struct view_node node;
    ULONG leaves;                       /* rows in the category, at any depth */
    ULONG unread;                       /* those of them that are unread messages */
    struct row_values *sample; /* a row that was in it: the values of the category columns */
    /* Where the categories are ranked by the least or greatest value in them: */
    struct ostree_node by_key;          /* among the headings */
    BYTE *rank; /* that value's sort key, ascending; NULL: none has a value */
    ULONG rank_size;
    struct row_values *best;            /* a row that has it */
};

/* A sort key being made, with where the parts of the levels of categories end. */
struct view_key
{
    struct sortkey key;
    ULONG ends[TABLE_MAX_SORTS];
};

/* What SetColumns, Restrict or SortTable sets. */
struct view_settings
{
    ULONG kind; /* TBLSTAT_SETTING_COLS, TBLSTAT_RESTRICTING or TBLSTAT_SORTING */
    struct column_set *columns;
    SRestriction *restriction;          /* NULL: none */
    SSortOrderSet *sort;                /* NULL: unsorted */
};

struct view_bookmark
{
    BOOKMARK id;
    struct view_node *node;             /* NULL: behind the last row */
    BOOL moved;                         /* since its last use, its row went or was collapsed */
};

/* A notification on its way to a view's sinks, with all that it points to. */
struct table_event
{
    struct table_event *next;
    struct table_view *view;            /* held only while it is being delivered */
    NOTIFICATION notification;
};

struct table_data
{
    ITableData ITableData_iface;
    LONG refs;
    LONG holds;                         /* on the memory: one while refs last, one a worker */
    CRITICAL_SECTION cs;
    struct mapi_allocators allocators;
    ULONG type;                         /* TBLTYPE_ */
    ULONG index_tag;
    BOOL unicode;                       /* strings are kept as PT_UNICODE whatever they came as */
    ULONG *columns;                     /* all that are available, in order of appearance */
    ULONG column_count;
    ULONG column_room;
    struct ostree rows;
    struct table_row **buckets;         /* by hash of the index column; a power of two of them */
    ULONG bucket_count;
    struct alike_index *alike; /* NULL: FindRow has not needed it yet, or memory was short */
    struct table_view *views;
    ULONG next_view;                    /* number of the next view, in the keys it makes up */
    MAPIUID uid;                        /* of this table, in keys it makes up */
    struct table_event *first_event;
    struct table_event *last_event;
    BOOL delivering;                    /* a thread takes events off the queue, in order */
};

/* Where a view's leaves lie. */
struct leaf_pool
{
    struct node_chunk *chunks;
    struct view_node *free;             /* linked by row_next */
};

struct table_view
{
    IMAPITable IMAPITable_iface;
    LONG refs;
    LONG holds; /* on the memory: one while refs last, one while an event is delivered */
    struct table_data *data;            /* counted while refs last */
    struct table_view *next;
    struct table_view *prev;
    ULONG number;
    ULONG string_type; /* PT_UNICODE or PT_STRING8 when the view has a width; else 0 */
    CALLERRELEASE *release;
    ULONG_PTR release_data;
    BOOL dying; /* its last reference went; the release callback may still look */
    struct sink_list *sinks;
    struct column_set *columns;
    ULONG mvi_count;                    /* multi-valued columns of which each value makes a row */
    ULONG *mvi_tags;
    SSortOrderSet *sort;                /* NULL: unsorted */
    SRestriction *restriction;          /* NULL: none */
    ULONG matches_left;                 /* when the restriction is a count at its root */
    LONG volatile status;               /* TBLSTAT_; set under the lock, read without */
    struct view_settings *pending;      /* of an asynchronous operation that has not begun */
    BOOL running;                       /* it has */
    LONG volatile operation;            /* number of the newest one */
    LONG volatile to_stop;              /* number of the one that was told to stop */
    LONG was_stopped;                   /* number of the last one that did */
    HANDLE done;                        /* set while none is in progress; NULL before the first */
    BOOL built;
    BOOL touched;                       /* by the change of many rows that is going on */
    BOOL ranked; /* TABLE_SORT_CATEG_MIN or _MAX is in the order it was built in */
    struct ostree nodes;
    struct ostree headings;             /* when it is ranked, by key */
    struct leaf_pool leaves;
    struct key_chunk *keys;             /* of its nodes, but those with NODE_OWN_KEY */
    struct view_node *cursor;           /* the next row to read; NULL: behind the last */
    struct view_bookmark *bookmarks;
    ULONG bookmark_count;
    ULONG bookmark_room;
    BOOKMARK next_bookmark;
    ULONG next_heading;
};

static inline struct table_view *impl_from_IMAPITable(IMAPITable *iface)
{
    return CONTAINING_RECORD(iface, struct table_view, IMAPITable_iface);
}

/* table.c */
extern const struct mapi_allocators table_internal_allocators;  /* what never leaves the table */
struct table_data *table_data_from_iface(ITableData *iface);
void table_data_lock(struct table_data *data);
/* Unlocks, then delivers what was queued, unless another thread is at it already. */
void table_data_unlock(struct table_data *data);
void table_data_drop(struct table_data *data);          /* a hold */
struct table_row *table_data_find(struct table_data *data, const SPropValue *index);
struct table_row *table_data_find_bytes(struct table_data *data, const BYTE *bytes, size_t size);

/* tablealike.c: rows by an index column of strings. The lock is held. */
void alike_drop(struct table_data *data);
void alike_insert(struct table_data *data,
                  struct table_row *row); /* these two cost nothing before the first */
void alike_remove(struct table_data *data, const struct table_row *row);  /* alike_find */
/* The first row from a position on, or the last before it, that a test for equality with the index
 * column finds; NULL: none. FALSE: memory is short, and nothing is known. */
BOOL alike_find(struct table_view *view, const SRestriction *restriction, ULONG position,
                BOOL backward, struct view_node **ret);

/* tablerow.c: values and columns */
HRESULT row_values_create(const struct table_data *data, ULONG count, const SPropValue *props,
                          struct row_values **ret);
/* From values that are whole already, in the widths they have. */
HRESULT row_values_pack(ULONG count, const SPropValue *props, struct row_values **ret);
struct row_values *row_values_addref(struct row_values *values);
void row_values_release(struct row_values *values);             /* NULL is fine */
/* The value a column shows, NULL when there is none; *hint is where it stood last time. */
const SPropValue *row_values_find(const struct row_values *values, ULONG tag, ULONG *hint);
const SPropValue *row_values_index(const struct table_data *data, const struct row_values *values);
HRESULT column_set_create(ULONG count, const ULONG *tags, ULONG string_type,
                          struct column_set **ret);
struct column_set *column_set_addref(struct column_set *set);
void column_set_release(struct column_set *set);
/* The bytes a row takes in these columns besides its array of SPropValue, and the row itself. */
size_t row_project_size(const struct row_values *values, const struct column_set *columns);
BYTE *row_project(const struct row_values *values, const struct column_set *columns,
                  SPropValue *dst, BYTE *mem);
HRESULT row_project_alloc(const struct mapi_allocators *allocators, const struct row_values *values,
                          const struct column_set *columns, SRow *ret);
ULONG index_hash(const SPropValue *index);
BOOL index_equal(const SPropValue *a, const SPropValue *b);
/* The bytes that tell one index value from another, and their hash. */
const BYTE *index_bytes(const SPropValue *index, size_t *size);
ULONG index_hash_bytes(const BYTE *bytes, size_t size);

/* tablesettings.c; the lock is held for view_apply_settings */
void view_settings_clear(struct view_settings *settings);
/* Which multi-valued columns make a row of each value, in these columns and that order. */
HRESULT view_find_mvi_tags(const struct column_set *columns, const SSortOrderSet *sort,
                           ULONG **tags, ULONG *count);
/* Makes the rows anew, or has them made when they are needed (TBL_BATCH). Afterwards the settings
 * hold what is to be freed: what the view had, or on failure what it was to have. */
HRESULT view_apply_settings(struct table_view *view, struct view_settings *settings, ULONG flags);
HRESULT view_check_restriction(const SRestriction *restriction);
HRESULT sort_order_check(const SSortOrderSet *sort);
HRESULT sort_order_copy(const SSortOrderSet *sort,
                        SSortOrderSet **ret); /* NULL for an order of no columns */
HRESULT WINAPI table_view_SetColumns(IMAPITable *iface, SPropTagArray *tags, ULONG flags);
HRESULT WINAPI table_view_QueryColumns(IMAPITable *iface, ULONG flags, SPropTagArray **ret);
HRESULT WINAPI table_view_Restrict(IMAPITable *iface, SRestriction *restriction, ULONG flags);
HRESULT WINAPI table_view_SortTable(IMAPITable *iface, SSortOrderSet *sort, ULONG flags);
HRESULT WINAPI table_view_QuerySortOrder(IMAPITable *iface, SSortOrderSet **ret);

/* tableasync.c */
/* The lock, or MAPI_E_BUSY at once while an operation is in progress. */
HRESULT view_enter(struct table_view *view);
/* The lock, with the operation done. */
void view_enter_finished(struct table_view *view);
/* The lock is held. Takes over what the settings hold, if it succeeds; then it is to be
 * submitted. */
HRESULT view_start_operation(struct table_view *view, struct view_settings *settings);
/* Gives it to a worker; the lock is not held. */
void view_submit_operation(struct table_view *view);
/* The lock, with the operation ended one way or the other. */
void view_stop_operation(struct table_view *view);
/* The lock is held: is the operation that runs to stop? */
BOOL view_stopped(const struct table_view *view);
HRESULT WINAPI table_view_GetStatus(IMAPITable *iface, ULONG *status, ULONG *type);
HRESULT WINAPI table_view_Abort(IMAPITable *iface);
HRESULT WINAPI table_view_WaitForCompletion(IMAPITable *iface, ULONG flags, ULONG timeout,
                                            ULONG *status);

/* tablesort.c: keys of nodes, and putting them in order. The lock is held. */
/* Frees the keys that nodes have in chunks. */
void key_chunks_free(struct key_chunk *chunks);
/* The value of a row in a sort column, NULL when it has none there. */
const SPropValue *view_sort_value(const struct table_view *view, const struct row_values *values,
                                  const SSortOrder *order);
BOOL view_make_key(const struct table_view *view, const struct row_values *values,
                   struct view_key *key);
/* Copies a key for a node, into the chunks or a block of its own (chunks NULL). */
BOOL view_set_key(struct view_node *node, const struct view_key *key, struct key_chunk **chunks);
/* By their keys, or by the ranks of their headings first. Into words, unless it is NULL, goes one
 * for each. */
HRESULT view_sort_nodes(struct table_view *view, struct view_node **nodes, ULONG count,
                        BOOL by_rank, ULONGLONG *words);
/* What stands beside a node in a tree of them with words: nodes whose words differ are in their
 * order. */
ULONGLONG view_place_word(const struct view_node *node);
/* Built, and only its sort order has changed: puts its nodes in order. On failure all is as it
 * was. */
HRESULT view_resort(struct table_view *view);

/* tableorder.c: the rows of a view in their order. The lock is held. */
HRESULT view_build(struct table_view *view);            /* S_OK when it is built already */
/* Builds anew for changed settings; on failure the old rows stay. Cursor and bookmarks start
 * afresh. */
HRESULT view_rebuild(struct table_view *view);
void view_clear(struct table_view *view);
ULONG view_instances(const struct table_view *view, const struct row_values *values);
/* What a node shows, a new reference. */
HRESULT view_node_values(const struct view_node *node, struct row_values **ret);
struct view_node *view_node_from_place(struct ostree_node *place);
struct view_node *view_prev_visible(const struct view_node *node);
/* Room for the key that tells a node of this view from all others; payload is copied behind it. */
#define INSTANCE_KEY_START (sizeof(MAPIUID) + 2 * sizeof(ULONG))
#define INSTANCE_HEADING 0x80000000u    /* in the number: it is a heading's */
BYTE *view_make_instance_key(const struct table_view *view, ULONG number, const BYTE *payload,
                             size_t size);
struct view_node *view_create_heading(struct table_view *view);
void view_free_node(struct view_node *node);            /* one that is not in the tree */
/* FALSE: memory is short. view_place_node is for a node that room was reserved for. */
BOOL view_insert_node(struct table_view *view, struct view_node *node, BOOL visible);
void view_place_node(struct table_view *view, struct view_node *node, BOOL visible);
/* view_node_compare of what is a node, for searches. */
int view_compare_place(const void *node, const struct ostree_node *place);
/* Takes a node out of the tree, its row and every position, and frees it. */
void view_remove_node(struct table_view *view, struct view_node *node);
int view_node_compare(const struct view_node *a, const struct view_node *b);
struct view_node *view_find_instance(struct table_view *view, ULONG size, const BYTE *key);
void view_forget_bookmarks(struct table_view *view);
/* A row came, went (after NULL) or has other values now. With each set, queues a notification;
 * without, sets view->touched when anything that shows has changed. */
void view_row_changed(struct table_view *view, struct table_row *row, struct row_values *after,
                      BOOL each);
/* Memory is short: the view is emptied, to be built when it is next read. */
void view_give_up(struct table_view *view);

/* Something about a node that shows has changed; each: there is an event for it. */
void view_note_change(struct table_view *view, ULONG event, const struct view_node *node,
                      BOOL each);

/* tablecategory.c: headings. The lock is held. */
ULONG view_levels(const struct table_view *view);       /* of categories */
/* Does the part of a level end with this sort column? */
BOOL view_level_ends(const struct table_view *view, ULONG column);
struct view_node *view_heading_by_key(struct table_view *view, const BYTE *key, ULONG size);
/* Puts a new leaf under its headings, made where there are none, and into the tree. */
HRESULT view_attach_leaf(struct table_view *view, struct view_node *leaf, BOOL each);
/* Takes it from its headings; those that are empty then go. It stays in the tree. */
HRESULT view_detach_leaf(struct table_view *view, struct view_node *leaf, BOOL each);
/* The row has other values, but is where it was. */
HRESULT view_update_leaf(struct table_view *view, struct view_node *leaf, BOOL each);
/* Makes headings for leaves in order, and puts them among these. */
HRESULT view_add_headings(struct table_view *view, struct view_node ***nodes, ULONG *count);
void view_hide_collapsed(struct table_view *view);
HRESULT view_heading_values(const struct view_node *node, struct row_values **ret);
ULONG view_set_expanded(struct table_view *view, struct view_node *heading,
                        BOOL expanded); /* nodes affected */
HRESULT view_save_state(struct table_view *view, const struct view_node *at, BYTE **ret,
                        ULONG *size);
HRESULT view_restore_state(struct table_view *view, const BYTE *state, ULONG size,
                           struct view_node **at);

/* tablerank.c: categories ranked by a value in them. The lock is held. */
BOOL view_is_ranked(const struct table_view *view);
/* By the ranks of the outermost headings that two nodes do not share: 0 with these set when they
 * are alike in them, 0 with nothing set when there are none. */
int view_compare_headings(const struct view_node *a, const struct view_node *b,
                          const struct view_node **at_a, const struct view_node **at_b);
struct view_node *rank_find_heading(struct table_view *view, const BYTE *key, ULONG size);
BOOL rank_add_heading(struct table_view *view, struct view_node *heading);
void rank_remove_heading(struct table_view *view, struct view_node *heading);
/* Takes the leaf into account in a heading that is not in the tree. */
HRESULT rank_leaf(struct view_node *heading, const struct view_node *leaf, BOOL *changed);
/* The same in one that is: the category may move. */
HRESULT rank_join(struct view_node *heading, const struct view_node *leaf, BOOL each);
/* From all leaves below it, but perhaps one. */
HRESULT rank_again(struct view_node *heading, const struct view_node *except, BOOL each);

/* tablenotify.c: events. The lock is held. */
BOOL view_has_sinks(const struct table_view *view);
void view_queue_event(struct table_view *view, ULONG event, HRESULT hr);
/* Of one row: values are what it shows, prior the visible node before it. */
void view_queue_row_event(struct table_view *view, ULONG event, const struct row_values *values,
                          const struct view_node *prior);
void view_drop_events(struct table_view *view);
void table_data_deliver(struct table_data *data);       /* the lock is not held */

/* tableread.c */
/* Rows taken from a view under the lock, to be copied for the caller after it. */
struct picked_rows
{
    struct column_set *columns;
    struct row_values **values;
    ULONG count;
};

/* The lock is held for these two. The first row from a position on, or the last before it, becomes
 * current. */
HRESULT view_find_row(struct table_view *view, const SRestriction *restriction, ULONG position,
                      BOOL backward);
HRESULT view_pick_rows(struct table_view *view, struct ostree_node *place, ULONG count,
                       struct picked_rows *picked);
void picked_drop(struct picked_rows *picked);
HRESULT picked_out(const struct mapi_allocators *allocators, const struct picked_rows *picked,
                   SRowSet **ret);

/* tablecollapse.c */
HRESULT WINAPI table_view_ExpandRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG count,
                                    ULONG flags, SRowSet **ret, ULONG *added);
HRESULT WINAPI table_view_CollapseRow(IMAPITable *iface, ULONG size, BYTE *key, ULONG flags,
                                      ULONG *removed);
HRESULT WINAPI table_view_GetCollapseState(IMAPITable *iface, ULONG flags, ULONG key_size,
                                           BYTE *key, ULONG *size, BYTE **ret);
HRESULT WINAPI table_view_SetCollapseState(IMAPITable *iface, ULONG flags, ULONG size, BYTE *state,
                                           BOOKMARK *location);

/* tableview.c; the lock is held for the first two */
void view_set_position(struct table_view *view, ULONG position);
HRESULT view_create_bookmark(struct table_view *view, struct view_node *node, BOOKMARK *ret);
HRESULT table_view_create(struct table_data *data, ULONG string_type, const SSortOrderSet *sort,
                          CALLERRELEASE *release, ULONG_PTR release_data, IMAPITable **ret);
void table_view_drop(struct table_view *view);          /* a hold */

#endif /* MAPI32_TABLE_H */
