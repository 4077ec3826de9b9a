/*
 * Resources of property sheets
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

/* Numbers shared by dialog/ and display.rc. */

#ifndef MAPI32_DIALOG_DISPLAYRES_H
#define MAPI32_DIALOG_DISPLAYRES_H

#define IDD_ONE_OFF        1840
#define IDC_ONE_OFF_NAME   1841
#define IDC_ONE_OFF_TYPE   1842
#define IDC_ONE_OFF_ADDR   1843
#define IDC_ONE_OFF_LABEL1 1844
#define IDC_ONE_OFF_LABEL2 1845
#define IDC_ONE_OFF_LABEL3 1846

#define IDS_SHEET_GENERAL  1856
#define IDS_SHEET_REQUIRED 1857
#define IDS_SHEET_REQUIRED_UNNAMED 1858
#define IDS_SHEET_NOT_SAVED 1859
#define IDS_SHEET_NOT_SAVED_NAMED 1860
#define IDS_SHEET_BROKEN   1861
#define IDS_SHEET_BUTTON   1862
#define IDS_SHEET_DETAILS  1863
#define IDS_SHEET_OPTIONS  1864
#define IDS_SHEET_NEW      1865

#endif /* MAPI32_DIALOG_DISPLAYRES_H */
