/*
 * mapictl: vCards
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
 * vCards (2.1; RFC 2426, 3.0; RFC 6350, 4.0), read and written. Nothing here knows of MAPI or of
 * Windows' calls, so that it compiles natively as well, where it is tested under the sanitizers and
 * fuzzed (tests/core/check_vcard.c, tests/fuzz/fuzz_vcard.c). Buffers, charsets and codings are
 * those of the MIME layer.
 *
 * What is read comes from strangers: what breaks the rules is read as far as it goes, as other
 * programs do. Time is linear in the size of the file, memory is that of one card and bounded by
 * the limits below, nothing recurses.
 */

#ifndef MAPICTL_VCARD_H
#define MAPICTL_VCARD_H

#include "mime/mime.h"

#define VCARD_MAX_SIZE       (32u << 20)    /* bytes of one card; what is beyond is left out */
#define VCARD_MAX_PROPERTIES 4096u          /* of one card */
#define VCARD_MAX_NAME       64u            /* characters of a property's name, with the closing 0 */

/* Types of a property, as bits. What has no bit is left out. */
#define VCARD_HOME      0x001
#define VCARD_WORK      0x002
#define VCARD_CELL      0x004
#define VCARD_FAX       0x008
#define VCARD_PAGER     0x010
#define VCARD_VOICE     0x020
#define VCARD_CAR       0x040
#define VCARD_ISDN      0x080
#define VCARD_TEXTPHONE 0x100
#define VCARD_INTERNET  0x200
#define VCARD_X400      0x400

#define VCARD_UNPREFERRED 101

struct vcard_property
{
    char name[VCARD_MAX_NAME];  /* in capitals, without its group */
    ULONG types;
    unsigned preference;        /* 1 to 100, the least is the most preferred; VCARD_UNPREFERRED */
    struct mime_text text;      /* escaped still; empty when it is binary */
    struct mime_bytes data;     /* of ENCODING=b and data: addresses */
};

struct vcard
{
    unsigned version;           /* 21, 30 or 40 */
    size_t count;
    struct vcard_property *properties;
    BOOL cut;                   /* more than the limits allow: not all of it is here */
};

/* ------------------------------------------------------------------------------------ read.c */

struct vcard_reader
{
    const char *data;           /* the caller's, or converted's */
    size_t size, position;
    struct mime_bytes converted;        /* of files in UTF-16 */
};

/* FALSE: no memory. data stays the caller's and has to stay there. */
BOOL vcard_reader_init(struct vcard_reader *reader, const void *data, size_t size);
void vcard_reader_free(struct vcard_reader *reader);
/* S_OK; S_FALSE: there are no more; E_OUTOFMEMORY. vcard_free what came with S_OK. */
HRESULT vcard_next(struct vcard_reader *reader, struct vcard *card);
void vcard_free(struct vcard *card);
/* The first property of that name, in capitals; NULL. */
const struct vcard_property *vcard_find(const struct vcard *card, const char *name);
/* Appends a part of a value, without escapes and with CRLF between lines: parts end at divider
 * (';' or ','), and there is only one if it is 0. FALSE, and nothing is appended, beyond the
 * last. */
BOOL vcard_part(const struct vcard *card, const struct vcard_property *property, char divider,
                size_t index, struct mime_text *out);
/* "1970-01-31", "19700131", with a time or without; FALSE for what is no whole date. */
BOOL vcard_date(const struct vcard *card, const struct vcard_property *property, unsigned *year,
                unsigned *month, unsigned *day);

/* ----------------------------------------------------------------------------------- write.c */

struct vcard_writer
{
    unsigned version;           /* 30 or 40 */
    struct mime_bytes out;      /* failed: no memory */
    struct mime_bytes line;     /* the property that is being written */
};

void vcard_begin(struct vcard_writer *writer);
void vcard_end(struct vcard_writer *writer);
/* A property is begun, gets its value, and is put. */
void vcard_property_begin(struct vcard_writer *writer, const char *name, ULONG types,
                          BOOL preferred);
void vcard_put_text(struct vcard_writer *writer, const WCHAR *text);    /* escaped; NULL: nothing */
void vcard_put_divider(struct vcard_writer *writer, char divider);
void vcard_property_end(struct vcard_writer *writer);
/* The two in one. */
void vcard_put_property(struct vcard_writer *writer, const char *name, ULONG types, BOOL preferred,
                        const WCHAR *text);
void vcard_put_binary(struct vcard_writer *writer, const char *name, const void *data, size_t size);
void vcard_put_date(struct vcard_writer *writer, const char *name, unsigned year, unsigned month,
                    unsigned day);
void vcard_writer_free(struct vcard_writer *writer);

#endif
