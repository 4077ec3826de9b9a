/*
 * Display tables, read and checked
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
 * A display table's rows as values that can be trusted: every size, offset, count and coordinate of
 * the structures was checked, every text copied. Who draws it needs no other look at the rows.
 */

#ifndef MAPI32_DISPLAYTABLE_H
#define MAPI32_DISPLAYTABLE_H

#include "core/core.h"

#define DISPLAY_MAX_PAGES    32         /* what is beyond these is left out */
#define DISPLAY_MAX_CONTROLS 1000       /* of all pages */
#define DISPLAY_MAX_UNITS    4000       /* dialog units, each way */
#define DISPLAY_MAX_TEXT     4096       /* characters */
#define DISPLAY_MAX_ID       1024       /* bytes of PR_CONTROL_ID */

struct display_control
{
    ULONG type;                 /* DTCT_ */
    ULONG flags;                /* DT_: those that the type has */
    ULONG style;                /* MAPI_NO_HBAR, MAPI_NO_VBAR of a list box */
    LONG x, y;                  /* dialog units, 0 to DISPLAY_MAX_UNITS */
    LONG width, height;
    ULONG tag; /* the property it shows and sets, of a type it can show; PR_NULL: none */
    ULONG show_tag;             /* drop-down list: the column to show */
    ULONG table_tag;            /* PT_OBJECT: table of a list, control of a button; PR_NULL: none */
    ULONG max_chars;            /* 0: no limit */
    LONG value;                 /* radio button: the property's value while it is the one chosen */
    BOOL starts_group;          /* radio button: the first of its group */
    WCHAR *text;                /* label or title; never NULL */
    WCHAR *filter;              /* characters allowed; NULL: all */
    WCHAR *component;           /* page: whose help it has; NULL: none */
    ULONG context;              /* page: the help topic; 0: none */
    ULONG id_size;              /* PR_CONTROL_ID */
    BYTE *id;
    BOOL has_row;
    LONG row;                   /* PR_ROWID */
};

struct display_page
{
    struct display_control page;        /* DTCT_PAGE */
    ULONG first;                /* of its controls */
    ULONG count;
};

struct display_table
{
    ULONG page_count;
    struct display_page *pages;
    ULONG control_count;
    struct display_control *controls;   /* of all pages, in order */
    ULONG skipped;              /* rows that are none or do not fit */
};

/* Rows that are damaged are left out; controls before the first page are put on one without a
 * title. MAPI_E_CORRUPT_DATA when no control is left, MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT display_table_parse(const SRowSet *rows, struct display_table **ret);
void display_table_free(struct display_table *table);           /* NULL is fine */

/* May c be typed where this filter stands? NULL and "*" allow all. */
BOOL display_filter_allows(const WCHAR *filter, WCHAR c);

#endif /* MAPI32_DISPLAYTABLE_H */
