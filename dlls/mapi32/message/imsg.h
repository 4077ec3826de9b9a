/*
 * Messages on storages
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
 * A message in a compound file (MS-OXMSG). One struct imsg_file stands for all that is in one: its
 * lock, its names, its character width. Each message and attachment has a struct imsg_object with
 * its properties: small values are in an IPropData, large ones stay in streams of the storage,
 * which are kept open and handed out as clones. Nothing is in the storage before SaveChanges, but
 * what was written to such streams; the storages are transacted, so that the file changes with the
 * Commit of the topmost.
 *
 * The file's lock is held while its storage is called; that is OLE's code, which calls nobody.
 */

#ifndef MAPI32_IMSG_H
#define MAPI32_IMSG_H

#include <objbase.h>
#include <imessage.h>

#include "message/message.h"

#define IMSG_HEADER_TOP      32         /* of the stream of properties */
#define IMSG_HEADER_EMBEDDED 24
#define IMSG_HEADER_OTHER    8

struct imsg_file
{
    LONG ref;
    CRITICAL_SECTION cs;
    struct mapi_allocators allocators;
    IPropData *names;                   /* only its names are used */
    BOOL unicode;
    BOOL writable;
    BOOL closed;                        /* by CloseIMsgSession */
};

struct imsg_streamed
{
    ULONG tag;
    IStream *stream;
};

struct imsg_attribute
{
    ULONG id;
    ULONG flags;                        /* PROPATTR_ */
};

struct imsg_object
{
    IMAPIProp IMAPIProp_iface;          /* of an IMessage or an IAttach */
    LONG ref;
    struct imsg_file *file;
    IStorage *storage;
    IPropData *values;
    BYTE header[IMSG_HEADER_TOP];
    ULONG header_size;
    struct imsg_streamed *streamed;
    ULONG streamed_count;
    struct imsg_attribute *attributes;
    ULONG attribute_count;
    BOOL writable;
};

static inline struct imsg_object *imsg_object_from(void *iface)
{
    return CONTAINING_RECORD((IMAPIProp *)iface, struct imsg_object, IMAPIProp_iface);
}

/* imsgvalue.c: properties in a storage. The file's lock is held. */
typedef WCHAR imsg_name[40];
void imsg_value_name(ULONG tag, imsg_name name);
void imsg_numbered_name(const WCHAR *prefix, ULONG number, imsg_name name);
BOOL imsg_numbered(const WCHAR *name, const WCHAR *prefix, ULONG *number);
/* The numbers of the storages with such names, in order; platform_free. */
HRESULT imsg_list_numbered(IStorage *storage, const WCHAR *prefix, ULONG **numbers, ULONG *count);
HRESULT imsg_load(struct imsg_object *object);
HRESULT imsg_save(struct imsg_object *object);
/* Values alone, as recipients are: one block of the allocators. */
HRESULT imsg_load_row(struct imsg_file *file, IStorage *storage, ULONG *count, SPropValue **ret);
HRESULT imsg_save_row(struct imsg_file *file, IStorage *storage, ULONG count,
                      const SPropValue *props);
struct imsg_streamed *imsg_find_streamed(struct imsg_object *object, ULONG tag);
void imsg_forget_streamed(struct imsg_object *object, ULONG tag);
HRESULT imsg_add_streamed(struct imsg_object *object, ULONG tag, IStream *stream);
HRESULT imsg_read_streamed(struct imsg_object *object, const struct imsg_streamed *streamed);
ULONG imsg_get_attribute(struct imsg_object *object, ULONG tag);
HRESULT imsg_set_attribute(struct imsg_object *object, ULONG tag, ULONG flags);

/* imsgnames.c: the names of the file's named properties */
HRESULT imsg_load_names(struct imsg_file *file, IStorage *storage);
HRESULT imsg_save_names(struct imsg_file *file, IStorage *storage);

/* imsgobject.c: what messages and attachments have in common. The storage is taken over, on
 * failure too. */
HRESULT imsg_object_init(struct imsg_object *object, struct imsg_file *file, IStorage *storage,
                         ULONG header_size, BOOL writable);
