/*
 * A property database of the units' own
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
 * One file a test, in the system's folder for temporary ones; each asserts by itself that it works.
 */

#ifndef CORE_DATABASE_H
#define CORE_DATABASE_H

#include "unit.h"
#include "db/db.h"

struct db *database_create(ULONG use);
void database_reopen(struct db **db);
void database_remove(void);
const char *database_path(void);
const WCHAR *database_wide_path(void);
struct db_txn *database_write(struct db *db);
struct db_txn *database_read(struct db *db);
LONGLONG database_add(struct db_txn *txn, LONGLONG parent, ULONG kind, ULONG list,
                      struct db_props *props);
/* Past the database's own functions: rows of a table, and a statement. */
LONGLONG database_rows(struct db *db, const char *table);
void database_exec(struct db *db, const char *text);

#endif /* CORE_DATABASE_H */
