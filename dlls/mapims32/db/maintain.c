/*
 * Maintenance of the property database: check, repair, backup, compact
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
 * The check reads everything in one transaction, so it may run while others work, and says each
 * problem in a line. The repair trusts nothing but rows that decode: it copies objects and what
 * belongs to them into a new file, puts those whose parent is gone into a folder of their own, and
 * counts anew; views are made again when they are asked for.
 */

#include <stdio.h>

#include "db/dbpriv.h"

#define MAX_PROBLEMS 1000

struct checking
{
    struct db_txn *txn;
    const struct db_report *report;
    ULONG problems;
};

static void tell(const struct db_report *report, const char *format, ...)
{
    char text[256];
    va_list args;

    if (!report || !report->line) return;
    va_start(args, format);
    sqlite3_vsnprintf(sizeof(text), text, format, args);
    va_end(args);
    report->line(report->context, text);
}

static void problem(struct checking *checking, const char *format, LONGLONG a, LONGLONG b)
{
    if (++checking->problems <= MAX_PROBLEMS) tell(checking->report, format, a, b);
}

/* Every row of a query of numbers. */
static HRESULT each_row(struct checking *checking, const char *text,
                        HRESULT (*row)(struct checking *checking, sqlite3_stmt *statement))
{
    sqlite3_stmt *statement;
    HRESULT hr;
    int rc;

    rc = sqlite3_prepare_v2(checking->txn->connection->handle, text, -1, &statement, NULL);
    if (rc) return sql_error(rc);
    while ((hr = sql_step(checking->txn, statement)) == S_OK)
        if (FAILED(hr = row(checking, statement))) break;
    sqlite3_finalize(statement);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT row_integrity(struct checking *checking, sqlite3_stmt *statement)
{
    const char *text = (const char *)sqlite3_column_text(statement, 0);

    if (!text || !strcmp(text, "ok")) return S_OK;
    checking->problems++;
    tell(checking->report, "%s", text);
    return S_OK;
}

static BOOL decodes(HRESULT hr)
{
    return hr != MAPI_E_CORRUPT_STORE && hr != MAPI_E_OBJECT_CHANGED;
}

static HRESULT row_object(struct checking *checking, sqlite3_stmt *statement)
{
    const LONGLONG id = sqlite3_column_int64(statement, 0);
    struct db_props *props, **rows;
    ULONG count;
    HRESULT hr;

    if (SUCCEEDED(hr = db_object_load(checking->txn, id, NULL, &props))) db_props_destroy(props);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_recipients_load(checking->txn, id, &rows, &count)))
        db_recipients_free(rows, count);
    if (decodes(hr)) return hr;
    problem(checking, "object %lld does not decode", id, 0);
    return S_OK;
}

static HRESULT row_value(struct checking *checking, sqlite3_stmt *statement)
{
    problem(checking, "value %lld is not as long as it says", sqlite3_column_int64(statement, 0),
            0);
    return S_OK;
}

static HRESULT row_orphan(struct checking *checking, sqlite3_stmt *statement)
{
    problem(checking, (const char *)sqlite3_column_text(statement, 0),
            sqlite3_column_int64(statement, 1), sqlite3_column_int64(statement, 2));
    return S_OK;
}

/* Each key that an object should have, one after another. */
static HRESULT row_view(struct checking *checking, sqlite3_stmt *statement)
{
    const LONGLONG view = sqlite3_column_int64(statement, 0);
    const LONGLONG parent = sqlite3_column_int64(statement, 1);
    LONGLONG object, expected = 0, rows = 0;
    struct db_row *found;
    sqlite3_stmt *members;
    HRESULT hr;
    ULONG count;

    hr = sql_open(checking->txn, SQL_MEMBERS, &members, "iu", parent,
                  (ULONG)sqlite3_column_int64(statement, 2));
    if (FAILED(hr)) return hr;
    while ((hr = sql_step(checking->txn, members)) == S_OK)
    {
        object = sqlite3_column_int64(members, 0);
        hr = db_view_object_rows(checking->txn, view, object, &found, &count);
        if (decodes(hr) && FAILED(hr)) break;
        platform_free(found);
        expected += count;
        if (!count) problem(checking, "object %lld is missing in view %lld", object, view);
    }
    sql_close(members);
    if (FAILED(hr)) return hr;
    hr = sql_number(checking->txn, SQL_ROW_COUNT_ALL, &rows, "i", view);
    if (SUCCEEDED(hr) && rows != expected)
        problem(checking, "view %lld has %lld rows too many", view, rows - expected);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT row_block(struct checking *checking, sqlite3_stmt *statement)
{
    problem(checking, "a block of view %lld counts %lld too many",
            sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1));
    return S_OK;
}

