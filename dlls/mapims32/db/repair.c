/*
 * Salvage: what decodes of a damaged file goes into a new one
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
 * Nothing of the old file is trusted but rows that can be read and blobs that decode. Objects are
 * taken in the order of their ids from the beginning, and where that breaks off, from the end;
 * content, recipients and long values are taken for each object on its own, and left out where they
 * do not decode. An object whose parent is gone comes into a folder of the root's, made for that.
 * Tallies are counted anew; views come when they are asked for, text is indexed by and by.
 */

#include "db/dbpriv.h"

#define LOST_NAME L"lost+found"

struct salvage
{
    struct db *old_db;
    struct db_txn *old;
    struct db_txn *new;
    const struct db_report *report;
    LONGLONG taken, lost;
};

static void say(const struct db_report *report, const char *format, LONGLONG a, LONGLONG b)
{
    char text[200];

    if (!report || !report->line) return;
    sqlite3_snprintf(sizeof(text), text, format, a, b);
    report->line(report->context, text);
}

static sqlite3_stmt *prepare(struct db_txn *txn, const char *text)
{
    sqlite3_stmt *ret = NULL;

    return sqlite3_prepare_v2(txn->connection->handle, text, -1, &ret, NULL) ? NULL : ret;
}

/* Whole in the new file, or not at all. */
static BOOL take_values(struct salvage *salvage, LONGLONG id, struct db_props *props)
{
    struct db_stream *stream;
    BYTE buffer[4096];
    ULONGLONG at;
    BOOL all = TRUE, good;
    ULONG i, done;

    for (i = 0; i < props->count;)
    {
        stream = props->entries[i].stream;
        props->entries[i].stored = 0;
        for (at = 0, good = TRUE; stream && good && at < db_stream_size(stream); at += done)
            good = SUCCEEDED(db_stream_read(stream, at, buffer, sizeof(buffer), &done)) && done;
        if (good) i++;
        else
        {
            say(salvage->report, "object %lld: a long value of property %llx is lost", id,
                props->entries[i].tag);
            db_props_remove(props, props->entries[i].tag);
            all = FALSE;
        }
    }
    return all;
}

static HRESULT take_object(struct salvage *salvage, LONGLONG id)
{
    struct db_object info;
    struct db_props *props = NULL, **rows = NULL;
    ULONG count = 0;
    HRESULT hr;

    if (FAILED(hr = db_object_load(salvage->old, id, &info, &props)))
    {
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY) return hr;
        say(salvage->report, "object %lld is lost", id, 0);
        salvage->lost++;
        return S_OK;
    }
    take_values(salvage, id, props);
    if (FAILED(db_recipients_load(salvage->old, id, &rows, &count)))
        say(salvage->report, "object %lld: its recipients are lost", id, 0);
    if (id == DB_ROOT) hr = object_restore(salvage->new, &info, props, NULL, 0);
    else hr = object_restore(salvage->new, &info, props, rows, count);
    db_recipients_free(rows, count);
    db_props_destroy(props);
    if (SUCCEEDED(hr)) salvage->taken++;
    return hr;
}

/* One way through the ids, until it ends or breaks off. last: where the other way ended. */
static HRESULT take_objects(struct salvage *salvage, BOOL down, LONGLONG *last)
{
    sqlite3_stmt *statement;
    LONGLONG at = down ? (LONGLONG)(~(ULONGLONG)0 >> 1) : 0, id;
    HRESULT hr = S_OK;
    int rc;

    statement =
        prepare(salvage->old, down ? "SELECT id FROM object WHERE id<?1 ORDER BY id DESC LIMIT 1"
                                   : "SELECT id FROM object WHERE id>?1 ORDER BY id LIMIT 1");
    if (!statement) return MAPI_E_CORRUPT_STORE;
    for (;;)
    {
        sqlite3_bind_int64(statement, 1, at);
        if ((rc = sqlite3_step(statement)) != SQLITE_ROW) break;
        id = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
        if (down ? id <= *last || id >= at : id <= at) break;
        if (id > 0 && FAILED(hr = take_object(salvage, id))) break;
        at = id;
    }
    sqlite3_finalize(statement);
    if (!down) *last = at;
    if (FAILED(hr)) return hr;
    return rc == SQLITE_DONE || down ? S_OK : S_FALSE;
}

