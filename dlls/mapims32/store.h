/*
 * The message store: the private header of its objects
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
 * The objects of a message store over the property database (db/db.h). Who calls whom, downwards:
 *
 *   service, config                     the message service: where the file is
 *   provider, logon                     IMSProvider, IMSLogon
 *   msgstore, receive, submit           IMsgStore
 *   folder, foldermessages, foldertree, search          IMAPIFolder
 *   message, attach, recipients         IMessage, IAttach
 *   bodies                              a message's plain text, rich text and HTML in step
 *   image                               what an object holds at one moment, and how it is written
 *   object, propstream, names           IMAPIProp of all of them
 *   changes, filechanges, table         notifications, and tables that follow changes
 *   viewowner, view/                    contents tables straight over the database
 *   place, values, entryid, layout      properties that follow from where an object stands
 *
 * Objects hold their store, and it its file. Nothing is kept of the file but what an open object
 * was loaded with: everything else is read when it is asked for, since other processes change the
 * file as well.
 */

#ifndef MAPIMS32_STORE_H
#define MAPIMS32_STORE_H

#define COBJMACROS
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <assert.h>
#include <wchar.h>

#include <windef.h>
#include <winbase.h>
#include <winnls.h>
#include <objbase.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <mapishutdown.h>
#include <mapiaux.h>

#include "db/db.h"
#include "filechanges.h"
#include "filesection.h"

#ifndef PR_FOLDER_CHILD_COUNT
#define PR_FOLDER_CHILD_COUNT PROP_TAG(PT_LONG, 0x6638)
#endif

#ifndef NON_CONTENT_INDEXED_SEARCH
#define NON_CONTENT_INDEXED_SEARCH ((ULONG)0x00020000)
#define STATIC_SEARCH              ((ULONG)0x00040000)
#endif
#ifndef ITEMPROC_FORCE
#define ITEMPROC_FORCE    ((ULONG)0x00000800)
#define NON_EMS_XP_SAVE   ((ULONG)0x00001000)
#define SPAMFILTER_ONSAVE ((ULONG)0x00000080)
#endif
#ifndef MAPI_NO_CACHE
#define MAPI_NO_CACHE   ((ULONG)0x00000200)
#define MAPI_CACHE_ONLY ((ULONG)0x00004000)
#endif

#define SAVE_FLAGS (KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS \
                    | NON_EMS_XP_SAVE | SPAMFILTER_ONSAVE)

/* Of a profile section: the full path of the store's file. Clients that know PR_PST_PATH have
 * this tag. */
#define PR_MAPIMS_PATH_A PROP_TAG(PT_STRING8, 0x6700)
#define PR_MAPIMS_PATH_W PROP_TAG(PT_UNICODE, 0x6700)
/* Of messages, unseen by clients: how often it was saved, to notice that somebody else did. */
#define PR_MAPIMS_SAVES PROP_TAG(PT_LONG, 0x67F0)

/* The provider's own allocations that callers free. */
extern const struct mapi_allocators store_allocators;

struct store;
struct provider;
struct object;
struct message;
struct attachment;
struct image;

/* ---- entryid.c ---- */

extern const MAPIUID provider_uid;

enum entry_kind
{
    ENTRY_STORE = 1,
    ENTRY_FOLDER,
    ENTRY_MESSAGE
};

/* Bytes only: it has no padding and no alignment, and is the same for both architectures. MAPI
 * finds the owner by the first UID: of an object that is its store, of a store the provider. */
struct entryid
{
    BYTE flags[4];
    MAPIUID owner;
    MAPIUID other;                      /* the other one of the two */
    BYTE version;
    BYTE kind;                          /* enum entry_kind */
    BYTE unused[2];
    BYTE number[8];                     /* LONGLONG; 0 for the store */
};

void entryid_init(const MAPIUID *store, enum entry_kind kind, LONGLONG number, struct entryid *ret);
/* FALSE: not of this store, or not an entry ID at all. */
BOOL entryid_parse(const MAPIUID *store, ULONG size, const void *id, enum entry_kind *kind,
                   LONGLONG *number);
