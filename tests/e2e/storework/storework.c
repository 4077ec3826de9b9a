/*
 * A process that writes into a store file, for tests of several at once
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
 * storework FILE COUNT: COUNT messages (0: until it is killed), each with a body and a recipient in
 * a transaction of its own, every third deleted again by the next; a line with its number and the
 * tally after each. Ends with a count of the messages that it heard of by db_listen.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <windef.h>
#include <winbase.h>

#include "db/db.h"

static const struct db_sort by_subject[] = { { PR_SUBJECT_W, FALSE } };
static const struct db_sort by_time[] = { { PR_CREATION_TIME, TRUE } };
static LONG volatile heard;

static void must(const char *what, HRESULT hr)
{
    if (SUCCEEDED(hr)) return;
    printf("%s: %08x\n", what, (unsigned int)hr);
    fflush(stdout);
    exit(1);
}

static void hear(void *context, ULONG count, const struct db_change *changes, BOOL lost)
{
    ULONG i;

    for (i = 0; i < count; i++)
        if (changes[i].what == DB_CHANGE_CREATED && changes[i].kind == DB_KIND_MESSAGE)
            InterlockedIncrement(&heard);
}

/* The first folder, made by whoever comes first. */
static LONGLONG the_folder(struct db *db)
{
    struct db_object init;
    struct db_txn *txn;
    LONGLONG *ids, ret;
    ULONG count;

    must("db_begin", db_begin(db, DB_WRITE, &txn));
    must("db_object_children",
         db_object_children(txn, DB_ROOT, DB_LIST_HIERARCHY, 0, 1, &ids, &count));
    if (count) ret = ids[0];
    else
    {
        memset(&init, 0, sizeof(init));
        init.parent = DB_ROOT;
        init.kind = DB_KIND_FOLDER;
        init.list = DB_LIST_HIERARCHY;
        must("db_object_create", db_object_create(txn, &init, NULL, NULL, 0, &ret));
    }
    platform_free(ids);
    must("db_commit", db_commit(txn));
    return ret;
}

int wmain(int argc, WCHAR **argv)
{
    const unsigned int count = argc > 2 ? _wtoi(argv[2]) : 1;
    struct db_listener *listener;
    struct db_props *props, *row;
    struct db_object init;
    LONGLONG folder, id, old = 0;
    ULONG total, marked;
    struct db_txn *txn;
    unsigned int i;
    struct db *db;
    WCHAR text[3000];

    if (argc < 2) return 2;
    must("db_open", db_open(argv[1], DB_USE_STORE, DB_CREATE, &db));
    must("db_view_defaults", db_view_defaults(db, DB_LIST_CONTENTS, 1, by_time));
    must("db_view_defaults", db_view_defaults(db, DB_LIST_CONTENTS, 1, by_subject));
    must("db_listen", db_listen(db, hear, NULL, &listener));
    folder = the_folder(db);
    for (i = 0; i < ARRAY_SIZE(text) - 1; i++) text[i] = 'a' + i % 26;
    text[i] = 0;
    for (i = 0; !count || i < count; i++)
    {
        must("db_props_create", db_props_create(&props));
        must("db_props_create", db_props_create(&row));
        must("body", db_props_set_text(props, PR_BODY_W, text + i % 100));
        must("subject", db_props_set_text(props, PR_SUBJECT_W, text + 2950 + i % 26));
        must("name", db_props_set_text(row, PR_DISPLAY_NAME_W, L"somebody"));
        memset(&init, 0, sizeof(init));
        init.parent = folder;
        init.kind = DB_KIND_MESSAGE;
        init.list = DB_LIST_CONTENTS;
        must("db_begin", db_begin(db, DB_WRITE, &txn));
        if (i % 3 == 2) must("db_object_delete", db_object_delete(txn, old));
        must("db_object_create", db_object_create(txn, &init, props, &row, 1, &id));
        must("db_tally", db_tally(txn, folder, DB_LIST_CONTENTS, &total, &marked));
        must("db_commit", db_commit(txn));
        db_props_destroy(row);
        db_props_destroy(props);
        old = id;
        printf("%I64d %u\n", id, (unsigned int)total);
        fflush(stdout);
    }
    /* What the last commit woke comes soon. */
    for (i = 0; i < 500 && (unsigned int)heard < count; i++) Sleep(10);
    db_unlisten(listener);
    db_release(db);
    printf("heard %d\n", (int)heard);
    return 0;
}
