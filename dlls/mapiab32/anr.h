/*
 * Address books: names that are typed, and recipients
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
 * What every address book has to do alike: tables that know PR_ANR, and ResolveNames and
 * PrepareRecips under the rules of an ADRLIST. Made from the public headers only, for this address
 * book and for the sample that others start from.
 */

#ifndef MAPIAB32_ANR_H
#define MAPIAB32_ANR_H

#include <mapidefs.h>
#include <mapiutil.h>

/* ---- anrtable.c */

/* The same table, in which Restrict and FindRow know PR_ANR. Takes view, failing or not. */
HRESULT anr_table_create(IMAPITable *view, IMAPITable **ret);
/* The same before a view of rows, in the width that MAPI_UNICODE in flags asks for. */
HRESULT anr_table_of_rows(ITableData *rows, ULONG flags, IMAPITable **ret);
/* Such a view alone. */
HRESULT anr_rows_view(ITableData *rows, ULONG flags, IMAPITable **ret);
/* The word that everybody has who matches, of one that PR_ANR became; the whole name that everybody
 * has. NULL: it is none. */
const WCHAR *anr_word_of(const SRestriction *restriction);
const WCHAR *anr_name_of(const SRestriction *restriction);
/* The text of either width, NULL for no text or no memory; MAPIFreeBuffer. */
WCHAR *anr_text(const SPropValue *prop);

/* ---- recips.c */

/* The property of that ID with a value, NULL. */
const SPropValue *recips_find(const SPropValue *props, ULONG count, ULONG tag);
/* A copy of value in the type that tag asks for; PT_ERROR when there is none. */
HRESULT recips_copy_prop(SPropValue *dst, ULONG tag, const SPropValue *value, void *chain);
/* The entry's properties: first those of tags, in order, then all others that it had, with the
 * row's entry ID. What the caller gave counts more than the row unless row_first. */
HRESULT recips_replace(ADRENTRY *entry, const SPropTagArray *tags, const SRow *row, BOOL row_first);
/* ResolveNames by an anr_table of the container. short_term: the entry IDs it gives are good for
 * this session, and to be exchanged by PrepareRecips. */
HRESULT recips_resolve(IMAPITable *table, const SPropTagArray *tags, ULONG flags, BOOL short_term,
                       ADRLIST *names, FlagList *marks);

#endif /* MAPIAB32_ANR_H */
