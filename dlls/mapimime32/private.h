/*
 * What the files of the converter share
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
 * Three layers: mime/ takes bytes apart and puts them together; tomapi*.c and tomime*.c convert, through
 * public interfaces of MAPI only; converter.c and main.c are the COM object and the DLL.
 */

#ifndef MAPIMIME_PRIVATE_H
#define MAPIMIME_PRIVATE_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define COBJMACROS
#include "windef.h"
#include "winbase.h"
#include "objbase.h"
#include "mapidefs.h"
#include "mapicode.h"
#include "mapitags.h"
#include "mapix.h"
#include "mapiutil.h"
#include "tnef.h"
#include "mapimime.h"
#include "mime/mime.h"

#define MAX_BODY      (16u << 20)       /* a body; a longer text becomes an attachment */
#define MAX_EMBEDDED  32u               /* messages in messages, written */
#define MAX_NAMED     100u              /* fields of a message that become named properties */

/* Properties that only mail from the Internet has; the published mapitags.h does not list them. */
#define PR_INTERNET_CPID        PROP_TAG(PT_LONG, 0x3FDE)
#define PR_LIST_HELP_W          PROP_TAG(PT_UNICODE, 0x1043)
#define PR_LIST_SUBSCRIBE_W     PROP_TAG(PT_UNICODE, 0x1044)
#define PR_LIST_UNSUBSCRIBE_W   PROP_TAG(PT_UNICODE, 0x1045)
#define PR_ORIGINAL_MESSAGE_ID_W PROP_TAG(PT_UNICODE, 0x1046)
#define PR_ATTACH_CONTENT_ID_W  PROP_TAG(PT_UNICODE, 0x3712)
#define PR_ATTACH_CONTENT_LOCATION_W PROP_TAG(PT_UNICODE, 0x3713)
#define PR_ATTACH_FLAGS_LONG    PROP_TAG(PT_LONG, 0x3714)
#define PR_ATTACHMENT_HIDDEN_   PROP_TAG(PT_BOOLEAN, 0x7FFE)
#define PR_NDR_STATUS_CODE_     PROP_TAG(PT_LONG, 0x0C20)
#define PR_REMOTE_MTA_W         PROP_TAG(PT_UNICODE, 0x0C21)
#define MAPI_REASON_TRANSFER_FAILED 0
#define ATT_IN_HTML             0x00000004      /* PR_ATTACH_FLAGS: the HTML body shows it */

struct options
{
    IAddrBook *book;            /* NULL or counted */
    ENCODINGTYPE encoding;      /* IET_CURRENT: whatever suits the text */
    MIMESAVETYPE format;
    BOOL wrap;
    ULONG width;
    UINT codepage;              /* 0: whatever suits the text */
};

HRESULT mime_to_mapi(IStream *stream, IMessage *message, const struct options *options, ULONG flags);
HRESULT mapi_to_mime(IMessage *message, IStream *stream, const struct options *options, ULONG flags);

HRESULT converter_create(REFIID iid, void **ret);
extern LONG module_references;

/* ------------------------------------------------------------------------------------ props.c */

/* Properties on their way to an object. */
struct props
{
    SPropValue *values;
    ULONG count, room;
    void *block;                /* MAPIAllocateBuffer: the values' chain */
    BOOL failed;
};

void props_text(struct props *props, ULONG tag, const WCHAR *text, size_t length);
void props_binary(struct props *props, ULONG tag, const void *data, size_t size);
void props_long(struct props *props, ULONG tag, LONG value);
void props_bool(struct props *props, ULONG tag, BOOL value);
void props_time(struct props *props, ULONG tag, ULONGLONG time);
/* Sets them all, as ANSI text where the object has no Unicode. */
HRESULT props_set(struct props *props, void *object);
void props_free(struct props *props);
/* Makes Unicode text ANSI; what is new belongs to block. */
HRESULT make_ansi(SPropValue *values, ULONG count, void *block);
/* The values as a block of their own for an ADRLIST; props is empty afterwards. */
SPropValue *props_take(struct props *props, ULONG *count);

/* One-off entry ID and search key of an SMTP address. */
void props_one_off(struct props *props, ULONG entryid, ULONG key, const WCHAR *name,
                   const WCHAR *address);
void put_one_off(struct mime_bytes *bytes, const WCHAR *name, const WCHAR *address);
/* Name, type and address that a one-off entry ID has; FALSE for any other. mime_text_free each. */
BOOL read_one_off(const BYTE *id, size_t size, struct mime_text *name, struct mime_text *type,
                  struct mime_text *address);

/* One property, NULL if it is not there; MAPIFreeBuffer. Text comes as Unicode. */
SPropValue *get_prop(void *object, ULONG tag);
/* Text of a property of any size, through a stream if need be. FALSE: there is none. */
BOOL get_text(void *object, ULONG tag, struct mime_text *text);
HRESULT get_stream(void *object, ULONG tag, IStream **stream);
/* Rows of the recipient table, text as Unicode; FreeProws. */
HRESULT get_recipients(IMessage *message, const SPropTagArray *columns, SRowSet **ret);
HRESULT temporary_stream(IStream **stream);
HRESULT write_all(IStream *stream, const void *data, size_t size);
/* Puts a large value, through a stream if the object has one for it. */
HRESULT put_large(void *object, ULONG tag, const void *data, size_t size);

/* ----------------------------------------------------------------------------------- tomapi.c */

enum subtype { MIXED, ALTERNATIVE, RELATED, REPORT };