void imsg_object_destroy(struct imsg_object *object);
HRESULT imsg_enter(struct imsg_object *object);         /* MAPI_E_INVALID_OBJECT */
void imsg_leave(struct imsg_object *object);
BOOL imsg_hold(struct imsg_object *object);             /* FALSE: it is ending */
ULONG imsg_add_ref(struct imsg_object *object);
HRESULT imsg_set_long(struct imsg_object *object, ULONG tag, LONG value);
/* OpenProperty with IID_IStream */
HRESULT imsg_open_stream(struct imsg_object *object, ULONG tag, ULONG flags, IStream **ret);
/* The mode to open things within the storage with. */
DWORD imsg_mode(BOOL writable);
/* imsg.c: NULL when it is no object of ours */
struct imsg_object *imsg_object_check(void *iface);
void imsg_file_release(struct imsg_file *file);

/* The methods of both, for their tables. */
HRESULT WINAPI imsg_object_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, MAPIERROR **ret);
HRESULT WINAPI imsg_object_GetProps(IMAPIProp *iface, SPropTagArray *tags, ULONG flags,
                                    ULONG *count, SPropValue **ret);
HRESULT WINAPI imsg_object_GetPropList(IMAPIProp *iface, ULONG flags, SPropTagArray **ret);
HRESULT WINAPI imsg_object_SetProps(IMAPIProp *iface, ULONG count, SPropValue *props,
                                    SPropProblemArray **problems);
HRESULT WINAPI imsg_object_DeleteProps(IMAPIProp *iface, SPropTagArray *tags,
                                       SPropProblemArray **problems);
HRESULT WINAPI imsg_object_CopyTo(IMAPIProp *iface, ULONG iid_count, const IID *iids,
                                  SPropTagArray *exclude, ULONG_PTR ui_param,
                                  IMAPIProgress *progress, const IID *iid, void *dest, ULONG flags,
                                  SPropProblemArray **problems);
HRESULT WINAPI imsg_object_CopyProps(IMAPIProp *iface, SPropTagArray *include, ULONG_PTR ui_param,
                                     IMAPIProgress *progress, const IID *iid, void *dest,
                                     ULONG flags, SPropProblemArray **problems);
HRESULT WINAPI imsg_object_GetNamesFromIDs(IMAPIProp *iface, SPropTagArray **tags, GUID *set,
                                           ULONG flags, ULONG *count, MAPINAMEID ***ret);
HRESULT WINAPI imsg_object_GetIDsFromNames(IMAPIProp *iface, ULONG count, MAPINAMEID **names,
                                           ULONG flags, SPropTagArray **ret);

/* imsgrecip.c */
HRESULT imsg_load_recipients(struct imsg_object *object, ITableData **ret, ULONG *next);
HRESULT imsg_save_recipients(struct imsg_object *object, ITableData *rows, ULONG next);
HRESULT imsg_modify_recipients(struct imsg_object *object, ITableData *rows, ULONG *next,
                               ULONG flags, const ADRLIST *list);

extern const IAttachVtbl imsg_attachment_vtbl;

/* imsg.c and imsgattach.c */
struct imsg_attachment;

struct imsg_message
{
    struct imsg_object object;
    struct imsg_attachment *owner;      /* of an embedded message; counted */
    ITableData *recipients;             /* NULL: not looked at yet */
    ULONG next_recipient;
    ITableData *attachments;            /* NULL: not looked at yet */
    ULONG next_attachment;
    ULONG attachment_count;
    struct imsg_attachment *open;       /* not counted */
    /* of the topmost */
    struct _MSGSESS *session;
    struct imsg_message *session_next;
    struct imsg_message *session_prev;
    MSGCALLRELEASE *released;
    ULONG released_data;
    BOOL no_commit;
};

struct imsg_attachment
{
    struct imsg_object object;
    struct imsg_message *message;       /* counted */
    struct imsg_attachment *next;
    ULONG number;
    BOOL saved;
    struct imsg_message *embedded;      /* open; not counted */
};

/* The storage is taken over. */
HRESULT imsg_message_create(struct imsg_file *file, IStorage *storage, BOOL writable,
                            struct imsg_attachment *owner, struct imsg_message **ret);
HRESULT imsg_attachment_table(struct imsg_message *message);    /* that it is there */
HRESULT imsg_attachment_open(struct imsg_message *message, ULONG number, BOOL create, BOOL writable,
                             IAttach **ret);
HRESULT imsg_attachment_delete(struct imsg_message *message, ULONG number);

#endif /* MAPI32_IMSG_H */
