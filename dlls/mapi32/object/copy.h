/*
 * Copying objects of stores
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
 * From the small to the whole: the values of an object (copyprops.c), an object with what is inside
 * it (copyobject.c), recipients and attachments of a message (copymessage.c), messages and folders
 * (copyfolder.c). Only methods of the objects handed in are called; they may be any provider's.
 */

#ifndef MAPI32_COPY_H
#define MAPI32_COPY_H

#include "object/object.h"

#define COPY_NAMED_ID 0x8000            /* ids from here on have names */
#define COPY_DEPTH 128                  /* folders in folders and messages in messages */

/* One property on its way from one object to another. */
struct copied
{
    ULONG index;        /* its place in the caller's list */
    ULONG src_tag;
    ULONG dst_tag;
    SCODE problem;      /* S_OK while all is well */
};

/* The plain values of one object. */
struct copying
{
    const struct mapi_allocators *allocators;
    IMAPIProp *src;
    IMAPIProp *dst;
    ULONG flags;                        /* MAPI_MOVE, MAPI_NOREPLACE */
    BOOL each_alone;                    /* what is refused together is tried one by one */
    ULONG count;
    struct copied *items;
};

/* copyprops.c */
BOOL copy_is_fatal(HRESULT hr);
/* Of a call that knows one success only: any other is none. */
HRESULT copy_done(HRESULT hr);
BOOL copy_same_object(IUnknown *a, IUnknown *b);
HRESULT copy_open_destination(IMAPIProp *src, const IID *iface, void *dest, IMAPIProp **ret);
HRESULT copy_list_of(IMAPIProp *object, SPropTagArray **ret);
BOOL copy_list_has_id(const SPropTagArray *list, ULONG tag);
BOOL copy_has_property(IMAPIProp *object, ULONG tag);
HRESULT copy_map_names(struct copying *copy);
HRESULT copy_items(struct copying *copy);
HRESULT copy_delete_moved(struct copying *copy);
HRESULT copy_stream(IStream *from, IStream *to);
SCODE copy_stream_property(IMAPIProp *src, ULONG src_tag, IMAPIProp *dst, ULONG dst_tag,
                           const IID *iid);

/* Whether two entry IDs are the same thing. */
typedef BOOL (*copy_compare)(void *context, const SBinary *a, const SBinary *b);

/* One operation and everything below it. */
struct copy_job
{
    const struct mapi_allocators *allocators;
    copy_compare compare;
    void *context;
    ULONG flags; /* MAPI_MOVE, MAPI_NOREPLACE of the object that is copied now */
    IMAPIProgress *progress;            /* NULL: nobody looks */
    LONG low; /* the part of its scale that is for the object copied now */
    LONG high;
    BOOL top;                           /* that object is the one that the user sees counted */
    ULONG depth;                        /* so many folders and messages that object is inside */
};

/* copyprogress.c */
void copy_progress_begin(struct copy_job *job);
/* done of total: MAPI_E_USER_CANCEL when the user wants no more. */
HRESULT copy_progress_step(struct copy_job *job, ULONG done, ULONG total);
/* The next of total is gone into: the job that copies it. */
struct copy_job copy_progress_inside(const struct copy_job *job, ULONG done, ULONG total);

/* copyobject.c. list NULL: all but exclude, and the properties that say which object it is. lost:
 * the first thing that was not copied though the destination can have such, S_OK if there was
 * none. */
HRESULT copy_object(struct copy_job *job, IMAPIProp *src, IMAPIProp *dst, const SPropTagArray *list,
                    const SPropTagArray *exclude, SPropProblemArray **problems, SCODE *lost);
HRESULT copy_to(struct copy_job *job, IMAPIProp *src, ULONG iid_count, const IID *iids,
                const SPropTagArray *exclude, const IID *iface, void *dest,
                SPropProblemArray **problems);
HRESULT copy_props(struct copy_job *job, IMAPIProp *src, const SPropTagArray *include,
                   const IID *iface, void *dest, SPropProblemArray **problems);

/* copymessage.c */
SCODE copy_recipients(struct copy_job *job, IMessage *src, IMessage *dst);
SCODE copy_attachments(struct copy_job *job, IMessage *src, IMessage *dst);
SCODE copy_attachment_object(struct copy_job *job, IMAPIProp *src, IMAPIProp *dst);
BOOL copy_has_recipients(IMessage *message);
BOOL copy_has_attachments(IMessage *message);
SCODE copy_remove_recipients(IMessage *message);
SCODE copy_remove_attachments(IMessage *message);

/* copyfolder.c */
SCODE copy_contents(struct copy_job *job, IMAPIFolder *src, IMAPIFolder *dst, ULONG flags);
SCODE copy_subfolders(struct copy_job *job, IMAPIFolder *src, IMAPIFolder *dst);
/* src is dst, or dst is somewhere below it. */
BOOL copy_is_below(struct copy_job *job, IMAPIFolder *src, IMAPIFolder *dst);
/* S_OK, MAPI_W_PARTIAL_COMPLETION, or an error that ended it. */
HRESULT copy_messages(struct copy_job *job, IMAPIFolder *src, const ENTRYLIST *list,
                      IMAPIFolder *dst);
HRESULT copy_folder(struct copy_job *job, IMAPIFolder *parent, ULONG size, const ENTRYID *id,
                    IMAPIFolder *dst, LPCTSTR name, ULONG flags);

#endif /* MAPI32_COPY_H */