static const char objects_sql[] = "SELECT id FROM object ORDER BY id";

static const char values_sql[] =
    "SELECT value.id FROM value WHERE size<>(SELECT ifnull(sum(length(data)),0) FROM chunk"
    " WHERE chunk.id>=value.id*1048576 AND chunk.id<(value.id+1)*1048576)";

/* What belongs to nobody, and tallies that do not agree: a text and two numbers each. */
static const char *const orphan_sql[] =
{
    "SELECT 'object %lld has no parent: %lld', id, parent FROM object"
    " WHERE parent<>0 AND parent NOT IN (SELECT id FROM object)",
    "SELECT 'object %lld has no parent', id, 0 FROM object WHERE parent=0 AND id<>1",
    "SELECT 'content of object %lld, which is not there', object, 0 FROM content"
    " WHERE object NOT IN (SELECT id FROM object)",
    "SELECT 'value %lld of object %lld, which is not there', id, object FROM value"
    " WHERE object NOT IN (SELECT id FROM object)",
    "SELECT 'chunk %lld of value %lld, which is not there', id, id/1048576 FROM chunk"
    " WHERE id/1048576 NOT IN (SELECT id FROM value)",
    "SELECT 'link from %lld to %lld, one of which is not there', object, parent FROM link"
    " WHERE object NOT IN (SELECT id FROM object) OR parent NOT IN (SELECT id FROM object)",
    "SELECT 'view %lld of object %lld, which is not there', id, parent FROM view"
    " WHERE parent NOT IN (SELECT id FROM object)",
    "SELECT 'rows of view %lld, which is not there', view, 0 FROM (SELECT DISTINCT view FROM row)"
    " WHERE view NOT IN (SELECT id FROM view)",
    "SELECT 'search of folder %lld, which is not there', folder, 0 FROM search"
    " WHERE folder NOT IN (SELECT id FROM object)",
    "SELECT 'the tally of object %lld is wrong in list %lld', parent, list FROM"
    " (SELECT parent, list, sum(total) AS total, sum(marked) AS marked FROM"
    "  (SELECT parent, list, 1 AS total, marked FROM object WHERE list<>0 AND parent<>0"
    "   UNION ALL SELECT link.parent, link.list, 1, object.marked FROM link JOIN object"
    "   ON object.id=link.object"
    "   UNION ALL SELECT parent, list, -total, -marked FROM tally)"
    "  GROUP BY parent, list) WHERE total<>0 OR marked<>0",
    "SELECT 'id %lld is above the highest that was given, %lld', max(id),"
    " (SELECT top FROM change ORDER BY sequence DESC LIMIT 1) FROM object HAVING max(id)>1"
    " AND max(id)>ifnull((SELECT top FROM change ORDER BY sequence DESC LIMIT 1),1)",
};

static const char views_sql[] = "SELECT id, parent, list FROM view ORDER BY id";

