/*
 * Sample providers: what the files of the message store share
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
 * The store in layers, each in a file of its own, the lower ones first:
 *
 * blob.c        values as bytes, the same for 32-bit and 64-bit processes
 * content.c     what is in the store: numbered folders and messages; contenttable.c: the tables over them
 * files.c       the same in files, shared by processes
 * names.c       named properties
 * storeobject.c the IMAPIProp methods of all objects of the store
 * propstream.c  a property as a stream
 * message.c, recipients.c, attachment.c, folder.c, msgstore.c    the objects
 * queue.c       the outgoing queue
 * store.c       the provider object and its logon
 */

#ifndef SAMPLE_STORE_H
#define SAMPLE_STORE_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

extern const MAPIUID store_provider_uid;

enum sample_object
{
    OBJECT_STORE = 1,
    OBJECT_FOLDER,
    OBJECT_MESSAGE
};

/* The folders that every store has; others and messages get numbers from FOLDER_COUNT on. */
enum sample_folder
{
    FOLDER_NONE,
    FOLDER_TOP,
    FOLDER_SUBTREE,
    FOLDER_INBOX,
    FOLDER_OUTBOX,
    FOLDER_SENT,
    FOLDER_DELETED,
    FOLDER_FINDER,
    FOLDER_COUNT = 16
};

/* Every entry ID of the store: what MAPI demands, then what we need to find the thing. */
struct store_entryid
{
    BYTE flags[4];
    MAPIUID provider;
    ULONG object;                       /* enum sample_object */
    ULONG number;                       /* of a folder or message */
    MAPIUID store;
};

void store_entryid_init(const MAPIUID *store, enum sample_object object, ULONG number,
                        struct store_entryid *id);

/* blob.c. Writing goes on after a failure and is asked once at the end; reading checks what it
 * reads, since a file may hold anything. */
struct blob
{
    BYTE *data;
    ULONG size;
    ULONG room;
    BOOL failed;                        /* out of memory */
};

struct reader
{
    const BYTE *data;
    ULONG left;
    BOOL bad;
};

void blob_put_bytes(struct blob *blob, const void *data, ULONG size);
void blob_put_long(struct blob *blob, ULONG value);
/* Properties that are objects or errors are left out. */
void blob_put_props(struct blob *blob, ULONG count, const SPropValue *props);
void blob_put_blob(struct blob *blob, const struct blob *inner);        /* its length first */
void blob_free(struct blob *blob);
ULONG read_long(struct reader *reader);
const BYTE *read_bytes(struct reader *reader, ULONG size);
/* One block, NULL when there are none. room: how many more values the caller will add behind
 * them. */
HRESULT read_props(struct reader *reader, ULONG room, ULONG *count, SPropValue **ret);
HRESULT read_blob(struct reader *reader, struct blob *ret);             /* a copy */

/* content.c. A content is shared by all stores of the process that have its UID; it is locked
 * inside. */
struct content;

enum content_table
{
    TABLE_CONTENTS,
    TABLE_ASSOCIATED,
    TABLE_HIERARCHY,
    TABLE_COUNT
};

/* What the store knows of an item beside its data. */
struct item
{
    enum sample_object kind;
    ULONG number;
    ULONG parent;
    ULONG flags;                        /* PR_MESSAGE_FLAGS */
    ULONG status;                       /* PR_MSG_STATUS */
    ULONG submit_flags;                 /* PR_SUBMIT_FLAGS; locked is not kept */
    FILETIME submitted;
    ULONG version;                      /* grows when data changes; of this process only */
};

HRESULT content_open(const MAPIUID *uid, const char *directory, struct content **ret);
void content_release(struct content *content);
const MAPIUID *content_uid(struct content *content);
/* Sees what other processes did since. */
void content_refresh(struct content *content);
/* data: a copy; may be NULL. MAPI_E_NOT_FOUND. */
HRESULT content_get(struct content *content, ULONG number, struct item *item, struct blob *data);
/* The item's properties and those that follow from where it is; room as in read_props. */
HRESULT content_props(struct content *content, ULONG number, ULONG *count, SPropValue **ret);
/* number 0: it is new and gets one. data NULL: only what struct item has is changed. Takes over
 * data. */
HRESULT content_put(struct content *content, struct item *item, struct blob *data);
HRESULT content_delete(struct content *content, ULONG number);
/* A folder's items of one kind, in an array to free(). */
HRESULT content_list(struct content *content, ULONG folder, enum content_table which, ULONG *count,
                     ULONG **numbers);
BOOL content_is_below(struct content *content, ULONG number, ULONG folder);
/* The subfolder of that name, 0 if there is none. */
ULONG content_find_folder(struct content *content, ULONG parent, const WCHAR *name);
HRESULT content_table(struct content *content, ULONG folder, enum content_table which, ULONG flags,
                      IMAPITable **ret);