/* Rows of small tables, as many as can be read. */
static void take_table(struct salvage *salvage, const char *from, const char *into)
{
    sqlite3_stmt *read = prepare(salvage->old, from), *write = prepare(salvage->new, into);
    int i;

    while (read && write && sqlite3_step(read) == SQLITE_ROW)
    {
        for (i = 0; i < sqlite3_column_count(read); i++)
            sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
        sqlite3_step(write);
        sqlite3_reset(write);
    }
    sqlite3_finalize(read);
    sqlite3_finalize(write);
}

/* The orphans' folder, if there are any. */
static HRESULT adopt_orphans(struct salvage *salvage)
{
    struct db_props *props;
    struct db_object init;
    LONGLONG orphans = 0, folder;
    sqlite3_stmt *statement;
    HRESULT hr;

    statement = prepare(salvage->new, "SELECT count(*) FROM object WHERE id<>1 AND"
                                      " (parent=0 OR parent NOT IN (SELECT id FROM object))");
    if (!statement) return MAPI_E_CALL_FAILED;
    if (sqlite3_step(statement) == SQLITE_ROW) orphans = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    if (!orphans) return S_OK;

    if (FAILED(hr = db_props_create(&props))) return hr;
    hr = db_props_set_text(props, PR_DISPLAY_NAME, LOST_NAME);
    memset(&init, 0, sizeof(init));
    init.parent = DB_ROOT;
    init.kind = DB_KIND_FOLDER;
    init.list = DB_LIST_HIERARCHY;
    if (SUCCEEDED(hr)) hr = db_object_create(salvage->new, &init, props, NULL, 0, &folder);
    db_props_destroy(props);
    if (FAILED(hr)) return hr;
    statement = prepare(salvage->new,
                        "UPDATE object SET parent=?1, list=CASE WHEN list=0 THEN 2 ELSE list END"
                        " WHERE id<>1 AND id<>?1 AND"
                        " (parent=0 OR parent NOT IN (SELECT id FROM object))");
    if (!statement) return MAPI_E_CALL_FAILED;
    sqlite3_bind_int64(statement, 1, folder);
    hr = sql_error(sqlite3_step(statement));
    sqlite3_finalize(statement);
    say(salvage->report, "%lld objects without parent are below %lld, lost+found", orphans, folder);
    return hr;
}

static HRESULT take_all(struct salvage *salvage)
{
    LONGLONG last = 0;
    HRESULT hr;

    hr = take_objects(salvage, FALSE, &last);
    if (hr == S_FALSE)
    {
        say(salvage->report, "objects cannot be read on from %lld", last, 0);
        hr = take_objects(salvage, TRUE, &last);
    }
    if (FAILED(hr)) return hr;
    take_table(salvage, "SELECT id,guid,lid,text FROM name",
               "INSERT OR IGNORE INTO name(id,guid,lid,text) VALUES(?1,?2,?3,?4)");
    take_table(salvage, "SELECT space,name,value FROM map",
               "INSERT OR IGNORE INTO map(space,name,value) VALUES(?1,?2,?3)");
    take_table(salvage, "SELECT object,parent,list FROM link",
               "INSERT OR IGNORE INTO link(object,parent,list) SELECT ?1,?2,?3 WHERE EXISTS"
               " (SELECT 1 FROM object WHERE id=?1) AND EXISTS (SELECT 1 FROM object WHERE id=?2)");
    take_table(
        salvage, "SELECT folder,flags,next,restriction,scope FROM search",
        "INSERT OR IGNORE INTO search(folder,flags,next,restriction,scope) SELECT ?1,?2,?3,?4,?5"
        " WHERE EXISTS (SELECT 1 FROM object WHERE id=?1)");
    /* Ids and change numbers go on from where they were. */
    take_table(
        salvage,
        "SELECT sequence,what,kind,object,parent,list,old_parent,old_list,source,top FROM change"
        " ORDER BY sequence DESC LIMIT 1",
        "INSERT OR REPLACE INTO change(sequence,what,kind,object,parent,list,old_parent,old_list,"
        "source,top) SELECT ?1,?2,?3,?4,?5,?6,?7,?8,?9,"
        "max(?10,(SELECT max(id) FROM object))");
    take_table(salvage, "SELECT 1",
               "INSERT INTO change(sequence,what,kind,object,parent,list,old_parent,"
               "old_list,source,top) SELECT (SELECT ifnull(max(sequence),0) FROM change)+"
               "1+(SELECT ifnull(max(change),0) FROM object),2,1,1,0,0,0,0,0,"
               "max((SELECT max(id) FROM object),ifnull((SELECT max(top) FROM change),1))");
    if (FAILED(hr = adopt_orphans(salvage))) return hr;
    if (FAILED(hr = fulltext_reset(salvage->new))) return hr;
    hr = sql_exec(
        salvage->new,
        "DELETE FROM tally; INSERT INTO tally SELECT parent, list, count(*),"
        " sum(marked) FROM (SELECT parent, list, marked FROM object WHERE list<>0 AND parent<>0"
        " UNION ALL SELECT link.parent, link.list, object.marked FROM link JOIN object"
        " ON object.id=link.object) GROUP BY parent, list;"
        "DELETE FROM row; DELETE FROM block; DELETE FROM view");
    if (SUCCEEDED(hr))
        say(salvage->report, "%lld objects taken over, %lld lost", salvage->taken, salvage->lost);
    return hr;
}

