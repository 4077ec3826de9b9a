/*
 * Files and connections of the property database
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
 * All who open a path within a process share its struct db. Each transaction has a connection of
 * its own while it lasts; a few are kept with their prepared statements. The last connection that
 * any process closes takes the log into the file. A file that cannot be written is opened
 * read-only, without log where that cannot be made.
 */

#include <stdio.h>

#include "db/dbpriv.h"

#define READ_CACHE_KIB 16384
#define MAKE_RETRY_MS 20
#define FLUSH_MS 200                    /* that a flush waits for others before it leaves them the log */

/* Every struct db, under the global lock. */
static struct db *open_files;

void connection_close(struct connection *connection)
{
    ULONG i;

    if (!connection) return;
    for (i = 0; i < SQL_COUNT; i++) sqlite3_finalize(connection->statements[i]);
    sqlite3_close(connection->handle);
    platform_free(connection);
}

HRESULT connection_open(const char *name, BOOL read_only, struct connection **ret)
{
    const int flags = read_only ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
    struct connection *connection;
    char text[128];
    HRESULT hr;

    *ret = NULL;
    if (!(connection = platform_alloc_zero(sizeof(*connection)))) return MAPI_E_NOT_ENOUGH_MEMORY;
    hr = sql_error(sqlite3_open_v2(name, &connection->handle, flags | SQLITE_OPEN_NOMUTEX
                                                              | SQLITE_OPEN_PRIVATECACHE, NULL));
    if (hr == MAPI_E_NO_ACCESS && connection->handle
        && os_is_in_use(sqlite3_system_errno(connection->handle)))
        hr = MAPI_E_BUSY;
    if (SUCCEEDED(hr))
    {
        sqlite3_extended_result_codes(connection->handle, 1);
        sqlite3_busy_timeout(connection->handle, DB_BUSY_MS);
        sqlite3_limit(connection->handle, SQLITE_LIMIT_ATTACHED, 1);
        /* The file is hostile: nothing in its schema may run functions, nothing may harm its pages.
         */
        sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
        sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
        sqlite3_snprintf(sizeof(text), text, "PRAGMA cache_size=-%d; PRAGMA synchronous=FULL;"
                         "PRAGMA cell_size_check=1", READ_CACHE_KIB);
        hr = sql_error(sqlite3_exec(connection->handle, text, NULL, NULL, NULL));
    }
    if (FAILED(hr))
    {
        connection_close(connection);
        return hr;
    }
    *ret = connection;
    return S_OK;
}

HRESULT connection_take(struct db *db, struct connection **ret)
{
    os_lock_enter(db->lock);
    if ((*ret = db->idle))
    {
        db->idle = (*ret)->next;
        db->idle_count--;
    }
    os_lock_leave(db->lock);
    return *ret ? S_OK : connection_open(db->name, db->read_only, ret);
}

void connection_give(struct db *db, struct connection *connection)
{
    if (!connection) return;
    os_lock_enter(db->lock);
    if (db->idle_count < MAX_IDLE)
    {
        connection->next = db->idle;
        db->idle = connection;
        db->idle_count++;
        connection = NULL;
    }
    os_lock_leave(db->lock);
    connection_close(connection);
}

/* --- what a file is --- */

static HRESULT read_number(sqlite3 *handle, const char *text, LONGLONG *ret)
{
    sqlite3_stmt *statement;
    int rc = sqlite3_prepare_v2(handle, text, -1, &statement, NULL);

    if (rc) return sql_error(rc);
    rc = sqlite3_step(statement);
    *ret = rc == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return rc == SQLITE_ROW ? S_OK : rc == SQLITE_DONE ? MAPI_E_CORRUPT_STORE : sql_error(rc);
}