/* Blocks against what stands below them, up to the next block's key. */
static const char *const block_sql[] = {
    "SELECT view, total-below FROM (SELECT view, total, (SELECT count(*) FROM row WHERE "
    "row.view=b.view"
    " AND row.key>=b.key AND (next IS NULL OR row.key<next)) AS below FROM"
    " (SELECT view, key, total, lead(key) OVER (PARTITION BY view ORDER BY key) AS next"
    " FROM block WHERE level=1) AS b) WHERE total<>below",
    "SELECT view, total-below FROM (SELECT view, total, (SELECT ifnull(sum(total),0) FROM block AS "
    "low"
    " WHERE low.view=b.view AND low.level=1 AND low.key>=b.key AND (next IS NULL OR low.key<next)) "
    "AS below"
    " FROM (SELECT view, key, total, lead(key) OVER (PARTITION BY view ORDER BY key) AS next"
    " FROM block WHERE level=2) AS b) WHERE total<>below",
    "SELECT view, children-below FROM (SELECT view, children, (SELECT count(*) FROM block AS low"
    " WHERE low.view=b.view AND low.level=1 AND low.key>=b.key AND (next IS NULL OR low.key<next)) "
    "AS below"
    " FROM (SELECT view, key, children, lead(key) OVER (PARTITION BY view ORDER BY key) AS next"
    " FROM block WHERE level=2) AS b) WHERE children<>below",
    "SELECT view, 0 FROM (SELECT DISTINCT view FROM row) WHERE view NOT IN"
    " (SELECT view FROM block WHERE level=1 AND key=x'') OR view NOT IN"
    " (SELECT view FROM block WHERE level=2 AND key=x'')",
};

static void text_missing(void *context, LONGLONG object)
{
    problem(context, "message %lld is not found by its text", object, 0);
}

/* The index of text. */
static const char *const text_sql[] =
{
    "SELECT 'message %lld is in no index of text', id, 0 FROM object WHERE (kind=4 OR list&127=2)"
    " AND id NOT IN (SELECT object FROM text_doc) AND id NOT IN (SELECT object FROM text_todo)",
    "SELECT 'text %lld of message %lld, which is not there', doc, object FROM text_doc"
    " WHERE object NOT IN (SELECT id FROM object)",
};

static HRESULT check_text(struct checking *checking)
{
    HRESULT hr = S_OK;
    BOOL damaged;
    size_t i;

    if (!checking->txn->db->fulltext) return S_OK;
    for (i = 0; i < ARRAY_SIZE(text_sql) && SUCCEEDED(hr); i++)
        hr = each_row(checking, text_sql[i], row_orphan);
    if (SUCCEEDED(hr)) hr = fulltext_check(checking->txn, text_missing, checking, &damaged);
    if (SUCCEEDED(hr) && damaged)
        problem(checking, "the index of text is damaged: the next search makes it anew", 0, 0);
    return hr;
}

static HRESULT check_all(struct checking *checking)
{
    HRESULT hr = each_row(checking, "PRAGMA integrity_check(100)", row_integrity);
    size_t i;

    if (SUCCEEDED(hr)) hr = each_row(checking, objects_sql, row_object);
    if (SUCCEEDED(hr)) hr = each_row(checking, values_sql, row_value);
    for (i = 0; i < ARRAY_SIZE(orphan_sql) && SUCCEEDED(hr); i++)
        hr = each_row(checking, orphan_sql[i], row_orphan);
    if (SUCCEEDED(hr)) hr = each_row(checking, views_sql, row_view);
    for (i = 0; i < ARRAY_SIZE(block_sql) && SUCCEEDED(hr); i++)
        hr = each_row(checking, block_sql[i], row_block);
    return SUCCEEDED(hr) ? check_text(checking) : hr;
}

HRESULT db_check(const WCHAR *path, const struct db_report *report, ULONG *problems)
{
    struct checking checking;
    struct db *db;
    HRESULT hr;

    *problems = 0;
    if (FAILED(hr = db_open(path, 0, 0, &db))) return hr;
    memset(&checking, 0, sizeof(checking));
    checking.report = report;
    if (SUCCEEDED(hr = db_begin(db, DB_READ, &checking.txn)))
    {
        hr = check_all(&checking);
        db_rollback(checking.txn);
    }
    db_release(db);
    /* Pages that cannot be read at all are a finding, too. */
    if (hr == MAPI_E_CORRUPT_STORE)
    {
        checking.problems++;
        tell(report, "the file is damaged: the rest of it cannot be read");
        hr = S_OK;
    }
    *problems = checking.problems;
    return hr;
}

/* --- backup, compact, statistics --- */

