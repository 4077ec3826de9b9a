/*
 * Inside of property objects
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
 * propdata.c has the values and their access, propnames.c the names. One lock guards both; no
 * allocator of the caller's is called under it.
 */

#ifndef MAPI32_PROPDATA_H
#define MAPI32_PROPDATA_H

#include "object/object.h"

struct prop_item;

struct prop_data
{
    IPropData IPropData_iface;
    LONG refs;
    CRITICAL_SECTION cs;
    struct mapi_allocators allocators;
    ULONG access;               /* IPROP_READONLY or IPROP_READWRITE, of the whole object */
    struct prop_item *items;
    ULONG count;
    ULONG room;
    MAPINAMEID **names;         /* of ids from FIRST_NAMED_ID on; one block each */
    ULONG name_count;
    ULONG name_room;
};

static inline struct prop_data *impl_from_IPropData(IPropData *iface)
{
    return CONTAINING_RECORD(iface, struct prop_data, IPropData_iface);
}

/* propnames.c */
HRESULT WINAPI prop_data_GetNamesFromIDs(IPropData *iface, SPropTagArray **tags, GUID *set,
                                         ULONG flags, ULONG *ret_count, MAPINAMEID ***ret);
HRESULT WINAPI prop_data_GetIDsFromNames(IPropData *iface, ULONG count, MAPINAMEID **names,
                                         ULONG flags, SPropTagArray **ret);
void prop_data_free_names(struct prop_data *data);

#endif /* MAPI32_PROPDATA_H */