WCHAR *path_with(const WCHAR *path, const WCHAR *end)
{
    const size_t length = text_length(path), more = text_length(end);
    WCHAR *ret = platform_alloc((length + more + 1) * sizeof(*ret));

    if (!ret) return NULL;
    memcpy(ret, path, length * sizeof(*ret));
    memcpy(ret + length, end, (more + 1) * sizeof(*ret));
    return ret;
}

static HRESULT set_uid(struct db_txn *txn, const MAPIUID *uid)
{
    sqlite3_stmt *statement = prepare(txn, "UPDATE meta SET value=?1 WHERE name='uid'");
    HRESULT hr;

    if (!statement) return MAPI_E_CALL_FAILED;
    sqlite3_bind_blob(statement, 1, uid, sizeof(*uid), SQLITE_STATIC);
    hr = sql_error(sqlite3_step(statement));
    sqlite3_finalize(statement);
    return hr;
}

/* Fills the new file from the old one; both are closed afterwards. */
static HRESULT salvage_into(const WCHAR *path, const WCHAR *target, const struct db_report *report)
{
    struct salvage salvage;
    struct db *new_db;
    HRESULT hr;

    memset(&salvage, 0, sizeof(salvage));
    salvage.report = report;
    if (FAILED(hr = db_open(path, 0, 0, &salvage.old_db))) return hr;
    if (SUCCEEDED(hr = db_open(target, salvage.old_db->use, DB_CREATE_NEW, &new_db)))
    {
        if (SUCCEEDED(hr = db_begin(salvage.old_db, DB_READ, &salvage.old)))
        {
            if (SUCCEEDED(hr = db_begin(new_db, DB_WRITE, &salvage.new)))
            {
                hr = set_uid(salvage.new, &salvage.old_db->uid);
                if (SUCCEEDED(hr)) hr = take_all(&salvage);
                if (SUCCEEDED(hr)) hr = db_commit(salvage.new);
                else db_rollback(salvage.new);
            }
            db_rollback(salvage.old);
        }
        db_release(new_db);
    }
    db_release(salvage.old_db);
    return hr;
}

HRESULT db_repair(const WCHAR *path, const struct db_report *report)
{
    WCHAR *target = path_with(path, L".repair"), *damaged = path_with(path, L".damaged");
    WCHAR *log = path_with(path, L"-wal"), *shared = path_with(path, L"-shm");
    WCHAR *damaged_log = path_with(path, L".damaged-wal");
    HRESULT hr;

    if (!target || !damaged || !log || !shared || !damaged_log) hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (os_path_exists(damaged)) hr = MAPI_E_COLLISION;
    else
    {
        os_path_delete(target);
        hr = salvage_into(path, target, report);
        if (SUCCEEDED(hr) && !os_path_move(path, damaged)) hr = MAPI_E_BUSY;
        if (SUCCEEDED(hr))
        {
            /* A log that could not be taken into the old file belongs to it. */
            os_path_move(log, damaged_log);
            os_path_delete(shared);
            if (!os_path_move(target, path))
            {
                os_path_move(damaged, path);
                hr = MAPI_E_DISK_ERROR;
            }
        }
        if (FAILED(hr)) os_path_delete(target);
    }
    platform_free(target);
    platform_free(damaged);
    platform_free(log);
    platform_free(shared);
    platform_free(damaged_log);
    return hr;
}