/* The whole file as one reader sees it, into another that is new. */
static HRESULT copy_file(sqlite3 *from, const char *target)
{
    sqlite3_backup *backup;
    sqlite3 *to = NULL;
    HRESULT hr;
    int rc;

    rc = sqlite3_open_v2(target, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (rc) hr = sql_error(rc);
    else if (!(backup = sqlite3_backup_init(to, "main", from, "main")))
        hr = sql_error(sqlite3_errcode(to));
    else
    {
        rc = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
        hr = sql_error(rc);
    }
    sqlite3_close(to);
    return hr;
}

HRESULT db_backup(const WCHAR *path, const WCHAR *target)
{
    struct connection *connection;
    struct db *db;
    char *name;
    HRESULT hr;

    if (os_path_exists(target)) return MAPI_E_COLLISION;
    if (!(name = text_to_utf8(target))) return MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr = db_open(path, 0, 0, &db)))
    {
        if (SUCCEEDED(hr = connection_take(db, &connection)))
        {
            hr = copy_file(connection->handle, name);
            connection_give(db, connection);
        }
        db_release(db);
        if (FAILED(hr)) os_path_delete(target);
    }
    platform_free(name);
    return hr;
}

HRESULT db_compact(const WCHAR *path)
{
    struct connection *connection;
    struct db_txn *txn;
    struct db *db;
    HRESULT hr;

    if (FAILED(hr = db_open(path, 0, 0, &db))) return hr;
    if (SUCCEEDED(hr = db_begin(db, DB_WRITE, &txn)))
    {
        if (SUCCEEDED(hr = fulltext_compact(txn))) hr = db_commit(txn);
        else db_rollback(txn);
    }
    if (SUCCEEDED(hr) && SUCCEEDED(hr = connection_take(db, &connection)))
    {
        hr = sql_error(sqlite3_exec(connection->handle,
                                    "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL));
        connection_give(db, connection);
    }
    db_release(db);
    return hr;
}

static HRESULT number_of(sqlite3 *handle, const char *text, ULONGLONG *ret)
{
    sqlite3_stmt *statement;
    int rc = sqlite3_prepare_v2(handle, text, -1, &statement, NULL);

    *ret = 0;
    if (rc) return sql_error(rc);
    if ((rc = sqlite3_step(statement)) == SQLITE_ROW) *ret = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? S_OK : sql_error(rc);
}

HRESULT db_get_stats(const WCHAR *path, struct db_stats *stats)
{
    struct connection *connection;
    ULONGLONG pages = 0, size = 0;
    WCHAR log[1024];
    struct db *db;
    HRESULT hr;
    size_t i;

    memset(stats, 0, sizeof(*stats));
    if (FAILED(hr = db_open(path, 0, 0, &db))) return hr;
    if (SUCCEEDED(hr = connection_take(db, &connection)))
    {
        hr = number_of(connection->handle, "PRAGMA freelist_count", &pages);
        if (SUCCEEDED(hr)) hr = number_of(connection->handle, "PRAGMA page_size", &size);
        stats->free_size = pages * size;
        if (SUCCEEDED(hr))
            hr = number_of(connection->handle, "SELECT count(*) FROM object", &stats->objects);
        if (SUCCEEDED(hr))
            hr = number_of(connection->handle, "SELECT count(*) FROM view", &stats->views);
        if (SUCCEEDED(hr))
            hr = number_of(connection->handle,
                           "SELECT ifnull(sum(total),0) FROM block WHERE level=2",
                           &stats->view_rows);
        if (SUCCEEDED(hr))
            hr = number_of(connection->handle, "SELECT count(*) FROM value", &stats->long_values);
        if (SUCCEEDED(hr))
            hr = number_of(connection->handle, "SELECT count(*) FROM name", &stats->names);
        if (SUCCEEDED(hr))
            hr = number_of(connection->handle, "SELECT count(*) FROM change", &stats->changes);
        connection_give(db, connection);
    }
    stats->file_size = os_path_size(db->path);
    for (i = 0; db->path[i] && i < ARRAY_SIZE(log) - 5; i++) log[i] = db->path[i];
    memcpy(log + i, L"-wal", 5 * sizeof(*log));
    stats->log_size = os_path_size(log);
    db_release(db);
    return hr;
}
