/*
 * What the parts of bench_store share
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

#ifndef BENCH_STORE_H
#define BENCH_STORE_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <windef.h>
#include <winbase.h>
#include <sqlite3.h>

#include <mapix.h>

#include "db/db.h"

double now_ms(void);
void fail(const char *what, HRESULT hr);        /* ends the program */
void must(const char *what, HRESULT hr);
void sql(sqlite3 *handle, const char *text);
ULONGLONG heap_bytes(void);                     /* memory that is this process's own */
void line(const char *what, double few, double many, const char *unit);

ULONGLONG message_time(unsigned int number);    /* the newest first is no order of the numbers */
struct db_props *message_props(unsigned int number);
/* In large transactions, numbered from 0 on; with text in them (message_body) or none. */
void add_messages(struct db *db, LONGLONG folder, unsigned int rows, BOOL bodies);

/* bench_session.c: folder is where the files are. */
void make_profile(const WCHAR *path);                   /* of a store in this file */
IMsgStore *open_store(IMAPISession **session);
IMAPIFolder *open_subtree(IMsgStore *store);
void close_store(IMAPISession *session, IMsgStore *store);
sqlite3 *open_plain(const WCHAR *folder);
/* A row as a program has to have it, of its own: so many numbers, then texts, each to be freed.
 * Returns how many texts. */
int copy_row(sqlite3_stmt *statement, int count, LONGLONG *numbers, WCHAR **texts);

/* bench_table.c */
void table_make(const WCHAR *folder, unsigned int rows);
void table_measure(const WCHAR *folder, unsigned int rows);
void search_run(const WCHAR *folder);

/* bench_message.c */
void messages_run(const WCHAR *folder, unsigned int messages);

/* bench_search.c */
#define BODY_TEXT 1280
void message_body(unsigned int number, WCHAR *text);
/* A table of all columns newest first, and the same messages in plain SQLite, in this folder. */
void search_measure(IMAPITable *table, sqlite3 *handle, int folder);

#endif /* BENCH_STORE_H */
