/*
 * Properties as TNEF has them
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
 * Lists of properties in attMAPIProps, attAttachment and attRecipTable (MS-OXTNEF). What is read is
 * one chain of memory_allocate_buffer's, with text as PT_UNICODE.
 */

#ifndef MAPI32_TNEFPROPS_H
#define MAPI32_TNEFPROPS_H

#include "core/core.h"

struct tnef_list
{
    ULONG count;
    SPropValue *props;          /* objects: Value.bin, an IID first */
    MAPINAMEID **names;         /* of each, NULL: it has none */
};

struct tnef_buffer
{
    BYTE *data;
    size_t size;
    size_t room;
};

/* One list from *at on, which moves behind it. MAPI_E_CORRUPT_DATA, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT tnef_read_list(const BYTE *data, size_t size, size_t *at, ULONG codepage,
                       struct tnef_list **ret);
ULONG tnef_read_long(const BYTE *data);
ULONG tnef_read_short(const BYTE *data);

HRESULT tnef_append(struct tnef_buffer *buffer, const void *data, size_t size);
HRESULT tnef_append_long(struct tnef_buffer *buffer, ULONG value);
/* name NULL: it has none. MAPI_E_NO_SUPPORT for a type that TNEF does not have. */
HRESULT tnef_append_prop(struct tnef_buffer *buffer, const SPropValue *prop,
                         const MAPINAMEID *name);

#endif /* MAPI32_TNEFPROPS_H */
