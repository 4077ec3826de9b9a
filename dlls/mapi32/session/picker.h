/*
 * The profile picker's dialog
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

/* Numbers shared by picker.c and its resource. */

#ifndef MAPI32_SESSION_PICKER_H
#define MAPI32_SESSION_PICKER_H

#define IDD_PROFILE_PICKER  1700
#define IDC_PROFILE_LABEL   1701
#define IDC_PROFILE_LIST    1702
#define IDC_PROFILE_DEFAULT 1703
#define IDC_PROFILE_NEW     1704

#define IDS_NO_PROFILES         1707
#define IDS_NO_PROFILES_NEW     1708
#define IDS_NEW_PROFILE_NAME    1709
#define IDS_NEW_PROFILE_FAILED  1710

#endif /* MAPI32_SESSION_PICKER_H */
