/*
 * Statements and schema of the property database
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
 * The schema, and every statement that is run on it. Values are bound, never written into a text.
 */

#include "db/dbpriv.h"

const char schema_sql[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    /* list: of the parent, that the object stands in; marked: counted apart (unread). */
    "CREATE TABLE object(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, list INTEGER NOT NULL,"
    " kind INTEGER NOT NULL, marked INTEGER NOT NULL, change INTEGER NOT NULL,"
    " created INTEGER NOT NULL, modified INTEGER NOT NULL, deleted INTEGER NOT NULL,"
    " size INTEGER NOT NULL, head BLOB NOT NULL);"
    "CREATE INDEX object_list ON object(parent, list);"
    "CREATE TABLE content(object INTEGER PRIMARY KEY, props BLOB NOT NULL, recipients BLOB NOT "
    "NULL);"
    /* Ids of values are not given twice: who reads one finds it or nothing. */
    "CREATE TABLE value(id INTEGER PRIMARY KEY AUTOINCREMENT, object INTEGER NOT NULL,"
    " tag INTEGER NOT NULL, size INTEGER NOT NULL);"
    "CREATE INDEX value_object ON value(object, tag);"
    /* id: of the value, times MAX_CHUNKS, plus the number of the chunk. */
    "CREATE TABLE chunk(id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
    "CREATE TABLE tally(parent INTEGER, list INTEGER, total INTEGER NOT NULL, marked INTEGER NOT "
    "NULL,"
    " PRIMARY KEY(parent, list)) WITHOUT ROWID;"
    "CREATE TABLE link(object INTEGER, parent INTEGER, list INTEGER, PRIMARY KEY(object, parent, "
    "list))"
    " WITHOUT ROWID;"
    "CREATE INDEX link_parent ON link(parent, list, object);"
    "CREATE TABLE view(id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER NOT NULL,"
    " list INTEGER NOT NULL, columns BLOB NOT NULL, collation INTEGER NOT NULL, used INTEGER NOT "
    "NULL,"
    " UNIQUE(parent, list, columns));"
    "CREATE TABLE row(view INTEGER, key BLOB, PRIMARY KEY(view, key)) WITHOUT ROWID;"
    "CREATE TABLE block(view INTEGER, level INTEGER, key BLOB, total INTEGER NOT NULL,"
    " children INTEGER NOT NULL, PRIMARY KEY(view, level, key)) WITHOUT ROWID;"
    "CREATE TABLE search(folder INTEGER PRIMARY KEY, flags INTEGER NOT NULL, next INTEGER NOT NULL,"
    " restriction BLOB NOT NULL, scope BLOB NOT NULL);"
    "CREATE TABLE change(sequence INTEGER PRIMARY KEY, what INTEGER NOT NULL, kind INTEGER NOT "
    "NULL,"
    " object INTEGER NOT NULL, parent INTEGER NOT NULL, list INTEGER NOT NULL,"
    " old_parent INTEGER NOT NULL, old_list INTEGER NOT NULL, source INTEGER NOT NULL,"
    " top INTEGER NOT NULL);"
    "CREATE TABLE name(id INTEGER PRIMARY KEY, guid BLOB NOT NULL, lid INTEGER, text BLOB);"
    "CREATE TABLE map(space INTEGER, name TEXT COLLATE NOCASE, value BLOB NOT NULL,"
    " PRIMARY KEY(space, name)) WITHOUT ROWID;"
    "CREATE TABLE lock(object INTEGER PRIMARY KEY, process INTEGER NOT NULL, started INTEGER NOT "
    "NULL,"
    " owner INTEGER NOT NULL);"
    "INSERT INTO object VALUES(1, 0, 0, 1, 0, 0, 0, 0, 0, 2, x'0100');"
    "PRAGMA application_id=1296126025; PRAGMA user_version=1";

/* Version 2: an index of the messages' text (fulltext.c), which is filled by and by. Version 3:
 * with the times they were delivered at. */
#define FULLTEXT_SQL \
    "CREATE VIRTUAL TABLE fulltext USING fts5(text, content='', columnsize=0, detail=none," \
    " tokenize='trigram case_sensitive 1');"
#define ALL_TEXTS_SQL \
    "INSERT INTO text_todo(state,object) SELECT 0,id FROM object WHERE kind=4 OR list&127=2;"

const char schema_text_sql[] =
    FULLTEXT_SQL
    "CREATE TABLE text_doc(doc INTEGER PRIMARY KEY AUTOINCREMENT, object INTEGER NOT NULL UNIQUE,"
    " time INTEGER);"
    "CREATE TABLE text_todo(state INTEGER, object INTEGER, PRIMARY KEY(state, object))"
    " WITHOUT ROWID;"
    ALL_TEXTS_SQL
    "PRAGMA user_version=3";

/* Version 2 indexed all without times: all is indexed anew. Numbers of documents do not recur. */
const char schema_time_sql[] =
    "ALTER TABLE text_doc ADD COLUMN time INTEGER; DELETE FROM text_doc; DELETE FROM text_todo;"
    ALL_TEXTS_SQL
    "PRAGMA user_version=3";

/* FTS5 does not even drop an index that it cannot open: one that is damaged becomes an empty one
 * before that, as FTS5 itself makes it. */
const char empty_text_sql[] =
    "DELETE FROM fulltext_data; DELETE FROM fulltext_idx; DELETE FROM fulltext_config;"
    "INSERT INTO fulltext_config(k,v) VALUES('version',4);"
    "INSERT INTO fulltext_data(id,block) VALUES(1,x''),(10,x'00000000000000')";

const char reset_text_sql[] =
    "DROP TABLE fulltext;"
    FULLTEXT_SQL
    "DELETE FROM text_doc; DELETE FROM sqlite_sequence WHERE name='text_doc';"
    "DELETE FROM text_todo;"
    ALL_TEXTS_SQL;

static const char *const texts[SQL_COUNT] =
{
    [SQL_BEGIN_READ] = "BEGIN",
    [SQL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_OBJECT_GET] =
        "SELECT parent,list,kind,marked,change,created,modified,deleted,size,head FROM object"
        " WHERE id=?1",
    [SQL_OBJECT_PARENT] = "SELECT parent FROM object WHERE id=?1",
    [SQL_OBJECT_ADD] =
        "INSERT INTO "
        "object(id,parent,list,kind,marked,change,created,modified,deleted,size,head) "
        "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
    [SQL_OBJECT_SET] = "UPDATE object SET change=?2,modified=?3,size=?4,head=?5 WHERE id=?1",
    [SQL_OBJECT_MARK] = "UPDATE object SET marked=?2,change=?3 WHERE id=?1",
    [SQL_OBJECT_RESIZE] = "UPDATE object SET size=size+?2,change=?3 WHERE id=?1",
    [SQL_OBJECT_MOVE] = "UPDATE object SET parent=?2,list=?3,deleted=?4,change=?5 WHERE id=?1",
    [SQL_OBJECT_COPY] =
        "INSERT INTO "
        "object(id,parent,list,kind,marked,change,created,modified,deleted,size,head) SELECT "
        "?2,?3,?4,kind,marked,?5,created,modified,0,size,head FROM object WHERE id=?1",
    [SQL_OBJECT_DELETE] = "DELETE FROM object WHERE id=?1",
    [SQL_OBJECT_CHILDREN] =
        "SELECT id FROM object WHERE parent=?1 AND list=?2 AND id>?3 ORDER BY id LIMIT ?4",
    [SQL_OBJECT_NEXT_LIST] =
        "SELECT list FROM object WHERE parent=?1 AND list>?2 ORDER BY list LIMIT 1",
    [SQL_OBJECT_FIRST_CHILD] = "SELECT id FROM object WHERE parent=?1 LIMIT 1",
    [SQL_CONTENT_GET] = "SELECT props FROM content WHERE object=?1",
    [SQL_CONTENT_ADD] = "INSERT INTO content(object,props,recipients) VALUES(?1,?2,?3)",
    [SQL_CONTENT_SET] =
        "INSERT INTO content(object,props,recipients) VALUES(?1,?2,x'') ON CONFLICT(object) "
        "DO UPDATE SET props=excluded.props",
    [SQL_CONTENT_CLEAR] = "UPDATE content SET props=x'' WHERE object=?1",
    [SQL_CONTENT_COPY] =
        "INSERT INTO content(object,props,recipients) SELECT ?2,props,recipients FROM content"
        " WHERE object=?1",
    [SQL_CONTENT_DELETE] = "DELETE FROM content WHERE object=?1",
    [SQL_RECIPIENTS_GET] = "SELECT recipients FROM content WHERE object=?1",
    [SQL_RECIPIENTS_SIZE] = "SELECT length(recipients) FROM content WHERE object=?1",
    [SQL_RECIPIENTS_SET] =
        "INSERT INTO content(object,props,recipients) VALUES(?1,x'',?2) ON CONFLICT(object) "
        "DO UPDATE SET recipients=excluded.recipients",
    [SQL_VALUE_ADD] = "INSERT INTO value(object,tag,size) VALUES(?1,?2,?3)",
    [SQL_VALUE_DELETE] = "DELETE FROM value WHERE id=?1",
    [SQL_VALUE_FIND] = "SELECT id,tag,size FROM value WHERE object=?1 AND tag BETWEEN ?2 AND ?3",
    [SQL_VALUE_LIST] = "SELECT id,tag,size FROM value WHERE object=?1",
    [SQL_VALUE_TAG] = "SELECT tag FROM value WHERE id=?1 AND object=?2",
    [SQL_CHUNK_GET] = "SELECT data FROM chunk WHERE id=?1",
    [SQL_CHUNK_ADD] = "INSERT INTO chunk(id,data) VALUES(?1,?2)",
    [SQL_CHUNK_COPY] =
        "INSERT INTO chunk(id,data) SELECT id+?1,data FROM chunk WHERE id>=?2 AND id<?3",
    [SQL_CHUNK_DELETE] = "DELETE FROM chunk WHERE id>=?1 AND id<?2",
    [SQL_TALLY_GET] = "SELECT total,marked FROM tally WHERE parent=?1 AND list=?2",
    [SQL_TALLY_ADD] =
        "INSERT INTO tally(parent,list,total,marked) VALUES(?1,?2,?3,?4) ON "
        "CONFLICT(parent,list) DO UPDATE SET "
        "total=total+excluded.total,marked=marked+excluded.marked RETURNING total",
    [SQL_TALLY_DELETE] = "DELETE FROM tally WHERE parent=?1",
    /* Tallies say where anything is softly deleted at all. */
    [SQL_EXPIRED] = "SELECT o.id FROM tally t CROSS JOIN object o ON o.parent=t.parent AND "
                    "o.list=t.list WHERE t.list>=128 AND t.total>0 AND o.deleted>0 AND "
                    "o.deleted<?1 LIMIT ?2",
    [SQL_LINK_ADD] = "INSERT INTO link(object,parent,list) VALUES(?1,?2,?3)",
    [SQL_LINK_REMOVE] = "DELETE FROM link WHERE object=?1 AND parent=?2 AND list=?3",
    [SQL_LINK_REMOVE_TO] = "DELETE FROM link WHERE object=?1 AND parent=?2",
    [SQL_LINK_HAS] = "SELECT 1 FROM link WHERE object=?1 AND parent=?2 AND list=?3",
    [SQL_LINK_LIST] = "SELECT parent,list FROM link WHERE object=?1",
    [SQL_LINK_LIST_AFTER] =
        "SELECT parent,list FROM link WHERE object=?1 AND (parent,list)>(?2,?3) ORDER BY "
        "parent,list LIMIT ?4",
    [SQL_LINK_ANY] = "SELECT object FROM link WHERE parent=?1 AND list=?2 LIMIT 1",
    [SQL_LINK_TO] = "SELECT object FROM link WHERE parent=?1 LIMIT 1",
    [SQL_LINKED] = "SELECT object FROM link WHERE parent=?1 AND list=?2 AND object>?3 ORDER BY "
                   "object LIMIT ?4",
    [SQL_VIEW_FIND] = "SELECT id FROM view WHERE parent=?1 AND list=?2 AND columns=?3",
    [SQL_VIEW_ADD] = "INSERT INTO view(parent,list,columns,collation,used) VALUES(?1,?2,?3,?4,?5)",
    [SQL_VIEW_LIST] = "SELECT id,columns,collation FROM view WHERE parent=?1 AND list=?2",
    [SQL_VIEW_ANY] = "SELECT id FROM view WHERE parent=?1 LIMIT 1",
    [SQL_VIEW_REMOVE] = "DELETE FROM view WHERE id=?1",
    [SQL_VIEW_COLLATION] = "SELECT collation FROM view WHERE id=?1",
    [SQL_VIEW_OF] = "SELECT parent,list,columns FROM view WHERE id=?1",
    [SQL_VIEW_OLDEST] =
        "SELECT id FROM view WHERE parent=?1 AND list=?2 ORDER BY used DESC,id DESC LIMIT 1 "
        "OFFSET ?3",
    /* How many of its list were used since. */
    [SQL_VIEW_RANK] =
        "SELECT count(*) FROM view v JOIN view o ON o.parent=v.parent AND o.list=v.list AND "
        "(o.used,o.id)>(v.used,v.id) WHERE v.id=?1",
    [SQL_VIEW_TOUCH] =
        "UPDATE view SET used=(SELECT max(?2,max(o.used)+1) FROM view o WHERE o.parent=view.parent "
        "AND o.list=view.list) WHERE id=?1",
    [SQL_MEMBERS] =
        "SELECT id FROM object WHERE parent=?1 AND list=?2 UNION ALL SELECT object FROM link "
        "WHERE parent=?1 AND list=?2",
    [SQL_BUILD_ADD] = "INSERT INTO temp.build(key) VALUES(?1)",
    [SQL_BUILD_TAKE] =
        "INSERT OR IGNORE INTO row(view,key) SELECT ?1,key FROM temp.build ORDER BY key",
    [SQL_ROW_ADD] = "INSERT OR IGNORE INTO row(view,key) VALUES(?1,?2)",
    [SQL_ROW_REMOVE] = "DELETE FROM row WHERE view=?1 AND key=?2",
    [SQL_ROW_HAS] = "SELECT 1 FROM row WHERE view=?1 AND key=?2",
    [SQL_ROW_CLEAR] = "DELETE FROM row WHERE view=?1",
    [SQL_ROW_ALL] = "SELECT key FROM row WHERE view=?1 ORDER BY key",
    [SQL_ROW_NTH] = "SELECT key FROM row WHERE view=?1 AND key>=?2 ORDER BY key LIMIT ?4 OFFSET ?3",
    [SQL_ROW_DOWN] = "SELECT key FROM row WHERE view=?1 ORDER BY key DESC LIMIT ?2",
    [SQL_ROW_DOWN_FROM] =
        "SELECT key FROM row WHERE view=?1 AND key<=?2 ORDER BY key DESC LIMIT ?3",
    [SQL_ROW_DOWN_BEFORE] =
        "SELECT key FROM row WHERE view=?1 AND key<?2 ORDER BY key DESC LIMIT ?3",
    [SQL_ROW_UP_AFTER] = "SELECT key FROM row WHERE view=?1 AND key>?2 ORDER BY key LIMIT ?3",
    [SQL_ROW_COUNT] = "SELECT count(*) FROM row WHERE view=?1 AND key>=?2 AND key<?3",
    [SQL_ROW_COUNT_ALL] = "SELECT count(*) FROM row WHERE view=?1",
    [SQL_BLOCK_AT] =
        "SELECT key,total,children FROM block WHERE view=?1 AND level=?2 AND key<=?3 ORDER BY"
        " key DESC LIMIT 1",
    [SQL_BLOCK_BEFORE] =
        "SELECT key,total,children FROM block WHERE view=?1 AND level=?2 AND key<?3 ORDER BY "
        "key DESC LIMIT 1",
    [SQL_BLOCK_NEXT] =
        "SELECT key FROM block WHERE view=?1 AND level=?2 AND key>?3 ORDER BY key LIMIT 1",
    [SQL_BLOCK_NTH] =
        "SELECT key FROM block WHERE view=?1 AND level=1 AND key>=?2 ORDER BY key LIMIT 1 "
        "OFFSET ?3",
    [SQL_BLOCK_LIST] =
        "SELECT key,total FROM block WHERE view=?1 AND level=?2 AND key>=?3 ORDER BY key",
    [SQL_BLOCK_SUM] =
        "SELECT ifnull(sum(total),0) FROM block WHERE view=?1 AND level=?2 AND key>=?3 AND "
        "key<?4",
    [SQL_BLOCK_SUM_FROM] =
        "SELECT ifnull(sum(total),0) FROM block WHERE view=?1 AND level=?2 AND key>=?3",
    [SQL_BLOCK_ADD] = "INSERT INTO block(view,level,key,total,children) VALUES(?1,?2,?3,?4,?5)",
    [SQL_BLOCK_CHANGE] =
        "UPDATE block SET total=total+?4,children=children+?5 WHERE view=?1 AND level=?2 AND "
        "key=?3",
    [SQL_BLOCK_REMOVE] = "DELETE FROM block WHERE view=?1 AND level=?2 AND key=?3",
    [SQL_BLOCK_CLEAR] = "DELETE FROM block WHERE view=?1",
    [SQL_SEARCH_GET] = "SELECT folder,flags,next,restriction,scope FROM search WHERE folder=?1",
    [SQL_SEARCH_NEXT] =
        "SELECT folder,flags,next,restriction,scope FROM search WHERE folder>?1 AND flags&2 "
        "ORDER BY folder LIMIT 1",
    [SQL_SEARCH_SET] =
        "INSERT OR REPLACE INTO search(folder,flags,next,restriction,scope) "
        "VALUES(?1,?2,0,?3,?4)",
    [SQL_SEARCH_STATE] = "UPDATE search SET flags=?2,next=?3 WHERE folder=?1",
    [SQL_SEARCH_REMOVE] = "DELETE FROM search WHERE folder=?1",
    [SQL_CHANGE_LAST] = "SELECT sequence,top FROM change ORDER BY sequence DESC LIMIT 1",
    [SQL_CHANGE_FIRST] = "SELECT sequence FROM change ORDER BY sequence LIMIT 1",
    [SQL_CHANGE_LIST] =
        "SELECT sequence,what,kind,object,parent,list,old_parent,old_list,source FROM change "
        "WHERE sequence>?1 ORDER BY sequence LIMIT ?2",
    [SQL_CHANGE_ADD] =
        "INSERT INTO "
        "change(sequence,what,kind,object,parent,list,old_parent,old_list,source,top) "
        "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
    [SQL_CHANGE_PRUNE] = "DELETE FROM change WHERE sequence<=?1",
    [SQL_NAME_LIST] = "SELECT id,guid,lid,text FROM name WHERE id>?1 ORDER BY id",
    [SQL_NAME_ADD] = "INSERT INTO name(id,guid,lid,text) VALUES(?1,?2,?3,?4)",
    [SQL_MAP_GET] = "SELECT value FROM map WHERE space=?1 AND name=?2",
    [SQL_MAP_SET] = "INSERT OR REPLACE INTO map(space,name,value) VALUES(?1,?2,?3)",
    [SQL_MAP_REMOVE] = "DELETE FROM map WHERE space=?1 AND name=?2",
    [SQL_MAP_LIST] = "SELECT name,value FROM map WHERE space=?1 ORDER BY name",
    [SQL_LOCK_GET] = "SELECT process,started,owner FROM lock WHERE object=?1",
    [SQL_LOCK_SET] =
        "INSERT OR REPLACE INTO lock(object,process,started,owner) VALUES(?1,?2,?3,?4)",
    [SQL_LOCK_DELETE] = "DELETE FROM lock WHERE object=?1",
    [SQL_TEXT_DOC_ADD] = "INSERT INTO text_doc(object,time) VALUES(?1,?2)",
    [SQL_TEXT_DOC_REMOVE] = "DELETE FROM text_doc WHERE object=?1",
    [SQL_TEXT_ADD] = "INSERT INTO fulltext(rowid,text) VALUES(?1,?2)",
    [SQL_TEXT_FIND] =
        "SELECT d.object FROM fulltext f CROSS JOIN text_doc d ON d.doc=f.rowid WHERE f.fulltext "
        "MATCH ?1 AND d.object>?2",
    [SQL_TEXT_LAST] = "SELECT ifnull(max(doc),0) FROM text_doc",
    /* The object, whether it stands in a list, the document, and what SQL_OBJECT_GET has. */
    [SQL_TEXT_ROWS] =
        "SELECT o.id,CASE WHEN o.parent=?2 AND o.list=?3 THEN 1 ELSE EXISTS(SELECT 1 FROM link "
        "WHERE object=o.id AND parent=?2 AND list=?3) END,d.doc,o.parent,o.list,o.kind,o.marked,"
        "o.change,o.created,o.modified,o.deleted,o.size,o.head FROM fulltext f CROSS JOIN text_doc d ON "
        "d.doc=f.rowid CROSS JOIN object o ON o.id=d.object WHERE f.fulltext MATCH ?1",
    [SQL_TEXT_TIMES] =
        "SELECT d.object,d.time,d.doc FROM fulltext f CROSS JOIN text_doc d ON d.doc=f.rowid WHERE "
        "f.fulltext MATCH ?1",
    [SQL_TEXT_TODO_ROWS] =
        "SELECT o.id,CASE WHEN o.parent=?2 AND o.list=?3 THEN 1 ELSE EXISTS(SELECT 1 FROM link "
        "WHERE object=o.id AND parent=?2 AND list=?3) END,0,o.parent,o.list,o.kind,o.marked,"
        "o.change,o.created,o.modified,o.deleted,o.size,o.head FROM text_todo t CROSS JOIN object o ON "
        "o.id=t.object",
    [SQL_TEXT_DOCS] = "SELECT doc,object,time FROM text_doc ORDER BY doc",
    [SQL_TEXT_TODO_ADD] = "INSERT OR IGNORE INTO text_todo(state,object) VALUES(?1,?2)",
    [SQL_TEXT_TODO_REMOVE] = "DELETE FROM text_todo WHERE state IN (0,1) AND object=?1",
    [SQL_TEXT_TODO_FIRST] = "SELECT object FROM text_todo WHERE state=?1 LIMIT 1",
    [SQL_TEXT_TODO_FIND] = "SELECT object FROM text_todo WHERE object>?1",
    [SQL_TEXT_WAITING] = "SELECT count(*) FROM (SELECT 1 FROM text_todo WHERE state=?1 LIMIT ?2)",
    [SQL_TEXT_UNKNOWN] = "SELECT count(*) FROM (SELECT 1 FROM text_todo LIMIT ?1)",
    [SQL_TEXT_WORN] =
        "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name='text_doc'),0)-1024-2*"
        "(SELECT count(*) FROM text_doc)",
    [SQL_TEXT_LOOSE] =
        "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name='text_doc'),0)-count(*)*5/4 FROM "
        "text_doc",
    [SQL_TEXT_FOLDING] = "SELECT value FROM meta WHERE name='fold'",
    [SQL_TEXT_FOLDING_SET] = "INSERT OR REPLACE INTO meta(name,value) VALUES('fold',?1)",
};

HRESULT sql_error(int rc)
{
    switch (rc & 0xff)
    {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return S_OK;
    case SQLITE_NOMEM:
        return MAPI_E_NOT_ENOUGH_MEMORY;
    case SQLITE_FULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return MAPI_E_NO_ACCESS;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:             /* nothing that is whole breaks one */
    case SQLITE_MISMATCH:
    case SQLITE_ERROR:                  /* a table is missing */
        return MAPI_E_CORRUPT_STORE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return MAPI_E_BUSY;
    case SQLITE_TOOBIG:
        return MAPI_E_TOO_BIG;
    case SQLITE_IOERR:
        return rc == SQLITE_IOERR_NOMEM ? MAPI_E_NOT_ENOUGH_MEMORY : MAPI_E_DISK_ERROR;
    default:
        return MAPI_E_CALL_FAILED;
    }
}

/* An error spoils a write transaction, unless all that failed was waiting. */
static HRESULT failed(struct db_txn *txn, int rc)
{
    const HRESULT hr = sql_error(rc);

    return txn->write ? txn_fail(txn, hr) : hr;
}

static int bind(sqlite3_stmt *statement, const char *types, va_list args)
{
    int i, rc = SQLITE_OK;
    const void *data;
    size_t size;

    for (i = 1; *types && !rc; i++, types++)
    {
        switch (*types)
        {
        case 'i':
            rc = sqlite3_bind_int64(statement, i, va_arg(args, LONGLONG));
            break;
        case 'u':
            rc = sqlite3_bind_int64(statement, i, va_arg(args, ULONG));
            break;
        case 't':
            rc = sqlite3_bind_text(statement, i, va_arg(args, const char *), -1, SQLITE_STATIC);
            break;
        case 'n':
            rc = sqlite3_bind_null(statement, i);
            break;
        default:
            data = va_arg(args, const void *);
            size = va_arg(args, size_t);
            if (size > 0x7fffffff) rc = SQLITE_TOOBIG;
            else if (size) rc = sqlite3_bind_blob(statement, i, data, (int)size, SQLITE_STATIC);
            else rc = sqlite3_bind_zeroblob(statement, i, 0);
            break;
        }
    }
    return rc;
}

static HRESULT open_args(struct db_txn *txn, enum sql id, sqlite3_stmt **ret, const char *types,
                         va_list args)
{
    sqlite3_stmt **kept = &txn->connection->statements[id];
    int rc = SQLITE_OK;

    *ret = NULL;
    if (!*kept)
        rc = sqlite3_prepare_v3(txn->connection->handle, texts[id], -1, SQLITE_PREPARE_PERSISTENT,
                                kept, NULL);
    if (!rc) rc = bind(*kept, types, args);
    if (rc)
    {
        if (*kept) sql_close(*kept);
        return failed(txn, rc);
    }
    *ret = *kept;
    return S_OK;
}

HRESULT sql_open(struct db_txn *txn, enum sql id, sqlite3_stmt **ret, const char *types, ...)
{
    va_list args;
    HRESULT hr;

    va_start(args, types);
    hr = open_args(txn, id, ret, types, args);
    va_end(args);
    return hr;
}

void sql_close(sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

HRESULT sql_step(struct db_txn *txn, sqlite3_stmt *statement)
{
    const int rc = sqlite3_step(statement);

    if (rc == SQLITE_ROW) return S_OK;
    sqlite3_reset(statement);
    return rc == SQLITE_DONE ? S_FALSE : failed(txn, rc);
}

HRESULT sql_run(struct db_txn *txn, enum sql id, const char *types, ...)
{
    sqlite3_stmt *statement;
    va_list args;
    HRESULT hr;

    va_start(args, types);
    hr = open_args(txn, id, &statement, types, args);
    va_end(args);
    if (FAILED(hr)) return hr;
    hr = sql_step(txn, statement);
    sql_close(statement);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT sql_number(struct db_txn *txn, enum sql id, LONGLONG *ret, const char *types, ...)
{
    sqlite3_stmt *statement;
    va_list args;
    HRESULT hr;

    va_start(args, types);
    hr = open_args(txn, id, &statement, types, args);
    va_end(args);
    if (FAILED(hr)) return hr;
    if ((hr = sql_step(txn, statement)) == S_OK)
    {
        *ret = sqlite3_column_int64(statement, 0);
        /* One that changes something and returns a row is run to its end. */
        if (!sqlite3_stmt_readonly(statement))
        {
            hr = sql_step(txn, statement);
            if (hr == S_FALSE) hr = S_OK;
        }
    }
    sql_close(statement);
    return hr;
}

HRESULT sql_exec(struct db_txn *txn, const char *text)
{
    const int rc = sqlite3_exec(txn->connection->handle, text, NULL, NULL, NULL);

    return rc ? failed(txn, rc) : S_OK;
}