struct body
{
    struct mime_bytes bytes;
    UINT codepage;
    BOOL there, flowed, delsp;
};

/* A message that is being filled. */
struct level
{
    struct level *outer;
    IMessage *message;          /* counted */
    IAttach *attach;            /* that it is in, NULL for the outermost; counted */
    struct props props;
    struct mime_header header;  /* what is needed of it later */
    UINT codepage;              /* of raw text in the header */
    struct body plain, html, rtf;
    BOOL body_taken, from_tnef, is_report;
    ULONG attachments;
    struct recipients { SPropValue *values; ULONG count; } *recipients;
    ULONG recipient_count, recipient_room;
};

struct frame
{
    enum mime_kind kind;
    enum subtype subtype;
    unsigned children;
    BOOL body;                  /* its children may be the body */
};

enum target { TO_NOTHING, TO_PLAIN, TO_HTML, TO_RTF, TO_ATTACH, TO_TNEF, TO_MESSAGE, TO_STATUS };

struct tomapi
{
    const struct options *options;
    ULONG flags;
    unsigned parts, base_depth;
    struct level *level;
    struct frame frames[MIME_MAX_DEPTH + 2];
    unsigned depth;
    enum target target;
    struct attachment_info *info;       /* of the leaf */
    IAttach *attach;
    IStream *stream;            /* of the attachment, or temporary */
    struct mime_bytes status;
};

/* attach.c */
struct attachment_info
{
    struct mime_text name, id, location;
    char type[128];
    BOOL related;
};

HRESULT read_attachment_info(const struct mime_entity *entity, BOOL related,
                             struct attachment_info **ret);
void free_attachment_info(struct attachment_info *info);
void clean_name(struct mime_text *name);
HRESULT create_attachment(struct level *level, const struct attachment_info *info, ULONG method,
                          IAttach **ret);
HRESULT open_attachment_stream(IAttach *attach, IStream **ret);
HRESULT save_attachment(IAttach *attach);
HRESULT attach_bytes(struct level *level, const struct attachment_info *info, const void *data,
                     size_t size);

/* tomapi_header.c */
HRESULT read_header(struct tomapi *tomapi, struct level *level, const struct mime_header *header,
                    UINT codepage);
HRESULT add_recipient(struct level *level, struct props *props);
void read_message_id(struct level *level, const struct mime_field *field, ULONG tag);
HRESULT set_recipients(struct level *level);
HRESULT set_named_fields(struct level *level);

/* tomapi_body.c */
HRESULT set_bodies(struct tomapi *tomapi, struct level *level);
UINT entity_codepage(const struct mime_entity *entity);

/* report.c */
HRESULT read_report(struct level *level, const char *type, const char *data, size_t size);

/* ----------------------------------------------------------------------------------- tomime.c */

struct tomime
{
    const struct options *options;
    ULONG flags;
    IStream *stream;
    struct mime_bytes out;      /* not written yet */
    HRESULT hr;                 /* the first error */
    unsigned depth, boundaries;
    char unique[40];            /* in every boundary */
};

/* An address as a message has it. */
struct address
{
    struct mime_text name, address;
};

void flush_out(struct tomime *tomime, BOOL always);
void new_boundary(struct tomime *tomime, char *boundary);
BOOL read_address(struct tomime *tomime, const SPropValue *values, ULONG count, ULONG name_tag,
                  ULONG type_tag, ULONG address_tag, ULONG smtp_tag, ULONG entryid_tag,
                  struct address *ret);
/* The same of properties of a message: name, type, address, SMTP address and entry ID. */
BOOL read_person(struct tomime *tomime, IMessage *message, const ULONG *tags, struct address *ret);
void free_address(struct address *address);
HRESULT write_message(struct tomime *tomime, IMessage *message, BOOL outermost);

/* tomime_header.c: all fields but those of the body */
HRESULT write_header(struct tomime *tomime, IMessage *message, BOOL outermost);

/* tomime_body.c */
struct bodies
{
    struct mime_text plain;
    struct mime_bytes html;     /* in codepage */
    UINT codepage;
    BOOL has_plain, has_html;
};

HRESULT read_bodies(struct tomime *tomime, IMessage *message, struct bodies *bodies);
void free_bodies(struct bodies *bodies);
/* Whether the HTML shows what has that Content-ID or location. */
BOOL html_refers(const struct bodies *bodies, const WCHAR *id, const WCHAR *location);
/* A text part: Content-Type, encoding, empty line, text. */
void write_plain(struct tomime *tomime, const struct mime_text *text, BOOL outermost);
void write_html(struct tomime *tomime, const struct bodies *bodies, BOOL outermost);

/* tomime_attach.c */
struct attachment
{
    ULONG number, method;
    BOOL is_inline;
    struct mime_text name, type, id, location;
};

HRESULT read_attachments(IMessage *message, struct attachment **ret, ULONG *count);
void free_attachments(struct attachment *attachments, ULONG count);
/* The part of an attachment, from its header on. */
HRESULT write_attachment(struct tomime *tomime, IMessage *message,
                         const struct attachment *attachment);
HRESULT write_uu_attachment(struct tomime *tomime, IMessage *message,
                            const struct attachment *attachment);
HRESULT write_tnef(struct tomime *tomime, IMessage *message);

/* report.c */
BOOL is_report_class(const WCHAR *message_class);
HRESULT write_report(struct tomime *tomime, IMessage *message, const WCHAR *message_class);

#endif