BOOL entryid_equal(ULONG size1, const void *id1, ULONG size2, const void *id2);
/* Unwrapped, to platform_free. MAPI_E_TOO_BIG: the path is. */
HRESULT entryid_of_store(const MAPIUID *store, const WCHAR *path, ULONG *size,
                         struct entryid **ret);
/* path: to platform_free. MAPI_E_INVALID_ENTRYID. */
HRESULT entryid_parse_store(ULONG size, const void *id, MAPIUID *store, WCHAR **path);

/* ---- values.c: properties gathered for the moment ---- */

struct values
{
    ULONG count;
    ULONG room;
    SPropValue *props;
    ULONG block_count;
    void **blocks;
    HRESULT hr;                         /* first failure; the rest then does nothing */
};

void values_init(struct values *values);
void values_free(struct values *values);
/* A zeroed value; NULL on failure. */
SPropValue *values_add(struct values *values, ULONG tag);
void values_add_long(struct values *values, ULONG tag, LONG value);
/* In place of one that is there. */
void values_set_long(struct values *values, ULONG tag, LONG value);
void values_add_binary(struct values *values, ULONG tag, const void *data, ULONG size);
void values_add_time(struct values *values, ULONG tag, const FILETIME *time);
/* What it points to is the caller's. */
void values_add_value(struct values *values, const SPropValue *value);
/* Memory that lives as long as the values. */
void *values_alloc(struct values *values, size_t size);

/* ---- place.c ---- */

/* Does this property follow from where an object stands, whatever is stored? */
BOOL place_is_computed(ULONG kind, ULONG tag);
/* Adds one such property of an object. FALSE: it has no such property. */
BOOL place_value(struct store *store, struct db_txn *txn, const struct db_object *object, ULONG tag,
                 struct values *values);
/* All of them. */
HRESULT place_values(struct store *store, struct db_txn *txn, const struct db_object *object,
                     struct values *values);
/* Those that need no object: of new messages and attachments. */
void place_store_values(struct store *store, struct values *values);
void place_entryid(struct store *store, ULONG kind, LONGLONG object, struct entryid *ret);
BOOL kind_is_folder(ULONG kind);
BOOL kind_is_message(ULONG kind);

/* ---- layout.c: what a new store has, and what every store knows of itself ---- */

#define SPACE_SETTINGS 1                /* db_map: names of layout.c to numbers of folders */
#define SPACE_RECEIVE  2                /* db_map: message classes to numbers of folders */

/* Opens the file, and makes it with its folders if create and there is none. */
HRESULT layout_open(const WCHAR *path, BOOL create, struct db **ret);
HRESULT layout_root_folder(struct db *db, LONGLONG *ret);
HRESULT layout_inbox(struct db_txn *txn, LONGLONG *ret);
HRESULT layout_outbox(struct db_txn *txn, LONGLONG *ret);
/* One of the folders that a store cannot be without. */
BOOL layout_is_special(struct db_txn *txn, LONGLONG folder);

/* ---- list.c: all that stands in a list, also by link ---- */

/* At most max, in the order of their numbers, from behind after; ids: platform_free. */
HRESULT list_next(struct db_txn *txn, LONGLONG parent, ULONG list, LONGLONG after, ULONG max,
                  LONGLONG **ids, ULONG *count);

/* ---- object.c ---- */

struct object_class
{
    const IID *iid;                     /* its own interface */
    const IID *base_iid;                /* between it and IMAPIProp; may be NULL */
    BOOL immediate;                     /* each call reads and writes the file */
    const ULONG *computed;              /* 0-ended: cannot be set */
    void (*destroy)(struct object *object);
    /* Adds what is not stored. txn and info only of immediate objects. */
    HRESULT (*compute)(struct object *object, struct db_txn *txn, const struct db_object *info,
                       struct values *values);
    /* Of immediate objects, may be NULL: may these be set? Nothing is changed if not. */
    HRESULT (*check)(struct object *object, struct db_txn *txn, ULONG count,
                     const SPropValue *props);
    /* Of the others, may be NULL: sets what follows from new values; cs is held. */
    HRESULT (*follow)(struct object *object, ULONG count, const SPropValue *props);
    /* Of the others, may be NULL: one was set or removed by a client; cs is held. */
    void (*changed)(struct object *object, ULONG tag);
};

