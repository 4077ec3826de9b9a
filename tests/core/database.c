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


#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "database.h"

static char path[128];
static WCHAR wide[128];

struct db *database_create(ULONG use)
{
    static unsigned int number;
    struct db *db;
    size_t i;

    snprintf(path, sizeof(path), "/tmp/mapidb-%u-%u.db", (unsigned)getpid(), number++);
    for (i = 0; i < sizeof(path); i++) wide[i] = path[i];
    database_remove();
    unit_assert_hr(db_open(wide, use, DB_CREATE_NEW, &db), S_OK);
    return db;
}

void database_reopen(struct db **db)
{
    db_release(*db);
    unit_assert_hr(db_open(wide, 0, 0, db), S_OK);
}

void database_remove(void)
{
    static const char *const ends[] = { "", "-wal", "-shm", ".damaged", ".backup" };
    char name[160];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(ends); i++)
    {
        snprintf(name, sizeof(name), "%s%s", path, ends[i]);
        unlink(name);
    }
}

const char *database_path(void)
{
    return path;
}

const WCHAR *database_wide_path(void)
{
    return wide;
}

struct db_txn *database_write(struct db *db)
{
    struct db_txn *txn;

    unit_assert_hr(db_begin(db, DB_WRITE, &txn), S_OK);
    return txn;
}

struct db_txn *database_read(struct db *db)
{
    struct db_txn *txn;

    unit_assert_hr(db_begin(db, DB_READ, &txn), S_OK);
    return txn;
}

LONGLONG database_add(struct db_txn *txn, LONGLONG parent, ULONG kind, ULONG list,
                      struct db_props *props)
{
    struct db_object init;
    LONGLONG id;

    memset(&init, 0, sizeof(init));
    init.parent = parent;
    init.kind = kind;
    init.list = list;
    unit_assert_hr(db_object_create(txn, &init, props, NULL, 0, &id), S_OK);
    ck_assert_int_gt(id, DB_ROOT);
    return id;
}

LONGLONG database_rows(struct db *db, const char *table)
{
    sqlite3_stmt *statement;
    sqlite3 *handle;
    LONGLONG ret;
    char text[256];

    snprintf(text, sizeof(text), "SELECT count(*) FROM %s", table);
    ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(handle, text, -1, &statement, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ret = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(handle);
    return ret;
}

void database_exec(struct db *db, const char *text)
{
    sqlite3 *handle;

    ck_assert_int_eq(sqlite3_open(path, &handle), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(handle, text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}
