/*
 * The window a message is written in
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

/* Numbers shared by compose.c and its resource. */

#ifndef MAPI32_SIMPLE_COMPOSE_H
#define MAPI32_SIMPLE_COMPOSE_H

#define IDD_COMPOSE             1936
#define IDC_COMPOSE_TO_BUTTON   1937    /* three in a row, as MAPI_TO, MAPI_CC and MAPI_BCC */
#define IDC_COMPOSE_CC_BUTTON   1938
#define IDC_COMPOSE_BCC_BUTTON  1939
#define IDC_COMPOSE_TO          1940    /* likewise */
#define IDC_COMPOSE_CC          1941
#define IDC_COMPOSE_BCC         1942
#define IDC_COMPOSE_SUBJECT     1943
#define IDC_COMPOSE_TEXT        1944
#define IDC_COMPOSE_FILES_LABEL 1945
#define IDC_COMPOSE_FILES       1946
#define IDC_COMPOSE_ADD         1947
#define IDC_COMPOSE_REMOVE      1948
#define IDC_COMPOSE_CHECK       1949
#define IDC_COMPOSE_SEND        1950
#define IDC_COMPOSE_SAVE        1951

#define IDS_COMPOSE_NOBODY       1952
#define IDS_COMPOSE_NOT_FOUND    1953
#define IDS_COMPOSE_NOT_SENT     1954
#define IDS_COMPOSE_NOT_KEPT     1955
#define IDS_COMPOSE_NOT_ATTACHED 1956
#define IDS_COMPOSE_NOT_REMOVED  1957
#define IDS_COMPOSE_NO_BOOK      1958
#define IDS_COMPOSE_KEEP         1959
#define IDS_COMPOSE_ALL_FILES    1960

#endif /* MAPI32_SIMPLE_COMPOSE_H */
