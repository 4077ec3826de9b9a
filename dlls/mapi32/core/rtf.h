/*
 * Rich text and what can be made of it
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
 * Reading: rich text goes in byte by byte, UTF-16 comes out: the text that a reader of rich text
 * would show, or what was put into rich text to travel (MS-OXRTFEX): the HTML of \fromhtml, the
 * plain text of \fromtext. Writing: plain text and HTML as rich text from which the same comes out
 * again.
 */

#ifndef MAPI32_RTF_H
#define MAPI32_RTF_H

#include "core/core.h"

enum rtf_kind
{
    RTF_KIND_RTF,
    RTF_KIND_TEXT,
    RTF_KIND_HTML
};

/* rtfread.c */
struct rtf_reader;
/* native: what travels in it comes out, if anything does; else always the text. */
HRESULT rtf_reader_create(BOOL native, struct rtf_reader **ret);
void rtf_reader_free(struct rtf_reader *reader);
/* MAPI_E_CORRUPT_DATA: this is no rich text, or it is nested beyond reason. */
HRESULT rtf_reader_add(struct rtf_reader *reader, const BYTE *data, size_t size);
/* The text stays the reader's and has a terminator. The code page is the one that the rich text
 * was written in. */
HRESULT rtf_reader_end(struct rtf_reader *reader, const WCHAR **text, size_t *length,
                       enum rtf_kind *kind, ULONG *codepage);

/* rtfwrite.c */
HRESULT rtf_from_text(const WCHAR *text, size_t length, byte_sink sink, void *context);
HRESULT rtf_from_html(const WCHAR *html, size_t length, byte_sink sink, void *context);

#endif /* MAPI32_RTF_H */