struct object
{
    const void *vtbl;
    LONG ref;
    const struct object_class *class;
    struct store *store;                /* counted */
    LONGLONG id;                        /* what it is in the file; 0: not there */
    BOOL modify;                        /* opened or created for writing */
    CRITICAL_SECTION cs;
    struct db_props *props;             /* cs */
};

/* Takes over props (NULL: none yet), if it succeeds. */
HRESULT object_init(struct object *object, const void *vtbl, const struct object_class *class,
                    struct store *store, BOOL modify, struct db_props *props);
void object_destroy(struct object *object);
BOOL object_has_interface(const struct object_class *class, const IID *iid);
BOOL object_is_computed(const struct object *object, ULONG tag);
LONG object_get_long(struct object *object, ULONG tag, LONG other);
HRESULT object_put(struct object *object, const SPropValue *value);
HRESULT object_put_long(struct object *object, ULONG tag, LONG value);
/* The property becomes what the stream holds; writes it where the object acts at once. */
HRESULT object_put_stream(struct object *object, ULONG tag, struct db_stream *stream);
/* A stream of its own; MAPI_E_NOT_FOUND. */
HRESULT object_get_stream(struct object *object, ULONG tag, struct db_stream **ret);
/* A copy, with whatever streams. */
HRESULT object_copy_props(struct object *object, struct db_props **ret);
void object_replace_props(struct object *object, struct db_props *props);

HRESULT WINAPI object_QueryInterface(IMAPIProp *iface, REFIID iid, void **ret);
ULONG WINAPI object_AddRef(IMAPIProp *iface);
ULONG WINAPI object_Release(IMAPIProp *iface);
HRESULT WINAPI object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, LPMAPIERROR *ret);
HRESULT WINAPI object_SaveChanges(IMAPIProp *iface, ULONG flags);
HRESULT WINAPI object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags, ULONG *count,
                               LPSPropValue *props);
HRESULT WINAPI object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags);
HRESULT WINAPI object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                   ULONG flags, LPUNKNOWN *ret);
HRESULT WINAPI object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                               LPSPropProblemArray *ret);
HRESULT WINAPI object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags, LPSPropProblemArray *ret);
HRESULT WINAPI object_CopyTo(IMAPIProp *iface, ULONG exclude_count, LPCIID exclude,
                             LPSPropTagArray tags, ULONG_PTR ui, LPMAPIPROGRESS progress,
                             LPCIID iid, void *dst, ULONG flags, LPSPropProblemArray *problems);
HRESULT WINAPI object_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR ui,
                                LPMAPIPROGRESS progress, LPCIID iid, void *dst, ULONG flags,
                                LPSPropProblemArray *problems);
HRESULT WINAPI object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                      ULONG flags, ULONG *count, LPMAPINAMEID **names);
HRESULT WINAPI object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                      ULONG flags, LPSPropTagArray *tags);

/* ---- propstream.c ---- */

/* tag: in the width that is asked for. flags of OpenProperty. */
HRESULT prop_stream_create(struct object *object, ULONG tag, ULONG flags, IStream **ret);

/* ---- image.c ---- */

/* An attachment of a message. */
struct slot
{
    ULONG number;
    LONGLONG id;                        /* 0: not in the file yet */
    struct image *image;                /* counted; NULL: as it is in the file */
};