HRESULT content_queue(struct content *content, IMAPITable **ret);
/* One holder among all processes; a process that ends lets go. FALSE: somebody else has it. */
BOOL content_lock(struct content *content, ULONG number);
void content_unlock(struct content *content, ULONG number);
BOOL content_locked(struct content *content, ULONG number);
/* Whether a locked message is sent without the spooler, and so not in the queue that it sees. */
void content_set_direct(struct content *content, ULONG number, BOOL direct);
/* Receive folders (by message class) and names of properties are kept as data of their own. */
HRESULT content_get_extra(struct content *content, const char *name, struct blob *data);
HRESULT content_put_extra(struct content *content, const char *name, const struct blob *data);
/* Around reading and writing the same extra. */
void content_enter(struct content *content);
void content_leave(struct content *content);
HRESULT view_of(ITableData *table, ULONG flags, const SSortOrderSet *sort, IMAPITable **ret);

/* files.c. In memory only when it has no directory. */
struct files;

HRESULT files_open(const MAPIUID *uid, const char *directory, struct files **ret);
void files_close(struct files *files);
void files_enter(struct files *files);          /* one process at a time */
void files_leave(struct files *files);
BOOL files_changed(struct files *files);        /* since it was asked last */
HRESULT files_read(struct files *files, const char *name, struct blob *ret);
HRESULT files_write(struct files *files, const char *name, const struct blob *data);
HRESULT files_delete(struct files *files, const char *name);
HRESULT files_new_number(struct files *files, ULONG *number);
/* Calls back for each item's file: its number, size and time. */
void files_each(struct files *files, void (*proc)(void *context, ULONG number, ULONG size,
                                                  const FILETIME *time), void *context);
/* Size and time of an item's file, as files_each gives them. */
void files_stamp(struct files *files, ULONG number, ULONG *size, FILETIME *time);
/* A file that only one process can have open and that goes with it. */
HANDLE files_lock(struct files *files, ULONG number);
void files_item_name(ULONG number, char name[16]);

/* names.c */
HRESULT names_of_ids(struct content *content, SPropTagArray **tags, GUID *set, ULONG flags,
                     ULONG *count, MAPINAMEID ***names);
HRESULT ids_of_names(struct content *content, ULONG count, MAPINAMEID **names, ULONG flags,
                     SPropTagArray **tags);

/* store.c: the store and its logon are one object with two interfaces */
struct store_provider;

struct store
{
    struct prop_object object;          /* IMsgStore */
    IMSLogon IMSLogon_iface;            /* shares object.ref: store and logon are one lifetime */
    struct store_provider *provider;    /* counted */
    const struct environment *environment;
    IMAPISupport *support;              /* counted until Logoff; take it with store_support */
    struct content *content;            /* counted */
    MAPIUID uid;                        /* which store: the last 16 bytes of its entry ID */
    struct store *next;                 /* of the provider's open stores */
    MAPIUID service;                    /* whose store it is; see coupled.c */
    struct store *next_coupled;
};

void store_addref(struct store *store);
void store_release(struct store *store);
/* Counted; NULL after Logoff. */
IMAPISupport *store_support(struct store *store);
/* S_OK when the switches let the call through, else what it is to return at once; logs it. */
HRESULT store_behave(struct store *store, const char *method);
const struct store_entryid *store_entryid_check(const MAPIUID *store, ULONG size,
                                                const ENTRYID *id);
HRESULT store_open_entry(struct store *store, ULONG size, const ENTRYID *id, const IID *iid,
                         ULONG flags, ULONG *type, IUnknown **ret);
HRESULT store_advise(struct store *store, ULONG size, const ENTRYID *id, ULONG mask,
                     IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT store_unadvise(struct store *store, ULONG_PTR connection);
/* Tells those that advised on the item, on its folder or on the store. */
void store_notify(struct store *store, ULONG event, enum sample_object kind, ULONG number,
                  ULONG parent);
/* From another folder: old_number in old_parent is where it was. */
void store_notify_moved(struct store *store, ULONG event, enum sample_object kind, ULONG number,
                        ULONG parent, ULONG old_parent);
extern const IMsgStoreVtbl msgstore_vtbl;       /* msgstore.c */

/* storeobject.c: what folders, messages and attachments begin with */
struct store_object
{
    struct prop_object object;
    struct store *store;                /* counted */
    const ULONG *computed;              /* tags that the object makes itself; a 0 ends them */
    BOOL modify;                        /* opened or created for writing */
    HRESULT (*changed)
    (struct store_object *object); /* after each change; NULL: kept until SaveChanges */
};

/* props: from content_props; may be NULL. */
HRESULT store_object_init(struct store_object *object, struct store *store, const void *vtbl,
                          const ULONG *computed, ULONG count, SPropValue *props);
void store_object_destroy(struct store_object *object);
/* The properties to keep: all but those of a list that a 0 ends. */
HRESULT store_object_all(struct store_object *object, const ULONG *without, ULONG *count,
                         SPropValue **ret);
/* With the switches a store of the days before Unicode: at all, or only where it is written to. */
BOOL store_is_ansi(BOOL writing);
BOOL has_unicode(ULONG count, const SPropValue *props);
HRESULT WINAPI store_object_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *tags);
HRESULT WINAPI store_object_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags,
                                     ULONG *count, LPSPropValue *props);