static HRESULT read_identity(struct db *db, sqlite3 *handle)
{
    LONGLONG application, version, use;
    sqlite3_stmt *statement;
    HRESULT hr;
    int rc;

    if (FAILED(hr = read_number(handle, "PRAGMA application_id", &application))) return hr;
    if (application != APPLICATION_ID) return MAPI_E_CORRUPT_STORE;
    if (FAILED(hr = read_number(handle, "PRAGMA user_version", &version))) return hr;
    if (version > SCHEMA_VERSION) return MAPI_E_VERSION;
    if (version < 1) return MAPI_E_CORRUPT_STORE;
    db->fulltext = version >= SCHEMA_VERSION;
    if (FAILED(hr = read_number(handle, "SELECT value FROM meta WHERE name='use'", &use)))
        return hr;
    if (!db->use) db->use = (ULONG)use;
    if (use != db->use) return MAPI_E_CORRUPT_STORE;

    rc =
        sqlite3_prepare_v2(handle, "SELECT value FROM meta WHERE name='uid'", -1, &statement, NULL);
    if (rc) return sql_error(rc);
    if ((rc = sqlite3_step(statement)) == SQLITE_ROW)
    {
        if (sqlite3_column_type(statement, 0) == SQLITE_BLOB
            && sqlite3_column_bytes(statement, 0) == sizeof(db->uid))
            memcpy(&db->uid, sqlite3_column_blob(statement, 0), sizeof(db->uid));
        else hr = MAPI_E_CORRUPT_STORE;
    }
    else hr = rc == SQLITE_DONE ? MAPI_E_CORRUPT_STORE : sql_error(rc);
    sqlite3_finalize(statement);
    return hr;
}

/* Whether it is a database without anything in it: its maker is not there yet, or was killed. */
static BOOL is_bare(sqlite3 *handle)
{
    LONGLONG application, schema;

    return SUCCEEDED(read_number(handle, "PRAGMA application_id", &application)) && !application
           && SUCCEEDED(read_number(handle, "PRAGMA schema_version", &schema)) && !schema;
}

/* The schema of a new file, in one transaction, so that two processes may both try. */
static HRESULT make_file(struct db *db, BOOL must_be_new)
{
    sqlite3_stmt *statement;
    LONGLONG application;
    sqlite3 *handle;
    ULONG tries = 0;
    MAPIUID uid;
    HRESULT hr;
    int rc;

    rc = sqlite3_open_v2(db->name, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                         | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc)
    {
        sqlite3_close(handle);
        return sql_error(rc);
    }
    sqlite3_busy_timeout(handle, DB_BUSY_MS);
    /* The busy handler is not asked while another process makes it a file with a log. */
    do
        hr = sql_error(sqlite3_exec(handle, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL;"
                                    "BEGIN IMMEDIATE", NULL, NULL, NULL));
    while (hr == MAPI_E_BUSY && ++tries < DB_BUSY_MS / MAKE_RETRY_MS
           && sqlite3_sleep(MAKE_RETRY_MS));
    if (SUCCEEDED(hr)) hr = read_number(handle, "PRAGMA application_id", &application);
    if (SUCCEEDED(hr) && application == APPLICATION_ID)
    {
        if (must_be_new) hr = MAPI_E_COLLISION;
    }
    else if (SUCCEEDED(hr))
    {
        if (!platform_new_uid(&uid)) hr = MAPI_E_CALL_FAILED;
        if (SUCCEEDED(hr)) hr = sql_error(sqlite3_exec(handle, schema_sql, NULL, NULL, NULL));
        if (SUCCEEDED(hr) && db->use == DB_USE_STORE)
            hr = sql_error(sqlite3_exec(handle, schema_text_sql, NULL, NULL, NULL));
        if (SUCCEEDED(hr)) hr = sql_error(sqlite3_prepare_v2(handle, "INSERT INTO meta(name,value) "
                                          "VALUES('uid',?1),('use',?2)", -1, &statement, NULL));
        if (SUCCEEDED(hr))
        {
            sqlite3_bind_blob(statement, 1, &uid, sizeof(uid), SQLITE_STATIC);
            sqlite3_bind_int64(statement, 2, db->use);
            if ((rc = sqlite3_step(statement)) != SQLITE_DONE) hr = sql_error(rc);
            sqlite3_finalize(statement);
        }
    }
    if (SUCCEEDED(hr)) hr = sql_error(sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL));
    sqlite3_close(handle);
    return hr;
}