/* Not changed any more once somebody else has it, but for where it was saved. */
struct image
{
    LONG ref;
    LONGLONG origin;                    /* the object it is of; 0: new */
    LONGLONG pending;                   /* while it is written */
    BOOL saved;                         /* the file has it */
    struct db_props *props;
    BOOL has_rows;                      /* else recipients are as the file has them */
    struct db_props **rows;
    ULONG row_count;
    BOOL has_slots;                     /* else attachments are as the file has them */
    struct slot *slots;
    ULONG slot_count;
    struct image *embedded;             /* of an attachment; NULL: as the file has it */
    BOOL no_embedded;                   /* it has no message any more */
};

/* Takes over props. */
HRESULT image_create(LONGLONG origin, struct db_props *props, struct image **ret);
struct image *image_addref(struct image *image);
void image_release(struct image *image);
HRESULT image_set_rows(struct image *image, struct db_props *const *rows, ULONG count);
HRESULT image_set_slots(struct image *image, const struct slot *slots, ULONG count);
/* With all that is inside. The object is init's, unless the image has an origin. */
HRESULT image_write(struct db_txn *txn, struct image *image, const struct db_object *init,
                    LONGLONG *id);
/* After the transaction: what was written is known as that from now on, or not. */
void image_settle(struct image *image, BOOL committed);
ULONGLONG image_size(struct db_txn *txn, const struct image *image);
/* The message inside a stored attachment; MAPI_E_NOT_FOUND. */
HRESULT embedded_of(struct db_txn *txn, LONGLONG attachment, LONGLONG *id);
HRESULT slots_load(struct db_txn *txn, LONGLONG message, struct slot **slots, ULONG *count);
void slots_free(struct slot *slots, ULONG count);

/* ---- recipients.c ---- */

struct recipients
{
    struct db_props **rows;             /* each with PR_ROWID */
    ULONG count;
    ULONG next;                         /* PR_ROWID of the next one */
    ITableData *table;                  /* what GetRecipientTable shows; NULL until asked for */
};

HRESULT recipients_load(struct recipients *recipients, struct db_txn *txn, LONGLONG message);
HRESULT recipients_unpack(struct recipients *recipients, const void *data, ULONG size);
HRESULT recipients_copy(struct recipients *recipients, struct db_props *const *rows, ULONG count);
void recipients_free(struct recipients *recipients);
HRESULT recipients_modify(struct recipients *recipients, ULONG flags, const ADRLIST *list);
HRESULT recipients_table(struct recipients *recipients, ULONG flags, IMAPITable **ret);
/* PR_DISPLAY_TO, _CC, _BCC as they follow from the rows. */
HRESULT recipients_display(const struct recipients *recipients, struct db_props *props);

/* ---- message.c, messagelists.c ---- */

struct message
{
    struct object object;               /* IMessage */
    struct db_object info;              /* of one in a folder: where it stands */
    LONG saves;                         /* PR_MAPIMS_SAVES as it was loaded */
    struct attachment *owner;           /* counted; of a message in an attachment */
    struct image *image;                /* counted; as that one was opened or saved last; or NULL */
    ULONG depth;                        /* messages around it */
    CRITICAL_SECTION cs;
    BOOL has_rows;                      /* cs, here and below: loaded */
    BOOL has_packed;                    /* not yet, but as they were when it was opened */
    void *packed_rows;
    ULONG packed_size;
    struct recipients recipients;
    BOOL has_slots;
    struct slot *slots;
    ULONG slot_count;
    ULONG next_number;
    ITableData *attachments;            /* NULL until asked for */
    BOOL scratch;                       /* only to work on: bodies are as they are set */
    ULONG bodies_set;                   /* BODY_...; cs of the object, here and below: since then */
    ULONG bodies_made;                  /* there, but made of another, not set */
};

HRESULT message_create(struct store *store, LONGLONG folder, BOOL associated, IMessage **ret);
HRESULT message_open(struct store *store, LONGLONG id, BOOL modify, BOOL soft, IMessage **ret);
/* In an attachment: image, or what the file has under id, or new. */
HRESULT message_open_embedded(struct attachment *owner, struct image *image, LONGLONG id,
                              ULONG depth, BOOL modify, IMessage **ret);
