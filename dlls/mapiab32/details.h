/*
 * Controls of the address book's display tables
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

#define IDD_USER            100
#define IDD_LIST            101

#define IDC_NAME_LABEL      1
#define IDC_NAME            2
#define IDC_GIVEN_LABEL     3
#define IDC_GIVEN           4
#define IDC_SURNAME_LABEL   5
#define IDC_SURNAME         6
#define IDC_ADDRESS_LABEL   7
#define IDC_ADDRESS         8
#define IDC_TYPE_LABEL      9
#define IDC_TYPE            10
#define IDC_COMPANY_LABEL   11
#define IDC_COMPANY         12
#define IDC_PHONE_LABEL     13
#define IDC_PHONE           14
#define IDC_COMMENT_LABEL   15
#define IDC_COMMENT         16
#define IDC_MEMBERS_LABEL   17
#define IDC_MEMBERS         18
