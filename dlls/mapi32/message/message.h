/*
 * Formats of messages
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
 * The private header of message/: rich text, TNEF, messages on storages. They know interfaces of
 * MAPI and of OLE, but no session, profile or provider.
 */

#ifndef MAPI32_MESSAGE_H
#define MAPI32_MESSAGE_H

#include "object/object.h"

/* streamtool.c: all of size bytes, or an error; MAPI_E_CORRUPT_DATA when the stream ends before. */
HRESULT stream_read_all(IStream *stream, void *data, ULONG size);
HRESULT stream_write_all(IStream *stream, const void *data, ULONG size);
/* What comes from here on, with two bytes of zero behind it, at most limit bytes of it
 * (MAPI_E_TOO_BIG). platform_free. */
HRESULT stream_read_rest(IStream *stream, size_t limit, BYTE **data, size_t *size);
/* A stream in memory. Its position is its start. */
HRESULT stream_on_memory(const void *data, size_t size, IStream **ret);

/* proptool.c: properties of any size. MAPI_E_NOT_FOUND. What is read is platform_free. */
HRESULT prop_read_text(IMAPIProp *object, ULONG tag, WCHAR **text, size_t *length);
HRESULT prop_read_binary(IMAPIProp *object, ULONG tag, BYTE **data, size_t *size);
HRESULT prop_write_text(IMAPIProp *object, ULONG tag, const WCHAR *text, size_t length);
HRESULT prop_write_binary(IMAPIProp *object, ULONG tag, const BYTE *data, size_t size);
BOOL prop_read_long(IMAPIProp *object, ULONG tag, LONG *value);

/* rtfstream.c: all of a stream of rich text */
struct rtf_reader;
HRESULT rtf_read_stream(IStream *rtf, BOOL native, struct rtf_reader **ret);

/* rtfsync.c: what PR_RTF_COMPRESSED is to be for a body. platform_free. */
HRESULT rtf_compress_body(const WCHAR *text, size_t length, BOOL html, BYTE **data, size_t *size);

#endif /* MAPI32_MESSAGE_H */
