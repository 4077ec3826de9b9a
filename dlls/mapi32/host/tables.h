/*
 * Guarded calls on containers and tables of providers
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
 * What a dialog does with a container of an address book provider and with the tables that it gives:
 * each call inside the guard of host/, each row that comes out a copy in the subsystem's own memory
 * whose strings are PT_UNICODE. The party is the caller's own, one for each container: a container that
 * crashes is not called again, and not even released.
 */

#ifndef MAPI32_HOST_TABLES_H
#define MAPI32_HOST_TABLES_H

#include "host/host.h"

/* The table, in UTF-16 where the provider can, with those columns and only the rows that match. */
HRESULT host_contents_table(struct host_party *party, IABContainer *container, IMAPITable **ret);
HRESULT host_container_table(struct host_party *party, IABContainer *container, ULONG tag,
                             IMAPITable **ret); /* of an object property, PR_CREATE_TEMPLATES */
HRESULT host_table_columns(struct host_party *party, IMAPITable *table, const SPropTagArray *tags);
HRESULT host_table_restrict(struct host_party *party, IMAPITable *table,
                            const SRestriction *restriction);
/* S_OK when the table is in the order of that column (ascending), made so or found so. */
HRESULT host_table_sort(struct host_party *party, IMAPITable *table, ULONG tag);
HRESULT host_table_count(struct host_party *party, IMAPITable *table, ULONG *count);
/* At most count rows from a position on; fewer, or none, at the end. position TABLE_NEXT: where the
 * last read ended. Rows that cannot be copied are there without properties. */
#define TABLE_NEXT (~0u)
HRESULT host_table_read(struct host_party *party, IMAPITable *table, ULONG position, ULONG count,
                        SRowSet **ret);
/* The position of the first row that matches. MAPI_E_NOT_FOUND. */
HRESULT host_table_find(struct host_party *party, IMAPITable *table,
                        const SRestriction *restriction, ULONG *position);
HRESULT host_table_advise(struct host_party *party, IMAPITable *table, ULONG mask,
                          IMAPIAdviseSink *sink, ULONG_PTR *connection);
void host_table_unadvise(struct host_party *party, IMAPITable *table, ULONG_PTR connection);
HRESULT host_object_props(struct host_party *party, IMAPIProp *object, const SPropTagArray *tags,
                          ULONG *count, SPropValue **ret);      /* ours, PT_UNICODE */
HRESULT host_set_props(struct host_party *party, IMAPIProp *object, ULONG count,
                       const SPropValue *props);
HRESULT host_save_changes(struct host_party *party, IMAPIProp *object);
HRESULT host_create_entry(struct host_party *party, IABContainer *container, ULONG size,
                          const ENTRYID *id, ULONG flags, IMAPIProp **ret);
void host_party_release(struct host_party *party, void *object); /* any interface; NULL is fine */

#endif /* MAPI32_HOST_TABLES_H */