HRESULT WINAPI store_object_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options,
                                         ULONG flags, LPUNKNOWN *ret);
HRESULT WINAPI store_object_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue props,
                                     LPSPropProblemArray *problems);
HRESULT WINAPI store_object_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags,
                                        LPSPropProblemArray *problems);
HRESULT WINAPI store_object_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set,
                                            ULONG flags, ULONG *count, LPMAPINAMEID **names);
HRESULT WINAPI store_object_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names,
                                            ULONG flags, LPSPropTagArray *tags);
/* CopyTo and CopyProps; iid is the object's own interface. */
HRESULT store_object_copy_to(struct store_object *object, const IID *own_iid, ULONG exclude_count,
                             const IID *exclude, SPropTagArray *tags, ULONG_PTR ui,
                             IMAPIProgress *progress, const IID *iid, void *dst, ULONG flags,
                             SPropProblemArray **problems);
HRESULT store_object_copy_props(struct store_object *object, const IID *own_iid,
                                SPropTagArray *tags, ULONG_PTR ui, IMAPIProgress *progress,
                                const IID *iid, void *dst, ULONG flags,
                                SPropProblemArray **problems);

/* propstream.c: a stream over a property; bytes in a stream of their own */
HRESULT prop_stream_create(struct store_object *object, ULONG tag, ULONG options, ULONG flags,
                           IStream **ret);
HRESULT bytes_stream_create(const struct blob *data, IStream **ret);
HRESULT bytes_stream_read(IStream *stream, struct blob *ret);

/* recipients.c */
HRESULT recipients_create(ITableData **ret);
void recipients_pack(ITableData *recipients, struct blob *blob);
HRESULT recipients_load(ITableData *recipients, struct reader *reader, ULONG *next);
HRESULT recipients_modify(ITableData *recipients, ULONG *next, ULONG flags, const ADRLIST *list);
ULONG recipients_count(ITableData *recipients);
BOOL recipients_all_taken(ITableData *recipients);
/* PR_DISPLAY_TO, _CC and _BCC as they follow from the list; each to free(). */
HRESULT recipients_display(ITableData *recipients, WCHAR *ret[3]);

/* message.c */
struct attachment;
struct message;

HRESULT message_create(struct store *store, ULONG folder, BOOL associated, IMessage **ret);
HRESULT message_open(struct store *store, ULONG number, BOOL modify, IMessage **ret);
/* In an attachment; data is what it was saved as, empty if it is new. */
HRESULT message_open_embedded(struct attachment *owner, const struct blob *data, BOOL modify,
                              IMessage **ret);
/* NULL if it is not a message of ours. */
struct message *message_from(IMessage *iface);
ULONG message_number(struct message *message);
/* Whether each recipient has somebody who delivers to it. */
BOOL message_all_taken(struct message *message);
/* For the attachments: the message's lock and what it keeps of them. */
struct store *message_store(struct message *message);
void message_addref(struct message *message);
void message_release(struct message *message);
/* Takes over data; number 0 is a new one. */
HRESULT message_put_attachment(struct message *message, ULONG number, ULONG count,
                               SPropValue *props, struct blob *data);
HRESULT set_read_flag(struct store *store, ULONG number, ULONG flags);

/* attachment.c */
HRESULT attachment_create(struct message *message, ULONG number, const struct blob *data,
                          BOOL modify, IAttach **ret);
struct store *attachment_store(struct attachment *attachment);
void attachment_addref(struct attachment *attachment);
void attachment_release(struct attachment *attachment);
void attachment_put_message(struct attachment *attachment, struct blob *data);  /* takes it over */
/* The properties of a saved attachment, for the message's table. */
HRESULT attachment_props(const struct blob *data, ULONG *count, SPropValue **ret);

/* folder.c */
HRESULT folder_open(struct store *store, ULONG number, BOOL modify, IMAPIFolder **ret);
HRESULT delete_folder(struct store *store, ULONG number, ULONG flags);

/* receipt.c: when a message was read */
void receipt_send(struct store *store, ULONG number);

/* queue.c */
HRESULT queue_submit(struct store *store, IMessage *message, ULONG number);
HRESULT queue_abort(struct store *store, ULONG number);
HRESULT queue_set_lock(struct store *store, ULONG number, ULONG state);
HRESULT queue_finished(struct store *store, ULONG number);

/* coupled.c */
void coupled_add_store(struct store *store);
void coupled_remove_store(struct store *store);
BOOL coupled_is(struct store *store);                   /* it has a transport to send with */
void coupled_send(struct store *store, IMessage *message);

#endif /* SAMPLE_STORE_H */
