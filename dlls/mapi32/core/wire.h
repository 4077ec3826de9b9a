/*
 * Values on their way to another process
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
 * One function a kind of value, for both ways: a struct wire that writes puts the value at the end
 * of its bytes, one that reads makes the value anew from them. What is written is the same on both
 * architectures: little-endian, nothing aligned, pointers and handles of 64 bits.
 *
 * Bytes that are read come from a stranger. No count is believed before the bytes for it are there,
 * recursion is bounded as for restrictions anywhere, and the first thing wrong ends it: hr is kept,
 * later calls do nothing. What is read hangs in one chain of the allocators at root, or begins one
 * where root is NULL; so one call of free releases it.
 */

#ifndef MAPI32_CORE_WIRE_H
#define MAPI32_CORE_WIRE_H

#include "core/core.h"

struct wire
{
    const struct mapi_allocators *allocators;   /* of what is read; NULL: this one writes */
    BYTE *data;                 /* written: platform_alloc */
    size_t size;                /* there to be read; room to write to */
    size_t at;
    void *root;
    HRESULT hr;                 /* S_OK; MAPI_E_INVALID_PARAMETER, MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_TOO_COMPLEX */
};

#define WIRE_MAX 0x10000000u    /* bytes of one call */

void wire_write_init(struct wire *wire);
void wire_read_init(struct wire *wire, const struct mapi_allocators *allocators, const void *data,
                    size_t size);
/* Of what was written; what was read is the caller's. */
void wire_free(struct wire *wire);
/* The first error stays. */
void wire_fail(struct wire *wire, HRESULT hr);

void wire_raw(struct wire *wire, void *value, size_t size);
void wire_ulong(struct wire *wire, ULONG *value);
/* A number of pointer size; one that this process is too narrow for is MAPI_E_INVALID_PARAMETER. */
void wire_number(struct wire *wire, ULONG_PTR *value);
/* Of a count that travels by itself: *array of count elements, each of size bytes and laid out
 * alike everywhere. */
void wire_array(struct wire *wire, ULONG count, size_t size, void **array);
/* NULL stays NULL; unicode is what the writer has, and what the reader gets told. */
void wire_text(struct wire *wire, BOOL *unicode, void **text);
void wire_props(struct wire *wire, ULONG count, SPropValue **props);
void wire_tags(struct wire *wire, SPropTagArray **tags);
void wire_problems(struct wire *wire, SPropProblemArray **problems);
void wire_sort(struct wire *wire, SSortOrderSet **sort);
void wire_restriction(struct wire *wire, SRestriction **restriction);
void wire_entries(struct wire *wire, ENTRYLIST **list);
void wire_names(struct wire *wire, ULONG count, MAPINAMEID ***names);
void wire_error(struct wire *wire, ULONG flags, MAPIERROR **error);
void wire_notifications(struct wire *wire, ULONG count, NOTIFICATION **notifications);
/* Row sets and address lists: each row is a chain of its own, rows_free frees the whole. root is
 * left alone. */
void wire_rows(struct wire *wire, SRowSet **rows);

#endif /* MAPI32_CORE_WIRE_H */
