/*
 * The statements of the property database
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

/* Their texts are in sql.c, in the same order of names; each connection prepares what it needs
 * once. */

#ifndef MAPIMS_SQL_H
#define MAPIMS_SQL_H

enum sql
{
    SQL_BEGIN_READ,
    SQL_BEGIN_WRITE,
    SQL_COMMIT,
    SQL_OBJECT_GET,
    SQL_OBJECT_PARENT,
    SQL_OBJECT_ADD,
    SQL_OBJECT_SET,
    SQL_OBJECT_MARK,
    SQL_OBJECT_RESIZE,
    SQL_OBJECT_MOVE,
    SQL_OBJECT_COPY,
    SQL_OBJECT_DELETE,
    SQL_OBJECT_CHILDREN,
    SQL_OBJECT_NEXT_LIST,
    SQL_OBJECT_FIRST_CHILD,
    SQL_CONTENT_GET,
    SQL_CONTENT_ADD,
    SQL_CONTENT_SET,
    SQL_CONTENT_CLEAR,
    SQL_CONTENT_COPY,
    SQL_CONTENT_DELETE,
    SQL_RECIPIENTS_GET,
    SQL_RECIPIENTS_SIZE,
    SQL_RECIPIENTS_SET,
    SQL_VALUE_ADD,
    SQL_VALUE_DELETE,
    SQL_VALUE_FIND,
    SQL_VALUE_LIST,
    SQL_VALUE_TAG,
    SQL_CHUNK_GET,
    SQL_CHUNK_ADD,
    SQL_CHUNK_COPY,
    SQL_CHUNK_DELETE,
    SQL_TALLY_GET,
    SQL_TALLY_ADD,
    SQL_TALLY_DELETE,
    SQL_EXPIRED,
    SQL_LINK_ADD,
    SQL_LINK_REMOVE,
    SQL_LINK_REMOVE_TO,
    SQL_LINK_HAS,
    SQL_LINK_LIST,
    SQL_LINK_LIST_AFTER,
    SQL_LINK_ANY,
    SQL_LINK_TO,
    SQL_LINKED,
    SQL_VIEW_FIND,
    SQL_VIEW_ADD,
    SQL_VIEW_LIST,
    SQL_VIEW_ANY,
    SQL_VIEW_REMOVE,
    SQL_VIEW_COLLATION,
    SQL_VIEW_OF,
    SQL_VIEW_OLDEST,
    SQL_VIEW_RANK,
    SQL_VIEW_TOUCH,
    SQL_MEMBERS,
    SQL_BUILD_ADD,
    SQL_BUILD_TAKE,
    SQL_ROW_ADD,
    SQL_ROW_REMOVE,
    SQL_ROW_HAS,
    SQL_ROW_CLEAR,
    SQL_ROW_ALL,
    SQL_ROW_NTH,
    SQL_ROW_DOWN,
    SQL_ROW_DOWN_FROM,
    SQL_ROW_DOWN_BEFORE,
    SQL_ROW_UP_AFTER,
    SQL_ROW_COUNT,
    SQL_ROW_COUNT_ALL,
    SQL_BLOCK_AT,
    SQL_BLOCK_BEFORE,
    SQL_BLOCK_NEXT,
    SQL_BLOCK_NTH,
    SQL_BLOCK_LIST,
    SQL_BLOCK_SUM,
    SQL_BLOCK_SUM_FROM,
    SQL_BLOCK_ADD,
    SQL_BLOCK_CHANGE,
    SQL_BLOCK_REMOVE,
    SQL_BLOCK_CLEAR,
    SQL_SEARCH_GET,
    SQL_SEARCH_NEXT,
    SQL_SEARCH_SET,
    SQL_SEARCH_STATE,
    SQL_SEARCH_REMOVE,
    SQL_CHANGE_LAST,
    SQL_CHANGE_FIRST,
    SQL_CHANGE_LIST,
    SQL_CHANGE_ADD,
    SQL_CHANGE_PRUNE,
    SQL_NAME_LIST,
    SQL_NAME_ADD,
    SQL_MAP_GET,
    SQL_MAP_SET,
    SQL_MAP_REMOVE,
    SQL_MAP_LIST,
    SQL_LOCK_GET,
    SQL_LOCK_SET,
    SQL_LOCK_DELETE,
    SQL_TEXT_DOC_ADD,
    SQL_TEXT_DOC_REMOVE,
    SQL_TEXT_ADD,
    SQL_TEXT_FIND,
    SQL_TEXT_LAST,
    SQL_TEXT_ROWS,
    SQL_TEXT_TIMES,
    SQL_TEXT_TODO_ROWS,
    SQL_TEXT_DOCS,
    SQL_TEXT_TODO_ADD,
    SQL_TEXT_TODO_REMOVE,
    SQL_TEXT_TODO_FIRST,
    SQL_TEXT_TODO_FIND,
    SQL_TEXT_WAITING,
    SQL_TEXT_UNKNOWN,
    SQL_TEXT_WORN,
    SQL_TEXT_LOOSE,
    SQL_TEXT_FOLDING,
    SQL_TEXT_FOLDING_SET,
    SQL_COUNT
};

#endif /* MAPIMS_SQL_H */