/* One that is never saved. Takes over props if it succeeds. */
HRESULT message_make_scratch(struct store *store, struct db_props *props, struct message **ret);
/* NULL if it is not a message of ours. */
struct message *message_from(IMessage *iface);
/* Takes flags from the file. */
void message_refresh_flags(struct message *message);
HRESULT message_save(struct message *message, ULONG flags);
LONGLONG message_origin(const struct message *message);


void message_free_lists(struct message *message);
/* The lists as they are in the working copy; cs is held. */
HRESULT message_need_rows(struct message *message);
HRESULT message_need_slots(struct message *message);
HRESULT message_put_attachment(struct message *message, ULONG number, struct image *image);
HRESULT WINAPI message_GetAttachmentTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret);
HRESULT WINAPI message_OpenAttach(IMessage *iface, ULONG number, LPCIID iid, ULONG flags,
                                  LPATTACH *ret);
HRESULT WINAPI message_CreateAttach(IMessage *iface, LPCIID iid, ULONG flags, ULONG *number,
                                    LPATTACH *ret);
HRESULT WINAPI message_DeleteAttach(IMessage *iface, ULONG number, ULONG_PTR ui,
                                    LPMAPIPROGRESS progress, ULONG flags);
HRESULT WINAPI message_GetRecipientTable(IMessage *iface, ULONG flags, LPMAPITABLE *ret);
HRESULT WINAPI message_ModifyRecipients(IMessage *iface, ULONG flags, LPADRLIST list);

/* ---- attach.c ---- */

/* ---- bodies.c: the forms of a message's text ---- */

/* A property was set or removed; cs of the object is held. */
void bodies_note(struct message *message, ULONG tag);
/* Before properties are read: what is asked for is there and right. MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT bodies_need(struct message *message, ULONG tag);
/* Only what was set is there, and nothing that is out of date. */
HRESULT bodies_strip(struct message *message);
/* As it is to be kept: with plain text. */
HRESULT bodies_finish(struct message *message);

HRESULT attachment_create(struct message *message, ULONG number, IAttach **ret);
HRESULT attachment_open(struct message *message, const struct slot *slot, BOOL modify,
                        IAttach **ret);
/* The message inside was saved. */
void attachment_put_message(struct attachment *attachment, struct image *image);
struct store *attachment_store(struct attachment *attachment);

/* ---- subject.c ---- */

/* PR_SUBJECT, its prefix and the rest, after some of them were set. */
HRESULT subject_follow(struct db_props *props, ULONG count, const SPropValue *set);

/* ---- folder.c and its siblings ---- */

struct folder
{
    struct object object;               /* IMAPIFolder */
    ULONG kind;
    BOOL soft;                          /* opened among the softly deleted */
};

HRESULT folder_open(struct store *store, LONGLONG id, BOOL modify, BOOL soft, IMAPIFolder **ret);
/* The folder behind an interface if it is one of the same file, else NULL. */
struct folder *own_folder(struct store *store, void *object);
/* The subfolder of that name; MAPI_E_NOT_FOUND. */
HRESULT folder_find(struct db_txn *txn, LONGLONG parent, const WCHAR *name, LONGLONG *ret);

HRESULT WINAPI folder_CreateMessage(IMAPIFolder *iface, LPCIID iid, ULONG flags, LPMESSAGE *ret);
HRESULT WINAPI folder_CopyMessages(IMAPIFolder *iface, LPENTRYLIST list, LPCIID iid, void *dst,
                                   ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags);
HRESULT WINAPI folder_DeleteMessages(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                     LPMAPIPROGRESS progress, ULONG flags);
HRESULT WINAPI folder_SetReadFlags(IMAPIFolder *iface, LPENTRYLIST list, ULONG_PTR ui,
                                   LPMAPIPROGRESS progress, ULONG flags);
HRESULT WINAPI folder_GetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG flags,
                                       ULONG *status);