/* A store of an older version gets what this one has more; two processes may both try. One that is
 * damaged stays as it is: it can still be read. */
static HRESULT upgrade(struct db *db, sqlite3 *handle)
{
    LONGLONG version;
    HRESULT hr = sql_error(sqlite3_exec(handle, "BEGIN IMMEDIATE", NULL, NULL, NULL));

    if (SUCCEEDED(hr) && SUCCEEDED(hr = read_number(handle, "PRAGMA user_version", &version))
        && version < SCHEMA_VERSION)
        hr = sql_error(sqlite3_exec(handle, version < 2 ? schema_text_sql : schema_time_sql, NULL,
                                    NULL, NULL));
    if (SUCCEEDED(hr)) hr = sql_error(sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL));
    if (SUCCEEDED(hr)) db->fulltext = TRUE;
    else sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
    return hr == MAPI_E_CORRUPT_STORE ? S_OK : hr;
}

/* A file in a folder that cannot be written has nowhere to put what readers share. Read alone it
 * can be, as long as nobody writes to it: then it has a log, which would have to be read, too. */
static HRESULT become_immutable(struct db *db)
{
    static const char hex[] = "0123456789ABCDEF";
    const size_t length = strlen(db->name);
    char *name, *end;
    WCHAR *log;
    BOOL has_log;
    size_t i;

    if (!(log = path_with(db->path, L"-wal"))) return MAPI_E_NOT_ENOUGH_MEMORY;
    has_log = os_path_size(log) != 0;
    platform_free(log);
    if (has_log) return MAPI_E_NO_ACCESS;
    if (length > 0x10000 || !(name = platform_alloc(length * 3 + 32)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    strcpy(name, "file:");
    end = name + strlen(name);
    for (i = 0; i < length; i++)
    {
        *end++ = '%';
        *end++ = hex[(BYTE)db->name[i] >> 4];
        *end++ = hex[(BYTE)db->name[i] & 15];
    }
    strcpy(end, "?immutable=1");
    platform_free(db->name);
    db->name = name;
    return S_OK;
}

/* --- struct db --- */

static void db_free(struct db *db)
{
    struct connection *connection;

    while ((connection = db->idle))
    {
        db->idle = connection->next;
        connection_close(connection);
    }
    names_free(db);
    os_event_free(db->writer);
    os_lock_free(db->lock);
    platform_free(db->path);
    platform_free(db->name);
    platform_free(db);
}

/* In place of one that was of no use. It may be there, though the file is no good. */
static HRESULT first_connection(struct db *db, struct connection **ret)
{
    HRESULT hr;

    connection_close(*ret);
    if (SUCCEEDED(hr = connection_open(db->name, db->read_only, ret)))
        hr = read_identity(db, (*ret)->handle);
    return hr;
}

static HRESULT db_create(WCHAR *path, ULONG use, ULONG flags, struct db **ret)
{
    struct connection *connection = NULL;
    struct db *db;
    HRESULT hr;

    if (!(db = platform_alloc_zero(sizeof(*db))))
    {
        platform_free(path);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    db->refs = 1;
    db->path = path;
    db->use = use;
    db->read_only = (flags & DB_READ_ONLY) != 0;
    db->name = text_to_utf8(path);
    db->lock = os_lock_create();
    db->writer = os_event_create(TRUE);
    if (!db->name || !db->lock || !db->writer)
    {
        db_free(db);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }

    hr = S_OK;
    if (!os_path_exists(path))
        hr = flags & (DB_CREATE | DB_CREATE_NEW) ? make_file(db, (flags & DB_CREATE_NEW) != 0)
                                                 : MAPI_E_NOT_FOUND;
    else if (flags & DB_CREATE_NEW) hr = MAPI_E_COLLISION;
    else if ((flags & DB_CREATE) && !os_path_size(path)) hr = make_file(db, FALSE);
    if (SUCCEEDED(hr)) hr = first_connection(db, &connection);
    if (hr == MAPI_E_NO_ACCESS && !db->read_only && os_path_exists(path))
    {
        db->read_only = TRUE;
        hr = first_connection(db, &connection);
    }
    if (hr == MAPI_E_NO_ACCESS && db->read_only && SUCCEEDED(hr = become_immutable(db)))
        hr = first_connection(db, &connection);
    if (hr == MAPI_E_CORRUPT_STORE && connection && (flags & DB_CREATE) && !db->read_only)
    {
        /* Another process may be making it just now: once it has, the second look finds it
         * whole. */
        hr = is_bare(connection->handle) ? make_file(db, FALSE) : S_OK;
        if (SUCCEEDED(hr)) hr = read_identity(db, connection->handle);
    }
    if (SUCCEEDED(hr) && !db->read_only && sqlite3_db_readonly(connection->handle, "main") == 1)
        db->read_only = TRUE;
    if (SUCCEEDED(hr) && !db->fulltext && !db->read_only && db->use == DB_USE_STORE)
        hr = upgrade(db, connection->handle);
    if (FAILED(hr))
    {
        connection_close(connection);
        db_free(db);
        return hr;
    }
    connection_give(db, connection);
    *ret = db;
    return S_OK;
}

HRESULT db_open(const WCHAR *path, ULONG use, ULONG flags, struct db **ret)
{
    WCHAR *full;
    struct db *db;
    HRESULT hr;

    *ret = NULL;
    if (!(full = os_path_full(path))) return MAPI_E_NOT_ENOUGH_MEMORY;
    os_global_enter();
    for (db = open_files; db; db = db->next) if (!text_compare_nocase(db->path, full)) break;
    if (db)
    {
        platform_free(full);
        hr = flags & DB_CREATE_NEW   ? MAPI_E_COLLISION
             : use && use != db->use ? MAPI_E_CORRUPT_STORE
                                     : S_OK;
        if (SUCCEEDED(hr)) *ret = db_addref(db);
    }
    else if (SUCCEEDED(hr = db_create(full, use, flags, &db)))
    {
        db->next = open_files;
        open_files = db;
        *ret = db;
    }
    os_global_leave();
    return hr;
}

struct db *db_addref(struct db *db)
{
    os_add(&db->refs, 1);
    return db;
}

void db_release(struct db *db)
{
    struct db **link;

    if (!db) return;
    os_global_enter();
    if (os_add(&db->refs, -1))
    {
        os_global_leave();
        return;
    }
    for (link = &open_files; *link != db; link = &(*link)->next) { }
    *link = db->next;
    os_global_leave();
    db_free(db);
}

BOOL db_is_read_only(const struct db *db)
{
    return db->read_only;
}

const MAPIUID *db_uid(const struct db *db)
{
    return &db->uid;
}

const WCHAR *db_path(const struct db *db)
{
    return db->path;
}

void db_flush(struct db *db)
{
    struct connection *connection;

    if (db->read_only || FAILED(connection_take(db, &connection))) return;
    sqlite3_busy_timeout(connection->handle, FLUSH_MS);
    sqlite3_wal_checkpoint_v2(connection->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(connection->handle, DB_BUSY_MS);
    connection_give(db, connection);
}

HRESULT db_view_defaults(struct db *db, ULONG list, ULONG count, const struct db_sort *columns)
{
    struct default_view *view;
    HRESULT hr = S_OK;
    ULONG i;

    if (count > ARRAY_SIZE(view->columns)) return MAPI_E_TOO_COMPLEX;
    os_lock_enter(db->lock);
    for (i = 0; i < db->default_count; i++)
    {
        view = &db->defaults[i];
        if (view->list == list && view->count == count
            && !memcmp(view->columns, columns, count * sizeof(*columns)))
            break;
    }
    if (i == db->default_count && i == MAX_DEFAULT_VIEWS) hr = MAPI_E_TOO_COMPLEX;
    else if (i == db->default_count)
    {
        view = &db->defaults[db->default_count++];
        view->list = list;
        view->count = count;
        if (count) memcpy(view->columns, columns, count * sizeof(*columns));
    }
    os_lock_leave(db->lock);
    return hr;
}