HRESULT WINAPI folder_SetMessageStatus(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG status,
                                       ULONG mask, ULONG *old);
HRESULT WINAPI folder_CreateFolder(IMAPIFolder *iface, ULONG type, LPTSTR name, LPTSTR comment,
                                   LPCIID iid, ULONG flags, LPMAPIFOLDER *ret);
HRESULT WINAPI folder_CopyFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id, LPCIID iid,
                                 void *dst, LPTSTR name, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                 ULONG flags);
HRESULT WINAPI folder_DeleteFolder(IMAPIFolder *iface, ULONG size, LPENTRYID id, ULONG_PTR ui,
                                   LPMAPIPROGRESS progress, ULONG flags);
HRESULT WINAPI folder_EmptyFolder(IMAPIFolder *iface, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                  ULONG flags);
HRESULT WINAPI folder_SetSearchCriteria(IMAPIFolder *iface, LPSRestriction restriction,
                                        LPENTRYLIST list, ULONG flags);
HRESULT WINAPI folder_GetSearchCriteria(IMAPIFolder *iface, ULONG flags,
                                        LPSRestriction *restriction, LPENTRYLIST *list,
                                        ULONG *state);
/* The links of search folders whose search is not complete yet, in steps. */
HRESULT search_run(struct store *store, LONGLONG folder);

/* ---- read state, receipts: readflag.c ---- */

#define READ_FLAGS (SUPPRESS_RECEIPT | CLEAR_READ_FLAG | MAPI_DEFERRED_ERRORS \
                    | GENERATE_RECEIPT_ONLY | CLEAR_RN_PENDING | CLEAR_NRN_PENDING)
HRESULT read_flags_check(ULONG flags);
/* In one transaction; failed: those that could not be. */
HRESULT read_flags_set(struct store *store, ULONG count, const LONGLONG *messages, ULONG flags,
                       ULONG *failed);
HRESULT read_flag_set(struct store *store, LONGLONG message, ULONG flags);

/* ---- submit.c ---- */

HRESULT submit_message(struct store *store, IMessage *message, LONGLONG id);
HRESULT submit_abort(struct store *store, LONGLONG id);
HRESULT submit_set_lock(struct store *store, LONGLONG id, ULONG state);
HRESULT submit_finished(struct store *store, LONGLONG id);
BOOL submit_is_submitted(struct db_txn *txn, LONGLONG id);

/* ---- receive.c ---- */

HRESULT receive_set(struct store *store, LPTSTR class, ULONG flags, ULONG size, const ENTRYID *id);
HRESULT receive_get(struct store *store, LPTSTR class, ULONG flags, ULONG *size, LPENTRYID *id,
                    LPTSTR *explicit_class);
HRESULT receive_table(struct store *store, ULONG flags, IMAPITable **ret);

/* ---- table.c ---- */

/* The live table of a list: db/'s DB_LIST_ of the object. This is where tables come from, and
 * tables_follow and table_touch are what they are told: nobody else knows how they are made. */
HRESULT store_table(struct store *store, LONGLONG parent, ULONG list, ULONG flags,
                    IMAPITable **ret);
/* All folders below, each with its depth: a picture of the moment. */
HRESULT hierarchy_below(struct store *store, LONGLONG parent, ULONG flags, IMAPITable **ret);
void tables_follow(struct store *store, struct db_txn *txn, ULONG count,
                   const struct db_change *changes, BOOL lost);
/* A row changed without a change of the object. */
void table_touch(struct store *store, LONGLONG parent, ULONG list, LONGLONG object);
HRESULT tables_start(struct store *store);
void tables_free(struct store *store);
/* A view in the width that flags ask for. */
HRESULT table_view_of(ITableData *table, ULONG flags, const SSortOrderSet *sort, IMAPITable **ret);

/* The same with its rows in memory. */
HRESULT store_memory_table(struct store *store, LONGLONG parent, ULONG list, ULONG flags,
                           IMAPITable **ret);

/* ---- viewowner.c: tables of messages, straight over the database (view/view.h) ---- */

HRESULT contents_table(struct store *store, LONGLONG folder, ULONG list, ULONG flags,
                       IMAPITable **ret);
void views_follow(struct store *store);
/* Before folders are made. */
HRESULT views_defaults(struct db *db);
HRESULT views_start(struct store *store);
void views_free(struct store *store);

/* ---- changes.c ---- */

HRESULT changes_start(struct store *store);
/* A number that no other open store of this process has. */
ULONGLONG changes_key(struct store *store);
/* Nobody is told any more; changes_stop frees what there is. */
void changes_silence(struct store *store);
void changes_stop(struct store *store);
/* Tells those who listen of all that was committed up to now. After each change of ours. */
void changes_pump(struct store *store);
/* From now on there is somebody to tell. */
HRESULT changes_wanted(struct store *store);
HRESULT store_advise(struct store *store, ULONG size, const ENTRYID *id, ULONG mask,
                     IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT store_unadvise(struct store *store, ULONG_PTR connection);
HRESULT changes_new_mail(struct store *store, NOTIFICATION *notification);

/* ---- names.c ---- */

HRESULT names_of_ids(struct object *object, SPropTagArray **tags, GUID *set, ULONG flags,
                     ULONG *count, MAPINAMEID ***names);
HRESULT ids_of_names(struct object *object, ULONG count, MAPINAMEID **names, ULONG flags,
                     SPropTagArray **tags);

/* ---- provider.c, logon.c, msgstore.c ---- */

/* The store and its logon are one lifetime with two interfaces. */
struct store
{
    struct object object;               /* IMsgStore */
    IMSLogon IMSLogon_iface;
    struct provider *provider;          /* counted */
    struct store *next;                 /* of the provider's list, its lock */
    /* The provider's lock; counted until Logoff; take it with store_support. */
    IMAPISupport *support;
    struct db *db;                      /* counted */
    MAPIUID uid;
    LONGLONG root_folder;
    ULONG entryid_size;                 /* wrapped */
    ENTRYID *entryid;
    struct changes *changes;
    struct tables *tables;
    struct views *views;
};

/* msgstore.c */
extern const IMsgStoreVtbl msgstore_vtbl;
extern const struct object_class msgstore_class;
HRESULT store_open_entry(struct store *store, ULONG size, const ENTRYID *id, const IID *iid,
                         ULONG flags, ULONG *type, IUnknown **ret);
BOOL store_is_writable(struct store *store);
/* Some of what was softly deleted long ago goes for good: when a store is opened, and when
 * something is deleted. */
void store_purge(struct store *store);

/* logon.c. Takes a reference of db; one reference for the store and one for the logon. */
HRESULT logon_create(struct provider *provider, IMAPISupport *support, struct db *db,
                     ULONG entryid_size, const ENTRYID *entryid, BOOL modify, struct store **ret);
void store_addref(struct store *store);
void store_release(struct store *store);
/* Counted; NULL after Logoff. */
IMAPISupport *store_support(struct store *store);

/* status.c */
HRESULT status_open(struct store *store, const IID *iid, ULONG flags, ULONG *type, void **ret);

/* provider.c */
struct provider
{
    IMSProvider IMSProvider_iface;
    IMAPIProviderShutdown IMAPIProviderShutdown_iface;
    LONG ref;
    HINSTANCE instance;
    CRITICAL_SECTION cs;
    struct store *stores;               /* cs; not counted */
};

/* ---- service.c, config.c ---- */

/* path NULL: as it is, a place of its own if it has none; name NULL: as it is. */
HRESULT section_configure(IProfSect *section, const WCHAR *path, const WCHAR *name);
HRESULT section_set_store(IProfSect *section, const MAPIUID *uid, const WCHAR *path);
HRESULT config_show(HINSTANCE instance, IMAPISupport *support, ULONG_PTR ui, ULONG flags,
                    IMAPIProp *section, WCHAR **path, WCHAR **name);

#endif /* MAPIMS32_STORE_H */
